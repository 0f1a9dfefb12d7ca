//! `postcall rotation review`: a block as text.

use chrono::NaiveDate;
use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::figures::{COLUMN, days, energy, list, outcomes, quote, roles};
use crate::cli::output::{Look, Output};
use crate::cli::setting::Setting;
use crate::domain::calendar::{counted, short_date};
use crate::domain::prose::excerpt;
use crate::domain::reflection::{Entry, Field};
use crate::domain::rotation_review::RotationReview;
use crate::exchange::figures::RotationReviewJson;

#[derive(Debug, Args)]
pub struct RotationReviewArgs {
    /// Its name; of several the one begun last
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

pub fn run(args: &RotationReviewArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let mut journal = setting.open_present()?;
    let review = journal.rotation_review_of(&args.name)?;
    out.use_signs(setting.config.glyphs);
    if args.json {
        return out.json(&RotationReviewJson::from(&review));
    }
    let today = review.today;
    let title = format!("{} - {}", review.rotation.name, days(review.span, today));
    out.line(&[(Look::Strong, &title)])?;
    let reflections = counted(review.reflections, "reflection");
    let over = format!("{reflections} over {}", counted(review.shifts, "shift"));
    out.line(&[(Look::Quiet, &over)])?;
    said(out, "At the start", review.opening.as_ref(), today)?;
    said(out, "At the end", review.closing.as_ref(), today)?;
    let competency = |id| journal.catalog().competency_name(id).to_owned();
    let used = review.competencies.iter();
    let used = used.map(|(id, times)| format!("{} ({times})", competency(id)));
    for (label, text) in [
        ("Experiments", outcomes(&review.experiments)),
        ("Most about", list(used)),
        (
            "Not touched",
            list(review.goals_untouched.iter().map(competency)),
        ),
        ("Feedback from", roles(&review.feedback)),
        ("Wins", wins(out, &review)),
    ] {
        if !text.is_empty() {
            out.labelled(label, COLUMN, &text)?;
        }
    }
    if let Some(improvement) = &review.improvement {
        let line = quote(improvement, out.columns().saturating_sub(COLUMN), today);
        out.labelled("Moves forward", COLUMN, &line)?;
    }
    let mut lines = vec![energy(&review.energy)];
    lines.extend(
        review
            .previous
            .as_ref()
            .map(|(before, spread)| format!("{} before: {}", before.name, energy(spread))),
    );
    out.labelled("Energy", COLUMN, &lines.join("\n"))
}

/// An entry in its first words, a line for each field that has any.
fn said(
    out: &mut Output,
    label: &str,
    entry: Option<&Entry>,
    today: NaiveDate,
) -> Result<(), Failure> {
    let Some(entry) = entry else {
        return Ok(());
    };
    let room = out.columns().saturating_sub(COLUMN);
    let mut lines = vec![short_date(entry.reflection.shift_date, today)];
    let texts = Field::ALL.into_iter().map(|field| entry.text(field));
    let texts = texts.filter(|text| !text.trim().is_empty());
    lines.extend(texts.map(|text| excerpt(text, room)));
    out.labelled(label, COLUMN, &lines.join("\n"))
}

fn wins(out: &Output, review: &RotationReview) -> String {
    let room = out.columns().saturating_sub(COLUMN);
    let wins = review.wins.iter();
    let wins = wins.map(|win| quote(win, room, review.today));
    wins.collect::<Vec<_>>().join("\n")
}
