//! `/enterprises`: found by names, codes and pinyin; the file of one; the plan made with one; plans for single rungs, made and moved on;
//! what falls due in all plans.

use app::access::Action;
use app::enterprises::case_shapes::{ActionDone, NewPlan, PlanKept, PlanMove};
use app::enterprises::shapes::{EnterpriseFile, EnterpriseList, EnterprisePlan, PlanReminders};
use app::enterprises::{
    EnterprisesFault, certificate, due, file, finish_action, make_plan, move_plan, plan, plan_document,
    search,
};
use app::messages::enterprises as say;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use jiff::civil::Date;
use model::id::{EntryId, ReportId};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::books::request_key;
use super::guard::{Caller, guarded};
use super::page::Params;
use super::{App, Download, Problem, Routes, download};

/// Enterprises found when nothing is said.
const FOUND: usize = 50;
/// Enterprises found at most.
const MOST: usize = 1_000;

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadBooks, routes!(list)))
        .routes(guarded(Action::ReadBooks, routes!(file_of)))
        .routes(guarded(Action::ReadBooks, routes!(plan_of)))
        .routes(guarded(Action::ReadBooks, routes!(plan_document_of)))
        .routes(guarded(Action::ReadBooks, routes!(certificate_of)))
        .routes(guarded(Action::ReadFigures, routes!(plans_due)))
        .routes(guarded(Action::RecordPlans, routes!(make)))
        .routes(guarded(Action::RecordPlans, routes!(move_on)))
        .routes(guarded(Action::RecordPlans, routes!(finish)))
}

/// The problem of a fault of enterprises; none for those of the ledger beneath it.
pub(super) fn problem(fault: &EnterprisesFault) -> Option<Problem> {
    match fault {
        EnterprisesFault::Ledger(_) => None,
        EnterprisesFault::Refused(refusal) => Some(super::denied::refusal(refusal)),
        EnterprisesFault::Land(fault) => super::parcels::problem(fault),
        EnterprisesFault::Sheet(fault) => super::parcels::sheet_problem(fault),
        EnterprisesFault::AsOf(fault) => super::reports::as_of_problem(fault),
        EnterprisesFault::Ladders(fault) => super::ladders::problem(fault),
        EnterprisesFault::Books(fault) => Some(super::books::problem(fault)),
        EnterprisesFault::NotNow(why) => {
            Some(Problem::of(StatusCode::CONFLICT, "not-now").saying(why.clone(), ""))
        }
        EnterprisesFault::Wrong { field, message } => {
            Some(Problem::invalid(field, message.clone()).saying(message.clone(), ""))
        }
        EnterprisesFault::Unknown { name, near } => {
            let (detail, hint) = say::unknown(name, near);
            Some(Problem::of(StatusCode::NOT_FOUND, "not-found").saying(detail, hint))
        }
    }
}

/// Enterprises by any name they had, any code, or the letters of their pinyin.
#[utoipa::path(get, path = "/enterprises", tag = "enterprise",
    params(("q" = Option<String>, Query), ("limit" = Option<usize>, Query)),
    responses((status = 200, body = EnterpriseList), (status = 404, body = Problem)))]
async fn list(
    State(app): State<App>,
    caller: Caller,
    params: Params,
) -> Result<Json<EnterpriseList>, Problem> {
    let limit = params.parse("limit")?.unwrap_or(FOUND).min(MOST);
    let text = params.one("q").unwrap_or("").to_owned();
    app.read(move |park| search(park, &caller.0, &text, limit)).await.map(Json)
}

/// The file of an enterprise.
#[utoipa::path(get, path = "/enterprises/{entry}/file", tag = "enterprise",
    params(("entry" = u64, Path), ("on" = Option<String>, Query)),
    responses((status = 200, body = EnterpriseFile), (status = 404, body = Problem)))]
async fn file_of(
    State(app): State<App>,
    caller: Caller,
    Path(entry): Path<u64>,
    params: Params,
) -> Result<Json<EnterpriseFile>, Problem> {
    let on: Option<Date> = params.parse("on")?;
    app.read(move |park| file(park, &caller.0, EntryId(entry), on)).await.map(Json)
}

/// The plan made with an enterprise.
#[utoipa::path(get, path = "/enterprises/{entry}/plan", tag = "enterprise",
    params(("entry" = u64, Path), ("on" = Option<String>, Query)),
    responses((status = 200, body = EnterprisePlan), (status = 404, body = Problem)))]
