//! What the system may write down of the running program's memory.

use super::session::Home;
use super::today;

#[test]
fn the_running_program_leaves_no_core_dump() {
    let home = Home::new();
    let session = today(&home);
    let limits = session.told_by_the_system("limits").expect("its limits");
    let core = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max core file size"))
        .and_then(|values| values.split_whitespace().next());
    assert_eq!(core, Some("0"), "{limits}");
}
