//! "Did you mean": the allowed word that is closest to a mistyped one.

/// The candidate closest to `given`, or none if all are too far off to be what was meant.
///
/// Compared without case, by Damerau-Levenshtein distance; a third of the longer word's
/// characters may differ. Where none is so close, the only one that begins alike: `nite`, `night`.
#[must_use]
pub fn nearest<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let given = given.to_lowercase();
    let mut alike = Vec::new();
    let closest = candidates
        .into_iter()
        .inspect(|candidate| {
            if begins_alike(&given, &candidate.to_lowercase()) {
                alike.push(*candidate);
            }
        })
        .map(|candidate| {
            let lower = candidate.to_lowercase();
            let distance = strsim::damerau_levenshtein(&given, &lower);
            let longer = given.chars().count().max(lower.chars().count());
            // A typed beginning is a good guess however much is missing.
            let starts = given.len() >= 2 && lower.starts_with(&given);
            (if starts { 0 } else { distance }, longer, candidate)
        })
        .filter(|(distance, longer, _)| distance * 3 <= *longer)
        .min_by_key(|(distance, ..)| *distance)
        .map(|(.., candidate)| candidate);
    match (closest, alike.as_slice()) {
        (None, [only]) => Some(only),
        (closest, _) => closest,
    }
}

/// Whether half of what was given, two characters or more, is how the candidate begins.
fn begins_alike(given: &str, candidate: &str) -> bool {
    let same = given.chars().zip(candidate.chars());
    let same = same.take_while(|(a, b)| a == b).count();
    same >= 2 && same * 2 >= given.chars().count()
}

/// What was given, what is allowed and the nearest match, in one sentence.
#[must_use]
pub fn explain<'a>(
    what: &str,
    given: &str,
    allowed: impl IntoIterator<Item = &'a str> + Clone,
) -> String {
    explain_by(what, given, nearest(given, allowed.clone()), allowed)
}

/// The same, where the nearest match was looked for among more than what is listed.
#[must_use]
pub fn explain_by<'a>(
    what: &str,
    given: &str,
    near: Option<&str>,
    allowed: impl IntoIterator<Item = &'a str>,
) -> String {
    let list: Vec<&str> = allowed.into_iter().collect();
    let list = list.join(", ");
    match near {
        Some(word) => format!("no {what} \"{given}\"; did you mean \"{word}\"? Allowed: {list}"),
        None => format!("no {what} \"{given}\"; allowed: {list}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transposed_word_finds_its_neighbour_and_nonsense_finds_none() {
        let words = ["night", "day", "evening"];
        assert_eq!(nearest("nihgt", words), Some("night"));
        assert_eq!(nearest("EVE", words), Some("evening"));
        assert_eq!(nearest("nite", words), Some("night"));
        assert_eq!(nearest("xyzzy", words), None);
    }

    #[test]
    fn a_wrong_word_is_explained_in_one_sentence() {
        let words = ["night", "day"];
        assert_eq!(
            explain("shift", "nihgt", words),
            "no shift \"nihgt\"; did you mean \"night\"? Allowed: night, day"
        );
        assert_eq!(
            explain("shift", "xyzzy", words),
            "no shift \"xyzzy\"; allowed: night, day"
        );
    }
}
