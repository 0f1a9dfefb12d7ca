//! Today: what now?
//!
//! ```text
//! n  Reflect on this shift                 five minutes, three questions
//!
//! Trying next
//! > If a plan is about to be settled, then ...              due today
//!
//! This week      Mon Tue Wed Thu Fri Sat Sun
//!                 ●   ·   ●   ·   ·   ○   ·     2 reflections over 3 shifts
//! Goals          Giving and seeking feedback   3 in 4 weeks   last Thu
//! A month ago    "..."
//! ```

use chrono::{DateTime, FixedOffset, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use crate::domain::calendar::{counted, due_in_words, short_date};
use crate::domain::offer::Offer;
use crate::domain::prose::{excerpt, visible_line};
use crate::domain::reflection::Field;
use crate::domain::template::TemplateId;
use crate::domain::texts::texts;
use crate::journal::{Asked, OfferedDraft, Overview};
use crate::tui::effect::{Ask, RequestId};
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings, Step, Tone};
use crate::tui::screens::form::Form;
use crate::tui::widgets::columns::{clip, sign, spread};
use crate::tui::widgets::shifts::{self, DAY};
use crate::tui::widgets::text_area;

/// Where labels end and their content begins: as far right as looks well, but so that seven days
/// still fit.
const fn label_width(width: usize) -> usize {
    if width < 46 { 12 } else { 17 }
}

/// Nothing is drawn further right, so that lines stay readable on a wide screen.
const WIDEST: u16 = 100;
/// Fewer cells than this are too few for the name of a goal.
const LEAST_NAME: usize = 14;
/// So many experiments have room before the goals.
const EXPERIMENTS_FIRST: usize = 3;
/// From this many days without an entry on, the screen says that one line is enough.
const GAP_DAYS: i64 = 7;

const NO_OFFER: &str = "No rotation begins or ends these days.";
/// What a passphrase does; how it is set follows, since the journal has to be closed for that.
const PASSPHRASE: &str = "A passphrase encrypts the journal and its backups; lost, it cannot be \
                          recovered. Quit, then run:";

const FIRST_RUN: &str = "This journal is yours and stays on this computer. It is not a medical \
    record and not privileged: a court or employer may be able to ask for it. Write what you \
    learned, not who the patient was. Incident facts belong in your incident system.\n\n\
    A plan that works for many: when I hand over the phone, then I open postcall.";

/// The Today screen.
#[derive(Debug, Default)]
pub struct Today {
    /// What the journal said last; `None` until it answered.
    pub overview: Option<Overview>,
    /// The question that is on its way.
    pub request: Option<RequestId>,
    selected: usize,
}

texts!(Today { overview } beside { request, selected });

impl Today {
    /// Takes what the journal said.
    pub fn overview_arrived(&mut self, overview: Overview) {
        self.selected = self
            .selected
            .min(overview.experiments.len().saturating_sub(1));
        self.overview = Some(overview);
        self.request = None;
    }

    fn experiments(&self) -> &[Asked] {
        self.overview
            .as_ref()
            .map_or(&[], |overview| &overview.experiments)
    }

    fn draft(&self) -> Option<&OfferedDraft> {
        self.overview.as_ref()?.drafts.first()
    }

    fn passphrase_is_offered(&self) -> bool {
        let overview = self.overview.as_ref();
        overview.is_some_and(|overview| overview.passphrase_is_offered)
    }

    fn offer(&self) -> Option<&Offer> {
        self.overview.as_ref()?.offers.first()
    }

