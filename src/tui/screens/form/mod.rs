//! A few lines to fill in: a note on an outcome. It stays open, text and all, until the journal has
//! taken what was written.

mod goal;
mod identifiers;

use std::fmt;

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use crate::domain::calendar::parse_date;
use crate::domain::competency::CompetencyId;
use crate::domain::experiment::{Experiment, check_note};
use crate::domain::goal::{Ending, GoalLines};
use crate::domain::id::{ExperimentId, GoalId, RotationId};
use crate::domain::prose::{Prose, excerpt, visible_line};
use crate::domain::rotation::{Block, Rotation, RotationError};
use crate::domain::shift::{ShiftKind, UnknownShift};
use crate::domain::texts::{Texts, texts};
use crate::domain::unfinished::{Subject, Unfinished};
use crate::tui::effect::{Ask, GoalAsk, RequestId, RotationAsk};
use crate::tui::keymap::Action;
use crate::tui::model::{Outbox, Settings, Tone};
use crate::tui::step::Step;
use crate::tui::view;
use crate::tui::watch::Watch;
use crate::tui::widgets::dialog::Dialog;
use crate::tui::widgets::line_input::LineInput;
use crate::tui::widgets::text_area::{self, Killed, Outcome};

/// Columns that a form would like to have.
const WIDTH: u16 = 72;
/// From this many columns on, labels stand beside their lines and not over them.
const BESIDE: u16 = 52;

/// What is filled in, and so what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// The line beside the outcome of an experiment.
    NoteOutcome(ExperimentId),
    /// A shift that was worked; days are read as seen from this one.
    LogShift(NaiveDate),
    /// What the writer says about a new goal.
    AddGoal(CompetencyId),
    /// The same, of a goal that is there; what it says now.
    EditGoal(GoalId, Box<GoalLines>),
    /// What became of a goal.
    CloseGoal(GoalId, Ending),
    /// A rotation that begins; days are read as seen from this one.
    StartRotation(NaiveDate),
    /// The name and the days of a rotation.
    EditRotation(RotationId, NaiveDate),
}

/// A line that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// Which line, from the first.
    pub line: usize,
    /// One sentence that says why.
    pub why: String,
}

impl Purpose {
    /// Whether it changes what is kept already, so that lines left as they are ask for nothing.
    const fn changes_what_is_kept(&self) -> bool {
        match self {
            Self::NoteOutcome(_) | Self::EditGoal(..) | Self::EditRotation(..) => true,
            Self::LogShift(_) | Self::StartRotation(_) | Self::AddGoal(_) | Self::CloseGoal(..) => {
                false
            }
        }
    }

    /// What its lines are about.
    #[must_use]
    pub fn subject(&self) -> Subject {
        match self {
            Self::NoteOutcome(id) => Subject::Outcome(*id),
            Self::LogShift(today) => Subject::Shift(*today),
            Self::AddGoal(competency) => Subject::NewGoal(competency.clone()),
            Self::EditGoal(id, _) => Subject::Goal(*id),
            Self::CloseGoal(id, ending) => Subject::GoalEnding(*id, *ending),
            Self::StartRotation(today) => Subject::NewRotation(*today),
            Self::EditRotation(id, _) => Subject::Rotation(*id),
        }
    }

    /// What the journal is asked for once the lines are filled in.
    ///
    /// # Errors
    /// The line that does not fit, and why.
    fn ask(&self, lines: &[&str]) -> Result<Ask, Misfit> {
        let line = |at: usize| lines.get(at).copied().unwrap_or_default();
        match self {
            Self::NoteOutcome(id) => match check_note(line(0)) {
                Ok(()) => Ok(Ask::NoteOutcome(*id, Prose::new(line(0)))),
                Err(error) => Err(Misfit {
                    line: 0,
                    why: format!("Not kept yet: {error}."),
                }),
            },
            Self::StartRotation(today) => {
                Ok(Ask::Rotation(RotationAsk::Start(block(lines, *today)?)))
            }
            Self::EditRotation(id, today) => {
                Ok(Ask::Rotation(RotationAsk::Edit(*id, block(lines, *today)?)))
            }
            Self::LogShift(today) => {
                let date = day(0, line(0), *today)?;
                let kind = line(1).parse().map_err(|error: UnknownShift| Misfit {
                    line: 1,
                    why: format!("There is {error}."),
                })?;
                Ok(Ask::LogShift(date, kind))
            }
            Self::AddGoal(competency) => {
                let lines = goal::lines(lines, &GoalLines::default())?;
                Ok(Ask::Goal(GoalAsk::Add(competency.clone(), lines)))
            }
            Self::EditGoal(id, before) => {
                Ok(Ask::Goal(GoalAsk::Edit(*id, goal::lines(lines, before)?)))
            }
            Self::CloseGoal(id, ending) => {
                let note = goal::note(line(0))?;
                Ok(Ask::Goal(GoalAsk::Close(*id, *ending, note)))
            }
        }
    }
}

