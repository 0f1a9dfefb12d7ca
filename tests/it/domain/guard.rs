//! The identifier guard: what it must find in lines nobody tuned it on, and leave alone.

use std::fmt::Write as _;
use std::ops::Range;
use std::time::{Duration, Instant};

use postcall::domain::guard::{Finding, Kind, Severity, findings, replaced};
use proptest::prelude::*;
use serde::Deserialize;

/// Lines that the rules were tuned on.
const DEV: &str = include_str!("../fixtures/guard/dev.jsonl");
/// Lines written before that by another hand's habits, and looked at only as a whole.
const HELD_OUT: &str = include_str!("../fixtures/guard/held_out.jsonl");
/// Hasty lines from night shifts, written later. Before the rules were widened by what they missed,
/// 139 of their 155 identifiers were found, 139 of 140 findings were right and 1 of 109 clean lines
/// was flagged.
const THIRD: &str = include_str!("../fixtures/guard/third.jsonl");
/// Lines of wards in five countries. Before the rules were widened by what they missed, 202 of their
/// 215 identifiers were found, 202 of 203 findings were right and 1 of 227 clean lines was flagged.
const WARDS: &str = include_str!("../fixtures/guard/wards.jsonl");
/// Small letters, no marks, words cut short; behind them clean lines with lost letters beside "pt" and
/// relatives. Before: 106 of 139 found (names in small letters were not looked for), 107 of 109 right,
/// 2 of the first 181 clean lines flagged.
const HURRIED: &str = include_str!("../fixtures/guard/hurried.jsonl");
/// A third voice, written after the rules had been widened: 159 of 162 found, 159 of 159 right, none
/// of 251 clean lines flagged.
const MIXED: &str = include_str!("../fixtures/guard/mixed.jsonl");

/// A fourth voice, with capitals: 145 of 154 found, 145 of 146 right, 1 of 170 clean lines flagged
/// before the rules were widened by what they missed.
const NORTH: &str = include_str!("../fixtures/guard/north.jsonl");
/// The hurry of a telephone after nights, in small letters: 110 of 138 found, 110 of 110 right, none
/// of 150 clean lines flagged before.
const SMALL_LETTERS: &str = include_str!("../fixtures/guard/small_letters.jsonl");

/// Small letters again, by then half of the names without a word that points at them: 108 of 136
/// found, 108 of 108 right, none of 150 clean lines flagged before.
const WITHOUT_CUES: &str = include_str!("../fixtures/guard/without_cues.jsonl");
/// A fifth voice, close to how residents write who have a minute: 152 of 164 found, 152 of 152 right,
/// none of 170 clean lines flagged before.
const FIFTH: &str = include_str!("../fixtures/guard/fifth.jsonl");

/// A line and what in it identifies somebody. Offsets count characters.
#[derive(Deserialize)]
struct Line {
    text: String,
    spans: Vec<Span>,
}

/// Soft spans may be found or not: they count for neither side.
#[derive(Deserialize)]
struct Span {
    start: usize,
    end: usize,
    #[serde(default)]
    soft: bool,
}

fn lines(set: &str) -> Vec<Line> {
    set.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn grave(text: &str) -> Vec<Finding> {
    let all = findings(text).into_iter();
    all.filter(|finding| finding.severity >= Severity::Medium)
        .collect()
}

fn words<'a>(text: &'a str, bytes: &Range<usize>) -> &'a str {
    text.get(bytes.clone()).unwrap()
}

fn chars(text: &str, bytes: &Range<usize>) -> Range<usize> {
    let count = |bytes: usize| words(text, &(0..bytes)).chars().count();
    count(bytes.start)..count(bytes.end)
}

