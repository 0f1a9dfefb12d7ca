//! The journal on a terminal: messages come in, `update` changes the model and asks for effects,
//! `view` draws the model. Only [`runtime`] does I/O.

pub mod effect;
pub mod keymap;
pub mod message;
pub mod model;
pub mod runtime;
pub mod screens;
pub mod terminal;
pub mod theme;
pub mod update;
pub mod view;
pub mod widgets;

mod platform;

use crate::config::{Complaint, Config};
use crate::domain::id::ReflectionId;
use crate::domain::template::TemplateId;
use crate::journal::{Options, Place};

pub use runtime::{RunError, run};

/// Everything the screen needs to start.
#[derive(Debug)]
pub struct Setup {
    /// Where the journal is.
    pub place: Place,
    /// How it is opened.
    pub options: Options,
    /// The configuration in force.
    pub config: Config,
    /// What was wrong with the configuration file; shown once.
    pub complaints: Vec<Complaint>,
    /// What opens first.
    pub start: Start,
    /// Reflections to put into a throw-away journal before it is shown.
    pub demo: Vec<crate::journal::MadeEntry>,
}

/// What opens first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// The Today screen.
    Today,
    /// The editor with a new reflection.
    New(TemplateId),
    /// The editor with a saved reflection.
    Edit(ReflectionId),
}
