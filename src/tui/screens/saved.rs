//! The line after saving: energy and the suggested competency with one key each, and first of all,
//! where it is about feedback, the role of who gave it; any other key goes on.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};
use unicode_width::UnicodeWidthStr;

use crate::domain::calm;
use crate::domain::catalog::Catalog;
use crate::domain::competency::{CompetencyId, MAX_PER_REFLECTION};
use crate::domain::detail::Detail;
use crate::domain::prose::{excerpt, visible_line};
use crate::domain::reflection::{Energy, Entry, Field, Giver, Role};
use crate::domain::suggest::suggestions;
use crate::domain::texts::texts;
use crate::tui::effect::Ask;
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings};
use crate::tui::step::Step;
use crate::tui::widgets::columns::clip;
use crate::tui::widgets::pause::pause_offered;

/// Cells under which a suggestion with its key says nothing.
const SHORTEST_ADDS: usize = 24;
/// In front of the competencies that the reflection has.
const WITH: &str = "with: ";
/// Cells under which a name with what is in front of it says nothing.
const SHORTEST_NAME: usize = 14;
/// Said where there is room.
const ON: &str = "  any other key goes on";

/// What was just saved.
#[derive(Debug)]
pub struct Saved {
    entry: Box<Entry>,
    /// What its words suggest and is not chosen, best first.
    suggested: Vec<CompetencyId>,
    /// Whether a competency was added here. Another one is hardly read before the key is pressed
    /// again: from then on the list has the others.
    added: bool,
}

texts!(Saved { entry } beside { suggested, added });

impl Saved {
    /// The line for this reflection; `goals` are the competencies of the active goals.
    #[must_use]
    pub fn new(entry: Box<Entry>, catalog: &Catalog, goals: &[CompetencyId]) -> Self {
        let mut saved = Self {
            entry,
            suggested: Vec::new(),
            added: false,
        };
        saved.suggest(catalog, goals);
        saved
    }

    /// The reflection as the journal has it now, after something was set.
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
            self.added = true;
            self.set(Detail::Competencies(chosen), out);
        }
    }

    /// Sets a detail. Keys wait for it: a second competency is added to the first one, not put in
    /// its place.
    fn set(&self, detail: Detail, out: &mut Outbox) {
        let request = out.ask(Ask::SetDetail(self.entry.reflection.id, detail));
        out.step(Step::WaitFor(request));
    }

    /// What the keys of the line are about.
    #[must_use]
    pub fn context(&self) -> Context {
        if self.asks_for_the_giver() {
            Context::Giver
        } else {
            Context::Saved
        }
    }

    fn asks_for_the_giver(&self) -> bool {
        self.entry.reflection.giver() == Some(Giver::NotSaid)
    }

    /// The suggestion that one key adds.
    fn offered(&self) -> Option<&CompetencyId> {
        self.suggested.first().filter(|_| !self.added)
    }

    /// Whether an action of the line has nothing to do any more, so that its key goes on like any
    /// other: a digit once energy is set, Enter when nothing is suggested. The Enter after one that
    /// added a competency only closes the line: it is often the same one, pressed twice.
    #[must_use]
    pub fn lets_pass(&self, action: Action) -> bool {
        #[expect(clippy::wildcard_enum_match_arm, reason = "the others always have")]
        match action {
            Action::Energy(_) => self.entry.reflection.energy.is_some(),
            Action::Accept => self.suggested.is_empty() && !self.added,
            _ => false,
        }
    }

    /// Carries out an action of the line; says whether it was one. Any other closes it.
    pub fn act(&mut self, action: Action, out: &mut Outbox) -> bool {
        #[expect(clippy::wildcard_enum_match_arm, reason = "every other action goes on")]
        match action {
            Action::Giver(place) => {
                let role = Role::ALL.get(usize::from(place).saturating_sub(1));
                self.set(Detail::FeedbackFrom(role.copied()), out);
            }
            Action::Energy(level) => self.set(Detail::Energy(Energy::new(level)), out),
            Action::Accept => match self.offered().cloned() {
                Some(id) => self.add_competency(id, out),
                None => out.step(Step::Close),
            },
            Action::ChooseCompetency => out.step(Step::ChooseCompetency),
            _ => return false,
        }
        true
    }

    /// Draws the line. Where it is narrow, names are cut first, and then what goes without saying.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, settings: &Settings) {
        if self.asks_for_the_giver() {
            return ask_for_the_giver(area, buffer, settings);
        }
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
        let suggested = self.offered();
        if r.competencies.len() < MAX_PER_REFLECTION {
            let keys = format!("  {}", key(Action::ChooseCompetency));
            after.push(Span::styled(keys, theme.accent));
            let other = self.suggested.first().map_or(" competency", |_| " other");
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
        let mut names = names.join(", ");
        if !names.is_empty() {
            names.insert_str(0, WITH);
        }
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

/// Whose feedback it was, one key each, on as many lines as that takes.
fn ask_for_the_giver(line: Rect, buffer: &mut Buffer, settings: &Settings) {
    let theme = &settings.theme;
    let width = usize::from(line.width);
    let mut lines = vec![vec![
        Span::styled(" Saved.", theme.good),
        Span::styled("  From", theme.dim),
    ]];
    for (role, place) in Role::ALL.into_iter().zip(1..) {
        let key = settings.keymap.key_of(Context::Giver, Action::Giver(place));
        let choice = [
            Span::styled(format!(" {key}"), theme.accent),
            Span::styled(format!(" {}", role.id()), theme.text),
        ];
        let cells = |spans: &[Span]| spans.iter().map(Span::width).sum::<usize>();
        match lines.last_mut() {
            Some(last) if cells(last) + cells(&choice) <= width => last.extend(choice),
            _ => lines.push(choice.to_vec()),
        }
    }
    let rows = u16::try_from(lines.len()).unwrap_or(1).min(line.y + 1);
    for (spans, y) in lines.into_iter().zip(line.y + 1 - rows..) {
        let row = Rect { y, ..line };
        Clear.render(row, buffer);
        clip(spans, width).render(row, buffer);
    }
}
