//! Staged files: taking them in, and computing what they would change as of now.

use std::ops::ControlFlow;
use std::sync::Arc;

use jiff::Timestamp;
use model::content::Content;
use model::finding::{Finding, Place};
use model::id::{BookId, EntryId, Revision};
use office::Workbook;
use office::sheet::a1;
use sha2::{Digest as _, Sha256};
use store::{NewStaged, StagedId, StagedRecord, digest_hex};

use super::note::{Difference, Note, change_digests};
use super::view::StagedSummary;
use super::{Desk, DeskFault};
use crate::access::{Actor, Refusal, Right, Scope};
use crate::import::{self, Draft, Options, SourceName, Staged};
use crate::intake::read_workbook_watched;
use crate::library::Library;
use crate::parcels::drawing::DrawingNote;
use crate::park::Park;
use crate::progress::{Progress, Watch, unwatched};

/// What a file would change, and everything a person should know before accepting it.
#[derive(Debug)]
pub struct Plan {
    /// As `import` has it.
    pub staged: Staged,
    /// The revision it was compared with.
    pub revision: Revision,
    /// Digest of all changes and errors: what somebody saw and accepts.
    pub fingerprint: String,
    /// The content it was read with: the one in force, perhaps with layouts of its own.
    pub(super) library: Arc<Library>,
}

/// What a plan depends on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct PlanKey {
    digest: String,
    name: String,
    revision: Revision,
    decisions: String,
    content: String,
    book: Option<BookId>,
    files: Vec<(String, String)>,
}

/// A file that was read and compared, ready to be kept.
pub struct Pending {
    name: String,
    bytes: Vec<u8>,
    plan: Arc<Plan>,
    note: Note,
}

impl Pending {
    /// What it would change.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    fn new_staged(&self) -> NewStaged {
        NewStaged {
            digest: self.plan.staged.digest.clone(),
            name: self.name.clone(),
            body: self.note.write(),
            bytes: self.bytes.clone(),
        }
    }
}

impl Plan {
    fn of(staged: Staged, revision: Revision, library: Arc<Library>) -> Self {
        let mut digest = Sha256::new();
        for (key, change) in staged.drafts.iter().filter_map(change_digests) {
            digest.update(format!("{key}{change}"));
        }
        for finding in staged.findings.iter().filter(|f| f.severity == model::finding::Severity::Error) {
            digest.update(format!("{}|{}|{}", finding.code, finding.place, finding.message));
        }
        let fingerprint = crate::report::hex(&digest.finalize());
        Self { staged, revision, fingerprint, library }
    }

    /// The books it reads or would write.
    pub fn books(&self) -> Vec<BookId> {
        let drafts = self.staged.drafts.iter().map(|draft| &draft.book);
        let mut books: Vec<BookId> =
            self.staged.read.iter().map(|table| &table.book).chain(drafts).cloned().collect();
        books.sort();
        books.dedup();
        books
    }

    pub(super) fn content(&self) -> &Content {
        &self.library.content
    }
}

impl Desk {
    /// Reads a file and compares it with the ledger. Nothing is kept before [`Desk::keep`].
    ///
    /// # Errors
    /// [`DeskFault`] when the actor may not record what is in it, or a worker or the ledger cannot be used.
    pub fn stage(
        &self,
        park: &Park,
        actor: &Actor,
        name: &str,
        bytes: Vec<u8>,
        book: Option<BookId>,
        watch: &Watch<'_>,
    ) -> Result<Pending, DeskFault> {
        actor.need_anywhere(Right::Record)?;
        if let Some(book) = &book {
            actor.need(Right::Record, book_of(&park.library.content, book)?)?;
        }
        let note = Note { book, ..Note::default() };
        self.pending(park, actor, name, bytes, note, watch)
    }

