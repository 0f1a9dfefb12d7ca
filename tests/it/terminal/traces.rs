//! What somebody wrote under a passphrase is nowhere to be found by whoever has the disk, or looks
//! into the memory of a locked screen.
//!
//! The words are made up for each run, so that whatever finds one finds it here.

use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::path::Path;
#[cfg(target_os = "linux")]
use std::slice;
use std::time::Duration;

use rustix::process::Signal;

use super::session::{End, Home, Program, Session};

/// How fast somebody types: each key is read by itself.
const KEY: Duration = Duration::from_millis(4);

/// What comes at once before the screen is locked: how much, and whether the terminal marks it.
#[cfg(target_os = "linux")]
const POURED: [(usize, bool); 4] = [(5000, false), (600, false), (5000, true), (600, true)];

/// A word that nobody else has.
fn word() -> String {
    let number = RandomState::new().hash_one(0);
    (0..16)
        .map(|at| char::from(b'b' + u8::try_from((number >> (4 * at)) & 15).expect("four bits")))
        .collect()
}

/// A home with an encrypted journal, and everything typed in it so far.
struct Desk {
    home: Home,
    passphrase: String,
    words: Vec<String>,
}

impl Desk {
    fn new() -> Self {
        let desk = Self {
            home: Home::new(),
            passphrase: word(),
            words: Vec::new(),
        };
        fs::create_dir_all(desk.home.path("tmp")).expect("a folder for temporary files");
        let mut session = desk.postcall(&["passphrase", "set"]).start();
        session.wait_for("[y/N]");
        session.keys("y enter");
        for question in ["New passphrase:", "The same again:"] {
            session.wait_for(question);
            desk.answer(&mut session);
        }
        session.wait_for("The journal is encrypted now.");
        assert_eq!(session.wait_exit(), End::Code(0), "{session}");
        desk
    }

    fn postcall(&self, arguments: &[&str]) -> Program {
        let temporary = self.home.path("tmp");
        self.home.postcall(arguments).with("TMPDIR", temporary)
    }

    fn answer(&self, session: &mut Session) {
        type_slowly(session, &self.passphrase);
        session.keys("enter");
    }

    /// The program, unlocked and with Today shown.
    fn today(&self) -> Session {
        let mut session = self.postcall(&[]).start();
        session.wait_for("The journal is locked.");
        self.answer(&mut session);
        session.wait_for("This week");
        session
    }

    /// Types a word that was never typed before, and waits until it is shown.
    fn write(&mut self, session: &mut Session) -> String {
        let word = word();
        self.words.push(word.clone());
        type_slowly(session, &word);
        session.wait_for(&word);
        word
    }

    /// Brings a text of so many bytes in at once, as a paste that the terminal marks or as keys.
    #[cfg(target_os = "linux")]
    fn pour(&mut self, session: &mut Session, bytes: usize, is_marked: bool) {
        let word = word();
        self.words.push(word.clone());
        let mut text = format!("{word} ").repeat(bytes / 17);
        text.push_str("poured");
        if is_marked {
            session.paste(&text);
        } else {
            session.keys(&format!("'{text}'"));
        }
        session.wait_for("poured");
        session.keys("ctrl-w");
        session.wait_gone("poured");
    }

    /// None of the words, nor the passphrase, is in any file of the home folder.
    #[track_caller]
    fn assert_nothing_on_the_disk(&self, when: &str) {
        let mut files = 0;
        self.look_in(&self.home.path(""), when, &mut files);
        assert!(files > 0, "{when}: there is not even a journal");
    }

    #[track_caller]
    fn look_in(&self, folder: &Path, when: &str, files: &mut usize) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.to_string_lossy();
            assert_eq!(self.found_in(name.as_bytes()), None, "{when}: {name}");
            if path.is_dir() {
                self.look_in(&path, when, files);
            } else {
                *files += 1;
                let bytes = fs::read(&path).expect("a file");
                assert_eq!(self.found_in(&bytes), None, "{when}: in {}", path.display());
            }
        }
    }

    /// The first of the words that is in these bytes, as UTF-8 or UTF-16.
    fn found_in(&self, bytes: &[u8]) -> Option<&str> {
        let words = self.words.iter().chain([&self.passphrase]);
        words.map(String::as_str).find(|word| {
            let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
            holds(bytes, word.as_bytes()) || holds(bytes, &wide)
        })
    }
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    let Some((first, rest)) = word.split_first() else {
        return false;
    };
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|byte| byte == first) {
        from += at + 1;
        if bytes[from..].starts_with(rest) {
            return true;
        }
    }
    false
}

