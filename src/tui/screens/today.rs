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
use crate::domain::shift::default_date;
use crate::domain::template::TemplateId;
use crate::domain::texts::texts;
use crate::journal::{Asked, OfferedDraft, Overview};
use crate::tui::effect::{Ask, RequestId};
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings, Tone};
use crate::tui::screens::form::Form;
use crate::tui::step::Step;
use crate::tui::widgets::columns::{clip, sign, spread};
use crate::tui::widgets::headline::Headline;
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
/// Rows of the experiments that always have room: their title and one of them.
const LEAST_EXPERIMENTS: usize = 2;
/// Fewer columns than this have no room for long words on both sides.
const NARROW: usize = 60;

const NOTHING_OPEN: &str = "Nothing open. What you write under \"Try next\" comes back here.";

const NO_OFFER: &str = "No rotation begins or ends these days.";
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

    /// Whether there is anything that the action could be about.
    #[must_use]
    pub fn does_something(&self, action: Action) -> bool {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action always does something"
        )]
        match action {
            Action::Open | Action::ShowChain => !self.experiments().is_empty(),
            Action::SetPassphrase | Action::DeclinePassphrase => self.passphrase_is_offered(),
            _ => true,
        }
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
            Action::SetPassphrase | Action::DeclinePassphrase if !self.passphrase_is_offered() => {}
            Action::SetPassphrase => out.step(Step::Act(Action::TellOfPassphrase)),
            Action::DeclinePassphrase => _ = out.ask(Ask::DeclinePassphrase),
            _ => match action.move_from(self.selected, last, last) {
                Some(to) => self.selected = to,
                None => return false,
            },
        }
        true
    }

    /// The shift of an entry made now and its rotation, for the header.
    #[must_use]
    pub fn headline(&self) -> Headline {
        let of = |overview: &Overview| Headline {
            about: overview.shift_in_words.clone(),
            rotation: overview.rotation.clone(),
        };
        self.overview.as_ref().map(of).unwrap_or_default()
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
        let week = week_lines(overview, width, settings);
        let offer = overview
            .passphrase_is_offered
            .then(|| passphrase_line(width, settings));
        // What a key works for, one experiment and the week are always on the screen; what else there
        // is room for comes in this order.
        let always = lines.len() + 1 + LEAST_EXPERIMENTS + offer.iter().len() + week.len();
        let mut room = usize::from(area.height).saturating_sub(always);
        let mut takes_row = |is_wanted: bool| {
            let taken = is_wanted && room > 0;
            room -= usize::from(taken);
            taken
        };
        lines.extend(gap_line(overview, settings).filter(|_| takes_row(true)));
        lines.push(Line::default());
        let has_air = takes_row(true);
        let look_back = look_back_line(overview, width, settings).filter(|_| takes_row(true));
        let has_air_before_offer = takes_row(offer.is_some());
        // A few experiments come before the goals, the goals before more of them.
        let wanted = 1 + self.experiments().len().clamp(1, EXPERIMENTS_FIRST);
        let mut goals = goal_lines(overview, width, settings);
        goals.truncate(room.saturating_sub(wanted.saturating_sub(LEAST_EXPERIMENTS)));
        let room = room.saturating_sub(goals.len()) + LEAST_EXPERIMENTS;
        let experiments = self.experiment_lines(overview.today, width, room, settings);
        if overview.days_since_last.is_none() {
            let room = room.saturating_sub(experiments.len());
            lines.splice(0..0, first_run_lines(width, room, settings));
        }
        lines.extend(experiments);
        lines.extend(has_air_before_offer.then(Line::default));
        lines.extend(offer);
        lines.extend(has_air.then(Line::default));
        lines.extend(week);
        lines.extend(goals);
        lines.extend(look_back);
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
            let another = if width < NARROW {
                "  another"
            } else {
                "  start another"
            };
            let right = vec![
                Span::styled(key(Action::ReflectAnew), theme.accent),
                Span::styled(another, theme.dim),
            ];
            let key = format!("  {}  ", key(Action::Reflect));
            let used = key.width() + right.iter().map(Span::width).sum::<usize>() + 1;
            let forms = continuing(offered, overview, settings, now);
            let what = fitting(forms, width.saturating_sub(used));
            let left = vec![
                Span::styled(key, theme.accent),
                Span::styled(what, theme.heading),
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
            let forms = if offer.template == TemplateId::ROTATION_START {
                let long = format!("Begin {name}: what was agreed, what is unclear");
                [long, format!("Begin {name}")]
            } else {
                let long = format!("Close {name}: what it taught you");
                [long, format!("Close {name}")]
            };
            let key = format!("  {}  ", key(Action::ReflectOffered));
            let what = fitting(forms, width.saturating_sub(key.width()));
            lines.push(Line::from(vec![
                Span::styled(key, theme.accent),
                Span::styled(what, theme.text),
            ]));
        }
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
            let rows: Vec<&str> = text_area::rows(NOTHING_OPEN, width.saturating_sub(2))
                .filter_map(|row| NOTHING_OPEN.get(row))
                .collect();
            let said = if rows.len() < room {
                rows
            } else {
                vec!["Nothing open."]
            };
            lines.extend(said.into_iter().map(|row| {
                let row = format!("  {}", row.trim_end());
                Line::styled(row, theme.dim)
            }));
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

/// The first of these that fits, else as much of the last one as does.
fn fitting(forms: impl IntoIterator<Item = String>, room: usize) -> String {
    let mut last = String::new();
    for form in forms {
        if form.width() <= room {
            return form;
        }
        last = form;
    }
    excerpt(&last, room)
}

/// What continuing a draft means, the fullest words first. One about another shift than the present
/// one is told by its shift date, since when it was touched last says nothing of it.
fn continuing(
    offered: &OfferedDraft,
    overview: &Overview,
    settings: &Settings,
    now: DateTime<FixedOffset>,
) -> Vec<String> {
    let draft = &offered.draft;
    let date = short_date(draft.shift_date, overview.today);
    let present = default_date(now, draft.shift, settings.rules.day_starts);
    if draft.template == TemplateId::WEEK {
        let long = "Continue the review of the week";
        vec![long.to_owned(), "Continue the review".to_owned()]
    } else if draft.editing.is_some() {
        vec![
            format!("Continue changing the reflection of {date}"),
            format!("Continue with {date}"),
            "Continue changing".to_owned(),
        ]
    } else if draft.shift_date == present {
        let when = when_kept(offered.kept_at, now);
        vec![
            format!("Continue the unfinished reflection from {when}"),
            format!("Continue from {when}"),
            "Continue the draft".to_owned(),
        ]
    } else {
        vec![
            format!("Continue the unfinished reflection of {date}"),
            format!("Continue with {date}"),
            "Continue the draft".to_owned(),
        ]
    }
}

fn passphrase_line<'a>(width: usize, settings: &Settings) -> Line<'a> {
    let theme = &settings.theme;
    let key = |action| settings.keymap.key_of(Context::Today, action);
    let right = vec![
        Span::styled(key(Action::DeclinePassphrase), theme.accent),
        Span::styled("  do not ask", theme.dim),
    ];
    let key = format!("  {}  ", key(Action::SetPassphrase));
    let used = key.width() + right.iter().map(Span::width).sum::<usize>() + 1;
    let forms = ["Set a passphrase for the journal", "Set a passphrase"];
    let what = fitting(forms.map(str::to_owned), width.saturating_sub(used));
    let left = vec![
        Span::styled(key, theme.accent),
        Span::styled(what, theme.dim),
    ];
    spread(left, right, width)
}

/// After some days without an entry: that one line is enough.
fn gap_line<'a>(overview: &Overview, settings: &Settings) -> Option<Line<'a>> {
    let days = overview.days_since_last.filter(|days| *days >= GAP_DAYS)?;
    let text = format!("     Last entry {days} days ago. One line is enough.");
    Some(Line::styled(text, settings.theme.dim))
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
