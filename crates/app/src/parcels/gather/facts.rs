//! What was gathered as the facts a scheme judges: parcels, and enterprises beside them.
//!
//! A parcel is a subject when it is in the park and in force on the day that is looked at: the last of the year, or today
//! while the year runs. An enterprise's mark that names no parcel weighs on the parcels the enterprise holds.

use std::sync::Arc;

use assess::attribution::{ABSENT, Column, Over};
use assess::facts::{Facts, Mark, Reading, Share, State, Status, Subject};
use assess::status::{Case, Rules, Standing, standing};
use jiff::civil::{Date, date};
use model::definition::{LandPart, LandRole, MarkKind, MarkSource, Split};
use model::expr::eval::{self, Row};
use model::id::{BookId, EntryId, FieldId};
use model::value::Value;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::plan::inside;
use super::{Gathered, Gauge};
use crate::parcels::ground::{Ground, Shelf};

/// Facts with where each subject stands in its book.
#[derive(Default)]
pub(crate) struct Judged {
    /// The facts.
    pub facts: Facts,
    /// The row of each subject.
    pub rows: Vec<u32>,
    /// The contracted date each has passed without producing.
    pub overdue: Vec<Option<Date>>,
}

/// The day a year is looked at.
pub(super) fn day_of(year: i16, today: Date) -> Date {
    date(year, 12, 31).min(today.max(date(year, 1, 1)))
}

/// Parcels as subjects.
pub(super) fn parcel_facts(ground: &Ground<'_>, gathered: &Gathered) -> Judged {
    let (shelf, on) = (ground.parcels(), gathered.on);
    let rows: Vec<u32> =
        shelf.rows().filter(|row| ground.in_force(*row, on) && inside(shelf, *row)).collect();
    let (mut subjects, mut overdue) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    for row in &rows {
        let stands = parcel_standing(ground, gathered, *row, on);
        overdue.push(stands.overdue);
        subjects.push(parcel_subject(ground, gathered, *row, stands.status));
    }
    let numbers: Vec<Option<u32>> = rows.iter().map(|row| gathered.parcels.of(shelf.id(*row))).collect();
    let measures = ground.content.measures.keys().map(|measure| {
        let readings = numbers.iter().map(|number| reading(ground, gathered, measure, *number));
        (measure.clone(), readings.collect())
    });
    let measures = measures.collect();
    let marks = marks(ground, &subjects, LandRole::Parcel);
    Judged { facts: Facts { year: gathered.year, subjects, measures, marks }, rows, overdue }
}

/// A measure of a parcel; what belongs to enterprises as a whole is missing for every parcel.
fn reading(
    ground: &Ground<'_>,
    gathered: &Gathered,
    measure: &model::id::MeasureId,
    number: Option<u32>,
) -> Reading {
    let whole = ground.content.measures.get(measure).is_some_and(|m| m.split == Split::None);
    let (Some(number), Some(gauge), false) = (number, gathered.gauges.get(measure), whole) else {
        return Reading::MISSING;
    };
    gauge.attributed.reading(number as usize)
}

fn parcel_subject(ground: &Ground<'_>, gathered: &Gathered, row: u32, status: Status) -> Subject {
    let shelf = ground.parcels();
    let number = gathered.parcels.of(shelf.id(row));
    let land = number.map(|number| gathered.plan.mean_area(number as usize));
    let life = number.map(|number| gathered.plan.land().parcels[number as usize].life);
    Subject {
        key: shelf.id(row),
        name: ground.sight.row_title(shelf.book, shelf.table, row).into(),
        class: shelf.text(row, LandPart::LandUse).unwrap_or_default().into(),
        class_before: None,
        industry: number.and_then(|n| main_industry(ground, gathered, n)).unwrap_or_default(),
        land: land.filter(|land| *land > Decimal::ZERO),
        floor: None,
        since: life.map(|life| life.from).filter(|from| *from > Date::MIN),
        unit: unit(shelf, row),
        status,
    }
}