    /// Reads a corrected file in the place of a staged one; [`Desk::replace`] then says what became of the findings.
    ///
    /// # Errors
    /// As [`Desk::stage`].
    pub fn stage_again(
        &self,
        park: &Park,
        actor: &Actor,
        id: StagedId,
        name: &str,
        bytes: Vec<u8>,
        watch: &Watch<'_>,
    ) -> Result<Pending, DeskFault> {
        let (_, old) = note_of(park, actor, id)?;
        let note = Note { book: old.book, files: old.files, ..Note::default() };
        let mut pending = self.pending(park, actor, name, bytes, note, watch)?;
        pending.note.retried = Some(Difference::between(&old.findings, &pending.note.findings));
        Ok(pending)
    }

    pub(super) fn pending(
        &self,
        park: &Park,
        actor: &Actor,
        name: &str,
        bytes: Vec<u8>,
        mut note: Note,
        watch: &Watch<'_>,
    ) -> Result<Pending, DeskFault> {
        let digest = digest_hex(&bytes);
        let plan = self.compute(park, name, &digest, &note, watch, || Ok(bytes.clone()))?;
        may_record(&park.library.content, &plan, actor)?;
        note.show(&plan);
        Ok(Pending { name: name.to_owned(), bytes, plan, note })
    }

    /// Keeps a file until it is accepted or dropped.
    ///
    /// # Errors
    /// [`DeskFault::Ledger`] when it cannot be written.
    pub fn keep(
        &self,
        park: &mut Park,
        actor: &Actor,
        pending: &Pending,
    ) -> Result<StagedSummary, DeskFault> {
        let at = park.clock.now();
        let id = park.store.stage(at, &actor.name, &pending.new_staged())?;
        queue(park, actor, pending)?;
        Ok(summary(id, at, actor, pending))
    }

    /// Keeps a file in the place of a staged one.
    ///
    /// # Errors
    /// [`DeskFault`] when it is not there any more or cannot be written.
    pub fn replace(
        &self,
        park: &mut Park,
        actor: &Actor,
        id: StagedId,
        pending: &Pending,
    ) -> Result<(StagedSummary, Difference), DeskFault> {
        note_of(park, actor, id)?;
        let at = park.clock.now();
        park.store.replace_staged(at, &actor.name, id, &pending.new_staged())?;
        queue(park, actor, pending)?;
        Ok((summary(id, at, actor, pending), pending.note.retried.clone().unwrap_or_default()))
    }

    /// Drops a staged file.
    ///
    /// # Errors
    /// [`DeskFault`] when the actor may not, or it is not there.
    pub fn drop_staged(&self, park: &mut Park, actor: &Actor, id: StagedId) -> Result<(), DeskFault> {
        let (_, note) = note_of(park, actor, id)?;
        on_all(&park.library.content, &note.books, actor, Right::Record)?;
        Ok(park.store.drop_staged(park.clock.now(), &actor.name, id)?)
    }

    /// What a staged file would change as of now.
    ///
    /// # Errors
    /// [`DeskFault`] when the actor may not see it, its bytes are gone, or a worker or the ledger cannot be used.
    pub fn plan(&self, park: &Park, actor: &Actor, id: StagedId) -> Result<Arc<Plan>, DeskFault> {
        let (record, note) = note_of(park, actor, id)?;
        self.plan_of(park, &record, &note)
    }

    pub(super) fn plan_of(
        &self,
        park: &Park,
        record: &StagedRecord,
        note: &Note,
    ) -> Result<Arc<Plan>, DeskFault> {
        let bytes = || {
            let gone = || DeskFault::BytesGone { file: record.name.clone() };
            park.store.staged_bytes(record.id)?.ok_or_else(gone)
        };
        self.compute(park, &record.name, &record.digest, note, &unwatched, bytes)
    }

