//! Choosing a goal: from a list, or where its competency is looked at.

use crate::domain::competency::CompetencyId;
use crate::tui::effect::Effect;
use crate::tui::model::{Layer, Model};
use crate::tui::screens::form::Form;
use crate::tui::screens::frameworks::Frameworks;
use crate::tui::screens::goals::Adding;
use crate::tui::screens::palette::Palette;
use crate::tui::step::Step;

use super::with_outbox;

/// Offers the competencies that no active goal is for, if there is room for one goal more.
pub fn choose(model: &mut Model) -> Vec<Effect> {
    with_outbox(model, |model, out| {
        let catalog = &model.settings.catalog;
        if model.goals.has_room(Adding::Any, catalog, out) {
            let palette = Palette::of_goals(catalog, &model.goals.taken(), model.size);
            model.layers.push(Layer::Palette(Box::new(palette)));
        }
    })
}

/// Opens the lines of a new goal, if there is room for it.
pub fn add(model: &mut Model, competency: &CompetencyId) -> Vec<Effect> {
    with_outbox(model, |model, out| {
        let catalog = &model.settings.catalog;
        let adding = Adding::This(competency.clone());
        if model.goals.has_room(adding, catalog, out) {
            let name = catalog.competency_name(competency);
            let form = Form::of_new_goal(competency.clone(), name);
            out.step(Step::FillIn(Box::new(form)));
        }
    })
}

/// Shows the competencies there are; not over an editor, whose text would be out of sight.
pub fn show_frameworks(model: &mut Model) -> Vec<Effect> {
    let is_open = |layer: &Layer| matches!(layer, Layer::Frameworks(_) | Layer::Editor(_));
    if !model.layers.iter().any(is_open) {
        model.layers.push(Layer::Frameworks(Frameworks::default()));
    }
    Vec::new()
}
