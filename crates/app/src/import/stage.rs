//! Staging: a workbook becomes drafts, changes against the ledger and findings. Nothing is written.
//!
//! Tables are found and read sheet by sheet; then books are taken in an order in which whatever a key refers to comes
//! first, so that returns can name enterprises the same file brings. Deliberately absent: the ledger's own calls (see
//! `view.rs`) and writing (`accept.rs`).

use std::rc::Rc;

use model::content::Content;
use model::entry::{CellPlace, OriginTable};
use model::finding::Severity;
use model::id::{BookId, EntryId, Revision};
use office::sheet::Workbook;
use rustc_hash::FxHashMap;
use store::Result;

use super::assemble;
use super::checks;
use super::draft::{HeldRow, Spot, Staged, TableRead};
use super::heading::row_cells;
use super::identity::{Register, referenced};
use super::plan::{self, Plan, Surroundings};
use super::resolve::Resolver;
use super::rows::{self, Row};
use super::tables::{self, Miss, Names};
use super::together::{Repeat, put_together};
use super::view::LedgerView;
use super::vocabulary::Vocabulary;
use crate::messages::import as say;

/// Which file is staged.
#[derive(Clone, Copy, Debug)]
pub struct SourceName<'a> {
    /// Its name as it was sent.
    pub name: &'a str,
    /// SHA-256 of its bytes, lower-case hex.
    pub digest: &'a str,
}

/// What a person may say about how to stage.
#[derive(Clone, Debug)]
pub struct Options {
    /// Only layouts of this book.
    pub book: Option<BookId>,
    /// Threads for long tables.
    pub threads: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { book: None, threads: 2 }
    }
}

/// A workbook under way from cells to drafts.
pub(super) struct Work<'c> {
    pub words: &'c Vocabulary<'c>,
    pub workbook: &'c Workbook,
    pub source: SourceName<'c>,
    pub plans: Vec<Plan<'c>>,
    /// Rows of each plan.
    pub rows: Vec<Vec<Row>>,
    pub registers: FxHashMap<BookId, Register>,
    pub threads: usize,
    /// Findings of each sheet; the last list is the file's own.
    pub spots: Vec<Vec<Spot>>,
    /// The numbers from the first to the second (without it) are reserved for this file's new entries.
    pub reserved_from: EntryId,
    pub next: EntryId,
    /// Rows that only repeat others.
    pub repeats: Vec<Repeat>,
    pub staged: Staged,
}

impl Work<'_> {
    /// Adds a finding to a plan's sheet.
    pub fn tell(&mut self, plan: usize, spot: Spot) {
        let sheet = self.plans[plan].sheet;
        self.spots[sheet].push(spot);
    }

    /// Holds a row back.
    pub fn hold(&mut self, plan: usize, row: u32) {
        let plan = &self.plans[plan];
        let sheet = self.workbook.sheets[plan.sheet].name.clone();
        self.staged.held.push(HeldRow { sheet, row: row + 1, book: plan.known.book.id.clone() });
    }
}

/// Stages a workbook against a ledger.
///
/// # Errors
/// Only those of the ledger; whatever is wrong with the file is a finding.
pub fn stage(
    content: &Content,
    ledger: &dyn LedgerView,
    source: SourceName<'_>,
    workbook: &Workbook,
    options: &Options,
) -> Result<Staged> {
    Desk::new(content).stage(ledger, source, workbook, options)
}

/// A place to stage many files in a row: keeps what does not change from one to the next.
pub struct Desk<'c> {
    content: &'c Content,
    words: FxHashMap<Option<BookId>, Rc<Vocabulary<'c>>>,
    registers: FxHashMap<BookId, Register>,
    revision: Revision,
}

impl<'c> Desk<'c> {
    /// An empty desk.
    pub fn new(content: &'c Content) -> Self {
        Self { content, words: FxHashMap::default(), registers: FxHashMap::default(), revision: Revision(0) }
    }

    /// Stages a workbook against a ledger – the same one each time, at whatever revision it is by then.
    ///
    /// # Errors
    /// Only those of the ledger; whatever is wrong with the file is a finding.
    pub fn stage(
        &mut self,
        ledger: &dyn LedgerView,
        source: SourceName<'_>,
        workbook: &Workbook,
        options: &Options,
    ) -> Result<Staged> {
        let revision = ledger.revision()?;
        if revision != self.revision && !self.registers.is_empty() {
            for book in ledger.changed_since(self.revision)? {
                self.registers.remove(&book);
            }
        }
        self.revision = revision;
        let words = self.words.entry(options.book.clone());
        let words = words.or_insert_with(|| Rc::new(Vocabulary::new(self.content, options.book.as_ref())));
        let words = Rc::clone(words);
        let registers = std::mem::take(&mut self.registers);
        let (staged, registers) = stage_with(&words, registers, ledger, source, workbook, options)?;
        self.registers = registers;
        self.registers.retain(|_, register| !register.introduced);
        Ok(staged)
    }
}

