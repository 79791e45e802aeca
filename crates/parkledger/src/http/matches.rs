//! `/matches`: names that may mean somebody, and deciding them.

use std::sync::Arc;

use app::access::Action;
use app::desk::{DecideRequest, MatchList};
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded, no_content};
use super::page::Params;
use super::{App, Problem, Routes};

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadMatches, routes!(list)))
        .routes(guarded(Action::DecideMatches, routes!(decide)))
}

/// The names that wait, with what speaks for and against each candidate.
#[utoipa::path(get, path = "/matches", tag = "matches",
    params(("offset" = Option<usize>, Query), ("limit" = Option<usize>, Query)),
    responses((status = 200, body = MatchList)))]
async fn list(
    State(app): State<App>,
    Caller(actor): Caller,
    params: Params,
) -> Result<Json<MatchList>, Problem> {
    let (desk, window) = (Arc::clone(&app.desk), params.window()?);
    app.read(move |park| desk.matches(park, &actor, window)).await.map(Json)
}

/// Decides whom a text means; every file is compared anew with that.
#[utoipa::path(post, path = "/matches", tag = "matches", request_body = DecideRequest,
    responses((status = 204), (status = 404, body = Problem)))]
async fn decide(
    State(app): State<App>,
    Caller(actor): Caller,
    Json(request): Json<DecideRequest>,
) -> Result<Response, Problem> {
    let (desk, by) = (Arc::clone(&app.desk), actor.clone());
    app.write(&actor, move |park| desk.decide(park, &by, &request)).await?;
    Ok(no_content())
}
