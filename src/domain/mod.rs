//! What reflections, experiments, goals and weeks *are*: pure types and rules.
//!
//! Nothing here knows a terminal, a database, a clock or a file. Time comes in as `now`
//! (an instant with its local offset) or `today` (a date).

pub mod calendar;
pub mod calm;
pub mod catalog;
pub mod competency;
pub mod cue;
pub mod detail;
pub mod draft;
pub mod evidence;
pub mod experiment;
pub mod figures;
pub mod goal;
pub mod guard;
pub mod highlight;
pub mod id;
pub mod loops;
pub mod nearest;
pub mod offer;
pub mod plan;
pub mod prose;
pub mod query;
pub mod reflection;
pub mod rotation;
pub mod rotation_review;
pub mod rules;
pub mod shift;
pub mod sparkline;
pub mod suggest;
pub mod tag;
pub mod template;
pub mod texts;
pub mod trends;
pub mod unfinished;
pub mod week;
