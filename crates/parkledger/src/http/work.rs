//! `/overview`, `/tasks`, `/projects`: what a month looks like, what is to be reached, what is being built.

use app::access::Action;
use app::overview::{Overview, overview};
use app::projects::{ProjectView, Projects, project, projects};
use app::tasks::{Tasks, tasks};
use axum::Json;
use axum::extract::{Path, State};
use model::id::EntryId;
use model::period::Month;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded};
use super::page::Params;
use super::{App, Problem, Routes};

/// The routes of these pages.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadFigures, routes!(see_overview)))
        .routes(guarded(Action::ReadFigures, routes!(list_tasks)))
        .routes(guarded(Action::ReadFigures, routes!(list_projects)))
        .routes(guarded(Action::ReadFigures, routes!(one_project)))
}

fn month(params: &Params) -> Result<Option<Month>, Problem> {
    params.parse::<Month>("period")
}

/// The month asked for, or the newest with a return.
async fn month_or_newest(app: &App, caller: &Caller, params: &Params) -> Result<Month, Problem> {
    if let Some(month) = month(params)? {
        return Ok(month);
    }
    let actor = caller.0.clone();
    app.read(move |park| app::overview::newest(park, &actor)).await
}

/// The month's figures, what is late, due or about to end.
#[utoipa::path(get, path = "/overview", tag = "overview", params(("period" = Option<String>, Query)),
    responses((status = 200, body = Overview), (status = 422, body = Problem)))]
async fn see_overview(
    State(app): State<App>,
    Caller(actor): Caller,
    params: Params,
) -> Result<Json<Overview>, Problem> {
    let at = month(&params)?;
    app.read(move |park| overview(park, &actor, at)).await.map(Json)
}

/// The targets of the year and how far the figures are.
#[utoipa::path(get, path = "/tasks", tag = "tasks", params(("period" = Option<String>, Query)),
    responses((status = 200, body = Tasks), (status = 422, body = Problem)))]
async fn list_tasks(State(app): State<App>, caller: Caller, params: Params) -> Result<Json<Tasks>, Problem> {
    let at = month_or_newest(&app, &caller, &params).await?;
    app.read(move |park| tasks(park, &caller.0, at)).await.map(Json)
}

/// All projects with their milestones.
#[utoipa::path(get, path = "/projects", tag = "projects",
    responses((status = 200, body = Projects), (status = 404, body = Problem)))]
async fn list_projects(State(app): State<App>, Caller(actor): Caller) -> Result<Json<Projects>, Problem> {
    app.read(move |park| projects(park, &actor)).await.map(Json)
}

/// One project with its months.
#[utoipa::path(get, path = "/projects/{entry}", tag = "projects", params(("entry" = u64, Path)),
    responses((status = 200, body = ProjectView), (status = 404, body = Problem)))]
async fn one_project(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(entry): Path<u64>,
) -> Result<Json<ProjectView>, Problem> {
    app.read(move |park| project(park, &actor, EntryId(entry))).await.map(Json)
}
