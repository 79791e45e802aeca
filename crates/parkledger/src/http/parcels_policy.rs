//! `/parcels/low`, `/parcels/potential`, `/evaluations/{run}/effects`: what is done with a result, as pages and as workbooks.

use std::collections::BTreeMap;

use app::access::Action;
use app::parcels::shapes as shape;
use app::parcels::{self, ExportedFile, LowFilter};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded};
use super::page::Params;
use super::{App, Download, Problem, Routes, download};

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadParcels, routes!(low)))
        .routes(guarded(Action::ReadParcels, routes!(potential)))
        .routes(guarded(Action::ReadParcels, routes!(effects)))
        .routes(guarded(Action::ReadParcels, routes!(low_file)))
        .routes(guarded(Action::ReadParcels, routes!(potential_file)))
        .routes(guarded(Action::ReadParcels, routes!(effects_file)))
}

/// A workbook to save.
pub(super) fn workbook(file: ExportedFile) -> Response {
    download(Download { name: file.name, media: Download::XLSX, bytes: file.bytes })
}

/// Numbers that are tried: `set=PATH=VALUE`, repeated.
pub(super) fn tried(params: &Params) -> Result<BTreeMap<String, String>, Problem> {
    let pair = |text: &str| {
        let (path, value) = text.split_once('=').ok_or_else(|| Problem::invalid("set", "PATH=VALUE"))?;
        Ok((path.trim().to_owned(), value.trim().to_owned()))
    };
    params.all("set").map(pair).collect()
}

/// Idle and low-efficiency land by the rules in force on a day, with every test, what is missing to tell, and what is done
/// about it.
#[utoipa::path(get, path = "/parcels/low", tag = "parcels",
    params(("on" = Option<String>, Query), ("year" = Option<i16>, Query)),
    responses((status = 200, body = shape::LowPage), (status = 422, body = Problem)))]
async fn low(
    State(app): State<App>,
    Caller(actor): Caller,
    params: Params,
) -> Result<Json<shape::LowPage>, Problem> {
    let (on, year) = (params.parse("on")?, params.parse("year")?);
    app.read(move |park| parcels::low(park, &actor, (on, year))).await.map(Json)
}

/// Floor area that may still be built, by efficiency × need.
#[utoipa::path(get, path = "/parcels/potential", tag = "parcels",
    params(("on" = Option<String>, Query), ("year" = Option<i16>, Query), ("run" = Option<u64>, Query)),
    responses((status = 200, body = shape::PotentialPage), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn potential(
    State(app): State<App>,
    Caller(actor): Caller,
    params: Params,
) -> Result<Json<shape::PotentialPage>, Problem> {
    let asked = (params.parse("on")?, params.parse("year")?, params.parse("run")?);
    app.read(move |park| parcels::potential(park, &actor, asked)).await.map(Json)
}

/// What the grades of a frozen evaluation cost and save by the rates of a day, for each subject and in all. `set` tries a rate,
/// repeated: `rates.POLICY.GRADE=VALUE` in the policy's `rate_unit`; nothing of it is kept.
#[utoipa::path(get, path = "/evaluations/{run}/effects", tag = "parcels",
    params(("run" = u64, Path), ("on" = Option<String>, Query), ("set" = Option<Vec<String>>, Query)),
    responses((status = 200, body = shape::EffectPage), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn effects(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(run): Path<u64>,
    params: Params,
) -> Result<Json<shape::EffectPage>, Problem> {
    let (on, tried) = (params.parse("on")?, tried(&params)?);
    app.read(move |park| parcels::effects(park, &actor, run, (on, &tried))).await.map(Json)
}

/// Idle and low-efficiency land as a workbook, a line for each parcel and rule.
#[utoipa::path(get, path = "/parcels/low.xlsx", tag = "parcels",
    params(("on" = Option<String>, Query), ("year" = Option<i16>, Query), ("rule" = Option<String>, Query),
        ("held" = Option<String>, Query), ("undisposed" = Option<bool>, Query)),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 422, body = Problem)))]
async fn low_file(
    State(app): State<App>,
    Caller(actor): Caller,
    params: Params,
) -> Result<Response, Problem> {
    let asked = (params.parse("on")?, params.parse("year")?);
    let filter = LowFilter {
        rule: params.one("rule").map(str::to_owned),
        held: params.one("held").map(str::to_owned),
        undisposed: params.parse("undisposed")?.unwrap_or_default(),
    };
    app.read(move |park| parcels::low_file(park, &actor, asked, &filter)).await.map(workbook)
}

/// Floor area that may still be built as a workbook.
#[utoipa::path(get, path = "/parcels/potential.xlsx", tag = "parcels",
    params(("on" = Option<String>, Query), ("year" = Option<i16>, Query), ("run" = Option<u64>, Query)),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn potential_file(
    State(app): State<App>,
    Caller(actor): Caller,
    params: Params,
) -> Result<Response, Problem> {
    let asked = (params.parse("on")?, params.parse("year")?, params.parse("run")?);
    app.read(move |park| parcels::potential_file(park, &actor, asked)).await.map(workbook)
}

/// What grades cost and save as a workbook, with the rates that are tried.
#[utoipa::path(get, path = "/evaluations/{run}/effects.xlsx", tag = "parcels",
    params(("run" = u64, Path), ("on" = Option<String>, Query), ("set" = Option<Vec<String>>, Query)),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn effects_file(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(run): Path<u64>,
    params: Params,
) -> Result<Response, Problem> {
    let (on, tried) = (params.parse("on")?, tried(&params)?);
    app.read(move |park| parcels::effects_file(park, &actor, run, (on, &tried))).await.map(workbook)
}