/// The rotation that was typed: its name, its first day, its last day or nothing.
fn block(lines: &[&str], today: NaiveDate) -> Result<Block, Misfit> {
    let line = |at: usize| lines.get(at).copied().unwrap_or_default().trim();
    let last = match line(2) {
        "" => None,
        last => Some(day(2, last, today)?),
    };
    let block = Block {
        name: line(0).to_owned(),
        first: day(1, line(1), today)?,
        last,
    };
    block.checked().map_err(|error| Misfit {
        line: if matches!(error, RotationError::EndsBeforeItStarts { .. }) {
            2
        } else {
            0
        },
        why: format!("Not kept yet: {error}."),
    })
}

/// The day that was typed into this line.
fn day(line: usize, text: &str, today: NaiveDate) -> Result<NaiveDate, Misfit> {
    parse_date(text, today).map_err(|error| Misfit {
        line,
        why: format!("{error}."),
    })
}

/// One line to fill in.
#[derive(Debug)]
struct Blank {
    label: &'static str,
    /// Stands dim in the empty line.
    hint: String,
    input: LineInput,
    before: String,
    /// Of a line in the writer's own words: what may identify somebody.
    watch: Option<Watch>,
}

/// A few lines with labels. Never printed with its words by `Debug`.
pub struct Form {
    title: String,
    purpose: Purpose,
    blanks: Vec<Blank>,
    focus: usize,
    misfit: Option<Misfit>,
    /// The order to the journal that has not been answered yet.
    request: Option<RequestId>,
    killed: Killed,
}

texts!(Form { title, purpose, blanks, misfit, killed } beside { focus, request });
texts!(Blank { hint, input, before, watch } beside { label });
texts!(Misfit { why } beside { line });

impl Texts for Purpose {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        match self {
            Self::EditGoal(_, lines) => lines.each_text(visit),
            Self::NoteOutcome(_)
            | Self::LogShift(_)
            | Self::AddGoal(_)
            | Self::CloseGoal(..)
            | Self::StartRotation(_)
            | Self::EditRotation(..) => {}
        }
    }
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form")
            .field("title", &self.title)
            .field("focus", &self.focus)
            .finish_non_exhaustive()
    }
}