    /// Carries out an action of this screen; says whether it was one.
    pub fn act(&mut self, action: Action, out: &mut Outbox, settings: &Settings) -> bool {
        let last = self.experiments().len().saturating_sub(1);
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        match action {
            Action::Reflect => match self.draft() {
                Some(offered) => out.step(Step::Continue(offered.draft.id)),
                None => out.step(Step::Reflect(settings.rules.default_template.clone())),
            },
            Action::ReflectAnew => out.step(Step::Reflect(settings.rules.default_template.clone())),
            Action::ReflectOffered => {
                if let Some(offer) = self.offer() {
                    out.step(Step::Reflect(offer.template.clone()));
                } else {
                    let key = settings.keymap.key_of(Context::Screen, Action::ReflectWith);
                    out.say(Tone::Done, format!("{NO_OFFER} {key} chooses a template."));
                }
            }
            Action::LogShift => {
                let request = out.ask(Ask::ToggleShift);
                out.step(Step::WaitFor(request));
            }
            Action::LogAnotherShift => {
                if let Some(overview) = &self.overview {
                    let form = Form::of_shift(overview.shift, overview.today);
                    out.step(Step::FillIn(Box::new(form)));
                }
            }
            Action::Open => {
                if let Some(asked) = self.experiments().get(self.selected) {
                    out.step(Step::AskAbout(vec![asked.clone()]));
                }
            }
            Action::ShowChain => {
                if let Some(asked) = self.experiments().get(self.selected) {
                    out.step(Step::ShowChain(asked.experiment.id));
                }
            }
            Action::SetPassphrase => {
                let called = visible_line(&settings.called);
                out.say(Tone::Done, format!("{PASSPHRASE} {called} passphrase set"));
            }
            Action::DeclinePassphrase => {
                if self.passphrase_is_offered() {
                    out.ask(Ask::DeclinePassphrase);
                }
            }
            _ => match action.move_from(self.selected, last, last) {
                Some(to) => self.selected = to,
                None => return false,
            },
        }
        true
    }

    /// The shift of an entry made now and its rotation, for the header.
    #[must_use]
    pub fn headline(&self) -> String {
        let Some(overview) = &self.overview else {
            return String::new();
        };
        if overview.rotation.is_empty() {
            overview.shift_in_words.clone()
        } else {
            format!(
                "{} · {}",
                overview.shift_in_words,
                visible_line(&overview.rotation)
            )
        }
    }

    /// Draws the screen.
    pub fn view(
        &self,
        area: Rect,
        buffer: &mut Buffer,
        settings: &Settings,
        now: DateTime<FixedOffset>,
    ) {
        let Some(overview) = &self.overview else {
            return;
        };
        let area = Rect {
            width: area.width.min(WIDEST),
            ..area
        };
        let width = usize::from(area.width);
        let mut lines = self.reflect_lines(overview, width, settings, now);
        let mut foot = week_lines(overview, width, settings);
        let week_rows = foot.len();
        foot.extend(look_back_line(overview, width, settings));
        // What is always on the screen comes first; the notice and the experiments share the rest.
        let height = usize::from(area.height);
        let left = height.saturating_sub(lines.len() + foot.len() + 1);
        let goals = goal_lines(overview, width, settings);
        // A few experiments come before the goals, the goals before more of them.
        let wanted = 1 + self.experiments().len().clamp(1, EXPERIMENTS_FIRST);
        let room_for_goals = left.saturating_sub(wanted);
        foot.splice(week_rows..week_rows, goals.into_iter().take(room_for_goals));
        let left = height.saturating_sub(lines.len() + foot.len() + 1);
        let experiments = self.experiment_lines(overview.today, width, left, settings);
        if overview.days_since_last.is_none() {
            let room = left.saturating_sub(experiments.len());
            lines.splice(0..0, first_run_lines(width, room, settings));
        }
        let room = left.saturating_sub(experiments.len());
        lines.extend(experiments);
        if overview.passphrase_is_offered && room >= 2 {
            lines.push(Line::default());
            lines.push(passphrase_line(width, settings));
        }
        lines.push(Line::default());
        lines.extend(foot);
        for (line, row) in lines.iter().zip(area.rows()) {
            line.render(row, buffer);
        }
    }

