//! Measures (评价数据项) and kinds of marks (评价事件): what `content/measures.toml` says parcels and enterprises are judged by.
//!
//! Deliberately absent: the numbers themselves. A measure leads through a figure to its cells, a mark through a book to its
//! entries.

use serde::{Deserialize, Serialize};

use crate::expr::Expr;
use crate::id::{BookId, FieldId, FigureId, MarkId, MeasureId, UnitId};

/// One thing that is counted about a parcel or an enterprise over a year.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Measure {
    /// Its id.
    pub id: MeasureId,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// The figure it is taken from, asked by enterprise and month; none while nobody delivers it.
    pub figure: Option<FigureId>,
    /// How the months of a year become one number.
    pub over: Over,
    /// The unit it is given in.
    pub unit: UnitId,
    /// The domain of data it belongs to.
    pub domain: Domain,
    /// Who delivers it.
    pub department: String,
    /// Whether it may be divided among parcels.
    pub split: Split,
}

/// How the months of a year become one number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Over {
    /// They are added: tax, output, energy.
    #[default]
    Sum,
    /// They are averaged: staff.
    Mean,
    /// The last one counts: a stock.
    Last,
}

/// Whether a measure may be divided among the parcels of an enterprise.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Split {
    /// Parts add up to the whole.
    #[default]
    Additive,
    /// It belongs to the enterprise as a whole.
    None,
}

/// A domain of data (数据领域), as departments deliver it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Domain {
    /// Parcels, rights, areas.
    Land,
    /// Who uses what.
    Tenancy,
    /// Tax items.
    Tax,
    /// Gross output, revenue, sales.
    Output,
    /// Value added.
    ValueAdded,
    /// Electricity, gas, coal equivalent, water.
    Energy,
    /// COD, ammonia nitrogen, SO₂, NOx.
    Emissions,
    /// Research and development.
    Research,
    /// Persons employed.
    Staff,
}

impl Domain {
    /// All of them, in the order of the coverage matrix.
    pub const ALL: [Self; 9] = [
        Self::Land,
        Self::Tenancy,
        Self::Tax,
        Self::Output,
        Self::ValueAdded,
        Self::Energy,
        Self::Emissions,
        Self::Research,
        Self::Staff,
    ];

    /// Its word in content files and answers.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Land => "land",
            Self::Tenancy => "tenancy",
            Self::Tax => "tax",
            Self::Output => "output",
            Self::ValueAdded => "value_added",
            Self::Energy => "energy",
            Self::Emissions => "emissions",
            Self::Research => "research",
            Self::Staff => "staff",
        }
    }
}

/// A kind of event or standing that schemes give weight to.
#[derive(Clone, PartialEq, Debug)]
pub struct MarkKind {
    /// Its id.
    pub id: MarkId,
    /// Chinese title, as printed in the annex.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Where its events are recorded; none while nobody records them.
    pub source: Option<MarkSource>,
}

/// The book that records a kind of mark: one mark for each entry that the filter keeps.
#[derive(Clone, PartialEq, Debug)]
pub struct MarkSource {
    /// The book.
    pub book: BookId,
    /// The reference to the enterprise it is about; this, `parcel` or both.
    pub enterprise: Option<FieldId>,
    /// The reference to the parcel it is about.
    pub parcel: Option<FieldId>,
    /// When it happened or began; none for what has always been so.
    pub on: Option<FieldId>,
    /// Until when it stands.
    pub until: Option<FieldId>,
    /// Points the entry states.
    pub points: Option<FieldId>,
    /// The reason in words; none: the kind's title.
    pub reason: Option<FieldId>,
    /// Which entries count; none: all.
    pub filter: Option<Expr>,
}
