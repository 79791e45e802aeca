//! The shapes of everything that is said of parcels: what the routes answer and the command line prints.
//!
//! Decimals are texts, dates ISO 8601; a value that is not known is absent, never zero, and its state says why. Deliberately
//! absent: how anything is worked out.

mod coverage;
mod evaluation;
mod explain;
mod geometry;
mod list;
mod map;
mod matching;
mod policy;
mod view;

pub use coverage::{
    CoverageCell, CoverageRow, CoverageTotals, DomainCoverage, DomainHead, Gap, GapList, ParcelCoverage,
};
pub use evaluation::{
    ComparedResult, ComparedSide, EvaluationRequest, FrozenIndicator, MovedBenchmark, NewObjection,
    Objection, ObjectionAnswer, ObjectionList, PublicationStage, PublishStage, Reevaluation, ResultPage,
    ResultRow, RunBenchmark, RunComparison, RunGrade, RunList, RunSummary, RunView, SchemeGrade,
    SchemeIndicator, SchemeList, SchemeSummary, SchemeView, Simulated, SimulationGrade, SimulationMoney,
    SimulationMover, SimulationRequest, SimulationShift,
};
pub use explain::{
    Distance, DistanceStep, ExplainedIndicator, GroupPosition, ParcelExplanation, WaterfallStep, YearScore,
};
pub use geometry::{
    ColumnCandidate, ColumnQuestion, CrsAnswer, CrsCandidate, CrsQuestion, GeometryAccept, GeometryChange,
    GeometryChanges, GeometryStage, GeometryStages, WaitingStage,
};
pub use list::{MeasureCell, MeasureHead, ParcelFlag, ParcelPage, ParcelRow, ParcelTotals, StatusTotal};
pub use map::{LegendItem, ParcelMap};
pub use matching::{KeptOut, MatchLeft, MatchNeed, MatchRequest, MatchRoom, Matched, MatchedPair};
pub use policy::{
    EffectCell, EffectPage, EffectPolicy, EffectRate, EffectRow, EffectTotal, LowCriterion, LowDisposal,
    LowGround, LowMissing, LowPage, LowParcel, LowRule, LowStep, LowVerdict, PotentialPage, PotentialRow,
    PotentialUnknown, PricedPolicy,
};
pub use view::{
    AreaView, AttributionView, BuildingView, CommitmentView, DisposalView, EvaluationOfParcel, LineageView,
    OccupancyView, ParcelView, PartView, RightView,
};
