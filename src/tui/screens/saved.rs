//! The line after saving: energy and the suggested competency with one key each; any other key goes
//! on.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};
use unicode_width::UnicodeWidthStr;

use crate::domain::calm;
use crate::domain::catalog::Catalog;
use crate::domain::competency::{CompetencyId, MAX_PER_REFLECTION};
use crate::domain::prose::{excerpt, visible_line};
use crate::domain::reflection::{Energy, Entry, Field};
use crate::domain::suggest::suggestions;
use crate::domain::texts::texts;
use crate::tui::effect::Ask;
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings, Step};
use crate::tui::widgets::columns::clip;
use crate::tui::widgets::pause::pause_offered;

/// Cells under which a suggestion with its key says nothing.
const SHORTEST_ADDS: usize = 24;
/// Cells under which a name with the two in front of it says nothing.
const SHORTEST_NAME: usize = 8;
/// Said where there is room.
const ON: &str = "  any other key goes on";

/// What was just saved.
#[derive(Debug)]
pub struct Saved {
    entry: Box<Entry>,
    /// What its words suggest and is not chosen, best first.
    suggested: Vec<CompetencyId>,
}

texts!(Saved { entry } beside { suggested });

impl Saved {
    /// The line for this reflection; `goals` are the competencies of the active goals.
    #[must_use]
    pub fn new(entry: Box<Entry>, catalog: &Catalog, goals: &[CompetencyId]) -> Self {
        let mut saved = Self {
            entry,
            suggested: Vec::new(),
        };
        saved.suggest(catalog, goals);
        saved
    }

    /// The reflection as the journal has it now, after energy or competencies were set.
    pub fn amended(&mut self, entry: &Entry, catalog: &Catalog, goals: &[CompetencyId]) {
        if entry.reflection.id == self.entry.reflection.id {
            *self.entry = entry.clone();
            self.suggest(catalog, goals);
        }
    }

    fn suggest(&mut self, catalog: &Catalog, goals: &[CompetencyId]) {
        let chosen = self.competencies();
        self.suggested = if chosen.len() < MAX_PER_REFLECTION {
            let texts = Field::ALL.map(|field| self.entry.text(field));
            suggestions(texts, catalog, chosen, goals)
        } else {
            Vec::new()
        };
    }

    /// What is suggested, best first.
    #[must_use]
    pub fn suggested(&self) -> &[CompetencyId] {
        &self.suggested
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
            let request = out.ask(Ask::SetCompetencies(self.entry.reflection.id, chosen));
            // A second one is added to this one, not put in its place.
            out.step(Step::WaitFor(request));
        }
    }

    /// Whether an action of the line has nothing to do any more, so that its key goes on like any
    /// other: a digit once energy is set, Enter when nothing is suggested.
    #[must_use]
    pub fn lets_pass(&self, action: Action) -> bool {
        #[expect(clippy::wildcard_enum_match_arm, reason = "the others always have")]
        match action {
            Action::Energy(_) => self.entry.reflection.energy.is_some(),
            Action::Accept => self.suggested.is_empty(),
            _ => false,
        }
    }

    /// Carries out an action of the line; says whether it was one. Any other closes it.
    pub fn act(&mut self, action: Action, out: &mut Outbox) -> bool {
        #[expect(clippy::wildcard_enum_match_arm, reason = "every other action goes on")]
        match action {
            Action::Energy(level) => {
                let set = Ask::SetEnergy(self.entry.reflection.id, Energy::new(level));
                let request = out.ask(set);
                out.step(Step::WaitFor(request));
            }
            Action::Accept => {
                if let Some(id) = self.suggested.first().cloned() {
                    self.add_competency(id, out);
                }
            }
            Action::ChooseCompetency => out.step(Step::ChooseCompetency),
            _ => return false,
        }
        true
    }

    /// Draws the line. Where it is narrow, names are cut first, and then what goes without saying.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, settings: &Settings) {
        let theme = &settings.theme;
        let r = &self.entry.reflection;
        let key = |action| settings.keymap.key_of(Context::Saved, action);
        let name = |id: &CompetencyId| visible_line(settings.catalog.competency_name(id));
        let mut spans = vec![Span::styled(" Saved.", theme.good)];
        if let Some(energy) = r.energy {
            let said = format!("  energy {}", energy.level());
            spans.push(Span::styled(said, theme.text));
        } else {
            let keys = format!("  {}-{}", key(Action::Energy(1)), key(Action::Energy(5)));
            spans.push(Span::styled(keys, theme.accent));
            spans.push(Span::styled(" energy", theme.dim));
        }
        let mut after = Vec::new();
        let suggested = self.suggested.first();
        if r.competencies.len() < MAX_PER_REFLECTION {
            let keys = format!("  {}", key(Action::ChooseCompetency));
            after.push(Span::styled(keys, theme.accent));
            let other = suggested.map_or(" competency", |_| " other");
            after.push(Span::styled(other, theme.dim));
        }
        let width = usize::from(area.width);
        let cells = |spans: &[Span]| spans.iter().map(Span::width).sum::<usize>();
        let room = width.saturating_sub(cells(&spans));
        if suggested.is_some() && room < SHORTEST_ADDS + cells(&after) {
            after.clear();
        }
        // What was added last is read first, before what could be added next.
        let names: Vec<String> = r.competencies.iter().rev().map(name).collect();
        let names = names.join(", ");
        let accepts = |room: usize| {
            suggested.map(|id| {
                let keys = format!("  {}", key(Action::Accept));
                let adds = " adds ";
                let room = room.saturating_sub(keys.width() + adds.width());
                let name = excerpt(&name(id), room);
                [
                    Span::styled(keys, theme.accent),
                    Span::styled(adds, theme.dim),
                    Span::styled(name, theme.text),
                ]
            })
        };
        let whole = names.width() + 2 + accepts(usize::MAX).map_or(0, |spans| cells(&spans));
        let fits = |after: &[Span]| whole + cells(after) <= room;
        if !names.is_empty() && !fits(&after) && fits(&[]) {
            after.clear();
        }
        let mut left = room.saturating_sub(cells(&after));
        let next = suggested.map_or(0, |_| SHORTEST_ADDS);
        if !names.is_empty() && left >= next + SHORTEST_NAME {
            let names = format!("  {}", excerpt(&names, left - next - 2));
            left = left.saturating_sub(names.width());
            spans.push(Span::styled(names, theme.text));
        }
        let accepts = accepts(left);
        let accepts = accepts.as_ref().map_or(&[][..], |spans| &spans[..]);
        left = left.saturating_sub(cells(accepts));
        spans.extend(accepts.iter().cloned());
        spans.extend(after);
        if ON.width() <= left {
            spans.push(Span::styled(ON, theme.dim));
        }
        self.offer_pause(area, buffer, settings);
        Line::default().render(area, buffer);
        clip(spans, width).render(area, buffer);
    }

    /// Over the line: two breaths, after what was marked.
    fn offer_pause(&self, line: Rect, buffer: &mut Buffer, settings: &Settings) {
        let r = &self.entry.reflection;
        if !calm::is_offered(r.energy, &r.signals) || line.y == 0 {
            return;
        }
        let above = Rect {
            y: line.y - 1,
            height: 1,
            ..line
        };
        let key = settings.keymap.key_of(Context::Screen, Action::Breathe);
        let room = usize::from(line.width.saturating_sub(2));
        let mut offer = pause_offered(&key, room, &settings.theme);
        offer.spans.insert(0, Span::raw(" "));
        Clear.render(above, buffer);
        offer.render(above, buffer);
    }
}
