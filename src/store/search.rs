//! The query language as SQL: which reflections match, in the journal's order or by relevance.
//!
//! A query with words streams from the full-text index by its rowid, which is the journal's order;
//! a query without words streams from the index of facts. Neither reads text to filter.

use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{params, params_from_iter};

use super::experiments::sql_limit;
use super::seq::Seq;
use super::summaries::ABOUT_A_SHIFT;
use super::{StoreError, Tables};
use crate::domain::calendar::{FIRST_DATE, LAST_DATE};
use crate::domain::experiment::Outcome;
use crate::domain::query::{Condition, NamedKind, Query, Test, Words};
use crate::domain::reflection::Field;
use crate::domain::tag::{Tag, tags_in};
use crate::domain::trends::vocabulary;

/// Which way a window is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Newest first.
    Newest,
    /// Oldest first.
    Oldest,
}

/// Where a window begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Everywhere.
    None,
    /// Only what is older than this.
    OlderThan(Seq),
    /// Only what is newer than this.
    NewerThan(Seq),
    /// This and what is newer.
    From(Seq),
}

/// A match by relevance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it stands.
    pub seq: Seq,
    /// The words around the match.
    pub snippet: String,
}

/// With fewer rows than this behind a condition they are looked up first; with more, each row that
/// is met is asked whether it fits.
const RARE: i64 = 2000;
/// Words in a snippet.
const SNIPPET_WORDS: u8 = 20;
/// Sorts after every text that begins with what stands before it.
const PAST_ALL: char = char::MAX;