#[track_caller]
fn meets_the_targets(set: &str) {
    let (mut there, mut found, mut told, mut right) = (0, 0, 0, 0);
    let (mut clean, mut flagged) = (0, 0);
    let mut wrong = String::new();
    for Line { text, spans } in lines(set) {
        let said: Vec<Range<usize>> = grave(&text)
            .iter()
            .map(|f| chars(&text, &f.range))
            .collect();
        let meets =
            |span: &Span, said: &Range<usize>| span.start < said.end && said.start < span.end;
        let hard = || spans.iter().filter(|span| !span.soft);
        let hits = hard()
            .filter(|span| said.iter().any(|said| meets(span, said)))
            .count();
        let rights = said
            .iter()
            .filter(|said| spans.iter().any(|span| meets(span, said)))
            .count();
        there += hard().count();
        found += hits;
        told += said.len();
        right += rights;
        if hard().count() == 0 {
            clean += 1;
            flagged += usize::from(rights < said.len());
        }
        if hits < hard().count() || rights < said.len() {
            writeln!(wrong, "  {text}").unwrap();
        }
    }
    let share = |part: usize, whole: usize| format!("{part} of {whole}");
    let report = format!(
        "found {}, right {}, clean lines flagged {}; not as they should be:\n{wrong}",
        share(found, there),
        share(right, told),
        share(flagged, clean)
    );
    assert!(there >= 130 && clean >= 100, "{report}");
    assert!(found * 100 >= there * 90, "{report}");
    assert!(right * 100 >= told * 95, "{report}");
    assert!(flagged * 100 <= clean * 2, "{report}");
}

#[test]
fn the_lines_it_was_tuned_on_meet_the_targets() {
    meets_the_targets(DEV);
}

#[test]
fn lines_it_was_not_tuned_on_meet_the_targets() {
    meets_the_targets(HELD_OUT);
}

#[test]
fn hasty_lines_of_night_shifts_meet_the_targets() {
    meets_the_targets(THIRD);
}

#[test]
fn lines_of_wards_in_five_countries_meet_the_targets() {
    meets_the_targets(WARDS);
}

#[test]
fn hurried_lines_in_small_letters_meet_the_targets() {
    meets_the_targets(HURRIED);
}

#[test]
fn lines_of_a_fourth_voice_meet_the_targets() {
    meets_the_targets(NORTH);
}

#[test]
fn lines_from_a_telephone_in_small_letters_meet_the_targets() {
    meets_the_targets(SMALL_LETTERS);
}

#[test]
fn lines_in_small_letters_with_few_cues_meet_the_targets() {
    meets_the_targets(WITHOUT_CUES);
}

#[test]
fn lines_of_a_fifth_voice_meet_the_targets() {
    meets_the_targets(FIFTH);
}

#[test]
fn lines_of_mixed_voices_meet_the_targets() {
    meets_the_targets(MIXED);
}

#[track_caller]
fn finds(table: &[(&str, &str)]) {
    for (text, expected) in table {
        let found: Vec<String> = findings(text)
            .iter()
            .map(|f| {
                format!(
                    "{} {} {}",
                    words(text, &f.range),
                    f.kind.id(),
                    f.severity.id()
                )
            })
            .collect();
        assert_eq!(found.join("|"), *expected, "{text}");
    }
}

