//! Coverage (覆盖): what is known of which parcel, and what each department still owes.

use std::collections::BTreeMap;

use assess::attribution::Plan;
use assess::coverage::{Cell, Coverage, Domain as Owed, OfDomain, Standings, Why};
use assess::facts::{Reading, Share, State, Status};
use jiff::civil::Date;
use model::content::Content;
use model::definition::{Domain, LandPart, LandRole, Measure, Split};
use model::id::EntryId;
use model::period::Month;
use rust_decimal::Decimal;

use super::fault::Result;
use super::gather::{Gathered, Gauge, Judged, books_of, gather, year_of};
use super::ground::{AREAS, Ground};
use super::measured::{Measured, head, percent, register, state_word};
use super::shapes::{
    CoverageCell, CoverageRow, CoverageTotals, DomainCoverage, DomainHead, Gap, GapList, ParcelCoverage,
};
use crate::access::Actor;
use crate::messages::parcels as say;
use crate::park::Park;
use crate::projects::LinkedEntry;

/// Certificate and survey agree within this share.
const AGREES: Decimal = Decimal::from_parts(2, 0, 0, false, 2);

/// Coverage of a year.
///
/// # Errors
/// [`super::ParcelsFault`] when it is not for this person.
pub fn coverage(park: &Park, actor: &Actor, year: i16) -> Result<ParcelCoverage> {
    let ground = Ground::new(park, actor)?;
    let measured = Measured { ground: &ground, gathered: gather(park, &ground, year) };
    let (judged, counted) = (&measured.gathered.parcel, &measured.gathered.coverage);
    let domains = domain_heads(&measured, counted);
    let rows = rows(&ground, judged, counted);
    Ok(ParcelCoverage {
        year,
        domains,
        totals: totals(&counted.standings),
        rows,
        gaps: gaps(&measured, counted),
        revision: ground.revision(),
    })
}

/// Domains that occur, in the order of the matrix.
fn domains(content: &Content) -> Vec<Domain> {
    let occurs = |domain: &Domain| {
        matches!(domain, Domain::Land | Domain::Tenancy)
            || content.measures.values().any(|m| m.domain == *domain && m.figure.is_some())
    };
    Domain::ALL.into_iter().filter(occurs).collect()
}

/// The matrix of a year.
pub(super) fn counted(ground: &Ground<'_>, gathered: &Gathered) -> Coverage {
    let judged = &gathered.parcel;
    let columns = domains(ground.content).into_iter().map(|domain| {
        let cells = match domain {
            Domain::Land => judged.rows.iter().map(|row| land(ground, *row)).collect(),
            Domain::Tenancy => tenancies(gathered),
            _ => delivered(ground, gathered, domain),
        };
        let department = department(ground, domain).into();
        (Owed { id: domain.word().into(), department, fresh_since: None }, cells)
    });
    Coverage::new(&judged.facts.subjects, columns.collect())
}

fn department(ground: &Ground<'_>, domain: Domain) -> String {
    let of_book = |role| ground.shelf(role).map(|shelf| shelf.book.department.clone());
    match domain {
        Domain::Land => of_book(LandRole::Parcel),
        Domain::Tenancy => of_book(LandRole::Occupancy),
        _ => {
            let measures = ground.content.measures.values();
            let mut delivered = measures.filter(|m| m.domain == domain && m.figure.is_some());
            delivered.next().map(|m| m.department.clone())
        }
    }
    .unwrap_or_default()
}

/// A domain of all subjects, by the measures somebody delivers – those that belong to enterprises as a whole included.
fn delivered(ground: &Ground<'_>, gathered: &Gathered, domain: Domain) -> Vec<Cell> {
    let subjects = &gathered.parcel.facts.subjects;
    let newest = newest(ground, gathered.year, domain);
    let measures = ground.content.measures.values().filter(|measure| measure.domain == domain);
    let columns: Vec<Vec<Reading>> = measures
        .filter_map(|measure| {
            let gauge = gathered.gauges.get(&measure.id)?;
            Some(match measure.split {
                Split::Additive => gathered.parcel.facts.measures.get(&measure.id)?.clone(),
                Split::None => {
                    subjects.iter().map(|subject| of_users(gathered, subject.key, gauge)).collect()
                }
            })
        })
        .collect();
    let cell = |at: usize| Cell::of(columns.iter().map(|readings| readings[at]), newest);
    (0..subjects.len()).map(cell).collect()
}

/// For how many of a parcel's users something is known that is not divided among parcels. Its value is none of the parcel's.
fn of_users(gathered: &Gathered, parcel: EntryId, gauge: &Gauge) -> Reading {
    let Some(number) = gathered.parcels.of(parcel) else { return Reading::MISSING };
    let stakes = gathered.plan.stakes(number as usize);
    let (mut users, mut known) = (0_u32, 0_u32);
    for user in stakes.iter().filter(|stake| stake.used > 0).filter_map(|stake| stake.enterprise) {
        users += 1;
        known += u32::from(year_of(&gauge.column, user).state != State::Missing);
    }
    let share = Share::of(Decimal::from(known), Decimal::from(users));
    match known {
        0 => Reading::MISSING,
        _ if known == users => Reading { value: None, state: State::Present, known: share },
        _ => Reading { value: None, state: State::Estimated, known: share },
    }
}

