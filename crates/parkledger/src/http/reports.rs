//! `/reports` and `/publications`: previews, documents, what was published and what changed since; `/as-of`: what was known
//! on a day.

use std::sync::Arc;

use app::access::Action;
use app::asof::{AsOf, AsOfFault, KnownOn};
use app::messages::publishing as say;
use app::publishing::{
    ChoiceList, FileOfReport, Format, Preview, PublicationChanges, PublicationList, PublicationState,
    PublicationView, PublishingFault, ReportItems,
};
use app::report::audit::refusal;
use app::report::{ReportFault, Settings};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use model::id::ReportId;
use model::period::Month;
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded};
use super::page::Params;
use super::{App, Download, Problem, Routes, download};

/// The routes of these pages.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadReports, routes!(list)))
        .routes(guarded(Action::ReadReports, routes!(preview)))
        .routes(guarded(Action::ReadReports, routes!(choices)))
        .routes(guarded(Action::ReadReports, routes!(document)))
        .routes(guarded(Action::Publish, routes!(publish)))
        .routes(guarded(Action::ReadReports, routes!(publications)))
        .routes(guarded(Action::ReadReports, routes!(published)))
        .routes(guarded(Action::ReadReports, routes!(all_publications)))
        .routes(guarded(Action::ReadReports, routes!(state)))
        .routes(guarded(Action::ReadReports, routes!(changes)))
        .routes(guarded(Action::ReadReports, routes!(changes_workbook)))
        .routes(guarded(Action::ReadFigures, routes!(known_on)))
}

/// What to publish.
#[derive(Deserialize, utoipa::ToSchema)]
pub(super) struct PublishRequest {
    /// The month, such as `2023-10`.
    period: String,
    /// What to say of it.
    #[serde(default)]
    note: String,
    /// What its parameters are set to, by name.
    #[serde(default)]
    settings: Settings,
}

/// The problem of a fault of publishing; none for those of the ledger beneath it.
pub(super) fn problem(fault: &PublishingFault) -> Option<Problem> {
    match fault {
        PublishingFault::Ledger(_) => None,
        PublishingFault::AsOf(fault) => Some(Problem::from_fault(fault)),
        PublishingFault::Refused(refusal) => Some(super::denied::refusal(refusal)),
        PublishingFault::Report(fault) => {
            let (detail, hint) = say::report(fault);
            let mut problem = Problem::of(StatusCode::UNPROCESSABLE_ENTITY, "invalid").saying(detail, hint);
            problem.findings = fault.findings();
            if let ReportFault::Settings(faults) = fault {
                for one in faults {
                    problem = problem.field(&one.name, one.message.clone());
                }
            }
            Some(problem)
        }
        PublishingFault::NothingOfOurs => {
            let (detail, hint) = say::nothing_of_ours();
            Some(Problem::of(StatusCode::UNPROCESSABLE_ENTITY, "invalid").saying(detail, hint))
        }
        PublishingFault::Document(fault) => {
            let (detail, hint) = refusal(fault).unwrap_or_else(|| say::report(fault));
            Some(Problem::of(StatusCode::UNPROCESSABLE_ENTITY, "invalid").saying(detail, hint))
        }
        PublishingFault::Taken(id) => Some(wrong("id", say::taken(id))),
        PublishingFault::BadId(id) => Some(wrong("id", say::bad_id(id))),
        PublishingFault::NoPlace(at) => Some(wrong("paragraph", say::no_place(*at))),
        PublishingFault::Content { path, .. } => {
            let (detail, hint) = say::unwritten(path);
            Some(Problem::of(StatusCode::INTERNAL_SERVER_ERROR, "internal").saying(detail, hint))
        }
        PublishingFault::Pdf(fault) => {
            let (detail, hint) = say::pdf(fault);
            Some(Problem::of(StatusCode::UNPROCESSABLE_ENTITY, "no-program").saying(detail, hint))
        }
    }
}

