//! The text of a field in the user's own editor.
//!
//! The text lies in a file only its owner may read, in a private folder beside the journal, and
//! the file is removed once the text is in the journal; a text that could not be taken stays. Editors of the vi family are told to leave
//! no swap, undo or history file.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::domain::prose::{MAX_FIELD_BYTES, Prose};
use crate::tui::platform;

/// The files that fields are edited in.
#[derive(Debug)]
pub struct EditorFiles {
    folder: PathBuf,
    /// Files whose text was handed on, and may not be on the disk elsewhere yet.
    handed_on: Vec<PathBuf>,
}

impl EditorFiles {
    /// Files go into the folder `editing` beside the journal, or, for a throw-away journal, into
    /// the system's folder for temporary files.
    #[must_use]
    pub fn beside(journal: Option<&Path>) -> Self {
        let folder = match journal.and_then(Path::parent) {
            Some(folder) => folder.join("editing"),
            None => std::env::temp_dir().join(format!("postcall-{}", std::process::id())),
        };
        Self {
            folder,
            handed_on: Vec::new(),
        }
    }

    /// Runs the editor on the text and returns what it left. A file with a text that cannot be
    /// taken stays.
    ///
    /// # Errors
    /// A sentence that says what failed and where the text is.
    pub fn edit(&mut self, text: &Prose) -> Result<Prose, String> {
        let command = ["VISUAL", "EDITOR"].into_iter().find_map(|name| {
            let value = std::env::var(name).ok()?;
            let mut words = value.split_whitespace().map(str::to_owned);
            Some((words.next()?, words.collect::<Vec<_>>()))
        });
        let Some((program, arguments)) = command else {
            return Err(
                "No external editor is set. Set VISUAL or EDITOR, for example to nano.".to_owned(),
            );
        };
        let path = self.write(text).map_err(|error| {
            format!(
                "The external editor was not started: {} cannot be written ({error}). Your text is still here.",
                self.folder.display()
            )
        })?;
        let status = Command::new(&program)
            .args(arguments)
            .args(quiet_arguments(&program))
            .arg(&path)
            .status();
        let left = fs::read(&path);
        let failed = match status {
            Err(error) => Some(format!("{program} could not be started ({error})")),
            Ok(status) if !status.success() => Some(format!("{program} ended with an error")),
            Ok(_) => None,
        };
        if let Some(failed) = failed {
            let is_new = left.map_or_else(
                |error| error.kind() != io::ErrorKind::NotFound,
                |left| left != text.as_bytes(),
            );
            return Err(if is_new {
                format!(
                    "{failed}. What it wrote is in {}; your text is as it was before.",
                    path.display()
                )
            } else {
                self.remove(&path);
                format!("{failed}; your text is as it was before.")
            });
        }
        let left = left.map_err(|error| {
            format!(
                "{} cannot be read ({error}). Your text is as it was before.",
                path.display()
            )
        })?;
        let refused = |why| {
            format!(
                "The editor left text that {why}. It is in {}; your text is as it was before.",
                path.display()
            )
        };
        let left = String::from_utf8(left).map_err(|_| refused("is not UTF-8"))?;
        let left = Prose::new(left);
        // The form takes off the line end that editors put at the end of a file.
        let line_end = usize::from(left.ends_with('\n') && !text.ends_with('\n'));
        if left.len() - line_end > MAX_FIELD_BYTES {
            return Err(refused("is longer than the 64 KiB of a field"));
        }
        self.handed_on.push(path);
        Ok(left)
    }

    /// Writes the text into a new file: one that an earlier run left is never written over.
    fn write(&self, text: &str) -> io::Result<PathBuf> {
        let mut folder = DirBuilder::new();
        folder.recursive(true);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
            folder.mode(0o700);
            options.mode(0o600);
        }
        folder.create(&self.folder)?;
        let mut count = 1;
        loop {
            let name = format!("{}{}-{count}.md", NAME, std::process::id());
            let path = self.folder.join(name);
            match options.open(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => count += 1,
                Err(error) => return Err(error),
                Ok(mut file) => {
                    return match file.write_all(text.as_bytes()) {
                        Ok(()) => Ok(path),
                        Err(error) => {
                            self.remove(&path);
                            Err(error)
                        }
                    };
                }
            }
        }
    }

    /// Removes the files whose text was handed on: it is on the disk now, or was given up.
    pub fn forget(&mut self) {
        for path in std::mem::take(&mut self.handed_on) {
            self.remove(&path);
        }
    }

    /// Removes a file, and the folder if nothing else is in it.
    fn remove(&self, path: &Path) {
        let _ = fs::remove_file(path);
        let _ = fs::remove_dir(&self.folder);
    }

    /// A sentence about text that an earlier run left in the folder; to be asked before the first
    /// [`Self::edit`].
    #[must_use]
    pub fn left_behind(&self) -> Option<String> {
        let file = fs::read_dir(&self.folder)
            .ok()?
            .filter_map(Result::ok)
            .find(|file| !is_in_use(&file.file_name().to_string_lossy()))?;
        Some(format!(
            "Text of an external editor was left in {}.",
            file.path().display()
        ))
    }
}

/// What the names of the files begin with; the id of the process and a count follow.
const NAME: &str = "field-";

/// Whether the file is likely one that another instance edits now. If the id of its process was
/// given to another since, the file is told of at a later start.
fn is_in_use(name: &str) -> bool {
    name.strip_prefix(NAME)
        .and_then(|rest| rest.split_once('-'))
        .and_then(|(process, _)| process.parse().ok())
        .is_some_and(|process| process != std::process::id() && platform::is_running(process))
}

/// What keeps an editor from leaving copies of the text.
fn quiet_arguments(program: &str) -> &'static [&'static str] {
    let name = Path::new(program)
        .file_stem()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    match name {
        "vi" | "vim" | "nvim" | "gvim" | "vimx" => &[
            "-n",
            "-i",
            "NONE",
            "--cmd",
            "set noswapfile noundofile nobackup nowritebackup",
        ],
        _ => &[],
    }
}
