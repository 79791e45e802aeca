//! Reading entries: the heads of a book, as they are or as they were, changes, histories, keys.
//!
//! Each call sees one revision; to read several things at the same one, name it. Deliberately absent: meaning – filters
//! and sums are made on snapshots, not here. To add a read: a query over `entry` and `entry_revision` that selects
//! `COLUMNS` and a loop over [`Reader::entry`].

use std::collections::HashSet;
use std::fmt::{self, Write as _};

use model::entry::{Entry, EntryState, Origins};
use model::id::{BookId, EntryId, FieldId, Revision};
use model::value::{Payload, Value};
use rusqlite::{OptionalExtension as _, Row};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};

use crate::Store;
use crate::error::{Result, StoreError};
use crate::revision::{last_row, latest};

/// The columns of an entry, in the order [`Reader::entry`] takes them.
macro_rules! columns {
    () => {
        "SELECT e.id, b.id, r.key, r.version, r.revision, r.state, r.payload, r.origins "
    };
}

const HEADS: &str = concat!(
    columns!(),
    "FROM book b JOIN entry e ON e.book = b.number JOIN entry_revision r ON r.seq = e.head
     WHERE b.id = ?1 AND e.state = 'active' ORDER BY e.id"
);
const HEADS_AS_OF: &str = concat!(
    columns!(),
    "FROM book b JOIN entry e ON e.book = b.number JOIN entry_revision r ON r.seq =
         (SELECT x.seq FROM entry_revision x WHERE x.entry = e.id AND x.seq <= ?2 ORDER BY x.version DESC LIMIT 1)
     WHERE b.id = ?1 AND r.state = 'active' ORDER BY e.id"
);
const CHANGES: &str = concat!(
    columns!(),
    "FROM entry_revision r JOIN entry e ON e.id = r.entry AND e.head = r.seq JOIN book b ON b.number = e.book
     WHERE r.seq > ?1 ORDER BY e.id"
);
const HISTORY: &str = concat!(
    columns!(),
    "FROM entry_revision r JOIN entry e ON e.id = r.entry JOIN book b ON b.number = e.book
     WHERE r.entry = ?1 ORDER BY r.version"
);
const ENTRY_AS_OF: &str = concat!(
    columns!(),
    "FROM entry_revision r JOIN entry e ON e.id = r.entry JOIN book b ON b.number = e.book
     WHERE r.entry = ?1 AND r.seq <= ?2 ORDER BY r.version DESC LIMIT 1"
);
const LISTED: &str = concat!(
    columns!(),
    "FROM json_each(?1) j CROSS JOIN entry e ON e.id = j.value CROSS JOIN entry_revision r ON r.seq = e.head
     JOIN book b ON b.number = e.book"
);
const LISTED_AS_OF: &str = concat!(
    columns!(),
    "FROM json_each(?1) j CROSS JOIN entry e ON e.id = j.value CROSS JOIN entry_revision r ON r.seq =
         (SELECT x.seq FROM entry_revision x WHERE x.entry = e.id AND x.seq <= ?2 ORDER BY x.version DESC LIMIT 1)
     JOIN book b ON b.number = e.book"
);
const BY_KEY: &str = concat!(
    columns!(),
    "FROM entry e JOIN book b ON b.number = e.book JOIN entry_revision r ON r.seq = e.head
     WHERE e.book = (SELECT number FROM book WHERE id = ?1) AND e.key = ?2
     ORDER BY e.state = 'active' DESC, e.id DESC LIMIT 1"
);
// The very expression of the unique index, which then finds the key in one step.
const ACTIVE_BY_KEY: &str = concat!(
    columns!(),
    "FROM entry e JOIN book b ON b.number = e.book JOIN entry_revision r ON r.seq = e.head
     WHERE e.book = ?1 AND e.key = ?2 AND iif(e.state = 'active', 0, e.id) = 0"
);
const VERSION_BEFORE: &str = concat!(
    columns!(),
    "FROM entry_revision r JOIN entry e ON e.id = r.entry JOIN book b ON b.number = e.book
     WHERE r.entry = ?1 AND r.version < ?2 ORDER BY r.version DESC LIMIT 1"
);
const OF_REVISION: &str = concat!(
    columns!(),
    "FROM entry_revision r JOIN entry e ON e.id = r.entry JOIN book b ON b.number = e.book
     WHERE r.seq > ?1 AND r.seq <= ?2 ORDER BY r.seq"
);

impl Store {
    /// The active entries of a book, by number: as they are (`None`), or as they were at a revision.
    pub fn heads(&self, book: &BookId, at: Option<Revision>) -> Result<Vec<Entry>> {
        let mut entries = Vec::new();
        self.scan(book, at, |entry| entries.push(entry))?;
        Ok(entries)
    }

