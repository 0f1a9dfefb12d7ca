//! The one table of actions: what a key does where, its name in the configuration, and the words
//! that hints, help and the palette show. Nothing else knows a key.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::config::{Complaint, KeyBinding, Place};
use crate::domain::nearest;

use super::widgets::text_area::EditAction;

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
    /// The trash.
    Trash,
    /// Any text that is being written.
    Text,
    /// The search line.
    Search,
    /// The editor, whatever has the focus in it.
    Editor,
    /// A row of choices under the text in the editor.
    Row,
    /// A list with a filter line over it.
    Picker,
    /// "Did you?" about an experiment.
    Answering,
    /// "Still doing it?" about an experiment that helped.
    FollowUp,
    /// The line after saving.
    Saved,
    /// A yes-or-no question.
    Question,
    /// The help page.
    Help,
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
            Self::Trash => "Trash",
            Self::Text => "Writing",
            Self::Search => "Searching",
            Self::Editor => "Reflection",
            Self::Row => "Rows under the text",
            Self::Picker => "Choosing",
            Self::Answering => "Asked about an experiment",
            Self::FollowUp => "Asked if you still do it",
            Self::Saved => "After saving",
            Self::Question => "Question",
            Self::Help => "Help",
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
    /// Go to Today.
    GoToday,
    /// Go to the Journal.
    GoJournal,
    /// Begin a reflection, or continue the one left unfinished.
    Reflect,
    /// Begin another reflection beside an unfinished one.
    ReflectAnew,
    /// Begin a reflection with another template.
    ReflectWith,
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
    /// Show the trash.
    ShowTrash,
    /// Take out of the trash.
    Restore,
    /// Delete everything in the trash for good.
    EmptyTrash,
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

const fn row(
    context: Context,
    action: Action,
    name: &'static str,
    help: &'static str,
    hint: &'static str,
    keys: &'static [&'static str],
) -> Entry {
    Entry {
        context,
        action,
        name,
        help,
        hint,
        keys,
    }
}

use Action as A;
use Context as C;
use EditAction as E;

