//! Every place and layer of the screen with a hostile journal, a hostile configuration and hostile
//! typing.

use crossterm::event::{KeyCode, KeyEvent};
use postcall::config::Config;
use postcall::domain::reflection::Field;
use postcall::tui::effect::{RequestId, Timer};
use postcall::tui::keymap::Keymap;
use postcall::tui::message::{Message, Reply};
use postcall::tui::model::{Notice, Tone};
use proptest::prelude::*;
use ratatui::buffer::Cell;

use super::{WRITTEN, assert_shows, choices, full, marked, nasty, raw, worst};
use crate::tui::driver::{Driver, events};

/// Somebody who looks at every frame.
struct Watch {
    driver: Driver,
    nasty: String,
    /// Everything that was on the screen, for finding out what was shown at all.
    seen: String,
}

impl Watch {
    /// Opens a hostile journal with a hostile configuration.
    fn over(nasty: &str, columns: u16, rows: u16) -> Self {
        let folder = tempfile::tempdir().unwrap();
        choices::write(folder.path(), nasty);
        let file = folder.path().join("config.toml");
        let (config, mut complaints) = Config::load(Some(&file));
        complaints.extend(Keymap::with(&config.keys).1);
        let driver = Driver::choosing(columns, rows, config, |journal| full::fill(journal, nasty));
        let mut watch = Self {
            driver,
            nasty: nasty.to_owned(),
            seen: String::new(),
        };
        watch.driver.model.settings.config_file = marked("Qfile", nasty).into();
        watch.look();
        for complaint in complaints {
            watch.is_told(complaint.to_string());
        }
        watch
    }

    fn look(&mut self) {
        let buffer = self.driver.buffer();
        for row in buffer.content().chunks(usize::from(buffer.area.width)) {
            let row: String = row.iter().map(Cell::symbol).collect();
            let is_raw = raw(&row).is_some() || row.contains(['\n', '\t']);
            assert!(!is_raw, "{row:?} on the screen");
            self.seen.push_str(row.trim_end());
            self.seen.push('\n');
        }
    }

    fn press(&mut self, script: &str) {
        for event in events(script) {
            self.tell(Message::KeyPressed(event));
        }
    }

    fn tell(&mut self, message: Message) {
        self.driver.tell(message);
        self.look();
    }

    /// The program says a sentence at the foot of the screen.
    fn is_told(&mut self, text: String) {
        self.driver.model.notice = Some(Notice {
            tone: Tone::Warning,
            text,
        });
        self.look();
    }

    /// The hostile text comes as keys, then as a paste.
    fn write(&mut self, mark: &str) {
        for c in marked(mark, &self.nasty).chars() {
            let key = KeyEvent::from(KeyCode::Char(c));
            self.driver.tell(Message::KeyPressed(key));
        }
        self.look();
        self.tell(Message::Pasted(marked(mark, &self.nasty).into()));
    }

    /// Looks at everything there is to look at.
    fn walk(&mut self) {
        self.places();
        self.editor();
        self.lines_to_fill_in();
        self.news();
    }

    fn places(&mut self) {
        for script in [
            "1 n esc",
            "1 j k x enter j esc esc",
            "enter esc",
            "o u",
            ": down down pagedown esc",
            "? pagedown pagedown s pagedown esc esc esc",
            "2 j G g enter down pagedown pagedown ] [ s s x esc esc",
            "a esc T j j j esc esc",
            "3 pagedown pagedown pagedown pageup [ pagedown pagedown ] j j j j e esc esc",
            "R j k v pagedown pagedown pagedown esc esc",
            "R j v pagedown pagedown pagedown esc esc",
            "4 ] ] tab tab tab tab tab tab tab tab tab enter esc",
            "4 e j l l enter esc",
            "4 G k k k k enter esc",
            "5 j enter pagedown pagedown esc G enter pagedown esc g f",
            "5 f tab tab tab down enter pagedown esc esc esc",
            "5 f enter down enter ctrl-g y esc esc",
            "2 / \"outcome:helped\" enter enter",
            "2 / \"Qwell\" enter enter pagedown esc esc",
            "5 a down down esc",
            "t down down pagedown esc",
            "5 F esc esc",
        ] {
            self.press(script);
            self.press("esc esc esc");
        }
    }

