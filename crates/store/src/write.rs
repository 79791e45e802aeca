//! Writing: one request becomes one revision, all of it or nothing.
//!
//! How entries are named in a request ([`EntryWrite`]):
//! * `entry: None, based_on: 0` – a new entry; the store gives it a number.
//! * `entry: Some(n), based_on: 0` – a new entry with the number `n`, at or after [`Store::next_entry_id`], so that
//!   others of the same request can refer to it.
//! * `entry: Some(n), based_on: v` – the next version of entry `n`, which must be at version `v`. Its key may change; a
//!   withdrawn entry comes back by state `Active`.
//!
//! Origin tables: a number below [`FIRST_STORED_TABLE`] is an index into the request's own `origin_tables` and is
//! rewritten; any other is the number of a table already stored (for fields kept from an earlier file).
//!
//! Deliberately absent: merging and resolving. A stale write is refused, whoever was first.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use model::entry::{EntryState, EntryWrite, OriginTable, OriginTableId, Origins};
use model::finding::Finding;
use model::id::{BookId, EntryId, Revision};
use model::value::Value;
use rusqlite::{OptionalExtension as _, Transaction};

use crate::append::{Appender, Header, Row, state_word};
use crate::chain::{Fields, Hash, RowsDigest};
use crate::error::{Result, StoreError};
use crate::filings::{self, AcceptedFiling};
use crate::matching::{self, MatchCandidate};
use crate::originals;
use crate::revision::{RevisionKind, last_row};
use crate::staged::{self, StagedId};
use crate::{Ledger, Store};

pub use crate::append::FIRST_STORED_TABLE;

/// How far beyond the next free number a request may number its new entries.
const NUMBER_REACH: u64 = 1 << 24;

/// A source file that comes with a write.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewSource {
    /// SHA-256 of the bytes in lower-case hex ([`crate::digest_hex`]).
    pub digest: String,
    /// The file's name as it was sent.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Everything one revision is to write.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WriteRequest {
    /// When.
    pub at: Timestamp,
    /// Who writes.
    pub who: String,
    /// Why, in their words.
    pub why: String,
    /// What makes the revision: `Import` or `Record`.
    pub kind: RevisionKind,
    /// The file it is made from. A file already kept is named again without harm.
    pub source: Option<NewSource>,
    /// The tables the origins index.
    pub origin_tables: Vec<OriginTable>,
    /// The entries.
    pub writes: Vec<EntryWrite>,
    /// What was found on the way and is not resolved.
    pub findings: Vec<Finding>,
    /// Identities a person has to decide.
    pub matches: Vec<MatchCandidate>,
    /// The staged file that is hereby accepted, and so leaves the staging area.
    pub staged: Option<StagedId>,
    /// The return of an enterprise that is hereby accepted.
    pub accepts: Option<AcceptedFiling>,
    /// A name for this very request: sent again, it is answered, not written again.
    pub idempotency_key: Option<String>,
}

impl WriteRequest {
    /// A request that writes nothing yet; fill in what there is.
    pub fn new(at: Timestamp, who: &str, why: &str, kind: RevisionKind) -> Self {
        Self {
            at,
            who: who.to_owned(),
            why: why.to_owned(),
            kind,
            source: None,
            origin_tables: Vec::new(),
            writes: Vec::new(),
            findings: Vec::new(),
            matches: Vec::new(),
            staged: None,
            accepts: None,
            idempotency_key: None,
        }
    }
}

/// What a write became.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WriteOutcome {
    /// The revision.
    pub revision: Revision,
    /// The entries written, in the order of the request.
    pub entries: Vec<EntryId>,
    /// Whether the request had been written before and this only repeats the answer.
    pub replayed: bool,
}

impl Store {
    /// Writes one revision. When this returns `Ok` the revision is on the disk.
    pub fn write(&mut self, request: &WriteRequest) -> Result<WriteOutcome> {
        check(request)?;
        let payloads: Vec<String> = request.writes.iter().map(|w| json(&w.payload)).collect();
        let done = self.transact(|ledger| write(ledger, request, &payloads))?;
        if request.staged.is_some() {
            self.sweep_staged();
        }
        Ok(done)
    }
}

