//! A list to choose from by typing: an action, a template, a competency.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use crate::domain::catalog::Catalog;
use crate::domain::competency::{Competency, CompetencyId};
use crate::domain::offer::Offer;
use crate::domain::prose::visible_line;
use crate::domain::template::TemplateId;
use crate::domain::texts::texts;
use crate::tui::keymap::Action;
use crate::tui::model::{Outbox, Settings, Tone};
use crate::tui::step::Step;
use crate::tui::view;
use crate::tui::widgets::dialog::Dialog;
use crate::tui::widgets::picker::{Choice as Line, Picker, PickerStyles};
use crate::tui::widgets::text_area::{EditAction, Killed, Outcome};

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// An action, as if its key had been pressed.
    Act(Action),
    /// A template.
    Template(TemplateId),
    /// A competency.
    Competency(CompetencyId),
    /// A competency to get better at.
    Goal(CompetencyId),
}

/// A filter line over a list.
#[derive(Debug)]
pub struct Palette {
    title: &'static str,
    hint: &'static str,
    picker: Picker<Choice>,
    killed: Killed,
}

texts!(Palette { picker, killed } beside { title, hint });

impl Palette {
    /// Actions: what each does, its key, and which it is.
    #[must_use]
    pub fn of_actions(commands: Vec<(&'static str, String, Action)>, size: Size) -> Self {
        let lines = commands
            .into_iter()
            .map(|(help, key, action)| line(Choice::Act(action), help, &key, ""));
        Self::new("Commands", "type a part of the name", lines.collect(), size)
    }

    /// Every template but the weekly review, which has a place of its own; those offered today
    /// first.
    #[must_use]
    pub fn of_templates(catalog: &Catalog, offers: &[Offer], size: Size) -> Self {
        let offered = |id: &TemplateId| offers.iter().position(|offer| offer.template == *id);
        let all = catalog.templates.iter();
        let mut templates: Vec<_> = all.filter(|t| t.id != TemplateId::WEEK).collect();
        templates.sort_by_key(|t| offered(&t.id).unwrap_or(offers.len()));
        let lines = templates.into_iter().map(|template| {
            let id = template.id.as_str();
            line(
                Choice::Template(template.id.clone()),
                &template.title,
                &template.went_well,
                id,
            )
        });
        Self::new("Template", "type a part of the name", lines.collect(), size)
    }

    /// The competencies that are not chosen yet: the suggested ones, the others of the active
    /// framework, and those of the other frameworks, which say where they are from.
    #[must_use]
    pub fn of_competencies(
        catalog: &Catalog,
        chosen: &[CompetencyId],
        suggested: &[CompetencyId],
        size: Size,
    ) -> Self {
        let choice = |item: &Competency, detail: &str| {
            let id = item.id.as_str();
            line(Choice::Competency(item.id.clone()), &item.name, detail, id)
        };
        let own = catalog.competencies().iter().map(|item| {
            let maps: Vec<&str> = catalog.counterparts(item).collect();
            let detail = match maps.as_slice() {
                [] => item.text.clone(),
                maps => format!("suggested: {} · {}", maps.join(", "), item.text),
            };
            (&item.id, choice(item, &detail))
        });
        let others = catalog.other_competencies().map(|(framework, item)| {
            let detail = format!("{} · {}", item.id, framework.name);
            (&item.id, choice(item, &detail))
        });
        let mut lines: Vec<_> = own
            .chain(others)
            .filter(|(id, _)| !chosen.contains(id))
            .collect();
        let place = |id: &CompetencyId| suggested.iter().position(|other| other == id);
        lines.sort_by_key(|(id, _)| place(id).unwrap_or(usize::MAX));
        let lines = lines.into_iter().map(|(id, mut line)| {
            if place(id).is_some() {
                line.detail = format!("from your words · {}", line.detail);
            }
            line
        });
        let hint = "type a part of the name, or a code";
        Self::new("Competency", hint, lines.collect(), size)
    }

    /// The competencies of the active framework but those `taken` by goals, as goals to choose.
    #[must_use]
    pub fn of_goals(catalog: &Catalog, taken: &[CompetencyId], size: Size) -> Self {
        let all = catalog.competencies().iter();
        let lines = all.filter(|item| !taken.contains(&item.id)).map(|item| {
            let id = item.id.clone();
            line(Choice::Goal(id), &item.name, &item.text, item.id.as_str())
        });
        let hint = "what to get better at this year";
        Self::new("Goal", hint, lines.collect(), size)
    }

    fn new(title: &'static str, hint: &'static str, lines: Vec<Line<Choice>>, size: Size) -> Self {
        let picker = Picker::one_of(lines);
        let mut palette = Self {
            title,
            hint,
            picker,
            killed: Killed::default(),
        };
        palette.resized(size);
        palette
    }

    /// Types into the filter line.
    pub fn type_char(&mut self, c: char) {
        // A refused character is one past the length of a line: there is nothing to say about it.
        let _ = self.picker.type_char(c);
    }

    /// Pastes into the filter line.
    pub fn paste(&mut self, text: &str, out: &mut Outbox) {
        if let Outcome::Refused(refused) = self.picker.paste(text) {
            let bytes = refused.bytes;
            out.say(
                Tone::Warning,
                format!("Nothing was pasted: {bytes} bytes are too long here."),
            );
        }
    }

    /// The terminal has another size.
    pub fn resized(&mut self, size: Size) {
        let dialog = self.dialog(&PickerStyles::default());
        let inner = dialog.inner(view::body(size)).as_size();
        self.picker.set_size(inner);
    }

    /// Carries out an action of the list; says whether it was one.
    pub fn act(&mut self, action: Action, out: &mut Outbox) -> bool {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        let edit = match action {
            Action::Accept => {
                if let Some(line) = self.picker.selected() {
                    out.step(Step::Chosen(line.value.clone()));
                }
                return true;
            }
            Action::Back => {
                out.step(Step::Close);
                return true;
            }
            Action::Down => EditAction::Down,
            Action::Up => EditAction::Up,
            Action::PageDown => EditAction::PageDown,
            Action::PageUp => EditAction::PageUp,
            Action::Text(edit) => edit,
            _ => return false,
        };
        let _ = self.picker.apply(edit, &mut self.killed);
        true
    }

    fn dialog(&self, styles: &PickerStyles) -> Dialog<'_> {
        let wanted = self.picker.desired_size();
        Dialog {
            title: self.title,
            content: Size {
                width: wanted.width.clamp(40, 96),
                height: wanted.height,
            },
            style: styles.text,
            border: styles.dim,
        }
    }

    /// Draws the list over the middle of the area; says where the cursor stands.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, settings: &Settings) -> Option<Position> {
        let theme = &settings.theme;
        let styles = PickerStyles {
            text: theme.text,
            dim: theme.dim,
            selected: theme.selected,
        };
        let dialog = self.dialog(&styles);
        dialog.render(area, buffer);
        self.picker
            .render(dialog.inner(area), buffer, self.hint, &styles)
    }
}

fn line(value: Choice, name: &str, detail: &str, keywords: &str) -> Line<Choice> {
    Line {
        value,
        name: visible_line(name),
        detail: visible_line(detail),
        keywords: keywords.to_owned(),
    }
}
