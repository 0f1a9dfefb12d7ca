//! The only SQL: the journal file, its schema, and one module for each family of tables.

/// Something the store tried and could not do.
#[derive(Debug, thiserror::Error)]
#[error("{attempt} failed: {cause}")]
pub struct StoreError {
    /// What was being tried: "saving the reflection".
    pub attempt: &'static str,
    /// Why it failed.
    pub cause: Cause,
}

/// Why the store could not do something.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// No room left on the disk.
    #[error("the disk is full")]
    DiskFull,
    /// The file or its folder cannot be written.
    #[error("the file is read-only")]
    ReadOnly,
    /// Another program holds the journal.
    #[error("another program is using the journal")]
    Busy,
}
