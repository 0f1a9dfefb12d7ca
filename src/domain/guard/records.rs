//! Numbers of records, persons, accounts and devices: after a cue, or by their form alone.

use std::ops::Range;

use super::dates;
use super::lexicon::Sets;
use super::line::{Line, Shape};
use super::phones;
use super::{Finding, Kind, Severity};

/// What must stand between a cue and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    /// Nothing: the cue means nothing else.
    Free,
    /// Nothing if the value has five digits or more, else a word or sign for "number".
    Long,
    /// A word or sign for "number".
    Number,
}

struct Cue {
    words: &'static [&'static str],
    link: Link,
    kind: Kind,
}

const fn cue(words: &'static [&'static str], link: Link, kind: Kind) -> Cue {
    Cue { words, link, kind }
}

/// What may stand between a cue and its value and says that a number follows.
const NUMBER_WORDS: [&str; 11] = [
    "no",
    "number",
    "num",
    "nr",
    "nos",
    "numbers",
    "id",
    "identifier",
    "code",
    "ref",
    "ending",
];

/// Longer cues before shorter ones that they begin with.
const CUES: &[Cue] = &[
    cue(&["medical", "record"], Link::Long, Kind::Mrn),
    cue(&["mrn"], Link::Free, Kind::Mrn),
    cue(&["mr"], Link::Number, Kind::Mrn),
    cue(&["urn"], Link::Free, Kind::Mrn),
    cue(&["csn"], Link::Free, Kind::Mrn),
    cue(&["fin"], Link::Free, Kind::Mrn),
    cue(&["har"], Link::Free, Kind::Mrn),
    cue(&["pas"], Link::Number, Kind::Mrn),
    cue(&["umrn"], Link::Free, Kind::Mrn),
    cue(&["uhid"], Link::Free, Kind::Mrn),
    cue(&["ip"], Link::Number, Kind::Mrn),
    cue(&["op"], Link::Number, Kind::Mrn),
    cue(&["opd"], Link::Number, Kind::Mrn),
    cue(&["ipd"], Link::Number, Kind::Mrn),
    cue(&["chart"], Link::Long, Kind::Mrn),
    cue(&["hosp"], Link::Long, Kind::Mrn),
    cue(&["hospital"], Link::Long, Kind::Mrn),
    cue(&["unit"], Link::Number, Kind::Mrn),
    cue(&["encounter"], Link::Long, Kind::Mrn),
    cue(&["accession"], Link::Long, Kind::Mrn),
    cue(&["acc"], Link::Long, Kind::Mrn),
    cue(&["visit"], Link::Number, Kind::Mrn),
    cue(&["pt"], Link::Number, Kind::Mrn),
    cue(&["patient"], Link::Number, Kind::Mrn),
    cue(&["specimen"], Link::Long, Kind::Mrn),
    cue(&["sample"], Link::Number, Kind::Mrn),
    cue(&["lab"], Link::Number, Kind::Mrn),
    cue(&["order"], Link::Number, Kind::Mrn),
    cue(&["record"], Link::Long, Kind::Mrn),
    cue(&["case", "note"], Link::Long, Kind::Mrn),
    cue(&["case", "notes"], Link::Long, Kind::Mrn),
    cue(&["casenote"], Link::Long, Kind::Mrn),
    cue(&["casenotes"], Link::Long, Kind::Mrn),
    cue(&["file"], Link::Number, Kind::Mrn),
    cue(&["notes"], Link::Number, Kind::Mrn),
    cue(&["requisition"], Link::Number, Kind::Mrn),
    cue(&["req"], Link::Number, Kind::Mrn),
    cue(&["case"], Link::Number, Kind::Mrn),
    cue(&["episode"], Link::Number, Kind::Mrn),
    cue(&["referral"], Link::Number, Kind::Mrn),
    cue(&["id"], Link::Long, Kind::Mrn),
    cue(&["barcode"], Link::Free, Kind::Mrn),
    cue(&["wristband"], Link::Long, Kind::Mrn),
    cue(&["nhs"], Link::Long, Kind::NhsNumber),
    cue(&["ssn"], Link::Free, Kind::Ssn),
    cue(&["social", "security"], Link::Long, Kind::Ssn),
    cue(&["social"], Link::Number, Kind::Ssn),
    cue(&["ss"], Link::Number, Kind::Ssn),
    cue(&["chi"], Link::Free, Kind::NationalId),
    cue(&["nino"], Link::Free, Kind::NationalId),
    cue(&["ni"], Link::Number, Kind::NationalId),
    cue(&["national", "insurance"], Link::Long, Kind::NationalId),
    cue(&["health", "card"], Link::Long, Kind::NationalId),
    cue(&["ohip"], Link::Free, Kind::NationalId),
    cue(&["hcn"], Link::Free, Kind::NationalId),
    cue(&["phn"], Link::Free, Kind::NationalId),
    cue(&["ramq"], Link::Free, Kind::NationalId),
    cue(&["ihi"], Link::Free, Kind::NationalId),
    cue(&["nhi"], Link::Free, Kind::NationalId),
    cue(&["h", "&", "c"], Link::Free, Kind::NationalId),
    cue(&["medicare"], Link::Long, Kind::NationalId),
    cue(&["medicaid"], Link::Long, Kind::NationalId),
    cue(&["mbi"], Link::Free, Kind::NationalId),
    cue(&["passport"], Link::Long, Kind::NationalId),
    cue(&["sin"], Link::Free, Kind::NationalId),
    cue(&["aadhaar"], Link::Free, Kind::NationalId),
    cue(&["aadhar"], Link::Free, Kind::NationalId),
    cue(&["abha"], Link::Free, Kind::NationalId),
    cue(&["kvnr"], Link::Free, Kind::NationalId),
    cue(&["tfn"], Link::Free, Kind::NationalId),
    cue(&["crn"], Link::Free, Kind::NationalId),
    cue(&["nric"], Link::Free, Kind::NationalId),
    cue(&["ppsn"], Link::Free, Kind::NationalId),
    cue(&["health", "number"], Link::Free, Kind::NationalId),
    cue(&["health", "no"], Link::Free, Kind::NationalId),
    cue(&["pension"], Link::Number, Kind::NationalId),
    cue(&["pps"], Link::Number, Kind::NationalId),
    cue(&["visa"], Link::Number, Kind::NationalId),
    cue(&["policy"], Link::Long, Kind::Account),
    cue(&["member"], Link::Long, Kind::Account),
    cue(&["subscriber"], Link::Number, Kind::Account),
    cue(&["insurance"], Link::Number, Kind::Account),
    cue(&["insurer"], Link::Number, Kind::Account),
    cue(&["group"], Link::Number, Kind::Account),
    cue(&["claim"], Link::Number, Kind::Account),
    cue(&["acct"], Link::Free, Kind::Account),
    cue(&["account"], Link::Long, Kind::Account),
    cue(&["invoice"], Link::Long, Kind::Account),
    cue(&["credit", "card"], Link::Long, Kind::Account),
    cue(&["debit", "card"], Link::Long, Kind::Account),
    cue(&["card"], Link::Number, Kind::Account),
    cue(&["iban"], Link::Free, Kind::Account),
    cue(&["sort", "code"], Link::Free, Kind::Account),
    cue(&["driver", "'", "s", "license"], Link::Free, Kind::License),
    cue(&["drivers", "license"], Link::Free, Kind::License),
    cue(&["driving", "licence"], Link::Free, Kind::License),
    cue(&["licence", "plate"], Link::Free, Kind::License),
    cue(&["license", "plate"], Link::Free, Kind::License),
    cue(&["number", "plate"], Link::Free, Kind::License),
    cue(&["licence"], Link::Free, Kind::License),
    cue(&["license"], Link::Free, Kind::License),
    cue(&["dl"], Link::Free, Kind::License),
    cue(&["dea"], Link::Free, Kind::License),
    cue(&["npi"], Link::Free, Kind::License),
    cue(&["plate"], Link::Free, Kind::License),
    cue(&["plates"], Link::Free, Kind::License),
    cue(&["reg"], Link::Free, Kind::License),
    cue(&["registration"], Link::Free, Kind::License),
    cue(&["certificate"], Link::Number, Kind::License),
    cue(&["vin"], Link::Free, Kind::License),
    cue(&["serial"], Link::Free, Kind::Device),
    cue(&["s", "/", "n"], Link::Free, Kind::Device),
    cue(&["sn"], Link::Free, Kind::Device),
    cue(&["lot"], Link::Free, Kind::Device),
    cue(&["imei"], Link::Free, Kind::Device),
    cue(&["udi"], Link::Free, Kind::Device),
    cue(&["device"], Link::Number, Kind::Device),
    cue(&["implant"], Link::Number, Kind::Device),
    cue(&["pacemaker"], Link::Number, Kind::Device),
    cue(&["pump"], Link::Number, Kind::Device),
    cue(&["batch"], Link::Number, Kind::Device),
];

