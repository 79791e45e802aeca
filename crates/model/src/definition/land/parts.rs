//! What a field of a book of land says: one word each.
//!
//! Deliberately absent: which role has which of them (`roles.rs`). To add a part: a line here.

use super::words;

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
        /// Whether its tax is consolidated and paid elsewhere (税收汇缴外地).
        TaxElsewhere = "tax_elsewhere",
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
