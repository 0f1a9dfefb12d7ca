//! What `add -` reads: plain text with headings, or one reflection as JSON.
//!
//! Errors name places and keys, never the text itself.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use crate::domain::competency::CompetencyId;
use crate::domain::nearest;
use crate::domain::prose::Prose;
use crate::domain::reflection::{Energy, Field, Period, Role, Signal};
use crate::domain::shift::ShiftKind;
use crate::domain::tag::Tag;
use crate::domain::template::TemplateId;

/// Most bytes that are read: four full fields, with room for the longest way to escape them.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;

/// A reflection as somebody handed it in; what was not said is `None` or empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capture {
    /// Text of "Went well".
    pub went_well: Prose,
    /// Text of "Do differently".
    pub do_differently: Prose,
    /// Text of "Try next".
    pub try_next: Prose,
    /// Text of the note line.
    pub note: Prose,
    /// The date the shift began.
    pub shift_date: Option<NaiveDate>,
    /// The kind of shift.
    pub shift: Option<ShiftKind>,
    /// The rotation.
    pub rotation: Option<String>,
    /// The template.
    pub template: Option<TemplateId>,
    /// Competencies; may be unknown ones.
    pub competencies: Vec<CompetencyId>,
    /// Tags beside those in the text.
    pub tags: Vec<Tag>,
    /// Energy.
    pub energy: Option<Energy>,
    /// Stress signals.
    pub signals: Vec<Signal>,
    /// Whose feedback it is about.
    pub feedback_from: Option<Role>,
    /// What it is the review of.
    pub period: Option<Period>,
    /// Whether it may appear in full in an export.
    pub shared: bool,
    /// When the experiment is due: a date, a span such as `7d`, or `none`.
    pub due: Option<String>,
}

impl Capture {
    /// The text of a field, to change it.
    pub const fn text_mut(&mut self, field: Field) -> &mut Prose {
        match field {
            Field::WentWell => &mut self.went_well,
            Field::DoDifferently => &mut self.do_differently,
            Field::TryNext => &mut self.try_next,
            Field::Note => &mut self.note,
        }
    }
}

/// The input cannot be taken as a reflection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CaptureError {
    /// More than [`MAX_BYTES`].
    #[error("the text is longer than a reflection can be: each field holds 64 KiB")]
    TooLong,
    /// Not UTF-8.
    #[error("byte {at} of the text is not UTF-8")]
    NotUtf8 {
        /// How many bytes before it are.
        at: usize,
    },
    /// It begins like JSON and is not.
    #[error("the text begins with \"{{\" and is not JSON at line {line}, column {column}")]
    NotJson {
        /// Counted from 1.
        line: usize,
        /// Counted from 1; 0 at the very end.
        column: usize,
    },
    /// A JSON array, which would hold several reflections.
    #[error("the text is a JSON list: give one object, not a list")]
    List,
    /// A key twice in one object.
    #[error("the key \"{0}\" is there twice")]
    Twice(&'static str),
    /// A key that no reflection has.
    #[error("{}", nearest::explain("key", .given, .allowed.iter().copied()))]
    UnknownKey {
        /// What was given.
        given: String,
        /// What that object may have.
        allowed: &'static [&'static str],
    },
    /// A value of the wrong kind.
    #[error("\"{key}\" must be {wanted}")]
    Value {
        /// The key.
        key: &'static str,
        /// What belongs there.
        wanted: &'static str,
    },
    /// A word that is none of the allowed ones.
    #[error("{0}")]
    Word(String),
}

