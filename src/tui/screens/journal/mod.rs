//! The Journal: a list, newest first and grouped by week, beside a reader.
//!
//! The list holds a window of rows around the selected one, never all of them; rows beyond it are
//! asked for before they are reached. Rows are whole reflections, so reading one asks nothing.

mod list;
mod texts;
mod view;
mod window;

use chrono::{DateTime, FixedOffset, NaiveDate};
use ratatui::layout::{Position as Cell, Rect, Size};

use crate::domain::id::ReflectionId;
use crate::domain::query::Query;
use crate::journal::{Asked, Page, Row, Span};
use crate::tui::effect::{Ask, RequestId};
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings, Tone};
use crate::tui::screens::form::Form;
use crate::tui::screens::reader::{Of, Reading};
use crate::tui::step::Step;
use crate::tui::widgets::line_input::LineInput;
use crate::tui::widgets::text_area::{EditAction, Killed, Outcome};

use list::FirstMatches;
use view::panes;
use window::{Select, Window};

/// Columns of the search line in front of its text.
const PROMPT: u16 = 3;
/// Rows asked for at a time.
const ROWS_ASKED: usize = 120;
/// From this many columns on, the reader stands beside the list.
const TWO_COLUMNS: u16 = 100;

const NO_EXPERIMENT: &str = "This reflection has no \"Try next\".";

/// What has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Focus {
    #[default]
    List,
    Search,
    Reader,
}

/// Where a page belongs when it arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// In place of everything.
    Instead(Select),
    /// Before the first row.
    Newer,
    /// After the last row.
    Older,
}

/// Where going back leads to a mark elsewhere.
#[derive(Debug, Clone, Copy)]
struct WayBack {
    /// What has the focus there.
    from: Focus,
    /// What goes to the mark.
    goes: Action,
}

/// The Journal screen.
#[derive(Debug, Default)]
pub struct Journal {
    focus: Focus,
    input: LineInput,
    query: Query,
    /// Whether the text in the search line is no query; the rows are those of the last good one.
    wrong: bool,
    window: Window,
    matches: FirstMatches,
    /// Whether the rows are those of the query before this one.
    outdated: bool,
    known: Known,
    /// The selected reflection laid out, if the reader can be seen.
    reading: Option<Reading>,
    /// The first line of it that is shown.
    scroll: usize,
    pending: Option<(RequestId, Wanted)>,
    /// The reflection that is read as soon as it is there.
    to_read: Option<ReflectionId>,
    /// Where going back leads, if what is listed or read stands behind a mark of another place.
    way_back: Option<WayBack>,
}

/// What is known of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Known {
    /// They were never asked for.
    #[default]
    Nothing,
    /// They are on their way for the first time.
    Asked,
    /// The journal said which there are.
    Rows,
    /// The journal could not be read when they were last asked for.
    Unreadable,
}

const fn is_about_an_entry(action: Action) -> bool {
    matches!(
        action,
        Action::Edit
            | Action::Delete
            | Action::Share
            | Action::AnswerExperiment
            | Action::NoteOutcome
            | Action::ShowChain
    )
}

impl Journal {
    /// What has the focus, innermost first.
    #[must_use]
    pub fn contexts(&self) -> Vec<Context> {
        match self.focus {
            Focus::List => vec![Context::Journal, Context::List, Context::Screen],
            Focus::Search => vec![Context::Search, Context::Text],
            Focus::Reader => vec![Context::Reader, Context::List, Context::Screen],
        }
    }

    /// Loads the rows anew; selects this reflection if it is among them, else stays where it is, or
    /// goes where it is about to go.
    pub fn load(&mut self, show: Option<ReflectionId>, out: &mut Outbox) {
        let select = match (self.pending, show) {
            (Some((_, Wanted::Instead(end @ (Select::Newest | Select::Oldest)))), _) => end,
            (_, Some(id)) => Select::This(id),
            (Some((_, Wanted::Instead(select))), None) => select,
            (_, None) => Select::Same,
        };
        if let Some(id) = self.to_read {
            self.ask(Span::At(id), Wanted::Instead(Select::This(id)), out);
            return;
        }
        let span = match select {
            Select::Newest => Span::Newest,
            Select::Oldest => Span::Oldest,
            Select::Same | Select::This(_) => self.window.again(),
        };
        self.ask(span, Wanted::Instead(select), out);
    }

