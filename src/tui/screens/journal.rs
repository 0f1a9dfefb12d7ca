//! The Journal: a list, newest first and grouped by week, beside a reader.
//!
//! The list holds a window of rows around the selected one, never all of them; rows beyond it are
//! asked for before they are reached. Rows are whole reflections, so reading one asks nothing.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Weekday};
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position as Cell, Rect, Size};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::domain::calendar::{Week, add_days, day_and_month};
use crate::domain::experiment;
use crate::domain::highlight;
use crate::domain::id::ReflectionId;
use crate::domain::prose::excerpt_around;
use crate::domain::query::Query;
use crate::domain::reflection::{Entry, Field};
use crate::journal::{Asked, Page, Row, Span as Part};
use crate::tui::effect::{Ask, RequestId};
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings, Step, Tone};
use crate::tui::screens::reader;
use crate::tui::widgets::columns::{marked, spread};
use crate::tui::widgets::line_input::LineInput;
use crate::tui::widgets::text_area::{EditAction, Killed, Outcome};

/// Columns of the search line in front of its text.
const PROMPT: u16 = 3;
/// Rows asked for at a time.
const WINDOW: usize = 120;
/// More are asked for when the selection is this close to the end of the window.
const MARGIN: usize = 50;
/// Rows kept at most; those furthest from the selection go first.
const KEPT: usize = 400;
/// From this many columns on, the reader stands beside the list.
pub const TWO_COLUMNS: u16 = 100;
/// Columns of the list when the reader is beside it.
const LIST_COLUMNS: u16 = 44;

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
    /// In place of everything; select this reflection, else keep the row.
    Anew(Option<ReflectionId>),
    /// In place of everything, its last row selected.
    AnewAtEnd,
    /// Before the first row.
    Newer,
    /// After the last row.
    Older,
}

/// The Journal screen.
#[derive(Debug, Default)]
pub struct Journal {
    focus: Focus,
    input: LineInput,
    query: Query,
    /// Whether the text in the search line is no query; the rows are those of the last good one.
    wrong: bool,
    /// The window of rows.
    page: Page,
    loaded: bool,
    selected: usize,
    top: usize,
    scroll: usize,
    pending: Option<(RequestId, Wanted)>,
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

    /// Loads the rows anew; selects this reflection, or stays where it is.
    pub fn load(&mut self, show: Option<ReflectionId>, out: &mut Outbox) {
        let around = self.page.rows.get(self.selected).map(|row| row.position);
        let span = match (self.selected, around) {
            (0, _) | (_, None) => Part::Newest,
            (_, Some(position)) => Part::Around(position),
        };
        let show = show.or_else(|| self.entry().map(|entry| entry.reflection.id));
        self.ask(span, Wanted::Anew(show), out);
    }

    /// Whether rows were ever asked for.
    #[must_use]
    pub const fn is_loaded(&self) -> bool {
        self.loaded
    }

    fn ask(&mut self, span: Part, wanted: Wanted, out: &mut Outbox) {
        self.loaded = true;
        let ask = Ask::Page {
            query: self.query.clone(),
            span,
            limit: WINDOW,
        };
        self.pending = Some((out.ask(ask), wanted));
    }

    /// Opens the search line.
    pub fn open_search(&mut self) {
        self.focus = Focus::Search;
    }

