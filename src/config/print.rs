//! The configuration in force, written as a file that explains itself and reads back the same.

use std::fmt::Write as _;

use chrono::{Month, Weekday};

use super::{Config, KeyBinding};
use crate::domain::prose::{is_hazard, visible};
use crate::domain::reflection::Signal;

/// The effective `config.toml`, every key with what it means. A terminal may have it as it is.
///
/// Only the keys in [`Config::keys`] are listed; give it the whole table to print the whole table.
#[must_use]
pub fn print(config: &Config) -> String {
    let mut out = String::from("# postcall: what you may choose. Every line may be left out.\n");
    writing(&mut out, config);
    lists(&mut out, config);
    screen(&mut out, config);
    tables(&mut out, config);
    keys(&mut out, &config.keys);
    out
}

fn entry(out: &mut String, comment: &str, key: &str, value: &str) {
    out.push('\n');
    for line in visible(comment).lines() {
        let _ = writeln!(out, "# {line}");
    }
    let _ = writeln!(out, "{key} = {value}");
}

fn writing(out: &mut String, config: &Config) {
    let rules = &config.rules;
    let templates = &config.catalog.templates;
    let templates: Vec<&str> = templates.iter().map(|known| known.id.as_str()).collect();
    entry(
        out,
        &format!("Template of a new reflection: {}.", wrapped(&templates)),
        "template",
        &quoted(rules.default_template.as_str()),
    );
    entry(
        out,
        "Local time at which a new day begins, before noon: what is written earlier belongs to the\n\
         day before.",
        "day_starts",
        &quoted(&rules.day_starts.format("%H:%M").to_string()),
    );
    entry(
        out,
        "First day of the week.",
        "week_starts",
        &quoted(&weekday(rules.week_starts)),
    );
    let month = u8::try_from(rules.academic_year_starts).ok();
    let month = month.and_then(|month| Month::try_from(month).ok());
    entry(
        out,
        "Month in which the academic year begins.",
        "academic_year_starts",
        &quoted(&month.unwrap_or(Month::July).name().to_lowercase()),
    );
    entry(
        out,
        "Days until what you want to try next is asked about.",
        "due_days",
        &rules.due_days.to_string(),
    );
}

fn weekday(day: Weekday) -> String {
    let name = match day {
        Weekday::Mon => "monday",
        Weekday::Tue => "tuesday",
        Weekday::Wed => "wednesday",
        Weekday::Thu => "thursday",
        Weekday::Fri => "friday",
        Weekday::Sat => "saturday",
        Weekday::Sun => "sunday",
    };
    name.to_owned()
}

fn lists(out: &mut String, config: &Config) {
    let rules = &config.rules;
    let kinds: Vec<&str> = rules.shift_kinds.iter().map(|kind| kind.id()).collect();
    entry(
        out,
        "Kinds of shift that are offered, in this order.",
        "shifts",
        &array(&kinds),
    );
    let signals: Vec<&str> = rules.signals.iter().map(Signal::as_str).collect();
    entry(
        out,
        "Stress signals that are offered, in this order. Use your own words.",
        "signals",
        &array(&signals),
    );
    let frameworks = &config.catalog.frameworks;
    let frameworks: Vec<&str> = frameworks.iter().map(|known| known.id.as_str()).collect();
    entry(
        out,
        &format!(
            "Framework whose competencies are offered: {}.",
            wrapped(&frameworks)
        ),
        "framework",
        &quoted(&config.framework),
    );
}

fn screen(out: &mut String, config: &Config) {
    entry(
        out,
        "Colours: auto, dark, light, plain, or a file of your own in the folder \"themes\".",
        "theme",
        &quoted(&config.theme.name),
    );
    entry(
        out,
        "Characters to draw with: unicode, or ascii for terminals that lack them.",
        "glyphs",
        &quoted(config.glyphs.id()),
    );
    entry(
        out,
        "Whether clicks and the wheel are listened to. Hold Shift to select text all the same.",
        "mouse",
        &config.mouse.to_string(),
    );
    entry(
        out,
        "Whether nothing on the screen moves by itself: the two breaths are then words alone.",
        "reduced_motion",
        &config.reduced_motion.to_string(),
    );
    entry(
        out,
        "Minutes without a key until a journal with a passphrase is locked; 0 for never.",
        "idle_lock_minutes",
        &config.idle_lock_minutes.to_string(),
    );
}

fn tables(out: &mut String, config: &Config) {
    let kept = config.backups_kept;
    let _ = write!(
        out,
        "\n# Backups that are kept of each age.\n[backups]\ndaily = {}\nweekly = {}\nmonthly = {}\n",
        kept.daily, kept.weekly, kept.monthly
    );
    out.push_str(
        "\n# People of your own to call: they come first on the support card (? then s).\n",
    );
    if config.support.is_empty() {
        out.push_str("# [[support]]\n# name = \"My programme's line\"\n# reach = \"555 0100\"\n");
    }
    for contact in &config.support {
        let (name, reach) = (quoted(&contact.name), quoted(&contact.reach));
        let _ = write!(out, "[[support]]\nname = {name}\nreach = {reach}\n");
    }
}

fn keys(out: &mut String, keys: &[KeyBinding]) {
    out.push_str(
        "\n# Keys, by the place where they count. A list gives an action several keys, an empty list\n\
         # none; actions that are not named keep theirs.\n",
    );
    if keys.is_empty() {
        out.push_str("# [keys.journal]\n# edit = [\"e\", \"f2\"]\n");
    }
    let mut context = None;
    for binding in keys {
        if context != Some(&binding.context) {
            context = Some(&binding.context);
            let _ = writeln!(out, "[keys.{}]", key(&binding.context));
        }
        let given: Vec<&str> = binding.keys.iter().map(String::as_str).collect();
        let _ = writeln!(out, "{} = {}", key(&binding.action), array(&given));
    }
}

/// A key, in quotes where it must be.
fn key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !name.is_empty() && name.chars().all(bare) {
        name.to_owned()
    } else {
        quoted(name)
    }
}

/// In quotes; what a terminal must not get is escaped, and so the same when it is read again.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_hazard(c) => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn array(items: &[&str]) -> String {
    let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
    format!("[{}]", items.join(", "))
}

/// A list in a comment, on more than one line if it is long.
fn wrapped(items: &[&str]) -> String {
    let mut out = String::new();
    let mut column = 40;
    for (n, item) in items.iter().enumerate() {
        let separator = if n == 0 { "" } else { ", " };
        column += separator.len() + item.len();
        if column > 96 {
            column = item.len();
            out.push_str(separator.trim_end());
            out.push('\n');
        } else {
            out.push_str(separator);
        }
        out.push_str(item);
    }
    out
}
