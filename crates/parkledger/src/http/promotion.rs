//! `/promotion`: investment promotion on one page.

use app::access::Action;
use app::promotion::promotion;
use app::promotion::shapes::Promotion;
use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use model::period::Month;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded};
use super::page::Params;
use super::{App, Problem, Routes};

/// The route of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new().routes(guarded(Action::ReadFigures, routes!(page)))
}

/// Leads and projects by stage, capital with its claims, land promised against come, new companies, agreements, talent, as of a day: as
/// known now, dated up to `on` (today). Figures are of `period`, else of the newest month with a return.
#[utoipa::path(get, path = "/promotion", tag = "figures", params(("period" = Option<String>, Query), ("on" = Option<String>, Query)),
    responses((status = 200, body = Promotion), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn page(State(app): State<App>, caller: Caller, params: Params) -> Result<Json<Promotion>, Problem> {
    let asked = (params.parse::<Month>("period")?, params.parse::<Date>("on")?);
    app.read(move |park| promotion(park, &caller.0, asked)).await.map(Json)
}
