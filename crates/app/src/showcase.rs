//! The demo: a generated park as department workbooks, taken in by the ordinary path, reported on.
//!
//! Nothing here knows what is generated; that is content. Everything goes through the same doors as a clerk's files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::ToSpan as _;
use model::finding::Severity;
use model::id::{ReportId, Revision};
use model::period::Month;
use serde::Deserialize;

use crate::clock::{Clock, FrozenClock};
use crate::demo::{self, DemoFault};
use crate::import::Options;
use crate::intake::IntakeFault;
use crate::ledger::StoreError;
use crate::park::{Park, Setup};
use crate::reporting::ReportingFault;

/// What the demo made and where.
#[derive(Debug)]
pub struct Showcase {
    /// The folder with the workbooks.
    pub workbooks: PathBuf,
    /// How many there are.
    pub files: usize,
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
}

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
    let texts: Vec<(String, String)> = setup
        .library
        .texts_under("demo")
        .into_iter()
        .filter(|(path, _)| path.ends_with(".toml") && !path.ends_with("/show.toml"))
        .collect();
    let park = demo::generate(&texts, seed)?;
    let workbooks = into.join("workbooks");
    let mut opened = None;
    let ledger = into.join("ledger");
    let mut refused = Vec::new();
    for (i, file) in park.files.iter().enumerate() {
        progress(Step { n: i + 1, of: park.files.len(), file: &file.name });
        write(&workbooks.join(&file.name), &file.bytes)?;
        let minute = show.at + i64::try_from(i).unwrap_or(i64::MAX).minutes();
        let clock: Arc<dyn Clock> = Arc::new(FrozenClock(minute));
        let park = match &mut opened {
            None => {
                let setup = Setup { clock, who: show.who.clone(), ..setup.clone() };
                opened.insert(Park::open_or_create(&ledger, setup, || key)?)
            }
            Some(park) => {
                park.set_clock(clock);
                park
            }
        };
        let taken = park.stage_bytes(&file.name, file.bytes.clone(), &Options::default())?;
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
    finish(into, &mut park, &show, workbooks, ledger, refused)
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
        ledger,
        revision: park.store().latest_revision()?,
        document,
        evidence,
        slots: finished.built.slots.len(),
        refused,
        findings,
        report_findings: finished.built.findings,
        period: show.period,
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
