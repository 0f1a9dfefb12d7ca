//! Review: one week on one screen, and the questions that are asked about it.
//!
//! ```text
//! Week 46, 9-15 Nov, Emergency department              5 reflections over 4 shifts
//! Loops       due 3  helped ●● 2  mixed ● 1  no help 0  not tried 0  open 2
//!   ○ If the board is red at 20:00, then I hand over my phone and eat     due Thu
//! Goals                          this week   8 weeks    said by others
//!     Giving feedback            ██ 2        ▁▂▂▁▃▂▁▂   2 (nurse, peer)
//! Went well   "Clerk presented it at the huddle, not me."
//! Comes back  #interrupting 3 times in 30 days
//! Energy 1-5  day 2 2 3 (n 3)  evening 1 2 (n 2)
//!
//! > Which pattern is working?                             n  writes, three questions
//! ```
//!
//! The week that is shown is always the one that the title names: another one takes its place with
//! its answer, and keys wait for that.

mod laid;
mod mark;
mod questions;
mod week;

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect, Size};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::domain::calendar::add_days;
use crate::domain::experiment::{Answer, Outcome};
use crate::domain::loops::OpenLoop;
use crate::domain::texts::texts;
use crate::journal::{Asked, WeekPage, Written};
use crate::tui::effect::{Ask, RequestId};
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings, Tone};
use crate::tui::step::Step;
use crate::tui::view;
use crate::tui::widgets::columns::clip;
use crate::tui::widgets::tally::Cells;

use laid::Laid;
use mark::{Behind, Mark};
use week::{Look, Stop};

/// From this many columns on, the questions stand beside the week.
const TWO_COLUMNS: u16 = 100;
/// Columns of the week, at most.
const WEEK_COLUMNS: u16 = 84;
/// Columns of the questions where they stand beside it, at least and at most.
const QUESTION_COLUMNS: (u16, u16) = (38, 72);
/// So many open loops are shown at once above the questions ...
const FEW_LOOPS: usize = 4;
/// ... and beside them.
const MORE_LOOPS: usize = 12;

/// The Review screen.
#[derive(Debug, Default)]
pub struct Review {
    /// The first day of an earlier week; `None` for the present one, whichever that is.
    at: Option<NaiveDate>,
    page: Option<WeekPage>,
    /// Whether the page is what the journal said last.
    is_current: bool,
    request: Option<RequestId>,
    failed: bool,
    selected: Mark,
    /// The first line that is shown.
    scroll: usize,
}

texts!(Review { page, selected } beside { at, is_current, request, failed, scroll });

impl Review {
    /// Asks for the week that is shown.
    pub fn load(&mut self, today: NaiveDate, out: &mut Outbox) {
        self.ask(self.at.unwrap_or(today), out);
    }

    /// Asks for the present week.
    pub fn load_present(&mut self, today: NaiveDate, out: &mut Outbox) {
        self.ask(today, out);
    }

    fn ask(&mut self, date: NaiveDate, out: &mut Outbox) {
        self.request = Some(out.ask(Ask::Week(date)));
    }

    /// Something changed while the week was not shown.
    pub const fn outdate(&mut self) {
        self.is_current = false;
        self.request = None;
    }

    /// Whether what is shown is what the journal said last, or on its way.
    #[must_use]
    pub const fn is_loaded(&self) -> bool {
        self.is_current || self.request.is_some()
    }

    /// The answer that keys wait for.
    #[must_use]
    pub const fn awaited(&self) -> Option<RequestId> {
        self.request
    }

    /// Takes a week; a stale answer is ignored. In the same week, what was selected stays so.
    pub fn arrived(&mut self, request: RequestId, page: WeekPage) {
        if self.request.take_if(|asked| *asked == request).is_none() {
            return;
        }
        let review = &page.review;
        let former = self.page.as_ref().map(|page| page.review.week);
        let open = &review.loops.open;
        let mark = |open: &OpenLoop| Mark::Loop(open.experiment.id);
        if former == Some(review.week) {
            let all = Mark::all(review);
            if !all.contains(&self.selected) {
                // In the place of an open loop that was settled stands the next one.
                let at = self.place_of_loop();
                let next = at.and_then(|at| open.get(at).or(open.last()));
                self.selected = next.map_or(Mark::Questions, mark);
            }
        } else {
            let mut open = open.iter();
            let due = open.find(|open| open.experiment.is_due(review.today));
            self.selected = due.map_or(Mark::Questions, mark);
            self.scroll = 0;
        }
        self.at = (!review.week.contains(review.today)).then_some(review.week.first);
        self.page = Some(page);
        self.is_current = true;
        self.failed = false;
    }

    /// The question failed: nothing is waited for any more, and the week that is shown stays.
    pub fn failed(&mut self, request: RequestId) {
        if self.request.take_if(|asked| *asked == request).is_some() {
            self.failed = true;
        }
    }

    fn open(&self) -> &[OpenLoop] {
        let page = self.page.as_ref();
        page.map_or(&[], |page| page.review.loops.open.as_slice())
    }

