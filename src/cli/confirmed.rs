//! A question before something that cannot be taken back.

use std::io::{self, IsTerminal};

use super::failure::Failure;
use super::output::Output;

/// Asks on the terminal; anything but yes is a no. Without a terminal nobody can answer, which is what
/// `refusal` says.
pub fn confirmed(question: &str, refusal: &str, out: &mut Output) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::Usage(refusal.to_owned()));
    }
    out.say(question);
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