#[test]
fn of_a_name_every_word_is_found_and_no_title_and_no_relative() {
    finds(&[
        ("Mrs Vexley asked me to sit", "Vexley name high"),
        ("Mr. J. O'Callaghan's son rang", "J. O'Callaghan name high"),
        ("Señora de la Fuente sang", "de la Fuente name high"),
        ("mr. hollingberry fell", "hollingberry name high"),
        ("MRS O'LEARY FELL", "O'LEARY name high"),
        ("Mr and Mrs Hale", "Hale name high"),
        ("pt: Torvald Engen, window bed", "Torvald Engen name high"),
        (
            "his brother Casimir had the power of attorney",
            "Casimir name high",
        ),
        ("Okwuosa's daughter slept in the chair", "Okwuosa name high"),
        ("Odalys Verran, 66F, septic", "Odalys Verran name high"),
        (
            "sat longer with Benedikta after the scan",
            "Benedikta name medium",
        ),
        ("Dr. Abara let me lead", "Abara clinician_name low"),
        ("Master Teddy Whitcombe drew", "Teddy Whitcombe name high"),
        ("pt leontyne wanted the lights off", "leontyne name medium"),
        ("his brother dmitri poa", "dmitri name medium"),
        ("told benedikta the truth", "benedikta name medium"),
        ("pt agitatd, husband furios", ""),
        ("lives in nursinghome", ""),
        ("mr ho still hasnt eaten", "ho name high"),
        ("pt Ji-woo wept", "Ji-woo name high"),
        ("Odalys Nettles 88F fell", "Odalys Nettles name high"),
        (
            "OTTO VERRAN-HALE, 71M, clinic",
            "OTTO VERRAN-HALE name high",
        ),
        (
            "grzegorz nowicki 58m dka again",
            "grzegorz nowicki name high",
        ),
        ("tamsyn's parents rang", "tamsyn name medium"),
        ("the quennell family waited", "quennell name medium"),
        ("jacinto asked if he may go", "jacinto name medium"),
        ("promised mairead a call", "mairead name medium"),
        ("a niece, parvaneh, who asked", "parvaneh name medium"),
        ("the sister is Marigold, a nurse", "Marigold name high"),
        ("saw Hyacinth again", "Hyacinth name medium"),
        ("discussed J. Verran at the M&M", "J. Verran name medium"),
        ("a. papadimitriou was there", "a. papadimitriou name medium"),
        ("Bartholomew the 6yo drew", "Bartholomew name high"),
        ("Mx Rivers-Okoye rang", "Rivers-Okoye name high"),
        ("soo-jin's drain came out", "soo-jin name medium"),
        ("when dimakatso crashed", "dimakatso name medium"),
        (
            "sat on the floor with parvaneh and ghodrat",
            "parvaneh name medium|ghodrat name medium",
        ),
        ("could teodoro have gone home", "teodoro name medium"),
        ("reviewed m. fitzurse late", "m. fitzurse name medium"),
        (
            "martha's rule poster, larson's point, when creon helped",
            "",
        ),
        ("grew S. Aureus and E. Coli, read K. Ericsson 2004", ""),
        ("three Macs later the tube was in", ""),
        ("their daughter tearful, parents aboard", ""),
        ("urosepsis 80f settled by noon", ""),
    ]);
}

#[test]
fn of_a_number_or_a_date_nothing_beside_it_is_found() {
    finds(&[
        ("MRN 30441987, look it up", "30441987 mrn high"),
        ("MRN-00-41-8827.", "00-41-8827 mrn high"),
        ("wrong label, 30441987 not his", "30441987 mrn medium"),
        (
            "NHS no. 999 040 9455 copied",
            "999 040 9455 nhs_number high",
        ),
        ("943 476 5919 on my hand", "943 476 5919 nhs_number high"),
        ("943 476 5918 on my hand", "943 476 5918 phone high"),
        ("ssn 944-20-1183 on the printout", "944-20-1183 ssn high"),
        ("NI number QQ 12 34 56 C", "QQ 12 34 56 C national_id high"),
        ("Medicare 1EG4-TE5-MK72", "1EG4-TE5-MK72 national_id high"),
        ("on 07700 900288 at noon", "07700 900288 phone high"),
        ("call (312) 555-0148.", "(312) 555-0148 phone high"),
        ("bleep 4471", "4471 phone low"),
        (
            "to casimir.v@example.org.",
            "casimir.v@example.org email high",
        ),
        (
            "DOB 17/02/1939 vs 27/02/1939",
            "17/02/1939 dob high|27/02/1939 dob high",
        ),
        ("discharged 2024-05-17 with it", "2024-05-17 date medium"),
        ("died on 4 February", "4 February date medium"),
        ("exam on 3 May", "3 May date low"),
        ("CCC meeting on 9 December", "9 December date low"),
        ("96yo retired welder", "96yo age_over_89 high"),
        (
            "Miss Thornquist, 91, called",
            "Thornquist name high|91 age_over_89 high",
        ),
        ("ninety-six and gardening", "ninety-six age_over_89 high"),
    ]);
}

