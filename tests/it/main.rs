//! One test binary for everything that looks at the program from outside.

mod store;

use postcall as _;

mod cli;
mod domain;
