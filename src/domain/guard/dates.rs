//! Dates: of birth, of what happened to somebody, and the writer's own plans, which stay low.

use std::ops::Range;

use super::lexicon::Sets;
use super::line::Line;
use super::{Finding, Kind, Severity};

/// A date as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date {
    pub tokens: Range<usize>,
    form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Day, month and year.
    Full,
    /// The same in digits alone, where two of the year could be something else: `12-05-24`.
    ShortYear,
    /// Day and month, the month as a word.
    Day,
    /// Day and month in digits: `3/14`.
    Fraction,
}

pub fn find(line: &Line<'_>, found: &mut Vec<Finding>) {
    let mut i = 0;
    let mut birth: Option<usize> = None;
    while i < line.len() {
        if let Some(date) = born(line, i) {
            found.push(birthday(line, i, date.clone()));
            birth = Some(date.end);
            i = date.end;
            continue;
        }
        let after_birth = birth == Some(i.wrapping_sub(1));
        if after_birth
            && date(line, i).is_none()
            && line.any_word(i.wrapping_sub(1), &["vs", "or", "and", "not", "versus"])
            && let Some(second) = separated(line, i)
        {
            birth = Some(second.end);
            i = second.end;
            found.push(birthday(line, second.start, second));
            continue;
        }
        let Some(date) = date(line, i) else {
            i += 1;
            continue;
        };
        let end = date.tokens.end;
        // "insulin 6/8/10 units"
        if line.is(end, Sets::UNIT) {
            i = end;
            continue;
        }
        let another = after_birth
            && (line.any_word(i.wrapping_sub(1), &["vs", "or", "and", "not", "versus"])
                || line.any_mark(i.wrapping_sub(1), &['/', ',', '&']));
        if another {
            found.push(birthday(line, i, date.tokens));
            birth = Some(end);
        } else if let Some(severity) = severity(line, &date) {
            let suggest = if severity == Severity::Low {
                "that day"
            } else {
                "that week"
            };
            let on = line.word(i.wrapping_sub(1), "on");
            let from = line.range(if on { i - 1 } else { i }..end).start;
            let finding = Finding::new(line.range(date.tokens), Kind::Date, severity, suggest);
            found.push(finding.replacing_from(from));
        }
        i = end;
    }
}

fn birthday(line: &Line<'_>, cue: usize, date: Range<usize>) -> Finding {
    let from = line.range(cue..date.end).start;
    let finding = Finding::new(
        line.range(date),
        Kind::Dob,
        Severity::High,
        "[date of birth]",
    );
    finding.replacing_from(from)
}

/// The date behind "DOB", "born", "date of birth", "birthday", "b."
fn born(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let mut at = if line.is(i, Sets::BIRTH) {
        i + 1
    } else if line.word(i, "d")
        && line.any_mark(i + 1, &['.', '/'])
        && line.word(i + 2, "o")
        && line.word(i + 4, "b")
    {
        i + 5
    } else if line.word(i, "date") && line.word(i + 1, "of") && line.word(i + 2, "birth") {
        i + 3
    } else if line.word(i, "birth") && line.word(i + 1, "date") {
        i + 2
    } else if line.str(i) == "b"
        && (line.mark(i + 1, '.') || line.is_digits(i + 1))
        && line.spaced(i)
    {
        i + 1
    } else {
        return None;
    };
    for _ in 0..3 {
        if line.any_mark(at, &[':', '.', '=', '-', '(', ','])
            || line.any_word(at, &["is", "was", "on", "in", "the", "of", "as"])
        {
            at += 1;
        }
    }
    let any = date(line, at).map(|date| {
        // "11 nov 71"
        let short = date.form == Form::Day
            && line.is(date.tokens.end - 1, Sets::MONTH)
            && line.digits(date.tokens.end) == 2
            && line.spaced(date.tokens.end)
            && !line.any_mark(date.tokens.end + 1, &['/', ':', '%']);
        date.tokens.start..date.tokens.end + usize::from(short)
    });
    any.or_else(|| in_small_letters(line, at))
        .or_else(|| separated(line, at))
        .or_else(|| month_of_year(line, at))
        .or_else(|| (line.word(i, "dob") && matches!(line.digits(at), 6 | 8)).then_some(at..at + 1))
}

/// `22nd march 82`: behind a word for birth a month needs no capital.
fn in_small_letters(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let month = ordinal(line, i + 1);
    let year = matches!(line.digits(month + 1), 2 | 4);
    (is_day(line, i) && line.is(month, Sets::MONTH)).then_some(i..month + 1 + usize::from(year))
}

/// `March 1939`
fn month_of_year(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let year = line.digits(i + 1) == 4 && line.number(i + 1).is_some_and(is_year);
    (year && line.is(i, Sets::MONTH)).then_some(i..i + 2)
}

