//! Definitions as checked: books, layouts, figures, claims, exclusions, reports, roles, measures, schemes. What `content/` says, after every name
//! has been resolved and every expression typed.
//!
//! Deliberately absent: reading files (that is `app`) and the text form (that is [`crate::content`]).

mod access;
mod book;
mod figure;
mod ladder;
mod land;
mod land_rule;
mod layout;
mod measure;
mod page;
mod plan;
mod policy;
mod pool;
mod report;
mod scheme;
pub mod visits;
mod window;

pub use access::{Access, Books, Guarded, Right, Role, RoleGrant};
pub use book::{Book, BookKind, CaseRule, Check, CheckKind, Class, Every, Field, FieldKind, Filing, Guard};
pub use figure::{
    Claim, ClaimCall, ClaimFunction, Comparison, Direction, Exclusion, ExclusionBase, ExclusionRule, Figure,
    FigureRule, FigureTime,
};
pub use ladder::{
    Application, Band, Case, Combine, Criterion, Datum, DatumKind, DatumSource, Edges, Ladder, LadderCheck,
    Limit, Op, Outcome, Over as OverYears, Part, Prerequisite, Qualification, QualificationBook, Route, Rule,
    Rung, Standing, Step, Table, Taken, Test, Tree, Value,
};
pub use land::{COMMITMENT_OPS, DrawingWords, LandBook, LandPart, LandRole, MatchingRule, ParcelsPage};
pub use land_rule::{
    LandClass, LandDuty, LandFact, LandFlag, LandGround, LandRule, LandShare, LandStep, LandTest, LandWork,
};
pub use layout::{By, ColumnRule, ConstantRule, Intake, Layout, Percent, PlaceOfTime, WideRule};
pub use measure::{Domain, MarkKind, MarkSource, Measure, Over, Split};
pub use page::{
    CapitalClaims, Contact, EnterprisesPage, Expiring, FileEvent, FileSection, Investment, LandOutlook,
    LandTarget, Milestone, MilestoneDate, OverviewPage, Pages, Pipeline, ProjectsPage, PromotionPage,
    PromotionSection, RemindersPage,
};
pub use plan::{ActionPart, PlanActions, PlanBook, PlanCases, PlanPart, PlanSide, PlanStage};
pub use policy::{
    CentRule, Condition, DayCount, Formula, Given, Input, InterestRule, Limits, MoneyFlow, MoneyStep, Number,
    Policy, PolicyBooks, PolicyBudgets, PolicyCheck, PolicyData, PolicyGrades, PolicyMode, PolicyPayments,
    PolicyPool, PolicyRepayments, PolicyStage, PolicySum, PolicyTerms, RateOf, Repayment,
};
pub use pool::{Distance, Goal, Measured, Nearness, Pool, PoolBook, Screen, Turn};
pub use report::{
    Across, Blank, Chart, ChartKind, ChartSeries, Copies, ENTRY, EVALUATION, ON, POLICY, Parameter,
    ParameterValues, Report, Topic,
};
pub use scheme::{
    Bar, Base, Benchmark, Better, ClassOn, Conversion, Correction, Denominator, Extra, Grades, Group,
    Indicator, Judged, Line, Merge, Method, MissingRule, Population, Publication, RankBy, Rounding, Scheme,
    Setting, SpecialClass, TieBreak, Ties, Until, Vector, VectorSubject, Years,
};
pub use window::{ApplicationWindow, LadderCalendar, LeadTime, NextWindow};
