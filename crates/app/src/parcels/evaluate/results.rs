//! Frozen evaluations as people look at them.

use std::collections::BTreeMap;

use assess::messages as words;
use assess::run::{Cell, MoveBy};
use model::content::Content;
use model::definition::{Denominator, Scheme};
use model::id::{GradeId, GroupId};
use rust_decimal::Decimal;
use store::EvaluationRecord;

use super::super::coverage::status;
use super::super::fault::Result;
use super::super::gather::gather;
use super::super::ground::Ground;
use super::super::measured::{percent, secret};
use super::super::shapes::{
    FrozenIndicator, PublicationStage, ResultPage, ResultRow, RunBenchmark, RunGrade, RunList, RunView,
};
use super::freeze::subjects_of;
use super::kept::{Kept, KeptFacts, load, summary};
use super::schemes::{digest, indicators, named};
use crate::access::Actor;
use crate::books::Page;
use crate::messages::parcels as say;
use crate::park::Park;

/// Which rows of an evaluation, in which order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ResultQuestion {
    /// Only this grade.
    pub grade: Option<String>,
    /// Only this group.
    pub group: Option<String>,
    /// Only this status.
    pub status: Option<String>,
    /// Words of code and name.
    pub search: String,
    /// `score`, `-score`, `rank`, `grade`, `name`, else by code.
    pub sort: String,
    /// As it is published: without scores, ranks and values, not in the order of any of them (排名不分先后).
    pub public: bool,
    /// Which part.
    pub page: Page,
}

/// All evaluations, newest first.
///
/// # Errors
/// [`super::super::ParcelsFault`] when parcels are not for this person.
pub fn evaluations(park: &Park, actor: &Actor) -> Result<RunList> {
    Ground::new(park, actor)?;
    let stages = park.store().evaluation_stages()?;
    let records = park.store().evaluations()?;
    Ok(RunList { items: records.iter().rev().map(|record| summary(record, &stages)).collect() })
}

/// One evaluation.
///
/// # Errors
/// [`super::super::ParcelsFault`] when there is none of that number.
pub fn evaluation(park: &Park, actor: &Actor, id: u64) -> Result<RunView> {
    let ground = Ground::new(park, actor)?;
    let (record, kept) = load(park, id)?;
    let stages = park.store().evaluation_stages()?;
    let mut statuses: BTreeMap<String, usize> = BTreeMap::new();
    for (row, subject) in kept.frozen.rows.iter().zip(&kept.subjects) {
        *statuses.entry(status(&row.status, subject.overdue).0.to_owned()).or_default() += 1;
    }
    let publications = stages.iter().filter(|stage| stage.evaluation == id);
    let publications = publications.map(|stage| PublicationStage {
        stage: stage.stage.word().to_owned(),
        at: stage.at,
        until: stage.until,
        who: stage.who.clone(),
        note: stage.note.clone(),
    });
    Ok(RunView {
        summary: summary(&record, &stages),
        grades: grades(&kept),
        statuses,
        benchmarks: benchmarks(&kept.frozen),
        publications: publications.collect(),
        open_objections: super::objections::open(&ground, id),
        outdated: outdated(park, &ground, &record, &kept)?,
    })
}

/// Whether the data or the rules would give something else by now.
fn outdated(park: &Park, ground: &Ground<'_>, record: &EvaluationRecord, kept: &Kept) -> Result<bool> {
    let rules = named(park, Some(&record.scheme), kept.judges());
    if rules.is_ok_and(|scheme| digest(park, scheme) != record.rules) {
        return Ok(true);
    }
    if park.store().latest_revision()? == record.revision {
        return Ok(false);
    }
    let gathered = gather(park, ground, record.year);
    Ok(KeptFacts::of(&subjects_of(&gathered, kept.judges()).facts) != kept.facts)
}

fn grades(kept: &Kept) -> Vec<RunGrade> {
    let mut found: Vec<RunGrade> = Vec::new();
    // Quotas are shares of those that are judged: several judged as one are one.
    let mut units: BTreeMap<(&GroupId, &GradeId), usize> = BTreeMap::new();
    let order = |scheme: &Scheme, grade: &str| {
        let lines = scheme.groups.iter().flat_map(|g| &scheme.grades_of(g).lines);
        let all = lines.map(|line| &line.grade).chain(scheme.classes.iter().map(|class| &class.grade));
        all.into_iter().position(|known| known.as_str() == grade)
    };
    for (row, subject) in kept.frozen.rows.iter().zip(&kept.subjects) {
        let (Some(group), Some(grade)) = (&row.group, &row.grade) else { continue };
        let area = subject.area.or(row.land).unwrap_or_default();
        let same = |of: &&mut RunGrade| of.group == group.as_str() && of.grade == grade.as_str();
        *units.entry((group, grade)).or_default() += usize::from(row.counts());
        if let Some(of) = found.iter_mut().find(same) {
            of.count += 1;
            of.area += area;
        } else {
            let (group, grade) = (group.to_string(), grade.to_string());
            found.push(RunGrade { group, grade, count: 1, area, share: None });
        }
    }
    let groups = &kept.frozen.groups;
    for of in &mut found {
        let graded = groups.iter().find(|g| g.group.as_str() == of.group).map_or(0, |g| g.graded);
        let units =
            units.get(&(&of.group.as_str().into(), &of.grade.as_str().into())).copied().unwrap_or_default();
        of.share = Decimal::from(units).checked_div(Decimal::from(graded)).map(percent);
    }
    let place = |of: &RunGrade| {
        let group = groups.iter().position(|g| g.group.as_str() == of.group);
        (group, order(&kept.frozen.scheme, &of.grade))
    };
    found.sort_by_key(place);
    found
}

