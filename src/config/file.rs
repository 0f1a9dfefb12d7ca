//! `config.toml`: every key it may have and what fits each.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use chrono::{Month, NaiveTime, Timelike, Weekday};
use toml::de::DeValue;

use super::complaint::Complaint;
use super::sheet::{Section, Sheet, Source, any, filled, flag, list, number, text};
use super::theme::Theme;
use super::{BackupsKept, Config, Contact, Glyphs, KeyBinding, assets};
use crate::domain::calendar;
use crate::domain::catalog::Catalog;
use crate::domain::nearest;
use crate::domain::reflection::Signal;
use crate::domain::rules::Rules;
use crate::domain::shift::ShiftKind;

/// Minutes until a journal with a passphrase is locked, until the writer chooses.
const IDLE_LOCK_MINUTES: u16 = 5;

impl Config {
    /// Reads the text of a configuration file that lies, or would lie, at `path`.
    #[must_use]
    pub fn parse(content: &str, path: &Path) -> (Self, Vec<Complaint>) {
        let folder = path.parent();
        let (mut catalog, mut complaints) = assets::catalog(folder);
        let source = Source::new(path, content);
        let (mut sheet, mut top) = Sheet::open(&source);
        let rules = rules(&mut sheet, &mut top, &catalog);
        let framework = sheet.read(&mut top, "framework", |value| {
            let ids = catalog.frameworks.iter().map(|known| known.id.as_str());
            one_of("framework", &text(value)?, ids).map(str::to_owned)
        });
        let framework = framework.unwrap_or_else(|| assets::DEFAULT_FRAMEWORK.to_owned());
        // Stable: the others keep their order.
        catalog
            .frameworks
            .sort_by_key(|known| known.id != framework);
        let theme = sheet.read(&mut top, "theme", |value| {
            Theme::find(&text(value)?, folder, &mut complaints)
        });
        let glyphs = sheet.read(&mut top, "glyphs", |value| {
            let given = text(value)?;
            let id = one_of("glyphs", &given, Glyphs::ALL.into_iter().map(Glyphs::id))?;
            let known = Glyphs::ALL.into_iter().find(|glyphs| glyphs.id() == id);
            Ok(known.unwrap_or_default())
        });
        let mouse = sheet.read(&mut top, "mouse", flag).unwrap_or(false);
        let reduced_motion = sheet.read(&mut top, "reduced_motion", flag);
        let idle = sheet.read(&mut top, "idle_lock_minutes", number(0..=1440));
        let config = Self {
            rules,
            catalog: Arc::new(catalog),
            framework,
            theme: theme.unwrap_or_default(),
            glyphs: glyphs.unwrap_or_default(),
            mouse,
            reduced_motion: reduced_motion.unwrap_or_default(),
            backups_kept: backups_kept(&mut sheet, &mut top),
            idle_lock_minutes: idle.unwrap_or(IDLE_LOCK_MINUTES),
            support: support(&mut sheet, &mut top),
            keys: keys(&mut sheet, &mut top),
        };
        sheet.close(&top);
        complaints.extend(sheet.into_complaints());
        (config, complaints)
    }
}

fn rules<'a>(sheet: &mut Sheet<'a>, top: &mut Section<'a>, catalog: &Catalog) -> Rules {
    let mut rules = Rules::default();
    let template = sheet.read(top, "template", |value| {
        let ids = catalog.templates.iter().map(|known| known.id.as_str());
        let given = text(value)?;
        let id = one_of("template", &given, ids)?;
        Ok(catalog.find_template(id).map(|known| known.id.clone()))
    });
    set(&mut rules.default_template, template.flatten());
    set(&mut rules.day_starts, sheet.read(top, "day_starts", time));
    set(
        &mut rules.week_starts,
        sheet.read(top, "week_starts", weekday),
    );
    let month = sheet.read(top, "academic_year_starts", month);
    set(&mut rules.academic_year_starts, month);
    set(
        &mut rules.due_days,
        sheet.read(top, "due_days", number(0..=366)),
    );
    let kinds = sheet.read(top, "shifts", |value| {
        let kinds =
            list(|word| ShiftKind::from_str(word).map_err(|error| error.to_string()))(value)?;
        without_repeats(kinds)
    });
    set(&mut rules.shift_kinds, kinds);
    let signals = sheet.read(top, "signals", |value| {
        let signal = |word: &str| Signal::new(word).ok_or_else(|| "a signal is empty".to_owned());
        list(signal)(value)
    });
    set(&mut rules.signals, signals);
    rules
}

fn set<T>(slot: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *slot = value;
    }
}

fn without_repeats(kinds: Vec<ShiftKind>) -> Result<Vec<ShiftKind>, String> {
    let mut seen = Vec::new();
    for kind in &kinds {
        if seen.contains(&kind) {
            return Err(format!("{kind} is there twice"));
        }
        seen.push(kind);
    }
    if kinds.is_empty() {
        return Err("give at least one kind of shift".to_owned());
    }
    Ok(kinds)
}

