//! One test binary for everything that looks at the program from outside.

use postcall as _;

mod cli;
mod domain;
mod store;
mod tui;
