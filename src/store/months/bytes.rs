//! Numbers and words as bytes: small numbers take one, words say how long they are.

/// Bytes while they are written.
#[derive(Default)]
pub(super) struct Writer(pub(super) Vec<u8>);

impl Writer {
    /// Seven bits a byte, the lowest first; the eighth says that more follow.
    pub(super) fn number(&mut self, number: u32) {
        let mut rest = number;
        loop {
            let [lowest, ..] = rest.to_le_bytes();
            rest >>= 7;
            if rest == 0 {
                self.0.push(lowest);
                break;
            }
            self.0.push(lowest | 0x80);
        }
    }

    /// How many of something there are.
    pub(super) fn length(&mut self, length: usize) {
        self.number(u32::try_from(length).unwrap_or(u32::MAX));
    }

    pub(super) fn word(&mut self, word: &str) {
        self.length(word.len());
        self.0.extend_from_slice(word.as_bytes());
    }
}

/// Bytes while they are read; every answer is `None` from where they are not what was written.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    pub(super) fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    pub(super) fn word(&mut self) -> Option<&'a str> {
        let length = self.length()?;
        let (word, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(word).ok()
    }

    /// As many of something as are said to follow.
    pub(super) fn list<T>(
        &mut self,
        mut one: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        // Each takes a byte at least.
        let length = self.length()?.min(self.0.len() + 1);
        (0..length).map(|_| one(self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_written_is_read_and_nothing_else_panics(
            numbers in prop::collection::vec(any::<u32>(), 0..8),
            word in ".*",
            noise in prop::collection::vec(any::<u8>(), 0..16),
        ) {
            let mut writer = Writer::default();
            writer.length(numbers.len());
            for number in &numbers {
                writer.number(*number);
            }
            writer.word(&word);
            let mut reader = Reader(&writer.0);
            prop_assert_eq!(reader.list(Reader::number), Some(numbers));
            prop_assert_eq!(reader.word(), Some(word.as_str()));
            prop_assert!(reader.0.is_empty());
            let mut reader = Reader(&noise);
            let _ = reader.list(Reader::word);
        }
    }
}
