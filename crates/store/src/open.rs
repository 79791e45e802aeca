//! Creating and opening a ledger, and the settings its safety rests on.
//!
//! Every setting is made explicitly and then read back: SQLite silently ignores what it cannot do. To change the
//! schema: append a file to `MIGRATIONS`; a file once released never changes.

use std::cell::RefCell;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::audit::{self, AuditEvent};
use crate::chain::Key;
use crate::error::{Result, StoreError};
use crate::originals::{self, sync_dir};
use crate::{Ledger, Store};

/// The database's file name.
pub(crate) const DATABASE: &str = "ledger.db";
/// The key's file name.
pub(crate) const KEY: &str = "key";
/// `PkLg`: tells `file(1)` and us whose database this is.
const APPLICATION: i32 = 0x506b_4c67;
/// Schema version n is reached by running the first n files.
const MIGRATIONS: &[&str] = &[
    include_str!("schema.sql"),
    include_str!("schema-2.sql"),
    include_str!("schema-3.sql"),
    include_str!("schema-4.sql"),
    include_str!("schema-5.sql"),
    include_str!("schema-6.sql"),
];
/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(10);

impl Store {
    /// Makes a new ledger in `dir`, which is created if absent, and opens it. The key's bytes must be drawn at random.
    ///
    /// A folder left by an interrupted creation may be used again; one that holds a ledger is refused.
    pub fn create(dir: &Path, key: &Key, now: Timestamp) -> Result<Self> {
        make_private(dir)?;
        let database = dir.join(DATABASE);
        if database.exists() && !is_blank(&connect(&database, Access::Write)?)? {
            return Err(StoreError::AlreadyThere(database));
        }
        write_key(&dir.join(KEY), key)?;
        originals::prepare(dir)?;
        let mut connection = connect(&database, Access::Write)?;
        migrate(&mut connection, |tx| {
            let ledger = Ledger { tx, dir, key };
            audit::append(&ledger, &AuditEvent::new(now, "", "ledger.create", ""))
        })?;
        sync_dir(dir)?;
        if let Some(parent) = dir.parent().filter(|p| !p.as_os_str().is_empty()) {
            sync_dir(parent)?;
        }
        drop(connection);
        Self::open(dir)
    }

    /// Opens the ledger in `dir` for reading and writing.
    pub fn open(dir: &Path) -> Result<Self> {
        let mut store = open(dir, Access::Write)?;
        migrate(&mut store.connection, |_| Ok(()))?;
        originals::sweep(&mut store)?;
        store.sweep_staged();
        Ok(store)
    }

    /// Opens the ledger in `dir` for reading, beside any writer.
    pub fn open_read_only(dir: &Path) -> Result<Self> {
        open(dir, Access::Read)
    }
}

/// What a connection may do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

fn open(dir: &Path, access: Access) -> Result<Store> {
    let database = dir.join(DATABASE);
    if !database.is_file() {
        return Err(StoreError::NotALedger(dir.to_owned()));
    }
    let connection = connect(&database, access)?;
    if is_blank(&connection)? {
        return Err(StoreError::NotALedger(dir.to_owned()));
    }
    let found = version(&connection)?;
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    Settings::read(&connection)?.check()?;
    let key = read_key(&dir.join(KEY))?;
    let (dir, read_only) = (dir.to_owned(), access == Access::Read);
    Ok(Store { connection, dir, key, read_only, failed: false, tables: RefCell::default() })
}

/// Opens the database file with every setting made.
pub(crate) fn connect(database: &Path, access: Access) -> Result<Connection> {
    let flags = match access {
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    };
    let connection = Connection::open_with_flags(database, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    if access == Access::Write {
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
        connection.pragma_update_and_check(None, "journal_size_limit", 64 << 20, |_| Ok(()))?;
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
    connection.pragma_update_and_check(None, "mmap_size", 0, |_| Ok(()))?;
    // 64 MiB of pages at most: an import of 100,000 rows stays in memory until it commits.
    connection.pragma_update(None, "cache_size", -65_536)?;
    Ok(connection)
}

/// Whether the file holds no tables at all: new, or left by an interrupted creation.
fn is_blank(connection: &Connection) -> Result<bool> {
    Ok(connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0))?)
}

