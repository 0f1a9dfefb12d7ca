//! Goals: the two or three things to get better at this year, and what gathers about each.
//!
//! The goals are asked for when the place is gone to and after every change; keys that act on one
//! wait for the answer, so that they never act on another.

mod list;
mod reading;

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect, Size};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use crate::domain::catalog::Catalog;
use crate::domain::competency::CompetencyId;
use crate::domain::evidence::feedback_question;
use crate::domain::figures::{named, query};
use crate::domain::goal::{Ending, Goal, GoalError, MAX_ACTIVE, room_for};
use crate::domain::query::NamedKind;
use crate::domain::texts::texts;
use crate::journal::GoalRow;
use crate::tui::effect::{Ask, GoalAsk, RequestId};
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings, Tone};
use crate::tui::screens::form::Form;
use crate::tui::step::Step;
use crate::tui::view;

/// From this many columns on, the selected goal stands beside the list.
const TWO_COLUMNS: u16 = 100;
/// Columns of the list then.
const LIST_COLUMNS: u16 = 44;
/// Longer lines are hard to read.
const WIDEST_TEXT: u16 = 84;

/// What has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Focus {
    #[default]
    List,
    Goal,
}

/// What is known of the goals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Known {
    /// They were never asked for, or something changed since.
    #[default]
    Nothing,
    /// The journal said which there are.
    All,
    /// The journal could not be read when they were last asked for.
    Unreadable,
}

/// A goal that is to be chosen as soon as it is known which ones there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Adding {
    /// Its competency is still to be chosen.
    Any,
    /// For this competency.
    This(CompetencyId),
}

/// The Goals screen.
#[derive(Debug, Default)]
pub struct Goals {
    /// The active goals first.
    rows: Vec<GoalRow>,
    known: Known,
    request: Option<RequestId>,
    adding: Option<Adding>,
    focus: Focus,
    selected: usize,
    /// The first line that is shown of the goal that is read.
    scroll: usize,
}

texts!(Goals { rows } beside { known, request, adding, focus, selected, scroll });

impl Goals {
    /// What has the focus, innermost first.
    #[must_use]
    pub fn contexts(&self) -> Vec<Context> {
        let mut contexts = vec![Context::Goals, Context::List, Context::Screen];
        if self.focus == Focus::Goal {
            contexts.insert(0, Context::Goal);
        }
        contexts
    }

    /// Asks which goals there are.
    pub fn load(&mut self, out: &mut Outbox) {
        self.request = Some(out.ask(Ask::Goal(GoalAsk::All)));
    }

    /// Something changed while they were not shown.
    pub const fn outdate(&mut self) {
        self.known = Known::Nothing;
        self.request = None;
    }

    /// Whether what is shown is what the journal said last.
    #[must_use]
    pub fn is_loaded(&self) -> bool {
        self.known == Known::All || self.request.is_some()
    }

    /// The answer that keys for the goals wait for.
    #[must_use]
    pub const fn awaited(&self) -> Option<RequestId> {
        self.request
    }

    /// Takes the goals; a stale answer is ignored. The selected one stays so.
    pub fn arrived(&mut self, request: RequestId, rows: Vec<GoalRow>, out: &mut Outbox) {
        if self.request.take_if(|asked| *asked == request).is_none() {
            return;
        }
        let selected = self.selected().map(|row| row.goal.id);
        let at = rows.iter().position(|row| Some(row.goal.id) == selected);
        if at.is_none() {
            self.focus = Focus::List;
            self.scroll = 0;
        }
        self.selected = at.unwrap_or(self.selected.min(rows.len().saturating_sub(1)));
        self.rows = rows;
        self.known = Known::All;
        match self.adding.take() {
            Some(Adding::Any) => out.step(Step::ChooseGoal),
            Some(Adding::This(competency)) => out.step(Step::AddGoal(competency)),
            None => {}
        }
    }

    /// The question failed: nothing is waited for any more.
    pub fn failed(&mut self, request: RequestId) {
        if self.request.take_if(|asked| *asked == request).is_some() {
            self.known = Known::Unreadable;
            self.rows.clear();
            self.adding = None;
        }
    }

    fn selected(&self) -> Option<&GoalRow> {
        self.rows.get(self.selected)
    }

    fn active(&self) -> Vec<Goal> {
        let goals = self.rows.iter().map(|row| &row.goal);
        goals.filter(|goal| goal.is_active()).cloned().collect()
    }

