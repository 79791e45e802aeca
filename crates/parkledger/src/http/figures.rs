//! `/figures`: answers with their basis, series, breakdowns, the way back to the cells.

use app::access::{Action, Actor};
use app::explore::{
    self, Answer, Answers, AskFault, Breakdowns, ExploreFault, FigureTrace, Question, Questions, Series,
    Vintages, WhyQuestion, WhyView,
};
use app::messages::explore as say;
use app::uses::{self, Target, Uses, UsesFault};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use model::id::EntryId;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::books::page;
use super::guard::{Caller, guarded};
use super::page::Params;
use super::{App, Problem, Routes};

/// Months of vintages when nothing is said.
const YEAR: usize = 12;
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
        .routes(guarded(Action::ReadFigures, routes!(why)))
        .routes(guarded(Action::ReadFigures, routes!(vintages)))
        .routes(guarded(Action::ReadFigures, routes!(uses_of_entry)))
        .routes(guarded(Action::ReadFigures, routes!(uses_of_cell)))
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
    /// As it was known on a day (`2023-11-20`) or at a revision (`12`).
    as_of: Option<String>,
}

/// What a fault of questions is to its caller.
pub(super) fn problem(fault: &ExploreFault) -> Problem {
    match fault {
        ExploreFault::Refused(refusal) => Problem::from_fault(refusal),
        ExploreFault::Ledger(fault) => Problem::from_fault(fault),
        ExploreFault::Ask(fault) => wrong(fault),
        ExploreFault::AsOf(fault) => Problem::from_fault(fault),
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

/// Why a figure moved between two periods, states of the ledger or exclusions: parts that add up exactly.
#[utoipa::path(get, path = "/figures/{id}/why", tag = "figures",
    params(("id" = String, Path), QuestionParams, ("from" = Option<String>, Query, description = "The month before."),
        ("from_as_of" = Option<String>, Query), ("from_exclude" = Option<String>, Query),
        ("publication" = Option<u64>, Query), ("quantity" = Option<String>, Query, description = "`value` or `growth`."),
        ("flat" = Option<Vec<String>>, Query)),
    responses((status = 200, body = WhyView), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn why(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    params: Params,
) -> Result<Json<WhyView>, Problem> {
    let text = |name: &str| params.one(name).map(str::to_owned);
    let asked = WhyQuestion {
        to: question(&id, &params)?,
        from: text("from"),
        from_as_of: text("from_as_of"),
        from_exclude: text("from_exclude").map(|text| if text == "none" { String::new() } else { text }),
        publication: params.parse("publication")?,
        growth: params.one("quantity") == Some("growth"),
        flat: params.all("flat").map(str::to_owned).collect(),
    };
    app.read(move |park| explore::why(park, &actor, &asked)).await.map(Json)
}

/// A figure for several periods as it was known at several times.
#[utoipa::path(get, path = "/figures/{id}/vintages", tag = "figures",
    params(("id" = String, Path), QuestionParams, ("months" = Option<usize>, Query),
        ("at" = Option<String>, Query, description = "Days or revisions, divided by commas.")),
    responses((status = 200, body = Vintages), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn vintages(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    params: Params,
) -> Result<Json<Vintages>, Problem> {
    let (question, months) = (question(&id, &params)?, params.parse("months")?.unwrap_or(YEAR));
    let at = params.listed("at");
    app.read(move |park| explore::vintages(park, &actor, &question, months, &at)).await.map(Json)
}

/// The problem of a fault of uses; none for those of others beneath it.
fn unused(fault: UsesFault) -> Problem {
    match &fault {
        UsesFault::Refused(refusal) => Problem::from_fault(refusal),
        UsesFault::Ledger(fault) => Problem::from_fault(fault),
        UsesFault::Explore(fault) => Problem::from_fault(fault),
        UsesFault::Publishing(fault) => Problem::from_fault(fault),
        UsesFault::Parcels(fault) => Problem::from_fault(fault),
        UsesFault::UnknownFile(_) => Problem::from_fault(&app::access::Refusal::NotFound),
    }
}

/// Which figures, sentences, grades and publications an entry is used for.
#[utoipa::path(get, path = "/entries/{id}/uses", tag = "figures", params(("id" = u64, Path)),
    responses((status = 200, body = Uses), (status = 404, body = Problem)))]
async fn uses_of_entry(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
) -> Result<Json<Uses>, Problem> {
    used(&app, actor, Target::Entry(EntryId(id))).await
}

/// Which figures, sentences, grades and publications a cell of a kept file is used for.
#[utoipa::path(get, path = "/sources/{digest}/uses", tag = "figures",
    params(("digest" = String, Path), ("sheet" = String, Query), ("cell" = String, Query)),
    responses((status = 200, body = Uses), (status = 404, body = Problem)))]
async fn uses_of_cell(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(digest): Path<String>,
    params: Params,
) -> Result<Json<Uses>, Problem> {
    let text = |name: &str| params.one(name).unwrap_or("").to_owned();
    used(&app, actor, Target::Cell { file: digest, sheet: text("sheet"), cell: text("cell") }).await
}

async fn used(app: &App, actor: Actor, target: Target) -> Result<Json<Uses>, Problem> {
    let publishing = std::sync::Arc::clone(&app.publishing);
    let found = app
        .read(move |park| {
            Ok::<_, app::ledger::StoreError>(uses::where_used(park, &publishing, &actor, &target))
        })
        .await?;
    found.map(Json).map_err(unused)
}