/// Every action there is, in the order help shows them.
pub const TABLE: &[Entry] = &[
    row(
        C::Today,
        A::Reflect,
        "today.reflect",
        "Reflect on this shift, or continue the draft",
        "reflect",
        &["n"],
    ),
    row(
        C::Today,
        A::ReflectAnew,
        "today.another",
        "Start another reflection beside the draft",
        "",
        &["N"],
    ),
    row(
        C::Today,
        A::Open,
        "today.answer",
        "Answer the selected experiment",
        "answer",
        &["enter"],
    ),
    row(
        C::Journal,
        A::Open,
        "journal.read",
        "Read the reflection",
        "read",
        &["enter", "right", "l"],
    ),
    row(
        C::Journal,
        A::Edit,
        "journal.edit",
        "Change the reflection",
        "edit",
        &["e"],
    ),
    row(
        C::Journal,
        A::Delete,
        "journal.delete",
        "Move the reflection and its experiment to the trash",
        "delete",
        &["d", "delete"],
    ),
    row(
        C::Journal,
        A::Share,
        "journal.share",
        "Mark the reflection for sharing, or unmark it",
        "share",
        &["s"],
    ),
    row(
        C::Journal,
        A::AnswerExperiment,
        "journal.answer",
        "Answer the experiment of the reflection",
        "answer",
        &["a"],
    ),
    row(
        C::Journal,
        A::ShowTrash,
        "journal.trash",
        "Show the trash",
        "",
        &["T"],
    ),
    row(
        C::Journal,
        A::Back,
        "journal.back",
        "Clear the search",
        "",
        &["esc"],
    ),
    row(
        C::Reader,
        A::Back,
        "reader.back",
        "Back to the list",
        "back",
        &["esc", "left", "h", "backspace"],
    ),
    row(
        C::Reader,
        A::Edit,
        "reader.edit",
        "Change the reflection",
        "edit",
        &["e"],
    ),
    row(
        C::Reader,
        A::Delete,
        "reader.delete",
        "Move the reflection and its experiment to the trash",
        "delete",
        &["d", "delete"],
    ),
    row(
        C::Reader,
        A::Share,
        "reader.share",
        "Mark the reflection for sharing, or unmark it",
        "share",
        &["s"],
    ),
    row(
        C::Reader,
        A::AnswerExperiment,
        "reader.answer",
        "Answer the experiment of the reflection",
        "answer",
        &["a", "enter"],
    ),
    row(
        C::Reader,
        A::More,
        "reader.next",
        "Next (older) reflection",
        "next",
        &["]", "right", "l"],
    ),
    row(
        C::Reader,
        A::Less,
        "reader.previous",
        "Previous (newer) reflection",
        "",
        &["["],
    ),
    row(
        C::Trash,
        A::Restore,
        "trash.restore",
        "Take the reflection out of the trash",
        "restore",
        &["r", "enter"],
    ),
    row(
        C::Trash,
        A::EmptyTrash,
        "trash.empty",
        "Delete everything in the trash for good",
        "empty",
        &["E"],
    ),
    row(
        C::Trash,
        A::Back,
        "trash.back",
        "Back to the journal",
        "back",
        &["esc", "T", "left", "h"],
    ),
    row(
        C::Search,
        A::Accept,
        "search.done",
        "Go to the matches",
        "to the matches",
        &["enter", "down", "tab"],
    ),
    row(
        C::Search,
        A::Back,
        "search.clear",
        "Clear the search",
        "clear",
        &["esc", "ctrl-c"],
    ),
    row(
        C::Editor,
        A::Save,
        "editor.save",
        "Save",
        "save",
        &["ctrl-s"],
    ),
    row(
        C::Editor,
        A::Back,
        "editor.leave",
        "Leave; the draft is kept",
        "leave",
        &["esc", "ctrl-c"],
    ),
    row(
        C::Editor,
        A::NextField,
        "editor.next",
        "Next field",
        "next field",
        &["tab"],
    ),
    row(
        C::Editor,
        A::PreviousField,
        "editor.previous",
        "Previous field",
        "",
        &["shift-tab"],
    ),
    row(
        C::Editor,
        A::ChooseTemplate,
        "editor.template",
        "Choose another template",
        "template",
        &["ctrl-t"],
    ),
    row(
        C::Editor,
        A::ExternalEditor,
        "editor.external",
        "Write in your own editor",
        "",
        &["ctrl-o"],
    ),
    row(
        C::Editor,
        A::Discard,
        "editor.discard",
        "Let it go: throw the draft away",
        "",
        &["alt-k"],
    ),
    row(
        C::Row,
        A::Less,
        "row.less",
        "Previous choice",
        "change",
        &["left"],
    ),
    row(C::Row, A::More, "row.more", "Next choice", "", &["right"]),
    row(C::Row, A::Up, "row.up", "Row above", "", &["up"]),
    row(C::Row, A::Down, "row.down", "Row below", "", &["down"]),
    row(
        C::Row,
        A::Clear,
        "row.clear",
        "Clear the row",
        "clear",
        &["backspace", "delete"],
    ),
    row(
        C::Row,
        A::Open,
        "row.open",
        "Choose from a list, or go to the next row",
        "",
        &["enter"],
    ),
    row(C::Row, A::Digit(0), "row.digit-0", "Choice 0", "", &["0"]),
    row(C::Row, A::Digit(1), "row.digit-1", "Choice 1", "", &["1"]),
    row(C::Row, A::Digit(2), "row.digit-2", "Choice 2", "", &["2"]),
    row(C::Row, A::Digit(3), "row.digit-3", "Choice 3", "", &["3"]),
    row(C::Row, A::Digit(4), "row.digit-4", "Choice 4", "", &["4"]),
    row(C::Row, A::Digit(5), "row.digit-5", "Choice 5", "", &["5"]),
    row(C::Row, A::Digit(6), "row.digit-6", "Choice 6", "", &["6"]),
    row(C::Row, A::Digit(7), "row.digit-7", "Choice 7", "", &["7"]),
    row(C::Row, A::Digit(8), "row.digit-8", "Choice 8", "", &["8"]),
    row(C::Row, A::Digit(9), "row.digit-9", "Choice 9", "", &["9"]),
    row(
        C::Picker,
        A::Accept,
        "picker.accept",
        "Take the selected line",
        "choose",
        &["enter"],
    ),
    row(
        C::Picker,
        A::Down,
        "picker.down",
        "Next line",
        "",
        &["down", "ctrl-n"],
    ),
    row(C::Picker, A::Up, "picker.up", "Previous line", "", &["up"]),
    row(
        C::Picker,
        A::PageDown,
        "picker.page-down",
        "A screenful down",
        "",
        &["pagedown"],
    ),
    row(
        C::Picker,
        A::PageUp,
        "picker.page-up",
        "A screenful up",
        "",
        &["pageup"],
    ),
    row(
        C::Picker,
        A::Back,
        "picker.back",
        "Leave without choosing",
        "leave",
        &["esc", "ctrl-c"],
    ),
    row(
        C::Answering,
        A::Outcome(1),
        "answer.helped",
        "It helped",
        "helped",
        &["1"],
    ),
    row(
        C::Answering,
        A::Outcome(2),
        "answer.mixed",
        "It helped in part",
        "mixed",
        &["2"],
    ),
    row(
        C::Answering,
        A::Outcome(3),
        "answer.no-help",
        "It did not help",
        "no help",
        &["3"],
    ),
    row(
        C::Answering,
        A::Outcome(4),
        "answer.not-tried",
        "The moment came, it was not tried",
        "not tried",
        &["4"],
    ),
    row(
        C::Answering,
        A::Outcome(5),
        "answer.no-chance",
        "The moment never came",
        "no chance to",
        &["5"],
    ),
    row(
        C::Answering,
        A::Carry,
        "answer.carry",
        "Ask again seven days later",
        "carry 7 days",
        &["c"],
    ),
    row(
        C::Answering,
        A::Reword,
        "answer.reword",
        "Word it anew",
        "reword",
        &["e"],
    ),
    row(
        C::Answering,
        A::Drop,
        "answer.drop",
        "Give it up",
        "drop",
        &["d"],
    ),
    row(
        C::Answering,
        A::Back,
        "answer.later",
        "Not now",
        "later",
        &["esc", "ctrl-c"],
    ),
    row(
        C::FollowUp,
        A::StillDone,
        "follow-up.habit",
        "Yes, it became a habit",
        "yes",
        &["1", "y"],
    ),
    row(
        C::FollowUp,
        A::Faded,
        "follow-up.faded",
        "No, it faded",
        "no, it faded",
        &["2", "n"],
    ),
    row(
        C::FollowUp,
        A::Back,
        "follow-up.later",
        "Not now",
        "later",
        &["esc", "ctrl-c"],
    ),
    row(
        C::Saved,
        A::Energy(1),
        "saved.energy-1",
        "Energy 1, empty",
        "",
        &["1"],
    ),
    row(
        C::Saved,
        A::Energy(2),
        "saved.energy-2",
        "Energy 2",
        "",
        &["2"],
    ),
    row(
        C::Saved,
        A::Energy(3),
        "saved.energy-3",
        "Energy 3",
        "",
        &["3"],
    ),
    row(
        C::Saved,
        A::Energy(4),
        "saved.energy-4",
        "Energy 4",
        "",
        &["4"],
    ),
    row(
        C::Saved,
        A::Energy(5),
        "saved.energy-5",
        "Energy 5, full",
        "",
        &["5"],
    ),
    row(
        C::Saved,
        A::ChooseCompetency,
        "saved.competency",
        "Choose a competency",
        "competency",
        &["f"],
    ),
    row(C::Question, A::Yes, "question.yes", "Yes", "yes", &["y"]),
    row(
        C::Question,
        A::No,
        "question.no",
        "No",
        "no",
        &["n", "esc", "ctrl-c"],
    ),
    row(
        C::Help,
        A::Back,
        "help.close",
        "Close help",
        "close",
        &["esc", "q", "?", "f1", "ctrl-c"],
    ),
    row(
        C::Text,
        A::Text(E::Undo),
        "text.undo",
        "Undo",
        "",
        &["ctrl-_", "alt-u"],
    ),
    row(
        C::Text,
        A::Text(E::Redo),
        "text.redo",
        "Redo",
        "",
        &["alt-r"],
    ),
    row(
        C::Text,
        A::Text(E::Newline),
        "text.newline",
        "New line",
        "",
        &["enter"],
    ),
    row(
        C::Text,
        A::Text(E::Left),
        "text.left",
        "Left",
        "",
        &["left", "ctrl-b"],
    ),
    row(
        C::Text,
        A::Text(E::Right),
        "text.right",
        "Right",
        "",
        &["right", "ctrl-f"],
    ),
    row(C::Text, A::Text(E::Up), "text.up", "Line up", "", &["up"]),
    row(
        C::Text,
        A::Text(E::Down),
        "text.down",
        "Line down",
        "",
        &["down", "ctrl-n"],
    ),
    row(
        C::Text,
        A::Text(E::PageUp),
        "text.page-up",
        "A screenful up",
        "",
        &["pageup", "alt-v"],
    ),
    row(
        C::Text,
        A::Text(E::PageDown),
        "text.page-down",
        "A screenful down",
        "",
        &["pagedown", "ctrl-v"],
    ),
    row(
        C::Text,
        A::Text(E::WordLeft),
        "text.word-left",
        "Word left",
        "",
        &["alt-b", "ctrl-left", "alt-left"],
    ),
    row(
        C::Text,
        A::Text(E::WordRight),
        "text.word-right",
        "Word right",
        "",
        &["alt-f", "ctrl-right", "alt-right"],
    ),
    row(
        C::Text,
        A::Text(E::LineStart),
        "text.line-start",
        "Start of the line",
        "",
        &["ctrl-a", "home"],
    ),
    row(
        C::Text,
        A::Text(E::LineEnd),
        "text.line-end",
        "End of the line",
        "",
        &["ctrl-e", "end"],
    ),
    row(
        C::Text,
        A::Text(E::TextStart),
        "text.start",
        "Start of the text",
        "",
        &["alt-<", "ctrl-home"],
    ),
    row(
        C::Text,
        A::Text(E::TextEnd),
        "text.end",
        "End of the text",
        "",
        &["alt->", "ctrl-end"],
    ),
    row(
        C::Text,
        A::Text(E::DeleteBack),
        "text.backspace",
        "Delete back",
        "",
        &["backspace"],
    ),
    row(
        C::Text,
        A::Text(E::DeleteForward),
        "text.delete",
        "Delete forward",
        "",
        &["delete", "ctrl-d"],
    ),
    row(
        C::Text,
        A::Text(E::KillWordBack),
        "text.kill-word-back",
        "Cut the word before",
        "",
        &["alt-backspace", "ctrl-backspace"],
    ),
    row(
        C::Text,
        A::Text(E::KillBlankBack),
        "text.kill-back-to-space",
        "Cut back to the space before",
        "",
        &["ctrl-w"],
    ),
    row(
        C::Text,
        A::Text(E::KillWordForward),
        "text.kill-word",
        "Cut the word after",
        "",
        &["alt-d", "ctrl-delete"],
    ),
    row(
        C::Text,
        A::Text(E::KillToLineEnd),
        "text.kill-end",
        "Cut to the end of the line",
        "",
        &["ctrl-k"],
    ),
    row(
        C::Text,
        A::Text(E::KillToLineStart),
        "text.kill-start",
        "Cut to the start of the line",
        "",
        &["ctrl-u"],
    ),
    row(
        C::Text,
        A::Text(E::Yank),
        "text.yank",
        "Put the cut text back",
        "",
        &["ctrl-y"],
    ),
    row(
        C::List,
        A::Down,
        "list.down",
        "Down",
        "",
        &["down", "j", "ctrl-n"],
    ),
    row(C::List, A::Up, "list.up", "Up", "", &["up", "k"]),
    row(
        C::List,
        A::PageDown,
        "list.page-down",
        "A screenful down",
        "",
        &["pagedown", "space", "ctrl-f"],
    ),
    row(
        C::List,
        A::PageUp,
        "list.page-up",
        "A screenful up",
        "",
        &["pageup", "ctrl-b"],
    ),
    row(
        C::List,
        A::First,
        "list.first",
        "To the newest or first",
        "",
        &["home", "g"],
    ),
    row(
        C::List,
        A::Last,
        "list.last",
        "To the oldest or last",
        "",
        &["end", "G"],
    ),
    row(
        C::Screen,
        A::Search,
        "search",
        "Search the journal",
        "search",
        &["/"],
    ),
    row(
        C::Screen,
        A::Reflect,
        "reflect",
        "Reflect on this shift",
        "",
        &["n"],
    ),
    row(
        C::Screen,
        A::ReflectWith,
        "reflect.template",
        "Reflect with a template",
        "",
        &["t"],
    ),
    row(
        C::Screen,
        A::UndoChange,
        "undo",
        "Take back the last change of this session",
        "",
        &["u"],
    ),
    row(C::Screen, A::GoToday, "today", "Go to Today", "", &["1"]),
    row(
        C::Screen,
        A::GoJournal,
        "journal",
        "Go to the Journal",
        "",
        &["2"],
    ),
    row(
        C::Screen,
        A::Palette,
        "palette",
        "Choose an action by its name",
        "commands",
        &[":"],
    ),
    row(
        C::Screen,
        A::Help,
        "help",
        "What the keys do here",
        "help",
        &["?"],
    ),
    row(C::Screen, A::Quit, "quit", "Quit", "quit", &["q", "ctrl-c"]),
    row(
        C::Always,
        A::Palette,
        "palette.anywhere",
        "Choose an action by its name",
        "",
        &["ctrl-p"],
    ),
    row(
        C::Always,
        A::Help,
        "help.anywhere",
        "What the keys do here",
        "help",
        &["f1"],
    ),
    row(
        C::Always,
        A::Suspend,
        "suspend",
        "Suspend; `fg` in the shell comes back",
        "",
        &["ctrl-z"],
    ),
    row(
        C::Always,
        A::Redraw,
        "redraw",
        "Paint the screen again",
        "",
        &["ctrl-l"],
    ),
];

