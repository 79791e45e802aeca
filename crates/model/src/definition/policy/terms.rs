//! What a document says beside the sum: for people to read and to check by, where no book can tell.
//!
//! Deliberately absent: anything the program judges; that is [`super::Condition`], [`super::Limits`] and the formula. Also here:
//! which numbers of a policy are still to be supplied.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::{Formula, Number, Policy, Setting};

/// Conditions, uses, exceptions and procedure in the document's words.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PolicyTerms {
    /// Who may have it.
    pub who: Vec<String>,
    /// What the money may be used for.
    pub uses: Vec<String>,
    /// Of what time.
    pub period: Vec<String>,
    /// How much, beside the formula: pools, shares paid in advance.
    pub money: Vec<String>,
    /// What is excluded.
    pub excluded: Vec<String>,
    /// What it may not, or only within limits, be had together with.
    pub overlap: Vec<String>,
    /// How it is done, by when.
    pub procedure: Vec<String>,
}

impl Policy {
    /// Whether a number of it is still to be supplied.
    pub fn is_open(&self) -> bool {
        let open = |setting: &Setting| setting.known().is_none();
        let table = |numbers: &IndexMap<String, Number>| numbers.values().any(|number| open(&number.0));
        self.limits.cap.as_ref().is_some_and(open)
            || match &self.formula {
                Formula::Interest(rule) => {
                    let others =
                        [rule.rate_cap, rule.principal_at_most, rule.loan_cap, rule.interest_at_least];
                    open(&rule.share) || others.iter().flatten().any(open)
                }
                Formula::Fixed { amounts, .. } => table(amounts),
                Formula::Steps { steps } => steps.iter().any(|step| open(&step.at.0) || open(&step.sum.0)),
                Formula::PerUnit { unit, each, growth, .. } => {
                    open(unit) || open(each) || growth.as_ref().is_some_and(open)
                }
                Formula::Share { share, growth, factors } => {
                    open(share) || growth.as_ref().is_some_and(open) || table(factors)
                }
                Formula::Pool { parties, capital, leverage } => {
                    open(capital) || open(leverage) || table(parties)
                }
                Formula::Price { surcharges, .. } => table(surcharges),
            }
    }
}