    fn editor(&mut self) {
        self.press("1 N");
        self.write("Qtyped");
        self.press("tab tab tab tab");
        for _ in 0..8 {
            self.press("right right left down");
        }
        self.press("ctrl-t down down esc ctrl-s");
        self.press("enter f down esc esc esc 1 n");
        let text = marked("Qexternal", &self.nasty);
        let closed = Message::EditorClosed(Field::WentWell, Ok(text.into()));
        self.tell(closed);
        let failed = marked("Qprogram", &self.nasty);
        self.tell(Message::EditorClosed(Field::WentWell, Err(failed)));
        self.press("ctrl-g y esc esc");
        // Nothing is kept of a text with a NUL in it, and that is said.
        self.press("N");
        self.tell(Message::Pasted("Nothing\0more".into()));
        self.press("ctrl-s esc esc esc");
    }

    fn lines_to_fill_in(&mut self) {
        for (before, after) in [
            ("/", "enter esc esc"),
            ("2 / \"tag:", "enter esc esc"),
            ("2 / \"since:", "enter esc esc"),
            (":", "enter esc esc"),
            ("R a", "tab \"never\" enter enter esc esc esc"),
            ("R j e", "tab tab tab ctrl-s esc esc esc"),
            ("O", "enter enter esc esc"),
            ("2 j j N", "ctrl-s esc esc"),
            ("5 e", "tab ctrl-s esc esc"),
            ("5 m", "ctrl-s esc esc u"),
            ("5 a", "enter esc esc"),
            ("t", "enter esc esc"),
        ] {
            self.press(before);
            self.write("Qline");
            self.press(after);
            self.press("esc esc esc");
        }
    }

    fn news(&mut self) {
        let warning = Some(marked("Qwarning", &self.nasty));
        let opened = Reply::Opened {
            warning,
            has_passphrase: true,
        };
        self.tell(Message::Replied(RequestId(0), opened));
        self.tell(Message::TimerFired(Timer::Idle));
        self.write("Qpassphrase");
        self.press("enter 1");
        self.driver.model.settings.support.clear();
        self.press("? s esc esc");
    }
}

#[test]
fn every_hostile_text_is_shown_on_some_screen_and_none_of_it_raw() {
    let mut watch = Watch::over(&worst(), 110, 50);
    watch.walk();
    let more = [
        "Qodd",
        "Qstrength",
        "Qgap",
        "Qsought",
        "Qobstacle",
        "Qdraft",
        "Qtitle",
        "Qprompt",
        "Qhint",
        "Qowntitle",
        "Qtext",
        "Qbehaviour",
        "Qothername",
        "Qsource",
        "Qnotice",
        "Qperson",
        "Qreach",
        "Qfile",
        "Qkey",
        "Qtable",
        "Qtheme",
        "Qaction",
        "Qbinding",
        "Qbroken",
        "Qtyped",
        "Qexternal",
        "Qprogram",
        "Qline",
        "Qwarning",
    ];
    assert_shows(&watch.seen, &more);
    // The drawing library leaves control characters out: what was not made visible before it came
    // there goes on with what follows the first of them.
    let swallowed = |line: &&str| {
        WRITTEN
            .iter()
            .chain(&more)
            .any(|mark| line.contains(&format!("{mark}]")))
    };
    let swallowed: Vec<&str> = watch.seen.lines().filter(swallowed).collect();
    assert_eq!(swallowed, Vec::<&str>::new(), "not made visible");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    #[test]
    fn no_screen_of_any_size_shows_anything_raw(
        text in nasty(),
        (columns, rows) in prop::sample::select(vec![(80, 24), (40, 12), (130, 40)]),
    ) {
        Watch::over(&text, columns, rows).walk();
    }
}
