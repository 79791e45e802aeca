//! What a publication keeps of every printed value, so that later values can be held against it.

use serde::{Deserialize, Serialize};

use super::preview::question;
use crate::report::SlotRecord;

/// One printed value as it was published.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct KeptSlot {
    /// The slot in the template.
    pub slot: String,
    /// The loop around it.
    pub in_loop: Option<String>,
    /// Which pass of the loop.
    pub pass: u32,
    /// The figure.
    pub figure: Option<String>,
    /// What it is called.
    pub title: String,
    /// The printed text.
    pub text: String,
    /// The exact value.
    pub value: Option<String>,
    /// The query that traces it.
    pub question: Option<String>,
}

/// Where in the template a value stands: its slot, the loop and the pass.
pub(super) type Stand = (String, Option<String>, u32);

impl KeptSlot {
    pub fn of(record: &SlotRecord) -> Self {
        Self {
            slot: record.slot.clone(),
            in_loop: record.in_loop.clone(),
            pass: record.pass,
            figure: record.subject.figure().map(ToString::to_string),
            title: record.title.clone(),
            text: record.text.clone(),
            value: record.value.clone(),
            question: question(record),
        }
    }

    pub fn stand(&self) -> Stand {
        (self.slot.clone(), self.in_loop.clone(), self.pass)
    }
}
