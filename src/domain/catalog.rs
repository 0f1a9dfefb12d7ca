//! The templates and competency frameworks that are on offer: those the program ships and the
//! user's own.

use super::competency::{Competency, CompetencyId, Framework};
use super::nearest::nearest;
use super::template::{Template, TemplateId};

/// Everything that can be chosen by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalog {
    /// Templates, in the order the chooser shows them.
    pub templates: Vec<Template>,
    /// Frameworks; the active one first.
    pub frameworks: Vec<Framework>,
}

impl Catalog {
    /// The template of that name, or a stand-in with no prompts if no file defines it any more.
    #[must_use]
    pub fn template(&self, id: &TemplateId) -> Template {
        self.find_template(id.as_str())
            .cloned()
            .unwrap_or_else(|| Template::unknown(id.clone()))
    }

    /// The template of that name.
    #[must_use]
    pub fn find_template(&self, id: &str) -> Option<&Template> {
        self.templates
            .iter()
            .find(|template| template.id.as_str() == id)
    }

    /// The competencies of the active framework.
    #[must_use]
    pub fn competencies(&self) -> &[Competency] {
        self.frameworks
            .first()
            .map_or(&[], |framework| &framework.items)
    }

    /// The competencies of the other frameworks, each with the framework it is of.
    pub fn other_competencies(&self) -> impl Iterator<Item = (&Framework, &Competency)> {
        let others = self.frameworks.iter().skip(1);
        others.flat_map(|framework| framework.items.iter().map(move |item| (framework, item)))
    }

    /// The competencies of other frameworks that are suggested as counterparts of this one, as far
    /// as a file defines them.
    pub fn counterparts<'a>(&'a self, item: &'a Competency) -> impl Iterator<Item = &'a str> {
        let maps = item.maps.iter().map(String::as_str);
        maps.filter(|id| self.find_competency(id).is_some())
    }

    /// The competency of that name, in any framework.
    #[must_use]
    pub fn find_competency(&self, id: &str) -> Option<&Competency> {
        let all = self
            .frameworks
            .iter()
            .flat_map(|framework| &framework.items);
        all.into_iter()
            .find(|competency| competency.id.as_str() == id)
    }

    /// The competencies that may be meant by this, whatever the case: the one of that id or else of
    /// that name; without one, those of the active framework whose id or name begins like this, and
    /// only without those the same of the other frameworks.
    #[must_use]
    pub fn competencies_meant(&self, given: &str) -> Vec<&Competency> {
        let given = given.trim().to_lowercase();
        if given.is_empty() {
            return Vec::new();
        }
        let all = || {
            self.frameworks
                .iter()
                .flat_map(|framework| &framework.items)
        };
        let id = |item: &Competency| item.id.as_str().to_lowercase();
        let name = |item: &Competency| item.name.to_lowercase();
        let exact = all().find(|item| id(item) == given);
        if let Some(exact) = exact.or_else(|| all().find(|item| name(item) == given)) {
            return vec![exact];
        }
        let begins =
            |item: &&Competency| id(item).starts_with(&given) || name(item).starts_with(&given);
        let active: Vec<&Competency> = self.competencies().iter().filter(begins).collect();
        if !active.is_empty() {
            return active;
        }
        let others = self.other_competencies().map(|(_, item)| item);
        others.filter(begins).collect()
    }

    /// The competency whose id or name is closest to what was given.
    #[must_use]
    pub fn nearest_competency(&self, given: &str) -> Option<&str> {
        let items = self.competencies().iter();
        let words = items.flat_map(|item| [item.id.as_str(), item.name.as_str()]);
        nearest(given.trim(), words)
    }

    /// What people read for a competency: its name, or the bare id if no file defines it.
    #[must_use]
    pub fn competency_name<'a>(&'a self, id: &'a CompetencyId) -> &'a str {
        self.find_competency(id.as_str())
            .map_or(id.as_str(), |competency| &competency.name)
    }
}
