//! What every handler is given: the park, the jobs, the settings in force, and a way to run a use case off the async threads.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use app::access::Actor;
use app::clock::Clock;
use app::desk::Desk;
use app::jobs::{JobView, Jobs};
use app::park::Park;
use app::parks::Parks;
use app::publishing::{PdfTool, Publishing};
use jiff::Timestamp;
use tokio::sync::{Semaphore, broadcast};

use super::caller::Access;
use super::config::Config;
use super::metrics::Metrics;
use super::oidc::Away;
use super::problem::Problem;
use super::replies::Replies;

/// How many use cases run at the same time; more wait their turn. Twice the processors keeps them busy while some wait
/// for the disk, and no request waits behind a crowd of half-finished ones.
fn crowd() -> usize {
    std::thread::available_parallelism().map_or(4, |n| n.get() * 2)
}

/// The server's state, shared by all handlers.
#[derive(Clone)]
pub(crate) struct App(Arc<Inner>);

/// What the state holds.
pub(crate) struct Inner {
    /// The park.
    pub parks: Arc<Parks>,
    /// Files that wait to be accepted.
    pub desk: Arc<Desk>,
    /// Previews and publications.
    pub publishing: Arc<Publishing>,
    /// How a PDF is made.
    pub pdf: PdfTool,
    /// Long work.
    pub jobs: Arc<Jobs>,
    /// What jobs tell, for those who listen.
    pub news: broadcast::Sender<JobView>,
    /// Settings in force.
    pub config: Config,
    /// Counters.
    pub metrics: Metrics,
    /// Answers to writes that may be asked for again.
    pub replies: Replies,
    /// What is kept in memory about signing in.
    pub access: Access,
    /// Who is at an OpenID provider.
    pub away: Away,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness, drawn by the entry point's function.
    pub random: fn() -> [u8; 32],
    /// Whether the server is being stopped.
    pub stopping: AtomicBool,
    /// When it was started.
    pub started: Timestamp,
    turns: Semaphore,
    pen: Semaphore,
}

/// LibreOffice, where it is; a program that does not know its own path makes no PDF, and says so.
fn pdf_tool(config: &Config) -> PdfTool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    PdfTool::find(std::env::current_exe().unwrap_or_default(), config.soffice.as_deref(), &folders)
}

impl std::ops::Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// A server's state at its start.
    pub(crate) fn new(
        parks: Arc<Parks>,
        (jobs, news): (Arc<Jobs>, broadcast::Sender<JobView>),
        config: Config,
        clock: Arc<dyn Clock>,
        random: fn() -> [u8; 32],
    ) -> Self {
        let started = clock.now();
        let access = Access::new(&config);
        let pdf = pdf_tool(&config);
        Self(Arc::new(Inner {
            parks,
            desk: Desk::new(),
            publishing: Publishing::new(),
            pdf,
            jobs,
            news,
            config,
            metrics: Metrics::default(),
            replies: Replies::default(),
            access,
            away: Away::default(),
            clock,
            random,
            stopping: AtomicBool::new(false),
            started,
            turns: Semaphore::new(crowd()),
            pen: Semaphore::new(1),
        }))
    }

    /// Runs a use case that reads, on the blocking pool.
    pub(crate) async fn read<T, E>(
        &self,
        body: impl FnOnce(&Park) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Problem>
    where
        T: Send + 'static,
        E: std::error::Error + From<app::ledger::StoreError> + Send + 'static,
    {
        let parks = Arc::clone(&self.parks);
        self.blocking(move || parks.read(body)).await
    }

    /// Runs a use case that writes, on the blocking pool, in the actor's name. Writers wait for the one pen and not for a turn:
    /// a crowd of them, waiting for the disk, would otherwise hold every turn and keep the readers out.
    pub(crate) async fn write<T, E>(
        &self,
        actor: &Actor,
        body: impl FnOnce(&mut Park) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Problem>
    where
        T: Send + 'static,
        E: std::error::Error + Send + 'static,
    {
        let (parks, who) = (Arc::clone(&self.parks), actor.name.clone());
        in_turn(&self.pen, move || parks.write(&who, body)).await
    }

    /// Runs anything that may take a while, on the blocking pool.
    pub(crate) async fn blocking<T, E>(
        &self,
        body: impl FnOnce() -> Result<T, E> + Send + 'static,
    ) -> Result<T, Problem>
    where
        T: Send + 'static,
        E: std::error::Error + Send + 'static,
    {
        in_turn(&self.turns, body).await
    }
}

/// Runs `body` on the blocking pool as soon as `turns` has one free.
async fn in_turn<T, E>(
    turns: &Semaphore,
    body: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, Problem>
where
    T: Send + 'static,
    E: std::error::Error + Send + 'static,
{
    let turn = turns.acquire().await.map_err(|closed| Problem::internal(&closed))?;
    let done = tokio::task::spawn_blocking(move || body().map_err(|fault| Problem::from_fault(&fault)));
    let answer = done.await.map_err(|panic| Problem::internal(&panic))?;
    drop(turn);
    answer
}
