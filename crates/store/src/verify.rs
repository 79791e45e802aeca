//! Verifying: everything the ledger says is proved again from what is stored, under the key.
//!
//! Both chains are recomputed row by row; heads must be the newest versions; updatable rows must be as the audit last
//! sealed them; originals must have the digests they are named by; SQLite checks its own structure. Not covered, because
//! their loss does no harm: the staging area, the match queue, idempotency keys, sessions, jobs, views, reminders. Someone
//! who holds the key can forge a chain; print a revision's hash on paper, or keep a backup elsewhere, against that.
//! Deliberately absent: repair.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use model::id::{BookId, EntryId, Revision};
use rusqlite::{Connection, Row};

use crate::append::FIRST_STORED_TABLE;
use crate::chain::{self, AuditParts, Fields, Hash, Key, RevisionParts, RowParts, RowsDigest, hex};
use crate::error::{Result, StoreError};
use crate::{Store, originals, sealed};

/// More damage than this is not listed.
const LISTED: usize = 1000;

/// One broken place.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Damage {
    /// A version of an entry is not as it was written.
    Entry {
        /// The revision it belongs to.
        revision: Revision,
        /// Its book.
        book: BookId,
        /// The entry.
        entry: EntryId,
        /// The version.
        version: u32,
    },
    /// A revision, or what belongs to it, is not as it was written.
    Revision(Revision),
    /// A revision is gone.
    MissingRevision(Revision),
    /// The current state of an entry is not its newest version, or a version is gone.
    Head(EntryId),
    /// A row belongs to no revision.
    Stray {
        /// Its table.
        table: &'static str,
        /// Its number.
        row: u64,
    },
    /// An audit record is not as it was written.
    Audit(u64),
    /// An audit record is gone.
    MissingAudit(u64),
    /// The end of the chains is not the one that was sealed: newer revisions or audit records were cut off or added.
    Seal,
    /// A row (named as the audit names it) is not as the audit says it was left.
    Sealed(String),
    /// An original file is gone.
    MissingOriginal(String),
    /// An original file has other bytes than its digest says.
    AlteredOriginal(String),
    /// SQLite finds its file damaged.
    Structure(String),
    /// A row refers to one that is not there.
    Reference {
        /// Its table.
        table: String,
        /// Its number.
        row: u64,
    },
    /// Something could not be read at all.
    Unreadable(String),
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry { revision, book, entry, version } => {
                write!(f, "version {version} of entry #{entry} in {book} (revision {revision}) was changed")
            }
            Self::Revision(revision) => {
                write!(f, "revision {revision} or a row of it was changed or removed")
            }
            Self::MissingRevision(revision) => write!(f, "revision {revision} is gone"),
            Self::Head(entry) => write!(f, "entry #{entry} does not stand at its newest version"),
            Self::Stray { table, row } => write!(f, "row {row} of {table} belongs to no revision"),
            Self::Audit(seq) => write!(f, "audit record {seq} was changed"),
            Self::MissingAudit(seq) => write!(f, "audit record {seq} is gone"),
            Self::Seal => f.write_str("the newest revisions or audit records were cut off or added"),
            Self::Sealed(subject) => write!(f, "{subject} is not as the audit says it was left"),
            Self::MissingOriginal(digest) => write!(f, "the original {digest} is gone"),
            Self::AlteredOriginal(digest) => write!(f, "the original {digest} was changed"),
            Self::Structure(text) => write!(f, "the database file is damaged: {text}"),
            Self::Reference { table, row } => {
                write!(f, "row {row} of {table} refers to something that is gone")
            }
            Self::Unreadable(text) => write!(f, "unreadable: {text}"),
        }
    }
}

/// What verifying found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct VerifyReport {
    /// The newest revision.
    pub revision: Revision,
    /// Its link in the chain, in hex.
    pub hash: String,
    /// How many versions of entries were checked.
    pub versions: u64,
    /// How many audit records were checked.
    pub audits: u64,
    /// How many original files were checked.
    pub originals: u64,
    /// What is broken, in the order of the ledger (at most 1,000 places); empty when all is well.
    pub damage: Vec<Damage>,
}

