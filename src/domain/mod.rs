//! What reflections, experiments, goals and weeks *are*: pure types and rules.
//!
//! Nothing here knows a terminal, a database, a clock or a file. Time comes in as `now`
//! (an instant with its local offset) or `today` (a date).

pub mod calendar;
pub mod catalog;
pub mod competency;
pub mod draft;
pub mod experiment;
pub mod goal;
pub mod guard;
pub mod highlight;
pub mod id;
pub mod nearest;
pub mod prose;
pub mod query;
pub mod reflection;
pub mod rotation;
pub mod rules;
pub mod shift;
pub mod tag;
pub mod template;
