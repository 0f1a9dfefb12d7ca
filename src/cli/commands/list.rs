//! `postcall list`: reflections that match, newest first.

use clap::Args;

use crate::cli::args::at_least_one;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::rows;
use crate::cli::setting::Setting;
use crate::domain::query::Query;
use crate::exchange::json::ReflectionJson;
use crate::journal::{Journal, Row, Span};

#[derive(Debug, Args)]
pub struct ListArgs {
    /// What to look for: words, tag:rounds, shift:night, since:2026-10, is:open ...
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// At most so many; 20 unless told, all with --json
    #[arg(short = 'n', value_name = "N", value_parser = at_least_one)]
    pub limit: Option<u32>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Rows asked for at a time, so that a journal of any size needs little memory.
const WINDOW: usize = 200;

pub fn run(args: &ListArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let query = setting.query(&args.query, out)?;
    let limit = args.limit.and_then(|n| usize::try_from(n).ok());
    let mut journal = setting.open_if_there(out)?;
    if args.json {
        let mut array = out.array();
        let mut damaged = 0;
        if let Some(journal) = &mut journal {
            newest(journal, &query, limit.unwrap_or(usize::MAX), |_, row| {
                damaged += usize::from(row.damaged);
                Ok(array.item(&ReflectionJson::from(&row.entry))?)
            })?;
        }
        array.end()?;
        return rows::all_sound(damaged);
    }
    let Some(mut journal) = journal else {
        return Ok(());
    };
    let mut shown = 0;
    let most = limit.unwrap_or(rows::LIMIT);
    let more = newest(&mut journal, &query, most, |id, row| {
        shown += 1;
        rows::row(out, id, &row.entry, None, row.damaged)
    })?;
    if shown == 0 {
        out.say("No reflections match.");
    } else if more && args.limit.is_none() {
        out.say(&format!("The newest {shown}; -n N shows more."));
    }
    Ok(())
}

/// Hands over at most `limit` entries with their ids as they are shown; says whether there are older ones.
pub fn newest(
    journal: &mut Journal,
    query: &Query,
    limit: usize,
    mut each: impl FnMut(&str, &Row) -> Result<(), Failure>,
) -> Result<bool, Failure> {
    let mut span = Span::Newest;
    let mut left = limit;
    loop {
        let page = journal.page(query, span, left.min(WINDOW))?;
        let ids = journal.shown_ids(page.rows.iter().map(|row| row.entry.reflection.id))?;
        for (id, row) in ids.iter().zip(&page.rows) {
            each(id, row)?;
        }
        left = left.saturating_sub(page.rows.len());
        match page.rows.last() {
            Some(last) if page.more_older && left > 0 => span = Span::OlderThan(last.position),
            _ => return Ok(page.more_older),
        }
    }
}
