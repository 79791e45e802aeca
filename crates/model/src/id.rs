//! Identifiers. Each kind of thing has its own type, so that a book can never be passed where a figure is meant.
//!
//! To add one: a line in the `id_type!` list below.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

macro_rules! id_type {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id's text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(Arc::from(text))
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(Arc::from(text))
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    )*};
}

id_type! {
    /// A book (台账) as named by its file under `content/books`.
    BookId;
    /// A field of one book.
    FieldId;
    /// A figure (指标).
    FigureId;
    /// A layout (版式) as named by its file under `content/layouts`.
    LayoutId;
    /// A report (报告) as named by its folder under `content/reports`.
    ReportId;
    /// A claim (论断).
    ClaimId;
    /// A named, reasoned set of subjects to leave out of a figure.
    ExclusionId;
    /// A unit as printed: `万元`, `%`, `亩`.
    UnitId;
    /// A check of one book.
    CheckId;
    /// A role (角色) as named in `content/access.toml`.
    RoleId;
    /// A measure (评价数据项) of `content/measures.toml`: what parcels and enterprises are judged by.
    MeasureId;
    /// A kind of mark (评价事件) of `content/measures.toml`: what raises, lowers or bars a grade.
    MarkId;
    /// A scheme (评价办法) as named by its file under `content/schemes`.
    SchemeId;
    /// A rule of idle or low-efficiency land as named by its file under `content/land_rules`.
    LandRuleId;
    /// A group (评价分组) of a scheme, ranked by itself.
    GroupId;
    /// An indicator (评价指标) of a scheme.
    IndicatorId;
    /// A grade (等级) of a scheme: `A`, `D`, `T`.
    GradeId;
    /// A ladder (梯队) as named by its file under `content/ladders`.
    LadderId;
    /// A rung (台阶) of a ladder.
    RungId;
    /// A dated version of a rung's rule.
    RuleId;
    /// A criterion (条件) of a rule.
    CriterionId;
    /// A score table of a rule.
    TableId;
    /// A part (指标) of a score table.
    PartId;
    /// A datum (条件数据项) of `content/ladders.toml`: what criteria ask about an enterprise.
    DatumId;
    /// A qualification (资质) of `content/ladders.toml`.
    QualificationId;
    /// A policy (政策) as named by its file under `content/policies`.
    PolicyId;
    /// A reserve pool (储备库) of `content/pools.toml`: one line of work.
    PoolId;
    /// A screen (筛选规则) of a pool.
    ScreenId;
}

/// An entry's number, unique over all books of one ledger and never re-used.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Debug)]
#[serde(transparent)]
pub struct EntryId(pub u64);

/// A ledger revision: 1 for the first accepted write, counting up without gaps.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Debug, Default)]
#[serde(transparent)]
pub struct Revision(pub u64);

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "r{}", self.0)
    }
}
