//! `/pools`: the reserve pools of the lines of work, who is close and who looks after them.

use app::access::Action;
use app::pools::shapes::{PoolList, PoolView};
use app::pools::{pool, pool_file, pools};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded};
use super::ladders::when;
use super::page::Params;
use super::respond::table;
use super::{App, Problem, Routes};

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadFigures, routes!(list)))
        .routes(guarded(Action::ReadFigures, routes!(one)))
        .routes(guarded(Action::ReadFigures, routes!(file)))
}

/// All pools with their counts and who came and left month by month.
#[utoipa::path(get, path = "/pools", tag = "ladders", params(("on" = Option<String>, Query), ("as_of" = Option<String>, Query)),
    responses((status = 200, body = PoolList), (status = 404, body = Problem)))]
async fn list(State(app): State<App>, caller: Caller, params: Params) -> Result<Json<PoolList>, Problem> {
    let when = when(&params)?;
    app.read(move |park| pools(park, &caller.0, when)).await.map(Json)
}

/// One pool: its screens, its candidates, the nearest first, with distance, estimated day of crossing, owner and next step.
#[utoipa::path(get, path = "/pools/{line}", tag = "ladders",
    params(("line" = String, Path, description = "Its id or its title."), ("on" = Option<String>, Query), ("as_of" = Option<String>, Query)),
    responses((status = 200, body = PoolView), (status = 404, body = Problem)))]
async fn one(
    State(app): State<App>,
    caller: Caller,
    Path(line): Path<String>,
    params: Params,
) -> Result<Json<PoolView>, Problem> {
    let when = when(&params)?;
    app.read(move |park| pool(park, &caller.0, &line, when)).await.map(Json)
}

/// One pool as a workbook.
#[utoipa::path(get, path = "/pools/{line}/candidates.xlsx", tag = "ladders",
    params(("line" = String, Path), ("on" = Option<String>, Query), ("as_of" = Option<String>, Query)),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 404, body = Problem)))]
async fn file(
    State(app): State<App>,
    caller: Caller,
    Path(line): Path<String>,
    params: Params,
) -> Result<Response, Problem> {
    let when = when(&params)?;
    app.read(move |park| pool_file(park, &caller.0, &line, when)).await.map(table)
}