    /// Goes to a reflection and reads it, whatever was searched for.
    pub fn read(&mut self, id: ReflectionId, out: &mut Outbox) {
        let _ = self.input.set_text("");
        self.query = Query::default();
        self.wrong = false;
        self.outdated = true;
        self.way_back = None;
        self.focus = Focus::List;
        self.to_read = Some(id);
        self.ask(Span::At(id), Wanted::Instead(Select::This(id)), out);
    }

    /// Whether the rows are there or on their way.
    #[must_use]
    pub const fn is_loaded(&self) -> bool {
        matches!(self.known, Known::Asked | Known::Rows)
    }

    /// The answer that takes the place of the rows that keys would act on; typing in the search
    /// line acts on none.
    #[must_use]
    pub fn awaited(&self) -> Option<RequestId> {
        match self.pending {
            Some((request, Wanted::Instead(_))) if self.focus != Focus::Search => Some(request),
            _ => None,
        }
    }

    fn ask(&mut self, span: Span, wanted: Wanted, out: &mut Outbox) {
        if self.known == Known::Nothing {
            self.known = Known::Asked;
        }
        let ask = Ask::Page {
            query: self.query.clone(),
            span,
            limit: ROWS_ASKED,
        };
        self.pending = Some((out.ask(ask), wanted));
    }

    /// Opens the search line.
    pub fn open_search(&mut self) {
        self.focus = Focus::Search;
        self.scroll = 0;
        self.way_back = None;
        let _ = self
            .input
            .apply(EditAction::LineEnd, &mut Killed::default());
    }

    /// Shows what matches this, as if it had been typed into the search line.
    pub fn search_for(
        &mut self,
        text: &str,
        today: NaiveDate,
        settings: &Settings,
        out: &mut Outbox,
    ) {
        let _ = self.input.set_text(text);
        // A long one is read from its beginning.
        let _ = self
            .input
            .apply(EditAction::LineStart, &mut Killed::default());
        self.way_back = None;
        self.focus = Focus::List;
        self.scroll = 0;
        self.filter(today, settings, out);
        if !self.is_loaded() {
            self.load(None, out);
        }
    }

    /// What is searched for, or read, stands behind a mark elsewhere: going back leads there.
    pub const fn lead_back(&mut self, goes: Action) {
        let from = if self.to_read.is_some() {
            Focus::Reader
        } else {
            Focus::List
        };
        self.way_back = Some(WayBack { from, goes });
    }

    /// Takes the way back to the mark, if it begins here.
    fn go_back(&mut self, out: &mut Outbox) {
        let back = self.way_back.take_if(|back| back.from == self.focus);
        if let Some(back) = back {
            out.step(Step::Act(back.goes));
        }
    }

    /// Takes a window of rows; a stale one is ignored.
    pub fn page_arrived(&mut self, request: RequestId, page: Page, out: &mut Outbox) {
        let Some((_, wanted)) = self.pending.take_if(|(pending, _)| *pending == request) else {
            return;
        };
        match wanted {
            Wanted::Instead(select) => {
                let read = self.selected_id();
                self.window.replace(page, select);
                self.matches = FirstMatches::default();
                self.reading = None;
                self.outdated = false;
                self.known = Known::Rows;
                let to_read = self.to_read.take();
                if self.selected_id() != read {
                    self.scroll = 0;
                    if self.focus == Focus::Reader {
                        self.focus = Focus::List;
                    }
                }
                if to_read.is_some() && self.selected_id() == to_read {
                    self.focus = Focus::Reader;
                }
            }
            Wanted::Older => self.window.add_older(page),
            Wanted::Newer => self.window.add_newer(page),
        }
        self.look_ahead(out);
    }

    /// The question failed: nothing is waited for any more. Rows that do not match what is
    /// searched for are not left to be taken for matches.
    pub fn page_failed(&mut self, request: RequestId) {
        if let Some((_, Wanted::Instead(_))) =
            self.pending.take_if(|(pending, _)| *pending == request)
        {
            self.known = Known::Unreadable;
            self.to_read = None;
            if self.outdated {
                self.window = Window::default();
            }
        }
    }

    /// Asks for more rows when the selection comes near the end of the window.
    fn look_ahead(&mut self, out: &mut Outbox) {
        if self.pending.is_some() {
            return;
        }
        match self.window.beyond() {
            Some(span @ Span::OlderThan(_)) => self.ask(span, Wanted::Older, out),
            Some(span) => self.ask(span, Wanted::Newer, out),
            None => {}
        }
    }

    fn selected_id(&self) -> Option<ReflectionId> {
        let row = self.window.selected()?;
        Some(row.entry.reflection.id)
    }

