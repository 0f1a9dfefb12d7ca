//! Drives the real model, update and view over a real journal in memory, without a terminal.
//!
//! `press(r#"n "Asked the nurse first" ctrl-s"#)`: keys as the key table names them, and text to
//! type in quotes.

use std::collections::{BTreeSet, VecDeque};

use chrono::{DateTime, FixedOffset};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use postcall::config::Config;
use postcall::domain::template::TemplateId;
use postcall::journal::clock::Clock;
use postcall::journal::{Journal, Made, Options, Place};
use postcall::store::{Cause, StoreError};
use postcall::tui::Start;
use postcall::tui::effect::{Ask, Effect, RequestId, Timer};
use postcall::tui::message::{Failure, Message, Reply};
use postcall::tui::model::{Model, Settings};
use postcall::tui::runtime::answer;
use postcall::tui::update::update;
use postcall::tui::view::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;
use unicode_width::UnicodeWidthStr;

/// A journal on an imagined terminal.
pub struct Driver {
    pub journal: Journal,
    pub model: Model,
    pub now: DateTime<FixedOffset>,
    timers: BTreeSet<Timer>,
    /// What was asked of the journal and is not answered yet, if answers are held back.
    held: Option<VecDeque<(RequestId, Ask)>>,
    /// Effects for the edge that the driver does not carry out itself.
    pub outside: Vec<Effect>,
    pub quit: bool,
}

/// The morning after a night: Saturday 21 November 2026, 08:10.
pub const MORNING: &str = "2026-11-21T08:10:00+01:00";

impl Driver {
    /// An empty journal on 80x24 on [`MORNING`].
    pub fn new() -> Self {
        Self::sized(80, 24)
    }

    pub fn sized(columns: u16, rows: u16) -> Self {
        Self::with(columns, rows, |_| {})
    }

    /// A journal that `fill` writes into before the screen opens.
    pub fn with(columns: u16, rows: u16, fill: impl FnOnce(&mut Journal)) -> Self {
        Self::choosing(columns, rows, Config::default(), fill)
    }

    /// The same with another configuration than the default.
    pub fn choosing(
        columns: u16,
        rows: u16,
        config: Config,
        fill: impl FnOnce(&mut Journal),
    ) -> Self {
        let now: DateTime<FixedOffset> = MORNING.parse().expect("a fixed instant");
        let choices = "/home/you/.config/postcall/config.toml";
        let settings = Settings {
            idle_lock: None,
            ..Settings::of(config, choices.into()).0
        };
        let options = Options {
            rules: settings.rules.clone(),
            catalog: settings.catalog.clone(),
            clock: Clock::Fixed(now),
            ..Options::default()
        };
        let mut journal = Journal::open(&Place::Memory, options).expect("memory can be opened");
        fill(&mut journal);
        let size = Size::new(columns, rows);
        let (model, effects) = Model::new(settings, size, now, &Start::Today);
        let mut driver = Self {
            journal,
            model,
            now,
            timers: BTreeSet::new(),
            held: None,
            outside: Vec::new(),
            quit: false,
        };
        driver.carry_out(effects);
        driver
    }

