//! Coverage (覆盖率): for which parcels which domain of data is known, how well, how fresh, and what each department still owes.
//!
//! Coverage is scored ÷ (all − exempt), by count and by area; both are printed, since a few large parcels hide many small ones.
//!
//! Deliberately absent: the request to a department as a workbook and its sentences (the application's).
//!
//! To add a way of counting: a function of [`Coverage`] over `cells`, which holds everything.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::facts::{Reading, Share, State, Status, Subject};

/// A domain of data: land, tenancy, tax, output …
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// As content names it.
    pub id: Arc<str>,
    /// The department that delivers it.
    pub department: Arc<str>,
    /// Data older than this is stale; none where age does not matter.
    pub fresh_since: Option<Date>,
}

/// One domain of one subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// How well it is known.
    pub state: State,
    /// For how much of the subject.
    pub known: Share,
    /// Up to when: the last day the newest data speaks for.
    pub newest: Option<Date>,
}

impl Cell {
    /// Nothing is known.
    pub const MISSING: Self = Self { state: State::Missing, known: Share::NONE, newest: None };

    /// The domain of a subject from the readings of its measures: the worst state and the least share. Missing when there are none.
    pub fn of(readings: impl IntoIterator<Item = Reading>, newest: Option<Date>) -> Self {
        let worst = readings.into_iter().map(|reading| (reading.state, reading.known));
        let worst = worst.reduce(|one, other| (one.0.max(other.0), one.1.min(other.1)));
        worst.map_or(Self::MISSING, |(state, known)| Self { state, known, newest })
    }
}

/// A number of subjects and their land.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// How many.
    pub count: u32,
    /// Their area in ㎡, as far as it is known.
    pub area: Decimal,
}

impl Extent {
    fn add(&mut self, area: Option<Decimal>) {
        self.count += 1;
        self.area += area.unwrap_or_default();
    }
}

/// Subjects by status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standings {
    /// Judged.
    pub scored: Extent,
    /// Not due.
    pub not_due: Extent,
    /// Exempt.
    pub exempt: Extent,
    /// Without the data it takes.
    pub no_data: Extent,
}

impl Standings {
    /// Counts subjects by status.
    pub fn of(subjects: &[Subject]) -> Self {
        let mut all = Self::default();
        for subject in subjects {
            let extent = match subject.status {
                Status::Scored => &mut all.scored,
                Status::NotDue { .. } => &mut all.not_due,
                Status::Exempt { .. } => &mut all.exempt,
                Status::NoData { .. } => &mut all.no_data,
            };
            extent.add(subject.land);
        }
        all
    }

    /// Scored ÷ (all − exempt) by count; none when everything is exempt.
    pub fn by_count(&self) -> Option<Decimal> {
        let all = self.scored.count + self.not_due.count + self.no_data.count;
        Decimal::from(self.scored.count).checked_div(Decimal::from(all))
    }

    /// Scored ÷ (all − exempt) by area; none when there is no such area.
    pub fn by_area(&self) -> Option<Decimal> {
        self.scored.area.checked_div(self.scored.area + self.not_due.area + self.no_data.area)
    }
}

/// One domain over all subjects that are not exempt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfDomain {
    /// Reported.
    pub present: Extent,
    /// Attributed or filled.
    pub estimated: Extent,
    /// Contradictory.
    pub conflicting: Extent,
    /// Missing.
    pub missing: Extent,
    /// Known, but too old.
    pub stale: Extent,
    /// Area × known share in ㎡.
    pub known_area: Decimal,
    /// The oldest of the newest dates.
    pub oldest: Option<Date>,
    /// The newest date.
    pub newest: Option<Date>,
}

/// What a department owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// The number of the subject.
    pub subject: u32,
    /// The number of the domain.
    pub domain: u32,
    /// The cell.
    pub cell: Cell,
    /// What is wrong with it.
    pub why: Why,
}

/// Why a cell is a gap, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Nothing is known.
    Missing,
    /// Sources disagree.
    Conflicting,
    /// Only a part of the users is known.
    Partial,
    /// It is too old.
    Stale,
}

/// Parcels × domains.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// By status.
    pub standings: Standings,
    /// The domains.
    pub domains: Vec<Domain>,
    /// By domain, then by subject.
    pub cells: Vec<Vec<Cell>>,
    /// By domain.
    pub sums: Vec<OfDomain>,
    /// What is owed, worst first within a domain. Neither exempt subjects nor those not due owe anything.
    pub gaps: Vec<Gap>,
}

impl Coverage {
    /// Counts; every column is as long as `subjects`.
    pub fn new(subjects: &[Subject], columns: Vec<(Domain, Vec<Cell>)>) -> Self {
        let (domains, cells): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
        let sums = domains.iter().zip(&cells).map(|(domain, cells)| sum(subjects, domain, cells)).collect();
        let mut gaps = Vec::new();
        for ((domain, of), cells) in domains.iter().zip(0_u32..).zip(&cells) {
            let owing = subjects.iter().zip(0_u32..).zip(cells).filter(|((subject, _), _)| owes(subject));
            gaps.extend(owing.filter_map(|((_, subject), cell)| {
                why(domain, *cell).map(|why| Gap { subject, domain: of, cell: *cell, why })
            }));
        }
        gaps.sort_by_key(|gap| (gap.domain, gap.why, gap.subject));
        Self { standings: Standings::of(subjects), domains, cells, sums, gaps }
    }

