//! Periods (期): months, and windows of months that end at one.
//!
//! Deliberately absent: the clock. "This month" is always somebody's argument.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One calendar month, ordered, with arithmetic in whole months. Text form `2023-09`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month(i32);

impl Month {
    /// The month `month` (1–12) of `year` (1900–2199), or `None` outside of these.
    pub fn new(year: i16, month: i8) -> Option<Self> {
        ((1900..2200).contains(&year) && (1..=12).contains(&month))
            .then(|| Self(i32::from(year) * 12 + i32::from(month) - 1))
    }

    /// The calendar year.
    pub fn year(self) -> i16 {
        i16::try_from(self.0.div_euclid(12)).unwrap_or(i16::MAX)
    }

    /// The month of the year, 1–12.
    pub fn month(self) -> i8 {
        i8::try_from(self.0.rem_euclid(12) + 1).unwrap_or(12)
    }

    /// Months since the year 0, for dense arrays.
    pub fn ordinal(self) -> i32 {
        self.0
    }

    /// The month so many months after the start of the year 0; none outside the years a month can have.
    pub fn of_ordinal(ordinal: i32) -> Option<Self> {
        let year = i16::try_from(ordinal.div_euclid(12)).ok()?;
        Self::new(year, i8::try_from(ordinal.rem_euclid(12) + 1).ok()?)
    }

    /// The month `count` months later (earlier when negative).
    pub fn plus(self, count: i32) -> Self {
        Self(self.0 + count)
    }

    /// The same month one year before.
    pub fn year_before(self) -> Self {
        self.plus(-12)
    }

    /// The month a date falls in.
    pub fn of(date: Date) -> Self {
        Self(i32::from(date.year()) * 12 + i32::from(date.month()) - 1)
    }

    /// The first day.
    pub fn first_day(self) -> Date {
        Date::constant(self.year(), self.month(), 1)
    }

    /// The last day.
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not a month or period of the canonical forms.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a period (use 2023-09, 2023Q3, 2023H1 or 2023)")]
pub struct NotAPeriod(pub String);

impl FromStr for Month {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let fault = || NotAPeriod(text.to_owned());
        let (year, month) = text.split_once('-').ok_or_else(fault)?;
        if year.len() != 4 || month.is_empty() || month.len() > 2 {
            return Err(fault());
        }
        let year = year.parse().map_err(|_| fault())?;
        let month = month.parse().map_err(|_| fault())?;
        Self::new(year, month).ok_or_else(fault)
    }
}

/// How much time a period covers, counted back from its last month.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Window {
    /// One single month (单月).
    Month,
    /// January to the month, cumulative (1–9月).
    Ytd,
    /// The calendar quarter.
    Quarter,
    /// The half year.
    Half,
    /// The calendar year.
    Year,
    /// A moment: the state at the end of the month (期末).
    Moment,
}

impl Window {
    /// All windows in the order of the manual, with their names on the command line.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Month, "month"),
        (Self::Ytd, "ytd"),
        (Self::Quarter, "quarter"),
        (Self::Half, "half"),
        (Self::Year, "year"),
        (Self::Moment, "moment"),
    ];

    /// The window of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, n)| *n == name).map(|(w, _)| *w)
    }

    /// Its name on the command line and in content.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(w, _)| *w == self).map_or("", |(_, n)| n)
    }
}

/// A window that ends at a month: the time a figure or a series entry speaks of.
///
/// Text forms: `2023-09` (month), `2023-09/ytd`, `2023Q3`, `2023H1`, `2023`, `2023-09/moment`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Period {
    /// The last month it covers.
    pub end: Month,
    /// How far back it reaches.
    pub window: Window,
}

impl Period {
    /// The window that contains `month`; quarter, half and year are moved to their own last month.
    pub fn containing(month: Month, window: Window) -> Self {
        let to_end = |length: i8| i32::from((length - month.month() % length) % length);
        let end = match window {
            Window::Month | Window::Ytd | Window::Moment => month,
            Window::Quarter => month.plus(to_end(3)),
            Window::Half => month.plus(to_end(6)),
            Window::Year => month.plus(to_end(12)),
        };
        Self { end, window }
    }

    /// A single month.
    pub fn month(month: Month) -> Self {
        Self { end: month, window: Window::Month }
    }

    /// The first month it covers (the end itself for a moment).
    pub fn start(self) -> Month {
        let back = match self.window {
            Window::Month | Window::Moment => 0,
            Window::Ytd => i32::from(self.end.month()) - 1,
            Window::Quarter => 2,
            Window::Half => 5,
            Window::Year => 11,
        };
        self.end.plus(-back)
    }

