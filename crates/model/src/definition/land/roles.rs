//! What a book is to land, which parts its fields may be, and what the choices of a part may mean.
//!
//! Deliberately absent: the parts themselves (`parts.rs`). To add a role: a line here, its parts, and its table in
//! `crates/model/src/content/land.rs`.

use super::{LandPart, words};

words! {
    /// What a book is to land: the role it declares.
    LandRole {
        /// Parcels (宗地).
        Parcel = "parcel",
        /// Rights of use with their certificates.
        Right = "right",
        /// Buildings with their floor areas.
        Building = "building",
        /// Who uses which part of a parcel from when to when.
        Occupancy = "occupancy",
        /// Splits, merges and changes of boundary.
        Lineage = "lineage",
        /// What the land contract promises (标准地).
        Commitment = "commitment",
        /// Meters that measure a part of an enterprise on a parcel.
        Meter = "meter",
        /// An enterprise's own account of what it did on a parcel.
        SiteAccount = "site_account",
        /// What is objected to an evaluation.
        Objection = "objection",
        /// What is done about idle and low-efficiency land.
        Disposal = "disposal",
        /// Who looks for space.
        SpaceNeed = "space_need",
        /// Dated events that limit, protect, lift or lower a grade.
        Mark = "mark",
        /// What a visit to a parcel found.
        Survey = "survey",
        /// Rates by which a grade costs or saves money.
        EffectRate = "effect_rate",
        /// Boundaries of the park, and ground inside it that is no parcel: streets, rivers, green.
        Boundary = "boundary",
        /// Enterprises.
        Enterprise = "enterprise",
    }
}

/// Meanings of the choices of [`LandPart::Kind`] of occupancies.
const OCCUPANCY_KINDS: &[&str] = &["self", "lease", "sublease", "vacant", "under_construction", "public"];
/// Meanings of the choices of [`LandPart::Kind`] of lineage.
const LINEAGE_KINDS: &[&str] = &["split", "merge", "adjust"];
/// Meanings of the choices of [`LandPart::Kind`] of boundaries: the park's own, and ground that needs no parcel.
const BOUNDARY_KINDS: &[&str] = &["park", "open"];
/// Meanings of the choices of [`LandPart::Op`] of commitments.
pub const COMMITMENT_OPS: &[&str] = &["at_least", "more_than", "at_most", "less_than", "equal"];
/// Meanings of the choices of [`LandPart::State`] of parcels.
const PARCEL_STATES: &[&str] = &["unsold", "unbuilt", "under_construction", "built", "idle", "low"];
/// Meanings of the choices of [`LandPart::State`] of objections.
const OBJECTION_STATES: &[&str] = &["received", "upheld", "rejected", "withdrawn"];
/// Meanings of the choices of [`LandPart::State`] of surveys.
const SURVEY_STATES: &[&str] =
    &["unbuilt", "building", "building_stopped", "producing", "half_stopped", "stopped", "vacant"];

impl LandRole {
    /// What fields of its book may say; those that must be there first, up to the number given.
    pub fn parts(self) -> (usize, &'static [LandPart]) {
        use LandPart as P;
        match self {
            Self::Parcel => (1, PARCEL),
            Self::Right => {
                (1, &[P::Parcel, P::Holder, P::Certificate, P::Area, P::Kind, P::From, P::To, P::Share])
            }
            Self::Building => (1, BUILDING),
            Self::Occupancy => (1, OCCUPANCY),
            Self::Lineage => (2, &[P::Parent, P::Child, P::On, P::Kind, P::Area, P::Document]),
            Self::Commitment => (
                3,
                &[
                    P::Parcel,
                    P::Item,
                    P::Value,
                    P::Op,
                    P::ValueUnit,
                    P::From,
                    P::To,
                    P::Due,
                    P::Months,
                    P::Document,
                    P::Text,
                ],
            ),
            Self::Meter => {
                (2, &[P::Enterprise, P::Parcel, P::Number, P::Share, P::From, P::To, P::Kind, P::Separate])
            }
            Self::SiteAccount => {
                (3, &[P::Enterprise, P::Parcel, P::Month, P::Measure, P::Value, P::Evidence])
            }
            Self::Objection => (1, OBJECTION),
            Self::Disposal => (1, DISPOSAL),
            Self::Mark => (
                1,
                &[P::Kind, P::Parcel, P::Enterprise, P::On, P::To, P::Points, P::Text, P::Document, P::By],
            ),
            Self::Survey => (2, SURVEY),
            Self::EffectRate => {
                (3, &[P::Kind, P::Grade, P::Value, P::ValueUnit, P::From, P::To, P::Document])
            }
            Self::SpaceNeed => (1, SPACE_NEED),
            Self::Boundary => (2, &[P::Boundary, P::Kind, P::Number, P::Name, P::From, P::To, P::Document]),
            Self::Enterprise => (0, ENTERPRISE),
        }
    }

