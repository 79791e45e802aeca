//! Making an evaluation: facts of a year, a scheme, and all of it frozen.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use assess::facts::Facts;
use assess::merge;
use assess::run::{Frozen as Judgement, Means, Options, Row};
use model::definition::{Benchmark, Judged, LandPart, LandRole, Right, Scheme, Setting};
use model::id::{EntryId, MeasureId};
use store::{EvaluationRecord, NewEvaluation};

use super::super::fault::{ParcelsFault, Result};
use super::super::gather::{Gathered, Judged as Subjects, books_of, gather};
use super::super::ground::Ground;
use super::super::measured::shows_one;
use super::super::shapes::{EvaluationRequest, Reevaluation, RunSummary};
use super::kept::{Kept, KeptFacts, KeptSubject, Positions, load, summary};
use super::schemes::{digest, named};
use crate::access::Actor;
use crate::park::Park;
use crate::progress::{Progress, Watch};

/// The present form of what is frozen.
const FORM: u32 = 1;

/// An evaluation that was made and waits to be kept.
#[derive(Debug)]
pub struct Frozen(NewEvaluation);

fn go_on(watch: &Watch<'_>, stage: &'static str) -> Result<()> {
    match watch(Progress::begun(stage)) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(ParcelsFault::Stopped),
    }
}

/// Evaluates a year. Nothing is kept before [`keep`].
///
/// # Errors
/// [`ParcelsFault`] when it is not for this person, there is no such scheme, or the scheme cannot be run.
pub fn evaluate(park: &Park, actor: &Actor, asked: &EvaluationRequest, watch: &Watch<'_>) -> Result<Frozen> {
    let ground = Ground::new(park, actor)?;
    actor.need(Right::Accept, ground.parcels().book)?;
    let scheme = named(park, asked.scheme.as_deref(), Judged::Parcel)?;
    go_on(watch, "gather")?;
    let gathered = gather(park, &ground, asked.year);
    let previous = previous_means(park, &ground, scheme, asked.year)?;
    go_on(watch, "judge")?;
    let subjects = subjects_of(&gathered, scheme.judges);
    let options = Options { previous: previous.clone(), threads: threads(), any_year: false };
    let frozen = merge::judged(scheme, &subjects.facts, &options)?;
    let kept = Kept {
        form: FORM,
        subjects: kept_subjects(&ground, &gathered, &frozen),
        facts: KeptFacts::of(&subjects.facts),
        previous: previous.into_iter().map(|((group, one), mean)| (group, one, mean)).collect(),
        positions: Positions::default(),
        frozen,
    };
    Ok(Frozen(new(park, scheme, &gathered, &kept, (&asked.note, None))))
}

/// Evaluates once more what was evaluated before, as its next version. Benchmarks stay those of the version before. With
/// `keep_others`, those whose values did not change keep their grade, and the others are placed beside them.
///
/// # Errors
/// As [`evaluate`].
pub fn reevaluate(
    park: &Park,
    actor: &Actor,
    id: u64,
    asked: &Reevaluation,
    watch: &Watch<'_>,
) -> Result<Frozen> {
    let ground = Ground::new(park, actor)?;
    actor.need(Right::Accept, ground.parcels().book)?;
    let (record, before) = load(park, id)?;
    go_on(watch, "gather")?;
    let gathered = gather(park, &ground, record.year);
    let scheme = with_benchmarks(&before);
    let subjects = subjects_of(&gathered, scheme.judges);
    go_on(watch, "judge")?;
    let mut frozen = merge::judged(&scheme, &subjects.facts, &before.options())?;
    let mut kept_subjects = kept_subjects(&ground, &gathered, &frozen);
    if asked.keep_others {
        for (row, subject) in frozen.rows.iter_mut().zip(&mut kept_subjects) {
            let old = before.position(row.key).map(|at| &before.frozen.rows[at]);
            if let Some(old) = old.filter(|old| same_values(old, row)) {
                *row = old.clone();
                subject.held = true;
            }
        }
    }
    let kept = Kept {
        form: FORM,
        frozen,
        subjects: kept_subjects,
        facts: KeptFacts::of(&subjects.facts),
        previous: before.previous.clone(),
        positions: Positions::default(),
    };
    Ok(Frozen(new(park, &scheme, &gathered, &kept, (&asked.note, Some(id)))))
}

/// Keeps an evaluation in the ledger.
///
/// # Errors
/// [`ParcelsFault`] when the ledger cannot be written.
pub fn keep(park: &mut Park, actor: &Actor, frozen: &Frozen) -> Result<RunSummary> {
    let at = park.clock.now();
    let record: EvaluationRecord = park.store.keep_evaluation(at, &actor.name, &frozen.0)?;
    Ok(summary(&record, &[]))
}

fn new(
    park: &Park,
    scheme: &Scheme,
    gathered: &Gathered,
    kept: &Kept,
    (note, replaces): (&str, Option<u64>),
) -> NewEvaluation {
    let head = serde_json::to_string(&kept.head(note)).expect("a head is texts and numbers, always JSON");
    NewEvaluation {
        scheme: scheme.id.to_string(),
        year: gathered.year,
        replaces,
        revision: gathered.revision,
        rules: digest(park, scheme),
        frozen: serde_json::to_vec(kept).expect("decimals, texts and dates are always JSON"),
        head,
    }
}

