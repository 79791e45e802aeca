//! Days of one year (时间): spans of dates as first and last day, months as ranges of days and as bits.
//!
//! Deliberately absent: working days and anything finer than a day.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// From a date to a date, both included; open ends are the calendar's ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Span {
    /// Without beginning and end.
    pub const ALWAYS: Self = Self { from: Date::MIN, to: Date::MAX };

    /// From one date to another; an end that is not known is open.
    pub fn new(from: Option<Date>, to: Option<Date>) -> Self {
        Self { from: from.unwrap_or(Date::MIN), to: to.unwrap_or(Date::MAX) }
    }

    /// Whether it ends before it begins.
    pub fn backwards(self) -> bool {
        self.to < self.from
    }
}

/// Days of the year counted from 0, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Days {
    pub first: u16,
    pub last: u16,
}

impl Days {
    pub fn count(self) -> i64 {
        i64::from(self.last) - i64::from(self.first) + 1
    }

    pub fn meet(self, other: Self) -> Option<Self> {
        let (first, last) = (self.first.max(other.first), self.last.min(other.last));
        (first <= last).then_some(Self { first, last })
    }

    pub fn within(self, other: Self) -> bool {
        other.first <= self.first && self.last <= other.last
    }
}

/// A civil year.
#[derive(Clone, Copy, Debug)]
pub(super) struct Year {
    year: i16,
    /// The first day of each month, and the number of days.
    starts: [u16; 13],
}

impl Year {
    pub fn new(year: i16) -> Self {
        let mut starts = [0; 13];
        for month in 1..=12_u8 {
            let at = usize::from(month);
            starts[at] = starts[at - 1] + Self::length_of(year, month);
        }
        Self { year, starts }
    }

    fn length_of(year: i16, month: u8) -> u16 {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    pub fn days(&self) -> u16 {
        self.starts[12]
    }

    pub fn whole(&self) -> Days {
        Days { first: 0, last: self.days() - 1 }
    }

    /// Month 0..12.
    pub fn month(&self, month: usize) -> Days {
        Days { first: self.starts[month], last: self.starts[month + 1] - 1 }
    }

    pub fn days_of(&self, month: usize) -> i64 {
        i64::from(self.starts[month + 1] - self.starts[month])
    }

    /// The days of this year that a span has.
    pub fn clip(&self, span: Span) -> Option<Days> {
        if span.from.year() > self.year || span.to.year() < self.year || span.backwards() {
            return None;
        }
        let first = if span.from.year() < self.year { 0 } else { self.day(span.from) };
        let last = if span.to.year() > self.year { self.days() - 1 } else { self.day(span.to) };
        Some(Days { first, last })
    }

    fn day(&self, date: Date) -> u16 {
        let month = usize::try_from(date.month() - 1).expect("months count from 1");
        self.starts[month] + u16::try_from(date.day() - 1).expect("days count from 1")
    }

    /// The date of a day of this year.
    pub fn date(&self, day: u16) -> Date {
        let month = self.starts.iter().rposition(|start| *start <= day).unwrap_or(0).min(11);
        let of_month = i8::try_from(day - self.starts[month] + 1).unwrap_or(1);
        let month = i8::try_from(month + 1).expect("at most 12");
        Date::new(self.year, month, of_month).unwrap_or(Date::MAX)
    }

    /// How many days of each month.
    pub fn by_month(&self, days: Days) -> [i64; 12] {
        std::array::from_fn(|month| days.meet(self.month(month)).map_or(0, Days::count))
    }

    /// A bit per day, month by month.
    pub fn bits(&self, days: Days) -> [u32; 12] {
        std::array::from_fn(|month| {
            let Some(part) = days.meet(self.month(month)) else { return 0 };
            let all = u32::MAX >> (32 - u32::try_from(part.count()).expect("at most 31"));
            all << (part.first - self.starts[month])
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn spans_are_cut_to_the_year() {
        let year = Year::new(2023);
        let half = Span { from: date(2019, 5, 1), to: date(2023, 6, 30) };
        // 31 + 28 + 31 + 30 + 31 + 30 = 181 days.
        assert_eq!(year.clip(half), Some(Days { first: 0, last: 180 }));
        assert_eq!(year.date(180), date(2023, 6, 30));
        assert_eq!(year.date(364), date(2023, 12, 31));
        assert_eq!(year.clip(Span { from: date(2024, 1, 1), to: Date::MAX }), None);
        assert_eq!(year.clip(Span { from: date(2023, 7, 1), to: date(2023, 6, 30) }), None);
        assert_eq!(Year::new(2024).days(), 366);
        assert_eq!(Year::new(1900).days(), 365);
    }

    #[test]
    fn months_know_their_days() {
        let year = Year::new(2024);
        let days = year.clip(Span { from: date(2024, 2, 28), to: date(2024, 3, 2) }).expect("in the year");
        assert_eq!(year.by_month(days), [0, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        let bits = year.bits(days);
        assert_eq!((bits[1], bits[2], bits[3]), (0b11 << 27, 0b11, 0));
        assert_eq!(year.bits(year.whole())[0], u32::MAX >> 1);
    }
}
