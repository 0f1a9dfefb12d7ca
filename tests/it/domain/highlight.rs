//! What the screen marks is what the search index finds: compared with the engine itself.

use std::collections::HashMap;

use postcall::domain::highlight::matches;
use postcall::domain::query::Words;
use rusqlite::Connection;
use unicode_normalization::char::is_combining_mark;

/// Every character below the ideographs, every other letter and digit, and no ideograph or Hangul
/// syllable: there are a hundred thousand of those and none is folded.
fn characters() -> impl Iterator<Item = char> {
    let ideographs = |c: &char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{17000}'..='\u{18cff}' | '\u{20000}'..);
    ('\u{1}'..=char::MAX)
        .filter(|c| *c < '\u{3000}' || c.is_alphanumeric())
        .filter(move |c| !ideographs(c))
}

/// What the index makes of each text, by its character.
fn indexed(texts: &[(char, String)]) -> rusqlite::Result<HashMap<u32, Vec<String>>> {
    let db = Connection::open_in_memory()?;
    db.execute_batch(
        "CREATE VIRTUAL TABLE t USING fts5(x, content='', tokenize='unicode61 remove_diacritics 2');
         CREATE VIRTUAL TABLE v USING fts5vocab(t, instance);
         BEGIN",
    )?;
    let mut insert = db.prepare("INSERT INTO t(rowid, x) VALUES (?1, ?2)")?;
    for (c, text) in texts {
        insert.execute((u32::from(*c), text))?;
    }
    let mut words = db.prepare("SELECT doc, term FROM v ORDER BY doc, offset")?;
    let rows = words.query_map((), |row| Ok((row.get::<_, u32>(0)?, row.get(1)?)))?;
    let mut found = HashMap::<u32, Vec<String>>::new();
    for row in rows {
        let (c, word) = row?;
        found.entry(c).or_default().push(word);
    }
    Ok(found)
}

#[test]
fn words_are_cut_and_folded_as_the_index_does_it() {
    let texts: Vec<(char, String)> = characters().map(|c| (c, format!("q{c}z"))).collect();
    let mut theirs = indexed(&texts).unwrap();
    let mut differ = Vec::new();
    for (c, text) in &texts {
        let words = theirs.remove(&u32::from(*c)).unwrap_or_default();
        let split_here = !matches(text, &[Words::Phrase("q".to_owned())]).is_empty();
        let whole = matches(text, &[Words::Phrase(words.join(" "))]);
        let same = split_here == (words.len() == 2) && whole.iter().eq([&(0..text.len())]);
        // A symbol or mark newer than the index's Unicode is a letter to it.
        let mark = *c > '\u{331}' && is_combining_mark(*c);
        let newer = split_here && (mark || !c.is_alphanumeric());
        if !same && !newer {
            differ.push(format!("{:04X} {c:?} {words:?} {whole:?}", u32::from(*c)));
        }
    }
    assert!(
        differ.is_empty(),
        "{}:\n{}",
        differ.len(),
        differ.join("\n")
    );
}
