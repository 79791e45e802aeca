//! Runs (评价运行): a scheme applied to the facts of one year.
//!
//! A run places each subject in a group, measures every indicator against its benchmark, adds up points, and draws the lines
//! between grades. It keeps columns, not rows: [`Run::freeze`] makes the rows that are stored, each of which answers an
//! appeal alone.
//!
//! ```text
//! place ──► measure ──► score ──► grade ──► freeze
//! group     benchmark   missing   quota     rows
//! ```
//!
//! Deliberately absent: storing, publishing, objections (that is `app`), and what a grade costs.
//!
//! To add a formula: a method in `model::definition`, its points in `measure.rs`, its way back in `explain`.

mod grade;
mod marks;
mod measure;
mod needs;
mod parallel;
mod place;
mod rows;
mod score;

use indexmap::IndexMap;
use model::definition::{Scheme, Setting};
use model::id::{GradeId, GroupId, IndicatorId, MeasureId, SchemeId};
use rust_decimal::Decimal;

pub(crate) use self::grade::{Key, Standings, compared, ends};
pub(crate) use self::marks::Marks;
pub(crate) use self::measure::IndicatorRun;
pub use self::measure::{Bound, Reason};
pub use self::needs::needs;
pub use self::place::Outside;
pub use self::rows::{
    Applied, Cell, Frozen, FrozenGroup, FrozenIndicator, Move, MoveBy, Quantity, Row, Spread, Together,
};
use crate::facts::Facts;
use crate::points::Points;

/// Group means of another year, for benchmarks that are multiples of them.
pub type Means = IndexMap<(GroupId, IndicatorId), Decimal>;

/// How to run.
#[derive(Clone, Debug)]
pub struct Options {
    /// The group means of the year before, where a benchmark needs them.
    pub previous: Means,
    /// Threads to use; the result does not depend on it.
    pub threads: usize,
    /// Whether to run for a year the scheme does not govern, as a simulation may.
    pub any_year: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { previous: Means::new(), threads: 1, any_year: false }
    }
}

/// Why a scheme cannot be run.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum RunFault {
    /// The year is outside those the scheme governs.
    #[error("{scheme} does not govern {year}: choose another scheme or run it as a simulation")]
    NotInForce {
        /// The scheme.
        scheme: SchemeId,
        /// The year asked for.
        year: i16,
    },
    /// The document states numbers that we do not have.
    #[error("to be supplied: {}", .paths.join(", "))]
    ToBeSupplied {
        /// Where they belong, as paths that a change may name.
        paths: Vec<String>,
    },
    /// A benchmark is a multiple of last year's mean, and there is no run of last year.
    #[error("no mean of the year before for {}: run that year first, or set a benchmark", .paths.join(", "))]
    NoPreviousMean {
        /// The benchmarks.
        paths: Vec<String>,
    },
    /// A column of facts is not as long as the list of subjects.
    #[error("measure {measure} has {found} readings for {wanted} subjects")]
    Misaligned {
        /// The measure.
        measure: MeasureId,
        /// How many readings.
        found: usize,
        /// How many subjects.
        wanted: usize,
    },
    /// A number has so many digits that a product with it is not exact.
    #[error("a number of {path} has too many digits")]
    TooLong {
        /// The indicator.
        path: String,
    },
}

/// A scheme applied to facts, in columns.
#[derive(Clone, Debug)]
pub struct Run<'f> {
    pub(crate) scheme: Scheme,
    pub(crate) facts: &'f Facts,
    pub(crate) marks: Marks<'f>,
    pub(crate) groups: Vec<GroupRun>,
    pub(crate) placings: Vec<Placing>,
}

/// One group of a run.
#[derive(Clone, Debug)]
pub(crate) struct GroupRun {
    /// Its place in the scheme.
    pub index: usize,
    /// Who is measured: numbers of subjects, ascending.
    pub members: Vec<u32>,
    /// Aligned with the scheme's indicators.
    pub indicators: Vec<IndicatorRun>,
    /// Total of each member, as kept and not as printed; none where it cannot be evaluated.
    pub totals: Vec<Option<Points>>,
    /// Who is graded, best first, and the lines.
    pub standings: Standings,
}

