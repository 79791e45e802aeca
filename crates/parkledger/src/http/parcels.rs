//! `/parcels`: the list, the map, one parcel.

use app::access::Action;
use app::messages::parcels as say;
use app::parcels::shapes as shape;
use app::parcels::{CoverageQuestion, ListQuestion, MapQuestion, ParcelsFault, TileQuestion};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use jiff::civil::Date;
use model::id::EntryId;
use utoipa::OpenApi as _;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::books::{page, query};
use super::guard::{Caller, guarded};
use super::page::{ListParams, Params};
use super::{App, Download, Problem, Routes, download};

/// The shapes of this page.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(shape::GeometryStage,)))]
struct Shapes;

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::with_openapi(Shapes::openapi())
        .routes(guarded(Action::ReadParcels, routes!(list)))
        .routes(guarded(Action::ReadParcels, routes!(map)))
        .routes(guarded(Action::ReadParcels, routes!(tile)))
        .routes(guarded(Action::ReadParcels, routes!(coverage)))
        .routes(guarded(Action::ReadParcels, routes!(one)))
        .routes(guarded(Action::ReadParcels, routes!(explain)))
        .routes(guarded(Action::ReadParcels, routes!(match_rooms)))
        .routes(guarded(Action::ReadParcels, routes!(sheet)))
        .routes(guarded(Action::ReadParcels, routes!(confirmation)))
}

/// The problem of a fault of parcels; none for those of the ledger beneath it.
pub(super) fn problem(fault: &ParcelsFault) -> Option<Problem> {
    match fault {
        ParcelsFault::Ledger(_) => None,
        ParcelsFault::Refused(refusal) => Some(super::denied::refusal(refusal)),
        ParcelsFault::Query(fault) => Some(super::books::wrong_query(fault)),
        ParcelsFault::Books(fault) => Some(super::books::problem(fault)),
        ParcelsFault::Public(_) | ParcelsFault::AreaFirst | ParcelsFault::Stopped => {
            let (detail, hint) = say::fault(fault)?;
            let code = if matches!(fault, ParcelsFault::Stopped) { "busy" } else { "stale" };
            Some(Problem::of(StatusCode::CONFLICT, code).saying(detail, hint))
        }
        ParcelsFault::Worker(_) => None,
        ParcelsFault::Sheet(fault) => sheet_problem(fault),
        ParcelsFault::Missing(_)
        | ParcelsFault::Unnamed { .. }
        | ParcelsFault::UnknownScheme { .. }
        | ParcelsFault::Drawing(_)
        | ParcelsFault::SystemOpen
        | ParcelsFault::BytesGone { .. }
        | ParcelsFault::Value { .. }
        | ParcelsFault::Run(_)
        | ParcelsFault::Change(_)
        | ParcelsFault::Match(_)
        | ParcelsFault::Form { .. } => {
            let (detail, hint) = say::fault(fault)?;
            Some(Problem::of(StatusCode::UNPROCESSABLE_ENTITY, "invalid").saying(detail, hint))
        }
    }
}

/// The problem of a sheet that cannot be made; none for those of the ledger beneath it.
pub(super) fn sheet_problem(fault: &app::sheets::SheetFault) -> Option<Problem> {
    let (detail, hint) = app::messages::sheets::fault(fault)?;
    Some(Problem::of(StatusCode::UNPROCESSABLE_ENTITY, "invalid").saying(detail, hint))
}

/// When, and of which evaluation.
struct At {
    on: Option<Date>,
    year: Option<i16>,
    run: Option<u64>,
}

impl At {
    fn read(params: &Params) -> Result<Self, Problem> {
        Ok(Self { on: params.parse("on")?, year: params.parse("year")?, run: params.parse("run")? })
    }
}

/// Parcels in force on a day: `measure` any number of times for columns of values, `run` for grades of a frozen evaluation.
/// Conditions and order take the names of a row's members and of measures.
#[utoipa::path(get, path = "/parcels", tag = "parcels",
    params(ListParams, ("on" = Option<String>, Query), ("year" = Option<i16>, Query), ("run" = Option<u64>, Query),
        ("measure" = Option<Vec<String>>, Query)),
    responses((status = 200, body = shape::ParcelPage), (status = 422, body = Problem)))]
