//! The only loop, and the only I/O of the screen.
//!
//! Everything that happens arrives in one queue: keys from the input thread, answers from the
//! worker that owns the journal, signals. The loop blocks on it, with the nearest timer as its
//! deadline; nothing polls.

mod early;
mod edge;
mod external;
mod input;
mod queue;
mod rescue;
mod stack;
mod worker;

use std::collections::BTreeMap;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::journal::clock::Clock;
use crate::journal::{JournalError, Made, Passphrase, Place};

use super::effect::{Effect, RequestId};
use super::message::{Failure, Message, Reply};
use super::model::{Model, Notice, Settings, Tone};
use super::platform::{Request, Signals};
use super::terminal::{self, Guard, Unfit};
use super::{Setup, Start};

use early::Early;
use edge::Edge;
use external::EditorFiles;
use input::Input;
use queue::{Events, Inbox, queue};
pub use worker::answer;
use worker::{Order, Worker};

/// How long the first frame waits for Today's answer, so that nothing flashes.
const FIRST_ANSWER: Duration = Duration::from_millis(50);

/// Why the screen could not be shown, or ended.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// No screen can be shown here.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The journal could not be opened.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The terminal failed.
    #[error("the terminal failed: {0}")]
    Terminal(#[from] io::Error),
    /// A defect of this program; the terminal was restored.
    #[error("postcall made a mistake at {at} and had to stop; {text}")]
    Defect {
        /// Where in the source.
        at: String,
        /// What became of the text being written.
        text: &'static str,
    },
}

/// A journal that is being opened on its own thread, so that what is needed to show it can be read
/// meanwhile.
pub struct Opening {
    worker: Worker,
    events: Events,
    inbox: Inbox,
    /// Where the last panic was.
    location: Arc<Mutex<String>>,
    clock: Clock,
    /// `None` for a throw-away journal.
    file: Option<PathBuf>,
}

impl Opening {
    /// Begins to open the journal, if there is a terminal to show it on.
    ///
    /// # Errors
    /// [`RunError::Unfit`] says why no screen can be shown here.
    pub fn begin(
        place: Place,
        passphrase: Option<Passphrase>,
        clock: Clock,
    ) -> Result<Self, RunError> {
        terminal::check()?;
        let location = remember_panics();
        let (events, inbox) = queue();
        let file = match &place {
            Place::File(path) => Some(path.clone()),
            Place::Memory => None,
        };
        let worker = Worker::start(place, passphrase, clock, events.clone())?;
        Ok(Self {
            worker,
            events,
            inbox,
            location,
            clock,
            file,
        })
    }

    /// Puts reflections into a throw-away journal before it is shown.
    pub fn fill(&mut self, made: Made) {
        self.worker.order(Order::Fill(made));
    }

    /// Shows the journal until the writer leaves.
    ///
    /// # Errors
    /// [`RunError`]; the terminal is as it was before.
    pub fn show(self, setup: Setup) -> Result<(), RunError> {
        run(self, setup)
    }
}

