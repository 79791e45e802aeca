//! Figures as people explore them: one answer with its basis, many at once, a series of months, the fields to break down
//! by, and the way back to the cells.
//!
//! Who may ask is decided here (the books of a figure must be readable; aggregates of a statistics-confidential book are
//! for the whole committee), what a reader may not see is withheld by the engine. Answers are remembered per revision.
//!
//! Deliberately absent: computing (`figures`), drawing, and every figure by name.

mod answer;
mod question;
mod series;
mod trace;
mod vintages;
mod why;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use figures::{ComparisonUsed, Engine, Evaluation, Group, Outcome, Reader, Request, Snapshot, compare};
use jiff::civil::Date;
use model::content::Content;
use model::definition::{Comparison, Figure};
use model::id::Revision;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use answer::{Answer, Basis, Blank, Excluded, GroupLine, Growth, GrowthKind, Span, Val, shown};
pub(crate) use question::period;
pub use question::{AskFault, Question};
pub(crate) use series::over_time;
pub use series::{Series, SeriesItem, series};
pub use trace::{FigureTrace, TraceCell, trace};
pub use vintages::{Vintage, VintageCell, VintageRow, Vintages, vintages};
pub use why::{End, Flat, MoverView, WhyCell, WhyPart, WhyQuestion, WhyView, why};

use crate::access::{Actor, Refusal};
use crate::asof::{AsOf, AsOfFault};
use crate::definitions::sees;
use crate::ledger::StoreError;
use crate::lru::Lru;
use crate::messages::explore as say;
use crate::park::Park;

/// Questions of one batch.
pub const MOST_QUESTIONS: usize = 200;
/// Answers that are remembered.
const MOST_ANSWERS: usize = 2000;

/// Why a question was not answered. A value that cannot be computed is an answer: blank, with its reason.
#[derive(Debug, thiserror::Error)]
pub enum ExploreFault {
    /// Not for this person, or not there.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The question is not one.
    #[error(transparent)]
    Ask(#[from] AskFault),
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] StoreError),
    /// Nothing was known on that day.
    #[error(transparent)]
    AsOf(#[from] AsOfFault),
}

/// What the use cases of this module answer.
pub type Result<T> = std::result::Result<T, ExploreFault>;

/// Several questions.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, ToSchema)]
pub struct Questions {
    /// The questions, each with its figure.
    pub questions: Vec<Question>,
}

/// Several answers.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Answers {
    /// In the order of the questions.
    pub items: Vec<Answer>,
    /// The ledger revision of all of them.
    pub revision: u64,
}

/// The fields a figure can be broken down by.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Breakdowns {
    /// In the order of the book, then of its subject's.
    pub items: Vec<Breakdown>,
}

/// A field to break down by.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Breakdown {
    /// Its path, as a question takes it.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its English title.
    pub title_en: String,
}

/// What makes two answers the same.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct AnswerKey {
    revision: Revision,
    /// Which returns are due depends on the day.
    today: Date,
    until: Option<Date>,
    request: Request,
    raw: bool,
    mom: bool,
    confidential: bool,
}

/// The answers of one park, shared by all its readers.
#[derive(Debug)]
pub struct KnownAnswers(Lru<AnswerKey, Answer>);

impl Default for KnownAnswers {
    fn default() -> Self {
        Self(Lru::new(MOST_ANSWERS, usize::MAX))
    }
}

/// A park at one revision, for one person's questions.
pub(crate) struct Asking<'a> {
    pub park: &'a Park,
    pub content: &'a Content,
    pub snapshot: Arc<Snapshot>,
    pub reader: Reader,
    pub today: Date,
    /// Its snapshot holds what is dated up to this day only.
    pub until: Option<Date>,
}

impl<'a> Asking<'a> {
    /// At the newest revision.
    pub fn new(park: &'a Park, actor: &Actor) -> std::result::Result<Self, StoreError> {
        let (snapshot, reader) = (park.snapshot()?, actor.reader());
        Ok(Self {
            park,
            content: &park.library().content,
            snapshot,
            reader,
            today: park.today(),
            until: None,
        })
    }

