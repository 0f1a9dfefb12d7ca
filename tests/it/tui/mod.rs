//! Keys in, screen out: through the real update and view, over a real journal in memory.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what cannot be set up fails the test"
)]

mod driver;
mod editor;
mod journal;
mod picture;
mod pictures;
mod robustness;
mod today;