    /// Takes a window of rows; a stale one is ignored.
    pub fn page_arrived(&mut self, request: RequestId, page: Page, out: &mut Outbox) {
        let Some((_, wanted)) = self.pending.take_if(|(pending, _)| *pending == request) else {
            return;
        };
        match wanted {
            Wanted::Anew(show) => {
                let at = show.and_then(|id| {
                    page.rows
                        .iter()
                        .position(|row| row.entry.reflection.id == id)
                });
                let last = page.rows.len().saturating_sub(1);
                self.selected = at.unwrap_or_else(|| self.selected.min(last));
                self.take(page);
            }
            Wanted::AnewAtEnd => {
                self.selected = page.rows.len().saturating_sub(1);
                self.take(page);
            }
            Wanted::Older => {
                self.page.rows.extend(page.rows);
                self.page.more_older = page.more_older;
                let surplus = self.page.rows.len().saturating_sub(KEPT).min(self.selected);
                if surplus > 0 {
                    self.page.rows.drain(..surplus);
                    self.page.more_newer = true;
                    self.selected -= surplus;
                    self.top = self.top.saturating_sub(surplus);
                }
            }
            Wanted::Newer => {
                let added = page.rows.len();
                self.page.rows.splice(0..0, page.rows);
                self.page.more_newer = page.more_newer;
                self.selected += added;
                self.top += added;
                if self.page.rows.len() > KEPT {
                    self.page.rows.truncate(KEPT.max(self.selected + 1));
                    self.page.more_older = true;
                }
            }
        }
        self.look_ahead(out);
    }

    /// The question failed: nothing is waited for any more.
    pub fn page_failed(&mut self, request: RequestId) {
        self.pending.take_if(|(pending, _)| *pending == request);
    }

    fn take(&mut self, page: Page) {
        self.page = page;
        self.top = self.top.min(self.selected);
    }

    /// Asks for more rows when the selection comes near the end of the window.
    fn look_ahead(&mut self, out: &mut Outbox) {
        if self.pending.is_some() {
            return;
        }
        if self.page.more_older
            && self.selected + MARGIN >= self.page.rows.len()
            && let Some(last) = self.page.rows.last()
        {
            self.ask(Part::OlderThan(last.position), Wanted::Older, out);
        } else if self.page.more_newer
            && self.selected < MARGIN
            && let Some(first) = self.page.rows.first()
        {
            self.ask(Part::NewerThan(first.position), Wanted::Newer, out);
        }
    }

