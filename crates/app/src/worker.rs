//! The worker process: every foreign file is parsed, and every document rendered, in a process of its own under limits
//! of memory, processor time and wall time. Being killed is a normal, reported outcome.
//!
//! The worker is the same binary called with a hidden subcommand; it reads one [`Task`] from standard input, answers
//! with one [`Answer`] on standard output (both postcard) and ends. It opens no file and no connection.
//!
//! To add a task: a variant of [`Task`] and [`Answer`], an arm in [`perform`].

mod documents;

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use office::docx::{self, Author, Change, DocxFault, Fill, Live, Note, Paragraph, Properties, Put, Template};
use office::write::BookSpec;
use office::{ReadFault, Workbook, WriteFault};
use serde::{Deserialize, Serialize};

use crate::progress::{Progress, Watch, unwatched};

/// What a worker is asked to do.
#[derive(Serialize, Deserialize, Debug)]
pub enum Task {
    /// Read a workbook or CSV.
    Read {
        /// The file's name, for what its ending says.
        file_name: String,
        /// Its bytes.
        #[serde(with = "bytes")]
        bytes: Vec<u8>,
    },
    /// Read a file of boundaries: a map file, or a workbook with a list of boundary points.
    Map {
        /// The file's name, for what its ending says.
        file_name: String,
        /// Its bytes.
        #[serde(with = "bytes")]
        bytes: Vec<u8>,
    },
    /// Turn a Word template into the source of its text parts.
    Template {
        /// The template's bytes.
        #[serde(with = "bytes")]
        bytes: Vec<u8>,
    },
    /// Read the text, the controls and the basis of any Word file.
    Outline {
        /// The file's bytes.
        #[serde(with = "bytes")]
        bytes: Vec<u8>,
    },
    /// Put comments into a Word file.
    Annotate {
        /// The file's bytes.
        #[serde(with = "bytes")]
        bytes: Vec<u8>,
        /// The comments.
        notes: Vec<Note>,
        /// Who comments.
        author: Author,
    },
    /// Put a manuscript into a template at a paragraph.
    Insert {
        /// The file's bytes.
        #[serde(with = "bytes")]
        bytes: Vec<u8>,
        /// Which paragraph, from 0.
        paragraph: usize,
        /// Where in it.
        put: Put,
        /// What.
        text: String,
    },
    /// Find the controls of a document that somebody has edited.
    Live {
        /// The file's bytes.
        #[serde(with = "bytes")]
        bytes: Vec<u8>,
        /// What their tags begin with.
        prefix: String,
    },
    /// Change a document that somebody has edited.
    Splice {
        /// The file's bytes.
        #[serde(with = "bytes")]
        bytes: Vec<u8>,
        /// What the tags of its controls begin with.
        prefix: String,
        /// The changes.
        changes: Vec<Change>,
        /// The basis to keep in it; its own when empty.
        basis: String,
    },
    /// Put rendered text parts back into the document, with content controls.
    Assemble(Assembly),
    /// Write a workbook.
    Write(BookSpec),
}

/// What [`Task::Assemble`] needs.
#[derive(Serialize, Deserialize, Debug)]
pub struct Assembly {
    /// The template's bytes.
    #[serde(with = "bytes")]
    pub template: Vec<u8>,
    /// Rendered parts by name.
    pub rendered: Vec<(String, String)>,
    /// What the tokens stand for.
    pub fills: Vec<Fill>,
    /// What the tokens of charts stand for.
    pub charts: Vec<docx::Chart>,
    /// The basis of all tags, kept inside the document.
    pub basis: String,
    /// Title and the like.
    pub properties: Properties,
}

