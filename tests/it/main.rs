//! One test binary for everything that looks at the program from outside.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says by failing that something is not as it should be"
)]

mod cli;
mod domain;
mod hostile;
mod store;
#[cfg(unix)]
mod terminal;
mod tidy;
mod tui;

use postcall as _;
