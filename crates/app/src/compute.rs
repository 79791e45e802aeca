//! Computing figures for people: by id or title, with names for fields and members, traced to cells.

use std::sync::Arc;

use figures::{Contribution, Engine, Evaluation, FieldPath, Reader, Request, Side, Snapshot};
use model::definition::{Field, FieldKind, Figure, FigureRule};
use model::entry::{OriginTable, OriginTableId, Origins};
use model::finding::Place;
use model::id::{EntryId, FieldId, FigureId, Revision};
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::ledger::{Result, Store, locate};
use crate::park::Park;

/// One cell a value was computed from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TracedCell {
    /// The figure that read it.
    pub figure: String,
    /// Value or base.
    pub side: Side,
    /// The entry.
    pub entry: EntryId,
    /// What the entry is called.
    pub title: String,
    /// The field's title.
    pub field: String,
    /// The stored value in the field's unit.
    pub value: String,
    /// The unit.
    pub unit: String,
    /// The text of the cell when it is not exactly the stored value.
    pub original: String,
    /// File, sheet, cell.
    pub place: Place,
    /// What the entry adds, in the figure's unit.
    pub adds: Option<Decimal>,
}

impl Park {
    /// The figure of an id or Chinese title.
    pub fn find_figure(&self, text: &str) -> Option<&Figure> {
        let figures = &self.library.content.figures;
        figures.get(text).or_else(|| figures.values().find(|f| f.title == text))
    }

    /// A field path of a figure's book, by ids or Chinese titles.
    pub fn find_field(&self, figure: &FigureId, text: &str) -> Option<FieldPath> {
        let content = &self.library.content;
        let mut id = figure.clone();
        let book = loop {
            match &content.figures.get(&id)?.rule {
                FigureRule::Measure { book, .. } | FigureRule::Rank { book, .. } => {
                    break content.books.get(book)?;
                }
                FigureRule::Composite(expr) => id = expr.figures().first()?.clone(),
            }
        };
        let (path, level) = text.split_once('/').map_or((text, String::new()), |(p, l)| (p, format!("/{l}")));
        let (first, second) = path.split_once('.').map_or((path, None), |(a, b)| (a, Some(b)));
        // By id or title; else by the only title that begins so.
        let named = |book: &model::definition::Book, name: &str| -> Option<FieldId> {
            let exact = book.fields.values().find(|f| f.id.as_str() == name || f.title == name);
            let mut begun = book.fields.values().filter(|f| f.title.starts_with(name));
            let only = begun.next().filter(|_| begun.next().is_none());
            exact.or(only).map(|f| f.id.clone())
        };
        if let Some(field) = named(book, first) {
            let of = match second {
                None => String::new(),
                Some(name) => {
                    let target = content.books.get(book.fields.get(&field)?.kind.book()?)?;
                    format!(".{}", named(target, name)?)
                }
            };
            return format!("{field}{of}{level}").parse().ok();
        }
        // A field of the subject's own book may be named alone.
        let subject = book.subject.as_ref()?;
        let target = content.books.get(book.fields.get(subject)?.kind.book()?)?;
        format!("{subject}.{}{level}", named(target, first)?).parse().ok()
    }

    /// What a figure may be broken down by: titles of the choices, flags and references of its book and of its subject's.
    pub fn breakdowns(&self, figure: &FigureId) -> Vec<String> {
        let mut titles: Vec<String> =
            self.breakdown_paths(figure).into_iter().map(|(_, field)| field.title.clone()).collect();
        titles.dedup();
        titles
    }

    /// The same as paths a request takes, each with its field; a choice with levels also by its first.
    pub fn breakdown_paths(&self, figure: &FigureId) -> Vec<(FieldPath, &Field)> {
        let content = &self.library.content;
        let mut id = figure.clone();
        let book = loop {
            match content.figures.get(&id).map(|f| &f.rule) {
                Some(FigureRule::Measure { book, .. }) => break content.books.get(book),
                Some(FigureRule::Composite(value)) => match value.figures().first() {
                    Some(part) => id = (*part).clone(),
                    None => break None,
                },
                Some(FigureRule::Rank { .. }) | None => break None,
            }
        };
        let Some(book) = book else { return Vec::new() };
        let subject = book.subject.as_ref().and_then(|s| {
            let target = content.books.get(book.fields.get(s)?.kind.book()?)?;
            Some((s.clone(), target))
        });
        let own = book.fields.values().map(|f| (f, FieldPath { field: f.id.clone(), of: None, level: None }));
        let through = subject.iter().flat_map(|(subject, target)| {
            let path = |f: &Field| FieldPath { field: subject.clone(), of: Some(f.id.clone()), level: None };
            target.fields.values().map(move |f| (f, path(f)))
        });
        let mut paths = Vec::new();
        for (field, path) in own.chain(through) {
            match &field.kind {
                FieldKind::Choice { choices } if choices.iter().any(|c| c.contains('/')) => {
                    paths.push((FieldPath { level: Some(1), ..path.clone() }, field));
                    paths.push((path, field));
                }
                FieldKind::Choice { .. } | FieldKind::Boolean | FieldKind::Reference { .. } => {
                    paths.push((path, field));
                }
                _ => {}
            }
        }
        paths
    }

