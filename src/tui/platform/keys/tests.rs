//! Every key and report as terminals send it, whole, parted and spoilt.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEventKind};
use proptest::prelude::*;

use super::*;

const NONE: KeyModifiers = KeyModifiers::NONE;
const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
const ALT: KeyModifiers = KeyModifiers::ALT;
const CTRL: KeyModifiers = KeyModifiers::CONTROL;

/// What there is to be had at once.
fn had(keys: &mut Keys) -> Vec<Event> {
    std::iter::from_fn(|| keys.next()).collect()
}

/// What comes of what is under way, if nothing more comes.
fn given_up(keys: &mut Keys) -> Vec<Event> {
    let mut events = Vec::new();
    while keys.patience().is_some() {
        events.extend(keys.give_up());
        events.extend(had(keys));
    }
    events
}

/// What comes of these pieces, then silence.
fn events<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<Event> {
    let mut keys = Keys::default();
    let mut events = Vec::new();
    for piece in pieces {
        keys.feed(piece);
        events.extend(had(&mut keys));
    }
    events.extend(given_up(&mut keys));
    assert!(keys.bytes.is_empty(), "{:?} is kept", keys.bytes);
    events
}

fn of(bytes: &[u8]) -> Vec<Event> {
    events([bytes])
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(code, modifiers))
}

fn letter(letter: char) -> Event {
    key(KeyCode::Char(letter), NONE)
}

fn ctrl(letter: char) -> Event {
    key(KeyCode::Char(letter), CTRL)
}

fn pasted(text: &str) -> Event {
    Event::Paste(text.to_owned())
}

fn mouse(kind: MouseEventKind, column: u16, row: u16, modifiers: KeyModifiers) -> Event {
    Event::Mouse(crossterm::event::MouseEvent {
        kind,
        column,
        row,
        modifiers,
    })
}

/// What terminals send, and what it is.
fn table() -> Sent {
    [
        letters(),
        cursor_keys(),
        function_keys(),
        numbered_letters(),
        reports(),
    ]
    .concat()
}

