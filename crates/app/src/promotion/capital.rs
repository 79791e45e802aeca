//! Capital that arrived (到资) and the targets it is claimed under (认定): one arrival may stand under several, and is money once.
//!
//! The proof: every arrival falls into the one set of the targets it is claimed under, so the sets do not overlap; added up they must
//! be the figures of all arrivals, and no claim may be on an arrival that is not there, say more than arrived, or stand twice.

use std::collections::{BTreeMap, HashMap, HashSet};

use figures::Table;
use model::definition::{Book, CapitalClaims};
use model::id::{EntryId, FieldId};
use rust_decimal::Decimal;

use super::Stand;
use super::shapes::{ArrivalLine, CapitalView, ClaimOn, ClaimSet, ProgrammeView};
use crate::enterprises::day_of;
use crate::explore::Answer;
use crate::messages::promotion as say;
use crate::tasks;

/// A claim as its book has it.
struct Claim {
    entry: EntryId,
    arrival: EntryId,
    programme: String,
    amount: Option<Decimal>,
    foreign: Option<Decimal>,
}

/// The arrivals since January; none where they are not for this person.
pub(super) fn view(stand: &Stand<'_>, rule: &CapitalClaims) -> Option<CapitalView> {
    let (Some((book, table)), Some((_, claims_table))) =
        (stand.shelf(&rule.arrivals), stand.shelf(&rule.claims))
    else {
        return None;
    };
    let mut arrivals = arrivals(stand, rule, book, table);
    let claims = claims(rule, claims_table);
    let mut faults = faults(stand, rule, table, &claims);
    let place: HashMap<EntryId, usize> =
        arrivals.iter().enumerate().map(|(at, line)| (line.entry.entry, at)).collect();
    let mut claimed = Decimal::ZERO;
    for claim in &claims {
        let Some(at) = place.get(&claim.arrival) else { continue };
        claimed += claim.amount.unwrap_or_default();
        arrivals[*at].claims.push(ClaimOn { programme: claim.programme.clone(), entry: claim.entry.0 });
    }
    let order: Vec<&String> = rule.programmes.keys().collect();
    for line in &mut arrivals {
        line.claims.sort_by_key(|claim| order.iter().position(|word| **word == claim.programme));
    }
    let sets = sets(&arrivals);
    let amount: Decimal = sets.iter().map(|set| set.amount).sum();
    let foreign: Decimal = sets.iter().map(|set| set.foreign).sum();
    let once = arrivals.iter().filter(|line| !line.claims.is_empty()).filter_map(|line| line.amount);
    let repeated = claimed - once.sum::<Decimal>();
    let whole: Vec<Answer> = [Some(&rule.whole), rule.whole_foreign.as_ref()]
        .into_iter()
        .flatten()
        .filter_map(|id| stand.answer(id))
        .collect();
    let unit = |field: Option<&FieldId>| Some(book.field(field?)?.kind.unit()?.to_string());
    let (unit, foreign_unit) = (unit(Some(&rule.amount)), unit(rule.foreign.as_ref()));
    if let Some(answer) = whole.first()
        && !same(stand, answer, amount, unit.as_deref())
    {
        faults.push(say::not_the_figure(&answer.title, &answer.shown));
    }
    let programmes = programmes(stand, rule, &arrivals);
    let (from, to) = stand.days();
    Some(CapitalView {
        from,
        to,
        unit,
        foreign_unit,
        whole,
        programmes,
        sets,
        amount,
        foreign,
        repeated,
        arrivals,
        once: faults.is_empty(),
        faults,
    })
}

/// Whether a figure says so much of a unit.
fn same(stand: &Stand<'_>, answer: &Answer, amount: Decimal, unit: Option<&str>) -> bool {
    let number = answer.value.number.as_ref().and_then(|text| text.parse::<Decimal>().ok());
    let both = stand.factor(answer.unit.as_ref().map(model::id::UnitId::as_str)).zip(stand.factor(unit));
    match (number, both) {
        (Some(number), Some((of, to))) => number * of == amount * to,
        _ => amount.is_zero(),
    }
}