/// The legal area: by certificate or survey it is known, by contract or register alone estimated.
fn land(ground: &Ground<'_>, row: u32) -> Cell {
    let parcels = ground.parcels();
    let area = |part| ground.area(parcels, row, part);
    let both = area(AREAS[0].0).zip(area(AREAS[1].0));
    let disagree = both.is_some_and(|(one, other)| (one - other).abs() > one * AGREES);
    let state = match ground.legal_area(row) {
        None => return Cell::MISSING,
        Some(_) if disagree => State::Conflicting,
        Some((_, "certificate" | "surveyed")) => State::Present,
        Some(_) => State::Estimated,
    };
    Cell { state, known: Share::WHOLE, newest: parcels.date(row, LandPart::Obtained) }
}

/// Who uses each parcel: known from occupancies, estimated when only its holder is.
fn tenancies(gathered: &Gathered) -> Vec<Cell> {
    let plan: &Plan = &gathered.plan;
    let mut doubtful = vec![false; gathered.parcels.len()];
    plan.problems().iter().for_each(|problem| doubtful[problem.parcel() as usize] = true);
    let mut used = vec![false; gathered.parcels.len()];
    plan.land().occupancies.iter().for_each(|one| used[one.parcel as usize] = true);
    let cell = |number: u32| {
        let held = || plan.stakes(number as usize).iter().any(|stake| stake.enterprise.is_some());
        let state = match (doubtful[number as usize], used[number as usize]) {
            (true, _) => return Cell { state: State::Conflicting, known: Share::NONE, newest: None },
            (false, true) => State::Present,
            (false, false) if held() => State::Estimated,
            (false, false) => return Cell::MISSING,
        };
        Cell { state, known: Share::WHOLE, newest: None }
    };
    let subjects = gathered.parcel.facts.subjects.iter();
    subjects.map(|subject| gathered.parcels.of(subject.key).map_or(Cell::MISSING, cell)).collect()
}

/// The last day the newest return of a domain speaks of, within the year.
fn newest(ground: &Ground<'_>, year: i16, domain: Domain) -> Option<Date> {
    let content = ground.content;
    let (first, last) = (Month::new(year, 1)?, Month::new(year, 12)?);
    let measures = content.measures.values().filter(|m| m.domain == domain);
    let books = measures.filter_map(|m| m.figure.as_ref()).flat_map(|figure| books_of(content, figure));
    let newest = books.filter_map(|book| {
        let table = ground.sight.snapshot.table(&book.id)?;
        let row = table.between(first, last).next_back()?;
        Some(table.month_of_row(row))
    });
    Some(Month::of_ordinal(newest.max()?)?.last_day())
}

fn domain_heads(measured: &Measured<'_>, counted: &Coverage) -> Vec<DomainHead> {
    let heads = domains(measured.ground.content).into_iter().zip(&counted.sums).map(|(domain, sums)| {
        let (title, title_en) = say::domain(domain);
        let measures = measured.ground.content.measures.values().filter(|m| m.domain == domain);
        DomainHead {
            id: domain.word().to_owned(),
            title: title.to_owned(),
            title_en: title_en.to_owned(),
            measures: measures.map(head).collect(),
            coverage: of_domain(sums),
        }
    });
    heads.collect()
}

fn of_domain(sums: &OfDomain) -> DomainCoverage {
    let count = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    let all = [sums.present, sums.estimated, sums.conflicting, sums.missing];
    let known = Decimal::from(sums.present.count + sums.estimated.count);
    let of: Decimal = all.iter().map(|extent| Decimal::from(extent.count)).sum();
    let area: Decimal = all.iter().map(|extent| extent.area).sum();
    DomainCoverage {
        present: count(sums.present.count),
        estimated: count(sums.estimated.count),
        conflicting: count(sums.conflicting.count),
        missing: count(sums.missing.count),
        by_count: known.checked_div(of).map(percent),
        by_area: sums.known_area.checked_div(area).map(percent),
    }
}

fn totals(standings: &Standings) -> CoverageTotals {
    let count = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    let Standings { scored, not_due, exempt, no_data } = *standings;
    CoverageTotals {
        all: count(scored.count + not_due.count + exempt.count + no_data.count),
        scored: count(scored.count),
        not_due: count(not_due.count),
        exempt: count(exempt.count),
        no_data: count(no_data.count),
        by_count: standings.by_count().map(percent),
        by_area: standings.by_area().map(percent),
        area_scored: scored.area.round_dp(2).normalize(),
        area_due: (scored.area + not_due.area + no_data.area).round_dp(2).normalize(),
    }
}

