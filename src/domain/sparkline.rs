//! A row of counts as a row of bars, one cell each.

/// The bars, lowest first: the first one stands for nothing, so that zero is seen and not left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bars(pub &'static [char]);

impl Bars {
    /// For terminals that have them.
    pub const UNICODE: Self = Self(&['·', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']);
    /// For those that do not.
    pub const ASCII: Self = Self(&['.', '_', '-', '=', '#']);
}

/// The counts as bars; `most` is the count that fills a cell. Give rows that are compared the same
/// one. Only zero looks like nothing.
#[must_use]
pub fn sparkline(counts: &[u32], most: u32, bars: Bars) -> String {
    let (Some((nothing, some)), most) = (bars.0.split_first(), most.max(1)) else {
        return String::new();
    };
    let steps = u32::try_from(some.len()).unwrap_or(1);
    let bar = |count: &u32| {
        if *count == 0 {
            return *nothing;
        }
        let height = count.saturating_mul(steps).div_ceil(most).min(steps);
        let at = usize::try_from(height.saturating_sub(1)).unwrap_or(0);
        some.get(at).copied().unwrap_or(*nothing)
    };
    counts.iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_grow_with_the_count_and_only_zero_is_nothing() {
        let counts = [0, 1, 2, 4, 8];
        assert_eq!(sparkline(&counts, 8, Bars::UNICODE), "·▁▂▄█");
        assert_eq!(sparkline(&counts, 8, Bars::ASCII), ".__-#");
        assert_eq!(sparkline(&[0, 1, 1], 400, Bars::UNICODE), "·▁▁");
        assert_eq!(sparkline(&[9, 0], 3, Bars::ASCII), "#.");
        assert_eq!(sparkline(&[0, 0], 0, Bars::UNICODE), "··");
    }
}
