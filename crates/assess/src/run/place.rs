//! Which group a subject belongs to, or why to none.

use std::sync::Arc;

use jiff::civil::Date;
use model::definition::{ClassOn, Population, Scheme, SpecialClass};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::marks::Marks;
use super::{Placing, known};
use crate::facts::{Facts, Status, Subject};

/// 亩 in a ㎡, exactly.
const MU: Decimal = Decimal::from_parts(15, 0, 0, false, 4);

/// Why a subject is in no group.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outside {
    /// Its status says so: not due, exempt, no data.
    Status,
    /// No group takes its population or industry.
    NoGroup,
    /// Its land is not known, and the rule asks for it.
    LandUnknown,
    /// Too little land, and not enough rented floor.
    TooSmall,
    /// More land than the list for small users takes.
    TooLarge,
    /// Its age is not known, and the rule asks for it.
    AgeUnknown,
    /// Too young.
    TooYoung,
}

/// Places every subject; the members of each group that are measured, ascending. Members' places are filled in later.
pub(super) fn place(scheme: &Scheme, facts: &Facts, marks: &Marks<'_>) -> (Vec<Placing>, Vec<Vec<u32>>) {
    let mut populations = vec![Vec::new(); scheme.groups.len()];
    let mut placings = Vec::with_capacity(facts.subjects.len());
    for (number, subject) in (0_u32..).zip(&facts.subjects) {
        let placing = match group_of(scheme, subject, facts.year) {
            Err(outside) => Placing::Outside(outside),
            Ok(group) => {
                let class = class_of(scheme, subject, number, marks, facts.year);
                let index = narrow(group);
                match class {
                    Some(class) if !scheme.classes[class].scored => {
                        Placing::Special { group: index, class: narrow(class) }
                    }
                    _ => {
                        populations[group].push(number);
                        Placing::Member { group: index, member: 0, class: class.map(narrow) }
                    }
                }
            }
        };
        placings.push(placing);
    }
    (placings, populations)
}

fn narrow(index: usize) -> u16 {
    u16::try_from(index).expect("a file holds fewer than 65,536 groups or classes")
}

/// The first group that admits a subject; else the reason of the one that came nearest.
fn group_of(scheme: &Scheme, subject: &Subject, year: i16) -> Result<usize, Outside> {
    if subject.status != Status::Scored {
        return Err(Outside::Status);
    }
    let mut nearest = Outside::NoGroup;
    for (index, group) in scheme.groups.iter().enumerate() {
        match admits(&group.population, subject, year) {
            Ok(()) => return Ok(index),
            Err(Outside::NoGroup) => {}
            Err(why) => nearest = why,
        }
    }
    Err(nearest)
}

fn admits(population: &Population, subject: &Subject, year: i16) -> Result<(), Outside> {
    let class: &Arc<str> = match population.class_on {
        ClassOn::End => &subject.class,
        ClassOn::Beginning => subject.class_before.as_ref().unwrap_or(&subject.class),
    };
    let takes = |list: &[String], own: &str| list.is_empty() || list.iter().any(|one| one == own);
    if !takes(&population.classes, class) || !takes(&population.industries, &subject.industry) {
        return Err(Outside::NoGroup);
    }
    land(population, subject)?;
    if let Some(least) = &population.min_age {
        let since = subject.since.ok_or(Outside::AgeUnknown)?;
        if age(since, year) < known(least) {
            return Err(Outside::TooYoung);
        }
    }
    Ok(())
}

fn land(population: &Population, subject: &Subject) -> Result<(), Outside> {
    let floor = population.min_floor.as_ref().map(known);
    let enough_floor = floor.is_some_and(|least| subject.floor.is_some_and(|own| own >= least));
    let own = subject.land.and_then(|land| land.checked_mul(MU));
    if let Some(least) = population.min_land.as_ref().map(known)
        && !enough_floor
    {
        match own {
            None => return Err(Outside::LandUnknown),
            Some(own) if own < least => return Err(Outside::TooSmall),
            Some(_) => {}
        }
    } else if floor.is_some() && !enough_floor {
        return Err(Outside::TooSmall);
    }
    if let Some(limit) = population.below_land.as_ref().map(known) {
        match own {
            None => return Err(Outside::LandUnknown),
            Some(own) if own >= limit => return Err(Outside::TooLarge),
            Some(_) => {}
        }
    }
    Ok(())
}

/// Whole years at the end of a year.
fn age(since: Date, year: i16) -> Decimal {
    // No day is later in its year than the 31st of December, so the difference of years is the age.
    Decimal::from((i64::from(year) - i64::from(since.year())).max(0))
}

/// The class beside the grades that takes a subject before it is graded.
fn class_of(scheme: &Scheme, subject: &Subject, number: u32, marks: &Marks<'_>, year: i16) -> Option<usize> {
    let before = |class: &SpecialClass| class.of.is_empty();
    scheme.classes.iter().position(|class| {
        let young = || {
            let limit = class.younger_than.as_ref().map(known);
            limit.is_some_and(|limit| subject.since.is_some_and(|since| age(since, year) < limit))
        };
        before(class) && (bears(class, number, marks, year) || young())
    })
}

/// Whether a subject bears a mark of a class.
pub(super) fn bears(class: &SpecialClass, number: u32, marks: &Marks<'_>, year: i16) -> bool {
    !marks.is_empty()
        && class.marks.iter().any(|kind| marks.of_kind(number, kind, year, class.years).next().is_some())
}
