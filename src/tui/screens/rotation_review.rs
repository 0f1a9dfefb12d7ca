//! What a rotation was, on one page: before its closing reflection is written, and from the list of
//! rotations.
//!
//! ```text
//! Medical ICU, 26 Oct to 22 Nov                       9 reflections over 9 shifts
//! Expected    "Rounds end by eleven, and I lead two family meetings."
//! Its end     "Meetings work when somebody is named to close them."
//! Loops       helped ●● 2  mixed ● 1  no help 0  not tried 0  open 1
//! Most on     Giving and seeking feedback 4, Leading multiprofessional teams 2
//! Untouched   Running effective meetings
//! Wins        "The charge nurse presented the plan, not me."
//! Energy 1-5  median 3 (n 12)  before, Wards: 2 3 4 (n 3)
//!
//! > Write its closing reflection
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::domain::calendar::{add_days, counted, day_and_month};
use crate::domain::catalog::Catalog;
use crate::domain::competency::CompetencyId;
use crate::domain::experiment::Outcome;
use crate::domain::prose::{excerpt, visible_line};
use crate::domain::reflection::{Entry, Field};
use crate::domain::rotation::Block;
use crate::domain::rotation_review::{LATE_DAYS, RotationReview};
use crate::domain::template::TemplateId;
use crate::domain::texts::texts;
use crate::tui::effect::RequestId;
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings, Tone};
use crate::tui::step::Step;
use crate::tui::theme::Theme;
use crate::tui::view;
use crate::tui::widgets::columns::spread;
use crate::tui::widgets::scroll::Scroll;
use crate::tui::widgets::tally::{self, Figure};
use crate::tui::widgets::text_area;

/// Longer lines are hard to read.
const WIDEST: u16 = 96;
/// From this many columns on, the counts stand in the title.
const ONE_LINE: usize = 72;

/// The review of one rotation.
#[derive(Debug)]
pub struct RotationPage {
    review: Option<Box<RotationReview>>,
    /// Whether it stands before a closing reflection that is about to be written.
    is_before_writing: bool,
    /// The question that is on its way.
    pub request: RequestId,
    scroll: Scroll,
}

texts!(RotationPage { review } beside { is_before_writing, request, scroll });

/// What can be done about the closing reflection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closing {
    /// It can be written.
    Open,
    /// It is there and can be changed.
    Written,
    /// One written now would not count for this rotation any more.
    Late,
}

impl RotationPage {
    /// The page before the journal has said what is on it.
    #[must_use]
    pub fn new(request: RequestId, is_before_writing: bool) -> Self {
        Self {
            review: None,
            is_before_writing,
            request,
            scroll: Scroll::default(),
        }
    }

    /// Takes what the journal said.
    pub fn arrived(&mut self, review: Box<RotationReview>) {
        self.review = Some(review);
    }

    /// Carries out an action of the page; says whether it was one.
    pub fn act(
        &mut self,
        action: Action,
        size: Size,
        settings: &Settings,
        out: &mut Outbox,
    ) -> bool {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        match action {
            Action::Back => out.step(Step::Close),
            Action::Write => self.write(None, out),
            _ => {
                let area = narrowed(view::body(size));
                let rows = usize::from(area.height);
                let lines = self.lines(area.width.into(), rows, settings).len();
                let lead = |at, last, page| action.move_from(at, last, page);
                return self.scroll.go(lines, rows, lead);
            }
        }
        true
    }

    /// Whoever types without looking meant to write already.
    pub fn type_char(&self, c: char, out: &mut Outbox) {
        let is_open = |review: &RotationReview| self.closing(review) == Closing::Open;
        if self.is_before_writing && self.review.as_deref().is_some_and(is_open) {
            self.write(Some(c), out);
        }
    }

    fn closing(&self, review: &RotationReview) -> Closing {
        if review.closing.is_some() {
            Closing::Written
        } else if !self.is_before_writing && review.today > add_days(review.span.last, LATE_DAYS) {
            Closing::Late
        } else {
            Closing::Open
        }
    }