    /// What one department owes.
    pub fn owed_by(&self, department: &str) -> impl Iterator<Item = &Gap> {
        self.gaps.iter().filter(move |gap| &*self.domains[gap.domain as usize].department == department)
    }

    /// Domains, by number, of which a subject has nothing.
    pub fn missing(&self, subject: usize) -> Vec<u32> {
        let columns = (0_u32..).zip(&self.cells);
        columns
            .filter(|(_, cells)| cells[subject].state == State::Missing)
            .map(|(domain, _)| domain)
            .collect()
    }
}

fn owes(subject: &Subject) -> bool {
    matches!(subject.status, Status::Scored | Status::NoData { .. })
}

fn why(domain: &Domain, cell: Cell) -> Option<Why> {
    match cell.state {
        State::Missing => Some(Why::Missing),
        State::Conflicting => Some(Why::Conflicting),
        State::Present | State::Estimated if cell.known < Share::WHOLE => Some(Why::Partial),
        State::Present | State::Estimated => stale(domain, cell).then_some(Why::Stale),
    }
}

fn stale(domain: &Domain, cell: Cell) -> bool {
    cell.state != State::Missing
        && domain.fresh_since.is_some_and(|since| cell.newest.is_none_or(|newest| newest < since))
}

fn sum(subjects: &[Subject], domain: &Domain, cells: &[Cell]) -> OfDomain {
    let mut all = OfDomain::default();
    for (subject, cell) in subjects.iter().zip(cells) {
        if matches!(subject.status, Status::Exempt { .. }) {
            continue;
        }
        let extent = match cell.state {
            State::Present => &mut all.present,
            State::Estimated => &mut all.estimated,
            State::Conflicting => &mut all.conflicting,
            State::Missing => &mut all.missing,
        };
        extent.add(subject.land);
        if stale(domain, *cell) {
            all.stale.add(subject.land);
        }
        all.known_area += subject.land.unwrap_or_default() * cell.known.decimal();
        if let Some(newest) = cell.newest {
            all.oldest = Some(all.oldest.map_or(newest, |oldest| oldest.min(newest)));
            all.newest = Some(all.newest.map_or(newest, |other| other.max(newest)));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use model::id::EntryId;

    use super::*;

    fn subject(square_metres: i64, status: Status) -> Subject {
        Subject {
            key: EntryId(0),
            name: "".into(),
            class: "".into(),
            class_before: None,
            unit: None,
            industry: "".into(),
            land: Some(Decimal::from(square_metres)),
            floor: None,
            since: None,
            status,
        }
    }

    #[test]
    fn coverage_is_by_count_and_by_area() {
        let subjects = [
            subject(40_000, Status::Scored),
            subject(10_000, Status::Scored),
            subject(30_000, Status::NotDue { until: None }),
            subject(20_000, Status::NoData { missing: vec!["tax".into()] }),
            subject(99_000, Status::Exempt { reason: "utility".into() }),
        ];
        let standings = Standings::of(&subjects);
        // 2 of 4; 50,000 of 100,000 ㎡.
        assert_eq!(standings.by_count(), Some(Decimal::new(5, 1)));
        assert_eq!(standings.by_area(), Some(Decimal::new(5, 1)));
        let small =
            [subject(90_000, Status::Scored), subject(10_000, Status::NoData { missing: Vec::new() })];
        assert_eq!(Standings::of(&small).by_area(), Some(Decimal::new(9, 1)));
        assert_eq!(Standings::default().by_count(), None);
    }

    #[test]
    fn gaps_name_what_is_owed_by_whom() {
        let tax = Domain {
            id: "tax".into(),
            department: "tax office".into(),
            fresh_since: Some(date(2023, 12, 1)),
        };
        let subjects = [
            subject(1, Status::Scored),
            subject(1, Status::Scored),
            subject(1, Status::NoData { missing: Vec::new() }),
            subject(1, Status::NotDue { until: None }),
        ];
        let now = Some(date(2023, 12, 31));
        let cells = vec![
            Cell { state: State::Present, known: Share::WHOLE, newest: Some(date(2023, 10, 31)) },
            Cell { state: State::Estimated, known: Share::of_counts(3, 4), newest: now },
            Cell::MISSING,
            Cell::MISSING,
        ];
        let coverage = Coverage::new(&subjects, vec![(tax, cells)]);
        let owed: Vec<_> = coverage.owed_by("tax office").map(|gap| (gap.subject, gap.why)).collect();
        assert_eq!(owed, [(2, Why::Missing), (1, Why::Partial), (0, Why::Stale)]);
        let sums = coverage.sums[0];
        assert_eq!((sums.present.count, sums.estimated.count, sums.missing.count), (1, 1, 2));
        // 1 + 0.75 ㎡.
        assert_eq!(sums.known_area, Decimal::new(175, 2));
        assert_eq!((sums.stale.count, sums.oldest), (1, Some(date(2023, 10, 31))));
        assert_eq!(coverage.missing(2), [0]);
    }
}
