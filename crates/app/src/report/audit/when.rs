//! For when a number speaks: months, quarters, halves and years named before it in its sentence.
//!
//! Deliberately absent: days, and lengths of time. A month that may be one or many is asked both ways.

use figures::Request;
use model::definition::Figure;
use model::period::{Month, Window};

use super::messages::{meaning as words, reading};
use super::quantity::{Kind, Spoken};

/// A span within a year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Span {
    /// From January.
    Until(i8),
    /// One month.
    Alone(i8),
    /// A month that may be either.
    Either(i8),
    /// The quarter that ends so.
    Quarter(i8),
    /// The half year that ends so.
    Half(i8),
    /// The whole year.
    Year,
    /// The month last spoken of.
    ThisMonth,
}

/// What the words before a number say about time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct When {
    year: Option<Year>,
    span: Option<Span>,
    /// The last month named, for 当月.
    month: Option<i8>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Year {
    Named(i16),
    Last,
}

impl When {
    /// What a text says about time from one byte to another.
    pub fn between(text: &str, from: usize, to: usize, numbers: &[Spoken]) -> Self {
        let mut when = Self::default();
        let mut at = from;
        while at < to {
            if let Some(number) = numbers.iter().find(|number| number.start == at) {
                if number.kind == Kind::Time {
                    when.hear(text, number);
                }
                at = number.end.max(at + 1);
                continue;
            }
            let rest = &text[at..to];
            at += when.word(rest).or_else(|| rest.chars().next().map(char::len_utf8)).unwrap_or(1);
        }
        when
    }

    /// Whether anything was said.
    pub fn is_said(self) -> bool {
        self != Self::default()
    }

    fn word(&mut self, rest: &str) -> Option<usize> {
        let begins = |known: &[&str]| known.iter().find(|word| rest.starts_with(**word)).map(|w| w.len());
        // 比上年增长, 去年同期: against what it is measured, not when.
        if let Some(length) = begins(words::YEAR_BEFORE).or_else(|| begins(words::SAME_LAST_YEAR)) {
            return Some(length);
        }
        if let Some(length) = begins(words::TO_DATE) {
            // 上半年累计 is of the half year; 今年以来 begins anew.
            let within = self.span.filter(|_| !rest.starts_with(words::SINCE_JANUARY));
            self.span = self.month.map(Span::Until).or(within);
            return Some(length);
        }
        if let Some(length) = begins(words::LAST_YEAR) {
            (self.year, self.span) = (Some(Year::Last), None);
            return Some(length);
        }
        if let Some(length) = begins(words::THIS_YEAR) {
            self.year = None;
            return Some(length);
        }
        if let Some(length) = begins(words::THIS_MONTH) {
            self.span = Some(self.month.map_or(Span::ThisMonth, Span::Alone));
            return Some(length);
        }
        if let Some(length) = begins(words::WHOLE_YEAR) {
            // 全年任务 names a target, not a time.
            let aimed = words::AIMED.iter().any(|word| rest[length..].starts_with(word));
            self.span = if aimed { self.span } else { Some(Span::Year) };
            return Some(length);
        }
        let (word, month) = words::HALVES.iter().find(|(word, _)| rest.starts_with(word))?;
        (self.span, self.month) = (Some(Span::Half(*month)), None);
        Some(word.len())
    }

    fn hear(&mut self, text: &str, number: &Spoken) {
        let unit = number.unit.as_deref().unwrap_or_default();
        let (before, behind) = (&text[..number.start], &text[number.end..]);
        let Some(count) = i16::try_from(number.number.trunc().mantissa()).ok() else { return };
        let small = i8::try_from(count).ok();
        if unit == reading::QUARTER {
            let Some(end) = small.filter(|quarter| (1..=4).contains(quarter)).map(|q| q * 3) else { return };
            let first = before.ends_with(reading::FIRST);
            self.span = Some(if first { Span::Until(end) } else { Span::Quarter(end) });
            self.month = None;
        } else if unit.starts_with(reading::YEAR) && (1949..2100).contains(&count) {
            (self.year, self.span) = (Some(Year::Named(count)), None);
        } else if unit == words::MONTHS && before.ends_with([reading::FIRST, words::HEAD]) {
            self.span = small.filter(|month| (1..=12).contains(month)).map(Span::Until);
        } else if unit.starts_with(reading::MONTH) {
            let Some(month) = small.filter(|month| (1..=12).contains(month)) else { return };
            let begins = |known: &[&str]| known.iter().any(|word| behind.starts_with(word));
            let alone = begins(words::ALONE) || unit.chars().count() > 1;
            let until = begins(words::UNTIL_BEHIND) || words::UNTIL.iter().any(|word| before.ends_with(word));
            self.month = Some(month);
            self.span = Some(match (alone, until) {
                (true, _) => Span::Alone(month),
                (false, true) => Span::Until(month),
                (false, false) => Span::Either(month),
            });
        }
    }

    /// The ways to ask a figure for it, in a document about a month; the likeliest first.
    pub fn asks(self, figure: &Figure, period: Month) -> Vec<Request> {
        let plain = Request::new(figure.id.clone(), period);
        let year = match self.year {
            Some(Year::Named(year)) => year,
            Some(Year::Last) => period.year() - 1,
            None => period.year(),
        };
        let exact = |month: i8, window: Window| {
            let at = Month::new(year, month)?;
            Some(Request { at, ..plain.clone() }.exact().window(window))
        };
        let asked = match self.span {
            Some(Span::Until(month)) => vec![exact(month, Window::Ytd)],
            Some(Span::Alone(month)) => vec![exact(month, Window::Month)],
            Some(Span::Either(month)) => vec![exact(month, Window::Month), exact(month, Window::Ytd)],
            Some(Span::Quarter(month)) => vec![exact(month, Window::Quarter)],
            Some(Span::Half(month)) => vec![exact(month, Window::Half)],
            Some(Span::ThisMonth) => {
                vec![exact(period.month(), Window::Month), Some(plain.clone().window(Window::Month))]
            }
            Some(Span::Year) if year == period.year() && period.month() < 12 => Vec::new(),
            Some(Span::Year) => vec![exact(12, Window::Year)],
            None if year == period.year() => vec![Some(plain.clone())],
            None if self.year == Some(Year::Last) => {
                vec![exact(12, Window::Year), exact(period.month(), Window::Ytd)]
            }
            None => vec![exact(12, Window::Year)],
        };
        asked.into_iter().flatten().collect()
    }
}
