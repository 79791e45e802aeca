//! What-ifs (模拟): other weights, benchmarks and quotas over the facts of a year. Nothing of it is ever kept.

use std::collections::BTreeMap;

use assess::run::{self, Frozen, Options, Row};
use assess::scheme::changed;
use model::definition::Judged;

use super::super::fault::Result;
use super::super::gather::gather;
use super::super::ground::Ground;
use super::super::shapes::{Simulated, SimulationGrade, SimulationMover, SimulationRequest};
use super::freeze::{previous_means, subjects_of};
use super::results::benchmarks;
use super::schemes::named;
use crate::access::Actor;
use crate::park::Park;

/// What other rules would give.
///
/// # Errors
/// [`super::super::ParcelsFault`] when there is no such scheme, a change leads nowhere, or it cannot be run.
pub fn simulate(park: &Park, actor: &Actor, asked: &SimulationRequest) -> Result<Simulated> {
    let ground = Ground::new(park, actor)?;
    let begun = park.clock.now();
    let scheme = named(park, asked.scheme.as_deref(), Judged::Parcel)?;
    let gathered = gather(park, asked.year)?;
    let facts = &subjects_of(&gathered, scheme.judges).facts;
    let previous = previous_means(park, scheme, asked.year)?;
    let options = Options { previous, any_year: true, ..Options::default() };
    let changes = asked.changes.iter().map(|(path, value)| (path.as_str(), value.as_str()));
    let other = changed(scheme, changes)?;
    let after = run::run(&other, facts, &options)?.freeze();
    // Rules that cannot be run as they stand have nothing to be compared with.
    let before = run::run(scheme, facts, &options).map(|run| run.freeze()).ok();
    let code = |row: &Row| ground.sight.title(row.key, None);
    let took = park.clock.now().duration_since(begun);
    Ok(Simulated {
        scheme: scheme.id.to_string(),
        year: asked.year,
        revision: gathered.revision.0,
        grades: grades(before.as_ref(), &after),
        movers: movers(before.as_ref(), &after, code),
        colors: colors(&after),
        benchmarks: benchmarks(&after),
        took_ms: u64::try_from(took.as_millis()).unwrap_or_default(),
    })
}

fn grades(before: Option<&Frozen>, after: &Frozen) -> Vec<SimulationGrade> {
    let mut counts: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    let mut count = |frozen: &Frozen, first: bool| {
        for row in &frozen.rows {
            let (Some(group), Some(grade)) = (&row.group, &row.grade) else { continue };
            let of = counts.entry((group.to_string(), grade.to_string())).or_default();
            if first { of.0 += 1 } else { of.1 += 1 }
        }
    };
    before.into_iter().for_each(|frozen| count(frozen, true));
    count(after, false);
    let grade = |((group, grade), (before, after))| SimulationGrade { group, grade, before, after };
    counts.into_iter().map(grade).collect()
}

fn movers(before: Option<&Frozen>, after: &Frozen, code: impl Fn(&Row) -> String) -> Vec<SimulationMover> {
    let Some(before) = before else { return Vec::new() };
    let text = |row: &Row| row.grade.as_ref().map(ToString::to_string);
    let pairs = before.rows.iter().zip(&after.rows).filter(|(one, other)| one.grade != other.grade);
    let mover = |(one, other): (&Row, &Row)| SimulationMover {
        entry: other.key.0,
        code: code(other),
        name: other.name.to_string(),
        before: text(one),
        after: text(other),
        score_before: one.score,
        score_after: other.score,
    };
    pairs.map(mover).collect()
}

fn colors(after: &Frozen) -> BTreeMap<u64, String> {
    let graded = after.rows.iter().filter_map(|row| Some((row.key.0, row.grade.as_ref()?.to_string())));
    graded.collect()
}