/// What a worker answers.
#[derive(Serialize, Deserialize, Debug)]
pub enum Answer {
    /// The workbook, or why it cannot be read.
    Workbook(Result<Workbook, ReadFault>),
    /// What stands in the file of boundaries, or why nothing can be read.
    Map(Result<land::read::Reading, land::Trouble>),
    /// The template's sources, or what is wrong with it.
    Template(Result<Template, DocxFault>),
    /// The text of a Word file.
    Outline(Result<Outlined, DocxFault>),
    /// The controls of an edited document and its basis, as [`Outlined::basis`] has it.
    Live(Result<(Live, Basis), DocxFault>),
    /// The document's bytes.
    Document(#[serde(with = "document")] Result<Vec<u8>, DocxFault>),
    /// The template with something put in; none when there is no place for it.
    Inserted(Result<Option<Vec<u8>>, DocxFault>),
    /// The workbook's bytes.
    Written(#[serde(with = "document")] Result<Vec<u8>, WriteFault>),
}

/// The attributes of a stored basis: of the whole, then of each element in it.
pub type Basis = Vec<Vec<(String, String)>>;

/// What a Word file says.
#[derive(Serialize, Deserialize, Debug)]
pub struct Outlined {
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// The attributes of its basis: of the whole, then of each slot; none when it was not made here.
    pub basis: Basis,
    /// What was taken out of the file before it was read, each in a sentence.
    pub set_aside: Vec<String>,
}

/// Limits of one worker.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WorkerLimits {
    /// Address space in bytes.
    pub memory: u64,
    /// Processor seconds.
    pub cpu_seconds: u64,
    /// Wall time.
    pub wall: Duration,
}

impl Default for WorkerLimits {
    /// 1 GiB, 60 s of processor, 120 s of wall time: an honest 200,000 × 30 sheet needs a third of each.
    fn default() -> Self {
        Self { memory: 1 << 30, cpu_seconds: 60, wall: Duration::from_mins(2) }
    }
}

/// How to start a worker.
#[derive(Clone, Debug)]
pub struct Worker {
    /// The binary.
    pub program: PathBuf,
    /// The arguments that make it a worker; the limits are appended.
    pub arguments: Vec<String>,
    /// Its limits.
    pub limits: WorkerLimits,
}

/// Why a worker gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum WorkerFault {
    /// It ran into a limit or crashed; the file is too large or damaged.
    #[error("the worker ended without an answer after {seconds:.1} s ({how})")]
    Killed {
        /// Signal, exit code or wall limit.
        how: String,
        /// After how long.
        seconds: f64,
    },
    /// Whoever followed the work asked to stop; the worker was killed.
    #[error("the work was stopped before it was finished")]
    Cancelled,
    /// It could not be started or spoken to.
    #[error("the worker process could not be used")]
    Process(#[source] std::io::Error),
    /// It answered something else than asked.
    #[error("the worker's answer could not be read")]
    Answer,
}

/// The word that makes the binary a worker.
pub const WORKER_COMMAND: &str = "worker";

impl Worker {
    /// A worker of this very binary with default limits.
    ///
    /// # Errors
    /// When the running program's own path is not known.
    pub fn this_program() -> std::io::Result<Self> {
        let program = std::env::current_exe()?;
        Ok(Self { program, arguments: vec![WORKER_COMMAND.to_owned()], limits: WorkerLimits::default() })
    }

    /// Reads a workbook or CSV.
    ///
    /// # Errors
    /// [`WorkerFault`] when the worker gives no answer; what is wrong with the file is the inner result.
    pub fn read(&self, file_name: &str, bytes: Vec<u8>) -> Result<Result<Workbook, ReadFault>, WorkerFault> {
        self.read_watched(file_name, bytes, &unwatched)
    }

    /// Reads a workbook or CSV; `watch` may stop it, which kills the worker.
    ///
    /// # Errors
    /// As [`Worker::read`], and [`WorkerFault::Cancelled`].
    pub fn read_watched(
        &self,
        file_name: &str,
        bytes: Vec<u8>,
        watch: &Watch<'_>,
    ) -> Result<Result<Workbook, ReadFault>, WorkerFault> {
        match self.run(&Task::Read { file_name: file_name.to_owned(), bytes }, watch)? {
            Answer::Workbook(found) => Ok(found),
            _ => Err(WorkerFault::Answer),
        }
    }

    /// Reads a file of boundaries; `watch` may stop it.
    ///
    /// # Errors
    /// As [`Worker::read_watched`].
    pub fn map(
        &self,
        file_name: &str,
        bytes: Vec<u8>,
        watch: &Watch<'_>,
    ) -> Result<Result<land::read::Reading, land::Trouble>, WorkerFault> {
        match self.run(&Task::Map { file_name: file_name.to_owned(), bytes }, watch)? {
            Answer::Map(found) => Ok(found),
            _ => Err(WorkerFault::Answer),
        }
    }

    /// Writes a workbook.
    ///
    /// # Errors
    /// As [`Worker::read`].
    pub fn write(&self, book: BookSpec) -> Result<Result<Vec<u8>, WriteFault>, WorkerFault> {
        match self.run(&Task::Write(book), &unwatched)? {
            Answer::Written(found) => Ok(found),
            _ => Err(WorkerFault::Answer),
        }
    }