    /// Like [`Store::heads`], one entry after the other without holding all of them.
    pub fn scan(&self, book: &BookId, at: Option<Revision>, mut visit: impl FnMut(Entry)) -> Result<()> {
        let tx = self.connection.unchecked_transaction()?;
        let mut reader = Reader::default();
        let old = match at {
            Some(at) if at != latest(&tx)? => Some(last_row(&tx, at)?),
            _ => None,
        };
        let mut statement = tx.prepare_cached(if old.is_some() { HEADS_AS_OF } else { HEADS })?;
        let mut rows = match old {
            Some(last) => statement.query((book.as_str(), last))?,
            None => statement.query([book.as_str()])?,
        };
        while let Some(row) = rows.next()? {
            visit(reader.entry(row)?);
        }
        Ok(())
    }

    /// The heads of all entries written after `revision`, by number, withdrawn ones included.
    pub fn changes_since(&self, revision: Revision) -> Result<Vec<Entry>> {
        let tx = self.connection.unchecked_transaction()?;
        let last = last_row(&tx, revision)?;
        all(&tx, CHANGES, [last])
    }

    /// What one revision wrote, in the order of its request.
    pub fn entries_of(&self, revision: Revision) -> Result<Vec<Entry>> {
        let tx = self.connection.unchecked_transaction()?;
        let last = last_row(&tx, revision)?;
        let before = last_row(&tx, Revision(revision.0.saturating_sub(1)))?;
        all(&tx, OF_REVISION, (before, last))
    }

    /// A page of what one revision wrote: at most `limit` entries after the first `offset`.
    pub fn entries_of_page(&self, revision: Revision, offset: usize, limit: usize) -> Result<Vec<Entry>> {
        let tx = self.connection.unchecked_transaction()?;
        let last = last_row(&tx, revision)?;
        let before = last_row(&tx, Revision(revision.0.saturating_sub(1)))?;
        // Rows are numbered without gaps.
        let first = before.saturating_add(offset as u64).min(last);
        all(&tx, OF_REVISION, (first, last.min(first.saturating_add(limit as u64))))
    }

