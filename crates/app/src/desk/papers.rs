//! What is kept: findings that wait, source files, revisions and what they changed.

use rustc_hash::FxHashMap;

use model::entry::{Entry, EntryState, OriginTable};
use model::finding::{Finding, Place};
use model::id::{BookId, FieldId, Revision};
use model::value::Payload;
use serde::Serialize;
use store::{AuditEvent, FindingId, FindingState, RevisionRecord, SourceRecord, StoreError};
use utoipa::ToSchema;

use super::changes::{ChangeView, Teller};
use super::pending::on_all;
use super::sheets::hides;
use super::{Desk, DeskFault};
use crate::access::{Actor, Refusal, Right};
use crate::ledger::locate;
use crate::park::Park;
use crate::shapes;

/// Findings that were accepted with their files.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct FindingList {
    /// How many there are.
    pub total: usize,
    /// Newest first.
    pub items: Vec<FindingItem>,
}

/// A finding that was accepted with its file.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct FindingItem {
    /// Its number.
    pub id: u64,
    /// `open` or `resolved`.
    pub state: &'static str,
    /// The revision that brought it.
    pub revision: u64,
    /// The finding.
    #[schema(value_type = shapes::Finding)]
    pub finding: Finding,
    /// Who dealt with it.
    pub resolved_by: Option<String>,
    /// How.
    pub resolved_why: Option<String>,
}

/// Kept source files.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct SourceList {
    /// How many there are.
    pub total: usize,
    /// Newest first.
    pub items: Vec<SourceItem>,
}

/// A kept source file.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct SourceItem {
    /// SHA-256 of its bytes.
    pub digest: String,
    /// The name it was first sent under.
    pub name: String,
    /// Its length in bytes.
    pub size: u64,
    /// When it was first kept.
    #[schema(value_type = String)]
    pub received_at: jiff::Timestamp,
    /// Who sent it.
    pub who: String,
    /// The revisions made from it.
    pub revisions: Vec<u64>,
}

/// Revisions.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct RevisionList {
    /// How many there are.
    pub total: usize,
    /// Newest first.
    pub items: Vec<RevisionView>,
}

/// A revision.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = Revision)]
pub struct RevisionView {
    /// Its number.
    pub seq: u64,
    /// When it was written.
    #[schema(value_type = String)]
    pub at: jiff::Timestamp,
    /// Who wrote it.
    pub who: String,
    /// Why.
    pub why: String,
    /// `import`, `record` or `undo`.
    pub kind: &'static str,
    /// The revision it undid.
    pub undoes: Option<u64>,
    /// The revision that undid it.
    pub undone_by: Option<u64>,
    /// The file it was made from.
    pub source: Option<SourceRef>,
    /// How many entries it wrote.
    pub entries: u64,
    /// Its link in the chain: printed on paper, it fixes everything up to it.
    pub hash: String,
}

/// A source file by digest and name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct SourceRef {
    /// SHA-256 of its bytes.
    pub digest: String,
    /// Its name.
    pub name: String,
}

/// A revision with what it changed.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct RevisionDetail {
    /// The revision.
    #[serde(flatten)]
    pub revision: RevisionView,
    /// How many changes the actor may see.
    pub total: usize,
    /// A page of them.
    pub changes: Vec<ChangeView>,
    /// Whether the actor may undo it.
    pub can_undo: bool,
}

/// A kept file the actor may see.
pub(super) struct Kept {
    pub record: SourceRecord,
    pub tables: Vec<OriginTable>,
    pub books: Vec<BookId>,
}

