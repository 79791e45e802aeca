//! Subjects taken together (合并评价): a land unit of several parcels, a legal person with its branches, a group, firms that merged.
//!
//! Merged facts stand beside the single ones and never replace them: what was merged is judged once in each view, and land and values
//! count once in either. Sums are added before anything is divided, so a merged quotient is a ratio of sums.
//!
//! The same merging of two years makes a comparable basis after a merger or a split: those before and those after stand for one.
//!
//! Who may be merged is a rule of the place: a scheme says whether units are judged as one (`merge`), the register who is a unit.
//! [`judged`], [`means`] and [`simulated`] are the ways in for whoever has a scheme: they merge where it says so, and are plain runs
//! where it does not.
//!
//! Deliberately absent: finding out who belongs together, from holders or from the ground.

use std::sync::Arc;

use indexmap::IndexMap;
use model::definition::{Merge, Scheme};
use rust_decimal::Decimal;

use crate::facts::{Facts, Reading, Share, State, Status, Subject};
use crate::run::{Frozen, Means, Options, Row, RunFault, Together, run};
use crate::simulate::{Mover, SimulateFault, Simulation, counted, simulate};

/// Subjects that are taken for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merger {
    /// What they are together; its land, floor and beginning are worked out.
    pub as_one: Subject,
    /// Their numbers.
    pub members: Vec<u32>,
}

/// The facts with every merger in place of its members; all others keep their order, mergers follow.
pub fn merged(facts: &Facts, mergers: &[Merger]) -> Facts {
    in_place(facts, mergers).0
}

/// The merged facts, and the number there of each subject here.
fn in_place(facts: &Facts, mergers: &[Merger]) -> (Facts, Vec<usize>) {
    let mut of = vec![None; facts.subjects.len()];
    for (number, merger) in mergers.iter().enumerate() {
        for member in &merger.members {
            of[*member as usize] = Some(number);
        }
    }
    let single: Vec<usize> = (0..of.len()).filter(|subject| of[*subject].is_none()).collect();
    let mut numbers = vec![0; of.len()];
    for (number, subject) in single.iter().enumerate() {
        numbers[*subject] = number;
    }
    for (subject, merger) in of.iter().enumerate() {
        if let Some(merger) = merger {
            numbers[subject] = single.len() + merger;
        }
    }
    let subjects = single.iter().map(|subject| facts.subjects[*subject].clone());
    let subjects = subjects.chain(mergers.iter().map(|merger| one(facts, merger))).collect();
    let mut measures = IndexMap::with_capacity(facts.measures.len());
    for (measure, readings) in &facts.measures {
        let alone = single.iter().map(|subject| readings[*subject]);
        let together = mergers.iter().map(|merger| sum(facts, readings, &merger.members));
        measures.insert(measure.clone(), alone.chain(together).collect());
    }
    let mut marks = facts.marks.clone();
    for mark in &mut marks {
        mark.subject = u32::try_from(numbers[mark.subject as usize]).expect("no more than before");
    }
    (Facts { year: facts.year, subjects, measures, marks }, numbers)
}

/// The units of facts that a scheme judges as one: of each, those that are scored, where they are several. Who is not due, exempt or
/// without data stays beside its unit. What they are together is what the largest of them is.
pub fn units(scheme: &Scheme, facts: &Facts) -> Vec<Merger> {
    if scheme.merge == Merge::None {
        return Vec::new();
    }
    let mut units: IndexMap<&Arc<str>, Vec<u32>> = IndexMap::new();
    for (number, subject) in (0_u32..).zip(&facts.subjects) {
        if let (Some(unit), Status::Scored) = (&subject.unit, &subject.status) {
            units.entry(unit).or_default().push(number);
        }
    }
    let several = units.into_iter().filter(|(_, members)| members.len() > 1);
    several
        .map(|(unit, members)| {
            let of = |member: &u32| &facts.subjects[*member as usize];
            // The first of equals: `max_by_key` takes the last.
            let largest =
                members.iter().rev().max_by_key(|member| of(member).land).expect("there are several");
            Merger { as_one: Subject { name: Arc::clone(unit), ..of(largest).clone() }, members }
        })
        .collect()
}

