//! What happens to the model when something happens. Pure: no I/O, no clock; wishes to the outside
//! are returned as effects.

mod arrived;
mod changed;
mod cover;
mod failure;
mod goals;
mod keeping;
mod locking;
mod pause;
mod put_away;
mod replies;
mod review;
mod steps;
mod strip;
mod unfinished;

use chrono::{DateTime, FixedOffset};
use crossterm::event::{KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Size};

use crate::domain::prose::visible_line;

use super::effect::{Ask, Effect, Timer};
use super::keymap::{Action, Key};
use super::message::Message;
use super::model::{Layer, Model, Outbox, Place, Tone};
use super::screens::help::Help;
use super::screens::identifiers::Identifiers;
use super::screens::palette::Palette;
use super::step::Step;
use super::view;

pub use keeping::Keeping;
pub use locking::Hiding;
pub use unfinished::{Lines, typed_lines};

/// Changes the model after something happened at `now`; returns what the edge has to do, in order.
pub fn update(model: &mut Model, now: DateTime<FixedOffset>, message: Message) -> Vec<Effect> {
    model.now = now;
    let message = match cover::hides(model, message) {
        Ok(mut effects) => {
            if model.cover.is_none() {
                effects.extend(afterwards(model));
            }
            return effects;
        }
        Err(message) => message,
    };
    let is_input = matches!(
        message,
        Message::KeyPressed(_) | Message::Pasted(_) | Message::MouseUsed(_)
    );
    if is_input {
        if cover::is_due(model) {
            return cover::lock(model);
        }
        model.last_input = now;
    }
    if let Some(effects) = pause::ended_by(model, &message) {
        return effects;
    }
    if matches!(message, Message::KeyPressed(_) | Message::Pasted(_)) {
        model.wait_for_rows();
        if let Some(waiting) = &mut model.waiting {
            waiting.held.push(message);
            return Vec::new();
        }
    }
    let mut effects = match message {
        Message::KeyPressed(event) => key_pressed(model, event),
        Message::Pasted(text) => pasted(model, &text),
        Message::MouseUsed(event) => mouse_used(model, event),
        Message::Resized(size) => {
            resized(model, size);
            vec![Effect::Redraw]
        }
        Message::FocusGained => look_for_changes(model),
        Message::FocusLost | Message::TimerFired(Timer::KeepDraft | Timer::KeepDraftAtLast) => {
            keeping::keep_now(model)
        }
        Message::TimerFired(Timer::KeepLines) => unfinished::keep_now(model),
        Message::TimerFired(Timer::Answer) => strip::letter_stood_alone(model),
        Message::TimerFired(Timer::Word) => {
            if let Some(Layer::Form(form)) = model.layers.last_mut() {
                form.word_is_written();
            }
            if let Some(editor) = model.editor_mut() {
                editor.word_is_written();
            }
            Vec::new()
        }
        Message::TimerFired(Timer::Minute) => minute_passed(model),
        Message::TimerFired(Timer::Breath) => pause::go_on(model),
        Message::TimerFired(Timer::Idle) => cover::lock(model),
        Message::TimerFired(Timer::Retry) => Vec::new(),
        Message::JournalLocked => cover::found_locked(model),
        Message::Replied(request, reply) => replies::replied(model, request, reply),
        Message::Failed(request, failure) => failure::failed(model, request, failure),
        Message::EditorClosed(field, result) => keeping::editor_closed(model, field, result),
        Message::Resumed => {
            let mut effects = vec![Effect::Redraw];
            effects.extend(look_for_changes(model));
            effects
        }
        Message::SuspendRequested => suspend(model),
        Message::EndRequested => {
            let mut effects = keeping::keep_now(model);
            effects.push(Effect::Quit);
            effects
        }
    };
    if !is_input && cover::is_due(model) {
        // The terminal was lent, or the machine asleep.
        effects.extend(cover::lock(model));
    }
    if model.is_away() {
        return effects;
    }
    if is_input {
        effects.extend(cover::stay_open(model));
    }
    effects.extend(afterwards(model));
    effects
}

