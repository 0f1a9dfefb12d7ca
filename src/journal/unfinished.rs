//! Lines that are being filled in: kept while they are typed, there again after a crash.

use super::{Journal, JournalError};
use crate::domain::id::SessionId;
use crate::domain::unfinished::{Subject, Unfinished};
use crate::store::{StoreError, Tables};

impl Journal {
    /// Keeps these lines on the disk under this session, in place of those kept before.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn keep_unfinished(&mut self, all: &[Unfinished]) -> Result<(), JournalError> {
        self.store.show_alive()?;
        self.store.write("keeping what you typed", |tables| {
            Ok(tables.keep_unfinished(all)?)
        })
    }

    /// The lines of this session and of those that are not alive any more, newest session first:
    /// from now on they are this session's, so that no other instance takes them up. Lines about
    /// something that is gone, or about another day than this, are let go.
    ///
    /// # Errors
    /// If the journal cannot be read or written.
    pub fn take_up_unfinished(&mut self) -> Result<Vec<Unfinished>, JournalError> {
        let attempt = "taking up what you typed";
        let kept = |tables: &Tables<'_>| tables.unfinished();
        let kept = self.store.read::<_, StoreError>(attempt, kept)?;
        let sessions: Vec<SessionId> = kept.iter().map(|(session, _)| *session).collect();
        let own = self.store.session();
        let ended = self.store.ended(&sessions);
        if ended.is_empty() || self.store.is_read_only() {
            let own = kept.into_iter().filter(|(session, _)| *session == own);
            return Ok(own.flat_map(|(_, lines)| lines).collect());
        }
        let today = self.today();
        self.store.show_alive()?;
        self.store.write(attempt, |tables| {
            let mut all = Vec::new();
            // Read anew: another instance may have been faster.
            for (session, lines) in tables.unfinished()? {
                if session != own && !ended.contains(&session) {
                    continue;
                }
                tables.forget_unfinished(session)?;
                for unfinished in lines {
                    let is_of_today = match &unfinished.subject {
                        Subject::Shift(day) | Subject::NewRotation(day) => *day == today,
                        Subject::Outcome(_)
                        | Subject::NewGoal(_)
                        | Subject::Goal(_)
                        | Subject::GoalEnding(..)
                        | Subject::Rotation(_) => true,
                    };
                    if is_of_today && tables.has_subject(&unfinished.subject)? {
                        all.push(unfinished);
                    }
                }
            }
            tables.keep_unfinished(&all)?;
            Ok(all)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::competency::CompetencyId;
    use crate::domain::goal::Ending;
    use crate::domain::id::{ExperimentId, GoalId};
    use crate::domain::template::TemplateId;
    use crate::journal::{Options, Place};

    fn lines(subject: Subject, text: &str) -> Unfinished {
        Unfinished {
            subject,
            lines: vec![text.into(), "".into()],
        }
    }

    #[test]
    fn lines_of_a_run_that_ended_are_taken_up_once_and_those_of_one_that_goes_on_never() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::File(folder.path().join("journal.db"));
        let open = || Journal::open(&place, Options::default()).unwrap();
        let goal = lines(Subject::NewGoal(CompetencyId::new("PC1")), "because");
        let mut one = open();
        one.keep_unfinished(std::slice::from_ref(&goal)).unwrap();
        let mut two = open();
        assert_eq!(two.take_up_unfinished().unwrap(), [], "the other goes on");
        drop(one);
        let mut three = open();
        assert_eq!(two.take_up_unfinished().unwrap().first(), Some(&goal));
        assert_eq!(three.take_up_unfinished().unwrap(), [], "they are taken");
        assert_eq!(two.take_up_unfinished().unwrap(), [goal], "still its own");
        two.keep_unfinished(&[]).unwrap();
        drop((two, three));
        let pages = open().store.plain_pages();
        let mark = b"lines-";
        assert!(!pages.windows(mark.len()).any(|part| part == mark));
    }

    #[test]
    fn lines_come_back_as_they_were_but_for_what_is_gone_and_for_another_day() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::File(folder.path().join("journal.db"));
        let open = || Journal::open(&place, Options::default()).unwrap();
        let mut journal = open();
        let mut draft = journal.new_draft(&TemplateId::SHIFT).unwrap();
        draft.try_next = "If a, then b".into();
        let saved = journal.save(&draft).unwrap();
        let experiment = saved.entry.experiment.unwrap().id;
        let today = journal.today();
        let competency = CompetencyId::new("PC1");
        let goal = {
            let lines = crate::domain::goal::GoalLines::default();
            journal.add_goal(&competency, lines).unwrap().0.id
        };
        let gone = saved.entry.reflection.id.uuid();
        let rotation = {
            let block = crate::domain::rotation::Block {
                name: "Medical ICU".to_owned(),
                first: today,
                last: None,
            };
            journal.start_rotation(block).unwrap().0.id
        };
        let stays = [
            lines(Subject::Outcome(experiment), "a \"note\"\nof two"),
            lines(Subject::Shift(today), "yesterday"),
            lines(Subject::NewGoal(competency), "why"),
            lines(Subject::Goal(goal), "why"),
            lines(Subject::GoalEnding(goal, Ending::SetAside), "it rests"),
            lines(Subject::NewRotation(today), "Clinic"),
            lines(Subject::Rotation(rotation), "Clinic"),
        ];
        let goes = [
            lines(Subject::Outcome(ExperimentId::new(gone)), "x"),
            lines(Subject::Goal(GoalId::new(gone)), "x"),
            lines(Subject::Shift(today.pred_opt().unwrap()), "yesterday"),
        ];
        let all: Vec<Unfinished> = goes.into_iter().chain(stays.clone()).collect();
        journal.keep_unfinished(&all).unwrap();
        drop(journal);
        assert_eq!(open().take_up_unfinished().unwrap(), stays);
    }
}