impl Tables<'_> {
    /// The places of reflections that match, in this order, at most `limit`.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn matching(
        &self,
        query: &Query,
        bound: Bound,
        order: Order,
        limit: Option<usize>,
    ) -> Result<Vec<Seq>, StoreError> {
        let mut plan = self.plan(query)?;
        let seq = plan.seq;
        match bound {
            Bound::None => {}
            Bound::OlderThan(Seq(at)) => plan.require(format!("{seq} < ?"), [at]),
            Bound::NewerThan(Seq(at)) => plan.require(format!("{seq} > ?"), [at]),
            Bound::From(Seq(at)) => plan.require(format!("{seq} >= ?"), [at]),
        }
        let direction = match order {
            Order::Newest => "DESC",
            Order::Oldest => "ASC",
        };
        let sql = format!(
            "SELECT {seq} FROM {} WHERE {} ORDER BY {seq} {direction} LIMIT ?",
            plan.from(),
            plan.conditions.join(" AND ")
        );
        plan.values.push(Value::Integer(sql_limit(limit)));
        self.places(&sql, params_from_iter(plan.values))
    }

    /// The best matches first (bm25); newest first where there are no words to rank by.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn best(&self, query: &Query, limit: Option<usize>) -> Result<Vec<Found>, StoreError> {
        let mut plan = self.plan(query)?;
        if !plan.words {
            let places = self.matching(query, Bound::None, Order::Newest, limit)?;
            let found = |seq| Found {
                seq,
                snippet: String::new(),
            };
            return Ok(places.into_iter().map(found).collect());
        }
        let sql = format!(
            "SELECT search.rowid, snippet(search, -1, '', '', '…', {SNIPPET_WORDS}) FROM {} \
             WHERE {} ORDER BY search.rank, search.rowid DESC LIMIT ?",
            plan.from(),
            plan.conditions.join(" AND ")
        );
        plan.values.push(Value::Integer(sql_limit(limit)));
        let read = || -> rusqlite::Result<Vec<Found>> {
            self.conn
                .prepare_cached(&sql)?
                .query_map(params_from_iter(plan.values), |row| {
                    Ok(Found {
                        seq: Seq(row.get(0)?),
                        snippet: row.get(1)?,
                    })
                })?
                .collect()
        };
        read().map_err(|error| self.failed(error))
    }

    fn plan(&self, query: &Query) -> Result<Plan, StoreError> {
        let mut plan = Plan::new(&query.all);
        for condition in &query.all {
            let (test, values) = self.condition(&plan, &condition.test)?;
            if test.is_empty() {
                continue;
            }
            // A test on a value that is not there is neither true nor false.
            let turned = if condition.negated {
                format!("({test}) IS NOT TRUE")
            } else {
                format!("({test})")
            };
            plan.require(turned, values);
        }
        Ok(plan)
    }

    /// One test as SQL; empty if the full-text expression holds it already.
    fn condition(&self, plan: &Plan, test: &Test) -> Result<(String, Vec<Value>), StoreError> {
        let seq = plan.seq;
        let word = |word: &str| Value::Text(word.to_owned());
        Ok(match test {
            Test::Text { .. } if plan.words => (String::new(), Vec::new()),
            Test::Text { field, words } => (
                format!("{seq} IN (SELECT rowid FROM search WHERE search MATCH ?)"),
                vec![Value::Text(expression(*field, words))],
            ),
            Test::Competency(start) => self.attached(seq, "competency", start)?,
            Test::Tag(tag) => self.attached(seq, "tag", tag.as_str())?,
            Test::Signal(start) => self.attached(seq, "signal", &start.to_lowercase())?,
            Test::Named { kind, name } => {
                let (column, name) = match kind {
                    NamedKind::Competency => ("competency", name.clone()),
                    NamedKind::Tag => ("tag", name.clone()),
                    NamedKind::Signal => ("signal", name.to_lowercase()),
                };
                self.one_of(
                    &format!("reflection_{column}"),
                    "reflection",
                    seq,
                    &format!("{column} = ?"),
                    vec![Value::Text(name)],
                )?
            }
            Test::Tagged { field, tag } => {
                let words = Words::Phrase(tag.as_str().to_owned());
                let has_it = |texts: [&str; 4]| is_tagged(texts, *field, tag);
                self.read_through(plan, &expression(Some(*field), &words), has_it)?
            }
            Test::Word(word) => {
                let start = vocabulary::start_of_forms(word);
                let start = Words::Prefix(start.unwrap_or_else(|| word.clone()));
                let has_it = |texts: [&str; 4]| vocabulary::has_form_of(word, texts);
                self.read_through(plan, &expression(None, &start), has_it)?
            }
            Test::Shift(shift) => ("f.shift = ?".to_owned(), vec![word(shift.id())]),
            Test::Rotation(part) => {
                let names: Vec<Value> = self.rotations_with(part)?;
                if names.is_empty() {
                    ("FALSE".to_owned(), names)
                } else {
                    let marks = vec!["?"; names.len()].join(", ");
                    (format!("f.rotation IN ({marks})"), names)
                }
            }
            Test::Template(start) => (
                "f.template >= ? AND f.template < ?".to_owned(),
                starting(start),
            ),
            Test::Energy { from, to } => (
                "f.energy BETWEEN ? AND ?".to_owned(),
                vec![
                    Value::Integer(from.level().into()),
                    Value::Integer(to.level().into()),
                ],
            ),
            Test::Dates { from, to } => (
                format!("{seq} BETWEEN ? AND ?"),
                places(*from, *to).map(Value::Integer).to_vec(),
            ),
            Test::Shared => ("f.shared = 1".to_owned(), Vec::new()),
            Test::AboutAShift => (ABOUT_A_SHIFT.replace("template", "f.template"), Vec::new()),
            Test::Outcome(outcome) => self.one_of(
                "experiment",
                "reflection",
                seq,
                "trashed = 0 AND outcome = ?",
                vec![word(outcome.id())],
            )?,
            Test::Tried => self.one_of(
                "experiment",
                "reflection",
                seq,
                "trashed = 0 AND outcome IN (?, ?, ?)",
                Outcome::TRIED.map(|outcome| word(outcome.id())).to_vec(),
            )?,
            Test::Due { from, to } => self.due(seq, *from, *to)?,
            Test::Answered { from, to } => self.one_of(
                "experiment",
                "reflection",
                seq,
                "trashed = 0 AND outcome_date BETWEEN ? AND ?",
                vec![
                    word(&from.unwrap_or(FIRST_DATE).to_string()),
                    word(&to.unwrap_or(LAST_DATE).to_string()),
                ],
            )?,
        })
    }

    /// That the experiment is due on these days. The outcome comes first in the index.
    fn due(
        &self,
        seq: &str,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    ) -> Result<(String, Vec<Value>), StoreError> {
        let ends = [from.unwrap_or(FIRST_DATE), to.unwrap_or(LAST_DATE)];
        let known = Outcome::ALL.map(|outcome| outcome.id().to_owned());
        let marks = ["?"; Outcome::ALL.len()].join(", ");
        let values = known.into_iter().chain(ends.map(|day| day.to_string()));
        self.one_of(
            "experiment",
            "reflection",
            seq,
            &format!("trashed = 0 AND outcome IN ({marks}) AND due BETWEEN ? AND ?"),
            values.map(Value::Text).collect(),
        )
    }

    /// What the index can only propose: the reflections it names on the days that are asked for,
    /// read and looked through. The texts are in the order of [`Field::ALL`].
    fn read_through(
        &self,
        plan: &Plan,
        expression: &str,
        has_it: impl Fn([&str; 4]) -> bool,
    ) -> Result<(String, Vec<Value>), StoreError> {
        let [first, last] = plan.days;
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.conn.prepare_cached(
                "SELECT r.seq, r.went_well, r.do_differently, e.text, r.note \
                 FROM search CROSS JOIN reflection AS r ON r.seq = search.rowid \
                 LEFT JOIN experiment AS e ON e.reflection = r.seq \
                 WHERE search MATCH ?1 AND search.rowid BETWEEN ?2 AND ?3",
            )?;
            let mut rows = statement.query(params![expression, first, last])?;
            let mut places = Vec::new();
            while let Some(row) = rows.next()? {
                let mut texts = [""; 4];
                for (column, text) in (1..).zip(&mut texts) {
                    let found = row.get_ref(column)?.as_str_or_null();
                    *text = found.ok().flatten().unwrap_or_default();
                }
                if has_it(texts) {
                    places.push(row.get::<_, i64>(0)?.to_string());
                }
            }
            Ok(places)
        };
        let places = read().map_err(|error| self.failed(error))?.join(",");
        Ok((
            format!("{} IN (SELECT value FROM json_each(?))", plan.seq),
            vec![Value::Text(format!("[{places}]"))],
        ))
    }

    fn attached(
        &self,
        seq: &str,
        word: &str,
        start: &str,
    ) -> Result<(String, Vec<Value>), StoreError> {
        self.one_of(
            &format!("reflection_{word}"),
            "reflection",
            seq,
            &format!("{word} >= ? AND {word} < ?"),
            starting(start),
        )
    }

    /// That a row of another table belongs to the reflection: by looking those rows up first if
    /// they are few, by asking for each reflection if they are many.
    fn one_of(
        &self,
        table: &str,
        key: &str,
        seq: &str,
        condition: &str,
        values: Vec<Value>,
    ) -> Result<(String, Vec<Value>), StoreError> {
        let sql =
            format!("SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {condition} LIMIT {RARE})");
        let count: i64 = self
            .conn
            .prepare_cached(&sql)
            .and_then(|mut statement| {
                statement.query_row(params_from_iter(&values), |row| row.get(0))
            })
            .map_err(|error| self.failed(error))?;
        let test = if count < RARE {
            format!("{seq} IN (SELECT {key} FROM {table} WHERE {condition})")
        } else {
            format!("EXISTS (SELECT 1 FROM {table} WHERE {key} = {seq} AND {condition})")
        };
        Ok((test, values))
    }

    /// The rotations there are whose name has this in it, whatever the case.
    fn rotations_with(&self, part: &str) -> Result<Vec<Value>, StoreError> {
        let part = part.to_lowercase();
        let read = || -> rusqlite::Result<Vec<Value>> {
            // One step into the index for each different name.
            let mut statement = self.conn.prepare_cached(
                "WITH RECURSIVE name (name) AS (
                     SELECT min(rotation) FROM reflection
                     WHERE trashed_at IS NULL AND rotation <> ''
                     UNION ALL
                     SELECT (SELECT min(rotation) FROM reflection
                             WHERE trashed_at IS NULL AND rotation <> '' AND rotation > name.name)
                     FROM name WHERE name.name IS NOT NULL)
                 SELECT name FROM name WHERE name IS NOT NULL",
            )?;
            let names = statement.query_map([], |row| row.get::<_, String>(0))?;
            names
                .filter(|name| {
                    name.as_ref()
                        .is_ok_and(|name| name.to_lowercase().contains(&part))
                })
                .map(|name| name.map(Value::Text))
                .collect()
        };
        read().map_err(|error| self.failed(error))
    }
}

