//! Where everything in the editor goes. Pure, and shared by drawing, scrolling and the mouse.
//!
//! ```text
//! After a shift                                  4 min      title
//!
//! > Went well  One interaction you are ...                  label    from 100 columns on the
//!   Asked the nurse first, and                              text     details stand at the right,
//!   it changed the plan.                                             each with its value
//!
//!   Do differently  One moment ...
//!   ...
//!
//!   Night of Fri 20 Nov (to Sat) · energy 3                 details: one line until Tab gets there
//! ```

use ratatui::layout::Rect;

use crate::domain::reflection::Field;

/// Columns from which on the details stand beside the text.
const WIDE: u16 = 100;
/// Columns of the details beside the text, with the gap before them.
const SIDE: u16 = 48;
/// Longest row of text that reads well.
const MEASURE: u16 = 96;
/// Rows of text from which on each field has a share of them, and the one with the room two.
const TALL: u16 = 16;
/// Columns in front of a label or a text, where the marker of the focus stands.
pub const INDENT: u16 = 2;

/// What the form would like to have.
#[derive(Debug, Clone, Copy)]
pub struct Wishes<'a> {
    /// The fields that are shown, and the rows that the text of each takes.
    pub fields: &'a [(Field, u16)],
    /// The field that gets the room.
    pub roomy: Field,
    /// Lines of the details when they are shown in full.
    pub details: u16,
    /// Whether a detail has the focus.
    pub in_details: bool,
}

/// Where one field goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which field.
    pub field: Field,
    /// The line with its label.
    pub label: Rect,
    /// Its text; without rows where there is no room, and then the label's line shows the
    /// beginning.
    pub text: Rect,
}

/// Where everything goes. Nothing reaches over the area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Template and minutes; empty if there is no room.
    pub title: Rect,
    /// The fields, from top to bottom.
    pub fields: Vec<Place>,
    /// Shift, due date and so on.
    pub details: Rect,
    /// Whether the details are shown one per line, not all on one.
    pub in_full: bool,
}

/// The columns that text gets in this area.
#[must_use]
pub fn text_width(area: Rect) -> u16 {
    column_width(area).saturating_sub(INDENT + 1)
}

fn column_width(area: Rect) -> u16 {
    if area.width >= WIDE {
        (area.width - SIDE).min(MEASURE)
    } else {
        area.width
    }
}

impl Layout {
    /// Shares the area out.
    #[must_use]
    pub fn of(area: Rect, wishes: &Wishes<'_>) -> Self {
        let count = u16::try_from(wishes.fields.len()).unwrap_or(u16::MAX);
        let wide = area.width >= WIDE;
        let title = area.height.min(u16::from(area.height >= 14));
        let below_title = u16::from(area.height >= 18 && (wide || !wishes.in_details));
        let top = title + below_title;
        let in_full = wide || wishes.in_details || area.height >= 32;
        let left = area.height - top;
        let (lines, gap) = if wide {
            (0, 0)
        } else {
            let wanted = if in_full { wishes.details.max(1) } else { 1 };
            let lines = wanted.min(left.saturating_sub(count).max(1)).min(left);
            (lines, u16::from(area.height >= 16))
        };
        let column = Rect {
            y: area.y + top,
            width: column_width(area),
            height: left.saturating_sub(lines + gap),
            ..area
        };
        let details = if wide {
            let x = column.width + 4;
            Rect {
                x: area.x + x,
                y: column.y,
                width: area.width - x,
                height: left,
            }
        } else {
            Rect {
                y: area.bottom() - lines,
                height: lines,
                ..area
            }
        };
        Self {
            title: Rect {
                height: title,
                ..area
            },
            fields: places(column, wishes, count),
            details,
            in_full,
        }
    }
}

/// Puts the fields one under the other. The one with the room takes what the others leave; where
/// even one row of text each is too much, the others are one line.
fn places(column: Rect, wishes: &Wishes<'_>, count: u16) -> Vec<Place> {
    let tight = column.height < 2 * count + 1;
    let gap = u16::from(column.height >= 3 * count + 3);
    let for_texts = column
        .height
        .saturating_sub(count + gap * count.saturating_sub(1));
    let heights = text_rows(wishes, for_texts, tight);
    let mut y = column.y;
    let mut places = Vec::with_capacity(wishes.fields.len());
    for ((field, _), height) in wishes.fields.iter().zip(heights) {
        let label = Rect {
            y,
            height: 1,
            ..column
        }
        .intersection(column);
        let text = Rect {
            x: column.x + INDENT,
            y: y.saturating_add(1),
            width: text_width_of(column),
            height,
        }
        .intersection(column);
        places.push(Place {
            field: *field,
            label,
            text,
        });
        y = y.saturating_add(1 + height + gap);
    }
    places
}

