//! `/revisions`: what was written, by whom, and taking it back.

use std::sync::Arc;

use app::access::Action;
use app::desk::{RevisionDetail, RevisionList, RevisionView};
use axum::Json;
use axum::extract::{Path, State};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::findings::Why;
use super::guard::{Caller, guarded};
use super::page::Params;
use super::{App, Problem, Routes};

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadRevisions, routes!(list)))
        .routes(guarded(Action::ReadRevisions, routes!(one)))
        .routes(guarded(Action::Undo, routes!(undo)))
}

/// Revisions, newest first.
#[utoipa::path(get, path = "/revisions", tag = "revisions",
    params(("offset" = Option<usize>, Query), ("limit" = Option<usize>, Query)),
    responses((status = 200, body = RevisionList)))]
async fn list(
    State(app): State<App>,
    Caller(actor): Caller,
    params: Params,
) -> Result<Json<RevisionList>, Problem> {
    let (desk, window) = (Arc::clone(&app.desk), params.window()?);
    app.read(move |park| desk.revisions(park, &actor, window)).await.map(Json)
}

/// A revision with a page of what it changed.
#[utoipa::path(get, path = "/revisions/{seq}", tag = "revisions",
    params(("seq" = u64, Path), ("offset" = Option<usize>, Query), ("limit" = Option<usize>, Query)),
    responses((status = 200, body = RevisionDetail), (status = 404, body = Problem)))]
async fn one(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(seq): Path<u64>,
    params: Params,
) -> Result<Json<RevisionDetail>, Problem> {
    let (desk, window) = (Arc::clone(&app.desk), params.window()?);
    app.read(move |park| desk.revision(park, &actor, seq, window)).await.map(Json)
}

/// Takes a revision back by a new one.
#[utoipa::path(post, path = "/revisions/{seq}/undo", tag = "revisions", params(("seq" = u64, Path)),
    request_body = Why,
    responses((status = 200, body = RevisionView), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn undo(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(seq): Path<u64>,
    Json(Why { why }): Json<Why>,
) -> Result<Json<RevisionView>, Problem> {
    let (desk, by) = (Arc::clone(&app.desk), actor.clone());
    app.write(&actor, move |park| desk.undo(park, &by, seq, &why)).await.map(Json)
}
