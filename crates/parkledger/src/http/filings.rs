//! `/portal`: what an enterprise finds, its returns and demands; `/returns`: the committee's answer to returns.

use app::access::Action;
use app::filings::shapes::{ReturnAnswer, ReturnDraft, ReturnForm, ReturnList, ReturnState, ReturnVersion};
use app::filings::{self as use_case, FilingsFault};
use app::messages::filings as say;
use app::portal::{PortalFault, PortalHome, home};
use app::visits::shapes::{NewDemand, OwnDemand, Rating};
use app::visits::{raise, rate};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use model::id::{BookId, EntryId};
use model::period::Period;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::books::request_key;
use super::guard::{Caller, guarded};
use super::page::Params;
use super::{App, Problem, Routes};

/// The routes of these pages.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::Portal, routes!(portal)))
        .routes(guarded(Action::Portal, routes!(form)))
        .routes(guarded(Action::Portal, routes!(save)))
        .routes(guarded(Action::Portal, routes!(step)))
        .routes(guarded(Action::Portal, routes!(demand)))
        .routes(guarded(Action::Portal, routes!(rating)))
        .routes(guarded(Action::JudgeReturns, routes!(list)))
        .routes(guarded(Action::JudgeReturns, routes!(one)))
        .routes(guarded(Action::JudgeReturns, routes!(accept)))
        .routes(guarded(Action::JudgeReturns, routes!(send_back)))
}

/// The problem of a fault of returns.
pub(super) fn problem(fault: &FilingsFault) -> Problem {
    let said = |problem: Problem| match say::fault(fault) {
        Some((detail, hint)) => problem.saying(detail, hint),
        None => problem,
    };
    match fault {
        FilingsFault::Ledger(fault) => Problem::from_fault(fault),
        FilingsFault::Books(fault) => super::books::problem(fault),
        FilingsFault::Refused(refusal) => super::denied::refusal(refusal),
        FilingsFault::NotNow(_) => said(Problem::of(StatusCode::CONFLICT, "stale")),
        FilingsFault::Own => said(Problem::of(StatusCode::FORBIDDEN, "not-allowed")),
        FilingsFault::Empty => said(Problem::invalid("values", fault.to_string())),
        FilingsFault::NoReason => said(Problem::invalid("note", fault.to_string())),
    }
}

/// The problem of a fault of the first page.
pub(super) fn portal_problem(fault: &PortalFault) -> Problem {
    match fault {
        PortalFault::Refused(refusal) => super::denied::refusal(refusal),
        PortalFault::Ledger(fault) => Problem::from_fault(fault),
        PortalFault::Enterprise(fault) => Problem::from_fault(fault),
        PortalFault::Returns(fault) => problem(fault),
        PortalFault::Demands(fault) => Problem::from_fault(fault),
    }
}

/// Which return of one's own a path names.
fn named((book, period): (String, String)) -> Result<(BookId, Period), Problem> {
    let period = period.parse().map_err(|_| Problem::not_found())?;
    Ok((BookId::from(book), period))
}

/// What one's own enterprise has to do with: returns, plan, demands, certificates.
#[utoipa::path(get, path = "/portal", tag = "enterprise",
    responses((status = 200, body = PortalHome), (status = 404, body = Problem)))]
async fn portal(State(app): State<App>, caller: Caller) -> Result<Json<PortalHome>, Problem> {
    app.read(move |park| home(park, &caller.0)).await.map(Json)
}

/// A return of one's own enterprise, with its draft, the values before and what is found.
#[utoipa::path(get, path = "/portal/returns/{book}/{period}", tag = "enterprise",
    params(("book" = String, Path), ("period" = String, Path)),
    responses((status = 200, body = ReturnForm), (status = 404, body = Problem)))]
async fn form(
    State(app): State<App>,
    caller: Caller,
    Path(which): Path<(String, String)>,
) -> Result<Json<ReturnForm>, Problem> {
    let (book, period) = named(which)?;
    app.read(move |park| use_case::return_form(park, &caller.0, &book, period)).await.map(Json)
}

