//! The stable JSON of reflections, experiments, templates and competencies.
//!
//! Keys are promised: a test holds their names. Absent numbers, dates and roles are `null`, absent
//! text is `""`, lists are always arrays.

use std::io;
use std::path::Path;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::ser::Formatter;

use crate::domain::calendar::add_days;
use crate::domain::competency::{Competency, CompetencyId, Framework};
use crate::domain::experiment::{Experiment, FOLLOW_UP_DAYS, FollowUp, Outcome};
use crate::domain::id::{ExperimentId, ReflectionId, Revision};
use crate::domain::prose::{Prose, is_hazard};
use crate::domain::reflection::{Energy, Entry, Period, Reflection, Role, Signal};
use crate::domain::shift::ShiftKind;
use crate::domain::tag::Tag;
use crate::domain::template::{Template, TemplateId};

/// A reflection on the wire; "try next" is the text of its experiment.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReflectionJson {
    id: String,
    shift_date: String,
    shift: String,
    written_at: String,
    rotation: String,
    template: String,
    went_well: String,
    do_differently: String,
    try_next: String,
    note: String,
    competencies: Vec<String>,
    tags: Vec<String>,
    energy: Option<u8>,
    signals: Vec<String>,
    feedback_from: Option<String>,
    /// Not in what the first programs wrote.
    #[serde(default)]
    period: Option<String>,
    shared: bool,
}

/// An experiment on the wire.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExperimentJson {
    id: String,
    reflection: String,
    text: String,
    due: Option<String>,
    outcome: String,
    outcome_date: Option<String>,
    outcome_note: String,
    carried: u32,
    follow_up: Option<String>,
    follows: Option<String>,
}

/// A reflection with its experiment beside it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryJson {
    #[serde(flatten)]
    reflection: ReflectionJson,
    experiment: Option<ExperimentJson>,
}

/// A template on the wire.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct TemplateJson<'a> {
    id: &'a str,
    title: &'a str,
    went_well: &'a str,
    do_differently: &'a str,
    try_next: &'a str,
    note: Option<&'a str>,
    hints: &'a [String],
    tags: Vec<&'a str>,
    competencies: Vec<&'a str>,
}

/// A competency on the wire, with the framework that lists it.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct CompetencyJson<'a> {
    id: &'a str,
    framework: &'a str,
    name: &'a str,
    text: &'a str,
    behaviours: &'a [String],
    maps: &'a [String],
    parent: Option<&'a str>,
}

/// A backup on the wire.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct BackupJson {
    path: String,
    made_at: String,
    bytes: u64,
}

impl BackupJson {
    /// A backup made at this local time.
    #[must_use]
    pub fn new(path: &Path, made_at: DateTime<FixedOffset>, bytes: u64) -> Self {
        Self {
            path: path.to_string_lossy().into_owned(),
            made_at: made_at.to_rfc3339(),
            bytes,
        }
    }
}

/// A value in a file does not mean anything here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("\"{key}\" holds something that does not belong there")]
pub struct Misplaced {
    /// The key whose value cannot be read. The value itself may be the writer's text and stays out.
    pub key: &'static str,
}

impl From<&Entry> for ReflectionJson {
    fn from(entry: &Entry) -> Self {
        let r = &entry.reflection;
        Self {
            id: r.id.to_string(),
            shift_date: r.shift_date.to_string(),
            shift: r.shift.id().to_owned(),
            written_at: r.written_at.to_rfc3339(),
            rotation: r.rotation.clone(),
            template: r.template.as_str().to_owned(),
            went_well: r.went_well.as_str().to_owned(),
            do_differently: r.do_differently.as_str().to_owned(),
            try_next: entry
                .experiment
                .as_ref()
                .map_or_else(String::new, |e| e.text.as_str().to_owned()),
            note: r.note.as_str().to_owned(),
            competencies: r.competencies.iter().map(ToString::to_string).collect(),
            tags: r.tags.iter().map(|tag| tag.as_str().to_owned()).collect(),
            energy: r.energy.map(Energy::level),
            signals: r.signals.iter().map(|s| s.as_str().to_owned()).collect(),
            feedback_from: r.feedback_from.map(|role| role.id().to_owned()),
            period: r.period.as_ref().map(|period| period.as_str().to_owned()),
            shared: r.shared,
        }
    }
}

impl From<&Experiment> for ExperimentJson {
    fn from(e: &Experiment) -> Self {
        Self {
            id: e.id.to_string(),
            reflection: e.reflection.to_string(),
            text: e.text.as_str().to_owned(),
            due: e.due.map(|date| date.to_string()),
            outcome: e.outcome.id().to_owned(),
            outcome_date: e.outcome_date.map(|date| date.to_string()),
            outcome_note: e.outcome_note.as_str().to_owned(),
            carried: e.carried,
            follow_up: e.follow_up.map(|f| f.id().to_owned()),
            follows: e.follows.map(|id| id.to_string()),
        }
    }
}

