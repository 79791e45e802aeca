//! `/books`, `/entries`: grids, their groups, pickers of references, entries and what is written in them.

use app::access::Action;
use app::books::{
    self, BooksFault, Cell, Checked, Edit, EntryPage, EntryView, GroupPage, History, NewEntry, OptionList,
    Page, Paste, PasteOutcome, Query, QueryFault, Values,
};
use app::messages::books as say;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use model::id::{BookId, EntryId, FieldId};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded};
use super::page::{ListParams, Params};
use super::replies::KEY;
use super::{App, Problem, Routes};

/// Entries offered by a picker when nothing is said.
const OFFERED: usize = 20;

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadBooks, routes!(entries)))
        .routes(guarded(Action::ReadBooks, routes!(groups)))
        .routes(guarded(Action::ReadBooks, routes!(options)))
        .routes(guarded(Action::Record, routes!(check)))
        .routes(guarded(Action::Record, routes!(create)))
        .routes(guarded(Action::Record, routes!(paste)))
        .routes(guarded(Action::ReadBooks, routes!(entry)))
        .routes(guarded(Action::Record, routes!(edit)))
        .routes(guarded(Action::Record, routes!(withdraw)))
        .routes(guarded(Action::ReadBooks, routes!(history)))
        .routes(guarded(Action::Unmask, routes!(unmask)))
}

