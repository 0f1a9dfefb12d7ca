//! Pieces that screens are made of; they know neither a screen nor a key, only text, sizes and styles.

pub mod columns;
pub mod dialog;
pub mod headline;
pub mod line_input;
pub mod pause;
pub mod picker;
pub mod scroll;
pub mod shifts;
pub mod tally;
pub mod text_area;
