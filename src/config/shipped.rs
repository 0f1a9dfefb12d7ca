//! The templates and frameworks that the program comes with, as the build made them ready.

use serde::Deserialize;

use super::assets::{cues_in, full_id};
use crate::domain::catalog::Catalog;
use crate::domain::competency::{Competency, CompetencyId, Framework};
use crate::domain::tag::Tag;
use crate::domain::template::{Template, TemplateId};

const CATALOG: &str = include_str!(concat!(env!("OUT_DIR"), "/catalog.json"));

#[derive(Deserialize)]
struct Shipped {
    templates: Templates,
    frameworks: Vec<ShippedFramework>,
}

#[derive(Deserialize)]
struct Templates {
    template: Vec<ShippedTemplate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShippedTemplate {
    id: String,
    title: String,
    went_well: String,
    do_differently: String,
    try_next: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    hints: Vec<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    competencies: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShippedFramework {
    id: String,
    name: String,
    source: String,
    notice: String,
    item: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    #[serde(alias = "code")]
    id: String,
    name: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    behaviours: Vec<String>,
    #[serde(default)]
    cues: String,
    #[serde(default)]
    maps: Vec<String>,
    parent: Option<String>,
}

/// All of them, the default framework first.
///
/// # Errors
/// Never, as a test shows.
pub(super) fn catalog() -> serde_json::Result<Catalog> {
    let shipped: Shipped = serde_json::from_str(CATALOG)?;
    let templates = shipped.templates.template.into_iter().map(template);
    let frameworks = shipped.frameworks.into_iter().map(framework);
    Ok(Catalog {
        templates: templates.collect(),
        frameworks: frameworks.collect(),
    })
}

fn template(shipped: ShippedTemplate) -> Template {
    let competencies = shipped.competencies.into_iter().map(CompetencyId::new);
    Template {
        id: TemplateId::new(shipped.id),
        title: shipped.title,
        went_well: shipped.went_well,
        do_differently: shipped.do_differently,
        try_next: shipped.try_next,
        note: Some(shipped.note).filter(|note| !note.is_empty()),
        hints: shipped.hints,
        tags: shipped
            .tags
            .iter()
            .filter_map(|tag| Tag::new(tag))
            .collect(),
        competencies: competencies.collect(),
    }
}

fn framework(shipped: ShippedFramework) -> Framework {
    let id = shipped.id;
    let items = shipped.item.into_iter();
    Framework {
        items: items.map(|item| competency(item, &id)).collect(),
        name: shipped.name,
        source: shipped.source,
        notice: shipped.notice,
        id,
    }
}

fn competency(item: Item, framework: &str) -> Competency {
    Competency {
        id: full_id(framework, item.id),
        name: item.name,
        text: item.text,
        behaviours: item.behaviours,
        cues: cues_in(&item.cues).collect(),
        maps: item.maps,
        parent: item.parent.map(|parent| full_id(framework, parent)),
    }
}
