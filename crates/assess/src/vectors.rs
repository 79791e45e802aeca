//! Vectors: the worked examples of a scheme, run through the engine that scores the park.
//!
//! A vector states quotients in the indicator's own unit; measures, land and populations are set aside, everything else –
//! benchmarks, caps, missing rules, corrections, marks, quotas, ties – is the scheme's.
//!
//! Deliberately absent: an engine of its own. A vector that passes here passes in a run.

use std::collections::HashMap;
use std::ops::Range;

use indexmap::IndexMap;
use jiff::civil::date;
use model::definition::{
    Conversion, Denominator, Grades, Line, Population, Rounding, Scheme, Until, Vector, VectorSubject,
};
use model::id::{EntryId, GradeId, MeasureId};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::facts::{Facts, Mark, Reading, Status, Subject};
use crate::messages as say;
use crate::run::{Options, Row, run};
use crate::scheme::changed;

/// A vector that does not come out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mismatch {
    /// Where the vector or subject stands in the scheme's file.
    pub at: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// Runs all vectors of a scheme; empty when every one comes out to the digit.
pub fn check(scheme: &Scheme) -> Vec<Mismatch> {
    scheme.vectors.iter().flat_map(|vector| one(scheme, vector)).collect()
}

fn mismatch(at: &Range<usize>, (message, hint): (String, String)) -> Mismatch {
    Mismatch { at: at.clone(), message, hint }
}

fn one(scheme: &Scheme, vector: &Vector) -> Vec<Mismatch> {
    let set = vector.set.iter().map(|(path, value)| (path.as_str(), value.as_str()));
    let prepared = match changed(scheme, set) {
        Ok(changed) => prepare(changed, vector),
        Err(fault) => return vec![mismatch(&vector.at, say::change_fault(&fault))],
    };
    let (facts, first) = facts(&prepared, vector);
    let run = match run(&prepared, &facts, &Options::default()) {
        Ok(run) => run,
        Err(fault) => return vec![mismatch(&vector.at, say::run_fault(&fault))],
    };
    let rows = run.freeze().rows;
    let mut wrong = Vec::new();
    for (subject, number) in vector.subjects.iter().zip(first) {
        wrong.extend(compare(&prepared, subject, &rows[number]));
    }
    let mut counts: HashMap<&GradeId, usize> = HashMap::new();
    for grade in rows.iter().filter_map(|row| row.grade.as_ref()) {
        *counts.entry(grade).or_default() += 1;
    }
    for (grade, wanted) in &vector.grades {
        let found = counts.get(grade).copied().unwrap_or(0);
        if found != *wanted {
            wrong.push(mismatch(&vector.at, say::wrong_count(&vector.title, grade, *wanted, found)));
        }
    }
    wrong
}

/// The scheme with the vector's group alone, its quotients given and no population rule.
fn prepare(mut scheme: Scheme, vector: &Vector) -> Scheme {
    scheme.groups.retain(|group| group.id == vector.group);
    let asks = |s: &VectorSubject| s.first.is_some() || s.grade.is_some();
    let graded = !vector.grades.is_empty() || vector.subjects.iter().any(asks);
    for group in &mut scheme.groups {
        group.population = Population::default();
        for indicator in &mut group.indicators {
            indicator.numerator = measure(indicator.id.as_str());
            indicator.denominator = Denominator::One;
            indicator.denominator_unit = None;
            indicator.conversion = Conversion::NONE;
            indicator.min_known = None;
        }
        if let Some(own) = group.grades.take() {
            scheme.grades = own;
        }
    }
    if !graded {
        // Its lines may be unknown, and nobody asks for them.
        let all = Line {
            grade: GradeId::from(""),
            title: String::new(),
            until: Until::Rest,
            rounding: Rounding::Floor,
            limit: false,
        };
        let Grades { base, ties, .. } = scheme.grades;
        scheme.grades = Grades { base, ties, lines: vec![all] };
        scheme.vetoes.clear();
        scheme.protections.clear();
    }
    scheme
}

