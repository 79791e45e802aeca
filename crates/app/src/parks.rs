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

/// A park with one book, for tests of this crate.
#[cfg(test)]
pub(crate) mod testing {
    use std::collections::BTreeMap;

    use jiff::Timestamp;
    use model::entry::{EntryState, EntryWrite, Origins};
    use model::id::Revision;
    use model::value::{Payload, Value};
    use store::{RevisionKind, WriteRequest};

    use super::*;
    use crate::clock::FrozenClock;
    use crate::park::Setup;
    use crate::worker::Worker;

    const BOOK: &str = "title = \"厂\"\nkind = \"register\"\nkey = [\"name\"]\n[fields.name]\ntitle = \"名\"\nkind = \"text\"\n";

    /// A shared park in a folder that lives as long as the first of the two.
    pub(crate) fn parks() -> (tempfile::TempDir, Arc<Parks>) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let files = BTreeMap::from([("books/firms.toml".to_owned(), BOOK.as_bytes().to_vec())]);
        let setup = Setup {
            library: Arc::new(Library::of(files)),
            worker: Worker::this_program().expect("the test's own path"),
            clock: Arc::new(FrozenClock(Timestamp::UNIX_EPOCH)),
            who: "test".to_owned(),
        };
        let park = Park::open_or_create(&folder.path().join("ledger"), setup, || [1; 32]).expect("a ledger");
        (folder, Arc::new(Parks::new(park).expect("a second connection")))
    }

    /// Writes one firm.
    pub(crate) fn write(parks: &Parks, who: &str, name: &str) -> Revision {
        let firm = EntryWrite {
            book: "firms".into(),
            key: name.to_owned(),
            entry: None,
            based_on: 0,
            state: EntryState::Active,
            payload: Payload::from([("name".into(), Value::text(name))]),
            origins: Origins::default(),
        };
        let written = parks.write(who, |park| {
            let mut request = WriteRequest::new(Timestamp::UNIX_EPOCH, who, "test", RevisionKind::Record);
            request.writes.push(firm);
            park.store_mut().write(&request)
        });
        written.expect("a free key").revision
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{parks, write};
    use super::*;

    fn firms(parks: &Parks) -> usize {
        let read = parks.read(|park| {
            let snapshot = park.snapshot()?;
            Ok::<_, StoreError>(snapshot.table(&"firms".into()).map_or(0, figures::Table::len))
        });
        read.expect("a readable ledger")
    }

    #[test]
    fn a_write_is_seen_by_the_next_read() {
        let (_folder, parks) = parks();
        assert_eq!(firms(&parks), 0);
        write(&parks, "a", "甲厂");
        assert_eq!(firms(&parks), 1);
        write(&parks, "b", "乙厂");
        assert_eq!(firms(&parks), 2);
    }

    #[test]
    fn many_readers_and_writers_lose_nothing() {
        let (_folder, parks) = parks();
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let parks = &parks;
                scope.spawn(move || {
                    for n in 0..10 {
                        let before = firms(parks);
                        write(parks, "w", &format!("{writer}-{n}"));
                        assert!(firms(parks) > before, "a writer does not see its own write");
                    }
                });
            }
            for _ in 0..4 {
                scope.spawn(|| {
                    let mut last = 0;
                    for _ in 0..40 {
                        let now = firms(&parks);
                        assert!(now >= last, "a reader went back in time");
                        last = now;
                    }
                });
            }
        });
        assert_eq!(firms(&parks), 40);
    }

    #[test]
    fn other_content_is_in_force_for_everybody() {
        let (_folder, parks) = parks();
        write(&parks, "a", "甲厂");
        assert_eq!(firms(&parks), 1);
        parks.reload(Arc::new(Library::of(std::collections::BTreeMap::new()))).expect("no new views");
        assert!(parks.library().content.books.is_empty());
        assert_eq!(firms(&parks), 0, "the book is no longer defined");
    }
}