    fn entry(&self) -> Option<&Entry> {
        self.page.rows.get(self.selected).map(|row| &row.entry)
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
                self.wrong = false;
                if query != self.query {
                    self.query = query;
                    self.selected = 0;
                    self.top = 0;
                    self.scroll = 0;
                    self.ask(Part::Newest, Wanted::Anew(None), out);
                }
            }
            Err(error) => {
                self.wrong = true;
                out.say(Tone::Warning, error.to_string());
            }
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
            Focus::Reader => self.act_in_reader(action, size, today, settings, out),
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
            Action::Open if !self.page.rows.is_empty() => self.focus = Focus::Reader,
            Action::Open => {}
            Action::ShowTrash => out.step(Step::ShowTrash),
            Action::Back => {
                let _ = self.input.set_text("");
                self.filter(today, settings, out);
            }
            _ if self.act_on_entry(action, today, out) => {}
            _ => return self.move_selection(action, size, settings, out),
        }
        true
    }

    fn act_in_reader(
        &mut self,
        action: Action,
        size: Size,
        today: NaiveDate,
        settings: &Settings,
        out: &mut Outbox,
    ) -> bool {
        let page = usize::from(body_rows(size).saturating_sub(2).max(1));
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        match action {
            Action::Back => {
                self.focus = Focus::List;
                self.scroll = 0;
            }
            Action::More => _ = self.move_selection(Action::Down, size, settings, out),
            Action::Less => _ = self.move_selection(Action::Up, size, settings, out),
            Action::Down => self.scroll += 1,
            Action::Up => self.scroll = self.scroll.saturating_sub(1),
            Action::PageDown => self.scroll += page,
            Action::PageUp => self.scroll = self.scroll.saturating_sub(page),
            Action::First => self.scroll = 0,
            Action::Last => self.scroll = usize::MAX / 2,
            _ => return self.act_on_entry(action, today, out),
        }
        self.scroll = self.scroll.min(self.furthest_scroll(size, today, settings));
        true
    }

    fn act_on_entry(&mut self, action: Action, today: NaiveDate, out: &mut Outbox) -> bool {
        let Some(entry) = self.page.rows.get(self.selected).map(|row| &row.entry) else {
            return matches!(
                action,
                Action::Edit | Action::Delete | Action::Share | Action::AnswerExperiment
            );
        };
        let id = entry.reflection.id;
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        match action {
            Action::Edit => out.step(Step::Edit(id)),
            Action::Delete => {
                out.ask(Ask::Trash(id));
                self.focus = Focus::List;
                self.scroll = 0;
            }
            Action::Share => {
                out.ask(Ask::SetShared(id, !entry.reflection.shared));
            }
            Action::AnswerExperiment => match &entry.experiment {
                Some(experiment) => out.step(Step::AskAbout(vec![Asked {
                    experiment: experiment.clone(),
                    reflected_on: entry.reflection.shift_date,
                    follow_up: experiment.is_follow_up_due(today),
                    damaged: false,
                }])),
                None => out.say(Tone::Warning, "This reflection has no \"Try next\"."),
            },
            _ => return false,
        }
        true
    }

    fn move_selection(
        &mut self,
        action: Action,
        size: Size,
        settings: &Settings,
        out: &mut Outbox,
    ) -> bool {
        let last = self.page.rows.len().saturating_sub(1);
        let page = usize::from(body_rows(size).saturating_sub(2).max(1));
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        match action {
            Action::Down => self.selected = (self.selected + 1).min(last),
            Action::Up => self.selected = self.selected.saturating_sub(1),
            Action::PageDown => self.selected = (self.selected + page).min(last),
            Action::PageUp => self.selected = self.selected.saturating_sub(page),
            Action::First if self.page.more_newer => {
                self.selected = 0;
                self.top = 0;
                self.page.rows.clear();
                self.ask(Part::Newest, Wanted::Anew(None), out);
            }
            Action::First => self.selected = 0,
            Action::Last if self.page.more_older => {
                self.ask(Part::Oldest, Wanted::AnewAtEnd, out);
            }
            Action::Last => self.selected = last,
            _ => return false,
        }
        self.scroll = 0;
        self.follow_selection(size, settings);
        self.look_ahead(out);
        true
    }

    /// Fits the search line to the screen, and moves the window on the rows so that the selected one
    /// is in sight.
    pub fn follow_selection(&mut self, size: Size, settings: &Settings) {
        let area = Rect::new(0, 0, size.width, size.height);
        self.input
            .set_width(panes(area, false).0.width.saturating_sub(PROMPT));
        let height = usize::from(body_rows(size)).saturating_sub(self.search_rows());
        self.top = self.top.min(self.selected);
        while self.top < self.selected
            && self.lines_between(self.top, self.selected, settings.rules.week_starts) > height
        {
            self.top += 1;
        }
    }

    /// Lines that the rows `from..=to` take, headings of weeks included.
    fn lines_between(&self, from: usize, to: usize, starts: Weekday) -> usize {
        let rows = self.page.rows.iter().take(to + 1).skip(from);
        let mut before = None;
        rows.map(|row| {
            let week = Week::of(row.entry.reflection.shift_date, starts);
            let heading = before.replace(week) != Some(week);
            1 + usize::from(heading)
        })
        .sum()
    }

    fn furthest_scroll(&self, size: Size, today: NaiveDate, settings: &Settings) -> usize {
        let width = reader_width(size);
        let lines = self.entry().map_or(0, |entry| {
            reader::lines(entry, width, &self.query, today, settings).len()
        });
        lines.saturating_sub(usize::from(body_rows(size)))
    }

    /// A click on a row selects it; a second one reads it.
    pub fn click(&mut self, at: Cell, area: Rect, settings: &Settings) {
        if self.focus == Focus::Reader && area.width < TWO_COLUMNS {
            return;
        }
        let (list, _) = panes(area, self.focus == Focus::Reader);
        if !list.contains(at) {
            return;
        }
        let Some(offset) = usize::from(at.y - list.y).checked_sub(self.search_rows()) else {
            return;
        };
        for row in self.top..self.page.rows.len() {
            let end = self.lines_between(self.top, row, settings.rules.week_starts);
            if end > offset {
                if end == offset + 1 {
                    if self.selected == row {
                        self.focus = Focus::Reader;
                    }
                    self.selected = row;
                    self.scroll = 0;
                }
                return;
            }
        }
    }

    fn search_rows(&self) -> usize {
        usize::from(self.focus == Focus::Search || !self.input.text().is_empty())
    }

    /// Draws the screen; says where the cursor stands if the search line has it.
    pub fn view(
        &self,
        area: Rect,
        buffer: &mut Buffer,
        settings: &Settings,
        now: DateTime<FixedOffset>,
    ) -> Option<Cell> {
        let today = settings.today(now);
        let (list, reader) = panes(area, self.focus == Focus::Reader);
        let cursor = self.view_list(list, buffer, today, settings);
        if let (Some(area), Some(entry)) = (reader, self.entry()) {
            let width = usize::from(area.width);
            let lines = reader::lines(entry, width, &self.query, today, settings);
            let shown = lines.iter().skip(self.scroll);
            for (line, row) in shown.zip(area.rows()) {
                line.render(row, buffer);
            }
        }
        cursor
    }

    fn view_list(
        &self,
        area: Rect,
        buffer: &mut Buffer,
        today: NaiveDate,
        settings: &Settings,
    ) -> Option<Cell> {
        let theme = &settings.theme;
        let [head, list] = Layout::vertical([
            Constraint::Length(u16::try_from(self.search_rows()).unwrap_or(0)),
            Constraint::Fill(1),
        ])
        .areas(area);
        let cursor = self.view_search(head, buffer, settings);
        let width = usize::from(list.width);
        if self.page.rows.is_empty() {
            if self.pending.is_none() && self.loaded {
                let text = if self.query.is_empty() {
                    "Nothing written yet. One line is enough."
                } else {
                    "Nothing matches."
                };
                Line::styled(format!("  {text}"), theme.dim).render(list, buffer);
            }
            return cursor;
        }
        let mut screen = list.rows();
        let mut week = None;
        for (at, row) in self.page.rows.iter().enumerate().skip(self.top) {
            let date = row.entry.reflection.shift_date;
            let this = Week::of(date, settings.rules.week_starts);
            if week.replace(this) != Some(this) {
                let Some(area) = screen.next() else { break };
                let title = week_in_words(this, today, settings.rules.week_starts);
                Line::styled(format!("  {title}"), theme.dim).render(area, buffer);
            }
            let Some(area) = screen.next() else { break };
            let selected = at == self.selected;
            row_line(row, &self.query, selected, width, settings).render(area, buffer);
            if selected {
                buffer.set_style(area, theme.selected);
            }
        }
        cursor
    }

    fn view_search(&self, area: Rect, buffer: &mut Buffer, settings: &Settings) -> Option<Cell> {
        if area.height == 0 {
            return None;
        }
        let theme = &settings.theme;
        let focused = self.focus == Focus::Search;
        let prompt = if focused { theme.accent } else { theme.dim };
        Line::styled(" / ", prompt).render(area, buffer);
        let inner = Rect {
            x: area.x + PROMPT.min(area.width),
            width: area.width.saturating_sub(PROMPT),
            ..area
        };
        let cursor = self.input.render(inner, buffer, theme.text, &[]);
        cursor.filter(|_| focused)
    }
}

