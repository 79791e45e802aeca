//! Grades: quotas, ties, and what moves a grade whatever the score.
//!
//! Members are ordered by score; a line stands after a number of places. Equal scores at a line stay together: they go to the
//! better grade unless the line is a limit, then to the worse (§ ties of the scheme). Vetoes and protections move single
//! members afterwards; places they leave are not filled again, so that one member's accident is nobody's promotion.

use model::definition::{Bar, Base, Grades, Line, RankBy, Rounding, Scheme, TieBreak, Ties, Until};
use model::id::GradeId;
use rust_decimal::Decimal;

use super::marks::Marks;
use super::score::{Take, Totals};
use super::{Placing, known, place};
use crate::facts::Mark;
use crate::points::Points;

/// Who is graded in a group, best first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standings {
    /// Scores as they are compared, falling, each with its member.
    pub order: Vec<(Key, u32)>,
    /// By member: its place in `order`, or none.
    places: Vec<u32>,
    /// For every line the number of places above it.
    pub ends: Vec<usize>,
    /// Whom shares are counted of.
    pub base: usize,
}

/// What members are ordered by: the score, then what decides between equal ones.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(crate) struct Key {
    /// The score as it is compared.
    pub score: Points,
    /// The total before caps and floors where the scheme breaks ties by it, else nothing.
    pub then: Points,
}

/// A member's standing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Position {
    /// 1 for the best; equal scores have equal ranks, and the next rank leaves as many out.
    pub rank: usize,
    /// The line whose grade it has by its score.
    pub line: usize,
}

/// No place.
const NOWHERE: u32 = u32::MAX;

impl Standings {
    /// The standing of a member; none where it is not graded.
    pub fn position(&self, member: u32) -> Option<Position> {
        let place = *self.places.get(member as usize)?;
        if place == NOWHERE {
            return None;
        }
        let place = place as usize;
        let key = self.order[place].0;
        let rank = self.order.partition_point(|(other, _)| *other > key) + 1;
        Some(Position { rank, line: line_at(&self.ends, place) })
    }
}

/// The line whose grade a place has.
fn line_at(ends: &[usize], place: usize) -> usize {
    ends.partition_point(|end| *end <= place)
}

/// A score as it is compared with others.
pub(crate) fn compared(scheme: &Scheme, total: Points) -> Points {
    match scheme.rank_by {
        RankBy::Printed => total.printed(scheme.decimals),
        RankBy::Exact => total,
    }
}

/// Orders the members that are graded and draws the lines.
pub(super) fn grade(of: &Totals<'_, '_>, totals: &[Option<Points>], placings: &[Placing]) -> Standings {
    let (scheme, group, members) = (of.scheme, of.group, of.members);
    let graded = |subject: u32| matches!(placings[subject as usize], Placing::Member { class: None, .. });
    let key = |member: u32, total: Points| {
        let then = match scheme.tie_break {
            TieBreak::None => Points::ZERO,
            TieBreak::Raw => of.of(member as usize, Take::Raw).unwrap_or_default(),
        };
        (Key { score: compared(scheme, total), then }, member)
    };
    let mut order: Vec<(Key, u32)> = (0_u32..)
        .zip(totals)
        .filter(|(member, _)| graded(members[*member as usize]))
        .filter_map(|(member, total)| total.map(|total| key(member, total)))
        .collect();
    order.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut places = vec![NOWHERE; members.len()];
    for (place, (_, member)) in (0_u32..).zip(&order) {
        places[*member as usize] = place;
    }
    let grades = scheme.grades_of(group);
    let base = match grades.base {
        Base::Graded => order.len(),
        Base::All => {
            let own = scheme.groups.iter().position(|g| g.id == group.id);
            placings.iter().filter(|p| own.is_some() && group_of(p) == own).count()
        }
    };
    let keys: Vec<Key> = order.iter().map(|(key, _)| *key).collect();
    let ends = ends(grades, &keys, base);
    Standings { order, places, ends, base }
}

fn group_of(placing: &Placing) -> Option<usize> {
    match placing {
        Placing::Outside(_) => None,
        Placing::Special { group, .. } | Placing::Member { group, .. } => Some(usize::from(*group)),
    }
}

/// For every line but the last the number of places above it, given falling keys.
pub(crate) fn ends(grades: &Grades, keys: &[Key], base: usize) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::with_capacity(grades.lines.len());
    let upper = grades.lines.iter().filter(|line| line.until != Until::Rest);
    // From the last line up: where a later line is a limit, equal scores at an earlier one may not be lifted past it.
    let mut most = keys.len();
    for line in upper.rev() {
        let end = match &line.until {
            Until::Rest => continue,
            Until::Score(score) => Points::of(known(score))
                .map_or(keys.len(), |least| keys.partition_point(|key| key.score >= least)),
            Until::Share(share) => {
                let end = places(line, known(share), base).min(keys.len());
                untie(line, grades.ties, keys, end, most)
            }
        };
        if line.limit {
            most = most.min(end);
        }
        ends.push(end);
    }
    ends.reverse();
    // A tie at a better line may reach beyond the next one; then nobody is left for that grade.
    for at in 1..ends.len() {
        ends[at] = ends[at].max(ends[at - 1]);
    }
    ends
}