    fn compute(
        &self,
        park: &Park,
        name: &str,
        digest: &str,
        note: &Note,
        watch: &Watch<'_>,
        bytes: impl FnOnce() -> Result<Vec<u8>, DeskFault>,
    ) -> Result<Arc<Plan>, DeskFault> {
        let key = PlanKey {
            digest: digest.to_owned(),
            name: name.to_owned(),
            revision: park.store.latest_revision()?,
            decisions: decisions(park)?,
            content: park.library.digest.clone(),
            book: note.book.clone(),
            files: note.files.clone(),
        };
        if let Some(plan) = self.plans.get(&key) {
            return Ok(plan);
        }
        let workbook = self.workbook(park, name, digest, watch, bytes)?;
        go_on(watch, "compare")?;
        let library = if note.files.is_empty() {
            Arc::clone(&park.library)
        } else {
            Arc::new(park.library.with(&note.files))
        };
        let staged = match workbook {
            Ok(workbook) => {
                let options = Options { book: note.book.clone(), ..Options::default() };
                let source = SourceName { name, digest };
                import::stage(&library.content, &park.store, source, &workbook, &options)?
            }
            Err(finding) => {
                let (file, digest) = (name.to_owned(), digest.to_owned());
                Staged { file, digest, findings: vec![finding], ..Staged::default() }
            }
        };
        go_on(watch, "compare")?;
        let weight = staged.drafts.len();
        let stale = |other: &PlanKey| other.digest == key.digest && other.name == key.name;
        Ok(self.plans.put(key.clone(), Plan::of(staged, key.revision, library), weight, stale))
    }

    /// A file's sheets, from memory or through a worker; what makes it unreadable is a finding.
    pub(super) fn workbook(
        &self,
        park: &Park,
        name: &str,
        digest: &str,
        watch: &Watch<'_>,
        bytes: impl FnOnce() -> Result<Vec<u8>, DeskFault>,
    ) -> Result<Result<Arc<Workbook>, Finding>, DeskFault> {
        let key = format!("{digest} {name}");
        if let Some(known) = self.workbooks.get(&key) {
            return Ok(Ok(known));
        }
        let read = read_workbook_watched(&park.worker, name, &bytes()?, watch)?;
        Ok(read.map(|workbook| {
            let cells = workbook.sheets.iter().map(|sheet| sheet.cells.len()).sum();
            self.workbooks.put(key, workbook, cells, |_| false)
        }))
    }
}

/// A staged file's record and note, if the actor may see it.
pub(super) fn note_of(park: &Park, actor: &Actor, id: StagedId) -> Result<(StagedRecord, Note), DeskFault> {
    let record = match park.store.staged_record(id) {
        Err(store::StoreError::UnknownStaged(_)) => return Err(Refusal::NotFound.into()),
        other => other?,
    };
    let body = park.store.staged_body(id)?;
    if DrawingNote::read(&body).is_some() {
        return Err(Refusal::NotFound.into());
    }
    let note = Note::read(&body);
    if sees(&park.library.content, actor, &record, &note) {
        Ok((record, note))
    } else {
        Err(Refusal::NotFound.into())
    }
}

/// Whether somebody sees a staged file: an enterprise its own, others those of the books they record.
pub(super) fn sees(content: &Content, actor: &Actor, record: &StagedRecord, note: &Note) -> bool {
    if record.who == actor.name {
        return actor.may_anywhere(Right::Record);
    }
    !actor.is_enterprise()
        && actor.may_anywhere(Right::Record)
        && note.books.iter().filter_map(|id| content.books.get(id)).all(|book| actor.may(Right::Record, book))
}

/// Refuses unless the right is held on every book. A book only the file's own layouts know is nobody's yet. Whoever of the
/// committee sends a return is told which book it is of, also where they may not read it: they have the file.
pub(super) fn on_all(
    content: &Content,
    books: &[BookId],
    actor: &Actor,
    right: Right,
) -> Result<(), Refusal> {
    actor.need_anywhere(right)?;
    let mut known = books.iter().filter_map(|id| content.books.get(id));
    known.try_for_each(|book| match actor.need(right, book) {
        Err(Refusal::NotFound) if !actor.is_enterprise() => {
            Err(Refusal::NotAllowed { right, book: Some(book.id.clone()) })
        }
        answer => answer,
    })
}

