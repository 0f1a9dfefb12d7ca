//! One test binary for everything that looks at the program from outside.

mod cli;
mod domain;
mod store;
#[cfg(unix)]
mod terminal;
mod tidy;
mod tui;

use postcall as _;
