//! What a text area does, as data: a text with `|` for the cursor, what was pressed, the text after.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Modifier, Style};

use super::EditAction::*;
use super::*;

/// Text of the kinds that break editors.
pub fn prose() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b",
        "ward",
        "don't",
        " ",
        " ",
        "  ",
        "\n",
        "\t",
        "e\u{301}",
        "\u{301}",
        "日",
        "本",
        "👩‍👩‍👧",
        "👍🏽",
        "🇩🇪",
        "🇫",
        "\u{200d}",
        "\u{200b}",
        "שלום",
        "\u{202e}",
        "\u{1b}",
        "\u{a0}",
        "\u{3000}",
        "ﾞ",
        "\u{1100}\u{1100}",
        "क्षि",
        "\u{fe0f}",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// A step of a test.
#[derive(Debug, Clone)]
enum Step {
    Do(EditAction),
    Type(&'static str),
    Paste(String),
    Replace(usize, usize, String),
    Click(u16, u16),
    Scroll(isize),
    Resize(u16, u16),
}

impl From<EditAction> for Step {
    fn from(action: EditAction) -> Self {
        Self::Do(action)
    }
}

impl From<&'static str> for Step {
    fn from(text: &'static str) -> Self {
        Self::Type(text)
    }
}

fn press(area: &mut TextArea, killed: &mut Killed, step: &Step) -> Outcome {
    match step {
        Step::Do(action) => area.apply(*action, killed),
        Step::Type(text) => text
            .chars()
            .map(|c| area.type_char(c))
            .last()
            .unwrap_or(Outcome::Unchanged),
        Step::Paste(text) => area.paste(text),
        Step::Replace(from, to, text) => area.replace(*from..*to, text),
        Step::Click(x, y) => area.move_to(area.offset_at(Position::new(*x, *y))),
        Step::Scroll(rows) => {
            area.scroll(*rows);
            Outcome::Unchanged
        }
        Step::Resize(width, height) => {
            area.set_size(Size::new(*width, *height));
            Outcome::Unchanged
        }
    }
}

/// A field with the text, the cursor where `|` is.
fn field(text: &str) -> TextArea {
    let at = text.find('|').expect("a cursor");
    let mut area = TextArea::new(&text.replace('|', ""));
    let _ = area.move_to(at);
    area
}

fn shown(area: &TextArea) -> String {
    let (before, after) = area.text().split_at(area.cursor());
    format!("{before}|{after}")
}

fn check(size: Size, text: &str, steps: &[Step], expected: &str) {
    let mut area = field(text);
    area.set_size(size);
    let mut killed = Killed::default();
    for step in steps {
        let _ = press(&mut area, &mut killed, step);
    }
    assert_eq!(shown(&area), expected, "{text:?} after {steps:?}");
}

macro_rules! steps {
    ($($step:expr),* $(,)?) => { &[$(Step::from($step)),*] };
}

#[test]
fn keys_edit_as_readline_has_it() {
    let cases: &[(&str, &[Step], &str)] = &[
        ("|", steps!["Hi"], "Hi|"),
        ("ab|cd", steps![Newline], "ab\n|cd"),
        ("ab\n|cd", steps![DeleteBack], "ab|cd"),
        ("ab|\ncd", steps![DeleteForward], "ab|cd"),
        (
            "|",
            steps![DeleteBack, DeleteForward, Left, Right, Up, Down],
            "|",
        ),
        ("ask the nurse|", steps![KillWordBack], "ask the |"),
        ("ask the nurse, |", steps![KillWordBack], "ask the |"),
        ("a/b c/d|", steps![KillBlankBack], "a/b |"),
        ("a/b c/d|", steps![KillWordBack], "a/b c/|"),
        ("I |don't know", steps![KillWordForward], "I | know"),
        ("I| don't know", steps![WordRight], "I don't| know"),
        (
            "one\ntwo three|",
            steps![WordLeft, WordLeft, WordLeft],
            "|one\ntwo three",
        ),
        ("one\ntw|o", steps![KillToLineStart], "one\n|o"),
        ("one\n|two", steps![KillToLineStart], "one|two"),
        ("on|e\ntwo", steps![KillToLineEnd], "on|\ntwo"),
        ("on|\ntwo", steps![KillToLineEnd], "on|two"),
        ("a|b\ncd", steps![LineEnd], "ab|\ncd"),
        ("ab\nc|d", steps![LineStart], "ab\n|cd"),
        ("ab\nc|d", steps![TextStart], "|ab\ncd"),
        ("ab\nc|d", steps![TextEnd], "ab\ncd|"),
        ("one two|", steps![KillWordBack, Yank, Yank], "one twotwo|"),
        (
            "one two three|",
            steps![KillWordBack, KillWordBack, Yank],
            "one two three|",
        ),
        (
            "one two |three four",
            steps![KillWordBack, KillWordForward, Yank],
            "one two three| four",
        ),
        (
            "one two|",
            steps![KillWordBack, Left, KillWordBack, Yank],
            "one| ",
        ),
    ];
    for (text, steps, expected) in cases {
        check(Size::new(40, 10), text, steps, expected);
    }
}