fn stage_with(
    words: &Vocabulary<'_>,
    registers: FxHashMap<BookId, Register>,
    ledger: &dyn LedgerView,
    source: SourceName<'_>,
    workbook: &Workbook,
    options: &Options,
) -> Result<(Staged, FxHashMap<BookId, Register>)> {
    let next = ledger.next_entry()?;
    let mut work = Work {
        words,
        workbook,
        source,
        plans: Vec::new(),
        rows: Vec::new(),
        threads: options.threads,
        registers,
        spots: vec![Vec::new(); workbook.sheets.len() + 1],
        reserved_from: next,
        next,
        repeats: Vec::new(),
        staged: Staged {
            file: source.name.to_owned(),
            digest: source.digest.to_owned(),
            known: ledger.taken_in(source.digest)?,
            ..Staged::default()
        },
    };
    read_sheets(&mut work, options);
    origin_tables(&mut work);
    load_registers(&mut work, ledger)?;
    assemble::drafts(&mut work, ledger)?;
    checks::run(&mut work, ledger)?;
    assemble::drop_dangling(&mut work);
    let registers = std::mem::take(&mut work.registers);
    Ok((finish(work), registers))
}

fn read_sheets(work: &mut Work<'_>, options: &Options) {
    let stem = work.source.name.rsplit_once('.').map_or(work.source.name, |(stem, _)| stem);
    let mut misses: Vec<(usize, Option<Miss>)> = Vec::new();
    for (index, sheet) in work.workbook.sheets.iter().enumerate() {
        let names = Names { file: work.source.name, sheet: &sheet.name, forced: options.book.is_some() };
        if sheet.cells.is_empty() {
            continue;
        }
        let found = tables::find(work.words, sheet, names);
        if sheet.hidden {
            if !found.tables.is_empty() {
                let said = say::hidden_sheet(&sheet.name);
                work.spots[index].push(Spot::sheet("hidden-sheet", Severity::Warning, said));
            }
            work.staged.ignored.push(sheet.name.clone());
            continue;
        }
        let any = !found.tables.is_empty() || !found.spots.is_empty();
        work.spots[index].extend(found.spots);
        for table in found.tables {
            let around = Surroundings { sheet, index, file_stem: stem };
            let Some(plan) = plan::plan(work.words, &around, table, &mut work.spots[index]) else { continue };
            let reading = rows::read(work.words, &plan, sheet, options.threads);
            work.spots[index].extend(reading.spots);
            work.staged.read.push(TableRead {
                sheet: sheet.name.clone(),
                area: plan::area(&plan, reading.last),
                layout: plan.known.layout.id.clone(),
                book: plan.known.book.id.clone(),
                rows: reading.rows.len(),
                period: plan.period.as_ref().filter(|_| plan.months.is_empty()).map(|p| p.value.to_string()),
                heading_rows: (plan.table.top + 1, plan.table.bottom + 1),
                columns: plan::columns_read(&plan),
            });
            work.plans.push(plan);
            work.rows.push(reading.rows);
        }
        if any {
            misses.extend(found.misses.into_iter().map(|m| (index, Some(m))));
        } else {
            work.staged.ignored.push(sheet.name.clone());
            let nearest = found.misses.into_iter().max_by_key(|m| (m.ambiguous.len(), m.agreed));
            misses.push((index, nearest));
        }
    }
    tell_misses(work, misses);
}

/// Says which sheets and heading rows fit no layout. Where nothing at all was read these are errors.
fn tell_misses(work: &mut Work<'_>, misses: Vec<(usize, Option<Miss>)>) {
    let nothing = work.plans.is_empty();
    for (index, miss) in misses {
        let sheet = &work.workbook.sheets[index];
        let title = |layout: u16| work.words.layouts[usize::from(layout)].layout.title.clone();
        let spot = match miss {
            Some(miss) if !miss.ambiguous.is_empty() => {
                let said = say::layouts_equal(&miss.ambiguous.iter().map(|l| title(*l)).collect::<Vec<_>>());
                Spot::cell(miss.row, miss.col, "layout-ambiguous", Severity::Error, said)
            }
            Some(Miss { nearest: Some((layout, missing)), row, col, headings, agreed, .. }) => {
                let severity = if nothing || agreed >= 3 { Severity::Error } else { Severity::Warning };
                let said = say::no_layout(&headings, Some((&title(layout), &missing)));
                Spot::cell(row, col, "layout-missing", severity, said)
            }
            _ => {
                let severity = if nothing { Severity::Error } else { Severity::Note };
                let (row, headings) = likely_headings(sheet);
                Spot::cell(row, 0, "layout-missing", severity, say::no_layout(&headings, None))
            }
        };
        work.spots[index].push(spot);
    }
    if nothing && work.spots.iter().all(Vec::is_empty) {
        let file = work.spots.len() - 1;
        work.spots[file].push(Spot::sheet("no-tables", Severity::Error, say::no_tables()));
    }
}

