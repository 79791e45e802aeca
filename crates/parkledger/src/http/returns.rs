//! `/books/{book}/completeness`, `/reminders`, `/views`: who has reported, letters to who has not, saved questions; and the
//! workbook of a grid.

use app::access::Action;
use app::books::{self, Completeness, NewView, Reminded, Reminders, RemindersKept, View, ViewList};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use model::id::{BookId, FieldId};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::books::query;
use super::guard::{Caller, guarded, no_content};
use super::page::{ListParams, Params};
use super::{App, Download, Problem, Routes, download};

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadBooks, routes!(workbook)))
        .routes(guarded(Action::ReadBooks, routes!(completeness)))
        .routes(guarded(Action::ReadReminders, routes!(reminders)))
        .routes(guarded(Action::Remind, routes!(remind)))
        .routes(guarded(Action::SavedViews, routes!(views)))
        .routes(guarded(Action::SavedViews, routes!(save_view)))
        .routes(guarded(Action::SavedViews, routes!(drop_view)))
}

/// The entries a query selects as a workbook; what is masked on the screen is masked there.
#[utoipa::path(get, path = "/books/{book}/entries.xlsx", tag = "books", params(("book" = String, Path), ListParams, ("as_of" = Option<String>, Query)),
    responses((status = 200, content_type = Download::XLSX, body = Vec<u8>), (status = 404, body = Problem),
        (status = 422, body = Problem)))]
async fn workbook(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(book): Path<String>,
    params: Params,
) -> Result<Response, Problem> {
    let (query, book) = (query(&params)?, BookId::from(book));
    let columns: Vec<FieldId> = params.listed("columns").into_iter().map(FieldId::from).collect();
    let as_of = super::reports::as_of(&params)?;
    let file = app.read(move |park| books::export(park, &actor, &book, &query, &columns, as_of)).await?;
    Ok(download(Download { name: file.name, media: Download::XLSX, bytes: file.bytes }))
}

/// Who has sent which period of a year.
#[utoipa::path(get, path = "/books/{book}/completeness", tag = "books",
    params(("book" = String, Path), ("year" = Option<i16>, Query, description = "This year when absent.")),
    responses((status = 200, body = Completeness), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn completeness(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(book): Path<String>,
    params: Params,
) -> Result<Json<Completeness>, Problem> {
    let (book, year) = (BookId::from(book), params.parse::<i16>("year")?);
    let read = move |park: &app::park::Park| {
        books::completeness(park, &actor, &book, year.unwrap_or_else(|| park.today().year()))
    };
    app.read(read).await.map(Json)
}

/// Letters to who has not sent a period; the newest that is due when none is named.
#[utoipa::path(get, path = "/books/{book}/reminders", tag = "books",
    params(("book" = String, Path), ("period" = Option<String>, Query)),
    responses((status = 200, body = Reminders), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn reminders(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(book): Path<String>,
    params: Params,
) -> Result<Json<Reminders>, Problem> {
    let (book, period) = (BookId::from(book), params.one("period").unwrap_or("").to_owned());
    app.read(move |park| books::reminders(park, &actor, &book, &period)).await.map(Json)
}

/// Keeps that somebody reminded these.
#[utoipa::path(post, path = "/books/{book}/reminders", tag = "books", params(("book" = String, Path)),
    request_body = Reminded,
    responses((status = 200, body = RemindersKept), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn remind(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(book): Path<String>,
    Json(reminded): Json<Reminded>,
) -> Result<Json<RemindersKept>, Problem> {
    let (book, by) = (BookId::from(book), actor.clone());
    app.write(&by, move |park| books::remind(park, &actor, &book, &reminded)).await.map(Json)
}

/// One's own saved views and shared ones.
#[utoipa::path(get, path = "/views", tag = "books", params(("book" = Option<String>, Query)),
    responses((status = 200, body = ViewList)))]
async fn views(
    State(app): State<App>,
    Caller(actor): Caller,
    params: Params,
) -> Result<Json<ViewList>, Problem> {
    let book = params.one("book").map(BookId::from);
    app.read(move |park| books::views(park, &actor, book.as_ref())).await.map(Json)
}

/// Saves a view; one of the same book and name of one's own is replaced.
#[utoipa::path(post, path = "/views", tag = "books", request_body = NewView,
    responses((status = 201, body = View), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn save_view(
    State(app): State<App>,
    Caller(actor): Caller,
    Json(new): Json<NewView>,
) -> Result<(StatusCode, Json<View>), Problem> {
    let by = actor.clone();
    let view = app.write(&by, move |park| books::save_view(park, &actor, new)).await?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// Forgets a view of one's own.
#[utoipa::path(delete, path = "/views/{id}", tag = "books", params(("id" = u64, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
async fn drop_view(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
) -> Result<Response, Problem> {
    let by = actor.clone();
    app.write(&by, move |park| books::drop_view(park, &actor, id)).await?;
    Ok(no_content())
}
