//! Who looks for room, which rooms stand empty, and who goes where.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::projects::LinkedEntry;

/// What is to be matched; nothing of it is saved.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize, ToSchema)]
pub struct MatchRequest {
    /// The day rooms are looked at; today when absent.
    #[schema(value_type = Option<String>)]
    pub on: Option<Date>,
    /// The frozen evaluation whose grades count; the newest of parcels when absent.
    pub run: Option<u64>,
    /// Grades whose buildings count as rooms too, beside what stands empty.
    #[serde(default)]
    pub grades: Vec<String>,
    /// Whether a room may be divided; as the content says when absent.
    pub divide: Option<bool>,
}

/// Who goes where.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Matched {
    /// The day.
    #[schema(value_type = String)]
    pub on: Date,
    /// The ledger revision.
    pub revision: u64,
    /// Whether rooms were divided.
    pub divided: bool,
    /// Who goes where.
    pub pairs: Vec<MatchedPair>,
    /// Who finds no room.
    pub left: Vec<MatchLeft>,
    /// Rooms nobody takes.
    pub empty: Vec<MatchRoom>,
    /// Tax that the placed would bring a year, 万元.
    #[schema(value_type = String)]
    pub tax: Decimal,
    /// Floor area that is taken, ㎡.
    #[schema(value_type = String)]
    pub floor: Decimal,
}

/// Who looks for room.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct MatchNeed {
    /// The entry.
    pub need: LinkedEntry,
    /// The enterprise, when it is of the register.
    pub enterprise: Option<LinkedEntry>,
    /// Floor area wanted, ㎡.
    #[schema(value_type = String)]
    pub floor: Decimal,
    /// Tax expected a year, 万元.
    #[schema(value_type = Option<String>)]
    pub tax: Option<Decimal>,
}

/// A room.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct MatchRoom {
    /// The occupancy that says it stands empty, or the building.
    pub entry: u64,
    /// Its parcel.
    pub parcel: LinkedEntry,
    /// Its building, when known.
    pub building: Option<LinkedEntry>,
    /// The storey, as the occupancy states it.
    pub storey: Option<String>,
    /// Floor area, ㎡.
    #[schema(value_type = String)]
    pub floor: Decimal,
    /// `vacant`, or `low` for a building of a parcel with one of the grades asked for.
    pub kind: String,
    /// The grade of its parcel.
    pub grade: Option<String>,
}

/// Somebody and a room.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct MatchedPair {
    /// Who.
    pub need: MatchNeed,
    /// Where.
    pub room: MatchRoom,
    /// Floor area it takes, ㎡.
    #[schema(value_type = String)]
    pub floor: Decimal,
    /// Whether the parcel was wished for.
    pub wished: bool,
    /// How many rooms would have done.
    pub choices: usize,
    /// Why here, in words.
    pub words: String,
}

/// Somebody without a room.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct MatchLeft {
    /// Who.
    pub need: MatchNeed,
    /// The room that lacks least.
    pub nearest: Option<MatchRoom>,
    /// What that room lacks, a sentence each.
    pub lacks: Vec<String>,
    /// How many rooms would do and went to others.
    pub taken: usize,
    /// How many rooms each limit keeps out, the most first.
    pub kept_out: Vec<KeptOut>,
    /// Why, in words.
    pub words: String,
}

/// A limit and how many rooms it keeps out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct KeptOut {
    /// The limit: `floor_small`, `floor_large`, `load`, `height`, `power`, `hazard`, `ground_floor`, `date`, `rent`.
    pub limit: String,
    /// In words.
    pub title: String,
    /// How many.
    pub rooms: usize,
}
