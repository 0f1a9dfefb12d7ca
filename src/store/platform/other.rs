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

#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(super) fn make_private(_path: &Path, _metadata: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

/// Whose it is cannot be told here; what may be written counts as ours.
pub(super) fn is_ours(_metadata: &fs::Metadata) -> bool {
    true
}

/// Not told here.
pub(super) const fn names(_metadata: &fs::Metadata) -> u64 {
    1
}

#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(super) fn make_ours_to_write(_path: &Path, _metadata: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

/// A file that the engine has open cannot be renamed over, so the lock goes first. Whoever comes in
/// between is noticed: with the file still open, or by what was written.
pub(super) fn replace_locked<L>(from: &Path, to: &Path, lock: L) -> io::Result<()> {
    let as_is = |file: &fs::Metadata| Ok::<_, io::Error>((file.len(), file.modified()?));
    let before = as_is(&fs::metadata(to)?)?;
    drop(lock);
    if as_is(&fs::metadata(to)?)? != before {
        return Err(io::ErrorKind::ResourceBusy.into());
    }
    fs::rename(from, to).map_err(|error| {
        let in_use = error.kind() == io::ErrorKind::PermissionDenied;
        if in_use {
            io::ErrorKind::ResourceBusy.into()
        } else {
            error
        }
    })
}

/// Windows has no such call; the rename itself is journaled by NTFS.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
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
