//! What-ifs (模拟): other weights, benchmarks and quotas over the facts of a year. Nothing of it is ever kept.

use assess::run::Options;
use assess::scheme::changed;
use assess::simulate::{self as judge, SimulateFault, Simulation};
use model::definition::{Judged, LandPart, LandRole, Scheme};

use super::super::fault::{ParcelsFault, Result};
use super::super::gather::{Judged as Subjects, gather};
use super::super::ground::Ground;
use super::super::shapes::{RunBenchmark, Simulated, SimulationGrade, SimulationMover, SimulationRequest};
use super::freeze::{previous_means, subjects_of, threads};
use super::schemes::named;
use crate::access::Actor;
use crate::messages::parcels as say;
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
    let changes = || asked.changes.iter().map(|(path, value)| (path.as_str(), value.as_str()));
    let found =
        judge::simulate(scheme, &subjects.facts, changes(), &options).map_err(|fault| match fault {
            SimulateFault::Change(fault) => ParcelsFault::Change(fault),
            SimulateFault::Run(fault) => ParcelsFault::Run(fault),
        })?;
    let other = changed(scheme, changes())?;
    let entries = subjects.facts.subjects.iter().map(|subject| subject.key.0);
    let colors =
        entries.zip(&found.grades).filter_map(|(entry, grade)| Some((entry, grade.as_ref()?.to_string())));
    Ok(Simulated {
        scheme: scheme.id.to_string(),
        year: asked.year,
        revision: gathered.revision.0,
        grades: grades(&found),
        movers: movers(&ground, subjects, scheme, &found),
        colors: colors.collect(),
        benchmarks: benchmarks(&other, &found),
        took_ms: u64::try_from(park.clock.now().duration_since(begun).as_millis()).unwrap_or_default(),
    })
}

fn grades(found: &Simulation) -> Vec<SimulationGrade> {
    let of_group = |group: &judge::GroupChange| {
        let id = group.group.to_string();
        let each = group.grades.iter().filter(|(_, counts)| counts.before + counts.after > 0);
        let grade =
            move |(grade, counts): (&model::id::GradeId, &judge::BeforeAfter<usize>)| SimulationGrade {
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
