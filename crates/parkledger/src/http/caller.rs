//! Who makes a request: the session of a cookie or a token for machines, found before anything else; and the limits on
//! trying.
//!
//! A session's cookie is refused for writes that do not carry the token of the page they come from; writes without a
//! session are refused when a browser says that another site makes them. Deliberately absent: signing in (`session`).

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use app::access::{Actor, Policy, Secret, SessionId, Signed, Strangers, TokenId};
use app::clock::Clock;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use subtle::ConstantTimeEq as _;
use tokio::sync::Semaphore;

use super::config::Config;
use super::guard::Caller;
use super::hooks::From as Address;
use super::problem::Problem;
use super::state::App;

/// The cookie of a session.
pub(crate) const COOKIE: &str = "parkledger_session";
/// The header that a write must carry.
const CSRF: &str = "x-csrf-token";
/// Addresses whose tries are counted at the same time.
const ADDRESSES: usize = 10_000;

/// What the server keeps in memory about signing in.
pub(crate) struct Access {
    /// How sessions are kept.
    pub policy: Policy,
    strangers: Mutex<Strangers>,
    tries: Mutex<HashMap<IpAddr, (Timestamp, u32)>>,
    per_minute: u32,
    noting: Mutex<HashSet<Noted>>,
    /// Hashing a password takes 64 MiB and a processor for a while: half of the processors at most do it.
    hashing: Semaphore,
}

/// Of what use is being noted.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Noted {
    Session(SessionId),
    Token(TokenId),
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn signed(duration: std::time::Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::from_hours(12))
}

impl Access {
    /// Nobody has tried yet.
    pub(crate) fn new(config: &Config) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self {
            policy: Policy {
                idle: signed(config.session_idle),
                absolute: signed(config.session_absolute),
                second_factor: config.second_factor_required,
                ..Policy::default()
            },
            strangers: Mutex::default(),
            tries: Mutex::default(),
            per_minute: config.sign_in_per_minute,
            noting: Mutex::default(),
            hashing: Semaphore::new((processors / 2).max(1)),
        }
    }

    /// Counts a try to sign in from an address.
    ///
    /// # Errors
    /// [`Problem`] when there were too many within a minute.
    pub(crate) fn try_from(&self, address: IpAddr, clock: &dyn Clock) -> Result<(), Problem> {
        let (now, minute) = (clock.now(), SignedDuration::from_secs(60));
        let mut tries = lock(&self.tries);
        if tries.len() >= ADDRESSES {
            tries.retain(|_, (since, _)| now < *since + minute);
        }
        let (since, count) = tries.entry(address).or_insert((now, 0));
        if now >= *since + minute {
            (*since, *count) = (now, 0);
        }
        *count += 1;
        if *count > self.per_minute {
            return Err(Problem::of(StatusCode::TOO_MANY_REQUESTS, "too-many"));
        }
        Ok(())
    }

    /// Those whom nobody knows.
    pub(crate) fn strangers(&self) -> MutexGuard<'_, Strangers> {
        lock(&self.strangers)
    }
}

impl App {
    /// Runs what hashes a password, beside the turns of ordinary use cases.
    pub(crate) async fn hashing<T, E>(
        &self,
        body: impl FnOnce() -> Result<T, E> + Send + 'static,
    ) -> Result<T, Problem>
    where
        T: Send + 'static,
        E: std::error::Error + Send + 'static,
    {
        let turn = self.access.hashing.acquire().await.map_err(|closed| Problem::internal(&closed))?;
        let done = tokio::task::spawn_blocking(move || body().map_err(|fault| Problem::from_fault(&fault)));
        let answer = done.await.map_err(|panic| Problem::internal(&panic))?;
        drop(turn);
        answer
    }

    /// Notes the use of a session or token, after the answer: whoever reads does not wait for whoever writes.
    fn note(&self, noted: Noted) {
        if !lock(&self.access.noting).insert(noted) {
            return;
        }
        let app = self.clone();
        drop(tokio::task::spawn_blocking(move || {
            let done = app.parks.write("", |park| match noted {
                Noted::Session(id) => park.note_session(id),
                Noted::Token(id) => park.note_token(id),
            });
            lock(&app.access.noting).remove(&noted);
            if let Err(fault) = done {
                tracing::warn!(error = %fault, "the use of a session could not be noted");
            }
        }));
    }
}

/// The session a request belongs to.
#[derive(Clone)]
pub(crate) struct Session {
    /// What its cookie holds.
    pub secret: Secret,
    /// Who is signed in.
    pub signed: Signed,
}

impl FromRequestParts<App> for Session {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(super::guard::not_signed_in)
    }
}

