//! `/parcels/imports`: files of boundaries that wait to be accepted.

use app::access::Action;
use app::desk::AcceptedView;
use app::jobs::JobView;
use app::parcels::shapes as shape;
use app::parcels::{self, ParcelsFault};
use app::progress::Watch;
use axum::Json;
use axum::extract::{Multipart, Path, State};
use axum::response::Response;
use serde_json::Value;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded, no_content};
use super::imports::{Sent, Upload, upload};
use super::{App, Problem, Routes};

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::Stage, upload(routes!(stage))))
        .routes(guarded(Action::Stage, routes!(list)))
        .routes(guarded(Action::Stage, routes!(one)))
        .routes(guarded(Action::Stage, routes!(answer)))
        .routes(guarded(Action::Stage, routes!(remove)))
        .routes(guarded(Action::AcceptFile, routes!(accept)))
}

fn json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("answers are plain texts and numbers, always JSON")
}

/// Sends in a file of boundaries: GeoJSON, zipped Shapefile, GeoPackage, or a workbook of boundary points. The job's result
/// is the staged file with the question of its coordinate system.
#[utoipa::path(post, path = "/parcels/imports", tag = "parcels",
    request_body(content = Upload, content_type = "multipart/form-data"),
    responses((status = 202, body = JobView), (status = 413, body = Problem), (status = 422, body = Problem)))]
async fn stage(State(app): State<App>, Caller(actor): Caller, form: Multipart) -> Result<Response, Problem> {
    let Sent { name, bytes, .. } = Sent::read(&app, form).await?;
    let (by, title) = (actor.clone(), name.clone());
    let work = move |app: &App, watch: &Watch<'_>| -> Result<Value, ParcelsFault> {
        let arrived = app.parks.read(|park| parcels::stage_drawing(park, &by, &name, bytes, watch))?;
        Ok(json(&app.parks.write(&by.name, |park| parcels::keep_drawing(park, &by, &arrived))?))
    };
    app.job(&actor, "import", title, work).await
}

/// Files of boundaries that wait, newest first.
#[utoipa::path(get, path = "/parcels/imports", tag = "parcels", responses((status = 200, body = shape::GeometryStages)))]
async fn list(State(app): State<App>, Caller(actor): Caller) -> Result<Json<shape::GeometryStages>, Problem> {
    app.read(move |park| parcels::drawings(park, &actor)).await.map(Json)
}

/// A staged file of boundaries compared with the ledger as it is now.
#[utoipa::path(get, path = "/parcels/imports/{id}", tag = "parcels", params(("id" = u64, Path)),
    responses((status = 200, body = shape::GeometryStage), (status = 404, body = Problem)))]
async fn one(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
) -> Result<Json<shape::GeometryStage>, Problem> {
    app.read(move |park| parcels::drawing(park, &actor, id)).await.map(Json)
}

/// Says which coordinate system a staged file is in.
#[utoipa::path(put, path = "/parcels/imports/{id}", tag = "parcels", params(("id" = u64, Path)),
    request_body = shape::CrsAnswer,
    responses((status = 200, body = shape::GeometryStage), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn answer(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
    Json(answer): Json<shape::CrsAnswer>,
) -> Result<Json<shape::GeometryStage>, Problem> {
    let by = actor.clone();
    app.write(&actor, move |park| parcels::answer_drawing(park, &by, id, &answer)).await.map(Json)
}

/// Drops a staged file of boundaries.
#[utoipa::path(delete, path = "/parcels/imports/{id}", tag = "parcels", params(("id" = u64, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
async fn remove(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
) -> Result<Response, Problem> {
    let by = actor.clone();
    app.write(&actor, move |park| parcels::drop_drawing(park, &by, id)).await?;
    Ok(no_content())
}

/// Accepts a staged file of boundaries as one revision.
#[utoipa::path(post, path = "/parcels/imports/{id}/accept", tag = "parcels", params(("id" = u64, Path)),
    request_body = shape::GeometryAccept,
    responses((status = 200, body = AcceptedView), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn accept(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
    Json(asked): Json<shape::GeometryAccept>,
) -> Result<Json<AcceptedView>, Problem> {
    let by = actor.clone();
    let unwatched = app::progress::unwatched;
    app.write(&actor, move |park| parcels::accept_drawing(park, &by, id, &asked.why, &unwatched))
        .await
        .map(Json)
}
