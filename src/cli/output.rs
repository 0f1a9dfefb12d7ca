//! Data to standard output, words to standard error. Everything that somebody wrote passes
//! [`visible`](crate::domain::prose::visible) here.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::path::Path;

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::config::Glyphs;
use crate::domain::prose::{visible, visible_line};
use crate::exchange::json;

use super::args::Color;
use super::failure::Failure;

/// Width of a line where there is no terminal to ask.
const WIDTH: usize = 80;

/// A space at which no line is broken, so that a number stays with its word; printed as a space.
const TOGETHER: char = '\u{a0}';

/// The text on one line, if the line can hold it.
pub fn together(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

/// How a piece of text looks on a terminal; never the only carrier of meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Plain,
    /// A label.
    Strong,
    /// What is there to be looked up, not read: ids.
    Quiet,
}

/// Both streams of the program.
pub struct Output {
    stdout: BufWriter<Stdout>,
    styled: bool,
    width: Option<usize>,
    /// Whether our own signs in lines and labelled text are ASCII.
    is_plain: bool,
}

impl Output {
    pub fn new(color: Color) -> Self {
        let terminal = io::stdout().is_terminal();
        let declined = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        Self {
            stdout: BufWriter::new(io::stdout()),
            styled: match color {
                Color::Auto => terminal && !declined && !dumb,
                Color::Always => true,
                Color::Never => false,
            },
            width: terminal.then(terminal_width),
            is_plain: false,
        }
    }

    /// From now on, what sums up and quotes says in these signs where something was cut.
    pub fn use_signs(&mut self, glyphs: Glyphs) {
        self.is_plain = glyphs == Glyphs::Ascii;
    }

    fn in_signs(&self, text: String) -> String {
        let text = if self.is_plain {
            text.replace('…', "~")
        } else {
            text
        };
        text.replace(TOGETHER, " ")
    }

    /// Whether a person reads standard output.
    pub const fn is_terminal(&self) -> bool {
        self.width.is_some()
    }

    /// Cells on one line of a list.
    pub fn columns(&self) -> usize {
        self.width.unwrap_or(WIDTH)
    }

    /// One line made of pieces, each fit for a terminal and followed by the next.
    pub fn line(&mut self, pieces: &[(Look, &str)]) -> Result<(), Failure> {
        for (look, text) in pieces {
            let text = self.in_signs(visible_line(text));
            let (on, off) = if self.styled { codes(*look) } else { ("", "") };
            write!(self.stdout, "{on}{text}{off}")?;
        }
        Ok(writeln!(self.stdout)?)
    }

    /// Paragraphs, wrapped to the terminal; as they are where there is none.
    pub fn paragraphs(&mut self, indent: &str, text: &str) -> Result<(), Failure> {
        let text = visible(text).replace('\t', "    ");
        for line in text.split('\n') {
            match self.width {
                Some(width) => {
                    for row in wrap(line, width.saturating_sub(indent.width())) {
                        writeln!(self.stdout, "{indent}{row}")?;
                    }
                }
                None => writeln!(self.stdout, "{indent}{line}")?,
            }
        }
        Ok(())
    }

    /// A label and, beside it in a column from `column` on, text wrapped to the line.
    pub fn labelled(&mut self, label: &str, column: usize, text: &str) -> Result<(), Failure> {
        let label = visible_line(label);
        let text = visible(text).replace('\t', "    ");
        let room = self.columns().saturating_sub(column);
        let (on, off) = if self.styled {
            codes(Look::Strong)
        } else {
            ("", "")
        };
        let rows = text.split('\n').flat_map(|line| wrap(line, room));
        for (at, row) in rows.enumerate() {
            let label = if at == 0 { label.as_str() } else { "" };
            let gap = " ".repeat(column.saturating_sub(2 + label.width()));
            let row = self.in_signs(row);
            writeln!(self.stdout, "  {on}{label}{off}{gap}{row}")?;
        }
        Ok(())
    }

    /// Text that this program made and that is safe as it is.
    pub fn made(&mut self, text: &str) -> Result<(), Failure> {
        Ok(self.stdout.write_all(text.as_bytes())?)
    }