    fn write(&self, typed: Option<char>, out: &mut Outbox) {
        let Some(review) = &self.review else { return };
        match (self.closing(review), &review.closing) {
            (Closing::Written, Some(entry)) => {
                let id = entry.reflection.id;
                out.step(Step::Close);
                out.step(Step::Edit(id));
            }
            (Closing::Late, _) => {
                let text = "It ended more than a week ago: what you write now belongs to another.";
                out.say(Tone::Done, text);
            }
            _ => {
                out.step(Step::Close);
                out.step(Step::CloseRotation(review.rotation.name.clone(), typed));
            }
        }
    }

    /// Draws the page.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, settings: &Settings) {
        let area = narrowed(area);
        let lines = self.lines(area.width.into(), area.height.into(), settings);
        self.scroll.render(&lines, area, buffer);
    }

    /// The page, with empty lines between its parts where there is room for them.
    fn lines<'a>(&self, width: usize, room: usize, settings: &Settings) -> Vec<Line<'a>> {
        let Some(review) = &self.review else {
            return Vec::new();
        };
        let theme = &settings.theme;
        let parts = [
            title(review, width, theme),
            in_words(review, width, theme),
            in_numbers(review, width, settings),
            questions(self.closing(review), width, settings),
        ];
        let total: usize = parts.iter().map(Vec::len).sum();
        let is_roomy = total + parts.len() <= room;
        let mut lines = Vec::with_capacity(total + parts.len());
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            if is_roomy && !lines.is_empty() {
                lines.push(Line::default());
            }
            lines.extend(part);
        }
        lines
    }
}

fn narrowed(area: Rect) -> Rect {
    Rect {
        width: area.width.min(WIDEST),
        ..area
    }
}

/// "2 Nov to 29 Nov", "since 2 Nov".
fn days(review: &RotationReview) -> String {
    let day = |date| day_and_month(date, review.today);
    match review.rotation.last {
        Some(last) => format!("{} to {}", day(review.rotation.first), day(last)),
        None => format!("since {}", day(review.rotation.first)),
    }
}

fn title<'a>(review: &RotationReview, width: usize, theme: &Theme) -> Vec<Line<'a>> {
    let days = days(review);
    let name = visible_line(&review.rotation.name);
    let reflections = counted(review.reflections, "reflection");
    let counts = format!("{reflections} over {}", counted(review.shifts, "shift"));
    let is_narrow = width < ONE_LINE;
    let taken = if is_narrow { 0 } else { counts.width() + 3 };
    let name = excerpt(&name, width.saturating_sub(taken + days.width() + 5));
    let title = Span::styled(format!("  {name}, {days}"), theme.heading);
    if is_narrow {
        let counts = Line::styled(format!("  {counts}"), theme.dim);
        return vec![Line::from(title), counts];
    }
    let right = vec![Span::styled(format!("{counts}  "), theme.dim)];
    vec![spread(vec![title], right, width)]
}

/// What was expected, what stands at the end, and what went well.
fn in_words<'a>(review: &RotationReview, width: usize, theme: &Theme) -> Vec<Line<'a>> {
    let room = tally::room(width).saturating_sub(2);
    let quoted = |text: &str| -> Figure<'a> {
        vec![Span::styled(
            format!("\"{}\"", excerpt(text, room)),
            theme.text,
        )]
    };
    let of_entry = |entry: &Entry| -> Vec<Figure<'a>> {
        let texts = Field::ALL.map(|field| quoted_text(entry, field));
        let texts = texts.into_iter().flatten().take(2);
        texts.map(|text| quoted(&text)).collect()
    };
    let mut lines = Vec::new();
    if let Some(opening) = &review.opening {
        let label = if opening.reflection.template == TemplateId::ROTATION_START {
            "Expected"
        } else {
            "At first"
        };
        lines.extend(tally::rows(label, of_entry(opening), width, theme));
    }
    if let Some(closing) = &review.closing {
        lines.extend(tally::rows("At its end", of_entry(closing), width, theme));
    }
    if !review.wins.is_empty() {
        let wins = review.wins.iter().map(|win| quoted(&win.text));
        lines.extend(tally::rows("Wins", wins, width, theme));
    }
    if let Some(improvement) = &review.improvement {
        let text = [quoted(&improvement.text)];
        lines.extend(tally::rows("Forward", text, width, theme));
    }
    lines
}

