//! One parcel with everything known of it.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::list::ParcelRow;
use crate::books::Cell;
use crate::projects::LinkedEntry;

/// One parcel.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ParcelView {
    /// The day.
    #[schema(value_type = String)]
    pub on: Date,
    /// The year of the values.
    pub year: i16,
    /// As in the list.
    pub row: ParcelRow,
    /// Its areas by source, the legal one first.
    pub areas: Vec<AreaView>,
    /// Rights of use.
    pub rights: Vec<RightView>,
    /// Buildings.
    pub buildings: Vec<BuildingView>,
    /// Measured floor area of the buildings in ㎡.
    #[schema(value_type = Option<String>)]
    pub floor_area: Option<Decimal>,
    /// Floor-area ratio as built: floor area counted for the ratio ÷ area.
    #[schema(value_type = Option<String>)]
    pub far: Option<Decimal>,
    /// Who uses it: top level, subleases within.
    pub occupancies: Vec<OccupancyView>,
    /// What the contract promises, and how far it is kept.
    pub commitments: Vec<CommitmentView>,
    /// What it was made from and what became of it, oldest first.
    pub lineage: Vec<LineageView>,
    /// Its boundary as a GeoJSON geometry.
    #[schema(value_type = Option<Object>)]
    pub geometry: Option<Value>,
    /// The area of the boundary in ㎡, only to check the legal area.
    #[schema(value_type = Option<String>)]
    pub geometry_area: Option<Decimal>,
    /// Measures of the year with the enterprises they are from.
    pub attribution: Vec<AttributionView>,
    /// Frozen evaluations it was part of, newest first.
    pub evaluations: Vec<EvaluationOfParcel>,
    /// What was done about idle or low-efficiency land.
    pub disposals: Vec<DisposalView>,
    /// All cells of its entry, by field.
    #[schema(value_type = std::collections::BTreeMap<String, Cell>)]
    pub cells: std::collections::BTreeMap<String, Cell>,
    /// The ledger revision.
    pub revision: u64,
}

/// An area of a parcel.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct AreaView {
    /// `certificate`, `surveyed`, `contract` or `register`.
    pub source: String,
    /// The field's title.
    pub title: String,
    /// ㎡.
    #[schema(value_type = String)]
    pub area: Decimal,
    /// 亩.
    #[schema(value_type = String)]
    pub mu: Decimal,
}

/// A right of use.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct RightView {
    /// The entry.
    pub entry: u64,
    /// Who holds it.
    pub holder: Option<LinkedEntry>,
    /// The number of the certificate.
    pub certificate: Option<String>,
    /// What kind.
    pub kind: Option<String>,
    /// ㎡.
    #[schema(value_type = Option<String>)]
    pub area: Option<Decimal>,
    /// First day.
    #[schema(value_type = Option<String>)]
    pub from: Option<Date>,
    /// Last day.
    #[schema(value_type = Option<String>)]
    pub to: Option<Date>,
}

/// A building.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct BuildingView {
    /// The entry.
    pub entry: u64,
    /// What it is called.
    pub name: String,
    /// Storeys.
    #[schema(value_type = Option<String>)]
    pub storeys: Option<Decimal>,
    /// Measured floor area in ㎡.
    #[schema(value_type = Option<String>)]
    pub floor_area: Option<Decimal>,
    /// Floor area counted for the ratio in ㎡; storeys above 8 m count twice.
    #[schema(value_type = Option<String>)]
    pub counted_area: Option<Decimal>,
    /// When it was completed.
    #[schema(value_type = Option<String>)]
    pub completed: Option<Date>,
    /// Its boundary as a GeoJSON geometry.
    #[schema(value_type = Option<Object>)]
    pub geometry: Option<Value>,
}

/// Who uses a part of a parcel.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct OccupancyView {
    /// The entry.
    pub entry: u64,
    /// `self`, `lease`, `sublease`, `vacant`, `under_construction`, `public`.
    pub kind: String,
    /// Who lets it.
    pub landlord: Option<LinkedEntry>,
    /// Who lets it when not an enterprise of the register; masked where it is personal.
    pub landlord_name: Option<Cell>,
    /// Who uses it.
    pub tenant: Option<LinkedEntry>,
    /// Who uses it when not an enterprise of the register; masked where it is personal.
    pub tenant_name: Option<Cell>,
    /// ㎡ of floor.
    #[schema(value_type = Option<String>)]
    pub floor_area: Option<Decimal>,
    /// ㎡ of land.
    #[schema(value_type = Option<String>)]
    pub land_area: Option<Decimal>,
    /// First day.
    #[schema(value_type = Option<String>)]
    pub from: Option<Date>,
    /// Last day.
    #[schema(value_type = Option<String>)]
    pub to: Option<Date>,
    /// Whether it is in force on the day.
    pub present: bool,
    /// Subleases out of it.
    #[schema(no_recursion)]
    pub within: Vec<OccupancyView>,
}