/// The first of the words of which six letters lie in order and evenly apart, as keys do that went
/// one by one through a queue.
#[cfg(target_os = "linux")]
fn scattered<'a>(bytes: &[u8], words: &'a [String]) -> Option<&'a str> {
    let (numbers, _) = bytes.as_chunks::<4>();
    let letter = |at: usize| {
        let number = numbers.get(at).map(|bytes| u32::from_le_bytes(*bytes));
        number.and_then(|number| u8::try_from(number).ok())
    };
    let letters: Vec<(usize, u8)> = (0..numbers.len())
        .filter_map(|at| Some((at, letter(at).filter(u8::is_ascii_lowercase)?)))
        .collect();
    let is_there = |part: &[u8]| {
        let firsts = letters.iter().filter(|(_, letter)| *letter == part[0]);
        firsts.map(|(at, _)| *at).any(|at| {
            (1..256).any(|apart| {
                let mut others = part.iter().zip(0..).skip(1);
                others.all(|(of, n)| letter(at + n * apart) == Some(*of))
            })
        })
    };
    let mut words = words.iter().map(String::as_str);
    words.find(|word| word.as_bytes().windows(6).any(is_there))
}

fn type_slowly(session: &mut Session, text: &str) {
    for letter in text.chars() {
        session.keys(&format!("'{letter}'"));
        session.go_on_for(KEY);
    }
}

fn kill(mut session: Session) {
    session.signal(Signal::KILL);
    session.wait_exit();
}

#[test]
fn a_killed_program_leaves_no_word_on_the_disk_whatever_it_was_doing() {
    let mut desk = Desk::new();

    let mut session = desk.today();
    session.keys("n");
    session.wait_for("Went well");
    desk.write(&mut session);
    kill(session);
    desk.assert_nothing_on_the_disk("killed while typing");

    let mut session = desk.today();
    session.keys("n");
    session.wait_for("Went well");
    desk.write(&mut session);
    session.keys("tab");
    desk.write(&mut session);
    session.keys("tab");
    desk.write(&mut session);
    // Longer than a draft waits.
    session.go_on_for(Duration::from_millis(600));
    kill(session);
    desk.assert_nothing_on_the_disk("killed with a draft kept");

    let mut session = desk.today();
    session.wait_for("Continue the unfinished reflection");
    session.keys("n");
    session.wait_for(&desk.words[desk.words.len() - 3].clone());
    session.keys("ctrl-s");
    session.wait_for("Saved");
    session.keys("esc");
    session.wait_gone("Saved");
    session.keys("2");
    session.wait_for("[2 Journal]");
    session.keys("N");
    session.wait_for("Note");
    desk.write(&mut session);
    session.keys("esc");
    session.wait_for("Not saved.");
    session.keys("/");
    desk.write(&mut session);
    session.keys("esc");
    session.wait_for(&desk.words[desk.words.len() - 5].clone());
    kill(session);
    desk.assert_nothing_on_the_disk("killed after a save, a form and a search");

    let mut session = desk.today();
    session.keys("2");
    session.wait_for("[2 Journal]");
    session.wait_for(&desk.words[desk.words.len() - 5].clone());
    session.keys("d");
    session.wait_gone(&desk.words[desk.words.len() - 5].clone());
    session.keys("T");
    session.wait_for(&desk.words[desk.words.len() - 5].clone());
    kill(session);
    desk.assert_nothing_on_the_disk("killed over the trash");

    let mut session = desk.today();
    session.keys("n");
    session.wait_for("Went well");
    desk.write(&mut session);
    lock(&mut session);
    kill(session);
    desk.assert_nothing_on_the_disk("killed while locked");

    let mut session = desk.today();
    session.wait_for("Continue the unfinished reflection");
    session.keys("q");
    assert_eq!(session.wait_exit(), End::Code(0), "{session}");
    desk.assert_nothing_on_the_disk("left");
    let backup = desk.postcall(&["backup"]).start();
    let mut backup = backup;
    backup.wait_for("Passphrase:");
    desk.answer(&mut backup);
    backup.wait_for("Backed up");
    assert_eq!(backup.wait_exit(), End::Code(0), "{backup}");
    desk.assert_nothing_on_the_disk("backed up");
}

/// What a terminal sends for F9, and any key; the journal is closed when this returns.
fn lock(session: &mut Session) {
    session.keys("'\x1b[20~'");
    session.wait_until("the screen is blank", |screen| {
        screen.contents().trim().is_empty()
    });
    session.keys("x");
    session.wait_for("The journal is locked.");
    // The question does not wait for the journal.
    session.go_on_for(Duration::from_millis(500));
}

