//! What-ifs (模拟): other weights, benchmarks, quotas and rates over the facts of a year, and the money that moves with the grades.
//! Nothing of it is ever kept.

use assess::effects::{self, Shift};
use assess::merge;
use assess::run::Options;
use assess::scheme::changed;
use assess::simulate::{self as judge, SimulateFault, Simulation};
use jiff::civil::date;
use model::definition::{Judged, LandPart, LandRole, Scheme};
use model::id::GradeId;

use super::super::fault::{ParcelsFault, Result};
use super::super::gather::{Gathered, Judged as Subjects, gather};
use super::super::ground::Ground;
use super::super::measured::secret;
use super::super::policies::{self, Policy, policies, rates_among, treated};
use super::super::shapes::{
    RunBenchmark, Simulated, SimulationGrade, SimulationMoney, SimulationMover, SimulationRequest,
    SimulationShift,
};
use super::freeze::{guarded, previous_means, subjects_of, threads};
use super::schemes::named;
use crate::access::Actor;
use crate::messages::{land_policy, parcels as say};
use crate::park::Park;

/// What other rules would give.
///
/// # Errors
/// [`ParcelsFault`] when there is no such scheme, a change leads nowhere, or it cannot be run.
pub fn simulate(park: &Park, actor: &Actor, asked: &SimulationRequest) -> Result<Simulated> {
    let ground = Ground::new(park, actor)?;
    let begun = park.clock.now();
    let scheme = named(park, asked.scheme.as_deref(), Judged::Parcel)?;
    let gathered = gather(park, &ground, asked.year);
    let subjects = subjects_of(&gathered, scheme.judges);
    let previous = previous_means(park, &ground, scheme, asked.year)?;
    let options = Options { previous, any_year: true, threads: threads() };
    let (rates, of_scheme) = rates_among(&asked.changes);
    let policies = policies(&ground, date(asked.year, 12, 31), &rates)?;
    let changes = || of_scheme.iter().map(|(path, value)| (path.as_str(), value.as_str()));
    let found =
        merge::simulated(scheme, &subjects.facts, changes(), &options).map_err(|fault| match fault {
            SimulateFault::Change(fault) => ParcelsFault::Change(fault),
            SimulateFault::Run(fault) => ParcelsFault::Run(fault),
        })?;
    let other = changed(scheme, changes())?;
    let entries = subjects.facts.subjects.iter().map(|subject| subject.key.0);
    let colors =
        entries.zip(&found.grades).filter_map(|(entry, grade)| Some((entry, grade.as_ref()?.to_string())));
    let mut movers = movers(&ground, subjects, scheme, &found);
    let judged = Moved { ground: &ground, gathered: &gathered, subjects, scheme, found: &found };
    let money = policies.into_iter().map(|policy| judged.money(policy, &mut movers)).collect();
    Ok(Simulated {
        scheme: scheme.id.to_string(),
        year: asked.year,
        revision: gathered.revision.0,
        grades: grades(&found),
        movers,
        money,
        all_grades: policies::grades_of(&other),
        colors: colors.collect(),
        benchmarks: benchmarks(&other, &found),
        took_ms: u64::try_from(park.clock.now().duration_since(begun).as_millis()).unwrap_or_default(),
    })
}

/// What was simulated, to lay money beside it.
struct Moved<'a> {
    ground: &'a Ground<'a>,
    gathered: &'a Gathered,
    subjects: &'a Subjects,
    scheme: &'a Scheme,
    found: &'a Simulation,
}

