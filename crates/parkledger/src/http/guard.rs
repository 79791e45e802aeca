//! The guard at every route: who calls, and whether the one table of `app::access` lets them.
//!
//! Deliberately absent: the rules (`app::access::table`) and what a use case refuses by book and row.

use app::access::{Action, Actor, Refusal, table};
use axum::extract::{FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa_axum::router::UtoipaMethodRouter;

use super::denied;
use super::problem::Problem;
use super::state::App;

/// Who makes this request; put into it by the session layer.
#[derive(Clone)]
pub(crate) struct Caller(pub Actor);

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(not_signed_in)
    }
}

/// The problem of a caller without a session.
pub(crate) fn not_signed_in() -> Problem {
    Problem::of(StatusCode::UNAUTHORIZED, "not-signed-in")
}

/// Routes that are one action: guarded by the table, and marked with it in the description.
pub(crate) fn guarded(action: Action, routes: UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App> {
    let (schemas, mut paths, router) = routes;
    for item in paths.paths.values_mut() {
        let methods = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
        for operation in methods.into_iter().flatten() {
            let mark = ExtensionsBuilder::new().add("x-action", action.word()).build();
            operation.extensions.get_or_insert_default().merge(mark);
        }
    }
    let check = move |request: Request, next: Next| async move {
        let caller = request.extensions().get::<Caller>();
        match table::admits(caller.map(|c| &c.0), action) {
            table::Admission::Admitted => next.run(request).await,
            table::Admission::SignInFirst => not_signed_in().into_response(),
            table::Admission::EnrolFirst => denied::refusal(&Refusal::MustEnrol).into_response(),
            table::Admission::Refused => Problem::of(StatusCode::FORBIDDEN, "not-allowed").into_response(),
        }
    };
    let guard = from_fn(check);
    (schemas, paths, router.layer(guard))
}

/// An answer without a body.
pub(crate) fn no_content() -> Response {
    StatusCode::NO_CONTENT.into_response()
}
