//! The editor as its keys and its screen: what is pressed, what the draft then says.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::*;
use crate::config::Config;
use crate::domain::catalog::Catalog;
use crate::domain::competency::{Competency, Framework};
use crate::domain::cue::Cues;
use crate::domain::draft::Due;
use crate::domain::id::DraftId;
use crate::domain::reflection::Role;
use crate::domain::rules::Rules;
use crate::domain::shift::ShiftKind;
use crate::domain::tag::Tag;
use crate::tui::effect::Requests;
use crate::tui::keymap::Key;

/// Sun 22 Nov 2026, 07:42: the end of a night.
fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-22T07:42:00+01:00").unwrap()
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn template(id: &str, note: Option<&str>) -> Template {
    Template {
        title: "After a shift".to_owned(),
        went_well: "One interaction you are proud of".to_owned(),
        do_differently: "One moment to handle differently".to_owned(),
        try_next: "If ..., then I will ...".to_owned(),
        note: note.map(str::to_owned),
        hints: vec!["Who spoke because you made room?".to_owned()],
        ..Template::unknown(TemplateId::new(id))
    }
}

fn settings() -> Settings {
    let competency = |id: &str, name: &str| Competency {
        id: CompetencyId::new(id),
        name: name.to_owned(),
        text: String::new(),
        behaviours: Vec::new(),
        cues: Cues::default(),
        maps: Vec::new(),
        parent: None,
    };
    let asked = Template {
        title: "Feedback I asked for".to_owned(),
        tags: Tag::new("feedback-received").into_iter().collect(),
        competencies: vec![CompetencyId::new("feedback")],
        ..template("feedback-asked", None)
    };
    Settings {
        rules: Rules::default(),
        catalog: Arc::new(Catalog {
            templates: vec![template("shift", Some("")), asked],
            frameworks: vec![Framework {
                id: "postcall".to_owned(),
                name: String::new(),
                source: String::new(),
                notice: String::new(),
                items: vec![
                    competency("meetings", "Running effective meetings"),
                    competency("feedback", "Giving and seeking feedback"),
                    competency("team", "Leading teams"),
                    competency("composure", "Composure"),
                ],
            }],
        }),
        ..Settings::of(Config::default(), "config.toml".into()).0
    }
}

fn draft() -> Draft {
    Draft {
        id: DraftId::new(uuid::Uuid::nil()),
        editing: None,
        started_at: now(),
        template: TemplateId::SHIFT,
        template_tags: Vec::new(),
        went_well: Prose::default(),
        do_differently: Prose::default(),
        try_next: Prose::default(),
        note: Prose::default(),
        shift: ShiftKind::Night,
        shift_date: day(21),
        date_touched: false,
        rotation_touched: false,
        rotation: String::new(),
        due: Due::After(7),
        competencies: Vec::new(),
        energy: None,
        signals: Vec::new(),
        feedback_from: None,
        period: None,
        shared: false,
        follows: None,
    }
}

/// An editor at a keyboard.
struct Desk {
    editor: Editor,
    settings: Settings,
    requests: Requests,
    said: String,
    steps: Vec<Step>,
}

impl Desk {
    fn new() -> Self {
        Self::with(draft())
    }

    fn with(draft: Draft) -> Self {
        let settings = settings();
        Self {
            editor: Editor::new(draft, Size::new(80, 24), &settings),
            settings,
            requests: Requests::default(),
            said: String::new(),
            steps: Vec::new(),
        }
    }

    /// What the shell does with the keys, which are separated by spaces; `'word` is typed.
    fn press(mut self, keys: &str) -> Self {
        for token in keys.split_whitespace() {
            let Some(text) = token.strip_prefix('\'') else {
                let key: Key = token.parse().expect("a key");
                let action = self
                    .settings
                    .keymap
                    .resolve(&self.editor.contexts(), key)
                    .expect("a bound key");
                let (editor, settings) = (&mut self.editor, &self.settings);
                let mut out = Outbox::new(&mut self.requests);
                editor.act(action, day(22), &mut out, settings);
                self.said = out.notice.map(|notice| notice.text).unwrap_or_default();
                self.steps.extend(out.steps);
                continue;
            };
            let mut out = Outbox::new(&mut self.requests);
            for c in text.chars() {
                self.editor.type_char(c, &mut out, &self.settings);
            }
            self.said = out.notice.map(|notice| notice.text).unwrap_or_default();
        }
        self
    }

