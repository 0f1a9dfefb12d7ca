//! Reads a query as it is typed: every state between two keys gives a query or one clear error.

use std::ops::Range;

use chrono::{NaiveDate, Weekday};

use super::error::{Mistake, QueryError};
use super::value::{levels, period};
use super::{Condition, NamedKind, Query, Test, Words, has_word};
use crate::domain::calendar::DateError;
use crate::domain::experiment::Outcome;
use crate::domain::highlight::{continues_token, opens_token};
use crate::domain::nearest::nearest;
use crate::domain::prose::Prose;
use crate::domain::reflection::{Field, Signal};
use crate::domain::shift::ShiftKind;
use crate::domain::tag::Tag;

/// At most this many conditions in one query; more is a text pasted by mistake.
pub const MAX_CONDITIONS: usize = 64;

/// What a condition is about, by the word before its colon.
#[derive(Clone, Copy)]
enum Key {
    Text(Field),
    Word,
    Competency,
    Tag,
    Shift,
    Rotation,
    Template,
    Energy,
    Signal,
    Since,
    Until,
    On,
    Is,
    Outcome,
    Due,
    Answered,
}

const KEYS: [(&str, Key); 19] = [
    ("well", Key::Text(Field::WentWell)),
    ("differently", Key::Text(Field::DoDifferently)),
    ("next", Key::Text(Field::TryNext)),
    ("note", Key::Text(Field::Note)),
    ("word", Key::Word),
    ("comp", Key::Competency),
    ("tag", Key::Tag),
    ("shift", Key::Shift),
    ("rot", Key::Rotation),
    ("template", Key::Template),
    ("energy", Key::Energy),
    ("signal", Key::Signal),
    ("since", Key::Since),
    ("until", Key::Until),
    ("on", Key::On),
    ("is", Key::Is),
    ("outcome", Key::Outcome),
    ("due", Key::Due),
    ("answered", Key::Answered),
];

const WORDS: &str = "a word or \"words in quotes\"";
const ONE_WORD: &str = "one word, in any of its forms";
const TAGS: &str = "letters, digits, - and _, like #rounds";
const LEVELS: &str = "1 to 5, like 2, <=2, >3 or 1-3";
const DATES: &str = "2026-11-21, 2026-11, 2026, today, yesterday, monday, -3, week, last-week, \
                     month, last-month";
const DATE_WORDS: [&str; 13] = [
    "today",
    "yesterday",
    "week",
    "last-week",
    "month",
    "last-month",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The key of a text field.
pub(super) const fn field_key(field: Field) -> &'static str {
    match field {
        Field::WentWell => "well",
        Field::DoDifferently => "differently",
        Field::TryNext => "next",
        Field::Note => "note",
    }
}

/// Whether a word can stand in a query without quotes and still be read as a word.
pub(super) fn reads_as_bare(word: &str) -> bool {
    key_of(word).is_none()
}

/// The word before the colon, if it could be a key.
fn key_of(word: &str) -> Option<(&str, &str)> {
    word.split_once(':')
        .filter(|(key, _)| !key.is_empty() && key.chars().all(|c| c.is_ascii_alphabetic()))
}

impl Query {
    /// Reads a query.
    ///
    /// Bare words match as prefixes, `"quoted"` words exactly, and all conditions must hold. A
    /// leading `-` turns a condition around. `shift:`, `outcome:` and `is:` take the first allowed
    /// word that begins as typed. A quote still open reaches to the end and its last word may go
    /// on. Dates may be whole months (`2026-10`), years, `week`, `last-week`, `month` or
    /// `last-month`: `since:` takes the first day, `until:` the last, `on:` all of them; `on:` also
    /// takes two ends, `on:2026-10..yesterday`, and so do `due:` and `answered:`, the days on which
    /// an experiment is due and was settled.
    ///
    /// # Errors
    /// The first [`QueryError`]. Text that is not blank never makes an empty query.
    pub fn parse(text: &str, today: NaiveDate, week_starts: Weekday) -> Result<Self, QueryError> {
        let mut reader = Reader {
            text,
            at: 0,
            today,
            week_starts,
        };
        let mut all = Vec::new();
        while reader.skip_space() {
            if all.len() == MAX_CONDITIONS {
                let allowed = format!("{MAX_CONDITIONS} conditions");
                let rest = reader.at..text.len();
                return Err(reader.error(rest, Mistake::TooMany, allowed, None));
            }
            all.push(reader.condition()?);
        }
        Ok(Self { all })
    }
}

