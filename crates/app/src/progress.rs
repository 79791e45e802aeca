//! How far long work is, told to whoever follows it, who may stop it.
//!
//! Deliberately absent: jobs, threads and percentages. Work that is stopped leaves nothing half done.

use std::ops::ControlFlow;

/// How far long work is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// What is being done, as a word for programs: `read`, `compare`, `write`, `copy`, `pack`, `revisions`, …
    pub stage: &'static str,
    /// How much of it is done.
    pub done: u64,
    /// Out of how much, where that is known.
    pub total: Option<u64>,
}

impl Progress {
    /// A stage that has begun and cannot be counted.
    pub fn begun(stage: &'static str) -> Self {
        Self { stage, done: 0, total: None }
    }
}

impl From<store::Progress> for Progress {
    fn from(at: store::Progress) -> Self {
        Self { stage: at.stage.word(), done: at.done, total: Some(at.total) }
    }
}

/// Follows long work; `Break` stops it at the next step and kills a worker process that is under way.
pub type Watch<'a> = dyn Fn(Progress) -> ControlFlow<()> + 'a;

/// Follows nothing and stops nothing.
pub fn unwatched(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}