    /// Before anything is typed: whether there is room for one goal more. Asks the journal if that
    /// is not known; the step is taken again when it has answered.
    pub fn has_room(&mut self, adding: Adding, catalog: &Catalog, out: &mut Outbox) -> bool {
        if self.known != Known::All {
            self.load(out);
            self.adding = Some(adding);
            out.steps.extend(self.request.map(Step::WaitFor));
            return false;
        }
        let active = self.active();
        let refused = match &adding {
            Adding::This(competency) => room_for(competency, &active, catalog).err(),
            Adding::Any if active.len() >= MAX_ACTIVE => Some(GoalError::Full {
                active: active
                    .iter()
                    .map(|goal| catalog.competency_name(&goal.competency).to_owned())
                    .collect(),
            }),
            Adding::Any => None,
        };
        if let Some(reason) = &refused {
            out.say(Tone::Warning, sentence(reason));
        }
        refused.is_none()
    }

    /// The competencies that active goals are for.
    #[must_use]
    pub fn taken(&self) -> Vec<CompetencyId> {
        self.active().into_iter().map(|g| g.competency).collect()
    }

    /// Whether there is anything that the action could be about.
    #[must_use]
    pub fn does_something(&self, action: Action) -> bool {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action always does something"
        )]
        match action {
            Action::Open => self.focus == Focus::List && self.selected().is_some(),
            _ => !is_about_a_goal(action) || self.selected().is_some(),
        }
    }

    /// Carries out an action of this screen; says whether it was one.
    pub fn act(
        &mut self,
        action: Action,
        today: NaiveDate,
        size: Size,
        settings: &Settings,
        out: &mut Outbox,
    ) -> bool {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        match action {
            Action::AddGoal => out.step(Step::ChooseGoal),
            Action::Open if self.selected().is_some() => self.focus = Focus::Goal,
            Action::Open => {}
            Action::Back if self.focus == Focus::Goal => {
                self.focus = Focus::List;
                self.scroll = 0;
            }
            Action::Down
            | Action::Up
            | Action::PageDown
            | Action::PageUp
            | Action::First
            | Action::Last => self.go(action, today, size, settings),
            _ => return self.act_on_goal(action, today, settings, out),
        }
        true
    }

    fn act_on_goal(
        &self,
        action: Action,
        today: NaiveDate,
        settings: &Settings,
        out: &mut Outbox,
    ) -> bool {
        let Some(row) = self.selected() else {
            return is_about_a_goal(action);
        };
        let goal = &row.goal;
        let name = settings.catalog.competency_name(&goal.competency);
        let mut order = |ask| {
            let request = out.ask(ask);
            out.step(Step::WaitFor(request));
        };
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        match action {
            Action::ShowEvidence => {
                let behind = query([named(NamedKind::Competency, goal.competency.as_str())]);
                out.step(Step::ShowBehind(behind.to_string()));
            }
            Action::Edit => out.step(Step::FillIn(Box::new(Form::of_goal(goal, name)))),
            Action::MeetGoal => {
                let form = Form::of_ending(goal, name, Ending::Met);
                out.step(Step::FillIn(Box::new(form)));
            }
            Action::SetGoalAside => {
                let form = Form::of_ending(goal, name, Ending::SetAside);
                out.step(Step::FillIn(Box::new(form)));
            }
            Action::ReopenGoal if goal.is_active() => {
                out.say(Tone::Done, "This goal is active already.");
            }
            Action::ReopenGoal => order(Ask::Goal(GoalAsk::Reopen(goal.id))),
            Action::ContinueGoal if goal.is_active() && !row.is_left_over => {
                out.say(Tone::Done, "This goal is of the present year already.");
            }
            Action::ContinueGoal => order(Ask::Goal(GoalAsk::Continue(goal.id))),
            Action::AskForFeedback => out.step(Step::AskOthers(
                feedback_question(&settings.catalog, today),
                goal.competency.clone(),
            )),
            Action::Delete => order(Ask::Goal(GoalAsk::Trash(goal.id))),
            _ => return false,
        }
        true
    }

    /// Moves through the goals, or through the one that is read.
    fn go(&mut self, action: Action, today: NaiveDate, size: Size, settings: &Settings) {
        let page = usize::from(view::body(size).height.saturating_sub(2).max(1));
        let shown = self
            .selected()
            .filter(|_| self.focus == Focus::Goal)
            .map(|row| {
                let area = Rect::new(0, 0, size.width, view::body(size).height);
                let (_, goal) = panes(area, self.focus);
                let measure = (usize::from(goal.width), list::scale(&self.rows));
                let lines = reading::lines(row, measure, settings, today);
                lines.len().saturating_sub(usize::from(goal.height))
            });
        let (at, last, page) = if let Some(last) = shown {
            (&mut self.scroll, last, page)
        } else {
            let last = self.rows.len().saturating_sub(1);
            (&mut self.selected, last, MAX_ACTIVE)
        };
        *at = action.move_from(*at, last, page).unwrap_or(*at);
        if self.focus == Focus::List {
            self.scroll = 0;
        }
    }

    /// A click on a goal in the list selects it; says whether it was selected already.
    pub fn click(
        &mut self,
        at: Position,
        area: Rect,
        settings: &Settings,
        today: NaiveDate,
    ) -> bool {
        let (list, _) = panes(area, self.focus);
        if self.request.is_some() || !list.contains(at) {
            return false;
        }
        let row = usize::from(at.y - list.y);
        let Some(goal) = list::goal_at(&self.listed(), row, list, settings, today) else {
            return false;
        };
        self.focus = Focus::List;
        self.scroll = 0;
        std::mem::replace(&mut self.selected, goal) == goal
    }

    fn listed(&self) -> list::Shown<'_> {
        list::Shown {
            rows: &self.rows,
            selected: self.selected,
            has_focus: self.focus == Focus::List,
        }
    }

    /// Draws the screen.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, settings: &Settings, today: NaiveDate) {
        if self.rows.is_empty() {
            for (line, row) in self.why_empty(settings).into_iter().zip(area.rows()) {
                line.render(row, buffer);
            }
            return;
        }
        let (list, pane) = panes(area, self.focus);
        list::view(&self.listed(), list, buffer, settings, today);
        if let Some(row) = self.selected() {
            let measure = (usize::from(pane.width), list::scale(&self.rows));
            let lines = reading::lines(row, measure, settings, today);
            for (line, row) in lines.into_iter().skip(self.scroll).zip(pane.rows()) {
                line.render(row, buffer);
            }
        }
    }

    /// What stands in place of the goals; nothing as long as they are on their way.
    fn why_empty<'a>(&self, settings: &Settings) -> Vec<Line<'a>> {
        let theme = &settings.theme;
        let dim = |text: &'static str| Line::styled(format!("  {text}"), theme.dim);
        match self.known {
            Known::Nothing => Vec::new(),
            Known::Unreadable => vec![Line::styled(
                "  The journal could not be read.",
                theme.warning,
            )],
            Known::All => {
                let key = settings.keymap.key_of(Context::Goals, Action::AddGoal);
                let mut lines = vec![
                    dim("Two or three things to get better at this year."),
                    dim("What you write, try and hear gathers here."),
                    Line::default(),
                ];
                let mut line = Line::styled(format!("  {key}"), theme.accent);
                line.push_span("  Choose a goal");
                lines.push(line);
                lines
            }
        }
    }
}

const fn is_about_a_goal(action: Action) -> bool {
    matches!(
        action,
        Action::Edit
            | Action::MeetGoal
            | Action::SetGoalAside
            | Action::ReopenGoal
            | Action::ContinueGoal
            | Action::AskForFeedback
            | Action::Delete
    )
}

/// The reason as a sentence.
fn sentence(reason: &GoalError) -> String {
    let text = reason.to_string();
    let mut letters = text.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}.", letters.as_str())
}

/// List and goal; beside each other where there is room, else one of them.
fn panes(area: Rect, focus: Focus) -> (Rect, Rect) {
    let none = Rect { height: 0, ..area };
    if area.width >= TWO_COLUMNS {
        let [list, _, goal, _] = Layout::horizontal([
            Constraint::Length(LIST_COLUMNS),
            Constraint::Length(3),
            Constraint::Fill(1),
            Constraint::Length(2),
        ])
        .areas(area);
        let goal = Rect {
            width: goal.width.min(WIDEST_TEXT),
            ..goal
        };
        (list, goal)
    } else if focus == Focus::Goal {
        let goal = Rect {
            x: area.x + 2.min(area.width),
            width: area.width.saturating_sub(4),
            ..area
        };
        (none, goal)
    } else {
        (area, none)
    }
}