/// Day, month and year joined by any mark or by spaces: `17.2.39`, `17 02 1939`.
fn separated(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let step = if line.spaced(i + 1) { 1 } else { 2 };
    let (first, second) = (line.number(i)?, line.number(i + step)?);
    let year = line.digits(i + 2 * step);
    let valid = (1..=31).contains(&first) && (1..=31).contains(&second) && first.min(second) <= 12;
    (valid && matches!(year, 2 | 4)).then_some(i..i + 2 * step + 1)
}

/// The date that begins at this token.
pub fn date(line: &Line<'_>, i: usize) -> Option<Date> {
    if !line.is_digits(i) && !line.is(i, Sets::MONTH) {
        return None;
    }
    let before = i.wrapping_sub(1);
    if line.glued(i)
        && !line.any_mark(
            before,
            &[
                '(', ':', ',', '"', '[', '=', '\u{2014}', '\u{2013}', '~', '\u{201c}', '\'',
            ],
        )
    {
        return None;
    }
    if line.glued(i)
        && line.any_mark(before, &[',', ':'])
        && line.is_digits(before.wrapping_sub(1))
        && line.glued(before)
    {
        return None;
    }
    let (end, form) = digits(line, i)
        .or_else(|| compact(line, i))
        .or_else(|| day_month(line, i))
        .or_else(|| month_day(line, i))
        .or_else(|| fraction(line, i))?;
    Some(Date {
        tokens: i..end,
        form,
    })
}

/// `2024-05-17`, `17/02/1939`, `3.5.2024`, `12/05/24`, `12-05-24`.
fn digits(line: &Line<'_>, i: usize) -> Option<(usize, Form)> {
    let separator = line.shape(i + 1);
    let joined = line.any_mark(i + 1, &['-', '/', '.', '\u{2011}', '\u{2013}'])
        && separator == line.shape(i + 3)
        && (1..=4).all(|n| line.glued(i + n));
    if !joined {
        return None;
    }
    let more = line.glued(i + 5)
        && (line.is_digits(i + 5)
            || line.any_mark(i + 5, &['-', '/', '.', '%'])
                && line.glued(i + 6)
                && line.is_digits(i + 6));
    if more {
        return None;
    }
    let (first, second, third) = (line.number(i)?, line.number(i + 2)?, line.number(i + 4)?);
    let sizes = (line.digits(i), line.digits(i + 2), line.digits(i + 4));
    let iso = sizes.0 == 4 && sizes.1 <= 2 && sizes.2 <= 2;
    if iso && is_year(first) && (1..=12).contains(&second) && (1..=31).contains(&third) {
        return Some((i + 5, Form::Full));
    }
    let day = (1..=31).contains(&first) && (1..=31).contains(&second) && first.min(second) <= 12;
    if !day || sizes.0 > 2 || sizes.1 > 2 {
        return None;
    }
    match sizes.2 {
        4 if is_year(third) => Some((i + 5, Form::Full)),
        2 if line.mark(i + 1, '/') => Some((i + 5, Form::Full)),
        2 if !line.mark(i + 1, '.') && sizes.0 == 2 && sizes.1 == 2 => {
            Some((i + 5, Form::ShortYear))
        }
        2 if line.mark(i + 1, '.') && sizes.0 == 2 && sizes.1 == 2 => {
            Some((i + 5, Form::ShortYear))
        }
        _ => None,
    }
}

fn is_year(number: u32) -> bool {
    (1880..=2100).contains(&number)
}

/// `20240517`
fn compact(line: &Line<'_>, i: usize) -> Option<(usize, Form)> {
    if line.digits(i) != 8 || line.glued(i + 1) && line.is_letters(i + 1) {
        return None;
    }
    let number = line.number(i)?;
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    ((1900..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day))
        .then_some((i + 1, Form::Full))
}

fn is_day(line: &Line<'_>, i: usize) -> bool {
    line.digits(i) <= 2 && line.number(i).is_some_and(|day| (1..=31).contains(&day))
}

/// Whether the token is a month. "may", "march", "mar" and "sun" need their capital.
fn is_month(line: &Line<'_>, i: usize) -> bool {
    line.is(i, Sets::MONTH)
        && (line.str(i).starts_with(char::is_uppercase)
            || !line.any_word(i, &["may", "march", "mar", "dec"])
            || line.digits(i.wrapping_sub(1)) > 0
                && (line.digits(i + 1) == 4 && line.number(i + 1).is_some_and(is_year)
                    || line.is(i.wrapping_sub(2), Sets::EVENT)
                        && !line.any_word(i.wrapping_sub(2), &["scan", "seen", "fall"])))
}

/// `17 Feb 1939`, `17th of February`, `17-Feb-39`, `17Feb`.
fn day_month(line: &Line<'_>, i: usize) -> Option<(usize, Form)> {
    if !is_day(line, i) {
        return None;
    }
    let mut at = ordinal(line, i + 1);
    if line.word(at, "of") {
        at += 1;
    }
    if line.any_mark(at, &['-', '/', '.']) && line.glued(at) {
        at += 1;
    }
    if !is_month(line, at) {
        return None;
    }
    if line.word(at, "sec") {
        return None;
    }
    // "3 May Street", "2 March walks" are not dates; "may" as a verb has no number before it.
    at += 1;
    Some(with_year(line, at))
}

