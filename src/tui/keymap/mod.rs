//! The one table of actions: what a key does where, its name in the configuration, and the words
//! that hints, help and the palette show. Nothing else knows a key.

mod key;
mod moves;
mod table;

use crate::config::{Complaint, KeyBinding, Place};
use crate::domain::nearest;

use super::widgets::text_area::EditAction;

pub use key::{Key, KeyError};
pub use table::TABLE;

/// What has the focus: decides which rows of the table count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// Wherever the program is.
    Always,
    /// Wherever no text has the focus.
    Screen,
    /// The Today screen.
    Today,
    /// A list of rows that can be moved through.
    List,
    /// The Journal screen, its list having the focus.
    Journal,
    /// A reflection being read in full.
    Reader,
    /// One plan through all its wordings.
    Chain,
    /// One week.
    Review,
    /// What one rotation was.
    RotationReview,
    /// The trash.
    Trash,
    /// The competencies there are.
    Frameworks,
    /// The Trends screen.
    Trends,
    /// The Goals screen.
    Goals,
    /// One goal being read in full.
    Goal,
    /// The rotations.
    Rotations,
    /// Any text that is being written.
    Text,
    /// The search line.
    Search,
    /// The editor, whatever has the focus in it.
    Editor,
    /// A row of choices under the text in the editor.
    Row,
    /// Such a row in which nothing is typed.
    Choice,
    /// A list with a filter line over it.
    Picker,
    /// A few lines to fill in.
    Form,
    /// "Did you?" about an experiment.
    Answering,
    /// "Still doing it?" about an experiment that helped.
    FollowUp,
    /// The line about possible identifiers, before saving.
    Identifiers,
    /// The line after saving.
    Saved,
    /// A yes-or-no question.
    Question,
    /// A question whose yes loses words.
    Losing,
    /// The help page.
    Help,
    /// The support card.
    Support,
    /// The passphrase being typed.
    Lock,
}

impl Context {
    const fn title(self) -> &'static str {
        match self {
            Self::Always => "Everywhere",
            Self::Screen => "Wherever no text has the focus",
            Self::Today => "Today",
            Self::List => "Moving",
            Self::Journal => "Journal",
            Self::Reader => "Reading",
            Self::Chain => "One plan",
            Self::Review => "Review",
            Self::RotationReview => "One rotation",
            Self::Trash => "Trash",
            Self::Frameworks => "Competencies",
            Self::Trends => "Trends",
            Self::Goals => "Goals",
            Self::Goal => "Reading a goal",
            Self::Rotations => "Rotations",
            Self::Text => "Writing",
            Self::Search => "Searching",
            Self::Editor => "Reflection",
            Self::Row => "Rows under the text",
            Self::Choice => "Rows in which nothing is typed",
            Self::Picker => "Choosing",
            Self::Form => "Filling in",
            Self::Answering => "Asked about an experiment",
            Self::FollowUp => "Asked if you still do it",
            Self::Identifiers => "Possible identifiers at save",
            Self::Saved => "After saving",
            Self::Question => "Question",
            Self::Losing => "Question about words that cannot be kept",
            Self::Help => "Help",
            Self::Support => "Support card",
            Self::Lock => "Locked",
        }
    }
}

/// Something the writer can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Leave the program.
    Quit,
    /// Show what the keys do here.
    Help,
    /// Choose an action by its name.
    Palette,
    /// Stop the process until the shell continues it.
    Suspend,
    /// Paint the screen again.
    Redraw,
    /// Hide everything at once.
    Blank,
    /// Say how a passphrase is set.
    SetPassphrase,
    /// Offer no passphrase any more.
    DeclinePassphrase,
    /// Take two slow breaths.
    Breathe,
    /// Show somebody to talk to.
    Support,
    /// Go to Today.
    GoToday,
    /// Go to the Journal.
    GoJournal,
    /// Go to the Review; from there, to the present week.
    GoReview,
    /// Go to Trends.
    GoTrends,
    /// Go to the Goals.
    GoGoals,
    /// Begin a reflection, or continue the one left unfinished.
    Reflect,
    /// Begin another reflection beside an unfinished one.
    ReflectAnew,
    /// Begin a reflection with another template.
    ReflectWith,
    /// Begin the reflection about a rotation that is offered today.
    ReflectOffered,
    /// Show the rotations.
    ShowRotations,
    /// Show what a rotation was.
    ReviewRotation,
    /// Begin a rotation.
    StartRotation,
    /// Make today the last day of the rotation.
    EndRotation,
    /// Log the present shift as worked, or take it out of the log again.
    LogShift,
    /// Log a shift of another day.
    LogAnotherShift,
    /// Take back the last change of this session.
    UndoChange,
    /// Filter the journal.
    Search,
    /// Go back one step.
    Back,
    /// Next row.
    Down,
    /// Previous row.
    Up,
    /// A screenful down.
    PageDown,
    /// A screenful up.
    PageUp,
    /// First row.
    First,
    /// Last row.
    Last,
    /// Open or answer what is selected.
    Open,
    /// Change the reflection.
    Edit,
    /// Move the reflection to the trash.
    Delete,
    /// Mark for sharing.
    Share,
    /// Answer the experiment of the reflection.
    AnswerExperiment,
    /// Put a line beside the outcome of the experiment.
    NoteOutcome,
    /// Show the plan through all its wordings.
    ShowChain,
    /// Show the trash.
    ShowTrash,
    /// Choose a goal.
    AddGoal,
    /// Close a goal as met.
    MeetGoal,
    /// Set a goal aside.
    SetGoalAside,
    /// Make a closed goal active again.
    ReopenGoal,
    /// Take a goal of an earlier year into this one.
    ContinueGoal,
    /// Show the reflections behind a goal.
    ShowEvidence,
    /// Note a question to ask somebody about a goal.
    AskForFeedback,
    /// Select the mark to the right.
    MarkRight,
    /// Select the mark to the left.
    MarkLeft,
    /// Show the energy in the calendar instead of what was reflected on, or the other way round.
    TellOther,
    /// Show the competencies there are.
    ShowFrameworks,
    /// Take out of the trash.
    Restore,
    /// Delete everything in the trash for good.
    EmptyTrash,
    /// Write what a review asks, or change what was written.
    Write,
    /// Save the reflection.
    Save,
    /// Throw the draft away.
    Discard,
    /// Next field or row.
    NextField,
    /// Previous field or row.
    PreviousField,
    /// Choose another template.
    ChooseTemplate,
    /// Write in the external editor.
    ExternalEditor,
    /// Write the suggestion in place of a possible identifier.
    ReplaceIdentifier,
    /// Previous choice of a row.
    Less,
    /// Next choice of a row.
    More,
    /// The choice with this digit.
    Digit(u8),
    /// Clear the row.
    Clear,
    /// Edit the text that has the focus.
    Text(EditAction),
    /// Answer with the outcome of this digit, from 1.
    Outcome(u8),
    /// Ask again a week later.
    Carry,
    /// Word the experiment anew.
    Reword,
    /// Give the experiment up.
    Drop,
    /// It is still done.
    StillDone,
    /// It is no longer done.
    Faded,
    /// Set the energy after saving.
    Energy(u8),
    /// Choose a competency after saving.
    ChooseCompetency,
    /// Take the choice.
    Accept,
    /// Yes.
    Yes,
    /// No.
    No,
}

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