/// The row with the most texts among the first, as what a person would call the headings.
pub(super) fn likely_headings(sheet: &office::sheet::Sheet) -> (u32, Vec<String>) {
    let mut best: (u32, Vec<String>) = (0, Vec::new());
    for (row, _) in sheet.row_iter().take(12) {
        let texts = row_cells(sheet, row).iter().filter_map(|c| sheet.text(c)).map(model::text::squeeze);
        let texts: Vec<String> = texts.collect();
        if texts.len() > best.1.len() {
            best = (row, texts);
        }
    }
    best
}

/// One table of origins per table of the file, and per month of a wide one. Variants of single rows are added later.
fn origin_tables(work: &mut Work<'_>) {
    for plan in &work.plans {
        let sheet = &work.workbook.sheets[plan.sheet];
        let csv = work.workbook.kind == office::sheet::FileKind::Csv;
        let columns: Vec<Option<u16>> = if plan.months.is_empty() {
            vec![None]
        } else {
            plan.months.iter().map(|m| Some(m.column)).collect()
        };
        for month in columns {
            let mut places = plan.places();
            if let Some(month) = month {
                let column = &plan.columns[usize::from(month)];
                places[usize::from(column.slot)] =
                    Some(CellPlace::Column(office::sheet::column_letters(column.col)));
                if let Some(time) = plan.time {
                    // The month's own heading says which month it is.
                    let (row, col) = column.heading;
                    places[usize::from(time)] = Some(CellPlace::Cell(office::sheet::a1(row, col)));
                }
            }
            work.staged.tables.push(OriginTable {
                source: work.source.digest.to_owned(),
                file: work.source.name.to_owned(),
                sheet: if csv { String::new() } else { sheet.name.clone() },
                fields: plan.slots.iter().cloned().zip(places).filter_map(|(f, p)| Some((f, p?))).collect(),
            });
        }
    }
}

/// Indexes every book that this file's books refer to, unless the desk has it.
fn load_registers(work: &mut Work<'_>, ledger: &dyn LedgerView) -> Result<()> {
    let books: Vec<BookId> = work.plans.iter().map(|p| p.known.book.id.clone()).collect();
    for book in referenced(work.words.content, &books) {
        if !work.registers.contains_key(&book.id) {
            let mut register = Register::new(book);
            for entry in ledger.heads(&book.id)? {
                register.add(entry.id, entry.payload);
            }
            work.registers.insert(book.id.clone(), register);
        }
        if let Some(register) = work.registers.get_mut(&book.id) {
            register.decisions = ledger.decisions(&book.id)?;
        }
    }
    Ok(())
}

/// Resolves the given reference fields of a plan's rows: those of the key, or all others.
pub(super) fn resolve(work: &mut Work<'_>, plan: usize, of_key: bool) {
    let references = work.plans[plan].references();
    for (slot, columns) in references {
        let planned = &work.plans[plan];
        let field = planned.columns[usize::from(columns[0])].field;
        if planned.known.book.key.contains(&field.id) != of_key {
            continue;
        }
        let Some(target) = field.kind.book() else { continue };
        let Some(register) = work.registers.get_mut(target) else { continue };
        let sheet = &work.workbook.sheets[planned.sheet];
        let mut resolver = Resolver::new(work.words, planned, sheet, slot, columns);
        for row in work.rows[plan].iter_mut().filter(|r| !r.held) {
            resolver.row(register, row);
        }
        resolver.tell(work.source.name, &sheet.name, &mut work.spots[planned.sheet], &mut work.staged.queue);
    }
}

fn finish(work: Work<'_>) -> Staged {
    let mut staged = work.staged;
    let file = work.source.name;
    for (index, mut spots) in work.spots.into_iter().enumerate() {
        let name = work.workbook.sheets.get(index).map_or("", |s| s.name.as_str());
        spots.sort_by(|a, b| (a.at, &a.code, &a.said).cmp(&(b.at, &b.code, &b.said)));
        put_together(&mut spots);
        staged.findings.extend(spots.into_iter().map(|s| s.finding(file, name)));
    }
    staged.held.sort_by(|a, b| (&a.sheet, a.row, &a.book).cmp(&(&b.sheet, b.row, &b.book)));
    staged.held.dedup();
    if !staged.queue.is_empty() {
        let there: rustc_hash::FxHashSet<EntryId> = staged.drafts.iter().map(|d| d.entry).collect();
        staged.queue.retain(|c| c.candidate < work.reserved_from || there.contains(&c.candidate));
    }
    staged.queue.dedup_by(|a, b| a.book == b.book && a.written == b.written && a.candidate == b.candidate);
    if let Some(revision) = staged.known {
        let said = say::already_taken_in(revision, staged.changes_anything());
        staged.findings.push(Spot::sheet("file-known", Severity::Note, said).finding(file, ""));
    }
    if work.workbook.has_macros {
        let said = say::macros_not_kept();
        staged.findings.push(Spot::sheet("macros", Severity::Note, said).finding(file, ""));
    }
    staged
}