/// What is to be seen to after every change.
fn afterwards(model: &mut Model) -> Vec<Effect> {
    let mut effects = steps::propose_rotation(model);
    effects.extend(keeping::watch(model));
    effects.extend(unfinished::watch(model));
    steps::suggest(model);
    if model.place == Place::Journal {
        let today = model.settings.today(model.now);
        model.journal.fit(model.size, today, &model.settings);
    }
    if model.place == Place::Trends {
        model.trends.fit(model.size, &model.settings);
    }
    effects
}

/// Runs `turn` with an outbox, then takes the steps that it asked for.
fn with_outbox(model: &mut Model, turn: impl FnOnce(&mut Model, &mut Outbox)) -> Vec<Effect> {
    let mut requests = std::mem::take(&mut model.requests);
    let mut out = Outbox::new(&mut requests);
    turn(model, &mut out);
    let Outbox {
        mut effects,
        steps,
        notice,
        ..
    } = out;
    model.requests = requests;
    if notice.is_some() {
        model.notice = notice;
    }
    for step in steps {
        effects.extend(steps::take(model, step));
    }
    effects
}

fn resized(model: &mut Model, size: Size) {
    model.size = size;
    for layer in &mut model.layers {
        match layer {
            Layer::Editor(editor) => editor.resized(size),
            Layer::Palette(palette) => palette.resized(size),
            Layer::Form(form) => form.resized(size),
            Layer::Trash(_)
            | Layer::Chain(_)
            | Layer::Frameworks(_)
            | Layer::Rotations(_)
            | Layer::RotationReview(_)
            | Layer::Answering(_)
            | Layer::Identifiers(_)
            | Layer::Saved(_)
            | Layer::Question(_)
            | Layer::Help(_)
            | Layer::Support(_)
            | Layer::Breath(_) => {}
        }
    }
}

fn key_pressed(model: &mut Model, event: KeyEvent) -> Vec<Effect> {
    if event.kind == KeyEventKind::Release {
        return Vec::new();
    }
    let key = Key::of(event);
    // What is said stays for after the blank screen.
    if model.settings.keymap.resolve(&model.contexts(), key) != Some(Action::Blank) {
        model.notice = None;
    }
    strip::key_pressed(model, key).unwrap_or_else(|| resolved(model, key))
}

/// What the key table says the key does, else its character goes to the text that has the focus.
fn resolved(model: &mut Model, key: Key) -> Vec<Effect> {
    let action = model.settings.keymap.resolve(&model.contexts(), key);
    // Any other key closes the line after saving and does its usual work.
    if let Some(Layer::Saved(saved)) = model.layers.last()
        && action.is_none_or(|action| saved.lets_pass(action))
    {
        model.layers.pop();
        return resolved(model, key);
    }
    if let Some(action) = action {
        return act(model, action);
    }
    match key.typed() {
        Some(c) => with_outbox(model, |model, out| type_char(model, c, out)),
        None => Vec::new(),
    }
}

fn type_char(model: &mut Model, c: char, out: &mut Outbox) {
    let today = model.settings.today(model.now);
    let Model {
        settings,
        journal,
        layers,
        place,
        ..
    } = model;
    match layers.last_mut() {
        Some(Layer::Editor(editor)) => editor.type_char(c, out, settings),
        Some(Layer::Palette(palette)) => palette.type_char(c),
        Some(Layer::Form(form)) => form.type_char(c, out),
        Some(Layer::RotationReview(page)) => page.type_char(c, out),
        None if *place == Place::Journal => journal.type_char(c, today, settings, out),
        None
        | Some(
            Layer::Trash(_)
            | Layer::Chain(_)
            | Layer::Frameworks(_)
            | Layer::Rotations(_)
            | Layer::Answering(_)
            | Layer::Identifiers(_)
            | Layer::Saved(_)
            | Layer::Question(_)
            | Layer::Help(_)
            | Layer::Support(_)
            | Layer::Breath(_),
        ) => {}
    }
}