    fn selected_loop(&self) -> Option<&OpenLoop> {
        self.open().get(self.place_of_loop()?)
    }

    /// The place of the selected open loop among all of them.
    fn place_of_loop(&self) -> Option<usize> {
        let mut open = self.open().iter();
        open.position(|open| self.selected == Mark::Loop(open.experiment.id))
    }

    fn is_at_questions(&self) -> bool {
        self.selected == Mark::Questions
    }

    /// The week whose review an experiment can be worded anew in: the present one, as long as its
    /// review is not saved.
    #[must_use]
    pub fn takes_plans(&self) -> Option<NaiveDate> {
        let page = self.page.as_ref()?;
        let is_saved = matches!(page.written, Some(Written::Saved(_)));
        let is_free = self.at.is_none() && !is_saved && page.review.saved.is_none();
        is_free.then_some(page.review.week.first)
    }

    /// Carries out an action of this screen; says whether it was one.
    pub fn act(
        &mut self,
        action: Action,
        size: Size,
        settings: &Settings,
        out: &mut Outbox,
    ) -> bool {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        match action {
            Action::Less => self.go_weeks(-1, out),
            Action::More => self.go_weeks(1, out),
            Action::Down
            | Action::Up
            | Action::PageDown
            | Action::PageUp
            | Action::First
            | Action::Last => self.go(action, size, settings),
            Action::Open if !self.reveal(size, settings) => {}
            Action::Open | Action::Edit if self.is_at_questions() => self.write(out),
            Action::Write => self.write(out),
            Action::Open if self.selected_loop().is_none() => self.open_mark(out),
            Action::Open | Action::Edit | Action::Carry | Action::Drop | Action::ShowChain => {
                self.act_on_loop(action, out);
            }
            _ => return false,
        }
        true
    }

    /// Goes to the reflections behind the selected figure.
    fn open_mark(&self, out: &mut Outbox) {
        let Some(page) = &self.page else { return };
        match self.selected.behind(&page.review) {
            Behind::Matches(query) => out.step(Step::ShowBehind(query.to_string())),
            Behind::Reflection(id) => out.step(Step::ReadBehind(id)),
            Behind::Nothing => out.say(Tone::Done, "No reflection is behind this figure."),
        }
    }

    fn act_on_loop(&self, action: Action, out: &mut Outbox) {
        let Some(open) = self.selected_loop() else {
            return;
        };
        let id = open.experiment.id;
        let answer = |answer, out: &mut Outbox| {
            let request = out.ask(Ask::Answer(id, answer));
            out.step(Step::WaitFor(request));
        };
        let asked = || Asked {
            experiment: open.experiment.clone(),
            reflected_on: open.reflected_on,
            follow_up: false,
            damaged: open.damaged,
        };
        #[expect(clippy::wildcard_enum_match_arm, reason = "only these come here")]
        match action {
            Action::Carry => answer(Answer::Carry, out),
            Action::Drop => answer(Answer::Outcome(Outcome::Dropped), out),
            Action::Edit => out.step(Step::Reword(asked())),
            Action::ShowChain => out.step(Step::ShowChain(id)),
            _ => out.step(Step::AskAbout(vec![asked()])),
        }
    }

    fn write(&self, out: &mut Outbox) {
        if let Some(page) = &self.page {
            out.step(Step::ReviewWeek(page.review.week.first));
        }
    }

    fn go_weeks(&mut self, weeks: i64, out: &mut Outbox) {
        let Some(page) = &self.page else { return };
        let review = &page.review;
        if weeks > 0 && review.week.contains(review.today) {
            out.say(Tone::Done, "This is the present week.");
            return;
        }
        self.ask(add_days(review.week.first, weeks * 7), out);
    }

    /// Brings what is selected into sight; says whether it was there already.
    fn reveal(&mut self, size: Size, settings: &Settings) -> bool {
        let Some(laid) = self.laid(view::body(size), settings) else {
            return false;
        };
        let selected = laid.stop_of(&self.selected);
        if laid.in_sight(selected, self.scroll) {
            return true;
        }
        let line = laid.stops.get(selected).map_or(0, |stop| stop.cells.line);
        self.scroll = line.min(laid.last_scroll());
        false
    }

    /// Moves through what can be selected, line by line where the next one is out of sight.
    fn go(&mut self, action: Action, size: Size, settings: &Settings) {
        let Some(laid) = self.laid(view::body(size), settings) else {
            return;
        };
        let last_stop = laid.stops.len().saturating_sub(1);
        let last_scroll = laid.last_scroll();
        let page = laid.room().saturating_sub(1).max(1);
        let scroll = self.scroll.min(last_scroll);
        let (mut selected, mut to) = (laid.stop_of(&self.selected), scroll);
        #[expect(clippy::wildcard_enum_match_arm, reason = "only moves come here")]
        match action {
            Action::Down if selected < last_stop && laid.in_sight(selected + 1, scroll) => {
                selected += 1;
            }
            Action::Down => to = (scroll + 1).min(last_scroll),
            Action::Up if selected > 0 && laid.in_sight(selected - 1, scroll) => selected -= 1,
            Action::Up => to = scroll.saturating_sub(1),
            Action::PageDown => {
                to = (scroll + page).min(last_scroll);
                let seen = (selected..=last_stop).rev();
                selected = seen
                    .into_iter()
                    .find(|stop| laid.in_sight(*stop, to))
                    .unwrap_or(selected);
            }
            Action::PageUp => {
                to = scroll.saturating_sub(page);
                selected = (0..=selected)
                    .find(|stop| laid.in_sight(*stop, to))
                    .unwrap_or(selected);
            }
            Action::First => (selected, to) = (0, 0),
            _ => (selected, to) = (last_stop, last_scroll),
        }
        let mark = laid.stops.get(selected).map(|stop| stop.mark.clone());
        self.selected = mark.unwrap_or_default();
        self.scroll = to;
    }