/// The parts of one question.
struct Plan {
    /// The place of the row, in the table that leads.
    seq: &'static str,
    /// Whether the full-text index leads.
    words: bool,
    /// Whether a condition asks for facts of the reflection.
    facts: bool,
    /// The first and last place on the days that are asked for.
    days: [i64; 2],
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Plan {
    fn new(all: &[Condition]) -> Self {
        let facts = all.iter().any(|condition| {
            matches!(
                condition.test,
                Test::Shift(_)
                    | Test::Rotation(_)
                    | Test::Template(_)
                    | Test::Energy { .. }
                    | Test::Shared
                    | Test::AboutAShift
            )
        });
        match match_expression(all) {
            Some(expression) => Self {
                seq: "search.rowid",
                words: true,
                facts,
                days: days_asked_for(all),
                conditions: vec!["search MATCH ?".to_owned()],
                values: vec![Value::Text(expression)],
            },
            None => Self {
                seq: "f.seq",
                words: false,
                facts: true,
                days: days_asked_for(all),
                conditions: vec!["f.trashed_at IS NULL".to_owned()],
                values: Vec::new(),
            },
        }
    }

    const fn from(&self) -> &'static str {
        match (self.words, self.facts) {
            (true, true) => "search CROSS JOIN reflection AS f ON f.seq = search.rowid",
            (true, false) => "search",
            (false, _) => "reflection AS f INDEXED BY reflection_facts",
        }
    }

