//! Why a parcel has its score: from a frozen evaluation, or from the rules and data as they are.

use std::sync::Arc;

use assess::explain::{self, Closing, PartKind, Way};
use assess::facts::Status;
use assess::merge;
use assess::messages as words;
use assess::run::{Frozen, Options, Row};
use jiff::civil::date;
use model::definition::{Indicator, Judged, Scheme};
use model::id::EntryId;
use rust_decimal::Decimal;

use super::super::coverage::status;
use super::super::fault::Result;
use super::super::gather::gather;
use super::super::ground::Ground;
use super::super::measured::Measured;
use super::super::promises::commitments;
use super::super::shapes::{
    Distance, DistanceStep, ExplainedIndicator, GroupPosition, ParcelExplanation, WaterfallStep, YearScore,
};
use super::freeze::{kept_subjects, previous_means, subjects_of, threads};
use super::kept::{Kept, KeptFacts, Positions, load, read};
use super::results::{frozen_cell, together};
use super::schemes::named;
use crate::access::{Actor, Refusal};
use crate::messages::parcels as say;
use crate::park::Park;

/// Explains an entry in a frozen evaluation, or, without one, by the usual scheme over the year as it is.
///
/// # Errors
/// [`super::super::ParcelsFault`] when the evaluation is not there or does not know the entry.
pub fn explain(
    park: &Park,
    actor: &Actor,
    entry: EntryId,
    (run, year): (Option<u64>, Option<i16>),
) -> Result<ParcelExplanation> {
    let ground = Ground::new(park, actor)?;
    if let Some(id) = run {
        let (_, kept) = load(park, id)?;
        return explained(park, &ground, &kept, entry, Some(id));
    }
    let kept = as_it_is(park, &ground, entry, super::super::year_or_newest(park, year)?)?;
    explained(park, &ground, &kept, entry, None)
}

/// The usual scheme over a year as it is, not kept in the ledger; in memory until the books change.
fn as_it_is(park: &Park, ground: &Ground<'_>, entry: EntryId, year: i16) -> Result<Arc<Kept>> {
    let parcel = ground.parcels().table.row(entry).is_some();
    let scheme = named(park, None, if parcel { Judged::Parcel } else { Judged::Enterprise })?;
    let of_year = format!("{AS_IT_IS}{} {year} ", scheme.id);
    let key = format!("{of_year}{} {}", park.today(), ground.revision());
    let make = || {
        let kept = run_now(park, ground, scheme, year)?;
        let weight = kept.subjects.len() * PER_SUBJECT;
        Ok((kept, weight))
    };
    park.runs().get_or_make(key, |known| known.starts_with(&of_year), make)
}

/// What keys of evaluations begin with that nobody froze; frozen ones have the digest of their bytes.
const AS_IT_IS: &str = "as it is: ";
/// About as many bytes a subject takes.
const PER_SUBJECT: usize = 4096;

fn run_now(park: &Park, ground: &Ground<'_>, scheme: &Scheme, year: i16) -> Result<Kept> {
    let gathered = gather(park, ground, year);
    let subjects = subjects_of(&gathered, scheme.judges);
    let options =
        Options { previous: previous_means(park, ground, scheme, year)?, any_year: true, threads: threads() };
    let frozen = merge::judged(scheme, &subjects.facts, &options)?;
    Ok(Kept {
        form: 0,
        subjects: kept_subjects(ground, &gathered, &frozen),
        frozen,
        facts: KeptFacts::of(&subjects.facts),
        previous: Vec::new(),
        positions: Positions::default(),
    })
}