pub fn find(line: &Line<'_>, found: &mut Vec<Finding>) {
    let mut i = 0;
    while i < line.len() {
        if line.is_letters(i)
            && !(line.glued(i) && line.any_mark(i.wrapping_sub(1), &['-', '/', '@', '.', '_']))
            && let Some((kind, tokens)) = after_cue(line, i)
        {
            let next = tokens.end.max(i + 1);
            let finding = Finding::new(line.range(tokens), kind, Severity::High, suggestion(kind));
            found.push(finding.replacing_from(line.range(i..i + 1).start));
            // Also the second of "MRN 30441987 / 30441988".
            if let Some(second) = paired(line, next) {
                let finding =
                    Finding::new(line.range(second), kind, Severity::High, suggestion(kind));
                found.push(finding);
            }
            i += 1;
            continue;
        }
        found.extend(by_form(line, i));
        i += 1;
    }
}

const fn suggestion(kind: Kind) -> &'static str {
    if matches!(kind, Kind::Mrn) {
        "[record no.]"
    } else if matches!(kind, Kind::NhsNumber) {
        "[NHS no.]"
    } else if matches!(kind, Kind::Ssn) {
        "[SSN]"
    } else {
        "[ID]"
    }
}

/// The value behind the cue that begins here.
fn after_cue(line: &Line<'_>, i: usize) -> Option<(Kind, Range<usize>)> {
    if !line.is(i, Sets::NUMBER_CUE) {
        return None;
    }
    let cue = CUES.iter().find(|cue| {
        let mut words = cue.words.iter().enumerate();
        words.all(|(n, word)| line.word(i + n, word) || *word == "'" && line.apostrophe(i + n))
    })?;
    let mut at = i + cue.words.len();
    // "last 4 of social"
    let mut numbered = line.any_word(i.wrapping_sub(3), &["last"])
        && line.word(i.wrapping_sub(1), "of")
        && line.any_word(i.wrapping_sub(2), &["4", "four"]);
    for _ in 0..5 {
        let last_four = line.word(at, "last") && line.any_word(at + 1, &["4", "four"]);
        if line.any_word(at, &NUMBER_WORDS) || line.any_mark(at, &['#', '\u{2116}']) {
            numbered = true;
        } else if last_four {
            at += 1;
        } else if !line.any_mark(at, &['.', ':', '=', '-', '(', '\u{2013}'])
            && !line.any_word(at, &["is", "was", "in", "of", "card", "plate", "record"])
        {
            break;
        }
        at += 1;
    }
    let short = matches!(cue.kind, Kind::Ssn);
    let (tokens, digits) = value(line, at, cue.kind)?;
    let length = line.range(tokens.clone()).len();
    let spelt = line.slice(line.range(tokens.clone()));
    let is_date = dates::date(line, at)
        .is_some_and(|date| date.tokens.len() >= tokens.len() && spelt.contains(['-', '/']));
    // How much a value must have so that it is no count and no word.
    let enough = if cue.kind == Kind::Ssn {
        digits >= 4
    } else if cue.kind == Kind::NhsNumber {
        digits == 10
    } else if cue.kind == Kind::NationalId {
        length >= 6 && digits >= 4
    } else if cue.kind == Kind::License {
        length >= 5 && digits >= 2
    } else {
        length >= 4 && digits >= 3
    };
    let linked = match cue.link {
        Link::Free => true,
        Link::Long => numbered || digits >= 5 || short,
        Link::Number => numbered,
    };
    // "called the reg at 03:40"
    let told = line.shape(tokens.start) == Shape::Lower
        && line.is(tokens.start, Sets::FUNCTION)
        && line.spaced(tokens.start + 1);
    // "lot 3 mL", "SN 140": a count with its unit.
    let measured = line.is(tokens.end, Sets::UNIT) && digits < 6 && tokens.len() == 1;
    (enough && linked && !told && !measured && !is_date).then_some((cue.kind, tokens))
}

