//! Wording: every Chinese sentence that Rust code says. Numbers and growth in words, findings, diagnostics.
//!
//! Deliberately absent: sentences of reports, which are templates under `content/`.

pub mod diagnostic;
pub mod finding;
pub mod ladder;
pub mod number;
pub mod page;
pub mod plan;
pub mod policy;
pub mod scheme;
pub mod visits;