impl From<&Entry> for EntryJson {
    fn from(entry: &Entry) -> Self {
        Self {
            reflection: entry.into(),
            experiment: entry.experiment.as_ref().map(Into::into),
        }
    }
}

impl<'a> From<&'a Template> for TemplateJson<'a> {
    fn from(t: &'a Template) -> Self {
        Self {
            id: t.id.as_str(),
            title: &t.title,
            went_well: &t.went_well,
            do_differently: &t.do_differently,
            try_next: &t.try_next,
            note: t.note.as_deref(),
            hints: &t.hints,
            tags: t.tags.iter().map(Tag::as_str).collect(),
            competencies: t.competencies.iter().map(CompetencyId::as_str).collect(),
        }
    }
}

impl<'a> CompetencyJson<'a> {
    /// A competency as its framework lists it.
    #[must_use]
    pub fn new(framework: &'a Framework, c: &'a Competency) -> Self {
        Self {
            id: c.id.as_str(),
            framework: &framework.id,
            name: &c.name,
            text: &c.text,
            behaviours: &c.behaviours,
            maps: &c.maps,
            parent: c.parent.as_ref().map(CompetencyId::as_str),
        }
    }
}

impl TryFrom<EntryJson> for Entry {
    type Error = Misplaced;

    fn try_from(wire: EntryJson) -> Result<Self, Misplaced> {
        Ok(Self {
            reflection: wire.reflection.try_into()?,
            experiment: wire.experiment.map(TryInto::try_into).transpose()?,
        })
    }
}

impl TryFrom<ReflectionJson> for Reflection {
    type Error = Misplaced;

    fn try_from(wire: ReflectionJson) -> Result<Self, Misplaced> {
        Ok(Self {
            id: id(&wire.id, "id", ReflectionId::new)?,
            written_at: DateTime::parse_from_rfc3339(&wire.written_at)
                .map_err(|_| Misplaced { key: "written_at" })?,
            shift_date: word(&wire.shift_date, "shift_date")?,
            shift: word::<ShiftKind>(&wire.shift, "shift")?,
            rotation: wire.rotation,
            template: TemplateId::new(wire.template),
            went_well: wire.went_well.into(),
            do_differently: wire.do_differently.into(),
            note: wire.note.into(),
            competencies: wire
                .competencies
                .into_iter()
                .map(CompetencyId::new)
                .collect(),
            tags: each(&wire.tags, "tags", Tag::new)?,
            energy: wire
                .energy
                .map(|level| Energy::new(level).ok_or(Misplaced { key: "energy" }))
                .transpose()?,
            signals: each(&wire.signals, "signals", Signal::new)?,
            feedback_from: wire
                .feedback_from
                .map(|role| word::<Role>(&role, "feedback_from"))
                .transpose()?,
            period: wire.period.and_then(Period::new),
            shared: wire.shared,
            revision: Revision::FIRST,
        })
    }
}

impl TryFrom<ExperimentJson> for Experiment {
    type Error = Misplaced;

    fn try_from(wire: ExperimentJson) -> Result<Self, Misplaced> {
        let outcome = word::<Outcome>(&wire.outcome, "outcome")?;
        if (outcome == Outcome::Open) != wire.outcome_date.is_none() {
            return Err(Misplaced {
                key: "outcome_date",
            });
        }
        let outcome_date = wire
            .outcome_date
            .map(|date| word::<NaiveDate>(&date, "outcome_date"))
            .transpose()?;
        let follow_up = wire
            .follow_up
            .map(|given| {
                let mut all = FollowUp::ALL.into_iter();
                all.find(|f| f.id() == given)
                    .ok_or(Misplaced { key: "follow_up" })
            })
            .transpose()?;
        Ok(Self {
            id: id(&wire.id, "id", ExperimentId::new)?,
            reflection: id(&wire.reflection, "reflection", ReflectionId::new)?,
            text: Prose::new(wire.text),
            due: wire.due.map(|date| word(&date, "due")).transpose()?,
            outcome,
            outcome_date,
            outcome_note: wire.outcome_note.into(),
            carried: wire.carried,
            follow_up,
            // Not on the wire: the day on which the question was due.
            follow_up_date: follow_up
                .and(outcome_date)
                .map(|date| add_days(date, FOLLOW_UP_DAYS)),
            follows: wire
                .follows
                .map(|given| id(&given, "follows", ExperimentId::new))
                .transpose()?,
            revision: Revision::FIRST,
        })
    }
}

fn id<T>(text: &str, key: &'static str, wrap: fn(uuid::Uuid) -> T) -> Result<T, Misplaced> {
    text.parse().map(wrap).map_err(|_| Misplaced { key })
}

fn word<T: std::str::FromStr>(text: &str, key: &'static str) -> Result<T, Misplaced> {
    text.parse().map_err(|_| Misplaced { key })
}

