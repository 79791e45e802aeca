//! Reserve pools (储备库): one per line of work, each with dated screens that say who is close to what, and the book in which people
//! keep candidates, owners and next steps.
//!
//! Deliberately absent: reckoning (`assess::trend`, `app::pools`), and the ladders' own rules.
//!
//! To add a line or a screen: its lines in `content/pools.toml`.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Op, Rule, Setting};
use crate::id::{
    BookId, CriterionId, DatumId, FieldId, LadderId, PoolId, QualificationId, RungId, ScreenId, UnitId,
};

/// The book of candidates.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PoolBook {
    /// The book; its subject is the enterprise.
    pub book: BookId,
    /// The field with the line's title.
    pub line: FieldId,
    /// The day of entry.
    pub entered: FieldId,
    /// The day of leaving.
    pub left: FieldId,
    /// Who looks after it.
    pub owner: FieldId,
    /// What is to be done next.
    pub next: FieldId,
    /// What it is prepared for.
    pub goal: Option<FieldId>,
}

/// The pool of one line.
#[derive(Clone, PartialEq, Debug)]
pub struct Pool {
    /// Its id.
    pub id: PoolId,
    /// Chinese title, as the book of candidates writes it.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Its screens.
    pub screens: Vec<Screen>,
}

/// A dated rule that says who is a candidate.
#[derive(Clone, PartialEq, Debug)]
pub struct Screen {
    /// Its id, unique within the pool; versions of a screen have an id each.
    pub id: ScreenId,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Document number (文号); for a rule the park made itself, that it did; `to be supplied` where there is one we do not have.
    pub document: String,
    /// Who decided it.
    pub authority: String,
    /// First day.
    pub valid_from: Date,
    /// Last day; none: in force.
    pub valid_to: Option<Date>,
    /// Where its numbers come from, and what was not read.
    pub source: String,
    /// Only enterprises of these choices of data; all of them must hold.
    pub only: Vec<(DatumId, Vec<usize>)>,
    /// Only enterprises that hold this (true) or do not (false).
    pub held: Option<(QualificationId, bool)>,
    /// What a candidate must meet besides, in the language of ladders.
    pub conditions: Option<Box<Rule>>,
    /// How near an enterprise is.
    pub by: Nearness,
}

impl Screen {
    /// Whether it is in force on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// How nearness is told.
#[derive(Clone, PartialEq, Debug)]
pub enum Nearness {
    /// By the rule of a rung, of those who do not hold it.
    Rung(Goal),
    /// Holders of a rung whose term ends within so many months.
    Expiring {
        /// The ladder.
        ladder: LadderId,
        /// The rung; somebody certifies it.
        rung: RungId,
        /// The months.
        months: u8,
    },
    /// By an amount against a threshold.
    Amount(Distance),
    /// By the screen's conditions alone.
    Conditions,
}

/// A rung that candidates are prepared for.
#[derive(Clone, PartialEq, Debug)]
pub struct Goal {
    /// The ladder.
    pub ladder: LadderId,
    /// The rung.
    pub rung: RungId,
    /// The most conditions that may be in the way; none: any number.
    pub lacking: Option<usize>,
    /// A score of the rung's rule that must be within reach: the most points there can be are no fewer than this.
    pub reaching: Option<(CriterionId, Decimal)>,
}

/// An amount, its threshold, and from where on an enterprise is a candidate.
#[derive(Clone, PartialEq, Debug)]
pub struct Distance {
    /// What is measured.
    pub of: Measured,
    /// The unit of all numbers here.
    pub unit: UnitId,
    /// Which side of the threshold is the goal; `Below`: the side it must not fall to.
    pub op: Op,
    /// The threshold.
    pub threshold: Setting,
    /// From where on it is a candidate; none: anywhere.
    pub from: Option<Setting>,
    /// Up to where it is one.
    pub upto: Option<Decimal>,
    /// Only with this turn of the trend.
    pub turn: Option<Turn>,
    /// Titled steps, from the furthest to the nearest.
    pub levels: Vec<(String, Decimal)>,
    /// How many values the trend is read from; none: no estimate.
    pub trend: Option<u8>,
}

/// Which way a trend goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// Up.
    Rising,
    /// Down.
    Falling,
}

/// What is measured.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Measured {
    /// A datum of ladders: by year, or the newest.
    Datum(DatumId),
    /// Sums over months of a book that is kept by the month (滚动十二个月).
    Rolling {
        /// The book; no confidential statistical return (统计法).
        book: BookId,
        /// The field.
        field: FieldId,
        /// Its unit.
        unit: UnitId,
        /// How many months a sum has.
        months: u8,
        /// For those with fewer months: the mean of the months there are (three at least), times the months of a sum – an estimate.
        projected: bool,
    },
}
