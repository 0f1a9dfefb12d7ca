//! Possible identifiers as JSON: one object for each text that is looked through.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::domain::guard::Finding;

/// A line of JSON that holds a text to look through.
#[derive(Deserialize)]
pub struct AskedJson {
    /// Whatever the asker tells its lines apart by; `null` where there is none.
    #[serde(default)]
    id: Option<Box<RawValue>>,
    /// The text.
    pub text: String,
}

/// The findings of one such line.
#[derive(Serialize)]
pub struct SpansJson {
    id: IdJson,
    spans: Vec<SpanJson>,
}

/// What the asker tells its lines apart by, as it was written: no number is too long or too exact.
#[derive(Serialize)]
#[serde(untagged)]
enum IdJson {
    Number(Box<RawValue>),
    Other(Value),
}

impl From<Option<Box<RawValue>>> for IdJson {
    fn from(id: Option<Box<RawValue>>) -> Self {
        match id {
            Some(id)
                if id
                    .get()
                    .starts_with(|c: char| c == '-' || c.is_ascii_digit()) =>
            {
                Self::Number(id)
            }
            Some(id) => Self::Other(serde_json::from_str(id.get()).unwrap_or_default()),
            None => Self::Other(Value::Null),
        }
    }
}

/// Where a finding is and what it may be. Offsets count characters (Unicode scalar values) from 0;
/// the end is exclusive.
#[derive(Serialize)]
struct SpanJson {
    start: usize,
    end: usize,
    kind: &'static str,
    severity: &'static str,
}

impl SpansJson {
    /// The answer to a line.
    #[must_use]
    pub fn new(asked: AskedJson, findings: &[Finding]) -> Self {
        let text = &asked.text;
        let mut counted = Counted::default();
        let spans = findings.iter().map(|finding| SpanJson {
            start: counted.up_to(text, finding.range.start),
            end: counted.up_to(text, finding.range.end),
            kind: finding.kind.id(),
            severity: finding.severity.id(),
        });
        Self {
            spans: spans.collect(),
            id: asked.id.into(),
        }
    }
}

/// A finding with its words and where it stands for a person.
#[derive(Serialize)]
pub struct FindingJson<'a> {
    /// The reflection or goal it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The field of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    /// The line of the text, from 1.
    pub line: usize,
    /// The character of the line, from 1.
    pub column: usize,
    /// See [`crate::domain::guard::Kind::id`].
    pub kind: &'static str,
    /// See [`crate::domain::guard::Severity::id`].
    pub severity: &'static str,
    /// The words.
    pub text: &'a str,
    /// What could stand there instead.
    pub suggest: &'a str,
}

/// Counts characters up to byte offsets that only grow, looking at each byte once.
#[derive(Default)]
struct Counted {
    bytes: usize,
    chars: usize,
}

impl Counted {
    fn up_to(&mut self, text: &str, bytes: usize) -> usize {
        let passed = text.get(self.bytes..bytes).unwrap_or_default();
        self.chars += passed.chars().count();
        self.bytes = bytes.max(self.bytes);
        self.chars
    }
}
