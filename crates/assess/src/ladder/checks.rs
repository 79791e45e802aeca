//! The worked checks of a ladder, run through the engine that judges the park.
//!
//! Deliberately absent: an engine of its own. A check that passes here passes in a run.

use indexmap::IndexMap;
use model::definition::{Datum, Ladder, LadderCheck, Rule};
use model::id::DatumId;

use super::columns::{Enterprises, day, millionths};
use super::judge::Judge;
use crate::messages as say;
use crate::vectors::Mismatch;

/// Runs all worked checks of a ladder; empty when every one comes out to the digit.
pub fn check(data: &IndexMap<DatumId, Datum>, ladder: &Ladder) -> Vec<Mismatch> {
    let rules = ladder.rungs.iter().flat_map(|rung| &rung.rules);
    rules.flat_map(|rule| rule.checks.iter().flat_map(|check| one(data, rule, check))).collect()
}

/// The one enterprise a check is about.
fn enterprise(check: &LadderCheck) -> Enterprises {
    let mut all = Enterprises::new(1, check.on);
    for (datum, years) in &check.data {
        for (back, value) in years.iter().enumerate() {
            if let Some(value) = millionths(*value) {
                all.set(datum.clone(), back, vec![value]);
            }
        }
    }
    for (datum, date) in &check.dates {
        all.set(datum.clone(), 0, vec![day(*date)]);
    }
    for (qualification, standing) in &check.holds {
        all.hold(qualification.clone(), vec![Some(*standing)]);
    }
    all
}

fn one(data: &IndexMap<DatumId, Datum>, rule: &Rule, check: &LadderCheck) -> Vec<Mismatch> {
    let all = enterprise(check);
    let judge = Judge::new(rule, &all);
    let mut wrong = Vec::new();
    let mut compare = |what: &str, wanted: String, found: Option<String>| {
        if found.as_ref() != Some(&wanted) {
            let (message, hint) = say::wrong_result(&check.title, what, &wanted, found.as_deref());
            wrong.push(Mismatch { at: check.at.clone(), message, hint });
        }
    };
    let verdict = |outcome| say::outcome(outcome).to_owned();
    compare(say::VERDICT, verdict(check.verdict), Some(verdict(judge.verdict(0))));
    let said = judge.explain(data, 0);
    let place = |id| rule.criteria.get_index_of(id).expect("loading checked the name");
    for (id, wanted) in &check.criteria {
        compare(&rule.criteria[id].title, verdict(*wanted), Some(verdict(said[place(id)].verdict)));
    }
    for (id, wanted) in &check.gaps {
        let found = said[place(id)].gap.as_ref().map(|gap| gap.by.normalize().to_string());
        compare(&rule.criteria[id].title, wanted.normalize().to_string(), found);
    }
    for (id, wanted) in &check.values {
        let found = said[place(id)].value.map(|value| value.normalize().to_string());
        compare(&rule.criteria[id].title, wanted.normalize().to_string(), found);
    }
    wrong
}
