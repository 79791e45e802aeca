//! `/sources`: files as they were sent, to look at and to save.

use std::sync::Arc;

use app::access::Action;
use app::desk::{SheetInfo, SheetSource, SheetView, SourceList};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded};
use super::imports::{list_sheets, one_sheet};
use super::page::Params;
use super::{App, Download, Problem, Routes, download};

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadSources, routes!(list)))
        .routes(guarded(Action::ReadSources, routes!(file)))
        .routes(guarded(Action::ReadSources, routes!(sheets)))
        .routes(guarded(Action::ReadSources, routes!(sheet)))
}

/// Kept files, newest first.
#[utoipa::path(get, path = "/sources", tag = "sources",
    params(("offset" = Option<usize>, Query), ("limit" = Option<usize>, Query)),
    responses((status = 200, body = SourceList)))]
async fn list(
    State(app): State<App>,
    Caller(actor): Caller,
    params: Params,
) -> Result<Json<SourceList>, Problem> {
    let (desk, window) = (Arc::clone(&app.desk), params.window()?);
    app.read(move |park| desk.sources(park, &actor, window)).await.map(Json)
}

/// A kept file. One with personal data is only for those who may unmask, and is recorded.
#[utoipa::path(get, path = "/sources/{digest}", tag = "sources", params(("digest" = String, Path)),
    responses((status = 200, content_type = "application/octet-stream"), (status = 403, body = Problem),
        (status = 404, body = Problem)))]
async fn file(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(digest): Path<String>,
) -> Result<Response, Problem> {
    let (desk, by) = (Arc::clone(&app.desk), actor.clone());
    let (name, bytes) = app.write(&actor, move |park| desk.original(park, &by, &digest)).await?;
    Ok(download(Download { name, media: Download::BYTES, bytes }))
}

/// The sheets of a kept file.
#[utoipa::path(get, path = "/sources/{digest}/sheets", tag = "sources", params(("digest" = String, Path)),
    responses((status = 200, body = Vec<SheetInfo>), (status = 404, body = Problem)))]
async fn sheets(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(digest): Path<String>,
) -> Result<Json<Vec<SheetInfo>>, Problem> {
    list_sheets(app, actor, SheetSource::Kept(digest)).await
}

/// So many rows of a sheet from a row on.
#[utoipa::path(get, path = "/sources/{digest}/sheets/{n}", tag = "sources",
    params(("digest" = String, Path), ("n" = usize, Path), ("from" = Option<u32>, Query),
        ("rows" = Option<u32>, Query)),
    responses((status = 200, body = SheetView), (status = 404, body = Problem)))]
async fn sheet(
    State(app): State<App>,
    Caller(actor): Caller,
    Path((digest, n)): Path<(String, usize)>,
    params: Params,
) -> Result<Json<SheetView>, Problem> {
    one_sheet(app, actor, SheetSource::Kept(digest), n, &params).await
}