/// What a fault of books is to its caller.
pub(super) fn problem(fault: &BooksFault) -> Problem {
    match fault {
        BooksFault::Refused(refusal) => Problem::from_fault(refusal),
        BooksFault::Ledger(fault) => Problem::from_fault(fault),
        BooksFault::AsOf(fault) => Problem::from_fault(fault),
        BooksFault::Query(fault) => wrong_query(fault),
        BooksFault::Invalid(findings) => {
            let mut problem = Problem::of(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
            for finding in findings {
                let field = finding.place.field.as_ref().map_or("", |f| f.as_str());
                problem = problem.field(field, finding.message.clone());
            }
            problem.findings.clone_from(findings);
            problem
        }
        BooksFault::Stale { current, yours } => {
            let mut problem = Problem::of(StatusCode::CONFLICT, "stale");
            problem.current = serde_json::to_value(current).ok();
            problem.yours = serde_json::to_value(yours).ok();
            problem
        }
        BooksFault::NoReason => {
            let (detail, hint) = say::no_reason();
            Problem::invalid("why", detail.clone()).saying(detail, hint)
        }
        BooksFault::BadView => {
            let (detail, hint) = say::bad_view();
            Problem::invalid("name", detail.clone()).saying(detail, hint)
        }
        BooksFault::Export(fault) => Problem::internal(fault),
        BooksFault::Reported(title) => forbidden(say::reported(title)),
        BooksFault::NotReported(title) => forbidden(say::not_reported(title)),
    }
}

fn forbidden((detail, hint): (String, String)) -> Problem {
    Problem::of(StatusCode::FORBIDDEN, "not-allowed").saying(detail, hint)
}

/// The version a change is based on, from `If-Match: "v3"`.
fn based_on(headers: &HeaderMap) -> Result<u32, Problem> {
    let missing = || Problem::of(StatusCode::PRECONDITION_REQUIRED, "precondition-required");
    let tag = headers.get(header::IF_MATCH).and_then(|v| v.to_str().ok()).ok_or_else(missing)?;
    let version = tag.trim().trim_start_matches("W/").trim_matches('"').trim_start_matches('v');
    version.parse().map_err(|_| missing())
}

/// The caller's own name for the request.
pub(super) fn request_key(headers: &HeaderMap) -> Option<String> {
    headers.get(KEY).and_then(|v| v.to_str().ok()).map(str::to_owned)
}

/// The version of an entry as an entity tag, beside the entry.
pub(super) fn tagged(status: StatusCode, view: EntryView) -> Response {
    let tag = format!("\"v{}\"", view.version);
    (status, [(header::ETAG, tag)], Json(view)).into_response()
}

pub(super) fn wrong_query(fault: &QueryFault) -> Problem {
    let (detail, hint) = say::query_fault(fault);
    Problem::of(StatusCode::UNPROCESSABLE_ENTITY, "invalid")
        .saying(detail.clone(), hint)
        .field("query", detail)
}

/// Which entries a request asks for.
pub(super) fn query(params: &Params) -> Result<Query, Problem> {
    let filters: Vec<String> = params.all("filter").map(str::to_owned).collect();
    let (sort, words) = (params.one("sort").unwrap_or(""), params.one("q").unwrap_or(""));
    Query::read(&filters, sort, words).map_err(|fault| wrong_query(&fault))
}

pub(super) fn page(params: &Params) -> Result<Page, Problem> {
    let (offset, limit) = params.window()?;
    Ok(Page { offset, limit })
}

/// Entries of a book, filtered, sorted, a window at a time.
#[utoipa::path(get, path = "/books/{book}/entries", tag = "books", params(("book" = String, Path), ListParams, ("as_of" = Option<String>, Query)),
    responses((status = 200, body = EntryPage), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn entries(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(book): Path<String>,
    params: Params,
) -> Result<Json<EntryPage>, Problem> {
    let (query, page, book) = (query(&params)?, page(&params)?, BookId::from(book));
    let columns: Vec<FieldId> = params.listed("columns").into_iter().map(FieldId::from).collect();
    let as_of = super::reports::as_of(&params)?;
    app.read(move |park| books::entries_as_of(park, &actor, &book, &query, (&columns, page), as_of))
        .await
        .map(Json)
}

/// The values of one field among the entries a query selects, with counts and sums.
#[utoipa::path(get, path = "/books/{book}/groups", tag = "books",
    params(("book" = String, Path), ("by" = String, Query, description = "The field."), ListParams,
        ("as_of" = Option<String>, Query)),
    responses((status = 200, body = GroupPage), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn groups(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(book): Path<String>,
    params: Params,
) -> Result<Json<GroupPage>, Problem> {
    let (query, page, book) = (query(&params)?, page(&params)?, BookId::from(book));
    let by = FieldId::from(params.one("by").unwrap_or(""));
    let as_of = super::reports::as_of(&params)?;
    app.read(move |park| books::groups(park, &actor, &book, &query, (&by, page), as_of)).await.map(Json)
}

/// Entries a reference may point to, by letters of their title or key.
#[utoipa::path(get, path = "/books/{book}/options", tag = "books",
    params(("book" = String, Path), ("q" = Option<String>, Query), ("limit" = Option<usize>, Query)),
    responses((status = 200, body = OptionList), (status = 404, body = Problem)))]
async fn options(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(book): Path<String>,
    params: Params,
) -> Result<Json<OptionList>, Problem> {
    let limit = params.parse("limit")?.unwrap_or(OFFERED).min(books::query::MOST_ROWS);
    let (book, text) = (BookId::from(book), params.one("q").unwrap_or("").to_owned());
    app.read(move |park| books::options(park, &actor, &book, &text, limit)).await.map(Json)
}

/// Values to look at without writing them.
#[derive(Deserialize, ToSchema)]
struct CheckRequest {
    /// The entry they would change; none for a new one.
    entry: Option<u64>,
    /// Values by field: JSON, or text as it would be typed.
    #[schema(value_type = std::collections::BTreeMap<String, Object>)]
    values: Values,
}

/// Why somebody wants to see a masked value.
#[derive(Deserialize, ToSchema)]
struct UnmaskRequest {
    /// The field.
    field: String,
    /// Why.
    reason: String,
}

/// Judges values as they stand in a form; nothing is written.
#[utoipa::path(post, path = "/books/{book}/check", tag = "books", params(("book" = String, Path)),
    request_body = CheckRequest,
    responses((status = 200, body = Checked), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn check(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(book): Path<String>,
    Json(asked): Json<CheckRequest>,
) -> Result<Json<Checked>, Problem> {
    let (book, entry) = (BookId::from(book), asked.entry.map(EntryId));
    app.read(move |park| books::check(park, &actor, &book, entry, &asked.values)).await.map(Json)
}

/// Writes a new entry.
#[utoipa::path(post, path = "/books/{book}/entries", tag = "books", params(("book" = String, Path)),
    request_body = NewEntry,
    responses((status = 201, body = EntryView), (status = 403, body = Problem), (status = 422, body = Problem)))]
