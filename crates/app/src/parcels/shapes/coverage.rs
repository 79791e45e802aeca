//! Coverage: parcel × domain of data.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use super::list::MeasureHead;

/// What is known of which parcel, and what is not.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ParcelCoverage {
    /// The year.
    pub year: i16,
    /// The domains, in order.
    pub domains: Vec<DomainHead>,
    /// Coverage over all parcels that are to be evaluated.
    pub totals: CoverageTotals,
    /// Parcels, those that were asked for.
    pub rows: Vec<CoverageRow>,
    /// How many parcels the question selects.
    pub total: usize,
    /// How many of them come before the first row.
    pub offset: usize,
    /// What is missing, by department.
    pub gaps: Vec<GapList>,
    /// The ledger revision.
    pub revision: u64,
}

/// A domain of data.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct DomainHead {
    /// Its word: `land`, `tenancy`, `tax`, `output` …
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Its measures.
    pub measures: Vec<MeasureHead>,
    /// Coverage of the domain.
    pub coverage: DomainCoverage,
}

/// How much of a domain is known.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, ToSchema)]
pub struct DomainCoverage {
    /// Parcels whose data are there.
    pub present: usize,
    /// Parcels whose data are estimated.
    pub estimated: usize,
    /// Parcels whose sources disagree.
    pub conflicting: usize,
    /// Parcels without data.
    pub missing: usize,
    /// Known by count, in percent.
    #[schema(value_type = Option<String>)]
    pub by_count: Option<Decimal>,
    /// Known by area, in percent.
    #[schema(value_type = Option<String>)]
    pub by_area: Option<Decimal>,
}

/// Coverage of the evaluation: scored ÷ (all − exempt).
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, ToSchema)]
pub struct CoverageTotals {
    /// All parcels.
    pub all: usize,
    /// Evaluated.
    pub scored: usize,
    /// Not due yet.
    pub not_due: usize,
    /// Exempt.
    pub exempt: usize,
    /// Without the data it takes.
    pub no_data: usize,
    /// Coverage by count, in percent.
    #[schema(value_type = Option<String>)]
    pub by_count: Option<Decimal>,
    /// Coverage by area, in percent.
    #[schema(value_type = Option<String>)]
    pub by_area: Option<Decimal>,
    /// ㎡ evaluated.
    #[schema(value_type = String)]
    pub area_scored: Decimal,
    /// ㎡ of all that are not exempt.
    #[schema(value_type = String)]
    pub area_due: Decimal,
}

/// One parcel's row of the matrix.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct CoverageRow {
    /// The parcel.
    pub entry: u64,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its legal area in ㎡.
    #[schema(value_type = Option<String>)]
    pub area: Option<Decimal>,
    /// How it stands with the evaluation.
    pub status: String,
    /// Why, in words.
    pub words: String,
    /// One cell per domain, in order.
    pub cells: Vec<CoverageCell>,
}

/// One parcel, one domain.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct CoverageCell {
    /// `present`, `estimated`, `conflicting`, `missing`; `none` where nothing is expected.
    pub state: String,
    /// How much of it is known, in percent.
    #[schema(value_type = Option<String>)]
    pub known: Option<Decimal>,
    /// The last day the data speak of.
    #[schema(value_type = Option<String>)]
    pub fresh: Option<Date>,
}

/// What a department has not sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct GapList {
    /// The department.
    pub department: String,
    /// How many there are.
    pub count: usize,
    /// The first of them.
    pub gaps: Vec<Gap>,
}

/// One thing that is missing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Gap {
    /// The parcel.
    pub parcel: u64,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The domain.
    pub domain: String,
    /// The measure, where it is one.
    pub measure: Option<String>,
    /// The enterprise whose value is missing.
    pub enterprise: Option<crate::projects::LinkedEntry>,
    /// What is missing, a sentence.
    pub text: String,
}
