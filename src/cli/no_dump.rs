//! Asks the system to write no core dump of this process: its memory holds what somebody wrote.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Core dumps off, here and in the programs started from here, such as the writer's editor. On
/// Linux this process can also not be dumped into a crash reporter, which heeds no limit, and
/// other programs of the same user cannot look into its memory.
///
/// A system that refuses is left as it is: writing must still be possible there.
pub(super) fn ask() {
    let limit = getrlimit(Resource::Core);
    let _ = setrlimit(
        Resource::Core,
        Rlimit {
            current: Some(0),
            maximum: limit.maximum,
        },
    );
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}
