//! Frozen rows: what a run found about each subject, complete enough to answer an appeal from the row alone.
//!
//! A row states numerator, denominator, units, quotient, benchmark, weight, points before and after cap and floor, the reason
//! where something is missing, every bonus and malus, and how the first grade became the last. Nothing refers back to columns.

use std::sync::Arc;

use indexmap::IndexMap;
use jiff::civil::Date;
use model::definition::{Denominator, Extra, Group, Indicator, Scheme, TieBreak};
use model::id::{EntryId, GradeId, GroupId, IndicatorId, MarkId, UnitId};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::grade::{self, StepBy};
use super::measure::{Bound, Pair, Reason};
use super::score::{self, Adjustment, Scored, Take};
use super::{GroupRun, Outside, Placing, Run, known};
use crate::facts::{Reading, Share, State, Status};
use crate::points::{Factor, Points};

/// A run as it is stored.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Frozen {
    /// The scheme as it was run, changes included.
    pub scheme: Scheme,
    /// The evaluated year.
    pub year: i16,
    /// Groups with their benchmarks and lines.
    pub groups: Vec<FrozenGroup>,
    /// One row per subject, in the order of the facts.
    pub rows: Vec<Row>,
}

/// A group of a frozen run.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct FrozenGroup {
    /// Its id.
    pub group: GroupId,
    /// How many are measured.
    pub members: usize,
    /// How many are graded.
    pub graded: usize,
    /// Whom the shares of the quotas were counted of.
    pub base: usize,
    /// Grades by score with the number of places that were given, before vetoes and protections.
    pub places: IndexMap<GradeId, usize>,
    /// Its indicators.
    pub indicators: Vec<FrozenIndicator>,
}

/// An indicator of a frozen group.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct FrozenIndicator {
    /// Its id.
    pub indicator: IndicatorId,
    /// What quotients were measured against.
    pub benchmark: Option<Decimal>,
    /// The group's mean: ratio of sums.
    pub mean: Option<Decimal>,
    /// The bounds of min–max.
    pub bounds: Option<(Decimal, Decimal)>,
    /// How many have a quotient.
    pub present: usize,
    /// The mean of the points of those who have one.
    pub mean_points: Option<Decimal>,
    /// How the quotients lie.
    pub spread: Option<Spread>,
}

/// How the quotients of a group lie.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Spread {
    /// The least.
    pub least: Decimal,
    /// A quarter is at or below it.
    pub lower: Decimal,
    /// The middle one; of two, the lower.
    pub median: Decimal,
    /// Three quarters are at or below it.
    pub upper: Decimal,
    /// The greatest.
    pub most: Decimal,
}

/// What a run found about one subject.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Row {
    /// Its entry.
    pub key: EntryId,
    /// As printed.
    pub name: Arc<str>,
    /// Its population.
    pub class: Arc<str>,
    /// Its land in ㎡.
    pub land: Option<Decimal>,
    /// Its status before any score.
    pub status: Status,
    /// Its group; none where it is in none.
    pub group: Option<GroupId>,
    /// Why it is in none.
    pub outside: Option<Outside>,
    /// One cell per indicator of the group.
    pub cells: Vec<Cell>,
    /// The sum of its points.
    pub sum: Option<Decimal>,
    /// The sum with the weight of left-out indicators carried by the others; none where nothing was left out.
    pub carried: Option<Decimal>,
    /// The product of its corrections; 1 where there is none.
    pub factor: Decimal,
    /// Corrections that were applied: their `points` are factors.
    pub corrections: Vec<Applied>,
    /// Points added, within the limit on all bonuses.
    pub bonus: Decimal,
    /// Each of them.
    pub bonuses: Vec<Applied>,
    /// Points taken off, within the limit on all maluses.
    pub malus: Decimal,
    /// Each of them.
    pub maluses: Vec<Applied>,
    /// The total to ten decimals.
    pub exact: Option<Decimal>,
    /// The total before caps and floors, where the scheme breaks ties by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<Decimal>,
    /// The score as printed.
    pub score: Option<Decimal>,
    /// Its rank among those graded in its group.
    pub rank: Option<usize>,
    /// Its grade by score (初评等级).
    pub first: Option<GradeId>,
    /// Its grade in the end (调档后等级).
    pub grade: Option<GradeId>,
    /// The grade whose treatment it gets: its own, or what its class says.
    pub treated_as: Option<GradeId>,
    /// How the first became the last.
    pub moves: Vec<Move>,
    /// With whom it was judged as one; none: alone. Land, cells, score, rank and grade are then those of all together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub together: Option<Together>,
}

