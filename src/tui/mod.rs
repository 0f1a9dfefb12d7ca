//! The screen: what is drawn on the terminal and how keys change it.

pub mod widgets;
