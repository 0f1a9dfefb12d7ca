//! What can have the focus.

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
    /// The same, asking whose feedback it was.
    Giver,
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
    /// The heading of its keys in the help.
    #[must_use]
    pub const fn title(self) -> &'static str {
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
            Self::Giver => "After saving what somebody said",
            Self::Question => "Question",
            Self::Losing => "Question about words that cannot be kept",
            Self::Help => "Help",
            Self::Support => "Support card",
            Self::Lock => "Locked",
        }
    }
}
