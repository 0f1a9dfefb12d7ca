//! What a form must hold before it can be saved.

use postcall::domain::competency::CompetencyId;
use postcall::domain::draft::{Draft, DraftError, Due};
use postcall::domain::experiment::{Experiment, Outcome};
use postcall::domain::id::{DraftId, ExperimentId, ReflectionId, Revision};
use postcall::domain::prose::{MAX_FIELD_BYTES, Prose};
use postcall::domain::reflection::{Entry, Field, Reflection};
use postcall::domain::shift::ShiftKind;
use postcall::domain::tag::Tag;
use postcall::domain::template::TemplateId;
use uuid::Uuid;

use super::{at, date};

const NOW: &str = "2026-11-21T08:10:00+01:00";

fn draft() -> Draft {
    Draft {
        id: DraftId::new(Uuid::from_u128(1)),
        editing: None,
        started_at: at(NOW),
        template: TemplateId::SHIFT,
        template_tags: Vec::new(),
        went_well: Prose::default(),
        do_differently: Prose::default(),
        try_next: Prose::default(),
        note: Prose::default(),
        shift: ShiftKind::Night,
        shift_date: date("2026-11-20"),
        date_touched: false,
        rotation_touched: false,
        rotation: String::new(),
        due: Due::default(),
        competencies: Vec::new(),
        energy: None,
        signals: Vec::new(),
        feedback_from: None,
        period: None,
        shared: false,
        follows: None,
    }
}

fn with(field: Field, text: &str) -> Draft {
    let mut draft = draft();
    *draft.text_mut(field) = Prose::from(text);
    draft
}

fn errors(draft: &Draft) -> Vec<DraftError> {
    draft.check().err().unwrap_or_default()
}

#[test]
fn any_one_field_is_enough() {
    assert_eq!(errors(&draft()), [DraftError::Empty]);
    assert!(draft().is_untouched());
    for field in Field::ALL {
        assert_eq!(errors(&with(field, "x")), [], "{field:?}");
    }
}

#[test]
fn a_field_of_nothing_visible_is_named() {
    for blank in [" ", "\n\t", "\u{a0}\u{3000}", "\u{200b}\u{feff}", "\u{1b}"] {
        let draft = with(Field::DoDifferently, blank);
        assert!(!draft.is_untouched());
        assert_eq!(
            errors(&draft),
            [DraftError::Blank(Field::DoDifferently)],
            "{blank:?}"
        );
    }
    let mut draft = with(Field::WentWell, "x");
    draft.note = Prose::from("  ");
    assert_eq!(errors(&draft), [DraftError::Blank(Field::Note)]);
}

#[test]
fn a_field_holds_64_kib_and_no_nul() {
    let full = "é".repeat(MAX_FIELD_BYTES / 2);
    assert_eq!(errors(&with(Field::Note, &full)), []);
    let field = Field::Note;
    let bytes = MAX_FIELD_BYTES + 1;
    assert_eq!(
        errors(&with(field, &(full + "x"))),
        [DraftError::TooLong { field, bytes }]
    );
    assert_eq!(
        errors(&with(Field::TryNext, "a\0b")),
        [DraftError::Nul(Field::TryNext)]
    );
}

#[test]
fn every_mistake_is_said_in_the_order_of_the_form() {
    let mut draft = with(Field::TryNext, "If it rings, then I answer");
    draft.went_well = Prose::from(" ");
    draft.competencies = ["a", "b", "c", "d"].map(CompetencyId::new).to_vec();
    draft.shift_date = date("2201-01-01");
    draft.due = Due::On(date("2200-12-31"));
    assert_eq!(
        errors(&draft),
        [
            DraftError::Blank(Field::WentWell),
            DraftError::TooManyCompetencies(4),
            DraftError::DateOutOfRange,
            DraftError::DueBeforeShift,
        ]
    );
    assert_eq!(errors(&draft)[3].field(), Some(Field::TryNext));
}

#[test]
fn a_due_date_moves_along_with_the_shift_unless_it_was_chosen() {
    let shift = date("2026-12-28");
    assert_eq!(Due::default().date(shift), Some(date("2027-01-04")));
    assert_eq!(Due::After(0).date(shift), Some(shift));
    assert_eq!(
        Due::On(date("2026-12-30")).date(shift),
        Some(date("2026-12-30"))
    );
    assert_eq!(Due::Never.date(shift), None);
    // Without an experiment its due date does not matter.
    let mut draft = with(Field::WentWell, "x");
    draft.due = Due::On(date("2020-01-01"));
    assert_eq!(errors(&draft), []);
}

#[test]
fn tags_are_the_templates_and_those_in_the_text_each_once() {
    let mut draft = with(Field::WentWell, "late #rounds, #Stress-signal");
    draft.note = Prose::from("#rounds #icu");
    draft.template_tags = Tag::new("stress-signal").into_iter().collect();
    let tags: Vec<String> = draft.tags().iter().map(Tag::to_string).collect();
    assert_eq!(tags, ["#stress-signal", "#rounds", "#icu"]);
}

#[test]
fn a_saved_reflection_comes_back_into_the_form_as_it_is() {
    let id = ReflectionId::new(Uuid::from_u128(7));
    let reflection = Reflection {
        id,
        written_at: at(NOW),
        shift_date: date("2026-11-20"),
        shift: ShiftKind::Night,
        rotation: "Medical ICU".to_owned(),
        template: TemplateId::new("gone"),
        went_well: Prose::from("spoke up #rounds"),
        do_differently: Prose::default(),
        note: Prose::default(),
        competencies: vec![CompetencyId::new("unknown:id")],
        tags: ["rounds", "mine"]
            .into_iter()
            .filter_map(Tag::new)
            .collect(),
        energy: None,
        signals: Vec::new(),
        feedback_from: None,
        period: None,
        shared: true,
        revision: Revision(3),
    };
    let experiment = Experiment {
        id: ExperimentId::new(Uuid::from_u128(8)),
        reflection: id,
        text: Prose::from("If it rings, then I answer"),
        due: None,
        outcome: Outcome::Open,
        outcome_date: None,
        outcome_note: Prose::default(),
        carried: 0,
        follow_up: None,
        follow_up_date: None,
        follows: None,
        revision: Revision::FIRST,
    };
    let entry = Entry {
        reflection,
        experiment: Some(experiment),
    };
    let draft = Draft::of(&entry, DraftId::new(Uuid::from_u128(9)), at(NOW));
    assert_eq!(errors(&draft), []);
    assert_eq!(
        draft.editing.map(|editing| (editing.id, editing.revision)),
        Some((id, Revision(3)))
    );
    for field in Field::ALL {
        assert_eq!(draft.text(field).as_str(), entry.text(field));
    }
    assert_eq!(draft.due, Due::Never);
    let mut tags = draft.tags();
    tags.sort();
    assert_eq!(tags, ["mine", "rounds"].map(|tag| Tag::new(tag).unwrap()));
    assert_eq!(draft.competencies, entry.reflection.competencies);
    assert_eq!(draft.template, entry.reflection.template);
}
