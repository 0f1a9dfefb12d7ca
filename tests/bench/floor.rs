//! The least that the same work can cost: a bare window over the same journal file, and a bare
//! insert into a plain table with the same index. What the program costs is measured against it.

use std::error::Error;
use std::io::{self, BufWriter, Stdout};
use std::path::Path;

use crossterm::event::{self, Event, KeyCode};
use crossterm::execute;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Constraint, Layout};
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Wrap};
use rusqlite::{Connection, Row, params};

/// Rows that the window selects.
const ROWS: i64 = 50;
/// What the window shows once its frame is whole.
pub const READY: &str = "floor: j k move";

const NEWEST: &str = "SELECT shift_date, went_well, do_differently, note FROM reflection
    WHERE trashed_at IS NULL ORDER BY seq DESC LIMIT ?1";
const MATCHING: &str = "SELECT shift_date, r.went_well, r.do_differently, r.note
    FROM search JOIN reflection r ON r.seq = search.rowid
    WHERE search MATCH ?1 ORDER BY search.rowid DESC LIMIT ?2";

/// One reflection as the window shows it.
struct Shown {
    date: String,
    text: String,
}

impl Shown {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        let (well, differently, note): (String, String, String) =
            (row.get(1)?, row.get(2)?, row.get(3)?);
        Ok(Self {
            date: row.get(0)?,
            text: format!("{well}\n\n{differently}\n\n{note}"),
        })
    }
}

/// What the keys mean.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    List,
    Search,
    Typing,
}

/// A window on the journal file: `j` `k` move, `/` searches, `i` types, `q` quits.
///
/// # Errors
/// What the file or the terminal said.
pub fn window(journal: &Path) -> Result<(), Box<dyn Error>> {
    let conn = Connection::open(journal)?;
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen)?;
    let out = BufWriter::with_capacity(32 * 1024, io::stdout());
    let mut terminal = Terminal::new(CrosstermBackend::new(out))?;
    let result = window_loop(&conn, &mut terminal);
    execute!(io::stdout(), LeaveAlternateScreen)?;
    disable_raw_mode()?;
    result
}

fn window_loop(
    conn: &Connection,
    terminal: &mut Terminal<CrosstermBackend<BufWriter<Stdout>>>,
) -> Result<(), Box<dyn Error>> {
    let mut rows = newest(conn)?;
    let (mut mode, mut at, mut typed) = (Mode::List, 0, String::new());
    loop {
        terminal.draw(|frame| {
            let [body, foot] =
                Layout::vertical([Constraint::Min(1), Constraint::Length(1)]).areas(frame.area());
            let [left, right] =
                Layout::horizontal([Constraint::Percentage(40), Constraint::Fill(1)]).areas(body);
            let lines: Vec<Line> = rows
                .iter()
                .enumerate()
                .map(|(row, shown)| {
                    let style = if row == at {
                        Style::new().add_modifier(Modifier::REVERSED)
                    } else {
                        Style::new()
                    };
                    let begin: String = shown.text.chars().take(40).collect();
                    Line::styled(format!("{}  {begin}", shown.date), style)
                })
                .collect();
            frame.render_widget(Paragraph::new(lines), left);
            let text = match mode {
                Mode::Typing => typed.as_str(),
                Mode::List | Mode::Search => rows.get(at).map_or("", |shown| shown.text.as_str()),
            };
            frame.render_widget(Paragraph::new(text).wrap(Wrap { trim: false }), right);
            let foot_text = match mode {
                Mode::Search => format!("/{typed}"),
                Mode::List | Mode::Typing => READY.to_owned(),
            };
            frame.render_widget(Line::raw(foot_text), foot);
        })?;
        let Event::Key(key) = event::read()? else {
            continue;
        };
        match (mode, key.code) {
            (Mode::List, KeyCode::Char('q')) => return Ok(()),
            (Mode::List, KeyCode::Char('j')) => at = (at + 1).min(rows.len().saturating_sub(1)),
            (Mode::List, KeyCode::Char('k')) => at = at.saturating_sub(1),
            (Mode::List, KeyCode::Char('/')) => mode = Mode::Search,
            (Mode::List, KeyCode::Char('i')) => mode = Mode::Typing,
            (Mode::Search, KeyCode::Char(c)) => {
                typed.push(c);
                (rows, at) = (matching(conn, &typed)?, 0);
            }
            (Mode::Typing, KeyCode::Char(c)) => typed.push(c),
            (_, KeyCode::Esc) => {
                typed.clear();
                (mode, at, rows) = (Mode::List, 0, newest(conn)?);
            }
            _ => {}
        }
    }
}

