//! The thread that owns the journal and answers questions in the order they are asked.

use std::collections::VecDeque;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SendError, Sender, channel};
use std::thread::JoinHandle;

use crate::domain::draft::Draft;
use crate::domain::id::DraftId;
use crate::domain::rotation_review::RotationReview;
use crate::domain::template::TemplateId;
use crate::journal::clock::Clock;
use crate::journal::{Journal, JournalError, Made, Options, Passphrase, Place, Saved};
use crate::tui::effect::{Ask, GoalAsk, RequestId, RotationAsk};
use crate::tui::message::{Failure, Message, Reply};

use super::queue::Events;
use super::stack;

/// Name of the thread; the panic hook asks for it.
pub const NAME: &str = "journal";

/// What goes into the worker's queue.
pub enum Order {
    /// Take these choices from now on.
    Choose(Box<Options>),
    /// Put these reflections into a throw-away journal.
    Fill(Made),
    /// Ask the journal.
    Ask(RequestId, Ask),
    /// Say when everything before is done.
    Settle(Sender<()>),
}

/// The worker, as the loop sees it.
pub struct Worker {
    orders: Mutex<Option<Sender<Order>>>,
    /// For answers that the thread cannot give any more.
    events: Events,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Worker {
    /// Starts it; it opens the journal at once and says so as request 0.
    ///
    /// # Errors
    /// The system has no thread left.
    pub fn start(
        place: Place,
        passphrase: Option<Passphrase>,
        clock: Clock,
        events: Events,
    ) -> io::Result<Self> {
        let (orders, inbox) = channel();
        let answers = events.clone();
        let thread = std::thread::Builder::new()
            .name(NAME.to_owned())
            .spawn(move || work(&place, passphrase, clock, &inbox, &answers))?;
        Ok(Self {
            orders: Mutex::new(Some(orders)),
            events,
            thread: Mutex::new(Some(thread)),
        })
    }

    /// Puts a question into the queue.
    pub fn ask(&self, request: RequestId, ask: Ask) {
        self.order(Order::Ask(request, ask));
    }

    /// Waits until everything asked so far is done: before the process stops or another program
    /// gets the terminal.
    pub fn settle(&self) {
        let (done, is_done) = channel();
        self.order(Order::Settle(done));
        // An error means that the worker is gone, and with it everything that could be waited for.
        let _ = is_done.recv();
    }

    /// Puts an order into the queue. If the thread is gone, a question is answered with a failure.
    pub fn order(&self, order: Order) {
        if let Ok(orders) = self.orders.lock()
            && let Some(orders) = orders.as_ref()
            && let Err(SendError(Order::Ask(request, _))) = orders.send(order)
        {
            // Whoever asked waits for an answer, and keys with them.
            let _ = self.events.send(Message::Failed(request, Failure::Defect));
        }
    }

    /// Waits until everything asked so far is done, so that a save just asked for is never lost.
    pub fn finish(&self) {
        if let Ok(mut orders) = self.orders.lock() {
            orders.take();
        }
        let thread = self.thread.lock().ok().and_then(|mut thread| thread.take());
        if let Some(thread) = thread {
            let _ = thread.join();
        }
    }
}

fn work(
    place: &Place,
    passphrase: Option<Passphrase>,
    clock: Clock,
    inbox: &Receiver<Order>,
    events: &Events,
) {
    // Nobody but the journal has the passphrase, so that locking it forgets the passphrase.
    let open = |passphrase: Option<Passphrase>| {
        let options = Options {
            clock,
            passphrase,
            ..Options::default()
        };
        Journal::open(place, options)
    };
    let mut early = VecDeque::new();
    let opened = catch_unwind(AssertUnwindSafe(|| open(passphrase)));
    let mut journal = match opened {
        Ok(Ok(journal)) => journal,
        Ok(Err(error)) if error.is_locked() => {
            let _ = events.send(Message::JournalLocked);
            let unlock = |passphrase| {
                let screen = None;
                let lies_open = false;
                Ok((
                    open(Some(passphrase))?,
                    Reply::Unlocked { screen, lies_open },
                ))
            };
            match unlocked(inbox, events, &mut early, unlock) {
                Some(journal) => journal,
                None => return,
            }
        }
        Ok(Err(error)) => {
            let _ = events.send(Message::Failed(RequestId(0), Failure::Journal(error)));
            return;
        }
        Err(_) => {
            let _ = events.send(Message::Failed(RequestId(0), Failure::Defect));
            return;
        }
    };
    let opened = Reply::Opened {
        warning: journal.warning(),
        has_passphrase: journal.passphrase().is_some(),
    };
    let _ = events.send(Message::Replied(RequestId(0), opened));
    let mut backup: Option<JoinHandle<()>> = None;
    let mut waiting: Option<Order> = None;
    while let Some(order) = waiting
        .take()
        .or_else(|| early.pop_front())
        .or_else(|| inbox.recv().ok())
    {
        let (request, ask) = match order {
            Order::Ask(request, ask) => (request, ask),
            Order::Choose(options) => {
                journal.choose(*options);
                continue;
            }
            Order::Fill(made) => {
                if let Err(error) = journal.fill(&made) {
                    let failure = Failure::Journal(error);
                    let _ = events.send(Message::Failed(RequestId(0), failure));
                }
                continue;
            }
            Order::Settle(done) => {
                let _ = done.send(());
                continue;
            }
        };
        waiting = early.pop_front().or_else(|| inbox.try_recv().ok());
        if is_superseded(&ask, waiting.as_ref()) {
            continue;
        }
        // The screen may be gone already; what was asked is still done.
        if matches!(ask, Ask::BackUp) {
            if backup.as_ref().is_none_or(JoinHandle::is_finished) {
                backup = back_up(&journal, request, events.clone());
            }
            continue;
        }
        let locks = matches!(ask, Ask::Lock(_));
        if locks && let Some(backup) = backup.take() {
            // It has the key too.
            let _ = backup.join();
        }
        let answer = catch_unwind(AssertUnwindSafe(|| answer(&mut journal, ask)));
        let is_locked = locks && matches!(answer, Ok(Ok(_)));
        if is_locked {
            stack::wipe_left_behind();
        }
        let _ = events.send(told(request, answer));
        if is_locked {
            early.extend(waiting.take());
            let unlock = |passphrase| Ok(((), unlock(&mut journal, passphrase)?));
            if unlocked(inbox, events, &mut early, unlock).is_none() {
                return;
            }
        }
    }
    if let Some(backup) = backup {
        let _ = backup.join();
    }
}

/// Waits for the passphrase that opens the journal; `None` if the writer leaves instead. What is
/// asked meanwhile comes afterwards.
fn unlocked<T>(
    inbox: &Receiver<Order>,
    events: &Events,
    early: &mut VecDeque<Order>,
    mut unlock: impl FnMut(Passphrase) -> Result<(T, Reply), JournalError>,
) -> Option<T> {
    // What stands in the queue may be the passphrase already.
    let mut queue: VecDeque<Order> = std::mem::take(early);
    while let Some(order) = queue.pop_front().or_else(|| inbox.recv().ok()) {
        match order {
            Order::Ask(request, Ask::Unlock(passphrase)) => {
                let done = catch_unwind(AssertUnwindSafe(|| unlock(passphrase)));
                let (journal, answer) = match done {
                    Ok(Ok((journal, reply))) => (Some(journal), Ok(Ok(reply))),
                    Ok(Err(error)) => (None, Ok(Err(error))),
                    Err(panic) => (None, Err(panic)),
                };
                let _ = events.send(told(request, answer));
                if journal.is_some() {
                    early.extend(queue);
                    return journal;
                }
            }
            Order::Settle(done) => {
                let _ = done.send(());
            }
            order @ (Order::Choose(_) | Order::Fill(_) | Order::Ask(..)) => early.push_back(order),
        }
    }
    None
}

/// Makes today's backup, if it is due, on a thread of its own: at many reflections it takes longer
/// than a key may wait.
fn back_up(journal: &Journal, request: RequestId, events: Events) -> Option<JoinHandle<()>> {
    let task = match journal.backup_task() {
        Ok(task) => task?,
        Err(error) => {
            let _ = events.send(Message::Failed(request, Failure::Journal(error)));
            return None;
        }
    };
    let run = move || {
        let made = catch_unwind(AssertUnwindSafe(|| {
            Ok(task.run().map(|_| Reply::BackedUp)?)
        }));
        // The next thread gets the same stack.
        stack::wipe_left_behind();
        let _ = events.send(told(request, made));
    };
    std::thread::Builder::new()
        .name(NAME.to_owned())
        .spawn(run)
        .ok()
}

fn told(request: RequestId, answer: std::thread::Result<Result<Reply, JournalError>>) -> Message {
    match answer {
        Ok(Ok(reply)) => Message::Replied(request, reply),
        Ok(Err(error)) => Message::Failed(request, Failure::Journal(error)),
        Err(_) => Message::Failed(request, Failure::Defect),
    }
}

/// Whether the very next order makes this one needless: fast typing in the search line asks for rows
/// that nobody will look at, and behind a journal that is busy drafts pile up of which only the last
/// counts. The screen waits only for the answer to the newer one.
fn is_superseded(ask: &Ask, next: Option<&Order>) -> bool {
    let Some(Order::Ask(_, next)) = next else {
        return false;
    };
    match (ask, next) {
        (Ask::Page { .. }, Ask::Page { .. }) | (Ask::Trends(_), Ask::Trends(_)) => true,
        (Ask::KeepDraft(older), Ask::KeepDraft(newer)) => older.id == newer.id,
        _ => false,
    }
}

/// The review of the rotation that a closing reflection begun now would be about.
fn closing_review(journal: &mut Journal) -> Result<Option<RotationReview>, JournalError> {
    let today = journal.today();
    let name = journal.proposed_rotation(&TemplateId::ROTATION_CLOSE, today)?;
    if name.is_empty() {
        return Ok(None);
    }
    match journal.rotation_review_of(&name) {
        Ok(review) => Ok(Some(review)),
        Err(JournalError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Takes up a draft that was left.
fn continue_draft(journal: &mut Journal, id: DraftId) -> Result<Reply, JournalError> {
    let offered = journal.offered_drafts()?;
    let Some(offered) = offered.into_iter().find(|offered| offered.draft.id == id) else {
        return Err(JournalError::NotFound {
            what: "draft",
            given: id.to_string(),
        });
    };
    journal.adopt_draft(id)?;
    Ok(Reply::DraftReady(Box::new(offered.draft), journal.due()?))
}

/// Saves a draft. What could not be saved may still be kept; the reason of the save is what counts.
fn save(
    journal: &mut Journal,
    draft: &Draft,
    save: impl FnOnce(&mut Journal, &Draft) -> Result<Saved, JournalError>,
) -> Result<Reply, JournalError> {
    match save(journal, draft) {
        Ok(saved) => Ok(Reply::Saved(Box::new(saved))),
        Err(error) => {
            let _ = journal.keep_draft(draft);
            Err(error)
        }
    }
}

/// Opens the journal again.
fn unlock(journal: &mut Journal, passphrase: Passphrase) -> Result<Reply, JournalError> {
    journal.unlock(passphrase)?;
    Ok(Reply::Unlocked {
        screen: journal.take_screen_back(),
        lies_open: journal.lies_open(),
    })
}

/// Asks the journal.
///
/// # Errors
/// What the journal said.
pub fn answer(journal: &mut Journal, ask: Ask) -> Result<Reply, JournalError> {
    Ok(match ask {
        Ask::Overview => Reply::Overview(Box::new(journal.overview()?)),
        Ask::Page { query, span, limit } => Reply::Page(journal.page(&query, span, limit)?),
        // A week has one review, whichever way it is gone to.
        Ask::NewDraft(template) if template == TemplateId::WEEK => {
            let draft = journal.week_draft(journal.today())?;
            Reply::DraftReady(Box::new(draft), Vec::new())
        }
        Ask::NewDraft(template) => {
            let draft = journal.new_draft(&template)?;
            Reply::DraftReady(Box::new(draft), journal.due()?)
        }
        Ask::EditDraft(id) => Reply::DraftReady(Box::new(journal.edit_draft(id)?), Vec::new()),
        Ask::ContinueDraft(id) => return continue_draft(journal, id),
        Ask::KeepDraft(draft) => {
            journal.keep_draft(&draft)?;
            Reply::DraftKept(draft.id)
        }
        Ask::ForgetDraft(id) => {
            journal.forget_draft(id)?;
            Reply::DraftForgotten
        }
        Ask::KeepLines(lines) => {
            journal.keep_unfinished(&lines)?;
            Reply::LinesKept
        }
        Ask::TakeUpLines => Reply::LinesTakenUp(journal.take_up_unfinished()?),
        Ask::Save(draft) => return save(journal, &draft, Journal::save),
        Ask::SaveOutOfTrash(draft) => return save(journal, &draft, Journal::save_out_of_trash),
        Ask::Answer(id, answer) => {
            let (experiment, undo) = journal.answer(id, answer)?;
            Reply::Answered(Box::new(experiment), undo)
        }
        Ask::NoteOutcome(id, note) => {
            let (_, undo) = journal.note_outcome(id, &note)?;
            Reply::Noted(undo)
        }
        Ask::Chain(id) => Reply::Chain(journal.chain(id)?),
        Ask::Trash(id) => Reply::Changed(journal.trash(id)?),
        Ask::Restore(id) => Reply::Changed(journal.restore(id)?),
        Ask::Trashed => Reply::Trashed(journal.in_trash()?),
        Ask::EmptyTrash => Reply::TrashEmptied(journal.empty_trash()?),
        Ask::SetShared(id, shared) => Reply::Changed(journal.set_shared(id, shared)?),
        Ask::SetDetail(id, detail) => {
            let (entry, undo) = journal.set_detail(id, detail)?;
            Reply::Amended(Box::new(entry), undo)
        }
        Ask::Week(date) => Reply::Week(Box::new(journal.week_page(date)?)),
        Ask::WeekDraft(date) => Reply::DraftReady(Box::new(journal.week_draft(date)?), Vec::new()),
        Ask::Rotation(ask) => return about_rotations(journal, ask),
        Ask::ToggleShift => Reply::ShiftLogged(journal.toggle_shift_now()?),
        Ask::LogShift(date, shift) => Reply::ShiftLogged(journal.log_shift(date, shift, true)?),
        Ask::Trends(range) => Reply::Trends(Box::new(journal.trends(range)?)),
        Ask::Goal(ask) => return about_goals(journal, ask),
        Ask::Undo(undo) => Reply::Undone(journal.undo(undo)?),
        Ask::LookForChanges => Reply::LookedForChanges(journal.changed_elsewhere()?),
        Ask::BackUp => Reply::BackedUp,
        Ask::DeclinePassphrase => {
            let declined = journal.decline_passphrase();
            declined.map(|()| Reply::PassphraseDeclined)?
        }
        Ask::Settle => Reply::Settled,
        Ask::Lock(screen) => {
            let kept = journal.put_screen_away(&screen).is_ok();
            journal.lock()?;
            Reply::Locked { kept }
        }
        Ask::Unlock(passphrase) => return unlock(journal, passphrase),
    })
}

fn about_rotations(journal: &mut Journal, ask: RotationAsk) -> Result<Reply, JournalError> {
    Ok(match ask {
        RotationAsk::Review(id) => {
            Reply::RotationReview(Some(Box::new(journal.rotation_review(id)?)))
        }
        RotationAsk::ClosingReview => Reply::RotationReview(closing_review(journal)?.map(Box::new)),
        RotationAsk::Propose(template, date) => {
            Reply::RotationProposed(journal.propose_rotation(&template, date)?)
        }
        RotationAsk::All => Reply::Rotations(journal.rotations()?),
        RotationAsk::Start(block) => {
            let (rotation, undo) = journal.start_rotation(block)?;
            Reply::RotationKept(Box::new(rotation), undo)
        }
        RotationAsk::Edit(id, block) => {
            let (rotation, undo) = journal.edit_rotation(id, block)?;
            Reply::RotationKept(Box::new(rotation), undo)
        }
        RotationAsk::Trash(id) => Reply::Changed(journal.trash_rotation(id)?),
        RotationAsk::Restore(id) => Reply::Changed(journal.restore_rotation(id)?),
    })
}

fn about_goals(journal: &mut Journal, ask: GoalAsk) -> Result<Reply, JournalError> {
    Ok(match ask {
        GoalAsk::All => Reply::Goals(journal.goals()?),
        GoalAsk::Add(competency, lines) => Reply::Changed(journal.add_goal(&competency, lines)?.1),
        GoalAsk::Edit(id, lines) => Reply::Changed(journal.edit_goal(id, lines)?.1),
        GoalAsk::Close(id, ending, note) => {
            Reply::Changed(journal.close_goal(id, ending, Some(&note))?.1)
        }
        GoalAsk::Reopen(id) => Reply::Changed(journal.reopen_goal(id)?.1),
        GoalAsk::Continue(id) => Reply::Changed(journal.continue_goal(id)?.1),
        GoalAsk::Restore(id) => Reply::Changed(journal.restore_goal(id)?.undo),
        GoalAsk::Trash(id) => Reply::Changed(journal.trash_goal(id)?.1),
    })
}
