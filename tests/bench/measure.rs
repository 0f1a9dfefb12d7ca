//! What is measured, in which order: each round runs the program and the floor in turn.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::corpus::Corpus;
use crate::floor;
use crate::window::{Cost, LONG_QUIET, QUIET, Window, environment};

/// First argument with which this program is the floor's window.
pub const FLOOR_WINDOW: &str = "--floor-window";
/// First argument with which this program is the floor's insert.
pub const FLOOR_INSERT: &str = "--floor-insert";

const POSTCALL: &str = env!("CARGO_BIN_EXE_postcall");
/// Keys of a kind pressed in each round.
const KEYS: usize = 20;
/// What is searched for: the first word letter by letter, then a second one behind it.
const SEARCH: [&str; 2] = ["team", "rou"];
const TYPED: &str = "It helped to stop at ";
/// Weeks that are gone back in each round.
const WEEKS: usize = 5;
/// Between a key and figures that were counted anew nothing may be drawn for this long.
const COUNTED: Duration = Duration::from_millis(500);
const IDLE: Duration = Duration::from_secs(3);
/// How long after the last key the draft is surely kept.
const KEPT: Duration = Duration::from_millis(1_500);
/// One row's text.
const ADDED: [&str; 3] = [
    "The handover went smoothly because I wrote the list before the phone rang, and the night team \
     asked two questions instead of ten. #handover",
    "I answered the family at the door with my coat on and my eyes on the clock, and they noticed. \
     Sitting down would have cost one minute and saved the next conversation.",
    "If a family asks in the corridor, then I offer a chair before I answer.",
];

/// Everything that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Process start to the whole first frame.
    Start,
    /// `j` in the list to its repaint.
    Move,
    /// A typed character to its repaint.
    Type,
    /// Bytes that a typed character writes.
    TypeBytes,
    /// A keystroke of a search, by the number of letters.
    Search(usize),
    /// A keystroke of the second word of a search.
    SecondWord,
    /// Peak memory, after all of the above.
    Memory,
    /// Wake-ups in Today.
    IdleToday,
    /// Wake-ups in the editor after the draft was kept.
    IdleEditor,
    /// Adding one reflection from the shell.
    Add,
    /// From Today to the whole review of the week.
    Review,
    /// From one week to the week before.
    OtherWeek,
    /// From the review to the eight weeks of Trends.
    Trends,
    /// The first look at the academic year: no month is kept.
    FirstYear,
    /// The first look at everything after that.
    FirstAll,
    /// The academic year, by the months that are kept.
    Year,
    /// Everything, by the months that are kept.
    All,
}

/// Milliseconds, bytes or counts, as the measure has it.
#[derive(Debug, Default)]
pub struct Samples {
    /// Of the program.
    pub ours: Vec<f64>,
    /// Of the floor; empty where it has none.
    pub floor: Vec<f64>,
}

/// The samples of everything.
pub type Figures = BTreeMap<Measure, Samples>;

/// Which of the two programs runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Ours,
    Floor,
}

impl Side {
    const BOTH: [Self; 2] = [Self::Ours, Self::Floor];
}

struct Bench<'a> {
    corpus: &'a Corpus,
    figures: Figures,
    /// The first round only fills the caches.
    counts: bool,
}

/// Measures everything `rounds` times.
pub fn all(corpus: &Corpus, rounds: usize) -> Result<Figures, String> {
    let mut bench = Bench {
        corpus,
        figures: Figures::new(),
        counts: false,
    };
    for round in 0..=rounds {
        bench.counts = round > 0;
        for side in Side::BOTH {
            bench.screen(side)?;
        }
        for side in Side::BOTH {
            bench.add(side)?;
        }
        bench.looking_back()?;
    }
    bench.idle()?;
    Ok(bench.figures)
}