/// The benchmarks of a frozen run.
pub(super) fn benchmarks(frozen: &assess::run::Frozen) -> Vec<RunBenchmark> {
    let mut all = Vec::new();
    for group in &frozen.groups {
        let definition = frozen.scheme.group(group.group.as_str());
        for indicator in &group.indicators {
            let one = definition.and_then(|g| g.indicators.iter().find(|i| i.id == indicator.indicator));
            all.push(RunBenchmark {
                group: group.group.to_string(),
                indicator: indicator.indicator.to_string(),
                title: one.map_or_else(String::new, |one| one.title.clone()),
                value: indicator.benchmark.map(|value| value.normalize()),
                unit: one.and_then(|one| one.unit.as_ref()).map_or_else(String::new, ToString::to_string),
                words: one.map_or_else(String::new, |one| say::benchmark(&one.benchmark)),
            });
        }
    }
    all
}

/// Rows of an evaluation.
///
/// # Errors
/// [`super::super::ParcelsFault`] when there is none of that number.
pub fn results(park: &Park, actor: &Actor, id: u64, asked: &ResultQuestion) -> Result<ResultPage> {
    let ground = Ground::new(park, actor)?;
    let (record, kept) = load(park, id)?;
    let stages = park.store().evaluation_stages()?;
    let shown = stages.iter().filter(|s| s.evaluation == record.id).map(|s| s.stage).max();
    let mut rows: Vec<ResultRow> = (0..kept.frozen.rows.len())
        .map(|at| result_row(&ground, &kept, at))
        .filter(|row| matches(row, asked))
        .collect();
    if asked.public {
        rows.iter_mut().for_each(|row| only_public(row, shown));
    }
    order(&mut rows, asked);
    let total = rows.len();
    let items = rows.into_iter().skip(asked.page.offset).take(asked.page.limit).collect();
    let ordered = !asked.public && !asked.sort.is_empty();
    Ok(ResultPage {
        run: id,
        total,
        offset: asked.page.offset,
        indicators: if asked.public { Vec::new() } else { indicators(&kept.frozen.scheme) },
        items,
        order: if ordered { asked.sort.clone() } else { "unordered".to_owned() },
    })
}

fn matches(row: &ResultRow, asked: &ResultQuestion) -> bool {
    let is = |wanted: &Option<String>, value: Option<&str>| {
        wanted.as_deref().is_none_or(|wanted| value == Some(wanted))
    };
    let text = format!("{} {}", row.code, row.name).to_lowercase();
    is(&asked.grade, row.grade.as_deref())
        && is(&asked.group, Some(&row.group))
        && is(&asked.status, Some(&row.status))
        && asked.search.split_whitespace().all(|word| text.contains(&word.to_lowercase()))
}

fn order(rows: &mut [ResultRow], asked: &ResultQuestion) {
    let by_code = |a: &ResultRow, b: &ResultRow| a.code.cmp(&b.code).then_with(|| a.entry.cmp(&b.entry));
    rows.sort_by(by_code);
    if asked.public {
        return;
    }
    match asked.sort.as_str() {
        "-score" => rows.sort_by_key(|row| std::cmp::Reverse(row.score)),
        "score" => rows.sort_by(|a, b| a.score.is_none().cmp(&b.score.is_none()).then(a.score.cmp(&b.score))),
        "rank" => rows.sort_by_key(|row| (row.group.clone(), row.rank.is_none(), row.rank)),
        "grade" => rows.sort_by_key(|row| (row.group.clone(), row.grade.is_none(), row.grade.clone())),
        "name" => rows.sort_by(|a, b| a.name.cmp(&b.name)),
        _ => {}
    }
}

