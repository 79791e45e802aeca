//! What the colours of the map say: the class of each parcel by grade, state, coverage, a measure, or by how one of them changed.
//!
//! Numbers are divided into classes of about as many parcels each; differences into steps alike on both sides of zero, so that
//! the middle class holds what hardly changed. Deliberately absent: colours (the client's) and boundaries
//! ([`mod@super::map`], [`super::tiles`]).

use jiff::ToSpan as _;
use jiff::civil::Date;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::evaluate::{grades_of, ranks_of};
use super::fault::{ParcelsFault, Result};
use super::gather::gather;
use super::ground::Ground;
use super::map::MapQuestion;
use super::measured::{Measured, percent};
use super::shapes::{LegendItem, ParcelRow};
use crate::messages::parcels as say;
use crate::park::Park;

/// The class of what has no value.
pub(super) const NONE: &str = "none";
/// The class of parcels that came of a change of boundary within the year.
const CHANGED: &str = "changed";
/// The class of the others.
const UNCHANGED: &str = "unchanged";
/// Classes of numbers.
const CLASSES: usize = 5;

/// Numbers by entry.
type Numbers = FxHashMap<u64, Decimal>;

/// What colours say.
pub(super) enum Scale {
    /// The grade of an evaluation, by entry.
    Grade(FxHashMap<u64, String>),
    /// The state of use.
    State,
    /// What changed within a year before the day.
    Boundary(Date),
    /// Numbers, in classes of about as many parcels each.
    Numbers(Numbers),
    /// Differences to another year or evaluation, in steps alike on both sides of zero.
    Differences(Numbers),
}

impl Scale {
    /// What is asked for.
    ///
    /// # Errors
    /// [`ParcelsFault`] for a colouring, a measure or an evaluation that there is not.
    pub fn new(park: &Park, ground: &Ground<'_>, asked: &MapQuestion, on: Date) -> Result<Self> {
        match asked.color() {
            "state" => Ok(Self::State),
            "change" => Ok(Self::Boundary(on)),
            "grade" => graded(park, asked),
            color => {
                let numbers = |year| numbers(park, ground, asked, color, year);
                let now = numbers(super::year_or_newest(park, asked.year)?)?;
                let Some(with) = asked.with else { return Ok(Self::Numbers(now)) };
                let year = i16::try_from(with).map_err(|_| wrong_with(with))?;
                Ok(Self::Differences(differences(&now, &numbers(year)?)))
            }
        }
    }

    /// The class of each parcel, and what the classes mean.
    pub fn classes<'a>(
        &self,
        rows: impl Iterator<Item = &'a ParcelRow> + Clone,
    ) -> (Vec<String>, Vec<LegendItem>) {
        let said = |text: Option<&String>| text.filter(|t| !t.is_empty()).map_or(NONE, |t| t).to_owned();
        let classes: Vec<String> = match self {
            Self::Grade(grades) => rows.map(|row| said(grades.get(&row.entry))).collect(),
            Self::State => rows.map(|row| said(row.state.as_ref())).collect(),
            Self::Boundary(on) => {
                let year_ago = on.checked_sub(1.year()).unwrap_or(*on);
                let changed = |row: &ParcelRow| row.since.is_some_and(|since| since > year_ago);
                rows.map(|row| if changed(row) { CHANGED } else { UNCHANGED }.to_owned()).collect()
            }
            Self::Numbers(numbers) => {
                let found: Vec<Option<Decimal>> = rows.map(|row| numbers.get(&row.entry).copied()).collect();
                let bounds = equal_counts(found.iter().copied().flatten().collect());
                return numbered(&found, &bounds);
            }
            Self::Differences(numbers) => {
                let found: Vec<Option<Decimal>> = rows.map(|row| numbers.get(&row.entry).copied()).collect();
                let bounds = around_zero(found.iter().copied().flatten().collect());
                return numbered(&found, &bounds);
            }
        };
        let mut legend = legend(&classes);
        if let Self::Boundary(_) = self {
            for item in &mut legend {
                let title = if item.class == CHANGED { say::CHANGED } else { say::UNCHANGED };
                title.clone_into(&mut item.title);
            }
        }
        (classes, legend)
    }
}

fn wrong_with(with: u64) -> ParcelsFault {
    ParcelsFault::Value { field: "with", value: with.to_string() }
}

