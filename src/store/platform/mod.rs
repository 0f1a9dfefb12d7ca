//! What the store asks of the operating system: private files, and what kind of disk this is.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Component, Path};

#[cfg_attr(unix, path = "unix.rs")]
#[cfg_attr(not(unix), path = "other.rs")]
mod system;

/// How far a disk can be trusted with shared memory and locks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disk {
    /// A disk of this machine.
    Local,
    /// A network or user-space file system, or one nobody knows.
    Shared,
    /// A folder that the named program copies elsewhere.
    Synced(&'static str),
}

/// What kind of disk the folder is on.
pub(super) fn disk(folder: &Path) -> Disk {
    let whole = fs::canonicalize(folder);
    let folder = whole.as_deref().unwrap_or(folder);
    match synced_by(folder) {
        Some(program) => Disk::Synced(program),
        None if system::is_local(folder) => Disk::Local,
        None => Disk::Shared,
    }
}

/// The program that synchronises this folder, told by the names it gives its folders.
fn synced_by(folder: &Path) -> Option<&'static str> {
    let by_name = folder.components().find_map(|component| match component {
        Component::Normal(name) => {
            let name = name.to_string_lossy();
            let starts = |word: &str| {
                name.get(..word.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(word))
            };
            if starts("Dropbox") {
                Some("Dropbox")
            } else if starts("OneDrive") {
                Some("OneDrive")
            } else if name == "Mobile Documents" || starts("iCloud") {
                Some("iCloud")
            } else if starts("Google Drive") || starts("GoogleDrive") || name == "My Drive" {
                Some("Google Drive")
            } else if starts("Nextcloud") || starts("ownCloud") {
                Some("Nextcloud")
            } else {
                None
            }
        }
        Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir => {
            None
        }
    });
    by_name.or_else(|| {
        folder
            .ancestors()
            .any(|above| above.join(".stfolder").exists())
            .then_some("Syncthing")
    })
}

/// Makes the folder and those above it, readable by the owner alone.
pub(super) fn make_private_folder(folder: &Path) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    system::make_private_folder(folder)
}

/// Makes a new, empty file that only the owner can read; fails if there is one.
pub(super) fn make_private_file(path: &Path) -> io::Result<File> {
    system::private(OpenOptions::new().read(true).write(true).create_new(true)).open(path)
}

/// Opens a file that only the owner can read, making it if need be.
pub(super) fn open_private_file(path: &Path) -> io::Result<File> {
    system::private(
        OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false),
    )
    .open(path)
}

/// Takes reading and writing away from everybody but the owner.
pub(super) fn make_private(path: &Path, metadata: &fs::Metadata) -> io::Result<()> {
    system::make_private(path, metadata)
}

/// Whether the file belongs to whoever runs the program, and may be written by them.
pub(super) fn is_ours_to_write(metadata: &fs::Metadata) -> bool {
    system::is_ours(metadata) && !metadata.permissions().readonly()
}

/// Lets the owner of a file read and write it, and nobody else; a link is left alone.
pub(super) fn make_ours_to_write(path: &Path) -> io::Result<()> {
    let metadata = fs::symlink_metadata(path)?;
    if metadata.is_file() && system::is_ours(&metadata) {
        system::make_ours_to_write(path, &metadata)?;
    }
    Ok(())
}

/// How many names a file has besides the one it was found by, as far as the system tells.
pub(super) fn other_names(metadata: &fs::Metadata) -> u64 {
    system::names(metadata).saturating_sub(1)
}

/// Makes the content of a file survive a power cut. It is opened for writing: Windows refuses to
/// flush what can only be read.
pub(super) fn sync_file(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.sync_all()
}

/// Gives one file the name of another, which `lock` keeps others from; `ResourceBusy` if one of them
/// stands in the way.
pub(super) fn replace_locked<L>(from: &Path, to: &Path, lock: L) -> io::Result<()> {
    system::replace_locked(from, to, lock)
}

/// Makes new and renamed names in a folder survive a power cut.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    system::sync_folder(folder)
}

/// The folder a file is in; the present one for a bare name.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_synchronising_programs_are_known_by_name() {
        let by = |path: &str| synced_by(Path::new(path));
        assert_eq!(by("/home/ana/Dropbox/journal"), Some("Dropbox"));
        assert_eq!(by("/home/ana/Dropbox (Personal)/j"), Some("Dropbox"));
        assert_eq!(by("/Users/ana/OneDrive - Hospital"), Some("OneDrive"));
        assert_eq!(
            by("/Users/ana/Library/Mobile Documents/com~apple~CloudDocs"),
            Some("iCloud")
        );
        assert_eq!(by("/home/ana/.local/share/postcall"), None);
    }

    #[test]
    fn a_syncthing_folder_is_known_by_its_marker() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join(".stfolder")).unwrap();
        let inside = root.path().join("journal");
        fs::create_dir(&inside).unwrap();
        assert_eq!(disk(&inside), Disk::Synced("Syncthing"));
    }
}
