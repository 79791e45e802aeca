//! Land parcels: which books hold them, and which field of each book says what.
//!
//! Code asks for a [`LandRole`] and a [`LandPart`]; `content/pages/parcels.toml` says which field of the book with that role
//! it is, and what the choices of a field mean. Deliberately absent: judging anything, geometry. To add a part: a line in
//! `parts!` and its place in [`LandRole::parts`].

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::id::{BookId, FieldId, MeasureId};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub enum $name {
            $($(#[$of])* $variant,)*
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word of the content.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The one of a word.
            pub fn named(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}

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
        /// Enterprises.
        Enterprise = "enterprise",
    }
}

words! {
    /// What a field says.
    LandPart {
        /// The parcel code (GB/T 37346) or an enterprise's code.
        Code = "code",
        /// What it is called.
        Name = "name",
        /// Its number.
        Number = "number",
        /// Who holds it.
        Holder = "holder",
        /// The number of the certificate.
        Certificate = "certificate",
        /// The area of the certificate.
        AreaCertificate = "area_certificate",
        /// The area as surveyed.
        AreaSurveyed = "area_surveyed",
        /// The area of the contract.
        AreaContract = "area_contract",
        /// An area.
        Area = "area",
        /// The use of the land.
        LandUse = "land_use",
        /// Where it is, in words.
        Location = "location",
        /// Its boundary as a GeoJSON geometry.
        Boundary = "boundary",
        /// Whether it counts as in the park.
        Inside = "inside",
        /// Several parcels behind one fence (用地单元).
        Unit = "unit",
        /// When the land was delivered (交地).
        Delivered = "delivered",
        /// When the right was obtained.
        Obtained = "obtained",
        /// When a boundary change retired it.
        Retired = "retired",
        /// What replaced it.
        ReplacedBy = "replaced_by",
        /// When production is due by contract.
        ProductionDue = "production_due",
        /// When production began.
        Produced = "produced",
        /// When building is due to begin.
        StartDue = "start_due",
        /// When building began.
        Started = "started",
        /// When building is due to be completed.
        CompletionDue = "completion_due",
        /// When it was completed.
        Completed = "completed",
        /// When it was taken down.
        Removed = "removed",
        /// When full production is due by contract.
        FullDue = "full_due",
        /// Least floor-area ratio of the contract.
        FarMin = "far_min",
        /// Largest floor-area ratio allowed.
        FarMax = "far_max",
        /// The floor-area ratio as built.
        FarActual = "far_actual",
        /// The building density.
        Density = "density",
        /// A state.
        State = "state",
        /// Why it is exempt from evaluation.
        Exempt = "exempt",
        /// The parcel.
        Parcel = "parcel",
        /// The building.
        Building = "building",
        /// The enterprise.
        Enterprise = "enterprise",
        /// Who lets.
        Landlord = "landlord",
        /// Who lets, when not an enterprise of the register.
        LandlordName = "landlord_name",
        /// Who uses.
        Tenant = "tenant",
        /// Who uses, when not an enterprise of the register.
        TenantName = "tenant_name",
        /// What kind.
        Kind = "kind",
        /// Measured floor area.
        FloorArea = "floor_area",
        /// Floor area counted for the floor-area ratio.
        CountedArea = "counted_area",
        /// Land area.
        LandArea = "land_area",
        /// Storeys.
        Storeys = "storeys",
        /// First day.
        From = "from",
        /// Last day.
        To = "to",
        /// What it was made out of or let from.
        Parent = "parent",
        /// What came of it.
        Child = "child",
        /// The day.
        On = "on",
        /// What shows it.
        Evidence = "evidence",
        /// What is promised.
        Item = "item",
        /// At least, at most.
        Op = "op",
        /// How much.
        Value = "value",
        /// The unit of a value.
        ValueUnit = "value_unit",
        /// When it is due.
        Due = "due",
        /// Months from the begin of production until it is due.
        Months = "months",
        /// The document.
        Document = "document",
        /// The measure.
        Measure = "measure",
        /// The month.
        Month = "month",
        /// The year.
        Year = "year",
        /// A share in percent.
        Share = "share",
        /// What it says.
        Text = "text",
        /// Who brings it.
        By = "by",
        /// When it was decided.
        Decided = "decided",
        /// What was decided, in words.
        Decision = "decision",
        /// The frozen evaluation.
        Run = "run",
        /// When it is planned.
        Planned = "planned",
        /// When it was done.
        Done = "done",
        /// Clear height.
        Height = "height",
        /// Floor load.
        Load = "load",
        /// Power.
        Power = "power",
        /// Hazard class.
        Hazard = "hazard",
        /// Industry.
        Industry = "industry",
        /// Whether above designated size (规上).
        AboveScale = "above_scale",
        /// The legal person a branch belongs to.
        LegalPerson = "legal_person",
        /// Since when it is on the list of those above designated size.
        ListedFrom = "listed_from",
        /// Until when.
        ListedTo = "listed_to",
        /// Whether the land is registered.
        Registered = "registered",
        /// The price of the land.
        Price = "price",
        /// When full production was reached.
        FullReached = "full_reached",
        /// Points.
        Points = "points",
        /// The grade.
        Grade = "grade",
        /// What was published.
        Published = "published",
        /// What is claimed instead.
        Claimed = "claimed",
        /// What was accepted.
        Accepted = "accepted",
        /// The area that should be developed by now.
        DueArea = "due_area",
        /// The area that is developed.
        DevelopedArea = "developed_area",
        /// The whole investment, without the price of land.
        TotalInvestment = "total_investment",
        /// What of it was made.
        Invested = "invested",
        /// Since when work or production stands still.
        StandingSince = "standing_since",
        /// Ground covered by buildings.
        BuiltArea = "built_area",
        /// Ground of offices and living quarters.
        OfficeArea = "office_area",
        /// Whether the industry is banned.
        Banned = "banned",
        /// Whether safety or environment fail.
        Failing = "failing",
        /// Whether the delay is the government's.
        GovernmentCause = "government_cause",
        /// Most floor area that would do.
        FloorAreaMax = "floor_area_max",
        /// Whether it must be the ground floor.
        GroundFloor = "ground_floor",
        /// Parcels wished for.
        Wished = "wished",
        /// The rent that can be paid.
        RentMax = "rent_max",
        /// Output expected.
        ExpectedOutput = "expected_output",
        /// Tax expected.
        ExpectedTax = "expected_tax",
        /// The way it is dealt with.
        Way = "way",
        /// The area that was freed.
        Released = "released",
        /// What it is used for.
        Purpose = "purpose",
        /// Whether the contract promises anything.
        Promises = "promises",
        /// Whether it measures one user alone.
        Separate = "separate",
    }
}

/// What parcels are read from: books by role.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ParcelsPage {
    /// Each role the content has a book for.
    pub books: BTreeMap<LandRole, LandBook>,
    /// The scheme evaluations use when nobody names one.
    pub scheme: Option<String>,
    /// How empty rooms are given out; none when the content does not say.
    pub matching: Option<MatchingRule>,
    /// The unit a rate of a policy is told in, by the policy: what is asked for where none is on record.
    pub rate_units: BTreeMap<String, String>,
}

