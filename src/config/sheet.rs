//! A TOML file read key by key: what does not fit is complained about with its line, and the rest
//! still counts.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::complaint::{Complaint, Place};
use crate::domain::nearest::nearest;

/// The text of a file, ready to be read.
pub(super) struct Source<'a> {
    path: &'a Path,
    /// TOML, of the same length and lines as the file.
    text: Cow<'a, str>,
    complaints: Vec<Complaint>,
}

impl<'a> Source<'a> {
    /// A file the program ships, which the tests know to be sound: checking it at every start
    /// would take as long as reading it.
    pub(super) fn shipped(text: &'a str) -> Self {
        Self {
            path: Path::new("assets"),
            text: Cow::Borrowed(text),
            complaints: Vec::new(),
        }
    }

    /// Blanks the lines that are no TOML, one complaint each, so that the others still count.
    pub(super) fn new(path: &'a Path, text: &'a str) -> Self {
        let mut source = Self {
            path,
            text: Cow::Borrowed(text),
            complaints: Vec::new(),
        };
        while source.complaints.len() < MOST_BAD_LINES
            && let Err(error) = DeTable::parse(&source.text)
        {
            let span = error.span().unwrap_or(0..0);
            let sentence = format!("not TOML: {}", error.message());
            let place = place(path, &source.text, &span);
            let blanked = with_blank_line(&source.text, span.start);
            source.complaints.push(Complaint::at(place, sentence));
            match blanked {
                Some(text) => source.text = Cow::Owned(text),
                None => break,
            }
        }
        source
    }
}

/// A file with more lines that are no TOML is none; the rest of it is read as well as can be.
const MOST_BAD_LINES: usize = 20;

/// The text with the line at `at` made of spaces; `None` if there is nothing on it.
fn with_blank_line(text: &str, at: usize) -> Option<String> {
    let (before, after) = text.split_at_checked(at)?;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let end = after.find('\n').map_or(text.len(), |end| at + end);
    let line = text
        .get(start..end)
        .filter(|line| !line.trim().is_empty())?;
    let blank = " ".repeat(line.len());
    Some([text.get(..start)?, &blank, text.get(end..)?].concat())
}

fn place(path: &Path, text: &str, span: &Range<usize>) -> Place {
    let before = text.get(..span.start).unwrap_or(text);
    Place {
        file: path.to_owned(),
        line: Some(before.matches('\n').count() + 1),
    }
}

/// A file being read.
pub(super) struct Sheet<'a> {
    path: &'a Path,
    text: &'a str,
    complaints: Vec<Complaint>,
}

/// A table of the file; its keys are taken out as they are read.
pub(super) struct Section<'a> {
    /// Its place among the tables, for saying it: empty for the top, else `backups`.
    name: String,
    table: DeTable<'a>,
    /// Every key that was asked for.
    known: Vec<&'static str>,
}

impl<'a> Sheet<'a> {
    /// Begins to read, at the top of the file.
    pub(super) fn open(source: &'a Source<'_>) -> (Self, Section<'a>) {
        let (table, _) = DeTable::parse_recoverable(&source.text);
        let sheet = Self {
            path: source.path,
            text: &source.text,
            complaints: source.complaints.clone(),
        };
        let top = Section {
            name: String::new(),
            table: table.into_inner(),
            known: Vec::new(),
        };
        (sheet, top)
    }

    /// Where a span of the text is.
    pub(super) fn place(&self, span: &Range<usize>) -> Place {
        place(self.path, self.text, span)
    }

    pub(super) fn complain(&mut self, span: &Range<usize>, sentence: impl Into<String>) {
        let place = self.place(span);
        self.complaints.push(Complaint::at(place, sentence));
    }

    /// The value of a key, if it is there and fits; `read` says in words why it does not.
    pub(super) fn read<T>(
        &mut self,
        section: &mut Section<'a>,
        key: &'static str,
        read: impl FnOnce(&DeValue<'a>) -> Result<T, String>,
    ) -> Option<T> {
        let value = section.take(key)?;
        match read(value.get_ref()) {
            Ok(read) => Some(read),
            Err(why) => {
                self.complain(&value.span(), format!("{}: {why}", section.full(key)));
                None
            }
        }
    }

    /// The table of that name.
    pub(super) fn table(&mut self, section: &mut Section<'a>, key: &'static str) -> Section<'a> {
        let name = section.full(key);
        let table = match section
            .take(key)
            .map(|value| (value.span(), value.into_inner()))
        {
            Some((_, DeValue::Table(table))) => table,
            Some((span, _)) => {
                self.complain(&span, format!("{name}: write it as a table, [{name}]"));
                DeTable::new()
            }
            None => DeTable::new(),
        };
        Section {
            name,
            table,
            known: Vec::new(),
        }
    }