    /// The journal that `postcall demo` shows.
    pub fn demo(columns: u16, rows: u16) -> Self {
        Self::with(columns, rows, |journal| {
            let made = Made::sample(journal.now(), journal.rules());
            journal.fill(&made).expect("the sample fits");
        })
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Ask(request, ask) => match &mut self.held {
                    Some(held) => {
                        // As the worker does it.
                        let superseded = matches!(
                            (held.back(), &ask),
                            (Some((_, Ask::Page { .. })), Ask::Page { .. })
                                | (Some((_, Ask::Trends(_))), Ask::Trends(_))
                        );
                        if superseded {
                            held.pop_back();
                        }
                        held.push_back((request, ask));
                    }
                    None => self.answer(request, ask, |_| {}),
                },
                Effect::SetTimer(timer, _) => _ = self.timers.insert(timer),
                Effect::StopTimer(timer) => _ = self.timers.remove(&timer),
                Effect::Quit => self.quit = true,
                Effect::EditExternally(..)
                | Effect::ForgetEditorFile
                | Effect::Suspend
                | Effect::Redraw => self.outside.push(effect),
            }
        }
    }

    fn answer(&mut self, request: RequestId, ask: Ask, change: impl FnOnce(&mut Reply)) {
        let message = match answer(&mut self.journal, ask) {
            Ok(mut reply) => {
                change(&mut reply);
                Message::Replied(request, reply)
            }
            Err(error) => Message::Failed(request, Failure::Journal(error)),
        };
        self.tell(message);
    }

    /// From now on the journal is slow: it does and answers nothing before it is let.
    pub fn hold_answers(&mut self) -> &mut Self {
        self.held = Some(VecDeque::new());
        self
    }

    fn next_held(&mut self) -> (RequestId, Ask) {
        let held = self.held.as_mut().and_then(VecDeque::pop_front);
        held.expect("nothing was asked")
    }

    /// The journal does and answers the first thing that it was asked; the answer is changed.
    pub fn answer_one(&mut self, change: impl FnOnce(&mut Reply)) -> &mut Self {
        let (request, ask) = self.next_held();
        self.answer(request, ask, change);
        self
    }

    /// The journal fails at the first thing that it was asked.
    pub fn fail_one(&mut self) -> &mut Self {
        let (request, _) = self.next_held();
        self.tell(Message::Failed(request, Failure::Defect));
        self
    }

    /// The passphrase of the first thing that was asked is the wrong one.
    pub fn answer_with_wrong_one(&mut self) -> &mut Self {
        let (request, ask) = self.next_held();
        assert!(matches!(ask, Ask::Unlock(_)), "{ask:?}");
        let wrong = StoreError {
            attempt: "opening the journal",
            cause: Cause::WrongPassphrase {
                newest_backup: None,
            },
        };
        let wrong = Failure::Journal(wrong.into());
        self.tell(Message::Failed(request, wrong));
        self
    }

    /// The journal does and answers everything, also what is asked because of an answer. It is slow
    /// again afterwards.
    pub fn answer_all(&mut self) -> &mut Self {
        self.answer_each(|_| {})
    }

    /// The same; each answer is changed.
    pub fn answer_each(&mut self, change: impl Fn(&mut Reply)) -> &mut Self {
        while self.held.as_ref().is_some_and(|held| !held.is_empty()) {
            self.answer_one(&change);
        }
        self
    }

    /// Something happens.
    pub fn tell(&mut self, message: Message) {
        let effects = update(&mut self.model, self.now, message);
        self.carry_out(effects);
    }

    /// Presses keys; see the module.
    pub fn press(&mut self, script: &str) -> &mut Self {
        for event in events(script) {
            self.tell(Message::KeyPressed(event));
        }
        self
    }

    /// Clicks where this text begins on the screen.
    #[track_caller]
    pub fn click(&mut self, text: &str) -> &mut Self {
        let screen = self.sees(text).screen();
        let mut lines = (0..).zip(screen.lines());
        let found = lines.find_map(|(row, line)| Some((row, line.split_once(text)?.0)));
        let (row, before) = found.unwrap();
        self.tell(Message::MouseUsed(MouseEvent {
            kind: MouseEventKind::Down(MouseButton::Left),
            column: u16::try_from(before.width()).unwrap(),
            row,
            modifiers: KeyModifiers::NONE,
        }));
        self
    }

    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.tell(Message::Pasted(text.into()));
        self
    }

    /// Every timer that is set fires.
    pub fn let_timers_fire(&mut self) -> &mut Self {
        for timer in std::mem::take(&mut self.timers) {
            self.tell(Message::TimerFired(timer));
        }
        self
    }

    /// Whether no timer is set.
    pub fn is_idle(&self) -> bool {
        self.timers.is_empty()
    }

    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.tell(Message::Resized(Size::new(columns, rows)));
        self
    }

    /// The screen as cells.
    pub fn buffer(&self) -> Buffer {
        let size = self.model.size;
        let mut terminal =
            Terminal::new(TestBackend::new(size.width, size.height)).expect("a test terminal");
        terminal
            .draw(|frame| view(&self.model, frame))
            .expect("drawing on a test terminal");
        terminal.backend().buffer().clone()
    }

    /// The screen as text, without trailing spaces.
    pub fn screen(&self) -> String {
        let buffer = self.buffer();
        let mut text = String::new();
        for row in buffer.area.rows() {
            let mut line = String::new();
            let mut skip = 0;
            for position in row.positions() {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buffer[position].symbol();
                skip = symbol.width().saturating_sub(1);
                line.push_str(symbol);
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// The screen has this text somewhere.
    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(
            screen.contains(text),
            "\"{text}\" is not on the screen:\n{screen}"
        );
        self
    }

    /// The screen has these texts, each after the one before.
    #[track_caller]
    pub fn sees_in_order(&mut self, texts: &[&str]) -> &mut Self {
        let screen = self.screen();
        let place = |text: &&str| {
            let at = screen.find(text);
            at.unwrap_or_else(|| panic!("\"{text}\" is not on the screen:\n{screen}"))
        };
        assert!(texts.is_sorted_by_key(place), "{texts:?}:\n{screen}");
        self
    }

    /// The screen does not have this text.
    #[track_caller]
    pub fn sees_no(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(
            !screen.contains(text),
            "\"{text}\" is on the screen:\n{screen}"
        );
        self
    }
}

/// Saves a reflection of this shift date.
pub fn write(journal: &mut Journal, date: &str, went_well: &str, try_next: &str) {
    let mut draft = journal.new_draft(&TemplateId::SHIFT).unwrap();
    draft.went_well = went_well.into();
    draft.try_next = try_next.into();
    draft.shift_date = date.parse().unwrap();
    draft.date_touched = true;
    journal.save(&draft).unwrap();
}

/// The key events of a script.
pub fn events(script: &str) -> Vec<KeyEvent> {
    let mut events = Vec::new();
    for (at, part) in script.split('"').enumerate() {
        if at % 2 == 1 {
            events.extend(part.chars().map(|c| KeyEvent::from(KeyCode::Char(c))));
        } else {
            events.extend(part.split_whitespace().map(key));
        }
    }
    events
}

fn key(name: &str) -> KeyEvent {
    let (name, modifiers) = if let Some(rest) = name.strip_prefix("ctrl-") {
        (rest, KeyModifiers::CONTROL)
    } else if let Some(rest) = name.strip_prefix("alt-") {
        (rest, KeyModifiers::ALT)
    } else {
        (name, KeyModifiers::NONE)
    };
    let code = match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "shift-tab" => KeyCode::BackTab,
        "backspace" => KeyCode::Backspace,
        "delete" => KeyCode::Delete,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "pageup" => KeyCode::PageUp,
        "pagedown" => KeyCode::PageDown,
        "space" => KeyCode::Char(' '),
        "f1" => KeyCode::F(1),
        "f9" => KeyCode::F(9),
        _ => {
            let mut characters = name.chars();
            let (Some(c), None) = (characters.next(), characters.next()) else {
                panic!("no key \"{name}\"")
            };
            KeyCode::Char(c)
        }
    };
    KeyEvent::new(code, modifiers)
}
