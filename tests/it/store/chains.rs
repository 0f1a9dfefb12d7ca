//! Plans through all their wordings, whatever is done to them and in whatever order.

use proptest::prelude::*;
use proptest::sample::Index;

use postcall::domain::experiment::{Answer, Experiment, FollowUp, Outcome};
use postcall::domain::id::{ExperimentId, ReflectionId, Revision};
use postcall::domain::query::Query;
use postcall::domain::reflection::Entry;
use postcall::journal::{Journal, JournalError, Undo};

use super::{MORNING, draft, in_memory};

/// Something that can be done; places are among all reflections there ever were.
#[derive(Debug, Clone)]
enum Deed {
    Write { plans: bool },
    Reword(Index),
    Answer(Index, Answer),
    Note(Index),
    Edit { which: Index, plans: bool },
    Trash(Index),
    Restore(Index),
    Undo,
    EmptyTrash,
}

fn deed() -> impl Strategy<Value = Deed> {
    let which = any::<Index>;
    let outcome = prop::sample::select(&Outcome::ALL[..]).prop_map(Answer::Outcome);
    let answer = prop_oneof![
        3 => outcome,
        1 => Just(Answer::Carry),
        1 => prop::sample::select(&FollowUp::ALL[..]).prop_map(Answer::FollowUp),
    ];
    prop_oneof![
        2 => any::<bool>().prop_map(|plans| Deed::Write { plans }),
        5 => which().prop_map(Deed::Reword),
        4 => (which(), answer).prop_map(|(which, answer)| Deed::Answer(which, answer)),
        1 => which().prop_map(Deed::Note),
        2 => (which(), any::<bool>()).prop_map(|(which, plans)| Deed::Edit { which, plans }),
        3 => which().prop_map(Deed::Trash),
        3 => which().prop_map(Deed::Restore),
        3 => Just(Deed::Undo),
        1 => Just(Deed::EmptyTrash),
    ]
}

/// A journal, what was ever written into it, and what can be taken back.
struct Desk {
    journal: Journal,
    written: Vec<ReflectionId>,
    undos: Vec<Undo>,
}

impl Desk {
    fn new() -> Self {
        Self {
            journal: in_memory(MORNING),
            written: Vec::new(),
            undos: Vec::new(),
        }
    }

    fn pick(&self, which: Index) -> Option<ReflectionId> {
        (!self.written.is_empty()).then(|| *which.get(&self.written))
    }

    fn experiment(&mut self, which: Index) -> Option<ExperimentId> {
        let entry = self.journal.entry(self.pick(which)?).ok()?;
        entry.experiment.map(|experiment| experiment.id)
    }

    fn save(&mut self, plan: &str, follows: Option<ExperimentId>) -> Result<(), JournalError> {
        let mut new = draft(&mut self.journal, "words", plan);
        new.follows = follows;
        let saved = self.journal.save(&new)?;
        self.written.push(saved.entry.reflection.id);
        self.undos.push(saved.undo);
        Ok(())
    }

    fn done(&mut self, deed: &Deed) -> Result<(), JournalError> {
        let undo = match deed {
            Deed::Write { plans } => {
                return self.save(if *plans { "If a, then b" } else { "" }, None);
            }
            Deed::Reword(which) => {
                let Some(former) = self.experiment(*which) else {
                    return Ok(());
                };
                return self.save("If a, then c", Some(former));
            }
            Deed::Answer(which, answer) => match self.experiment(*which) {
                Some(id) => self.journal.answer(id, *answer)?.1,
                None => return Ok(()),
            },
            Deed::Note(which) => match self.experiment(*which) {
                Some(id) => self.journal.note_outcome(id, "a note")?.1,
                None => return Ok(()),
            },
            Deed::Edit { which, plans } => {
                let Some(id) = self.pick(*which) else {
                    return Ok(());
                };
                let mut change = self.journal.edit_draft(id)?;
                change.try_next = if *plans { "If d, then e" } else { "" }.into();
                self.journal.save(&change)?.undo
            }
            Deed::Trash(which) => match self.pick(*which) {
                Some(id) => self.journal.trash(id)?,
                None => return Ok(()),
            },
            Deed::Restore(which) => match self.pick(*which) {
                Some(id) => self.journal.restore(id)?,
                None => return Ok(()),
            },
            Deed::Undo => {
                if let Some(undo) = self.undos.pop() {
                    self.journal.undo(undo)?;
                }
                return Ok(());
            }
            Deed::EmptyTrash => {
                self.journal.empty_trash()?;
                return Ok(());
            }
        };
        self.undos.push(undo);
        Ok(())
    }