    fn reflect_lines<'a>(
        &self,
        overview: &Overview,
        width: usize,
        settings: &Settings,
        now: DateTime<FixedOffset>,
    ) -> Vec<Line<'a>> {
        let theme = &settings.theme;
        let key = |action| settings.keymap.key_of(Context::Today, action);
        let mut lines = Vec::new();
        if let Some(offered) = self.draft() {
            let when = when_kept(offered.kept_at, now);
            let what = if offered.draft.template == TemplateId::WEEK {
                "Continue the review of the week".to_owned()
            } else if offered.draft.editing.is_some() {
                let date = short_date(offered.draft.shift_date, overview.today);
                format!("Continue changing the reflection of {date}")
            } else {
                format!("Continue the unfinished reflection from {when}")
            };
            let left = vec![
                Span::styled(format!("  {}  ", key(Action::Reflect)), theme.accent),
                Span::styled(what, theme.heading),
            ];
            let right = vec![
                Span::styled(key(Action::ReflectAnew), theme.accent),
                Span::styled("  start another", theme.dim),
            ];
            lines.push(spread(left, right, width));
        } else {
            let left = vec![
                Span::styled(format!("  {}  ", key(Action::Reflect)), theme.accent),
                Span::styled("Reflect on this shift", theme.heading),
            ];
            let right = vec![Span::styled("five minutes, three questions", theme.dim)];
            lines.push(spread(left, right, width));
        }
        if let Some(offer) = self.offer() {
            let name = visible_line(&offer.rotation);
            let what = if offer.template == TemplateId::ROTATION_START {
                format!("Begin {name}: what was agreed, what is unclear")
            } else {
                format!("Close {name}: what it taught you")
            };
            let line = vec![
                Span::styled(format!("  {}  ", key(Action::ReflectOffered)), theme.accent),
                Span::styled(what, theme.text),
            ];
            lines.push(clip(line, width));
        }
        if let Some(days) = overview.days_since_last.filter(|days| *days >= GAP_DAYS) {
            let text = format!("     Last entry {days} days ago. One line is enough.");
            lines.push(Line::styled(text, theme.dim));
        }
        lines.push(Line::default());
        lines
    }

    fn experiment_lines<'a>(
        &self,
        today: NaiveDate,
        width: usize,
        room: usize,
        settings: &Settings,
    ) -> Vec<Line<'a>> {
        let theme = &settings.theme;
        let mut lines = vec![Line::styled("  Trying next", theme.heading)];
        let all = self.experiments();
        if all.is_empty() {
            let text = "  Nothing open. What you write under \"Try next\" comes back here.";
            lines.push(Line::styled(text, theme.dim));
            return lines;
        }
        let room = room.saturating_sub(1).max(1);
        let first = (self.selected + 1).saturating_sub(room);
        for (at, asked) in all.iter().enumerate().skip(first).take(room) {
            let selected = at == self.selected;
            let when = if asked.follow_up {
                "still doing it?".to_owned()
            } else {
                due_in_words(asked.experiment.due, today)
            };
            let due = asked.follow_up || asked.experiment.is_due(today);
            let sign = sign(asked.damaged, theme);
            let cells = sign.as_ref().map_or(0, Span::width);
            let text_room = width.saturating_sub(when.width() + 8 + cells);
            let text = excerpt(&asked.experiment.text, text_room);
            let style = if selected { theme.selected } else { theme.text };
            let marker = if selected { theme.glyphs.marker } else { " " };
            let mut left = vec![Span::styled(format!("  {marker} "), theme.accent)];
            left.extend(sign);
            left.push(Span::styled(text, style));
            let right = vec![Span::styled(
                when,
                if due { theme.accent } else { theme.dim },
            )];
            lines.push(spread(left, right, width));
        }
        lines
    }
}

fn passphrase_line<'a>(width: usize, settings: &Settings) -> Line<'a> {
    let theme = &settings.theme;
    let key = |action| settings.keymap.key_of(Context::Today, action);
    let left = vec![
        Span::styled(format!("  {}  ", key(Action::SetPassphrase)), theme.accent),
        Span::styled("Set a passphrase for the journal", theme.dim),
    ];
    let right = vec![
        Span::styled(key(Action::DeclinePassphrase), theme.accent),
        Span::styled("  do not ask", theme.dim),
    ];
    spread(left, right, width)
}

/// The first-run notice with a line after it, as far as there is room.
fn first_run_lines<'a>(width: usize, room: usize, settings: &Settings) -> Vec<Line<'a>> {
    let rows = text_area::rows(FIRST_RUN, width.saturating_sub(4).min(80));
    let mut lines: Vec<Line> = rows
        .map(|row| FIRST_RUN.get(row).unwrap_or_default().trim_end())
        .map(|row| Line::styled(format!("  {row}"), settings.theme.dim))
        .take(room.saturating_sub(1))
        .collect();
    if !lines.is_empty() {
        lines.push(Line::default());
    }
    lines
}

