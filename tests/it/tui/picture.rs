//! A screen as an SVG picture: what README shows is what the program draws.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

const CELL: (f32, f32) = (8.4, 18.0);
const PAPER: &str = "#16181d";
const INK: &str = "#d7dae0";

/// The buffer as SVG, in the colours of a calm dark terminal.
pub fn svg(buffer: &Buffer) -> String {
    let (columns, rows) = (f32::from(buffer.area.width), f32::from(buffer.area.height));
    let (width, height) = (columns * CELL.0 + 24.0, rows * CELL.1 + 24.0);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" \
         font-size=\"14\">\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{PAPER}\"/>\n"
    );
    for row in buffer.area.rows() {
        let mut x = row.x;
        while x < row.right() {
            let cell = &buffer[(x, row.y)];
            let style = cell.style();
            let start = x;
            let mut text = String::new();
            while x < row.right() && buffer[(x, row.y)].style() == style {
                let symbol = buffer[(x, row.y)].symbol();
                text.push_str(symbol);
                x += u16::try_from(symbol.width().max(1)).unwrap_or(1);
            }
            let modifiers = style.add_modifier;
            let mut ink = colour(style.fg.unwrap_or(Color::Reset), INK);
            let mut paper = colour(style.bg.unwrap_or(Color::Reset), PAPER);
            if modifiers.contains(Modifier::REVERSED) {
                std::mem::swap(&mut ink, &mut paper);
            }
            let left = 12.0 + f32::from(start) * CELL.0;
            let top = 12.0 + f32::from(row.y) * CELL.1;
            let wide = f32::from(x - start) * CELL.0;
            if paper != PAPER {
                let _ = writeln!(
                    out,
                    "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"{}\" fill=\"{paper}\"/>",
                    CELL.1
                );
            }
            if text.trim().is_empty() {
                continue;
            }
            let mut look = String::new();
            if modifiers.contains(Modifier::BOLD) {
                look.push_str(" font-weight=\"bold\"");
            }
            if modifiers.contains(Modifier::DIM) {
                look.push_str(" fill-opacity=\"0.6\"");
            }
            if modifiers.contains(Modifier::UNDERLINED) {
                look.push_str(" text-decoration=\"underline\"");
            }
            let _ = writeln!(
                out,
                "<text x=\"{left:.1}\" y=\"{:.1}\" textLength=\"{wide:.1}\" fill=\"{ink}\"{look} xml:space=\"preserve\">{}</text>",
                top + 13.5,
                text.replace('&', "&amp;").replace('<', "&lt;")
            );
        }
    }
    out.push_str("</svg>\n");
    out
}

fn colour(colour: Color, own: &'static str) -> String {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "no theme of a picture has another"
    )]
    let named = match colour {
        Color::Reset => own,
        Color::Red | Color::Indexed(1) => "#e06c75",
        Color::Green | Color::Indexed(2) => "#98c379",
        Color::Yellow | Color::Indexed(3) => "#e5c07b",
        Color::Blue | Color::Indexed(4) => "#61afef",
        Color::Magenta | Color::Indexed(5) => "#c9a0dc",
        Color::Cyan | Color::Indexed(6) => "#56b6c2",
        Color::Rgb(red, green, blue) => return format!("#{red:02x}{green:02x}{blue:02x}"),
        _ => INK,
    };
    named.to_owned()
}
