//! `/parcels/export` and `/parcels/coverage/request.xlsx`: parcels to take away, and what departments are asked for.

use app::access::Action;
use app::parcels::{self, ExportFormat, ExportQuestion, ExportedFile};
use axum::extract::State;
use axum::response::Response;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded};
use super::page::Params;
use super::{App, Download, Problem, Routes, download};

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadParcels, routes!(export)))
        .routes(guarded(Action::ReadParcels, routes!(request)))
}

/// The media type of a format.
fn media(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::GeoJson => "application/geo+json",
        ExportFormat::GeoPackage => "application/geopackage+sqlite3",
        ExportFormat::Workbook => Download::XLSX,
    }
}

/// Parcels in force on a day as a file, with the grades of a frozen evaluation where `run` names one. `format` is `geojson`,
/// `gpkg` or `xlsx`; map files hold parcels with a boundary only.
#[utoipa::path(get, path = "/parcels/export", tag = "parcels",
    params(("format" = String, Query), ("on" = Option<String>, Query), ("run" = Option<u64>, Query)),
    responses((status = 200, content_type = "application/octet-stream"), (status = 422, body = Problem)))]
async fn export(State(app): State<App>, Caller(actor): Caller, params: Params) -> Result<Response, Problem> {
    let (on, run) = (params.parse("on")?, params.parse("run")?);
    let word = params.one("format").unwrap_or_default().to_owned();
    app.read(move |park| {
        let format = ExportFormat::named(&word)?;
        parcels::export(park, &actor, &ExportQuestion { format, on, run }).map(|file| (format, file))
    })
    .await
    .map(|(format, ExportedFile { name, bytes, .. })| {
        download(Download { name, media: media(format), bytes })
    })
}

/// What a department, or everybody, still owes for a year, as a workbook to be filled in and imported.
#[utoipa::path(get, path = "/parcels/coverage/request.xlsx", tag = "parcels",
    params(("department" = Option<String>, Query), ("year" = Option<i16>, Query)),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 422, body = Problem)))]
async fn request(State(app): State<App>, Caller(actor): Caller, params: Params) -> Result<Response, Problem> {
    let (department, year) = (params.one("department").map(str::to_owned), params.parse("year")?);
    app.read(move |park| {
        let year = parcels::year_or_newest(park, year)?;
        parcels::request(park, &actor, year, department.as_deref())
    })
    .await
    .map(|file| download(Download { name: file.name, media: Download::XLSX, bytes: file.bytes }))
}