/// A scheme run over facts and frozen, with units judged as one where the scheme says so: a row for every subject still, in the
/// order of the facts, that of a member with the result of its unit and what it would have had alone. Groups count units once.
///
/// # Errors
/// [`RunFault`] as [`run`].
pub fn judged(scheme: &Scheme, facts: &Facts, options: &Options) -> Result<Frozen, RunFault> {
    let alone = run(scheme, facts, options)?;
    let mergers = units(scheme, facts);
    if mergers.is_empty() {
        return Ok(alone.freeze());
    }
    let (together, numbers) = in_place(facts, &mergers);
    let mut frozen = run(scheme, &together, options)?.freeze();
    let first = together.subjects.len() - mergers.len();
    let row = |(subject, number): (usize, &usize)| {
        let row = frozen.rows[*number].clone();
        let Some(merger) = number.checked_sub(first).map(|unit| &mergers[unit]) else { return row };
        let own = &facts.subjects[subject];
        let members = merger.members.iter().map(|member| facts.subjects[*member as usize].key).collect();
        let of = Together {
            unit: Arc::clone(&merger.as_one.name),
            members,
            land: own.land,
            score: alone.score(subject),
            grade: alone.grade(subject).cloned(),
        };
        Row { key: own.key, name: own.name.clone(), class: own.class.clone(), together: Some(of), ..row }
    };
    let rows = numbers.iter().enumerate().map(row).collect();
    frozen.rows = rows;
    Ok(frozen)
}

/// The group means of a scheme over facts, units counted once where the scheme judges them as one.
///
/// # Errors
/// [`RunFault`] as [`run`].
pub fn means(scheme: &Scheme, facts: &Facts, options: &Options) -> Result<Means, RunFault> {
    let mergers = units(scheme, facts);
    if mergers.is_empty() {
        return Ok(run(scheme, facts, options)?.means());
    }
    Ok(run(scheme, &merged(facts, &mergers), options)?.means())
}

/// A simulation, with units judged as one where the scheme says so: grades, scores, movers and numbers of every subject still, in the
/// order of the facts.
///
/// # Errors
/// [`SimulateFault`] as [`simulate`].
pub fn simulated<'c>(
    scheme: &Scheme,
    facts: &Facts,
    changes: impl IntoIterator<Item = (&'c str, &'c str)>,
    options: &Options,
) -> Result<Simulation, SimulateFault> {
    let mergers = units(scheme, facts);
    if mergers.is_empty() {
        return simulate(scheme, facts, changes, options);
    }
    let (together, numbers) = in_place(facts, &mergers);
    let first = together.subjects.len() - mergers.len();
    let stands_for = |number: usize| number.checked_sub(first).map_or(1, |unit| mergers[unit].members.len());
    let found = counted(scheme, &together, changes, options, &stands_for)?;
    let mut moved = vec![None; together.subjects.len()];
    for mover in &found.movers {
        moved[mover.subject] = Some(mover);
    }
    let mover = |(subject, number): (usize, &usize)| {
        let mover = moved[*number]?.clone();
        Some(Mover { subject, key: facts.subjects[subject].key, ..mover })
    };
    Ok(Simulation {
        movers: numbers.iter().enumerate().filter_map(mover).collect(),
        grades: numbers.iter().map(|number| found.grades[*number].clone()).collect(),
        scores: numbers.iter().map(|number| found.scores[*number]).collect(),
        groups: found.groups,
    })
}

/// What they are together: land that is not known of one is not known of all.
fn one(facts: &Facts, merger: &Merger) -> Subject {
    let members = || merger.members.iter().map(|member| &facts.subjects[*member as usize]);
    let floors: Vec<Decimal> = members().filter_map(|subject| subject.floor).collect();
    Subject {
        land: members().map(|subject| subject.land).sum(),
        floor: (!floors.is_empty()).then(|| floors.into_iter().sum()),
        since: members().filter_map(|subject| subject.since).min(),
        ..merger.as_one.clone()
    }
}

/// The sum of what is known, with the share of land it is known for – of members, where land is not known.
fn sum(facts: &Facts, readings: &[Reading], members: &[u32]) -> Reading {
    let all = || members.iter().map(|member| (&facts.subjects[*member as usize], readings[*member as usize]));
    let measured = all().all(|(subject, _)| subject.land.is_some_and(|land| land > Decimal::ZERO));
    let weight = |subject: &Subject| if measured { subject.land.unwrap_or_default() } else { Decimal::ONE };
    let (mut value, mut known, mut whole) = (None, Decimal::ZERO, Decimal::ZERO);
    let mut state = State::Present;
    for (subject, reading) in all() {
        whole += weight(subject);
        if let Some(more) = reading.value {
            value = Some(value.unwrap_or_default() + more);
            known += weight(subject) * reading.known.decimal();
            state = state.max(reading.state);
        } else if reading.state == State::Conflicting {
            state = State::Conflicting;
        }
    }
    match value {
        None if state == State::Conflicting => Reading { value: None, state, known: Share::NONE },
        None => Reading::MISSING,
        Some(_) => Reading { value, state, known: Share::of(known, whole) },
    }
}
