//! One park: its data folder, the content in force, the clock and who is acting. Every use case is a method here or in a
//! module that takes this.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use figures::Snapshot;
use model::id::{BookId, Revision};
use store::{Key, Store, StoreError};

use crate::clock::Clock;
use crate::library::Library;
use crate::report::TemplateCache;
use crate::worker::Worker;

/// An opened park.
pub struct Park {
    pub(crate) store: Store,
    pub(crate) library: Arc<Library>,
    pub(crate) worker: Worker,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) who: String,
    pub(crate) templates: TemplateCache,
    snapshot: Option<Arc<Snapshot>>,
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
        let books: Vec<_> = setup
            .library
            .content
            .books
            .values()
            .map(|b| (b.id.clone(), b.fields.keys().cloned().collect::<Vec<_>>()))
            .collect();
        store.create_views(&books)?;
        let Setup { library, worker, clock, who } = setup;
        Ok(Self { store, library, worker, clock, who, templates: TemplateCache::default(), snapshot: None })
    }

    /// The content in force.
    pub fn library(&self) -> &Library {
        &self.library
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
    pub fn snapshot(&mut self) -> Result<Arc<Snapshot>, StoreError> {
        let latest = self.store.latest_revision()?;
        if let Some(cached) = &self.snapshot {
            if cached.revision() == latest {
                return Ok(Arc::clone(cached));
            }
            let changed = self.store.changes_since(cached.revision())?;
            let mut next = Arc::try_unwrap(self.snapshot.take().expect("looked at above"))
                .unwrap_or_else(|s| (*s).clone());
            next.apply(latest, &changed);
            return Ok(Arc::clone(self.snapshot.insert(Arc::new(next))));
        }
        let built = self.snapshot_at(latest)?;
        Ok(Arc::clone(self.snapshot.insert(Arc::new(built))))
    }

    /// The snapshot of a revision, if it is laid out.
    pub(crate) fn laid_out(&self, revision: Revision) -> Option<Arc<Snapshot>> {
        self.snapshot.as_ref().filter(|s| s.revision() == revision).cloned()
    }

    /// All books as they were at a revision.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read or has no such revision.
    pub fn snapshot_at(&self, revision: Revision) -> Result<Snapshot, StoreError> {
        let mut books: Vec<(BookId, Vec<model::entry::Entry>)> = Vec::new();
        for id in self.library.content.books.keys() {
            books.push((id.clone(), self.store.heads(id, Some(revision))?));
        }
        Ok(Snapshot::build(&self.library.content, revision, books))
    }
}
