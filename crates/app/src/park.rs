//! One park: its data folder, the content in force, the clock and who is acting. Every use case is a method here or in a
//! module that takes this.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use figures::Snapshot;
use jiff::Timestamp;
use model::id::{BookId, FieldId, Revision};
use store::{Key, Store, StoreError};

use crate::books::Selections;
use crate::clock::{self, Clock};
use crate::enterprises::KnownSpellings;
use crate::explore::KnownAnswers;
use crate::library::Library;
use crate::lru::Lru;
use crate::parcels::gather::{KnownYears, known_years};
use crate::parcels::{
    KnownReadings, KnownRegisters, KnownRuns, KnownSheets, known_readings, known_registers, known_runs,
    known_sheets,
};
use crate::pools::KnownMonths;
use crate::report::TemplateCache;
use crate::worker::Worker;

/// Snapshots of earlier revisions kept in memory.
const EARLIER: usize = 4;

/// An opened park.
pub struct Park {
    pub(crate) store: Store,
    pub(crate) library: Arc<Library>,
    pub(crate) worker: Worker,
    pub(crate) clock: Arc<dyn Clock>,
    day: Option<jiff::civil::Date>,
    pub(crate) who: String,
    pub(crate) templates: Arc<TemplateCache>,
    snapshot: Arc<SnapshotCell>,
    known: Arc<Known>,
}

/// The newest snapshot, shared by all parks of one folder in this process.
#[derive(Default)]
pub(crate) struct SnapshotCell(Mutex<Option<Arc<Snapshot>>>);

/// What was worked out already, shared by all parks of one folder in this process.
#[derive(Default)]
pub(crate) struct Known {
    selections: Selections,
    answers: KnownAnswers,
    changes: Mutex<LastChanges>,
    years: Years,
    runs: Runs,
    readings: Readings,
    registers: Registers,
    sheets: Sheets,
    earlier: Earlier,
    pool_months: KnownMonths,
    spellings: KnownSpellings,
}

/// Snapshots of earlier revisions somebody looks at.
struct Earlier(Lru<Revision, Snapshot>);

impl Default for Earlier {
    fn default() -> Self {
        Self(Lru::new(EARLIER, usize::MAX))
    }
}

/// Files of boundaries that were read.
struct Readings(KnownReadings);

impl Default for Readings {
    fn default() -> Self {
        Self(known_readings())
    }
}

/// Books of parcels that were read.
struct Registers(KnownRegisters);

impl Default for Registers {
    fn default() -> Self {
        Self(known_registers())
    }
}

/// Maps of parcels that were laid out for tiles.
struct Sheets(KnownSheets);

impl Default for Sheets {
    fn default() -> Self {
        Self(known_sheets())
    }
}

/// Frozen evaluations that were read.
struct Runs(KnownRuns);

impl Default for Runs {
    fn default() -> Self {
        Self(known_runs())
    }
}

/// Years of parcels and enterprises that were gathered.
struct Years(KnownYears);

impl Default for Years {
    fn default() -> Self {
        Self(known_years())
    }
}

/// When each book was last written, up to a revision.
#[derive(Default)]
struct LastChanges {
    until: Revision,
    at: BTreeMap<BookId, Timestamp>,
}

/// Everything a park needs besides its folder.
#[derive(Clone)]
pub struct Setup {
    /// The content in force.
    pub library: Arc<Library>,
    /// How foreign files are read and documents rendered.
    pub worker: Worker,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Who is acting.
    pub who: String,
}

impl Park {
    /// Opens a data folder; makes a new one where there is none yet. `key` is used only for a new folder: 32 random bytes.
    ///
    /// # Errors
    /// [`StoreError`] when the folder cannot be used.
    pub fn open_or_create(
        dir: &Path,
        setup: Setup,
        key: impl FnOnce() -> [u8; 32],
    ) -> Result<Self, StoreError> {
        let store = match Store::open(dir) {
            Err(StoreError::NotALedger(_)) => Store::create(dir, &Key::new(key()), setup.clock.now())?,
            other => other?,
        };
        Self::with(store, setup)
    }

    /// Opens an existing data folder.
    ///
    /// # Errors
    /// [`StoreError`] when there is none or it cannot be used.
    pub fn open(dir: &Path, setup: Setup) -> Result<Self, StoreError> {
        Self::with(Store::open(dir)?, setup)
    }

    fn with(mut store: Store, setup: Setup) -> Result<Self, StoreError> {
        create_views(&mut store, &setup.library)?;
        let day = store.setting(crate::showcase::DEMO)?.and_then(|day| day.parse().ok());
        let Setup { library, worker, clock, who } = setup;
        let (templates, snapshot, known) = Default::default();
        Ok(Self { store, library, worker, clock, day, who, templates, snapshot, known })
    }

    /// The same park over a connection of its own that only reads; snapshots and templates are shared with this one.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be opened again.
    pub fn reader(&self) -> Result<Self, StoreError> {
        Ok(Self {
            store: Store::open_read_only(self.store.dir())?,
            library: Arc::clone(&self.library),
            worker: self.worker.clone(),
            clock: Arc::clone(&self.clock),
            day: self.day,
            who: self.who.clone(),
            templates: Arc::clone(&self.templates),
            snapshot: Arc::clone(&self.snapshot),
            known: Arc::clone(&self.known),
        })
    }

    /// Says who acts from now on.
    pub fn set_who(&mut self, who: &str) {
        who.clone_into(&mut self.who);
    }

    /// Puts other content in force; what was laid out by the old one is dropped.
    ///
    /// # Errors
    /// [`StoreError`] when the views of the new content's books cannot be made.
    pub fn set_library(&mut self, library: Arc<Library>) -> Result<(), StoreError> {
        create_views(&mut self.store, &library)?;
        self.library = library;
        self.snapshot = Arc::default();
        self.known = Arc::default();
        self.templates = Arc::default();
        Ok(())
    }