    /// The months it covers, first to last.
    pub fn months(self) -> impl DoubleEndedIterator<Item = Month> + Clone {
        (self.start().ordinal()..=self.end.ordinal()).map(Month)
    }

    /// Whether it covers `month`.
    pub fn contains(self, month: Month) -> bool {
        (self.start()..=self.end).contains(&month)
    }

    /// The same window one year before.
    pub fn year_before(self) -> Self {
        Self { end: self.end.year_before(), window: self.window }
    }

    /// The window of the same kind just before this one; for a cumulative window, one month less
    /// (`None` in January, where there is none).
    pub fn previous(self) -> Option<Self> {
        let back = match self.window {
            Window::Month | Window::Moment => 1,
            Window::Ytd if self.end.month() == 1 => return None,
            Window::Ytd => 1,
            Window::Quarter => 3,
            Window::Half => 6,
            Window::Year => 12,
        };
        Some(Self { end: self.end.plus(-back), window: self.window })
    }

    /// The first day it covers (for a moment, the last day of its month).
    pub fn first_day(self) -> Date {
        if self.window == Window::Moment { self.end.last_day() } else { self.start().first_day() }
    }

    /// The last day it covers.
    pub fn last_day(self) -> Date {
        self.end.last_day()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.end.year(), self.end.month());
        match self.window {
            Window::Month => write!(f, "{}", self.end),
            Window::Ytd => write!(f, "{}/ytd", self.end),
            Window::Moment => write!(f, "{}/moment", self.end),
            Window::Quarter => write!(f, "{year}Q{}", month / 3),
            Window::Half => write!(f, "{year}H{}", month / 6),
            Window::Year => write!(f, "{year}"),
        }
    }
}

impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let fault = || NotAPeriod(text.to_owned());
        let year = |t: &str| t.parse::<i16>().ok().filter(|_| t.len() == 4).ok_or_else(fault);
        let nth = |t: &str, length: i8, window| {
            let (y, n) = t.split_at(4);
            let n: i8 = n[1..].parse().map_err(|_| fault())?;
            let month = n.checked_mul(length).and_then(|m| Month::new(year(y).ok()?, m)).ok_or_else(fault)?;
            Ok(Self { end: month, window })
        };
        if !text.is_ascii() {
            return Err(fault());
        }
        if let Some((month, window)) = text.split_once('/') {
            let window = Window::named(window).ok_or_else(fault)?;
            return Ok(Self::containing(month.parse()?, window));
        }
        match (text.len(), text.as_bytes().get(4)) {
            (4, _) => {
                let month = Month::new(year(text)?, 12).ok_or_else(fault)?;
                Ok(Self { end: month, window: Window::Year })
            }
            (6, Some(b'Q')) => nth(text, 3, Window::Quarter),
            (6, Some(b'H')) => nth(text, 6, Window::Half),
            _ => Ok(Self::month(text.parse()?)),
        }
    }
}

macro_rules! serde_as_text {
    ($($name:ident),*) => {$(
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}
serde_as_text!(Month, Period);

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, start: &str, end: &str, previous: Option<&str>) {
        let period: Period = text.parse().expect("a period");
        assert_eq!(period.to_string(), text);
        assert_eq!(period.start().to_string(), start);
        assert_eq!(period.end.to_string(), end);
        assert_eq!(period.previous().map(|p| p.to_string()).as_deref(), previous);
    }

    #[test]
    fn windows_know_their_first_and_last_month() {
        check("2023-09", "2023-09", "2023-09", Some("2023-08"));
        check("2023-09/ytd", "2023-01", "2023-09", Some("2023-08/ytd"));
        check("2023-01/ytd", "2023-01", "2023-01", None);
        check("2023Q3", "2023-07", "2023-09", Some("2023Q2"));
        check("2023H1", "2023-01", "2023-06", Some("2022H2"));
        check("2023", "2023-01", "2023-12", Some("2022"));
        check("2023-09/moment", "2023-09", "2023-09", Some("2023-08/moment"));
    }

    #[test]
    fn a_window_moves_to_its_own_end() {
        let month: Month = "2023-08".parse().expect("a month");
        assert_eq!(Period::containing(month, Window::Quarter).to_string(), "2023Q3");
        assert_eq!(Period::containing(month, Window::Half).to_string(), "2023H2");
        assert_eq!(Period::containing(month, Window::Year).to_string(), "2023");
    }

    #[test]
    fn nonsense_is_refused() {
        for text in
            ["", "2023-13", "2023-0", "202Q1", "2023Q5", "2023H3", "23-01", "2023-9/weekly", "２０２３"]
        {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }
}