    /// Everything outside the trash, newest first.
    fn live(&mut self) -> Vec<Entry> {
        self.journal.list(&Query::default(), None).unwrap()
    }

    fn trashed(&mut self) -> Vec<Entry> {
        let rows = self.journal.trashed().unwrap();
        rows.into_iter().map(|row| row.entry).collect()
    }

    /// Everything outside the trash and in it, without how often it was changed.
    fn everything(&mut self) -> [Vec<Entry>; 2] {
        [self.live(), self.trashed()].map(|entries| entries.into_iter().map(unnumbered).collect())
    }
}

fn unnumbered(mut entry: Entry) -> Entry {
    entry.reflection.revision = Revision::FIRST;
    if let Some(experiment) = &mut entry.experiment {
        experiment.revision = Revision::FIRST;
    }
    entry
}

/// Whether a deed was only refused, for a reason that a person can be told.
fn is_refusal(error: &JournalError) -> bool {
    matches!(
        error,
        JournalError::Answer(_)
            | JournalError::NotFound { .. }
            | JournalError::Conflict { .. }
            | JournalError::Draft(_)
    )
}

/// Chains neither fork nor loop, and every member tells the same chain.
fn chains_hold(desk: &mut Desk) -> Result<(), TestCaseError> {
    let live: Vec<Experiment> = desk
        .live()
        .into_iter()
        .filter_map(|entry| entry.experiment)
        .collect();
    let mut followed: Vec<ExperimentId> = live.iter().filter_map(|e| e.follows).collect();
    followed.sort_unstable();
    let followers = followed.len();
    followed.dedup();
    prop_assert_eq!(followed.len(), followers, "an experiment has one follower");
    for experiment in &live {
        let chain = desk.journal.chain(experiment.id).unwrap();
        let ids: Vec<ExperimentId> = chain.iter().map(|link| link.experiment.id).collect();
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        prop_assert_eq!(once.len(), ids.len(), "nothing comes twice");
        prop_assert!(ids.contains(&experiment.id));
        prop_assert_eq!(chain[0].experiment.follows, None, "a chain has a beginning");
        for pair in chain.windows(2) {
            prop_assert_eq!(pair[1].experiment.follows, Some(pair[0].experiment.id));
        }
        if chain.iter().all(|link| !link.trashed) {
            for id in &ids {
                prop_assert_eq!(&desk.journal.chain(*id).unwrap(), &chain);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn chains_never_fork_or_loop_whatever_is_done(deeds in prop::collection::vec(deed(), 1..40)) {
        let mut desk = Desk::new();
        for deed in &deeds {
            let before = desk.everything();
            match desk.done(deed) {
                Ok(()) => {}
                Err(error) if is_refusal(&error) => {
                    prop_assert_eq!(desk.everything(), before, "{:?}: {}", deed, error);
                }
                Err(error) => return Err(TestCaseError::fail(format!("{deed:?}: {error}"))),
            }
            chains_hold(&mut desk)?;
        }
        prop_assert!(desk.journal.examine().unwrap().is_sound());
    }

    #[test]
    fn closing_again_changes_nothing_and_undo_gives_the_former_answer_back(
        deeds in prop::collection::vec(deed(), 1..20),
        which in any::<Index>(),
        outcome in prop::sample::select(&Outcome::ALL[..]),
    ) {
        let mut desk = Desk::new();
        for deed in &deeds {
            let _ = desk.done(deed);
        }
        let before = desk.everything();
        if let Some(id) = desk.experiment(which)
            && let Ok((_, undo)) = desk.journal.answer(id, Answer::Outcome(outcome))
        {
            let once = desk.everything();
            desk.journal.answer(id, Answer::Outcome(outcome)).unwrap();
            prop_assert_eq!(&desk.everything(), &once);
            desk.journal.undo(undo).unwrap();
            prop_assert_eq!(&desk.everything(), &before);
        }
    }

    #[test]
    fn deleting_takes_the_experiment_along_and_undo_or_restore_brings_both_back(
        deeds in prop::collection::vec(deed(), 1..20),
        which in any::<Index>(),
        by_undo in any::<bool>(),
    ) {
        let mut desk = Desk::new();
        for deed in &deeds {
            let _ = desk.done(deed);
        }
        let before = desk.everything();
        let Some(id) = desk.pick(which) else { return Ok(()) };
        if !before[0].iter().any(|entry| entry.reflection.id == id) {
            return Ok(());
        }
        let undo = desk.journal.trash(id).unwrap();
        let gone = desk.journal.entry(id).unwrap().experiment;
        prop_assert!(desk.live().iter().all(|entry| entry.reflection.id != id));
        let open = desk.journal.open_experiments().unwrap();
        prop_assert!(open.iter().all(|asked| asked.experiment.reflection != id));
        if let Some(experiment) = gone {
            let refused = desk.journal.answer(experiment.id, Answer::Outcome(Outcome::Helped));
            let is_missing = matches!(refused, Err(JournalError::NotFound { .. }));
            prop_assert!(is_missing, "what is in the trash is not answered");
        }
        if by_undo {
            desk.journal.undo(undo).unwrap();
        } else {
            desk.journal.restore(id).unwrap();
        }
        prop_assert_eq!(desk.everything(), before);
    }
}

/// A plan, and another wording of it.
fn reworded(desk: &mut Desk) -> [Entry; 2] {
    desk.save("If a, then b", None).unwrap();
    let first = desk.journal.last_experiment().unwrap().unwrap();
    desk.save("If a, then c", Some(first.id)).unwrap();
    let [one, two] = *desk.written else { panic!() };
    [one, two].map(|id| desk.journal.entry(id).unwrap())
}

#[test]
fn taking_a_rewording_back_opens_the_former_plan_also_in_the_trash() {
    let mut desk = Desk::new();
    let [one, two] = reworded(&mut desk);
    desk.journal.trash(one.reflection.id).unwrap();
    desk.journal.undo(desk.undos.remove(1)).unwrap();
    assert!(desk.journal.is_trashed(two.reflection.id).unwrap());
    desk.journal.restore(one.reflection.id).unwrap();
    let plan = desk.journal.entry(one.reflection.id).unwrap().experiment;
    assert_eq!(plan.unwrap().outcome, Outcome::Open);
    assert!(desk.journal.examine().unwrap().is_sound());
}

#[test]
fn a_plan_comes_back_without_its_link_when_what_it_followed_is_gone_for_good() {
    let mut desk = Desk::new();
    let [one, two] = reworded(&mut desk);
    let mut change = desk.journal.edit_draft(two.reflection.id).unwrap();
    change.try_next = "".into();
    let emptied = desk.journal.save(&change).unwrap();
    desk.journal.trash(one.reflection.id).unwrap();
    desk.journal.empty_trash().unwrap();
    desk.journal.undo(emptied.undo).unwrap();
    let back = desk.journal.entry(two.reflection.id).unwrap();
    let plan = back.experiment.unwrap();
    assert_eq!(plan.text.as_str(), "If a, then c");
    assert_eq!(plan.follows, None);
}
