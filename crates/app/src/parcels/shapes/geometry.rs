//! Taking in a file of boundaries.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::shapes::Finding;

/// A file of boundaries that waits to be accepted.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct GeometryStage {
    /// Its number.
    pub id: u64,
    /// The file's name.
    pub file: String,
    /// The digest of its bytes.
    pub digest: String,
    /// What it is: `geojson`, `shapefile`, `geopackage`, `points`, `plots`; `unreadable` when nothing can be read.
    pub format: String,
    /// Who sent it.
    pub who: String,
    /// How many features it has.
    pub features: usize,
    /// Its coordinate system, or the question which it is.
    pub crs: CrsQuestion,
    /// Which attribute says which parcel a feature is, or the question which it is.
    pub columns: ColumnQuestion,
    /// What is wrong or doubtful.
    #[schema(value_type = Vec<Finding>)]
    pub findings: Vec<model::finding::Finding>,
    /// The boundaries as they would be, a GeoJSON feature collection in CGCS2000 with `number`, `code`, `name`, `change`,
    /// `findings` as properties; absent while the coordinate system is open.
    #[schema(value_type = Option<Object>)]
    pub preview: Option<Value>,
    /// West, south, east, north of the preview.
    pub extent: Option<[f64; 4]>,
    /// What would change.
    pub changes: GeometryChanges,
    /// Whether it can be accepted as it is.
    pub ready: bool,
}

/// Files of boundaries that wait to be accepted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct GeometryStages {
    /// Newest first.
    pub items: Vec<WaitingStage>,
}

/// A file of boundaries in short.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct WaitingStage {
    /// Its number.
    pub id: u64,
    /// The file's name.
    pub file: String,
    /// Who sent it.
    pub who: String,
    /// When.
    #[schema(value_type = String)]
    pub created: jiff::Timestamp,
    /// The coordinate system a person named; absent while nobody did.
    pub crs: Option<u32>,
}

/// The coordinate system of a file.
#[derive(Clone, PartialEq, Debug, Default, Serialize, ToSchema)]
pub struct CrsQuestion {
    /// The EPSG number taken; absent while open. `GCJ-02` and `BD-09`, which have none, are `100002` and `100009`;
    /// a projection that the file describes itself is `100000`.
    pub chosen: Option<u32>,
    /// Whether northing and easting were swapped.
    pub swapped: bool,
    /// What could be meant, likeliest first.
    pub candidates: Vec<CrsCandidate>,
    /// The question to a person, when there is one.
    pub question: Option<String>,
    /// Why the chosen one was taken.
    pub why: String,
}

/// A coordinate system that could be meant.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct CrsCandidate {
    /// Its EPSG number.
    pub epsg: u32,
    /// What it is called.
    pub title: String,
    /// Whether northing and easting would be swapped.
    pub swap_axes: bool,
    /// Why it is likely or not.
    pub why: String,
    /// A GeoJSON geometry of the first feature in it, to be shown on the map.
    #[schema(value_type = Option<Object>)]
    pub sample: Option<Value>,
}

/// The answer to the question.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, ToSchema)]
pub struct CrsAnswer {
    /// The EPSG number.
    pub crs: Option<u32>,
    /// Whether northing is written before easting; what the numbers say when absent.
    pub swap_axes: Option<bool>,
    /// The attribute that says which parcel a feature is.
    #[serde(default)]
    pub column: Option<String>,
}

/// Which attributes of a file say what.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, ToSchema)]
pub struct ColumnQuestion {
    /// Says which parcel a feature is; absent while open.
    pub code: Option<String>,
    /// Says its area by paper, which is compared and not written.
    pub area: Option<String>,
    /// Says who holds it, which is compared and not written.
    pub holder: Option<String>,
    /// Attributes that could say which parcel; more than one where a person is asked, or was.
    pub candidates: Vec<ColumnCandidate>,
    /// The question to a person, when there is one.
    pub question: Option<String>,
}

/// An attribute that could say which parcel a feature is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct ColumnCandidate {
    /// Its heading in the file.
    pub name: String,
    /// How many of its values are parcels of the ledger.
    pub known: usize,
    /// How many features have a value.
    pub filled: usize,
    /// Its first value.
    pub sample: String,
}

/// Why a file of boundaries is accepted.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize, ToSchema)]
pub struct GeometryAccept {
    /// Why; the file's name when nothing is said.
    #[serde(default)]
    pub why: String,
}

/// What a file of boundaries would change.
#[derive(Clone, PartialEq, Debug, Default, Serialize, ToSchema)]
pub struct GeometryChanges {
    /// Parcels whose boundary was not known.
    pub new: usize,
    /// Parcels whose boundary changes.
    pub changed: usize,
    /// Parcels whose boundary stays.
    pub unchanged: usize,
    /// Features that are no parcel of the ledger: they are not written.
    pub unknown: usize,
    /// Features that are held back by an error.
    pub held: usize,
    /// Each.
    pub items: Vec<GeometryChange>,
}

/// What one feature would change.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct GeometryChange {
    /// The feature's number in the file, from 1.
    pub number: usize,
    /// The parcel.
    pub entry: Option<u64>,
    /// The parcel's code as the file says it.
    pub code: String,
    /// The parcel's name.
    pub name: String,
    /// `new`, `changed`, `unchanged`, `unknown`, `held`.
    pub kind: String,
    /// ㎡ of the boundary.
    pub area: Option<String>,
    /// The legal area in ㎡.
    pub legal_area: Option<String>,
}