impl VerifyReport {
    /// Whether all is well.
    pub fn is_sound(&self) -> bool {
        self.damage.is_empty()
    }

    fn add(&mut self, damage: Damage) {
        if self.damage.len() < LISTED {
            self.damage.push(damage);
        }
    }
}

/// What is being done.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Stage {
    /// The database is copied (backing up).
    Copy,
    /// Files are packed, counted in files (backing up).
    Pack,
    /// What was packed is read back, counted in files (backing up).
    ReadBack,
    /// Files are unpacked, counted in files (restoring).
    Unpack,
    /// SQLite's own structure.
    Structure,
    /// Revisions, counted in versions of entries.
    Revisions,
    /// The audit.
    Audit,
    /// Original files.
    Originals,
}

impl Stage {
    /// Its name for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Pack => "pack",
            Self::ReadBack => "read_back",
            Self::Unpack => "unpack",
            Self::Structure => "structure",
            Self::Revisions => "revisions",
            Self::Audit => "audit",
            Self::Originals => "originals",
        }
    }
}

/// Whoever follows long work: told how far it is, and may stop it there. A single statement of SQLite (a copy, its check
/// of its own structure) runs to its end first.
pub type Watch<'a> = dyn FnMut(Progress) -> ControlFlow<()> + 'a;

/// How far long work is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How much of it is done.
    pub done: u64,
    /// Out of how much.
    pub total: u64,
}

impl Store {
    /// Verifies the whole ledger as of now, while others may write. Damage is reported, not an error.
    pub fn verify(&self, progress: &mut dyn FnMut(Progress)) -> Result<VerifyReport> {
        self.verify_watched(&mut |at| {
            progress(at);
            ControlFlow::Continue(())
        })
    }

    /// Like [`Store::verify`]; ends with [`StoreError::Cancelled`] when `watch` says so.
    pub fn verify_watched(&self, watch: &mut Watch<'_>) -> Result<VerifyReport> {
        let tx = self.connection.unchecked_transaction()?;
        let mut check = Check::new(&tx, &self.key, watch);
        check.database()?;
        check.originals(&self.dir)?;
        Ok(check.report)
    }
}

/// Verifies a database file without its originals (a fresh copy).
pub(crate) fn verify_database(
    connection: &Connection,
    key: &Key,
    watch: &mut Watch<'_>,
) -> Result<VerifyReport> {
    let mut check = Check::new(connection, key, watch);
    check.database()?;
    Ok(check.report)
}

/// The digests of all files the ledger names.
pub(crate) fn named_files(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare(
        "SELECT digest FROM source UNION SELECT bytes FROM published
         UNION SELECT evidence FROM published WHERE evidence IS NOT NULL
         UNION SELECT slots FROM published WHERE slots IS NOT NULL
         UNION SELECT definitions FROM published WHERE definitions IS NOT NULL UNION SELECT frozen FROM evaluation ORDER BY 1",
    )?;
    let digests = statement.query_map([], |row| row.get(0))?;
    Ok(digests.collect::<rusqlite::Result<_>>()?)
}

/// Tells whoever watches, and stops when they say so.
pub(crate) fn tell(watch: &mut Watch<'_>, stage: Stage, done: u64, total: u64) -> Result<()> {
    match watch(Progress { stage, done, total }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(StoreError::Cancelled),
    }
}

struct Check<'a> {
    connection: &'a Connection,
    key: &'a Key,
    watch: &'a mut Watch<'a>,
    report: VerifyReport,
    buffer: Fields,
}

impl<'a> Check<'a> {
    fn new(connection: &'a Connection, key: &'a Key, watch: &'a mut Watch<'a>) -> Self {
        Self { connection, key, watch, report: VerifyReport::default(), buffer: Fields::default() }
    }

