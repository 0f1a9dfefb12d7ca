//! A configuration file, and templates, frameworks and a theme beside it, that are hostile from
//! end to end.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use postcall::config::{self, Config};
use proptest::prelude::*;

use super::{marked, nasty};

/// A text as TOML, every character that is no letter escaped.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            quoted.push(c);
        } else {
            write!(quoted, "\\U{:08x}", u32::from(c)).unwrap();
        }
    }
    quoted.push('"');
    quoted
}

/// Writes the files; `config.toml` is in the folder itself. What can be taken is taken: names,
/// prompts, people to call. The rest is complained about.
pub fn write(folder: &Path, nasty: &str) {
    let q = |mark: &str| quoted(&marked(mark, nasty));
    let keys: Vec<String> = nasty.chars().map(|c| quoted(&String::from(c))).collect();
    let config = format!(
        "{unknown} = 1\ntheme = {theme}\ntemplate = {template}\nframework = {framework}\n\
         signals = [{signal}, \"jaw\"]\nshifts = [{signal}]\n\
         [[support]]\nname = {person}\nreach = {reach}\n\
         [[support]]\nname = {person}\n{unknown} = {reach}\n\
         [keys.{table}]\n{action} = {binding}\n\
         [keys.journal]\n{action} = \"x\"\nedit = [{binding}]\nread = [\"enter\", {keys}]\n\
         [keys.today]\nanother = [\"N\", \"\\u202e\"]\nchain = \"\\u009b\"\nlog = \"\\u200e\"\n\
         [{table}]\nx = 1\n",
        unknown = q("Qkey"),
        theme = q("Qtheme"),
        template = q("Qtemplate"),
        framework = q("Qframework"),
        signal = q("Qsignal"),
        person = q("Qperson"),
        reach = q("Qreach"),
        table = q("Qtable"),
        action = q("Qaction"),
        binding = q("Qbinding"),
        keys = keys.join(", "),
    );
    fs::write(folder.join("config.toml"), config).unwrap();
    let under = |name: &str, content: String| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    };
    let mut templates = String::new();
    for id in [
        "shift",
        "week",
        "rotation-start",
        "rotation-close",
        "feedback-asked",
        "steady",
    ] {
        writeln!(
            templates,
            "[[template]]\nid = \"{id}\"\ntitle = {}\nwent_well = {}\ndo_differently = {}\n\
             try_next = {}\nnote = {}\nhints = [{}, {}]",
            q("Qtitle"),
            q("Qprompt"),
            q("Qprompt"),
            q("Qprompt"),
            q("Qprompt"),
            q("Qhint"),
            q("Qhint"),
        )
        .unwrap();
    }
    writeln!(
        templates,
        "[[template]]\nid = {}\ntitle = {}\ntags = [{}]\n{} = 1\ncompetencies = [{}]",
        q("Qown"),
        q("Qowntitle"),
        q("Qtag"),
        q("Qid"),
        q("Qid"),
    )
    .unwrap();
    under("templates/own.toml", templates);
    let mut framework = String::from("id = \"postcall\"\n");
    for id in ["feedback", "team", "meetings", "composure", "ethics"] {
        writeln!(
            framework,
            "[[item]]\nid = \"{id}\"\nname = {}\ntext = {}\nbehaviours = [{}]\nmaps = [{}]\n\
             cues = [\"Qwell\"]",
            q("Qname"),
            q("Qtext"),
            q("Qbehaviour"),
            q("Qmap"),
        )
        .unwrap();
    }
    under("frameworks/own.toml", framework);
    let other = format!(
        "id = {}\nname = {}\nsource = {}\nnotice = {}\n[[item]]\ncode = {}\nname = {}\n\
         parent = {}\ncues = [\"\\u001b\\u202e\", {}]\n",
        q("Qother"),
        q("Qothername"),
        q("Qsource"),
        q("Qnotice"),
        q("Qcode"),
        q("Qothername"),
        q("Qcode"),
        q("Qcue"),
    );
    under("frameworks/other.toml", other);
    // No TOML at all: raw on its lines, and raw in its name where a name can be like this.
    let broken = format!(
        "{}\n= {nasty}\n",
        marked("Qbroken", nasty).replace('\n', " ")
    );
    under("templates/broken.toml", broken);
    let name = marked("Qbroken", nasty).replace(['/', '\n', '\r'], "");
    let name: String = name.chars().take(20).collect();
    if cfg!(unix) {
        under(&format!("templates/{name}.toml"), "= no TOML".to_owned());
    }
}

/// The same text twice through the printed configuration is the same text.
fn printed_and_read(config: &Config) -> Config {
    Config::parse(&config::print(config), Path::new("")).0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn a_printed_configuration_is_not_raw_and_says_the_same_when_it_is_read(text in nasty()) {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &text);
        let (config, complaints) = Config::load(Some(&folder.path().join("config.toml")));
        prop_assert!(!complaints.is_empty());
        let printed = config::print(&config);
        prop_assert_eq!(super::raw(&printed), None, "{:?}", printed);
        let read = printed_and_read(&config);
        prop_assert_eq!(&read.rules.signals, &config.rules.signals, "{}", printed);
        prop_assert_eq!(&read.support, &config.support, "{}", printed);
    }
}