#[test]
fn the_cursor_moves_by_what_a_person_sees_as_one_character() {
    let cases: &[(&str, &[Step], &str)] = &[
        ("cafe\u{301}|", steps![Left], "caf|e\u{301}"),
        ("cafe\u{301}|", steps![DeleteBack], "caf|"),
        ("👩‍👩‍👧|x", steps![DeleteBack], "|x"),
        ("|👩‍👩‍👧x", steps![Right], "👩‍👩‍👧|x"),
        ("🇩🇪🇫🇷|", steps![Left], "🇩🇪|🇫🇷"),
        ("🇩🇪🇫🇷|", steps![DeleteBack, DeleteBack], "|"),
        ("👍🏽|", steps![Left], "|👍🏽"),
        ("שלום|", steps![Left], "שלו|ם"),
        ("日本|", steps![DeleteBack], "日|"),
        // Typed before a lone accent, a letter takes it over: the cursor cannot stand between.
        ("|\u{301}", steps!["e"], "e\u{301}|"),
        ("e|", steps!["\u{301}"], "e\u{301}|"),
        ("naïve cafe\u{301}s|", steps![KillWordBack], "naïve |"),
    ];
    for (text, steps, expected) in cases {
        check(Size::new(40, 10), text, steps, expected);
    }
}

#[test]
fn up_and_down_go_by_wrapped_rows_and_aim_for_the_same_column() {
    let cases: &[(u16, &str, &[Step], &str)] = &[
        (9, "one two three| four", steps![Up], "one t|wo three four"),
        (
            9,
            "one t|wo three four",
            steps![Down],
            "one two three| four",
        ),
        (
            20,
            "long line\nab\nlong li|ne",
            steps![Up],
            "long line\nab|\nlong line",
        ),
        (
            20,
            "long line\nab\nlong li|ne",
            steps![Up, Up],
            "long li|ne\nab\nlong line",
        ),
        (
            20,
            "long line\nab\nlong li|ne",
            steps![Up, Left, Up],
            "l|ong line\nab\nlong line",
        ),
        (20, "日本語\nabc|", steps![Up], "日|本語\nabc"),
        (20, "a|b", steps![Up], "a|b"),
        (20, "a|b", steps![Down], "a|b"),
        (20, "a\n\n|b", steps![Up], "a\n|\nb"),
        (4, "abcdef|", steps![Up], "ab|cdef"),
        (20, "1\n2\n3\n4\n5\n6|", steps![PageUp], "1\n2\n3|\n4\n5\n6"),
        (
            20,
            "|1\n2\n3\n4\n5\n6",
            steps![PageDown, PageDown],
            "1\n2\n3\n4\n5\n|6",
        ),
    ];
    for (width, text, steps, expected) in cases {
        check(Size::new(*width, 4), text, steps, expected);
    }
}

#[test]
fn typing_is_undone_word_by_word_and_a_paste_at_once() {
    let paste = || Step::Paste("pasted words".to_owned());
    let cases: &[(&str, &[Step], &str)] = &[
        ("|", steps!["one two", Undo], "one |"),
        ("|", steps!["one two", Undo, Undo], "|"),
        ("|", steps!["one two", Undo, Undo, Redo], "one |"),
        (
            "|",
            steps!["one two", Undo, Undo, Redo, Redo, Redo],
            "one two|",
        ),
        ("|", steps!["one two", Undo, "x", Redo], "one x|"),
        ("|", steps!["one", Left, Right, "s", Undo], "one|"),
        ("|", steps!["one ", paste(), Undo], "one |"),
        (
            "one two|",
            steps![DeleteBack, DeleteBack, DeleteBack, Undo],
            "one two|",
        ),
        ("|one", steps![DeleteForward, DeleteForward, Undo], "|one"),
        ("one two|", steps![KillToLineStart, Undo], "one two|"),
        (
            "one| two",
            steps![Step::Replace(4, 7, "three".to_owned()), Undo],
            "one| two",
        ),
        (
            "one| two",
            steps![Step::Replace(4, 7, "three".to_owned())],
            "one three|",
        ),
        ("|", steps![Undo, Redo], "|"),
    ];
    for (text, steps, expected) in cases {
        check(Size::new(40, 10), text, steps, expected);
    }
}