fn explained(
    park: &Park,
    ground: &Ground<'_>,
    kept: &Kept,
    entry: EntryId,
    run: Option<u64>,
) -> Result<ParcelExplanation> {
    let at = kept.position(entry).ok_or(Refusal::NotFound)?;
    let frozen = &kept.frozen;
    let found = explain::explain(frozen, entry).ok_or(Refusal::NotFound)?;
    let (row, subject) = (&found.row, &kept.subjects[at]);
    let group = row.group.as_ref().map_or_else(String::new, ToString::to_string);
    let (standing, mut said) = status(&row.status, subject.overdue);
    if let Some(outside) = row.outside.filter(|_| said.is_empty()) {
        words::outside(outside).clone_into(&mut said);
    }
    if said.is_empty() {
        said = together(kept, at).unwrap_or_default();
    }
    let parcels = ground.parcels();
    let promises = match parcels.table.row(entry) {
        Some(row) => {
            let measured = Measured { ground, gathered: gather(park, ground, frozen.year) };
            commitments(&measured, row, date(frozen.year, 12, 31))
        }
        None => Vec::new(),
    };
    let indicators = indicators(ground, kept, at, &group, &found);
    let hidden = indicators.iter().any(|one| one.withheld);
    Ok(ParcelExplanation {
        entry: entry.0,
        code: subject.code.clone(),
        name: row.name.to_string(),
        run,
        scheme: frozen.scheme.id.to_string(),
        scheme_title: frozen.scheme.title.clone(),
        year: frozen.year,
        status: standing.to_owned(),
        words: said,
        grade: row.grade.as_ref().map(ToString::to_string),
        first_grade: row.first.as_ref().map(ToString::to_string),
        score: row.score,
        // Points of one indicator would show its value, and so would all the others beside the score.
        waterfall: if hidden { Vec::new() } else { waterfall(&frozen.scheme, &group, &found.waterfall) },
        next: found.distance.as_ref().map(|d| distance(&frozen.scheme, &group, d, hidden)),
        group_position: position(frozen, row),
        years: years(park, entry, frozen.scheme.judges)?,
        commitments: promises,
        indicators,
        group,
    })
}

fn indicator<'a>(scheme: &'a Scheme, group: &str, id: &str) -> Option<&'a Indicator> {
    scheme.group(group)?.indicators.iter().find(|one| one.id.as_str() == id)
}

fn waterfall(scheme: &Scheme, group: &str, parts: &[explain::Part]) -> Vec<WaterfallStep> {
    let step = |part: &explain::Part| {
        let (kind, title, title_en, said) = match &part.kind {
            PartKind::Indicator { indicator: id, reason } => {
                let one = indicator(scheme, group, id.as_str());
                let said = reason.map(|reason| say::filled(words::reason(reason))).unwrap_or_default();
                let title = one.map_or_else(|| id.to_string(), |one| one.title.clone());
                ("indicator", title, one.map_or_else(String::new, |one| one.title_en.clone()), said)
            }
            PartKind::Carried => plain("indicator", say::CARRIED),
            PartKind::Correction => plain("correction", say::CORRECTION),
            PartKind::Bonus { id } => {
                let title = scheme.bonuses.iter().find(|one| one.id == *id).map(|one| one.title.as_str());
                plain("bonus", title.unwrap_or(id))
            }
            PartKind::BonusLimit => plain("bonus", say::BONUS_LIMIT),
            PartKind::Malus { id } => {
                let title = scheme.maluses.iter().find(|one| one.id == *id).map(|one| one.title.as_str());
                plain("malus", title.unwrap_or(id))
            }
            PartKind::MalusLimit => plain("malus", say::MALUS_LIMIT),
            PartKind::Rounding => plain("correction", say::ROUNDING),
        };
        let kind = kind.to_owned();
        WaterfallStep { kind, title, title_en, points: part.points, total: part.running, words: said }
    };
    parts.iter().map(step).collect()
}

fn plain<'k>(kind: &'k str, title: &str) -> (&'k str, String, String, String) {
    (kind, title.to_owned(), String::new(), String::new())
}

