//! What functions that have returned left on the stack of a thread: pieces of what they worked on,
//! such as the block of a checksum. Nothing gives that memory back, so nothing wipes it.

use std::hint::black_box;

/// Further down than any work on the journal goes; a thread's stack has room for four times that.
const DEPTH: usize = 512 * 1024;

/// Writes zeros over what the functions called before from here left behind.
#[inline(never)]
pub fn wipe_left_behind() {
    #[expect(
        clippy::large_stack_arrays,
        reason = "to lie over all of it is what it is for"
    )]
    let mut over = [0_u8; DEPTH];
    black_box(&mut over);
}
