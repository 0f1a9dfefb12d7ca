//! Rows and figures that a screen asked for are there.

use crate::domain::trends::Trends;
use crate::journal::{GoalRow, InTrash, Link, Overview, Page, Proposal, RotationRow, WeekPage};
use crate::tui::effect::{Effect, RequestId};
use crate::tui::model::{Layer, Model};

use super::replies::release;
use super::with_outbox;

/// What Today shows.
pub fn overview(model: &mut Model, request: RequestId, overview: Overview) -> Vec<Effect> {
    if model.today.request == Some(request) {
        model.today.overview_arrived(overview);
    }
    release(model, request)
}

/// A window of the list.
pub fn page(model: &mut Model, request: RequestId, page: Page) -> Vec<Effect> {
    let mut effects = with_outbox(model, |model, out| {
        model.journal.page_arrived(request, page, out);
    });
    effects.extend(release(model, request));
    effects
}

/// A week.
pub fn week(model: &mut Model, request: RequestId, page: WeekPage) -> Vec<Effect> {
    model.review.arrived(request, page);
    release(model, request)
}

/// Which rotation fits the reflection being written.
pub fn proposal(model: &mut Model, request: RequestId, proposal: Proposal) -> Vec<Effect> {
    if let Some(editor) = model.editor_mut() {
        editor.proposed(request, proposal);
    }
    release(model, request)
}

/// The figures of a range.
pub fn trends(model: &mut Model, request: RequestId, counted: Box<Trends>) -> Vec<Effect> {
    let (size, settings) = (model.size, &model.settings);
    model.trends.arrived(request, counted, size, settings);
    release(model, request)
}

/// The goals.
pub fn goals(model: &mut Model, request: RequestId, rows: Vec<GoalRow>) -> Vec<Effect> {
    let mut effects = with_outbox(model, |model, out| {
        model.goals.arrived(request, rows, out);
    });
    effects.extend(release(model, request));
    effects
}

/// The wordings of a plan.
pub fn chain(model: &mut Model, request: RequestId, links: Vec<Link>) -> Vec<Effect> {
    for layer in &mut model.layers {
        if let Layer::Chain(chain) = layer
            && chain.request == request
        {
            chain.arrived(links);
            break;
        }
    }
    release(model, request)
}

/// What is in the trash.
pub fn trash(model: &mut Model, request: RequestId, rows: Vec<InTrash>) -> Vec<Effect> {
    for layer in &mut model.layers {
        if let Layer::Trash(trash) = layer
            && trash.request == request
        {
            trash.arrived(rows);
            break;
        }
    }
    release(model, request)
}

/// The rotations.
pub fn rotations(model: &mut Model, request: RequestId, rows: Vec<RotationRow>) -> Vec<Effect> {
    for layer in &mut model.layers {
        if let Layer::Rotations(rotations) = layer
            && rotations.request == request
        {
            rotations.arrived(rows);
            break;
        }
    }
    release(model, request)
}
