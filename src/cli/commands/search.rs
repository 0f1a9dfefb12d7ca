//! `postcall search`: reflections that match, best first, with the words around the match.

use clap::Args;

use crate::cli::args::at_least_one;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::rows;
use crate::cli::setting::Setting;
use crate::exchange::json::ReflectionJson;

#[derive(Debug, Args)]
pub struct SearchArgs {
    /// What to look for: words, tag:rounds, shift:night, since:2026-10, is:open ...
    #[arg(value_name = "QUERY", required = true)]
    pub query: Vec<String>,
    /// At most so many; 20 unless told, all with --json
    #[arg(short = 'n', value_name = "N", value_parser = at_least_one)]
    pub limit: Option<u32>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

pub fn run(args: &SearchArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let query = setting.query(&args.query, out)?;
    if query.is_empty() {
        return Err(Failure::Usage(
            "Say what to look for: words, tag:rounds, shift:night, since:2026-10. \
             `postcall list` lists everything."
                .to_owned(),
        ));
    }
    let limit = args.limit.and_then(|n| usize::try_from(n).ok());
    let limit = limit.or((!args.json).then_some(rows::LIMIT));
    let (hits, ids) = match setting.open_if_there(out)? {
        Some(mut journal) => {
            let hits = journal.best(&query, limit)?;
            let ids = journal.shown_ids(hits.iter().map(|hit| hit.entry.reflection.id))?;
            (hits, ids)
        }
        None if args.json => (Vec::new(), Vec::new()),
        None => return Ok(()),
    };
    if args.json {
        let mut array = out.array();
        for hit in &hits {
            array.item(&ReflectionJson::from(&hit.entry))?;
        }
        array.end()?;
        return rows::all_sound(hits.iter().filter(|hit| hit.damaged).count());
    }
    for (id, hit) in ids.iter().zip(&hits) {
        let snippet = Some(hit.snippet.as_str()).filter(|words| !words.trim().is_empty());
        rows::row(out, id, &hit.entry, snippet, hit.damaged)?;
    }
    if hits.is_empty() {
        out.say("No reflections match.");
    }
    Ok(())
}
