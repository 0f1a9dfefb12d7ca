//! Draws the model. Pure: the same model and size give the same screen.
//!
//! ```text
//! postcall                          Night of Sat 21 Nov (to Sun) · Medical ICU     header
//!  Today   Journal                                                                 tabs
//!
//! ...                                                                              body
//!  n reflect  / search  ? help  q quit                                             footer
//! ```

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};
use unicode_width::UnicodeWidthStr;

use crate::domain::prose::visible_line;

use super::keymap::{Action, Context};
use super::model::{Layer, Model, Place, Settings, Tone};
use super::widgets::columns::{at_foot, clip};
use super::widgets::text_area;

/// The smallest terminal in which the screens make sense.
const SMALLEST: Size = Size {
    width: 40,
    height: 12,
};

/// The part of the screen between the tabs and the footer.
#[must_use]
pub fn body(size: Size) -> Rect {
    Rect {
        x: 0,
        y: 3.min(size.height),
        width: size.width,
        height: size.height.saturating_sub(4),
    }
}

/// The place whose tab is at this cell.
#[must_use]
pub fn place_at(model: &Model, at: Position) -> Option<Place> {
    if at.y != 1 || model.size.height < SMALLEST.height {
        return None;
    }
    let mut x = 1;
    Place::ALL.into_iter().find(|place| {
        let start = x;
        x += u16::try_from(tab(*place, model).width()).unwrap_or(0) + 3;
        (start..x - 1).contains(&at.x)
    })
}

/// The words of a tab: its key and its name. Where not all names fit, only the shown place has one.
fn tab(place: Place, model: &Model) -> String {
    let room = usize::from(model.size.width);
    let all = Place::ALL.map(|place| named_tab(place, &model.settings).width() + 3);
    let is_short = 1 + all.into_iter().sum::<usize>() > room && place != model.place;
    let mut name = named_tab(place, &model.settings);
    if is_short && let Some((key, _)) = name.split_once(' ') {
        name.truncate(key.len());
    }
    name
}

fn named_tab(place: Place, settings: &Settings) -> String {
    let action = match place {
        Place::Today => Action::GoToday,
        Place::Journal => Action::GoJournal,
        Place::Review => Action::GoReview,
        Place::Trends => Action::GoTrends,
        Place::Goals => Action::GoGoals,
    };
    let key = settings.keymap.key_of(Context::Screen, action);
    format!("{key} {}", place.title()).trim().to_owned()
}

/// Draws everything, in the signs of the theme.
pub fn view(model: &Model, frame: &mut Frame) {
    draw(model, frame);
    let instead = model.settings.theme.glyphs.instead;
    if instead.is_empty() {
        return;
    }
    for cell in &mut frame.buffer_mut().content {
        let found = instead.iter().find(|(sign, _)| cell.symbol() == *sign);
        if let Some((_, plain)) = found {
            cell.set_symbol(plain);
        }
    }
}

fn draw(model: &Model, frame: &mut Frame) {
    let area = frame.area();
    let size = area.as_size();
    if size.width < SMALLEST.width || size.height < SMALLEST.height {
        too_small(area, frame.buffer_mut());
        return;
    }
    if let Some(cover) = &model.cover {
        let cursor = cover.view(area, frame.buffer_mut(), &model.settings);
        if let Some(cursor) = cursor.filter(|cursor| area.contains(*cursor)) {
            frame.set_cursor_position(cursor);
        }
        return;
    }
    let buffer = frame.buffer_mut();
    header(model, Rect { height: 1, ..area }, buffer);
    tabs(
        model,
        Rect {
            y: 1,
            height: 1,
            ..area
        },
        buffer,
    );
    let cursor = layers(model, body(size), buffer);
    footer(
        model,
        Rect {
            y: size.height - 1,
            height: 1,
            ..area
        },
        buffer,
    );
    if let Some(cursor) = cursor
        && area.contains(cursor)
    {
        frame.set_cursor_position(cursor);
    }
}

