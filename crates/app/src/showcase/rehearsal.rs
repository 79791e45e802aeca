//! The demo's last act: a report is built, its prose rewritten as a person would, a return corrected, the document refreshed,
//! audited and published; then one more correction shows in the revision table.
//!
//! It plays on a copy of the ledger, so that the demo's own says what its workbooks say. Which figures are corrected and which
//! words change is content (`demo/show.toml`).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use figures::{Request, Side};
use jiff::ToSpan as _;
use model::id::{EntryId, FigureId, ReportId};
use model::period::Month;
use office::docx::Change;
use rust_decimal::Decimal;
use serde::Deserialize;
use store::Store;

use super::{ShowcaseFault, write};
use crate::access::Actor;
use crate::books::{Edit, edit};
use crate::clock::{Clock, FrozenClock};
use crate::park::{Park, Setup};
use crate::publishing::{ChangeOfSlot, PublicationView, Publishing};
use crate::report::audit::{Audited, Verdict};
use crate::report::refresh::{RefreshRequest, Refreshed};
use crate::report::{ReportFault, TAGS};
use crate::reporting::ReportingFault;

/// What the last act plays.
#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct Play {
    /// Figures behind which an entry is corrected: before the refresh, after the publication.
    correct: [FigureId; 2],
    /// Words and what a person writes instead.
    prose: Vec<[String; 2]>,
    /// Why the returns are corrected.
    why: String,
    /// What the publisher says.
    note: String,
}

/// What the last act showed.
#[derive(Debug)]
pub struct Rehearsed {
    /// The folder with the documents and the copy of the ledger.
    pub folder: PathBuf,
    /// Places of the prose that were rewritten.
    pub rewritten: usize,
    /// What the refresh did.
    pub refreshed: Refreshed,
    /// What the audit of the refreshed document found.
    pub audited: Audited,
    /// The publication.
    pub publication: PublicationView,
    /// The revision table after one more correction.
    pub revisions: Vec<ChangeOfSlot>,
}

impl Rehearsed {
    /// Numbers the audit found to be other than the ledger's.
    pub fn contradicted(&self) -> usize {
        self.audited.count(Verdict::Contradicted)
    }
}

/// Plays the last act in `folder`, on a copy of a park's ledger.
pub(super) fn play(
    folder: &Path,
    original: &Park,
    setup: &Setup,
    play: &Play,
    (report, period, at): (&ReportId, Month, jiff::Timestamp),
) -> Result<Rehearsed, ShowcaseFault> {
    let mut park = copy(folder, original, setup)?;
    let actor = Actor::local(&original.who);
    let hour = |hours: i64| -> Arc<dyn Clock> { Arc::new(FrozenClock(at + hours.hours())) };
    let built = park.document(report, period)?;
    write(&folder.join("1-built.docx"), &built.document)?;
    let (edited, rewritten) = rewrite(&park, &built.document, &play.prose)?;
    write(&folder.join("2-edited.docx"), &edited)?;
    park.set_clock(hour(1));
    correct(&mut park, &actor, &play.correct[0], period, &play.why)?;
    let refreshed = park.refresh(&edited, &RefreshRequest::default(), &actor)?;
    write(&folder.join("3-refreshed.docx"), &refreshed.document)?;
    let read = park.read_document(&refreshed.document)?;
    let audited = park.audit(&read, Some(period), &actor)?;
    write(&folder.join("4-audited.docx"), &park.annotated(&refreshed.document, &audited)?)?;
    park.set_clock(hour(2));
    let publishing = Publishing::new();
    let publication = publishing.publish(&mut park, &actor, (report, period).into(), &play.note)?;
    park.set_clock(hour(3));
    correct(&mut park, &actor, &play.correct[1], period, &play.why)?;
    let revisions = publishing.changes(&park, &actor, publication.id)?.items;
    Ok(Rehearsed { folder: folder.to_owned(), rewritten, refreshed, audited, publication, revisions })
}

/// A copy of the ledger, through a backup like any other.
fn copy(folder: &Path, original: &Park, setup: &Setup) -> Result<Park, ShowcaseFault> {
    std::fs::create_dir_all(folder)
        .map_err(|source| ShowcaseFault::Write { path: folder.to_owned(), source })?;
    let (archive, ledger) = (folder.join("ledger.backup"), folder.join("ledger"));
    original.store().backup(&archive)?;
    Store::restore(&archive, &ledger, &mut |_| ())?;
    std::fs::remove_file(&archive).map_err(|source| ShowcaseFault::Write { path: archive, source })?;
    Ok(Park::open(&ledger, Setup { who: original.who.clone(), ..setup.clone() })?)
}

/// The document with other words, each where it first stands in the prose.
fn rewrite(park: &Park, bytes: &[u8], prose: &[[String; 2]]) -> Result<(Vec<u8>, usize), ShowcaseFault> {
    let refused = |fault| ReportingFault::Report(ReportFault::Document(fault));
    let gone = |fault| ReportingFault::Report(ReportFault::Worker(fault));
    let (live, _) = park.worker.live(bytes.to_vec(), TAGS).map_err(gone)?.map_err(refused)?;
    let change = |[old, new]: &[String; 2]| {
        let mut loose = live.lines.iter().enumerate().flat_map(|(line, text)| {
            text.loose.iter().map(move |(from, to)| (line, *from, &text.text[*from..*to]))
        });
        let (line, from) =
            loose.find_map(|(line, from, text)| Some((line, from + text.find(old.as_str())?)))?;
        Some(Change::Prose { line, from, to: from + old.len(), text: new.clone(), highlight: false })
    };
    let changes: Vec<Change> = prose.iter().filter_map(change).collect();
    let rewritten = changes.len();
    let done = park.worker.splice(bytes.to_vec(), TAGS, changes, String::new());
    Ok((done.map_err(gone)?.map_err(refused)?, rewritten))
}

/// Corrects the largest entry behind a figure: a tenth more.
fn correct(
    park: &mut Park,
    actor: &Actor,
    figure: &FigureId,
    period: Month,
    why: &str,
) -> Result<(), ShowcaseFault> {
    let missing = || ShowcaseFault::Show(format!("nothing stands behind `{figure}`"));
    let (entry, field, value) = {
        let snapshot = park.snapshot()?;
        let engine = figures::Engine::new(&park.library().content, &snapshot, actor.reader());
        let traced = engine.trace(&Request::new(figure.clone(), period));
        let of_now = traced.into_iter().filter(|part| part.side == Side::Current && !part.fields.is_empty());
        let largest = of_now.max_by_key(|part| (part.number.unwrap_or_default().abs(), part.entry));
        let part = largest.ok_or_else(missing)?;
        let table = snapshot.table(&part.book).ok_or_else(missing)?;
        let row = table.row(part.entry).ok_or_else(missing)?;
        let value = table.value(row, &part.fields[0]).and_then(|value| value.as_number());
        (part.entry, part.fields[0].clone(), value.ok_or_else(missing)?)
    };
    let more = (value * Decimal::new(11, 1)).round();
    let values = [(field.to_string(), serde_json::Value::String(more.to_string()))].into();
    let change = Edit { values, why: why.to_owned() };
    let version = version(park, entry)?.ok_or_else(missing)?;
    edit(park, actor, entry, version, &change, None)?;
    Ok(())
}

fn version(park: &Park, entry: EntryId) -> Result<Option<u32>, ShowcaseFault> {
    let at = park.store().latest_revision()?;
    Ok(park.store().entries_at(&[entry], at)?.first().map(|entry| entry.version))
}
