//! The one queue that everything which happens goes through.
//!
//! A channel keeps what went through it until others take its place: the last thirty keys, say. So
//! each message goes in a box, and the memory of a box is wiped when it is opened.

use std::sync::mpsc::{Receiver, RecvError, RecvTimeoutError, Sender, TryRecvError, channel};
use std::time::Duration;

use crate::tui::message::Message;

/// Where things that happen are told.
#[derive(Clone)]
pub struct Events(Sender<Box<Message>>);

/// Where they arrive, in order.
pub struct Inbox(Receiver<Box<Message>>);

/// Nobody is left to tell.
#[derive(Debug)]
pub struct Closed;

/// An empty queue.
pub fn queue() -> (Events, Inbox) {
    let (events, inbox) = channel();
    (Events(events), Inbox(inbox))
}

impl Events {
    /// Puts a message at the end.
    ///
    /// # Errors
    /// [`Closed`].
    pub fn send(&self, message: Message) -> Result<(), Closed> {
        self.0.send(Box::new(message)).map_err(|_| Closed)
    }
}

impl Inbox {
    /// Waits for the next message.
    ///
    /// # Errors
    /// Nobody is left to send one.
    pub fn recv(&self) -> Result<Message, RecvError> {
        self.0.recv().map(|message| *message)
    }

    /// The next message, if there is one.
    ///
    /// # Errors
    /// There is none.
    pub fn try_recv(&self) -> Result<Message, TryRecvError> {
        self.0.try_recv().map(|message| *message)
    }

    /// Waits for the next message, at most so long.
    ///
    /// # Errors
    /// None came.
    pub fn recv_timeout(&self, timeout: Duration) -> Result<Message, RecvTimeoutError> {
        self.0.recv_timeout(timeout).map(|message| *message)
    }

    /// The messages that there are.
    pub fn try_iter(&self) -> impl Iterator<Item = Message> {
        self.0.try_iter().map(|message| *message)
    }
}
