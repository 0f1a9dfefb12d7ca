//! Small questions over many reflections, answered from the index of facts without reading text.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::row::Kept;
use super::seq::Seq;
use super::{StoreError, Tables};
use crate::domain::shift::ShiftKind;
use crate::domain::template::TemplateId;

/// A shift that was reflected on or logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShiftOn {
    /// Its date.
    pub date: NaiveDate,
    /// Its kind.
    pub shift: ShiftKind,
    /// Whether it is from the log and not from a reflection.
    pub logged: bool,
}

/// What was written last, as far as the next proposal is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastWritten {
    /// The shift.
    pub shift: ShiftKind,
    /// When.
    pub written_at: DateTime<FixedOffset>,
    /// The prompts.
    pub template: TemplateId,
}

/// How many of the last reflections are looked at for one about a shift.
const RECENT: i64 = 8;

impl Tables<'_> {
    /// The last few reflections by time of writing, newest first.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn last_shifts(&self) -> Result<Vec<LastWritten>, StoreError> {
        let read = || -> rusqlite::Result<Vec<LastWritten>> {
            let mut statement = self.conn.prepare_cached(
                "SELECT shift, written_at, template FROM reflection WHERE trashed_at IS NULL \
                 ORDER BY id DESC LIMIT ?1",
            )?;
            let rows = statement.query_map([RECENT], |row| {
                let shift: String = row.get(0)?;
                let written_at: String = row.get(1)?;
                let template: String = row.get(2)?;
                Ok(shift
                    .parse()
                    .ok()
                    .zip(DateTime::parse_from_rfc3339(&written_at).ok())
                    .map(|(shift, written_at)| LastWritten {
                        shift,
                        written_at,
                        template: TemplateId::new(template),
                    }))
            })?;
            rows.filter_map(Result::transpose).collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// The newest shift date written about, whatever was written.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn last_shift_date(&self) -> Result<Option<NaiveDate>, StoreError> {
        let places = self.places(
            "SELECT seq FROM reflection INDEXED BY reflection_facts \
             WHERE trashed_at IS NULL ORDER BY seq DESC LIMIT 1",
            [],
        )?;
        Ok(places.first().and_then(|seq| seq.shift_date()))
    }

    /// Whether any of the last 500 reflections says an energy: where it is never said, looking
    /// through all of a long journal would be felt at every start.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn energy_is_used(&self) -> Result<bool, StoreError> {
        let places = self.places(
            "SELECT seq FROM (SELECT seq, energy FROM reflection INDEXED BY reflection_facts \
             WHERE trashed_at IS NULL ORDER BY seq DESC LIMIT 500) \
             WHERE energy IS NOT NULL LIMIT 1",
            [],
        )?;
        Ok(!places.is_empty())
    }

    /// Shifts reflected on or logged in these days, one for each reflection and each log line.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn shifts(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<ShiftOn>, StoreError> {
        let about_a_shift = ABOUT_A_SHIFT;
        let read = || -> rusqlite::Result<Vec<ShiftOn>> {
            let mut statement = self.conn.prepare_cached(&format!(
                "SELECT seq, shift FROM reflection INDEXED BY reflection_facts \
                 WHERE trashed_at IS NULL AND seq BETWEEN ?1 AND ?2 AND {about_a_shift}"
            ))?;
            let rows = statement.query_map([Seq::first_on(from).0, Seq::last_on(to).0], |row| {
                let date = Seq(row.get(0)?).shift_date();
                let shift: String = row.get(1)?;
                Ok(date.zip(shift.parse().ok()))
            })?;
            let mut shifts = Vec::new();
            for row in rows {
                shifts.extend(row?.map(|(date, shift)| ShiftOn {
                    date,
                    shift,
                    logged: false,
                }));
            }
            Ok(shifts)
        };
        let mut shifts = read().map_err(|error| self.failed(error))?;
        let logged = self.logged_shifts(from, to)?;
        shifts.extend(logged.into_iter().map(|(date, shift)| ShiftOn {
            date,
            shift,
            logged: true,
        }));
        Ok(shifts)
    }

    /// Up to a few dozen reflections of these days, newest first.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn written_about(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Seq>, StoreError> {
        let about_a_shift = ABOUT_A_SHIFT;
        self.places(
            &format!(
                "SELECT seq FROM reflection INDEXED BY reflection_facts \
                 WHERE trashed_at IS NULL AND seq BETWEEN ?1 AND ?2 AND {about_a_shift} \
                 ORDER BY seq DESC LIMIT 40"
            ),
            [Seq::first_on(from).0, Seq::last_on(to).0],
        )
    }

    /// How many reflections of these days are about no shift, by template, the most written first;
    /// reviews of weeks are none of them.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn written_beside_shifts(
        &self,
        (first, last): (NaiveDate, NaiveDate),
    ) -> Result<Vec<(TemplateId, u32)>, StoreError> {
        let sql = format!(
            "SELECT template, count(*) FROM reflection INDEXED BY reflection_facts \
             WHERE trashed_at IS NULL AND seq BETWEEN ?1 AND ?2 AND NOT ({ABOUT_A_SHIFT}) \
             AND template <> 'week' GROUP BY template ORDER BY count(*) DESC, template"
        );
        let read = || -> rusqlite::Result<Vec<(TemplateId, u32)>> {
            let mut statement = self.conn.prepare_cached(&sql)?;
            let days = [Seq::first_on(first).0, Seq::last_on(last).0];
            let rows = statement.query_map(days, |row| {
                Ok((TemplateId::new(row.get::<_, String>(0)?), row.get(1)?))
            })?;
            rows.collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// The first sound reflection among these places with something in "went well" or
    /// "do differently".
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn first_with_text(&self, places: &[Seq]) -> Result<Option<Kept>, StoreError> {
        for place in places {
            let kept = self.at(*place)?.filter(|kept| {
                let r = &kept.entry.reflection;
                kept.sound && !(r.went_well.is_blank() && r.do_differently.is_blank())
            });
            if kept.is_some() {
                return Ok(kept);
            }
        }
        Ok(None)
    }
}

/// The same as [`TemplateId::is_about_a_shift`].
pub(super) const ABOUT_A_SHIFT: &str =
    "template NOT IN ('week', 'rotation-start', 'rotation-close', 'mentor')";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_and_the_domain_agree_on_which_templates_are_about_a_shift() {
        for template in [
            "week",
            "rotation-start",
            "rotation-close",
            "mentor",
            "shift",
            "change",
        ] {
            assert_eq!(
                TemplateId::new(template).is_about_a_shift(),
                !ABOUT_A_SHIFT.contains(&format!("'{template}'")),
                "{template}"
            );
        }
    }
}