/// The problem of one wrong argument.
fn wrong(field: &str, (detail, hint): (String, String)) -> Problem {
    let problem = Problem::of(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    problem.saying(detail.clone(), hint).field(field, detail)
}

pub(super) fn month(text: Option<&str>) -> Result<Month, Problem> {
    let text = text.ok_or_else(|| Problem::invalid("period", "?"))?;
    text.parse().map_err(|_| Problem::invalid("period", text))
}

/// What parameters are set to: `set=NAME:VALUE`, any number of times.
pub(super) fn settings(params: &Params) -> Result<Settings, Problem> {
    let pair = |text: &str| match text.split_once(':') {
        Some((name, value)) => Ok((name.to_owned(), value.to_owned())),
        None => Err(Problem::invalid("set", text)),
    };
    params.all("set").map(pair).collect()
}

/// How parameters are set, for the description of the API.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what `settings` reads")]
pub(super) struct SetParams {
    /// `NAME:VALUE` for a parameter of the report, any number of times.
    set: Option<Vec<String>>,
}

fn format(params: &Params) -> Result<Format, Problem> {
    let word = params.one("format").unwrap_or("docx");
    Format::named(word).ok_or_else(|| Problem::invalid("format", word))
}

fn file(file: FileOfReport, format: Format) -> Response {
    let FileOfReport { stem, bytes } = file;
    let (name, media) = match format {
        Format::Docx => (format!("{stem}.docx"), Download::DOCX),
        Format::Pdf => (format!("{stem}.pdf"), Download::PDF),
        Format::Evidence => (format!("{stem}.xlsx"), Download::XLSX),
    };
    download(Download { name, media, bytes })
}

/// The reports there are.
#[utoipa::path(get, path = "/reports", tag = "reports", responses((status = 200, body = ReportItems)))]
async fn list(State(app): State<App>, Caller(actor): Caller) -> Result<Json<ReportItems>, Problem> {
    let publishing = Arc::clone(&app.publishing);
    app.read(move |park| publishing.reports(park, &actor)).await.map(Json)
}

/// A report as it reads now, every number with the question behind it.
#[utoipa::path(get, path = "/reports/{id}/preview", tag = "reports",
    params(("id" = String, Path), ("period" = String, Query), ("as_of" = Option<String>, Query), SetParams),
    responses((status = 200, body = Preview), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn preview(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    params: Params,
) -> Result<Json<Arc<Preview>>, Problem> {
    let (publishing, period) = (Arc::clone(&app.publishing), month(params.one("period"))?);
    let (as_of, settings) = (as_of(&params)?, settings(&params)?);
    let id = ReportId::from(id);
    app.read(move |park| publishing.preview_as_of(park, &actor, (&id, period, &settings).into(), as_of))
        .await
        .map(Json)
}

/// What a parameter of a report may be set to.
#[utoipa::path(get, path = "/reports/{id}/choices", tag = "reports",
    params(("id" = String, Path), ("parameter" = String, Query), ("q" = Option<String>, Query),
        ("limit" = Option<usize>, Query)),
    responses((status = 200, body = ChoiceList), (status = 404, body = Problem)))]
async fn choices(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    params: Params,
) -> Result<Json<ChoiceList>, Problem> {
    let (_, limit) = params.window()?;
    let name = params.one("parameter").unwrap_or_default().to_owned();
    let text = params.one("q").unwrap_or_default().to_owned();
    app.read(move |park| park.choices(&actor, (&ReportId::from(id), &name), &text, limit)).await.map(Json)
}

/// A report as it reads now, to save: `format` is `docx`, `evidence` or `pdf`.
#[utoipa::path(get, path = "/reports/{id}/document", tag = "reports",
    params(("id" = String, Path), ("period" = String, Query), ("format" = Option<String>, Query),
        ("as_of" = Option<String>, Query), SetParams),
    responses((status = 200, content_type = "application/octet-stream"), (status = 404, body = Problem),
        (status = 422, body = Problem)))]
async fn document(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    params: Params,
) -> Result<Response, Problem> {
    let (period, format) = (month(params.one("period"))?, format(&params)?);
    let (as_of, settings) = (as_of(&params)?, settings(&params)?);
    let (inside, id) = (app.clone(), ReportId::from(id));
    let made = app
        .read(move |park| {
            let made = (format, &inside.pdf);
            let asked = (&id, period, &settings).into();
            inside.publishing.document_as_of(park, &actor, asked, made, as_of)
        })
        .await?;
    Ok(file(made, format))
}

/// Publishes a report as it reads now.
#[utoipa::path(post, path = "/reports/{id}/publish", tag = "reports", params(("id" = String, Path)),
    request_body = PublishRequest,
    responses((status = 200, body = PublicationView), (status = 404, body = Problem)))]
