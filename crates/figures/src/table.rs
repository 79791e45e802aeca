//! Tables: one book of a snapshot as columns, its active entries in the order of their time.
//!
//! Rows are sorted by the month of the book's `time` field, then by entry number, so that any window of periods is one
//! range of rows. A correction of a cell touches one column; everything else stays shared with the older snapshot.
//!
//! Deliberately absent: withdrawn entries, history, origins.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use model::definition::Book;
use model::entry::{Entry, EntryState};
use model::id::{BookId, EntryId, FieldId};
use model::period::Month;
use model::value::Value;
use rustc_hash::FxHashMap;

use crate::column::{Column, Filling, index};
use crate::naming::Naming;

/// The month number of an entry without a time.
const TIMELESS: i32 = i32::MIN;
/// More new, moved or withdrawn entries than this are merged in one pass instead of one by one.
const FEW: usize = 16;

/// One book as columns.
#[derive(Clone, Debug)]
pub struct Table {
    book: BookId,
    time: Option<FieldId>,
    ids: Arc<Vec<EntryId>>,
    versions: Arc<Vec<u32>>,
    months: Arc<Vec<i32>>,
    /// Entry numbers in order, each with its row.
    rows: Arc<Vec<(EntryId, u32)>>,
    names: Arc<FxHashMap<FieldId, usize>>,
    columns: Vec<Arc<Column>>,
    /// Who names whom, by column; made when somebody first asks, gone with the next change.
    naming: Vec<OnceLock<Arc<Naming>>>,
}

impl Table {
    /// Lays out the active entries of a book.
    pub fn build(book: &Book, entries: &[Entry]) -> Self {
        let mut active: Vec<(i32, &Entry)> = entries
            .iter()
            .filter(|e| e.state == EntryState::Active && e.book == book.id)
            .map(|e| (month_of(book.time.as_ref(), e), e))
            .collect();
        active.sort_by_key(|(month, e)| (*month, e.id));
        let mut columns = Vec::with_capacity(book.fields.len());
        for field in book.fields.values() {
            let mut filling = Filling::new(&field.kind, active.len());
            for (_, entry) in &active {
                filling.push(entry.payload.get(&field.id));
            }
            columns.push(Arc::new(filling.done()));
        }
        let mut table = Self {
            book: book.id.clone(),
            time: book.time.clone(),
            ids: Arc::new(active.iter().map(|(_, e)| e.id).collect()),
            versions: Arc::new(active.iter().map(|(_, e)| e.version).collect()),
            months: Arc::new(active.iter().map(|(m, _)| *m).collect()),
            rows: Arc::default(),
            names: Arc::new(book.fields.keys().enumerate().map(|(i, f)| (f.clone(), i)).collect()),
            naming: vec![OnceLock::new(); columns.len()],
            columns,
        };
        table.renumber();
        table
    }

    /// The book.
    pub fn book(&self) -> &BookId {
        &self.book
    }

    /// How many active entries.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether the book has no active entry.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The numbers of all rows.
    pub fn rows(&self) -> Range<u32> {
        0..index(self.len())
    }

    /// The entry of each row.
    pub fn ids(&self) -> &[EntryId] {
        &self.ids
    }

    /// The version of each row's entry: what an edit must name.
    pub fn versions(&self) -> &[u32] {
        &self.versions
    }

    /// The row of an entry.
    pub fn row(&self, entry: EntryId) -> Option<u32> {
        self.rows.binary_search_by_key(&entry, |(id, _)| *id).ok().map(|i| self.rows[i].1)
    }

    /// The rows whose field names an entry, ascending.
    pub fn naming(&self, field: &FieldId, entry: EntryId) -> Vec<u32> {
        let Some(column) = self.names.get(field) else { return Vec::new() };
        let naming = self.naming[*column].get_or_init(|| Arc::new(Naming::of(&self.columns[*column])));
        naming.rows(entry).collect()
    }

