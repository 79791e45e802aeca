//! What happens around every request: a number for it, a line in the log, counters, headers that keep browsers safe,
//! limits. Inside the API also: who calls, entity tags, answers to repeated writes.

use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};
use tower_http::request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};

use super::caller::identified;
use super::config::Config;
use super::problem::Problem;
use super::replies::once;
use super::respond::entity_tags;
use super::state::App;

/// Bodies of requests other than uploads.
const BODY: usize = 8 << 20;

const HEADERS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("x-frame-options", "DENY"),
];

/// Headers that depend on the settings: what a page may load and whom it tells where it was opened.
///
/// Nothing is loaded from elsewhere but pictures of a base map that is configured; nothing is run that is not a file of this
/// server. Servers of pictures know a customer's key by the site it is used on, so they alone are told the site, not the page.
fn policies(config: &Config) -> [(HeaderName, HeaderValue); 2] {
    let pictures = config.base_map.as_ref().map(|map| map.origins().join(" ")).unwrap_or_default();
    let more = if pictures.is_empty() { String::new() } else { format!(" {pictures}") };
    let policy = format!(
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:{more}; font-src 'self'; \
         connect-src 'self'{more}; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    );
    let policy = HeaderValue::from_str(&policy).expect("addresses of base maps are plain letters");
    let told = if more.is_empty() { "same-origin" } else { "strict-origin-when-cross-origin" };
    [(header::CONTENT_SECURITY_POLICY, policy), (header::REFERRER_POLICY, HeaderValue::from_static(told))]
}

/// The address a request came from: the connection's, or what a trusted proxy says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct From(pub IpAddr);

/// Around the API.
pub(super) fn around_api(routes: Router<App>, app: &App) -> Router<App> {
    routes
        .layer(from_fn_with_state(app.clone(), once))
        .layer(from_fn(entity_tags))
        .layer(from_fn(worded))
        .layer(from_fn_with_state(app.clone(), identified))
        .layer(DefaultBodyLimit::max(BODY))
}

/// Gives refusals of the framework – a body that is no JSON, a number that is none – the shape of all others.
async fn worded(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let shaped =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t == "application/problem+json");
    if shaped || !status.is_client_error() {
        return response;
    }
    let code = match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => "not-found",
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        _ => "invalid",
    };
    let reason = axum::body::to_bytes(response.into_body(), 4096).await.unwrap_or_default();
    let mut problem = Problem::of(status, code);
    if !reason.is_empty() {
        problem.hint = String::from_utf8_lossy(&reason).into_owned();
    }
    problem.into_response()
}

/// Around everything.
pub(super) fn around_all(routes: Router<App>, app: &App) -> Router<App> {
    let squeezed = DefaultPredicate::new().and(NotForContentType::const_new("text/event-stream"));
    let id = HeaderName::from_static("x-request-id");
    routes
        .layer(CompressionLayer::new().gzip(true).compress_when(squeezed))
        .layer(from_fn_with_state(policies(&app.config), safe))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(app.clone(), watched))
        .layer(PropagateRequestIdLayer::new(id.clone()))
        .layer(SetRequestIdLayer::new(id, Number { random: app.random }))
        .layer(from_fn_with_state(app.clone(), addressed))
}

/// Gives each request a random number. What callers send is not believed.
#[derive(Clone)]
struct Number {
    random: fn() -> [u8; 32],
}

impl MakeRequestId for Number {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        let digits: String = (self.random)()[..8].iter().map(|b| format!("{b:02x}")).collect();
        HeaderValue::from_str(&digits).ok().map(RequestId::new)
    }
}

async fn addressed(State(app): State<App>, mut request: Request, next: Next) -> Response {
    request.headers_mut().remove("x-request-id");
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
    let peer = peer.unwrap_or(IpAddr::from([127, 0, 0, 1]));
    let mut from = peer;
    if app.config.trusted_proxies.contains(&peer) {
        let told = request.headers().get("x-forwarded-for").and_then(|v| v.to_str().ok()).unwrap_or_default();
        // From the right: the first address that is no proxy of ours.
        let hops = told.rsplit(',').filter_map(|hop| hop.trim().parse().ok());
        from = hops.into_iter().find(|hop| !app.config.trusted_proxies.contains(hop)).unwrap_or(peer);
    }
    request.extensions_mut().insert(From(from));
    next.run(request).await
}

async fn safe(
    State(policies): State<[(HeaderName, HeaderValue); 2]>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().extend(policies);
    for (name, value) in HEADERS {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if response.headers().get(header::CACHE_CONTROL).is_none() {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// Counts the request and logs it: method, route, status, time and number – no query, which may hold names.
async fn watched(State(app): State<App>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let id = request.headers().get("x-request-id").and_then(|v| v.to_str().ok()).unwrap_or("-").to_owned();
    app.metrics.in_flight.inc();
    let response = next.run(request).await;
    app.metrics.in_flight.dec();
    let (took, status) = (began.elapsed(), response.status().as_u16());
    app.metrics.count(method.as_str(), &route, status, took);
    let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    if status >= 500 || took > Duration::from_secs(2) {
        tracing::warn!(%method, route, status, duration_ms = millis, request = id, "answered late or with an error");
    } else {
        tracing::debug!(%method, route, status, duration_ms = millis, request = id, "answered");
    }
    response
}

fn panicked(cause: Box<dyn std::any::Any + Send>) -> axum::http::Response<Body> {
    let text = cause.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| cause.downcast_ref::<&str>().copied()).unwrap_or("no message");
    tracing::error!(panic = text, "a request met a broken promise");
    Problem::of(StatusCode::INTERNAL_SERVER_ERROR, "internal").into_response()
}
