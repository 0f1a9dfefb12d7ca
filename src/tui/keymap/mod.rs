//! The one table of actions: what a key does where, its name in the configuration, and the words
//! that hints, help and the palette show. Nothing else knows a key.

mod action;
mod context;
mod key;
mod table;

use crate::config::{Complaint, KeyBinding, Place};
use crate::domain::nearest;

pub use action::Action;
pub use context::Context;
pub use key::{Key, KeyError};
pub use table::TABLE;

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Where it counts.
    pub context: Context,
    /// What it does.
    pub action: Action,
    /// Its name in the configuration.
    pub name: &'static str,
    /// What help and palette say.
    pub help: &'static str,
    /// The word in the footer; empty for none.
    pub hint: &'static str,
    /// Keys until the writer chooses others.
    pub keys: &'static [&'static str],
}

/// The table in force: the defaults with the writer's own keys laid over them.
#[derive(Debug, Clone)]
pub struct Keymap {
    rows: Vec<(&'static Entry, Vec<Key>)>,
}

impl Keymap {
    /// The defaults with the writer's bindings laid over. What does not fit is complained about and
    /// leaves the default in force.
    #[must_use]
    pub fn with(bindings: &[KeyBinding]) -> (Self, Vec<Complaint>) {
        let mut complaints = Vec::new();
        let mut rows: Vec<(&'static Entry, Vec<Key>)> = TABLE
            .iter()
            .map(|entry| {
                (
                    entry,
                    entry
                        .keys
                        .iter()
                        .filter_map(|key| key.parse().ok())
                        .collect(),
                )
            })
            .collect();
        for binding in bindings {
            let mut complain = |sentence: String| {
                let place = binding.place.clone();
                let place = place.unwrap_or(Place {
                    file: "keys".into(),
                    line: None,
                });
                complaints.push(Complaint::at(place, sentence));
            };
            let name = name_of(binding);
            let Some((entry, bound)) = rows.iter_mut().find(|(entry, _)| entry.name == name) else {
                let hint = nearest::nearest(&name, TABLE.iter().map(|entry| entry.name))
                    .map(|near| format!("; did you mean \"{near}\"?"))
                    .unwrap_or_default();
                complain(format!("there is no action \"{name}\"{hint}"));
                continue;
            };
            match binding
                .keys
                .iter()
                .map(|key| key.parse())
                .collect::<Result<Vec<Key>, _>>()
            {
                Ok(keys) => *bound = keys,
                Err(error) => complain(format!("{}: {error}", entry.name)),
            }
        }
        for (first, second, key) in settle(&mut rows) {
            let written = bindings.iter().find(|binding| {
                let name = name_of(binding);
                name == first || name == second
            });
            let place = written.and_then(|binding| binding.place.clone());
            let place = place.unwrap_or(Place {
                file: "keys".into(),
                line: None,
            });
            complaints.push(Complaint::at(
                place,
                format!("{key} is both {first} and {second}; {first} counts"),
            ));
        }
        (Self { rows }, complaints)
    }

    /// Every action with its keys in force, as bindings: what `config print` shows.
    #[must_use]
    pub fn bindings(&self) -> Vec<KeyBinding> {
        self.rows
            .iter()
            .map(|(entry, keys)| {
                let (context, action) =
                    entry.name.split_once('.').unwrap_or((ANYWHERE, entry.name));
                KeyBinding {
                    context: context.to_owned(),
                    action: action.to_owned(),
                    keys: keys.iter().map(|key| key.written()).collect(),
                    place: None,
                }
            })
            .collect()
    }

    /// What a key does where the contexts, innermost first, have the focus.
    #[must_use]
    pub fn resolve(&self, contexts: &[Context], key: Key) -> Option<Action> {
        contexts.iter().find_map(|context| {
            self.rows
                .iter()
                .find(|(entry, keys)| entry.context == *context && keys.contains(&key))
                .map(|(entry, _)| entry.action)
        })
    }

    /// The first key of an action, as people read it; empty if it has none.
    #[must_use]
    pub fn key_of(&self, context: Context, action: Action) -> String {
        self.rows
            .iter()
            .find(|(entry, _)| entry.context == context && entry.action == action)
            .and_then(|(_, keys)| keys.first())
            .map(ToString::to_string)
            .unwrap_or_default()
    }

    /// The footer: (key, word) for each action of these contexts that has a word and a key that
    /// an inner context does not take.
    #[must_use]
    pub fn hints(&self, contexts: &[Context]) -> Vec<(String, &'static str)> {
        self.hints_where(contexts, |_| true)
    }

    /// The same, but for actions that do nothing now.
    #[must_use]
    pub fn hints_where(
        &self,
        contexts: &[Context],
        does_something: impl Fn(Action) -> bool,
    ) -> Vec<(String, &'static str)> {
        let mut hints: Vec<(String, &'static str)> = Vec::new();
        for context in contexts {
            for (entry, keys) in self
                .rows
                .iter()
                .filter(|(entry, _)| entry.context == *context)
            {
                let free = keys
                    .iter()
                    .find(|key| self.resolve(contexts, **key) == Some(entry.action));
                if let Some(key) = free
                    && !entry.hint.is_empty()
                    && does_something(entry.action)
                    && hints.iter().all(|(_, word)| *word != entry.hint)
                {
                    hints.push((key.to_string(), entry.hint));
                }
            }
        }
        hints
    }

    /// Help for these contexts: a title each, then (keys, what they do). A key that an inner context
    /// takes is not shown.
    #[must_use]
    pub fn help(&self, contexts: &[Context]) -> Vec<(&'static str, Vec<(String, &'static str)>)> {
        contexts
            .iter()
            .map(|context| {
                let rows = self.rows.iter().filter(|(entry, _)| {
                    entry.context == *context && !matches!(entry.action, Action::Digit(_))
                });
                let rows = rows.filter_map(|(entry, keys)| {
                    let counts = |key: &&Key| self.resolve(contexts, **key) == Some(entry.action);
                    let keys: Vec<String> = keys
                        .iter()
                        .filter(counts)
                        .map(ToString::to_string)
                        .collect();
                    (!keys.is_empty()).then(|| (keys.join("  "), entry.help))
                });
                (context.title(), rows.collect::<Vec<_>>())
            })
            .filter(|(_, rows)| !rows.is_empty())
            .collect()
    }

    /// Every action that can be chosen by name in these contexts: (name shown, first key, action).
    #[must_use]
    pub fn commands(&self, contexts: &[Context]) -> Vec<(&'static str, String, Action)> {
        let mut commands: Vec<(&'static str, String, Action)> = Vec::new();
        for context in contexts {
            for (entry, keys) in self
                .rows
                .iter()
                .filter(|(entry, _)| entry.context == *context)
            {
                let moving = entry.context == Context::List
                    || matches!(
                        entry.action,
                        Action::Text(_) | Action::Digit(_) | Action::Palette
                    );
                if !moving && commands.iter().all(|(.., action)| *action != entry.action) {
                    let key = keys.first().map(ToString::to_string).unwrap_or_default();
                    commands.push((entry.help, key, entry.action));
                }
            }
        }
        commands
    }
}

/// The context, in a file, of actions whose names have none. Files of earlier versions leave it empty.
const ANYWHERE: &str = "anywhere";

/// The name of an action in the table: its context, a dot, its action; or its action alone.
fn name_of(binding: &KeyBinding) -> String {
    if matches!(binding.context.as_str(), "" | ANYWHERE) {
        binding.action.clone()
    } else {
        format!("{}.{}", binding.context, binding.action)
    }
}

/// Two actions of one context on one key: the first one counts and the second loses the key.
fn settle(rows: &mut [(&'static Entry, Vec<Key>)]) -> Vec<(&'static str, &'static str, Key)> {
    let mut found = Vec::new();
    let mut rest = rows;
    while let Some(((entry, keys), others)) = rest.split_first_mut() {
        for (other, other_keys) in others.iter_mut() {
            if entry.context == other.context {
                other_keys.retain(|key| {
                    let taken = keys.contains(key);
                    if taken {
                        found.push((entry.name, other.name, *key));
                    }
                    !taken
                });
            }
        }
        rest = others;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_key_is_one_and_none_clashes() {
        for entry in TABLE {
            for key in entry.keys {
                assert!(key.parse::<Key>().is_ok(), "{key} of {}", entry.name);
            }
        }
        let names: std::collections::BTreeSet<&str> =
            TABLE.iter().map(|entry| entry.name).collect();
        assert_eq!(names.len(), TABLE.len(), "names are unique");
        assert_eq!(Keymap::with(&[]).1, []);
    }

    #[test]
    fn keys_that_terminals_cannot_tell_apart_are_refused() {
        for key in ["ctrl-h", "ctrl-i", "ctrl-j", "ctrl-m", "ctrl-["] {
            assert!(
                matches!(key.parse::<Key>(), Err(KeyError::Ambiguous(_))),
                "{key}"
            );
        }
        for key in ["\u{202e}", "ctrl-\u{9b}", "\u{1b}", "alt-\u{200e}"] {
            assert!(
                key.parse::<Key>().is_err(),
                "{key:?} would be shown as it is"
            );
        }
        assert!("ctrl-".parse::<Key>().is_err());
        assert_eq!(
            "ctrl--".parse::<Key>().map(|key| key.to_string()),
            Ok("Ctrl--".to_owned())
        );
    }

    #[test]
    fn own_keys_replace_the_defaults_and_mistakes_leave_them() {
        let binding = |context: &str, action: &str, key: &str| KeyBinding {
            context: context.to_owned(),
            action: action.to_owned(),
            keys: vec![key.to_owned()],
            place: None,
        };
        let (keymap, complaints) = Keymap::with(&[
            binding("anywhere", "quit", "x"),
            binding("", "redraw", "f5"),
            binding("journal", "edti", "E"),
            binding("anywhere", "undo", "ctrl-m"),
        ]);
        assert_eq!(keymap.key_of(Context::Screen, Action::Quit), "x");
        assert_eq!(keymap.key_of(Context::Always, Action::Redraw), "F5");
        assert_eq!(keymap.key_of(Context::Screen, Action::UndoChange), "u");
        assert_eq!(complaints.len(), 2);
        let first = &complaints[0].sentence;
        assert!(first.contains("did you mean \"journal.edit\""), "{first}");
    }

    #[test]
    fn the_table_in_force_reads_back_as_it_was_printed() {
        let (keymap, _) = Keymap::with(&[]);
        let (again, complaints) = Keymap::with(&keymap.bindings());
        assert_eq!(complaints, []);
        assert_eq!(again.bindings(), keymap.bindings());
    }
}