fn quoted_text(entry: &Entry, field: Field) -> Option<String> {
    let text = entry.text(field);
    (!text.trim().is_empty()).then(|| text.to_owned())
}

/// Experiments by outcome, competencies, feedback, energy.
fn in_numbers<'a>(review: &RotationReview, width: usize, settings: &Settings) -> Vec<Line<'a>> {
    let theme = &settings.theme;
    let said = |text: String| vec![Span::styled(text, theme.text)];
    let mut lines = Vec::new();
    let loops = tally::outcomes(&review.experiments, theme);
    let mut loops: Vec<Figure> = loops.into_iter().map(|(_, figure)| figure).collect();
    loops.push(said(format!(
        "open {}",
        review.experiments.of(Outcome::Open)
    )));
    lines.extend(tally::figures("Loops", loops, width, theme));
    let catalog = &settings.catalog;
    let room = tally::room(width);
    let most = review.competencies.iter();
    let most = most.map(|(id, times)| said(format!("{} {times}", named(id, catalog, room))));
    if most.len() > 0 {
        lines.extend(tally::figures("Most on", most, width, theme));
    }
    if !review.goals_untouched.is_empty() {
        let goals = review.goals_untouched.iter();
        let goals = goals.map(|id| said(named(id, catalog, room)));
        lines.extend(tally::figures("Untouched", goals, width, theme));
    }
    let from = review.feedback.iter();
    let from = from.map(|(giver, times)| said(format!("{} {times}", giver.name())));
    if from.len() > 0 {
        lines.extend(tally::figures("Feedback", from, width, theme));
    }
    let mut energy = vec![said(tally::energy(&review.energy))];
    if let Some((block, spread)) = &review.previous {
        energy.push(vec![Span::styled(
            format!("{} {}", before(block, room), tally::energy(spread)),
            theme.dim,
        )]);
    }
    lines.extend(tally::figures("Energy 1-5", energy, width, theme));
    lines
}

fn before(block: &Block, room: usize) -> String {
    format!("before, {}:", excerpt(&block.name, room / 2))
}

fn named(id: &CompetencyId, catalog: &Catalog, room: usize) -> String {
    excerpt(catalog.competency_name(id), room.saturating_sub(5))
}

/// What the closing reflection asks, and the key that opens it.
fn questions<'a>(closing: Closing, width: usize, settings: &Settings) -> Vec<Line<'a>> {
    let theme = &settings.theme;
    let does = match closing {
        Closing::Open => "Write its closing reflection",
        Closing::Written => "Change its closing reflection",
        Closing::Late => return Vec::new(),
    };
    let key = settings
        .keymap
        .key_of(Context::RotationReview, Action::Write);
    let mut lines = vec![Line::from(vec![
        Span::styled(format!("  {key}  "), theme.accent),
        Span::styled(does, theme.heading),
    ])];
    let template = settings.catalog.template(&TemplateId::ROTATION_CLOSE);
    let prompts = Field::ALL.map(|field| template.prompt(field));
    let prompts = prompts.into_iter().filter(|prompt| !prompt.is_empty());
    for prompt in prompts.chain(template.hints.iter().map(String::as_str)) {
        let prompt = visible_line(prompt);
        let rows = text_area::rows(&prompt, width.saturating_sub(6));
        lines.extend(rows.map(|row| {
            let text = prompt.get(row).unwrap_or_default().trim_end();
            Line::styled(format!("     {text}"), theme.dim)
        }));
    }
    lines
}
