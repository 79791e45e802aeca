//! PDF: the document converted by LibreOffice in a process of its own under limits, where LibreOffice is there.
//!
//! The process is this program, called with a hidden subcommand that sets the limits and then becomes LibreOffice: one
//! process that can be stopped as one. It gets an empty home of its own and no environment. Deliberately absent: layout of
//! our own – a PDF looks as the office program that people use would print it.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::progress::unwatched;
use crate::worker::{LIMITED_COMMAND, wait};

/// Address space of one conversion: LibreOffice maps far more than it uses.
const MEMORY: u64 = 4 << 30;
/// Processor seconds of one conversion.
const CPU_SECONDS: u64 = 120;
/// Wall time of one conversion.
const WALL: Duration = Duration::from_mins(2);
/// The status LibreOffice ends with when it has only set up a new home and wants to be started again; its own start script does
/// that (`EXITHELPER_NORMAL_RESTART` in `desktop/source/inc/exithelper.h`).
const START_AGAIN: i32 = 81;
/// Names LibreOffice goes by.
const NAMES: [&str; 2] = ["soffice", "libreoffice"];

/// How a PDF is made.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PdfTool {
    /// LibreOffice; none where there is none.
    soffice: Option<PathBuf>,
    /// This program, which becomes LibreOffice under limits.
    program: PathBuf,
    wall: Duration,
}

/// Why no PDF could be made.
#[derive(Debug, thiserror::Error)]
pub enum PdfFault {
    /// There is no LibreOffice on this machine.
    #[error("there is no LibreOffice on this machine")]
    Absent,
    /// It could not be started, or its folder could not be used.
    #[error("LibreOffice could not be started")]
    Process(#[source] std::io::Error),
    /// It ran into a limit, or ended without a PDF.
    #[error("LibreOffice made no PDF ({0})")]
    Failed(String),
}

impl PdfTool {
    /// The LibreOffice of the settings, else the first one in these folders (those of `PATH`).
    pub fn find(program: PathBuf, configured: Option<&Path>, folders: &[PathBuf]) -> Self {
        let in_path = || {
            let mut places = folders.iter().flat_map(|folder| NAMES.map(|name| folder.join(name)));
            places.find(|path| path.is_file())
        };
        // Where the settings name one, no other takes its place.
        let soffice = match configured {
            Some(path) => path.is_file().then(|| path.to_owned()),
            None => in_path(),
        };
        Self { soffice, program, wall: WALL }
    }

    /// The same with another wall time.
    #[must_use]
    pub fn within(self, wall: Duration) -> Self {
        Self { wall, ..self }
    }

    /// Whether there is a LibreOffice.
    pub fn is_there(&self) -> bool {
        self.soffice.is_some()
    }

    /// Converts a document.
    ///
    /// # Errors
    /// [`PdfFault`] when there is no LibreOffice, or it makes no PDF within its limits.
    pub fn convert(&self, document: &[u8]) -> Result<Vec<u8>, PdfFault> {
        let soffice = self.soffice.as_deref().ok_or(PdfFault::Absent)?;
        let folder = tempfile::tempdir().map_err(PdfFault::Process)?;
        let (home, input) = (folder.path().join("home"), folder.path().join("report.docx"));
        std::fs::create_dir(&home)
            .and_then(|()| std::fs::write(&input, document))
            .map_err(PdfFault::Process)?;
        let started = Instant::now();
        let mut status = self.run(soffice, &home, &input, started)?;
        if status.code() == Some(START_AGAIN) {
            status = self.run(soffice, &home, &input, started)?;
        }
        std::fs::read(folder.path().join("report.pdf")).map_err(|_| PdfFault::Failed(status.to_string()))
    }

    /// One run of LibreOffice; the PDF lies beside the document then.
    fn run(
        &self,
        soffice: &Path,
        home: &Path,
        input: &Path,
        started: Instant,
    ) -> Result<ExitStatus, PdfFault> {
        let mut child = Command::new(&self.program)
            .args([LIMITED_COMMAND, &MEMORY.to_string(), &CPU_SECONDS.to_string(), "--"])
            .arg(single_process(soffice))
            .arg(format!("-env:UserInstallation=file://{}", home.display()))
            .args(["--headless", "--norestore", "--nolockcheck", "--convert-to", "pdf", "--outdir"])
            .arg(input.parent().unwrap_or(home))
            .arg(input)
            .env_clear()
            .env("HOME", home)
            .env("PATH", "/usr/bin:/bin")
            .env("LANG", "C.UTF-8")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(PdfFault::Process)?;
        wait(&mut child, started, self.wall, &unwatched).map_err(|fault| {
            if fault.kind() == std::io::ErrorKind::TimedOut {
                PdfFault::Failed(fault.to_string())
            } else {
                PdfFault::Process(fault)
            }
        })
    }
}

/// The program behind the start script, where it stands beside it: one process instead of three.
fn single_process(soffice: &Path) -> PathBuf {
    let real = soffice.canonicalize().unwrap_or_else(|_| soffice.to_owned());
    let beside = real.with_file_name("soffice.bin");
    if beside.is_file() { beside } else { real }
}
