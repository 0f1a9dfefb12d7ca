//! The shape of the tables: which one a journal has, which ones are known, and the way to the newest.

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::cause::Cause;
use super::ids;

/// "pcal": marks the file as a postcall journal.
const APPLICATION_ID: i64 = 0x7063_616c;
/// Forward only: entry `n` takes a journal from schema `n` to `n + 1`.
const MIGRATIONS: [&str; 3] = [
    include_str!("migrations/0001_journal.sql"),
    include_str!("migrations/0002_settled.sql"),
    include_str!("migrations/0003_months.sql"),
];
/// The schema that all of them lead to.
pub(super) const NEWEST: i64 = 3;

/// What tells a journal: the application that made it, and its schema.
pub(super) fn marks(conn: &Connection) -> Result<(i64, i64), Cause> {
    let application = conn.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let schema = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok((application, schema))
}

/// The schema of a journal with these marks, if it is known, or a newer one that says that it can be
/// read all the same.
pub(super) fn known(conn: &Connection, marks: (i64, i64)) -> Result<i64, Cause> {
    let (application, schema) = marks;
    if application != APPLICATION_ID || schema < 1 {
        return Err(Cause::NotAJournal);
    }
    if schema > NEWEST && readable_from(conn).is_none_or(|oldest| oldest > NEWEST) {
        return Err(Cause::Newer {
            found: schema,
            supported: NEWEST,
        });
    }
    Ok(schema)
}

/// The oldest schema that a program must know to read a newer journal, if that says so.
fn readable_from(conn: &Connection) -> Option<i64> {
    let sql = "SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'readable_from'";
    conn.query_row(sql, [], |row| row.get(0)).ok()
}

/// Takes a journal, or an empty file, to the present schema; one that is there is left alone.
pub(super) fn migrate(conn: &mut Connection, now: DateTime<FixedOffset>) -> Result<(), Cause> {
    let transaction = Transaction::new(conn, TransactionBehavior::Immediate)?;
    // Read under the lock: where files cannot be locked for a turn, two may come this far.
    let schema = marks(&transaction)?.1;
    if schema >= NEWEST {
        return Ok(());
    }
    let from = usize::try_from(schema).unwrap_or(0);
    for migration in MIGRATIONS.iter().skip(from) {
        transaction.execute_batch(migration)?;
    }
    if from == 0 {
        transaction.execute_batch(&format!("PRAGMA application_id = {APPLICATION_ID}"))?;
        transaction.execute(
            "INSERT INTO setting (key, value) VALUES ('device', ?1)",
            [ids::fresh(now).to_string()],
        )?;
    }
    transaction.execute_batch(&format!("PRAGMA user_version = {NEWEST}"))?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_schema_is_the_one_that_all_migrations_lead_to() {
        assert_eq!(usize::try_from(NEWEST), Ok(MIGRATIONS.len()));
    }
}