impl Moved<'_> {
    /// What a policy costs and saves before and after, in all and for each mover. A policy without a measure is listed with
    /// nothing known.
    fn money(&self, policy: Policy<'_>, movers: &mut [SimulationMover]) -> SimulationMoney {
        let on = date(self.gathered.year, 12, 31);
        let guarded = self.guarded(&policy);
        let readings = policy.measure.and_then(|measure| self.subjects.facts.measures.get(&measure.id));
        let moved: rustc_hash::FxHashMap<usize, (usize, Option<&GradeId>)> = self
            .found
            .movers
            .iter()
            .enumerate()
            .map(|(at, of)| (of.subject, (at, of.from.as_ref())))
            .collect();
        let (mut shift, mut withheld) = (Shift::default(), 0);
        for (subject, after) in self.found.grades.iter().enumerate() {
            let mover = moved.get(&subject);
            let after = treated(self.scheme, after.as_ref());
            let before = mover.map_or(after, |(_, from)| treated(self.scheme, *from));
            let quantity = readings.and_then(|readings| readings.get(subject)?.value);
            let (before, after) = (policy.before(before, quantity, on), policy.after(after, quantity, on));
            let hidden = guarded.contains(&subject);
            if hidden {
                withheld += 1;
            } else {
                shift.add(before, after);
            }
            if let Some((at, _)) = mover {
                movers[*at].add(shift_of((before, after), quantity, hidden));
            }
        }
        let words = land_policy::shift(&shift, withheld);
        SimulationMoney {
            rule: policy.shape(),
            before: policies::total(&shift.before, withheld),
            after: policies::total(&shift.after, withheld),
            change: shift.change.map(policies::told),
            open: shift.open,
            words,
        }
    }

    /// The subjects whose quantity this reader may not see.
    fn guarded(&self, policy: &Policy<'_>) -> rustc_hash::FxHashSet<usize> {
        let Some(measure) = policy.measure.filter(|measure| secret(self.ground, measure)) else {
            return rustc_hash::FxHashSet::default();
        };
        let keys = self.subjects.facts.subjects.iter().enumerate();
        let hidden = keys.filter(|(_, subject)| match self.scheme.judges {
            Judged::Enterprise => true,
            Judged::Parcel => !guarded(self.gathered, &[&measure.id], subject.key).is_empty(),
        });
        hidden.map(|(at, _)| at).collect()
    }
}

/// How a policy moves one subject's money.
fn shift_of(
    (before, after): (effects::Effect, effects::Effect),
    quantity: Option<rust_decimal::Decimal>,
    hidden: bool,
) -> SimulationShift {
    SimulationShift {
        change: effects::change(before, after).filter(|_| !hidden).map(policies::told),
        before: policies::cell(before, quantity, hidden),
        after: policies::cell(after, quantity, hidden),
    }
}

impl SimulationMover {
    /// Adds what one policy moves: sums are of what is known, and say when something is not.
    fn add(&mut self, shift: SimulationShift) {
        match shift.change {
            Some(change) => self.change = Some(self.change.unwrap_or_default() + change),
            None => self.open |= shift.before.state != shift.after.state || shift.before.state == "withheld",
        }
        self.money.push(shift);
    }
}

fn grades(found: &Simulation) -> Vec<SimulationGrade> {
    let of_group = |group: &judge::GroupChange| {
        let id = group.group.to_string();
        let each = group.grades.iter().filter(|(_, counts)| counts.before + counts.after > 0);
        let grade = move |(grade, counts): (&GradeId, &judge::BeforeAfter<usize>)| SimulationGrade {
            group: id.clone(),
            grade: grade.to_string(),
            before: counts.before,
            after: counts.after,
        };
        each.map(grade).collect::<Vec<_>>()
    };
    found.groups.iter().flat_map(of_group).collect()
}

fn movers(
    ground: &Ground<'_>,
    subjects: &Subjects,
    scheme: &Scheme,
    found: &Simulation,
) -> Vec<SimulationMover> {
    let role = if scheme.judges == Judged::Parcel { LandRole::Parcel } else { LandRole::Enterprise };
    let shelf = ground.shelf(role);
    let mover = |of: &judge::Mover| {
        let row = subjects.rows[of.subject];
        SimulationMover {
            entry: of.key.0,
            code: shelf.and_then(|shelf| ground.shown(shelf, row, LandPart::Code)).unwrap_or_default(),
            name: subjects.facts.subjects[of.subject].name.to_string(),
            before: of.from.as_ref().map(ToString::to_string),
            after: of.to.as_ref().map(ToString::to_string),
            score_before: of.score_before,
            score_after: of.score_after,
            money: Vec::new(),
            change: None,
            open: false,
        }
    };
    found.movers.iter().map(mover).collect()
}

fn benchmarks(scheme: &Scheme, found: &Simulation) -> Vec<RunBenchmark> {
    let mut all = Vec::new();
    for group in &found.groups {
        let definition = scheme.group(group.group.as_str());
        for (id, value) in &group.benchmarks {
            let one = definition.and_then(|g| g.indicators.iter().find(|one| one.id == *id));
            all.push(RunBenchmark {
                group: group.group.to_string(),
                indicator: id.to_string(),
                title: one.map_or_else(|| id.to_string(), |one| one.title.clone()),
                value: value.after.map(|value| value.normalize()),
                unit: one.and_then(|one| one.unit.as_ref()).map_or_else(String::new, ToString::to_string),
                words: one.map_or_else(String::new, |one| say::benchmark(&one.benchmark)),
            });
        }
    }
    all
}
