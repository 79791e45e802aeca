//! `/schemes` and `/evaluations`: schemes, frozen evaluations, their publication, objections to them, what-ifs.

use app::access::Action;
use app::books::Page;
use app::jobs::JobView;
use app::parcels::shapes as shape;
use app::parcels::{self, ParcelsFault, ResultQuestion};
use app::progress::Watch;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use model::id::EntryId;
use serde_json::Value;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded};
use super::page::Params;
use super::{App, Problem, Routes};

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadParcels, routes!(schemes)))
        .routes(guarded(Action::ReadParcels, routes!(scheme)))
        .routes(guarded(Action::ReadParcels, routes!(list)))
        .routes(guarded(Action::Evaluate, routes!(evaluate)))
        .routes(guarded(Action::ReadParcels, routes!(simulate)))
        .routes(guarded(Action::ReadParcels, routes!(one)))
        .routes(guarded(Action::ReadParcels, routes!(results)))
        .routes(guarded(Action::ReadParcels, routes!(compare)))
        .routes(guarded(Action::Publish, routes!(publish)))
        .routes(guarded(Action::Evaluate, routes!(reevaluate)))
        .routes(guarded(Action::ReadParcels, routes!(objections)))
        .routes(guarded(Action::Record, routes!(object)))
        .routes(guarded(Action::Evaluate, routes!(decide)))
}

fn json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("answers are plain texts and numbers, always JSON")
}

/// All schemes.
#[utoipa::path(get, path = "/schemes", tag = "parcels", responses((status = 200, body = shape::SchemeList)))]
async fn schemes(State(app): State<App>, Caller(actor): Caller) -> Result<Json<shape::SchemeList>, Problem> {
    app.read(move |park| parcels::schemes(park, &actor)).await.map(Json)
}

/// One scheme with its parameters and its text.
#[utoipa::path(get, path = "/schemes/{id}", tag = "parcels", params(("id" = String, Path)),
    responses((status = 200, body = shape::SchemeView), (status = 404, body = Problem)))]
async fn scheme(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<Json<shape::SchemeView>, Problem> {
    app.read(move |park| parcels::scheme(park, &actor, &id)).await.map(Json)
}

/// Frozen evaluations, newest first.
#[utoipa::path(get, path = "/evaluations", tag = "parcels", responses((status = 200, body = shape::RunList)))]
async fn list(State(app): State<App>, Caller(actor): Caller) -> Result<Json<shape::RunList>, Problem> {
    app.read(move |park| parcels::evaluations(park, &actor)).await.map(Json)
}

/// Evaluates a year and freezes the result. The job's result is the evaluation in short.
#[utoipa::path(post, path = "/evaluations", tag = "parcels", request_body = shape::EvaluationRequest,
    responses((status = 202, body = JobView), (status = 422, body = Problem)))]
async fn evaluate(
    State(app): State<App>,
    Caller(actor): Caller,
    Json(asked): Json<shape::EvaluationRequest>,
) -> Result<Response, Problem> {
    let (by, title) = (actor.clone(), asked.year.to_string());
    let work = move |app: &App, watch: &Watch<'_>| -> Result<Value, ParcelsFault> {
        let frozen = app.parks.read(|park| parcels::evaluate(park, &by, &asked, watch))?;
        Ok(json(&app.parks.write(&by.name, |park| parcels::keep(park, &by, &frozen))?))
    };
    app.job(&actor, "evaluate", title, work).await
}

/// What other weights, benchmarks and quotas would give; nothing is kept.
#[utoipa::path(post, path = "/evaluations/simulate", tag = "parcels", request_body = shape::SimulationRequest,
    responses((status = 200, body = shape::Simulated), (status = 422, body = Problem)))]
async fn simulate(
    State(app): State<App>,
    Caller(actor): Caller,
    Json(asked): Json<shape::SimulationRequest>,
) -> Result<Json<shape::Simulated>, Problem> {
    app.read(move |park| parcels::simulate(park, &actor, &asked)).await.map(Json)
}

/// One frozen evaluation with its grades, benchmarks and what of it is public.
#[utoipa::path(get, path = "/evaluations/{run}", tag = "parcels", params(("run" = u64, Path)),
    responses((status = 200, body = shape::RunView), (status = 404, body = Problem)))]
async fn one(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(run): Path<u64>,
) -> Result<Json<shape::RunView>, Problem> {
    app.read(move |park| parcels::evaluation(park, &actor, run)).await.map(Json)
}

