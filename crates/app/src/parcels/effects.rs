//! What the grades of a frozen evaluation cost and save, by the dated rates of the books, or by rates that are tried.
//!
//! Quantities are those frozen with the evaluation. Deliberately absent: the arithmetic (`assess::effects`), policies and their
//! rates (`policies`).

use std::collections::BTreeMap;

use assess::effects::Total;
use jiff::civil::{Date, date};
use model::definition::Judged;
use model::id::EntryId;
use rust_decimal::Decimal;

use super::evaluate::{Kept, load, summary};
use super::fault::Result;
use super::ground::Ground;
use super::measured::secret;
use super::policies::{self, Policy, policies};
use super::shapes::{EffectPage, EffectPolicy, EffectRate, EffectRow, RunSummary};
use crate::access::Actor;
use crate::park::Park;

/// What grades cost and save, by the rates of a day – that of the end of the evaluated year when none is asked for – and by those
/// that are tried, as `rates.POLICY.GRADE`.
///
/// # Errors
/// [`super::ParcelsFault`] when parcels are not for this person, there is no such evaluation, or a rate tried cannot be one.
pub fn effects(
    park: &Park,
    actor: &Actor,
    run: u64,
    (on, tried): (Option<Date>, &BTreeMap<String, String>),
) -> Result<EffectPage> {
    let ground = Ground::new(park, actor)?;
    let (record, kept) = load(park, run)?;
    let on = on.unwrap_or_else(|| date(record.year, 12, 31));
    let policies = policies(&ground, on, tried)?;
    let mut totals = vec![(Total::default(), 0_usize); policies.len()];
    let mut items = Vec::with_capacity(kept.frozen.rows.len());
    for (at, (row, subject)) in kept.frozen.rows.iter().zip(&kept.subjects).enumerate() {
        let grade = row.treated_as.as_ref().or(row.grade.as_ref());
        let mut effects = Vec::with_capacity(policies.len());
        for (policy, (total, withheld)) in policies.iter().zip(&mut totals) {
            let quantity = quantity(policy, &kept, at);
            let found = policy.after(grade, quantity, on);
            let hidden =
                policy.measure.is_some_and(|m| subject.guarded.contains(&m.id) && secret(&ground, m));
            if hidden {
                *withheld += 1;
            } else {
                total.add(found);
            }
            effects.push(policies::cell(found, quantity, hidden));
        }
        items.push(EffectRow {
            entry: row.key.0,
            code: subject.code.clone(),
            name: row.name.to_string(),
            grade: row.grade.as_ref().map(ToString::to_string),
            effects,
        });
    }
    let summary = summary(&record, &[]);
    Ok(EffectPage {
        run,
        year: record.year,
        subject: summary.subject,
        on,
        grades: policies::grades_of(&kept.frozen.scheme),
        policies: policies.into_iter().zip(totals).map(|(policy, total)| view(policy, total)).collect(),
        items,
        revision: ground.revision(),
    })
}

/// The quantity of a subject, in the unit of the measure.
fn quantity(policy: &Policy<'_>, kept: &Kept, at: usize) -> Option<Decimal> {
    kept.facts.measures.get(&policy.measure?.id)?.get(at)?.value
}

fn view(policy: Policy<'_>, (total, withheld): (Total, usize)) -> EffectPolicy {
    EffectPolicy { rule: policy.shape(), total: policies::total(&total, withheld) }
}

/// An enterprise with the grade it got and the rate of a policy for it.
pub(crate) struct GradedEnterprise {
    pub enterprise: EntryId,
    pub grade: String,
    /// None: the rate of the grade is to be supplied.
    pub rate: Option<EffectRate>,
}

/// The enterprises a frozen evaluation graded, each with the rate of a policy that was in force on the last day of its year. None of
/// an evaluation of parcels.
///
/// # Errors
/// [`super::ParcelsFault`] when parcels are not for this person, or there is no such evaluation.
pub(crate) fn graded_enterprises(
    park: &Park,
    actor: &Actor,
    run: u64,
    policy: &str,
) -> Result<(RunSummary, Vec<GradedEnterprise>)> {
    let ground = Ground::new(park, actor)?;
    let (record, kept) = load(park, run)?;
    let summary = summary(&record, &park.store().evaluation_stages()?);
    if kept.judges() != Judged::Enterprise {
        return Ok((summary, Vec::new()));
    }
    let rates = policies(&ground, date(record.year, 12, 31), &BTreeMap::new())?;
    let rates = rates.into_iter().find(|of| of.title == policy).map_or_else(Vec::new, |of| of.views);
    let of = |row: &assess::run::Row| {
        let grade = row.treated_as.as_ref().or(row.grade.as_ref())?.to_string();
        let rate = rates.iter().find(|rate| rate.grade == grade).cloned();
        Some(GradedEnterprise { enterprise: row.key, grade, rate })
    };
    Ok((summary, kept.frozen.rows.iter().filter_map(of).collect()))
}
