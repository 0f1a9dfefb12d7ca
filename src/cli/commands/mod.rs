//! One file for each command: what it takes, and what it does.

pub mod add;
pub mod backup;
pub mod check;
pub mod close;
pub mod competencies;
pub mod completions;
pub mod config;
pub mod delete;
pub mod demo;
pub mod due;
pub mod edit;
pub mod goal;
pub mod list;
pub mod new;
pub mod passphrase;
pub mod path;
pub mod restore;
pub mod rotation;
pub mod rotation_review;
pub mod search;
pub mod shift;
pub mod show;
pub mod templates;
pub mod trash;
pub mod trends;
pub mod week;
