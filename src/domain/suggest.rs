//! Competencies that the words of a reflection suggest. A suggestion is never applied by itself.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::catalog::Catalog;
use super::competency::{Competency, CompetencyId};
use super::cue::{Cue, Written};

/// At most so many are suggested at a time.
pub const MOST: usize = 3;

/// Up to [`MOST`] competencies that the texts suggest, best first, none that is chosen already.
///
/// The one of which more distinct cues are found comes first; among equals one that an active goal
/// is about, then the order of the frameworks. What is suggested belongs to the active framework or
/// to a goal; a competency of another framework speaks for its counterparts there.
#[must_use]
pub fn suggestions<'a>(
    texts: impl IntoIterator<Item = &'a str>,
    catalog: &Catalog,
    chosen: &[CompetencyId],
    goals: &[CompetencyId],
) -> Vec<CompetencyId> {
    let written = Written::new(texts);
    let all = || catalog.frameworks.iter().flat_map(|f| &f.items);
    let spoken: Vec<(&Competency, HashSet<&Cue>)> = all()
        .map(|item| {
            (
                item,
                item.cues
                    .all()
                    .iter()
                    .filter(|cue| written.has(cue))
                    .collect(),
            )
        })
        .filter(|(_, cues): &(_, HashSet<_>)| !cues.is_empty())
        .collect();
    let active = catalog.competencies();
    let others = all()
        .skip(active.len())
        .filter(|item| goals.contains(&item.id));
    let mut found: Vec<(usize, bool, &CompetencyId)> = active
        .iter()
        .chain(others)
        .filter(|item| !chosen.contains(&item.id))
        .map(|item| {
            let cues: HashSet<&Cue> = spoken
                .iter()
                .filter(|(speaker, _)| speaks_for(speaker, item, active))
                .flat_map(|(_, cues)| cues.iter().copied())
                .collect();
            (cues.len(), goals.contains(&item.id), &item.id)
        })
        .filter(|(cues, ..)| *cues > 0)
        .collect();
    // A stable sort: what is equal keeps the order of the frameworks.
    found.sort_by_key(|(cues, is_goal, _)| Reverse((*cues, *is_goal)));
    found
        .into_iter()
        .take(MOST)
        .map(|(_, _, id)| id.clone())
        .collect()
}

/// Whether the cues of `speaker` count for `item`: they are its own, or `speaker` is of a framework
/// that is not in use and names `item` as its counterpart.
fn speaks_for(speaker: &Competency, item: &Competency, active: &[Competency]) -> bool {
    speaker.id == item.id
        || speaker.maps.iter().any(|id| id == item.id.as_str())
            && active.iter().all(|other| other.id != speaker.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::competency::Framework;

    fn item(id: &str, cues: &[&str], maps: &[&str]) -> Competency {
        Competency {
            id: CompetencyId::new(id),
            name: id.to_uppercase(),
            text: String::new(),
            behaviours: Vec::new(),
            cues: cues.iter().copied().collect(),
            maps: maps.iter().map(|id| (*id).to_owned()).collect(),
            parent: None,
        }
    }

    fn framework(id: &str, items: Vec<Competency>) -> Framework {
        Framework {
            id: id.to_owned(),
            name: id.to_owned(),
            source: String::new(),
            notice: String::new(),
            items,
        }
    }

    fn own() -> Framework {
        let items = vec![
            item("one", &["alpha", "beta"], &["other:X"]),
            item("two", &["gamma", "beta gamma"], &["other:X", "other:Y"]),
            item("three", &["delta"], &[]),
            item("four", &["delta", "epsilon"], &[]),
        ];
        framework("own", items)
    }

    fn other() -> Framework {
        framework(
            "other",
            vec![item("other:X", &[], &[]), item("other:Y", &["zeta"], &[])],
        )
    }

    #[test]
    fn distinct_cues_come_first_then_goals_then_the_frameworks_order() {
        let catalog = Catalog {
            templates: Vec::new(),
            frameworks: vec![own(), other()],
        };
        let ids = |names: &str| -> Vec<CompetencyId> {
            names.split_whitespace().map(CompetencyId::new).collect()
        };
        // What is written, what is chosen, what goals are about, what is suggested.
        let cases = [
            ("nothing of it", "", "", ""),
            ("delta", "", "", "three four"),
            ("delta", "", "four", "four three"),
            ("delta, epsilon", "", "three", "four three"),
            ("alpha alpha alpha gamma", "", "", "one two"),
            ("beta gamma", "", "", "two one"),
            ("alpha gamma delta", "", "", "one two three"),
            ("alpha gamma delta", "two", "", "one three four"),
            ("zeta", "", "", ""),
            ("zeta", "", "other:Y", "other:Y"),
        ];
        for (text, chosen, goals, expected) in cases {
            let given = suggestions([text], &catalog, &ids(chosen), &ids(goals));
            assert_eq!(
                given,
                ids(expected),
                "{text}, chosen {chosen}, goals {goals}"
            );
        }
    }

    #[test]
    fn a_framework_that_is_not_in_use_speaks_for_the_counterparts_in_the_one_that_is() {
        let catalog = Catalog {
            templates: Vec::new(),
            frameworks: vec![other(), own()],
        };
        let given = suggestions(["alpha and gamma, zeta"], &catalog, &[], &[]);
        let names: Vec<&str> = given.iter().map(CompetencyId::as_str).collect();
        assert_eq!(names, ["other:X", "other:Y"]);
    }
}