/// Saves the draft of a return and checks it.
#[utoipa::path(put, path = "/portal/returns/{book}/{period}", tag = "enterprise",
    params(("book" = String, Path), ("period" = String, Path)), request_body = ReturnDraft,
    responses((status = 200, body = ReturnForm), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn save(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(which): Path<(String, String)>,
    Json(draft): Json<ReturnDraft>,
) -> Result<Json<ReturnForm>, Problem> {
    let ((book, period), by) = (named(which)?, actor.clone());
    app.write(&actor, move |park| use_case::save(park, &by, (&book, period), &draft)).await.map(Json)
}

/// Hands a return in (`submit`), or takes one back that nobody has answered yet (`withdraw`).
#[utoipa::path(post, path = "/portal/returns/{book}/{period}/{step}", tag = "enterprise",
    params(("book" = String, Path), ("period" = String, Path), ("step" = String, Path)), request_body = ReturnVersion,
    responses((status = 200, body = ReturnForm), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
async fn step(
    State(app): State<App>,
    Caller(actor): Caller,
    Path((book, period, step)): Path<(String, String, String)>,
    Json(asked): Json<ReturnVersion>,
) -> Result<Json<ReturnForm>, Problem> {
    let act = match step.as_str() {
        "submit" => use_case::submit,
        "withdraw" => use_case::withdraw,
        _ => return Err(Problem::not_found()),
    };
    let ((book, period), by) = (named((book, period))?, actor.clone());
    app.write(&actor, move |park| act(park, &by, (&book, period), asked)).await.map(Json)
}

/// Raises a demand of one's own enterprise.
#[utoipa::path(post, path = "/portal/demands", tag = "enterprise", request_body = NewDemand,
    responses((status = 201, body = OwnDemand), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn demand(
    State(app): State<App>,
    Caller(actor): Caller,
    headers: HeaderMap,
    Json(new): Json<NewDemand>,
) -> Result<(StatusCode, Json<OwnDemand>), Problem> {
    let (by, key) = (actor.clone(), request_key(&headers));
    let made = app.write(&actor, move |park| raise(park, &by, &new, key.as_deref())).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Rates the answer to a demand of one's own enterprise.
#[utoipa::path(post, path = "/portal/demands/{entry}/rating", tag = "enterprise", params(("entry" = u64, Path)),
    request_body = Rating,
    responses((status = 200, body = OwnDemand), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
async fn rating(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(entry): Path<u64>,
    headers: HeaderMap,
    Json(asked): Json<Rating>,
) -> Result<Json<OwnDemand>, Problem> {
    let (by, key) = (actor.clone(), request_key(&headers));
    app.write(&actor, move |park| rate(park, &by, EntryId(entry), &asked, key.as_deref())).await.map(Json)
}

/// Returns that enterprises handed in, those that wait first.
#[utoipa::path(get, path = "/returns", tag = "enterprise", params(("state" = Option<ReturnState>, Query)),
    responses((status = 200, body = ReturnList)))]
async fn list(State(app): State<App>, caller: Caller, params: Params) -> Result<Json<ReturnList>, Problem> {
    let state = params.one("state").map(|word| {
        serde_json::from_value(serde_json::json!(word)).map_err(|_| Problem::invalid("state", word))
    });
    let state = state.transpose()?;
    app.read(move |park| use_case::handed_in(park, &caller.0, state)).await.map(Json)
}

/// A return as the committee looks at it.
#[utoipa::path(get, path = "/returns/{id}", tag = "enterprise", params(("id" = u64, Path)),
    responses((status = 200, body = ReturnForm), (status = 404, body = Problem)))]
async fn one(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<u64>,
) -> Result<Json<ReturnForm>, Problem> {
    app.read(move |park| use_case::review(park, &caller.0, id)).await.map(Json)
}

/// Accepts a return: its values go into the ledger as one revision.
#[utoipa::path(post, path = "/returns/{id}/accept", tag = "enterprise", params(("id" = u64, Path)),
    request_body = ReturnAnswer,
    responses((status = 200, body = ReturnForm), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn accept(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
    Json(asked): Json<ReturnAnswer>,
) -> Result<Json<ReturnForm>, Problem> {
    let by = actor.clone();
    app.write(&actor, move |park| use_case::approve(park, &by, id, &asked)).await.map(Json)
}

/// Sends a return back to its enterprise, with reasons by field.
#[utoipa::path(post, path = "/returns/{id}/send-back", tag = "enterprise", params(("id" = u64, Path)),
    request_body = ReturnAnswer,
    responses((status = 200, body = ReturnForm), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
async fn send_back(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
    Json(asked): Json<ReturnAnswer>,
) -> Result<Json<ReturnForm>, Problem> {
    let by = actor.clone();
    app.write(&actor, move |park| use_case::send_back(park, &by, id, &asked)).await.map(Json)
}
