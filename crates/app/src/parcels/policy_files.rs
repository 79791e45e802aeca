//! What is done with a result as workbooks to take away: idle and low-efficiency land, room to build, what grades cost.
//!
//! A workbook says what the page says, to the same reader. Deliberately absent: judging, and any number of its own.

use std::collections::BTreeMap;

use jiff::civil::Date;
use office::write::CellSpec;
use rust_decimal::Decimal;

use super::export::ExportedFile;
use super::fault::Result;
use super::shapes::{LowCriterion, LowGround, LowMissing, LowPage, LowParcel, LowVerdict};
use super::{effects, low, potential};
use crate::access::Actor;
use crate::books::BooksFault;
use crate::messages::land_policy as say;
use crate::park::Park;
use crate::table_file::table_file;

/// Which verdicts are taken away; an empty filter takes all that the page lists.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LowFilter {
    /// The rule.
    pub rule: Option<String>,
    /// `met`, `unknown`, `not_met`, `excused` or `behind`.
    pub held: Option<String>,
    /// Only those of which nothing open is done.
    pub undisposed: bool,
}

impl LowFilter {
    fn takes(&self, parcel: &LowParcel, verdict: &LowVerdict) -> bool {
        let state = verdict.because.as_ref().unwrap_or(&verdict.held);
        self.rule.as_ref().is_none_or(|rule| *rule == verdict.rule)
            && self.held.as_ref().is_none_or(|held| held == state)
            && (!self.undisposed || parcel.undisposed)
    }
}

/// Idle and low-efficiency land as a workbook.
///
/// # Errors
/// As [`low()`].
pub fn low_file(
    park: &Park,
    actor: &Actor,
    asked: (Option<Date>, Option<i16>),
    filter: &LowFilter,
) -> Result<ExportedFile> {
    let page = low(park, actor, asked)?;
    let mut rows = Vec::new();
    for parcel in &page.items {
        rows.extend(
            parcel.verdicts.iter().filter(|v| filter.takes(parcel, v)).map(|v| low_row(&page, parcel, v)),
        );
    }
    file(say::low_file(page.on), &say::LOW_HEADINGS, rows)
}

fn low_row(page: &LowPage, parcel: &LowParcel, verdict: &LowVerdict) -> Vec<CellSpec> {
    let rule = page.rules.iter().find(|rule| rule.id == verdict.rule);
    let met: Vec<&LowGround> = verdict.grounds.iter().filter(|ground| ground.held == "met").collect();
    let found = |of: &LowCriterion| format!("{} {}（{}）", of.title, of.value, of.limit);
    let reasons = met.iter().map(|ground| {
        let tests = ground.criteria.iter().filter(|of| of.held == "met").map(found);
        format!("{}：{}", ground.title, tests.collect::<Vec<_>>().join("，"))
    });
    let steps = met.iter().flat_map(|ground| &ground.steps).map(|step| step.words.clone());
    let disposal = parcel.disposals.first();
    let text = |text: Option<&String>| text.cloned().map_or_else(CellSpec::blank, CellSpec::text);
    let day = |day: Option<Date>| day.map_or_else(CellSpec::blank, |day| CellSpec::text(day.to_string()));
    vec![
        CellSpec::text(parcel.code.clone()),
        CellSpec::text(parcel.parcel.title.clone()),
        number(parcel.area),
        text(rule.map(|rule| &rule.title)),
        text(rule.map(|rule| &rule.document)),
        CellSpec::text(verdict.words.clone()),
        CellSpec::text(reasons.collect::<Vec<_>>().join("；")),
        CellSpec::text(steps.collect::<Vec<_>>().join("；")),
        CellSpec::text(verdict.missing.iter().map(owed).collect::<Vec<_>>().join("；")),
        day(parcel.surveyed),
        text(disposal.and_then(|of| of.way.as_ref())),
        text(disposal.and_then(|of| of.state.as_ref())),
        day(disposal.and_then(|of| of.due)),
        disposal
            .and_then(|of| of.late)
            .map_or_else(CellSpec::blank, |late| CellSpec::decimal(late.to_string())),
    ]
}

/// Floor area that may still be built as a workbook.
///
/// # Errors
/// As [`potential()`].
pub fn potential_file(
    park: &Park,
    actor: &Actor,
    asked: (Option<Date>, Option<i16>, Option<u64>),
) -> Result<ExportedFile> {
    let page = potential(park, actor, asked)?;
    let mut rows = Vec::new();
    for (rank, of) in (1..).zip(&page.items) {
        rows.push(vec![
            CellSpec::decimal(i32::to_string(&rank)),
            CellSpec::text(of.code.clone()),
            CellSpec::text(of.parcel.title.clone()),
            number(Some(of.area)),
            number(Some(of.far_max)),
            number(Some(of.counted)),
            number(Some(of.addable)),
            number(Some(of.excess)),
            of.grade.clone().map_or_else(CellSpec::blank, CellSpec::text),
            number(of.score),
            number(Some(of.wanted)),
            number(of.priority),
            CellSpec::text(of.words.clone()),
        ]);
    }
    for of in &page.unknown {
        let mut row = vec![CellSpec::blank(); say::POTENTIAL_HEADINGS.len()];
        row[1] = CellSpec::text(of.code.clone());
        row[2] = CellSpec::text(of.parcel.title.clone());
        row[12] = CellSpec::text(say::lacking(&of.missing.iter().map(owed).collect::<Vec<_>>()));
        rows.push(row);
    }
    file(say::potential_file(page.on), &say::POTENTIAL_HEADINGS, rows)
}

/// What grades cost and save as a workbook: a line for each subject and policy, and one for each policy in all.
///
/// # Errors
/// As [`effects()`].
pub fn effects_file(
    park: &Park,
    actor: &Actor,
    run: u64,
    asked: (Option<Date>, &BTreeMap<String, String>),
) -> Result<ExportedFile> {
    let page = effects(park, actor, run, asked)?;
    let mut rows = Vec::new();
    for of in &page.items {
        for (policy, cell) in page.policies.iter().zip(&of.effects) {
            rows.push(vec![
                CellSpec::text(of.code.clone()),
                CellSpec::text(of.name.clone()),
                of.grade.clone().map_or_else(CellSpec::blank, CellSpec::text),
                CellSpec::text(policy.rule.title.clone()),
                number(cell.quantity),
                CellSpec::text(policy.rule.unit.clone()),
                number(cell.money),
                CellSpec::text(cell.words.clone()),
            ]);
        }
    }
    for policy in &page.policies {
        let mut row = vec![CellSpec::blank(); say::EFFECT_HEADINGS.len()];
        row[1] = CellSpec::text(say::IN_ALL);
        row[3] = CellSpec::text(policy.rule.title.clone());
        row[6] = number(policy.total.money);
        row[7] = CellSpec::text(policy.total.words.clone());
        rows.push(row);
    }
    file(say::effects_file(page.year, run), &say::EFFECT_HEADINGS, rows)
}

fn owed(missing: &LowMissing) -> String {
    say::owed(&missing.title, &missing.department)
}

fn number(number: Option<Decimal>) -> CellSpec {
    number.map_or_else(CellSpec::blank, |number| CellSpec::decimal(number.normalize().to_string()))
}

fn file(name: String, headings: &[&str], rows: Vec<Vec<CellSpec>>) -> Result<ExportedFile> {
    let parcels = rows.len();
    let file = table_file(name, headings, rows).map_err(BooksFault::Export)?;
    Ok(ExportedFile { name: file.name, bytes: file.bytes, parcels, undrawn: 0 })
}
