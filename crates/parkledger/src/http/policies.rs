//! `/policies`: who is due what, cases from the proposal to the payment, calculation sheets, what a draft would cost.

use app::access::Action;
use app::books::EntryView;
use app::policies::cases::{advance, confirm};
use app::policies::enterprise::of_enterprise;
use app::policies::shapes::{
    Advance, Confirmation, EnterprisePolicies, GradesTaken, MatchedPolicies, PolicyList, PolicyView,
    TakeGrades,
};
use app::policies::{self, PoliciesFault, grades, matching, sheet::sheet};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use model::id::EntryId;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::books::{request_key, tagged};
use super::guard::{Caller, guarded};
use super::page::Params;
use super::parcels_policy::{tried, workbook};
use super::{App, Download, Problem, Routes, download};

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadPolicies, routes!(list)))
        .routes(guarded(Action::ReadPolicies, routes!(one)))
        .routes(guarded(Action::ReadPolicies, routes!(sheet_file)))
        .routes(guarded(Action::ReadPolicies, routes!(sheet_document)))
        .routes(guarded(Action::PayPolicies, routes!(open_case)))
        .routes(guarded(Action::ReadBooks, routes!(enterprise)))
        .routes(guarded(Action::PayPolicies, routes!(move_case)))
        .routes(guarded(Action::PayPolicies, routes!(matches)))
        .routes(guarded(Action::PayPolicies, routes!(take_grades)))
}

/// The problem of a fault of policies; none for those of the ledger beneath it.
pub(super) fn problem(fault: &PoliciesFault) -> Option<Problem> {
    match fault {
        PoliciesFault::Ledger(_) => None,
        PoliciesFault::Refused(refusal) => Some(super::denied::refusal(refusal)),
        PoliciesFault::Books(fault) => Some(super::books::problem(fault)),
        PoliciesFault::Parcels(fault) => super::parcels::problem(fault),
        PoliciesFault::Sheet(fault) => super::parcels::sheet_problem(fault),
        PoliciesFault::Value(why) => Some(Problem::invalid("set", why.clone())),
        PoliciesFault::Unknown(..) => {
            Some(Problem::of(StatusCode::NOT_FOUND, "not_found").saying(fault.to_string(), ""))
        }
        PoliciesFault::Not(why) => Some(Problem::of(StatusCode::CONFLICT, "not-now").saying(why.clone(), "")),
    }
}

/// All policies with what a year cost; the last complete one where none is given.
#[utoipa::path(get, path = "/policies", tag = "policies", params(("year" = Option<i16>, Query)),
    responses((status = 200, body = PolicyList)))]
async fn list(State(app): State<App>, caller: Caller, params: Params) -> Result<Json<PolicyList>, Problem> {
    let year: Option<i16> = params.parse("year")?;
    app.read(move |park| policies::policies(park, &caller.0, year)).await.map(Json)
}

/// One policy over the data of a year: who is due what and why, and the cases. Of a draft, or by other numbers (`set=PATH=NUMBER`, repeated):
/// what it would cost.
#[utoipa::path(get, path = "/policies/{id}", tag = "policies",
    params(("id" = String, Path), ("year" = Option<i16>, Query), ("set" = Option<Vec<String>>, Query)),
    responses((status = 200, body = PolicyView), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn one(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    params: Params,
) -> Result<Json<PolicyView>, Problem> {
    let asked = (params.parse("year")?, tried(&params)?);
    app.read(move |park| policies::policy(park, &caller.0, &id, (asked.0, &asked.1))).await.map(Json)
}

/// The calculation sheet of an enterprise: formulas, and where every number stands.
#[utoipa::path(get, path = "/policies/{id}/sheets/{enterprise}", tag = "policies",
    params(("id" = String, Path), ("enterprise" = u64, Path), ("year" = Option<i16>, Query)),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 404, body = Problem)))]
async fn sheet_file(
    State(app): State<App>,
    caller: Caller,
    Path((id, enterprise)): Path<(String, u64)>,
    params: Params,
) -> Result<Response, Problem> {
    let year: Option<i16> = params.parse("year")?;
    let made = app.read(move |park| sheet(park, &caller.0, &id, year, EntryId(enterprise)));
    made.await.map(workbook)
}

