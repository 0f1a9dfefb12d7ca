//! Two slow breaths on the screen: a shape that grows and shrinks, and a question at the end.
//!
//! Time is what the timer has measured: one that comes late, after a suspended process or a slow
//! line, makes the breath longer and never lets it jump.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Widget};

use crate::domain::calm::{self, BREATHS, Moment};
use crate::tui::effect::Timer;
use crate::tui::model::{Outbox, Settings};
use crate::tui::widgets::text_area;

/// How often the shape changes: slow enough for a line that is slow, too.
const FRAME: Duration = Duration::from_millis(200);
/// Rows under the shape: a blank one, the words, the count.
const WORDS: u16 = 3;
/// Rows of the largest shape.
const TALLEST: u16 = 13;

/// A pause that is being taken.
#[derive(Debug, Default)]
pub struct Breath {
    elapsed: Duration,
    /// What the timer was set to.
    step: Duration,
}

impl Breath {
    /// Begins the pause.
    #[must_use]
    pub fn begin(settings: &Settings, out: &mut Outbox) -> Self {
        let mut breath = Self::default();
        breath.wait(settings, out);
        breath
    }

    /// The time that was waited for is over.
    pub fn go_on(&mut self, settings: &Settings, out: &mut Outbox) {
        self.elapsed += std::mem::take(&mut self.step);
        self.wait(settings, out);
    }

    /// Waits for the next change of the screen; there is none after the question.
    fn wait(&mut self, settings: &Settings, out: &mut Outbox) {
        if let Moment::In(breath) | Moment::Out(breath) = calm::moment(self.elapsed) {
            self.step = if settings.reduced_motion {
                breath.left
            } else {
                FRAME.min(breath.left)
            };
            out.timer(Timer::Breath, self.step);
        }
    }

    /// Draws the shape with its words under it, or the question.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, settings: &Settings) {
        Clear.render(area, buffer);
        let theme = &settings.theme;
        let (words, breath) = match calm::moment(self.elapsed) {
            Moment::In(breath) => ("Breathe in", breath),
            Moment::Out(breath) => ("Breathe out", breath),
            Moment::Question => return question(area, buffer, settings),
        };
        let tallest = if settings.reduced_motion {
            0
        } else {
            area.height.saturating_sub(WORDS + 1).min(TALLEST)
        };
        let height = tallest + WORDS;
        let top = area.y + area.height.saturating_sub(height) / 2;
        let shape = Rect {
            y: top,
            height: tallest,
            ..area
        };
        circle(shape.intersection(area), breath.fullness, buffer, settings);
        let count = format!("{} of {BREATHS}", breath.number);
        let lines = [
            Line::styled(words, theme.heading),
            Line::styled(count, theme.dim),
        ];
        for (line, y) in lines.into_iter().zip(top + tallest + 1..) {
            let row = Rect {
                y,
                height: 1,
                ..area
            };
            line.centered().render(row.intersection(area), buffer);
        }
    }
}

/// A disc around the middle of the area, as large as the lungs are full. A cell is twice as high as
/// it is wide.
fn circle(area: Rect, fullness: u16, buffer: &mut Buffer, settings: &Settings) {
    let (smallest, largest) = (1_000, i64::from(area.height) * 1_000);
    let radius = smallest + (largest - smallest) * i64::from(fullness) / 1_000;
    let middle = |from: u16, length: u16| 2 * i64::from(from) + i64::from(length) - 1;
    let (x, y) = (middle(area.x, area.width), middle(area.y, area.height));
    for at in area.positions() {
        // In halves of a column.
        let (across, down) = (2 * i64::from(at.x) - x, 2 * (2 * i64::from(at.y) - y));
        let reach = (across * across + down * down) * 1_000_000;
        if reach <= 4 * radius * radius
            && let Some(cell) = buffer.cell_mut(at)
        {
            cell.set_symbol(settings.theme.glyphs.breath)
                .set_style(settings.theme.accent);
        }
    }
}

fn question(area: Rect, buffer: &mut Buffer, settings: &Settings) {
    let width = usize::from(area.width.saturating_sub(4));
    let rows: Vec<&str> = text_area::rows(calm::QUESTION, width)
        .map(|row| calm::QUESTION.get(row).unwrap_or_default().trim())
        .collect();
    let height = u16::try_from(rows.len()).unwrap_or(area.height);
    let top = area.y + area.height.saturating_sub(height) / 2;
    for (row, y) in rows.into_iter().zip(top..area.bottom()) {
        let line = Line::styled(row, settings.theme.heading);
        let row = Rect {
            y,
            height: 1,
            ..area
        };
        line.centered().render(row, buffer);
    }
}