/// One reflection in the list: date, shift, words, marks.
fn row_line<'a>(
    row: &Row,
    query: &Query,
    selected: bool,
    width: usize,
    settings: &Settings,
) -> Line<'a> {
    let theme = &settings.theme;
    let r = &row.entry.reflection;
    let marker = if selected { theme.glyphs.marker } else { " " };
    let date = r.shift_date.format("%a %e").to_string();
    let kind = format!("{:<8}", short_kind(r.shift));
    let marks = marks(&row.entry, settings);
    let used = 4 + 7 + 8 + 1 + marks.len() * 2;
    let mut left = vec![
        Span::styled(format!("  {marker} "), theme.accent),
        Span::styled(format!("{date} "), theme.dim),
        Span::styled(kind, theme.dim),
    ];
    let room = width.saturating_sub(used + 1);
    left.extend(words(&row.entry, query, room, settings));
    spread(left, marks, width)
}

/// The first words of a reflection; in a search those around the first match, which is marked.
fn words<'a>(entry: &Entry, query: &Query, room: usize, settings: &Settings) -> Vec<Span<'a>> {
    let theme = &settings.theme;
    let matched = Field::ALL.into_iter().find_map(|field| {
        let terms = query.text_terms_in(field);
        let text = entry.text(field);
        let first = highlight::matches(text, &terms).into_iter().next()?;
        Some((text, terms, first))
    });
    let Some((text, terms, first)) = matched else {
        return vec![Span::styled(entry.first_words(room), theme.text)];
    };
    let shown = excerpt_around(text, first.start, room);
    let found = highlight::matches(&shown, &terms);
    marked(&shown, 0..shown.len(), &found, theme.text, theme.highlight)
}