impl Bench<'_> {
    fn note(&mut self, side: Side, measure: Measure, value: f64) {
        if self.counts {
            let samples = self.figures.entry(measure).or_default();
            match side {
                Side::Ours => samples.ours.push(value),
                Side::Floor => samples.floor.push(value),
            }
        }
    }

    fn note_time(&mut self, side: Side, measure: Measure, cost: Cost) {
        self.note(side, measure, cost.time.as_secs_f64() * 1e3);
    }

    fn open(&self, side: Side) -> Result<(Window, Cost), String> {
        match side {
            Side::Ours => Window::open(&[POSTCALL], &self.corpus.ours, "This week"),
            Side::Floor => {
                let home = &self.corpus.floor;
                let this = std::env::current_exe().map_err(|error| error.to_string())?;
                let this = this.to_string_lossy();
                let journal = home.join("journal.db");
                let journal = journal.to_string_lossy();
                Window::open(&[&this, FLOOR_WINDOW, &journal], home, floor::READY)
            }
        }
    }

    fn screen(&mut self, side: Side) -> Result<(), String> {
        let (mut window, start) = self.open(side)?;
        self.note_time(side, Measure::Start, start);
        if side == Side::Ours {
            window.press("2", LONG_QUIET)?;
        }
        for _ in 0..KEYS {
            let cost = window.press("j", QUIET)?;
            self.note_time(side, Measure::Move, cost);
        }
        self.search(side, &mut window)?;
        self.typing(side, &mut window)?;
        let memory = window.peak_memory()?;
        self.note(side, Measure::Memory, to_f64(memory));
        window.close("q")
    }

    fn looking_back(&mut self) -> Result<(), String> {
        let journal = self.corpus.ours.join("journal.db");
        floor::forget_months(&journal).map_err(|error| error.to_string())?;
        let (mut window, _) = self.open(Side::Ours)?;
        let mut looks = vec![("3", Measure::Review)];
        looks.extend([("[", Measure::OtherWeek); WEEKS]);
        looks.extend([
            ("4", Measure::Trends),
            ("]", Measure::FirstYear),
            ("]", Measure::FirstAll),
            ("[", Measure::Year),
            ("]", Measure::All),
        ]);
        for (key, measure) in looks {
            let cost = window.press(key, COUNTED)?;
            self.note_time(Side::Ours, measure, cost);
        }
        window.close("q")
    }

    fn search(&mut self, side: Side, window: &mut Window) -> Result<(), String> {
        let [first, second] = SEARCH;
        window.press("/", QUIET)?;
        for (at, letter) in first.chars().enumerate() {
            let cost = window.press(&letter.to_string(), LONG_QUIET)?;
            self.note_time(side, Measure::Search(at + 1), cost);
        }
        window.press(" ", LONG_QUIET)?;
        for letter in second.chars() {
            let cost = window.press(&letter.to_string(), LONG_QUIET)?;
            self.note_time(side, Measure::SecondWord, cost);
        }
        window.press("\x1b", LONG_QUIET)?;
        Ok(())
    }

    fn typing(&mut self, side: Side, window: &mut Window) -> Result<(), String> {
        match side {
            Side::Ours => begin_reflection(window)?,
            Side::Floor => _ = window.press("i", QUIET)?,
        }
        for letter in TYPED.chars().cycle().take(KEYS) {
            let cost = window.press(&letter.to_string(), QUIET)?;
            self.note_time(side, Measure::Type, cost);
            self.note(side, Measure::TypeBytes, to_f64(cost.bytes));
        }
        match side {
            // Let go of the draft, so that the next start is like this one.
            Side::Ours => window.press("\x07", LONG_QUIET)?,
            Side::Floor => window.press("\x1b", QUIET)?,
        };
        Ok(())
    }

    fn add(&mut self, side: Side) -> Result<(), String> {
        let [well, differently, next] = ADDED;
        let mut command = match side {
            Side::Ours => {
                let mut command = Command::new(POSTCALL);
                command.args(["add", "--well", well]);
                command.args(["--differently", differently, "--next", next]);
                command
            }
            Side::Floor => {
                let this = std::env::current_exe().map_err(|error| error.to_string())?;
                let mut command = Command::new(this);
                command
                    .arg(FLOOR_INSERT)
                    .arg(&self.corpus.plain)
                    .args(ADDED);
                command
            }
        };
        command
            .env_clear()
            .envs(environment(&self.corpus.ours))
            .stdin(Stdio::null());
        let started = Instant::now();
        let output = command.output().map_err(|error| error.to_string())?;
        let time = started.elapsed();
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("adding one reflection failed: {said}"));
        }
        self.note(side, Measure::Add, time.as_secs_f64() * 1e3);
        Ok(())
    }

    fn idle(&mut self) -> Result<(), String> {
        let (mut window, _) = self.open(Side::Ours)?;
        self.idle_now(&mut window, Measure::IdleToday)?;
        begin_reflection(&mut window)?;
        window.press("Then nothing.", QUIET)?;
        self.idle_now(&mut window, Measure::IdleEditor)?;
        window.press("\x07", LONG_QUIET)?;
        window.close("q")
    }

    fn idle_now(&mut self, window: &mut Window, measure: Measure) -> Result<(), String> {
        window.rest(KEPT);
        let before = window.switches()?;
        window.rest(IDLE);
        let after = window.switches()?;
        self.note(Side::Ours, measure, to_f64(after - before));
        Ok(())
    }
}

/// Opens the editor from wherever no text has the focus; what is asked first is put off.
fn begin_reflection(window: &mut Window) -> Result<(), String> {
    window.press("1", QUIET)?;
    window.press_until("n", "Went well")?;
    for _ in 0..3 {
        if window.shows("Esc later") || window.shows("Esc  later") {
            window.press("\x1b", LONG_QUIET)?;
        }
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
const fn to_f64(count: usize) -> f64 {
    count as f64
}
