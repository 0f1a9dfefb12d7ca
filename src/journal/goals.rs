//! Goals: chosen, changed, closed and opened again, and what the journal holds about each.

use chrono::NaiveDate;

use super::reading::not_found;
use super::writing::next;
use super::{Journal, JournalError, Undo};
use crate::domain::calendar::academic_year;
use crate::domain::catalog::Catalog;
use crate::domain::competency::CompetencyId;
use crate::domain::evidence::{Evidence, Lately, MOST_OWN, MOST_SAID, Touch};
use crate::domain::goal::{Ending, Goal, GoalError, GoalLines, GoalStatus, room_for};
use crate::domain::id::{GoalId, Revision};
use crate::domain::prose::Prose;
use crate::domain::reflection::Entry;
use crate::domain::rules::Rules;
use crate::store::{Cause, KeptGoal, Seq, StoreError, Tables, ids};

/// A goal as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalRow {
    /// The goal.
    pub goal: Goal,
    /// What the journal holds about it.
    pub evidence: Evidence,
    /// Whether its academic year is over and it is still active: it can be taken into this one.
    pub is_left_over: bool,
    /// Whether its text is not as it was saved.
    pub damaged: bool,
}

/// What taking a goal out of the trash did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoredGoal {
    /// The goal as it is now.
    pub goal: Goal,
    /// Why it came back as set aside, if it was active before.
    pub set_aside: Option<GoalError>,
    /// Takes it back.
    pub undo: Undo,
}

/// How to take one change to a goal back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GoalUndo {
    /// It was chosen: put it into the trash.
    Added(GoalId),
    /// It was changed, closed, opened again or taken into a new year: put it back as it was, if it
    /// still is as the change left it.
    Changed {
        /// As it was.
        former: Box<Goal>,
        /// What the change made of it.
        left: Box<Goal>,
    },
    /// It was put into the trash: take it out.
    Trashed(GoalId),
    /// It was taken out of the trash: put it back as it was there, if it still is as it came out.
    Restored {
        /// As it was in the trash.
        former: Box<Goal>,
        /// As it came out.
        left: Box<Goal>,
    },
}

const READING: &str = "reading the goals";
const KEEPING: &str = "keeping the goal";
const UNDOING: &str = "taking the change back";