/// How empty rooms are given to who looks for room.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MatchingRule {
    /// Whether a room may be divided among several.
    pub divide: bool,
    /// What placing anybody counts, beside what it brings (万元 a year).
    pub placed: Decimal,
    /// The share by which a wish for the parcel raises what a need brings.
    pub wished: Decimal,
    /// What a ㎡ counts that is taken beyond what was asked for (万元 a year).
    pub waste: Decimal,
}

impl ParcelsPage {
    /// The book of a role.
    pub fn book(&self, role: LandRole) -> Option<&LandBook> {
        self.books.get(&role)
    }
}

/// A book of a role: which of its fields says what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LandBook {
    /// The book.
    pub book: BookId,
    /// Its fields by what they say.
    pub fields: BTreeMap<LandPart, FieldId>,
    /// What the texts of a field mean, by part: the text of the content to a word of the program.
    pub means: BTreeMap<LandPart, BTreeMap<String, String>>,
    /// Fields that hold the value of a measure each, by the measure's id.
    pub measures: BTreeMap<MeasureId, FieldId>,
}

impl LandBook {
    /// The field that says something.
    pub fn field(&self, part: LandPart) -> Option<&FieldId> {
        self.fields.get(&part)
    }

    /// What a text of a part means.
    pub fn meaning(&self, part: LandPart, text: &str) -> Option<&str> {
        self.means.get(&part)?.get(text).map(String::as_str)
    }
}

/// Meanings of the choices of [`LandPart::Kind`] of occupancies.
pub const OCCUPANCY_KINDS: &[&str] = &["self", "lease", "sublease", "vacant", "under_construction", "public"];
/// Meanings of the choices of [`LandPart::Kind`] of lineage.
pub const LINEAGE_KINDS: &[&str] = &["split", "merge", "adjust"];
/// Meanings of the choices of [`LandPart::Op`] of commitments.
pub const COMMITMENT_OPS: &[&str] = &["at_least", "more_than", "at_most", "less_than", "equal"];
/// Meanings of the choices of [`LandPart::State`] of parcels.
pub const PARCEL_STATES: &[&str] = &["unsold", "unbuilt", "under_construction", "built", "idle", "low"];
/// Meanings of the choices of [`LandPart::State`] of objections.
pub const OBJECTION_STATES: &[&str] = &["received", "upheld", "rejected", "withdrawn"];
/// Meanings of the choices of [`LandPart::State`] of surveys.
pub const SURVEY_STATES: &[&str] =
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
            Self::Enterprise => (0, ENTERPRISE),
        }
    }

    /// The words that choices of a part of its book may mean; none when any text will do.
    pub fn meanings(self, part: LandPart) -> &'static [&'static str] {
        match (self, part) {
            (Self::Occupancy, LandPart::Kind) => OCCUPANCY_KINDS,
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
    LandPart::Kind,
    LandPart::State,
    LandPart::From,
    LandPart::To,
    LandPart::ListedFrom,
    LandPart::ListedTo,
    LandPart::Parcel,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_names_each_of_its_parts_once() {
        for role in LandRole::ALL {
            let (required, parts) = role.parts();
            let mut once = parts.to_vec();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), parts.len(), "{role:?}");
            assert!(required <= parts.len(), "{role:?}");
        }
    }

    #[test]
    fn words_lead_back() {
        for part in LandPart::ALL {
            assert_eq!(LandPart::named(part.word()), Some(*part));
        }
        assert_eq!(LandRole::named("occupancy"), Some(LandRole::Occupancy));
        assert_eq!(LandPart::named("nonsense"), None);
    }
}