    /// The first row whose field has this text.
    pub fn row_of_text(&self, field: &FieldId, text: &str) -> Option<u32> {
        let Column::Text(coded) = self.column(field)? else { return None };
        let code = coded.known(&Arc::from(text))?;
        coded.codes().iter().position(|of| *of == code).map(index)
    }

    /// A column.
    pub fn column(&self, field: &FieldId) -> Option<&Column> {
        self.names.get(field).map(|i| &*self.columns[*i])
    }

    /// A cell.
    pub fn value(&self, row: u32, field: &FieldId) -> Option<Value> {
        self.column(field)?.at(row)
    }

    /// The month number of a row's time.
    pub fn month_of_row(&self, row: u32) -> i32 {
        self.months[row as usize]
    }

    /// The month number of each row's time, ascending; the smallest number where it has none.
    pub fn months(&self) -> &[i32] {
        &self.months
    }

    /// The numbers of the rows' periods (see [`crate::column::period_number`]), when its time is a period rather than a date.
    pub fn time_periods(&self) -> Option<&[i32]> {
        match self.column(self.time.as_ref()?)? {
            Column::Period(periods) => Some(periods),
            _ => None,
        }
    }

    /// The rows whose time falls in these months, both included.
    pub fn between(&self, first: Month, last: Month) -> Range<u32> {
        let start = self.months.partition_point(|m| *m < first.ordinal());
        let end = self.months.partition_point(|m| *m <= last.ordinal());
        index(start)..index(end.max(start))
    }

    /// The first and last month any entry has as its time.
    pub fn span(&self) -> Option<(i32, i32)> {
        let first = self.months.iter().find(|m| **m != TIMELESS)?;
        Some((*first, *self.months.last()?))
    }

    /// Without the rows dated after a day: by the date, or by the last day of the period; none where no row is.
    pub fn until(&self, day: Date) -> Option<Self> {
        let time = self.time.as_ref()?;
        let late = |row: u32| match self.value(row, time) {
            Some(Value::Date(date)) => date > day,
            Some(Value::Period(period)) => period.end.last_day() > day,
            _ => false,
        };
        let kept: Vec<u32> = self.rows().filter(|row| !late(*row)).collect();
        if kept.len() == self.len() {
            return None;
        }
        let mut table = self.clone();
        table.ids = Arc::new(kept.iter().map(|row| self.ids[*row as usize]).collect());
        table.versions = Arc::new(kept.iter().map(|row| self.versions[*row as usize]).collect());
        table.months = Arc::new(kept.iter().map(|row| self.months[*row as usize]).collect());
        table.columns = self.columns.iter().map(|column| Arc::new(column.take(&kept))).collect();
        table.renumber();
        Some(table)
    }

    /// Takes over changed entries: each as it is after the change.
    pub fn apply(&mut self, changed: &[&Entry]) {
        let mut moved: Vec<(&Entry, i32)> = Vec::new();
        for entry in changed {
            let month = month_of(self.time.as_ref(), entry);
            let row = self.row(entry.id);
            let stays =
                row.is_some_and(|r| entry.state == EntryState::Active && self.months[r as usize] == month);
            match row {
                Some(row) if stays => self.patch(row, entry),
                None if entry.state == EntryState::Withdrawn => {}
                _ => moved.push((entry, month)),
            }
        }
        if moved.len() > FEW {
            self.merge(&moved);
        } else if !moved.is_empty() {
            for (entry, month) in &moved {
                self.splice(entry, *month);
            }
            self.renumber();
        }
    }

    fn patch(&mut self, row: u32, entry: &Entry) {
        if self.versions[row as usize] != entry.version {
            Arc::make_mut(&mut self.versions)[row as usize] = entry.version;
        }
        for (field, i) in self.names.iter() {
            let value = entry.payload.get(field);
            if !self.columns[*i].holds(row, value) {
                self.naming[*i] = OnceLock::new();
                Arc::make_mut(&mut self.columns[*i]).set(row, value);
            }
        }
    }

