//! A TOML file read key by key: what does not fit is complained about with its line, and the rest
//! still counts.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue, Error};

use super::complaint::{Complaint, Place};
use crate::domain::nearest::nearest;

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
    /// Parses the text; lines that are no TOML are complained about and the others stay.
    pub(super) fn open(path: &'a Path, text: &'a str) -> (Self, Section<'a>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut sheet = Self {
            path,
            text,
            complaints: Vec::new(),
        };
        sheet.complain_of_syntax(&errors);
        let top = Section {
            name: String::new(),
            table: table.into_inner(),
            known: Vec::new(),
        };
        (sheet, top)
    }

    /// One mistake often makes several errors: the first of a line says it.
    fn complain_of_syntax(&mut self, errors: &[Error]) {
        for error in errors {
            let place = self.place(&error.span().unwrap_or(0..0));
            if self.complaints.iter().all(|known| known.place != place) {
                let sentence = format!("not TOML: {}", error.message());
                self.complaints.push(Complaint::at(place, sentence));
            }
        }
    }

    /// Where a span of the text is.
    pub(super) fn place(&self, span: &Range<usize>) -> Place {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        Place {
            file: self.path.to_owned(),
            line: Some(before.matches('\n').count() + 1),
        }
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
