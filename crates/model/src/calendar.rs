//! Working days (工作日): Monday to Friday, as the yearly notices of the State Council change them.
//!
//! A year without a notice is counted by its weeks alone, and [`WorkCalendar::covers`] says so. Deliberately absent: hours,
//! and the lunar calendar – the notice of a year states its days.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};

/// The notice about one year's holidays.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CalendarNotice {
    /// The year it arranges.
    pub year: i16,
    /// Its number (文号), or [`crate::definition::Setting::TO_BE_SUPPLIED`].
    pub document: String,
}

/// Which days are worked.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WorkCalendar {
    /// The notices by year.
    pub notices: BTreeMap<i16, CalendarNotice>,
    /// Days off, weekends among them or not.
    pub rest: BTreeSet<Date>,
    /// Days of a weekend that are worked instead.
    pub work: BTreeSet<Date>,
}

impl WorkCalendar {
    /// Whether a day is worked.
    pub fn is_working(&self, day: Date) -> bool {
        if self.work.contains(&day) {
            return true;
        }
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        !weekend && !self.rest.contains(&day)
    }

    /// The working day that is so many after a day; the day itself is not counted. Zero is the day itself.
    pub fn after(&self, day: Date, days: u16) -> Date {
        let mut at = day;
        let mut left = days;
        while left > 0 {
            let Ok(next) = at.tomorrow() else { return at };
            at = next;
            left -= u16::from(self.is_working(at));
        }
        at
    }

    /// Working days after `from` up to and with `to`; negative when `to` is earlier.
    pub fn between(&self, from: Date, to: Date) -> i64 {
        if to < from {
            return -self.between(to, from);
        }
        let days = from.series(jiff::ToSpan::days(1)).skip(1).take_while(|day| *day <= to);
        let worked = days.filter(|day| self.is_working(*day)).count();
        i64::try_from(worked).expect("days between two dates fit into 64 bits")
    }

    /// Whether the year of a day has its notice.
    pub fn covers(&self, day: Date) -> bool {
        self.notices.contains_key(&day.year())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// National day 2023: off from Friday 29 September to Friday 6 October; worked on Saturday 7 and Sunday 8 October.
    fn calendar() -> WorkCalendar {
        let notice = CalendarNotice { year: 2023, document: "x".to_owned() };
        WorkCalendar {
            notices: BTreeMap::from([(2023, notice)]),
            rest: date(2023, 9, 29).series(jiff::ToSpan::days(1)).take(8).collect(),
            work: BTreeSet::from([date(2023, 10, 7), date(2023, 10, 8)]),
        }
    }

    #[test]
    fn days_are_counted_around_holidays_and_worked_weekends() {
        let calendar = calendar();
        // Thursday 28 September + 1 is Saturday 7 October, + 2 Sunday the 8th, + 3 Monday the 9th.
        assert_eq!(calendar.after(date(2023, 9, 28), 1), date(2023, 10, 7));
        assert_eq!(calendar.after(date(2023, 9, 28), 3), date(2023, 10, 9));
        assert_eq!(calendar.after(date(2023, 9, 28), 0), date(2023, 9, 28));
        assert_eq!(calendar.between(date(2023, 9, 28), date(2023, 10, 9)), 3);
        assert_eq!(calendar.between(date(2023, 10, 9), date(2023, 9, 28)), -3);
        assert_eq!(calendar.between(date(2023, 9, 30), date(2023, 10, 6)), 0);
        assert!(calendar.covers(date(2023, 12, 31)) && !calendar.covers(date(2024, 1, 1)));
    }

    #[test]
    fn a_year_without_a_notice_is_counted_by_weeks() {
        // Friday 3 to Monday 6 May 2024.
        assert_eq!(WorkCalendar::default().after(date(2024, 5, 3), 1), date(2024, 5, 6));
    }
}
