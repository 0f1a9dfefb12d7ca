//! The journal on a terminal: messages come in, `update` changes the model and asks for effects,
//! `view` draws the model. Only [`runtime`] does I/O.

pub mod effect;
mod hints;
pub mod keymap;
pub mod message;
pub mod model;
pub mod runtime;
pub mod screens;
pub mod step;
pub mod terminal;
pub mod theme;
pub mod unseen;
pub mod update;
pub mod view;
mod watch;
pub mod widgets;

mod platform;

use std::path::PathBuf;

use crate::config::{Complaint, Config};
use crate::domain::id::ReflectionId;
use crate::domain::template::TemplateId;
use crate::journal::Options;

pub use runtime::{Opening, RunError};

/// Everything the screen needs to start.
#[derive(Debug)]
pub struct Setup {
    /// The writer's choices for the journal; its clock is the one it was opened with.
    pub options: Options,
    /// The configuration in force.
    pub config: Config,
    /// What was wrong with the configuration file; shown once.
    pub complaints: Vec<Complaint>,
    /// Where the configuration is, or would be.
    pub config_file: PathBuf,
    /// How the program is called for this journal on the command line.
    pub called: String,
    /// What opens first.
    pub start: Start,
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
