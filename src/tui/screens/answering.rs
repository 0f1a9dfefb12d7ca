//! "Did you?": experiments asked about, one key each. The same strip wherever one is answered.

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use crate::domain::calendar::due_in_words;
use crate::domain::experiment::{Answer, FollowUp, Outcome};
use crate::domain::id::ExperimentId;
use crate::domain::prose::excerpt;
use crate::domain::texts::texts;
use crate::journal::Asked;
use crate::tui::effect::Ask;
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings};
use crate::tui::step::Step;
use crate::tui::widgets::columns::{sign, spread};

/// Experiments asked about, one after the other.
#[derive(Debug)]
pub struct Answering {
    asked: Vec<Asked>,
    at: usize,
    /// A letter and what it would answer, until it is clear that no word begins with it.
    pub letter: Option<(char, Action)>,
}

texts!(Answering { asked } beside { at, letter });

impl Answering {
    /// Asks about these, in this order; at least one.
    #[must_use]
    pub const fn new(asked: Vec<Asked>) -> Self {
        Self {
            asked,
            at: 0,
            letter: None,
        }
    }

    fn current(&self) -> Option<&Asked> {
        self.asked.get(self.at)
    }

    /// What has the focus.
    #[must_use]
    pub fn context(&self) -> Context {
        if self.current().is_some_and(|asked| asked.follow_up) {
            Context::FollowUp
        } else {
            Context::Answering
        }
    }

    /// Carries out an action of the strip; says whether it was one.
    pub fn act(&mut self, action: Action, out: &mut Outbox) -> bool {
        let Some(asked) = self.current() else {
            out.step(Step::Close);
            return true;
        };
        let id = asked.experiment.id;
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        let answer = match action {
            Action::Outcome(digit) => {
                let at = usize::from(digit).saturating_sub(1);
                Outcome::ANSWERS
                    .get(at)
                    .map(|outcome| Answer::Outcome(*outcome))
            }
            Action::Carry => Some(Answer::Carry),
            Action::Drop => Some(Answer::Outcome(Outcome::Dropped)),
            Action::StillDone => Some(Answer::FollowUp(FollowUp::Habit)),
            Action::Faded => Some(Answer::FollowUp(FollowUp::Faded)),
            Action::Reword => {
                out.step(Step::Reword(asked.clone()));
                None
            }
            Action::Back => None,
            _ => return false,
        };
        if let Some(answer) = answer {
            out.ask(Ask::Answer(id, answer));
        }
        self.at += 1;
        if self.current().is_none() {
            out.step(Step::Close);
        }
        true
    }

    /// Strikes an experiment that was answered.
    pub fn strike(&mut self, id: ExperimentId) {
        let before = self
            .asked
            .iter()
            .take(self.at)
            .filter(|asked| asked.experiment.id == id)
            .count();
        self.asked.retain(|asked| asked.experiment.id != id);
        self.at -= before;
    }

    /// Draws the strip at the foot of the area.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, settings: &Settings, today: NaiveDate) {
        let Some(asked) = self.current() else { return };
        let theme = &settings.theme;
        let width = usize::from(area.width);
        let question = if asked.follow_up {
            "It helped a month ago. Still doing it?"
        } else {
            "You wanted to try this. Did you?"
        };
        let mut when = if asked.follow_up {
            String::new()
        } else {
            due_in_words(asked.experiment.due, today)
        };
        if self.asked.len() > 1 {
            when = format!("{when}  {} of {} ", self.at + 1, self.asked.len());
        }
        let sign = sign(asked.damaged, theme);
        let cells = sign.as_ref().map_or(0, Span::width);
        let text = excerpt(&asked.experiment.text, width.saturating_sub(3 + cells));
        let mut plan = vec![Span::raw("  ")];
        plan.extend(sign);
        plan.push(Span::styled(text, theme.text));
        let mut lines = vec![
            Line::styled(theme.glyphs.rule.repeat(width), theme.dim),
            spread(
                vec![Span::styled(format!("  {question}"), theme.heading)],
                vec![Span::styled(when, theme.dim)],
                width,
            ),
            Line::from(plan),
        ];
        lines.extend(self.keys(width, settings));
        for (line, row) in lines.iter().zip(area.rows()) {
            line.render(row, buffer);
        }
    }

    /// Rows the strip takes: a rule, the question, the plan, the keys.
    #[must_use]
    pub fn rows(&self, width: u16, settings: &Settings) -> u16 {
        let keys = self.keys(usize::from(width), settings).len();
        3 + u16::try_from(keys).unwrap_or(0)
    }

    /// The keys on as many lines as they take, none of them cut.
    fn keys<'a>(&self, width: usize, settings: &Settings) -> Vec<Line<'a>> {
        let theme = &settings.theme;
        let mut lines = vec![Line::raw(" ")];
        for (key, word) in settings.keymap.hints(&[self.context()]) {
            let taken = key.width() + word.width() + 3;
            if lines
                .last()
                .is_some_and(|line| line.width() + taken > width)
            {
                lines.push(Line::raw(" "));
            }
            if let Some(line) = lines.last_mut() {
                line.push_span(Span::styled(format!(" {key}"), theme.accent));
                line.push_span(Span::styled(format!(" {word} "), theme.dim));
            }
        }
        lines
    }
}
