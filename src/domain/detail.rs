//! Details of a saved reflection that one key sets, after the words are safe.

use super::catalog::Catalog;
use super::competency::CompetencyId;
use super::reflection::{Energy, Reflection, Role};

/// One detail and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    /// The energy; `None` if it is not said.
    Energy(Option<Energy>),
    /// The competencies, all of them.
    Competencies(Vec<CompetencyId>),
    /// Whose feedback it is about; `None` if that is not said.
    FeedbackFrom(Option<Role>),
}

impl Detail {
    /// Sets it in a reflection; returns what that said before.
    #[must_use]
    pub fn set_in(self, reflection: &mut Reflection) -> Self {
        match self {
            Self::Energy(energy) => Self::Energy(std::mem::replace(&mut reflection.energy, energy)),
            Self::Competencies(ids) => {
                Self::Competencies(std::mem::replace(&mut reflection.competencies, ids))
            }
            Self::FeedbackFrom(role) => {
                Self::FeedbackFrom(std::mem::replace(&mut reflection.feedback_from, role))
            }
        }
    }

    /// What the reflection of this day says again, as a sentence.
    #[must_use]
    pub fn said_again(&self, day: &str, catalog: &Catalog) -> String {
        match self {
            Self::Energy(None) => format!("Took the energy of {day} off again."),
            Self::Energy(Some(energy)) => {
                format!("The energy of {day} is {} again.", energy.level())
            }
            Self::Competencies(ids) if ids.is_empty() => {
                format!("The reflection of {day} is on no competency again.")
            }
            Self::Competencies(ids) => {
                let names: Vec<&str> = ids.iter().map(|id| catalog.competency_name(id)).collect();
                format!("The reflection of {day} is on {} again.", names.join(", "))
            }
            Self::FeedbackFrom(None) => format!("Who gave the feedback of {day} is open again."),
            Self::FeedbackFrom(Some(role)) => {
                format!("The feedback of {day} is from: {} again.", role.id())
            }
        }
    }
}