impl Desk {
    /// The findings of accepted files, newest first; only those that wait unless `all`.
    ///
    /// # Errors
    /// [`DeskFault`] when the actor may not, or the ledger cannot be read.
    pub fn findings(
        &self,
        park: &Park,
        actor: &Actor,
        all: bool,
        (offset, limit): (usize, usize),
    ) -> Result<FindingList, DeskFault> {
        committee(actor, Right::Read)?;
        let records = if all { park.store.findings()? } else { park.store.open_findings()? };
        let seen: Vec<_> =
            records.into_iter().rev().filter(|r| may_see(park, actor, &r.finding.place)).collect();
        let item = |record: &store::FindingRecord| {
            let (state, by, why) = match &record.state {
                FindingState::Open => ("open", None, None),
                FindingState::Resolved { by, why, .. } => ("resolved", Some(by.clone()), Some(why.clone())),
            };
            FindingItem {
                id: record.id.0,
                state,
                revision: record.revision.0,
                finding: record.finding.clone(),
                resolved_by: by,
                resolved_why: why,
            }
        };
        let items = seen.iter().skip(offset).take(limit).map(item).collect();
        Ok(FindingList { total: seen.len(), items })
    }

    /// Marks a finding as dealt with.
    ///
    /// # Errors
    /// [`DeskFault`] when the actor may not accept for its book, or it is not open.
    pub fn resolve(&self, park: &mut Park, actor: &Actor, id: u64, why: &str) -> Result<(), DeskFault> {
        committee(actor, Right::Accept)?;
        let found = park.store.open_findings()?.into_iter().find(|record| record.id == FindingId(id));
        let found = found.ok_or(Refusal::NotFound)?;
        if let Some(book) = found.finding.place.book.as_ref().and_then(|b| park.library.content.books.get(b))
        {
            actor.need(Right::Accept, book)?;
        }
        Ok(park.store.resolve_finding(park.clock.now(), &actor.name, why, FindingId(id))?)
    }

    /// The source files, newest first.
    ///
    /// # Errors
    /// [`DeskFault`] when the actor may not, or the ledger cannot be read.
    pub fn sources(
        &self,
        park: &Park,
        actor: &Actor,
        (offset, limit): (usize, usize),
    ) -> Result<SourceList, DeskFault> {
        committee(actor, Right::Read)?;
        let mut items = Vec::new();
        let mut total = 0;
        for record in park.store.sources()?.into_iter().rev() {
            if !may_see_all(park, actor, &books_of_source(park, &record)?) {
                continue;
            }
            total += 1;
            if total > offset && items.len() < limit {
                items.push(SourceItem {
                    digest: record.digest,
                    name: record.name,
                    size: record.size,
                    received_at: record.received_at,
                    who: record.who,
                    revisions: record.revisions.iter().map(|r| r.0).collect(),
                });
            }
        }
        Ok(SourceList { total, items })
    }

    /// The name and bytes of a source file. One with personal data is only for those who may unmask, and is recorded.
    ///
    /// # Errors
    /// [`DeskFault`] when the actor may not, or the file is gone.
    pub fn original(
        &self,
        park: &mut Park,
        actor: &Actor,
        digest: &str,
    ) -> Result<(String, Vec<u8>), DeskFault> {
        let kept = source(park, actor, digest)?;
        if hides(park, &kept.tables, &kept.books, actor) {
            actor.need_anywhere(Right::Unmask)?;
            let subject = format!("source:{digest}");
            let mut event = AuditEvent::new(park.clock.now(), &actor.name, "source.download", &subject);
            event.detail = serde_json::json!({ "name": kept.record.name, "from": actor.from });
            park.store.audit(&event)?;
        }
        Ok((kept.record.name, park.store.original(digest)?))
    }

    /// The revisions, newest first.
    ///
    /// # Errors
    /// [`DeskFault`] when the actor may not, or the ledger cannot be read.
    pub fn revisions(
        &self,
        park: &Park,
        actor: &Actor,
        (offset, limit): (usize, usize),
    ) -> Result<RevisionList, DeskFault> {
        committee(actor, Right::Read)?;
        let records = park.store.revisions()?;
        let page: Vec<RevisionRecord> = records.iter().rev().skip(offset).take(limit).cloned().collect();
        let items: Result<Vec<RevisionView>, DeskFault> =
            page.into_iter().map(|record| revision(park, record)).collect();
        Ok(RevisionList { total: records.len(), items: items? })
    }

