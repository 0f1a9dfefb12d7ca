//! One test binary for everything that looks at the program from outside.

use postcall as _;

mod domain;
mod store;
#[cfg(unix)]
mod terminal;
mod tidy;
mod tui;