/// Takes out what a published list does not show: areas at first, grades once the result is public.
fn only_public(row: &mut ResultRow, shown: Option<store::EvaluationStage>) {
    if shown != Some(store::EvaluationStage::Result) {
        row.grade = None;
        row.group.clear();
    }
    (row.score, row.rank, row.first_grade) = (None, None, None);
    row.indicators.clear();
    row.marks.clear();
}

/// One row as a reader may see it.
pub(super) fn result_row(ground: &Ground<'_>, kept: &Kept, at: usize) -> ResultRow {
    let (row, subject) = (&kept.frozen.rows[at], &kept.subjects[at]);
    let (status, mut said) = status(&row.status, subject.overdue);
    if let Some(outside) = row.outside.filter(|_| said.is_empty()) {
        words::outside(outside).clone_into(&mut said);
    }
    if said.is_empty() {
        said = words::unscored(&kept.frozen.scheme, row).unwrap_or_default();
    }
    let group = row.group.as_ref().map_or_else(String::new, ToString::to_string);
    ResultRow {
        entry: row.key.0,
        code: subject.code.clone(),
        name: row.name.to_string(),
        area: subject.area.or(row.land),
        status: status.to_owned(),
        words: said,
        first_grade: row.first.as_ref().map(ToString::to_string),
        grade: row.grade.as_ref().map(ToString::to_string),
        score: row.score,
        rank: row.rank.and_then(|rank| u32::try_from(rank).ok()),
        indicators: row.cells.iter().map(|cell| frozen_cell(ground, kept, at, &group, cell)).collect(),
        marks: marks(kept, ground.content, at),
        together: row.together.iter().flat_map(|of| &of.members).map(|entry| entry.0).collect(),
        group,
    }
}

/// One indicator as a reader may see it.
pub(super) fn frozen_cell(
    ground: &Ground<'_>,
    kept: &Kept,
    at: usize,
    group: &str,
    cell: &Cell,
) -> FrozenIndicator {
    let withheld = withheld(ground, kept, at, group, cell);
    let shown = |value: Option<Decimal>| value.filter(|_| !withheld).map(|value| value.normalize());
    let reason = match (cell.reason, cell.bound) {
        (Some(reason), _) => words::reason(reason).to_owned(),
        (None, Some(bound)) => words::bound(bound).to_owned(),
        (None, None) => String::new(),
    };
    FrozenIndicator {
        indicator: cell.indicator.to_string(),
        numerator: shown(cell.numerator.value),
        denominator: shown(cell.denominator.as_ref().and_then(|d| d.value)),
        value: shown(cell.x),
        benchmark: cell.benchmark.map(|value| value.normalize()),
        raw: shown(cell.raw),
        points: shown(cell.points),
        reason,
        withheld,
    }
}

/// Whether a reader may not see what an indicator was computed from, since it would show a single enterprise.
fn withheld(ground: &Ground<'_>, kept: &Kept, at: usize, group: &str, cell: &Cell) -> bool {
    let one = kept.frozen.scheme.group(group);
    let one = one.and_then(|g| g.indicators.iter().find(|i| i.id == cell.indicator));
    let Some(one) = one else { return false };
    let mut of = vec![&one.numerator];
    if let Denominator::Measure(measure) = &one.denominator {
        of.push(measure);
    }
    let guarded = &kept.subjects[at].guarded;
    of.into_iter().any(|id| {
        let measure = ground.content.measures.get(id);
        guarded.contains(id) && measure.is_some_and(|measure| secret(ground, measure))
    })
}

/// With whom a subject was judged as one, in words; none when it was judged alone.
pub(super) fn together(kept: &Kept, at: usize) -> Option<String> {
    let row = &kept.frozen.rows[at];
    let of = row.together.as_ref()?;
    let others = of.members.iter().filter(|member| **member != row.key);
    let names = others.filter_map(|member| Some(kept.frozen.rows[kept.position(*member)?].name.as_ref()));
    Some(say::together(
        &of.unit,
        &names.collect::<Vec<_>>(),
        of.score,
        of.grade.as_ref().map(GradeId::as_str),
    ))
}

/// With whom it was judged, and what moved its grade after its score, in words.
fn marks(kept: &Kept, content: &Content, at: usize) -> Vec<String> {
    let row = &kept.frozen.rows[at];
    let title = |id: &model::id::MarkId| content.marks.get(id).map_or(id.to_string(), |m| m.title.clone());
    let mut all: Vec<String> = together(kept, at).into_iter().collect();
    all.extend(row.moves.iter().map(|step| {
        let how = match step.by {
            MoveBy::Veto => say::VETO,
            MoveBy::Protection => say::PROTECTION,
            MoveBy::Class => say::CLASS,
        };
        say::moved(how, &title(&step.mark), &step.reason, (step.from.as_str(), step.to.as_str()))
    }));
    if kept.subjects[at].held {
        all.push(say::HELD.to_owned());
    }
    all
}