async fn list(
    State(app): State<App>,
    Caller(actor): Caller,
    params: Params,
) -> Result<Json<shape::ParcelPage>, Problem> {
    let At { on, year, run } = At::read(&params)?;
    let (query, page) = (query(&params)?, page(&params)?);
    let asked = ListQuestion { on, year, run, measures: params.listed("measure"), query, page };
    app.read(move |park| app::parcels::parcels(park, &actor, &asked)).await.map(Json)
}

/// What is asked of the map and of its tiles.
fn map_question(params: &Params) -> Result<MapQuestion, Problem> {
    let At { on, year, run } = At::read(params)?;
    let color = params.one("color").unwrap_or_default().to_owned();
    let whole = params.parse("whole")?.unwrap_or_default();
    Ok(MapQuestion { on, year, run, color, with: params.parse("with")?, whole })
}

/// Parcels as a map; `color` is `grade`, `coverage`, `change` (of the boundary within a year), `state` or `measure:ID`. With
/// `with` – another evaluation for grades, another year for coverage and measures – colours say what changed since. Measures are
/// of each 亩, or of the whole parcel with `whole`.
#[utoipa::path(get, path = "/parcels/map", tag = "parcels",
    params(("on" = Option<String>, Query), ("year" = Option<i16>, Query), ("run" = Option<u64>, Query),
        ("color" = Option<String>, Query), ("with" = Option<u64>, Query), ("whole" = Option<bool>, Query)),
    responses((status = 200, body = shape::ParcelMap), (status = 422, body = Problem)))]
async fn map(
    State(app): State<App>,
    Caller(actor): Caller,
    params: Params,
) -> Result<Json<shape::ParcelMap>, Problem> {
    let asked = map_question(&params)?;
    app.read(move |park| app::parcels::map(park, &actor, &asked)).await.map(Json)
}

/// One vector tile of the map (Mapbox Vector Tile 2.1, layers `parcels`, `far`, `label` and `building`), where there are too many
/// boundaries to be sent at once.
#[utoipa::path(get, path = "/parcels/tiles/{z}/{x}/{y}", tag = "parcels",
    params(("z" = u8, Path), ("x" = u32, Path), ("y" = u32, Path), ("on" = Option<String>, Query),
        ("year" = Option<i16>, Query), ("run" = Option<u64>, Query), ("color" = Option<String>, Query),
        ("with" = Option<u64>, Query), ("whole" = Option<bool>, Query)),
    responses((status = 200, content_type = "application/vnd.mapbox-vector-tile"), (status = 204), (status = 422, body = Problem)))]
async fn tile(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(tile): Path<(u8, u32, u32)>,
    params: Params,
) -> Result<Response, Problem> {
    let asked = TileQuestion { map: map_question(&params)?, tile };
    let bytes = app.read(move |park| app::parcels::tile(park, &actor, &asked)).await?;
    if bytes.is_empty() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(([(CONTENT_TYPE, "application/vnd.mapbox-vector-tile")], bytes).into_response())
}

/// What is known of which parcel in a year, and what each department still owes: everything is counted, a page of rows and the first
/// `gaps` of each department are listed.
#[utoipa::path(get, path = "/parcels/coverage", tag = "parcels",
    params(("year" = Option<i16>, Query), ("department" = Option<String>, Query), ("domain" = Option<String>, Query),
        ("state" = Option<String>, Query), ("status" = Option<String>, Query), ("q" = Option<String>, Query),
        ("offset" = Option<usize>, Query), ("limit" = Option<usize>, Query), ("gaps" = Option<usize>, Query)),
    responses((status = 200, body = shape::ParcelCoverage), (status = 422, body = Problem)))]
async fn coverage(
    State(app): State<App>,
    Caller(actor): Caller,
    params: Params,
) -> Result<Json<shape::ParcelCoverage>, Problem> {
    let text = |name| params.one(name).filter(|text| !text.is_empty()).map(str::to_owned);
    let asked = CoverageQuestion {
        year: params.parse("year")?,
        department: text("department"),
        state: text("state"),
        domain: text("domain"),
        status: text("status"),
        search: params.one("q").unwrap_or_default().to_owned(),
        page: page(&params)?,
        gaps: params.parse("gaps")?.unwrap_or(GAPS),
    };
    app.read(move |park| app::parcels::coverage(park, &actor, &asked)).await.map(Json)
}