fn each<T>(
    texts: &[String],
    key: &'static str,
    read: fn(&str) -> Option<T>,
) -> Result<Vec<T>, Misplaced> {
    texts
        .iter()
        .map(|text| read(text).ok_or(Misplaced { key }))
        .collect()
}

/// Writes a value as JSON that is safe on a terminal: what `visible` would replace is escaped
/// instead, so that the data stays whole.
///
/// # Errors
/// Whatever the writer says.
pub fn write(out: &mut impl io::Write, value: &impl Serialize) -> io::Result<()> {
    let mut to = serde_json::Serializer::with_formatter(out, Careful);
    value.serialize(&mut to).map_err(io::Error::from)
}

/// An array with one item a line, written as the items come.
pub struct Array<W: io::Write> {
    out: W,
    empty: bool,
}

impl<W: io::Write> Array<W> {
    /// Opens the array.
    pub const fn new(out: W) -> Self {
        Self { out, empty: true }
    }

    /// Writes one item.
    ///
    /// # Errors
    /// Whatever the writer says.
    pub fn item(&mut self, value: &impl Serialize) -> io::Result<()> {
        self.out
            .write_all(if self.empty { b"[\n" } else { b",\n" })?;
        self.empty = false;
        write(&mut self.out, value)
    }

    /// Closes the array.
    ///
    /// # Errors
    /// Whatever the writer says.
    pub fn end(mut self) -> io::Result<()> {
        self.out
            .write_all(if self.empty { b"[]\n" } else { b"\n]\n" })
    }
}

/// Escapes DEL, C1 and everything that turns the order of text around; C0 is always escaped.
struct Careful;

impl Formatter for Careful {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut plain = fragment;
        while let Some((at, c)) = plain.char_indices().find(|(_, c)| is_hazard(*c)) {
            let (before, after) = plain.split_at(at);
            out.write_all(before.as_bytes())?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            plain = after.strip_prefix(c).unwrap_or_default();
        }
        out.write_all(plain.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        let json = r#"{
            "id": "0198a000-0000-7000-8000-0000004f2a9c", "shift_date": "2026-11-20",
            "shift": "night", "written_at": "2026-11-21T08:10:00+01:00", "rotation": "Medical ICU",
            "template": "gone-template", "went_well": "e\u0301 \u202e \u009b \u007f \udb40\udc41 👩‍👩‍👧",
            "do_differently": "a\nb", "try_next": "If, then", "note": "",
            "competencies": ["feedback", "gone:X1"], "tags": ["rounds"], "energy": 3,
            "signals": ["jaw"], "feedback_from": "nurse", "shared": true,
            "period": "2026-11-16",
            "experiment": {
                "id": "0198a000-0000-7000-8000-0000004f2a9d",
                "reflection": "0198a000-0000-7000-8000-0000004f2a9c", "text": "If, then",
                "due": null, "outcome": "helped", "outcome_date": "2026-11-21",
                "outcome_note": "twice", "carried": 2, "follow_up": "habit",
                "follows": "0198a000-0000-7000-8000-0000004f2a9e"
            }
        }"#;
        let wire: EntryJson = serde_json::from_str(json).unwrap();
        wire.try_into().unwrap()
    }

    fn written(value: &impl Serialize) -> String {
        let mut out = Vec::new();
        write(&mut out, value).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn an_entry_survives_the_way_out_and_back() {
        let entry = entry();
        let text = written(&EntryJson::from(&entry));
        let back: EntryJson = serde_json::from_str(&text).unwrap();
        assert!(Entry::try_from(back).unwrap() == entry, "{text}");
    }

    #[test]
    fn no_character_that_commands_a_terminal_is_written_raw() {
        let text = written(&EntryJson::from(&entry()));
        assert!(!text.chars().any(is_hazard), "{text:?}");
        assert!(
            text.contains(r"\u202e \u009b \u007f \udb40\udc41"),
            "{text}"
        );
    }

    #[test]
    fn the_keys_are_the_promised_ones() {
        let keys = |value: &serde_json::Value| -> String {
            let keys = value.as_object().unwrap().keys();
            keys.map(String::as_str).collect::<Vec<_>>().join(" ")
        };
        let reflection = serde_json::to_value(ReflectionJson::from(&entry())).unwrap();
        assert_eq!(
            keys(&reflection),
            "competencies do_differently energy feedback_from id note period rotation shared \
             shift shift_date signals tags template try_next went_well written_at"
        );
        let both = serde_json::to_value(EntryJson::from(&entry())).unwrap();
        assert_eq!(
            keys(&both["experiment"]),
            "carried due follow_up follows id outcome outcome_date outcome_note reflection text"
        );
    }

    #[test]
    fn an_outcome_without_its_date_is_refused() {
        let mut value = serde_json::to_value(EntryJson::from(&entry())).unwrap();
        value["experiment"]["outcome_date"] = serde_json::Value::Null;
        let wire: EntryJson = serde_json::from_value(value).unwrap();
        assert_eq!(Entry::try_from(wire).unwrap_err().key, "outcome_date");
    }
}