    /// One JSON value.
    pub fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        json::write(&mut self.stdout, value)?;
        Ok(self.stdout.write_all(b"\n")?)
    }

    /// A JSON array whose items come one by one.
    pub const fn array(&mut self) -> json::Array<&mut BufWriter<Stdout>> {
        json::Array::new(&mut self.stdout)
    }

    /// A path: exact for a program that reads it, visible for a person.
    pub fn path(&mut self, path: &Path) -> Result<(), Failure> {
        if self.is_terminal() {
            return self.line(&[(Look::Plain, &path.to_string_lossy())]);
        }
        self.stdout.write_all(path.as_os_str().as_encoded_bytes())?;
        Ok(self.stdout.write_all(b"\n")?)
    }

    /// Data about a change that is made already: whether it arrives does not turn the change into
    /// a failure.
    pub fn afterwards(&mut self, write: impl FnOnce(&mut Self) -> Result<(), Failure>) {
        let written = write(self).and_then(|()| Ok(self.stdout.flush()?));
        if let Err(failure) = written {
            let (_, _unwritten) =
                std::mem::replace(&mut self.stdout, BufWriter::new(io::stdout())).into_parts();
            if let Some(words) = failure.words() {
                say(words);
            }
        }
    }

    /// Words for the person, one line or a few, on standard error. Whether they arrive changes
    /// nothing.
    pub fn say(&mut self, words: &str) {
        let _ = self.stdout.flush();
        say(words);
    }

    /// Hands everything to the system.
    pub fn finish(mut self) -> Result<(), Failure> {
        Ok(self.stdout.flush()?)
    }
}

/// Words on standard error, before there is an [`Output`].
pub fn say(words: &str) {
    let _ = writeln!(io::stderr(), "{}", visible(words));
}

const fn codes(look: Look) -> (&'static str, &'static str) {
    match look {
        Look::Plain => ("", ""),
        Look::Strong => ("\x1b[1m", "\x1b[22m"),
        Look::Quiet => ("\x1b[2m", "\x1b[22m"),
    }
}

#[cfg(unix)]
fn terminal_width() -> usize {
    rustix::termios::tcgetwinsize(io::stdout())
        .ok()
        .map(|size| usize::from(size.ws_col))
        .filter(|columns| *columns > 0)
        .unwrap_or(WIDTH)
}

#[cfg(not(unix))]
fn terminal_width() -> usize {
    let columns = std::env::var("COLUMNS").ok();
    columns
        .and_then(|columns| columns.parse().ok())
        .filter(|columns| *columns > 0)
        .unwrap_or(WIDTH)
}

/// One line in rows of at most `width` cells, broken at white space where there is any; at
/// [`TOGETHER`] only inside what no line can hold.
fn wrap(line: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut rows = Vec::new();
    let mut row = String::new();
    for word in line.split_inclusive(|c: char| c.is_whitespace() && c != TOGETHER) {
        if row.width() + word.trim_end().width() <= width {
            row.push_str(word);
            continue;
        }
        if !row.trim().is_empty() {
            rows.push(row.trim_end().to_owned());
        }
        row.clear();
        if word.contains(TOGETHER) && word.trim_end().width() > width {
            rows.extend(wrap(&word.replace(TOGETHER, " "), width));
            row = rows.pop().unwrap_or_default();
            row.push(' ');
            continue;
        }
        for grapheme in word.trim_start().graphemes(true) {
            if row.width() + grapheme.width() > width && !row.is_empty() {
                rows.push(std::mem::take(&mut row));
            }
            row.push_str(grapheme);
        }
    }
    if !row.trim().is_empty() || rows.is_empty() {
        rows.push(row.trim_end().to_owned());
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_break_at_words_and_inside_only_what_does_not_fit() {
        assert_eq!(
            wrap("asked the nurse first", 10),
            ["asked the", "nurse", "first"]
        );
        assert_eq!(wrap("incomprehensible", 6), ["incomp", "rehens", "ible"]);
        assert_eq!(wrap("", 6), [""]);
        assert_eq!(wrap("家族会議", 4), ["家族", "会議"]);
        assert_eq!(wrap("a b", 0), ["a", "b"]);
        let figures = format!("{}, {}", together("3 of 4"), together("n 3"));
        assert_eq!(wrap(&figures, 9), ["3\u{a0}of\u{a0}4,", "n\u{a0}3"]);
        assert_eq!(wrap(&figures, 5), ["3 of", "4,", "n\u{a0}3"]);
    }
}