    /// A revision with a page of what it changed, as far as the actor sees it.
    ///
    /// # Errors
    /// [`DeskFault`] when the actor may not, or there is no such revision.
    pub fn revision(
        &self,
        park: &Park,
        actor: &Actor,
        seq: u64,
        (offset, limit): (usize, usize),
    ) -> Result<RevisionDetail, DeskFault> {
        committee(actor, Right::Read)?;
        let record = match park.store.revision(Revision(seq)) {
            Err(StoreError::UnknownRevision(_)) => return Err(Refusal::NotFound.into()),
            other => other?,
        };
        let written = park.store.books_of(Revision(seq))?;
        let content = &park.library.content;
        let may = |id: &BookId| content.books.get(id).is_some_and(|book| actor.may(Right::Read, book));
        // Rows that a guard keeps from this person are looked at one by one.
        let guarded = |id: &BookId| content.books.get(id).is_some_and(|book| book.guard.is_some());
        let holds = |entry: &Entry| {
            content
                .books
                .get(&entry.book)
                .is_some_and(|book| actor.scope(book).holds(entry.id, &entry.payload))
        };
        let total: u64 = written.iter().filter(|(id, _)| may(id)).map(|(_, count)| count).sum();
        let entries = if written.iter().all(|(id, _)| may(id) && !guarded(id)) {
            park.store.entries_of_page(Revision(seq), offset, limit)?
        } else {
            let all = park.store.entries_of(Revision(seq))?;
            all.into_iter()
                .filter(|entry| may(&entry.book) && (!guarded(&entry.book) || holds(entry)))
                .skip(offset)
                .take(limit)
                .collect()
        };
        let naming = park.naming()?;
        let mut teller = Teller { content, naming, actor, new: FxHashMap::default() };
        let changes: Result<Vec<ChangeView>, DeskFault> =
            entries.iter().map(|entry| change(park, &mut teller, entry)).collect();
        let books: Vec<BookId> = written.into_iter().map(|(id, _)| id).collect();
        let can_undo = record.undone_by.is_none()
            && books.iter().all(|id| content.books.get(id).is_some_and(|b| actor.may(Right::Accept, b)));
        Ok(RevisionDetail {
            revision: revision(park, record)?,
            total: usize::try_from(total).unwrap_or(usize::MAX),
            changes: changes?,
            can_undo,
        })
    }

    /// Takes a revision back by a new one.
    ///
    /// # Errors
    /// [`DeskFault`] when the actor may not accept for its books, or later revisions built upon it.
    pub fn undo(
        &self,
        park: &mut Park,
        actor: &Actor,
        seq: u64,
        why: &str,
    ) -> Result<RevisionView, DeskFault> {
        committee(actor, Right::Accept)?;
        let written = match park.store.books_of(Revision(seq)) {
            Err(StoreError::UnknownRevision(_)) => return Err(Refusal::NotFound.into()),
            other => other?,
        };
        let books: Vec<BookId> = written.into_iter().map(|(id, _)| id).collect();
        on_all(&park.library.content, &books, actor, Right::Accept)?;
        let done = park.store.undo(Revision(seq), park.clock.now(), &actor.name, why)?;
        revision(park, park.store.revision(done.revision)?)
    }
}

/// Refuses enterprises, and those who hold the right nowhere.
pub(super) fn committee(actor: &Actor, right: Right) -> Result<(), Refusal> {
    if actor.is_enterprise() { Err(Refusal::CommitteeOnly) } else { actor.need_anywhere(right) }
}

