//! Somebody to talk to: the writer's own people, and the public lines the program ships.

use toml::de::DeValue;

use super::sheet::{Section, Sheet, Source, filled};
use chrono::NaiveDate;

const SHIPPED: &str = include_str!("../../assets/support.toml");

/// Somebody to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Who it is.
    pub name: String,
    /// How to reach them.
    pub reach: String,
}

/// The public lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicLines {
    /// The day on which somebody checked every one of them, if anybody did.
    pub checked: Option<NaiveDate>,
    /// Each behind the country it is for; "any" for everywhere.
    pub contacts: Vec<(String, Contact)>,
}

/// The public lines the program ships. Read when they are shown, not at every start.
#[must_use]
pub fn public_lines() -> PublicLines {
    read(SHIPPED)
}

fn read(text: &str) -> PublicLines {
    let source = Source::shipped(text);
    let (mut sheet, mut top) = Sheet::open(&source);
    let checked = sheet.read(&mut top, "checked", date);
    let tables = sheet.tables(&mut top, "contact");
    let contacts = tables
        .into_iter()
        .filter_map(|(_, section)| contact(&mut sheet, section));
    PublicLines {
        checked,
        contacts: contacts.collect(),
    }
}

fn contact<'a>(sheet: &mut Sheet<'a>, mut section: Section<'a>) -> Option<(String, Contact)> {
    let [region, name, reach] =
        ["region", "name", "reach"].map(|key| sheet.read(&mut section, key, filled));
    Some((
        region?,
        Contact {
            name: name?,
            reach: reach?,
        },
    ))
}

fn date(value: &DeValue<'_>) -> Result<NaiveDate, String> {
    let given = value.as_datetime().filter(|given| given.time.is_none());
    given
        .and_then(|given| given.date)
        .and_then(|date| {
            NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
        })
        .ok_or_else(|| "give a date".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_shipped_can_be_read_and_danger_stands_among_them() {
        let parsed: toml::Table = SHIPPED.parse().unwrap();
        let written = parsed["contact"].as_array().unwrap().len();
        let lines = public_lines();
        assert_eq!(lines.contacts.len(), written);
        let regions: Vec<&str> = lines.contacts.iter().map(|(of, _)| of.as_str()).collect();
        assert_eq!(regions, ["US", "US", "UK", "UK", "UK", "any"]);
    }

    #[test]
    fn a_day_is_said_to_be_checked_only_where_somebody_set_it() {
        let contact = "[[contact]]\nregion = \"US\"\nname = \"A\"\nreach = \"1\"\n";
        assert_eq!(read(contact).checked, None);
        let read = read(&format!("checked = 2026-11-02\n{contact}"));
        assert_eq!(read.checked, NaiveDate::from_ymd_opt(2026, 11, 2));
        assert_eq!(read.contacts.len(), 1);
    }
}
