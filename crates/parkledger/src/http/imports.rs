//! `/imports`: files that wait to be accepted, their changes, sheets and layouts.

use std::sync::Arc;

use app::access::{Action, Actor};
use app::desk::{
    AcceptedView, ChangeList, Desk, DeskFault, Difference, MappingRequest, ProposalList, SheetInfo,
    SheetSource, SheetView, StagedId, StagedList, StagedSummary, StagedView,
};
use app::jobs::JobView;
use app::messages::desk as say;
use app::progress::Watch;
use axum::Json;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use model::id::BookId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa_axum::router::UtoipaMethodRouter;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded, no_content};
use super::page::Params;
use super::{App, Problem, Routes};

/// Rows of a sheet's window when nobody says how many.
const ROWS: u32 = 200;

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::Stage, upload(routes!(stage))))
        .routes(guarded(Action::Stage, routes!(list)))
        .routes(guarded(Action::Stage, routes!(one)))
        .routes(guarded(Action::Stage, routes!(remove)))
        .routes(guarded(Action::Stage, routes!(changes)))
        .routes(guarded(Action::Stage, routes!(sheets)))
        .routes(guarded(Action::Stage, routes!(sheet)))
        .routes(guarded(Action::Stage, routes!(proposal)))
        .routes(guarded(Action::Stage, routes!(mapping)))
        .routes(guarded(Action::Stage, upload(routes!(retry))))
        .routes(guarded(Action::AcceptFile, routes!(accept)))
}

fn staged(id: u64) -> StagedId {
    StagedId(id)
}

/// A file sent as a form, for the description of the API.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "describes what the form holds")]
pub(super) struct Upload {
    /// The workbook.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// Only layouts of this book.
    book: Option<String>,
}

/// What a corrected file gave.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Retried {
    /// The file.
    staged: StagedSummary,
    /// What became of the findings.
    difference: Difference,
}

/// Why a file is accepted, and what was seen of it.
#[derive(Deserialize, utoipa::ToSchema)]
pub(super) struct AcceptRequest {
    /// Why; the file's name when nothing is said.
    #[serde(default)]
    why: String,
    /// `plan` of the view that was looked at: if the ledger moved since, nothing is written.
    plan: Option<String>,
}

/// Lets bodies through that are larger than usual; the handler counts them itself.
pub(super) fn upload(routes: UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App> {
    let (schemas, paths, router) = routes;
    (schemas, paths, router.layer(DefaultBodyLimit::disable()))
}

/// The problem of a fault of the desk; none for those of the ledger beneath it.
pub(super) fn problem(fault: &DeskFault) -> Option<Problem> {
    let (status, code) = match fault {
        DeskFault::Ledger(_) | DeskFault::Worker(_) | DeskFault::Content { .. } => return None,
        DeskFault::Refused(refusal) => return Some(super::denied::refusal(refusal)),
        DeskFault::Moved(_) => (StatusCode::CONFLICT, "stale"),
        DeskFault::Stopped => (StatusCode::CONFLICT, "busy"),
        DeskFault::NotOwn(_) => (StatusCode::FORBIDDEN, "not-allowed"),
        DeskFault::BytesGone { .. }
        | DeskFault::Layout(_)
        | DeskFault::Taken(_)
        | DeskFault::UnknownBook(_)
        | DeskFault::Unreadable(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
    };
    let (detail, hint) = say::fault(fault)?;
    let mut problem = Problem::of(status, code).saying(detail, hint);
    problem.findings = fault.findings();
    Some(problem)
}

/// A file of a form, no larger than the settings allow.
pub(super) struct Sent {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The book it is for.
    pub book: Option<BookId>,
    /// What was answered to what is asked of it, as JSON.
    pub answers: Option<String>,
}

impl Sent {
    /// The file of a form.
    pub async fn read(app: &App, form: Multipart) -> Result<Self, Problem> {
        let too_large = || Problem::of(StatusCode::PAYLOAD_TOO_LARGE, "too-large");
        Self::up_to(app.config.upload_bytes, too_large, form).await
    }

    /// The file of a form, of at most so many bytes.
    pub async fn up_to(
        most: u64,
        too_large: impl Fn() -> Problem,
        mut form: Multipart,
    ) -> Result<Self, Problem> {
        let bad =
            |fault: axum::extract::multipart::MultipartError| Problem::invalid("file", fault.body_text());
        let (mut file, mut book, mut answers) = (None, None, None);
        while let Some(mut field) = form.next_field().await.map_err(bad)? {
            match field.name().unwrap_or_default() {
                "file" => {
                    let name = field.file_name().unwrap_or_default().to_owned();
                    let mut bytes = Vec::new();
                    while let Some(chunk) = field.chunk().await.map_err(bad)? {
                        if (bytes.len() + chunk.len()) as u64 > most {
                            return Err(too_large());
                        }
                        bytes.extend_from_slice(&chunk);
                    }
                    file = Some((name, bytes));
                }
                "book" => {
                    let text = field.text().await.map_err(bad)?;
                    book = Some(text).filter(|text| !text.is_empty()).map(BookId::from);
                }
                "answers" => {
                    let text = field.text().await.map_err(bad)?;
                    answers = Some(text).filter(|text| !text.is_empty());
                }
                _ => {}
            }
        }
        let (name, bytes) = file.ok_or_else(|| Problem::invalid("file", "?"))?;
        // Some browsers send a path.
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        if name.is_empty() {
            Err(Problem::invalid("file", "?"))
        } else {
            Ok(Self { name, bytes, book, answers })
        }
    }
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("answers are plain texts and numbers, always JSON")
}

/// Sends in a workbook: it is read and compared, and waits to be accepted. The job's result is the staged file.
#[utoipa::path(post, path = "/imports", tag = "imports",
    request_body(content = Upload, content_type = "multipart/form-data"),
    responses((status = 202, body = JobView), (status = 413, body = Problem), (status = 422, body = Problem)))]