fn version(connection: &Connection) -> Result<u32> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Brings the schema up to date and runs `then`, both or neither.
fn migrate(
    connection: &mut Connection,
    then: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<()>,
) -> Result<()> {
    let found = usize::try_from(version(connection)?).unwrap_or(usize::MAX);
    if found >= MIGRATIONS.len() {
        return Ok(());
    }
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for migration in &MIGRATIONS[found..] {
        tx.execute_batch(migration)?;
    }
    tx.pragma_update(None, "application_id", APPLICATION)?;
    tx.pragma_update(None, "user_version", MIGRATIONS.len())?;
    then(&tx)?;
    tx.commit()?;
    Ok(())
}

/// The settings as SQLite reports them.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) sqlite: i32,
    pub(crate) application: i32,
    pub(crate) journal: String,
    pub(crate) synchronous: i64,
    pub(crate) foreign_keys: i64,
    pub(crate) trusted_schema: i64,
    pub(crate) secure_delete: i64,
    pub(crate) mmap_size: i64,
}

impl Settings {
    pub(crate) fn read(connection: &Connection) -> Result<Self> {
        let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        Ok(Self {
            sqlite: rusqlite::version_number(),
            application: connection.pragma_query_value(None, "application_id", |row| row.get(0))?,
            journal: connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?,
            synchronous: number("synchronous")?,
            foreign_keys: number("foreign_keys")?,
            trusted_schema: number("trusted_schema")?,
            secure_delete: number("secure_delete")?,
            // Without memory mapping in the build the pragma answers nothing, which is as good as 0.
            mmap_size: match number("mmap_size") {
                Err(rusqlite::Error::QueryReturnedNoRows) => 0,
                other => other?,
            },
        })
    }

    pub(crate) fn check(&self) -> Result<()> {
        let rebuild = "build the program with its bundled SQLite";
        let local = "keep the data folder on a local disk whose file system supports it";
        let must = |holds: bool, setting, found: &dyn ToString, wanted, fix| {
            if holds {
                Ok(())
            } else {
                Err(StoreError::Setup { setting, found: found.to_string(), wanted, fix })
            }
        };
        // 3.7.0 to 3.51.2 can corrupt a WAL that is reset at the wrong moment (sqlite.org/wal.html#walresetbug).
        must(
            self.sqlite >= 3_051_003,
            "the SQLite version",
            &self.sqlite,
            "3051003 (3.51.3) or later",
            rebuild,
        )?;
        let foreign = "this is another program's database; check the path of the data folder";
        must(
            self.application == APPLICATION,
            "application_id",
            &self.application,
            "1349209191 (PkLg)",
            foreign,
        )?;
        must(self.journal == "wal", "journal_mode", &self.journal, "wal", local)?;
        // NORMAL lost 7 % of acknowledged commits in simulated power cuts, FULL none.
        must(self.synchronous == 2, "synchronous", &self.synchronous, "2 (FULL)", rebuild)?;
        must(self.foreign_keys == 1, "foreign_keys", &self.foreign_keys, "1", rebuild)?;
        must(self.trusted_schema == 0, "trusted_schema", &self.trusted_schema, "0", rebuild)?;
        must(self.secure_delete == 1, "secure_delete", &self.secure_delete, "1", rebuild)?;
        must(self.mmap_size == 0, "mmap_size", &self.mmap_size, "0", rebuild)
    }
}

fn read_key(path: &Path) -> Result<Key> {
    let bytes = fs::read(path).map_err(StoreError::io(path))?;
    let bytes = bytes.try_into().map_err(|other: Vec<u8>| {
        StoreError::Corrupt(format!("the file key has {} bytes instead of 32", other.len()))
    })?;
    Ok(Key::new(bytes))
}

/// Makes a folder that only its owner may enter; one that is there keeps its rights.
pub(crate) fn make_private(dir: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).map_err(StoreError::io(dir))
}

/// Writes the key so that only its owner may read it, replacing what an interrupted creation left.
pub(crate) fn write_key(path: &Path, key: &Key) -> Result<()> {
    let part = path.with_extension("part");
    match fs::remove_file(&part) {
        Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => {
            return Err(StoreError::io(&part)(fault));
        }
        _ => {}
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&part).map_err(StoreError::io(&part))?;
    file.write_all(key.bytes()).and_then(|()| file.sync_all()).map_err(StoreError::io(&part))?;
    fs::rename(&part, path).map_err(StoreError::io(path))
}