/// The calculation sheet of an enterprise as a Word file to sign.
#[utoipa::path(get, path = "/policies/{id}/sheets/{enterprise}/document", tag = "policies",
    params(("id" = String, Path), ("enterprise" = u64, Path), ("year" = Option<i16>, Query)),
    responses((status = 200, content_type = Download::DOCX, body = Vec<u8>), (status = 404, body = Problem)))]
async fn sheet_document(
    State(app): State<App>,
    caller: Caller,
    Path((id, enterprise)): Path<(String, u64)>,
    params: Params,
) -> Result<Response, Problem> {
    let of = (EntryId(enterprise), params.parse::<i16>("year")?);
    let made = app.read(move |park| policies::payment_document(park, &caller.0, &id, of)).await?;
    Ok(download(Download { name: made.name, media: Download::DOCX, bytes: made.bytes }))
}

/// Opens a case: a person confirms a proposal, or takes an application.
#[utoipa::path(post, path = "/policies/{id}/cases", tag = "policies", params(("id" = String, Path)),
    request_body = Confirmation,
    responses((status = 201, body = EntryView), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn open_case(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(asked): Json<Confirmation>,
) -> Result<Response, Problem> {
    let (key, by) = (request_key(&headers), actor.clone());
    let view = app.write(&by, move |park| confirm(park, &actor, &id, &asked, key.as_deref())).await?;
    Ok(tagged(StatusCode::CREATED, view))
}

/// Moves a case on.
#[utoipa::path(post, path = "/policies/cases/{entry}/stages", tag = "policies", params(("entry" = u64, Path)),
    request_body = Advance,
    responses((status = 200, body = EntryView), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn move_case(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(entry): Path<u64>,
    headers: HeaderMap,
    Json(asked): Json<Advance>,
) -> Result<Response, Problem> {
    let (key, by) = (request_key(&headers), actor.clone());
    let moved = app.write(&by, move |park| advance(park, &actor, EntryId(entry), &asked, key.as_deref()));
    moved.await.map(|view| tagged(StatusCode::OK, view))
}

/// The policies of one enterprise: what it received, what is on the way, what it may have. An enterprise may ask about itself.
#[utoipa::path(get, path = "/enterprises/{entry}/policies", tag = "policies",
    params(("entry" = u64, Path), ("year" = Option<i16>, Query)),
    responses((status = 200, body = EnterprisePolicies), (status = 404, body = Problem)))]
async fn enterprise(
    State(app): State<App>,
    caller: Caller,
    Path(entry): Path<u64>,
    params: Params,
) -> Result<Json<EnterprisePolicies>, Problem> {
    let year: Option<i16> = params.parse("year")?;
    app.read(move |park| of_enterprise(park, &caller.0, EntryId(entry), year)).await.map(Json)
}

/// Matches the policies that need no application with the books now, as the server does at night.
#[utoipa::path(post, path = "/policies/matches", tag = "policies",
    responses((status = 200, body = MatchedPolicies), (status = 404, body = Problem)))]
async fn matches(State(app): State<App>, Caller(actor): Caller) -> Result<Json<MatchedPolicies>, Problem> {
    let by = actor.clone();
    app.write(&by, move |park| matching::run(park, &actor, park.today())).await.map(Json)
}

/// Takes the grades of a published evaluation into the book of differential prices.
#[utoipa::path(post, path = "/policies/grades", tag = "policies", request_body = TakeGrades,
    responses((status = 200, body = GradesTaken), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn take_grades(
    State(app): State<App>,
    Caller(actor): Caller,
    headers: HeaderMap,
    Json(asked): Json<TakeGrades>,
) -> Result<Json<GradesTaken>, Problem> {
    let (key, by) = (request_key(&headers), actor.clone());
    app.write(&by, move |park| grades::take(park, &actor, asked.run, key.as_deref())).await.map(Json)
}
