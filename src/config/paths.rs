//! Where the writer's files are on this platform.

use std::path::PathBuf;

use directories::ProjectDirs;

/// Where everything is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// The configuration file; it need not exist. Templates, frameworks and themes of the
    /// writer's own are in folders beside it.
    pub config_file: PathBuf,
    /// The folder of the program's own data on this machine; never one that is synchronised.
    pub data_dir: PathBuf,
    /// The journal.
    pub journal_file: PathBuf,
}

/// The platform names no home folder to keep files in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "no home folder is known to keep the journal in: set HOME, or name both files with --journal \
     and --config"
)]
pub struct NoHome;

impl Paths {
    /// The platform's folders, except where a file was named.
    ///
    /// # Errors
    /// [`NoHome`] if the platform has no such folders and not both files are named.
    pub fn find(
        config_file: Option<PathBuf>,
        journal_file: Option<PathBuf>,
    ) -> Result<Self, NoHome> {
        let dirs = ProjectDirs::from("", "", "postcall");
        let data_dir = dirs.as_ref().map(|dirs| dirs.data_local_dir().to_owned());
        let beside_journal = || journal_file.as_ref()?.parent().map(PathBuf::from);
        let data_dir = data_dir.or_else(beside_journal).ok_or(NoHome)?;
        let config_dir = dirs.map(|dirs| dirs.config_dir().to_owned());
        Ok(Self {
            config_file: config_file
                .or_else(|| config_dir.map(|dir| dir.join("config.toml")))
                .ok_or(NoHome)?,
            journal_file: journal_file.unwrap_or_else(|| data_dir.join("journal.db")),
            data_dir,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_file_is_used_as_it_is() {
        let (config, journal) = (PathBuf::from("a/c.toml"), PathBuf::from("b/j.sqlite"));
        let paths = Paths::find(Some(config.clone()), Some(journal.clone())).unwrap();
        assert_eq!((paths.config_file, paths.journal_file), (config, journal));
    }
}
