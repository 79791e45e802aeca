//! One park for many callers at a time: one connection that writes, and as many that read as there are readers.
//!
//! All of them share one snapshot, which is brought up to date when a reader finds a newer revision: a write is visible to
//! the next read of anyone. Deliberately absent: who may do what (`access`), waiting in queues (a writer waits its turn).

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use store::StoreError;

use crate::library::Library;
use crate::park::Park;

/// Idle readers that are kept open; more are opened and closed as needed.
const IDLE_READERS: usize = 16;

/// One park that many threads use.
pub struct Parks {
    writer: Mutex<Park>,
    /// Opens further readers, so that nobody waits for the writer to read.
    seed: Mutex<Park>,
    readers: Mutex<Readers>,
    library: RwLock<Arc<Library>>,
    dir: PathBuf,
}

/// Readers nobody is using, and which content they were opened with.
#[derive(Default)]
struct Readers {
    idle: Vec<Park>,
    generation: u64,
}

impl Parks {
    /// Shares an opened park.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be opened a second time.
    pub fn new(park: Park) -> Result<Self, StoreError> {
        let (library, dir) = (RwLock::new(Arc::clone(&park.library)), park.dir());
        let seed = Mutex::new(park.reader()?);
        Ok(Self { writer: Mutex::new(park), seed, readers: Mutex::default(), library, dir })
    }

    /// The content in force.
    pub fn library(&self) -> Arc<Library> {
        Arc::clone(&self.library.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The data folder.
    pub fn dir(&self) -> &std::path::Path {
        &self.dir
    }

    /// Reads. Any number of callers read at the same time, also while one writes.
    ///
    /// # Errors
    /// What `body` says; [`StoreError`] when no further connection can be opened.
    pub fn read<T, E: From<StoreError>>(&self, body: impl FnOnce(&Park) -> Result<T, E>) -> Result<T, E> {
        let (park, generation) = self.take()?;
        let done = body(&park);
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.generation == generation && readers.idle.len() < IDLE_READERS {
            readers.idle.push(park);
        }
        done
    }

    fn take(&self) -> Result<(Park, u64), StoreError> {
        let generation = {
            let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
            match readers.idle.pop() {
                Some(park) => return Ok((park, readers.generation)),
                None => readers.generation,
            }
        };
        let seed = self.seed.lock().unwrap_or_else(PoisonError::into_inner);
        Ok((seed.reader()?, generation))
    }

    /// Writes as `who`. One caller at a time; others wait.
    ///
    /// # Errors
    /// What `body` says.
    pub fn write<T, E>(&self, who: &str, body: impl FnOnce(&mut Park) -> Result<T, E>) -> Result<T, E> {
        let mut park = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        park.set_who(who);
        body(&mut park)
    }

    /// Puts other content in force for every caller from now on.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger refuses the new books; the old content stays in force then.
    pub fn reload(&self, library: Arc<Library>) -> Result<(), StoreError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.set_library(Arc::clone(&library))?;
        *self.seed.lock().unwrap_or_else(PoisonError::into_inner) = writer.reader()?;
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        readers.idle.clear();
        readers.generation += 1;
        *self.library.write().unwrap_or_else(PoisonError::into_inner) = library;
        Ok(())
    }
}