    /// A click on a figure, an open loop or the questions selects it; says whether it was selected
    /// already.
    pub fn click(&mut self, at: Position, area: Rect, settings: &Settings) -> bool {
        let laid = self.laid(area, settings).filter(|_| self.request.is_none());
        let clicked = laid.and_then(|laid| laid.mark_at(at, self.scroll.min(laid.last_scroll())));
        let Some(mark) = clicked else { return false };
        std::mem::replace(&mut self.selected, mark.clone()) == mark
    }

    /// Lays out what is shown, with empty lines between its parts where there is room for them.
    fn laid<'a>(&self, area: Rect, settings: &Settings) -> Option<Laid<'a>> {
        let page = self.page.as_ref()?;
        let is_beside = area.width >= TWO_COLUMNS;
        let foot = u16::from(page.review.low_energy);
        let area = Rect {
            height: area.height.saturating_sub(foot),
            ..area
        };
        let (week_area, questions_area) = if is_beside {
            let [week, _, questions] = Layout::horizontal([
                Constraint::Max(WEEK_COLUMNS),
                Constraint::Length(2),
                Constraint::Min(QUESTION_COLUMNS.0),
            ])
            .areas(area);
            let width = questions.width.min(QUESTION_COLUMNS.1);
            (week, Rect { width, ..questions })
        } else {
            let width = area.width.min(WEEK_COLUMNS);
            let area = Rect { width, ..area };
            (area, area)
        };
        let questions = questions::lines(
            page,
            self.is_at_questions(),
            questions_area.width.into(),
            settings,
        );
        let sheet = |is_roomy| {
            let look = Look {
                width: week_area.width.into(),
                is_roomy,
                loops: if is_beside { MORE_LOOPS } else { FEW_LOOPS },
                selected: self.place_of_loop(),
            };
            week::sheet(&page.review, look, settings)
        };
        let below = if is_beside { 0 } else { questions.len() };
        let roomy = sheet(true);
        let is_roomy = roomy.lines.len() + below <= usize::from(area.height);
        let week::Sheet {
            lines: mut week,
            mut stops,
        } = if is_roomy { roomy } else { sheet(false) };
        let has_gap = week.last().is_some_and(|line| line.width() == 0);
        if !is_beside && !has_gap && week.len() + below < usize::from(area.height) {
            week.push(Line::default());
        }
        stops.push(Stop {
            mark: Mark::Questions,
            cells: Cells {
                line: if is_beside { 0 } else { week.len() },
                x: 2,
                width: usize::from(questions_area.width),
            },
            sign: 0,
        });
        let questions = if is_beside {
            questions
        } else {
            week.extend(questions);
            Vec::new()
        };
        Some(Laid {
            week,
            questions,
            stops,
            week_area,
            questions_area,
            is_beside,
        })
    }

    /// Draws the screen.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, settings: &Settings) {
        let theme = &settings.theme;
        let (Some(laid), Some(page)) = (self.laid(area, settings), &self.page) else {
            if self.failed {
                let text = "  The journal could not be read.";
                Line::styled(text, theme.warning).render(area, buffer);
            }
            return;
        };
        let scroll = self.scroll.min(laid.last_scroll());
        for (line, row) in laid.week.iter().skip(scroll).zip(laid.week_area.rows()) {
            line.render(row, buffer);
        }
        laid.show_selected(&self.selected, scroll, buffer, settings);
        for (line, row) in laid.questions.iter().zip(laid.questions_area.rows()) {
            line.render(row, buffer);
        }
        if page.review.low_energy {
            let foot = Rect {
                y: area.bottom().saturating_sub(1),
                height: 1,
                ..area
            };
            support_line(settings, foot.width.into()).render(foot, buffer);
        }
    }
}

/// Where somebody to talk to is found, with the keys that lead there.
fn support_line<'a>(settings: &Settings, width: usize) -> Line<'a> {
    let theme = &settings.theme;
    let help = settings.keymap.key_of(Context::Screen, Action::Help);
    let card = settings.keymap.key_of(Context::Help, Action::Support);
    let spans = vec![
        Span::styled(format!("  {help} {card}"), theme.accent),
        Span::styled("  somebody to talk to", theme.dim),
    ];
    clip(spans, width)
}