    /// Removes the entry's old row, if it has one, and inserts its new one, if it is active.
    fn splice(&mut self, entry: &Entry, month: i32) {
        // The row numbers may be stale while several entries move, the set of entries is not.
        if self.row(entry.id).is_some()
            && let Some(old) = self.ids.iter().position(|id| *id == entry.id)
        {
            Arc::make_mut(&mut self.ids).remove(old);
            Arc::make_mut(&mut self.versions).remove(old);
            Arc::make_mut(&mut self.months).remove(old);
            self.columns.iter_mut().for_each(|c| Arc::make_mut(c).remove(index(old)));
        }
        if entry.state == EntryState::Active {
            let at = self.place(month, entry.id);
            Arc::make_mut(&mut self.ids).insert(at, entry.id);
            Arc::make_mut(&mut self.versions).insert(at, entry.version);
            Arc::make_mut(&mut self.months).insert(at, month);
            for (field, i) in self.names.iter() {
                Arc::make_mut(&mut self.columns[*i]).insert(index(at), entry.payload.get(field));
            }
        }
    }

    fn place(&self, month: i32, id: EntryId) -> usize {
        let start = self.months.partition_point(|m| *m < month);
        let end = self.months.partition_point(|m| *m <= month);
        start + self.ids[start..end].partition_point(|other| *other < id)
    }

    /// Removes and inserts many rows in one pass over each column.
    fn merge(&mut self, moved: &[(&Entry, i32)]) {
        let gone: rustc_hash::FxHashSet<EntryId> = moved.iter().map(|(e, _)| e.id).collect();
        let kept: Vec<u32> =
            (0..index(self.len())).filter(|r| !gone.contains(&self.ids[*r as usize])).collect();
        let new: Vec<&(&Entry, i32)> = moved.iter().filter(|(e, _)| e.state == EntryState::Active).collect();
        let mut order: Vec<(i32, EntryId, u32)> = kept
            .iter()
            .enumerate()
            .map(|(i, r)| (self.months[*r as usize], self.ids[*r as usize], index(i)))
            .chain(new.iter().enumerate().map(|(i, (e, month))| (*month, e.id, index(kept.len() + i))))
            .collect();
        order.sort_unstable();
        let sorted: Vec<u32> = order.iter().map(|(_, _, at)| *at).collect();
        for (field, i) in self.names.iter() {
            let mut column = self.columns[*i].take(&kept);
            for (entry, _) in &new {
                column.insert(index(column_len(&column)), entry.payload.get(field));
            }
            self.columns[*i] = Arc::new(column.take(&sorted));
        }
        let mut versions: Vec<u32> = kept.iter().map(|r| self.versions[*r as usize]).collect();
        versions.extend(new.iter().map(|(e, _)| e.version));
        self.versions = Arc::new(sorted.iter().map(|at| versions[*at as usize]).collect());
        self.ids = Arc::new(order.iter().map(|(_, id, _)| *id).collect());
        self.months = Arc::new(order.iter().map(|(m, _, _)| *m).collect());
        self.renumber();
    }

    /// Numbers the rows anew: after they moved, so does who names whom.
    fn renumber(&mut self) {
        let mut rows: Vec<(EntryId, u32)> =
            self.ids.iter().enumerate().map(|(i, id)| (*id, index(i))).collect();
        rows.sort_unstable();
        self.rows = Arc::new(rows);
        self.naming.fill_with(OnceLock::new);
    }
}

fn column_len(column: &Column) -> usize {
    match column {
        Column::Number(n) => n.len(),
        Column::Text(c) => c.codes().len(),
        Column::Entry(c) => c.codes().len(),
        Column::Entries(all) => all.len(),
        Column::Date(d) | Column::Period(d) => d.len(),
        Column::Flag(f) => f.len(),
    }
}

fn month_of(time: Option<&FieldId>, entry: &Entry) -> i32 {
    match time.and_then(|t| entry.payload.get(t)) {
        Some(Value::Date(date)) => Month::of(*date).ordinal(),
        Some(Value::Period(period)) => period.end.ordinal(),
        _ => TIMELESS,
    }
}