async fn create(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(book): Path<String>,
    headers: HeaderMap,
    Json(new): Json<NewEntry>,
) -> Result<Response, Problem> {
    let (book, key, by) = (BookId::from(book), request_key(&headers), actor.clone());
    let view = app.write(&by, move |park| books::create(park, &actor, &book, &new, key.as_deref())).await?;
    Ok(tagged(StatusCode::CREATED, view))
}

/// Writes rows from the clipboard as one revision, or says what that would do.
#[utoipa::path(post, path = "/books/{book}/paste", tag = "books", params(("book" = String, Path)),
    request_body = Paste,
    responses((status = 200, body = PasteOutcome), (status = 403, body = Problem), (status = 409, body = Problem)))]
async fn paste(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(book): Path<String>,
    headers: HeaderMap,
    Json(rows): Json<Paste>,
) -> Result<Json<PasteOutcome>, Problem> {
    let (book, key, by) = (BookId::from(book), request_key(&headers), actor.clone());
    app.write(&by, move |park| books::paste(park, &actor, &book, &rows, key.as_deref())).await.map(Json)
}

/// One entry with where its values came from, now or as it was known then.
#[utoipa::path(get, path = "/entries/{id}", tag = "books",
    params(("id" = u64, Path), ("as_of" = Option<String>, Query)),
    responses((status = 200, body = EntryView), (status = 404, body = Problem)))]
async fn entry(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
    params: Params,
) -> Result<Json<EntryView>, Problem> {
    let (id, as_of) = (EntryId(id), super::reports::as_of(&params)?);
    let read = move |park: &app::park::Park| match as_of {
        Some(as_of) => books::entry_as_of(park, &actor, id, as_of),
        None => books::entry(park, &actor, id),
    };
    app.read(read).await.map(Json)
}

/// Changes an entry; `If-Match: "v3"` names the version the change is based on.
#[utoipa::path(put, path = "/entries/{id}", tag = "books",
    params(("id" = u64, Path), ("If-Match" = String, Header)), request_body = Edit,
    responses((status = 200, body = EntryView), (status = 403, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem), (status = 428, body = Problem)))]
async fn edit(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
    headers: HeaderMap,
    Json(change): Json<Edit>,
) -> Result<Response, Problem> {
    let (version, key, by) = (based_on(&headers)?, request_key(&headers), actor.clone());
    let write = move |park: &mut app::park::Park| {
        books::edit(park, &actor, EntryId(id), version, &change, key.as_deref())
    };
    app.write(&by, write).await.map(|view| tagged(StatusCode::OK, view))
}

/// Takes an entry back; its history stays.
#[utoipa::path(delete, path = "/entries/{id}", tag = "books",
    params(("id" = u64, Path), ("why" = String, Query), ("If-Match" = String, Header)),
    responses((status = 200, body = EntryView), (status = 403, body = Problem), (status = 409, body = Problem),
        (status = 428, body = Problem)))]
async fn withdraw(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
    params: Params,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (version, key, by) = (based_on(&headers)?, request_key(&headers), actor.clone());
    let why = params.one("why").unwrap_or("").to_owned();
    let write = move |park: &mut app::park::Park| {
        books::withdraw(park, &actor, EntryId(id), version, &why, key.as_deref())
    };
    app.write(&by, write).await.map(|view| tagged(StatusCode::OK, view))
}

/// Every version of an entry with what it changed, newest first.
#[utoipa::path(get, path = "/entries/{id}/history", tag = "books", params(("id" = u64, Path)),
    responses((status = 200, body = History), (status = 404, body = Problem)))]
async fn history(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
) -> Result<Json<History>, Problem> {
    app.read(move |park| books::history(park, &actor, EntryId(id))).await.map(Json)
}

/// Shows one masked value; who looked and why is kept.
#[utoipa::path(post, path = "/entries/{id}/unmask", tag = "books", params(("id" = u64, Path)),
    request_body = UnmaskRequest,
    responses((status = 200, body = Option<Cell>), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn unmask(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
    Json(asked): Json<UnmaskRequest>,
) -> Result<Json<Option<Cell>>, Problem> {
    let by = actor.clone();
    let field = FieldId::from(asked.field);
    app.write(&by, move |park| books::unmask(park, &actor, EntryId(id), &field, &asked.reason))
        .await
        .map(Json)
}
