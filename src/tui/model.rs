//! Everything the screen knows. Changed only by `update`, read only by `view`.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, NaiveDate};
use ratatui::layout::Size;

use crate::config::{Complaint, Config, Contact};
use crate::domain::catalog::Catalog;
use crate::domain::competency::CompetencyId;
use crate::domain::draft::Draft;
use crate::domain::id::ReflectionId;
use crate::domain::plan::Plan;
use crate::domain::prose::Prose;
use crate::domain::rules::Rules;
use crate::domain::shift;
use crate::domain::unfinished::Unfinished;
use crate::journal::{Asked, GoalUndo, Undo};

use super::Start;
use super::effect::{Ask, Effect, RequestId, Requests, Timer};
use super::keymap::{Context, Keymap};
use super::message::Message;
use super::screens::answering::Answering;
use super::screens::breath::Breath;
use super::screens::chain::Chain;
use super::screens::cover::Cover;
use super::screens::editor::Editor;
use super::screens::form::Form;
use super::screens::frameworks::Frameworks;
use super::screens::goals::Goals;
use super::screens::help::Help;
use super::screens::identifiers::Identifiers;
use super::screens::journal::Journal;
use super::screens::palette::Palette;
use super::screens::question::Question;
use super::screens::review::Review;
use super::screens::rotation_review::RotationPage;
use super::screens::rotations::Rotations;
use super::screens::saved::Saved;
use super::screens::support::Support;
use super::screens::today::Today;
use super::screens::trash::Trash;
use super::screens::trends::Trends;
use super::step::Step;
use super::theme::Theme;
use super::update::{Hiding, Keeping, Lines};

/// What never changes while the program runs.
#[derive(Debug)]
pub struct Settings {
    /// The writer's choices.
    pub rules: Rules,
    /// What can be chosen by name.
    pub catalog: Arc<Catalog>,
    /// What keys do.
    pub keymap: Keymap,
    /// How things look.
    pub theme: Theme,
    /// Whether the journal is a throw-away one.
    pub demo: bool,
    /// Whether nothing on the screen moves by itself.
    pub reduced_motion: bool,
    /// How long a journal with a passphrase stays open without a key; `None` for ever.
    pub idle_lock: Option<Duration>,
    /// The writer's own people to call.
    pub support: Vec<Contact>,
    /// Where the writer's choices are, or would be.
    pub config_file: PathBuf,
    /// How the program is called for this journal on the command line.
    pub called: String,
}

impl Settings {
    /// Those of a configuration in this file, and what is wrong with its keys; not of a demo.
    #[must_use]
    pub fn of(config: Config, config_file: PathBuf) -> (Self, Vec<Complaint>) {
        let (keymap, complaints) = Keymap::with(&config.keys);
        let minutes = config.idle_lock_minutes;
        let settings = Self {
            rules: config.rules,
            catalog: config.catalog,
            keymap,
            theme: Theme::of(&config.theme, config.glyphs),
            demo: false,
            reduced_motion: config.reduced_motion,
            idle_lock: (minutes > 0).then(|| Duration::from_secs(60 * u64::from(minutes))),
            support: config.support,
            config_file,
            called: "postcall".to_owned(),
        };
        (settings, complaints)
    }

    /// The logical day at `now`.
    #[must_use]
    pub fn today(&self, now: DateTime<FixedOffset>) -> NaiveDate {
        shift::logical_day(now, self.rules.day_starts)
    }
}

/// A place in the tab bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// What now?
    Today,
    /// Everything written.
    Journal,
    /// One week.
    Review,
    /// All of it from farther away.
    Trends,
    /// What to get better at.
    Goals,
}

impl Place {
    /// The places there are, in the order of the tab bar.
    pub const ALL: [Self; 5] = [
        Self::Today,
        Self::Journal,
        Self::Review,
        Self::Trends,
        Self::Goals,
    ];

