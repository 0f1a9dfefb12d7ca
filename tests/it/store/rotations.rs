//! Rotations and the shift log on the disk.

use postcall::domain::rotation::{Block, RotationError};
use postcall::domain::shift::ShiftKind;
use postcall::domain::template::TemplateId;
use postcall::journal::{Journal, JournalError, Undo};

use super::{MORNING, draft, folder, in_memory, open};

fn block(name: &str, first: &str, last: Option<&str>) -> Block {
    Block {
        name: name.to_owned(),
        first: first.parse().unwrap(),
        last: last.map(|last| last.parse().unwrap()),
    }
}

/// Name, days and counts of each rotation, begun last first; the present one has a star.
fn listed(journal: &mut Journal) -> Vec<String> {
    let rows = journal.rotations().unwrap();
    rows.iter()
        .map(|row| {
            let r = &row.rotation;
            let last = r.last.map_or("-".to_owned(), |last| last.to_string());
            let star = if row.is_present { "*" } else { "" };
            assert!(!row.damaged);
            let (name, first) = (&r.name, r.first);
            format!(
                "{name}{star} {first} {last} {}/{}",
                row.reflections, row.shifts
            )
        })
        .collect()
}

fn reflect(journal: &mut Journal, date: &str, rotation: &str) {
    let mut new = draft(journal, "well", "");
    new.shift_date = date.parse().unwrap();
    new.shift = ShiftKind::Day;
    rotation.clone_into(&mut new.rotation);
    journal.save(&new).unwrap();
}

#[test]
fn a_rotation_is_begun_ended_and_there_when_the_journal_is_opened_again() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    journal
        .start_rotation(block(" Medical ICU ", "2026-11-02", None))
        .unwrap();
    assert_eq!(listed(&mut journal), ["Medical ICU* 2026-11-02 - 0/0"]);
    let last = "2026-11-29".parse().unwrap();
    journal.end_rotation(Some("medical icu"), last).unwrap();
    let mut again = open(&path, "2026-12-01T08:00:00+01:00");
    assert_eq!(
        listed(&mut again),
        ["Medical ICU 2026-11-02 2026-11-29 0/0"]
    );
    let examined = again.examine().unwrap();
    assert!(examined.is_sound(), "{examined:?}");
}

#[test]
fn the_present_rotation_is_proposed_whenever_it_was_entered() {
    // After more than twenty hours the shift is the night that ended this morning.
    let (_folder, path) = folder();
    reflect(
        &mut open(&path, "2026-11-19T18:00:00+01:00"),
        "2026-11-19",
        "Old habit",
    );
    let mut journal = open(&path, MORNING);
    let proposed = |journal: &mut Journal, day: &str| {
        let day = day.parse().unwrap();
        journal.proposed_rotation(&TemplateId::SHIFT, day).unwrap()
    };
    assert_eq!(proposed(&mut journal, "2026-11-20"), "");
    // Entered afterwards, in advance, and over another.
    journal
        .start_rotation(block("Wards", "2026-10-05", Some("2026-11-29")))
        .unwrap();
    journal
        .start_rotation(block("Clinic", "2026-11-30", None))
        .unwrap();
    journal
        .start_rotation(block("Nights", "2026-11-16", Some("2026-11-20")))
        .unwrap();
    assert_eq!(proposed(&mut journal, "2026-11-15"), "Wards");
    assert_eq!(proposed(&mut journal, "2026-11-20"), "Nights");
    assert_eq!(proposed(&mut journal, "2026-11-21"), "Wards");
    assert_eq!(proposed(&mut journal, "2027-01-10"), "Clinic");
    assert_eq!(
        journal.new_draft(&TemplateId::SHIFT).unwrap().rotation,
        "Nights"
    );
    assert_eq!(journal.overview().unwrap().rotation, "Nights");
}