impl Journal {
    /// Every goal outside the trash with its evidence: the active ones in their order, then the
    /// others, newest first.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn goals(&mut self) -> Result<Vec<GoalRow>, JournalError> {
        let today = self.today();
        let rules = &self.rules;
        self.store.read(READING, |tables| {
            let kept = tables.goals()?.into_iter();
            let rows = kept.map(|kept| row(tables, kept, today, rules));
            Ok(rows.collect::<Result<_, StoreError>>()?)
        })
    }

    /// The active goals with their evidence, in their order.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn active_goals(&mut self) -> Result<Vec<GoalRow>, JournalError> {
        let today = self.today();
        let rules = &self.rules;
        self.store
            .read(READING, |tables| Ok(active_rows(tables, today, rules)?))
    }

    /// Whether one goal more can be active, for this competency: to be asked before a form is
    /// filled in for nothing.
    ///
    /// # Errors
    /// [`JournalError::Goal`] says why not and what can be done.
    pub fn room_for_goal(&mut self, competency: &CompetencyId) -> Result<(), JournalError> {
        let catalog = &self.catalog;
        self.store.read(READING, |tables| {
            has_room(tables, competency, None, catalog)
        })
    }

    /// Chooses a competency to get better at in this academic year. Any id will do, also one that
    /// no framework lists.
    ///
    /// # Errors
    /// [`JournalError::Goal`] if there is no room for it or a line does not fit.
    pub fn add_goal(
        &mut self,
        competency: &CompetencyId,
        lines: GoalLines,
    ) -> Result<(Goal, Undo), JournalError> {
        lines.check()?;
        if competency.as_str().trim().is_empty() {
            return Err(GoalError::NoCompetency.into());
        }
        let (now, today) = (self.now(), self.today());
        let year = academic_year(today, self.rules.academic_year_starts);
        let catalog = &self.catalog;
        self.store.write(KEEPING, |tables| {
            has_room(tables, competency, None, catalog)?;
            let largest = tables.largest_goal_id()?;
            let goal = Goal {
                id: GoalId::new(ids::fresh_after(now, largest)),
                competency: competency.clone(),
                academic_year: year,
                lines,
                status: GoalStatus::Active,
                status_note: Prose::default(),
                status_date: None,
                created_at: now,
                revision: Revision::FIRST,
            };
            tables.set_goal(&goal, None)?;
            let undo = Undo::Goal(GoalUndo::Added(goal.id));
            Ok((goal, undo))
        })
    }

    /// Changes what the writer says about a goal.
    ///
    /// # Errors
    /// [`JournalError::Goal`] if a line does not fit; [`JournalError::NotFound`].
    pub fn edit_goal(
        &mut self,
        id: GoalId,
        lines: GoalLines,
    ) -> Result<(Goal, Undo), JournalError> {
        lines.check()?;
        self.change_goal(id, |goal, _| {
            Ok(Goal {
                lines,
                ..goal.clone()
            })
        })
    }

    /// Closes a goal. Closing again replaces; without a note the one that is there stays.
    ///
    /// # Errors
    /// [`JournalError::Goal`] if the note does not fit; [`JournalError::NotFound`].
    pub fn close_goal(
        &mut self,
        id: GoalId,
        ending: Ending,
        note: Option<&Prose>,
    ) -> Result<(Goal, Undo), JournalError> {
        self.change_goal(id, |goal, moment| goal.closed(ending, note, moment.today))
    }

    /// Makes a closed goal active again, in this academic year.
    ///
    /// # Errors
    /// [`JournalError::Goal`] if it is active or there is no room for it;
    /// [`JournalError::NotFound`].
    pub fn reopen_goal(&mut self, id: GoalId) -> Result<(Goal, Undo), JournalError> {
        self.change_goal(id, |goal, moment| {
            goal.reopened(moment.today, moment.year_starts)
        })
    }

    /// Takes an active goal of an earlier academic year into this one.
    ///
    /// # Errors
    /// [`JournalError::Goal`] if it is closed, or of this year; [`JournalError::NotFound`].
    pub fn continue_goal(&mut self, id: GoalId) -> Result<(Goal, Undo), JournalError> {
        self.change_goal(id, |goal, moment| {
            goal.continued(moment.today, moment.year_starts)
        })
    }

    /// Puts a goal into the trash. The reflections on it stay.
    ///
    /// # Errors
    /// [`JournalError::NotFound`], or if the journal cannot be written.
    pub fn trash_goal(&mut self, id: GoalId) -> Result<(Goal, Undo), JournalError> {
        let now = self.now();
        self.store.write(KEEPING, |tables| {
            let goal = present(tables, id)?.goal;
            tables.trash_goal(id, now)?;
            Ok((goal, Undo::Goal(GoalUndo::Trashed(id))))
        })
    }

    /// Takes a goal out of the trash. One that was active and has no room comes back as set aside.
    ///
    /// # Errors
    /// [`JournalError::NotFound`] if it is not in the trash; [`Cause::Damaged`].
    pub fn restore_goal(&mut self, id: GoalId) -> Result<RestoredGoal, JournalError> {
        let today = self.today();
        let catalog = &self.catalog;
        self.store.write(KEEPING, |tables| {
            let former = in_trash(tables, id)?;
            let refused = match has_room(tables, &former.competency, Some(&former), catalog) {
                Ok(()) => None,
                Err(JournalError::Goal(reason)) => Some(reason),
                Err(error) => return Err(error),
            };
            let restored = match &refused {
                None => former.clone(),
                Some(_) => former.closed(Ending::SetAside, None, today)?,
            };
            let goal = Goal {
                revision: next(former.revision),
                ..restored
            };
            tables.set_goal(&goal, None)?;
            let undo = Undo::Goal(GoalUndo::Restored {
                former: Box::new(former),
                left: Box::new(goal.clone()),
            });
            Ok(RestoredGoal {
                goal,
                set_aside: refused,
                undo,
            })
        })
    }

    /// Adds goals that were made elsewhere, as they are. An active one that has no room is set
    /// aside; one whose id the journal knows is left out. What was added, as it is now.
    ///
    /// # Errors
    /// [`JournalError::Goal`] for the first with a line that does not fit; then nothing was added.
    pub fn insert_goals(&mut self, goals: &[Goal]) -> Result<Vec<Goal>, JournalError> {
        let today = self.today();
        let catalog = &self.catalog;
        self.store.write("adding goals", |tables| {
            let mut added = Vec::with_capacity(goals.len());
            for goal in goals {
                goal.lines.check()?;
                if tables.goal(goal.id)?.is_some() {
                    continue;
                }
                let goal = match has_room(tables, &goal.competency, Some(goal), catalog) {
                    Ok(()) => goal.clone(),
                    Err(JournalError::Goal(_)) => goal.closed(Ending::SetAside, None, today)?,
                    Err(error) => return Err(error),
                };
                tables.set_goal(&goal, None)?;
                added.push(goal);
            }
            Ok(added)
        })
    }

    /// Takes one change back, and says what that did.
    pub(super) fn undo_goal(&mut self, undo: &GoalUndo) -> Result<String, JournalError> {
        let goal = match undo {
            GoalUndo::Added(id) => self.trash_goal(*id)?.0,
            GoalUndo::Changed { former, left } => self.put_goal_back(former, left)?,
            GoalUndo::Trashed(id) => self.put_goal_out_of_trash(*id)?,
            GoalUndo::Restored { former, left } => self.put_goal_back_into_trash(former, left)?,
        };
        let name = self.catalog.competency_name(&goal.competency);
        Ok(match undo {
            GoalUndo::Added(_) => format!("Put the goal {name} into the trash."),
            GoalUndo::Changed { .. } => {
                let status = goal.status.name();
                format!("The goal {name} is as it was before: {status}.")
            }
            GoalUndo::Trashed(_) => format!("Took the goal {name} out of the trash."),
            GoalUndo::Restored { .. } => format!("Put the goal {name} back into the trash."),
        })
    }

    /// Puts a goal back into the trash as it was there, if it still is as it came out.
    fn put_goal_back_into_trash(
        &mut self,
        former: &Goal,
        left: &Goal,
    ) -> Result<Goal, JournalError> {
        let now = self.now();
        self.store.write(UNDOING, |tables| {
            let goal = Goal {
                revision: next(unchanged(tables, left)?.revision),
                ..former.clone()
            };
            tables.set_goal(&goal, Some(now))?;
            Ok(goal)
        })
    }

    /// Takes a goal out of the trash as it was, or not at all.
    fn put_goal_out_of_trash(&mut self, id: GoalId) -> Result<Goal, JournalError> {
        let catalog = &self.catalog;
        self.store.write(UNDOING, |tables| {
            let former = in_trash(tables, id)?;
            has_room(tables, &former.competency, Some(&former), catalog)?;
            let goal = Goal {
                revision: next(former.revision),
                ..former
            };
            tables.set_goal(&goal, None)?;
            Ok(goal)
        })
    }

    /// Puts a goal back as it was, if it still is as the change left it.
    fn put_goal_back(&mut self, former: &Goal, left: &Goal) -> Result<Goal, JournalError> {
        let catalog = &self.catalog;
        self.store.write(UNDOING, |tables| {
            let present = unchanged(tables, left)?;
            changed(tables, &present, former.clone(), catalog)
        })
    }

    fn change_goal(
        &mut self,
        id: GoalId,
        change: impl FnOnce(&Goal, Moment) -> Result<Goal, GoalError>,
    ) -> Result<(Goal, Undo), JournalError> {
        let moment = Moment {
            today: self.today(),
            year_starts: self.rules.academic_year_starts,
        };
        let catalog = &self.catalog;
        self.store.write(KEEPING, |tables| {
            let former = sound(tables, id)?;
            let goal = changed(tables, &former, change(&former, moment)?, catalog)?;
            let undo = Undo::Goal(GoalUndo::Changed {
                former: Box::new(former),
                left: Box::new(goal.clone()),
            });
            Ok((goal, undo))
        })
    }
}