fn pasted(model: &mut Model, text: &str) -> Vec<Effect> {
    model.notice = None;
    if matches!(model.layers.last(), Some(Layer::Saved(_))) {
        model.layers.pop();
    }
    with_outbox(model, |model, out| {
        let today = model.settings.today(model.now);
        let Model {
            settings,
            journal,
            layers,
            place,
            ..
        } = model;
        let taken = match layers.last_mut() {
            Some(Layer::Editor(editor)) => {
                editor.paste(text, out, settings);
                true
            }
            Some(Layer::Palette(palette)) => {
                palette.paste(text, out);
                true
            }
            Some(Layer::Form(form)) => {
                form.paste(text, out);
                true
            }
            None => *place == Place::Journal && journal.paste(text, today, settings, out),
            Some(_) => false,
        };
        if !taken {
            out.say(
                Tone::Warning,
                "Nothing was pasted: no text has the focus here.",
            );
        }
    })
}

/// Carries out an action: the focused layer or place first, then the shell.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let mut done = false;
    let mut effects = with_outbox(model, |model, out| done = act_in_focus(model, action, out));
    if !done {
        effects.extend(act_in_shell(model, action));
    }
    effects
}

fn act_in_focus(model: &mut Model, action: Action, out: &mut Outbox) -> bool {
    let today = model.settings.today(model.now);
    let Model {
        settings,
        size,
        now,
        place,
        today: today_screen,
        journal,
        review,
        trends,
        goals,
        layers,
        ..
    } = model;
    match layers.last_mut() {
        Some(Layer::Trash(trash)) => trash.act(action, *size, out),
        Some(Layer::Frameworks(frameworks)) => frameworks.act(action, settings, out),
        Some(Layer::Rotations(rotations)) => rotations.act(action, today, *size, out),
        Some(Layer::RotationReview(page)) => page.act(action, *size, settings, out),
        Some(Layer::Chain(chain)) => chain.act(action, today, out),
        Some(Layer::Editor(editor)) => editor.act(action, today, out, settings),
        Some(Layer::Answering(answering)) => answering.act(action, out),
        Some(Layer::Identifiers(_)) => Identifiers::act(action, out),
        Some(Layer::Saved(saved)) => saved.act(action, out),
        Some(Layer::Form(form)) => form.act(action, out),
        Some(Layer::Question(question)) => question.clone().act(action, out),
        Some(Layer::Palette(palette)) => palette.act(action, out),
        Some(Layer::Help(help)) => help.act(action, *size, settings, out),
        Some(Layer::Support(support)) => support.act(action, *size, settings, out),
        Some(Layer::Breath(_)) => false,
        None => match place {
            Place::Today => today_screen.act(action, out, settings),
            Place::Journal => journal.act(action, *now, *size, settings, out),
            Place::Review => review.act(action, *size, settings, out),
            Place::Trends => trends.act(action, out),
            Place::Goals => goals.act(action, today, *size, settings, out),
        },
    }
}

/// Actions that do not belong to one screen.
fn act_in_shell(model: &mut Model, action: Action) -> Vec<Effect> {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "every other action belongs to a screen"
    )]
    match action {
        Action::Quit => steps::take(model, Step::Quit),
        Action::Help => {
            let contexts = model.contexts();
            model.layers.push(Layer::Help(Help::new(contexts)));
            Vec::new()
        }
        Action::Palette => {
            let contexts = model.contexts();
            let mut commands = model.settings.keymap.commands(&contexts);
            commands.retain(|(.., action)| model.does_something(*action));
            let palette = Palette::of_actions(commands, model.size);
            model.layers.push(Layer::Palette(Box::new(palette)));
            Vec::new()
        }
        Action::Suspend => suspend(model),
        Action::Redraw => vec![Effect::Redraw],
        Action::Blank => cover::blank(model),
        Action::Breathe => pause::begin(model),
        Action::Support => pause::support(model),
        Action::TellOfPassphrase => tell_of_passphrase(model),
        Action::ShowFrameworks => steps::take(model, Step::ShowFrameworks),
        Action::GoToday => go(model, Place::Today),
        Action::GoJournal => go(model, Place::Journal),
        Action::GoReview => go(model, Place::Review),
        Action::GoTrends => go(model, Place::Trends),
        Action::GoGoals => go(model, Place::Goals),
        Action::Search => {
            let effects = go(model, Place::Journal);
            model.journal.open_search();
            effects
        }
        Action::Reflect => {
            let template = model.settings.rules.default_template.clone();
            steps::take(model, Step::Reflect(template))
        }
        Action::ShowRotations => steps::take(model, Step::ShowRotations),
        Action::ReflectWith => steps::take(model, Step::ChooseTemplate),
        Action::UndoChange => steps::undo(model),
        Action::Save => keeping::save(model),
        Action::Back => keeping::leave(model),
        Action::Discard => keeping::discard(model),
        Action::ExternalEditor => keeping::edit_externally(model),
        _ => Vec::new(),
    }
}