fn newest(conn: &Connection) -> rusqlite::Result<Vec<Shown>> {
    conn.prepare_cached(NEWEST)?
        .query_map([ROWS], Shown::of)?
        .collect()
}

fn matching(conn: &Connection, typed: &str) -> rusqlite::Result<Vec<Shown>> {
    let words: Vec<String> = typed
        .split_whitespace()
        .map(|word| format!("\"{word}\"*"))
        .collect();
    if words.is_empty() {
        return newest(conn);
    }
    conn.prepare_cached(MATCHING)?
        .query_map(params![words.join(" "), ROWS], Shown::of)?
        .collect()
}

/// Takes from a journal what is kept of whole months, as if nobody had looked at them.
pub fn forget_months(journal: &Path) -> rusqlite::Result<()> {
    Connection::open(journal)?.execute_batch("DELETE FROM month")
}

/// Makes a plain file with the text of the journal in one table, and the same index over it.
///
/// # Errors
/// What the files said.
pub fn make_plain(journal: &Path, plain: &Path) -> rusqlite::Result<()> {
    let conn = Connection::open(plain)?;
    conn.execute("ATTACH ?1 AS journal", [journal.to_string_lossy()])?;
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         BEGIN;
         CREATE TABLE entry (seq INTEGER PRIMARY KEY, written_at TEXT NOT NULL,
             went_well TEXT NOT NULL, do_differently TEXT NOT NULL, try_next TEXT NOT NULL,
             note TEXT NOT NULL, tags TEXT NOT NULL) STRICT;
         INSERT INTO entry SELECT r.seq, r.written_at, t.went_well, t.do_differently, t.try_next,
             t.note, t.tags FROM journal.reflection r JOIN journal.search_text t ON t.seq = r.seq
             ORDER BY r.seq;
         CREATE VIRTUAL TABLE search USING fts5 (
             went_well, do_differently, try_next, note, tags,
             content = 'entry', content_rowid = 'seq',
             tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');
         INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
         INSERT INTO search (search) VALUES ('rebuild');
         COMMIT;
         DETACH journal;
         PRAGMA wal_checkpoint(TRUNCATE);",
    )
}

/// Inserts one row into the plain file, as safely as the program does.
///
/// # Errors
/// What the file said.
pub fn insert(plain: &Path, words: &[String]) -> Result<(), Box<dyn Error>> {
    let [well, differently, next] = words else {
        return Err("three texts are needed".into());
    };
    let conn = Connection::open(plain)?;
    conn.execute_batch("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; BEGIN IMMEDIATE")?;
    conn.execute(
        "INSERT INTO entry SELECT coalesce(max(seq), 0) + 1, '2026-11-22T08:10:00-05:00',
             ?1, ?2, ?3, '', '' FROM entry",
        params![well, differently, next],
    )?;
    conn.execute(
        "INSERT INTO search (rowid, went_well, do_differently, try_next, note, tags)
             VALUES (?1, ?2, ?3, ?4, '', '')",
        params![conn.last_insert_rowid(), well, differently, next],
    )?;
    conn.execute_batch("COMMIT")?;
    Ok(())
}