impl Row {
    /// The entry that is counted for it and for those judged together with it: the first of them.
    pub fn stands_for(&self) -> EntryId {
        self.together.as_ref().and_then(|of| of.members.first().copied()).unwrap_or(self.key)
    }

    /// Whether it is that entry: of several judged as one, one is counted.
    pub fn counts(&self) -> bool {
        self.stands_for() == self.key
    }
}

/// Subjects that were judged as one, and what one of them would have had alone.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Together {
    /// The unit, as the register states it.
    pub unit: Arc<str>,
    /// All of them, in the order of the facts.
    pub members: Vec<EntryId>,
    /// Its own land in ㎡.
    pub land: Option<Decimal>,
    /// Its score, were it judged alone.
    pub score: Option<Decimal>,
    /// Its grade, were it judged alone.
    pub grade: Option<GradeId>,
}

/// One indicator of one subject.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Cell {
    /// The indicator.
    pub indicator: IndicatorId,
    /// What is divided.
    pub numerator: Quantity,
    /// By what; none where there is no denominator.
    pub denominator: Option<Quantity>,
    /// The quotient, to ten decimals.
    pub x: Option<Decimal>,
    /// Its unit; none: a plain number.
    pub unit: Option<UnitId>,
    /// What it was measured against.
    pub benchmark: Option<Decimal>,
    /// Points at the benchmark.
    pub weight: Decimal,
    /// Points before cap and floor.
    pub raw: Option<Decimal>,
    /// Points that count; none where the indicator was left out or there is no score.
    pub points: Option<Decimal>,
    /// Which bound held.
    pub bound: Option<Bound>,
    /// Why there is no quotient; `points` is then what the rule for missing ones put in its place.
    pub reason: Option<Reason>,
}

/// A number with its unit and how well it is known.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Quantity {
    /// None: not known.
    pub value: Option<Decimal>,
    /// Its unit.
    pub unit: UnitId,
    /// How well.
    pub state: State,
    /// For how much of the subject.
    pub known: Share,
}

/// A correction, bonus or malus that was applied.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Applied {
    /// Its id in the scheme.
    pub id: String,
    /// How many marks counted.
    pub count: usize,
    /// Points together, within its own limit; of a correction, the factor.
    pub points: Decimal,
}

/// One step from the first grade to the last.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Move {
    /// What moved it.
    pub by: MoveBy,
    /// The kind of mark.
    pub mark: MarkId,
    /// When.
    pub on: Option<Date>,
    /// In words.
    pub reason: Arc<str>,
    /// The entry that says so.
    pub source: Option<EntryId>,
    /// The grade before.
    pub from: GradeId,
    /// The grade after.
    pub to: GradeId,
}

/// What moved a grade.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveBy {
    /// A veto.
    Veto,
    /// A protection.
    Protection,
    /// A special class among the grades.
    Class,
}

