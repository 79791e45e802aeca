//! `/reports/audit`: a finished document against the ledger.
//!
//! Deliberately absent: the document itself, which is kept nowhere; its annotated copy is made from the file sent again.

use app::access::Action;
use app::report::audit::Audited;
use axum::Json;
use axum::extract::{Multipart, State};
use axum::response::Response;
use model::period::Month;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded};
use super::imports::{Sent, Upload, upload};
use super::page::Params;
use super::{App, Download, Problem, Routes, download};

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadReports, upload(routes!(audit))))
        .routes(guarded(Action::ReadReports, upload(routes!(annotated))))
}

fn month(params: &Params) -> Result<Option<Month>, Problem> {
    let text = params.one("period").filter(|text| !text.is_empty());
    text.map(|text| text.parse().map_err(|_| Problem::invalid("period", text))).transpose()
}

/// Every number of a Word file or a text, with what the ledger says of it; `period` when it is not the document's own.
#[utoipa::path(post, path = "/reports/audit", tag = "reports", params(("period" = Option<String>, Query)),
    request_body(content = Upload, content_type = "multipart/form-data"),
    responses((status = 200, body = Audited), (status = 413, body = Problem), (status = 422, body = Problem)))]
async fn audit(
    State(app): State<App>,
    Caller(actor): Caller,
    params: Params,
    form: Multipart,
) -> Result<Json<Audited>, Problem> {
    let period = month(&params)?;
    let Sent { bytes, .. } = Sent::read(&app, form).await?;
    app.read(move |park| park.audit_for(&actor, &bytes, period)).await.map(Json)
}

/// A copy of a Word file with what was found beside its paragraphs as comments.
#[utoipa::path(post, path = "/reports/audit/annotated", tag = "reports", params(("period" = Option<String>, Query)),
    request_body(content = Upload, content_type = "multipart/form-data"),
    responses((status = 200, content_type = "application/octet-stream"), (status = 413, body = Problem),
        (status = 422, body = Problem)))]
async fn annotated(
    State(app): State<App>,
    Caller(actor): Caller,
    params: Params,
    form: Multipart,
) -> Result<Response, Problem> {
    let period = month(&params)?;
    let Sent { name, bytes, .. } = Sent::read(&app, form).await?;
    let bytes = app.read(move |park| park.annotated_for(&actor, &bytes, period)).await?;
    Ok(download(Download { name, media: Download::DOCX, bytes }))
}
