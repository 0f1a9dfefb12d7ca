//! Templates and frameworks: those the program ships and the writer's own beside the
//! configuration file, which add to them or replace them by id.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use toml::de::DeValue;

use super::complaint::Complaint;
use super::sheet::{Section, Sheet, Source, any, filled, list, text};
use super::shipped;
use crate::domain::catalog::Catalog;
use crate::domain::competency::{Competency, CompetencyId, Framework, MAX_PER_REFLECTION};
use crate::domain::cue::Cues;
use crate::domain::tag::Tag;
use crate::domain::template::{Template, TemplateId};

/// The framework whose competencies have bare ids.
pub const DEFAULT_FRAMEWORK: &str = "postcall";
/// At most this many hints in a template: what fits beside the field.
pub const MAX_HINTS: usize = 5;

/// Everything that can be chosen by name, the default framework first.
///
/// `folder` is where the configuration file is: its `templates` and `frameworks` are the writer's.
#[must_use]
pub fn catalog(folder: Option<&Path>) -> (Catalog, Vec<Complaint>) {
    let mut catalog = shipped::catalog().unwrap_or_default();
    let mut complaints = Vec::new();
    for (path, content) in files(folder, "templates", &mut complaints) {
        let source = Source::new(&path, &content);
        complaints.extend(add_templates(&mut catalog.templates, &source));
    }
    for (path, content) in files(folder, "frameworks", &mut complaints) {
        let source = Source::new(&path, &content);
        complaints.extend(add_framework(&mut catalog.frameworks, &source));
    }
    complaints.sort_by(|one, other| one.place.cmp(&other.place));
    (catalog, complaints)
}

/// The `.toml` files of a folder, by name; no such folder is as good as an empty one.
fn files(
    folder: Option<&Path>,
    name: &str,
    complaints: &mut Vec<Complaint>,
) -> Vec<(PathBuf, String)> {
    let Some(Ok(entries)) = folder.map(|folder| fs::read_dir(folder.join(name))) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension() == Some(OsStr::new("toml")))
        .collect();
    paths.sort();
    let mut read = Vec::new();
    for path in paths {
        match fs::read_to_string(&path) {
            Ok(content) => read.push((path, content)),
            Err(error) => complaints.push(Complaint::about(
                &path,
                format!("it could not be read ({error}) and is left out"),
            )),
        }
    }
    read
}

/// Replaces templates of the same id; others come before the weekly review, which stays last.
fn add_templates(templates: &mut Vec<Template>, source: &Source<'_>) -> Vec<Complaint> {
    let (mut sheet, mut top) = Sheet::open(source);
    for (span, section) in sheet.tables(&mut top, "template") {
        let Some(template) = template(&mut sheet, section) else {
            sheet.complain(
                &span,
                "this template is left out: it needs an id and a title",
            );
            continue;
        };
        let same = templates.iter_mut().find(|known| known.id == template.id);
        if let Some(known) = same {
            *known = template;
        } else {
            let week = |known: &Template| known.id == TemplateId::WEEK;
            let end = templates.iter().position(week).unwrap_or(templates.len());
            templates.insert(end, template);
        }
    }
    sheet.close(&top);
    sheet.into_complaints()
}

fn template<'a>(sheet: &mut Sheet<'a>, mut section: Section<'a>) -> Option<Template> {
    let section = &mut section;
    let id = sheet.read(section, "id", filled);
    let title = sheet.read(section, "title", filled);
    let mut prompt = |key| sheet.read(section, key, text).unwrap_or_default();
    let [went_well, do_differently, try_next] =
        ["went_well", "do_differently", "try_next"].map(&mut prompt);
    let note = sheet
        .read(section, "note", text)
        .filter(|note| !note.is_empty());
    let hints = sheet.read(section, "hints", at_most(MAX_HINTS, any));
    let tags = sheet.read(section, "tags", list(tag));
    let competency = |id: &str| Ok(CompetencyId::new(id));
    let competencies = at_most(MAX_PER_REFLECTION, competency);
    let competencies = sheet.read(section, "competencies", competencies);
    sheet.close(section);
    Some(Template {
        id: TemplateId::new(id?),
        title: title?,
        went_well,
        do_differently,
        try_next,
        note,
        hints: hints.unwrap_or_default(),
        tags: tags.unwrap_or_default(),
        competencies: competencies.unwrap_or_default(),
    })
}