impl Run<'_> {
    /// The rows that are stored.
    pub fn freeze(&self) -> Frozen {
        Frozen {
            scheme: self.scheme.clone(),
            year: self.year(),
            groups: self.groups.iter().map(|g| self.frozen_group(g)).collect(),
            rows: (0..self.placings.len()).map(|subject| self.row(subject)).collect(),
        }
    }

    /// The row of one subject.
    ///
    /// # Panics
    /// When there is no subject of that number.
    pub fn row(&self, subject: usize) -> Row {
        let mut row = self.empty_row(subject);
        match self.placings[subject] {
            Placing::Outside(outside) => row.outside = Some(outside),
            Placing::Special { group, class } => {
                row.group = Some(self.scheme.groups[group as usize].id.clone());
                self.in_class(&mut row, class);
            }
            Placing::Member { group, member, class } => {
                self.measured(&mut row, group as usize, member as usize);
                match class {
                    Some(class) => self.in_class(&mut row, class),
                    None => self.graded(&mut row, group as usize, member),
                }
            }
        }
        row
    }

    fn empty_row(&self, subject: usize) -> Row {
        let own = &self.facts.subjects[subject];
        Row {
            key: own.key,
            name: own.name.clone(),
            class: own.class.clone(),
            land: own.land,
            status: own.status.clone(),
            group: None,
            outside: None,
            cells: Vec::new(),
            sum: None,
            carried: None,
            factor: Decimal::ONE,
            corrections: Vec::new(),
            bonus: Decimal::ZERO,
            bonuses: Vec::new(),
            malus: Decimal::ZERO,
            maluses: Vec::new(),
            exact: None,
            raw: None,
            score: None,
            rank: None,
            first: None,
            grade: None,
            treated_as: None,
            moves: Vec::new(),
            together: None,
        }
    }

    fn in_class(&self, row: &mut Row, class: u16) {
        let class = &self.scheme.classes[class as usize];
        row.grade = Some(class.grade.clone());
        row.treated_as.clone_from(&class.like);
    }

    /// Cells, sum, corrections, bonuses, maluses, total.
    fn measured(&self, row: &mut Row, group: usize, member: usize) {
        let (definition, run) = (&self.scheme.groups[group], &self.groups[group]);
        let subject = run.members[member];
        row.group = Some(definition.id.clone());
        row.cells = (0..definition.indicators.len()).map(|i| self.cell(definition, run, i, member)).collect();
        if let Some(subtotal) = score::subtotal(definition, &run.indicators, member, Take::Held) {
            row.sum = Some(subtotal.sum.decimal());
            row.carried = (subtotal.carried != subtotal.sum).then(|| subtotal.carried.decimal());
        }
        let adjustment = Adjustment::of(&self.scheme, definition, self.facts, &self.marks, subject);
        row.factor = adjustment.factor.decimal();
        row.bonus = adjustment.bonus.decimal();
        row.malus = adjustment.malus.decimal();
        row.corrections = self
            .scheme
            .corrections
            .iter()
            .filter(|c| score::corrects(c, definition, self.facts, &self.marks, subject))
            .map(|c| Applied { id: c.id.clone(), count: 1, points: known(&c.factor) })
            .collect();
        let applied = |extras: &[Extra]| {
            let each = extras.iter().map(|e| (e, score::extra(e, self.facts, &self.marks, subject)));
            each.filter(|(_, (count, _))| *count > 0)
                .map(|(e, (count, points))| Applied { id: e.id.clone(), count, points: points.decimal() })
                .collect()
        };
        row.bonuses = applied(&self.scheme.bonuses);
        row.maluses = applied(&self.scheme.maluses);
        let total = run.totals[member];
        row.exact = total.map(Points::decimal);
        if self.scheme.tie_break == TieBreak::Raw {
            let raw = score::subtotal(definition, &run.indicators, member, Take::Raw);
            row.raw = raw.and_then(|raw| adjustment.total(raw.carried)).map(Points::decimal);
        }
        row.score = total.map(|t| t.rounded(self.scheme.decimals));
    }

    fn graded(&self, row: &mut Row, group: usize, member: u32) {
        let run = &self.groups[group];
        let Some(position) = run.standings.position(member) else { return };
        let lines = &self.scheme.grades_of(&self.scheme.groups[group]).lines;
        let subject = run.members[member as usize];
        let moved = grade::adjust(&self.scheme, group, &self.marks, subject, self.year(), position.line);
        row.rank = Some(position.rank);
        row.first = Some(lines[position.line].grade.clone());
        let last = moved.grade(&self.scheme, group).clone();
        row.treated_as = match moved.class {
            Some(class) => self.scheme.classes[class].like.clone(),
            None => Some(last.clone()),
        };
        row.moves = moved
            .steps
            .iter()
            .map(|step| Move {
                by: match step.by {
                    StepBy::Veto => MoveBy::Veto,
                    StepBy::Protection => MoveBy::Protection,
                    StepBy::Class(_) => MoveBy::Class,
                },
                mark: step.mark.kind.clone(),
                on: step.mark.on,
                reason: step.mark.reason.clone(),
                source: step.mark.source,
                from: lines[step.from].grade.clone(),
                to: match step.by {
                    StepBy::Class(class) => self.scheme.classes[class].grade.clone(),
                    _ => lines[step.to].grade.clone(),
                },
            })
            .collect();
        row.grade = Some(last);
    }

    fn cell(&self, group: &Group, run: &GroupRun, index: usize, member: usize) -> Cell {
        let (indicator, measured) = (&group.indicators[index], &run.indicators[index]);
        let pair = Pair::of(indicator, self.facts);
        let subject = run.members[member];
        let (raw, points, bound, reason) = match Scored::of(indicator, measured, member) {
            Scored::Measured { raw, points, bound } => (Some(raw), Some(points), bound, None),
            Scored::Filled { reason, points } => (None, Some(points), None, Some(reason)),
            Scored::LeftOut { reason } | Scored::NotEvaluable { reason } => (None, None, None, Some(reason)),
        };
        let quantity = |reading: Reading, unit: &UnitId| Quantity {
            value: reading.value.map(|v| v.normalize()),
            unit: unit.clone(),
            state: reading.state,
            known: reading.known,
        };
        let denominator = match (&indicator.denominator, &indicator.denominator_unit) {
            (Denominator::One, _) | (_, None) => None,
            (_, Some(unit)) => Some(quantity(pair.bottom.at(subject), unit)),
        };
        Cell {
            indicator: indicator.id.clone(),
            numerator: quantity(pair.top.at(subject), &indicator.numerator_unit),
            denominator,
            x: quotient(indicator, pair, subject),
            unit: indicator.unit.clone(),
            benchmark: measured.benchmark,
            weight: known(&indicator.weight),
            raw: raw.map(Points::decimal),
            points: points.map(Points::decimal),
            bound,
            reason,
        }
    }

    fn frozen_group(&self, run: &GroupRun) -> FrozenGroup {
        let group = &self.scheme.groups[run.index];
        let lines = &self.scheme.grades_of(group).lines;
        let mut places = IndexMap::new();
        let mut from = 0;
        for (line, to) in lines.iter().zip(run.standings.ends.iter().chain([&run.standings.order.len()])) {
            places.insert(line.grade.clone(), to - from);
            from = *to;
        }
        let indicators = group
            .indicators
            .iter()
            .zip(&run.indicators)
            .map(|(indicator, measured)| FrozenIndicator {
                indicator: indicator.id.clone(),
                benchmark: measured.benchmark,
                mean: measured.mean,
                bounds: measured.bounds,
                present: measured.present,
                mean_points: measured.mean_points.map(Points::decimal),
                spread: self.spread(indicator, run),
            })
            .collect();
        FrozenGroup {
            group: group.id.clone(),
            members: run.members.len(),
            graded: run.standings.order.len(),
            base: run.standings.base,
            places,
            indicators,
        }
    }

    fn spread(&self, indicator: &Indicator, run: &GroupRun) -> Option<Spread> {
        let pair = Pair::of(indicator, self.facts);
        let mut all: Vec<Decimal> =
            run.members.iter().filter_map(|m| quotient(indicator, pair, *m)).collect();
        all.sort_unstable();
        let last = all.len().checked_sub(1)?;
        let at = |quarters: usize| all[last * quarters / 4];
        Some(Spread { least: at(0), lower: at(1), median: at(2), upper: at(3), most: at(4) })
    }
}

/// The quotient of a subject in the indicator's unit.
fn quotient(indicator: &Indicator, pair: Pair<'_>, subject: u32) -> Option<Decimal> {
    let (top, bottom) = pair.at(subject).ok()?;
    let factor = Factor::new(&[indicator.conversion.times], &[indicator.conversion.by])?;
    factor.apply(top, bottom).map(Points::decimal)
}
