//! What is looked for in the rows that hold several values: a competency by a part of its name, a
//! stress signal by the arrows.

use crate::domain::catalog::Catalog;
use crate::domain::competency::CompetencyId;
use crate::domain::texts::texts;
use crate::tui::widgets::picker::{Choice, Picker};
use crate::tui::widgets::text_area::{EditAction, Killed};

use super::rows::Turn;

/// What the arrows and letters point at.
#[derive(Debug)]
pub struct Picking {
    competencies: Picker<CompetencyId>,
    /// Whether the arrows were used, so that the selected competency is meant.
    browsing: bool,
    /// What the words of the reflection suggest, best first; `None` outside its row. It stays as it
    /// is while the row has the focus, so that a digit means the same all the time.
    suggested: Option<Vec<CompetencyId>>,
    /// Place in the writer's list.
    signal: usize,
}

texts!(Picking { competencies } beside { browsing, suggested, signal });

impl Picking {
    /// Offers every competency that is not chosen yet; nothing is looked for.
    pub fn new(catalog: &Catalog, chosen: &[CompetencyId]) -> Self {
        Self {
            competencies: offered(catalog, chosen),
            browsing: false,
            suggested: None,
            signal: 0,
        }
    }

    /// Offers what is left after something was chosen or taken away.
    pub fn offer(&mut self, catalog: &Catalog, chosen: &[CompetencyId]) {
        self.competencies = offered(catalog, chosen);
        self.browsing = false;
    }

    /// Takes what the words of the reflection suggest; `None` when the row was left.
    pub fn suggest(&mut self, suggested: Option<Vec<CompetencyId>>) {
        self.suggested = suggested;
    }

    /// Whether it is known what the words suggest.
    pub const fn knows_suggestions(&self) -> bool {
        self.suggested.is_some()
    }

    /// What the words of the reflection suggest, best first; the first one has the digit 1.
    pub fn suggested(&self) -> &[CompetencyId] {
        self.suggested.as_deref().unwrap_or_default()
    }

    /// Nothing is looked for any more.
    pub fn reset(&mut self) {
        let _ = self.edit(EditAction::LineEnd);
        let _ = self.edit(EditAction::KillToLineStart);
        self.browsing = false;
    }

    /// What is typed to find a competency.
    pub fn typed(&self) -> &str {
        self.competencies.filter()
    }

    /// Whether a competency is being looked for.
    pub fn is_searching(&self) -> bool {
        self.browsing || !self.typed().is_empty()
    }

    /// The competency that is pointed at.
    pub fn competency(&self) -> Option<&CompetencyId> {
        if !self.is_searching() {
            return None;
        }
        self.competencies.selected().map(|choice| &choice.value)
    }

    /// The competencies that match, and the place of the one pointed at.
    pub fn matching(&self) -> (Vec<&CompetencyId>, Option<usize>) {
        let matching: Vec<&CompetencyId> = self
            .competencies
            .matching()
            .map(|choice| &choice.value)
            .collect();
        let at = self
            .competency()
            .and_then(|id| matching.iter().position(|other| *other == id));
        (matching, at)
    }

    pub fn type_char(&mut self, c: char) {
        let _ = self.competencies.type_char(c);
    }

    pub fn paste(&mut self, text: &str) {
        let _ = self.competencies.paste(text);
    }

    /// Takes back the last letter, or the arrows.
    pub fn step_back(&mut self) {
        if self.typed().is_empty() {
            self.browsing = false;
        } else {
            let _ = self.edit(EditAction::DeleteBack);
        }
    }

    /// Points at the next or previous competency that matches.
    pub fn turn_competency(&mut self, turn: Turn) {
        if self.is_searching() {
            let _ = self.edit(match turn {
                Turn::Less => EditAction::Up,
                Turn::More => EditAction::Down,
            });
        }
        self.browsing = true;
    }

    /// The place of the signal that is pointed at.
    pub const fn signal(&self) -> usize {
        self.signal
    }

    /// Points at the next or previous of so many signals.
    pub fn turn_signal(&mut self, turn: Turn, signals: usize) {
        self.signal = turn.around(self.signal, signals).unwrap_or(0);
    }

    fn edit(&mut self, action: EditAction) -> crate::tui::widgets::text_area::Outcome {
        self.competencies.apply(action, &mut Killed::default())
    }
}

fn offered(catalog: &Catalog, chosen: &[CompetencyId]) -> Picker<CompetencyId> {
    let others = catalog.other_competencies().map(|(_, item)| item);
    let free = catalog
        .competencies()
        .iter()
        .chain(others)
        .filter(|item| !chosen.contains(&item.id));
    let choices = free.map(|item| Choice {
        value: item.id.clone(),
        name: item.name.clone(),
        detail: String::new(),
        keywords: item.id.to_string(),
    });
    Picker::one_of(choices.collect())
}
