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
use super::gather::{Doubted, Gathered, Gauge, books_of, gather, year_of};
use super::ground::{AREAS, Ground};
use super::measured::{Measured, head, percent, register, state_word};
use super::shapes::{
    CoverageCell, CoverageRow, CoverageTotals, DomainCoverage, DomainHead, Gap, GapList, ParcelCoverage,
};
use crate::access::Actor;
use crate::books::Page;
use crate::messages::parcels as say;
use crate::park::Park;
use crate::projects::LinkedEntry;

/// Certificate and survey agree within this share.
const AGREES: Decimal = Decimal::from_parts(2, 0, 0, false, 2);

/// Which rows of the matrix, and how many of the gaps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CoverageQuestion {
    /// The year; that of the newest return when absent.
    pub year: Option<i16>,
    /// Only parcels of which this department owes something.
    pub department: Option<String>,
    /// Only parcels with a cell of this state…
    pub state: Option<String>,
    /// …in this domain.
    pub domain: Option<String>,
    /// Only parcels that stand so with the evaluation.
    pub status: Option<String>,
    /// Words of code and name.
    pub search: String,
    /// Which part of the rows.
    pub page: Page,
    /// As many gaps of each department are listed.
    pub gaps: usize,
}

impl CoverageQuestion {
    /// All of a year.
    pub fn all(year: Option<i16>) -> Self {
        let page = Page { offset: 0, limit: usize::MAX };
        let (department, state, domain, status) = Default::default();
        Self { year, department, state, domain, status, search: String::new(), page, gaps: usize::MAX }
    }
}

/// Coverage of a year.
///
/// # Errors
/// [`super::ParcelsFault`] when it is not for this person.
pub fn coverage(park: &Park, actor: &Actor, asked: &CoverageQuestion) -> Result<ParcelCoverage> {
    let ground = Ground::new(park, actor)?;
    let year = super::year_or_newest(park, asked.year)?;
    let measured = Measured { ground: &ground, gathered: gather(park, &ground, year) };
    let counted = &measured.gathered.coverage;
    let chosen = chosen(&measured, asked);
    let page = chosen.iter().skip(asked.page.offset).take(asked.page.limit);
    Ok(ParcelCoverage {
        year,
        domains: domain_heads(&measured, counted),
        totals: totals(&counted.standings),
        rows: page.map(|at| coverage_row(&measured, *at)).collect(),
        total: chosen.len(),
        offset: asked.page.offset,
        gaps: gaps(&measured, asked.gaps),
        revision: ground.revision(),
    })
}

/// Subjects, by number, that a question selects.
fn chosen(measured: &Measured<'_>, asked: &CoverageQuestion) -> Vec<usize> {
    let (gathered, counted) = (&*measured.gathered, &measured.gathered.coverage);
    let subjects = &gathered.parcel.facts.subjects;
    let owing: Option<Vec<bool>> = asked.department.as_ref().map(|department| {
        let mut owing = vec![false; subjects.len()];
        counted.owed_by(department).for_each(|gap| owing[gap.subject as usize] = true);
        owing
    });
    let domain = |id: &String| counted.domains.iter().position(|domain| *domain.id == **id);
    let columns = match asked.domain.as_ref().map(domain) {
        Some(Some(at)) => &counted.cells[at..=at],
        Some(None) => &[],
        None => &counted.cells[..],
    };
    let words: Vec<String> = asked.search.split_whitespace().map(str::to_lowercase).collect();
    let parcels = measured.ground.parcels();
    let found = |at: usize| {
        let code =
            measured.ground.shown(parcels, gathered.parcel.rows[at], LandPart::Code).unwrap_or_default();
        let (code, name) = (code.to_lowercase(), subjects[at].name.to_lowercase());
        words.iter().all(|word| code.contains(word) || name.contains(word))
    };
    let holds = |at: &usize| {
        owing.as_ref().is_none_or(|owing| owing[*at])
            && asked.status.as_ref().is_none_or(|status| status_word(&subjects[*at].status) == status)
            && asked
                .state
                .as_ref()
                .is_none_or(|state| columns.iter().any(|cells| state_word(cells[*at].state) == state))
            && (words.is_empty() || found(*at))
    };
    (0..subjects.len()).filter(holds).collect()
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
        let mut cells: Vec<Cell> = match domain {
            Domain::Land => judged.rows.iter().map(|row| land(ground, *row)).collect(),
            Domain::Tenancy => tenancies(gathered),
            _ => delivered(ground, gathered, domain),
        };
        // What looks like a slip of units is asked for again.
        for (at, doubts) in &gathered.doubts {
            if doubts.iter().any(|doubt| domain_of(ground.content, doubt) == Some(domain)) {
                cells[*at].state = State::Conflicting;
            }
        }
        let department = department(ground, domain).into();
        (Owed { id: domain.word().into(), department, fresh_since: None }, cells)
    });
    Coverage::new(&judged.facts.subjects, columns.collect())
}

