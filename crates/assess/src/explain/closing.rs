//! The distance to the next better grade, and what would close it: for each indicator alone, the quotient and the numerator it
//! would take.

use model::definition::{Better, Grades, Indicator, Method, RankBy, TieBreak, Until};
use model::id::{GradeId, IndicatorId, UnitId};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::{line_of, points};
use crate::points::{PLACES, Points};
use crate::run::{self, Cell, Frozen, FrozenGroup, FrozenIndicator, Key, Row};

/// How far the next better grade is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Distance {
    /// The grade.
    pub grade: GradeId,
    /// The least printed score that would have it, everybody else staying as they are.
    pub needed: Decimal,
    /// What is wanting to it.
    pub gap: Decimal,
    /// What would close it: one indicator at a time.
    pub ways: Vec<Closing>,
}

/// What one indicator alone would have to become.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Closing {
    /// The indicator.
    pub indicator: IndicatorId,
    /// Whether and how it can.
    pub way: Way,
}

/// Whether and how one indicator closes the gap.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Way {
    /// It can.
    Enough {
        /// The quotient it takes.
        x: Decimal,
        /// How much more, or less, that is.
        by: Decimal,
        /// The numerator it takes at the same denominator; where less is better, too.
        numerator: Decimal,
        /// How much more, or less, that is.
        numerator_by: Decimal,
        /// The numerator's unit.
        unit: UnitId,
    },
    /// Its cap is below what it takes.
    CapTooLow {
        /// The most it can still give.
        most: Decimal,
    },
    /// It has no quotient now: its points would have to be measured first.
    NotMeasured,
    /// It weighs nothing.
    NoWeight,
}

/// The distance of a row; none at the top, and where it is not graded.
pub(super) fn distance(frozen: &Frozen, group: &FrozenGroup, row: &Row) -> Option<Distance> {
    let scheme = &frozen.scheme;
    let first = row.first.as_ref()?;
    let line = line_of(scheme, row, first)?;
    let definition = scheme.group(group.group.as_str())?;
    let grades = scheme.grades_of(definition);
    let own = points(row.exact?);
    let key = |row: &Row| {
        let then = row.raw.map(points).unwrap_or_default();
        Some(Key { score: run::compared(scheme, points(row.exact?)), then })
    };
    let others: Vec<Key> = {
        let peers = frozen.rows.iter().filter(|p| {
            p.group == row.group && p.counts() && p.stands_for() != row.stands_for() && p.rank.is_some()
        });
        let mut keys: Vec<Key> = peers.filter_map(key).collect();
        keys.sort_unstable_by(|a, b| b.cmp(a));
        keys
    };
    let at = key(row)?;
    // Scores that are compared as printed move by a printed step.
    let (step, half) = match scheme.rank_by {
        RankBy::Printed => (Decimal::new(1, scheme.decimals), Decimal::new(5, scheme.decimals + 1)),
        RankBy::Exact => (Decimal::new(1, PLACES), Decimal::ZERO),
    };
    // What lifts the total to the least that is compared as `score` lifts the total before caps and floors as much.
    let lifted = |score: Points| match scheme.tie_break {
        TieBreak::None => Key { score, then: at.then },
        TieBreak::Raw => Key { score, then: at.then.plus(score.minus(points(half)).minus(own)) },
    };
    let field = Field { grades, others: &others, base: group.base };
    let needed = field.least_score(at.score, line, points(step), lifted)?;
    let better = (0..line).rev().find(|better| field.line_with(lifted(needed)) == *better)?;
    let factor = lever(row)?;
    let ways = definition
        .indicators
        .iter()
        .zip(&group.indicators)
        .zip(&row.cells)
        .map(|((indicator, measured), cell)| Closing {
            indicator: indicator.id.clone(),
            way: way(indicator, measured, cell, Needed { total: needed.decimal() - half, own, factor }),
        })
        .collect();
    Some(Distance {
        grade: grades.lines[better].grade.clone(),
        needed: needed.decimal(),
        gap: needed.minus(at.score).decimal(),
        ways,
    })
}

/// Those a subject is graded among.
struct Field<'a> {
    grades: &'a Grades,
    /// Falling.
    others: &'a [Key],
    base: usize,
}

