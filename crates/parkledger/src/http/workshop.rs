//! `/reports/workshop` and `/reports/{id}/template`: templates tried, slots offered and put in, reports of the park's own kept.
//!
//! Deliberately absent: the template between two looks; the browser sends it each time.

use std::sync::Arc;

use app::access::Action;
use app::publishing::{Draft, Insertion, KeptReport, PublishingFault, TriedTemplate};
use app::report::{SlotOffer, SlotWish};
use axum::Json;
use axum::extract::{Multipart, Path, State};
use axum::response::Response;
use model::id::ReportId;
use model::period::Month;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded};
use super::imports::{Sent, upload};
use super::{App, Download, Problem, Routes, download};

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadReports, routes!(template)))
        .routes(guarded(Action::ReadReports, upload(routes!(try_draft))))
        .routes(guarded(Action::ReadReports, routes!(offers)))
        .routes(guarded(Action::ReadReports, upload(routes!(insert))))
        .routes(guarded(Action::KeepReport, upload(routes!(keep))))
}

/// A template with what it is, for the description of the API.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "describes what the form holds")]
pub(super) struct DraftUpload {
    /// The template.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// A [`Draft`] as JSON.
    answers: String,
}

/// A template with what is put into it, for the description of the API.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "describes what the form holds")]
pub(super) struct InsertionUpload {
    /// The template.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// An [`Insertion`] as JSON.
    answers: String,
}

/// What is to be said of a figure.
#[derive(Deserialize, utoipa::ToSchema)]
pub(super) struct OfferRequest {
    /// The month samples are of.
    #[schema(value_type = String)]
    period: Month,
    /// The figure and how it is asked.
    wish: SlotWish,
}

/// Ready slots.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct OfferList {
    /// A form each.
    items: Vec<SlotOffer>,
}

async fn read<T: DeserializeOwned>(app: &App, form: Multipart) -> Result<(Sent, T), Problem> {
    let sent = Sent::read(app, form).await?;
    let answers = sent.answers.as_deref().unwrap_or("{}");
    let answers =
        serde_json::from_str(answers).map_err(|fault| Problem::invalid("answers", fault.to_string()))?;
    Ok((sent, answers))
}

/// The template of a report, to save.
#[utoipa::path(get, path = "/reports/{id}/template", tag = "reports", params(("id" = String, Path)),
    responses((status = 200, content_type = "application/octet-stream"), (status = 404, body = Problem)))]
async fn template(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let (title, bytes) = app.read(move |park| park.template_file(&actor, &ReportId::from(id))).await?;
    Ok(download(Download { name: format!("{title}.docx"), media: Download::DOCX, bytes }))
}

/// Tries a Word file as the template of a report: its slots with samples, what is wrong where, and how it reads.
#[utoipa::path(post, path = "/reports/workshop/try", tag = "reports",
    request_body(content = DraftUpload, content_type = "multipart/form-data"),
    responses((status = 200, body = TriedTemplate), (status = 413, body = Problem), (status = 422, body = Problem)))]
async fn try_draft(
    State(app): State<App>,
    Caller(actor): Caller,
    form: Multipart,
) -> Result<Json<TriedTemplate>, Problem> {
    let (sent, draft) = read::<Draft>(&app, form).await?;
    app.read(move |park| park.try_draft(&actor, &sent.bytes, &draft)).await.map(Json)
}

/// The forms a figure can be printed in, each with its text and what it says.
#[utoipa::path(post, path = "/reports/workshop/slots", tag = "reports", request_body = OfferRequest,
    responses((status = 200, body = OfferList), (status = 422, body = Problem)))]
async fn offers(
    State(app): State<App>,
    Caller(actor): Caller,
    Json(request): Json<OfferRequest>,
) -> Result<Json<OfferList>, Problem> {
    let items = app.read(move |park| park.slot_offers(&actor, request.period, &request.wish)).await?;
    Ok(Json(OfferList { items }))
}

/// Puts a slot, paragraphs or a table into a template; the template with it.
#[utoipa::path(post, path = "/reports/workshop/insert", tag = "reports",
    request_body(content = InsertionUpload, content_type = "multipart/form-data"),
    responses((status = 200, content_type = "application/octet-stream"), (status = 413, body = Problem),
        (status = 422, body = Problem)))]
async fn insert(State(app): State<App>, Caller(actor): Caller, form: Multipart) -> Result<Response, Problem> {
    let (sent, what) = read::<Insertion>(&app, form).await?;
    let Sent { name, bytes, .. } = sent;
    let bytes = app.read(move |park| park.insert_slot(&actor, bytes, &what)).await?;
    Ok(download(Download { name, media: Download::DOCX, bytes }))
}

/// Keeps a sound draft as a report of the park's own; it is in force for everybody from then on.
#[utoipa::path(post, path = "/reports/workshop/keep", tag = "reports",
    request_body(content = DraftUpload, content_type = "multipart/form-data"),
    responses((status = 200, body = KeptReport), (status = 413, body = Problem), (status = 422, body = Problem)))]
async fn keep(
    State(app): State<App>,
    Caller(actor): Caller,
    form: Multipart,
) -> Result<Json<KeptReport>, Problem> {
    let (sent, draft) = read::<Draft>(&app, form).await?;
    let (inside, by) = (app.clone(), actor.clone());
    let kept = app.write(&actor, move |park| park.keep_report(&by, &sent.bytes, &draft)).await?;
    // Loading content takes a while and the writer's turn: not on a thread that answers.
    let loaded = app.read(move |_| {
        let fault = |fault: app::library::OverlayFault| PublishingFault::Content {
            path: fault.path.display().to_string(),
            source: fault.source,
        };
        let library = inside.parks.library().reloaded().map_err(fault)?;
        inside.parks.reload(Arc::new(library)).map_err(PublishingFault::from)
    });
    loaded.await?;
    Ok(Json(kept))
}
