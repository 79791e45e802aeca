//! What staging asks of the ledger, so that it can be tested without one.

use std::collections::{BTreeMap, BTreeSet};

use model::entry::{Entry, EntryState};
use model::id::{BookId, EntryId, Revision};
use store::{Result, Store, Verdict};

/// The ledger as staging sees it: one revision, read only.
pub trait LedgerView {
    /// The active entries of a book.
    fn heads(&self, book: &BookId) -> Result<Vec<Entry>>;
    /// The entries with these keys (active, else the newest withdrawn one), each in its key's place.
    fn by_keys(&self, book: &BookId, keys: &[String]) -> Result<Vec<Option<Entry>>>;
    /// The revision everything is read at.
    fn revision(&self) -> Result<Revision>;
    /// The books with entries written after a revision.
    fn changed_since(&self, revision: Revision) -> Result<BTreeSet<BookId>>;
    /// The number the next new entry may take.
    fn next_entry(&self) -> Result<EntryId>;
    /// What persons decided about texts that name entries of `book`.
    fn decisions(&self, book: &BookId) -> Result<BTreeMap<String, Verdict>>;
    /// The newest revision made from these very bytes that still stands.
    fn taken_in(&self, digest: &str) -> Result<Option<Revision>>;
}

impl LedgerView for Store {
    fn heads(&self, book: &BookId) -> Result<Vec<Entry>> {
        Self::heads(self, book, None)
    }

    fn by_keys(&self, book: &BookId, keys: &[String]) -> Result<Vec<Option<Entry>>> {
        Self::by_keys(self, book, keys)
    }

    fn revision(&self) -> Result<Revision> {
        self.latest_revision()
    }

    fn changed_since(&self, revision: Revision) -> Result<BTreeSet<BookId>> {
        Ok(self.changes_since(revision)?.into_iter().map(|e| e.book).collect())
    }

    fn next_entry(&self) -> Result<EntryId> {
        self.next_entry_id()
    }

    fn decisions(&self, book: &BookId) -> Result<BTreeMap<String, Verdict>> {
        let all = self.match_decisions()?;
        Ok(all.into_iter().filter(|d| d.book == *book).map(|d| (d.written, d.verdict)).collect())
    }

    fn taken_in(&self, digest: &str) -> Result<Option<Revision>> {
        if !self.has_source(digest)? {
            return Ok(None);
        }
        let records = self.revisions()?;
        let mine = records.iter().rev().filter(|r| r.source.as_deref() == Some(digest) && r.undoes.is_none());
        Ok(mine.map(|r| r.revision).find(|r| stands(&records, *r)))
    }
}

/// Whether a revision is not undone, or its undoing is.
fn stands(records: &[store::RevisionRecord], revision: Revision) -> bool {
    let undo = records.iter().rev().find(|r| r.undoes == Some(revision));
    undo.is_none_or(|undo| !stands(records, undo.revision))
}

/// A ledger in memory, for tests and what-if runs.
#[derive(Clone, Debug, Default)]
pub struct MemoryLedger {
    /// All entries, newest version each.
    pub entries: Vec<Entry>,
    /// Decisions by book and text.
    pub decided: BTreeMap<(BookId, String), Verdict>,
    /// Files taken in.
    pub sources: BTreeMap<String, Revision>,
}

impl LedgerView for MemoryLedger {
    fn heads(&self, book: &BookId) -> Result<Vec<Entry>> {
        let active = |e: &&Entry| e.book == *book && e.state == EntryState::Active;
        Ok(self.entries.iter().filter(active).cloned().collect())
    }

    fn by_keys(&self, book: &BookId, keys: &[String]) -> Result<Vec<Option<Entry>>> {
        let mine: BTreeMap<&str, &Entry> =
            self.entries.iter().filter(|e| e.book == *book).map(|e| (e.key.as_str(), e)).collect();
        Ok(keys.iter().map(|k| mine.get(k.as_str()).map(|e| (*e).clone())).collect())
    }

    fn revision(&self) -> Result<Revision> {
        Ok(self.entries.iter().map(|e| e.revision).max().unwrap_or_default())
    }

    fn changed_since(&self, revision: Revision) -> Result<BTreeSet<BookId>> {
        Ok(self.entries.iter().filter(|e| e.revision > revision).map(|e| e.book.clone()).collect())
    }

    fn next_entry(&self) -> Result<EntryId> {
        Ok(EntryId(self.entries.iter().map(|e| e.id.0).max().unwrap_or(0) + 1))
    }

    fn decisions(&self, book: &BookId) -> Result<BTreeMap<String, Verdict>> {
        let mine = self.decided.iter().filter(|((b, _), _)| b == book);
        Ok(mine.map(|((_, text), verdict)| (text.clone(), *verdict)).collect())
    }

    fn taken_in(&self, digest: &str) -> Result<Option<Revision>> {
        Ok(self.sources.get(digest).copied())
    }
}