struct Reader<'a> {
    text: &'a str,
    /// Byte offset of what is not read yet; always at a character.
    at: usize,
    today: NaiveDate,
    week_starts: Weekday,
}

/// What stands after a colon.
struct Value<'a> {
    text: &'a str,
    span: Range<usize>,
    quote: Quote,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quote {
    None,
    Closed,
    Open,
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Typographic quotes come from phones and editors that mean well.
const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

/// Whether the last quote in a query is not closed, which the reader takes for still being typed.
#[must_use]
pub fn has_open_quote(text: &str) -> bool {
    text.chars().filter(|c| is_quote(*c)).count() % 2 == 1
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn slice(&self, span: Range<usize>) -> &'a str {
        self.text.get(span).unwrap_or_default()
    }

    fn take_while(&mut self, fits: impl Fn(char) -> bool) -> Range<usize> {
        let start = self.at;
        let len = self.rest().find(|c| !fits(c));
        self.at += len.unwrap_or(self.rest().len());
        start..self.at
    }

    /// Whether anything is left after white space.
    fn skip_space(&mut self) -> bool {
        self.take_while(is_space);
        self.at < self.text.len()
    }

    fn condition(&mut self) -> Result<Condition, QueryError> {
        let minus = self.take_while(|c| c == '-');
        let negated = !minus.is_empty();
        let nothing_follows = self.rest().chars().next().is_none_or(is_space);
        if negated && nothing_follows {
            return Err(self.error(minus, Mistake::Nothing, WORDS, None));
        }
        let test = if self.rest().starts_with(is_quote) {
            let value = self.quoted();
            self.words(&value)
                .map(|words| Test::Text { field: None, words })
        } else {
            self.bare()
        }?;
        Ok(Condition { negated, test })
    }

    /// Reads on from an opening quote.
    fn quoted(&mut self) -> Value<'a> {
        let start = self.at;
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
        let inside = self.take_while(|c| !is_quote(c));
        let closing = self.rest().chars().next();
        self.at += closing.map_or(0, char::len_utf8);
        Value {
            text: self.slice(inside),
            span: start..self.at,
            quote: closing.map_or(Quote::Open, |_| Quote::Closed),
        }
    }

    fn bare(&mut self) -> Result<Test, QueryError> {
        let whole = self.take_while(|c| !is_space(c) && !is_quote(c));
        if self.slice(whole.clone()).starts_with('#') {
            return self.tag(self.slice(whole.clone()), whole);
        }
        let word = self.slice(whole.clone());
        let word = word.trim_start_matches(|c| !opens_token(c));
        let start = whole.end - word.len();
        let Some((key, rest)) = key_of(word) else {
            let value = Value {
                text: word,
                span: whole,
                quote: Quote::None,
            };
            let words = self.words(&value)?;
            return Ok(Test::Text { field: None, words });
        };
        let behind_colon = start + key.len() + 1;
        let known = KEYS.iter().find(|(name, _)| name.eq_ignore_ascii_case(key));
        let Some(&(name, key)) = known else {
            let span = start..behind_colon;
            let names = KEYS.map(|(name, _)| format!("{name}:")).join(" ");
            let allowed = format!("{names} or the text in quotes");
            let near = nearest(key, KEYS.map(|(name, _)| name)).map(|name| format!("{name}:"));
            return Err(self.error(span, Mistake::UnknownKey, allowed, near));
        };
        let value = if rest.is_empty() && self.rest().starts_with(is_quote) {
            self.quoted()
        } else {
            Value {
                text: rest,
                span: behind_colon..whole.end,
                quote: Quote::None,
            }
        };
        if value.text.chars().all(is_space) {
            let allowed = allowed_values(key);
            return Err(self.error(start..behind_colon, Mistake::Nothing, allowed, None));
        }
        self.test(name, key, &value)
    }

    fn test(&self, name: &str, key: Key, value: &Value<'_>) -> Result<Test, QueryError> {
        let text = one_line(value.text);
        if let Some((kind, name)) = named_kind(key).zip(text.strip_prefix('=')) {
            return self.named(kind, name, value);
        }
        match key {
            Key::Text(field) if text.starts_with("=#") => {
                let tag = Tag::new(text.trim_start_matches('='));
                tag.map(|tag| Test::Tagged { field, tag })
                    .ok_or_else(|| self.error(value.span.clone(), Mistake::NoWord, TAGS, None))
            }
            Key::Word => self.word(value),
            Key::Text(field) => self.words(value).map(|words| Test::Text {
                field: Some(field),
                words,
            }),
            Key::Competency => Ok(Test::Competency(text)),
            Key::Tag => self.tag(&text, value.span.clone()),
            Key::Shift => {
                let kinds = ShiftKind::ALL.map(|kind| (kind.id(), Test::Shift(kind)));
                self.choice(value, "a kind of shift", kinds)
            }
            Key::Rotation => Ok(Test::Rotation(text)),
            Key::Template => Ok(Test::Template(text)),
            Key::Energy => self.energy(&text, value),
            Key::Signal => Signal::new(&text)
                .map(|signal| Test::Signal(signal.as_str().to_owned()))
                .ok_or_else(|| self.error(value.span.clone(), Mistake::NoWord, WORDS, None)),
            Key::Since | Key::Until | Key::On => {
                let (from, to) = self.dates(name, &text, value)?;
                Ok(Test::Dates {
                    from: (name != "until").then_some(from),
                    to: (name != "since").then_some(to),
                })
            }
            Key::Due => {
                let (from, to) = self.dates(name, &text, value)?;
                Ok(Test::Due {
                    from: Some(from),
                    to: Some(to),
                })
            }
            Key::Answered => {
                let (from, to) = self.dates(name, &text, value)?;
                Ok(Test::Answered {
                    from: Some(from),
                    to: Some(to),
                })
            }
            Key::Is => {
                let states = [
                    ("shared", Test::Shared),
                    ("open", Test::Outcome(Outcome::Open)),
                    ("shift", Test::AboutAShift),
                ];
                self.choice(value, "a state", states)
            }
            Key::Outcome => {
                let outcomes = Outcome::ALL.map(|outcome| (outcome.id(), Test::Outcome(outcome)));
                let outcomes = outcomes.into_iter().chain([("tried", Test::Tried)]);
                self.choice(value, "an outcome", outcomes)
            }
        }
    }

    fn words(&self, value: &Value<'_>) -> Result<Words, QueryError> {
        let text = one_line(value.text);
        let text = text
            .trim_start_matches(|c| !opens_token(c))
            .trim_end_matches(|c| !continues_token(c));
        if !has_word(text) {
            return Err(self.error(value.span.clone(), Mistake::NoWord, WORDS, None));
        }
        Ok(match value.quote {
            Quote::Closed => Words::Phrase(text.to_owned()),
            Quote::None | Quote::Open => Words::Prefix(text.to_owned()),
        })
    }

    fn word(&self, value: &Value<'_>) -> Result<Test, QueryError> {
        let words = self.words(value)?;
        let word = words.as_str().to_lowercase();
        if word.contains(' ') {
            let span = value.span.clone();
            return Err(self.error(span, Mistake::Unknown("one word"), ONE_WORD, None));
        }
        Ok(Test::Word(word))
    }

    fn named(&self, kind: NamedKind, name: &str, value: &Value<'_>) -> Result<Test, QueryError> {
        let name = match kind {
            NamedKind::Competency => Some(name.trim().to_owned()).filter(|name| !name.is_empty()),
            NamedKind::Tag => Tag::new(name).map(|tag| tag.as_str().to_owned()),
            NamedKind::Signal => Signal::new(name).map(|signal| signal.as_str().to_owned()),
        };
        name.map(|name| Test::Named { kind, name })
            .ok_or_else(|| self.error(value.span.clone(), Mistake::NoWord, WORDS, None))
    }

    fn tag(&self, text: &str, span: Range<usize>) -> Result<Test, QueryError> {
        if text == "#" {
            return Err(self.error(span, Mistake::Nothing, TAGS, None));
        }
        Tag::new(text)
            .map(Test::Tag)
            .ok_or_else(|| self.error(span, Mistake::Unknown("a tag"), TAGS, None))
    }

    /// The test meant by a word or its beginning.
    fn choice(
        &self,
        value: &Value<'_>,
        what: &'static str,
        all: impl IntoIterator<Item = (&'static str, Test)>,
    ) -> Result<Test, QueryError> {
        let typed = one_line(value.text).to_lowercase().replace(['-', ' '], "_");
        let (ids, tests): (Vec<&str>, Vec<Test>) = all.into_iter().unzip();
        let exact = ids.iter().position(|id| *id == typed);
        let meant = exact.or_else(|| ids.iter().position(|id| id.starts_with(&typed)));
        let test = meant.and_then(|at| tests.into_iter().nth(at));
        test.ok_or_else(|| {
            let near = nearest(&typed, ids.iter().copied()).map(str::to_owned);
            let span = value.span.clone();
            self.error(span, Mistake::Unknown(what), ids.join(", "), near)
        })
    }

    fn energy(&self, text: &str, value: &Value<'_>) -> Result<Test, QueryError> {
        let (from, to) = levels(text).ok_or_else(|| {
            let span = value.span.clone();
            self.error(span, Mistake::Unknown("an energy level"), LEVELS, None)
        })?;
        Ok(Test::Energy {
            from: from.min(to),
            to: to.max(from),
        })
    }

    /// First and last day of what is typed; two ends where the key takes them.
    fn dates(
        &self,
        key: &str,
        text: &str,
        value: &Value<'_>,
    ) -> Result<(NaiveDate, NaiveDate), QueryError> {
        let read = |text: &str| {
            period(text, self.today, self.week_starts).map_err(|error| {
                let near = nearest(text, DATE_WORDS).map(str::to_owned);
                let mistake = match error {
                    DateError::Form { .. } => Mistake::Unknown("a date"),
                    DateError::NoSuchDay { .. } | DateError::OutOfRange { .. } => {
                        Mistake::NoSuchDate
                    }
                };
                self.error(value.span.clone(), mistake, DATES, near)
            })
        };
        match (key, text.split_once("..")) {
            ("on" | "due" | "answered", Some((from, to))) => {
                let (one, other) = (read(from)?, read(to)?);
                Ok((one.0.min(other.0), one.1.max(other.1)))
            }
            _ => read(text),
        }
    }

    fn error(
        &self,
        span: Range<usize>,
        mistake: Mistake,
        allowed: impl Into<String>,
        nearest: Option<String>,
    ) -> QueryError {
        QueryError {
            column: self.slice(0..span.start).chars().count() + 1,
            given: Prose::new(self.slice(span.clone())),
            span,
            mistake,
            allowed: allowed.into(),
            nearest,
        }
    }
}