    /// The books one revision wrote, with how many entries of each.
    pub fn books_of(&self, revision: Revision) -> Result<Vec<(BookId, u64)>> {
        let tx = self.connection.unchecked_transaction()?;
        let last = last_row(&tx, revision)?;
        let before = last_row(&tx, Revision(revision.0.saturating_sub(1)))?;
        let mut statement = tx.prepare_cached(
            "SELECT b.id, count(*) FROM entry_revision r JOIN entry e ON e.id = r.entry
             JOIN book b ON b.number = e.book WHERE r.seq > ?1 AND r.seq <= ?2 GROUP BY b.number ORDER BY b.id",
        )?;
        let rows = statement
            .query_map((before, last), |row| Ok((BookId::from(row.get::<_, String>(0)?), row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The version of an entry before another one.
    pub fn version_before(&self, entry: EntryId, version: u32) -> Result<Option<Entry>> {
        let mut reader = Reader::default();
        let mut statement = self.connection.prepare_cached(VERSION_BEFORE)?;
        statement.query_row((entry.0, version), |row| Ok(reader.entry(row))).optional()?.transpose()
    }

    /// Every version of an entry, oldest first; empty when there is no such entry.
    pub fn history(&self, entry: EntryId) -> Result<Vec<Entry>> {
        all(&self.connection, HISTORY, [entry.0])
    }

    /// The head of an entry, withdrawn or not.
    pub fn entry(&self, entry: EntryId) -> Result<Option<Entry>> {
        self.entry_before(entry, i64::MAX.unsigned_abs())
    }

    /// An entry as it was at a revision.
    pub fn entry_at(&self, entry: EntryId, at: Revision) -> Result<Option<Entry>> {
        let last = last_row(&self.connection, at)?;
        self.entry_before(entry, last)
    }

    /// These entries as they were at a revision, in any order, in one query; unknown ones are left out.
    pub fn entries_at(&self, ids: &[EntryId], at: Revision) -> Result<Vec<Entry>> {
        let tx = self.connection.unchecked_transaction()?;
        let wanted = listed(ids.iter().map(|id| id.0));
        if at == latest(&tx)? {
            return all(&tx, LISTED, [wanted]);
        }
        all(&tx, LISTED_AS_OF, (wanted, last_row(&tx, at)?))
    }

    /// The head of the entry with this key: the active one, else the newest withdrawn one.
    pub fn by_key(&self, book: &BookId, key: &str) -> Result<Option<Entry>> {
        let mut reader = Reader::default();
        let mut statement = self.connection.prepare_cached(BY_KEY)?;
        statement.query_row((book.as_str(), key), |row| Ok(reader.entry(row))).optional()?.transpose()
    }

    /// The heads of the entries with these keys, each in its key's place, all of one revision.
    pub fn by_keys(&self, book: &BookId, keys: &[String]) -> Result<Vec<Option<Entry>>> {
        let tx = self.connection.unchecked_transaction()?;
        let number: Option<i64> = tx
            .prepare_cached("SELECT number FROM book WHERE id = ?1")?
            .query_row([book.as_str()], |row| row.get(0))
            .optional()?;
        let Some(number) = number else { return Ok(vec![None; keys.len()]) };
        let any_withdrawn = tx
            .prepare_cached("SELECT 1 FROM entry WHERE book = ?1 AND state = 'withdrawn' LIMIT 1")?
            .exists([number])?;
        let mut reader = Reader::default();
        let mut active = tx.prepare_cached(ACTIVE_BY_KEY)?;
        let mut whatever = tx.prepare_cached(BY_KEY)?;
        let mut found = Vec::with_capacity(keys.len());
        for key in keys {
            let mut entry = match active.query((number, key))?.next()? {
                Some(row) => Some(reader.entry(row)?),
                None => None,
            };
            if entry.is_none() && any_withdrawn {
                let mut rows = whatever.query((book.as_str(), key))?;
                entry = rows.next()?.map(|row| reader.entry(row)).transpose()?;
            }
            found.push(entry);
        }
        Ok(found)
    }

    /// The books that have entries, by name, with the number of active ones.
    pub fn books(&self) -> Result<Vec<(BookId, u64)>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT b.id, count(e.id) FROM book b
             LEFT JOIN entry e ON e.book = b.number AND e.state = 'active' GROUP BY b.number ORDER BY b.id",
        )?;
        let rows =
            statement.query_map([], |row| Ok((BookId::from(row.get::<_, String>(0)?), row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The next free entry number. A request may give its new entries this number and those after it, so that they can
    /// refer to each other; if another writer was faster the write is refused with [`StoreError::NumberTaken`] or
    /// [`StoreError::Stale`] and can be repeated with new numbers.
    pub fn next_entry_id(&self) -> Result<EntryId> {
        let mut statement = self.connection.prepare_cached("SELECT coalesce(max(id), 0) + 1 FROM entry")?;
        Ok(EntryId(statement.query_row([], |row| row.get(0))?))
    }

    fn entry_before(&self, entry: EntryId, last: u64) -> Result<Option<Entry>> {
        let mut reader = Reader::default();
        let mut statement = self.connection.prepare_cached(ENTRY_AS_OF)?;
        statement.query_row((entry.0, last), |row| Ok(reader.entry(row))).optional()?.transpose()
    }
}

fn all(connection: &rusqlite::Connection, sql: &str, params: impl rusqlite::Params) -> Result<Vec<Entry>> {
    let mut reader = Reader::default();
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(reader.entry(row)?);
    }
    Ok(entries)
}

/// Numbers as a list that `json_each` reads: many of them are one argument of one statement.
pub(crate) fn listed(numbers: impl Iterator<Item = u64>) -> String {
    let mut text = String::from("[");
    for (i, number) in numbers.enumerate() {
        // Writing to a text does not fail.
        let _ = write!(text, "{}{number}", if i > 0 { "," } else { "" });
    }
    text.push(']');
    text
}

/// Makes entries from rows, with one copy of each field's and book's name for all of them.
#[derive(Default)]
pub(crate) struct Reader {
    fields: HashSet<FieldId>,
    books: HashSet<BookId>,
}

impl Reader {
    pub(crate) fn entry(&mut self, row: &Row<'_>) -> Result<Entry> {
        let id = EntryId(row.get(0)?);
        let state = match text(row, 5)? {
            "active" => EntryState::Active,
            _ => EntryState::Withdrawn,
        };
        let unreadable =
            |what: &str| StoreError::Corrupt(format!("the {what} of entry #{id} are not readable"));
        let mut json = serde_json::Deserializer::from_str(text(row, 6)?);
        let payload = Fields(&mut self.fields).deserialize(&mut json).map_err(|_| unreadable("values"))?;
        let origins: Origins = serde_json::from_str(text(row, 7)?).map_err(|_| unreadable("origins"))?;
        Ok(Entry {
            id,
            book: intern(&mut self.books, text(row, 1)?),
            key: row.get(2)?,
            version: row.get(3)?,
            revision: Revision(row.get(4)?),
            state,
            payload,
            origins,
        })
    }
}

pub(crate) fn text<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a str> {
    let found = row.get_ref(column)?;
    found.as_str().map_err(|_| StoreError::Corrupt("a column of an entry holds no text".to_owned()))
}

fn intern<T>(known: &mut HashSet<T>, name: &str) -> T
where
    T: Clone + Eq + std::hash::Hash + std::borrow::Borrow<str> + for<'a> From<&'a str>,
{
    if let Some(id) = known.get(name) {
        return id.clone();
    }
    let id = T::from(name);
    known.insert(id.clone());
    id
}

/// Reads a payload with interned field names.
struct Fields<'a>(&'a mut HashSet<FieldId>);

impl<'de> DeserializeSeed<'de> for Fields<'_> {
    type Value = Payload;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> std::result::Result<Payload, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Fields<'_> {
    type Value = Payload;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of values by field")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Payload, A::Error> {
        let mut payload = Payload::new();
        while let Some(field) = map.next_key_seed(Name(self.0))? {
            payload.insert(field, map.next_value::<Value>()?);
        }
        Ok(payload)
    }
}

struct Name<'a>(&'a mut HashSet<FieldId>);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = FieldId;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> std::result::Result<FieldId, D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = FieldId;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field's name")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> std::result::Result<FieldId, E> {
        Ok(intern(self.0, name))
    }
}
