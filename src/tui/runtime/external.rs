//! The text of a field in the user's own editor.
//!
//! The text lies in a file only its owner may read, in a private folder beside the journal, and
//! the file is removed once the text is in the journal. Editors of the vi family are told to leave
//! no swap, undo or history file.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The file that a field is edited in.
#[derive(Debug)]
pub struct EditorFile {
    folder: PathBuf,
    file: Option<PathBuf>,
    /// Files made so far; text that could not be taken is never written over.
    count: u32,
}

impl EditorFile {
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
            file: None,
            count: 0,
        }
    }

    /// Runs the editor on the text and returns what it left.
    ///
    /// # Errors
    /// A sentence that says what failed and where the text is.
    pub fn edit(&mut self, text: &str) -> Result<String, String> {
        self.count += 1;
        let path = self
            .folder
            .join(format!("field-{}-{}.md", std::process::id(), self.count));
        self.write(&path, text).map_err(|error| {
            format!("The external editor was not started: {} cannot be written ({error}). Your text is still here.", path.display())
        })?;
        self.file = Some(path.clone());
        let editor = ["VISUAL", "EDITOR"].into_iter().find_map(|name| {
            std::env::var(name)
                .ok()
                .filter(|value| !value.trim().is_empty())
        });
        let Some(editor) = editor else {
            self.forget();
            return Err(
                "No external editor is set. Set VISUAL or EDITOR, for example to nano.".to_owned(),
            );
        };
        let mut words = editor.split_whitespace();
        let program = words.next().unwrap_or("vi");
        let status = Command::new(program)
            .args(words)
            .args(quiet_arguments(program))
            .arg(&path)
            .status();
        match status {
            Err(error) => {
                self.forget();
                Err(format!(
                    "{program} could not be started ({error}). Your text is still here."
                ))
            }
            Ok(status) if !status.success() => {
                self.forget();
                Err(format!(
                    "{program} ended with an error; your text is as it was before."
                ))
            }
            Ok(_) => {
                let bytes = fs::read(&path).map_err(|error| {
                    format!(
                        "{} cannot be read ({error}). Your text is as it was before.",
                        path.display()
                    )
                })?;
                let text = String::from_utf8(bytes).map_err(|_| {
                    format!(
                        "The editor left text that is not UTF-8. It is in {}.",
                        path.display()
                    )
                })?;
                // Editors end the last line; the form does not.
                let text = text.strip_suffix('\n').unwrap_or(&text);
                Ok(text.strip_suffix('\r').unwrap_or(text).to_owned())
            }
        }
    }

    fn write(&self, path: &Path, text: &str) -> io::Result<()> {
        let mut folder = DirBuilder::new();
        folder.recursive(true);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
            folder.mode(0o700);
            options.mode(0o600);
        }
        folder.create(&self.folder)?;
        options.open(path)?.write_all(text.as_bytes())
    }

    /// Removes the file, and the folder if nothing else is in it.
    pub fn forget(&mut self) {
        if let Some(file) = self.file.take() {
            let _ = fs::remove_file(file);
            let _ = fs::remove_dir(&self.folder);
        }
    }

    /// A sentence about text that an earlier run left in the folder.
    #[must_use]
    pub fn left_behind(&self) -> Option<String> {
        let file = fs::read_dir(&self.folder).ok()?.find_map(Result::ok)?;
        Some(format!(
            "Text of an external editor was left in {}.",
            file.path().display()
        ))
    }
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