/// The memory that the program can write to, as far as the system lets it be read.
#[cfg(target_os = "linux")]
fn memory(session: &Session) -> std::io::Result<Vec<u8>> {
    use std::os::unix::fs::FileExt;
    let memory = session.opened_by_the_system("mem")?;
    let maps = session.told_by_the_system("maps")?;
    let mut all = Vec::new();
    for line in maps.lines() {
        let mut columns = line.split_whitespace();
        let (Some(range), Some(mode)) = (columns.next(), columns.next()) else {
            continue;
        };
        let Some((start, end)) = range.split_once('-') else {
            continue;
        };
        let at = |text| u64::from_str_radix(text, 16).expect("an address");
        let (start, end) = (at(start), at(end));
        if mode.starts_with("rw") {
            let mut bytes = vec![0; usize::try_from(end - start).expect("a length")];
            // What has no pages yet cannot be read.
            if memory.read_exact_at(&mut bytes, start).is_ok() {
                all.append(&mut bytes);
            }
        }
    }
    Ok(all)
}

#[cfg(target_os = "linux")]
#[test]
#[expect(
    clippy::print_stderr,
    reason = "whoever runs it should know what was not looked at"
)]
fn the_memory_of_a_locked_program_holds_no_word_and_no_passphrase() {
    let mut desk = Desk::new();
    let mut session = desk.today();
    session.keys("n");
    session.wait_for("Went well");
    desk.write(&mut session);
    session.keys("tab");
    desk.write(&mut session);
    session.keys("tab");
    desk.write(&mut session);
    session.keys("ctrl-s");
    session.wait_for("Saved");
    session.keys("esc");
    session.wait_gone("Saved");
    session.keys("2");
    session.wait_for("[2 Journal]");
    session.keys("enter");
    session.wait_for("Do differently");
    session.keys("N");
    session.wait_for("Note");
    desk.write(&mut session);
    session.keys("esc");
    session.wait_for("Not saved.");
    session.keys("3");
    session.wait_for("[3 Review]");
    session.keys("4");
    session.wait_for("[4 Trends]");
    session.keys("5");
    session.wait_for("[5 Goals]");
    session.keys("1");
    session.wait_for("[1 Today]");
    session.keys("/");
    desk.write(&mut session);
    session.keys("esc");
    session.wait_gone(&desk.words[desk.words.len() - 1].clone());
    session.keys("n");
    session.wait_for("Went well");
    desk.write(&mut session);
    session.keys("ctrl-w");
    desk.write(&mut session);
    // The last that came is what may stay behind: shorter than what a reader holds, and longer.
    for (bytes, is_marked) in POURED {
        desk.pour(&mut session, bytes, is_marked);
    }
    desk.write(&mut session);

    let before = match memory(&session) {
        Ok(memory) => memory,
        Err(error) => {
            eprintln!("not looked at: the memory of a locked program ({error})");
            return;
        }
    };
    for word in &desk.words {
        assert!(holds(&before, word.as_bytes()), "{word} was never there");
    }
    lock(&mut session);
    let locked = memory(&session).expect("its memory");
    let left: Vec<(usize, &String)> = desk
        .words
        .iter()
        .chain([&desk.passphrase])
        .enumerate()
        .filter(|(_, word)| holds(&locked, word.as_bytes()))
        .collect();
    assert!(left.is_empty(), "still there: {left:?}");
    assert_eq!(scattered(&locked, &desk.words), None);
    assert_eq!(scattered(&locked, slice::from_ref(&desk.passphrase)), None);
    let all = desk.words.clone();
    session.keys("'x' backspace");
    desk.answer(&mut session);
    session.wait_for(&all[all.len() - 1]);
}

#[cfg(target_os = "linux")]
#[test]
#[expect(
    clippy::print_stderr,
    reason = "whoever runs it should know what was not looked at"
)]
fn a_passphrase_from_a_file_is_forgotten_with_the_lock() {
    let desk = Desk::new();
    let file = desk.home.path("passphrase");
    fs::write(&file, &desk.passphrase).expect("a file");
    let opened = desk.postcall(&[]).with("POSTCALL_PASSPHRASE_FILE", &file);
    let mut session = opened.start();
    session.wait_for("This week");
    let before = match memory(&session) {
        Ok(memory) => memory,
        Err(error) => {
            eprintln!("not looked at: the memory of a locked program ({error})");
            return;
        }
    };
    let passphrase = desk.passphrase.as_bytes();
    assert!(holds(&before, passphrase), "it was never there");
    lock(&mut session);
    let locked = memory(&session).expect("its memory");
    assert!(!holds(&locked, passphrase), "it is still there");
}

#[test]
fn the_scrollback_of_the_terminal_gets_nothing() {
    let mut desk = Desk::new();
    let mut session = desk.today();
    session.keys("n");
    session.wait_for("Went well");
    let word = desk.write(&mut session);
    session.keys("ctrl-s");
    session.wait_for("Saved");
    session.keys("esc");
    session.wait_gone("Saved");
    session.keys("2 q");
    assert_eq!(session.wait_exit(), End::Code(0), "{session}");
    session.assert_restored();
    assert!(!session.text().contains(&word), "{session}");
    session.assert_no_scrollback(&word);
}