/// The allowed word that was given.
fn one_of<'a>(
    what: &str,
    given: &str,
    allowed: impl Iterator<Item = &'a str> + Clone,
) -> Result<&'a str, String> {
    let known = allowed.clone().find(|word| *word == given);
    known.ok_or_else(|| nearest::explain(what, given, allowed))
}

/// `"05:00"`, or the same without quotes; before noon, or a day would begin after it is over.
fn time(value: &DeValue<'_>) -> Result<NaiveTime, String> {
    let bare = value.as_datetime().filter(|given| given.date.is_none());
    let given = match bare.and_then(|given| given.time) {
        Some(time) => format!("{:02}:{:02}", time.hour, time.minute),
        None => value.as_str().unwrap_or_default().to_owned(),
    };
    NaiveTime::parse_from_str(&given, "%H:%M")
        .ok()
        .filter(|time| time.hour() < 12)
        .ok_or_else(|| "give a time from 00:00 to 11:59, like \"05:00\"".to_owned())
}

fn weekday(value: &DeValue<'_>) -> Result<Weekday, String> {
    let given = text(value)?;
    calendar::weekday(&given).ok_or_else(|| {
        let days = calendar::weekday_names().iter().copied();
        like("day", "monday", &given, days)
    })
}

/// A month by its English name or its number.
fn month(value: &DeValue<'_>) -> Result<u32, String> {
    let name = value.as_str().and_then(|name| Month::from_str(name).ok());
    let number = number(1..=12)(value).ok().map(u32::from);
    name.map(|month| month.number_from_month())
        .or(number)
        .ok_or_else(|| {
            let months = (1..=12).filter_map(|n| Month::try_from(n).ok());
            let given = value.as_str().unwrap_or_default();
            like("month", "july", given, months.map(|month| month.name())).to_lowercase()
        })
}

/// What to give, with the name that was nearly given.
fn like<'a>(
    what: &str,
    example: &str,
    given: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> String {
    let near = nearest::nearest(given, names);
    let meant = near.map_or_else(String::new, |name| format!("; did you mean \"{name}\"?"));
    format!("give a {what}, like \"{example}\"{meant}")
}

fn backups_kept<'a>(sheet: &mut Sheet<'a>, top: &mut Section<'a>) -> BackupsKept {
    let mut kept = BackupsKept::default();
    let mut section = sheet.table(top, "backups");
    set(
        &mut kept.daily,
        sheet.read(&mut section, "daily", number(1..=366)),
    );
    set(
        &mut kept.weekly,
        sheet.read(&mut section, "weekly", number(0..=520)),
    );
    set(
        &mut kept.monthly,
        sheet.read(&mut section, "monthly", number(0..=120)),
    );
    sheet.close(&section);
    kept
}

fn support<'a>(sheet: &mut Sheet<'a>, top: &mut Section<'a>) -> Vec<Contact> {
    let mut contacts = Vec::new();
    for (span, mut section) in sheet.tables(top, "support") {
        let name = sheet.read(&mut section, "name", filled);
        let reach = sheet.read(&mut section, "reach", filled);
        sheet.close(&section);
        match name.zip(reach) {
            Some((name, reach)) => contacts.push(Contact { name, reach }),
            None => sheet.complain(
                &span,
                "this contact is left out: it needs a name and a reach",
            ),
        }
    }
    contacts
}

/// `[keys.CONTEXT]`, then `ACTION = "key"` or a list of keys.
fn keys<'a>(sheet: &mut Sheet<'a>, top: &mut Section<'a>) -> Vec<KeyBinding> {
    let mut bindings = Vec::new();
    for (context, actions) in sheet.table(top, "keys").into_entries() {
        let context = context.into_inner();
        let DeValue::Table(actions) = actions.get_ref() else {
            let sentence = format!("keys.{context}: write it as a table, [keys.{context}]");
            sheet.complain(&actions.span(), sentence);
            continue;
        };
        for (action, keys) in actions {
            let (place, action) = (sheet.place(&action.span()), action.get_ref());
            if let Some(keys) = key_list(keys.get_ref()) {
                bindings.push(KeyBinding {
                    context: context.to_string(),
                    action: action.to_string(),
                    keys,
                    place: Some(place),
                });
            } else {
                let sentence = format!("keys.{context}.{action}: give a key or a list of keys");
                sheet.complain(&keys.span(), sentence);
            }
        }
    }
    bindings
}

fn key_list(value: &DeValue<'_>) -> Option<Vec<String>> {
    let one = text(value).map(|key| vec![key]);
    one.or_else(|_| list(any)(value)).ok()
}
