//! What can be watched: requests, their time, jobs, the ledger – in the text format of Prometheus, on a listener of its own.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};

use super::state::App;

/// What a request was.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub(crate) struct Request {
    method: String,
    route: String,
    status: u16,
}

/// What a request was, for its time: without the status, to keep the number of series small.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub(crate) struct Timed {
    method: String,
    route: String,
}

/// Counters of this process.
pub(crate) struct Metrics {
    requests: Family<Request, Counter>,
    seconds: Family<Timed, Histogram, fn() -> Histogram>,
    /// Requests being served.
    pub in_flight: Gauge,
    /// Attempts to sign in that were refused.
    pub refused_sign_ins: Counter<u64, AtomicU64>,
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            requests: Family::default(),
            seconds: Family::new_with_constructor(buckets),
            in_flight: Gauge::default(),
            refused_sign_ins: Counter::default(),
        }
    }
}

impl Metrics {
    /// Counts one request.
    pub(crate) fn count(&self, method: &str, route: &str, status: u16, took: Duration) {
        let (method, route) = (method.to_owned(), route.to_owned());
        let timed = Timed { method: method.clone(), route: route.clone() };
        self.requests.get_or_create(&Request { method, route, status }).inc();
        self.seconds.get_or_create(&timed).observe(took.as_secs_f64());
    }

    /// Counters as they are, and the state of the park.
    fn text(&self, app: &App) -> String {
        let mut registry = Registry::with_prefix("parkledger");
        registry.register("http_requests", "Requests answered", self.requests.clone());
        registry.register_with_unit(
            "http_request_duration",
            "Time to answer",
            Unit::Seconds,
            self.seconds.clone(),
        );
        registry.register("http_requests_in_flight", "Requests being answered", self.in_flight.clone());
        registry.register("sign_ins_refused", "Refused attempts to sign in", self.refused_sign_ins.clone());
        let number = |name: &str, help: &str, value: u64, registry: &mut Registry| {
            let gauge: Gauge = Gauge::default();
            gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
            registry.register(name, help, gauge);
        };
        let revision = app.parks.read(|park| park.store().latest_revision());
        number("ledger_revision", "Newest revision", revision.map_or(0, |r| r.0), &mut registry);
        number("jobs_open", "Jobs waiting or running", app.jobs.open() as u64, &mut registry);
        let up = app.clock.now().duration_since(app.started).as_secs();
        number("uptime_seconds", "Time since the start", up.unsigned_abs(), &mut registry);
        let mut text = String::new();
        match encode(&mut text, &registry) {
            Ok(()) => text,
            Err(_) => String::new(),
        }
    }
}

/// Times of requests from 1 ms to 8 s.
fn buckets() -> Histogram {
    Histogram::new(exponential_buckets(0.001, 2.0, 14))
}

/// The second listener's only page.
pub(crate) fn router(app: App) -> Router {
    Router::new().route("/metrics", get(page)).with_state(app)
}

async fn page(State(app): State<App>) -> Response {
    let inside = app.clone();
    let text = tokio::task::spawn_blocking(move || inside.metrics.text(&inside)).await.unwrap_or_default();
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}
