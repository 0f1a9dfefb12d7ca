//! `postcall competencies`: what a reflection can touch.

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::output::{Look, Output};
use crate::cli::setting::Setting;
use crate::domain::competency::Framework;
use crate::domain::nearest;
use crate::exchange::json::CompetencyJson;

#[derive(Debug, Args)]
pub struct CompetenciesArgs {
    /// Another framework than the one in use
    #[arg(long, value_name = "FRAMEWORK")]
    pub framework: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

pub fn run(args: &CompetenciesArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let Some(framework) = framework(args.framework.as_deref(), setting)? else {
        return Ok(());
    };
    if args.json {
        let mut array = out.array();
        for item in &framework.items {
            array.item(&CompetencyJson::new(framework, item))?;
        }
        return Ok(array.end()?);
    }
    let longest = framework.items.iter().map(|c| c.id.as_str().len()).max();
    let width = longest.unwrap_or_default();
    for item in &framework.items {
        out.line(&[
            (Look::Strong, &format!("{:<width$}", item.id.as_str())),
            (Look::Plain, &format!("  {}", item.name)),
        ])?;
        if !item.maps.is_empty() {
            let maps = item.maps.join(", ");
            let said = format!("{:<width$}  suggested mapping: {maps}", "");
            out.line(&[(Look::Quiet, &said)])?;
        }
    }
    if !framework.notice.is_empty() {
        out.say(&framework.notice);
    }
    Ok(())
}

/// The one asked for, else the one in use.
fn framework<'a>(
    given: Option<&str>,
    setting: &'a Setting,
) -> Result<Option<&'a Framework>, Failure> {
    let all = &setting.options.catalog.frameworks;
    let Some(given) = given else {
        return Ok(all.first());
    };
    let ids = all.iter().map(|framework| framework.id.as_str());
    let found = all.iter().find(|f| f.id.eq_ignore_ascii_case(given));
    found.map(Some).ok_or_else(|| {
        Failure::Usage(format!(
            "There is {}.",
            nearest::explain("framework", given, ids)
        ))
    })
}
