//! What each form of the query language means, and that no text breaks it.

use chrono::{NaiveDate, Weekday};
use proptest::prelude::*;

use super::*;

/// A Saturday.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

fn parse(text: &str) -> Result<Query, QueryError> {
    Query::parse(text, today(), Weekday::Mon)
}

/// How the query reads after it was understood.
fn read(text: &str) -> String {
    match parse(text) {
        Ok(query) => query.to_string(),
        Err(error) => panic!("{text}: {error}"),
    }
}

fn wrong(text: &str) -> String {
    match parse(text) {
        Ok(query) => panic!("{text} was read as {query}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn every_form_is_understood() {
    let cases = [
        ("", ""),
        (" \t\u{a0}", ""),
        ("Room  speak", "Room speak"),
        ("\"room to speak\" x", "\"room to speak\" x"),
        ("“room to speak”", "\"room to speak\""),
        ("don't post-op u/s 10:30", "don't post-op u/s 10:30"),
        ("(Café), --naïve", "Café -naïve"),
        ("-word -\"two words\" -#late", "-word -\"two words\" -#late"),
        ("well:room DIFFERENTLY:x", "well:room differently:x"),
        (
            "next:\"ask the nurse\" -note:x",
            "next:\"ask the nurse\" -note:x",
        ),
        (
            "comp:feedback comp:acgme:ICS2",
            "comp:feedback comp:acgme:ICS2",
        ),
        ("tag:Rounds #First-Day tag:#x", "#rounds #first-day #x"),
        ("#output:poster", "#output:poster"),
        (
            "tag:=Round comp:=team signal:\"=fast speech\"",
            "tag:=round comp:=team signal:\"=fast speech\"",
        ),
        (
            "differently:=#Late-meals well:#late",
            "differently:=#late-meals well:late",
        ),
        (
            "word:Planned -word:\"o'clock\"",
            "word:planned -word:o'clock",
        ),
        ("shift:night -shift:Call24", "shift:night -shift:call24"),
        ("rot:icu rot:\"Medical ICU\"", "rot:icu rot:\"Medical ICU\""),
        ("template:change", "template:change"),
        (
            "signal:Jaw signal:\"fast speech\"",
            "signal:jaw signal:\"fast speech\"",
        ),
        ("energy:<=2 energy:>3", "energy:<=2 energy:>=4"),
        ("energy:3 energy:=3", "energy:3 energy:3"),
        ("energy:<2 energy:4-2", "energy:1 energy:2-4"),
        ("energy:1-5 energy:>=1", "energy:1-5 energy:1-5"),
        ("is:shared is:open", "is:shared is:open"),
        ("outcome:helped outcome:open", "outcome:helped is:open"),
        ("outcome:no-chance", "outcome:no_chance"),
        (
            "outcome:tried due:yesterday",
            "outcome:tried due:2026-11-20",
        ),
        ("due:2026-11-20..2026-10", "due:2026-10-01..2026-11-20"),
        (
            "is:shift answered:yesterday",
            "is:shift answered:2026-11-20",
        ),
        (
            "answered:2026-10 answered:2026-11-20..2026-11-10",
            "answered:2026-10-01..2026-10-31 answered:2026-11-10..2026-11-20",
        ),
    ];
    for (typed, meant) in cases {
        assert_eq!(read(typed), meant, "typed: {typed}");
    }
}

#[test]
fn dates_may_be_days_weeks_months_and_years() {
    let cases = [
        ("since:2026-10", "since:2026-10-01"),
        ("until:2026-10", "until:2026-10-31"),
        ("on:2026-10", "on:2026-10-01..2026-10-31"),
        ("on:2024-2", "on:2024-02-01..2024-02-29"),
        ("since:2026", "since:2026-01-01"),
        ("until:2026", "until:2026-12-31"),
        ("on:2026", "on:2026-01-01..2026-12-31"),
        ("until:2026-11-15", "until:2026-11-15"),
        ("on:yesterday", "on:2026-11-20"),
        ("on:friday -on:-3", "on:2026-11-20 -on:2026-11-18"),
        ("on:week", "on:2026-11-16..2026-11-22"),
        ("on:last-week", "on:2026-11-09..2026-11-15"),
        ("since:month", "since:2026-11-01"),
        ("until:last-month", "until:2026-10-31"),
        ("on:2026-10..yesterday", "on:2026-10-01..2026-11-20"),
        ("on:yesterday..2026-10", "on:2026-10-01..2026-11-20"),
    ];
    for (typed, meant) in cases {
        assert_eq!(read(typed), meant, "typed: {typed}");
    }
    let sunday = Query::parse("on:week", today(), Weekday::Sun);
    assert!(sunday.is_ok_and(|query| query.to_string() == "on:2026-11-15..2026-11-21"));
}

#[test]
fn a_word_still_being_typed_already_counts() {
    let cases = [
        ("shift:n", "shift:night"),
        ("shift:c", "shift:call24"),
        ("outcome:no", "outcome:no_help"),
        ("outcome:no_c", "outcome:no_chance"),
        ("outcome:t", "outcome:tried"),
        ("is:s", "is:shared"),
        ("is:o", "is:open"),
        ("\"room to sp", "\"room to sp"),
        ("\"room", "room"),
        ("well:\"room t", "well:\"room t"),
        ("-\"a:b", "-\"a:b"),
    ];
    for (typed, meant) in cases {
        assert_eq!(read(typed), meant, "typed: {typed}");
    }
}

#[test]
fn a_mistake_says_where_what_is_allowed_and_what_was_perhaps_meant() {
    let cases = [
        (
            "room shift:",
            "column 6: nothing comes after \"shift:\"; allowed: day, long, evening, night, call24, \
             clinic, off",
        ),
        (
            "é shift:nihgt",
            "column 9: \"nihgt\" is not a kind of shift, did you mean \"night\"? (allowed: day, \
             long, evening, night, call24, clinic, off)",
        ),
        (
            "shfit:night",
            "column 1: no search key \"shfit:\", did you mean \"shift:\"? (allowed: well: \
             differently: next: note: word: comp: tag: shift: rot: template: energy: signal: since: \
             until: on: is: outcome: due: answered: or the text in quotes)",
        ),
        (
            "on:2026-02-30",
            "column 4: there is no \"2026-02-30\" between 1900 and 2200; allowed: 2026-11-21, \
             2026-11, 2026, today, yesterday, monday, -3, week, last-week, month, last-month",
        ),
        (
            "-energy:6",
            "column 9: \"6\" is not an energy level; allowed: 1 to 5, like 2, <=2, >3 or 1-3",
        ),
        (
            "is:shard",
            "column 4: \"shard\" is not a state, did you mean \"shared\"? (allowed: shared, open, \
             shift)",
        ),
        (
            "ab ???",
            "column 4: \"???\" has no letter or digit to look for; allowed: a word or \"words in \
             quotes\"",
        ),
        (
            "#4",
            "column 1: \"#4\" is not a tag; allowed: letters, digits, - and _, like #rounds",
        ),
    ];
    for (typed, sentence) in cases {
        assert_eq!(wrong(typed), sentence, "typed: {typed}");
    }
}

#[test]
fn nothing_that_could_match_everything_by_mistake_is_accepted() {
    let typed = [
        "\"\"",
        "\"",
        "-",
        "- x",
        "-\"\"",
        "...",
        "👍",
        "\u{301}",
        "#",
        "tag:#",
        "tag:\"\"",
        "well:",
        "well:\"\"",
        "well:...",
        "rot:\" \"",
        "comp:",
        "signal:\"",
        "energy:",
        "energy:<",
        "energy:<1",
        "energy:>5",
        "energy:1-",
        "energy:0",
        "since:",
        "since:2026-",
        "on:..",
        "on:1800",
        "on:2026-13",
        "on:9999-12",
        "on:today..",
        "since:2026..2027",
        "is:",
        "outcome:x",
        ":",
        "x:",
        "\u{0}",
    ];
    for text in typed {
        if let Ok(query) = parse(text) {
            assert!(
                query.is_empty() && text.chars().all(|c| c.is_whitespace() || c.is_control()),
                "{text:?} was read as \"{query}\""
            );
        }
    }
    assert!(parse(&"a ".repeat(MAX_CONDITIONS)).is_ok());
    assert!(wrong(&"a ".repeat(MAX_CONDITIONS + 1)).ends_with("allowed: 64 conditions"));
}

#[test]
fn only_words_that_must_be_there_are_shown_as_matches() {
    let query = parse("room -late well:nurse \"to speak\" #tag shift:night next:if").ok();
    let words = |terms: Vec<Words>| -> Vec<String> {
        terms
            .iter()
            .map(|words| words.as_str().to_owned())
            .collect()
    };
    let query = query.unwrap_or_default();
    assert_eq!(words(query.text_terms()), ["room", "to speak"]);
    assert_eq!(
        words(query.text_terms_in(Field::WentWell)),
        ["room", "nurse", "to speak"]
    );
}

/// Text that looks like a query more often than chance would have it.
fn query_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zé\u{301}]{1,6}",
        "[-\"#:. \t\u{0}]",
        "(well|next|comp|tag|shift|rot|template|energy|signal|since|until|on|is|outcome|due|answered|x):",
        "(night|off|helped|no_help|tried|open|shared|2026|2026-1|-3|week|last-month|[<>]?=?[0-6]|[0-6]-[0-6])",
        Just(" ".to_owned()),
        "\\PC",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_gives_a_query_or_an_error_that_points_into_it(text in prop_oneof![any::<String>(), query_like()]) {
        let blank = text.chars().all(|c| c.is_whitespace() || c.is_control());
        match parse(&text) {
            Ok(query) => prop_assert_eq!(query.is_empty(), blank),
            Err(error) => {
                prop_assert!(text.get(error.span.clone()).is_some(), "{:?}", error.span);
                prop_assert!((1..=text.chars().count()).contains(&error.column));
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }

    #[test]
    fn a_query_that_is_shown_is_read_back_as_the_same(text in prop_oneof![any::<String>(), query_like()]) {
        if let Ok(query) = parse(&text) {
            let shown = query.to_string();
            match parse(&shown) {
                Ok(again) => prop_assert!(again == query, "{shown:?} was read as {again}"),
                Err(error) => prop_assert!(false, "{shown:?}: {error}"),
            }
        }
    }

    #[test]
    fn words_are_fit_for_the_index(text in prop_oneof![any::<String>(), query_like()]) {
        for condition in parse(&text).unwrap_or_default().all {
            if let Test::Text { words, .. } = condition.test {
                let text = words.as_str();
                prop_assert!(has_word(text) && !text.contains(|c: char| c == '"' || c.is_control()), "{text:?}");
            }
        }
    }
}