fn rows(ground: &Ground<'_>, judged: &Judged, counted: &Coverage) -> Vec<CoverageRow> {
    let parcels = ground.parcels();
    let subjects = judged.facts.subjects.iter().zip(&judged.rows).enumerate();
    let rows = subjects.map(|(at, (subject, row))| {
        let (status, words) = status(&subject.status, judged.overdue[at]);
        CoverageRow {
            entry: subject.key.0,
            code: ground.shown(parcels, *row, LandPart::Code).unwrap_or_default(),
            name: subject.name.to_string(),
            area: ground.legal_area(*row).map(|(area, _)| area),
            status: status.to_owned(),
            words,
            cells: counted.cells.iter().map(|cells| shown(cells[at])).collect(),
        }
    });
    rows.collect()
}

fn shown(cell: Cell) -> CoverageCell {
    CoverageCell {
        state: state_word(cell.state).to_owned(),
        known: Some(percent(cell.known.decimal())),
        fresh: cell.newest,
    }
}

/// The word of a status.
pub(super) fn status_word(status: &Status) -> &'static str {
    match status {
        Status::Scored => "scored",
        Status::NotDue { .. } => "not_due",
        Status::Exempt { .. } => "exempt",
        Status::NoData { .. } => "no_data",
    }
}

/// The word and the reason of a status.
pub(super) fn status(status: &Status, overdue: Option<Date>) -> (&'static str, String) {
    let words = match status {
        Status::Scored => overdue.map(say::overdue).unwrap_or_default(),
        Status::NotDue { until } => say::not_due(*until),
        Status::Exempt { reason } => reason.to_string(),
        Status::NoData { missing } => {
            let titles = missing.iter().map(|word| {
                let domain = Domain::ALL.into_iter().find(|domain| domain.word() == &**word);
                domain.map_or(word.to_string(), |domain| say::domain(domain).0.to_owned())
            });
            say::no_data(&titles.collect::<Vec<_>>())
        }
    };
    (status_word(status), words)
}

/// What is missing, by department, named down to the enterprise where that is known.
pub(super) fn gaps(measured: &Measured<'_>, counted: &Coverage) -> Vec<GapList> {
    let mut lists: BTreeMap<String, Vec<Gap>> = BTreeMap::new();
    let (judged, domains) = (&measured.gathered.parcel, domains(measured.ground.content));
    for gap in &counted.gaps {
        let (subject, domain) = (gap.subject as usize, domains[gap.domain as usize]);
        let department = counted.domains[gap.domain as usize].department.to_string();
        let parcel = &judged.facts.subjects[subject];
        let code = measured.ground.shown(measured.ground.parcels(), judged.rows[subject], LandPart::Code);
        let make = |measure: Option<&Measure>, enterprise: Option<LinkedEntry>| Gap {
            parcel: parcel.key.0,
            code: code.clone().unwrap_or_default(),
            name: parcel.name.to_string(),
            domain: domain.word().to_owned(),
            measure: measure.map(|m| m.id.to_string()),
            text: say::gap(
                why(gap.why),
                measure.map_or(say::domain(domain).0, |m| m.title.as_str()),
                enterprise.as_ref().map(|e| e.title.as_str()),
            ),
            enterprise,
        };
        let list = lists.entry(department).or_default();
        let named = owing(measured, domain, parcel.key);
        if named.is_empty() {
            list.push(make(None, None));
        }
        list.extend(named.into_iter().map(|(measure, enterprise)| {
            make(Some(measure), Some(measured.ground.link(enterprise, register(measured.ground))))
        }));
    }
    lists.into_iter().map(|(department, gaps)| GapList { department, gaps }).collect()
}

fn why(why: Why) -> &'static str {
    match why {
        Why::Missing => say::MISSING,
        Why::Conflicting => say::CONFLICTING,
        Why::Partial => say::PARTIAL,
        Why::Stale => say::STALE,
    }
}

/// Enterprises on a parcel without a value for the year, by measure of a domain.
pub(super) fn owing<'a>(
    measured: &Measured<'a>,
    domain: Domain,
    parcel: EntryId,
) -> Vec<(&'a Measure, EntryId)> {
    let Some(number) = measured.gathered.parcels.of(parcel) else { return Vec::new() };
    let stakes = measured.gathered.plan.stakes(number as usize);
    let users: Vec<u32> = stakes.iter().filter(|s| s.used > 0).filter_map(|s| s.enterprise).collect();
    let mut owed = Vec::new();
    let ground = measured.ground;
    let measures = ground.content.measures.values().filter(|measure| measure.domain == domain);
    for (measure, gauge) in
        measures.filter_map(|measure| Some((measure, measured.gathered.gauges.get(&measure.id)?)))
    {
        let without = users.iter().filter(|user| year_of(&gauge.column, **user).state != State::Present);
        owed.extend(without.map(|user| (measure, measured.gathered.enterprises.entries[*user as usize])));
    }
    owed
}