    /// The content in force.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The content in force, to be kept beside the park.
    pub fn shared_library(&self) -> Arc<Library> {
        Arc::clone(&self.library)
    }

    /// Which rows the grids of this park select.
    pub fn selections(&self) -> &Selections {
        &self.known.selections
    }

    /// Answers this park gave already.
    pub fn answers(&self) -> &KnownAnswers {
        &self.known.answers
    }

    /// Years of parcels and enterprises that were gathered already.
    pub(crate) fn years(&self) -> &KnownYears {
        &self.known.years.0
    }

    /// Files of boundaries that were read already.
    pub(crate) fn readings(&self) -> &KnownReadings {
        &self.known.readings.0
    }

    /// Movement of reserve pools that was reckoned already.
    pub(crate) fn pool_months(&self) -> &KnownMonths {
        &self.known.pool_months
    }

    /// Names of enterprises in the forms they are looked for in.
    pub(crate) fn spellings(&self) -> &KnownSpellings {
        &self.known.spellings
    }

    /// Books of parcels that were read already.
    pub(crate) fn registers(&self) -> &KnownRegisters {
        &self.known.registers.0
    }

    /// Frozen evaluations that were read already.
    pub(crate) fn runs(&self) -> &KnownRuns {
        &self.known.runs.0
    }

    /// Maps of parcels that were laid out for tiles already.
    pub(crate) fn sheets(&self) -> &KnownSheets {
        &self.known.sheets.0
    }

    /// When a book was last written; nothing for books that never were. Only what is new since the last call is looked at.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn last_changes(&self) -> Result<BTreeMap<BookId, Timestamp>, StoreError> {
        let mut known = self.known.changes.lock().unwrap_or_else(PoisonError::into_inner);
        if known.until < self.store.latest_revision()? {
            let (until, changes) = self.store.last_changes(known.until)?;
            known.until = until;
            known.at.extend(changes);
        }
        Ok(known.at.clone())
    }

    /// What day it is in the park: today, or in a demonstration always the day its data ends with. Deadlines and missing returns
    /// count from it; records of who did what carry the real time.
    pub fn today(&self) -> jiff::civil::Date {
        self.day.unwrap_or_else(|| clock::local(self.clock.now()).date())
    }

    /// The day a demonstration stands still at; none in a park of one's own.
    pub fn demo_day(&self) -> Option<jiff::civil::Date> {
        self.day
    }

    /// Takes another clock.
    pub fn set_clock(&mut self, clock: Arc<dyn Clock>) {
        self.clock = clock;
    }

    /// The ledger.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The ledger, for writing.
    pub fn store_mut(&mut self) -> &mut Store {
        &mut self.store
    }

    /// The data folder.
    pub fn dir(&self) -> PathBuf {
        self.store.dir().to_owned()
    }

    /// All books at the newest revision; built once and patched by what changed since.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn snapshot(&self) -> Result<Arc<Snapshot>, StoreError> {
        // Looked up under the lock: another connection's revision may be newer, never older, than what the cell holds.
        let mut cell = self.snapshot.0.lock().unwrap_or_else(PoisonError::into_inner);
        let latest = self.store.latest_revision()?;
        let next = match cell.take() {
            Some(cached) if cached.revision() == latest => cached,
            Some(cached) => {
                let changed = self.store.changes_since(cached.revision())?;
                let mut next = Arc::try_unwrap(cached).unwrap_or_else(|shared| (*shared).clone());
                next.apply(latest, &changed);
                Arc::new(next)
            }
            None => Arc::new(self.snapshot_at(latest)?),
        };
        Ok(Arc::clone(cell.insert(next)))
    }

    /// The snapshot of a revision, if it is laid out.
    pub(crate) fn laid_out(&self, revision: Revision) -> Option<Arc<Snapshot>> {
        let cell = self.snapshot.0.lock().unwrap_or_else(PoisonError::into_inner);
        cell.as_ref().filter(|s| s.revision() == revision).cloned()
    }

    /// All books as they were at a revision, kept for the next who asks.
    ///
    /// # Errors
    /// As [`Park::snapshot_at`].
    pub fn snapshot_of(&self, revision: Revision) -> Result<Arc<Snapshot>, StoreError> {
        if revision == self.store.latest_revision()? {
            return self.snapshot();
        }
        let earlier = &self.known.earlier.0;
        if let Some(known) = self.laid_out(revision).or_else(|| earlier.get(&revision)) {
            return Ok(known);
        }
        Ok(earlier.put(revision, self.snapshot_at(revision)?, 1, |_| false))
    }

    /// All books as they were at a revision.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read or has no such revision.
    pub fn snapshot_at(&self, revision: Revision) -> Result<Snapshot, StoreError> {
        self.snapshot_by(&self.library, revision)
    }

    /// All books at a revision as other content defines them.
    ///
    /// # Errors
    /// As [`Park::snapshot_at`].
    pub fn snapshot_by(&self, library: &Library, revision: Revision) -> Result<Snapshot, StoreError> {
        let mut books: Vec<(BookId, Vec<model::entry::Entry>)> = Vec::new();
        for id in library.content.books.keys() {
            books.push((id.clone(), self.store.heads(id, Some(revision))?));
        }
        Ok(Snapshot::build(&library.content, revision, books))
    }
}

fn create_views(store: &mut Store, library: &Library) -> Result<(), StoreError> {
    let books = library.content.books.values();
    let books: Vec<(BookId, Vec<FieldId>)> =
        books.map(|b| (b.id.clone(), b.fields.keys().cloned().collect())).collect();
    store.create_views(&books)
}