    fn require<V: Into<Value>>(&mut self, condition: String, values: impl IntoIterator<Item = V>) {
        self.conditions.push(condition);
        self.values.extend(values.into_iter().map(Into::into));
    }
}

/// The first and last place of these days.
fn places(from: Option<NaiveDate>, to: Option<NaiveDate>) -> [i64; 2] {
    let from = from.map_or(0, |date| Seq::first_on(date).0);
    let to = to.map_or(i64::MAX, |date| Seq::last_on(date).0);
    [from, to]
}

/// The days on which every match lies, as far as the conditions say.
fn days_asked_for(all: &[Condition]) -> [i64; 2] {
    let mut days = [0, i64::MAX];
    for condition in all.iter().filter(|condition| !condition.negated) {
        if let Test::Dates { from, to } = condition.test {
            let [first, last] = places(from, to);
            days = [days[0].max(first), days[1].min(last)];
        }
    }
    days
}

/// Whether the field, of the texts in the order of [`Field::ALL`], has the tag.
fn is_tagged(texts: [&str; 4], field: Field, tag: &Tag) -> bool {
    let text = texts.into_iter().zip(Field::ALL);
    let mut text = text.filter(|(_, of)| *of == field).map(|(text, _)| text);
    text.any(|text| tags_in(text).contains(tag))
}

/// All words of a query as one expression of the full-text index; `None` without a word that must
/// be there, since the index cannot list what is not in it.
fn match_expression(all: &[Condition]) -> Option<String> {
    let texts = |negated| {
        all.iter().filter_map(move |condition| {
            if let Test::Text { field, words } = &condition.test
                && condition.negated == negated
            {
                Some(expression(*field, words))
            } else {
                None
            }
        })
    };
    let present: Vec<String> = texts(false).collect();
    if present.is_empty() {
        return None;
    }
    let present = present.join(" AND ");
    let mut whole = format!("({present})");
    for absent in texts(true) {
        whole.push_str(" NOT ");
        whole.push_str(&absent);
    }
    Some(whole)
}

/// One text test, quoted so that nothing in it is taken for an operator.
fn expression(field: Option<Field>, words: &Words) -> String {
    let (text, star) = match words {
        Words::Prefix(text) => (text, "*"),
        Words::Phrase(text) => (text, ""),
    };
    let text = text.replace('"', "\"\"").replace('\0', " ");
    match field {
        Some(field) => format!("({} : \"{text}\"{star})", field.id()),
        None => format!("(\"{text}\"{star})"),
    }
}

/// Both ends of the range of texts that begin like this.
fn starting(start: &str) -> Vec<Value> {
    vec![
        Value::Text(start.to_owned()),
        Value::Text(format!("{start}{PAST_ALL}")),
    ]
}