    /// Types a character into the search line.
    pub fn type_char(&mut self, c: char, now: NaiveDate, settings: &Settings, out: &mut Outbox) {
        if self.focus == Focus::Search {
            let _ = self.input.type_char(c);
            self.filter(now, settings, out);
        }
    }

    /// Pastes into the search line; says whether it has the focus.
    pub fn paste(
        &mut self,
        text: &str,
        now: NaiveDate,
        settings: &Settings,
        out: &mut Outbox,
    ) -> bool {
        if self.focus != Focus::Search {
            return false;
        }
        if let Outcome::Refused(refused) = self.input.paste(text) {
            out.say(
                Tone::Warning,
                format!(
                    "Nothing was pasted: {} bytes are too long for a search.",
                    refused.bytes
                ),
            );
        }
        self.filter(now, settings, out);
        true
    }

    fn filter(&mut self, today: NaiveDate, settings: &Settings, out: &mut Outbox) {
        match Query::parse(self.input.text(), today, settings.rules.week_starts) {
            Ok(query) => {
                let query = query.knowing(&settings.catalog);
                self.wrong = false;
                if query != self.query {
                    self.query = query;
                    self.outdated = true;
                    self.ask(Span::Newest, Wanted::Instead(Select::Newest), out);
                }
            }
            Err(error) => {
                self.wrong = true;
                out.say(Tone::Warning, error.to_string());
            }
        }
    }

