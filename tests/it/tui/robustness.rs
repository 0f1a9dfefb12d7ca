//! Whatever is pressed at whatever size: no panic, and nothing that was saved is lost.

use super::driver::Driver;
use crate::hostile::{nasty, raw};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use postcall::domain::query::Query;
use postcall::tui::message::Message;
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Happening {
    Key(KeyEvent),
    Paste(String),
    Resize(u16, u16),
    Timers,
}

fn happening() -> impl Strategy<Value = Happening> {
    let code = prop_oneof![
        // Without E, which empties the trash: that is the one way to lose a reflection.
        6 => proptest::char::range(' ', '~')
            .prop_filter("empties the trash", |c| *c != 'E')
            .prop_map(KeyCode::Char),
        1 => any::<char>().prop_filter("empties the trash", |c| *c != 'E').prop_map(KeyCode::Char),
        3 => prop::sample::select(vec![
            KeyCode::Enter, KeyCode::Esc, KeyCode::Tab, KeyCode::BackTab, KeyCode::Backspace,
            KeyCode::Delete, KeyCode::Up, KeyCode::Down, KeyCode::Left, KeyCode::Right,
            KeyCode::Home, KeyCode::End, KeyCode::PageUp, KeyCode::PageDown, KeyCode::F(1),
        ]),
    ];
    let modifiers = prop_oneof![
        6 => Just(KeyModifiers::NONE),
        2 => Just(KeyModifiers::CONTROL),
        1 => Just(KeyModifiers::ALT),
    ];
    prop_oneof![
        12 => (code, modifiers).prop_map(|(code, with)| Happening::Key(KeyEvent::new(code, with))),
        1 => nasty().prop_map(Happening::Paste),
        1 => (0_u16..130, 0_u16..45).prop_map(|(columns, rows)| Happening::Resize(columns, rows)),
        1 => Just(Happening::Timers),
    ]
}

/// Reflections in the journal and in the trash.
fn written(driver: &mut Driver) -> usize {
    driver.journal.list(&Query::default(), None).unwrap().len()
        + driver.journal.trashed().unwrap().len()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn random_use_never_panics_and_draws_nothing_raw(
        happenings in prop::collection::vec(happening(), 1..120),
    ) {
        let mut driver = Driver::new();
        driver.press(r#"n "First #tag" tab tab "If so, then so" ctrl-s esc"#);
        let mut before = written(&mut driver);
        for happening in happenings {
            match happening {
                Happening::Key(event) => driver.tell(Message::KeyPressed(event)),
                Happening::Paste(text) => _ = driver.paste(&text),
                Happening::Resize(columns, rows) => _ = driver.resize(columns, rows),
                Happening::Timers => _ = driver.let_timers_fire(),
            }
            let now_written = written(&mut driver);
            prop_assert!(now_written >= before, "a reflection is gone");
            before = now_written;
            let screen = driver.screen();
            prop_assert!(raw(&screen).is_none() && !screen.contains('\t'), "{screen:?}");
        }
    }
}
