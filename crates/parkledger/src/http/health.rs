//! `/healthz`: the process answers. `/readyz`: it can serve: the ledger is readable and the server is not being stopped.

use std::sync::atomic::Ordering;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::state::App;

/// The two routes.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/healthz", get(|| async { "ok\n" })).route("/readyz", get(ready))
}

async fn ready(State(app): State<App>) -> Response {
    if app.stopping.load(Ordering::Relaxed) {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response();
    }
    let read = app.read(|park| park.store().latest_revision()).await;
    match read {
        Ok(_) => "ready\n".into_response(),
        // Why is in the log; a caller without rights learns only that.
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the ledger cannot be read\n").into_response(),
    }
}