    fn details(&self) -> String {
        words::summary(&self.editor.draft(), day(22), &self.settings, true)
    }

    fn screen(&mut self, width: u16, height: u16) -> (Vec<String>, Option<Position>) {
        self.editor.resized(Size::new(width, height));
        let area = crate::tui::view::body(Size::new(width, height));
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let cursor = self.editor.view(area, &mut buffer, &self.settings, now());
        let rows = buffer.content.chunks(usize::from(width.max(1)));
        let rows = rows.map(|row| {
            let row: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
            row.trim_end().to_owned()
        });
        let first = usize::from(area.y);
        (rows.skip(first).collect(), cursor)
    }
}

#[test]
fn tab_goes_through_the_fields_and_the_rows_and_around() {
    let desk = Desk::new().press("'well tab 'differently tab 'next tab 'note");
    let draft = desk.editor.draft();
    let texts = Field::ALL.map(|field| draft.text(field).as_str().to_owned());
    assert_eq!(texts, ["well", "differently", "next", "note"]);
    assert!(desk.editor.is_dirty());
    let desk = desk.press("tab tab tab tab tab tab tab tab '! shift-tab");
    assert_eq!(desk.editor.draft().went_well.as_str(), "well!");
    assert_eq!(desk.editor.focus, Focus::Row(Row::Signals));
}

#[test]
fn rows_are_changed_by_the_arrows_and_by_a_digit() {
    let cases = [
        ("", "Night of Sat 21 Nov (to Sun) · due Sat 28 Nov"),
        // The date follows the shift until it is chosen.
        (
            "right",
            "24-hour call of Sat 21 Nov (to Sun) · due Sat 28 Nov",
        ),
        ("left", "Evening of Sun 22 Nov · due Sun 29 Nov"),
        ("1", "Day shift, Sun 22 Nov · due Sun 29 Nov"),
        ("down left up 1", "Day shift, Fri 20 Nov · due Fri 27 Nov"),
        (
            "down 3 backspace",
            "Night of Sat 21 Nov (to Sun) · due Sat 28 Nov",
        ),
        ("down 1", "Night of Sat 21 Nov (to Sun) · due Sat 28 Nov"),
        (
            "tab tab tab right",
            "Night of Sat 21 Nov (to Sun) · due Sun 29 Nov",
        ),
        (
            "tab tab tab 3",
            "Night of Sat 21 Nov (to Sun) · due Tue 24 Nov",
        ),
        ("tab tab tab 0 left", "Night of Sat 21 Nov (to Sun)"),
        ("tab tab tab backspace", "Night of Sat 21 Nov (to Sun)"),
        (
            "tab tab tab backspace right",
            "Night of Sat 21 Nov (to Sun) · due Sat 28 Nov",
        ),
        (
            "down down down down down 2",
            "Night of Sat 21 Nov (to Sun) · due Sat 28 Nov · energy 2 of 5",
        ),
        (
            "enter enter enter enter down right left",
            "Night of Sat 21 Nov (to Sun) · due Sat 28 Nov · energy 2 of 5",
        ),
        (
            "shift-tab tab down down down down down 2 delete",
            "Night of Sat 21 Nov (to Sun) · due Sat 28 Nov",
        ),
        (
            "down down down down down down 1 5 right enter 5",
            "Night of Sat 21 Nov (to Sun) · due Sat 28 Nov · jaw, fast speech",
        ),
    ];
    for (keys, expected) in cases {
        let desk = Desk::new().press("tab tab tab tab").press(keys);
        assert_eq!(desk.details(), expected, "{keys}");
    }
}