    /// The word in the tab bar.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Today => "Today",
            Self::Journal => "Journal",
            Self::Review => "Review",
            Self::Trends => "Trends",
            Self::Goals => "Goals",
        }
    }
}

/// Something laid over a place; the last one has the focus.
#[derive(Debug)]
pub enum Layer {
    /// The trash, in place of the journal.
    Trash(Trash),
    /// The rotations, in place of what is under them.
    Rotations(Rotations),
    /// What one rotation was, in place of what is under it.
    RotationReview(RotationPage),
    /// One plan through all its wordings, in place of the journal.
    Chain(Chain),
    /// A reflection being written.
    Editor(Box<Editor>),
    /// The competencies there are, in place of the place.
    Frameworks(Frameworks),
    /// Questions about experiments.
    Answering(Answering),
    /// Possible identifiers, before saving.
    Identifiers(Identifiers),
    /// The line after saving.
    Saved(Saved),
    /// A few lines to fill in.
    Form(Box<Form>),
    /// A yes-or-no question.
    Question(Question),
    /// A list to choose an action or a template from.
    Palette(Box<Palette>),
    /// What the keys do.
    Help(Help),
    /// Somebody to talk to.
    Support(Support),
    /// Two slow breaths; any key takes them away.
    Breath(Breath),
}

impl Layer {
    /// The editor, if it is one.
    pub fn as_editor_mut(&mut self) -> Option<&mut Editor> {
        if let Self::Editor(editor) = self {
            Some(editor)
        } else {
            None
        }
    }
}

/// How a notice is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something to know.
    Warning,
    /// Something could not be done.
    Error,
}

/// One sentence at the foot of the screen, until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How it is meant.
    pub tone: Tone,
    /// The sentence.
    pub text: String,
}

/// A change of this session, and how it is taken back.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// The journal knows how.
    Journal(Undo),
    /// A draft was thrown away: it is kept and opened again.
    LetGo(Box<Draft>),
}

impl Change {
    /// Whether taking it back needs what may be in the trash: that is over once it was emptied.
    #[must_use]
    pub const fn is_about_the_trash(&self) -> bool {
        matches!(
            self,
            Self::Journal(
                Undo::Trashed(_) | Undo::RotationTrashed(_) | Undo::Goal(GoalUndo::Trashed(_))
            )
        )
    }
}

/// An answer of the journal that keys pressed meanwhile wait for: a draft to write in, a save, what
/// Today shows after a change. Without it, fast typing would be lost or taken for commands.
#[derive(Debug)]
pub struct Waiting {
    /// The question that was asked.
    pub request: RequestId,
    /// What happened since.
    pub held: Vec<Message>,
    /// What the new reflection begins with.
    pub beginning: Option<Beginning>,
}

/// What a new reflection begins with. Left as it is, it is no draft: only the writer's words are kept.
#[derive(Debug, Clone, PartialEq)]
pub enum Beginning {
    /// An experiment to be worded anew.
    Rewording(Asked),
    /// A behaviour to try, and the competency it belongs to.
    Trying(Plan, CompetencyId),
    /// A question to ask somebody about a competency; `None` if there is none to suggest.
    Asking(Option<String>, CompetencyId),
    /// The name of the rotation that it closes, and what was typed before there was a field for it.
    Closing(String, Option<char>),
}

