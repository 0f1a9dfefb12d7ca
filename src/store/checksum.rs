//! Row checksums: plain SQLite does not notice a bit that flipped in a text; these do.

use xxhash_rust::xxh3::Xxh3;

use crate::domain::experiment::Experiment;
use crate::domain::reflection::Reflection;

/// xxh3-64 over each part, preceded by its length so that nothing can move between parts.
fn of(parts: &[&[u8]]) -> i64 {
    let mut hash = Xxh3::new();
    for part in parts {
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.digest().cast_signed()
}

/// Over everything of a reflection that is text, and its id.
pub(super) fn of_reflection(r: &Reflection) -> i64 {
    of(&[
        r.id.uuid().as_bytes(),
        r.written_at.to_rfc3339().as_bytes(),
        r.shift_date.to_string().as_bytes(),
        r.shift.id().as_bytes(),
        r.rotation.as_bytes(),
        r.template.as_str().as_bytes(),
        r.went_well.as_bytes(),
        r.do_differently.as_bytes(),
        r.note.as_bytes(),
    ])
}

/// Over the texts of an experiment, and its id.
pub(super) fn of_experiment(e: &Experiment) -> i64 {
    of(&[
        e.id.uuid().as_bytes(),
        e.text.as_bytes(),
        e.outcome_note.as_bytes(),
    ])
}