/// The secret of a session a browser holds, whether it goes on or not.
#[derive(Clone)]
pub(crate) struct Held(pub Secret);

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    all.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// Finds who makes a request, before anything else is done with it.
pub(crate) async fn identified(State(app): State<App>, mut request: Request, next: Next) -> Response {
    match identify(&app, &mut request).await {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

async fn identify(app: &App, request: &mut Request) -> Result<(), Problem> {
    let from = request.extensions().get::<Address>().map_or_else(String::new, |a| a.0.to_string());
    let headers = request.headers();
    if let Some(token) = headers.get(header::AUTHORIZATION) {
        let text = token.to_str().ok().and_then(|t| t.strip_prefix("Bearer ")).unwrap_or_default().to_owned();
        let found = app.read(move |park| park.token_bearer(text.trim(), &from)).await?;
        let (actor, note) = found.ok_or_else(super::guard::not_signed_in)?;
        if let Some(id) = note {
            app.note(Noted::Token(id));
        }
        request.extensions_mut().insert(Caller(actor));
        return Ok(());
    }
    let secret = cookie(headers, COOKIE).and_then(Secret::parse);
    let writes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if writes && is_foreign(headers, &app.config.public_url) {
        return Err(Problem::of(StatusCode::FORBIDDEN, "csrf"));
    }
    let Some(secret) = secret else { return Ok(()) };
    let (inside, held) = (app.clone(), secret.clone());
    let signed = app.read(move |park| park.signed_in(&held, &from, &inside.access.policy)).await?;
    request.extensions_mut().insert(Held(secret.clone()));
    let Some(signed) = signed else { return Ok(()) };
    let sent = request.headers().get(CSRF).map(HeaderValue::as_bytes).unwrap_or_default();
    if writes && !bool::from(sent.ct_eq(secret.csrf().as_bytes())) {
        return Err(Problem::of(StatusCode::FORBIDDEN, "csrf"));
    }
    if signed.note {
        app.note(Noted::Session(signed.session.id));
    }
    request.extensions_mut().insert(Caller(signed.actor.clone()));
    request.extensions_mut().insert(Session { secret, signed });
    Ok(())
}

/// Whether a browser says that a page of another site makes the request.
fn is_foreign(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text("origin") else { return false };
    // A proxy may ask for another host than people do.
    if !public_url.is_empty() && origin == public_url {
        return false;
    }
    let host = origin.split_once("://").map(|(_, host)| host);
    host.is_none() || host != text("host")
}

/// Where a request comes from, for those who sign in.
pub(crate) struct Visitor {
    /// The address.
    pub address: IpAddr,
    /// What the browser calls itself.
    pub agent: String,
    /// The session its cookie named before.
    pub held: Option<Secret>,
}

impl FromRequestParts<App> for Visitor {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Self::Rejection> {
        let address = parts.extensions.get::<Address>().map_or(IpAddr::from([127, 0, 0, 1]), |a| a.0);
        let agent = parts.headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let held = parts.extensions.get::<Held>().map(|held| held.0.clone());
        Ok(Self { address, agent: agent.to_owned(), held })
    }
}

impl Visitor {
    /// As the use cases take it.
    pub(crate) fn browser(&self) -> app::access::Browser {
        app::access::Browser { address: self.address.to_string(), agent: self.agent.clone() }
    }

    /// Who writes before anybody is known.
    pub(crate) fn nobody(&self) -> Actor {
        Actor::nobody(&self.address.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let sent = headers(&[("cookie", "a=1; parkledger_session=ab=c;b=2"), ("cookie", "parkledger=x")]);
        assert_eq!(cookie(&sent, COOKIE), Some("ab=c"));
        assert_eq!(cookie(&sent, "b"), Some("2"));
        assert_eq!(cookie(&sent, "parkledger"), Some("x"));
        assert_eq!(cookie(&headers(&[]), COOKIE), None);
    }

    #[test]
    fn other_sites_are_told_apart() {
        let check = |pairs, foreign| {
            assert_eq!(is_foreign(&headers(pairs), "https://park.example"), foreign, "{pairs:?}");
        };
        check(&[], false);
        check(&[("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")], false);
        check(&[("sec-fetch-site", "same-site")], true);
        check(&[("sec-fetch-site", "cross-site")], true);
        check(&[("origin", "http://127.0.0.1:8420"), ("host", "127.0.0.1:8420")], false);
        check(&[("origin", "http://127.0.0.1:9000"), ("host", "127.0.0.1:8420")], true);
        check(&[("origin", "https://park.example"), ("host", "10.0.0.5:8420")], false);
        check(&[("origin", "null"), ("host", "127.0.0.1:8420")], true);
    }
}
