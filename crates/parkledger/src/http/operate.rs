//! `/audit`, `/config`, `/status`, `/content/findings`: what was done, what is in force, how the server is.

use app::access::{Action, AuditLine, AuditPage, AuditQuestion};
use app::ledger::StoreError;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::config::InForce;
use super::guard::{Caller, guarded};
use super::messages::access as say;
use super::page::Params;
use super::{App, Download, Problem, Routes, download};

/// Records of one export at most.
const EXPORTED: u64 = 1_000_000;

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::ReadAudit, routes!(audit)))
        .routes(guarded(Action::ReadAudit, routes!(audit_csv)))
        .routes(guarded(Action::Operate, routes!(config)))
        .routes(guarded(Action::Operate, routes!(status)))
        .routes(guarded(Action::Operate, routes!(content_findings)))
}

/// The settings in force.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Settings {
    /// In the order of the manual.
    items: Vec<InForce>,
}

/// How the server is.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Status {
    /// The program's version.
    version: String,
    /// Since when it runs.
    #[schema(value_type = String)]
    started: Timestamp,
    /// For how many seconds.
    uptime_seconds: i64,
    /// Free bytes on the disk of the data folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    disk_free: Option<u64>,
    /// Bytes of the database.
    ledger_bytes: u64,
    /// When a backup was last made.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    last_backup: Option<Timestamp>,
    /// When a backup was last restored for practice.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    last_drill: Option<Timestamp>,
    /// The newest revision.
    revision: u64,
    /// Accounts.
    people: usize,
    /// Sessions that go on.
    sessions: usize,
}

/// What is wrong with the content in force.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct ContentFindings {
    /// In the order of files and places.
    items: Vec<ContentFinding>,
    /// The digest of what is in force.
    digest: String,
}

/// Something wrong in a content file.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct ContentFinding {
    /// The file.
    path: String,
    /// The line, from 1.
    line: usize,
    /// The character within it, from 1.
    column: usize,
    /// What is wrong.
    message: String,
    /// What to do.
    hint: String,
}

fn question(params: &Params) -> Result<AuditQuestion, Problem> {
    let text = |name: &str| params.one(name).unwrap_or_default().trim().to_owned();
    Ok(AuditQuestion {
        text: text("q"),
        who: text("who"),
        action: text("action"),
        from: moment(params, "from", 0)?,
        // A day is meant to its end.
        to: moment(params, "to", 1)?,
    })
}

/// An instant, or a day of Chinese standard time: its beginning, or that of the day so many later.
fn moment(params: &Params, name: &str, later: i64) -> Result<Option<Timestamp>, Problem> {
    let Some(text) = params.one(name) else { return Ok(None) };
    if let Ok(day) = text.parse::<Date>() {
        let begins = Offset::constant(8).to_timestamp(day.at(0, 0, 0, 0)).ok();
        let at = begins.and_then(|at| at.checked_add(SignedDuration::from_hours(24 * later)).ok());
        return at.map(Some).ok_or_else(|| Problem::invalid(name, say::DAY_OR_INSTANT));
    }
    text.parse().map(Some).map_err(|_| Problem::invalid(name, say::DAY_OR_INSTANT))
}

/// How the audit is asked.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what Params reads")]
pub(super) struct AuditParams {
    /// First record, from 0.
    offset: Option<usize>,
    /// Records at most, up to 1,000.
    limit: Option<usize>,
    /// Text anywhere in action, subject or detail.
    q: Option<String>,
    /// The account's name.
    who: Option<String>,
    /// How the action begins, such as `session.`.
    action: Option<String>,
    /// A day or an instant: not before.
    from: Option<String>,
    /// A day, to its end, or an instant: before.
    to: Option<String>,
}

/// Who did what when from where, newest first. Records are only ever added and kept for as long as the ledger is.
#[utoipa::path(get, path = "/audit", tag = "administration", params(AuditParams),
    responses((status = 200, body = AuditPage), (status = 422, body = Problem)))]
async fn audit(State(app): State<App>, params: Params) -> Result<Json<AuditPage>, Problem> {
    let (question, (offset, limit)) = (question(&params)?, params.window()?);
    let (offset, limit) = (offset as u64, limit as u64);
    let (total, records) = app.read(move |park| park.store().audit_search(&question, offset, limit)).await?;
    Ok(Json(AuditPage { total, offset, items: records.into_iter().map(AuditLine::from).collect() }))
}

/// The same records as CSV. That they were exported is a record too.
#[utoipa::path(get, path = "/audit.csv", tag = "administration", params(AuditParams),
    responses((status = 200, content_type = "text/csv"), (status = 422, body = Problem)))]
