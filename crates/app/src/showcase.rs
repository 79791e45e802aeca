//! The demo: a generated park as department workbooks, taken in by the ordinary path, reported on.
//!
//! Nothing here knows what is generated; that is content. Everything goes through the same doors as a clerk's files.

mod filings;
mod rehearsal;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::ToSpan as _;
use model::finding::Severity;
use model::id::{EntryId, ReportId, Revision};
use model::period::Month;
use serde::Deserialize;

use crate::access::password::Cost;
use crate::access::{AccessFault, Actor, Choice, NewAccount, Secret};
use crate::clock::{Clock, FrozenClock};
use crate::demo::{self, DemoFault};
use crate::import::{Desk, Options};
use crate::intake::IntakeFault;
use crate::ledger::StoreError;
use crate::library::Library;
use crate::park::{Park, Setup};
use crate::publishing::PublishingFault;
use crate::report::refresh::RefreshFault;
use crate::reporting::ReportingFault;
pub use rehearsal::Rehearsed;

/// The setting of a ledger that was generated for a demonstration: the day it stands still at.
pub const DEMO: &str = "demo";

/// What the demo made and where.
#[derive(Debug)]
pub struct Showcase {
    /// The folder with the workbooks.
    pub workbooks: PathBuf,
    /// How many there are.
    pub files: usize,
    /// Map files to try imports with.
    pub maps: Vec<PathBuf>,
    /// The data folder.
    pub ledger: PathBuf,
    /// The newest revision.
    pub revision: Revision,
    /// The report.
    pub document: PathBuf,
    /// Its evidence workbook.
    pub evidence: PathBuf,
    /// Numbers printed in the report.
    pub slots: usize,
    /// Files of which nothing could be accepted.
    pub refused: Vec<String>,
    /// Findings a clerk has to look at, by severity: errors, warnings, notes.
    pub findings: (usize, usize, usize),
    /// What the report could not fill or claim.
    pub report_findings: Vec<model::finding::Finding>,
    /// The report's month.
    pub period: Month,
    /// The last act, where the content has one.
    pub rehearsal: Option<Rehearsed>,
}