impl Form {
    /// A form without lines.
    #[must_use]
    pub fn new(purpose: Purpose, title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            purpose,
            blanks: Vec::new(),
            focus: 0,
            misfit: None,
            request: None,
            killed: Killed::default(),
        }
    }

    /// The same with one more line; `hint` stands in it as long as it is empty.
    #[must_use]
    pub fn line(mut self, label: &'static str, hint: impl Into<String>, text: &str) -> Self {
        let input = LineInput::new(text);
        self.blanks.push(Blank {
            label,
            hint: hint.into(),
            before: input.text().to_owned(),
            input,
            watch: None,
        });
        self
    }

    /// The same with a line for the writer's own words.
    #[must_use]
    pub fn prose(mut self, label: &'static str, hint: impl Into<String>, text: &str) -> Self {
        self = self.line(label, hint, text);
        if let Some(blank) = self.blanks.last_mut() {
            blank.watch = Some(Watch::default());
            blank.look_through();
        }
        self
    }

    /// The line beside an experiment's outcome.
    #[must_use]
    pub fn of_note(experiment: &Experiment) -> Self {
        let title = format!("Note on \"{}\"", excerpt(&experiment.text, 44));
        Self::new(Purpose::NoteOutcome(experiment.id), title).prose(
            "Note",
            "what happened, in a line",
            &experiment.outcome_note,
        )
    }

    /// A shift of another day, as worked.
    #[must_use]
    pub fn of_shift(shift: ShiftKind, today: NaiveDate) -> Self {
        let kinds = ShiftKind::ALL
            .iter()
            .filter(|kind| **kind != ShiftKind::Off);
        let kinds: Vec<&str> = kinds.map(|kind| kind.id()).collect();
        Self::new(Purpose::LogShift(today), "A shift that was worked")
            .line("It began", "2026-11-21, yesterday, monday, -3", "yesterday")
            .line("Kind", kinds.join(", "), shift.id())
    }

    /// A rotation that begins, today unless another day is said.
    #[must_use]
    pub fn of_new_rotation(today: NaiveDate) -> Self {
        let form = Self::new(Purpose::StartRotation(today), "A rotation");
        form.of_block("", &today.to_string(), "")
    }

    /// The name and the days of a rotation.
    #[must_use]
    pub fn of_rotation(rotation: &Rotation, today: NaiveDate) -> Self {
        let title = format!("Rotation \"{}\"", excerpt(&rotation.name, 44));
        let last = rotation.last.map(|last| last.to_string());
        Self::new(Purpose::EditRotation(rotation.id, today), title).of_block(
            &rotation.name,
            &rotation.first.to_string(),
            &last.unwrap_or_default(),
        )
    }

    fn of_block(self, name: &str, first: &str, last: &str) -> Self {
        self.line("Name", "Medical ICU", name)
            .line("First day", "2026-11-21, today, monday, -3", first)
            .line("Last day", "empty while it is open", last)
    }

    /// What it is for.
    #[must_use]
    pub const fn purpose(&self) -> &Purpose {
        &self.purpose
    }

    /// Whether this is the order that the form waits for.
    #[must_use]
    pub fn awaits(&self, request: RequestId) -> bool {
        self.request == Some(request)
    }

    /// The journal refused: the text stays, to be changed or tried again.
    pub fn refused(&mut self) {
        self.request = None;
    }

    fn is_changed(&self) -> bool {
        self.blanks
            .iter()
            .any(|blank| blank.input.text() != blank.before)
    }

    /// What was typed, if anything, so that nothing loses it.
    #[must_use]
    pub fn unfinished(&self) -> Option<Unfinished> {
        let lines = self
            .blanks
            .iter()
            .map(|blank| Prose::new(blank.input.text()));
        self.is_changed().then(|| Unfinished {
            subject: self.purpose.subject(),
            lines: lines.collect(),
        })
    }

    /// Takes up what was typed when it was left.
    pub fn take_up(&mut self, lines: &[Prose]) {
        for (blank, text) in self.blanks.iter_mut().zip(lines) {
            let _ = blank.input.set_text(text);
            blank.look_through();
        }
    }

    /// Types into the line that has the focus.
    pub fn type_char(&mut self, c: char, out: &mut Outbox) {
        self.misfit = None;
        if let Some(blank) = self.blanks.get_mut(self.focus) {
            let outcome = blank.input.type_char(c);
            if let Outcome::Refused(_) = outcome {
                out.say(Tone::Warning, "The line is full.");
            }
            blank.follow(&outcome, out);
        }
    }

    /// Pastes into the line that has the focus.
    pub fn paste(&mut self, text: &str, out: &mut Outbox) {
        self.misfit = None;
        if let Some(blank) = self.blanks.get_mut(self.focus) {
            let outcome = blank.input.paste(text);
            if let Outcome::Refused(refused) = &outcome {
                let bytes = refused.bytes;
                out.say(
                    Tone::Warning,
                    format!("Nothing was pasted: {bytes} bytes are too long for a line."),
                );
            }
            blank.follow(&outcome, out);
        }
    }

    /// Carries out an action of the form; says whether it was one.
    pub fn act(&mut self, action: Action, out: &mut Outbox) -> bool {
        let last = self.blanks.len().saturating_sub(1);
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        match action {
            Action::Open if self.focus < last => self.move_to(self.focus + 1),
            Action::Open | Action::Save => self.finish(out),
            Action::NextField => self.move_to(if self.focus == last {
                0
            } else {
                self.focus + 1
            }),
            Action::PreviousField => self.move_to(self.focus.checked_sub(1).unwrap_or(last)),
            Action::ReplaceIdentifier => self.replace_identifier(out),
            Action::Back => out.step(Step::LeaveForm),
            Action::Text(edit) => {
                self.misfit = None;
                if let Some(blank) = self.blanks.get_mut(self.focus) {
                    let outcome = blank.input.apply(edit, &mut self.killed);
                    blank.follow(&outcome, out);
                }
            }
            _ => return false,
        }
        true
    }

    fn move_to(&mut self, line: usize) {
        self.word_is_written();
        self.focus = line;
    }

    fn finish(&mut self, out: &mut Outbox) {
        if self.purpose.changes_what_is_kept() && !self.is_changed() {
            out.step(Step::LeaveForm);
            return;
        }
        let lines: Vec<&str> = self.blanks.iter().map(|blank| blank.input.text()).collect();
        match self.purpose.ask(&lines) {
            Ok(ask) => {
                let request = out.ask(ask);
                out.step(Step::WaitFor(request));
                self.request = Some(request);
                self.misfit = None;
            }
            Err(misfit) => {
                self.focus = misfit.line.min(self.blanks.len().saturating_sub(1));
                self.misfit = Some(misfit);
            }
        }
    }

    /// The terminal has another size: the lines take their width.
    pub fn resized(&mut self, size: Size) {
        let inner = self.dialog(size.width, None).inner(view::body(size));
        let width = self.columns(inner).1;
        for blank in &mut self.blanks {
            blank.input.set_width(width);
        }
    }

    /// Columns of the labels (0 where they stand over the lines) and of the lines.
    fn columns(&self, inner: Rect) -> (u16, u16) {
        if inner.width < BESIDE {
            return (0, inner.width);
        }
        let labels = self.blanks.iter().map(|blank| blank.label.width()).max();
        let label = u16::try_from(labels.unwrap_or(0) + 3).unwrap_or(inner.width);
        (label, inner.width.saturating_sub(label))
    }

    fn dialog<'a>(&'a self, width: u16, settings: Option<&Settings>) -> Dialog<'a> {
        let styles = settings.map(|settings| &settings.theme);
        let each = if width < BESIDE + 6 { 2 } else { 1 };
        let rows = self.blanks.len() * each + 2;
        Dialog {
            title: &self.title,
            content: Size {
                width: WIDTH,
                height: u16::try_from(rows).unwrap_or(u16::MAX),
            },
            style: styles.map(|theme| theme.text).unwrap_or_default(),
            border: styles.map(|theme| theme.dim).unwrap_or_default(),
        }
    }

    /// Draws the form over the middle of the area; says where the cursor stands.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, settings: &Settings) -> Option<Position> {
        let theme = &settings.theme;
        let dialog = self.dialog(area.width, Some(settings));
        dialog.render(area, buffer);
        let inner = dialog.inner(area);
        let (label_width, _) = self.columns(inner);
        let each = if label_width == 0 { 2 } else { 1 };
        let said = self.misfit.as_ref().map_or("", |misfit| &*misfit.why);
        let said: Vec<&str> = text_area::rows(said, usize::from(inner.width))
            .filter_map(|row| said.get(row))
            .take(2)
            .collect();
        let room = usize::from(inner.height).saturating_sub(said.len()) / each;
        let first = (self.focus + 1).saturating_sub(room.max(1));
        let mut rows = inner.rows();
        let mut cursor = None;
        let shown = self.blanks.iter().enumerate().skip(first).take(room.max(1));
        for (at, blank) in shown {
            let style = if at == self.focus {
                theme.accent
            } else {
                theme.dim
            };
            let Some(row) = rows.next() else { break };
            Line::styled(blank.label, style).render(row, buffer);
            let row = if each == 2 {
                let Some(below) = rows.next() else { break };
                below
            } else {
                Rect {
                    x: row.x + label_width,
                    width: row.width.saturating_sub(label_width),
                    ..row
                }
            };
            let marks = blank.marks(theme);
            let place = blank.input.render(row, buffer, theme.text, &marks);
            if blank.input.text().is_empty() {
                let hint = excerpt(&blank.hint, usize::from(row.width));
                Line::styled(hint, theme.dim).render(row, buffer);
            }
            if at == self.focus {
                cursor = place;
            }
        }
        for (text, row) in said.into_iter().zip(rows) {
            Line::from(Span::styled(visible_line(text), theme.warning)).render(row, buffer);
        }
        cursor
    }
}
