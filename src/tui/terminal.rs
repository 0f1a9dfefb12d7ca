//! The terminal itself: taken over on entry, given back on every way out.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste,
    EnableFocusChange, EnableMouseCapture,
};
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::backend::{Backend, ClearType, CrosstermBackend};
use ratatui::layout::Size;
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::platform::{self, Output};

/// A terminal that frames are drawn on; written once a frame.
pub type Screen = Terminal<CrosstermBackend<Frames>>;

/// More than most frames have.
const FRAME_BYTES: usize = 32 * 1024;

/// Whether the terminal is ours now; the panic hook has no other way to know.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Why no screen can be shown here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Standard input or output is a file or a pipe.
    #[error(
        "postcall needs a terminal for its screen, and this is not one; \
         `postcall add`, `list` and `due` work without"
    )]
    NotATerminal,
    /// A terminal that cannot move its cursor.
    #[error(
        "this terminal (TERM={0}) cannot show a screen; `postcall add`, `list` and `due` work in it"
    )]
    Dumb(&'static str),
}

/// Whether a screen can be shown.
///
/// # Errors
/// [`Unfit`] says in one sentence why not.
pub fn check() -> Result<(), Unfit> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Unfit::NotATerminal);
    }
    if cfg!(unix) {
        match std::env::var("TERM").as_deref() {
            Ok("dumb") => return Err(Unfit::Dumb("dumb")),
            Ok("") | Err(_) => return Err(Unfit::Dumb("")),
            Ok(_) => {}
        }
    }
    Ok(())
}

/// The terminal while it is ours. Dropping it gives the terminal back.
#[derive(Debug)]
pub struct Guard {
    mouse: bool,
}

impl Guard {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// What the terminal said.
    pub fn take(mouse: bool) -> io::Result<Self> {
        TAKEN.store(true, Ordering::SeqCst);
        let guard = Self { mouse };
        guard.enter()?;
        Ok(guard)
    }

    fn enter(&self) -> io::Result<()> {
        enable_raw_mode()?;
        let mut out = io::stdout();
        queue!(
            out,
            EnterAlternateScreen,
            EnableBracketedPaste,
            EnableFocusChange,
            Hide
        )?;
        if self.mouse {
            queue!(out, EnableMouseCapture)?;
        }
        out.flush()
    }

    /// Gives the terminal back while `task` runs, then takes it over again.
    ///
    /// # Errors
    /// What the terminal said.
    pub fn lend<T>(&self, task: impl FnOnce() -> T) -> io::Result<T> {
        give_back();
        let result = task();
        TAKEN.store(true, Ordering::SeqCst);
        self.enter()?;
        Ok(result)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}

/// Puts the terminal back as it was; harmless if it is not ours.
pub fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    // Nothing can be done if the terminal is gone, and every step is worth trying.
    let _ = execute!(
        io::stdout(),
        DisableMouseCapture,
        DisableFocusChange,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        Show
    );
    let _ = disable_raw_mode();
}

/// The size of the terminal now, in cells.
///
/// # Errors
/// What the terminal said.
pub fn size() -> io::Result<Size> {
    let (columns, rows) = crossterm::terminal::size()?;
    Ok(Size::new(columns, rows))
}

/// A terminal of this size to draw on. Sizes arrive as messages: a screen that follows the terminal
/// by itself would ask it at every frame.
///
/// # Errors
/// What the terminal said.
pub fn screen(size: Size) -> io::Result<Screen> {
    let backend = CrosstermBackend::new(Frames {
        bytes: Vec::with_capacity(FRAME_BYTES),
        to: platform::output()?,
    });
    let viewport = Viewport::Fixed(size.into());
    Terminal::with_options(backend, TerminalOptions { viewport })
}

/// What is drawn, until the terminal has it: then it is wiped, so that no frame outlives its time on
/// the screen. The standard library's buffers keep what went through them.
#[derive(Debug)]
pub struct Frames {
    bytes: Vec<u8>,
    to: Output,
}

impl Write for Frames {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.bytes.capacity() {
            self.flush()?;
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let written = self.to.write_all(&self.bytes);
        self.bytes.fill(0);
        self.bytes.clear();
        written?;
        self.to.flush()
    }
}

/// Makes the screen fit the terminal, and paints every cell again.
///
/// # Errors
/// What the terminal said.
pub fn refit(screen: &mut Screen, size: Size) -> io::Result<()> {
    screen.backend_mut().clear_region(ClearType::All)?;
    screen.resize(size.into())
}