/// Why the demo could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ShowcaseFault {
    /// The folder exists and is not empty.
    #[error("{} is not empty", .0.display())]
    NotEmpty(PathBuf),
    /// A file or folder cannot be written.
    #[error("cannot write {}", .path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The specification is wrong.
    #[error(transparent)]
    Demo(#[from] DemoFault),
    /// `demo/show.toml` is missing or wrong.
    #[error("demo/show.toml is missing or wrong: {0}")]
    Show(String),
    /// A file could not be taken in.
    #[error(transparent)]
    Intake(#[from] IntakeFault),
    /// The ledger cannot be written.
    #[error(transparent)]
    Ledger(#[from] StoreError),
    /// The report cannot be built.
    #[error(transparent)]
    Reporting(#[from] ReportingFault),
    /// A document cannot be refreshed.
    #[error(transparent)]
    Refresh(#[from] RefreshFault),
    /// A report cannot be published.
    #[error(transparent)]
    Publishing(#[from] PublishingFault),
    /// An entry cannot be corrected.
    #[error(transparent)]
    Books(#[from] crate::books::BooksFault),
    /// A return cannot be filed.
    #[error(transparent)]
    Filings(#[from] crate::filings::FilingsFault),
    /// An account cannot be made.
    #[error(transparent)]
    Access(#[from] AccessFault),
}

/// Files of the content that become the demo park's own.
const GIVEN: &str = "demo/own/";

/// What the demo shows: which report for which month, and on which day it all happens.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Show {
    report: String,
    period: Month,
    /// The moment the first file arrives; each next file comes a minute later.
    at: jiff::Timestamp,
    /// Who files it, as written in the ledger.
    who: String,
    /// People to try the pages as.
    #[serde(default)]
    account: Vec<ShowAccount>,
    /// Returns an enterprise fills in.
    #[serde(default)]
    filing: Vec<filings::ShowFiling>,
    /// The last act.
    rehearsal: Option<rehearsal::Play>,
}

/// Somebody to try the pages as.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShowAccount {
    name: String,
    display: String,
    role: String,
    #[serde(default)]
    department: String,
    /// Belongs to the first enterprise of the register.
    #[serde(default)]
    of_enterprise: bool,
}

/// An account of the demo.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DemoAccount {
    /// What they sign in with.
    pub name: String,
    /// The name people read.
    pub display: String,
    /// The title of their role.
    pub role: String,
    /// Their department; of somebody of an enterprise, what that is called.
    pub department: String,
    /// Their password, drawn for this demo.
    pub password: String,
}

/// One file taken in, for progress.
pub struct Step<'a> {
    /// Its number from 1.
    pub n: usize,
    /// Of how many.
    pub of: usize,
    /// Its name.
    pub file: &'a str,
}

/// Makes the demo in `into`: `workbooks/`, `ledger/`, the report and its evidence.
///
/// # Errors
/// [`ShowcaseFault`]; a folder that is not empty is left as it is.
pub fn make(
    into: &Path,
    setup: &Setup,
    seed: u64,
    key: [u8; 32],
    progress: &mut dyn FnMut(Step<'_>),
) -> Result<Showcase, ShowcaseFault> {
    let show = show(setup)?;
    empty(into)?;
    let mut park = demo::generate(&specification(&setup.library), seed)?;
    let maps = std::mem::take(&mut park.maps);
    let workbooks = into.join("workbooks");
    let mut opened = None;
    let ledger = into.join("ledger");
    let mut refused = Vec::new();
    let mut desk = Desk::new(&setup.library.content);
    for (i, file) in park.files.iter().enumerate() {
        progress(Step { n: i + 1, of: park.files.len(), file: &file.name });
        write(&workbooks.join(&file.name), &file.bytes)?;
        let minute = show.at + i64::try_from(i).unwrap_or(i64::MAX).minutes();
        let clock: Arc<dyn Clock> = Arc::new(FrozenClock(minute));
        let park = match &mut opened {
            None => {
                let setup = Setup { clock, who: show.who.clone(), ..setup.clone() };
                let mut park = Park::open_or_create(&ledger, setup, || key)?;
                let day = crate::clock::local(show.at).date().to_string();
                park.store_mut().set_setting(show.at, &show.who, DEMO, &day)?;
                opened.insert(park)
            }
            Some(park) => {
                park.set_clock(clock);
                park
            }
        };
        let taken = park.stage_bytes(&mut desk, &file.name, file.bytes.clone(), &Options::default())?;
        let counts = taken.staged.counts();
        if counts.new + counts.changed + counts.unchanged == 0 {
            refused.push(file.name.clone());
            continue;
        }
        park.accept(taken)?;
    }
    let mut park = match opened {
        Some(park) => park,
        None => Park::open_or_create(&ledger, setup.clone(), || key)?,
    };
    filings::play(&mut park, &show)?;
    give(&setup.library, &ledger)?;
    let mut made = finish(into, &mut park, &show, workbooks, ledger, refused)?;
    if let Some(play) = &show.rehearsal {
        let what = (&ReportId::from(show.report.as_str()), show.period, show.at + 24.hours());
        made.rehearsal = Some(rehearsal::play(&into.join("rehearsal"), &park, setup, play, what)?);
    }
    for map in maps {
        let path = into.join("maps").join(&map.name);
        write(&path, &map.bytes)?;
        made.maps.push(path);
    }
    Ok(made)
}

/// The files that say what the park is: neither what is shown of it nor what it is given.
pub fn specification(library: &Library) -> Vec<(String, String)> {
    let mut files = library.texts_under("demo");
    files.retain(|(path, _)| {
        path.ends_with(".toml") && !path.ends_with("/show.toml") && !path.starts_with(GIVEN)
    });
    files
}

/// The demo park's own content: what a committee would supply, generated.
fn give(library: &Library, ledger: &Path) -> Result<(), ShowcaseFault> {
    for (path, text) in library.texts_under("demo") {
        let Some(own) = path.strip_prefix(GIVEN) else { continue };
        let wrong = |source| ShowcaseFault::Write { path: ledger.join(own), source };
        Library::keep(ledger, own, text.as_bytes()).map_err(wrong)?;
    }
    Ok(())
}

/// Makes the accounts of a demo, each with a password drawn by `random`.
///
/// # Errors
/// [`ShowcaseFault`] when the content names a role that is none, or the ledger cannot be written.
pub fn accounts(
    park: &mut Park,
    setup: &Setup,
    random: &dyn Fn() -> [u8; 32],
) -> Result<Vec<DemoAccount>, ShowcaseFault> {
    let show = show(setup)?;
    let actor = Actor::local(&show.who);
    let first = first_enterprise(park)?;
    let firm = first.map(|entry| park.entry_title(entry)).transpose()?;
    let mut made = Vec::new();
    for account in show.account {
        let new = NewAccount {
            name: account.name,
            display: account.display,
            department: account.department,
            roles: vec![account.role],
            enterprise: first.filter(|_| account.of_enterprise),
            second_factor: false,
        };
        let secret = Secret::new(random());
        park.invite(&actor, &new, &secret)?;
        let password = easy_to_type(random());
        let choice = Choice { link: &secret, name: &new.name, display: &new.display, password: &password };
        let mut salt = [0; 16];
        salt.copy_from_slice(&random()[..16]);
        let chosen = park.choose(&choice, salt, Cost::STATED)?;
        park.keep_choice(&chosen, &actor.from)?;
        let role = setup.library.content.access.roles.get(new.roles[0].as_str());
        made.push(DemoAccount {
            name: new.name,
            display: new.display,
            role: role.map_or_else(|| new.roles[0].clone(), |r| r.title.clone()),
            department: firm.clone().filter(|_| new.enterprise.is_some()).unwrap_or(new.department),
            password,
        });
    }
    Ok(made)
}

/// The enterprise that the demo's enterprise account belongs to.
fn first_enterprise(park: &Park) -> Result<Option<EntryId>, ShowcaseFault> {
    let register = park.library().content.book_with_role("enterprise").map(|book| book.id.clone());
    let snapshot = park.snapshot()?;
    Ok(register.and_then(|id| snapshot.table(&id)?.ids().first().copied()))
}

/// Twelve letters and digits in three groups, none easily taken for another: 60 bits.
fn easy_to_type(random: [u8; 32]) -> String {
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let sign = |byte: &u8| char::from(SIGNS[usize::from(*byte % 32)]);
    let groups = random[..12].chunks(4).map(|group| group.iter().map(sign).collect::<String>());
    groups.collect::<Vec<_>>().join("-")
}

fn finish(
    into: &Path,
    park: &mut Park,
    show: &Show,
    workbooks: PathBuf,
    ledger: PathBuf,
    refused: Vec<String>,
) -> Result<Showcase, ShowcaseFault> {
    let report: ReportId = show.report.as_str().into();
    let finished = park.report(&report, show.period)?;
    let document = into.join(format!("{report}.docx"));
    let evidence = into.join(format!("{report}-evidence.xlsx"));
    write(&document, &finished.built.document)?;
    write(&evidence, &finished.evidence)?;
    let open = park.store().open_findings()?;
    let count = |severity| open.iter().filter(|f| f.finding.severity == severity).count();
    let findings = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    let files = std::fs::read_dir(&workbooks).map_or(0, Iterator::count);
    Ok(Showcase {
        workbooks,
        files,
        maps: Vec::new(),
        ledger,
        revision: park.store().latest_revision()?,
        document,
        evidence,
        slots: finished.built.slots.len(),
        refused,
        findings,
        report_findings: finished.built.findings,
        period: show.period,
        rehearsal: None,
    })
}

fn show(setup: &Setup) -> Result<Show, ShowcaseFault> {
    toml::from_str(&setup.library.text("demo/show.toml")).map_err(|e| ShowcaseFault::Show(e.to_string()))
}

fn empty(into: &Path) -> Result<(), ShowcaseFault> {
    let occupied = std::fs::read_dir(into).is_ok_and(|mut entries| entries.next().is_some());
    if occupied { Err(ShowcaseFault::NotEmpty(into.to_owned())) } else { Ok(()) }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), ShowcaseFault> {
    let fault = |source| ShowcaseFault::Write { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(fault)?;
    }
    std::fs::write(path, bytes).map_err(fault)
}
