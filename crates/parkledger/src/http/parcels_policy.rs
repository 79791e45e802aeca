//! `/parcels/low`, `/parcels/potential`, `/evaluations/{run}/effects`: what is done with a result.

use app::access::Action;
use app::parcels::shapes as shape;
use axum::Json;
use axum::extract::{Path, State};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded};
use super::page::Params;
use super::{App, Problem, Routes};

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadParcels, routes!(low)))
        .routes(guarded(Action::ReadParcels, routes!(potential)))
        .routes(guarded(Action::ReadParcels, routes!(effects)))
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
    app.read(move |park| app::parcels::low(park, &actor, (on, year))).await.map(Json)
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
    app.read(move |park| app::parcels::potential(park, &actor, asked)).await.map(Json)
}

/// What the grades of a frozen evaluation cost and save by the rates of a day, for each subject and in all.
#[utoipa::path(get, path = "/evaluations/{run}/effects", tag = "parcels",
    params(("run" = u64, Path), ("on" = Option<String>, Query)),
    responses((status = 200, body = shape::EffectPage), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn effects(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(run): Path<u64>,
    params: Params,
) -> Result<Json<shape::EffectPage>, Problem> {
    let on = params.parse("on")?;
    app.read(move |park| app::parcels::effects(park, &actor, run, on)).await.map(Json)
}
