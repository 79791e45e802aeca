//! `/books`: grids, their groups, pickers of references.

use app::access::Action;
use app::books::{self, BooksFault, EntryPage, GroupPage, OptionList, Page, Query, QueryFault};
use app::messages::books as say;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use model::id::{BookId, FieldId};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded};
use super::page::{ListParams, Params};
use super::{App, Problem, Routes};

/// Entries offered by a picker when nothing is said.
const OFFERED: usize = 20;

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadBooks, routes!(entries)))
        .routes(guarded(Action::ReadBooks, routes!(groups)))
        .routes(guarded(Action::ReadBooks, routes!(options)))
}

/// What a fault of books is to its caller.
pub(super) fn problem(fault: &BooksFault) -> Problem {
    match fault {
        BooksFault::Refused(refusal) => Problem::from_fault(refusal),
        BooksFault::Ledger(fault) => Problem::from_fault(fault),
        BooksFault::Query(fault) => wrong_query(fault),
    }
}

fn wrong_query(fault: &QueryFault) -> Problem {
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
#[utoipa::path(get, path = "/books/{book}/entries", tag = "books", params(("book" = String, Path), ListParams),
    responses((status = 200, body = EntryPage), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn entries(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(book): Path<String>,
    params: Params,
) -> Result<Json<EntryPage>, Problem> {
    let (query, page, book) = (query(&params)?, page(&params)?, BookId::from(book));
    let columns: Vec<FieldId> = params.listed("columns").into_iter().map(FieldId::from).collect();
    app.read(move |park| books::entries(park, &actor, &book, &query, &columns, page)).await.map(Json)
}

/// The values of one field among the entries a query selects, with counts and sums.
#[utoipa::path(get, path = "/books/{book}/groups", tag = "books",
    params(("book" = String, Path), ("by" = String, Query, description = "The field."), ListParams),
    responses((status = 200, body = GroupPage), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn groups(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(book): Path<String>,
    params: Params,
) -> Result<Json<GroupPage>, Problem> {
    let (query, page, book) = (query(&params)?, page(&params)?, BookId::from(book));
    let by = FieldId::from(params.one("by").unwrap_or(""));
    app.read(move |park| books::groups(park, &actor, &book, &query, &by, page)).await.map(Json)
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