/// Everything the screen knows.
#[derive(Debug)]
pub struct Model {
    /// What never changes.
    pub settings: Settings,
    /// Size of the terminal, in cells.
    pub size: Size,
    /// The time of the last message.
    pub now: DateTime<FixedOffset>,
    /// The place that is shown.
    pub place: Place,
    /// The Today screen.
    pub today: Today,
    /// The Journal screen.
    pub journal: Journal,
    /// The Review screen.
    pub review: Review,
    /// The Trends screen.
    pub trends: Trends,
    /// The Goals screen.
    pub goals: Goals,
    /// What is laid over the place.
    pub layers: Vec<Layer>,
    /// What hides all of this, if anything does.
    pub cover: Option<Cover>,
    /// How far the words under it are put away.
    pub hiding: Hiding,
    /// Whether the journal has a passphrase.
    pub has_passphrase: bool,
    /// When a key was pressed last.
    pub last_input: DateTime<FixedOffset>,
    /// The sentence at the foot.
    pub notice: Option<Notice>,
    /// What can be taken back, last change last.
    pub undo: Vec<Change>,
    /// The change that is being taken back; it can be tried again if that fails.
    pub undoing: Option<(RequestId, Undo)>,
    /// The answer that keys wait for.
    pub waiting: Option<Waiting>,
    /// What was typed into forms that were left, until they are opened again.
    pub shelved: Vec<Unfinished>,
    /// Possible identifiers that the writer let stand: not asked about again by this run.
    pub let_stand: Vec<(ReflectionId, Vec<Prose>)>,
    /// The way of the open draft to the disk.
    pub keeping: Keeping,
    /// The way of what is typed into forms to the disk.
    pub lines: Lines,
    /// Hands out request ids.
    pub requests: Requests,
}

impl Model {
    /// The model before anything is known, and the first questions to the journal.
    #[must_use]
    pub fn new(
        settings: Settings,
        size: Size,
        now: DateTime<FixedOffset>,
        start: &Start,
    ) -> (Self, Vec<Effect>) {
        let mut model = Self {
            settings,
            size,
            now,
            place: Place::Today,
            today: Today::default(),
            journal: Journal::default(),
            review: Review::default(),
            trends: Trends::default(),
            goals: Goals::default(),
            layers: Vec::new(),
            cover: None,
            hiding: Hiding::default(),
            has_passphrase: false,
            last_input: now,
            notice: None,
            undo: Vec::new(),
            undoing: None,
            waiting: None,
            shelved: Vec::new(),
            let_stand: Vec::new(),
            keeping: Keeping::default(),
            lines: Lines::default(),
            requests: Requests::default(),
        };
        let mut out = Outbox::new(&mut model.requests);
        let overview = out.ask(Ask::Overview);
        let waiting = match start {
            Start::Today => None,
            Start::New(template) => Some(out.ask(Ask::NewDraft(template.clone()))),
            Start::Edit(id) => Some(out.ask(Ask::EditDraft(*id))),
        };
        model.lines.wait_for(out.ask(Ask::TakeUpLines));
        let effects = out.effects;
        model.today.request = Some(overview);
        model.waiting = waiting.map(|request| Waiting {
            request,
            held: Vec::new(),
            beginning: None,
        });
        (model, effects)
    }

    /// What has the focus, innermost first.
    #[must_use]
    pub fn contexts(&self) -> Vec<Context> {
        let mut contexts = match self.layers.last() {
            Some(Layer::Trash(_)) => vec![Context::Trash, Context::List, Context::Screen],
            Some(Layer::Frameworks(_)) => {
                vec![Context::Frameworks, Context::List, Context::Screen]
            }
            Some(Layer::Rotations(_)) => {
                vec![Context::Rotations, Context::List, Context::Screen]
            }
            Some(Layer::RotationReview(_)) => vec![Context::RotationReview],
            Some(Layer::Chain(_)) => vec![Context::Chain, Context::List, Context::Screen],
            Some(Layer::Editor(editor)) => editor.contexts(),
            Some(Layer::Answering(answering)) => vec![answering.context()],
            Some(Layer::Identifiers(_)) => vec![Context::Identifiers],
            Some(Layer::Saved(saved)) => vec![saved.context()],
            Some(Layer::Form(_)) => vec![Context::Form, Context::Text],
            Some(Layer::Question(question)) => vec![question.context()],
            Some(Layer::Palette(_)) => vec![Context::Picker, Context::Text],
            Some(Layer::Help(_)) => vec![Context::Help, Context::List],
            Some(Layer::Support(_)) => vec![Context::Support, Context::List],
            Some(Layer::Breath(_)) => Vec::new(),
            None => match self.place {
                Place::Today => vec![Context::Today, Context::List, Context::Screen],
                Place::Journal => self.journal.contexts(),
                Place::Review => vec![Context::Review, Context::List, Context::Screen],
                Place::Trends => self.trends.contexts(),
                Place::Goals => self.goals.contexts(),
            },
        };
        contexts.push(Context::Always);
        contexts
    }