/// Reads text or JSON; which one is told by the first byte that is no space.
///
/// # Errors
/// [`CaptureError`] says what is wrong and where, without the text.
pub fn read(bytes: &[u8]) -> Result<Capture, CaptureError> {
    if bytes.len() > MAX_BYTES {
        return Err(CaptureError::TooLong);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| CaptureError::NotUtf8 {
        at: error.valid_up_to(),
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with('{') {
        from_json(text)
    } else if is_json_list(text) {
        Err(CaptureError::List)
    } else {
        Ok(from_text(text))
    }
}

/// Whether the text is an array of JSON. A note may begin with a bracket.
fn is_json_list(text: &str) -> bool {
    text.trim_start().starts_with('[') && serde_json::from_str::<Vec<IgnoredAny>>(text).is_ok()
}

/// Text with headings; what comes before the first belongs to "Went well". A heading that comes
/// again goes on where its field stopped.
fn from_text(text: &str) -> Capture {
    let text = Prose::new(text);
    let mut parts: BTreeMap<Field, String> = BTreeMap::new();
    let mut field = Field::WentWell;
    for line in text.split('\n') {
        let line = heading(line).map_or(line, |(next, rest)| {
            field = next;
            rest.trim_start()
        });
        let part = parts.entry(field).or_default();
        part.push_str(line);
        part.push('\n');
    }
    let mut capture = Capture::default();
    for (field, part) in parts {
        *capture.text_mut(field) = Prose::new(part.trim());
    }
    capture
}

/// The field a line opens, and what stands after its heading.
fn heading(line: &str) -> Option<(Field, &str)> {
    Field::ALL.into_iter().find_map(|field| {
        let (head, rest) = line.split_at_checked(field.label().len())?;
        let rest = rest.strip_prefix(':')?;
        head.eq_ignore_ascii_case(field.label())
            .then_some((field, rest))
    })
}

const KEYS: [&str; 18] = [
    "id",
    "shift_date",
    "shift",
    "written_at",
    "rotation",
    "template",
    "went_well",
    "do_differently",
    "try_next",
    "note",
    "competencies",
    "tags",
    "energy",
    "signals",
    "feedback_from",
    "period",
    "shared",
    "experiment",
];
const TRY_NEXT_KEYS: [&str; 2] = ["text", "due"];

/// One reflection. `id`, `written_at` and an experiment's outcome are taken without complaint and
/// not used: what is added is new.
fn from_json(text: &str) -> Result<Capture, CaptureError> {
    let Object(mut object) = serde_json::from_str(text).map_err(|error| CaptureError::NotJson {
        line: error.line(),
        column: error.column(),
    })?;
    for key in object.keys() {
        known(key, &KEYS)?;
    }
    let mut take = |key| match object.remove(key) {
        None | Some(Member::Once(Value::Null)) => Ok(None),
        Some(Member::Once(value)) => Ok(Some(value)),
        Some(Member::Twice) => Err(CaptureError::Twice(key)),
    };
    let (try_next, mut due) = match take("try_next")? {
        Some(Value::Object(plan)) => plan_with_due(plan)?,
        other => (string("try_next", other)?, None),
    };
    if let Some(Value::Object(experiment)) = take("experiment")?
        && due.is_none()
    {
        due = due_text(experiment.get("due"))?;
    }
    Ok(Capture {
        went_well: prose("went_well", take("went_well")?)?,
        do_differently: prose("do_differently", take("do_differently")?)?,
        try_next: Prose::new(try_next.unwrap_or_default()),
        note: prose("note", take("note")?)?,
        shift_date: string("shift_date", take("shift_date")?)?
            .map(|date| {
                date.parse().map_err(|_| CaptureError::Value {
                    key: "shift_date",
                    wanted: "a date like 2026-11-21",
                })
            })
            .transpose()?,
        shift: word("shift", take("shift")?)?,
        rotation: string("rotation", take("rotation")?)?,
        template: string("template", take("template")?)?.map(TemplateId::new),
        competencies: list("competencies", take("competencies")?, |word| {
            Some(CompetencyId::new(word))
        })?,
        tags: list("tags", take("tags")?, Tag::new)?,
        energy: take("energy")?.as_ref().map(energy).transpose()?,
        signals: list("signals", take("signals")?, Signal::new)?,
        feedback_from: word("feedback_from", take("feedback_from")?)?,
        period: string("period", take("period")?)?.and_then(Period::new),
        shared: match take("shared")? {
            None => false,
            Some(value) => value.as_bool().ok_or(CaptureError::Value {
                key: "shared",
                wanted: "true or false",
            })?,
        },
        due,
    })
}

fn known(given: &str, allowed: &'static [&'static str]) -> Result<(), CaptureError> {
    if allowed.contains(&given) {
        Ok(())
    } else {
        Err(CaptureError::UnknownKey {
            given: given.to_owned(),
            allowed,
        })
    }
}

fn plan_with_due(
    mut plan: serde_json::Map<String, Value>,
) -> Result<(Option<String>, Option<String>), CaptureError> {
    for key in plan.keys() {
        known(key, &TRY_NEXT_KEYS)?;
    }
    let due = due_text(plan.get("due"))?;
    let text = plan.remove("text").filter(|value| !value.is_null());
    Ok((string("text", text)?, due))
}

/// `null` says that no date is wanted, which is not the same as saying nothing.
fn due_text(value: Option<&Value>) -> Result<Option<String>, CaptureError> {
    match value {
        None => Ok(None),
        Some(Value::Null) => Ok(Some("none".to_owned())),
        Some(value) => string("due", Some(value.clone())),
    }
}

fn string(key: &'static str, value: Option<Value>) -> Result<Option<String>, CaptureError> {
    match value {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_),
        ) => Err(CaptureError::Value {
            key,
            wanted: "a string",
        }),
    }
}

fn prose(key: &'static str, value: Option<Value>) -> Result<Prose, CaptureError> {
    Ok(Prose::new(string(key, value)?.unwrap_or_default()))
}

fn word<T: std::str::FromStr<Err: fmt::Display>>(
    key: &'static str,
    value: Option<Value>,
) -> Result<Option<T>, CaptureError> {
    string(key, value)?
        .map(|word| {
            word.parse()
                .map_err(|error: T::Err| CaptureError::Word(error.to_string()))
        })
        .transpose()
}

