//! `postcall path`: where the journal is, whether it is there yet or not.

use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::setting::Setting;

pub fn run(setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    out.path(&setting.journal)
}
