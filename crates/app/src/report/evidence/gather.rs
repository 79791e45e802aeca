//! Which entries stand behind which slots, and where their values came from.
//!
//! Slots that ask the same question share one list of entries. Where a whole report has more rows than a person or a
//! workbook can use, each list keeps its largest contributions and says what it left out.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use figures::{Contribution, Engine, Request, Side, Snapshot};
use indexmap::{IndexMap, IndexSet};
use model::content::Content;
use model::definition::{Book, BookKind, ExclusionRule};
use model::entry::{CellPlace, Entry, OriginTable, OriginTableId};
use model::id::{BookId, EntryId, ExclusionId, FieldId};
use model::value::Value;
use rust_decimal::Decimal;

use super::super::answers::first_target;
use super::super::ask::Part;
use super::super::matter::Known;
use super::super::records::{SlotRecord, SlotSubject};
use super::super::{Built, ReportInput, messages};
use super::{EvidenceSource, SourceFault, SourceNote};

/// Most rows of the sheet of entries.
const MAX_ROWS: usize = 200_000;
/// The role of the book that holds targets, and its fields that a target is read from (`content/README.md`, Roles).
const TARGETS: &str = "target";
const TARGET_FIELDS: [&str; 2] = ["value", "last_year_value"];
/// Rows a list keeps at least when the whole is cut.
const LEAST_ROWS: usize = 50;

/// Everything the workbook shows besides the report itself.
pub(super) struct Trail {
    /// For each slot the list of its entries.
    pub lists: Vec<Option<usize>>,
    /// The lists, in the order in which slots first ask for them.
    pub groups: Vec<List>,
    /// The source files with how many rows of them were used.
    pub sources: Vec<(SourceNote, usize)>,
}

/// The entries behind one question.
pub(super) struct List {
    /// What was asked: the figure's title.
    pub title: String,
    /// For which period.
    pub period: String,
    /// The cells.
    pub rows: Vec<Row>,
    /// Entries not shown and what they add.
    pub left_out: Option<(usize, Decimal)>,
    /// Entries the reader may not see one by one; what they add is not told either.
    pub hidden: usize,
}

/// One cell behind a value.
#[derive(Clone)]
pub(super) struct Row {
    pub use_: &'static str,
    pub book: String,
    pub entry: String,
    pub field: String,
    pub value: Option<Value>,
    pub shown: String,
    pub unit: String,
    pub adds: Option<Decimal>,
    pub file: String,
    pub sheet: String,
    pub cell: String,
    pub raw: String,
    pub digest: String,
    pub revision: String,
}

/// A question that has a list of its own.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Question {
    Figure(Request),
    Mom(Request),
    Target(Request),
    Exclusion(ExclusionId, Request),
    Fact(Arc<Known>),
}

struct Asked {
    title: String,
    period: String,
    found: Vec<Contribution>,
    left_out: Option<(usize, Decimal)>,
    hidden: usize,
}

pub(super) fn trail(
    built: &Built,
    engine: &Engine<'_>,
    input: &ReportInput<'_>,
    ledger: &dyn EvidenceSource,
    visible: &dyn Fn(&BookId) -> bool,
) -> Result<Trail, SourceFault> {
    let content = &input.library.content;
    let mut asked: IndexMap<Question, Asked> = IndexMap::new();
    let lists = built.slots.iter().map(|slot| {
        let question = question(slot)?;
        if let Some(known) = asked.get_index_of(&question) {
            return Some(known);
        }
        let mut found = contributions(&question, engine, input);
        let all: IndexSet<EntryId> = found.iter().map(|c| c.entry).collect();
        found.retain(|contribution| visible(&contribution.book));
        let shown: IndexSet<EntryId> = found.iter().map(|c| c.entry).collect();
        let hidden = all.len() - shown.len();
        let period = slot.period.map(model::wording::number::say_period_of_year).unwrap_or_default();
        let new = Asked { title: slot.title.clone(), period, found, left_out: None, hidden };
        Some(asked.insert_full(question, new).0)
    });
    let lists: Vec<Option<usize>> = lists.collect();
    limit(&mut asked);
    let origins = Origins::read(asked.values(), input, ledger)?;
    let names = Names { content, snapshot: input.snapshot };
    let mut used: BTreeMap<String, IndexSet<(String, EntryId)>> = BTreeMap::new();
    let groups = asked.into_values().map(|asked| {
        let rows = asked.found.iter().flat_map(|c| rows(c, &names, &origins, &mut used)).collect();
        List {
            title: asked.title,
            period: asked.period,
            rows,
            left_out: asked.left_out,
            hidden: asked.hidden,
        }
    });
    let groups = groups.collect();
    let digests: Vec<String> = used.keys().cloned().collect();
    let mut sources = ledger.sources(&digests)?;
    sources.sort_by(|a, b| (&a.name, &a.digest).cmp(&(&b.name, &b.digest)));
    let counted = |note: SourceNote| {
        let rows = used.get(&note.digest).map_or(0, IndexSet::len);
        (note, rows)
    };
    Ok(Trail { lists, groups, sources: sources.into_iter().map(counted).collect() })
}