/// The run of letters, digits and joiners at a place, and how many digits it has.
fn value(line: &Line<'_>, i: usize, kind: Kind) -> Option<(Range<usize>, usize)> {
    let part = |i: usize| line.is_digits(i) || line.is_letters(i) && line.str(i).is_ascii();
    let run = |from: usize| {
        let mut end = from;
        while end == from || line.glued(end) {
            if part(end) || line.any_mark(end, &['*', 'x']) && !line.spaced(end + 1) {
                end += 1;
            } else if end > from
                && line.any_mark(end, &['-', '/', '.', '_'])
                && line.glued(end + 1)
                && (part(end + 1) || line.any_mark(end + 1, &['*']))
            {
                end += 2;
            } else {
                break;
            }
        }
        end
    };
    let count = |tokens: Range<usize>| tokens.map(|i| line.digits(i)).sum::<usize>();
    let mut end = run(i);
    // "J 229014", "KX19 ABC", "999 040 9455", "QQ 12 34 56 C"
    let most = if kind == Kind::NhsNumber {
        10
    } else if kind == Kind::Ssn {
        9
    } else if kind == Kind::Account {
        19
    } else if kind == Kind::NationalId {
        16
    } else {
        12
    };
    loop {
        let digits = count(i..end);
        if !line.spaced(end) || end == i && line.glued(end) {
            break;
        }
        let next = run(end);
        let group = count(end..next);
        let plate = kind == Kind::License
            && matches!(line.shape(end), Shape::Capitals)
            && line.str(end).len() <= 4
            && digits < 5;
        let suffix = kind == Kind::NationalId
            && (matches!(line.shape(end), Shape::Initial | Shape::Capitals)
                && line.str(end).len() <= 2
                || line.digits(end) == 1)
            && next == end + 1
            && digits >= 8 - usize::from(line.shape(end) == Shape::Initial) * 2;
        let lone_letters = digits == 0
            && matches!(line.shape(i), Shape::Initial | Shape::Capitals)
            && line.range(i..end).len() <= 3;
        let groups = group >= 2
            && next == end + 1
            && line.is_digits(end)
            && digits + group <= most
            && (digits < 6 || kind != Kind::Mrn)
            && !line.is(next, Sets::UNIT)
            && !line.any_word(next, &["yo", "y", "yr", "year", "m", "f"]);
        if (groups && (end > i || lone_letters)) || plate || suffix || lone_letters && group > 2 {
            end = next;
        } else {
            break;
        }
    }
    let digits = count(i..end);
    (end > i && digits > 0).then_some((i..end, digits))
}