/// Grades, or how far each parcel moved among them since another evaluation by the same scheme, up positive; only where both
/// evaluations have a grade of the scheme's order.
fn graded(park: &Park, asked: &MapQuestion) -> Result<Scale> {
    let Some(run) = asked.run else { return Ok(Scale::Grade(FxHashMap::default())) };
    let Some(with) = asked.with else {
        let grades = grades_of(park, run)?.into_iter();
        return Ok(Scale::Grade(grades.filter_map(|(entry, of)| Some((entry, of.grade?))).collect()));
    };
    let ((scheme, now), (other, before)) = (ranks_of(park, run)?, ranks_of(park, with)?);
    if scheme != other {
        return Err(wrong_with(with));
    }
    Ok(Scale::Differences(differences(&now, &before)))
}

/// Numbers of a year: what is known of a parcel in percent of the domains of data, or a measure – of each 亩, or as a whole.
fn numbers(park: &Park, ground: &Ground<'_>, asked: &MapQuestion, color: &str, year: i16) -> Result<Numbers> {
    let wrong = || ParcelsFault::Value { field: "color", value: color.to_owned() };
    let gathered = gather(park, ground, year);
    let parcels = ground.parcels();
    if color == "coverage" {
        let known = |row: u32| Some((parcels.id(row).0, percent(gathered.known(row)?)));
        return Ok(parcels.rows().filter_map(known).collect());
    }
    let id = color.strip_prefix("measure:").ok_or_else(wrong)?;
    let measured = Measured { ground, gathered };
    let measure = measured.named(&[id.to_owned()])?[0];
    let value = |row: u32| {
        let area = ground.legal_area(row).map(|(area, _)| area);
        let entry = parcels.id(row);
        let cell = measured.cell(measure, entry, area);
        Some((entry.0, if asked.whole { cell.value? } else { cell.per_mu? }))
    };
    Ok(parcels.rows().filter_map(value).collect())
}

/// How much each number differs from before, where both are known.
fn differences(now: &Numbers, before: &Numbers) -> Numbers {
    now.iter().filter_map(|(entry, value)| Some((*entry, value - before.get(entry)?))).collect()
}

/// The value below which a share of a sorted list lies, between neighbours in proportion (type 7 of Hyndman and Fan 1996).
fn quantile(sorted: &[Decimal], (part, of): (usize, usize)) -> Option<Decimal> {
    let steps = sorted.len().checked_sub(1)? * part;
    let (below, rest) = (steps / of, steps % of);
    let low = *sorted.get(below)?;
    let high = *sorted.get(below + 1).unwrap_or(&low);
    Some(low + (high - low) * Decimal::from(rest) / Decimal::from(of))
}

/// Where classes of equal count begin, without the first; fewer where many values are the same, because equal values never
/// stand in two classes.
fn equal_counts(mut values: Vec<Decimal>) -> Vec<Decimal> {
    values.sort_unstable();
    let mut bounds: Vec<Decimal> = Vec::new();
    for at in (1..CLASSES).filter_map(|part| quantile(&values, (part, CLASSES))) {
        if at > *bounds.last().unwrap_or(&values[0]) {
            bounds.push(at);
        }
    }
    bounds
}

/// Steps alike on both sides of zero: a quarter and three quarters of the sizes of what changed.
fn around_zero(values: Vec<Decimal>) -> Vec<Decimal> {
    let mut sizes: Vec<Decimal> = values.iter().filter(|v| !v.is_zero()).map(Decimal::abs).collect();
    sizes.sort_unstable();
    match (quantile(&sizes, (1, 4)), quantile(&sizes, (3, 4))) {
        (Some(small), Some(large)) if small == large => vec![-small, small],
        (Some(small), Some(large)) => vec![-large, -small, small, large],
        _ => Vec::new(),
    }
}