impl Field<'_> {
    /// The line a key would have.
    fn line_with(&self, key: Key) -> usize {
        let place = self.others.partition_point(|other| *other >= key);
        let mut keys = Vec::with_capacity(self.others.len() + 1);
        keys.extend_from_slice(&self.others[..place]);
        keys.push(key);
        keys.extend_from_slice(&self.others[place..]);
        let ends = run::ends(self.grades, &keys, self.base);
        ends.partition_point(|end| *end <= place)
    }

    /// The least score above `at` with a better line; scores that matter are those of others, the step above each, and score
    /// lines.
    fn least_score(
        &self,
        at: Points,
        line: usize,
        step: Points,
        lifted: impl Fn(Points) -> Key,
    ) -> Option<Points> {
        let of_others = self.others.iter().rev().flat_map(|other| [other.score, other.score.plus(step)]);
        let mut candidates: Vec<Points> = of_others.filter(|c| *c > at).collect();
        candidates.extend(self.grades.lines.iter().filter_map(|l| match &l.until {
            Until::Score(score) => score.known().and_then(Points::of).filter(|c| *c > at),
            _ => None,
        }));
        candidates.sort_unstable();
        candidates.dedup();
        // Higher scores never have worse lines, so halving finds the least.
        let found = candidates.partition_point(|c| self.line_with(lifted(*c)) >= line);
        candidates.get(found).copied()
    }
}

/// What a way is measured by.
#[derive(Clone, Copy)]
struct Needed {
    /// The least total that is compared as the score needed.
    total: Decimal,
    /// The total now.
    own: Points,
    /// What the total gains by one point.
    factor: Decimal,
}

/// What the total gains by one point of an indicator: the corrections, and the weight that indicators left out have handed on.
fn lever(row: &Row) -> Option<Decimal> {
    let full: Decimal = row.cells.iter().map(|c| c.weight).sum();
    let present: Decimal = row.cells.iter().filter(|c| c.points.is_some()).map(|c| c.weight).sum();
    if full == present { Some(row.factor) } else { row.factor.checked_mul(full)?.checked_div(present) }
}

fn way(indicator: &Indicator, measured: &FrozenIndicator, cell: &Cell, needed: Needed) -> Way {
    let weightless = indicator.method != Method::Value && cell.weight.is_zero();
    if weightless || needed.factor <= Decimal::ZERO {
        return Way::NoWeight;
    }
    let (Some(raw), Some(now), Some(x)) = (cell.raw, cell.points, cell.x) else { return Way::NotMeasured };
    let gap = needed.total - needed.own.decimal();
    let Some(lift) = gap.checked_div(needed.factor) else { return Way::NotMeasured };
    let target = toward(now + lift, Better::Higher);
    if let Some(cap) = indicator.cap.as_ref().map(run::known) {
        let cap = cap * cell.weight;
        if target > cap {
            return Way::CapTooLow { most: (cap - now).max(Decimal::ZERO) };
        }
    }
    let Some(wanted) = inverse(indicator, measured, cell, target) else {
        let full = cell.weight;
        return Way::CapTooLow { most: (full - raw).max(Decimal::ZERO) };
    };
    let conversion = indicator.conversion;
    let denominator = cell.denominator.as_ref().map_or(Some(Decimal::ONE), |d| d.value);
    let numerator = denominator
        .and_then(|d| wanted.checked_mul(d))
        .and_then(|n| n.checked_mul(conversion.by))
        .and_then(|n| n.checked_div(conversion.times));
    let (Some(numerator), Some(value)) = (numerator, cell.numerator.value) else { return Way::NotMeasured };
    let numerator = toward(numerator, indicator.better);
    Way::Enough {
        x: wanted,
        by: wanted - x,
        numerator,
        numerator_by: numerator - value,
        unit: cell.numerator.unit.clone(),
    }
}

/// The quotient that gives points; none where no quotient does.
fn inverse(
    indicator: &Indicator,
    measured: &FrozenIndicator,
    cell: &Cell,
    target: Decimal,
) -> Option<Decimal> {
    let x = match (&indicator.method, indicator.better) {
        (Method::Value, _) => target,
        (Method::Ratio, Better::Higher) => target.checked_mul(cell.benchmark?)?.checked_div(cell.weight)?,
        (Method::Ratio, Better::Lower) => {
            cell.benchmark?.checked_mul(cell.weight)?.checked_div(target).filter(|x| *x > Decimal::ZERO)?
        }
        (Method::MinMax { base, .. }, better) => {
            let (min, max) = measured.bounds.filter(|(min, max)| max > min)?;
            let start = cell.weight * run::known(base);
            let share = (target - start).checked_div(cell.weight - start)?;
            if share > Decimal::ONE {
                return None;
            }
            let way = (max - min).checked_mul(share)?;
            if better == Better::Lower { max - way } else { min + way }
        }
    };
    Some(toward(x, indicator.better))
}

/// Rounded to ten decimals on the good side, so that what is stated suffices.
fn toward(number: Decimal, better: Better) -> Decimal {
    let side = match better {
        Better::Higher => RoundingStrategy::ToPositiveInfinity,
        Better::Lower => RoundingStrategy::ToNegativeInfinity,
    };
    number.round_dp_with_strategy(PLACES, side).normalize()
}