fn tag(text: &str) -> Result<Tag, String> {
    Tag::new(text).ok_or_else(|| {
        format!("\"{text}\" cannot be a tag: give letters, digits, - and _, like \"rounds\"")
    })
}

/// The cues in one text, with semicolons between them.
pub(super) fn cues_in(text: &str) -> impl Iterator<Item = &str> {
    let cues = text.split(';').map(str::trim);
    cues.filter(|cue| !cue.is_empty())
}

/// One text, with semicolons between the cues, or a list.
fn cues(value: &DeValue<'_>) -> Result<Cues, String> {
    let mut cues = Cues::default();
    let mut add = |text: &str| {
        let added = cues.add(text);
        added
            .then_some(())
            .ok_or_else(|| format!("\"{text}\" has no word in it"))
    };
    if let Some(text) = value.as_str() {
        cues_in(text).try_for_each(add)?;
    } else {
        let given = list(any)(value)?;
        given.iter().try_for_each(|text| add(text))?;
    }
    Ok(cues)
}

fn at_most<T>(
    most: usize,
    item: impl Fn(&str) -> Result<T, String>,
) -> impl Fn(&DeValue<'_>) -> Result<Vec<T>, String> {
    let items = list(item);
    move |value| {
        let items = items(value)?;
        if items.len() > most {
            return Err(format!("{} are given, at most {most} fit", items.len()));
        }
        Ok(items)
    }
}

/// Adds a framework, or adds to the one of that id: items of the same id are replaced.
fn add_framework(frameworks: &mut Vec<Framework>, source: &Source<'_>) -> Vec<Complaint> {
    let (mut sheet, mut top) = Sheet::open(source);
    let Some(id) = sheet.read(&mut top, "id", filled) else {
        sheet.complain(&(0..0), "this framework is left out: it needs an id");
        return sheet.into_complaints();
    };
    let [name, source, notice] =
        ["name", "source", "notice"].map(|key| sheet.read(&mut top, key, text));
    let mut items = Vec::new();
    for (span, section) in sheet.tables(&mut top, "item") {
        match competency(&mut sheet, section, &id) {
            Some(item) => items.push(item),
            None => sheet.complain(&span, "this item is left out: it needs an id and a name"),
        }
    }
    sheet.close(&top);
    let known = frameworks.iter().position(|known| known.id == id);
    let at = known.unwrap_or(frameworks.len());
    let mut framework = match known {
        Some(at) => frameworks.remove(at),
        None => Framework {
            name: id.clone(),
            id,
            source: String::new(),
            notice: String::new(),
            items: Vec::new(),
        },
    };
    framework.name = name.unwrap_or(framework.name);
    framework.source = source.unwrap_or(framework.source);
    framework.notice = notice.unwrap_or(framework.notice);
    for item in items {
        match framework.items.iter_mut().find(|known| known.id == item.id) {
            Some(known) => *known = item,
            None => framework.items.push(item),
        }
    }
    frameworks.insert(at, framework);
    sheet.into_complaints()
}

/// An item's name everywhere: bare in the default framework, else with its framework before it.
pub(super) fn full_id(framework: &str, id: String) -> CompetencyId {
    CompetencyId::new(if framework == DEFAULT_FRAMEWORK {
        id
    } else {
        format!("{framework}:{id}")
    })
}