    fn run(&self, task: &Task, watch: &Watch<'_>) -> Result<Answer, WorkerFault> {
        let request = postcard::to_stdvec(task).map_err(|_| WorkerFault::Answer)?;
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .args([self.limits.memory.to_string(), self.limits.cpu_seconds.to_string()])
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(WorkerFault::Process)?;
        let mut stdin = child.stdin.take().expect("standard input was asked to be a pipe");
        let mut stdout = child.stdout.take().expect("standard output was asked to be a pipe");
        let started = Instant::now();
        let reply = std::thread::scope(|scope| {
            // A worker that dies early closes the pipe; the write error is then only an echo of that.
            scope.spawn(move || drop(stdin.write_all(&request)));
            let reader = scope.spawn(move || {
                let mut reply = Vec::new();
                stdout.read_to_end(&mut reply).map(|_| reply)
            });
            let ended = wait(&mut child, started, self.limits.wall, watch);
            let reply = reader.join().expect("reading a pipe does not panic");
            ended.and_then(|status| reply.map(|bytes| (status, bytes)))
        });
        let killed = |how: String| WorkerFault::Killed { how, seconds: started.elapsed().as_secs_f64() };
        let (status, bytes) = reply.map_err(|e| match e.kind() {
            std::io::ErrorKind::TimedOut => killed(e.to_string()),
            std::io::ErrorKind::Interrupted => WorkerFault::Cancelled,
            _ => WorkerFault::Process(e),
        })?;
        if !status.success() {
            return Err(killed(status.to_string()));
        }
        postcard::from_bytes(&bytes).map_err(|_| WorkerFault::Answer)
    }
}

/// Waits for the child, killing it at the wall limit (`TimedOut`) or when whoever follows says so (`Interrupted`).
pub(crate) fn wait(
    child: &mut Child,
    started: Instant,
    wall: Duration,
    watch: &Watch<'_>,
) -> std::io::Result<ExitStatus> {
    let mut pause = Duration::from_micros(200);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        let late = started.elapsed() > wall;
        if late || watch(Progress::begun("read")).is_break() {
            child.kill()?;
            child.wait()?;
            let kind = if late { std::io::ErrorKind::TimedOut } else { std::io::ErrorKind::Interrupted };
            return Err(std::io::Error::new(kind, if late { "wall time limit" } else { "stopped" }));
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(5));
    }
}

/// The worker's whole life: limits, one task in, one answer out.
///
/// # Errors
/// When the limits cannot be set, or the pipes break, or the task cannot be read. The caller exits non-zero then.
pub fn serve(
    memory: u64,
    cpu_seconds: u64,
    input: &mut dyn Read,
    output: &mut dyn Write,
) -> Result<(), Box<dyn std::error::Error>> {
    restrict(memory, cpu_seconds)?;
    let mut request = Vec::new();
    input.read_to_end(&mut request)?;
    let task: Task = postcard::from_bytes(&request)?;
    drop(request);
    let answer = perform(task);
    output.write_all(&postcard::to_stdvec(&answer)?)?;
    output.flush()?;
    Ok(())
}

/// The word that makes the binary become another program under limits.
pub const LIMITED_COMMAND: &str = "limited";

/// Files a limited program may write, each at most so long.
const LIMITED_FILE: u64 = 1 << 30;

/// Becomes another program under limits of memory and processor time; returns only when that fails.
#[cfg(unix)]
pub fn become_limited(
    memory: u64,
    cpu_seconds: u64,
    program: &std::ffi::OsStr,
    arguments: &[std::ffi::OsString],
) -> std::io::Error {
    use rlimit::Resource;
    use std::os::unix::process::CommandExt as _;
    let limited = Resource::AS
        .set(memory, memory)
        .and_then(|()| Resource::CPU.set(cpu_seconds, cpu_seconds))
        .and_then(|()| Resource::FSIZE.set(LIMITED_FILE, LIMITED_FILE))
        .and_then(|()| Resource::CORE.set(0, 0));
    match limited {
        Ok(()) => Command::new(program).args(arguments).exec(),
        Err(fault) => fault,
    }
}

/// Runs another program; where limits cannot be set its wall time is the only one.
#[cfg(not(unix))]
pub fn become_limited(
    _memory: u64,
    _cpu_seconds: u64,
    program: &std::ffi::OsStr,
    arguments: &[std::ffi::OsString],
) -> std::io::Error {
    match Command::new(program).args(arguments).status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(fault) => fault,
    }
}