/// When a change is made.
#[derive(Debug, Clone, Copy)]
struct Moment {
    today: NaiveDate,
    year_starts: u32,
}

/// Writes a changed goal, provided that there is room for it.
fn changed(
    tables: &Tables<'_>,
    former: &Goal,
    goal: Goal,
    catalog: &Catalog,
) -> Result<Goal, JournalError> {
    has_room(tables, &goal.competency, Some(&goal), catalog)?;
    let goal = Goal {
        revision: next(former.revision),
        ..goal
    };
    tables.set_goal(&goal, None)?;
    Ok(goal)
}

/// Whether a goal can be active for the competency: a new one, or this one, which needs no room
/// while it is closed and does not stand in its own way.
fn has_room(
    tables: &Tables<'_>,
    competency: &CompetencyId,
    goal: Option<&Goal>,
    catalog: &Catalog,
) -> Result<(), JournalError> {
    if goal.is_some_and(|goal| !goal.is_active()) {
        return Ok(());
    }
    let active = tables.active_goals()?.into_iter().map(|kept| kept.goal);
    let others: Vec<Goal> = active
        .filter(|other| goal.is_none_or(|goal| goal.id != other.id))
        .collect();
    Ok(room_for(competency, &others, catalog)?)
}

/// The goal outside the trash, whatever state its text is in.
fn present(tables: &Tables<'_>, id: GoalId) -> Result<KeptGoal, JournalError> {
    tables
        .goal(id)?
        .filter(|kept| !kept.trashed)
        .ok_or_else(|| not_found("goal", id.short()))
}

