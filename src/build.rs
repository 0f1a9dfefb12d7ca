//! What is made before the program is compiled: the SQL engine, and the shipped templates and
//! frameworks in the form they are read in. Needs a C compiler and nothing else.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=src/build.rs");
    engine();
    catalog()
}

/// The templates and frameworks of `assets` as one line of JSON. They are written as TOML, like the
/// user's own, and read at every start, where TOML takes five times as long.
fn catalog() -> Result<(), Box<dyn Error>> {
    let read = |name: &str| -> Result<serde_json::Value, Box<dyn Error>> {
        let path = format!("assets/{name}.toml");
        println!("cargo::rerun-if-changed={path}");
        Ok(toml::from_str(&fs::read_to_string(path)?)?)
    };
    let catalog = serde_json::json!({
        "templates": read("templates/residency")?,
        "frameworks": [
            read("frameworks/postcall")?,
            read("frameworks/acgme")?,
            read("frameworks/canmeds")?,
        ],
    });
    let folder = env::var_os("OUT_DIR").ok_or("no OUT_DIR")?;
    fs::write(Path::new(&folder).join("catalog.json"), catalog.to_string())?;
    Ok(())
}

/// SQLite with page encryption (`SQLite3` Multiple Ciphers), from the source text that the
/// `sqlite3mc-src` crate carries.
///
/// `engine.c` includes that source text. `rusqlite` is built with `in_gecko`, which ships its
/// bindings and leaves the engine to us.
fn engine() {
    let dir = sqlite3mc_src::source_dir();
    let windows = env::var_os("CARGO_CFG_WINDOWS").is_some();
    let mut build = cc::Build::new();
    build
        .file("src/store/engine.c")
        .include(dir)
        .warnings(false)
        .define("SQLITE_CORE", None)
        .define("SQLITE_DEFAULT_FOREIGN_KEYS", "1")
        // Pages for one start in one piece, instead of a call to the system for each.
        .define("SQLITE_DEFAULT_PCACHE_INITSZ", "64")
        .define("SQLITE_DQS", "0")
        .define("SQLITE_ENABLE_FTS5", None)
        .define("SQLITE_SECURE_DELETE", "1")
        // Temporary tables and sorts stay in memory: journal text never lands in a temp file.
        .define("SQLITE_TEMP_STORE", "3")
        .define("SQLITE_THREADSAFE", "1")
        .define("SQLITE_USE_URI", "0")
        // Memory can be wiped when it is given back: journal text does not stay in it.
        .define("SQLITE3MC_SECURE_MEMORY", "1")
        .define("HAVE_USLEEP", "1");
    if !windows {
        build.define("HAVE_LOCALTIME_R", "1");
    }
    build.compile("sqlite3mc");
    println!("cargo::rerun-if-changed=src/store/engine.c");
}