pub(super) fn book_of<'c>(
    content: &'c Content,
    id: &BookId,
) -> Result<&'c model::definition::Book, DeskFault> {
    content.books.get(id).ok_or_else(|| Refusal::NotFound.into())
}

/// Refuses a file with rows the actor may not record: of other books, or, for an enterprise, about others.
fn may_record(content: &Content, plan: &Plan, actor: &Actor) -> Result<(), DeskFault> {
    // Asked of the content in force: a book that only this file proposes has no holders of rights yet.
    on_all(content, &plan.books(), actor, Right::Record)?;
    if !actor.is_enterprise() {
        return Ok(());
    }
    let own = |draft: &&Draft| {
        let scope = plan.content().books.get(&draft.book).map(|book| actor.scope(book));
        scope.is_some_and(|scope: Scope| scope.holds(draft.entry, &draft.payload))
    };
    let mut foreign: Vec<Place> =
        plan.staged.drafts.iter().filter(|draft| !own(draft)).map(|draft| row_place(plan, draft)).collect();
    // Who is meant is told by names of others; an enterprise is told only that it was not itself.
    foreign.extend(plan.staged.queue.iter().map(|candidate| candidate.place.clone()));
    if foreign.is_empty() { Ok(()) } else { Err(DeskFault::NotOwn(foreign)) }
}

/// The row of a draft in its file.
pub(super) fn row_place(plan: &Plan, draft: &Draft) -> Place {
    let sheet = own_origin(plan, draft).map(|table| table.sheet.clone()).unwrap_or_default();
    Place {
        file: plan.staged.file.clone(),
        sheet,
        cell: a1(draft.place.1, 0),
        book: Some(draft.book.clone()),
        entry: (draft.based_on > 0).then_some(draft.entry),
        field: None,
    }
}

/// The table of this file that a draft comes from.
pub(super) fn own_origin<'p>(plan: &'p Plan, draft: &Draft) -> Option<&'p model::entry::OriginTable> {
    let mut tables = draft.origins.places.iter().map(|(table, ..)| table.0);
    tables.find_map(|table| plan.staged.tables.get(usize::try_from(table).ok()?))
}

/// Puts the names a person has to decide into the queue at once: the file is then compared with what they decided.
/// Those that may mean an entry the file itself brings wait until it is accepted.
fn queue(park: &mut Park, actor: &Actor, pending: &Pending) -> Result<(), DeskFault> {
    let new = pending.plan.staged.drafts.iter().filter(|draft| draft.based_on == 0);
    let new: std::collections::HashSet<EntryId> = new.map(|draft| draft.entry).collect();
    let known = pending.plan.staged.queue.iter().filter(|candidate| !new.contains(&candidate.candidate));
    let known: Vec<store::MatchCandidate> = known.cloned().collect();
    if known.is_empty() {
        return Ok(());
    }
    Ok(park.store.queue_matches(park.clock.now(), &actor.name, &known)?)
}

fn summary(id: StagedId, at: Timestamp, actor: &Actor, pending: &Pending) -> StagedSummary {
    let record = StagedRecord {
        id,
        digest: pending.plan.staged.digest.clone(),
        name: pending.name.clone(),
        created: at,
        who: actor.name.clone(),
    };
    StagedSummary::of(&record, &pending.note)
}

/// A digest of all decisions on names: they change what a file means without a revision.
fn decisions(park: &Park) -> Result<String, DeskFault> {
    let mut digest = Sha256::new();
    for decision in park.store.match_decisions()? {
        let entry: Option<EntryId> = match decision.verdict {
            store::Verdict::Same(entry) => Some(entry),
            store::Verdict::Different => None,
        };
        digest.update(format!("{}\u{1f}{}\u{1f}{entry:?}\n", decision.book, decision.written));
    }
    Ok(crate::report::hex(&digest.finalize()))
}

/// Tells whoever follows; stops when they say so.
pub(super) fn go_on(watch: &Watch<'_>, stage: &'static str) -> Result<(), DeskFault> {
    match watch(Progress::begun(stage)) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(DeskFault::Stopped),
    }
}