impl Store {
    /// What the request of this name became, when one was written under it.
    pub fn replayed(&self, key: &str) -> Result<Option<WriteOutcome>> {
        let tx = self.connection.unchecked_transaction()?;
        let known: Option<u64> = tx
            .prepare_cached("SELECT revision FROM idempotency WHERE key = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?;
        known.map(|revision| outcome_of(&tx, Revision(revision))).transpose()
    }
}

/// The outcome of a request that was written before.
fn outcome_of(tx: &Transaction<'_>, revision: Revision) -> Result<WriteOutcome> {
    let first = last_row(tx, Revision(revision.0 - 1))?;
    let last = last_row(tx, revision)?;
    let mut statement =
        tx.prepare_cached("SELECT entry FROM entry_revision WHERE seq > ?1 AND seq <= ?2 ORDER BY seq")?;
    let entries = statement.query_map((first, last), |row| Ok(EntryId(row.get(0)?)))?;
    let entries = entries.collect::<rusqlite::Result<_>>()?;
    Ok(WriteOutcome { revision, entries, replayed: true })
}

fn check(request: &WriteRequest) -> Result<()> {
    if request.kind == RevisionKind::Undo {
        return Err(StoreError::Misuse("a revision is undone by undo, not by write"));
    }
    if request.origin_tables.len() as u64 >= FIRST_STORED_TABLE {
        return Err(StoreError::Misuse("a request may bring at most 1,048,575 origin tables"));
    }
    let empty = request.writes.is_empty() && request.findings.is_empty() && request.matches.is_empty();
    if empty && request.source.is_none() {
        return Err(StoreError::Misuse("the request writes nothing"));
    }
    Ok(())
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value)
        .expect("values, origins and findings are plain text, numbers and ids, always JSON")
}

fn write(ledger: &Ledger<'_>, request: &WriteRequest, payloads: &[String]) -> Result<WriteOutcome> {
    let digest = request.idempotency_key.as_ref().map(|key| (key, request_digest(request, payloads)));
    if let Some((key, digest)) = &digest
        && let Some(outcome) = replay(ledger, key, digest)?
    {
        return Ok(outcome);
    }
    if let Some(source) = &request.source {
        originals::name_source(ledger, request.at, &request.who, source)?;
    }
    let header = Header {
        at: request.at,
        who: &request.who,
        why: &request.why,
        kind: request.kind,
        undoes: None,
        source: request.source.as_ref().map(|s| s.digest.as_str()),
    };
    let mut writer = Writer::begin(ledger, &header, &request.writes)?;
    writer.tables(&request.origin_tables)?;
    writer.park(&request.writes)?;
    let mut entries = Vec::with_capacity(request.writes.len());
    for (write, payload) in request.writes.iter().zip(payloads) {
        entries.push(writer.entry(write, payload)?);
    }
    for finding in &request.findings {
        writer.appender.finding(finding)?;
    }
    let revision = writer.appender.finish()?;
    matching::enqueue(ledger, &request.matches)?;
    if let Some(id) = request.staged {
        staged::remove(ledger.tx, id)?;
    }
    if let Some(filing) = &request.accepts {
        filings::accept(ledger, (request.at, &request.who), filing, revision)?;
    }
    if let Some((key, digest)) = &digest {
        ledger
            .tx
            .prepare_cached("INSERT INTO idempotency (key, digest, revision) VALUES (?1, ?2, ?3)")?
            .execute((key, digest, revision.0))?;
    }
    // Last, when nothing else can be refused any more: the file is durable before the commit that names it.
    if let Some(source) = &request.source {
        originals::keep(ledger.dir, &source.digest, &source.bytes)?;
    }
    Ok(WriteOutcome { revision, entries, replayed: false })
}

fn replay(ledger: &Ledger<'_>, key: &str, digest: &Hash) -> Result<Option<WriteOutcome>> {
    let known: Option<(Hash, u64)> = ledger
        .tx
        .prepare_cached("SELECT digest, revision FROM idempotency WHERE key = ?1")?
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((known, revision)) = known else { return Ok(None) };
    if known != *digest {
        return Err(StoreError::KeyReused { key: key.to_owned(), revision: Revision(revision) });
    }
    outcome_of(ledger.tx, Revision(revision)).map(Some)
}