/// The question behind a slot, if entries stand behind it.
fn question(slot: &SlotRecord) -> Option<Question> {
    match &slot.subject {
        SlotSubject::Report => None,
        SlotSubject::Fact(known) => known.fact.has_entries().then(|| Question::Fact(Arc::clone(known))),
        SlotSubject::Exclusion { id, request } => Some(Question::Exclusion(id.clone(), (**request).clone())),
        SlotSubject::Figure { request, row } => {
            let part = Part::named(slot.piece)?;
            if part.is_time() {
                return None;
            }
            let mut request = Request { by: None, ..(**request).clone() };
            if let Some((path, name)) = row.clone() {
                request.only.push((path, name));
            }
            Some(match part {
                Part::Mom => Question::Mom(request),
                Part::Target | Part::LastTarget | Part::Completion => Question::Target(request),
                _ => Question::Figure(request),
            })
        }
    }
}

/// The entries behind one slot, as the evidence lists them.
pub(crate) fn behind(slot: &SlotRecord, engine: &Engine<'_>, input: &ReportInput<'_>) -> Vec<Contribution> {
    question(slot).map(|question| contributions(&question, engine, input)).unwrap_or_default()
}

fn contributions(question: &Question, engine: &Engine<'_>, input: &ReportInput<'_>) -> Vec<Contribution> {
    match question {
        Question::Figure(request) => engine.trace(request),
        Question::Mom(request) => month_on_month(request, engine),
        Question::Target(request) => target(request, engine, input),
        Question::Exclusion(id, request) => members(id, request, engine, input),
        Question::Fact(known) => known.fact.behind(engine),
    }
}

/// The entries of a window and of the one before it.
fn month_on_month(request: &Request, engine: &Engine<'_>) -> Vec<Contribution> {
    let change = engine.month_on_month(request);
    let mut found = Vec::new();
    for (period, side) in [(change.period, Side::Current), (change.before, Side::Prior)] {
        let asked = Request { at: period.end, exact: true, window: Some(period.window), ..request.clone() };
        let current = engine.trace(&asked).into_iter().filter(|c| c.side == Side::Current);
        found.extend(current.map(|c| Contribution { side, ..c }));
    }
    found
}

/// The entry that sets a target, and those of what has been reached.
fn target(request: &Request, engine: &Engine<'_>, input: &ReportInput<'_>) -> Vec<Contribution> {
    let Some(book) = input.library.content.book_with_role(TARGETS) else { return vec![] };
    let chosen = first_target(engine.targets(request));
    let set = chosen.into_iter().map(|target| Contribution {
        figure: request.figure.clone(),
        side: Side::Current,
        book: book.id.clone(),
        entry: target.entry,
        fields: TARGET_FIELDS
            .map(FieldId::from)
            .into_iter()
            .filter(|id| book.fields.contains_key(id))
            .collect(),
        number: target.target.number(),
    });
    let done = engine.trace(request).into_iter().filter(|c| c.side == Side::Current);
    set.chain(done).collect()
}

