//! A behaviour as an if-then sentence to finish: the first draft of an experiment.

/// Verbs that come later in the behaviours that are shipped; others cannot be told from nouns.
const LATER_VERBS: [&str; 5] = ["asks", "follows", "summarises", "takes", "tells"];

/// An if-then sentence whose occasion is still to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// "If , then I will open with purpose and end time."
    pub sentence: String,
    /// The byte at which the writer goes on: where the occasion belongs.
    pub at: usize,
}

impl Plan {
    /// The plan to do what a behaviour of a framework says ("Opens with purpose and end time"). A
    /// behaviour that is no such sentence is taken as it is, for the writer to word.
    #[must_use]
    pub fn of(behaviour: &str) -> Self {
        const START: &str = "If ";
        let mut words = behaviour.split_whitespace();
        let mut doing = Vec::new();
        match words.next() {
            Some("Can") | None => {}
            Some("Does") => doing.extend(words.next().map(str::to_owned)),
            Some(first) => doing.push(infinitive(&lowered(first))),
        }
        doing.extend(words.map(|word| {
            let bare = word.trim_end_matches(',');
            if word == "own" {
                "my own".to_owned()
            } else if LATER_VERBS.contains(&bare) {
                word.replacen(bare, &infinitive(bare), 1)
            } else {
                word.to_owned()
            }
        }));
        let doing = doing.join(" ");
        let end = if doing.ends_with(['.', '!', '?']) {
            ""
        } else {
            "."
        };
        Self {
            sentence: format!("{START}, then I will {doing}{end}"),
            at: START.len(),
        }
    }
}

/// In lower case, unless it is an abbreviation.
fn lowered(word: &str) -> String {
    if word.chars().skip(1).any(char::is_uppercase) {
        return word.to_owned();
    }
    word.to_lowercase()
}

/// "closes" is "close", "says," is "say,": the verb as it follows "I will".
fn infinitive(verb: &str) -> String {
    let (word, comma) = match verb.strip_suffix(',') {
        Some(word) => (word, ","),
        None => (verb, ""),
    };
    let bare = if let Some(stem) = word.strip_suffix("ies") {
        format!("{stem}y")
    } else if let Some(stem) = word.strip_suffix("es").filter(|stem| ends_hissing(stem)) {
        stem.to_owned()
    } else {
        let is_verb = !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
        let stem = word.strip_suffix('s').filter(|_| is_verb);
        stem.unwrap_or(word).to_owned()
    };
    format!("{bare}{comma}")
}

fn ends_hissing(stem: &str) -> bool {
    ["ss", "sh", "ch", "x", "zz"]
        .iter()
        .any(|end| stem.ends_with(end))
}