async fn publish(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    Json(request): Json<PublishRequest>,
) -> Result<Json<PublicationView>, Problem> {
    let period = month(Some(&request.period))?;
    let (publishing, by, id) = (Arc::clone(&app.publishing), actor.clone(), ReportId::from(id));
    app.write(&actor, move |park| {
        let asked = (&id, period, &request.settings).into();
        publishing.publish(park, &by, asked, &request.note)
    })
    .await
    .map(Json)
}

/// The publications of a report, newest first.
#[utoipa::path(get, path = "/reports/{id}/publications", tag = "reports", params(("id" = String, Path)),
    responses((status = 200, body = PublicationList), (status = 404, body = Problem)))]
async fn publications(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<Json<PublicationList>, Problem> {
    let publishing = Arc::clone(&app.publishing);
    app.read(move |park| publishing.publications(park, &actor, &ReportId::from(id))).await.map(Json)
}

/// A publication as it was published, to save.
#[utoipa::path(get, path = "/publications/{id}/document", tag = "reports",
    params(("id" = u64, Path), ("format" = Option<String>, Query)),
    responses((status = 200, content_type = "application/octet-stream"), (status = 404, body = Problem)))]
async fn published(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
    params: Params,
) -> Result<Response, Problem> {
    let (inside, format) = (app.clone(), format(&params)?);
    let kept = app
        .read(move |park| inside.publishing.published_document(park, &actor, id, format, &inside.pdf))
        .await?;
    Ok(file(kept, format))
}

/// What changed since a publication, by value and by entry.
#[utoipa::path(get, path = "/publications/{id}/changes", tag = "reports", params(("id" = u64, Path)),
    responses((status = 200, body = PublicationChanges), (status = 404, body = Problem)))]
async fn changes(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
) -> Result<Json<PublicationChanges>, Problem> {
    let publishing = Arc::clone(&app.publishing);
    app.read(move |park| publishing.changes(park, &actor, id)).await.map(Json)
}

/// All publications of all reports, newest first.
#[utoipa::path(get, path = "/publications", tag = "reports", responses((status = 200, body = PublicationList)))]
async fn all_publications(
    State(app): State<App>,
    Caller(actor): Caller,
) -> Result<Json<PublicationList>, Problem> {
    let publishing = Arc::clone(&app.publishing);
    app.read(move |park| publishing.all_publications(park, &actor)).await.map(Json)
}

/// How many values of a publication would read otherwise now.
#[utoipa::path(get, path = "/publications/{id}/state", tag = "reports", params(("id" = u64, Path)),
    responses((status = 200, body = PublicationState), (status = 404, body = Problem)))]
async fn state(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
) -> Result<Json<PublicationState>, Problem> {
    let publishing = Arc::clone(&app.publishing);
    app.read(move |park| publishing.state(park, &actor, id)).await.map(Json)
}

/// The revision table of a publication as a workbook.
#[utoipa::path(get, path = "/publications/{id}/changes/workbook", tag = "reports", params(("id" = u64, Path)),
    responses((status = 200, content_type = "application/octet-stream"), (status = 404, body = Problem)))]
async fn changes_workbook(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
) -> Result<Response, Problem> {
    let publishing = Arc::clone(&app.publishing);
    let made = app.read(move |park| publishing.changes_workbook(park, &actor, id)).await?;
    Ok(file(made, Format::Evidence))
}

/// The state of the ledger a request asks for; the newest when it says nothing.
pub(super) fn as_of(params: &Params) -> Result<Option<AsOf>, Problem> {
    params.one("as_of").map(str::parse).transpose().map_err(|fault: AsOfFault| Problem::from_fault(&fault))
}

/// What a fault of a day is to its caller; none for those of the ledger beneath it.
pub(super) fn as_of_problem(fault: &AsOfFault) -> Option<Problem> {
    let text = match fault {
        AsOfFault::Ledger(_) => return None,
        AsOfFault::NotADay(_) | AsOfFault::TooEarly(_) => say::as_of(fault),
    };
    Some(wrong("as_of", text))
}

/// The revision that was the newest on a day.
#[utoipa::path(get, path = "/as-of", tag = "reports",
    params(("as_of" = String, Query, description = "A day such as `2023-11-20`, or a revision.")),
    responses((status = 200, body = KnownOn), (status = 422, body = Problem)))]
async fn known_on(
    State(app): State<App>,
    Caller(_actor): Caller,
    params: Params,
) -> Result<Json<KnownOn>, Problem> {
    let asked = as_of(&params)?.ok_or_else(|| Problem::invalid("as_of", "?"))?;
    app.read(move |park| park.known_on(asked)).await.map(Json)
}