    /// Whether there is anything that the action could be about.
    #[must_use]
    pub fn does_something(&self, action: Action) -> bool {
        let row = self.window.selected();
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action always does something"
        )]
        match action {
            Action::Open => row.is_some(),
            Action::AnswerExperiment | Action::NoteOutcome | Action::ShowChain => {
                row.is_some_and(|row| row.entry.experiment.is_some())
            }
            _ => !is_about_an_entry(action) || row.is_some(),
        }
    }

    /// Carries out an action of this screen; says whether it was one.
    pub fn act(
        &mut self,
        action: Action,
        now: DateTime<FixedOffset>,
        size: Size,
        settings: &Settings,
        out: &mut Outbox,
    ) -> bool {
        let today = settings.today(now);
        match self.focus {
            Focus::Search => self.act_in_search(action, today, settings, out),
            Focus::List => self.act_in_list(action, size, today, settings, out),
            Focus::Reader => self.act_in_reader(action, size, today, out),
        }
    }

    fn act_in_search(
        &mut self,
        action: Action,
        today: NaiveDate,
        settings: &Settings,
        out: &mut Outbox,
    ) -> bool {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        match action {
            Action::Text(EditAction::Newline) | Action::Accept if self.wrong => {
                self.filter(today, settings, out);
            }
            Action::Text(EditAction::Newline) | Action::Accept => self.focus = Focus::List,
            Action::Back => {
                let _ = self.input.set_text("");
                self.focus = Focus::List;
                self.filter(today, settings, out);
            }
            Action::Text(edit) => {
                let _ = self.input.apply(edit, &mut Killed::default());
                self.filter(today, settings, out);
            }
            _ => return false,
        }
        true
    }

    fn act_in_list(
        &mut self,
        action: Action,
        size: Size,
        today: NaiveDate,
        settings: &Settings,
        out: &mut Outbox,
    ) -> bool {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        match action {
            Action::Open if self.window.selected().is_some() => {
                self.focus = Focus::Reader;
                // What is read should be what is kept; changes of our own load the rows anyway.
                out.ask(Ask::LookForChanges);
            }
            Action::Open => {}
            Action::ShowTrash => out.step(Step::ShowTrash),
            Action::Back => {
                let _ = self.input.set_text("");
                self.filter(today, settings, out);
                self.go_back(out);
            }
            _ if self.act_on_entry(action, today, out) => {}
            _ => return self.move_selection(action, size, out),
        }
        true
    }

    fn act_in_reader(
        &mut self,
        action: Action,
        size: Size,
        today: NaiveDate,
        out: &mut Outbox,
    ) -> bool {
        let page = usize::from(body_rows(size).saturating_sub(2).max(1));
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        match action {
            Action::Back => {
                self.go_back(out);
                self.focus = Focus::List;
                self.scroll = 0;
            }
            Action::More => _ = self.move_selection(Action::Down, size, out),
            Action::Less => _ = self.move_selection(Action::Up, size, out),
            _ => match action.move_from(self.scroll, usize::MAX / 2, page) {
                Some(to) => self.scroll = to,
                None => return self.act_on_entry(action, today, out),
            },
        }
        true
    }

    fn act_on_entry(&mut self, action: Action, today: NaiveDate, out: &mut Outbox) -> bool {
        let Some(Row { entry, damaged, .. }) = self.window.selected() else {
            return is_about_an_entry(action);
        };
        let id = entry.reflection.id;
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        match action {
            Action::Edit => out.step(Step::Edit(id)),
            Action::Delete => {
                let request = out.ask(Ask::Trash(id));
                out.step(Step::WaitFor(request));
                self.focus = Focus::List;
                self.scroll = 0;
            }
            Action::Share => {
                let request = out.ask(Ask::SetShared(id, !entry.reflection.shared));
                out.step(Step::WaitFor(request));
            }
            Action::AnswerExperiment => match &entry.experiment {
                Some(experiment) => out.step(Step::AskAbout(vec![Asked {
                    experiment: experiment.clone(),
                    reflected_on: entry.reflection.shift_date,
                    follow_up: experiment.is_follow_up_due(today),
                    damaged: *damaged,
                }])),
                None => out.say(Tone::Warning, NO_EXPERIMENT),
            },
            Action::ShowChain => match &entry.experiment {
                Some(experiment) => out.step(Step::ShowChain(experiment.id)),
                None => out.say(Tone::Warning, "This reflection has no \"Try next\"."),
            },
            Action::NoteOutcome => match &entry.experiment {
                Some(experiment) => out.step(Step::FillIn(Box::new(Form::of_note(experiment)))),
                None => out.say(Tone::Warning, NO_EXPERIMENT),
            },
            _ => return false,
        }
        true
    }

    fn move_selection(&mut self, action: Action, size: Size, out: &mut Outbox) -> bool {
        let page = usize::from(body_rows(size).saturating_sub(2).max(1));
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        match action {
            Action::Down => self.window.down(1),
            Action::Up => self.window.up(1),
            Action::PageDown => self.window.down(page),
            Action::PageUp => self.window.up(page),
            Action::First if !self.window.first() => {
                self.ask(Span::Newest, Wanted::Instead(Select::Newest), out);
            }
            Action::Last if !self.window.last() => {
                self.ask(Span::Oldest, Wanted::Instead(Select::Oldest), out);
            }
            Action::First | Action::Last => {}
            _ => return false,
        }
        self.scroll = 0;
        self.look_ahead(out);
        true
    }

    /// Fits everything to the screen: the width of the search line, the rows in sight, the layout of
    /// the reflection that is read and how far it is scrolled. To be called after every change.
    pub fn fit(&mut self, size: Size, today: NaiveDate, settings: &Settings) {
        let height = usize::from(body_rows(size));
        let area = Rect::new(0, 0, size.width, body_rows(size));
        let (list, reader) = panes(area, self.focus == Focus::Reader);
        self.input.set_width(list.width.saturating_sub(PROMPT));
        let rows = height.saturating_sub(self.search_rows());
        self.window.fit(rows, settings.rules.week_starts);
        self.matches.look_in(&self.window, &self.query, rows);
        let Some((row, reader)) = self.window.selected().zip(reader) else {
            self.reading = None;
            return;
        };
        let of = Of {
            id: row.entry.reflection.id,
            width: usize::from(reader.width),
            query: self.query.clone(),
            today,
        };
        let reading = match self.reading.take() {
            Some(reading) if reading.is_of(&of) => reading,
            _ => Reading::new(row, of, settings),
        };
        self.scroll = self.scroll.min(reading.height().saturating_sub(height));
        self.reading = Some(reading);
    }

    /// A click on a row selects it; a second one reads it.
    pub fn click(&mut self, at: Cell, area: Rect, settings: &Settings) {
        let reads_alone = self.focus == Focus::Reader && area.width < TWO_COLUMNS;
        if reads_alone || self.awaited().is_some() {
            return;
        }
        let (list, _) = panes(area, self.focus == Focus::Reader);
        if !list.contains(at) {
            return;
        }
        let Some(offset) = usize::from(at.y - list.y).checked_sub(self.search_rows()) else {
            return;
        };
        match self.window.click(offset, settings.rules.week_starts) {
            Some(true) => self.focus = Focus::Reader,
            Some(false) => self.scroll = 0,
            None => {}
        }
    }

    fn search_rows(&self) -> usize {
        usize::from(self.focus == Focus::Search || !self.input.text().is_empty())
    }
}

/// Rows of the body: header, tabs, a blank line and the footer are taken off.
#[must_use]
pub const fn body_rows(size: Size) -> u16 {
    size.height.saturating_sub(4)
}
