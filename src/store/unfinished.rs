//! Lines that were being filled in and are not saved, all those of one session in one place.

use rusqlite::params;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{StoreError, Tables};
use crate::domain::competency::CompetencyId;
use crate::domain::id::SessionId;
use crate::domain::prose::Prose;
use crate::domain::unfinished::{Subject, Unfinished};

/// What the name of such a setting begins with; the session follows.
const MARK: &str = "lines-";

impl Tables<'_> {
    /// Keeps these lines under this session, in place of those kept before.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn keep_unfinished(&self, all: &[Unfinished]) -> Result<(), StoreError> {
        if all.is_empty() {
            return self.forget_unfinished(self.session);
        }
        let forms: Vec<Form> = all.iter().map(Form::of).collect();
        let text = serde_json::to_string(&forms)
            .map_err(|error| self.failed(std::io::Error::from(error)))?;
        self.set_setting(&name_of(self.session), &text)
    }

    /// Removes what this session kept; it is no error if there is nothing.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn forget_unfinished(&self, session: SessionId) -> Result<(), StoreError> {
        self.change("DELETE FROM setting WHERE key = ?1", [name_of(session)])?;
        Ok(())
    }

    /// The lines of every session, those of the newest first; what cannot be read is left out.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn unfinished(&self) -> Result<Vec<(SessionId, Vec<Unfinished>)>, StoreError> {
        let read = || -> rusqlite::Result<Vec<(String, String)>> {
            let mut statement = self.conn.prepare(
                "SELECT key, value FROM setting WHERE key GLOB 'lines-*' ORDER BY key DESC",
            )?;
            statement
                .query_map(params![], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        };
        let rows = read().map_err(|error| self.failed(error))?;
        let kept = rows.into_iter().filter_map(|(name, text)| {
            let session = Uuid::parse_str(name.strip_prefix(MARK)?).ok()?;
            let forms: Vec<Form> = serde_json::from_str(&text).unwrap_or_default();
            let lines = forms.into_iter().filter_map(Form::unfinished).collect();
            Some((SessionId::new(session), lines))
        });
        Ok(kept.collect())
    }

    /// Whether what the lines are about is still there.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn has_subject(&self, subject: &Subject) -> Result<bool, StoreError> {
        Ok(match subject {
            Subject::Outcome(id) => self.experiment(*id)?.is_some(),
            Subject::Goal(id) | Subject::GoalEnding(id, _) => self.goal(*id)?.is_some(),
            Subject::Rotation(id) => self.rotation(*id)?.is_some(),
            Subject::Shift(_) | Subject::NewGoal(_) | Subject::NewRotation(_) => true,
        })
    }
}

fn name_of(session: SessionId) -> String {
    format!("{MARK}{}", session.uuid().simple())
}

/// Lines as they are written down. Kinds may be added, never renamed: a newer program must read
/// what an older one kept.
#[derive(Serialize, Deserialize)]
struct Form {
    about: About,
    lines: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum About {
    Outcome(String),
    Shift(String),
    NewGoal(String),
    Goal(String),
    GoalEnding(String, String),
    NewRotation(String),
    Rotation(String),
}

impl Form {
    fn of(unfinished: &Unfinished) -> Self {
        let about = match &unfinished.subject {
            Subject::Outcome(id) => About::Outcome(id.to_string()),
            Subject::Shift(date) => About::Shift(date.to_string()),
            Subject::NewGoal(id) => About::NewGoal(id.to_string()),
            Subject::Goal(id) => About::Goal(id.to_string()),
            Subject::GoalEnding(id, ending) => {
                About::GoalEnding(id.to_string(), ending.status().id().to_owned())
            }
            Subject::NewRotation(date) => About::NewRotation(date.to_string()),
            Subject::Rotation(id) => About::Rotation(id.to_string()),
        };
        let lines = unfinished
            .lines
            .iter()
            .map(|line| line.as_str().to_owned())
            .collect();
        Self { about, lines }
    }

    fn unfinished(self) -> Option<Unfinished> {
        let subject = match self.about {
            About::Outcome(id) => Subject::Outcome(id.parse().ok()?),
            About::Shift(date) => Subject::Shift(date.parse().ok()?),
            About::NewGoal(id) => Subject::NewGoal(CompetencyId::new(id)),
            About::Goal(id) => Subject::Goal(id.parse().ok()?),
            About::GoalEnding(id, ending) => {
                Subject::GoalEnding(id.parse().ok()?, ending.parse().ok()?)
            }
            About::NewRotation(date) => Subject::NewRotation(date.parse().ok()?),
            About::Rotation(id) => Subject::Rotation(id.parse().ok()?),
        };
        let lines = self.lines.into_iter().map(Prose::new).collect();
        Some(Unfinished { subject, lines })
    }
}
