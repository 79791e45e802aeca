//! Marks by subject, and which of them count for a year.

use std::collections::HashMap;

use jiff::civil::{Date, date};
use model::definition::Years;
use model::id::MarkId;

use crate::facts::{Facts, Mark};

/// Marks by subject.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks<'f> {
    by_subject: HashMap<u32, Vec<&'f Mark>>,
}

impl<'f> Marks<'f> {
    /// All marks of the facts, in their order.
    pub fn of(facts: &'f Facts) -> Self {
        let mut by_subject: HashMap<u32, Vec<&'f Mark>> = HashMap::new();
        for mark in &facts.marks {
            by_subject.entry(mark.subject).or_default().push(mark);
        }
        Self { by_subject }
    }

    /// Whether nobody bears any.
    pub fn is_empty(&self) -> bool {
        self.by_subject.is_empty()
    }

    /// Marks of one kind that a subject bears in certain years.
    pub fn of_kind<'a>(
        &'a self,
        subject: u32,
        kind: &'a MarkId,
        year: i16,
        years: Option<Years>,
    ) -> impl Iterator<Item = &'f Mark> + 'a {
        let all = self.by_subject.get(&subject).map_or(&[][..], Vec::as_slice);
        all.iter().copied().filter(move |mark| mark.kind == *kind && counts(mark, year, years))
    }
}

/// Whether a mark counts: with years given, its day or span must fall in them; without, it must stand in the evaluated year.
fn counts(mark: &Mark, year: i16, years: Option<Years>) -> bool {
    let window =
        |from: i16, to: i16| (first_day(year.saturating_add(from)), last_day(year.saturating_add(to)));
    let Some(years) = years else {
        let (begin, end) = window(0, 0);
        return mark.on.is_none_or(|on| on <= end) && mark.until.is_none_or(|until| until >= begin);
    };
    let (begin, end) = window(years.from, years.to);
    match (mark.on, mark.until) {
        (None, until) => until.is_none_or(|until| until >= begin),
        (Some(on), until) => on <= end && until.unwrap_or(on) >= begin,
    }
}

fn first_day(year: i16) -> Date {
    date(year.clamp(1, 9999), 1, 1)
}

fn last_day(year: i16) -> Date {
    date(year.clamp(1, 9999), 12, 31)
}