    /// Computes a figure at the newest revision.
    ///
    /// # Errors
    /// [`crate::ledger::StoreError`] when the ledger cannot be read.
    pub fn figure(&self, request: &Request) -> Result<Evaluation> {
        Ok(self.figure_on(&*self.snapshot()?, request))
    }

    /// Computes a figure on a snapshot.
    pub fn figure_on(&self, snapshot: &Snapshot, request: &Request) -> Evaluation {
        Engine::new(&self.library.content, snapshot, Reader::COMMITTEE).evaluate(request)
    }

    /// The cells a figure's value and base were computed from.
    ///
    /// # Errors
    /// [`crate::ledger::StoreError`] when the ledger cannot be read.
    pub fn trace(&self, request: &Request) -> Result<Vec<TracedCell>> {
        self.trace_on(&self.snapshot()?, request)
    }

    /// The cells a figure's value and base were computed from on a snapshot.
    ///
    /// # Errors
    /// As [`Park::trace`].
    pub fn trace_on(&self, snapshot: &Arc<Snapshot>, request: &Request) -> Result<Vec<TracedCell>> {
        let contributions = Engine::new(&self.library.content, snapshot, Reader::COMMITTEE).trace(request);
        let origins = EntryOrigins::read(&self.store, &contributions, snapshot.revision())?;
        let mut naming = self.naming_at(snapshot.revision(), Some(Arc::clone(snapshot)));
        let mut cells = Vec::with_capacity(contributions.len());
        for contribution in &contributions {
            let Some((table, row)) =
                snapshot.table(&contribution.book).and_then(|t| Some((t, t.row(contribution.entry)?)))
            else {
                continue;
            };
            let Some(found) = origins.of(contribution.entry) else { continue };
            let title = naming.title(contribution.entry)?;
            for field in &contribution.fields {
                let value = naming.shown(table.value(row, field).as_ref())?;
                let mut cell = self.traced(contribution, field);
                origins.locate(found, field, &mut cell.place);
                cell.original = found.raw.get(field).cloned().unwrap_or_default();
                cells.push(TracedCell { title: title.to_string(), value, ..cell });
            }
        }
        Ok(cells)
    }

    /// A cell with what the content says of it.
    fn traced(&self, contribution: &Contribution, field: &FieldId) -> TracedCell {
        let content = &self.library.content;
        let definition = content.books.get(&contribution.book).and_then(|b| b.field(field));
        TracedCell {
            figure: content.figures.get(&contribution.figure).map_or_else(String::new, |f| f.title.clone()),
            side: contribution.side,
            entry: contribution.entry,
            title: String::new(),
            field: definition.map_or_else(|| field.to_string(), |d| d.title.clone()),
            value: String::new(),
            unit: definition.and_then(|d| d.kind.unit()).map_or_else(String::new, ToString::to_string),
            original: String::new(),
            place: Place::default(),
            adds: contribution.number,
        }
    }
}

/// Where the entries of a trace came from.
struct EntryOrigins {
    entries: FxHashMap<EntryId, Origins>,
    tables: FxHashMap<OriginTableId, Arc<OriginTable>>,
}

impl EntryOrigins {
    /// Two queries, however many entries.
    fn read(store: &Store, contributions: &[Contribution], at: Revision) -> Result<Self> {
        let ids: FxHashSet<EntryId> = contributions.iter().map(|c| c.entry).collect();
        let mut ids: Vec<EntryId> = ids.into_iter().collect();
        // In the order they lie in the ledger.
        ids.sort_unstable();
        let found = store.origins(&ids, at)?;
        let entries: FxHashMap<EntryId, Origins> =
            ids.into_iter().zip(found).filter_map(|(id, origins)| Some((id, origins?))).collect();
        let tables: FxHashSet<OriginTableId> =
            entries.values().flat_map(|o| &o.places).map(|(table, _, _)| *table).collect();
        let tables: Vec<OriginTableId> = tables.into_iter().collect();
        let found = store.origin_tables(&tables)?;
        Ok(Self { entries, tables: tables.into_iter().zip(found).collect() })
    }

    fn of(&self, entry: EntryId) -> Option<&Origins> {
        self.entries.get(&entry)
    }

    fn locate(&self, origins: &Origins, field: &FieldId, place: &mut Place) {
        let Some((table, row)) = origins.place(field) else { return };
        if let Some(table) = self.tables.get(&table) {
            locate(table, row, field, place);
        }
    }
}
