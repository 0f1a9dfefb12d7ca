//! What a start, a key and a search cost, beside the least they can cost: `cargo bench`.
//!
//! Both programs run in turn on the same journals in terminals of their own. `cargo bench -- --all`
//! adds 100,000 reflections; sizes can also be named (`cargo bench -- 500`), `--rounds N` sets how
//! often everything is measured, `--fresh` makes the journals anew. `cargo bench -- guard` times the
//! search for possible identifiers instead.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a table and its troubles are what this program is for"
)]

use postcall as _;

#[cfg(target_os = "linux")]
mod corpus;
#[cfg(target_os = "linux")]
mod floor;
#[cfg(target_os = "linux")]
mod guard;
#[cfg(target_os = "linux")]
mod measure;
#[cfg(target_os = "linux")]
#[path = "../it/terminal/pty.rs"]
#[expect(
    dead_code,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "written for the tests, which do more with it and stop where a step fails"
)]
mod pty;
#[cfg(target_os = "linux")]
mod table;
#[cfg(target_os = "linux")]
mod window;

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("The benchmarks read /proc and run on Linux only.");
}

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    use std::process::ExitCode;

    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.split_first() {
        Some((word, rest)) if word == measure::FLOOR_WINDOW => rest
            .first()
            .ok_or_else(|| "no file".into())
            .and_then(|file| floor::window(file.as_ref())),
        Some((word, rest)) if word == measure::FLOOR_INSERT => rest
            .split_first()
            .ok_or_else(|| "no file".into())
            .and_then(|(file, words)| floor::insert(file.as_ref(), words)),
        Some((word, _)) if word == guard::WORD => {
            guard::measure();
            Ok(())
        }
        // `cargo test --all-targets` runs this file too; nothing is timed there.
        _ if !arguments.iter().any(|word| word == "--bench") => {
            println!("`cargo bench` measures.");
            Ok(())
        }
        _ => bench(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Not measured: {error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(target_os = "linux")]
fn bench(arguments: &[String]) -> Result<(), Box<dyn std::error::Error>> {
    let (mut sizes, mut rounds, mut fresh) = (Vec::new(), 10, false);
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--bench" => {}
            "--all" => sizes.extend([1_000, 10_000, 100_000]),
            "--fresh" => fresh = true,
            "--rounds" => rounds = words.next().ok_or("--rounds needs a number")?.parse()?,
            size => sizes.push(size.replace(['_', ','], "").parse().map_err(|_| {
                format!(
                    "{size:?} is neither a number of reflections, --all, --rounds N nor --fresh"
                )
            })?),
        }
    }
    if sizes.is_empty() {
        sizes.extend([1_000, 10_000]);
    }
    for size in sizes {
        let corpus = corpus::prepare(size, fresh)?;
        let figures = measure::all(&corpus, rounds)?;
        println!("{}", table::of(&corpus, rounds, &figures));
    }
    Ok(())
}
