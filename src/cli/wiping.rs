//! Memory that is wiped when it is given back, so that words which were on the screen or on their
//! way to the disk do not stay in it.

#![expect(
    unsafe_code,
    reason = "only unsafe code can hand out memory; it is the system's, and each call says why it is sound"
)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;

/// The system's memory, filled with zeros before the system has it back: the allocator of the
/// program. A library does not choose for others, so it is `main.rs` that puts it in place.
///
/// A block that grows or shrinks moves, and the one it leaves is wiped.
#[derive(Debug, Default)]
pub struct Wiping<A = System>(A);

impl Wiping {
    /// Over the system's allocator.
    #[must_use]
    pub const fn new() -> Self {
        Self(System)
    }
}

// SAFETY: every block comes from the allocator below and goes back to it with the layout it was
// asked for; `realloc` is the one that the trait makes of the two.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Wiping<A> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as the caller promised.
        unsafe { self.0.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as the caller promised.
        unsafe { self.0.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the block is as long as its layout, and nobody else uses it any more.
        unsafe { block.write_bytes(0, layout.size()) };
        // A compiler that knows what comes next would leave the zeros out.
        let block = black_box(block);
        // SAFETY: as the caller promised.
        unsafe { self.0.dealloc(block, layout) }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Keeps a copy of each block as it comes back.
    struct Looking(Mutex<Vec<Vec<u8>>>);

    // SAFETY: the system's, and a block is read before it goes.
    unsafe impl GlobalAlloc for Looking {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            // SAFETY: as the caller promised.
            unsafe { System.alloc(layout) }
        }

        unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
            // SAFETY: the block is still the caller's, and each of its bytes was written.
            let seen = unsafe { std::slice::from_raw_parts(block, layout.size()) };
            self.0.lock().unwrap().push(seen.to_vec());
            // SAFETY: as the caller promised.
            unsafe { System.dealloc(block, layout) }
        }
    }

    /// A block of this length, all of it written.
    fn written(memory: &Wiping<Looking>, layout: Layout) -> *mut u8 {
        // SAFETY: the length is not zero.
        let block = unsafe { memory.alloc(layout) };
        assert!(!block.is_null());
        // SAFETY: the block is as long as its layout.
        unsafe { block.write_bytes(b'w', layout.size()) };
        block
    }

    #[test]
    fn what_is_given_back_and_what_a_growing_text_leaves_is_wiped() {
        let memory = Wiping(Looking(Mutex::default()));
        let layout = Layout::from_size_align(1_000, 8).unwrap();
        let block = written(&memory, layout);
        // SAFETY: the block has this layout, and the new length is not zero.
        let grown = unsafe { memory.realloc(block, layout, 5_000) };
        // SAFETY: so long is what was written of it.
        let kept = unsafe { std::slice::from_raw_parts(grown, 1_000) };
        assert!(kept.iter().all(|byte| *byte == b'w'));
        let layout = Layout::from_size_align(5_000, 8).unwrap();
        // SAFETY: the block is as long as its layout.
        unsafe { grown.write_bytes(b'w', 5_000) };
        // SAFETY: the block has this layout.
        unsafe { memory.dealloc(grown, layout) };

        let seen = memory.0.0.lock().unwrap();
        assert_eq!(*seen, [vec![0; 1_000], vec![0; 5_000]]);
    }
}
