//! The log: a line per request and per event that matters, as text or JSON, on standard error. Never a person's data.

use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt;
use tracing_subscriber::prelude::*;

use super::config::Config;

/// Begins logging for this process; a second call changes nothing.
pub(crate) fn begin(config: &Config) {
    let level = LevelFilter::from_level(config.log_level);
    let subscriber = tracing_subscriber::registry().with(level);
    // Already begun: the first wins, as with several servers in one test process.
    let _ = if config.log_json {
        subscriber.with(fmt::layer().json().flatten_event(true).with_writer(std::io::stderr)).try_init()
    } else {
        subscriber.with(fmt::layer().with_target(false).with_writer(std::io::stderr)).try_init()
    };
}
