//! Words and marks that the reviews and trends have in common on the command line.

use chrono::NaiveDate;

use crate::cli::output::together;
use crate::config::Glyphs;
use crate::domain::calendar::{day_and_month, short_date};
use crate::domain::catalog::Catalog;
use crate::domain::competency::CompetencyId;
use crate::domain::experiment::Outcome;
use crate::domain::figures::{Outcomes, Quote, Span, Spread};
use crate::domain::reflection::{Energy, Giver};
use crate::domain::shift::ShiftKind;
use crate::domain::sparkline::Bars;

/// Where the text beside the labels begins.
pub const COLUMN: usize = 16;
/// A bar is full from so many on, so that a single one is no tower.
pub const FULL_BAR: u32 = 4;

/// The bars of the writer's choice.
pub const fn bars(glyphs: Glyphs) -> Bars {
    match glyphs {
        Glyphs::Unicode => Bars::UNICODE,
        Glyphs::Ascii => Bars::ASCII,
    }
}

/// "9 Nov to 15 Nov", with the year where it is not the one of `today`.
pub fn days(span: Span, today: NaiveDate) -> String {
    let day = |date| day_and_month(date, today);
    format!("{} to {}", day(span.first), day(span.last))
}

/// "2 helped, 1 mixed"; only outcomes that occur.
pub fn outcomes(counts: &Outcomes) -> String {
    let all = Outcome::ALL.into_iter().map(|o| (o, counts.of(o)));
    let all = all.filter(|(_, times)| *times > 0);
    list(all.map(|(outcome, times)| format!("{times} {}", outcome.name())))
}

/// "2 nurse, 1 peer".
pub fn roles(roles: &[(Giver, u32)]) -> String {
    list(
        roles
            .iter()
            .map(|(giver, times)| format!("{times} {}", giver.name())),
    )
}

/// One line for each kind of shift: "Night      2 2 3 (n 3)", or with ten and more the median.
pub fn energy_by_shift(energy: &[(ShiftKind, Spread)]) -> String {
    let said = energy.iter().filter(|(_, spread)| spread.n() > 0);
    let lines = said.map(|(shift, spread)| format!("{:<14}{}", shift.name(), self::energy(spread)));
    lines.collect::<Vec<_>>().join("\n")
}

/// Every level while they are few; from ten on the median, and how often each was said.
pub fn energy(spread: &Spread) -> String {
    let n = spread.n();
    if let Some(median) = spread.median_in_words() {
        let levels = (1..=5).filter_map(Energy::new);
        let counts: Vec<String> = levels.map(|level| spread.of(level).to_string()).collect();
        let counts = together(&format!("1 to 5: {}", counts.join(" ")));
        let median = together(&format!("median {median} of 5"));
        return format!("{median} ({}; {counts})", together(&format!("n {n}")));
    }
    let levels: Vec<String> = spread.levels().map(|level| level.to_string()).collect();
    if n == 0 {
        return "nothing said".to_owned();
    }
    let n = together(&format!("(n {n})"));
    format!("{} of\u{a0}5 {n}", levels.join(" "))
}

/// `Thu 12 Nov  "Asked the nurse first."`, cut at a word to fit.
pub fn quote(quote: &Quote, room: usize, today: NaiveDate) -> String {
    let before = format!("{}  ", short_date(quote.shift_date, today));
    let room = room.saturating_sub(before.len() + 2);
    format!("{before}\"{}\"", quote.text.excerpt(room))
}

/// The name of a competency in a column of this width, cut at a word to fit.
pub fn name(catalog: &Catalog, competency: &CompetencyId, width: usize) -> String {
    let name = crate::domain::prose::excerpt(catalog.competency_name(competency), width);
    let gap = width.saturating_sub(unicode_width::UnicodeWidthStr::width(name.as_str()));
    format!("{name}{}", " ".repeat(gap))
}

/// Each with the next, and none of them on two lines.
pub fn list(all: impl Iterator<Item = String>) -> String {
    all.map(|one| together(&one)).collect::<Vec<_>>().join(", ")
}