/// Does a task in this process.
pub fn perform(task: Task) -> Answer {
    match task {
        Task::Read { file_name, bytes } => {
            Answer::Workbook(office::read(&bytes, &file_name, &office::Limits::default()))
        }
        Task::Map { file_name, bytes } => Answer::Map(map(&file_name, &bytes)),
        Task::Template { bytes } => Answer::Template(docx::template(&bytes, &docx::Limits::default())),
        Task::Outline { bytes } => {
            let read = |read: docx::Finished| Outlined {
                paragraphs: read.paragraphs,
                basis: basis(&bytes),
                set_aside: read.set_aside.iter().map(ToString::to_string).collect(),
            };
            Answer::Outline(docx::read_finished(&bytes).map(read))
        }
        Task::Annotate { bytes, notes, author } => {
            Answer::Document(docx::annotate(&bytes, &notes, &author).map(|(bytes, _)| bytes))
        }
        Task::Insert { bytes, paragraph, put, text } => {
            Answer::Inserted(docx::insert(&bytes, paragraph, put, &text))
        }
        Task::Live { bytes, prefix } => {
            Answer::Live(docx::read_live(&bytes, &prefix).map(|live| (live, basis(&bytes))))
        }
        Task::Splice { bytes, prefix, changes, basis } => {
            let basis = (!basis.is_empty()).then_some(basis.as_str());
            Answer::Document(docx::splice(&bytes, &prefix, &changes, basis))
        }
        Task::Assemble(a) => Answer::Document(docx::assemble(
            &a.template,
            &a.rendered,
            &a.fills,
            &a.charts,
            (!a.basis.is_empty()).then_some(a.basis.as_str()),
            &a.properties,
        )),
        Task::Write(book) => Answer::Written(office::write::xlsx(&book)),
    }
}

fn basis(bytes: &[u8]) -> Basis {
    docx::read_basis(bytes).map(|xml| docx::basis_attributes(&xml)).unwrap_or_default()
}

/// A map file by what its bytes say; else a workbook whose first sheet with boundary points is read.
fn map(file_name: &str, bytes: &[u8]) -> Result<land::read::Reading, land::Trouble> {
    use land::read::{Limits, read, read_points};
    let limits = Limits::default();
    let fault = match read(bytes, &limits) {
        Ok(reading) => return Ok(reading),
        Err(fault) => fault,
    };
    let Ok(workbook) = office::read(bytes, file_name, &office::Limits::default()) else { return Err(fault) };
    let mut last = fault;
    for sheet in workbook.sheets.iter().filter(|sheet| !sheet.hidden) {
        match read_points(&texts(sheet), &sheet.name, &limits) {
            Ok(reading) if !reading.features.is_empty() => return Ok(reading),
            Ok(_) => {}
            Err(trouble) => last = trouble,
        }
    }
    Err(last)
}

/// The cells of a sheet as texts, row by row.
fn texts(sheet: &office::sheet::Sheet) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for cell in &sheet.cells {
        let (row, col) = (cell.row as usize, usize::from(cell.col));
        if row >= rows.len() {
            rows.resize(row + 1, Vec::new());
        }
        if col >= rows[row].len() {
            rows[row].resize(col + 1, String::new());
        }
        rows[row][col] = match cell.value {
            office::sheet::CellValue::Number { value, .. } => office::number::number_text(value),
            _ => sheet.text(cell).unwrap_or_default().to_owned(),
        };
    }
    rows
}

#[cfg(unix)]
fn restrict(memory: u64, cpu_seconds: u64) -> std::io::Result<()> {
    use rlimit::Resource;
    Resource::AS.set(memory, memory)?;
    Resource::CPU.set(cpu_seconds, cpu_seconds)?;
    // No file may be created with content, and no dump written.
    Resource::FSIZE.set(0, 0)?;
    Resource::CORE.set(0, 0)
}

#[cfg(not(unix))]
fn restrict(_memory: u64, _cpu_seconds: u64) -> std::io::Result<()> {
    Ok(())
}

/// Bytes as one block instead of a sequence of numbers.
mod bytes {
    use serde::{Deserializer, Serializer, de::Visitor};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], s: S) -> Result<S::Ok, S::Error> {
        s.serialize_bytes(bytes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<u8>, D::Error> {
        struct Block;
        impl Visitor<'_> for Block {
            type Value = Vec<u8>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }
            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                Ok(bytes.to_vec())
            }
        }
        d.deserialize_bytes(Block)
    }
}

/// The same inside a result.
mod document {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize)]
    struct Out<'a>(#[serde(with = "super::bytes")] &'a [u8]);

    #[derive(Deserialize)]
    struct In(#[serde(with = "super::bytes")] Vec<u8>);

    pub(super) fn serialize<S: Serializer, E: Serialize>(
        r: &Result<Vec<u8>, E>,
        s: S,
    ) -> Result<S::Ok, S::Error> {
        r.as_ref().map(|bytes| Out(bytes)).serialize(s)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>, E: Deserialize<'de>>(
        d: D,
    ) -> Result<Result<Vec<u8>, E>, D::Error> {
        Result::<In, E>::deserialize(d).map(|r| r.map(|bytes| bytes.0))
    }
}
