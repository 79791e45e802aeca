//! `/visits` and `/demands`: who is due to be visited, recording visits, what is done with demands, lights, counts.

use app::access::Action;
use app::park::Park;
use app::visits::shapes::{
    Demand, DemandAct, DemandBoard, LightList, NewVisit, PhotoFile, VisitForms, VisitMade, VisitMetrics,
    VisitPhotos, VisitsDue,
};
use app::visits::{self as use_case, VisitsFault};
use axum::Json;
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use jiff::civil::Date;
use model::id::EntryId;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::books::request_key;
use super::guard::{Caller, guarded};
use super::imports::{Sent, upload};
use super::page::Params;
use super::{App, Download, Problem, Routes, shown};

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
        .routes(guarded(Action::ReadVisits, routes!(photos)))
        .routes(guarded(Action::ReadVisits, routes!(photo)))
        .routes(guarded(Action::RecordVisits, upload(routes!(add_photo))))
        .routes(guarded(Action::RecordVisits, routes!(drop_photo)))
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
        VisitsFault::Photo(said, hint) => {
            Some(Problem::invalid("file", said.clone()).saying(said.clone(), hint.clone()))
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

/// The photos of a visit.
#[utoipa::path(get, path = "/visits/{entry}/photos", tag = "visiting", params(("entry" = u64, Path)),
    responses((status = 200, body = VisitPhotos), (status = 404, body = Problem)))]
async fn photos(
    State(app): State<App>,
    caller: Caller,
    Path(entry): Path<u64>,
) -> Result<Json<VisitPhotos>, Problem> {
    app.read(move |park| use_case::visit_photos(park, &caller.0, EntryId(entry))).await.map(Json)
}

/// The file of a photo, to be shown.
#[utoipa::path(get, path = "/visits/{entry}/photos/{photo}", tag = "visiting",
    params(("entry" = u64, Path), ("photo" = u64, Path)),
    responses((status = 200, content_type = "image/jpeg"), (status = 404, body = Problem)))]
async fn photo(
    State(app): State<App>,
    caller: Caller,
    Path((entry, photo)): Path<(u64, u64)>,
) -> Result<Response, Problem> {
    let found = move |park: &Park| use_case::photo_file(park, &caller.0, EntryId(entry), EntryId(photo));
    let PhotoFile { name, media, bytes } = app.read(found).await?;
    Ok(shown(Download { name, media, bytes }))
}

/// A photo sent as a form, for the description of the API.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "describes what the form holds")]
struct PhotoUpload {
    /// JPEG or PNG, judged by content.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Adds a photo to a visit. Place, time and device are not kept.
#[utoipa::path(post, path = "/visits/{entry}/photos", tag = "visiting", params(("entry" = u64, Path)),
    request_body(content = PhotoUpload, content_type = "multipart/form-data"),
    responses((status = 200, body = VisitPhotos), (status = 404, body = Problem), (status = 413, body = Problem),
        (status = 422, body = Problem)))]
async fn add_photo(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(entry): Path<u64>,
    headers: HeaderMap,
    form: Multipart,
) -> Result<Json<VisitPhotos>, Problem> {
    // Asked before a byte is read: nobody sends a photo to a visit that is not there for them.
    let asking = actor.clone();
    let known = app.read(move |park| use_case::visit_photos(park, &asking, EntryId(entry))).await?;
    let max_mb = known.limits.max_mb;
    let too_large = || {
        let (said, hint) = app::messages::visits::photo_too_large(max_mb);
        Problem::of(StatusCode::PAYLOAD_TOO_LARGE, "too-large").saying(said, hint)
    };
    let sent = Sent::up_to(u64::from(max_mb) << 20, too_large, form).await?;
    let (by, key) = (actor.clone(), request_key(&headers));
    let add =
        move |park: &mut Park| use_case::add_photo(park, &by, EntryId(entry), &sent.bytes, key.as_deref());
    app.write(&actor, add).await.map(Json)
}

/// Takes a photo out of a visit.
#[utoipa::path(delete, path = "/visits/{entry}/photos/{photo}", tag = "visiting",
    params(("entry" = u64, Path), ("photo" = u64, Path)),
    responses((status = 200, body = VisitPhotos), (status = 404, body = Problem)))]
async fn drop_photo(
    State(app): State<App>,
    Caller(actor): Caller,
    Path((entry, photo)): Path<(u64, u64)>,
    headers: HeaderMap,
) -> Result<Json<VisitPhotos>, Problem> {
    let (by, key) = (actor.clone(), request_key(&headers));
    let which = (EntryId(entry), EntryId(photo));
    app.write(&actor, move |park| use_case::drop_photo(park, &by, which, key.as_deref())).await.map(Json)
}
