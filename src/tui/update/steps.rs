//! What the shell does for the screens, which do not know each other.

use crate::journal::Asked;
use crate::tui::effect::{Ask, Effect, RequestId};
use crate::tui::model::{Layer, Model, Place, Step, Tone, Waiting};
use crate::tui::screens::answering::Answering;
use crate::tui::screens::palette::{Choice, Palette};
use crate::tui::screens::saved::Saved;
use crate::tui::screens::trash::Trash;

use super::{act, keeping, with_outbox};

/// Takes one step.
pub fn take(model: &mut Model, step: Step) -> Vec<Effect> {
    match step {
        Step::Close => {
            if let Some(Layer::Editor(_)) = model.layers.last() {
                return keeping::close_editor(model);
            }
            model.layers.pop();
            Vec::new()
        }
        Step::Reflect(template) => begin(model, Ask::NewDraft(template), None),
        Step::Continue(id) => begin(model, Ask::ContinueDraft(id), None),
        Step::Edit(id) => begin(model, Ask::EditDraft(id), None),
        Step::Reword(asked) => reword(model, asked),
        Step::AskAbout(asked) => {
            if !asked.is_empty() {
                model.layers.push(Layer::Answering(Answering::new(asked)));
            }
            Vec::new()
        }
        Step::AskWhether(question) => {
            model.layers.push(Layer::Question(question));
            Vec::new()
        }
        Step::ChooseTemplate => {
            let palette = Palette::of_templates(&model.settings.catalog, model.size);
            model.layers.push(Layer::Palette(Box::new(palette)));
            Vec::new()
        }
        Step::ChooseCompetency => {
            choose_competency(model);
            Vec::new()
        }
        Step::Chosen(choice) => chosen(model, choice),
        Step::Act(action) => act(model, action),
        Step::ShowTrash => with_outbox(model, |model, out| {
            let request = out.ask(Ask::Trashed);
            model.layers.push(Layer::Trash(Trash::new(request)));
        }),
        Step::Refresh => refresh(model, None),
        Step::Show(id) => refresh(model, Some(id)),
        Step::Remember(undo) => {
            model.undo.push(undo);
            Vec::new()
        }
        Step::Saved(entry) => {
            model.layers.push(Layer::Saved(Saved::new(entry)));
            Vec::new()
        }
        Step::Answered(id) => {
            for layer in &mut model.layers {
                if let Layer::Answering(answering) = layer {
                    answering.strike(id);
                }
            }
            Vec::new()
        }
        Step::SaveBeside => {
            if let Some(editor) = model.editor_mut() {
                editor.save_beside();
            }
            keeping::save(model)
        }
        Step::Quit => vec![Effect::Quit],
    }
}

/// Asks for a draft; keys pressed until it is there wait for it.
fn begin(model: &mut Model, ask: Ask, reword: Option<Asked>) -> Vec<Effect> {
    if model.editor().is_some() || model.waiting.is_some() {
        return Vec::new();
    }
    let mut request = RequestId(0);
    let effects = with_outbox(model, |_, out| request = out.ask(ask));
    model.waiting = Some(Waiting {
        request,
        held: Vec::new(),
        reword,
    });
    effects
}

fn reword(model: &mut Model, asked: Asked) -> Vec<Effect> {
    if let Some(editor) = model.editor_mut() {
        editor.reword(&asked.experiment.text, asked.experiment.id);
        return Vec::new();
    }
    let template = model.settings.rules.default_template.clone();
    begin(model, Ask::NewDraft(template), Some(asked))
}

fn choose_competency(model: &mut Model) {
    let chosen = model.layers.iter().rev().find_map(|layer| match layer {
        Layer::Editor(editor) => Some(editor.draft().competencies),
        Layer::Saved(saved) => Some(saved.competencies().to_vec()),
        Layer::Trash(_)
        | Layer::Answering(_)
        | Layer::Question(_)
        | Layer::Palette(_)
        | Layer::Help(_) => None,
    });
    let palette = Palette::of_competencies(
        &model.settings.catalog,
        &chosen.unwrap_or_default(),
        model.size,
    );
    model.layers.push(Layer::Palette(Box::new(palette)));
}

/// Something was chosen from a list: it goes to what lies under the list.
fn chosen(model: &mut Model, choice: Choice) -> Vec<Effect> {
    model.layers.pop();
    if let Choice::Act(action) = choice {
        return act(model, action);
    }
    with_outbox(model, |model, out| {
        let Model {
            layers, settings, ..
        } = model;
        match (layers.last_mut(), choice) {
            (Some(Layer::Editor(editor)), choice) => editor.chosen(&choice, settings),
            (Some(Layer::Saved(saved)), Choice::Competency(id)) => saved.add_competency(id, out),
            (_, Choice::Template(id)) => out.step(Step::Reflect(id)),
            (_, Choice::Competency(_) | Choice::Act(_)) => {}
        }
    })
}

/// Loads again what is shown after something in the journal changed.
fn refresh(model: &mut Model, show: Option<crate::domain::id::ReflectionId>) -> Vec<Effect> {
    with_outbox(model, |model, out| {
        model.today.request = Some(out.ask(Ask::Overview));
        if model.place == Place::Journal || model.journal.is_loaded() {
            model.journal.load(show, out);
        }
        let trash = model.layers.iter_mut().find_map(|layer| match layer {
            Layer::Trash(trash) => Some(trash),
            Layer::Editor(_)
            | Layer::Answering(_)
            | Layer::Saved(_)
            | Layer::Question(_)
            | Layer::Palette(_)
            | Layer::Help(_) => None,
        });
        if let Some(trash) = trash {
            trash.request = out.ask(Ask::Trashed);
        }
    })
}

/// `u`: takes the last change of this session back.
pub fn undo(model: &mut Model) -> Vec<Effect> {
    let undo = model.undo.pop();
    with_outbox(model, |_, out| match undo {
        Some(undo) => _ = out.ask(Ask::Undo(undo)),
        None => out.say(Tone::Done, "Nothing to undo in this session."),
    })
}