/// `Feb 17, 1939`, `February 17th`.
fn month_day(line: &Line<'_>, i: usize) -> Option<(usize, Form)> {
    if !is_month(line, i) {
        return None;
    }
    let mut at = i + 1;
    if line.any_mark(at, &['.', '-']) {
        at += 1;
    }
    if line.word(at, "the") {
        at += 1;
    }
    if !is_day(line, at) || line.glued(at + 1) && line.any_mark(at + 1, &[':', '/', '%']) {
        return None;
    }
    let at = ordinal(line, at + 1);
    let unit = line.is(at, Sets::UNIT) && !line.glued(at);
    if unit {
        return None;
    }
    Some(with_year(line, at))
}

fn ordinal(line: &Line<'_>, i: usize) -> usize {
    let ordinal = line.glued(i) && line.any_word(i, &["st", "nd", "rd", "th"]);
    if ordinal { i + 1 } else { i }
}

fn with_year(line: &Line<'_>, end: usize) -> (usize, Form) {
    let mut at = end;
    if line.any_mark(at, &[',', '-', '/', '.', '\'', '\u{2019}']) {
        at += 1;
        if line.any_mark(at, &['\'', '\u{2019}']) {
            at += 1;
        }
    }
    let long = line.digits(at) == 4 && line.number(at).is_some_and(is_year);
    let short = line.digits(at) == 2 && at > end && line.glued(at)
        || line.digits(at) == 2 && at == end && line.glued(at);
    if long || short {
        (at + 1, Form::Full)
    } else {
        (end, Form::Day)
    }
}

/// `3/14`, `14/3`: day and month, not a score, a duration or "secondary to".
fn fraction(line: &Line<'_>, i: usize) -> Option<(usize, Form)> {
    let joined = line.mark(i + 1, '/') && line.glued(i + 1) && line.glued(i + 2);
    if !joined
        || !is_day(line, i)
        || !is_day(line, i + 2)
        || line.glued(i + 3) && !line.any_mark(i + 3, &[',', '.', ';', ':', ')'])
    {
        return None;
    }
    let (first, second) = (line.number(i)?, line.number(i + 2)?);
    let duration = matches!(second, 7 | 12) && first <= 12;
    (!duration && first.min(second) <= 12 && first != second).then_some((i + 3, Form::Fraction))
}

/// How grave a date is by what is told of it; `None` where it is likelier no date at all.
fn severity(line: &Line<'_>, date: &Date) -> Option<Severity> {
    let Date { tokens, form } = date;
    let near = tokens.start.saturating_sub(6)..tokens.start;
    let happened = |tokens: Range<usize>| line.within(tokens, Sets::EVENT);
    let closest = near
        .clone()
        .rev()
        .find(|i| line.is(*i, Sets::EVENT | Sets::PLAN));
    let planned = match closest {
        Some(i) => line.is(i, Sets::PLAN) && !line.is(i, Sets::EVENT),
        None => line.within(0..line.len(), Sets::PLAN) && !happened(0..line.len()),
    };
    // A year that was over before this was written is nobody's plan.
    let year = line.number(tokens.end - 1).or(line.number(tokens.start));
    let long_ago = year.is_some_and(|year| (1880..2020).contains(&year));
    match form {
        Form::Full | Form::ShortYear if planned && !long_ago => Some(Severity::Low),
        Form::Full => Some(Severity::Medium),
        Form::ShortYear => {
            let measured = line.within(
                tokens.start.saturating_sub(3)..tokens.start,
                Sets::MEASURE | Sets::DRUG,
            );
            (!measured).then_some(Severity::Medium)
        }
        Form::Day => {
            let after = tokens.end..tokens.end + 3;
            let grave = !planned && (happened(near) || happened(after));
            Some(if grave {
                Severity::Medium
            } else {
                Severity::Low
            })
        }
        Form::Fraction => {
            let before = tokens.start.wrapping_sub(1);
            let on = line.any_word(before, &["on", "since", "from"]);
            let at = if on { before.wrapping_sub(1) } else { before };
            let told = line.is(at, Sets::EVENT)
                && !line.any_word(at, &["seen", "scan", "exam", "echo"])
                || on && line.within(near, Sets::EVENT);
            (told
                && line.number(tokens.start + 2).is_some_and(|n| {
                    // No score: "22/10".
                    !matches!(n, 5 | 6 | 10)
                        || line.number(tokens.start) > Some(n)
                        || on
                        || line.any_word(
                            at,
                            &["admitted", "died", "discharged", "readmitted", "deceased"],
                        )
                }))
            .then_some(Severity::Medium)
        }
    }
}