fn list<T>(
    key: &'static str,
    value: Option<Value>,
    read: fn(&str) -> Option<T>,
) -> Result<Vec<T>, CaptureError> {
    let wrong = CaptureError::Value {
        key,
        wanted: "an array of words",
    };
    let Some(value) = value else {
        return Ok(Vec::new());
    };
    value
        .as_array()
        .and_then(|items| items.iter().map(|item| read(item.as_str()?)).collect())
        .ok_or(wrong)
}

fn energy(value: &Value) -> Result<Energy, CaptureError> {
    value
        .as_u64()
        .and_then(|level| u8::try_from(level).ok())
        .and_then(Energy::new)
        .ok_or(CaptureError::Value {
            key: "energy",
            wanted: "a number from 1 to 5",
        })
}

/// A JSON object that remembers which keys came twice: the first text must not be lost silently.
struct Object(BTreeMap<String, Member>);

enum Member {
    Once(Value),
    Twice,
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut members = BTreeMap::new();
                while let Some((key, value)) = map.next_entry::<String, Value>()? {
                    let member = if members.contains_key(&key) {
                        Member::Twice
                    } else {
                        Member::Once(value)
                    };
                    members.insert(key, member);
                }
                Ok(Object(members))
            }
        }
        from.deserialize_map(Members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(capture: &Capture) -> [&str; 4] {
        [
            &capture.went_well,
            &capture.do_differently,
            &capture.try_next,
            &capture.note,
        ]
    }

    #[test]
    fn headings_start_fields_and_text_before_any_went_well() {
        let read = |given: &str| read(given.as_bytes()).unwrap();
        let capture = read(
            "\u{feff}Asked the nurse.\r\n\r\nShe knew.\r\nDO DIFFERENTLY: rounds\r\nran late\r\n\
             try next:\r\nIf late, then I stop.\r\nNote: noted: well\r\nWent well: again\r\n",
        );
        assert_eq!(
            text(&capture),
            [
                "Asked the nurse.\n\nShe knew.\nagain",
                "rounds\nran late",
                "If late, then I stop.",
                "noted: well"
            ]
        );
        assert_eq!(
            text(&read("It went well: very. Notes: none\n")),
            ["It went well: very. Notes: none", "", "", ""]
        );
        assert_eq!(text(&read(" \n\t\n")), ["", "", "", ""]);
    }

    #[test]
    fn bytes_that_are_no_utf8_are_refused_with_their_place() {
        assert_eq!(
            read(b"caf\xe9 au lait"),
            Err(CaptureError::NotUtf8 { at: 3 })
        );
        assert_eq!(read(&vec![b'a'; MAX_BYTES + 1]), Err(CaptureError::TooLong));
    }

    #[test]
    fn a_json_list_is_refused_and_a_note_in_brackets_is_text() {
        for list in ["[]", " [{\"went_well\": \"x\"}]\n"] {
            assert_eq!(read(list.as_bytes()), Err(CaptureError::List));
        }
        let note = read(b"[late] Asked the nurse.").unwrap();
        assert_eq!(note.went_well.as_str(), "[late] Asked the nurse.");
    }

    #[test]
    fn json_takes_a_plan_as_text_or_with_its_due_date() {
        let capture = read(
            br##" {"went_well": "a\r\nb", "try_next": {"text": "If, then", "due": "2w"},
                "shift": "night", "shift_date": "2026-11-20", "energy": 3, "tags": ["#Rounds"],
                "competencies": ["feedback"], "signals": ["Jaw"], "shared": true, "note": null,
                "feedback_from": "nurse", "template": "case", "rotation": "ICU", "id": "x"} "##,
        )
        .unwrap();
        assert_eq!(text(&capture), ["a\nb", "", "If, then", ""]);
        assert_eq!(capture.due.as_deref(), Some("2w"));
        assert_eq!(capture.shift, Some(ShiftKind::Night));
        assert_eq!(capture.tags, [Tag::new("rounds").unwrap()]);
        assert!(capture.shared);
        let never = read(br#"{"try_next": {"text": "If", "due": null}}"#).unwrap();
        assert_eq!(never.due.as_deref(), Some("none"));
        let shown = read(br#"{"try_next": "If", "experiment": {"due": "2026-11-28"}}"#).unwrap();
        assert_eq!(shown.due.as_deref(), Some("2026-11-28"));
    }

    #[test]
    fn json_that_would_lose_text_is_refused_without_repeating_it() {
        let said = |given: &str| read(given.as_bytes()).unwrap_err().to_string();
        assert_eq!(
            said(r#"{"went_wel": "secret"}"#).split(" Allowed").next(),
            Some(r#"no key "went_wel"; did you mean "went_well"?"#)
        );
        assert_eq!(
            said(r#"{"note": "secret", "note": "other"}"#),
            "the key \"note\" is there twice"
        );
        assert_eq!(said(r#"{"note": 5}"#), "\"note\" must be a string");
        assert_eq!(
            said(r#"{"energy": "secret"}"#),
            "\"energy\" must be a number from 1 to 5"
        );
        assert_eq!(
            said("{\"note\": \"secret\"\n \"x\": 1}"),
            "the text begins with \"{\" and is not JSON at line 2, column 2"
        );
    }
}