/// "/ 30441988", "and 30441988" behind a number.
fn paired(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let joined = line.any_word(i, &["and", "or", "vs", "not", "versus"])
        || line.any_mark(i, &['/', ',', '&']);
    let digits = line.digits(i + 1);
    (joined && digits >= 6 && !line.glued(i + 2)).then_some(i + 1..i + 2)
}

/// Numbers that need no cue.
fn by_form(line: &Line<'_>, i: usize) -> Option<Finding> {
    let found = |tokens: Range<usize>, kind, severity, suggest| {
        Some(Finding::new(line.range(tokens), kind, severity, suggest))
    };
    if let Some(tokens) = social_security(line, i) {
        return found(tokens, Kind::Ssn, Severity::High, "[SSN]");
    }
    if let Some(tokens) = national_insurance(line, i).or_else(|| medicare(line, i)) {
        return found(tokens, Kind::NationalId, Severity::High, "[ID]");
    }
    if let Some(tokens) = health_service(line, i) {
        return found(tokens, Kind::NhsNumber, Severity::High, "[NHS no.]");
    }
    if let Some(tokens) = paid_with(line, i) {
        return found(tokens, Kind::Account, Severity::High, "[ID]");
    }
    let digits = line.digits(i);
    (stands_alone(line, i, i + 1) && (7..=10).contains(&digits) && !is_count(line, i))
        .then_some(())?;
    found(i..i + 1, Kind::Mrn, Severity::Medium, "[number]")
}