    /// The words that choices of a part of its book may mean; none when any text will do.
    pub fn meanings(self, part: LandPart) -> &'static [&'static str] {
        match (self, part) {
            (Self::Occupancy, LandPart::Kind) => OCCUPANCY_KINDS,
            (Self::Boundary, LandPart::Kind) => BOUNDARY_KINDS,
            (Self::Lineage, LandPart::Kind) => LINEAGE_KINDS,
            (Self::Commitment, LandPart::Op) => COMMITMENT_OPS,
            (Self::Parcel, LandPart::State) => PARCEL_STATES,
            (Self::Parcel, LandPart::LandUse) => &["exempt"],
            (Self::Meter, LandPart::Kind) => &["divides", "other"],
            (Self::Parcel, LandPart::Inside) => &["in", "out"],
            (Self::Parcel, LandPart::Promises) => &["some", "none"],
            (Self::Parcel, LandPart::Registered) => &["registered", "unregistered"],
            (Self::Survey, LandPart::State) => SURVEY_STATES,
            (Self::Objection, LandPart::State) => OBJECTION_STATES,
            (Self::SpaceNeed, LandPart::State) => &["open", "closed"],
            (Self::SpaceNeed | Self::Building, LandPart::Hazard) => &["1", "2", "3", "4", "5"],
            (Self::Occupancy, LandPart::Storeys) => &["ground"],
            _ => &[],
        }
    }
}

const PARCEL: &[LandPart] = &[
    LandPart::Code,
    LandPart::Name,
    LandPart::Number,
    LandPart::Holder,
    LandPart::Certificate,
    LandPart::AreaCertificate,
    LandPart::AreaSurveyed,
    LandPart::AreaContract,
    LandPart::Area,
    LandPart::LandUse,
    LandPart::Location,
    LandPart::Boundary,
    LandPart::Inside,
    LandPart::Registered,
    LandPart::Price,
    LandPart::From,
    LandPart::FullReached,
    LandPart::Unit,
    LandPart::Delivered,
    LandPart::Obtained,
    LandPart::To,
    LandPart::Retired,
    LandPart::ReplacedBy,
    LandPart::StartDue,
    LandPart::Started,
    LandPart::CompletionDue,
    LandPart::Completed,
    LandPart::ProductionDue,
    LandPart::Produced,
    LandPart::FullDue,
    LandPart::FarMin,
    LandPart::FarMax,
    LandPart::FarActual,
    LandPart::Density,
    LandPart::State,
    LandPart::Exempt,
    LandPart::Promises,
];

const BUILDING: &[LandPart] = &[
    LandPart::Parcel,
    LandPart::Name,
    LandPart::Number,
    LandPart::FloorArea,
    LandPart::CountedArea,
    LandPart::Storeys,
    LandPart::Completed,
    LandPart::Removed,
    LandPart::Boundary,
    LandPart::Height,
    LandPart::Load,
    LandPart::Power,
    LandPart::Hazard,
    LandPart::State,
    LandPart::Kind,
    LandPart::Purpose,
];

const DISPOSAL: &[LandPart] = &[
    LandPart::Parcel,
    LandPart::Year,
    LandPart::Enterprise,
    LandPart::Kind,
    LandPart::State,
    LandPart::Way,
    LandPart::Area,
    LandPart::On,
    LandPart::Planned,
    LandPart::Due,
    LandPart::Done,
    LandPart::Released,
    LandPart::Text,
    LandPart::By,
];

const SURVEY: &[LandPart] = &[
    LandPart::Parcel,
    LandPart::On,
    LandPart::State,
    LandPart::DueArea,
    LandPart::DevelopedArea,
    LandPart::TotalInvestment,
    LandPart::Invested,
    LandPart::StandingSince,
    LandPart::BuiltArea,
    LandPart::OfficeArea,
    LandPart::Banned,
    LandPart::Failing,
    LandPart::GovernmentCause,
    LandPart::Text,
];

const ENTERPRISE: &[LandPart] = &[
    LandPart::Code,
    LandPart::Name,
    LandPart::Industry,
    LandPart::AboveScale,
    LandPart::LegalPerson,
    LandPart::Unit,
    LandPart::Kind,
    LandPart::State,
    LandPart::From,
    LandPart::To,
    LandPart::ListedFrom,
    LandPart::ListedTo,
    LandPart::Parcel,
    LandPart::TaxElsewhere,
];

const OCCUPANCY: &[LandPart] = &[
    LandPart::Parcel,
    LandPart::Number,
    LandPart::Building,
    LandPart::Landlord,
    LandPart::LandlordName,
    LandPart::Tenant,
    LandPart::TenantName,
    LandPart::Kind,
    LandPart::FloorArea,
    LandPart::LandArea,
    LandPart::From,
    LandPart::To,
    LandPart::Parent,
    LandPart::Evidence,
    LandPart::Storeys,
];

const OBJECTION: &[LandPart] = &[
    LandPart::Parcel,
    LandPart::Number,
    LandPart::Enterprise,
    LandPart::Run,
    LandPart::Year,
    LandPart::Kind,
    LandPart::Text,
    LandPart::Evidence,
    LandPart::By,
    LandPart::On,
    LandPart::State,
    LandPart::Decided,
    LandPart::Decision,
    LandPart::Published,
    LandPart::Claimed,
    LandPart::Accepted,
    LandPart::ValueUnit,
    LandPart::Due,
];

const SPACE_NEED: &[LandPart] = &[
    LandPart::Name,
    LandPart::Number,
    LandPart::Enterprise,
    LandPart::FloorArea,
    LandPart::LandArea,
    LandPart::Height,
    LandPart::Load,
    LandPart::Power,
    LandPart::Hazard,
    LandPart::Industry,
    LandPart::FloorAreaMax,
    LandPart::GroundFloor,
    LandPart::Wished,
    LandPart::RentMax,
    LandPart::ExpectedOutput,
    LandPart::ExpectedTax,
    LandPart::From,
    LandPart::To,
    LandPart::State,
    LandPart::Kind,
    LandPart::Text,
];
