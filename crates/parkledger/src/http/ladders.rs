//! `/ladders`: who stands where on the way to a qualification, and what is missing.

use app::access::Action;
use app::ladders::shapes::{EnterpriseLadders, LadderList, LadderStanding};
use app::ladders::{LaddersFault, When, ladder_standing, ladders, of_enterprise, standing_file};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use model::id::EntryId;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded};
use super::page::Params;
use super::respond::table;
use super::{App, Problem, Routes};

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadFigures, routes!(list)))
        .routes(guarded(Action::ReadFigures, routes!(standing)))
        .routes(guarded(Action::ReadFigures, routes!(standing_workbook)))
        .routes(guarded(Action::ReadBooks, routes!(enterprise)))
}

/// The day a request asks for, and what of the ledger counts as known.
pub(super) fn when(params: &Params) -> Result<When, Problem> {
    Ok(When { on: params.parse("on")?, as_of: super::reports::as_of(params)? })
}

/// The problem of a fault of ladders; none for those of the ledger beneath it.
pub(super) fn problem(fault: &LaddersFault) -> Option<Problem> {
    match fault {
        LaddersFault::Ledger(_) | LaddersFault::Workbook(_) => None,
        LaddersFault::AsOf(fault) => super::reports::as_of_problem(fault),
        LaddersFault::Refused(refusal) => Some(super::denied::refusal(refusal)),
        LaddersFault::Unknown(..) => {
            Some(Problem::of(StatusCode::NOT_FOUND, "not_found").saying(fault.to_string(), ""))
        }
    }
}

/// All ladders and how many enterprises stand where.
#[utoipa::path(get, path = "/ladders", tag = "ladders", params(("on" = Option<String>, Query), ("as_of" = Option<String>, Query)),
    responses((status = 200, body = LadderList), (status = 404, body = Problem)))]
async fn list(State(app): State<App>, caller: Caller, params: Params) -> Result<Json<LadderList>, Problem> {
    let when = when(&params)?;
    app.read(move |park| ladders(park, &caller.0, when)).await.map(Json)
}

/// How all enterprises stand to a ladder, those that lack least first.
#[utoipa::path(get, path = "/ladders/{id}/standing", tag = "ladders",
    params(("id" = String, Path), ("rung" = Option<String>, Query), ("on" = Option<String>, Query), ("as_of" = Option<String>, Query)),
    responses((status = 200, body = LadderStanding), (status = 404, body = Problem)))]
async fn standing(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    params: Params,
) -> Result<Json<LadderStanding>, Problem> {
    let when = when(&params)?;
    let rung = params.one("rung").map(str::to_owned);
    let found =
        app.read(move |park| ladder_standing(park, &caller.0, &id.as_str().into(), rung.as_deref(), when));
    found.await.map(Json)
}

/// How all enterprises stand to a ladder as a workbook.
#[utoipa::path(get, path = "/ladders/{id}/standing.xlsx", tag = "ladders",
    params(("id" = String, Path), ("rung" = Option<String>, Query), ("on" = Option<String>, Query), ("as_of" = Option<String>, Query)),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 404, body = Problem)))]
async fn standing_workbook(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    params: Params,
) -> Result<Response, Problem> {
    let when = when(&params)?;
    let rung = params.one("rung").map(str::to_owned);
    let found =
        app.read(move |park| standing_file(park, &caller.0, &id.as_str().into(), rung.as_deref(), when));
    found.await.map(table)
}

/// How one enterprise stands to every rung, criterion by criterion.
#[utoipa::path(get, path = "/enterprises/{entry}/ladders", tag = "ladders",
    params(("entry" = u64, Path), ("on" = Option<String>, Query), ("as_of" = Option<String>, Query)),
    responses((status = 200, body = EnterpriseLadders), (status = 404, body = Problem)))]
async fn enterprise(
    State(app): State<App>,
    caller: Caller,
    Path(entry): Path<u64>,
    params: Params,
) -> Result<Json<EnterpriseLadders>, Problem> {
    let when = when(&params)?;
    app.read(move |park| of_enterprise(park, &caller.0, EntryId(entry), when)).await.map(Json)
}
