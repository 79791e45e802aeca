//! Starting and stopping the server: listeners, the threads of jobs, waiting for requests when it is told to stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use app::clock::Clock;
use app::jobs::Jobs;
use app::park::Park;
use app::parks::Parks;
use tokio::net::TcpListener;
use tokio::sync::broadcast;

use super::config::Config;
use super::{App, metrics, nightly, router};

/// Changes of jobs a slow listener may fall behind.
const NEWS: usize = 256;
/// Threads of one server that run use cases and read files.
const BLOCKING: usize = 64;

/// The server could not be started.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServeFault {
    /// The address cannot be listened to.
    #[error("cannot listen on {address}")]
    Listen {
        /// Which.
        address: SocketAddr,
        /// The setting that says so.
        key: &'static str,
        /// Why.
        source: std::io::Error,
    },
    /// The ledger cannot be used.
    #[error(transparent)]
    Ledger(#[from] app::ledger::StoreError),
    /// The system gives no threads.
    #[error("cannot start threads")]
    Threads(#[source] std::io::Error),
}

/// The state of a server over a park, with the thread that does its jobs running.
///
/// # Errors
/// [`ServeFault`] when the ledger or a thread cannot be had.
pub(crate) fn open(
    park: Park,
    config: Config,
    clock: Arc<dyn Clock>,
    random: fn() -> [u8; 32],
) -> Result<App, ServeFault> {
    let parks = Arc::new(Parks::new(park)?);
    let (news, _) = broadcast::channel(NEWS);
    let tell = news.clone();
    // Nobody may be listening.
    let listener = Box::new(move |view: &app::jobs::JobView| drop(tell.send(view.clone())));
    let jobs = Jobs::new(Arc::clone(&parks), Arc::clone(&clock), listener)?;
    let worker = Arc::clone(&jobs);
    std::thread::Builder::new()
        .name("jobs".to_owned())
        .spawn(move || worker.serve())
        .map_err(ServeFault::Threads)?;
    Ok(App::new(parks, (jobs, news), config, clock, random))
}

/// Serves until the process is told to stop; `ready` is called with the address once it answers.
///
/// # Errors
/// [`ServeFault`] when it cannot be started.
pub(crate) fn serve(app: &App, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeFault> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(BLOCKING)
        .build()
        .map_err(ServeFault::Threads)?;
    runtime.block_on(run(app, ready))
}

async fn listen(address: SocketAddr, key: &'static str) -> Result<TcpListener, ServeFault> {
    TcpListener::bind(address).await.map_err(|source| ServeFault::Listen { address, key, source })
}

async fn run(app: &App, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeFault> {
    let main = listen(app.config.listen, "listen").await?;
    if let Some(address) = app.config.metrics {
        let listener = listen(address, "metrics").await?;
        let router = metrics::router(app.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
    }
    if let Some(at) = app.config.nightly {
        tokio::spawn(nightly::run(app.clone(), at));
    }
    let address = main.local_addr().unwrap_or(app.config.listen);
    let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    tracing::info!(%address, "serving");
    // The snapshot is built before the first reader asks for it.
    if let Err(problem) = app.read(|park| park.snapshot().map(drop)).await {
        tracing::warn!(problem = problem.detail, "the snapshot could not be built yet");
    }
    ready(address);
    let stopping = app.clone();
    let (told, mut patience) = tokio::sync::oneshot::channel();
    let stop = async move {
        signal().await;
        tracing::info!("stopping");
        stopping.stopping.store(true, Ordering::Relaxed);
        stopping.jobs.stop();
        let _ = told.send(());
    };
    let served = axum::serve(main, service).with_graceful_shutdown(stop).into_future();
    tokio::pin!(served);
    tokio::select! {
        _ = &mut served => return Ok(()),
        _ = &mut patience => {}
    }
    // Requests that are being answered get this long; event streams would never end by themselves.
    let _ = tokio::time::timeout(app.config.patience, served).await;
    tracing::info!("stopped");
    Ok(())
}

/// Waits until the process is told to stop.
async fn signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        if let Ok(mut terminate) = terminate {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