/// The industry of who has most of a parcel.
fn main_industry(ground: &Ground<'_>, gathered: &Gathered, parcel: u32) -> Option<Arc<str>> {
    let shelf = ground.shelf(LandRole::Enterprise)?;
    let stakes = gathered.plan.stakes(parcel as usize);
    let most = stakes.iter().filter(|s| s.enterprise.is_some()).max_by_key(|s| s.used + s.idle)?;
    let entry = gathered.enterprises.entries[most.enterprise? as usize];
    shelf.text(shelf.table.row(entry)?, LandPart::Industry).map(Arc::from)
}

fn parcel_standing(ground: &Ground<'_>, gathered: &Gathered, row: u32, on: Date) -> Standing {
    let shelf = ground.parcels();
    let state = shelf.meaning(row, LandPart::State);
    let state = state.as_deref();
    let exempt = shelf.text(row, LandPart::Exempt).filter(|text| !text.is_empty()).or_else(|| {
        let land_use = shelf.text(row, LandPart::LandUse)?;
        let exempt = shelf.land.meaning(LandPart::LandUse, &land_use) == Some("exempt");
        exempt.then_some(land_use)
    });
    let unsold = (state == Some("unsold")).then(|| shelf.text(row, LandPart::State)).flatten();
    let case = Case {
        exempt: exempt.or(unsold).map(Arc::from),
        under_construction: matches!(state, Some("under_construction" | "unbuilt")),
        producing: shelf.date(row, LandPart::Produced),
        must_produce: shelf.date(row, LandPart::ProductionDue),
        must_fulfil: shelf.date(row, LandPart::FullDue),
        missing: missing(ground, gathered, row),
    };
    standing(&case, on, Rules::default())
}

/// Domains without which a parcel cannot be judged: its land, who uses it, and any value at all.
fn missing(ground: &Ground<'_>, gathered: &Gathered, row: u32) -> Vec<Arc<str>> {
    use model::definition::Domain;
    let Some(number) = gathered.parcels.of(ground.parcels().id(row)) else {
        return vec![Domain::Land.word().into()];
    };
    let plan = &gathered.plan;
    let known = plan.stakes(number as usize).iter().any(|stake| stake.enterprise.is_some());
    if !plan.computed(number as usize) || !known {
        return vec![Domain::Tenancy.word().into()];
    }
    let read = |gauge: &Gauge| gauge.attributed.reading(number as usize).state != State::Missing;
    if gathered.gauges.values().any(read) {
        return Vec::new();
    }
    let mut domains: Vec<Domain> = ground.content.measures.values().map(|m| m.domain).collect();
    domains.sort_unstable();
    domains.dedup();
    domains.into_iter().map(|domain| domain.word().into()).collect()
}

/// Enterprises as subjects.
pub(super) fn enterprise_facts(ground: &Ground<'_>, gathered: &Gathered) -> Judged {
    let empty = Facts { year: gathered.year, ..Facts::default() };
    let Some(shelf) = ground.shelf(LandRole::Enterprise) else {
        return Judged { facts: empty, rows: Vec::new(), overdue: Vec::new() };
    };
    let (year, on) = (gathered.year, gathered.on);
    let alive = |row: &u32| {
        shelf.date(*row, LandPart::From).is_none_or(|from| from <= on)
            && shelf.date(*row, LandPart::To).is_none_or(|to| to >= date(year, 1, 1))
    };
    let rows: Vec<u32> = shelf.rows().filter(alive).collect();
    let net = gathered.plan.net_land();
    let numbers: Vec<u32> = rows.iter().filter_map(|row| gathered.enterprises.of(shelf.id(*row))).collect();
    let measures: indexmap::IndexMap<_, Vec<Reading>> = ground
        .content
        .measures
        .keys()
        .map(|measure| {
            let gauge = gathered.gauges.get(measure);
            let of = |number: &u32| gauge.map_or(Reading::MISSING, |g| year_of(&g.column, *number));
            (measure.clone(), numbers.iter().map(of).collect())
        })
        .collect();
    let mut subjects = Vec::with_capacity(rows.len());
    for (at, (row, number)) in rows.iter().zip(&numbers).enumerate() {
        let known = measures.values().any(|readings| readings[at].state != State::Missing);
        let land = Some(net[*number as usize]).filter(|land| *land > Decimal::ZERO);
        subjects.push(enterprise_subject(ground, shelf, (*row, on), (gathered, *number, land, known)));
    }
    let marks = marks(ground, &subjects, LandRole::Enterprise);
    let overdue = vec![None; rows.len()];
    Judged { facts: Facts { year, subjects, measures, marks }, rows, overdue }
}