/// The entries that put the members into a set: the list's own, or the values that made them the largest.
fn members(
    id: &ExclusionId,
    request: &Request,
    engine: &Engine<'_>,
    input: &ReportInput<'_>,
) -> Vec<Contribution> {
    let content = &input.library.content;
    let chosen: Vec<EntryId> = engine.evaluate(request).basis.excluded.iter().map(|m| m.entry).collect();
    match content.exclusions.get(id).map(|set| &set.rule) {
        Some(ExclusionRule::Named { book, member, .. }) => {
            let Some(table) = input.snapshot.table(book) else { return vec![] };
            let rows = (0..).zip(table.ids()).filter(|(row, _)| {
                table
                    .value(*row, member)
                    .and_then(|value| value.as_entry())
                    .is_some_and(|e| chosen.contains(&e))
            });
            let one = |(_, entry): (u32, &EntryId)| Contribution {
                figure: request.figure.clone(),
                side: Side::Current,
                book: book.clone(),
                entry: *entry,
                fields: vec![member.clone()],
                number: None,
            };
            rows.map(one).collect()
        }
        Some(ExclusionRule::Top { figure, .. }) => {
            let asked = Request { figure: figure.clone(), exclude: vec![], by: None, ..request.clone() };
            let of_member = |c: &Contribution| {
                let subject = content.books.get(&c.book).and_then(|book| book.subject.as_ref());
                let value = input
                    .snapshot
                    .table(&c.book)
                    .zip(subject)
                    .and_then(|(table, subject)| table.value(table.row(c.entry)?, subject)?.as_entry());
                value.is_some_and(|entry| chosen.contains(&entry))
            };
            engine.trace(&asked).into_iter().filter(of_member).collect()
        }
        None => vec![],
    }
}

/// Cuts the lists when the whole is too long.
fn limit(asked: &mut IndexMap<Question, Asked>) {
    let rows = |c: &Contribution| c.fields.len().max(1);
    let total: usize = asked.values().flat_map(|a| &a.found).map(rows).sum();
    if total <= MAX_ROWS {
        return;
    }
    let each = (MAX_ROWS / asked.len().max(1)).max(LEAST_ROWS);
    for asked in asked.values_mut() {
        if asked.found.iter().map(rows).sum::<usize>() <= each {
            continue;
        }
        asked.found.sort_by_key(|c| std::cmp::Reverse(c.number.unwrap_or_default().abs()));
        let mut kept = 0;
        let fits = asked.found.iter().take_while(|c| {
            kept += rows(c);
            kept <= each
        });
        let cut = asked.found.split_off(fits.count());
        asked.left_out = Some((cut.len(), cut.iter().filter_map(|c| c.number).sum()));
    }
}

/// What the ledger says about where the entries came from.
struct Origins {
    entries: HashMap<EntryId, Entry>,
    tables: HashMap<OriginTableId, OriginTable>,
}

impl Origins {
    fn read<'a>(
        asked: impl Iterator<Item = &'a Asked>,
        input: &ReportInput<'_>,
        ledger: &dyn EvidenceSource,
    ) -> Result<Self, SourceFault> {
        let ids: IndexSet<EntryId> = asked.flat_map(|a| &a.found).map(|c| c.entry).collect();
        let ids: Vec<EntryId> = ids.into_iter().collect();
        let entries = ledger.entries(&ids, input.snapshot.revision())?;
        let tables: IndexSet<OriginTableId> =
            entries.iter().flat_map(|e| &e.origins.places).map(|(table, _, _)| *table).collect();
        let tables: Vec<OriginTableId> = tables.into_iter().collect();
        Ok(Self {
            entries: entries.into_iter().map(|entry| (entry.id, entry)).collect(),
            tables: ledger.tables(&tables)?.into_iter().collect(),
        })
    }
}