#[test]
fn of_an_age_or_an_address_nothing_beside_it_is_found() {
    finds(&[
        ("ninety-six, no fall", "ninety-six age_over_89 high"),
        ("ninety-one yo man", "ninety-one yo age_over_89 high"),
        ("a lady of 101 years, sharp", "101 age_over_89 high"),
        ("surgery 22/10, leak", "22/10 date medium"),
        ("pain after surgery 8/10", ""),
        (
            "pt says dob 22nd march 82, not 81",
            "22nd march 82 dob high",
        ),
        (
            "the exam board said 1 October 1950",
            "1 October 1950 date medium",
        ),
        (
            "ambulance to 27 oakhanger rd",
            "27 oakhanger rd address high",
        ),
        ("called the reg at 03:40", ""),
        ("he is ninety-six", "ninety-six age_over_89 high"),
        (
            "at 31 Nettlefold Street, stairs",
            "31 Nettlefold Street address high",
        ),
        (
            "9 Quarry Hill, Durham DH1 3QE",
            "9 Quarry Hill, Durham DH1 3QE address high",
        ),
        (
            "moved to Ypsilanti, MI 48197",
            "Ypsilanti, MI 48197 address high",
        ),
        ("lives in Thornaby", "Thornaby address medium"),
        (
            "at Flat 3, 88 Harrow Road",
            "Flat 3, 88 Harrow Road address high",
        ),
        ("from 3 Ahornweg", "3 Ahornweg address high"),
        ("Lindenstraße 12a, no lift", "Lindenstraße 12a address high"),
        ("near 5 Rue des Lilas", "5 Rue des Lilas address high"),
        ("sent to K1A 0B1", "K1A 0B1 address high"),
        ("staged T2N0M0", ""),
        ("Aadhaar 2345 6789 0123", "2345 6789 0123 national_id high"),
        ("insulin 6/8/10 units", ""),
        ("a lady of 96 with a cane", "96 age_over_89 high"),
        ("101 f at midnight", ""),
        ("bed 9 needed me", "bed 9 location low"),
        (
            "Larkmoor General Hospital took her",
            "Larkmoor General Hospital facility low",
        ),
        (
            "www.example.com/p/8812",
            "www.example.com/p/8812 url medium",
        ),
        (
            "https://www.example.org/leaflet",
            "https://www.example.org/leaflet url low",
        ),
        ("from 10.44.12.7 at night", "10.44.12.7 ip medium"),
        (
            "from fe80::1ff:fe23:4567:890a",
            "fe80::1ff:fe23:4567:890a ip medium",
        ),
        ("policy no HN-883-20177", "HN-883-20177 account high"),
        ("plate KX19 ABC outside", "KX19 ABC license high"),
        ("serial PM-4482917", "PM-4482917 device high"),
    ]);
}

#[test]
fn a_suggestion_takes_the_place_of_the_words_that_would_no_longer_fit() {
    for (text, expected) in [
        ("Mrs Vexley asked why", "The patient asked why"),
        ("mrs vexley asked why", "the patient asked why"),
        ("Rang home. Mrs Vexley wept", "Rang home. The patient wept"),
        ("- Mrs Vexley asked why", "- The patient asked why"),
        ("\"Mrs Vexley\", I said", "\"The patient\", I said"),
        ("one vs. Mrs Vexley", "one vs. the patient"),
        ("Sat with Mrs Vexley", "Sat with the patient"),
        ("My patient Odalys wept", "The patient wept"),
        ("saw the patient Odalys weep", "saw the patient weep"),
        ("his brother Casimir had it", "their brother had it"),
        (
            "pt Leontyne wanted the lights off",
            "the patient wanted the lights off",
        ),
        ("MRN 30441987, culture", "[record no.], culture"),
        (
            "DOB 17/02/1939 vs 27/02/1939",
            "[date of birth] vs [date of birth]",
        ),
        (
            "discharged on 2024-05-17 with it",
            "discharged that week with it",
        ),
        ("96yo retired welder", "90 or older retired welder"),
        ("Dr. Abara in bed 9", "Dr. Abara in bed 9"),
        ("Mr Hale (wife Odalys)", "The patient (their partner)"),
    ] {
        assert_eq!(replaced(text), expected);
    }
}

