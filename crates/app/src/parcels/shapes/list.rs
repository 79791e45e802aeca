//! The list of parcels.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use crate::projects::LinkedEntry;

/// Parcels that are in force on a day.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ParcelPage {
    /// The day.
    #[schema(value_type = String)]
    pub on: Date,
    /// The year of the values.
    pub year: i16,
    /// The frozen evaluation grades and scores are of.
    pub run: Option<u64>,
    /// The measures that were asked for.
    pub measures: Vec<MeasureHead>,
    /// How many parcels match.
    pub total: usize,
    /// First row of this page, from 0.
    pub offset: usize,
    /// The rows of this page.
    pub items: Vec<ParcelRow>,
    /// Sums over all that match.
    pub totals: ParcelTotals,
    /// The ledger revision.
    pub revision: u64,
}

/// A measure as a heading.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct MeasureHead {
    /// Its id.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Its unit.
    pub unit: String,
    /// The domain of data it belongs to.
    pub domain: String,
}

/// One parcel of the list.
#[derive(Clone, PartialEq, Debug, Default, Serialize, ToSchema)]
pub struct ParcelRow {
    /// The entry.
    pub entry: u64,
    /// The parcel code (宗地代码).
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Who holds the right of use.
    pub holder: Option<LinkedEntry>,
    /// The legal area in ㎡: of certificate, survey and contract the first that is known.
    #[schema(value_type = Option<String>)]
    pub area: Option<Decimal>,
    /// Where the area is from: `certificate`, `surveyed`, `contract`, `register`; empty when there is none.
    pub area_source: String,
    /// The legal area in 亩: ㎡ × 0.0015.
    #[schema(value_type = Option<String>)]
    pub mu: Option<Decimal>,
    /// The use of the land.
    pub land_use: Option<String>,
    /// Where it is, in words.
    pub location: Option<String>,
    /// The layer of space by the code's feature letters: `surface`, `above`, `below`.
    pub layer: String,
    /// The state of use, as the book says it.
    pub state: Option<String>,
    /// How it stands with the evaluation: `scored`, `not_due`, `exempt`, `no_data`.
    pub status: Option<String>,
    /// Its grade in `run`.
    pub grade: Option<String>,
    /// Its score in `run`.
    #[schema(value_type = Option<String>)]
    pub score: Option<Decimal>,
    /// The measures asked for, in the order of the headings.
    pub values: Vec<MeasureCell>,
    /// Domains of data that are known, in percent.
    #[schema(value_type = Option<String>)]
    pub coverage: Option<Decimal>,
    /// What a reader must know.
    pub flags: Vec<ParcelFlag>,
    /// Whether its boundary is known.
    pub drawn: bool,
    /// The day of the change of boundary it came of.
    #[schema(value_type = Option<String>)]
    pub since: Option<Date>,
}

/// A measure of one parcel.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct MeasureCell {
    /// The measure.
    pub measure: String,
    /// The value in the measure's unit.
    #[schema(value_type = Option<String>)]
    pub value: Option<Decimal>,
    /// The value per 亩 of the whole parcel.
    #[schema(value_type = Option<String>)]
    pub per_mu: Option<Decimal>,
    /// `present`, `estimated`, `conflicting`, `missing` or `withheld`.
    pub state: String,
    /// How much of it is known, in percent.
    #[schema(value_type = Option<String>)]
    pub known: Option<Decimal>,
}

/// Something a reader must know of a parcel.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct ParcelFlag {
    /// A stable word.
    pub code: String,
    /// A sentence.
    pub text: String,
}

/// Sums over parcels. Area is added up for surface parcels only.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, ToSchema)]
pub struct ParcelTotals {
    /// How many.
    pub count: usize,
    /// Their area in ㎡.
    #[schema(value_type = String)]
    pub area: Decimal,
    /// Their area in 亩.
    #[schema(value_type = String)]
    pub mu: Decimal,
    /// How many have no area.
    pub without_area: usize,
    /// By how they stand with the evaluation, or by state of use when none was made.
    pub by_status: Vec<StatusTotal>,
}

/// Parcels of one state.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct StatusTotal {
    /// The state.
    pub status: String,
    /// How many.
    pub count: usize,
    /// Their area in ㎡.
    #[schema(value_type = String)]
    pub area: Decimal,
}
