//! Values of generated tables: blank, text, exact number, date, month, or a row of another table.
//!
//! Deliberately absent: floats and units. A column's unit is in its workbook's heading, as in the
//! workbooks departments send.

use std::cmp::Ordering;

use jiff::civil::Date;
use rust_decimal::Decimal;

/// One value of a population.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// Nothing was reported.
    Blank,
    /// A text.
    Text(String),
    /// An exact number; its scale is the number of places it is printed with.
    Number(Decimal),
    /// A day.
    Date(Date),
    /// A month.
    Month(Month),
    /// Yes or no; only inside formulas.
    Truth(bool),
    /// Row `row` of the population at position `population`.
    Row { population: usize, row: usize },
}

impl Value {
    /// Whether a formula may take this for true.
    pub(super) fn is_true(&self) -> bool {
        *self == Self::Truth(true)
    }

    /// Whether nothing is there.
    pub(super) fn is_blank(&self) -> bool {
        matches!(self, Self::Blank)
    }

    /// The value as plain text, dates and months in ISO form; a row reference has none.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Blank | Self::Row { .. } => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Month(month) => month.iso(),
            Self::Truth(truth) => truth.to_string(),
        }
    }

    /// The order of two values of one kind; values of different kinds have none.
    pub(super) fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            (Self::Number(a), Self::Number(b)) => Some(a.cmp(b)),
            (Self::Date(a), Self::Date(b)) => Some(a.cmp(b)),
            (Self::Month(a), Self::Month(b)) => Some(a.cmp(b)),
            (Self::Truth(a), Self::Truth(b)) => Some(a.cmp(b)),
            (Self::Row { population: p, row: a }, Self::Row { population: q, row: b }) if p == q => {
                Some(a.cmp(b))
            }
            _ => None,
        }
    }
}

/// A month, counted from year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Month(i32);

impl Month {
    /// Month `month` (1 to 12) of `year`.
    pub(super) fn new(year: i32, month: i32) -> Self {
        Self(year * 12 + month - 1)
    }

    /// Reads `2023-09`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        ((1..=12).contains(&month) && (1000..=9999).contains(&year)).then(|| Self::new(year, month))
    }

    /// The month a day lies in.
    pub(super) fn of(date: Date) -> Self {
        Self::new(i32::from(date.year()), i32::from(date.month()))
    }

    /// The calendar year.
    pub(super) fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month of the year, 1 to 12.
    pub(super) fn month(self) -> i32 {
        self.0.rem_euclid(12) + 1
    }

    /// The quarter of the year, 1 to 4.
    pub(super) fn quarter(self) -> i32 {
        (self.month() - 1) / 3 + 1
    }

    /// The month `months` later.
    pub(super) fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }

    /// Its first day.
    pub(super) fn first_day(self) -> Date {
        let year = i16::try_from(self.year()).expect("Month::parse keeps years below 10000");
        let month = i8::try_from(self.month()).expect("a month is at most 12");
        Date::new(year, month, 1).expect("the first day of a month exists")
    }

    /// Its last day.
    pub(super) fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }

    /// `2023-09`.
    pub(super) fn iso(self) -> String {
        format!("{:04}-{:02}", self.year(), self.month())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_count_across_years() {
        let month = Month::parse("2023-01").expect("a month");
        assert_eq!(month.plus(-1).iso(), "2022-12");
        assert_eq!(month.plus(13).iso(), "2024-02");
        assert_eq!(month.plus(1).last_day().to_string(), "2023-02-28");
        assert_eq!(Month::new(2023, 10).quarter(), 4);
        assert_eq!(Month::parse("2023-13"), None);
    }
}