/// Whether nothing is joined to the tokens on either side that would make another number of them.
fn stands_alone(line: &Line<'_>, start: usize, end: usize) -> bool {
    let before = start.wrapping_sub(1);
    let joined_before = line.glued(start)
        && !line.any_mark(
            before,
            &[
                '(', '"', '\'', '[', ':', '#', '=', '\u{201c}', '\u{2014}', ',', ';',
            ],
        );
    let joined_after = line.glued(end)
        && (!line.any_mark(
            end,
            &[
                '.', ',', ';', ':', ')', ']', '?', '!', '"', '\'', '\u{2019}', '\u{2026}',
                '\u{2014}',
            ],
        ) || line.glued(end + 1) && line.is_digits(end + 1));
    let money = line.any_mark(before, &['$', '\u{a3}', '\u{20ac}']);
    !joined_before && !joined_after && !money
}

/// Whether the number counts or measures something.
pub fn is_count(line: &Line<'_>, i: usize) -> bool {
    let before = i.saturating_sub(4)..i;
    line.within(before, Sets::MEASURE | Sets::DRUG)
        || line.is(i + 1, Sets::UNIT)
        || line.any_mark(i + 1, &['%', '\u{d7}'])
        || line.str(i).ends_with("0000")
}

/// `944-20-1183`, `xxx-xx-1183`, with one kind of separator.
fn social_security(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let group = |i: usize, n: usize| {
        line.digits(i) == n
            || line.str(i).len() == n && line.str(i).bytes().all(|b| matches!(b, b'x' | b'X'))
    };
    if line.mark(i, '*')
        && line.mark(i + 2, '*')
        && line.mark(i + 3, '-')
        && line.digits(i + 7) == 4
        && line.glued(i + 7)
    {
        return Some(i..i + 8);
    }
    if group(i, 3) && group(i + 2, 2) && line.digits(i + 4) == 4 {
        let one = line.shape(i + 1);
        let separated = line.any_mark(i + 1, &['-', '.', '\u{2013}'])
            && one == line.shape(i + 3)
            && (1..=4).all(|n| line.glued(i + n));
        return (separated && stands_alone(line, i, i + 5)).then_some(i..i + 5);
    }
    let spaced = line.digits(i) == 3 && line.digits(i + 1) == 2 && line.digits(i + 2) == 4;
    (spaced
        && line.spaced(i + 1)
        && line.spaced(i + 2)
        && stands_alone(line, i, i + 3)
        && !is_count(line, i))
    .then_some(i..i + 3)
}

