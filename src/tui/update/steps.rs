//! What the shell does for the screens, which do not know each other.

use crate::domain::competency::MAX_PER_REFLECTION;
use crate::domain::id::{ExperimentId, ReflectionId};
use crate::domain::reflection::Entry;
use crate::domain::template::TemplateId;
use crate::journal::Asked;
use crate::tui::effect::{Ask, Effect, RequestId, RotationAsk};
use crate::tui::keymap::Action;
use crate::tui::model::{Beginning, Change, Layer, Model, Notice, Place, Step, Tone, Waiting};
use crate::tui::screens::answering::Answering;
use crate::tui::screens::chain::Chain;
use crate::tui::screens::editor::Editor;
use crate::tui::screens::form::Form;
use crate::tui::screens::palette::{Choice, Palette};
use crate::tui::screens::rotations::Rotations;
use crate::tui::screens::saved::Saved;
use crate::tui::screens::trash::Trash;

use super::{act, goals, keeping, review, unfinished, with_outbox};

/// Takes one step.
pub fn take(model: &mut Model, step: Step) -> Vec<Effect> {
    match step {
        Step::Close => close(model),
        Step::Reflect(template) => reflect(model, template),
        Step::ReviewWeek(first) => begin(model, Ask::WeekDraft(first), None),
        Step::ReviewRotation(id) => {
            review::look_back(model, Ask::Rotation(RotationAsk::Review(id)))
        }
        Step::CloseRotation(name, typed) => {
            let beginning = Beginning::Closing(name, typed);
            begin_with(model, TemplateId::ROTATION_CLOSE, beginning)
        }
        Step::Continue(id) => begin(model, Ask::ContinueDraft(id), None),
        Step::Edit(id) => begin(model, Ask::EditDraft(id), None),
        Step::Reword(asked) => reword(model, asked),
        Step::Try(plan, competency) => {
            let template = model.settings.rules.default_template.clone();
            begin_with(model, template, Beginning::Trying(plan, competency))
        }
        Step::AskOthers(question, competency) => {
            let beginning = Beginning::Asking(question, competency);
            begin_with(model, TemplateId::FEEDBACK_ASKED, beginning)
        }
        Step::AskAbout(asked) if asked.is_empty() => Vec::new(),
        Step::AskAbout(asked) => lay(model, Layer::Answering(Answering::new(asked))),
        Step::FillIn(form) => fill_in(model, form),
        Step::LeaveForm => leave_form(model),
        Step::AskWhether(question) => lay(model, Layer::Question(question)),
        Step::ChooseTemplate => choose_template(model),
        Step::ChooseCompetency => choose_competency(model),
        Step::Chosen(choice) => chosen(model, choice),
        Step::Act(action) => act(model, action),
        Step::ShowChain(id) => lay_over(model, Ask::Chain(id), |request| {
            Layer::Chain(Chain::new(id, request))
        }),
        Step::Read(id) => read(model, id),
        Step::ShowTrash => lay_over(model, Ask::Trashed, |request| {
            Layer::Trash(Trash::new(request))
        }),
        Step::ChooseGoal => goals::choose(model),
        Step::AddGoal(competency) => goals::add(model, &competency),
        Step::ShowFrameworks => goals::show_frameworks(model),
        Step::ShowBehind(text) => behind_a_mark(model, |model| search_for(model, &text)),
        Step::ReadBehind(id) => behind_a_mark(model, |model| read(model, id)),
        Step::ShowRotations => lay_over(model, Ask::Rotation(RotationAsk::All), |request| {
            Layer::Rotations(Rotations::new(request))
        }),
        Step::Refresh => refresh(model, None),
        Step::Show(id) => refresh(model, Some(id)),
        Step::Remember(undo) => {
            model.undo.push(Change::Journal(undo));
            Vec::new()
        }
        Step::Saved(entry) => show_saved(model, entry),
        Step::Answered(id) => {
            strike(model, id);
            Vec::new()
        }
        Step::SaveBeside => save_beside(model),
        Step::SaveOutOfTrash => keeping::save_by(model, Ask::SaveOutOfTrash),
        Step::Settle(answer) => keeping::settle(model, answer),
        Step::WaitFor(request) => {
            model.wait_for(request);
            Vec::new()
        }
        Step::Quit => {
            let mut effects = unfinished::keep_now(model);
            effects.push(Effect::Quit);
            effects
        }
    }
}

/// Takes the last layer away.
fn close(model: &mut Model) -> Vec<Effect> {
    if let Some(Layer::Editor(_)) = model.layers.last() {
        return keeping::close_editor(model);
    }
    model.layers.pop();
    Vec::new()
}

/// Lays something over what is shown.
fn lay(model: &mut Model, layer: Layer) -> Vec<Effect> {
    model.layers.push(layer);
    Vec::new()
}