fn arrivals(stand: &Stand<'_>, rule: &CapitalClaims, book: &Book, table: &Table) -> Vec<ArrivalLine> {
    let number = |row: u32, field: &FieldId| table.value(row, field)?.as_number();
    let line = |row: u32| {
        let whom = book.subject.as_ref().and_then(|field| table.value(row, field)?.as_entry());
        Some(ArrivalLine {
            entry: stand.link(table.ids()[row as usize], Some(&book.id)),
            enterprise: whom.map(|whom| stand.link(whom, None)),
            on: day_of(&table.value(row, book.time.as_ref()?)?)?,
            amount: number(row, &rule.amount),
            foreign: rule.foreign.as_ref().and_then(|field| number(row, field)),
            claims: Vec::new(),
        })
    };
    stand.rows_of_year(book, table).into_iter().filter_map(line).collect()
}

fn claims(rule: &CapitalClaims, table: &Table) -> Vec<Claim> {
    let number = |row: u32, field: &FieldId| table.value(row, field)?.as_number();
    let claim = |row: u32| {
        Some(Claim {
            entry: table.ids()[row as usize],
            arrival: table.value(row, &rule.arrival)?.as_entry()?,
            programme: table.value(row, &rule.programme)?.as_text()?.to_owned(),
            amount: number(row, &rule.claimed),
            foreign: rule.claimed_foreign.as_ref().and_then(|field| number(row, field)),
        })
    };
    table.rows().filter_map(claim).collect()
}

/// What is wrong with claims, whatever their year.
fn faults(stand: &Stand<'_>, rule: &CapitalClaims, arrivals: &Table, claims: &[Claim]) -> Vec<String> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for claim in claims {
        let title = stand.sight.title(claim.arrival, Some(&rule.arrivals));
        let Some(row) = arrivals.row(claim.arrival) else {
            found.push(say::no_arrival(&claim.programme, &title));
            continue;
        };
        if !seen.insert((claim.arrival, claim.programme.as_str())) {
            found.push(say::twice(&claim.programme, &title));
        }
        let more = |claimed: Option<Decimal>, field: Option<&FieldId>| {
            let arrived = field.and_then(|field| arrivals.value(row, field)?.as_number());
            claimed.zip(arrived).is_some_and(|(claimed, arrived)| claimed > arrived)
        };
        if more(claim.amount, Some(&rule.amount)) || more(claim.foreign, rule.foreign.as_ref()) {
            found.push(say::more_than_arrived(&claim.programme, &title));
        }
    }
    found
}

/// Arrivals by the targets they are claimed under, the largest first.
fn sets(arrivals: &[ArrivalLine]) -> Vec<ClaimSet> {
    let mut found: BTreeMap<Vec<&str>, ClaimSet> = BTreeMap::new();
    for line in arrivals {
        let mut programmes: Vec<&str> = line.claims.iter().map(|claim| claim.programme.as_str()).collect();
        programmes.dedup();
        let set = found.entry(programmes.clone()).or_insert_with(|| ClaimSet {
            programmes: programmes.iter().map(ToString::to_string).collect(),
            arrivals: 0,
            amount: Decimal::ZERO,
            foreign: Decimal::ZERO,
        });
        set.arrivals += 1;
        set.amount += line.amount.unwrap_or_default();
        set.foreign += line.foreign.unwrap_or_default();
    }
    let mut sets: Vec<ClaimSet> = found.into_values().collect();
    sets.sort_by(|a, b| b.amount.cmp(&a.amount).then_with(|| b.foreign.cmp(&a.foreign)));
    sets
}

fn programmes(stand: &Stand<'_>, rule: &CapitalClaims, arrivals: &[ArrivalLine]) -> Vec<ProgrammeView> {
    let one = |(word, figure): (&String, &model::id::FigureId)| {
        let mine = |line: &&ArrivalLine| line.claims.iter().any(|claim| claim.programme == *word);
        ProgrammeView {
            word: word.clone(),
            answer: stand.answer(figure),
            task: tasks::of_figures(&stand.asking, stand.actor, stand.at, Some(figure)).into_iter().next(),
            claims: arrivals.iter().filter(mine).count(),
        }
    };
    rule.programmes.iter().map(one).collect()
}
