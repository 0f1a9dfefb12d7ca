//! Possible identifiers of patients in prose: what each is, how sure it is, what could stand there
//! instead.
//!
//! Names are found by what stands beside them (a title, "pt", a relative, an age) and numbers by
//! their form and their cue; there is no list of names. What is found is a *possible* identifier,
//! and text without findings is not anonymous.
//!
//! Hand-written rules over tokens, line by line: nothing is compiled at the start, a finding never
//! spans a line end, and a paragraph that was edited can be looked at alone.

mod ages;
mod bare;
mod dates;
mod lexicon;
mod line;
mod links;
mod name;
mod people;
mod phones;
mod places;
mod records;
mod small;
mod titles;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;

use line::{Line, Shape};

/// What a finding may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A patient's or a relative's.
    Name,
    /// Courtesy, not law, keeps it out.
    ClinicianName,
    /// A record number, or a number that looks like one.
    Mrn,
    /// Of the English health service.
    NhsNumber,
    /// Of the United States.
    Ssn,
    /// Another number that a state gives to a person.
    NationalId,
    /// Of a telephone, fax or pager.
    Phone,
    /// An e-mail address.
    Email,
    /// A date of birth.
    Dob,
    /// A day, and a year or an event with it.
    Date,
    /// An age of 90 or more.
    AgeOver89,
    /// A street, a postcode, a place somebody lives at.
    Address,
    /// A bed, a bay, a room.
    Location,
    /// A hospital, a clinic.
    Facility,
    /// A web address.
    Url,
    /// An address of a computer.
    Ip,
    /// Of an insurance or a bank.
    Account,
    /// Of a driver or a vehicle.
    License,
    /// Of an implant or a machine.
    Device,
}

impl Kind {
    /// Its name in data.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::ClinicianName => "clinician_name",
            Self::Mrn => "mrn",
            Self::NhsNumber => "nhs_number",
            Self::Ssn => "ssn",
            Self::NationalId => "national_id",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Dob => "dob",
            Self::Date => "date",
            Self::AgeOver89 => "age_over_89",
            Self::Address => "address",
            Self::Location => "location",
            Self::Facility => "facility",
            Self::Url => "url",
            Self::Ip => "ip",
            Self::Account => "account",
            Self::License => "license",
            Self::Device => "device",
        }
    }

    /// What a person reads.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::ClinicianName => "name of a clinician",
            Self::Mrn => "record number",
            Self::NhsNumber => "NHS number",
            Self::Ssn => "social security number",
            Self::NationalId => "identity number",
            Self::Phone => "phone number",
            Self::Email => "e-mail address",
            Self::Dob => "date of birth",
            Self::Date => "date",
            Self::AgeOver89 => "age over 89",
            Self::Address => "address",
            Self::Location => "bed or room",
            Self::Facility => "name of a hospital",
            Self::Url => "web address",
            Self::Ip => "network address",
            Self::Account => "account number",
            Self::License => "licence number",
            Self::Device => "device number",
        }
    }
}

/// How much a finding asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a look, no more.
    Low,
    /// Worth another word.
    Medium,
    /// Asked about at save.
    High,
}

impl Severity {
    /// Its name in data and for a person.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// A possible identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its bytes in the text, on character boundaries, within one line.
    pub range: Range<usize>,
    /// What it may be.
    pub kind: Kind,
    /// How much it asks for.
    pub severity: Severity,
    /// What to write instead, with a capital where a sentence begins.
    pub suggest: Cow<'static, str>,
    /// The bytes that the suggestion takes the place of: the finding, and the words before it that
    /// would no longer fit ("Mrs", "his brother").
    pub replaces: Range<usize>,
}

impl Finding {
    fn new(range: Range<usize>, kind: Kind, severity: Severity, suggest: &'static str) -> Self {
        Self {
            replaces: range.clone(),
            range,
            kind,
            severity,
            suggest: Cow::Borrowed(suggest),
        }
    }

    /// The suggestion takes the place of the words from this byte on.
    const fn replacing_from(mut self, start: usize) -> Self {
        self.replaces.start = start;
        self
    }
}

/// Everything in the text that may identify somebody, in order. No two findings share a byte, nor
/// do the stretches they replace.
#[must_use]
pub fn findings(text: &str) -> Vec<Finding> {
    let mut all = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive([
        '\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}', '\u{85}',
    ]) {
        let end = start + line.len();
        all.append(&mut in_line(&Line::read(text, start..end)));
        start = end;
    }
    all
}

/// The text with every finding of medium or high severity replaced by its suggestion.
#[must_use]
pub fn replaced(text: &str) -> String {
    let mut text = text.to_owned();
    // A suggestion can bring a new neighbour to a word behind it. Each round takes at least one
    // capitalised word or number away, so there are not more rounds than findings.
    loop {
        let found = findings(&text);
        let mut grave = found
            .iter()
            .filter(|f| f.severity >= Severity::Medium)
            .rev()
            .peekable();
        if grave.peek().is_none() {
            return text;
        }
        for finding in grave {
            text.replace_range(finding.replaces.clone(), &finding.suggest);
        }
    }
}

fn in_line(line: &Line<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for find in [
        links::find,
        records::find,
        phones::find,
        dates::find,
        places::find,
        people::find,
    ] {
        find(line, &mut found);
    }
    let mut found = apart(found);
    // These look at what is found already: an age after a name, a bare name where nothing is.
    for find in [ages::find, bare::find] {
        let more = find(line, &found);
        found.extend(more);
        found = apart(found);
    }
    let mut free = 0;
    for finding in &mut found {
        finding.replaces.start = finding.replaces.start.max(free);
        free = finding.replaces.end;
        if begins_a_sentence(line, finding.replaces.start) {
            finding.suggest = with_capital(&finding.suggest);
        }
    }
    found
}

/// Whether a sentence begins with the token at this byte, and not with a small letter.
fn begins_a_sentence(line: &Line<'_>, byte: usize) -> bool {
    let at = |i: &usize| {
        line.token(*i)
            .is_some_and(|token| token.range.start == byte)
    };
    let Some(first) = (0..line.len()).find(at) else {
        return false;
    };
    let mut before = first.wrapping_sub(1);
    while line.any_mark(
        before,
        &[
            '"', '\'', '\u{201c}', '\u{2018}', '(', '-', '*', '>', '\u{2022}',
        ],
    ) {
        before = before.wrapping_sub(1);
    }
    let shape = line.shape(before);
    let word = line.str(before.wrapping_sub(1)).chars().count();
    let ends = matches!(shape, Shape::Mark('!' | '?' | '\u{2026}'))
        // "vs. Mrs Vexley" goes on.
        || shape == Shape::Mark('.') && word > 2;
    line.shape(first) != Shape::Lower
        && (shape == Shape::Nothing || ends && line.spaced(before + 1))
}

fn with_capital(words: &str) -> Cow<'static, str> {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    Cow::Owned(first.into_iter().chain(letters).collect())
}

/// Of findings that share a byte the longest stays, then the gravest, then the first found.
fn apart(mut found: Vec<Finding>) -> Vec<Finding> {
    found.sort_by_key(|f| (Reverse(f.range.len()), Reverse(f.severity)));
    let mut kept: Vec<Finding> = Vec::with_capacity(found.len());
    for finding in found {
        let shared = |other: &Finding| {
            finding.range.start < other.range.end && other.range.start < finding.range.end
        };
        if !finding.range.is_empty() && !kept.iter().any(shared) {
            kept.push(finding);
        }
    }
    kept.sort_by_key(|f| f.range.start);
    kept
}
