//! `postcall completions`: what a shell needs to complete the command line.

use clap::CommandFactory;

use crate::cli::args::{CommandLine, CompletionsArgs};
use crate::cli::failure::Failure;
use crate::cli::output::Output;

pub fn run(args: &CompletionsArgs, out: &mut Output) -> Result<(), Failure> {
    let mut script = Vec::new();
    let mut command = CommandLine::command();
    clap_complete::generate(args.shell, &mut command, "postcall", &mut script);
    out.made(&String::from_utf8_lossy(&script))
}