    /// As it was known on a day, or at a revision.
    pub fn of(park: &'a Park, actor: &Actor, as_of: Option<AsOf>) -> Result<Self> {
        let Some(as_of) = as_of else { return Ok(Self::new(park, actor)?) };
        let known = park.known_on(as_of)?;
        let today = match as_of {
            AsOf::Day(day) => day.min(park.today()),
            AsOf::Revision(_) => crate::clock::local(known.at).date(),
        };
        let (snapshot, reader) = (park.snapshot_of(Revision(known.revision))?, actor.reader());
        Ok(Self { park, content: &park.library().content, snapshot, reader, today, until: None })
    }

    /// An engine; it belongs to one thread and one use.
    pub fn engine(&self) -> Engine<'_> {
        Engine::new(self.content, &self.snapshot, self.reader).on(self.today)
    }

    fn key(&self, request: &Request, raw: bool, mom: bool) -> AnswerKey {
        AnswerKey {
            revision: self.snapshot.revision(),
            today: self.today,
            until: self.until,
            request: request.clone(),
            raw,
            mom,
            confidential: self.reader.may_see_confidential,
        }
    }

    /// The answers to requests for figures that exist; what is not remembered is added up together.
    pub fn answers(&self, requests: &[(Request, bool)], mom: bool) -> Vec<Arc<Answer>> {
        let known = &self.park.answers().0;
        let keys: Vec<AnswerKey> = requests.iter().map(|(r, raw)| self.key(r, *raw, mom)).collect();
        let mut found: Vec<Option<Arc<Answer>>> = keys.iter().map(|k| known.get(k)).collect();
        let missing: Vec<usize> = (0..found.len()).filter(|i| found[*i].is_none()).collect();
        if !missing.is_empty() {
            let engine = self.engine();
            let asked: Vec<Request> = missing.iter().map(|i| requests[*i].0.clone()).collect();
            for (i, mut evaluation) in missing.into_iter().zip(engine.evaluate_all(&asked)) {
                let (request, raw) = &requests[i];
                let Some(figure) = self.content.figures.get(&request.figure) else { continue };
                if *raw {
                    unadjusted(&engine, self.content, figure, request, &mut evaluation);
                }
                let mom = mom.then(|| Growth::of(engine.month_on_month(request).growth));
                let answer = Answer::of(self.content, figure, &evaluation, mom);
                let revision = self.snapshot.revision();
                found[i] = Some(known.put(keys[i].clone(), answer, 1, |k| k.revision < revision));
            }
        }
        found.into_iter().flatten().collect()
    }
}

/// A question of somebody who may ask it.
pub(crate) fn asked(park: &Park, actor: &Actor, question: &Question) -> Result<(Request, bool)> {
    let request = question.request(park)?;
    let content = &park.library().content;
    let figure = content.figures.get(&request.figure).ok_or(Refusal::NotFound)?;
    if !sees(content, actor, figure) {
        return Err(AskFault::UnknownFigure(question.figure.clone()).into());
    }
    Ok((request, question.raw()?))
}

/// The answer to one question, with its growth against the window before.
///
/// # Errors
/// [`ExploreFault`] when the question is none or not for this person.
pub fn answer(park: &Park, actor: &Actor, question: &Question) -> Result<Answer> {
    let asked = asked(park, actor, question)?;
    let answers = Asking::of(park, actor, question.state()?)?.answers(&[asked], true);
    answers.first().map(|a| (**a).clone()).ok_or_else(|| Refusal::NotFound.into())
}