/// Rows of a frozen evaluation; `public=1` as they are published: without scores and ranks, in no order of them.
#[utoipa::path(get, path = "/evaluations/{run}/results", tag = "parcels",
    params(("run" = u64, Path), ("grade" = Option<String>, Query), ("group" = Option<String>, Query),
        ("status" = Option<String>, Query), ("q" = Option<String>, Query), ("sort" = Option<String>, Query),
        ("public" = Option<String>, Query), ("offset" = Option<usize>, Query), ("limit" = Option<usize>, Query)),
    responses((status = 200, body = shape::ResultPage), (status = 404, body = Problem)))]
async fn results(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(run): Path<u64>,
    params: Params,
) -> Result<Json<shape::ResultPage>, Problem> {
    let (offset, limit) = params.window()?;
    let text = |name| params.one(name).map(str::to_owned);
    let asked = ResultQuestion {
        grade: text("grade"),
        group: text("group"),
        status: text("status"),
        search: text("q").unwrap_or_default(),
        sort: text("sort").unwrap_or_default(),
        public: params.one("public").is_some_and(|flag| flag != "0"),
        page: Page { offset, limit },
    };
    app.read(move |park| parcels::results(park, &actor, run, &asked)).await.map(Json)
}

/// What changed from another evaluation to this one.
#[utoipa::path(get, path = "/evaluations/{run}/compare", tag = "parcels",
    params(("run" = u64, Path), ("with" = u64, Query)),
    responses((status = 200, body = shape::RunComparison), (status = 404, body = Problem)))]
async fn compare(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(run): Path<u64>,
    params: Params,
) -> Result<Json<shape::RunComparison>, Problem> {
    let with = params.parse("with")?.ok_or_else(|| Problem::invalid("with", "?"))?;
    app.read(move |park| parcels::compare(park, &actor, with, run)).await.map(Json)
}

/// Publishes the areas of an evaluation, then its result.
#[utoipa::path(post, path = "/evaluations/{run}/publish", tag = "parcels", params(("run" = u64, Path)),
    request_body = shape::PublishStage,
    responses((status = 200, body = shape::RunView), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn publish(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(run): Path<u64>,
    Json(asked): Json<shape::PublishStage>,
) -> Result<Json<shape::RunView>, Problem> {
    let by = actor.clone();
    app.write(&actor, move |park| parcels::publish(park, &by, run, &asked)).await.map(Json)
}

/// Evaluates once more with the data as they are now, as the next version. The job's result is the new evaluation in short.
#[utoipa::path(post, path = "/evaluations/{run}/re-evaluate", tag = "parcels", params(("run" = u64, Path)),
    request_body = shape::Reevaluation,
    responses((status = 202, body = JobView), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn reevaluate(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(run): Path<u64>,
    Json(asked): Json<shape::Reevaluation>,
) -> Result<Response, Problem> {
    let (by, title) = (actor.clone(), run.to_string());
    let work = move |app: &App, watch: &Watch<'_>| -> Result<Value, ParcelsFault> {
        let frozen = app.parks.read(|park| parcels::reevaluate(park, &by, run, &asked, watch))?;
        Ok(json(&app.parks.write(&by.name, |park| parcels::keep(park, &by, &frozen))?))
    };
    app.job(&actor, "evaluate", title, work).await
}

/// Objections to an evaluation.
#[utoipa::path(get, path = "/evaluations/{run}/objections", tag = "parcels", params(("run" = u64, Path)),
    responses((status = 200, body = shape::ObjectionList), (status = 404, body = Problem)))]
async fn objections(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(run): Path<u64>,
) -> Result<Json<shape::ObjectionList>, Problem> {
    app.read(move |park| parcels::objections(park, &actor, run)).await.map(Json)
}

/// Brings an objection, with what shows it.
#[utoipa::path(post, path = "/evaluations/{run}/objections", tag = "parcels", params(("run" = u64, Path)),
    request_body = shape::NewObjection,
    responses((status = 200, body = shape::ObjectionList), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn object(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(run): Path<u64>,
    Json(new): Json<shape::NewObjection>,
) -> Result<Json<shape::ObjectionList>, Problem> {
    let by = actor.clone();
    app.write(&actor, move |park| parcels::object(park, &by, run, &new)).await.map(Json)
}

/// Decides on an objection.
#[utoipa::path(post, path = "/evaluations/{run}/objections/{entry}", tag = "parcels",
    params(("run" = u64, Path), ("entry" = u64, Path)), request_body = shape::ObjectionAnswer,
    responses((status = 200, body = shape::ObjectionList), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn decide(
    State(app): State<App>,
    Caller(actor): Caller,
    Path((run, entry)): Path<(u64, u64)>,
    Json(answer): Json<shape::ObjectionAnswer>,
) -> Result<Json<shape::ObjectionList>, Problem> {
    let by = actor.clone();
    app.write(&actor, move |park| parcels::decide(park, &by, (run, EntryId(entry)), &answer)).await.map(Json)
}
