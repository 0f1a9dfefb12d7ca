//! The editor: a reflection being written.

mod details;
mod focus;
mod identifiers;
mod layout;
mod picking;
mod rotation;
mod rows;
mod view;
mod words;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use ratatui::layout::{Rect, Size};

use crate::domain::calendar::short_date;
use crate::domain::competency::CompetencyId;
use crate::domain::draft::{Draft, DraftError};
use crate::domain::id::ExperimentId;
use crate::domain::plan::Plan;
use crate::domain::prose::Prose;
use crate::domain::reflection::Field;
use crate::domain::shift::describe;
use crate::domain::template::{Template, TemplateId};
use crate::domain::texts::texts;
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings, Tone};
use crate::tui::screens::palette::Choice;
use crate::tui::step::Step;
use crate::tui::widgets::headline::Headline;
use crate::tui::widgets::text_area::{Killed, Outcome, Refused, TextArea};

use focus::Focus;
use identifiers::Identifiers;
use picking::Picking;
use rotation::Rotations;
use rows::{Row, Turn};

/// A reflection being written.
///
/// The shell opens it from a ready draft, saves and leaves it, keeps its draft while
/// [`Self::is_dirty`] says so, and lays strips and lists over it. The editor does everything else.
#[derive(Debug)]
pub struct Editor {
    /// Everything but the texts, which the text areas hold.
    draft: Draft,
    template: Template,
    went_well: TextArea,
    do_differently: TextArea,
    try_next: TextArea,
    note: TextArea,
    identifiers: Identifiers,
    focus: Focus,
    /// The text field that had the focus last: it keeps the room while a row has it.
    roomy: Field,
    picking: Picking,
    rotations: Rotations,
    /// Competencies that came with the template and go with it.
    brought: Vec<CompetencyId>,
    killed: Killed,
    /// Why the last try to save failed, as far as nothing was done about it.
    errors: Vec<DraftError>,
    dirty: bool,
    /// Whether energy was never said in this journal: then it is off.
    energy_is_off: bool,
    /// What the program put in before the writer did anything.
    begun: Option<Box<Draft>>,
    area: Rect,
}

texts!(Editor {
    draft, went_well, do_differently, try_next, note, identifiers, picking, rotations, killed, begun
} beside { template, focus, roomy, brought, errors, dirty, energy_is_off, area });

impl Editor {
    /// A form for this draft, the first field having the focus.
    #[must_use]
    pub fn new(draft: Draft, size: Size, settings: &Settings) -> Self {
        let mut draft = draft;
        let template = settings.catalog.template(&draft.template);
        let brought = match draft.editing {
            None => template.competencies.clone(),
            Some(_) => Vec::new(),
        };
        let mut text = |field| TextArea::new(&std::mem::take(draft.text_mut(field)));
        let mut editor = Self {
            template,
            went_well: text(Field::WentWell),
            do_differently: text(Field::DoDifferently),
            try_next: text(Field::TryNext),
            note: text(Field::Note),
            identifiers: Identifiers::default(),
            focus: Focus::Text(Field::WentWell),
            roomy: Field::WentWell,
            rotations: Rotations::of(&draft),
            picking: Picking::new(&settings.catalog, &draft.competencies),
            brought,
            killed: Killed::default(),
            errors: Vec::new(),
            dirty: false,
            energy_is_off: false,
            begun: None,
            area: Rect::ZERO,
            draft,
        };
        editor.look_through_all();
        editor.resized(size);
        editor
    }

    /// Energy was never said in this journal: its row says that it is off, until it is used.
    pub const fn leave_energy_off(&mut self) {
        self.energy_is_off = true;
    }

    /// What has the focus, innermost first (without `Always`).
    #[must_use]
    pub fn contexts(&self) -> Vec<Context> {
        match self.focus {
            Focus::Text(_) => vec![Context::Editor, Context::Text],
            // Letters look for a competency.
            Focus::Row(Row::Competencies) => vec![Context::Row, Context::Editor],
            Focus::Row(_) => vec![Context::Row, Context::Choice, Context::Editor],
        }
    }

    /// Everything in the form as it is now.
    #[must_use]
    pub fn draft(&self) -> Draft {
        let mut draft = self.draft.clone();
        for field in Field::ALL {
            *draft.text_mut(field) = Prose::from(self.text_area(field).text());
        }
        draft
    }

    /// Whether something changed since the last [`Self::kept`].
    #[must_use]
    pub const fn is_dirty(&self) -> bool {
        self.dirty
    }

    /// The draft as it is at this moment is on its way to the disk.
    pub const fn kept(&mut self) {
        self.dirty = false;
    }

    /// The draft could not be kept.
    pub const fn not_kept(&mut self) {
        self.dirty = true;
    }

    /// Whether everything in the form was put in by the program: leaving then keeps nothing.
    #[must_use]
    pub fn is_as_begun(&self) -> bool {
        self.begun
            .as_ref()
            .is_some_and(|begun| **begun == self.draft())
    }

