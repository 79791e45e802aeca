//! `/visits` and `/demands`: who is due to be visited, recording visits, what is done with demands, lights, counts.

use app::access::Action;
use app::park::Park;
use app::visits::shapes::{
    Demand, DemandAct, DemandBoard, LightList, NewVisit, VisitForms, VisitMade, VisitMetrics, VisitsDue,
};
use app::visits::{self as use_case, VisitsFault};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use jiff::civil::Date;
use model::id::EntryId;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::books::request_key;
use super::guard::{Caller, guarded};
use super::page::Params;
use super::{App, Problem, Routes};

/// The routes of these pages.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadVisits, routes!(due)))
        .routes(guarded(Action::ReadVisits, routes!(lights)))
        .routes(guarded(Action::ReadVisits, routes!(metrics)))
        .routes(guarded(Action::ReadVisits, routes!(demands)))
        .routes(guarded(Action::RecordVisits, routes!(forms)))
        .routes(guarded(Action::RecordVisits, routes!(record)))
        .routes(guarded(Action::RecordVisits, routes!(act)))
}

/// The problem of a fault of visits; none for those of the ledger beneath it.
pub(super) fn problem(fault: &VisitsFault) -> Option<Problem> {
    match fault {
        VisitsFault::Ledger(_) => None,
        VisitsFault::Refused(refusal) => Some(super::denied::refusal(refusal)),
        VisitsFault::Books(fault) => Some(super::books::problem(fault)),
        VisitsFault::NotNow(..) => {
            let hint = app::messages::visits::NOT_NOW;
            Some(Problem::of(StatusCode::CONFLICT, "stale").saying(fault.to_string(), hint))
        }
        VisitsFault::Wrong { field, message } => {
            Some(Problem::invalid(field, message.clone()).saying(message.clone(), ""))
        }
    }
}

/// The visits due on a day, late ones first, those already made too.
#[utoipa::path(get, path = "/visits/due", tag = "visiting", params(("on" = Option<String>, Query)),
    responses((status = 200, body = VisitsDue), (status = 404, body = Problem)))]
async fn due(State(app): State<App>, caller: Caller, params: Params) -> Result<Json<VisitsDue>, Problem> {
    let on: Option<Date> = params.parse("on")?;
    app.read(move |park| use_case::visits_due(park, &caller.0, on)).await.map(Json)
}

/// Enterprises whose light is red or yellow, with the rules that turned it.
#[utoipa::path(get, path = "/visits/lights", tag = "visiting", params(("on" = Option<String>, Query)),
    responses((status = 200, body = LightList), (status = 404, body = Problem)))]
async fn lights(State(app): State<App>, caller: Caller, params: Params) -> Result<Json<LightList>, Problem> {
    let on: Option<Date> = params.parse("on")?;
    app.read(move |park| use_case::lights(park, &caller.0, on)).await.map(Json)
}

/// Visits and demands counted by officer, department and category; enterprises that came lately.
#[utoipa::path(get, path = "/visits/metrics", tag = "visiting",
    params(("from" = Option<String>, Query), ("to" = Option<String>, Query)),
    responses((status = 200, body = VisitMetrics), (status = 404, body = Problem)))]
async fn metrics(
    State(app): State<App>,
    caller: Caller,
    params: Params,
) -> Result<Json<VisitMetrics>, Problem> {
    let (from, to): (Option<Date>, Option<Date>) = (params.parse("from")?, params.parse("to")?);
    app.read(move |park| use_case::visit_metrics(park, &caller.0, from, to)).await.map(Json)
}

/// The forms for a visit to an enterprise, with what is known of it.
#[utoipa::path(get, path = "/visits/forms/{enterprise}", tag = "visiting", params(("enterprise" = u64, Path)),
    responses((status = 200, body = VisitForms), (status = 404, body = Problem)))]
async fn forms(
    State(app): State<App>,
    caller: Caller,
    Path(enterprise): Path<u64>,
) -> Result<Json<VisitForms>, Problem> {
    app.read(move |park| use_case::visit_forms(park, &caller.0, EntryId(enterprise))).await.map(Json)
}

/// Records a visit with the demands raised at it: all of it, or nothing.
#[utoipa::path(post, path = "/visits", tag = "visiting", request_body = NewVisit,
    responses((status = 200, body = VisitMade), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn record(
    State(app): State<App>,
    Caller(actor): Caller,
    headers: HeaderMap,
    Json(new): Json<NewVisit>,
) -> Result<Json<VisitMade>, Problem> {
    let (by, key) = (actor.clone(), request_key(&headers));
    app.write(&actor, move |park| use_case::record_visit(park, &by, &new, key.as_deref())).await.map(Json)
}

/// The demands on a day, open ones by urgency first.
#[utoipa::path(get, path = "/demands", tag = "visiting",
    params(("on" = Option<String>, Query), ("enterprise" = Option<u64>, Query)),
    responses((status = 200, body = DemandBoard), (status = 404, body = Problem)))]
async fn demands(
    State(app): State<App>,
    caller: Caller,
    params: Params,
) -> Result<Json<DemandBoard>, Problem> {
    let on: Option<Date> = params.parse("on")?;
    let enterprise: Option<u64> = params.parse("enterprise")?;
    let of = enterprise.map(EntryId);
    app.read(move |park| use_case::demand_board(park, &caller.0, on, of)).await.map(Json)
}

/// Takes a demand a step further: dispatch, answer, rate, take up again, close, take up to somebody, send back.
#[utoipa::path(post, path = "/demands/{entry}/acts", tag = "visiting", params(("entry" = u64, Path)),
    request_body = DemandAct,
    responses((status = 200, body = Demand), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
async fn act(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(entry): Path<u64>,
    headers: HeaderMap,
    Json(what): Json<DemandAct>,
) -> Result<Json<Demand>, Problem> {
    let (by, key) = (actor.clone(), request_key(&headers));
    let done = move |park: &mut Park| use_case::act(park, &by, EntryId(entry), &what, key.as_deref());
    app.write(&actor, done).await.map(Json)
}
