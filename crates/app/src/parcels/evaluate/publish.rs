//! Making an evaluation public: the areas first, then the result.

use jiff::ToSpan as _;
use jiff::civil::Date;
use model::definition::Setting;
use store::EvaluationStage;

use super::super::fault::{ParcelsFault, Result};
use super::super::ground::Ground;
use super::super::shapes::{PublishStage, RunView};
use super::kept::{Kept, load};
use super::results::evaluation;
use crate::access::{Actor, Right};
use crate::park::Park;

/// Publishes a stage of an evaluation.
///
/// # Errors
/// [`ParcelsFault`] when it is not for this person, the stage is none, is public already, or is not next.
pub fn publish(park: &mut Park, actor: &Actor, id: u64, asked: &PublishStage) -> Result<RunView> {
    actor.need_anywhere(Right::Publish)?;
    Ground::new(park, actor)?;
    let stage = EvaluationStage::named(&asked.stage)
        .ok_or_else(|| ParcelsFault::Value { field: "stage", value: asked.stage.clone() })?;
    let (_, kept) = load(park, id)?;
    let public = |wanted: EvaluationStage| -> Result<bool> {
        let stages = park.store().evaluation_stages()?;
        Ok(stages.iter().any(|of| of.evaluation == id && of.stage == wanted))
    };
    if public(stage)? {
        return Err(ParcelsFault::Public(stage));
    }
    if stage == EvaluationStage::Result && !public(EvaluationStage::Area)? {
        return Err(ParcelsFault::AreaFirst);
    }
    let (at, today) = (park.clock.now(), park.today());
    let until = asked.until.or_else(|| last_day(&kept, stage, today));
    park.store.publish_evaluation(at, &actor.name, (id, stage), (until, asked.note.trim()))?;
    evaluation(park, actor, id)
}

/// The last day for objections by the scheme's number of days.
fn last_day(kept: &Kept, stage: EvaluationStage, today: Date) -> Option<Date> {
    let rule = &kept.frozen.scheme.publication;
    let days = match stage {
        EvaluationStage::Area => rule.area_days,
        EvaluationStage::Result => rule.result_days,
    };
    let days = days.and_then(Setting::known)?;
    let days = i64::try_from(days.trunc().mantissa()).ok()?;
    today.checked_add(days.days()).ok()
}
