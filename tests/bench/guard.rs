//! What it costs to look for possible identifiers, on 2,000 characters of shift notes.

use std::hint::black_box;
use std::time::{Duration, Instant};

use postcall::domain::guard::findings;

/// The argument that asks for this.
pub const WORD: &str = "guard";

const LINES: &str = include_str!("../it/fixtures/guard/dev.jsonl");
const CHARACTERS: usize = 2_000;
const ROUNDS: usize = 20_000;

/// Prints the first time, which reads the lists, then the middle and the 99th of a hundred.
pub fn measure() {
    let notes: String = LINES
        .lines()
        .filter_map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).ok()?;
            Some(format!("{}\n", line.get("text")?.as_str()?))
        })
        .collect();
    let notes: Vec<char> = notes.chars().collect();
    let texts: Vec<String> = notes
        .chunks_exact(CHARACTERS)
        .map(|text| text.iter().collect())
        .collect();
    let timed = |text: &String| {
        let start = Instant::now();
        black_box(findings(black_box(text)));
        start.elapsed()
    };
    let first = texts.first().map_or(Duration::ZERO, timed);
    let mut sorted: Vec<Duration> = texts.iter().cycle().take(ROUNDS).map(timed).collect();
    sorted.sort_unstable();
    let at = |part: usize| sorted.get(ROUNDS * part / 100).copied().unwrap_or_default();
    println!(
        "{CHARACTERS} characters: first {first:.0?}, median {:.0?}, p99 {:.0?}",
        at(50),
        at(99)
    );
}
