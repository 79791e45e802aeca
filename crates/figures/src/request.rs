//! What is asked of the engine and what it answers.
//!
//! Deliberately absent: how it is computed (`engine`) and how it is printed (`model::wording`).

use std::fmt;
use std::str::FromStr;

use model::id::{BookId, EntryId, ExclusionId, FieldId, FigureId, Revision, UnitId};
use model::period::{Month, Period, Window};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::compare::Growth;

/// One question: a figure, for a month, perhaps for a part of its entries.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Request {
    /// Which figure.
    pub figure: FigureId,
    /// The report's month. The figure's own lag is taken off unless `exact`.
    pub at: Month,
    /// Take `at` as the figure's own last month.
    pub exact: bool,
    /// How far back; the figure's own window when `None`.
    pub window: Option<Window>,
    /// Broken down by this field.
    pub by: Option<FieldPath>,
    /// Only entries whose field prints as this text (a choice with levels also matches by its first levels).
    pub only: Vec<(FieldPath, String)>,
    /// Without these subjects, in both periods.
    pub exclude: Vec<Exclude>,
}

impl Request {
    /// A figure for a report's month, in its own window.
    pub fn new(figure: impl Into<FigureId>, at: Month) -> Self {
        Self {
            figure: figure.into(),
            at,
            exact: false,
            window: None,
            by: None,
            only: vec![],
            exclude: vec![],
        }
    }

    /// In this window.
    #[must_use]
    pub fn window(mut self, window: Window) -> Self {
        self.window = Some(window);
        self
    }

    /// With `at` as the figure's own last month.
    #[must_use]
    pub fn exact(mut self) -> Self {
        self.exact = true;
        self
    }

    /// Broken down by a field.
    #[must_use]
    pub fn by(mut self, path: FieldPath) -> Self {
        self.by = Some(path);
        self
    }

    /// Only where a field prints as this text.
    #[must_use]
    pub fn only(mut self, path: FieldPath, text: impl Into<String>) -> Self {
        self.only.push((path, text.into()));
        self
    }

    /// Without these subjects.
    #[must_use]
    pub fn exclude(mut self, whom: Exclude) -> Self {
        self.exclude.push(whom);
        self
    }
}

/// A field, a field of the entry it refers to, and perhaps one level of its choice: `status`, `enterprise.industry`,
/// `enterprise.industry/1`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FieldPath {
    /// The field of the figure's book.
    pub field: FieldId,
    /// The field of the entry it refers to.
    pub of: Option<FieldId>,
    /// The level of a choice, from 1.
    pub level: Option<u8>,
}

/// The text is not a field path.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{0}` is not a field (use field, reference.field or field/level)")]
pub struct NotAField(pub String);

impl FromStr for FieldPath {
    type Err = NotAField;

    fn from_str(text: &str) -> Result<Self, NotAField> {
        let fault = || NotAField(text.to_owned());
        let (path, level) = match text.split_once('/') {
            Some((path, level)) => (path, Some(level.parse().map_err(|_| fault())?)),
            None => (text, None),
        };
        let (field, of) = path.split_once('.').map_or((path, None), |(f, o)| (f, Some(o)));
        if field.is_empty() || of.is_some_and(|o| o.is_empty() || o.contains('.')) || level == Some(0) {
            return Err(fault());
        }
        Ok(Self { field: field.into(), of: of.map(Into::into), level })
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.field.as_str())?;
        self.of.iter().try_for_each(|of| write!(f, ".{of}"))?;
        self.level.iter().try_for_each(|level| write!(f, "/{level}"))
    }
}

/// Whom to leave out, always from both periods.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Exclude {
    /// A set the content names.
    Named(ExclusionId),
    /// Subjects by name or key.
    Names(Vec<String>),
    /// The K subjects largest in the base period.
    Top(u32),
}

/// Who reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reader {
    /// May see what identifies a single respondent of a statistics-confidential book.
    pub may_see_confidential: bool,
}

impl Reader {
    /// A reader with the right to everything.
    pub const COMMITTEE: Self = Self { may_see_confidential: true };
    /// A reader without: small and dominated cells are withheld.
    pub const PUBLIC: Self = Self { may_see_confidential: false };
}

/// What a figure gave.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "is", content = "as")]
pub enum Outcome {
    /// A number in the figure's unit, exact and unrounded.
    Number(Decimal),
    /// A text.
    Text(String),
    /// Texts in order.
    List(Vec<String>),
    /// Nothing, and why.
    Blank(BlankReason),
}

impl Outcome {
    /// The number, if it is one.
    pub fn number(&self) -> Option<Decimal> {
        if let Self::Number(n) = self { Some(*n) } else { None }
    }

    /// Why it is blank, if it is.
    pub fn blank(&self) -> Option<BlankReason> {
        if let Self::Blank(reason) = self { Some(*reason) } else { None }
    }

    pub(crate) fn known(number: Option<Decimal>, otherwise: BlankReason) -> Self {
        number.map_or(Self::Blank(otherwise), Self::Number)
    }
}

