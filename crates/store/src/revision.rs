//! Revisions as the ledger lists them.
//!
//! Deliberately absent: writing them (`append`) and proving them (`verify`).

use jiff::Timestamp;
use model::id::{BookId, Revision};
use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::Store;
use crate::error::{Result, StoreError};
use crate::originals::timestamp;
use crate::rows::records;

/// What made a revision.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RevisionKind {
    /// A source file was accepted.
    Import,
    /// A person entered or corrected something.
    Record,
    /// An earlier revision was undone (by [`Store::undo`] only).
    Undo,
}

impl RevisionKind {
    /// All kinds with their names in the database.
    const ALL: [(Self, &'static str); 3] =
        [(Self::Import, "import"), (Self::Record, "record"), (Self::Undo, "undo")];

    /// Its name in the database and on the command line.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    fn named(word: &str) -> Result<Self> {
        let kind = Self::ALL.iter().find(|(_, w)| *w == word).map(|(kind, _)| *kind);
        kind.ok_or_else(|| StoreError::Corrupt(format!("{word:?} is no kind of revision")))
    }
}

/// A revision.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RevisionRecord {
    /// Its number.
    pub revision: Revision,
    /// When it was written.
    pub at: Timestamp,
    /// Who wrote it.
    pub who: String,
    /// Why, in their words.
    pub why: String,
    /// What made it.
    pub kind: RevisionKind,
    /// The revision it undid.
    pub undoes: Option<Revision>,
    /// The revision that undid it.
    pub undone_by: Option<Revision>,
    /// The digest of the source file it was made from.
    pub source: Option<String>,
    /// How many entries it wrote.
    pub entries: u64,
    /// Its link in the keyed chain, in hex: printed on a report, it fixes everything up to it.
    pub hash: String,
}

const SELECT_ALL: &str = "SELECT r.seq, r.at, r.who, r.why, r.kind, r.undoes,
        (SELECT max(u.seq) FROM revision u WHERE u.undoes = r.seq), r.source, r.entries, r.hash
    FROM revision r WHERE ?1 IS NULL OR r.seq = ?1 ORDER BY r.seq";

/// One walk over the rows written since, then two look-ups for each book.
const LAST_CHANGES: &str = "SELECT b.id, v.at
    FROM (SELECT e.book, max(r.revision) AS seq FROM entry_revision r JOIN entry e ON e.id = r.entry
          WHERE r.seq > ?1 GROUP BY e.book) c
    JOIN book b ON b.number = c.book JOIN revision v ON v.seq = c.seq ORDER BY b.id";

impl Store {
    /// The newest revision (0 while there is none).
    pub fn latest_revision(&self) -> Result<Revision> {
        latest(&self.connection)
    }

    /// All revisions, oldest first.
    pub fn revisions(&self) -> Result<Vec<RevisionRecord>> {
        self.records(None)
    }

    /// One revision.
    pub fn revision(&self, revision: Revision) -> Result<RevisionRecord> {
        self.records(Some(revision))?.pop().ok_or(StoreError::UnknownRevision(revision))
    }

    /// The newest revision, and when each book was last written by one after `since`; books that none wrote are absent.
    pub fn last_changes(&self, since: Revision) -> Result<(Revision, Vec<(BookId, Timestamp)>)> {
        let tx = self.connection.unchecked_transaction()?;
        let (newest, before) = (latest(&tx)?, last_row(&tx, since)?);
        let mut statement = tx.prepare_cached(LAST_CHANGES)?;
        let mut rows = statement.query([before])?;
        let mut changes = Vec::new();
        while let Some(row) = rows.next()? {
            changes.push((BookId::from(row.get::<_, String>(0)?), timestamp(&row.get::<_, String>(1)?)?));
        }
        Ok((newest, changes))
    }

    fn records(&self, only: Option<Revision>) -> Result<Vec<RevisionRecord>> {
        records(&self.connection, SELECT_ALL, [only.map(|r| r.0)], record_from)
    }
}

fn record_from(row: &Row<'_>) -> Result<RevisionRecord> {
    Ok(RevisionRecord {
        revision: Revision(row.get(0)?),
        at: timestamp(&row.get::<_, String>(1)?)?,
        who: row.get(2)?,
        why: row.get(3)?,
        kind: RevisionKind::named(&row.get::<_, String>(4)?)?,
        undoes: row.get::<_, Option<u64>>(5)?.map(Revision),
        undone_by: row.get::<_, Option<u64>>(6)?.map(Revision),
        source: row.get(7)?,
        entries: row.get(8)?,
        hash: crate::chain::hex(&row.get::<_, Vec<u8>>(9)?),
    })
}

/// The newest revision (0 while there is none).
pub(crate) fn latest(connection: &Connection) -> Result<Revision> {
    let mut statement = connection.prepare_cached("SELECT coalesce(max(seq), 0) FROM revision")?;
    Ok(Revision(statement.query_row([], |row| row.get(0))?))
}

/// The last row of `entry_revision` written up to `revision` (0 for revision 0).
pub(crate) fn last_row(connection: &Connection, revision: Revision) -> Result<u64> {
    if revision.0 == 0 {
        return Ok(0);
    }
    let mut statement = connection.prepare_cached("SELECT last_row FROM revision WHERE seq = ?1")?;
    statement
        .query_row([revision.0], |row| row.get(0))
        .optional()?
        .ok_or(StoreError::UnknownRevision(revision))
}
