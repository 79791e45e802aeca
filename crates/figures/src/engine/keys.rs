//! Keys: what rows are grouped, conditioned, paired and left out by – a field's value as a small number and a name.

use std::rc::Rc;

use model::definition::{Book, FieldKind};
use model::id::{BookId, EntryId};
use model::value::Value;
use rustc_hash::FxHashMap;

use super::Engine;
use crate::column::{Column, NONE, index};
use crate::request::FieldPath;
use crate::table::Table;

/// The keys of one field over a whole table.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// The key of each row; [`NONE`] for a missing value.
    pub codes: Vec<u32>,
    /// What each key stands for.
    pub words: Vec<Word>,
}

/// What a key stands for. Names of entries are looked up only when they are printed.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Word {
    Text(String),
    Entry(EntryId),
}

impl Keys {
    /// The entry of a key.
    pub fn entry(&self, code: u32) -> Option<EntryId> {
        match self.words.get(code as usize)? {
            Word::Entry(entry) => Some(*entry),
            Word::Text(_) => None,
        }
    }
}

/// Gives words numbers in the order they are first met.
#[derive(Default)]
struct Naming {
    words: Vec<Word>,
    known: FxHashMap<Word, u32>,
}

impl Naming {
    fn code(&mut self, word: Word) -> u32 {
        let words = &mut self.words;
        *self.known.entry(word).or_insert_with_key(|word| {
            words.push(word.clone());
            index(words.len() - 1)
        })
    }

    fn value(&mut self, value: Option<Value>, level: Option<u8>) -> u32 {
        match value {
            None => NONE,
            Some(Value::Entry(entry)) => self.code(Word::Entry(entry)),
            Some(Value::Text(text)) => self.text(&text, level),
            Some(other) => self.code(Word::Text(other.to_string())),
        }
    }

    fn text(&mut self, text: &str, level: Option<u8>) -> u32 {
        leveled(text, level).map_or(NONE, |name| self.code(Word::Text(name.to_owned())))
    }
}

impl<'a> Engine<'a> {
    /// The keys of a field over a table, or `None` when there is no such field.
    pub(super) fn keys(&self, table: &'a Table, path: &FieldPath) -> Option<Rc<Keys>> {
        let cached = (table.book().clone(), path.clone());
        if let Some(keys) = self.cache.keys.borrow().get(&cached) {
            return Some(keys.clone());
        }
        let keys = Rc::new(self.make_keys(table, path)?);
        self.cache.keys.borrow_mut().insert(cached, keys.clone());
        Some(keys)
    }

    fn make_keys(&self, table: &'a Table, path: &FieldPath) -> Option<Keys> {
        let column = table.column(&path.field)?;
        let mut naming = Naming::default();
        let codes = match (column, &path.of) {
            (Column::Entry(coded), Some(of)) => {
                let book = self.book(table.book())?.field(&path.field)?.kind.book()?;
                let target = self.snapshot.table(book)?;
                target.column(of)?;
                let value = |entry: &EntryId| target.row(*entry).and_then(|row| target.value(row, of));
                let of_word: Vec<u32> =
                    coded.words().iter().map(|e| naming.value(value(e), path.level)).collect();
                through(coded.codes(), &of_word)
            }
            (_, Some(_)) => return None,
            (Column::Entry(coded), None) => {
                naming.words = coded.words().iter().map(|e| Word::Entry(*e)).collect();
                coded.codes().to_vec()
            }
            (Column::Text(coded), None) => {
                let of_word: Vec<u32> = coded.words().iter().map(|w| naming.text(w, path.level)).collect();
                through(coded.codes(), &of_word)
            }
            (other, None) => table.rows().map(|row| naming.value(other.at(row), path.level)).collect(),
        };
        Some(Keys { codes, words: naming.words })
    }

    /// What a key is called; empty for a missing value.
    pub(super) fn key_name(&self, keys: &Keys, code: u32) -> String {
        match keys.words.get(code as usize) {
            None => String::new(),
            Some(Word::Text(text)) => text.clone(),
            Some(Word::Entry(entry)) => self.entry_name(*entry),
        }
    }

    /// The names a field of a book has, each once, in the order of the book: what [`crate::Request::only`] is compared with.
    pub fn names(&self, book: &BookId, path: &FieldPath) -> Vec<String> {
        let keys = self.snapshot.table(book).and_then(|table| self.keys(table, path));
        let Some(keys) = keys else { return Vec::new() };
        (0..index(keys.words.len())).map(|code| self.key_name(&keys, code)).collect()
    }

    /// The keys of whom a book's entries are about.
    pub(super) fn subjects(&self, table: &'a Table) -> Option<Rc<Keys>> {
        let subject = self.book(table.book())?.subject.clone()?;
        self.keys(table, &FieldPath { field: subject, of: None, level: None })
    }

    /// How a book's entries lead to entries of another: by their subject, by another reference, or by a reference of the
    /// subject.
    pub(super) fn path_to(&self, book: &Book, other: &BookId) -> Option<FieldPath> {
        let refers = |kind: &FieldKind| matches!(kind, FieldKind::Reference { book } if book == other);
        let direct = |field: &model::id::FieldId| FieldPath { field: field.clone(), of: None, level: None };
        let subject = book.subject.as_ref();
        if let Some(subject) = subject
            && refers(&book.field(subject)?.kind)
        {
            return Some(direct(subject));
        }
        if let Some(field) = book.fields.values().find(|f| refers(&f.kind)) {
            return Some(direct(&field.id));
        }
        let subject = subject?;
        let between = self.book(book.field(subject)?.kind.book()?)?;
        let field = between.fields.values().find(|f| refers(&f.kind))?;
        Some(FieldPath { field: subject.clone(), of: Some(field.id.clone()), level: None })
    }

    /// What an entry is called: its display field, else its first key field.
    pub(super) fn entry_name(&self, entry: EntryId) -> String {
        let mut entry = entry;
        // A name may stand in the entry referred to; a handful of steps is more than any content has.
        for _ in 0..4 {
            match self.own_name(entry) {
                Some(Value::Entry(next)) => entry = next,
                Some(value) => return value.to_string(),
                None => break,
            }
        }
        format!("#{entry}")
    }

    fn own_name(&self, entry: EntryId) -> Option<Value> {
        let (table, row) = self.snapshot.find(entry)?;
        let book = self.book(table.book())?;
        let display = book.display.as_ref().and_then(|field| table.value(row, field));
        display.or_else(|| book.key.iter().find_map(|field| table.value(row, field)))
    }
}

fn through(codes: &[u32], of_word: &[u32]) -> Vec<u32> {
    codes.iter().map(|c| of_word.get(*c as usize).copied().unwrap_or(NONE)).collect()
}

fn leveled(text: &str, level: Option<u8>) -> Option<&str> {
    match level {
        None => Some(text),
        Some(level) => text.split('/').nth(usize::from(level).checked_sub(1)?),
    }
}