/// Why there is no value. The words are in [`crate::messages`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BlankReason {
    /// The period's return is not due yet.
    NotDue,
    /// It was due and nobody has sent it.
    NotSent,
    /// It was sent and held back by an error (set by callers who know the intake).
    Rejected,
    /// 1–2月 are one period, or the return is not collected for this month.
    NotCollected,
    /// The return has no such window (a quarterly book asked for a month).
    NoSuchWindow,
    /// Sent, but the cells are empty.
    NotFilled,
    /// No entry matches.
    NoEntries,
    /// Entries that should agree on one value do not.
    Ambiguous,
    /// The change of the total is too small, or not positive, to divide by.
    BelowThreshold,
    /// There is no base, or it is zero.
    NoBase,
    /// The two periods do not compare, or growth has no meaning for this figure.
    NotComparable,
    /// It would reveal a single respondent to a reader without the right.
    Withheld,
    /// A part of a composite is zero where it divides.
    DivisionByZero,
    /// More digits than an exact number holds.
    TooLarge,
    /// The exclusion or condition cannot be applied to this figure.
    NotApplicable,
    /// No target is set.
    NoTarget,
    /// The content has no such figure, field or set.
    Unknown,
}

/// The answer to a [`Request`].
#[derive(Clone, PartialEq, Debug)]
pub struct Evaluation {
    /// The figure.
    pub figure: FigureId,
    /// Its own period, after lag.
    pub period: Period,
    /// The unit of all its numbers; `None` for texts.
    pub unit: Option<UnitId>,
    /// The value.
    pub value: Outcome,
    /// The current value of the entries that have a base: what growth is computed from.
    pub comparable: Outcome,
    /// Their value in the same period a year before.
    pub prior: Outcome,
    /// Growth against it, unrounded.
    pub yoy: Result<Growth, BlankReason>,
    /// Ranks: how many took part.
    pub of: Option<u32>,
    /// The breakdown, largest first; texts and figures without `by` have none.
    pub groups: Vec<Group>,
    /// How it was counted.
    pub basis: Basis,
}

/// One line of a breakdown.
#[derive(Clone, PartialEq, Debug)]
pub struct Group {
    /// What it is called; empty for entries without the field.
    pub name: String,
    /// The entry, when the breakdown is by a reference.
    pub entry: Option<EntryId>,
    /// The value.
    pub value: Outcome,
    /// The current value of the entries that have a base.
    pub comparable: Outcome,
    /// The base.
    pub prior: Outcome,
    /// Growth.
    pub yoy: Result<Growth, BlankReason>,
    /// Share of the total, in percent.
    pub share: Outcome,
    /// 贡献率: share of the total's change, in percent.
    pub contribution: Outcome,
    /// 拉动: its change in percent of the total's base, in percentage points.
    pub pull: Outcome,
    /// 1 for the largest; equal values share a rank (1-1-3). Over unrounded values.
    pub rank: Option<u32>,
    /// How many entries it holds.
    pub entries: usize,
}

/// 口径: how a value was counted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Basis {
    /// The definition in one line, from its checked form.
    pub definition: String,
    /// 口径 in the content's words.
    pub words: String,
    /// Form or document.
    pub source: String,
    /// The books it reads.
    pub books: Vec<BookId>,
    /// The ledger revision.
    pub revision: Revision,
    /// The filter, conditions and exclusions in one line.
    pub filter: String,
    /// What growth was measured against.
    pub comparison: ComparisonUsed,
    /// Who was left out.
    pub excluded: Vec<Member>,
    /// How many entries were counted.
    pub entries: usize,
    /// What a reader must know besides.
    pub notes: Vec<Note>,
}

/// A subject left out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    /// The entry.
    pub entry: EntryId,
    /// Its name.
    pub name: String,
}

/// What growth was measured against.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ComparisonUsed {
    /// No growth was computed.
    #[default]
    None,
    /// The returns' own column for last year, of the same entries (可比口径).
    OwnPrior,
    /// The subjects present in both periods (同一批).
    SameSubjects,
    /// Everything a year before (原始比较).
    All,
    /// As its parts are.
    Parts,
}

/// Something to know about a value. The words are in [`crate::messages`].
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Note {
    /// So many single-month values were taken as the difference of cumulative ones.
    FromCumulative(usize),
    /// So many cumulative values were added up from months.
    FromMonths(usize),
    /// So many entries have an empty cell and are not in the value.
    Empty(usize),
    /// So many entries have a value but no base and are not in the growth.
    WithoutBase(usize),
    /// So many have a base but no value now.
    WithoutValue(usize),
    /// So many entries lack the date that places them in time.
    Undated(usize),
    /// Nobody is called that.
    UnknownMember(String),
    /// The set has no members.
    EmptyExclusion(String),
    /// The state was taken from this earlier period.
    TakenFrom(Period),
    /// Some lines of the breakdown are withheld.
    WithheldGroups(usize),
}

/// In which period a contribution counts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// In the value.
    Current,
    /// In the base.
    Prior,
}

/// One entry that a value was computed from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contribution {
    /// The figure that read it (a part, for composites).
    pub figure: FigureId,
    /// Value or base.
    pub side: Side,
    /// The entry's book.
    pub book: BookId,
    /// The entry.
    pub entry: EntryId,
    /// The fields whose cells were read.
    pub fields: Vec<FieldId>,
    /// What it adds, in the figure's unit; negative where a cumulative value is taken off; `None` for texts and ratios.
    pub number: Option<Decimal>,
}