async fn stage(State(app): State<App>, Caller(actor): Caller, form: Multipart) -> Result<Response, Problem> {
    let Sent { name, bytes, book, .. } = Sent::read(&app, form).await?;
    let (by, title) = (actor.clone(), name.clone());
    let work = move |app: &App, watch: &Watch<'_>| -> Result<Value, DeskFault> {
        let desk = Arc::clone(&app.desk);
        let pending = app.parks.read(|park| desk.stage(park, &by, &name, bytes, book, watch))?;
        Ok(json(&app.parks.write(&by.name, |park| desk.keep(park, &by, &pending))?))
    };
    app.job(&actor, "import", title, work).await
}

/// The files that wait.
#[utoipa::path(get, path = "/imports", tag = "imports", responses((status = 200, body = StagedList)))]
async fn list(State(app): State<App>, Caller(actor): Caller) -> Result<Json<StagedList>, Problem> {
    let desk = Arc::clone(&app.desk);
    app.read(move |park| desk.staged(park, &actor)).await.map(Json)
}

/// A staged file compared with the ledger as it is now.
#[utoipa::path(get, path = "/imports/{id}", tag = "imports", params(("id" = u64, Path)),
    responses((status = 200, body = StagedView), (status = 404, body = Problem)))]
async fn one(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
) -> Result<Json<StagedView>, Problem> {
    let desk = Arc::clone(&app.desk);
    app.read(move |park| desk.view(park, &actor, staged(id))).await.map(Json)
}

/// Drops a staged file.
#[utoipa::path(delete, path = "/imports/{id}", tag = "imports", params(("id" = u64, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
async fn remove(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
) -> Result<Response, Problem> {
    let (desk, by) = (Arc::clone(&app.desk), actor.clone());
    app.write(&actor, move |park| desk.drop_staged(park, &by, staged(id))).await?;
    Ok(no_content())
}

/// What a staged file would change, a page at a time; `kind` is `new`, `changed` or `unchanged`.
#[utoipa::path(get, path = "/imports/{id}/changes", tag = "imports",
    params(("id" = u64, Path), ("kind" = Option<String>, Query), ("offset" = Option<usize>, Query),
        ("limit" = Option<usize>, Query)),
    responses((status = 200, body = ChangeList), (status = 404, body = Problem)))]
async fn changes(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
    params: Params,
) -> Result<Json<ChangeList>, Problem> {
    let (desk, window) = (Arc::clone(&app.desk), params.window()?);
    let kind = params.one("kind").map(str::to_owned);
    app.read(move |park| desk.changes(park, &actor, staged(id), kind.as_deref(), window)).await.map(Json)
}

/// The sheets of a staged file.
#[utoipa::path(get, path = "/imports/{id}/sheets", tag = "imports", params(("id" = u64, Path)),
    responses((status = 200, body = Vec<SheetInfo>), (status = 404, body = Problem)))]
async fn sheets(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
) -> Result<Json<Vec<SheetInfo>>, Problem> {
    list_sheets(app, actor, SheetSource::Staged(staged(id))).await
}

/// So many rows of a sheet from a row on.
#[utoipa::path(get, path = "/imports/{id}/sheets/{n}", tag = "imports",
    params(("id" = u64, Path), ("n" = usize, Path), ("from" = Option<u32>, Query), ("rows" = Option<u32>, Query)),
    responses((status = 200, body = SheetView), (status = 404, body = Problem)))]
async fn sheet(
    State(app): State<App>,
    Caller(actor): Caller,
    Path((id, n)): Path<(u64, usize)>,
    params: Params,
) -> Result<Json<SheetView>, Problem> {
    one_sheet(app, actor, SheetSource::Staged(staged(id)), n, &params).await
}

/// The sheets of a file.
pub(super) async fn list_sheets(
    app: App,
    actor: Actor,
    source: SheetSource,
) -> Result<Json<Vec<SheetInfo>>, Problem> {
    let desk = Arc::clone(&app.desk);
    app.read(move |park| desk.sheets(park, &actor, &source)).await.map(Json)
}

