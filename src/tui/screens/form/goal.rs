//! Forms about goals: what the writer says about one, and what became of it.

use crate::domain::competency::CompetencyId;
use crate::domain::goal::{Ending, Goal, GoalError, GoalLine, GoalLines, check_line};
use crate::domain::prose::{Prose, visible_line};
use crate::tui::widgets::line_input::LineInput;

use super::{Form, Misfit, Purpose};

/// The lines of a goal, in the order of [`GoalLine::ASKED`]. One that shows what it was `before` stays
/// that, line ends included.
pub fn lines(lines: &[&str], before: &GoalLines) -> Result<GoalLines, Misfit> {
    let line = |at: usize, before: &Prose| {
        let text = lines.get(at).copied().unwrap_or_default();
        if LineInput::new(before).text() == text {
            before.clone()
        } else {
            Prose::new(text)
        }
    };
    let lines = GoalLines {
        why: line(0, &before.why),
        strength: line(1, &before.strength),
        gap: line(2, &before.gap),
        role_sought: line(3, &before.role_sought),
        obstacle: line(4, &before.obstacle),
    };
    lines.check().map_err(|error| misfit(&error))?;
    Ok(lines)
}

/// What became of a goal, in one line.
pub fn note(line: &str) -> Result<Prose, Misfit> {
    let note = Prose::new(line);
    check_line(GoalLine::Status, &note).map_err(|error| misfit(&error))?;
    Ok(note)
}

fn misfit(error: &GoalError) -> Misfit {
    let at = GoalLine::ASKED
        .into_iter()
        .position(|line| error.line() == Some(line));
    Misfit {
        line: at.unwrap_or(0),
        why: format!("Not kept yet: {error}."),
    }
}

impl Form {
    /// What the writer says about a new goal.
    #[must_use]
    pub fn of_new_goal(competency: CompetencyId, name: &str) -> Self {
        let form = Self::new(
            Purpose::AddGoal(competency),
            format!("Goal: {}", visible_line(name)),
        );
        form.goal_lines(&GoalLines::default())
    }

    /// The same, of a goal that is there.
    #[must_use]
    pub fn of_goal(goal: &Goal, name: &str) -> Self {
        let purpose = Purpose::EditGoal(goal.id, Box::new(goal.lines.clone()));
        let form = Self::new(purpose, format!("Goal: {}", visible_line(name)));
        form.goal_lines(&goal.lines)
    }

    fn goal_lines(self, lines: &GoalLines) -> Self {
        GoalLine::ASKED.into_iter().fold(self, |form, line| {
            let text = lines.line(line).map_or("", Prose::as_str);
            form.prose(line.label(), line.prompt(), text)
        })
    }

    /// What became of a goal.
    #[must_use]
    pub fn of_ending(goal: &Goal, name: &str, ending: Ending) -> Self {
        let how = match ending {
            Ending::Met => "Met",
            Ending::SetAside => "Set aside",
        };
        let title = format!("{how}: {}", visible_line(name));
        Self::new(Purpose::CloseGoal(goal.id, ending), title).prose(
            GoalLine::Status.label(),
            GoalLine::Status.prompt(),
            &goal.status_note,
        )
    }
}