fn too_small(area: Rect, buffer: &mut Buffer) {
    let text = format!(
        "postcall needs {}x{} cells",
        SMALLEST.width, SMALLEST.height
    );
    clip(vec![Span::raw(text)], usize::from(area.width)).render(area, buffer);
}

fn header(model: &Model, area: Rect, buffer: &mut Buffer) {
    let theme = &model.settings.theme;
    let width = usize::from(area.width);
    let headline = match model.editor() {
        Some(editor) => editor.headline(model.settings.today(model.now)),
        None => model.today.headline(),
    };
    // A blank stands behind the headline, and two at least before it.
    let room = |left: &str| width.saturating_sub(left.width() + 3);
    let mut left = " postcall".to_owned();
    let name = left.len();
    if model.settings.demo {
        let said = ["  demo: nothing is kept", "  demo"];
        let leaves_room = |said: &&str| room(&left) >= said.width() + headline.about.width();
        left.push_str(said.into_iter().find(leaves_room).unwrap_or("  demo"));
    }
    let headline = headline.within(room(&left));
    let gap = width.saturating_sub(left.width() + headline.width() + 1);
    let demo = left.split_off(name);
    Line::from(vec![
        Span::styled(left, theme.heading),
        Span::styled(demo, theme.warning),
        Span::raw(" ".repeat(gap)),
        Span::styled(format!("{headline} "), theme.dim),
    ])
    .render(area, buffer);
}

fn tabs(model: &Model, area: Rect, buffer: &mut Buffer) {
    let theme = &model.settings.theme;
    let mut spans = vec![Span::raw(" ")];
    for place in Place::ALL {
        let shown = place == model.place && model.editor().is_none();
        // The shown tab is marked by more than its colour.
        let (open, close) = if shown { ("[", "]") } else { (" ", " ") };
        let style = if shown { theme.accent } else { theme.dim };
        spans.push(Span::styled(
            format!("{open}{}{close}", tab(place, model)),
            style,
        ));
        spans.push(Span::raw(" "));
    }
    clip(spans, usize::from(area.width)).render(area, buffer);
}

/// Draws the place, then what is laid over it; the topmost cursor counts.
fn layers(model: &Model, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let Model {
        settings,
        now,
        place,
        today,
        journal,
        review,
        trends,
        goals,
        layers,
        ..
    } = model;
    let day = settings.today(*now);
    let mut cursor = None;
    let whole = layers.iter().rposition(Layer::covers_the_place);
    if whole.is_none() {
        match place {
            Place::Today => today.view(area, buffer, settings, *now),
            Place::Journal => cursor = journal.view(area, buffer, settings, *now),
            Place::Review => review.view(area, buffer, settings),
            Place::Trends => trends.view(area, buffer, settings),
            Place::Goals => goals.view(area, buffer, settings, day),
        }
    }
    for layer in layers.iter().skip(whole.unwrap_or(0)) {
        match layer {
            Layer::Trash(trash) => trash.view(area, buffer, settings, day),
            Layer::Chain(chain) => chain.view(area, buffer, settings, day),
            Layer::Frameworks(frameworks) => frameworks.view(area, buffer, settings),
            Layer::RotationReview(page) => page.view(area, buffer, settings),
            Layer::Rotations(rotations) => rotations.view(area, buffer, settings, day),
            Layer::Editor(editor) => cursor = editor.view(area, buffer, settings, *now),
            Layer::Answering(answering) => {
                let height = answering.rows(area.width, settings).min(area.height);
                let strip = Rect {
                    y: area.bottom() - height,
                    height,
                    ..area
                };
                Clear.render(strip, buffer);
                answering.view(strip, buffer, settings, day);
                cursor = None;
            }
            Layer::Palette(palette) => cursor = palette.view(area, buffer, settings),
            Layer::Form(form) => cursor = form.view(area, buffer, settings),
            Layer::Help(help) => {
                help.view(area, buffer, settings);
                cursor = None;
            }
            Layer::Support(support) => {
                support.view(area, buffer, settings);
                cursor = None;
            }
            Layer::Breath(breath) => {
                breath.view(area, buffer, settings);
                cursor = None;
            }
            Layer::Identifiers(_) | Layer::Saved(_) | Layer::Question(_) => cursor = None,
        }
    }
    cursor
}

