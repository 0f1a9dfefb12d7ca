//! Systems without Unix modes: the profile folder is private already, and disks with a drive
//! letter that is not mapped to a share count as local.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io;
use std::path::{Component, Path, Prefix};

pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

pub(super) fn make_private_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).create(folder)
}

pub(super) fn make_private(_path: &Path, _metadata: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

/// Whose it is cannot be told here; what may be written counts as ours.
pub(super) fn is_ours(_metadata: &fs::Metadata) -> bool {
    true
}

pub(super) fn make_ours_to_write(_path: &Path, _metadata: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

/// Windows has no such call; the rename itself is journaled by NTFS.
pub(super) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

pub(super) fn is_local(folder: &Path) -> bool {
    match folder.components().next() {
        Some(Component::Prefix(prefix)) => {
            matches!(prefix.kind(), Prefix::Disk(_) | Prefix::VerbatimDisk(_))
        }
        _ => true,
    }
}
