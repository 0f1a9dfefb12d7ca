//! The words and tags of the reflections of a span.

use super::figures::places;
use super::{StoreError, Tables};
use crate::domain::figures::Span;
use crate::domain::tag::Tag;
use crate::domain::trends::vocabulary::Vocabulary;

impl Tables<'_> {
    /// The words and tags of the reflections of a span.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn vocabulary(&self, span: Span) -> Result<Vocabulary, StoreError> {
        let read = || -> rusqlite::Result<Vocabulary> {
            let mut vocabulary = Vocabulary::default();
            let mut tags = self.conn.prepare_cached(
                "SELECT tag FROM reflection_tag INDEXED BY tag_of_reflection WHERE reflection = ?1",
            )?;
            let mut statement = self.conn.prepare_cached(
                "SELECT r.seq, r.went_well, r.do_differently, r.note, e.text \
                 FROM reflection AS r LEFT JOIN experiment AS e ON e.reflection = r.seq \
                 WHERE r.trashed_at IS NULL AND r.seq BETWEEN ?1 AND ?2",
            )?;
            let mut rows = statement.query(places(span))?;
            while let Some(row) = rows.next()? {
                let tags: Vec<Option<Tag>> = tags
                    .query_map([row.get::<_, i64>(0)?], |row| {
                        Ok(Tag::new(row.get_ref(0)?.as_str().unwrap_or_default()))
                    })?
                    .collect::<Result<_, _>>()?;
                let tags: Vec<Tag> = tags.into_iter().flatten().collect();
                let mut texts = [""; 4];
                for (column, text) in (1..).zip(&mut texts) {
                    let found = row.get_ref(column)?.as_str_or_null();
                    *text = found.ok().flatten().unwrap_or_default();
                }
                vocabulary.read(texts, &tags);
            }
            Ok(vocabulary)
        };
        read().map_err(|error| self.failed(error))
    }
}
