//! What becomes of the text being written when the screen cannot go on: after a panic, or when the
//! terminal fails.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::tui::effect::{Ask, RequestId};
use crate::tui::message::Message;
use crate::tui::model::Model;
use crate::tui::update::typed_lines;

use super::queue::Inbox;
use super::worker::Worker;

/// The last order to the journal.
const LAST: RequestId = RequestId(u64::MAX);

pub const NOTHING: &str = "nothing was being written";
const SAVED: &str = "what you were writing is saved";
const SAVED_OR_KEPT: &str = "what you were writing is saved, or offered at the next start";
const KEPT_BEFORE: &str = "what you were writing was kept before";
const KEPT: &str = "what you were writing is kept as a draft and offered at the next start";
const NOT_KEPT: &str = "what you typed last could not be kept; an older draft may be offered at \
                        the next start";
const LINES_KEPT: &str = "what you typed and did not save is there again when you open it";
const LINES_NOT_KEPT: &str = "what you typed last could not be kept";

/// Keeps the text on the screen if it is not on the disk, and says in words what became of it. A
/// text that is being saved is kept only if that fails: a draft would offer it a second time.
pub fn rescue(model: &Model, worker: &Worker, inbox: &Inbox) -> &'static str {
    if model.is_away() {
        return KEPT_BEFORE;
    }
    // The model may be the broken part.
    let written = catch_unwind(AssertUnwindSafe(|| {
        let editor = model.editor()?;
        Some((editor.draft(), editor.is_dirty()))
    }));
    let Ok(Some((draft, is_dirty))) = written else {
        return rescue_lines(model, worker, inbox);
    };
    if draft.editing.is_none() && draft.is_untouched() {
        return NOTHING;
    }
    if let Some(saving) = model.keeping.saving {
        match is_done(saving, worker, inbox) {
            Some(true) => return SAVED,
            // The screen failed over the answer; a save that failed keeps the draft by itself.
            None => return SAVED_OR_KEPT,
            Some(false) => {}
        }
    } else if !is_dirty && model.keeping.ordered.is_none() {
        return KEPT_BEFORE;
    }
    worker.ask(LAST, Ask::KeepDraft(Box::new(draft)));
    if is_done(LAST, worker, inbox) == Some(true) {
        KEPT
    } else {
        NOT_KEPT
    }
}

/// The same for what is typed into forms.
fn rescue_lines(model: &Model, worker: &Worker, inbox: &Inbox) -> &'static str {
    let typed = catch_unwind(AssertUnwindSafe(|| typed_lines(model)));
    match typed {
        Ok(typed) if !typed.is_empty() => {
            worker.ask(LAST, Ask::KeepLines(typed));
            if is_done(LAST, worker, inbox) == Some(true) {
                LINES_KEPT
            } else {
                LINES_NOT_KEPT
            }
        }
        Ok(_) | Err(_) => NOTHING,
    }
}

