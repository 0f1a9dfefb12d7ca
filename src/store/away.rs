//! What a locked screen showed, kept under its session until it is unlocked. It is in the journal so
//! that it is under the journal's key; a run that ends meanwhile has no use for it any more.

use rusqlite::OptionalExtension;
use uuid::Uuid;

use super::{Store, StoreError, Tables};
use crate::domain::id::SessionId;
use crate::domain::prose::Prose;

/// What the name of such a setting begins with; the session follows.
const MARK: &str = "screen-";

impl Tables<'_> {
    /// Keeps the words of this session's screen.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn put_screen_away(&self, words: &Prose) -> Result<(), StoreError> {
        self.set_setting(&name_of(self.session), words)
    }

    /// The words of this session's screen, if they were put away.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn screen_put_away(&self) -> Result<Option<Prose>, StoreError> {
        let words = self
            .conn
            .query_row(
                "SELECT value FROM setting WHERE key = ?1",
                [name_of(self.session)],
                |row| row.get(0),
            )
            .optional();
        let words: Option<String> = words.map_err(|error| self.failed(error))?;
        Ok(words.map(Prose::verbatim))
    }

    /// Removes the words of this session's screen.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn forget_screen(&self) -> Result<(), StoreError> {
        self.forget_screen_of(self.session)
    }

    fn forget_screen_of(&self, session: SessionId) -> Result<(), StoreError> {
        self.change("DELETE FROM setting WHERE key = ?1", [name_of(session)])?;
        Ok(())
    }
}

impl Store {
    /// Removes what runs put away that ended before they were unlocked.
    pub(super) fn forget_screens_of_the_ended(&mut self) -> Result<(), StoreError> {
        let screens = self.read::<_, StoreError>("looking for screens", screens)?;
        let ended = self.ended(&screens);
        if ended.is_empty() {
            return Ok(());
        }
        self.write("removing what a screen showed", |tables| {
            ended
                .iter()
                .try_for_each(|session| tables.forget_screen_of(*session))
        })
    }
}

fn name_of(session: SessionId) -> String {
    format!("{MARK}{}", session.uuid().simple())
}

/// The sessions whose screens are put away.
fn screens(tables: &Tables<'_>) -> Result<Vec<SessionId>, StoreError> {
    let read = || -> rusqlite::Result<Vec<String>> {
        let sql = "SELECT key FROM setting WHERE key GLOB 'screen-*'";
        let mut statement = tables.conn.prepare(sql)?;
        statement.query_map([], |row| row.get(0))?.collect()
    };
    let names = read().map_err(|error| tables.failed(error))?;
    let ids = names
        .iter()
        .filter_map(|name| Uuid::parse_str(name.strip_prefix(MARK)?).ok());
    Ok(ids.map(SessionId::new).collect())
}