fn competency<'a>(
    sheet: &mut Sheet<'a>,
    mut section: Section<'a>,
    framework: &str,
) -> Option<Competency> {
    let section = &mut section;
    let id = sheet.read(section, "id", filled);
    let code = sheet.read(section, "code", filled);
    let name = sheet.read(section, "name", filled);
    let sentence = sheet.read(section, "text", text);
    let behaviours = sheet.read(section, "behaviours", list(any));
    let cues = sheet.read(section, "cues", cues);
    let maps = sheet.read(section, "maps", list(any));
    let parent = sheet.read(section, "parent", filled);
    // Where an item was taken from is for whoever edits the file.
    sheet.read(section, "seed", text);
    sheet.close(section);
    Some(Competency {
        id: full_id(framework, id.or(code)?),
        name: name?,
        text: sentence.unwrap_or_default(),
        behaviours: behaviours.unwrap_or_default(),
        cues: cues.unwrap_or_default(),
        maps: maps.unwrap_or_default(),
        parent: parent.map(|parent| full_id(framework, parent)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::suggest::suggestions;

    fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, content) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        folder
    }

    #[test]
    fn the_shipped_files_are_whole() {
        let catalog = shipped::catalog().unwrap();
        let ids: Vec<&str> = catalog.templates.iter().map(|t| t.id.as_str()).collect();
        let chooser = "shift case feedback-asked feedback-given conversation call steady change \
                       rotation-start rotation-close mentor equity ethics week";
        assert_eq!(ids.join(" "), chooser);
        for template in &catalog.templates {
            for competency in &template.competencies {
                let known = catalog.find_competency(competency.as_str()).is_some();
                assert!(known, "{}: {competency}", template.id);
            }
            for field in crate::domain::reflection::Field::ALL {
                let prompt = template.prompt(field);
                assert!(prompt.chars().count() <= 60, "{}: {prompt}", template.id);
            }
        }
        let sizes: Vec<(&str, usize)> = catalog
            .frameworks
            .iter()
            .map(|framework| (framework.id.as_str(), framework.items.len()))
            .collect();
        assert_eq!(sizes, [("postcall", 15), ("acgme", 18), ("canmeds", 11)]);
    }

    #[test]
    fn a_shipped_file_says_the_same_beside_the_configuration_file() {
        let shipped = [
            (
                "templates/shipped.toml",
                include_str!("../../assets/templates/residency.toml"),
            ),
            (
                "frameworks/a.toml",
                include_str!("../../assets/frameworks/postcall.toml"),
            ),
            (
                "frameworks/b.toml",
                include_str!("../../assets/frameworks/acgme.toml"),
            ),
            (
                "frameworks/c.toml",
                include_str!("../../assets/frameworks/canmeds.toml"),
            ),
        ];
        let mut read = Catalog::default();
        for (path, text) in shipped {
            let source = Source::new(Path::new(path), text);
            let complaints = if path.starts_with("templates") {
                add_templates(&mut read.templates, &source)
            } else {
                add_framework(&mut read.frameworks, &source)
            };
            assert_eq!(complaints, []);
        }
        assert_eq!(read, shipped::catalog().unwrap());
    }

    #[test]
    fn every_counterpart_in_a_shipped_framework_exists() {
        let (catalog, _) = catalog(None);
        for item in catalog.competencies() {
            assert!(
                !item.text.is_empty() && !item.behaviours.is_empty(),
                "{}",
                item.id
            );
            let shipped =
                |code: &&String| code.starts_with("acgme:") || code.starts_with("canmeds:");
            for code in item.maps.iter().filter(shipped) {
                assert!(
                    catalog.find_competency(code).is_some(),
                    "{}: {code}",
                    item.id
                );
            }
        }
        let pbli2 = catalog.find_competency("acgme:PBLI2").unwrap();
        assert_eq!(pbli2.parent, Some(CompetencyId::new("acgme:PBLI")));
    }

    #[test]
    fn files_of_ones_own_replace_by_id_and_add_before_the_week() {
        let folder = folder_with(&[
            (
                "templates/mine.toml",
                "[[template]]\nid = \"sim\"\ntitle = \"Simulation\"\n\
                 [[template]]\nid = \"call\"\ntitle = \"Handover\"\n",
            ),
            (
                "frameworks/acgme.toml",
                "id = \"acgme\"\n[[item]]\ncode = \"PROF3\"\nname = \"Self-Awareness\"\n\
                 [[item]]\ncode = \"SBP4\"\nname = \"Advocacy\"\nparent = \"SBP\"\n",
            ),
            ("frameworks/notes.txt", "no framework"),
        ]);
        let (catalog, complaints) = catalog(Some(folder.path()));
        assert_eq!(complaints, []);
        let titles: Vec<&str> = catalog.templates.iter().map(|t| t.title.as_str()).collect();
        assert_eq!(titles.len(), 15);
        assert_eq!(titles[5], "Handover");
        assert_eq!(titles[13..], ["Simulation", "Week in review"]);
        let acgme = &catalog.frameworks[1];
        assert!(acgme.name.starts_with("ACGME core") && acgme.items.len() == 19);
        let name = |id: &str| catalog.find_competency(id).unwrap().name.clone();
        assert_eq!(name("acgme:PROF3"), "Self-Awareness");
        assert_eq!(name("acgme:SBP4"), "Advocacy");
    }

    #[test]
    fn cues_of_ones_own_suggest_and_one_without_a_word_is_complained_about() {
        let folder = folder_with(&[(
            "frameworks/own.toml",
            "id = \"postcall\"\n[[item]]\nid = \"boat\"\nname = \"Rowing together\"\n\
             cues = [\"rowed as one\"]\n\
             [[item]]\nid = \"tide\"\nname = \"Tide\"\ncues = '''low\n tide; ebb;'''\n\
             [[item]]\nid = \"dash\"\nname = \"Dash\"\ncues = [\" - \"]\n",
        )]);
        let (catalog, complaints) = catalog(Some(folder.path()));
        let given = suggestions(["We rowed as one."], &catalog, &[], &[]);
        assert_eq!(given, [CompetencyId::new("boat")]);
        let given = suggestions(["At low tide."], &catalog, &[], &[]);
        assert_eq!(given, [CompetencyId::new("tide")]);
        let said: Vec<String> = complaints.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(
            said[0].ends_with("line 14: item.cues: \" - \" has no word in it"),
            "{said:?}"
        );
    }

    #[test]
    fn a_bad_file_is_complained_about_and_the_rest_still_counts() {
        let folder = folder_with(&[
            (
                "templates/a.toml",
                "[[template]]\ntitle = \"No id\"\n\n[[template]]\nid = \"sim\"\ntitle = \"Sim\"\n\
                 went_wel = \"x\"\ntags = [\"two words\"]\nhints = \"one\"\n",
            ),
            ("templates/b.toml", "[[template]]\nid = \"late\ntitle = 3\n"),
            ("frameworks/c.toml", "name = \"No id\"\n"),
        ]);
        fs::write(folder.path().join("templates/d.toml"), [0xff, 0xfe]).unwrap();
        let (catalog, complaints) = catalog(Some(folder.path()));
        let root = folder.path().display().to_string();
        let said: Vec<String> = complaints
            .iter()
            .map(|complaint| complaint.to_string().replace(&root, "~").replace('\\', "/"))
            .collect();
        assert!(catalog.find_template("sim").is_some());
        assert!(catalog.find_template("shift").is_some());
        let expected = [
            "~/frameworks/c.toml, line 1: this framework is left out: it needs an id",
            "~/templates/a.toml, line 1: this template is left out: it needs an id and a title",
            "~/templates/a.toml, line 7: nothing is called \"template.went_wel\"; did you mean \
             \"went_well\"?",
            "~/templates/a.toml, line 8: template.tags: \"two words\" cannot be a tag: give letters, \
             digits, - and _, like \"rounds\"",
            "~/templates/a.toml, line 9: template.hints: give a list, like [\"one\", \"two\"]",
            "~/templates/b.toml, line 1: this template is left out: it needs an id and a title",
            "~/templates/b.toml, line 2: not TOML: invalid basic string, expected `\"`",
            "~/templates/b.toml, line 3: template.title: give a text in quotes",
        ];
        assert_eq!(said[..8], expected);
        assert!(
            said[8].starts_with("~/templates/d.toml: it could not be read"),
            "{}",
            said[8]
        );
    }
}
