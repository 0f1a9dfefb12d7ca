//! Brings the forms of an English word together: "plans", "planned" and "planning" are "plan".
//!
//! Light on purpose: plurals, "-ed" and "-ing" by the rules of steps 1a and 1b of Porter (1980),
//! except that "-ies" becomes "-y", and a silent "-e" at the end. Longer suffixes stay, since "leader" and "lead" are not the same
//! thing to say. Words with letters outside a-z stay as they are.

/// The stem of a word in lower case.
#[must_use]
pub fn stem(word: &str) -> String {
    if word.len() <= 3 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let singular = without_plural(word);
    let mut stem = without_tense(&singular).unwrap_or(singular);
    let silent = stem.len() > 4 && !stem.ends_with("le") && !stem.ends_with("ee");
    if silent && stem.ends_with('e') {
        stem.pop();
    }
    stem
}

fn without_plural(word: &str) -> String {
    if let Some(start) = word.strip_suffix("ies").filter(|start| start.len() > 1) {
        return format!("{start}y");
    }
    let keeps = ["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    let plural = ["sses", "xes", "ches", "shes"]
        .iter()
        .any(|end| word.ends_with(end));
    let bare = if plural {
        word.strip_suffix("es")
    } else {
        word.strip_suffix('s').filter(|_| !keeps)
    };
    bare.unwrap_or(word).to_owned()
}

/// Without "-ed" or "-ing", where a vowel stands before it.
fn without_tense(word: &str) -> Option<String> {
    let start = word.strip_suffix("ing").or_else(|| {
        word.strip_suffix("ed")
            .filter(|start| !start.ends_with('e'))
    })?;
    if start.len() < 2 || !has_vowel(start) {
        return None;
    }
    let adds_e = ["at", "bl", "iz"].iter().any(|end| start.ends_with(end));
    if adds_e {
        return Some(format!("{start}e"));
    }
    let doubled = doubled_consonant(start);
    if let Some(last) = doubled.filter(|last| !matches!(last, 'l' | 's' | 'z')) {
        return start.strip_suffix(last).map(str::to_owned);
    }
    if is_short(start) {
        return Some(format!("{start}e"));
    }
    Some(start.to_owned())
}

fn has_vowel(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    (0..letters.len()).any(|at| is_vowel(&letters, at))
}

/// A, e, i, o, u, and y behind a consonant.
fn is_vowel(letters: &[char], at: usize) -> bool {
    match letters.get(at) {
        Some('a' | 'e' | 'i' | 'o' | 'u') => true,
        Some('y') => at > 0 && !is_vowel(letters, at - 1),
        _ => false,
    }
}

fn doubled_consonant(text: &str) -> Option<char> {
    let letters: Vec<char> = text.chars().collect();
    let last = letters.len().checked_sub(1)?;
    let same = last > 0 && letters.get(last) == letters.get(last - 1);
    (same && !is_vowel(&letters, last))
        .then(|| letters.get(last).copied())
        .flatten()
}

/// One syllable that ends consonant, vowel, consonant other than w, x, y: "hop" of "hoping".
fn is_short(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let Some(last) = letters.len().checked_sub(1).filter(|last| *last >= 2) else {
        return false;
    };
    let ends = !is_vowel(&letters, last)
        && is_vowel(&letters, last - 1)
        && !is_vowel(&letters, last - 2)
        && !matches!(letters.get(last), Some('w' | 'x' | 'y'));
    let vowels = (0..last - 1).filter(|at| is_vowel(&letters, *at)).count();
    ends && vowels == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_a_word_come_together() {
        let families: [(&str, &[&str]); 12] = [
            ("plan", &["plan", "plans", "planned", "planning"]),
            ("family", &["family", "families"]),
            ("hope", &["hope", "hopes", "hoping", "hoped"]),
            ("ask", &["asks", "asked", "asking"]),
            ("stress", &["stress", "stresses", "stressed"]),
            ("nurs", &["nurse", "nurses", "nursing", "nursed"]),
            (
                "delegat",
                &["delegate", "delegates", "delegated", "delegating"],
            ),
            ("tell", &["tell", "tells", "telling"]),
            ("rush", &["rush", "rushes", "rushed"]),
            ("need", &["need", "needs", "needed"]),
            ("round", &["round", "rounds", "rounding"]),
            ("chang", &["change", "changes", "changed", "changing"]),
        ];
        for (wanted, forms) in families {
            for form in forms {
                assert_eq!(stem(form), wanted, "{form}");
            }
        }
    }

    #[test]
    fn words_that_only_look_like_forms_stay() {
        for word in [
            "status", "pus", "sing", "bed", "thing", "red", "équipes", "icu", "is", "agreed",
        ] {
            assert_eq!(stem(word), word);
        }
    }
}