fn run(opening: Opening, setup: Setup) -> Result<(), RunError> {
    let Opening {
        worker,
        events,
        inbox,
        location,
        clock,
        file: journal_file,
    } = opening;
    worker.order(Order::Choose(Box::new(setup.options)));
    let mouse = setup.config.mouse;
    let (settings, mut complaints) = Settings::of(setup.config, setup.config_file);
    complaints.splice(0..0, setup.complaints);
    let settings = Settings {
        demo: journal_file.is_none(),
        called: setup.called,
        ..settings
    };
    // In this order: a size that changes meanwhile arrives as a message.
    let signals = signals(events.clone())?;
    let size = terminal::size()?;
    let (mut model, effects) = Model::new(settings, size, clock.now(), &setup.start);
    if let Some(first) = complaints.first() {
        let more = complaints.len() - 1;
        let more = if more > 0 {
            format!(" (and {more} more: postcall config check)")
        } else {
            String::new()
        };
        model.notice = Some(Notice {
            tone: Tone::Warning,
            text: format!("{first}{more}"),
        });
    }
    for effect in effects {
        if let Effect::Ask(request, ask) = effect {
            worker.ask(request, ask);
        }
    }
    // What needs no terminal of our own is made while the journal opens.
    let screen = terminal::screen(model.size)?;
    let files = EditorFiles::beside(journal_file.as_deref());
    let first = first_answers(&inbox, &setup.start).map_err(|why| not_opened(why, &location))?;
    let guard = Guard::take(mouse)?;
    let ran = catch_unwind(AssertUnwindSafe(|| -> Result<(), RunError> {
        let mut edge = Edge {
            clock,
            inbox: &inbox,
            worker: &worker,
            location: &location,
            input: Input::start(events.clone())?,
            guard: &guard,
            signals: &signals,
            screen,
            timers: BTreeMap::new(),
            files,
            early: Early::default(),
            over: false,
        };
        edge.run(&mut model, first)
    }));
    drop(guard);
    let text = match ran {
        Ok(Ok(())) => rescue::NOTHING,
        // The text on the screen may be all there is of it.
        Ok(Err(_)) | Err(_) => rescue::rescue(&model, &worker, &inbox),
    };
    worker.finish();
    ran.unwrap_or_else(|_| {
        let at = last_panic(&location);
        Err(RunError::Defect { at, text })
    })
}

/// What a journal that could not be opened ends the program with.
fn not_opened(failure: Failure, location: &Mutex<String>) -> RunError {
    match failure {
        Failure::Journal(error) => error.into(),
        Failure::Defect => RunError::Defect {
            at: last_panic(location),
            text: rescue::NOTHING,
        },
    }
}

/// Waits for a moment for what the first frame shows; a journal that cannot be opened ends it.
fn first_answers(inbox: &Inbox, start: &Start) -> Result<Vec<Message>, Failure> {
    let deadline = Instant::now() + FIRST_ANSWER;
    let mut first = Vec::new();
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        match inbox.recv_timeout(left) {
            Ok(Message::Failed(RequestId(0), failure)) => return Err(failure),
            Ok(Message::JournalLocked) => {
                first.push(Message::JournalLocked);
                return Ok(first);
            }
            Ok(message) => {
                let last = match start {
                    Start::Today => matches!(message, Message::Replied(_, Reply::Overview(_))),
                    Start::New(_) | Start::Edit(_) => {
                        matches!(
                            message,
                            Message::Replied(_, Reply::DraftReady(..)) | Message::Failed(..)
                        )
                    }
                };
                first.push(message);
                if last {
                    return Ok(first);
                }
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Ok(first),
        }
    }
}

/// Restores the terminal on a panic and remembers where it was. The panic's own text may hold
/// journal text, so it is not printed.
fn remember_panics() -> Arc<Mutex<String>> {
    let location = Arc::new(Mutex::new(String::new()));
    let remembered = Arc::clone(&location);
    std::panic::set_hook(Box::new(move |panic| {
        // The worker's panics are answered as failures; the screen goes on.
        if std::thread::current().name() != Some(worker::NAME) {
            terminal::give_back();
        }
        if let (Some(at), Ok(mut remembered)) = (panic.location(), remembered.lock()) {
            *remembered = at.to_string();
        }
    }));
    location
}

fn last_panic(location: &Mutex<String>) -> String {
    location.lock().map(|at| at.clone()).unwrap_or_default()
}

fn signals(events: Events) -> io::Result<Signals> {
    Signals::catch(move |request| {
        let message = match request {
            Request::End => Message::EndRequested,
            Request::Suspend => Message::SuspendRequested,
            Request::Resize => match terminal::size() {
                Ok(size) => Message::Resized(size),
                Err(_) => return true,
            },
        };
        events.send(message).is_ok()
    })
}
