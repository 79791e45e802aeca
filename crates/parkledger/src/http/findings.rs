//! `/findings`: what is wrong or doubtful in the data, and closing it.

use std::sync::Arc;

use app::access::Action;
use app::desk::FindingList;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded, no_content};
use super::page::Params;
use super::{App, Problem, Routes};

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadFindings, routes!(list)))
        .routes(guarded(Action::ResolveFindings, routes!(resolve)))
}

/// Why something is done.
#[derive(Deserialize, utoipa::ToSchema)]
pub(super) struct Why {
    /// In one's own words.
    pub why: String,
}

/// The findings that wait, newest first; all with `state=all`.
#[utoipa::path(get, path = "/findings", tag = "findings",
    params(("state" = Option<String>, Query), ("offset" = Option<usize>, Query), ("limit" = Option<usize>, Query)),
    responses((status = 200, body = FindingList)))]
async fn list(
    State(app): State<App>,
    Caller(actor): Caller,
    params: Params,
) -> Result<Json<FindingList>, Problem> {
    let (desk, window) = (Arc::clone(&app.desk), params.window()?);
    let all = params.one("state") == Some("all");
    app.read(move |park| desk.findings(park, &actor, all, window)).await.map(Json)
}

/// Marks a finding as dealt with.
#[utoipa::path(post, path = "/findings/{id}/resolve", tag = "findings", params(("id" = u64, Path)),
    request_body = Why, responses((status = 204), (status = 404, body = Problem)))]
async fn resolve(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
    Json(Why { why }): Json<Why>,
) -> Result<Response, Problem> {
    let (desk, by) = (Arc::clone(&app.desk), actor.clone());
    app.write(&actor, move |park| desk.resolve(park, &by, id, &why)).await?;
    Ok(no_content())
}