fn enterprise_subject(
    ground: &Ground<'_>,
    shelf: Shelf<'_>,
    (row, on): (u32, Date),
    (gathered, number, land, known): (&Gathered, u32, Option<Decimal>, bool),
) -> Subject {
    let first = date(gathered.year, 1, 1);
    let since = shelf.date(row, LandPart::From);
    let before = class_on(shelf, row, first).filter(|_| since.is_none_or(|since| since < first));
    let floor = gathered.plan.floor_used(number);
    let status = if known {
        Status::Scored
    } else {
        Status::NoData { missing: vec![model::definition::Domain::Tax.word().into()] }
    };
    Subject {
        key: shelf.id(row),
        name: ground.sight.row_title(shelf.book, shelf.table, row).into(),
        class: class_on(shelf, row, on).unwrap_or_default(),
        class_before: before,
        industry: shelf.text(row, LandPart::Industry).unwrap_or_default().into(),
        land,
        floor: Some(floor).filter(|floor| *floor > Decimal::ZERO),
        since,
        unit: unit(shelf, row),
        status,
    }
}

/// The unit that the register states.
fn unit(shelf: Shelf<'_>, row: u32) -> Option<Arc<str>> {
    shelf.text(row, LandPart::Unit).filter(|unit| !unit.trim().is_empty()).map(Arc::from)
}

/// The population of an enterprise on a day, in the content's words: whether it is on the list of those above designated size.
fn class_on(shelf: Shelf<'_>, row: u32, on: Date) -> Option<Arc<str>> {
    let Some(Value::Flag(listed)) = shelf.value(row, LandPart::AboveScale) else { return None };
    let from = shelf.date(row, LandPart::ListedFrom);
    let to = shelf.date(row, LandPart::ListedTo);
    // Who left the list is no longer marked as on it; until it left, it was.
    let was = (listed || to.is_some_and(|to| on < to)) && from.is_none_or(|from| from <= on);
    let above = was && to.is_none_or(|to| on < to);
    let word = if above { "true" } else { "false" };
    Some(shelf.land.meaning(LandPart::AboveScale, word).unwrap_or(word).into())
}

/// What an enterprise has in a year: its months when all are there, else the year as returned, else the months there are.
pub(crate) fn year_of(column: &Column, enterprise: u32) -> Reading {
    let at = enterprise as usize;
    let months = column.monthly.get(at * 12..at * 12 + 12).unwrap_or_default();
    let known: Vec<i64> = months.iter().copied().filter(|value| *value != ABSENT).collect();
    let yearly = column.yearly.get(at).copied().filter(|value| *value != ABSENT);
    if known.len() < 12
        && let Some(value) = yearly.and_then(|steps| column.value(i128::from(steps)))
    {
        return Reading::present(value);
    }
    let sum: i128 = known.iter().map(|steps| i128::from(*steps)).sum();
    let value = match column.over {
        Over::Sum => column.value(sum),
        Over::Mean => column.value(sum).and_then(|sum| sum.checked_div(Decimal::from(known.len()))),
        Over::Last => known.last().and_then(|steps| column.value(i128::from(*steps))),
    };
    match (value, known.len()) {
        (None, _) | (_, 0) => Reading::MISSING,
        (Some(value), 12) => Reading::present(value),
        (Some(value), months) => {
            Reading::estimated(value, Share::of(Decimal::from(months), Decimal::from(12)))
        }
    }
}

/// A row of the book that records marks.
struct Recorded<'a> {
    ground: &'a Ground<'a>,
    table: &'a figures::Table,
    row: u32,
}

impl Row for Recorded<'_> {
    fn field(&self, field: &FieldId) -> Option<Value> {
        self.table.value(self.row, field)
    }

    fn through(&self, reference: &FieldId, book: &BookId, field: &FieldId) -> Option<Value> {
        let entry = self.field(reference)?.as_entry()?;
        let table = self.ground.sight.snapshot.table(book)?;
        table.value(table.row(entry)?, field)
    }
}