/// A key as the table names it: `n`, `N`, `ctrl-s`, `alt-u`, `shift-tab`, `f1`, `space`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    ctrl: bool,
    alt: bool,
}

impl Key {
    /// The key of a terminal event, with what terminals disagree on evened out: Shift is part of
    /// the character, Ctrl-_ arrives as Ctrl-7 from many.
    #[must_use]
    pub fn of(event: KeyEvent) -> Self {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        let shift = event.modifiers.contains(KeyModifiers::SHIFT);
        let code = match event.code {
            KeyCode::Char('7' | '/') if ctrl => KeyCode::Char('_'),
            KeyCode::Char(c) if ctrl => KeyCode::Char(c.to_ascii_lowercase()),
            KeyCode::Char(c) if shift && c.is_ascii_lowercase() => {
                KeyCode::Char(c.to_ascii_uppercase())
            }
            KeyCode::Tab if shift => KeyCode::BackTab,
            code => code,
        };
        Self { code, ctrl, alt }
    }

    /// The character the key would type into a text, if it is one.
    #[must_use]
    pub const fn typed(self) -> Option<char> {
        match self.code {
            // Ctrl and Alt together are AltGr on some layouts: the character is meant.
            KeyCode::Char(c) if self.ctrl == self.alt => Some(c),
            _ => None,
        }
    }
}