#[test]
fn what_does_not_fit_is_refused_and_changes_nothing() {
    let mut journal = in_memory(MORNING);
    journal
        .start_rotation(block("ICU", "2026-11-02", None))
        .unwrap();
    let before = listed(&mut journal);
    let refused = [
        journal
            .start_rotation(block("icu", "2026-11-20", None))
            .unwrap_err(),
        journal
            .start_rotation(block("", "2026-11-20", None))
            .unwrap_err(),
        journal
            .end_rotation(None, "2026-11-01".parse().unwrap())
            .unwrap_err(),
        journal
            .end_rotation(Some("Wards"), "2026-11-20".parse().unwrap())
            .unwrap_err(),
    ];
    let said: Vec<String> = refused.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "ICU runs already, since Mon 2 Nov 2026",
            "a rotation needs a name",
            "ICU would end on Sun 1 Nov 2026, before its first day, Mon 2 Nov 2026",
            "no rotation called Wards runs now; running: ICU",
        ]
    );
    assert_eq!(listed(&mut journal), before);
}

#[test]
fn every_change_of_a_rotation_is_taken_back_in_turn() {
    let mut journal = in_memory(MORNING);
    let (rotation, started) = journal
        .start_rotation(block("ICU", "2026-11-02", None))
        .unwrap();
    let mut undos = vec![started];
    let mut states = vec![Vec::new(), listed(&mut journal)];
    let (_, undo) = journal
        .end_rotation(None, "2026-11-15".parse().unwrap())
        .unwrap();
    undos.push(undo);
    states.push(listed(&mut journal));
    let moved = block("Surgical ICU", "2026-11-03", Some("2026-11-16"));
    let (_, undo) = journal.edit_rotation(rotation.id, moved).unwrap();
    undos.push(undo);
    states.push(listed(&mut journal));
    undos.push(journal.trash_rotation(rotation.id).unwrap());
    states.push(listed(&mut journal));
    undos.push(journal.restore_rotation(rotation.id).unwrap());
    assert_eq!(
        listed(&mut journal),
        ["Surgical ICU 2026-11-03 2026-11-16 0/0"]
    );
    while let (Some(undo), Some(state)) = (undos.pop(), states.pop()) {
        let undone = journal.undo(undo).unwrap();
        assert_eq!(undone.reflection, None);
        assert_eq!(listed(&mut journal), state, "{}", undone.sentence);
    }
    assert!(states.is_empty());
}

#[test]
fn an_undo_does_not_overwrite_what_another_instance_wrote() {
    let (_folder, path) = folder();
    let mut here = open(&path, MORNING);
    let (rotation, _) = here
        .start_rotation(block("ICU", "2026-11-02", None))
        .unwrap();
    let (_, undo) = here
        .end_rotation(None, "2026-11-15".parse().unwrap())
        .unwrap();
    let mut there = open(&path, MORNING);
    let longer = block("ICU", "2026-11-02", Some("2026-11-22"));
    there.edit_rotation(rotation.id, longer).unwrap();
    assert!(matches!(
        here.undo(undo),
        Err(JournalError::Rotation(
            RotationError::ChangedElsewhere { .. }
        ))
    ));
    assert_eq!(listed(&mut here), ["ICU* 2026-11-02 2026-11-22 0/0"]);
}

#[test]
fn a_rotation_counts_what_names_it_and_what_only_its_days_hold() {
    let mut journal = in_memory(MORNING);
    journal
        .start_rotation(block("Wards", "2026-11-01", Some("2026-11-30")))
        .unwrap();
    journal
        .start_rotation(block("Nights", "2026-11-09", Some("2026-11-15")))
        .unwrap();
    // Two on one shift; one that names no rotation; one outside the days; one of another name.
    reflect(&mut journal, "2026-11-03", "Wards");
    reflect(&mut journal, "2026-11-03", "wards");
    reflect(&mut journal, "2026-11-04", "");
    reflect(&mut journal, "2026-10-31", "Wards");
    reflect(&mut journal, "2026-11-05", "Clinic");
    reflect(&mut journal, "2026-11-10", "Nights");
    reflect(&mut journal, "2026-11-11", "Wards");
    let mut close = journal.new_draft(&TemplateId::ROTATION_CLOSE).unwrap();
    close.went_well = "It taught me to ask first".into();
    close.rotation = "Nights".to_owned();
    close.shift_date = "2026-11-15".parse().unwrap();
    journal.save(&close).unwrap();
    for (day, shift) in [
        ("2026-11-03", ShiftKind::Day),
        ("2026-11-06", ShiftKind::Day),
        ("2026-11-12", ShiftKind::Night),
        ("2026-10-30", ShiftKind::Day),
    ] {
        journal
            .log_shift(day.parse().unwrap(), shift, true)
            .unwrap();
    }
    assert_eq!(
        listed(&mut journal),
        [
            "Nights 2026-11-09 2026-11-15 1/2",
            "Wards* 2026-11-01 2026-11-30 4/4"
        ]
    );
}

