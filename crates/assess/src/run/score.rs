//! Totals: points within cap and floor, what stands for missing ones, corrections, bonuses and maluses.

use model::definition::{Correction, Extra, Group, Indicator, MissingRule, Scheme};
use model::id::MarkId;
use rust_decimal::Decimal;

use super::marks::Marks;
use super::measure::{Bound, IndicatorRun, Reason};
use super::{known, parallel};
use crate::facts::Facts;
use crate::points::Points;

/// Points of one indicator for one member, after cap, floor and the rule for missing ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Scored {
    /// Measured.
    Measured { raw: Points, points: Points, bound: Option<Bound> },
    /// Missing, with what stands for it.
    Filled { reason: Reason, points: Points },
    /// Missing: the other indicators carry its weight.
    LeftOut { reason: Reason },
    /// Missing: there is no score.
    NotEvaluable { reason: Reason },
}

impl Scored {
    /// Of one member.
    pub fn of(indicator: &Indicator, run: &IndicatorRun, member: usize) -> Self {
        match run.raw[member].get() {
            Ok(raw) => {
                let (points, bound) = run.limits.clamp(raw);
                Self::Measured { raw, points, bound }
            }
            Err(reason) => match (indicator.missing, run.mean_points) {
                (MissingRule::GroupMean, Some(points)) => Self::Filled { reason, points },
                (MissingRule::Zero, _) => Self::Filled { reason, points: Points::ZERO },
                // A mean of nobody is no mean: the indicator is left out for the whole group alike.
                (MissingRule::Renormalise, _) | (MissingRule::GroupMean, None) => Self::LeftOut { reason },
                (MissingRule::NotEvaluable, _) => Self::NotEvaluable { reason },
            },
        }
    }
}

/// The sum of a member's points and what it is measured out of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Subtotal {
    /// Points of the indicators.
    pub sum: Points,
    /// The same with the weight of indicators that are left out carried by the others.
    pub carried: Points,
}

/// Which points are added up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Take {
    /// Those within cap and floor.
    Held,
    /// Those before cap and floor.
    Raw,
}

/// Adds up a member's points; none where it cannot be evaluated.
pub(crate) fn subtotal(group: &Group, runs: &[IndicatorRun], member: usize, take: Take) -> Option<Subtotal> {
    let (mut sum, mut weight, mut full) = (Points::ZERO, Points::ZERO, Points::ZERO);
    for (indicator, run) in group.indicators.iter().zip(runs) {
        full = full.plus(run.weight);
        match Scored::of(indicator, run, member) {
            Scored::Measured { raw, points, .. } => {
                sum = sum.plus(if take == Take::Raw { raw } else { points });
                weight = weight.plus(run.weight);
            }
            Scored::Filled { points, .. } => {
                sum = sum.plus(points);
                weight = weight.plus(run.weight);
            }
            Scored::LeftOut { .. } => {}
            Scored::NotEvaluable { .. } => return None,
        }
    }
    let carried = if weight == full { sum } else { sum.scaled(full, weight)? };
    Some(Subtotal { sum, carried })
}

/// Corrections, bonuses and maluses of a subject.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Adjustment {
    /// The product of all corrections.
    pub factor: Points,
    /// Points added.
    pub bonus: Points,
    /// Points taken off.
    pub malus: Points,
}

impl Adjustment {
    /// Nothing applies.
    pub const NONE: Self = Self { factor: Points::one(), bonus: Points::ZERO, malus: Points::ZERO };

    /// Of one subject.
    pub fn of(scheme: &Scheme, group: &Group, facts: &Facts, marks: &Marks<'_>, subject: u32) -> Self {
        if scheme.corrections.is_empty() && marks.is_empty() {
            return Self::NONE;
        }
        let mut factor = Points::one();
        for correction in &scheme.corrections {
            if corrects(correction, group, facts, marks, subject)
                && let Some(own) = Points::of(known(&correction.factor))
                && let Some(product) = factor.scaled(own, Points::one())
            {
                factor = product;
            }
        }
        let sum = |extras: &[Extra], max: Option<Decimal>| {
            let all = extras.iter().fold(Points::ZERO, |sum, e| sum.plus(extra(e, facts, marks, subject).1));
            max.and_then(Points::of).map_or(all, |max| all.min(max))
        };
        Self {
            factor,
            bonus: sum(&scheme.bonuses, scheme.bonus_max.as_ref().map(known)),
            malus: sum(&scheme.maluses, scheme.malus_max.as_ref().map(known)),
        }
    }

    /// The total of a subtotal.
    pub fn total(&self, carried: Points) -> Option<Points> {
        let corrected = if self.factor == Points::one() {
            carried
        } else {
            carried.scaled(self.factor, Points::one())?
        };
        Some(corrected.plus(self.bonus).minus(self.malus))
    }
}

/// Whether a correction is for a subject.
pub(crate) fn corrects(
    correction: &Correction,
    group: &Group,
    facts: &Facts,
    marks: &Marks<'_>,
    subject: u32,
) -> bool {
    let industry = &facts.subjects[subject as usize].industry;
    let stands = |kind: &MarkId| marks.of_kind(subject, kind, facts.year, None).next().is_some();
    (correction.groups.is_empty() || correction.groups.contains(&group.id))
        && (correction.industries.is_empty() || correction.industries.iter().any(|i| **i == **industry))
        && correction.mark.as_ref().is_none_or(stands)
}

/// How many marks a bonus or malus counts for a subject, and the points they give together.
pub(crate) fn extra(extra: &Extra, facts: &Facts, marks: &Marks<'_>, subject: u32) -> (usize, Points) {
    let (mut count, mut sum) = (0, Points::ZERO);
    for mark in marks.of_kind(subject, &extra.mark, facts.year, Some(extra.years)) {
        let points = extra.points.as_ref().map(known).or(mark.points).and_then(Points::of);
        count += 1;
        sum = sum.plus(points.unwrap_or_default());
    }
    let max = extra.max.as_ref().map(known).and_then(Points::of);
    (count, max.map_or(sum, |max| sum.min(max)))
}

/// What totals are made of.
#[derive(Clone, Copy)]
pub(crate) struct Totals<'a, 'f> {
    pub scheme: &'a Scheme,
    pub group: &'a Group,
    pub facts: &'f Facts,
    pub marks: &'a Marks<'f>,
    pub members: &'a [u32],
    pub indicators: &'a [IndicatorRun],
}

impl Totals<'_, '_> {
    /// The total of one member; none where it cannot be evaluated.
    pub fn of(&self, member: usize, take: Take) -> Option<Points> {
        let subtotal = subtotal(self.group, self.indicators, member, take)?;
        let subject = self.members[member];
        Adjustment::of(self.scheme, self.group, self.facts, self.marks, subject).total(subtotal.carried)
    }

    /// The totals of all members.
    pub fn column(&self, threads: usize) -> Vec<Option<Points>> {
        parallel::column(self.members.len(), threads, |member| self.of(member, Take::Held))
    }
}
