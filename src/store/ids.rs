//! New identities: `UUIDv7`, each larger than every one before it whatever the clock does.

use chrono::{DateTime, FixedOffset};
use uuid::{Builder, NoContext, Timestamp, Uuid};
use xxhash_rust::xxh3::xxh3_128_with_seed;

/// A new identity of this instant.
#[must_use]
pub fn fresh(now: DateTime<FixedOffset>) -> Uuid {
    at_millisecond(millisecond(now))
}

/// A new identity that is larger than `largest`: of this instant if that will do, else of the
/// millisecond after the largest (the clock was set back, or two came in one millisecond).
#[must_use]
pub fn fresh_after(now: DateTime<FixedOffset>, largest: Option<Uuid>) -> Uuid {
    let id = fresh(now);
    match largest {
        Some(largest) if largest >= id => {
            let (high, ..) = largest.as_u64_pair();
            at_millisecond((high >> 16).saturating_add(1))
        }
        _ => id,
    }
}

/// The identity of made-up row `number`, written at this instant: the same each time.
#[must_use]
pub fn made(written_at: DateTime<FixedOffset>, number: u64) -> Uuid {
    let bits = xxh3_128_with_seed(&written_at.timestamp_millis().to_le_bytes(), number);
    let mut bytes = [0; 10];
    for (byte, of_hash) in bytes.iter_mut().zip(bits.to_le_bytes()) {
        *byte = of_hash;
    }
    Builder::from_unix_timestamp_millis(millisecond(written_at), &bytes).into_uuid()
}

fn millisecond(at: DateTime<FixedOffset>) -> u64 {
    u64::try_from(at.timestamp_millis()).unwrap_or(0)
}

fn at_millisecond(millisecond: u64) -> Uuid {
    let nanoseconds = u32::try_from(millisecond % 1000).unwrap_or(0) * 1_000_000;
    Uuid::new_v7(Timestamp::from_unix(
        NoContext,
        millisecond / 1000,
        nanoseconds,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_made_after_the_clock_was_set_back_is_still_the_largest() {
        let noon = DateTime::parse_from_rfc3339("2026-11-21T12:00:00+01:00").unwrap();
        let morning = DateTime::parse_from_rfc3339("2026-11-21T08:00:00+01:00").unwrap();
        let mut largest = fresh(noon);
        for _ in 0..100 {
            let next = fresh_after(morning, Some(largest));
            assert!(next > largest, "{next} came after {largest}");
            assert_eq!(next.get_version_num(), 7);
            largest = next;
        }
    }
}
