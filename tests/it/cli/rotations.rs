//! Rotations and shifts without a reflection, from the shell.

use super::Home;

#[test]
fn rotations_are_begun_ended_and_listed() {
    let home = Home::new();
    home.add(&[
        "--well",
        "Asked first",
        "--date",
        "2026-11-16",
        "--shift",
        "day",
    ]);
    let said = home.transcript(
        &[
            &["rotation", "list"],
            &["rotation", "start", "Wards", "--on", "2026-10-05"],
            &["rotation", "list"],
            &["rotation", "start", "Medical ICU"],
            &["rotation", "end", "--on", "2026-11-20"],
            &["rotation", "end", "wards", "--on", "friday"],
            &["rotation", "start", "Clinic", "--on", "2026-12-14"],
            &["shift", "--on", "monday", "--kind", "day"],
            &["rotation", "list"],
        ],
        &[],
    );
    insta::assert_snapshot!(said, @r#"
    $ postcall rotation list
    ! No rotations yet. `postcall rotation start NAME` begins one.
    $ postcall rotation start Wards --on 2026-10-05
    ! Wards began on Mon 5 Oct.
    $ postcall rotation list
    Wards                     since 5 Oct, now                1 reflection over 1 shift
    $ postcall rotation start Medical ICU
    ! Medical ICU began on Sat 21 Nov.
    ! Wards runs too, since 5 Oct; `postcall rotation end "Wards"` ends it.
    $ postcall rotation end --on 2026-11-20
    ! 2 rotations run: Medical ICU, Wards; say which one ends.
    [1]
    $ postcall rotation end wards --on friday
    ! Wards ended on Fri 20 Nov.
    $ postcall rotation start Clinic --on 2026-12-14
    ! Clinic begins on Mon 14 Dec.
    ! Medical ICU runs too, since 21 Nov; `postcall rotation end "Medical ICU"` ends it.
    $ postcall shift --on monday --kind day
    ! Logged: Day shift, Mon 16 Nov.
    $ postcall rotation list
    Clinic                    from 14 Dec                     0 reflections over 0 shifts
    Medical ICU               since 21 Nov, now               0 reflections over 0 shifts
    Wards                     5 Oct to 20 Nov                 1 reflection over 1 shift
    "#);
}

#[test]
fn what_does_not_fit_is_refused_in_words() {
    let home = Home::new();
    home.run(&["rotation", "start", "ICU", "--on", "2026-11-02"]);
    let said = home.transcript(
        &[
            &["rotation", "start", "icu"],
            &["rotation", "start", " "],
            &["rotation", "start", "Wards", "--on", "soon"],
            &["rotation", "end", "--on", "2026-11-01"],
            &["rotation", "end", "Wards"],
            &["rotation", "end"],
            &["rotation", "end"],
            &["shift", "--kind", "off"],
            &["shift", "--on", "2026-11-22", "--kind", "night"],
        ],
        &[],
    );
    insta::assert_snapshot!(said, @r#"
    $ postcall rotation start icu
    ! ICU runs already, since Mon 2 Nov 2026.
    [1]
    $ postcall rotation start
    ! A rotation needs a name.
    [1]
    $ postcall rotation start Wards --on soon
    ! "soon" is not a date: give one like 2026-11-21, today, yesterday, monday or -3.
    [2]
    $ postcall rotation end --on 2026-11-01
    ! ICU would end on Sun 1 Nov 2026, before its first day, Mon 2 Nov 2026.
    [1]
    $ postcall rotation end Wards
    ! No rotation called Wards runs now; running: ICU.
    [1]
    $ postcall rotation end
    ! ICU ends on Sat 21 Nov.
    $ postcall rotation end
    ! No rotation runs now.
    [1]
    $ postcall shift --kind off
    ! Day off, Sat 21 Nov is no shift worked.
    [1]
    $ postcall shift --on 2026-11-22 --kind night
    ! Night of Sun 22 Nov (to Mon) is still to come.
    [1]
    "#);
}

#[test]
fn rotations_and_shifts_are_json_for_a_script() {
    let home = Home::new();
    assert_eq!(home.json(&["rotation", "list"]), serde_json::json!([]));
    home.run(&["rotation", "start", "Medical ICU", "--on", "2026-11-02"]);
    home.add(&["--well", "Asked first"]);
    let logged = home.json(&["shift", "--on", "2026-11-19", "--kind", "night"]);
    assert_eq!(
        logged,
        serde_json::json!({
            "shift_date": "2026-11-19", "shift": "night", "logged": true, "reflected_on": false
        })
    );
    let list = home.json(&["rotation", "list"]);
    let rotation = list.get(0).unwrap();
    assert!(rotation["id"].is_string());
    assert_eq!(
        *rotation,
        serde_json::json!({
            "id": rotation["id"], "name": "Medical ICU", "first_day": "2026-11-02",
            "last_day": null, "present": true, "reflections": 1, "shifts": 2
        })
    );
}

#[test]
fn the_shift_that_is_over_is_logged_and_taken_out_again() {
    let home = Home::new();
    let said = home.transcript(
        &[
            &["shift"],
            &["shift"],
            &["shift", "--remove"],
            &["shift", "--remove"],
            &["shift", "--kind", "day"],
        ],
        &[],
    );
    insta::assert_snapshot!(said, @"
    $ postcall shift
    ! A new journal was begun at ~/journal.sqlite.
    ! Logged: Night of Fri 20 Nov (to Sat).
    $ postcall shift
    ! Logged already: Night of Fri 20 Nov (to Sat).
    $ postcall shift --remove
    ! No longer logged: Night of Fri 20 Nov (to Sat).
    $ postcall shift --remove
    ! Not in the log: Night of Fri 20 Nov (to Sat).
    $ postcall shift --kind day
    ! Logged: Day shift, Sat 21 Nov.
    ");
}
