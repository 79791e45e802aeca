//! The clock, as an argument. Results never depend on when they are computed; only records of who did what when do.

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, Unit};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// A moment on the clocks of the park: China has one time, eight hours ahead, all year.
pub fn local(at: Timestamp) -> DateTime {
    jiff::tz::Offset::constant(8).to_datetime(at)
}

/// A moment as people write it: `2023-10-08 09:30`.
pub fn written(at: Timestamp) -> String {
    local(at).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the real time enters")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands still, for the demo and for tests.
#[derive(Clone, Copy, Debug)]
pub struct FrozenClock(pub Timestamp);

impl Clock for FrozenClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// Days from one to another; negative when that was earlier.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    from.until((Unit::Day, to)).map_or(0, |span| i64::from(span.get_days()))
}
