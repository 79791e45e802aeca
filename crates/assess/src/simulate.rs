//! Simulation (模拟): a scheme with changes beside the scheme as it is, over the same facts. Nothing is kept.
//!
//! Deliberately absent: what a grade costs. Whoever knows the rates lays money beside [`Simulation::movers`].

use indexmap::IndexMap;
use model::definition::Scheme;
use model::id::{EntryId, GradeId, GroupId, IndicatorId};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::facts::Facts;
use crate::run::{Options, Run, RunFault, run};
use crate::scheme::{ChangeFault, changed};

/// What changes to a scheme would do.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Simulation {
    /// Per group, grades before and after.
    pub groups: Vec<GroupChange>,
    /// Whoever has another grade after, in the order of the facts.
    pub movers: Vec<Mover>,
    /// The grade of everybody after, in the order of the facts.
    pub grades: Vec<Option<GradeId>>,
    /// The score of everybody after, in the order of the facts.
    pub scores: Vec<Option<Decimal>>,
}

/// A group before and after.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct GroupChange {
    /// The group.
    pub group: GroupId,
    /// How many subjects have each grade, best first, special classes last; a unit judged as one counts with each of its members.
    pub grades: IndexMap<GradeId, BeforeAfter<usize>>,
    /// Benchmarks.
    pub benchmarks: IndexMap<IndicatorId, BeforeAfter<Option<Decimal>>>,
}

/// A thing before and after.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct BeforeAfter<T> {
    /// As it is; what it would be where it cannot be run without the changes.
    pub before: T,
    /// As it would be.
    pub after: T,
}

/// A subject whose grade changes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Mover {
    /// Its number in the facts.
    pub subject: usize,
    /// Its entry.
    pub key: EntryId,
    /// Its grade before; none: it had none.
    pub from: Option<GradeId>,
    /// Its grade after; none: it has none.
    pub to: Option<GradeId>,
    /// Its score before.
    pub score_before: Option<Decimal>,
    /// Its score after.
    pub score_after: Option<Decimal>,
    /// By how many lines it rises; negative: it falls. None to or from a special class or nothing.
    pub lines: Option<i64>,
}

/// Why a simulation cannot be made.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SimulateFault {
    /// A change is wrong.
    #[error(transparent)]
    Change(#[from] ChangeFault),
    /// The changed scheme cannot be run.
    #[error(transparent)]
    Run(#[from] RunFault),
}

/// Runs a scheme with changes, as path and value, and says what they do. A scheme that cannot be run without them – numbers are to
/// be supplied – is compared with itself: nobody moves.
///
/// # Errors
/// [`SimulateFault`] when a change is wrong or the changed scheme cannot be run.
pub fn simulate<'c>(
    scheme: &Scheme,
    facts: &Facts,
    changes: impl IntoIterator<Item = (&'c str, &'c str)>,
    options: &Options,
) -> Result<Simulation, SimulateFault> {
    counted(scheme, facts, changes, options, &|_| 1)
}

/// [`simulate`] where a subject of the facts stands for so many of the register.
pub(crate) fn counted<'c>(
    scheme: &Scheme,
    facts: &Facts,
    changes: impl IntoIterator<Item = (&'c str, &'c str)>,
    options: &Options,
    stands_for: &dyn Fn(usize) -> usize,
) -> Result<Simulation, SimulateFault> {
    let options = Options { any_year: true, ..options.clone() };
    let after_scheme = changed(scheme, changes)?;
    let after = run(&after_scheme, facts, &options)?;
    match run(scheme, facts, &options) {
        Ok(before) => Ok(laid_beside(&before, &after, stands_for)),
        Err(RunFault::ToBeSupplied { .. } | RunFault::NoPreviousMean { .. }) => {
            Ok(laid_beside(&after, &after, stands_for))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Two runs over the same facts.
pub fn compare(before: &Run<'_>, after: &Run<'_>) -> Simulation {
    laid_beside(before, after, &|_| 1)
}

fn laid_beside(before: &Run<'_>, after: &Run<'_>, stands_for: &dyn Fn(usize) -> usize) -> Simulation {
    let grades: Vec<(Option<&GradeId>, Option<&GradeId>)> =
        (0..after.facts.subjects.len()).map(|s| (before.grade(s), after.grade(s))).collect();
    let movers = grades
        .iter()
        .enumerate()
        .filter(|(_, (from, to))| from != to)
        .map(|(subject, (from, to))| Mover {
            subject,
            key: after.facts.subjects[subject].key,
            from: from.cloned(),
            to: to.cloned(),
            score_before: before.score(subject),
            score_after: after.score(subject),
            lines: rise(before, after, subject, *from, *to),
        })
        .collect();
    Simulation {
        groups: (0..after.scheme.groups.len())
            .map(|group| group_change((before, after), &grades, group, stands_for))
            .collect(),
        movers,
        scores: (0..grades.len()).map(|subject| after.score(subject)).collect(),
        grades: grades.into_iter().map(|(_, to)| to.cloned()).collect(),
    }
}

fn rise(
    before: &Run<'_>,
    after: &Run<'_>,
    subject: usize,
    from: Option<&GradeId>,
    to: Option<&GradeId>,
) -> Option<i64> {
    let line = |run: &Run<'_>, grade: &GradeId| {
        let group = &run.scheme.groups[run.group_of(subject)?];
        let place = run.scheme.grades_of(group).lines.iter().position(|l| l.grade == *grade)?;
        i64::try_from(place).ok()
    };
    Some(line(before, from?)? - line(after, to?)?)
}

fn group_change(
    (before, after): (&Run<'_>, &Run<'_>),
    grades: &[(Option<&GradeId>, Option<&GradeId>)],
    group: usize,
    stands_for: &dyn Fn(usize) -> usize,
) -> GroupChange {
    let definition = &after.scheme.groups[group];
    let lines = after.scheme.grades_of(definition).lines.iter().map(|l| &l.grade);
    let classes = after.scheme.classes.iter().map(|c| &c.grade);
    let mut counts: IndexMap<GradeId, BeforeAfter<usize>> =
        lines.chain(classes).map(|grade| (grade.clone(), BeforeAfter::default())).collect();
    for (subject, (from, to)) in grades.iter().enumerate() {
        if before.group_of(subject) == Some(group)
            && let Some(count) = from.and_then(|grade| counts.get_mut(grade))
        {
            count.before += stands_for(subject);
        }
        if after.group_of(subject) == Some(group)
            && let Some(count) = to.and_then(|grade| counts.get_mut(grade))
        {
            count.after += stands_for(subject);
        }
    }
    let benchmarks = definition
        .indicators
        .iter()
        .enumerate()
        .map(|(at, indicator)| {
            let of = |run: &Run<'_>| run.groups.get(group).and_then(|g| g.indicators.get(at)?.benchmark);
            (indicator.id.clone(), BeforeAfter { before: of(before), after: of(after) })
        })
        .collect();
    GroupChange { group: definition.id.clone(), grades: counts, benchmarks }
}