/// Gaps of a department that are listed when nobody says how many.
const GAPS: usize = 30;

/// One parcel with everything known of it.
#[utoipa::path(get, path = "/parcels/{entry}", tag = "parcels",
    params(("entry" = u64, Path), ("on" = Option<String>, Query), ("year" = Option<i16>, Query)),
    responses((status = 200, body = shape::ParcelView), (status = 404, body = Problem)))]
async fn one(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(entry): Path<u64>,
    params: Params,
) -> Result<Json<shape::ParcelView>, Problem> {
    let At { on, year, .. } = At::read(&params)?;
    app.read(move |park| app::parcels::parcel(park, &actor, EntryId(entry), (on, year))).await.map(Json)
}

/// How the score of a parcel, or of an enterprise, comes about: in a frozen evaluation, or by the usual scheme as things are.
#[utoipa::path(get, path = "/parcels/{entry}/explain", tag = "parcels",
    params(("entry" = u64, Path), ("run" = Option<u64>, Query), ("year" = Option<i16>, Query)),
    responses((status = 200, body = shape::ParcelExplanation), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn explain(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(entry): Path<u64>,
    params: Params,
) -> Result<Json<shape::ParcelExplanation>, Problem> {
    let At { year, run, .. } = At::read(&params)?;
    app.read(move |park| app::parcels::explain(park, &actor, EntryId(entry), (run, year))).await.map(Json)
}

/// Who looks for room and which rooms stand empty: who goes where, and why not elsewhere. Nothing is kept.
#[utoipa::path(post, path = "/parcels/match", tag = "parcels", request_body = shape::MatchRequest,
    responses((status = 200, body = shape::Matched), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn match_rooms(
    State(app): State<App>,
    Caller(actor): Caller,
    Json(asked): Json<shape::MatchRequest>,
) -> Result<Json<shape::Matched>, Problem> {
    app.read(move |park| app::parcels::match_rooms(park, &actor, &asked)).await.map(Json)
}

/// A document of an entry, in a frozen evaluation or as things are.
async fn word_file<F>(app: App, params: &Params, make: F) -> Result<Response, Problem>
where
    F: FnOnce(&app::park::Park, (Option<u64>, Option<i16>)) -> app::parcels::Result<app::sheets::Document>
        + Send
        + 'static,
{
    let At { year, run, .. } = At::read(params)?;
    let made = app.read(move |park| make(park, (run, year))).await?;
    Ok(download(Download { name: made.name, media: Download::DOCX, bytes: made.bytes }))
}

/// The sheet of a parcel (一地一表) as a Word file: in a frozen evaluation, or as things are.
#[utoipa::path(get, path = "/parcels/{entry}/sheet.docx", tag = "parcels",
    params(("entry" = u64, Path), ("run" = Option<u64>, Query), ("year" = Option<i16>, Query)),
    responses((status = 200, content_type = "application/octet-stream"), (status = 404, body = Problem),
        (status = 422, body = Problem)))]
async fn sheet(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(entry): Path<u64>,
    params: Params,
) -> Result<Response, Problem> {
    word_file(app, &params, move |park, when| app::parcels::parcel_sheet(park, &actor, EntryId(entry), when))
        .await
}

/// The confirmation of an enterprise (一企一单) as a Word file.
#[utoipa::path(get, path = "/enterprises/{entry}/confirmation.docx", tag = "parcels",
    params(("entry" = u64, Path), ("run" = Option<u64>, Query), ("year" = Option<i16>, Query)),
    responses((status = 200, content_type = "application/octet-stream"), (status = 404, body = Problem),
        (status = 422, body = Problem)))]
async fn confirmation(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(entry): Path<u64>,
    params: Params,
) -> Result<Response, Problem> {
    word_file(app, &params, move |park, when| app::parcels::confirmation(park, &actor, EntryId(entry), when))
        .await
}