/// How many places a share of the base is.
fn places(line: &Line, share: Decimal, base: usize) -> usize {
    let exact = share * Decimal::from(base);
    let whole = match line.rounding {
        Rounding::Floor => exact.floor(),
        Rounding::Ceil => exact.ceil(),
        Rounding::HalfUp => {
            exact.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
        }
    };
    usize::try_from(whole.normalize().mantissa())
        .ok()
        .filter(|_| whole.normalize().scale() == 0)
        .unwrap_or(base)
}

/// Moves a line off the middle of equal scores: below them where they go to the better grade, and no limit forbids it.
fn untie(line: &Line, ties: Ties, keys: &[Key], end: usize, most: usize) -> usize {
    let split = end > 0 && end < keys.len() && keys[end - 1] == keys[end];
    if !split {
        return end;
    }
    let key = keys[end];
    let below = keys.partition_point(|other| *other >= key);
    if ties == Ties::Better && !line.limit && below <= most {
        below
    } else {
        keys.partition_point(|other| *other > key)
    }
}

/// How vetoes, protections and special classes moved a grade.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moved<'f> {
    /// The line in the end.
    pub line: usize,
    /// The special class in the end, which then stands for the line's grade.
    pub class: Option<usize>,
    /// One step after the other.
    pub steps: Vec<Step<'f>>,
}

/// One step of a move.
#[derive(Clone, Debug)]
pub(crate) struct Step<'f> {
    pub by: StepBy,
    pub mark: &'f Mark,
    pub from: usize,
    pub to: usize,
}

/// What moved a grade.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum StepBy {
    Veto,
    Protection,
    Class(usize),
}

impl Moved<'_> {
    /// The grade in the end.
    pub fn grade<'s>(&self, scheme: &'s Scheme, group: usize) -> &'s GradeId {
        match self.class {
            Some(class) => &scheme.classes[class].grade,
            None => &scheme.grades_of(&scheme.groups[group]).lines[self.line].grade,
        }
    }
}

/// From the first grade to the last: vetoes, protections unless vetoed, classes among grades.
pub(crate) fn adjust<'f>(
    scheme: &Scheme,
    group: usize,
    marks: &Marks<'f>,
    subject: u32,
    year: i16,
    first: usize,
) -> Moved<'f> {
    let mut moved = Moved { line: first, class: None, steps: Vec::new() };
    if marks.is_empty() {
        return moved;
    }
    let lines = &scheme.grades_of(&scheme.groups[group]).lines;
    let borne = |bar: &Bar| marks.of_kind(subject, &bar.mark, year, Some(bar.years)).next();
    let mut vetoed = false;
    for bar in &scheme.vetoes {
        let Some(mark) = borne(bar) else { continue };
        vetoed = true;
        moved.step(StepBy::Veto, mark, outside(lines, bar, moved.line, true));
    }
    for bar in scheme.protections.iter().filter(|_| !vetoed) {
        if let Some(mark) = borne(bar) {
            moved.step(StepBy::Protection, mark, outside(lines, bar, moved.line, false));
        }
    }
    for (index, class) in scheme.classes.iter().enumerate() {
        if class.of.contains(&lines[moved.line].grade)
            && place::bears(class, subject, marks, year)
            && let Some(mark) =
                class.marks.iter().find_map(|kind| marks.of_kind(subject, kind, year, class.years).next())
        {
            moved.class = Some(index);
            moved.steps.push(Step { by: StepBy::Class(index), mark, from: moved.line, to: moved.line });
            break;
        }
    }
    moved
}

impl<'f> Moved<'f> {
    fn step(&mut self, by: StepBy, mark: &'f Mark, to: usize) {
        self.steps.push(Step { by, mark, from: self.line, to });
        self.line = to;
    }
}

/// The nearest line whose grade a bar allows: worse ones first for a veto, better ones first for a protection.
fn outside(lines: &[Line], bar: &Bar, line: usize, worse_first: bool) -> usize {
    let allowed = |at: &usize| !bar.not_in.contains(&lines[*at].grade);
    let worse = || (line..lines.len()).find(allowed);
    let better = || (0..=line).rev().find(allowed);
    let found = if worse_first { worse().or_else(better) } else { better().or_else(worse) };
    found.unwrap_or(line)
}
