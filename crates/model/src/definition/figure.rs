//! Figures (指标), exclusion sets and claims (论断).

use serde::Deserialize;

use crate::expr::Expr;
use crate::id::{BookId, ClaimId, ExclusionId, FieldId, FigureId, UnitId};
use crate::period::Window;

/// A named measure over books.
#[derive(Clone, PartialEq, Debug)]
pub struct Figure {
    /// Its id.
    pub id: FigureId,
    /// The file it stands in, without extension.
    pub topic: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Other names it goes by in documents.
    pub aliases: Vec<String>,
    /// How it is counted.
    pub rule: FigureRule,
    /// The unit it is given in; none for texts.
    pub unit: Option<UnitId>,
    /// Places it is printed with.
    pub decimals: u32,
    /// The window used when a request names none.
    pub window: Window,
    /// Months it stands behind the report's period.
    pub lag: i32,
    /// What growth is measured against.
    pub compare: Comparison,
    /// Whether more is better.
    pub better: Direction,
    /// 口径 in words.
    pub basis: String,
    /// Form or document.
    pub source: String,
}

/// How a figure is counted.
#[derive(Clone, PartialEq, Debug)]
#[expect(clippy::large_enum_variant, reason = "a few hundred of them exist, read far more often than moved")]
pub enum FigureRule {
    /// An aggregate over one book.
    Measure {
        /// The book.
        book: BookId,
        /// Aggregate for one period (flow) or moment (stock) or window (count).
        measure: Expr,
        /// The returns' own cumulative column, read at the last period of the window.
        cumulative: Option<Expr>,
        /// The returns' own column for the same period last year.
        prior: Option<Expr>,
        /// The returns' own cumulative column for last year.
        prior_cumulative: Option<Expr>,
        /// Which entries count.
        filter: Option<Expr>,
        /// How it behaves in time.
        time: FigureTime,
        /// Lists: ordered by this field.
        order: Option<FieldId>,
    },
    /// An expression over other figures: ratio of sums, never mean of ratios.
    Composite(Expr),
    /// Our rank in a published table.
    Rank {
        /// The book holding the table.
        book: BookId,
        /// What is ranked, highest first; ties share the better rank (1-1-3).
        value: Expr,
        /// Which row is ours.
        own: Expr,
        /// Which rows take part.
        filter: Option<Expr>,
        /// How it behaves in time.
        time: FigureTime,
    },
}

/// How a figure behaves in time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FigureTime {
    /// Adds up over the window's periods (series) or occurrences (events).
    Flow {
        /// The field that places an entry in time, when not the book's own.
        date: Option<FieldId>,
    },
    /// The state at the end of the window.
    Stock {
        /// From when an entry counts.
        from: Option<FieldId>,
        /// Until when.
        to: Option<FieldId>,
    },
    /// Not placed in time: every active entry counts (names, parameters).
    Always,
}

/// What growth is measured against.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Comparison {
    /// The returns' own same-period column; where there is none, the same subjects a year before.
    #[default]
    Comparable,
    /// Everything a year before (raw ratio, always labelled).
    All,
    /// Growth has no meaning.
    None,
}

/// Whether more is better.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// More is better.
    #[default]
    Up,
    /// Less is better.
    Down,
    /// Neither.
    None,
}

/// A reasoned set of subjects to leave out of a figure, in both periods.
#[derive(Clone, PartialEq, Debug)]
pub struct Exclusion {
    /// Its id.
    pub id: ExclusionId,
    /// What it is called in print.
    pub title: String,
    /// How its members are found.
    pub rule: ExclusionRule,
    /// Why they are left out.
    pub reason: String,
}

/// How the members of an exclusion set are found.
#[derive(Clone, PartialEq, Debug)]
pub enum ExclusionRule {
    /// The K largest subjects of a figure.
    Top {
        /// The figure.
        figure: FigureId,
        /// How many.
        top: u32,
        /// In which period they are the largest.
        by: ExclusionBase,
    },
    /// Named by a book.
    Named {
        /// The book.
        book: BookId,
        /// The reference field holding the member.
        member: FieldId,
        /// Which entries.
        filter: Option<Expr>,
    },
}

/// The period in which the K largest are the largest.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ExclusionBase {
    /// A year before.
    #[default]
    Base,
    /// Now.
    Current,
}

/// A statement without a number, backed by a rule.
#[derive(Clone, PartialEq, Debug)]
pub struct Claim {
    /// Its id.
    pub id: ClaimId,
    /// The statement.
    pub title: String,
    /// When it holds.
    pub rule: Expr,
}

macro_rules! claim_functions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal ($count:literal);)*) => {
        /// What a claim may ask of a figure.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum ClaimFunction { $($(#[$doc])* $variant,)* }

        impl ClaimFunction {
            /// The closed list: function, name and number of arguments.
            pub const ALL: &'static [(Self, &'static str, usize)] = &[$((Self::$variant, $name, $count),)*];
        }
    };
}

claim_functions! {
    /// Its value in its own unit.
    Value = "value" (1);
    /// Growth against last year, in percent.
    Yoy = "yoy" (1);
    /// Growth against the month before, in percent.
    Mom = "mom" (1);
    /// Its rank in the published table.
    Rank = "rank" (1);
    /// The target for the year, in the figure's unit.
    Target = "target" (1);
    /// Last year's target or result, as set with the target.
    LastTarget = "last_target" (1);
    /// Value against target, in percent.
    Completion = "completion" (1);
    /// Months gone of the year, in percent.
    Elapsed = "elapsed" (0);
    /// A ratio figure's value, in percent.
    Share = "share" (1);
    /// Whether it is the highest of its series up to now, same window.
    IsRecordHigh = "is_record_high" (1);
    /// Growth without the members of an exclusion set, in percent.
    YoyExcluding = "yoy_excluding" (2);
}

/// One question of a claim.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct ClaimCall {
    /// What is asked.
    pub function: ClaimFunction,
    /// Of which figure.
    pub figure: Option<FigureId>,
    /// In which window, when not the figure's own.
    pub window: Option<Window>,
    /// Without whom.
    pub exclusion: Option<ExclusionId>,
}