#[test]
fn a_reflection_that_closes_a_rotation_is_about_the_one_that_ended() {
    let mut journal = in_memory("2026-12-01T12:00:00+01:00");
    journal
        .start_rotation(block("ICU", "2026-11-02", Some("2026-11-29")))
        .unwrap();
    journal
        .start_rotation(block("Wards", "2026-11-30", None))
        .unwrap();
    let close = journal.new_draft(&TemplateId::ROTATION_CLOSE).unwrap();
    assert_eq!(close.rotation, "ICU");
    let start = journal.new_draft(&TemplateId::ROTATION_START).unwrap();
    assert_eq!(start.rotation, "Wards");
}

#[test]
fn emptying_the_trash_takes_rotations_along() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    let (rotation, _) = journal
        .start_rotation(block("ICU", "2026-11-02", None))
        .unwrap();
    journal.trash_rotation(rotation.id).unwrap();
    assert_eq!(journal.in_trash().unwrap().len(), 1);
    assert_eq!(journal.empty_trash().unwrap().rotations, 1);
    assert_eq!(journal.in_trash().unwrap(), []);
    let gone = journal.restore_rotation(rotation.id);
    assert!(matches!(gone, Err(JournalError::NotFound { .. })));
}

#[test]
fn a_rotation_that_changed_on_the_disk_is_shown_and_decides_nothing() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    journal
        .start_rotation(block("ICU", "2026-11-02", None))
        .unwrap();
    drop(journal);
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute("UPDATE rotation SET name = 'ICV'", [])
        .unwrap();
    drop(conn);
    let mut journal = open(&path, MORNING);
    let rows = journal.rotations().unwrap();
    assert!(rows[0].damaged);
    let examined = journal.examine().unwrap();
    assert_eq!(examined.damaged_rotations, [rows[0].rotation.id]);
    assert!(!examined.is_sound());
    assert!(!rows[0].is_present);
    assert_eq!(journal.overview().unwrap().rotation, "");
    // Written anew, it is whole.
    journal
        .edit_rotation(rows[0].rotation.id, block("ICU", "2026-11-02", None))
        .unwrap();
    assert_eq!(listed(&mut journal), ["ICU* 2026-11-02 - 0/0"]);
}

#[test]
fn a_shift_is_logged_and_taken_out_again_and_one_reflected_on_is_not() {
    let mut journal = in_memory(MORNING);
    let logged = journal.toggle_shift_now().unwrap();
    assert_eq!((logged.shift, logged.is_logged), (ShiftKind::Night, true));
    assert_eq!(logged.date, "2026-11-20".parse().unwrap());
    let undo = logged.undo().unwrap();
    assert!(matches!(
        undo,
        Undo::Logged {
            was_logged: false,
            ..
        }
    ));
    assert!(!journal.toggle_shift_now().unwrap().is_logged);
    journal.undo(undo).unwrap();
    assert!(journal.toggle_shift_now().unwrap().is_logged);
    let again = journal.log_shift(logged.date, logged.shift, true).unwrap();
    assert_eq!(again.undo(), None);
    journal.log_shift(logged.date, logged.shift, false).unwrap();
    let mut new = draft(&mut journal, "well", "");
    new.shift = ShiftKind::Night;
    journal.save(&new).unwrap();
    let counted = journal.toggle_shift_now().unwrap();
    assert!(counted.is_reflected_on && !counted.is_logged);
    assert_eq!(counted.undo(), None);
}
