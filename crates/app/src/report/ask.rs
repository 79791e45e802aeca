//! What a template asks for: figures and their parts, claims, exclusion sets.
//!
//! The questions are collected once, before anything is printed, so that the engine answers them together and none
//! twice.
//!
//! Deliberately absent: templates and printing. To add a part of a figure: a variant of [`Part`] with its name, an arm
//! in [`Part::kind`] and in `answers`, a name in `grammar::ATTRIBUTES`, a row in `content/README.md`.

use std::sync::Arc;

use figures::Request;
use indexmap::IndexSet;
use model::definition::{Figure, FigureRule};
use model::id::{ClaimId, ExclusionId};
use model::period::{Month, Window};

use super::matter::Known;
use super::print::PieceKind;

macro_rules! parts {
    ($($variant:ident = $name:literal;)*) => {
        /// One part of what a slot speaks of.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub(super) enum Part { $(#[doc = $name] $variant,)* }

        impl Part {
            /// All parts with their names in templates.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$variant, $name),)*];
        }
    };
}

parts! {
    Value = "value";
    Yoy = "yoy";
    Mom = "mom";
    Share = "share";
    Pull = "pull";
    Rank = "rank";
    Target = "target";
    LastTarget = "last_target";
    Completion = "completion";
    Names = "names";
    Count = "count";
    FromMonth = "from_month";
    Month = "month";
    Year = "year";
    Quarter = "quarter";
    Name = "name";
    Unit = "unit";
}

impl Part {
    /// The part of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(part, _)| *part)
    }

    /// Its name in templates.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(part, _)| *part == self).map_or("", |(_, name)| name)
    }

    /// Whether it speaks of time only, so that no entry stands behind it.
    pub fn is_time(self) -> bool {
        matches!(self, Self::FromMonth | Self::Month | Self::Year | Self::Quarter)
    }

    /// What it can be for a figure, or for a line of its breakdown.
    pub fn kind(self, figure: &Figure, row: bool) -> PieceKind {
        let ranks = matches!(figure.rule, FigureRule::Rank { .. });
        match self {
            Self::Value if ranks => PieceKind::Whole,
            Self::Value if figure.unit.is_none() => PieceKind::Any,
            Self::Value | Self::Target | Self::LastTarget => PieceKind::Number(figure.unit.clone()),
            Self::Yoy | Self::Mom => PieceKind::Growth,
            Self::Share if !row => PieceKind::Number(figure.unit.clone()),
            Self::Share | Self::Pull | Self::Completion => PieceKind::Number(None),
            Self::Names => PieceKind::Names,
            Self::Name | Self::Unit => PieceKind::Text,
            Self::Rank | Self::Count | Self::FromMonth | Self::Month | Self::Year | Self::Quarter => {
                PieceKind::Whole
            }
        }
    }
}

/// What a slot speaks of.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Subject {
    /// A figure, or one line of its breakdown.
    Figure { request: Arc<Request>, row: Option<usize> },
    /// Whom an exclusion set took out.
    Exclusion(ExclusionId),
    /// The report's own month.
    Period,
    /// The year planned for.
    Plan,
    /// What a parameter of the report is set to.
    Setting(String),
    /// A fact of what the sheet is about.
    Fact(Arc<Known>),
}

/// Everything a template asks for.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Wants {
    /// Figures, breakdowns among them.
    pub figures: IndexSet<Request>,
    /// Figures whose month-on-month change is asked for.
    pub moms: IndexSet<Request>,
    /// Figures whose target is asked for.
    pub targets: IndexSet<Request>,
    /// Claims.
    pub claims: IndexSet<ClaimId>,
    /// Exclusion sets.
    pub exclusions: IndexSet<ExclusionId>,
}

/// `at=` of a slot, understood: the month, whether it is the figure's own last month, and the window it implies.
pub(super) fn at(text: &str, period: Month) -> Option<(Month, bool, Option<Window>)> {
    let in_year =
        |month: i8, window| Month::new(period.year(), month).map(|month| (month, true, Some(window)));
    match text {
        "period" => Some((period, false, None)),
        "last_year" => Some((period.year_before(), false, None)),
        "plan" => Some((plan(period), true, None)),
        "q1" => in_year(3, Window::Quarter),
        "q2" => in_year(6, Window::Quarter),
        "q3" => in_year(9, Window::Quarter),
        "q4" => in_year(12, Window::Quarter),
        "h1" => in_year(6, Window::Half),
        "h2" => in_year(12, Window::Half),
        month => month.parse().ok().map(|month| (month, true, None)),
    }
}

/// The last month of the year planned for: the one after the report's.
pub(super) fn plan(period: Month) -> Month {
    Month::new(period.year() + 1, 12).unwrap_or(period)
}