fn week_lines<'a>(overview: &Overview, width: usize, settings: &Settings) -> Vec<Line<'a>> {
    let theme = &settings.theme;
    let pad = " ".repeat(label_width(width).saturating_sub("  This week".len()));
    let mut names = vec![Span::styled("  This week", theme.heading), Span::raw(pad)];
    let mut marks = vec![Span::raw(" ".repeat(label_width(width)))];
    for day in &overview.week {
        let name = day.date.format("%a ").to_string();
        let is_today = day.date == overview.today;
        names.push(Span::styled(
            name,
            if is_today { theme.accent } else { theme.dim },
        ));
        let of_day = shifts::marks(day.reflected_on, day.logged, theme);
        let before = shifts::before(of_day.len());
        let behind = DAY - before - of_day.len();
        marks.push(Span::raw(" ".repeat(before)));
        marks.extend(of_day);
        marks.push(Span::raw(" ".repeat(behind)));
    }
    let shifts = counted(overview.shifts_this_week, "shift");
    let count = if overview.shifts_reflected_on < overview.shifts_this_week {
        format!(
            "reflected on {} of {shifts}  ",
            overview.shifts_reflected_on
        )
    } else {
        let reflections = counted(overview.reflections_this_week, "reflection");
        format!("{reflections} over {shifts}  ")
    };
    vec![
        clip(names, width),
        spread(marks, vec![Span::styled(count, theme.dim)], width),
    ]
}

/// A line for each active goal: its name, what the last weeks hold, and when that was.
fn goal_lines<'a>(overview: &Overview, width: usize, settings: &Settings) -> Vec<Line<'a>> {
    let theme = &settings.theme;
    let column = label_width(width);
    let rows: Vec<[String; 3]> = overview
        .goals
        .iter()
        .map(|(competency, lately)| {
            let name = visible_line(settings.catalog.competency_name(competency));
            let (count, last) = lately.in_words(overview.today);
            [name, count, last]
        })
        .collect();
    let widest = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        cells.map(|cell| cell.width()).max().unwrap_or_default()
    };
    let beside = widest(1) + widest(2) + 4;
    // Where a name would say nothing any more, it stands alone.
    let room = width.saturating_sub(column + beside);
    let (room, alone) = if room < LEAST_NAME {
        (width.saturating_sub(column), true)
    } else {
        (room.min(widest(0)), false)
    };
    let line = |(at, [name, count, last]): (usize, &[String; 3])| {
        let label = if at == 0 { "  Goals" } else { "" };
        let name = excerpt(name, room);
        let pad = " ".repeat(room.saturating_sub(name.width()));
        let mut spans = vec![
            Span::styled(format!("{label:<column$}"), theme.heading),
            Span::styled(name, theme.text),
        ];
        if !alone {
            let counts = widest(1);
            let words = format!("{pad}  {count:<counts$}  {last}");
            spans.push(Span::styled(words.trim_end().to_owned(), theme.dim));
        }
        Line::from(spans)
    };
    rows.iter().enumerate().map(line).collect()
}

fn look_back_line<'a>(overview: &Overview, width: usize, settings: &Settings) -> Option<Line<'a>> {
    let back = overview.look_back.as_ref()?;
    let column = label_width(width).max(back.when.width() + 3);
    let label = format!("  {:<w$}", back.when, w = column - 2);
    let text = [Field::WentWell, Field::DoDifferently]
        .into_iter()
        .map(|field| back.entry.text(field))
        .find(|text| !text.trim().is_empty())?;
    let quote = format!("\"{}\"", excerpt(text, width.saturating_sub(column + 4)));
    Some(Line::from(vec![
        Span::styled(label, settings.theme.heading),
        Span::styled(quote, settings.theme.dim),
    ]))
}

/// "07:42", with the day where it is not today's.
fn when_kept(kept_at: DateTime<FixedOffset>, now: DateTime<FixedOffset>) -> String {
    let time = kept_at.format("%H:%M");
    if kept_at.date_naive() == now.date_naive() {
        time.to_string()
    } else {
        format!(
            "{}, {time}",
            short_date(kept_at.date_naive(), now.date_naive())
        )
    }
}