async fn plan_of(
    State(app): State<App>,
    caller: Caller,
    Path(entry): Path<u64>,
    params: Params,
) -> Result<Json<EnterprisePlan>, Problem> {
    let on: Option<Date> = params.parse("on")?;
    app.read(move |park| plan(park, &caller.0, EntryId(entry), on)).await.map(Json)
}

/// The plan made with an enterprise, as a Word file.
#[utoipa::path(get, path = "/enterprises/{entry}/plan.docx", tag = "enterprise",
    params(("entry" = u64, Path), ("on" = Option<String>, Query)),
    responses((status = 200, content_type = Download::DOCX, body = Vec<u8>), (status = 404, body = Problem)))]
async fn plan_document_of(
    State(app): State<App>,
    caller: Caller,
    Path(entry): Path<u64>,
    params: Params,
) -> Result<Response, Problem> {
    let on: Option<Date> = params.parse("on")?;
    let made = app.read(move |park| plan_document(park, &caller.0, EntryId(entry), on)).await?;
    Ok(download(Download { name: made.name, media: Download::DOCX, bytes: made.bytes }))
}

/// What a book holds about an enterprise, certified, as a Word file.
#[utoipa::path(get, path = "/enterprises/{entry}/certificates/{certificate}", tag = "enterprise",
    params(("entry" = u64, Path), ("certificate" = String, Path), ("on" = Option<String>, Query)),
    responses((status = 200, content_type = Download::DOCX, body = Vec<u8>), (status = 404, body = Problem)))]
async fn certificate_of(
    State(app): State<App>,
    caller: Caller,
    Path((entry, report)): Path<(u64, String)>,
    params: Params,
) -> Result<Response, Problem> {
    let on: Option<Date> = params.parse("on")?;
    let which = (EntryId(entry), ReportId::from(report));
    let made = app.read(move |park| certificate(park, &caller.0, (which.0, &which.1), on)).await?;
    Ok(download(Download { name: made.name, media: Download::DOCX, bytes: made.bytes }))
}

/// What falls due in all plans.
#[utoipa::path(get, path = "/plans/due", tag = "enterprise", params(("on" = Option<String>, Query)),
    responses((status = 200, body = PlanReminders), (status = 404, body = Problem)))]
async fn plans_due(
    State(app): State<App>,
    caller: Caller,
    params: Params,
) -> Result<Json<PlanReminders>, Problem> {
    let on: Option<Date> = params.parse("on")?;
    app.read(move |park| due(park, &caller.0, on)).await.map(Json)
}

/// Makes a plan for a rung with its actions: a draft.
#[utoipa::path(post, path = "/enterprises/{entry}/plans", tag = "enterprise", params(("entry" = u64, Path)),
    request_body = NewPlan,
    responses((status = 201, body = PlanKept), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn make(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(entry): Path<u64>,
    headers: HeaderMap,
    Json(asked): Json<NewPlan>,
) -> Result<(StatusCode, Json<PlanKept>), Problem> {
    let (key, by) = (request_key(&headers), actor.clone());
    let made = app.write(&by, move |park| make_plan(park, &actor, EntryId(entry), &asked, key.as_deref()));
    made.await.map(|made| (StatusCode::CREATED, Json(made)))
}

/// Moves a plan on: agreed, running, applied, public, recognised or not, taken up again.
#[utoipa::path(post, path = "/plans/{plan}/stages", tag = "enterprise", params(("plan" = u64, Path)),
    request_body = PlanMove,
    responses((status = 200, body = PlanKept), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
async fn move_on(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(plan): Path<u64>,
    headers: HeaderMap,
    Json(asked): Json<PlanMove>,
) -> Result<Json<PlanKept>, Problem> {
    let (key, by) = (request_key(&headers), actor.clone());
    let moved = app.write(&by, move |park| move_plan(park, &actor, EntryId(plan), &asked, key.as_deref()));
    moved.await.map(Json)
}

/// Says that an action of a plan was done.
#[utoipa::path(post, path = "/plans/actions/{action}/done", tag = "enterprise", params(("action" = u64, Path)),
    request_body = ActionDone,
    responses((status = 200, body = PlanKept), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
async fn finish(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(action): Path<u64>,
    headers: HeaderMap,
    Json(asked): Json<ActionDone>,
) -> Result<Json<PlanKept>, Problem> {
    let (key, by) = (request_key(&headers), actor.clone());
    let done =
        app.write(&by, move |park| finish_action(park, &actor, EntryId(action), &asked, key.as_deref()));
    done.await.map(Json)
}
