//! `/content`: the definitions one person may see, which the client is rendered from.

use app::access::Action;
use app::definitions::{self, Catalogue};
use axum::Json;
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded};
use super::{App, Problem, Routes};

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new().routes(guarded(Action::ReadContent, routes!(catalogue)))
}

/// Books with their fields and rights, figures, reports, units, pages.
#[utoipa::path(get, path = "/content", tag = "content", responses((status = 200, body = Catalogue)))]
async fn catalogue(State(app): State<App>, Caller(actor): Caller) -> Result<Json<Catalogue>, Problem> {
    app.read(move |park| definitions::catalogue(park, &actor)).await.map(Json)
}
