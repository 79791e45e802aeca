//! The optimiser: an integer programme over the pairs that fit.
//!
//! Solvers count in floats. So that the answer is exact all the same, values and areas go in as whole numbers small enough
//! for a float to hold exactly, and the answer is read back as yes or no; what it counts is added up in decimals outside.

use good_lp::{Expression, ProblemVariables, Solution as _, SolverModel as _, Variable, microlp, variable};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::{MatchFault, Need, Room, Rules, taken, value};

/// Whole numbers up to here are exact in a float, with room to add up a thousand of them.
const MOST: i64 = 1 << 43;

/// The pairs of the best way, by need. At most one pair per need.
pub(super) fn best(
    needs: &[Need],
    rooms: &[Room],
    rules: &Rules,
    fitting: &[(usize, usize)],
) -> Result<Vec<(usize, usize)>, MatchFault> {
    if fitting.is_empty() {
        return Ok(Vec::new());
    }
    let mut variables = ProblemVariables::new();
    let yes: Vec<Variable> = fitting.iter().map(|_| variables.add(variable().binary())).collect();
    let mut gain = Expression::default();
    for ((n, r), x) in fitting.iter().zip(&yes) {
        gain += whole(value(&needs[*n], &rooms[*r], rules), 4)? * *x;
    }
    let mut problem = variables.maximise(gain).using(microlp);
    for n in 0..needs.len() {
        let mine: Expression =
            fitting.iter().zip(&yes).filter(|((of, _), _)| *of == n).map(|(_, x)| *x).sum();
        problem = problem.with(mine.leq(1.0));
    }
    for (r, room) in rooms.iter().enumerate() {
        let mut used = Expression::default();
        for ((n, _), x) in fitting.iter().zip(&yes).filter(|((_, of), _)| *of == r) {
            used += if rules.divide { whole(taken(&needs[*n], room, rules), 2)? } else { 1.0 } * *x;
        }
        let most = if rules.divide { whole(room.floor, 2)? } else { 1.0 };
        problem = problem.with(used.leq(most));
    }
    let solved = problem.solve().map_err(|fault| MatchFault::Solver(fault.to_string()))?;
    Ok(fitting.iter().zip(&yes).filter(|(_, x)| solved.value(**x) > 0.5).map(|(pair, _)| *pair).collect())
}

/// A decimal with so many places as a whole number; what lies beyond the places is rounded.
#[expect(clippy::cast_precision_loss, reason = "whole numbers up to 2^43 are exact in a float")]
fn whole(value: Decimal, places: u32) -> Result<f64, MatchFault> {
    let scaled = value.checked_mul(Decimal::from(10_i64.pow(places))).ok_or(MatchFault::TooLarge)?;
    let whole = scaled.round().to_i64().filter(|n| n.abs() <= MOST).ok_or(MatchFault::TooLarge)?;
    Ok(whole as f64)
}
