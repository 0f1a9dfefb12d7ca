//! The writer's choices that change what the domain computes.

use chrono::{NaiveTime, Weekday};

use super::experiment;
use super::reflection::Signal;
use super::shift::ShiftKind;
use super::template::TemplateId;

/// Choices that reach the domain; the configuration file fills them in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Local time at which a new logical day begins.
    pub day_starts: NaiveTime,
    /// First day of the week.
    pub week_starts: Weekday,
    /// Month in which the academic year begins, 1 to 12.
    pub academic_year_starts: u32,
    /// Template of a new reflection.
    pub default_template: TemplateId,
    /// Days from the shift date to the due date of an experiment.
    pub due_days: u16,
    /// The kinds of shift that are offered, in this order.
    pub shift_kinds: Vec<ShiftKind>,
    /// The stress signals that are offered, in this order.
    pub signals: Vec<Signal>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            day_starts: NaiveTime::from_hms_opt(5, 0, 0).unwrap_or_default(),
            week_starts: Weekday::Mon,
            academic_year_starts: 7,
            default_template: TemplateId::SHIFT,
            due_days: experiment::DEFAULT_DUE_DAYS,
            shift_kinds: ShiftKind::ALL.to_vec(),
            signals: Signal::DEFAULTS
                .iter()
                .filter_map(|word| Signal::new(word))
                .collect(),
        }
    }
}