/// What makes two requests the same: everything but the time, which differs when a request is sent again.
fn request_digest(request: &WriteRequest, payloads: &[String]) -> Hash {
    let mut digest = RowsDigest::default();
    let head = Fields::of("request").text(&request.who).text(&request.why).text(request.kind.word());
    let source = request.source.as_ref();
    let head = head.maybe(source.map(|s| s.digest.as_str())).maybe(source.map(|s| s.name.as_str()));
    digest.add(&head.number(request.staged.map_or(0, |s| s.0)).digest());
    if let Some(filing) = &request.accepts {
        digest.add(&Fields::of("accepts").number(filing.id.0).text(&filing.body).digest());
    }
    for table in &request.origin_tables {
        digest.add(&Fields::of("table").text(&json(table)).digest());
    }
    for (write, payload) in request.writes.iter().zip(payloads) {
        let fields = Fields::of("write")
            .text(write.book.as_str())
            .text(&write.key)
            .number(write.entry.map_or(0, |e| e.0))
            .number(u64::from(write.based_on))
            .text(state_word(write.state))
            .text(payload)
            .text(&json(&write.origins));
        digest.add(&fields.digest());
    }
    for finding in &request.findings {
        digest.add(&Fields::of("finding").text(&json(finding)).digest());
    }
    for pair in &request.matches {
        let fields =
            Fields::of("match").text(pair.book.as_str()).text(&pair.written).number(pair.candidate.0);
        digest.add(&fields.digest());
    }
    digest.finish()
}

/// Writes the entries of one request.
struct Writer<'a> {
    ledger: &'a Ledger<'a>,
    appender: Appender<'a>,
    books: HashMap<BookId, Shelf>,
    /// Entries of the request whose old key is free for others.
    parked: HashSet<EntryId>,
    /// The first number that was free when the request came.
    first_new: u64,
    /// The next number to give to a new entry that names none.
    next_new: u64,
    /// No entry has this number or a later one when the request is done.
    end: u64,
    /// The number of the request's first origin table, and how many there are.
    tables: (u64, u64),
}

/// What a request needs to know of a book.
#[derive(Clone, Copy)]
struct Shelf {
    number: u64,
    /// Whether a new key may belong to a withdrawn entry, which the unique index does not tell.
    has_withdrawn: bool,
}

/// What is there of an entry before it is written.
struct Head {
    book: String,
    version: u32,
    revision: u64,
}

impl<'a> Writer<'a> {
    fn begin(ledger: &'a Ledger<'a>, header: &'a Header<'a>, writes: &[EntryWrite]) -> Result<Self> {
        let first_new: u64 =
            ledger.tx.query_row("SELECT coalesce(max(id), 0) + 1 FROM entry", [], |row| row.get(0))?;
        let numbered = writes.iter().filter(|w| w.based_on == 0).filter_map(|w| w.entry).max();
        if let Some(last) = numbered.filter(|last| last.0 >= first_new.saturating_add(NUMBER_REACH)) {
            return Err(StoreError::NumberTaken(last));
        }
        let next_new = first_new.max(numbered.map_or(0, |last| last.0 + 1));
        let end = next_new + writes.iter().filter(|w| w.entry.is_none()).count() as u64;
        let appender = Appender::begin(ledger, header)?;
        let tables = (appender.next_table(), 0);
        let (books, parked) = (HashMap::new(), HashSet::new());
        Ok(Self { ledger, appender, books, parked, first_new, next_new, end, tables })
    }

    fn tables(&mut self, tables: &[OriginTable]) -> Result<()> {
        for table in tables {
            let known = table.source.is_empty()
                || self
                    .ledger
                    .tx
                    .prepare_cached("SELECT 1 FROM source WHERE digest = ?1")?
                    .exists([&table.source])?;
            if !known {
                return Err(StoreError::UnknownSource(table.source.clone()));
            }
            self.appender.table(table)?;
        }
        self.tables.1 = tables.len() as u64;
        Ok(())
    }