#[test]
fn a_competency_is_found_by_a_part_of_its_name_and_three_are_the_most() {
    let at_row = || Desk::new().press("tab tab tab tab down down down down");
    let chosen = |desk: &Desk| {
        let ids = desk.editor.draft().competencies;
        ids.iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let cases = [
        ("'feed enter", "feedback"),
        ("'e right enter", "feedback"),
        ("right right enter", "feedback"),
        ("right backspace enter", ""),
        ("'teamx backspace enter", "team"),
        ("'zz enter", ""),
        ("'feed enter 'team enter backspace", "feedback"),
        (
            "'feed enter 'team enter 'comp enter 'run enter",
            "feedback team composure",
        ),
        // What was typed and left is not taken.
        ("'feed down up enter", ""),
    ];
    for (keys, expected) in cases {
        assert_eq!(chosen(&at_row().press(keys)), expected, "{keys}");
    }
    let full = at_row().press("'feed enter 'team enter 'comp enter enter");
    assert!(full.said.starts_with("Three competencies"), "{}", full.said);
    let list = at_row().press("enter");
    assert!(matches!(list.steps[..], [Step::ChooseCompetency]));
}

#[test]
fn another_template_keeps_the_text_and_brings_its_own_tags_and_competencies() {
    let mut desk = Desk::new().press("'kept");
    let asked = Choice::Template(TemplateId::new("feedback-asked"));
    desk.editor.chosen(&asked, &desk.settings);
    let desk = desk.press("tab tab tab 2");
    let draft = desk.editor.draft();
    assert_eq!(draft.went_well.as_str(), "kept");
    assert_eq!(draft.competencies, [CompetencyId::new("feedback")]);
    assert_eq!(draft.feedback_from.map(Role::id), Some("peer"));
    let mut desk = desk;
    desk.editor
        .chosen(&Choice::Template(TemplateId::SHIFT), &desk.settings);
    let draft = desk.editor.draft();
    assert!(draft.template_tags.is_empty() && draft.competencies.is_empty());
}

#[test]
fn an_error_stands_at_its_field_until_something_is_done_about_it() {
    let mut desk = Desk::new().press("'x tab 'y backspace tab enter tab tab");
    let errors = desk.editor.draft().check().unwrap_err();
    desk.editor.refused(errors);
    let (screen, _) = desk.screen(80, 24);
    let line = screen.iter().find(|line| line.contains("Try next holds"));
    assert_eq!(
        line.map(String::as_str),
        Some("› Try next  Try next holds only spaces: write something or clear it")
    );
    let mut desk = desk.press("backspace");
    let (screen, _) = desk.screen(80, 24);
    assert!(!screen.concat().contains("only spaces"), "{screen:#?}");
}

#[test]
fn a_paste_that_does_not_fit_is_refused_in_words() {
    let mut desk = Desk::new().press("'a");
    let mut out = Outbox::new(&mut desk.requests);
    let long = "x".repeat(70 * 1024);
    desk.editor.paste(&long, &mut out, &desk.settings);
    let said = out.notice.map(|notice| notice.text).unwrap_or_default();
    assert_eq!(
        said,
        "Went well holds 64 KiB; that would make it 71 KiB. Nothing was changed."
    );
    assert_eq!(desk.editor.draft().went_well.as_str(), "a");
    let mut out = Outbox::new(&mut desk.requests);
    assert!(!desk.editor.external_text(Field::WentWell, &long, &mut out));
    assert!(
        desk.editor
            .external_text(Field::WentWell, "b\r\nc\r\n", &mut out)
    );
    assert_eq!(desk.editor.draft().went_well.as_str(), "b\nc");
    let desk = desk.press("alt-u");
    assert_eq!(desk.editor.draft().went_well.as_str(), "a");
}

#[test]
fn rewording_adds_the_old_plan_to_try_next_and_follows_it() {
    let old = ExperimentId::new(uuid::Uuid::max());
    let mut desk = Desk::new();
    desk.editor
        .reword(&Prose::new("If late, then I call."), old);
    let desk = desk.press("'!");
    let draft = desk.editor.draft();
    assert_eq!(draft.try_next.as_str(), "If late, then I call.!");
    assert_eq!(draft.follows, Some(old));
    let mut desk = Desk::new().press("tab tab 'first");
    desk.editor.reword(&Prose::new("second"), old);
    assert_eq!(desk.editor.draft().try_next.as_str(), "first\nsecond");
}

#[test]
fn what_was_cut_in_one_field_can_be_put_into_another() {
    let desk = Desk::new().press("'one,two ctrl-w tab ctrl-y");
    assert_eq!(desk.editor.draft().do_differently.as_str(), "one,two");
    assert_eq!(desk.editor.draft().went_well.as_str(), "");
}

#[test]
fn a_click_focuses_what_is_under_it() {
    let mut desk = Desk::new().press("'one tab 'two");
    desk.editor.resized(Size::new(80, 24));
    let area = crate::tui::view::body(Size::new(80, 24));
    let place = desk.editor.layout(area).fields[0];
    let at = Position::new(place.text.x + 1, place.text.y);
    desk.editor.click(at, area, &desk.settings);
    let mut desk = desk.press("'X");
    assert_eq!(desk.editor.draft().went_well.as_str(), "oXne");
    let details = desk.editor.layout(area).details;
    desk.editor
        .click(details.as_position(), area, &desk.settings);
    assert_eq!(desk.editor.focus, Focus::Row(Row::Shift));
}

#[test]
fn the_screen_of_an_ordinary_terminal() {
    let mut desk = Desk::new();
    let (screen, cursor) = desk.screen(80, 24);
    assert_eq!(cursor, Some(Position::new(2, 6)));
    insta::assert_snapshot!(screen.join("\n"), @r"
      After a shift

    › Went well  One interaction you are proud of
      Who spoke because you made room?






      Do differently  One moment to handle differently


      Try next  If ..., then I will ...


      Note


      Night of Sat 21 Nov (to Sun)
    ");
    let mut desk = desk.press("'Asked tab tab 'If tab tab 3 tab tab tab tab 'fee");
    let (screen, cursor) = desk.screen(80, 24);
    assert_eq!(cursor, Some(Position::new(19, 19)));
    insta::assert_snapshot!(screen.join("\n"), @r"
      After a shift
      Went well  One interaction you are proud of
      Asked
      Do differently  One moment to handle differently

      Try next  If ..., then I will ...
      If
      Note



      Shift         Evening
      Date          Sun 22 Nov
      Rotation      none
      Due           Sun 29 Nov (7 days)
    › Competencies  none
                    fee <Giving and seeking feedback>
      Energy        not said
      Signals       none
    ");
}

#[test]
fn the_screen_of_a_wide_and_of_the_smallest_terminal() {
    let mut desk = Desk::new().press("'Asked tab tab 'If tab tab 3");
    let (screen, _) = desk.screen(110, 16);
    insta::assert_snapshot!(screen.join("\n"), @r"
      Went well  One interaction you are proud of                     › Shift         Evening
      Asked                                                                           1 Day  2 Long day
      Do differently  One moment to handle differently                               <3 Evening> 4 Night
                                                                                      5 24-hour call  6 Clinic
      Try next  If ..., then I will ...                                               7 Day off
      If                                                                Date          Sun 22 Nov
      Note                                                              Rotation      none
                                                                        Due           Sun 29 Nov (7 days)
                                                                        Competencies  none
                                                                        Energy        not said
                                                                        Signals       none
    ");
    let (screen, _) = desk.screen(40, 12);
    insta::assert_snapshot!(screen.join("\n"), @r"
      Went well  Asked
      Do differently  One moment to handle…
      Try next  If
      Note
    › Shift         Evening
                    1 Day  2 Long day
                   <3 Evening> 4 Night
                    5 24-hour call
    ");
}

proptest! {
    #[test]
    fn no_key_at_any_size_breaks_the_editor(
        steps in prop::collection::vec((0_usize..28, 0_u16..130, 0_u16..40), 0..40),
    ) {
        const KEYS: [&str; 28] = [
            "tab", "tab", "tab", "shift-tab", "left", "right", "up", "down", "backspace", "delete",
            "enter", "1", "5", "9", "'a", "'word", "'e\u{301}", "'👩‍👩‍👧", "'日本", "ctrl-w", "ctrl-y",
            "alt-u", "alt-r", "pagedown", "home", "end", "ctrl-k", "ctrl-t",
        ];
        let mut desk = Desk::new();
        for (key, width, height) in steps {
            let key = KEYS[key];
            let bound = key.parse::<Key>().ok().and_then(|key| {
                desk.settings.keymap.resolve(&desk.editor.contexts(), key)
            });
            if key.starts_with('\'') || bound.is_some() {
                desk = desk.press(key);
            }
            let (_, cursor) = desk.screen(width, height);
            prop_assert!(cursor.is_none_or(|at| at.x < width && at.y < height));
        }
        let again = Desk::with(desk.editor.draft());
        prop_assert_eq!(again.editor.draft(), desk.editor.draft());
    }
}