/// Where a subject ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Placing {
    /// Not judged by this scheme, or not at all.
    Outside(Outside),
    /// In a class beside the grades and not scored.
    Special { group: u16, class: u16 },
    /// Measured.
    Member { group: u16, member: u32, class: Option<u16> },
}

/// Runs a scheme over facts.
///
/// # Errors
/// [`RunFault`]: a number is to be supplied, the year is not governed, a column is misaligned. Bad data is never an error: it
/// is a reason in a cell.
pub fn run<'f>(scheme: &Scheme, facts: &'f Facts, options: &Options) -> Result<Run<'f>, RunFault> {
    if !options.any_year && !scheme.governs(facts.year) {
        return Err(RunFault::NotInForce { scheme: scheme.id.clone(), year: facts.year });
    }
    for (measure, readings) in &facts.measures {
        let (found, wanted) = (readings.len(), facts.subjects.len());
        if found != wanted {
            return Err(RunFault::Misaligned { measure: measure.clone(), found, wanted });
        }
    }
    let missing = needs(scheme);
    if !missing.is_empty() {
        return Err(RunFault::ToBeSupplied { paths: missing });
    }
    let marks = Marks::of(facts);
    let (mut placings, populations) = place::place(scheme, facts, &marks);
    let mut groups = Vec::with_capacity(populations.len());
    for (index, members) in populations.into_iter().enumerate() {
        for (member, subject) in members.iter().enumerate() {
            if let Placing::Member { member: place, .. } = &mut placings[*subject as usize] {
                *place = u32::try_from(member).expect("subjects are numbered in 32 bits");
            }
        }
        let group = &scheme.groups[index];
        let indicators = measure::measure(group, facts, &members, options)?;
        let of =
            score::Totals { scheme, group, facts, marks: &marks, members: &members, indicators: &indicators };
        let totals = of.column(options.threads);
        let standings = grade::grade(&of, &totals, &placings);
        groups.push(GroupRun { index, members, indicators, totals, standings });
    }
    Ok(Run { scheme: scheme.clone(), facts, marks, groups, placings })
}

impl Run<'_> {
    /// The evaluated year.
    pub fn year(&self) -> i16 {
        self.facts.year
    }

    /// The scheme as it was run.
    pub fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// The score of a subject as printed; none where it has none.
    pub fn score(&self, subject: usize) -> Option<Decimal> {
        let Placing::Member { group, member, .. } = self.placings.get(subject)? else { return None };
        self.groups[*group as usize].totals[*member as usize].map(|t| t.rounded(self.scheme.decimals))
    }

    /// The final grade of a subject; none where it has none.
    pub fn grade(&self, subject: usize) -> Option<&GradeId> {
        match self.placings.get(subject)? {
            Placing::Outside(_) => None,
            Placing::Special { class, .. } => Some(&self.scheme.classes[*class as usize].grade),
            Placing::Member { class: Some(class), .. } => Some(&self.scheme.classes[*class as usize].grade),
            Placing::Member { group, member, class: None } => {
                let group = &self.groups[*group as usize];
                let first = group.standings.position(*member)?.line;
                let moved = grade::adjust(
                    &self.scheme,
                    group.index,
                    &self.marks,
                    group.members[*member as usize],
                    self.year(),
                    first,
                );
                Some(moved.grade(&self.scheme, group.index))
            }
        }
    }

    /// The group of a subject, by its place in the scheme; none where it is in none.
    pub(crate) fn group_of(&self, subject: usize) -> Option<usize> {
        match self.placings.get(subject)? {
            Placing::Outside(_) => None,
            Placing::Special { group, .. } | Placing::Member { group, .. } => Some(usize::from(*group)),
        }
    }

    /// Group means of this run, for next year's benchmarks.
    pub fn means(&self) -> Means {
        let mut means = Means::new();
        for group in &self.groups {
            let definition = &self.scheme.groups[group.index];
            for (indicator, run) in definition.indicators.iter().zip(&group.indicators) {
                if let Some(mean) = run.mean {
                    means.insert((definition.id.clone(), indicator.id.clone()), mean);
                }
            }
        }
        means
    }
}

/// A setting that `needs` has found to be known.
pub(crate) fn known(setting: &Setting) -> Decimal {
    setting.known().expect("`needs` refuses a scheme whose numbers are not all known")
}