/// Whether the journal did what it was asked, if its answer is still to be had.
fn is_done(request: RequestId, worker: &Worker, inbox: &Inbox) -> Option<bool> {
    worker.settle();
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "everything else needs the screen"
    )]
    inbox.try_iter().find_map(|message| match message {
        Message::Replied(answered, _) if answered == request => Some(true),
        Message::Failed(answered, _) if answered == request => Some(false),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, FixedOffset};
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
    use ratatui::layout::Size;

    use super::*;
    use crate::config::Config;
    use crate::domain::template::TemplateId;
    use crate::journal::Place;
    use crate::journal::clock::Clock;
    use crate::tui::Start;
    use crate::tui::effect::Effect;
    use crate::tui::message::Reply;
    use crate::tui::model::{Layer, Settings};
    use crate::tui::runtime::queue::queue;
    use crate::tui::screens::form::Form;
    use crate::tui::update::update;

    /// A screen with an open editor, as far as the journal answered it.
    struct Desk {
        now: DateTime<FixedOffset>,
        model: Model,
        worker: Worker,
        inbox: Inbox,
    }

    impl Desk {
        fn new() -> Self {
            let now: DateTime<FixedOffset> = "2026-11-21T08:10:00+01:00".parse().unwrap();
            let (settings, _) = Settings::of(Config::default(), "config.toml".into());
            let (events, inbox) = queue();
            let worker = Worker::start(Place::Memory, None, Clock::Fixed(now), events).unwrap();
            let start = Start::New(TemplateId::new("shift"));
            let (model, effects) = Model::new(settings, Size::new(80, 24), now, &start);
            let mut desk = Self {
                now,
                model,
                worker,
                inbox,
            };
            desk.carry_out(effects);
            desk.answered();
            assert!(desk.model.editor().is_some());
            desk
        }

        fn carry_out(&self, effects: Vec<Effect>) {
            for effect in effects {
                if let Effect::Ask(request, ask) = effect {
                    self.worker.ask(request, ask);
                }
            }
        }

        /// The journal's answers so far arrive.
        fn answered(&mut self) {
            self.worker.settle();
            let messages: Vec<_> = self.inbox.try_iter().collect();
            for message in messages {
                let effects = update(&mut self.model, self.now, message);
                self.carry_out(effects);
            }
        }

        fn press(&mut self, key: KeyCode, modifiers: KeyModifiers) {
            let message = Message::KeyPressed(KeyEvent::new(key, modifiers));
            let effects = update(&mut self.model, self.now, message);
            self.carry_out(effects);
        }

        fn save(&mut self) {
            self.press(KeyCode::Char('s'), KeyModifiers::CONTROL);
        }

        fn rescue(&self) -> &'static str {
            rescue(&self.model, &self.worker, &self.inbox)
        }

        /// How many drafts the next start offers, and how many reflections there are.
        fn drafts_and_reflections(&self) -> (usize, u32) {
            let request = RequestId(1_000);
            self.worker.ask(request, Ask::Overview);
            self.worker.settle();
            let overview = self.inbox.try_iter().find_map(|message| {
                let Message::Replied(answered, Reply::Overview(overview)) = message else {
                    return None;
                };
                (answered == request).then_some(overview)
            });
            let overview = overview.expect("an overview");
            (overview.drafts.len(), overview.reflections_this_week)
        }
    }

    #[test]
    fn a_form_without_a_character_leaves_nothing() {
        let desk = Desk::new();
        assert_eq!(desk.rescue(), NOTHING);
        assert_eq!(desk.drafts_and_reflections(), (0, 0));
    }

    #[test]
    fn a_text_that_is_only_on_the_screen_is_kept() {
        let mut desk = Desk::new();
        desk.press(KeyCode::Char('x'), KeyModifiers::NONE);
        assert_eq!(desk.rescue(), KEPT);
        assert_eq!(desk.drafts_and_reflections(), (1, 0));
    }

    #[test]
    fn lines_of_a_form_that_are_only_on_the_screen_are_kept() {
        let mut desk = Desk::new();
        let form = Form::of_new_rotation(desk.now.date_naive());
        desk.model.layers = vec![Layer::Form(Box::new(form))];
        assert_eq!(desk.rescue(), NOTHING);
        desk.press(KeyCode::Char('x'), KeyModifiers::NONE);
        assert_eq!(desk.rescue(), LINES_KEPT);
        desk.worker.finish();
        assert_eq!(desk.rescue(), LINES_NOT_KEPT);
    }

    #[test]
    fn a_text_on_its_way_into_the_journal_is_not_offered_as_a_draft_too() {
        let mut desk = Desk::new();
        desk.press(KeyCode::Char('x'), KeyModifiers::NONE);
        desk.save();
        assert_eq!(desk.rescue(), SAVED);
        assert_eq!(desk.drafts_and_reflections(), (0, 1));
    }

    #[test]
    fn a_journal_that_is_gone_is_not_said_to_keep_anything() {
        let mut desk = Desk::new();
        desk.press(KeyCode::Char('x'), KeyModifiers::NONE);
        desk.worker.finish();
        assert_eq!(desk.rescue(), NOT_KEPT);
    }
}
