//! `/figures`: answers with their basis, series, breakdowns, the way back to the cells.

use app::access::Action;
use app::explore::{
    self, Answer, Answers, AskFault, Breakdowns, ExploreFault, FigureTrace, Question, Questions, Series,
};
use app::messages::explore as say;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::books::page;
use super::guard::{Caller, guarded};
use super::page::Params;
use super::{App, Problem, Routes};

/// Months of a series when nothing is said.
const MONTHS: usize = 36;

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadFigures, routes!(answer)))
        .routes(guarded(Action::ReadFigures, routes!(answers)))
        .routes(guarded(Action::ReadFigures, routes!(series)))
        .routes(guarded(Action::ReadFigures, routes!(breakdowns)))
        .routes(guarded(Action::ReadFigures, routes!(trace)))
}

/// How a figure is asked, for the description of the API.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what Question reads")]
pub(super) struct QuestionParams {
    /// The month, such as `2023-10`.
    period: String,
    /// `month`, `ytd`, `quarter`, `half`, `year`, `moment`; the figure's own when absent.
    window: Option<String>,
    /// Broken down by this field: `FIELD`, `REFERENCE.FIELD`, `FIELD/LEVEL`.
    by: Option<String>,
    /// Without these, in both periods, separated by commas: names, `top:K`, `set:ID`.
    exclude: Option<String>,
    /// `PATH:TEXT`, any number of times.
    only: Option<Vec<String>>,
    /// `1`: the month is the figure's own last one, without its lag.
    exact: Option<String>,
    /// `comparable` or `raw`.
    basis: Option<String>,
}

/// What a fault of questions is to its caller.
pub(super) fn problem(fault: &ExploreFault) -> Problem {
    match fault {
        ExploreFault::Refused(refusal) => Problem::from_fault(refusal),
        ExploreFault::Ledger(fault) => Problem::from_fault(fault),
        ExploreFault::Ask(fault) => wrong(fault),
    }
}

fn wrong(fault: &AskFault) -> Problem {
    let (detail, hint) = say::ask_fault(fault);
    let unknown = matches!(fault, AskFault::UnknownFigure(_));
    let (status, code) = if unknown {
        (StatusCode::NOT_FOUND, "not-found")
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, "invalid")
    };
    Problem::of(status, code).saying(detail.clone(), hint).field(fault.argument(), detail)
}

pub(super) fn question(figure: &str, params: &Params) -> Result<Question, Problem> {
    Question::from_pairs(figure, params.pairs()).map_err(|fault| wrong(&fault))
}

/// A figure's value with growth, breakdown and basis.
#[utoipa::path(get, path = "/figures/{id}", tag = "figures", params(("id" = String, Path), QuestionParams),
    responses((status = 200, body = Answer), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn answer(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    params: Params,
) -> Result<Json<Answer>, Problem> {
    let question = question(&id, &params)?;
    app.read(move |park| explore::answer(park, &actor, &question)).await.map(Json)
}

/// Several figures at one revision, added up together.
#[utoipa::path(post, path = "/figures/query", tag = "figures", request_body = Questions,
    responses((status = 200, body = Answers), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn answers(
    State(app): State<App>,
    Caller(actor): Caller,
    Json(questions): Json<Questions>,
) -> Result<Json<Answers>, Problem> {
    app.read(move |park| explore::answers(park, &actor, &questions)).await.map(Json)
}

/// A figure over the months up to a period.
#[utoipa::path(get, path = "/figures/{id}/series", tag = "figures",
    params(("id" = String, Path), QuestionParams, ("months" = Option<usize>, Query)),
    responses((status = 200, body = Series), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn series(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    params: Params,
) -> Result<Json<Series>, Problem> {
    let (question, months) = (question(&id, &params)?, params.parse("months")?.unwrap_or(MONTHS));
    app.read(move |park| explore::series(park, &actor, &question, months)).await.map(Json)
}

/// The fields a figure can be broken down by.
#[utoipa::path(get, path = "/figures/{id}/breakdowns", tag = "figures", params(("id" = String, Path)),
    responses((status = 200, body = Breakdowns), (status = 404, body = Problem)))]
async fn breakdowns(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<Json<Breakdowns>, Problem> {
    app.read(move |park| explore::breakdowns(park, &actor, &id)).await.map(Json)
}

/// The cells a value and its base were computed from, a window at a time.
#[utoipa::path(get, path = "/figures/{id}/trace", tag = "figures",
    params(("id" = String, Path), QuestionParams, ("offset" = Option<usize>, Query),
        ("limit" = Option<usize>, Query)),
    responses((status = 200, body = FigureTrace), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn trace(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    params: Params,
) -> Result<Json<FigureTrace>, Problem> {
    let (question, page) = (question(&id, &params)?, page(&params)?);
    app.read(move |park| explore::trace(park, &actor, &question, page)).await.map(Json)
}
