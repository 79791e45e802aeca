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

/// The numbers of a table, by word.
fn table<'t>(
    name: &str,
    numbers: &'t mut IndexMap<String, Number>,
) -> impl Iterator<Item = (String, &'t mut Setting)> {
    numbers.iter_mut().map(move |(word, number)| (format!("formula.{name}.{word}"), &mut number.0))
}

impl PolicyTerms {
    /// What is said, by the name of its kind; kinds of which nothing is said are left out.
    pub fn kinds(&self) -> impl Iterator<Item = (&'static str, &[String])> {
        let all = [
            ("who", &self.who),
            ("uses", &self.uses),
            ("period", &self.period),
            ("money", &self.money),
            ("excluded", &self.excluded),
            ("overlap", &self.overlap),
            ("procedure", &self.procedure),
        ];
        all.into_iter().map(|(kind, lines)| (kind, lines.as_slice())).filter(|(_, lines)| !lines.is_empty())
    }
}

impl Policy {
    /// The numbers of the document by their paths in its file: what may be to be supplied, and what a what-if changes.
    pub fn numbers(&mut self) -> Vec<(String, &mut Setting)> {
        let mut found: Vec<(String, &mut Setting)> = Vec::new();
        if let Some(cap) = &mut self.limits.cap {
            found.push(("limits.cap".to_owned(), cap));
        }
        match &mut self.formula {
            Formula::Interest(rule) => {
                found.push(("formula.share".to_owned(), &mut rule.share));
                let others = [
                    ("rate_cap", &mut rule.rate_cap),
                    ("principal_at_most", &mut rule.principal_at_most),
                    ("loan_cap", &mut rule.loan_cap),
                    ("interest_at_least", &mut rule.interest_at_least),
                ];
                let known = others.into_iter().filter_map(|(name, setting)| Some((name, setting.as_mut()?)));
                found.extend(known.map(|(name, setting)| (format!("formula.{name}"), setting)));
            }
            Formula::Fixed { amounts, .. } => found.extend(table("amounts", amounts)),
            Formula::Steps { steps } => {
                for (at, step) in steps.iter_mut().enumerate() {
                    found.push((format!("formula.steps.{}.at", at + 1), &mut step.at.0));
                    found.push((format!("formula.steps.{}.sum", at + 1), &mut step.sum.0));
                }
            }
            Formula::PerUnit { unit, each, growth, .. } => {
                found.push(("formula.unit".to_owned(), unit));
                found.push(("formula.each".to_owned(), each));
                found.extend(growth.as_mut().map(|growth| ("formula.growth".to_owned(), growth)));
            }
            Formula::Share { share, growth, factors } => {
                found.push(("formula.share".to_owned(), share));
                found.extend(growth.as_mut().map(|growth| ("formula.growth".to_owned(), growth)));
                found.extend(table("factors", factors));
            }
            Formula::Pool { parties, capital, leverage } => {
                found.push(("formula.capital".to_owned(), capital));
                found.push(("formula.leverage".to_owned(), leverage));
                found.extend(table("parties", parties));
            }
            Formula::Price { surcharges, .. } => found.extend(table("surcharges", surcharges)),
        }
        found
    }

    /// Whether a number of it is still to be supplied.
    pub fn is_open(&self) -> bool {
        self.clone().numbers().iter().any(|(_, setting)| setting.known().is_none())
    }
}