async fn audit_csv(
    State(app): State<App>,
    Caller(actor): Caller,
    params: Params,
) -> Result<Response, Problem> {
    let question = question(&params)?;
    let asked = question.clone();
    let records = app.read(move |park| park.store().audit_search(&asked, 0, EXPORTED)).await?.1;
    let lines: Vec<AuditLine> = records.into_iter().map(AuditLine::from).collect();
    let (by, number) = (actor.clone(), lines.len());
    app.write(&actor, move |park| park.note_export(&by, "audit", number)).await?;
    let bytes = csv_of(&lines).map_err(|fault| Problem::internal(&fault))?;
    let name = say::audit_file(app.clock.now());
    Ok(download(Download { name, media: Download::CSV, bytes }))
}

fn csv_of(lines: &[AuditLine]) -> Result<Vec<u8>, csv::Error> {
    // With its mark at the beginning, Excel reads the file as UTF-8.
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(say::AUDIT_COLUMNS)?;
    for line in lines {
        let (seq, at) = (line.seq.to_string(), line.at.to_string());
        let detail = line.detail.to_string();
        let cells = [&seq, &at, &line.who, &line.from, &line.action, &line.subject, &detail];
        writer.write_record(cells.map(|cell| harmless(cell)))?;
    }
    writer.into_inner().map_err(|fault| fault.into_error().into())
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

/// The settings in force, each with where it came from.
#[utoipa::path(get, path = "/config", tag = "administration", responses((status = 200, body = Settings)))]
async fn config(State(app): State<App>) -> Json<Settings> {
    Json(Settings { items: app.config.in_force.clone() })
}

/// How the server is.
#[utoipa::path(get, path = "/status", tag = "administration", responses((status = 200, body = Status)))]
async fn status(State(app): State<App>) -> Result<Json<Status>, Problem> {
    let inside = app.clone();
    let status = app
        .read(move |park| {
            let newest = |action: &str| -> Result<Option<Timestamp>, StoreError> {
                let question = AuditQuestion { action: action.to_owned(), ..AuditQuestion::default() };
                Ok(park.store().audit_search(&question, 0, 1)?.1.first().map(|r| r.event.at))
            };
            let now = inside.clock.now();
            Ok::<_, StoreError>(Status {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                started: inside.started,
                uptime_seconds: now.duration_since(inside.started).as_secs(),
                disk_free: free(inside.parks.dir()),
                ledger_bytes: park.ledger_bytes(),
                last_backup: newest("backup.make")?,
                last_drill: newest("backup.drill")?,
                revision: park.store().latest_revision()?.0,
                people: park.store().people()?.len(),
                sessions: park.session_lines(&inside.access.policy, None)?.len(),
            })
        })
        .await?;
    Ok(Json(status))
}

/// Free bytes on the disk of a folder, where the system tells.
fn free(dir: &std::path::Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(dir).ok()?;
    Some(disk.f_bavail * disk.f_frsize)
}

/// What is wrong with the content in force, with file, line and column.
#[utoipa::path(get, path = "/content/findings", tag = "administration", responses((status = 200, body = ContentFindings)))]
async fn content_findings(State(app): State<App>) -> Json<ContentFindings> {
    let library = app.parks.library();
    let items = library.diagnostics.iter().map(|fault| {
        let text = library.text(&fault.path);
        let before = text.get(..fault.at.start).unwrap_or_default();
        ContentFinding {
            path: fault.path.clone(),
            line: before.matches('\n').count() + 1,
            column: before.chars().rev().take_while(|c| *c != '\n').count() + 1,
            message: fault.message.clone(),
            hint: fault.hint.clone(),
        }
    });
    Json(ContentFindings { items: items.collect(), digest: library.digest.clone() })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn no_cell_of_an_export_is_a_formula() {
        let line = AuditLine {
            seq: 7,
            at: "2023-10-09T01:02:03Z".parse().expect("a time"),
            who: "=cmd".to_owned(),
            action: "session.refuse".to_owned(),
            subject: "-1".to_owned(),
            detail: json!({ "reason": "name" }),
            from: "192.0.2.1".to_owned(),
        };
        let text = String::from_utf8(csv_of(&[line]).expect("written")).expect("UTF-8");
        let last = text.lines().last().expect("two lines");
        assert_eq!(
            last,
            "7,2023-10-09T01:02:03Z,'=cmd,192.0.2.1,session.refuse,'-1,\"{\"\"reason\"\":\"\"name\"\"}\""
        );
    }
}