fn measure(indicator: &str) -> MeasureId {
    MeasureId::from(indicator)
}

/// Facts of a vector, and the number of each of its subjects' first.
fn facts(scheme: &Scheme, vector: &Vector) -> (Facts, Vec<usize>) {
    let mut facts = Facts { year: scheme.from_year, ..Facts::default() };
    let indicators = scheme.groups.iter().flat_map(|g| &g.indicators);
    let mut columns: IndexMap<MeasureId, Vec<Reading>> =
        indicators.map(|i| (measure(i.id.as_str()), Vec::new())).collect();
    let mut first = Vec::new();
    for subject in &vector.subjects {
        first.push(facts.subjects.len());
        for nth in 0..subject.count {
            let number = facts.subjects.len();
            facts.subjects.push(Subject {
                key: EntryId(number as u64 + 1),
                name: subject.name.as_str().into(),
                class: "".into(),
                class_before: None,
                unit: None,
                industry: subject.industry.as_str().into(),
                land: None,
                floor: None,
                since: None,
                status: Status::Scored,
            });
            for (id, column) in &mut columns {
                let own = subject.values.get(id.as_str()).copied();
                let step = subject.step.get(id.as_str()).copied().unwrap_or_default();
                let value = own.and_then(|v| v.checked_add(step.checked_mul(Decimal::from(nth))?));
                column.push(value.map_or(Reading::MISSING, Reading::present));
            }
            for mark in &subject.marks {
                facts.marks.push(Mark {
                    subject: u32::try_from(number).unwrap_or(u32::MAX),
                    kind: mark.clone(),
                    on: Some(date(years_of(scheme, mark.as_str()), 6, 30)),
                    until: None,
                    points: None,
                    reason: "".into(),
                    source: None,
                });
            }
        }
    }
    facts.measures = columns;
    (facts, first)
}

/// A year in which a mark counts: the last one a rule asks for, else the evaluated one.
fn years_of(scheme: &Scheme, mark: &str) -> i16 {
    let bars = scheme.vetoes.iter().chain(&scheme.protections).map(|b| (&b.mark, b.years.to));
    let extras = scheme.bonuses.iter().chain(&scheme.maluses).map(|e| (&e.mark, e.years.to));
    let found = bars.chain(extras).find(|(own, _)| own.as_str() == mark).map_or(0, |(_, to)| to);
    scheme.from_year.saturating_add(found)
}

fn compare(scheme: &Scheme, wanted: &VectorSubject, row: &Row) -> Vec<Mismatch> {
    let mut wrong = Vec::new();
    let rounded =
        |n: Decimal| n.round_dp_with_strategy(scheme.decimals, RoundingStrategy::MidpointAwayFromZero);
    let mut check = |what: &str, wanted: String, found: Option<String>, at: &Range<usize>| {
        if found.as_deref() != Some(wanted.as_str()) {
            wrong.push(mismatch(at, say::wrong_result(&row.name, what, &wanted, found.as_deref())));
        }
    };
    let print = |n: Decimal| rounded(n).normalize().to_string();
    for (indicator, points) in &wanted.points {
        let cell = row.cells.iter().find(|c| c.indicator == *indicator);
        let found = cell.and_then(|c| c.points).map(print);
        check(indicator.as_str(), print(*points), found, &wanted.at);
    }
    if let Some(score) = wanted.score {
        check(say::SCORE, print(score), row.score.map(print), &wanted.at);
    }
    if let Some(grade) = &wanted.first {
        check(say::FIRST, grade.to_string(), row.first.as_ref().map(GradeId::to_string), &wanted.at);
    }
    if let Some(grade) = &wanted.grade {
        check(say::GRADE, grade.to_string(), row.grade.as_ref().map(GradeId::to_string), &wanted.at);
    }
    wrong
}