impl Key {
    /// The key as the configuration writes it.
    fn written(self) -> String {
        let mut text = String::new();
        if self.ctrl {
            text.push_str("ctrl-");
        }
        if self.alt {
            text.push_str("alt-");
        }
        let bare = Self {
            ctrl: false,
            alt: false,
            ..self
        };
        match NAMED.iter().find(|(_, code)| *code == self.code) {
            Some((name, _)) => text.push_str(name),
            None if matches!(self.code, KeyCode::Char(c) if c != ' ') => {
                text.push_str(&bare.to_string())
            }
            None => text.push_str(&bare.to_string().to_lowercase()),
        }
        text
    }
}

const NAMED: [(&str, KeyCode); 14] = [
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("shift-tab", KeyCode::BackTab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
];

/// A key that cannot be bound.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// No such key.
    #[error("\"{0}\" is not a key: give one like n, N, ctrl-s, alt-u, enter, f2 or space")]
    Unknown(String),
    /// Terminals send it as another key.
    #[error("\"{0}\" cannot be bound: terminals send it as another key")]
    Ambiguous(String),
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let unknown = || KeyError::Unknown(text.to_owned());
        let (mut rest, mut ctrl, mut alt) = (text.trim(), false, false);
        loop {
            let lower = rest.to_ascii_lowercase();
            if lower.starts_with("ctrl-") && rest.len() > 5 {
                ctrl = true;
                rest = rest.get(5..).ok_or_else(unknown)?;
            } else if lower.starts_with("alt-") && rest.len() > 4 {
                alt = true;
                rest = rest.get(4..).ok_or_else(unknown)?;
            } else {
                break;
            }
        }
        let lower = rest.to_ascii_lowercase();
        let named = NAMED
            .iter()
            .find(|(name, _)| *name == lower)
            .map(|(_, code)| *code);
        let mut characters = rest.chars();
        let code = match (named, characters.next(), characters.as_str()) {
            (Some(code), ..) => code,
            (None, Some(c), "") if ctrl => KeyCode::Char(c.to_ascii_lowercase()),
            (None, Some(c), "") => KeyCode::Char(c),
            (None, Some('f' | 'F'), n) => match n.parse() {
                Ok(n @ 1..=24) => KeyCode::F(n),
                _ => return Err(unknown()),
            },
            _ if lower == "space" => KeyCode::Char(' '),
            _ => return Err(unknown()),
        };
        if ctrl && matches!(code, KeyCode::Char('h' | 'i' | 'j' | 'm' | '[')) {
            return Err(KeyError::Ambiguous(text.to_owned()));
        }
        Ok(Self { code, ctrl, alt })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        if let Some((name, _)) = NAMED.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(match *name {
                "shift-tab" => "Shift-Tab",
                "pageup" => "PgUp",
                "pagedown" => "PgDn",
                "backspace" => "Backspace",
                "delete" => "Del",
                "enter" => "Enter",
                "esc" => "Esc",
                "tab" => "Tab",
                "up" => "Up",
                "down" => "Down",
                "left" => "Left",
                "right" => "Right",
                "home" => "Home",
                other => other,
            });
        }
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "no other key can be in the table"
        )]
        match self.code {
            KeyCode::Char(' ') => f.write_str("Space"),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(n) => write!(f, "F{n}"),
            _ => f.write_str("?"),
        }
    }
}

