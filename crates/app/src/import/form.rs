//! Drafts that come from a form or the clipboard: the same checks as for a file, told by field instead of by cell.

use std::collections::{BTreeMap, BTreeSet};

use model::content::Content;
use model::definition::Book;
use model::entry::Entry;
use model::finding::Finding;
use model::id::{BookId, EntryId, Revision};
use model::value::Payload;
use office::sheet::{FileKind, Workbook};
use rustc_hash::FxHashMap;
use store::{Result, Store, Verdict};

use super::checks;
use super::draft::{Draft, Staged};
use super::identity::Register;
use super::stage::{SourceName, Work};
use super::view::LedgerView;
use super::vocabulary::Vocabulary;

/// Runs a book's checks over drafts of it. `named` are the entries that drafts refer to; of the ledger only what the
/// drafts are compared with is asked for. Gives back what was found: the draft's number, the finding.
pub(crate) fn judge(
    content: &Content,
    ledger: &dyn LedgerView,
    book: &Book,
    drafts: Vec<Draft>,
    named: Vec<(BookId, EntryId, Payload)>,
) -> Result<Vec<(usize, Finding)>> {
    let words = Vocabulary::new(content, Some(&book.id));
    let workbook = Workbook { kind: FileKind::Csv, sheets: Vec::new(), has_macros: false };
    let mut registers: FxHashMap<BookId, Register> = FxHashMap::default();
    for (target, entry, payload) in named {
        if let Some(target) = content.books.get(&target) {
            let register = registers.entry(target.id.clone()).or_insert_with(|| Register::new(target));
            register.add(entry, payload);
        }
    }
    let next = ledger.next_entry()?;
    let work = Work {
        words: &words,
        workbook: &workbook,
        source: SourceName { name: "", digest: "" },
        plans: Vec::new(),
        rows: Vec::new(),
        registers,
        threads: 1,
        spots: Vec::new(),
        reserved_from: next,
        next,
        repeats: Vec::new(),
        staged: Staged { drafts, ..Staged::default() },
    };
    checks::of_forms(&work, ledger, book)
}

/// A ledger that knows only what is near some drafts.
pub(crate) struct NearLedger<'a> {
    /// Asked for whatever is found by its key.
    pub store: &'a Store,
    /// The entries drafts are compared with.
    pub near: Vec<Entry>,
}

impl LedgerView for NearLedger<'_> {
    fn heads(&self, _: &BookId) -> Result<Vec<Entry>> {
        Ok(self.near.clone())
    }

    fn by_keys(&self, book: &BookId, keys: &[String]) -> Result<Vec<Option<Entry>>> {
        self.store.by_keys(book, keys)
    }

    fn revision(&self) -> Result<Revision> {
        self.store.latest_revision()
    }

    fn changed_since(&self, revision: Revision) -> Result<BTreeSet<BookId>> {
        LedgerView::changed_since(self.store, revision)
    }

    fn next_entry(&self) -> Result<EntryId> {
        self.store.next_entry_id()
    }

    fn decisions(&self, book: &BookId) -> Result<BTreeMap<String, Verdict>> {
        LedgerView::decisions(self.store, book)
    }

    fn taken_in(&self, digest: &str) -> Result<Option<Revision>> {
        LedgerView::taken_in(self.store, digest)
    }
}
