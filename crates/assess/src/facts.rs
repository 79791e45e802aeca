//! Facts (评价数据): what is judged, what is known about it, and how well it is known.
//!
//! Subjects have dense numbers `0..n`; every column is aligned with them. A missing reading is [`State::Missing`] and never
//! zero; a share of a parcel's users that is not known makes the reading partial, and that share is kept.
//!
//! Deliberately absent: where a reading comes from (that is `attribution`, which keeps method and evidence) and every judgement
//! about it (that is a scheme's run).
//!
//! To add a property that population rules may ask for: a field of [`Subject`].

use std::sync::Arc;

use indexmap::IndexMap;
use jiff::civil::Date;
use model::id::{EntryId, MarkId, MeasureId};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// All that a run needs to know, for one year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The evaluated year.
    pub year: i16,
    /// What is judged, in a fixed order.
    pub subjects: Vec<Subject>,
    /// One column per measure, each as long as `subjects`, in the measure's unit.
    pub measures: IndexMap<MeasureId, Vec<Reading>>,
    /// Events and standings, in any order.
    pub marks: Vec<Mark>,
}

/// A parcel or an enterprise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Its entry; the same thing has the same key in every year.
    pub key: EntryId,
    /// As printed.
    pub name: Arc<str>,
    /// Its population at the end of the year, as schemes' groups name it: 规上, 规下, a use of land. Empty: none is known.
    pub class: Arc<str>,
    /// Its population at the beginning of the year; none where it did not exist or the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class_before: Option<Arc<str>>,
    /// Its industry as the scheme's corrections name it; empty: unknown.
    #[serde(default)]
    pub industry: Arc<str>,
    /// Net land in ㎡: of a parcel its legal area, of an enterprise 登记 + 承租 − 出租 + 其他. None: unknown.
    pub land: Option<Decimal>,
    /// Floor rented in ㎡, for rules such as “≥5亩 or ≥3,000 ㎡ rented”.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<Decimal>,
    /// Since when it exists: founding of an enterprise, delivery of a parcel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
    /// The unit it belongs to – a fence around several parcels, a group of enterprises – which a scheme may judge as one. None: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Arc<str>>,
    /// Whether it can be scored at all.
    pub status: Status,
}

/// The four-way status before any score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Status {
    /// It is judged.
    Scored,
    /// Under construction or before its contracted date of production.
    NotDue {
        /// The contracted date; none where the contract names none.
        until: Option<Date>,
    },
    /// Public use, utility, resettlement or affordable rental housing.
    Exempt {
        /// Why, in the content's words.
        reason: Arc<str>,
    },
    /// It should be judged and cannot be.
    NoData {
        /// Which domains of data are missing: `land`, `tenancy`, `tax` …
        missing: Vec<Arc<str>>,
    },
}

/// How well a value is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Reported.
    Present,
    /// Attributed or filled by a rule; the rule is kept where it was applied.
    Estimated,
    /// Sources disagree; the value, where there is one, is that of the source with precedence.
    Conflicting,
    /// Not known. It has no value.
    Missing,
}

/// A value of one measure for one subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// In the measure's unit; none exactly when nothing is known.
    pub value: Option<Decimal>,
    /// How well.
    pub state: State,
    /// For how much of the subject (a parcel's users, by area and time) it is known.
    pub known: Share,
}

impl Reading {
    /// Nothing is known.
    pub const MISSING: Self = Self { value: None, state: State::Missing, known: Share::NONE };

    /// A reported value.
    pub const fn present(value: Decimal) -> Self {
        Self { value: Some(value), state: State::Present, known: Share::WHOLE }
    }

    /// A value that was attributed or filled.
    pub const fn estimated(value: Decimal, known: Share) -> Self {
        Self { value: Some(value), state: State::Estimated, known }
    }
}

/// A share between nothing and the whole, in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Share(u32);

impl Share {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// All of it.
    pub const WHOLE: Self = Self(1_000_000);

    /// `part ÷ whole` in whole millionths, cut and not rounded, so that only the whole is [`Share::WHOLE`]; [`Share::NONE`] of
    /// nothing.
    pub fn of(part: Decimal, whole: Decimal) -> Self {
        if whole <= Decimal::ZERO || part <= Decimal::ZERO {
            return Self::NONE;
        }
        if part >= whole {
            return Self::WHOLE;
        }
        let millionths = part
            .checked_div(whole)
            .and_then(|share| share.checked_mul(Decimal::from(Self::WHOLE.0)))
            .and_then(|share| u32::try_from(share.trunc().mantissa()).ok());
        Self(millionths.unwrap_or(0).min(Self::WHOLE.0 - 1))
    }

    /// `part ÷ whole` of counts, cut likewise.
    pub fn of_counts(part: i128, whole: i128) -> Self {
        if whole <= 0 || part <= 0 {
            return Self::NONE;
        }
        if part >= whole {
            return Self::WHOLE;
        }
        let millionths = part.checked_mul(i128::from(Self::WHOLE.0)).map_or_else(
            || part / (whole / i128::from(Self::WHOLE.0)).max(1),
            |millionths| millionths / whole,
        );
        Self(u32::try_from(millionths).unwrap_or(0).min(Self::WHOLE.0 - 1))
    }

    /// In millionths.
    pub const fn millionths(self) -> u32 {
        self.0
    }

    /// As a decimal between 0 and 1.
    pub fn decimal(self) -> Decimal {
        Decimal::new(i64::from(self.0), 6).normalize()
    }
}

impl Serialize for Share {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        Serialize::serialize(&self.decimal(), to)
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        <Decimal as Deserialize>::deserialize(from).map(|share| Self::of(share, Decimal::ONE))
    }
}

/// An event or a standing of one subject that a scheme may give weight to: an accident, an award, a promotion above scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The number of the subject.
    pub subject: u32,
    /// Which kind, of `content/measures.toml`.
    pub kind: MarkId,
    /// When it happened or began; none for what has always been so.
    pub on: Option<Date>,
    /// Until when it stands; none for a single event, or a standing without end. A scheme says which it takes it for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Points it is worth, where its source says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Decimal>,
    /// In words, as printed in the annex.
    pub reason: Arc<str>,
    /// The entry that says so.
    pub source: Option<EntryId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(part: &str, whole: &str, share: &str) {
        let number = |text: &str| text.parse::<Decimal>().expect("a number");
        assert_eq!(Share::of(number(part), number(whole)).decimal().to_string(), share, "{part}/{whole}");
    }

    #[test]
    fn a_share_is_whole_only_when_it_is() {
        check("8000", "20000", "0.4");
        // 2 ÷ 3 = 0.666 666 6…, cut.
        check("2", "3", "0.666666");
        check("19999.9999", "20000", "0.999999");
        check("20000", "20000", "1");
        check("3", "0", "0");
        check("-1", "4", "0");
    }
}