/// A UK national insurance number: two letters, six digits, A to D.
fn national_insurance(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let prefix = line.shape(i) == Shape::Capitals && line.str(i).len() == 2;
    if !prefix || line.glued(i) && !line.any_mark(i.wrapping_sub(1), &['(', ':']) {
        return None;
    }
    let mut at = i + 1;
    let mut digits = 0;
    while digits < 6 && (line.digits(at) == 2 || line.digits(at) == 6) {
        digits += line.digits(at);
        at += 1;
        if line.mark(at, '-') {
            at += 1;
        }
    }
    (digits == 6 && matches!(line.str(at), "A" | "B" | "C" | "D")).then_some(i..at + 1)
}

/// A Medicare beneficiary identifier of the United States, by what may stand where.
fn medicare(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    // C is 1 to 9, A a letter, N a digit, X either; the source is the format's own publication.
    const PLACES: &[u8; 11] = b"CAXNAXNAANN";
    if !line.is_digits(i) || line.glued(i) && !line.any_mark(i.wrapping_sub(1), &['(', ':', '#']) {
        return None;
    }
    let mut places = PLACES.iter();
    let mut at = i;
    while at < line.len() && (at == i || line.glued(at)) {
        if line.mark(at, '-') {
            at += 1;
            continue;
        }
        for byte in line.str(at).bytes() {
            let fits = match places.next()? {
                b'C' => (b'1'..=b'9').contains(&byte),
                b'A' => byte.is_ascii_uppercase(),
                b'N' => byte.is_ascii_digit(),
                _ => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            };
            if !fits {
                return None;
            }
        }
        at += 1;
        if places.len() == 0 {
            return stands_alone(line, i, at).then_some(i..at);
        }
    }
    None
}

/// Ten digits, alone or 3-3-4, whose last is the check digit of the English health service.
fn health_service(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let tokens = if line.digits(i) == 10 {
        i..i + 1
    } else if line.digits(i) == 3 {
        let step = if line.spaced(i + 1) {
            1
        } else if line.mark(i + 1, '-') {
            2
        } else {
            return None;
        };
        if line.digits(i + step) != 3 || line.digits(i + 2 * step) != 4 {
            return None;
        }
        i..i + 2 * step + 1
    } else {
        return None;
    };
    let digits: Vec<u32> = tokens
        .clone()
        .flat_map(|i| line.str(i).bytes().filter(u8::is_ascii_digit))
        .map(|byte| u32::from(byte - b'0'))
        .collect();
    let (check, counted) = digits.split_last()?;
    let sum: u32 = counted
        .iter()
        .zip((2..=10).rev())
        .map(|(digit, weight)| digit * weight)
        .sum();
    let valid = (11 - sum % 11) % 11 == *check && digits.iter().any(|digit| digit != check);
    let called = line.within(i.saturating_sub(3)..i, Sets::CALL);
    (valid
        && !called
        && !phones::is_likely(line, tokens.clone())
        && stands_alone(line, tokens.start, tokens.end)
        && !is_count(line, i))
    .then_some(tokens)
}

/// Four groups of four digits, or sixteen together, that pass the check of payment cards.
fn paid_with(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let tokens = if line.digits(i) == 16 {
        i..i + 1
    } else {
        let step = if line.mark(i + 1, '-') { 2 } else { 1 };
        (0..4)
            .all(|n| line.digits(i + n * step) == 4)
            .then_some(i..i + 3 * step + 1)?
    };
    let mut sum = 0;
    let digits = tokens
        .clone()
        .flat_map(|i| line.str(i).bytes().filter(u8::is_ascii_digit));
    for (n, byte) in digits.enumerate() {
        let digit = u32::from(byte - b'0');
        let doubled = digit * 2;
        sum += if n % 2 == 0 {
            doubled / 10 + doubled % 10
        } else {
            digit
        };
    }
    (sum % 10 == 0 && stands_alone(line, tokens.start, tokens.end)).then_some(tokens)
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::sets;
    use super::*;

    #[test]
    fn every_cue_begins_with_a_word_of_its_list() {
        for cue in CUES {
            let first = cue.words.first().copied().unwrap_or_default();
            assert!(sets(first).any(Sets::NUMBER_CUE), "{first}");
        }
    }
}
