//! On which days a rotation asks to be begun or closed with a reflection.
//!
//! Its start is offered on its first three days, its close on its last three days and the seven
//! after them; neither once such a reflection was written, nor before or after those days.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::calendar::add_days;
use super::rotation::Rotation;
use super::template::TemplateId;

/// Days from the first day on which the start is offered, that day included.
const START_DAYS: i64 = 3;
/// Days up to the last day on which the close is offered, that day included.
const CLOSE_DAYS: i64 = 3;
/// Days after the last one on which the close is still offered.
const CLOSE_DAYS_AFTER: i64 = 7;
/// A reflection counts that was written in the days of the offer, or so many days before them.
const AHEAD_DAYS: i64 = 7;

/// A template that is offered today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// [`TemplateId::ROTATION_START`] or [`TemplateId::ROTATION_CLOSE`].
    pub template: TemplateId,
    /// The name of the rotation it is about.
    pub rotation: String,
}

/// A reflection that begins or closes a rotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its template.
    pub template: TemplateId,
    /// The name of its rotation.
    pub rotation: String,
    /// Its shift date.
    pub date: NaiveDate,
}

impl Offer {
    /// The first day whose reflections can count for an offer of the day `today`.
    #[must_use]
    pub fn looks_back_to(today: NaiveDate) -> NaiveDate {
        add_days(today, -(CLOSE_DAYS + CLOSE_DAYS_AFTER + AHEAD_DAYS))
    }

    /// A rotation that was over before this day is offered neither its start nor its close.
    #[must_use]
    pub fn of_rotations_from(today: NaiveDate) -> NaiveDate {
        add_days(today, -CLOSE_DAYS_AFTER)
    }

    /// The last such day: a reflection may be dated ahead.
    #[must_use]
    pub fn looks_ahead_to(today: NaiveDate) -> NaiveDate {
        add_days(today, CLOSE_DAYS + CLOSE_DAYS_AFTER)
    }
}

/// What is offered on the day `today`, given what was written in the weeks around it.
///
/// What can be put off least comes first: the offer that ends first, of two that end on one day the
/// start before the close, then that of the rotation begun last.
#[must_use]
pub fn offers(rotations: &[Rotation], written: &[Written], today: NaiveDate) -> Vec<Offer> {
    let mut found: Vec<(Window, &Rotation)> = rotations
        .iter()
        .flat_map(|rotation| windows(rotation).map(move |window| (window, rotation)))
        .filter(|(window, _)| (window.from..=window.to).contains(&today))
        .filter(|(window, rotation)| !written.iter().any(|w| window.is_done_by(w, rotation)))
        .collect();
    found.sort_by_key(|(window, rotation)| {
        let is_close = window.template == TemplateId::ROTATION_CLOSE;
        (window.to, is_close, Reverse((rotation.first, rotation.id)))
    });
    let offer = |(window, rotation): (Window, &Rotation)| Offer {
        template: window.template,
        rotation: rotation.name.clone(),
    };
    found.into_iter().map(offer).collect()
}

/// The days on which a template is offered for one rotation.
struct Window {
    template: TemplateId,
    from: NaiveDate,
    to: NaiveDate,
}

impl Window {
    fn is_done_by(&self, written: &Written, rotation: &Rotation) -> bool {
        written.template == self.template
            && rotation.is_called(&written.rotation)
            && (add_days(self.from, -AHEAD_DAYS)..=self.to).contains(&written.date)
    }
}

/// A rotation shorter than three days is closed from its first day on.
fn windows(rotation: &Rotation) -> impl Iterator<Item = Window> {
    let start_to = add_days(rotation.first, START_DAYS - 1);
    let start = Window {
        template: TemplateId::ROTATION_START,
        from: rotation.first,
        to: rotation.last.map_or(start_to, |last| last.min(start_to)),
    };
    let close = rotation.last.map(|last| Window {
        template: TemplateId::ROTATION_CLOSE,
        from: rotation.first.max(add_days(last, 1 - CLOSE_DAYS)),
        to: add_days(last, CLOSE_DAYS_AFTER),
    });
    std::iter::once(start).chain(close)
}