/// Small marks at the end of a row: an open experiment, shared.
fn marks<'a>(entry: &Entry, settings: &Settings) -> Vec<Span<'a>> {
    let theme = &settings.theme;
    let mut marks = Vec::new();
    if entry
        .experiment
        .as_ref()
        .is_some_and(|e| e.outcome == experiment::Outcome::Open)
    {
        marks.push(Span::styled(theme.glyphs.open, theme.accent));
    }
    if entry.reflection.shared {
        marks.push(Span::styled(theme.glyphs.shared, theme.dim));
    }
    marks
}

const fn short_kind(shift: crate::domain::shift::ShiftKind) -> &'static str {
    use crate::domain::shift::ShiftKind as K;
    match shift {
        K::Day => "day",
        K::Long => "long",
        K::Evening => "evening",
        K::Night => "night",
        K::Call24 => "call",
        K::Clinic => "clinic",
        K::Off => "off",
    }
}

/// "This week", "Last week", "Week of 10 Nov".
fn week_in_words(week: Week, today: NaiveDate, starts: Weekday) -> String {
    let this = Week::of(today, starts);
    if week == this {
        "This week".to_owned()
    } else if add_days(week.first, 7) == this.first {
        "Last week".to_owned()
    } else if week.first.year() == today.year() {
        format!("Week of {}", day_and_month(week.first, today))
    } else {
        format!("Week of {}", week.first.format("%-d %b %Y"))
    }
}

/// List and reader; beside each other where there is room, else one of them.
fn panes(area: Rect, reading: bool) -> (Rect, Option<Rect>) {
    if area.width >= TWO_COLUMNS {
        let [list, _, reader, _] = Layout::horizontal([
            Constraint::Length(LIST_COLUMNS.max(area.width * 2 / 5)),
            Constraint::Length(3),
            Constraint::Fill(1),
            Constraint::Length(2),
        ])
        .areas(area);
        (
            list,
            Some(Rect {
                width: reader.width.min(WIDEST_TEXT),
                ..reader
            }),
        )
    } else if reading {
        let inner = Rect {
            x: area.x + 2.min(area.width),
            width: area.width.saturating_sub(4),
            ..area
        };
        (Rect { height: 0, ..area }, Some(inner))
    } else {
        (area, None)
    }
}

/// Longer lines are hard to read.
const WIDEST_TEXT: u16 = 80;

fn reader_width(size: Size) -> usize {
    let area = Rect::new(0, 0, size.width, size.height);
    panes(area, true)
        .1
        .map_or(0, |reader| usize::from(reader.width))
}

/// Rows of the body: header, tabs, a blank line and the footer are taken off.
#[must_use]
pub const fn body_rows(size: Size) -> u16 {
    size.height.saturating_sub(4)
}
