//! Every command of the real program with hostile arguments, input, files, file names and
//! environment.

use std::ffi::{OsStr, OsString};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Stdio;

use proptest::prelude::*;

use super::{assert_shows, file_name, full, marked, marked_name, nasty, raw, worst};
use crate::cli::{Home, Ran};

/// Commands that read and change nothing.
const READS: &str = "\
list
list -n 3 --json
list Qwell tag:qtag
list rot:Qnow
search Qwell
search Qwell --json
show last
show last --json
trash
trash --json
due
due --short
due --json
goal list --all
goal list --all --json
rotation list
rotation list --json
week
week -1
week --json
trends --range all
trends --range all --json
trends --range rotation
templates
templates --json
competencies
competencies --json
backup
backup list
backup list --json
config print
config check
config path
path
check --journal
check --journal --json
completions bash
--help
add --help
--version";

/// Commands that get `T`, the hostile text, where a name, a date or a path should be.
const NAMES: &str = "\
T
list T
list tag:T
list since:T
list shift:T
list is:T
search T
show T
edit T
new --template T
delete T
restore T
close last T
close T helped
goal add T
goal edit T --why x
goal close T met
goal close feedback T
goal reopen T
rotation end T
rotation review T
rotation start T
rotation start x --on T
shift --on T
shift --kind T
week T
trends --range T
competencies --framework T
completions T
backup T/x
backup restore T
config T
config check --config T
list --journal T/x
list --color T
demo --write T/x --entries 1
check T
demo --write x --entries T
passphrase T
--passphrase-fd T
--T
passphrase change --new-passphrase-file T
add --well x --template T
add --well x --date T
add --well x --shift T
add --well x --competency T
add --well x --tag T
add --well x --from T
add --well x --energy T
add --well x --signal T
add --well x --due T
add --well x --rotation T
add T
add T T
add --well --T";

/// A hostile journal under a hostile name, with a hostile configuration.
struct Nest {
    home: Home,
    journal: PathBuf,
    config: PathBuf,
    text: String,
    /// Everything a person was shown.
    shown: String,
}

impl Nest {
    fn of(nasty: &str) -> Self {
        let home = Home::new();
        let name = file_name("Qjournal", nasty);
        let (journal, config) = (home.path(&name), home.path(&file_name("Qconfig", nasty)));
        full::write(&journal, &config, nasty);
        let config = config.join("config.toml");
        Self {
            home,
            journal,
            config,
            text: nasty.replace('\0', ""),
            shown: String::new(),
        }
    }