/// A promise of the land contract.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct CommitmentView {
    /// The entry; the parcel's own when the promise stands in it.
    pub entry: u64,
    /// What is promised.
    pub title: String,
    /// `at_least`, `more_than`, `at_most`, `less_than`, `equal`.
    pub op: String,
    /// How much.
    #[schema(value_type = Option<String>)]
    pub value: Option<Decimal>,
    /// Its unit.
    pub unit: String,
    /// When it is due.
    #[schema(value_type = Option<String>)]
    pub due: Option<Date>,
    /// What was reached in the year.
    #[schema(value_type = Option<String>)]
    pub actual: Option<Decimal>,
    /// Reached ÷ promised, in percent.
    #[schema(value_type = Option<String>)]
    pub fulfilment: Option<Decimal>,
    /// `kept`, `broken`, `not_due`, `unknown`.
    pub state: String,
    /// The state in words.
    pub words: String,
    /// The document it stands in.
    pub document: Option<String>,
}

/// A step of a parcel's lineage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct LineageView {
    /// The entry.
    pub entry: u64,
    /// `split`, `merge`, `adjust`.
    pub kind: String,
    /// When.
    #[schema(value_type = Option<String>)]
    pub on: Option<Date>,
    /// What was there before.
    pub parent: Option<LinkedEntry>,
    /// What came of it.
    pub child: Option<LinkedEntry>,
    /// ㎡ that went from the one to the other.
    #[schema(value_type = Option<String>)]
    pub area: Option<Decimal>,
}

/// A measure of a parcel in a year with what it is made of.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct AttributionView {
    /// The measure.
    pub measure: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// The unit.
    pub unit: String,
    /// The value; absent when missing or withheld.
    #[schema(value_type = Option<String>)]
    pub value: Option<Decimal>,
    /// The value per 亩.
    #[schema(value_type = Option<String>)]
    pub per_mu: Option<Decimal>,
    /// `present`, `estimated`, `conflicting`, `missing`, `withheld`.
    pub state: String,
    /// How much of it is known, in percent.
    #[schema(value_type = Option<String>)]
    pub known: Option<Decimal>,
    /// The figure it comes from, to follow to its cells.
    pub figure: String,
    /// What it is made of.
    pub parts: Vec<PartView>,
    /// Parts that are not shown to this reader.
    pub withheld_parts: usize,
}

/// What one enterprise gives to a parcel.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PartView {
    /// The enterprise.
    pub enterprise: LinkedEntry,
    /// Its value for the year, everywhere.
    #[schema(value_type = Option<String>)]
    pub whole: Option<Decimal>,
    /// What of it is this parcel's, in percent.
    #[schema(value_type = Option<String>)]
    pub weight: Option<Decimal>,
    /// What it gives; absent when missing.
    #[schema(value_type = Option<String>)]
    pub value: Option<Decimal>,
    /// How it was split: `account`, `meter`, `occupancy`, `area_time`.
    pub method: String,
    /// The method in words.
    pub method_words: String,
    /// How good the evidence is, `A` best.
    pub evidence: String,
    /// The question to `/figures/{figure}/trace` whose cells these are; absent when a reader may not ask it.
    pub question: Option<String>,
}

/// A parcel in a frozen evaluation.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct EvaluationOfParcel {
    /// The evaluation.
    pub run: u64,
    /// Its year.
    pub year: i16,
    /// Its scheme.
    pub scheme: String,
    /// The scheme's title.
    pub scheme_title: String,
    /// Its version within year and scheme.
    pub version: u32,
    /// How the parcel stands in it.
    pub status: String,
    /// The grade.
    pub grade: Option<String>,
    /// The score.
    #[schema(value_type = Option<String>)]
    pub score: Option<Decimal>,
    /// Whether it is published.
    pub published: bool,
}

/// What was done about idle or low-efficiency land.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct DisposalView {
    /// The entry.
    pub entry: u64,
    /// What kind.
    pub kind: Option<String>,
    /// How it stands.
    pub state: Option<String>,
    /// When it was found.
    #[schema(value_type = Option<String>)]
    pub on: Option<Date>,
    /// When it is to be done.
    #[schema(value_type = Option<String>)]
    pub due: Option<Date>,
    /// When it was done.
    #[schema(value_type = Option<String>)]
    pub done: Option<Date>,
    /// What it says.
    pub text: Option<String>,
}
