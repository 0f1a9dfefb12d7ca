//! (being written)

/// The configuration in force.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Key bindings.
    pub keys: Vec<(String, Vec<String>)>,
    /// Mouse.
    pub mouse: bool,
}

/// What is wrong with the file.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct Complaint(pub String);