    /// The draft no longer changes a saved reflection: saving makes one of its own.
    pub const fn save_beside(&mut self) {
        self.draft.editing = None;
        self.dirty = true;
    }

    /// The text field that has the focus and its text, for the external editor; `None` in a row.
    #[must_use]
    pub fn focused_text(&self) -> Option<(Field, String)> {
        match self.focus {
            Focus::Text(field) => Some((field, self.text_area(field).text().to_owned())),
            Focus::Row(_) => None,
        }
    }

    /// Types a character into the focused field, or into the search for a competency.
    pub fn type_char(&mut self, c: char, out: &mut Outbox, settings: &Settings) {
        match self.focus {
            Focus::Text(field) => {
                let outcome = self.text_area_mut(field).type_char(c);
                self.follow(field, outcome, out);
            }
            Focus::Row(Row::Competencies) if self.may_add_competency() => {
                self.picking.type_char(c);
            }
            Focus::Row(Row::Signals) if c == ' ' => self.toggle_signal(settings),
            Focus::Row(_) => {}
        }
        self.lay_out();
    }

    /// Pastes into the focused field, whole or not at all.
    pub fn paste(&mut self, text: &str, out: &mut Outbox, _: &Settings) {
        match self.focus {
            Focus::Text(field) => {
                let outcome = self.text_area_mut(field).paste(text);
                self.follow(field, outcome, out);
                self.look_through(field);
            }
            Focus::Row(Row::Competencies) if self.may_add_competency() => self.picking.paste(text),
            Focus::Row(_) => out.say(
                Tone::Warning,
                "Nothing was pasted: no text has the focus here.",
            ),
        }
        self.lay_out();
    }

    /// Carries out an action; says whether it was one of the editor's.
    pub fn act(
        &mut self,
        action: Action,
        today: NaiveDate,
        out: &mut Outbox,
        settings: &Settings,
    ) -> bool {
        let taken = match (action, self.focus) {
            (Action::NextField, _) => {
                self.say_what_is_not_added(out, settings);
                self.move_focus(Turn::More)
            }
            (Action::PreviousField, _) => {
                self.say_what_is_not_added(out, settings);
                self.move_focus(Turn::Less)
            }
            (Action::Back, Focus::Row(Row::Competencies)) if self.picking.is_searching() => {
                self.picking.reset();
                true
            }
            (Action::ChooseTemplate, _) => {
                out.step(Step::ChooseTemplate);
                true
            }
            (Action::ReplaceIdentifier, _) => {
                self.replace_identifier(out);
                true
            }
            (action, Focus::Text(field)) => self.act_in_text(action, field, out),
            (action, Focus::Row(row)) => self.act_in_row(action, row, today, out, settings),
        };
        self.lay_out();
        taken
    }

