//! A figure month by month.

use figures::Request;
use model::period::{Period, Window};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Asking, Growth, Question, Result, Span, Val, asked};
use crate::access::Actor;
use crate::park::Park;

/// Months of one series.
pub const MOST_MONTHS: usize = 240;

/// A figure over time.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Series {
    /// Oldest first.
    pub items: Vec<SeriesItem>,
    /// The ledger revision.
    pub revision: u64,
}

/// One period of a series.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct SeriesItem {
    /// The period, in its own form.
    pub period: String,
    /// In Chinese.
    pub text: String,
    /// In English.
    pub text_en: String,
    /// The value, or why there is none.
    pub value: Val,
    /// Growth against a year before.
    pub yoy: Growth,
}

/// A figure over the months up to a period, in one window.
///
/// # Errors
/// [`super::ExploreFault`] when the question is none or not for this person.
pub fn series(park: &Park, actor: &Actor, question: &Question, months: usize) -> Result<Series> {
    let (request, raw) = asked(park, actor, question)?;
    let asking = Asking::of(park, actor, question.state()?)?;
    let items = over_time(&asking, &request, raw, months);
    Ok(Series { items, revision: asking.snapshot.revision().0 })
}

/// The periods of a request, oldest first, each once.
pub(crate) fn over_time(asking: &Asking<'_>, request: &Request, raw: bool, months: usize) -> Vec<SeriesItem> {
    let window = request.window.or_else(|| asking.content.figures.get(&request.figure).map(|f| f.window));
    let step = match window {
        Some(Window::Quarter) => 3,
        Some(Window::Half) => 6,
        Some(Window::Year) => 12,
        _ => 1,
    };
    let months = i32::try_from(months.clamp(1, MOST_MONTHS)).unwrap_or(1);
    let count = (months + step - 1) / step;
    let last = Period::containing(request.at, window.unwrap_or(Window::Month)).end;
    // The end of a year may lie beyond the month asked for; the last period is the one that holds it.
    let requests: Vec<(Request, bool)> = (0..count)
        .rev()
        .map(|back| {
            let at = if back == 0 { request.at } else { last.plus(-back * step) };
            (Request { at, by: None, ..request.clone() }, raw)
        })
        .collect();
    let answers = asking.answers(&requests, false);
    let item = |answer: &std::sync::Arc<super::Answer>| {
        let Span { id, text, text_en, .. } = answer.period.clone();
        SeriesItem { period: id, text, text_en, value: answer.value.clone(), yoy: answer.yoy.clone() }
    };
    answers.iter().map(item).collect()
}
