//! Subjects taken together (合并评价): a land unit of several parcels, a legal person with its branches, a group, firms that merged.
//!
//! Merged facts stand beside the single ones and never replace them: what was merged is judged once in each view, and land and values
//! count once in either. Sums are added before anything is divided, so a merged quotient is a ratio of sums.
//!
//! The same merging of two years makes a comparable basis after a merger or a split: those before and those after stand for one.
//!
//! Deliberately absent: who may be merged – that is a rule of the place, and whoever calls knows it.

use indexmap::IndexMap;
use rust_decimal::Decimal;

use crate::facts::{Facts, Reading, Share, State, Subject};

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
    Facts { year: facts.year, subjects, measures, marks }
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
