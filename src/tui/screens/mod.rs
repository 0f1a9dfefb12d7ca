//! One file or folder for each screen. Screens never name each other: what leads elsewhere is a
//! [`Step`](super::step::Step) that the shell takes.

pub mod answering;
pub mod breath;
pub mod chain;
pub mod cover;
pub mod editor;
pub mod form;
pub mod frameworks;
pub mod goals;
pub mod help;
pub mod identifiers;
pub mod journal;
pub mod palette;
pub mod question;
pub mod reader;
pub mod review;
pub mod rotation_review;
pub mod rotations;
pub mod saved;
pub mod support;
pub mod today;
pub mod trash;
pub mod trends;