    fn database(&mut self) -> Result<()> {
        for part in [Self::structure, Self::revisions, Self::heads, Self::audits, Self::references] {
            match part(self) {
                // What cannot be read is damage to list; the other parts are still worth checking.
                Err(StoreError::Corrupt(text)) => self.report.add(Damage::Unreadable(text)),
                other => other?,
            }
        }
        Ok(())
    }

    fn tell(&mut self, stage: Stage, done: u64, total: u64) -> Result<()> {
        tell(self.watch, stage, done, total)
    }

    fn structure(&mut self) -> Result<()> {
        self.tell(Stage::Structure, 0, 1)?;
        let mut statement = self.connection.prepare("PRAGMA integrity_check(20)")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let line: String = row.get(0)?;
            if line != "ok" {
                self.report.add(Damage::Structure(line));
            }
        }
        self.tell(Stage::Structure, 1, 1)?;
        Ok(())
    }

    fn references(&mut self) -> Result<()> {
        let mut statement = self.connection.prepare("PRAGMA foreign_key_check")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let row_number: Option<u64> = row.get(1)?;
            self.report.add(Damage::Reference { table: row.get(0)?, row: row_number.unwrap_or(0) });
        }
        Ok(())
    }

    fn revisions(&mut self) -> Result<()> {
        let total = self.number("SELECT count(*) FROM entry_revision")?;
        let mut statement = self.connection.prepare(
            "SELECT seq, at, who, why, kind, undoes, source, entries, last_row, last_table, last_finding, digest,
             prev_hash, hash FROM revision ORDER BY seq",
        )?;
        let mut rows = statement.query([])?;
        let mut last = Ends { seq: 0, row: 0, table: FIRST_STORED_TABLE - 1, finding: 0, hash: Vec::new() };
        while let Some(row) = rows.next()? {
            last = self.revision(row, &last)?;
            self.tell(Stage::Revisions, self.report.versions, total)?;
        }
        self.report.revision = Revision(last.seq);
        self.report.hash = hex(&last.hash);
        self.strays(&last)
    }

    /// Checks one revision against the one before; answers with its own ends, so that one break is named once.
    fn revision(&mut self, row: &Row<'_>, last: &Ends) -> Result<Ends> {
        let seq: u64 = row.get(0)?;
        for missing in last.seq + 1..seq.min(last.seq + 1 + LISTED as u64) {
            self.report.add(Damage::MissingRevision(Revision(missing)));
        }
        let ends =
            Ends { seq, row: row.get(8)?, table: row.get(9)?, finding: row.get(10)?, hash: row.get(13)? };
        let listed = self.report.damage.len();
        let (digest, entries) = self.rows(Revision(seq), last, &ends)?;
        let (at, who, why, kind): (String, String, String, String) =
            (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
        let (source, stored, prev): (Option<String>, Vec<u8>, Vec<u8>) =
            (row.get(6)?, row.get(11)?, row.get(12)?);
        let parts = RevisionParts {
            seq,
            at: &at,
            who: &who,
            why: &why,
            kind: &kind,
            undoes: row.get(5)?,
            source: source.as_deref(),
            entries,
            last_row: ends.row,
            last_table: ends.table,
            last_finding: ends.finding,
            digest: &digest,
        };
        let sound = stored == digest
            && row.get::<_, u64>(7)? == entries
            && parts.hash(self.key, &prev)[..] == ends.hash[..]
            && (seq != last.seq + 1 || prev == last.hash);
        if !sound && self.report.damage.len() == listed {
            self.report.add(Damage::Revision(Revision(seq)));
        }
        Ok(ends)
    }

    /// Digests what belongs to a revision, naming versions that do not have the digest stored with them.
    fn rows(&mut self, revision: Revision, last: &Ends, ends: &Ends) -> Result<(Hash, u64)> {
        let mut digest = RowsDigest::default();
        let mut statement = self.connection.prepare_cached(
            "SELECT id, source, file, sheet, fields FROM origin_table WHERE id > ?1 AND id <= ?2 ORDER BY id",
        )?;
        let mut rows = statement.query((last.table, ends.table))?;
        while let Some(row) = rows.next()? {
            let text = |i| row.get::<_, String>(i);
            digest.add(&chain::origin_table_digest(row.get(0)?, &text(1)?, &text(2)?, &text(3)?, &text(4)?));
        }
        let before = self.report.versions;
        let mut statement = self.connection.prepare_cached(
            "SELECT r.seq, r.entry, b.id, r.version, r.state, r.key, r.payload, r.origins, r.digest, r.revision
             FROM entry_revision r LEFT JOIN entry e ON e.id = r.entry LEFT JOIN book b ON b.number = e.book
             WHERE r.seq > ?1 AND r.seq <= ?2 ORDER BY r.seq",
        )?;
        let mut rows = statement.query((last.row, ends.row))?;
        while let Some(row) = rows.next()? {
            digest.add(&self.version(row, revision)?);
            self.report.versions += 1;
        }
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, body FROM finding WHERE id > ?1 AND id <= ?2 ORDER BY id")?;
        let mut rows = statement.query((last.finding, ends.finding))?;
        while let Some(row) = rows.next()? {
            digest.add(&chain::finding_digest(row.get(0)?, &row.get::<_, String>(1)?));
        }
        Ok((digest.finish(), self.report.versions - before))
    }

    fn version(&mut self, row: &Row<'_>, revision: Revision) -> Result<Hash> {
        let text = |i| row.get::<_, String>(i);
        let (state, key, payload, origins) = (text(4)?, text(5)?, text(6)?, text(7)?);
        let book = row.get::<_, Option<String>>(2)?.unwrap_or_default();
        let (entry, version) = (row.get(1)?, row.get(3)?);
        let parts = RowParts {
            seq: row.get(0)?,
            entry,
            book: &book,
            version,
            state: &state,
            key: &key,
            payload: &payload,
            origins: &origins,
        };
        let digest = parts.digest(&mut self.buffer);
        if digest[..] != row.get::<_, Vec<u8>>(8)?[..] || row.get::<_, u64>(9)? != revision.0 {
            let (book, entry) = (BookId::from(book), EntryId(entry));
            self.report.add(Damage::Entry { revision, book, entry, version });
        }
        Ok(digest)
    }

    fn strays(&mut self, last: &Ends) -> Result<()> {
        let beyond = [
            ("entry_revision", "SELECT min(seq) FROM entry_revision WHERE seq > ?1", last.row),
            ("origin_table", "SELECT min(id) FROM origin_table WHERE id > ?1 OR id < 1048576", last.table),
            ("finding", "SELECT min(id) FROM finding WHERE id > ?1 OR id < 1", last.finding),
        ];
        for (table, sql, end) in beyond {
            let stray: Option<u64> = self.connection.query_row(sql, [end], |row| row.get(0))?;
            if let Some(row) = stray {
                self.report.add(Damage::Stray { table, row });
            }
        }
        Ok(())
    }

    fn heads(&mut self) -> Result<()> {
        let mut statement = self.connection.prepare(
            "SELECT e.id FROM entry e LEFT JOIN entry_revision r ON r.seq = e.head
             WHERE r.seq IS NULL OR r.entry <> e.id OR r.version <> e.version OR r.revision <> e.revision
                OR r.state <> e.state OR r.key <> e.key
                OR e.version <> (SELECT max(x.version) FROM entry_revision x WHERE x.entry = e.id)
                OR e.version <> (SELECT count(*) FROM entry_revision x WHERE x.entry = e.id)
             ORDER BY e.id",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            self.report.add(Damage::Head(EntryId(row.get(0)?)));
        }
        Ok(())
    }

    fn audits(&mut self) -> Result<()> {
        let total = self.number("SELECT count(*) FROM audit")?;
        let mut statement = self.connection.prepare(
            "SELECT seq, at, who, action, subject, detail, sealed, prev_hash, hash FROM audit ORDER BY seq",
        )?;
        let mut rows = statement.query([])?;
        let (mut last, mut last_hash) = (0, Vec::new());
        let mut sealed: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let seq: u64 = row.get(0)?;
            for missing in last + 1..seq.min(last + 1 + LISTED as u64) {
                self.report.add(Damage::MissingAudit(missing));
            }
            let link = AuditLink::read(row)?;
            if !link.is_sound(seq, self.key) || (seq == last + 1 && link.prev != last_hash) {
                self.report.add(Damage::Audit(seq));
            }
            if let Some(digest) = link.sealed {
                sealed.insert(link.subject, digest);
            }
            (last, last_hash) = (seq, link.hash);
            self.report.audits += 1;
            if self.report.audits.is_multiple_of(1024) {
                self.tell(Stage::Audit, self.report.audits, total)?;
            }
        }
        self.tell(Stage::Audit, total, total)?;
        self.seal(last, &last_hash)?;
        self.sealed(sealed)
    }

    fn seal(&mut self, audit: u64, audit_hash: &[u8]) -> Result<()> {
        let (seq, revision_hash): (u64, Vec<u8>) = self.connection.query_row(
            "SELECT coalesce(max(seq), 0), coalesce((SELECT hash FROM revision ORDER BY seq DESC LIMIT 1), x'')
             FROM revision",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let mac = chain::seal(self.key, seq, &revision_hash, audit, audit_hash);
        let mut statement = self.connection.prepare("SELECT 1 FROM seal WHERE mac = ?1")?;
        if !statement.exists([mac])? {
            self.report.add(Damage::Seal);
        }
        Ok(())
    }

    /// Compares every updatable row with what the audit last said of it.
    fn sealed(&mut self, mut expected: BTreeMap<String, Vec<u8>>) -> Result<()> {
        for (subject, digest) in sealed::rows(self.connection)? {
            if expected.remove(&subject).is_none_or(|sealed| sealed != digest) {
                self.report.add(Damage::Sealed(subject));
            }
        }
        for (subject, digest) in expected {
            if !digest.is_empty() {
                self.report.add(Damage::Sealed(subject));
            }
        }
        Ok(())
    }

    fn originals(&mut self, dir: &Path) -> Result<()> {
        let digests = named_files(self.connection)?;
        let total = digests.len() as u64;
        for digest in digests {
            match fs::read(originals::path(dir, &digest)) {
                Ok(bytes) if chain::digest_hex(&bytes) == digest => {}
                Ok(_) => self.report.add(Damage::AlteredOriginal(digest)),
                Err(_) => self.report.add(Damage::MissingOriginal(digest)),
            }
            self.report.originals += 1;
            self.tell(Stage::Originals, self.report.originals, total)?;
        }
        Ok(())
    }

    fn number(&self, sql: &'static str) -> Result<u64> {
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }
}

/// Where a revision ends.
struct Ends {
    seq: u64,
    row: u64,
    table: u64,
    finding: u64,
    hash: Vec<u8>,
}

/// An audit record as stored.
struct AuditLink {
    at: String,
    who: String,
    action: String,
    subject: String,
    detail: String,
    sealed: Option<Vec<u8>>,
    prev: Vec<u8>,
    hash: Vec<u8>,
}

impl AuditLink {
    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            at: row.get(1)?,
            who: row.get(2)?,
            action: row.get(3)?,
            subject: row.get(4)?,
            detail: row.get(5)?,
            sealed: row.get(6)?,
            prev: row.get(7)?,
            hash: row.get(8)?,
        })
    }

    fn is_sound(&self, seq: u64, key: &Key) -> bool {
        let Self { at, who, action, subject, detail, sealed, prev, hash } = self;
        let parts = AuditParts { seq, at, who, action, subject, detail, sealed: sealed.as_deref() };
        parts.hash(key, prev)[..] == hash[..]
    }
}