/// Goes to a place, taking away what is laid over it; an editor is never taken away so.
fn go(model: &mut Model, place: Place) -> Vec<Effect> {
    if model.editor().is_some() {
        return Vec::new();
    }
    model.layers.clear();
    let was_there = model.place == place;
    model.place = place;
    let today = model.settings.today(model.now);
    match place {
        Place::Journal if !model.journal.is_loaded() => {
            with_outbox(model, |model, out| model.journal.load(None, out))
        }
        Place::Review if was_there => {
            with_outbox(model, |model, out| model.review.load_present(today, out))
        }
        Place::Review if !model.review.is_loaded() => {
            with_outbox(model, |model, out| model.review.load(today, out))
        }
        Place::Trends if !model.trends.is_loaded() => {
            with_outbox(model, |model, out| model.trends.load(out))
        }
        Place::Goals if !model.goals.is_loaded() => {
            with_outbox(model, |model, out| model.goals.load(out))
        }
        Place::Today | Place::Journal | Place::Review | Place::Trends | Place::Goals => {
            look_for_changes(model)
        }
    }
}

/// What a passphrase does, and how it is set or changed: the journal has to be closed for that.
fn tell_of_passphrase(model: &mut Model) -> Vec<Effect> {
    let called = visible_line(&model.settings.called);
    let text = if model.has_passphrase {
        format!(
            "A passphrase encrypts this journal and its backups. To change it, quit, then run: \
             {called} passphrase change"
        )
    } else {
        format!(
            "A passphrase encrypts journal and backups; lost, it cannot be recovered. Quit, then \
             run: {called} passphrase set"
        )
    };
    with_outbox(model, |_, out| out.say(Tone::Done, text))
}

fn suspend(model: &mut Model) -> Vec<Effect> {
    let mut effects = keeping::keep_now(model);
    effects.push(Effect::Suspend);
    effects
}

fn look_for_changes(model: &mut Model) -> Vec<Effect> {
    with_outbox(model, |model, out| {
        let day_passed = model
            .today
            .overview
            .as_ref()
            .is_some_and(|overview| overview.today != model.settings.today(model.now));
        if day_passed {
            out.step(Step::Refresh);
        } else {
            out.ask(Ask::LookForChanges);
        }
    })
}

fn minute_passed(model: &mut Model) -> Vec<Effect> {
    if model.editor().is_none() {
        return Vec::new();
    }
    with_outbox(model, |_, out| out.timer(Timer::Minute, keeping::MINUTE))
}

fn mouse_used(model: &mut Model, event: MouseEvent) -> Vec<Effect> {
    let at = Position::new(event.column, event.row);
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "other uses of the mouse do nothing"
    )]
    match event.kind {
        MouseEventKind::ScrollDown => act(model, Action::Down),
        MouseEventKind::ScrollUp => act(model, Action::Up),
        MouseEventKind::Down(MouseButton::Left) => {
            if let Some(place) = view::place_at(model, at) {
                return go(model, place);
            }
            if clicked(model, at) {
                return act(model, Action::Open);
            }
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// A click in the body; says whether it was on what was selected already, which opens it.
fn clicked(model: &mut Model, at: Position) -> bool {
    let area = view::body(model.size);
    let today = model.settings.today(model.now);
    let Model {
        layers,
        journal,
        review,
        trends,
        goals,
        settings,
        place,
        ..
    } = model;
    match (layers.last_mut(), place) {
        (Some(Layer::Editor(editor)), _) => editor.click(at, area, settings),
        (Some(_), _) | (None, Place::Today) => {}
        (None, Place::Journal) => journal.click(at, area, settings),
        (None, Place::Review) => return review.click(at, area, settings),
        (None, Place::Trends) => return trends.click(at, area),
        (None, Place::Goals) => return goals.click(at, area, settings, today),
    }
    false
}
