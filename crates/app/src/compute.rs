//! Computing figures for people: by id or title, with names for fields and members, traced to cells.

use std::collections::HashMap;

use figures::{Contribution, Engine, Evaluation, FieldPath, Reader, Request, Side};
use model::definition::{Field, FieldKind, Figure, FigureRule};
use model::entry::{Entry, OriginTable, OriginTableId};
use model::id::{EntryId, FieldId, FigureId};
use rust_decimal::Decimal;

use crate::ledger::{Result, locate};
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
    pub place: model::finding::Place,
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
        let content = &self.library.content;
        let Some(FigureRule::Measure { book, .. }) = content.figures.get(figure).map(|f| &f.rule) else {
            return Vec::new();
        };
        let Some(book) = content.books.get(book) else { return Vec::new() };
        let subject = book.subject.as_ref().and_then(|s| content.books.get(book.fields.get(s)?.kind.book()?));
        let groups = |f: &&Field| {
            matches!(f.kind, FieldKind::Choice { .. } | FieldKind::Boolean | FieldKind::Reference { .. })
        };
        let fields = [Some(book), subject].into_iter().flatten().flat_map(|b| b.fields.values());
        fields.filter(groups).map(|f| f.title.clone()).collect()
    }

    /// Computes a figure at the newest revision.
    ///
    /// # Errors
    /// [`crate::ledger::StoreError`] when the ledger cannot be read.
    pub fn figure(&mut self, request: &Request) -> Result<Evaluation> {
        let snapshot = self.snapshot()?;
        Ok(Engine::new(&self.library.content, &snapshot, Reader::COMMITTEE).evaluate(request))
    }

    /// The cells a figure's value and base were computed from.
    ///
    /// # Errors
    /// [`crate::ledger::StoreError`] when the ledger cannot be read.
    pub fn trace(&mut self, request: &Request) -> Result<Vec<TracedCell>> {
        let snapshot = self.snapshot()?;
        let contributions = Engine::new(&self.library.content, &snapshot, Reader::COMMITTEE).trace(request);
        let mut tables: HashMap<OriginTableId, OriginTable> = HashMap::new();
        let mut titles: HashMap<EntryId, String> = HashMap::new();
        let mut cells = Vec::new();
        for contribution in &contributions {
            let Some(entry) = self.store.entry(contribution.entry)? else { continue };
            let title = match titles.get(&entry.id) {
                Some(title) => title.clone(),
                None => titles.entry(entry.id).or_insert(self.entry_title(entry.id)?).clone(),
            };
            for field in &contribution.fields {
                cells.push(self.traced(contribution, &entry, field, title.clone(), &mut tables)?);
            }
        }
        Ok(cells)
    }

    fn traced(
        &self,
        contribution: &Contribution,
        entry: &Entry,
        field: &FieldId,
        title: String,
        tables: &mut HashMap<OriginTableId, OriginTable>,
    ) -> Result<TracedCell> {
        let content = &self.library.content;
        let definition = content.books.get(&entry.book).and_then(|b| b.field(field));
        let mut place = model::finding::Place::default();
        if let Some((table, row)) = entry.origins.place(field) {
            if let std::collections::hash_map::Entry::Vacant(free) = tables.entry(table)
                && let Some(found) = self.store.origin_tables(&[table])?.into_iter().next()
            {
                free.insert(found);
            }
            if let Some(found) = tables.get(&table) {
                locate(found, row, field, &mut place);
            }
        }
        Ok(TracedCell {
            figure: content.figures.get(&contribution.figure).map_or_else(String::new, |f| f.title.clone()),
            side: contribution.side,
            entry: entry.id,
            title,
            field: definition.map_or_else(|| field.to_string(), |d| d.title.clone()),
            value: self.shown(entry.payload.get(field))?,
            unit: definition.and_then(|d| d.kind.unit()).map_or_else(String::new, ToString::to_string),
            original: entry.origins.raw.get(field).cloned().unwrap_or_default(),
            place,
            adds: contribution.number,
        })
    }
}