/// The domain of what looks wrong.
fn domain_of(content: &Content, doubt: &Doubted) -> Option<Domain> {
    match doubt {
        Doubted::Area(_) => Some(Domain::Land),
        Doubted::FarAbove(measure) => content.measures.get(measure).map(|measure| measure.domain),
    }
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

fn coverage_row(measured: &Measured<'_>, at: usize) -> CoverageRow {
    let (ground, gathered) = (measured.ground, &measured.gathered);
    let (subject, row) = (&gathered.parcel.facts.subjects[at], gathered.parcel.rows[at]);
    let (status, words) = status(&subject.status, gathered.parcel.overdue[at]);
    CoverageRow {
        entry: subject.key.0,
        code: ground.shown(ground.parcels(), row, LandPart::Code).unwrap_or_default(),
        name: subject.name.to_string(),
        area: ground.legal_area(row).map(|(area, _)| area),
        status: status.to_owned(),
        words,
        cells: gathered.coverage.cells.iter().map(|cells| shown(cells[at])).collect(),
    }
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

/// What is missing, by department, named down to the enterprise where that is known: all is counted, at most so many of each
/// department are listed.
pub(super) fn gaps(measured: &Measured<'_>, most: usize) -> Vec<GapList> {
    let counted = &measured.gathered.coverage;
    let domains = domains(measured.ground.content);
    let mut lists: BTreeMap<&str, GapList> = BTreeMap::new();
    for gap in &counted.gaps {
        let department = &*counted.domains[gap.domain as usize].department;
        let list = lists.entry(department).or_insert_with(|| GapList {
            department: department.to_owned(),
            count: 0,
            gaps: Vec::new(),
        });
        let domain = domains[gap.domain as usize];
        let subject = gap.subject as usize;
        if list.gaps.len() < most {
            let named = gaps_of(measured, (domain, subject), gap.why);
            list.count += named.len();
            list.gaps.extend(named);
            list.gaps.truncate(most);
        } else {
            let parcel = measured.gathered.parcel.facts.subjects[subject].key;
            list.count += measured.gathered.owing(measured.ground.content, domain, parcel).count().max(1);
        }
    }
    lists.into_values().collect()
}

/// A gap, once for each enterprise and measure that is lacking.
fn gaps_of(measured: &Measured<'_>, (domain, subject): (Domain, usize), why_: Why) -> Vec<Gap> {
    let (ground, judged) = (measured.ground, &measured.gathered.parcel);
    let parcel = &judged.facts.subjects[subject];
    let code = ground.shown(ground.parcels(), judged.rows[subject], LandPart::Code).unwrap_or_default();
    let make = |measure: Option<&Measure>, enterprise: Option<LinkedEntry>| Gap {
        parcel: parcel.key.0,
        code: code.clone(),
        name: parcel.name.to_string(),
        domain: domain.word().to_owned(),
        measure: measure.map(|m| m.id.to_string()),
        text: say::gap(
            why(why_),
            measure.map_or(say::domain(domain).0, |m| m.title.as_str()),
            enterprise.as_ref().map(|e| e.title.as_str()),
        ),
        enterprise,
    };
    let named = measured.gathered.owing(ground.content, domain, parcel.key);
    let named: Vec<Gap> = named
        .map(|(measure, enterprise)| make(Some(measure), Some(ground.link(enterprise, register(ground)))))
        .collect();
    if named.is_empty() { vec![make(None, None)] } else { named }
}

fn why(why: Why) -> &'static str {
    match why {
        Why::Missing => say::MISSING,
        Why::Conflicting => say::CONFLICTING,
        Why::Partial => say::PARTIAL,
        Why::Stale => say::STALE,
    }
}
