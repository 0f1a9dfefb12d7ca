//! The right half of the header: which shift, and which rotation as far as there is room.

use unicode_width::UnicodeWidthStr;

use crate::domain::prose::{excerpt, visible_line};

/// Fewer cells than this say nothing of a rotation.
const LEAST_ROTATION: usize = 6;

/// What an entry is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Headline {
    /// The shift with its date, or the week.
    pub about: String,
    /// The rotation; empty for none.
    pub rotation: String,
}

impl Headline {
    /// On one line of so many cells: the rotation is shortened, and then left out, before anything of
    /// the shift is.
    #[must_use]
    pub fn within(&self, room: usize) -> String {
        let rotation = visible_line(&self.rotation);
        let about = excerpt(&self.about, room);
        let left = room.saturating_sub(about.width() + SEPARATOR.width());
        if rotation.is_empty() || (left < LEAST_ROTATION && left < rotation.width()) {
            return about;
        }
        format!("{about}{SEPARATOR}{}", excerpt(&rotation, left))
    }
}

const SEPARATOR: &str = " · ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rotation_gives_way_before_the_shift() {
        let long = Headline {
            about: "Night of Fri 20 Nov (to Sat)".to_owned(),
            rotation: "Emergency Department West Wing".to_owned(),
        };
        for (room, shown) in [
            (
                70,
                "Night of Fri 20 Nov (to Sat) · Emergency Department West Wing",
            ),
            (
                58,
                "Night of Fri 20 Nov (to Sat) · Emergency Department West…",
            ),
            (41, "Night of Fri 20 Nov (to Sat) · Emergency…"),
            (37, "Night of Fri 20 Nov (to Sat) · Emerg…"),
            (36, "Night of Fri 20 Nov (to Sat)"),
            (28, "Night of Fri 20 Nov (to Sat)"),
            (20, "Night of Fri 20 Nov…"),
            (0, ""),
        ] {
            assert_eq!(long.within(room), shown, "{room}");
        }
        let short = Headline {
            rotation: "ICU".to_owned(),
            ..long
        };
        assert_eq!(short.within(34), "Night of Fri 20 Nov (to Sat) · ICU");
    }
}
