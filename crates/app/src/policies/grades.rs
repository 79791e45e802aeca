//! Grades of a published evaluation into the book of differential prices (差别化电价): enterprise, year, grade, the rate on record with
//! its document. From there they are the input of a policy that prices.
//!
//! Deliberately absent: evaluations whose result is not public (浙江省保障“最多跑一次”改革规定第三十四条: measures follow the published result),
//! and rates nobody recorded.

use model::definition::{FieldKind, PolicyGrades};
use serde_json::json;

use super::shapes::GradesTaken;
use super::{Desk, PoliciesFault, Result};
use crate::access::{Actor, Refusal};
use crate::books::{self, Paste, PasteRow, Values};
use crate::messages::policies as say;
use crate::parcels;
use crate::park::Park;

/// Takes the grades of an evaluation of enterprises into the book of prices: one row per enterprise and year, changed where it is
/// there already.
///
/// # Errors
/// [`PoliciesFault::Not`] when the result is not public, or enterprises were not judged.
pub fn take(park: &mut Park, actor: &Actor, run: u64, key: Option<&str>) -> Result<GradesTaken> {
    let (rule, paste, mut taken) = {
        let desk = Desk::new(park, actor, None)?;
        let rule = desk.books.grades.clone().ok_or_else(|| PoliciesFault::Not(say::no_grades_book()))?;
        let (summary, graded) = parcels::graded_enterprises(park, actor, run, &rule.policy)?;
        if summary.subject != "enterprise" {
            return Err(PoliciesFault::Not(say::not_of_enterprises(&summary.scheme_title)));
        }
        if summary.stage != "result" {
            return Err(PoliciesFault::Not(say::not_public(summary.year)));
        }
        let book = desk.sight.book(&rule.book)?;
        let subject = book.subject.clone().ok_or(Refusal::NotFound)?;
        let mut taken = GradesTaken {
            run,
            year: summary.year,
            graded: 0,
            new: 0,
            changed: 0,
            without_rate: 0,
            unlisted: 0,
            revision: 0,
        };
        // A scheme may know grades that no price is for, such as that of enterprises in transition; the book does not have them.
        let listed = |grade: &str| match &book.fields[&rule.grade].kind {
            FieldKind::Choice { choices } => choices.iter().any(|word| word == grade),
            _ => true,
        };
        let mut rows = Vec::new();
        for one in &graded {
            taken.graded += 1;
            if !listed(&one.grade) {
                taken.unlisted += 1;
                continue;
            }
            taken.without_rate += usize::from(one.rate.is_none());
            let values = row(&rule, &subject, summary.year, one);
            rows.push(PasteRow { entry: None, based_on: None, values });
        }
        let paste = Paste { rows, why: say::grades_taken(run), dry_run: false };
        (rule, paste, taken)
    };
    let outcome = books::paste(park, actor, &rule.book, &paste, key)?;
    if let Some(wrong) =
        outcome.findings.iter().find(|one| one.finding.severity == model::finding::Severity::Error)
    {
        return Err(PoliciesFault::Not(wrong.finding.message.clone()));
    }
    (taken.new, taken.changed) = (outcome.new, outcome.changed);
    taken.revision = outcome.revision.map_or_else(|| park.snapshot().map(|now| now.revision().0), Ok)?;
    Ok(taken)
}

fn row(
    rule: &PolicyGrades,
    subject: &model::id::FieldId,
    year: i16,
    one: &parcels::GradedEnterprise,
) -> Values {
    let mut values = Values::new();
    let mut put = |field: &model::id::FieldId, value| values.insert(field.to_string(), value);
    put(subject, json!(one.enterprise.0));
    put(&rule.year, json!(year.to_string()));
    put(&rule.grade, json!(one.grade));
    if let Some(rate) = &one.rate {
        put(&rule.price, json!(rate.value.to_string()));
        if let Some(document) = &rate.document {
            put(&rule.document, json!(document));
        }
    }
    values
}