#[test]
fn a_finding_stays_on_its_line() {
    assert!(findings("Mrs\nVexley").is_empty());
    assert!(findings("MRN\r\n30441987 mL").is_empty());
    let text = "one\nMrs Vexley\nthree";
    assert_eq!(words(text, &findings(text)[0].range), "Vexley");
    assert_eq!(findings(text)[0].kind, Kind::Name);
}

/// Pieces that rules look for, in any order and with anything between them.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "Mrs",
            "mr",
            "MR",
            "pt",
            "Dr.",
            "wife",
            "son",
            "Vexley",
            "O'Brien",
            "de la",
            "Ó",
            "né",
            "J.",
            "Jean-Luc",
            "'s",
            "’s",
            "MRN",
            "#",
            "no.",
            "NHS",
            "SSN",
            "DOB",
            "born",
            "99",
            "91yo",
            "66F",
            "(",
            ")",
            ",",
            ".",
            ":",
            "-",
            "/",
            "@",
            "+44",
            "0",
            "12345678",
            "07700 900288",
            "17/02/1939",
            "2024-05-17",
            "3",
            "May",
            "Street",
            "31",
            "LS6",
            "3QT",
            "bed",
            "admitted",
            "the",
            "family",
            "and",
            "with",
            "told",
            "\n",
            " ",
            "\u{301}",
            "王",
            "www.",
            "x",
            "https://",
            "1.2.3.4",
            "::",
            "ninety-six",
            "a@b.co",
            "xxx-xx-1234",
            "lives at",
            "the patient",
            "that week",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
        "[A-Z][a-z]{2,8}",
        "[0-9]{1,11}",
    ];
    let joined = prop::collection::vec((piece, prop::sample::select(vec!["", " "])), 0..24);
    joined.prop_map(|pieces| pieces.into_iter().map(|(piece, gap)| piece + gap).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn findings_are_in_order_apart_and_on_character_boundaries(text in prop_oneof![pieces(), any::<String>()]) {
        let (mut end, mut replaced) = (0, 0);
        for finding in findings(&text) {
            let words = text.get(finding.range.clone());
            prop_assert!(words.is_some_and(|words| !words.is_empty() && !words.contains('\n')));
            prop_assert!(finding.range.start >= end && finding.replaces.start >= replaced);
            prop_assert!(finding.replaces.start <= finding.range.start);
            prop_assert!(finding.replaces.end >= finding.range.end);
            prop_assert!(text.get(finding.replaces.clone()).is_some());
            end = finding.range.end;
            replaced = finding.replaces.end;
        }
    }

    #[test]
    fn nothing_grave_is_left_where_everything_was_replaced(text in pieces()) {
        prop_assert_eq!(grave(&replaced(&text)), []);
    }

    #[test]
    fn a_line_says_the_same_alone_and_among_others(one in pieces(), other in pieces()) {
        let both = format!("{one}\n{other}");
        prop_assert_eq!(findings(&both).len(), findings(&one).len() + findings(&other).len());
    }
}

/// The budget is 1 ms for 2,000 characters in a release build; a debug build on a busy machine gets
/// fifty times that, which still catches work that grows with the square of the text.
#[test]
fn the_guard_takes_time_in_proportion_to_the_text() {
    let line = lines(DEV)
        .into_iter()
        .map(|line| line.text)
        .collect::<Vec<_>>()
        .join(". ");
    let short: String = line.chars().take(2_000).collect();
    let _ = findings(&short);
    let fastest = |text: &str| {
        let once = |_| {
            let start = Instant::now();
            let _ = findings(text);
            start.elapsed()
        };
        (0..5).map(once).min().unwrap_or(Duration::MAX)
    };
    assert!(fastest(&short) < Duration::from_millis(50));
    let long = line.repeat(2).chars().take(64_000).collect::<String>();
    assert!(fastest(&long) < Duration::from_millis(50) * 40);
}