pub(super) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// The subjects a scheme judges.
pub(super) fn subjects_of(gathered: &Gathered, judges: Judged) -> &Subjects {
    match judges {
        Judged::Parcel => &gathered.parcel,
        Judged::Enterprise => &gathered.enterprise,
    }
}

/// Group means of the year before, where a benchmark of the scheme is a multiple of one.
pub(super) fn previous_means(park: &Park, ground: &Ground<'_>, scheme: &Scheme, year: i16) -> Result<Means> {
    let needs = |benchmark: &Benchmark| matches!(benchmark, Benchmark::PreviousMean { .. });
    if !scheme.groups.iter().flat_map(|g| &g.indicators).any(|one| needs(&one.benchmark)) {
        return Ok(Means::new());
    }
    // The means do not depend on what quotients are measured against.
    let mut plain = scheme.clone();
    for one in plain.groups.iter_mut().flat_map(|g| &mut g.indicators) {
        if needs(&one.benchmark) {
            one.benchmark = Benchmark::Fixed(Setting::Is(rust_decimal::Decimal::ONE));
        }
    }
    let gathered = gather(park, ground, year - 1);
    let facts: &Facts = &subjects_of(&gathered, scheme.judges).facts;
    let options = Options { any_year: true, threads: threads(), ..Options::default() };
    Ok(merge::means(&plain, facts, &options)?)
}

/// The scheme of an evaluation with its benchmarks as they were frozen.
fn with_benchmarks(before: &Kept) -> Scheme {
    let mut scheme = before.frozen.scheme.clone();
    for group in &mut scheme.groups {
        let frozen = before.frozen.groups.iter().find(|of| of.group == group.id);
        for one in &mut group.indicators {
            let found = frozen.and_then(|of| of.indicators.iter().find(|i| i.indicator == one.id));
            if let Some(benchmark) = found.and_then(|i| i.benchmark) {
                one.benchmark = Benchmark::Fixed(Setting::Is(benchmark));
            }
        }
    }
    scheme
}

/// Whether what a row was judged by is the same: status, quantities, points beside them.
fn same_values(one: &Row, other: &Row) -> bool {
    let cells = |row: &Row| -> Vec<_> {
        row.cells.iter().map(|c| (c.indicator.clone(), c.numerator.value, c.denominator.clone())).collect()
    };
    one.status == other.status
        && one.group == other.group
        && one.land == other.land
        && one.together.as_ref().map(|of| &of.members) == other.together.as_ref().map(|of| &of.members)
        && cells(one) == cells(other)
        && (one.bonus, one.malus, one.factor) == (other.bonus, other.malus, other.factor)
        && one.moves.len() == other.moves.len()
}

/// What subjects are called, and which of their values a reader without the right may not see.
pub(super) fn kept_subjects(
    ground: &Ground<'_>,
    gathered: &Gathered,
    frozen: &Judgement,
) -> Vec<KeptSubject> {
    let (content, judges) = (ground.content, frozen.scheme.judges);
    let secret: Vec<&MeasureId> = content
        .measures
        .values()
        .filter(|measure| {
            let books = measure.figure.iter().flat_map(|figure| books_of(content, figure));
            books.into_iter().any(|book| book.statistics_confidential)
        })
        .map(|measure| &measure.id)
        .collect();
    let subjects = subjects_of(gathered, judges);
    let role = if judges == Judged::Parcel { LandRole::Parcel } else { LandRole::Enterprise };
    let Some(shelf) = ground.shelf(role) else { return Vec::new() };
    let each = subjects.rows.iter().zip(&subjects.overdue).map(|(row, overdue)| {
        let guarded = match judges {
            Judged::Enterprise => secret.iter().map(|measure| (*measure).clone()).collect(),
            Judged::Parcel => guarded(gathered, &secret, shelf.id(*row)),
        };
        KeptSubject {
            code: shelf.text(*row, LandPart::Code).unwrap_or_default(),
            area: (judges == Judged::Parcel).then(|| ground.legal_area(*row)).flatten().map(|(area, _)| area),
            overdue: *overdue,
            guarded,
            held: false,
        }
    });
    let mut all: Vec<KeptSubject> = each.collect();
    share_guards(frozen, &mut all);
    all
}

/// Whom nobody may see alone, nobody sees in the sum it is a part of: what the others gave is shown where they stand.
fn share_guards(frozen: &Judgement, subjects: &mut [KeptSubject]) {
    let mut shared: BTreeMap<EntryId, Vec<MeasureId>> = BTreeMap::new();
    let together = || frozen.rows.iter().enumerate().filter(|(_, row)| row.together.is_some());
    for (at, row) in together() {
        shared.entry(row.stands_for()).or_default().extend(subjects[at].guarded.iter().cloned());
    }
    for (at, row) in together() {
        subjects[at].guarded.clone_from(&shared[&row.stands_for()]);
    }
}

/// Those of some measures whose value on a parcel would show what one enterprise gave.
pub(super) fn guarded(gathered: &Gathered, secret: &[&MeasureId], parcel: EntryId) -> Vec<MeasureId> {
    let Some(number) = gathered.parcels.of(parcel) else { return Vec::new() };
    let shows = |measure: &&&MeasureId| {
        gathered.gauges.get(**measure).is_some_and(|gauge| {
            shows_one(gauge.ledger(&gathered.plan).amounts(number as usize).map(rust_decimal::Decimal::from))
        })
    };
    secret.iter().filter(shows).map(|measure| (*measure).clone()).collect()
}
