//! Explanations (解读): how a score came about, how far the next grade is and what would close the distance, how the group lies,
//! and the years before.
//!
//! Everything is read off a frozen run: what was published is what is explained. “What would close it” holds the run's
//! benchmarks and the scores of everybody else; where the group's own mean is the benchmark, a subject that improves also moves it
//! a little.
//!
//! Deliberately absent: commitments and money, which others lay beside it, and sentences, which are the page's.

mod closing;
mod history;

use model::definition::Scheme;
use model::id::{EntryId, GradeId, IndicatorId};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use self::closing::{Closing, Distance, Way};
pub use self::history::{Year, YearIndicator, years};
use crate::points::Points;
use crate::run::{Frozen, FrozenGroup, Reason, Row, Spread};

/// Why a subject has its score and its grade.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Explanation {
    /// The row as it was frozen.
    pub row: Row,
    /// Parts that add up exactly to the printed score; empty where there is none.
    pub waterfall: Vec<Part>,
    /// The next better grade by score; none at the top, where nothing is graded, and where no higher score would help.
    pub distance: Option<Distance>,
    /// The subject beside its group, one per indicator.
    pub group: Vec<Beside>,
}

/// One step of the waterfall, at the score's places.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// What it adds; negative where it takes off.
    pub points: Decimal,
    /// The sum so far.
    pub running: Decimal,
}

/// What a step of the waterfall is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum PartKind {
    /// Points of an indicator.
    Indicator {
        /// Which.
        indicator: IndicatorId,
        /// Why the points stand for a missing quotient.
        reason: Option<Reason>,
    },
    /// The other indicators carry the weight of those left out.
    Carried,
    /// The product of the corrections.
    Correction,
    /// A bonus.
    Bonus {
        /// Its id in the scheme.
        id: String,
    },
    /// What the limit on all bonuses takes off again.
    BonusLimit,
    /// A malus.
    Malus {
        /// Its id in the scheme.
        id: String,
    },
    /// What the limit on all maluses gives back.
    MalusLimit,
    /// What rounding each part and rounding the sum differ by.
    Rounding,
}

/// A subject's quotient beside those of its group.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Beside {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The subject's quotient.
    pub x: Option<Decimal>,
    /// Its points, to the score's places.
    pub points: Option<Decimal>,
    /// The group's mean: ratio of sums.
    pub mean: Option<Decimal>,
    /// The mean of the points of those who have a quotient.
    pub mean_points: Option<Decimal>,
    /// How the quotients lie.
    pub spread: Option<Spread>,
    /// The subject's rank among those who have a quotient, 1 for the largest.
    pub rank: Option<usize>,
    /// How many have one.
    pub of: usize,
}

/// Explains one subject of a run; none where the run does not know it.
pub fn explain(run: &Frozen, key: EntryId) -> Option<Explanation> {
    let row = run.rows.iter().find(|row| row.key == key)?;
    let group = row.group.as_ref().and_then(|id| run.groups.iter().find(|g| g.group == *id));
    Some(Explanation {
        waterfall: waterfall(&run.scheme, row),
        distance: group.and_then(|group| closing::distance(run, group, row)),
        group: group.map(|group| beside(run, group, row)).unwrap_or_default(),
        row: row.clone(),
    })
}

/// The parts of a row's score, in the order in which the score is made.
pub fn waterfall(scheme: &Scheme, row: &Row) -> Vec<Part> {
    let Some(score) = row.score else { return Vec::new() };
    let mut steps = Steps { places: scheme.decimals, running: Decimal::ZERO, parts: Vec::new() };
    for cell in &row.cells {
        if let Some(points) = cell.points {
            steps.add(PartKind::Indicator { indicator: cell.indicator.clone(), reason: cell.reason }, points);
        }
    }
    let sum = row.sum.unwrap_or_default();
    let carried = row.carried.unwrap_or(sum);
    steps.add_unless_zero(PartKind::Carried, carried - sum);
    let applied = |all: &[crate::run::Applied]| all.iter().map(|a| a.points).sum::<Decimal>();
    let corrected = row.exact.unwrap_or_default() - row.bonus + row.malus;
    steps.add_unless_zero(PartKind::Correction, corrected - carried);
    for one in &row.bonuses {
        steps.add(PartKind::Bonus { id: one.id.clone() }, one.points);
    }
    steps.add_unless_zero(PartKind::BonusLimit, row.bonus - applied(&row.bonuses));
    for one in &row.maluses {
        steps.add(PartKind::Malus { id: one.id.clone() }, -one.points);
    }
    steps.add_unless_zero(PartKind::MalusLimit, applied(&row.maluses) - row.malus);
    let rest = score - steps.running;
    steps.add_unless_zero(PartKind::Rounding, rest);
    steps.parts
}

/// Steps that are rounded one by one.
struct Steps {
    places: u32,
    running: Decimal,
    parts: Vec<Part>,
}

impl Steps {
    fn add(&mut self, kind: PartKind, points: Decimal) {
        let points = rounded(points, self.places);
        self.running += points;
        self.parts.push(Part { kind, points, running: self.running });
    }

    fn add_unless_zero(&mut self, kind: PartKind, points: Decimal) {
        if !rounded(points, self.places).is_zero() {
            self.add(kind, points);
        }
    }
}

/// Half-up, away from zero.
fn rounded(number: Decimal, places: u32) -> Decimal {
    number.round_dp_with_strategy(places, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
}

fn beside(run: &Frozen, group: &FrozenGroup, row: &Row) -> Vec<Beside> {
    let peers = || run.rows.iter().filter(|other| other.group == row.group && other.counts());
    let of_peer = |peer: &Row, at: usize| peer.cells.get(at).and_then(|cell| cell.x);
    group
        .indicators
        .iter()
        .enumerate()
        .map(|(at, own)| {
            let cell = row.cells.get(at);
            let x = cell.and_then(|cell| cell.x);
            let rank =
                x.map(|x| peers().filter_map(|p| of_peer(p, at)).filter(|other| *other > x).count() + 1);
            Beside {
                indicator: own.indicator.clone(),
                x,
                points: cell.and_then(|cell| cell.points).map(|p| rounded(p, run.scheme.decimals)),
                mean: own.mean,
                mean_points: own.mean_points.map(|p| rounded(p, run.scheme.decimals)),
                spread: own.spread.clone(),
                rank,
                of: own.present,
            }
        })
        .collect()
}

/// A stored number of points.
fn points(number: Decimal) -> Points {
    Points::of(number).unwrap_or_default()
}

/// The place of a grade among the lines of a row's group.
fn line_of(scheme: &Scheme, row: &Row, grade: &GradeId) -> Option<usize> {
    let group = scheme.group(row.group.as_ref()?.as_str())?;
    scheme.grades_of(group).lines.iter().position(|line| line.grade == *grade)
}