/// The table in force: the defaults with the writer's own keys laid over them.
#[derive(Debug, Clone)]
pub struct Keymap {
    rows: Vec<(&'static Entry, Vec<Key>)>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::with(&[]).0
    }
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
        for (first, second, key) in clashes(&rows) {
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
                let (context, action) = entry.name.split_once('.').unwrap_or(("", entry.name));
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

    /// Help for these contexts: a title each, then (keys, what they do).
    #[must_use]
    pub fn help(&self, contexts: &[Context]) -> Vec<(&'static str, Vec<(String, &'static str)>)> {
        contexts
            .iter()
            .map(|context| {
                let rows = self.rows.iter().filter(|(entry, keys)| {
                    entry.context == *context
                        && !keys.is_empty()
                        && !matches!(entry.action, Action::Digit(_))
                });
                let rows = rows.map(|(entry, keys)| {
                    let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
                    (keys.join("  "), entry.help)
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
                let moving = matches!(
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

/// The name of an action in the table: its context, a dot, its action; the context may be empty.
fn name_of(binding: &KeyBinding) -> String {
    if binding.context.is_empty() {
        binding.action.clone()
    } else {
        format!("{}.{}", binding.context, binding.action)
    }
}

/// Two actions of one context on one key: the first one counts.
fn clashes(rows: &[(&'static Entry, Vec<Key>)]) -> Vec<(&'static str, &'static str, Key)> {
    let mut found = Vec::new();
    for (at, (entry, keys)) in rows.iter().enumerate() {
        for (other, other_keys) in rows.iter().skip(at + 1) {
            if entry.context == other.context
                && let Some(key) = keys.iter().find(|key| other_keys.contains(key))
            {
                found.push((entry.name, other.name, *key));
            }
        }
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
            binding("", "quit", "x"),
            binding("journal", "edti", "E"),
            binding("", "undo", "ctrl-m"),
        ]);
        assert_eq!(keymap.key_of(Context::Screen, Action::Quit), "x");
        assert_eq!(keymap.key_of(Context::Screen, Action::UndoChange), "u");
        assert_eq!(complaints.len(), 2);
        assert!(
            complaints
                .concat()
                .contains("did you mean \"journal.edit\""),
            "{complaints:?}"
        );
    }
}
