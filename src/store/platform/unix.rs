//! Unix: modes, and `statfs` for the kind of file system.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options.mode(0o600)
}

pub(super) fn make_private_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

pub(super) fn make_private(path: &Path, metadata: &Metadata) -> io::Result<()> {
    let mode = metadata.permissions().mode() & 0o777;
    let owner_only = mode & 0o700;
    if mode == owner_only {
        return Ok(());
    }
    fs::set_permissions(path, Permissions::from_mode(owner_only))
}

pub(super) fn is_ours(metadata: &Metadata) -> bool {
    metadata.uid() == rustix::process::geteuid().as_raw()
}

pub(super) fn names(metadata: &Metadata) -> u64 {
    metadata.nlink()
}

pub(super) fn make_ours_to_write(path: &Path, metadata: &Metadata) -> io::Result<()> {
    if metadata.permissions().mode() & 0o777 == 0o600 {
        return Ok(());
    }
    fs::set_permissions(path, Permissions::from_mode(0o600))
}

pub(super) fn replace_locked<L>(from: &Path, to: &Path, lock: L) -> io::Result<()> {
    fs::rename(from, to)?;
    drop(lock);
    Ok(())
}

pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Whether the file system is one of those known to live on a disk of this machine.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn is_local(folder: &Path) -> bool {
    // Magic numbers of linux/magic.h and statfs(2).
    const LOCAL: [u32; 18] = [
        0xEF53,      // ext2, ext3, ext4
        0x9123_683E, // btrfs
        0x5846_5342, // xfs
        0x2FC1_2FC1, // zfs
        0xF2F5_2010, // f2fs
        0xCA45_1A4E, // bcachefs
        0x3153_464A, // jfs
        0x5265_4973, // reiserfs
        0x3434,      // nilfs
        0x0102_1994, // tmpfs
        0x8584_58F6, // ramfs
        0x794C_7630, // overlayfs
        0xF15F,      // ecryptfs
        0x2405_1905, // ubifs
        0x4D44,      // vfat
        0x2011_BAB0, // exfat
        0x7366_746E, // ntfs3
        0x4244,      // hfs
    ];
    rustix::fs::statfs(folder).is_ok_and(|fs| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the type differs between machines; every magic number fits in 32 bits"
        )]
        let kind = fs.f_type as u32;
        LOCAL.contains(&kind)
    })
}

/// Whether the system marks the file system as local.
#[cfg(any(target_os = "macos", target_os = "ios", target_os = "freebsd"))]
pub(super) fn is_local(folder: &Path) -> bool {
    // MNT_LOCAL of sys/mount.h.
    const LOCAL: u64 = 0x1000;
    // 32 bits on macOS and 64 on FreeBSD.
    rustix::fs::statfs(folder).is_ok_and(|fs| u64::from(fs.f_flags) & LOCAL != 0)
}

/// Nobody asked yet how to tell on this system, so the careful way is taken.
#[cfg(not(any(
    target_os = "linux",
    target_os = "android",
    target_os = "macos",
    target_os = "ios",
    target_os = "freebsd"
)))]
pub(super) fn is_local(_folder: &Path) -> bool {
    false
}