fn indicators(
    ground: &Ground<'_>,
    kept: &Kept,
    at: usize,
    group: &str,
    found: &explain::Explanation,
) -> Vec<ExplainedIndicator> {
    let scheme = &kept.frozen.scheme;
    let each = found.row.cells.iter().map(|cell| {
        let one = indicator(scheme, group, cell.indicator.as_str());
        let shown = frozen_cell(ground, kept, at, group, cell);
        let beside = found.group.iter().find(|beside| beside.indicator == cell.indicator);
        ExplainedIndicator {
            title: one.map_or_else(|| cell.indicator.to_string(), |one| one.title.clone()),
            title_en: one.map_or_else(String::new, |one| one.title_en.clone()),
            unit: cell.unit.as_ref().map_or_else(String::new, ToString::to_string),
            weight: cell.weight,
            group_mean: beside.and_then(|beside| beside.mean).map(|mean| mean.normalize()),
            id: shown.indicator,
            numerator: shown.numerator,
            denominator: shown.denominator,
            value: shown.value,
            benchmark: shown.benchmark,
            raw: shown.raw,
            points: shown.points,
            reason: shown.reason,
            withheld: shown.withheld,
        }
    });
    each.collect()
}

fn distance(scheme: &Scheme, group: &str, found: &explain::Distance, hidden: bool) -> Distance {
    let ways = if hidden { &[][..] } else { &found.ways };
    Distance {
        grade: found.grade.to_string(),
        threshold: Some(found.needed),
        points: Some(found.gap),
        steps: ways.iter().map(|way| step(scheme, group, way)).collect(),
        words: say::distance(found.grade.as_str(), found.gap),
    }
}

fn step(scheme: &Scheme, group: &str, closing: &Closing) -> DistanceStep {
    let one = indicator(scheme, group, closing.indicator.as_str());
    let title = one.map_or_else(|| closing.indicator.to_string(), |one| one.title.clone());
    let (needed, more, unit, said) = match &closing.way {
        Way::Enough { x, numerator_by, unit, .. } => {
            (Some(*x), Some(*numerator_by), unit.to_string(), say::enough(*numerator_by, unit.as_str()))
        }
        Way::CapTooLow { most } => (None, None, String::new(), say::cap_too_low(*most)),
        Way::NotMeasured => (None, None, String::new(), say::NOT_MEASURED.to_owned()),
        Way::NoWeight => (None, None, String::new(), say::NO_WEIGHT.to_owned()),
    };
    DistanceStep { indicator: closing.indicator.to_string(), title, needed, more, unit, words: said }
}

fn position(frozen: &Frozen, row: &Row) -> Option<GroupPosition> {
    let group = row.group.as_ref()?;
    let mut scores: Vec<Decimal> = frozen
        .rows
        .iter()
        .filter(|other| other.group.as_ref() == Some(group) && other.status == Status::Scored)
        .filter_map(|other| other.score)
        .collect();
    scores.sort_unstable();
    let sum: Decimal = scores.iter().sum();
    Some(GroupPosition {
        group: group.to_string(),
        of: scores.len(),
        rank: row.rank.and_then(|rank| u32::try_from(rank).ok()),
        mean: sum.checked_div(Decimal::from(scores.len())).map(|mean| mean.round_dp(2)),
        median: scores.get(scores.len().saturating_sub(1) / 2).copied(),
    })
}

/// The newest version of each year an entry was part of, oldest first.
fn years(park: &Park, entry: EntryId, judges: Judged) -> Result<Vec<YearScore>> {
    let mut found: Vec<YearScore> = Vec::new();
    for record in park.store().evaluations()? {
        let kept = read(park, &record)?;
        let row = kept.position(entry).map(|at| &kept.frozen.rows[at]);
        let Some(row) = row.filter(|_| kept.judges() == judges) else { continue };
        found.retain(|of| (of.year, &of.scheme) != (record.year, &record.scheme));
        found.push(YearScore {
            year: record.year,
            run: record.id,
            scheme: record.scheme.clone(),
            grade: row.grade.as_ref().map(ToString::to_string),
            score: row.score,
        });
    }
    found.sort_by_key(|of| (of.year, of.run));
    Ok(found)
}