/// Classes between bounds, the lowest first.
fn numbered(found: &[Option<Decimal>], bounds: &[Decimal]) -> (Vec<String>, Vec<LegendItem>) {
    let class = |value: Decimal| bounds.partition_point(|bound| *bound <= value);
    let classes: Vec<Option<usize>> = found.iter().map(|value| value.map(class)).collect();
    let mut counts = vec![0; bounds.len() + 1];
    classes.iter().flatten().for_each(|at| counts[*at] += 1);
    let item = |(at, count): (usize, usize)| {
        let bound = |i: Option<usize>| i.and_then(|i| bounds.get(i)).map(|b| b.normalize().to_string());
        let (from, below) = (bound(at.checked_sub(1)), bound(Some(at)));
        let title = say::between(from.as_deref(), below.as_deref());
        LegendItem { class: at.to_string(), title, count, from, below }
    };
    // Without a single number there is no class of numbers either.
    let classed = found.iter().any(Option::is_some);
    let mut legend: Vec<LegendItem> = counts.into_iter().enumerate().filter(|_| classed).map(item).collect();
    let without = classes.iter().filter(|class| class.is_none()).count();
    if without > 0 {
        let (class, title) = (NONE.to_owned(), say::WITHOUT.to_owned());
        legend.push(LegendItem { class, title, count: without, from: None, below: None });
    }
    let classes = classes.into_iter().map(|class| class.map_or(NONE.to_owned(), |at| at.to_string()));
    (classes.collect(), legend)
}

/// Classes that occur, in order, those without last.
fn legend(classes: &[String]) -> Vec<LegendItem> {
    let mut found: Vec<LegendItem> = Vec::new();
    for class in classes {
        if let Some(item) = found.iter_mut().find(|item| item.class == *class) {
            item.count += 1;
        } else {
            let title = if class == NONE { say::WITHOUT } else { class };
            let (class, title) = (class.clone(), title.to_owned());
            found.push(LegendItem { class, title, count: 1, from: None, below: None });
        }
    }
    found.sort_by(|a, b| (a.class == NONE).cmp(&(b.class == NONE)).then_with(|| a.class.cmp(&b.class)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_counted_and_those_without_are_last() {
        let classes = ["none", "B", "A", "B"].map(str::to_owned);
        let seen: Vec<(String, usize)> = legend(&classes).into_iter().map(|i| (i.class, i.count)).collect();
        assert_eq!(seen, [("A".to_owned(), 1), ("B".to_owned(), 2), ("none".to_owned(), 1)]);
    }

    /// Cases both this rule and the client's hold to.
    #[derive(serde::Deserialize)]
    struct Cases {
        cases: Vec<Case>,
    }

    #[derive(serde::Deserialize)]
    struct Case {
        rule: String,
        why: String,
        values: Vec<Option<Decimal>>,
        bounds: Vec<Decimal>,
        classes: Vec<Option<usize>>,
        counts: Vec<usize>,
    }

    #[test]
    fn classes_are_those_worked_out_by_hand() {
        let read: Cases =
            serde_json::from_str(include_str!("../../../../fixtures/map-classes.json")).expect("cases");
        assert!(read.cases.len() > 10);
        for Case { rule, why, values, bounds, classes, counts } in read.cases {
            let numbers: Numbers =
                (0_u64..).zip(&values).filter_map(|(entry, value)| Some((entry, (*value)?))).collect();
            let known = numbers.values().copied().collect();
            let (scale, found) = match rule.as_str() {
                "measure" => (Scale::Numbers(numbers), equal_counts(known)),
                "change" => (Scale::Differences(numbers), around_zero(known)),
                other => panic!("no rule {other}"),
            };
            assert_eq!(found, bounds, "{why}");
            let rows: Vec<ParcelRow> = (0_u64..)
                .zip(&values)
                .map(|(entry, _)| ParcelRow { entry, ..ParcelRow::default() })
                .collect();
            let (painted, legend) = scale.classes(rows.iter());
            let said = |class: Option<usize>| class.map_or(NONE.to_owned(), |at| at.to_string());
            assert_eq!(painted, classes.into_iter().map(said).collect::<Vec<_>>(), "{why}");
            let counted: Vec<usize> =
                legend.iter().filter(|item| item.class != NONE).map(|item| item.count).collect();
            assert_eq!(counted, counts, "{why}");
        }
    }

    #[test]
    fn only_what_is_known_both_times_has_a_difference() {
        let now = Numbers::from_iter([(1, Decimal::from(5)), (2, Decimal::ONE)]);
        let before = Numbers::from_iter([(1, Decimal::from(7)), (3, Decimal::ONE)]);
        assert_eq!(differences(&now, &before), Numbers::from_iter([(1, Decimal::from(-2))]));
    }
}