fn rows(
    contribution: &Contribution,
    names: &Names<'_>,
    origins: &Origins,
    used: &mut BTreeMap<String, IndexSet<(String, EntryId)>>,
) -> Vec<Row> {
    let Some(book) = names.content.books.get(&contribution.book) else { return vec![] };
    let entry = origins.entries.get(&contribution.entry);
    // Counting reads no field: then the field that names the entry stands for it.
    let naming = || book.display.clone().or_else(|| book.key.first().cloned());
    let fields: Vec<FieldId> = match contribution.fields.as_slice() {
        [] => naming().into_iter().collect(),
        fields => fields.to_vec(),
    };
    let row = |(index, field): (usize, &FieldId)| {
        let value = names.value(&book.id, contribution.entry, field);
        let mut row = Row {
            use_: match contribution.side {
                Side::Current => messages::CURRENT,
                Side::Prior => messages::PRIOR,
            },
            book: book.title.clone(),
            entry: names.entry(book, contribution.entry),
            field: book.fields.get(field).map_or_else(|| field.to_string(), |f| f.title.clone()),
            shown: value.as_ref().map(|value| names.shown(value)).unwrap_or_default(),
            value,
            unit: book
                .fields
                .get(field)
                .and_then(|f| f.kind.unit())
                .map(ToString::to_string)
                .unwrap_or_default(),
            adds: contribution.number.filter(|_| index == 0),
            file: String::new(),
            sheet: String::new(),
            cell: messages::BY_HAND.to_owned(),
            raw: String::new(),
            digest: String::new(),
            revision: entry.map(|entry| entry.revision.to_string()).unwrap_or_default(),
        };
        if let Some(entry) = entry {
            place(&mut row, entry, field, origins, used);
        }
        row
    };
    // An empty cell adds nothing; an entry of nothing but empty cells still shows that it was counted.
    let mut rows: Vec<Row> = fields.iter().enumerate().map(row).collect();
    if rows.iter().any(|row| row.value.is_some()) {
        rows.retain(|row| row.value.is_some());
    }
    rows
}

fn place(
    row: &mut Row,
    entry: &Entry,
    field: &FieldId,
    origins: &Origins,
    used: &mut BTreeMap<String, IndexSet<(String, EntryId)>>,
) {
    row.raw = entry.origins.raw.get(field).cloned().unwrap_or_default();
    let Some((table, number)) = entry.origins.place(field) else { return };
    let Some(table) = origins.tables.get(&table) else { return };
    used.entry(table.source.clone()).or_default().insert((table.sheet.clone(), entry.id));
    row.file.clone_from(&table.file);
    row.sheet.clone_from(&table.sheet);
    row.digest = table.source.chars().take(12).collect();
    row.cell = match table.fields.get(field) {
        Some(CellPlace::Column(column)) => format!("{column}{number}"),
        Some(CellPlace::Cell(cell)) => cell.clone(),
        Some(CellPlace::SheetName) => messages::SHEET_NAME.to_owned(),
        Some(CellPlace::FileName) => messages::FILE_NAME.to_owned(),
        Some(CellPlace::Layout) => messages::LAYOUT.to_owned(),
        Some(CellPlace::Typed) => crate::messages::books::TYPED.to_owned(),
        Some(CellPlace::Reported) => crate::messages::books::REPORTED.to_owned(),
        None => messages::row_only(number),
    };
}

/// Names of entries as people know them.
struct Names<'a> {
    content: &'a Content,
    snapshot: &'a Snapshot,
}

impl Names<'_> {
    fn value(&self, book: &BookId, entry: EntryId, field: &FieldId) -> Option<Value> {
        let table = self.snapshot.table(book)?;
        table.value(table.row(entry)?, field)
    }

    /// An entry: a register's display field, else what its key says.
    fn entry(&self, book: &Book, entry: EntryId) -> String {
        let display = book.display.as_ref().filter(|_| book.kind == BookKind::Register);
        let fields = display.map_or(book.key.as_slice(), std::slice::from_ref);
        let parts = fields.iter().filter_map(|field| self.value(&book.id, entry, field));
        let name = parts.map(|value| self.shown(&value)).collect::<Vec<_>>().join(" ");
        if name.is_empty() { format!("#{entry}") } else { name }
    }

    /// A value, with references as names.
    fn shown(&self, value: &Value) -> String {
        let name = |id: &EntryId| {
            let found = self.snapshot.find(*id).and_then(|(table, row)| {
                let book = self.content.books.get(table.book())?;
                let field = book.display.as_ref().or(book.key.first())?;
                Some(table.value(row, field)?.to_string())
            });
            found.unwrap_or_else(|| format!("#{id}"))
        };
        match value {
            Value::Entry(id) => name(id),
            Value::Entries(ids) => model::wording::number::join(&ids.iter().map(name).collect::<Vec<_>>()),
            other => other.to_string(),
        }
    }
}
