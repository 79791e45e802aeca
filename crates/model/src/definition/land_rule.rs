//! Rules of idle and low-efficiency land (闲置、低效用地): dated, each of a document, with its thresholds as parameters.
//!
//! A rule applies when one of its grounds does; a ground applies when all of its tests do, and one of its choices if it has
//! any. Deliberately absent: judging (that is `assess::idle`) and where the facts are read.
//!
//! To add a test: a variant of [`LandTest`], its verdict in `assess::idle`, a line in `content/README.md`.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::id::LandRuleId;

/// What a rule says of land.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LandClass {
    /// Idle (闲置).
    Idle,
    /// Used poorly (低效).
    Low,
}

impl LandClass {
    /// The word of the content.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Low => "low",
        }
    }
}

/// One rule.
#[derive(Clone, PartialEq, Debug)]
pub struct LandRule {
    /// Its id.
    pub id: LandRuleId,
    /// Its title.
    pub title: String,
    /// Its title in English.
    pub title_en: String,
    /// The document (文号), or [`super::Setting::TO_BE_SUPPLIED`].
    pub document: String,
    /// What it says of land.
    pub class: LandClass,
    /// The first day it is in force.
    pub from: Option<Date>,
    /// The last day it is in force.
    pub to: Option<Date>,
    /// Whether delay that is the government's excuses.
    pub government_excuses: bool,
    /// Rules that come first: land under one of them is not under this.
    pub after: Vec<LandRuleId>,
    /// Its grounds.
    pub grounds: Vec<LandGround>,
}

impl LandRule {
    /// Whether it is in force on a day.
    pub fn in_force(&self, on: Date) -> bool {
        self.from.is_none_or(|from| from <= on) && self.to.is_none_or(|to| on <= to)
    }
}

/// A ground on which a rule applies.
#[derive(Clone, PartialEq, Debug)]
pub struct LandGround {
    /// Its title.
    pub title: String,
    /// Its title in English.
    pub title_en: String,
    /// Tests that must all be met.
    pub all: Vec<LandTest>,
    /// Tests of which one must be met, if there are any.
    pub any: Vec<LandTest>,
    /// What follows, in the order of their months.
    pub steps: Vec<LandStep>,
}

/// What follows after so many months.
#[derive(Clone, PartialEq, Debug)]
pub struct LandStep {
    /// Full months since the ground began to be counted.
    pub months: i32,
    /// What follows.
    pub title: String,
    /// What follows, in English.
    pub title_en: String,
    /// A fee as a share of the price of the land.
    pub price_share: Option<Decimal>,
}

/// What the contract dates.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LandDuty {
    /// Building begins (动工).
    Begin,
    /// Building is completed (竣工).
    Complete,
    /// Production begins (投产).
    Produce,
}

/// What may stand still.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LandWork {
    /// Building.
    Building,
    /// Production, in whole or in half.
    Production,
}

/// What a visit tells with yes or no.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LandFlag {
    /// The industry is banned.
    Banned,
    /// Safety or environment fail.
    Failing,
}

/// A number of a parcel.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum LandFact {
    /// The area that should be developed, ㎡.
    DueArea,
    /// The area that is developed, ㎡.
    DevelopedArea,
    /// The whole investment, without the price of land.
    TotalInvestment,
    /// What of it was made.
    Invested,
    /// What was reached of what the contract may promise, by the meaning of its item: a measure per 亩, `investment`.
    Reached(String),
    /// What the contract promises of it.
    Promised(String),
}

impl LandFact {
    /// The item of promises that is investment per 亩, with the price of land; every other item is a measure.
    pub const INVESTMENT: &str = "investment";

    /// The fact of a word: `due_area`, `reached.output`.
    pub fn named(word: &str) -> Option<Self> {
        Some(match word {
            "due_area" => Self::DueArea,
            "developed_area" => Self::DevelopedArea,
            "total_investment" => Self::TotalInvestment,
            "invested" => Self::Invested,
            _ => match word.split_once('.')? {
                ("reached", item) if !item.is_empty() => Self::Reached(item.to_owned()),
                ("promised", item) if !item.is_empty() => Self::Promised(item.to_owned()),
                _ => return None,
            },
        })
    }

    /// Its word.
    pub fn word(&self) -> String {
        match self {
            Self::DueArea => "due_area".to_owned(),
            Self::DevelopedArea => "developed_area".to_owned(),
            Self::TotalInvestment => "total_investment".to_owned(),
            Self::Invested => "invested".to_owned(),
            Self::Reached(item) => format!("reached.{item}"),
            Self::Promised(item) => format!("promised.{item}"),
        }
    }
}

/// An exact share: a third is no decimal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LandShare {
    /// Above the line.
    pub part: Decimal,
    /// Below it, positive.
    pub whole: Decimal,
}

impl LandShare {
    /// Reads `1/3` or `0.25`.
    pub fn parse(text: &str) -> Option<Self> {
        let (part, whole) = text.split_once('/').unwrap_or((text, "1"));
        let (part, whole): (Decimal, Decimal) = (part.trim().parse().ok()?, whole.trim().parse().ok()?);
        (part >= Decimal::ZERO && whole > Decimal::ZERO).then_some(Self { part, whole })
    }
}

/// A test of a ground.
#[derive(Clone, PartialEq, Debug)]
pub enum LandTest {
    /// More than so many months past the contracted day, and still not done.
    Overdue {
        /// What is due.
        duty: LandDuty,
        /// Full months.
        months: i32,
    },
    /// Done for so many months.
    DoneFor {
        /// What was done.
        duty: LandDuty,
        /// Full months.
        months: i32,
    },
    /// One number is less than a share of another.
    Below {
        /// What is compared.
        of: LandFact,
        /// With what.
        to: LandFact,
        /// The share.
        share: LandShare,
    },
    /// Something stands still for so many months.
    Standing {
        /// What.
        work: LandWork,
        /// Full months.
        months: i32,
    },
    /// A visit said yes.
    Flag(LandFlag),
    /// The contract promises an item, and it is due; not met where the contract's promises are on record and the item is not
    /// among them. It stands beside a comparison with `promised.ITEM`, so that land without the promise gets a verdict.
    Promised(String),
}

impl LandTest {
    /// Whether it counts from a day.
    pub const fn has_period(&self) -> bool {
        matches!(self, Self::Overdue { .. } | Self::DoneFor { .. } | Self::Standing { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_and_shares_are_read_back() {
        for word in ["due_area", "developed_area", "invested", "total_investment", "reached.x", "promised.x"]
        {
            assert_eq!(LandFact::named(word).map(|fact| fact.word()).as_deref(), Some(word));
        }
        assert_eq!(LandFact::named("reached."), None);
        let third = LandShare { part: Decimal::ONE, whole: Decimal::from(3) };
        assert_eq!(LandShare::parse("1/3"), Some(third));
        assert_eq!(LandShare::parse("1/0"), None);
        assert_eq!(LandShare::parse("0.25").map(|share| share.part), Some(Decimal::new(25, 2)));
    }
}
