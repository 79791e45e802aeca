//! Evaluations (评价): a scheme applied to a year, frozen in the ledger; its publication, objections to it, new versions of
//! it, and what-ifs that are never kept.
//!
//! What is frozen is complete: the facts of the data revision, the scheme as it was run, benchmarks and rows, so that every
//! row answers an appeal alone and the same run gives the same grades again (`kept`). Deliberately absent: the arithmetic
//! (`assess`), what a grade costs.

mod compare;
mod explain;
mod freeze;
mod kept;
mod objections;
mod publish;
mod results;
mod schemes;
mod simulate;

pub use compare::compare;
pub use explain::explain;
pub use freeze::{Frozen, evaluate, keep, reevaluate};
pub use objections::{decide, object, objections};
pub use publish::publish;
pub use results::{ResultQuestion, evaluation, evaluations, results};
pub use schemes::{scheme, schemes};
pub use simulate::simulate;

pub(crate) use kept::{Graded, KnownRuns, graded, grades_of, known_runs, ranks_of};
pub(super) use kept::{Kept, load, summary};