type Sent = Vec<(&'static [u8], Event)>;

fn letters() -> Sent {
    vec![
        (b"a", letter('a')),
        (b"A", key(KeyCode::Char('A'), SHIFT)),
        ("ß".as_bytes(), letter('ß')),
        ("Ä".as_bytes(), key(KeyCode::Char('Ä'), SHIFT)),
        ("字".as_bytes(), letter('字')),
        ("🫀".as_bytes(), letter('🫀')),
        (b" ", letter(' ')),
        (b"\r", key(KeyCode::Enter, NONE)),
        // Typed before the terminal was ours.
        (b"\n", key(KeyCode::Enter, NONE)),
        (b"\t", key(KeyCode::Tab, NONE)),
        (b"\x7f", key(KeyCode::Backspace, NONE)),
        (b"\x08", ctrl('h')),
        (b"\0", ctrl(' ')),
        (b"\x01", ctrl('a')),
        (b"\x1a", ctrl('z')),
        (b"\x1c", ctrl('4')),
        (b"\x1f", ctrl('7')),
        (b"\x1b", key(KeyCode::Esc, NONE)),
        // Alt.
        (b"\x1bb", key(KeyCode::Char('b'), ALT)),
        (b"\x1b<", key(KeyCode::Char('<'), ALT)),
        (b"\x1bV", key(KeyCode::Char('V'), ALT | SHIFT)),
        ("\x1bü".as_bytes(), key(KeyCode::Char('ü'), ALT)),
        (b"\x1b\r", key(KeyCode::Enter, ALT)),
        (b"\x1b\x7f", key(KeyCode::Backspace, ALT)),
        (b"\x1b\x01", key(KeyCode::Char('a'), ALT | CTRL)),
        (b"\x1b]", key(KeyCode::Char(']'), ALT)),
        (b"\x1b_", key(KeyCode::Char('_'), ALT)),
        (b"\x1bP", key(KeyCode::Char('P'), ALT | SHIFT)),
    ]
}

fn cursor_keys() -> Sent {
    vec![
        (b"\x1b[A", key(KeyCode::Up, NONE)),
        (b"\x1b[B", key(KeyCode::Down, NONE)),
        (b"\x1b[C", key(KeyCode::Right, NONE)),
        (b"\x1b[D", key(KeyCode::Left, NONE)),
        (b"\x1bOA", key(KeyCode::Up, NONE)),
        (b"\x1bOB", key(KeyCode::Down, NONE)),
        (b"\x1bOC", key(KeyCode::Right, NONE)),
        (b"\x1bOD", key(KeyCode::Left, NONE)),
        (b"\x1b[1;2A", key(KeyCode::Up, SHIFT)),
        (b"\x1b[1;3D", key(KeyCode::Left, ALT)),
        (b"\x1b[1;5C", key(KeyCode::Right, CTRL)),
        (b"\x1b[1;6C", key(KeyCode::Right, CTRL | SHIFT)),
        (b"\x1b[5D", key(KeyCode::Left, CTRL)),
        (b"\x1b[;5D", key(KeyCode::Left, CTRL)),
        (b"\x1bO5D", key(KeyCode::Left, CTRL)),
        (b"\x1bOd", key(KeyCode::Left, CTRL)),
        (b"\x1b[d", key(KeyCode::Left, SHIFT)),
        (b"\x1b\x1b[D", key(KeyCode::Left, ALT)),
        (b"\x1b\x1bOD", key(KeyCode::Left, ALT)),
        (b"\x1b[H", key(KeyCode::Home, NONE)),
        (b"\x1b[F", key(KeyCode::End, NONE)),
        (b"\x1bOH", key(KeyCode::Home, NONE)),
        (b"\x1bOF", key(KeyCode::End, NONE)),
        (b"\x1b[1~", key(KeyCode::Home, NONE)),
        (b"\x1b[7~", key(KeyCode::Home, NONE)),
        (b"\x1b[4~", key(KeyCode::End, NONE)),
        (b"\x1b[8~", key(KeyCode::End, NONE)),
        (b"\x1b[1;5H", key(KeyCode::Home, CTRL)),
        (b"\x1b[1;5F", key(KeyCode::End, CTRL)),
        (b"\x1b[7^", key(KeyCode::Home, CTRL)),
        (b"\x1b[2~", key(KeyCode::Insert, NONE)),
        (b"\x1b[3~", key(KeyCode::Delete, NONE)),
        (b"\x1b[3;5~", key(KeyCode::Delete, CTRL)),
        (b"\x1b[3$", key(KeyCode::Delete, SHIFT)),
        (b"\x1b[3@", key(KeyCode::Delete, CTRL | SHIFT)),
        (b"\x1b[5~", key(KeyCode::PageUp, NONE)),
        (b"\x1b[6~", key(KeyCode::PageDown, NONE)),
        (b"\x1b[6;3~", key(KeyCode::PageDown, ALT)),
        (b"\x1b[Z", key(KeyCode::BackTab, SHIFT)),
        (b"\x1bOM", key(KeyCode::Enter, NONE)),
    ]
}

/// F1 to F12 and on, of several terminals.
fn function_keys() -> Sent {
    vec![
        (b"\x1bOP", key(KeyCode::F(1), NONE)),
        (b"\x1bOQ", key(KeyCode::F(2), NONE)),
        (b"\x1bOR", key(KeyCode::F(3), NONE)),
        (b"\x1bOS", key(KeyCode::F(4), NONE)),
        (b"\x1b[P", key(KeyCode::F(1), NONE)),
        (b"\x1b[[A", key(KeyCode::F(1), NONE)),
        (b"\x1b[[E", key(KeyCode::F(5), NONE)),
        (b"\x1b[11~", key(KeyCode::F(1), NONE)),
        (b"\x1b[15~", key(KeyCode::F(5), NONE)),
        (b"\x1b[17~", key(KeyCode::F(6), NONE)),
        (b"\x1b[18~", key(KeyCode::F(7), NONE)),
        (b"\x1b[19~", key(KeyCode::F(8), NONE)),
        (b"\x1b[20~", key(KeyCode::F(9), NONE)),
        (b"\x1b[21~", key(KeyCode::F(10), NONE)),
        (b"\x1b[23~", key(KeyCode::F(11), NONE)),
        (b"\x1b[24~", key(KeyCode::F(12), NONE)),
        (b"\x1b[25~", key(KeyCode::F(13), NONE)),
        (b"\x1b[28~", key(KeyCode::F(15), NONE)),
        (b"\x1b[34~", key(KeyCode::F(20), NONE)),
        (b"\x1b[1;5P", key(KeyCode::F(1), CTRL)),
        (b"\x1b[1;5R", key(KeyCode::F(3), CTRL)),
        (b"\x1b[20;2~", key(KeyCode::F(9), SHIFT)),
    ]
}

/// Keys by their characters: kitty, xterm and tmux, asked for or not.
fn numbered_letters() -> Sent {
    vec![
        (b"\x1b[97u", letter('a')),
        (b"\x1b[97;5u", ctrl('a')),
        (b"\x1b[115;5u", ctrl('s')),
        (b"\x1b[97:65;2u", key(KeyCode::Char('A'), NONE)),
        (b"\x1b[97;2u", key(KeyCode::Char('a'), SHIFT)),
        (b"\x1b[13;5u", key(KeyCode::Enter, CTRL)),
        (b"\x1b[13;2u", key(KeyCode::Enter, SHIFT)),
        (b"\x1b[27u", key(KeyCode::Esc, NONE)),
        (b"\x1b[9;2u", key(KeyCode::BackTab, SHIFT)),
        (b"\x1b[127;5u", key(KeyCode::Backspace, CTRL)),
        (b"\x1b[57414u", key(KeyCode::Enter, NONE)),
        (b"\x1b[57404u", letter('5')),
        (b"\x1b[57417u", key(KeyCode::Left, NONE)),
        (b"\x1b[57376u", key(KeyCode::F(13), NONE)),
        (b"\x1b[27;5;13~", key(KeyCode::Enter, CTRL)),
        (b"\x1b[27;6;90~", key(KeyCode::Char('Z'), CTRL | SHIFT)),
    ]
}

/// The mouse, the focus, pasted texts.
fn reports() -> Sent {
    use MouseEventKind as M;
    let left = MouseButton::Left;
    vec![
        (b"\x1b[<0;1;1M", mouse(M::Down(left), 0, 0, NONE)),
        (b"\x1b[<0;80;24m", mouse(M::Up(left), 79, 23, NONE)),
        (
            b"\x1b[<2;5;6M",
            mouse(M::Down(MouseButton::Right), 4, 5, NONE),
        ),
        (b"\x1b[<32;5;6M", mouse(M::Drag(left), 4, 5, NONE)),
        (b"\x1b[<35;5;6M", mouse(M::Moved, 4, 5, NONE)),
        (b"\x1b[<64;300;6M", mouse(M::ScrollUp, 299, 5, NONE)),
        (b"\x1b[<65;5;6M", mouse(M::ScrollDown, 4, 5, NONE)),
        (b"\x1b[<20;5;6M", mouse(M::Down(left), 4, 5, SHIFT | CTRL)),
        (b"\x1b[32;30;40M", mouse(M::Down(left), 29, 39, NONE)),
        (b"\x1b[M !\"", mouse(M::Down(left), 0, 1, NONE)),
        (b"\x1b[M`\xff\xff", mouse(M::ScrollUp, 222, 222, NONE)),
        (b"\x1b[I", Event::FocusGained),
        (b"\x1b[O", Event::FocusLost),
        (b"\x1b[200~Two\r\nlines\x1b[201~", pasted("Two\r\nlines")),
        (
            b"\x1b[200~\x1b[31mred \x1b\x1b[201\x1b[201~",
            pasted("\x1b[31mred \x1b\x1b[201"),
        ),
        (
            b"\x1b[200~caf\xe9 \xf0\x9f\x1b[201~",
            pasted("caf\u{fffd} \u{fffd}"),
        ),
    ]
}

/// What means nothing here, and types nothing.
const NOTHING: [&[u8]; 20] = [
    b"\x1b[200~\x1b[201~",
    b"\x1b[201~",
    b"\x1b[99~",
    b"\x1b[24;80R",
    b"\x1b[?64;1;2c",
    b"\x1b[>41;354;0c",
    b"\x1b[?2026;2$y",
    b"\x1b[?1u",
    b"\x1b[57441;2u",
    b"\x1b[E",
    b"\x1b[<99;1;1M",
    b"\x1b[<0;99999;1M",
    b"\x1b]11;rgb:0000/0000/0000\x1b\\",
    b"\x1b]11;rgb:0000/0000/0000\x07",
    b"\x1bP>|a terminal 1.0\x1b\\",
    b"\x1b_Gi=1;OK\x1b\\",
    b"\xff",
    b"\xc3",
    b"\x1b[1;",
    b"\x1bO",
];

#[test]
fn what_terminals_send_is_known() {
    for (bytes, event) in table() {
        let sent = String::from_utf8_lossy(bytes);
        assert_eq!(of(bytes), [event], "{sent:?}");
    }
}

#[test]
fn keys_that_are_repeated_or_let_go_say_so() {
    use crossterm::event::KeyEventKind;
    let kinds = [
        (1, KeyEventKind::Press),
        (2, KeyEventKind::Repeat),
        (3, KeyEventKind::Release),
    ];
    for (number, kind) in kinds {
        for (sent, code) in [
            (format!("\x1b[97;5:{number}u"), KeyCode::Char('a')),
            (format!("\x1b[1;5:{number}A"), KeyCode::Up),
            (format!("\x1b[3;5:{number}~"), KeyCode::Delete),
        ] {
            let key = Event::Key(KeyEvent::new_with_kind(code, CTRL, kind));
            assert_eq!(of(sent.as_bytes()), [key], "{sent:?}");
        }
    }
}

#[test]
fn what_means_nothing_types_nothing_and_takes_no_key_with_it() {
    for bytes in NOTHING {
        let sent = String::from_utf8_lossy(bytes);
        assert_eq!(of(bytes), [], "{sent:?}");
        let mut keys = Keys::default();
        keys.feed(bytes);
        assert_eq!(had(&mut keys), [], "{sent:?}");
        assert_eq!(given_up(&mut keys), [], "{sent:?}");
        keys.feed(b"x");
        assert_eq!(had(&mut keys), [letter('x')], "{sent:?}");
    }
}

#[test]
fn a_key_in_the_midst_of_a_sequence_is_not_lost() {
    let (enter, up) = (key(KeyCode::Enter, NONE), key(KeyCode::Up, NONE));
    for begun in [
        "\x1b[1;",
        "\x1b[",
        "\x1b]11;rgb",
        "\x1bO",
        "\x1b[M!",
        "\x1b[[",
    ] {
        let sent = format!("{begun}\r\x1b[A");
        assert_eq!(of(sent.as_bytes()), [enter.clone(), up.clone()], "{sent:?}");
    }
    assert_eq!(of(b"\xc3x"), [letter('x')]);
}

#[test]
fn esc_waits_a_moment_a_sequence_longer_and_a_whole_key_not_at_all() {
    for (bytes, patience) in [
        (b"".as_slice(), None),
        (b"a", None),
        (b"\x1b[A", None),
        (b"\x1b", Some(KEY)),
        (b"\x1b\x1b", Some(KEY)),
        (b"\x1b]", Some(KEY)),
        (b"\x1b[", Some(SEQUENCE)),
        (b"\x1bO", Some(SEQUENCE)),
        (b"\x1b[<0;1", Some(SEQUENCE)),
        (b"\x1b]1", Some(SEQUENCE)),
        (b"\xf0\x9f", Some(SEQUENCE)),
        (b"\x1b[200~", Some(PASTE)),
        (b"\x1b[200~text\x1b[2", Some(PASTE)),
    ] {
        let mut keys = Keys::default();
        keys.feed(bytes);
        had(&mut keys);
        let sent = String::from_utf8_lossy(bytes);
        assert_eq!(keys.patience(), patience, "{sent:?}");
    }
}

#[test]
fn esc_pressed_twice_is_two_keys_and_before_a_letter_alt() {
    let esc = key(KeyCode::Esc, NONE);
    assert_eq!(of(b"\x1b\x1b"), [esc.clone(), esc.clone()]);
    assert_eq!(
        of(b"\x1b\x1bq"),
        [esc.clone(), key(KeyCode::Char('q'), ALT)]
    );
    let mut keys = Keys::default();
    keys.feed(b"\x1b");
    assert_eq!(given_up(&mut keys), [esc]);
    keys.feed(b"q");
    assert_eq!(had(&mut keys), [letter('q')]);
}

#[test]
fn line_ends_of_any_kind_are_one_enter_each() {
    let enter = key(KeyCode::Enter, NONE);
    let (a, b) = (letter('a'), letter('b'));
    for lines in ["a\rb\r", "a\nb\n", "a\r\nb\r\n"] {
        let expected = [a.clone(), enter.clone(), b.clone(), enter.clone()];
        assert_eq!(of(lines.as_bytes()), expected, "{lines:?}");
    }
    assert_eq!(of(b"\n\n"), [enter.clone(), enter.clone()]);
    assert_eq!(of(b"\r\r"), [enter.clone(), enter]);
}

#[test]
fn a_paste_whose_end_does_not_come_is_pasted_and_gives_the_keyboard_back() {
    let mut keys = Keys::default();
    keys.feed(b"\x1b[200~begun \xf0\x9f");
    assert_eq!(had(&mut keys), []);
    assert_eq!(keys.give_up(), Some(pasted("begun ")));
    // The line was slow: no word of the rest is taken for commands, no character is parted.
    keys.feed(b"\xab\x80 dd\rq");
    assert_eq!(had(&mut keys), [pasted("\u{1fac0} dd\rq")]);
    assert_eq!(keys.patience(), None);
    keys.feed(b".\x1b[201~q");
    assert_eq!(had(&mut keys), [pasted("."), letter('q')]);
    // The end was forgotten: a key that types no text is a key.
    keys.feed(b"\x1b[200~begun");
    assert_eq!(had(&mut keys), []);
    assert_eq!(given_up(&mut keys), [pasted("begun")]);
    keys.feed(b"on\x1b[Aq");
    assert_eq!(
        had(&mut keys),
        [pasted("on"), key(KeyCode::Up, NONE), letter('q')]
    );
}

#[test]
fn a_paste_without_bounds_is_kept_up_to_a_bound() {
    let mut keys = Keys::default();
    keys.feed(b"\x1b[200~");
    let piece = [b'p'; READ];
    for _ in 0..=MOST_PASTED / READ {
        keys.feed(&piece);
        assert_eq!(had(&mut keys), []);
    }
    keys.feed(b"\x1b[201~q");
    let [Event::Paste(text), after] = &had(&mut keys)[..] else {
        panic!("a paste and a key");
    };
    assert_eq!(text.len(), MOST_PASTED);
    assert_eq!(*after, letter('q'));
}

/// As much as comes at once.
const READ: usize = 4096;

#[test]
fn a_text_of_the_terminal_that_is_too_long_types_nothing_and_ends_as_others_do() {
    for end in ["\x07", "\x1b\\", "\r"] {
        let mut keys = Keys::default();
        keys.feed(b"\x1b]52;c;");
        for _ in 0..100 {
            keys.feed(&[b'z'; 50]);
            assert_eq!(had(&mut keys), []);
            assert!(keys.bytes.len() <= LONGEST + 50);
        }
        for byte in end.bytes() {
            keys.feed(&[byte]);
            let expected = if byte == b'\r' {
                vec![key(KeyCode::Enter, NONE)]
            } else {
                Vec::new()
            };
            assert_eq!(had(&mut keys), expected, "{end:?}");
        }
        keys.feed(b"q");
        assert_eq!(had(&mut keys), [letter('q')], "{end:?}");
    }
}

/// A part of a stream: something from the table, something that means nothing, or any bytes.
fn part() -> impl Strategy<Value = Vec<u8>> {
    let known: Vec<&[u8]> = table().into_iter().map(|(bytes, _)| bytes).collect();
    let pieces: Vec<&[u8]> = vec![
        b"\x1b",
        b"\x1b[",
        b"[",
        b"O",
        b"1;",
        b"~",
        b"\x1b[200~",
        b"\r",
        b"\n",
    ];
    prop_oneof![
        4 => prop::sample::select(known).prop_map(<[u8]>::to_vec),
        1 => prop::sample::select(NOTHING.to_vec()).prop_map(<[u8]>::to_vec),
        2 => prop::sample::select(pieces).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..6),
    ]
}

fn stream() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(part(), 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn however_a_line_parts_what_it_carries_the_same_comes_of_it(
        bytes in stream(),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        cuts.extend([0, bytes.len()]);
        cuts.sort_unstable();
        let pieces = cuts.windows(2).map(|ends| &bytes[ends[0]..ends[1]]);
        prop_assert_eq!(events(pieces), of(&bytes));
        prop_assert_eq!(events(bytes.chunks(1)), of(&bytes));
    }

    #[test]
    fn whatever_came_before_the_next_key_is_a_key(
        bytes in prop_oneof![stream(), prop::collection::vec(any::<u8>(), 0..2_000)],
        waits in any::<bool>(),
    ) {
        let mut keys = Keys::default();
        for piece in bytes.chunks(700) {
            keys.feed(piece);
            had(&mut keys);
            if waits {
                given_up(&mut keys);
                prop_assert_eq!(keys.patience(), None);
            }
        }
        given_up(&mut keys);
        keys.feed(b"\x03");
        prop_assert_eq!(had(&mut keys), [ctrl('c')]);
        keys.feed(b"x");
        prop_assert_eq!(had(&mut keys), [letter('x')]);
        prop_assert!(keys.bytes.is_empty());
    }
}
