//! The web server: `/api/v1` over the use cases of `app`, the embedded client, health, metrics.
//!
//! A handler takes its arguments, runs one use case on the blocking pool ([`App::read`], [`App::write`]) and wraps the
//! answer; whatever can go wrong becomes a [`Problem`] in one place. Every route is declared with the
//! [`Action`](app::access::Action) it is, and the guard asks the one table of `app::access` before the handler runs.
//!
//! Deliberately absent: rules of the domain, permissions beyond asking the table, SQL. To add a route: a handler with
//! `#[utoipa::path]` in the file of its page, one line in that file's `routes`, then `make openapi`.

mod admin;
mod audits;
mod base_map;
mod books;
mod caller;
mod care;
pub(crate) mod config;
mod content;
mod denied;
mod docs;
mod enterprises;
mod evaluations;
mod figures;
mod filings;
mod findings;
mod guard;
mod health;
mod hooks;
mod imports;
mod jobs;
mod ladders;
pub(crate) mod logs;
mod matches;
mod messages;
pub(crate) mod metrics;
mod nightly;
mod oidc;
mod operate;
mod page;
mod parcels;
mod parcels_drawing;
mod parcels_files;
mod parcels_policy;
mod policies;
mod pools;
mod problem;
mod promotion;
mod refresh;
mod replies;
mod reports;
mod respond;
mod returns;
mod revisions;
mod serve;
mod session;
mod sources;
mod state;
mod visits;
mod web;
mod work;
mod workshop;

#[cfg(test)]
mod tests;

pub(crate) use problem::Problem;
pub(crate) use respond::{Download, download, shown};
pub(crate) use serve::{ServeFault, open, serve};
pub(crate) use state::App;

use axum::Router;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

/// Routes of one page, with their description.
pub(crate) type Routes = OpenApiRouter<App>;

/// Where the API begins.
pub(crate) const API: &str = "/api/v1";

/// Every route of the API with its description; one line per page.
fn routes() -> Routes {
    OpenApiRouter::with_openapi(docs::head()).nest(
        API,
        OpenApiRouter::new()
            .merge(admin::routes())
            .merge(books::routes())
            .merge(care::routes())
            .merge(content::routes())
            .merge(enterprises::routes())
            .merge(evaluations::routes())
            .merge(figures::routes())
            .merge(filings::routes())
            .merge(findings::routes())
            .merge(imports::routes())
            .merge(jobs::routes())
            .merge(matches::routes())
            .merge(parcels::routes())
            .merge(parcels_drawing::routes())
            .merge(parcels_files::routes())
            .merge(parcels_policy::routes())
            .merge(audits::routes())
            .merge(refresh::routes())
            .merge(workshop::routes())
            .merge(reports::routes())
            .merge(returns::routes())
            .merge(revisions::routes())
            .merge(oidc::routes())
            .merge(operate::routes())
            .merge(session::routes())
            .merge(sources::routes())
            .merge(visits::routes())
            .merge(work::routes())
            .merge(policies::routes())
            .merge(ladders::routes())
            .merge(pools::routes())
            .merge(promotion::routes()),
    )
}

/// The description of the API, as committed in `openapi.json`.
pub(crate) fn openapi() -> OpenApi {
    docs::finish(routes().into_openapi())
}

/// Everything the main listener serves.
pub(crate) fn router(app: App) -> Router {
    let (api, _) = routes().split_for_parts();
    let api = hooks::around_api(api, &app);
    hooks::around_all(api.merge(health::routes()).merge(docs::routes()).merge(web::routes()), &app)
        .with_state(app)
}
