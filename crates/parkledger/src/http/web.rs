//! The web client: embedded when the program is built with `embed-web`, or served from a folder while it is developed.
//!
//! A path of the client that is not a file is answered with its first page, so that links into the client work; a missing
//! asset is 404, never a page.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use super::messages::ABSENT;
use super::state::App;

#[cfg(feature = "embed-web")]
static CLIENT: include_dir::Dir<'static> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/../../web/dist");

/// Pages and assets.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/", get(first)).route("/{*path}", get(one))
}

async fn first(State(app): State<App>) -> Response {
    match file(&app, "index.html").await {
        Some(bytes) => ([(header::CACHE_CONTROL, "no-cache")], Html(bytes)).into_response(),
        None => (StatusCode::NOT_FOUND, Html(ABSENT)).into_response(),
    }
}

async fn one(State(app): State<App>, Path(path): Path<String>) -> Response {
    let name = path.rsplit('/').next().unwrap_or_default();
    // Only files have a point in their name; ids in links of the client have none.
    if path.starts_with("api/") || !name.contains('.') {
        return if path.starts_with("api/") { missing() } else { first(State(app)).await };
    }
    let Some(bytes) = file(&app, &path).await else { return missing() };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media(&path)));
    // Names under assets/ hold a digest of their content.
    let kept = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    response
}

fn missing() -> Response {
    super::Problem::not_found().into_response()
}

async fn file(app: &App, path: &str) -> Option<Vec<u8>> {
    if let Some(folder) = &app.config.web {
        let plain = path.split('/').all(|part| !part.is_empty() && part != ".." && part != ".");
        let file = plain.then(|| folder.join(path))?;
        return tokio::task::spawn_blocking(move || std::fs::read(file).ok()).await.ok().flatten();
    }
    embedded(path)
}

#[cfg(feature = "embed-web")]
fn embedded(path: &str) -> Option<Vec<u8>> {
    CLIENT.get_file(path).map(|file| file.contents().to_vec())
}

#[cfg(not(feature = "embed-web"))]
fn embedded(_: &str) -> Option<Vec<u8>> {
    None
}

fn media(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