/// The same for what is shown when the journal has answered; keys wait for that.
pub fn lay_over(
    model: &mut Model,
    ask: Ask,
    layer: impl FnOnce(RequestId) -> Layer,
) -> Vec<Effect> {
    with_outbox(model, |model, out| {
        let request = out.ask(ask);
        model.wait_for(request);
        model.layers.push(layer(request));
    })
}

fn save_beside(model: &mut Model) -> Vec<Effect> {
    if let Some(editor) = model.editor_mut() {
        editor.save_beside();
    }
    keeping::save(model)
}

/// Begins a reflection; one that closes a rotation after a look back on it.
fn reflect(model: &mut Model, template: TemplateId) -> Vec<Effect> {
    if template == TemplateId::ROTATION_CLOSE {
        return review::look_back_first(model);
    }
    begin(model, Ask::NewDraft(template), None)
}

/// Strikes an experiment that was answered from what is asked.
fn strike(model: &mut Model, id: ExperimentId) {
    for layer in &mut model.layers {
        if let Layer::Answering(answering) = layer {
            answering.strike(id);
        }
    }
}

/// The line after saving. A review of the week counts in no energy and needs none.
fn show_saved(model: &mut Model, entry: Box<Entry>) -> Vec<Effect> {
    if entry.reflection.template == TemplateId::WEEK {
        return review::saved(model, &entry);
    }
    let goals = model.active_goals();
    let saved = Saved::new(entry, &model.settings.catalog, &goals);
    model.layers.push(Layer::Saved(saved));
    Vec::new()
}

/// Reads a reflection in the Journal, whatever is searched for there; not over an editor.
fn read(model: &mut Model, id: ReflectionId) -> Vec<Effect> {
    if model.editor().is_some() {
        return Vec::new();
    }
    model.layers.clear();
    model.place = Place::Journal;
    with_outbox(model, |model, out| model.journal.read(id, out))
}

/// Asks which rotation fits the reflection being written, where that is not known any more; keys
/// wait for the answer, so that what is saved or chosen next is what the screen shows.
pub fn propose_rotation(model: &mut Model) -> Vec<Effect> {
    let Some((template, date)) = model.editor().and_then(Editor::unproposed) else {
        return Vec::new();
    };
    with_outbox(model, |model, out| {
        let request = out.ask(Ask::Rotation(RotationAsk::Propose(template, date)));
        if model.waiting.is_none() {
            model.wait_for(request);
        }
        if let Some(editor) = model.editor_mut() {
            editor.proposing(request);
        }
    })
}

/// Asks for a draft; keys pressed until it is there wait for it.
fn begin(model: &mut Model, ask: Ask, beginning: Option<Beginning>) -> Vec<Effect> {
    if model.editor().is_some() || model.waiting.is_some() {
        return Vec::new();
    }
    with_outbox(model, |model, out| {
        model.waiting = Some(Waiting {
            request: out.ask(ask),
            held: Vec::new(),
            beginning,
        });
    })
}

fn reword(model: &mut Model, asked: Asked) -> Vec<Effect> {
    if let Some(editor) = model.editor_mut() {
        editor.reword(&asked.experiment.text, asked.experiment.id);
        return Vec::new();
    }
    let beginning = Beginning::Rewording(asked);
    if model.place == Place::Review
        && let Some(first) = model.review.takes_plans()
    {
        return begin(model, Ask::WeekDraft(first), Some(beginning));
    }
    let template = model.settings.rules.default_template.clone();
    begin_with(model, template, beginning)
}

/// Begins a reflection with something in it.
fn begin_with(model: &mut Model, template: TemplateId, beginning: Beginning) -> Vec<Effect> {
    begin(model, Ask::NewDraft(template), Some(beginning))
}

/// Opens a form, with what was typed when it was left.
fn fill_in(model: &mut Model, mut form: Box<Form>) -> Vec<Effect> {
    let left = model
        .shelved
        .iter()
        .position(|left| left.subject == form.purpose().subject());
    if let Some(at) = left {
        form.take_up(&model.shelved.remove(at).lines);
    }
    form.resized(model.size);
    lay(model, Layer::Form(form))
}

fn leave_form(model: &mut Model) -> Vec<Effect> {
    if let Some(Layer::Form(form)) = model.layers.pop()
        && let Some(unfinished) = form.unfinished()
    {
        model.shelved.push(unfinished);
        model.notice = Some(Notice {
            tone: Tone::Done,
            text: "Not saved. What you typed is here when you open it again.".to_owned(),
        });
    }
    Vec::new()
}

/// Goes to the Journal and searches it.
fn search_for(model: &mut Model, text: &str) -> Vec<Effect> {
    model.layers.clear();
    model.place = Place::Journal;
    let today = model.settings.today(model.now);
    with_outbox(model, |model, out| {
        model.journal.search_for(text, today, &model.settings, out);
    })
}