    fn act_in_text(&mut self, action: Action, field: Field, out: &mut Outbox) -> bool {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for a text"
        )]
        match action {
            Action::Text(edit) => {
                // The keys that were killed are shared by the fields, so they leave the editor
                // for the moment that one of its fields is borrowed.
                let mut killed = std::mem::take(&mut self.killed);
                let outcome = self.text_area_mut(field).apply(edit, &mut killed);
                self.killed = killed;
                self.follow(field, outcome, out);
            }
            // The wheel of the mouse.
            Action::Up => self.text_area_mut(field).scroll(-1),
            Action::Down => self.text_area_mut(field).scroll(1),
            _ => return false,
        }
        true
    }

    /// Takes what came of a change to a text.
    fn follow(&mut self, field: Field, outcome: Outcome, out: &mut Outbox) {
        match outcome {
            Outcome::Changed => {
                self.dirty = true;
                self.errors
                    .retain(|error| error.field().is_some_and(|of| of != field));
                self.watch_edit(field, out);
            }
            Outcome::Refused(refused) => out.say(Tone::Warning, too_long(field, refused)),
            Outcome::Moved => self.look_through(field),
            Outcome::Unchanged => {}
        }
    }

    /// A template or a competency was chosen from a list.
    pub fn chosen(&mut self, choice: &Choice, settings: &Settings) {
        let before = self.draft.clone();
        match choice {
            Choice::Template(id) => self.use_template(id, settings),
            Choice::Competency(id) => self.add_competency(id),
            Choice::Act(_) | Choice::Goal(_) => {}
        }
        self.details_changed(&before, settings);
        self.lay_out();
    }

    /// Changes the prompts; what the former template brought along goes with it.
    fn use_template(&mut self, id: &TemplateId, settings: &Settings) {
        let former = std::mem::replace(&mut self.template, settings.catalog.template(id));
        let draft = &mut self.draft;
        draft.template = id.clone();
        draft.period = None;
        draft.template_tags.retain(|tag| !former.tags.contains(tag));
        for tag in &self.template.tags {
            if !draft.template_tags.contains(tag) {
                draft.template_tags.push(tag.clone());
            }
        }
        let brought = std::mem::take(&mut self.brought);
        draft.competencies.retain(|id| !brought.contains(id));
        let chosen = draft.competencies.clone();
        for id in self.template.competencies.clone() {
            self.add_competency(&id);
        }
        let all = self.draft.competencies.iter();
        self.brought = all.filter(|id| !chosen.contains(id)).cloned().collect();
        if !self.fields().contains(&self.roomy) {
            self.focus_text(Field::TryNext);
        }
    }

    fn add_competency(&mut self, id: &CompetencyId) {
        if self.may_add_competency() && !self.draft.competencies.contains(id) {
            self.draft.competencies.push(id.clone());
        }
    }

    /// Words an old experiment anew: its text becomes "Try next", after what stands there already,
    /// and the new experiment follows it.
    pub fn reword(&mut self, text: &Prose, follows: ExperimentId) {
        let area = &mut self.try_next;
        let end = area.text().len();
        let outcome = if area.text().trim().is_empty() {
            area.replace(0..end, text)
        } else {
            area.replace(end..end, &format!("\n{}", text.as_str()))
        };
        if outcome == Outcome::Changed {
            self.draft.follows = Some(follows);
            self.dirty = true;
            self.look_through(Field::TryNext);
        }
        self.focus_text(Field::TryNext);
        self.lay_out();
    }

    /// Puts a plan to finish into "Try next", the cursor where its occasion belongs.
    pub fn try_plan(&mut self, plan: &Plan, competency: &CompetencyId) {
        let _ = self.try_next.replace(0..0, &plan.sentence);
        let _ = self.try_next.move_to(plan.at);
        self.look_through(Field::TryNext);
        self.add_competency(competency);
        self.focus_text(Field::TryNext);
        self.lay_out();
        self.begun = Some(Box::new(self.draft()));
    }

    /// Puts the question that somebody will be asked into the note; the answer goes into the other
    /// fields.
    pub fn ask_others(&mut self, question: Option<&str>, competency: &CompetencyId) {
        if let Some(question) = question {
            let _ = self.note.replace(0..0, question);
            self.look_through(Field::Note);
        }
        self.add_competency(competency);
        self.lay_out();
        self.begun = Some(Box::new(self.draft()));
    }

    /// It is about the rotation of this name.
    pub fn in_rotation(&mut self, name: String) {
        self.draft.rotation = name;
        self.draft.rotation_touched = true;
    }

    /// Takes the text that the external editor left, whole or not at all; says whether it was
    /// taken. The line end that editors put at the end of a file is not the writer's.
    pub fn external_text(&mut self, field: Field, text: &str, out: &mut Outbox) -> bool {
        let area = self.text_area_mut(field);
        let text = if area.text().ends_with('\n') {
            text
        } else {
            let text = text.strip_suffix('\n').unwrap_or(text);
            text.strip_suffix('\r').unwrap_or(text)
        };
        let outcome = area.replace(0..area.text().len(), text);
        self.follow(field, outcome, out);
        self.look_through(field);
        self.lay_out();
        !matches!(outcome, Outcome::Refused(_))
    }

    /// Shows why the draft cannot be saved, at the fields it is about, and focuses the first.
    pub fn refused(&mut self, errors: Vec<DraftError>) {
        if let Some(first) = errors.first() {
            match (words::row_of(first), first.field()) {
                (Some(row), _) => self.focus_row(row),
                (None, Some(field)) => self.focus_text(field),
                (None, None) => self.focus_text(self.roomy),
            }
        }
        self.errors = errors;
        self.lay_out();
    }

    /// The terminal has another size.
    pub fn resized(&mut self, size: Size) {
        self.area = crate::tui::view::body(size);
        self.lay_out();
    }

    /// The shift and the rotation in words, for the header.
    #[must_use]
    pub fn headline(&self, today: NaiveDate) -> Headline {
        let about = if self.draft.template == TemplateId::WEEK {
            format!("The week to {}", short_date(self.draft.shift_date, today))
        } else {
            describe(self.draft.shift, self.draft.shift_date, today)
        };
        Headline {
            about,
            rotation: self.draft.rotation.clone(),
        }
    }

    const fn text_area(&self, field: Field) -> &TextArea {
        match field {
            Field::WentWell => &self.went_well,
            Field::DoDifferently => &self.do_differently,
            Field::TryNext => &self.try_next,
            Field::Note => &self.note,
        }
    }

    const fn text_area_mut(&mut self, field: Field) -> &mut TextArea {
        match field {
            Field::WentWell => &mut self.went_well,
            Field::DoDifferently => &mut self.do_differently,
            Field::TryNext => &mut self.try_next,
            Field::Note => &mut self.note,
        }
    }
}

fn too_long(field: Field, refused: Refused) -> String {
    format!(
        "{} holds {} KiB; that would make it {} KiB. Nothing was changed.",
        field.label(),
        refused.limit / 1024,
        refused.bytes.div_ceil(1024)
    )
}