/// Marks of these subjects, as the books record them.
fn marks(ground: &Ground<'_>, subjects: &[Subject], role: LandRole) -> Vec<Mark> {
    let mut numbers: FxHashMap<EntryId, u32> = FxHashMap::default();
    for (number, subject) in (0_u32..).zip(subjects) {
        numbers.insert(subject.key, number);
    }
    let mut found = Vec::new();
    for kind in ground.content.marks.values() {
        let Some(source) = &kind.source else { continue };
        let Some(table) = ground.sight.snapshot.table(&source.book) else { continue };
        for row in table.rows() {
            let recorded = Recorded { ground, table, row };
            if source.filter.as_ref().is_some_and(|rule| eval::truth(rule, &recorded) != Some(true)) {
                continue;
            }
            for subject in marked(ground, &recorded, source, role) {
                if let Some(number) = numbers.get(&subject) {
                    found.push(mark(kind, source, &recorded, *number));
                }
            }
        }
    }
    found
}

/// Whom a recorded mark is about.
fn marked(ground: &Ground<'_>, row: &Recorded<'_>, source: &MarkSource, role: LandRole) -> Vec<EntryId> {
    let named = |field: &Option<FieldId>| row.field(field.as_ref()?)?.as_entry();
    let (parcel, enterprise) = (named(&source.parcel), named(&source.enterprise));
    match (role, parcel, enterprise) {
        (LandRole::Parcel, Some(parcel), _) => vec![parcel],
        (LandRole::Parcel, None, Some(enterprise)) => {
            let parcels = ground.parcels();
            let held = parcels.rows_of(LandPart::Holder, enterprise);
            held.into_iter().map(|row| parcels.id(row)).collect()
        }
        (_, _, enterprise) => enterprise.into_iter().collect(),
    }
}

fn mark(kind: &MarkKind, source: &MarkSource, row: &Recorded<'_>, subject: u32) -> Mark {
    let day = |field: &Option<FieldId>| row.field(field.as_ref()?)?.as_date();
    let reason = source.reason.as_ref().and_then(|f| row.field(f)).map(|text| text.to_string());
    Mark {
        subject,
        kind: kind.id.clone(),
        on: day(&source.on),
        until: day(&source.until),
        points: source.points.as_ref().and_then(|f| row.field(f)?.as_number()),
        reason: reason.unwrap_or_else(|| kind.title.clone()).into(),
        source: Some(row.table.ids()[row.row as usize]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(over: Over, months: &[(usize, i64)], year: Option<i64>) -> Column {
        let mut column = Column::new(1, 2, over);
        months.iter().for_each(|(month, value)| column.monthly[*month] = *value);
        column.yearly[0] = year.unwrap_or(ABSENT);
        column
    }

    #[test]
    fn a_year_is_its_months_or_what_was_returned_for_it() {
        let all: Vec<(usize, i64)> = (0..12).map(|month| (month, 150)).collect();
        // Twelve times 1.50 are 18; their mean is 1.50.
        assert_eq!(year_of(&column(Over::Sum, &all, Some(1900)), 0), Reading::present(Decimal::from(18)));
        assert_eq!(year_of(&column(Over::Mean, &all, None), 0).value, Some(Decimal::new(15, 1)));
        // Nine months are known for three quarters; the year as returned is better.
        let nine = &all[..9];
        let partial = year_of(&column(Over::Sum, nine, None), 0);
        assert_eq!((partial.value, partial.state), (Some(Decimal::new(135, 1)), State::Estimated));
        assert_eq!(partial.known.decimal(), Decimal::new(75, 2));
        assert_eq!(year_of(&column(Over::Sum, nine, Some(1900)), 0), Reading::present(Decimal::from(19)));
        assert_eq!(year_of(&column(Over::Sum, &[], None), 0), Reading::MISSING);
    }

    #[test]
    fn a_year_is_looked_at_on_its_last_day_or_today() {
        assert_eq!(day_of(2022, date(2023, 11, 15)), date(2022, 12, 31));
        assert_eq!(day_of(2023, date(2023, 11, 15)), date(2023, 11, 15));
        assert_eq!(day_of(2024, date(2023, 11, 15)), date(2024, 1, 1));
    }
}