    /// Frees the keys that entries of this request give up, so that others of it may take them in any order.
    fn park(&mut self, writes: &[EntryWrite]) -> Result<()> {
        let mut statement = self.ledger.tx.prepare_cached(
            "UPDATE entry SET state = 'withdrawn' WHERE id = ?1 AND (key <> ?2 OR ?3 = 'withdrawn')",
        )?;
        for write in writes.iter().filter(|w| w.based_on > 0) {
            if let Some(id) = write.entry
                && statement.execute((id.0, &write.key, state_word(write.state)))? > 0
            {
                self.parked.insert(id);
            }
        }
        Ok(())
    }

    fn entry(&mut self, write: &EntryWrite, payload: &str) -> Result<EntryId> {
        self.check_references(write)?;
        let origins = json(&self.stored_origins(write)?);
        match write.entry {
            Some(id) if write.based_on > 0 => self.next_version(id, write, payload, &origins),
            _ => self.new_entry(write, payload, &origins),
        }
    }

    fn new_entry(&mut self, write: &EntryWrite, payload: &str, origins: &str) -> Result<EntryId> {
        let shelf = self.shelf(&write.book)?;
        if write.based_on > 0 {
            return Err(stale(write, self.holder(shelf, write)?.unwrap_or(0)));
        }
        if shelf.has_withdrawn
            && let Some(current) = self.holder(shelf, write)?
        {
            return Err(stale(write, current));
        }
        let id = match write.entry {
            Some(id) if id.0 < self.first_new => return Err(self.taken(id)?),
            Some(id) => id.0,
            None => {
                self.next_new += 1;
                self.next_new - 1
            }
        };
        let place = (self.appender.revision().0, self.appender.next_row());
        let inserted = self
            .ledger
            .tx
            .prepare_cached(
                "INSERT INTO entry (id, book, key, version, state, revision, head) VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6)",
            )?
            .execute((id, shelf.number, &write.key, state_word(write.state), place.0, place.1));
        match inserted.map_err(|fault| unique(fault, write)) {
            Err(StoreError::KeyTaken { book, key }) => {
                let holder = self.holder(shelf, write)?;
                return Err(
                    holder.map_or(StoreError::KeyTaken { book, key }, |current| stale(write, current))
                );
            }
            other => other?,
        };
        if write.state == EntryState::Withdrawn {
            self.books.insert(write.book.clone(), Shelf { has_withdrawn: true, ..shelf });
        }
        self.append(id, 1, write, payload, origins)?;
        Ok(EntryId(id))
    }

    fn next_version(
        &mut self,
        id: EntryId,
        write: &EntryWrite,
        payload: &str,
        origins: &str,
    ) -> Result<EntryId> {
        let head = self.head(id)?.ok_or(StoreError::UnknownEntry(id))?;
        if head.book != write.book.as_str() {
            let book = BookId::from(head.book);
            return Err(StoreError::WrongBook { entry: id, book, asked: write.book.clone() });
        }
        if head.revision == self.appender.revision().0 {
            return Err(StoreError::WrittenTwice { book: write.book.clone(), key: write.key.clone() });
        }
        if head.version != write.based_on {
            return Err(stale(write, head.version));
        }
        let version = head.version + 1;
        let place = (self.appender.revision().0, self.appender.next_row());
        self.ledger
            .tx
            .prepare_cached(
                "UPDATE entry SET key = ?2, version = ?3, state = ?4, revision = ?5, head = ?6 WHERE id = ?1",
            )?
            .execute((id.0, &write.key, version, state_word(write.state), place.0, place.1))
            .map_err(|fault| unique(fault, write))?;
        self.append(id.0, version, write, payload, origins)?;
        Ok(id)
    }

    fn append(
        &mut self,
        entry: u64,
        version: u32,
        write: &EntryWrite,
        payload: &str,
        origins: &str,
    ) -> Result<()> {
        let (book, state, key) = (write.book.as_str(), write.state, write.key.as_str());
        self.appender.row(&Row { entry, book, version, state, key, payload, origins })
    }

