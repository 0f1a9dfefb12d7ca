//! The pictures in README are what the program draws, and stay so.
//!
//! `POSTCALL_PAINT=1 cargo test pictures` paints them anew.

use std::fs;
use std::path::Path;

use super::driver::Driver;
use super::picture::svg;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/pictures");

fn shown(name: &str, driver: &Driver) {
    let path = Path::new(FOLDER).join(name).with_extension("svg");
    let picture = svg(&driver.buffer());
    if std::env::var_os("POSTCALL_PAINT").is_some() {
        fs::create_dir_all(FOLDER).unwrap();
        fs::write(&path, picture).unwrap();
        return;
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == picture,
        "{} is not what the program draws now; look at the change, then\n\
         POSTCALL_PAINT=1 cargo test pictures",
        path.display()
    );
}

#[test]
fn pictures_in_the_readme_are_what_the_program_draws() {
    let mut today = Driver::demo(80, 24);
    shown("today", today.sees("Trying next"));
    let mut editor = Driver::demo(80, 24);
    editor.press(r#"n esc esc "Asked the charge nurse what would make her night easier, and wrote it down." tab "I answered the page before I looked up. #rounds""#);
    shown("editor", editor.sees("Do differently"));
    let mut identifiers = Driver::demo(80, 24);
    identifiers.press(r#"n esc esc "Sat down with Mrs Vexley before the round, and her plan changed." tab "I let Mr Quillon wait while I looked for the number.""#);
    shown("identifiers", identifiers.sees("Possible identifier"));
    let mut journal = Driver::demo(120, 30);
    shown("journal", journal.press("2 j j").sees("Try next"));
    let mut breath = Driver::demo(80, 24);
    breath.press("b");
    for _ in 0..16 {
        breath.let_timers_fire();
    }
    shown("breath", breath.sees("Breathe in"));
    let mut goals = Driver::demo(120, 30);
    shown("goals", goals.press("5").sees("What I say"));
    let mut review = Driver::demo(80, 24);
    shown("review", review.press("w").sees("Week 47"));
    let mut trends = Driver::demo(100, 40);
    trends.press("4 e left left left");
    shown("trends", trends.sees("Experiments"));
    let mut search = Driver::demo(120, 30);
    shown("search", search.press(r#"/ "nurse""#).sees("nurse"));
}
