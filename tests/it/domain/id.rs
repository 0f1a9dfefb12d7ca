//! Ids as they are shown and typed.

use postcall::domain::id::{IdSuffix, ReflectionId};

const WHOLE: &str = "019aa5b2-7c3d-7e4f-8a9b-0c1d2e3f4a5b";

#[test]
fn the_end_of_an_id_is_enough() {
    let id: ReflectionId = WHOLE.parse().unwrap();
    assert_eq!(id.to_string(), WHOLE);
    assert_eq!(id.short(), "3f4a5b");
    let typed = ["3f4a5b", "3F4A5B", "0c1d2e3f4a5b", "9b-0c1d2e3f4a5b", WHOLE];
    for text in typed {
        let suffix: IdSuffix = text.parse().unwrap();
        assert!(WHOLE.replace('-', "").ends_with(suffix.digits()), "{text}");
    }
}

#[test]
fn what_cannot_be_an_id_is_refused() {
    let long = format!("0{}", WHOLE.replace('-', ""));
    for text in [
        "",
        "f4a5b",
        "------",
        "3f4a5g",
        "last",
        "٣٣٣٣٣٣",
        "3f4a5b ",
        &long,
    ] {
        let refused = text.parse::<IdSuffix>().map_err(|error| error.given);
        assert_eq!(refused, Err(text.to_owned()));
    }
}

#[test]
fn ids_that_end_alike_are_told_apart_by_as_few_digits_as_that_takes() {
    let ids = [
        "019aa5b2-7c3d-7e4f-8a9b-0c1d2e3f4a5b",
        "019aa5b2-7c3d-7e4f-8a9b-0c1d203f4a5b",
        "019aa5b2-7c3d-7e4f-8a9b-000000000000",
    ];
    let ids = ids.map(|id| id.parse::<ReflectionId>().unwrap().uuid());
    let told = ids.map(|id| IdSuffix::telling(id, &ids));
    assert_eq!(told, ["e3f4a5b", "03f4a5b", "000000"]);
    for (id, told) in ids.into_iter().zip(told) {
        let suffix: IdSuffix = told.parse().unwrap();
        assert_eq!(ids.into_iter().filter(|id| suffix.fits(*id)).count(), 1);
        assert!(suffix.fits(id));
    }
    let twice = [ids[0], ids[0]];
    assert_eq!(IdSuffix::telling(ids[0], &twice), "3f4a5b");
}