/// Goes to the Journal for what stands behind a mark of the place, which going back leads to.
fn behind_a_mark(model: &mut Model, goes: impl FnOnce(&mut Model) -> Vec<Effect>) -> Vec<Effect> {
    let back = match model.place {
        Place::Today => Action::GoToday,
        Place::Journal => return goes(model),
        Place::Review => Action::GoReview,
        Place::Trends => Action::GoTrends,
        Place::Goals => Action::GoGoals,
    };
    let effects = goes(model);
    model.journal.lead_back(back);
    effects
}

fn choose_template(model: &mut Model) -> Vec<Effect> {
    let overview = model.today.overview.as_ref();
    let offers = overview.map_or(&[][..], |overview| &overview.offers);
    let palette = Palette::of_templates(&model.settings.catalog, offers, model.size);
    lay(model, Layer::Palette(Box::new(palette)))
}

fn choose_competency(model: &mut Model) -> Vec<Effect> {
    let (chosen, suggested) = match (model.layers.last(), model.editor()) {
        (Some(Layer::Saved(saved)), _) => (saved.competencies(), saved.suggested().to_vec()),
        (_, Some(editor)) => (editor.competencies(), editor.suggested()),
        _ => (&[][..], Vec::new()),
    };
    if chosen.len() >= MAX_PER_REFLECTION {
        model.notice = Some(Notice {
            tone: Tone::Warning,
            text: format!("A reflection has at most {MAX_PER_REFLECTION} competencies."),
        });
        return Vec::new();
    }
    let palette = Palette::of_competencies(&model.settings.catalog, chosen, &suggested, model.size);
    lay(model, Layer::Palette(Box::new(palette)))
}

/// Tells the editor, where it asks for competencies, which ones its words suggest.
pub fn suggest(model: &mut Model) {
    let goals = model.active_goals();
    let Model {
        settings, layers, ..
    } = model;
    if let Some(editor) = layers.iter_mut().find_map(Layer::as_editor_mut) {
        editor.suggest(&settings.catalog, &goals);
    }
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
            (_, Choice::Goal(id)) => out.step(Step::AddGoal(id)),
            (Some(Layer::Saved(saved)), Choice::Competency(id)) => saved.add_competency(id, out),
            (_, Choice::Template(id)) => out.step(Step::Reflect(id)),
            (_, Choice::Competency(_) | Choice::Act(_)) => {}
        }
    })
}

/// Loads again what is shown after something in the journal changed.
fn refresh(model: &mut Model, show: Option<ReflectionId>) -> Vec<Effect> {
    with_outbox(model, |model, out| {
        // Before Today, whose answer lets the keys go that wait for these rows.
        for layer in &mut model.layers {
            if let Layer::Rotations(rotations) = layer {
                rotations.request = out.ask(Ask::Rotation(RotationAsk::All));
            }
        }
        let overview = out.ask(Ask::Overview);
        model.today.request = Some(overview);
        if model.place == Place::Journal || model.journal.is_loaded() {
            model.journal.load(show, out);
        }
        if model.place == Place::Review {
            let today = model.settings.today(model.now);
            model.review.load(today, out);
        } else {
            model.review.outdate();
        }
        if model.place == Place::Trends {
            model.trends.load(out);
        } else {
            model.trends.outdate();
        }
        if model.place == Place::Goals {
            model.goals.load(out);
        } else {
            model.goals.outdate();
        }
        let mut awaited = overview;
        for layer in &mut model.layers {
            if let Layer::Trash(trash) = layer {
                trash.request = out.ask(Ask::Trashed);
                awaited = trash.request;
            } else if let Layer::Chain(chain) = layer {
                chain.request = out.ask(Ask::Chain(chain.of));
                awaited = chain.request;
            }
        }
        // What keys act on is about to change; the journal answers in the order it is asked.
        model.wait_for(awaited);
    })
}

/// `u`: takes the last change of this session back.
pub fn undo(model: &mut Model) -> Vec<Effect> {
    match model.undo.pop() {
        Some(Change::Journal(undo)) => with_outbox(model, |model, out| {
            let request = out.ask(Ask::Undo(undo.clone()));
            model.wait_for(request);
            model.undoing = Some((request, undo));
        }),
        Some(Change::LetGo(draft)) => {
            let id = draft.id;
            let mut effects = with_outbox(model, |_, out| _ = out.ask(Ask::KeepDraft(draft)));
            effects.extend(take(model, Step::Continue(id)));
            effects
        }
        None => with_outbox(model, |_, out| {
            out.say(Tone::Done, "Nothing to undo in this session.");
        }),
    }
}
