//! `postcall templates`: what a reflection can be written with.

use crate::cli::args::JsonArgs;
use crate::cli::failure::Failure;
use crate::cli::output::{Look, Output};
use crate::cli::setting::Setting;
use crate::exchange::json::TemplateJson;

pub fn run(args: &JsonArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let templates = &setting.options.catalog.templates;
    if args.json {
        let mut array = out.array();
        for template in templates {
            array.item(&TemplateJson::from(template))?;
        }
        return Ok(array.end()?);
    }
    let longest = templates.iter().map(|t| t.id.as_str().len()).max();
    let width = longest.unwrap_or_default();
    for template in templates {
        out.line(&[
            (Look::Strong, &format!("{:<width$}", template.id.as_str())),
            (Look::Plain, &format!("  {}", template.title)),
        ])?;
    }
    Ok(())
}