/// A window of a sheet.
pub(super) async fn one_sheet(
    app: App,
    actor: Actor,
    source: SheetSource,
    n: usize,
    params: &Params,
) -> Result<Json<SheetView>, Problem> {
    let from = params.parse("from")?.unwrap_or(1);
    let rows = params.parse("rows")?.unwrap_or(ROWS);
    let desk = Arc::clone(&app.desk);
    app.read(move |park| desk.sheet(park, &actor, &source, n, (from, rows))).await.map(Json)
}

/// Layouts proposed for the sheets no layout reads.
#[utoipa::path(get, path = "/imports/{id}/proposal", tag = "imports", params(("id" = u64, Path)),
    responses((status = 200, body = ProposalList), (status = 404, body = Problem)))]
async fn proposal(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
) -> Result<Json<ProposalList>, Problem> {
    let desk = Arc::clone(&app.desk);
    app.read(move |park| desk.propose(park, &actor, staged(id))).await.map(Json)
}

/// Reads a staged file with a layout of one's own; `keep` makes it the park's own content.
#[utoipa::path(post, path = "/imports/{id}/mapping", tag = "imports", params(("id" = u64, Path)),
    request_body = MappingRequest,
    responses((status = 202, body = JobView), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn mapping(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
    Json(request): Json<MappingRequest>,
) -> Result<Response, Problem> {
    let title = file_name(&app, &actor, id).await?;
    let by = actor.clone();
    let work = move |app: &App, watch: &Watch<'_>| map(app, &by, id, &request, watch);
    app.job(&actor, "mapping", title, work).await
}

fn map(
    app: &App,
    by: &Actor,
    id: u64,
    request: &MappingRequest,
    watch: &Watch<'_>,
) -> Result<Value, DeskFault> {
    let desk: &Desk = &app.desk;
    let pending = app.parks.read(|park| desk.map(park, by, staged(id), request, watch))?;
    let (summary, _) = app.parks.write(&by.name, |park| desk.replace(park, by, staged(id), &pending))?;
    if request.keep {
        app.parks.write(&by.name, |park| desk.keep_mapping(park, by, staged(id), request))?;
        // What was kept is in force for everybody from now on.
        let library = app.parks.library().reloaded().map_err(|fault| DeskFault::Content {
            path: fault.path.display().to_string(),
            source: fault.source,
        })?;
        app.parks.reload(Arc::new(library))?;
    }
    Ok(json(&summary))
}

/// Sends a corrected workbook in the place of a staged one. The job's result says which findings are gone and which new.
#[utoipa::path(post, path = "/imports/{id}/retry", tag = "imports", params(("id" = u64, Path)),
    request_body(content = Upload, content_type = "multipart/form-data"),
    responses((status = 202, body = JobView), (status = 404, body = Problem), (status = 413, body = Problem)))]
async fn retry(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
    form: Multipart,
) -> Result<Response, Problem> {
    let Sent { name, bytes, .. } = Sent::read(&app, form).await?;
    let (by, title) = (actor.clone(), name.clone());
    let work = move |app: &App, watch: &Watch<'_>| -> Result<Value, DeskFault> {
        let desk: &Desk = &app.desk;
        let pending = app.parks.read(|park| desk.stage_again(park, &by, staged(id), &name, bytes, watch))?;
        let (staged, difference) =
            app.parks.write(&by.name, |park| desk.replace(park, &by, staged(id), &pending))?;
        Ok(json(&Retried { staged, difference }))
    };
    app.job(&actor, "import", title, work).await
}

/// Accepts a staged file as one revision. Nothing is written when the ledger moved so that something else would be.
#[utoipa::path(post, path = "/imports/{id}/accept", tag = "imports", params(("id" = u64, Path)),
    request_body = AcceptRequest,
    responses((status = 202, body = JobView), (status = 404, body = Problem), (status = 403, body = Problem)))]
async fn accept(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
    Json(request): Json<AcceptRequest>,
) -> Result<Response, Problem> {
    let title = file_name(&app, &actor, id).await?;
    let by = actor.clone();
    let work = move |app: &App, watch: &Watch<'_>| -> Result<Value, DeskFault> {
        let (desk, AcceptRequest { why, plan }): (&Desk, _) = (&app.desk, request);
        // Compared while others may still write; the writer then finds it ready.
        app.parks.read(|park| desk.plan(park, &by, staged(id)).map(drop))?;
        let accept =
            |park: &mut app::park::Park| desk.accept(park, &by, staged(id), &why, plan.as_deref(), watch);
        let done: AcceptedView = app.parks.write(&by.name, accept)?;
        Ok(json(&done))
    };
    app.job(&actor, "accept", title, work).await
}

/// The name of a staged file the caller sees.
async fn file_name(app: &App, actor: &Actor, id: u64) -> Result<String, Problem> {
    let (desk, by) = (Arc::clone(&app.desk), actor.clone());
    app.read(move |park| desk.file_name(park, &by, staged(id))).await
}