/// A kept file, if the actor may read every book that was made from it.
pub(super) fn source(park: &Park, actor: &Actor, digest: &str) -> Result<Kept, DeskFault> {
    committee(actor, Right::Read)?;
    let record = park.store.sources()?.into_iter().find(|source| source.digest == digest);
    let record = record.ok_or(Refusal::NotFound)?;
    let books = books_of_source(park, &record)?;
    if !may_see_all(park, actor, &books) {
        return Err(Refusal::NotFound.into());
    }
    Ok(Kept { tables: park.store.tables_of_source(digest)?, record, books })
}

fn books_of_source(park: &Park, record: &SourceRecord) -> Result<Vec<BookId>, DeskFault> {
    let mut books = Vec::new();
    for revision in &record.revisions {
        books.extend(park.store.books_of(*revision)?.into_iter().map(|(book, _)| book));
    }
    books.sort();
    books.dedup();
    Ok(books)
}

fn may_see_all(park: &Park, actor: &Actor, books: &[BookId]) -> bool {
    let content = &park.library.content;
    books.iter().filter_map(|id| content.books.get(id)).all(|book| actor.may(Right::Read, book))
}

/// Whether a finding's book may be read; one of no book is for whoever may read anything.
fn may_see(park: &Park, actor: &Actor, place: &Place) -> bool {
    let book = place.book.as_ref().and_then(|id| park.library.content.books.get(id));
    book.is_none_or(|book| actor.may(Right::Read, book))
}

fn revision(park: &Park, record: RevisionRecord) -> Result<RevisionView, DeskFault> {
    let source = match &record.source {
        Some(digest) => {
            let name = park.store.source_name(digest)?.unwrap_or_default();
            Some(SourceRef { digest: digest.clone(), name })
        }
        None => None,
    };
    Ok(RevisionView {
        seq: record.revision.0,
        at: record.at,
        who: record.who,
        why: record.why,
        kind: record.kind.word(),
        undoes: record.undoes.map(|r| r.0),
        undone_by: record.undone_by.map(|r| r.0),
        source,
        entries: record.entries,
        hash: record.hash,
    })
}

fn change(park: &Park, teller: &mut Teller<'_>, entry: &Entry) -> Result<ChangeView, DeskFault> {
    let before = park.store.version_before(entry.id, entry.version)?;
    let was = before.as_ref().filter(|before| before.state == EntryState::Active);
    let kind = match (was.is_some(), entry.state) {
        (_, EntryState::Withdrawn) => "withdrawn",
        (true, EntryState::Active) => "changed",
        (false, EntryState::Active) => "new",
    };
    let book = park.library.content.books.get(&entry.book);
    let empty = Payload::new();
    let old = was.map_or(&empty, |before| &before.payload);
    let new = if entry.state == EntryState::Active { &entry.payload } else { &empty };
    let cell = |field: &FieldId| Ok(place_of(park, entry, Some(field))?.cell);
    let fields = teller.between(book, old, new, cell)?;
    Ok(ChangeView {
        book: entry.book.to_string(),
        book_title: book.map(|book| book.title.clone()).unwrap_or_default(),
        entry: Some(entry.id.0),
        key: teller.key(book, &entry.payload)?,
        title: teller.title(book, &entry.payload)?,
        kind,
        place: place_of(park, entry, None)?,
        fields,
    })
}

/// Where the value of a field stands, or the entry's own row.
fn place_of(park: &Park, entry: &Entry, field: Option<&FieldId>) -> Result<Place, DeskFault> {
    let mut place = Place { book: Some(entry.book.clone()), entry: Some(entry.id), ..Place::default() };
    let found = match field {
        Some(field) => entry.origins.place(field),
        None => entry.origins.places.first().map(|(table, row, _)| (*table, *row)),
    };
    let Some((id, row)) = found else { return Ok(place) };
    let Some(table) = park.store.origin_tables(&[id])?.pop() else { return Ok(place) };
    if let Some(field) = field {
        locate(&table, row, field, &mut place);
    } else {
        place.file.clone_from(&table.file);
        place.sheet.clone_from(&table.sheet);
        place.cell = format!("A{row}");
    }
    Ok(place)
}
