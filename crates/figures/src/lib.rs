//! Figures (指标): content and snapshot in, values with their basis out.
//!
//! [`Snapshot`] lays out the ledger as columns; [`Engine`] answers [`Request`]s about it, each with the entries it was
//! computed from; [`compare`] holds every comparison as a pure function; [`bulk`] holds the kernels that add up.
//!
//! Deliberately absent: input and output, the clock, printing, and every figure or book by name.

pub mod bulk;
pub mod column;
pub mod compare;
pub mod describe;
mod engine;
mod exact;
pub mod messages;
mod naming;
mod request;
mod snapshot;
mod table;
pub mod why;

pub use compare::{Growth, Turn};
pub use engine::{
    Change, ClaimOutcome, Engine, Formula, Leaf, Pieces, Quantity, RecordHigh, Share, TargetKind,
    TargetProgress, figures_over,
};
pub use exact::Sum;
pub use request::{
    Basis, BlankReason, ComparisonUsed, Contribution, Evaluation, Exclude, FieldPath, Group, Member,
    NotAField, Note, Outcome, Reader, Request, Side,
};
pub use snapshot::Snapshot;
pub use table::Table;

#[cfg(test)]
mod tests;