#[test]
fn pasted_line_ends_become_one_kind_and_nothing_else_is_changed() {
    check(
        Size::new(40, 10),
        "a|b",
        steps![Step::Paste("1\r\n2\r3\u{1b}[2J\t\u{202e}".to_owned())],
        "a1\n2\n3\u{1b}[2J\t\u{202e}|b",
    );
}

#[test]
fn a_field_that_would_overflow_refuses_whole_and_stays_as_it_was() {
    let full = "x".repeat(MAX_FIELD_BYTES - 1);
    let mut area = TextArea::new(&full);
    let refused = |bytes| {
        Outcome::Refused(Refused {
            bytes,
            limit: MAX_FIELD_BYTES,
        })
    };
    assert_eq!(area.paste("yz"), refused(MAX_FIELD_BYTES + 1));
    assert_eq!(area.type_char('é'), refused(MAX_FIELD_BYTES + 1));
    assert_eq!(area.text(), full);
    assert_eq!(area.type_char('y'), Outcome::Changed);
    let mut killed = Killed::default();
    assert_eq!(
        area.apply(Newline, &mut killed),
        refused(MAX_FIELD_BYTES + 1)
    );
    assert_eq!(area.apply(DeleteBack, &mut killed), Outcome::Changed);
    assert_eq!(area.apply(Undo, &mut killed), Outcome::Changed);
}

#[test]
fn killed_text_goes_from_one_field_to_another() {
    let (mut from, mut to) = (field("move this|"), field("|"));
    let mut killed = Killed::default();
    let _ = from.apply(KillWordBack, &mut killed);
    let _ = to.apply(Yank, &mut killed);
    assert_eq!(to.text(), "this");
    assert_eq!(format!("{killed:?} {to:?}").find("this"), None);
}

fn drawn(area: &TextArea, view: TextAreaView<'_>) -> (Buffer, Option<Position>) {
    let rect = Rect::from((Position::ORIGIN, area.size));
    let mut buffer = Buffer::empty(rect);
    let cursor = view.render(rect, &mut buffer);
    (buffer, cursor)
}

#[test]
fn the_view_shows_the_rows_around_the_cursor_and_where_it_is() {
    let mut area = field("one two three four five| six");
    area.set_size(Size::new(8, 2));
    let (buffer, cursor) = drawn(&area, TextAreaView::new(&area, Style::new()));
    assert_eq!(buffer, Buffer::with_lines(["four    ", "five    "]));
    assert_eq!(cursor, Some(Position::new(4, 1)));
    assert_eq!(area.hidden_rows(), (2, 1));
}

#[test]
fn what_a_terminal_must_not_get_is_drawn_as_a_replacement() {
    let mut area = field("a\u{1b}[2J\u{202e}b\tc日|");
    area.set_size(Size::new(14, 1));
    let (buffer, cursor) = drawn(&area, TextAreaView::new(&area, Style::new()));
    assert_eq!(buffer, Buffer::with_lines(["a\u{fffd}[2J\u{fffd}b c日   "]));
    assert_eq!(cursor, Some(Position::new(11, 0)));
}

#[test]
fn marks_and_the_placeholder_have_their_own_style() {
    let (plain, under) = (
        Style::new(),
        Style::new().add_modifier(Modifier::UNDERLINED),
    );
    let mut area = field("ask Anna now|");
    area.set_size(Size::new(14, 1));
    let marks = [(4..8, under)];
    let (buffer, _) = drawn(&area, TextAreaView::new(&area, plain).marks(&marks));
    let mut expected = Buffer::with_lines(["ask Anna now  "]);
    expected.set_style(Rect::new(4, 0, 4, 1), under);
    assert_eq!(buffer, expected);

    let mut empty = field("|");
    empty.set_size(Size::new(8, 2));
    let dim = Style::new().add_modifier(Modifier::DIM);
    let view = TextAreaView::new(&empty, plain).placeholder("what went well", dim);
    let (buffer, cursor) = drawn(&empty, view);
    let mut expected = Buffer::with_lines(["what    ", "went    "]);
    expected.set_style(Rect::new(0, 0, 5, 1), dim);
    expected.set_style(Rect::new(0, 1, 5, 1), dim);
    assert_eq!(buffer, expected);
    assert_eq!(cursor, Some(Position::ORIGIN));
    assert_eq!(empty.text(), "");
}

#[test]
fn a_click_puts_the_cursor_on_the_character_under_it() {
    let mut area = field("|one 日本\nx");
    area.set_size(Size::new(10, 3));
    let cases = [
        ((0, 0), "|one 日本\nx"),
        ((5, 0), "one |日本\nx"),
        ((6, 0), "one 日|本\nx"),
        ((9, 0), "one 日本|\nx"),
        ((5, 1), "one 日本\nx|"),
        ((5, 2), "one 日本\nx|"),
    ];
    for ((x, y), expected) in cases {
        let _ = area.move_to(area.offset_at(Position::new(x, y)));
        assert_eq!(shown(&area), expected, "at {x},{y}");
    }
}

