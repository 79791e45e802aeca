//! `/backups` and `/verify`: backups, drills, the proof that the ledger is whole.

use std::fs::File;
use std::io::Read as _;

use app::access::Action;
use app::care::{self, BackupList, CareFault};
use app::jobs::JobView;
use app::messages::publishing as say;
use app::progress::Watch;
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use futures_util::stream;
use serde::Serialize;
use serde_json::Value;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::guard::{Caller, guarded};
use super::{App, Download, Problem, Routes, download};

/// Bytes read at once of a backup that is sent.
const CHUNK: usize = 1 << 20;

/// The routes of these pages.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::Care, routes!(list)))
        .routes(guarded(Action::Care, routes!(make)))
        .routes(guarded(Action::Care, routes!(file)))
        .routes(guarded(Action::Care, routes!(drill)))
        .routes(guarded(Action::Care, routes!(verify)))
}

/// The problem of a fault of care; none for those of the ledger beneath it.
pub(super) fn problem(fault: &CareFault) -> Option<Problem> {
    match fault {
        CareFault::Refused(refusal) => Some(super::denied::refusal(refusal)),
        CareFault::Ledger(_) | CareFault::File { .. } => None,
    }
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("answers are plain texts and numbers, always JSON")
}

/// The backups there are, newest first.
#[utoipa::path(get, path = "/backups", tag = "care", responses((status = 200, body = BackupList)))]
async fn list(State(app): State<App>, Caller(actor): Caller) -> Result<Json<BackupList>, Problem> {
    app.read(move |park| care::backups(park, &actor)).await.map(Json)
}

/// Makes a backup while others work. The job's result is the backup.
#[utoipa::path(post, path = "/backups", tag = "care", responses((status = 202, body = JobView)))]
async fn make(State(app): State<App>, Caller(actor): Caller) -> Result<Response, Problem> {
    let by = actor.clone();
    let work = move |app: &App, watch: &Watch<'_>| -> Result<Value, CareFault> {
        let made = app.parks.read(|park| care::backup(park, &by, watch))?;
        let kept = app.config.backups_kept;
        app.parks.write(&by.name, |park| care::made(park, &by, &made, kept))?;
        Ok(json(&made))
    };
    app.job(&actor, "backup", say::BACKUP.to_owned(), work).await
}

/// A backup's file.
#[utoipa::path(get, path = "/backups/{name}", tag = "care", params(("name" = String, Path)),
    responses((status = 200, content_type = "application/zip"), (status = 404, body = Problem)))]
async fn file(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let called = name.clone();
    let opened = app
        .read(move |park| -> Result<(File, u64), CareFault> {
            let path = care::backup_file(park, &actor, &called)?;
            let fault = |source| CareFault::File { path: path.clone(), source };
            let file = File::open(&path).map_err(fault)?;
            let size = file.metadata().map_err(fault)?.len();
            Ok((file, size))
        })
        .await?;
    let (file, size) = opened;
    // A backup may be larger than memory: it is read while it is sent.
    let chunks = stream::try_unfold(file, |mut file| async move {
        let read = tokio::task::spawn_blocking(move || {
            let mut chunk = vec![0; CHUNK];
            let length = file.read(&mut chunk)?;
            chunk.truncate(length);
            Ok::<_, std::io::Error>((Bytes::from(chunk), file))
        });
        let (chunk, file) = read.await.map_err(std::io::Error::other)??;
        Ok::<_, std::io::Error>((!chunk.is_empty()).then_some((chunk, file)))
    });
    let mut response = download(Download { name, media: "application/zip", bytes: Vec::new() });
    *response.body_mut() = Body::from_stream(chunks);
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(size));
    Ok(response)
}

/// Restores a backup into a temporary folder and verifies it there. The job's result says whether it is sound.
#[utoipa::path(post, path = "/backups/{name}/drill", tag = "care", params(("name" = String, Path)),
    responses((status = 202, body = JobView), (status = 404, body = Problem)))]
async fn drill(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let (by, called) = (actor.clone(), name.clone());
    app.read(move |park| care::backup_file(park, &by, &called).map(drop)).await?;
    let (by, title) = (actor.clone(), name.clone());
    let work = move |app: &App, watch: &Watch<'_>| -> Result<Value, CareFault> {
        let done = app.parks.read(|park| care::drill(park, &by, &name, watch))?;
        app.parks.write(&by.name, |park| care::drilled(park, &by, &name, &done))?;
        Ok(json(&done))
    };
    app.job(&actor, "verify", title, work).await
}

/// Proves the whole ledger again. The job's result says whether it is sound, and what is damaged.
#[utoipa::path(post, path = "/verify", tag = "care", responses((status = 202, body = JobView)))]
async fn verify(State(app): State<App>, Caller(actor): Caller) -> Result<Response, Problem> {
    let by = actor.clone();
    let work = move |app: &App, watch: &Watch<'_>| -> Result<Value, CareFault> {
        Ok(json(&app.parks.read(|park| care::verify(park, &by, watch))?))
    };
    app.job(&actor, "verify", say::VERIFY.to_owned(), work).await
}