/// A question, else the line after saving, else a notice, else the keys that count here, behind what
/// the editor says about the words at its cursor.
fn footer(model: &Model, area: Rect, buffer: &mut Buffer) {
    let settings = &model.settings;
    let theme = &settings.theme;
    if let Some(Layer::Question(question)) = model.layers.last() {
        let mut keys = Vec::new();
        for (key, word) in settings.keymap.hints(&[question.context()]) {
            keys.push(Span::styled(format!(" {key}"), theme.accent));
            keys.push(Span::styled(format!(" {word} "), theme.dim));
        }
        let text = visible_line(&question.text);
        said(&text, theme.warning, Some(Line::from(keys)), area, buffer);
        return;
    }
    if let Some(Layer::Identifiers(identifiers)) = model.layers.last() {
        return identifiers.view(area, buffer, settings);
    }
    if let Some(notice) = &model.notice {
        let style = match notice.tone {
            Tone::Done => theme.good,
            Tone::Warning => theme.warning,
            Tone::Error => theme.error,
        };
        let text = visible_line(&notice.text);
        said(&text, style, None, area, buffer);
        return;
    }
    if let Some(Layer::Saved(saved)) = model.layers.last() {
        return saved.view(area, buffer, settings);
    }
    if let Some(Layer::Breath(_)) = model.layers.last() {
        return Line::styled(" Any key ends it.", theme.dim).render(area, buffer);
    }
    if let Some(Layer::Answering(_)) = model.layers.last() {
        return Line::styled(" The answer is kept at once.", theme.dim).render(area, buffer);
    }
    let mut spans = match model.layers.last() {
        Some(Layer::Editor(editor)) => editor.identifier_hint(usize::from(area.width), settings),
        Some(Layer::Form(form)) => form.identifier_hint(usize::from(area.width), settings),
        _ => Vec::new(),
    };
    let used: usize = spans.iter().map(Span::width).sum();
    let mut room = usize::from(area.width).saturating_sub(used);
    for (key, word) in model.hints() {
        let width = key.width() + word.width() + 3;
        if width > room {
            break;
        }
        room -= width;
        spans.push(Span::styled(format!(" {key}"), theme.accent));
        spans.push(Span::styled(format!(" {word} "), theme.dim));
    }
    Line::from(spans).render(area, buffer);
}

/// A sentence at the foot, and perhaps a line under it. One that does not fit a line takes those
/// above the footer, up to four.
fn said(text: &str, style: Style, under: Option<Line>, foot: Rect, buffer: &mut Buffer) {
    let width = usize::from(foot.width.saturating_sub(2));
    let mut lines: Vec<Line> = text_area::rows(text, width)
        .map(|row| Line::styled(format!(" {}", text.get(row).unwrap_or_default()), style))
        .take(4)
        .collect();
    lines.extend(under);
    at_foot(&lines, foot, buffer);
}

impl Layer {
    /// Whether nothing of the place can be seen under it.
    const fn covers_the_place(&self) -> bool {
        match self {
            Self::Trash(_)
            | Self::Rotations(_)
            | Self::RotationReview(_)
            | Self::Chain(_)
            | Self::Frameworks(_)
            | Self::Editor(_)
            | Self::Help(_)
            | Self::Support(_)
            | Self::Breath(_) => true,
            Self::Answering(_)
            | Self::Identifiers(_)
            | Self::Saved(_)
            | Self::Question(_)
            | Self::Palette(_)
            | Self::Form(_) => false,
        }
    }
}
