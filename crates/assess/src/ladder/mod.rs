//! Ladders (企业梯队): what enterprises are known by and a rule in; met, not met or unknown out, criterion by criterion.
//!
//! [`Enterprises`] holds one column per datum and year, [`Judge`] binds a rule to them once and then judges any number of
//! enterprises; [`Judge::explain`] says of one enterprise what is missing, the value, the threshold and the gap.
//! Logic is three-valued: what is not known is unknown, never zero and never “not met”, yet a rule that fails whatever the
//! unknown may be has failed.
//!
//! Deliberately absent: where data come from, ladders by name, floats.
//!
//! To add a kind of criterion: its form in `model::definition::ladder`, its effect in `judge.rs`, its gap in `explain.rs`.

mod amount;
mod checks;
mod columns;
mod explain;
mod judge;
mod many;
mod numbers;
mod planes;
mod score;
#[cfg(test)]
mod tests;

pub use checks::check;
pub use columns::{Enterprises, MISSING, STEPS, day, millionths};
pub use explain::{Because, Explained, Gap, Lacking, enough, shown};
pub use judge::{Judge, judge_all};