/// The goal outside the trash, provided that it is as it was saved: writing it anew would hide the
/// damage.
fn sound(tables: &Tables<'_>, id: GoalId) -> Result<Goal, JournalError> {
    Ok(unharmed(present(tables, id)?)?)
}

/// The same, in the trash.
fn in_trash(tables: &Tables<'_>, id: GoalId) -> Result<Goal, JournalError> {
    let kept = tables.goal(id)?.filter(|kept| kept.trashed);
    let kept = kept.ok_or_else(|| not_found("goal in the trash", id.short()))?;
    Ok(unharmed(kept)?)
}

/// The goal as it is, provided that it still is as a change left it.
fn unchanged(tables: &Tables<'_>, left: &Goal) -> Result<Goal, JournalError> {
    let present = sound(tables, left.id)?;
    if present.says_the_same(left) {
        Ok(present)
    } else {
        Err(GoalError::Changed.into())
    }
}

fn unharmed(kept: KeptGoal) -> Result<Goal, StoreError> {
    if kept.sound {
        Ok(kept.goal)
    } else {
        let what = "goal";
        let id = kept.goal.id.short();
        Err(Cause::Damaged { what, id }.during(KEEPING))
    }
}

/// The active goals with their evidence, in their order.
pub(super) fn active_rows(
    tables: &Tables<'_>,
    today: NaiveDate,
    rules: &Rules,
) -> Result<Vec<GoalRow>, StoreError> {
    let kept = tables.active_goals()?.into_iter();
    kept.map(|kept| row(tables, kept, today, rules)).collect()
}

/// The competencies of the active goals, in their order, and what the last weeks hold on each:
/// what Today shows, without counting the whole year.
pub(super) fn lately(
    tables: &Tables<'_>,
    today: NaiveDate,
    rules: &Rules,
) -> Result<Vec<(CompetencyId, Lately)>, StoreError> {
    let recent = Lately::since(today, rules.week_starts);
    let kept = tables.active_goals()?.into_iter();
    let lately = kept.map(|kept| {
        let (first, last) = kept.goal.span(today, rules.academic_year_starts);
        let competency = kept.goal.competency;
        let lately = Lately {
            reflections: tables.count_touches(&competency, (first.max(recent), last))?,
            last_touched: tables.last_touched(&competency, (first, last))?,
        };
        Ok((competency, lately))
    });
    lately.collect()
}

fn row(
    tables: &Tables<'_>,
    kept: KeptGoal,
    today: NaiveDate,
    rules: &Rules,
) -> Result<GoalRow, StoreError> {
    Ok(GoalRow {
        evidence: evidence(tables, &kept.goal, today, rules)?,
        is_left_over: kept.goal.is_left_over(today, rules.academic_year_starts),
        goal: kept.goal,
        damaged: !kept.sound,
    })
}

fn evidence(
    tables: &Tables<'_>,
    goal: &Goal,
    today: NaiveDate,
    rules: &Rules,
) -> Result<Evidence, StoreError> {
    let span = goal.span(today, rules.academic_year_starts);
    let found = tables.touches(&goal.competency, span)?;
    let touches: Vec<Touch> = found.iter().map(|(_, touch)| *touch).collect();
    let latest = |from_others: bool, most: usize| {
        let wanted = |touch: &Touch| touch.giver.is_some() == from_others;
        let places = found.iter().filter(|(_, touch)| wanted(touch));
        latest(tables, places.map(|(seq, _)| *seq), most)
    };
    Ok(Evidence {
        own: latest(false, MOST_OWN)?,
        said: latest(true, MOST_SAID)?,
        ..Evidence::count(&touches, span.1, rules.week_starts)
    })
}

/// The first few of these reflections that are as they were saved.
fn latest(
    tables: &Tables<'_>,
    places: impl Iterator<Item = Seq>,
    most: usize,
) -> Result<Vec<Entry>, StoreError> {
    let mut entries = Vec::with_capacity(most);
    for place in places {
        if entries.len() == most {
            break;
        }
        let kept = tables.at(place)?.filter(|kept| kept.sound);
        entries.extend(kept.map(|kept| kept.entry));
    }
    Ok(entries)
}