    /// Whether the words are not in the model now.
    #[must_use]
    pub const fn is_away(&self) -> bool {
        matches!(self.hiding, Hiding::Away { .. })
    }

    /// The draft being written, if an editor is open.
    #[must_use]
    pub fn draft(&self) -> Option<Draft> {
        self.editor().map(Editor::draft)
    }

    /// What the active goals are about, as far as the journal said.
    #[must_use]
    pub fn active_goals(&self) -> Vec<CompetencyId> {
        let overview = self.today.overview.as_ref();
        let goals = overview.map_or(&[][..], |overview| &overview.goals);
        goals
            .iter()
            .map(|(competency, _)| competency.clone())
            .collect()
    }

    /// The open editor.
    #[must_use]
    pub fn editor(&self) -> Option<&Editor> {
        self.layers.iter().find_map(|layer| {
            if let Layer::Editor(editor) = layer {
                Some(&**editor)
            } else {
                None
            }
        })
    }
}

impl Model {
    /// Keys wait for this answer, in place of the one they waited for.
    pub fn wait_for(&mut self, request: RequestId) {
        match &mut self.waiting {
            Some(waiting) => waiting.request = request,
            None => {
                self.waiting = Some(Waiting {
                    request,
                    held: Vec::new(),
                    beginning: None,
                });
            }
        }
    }

    /// Keys for the rows of the journal, the week, the figures of trends or the goals wait for those
    /// that are about to take their place, so that a key does the same however late the rows are.
    pub fn wait_for_rows(&mut self) {
        let on_rows = matches!(self.layers.last(), None | Some(Layer::Saved(_)));
        let awaited = match self.place {
            Place::Journal => self.journal.awaited(),
            Place::Review => self.review.awaited(),
            Place::Trends => self.trends.awaited(),
            Place::Goals => self.goals.awaited(),
            Place::Today => None,
        };
        if on_rows
            && self.waiting.is_none()
            && let Some(request) = awaited
        {
            self.wait_for(request);
        }
    }

    /// The open editor, to change it.
    pub fn editor_mut(&mut self) -> Option<&mut Editor> {
        self.layers.iter_mut().find_map(Layer::as_editor_mut)
    }
}

/// What a screen asks for at a message: effects for the edge, steps for the shell, words at the foot.
#[derive(Debug)]
pub struct Outbox<'a> {
    requests: &'a mut Requests,
    /// For the edge.
    pub effects: Vec<Effect>,
    /// For the shell, in order.
    pub steps: Vec<Step>,
    /// For the foot.
    pub notice: Option<Notice>,
}

impl<'a> Outbox<'a> {
    /// An empty one.
    pub const fn new(requests: &'a mut Requests) -> Self {
        Self {
            requests,
            effects: Vec::new(),
            steps: Vec::new(),
            notice: None,
        }
    }

    /// Asks the journal; the id comes back with the answer.
    pub fn ask(&mut self, ask: Ask) -> RequestId {
        let request = self.requests.fresh();
        self.effects.push(Effect::Ask(request, ask));
        request
    }

    /// Sets a timer.
    pub fn timer(&mut self, timer: Timer, after: Duration) {
        self.effects.push(Effect::SetTimer(timer, after));
    }

    /// Asks the edge.
    pub fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Asks the shell.
    pub fn step(&mut self, step: Step) {
        self.steps.push(step);
    }

    /// Says one sentence at the foot of the screen.
    pub fn say(&mut self, tone: Tone, text: impl Into<String>) {
        self.notice = Some(Notice {
            tone,
            text: text.into(),
        });
    }
}