/// The answers to several questions at one revision, added up together.
///
/// # Errors
/// [`ExploreFault`] when one of them is none or not for this person.
pub fn answers(park: &Park, actor: &Actor, questions: &Questions) -> Result<Answers> {
    if questions.questions.len() > MOST_QUESTIONS {
        let value = questions.questions.len().to_string();
        return Err(AskFault::BadValue { argument: "questions", value }.into());
    }
    let requests: Vec<(Request, bool)> =
        questions.questions.iter().map(|q| asked(park, actor, q)).collect::<Result<_>>()?;
    // All of a batch are about one state of the ledger.
    let state = questions.questions.first().and_then(|q| q.as_of.clone());
    if let Some(other) = questions.questions.iter().find(|q| q.as_of != state) {
        let value = other.as_of.clone().unwrap_or_default();
        return Err(AskFault::BadValue { argument: "as_of", value }.into());
    }
    let asking = Asking::of(park, actor, questions.questions.first().map_or(Ok(None), Question::state)?)?;
    let items = asking.answers(&requests, false).iter().map(|a| (**a).clone()).collect();
    Ok(Answers { items, revision: asking.snapshot.revision().0 })
}

/// What a figure may be broken down by.
///
/// # Errors
/// [`ExploreFault`] when there is no such figure for this person.
pub fn breakdowns(park: &Park, actor: &Actor, figure: &str) -> Result<Breakdowns> {
    let unknown = || AskFault::UnknownFigure(figure.to_owned());
    let found = park.find_figure(figure).ok_or_else(unknown)?;
    if !sees(&park.library().content, actor, found) {
        return Err(unknown().into());
    }
    let shown = park.breakdown_paths(&found.id).into_iter().filter(|(_, field)| !actor.masks(field));
    let item = |(path, field): (figures::FieldPath, &model::definition::Field)| Breakdown {
        title: path.level.map_or_else(|| field.title.clone(), |level| say::at_level(&field.title, level)),
        title_en: field.title_en.clone(),
        path: path.to_string(),
    };
    Ok(Breakdowns { items: shown.map(item).collect() })
}

/// Replaces the comparison by everything a year before: no own prior column, no pairing of subjects.
fn unadjusted(
    engine: &Engine<'_>,
    content: &Content,
    figure: &Figure,
    request: &Request,
    evaluation: &mut Evaluation,
) {
    if figure.compare == Comparison::None {
        return;
    }
    let before = Request {
        at: evaluation.period.end.year_before(),
        exact: true,
        window: Some(evaluation.period.window),
        ..request.clone()
    };
    let before = engine.evaluate(&before);
    let unit = figure.unit.as_ref().and_then(|u| content.units.get(u.as_str()));
    let ratio = unit.is_some_and(|u| u.dimension.is_plain() && u.factor < Decimal::ONE);
    let grown = |now: &Outcome, then: &Outcome| match (now.blank(), then.blank()) {
        (Some(reason), _) | (None, Some(reason)) => Err(reason),
        _ if ratio => compare::points(then.number(), now.number()),
        _ => compare::growth(then.number(), now.number()),
    };
    evaluation.comparable = evaluation.value.clone();
    evaluation.yoy = grown(&evaluation.value, &before.value);
    evaluation.basis.comparison = ComparisonUsed::All;
    let (now, then) = (evaluation.value.number(), before.value.number());
    for group in &mut evaluation.groups {
        let same = |g: &&Group| g.name == group.name && g.entry == group.entry;
        let none = Outcome::Blank(figures::BlankReason::NoBase);
        group.prior = before.groups.iter().find(same).map_or(none, |g| g.value.clone());
        group.comparable = group.value.clone();
        group.yoy = grown(&group.value, &group.prior);
        let parts = group.prior.number().zip(group.value.number());
        let outcome = |result: Option<std::result::Result<Decimal, figures::BlankReason>>| match result {
            Some(Ok(n)) if !ratio => Outcome::Number(n),
            Some(Err(reason)) => Outcome::Blank(reason),
            _ => Outcome::Blank(figures::BlankReason::NotComparable),
        };
        group.pull = outcome(parts.zip(then).map(|((a, b), t)| compare::pull(a, b, t)));
        group.contribution =
            outcome(parts.zip(then.zip(now)).map(|((a, b), (t, n))| compare::contribution(a, b, t, n)));
    }
    evaluation.prior = before.value;
}
