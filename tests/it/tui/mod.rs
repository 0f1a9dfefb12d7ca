//! Keys in, screen out: through the real update and view, over a real journal in memory.

mod calm;
mod chain;
mod competencies;
mod cover;
pub mod driver;
mod editor;
mod feedback;
mod form;
mod frameworks;
mod goals;
mod identifiers;
mod journal;
mod late;
mod picture;
mod pictures;
mod plain;
mod put_away;
mod review;
mod robustness;
mod rotations;
mod shifts;
mod today;
mod trends;
