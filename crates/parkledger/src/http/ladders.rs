//! `/ladders`: who stands where on the way to a qualification, and what is missing.

use app::access::Action;
use app::ladders::shapes::{EnterpriseLadders, LadderList, LadderStanding};
use app::ladders::{LaddersFault, ladder_standing, ladders, of_enterprise, standing_file};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
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

/// The problem of a fault of ladders; none for those of the ledger beneath it.
pub(super) fn problem(fault: &LaddersFault) -> Option<Problem> {
    match fault {
        LaddersFault::Ledger(_) | LaddersFault::Workbook(_) => None,
        LaddersFault::Refused(refusal) => Some(super::denied::refusal(refusal)),
        LaddersFault::Unknown(..) => {
            Some(Problem::of(StatusCode::NOT_FOUND, "not_found").saying(fault.to_string(), ""))
        }
    }
}

/// All ladders and how many enterprises stand where.
#[utoipa::path(get, path = "/ladders", tag = "ladders", params(("on" = Option<String>, Query)),
    responses((status = 200, body = LadderList), (status = 404, body = Problem)))]
async fn list(State(app): State<App>, caller: Caller, params: Params) -> Result<Json<LadderList>, Problem> {
    let on: Option<Date> = params.parse("on")?;
    app.read(move |park| ladders(park, &caller.0, on)).await.map(Json)
}

/// How all enterprises stand to a ladder, those that lack least first.
#[utoipa::path(get, path = "/ladders/{id}/standing", tag = "ladders",
    params(("id" = String, Path), ("rung" = Option<String>, Query), ("on" = Option<String>, Query)),
    responses((status = 200, body = LadderStanding), (status = 404, body = Problem)))]
async fn standing(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    params: Params,
) -> Result<Json<LadderStanding>, Problem> {
    let on: Option<Date> = params.parse("on")?;
    let rung = params.one("rung").map(str::to_owned);
    let found =
        app.read(move |park| ladder_standing(park, &caller.0, &id.as_str().into(), rung.as_deref(), on));
    found.await.map(Json)
}

/// How all enterprises stand to a ladder as a workbook.
#[utoipa::path(get, path = "/ladders/{id}/standing.xlsx", tag = "ladders",
    params(("id" = String, Path), ("rung" = Option<String>, Query), ("on" = Option<String>, Query)),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 404, body = Problem)))]
async fn standing_workbook(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    params: Params,
) -> Result<Response, Problem> {
    let on: Option<Date> = params.parse("on")?;
    let rung = params.one("rung").map(str::to_owned);
    let found =
        app.read(move |park| standing_file(park, &caller.0, &id.as_str().into(), rung.as_deref(), on));
    found.await.map(table)
}

/// How one enterprise stands to every rung, criterion by criterion.
#[utoipa::path(get, path = "/enterprises/{entry}/ladders", tag = "ladders",
    params(("entry" = u64, Path), ("on" = Option<String>, Query)),
    responses((status = 200, body = EnterpriseLadders), (status = 404, body = Problem)))]
async fn enterprise(
    State(app): State<App>,
    caller: Caller,
    Path(entry): Path<u64>,
    params: Params,
) -> Result<Json<EnterpriseLadders>, Problem> {
    let on: Option<Date> = params.parse("on")?;
    app.read(move |park| of_enterprise(park, &caller.0, EntryId(entry), on)).await.map(Json)
}
