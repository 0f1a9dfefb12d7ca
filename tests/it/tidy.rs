//! The rules of the source that no compiler checks: who may name whom, what every file says about
//! itself, and that the README is true.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Which modules of the crate each layer may name, beside itself.
const LAYERS: [(&str, &[&str]); 7] = [
    ("domain", &[]),
    ("store", &["domain"]),
    ("exchange", &["domain"]),
    ("journal", &["domain", "store", "exchange"]),
    ("config", &["domain"]),
    ("tui", &["domain", "journal", "config"]),
    // The command line opens things, so it knows everybody.
    (
        "cli",
        &["domain", "journal", "config", "store", "exchange", "tui"],
    ),
];

/// Which parts of the screen each part of it may name, beside itself. A part that is not here may
/// name every other.
const TUI: [(&str, &[&str]); 12] = [
    ("widgets", &["theme"]),
    ("theme", &[]),
    ("keymap", &["widgets"]),
    ("effect", &[]),
    ("message", &["effect"]),
    ("platform", &[]),
    ("terminal", &["platform"]),
    (
        "screens",
        &[
            "effect", "keymap", "model", "step", "theme", "view", "watch", "widgets",
        ],
    ),
    ("step", &["effect", "keymap", "screens"]),
    ("watch", &["keymap", "model", "theme"]),
    ("view", &["keymap", "model", "screens", "theme", "widgets"]),
    (
        "update",
        &[
            "effect", "keymap", "message", "model", "screens", "step", "view", "widgets",
        ],
    ),
];

/// Screens that others may show or ask: they know nothing of who does.
const SHARED_SCREENS: [&str; 6] = [
    "answering",
    "form",
    "palette",
    "question",
    "reader",
    "saved",
];

/// The trash is the journal's list of other rows.
const RELATED_SCREENS: [(&str, &str); 1] = [("trash", "journal")];