    /// The version of an entry that already has the key a new entry asks for (none that gives it up in this request).
    fn holder(&self, shelf: Shelf, write: &EntryWrite) -> Result<Option<u32>> {
        let this = self.appender.revision().0;
        let mut statement = self
            .ledger
            .tx
            .prepare_cached("SELECT id, version, revision FROM entry WHERE book = ?1 AND key = ?2")?;
        let mut rows = statement.query((shelf.number, &write.key))?;
        while let Some(row) = rows.next()? {
            let id = EntryId(row.get(0)?);
            if row.get::<_, u64>(2)? == this && !self.parked.contains(&id) {
                return Err(StoreError::WrittenTwice { book: write.book.clone(), key: write.key.clone() });
            }
            if !self.parked.contains(&id) {
                return Ok(Some(row.get(1)?));
            }
        }
        Ok(None)
    }

    fn head(&self, id: EntryId) -> Result<Option<Head>> {
        let mut statement = self.ledger.tx.prepare_cached(
            "SELECT b.id, e.version, e.revision FROM entry e JOIN book b ON b.number = e.book WHERE e.id = ?1",
        )?;
        let head = statement.query_row([id.0], |row| {
            Ok(Head { book: row.get(0)?, version: row.get(1)?, revision: row.get(2)? })
        });
        Ok(head.optional()?)
    }

    /// Why a new entry cannot have the number `id`.
    fn taken(&self, id: EntryId) -> Result<StoreError> {
        let key =
            "SELECT b.id, e.key, e.version FROM entry e JOIN book b ON b.number = e.book WHERE e.id = ?1";
        let there: Option<(String, String, u32)> = self
            .ledger
            .tx
            .prepare_cached(key)?
            .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        Ok(there.map_or(StoreError::NumberTaken(id), |(book, key, current)| StoreError::Stale {
            book: BookId::from(book),
            key,
            based_on: 0,
            current,
        }))
    }

    fn shelf(&mut self, book: &BookId) -> Result<Shelf> {
        if let Some(shelf) = self.books.get(book) {
            return Ok(*shelf);
        }
        let tx = self.ledger.tx;
        tx.prepare_cached("INSERT INTO book (id) VALUES (?1) ON CONFLICT (id) DO NOTHING")?
            .execute([book.as_str()])?;
        let number: u64 = tx
            .prepare_cached("SELECT number FROM book WHERE id = ?1")?
            .query_row([book.as_str()], |row| row.get(0))?;
        let has_withdrawn = tx
            .prepare_cached("SELECT 1 FROM entry WHERE book = ?1 AND state = 'withdrawn' LIMIT 1")?
            .exists([number])?;
        let shelf = Shelf { number, has_withdrawn };
        self.books.insert(book.clone(), shelf);
        Ok(shelf)
    }

    /// A reference must lead to an entry that is there when the request is done.
    fn check_references(&self, write: &EntryWrite) -> Result<()> {
        let unknown = |id: &&EntryId| id.0 == 0 || id.0 >= self.end;
        for value in write.payload.values() {
            let lost = match value {
                Value::Entry(id) => Some(id).filter(unknown),
                Value::Entries(ids) => ids.iter().find(unknown),
                _ => None,
            };
            if let Some(id) = lost {
                return Err(StoreError::UnknownEntry(*id));
            }
        }
        Ok(())
    }

    /// The origins with the request's own tables by their stored numbers.
    fn stored_origins(&self, write: &EntryWrite) -> Result<Origins> {
        let mut origins = write.origins.clone();
        let (first, count) = self.tables;
        for (table, _, _) in &mut origins.places {
            let number = table.0;
            let stored = if number < FIRST_STORED_TABLE { first + number } else { number };
            if stored >= first + count || (number < FIRST_STORED_TABLE && number >= count) {
                let (book, key) = (write.book.clone(), write.key.clone());
                return Err(StoreError::UnknownTable { book, key, table: number });
            }
            *table = OriginTableId(stored);
        }
        Ok(origins)
    }
}

fn stale(write: &EntryWrite, current: u32) -> StoreError {
    StoreError::Stale { book: write.book.clone(), key: write.key.clone(), based_on: write.based_on, current }
}

/// Tells a key that another active entry has from other faults.
fn unique(fault: rusqlite::Error, write: &EntryWrite) -> StoreError {
    let unique = rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE;
    if write.state == EntryState::Active && fault.sqlite_error().is_some_and(|e| e.extended_code == unique) {
        return StoreError::KeyTaken { book: write.book.clone(), key: write.key.clone() };
    }
    fault.into()
}
