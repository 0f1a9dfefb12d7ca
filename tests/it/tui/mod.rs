//! Keys in, screen out: through the real update and view, over a real journal in memory.

mod calm;
mod competencies;
mod driver;
mod editor;
mod form;
mod frameworks;
mod goals;
mod journal;
mod late;
mod picture;
mod pictures;
mod robustness;
mod shifts;
mod today;
