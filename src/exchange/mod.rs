//! File formats in and out. Each format has its own wire types, so that a change of the model never
//! changes a file by accident; nothing here knows a store, a terminal or a clock.

pub mod capture;
mod chance;
pub mod figures;
pub mod findings;
pub mod goals;
pub mod json;
pub mod sample;
pub mod synthetic;
pub mod trash;
pub mod worked;
