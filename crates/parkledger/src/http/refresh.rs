//! `/reports/refresh` and `/reports/rehearse`: documents that people have gone on writing in, and printed ones.
//!
//! Deliberately absent: the document itself, which is kept nowhere; the refreshed copy is made from the file sent again.

use std::collections::{BTreeMap, BTreeSet};

use app::access::Action;
use app::report::Settings;
use app::report::refresh::{RefreshRequest, Refreshed};
use app::report::rehearse::Rehearsal;
use axum::Json;
use axum::extract::{Multipart, State};
use axum::response::Response;
use model::id::ReportId;
use model::period::Month;
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded};
use super::imports::{Sent, Upload, upload};
use super::page::Params;
use super::reports::{SetParams, month, settings};
use super::{App, Download, Problem, Routes, download};

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadReports, upload(routes!(refresh))))
        .routes(guarded(Action::ReadReports, upload(routes!(refreshed))))
        .routes(guarded(Action::ReadReports, upload(routes!(rehearse))))
}

/// A document with what is to be done to it, for the description of the API.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "describes what the form holds")]
pub(super) struct EditedUpload {
    /// The document.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// [`RefreshAnswers`] as JSON.
    answers: Option<String>,
}

/// What to do with an edited document beside taking new numbers.
#[derive(Deserialize, Default, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RefreshAnswers {
    /// The month to refresh for; the document's own without one.
    #[schema(value_type = Option<String>)]
    period: Option<Month>,
    /// Why people typed over figures, by tag.
    reasons: BTreeMap<String, String>,
    /// Figures that get the ledger's value back, by tag.
    restore: BTreeSet<String>,
    /// Whether words of time outside of controls move with the month.
    roll: bool,
    /// What parameters are set to now; the others stay as the document has them.
    settings: Settings,
}

async fn run(app: App, actor: app::access::Actor, form: Multipart) -> Result<(String, Refreshed), Problem> {
    let Sent { name, bytes, answers, .. } = Sent::read(&app, form).await?;
    let answers = answers.unwrap_or_else(|| "{}".to_owned());
    let answers: RefreshAnswers =
        serde_json::from_str(&answers).map_err(|fault| Problem::invalid("answers", fault.to_string()))?;
    let RefreshAnswers { period, reasons, restore, roll, settings } = answers;
    let request = RefreshRequest { period, reasons, restore, roll, settings };
    let done = app.read(move |park| park.refresh_for(&actor, &bytes, &request)).await?;
    Ok((name, done))
}

/// What a refresh would do to an edited document: figures that move, those typed over, words that turn.
#[utoipa::path(post, path = "/reports/refresh", tag = "reports",
    request_body(content = EditedUpload, content_type = "multipart/form-data"),
    responses((status = 200, body = Refreshed), (status = 413, body = Problem), (status = 422, body = Problem)))]
async fn refresh(
    State(app): State<App>,
    Caller(actor): Caller,
    form: Multipart,
) -> Result<Json<Refreshed>, Problem> {
    run(app, actor, form).await.map(|(_, done)| Json(done))
}

/// The refreshed document.
#[utoipa::path(post, path = "/reports/refresh/document", tag = "reports",
    request_body(content = EditedUpload, content_type = "multipart/form-data"),
    responses((status = 200, content_type = "application/octet-stream"), (status = 413, body = Problem),
        (status = 422, body = Problem)))]
async fn refreshed(
    State(app): State<App>,
    Caller(actor): Caller,
    form: Multipart,
) -> Result<Response, Problem> {
    let (name, done) = run(app, actor, form).await?;
    let stem = name.strip_suffix(".docx").unwrap_or(&name);
    let name = format!("{stem} {}.docx", done.period);
    Ok(download(Download { name, media: Download::DOCX, bytes: done.document }))
}

/// A report built again for a month and scored against a printed document.
#[utoipa::path(post, path = "/reports/rehearse", tag = "reports",
    params(("period" = String, Query), ("report" = Option<String>, Query), SetParams),
    request_body(content = Upload, content_type = "multipart/form-data"),
    responses((status = 200, body = Rehearsal), (status = 413, body = Problem), (status = 422, body = Problem)))]
async fn rehearse(
    State(app): State<App>,
    Caller(actor): Caller,
    params: Params,
    form: Multipart,
) -> Result<Json<Rehearsal>, Problem> {
    let period = month(params.one("period"))?;
    let report = params.one("report").filter(|id| !id.is_empty()).map(ReportId::from);
    let settings = settings(&params)?;
    let Sent { bytes, .. } = Sent::read(&app, form).await?;
    app.read(move |park| park.rehearse_for(&actor, &bytes, report.as_ref(), (period, &settings)))
        .await
        .map(Json)
}