/// Outside crates and the only modules that may name them.
const CRATES: [(&str, &[&str]); 8] = [
    ("rusqlite", &["store"]),
    ("ratatui", &["tui"]),
    ("crossterm", &["tui"]),
    ("signal_hook", &["tui::platform"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("serde", &["store", "exchange", "journal", "config", "cli"]),
    (
        "serde_json",
        &["store", "exchange", "journal", "config", "cli"],
    ),
];

/// What reaches outside the process.
const OUTSIDE: [&str; 5] = ["env", "fs", "net", "process", "thread"];

/// The parts of the layers without I/O that do have some.
const EDGES: [&str; 3] = ["tui::runtime", "tui::terminal", "tui::platform"];

/// What the screen may ask of the process wherever it is: nothing but the writer's wish for no
/// colour, which is read once.
const ASKED_ONCE: [(&str, &str); 1] = [("tui::theme", "env")];

/// Crates that talk to a network or bring an event loop of their own.
const UNWANTED: [&str; 14] = [
    "async-std",
    "curl",
    "hyper",
    "isahc",
    "native-tls",
    "openssl",
    "openssl-sys",
    "quinn",
    "reqwest",
    "rustls",
    "smol",
    "tokio",
    "tungstenite",
    "ureq",
];

/// Longer files, and why splitting them would only scatter.
const LONG: [(&str, &str); 1] = [("src/tui/keymap.rs", "one table")];
const LINES: usize = 600;

#[test]
fn every_file_says_in_its_first_line_what_it_is_for() {
    let mut wrong = Findings::default();
    for file in rust_files(&["src", "tests"]) {
        let first = file.text.lines().next().unwrap_or_default();
        let sentence = first.strip_prefix("//! ").is_some_and(|s| s.len() > 10);
        let includes = file.name == "src/lib.rs" && first.contains("ARCHITECTURE.md");
        if !sentence && !includes {
            wrong.add(&file, 1, "does not open with a `//!` sentence");
        }
    }
    wrong.assert_none();
}

#[test]
fn layers_name_only_the_layers_below() {
    let mut wrong = Findings::default();
    for file in rust_files(&["src"]) {
        let Some((from, allowed)) = rule(&LAYERS, file.module.first()) else {
            continue;
        };
        for path in &file.paths {
            let Some(to) = path.within_crate().and_then(<[String]>::first) else {
                continue;
            };
            if rule(&LAYERS, Some(to)).is_some() && to != from && !allowed.contains(&to.as_str()) {
                wrong.add(&file, path.line, &format!("{from} names {to} ({path})"));
            }
        }
    }
    wrong.assert_none();
}

#[test]
fn parts_of_the_screen_name_only_what_they_need() {
    let mut wrong = Findings::default();
    for file in rust_files(&["src/tui"]) {
        let Some((from, allowed)) = rule(&TUI, file.module.get(1)) else {
            continue;
        };
        for path in &file.paths {
            let Some([tui, to, ..]) = path.within_crate() else {
                continue;
            };
            let is_part = to.chars().next().is_some_and(char::is_lowercase);
            if tui == "tui" && is_part && to != from && !allowed.contains(&to.as_str()) {
                wrong.add(&file, path.line, &format!("{from} names {to} ({path})"));
            }
        }
    }
    wrong.assert_none();
}

#[test]
fn screens_know_nothing_of_each_other() {
    let mut wrong = Findings::default();
    for file in rust_files(&["src/tui/screens"]) {
        let Some(from) = file.module.get(2) else {
            continue;
        };
        for path in &file.paths {
            let Some([tui, screens, to, ..]) = path.within_crate() else {
                continue;
            };
            let may = to == from
                || SHARED_SCREENS.contains(&to.as_str())
                || RELATED_SCREENS.contains(&(from.as_str(), to.as_str()));
            if tui == "tui" && screens == "screens" && !may {
                wrong.add(&file, path.line, &format!("{from} names the screen {to}"));
            }
        }
    }
    wrong.assert_none();
}

#[test]
fn crates_are_named_only_where_they_belong() {
    let mut wrong = Findings::default();
    for file in rust_files(&["src"]) {
        if file.name == "src/build.rs" {
            continue;
        }
        for path in &file.paths {
            let Some((name, homes)) = rule(&CRATES, path.outside().and_then(<[String]>::first))
            else {
                continue;
            };
            if !homes.iter().any(|home| file.is_in(home)) {
                wrong.add(&file, path.line, &format!("{name} is only for {homes:?}"));
            }
        }
    }
    wrong.assert_none();
}

#[test]
fn the_domain_and_the_screens_do_no_io() {
    let mut wrong = Findings::default();
    for file in rust_files(&["src/domain", "src/tui"]) {
        if EDGES.iter().any(|edge| file.is_in(edge)) {
            continue;
        }
        for path in &file.paths {
            let Some([std, what, ..]) = path.outside() else {
                continue;
            };
            let asked = ASKED_ONCE
                .iter()
                .any(|(home, once)| file.is_in(home) && once == what);
            let in_domain = file.is_in("domain") && what == "io";
            if std == "std" && (OUTSIDE.contains(&what.as_str()) || in_domain) && !asked {
                wrong.add(&file, path.line, &format!("does I/O ({path})"));
            }
        }
    }
    wrong.assert_none();
}

#[test]
fn nothing_is_left_to_do_in_the_source() {
    let words = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
        concat!("db", "g!("),
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
    ];
    let mut wrong = Findings::default();
    for file in rust_files(&["src", "tests"]) {
        for (at, line) in file.text.lines().enumerate() {
            for word in words.iter().filter(|word| line.contains(**word)) {
                wrong.add(&file, at + 1, word);
            }
        }
    }
    wrong.assert_none();
}

#[test]
fn files_stay_short_or_say_why_not() {
    let mut wrong = Findings::default();
    for file in rust_files(&["src"]) {
        let lines = file.text.lines().count();
        let reason = LONG.iter().any(|(name, _)| *name == file.name);
        if lines > LINES && !reason {
            wrong.add(
                &file,
                lines,
                &format!("has {lines} lines, {LINES} are plenty"),
            );
        }
        if lines <= LINES && reason {
            wrong.add(&file, lines, "needs no reason for its length any more");
        }
    }
    wrong.assert_none();
}

#[test]
fn no_dependency_reaches_for_a_network() {
    let lock = read("Cargo.lock");
    let found: Vec<&str> = lock
        .lines()
        .filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
        .filter(|name| UNWANTED.contains(name))
        .collect();
    assert!(found.is_empty(), "Cargo.lock: {found:?}");
}

#[test]
fn nothing_refers_to_what_is_not_in_the_project() {
    let mut wrong = Findings::default();
    for file in rust_files(&["src", "tests"]) {
        for (at, line) in file.text.lines().enumerate() {
            if line.contains(concat!("../", "shared")) || line.contains(concat!("/work", "/")) {
                wrong.add(&file, at + 1, "names a place outside the project");
            }
        }
    }
    wrong.assert_none();
}

#[test]
fn the_map_names_only_files_that_are_there() {
    let map = read("src/ARCHITECTURE.md");
    let files: BTreeSet<String> = all_files(&root().join("src"))
        .iter()
        .map(|path| format!("/{}", relative(path)))
        .collect();
    let mut missing = Vec::new();
    for (line, code) in inline_code(&map) {
        let is_file = is_rust(Path::new(&code)) && !code.contains([' ', '*', '<']);
        let is_folder = code.ends_with('/') && code.starts_with(char::is_lowercase);
        let wanted = format!("/{code}");
        let there = files
            .iter()
            .any(|file| file.ends_with(&wanted) || (is_folder && file.contains(&wanted)));
        if (is_file || is_folder) && !there && !root().join(&code).exists() {
            missing.push(format!("src/ARCHITECTURE.md:{line}: no {code}"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn the_readme_names_the_two_commands_that_build_and_test() {
    let readme = read("README.md");
    for command in ["cargo run --release", "cargo test"] {
        assert!(readme.contains(command), "README.md: no `{command}`");
    }
}

#[test]
fn every_command_in_the_readme_is_one_of_the_programs() {
    let readme = read("README.md");
    let mut wrong = Vec::new();
    for (line, code) in inline_code(&readme) {
        let Some(words) = code.trim_start_matches("$ ").strip_prefix("postcall ") else {
            continue;
        };
        let words: Vec<&str> = words
            .split_whitespace()
            .take_while(|word| !["#", "|", ">", "<", "&&", ";"].contains(word))
            .collect();
        // A command and, where it has some, one of its own commands.
        let command: Vec<&str> = words
            .iter()
            .take(2)
            .copied()
            .take_while(|word| !word.starts_with('-'))
            .collect();
        let help = Command::new(env!("CARGO_BIN_EXE_postcall"))
            .args(&command)
            .arg("--help")
            .output()
            .expect("the program runs");
        let text = String::from_utf8_lossy(&help.stdout).into_owned();
        if !help.status.success() {
            wrong.push(format!("README.md:{line}: {code}: no such command"));
        }
        for word in words.iter().filter(|word| word.starts_with("--")) {
            let option = word.split('=').next().unwrap_or(word);
            if option != "--" && !text.contains(option) {
                wrong.push(format!("README.md:{line}: {code}: no option {option}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Everything between backticks and every line of a fenced block, with its line number.
fn inline_code(markdown: &str) -> Vec<(usize, String)> {
    let mut fenced = false;
    let mut found = Vec::new();
    for (at, line) in markdown.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if fenced || line.starts_with("    ") {
            found.push((at + 1, line.trim().to_owned()));
        } else {
            let code = line.split('`').skip(1).step_by(2);
            found.extend(code.map(|code| (at + 1, code.trim().to_owned())));
        }
    }
    found
}

/// What is wrong, each with its place.
#[derive(Default)]
struct Findings(String);

impl Findings {
    fn add(&mut self, file: &Source, line: usize, what: &str) {
        let _ = writeln!(self.0, "{}:{line}: {what}", file.name);
    }

    #[track_caller]
    fn assert_none(&self) {
        assert!(self.0.is_empty(), "\n{}", self.0);
    }
}

fn rule(
    rules: &[(&'static str, &'static [&'static str])],
    name: Option<&String>,
) -> Option<(&'static str, &'static [&'static str])> {
    rules
        .iter()
        .find(|(of, _)| Some(*of) == name.map(String::as_str))
        .copied()
}

/// One source file, read far enough to know what it names.
struct Source {
    /// From the project's folder, with `/`.
    name: String,
    text: String,
    /// Where it stands in the crate: `tui::screens::today`.
    module: Vec<String>,
    paths: Vec<Named>,
}

impl Source {
    fn is_in(&self, module: &str) -> bool {
        let wanted: Vec<&str> = module.split("::").collect();
        self.module.len() >= wanted.len() && self.module.iter().zip(&wanted).all(|(a, b)| a == b)
    }
}

/// A path in the code, with `self`, `super` and `crate` followed.
struct Named {
    line: usize,
    segments: Vec<String>,
    own: bool,
}

impl Named {
    /// The modules and the item, if it is one of this crate.
    fn within_crate(&self) -> Option<&[String]> {
        self.own.then_some(&*self.segments)
    }

    /// The same, if it does not begin at this crate.
    fn outside(&self) -> Option<&[String]> {
        (!self.own).then_some(&*self.segments)
    }
}

impl std::fmt::Display for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let start = if self.own { "crate::" } else { "" };
        write!(f, "{start}{}", self.segments.join("::"))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn relative(path: &Path) -> String {
    let path = path.strip_prefix(root()).expect("a path in the project");
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn all_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(all_files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn is_rust(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rs")
}

fn rust_files(folders: &[&str]) -> Vec<Source> {
    folders
        .iter()
        .flat_map(|folder| all_files(&root().join(folder)))
        .filter(|path| is_rust(path))
        .map(|path| {
            let name = relative(&path);
            let text = fs::read_to_string(&path).expect("UTF-8");
            let module = module_of(&name);
            let paths = paths_in(&text, &module);
            Source {
                name,
                text,
                module,
                paths,
            }
        })
        .collect()
}

fn module_of(name: &str) -> Vec<String> {
    let inner = name.trim_start_matches("src/").trim_end_matches(".rs");
    inner
        .split('/')
        .filter(|part| !["mod", "lib", "main"].contains(part))
        .map(str::to_owned)
        .collect()
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    /// `::`
    Colons,
    Mark(char),
}

/// Words and marks with their lines; comments, texts and lifetimes are left out.
fn tokens(text: &str) -> Vec<(usize, Token)> {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let (mut i, mut line, mut found) = (0, 1, Vec::new());
    while i < chars.len() {
        let c = at(i);
        let begun = i;
        match c {
            '/' if at(i + 1) == '/' => {
                while i < chars.len() && at(i) != '\n' {
                    i += 1;
                }
            }
            '/' if at(i + 1) == '*' => {
                let mut depth = 0;
                loop {
                    match (at(i), at(i + 1)) {
                        ('/', '*') => (depth, i) = (depth + 1, i + 2),
                        ('*', '/') => (depth, i) = (depth - 1, i + 2),
                        _ => i += 1,
                    }
                    if depth == 0 || i >= chars.len() {
                        break;
                    }
                }
            }
            '"' => i = end_of_text(&chars, i),
            'r' | 'b' | 'c' if opens_raw(&chars, i).is_some() => {
                i = opens_raw(&chars, i).unwrap_or(i + 1);
            }
            '\'' => {
                // A character, or a lifetime.
                i += if at(i + 1) == '\\' {
                    let close = (i + 3..chars.len()).find(|n| at(*n) == '\'');
                    close.unwrap_or(i) - i + 1
                } else if at(i + 2) == '\'' {
                    3
                } else {
                    1
                };
            }
            ':' if at(i + 1) == ':' => {
                found.push((line, Token::Colons));
                i += 2;
            }
            _ if is_word(c) => {
                while is_word(at(i)) {
                    i += 1;
                }
                found.push((line, Token::Word(chars[begun..i].iter().collect())));
            }
            _ => {
                if !c.is_whitespace() {
                    found.push((line, Token::Mark(c)));
                }
                i += 1;
            }
        }
        line += chars[begun..i.min(chars.len())]
            .iter()
            .filter(|c| **c == '\n')
            .count();
    }
    found
}

fn end_of_text(chars: &[char], open: usize) -> usize {
    let mut i = open + 1;
    while let Some(c) = chars.get(i) {
        match c {
            '\\' => i += 2,
            '"' => return i + 1,
            _ => i += 1,
        }
    }
    i
}

/// The end of a raw, byte or C text that begins here.
fn opens_raw(chars: &[char], start: usize) -> Option<usize> {
    if start > 0
        && chars
            .get(start - 1)
            .is_some_and(|c| c.is_alphanumeric() || *c == '_')
    {
        return None;
    }
    let letters = chars
        .get(start..)?
        .iter()
        .take_while(|c| "rbc".contains(**c))
        .count();
    let raw = chars.get(start..start + letters)?.contains(&'r');
    let hashes = chars
        .get(start + letters..)?
        .iter()
        .take_while(|c| **c == '#')
        .count();
    let open = start + letters + hashes;
    if letters > 2 || chars.get(open) != Some(&'"') {
        return None;
    }
    if !raw {
        return (hashes == 0).then(|| end_of_text(chars, open));
    }
    let close: Vec<char> = std::iter::once('"')
        .chain("#".repeat(hashes).chars())
        .collect();
    let inner = chars.get(open + 1..)?;
    let at = inner.windows(close.len()).position(|part| part == close)?;
    Some(open + 1 + at + close.len())
}

/// Every path in the code, `use` lists taken apart.
fn paths_in(text: &str, module: &[String]) -> Vec<Named> {
    let tokens = tokens(text);
    // The modules that are open at this point, and the depth of braces each opened at.
    let (mut here, mut depth, mut opened) = (module.to_vec(), 0, Vec::new());
    let (mut i, mut found) = (0, Vec::new());
    while let Some((_, token)) = tokens.get(i) {
        match token {
            Token::Mark('{') => depth += 1,
            Token::Mark('}') => {
                depth -= 1;
                if opened.last() == Some(&depth) {
                    opened.pop();
                    here.pop();
                }
            }
            Token::Word(word) if word == "mod" => {
                if let (Some((_, Token::Word(name))), Some((_, Token::Mark('{')))) =
                    (tokens.get(i + 1), tokens.get(i + 2))
                {
                    here.push(name.clone());
                    opened.push(depth);
                }
            }
            Token::Word(_) if !follows_a_path(&tokens, i) => {
                let mut ends = Vec::new();
                i = tree(&tokens, i, &[], &mut ends);
                found.extend(
                    ends.into_iter()
                        .map(|(line, path)| follow(&here, line, &path)),
                );
                continue;
            }
            Token::Word(_) | Token::Colons | Token::Mark(_) => {}
        }
        i += 1;
    }
    found
}

/// Whether the word is a field, a method, or the rest of a path like `<T as Trait>::item`.
fn follows_a_path(tokens: &[(usize, Token)], i: usize) -> bool {
    let before = i.checked_sub(1).and_then(|at| tokens.get(at));
    match before {
        Some((_, Token::Mark('.'))) => {
            // `..name` is a range or the rest of a struct, not a field.
            !matches!(
                i.checked_sub(2).and_then(|at| tokens.get(at)),
                Some((_, Token::Mark('.')))
            )
        }
        Some((_, Token::Colons)) => i
            .checked_sub(2)
            .and_then(|at| tokens.get(at))
            .is_some_and(|(_, token)| matches!(token, Token::Mark('>'))),
        _ => false,
    }
}

/// Reads a path, or a list of them in braces, from `i` on; returns where it ends.
fn tree(
    tokens: &[(usize, Token)],
    mut i: usize,
    before: &[String],
    ends: &mut Vec<(usize, Vec<String>)>,
) -> usize {
    let mut path = before.to_vec();
    let mut line = tokens.get(i).map_or(0, |(line, _)| *line);
    loop {
        match tokens.get(i) {
            Some((at, Token::Word(word))) => {
                path.push(word.clone());
                line = *at;
                i += 1;
            }
            Some((_, Token::Mark('{'))) => {
                i += 1;
                while !matches!(tokens.get(i), Some((_, Token::Mark('}'))) | None) {
                    i = match tokens.get(i) {
                        Some((_, Token::Mark(','))) => i + 1,
                        // `name as other`: the other name is no path.
                        Some((_, Token::Word(word))) if word == "as" => i + 2,
                        Some((_, Token::Mark('*'))) => {
                            ends.push((line, path.clone()));
                            i + 1
                        }
                        _ => tree(tokens, i, &path, ends),
                    };
                }
                return i + 1;
            }
            _ => break,
        }
        let next = tokens.get(i + 1).map(|(_, token)| token);
        let goes_on = matches!(next, Some(Token::Word(_) | Token::Mark('{')));
        match tokens.get(i) {
            Some((_, Token::Colons)) if goes_on => i += 1,
            _ => break,
        }
    }
    ends.push((line, path));
    i
}

fn follow(here: &[String], line: usize, path: &[String]) -> Named {
    let mut base: Option<Vec<String>> = None;
    let mut rest = path;
    while let Some((first, others)) = rest.split_first() {
        match first.as_str() {
            "crate" | "postcall" if base.is_none() => base = Some(Vec::new()),
            "self" if base.is_none() && !others.is_empty() => base = Some(here.to_vec()),
            "super" => {
                base.get_or_insert_with(|| here.to_vec()).pop();
            }
            _ => break,
        }
        rest = others;
    }
    let own = base.is_some();
    let mut segments = base.unwrap_or_default();
    // `use a::{self}` names `a` itself.
    segments.extend(rest.iter().filter(|segment| *segment != "self").cloned());
    Named {
        line,
        segments,
        own,
    }
}

#[test]
fn the_reader_of_paths_finds_them_where_they_hide() {
    let text = r#"
        use crate::store::{self, row::{Row as R, Seq}, *};
        mod tests {
            use super::super::tui::view;
            fn f<'a>(c: char) -> bool { c == '"' || std::fs::exists("crate::cli::x") }
            // crate::cli::comment
            const RAW: &str = r"crate::cli::raw";
            fn g(x: &R) { x.rusqlite.go(); <R as Into<crate::config::Y>>::clap::into(x) }
        }
        fn h(area: Rect) { S { ..crate::journal::S::new() } }
    "#;
    let module = ["domain".to_owned(), "prose".to_owned()];
    let found: Vec<String> = paths_in(text, &module)
        .iter()
        .filter(|path| path.segments.len() > 1)
        .map(|path| format!("{}:{path}", path.line))
        .collect();
    let wanted = [
        "2:crate::store::row::Row",
        "2:crate::store::row::Seq",
        "4:crate::domain::tui::view",
        "5:std::fs::exists",
        "8:crate::config::Y",
        "10:crate::journal::S::new",
    ];
    assert_eq!(found, wanted);
    assert!(
        paths_in(text, &module)
            .iter()
            .any(|path| path.to_string() == "crate::store"),
        "a module named for itself"
    );
}
