//! Taking the writer's words out of the model, and putting them back: while the journal is locked
//! they are in its encrypted file and nowhere else.
//!
//! Everything but the texts stays: rows, places, selections, scrolling, cursors. So the screen is
//! afterwards as it was before, without anything being asked for again.

use std::fmt::Write;

use crate::domain::prose::Prose;
use crate::domain::texts::{Texts, texts};
use crate::tui::message::Message;
use crate::tui::model::{Beginning, Change, Layer, Model, Notice, Waiting};

/// Takes all texts out of the model: one after the other, each behind its length.
pub fn take(model: &mut Model) -> Prose {
    let mut bytes = 0;
    let mut texts = Vec::new();
    model.each_text(&mut |text| {
        bytes += text.len() + LENGTH;
        texts.push(std::mem::take(text));
    });
    let mut all = String::with_capacity(bytes);
    for text in texts {
        let _ = write!(all, "{}:", text.len());
        all.push_str(&text);
    }
    Prose::verbatim(all)
}

/// Room for a length and its mark.
const LENGTH: usize = 8;

/// Puts back what was taken out; `false`, and nothing is changed, if these are not the texts of this
/// model.
pub fn put_back(model: &mut Model, taken: &Prose) -> bool {
    let mut places = 0;
    model.each_text(&mut |_| places += 1);
    let Some(texts) = parts(taken).filter(|texts| texts.len() == places) else {
        return false;
    };
    let mut texts = texts.into_iter();
    model.each_text(&mut |text| texts.next().unwrap_or_default().clone_into(text));
    true
}

fn parts(mut rest: &str) -> Option<Vec<&str>> {
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let (length, behind) = rest.split_once(':')?;
        let (part, left) = behind.split_at_checked(length.parse().ok()?)?;
        parts.push(part);
        rest = left;
    }
    Some(parts)
}

impl Texts for Model {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        let Self {
            today,
            journal,
            review,
            trends,
            goals,
            layers,
            notice,
            undo,
            undoing,
            waiting,
            shelved,
            let_stand,
            lines,
            settings: _,
            size: _,
            now: _,
            place: _,
            cover: _,
            hiding: _,
            has_passphrase: _,
            last_input: _,
            keeping: _,
            requests: _,
        } = self;
        today.each_text(visit);
        journal.each_text(visit);
        review.each_text(visit);
        trends.each_text(visit);
        goals.each_text(visit);
        layers.each_text(visit);
        notice.each_text(visit);
        undo.each_text(visit);
        if let Some((_, undo)) = undoing {
            undo.each_text(visit);
        }
        waiting.each_text(visit);
        shelved.each_text(visit);
        lines.kept.each_text(visit);
        for (_, words) in let_stand {
            words.each_text(visit);
        }
    }
}

texts!(Notice { text } beside { tone });
texts!(Waiting { held, beginning } beside { request });

impl Texts for Layer {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        match self {
            Self::Trash(layer) => layer.each_text(visit),
            Self::Rotations(layer) => layer.each_text(visit),
            Self::RotationReview(layer) => layer.each_text(visit),
            Self::Chain(layer) => layer.each_text(visit),
            Self::Editor(layer) => layer.each_text(visit),
            Self::Answering(layer) => layer.each_text(visit),
            Self::Saved(layer) => layer.each_text(visit),
            Self::Form(layer) => layer.each_text(visit),
            Self::Question(layer) => layer.each_text(visit),
            Self::Palette(layer) => layer.each_text(visit),
            Self::Frameworks(_)
            | Self::Identifiers(_)
            | Self::Help(_)
            | Self::Support(_)
            | Self::Breath(_) => {}
        }
    }
}

impl Texts for Change {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        match self {
            Self::Journal(undo) => undo.each_text(visit),
            Self::LetGo(draft) => draft.each_text(visit),
        }
    }
}

impl Texts for Beginning {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        match self {
            Self::Rewording(asked) => asked.each_text(visit),
            Self::Trying(plan, _) => plan.each_text(visit),
            Self::Asking(question, _) => question.each_text(visit),
            Self::Closing(rotation, _) => rotation.each_text(visit),
        }
    }
}

impl Texts for Message {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        // Keys alone are held back, and what was pasted.
        if let Self::Pasted(text) = self {
            text.each_text(visit);
        }
    }
}