/// White space and control characters become single spaces.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text
        .split(is_space)
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

fn allowed_values(key: Key) -> String {
    match key {
        Key::Text(_) => WORDS.to_owned(),
        Key::Word => ONE_WORD.to_owned(),
        Key::Competency => "the beginning of a competency, like feedback".to_owned(),
        Key::Tag => TAGS.to_owned(),
        Key::Shift => ShiftKind::ALL.map(ShiftKind::id).join(", "),
        Key::Rotation => "part of a rotation's name, like icu".to_owned(),
        Key::Template => "the beginning of a template, like change".to_owned(),
        Key::Energy => LEVELS.to_owned(),
        Key::Signal => "a stress signal, like jaw".to_owned(),
        Key::Since | Key::Until | Key::On | Key::Due | Key::Answered => DATES.to_owned(),
        Key::Is => "shared, open, shift".to_owned(),
        Key::Outcome => format!("{}, tried", Outcome::ALL.map(Outcome::id).join(", ")),
    }
}

/// What has its whole name behind the key and `=`.
const fn named_kind(key: Key) -> Option<NamedKind> {
    match key {
        Key::Competency => Some(NamedKind::Competency),
        Key::Tag => Some(NamedKind::Tag),
        Key::Signal => Some(NamedKind::Signal),
        Key::Text(_)
        | Key::Word
        | Key::Shift
        | Key::Rotation
        | Key::Template
        | Key::Energy
        | Key::Since
        | Key::Until
        | Key::On
        | Key::Due
        | Key::Answered
        | Key::Is
        | Key::Outcome => None,
    }
}