#[test]
fn scrolling_moves_the_view_and_the_next_key_brings_the_cursor_back() {
    let mut area = field("|1\n2\n3\n4\n5");
    area.set_size(Size::new(5, 2));
    area.scroll(9);
    assert_eq!((area.hidden_rows(), area.cursor_at()), ((3, 0), None));
    let _ = area.type_char('x');
    assert_eq!(area.cursor_at(), Some(Position::new(1, 0)));
}

fn step() -> impl Strategy<Value = Step> {
    let action = prop::sample::select(vec![
        Newline,
        DeleteBack,
        DeleteForward,
        KillWordBack,
        KillWordForward,
        KillBlankBack,
        KillToLineEnd,
        KillToLineStart,
        Yank,
        Left,
        Right,
        WordLeft,
        WordRight,
        Up,
        Down,
        PageUp,
        PageDown,
        LineStart,
        LineEnd,
        TextStart,
        TextEnd,
        Undo,
        Redo,
    ]);
    let typed = prop::sample::select(vec![
        "a", " ", "word ", "\u{301}", "👧", "\u{200d}", "🇩", "日", "\r", "\u{7}",
    ]);
    prop_oneof![
        6 => action.prop_map(Step::Do),
        4 => typed.prop_map(Step::Type),
        1 => prose().prop_map(Step::Paste),
        1 => (0_usize..90, 0_usize..90, prose()).prop_map(|(a, b, text)| Step::Replace(a, b, text)),
        1 => (0_u16..30, 0_u16..12).prop_map(|(x, y)| Step::Click(x, y)),
        1 => (-5_isize..5).prop_map(Step::Scroll),
        1 => (0_u16..24, 0_u16..8).prop_map(|(width, height)| Step::Resize(width, height)),
    ]
}

proptest! {
    #[test]
    fn nothing_that_is_pressed_breaks_the_field(text in prose(), steps in prop::collection::vec(step(), 0..40)) {
        let mut area = TextArea::new(&text);
        let mut killed = Killed::default();
        let mut scrolled = false;
        for step in &steps {
            let size = area.size;
            let outcome = press(&mut area, &mut killed, step);
            // Being told its size again does not take a field back to where it was scrolled from.
            let told_again = matches!(step, Step::Resize(..)) && area.size == size;
            scrolled = matches!(step, Step::Scroll(_)) || scrolled && told_again;
            prop_assert_eq!(motion::floor(area.text(), area.cursor()), area.cursor());
            prop_assert!(!area.text().contains('\r'));
            let anew = Wrap::new(area.text(), area.wrap.width());
            prop_assert_eq!(area.wrap.rows(), anew.rows());
            let seen = area.cursor_at().is_some() || area.size.width == 0 || area.size.height == 0;
            prop_assert!(seen || scrolled, "{outcome:?}");
            let rect = Rect::new(3, 2, area.size.width, area.size.height);
            let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 7));
            let cursor = TextAreaView::new(&area, Style::new()).render(rect, &mut buffer);
            prop_assert!(cursor.is_none_or(|at| rect.contains(at) && buffer.area.contains(at)));
        }
    }

    #[test]
    fn undo_leads_back_to_the_start_and_redo_forward_again(text in prose(), steps in prop::collection::vec(step(), 0..40)) {
        let mut area = TextArea::new(&text);
        let mut killed = Killed::default();
        for step in &steps {
            let _ = press(&mut area, &mut killed, step);
        }
        while area.apply(Redo, &mut killed) == Outcome::Changed {}
        let end = (area.text().to_owned(), area.cursor());
        while area.apply(Undo, &mut killed) == Outcome::Changed {}
        prop_assert_eq!(area.text(), &text);
        while area.apply(Redo, &mut killed) == Outcome::Changed {}
        prop_assert_eq!(area.text(), &end.0);
    }

    #[test]
    fn a_move_up_and_down_comes_back(text in prose(), at in 0_usize..90, width in 2_u16..20) {
        let mut area = TextArea::new(&text);
        area.set_size(Size::new(width, 5));
        let _ = area.move_to(at);
        let mut killed = Killed::default();
        let row = area.wrap.row_of(area.cursor());
        if area.apply(Down, &mut killed) == Outcome::Moved {
            let _ = area.apply(Up, &mut killed);
            prop_assert_eq!(area.wrap.row_of(area.cursor()), row);
        }
    }
}
