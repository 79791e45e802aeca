//! `/jobs`: long work, its progress over server-sent events, cancelling.

use std::convert::Infallible;
use std::time::Duration;

use app::access::{Action, Actor, Right};
use app::jobs::{JobView, Work};
use app::progress::Watch;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::Stream;
use serde::Serialize;
use serde_json::Value;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::BroadcastStream;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded};
use super::{App, Problem, Routes};

/// Jobs shown in the list.
const SHOWN: usize = 100;

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::Jobs, routes!(list)))
        .routes(guarded(Action::Jobs, routes!(one)))
        .routes(guarded(Action::Jobs, routes!(cancel)))
        .routes(guarded(Action::Jobs, routes!(events)))
}

/// A list of jobs.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct JobList {
    /// Newest first.
    items: Vec<JobView>,
}

impl App {
    /// Asks for long work in the actor's name and answers with the job.
    pub(crate) async fn job<E>(
        &self,
        actor: &Actor,
        kind: &'static str,
        title: String,
        work: impl FnOnce(&Self, &Watch<'_>) -> Result<Value, E> + Send + 'static,
    ) -> Result<Response, Problem>
    where
        E: std::error::Error + 'static,
    {
        let (app, actor) = (self.clone(), actor.clone());
        let view = self
            .blocking(move || {
                let inside = app.clone();
                let work: Work = Box::new(move |tell| {
                    work(&inside, tell).map_err(|fault| {
                        serde_json::to_value(Problem::from_fault(&fault)).expect("a problem is plain JSON")
                    })
                });
                app.jobs.ask(&actor, kind, &title, work)
            })
            .await?;
        Ok((StatusCode::ACCEPTED, Json(view)).into_response())
    }
}

fn visible(actor: &Actor, view: JobView) -> Result<JobView, Problem> {
    let may = view.is_of(actor) || actor.may_anywhere(Right::Administer);
    if may { Ok(view) } else { Err(Problem::not_found()) }
}

/// The caller's jobs, newest first; an administrator's list has everybody's.
#[utoipa::path(get, path = "/jobs", tag = "jobs", responses((status = 200, body = JobList)))]
async fn list(State(app): State<App>, Caller(actor): Caller) -> Result<Json<JobList>, Problem> {
    let inside = app.clone();
    let all = actor.may_anywhere(Right::Administer);
    let items = app.blocking(move || inside.jobs.list(&actor, all, SHOWN)).await?;
    Ok(Json(JobList { items }))
}

/// One job.
#[utoipa::path(get, path = "/jobs/{id}", tag = "jobs", params(("id" = u64, Path)),
    responses((status = 200, body = JobView), (status = 404, body = Problem)))]
async fn one(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
) -> Result<Json<JobView>, Problem> {
    let inside = app.clone();
    let view = app.blocking(move || inside.jobs.view(id)).await?;
    visible(&actor, view).map(Json)
}

/// Asks a job to stop.
#[utoipa::path(delete, path = "/jobs/{id}", tag = "jobs", params(("id" = u64, Path)),
    responses((status = 200, body = JobView), (status = 404, body = Problem)))]
async fn cancel(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
) -> Result<Json<JobView>, Problem> {
    let inside = app.clone();
    let view = app.blocking(move || inside.jobs.view(id)).await?;
    visible(&actor, view)?;
    let inside = app.clone();
    Ok(Json(app.blocking(move || inside.jobs.cancel(id)).await?))
}

/// The job whenever it changes, as server-sent events `job`; the stream ends with the job.
#[utoipa::path(get, path = "/jobs/{id}/events", tag = "jobs", params(("id" = u64, Path)),
    responses((status = 200, content_type = "text/event-stream", body = String), (status = 404, body = Problem)))]
async fn events(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    // Listened to before it is looked at, so that no change falls in between.
    let changes = BroadcastStream::new(app.news.subscribe());
    let inside = app.clone();
    let now = visible(&actor, app.blocking(move || inside.jobs.view(id)).await?)?;
    let first = tokio_stream::once(now);
    // A listener that is too slow misses steps, not the end: it then asks for the job as it is.
    let later = changes.filter_map(move |change| match change {
        Ok(view) => (view.id == id).then_some(view),
        Err(_) => app.jobs.view(id).ok(),
    });
    let mut over = false;
    let events = first.chain(later).take_while(move |view| {
        let before = over;
        over |= view.is_over();
        !before
    });
    let events = events
        .map(|view| Ok(Event::default().event("job").json_data(view).unwrap_or_else(|_| Event::default())));
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))))
}