    /// Runs a command with these variables; nothing that it writes is raw.
    fn run_in(
        &mut self,
        variables: &[(&str, &OsStr)],
        args: &[impl AsRef<OsStr>],
        input: &[u8],
    ) -> Ran {
        let mut command = self.home.command(&[]);
        command
            .args(args)
            .current_dir(self.home.path(""))
            .env("POSTCALL_JOURNAL", &self.journal)
            .env("POSTCALL_CONFIG", &self.config)
            .envs(variables.iter().copied())
            .stdin(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(input);
        let ran = Ran::of(child.wait_with_output().unwrap());
        let args: Vec<&OsStr> = args.iter().map(AsRef::as_ref).collect();
        // The exact path is for the program that asked for it.
        let exact = args.ends_with(&["path".as_ref()]) || args.starts_with(&["backup".as_ref()]);
        assert!(exact || raw(&ran.out).is_none(), "{args:?}: {:?}", ran.out);
        assert!(raw(&ran.err).is_none(), "{args:?}: {:?}", ran.err);
        if args.contains(&"--json".as_ref()) && ran.code == 0 {
            let parsed: Result<serde_json::Value, _> = serde_json::from_str(&ran.out);
            assert!(parsed.is_ok(), "{args:?}: {:?}", ran.out);
        }
        self.shown.push_str(&ran.out);
        self.shown.push_str(&ran.err);
        ran
    }

    fn run(&mut self, args: &[impl AsRef<OsStr>]) -> Ran {
        self.run_in(&[], args, b"")
    }

    fn reads(&mut self) {
        for line in READS.lines() {
            let args: Vec<&str> = line.split(' ').collect();
            self.run(&args);
            if matches!(args.as_slice(), ["list" | "show" | "week" | "goal", ..]) {
                self.run(&[args.as_slice(), &["--color", "never"]].concat());
            }
        }
    }

    fn names(&mut self) {
        let text = marked("Qgiven", &self.text);
        for line in NAMES.lines() {
            let args = line.split(' ').map(|word| word.replace('T', &text));
            self.run(&args.collect::<Vec<_>>());
        }
    }

    /// What is taken is said back in words.
    fn writes(&mut self) {
        let text = marked("Qwritten", &self.text);
        let name = marked_name("Qfresh", &self.text);
        for args in [
            &[
                "add",
                "--well",
                &text,
                "--next",
                &text,
                "--note",
                &text,
                "--rotation",
                &name,
            ][..],
            &["add", "--differently", &text, "--json"],
            &["show", "last"],
            &["close", "last", "helped", "--note", &text],
            &["delete", "last"],
            &[
                "goal",
                "add",
                "meetings",
                "--why",
                &text,
                "--obstacle",
                &text,
            ],
            &["goal", "edit", "feedback", "--gap", &text],
            &["goal", "close", "feedback", "met", "--note", &text],
            &["goal", "delete", "composure"],
            &["goal", "list", "--all"],
            &["rotation", "start", &name],
            &["rotation", "start", &name],
            &["rotation", "end"],
            &["rotation", "end", &name],
            &["rotation", "review", &name],
            &[
                "rotation",
                "review",
                &marked_name("Qpast", &self.text.clone()),
            ],
            &["rotation", "list"],
            &["shift", "--on", "-3"],
            &["trash"],
        ] {
            self.run(args);
        }
    }

    /// Standard input, as text, as JSON and as bytes.
    fn input(&mut self) {
        let text = marked("Qinput", &self.text);
        let json = serde_json::json!({ "went_well": text, "note": text, "tags": ["a"] });
        let lines = format!("{text}\nTry next: {text}\nNote: {text}");
        let unknown = serde_json::json!({ text.clone(): 1 });
        let named = serde_json::json!({ "went_well": "x", "template": text, "shift": text });
        let asked = serde_json::json!({ "id": text, "text": format!("{text} MRN 12345678") });
        for (line, input) in [
            ("add -", lines.into_bytes()),
            ("add - --json", json.to_string().into_bytes()),
            ("add -", unknown.to_string().into_bytes()),
            ("add -", named.to_string().into_bytes()),
            ("add -", b"{\"went_well\": \"\\ud800\"}".to_vec()),
            ("add -", b"{\"\\udc00\\u202e\": \"x\"}".to_vec()),
            ("add -", [b"x \x9b31m ", text.as_bytes()].concat()),
            ("add -", format!("\0{text}").into_bytes()),
            (
                "check",
                format!("{text} MRN 12345678 on 3/4/2026").into_bytes(),
            ),
            ("check --json", format!("{text} MRN 12345678").into_bytes()),
            ("check --jsonl", asked.to_string().into_bytes()),
            (
                "check --jsonl",
                [b"{\"id\": \"\x9b\"", text.as_bytes()].concat(),
            ),
            ("trash --empty", text.clone().into_bytes()),
        ] {
            self.run_in(&[], &line.split(' ').collect::<Vec<_>>(), &input);
        }
    }

    /// The environment, and what is in the files that it names.
    fn surroundings(&mut self) {
        let text = OsString::from(marked("Qvalue", &self.text));
        let value = text.as_os_str();
        for (variable, line) in [
            ("POSTCALL_NOW", "list"),
            ("POSTCALL_CONFIG", "config check"),
            ("POSTCALL_JOURNAL", "list"),
            ("POSTCALL_JOURNAL", "show last"),
            ("POSTCALL_PASSPHRASE_FILE", "list"),
            ("EDITOR", "edit last"),
            ("HOME", "list"),
            ("TERM", "new"),
            ("COLUMNS", "list"),
            ("NO_COLOR", "list"),
            ("LANG", "list"),
        ] {
            let args: Vec<&str> = line.split(' ').collect();
            self.run_in(&[(variable, value)], &args, b"");
        }
        let other = marked("Qother", &self.text);
        self.run(&["competencies", "--framework", &other]);
        let helped = self
            .run(&["list", "outcome:helped", "-n", "2", "--json"])
            .out;
        let helped: serde_json::Value = serde_json::from_str(&helped).unwrap();
        self.run(&["show", helped[1]["id"].as_str().unwrap()]);
        // A file that is no journal under a name like this; a journal that is damaged.
        let broken = self.home.path(&file_name("Qbad", &self.text));
        std::fs::write(&broken, format!("{:?} no journal", self.text)).unwrap();
        for line in ["list", "add --well x", "path", "backup list", "backup"] {
            let args: Vec<&str> = line.split(' ').collect();
            self.run_in(&[("POSTCALL_JOURNAL", broken.as_os_str())], &args, b"");
        }
        self.run(&["backup".as_ref(), "restore".as_ref(), broken.as_os_str()]);
        self.run(&["check".as_ref(), broken.as_os_str()]);
        let out = self.home.path(&file_name("Qcopy", &self.text));
        self.run(&["backup".as_ref(), out.as_os_str()]);
        self.run(&["backup".as_ref(), out.as_os_str()]);
        let words = ["backup".as_ref(), "restore".as_ref(), out.as_os_str()];
        self.run(&words);
    }

    /// Bytes that are no text at all.
    #[cfg(unix)]
    fn bytes(&mut self) {
        use std::os::unix::ffi::OsStrExt;
        let bytes = OsStr::from_bytes(b"Qbytes\x9b31m\x1b[2J\xff");
        for option in ["--well", "--rotation", "--journal", "--config", "--bad"] {
            self.run(&["add".as_ref(), option.as_ref(), bytes]);
        }
        for command in ["list", "show", "week", "check", "close", "nothing"] {
            self.run(&[command.as_ref(), bytes]);
        }
        self.run(&[bytes]);
        for variable in ["POSTCALL_NOW", "POSTCALL_JOURNAL", "POSTCALL_CONFIG"] {
            self.run_in(&[(variable, bytes)], &["list"], b"");
        }
    }
}

fn everything(text: &str) -> Nest {
    let mut nest = Nest::of(text);
    nest.reads();
    nest.names();
    nest.writes();
    nest.input();
    #[cfg(unix)]
    nest.bytes();
    nest.surroundings();
    nest
}

#[test]
fn every_command_says_hostile_text_and_none_of_it_raw() {
    let nest = everything(&worst());
    let more = [
        "Qtitle",
        "Qothername",
        "Qkey",
        "Qtable",
        "Qtheme",
        "Qaction",
        "Qbinding",
        "Qbroken",
        "Qgiven",
        "Qwritten",
        "Qfresh",
        "Qinput",
        "Qvalue",
        "Qjournal",
        "Qconfig",
        "Qbad",
        "Qcopy",
    ];
    assert_shows(&nest.shown, &more);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1, ..ProptestConfig::default() })]

    #[test]
    fn no_command_writes_anything_raw(text in nasty()) {
        everything(&text);
    }
}

#[test]
fn the_text_itself_is_kept_whole_and_comes_back_from_json() {
    let home = Home::new();
    let text = marked("Qkept", &worst());
    let json = serde_json::json!({ "went_well": text, "do_differently": text, "note": text });
    let ran = home.run_with(&["add", "-", "--json"], json.to_string().as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let kept = text.replace("\r\n", "\n").replace('\r', "\n");
    let shown = home.json(&["show", "last"]);
    for field in ["went_well", "do_differently", "note"] {
        assert_eq!(shown[field], *kept, "{field}");
    }
    let asked = serde_json::json!({ "id": text, "text": "MRN 12345678" });
    let checked = home.run_with(&["check", "--jsonl"], asked.to_string().as_bytes());
    let checked: serde_json::Value = serde_json::from_str(&checked.out).unwrap();
    assert_eq!(checked["id"], *text);
}

#[test]
fn colour_is_written_only_when_asked_for_or_to_a_terminal() {
    let home = Home::new();
    home.add(&["--well", "x"]);
    assert!(!home.run(&["list"]).out.contains('\u{1b}'));
    assert!(
        home.run(&["list", "--color", "always"])
            .out
            .contains('\u{1b}')
    );
}