/// Rows of text for each field: half of them, or what it takes, for the one with the room; then
/// each of the others what it takes, as far as the rest goes, and on a tall screen a fair share of
/// what the roomy one does not take; what is left over for the roomy one.
fn text_rows(wishes: &Wishes<'_>, for_texts: u16, tight: bool) -> Vec<u16> {
    let is_roomy = |field: Field| field == wishes.roomy;
    let mut heights: Vec<u16> = wishes
        .fields
        .iter()
        .map(|(field, _)| u16::from(!tight && !is_roomy(*field)))
        .collect();
    let wanted = wishes.fields.iter().find(|(field, _)| is_roomy(*field));
    let least = wanted.map_or(0, |(_, wanted)| wanted.saturating_add(1));
    let mut left = for_texts
        .saturating_sub(least.clamp(3, (for_texts / 2).max(3)))
        .saturating_sub(heights.iter().sum());
    let mut grew = !tight;
    while left > 0 && grew {
        grew = false;
        for ((field, wanted), height) in wishes.fields.iter().zip(&mut heights) {
            if left > 0 && !is_roomy(*field) && *height < *wanted {
                *height += 1;
                left -= 1;
                grew = true;
            }
        }
    }
    if for_texts >= TALL {
        let count = u16::try_from(wishes.fields.len()).unwrap_or(u16::MAX);
        let share = for_texts / count.saturating_add(1);
        let taken: u16 = heights.iter().sum();
        let mut left = for_texts.saturating_sub(taken).saturating_sub(least);
        for ((field, _), height) in wishes.fields.iter().zip(&mut heights) {
            if !is_roomy(*field) {
                let more = share.saturating_sub(*height).min(left);
                *height += more;
                left -= more;
            }
        }
    }
    let others: u16 = heights.iter().sum();
    for ((field, _), height) in wishes.fields.iter().zip(&mut heights) {
        if is_roomy(*field) {
            *height = for_texts.saturating_sub(others);
        }
    }
    heights
}

const fn text_width_of(column: Rect) -> u16 {
    column.width.saturating_sub(INDENT + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: [(Field, u16); 4] = [
        (Field::WentWell, 3),
        (Field::DoDifferently, 1),
        (Field::TryNext, 90),
        (Field::Note, 1),
    ];

    fn layout(width: u16, height: u16, in_details: bool) -> (Rect, Layout) {
        let area = Rect::new(0, 3, width, height);
        let wishes = Wishes {
            fields: &FIELDS,
            roomy: Field::WentWell,
            details: 7,
            in_details,
        };
        (area, Layout::of(area, &wishes))
    }

    #[test]
    fn nothing_reaches_over_the_area_or_into_something_else() {
        for width in [0, 1, 3, 40, 80, 99, 100, 200] {
            for height in 0..60 {
                for in_details in [false, true] {
                    let (area, layout) = layout(width, height, in_details);
                    let mut rects = vec![layout.title, layout.details];
                    for place in &layout.fields {
                        rects.extend([place.label, place.text]);
                    }
                    rects.retain(|rect| !rect.is_empty());
                    for (at, rect) in rects.iter().enumerate() {
                        assert_eq!(area.union(*rect), area, "{width}x{height} {layout:?}");
                        for other in &rects[at + 1..] {
                            assert!(!rect.intersects(*other), "{width}x{height} {layout:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn on_a_tall_screen_the_fields_share_the_rows_until_one_takes_more() {
        for (written, heights) in [(1, [14, 6, 6]), (13, [14, 6, 6]), (20, [21, 4, 1])] {
            let wishes = Wishes {
                fields: &[
                    (Field::WentWell, written),
                    (Field::DoDifferently, 1),
                    (Field::TryNext, 1),
                ],
                roomy: Field::WentWell,
                details: 7,
                in_details: false,
            };
            let layout = Layout::of(Rect::new(0, 3, 120, 33), &wishes);
            let shown: Vec<u16> = layout.fields.iter().map(|of| of.text.height).collect();
            assert_eq!(shown, heights, "{written}");
        }
    }

    #[test]
    fn the_field_being_written_has_what_it_takes_before_the_others() {
        let (_, text) = layout(80, 20, false);
        let heights: Vec<u16> = text.fields.iter().map(|place| place.text.height).collect();
        assert_eq!(heights, [4, 1, 3, 1]);
        let (_, details) = layout(80, 20, true);
        assert!(details.in_full && details.details.height == 7);
        let (_, smallest) = layout(40, 8, false);
        let heights: Vec<u16> = smallest
            .fields
            .iter()
            .map(|place| place.text.height)
            .collect();
        assert_eq!(heights, [3, 0, 0, 0]);
    }
}
