//! The line after saving: energy and a competency with one key each; any other key goes on.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use crate::domain::calm;
use crate::domain::competency::{CompetencyId, MAX_PER_REFLECTION};
use crate::domain::prose::visible_line;
use crate::domain::reflection::{Energy, Entry};
use crate::tui::effect::Ask;
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings, Step};
use crate::tui::widgets::columns::clip;
use crate::tui::widgets::pause::pause_offered;

/// What was just saved.
#[derive(Debug)]
pub struct Saved {
    entry: Box<Entry>,
}

impl Saved {
    /// The line for this reflection.
    #[must_use]
    pub const fn new(entry: Box<Entry>) -> Self {
        Self { entry }
    }

    /// The reflection as the journal has it now, after energy or competencies were set.
    pub fn amended(&mut self, entry: &Entry) {
        if entry.reflection.id == self.entry.reflection.id {
            *self.entry = entry.clone();
        }
    }

    /// The competencies chosen so far.
    #[must_use]
    pub fn competencies(&self) -> &[CompetencyId] {
        &self.entry.reflection.competencies
    }

    /// Adds a competency to the reflection.
    pub fn add_competency(&mut self, id: CompetencyId, out: &mut Outbox) {
        let mut chosen = self.entry.reflection.competencies.clone();
        if !chosen.contains(&id) && chosen.len() < MAX_PER_REFLECTION {
            chosen.push(id);
            out.ask(Ask::SetCompetencies(self.entry.reflection.id, chosen));
        }
    }

    /// Carries out an action of the line; says whether it was one. Any other closes it.
    pub fn act(&mut self, action: Action, out: &mut Outbox) -> bool {
        #[expect(clippy::wildcard_enum_match_arm, reason = "every other action goes on")]
        match action {
            // Once it is set, a digit goes on to a place, as it does everywhere.
            Action::Energy(level) if self.entry.reflection.energy.is_none() => {
                out.ask(Ask::SetEnergy(self.entry.reflection.id, Energy::new(level)));
            }
            Action::ChooseCompetency => out.step(Step::ChooseCompetency),
            _ => return false,
        }
        true
    }

    /// Draws the line, and over it the offer of a pause.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, settings: &Settings) {
        let theme = &settings.theme;
        let r = &self.entry.reflection;
        let key = |action| settings.keymap.key_of(Context::Saved, action);
        let mut spans = vec![Span::styled(" Saved.", theme.good)];
        if let Some(energy) = r.energy {
            let said = format!("  energy {}", energy.level());
            spans.push(Span::styled(said, theme.text));
        } else {
            let keys = format!("  {}-{}", key(Action::Energy(1)), key(Action::Energy(5)));
            spans.push(Span::styled(keys, theme.accent));
            spans.push(Span::styled(" energy", theme.dim));
        }
        let names: Vec<String> = r
            .competencies
            .iter()
            .map(|id| visible_line(settings.catalog.competency_name(id)))
            .collect();
        if !names.is_empty() {
            spans.push(Span::styled(format!("  {}", names.join(", ")), theme.text));
        }
        if names.len() < MAX_PER_REFLECTION {
            spans.push(Span::styled(
                format!("  {}", key(Action::ChooseCompetency)),
                theme.accent,
            ));
            spans.push(Span::styled(" competency", theme.dim));
        }
        spans.push(Span::styled("  any other key goes on", theme.dim));
        if calm::is_offered(r.energy, &r.signals) && area.y > 0 {
            let above = Rect {
                y: area.y - 1,
                height: 1,
                ..area
            };
            let key = settings.keymap.key_of(Context::Screen, Action::Breathe);
            let room = usize::from(area.width.saturating_sub(2));
            let mut offer = pause_offered(&key, room, theme);
            offer.spans.insert(0, Span::raw(" "));
            Clear.render(above, buffer);
            offer.render(above, buffer);
        }
        Line::default().render(area, buffer);
        clip(spans, usize::from(area.width)).render(area, buffer);
    }
}
