//! The loop: takes what happens to `update`, carries out the effects, draws.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Instant;

use crate::journal::clock::Clock;
use crate::tui::effect::{Effect, RequestId, Timer};
use crate::tui::message::Message;
use crate::tui::model::{Model, Notice, Tone};
use crate::tui::platform::{self, Signals};
use crate::tui::terminal::{self, Guard, Screen};
use crate::tui::update::update;
use crate::tui::view::view;

use super::early::Early;
use super::external::EditorFiles;
use super::input::Input;
use super::queue::Inbox;
use super::worker::Worker;
use super::{RunError, not_opened, stack};

/// The loop and everything it can do to the outside.
pub struct Edge<'a> {
    pub clock: Clock,
    pub inbox: &'a Inbox,
    pub worker: &'a Worker,
    pub location: &'a Mutex<String>,
    pub input: Input,
    pub guard: &'a Guard,
    pub signals: &'a Signals,
    pub screen: Screen,
    pub timers: BTreeMap<Timer, Instant>,
    pub files: EditorFiles,
    pub early: Early,
    pub over: bool,
}

impl Edge<'_> {
    /// Goes on until the writer leaves.
    ///
    /// # Errors
    /// The terminal failed, or the journal could not be opened after all.
    pub fn run(&mut self, model: &mut Model, first: Vec<Message>) -> Result<(), RunError> {
        for message in first {
            self.take_in_order(model, message)?;
        }
        if let Some(sentence) = self.files.left_behind() {
            model.notice.get_or_insert(Notice {
                tone: Tone::Warning,
                text: sentence,
            });
        }
        loop {
            // A held key or a burst of answers costs one frame, not one each.
            while !self.over
                && let Ok(message) = self.inbox.try_recv()
            {
                self.take_in_order(model, message)?;
            }
            if self.over {
                return Ok(());
            }
            self.screen.draw(|frame| view(model, frame))?;
            let Some(message) = self.next() else {
                return Ok(());
            };
            self.take_in_order(model, message)?;
        }
    }

    /// The next thing that happens: a message, or a timer whose time has come.
    fn next(&mut self) -> Option<Message> {
        let nearest = self
            .timers
            .iter()
            .min_by_key(|(_, at)| **at)
            .map(|(timer, at)| (*timer, *at));
        let Some((timer, at)) = nearest else {
            return self.inbox.recv().ok();
        };
        match self
            .inbox
            .recv_timeout(at.saturating_duration_since(Instant::now()))
        {
            Ok(message) => Some(message),
            Err(RecvTimeoutError::Timeout) => {
                self.timers.remove(&timer);
                Some(Message::TimerFired(timer))
            }
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    fn take_in_order(&mut self, model: &mut Model, message: Message) -> Result<(), RunError> {
        for message in self.early.in_order(message) {
            self.take(model, message)?;
        }
        Ok(())
    }

    fn take(&mut self, model: &mut Model, message: Message) -> Result<(), RunError> {
        if let Message::Failed(RequestId(0), failure) = message {
            return Err(not_opened(failure, self.location));
        }
        let was_away = model.is_away();
        for effect in update(model, self.clock.now(), message) {
            self.carry_out(model, effect)?;
        }
        if model.is_away() && !was_away {
            stack::wipe_left_behind();
        }
        Ok(())
    }

    fn carry_out(&mut self, model: &mut Model, effect: Effect) -> Result<(), RunError> {
        match effect {
            Effect::Ask(request, ask) => self.worker.ask(request, ask),
            Effect::SetTimer(timer, after) => {
                self.timers.insert(timer, Instant::now() + after);
            }
            Effect::StopTimer(timer) => {
                self.timers.remove(&timer);
            }
            Effect::EditExternally(field, text) => {
                let result = self.lend(model, |files| files.edit(&text))?;
                self.take(model, Message::EditorClosed(field, result))?;
            }
            Effect::ForgetEditorFile => self.files.forget(),
            Effect::Suspend => {
                self.lend(model, |_| platform::stop_process())?;
                self.take(model, Message::Resumed)?;
            }
            Effect::Redraw => terminal::refit(&mut self.screen, model.size)?,
            Effect::Quit => self.over = true,
        }
        Ok(())
    }

    /// Gives the terminal to `task`, when everything asked of the journal is done; it may come back
    /// with another size.
    fn lend<T>(
        &mut self,
        model: &mut Model,
        task: impl FnOnce(&mut EditorFiles) -> T,
    ) -> Result<T, RunError> {
        self.worker.settle();
        let (guard, signals, files) = (self.guard, self.signals, &mut self.files);
        let result = {
            let _paused = self.input.pause();
            signals.lend(|| guard.lend(|| task(files)))?
        };
        let size = terminal::size()?;
        if size != model.size {
            self.take(model, Message::Resized(size))?;
        }
        Ok(result)
    }
}
