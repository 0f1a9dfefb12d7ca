//! What the writer may choose: `config.toml`, and the templates, frameworks and themes beside it.

pub mod assets;
mod complaint;
mod sheet;

pub use complaint::{Complaint, Place};