    /// The tables of a list of that name, with where each is.
    pub(super) fn tables(
        &mut self,
        section: &mut Section<'a>,
        key: &'static str,
    ) -> Vec<(Range<usize>, Section<'a>)> {
        let name = section.full(key);
        let value = section
            .take(key)
            .map(|value| (value.span(), value.into_inner()));
        let items = match value {
            Some((_, DeValue::Array(items))) => items,
            Some((span, _)) => {
                self.complain(&span, format!("{name}: write each one as [[{name}]]"));
                return Vec::new();
            }
            None => return Vec::new(),
        };
        let mut sections = Vec::new();
        for item in items {
            let span = item.span();
            if let DeValue::Table(table) = item.into_inner() {
                let (name, known) = (name.clone(), Vec::new());
                sections.push((span, Section { name, table, known }));
            } else {
                self.complain(&span, format!("{name}: write each one as [[{name}]]"));
            }
        }
        sections
    }

    /// Complains about every key of the section that nobody asked for.
    pub(super) fn close(&mut self, section: &Section<'a>) {
        for (key, _) in &section.table {
            let name = section.full(key.get_ref());
            let hint = nearest(key.get_ref(), section.known.iter().copied())
                .map(|known| format!("did you mean \"{known}\"?"));
            let hint = hint.unwrap_or_else(|| format!("known: {}", section.known.join(", ")));
            self.complain(&key.span(), format!("nothing is called \"{name}\"; {hint}"));
        }
    }

    /// Every complaint, in the order of the lines.
    pub(super) fn into_complaints(mut self) -> Vec<Complaint> {
        self.complaints
            .sort_by_key(|complaint| complaint.place.line);
        self.complaints
    }
}

impl<'a> Section<'a> {
    fn take(&mut self, key: &'static str) -> Option<Spanned<DeValue<'a>>> {
        self.known.push(key);
        self.table.remove(key)
    }

    fn full(&self, key: &str) -> String {
        if self.name.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.name)
        }
    }

    /// Everything in it, for sections whose keys are free.
    pub(super) fn into_entries(
        self,
    ) -> impl Iterator<Item = (Spanned<DeString<'a>>, Spanned<DeValue<'a>>)> {
        self.table.into_iter()
    }
}

/// A text in quotes.
pub(super) fn text(value: &DeValue<'_>) -> Result<String, String> {
    value
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| "give a text in quotes".to_owned())
}

/// A text in quotes that is not blank.
pub(super) fn filled(value: &DeValue<'_>) -> Result<String, String> {
    text(value).and_then(|text| {
        let blank = text.trim().is_empty();
        (!blank)
            .then_some(text)
            .ok_or_else(|| "it must not be empty".to_owned())
    })
}

/// `true` or `false`.
pub(super) fn flag(value: &DeValue<'_>) -> Result<bool, String> {
    value
        .as_bool()
        .ok_or_else(|| "give true or false".to_owned())
}

/// A whole number in this range.
pub(super) fn number(
    range: std::ops::RangeInclusive<u16>,
) -> impl Fn(&DeValue<'_>) -> Result<u16, String> {
    move |value| {
        value
            .as_integer()
            .and_then(|given| u16::from_str_radix(given.as_str(), given.radix()).ok())
            .filter(|given| range.contains(given))
            .ok_or_else(|| {
                format!(
                    "give a whole number from {} to {}",
                    range.start(),
                    range.end()
                )
            })
    }
}

/// A list of texts, each read by `item`.
pub(super) fn list<T>(
    item: impl Fn(&str) -> Result<T, String>,
) -> impl Fn(&DeValue<'_>) -> Result<Vec<T>, String> {
    move |value| {
        let items = value
            .as_array()
            .ok_or_else(|| "give a list, like [\"one\", \"two\"]".to_owned())?;
        let items = items.iter();
        items.map(|value| item(&text(value.get_ref())?)).collect()
    }
}

/// A text as it is, for [`list`].
#[expect(
    clippy::unnecessary_wraps,
    reason = "stands among readers that can fail"
)]
pub(super) fn any(text: &str) -> Result<String, String> {
    Ok(text.to_owned())
}
