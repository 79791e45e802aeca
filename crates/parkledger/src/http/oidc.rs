//! `/oidc`: signing in by an OpenID Connect provider – discovery, authorization code, PKCE, nonce, and a state that is
//! bound to the browser it began in.
//!
//! People are matched by the link to their account or, where the settings allow it, by the name the provider states.
//! Accounts and roles are never made here. Deliberately absent: providers by name – any that speaks the standard serves;
//! add one as `[[oidc]]` in the settings.

mod provider;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use app::access::{AccessFault, Action, Secret, Vouched};
use axum::extract::{Path, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use openidconnect::{Nonce, PkceCodeVerifier};
use subtle::ConstantTimeEq as _;
use tokio::sync::Semaphore;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::caller::{Visitor, cookie};
use super::config::Provider;
use super::guard::guarded;
use super::page::Params;
use super::session::set_cookie;
use super::{API, App, Problem, Routes};
pub(crate) use provider::is_allowed;
use provider::{Errand, Identity, Known, OidcFault, told};

/// The cookie that binds a state to its browser.
const COOKIE: &str = "parkledger_oidc";
/// How long somebody may take at the provider.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);
/// How long somebody waits for their turn to have a provider called.
const TURN: Duration = Duration::from_secs(10);
/// People at a provider at the same time.
const AWAY: usize = 4096;
/// Calls to providers at the same time.
const CALLS: usize = 4;
/// Letters of a path that is returned to, at most.
const PATH: usize = 2000;

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::SignIn, routes!(start)))
        .routes(guarded(Action::SignIn, routes!(callback)))
}

/// Who is at a provider, by the state they were sent with; and what is known of the providers.
pub(crate) struct Away {
    pending: Mutex<HashMap<String, Pending>>,
    known: Known,
    calls: Semaphore,
}

impl Default for Away {
    fn default() -> Self {
        Self { pending: Mutex::default(), known: Known::default(), calls: Semaphore::new(CALLS) }
    }
}

/// What is remembered of somebody who is at a provider.
struct Pending {
    provider: String,
    errand: Errand,
    browser: Secret,
    return_to: String,
    until: Timestamp,
}

impl Away {
    /// Remembers somebody; when there are too many, whoever has been away longest is forgotten.
    fn keep(&self, state: String, pending: Pending, now: Timestamp) {
        let mut away = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        if away.len() >= AWAY {
            away.retain(|_, p| now < p.until);
        }
        if away.len() >= AWAY {
            let longest = away.iter().min_by_key(|(_, p)| p.until).map(|(state, _)| state.clone());
            longest.and_then(|state| away.remove(&state));
        }
        away.insert(state, pending);
    }

    /// What was remembered, once, for the same browser and provider.
    fn take(&self, state: &str, by: (&str, Option<Secret>), now: Timestamp) -> Option<Pending> {
        let pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner).remove(state)?;
        let same = by.1.is_some_and(|b| bool::from(b.hash().ct_eq(&pending.browser.hash())));
        (same && pending.provider == by.0 && now < pending.until).then_some(pending)
    }
}

impl App {
    /// Runs what calls a provider, beside the turns of ordinary use cases: a slow provider holds up nobody else.
    async fn calling<T: Send + 'static>(
        &self,
        body: impl FnOnce(&Known) -> Result<T, OidcFault> + Send + 'static,
    ) -> Result<T, OidcFault> {
        let turn = tokio::time::timeout(TURN, self.away.calls.acquire()).await;
        let turn = turn.map_err(|_| OidcFault::Crowded)?.map_err(|_| OidcFault::Crowded)?;
        let app = self.clone();
        let answer = tokio::task::spawn_blocking(move || body(&app.away.known)).await;
        drop(turn);
        answer.map_err(|panic| OidcFault::Provider(panic.to_string()))?
    }

    fn provider(&self, id: &str) -> Result<Provider, Problem> {
        self.config.oidc.iter().find(|p| p.id == id).cloned().ok_or_else(Problem::not_found)
    }
}

/// The path somebody returns to, as it stands in a header; only addresses of this client are returned to.
fn own_path(wanted: Option<&str>) -> String {
    let own = |path: &&str| {
        let plain = !path.contains(|c: char| c == '\\' || c.is_control());
        path.starts_with('/') && !path.starts_with("//") && plain && path.len() <= PATH
    };
    let mut path = String::new();
    for byte in wanted.filter(own).unwrap_or("/").bytes() {
        if byte.is_ascii_graphic() {
            path.push(char::from(byte));
        } else {
            path.push_str(&format!("%{byte:02X}"));
        }
    }
    path
}

/// Where the provider sends people back to: under the address people use, or else the one they came by.
fn redirect_of(app: &App, headers: &HeaderMap, provider: &str) -> String {
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()?.parse::<Authority>().ok());
    let base = match (app.config.public_url.as_str(), host) {
        ("", Some(host)) => format!("http://{host}"),
        ("", None) => format!("http://{}", app.config.listen),
        (public, _) => public.to_owned(),
    };
    format!("{base}{API}/oidc/{provider}/callback")
}

fn to(address: &str) -> Response {
    let address = HeaderValue::from_str(address).expect("an address is visible ASCII");
    (StatusCode::FOUND, [(header::LOCATION, address)]).into_response()
}

/// Back to the page for signing in, which says why.
fn refused(app: &App, code: &str) -> Response {
    app.metrics.refused_sign_ins.inc();
    to(&format!("/sign-in?problem={code}"))
}

fn bind(app: &App, secret: &str, seconds: i64) -> HeaderValue {
    let secure = if app.config.public_url.starts_with("https://") { "; Secure" } else { "" };
    let line =
        format!("{COOKIE}={secret}; Path={API}/oidc; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    HeaderValue::from_str(&line).expect("hexadecimal digits and fixed words")
}

/// Sends the browser to the provider.
#[utoipa::path(get, path = "/oidc/{provider}/start", tag = "session", params(("provider" = String, Path),
    ("return_to" = Option<String>, Query, description = "Where to go afterwards: a path of the client.")),
    responses((status = 302, description = "To the provider; or to the page for signing in, with a `problem`."),
    (status = 404, body = Problem)))]
async fn start(
    State(app): State<App>,
    Path(id): Path<String>,
    visitor: Visitor,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    let provider = app.provider(&id)?;
    if let Err(problem) = app.access.try_from(visitor.address, &*app.clock) {
        return Ok(refused(&app, &problem.code));
    }
    let draw = || BASE64_URL_SAFE_NO_PAD.encode((app.random)());
    let (state, browser, now) = (draw(), Secret::new((app.random)()), app.clock.now());
    let redirect = redirect_of(&app, &headers, &provider.id);
    let errand = Errand { nonce: Nonce::new(draw()), verifier: PkceCodeVerifier::new(draw()), redirect };
    let known = state.clone();
    let sent = app.calling(move |providers| {
        providers.authorize(&provider, &known, &errand, now).map(|url| (url, errand))
    });
    let (url, errand) = match sent.await {
        Ok(sent) => sent,
        Err(fault) => {
            tracing::error!(provider = id, error = %told(&fault), "nobody can be sent to the provider");
            return Ok(refused(&app, "provider"));
        }
    };
    let return_to = own_path(params.one("return_to"));
    let until = now + PATIENCE;
    app.away.keep(state, Pending { provider: id, errand, browser: browser.clone(), return_to, until }, now);
    let mut response = to(&url);
    response.headers_mut().insert(header::SET_COOKIE, bind(&app, &browser.text(), PATIENCE.as_secs()));
    Ok(response)
}

/// Takes back whoever comes from the provider: signs them in, or says why not on the page for signing in.
#[utoipa::path(get, path = "/oidc/{provider}/callback", tag = "session", params(("provider" = String, Path),
    ("code" = Option<String>, Query), ("state" = Option<String>, Query), ("iss" = Option<String>, Query),
    ("error" = Option<String>, Query)),
    responses((status = 302, description = "To the client; or to the page for signing in, with a `problem`."),
    (status = 404, body = Problem)))]
async fn callback(
    State(app): State<App>,
    Path(id): Path<String>,
    visitor: Visitor,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    let provider = app.provider(&id)?;
    let browser = cookie(&headers, COOKIE).and_then(Secret::parse);
    let state = params.one("state").unwrap_or_default();
    let pending = app.away.take(state, (&id, browser), app.clock.now());
    let foreign = params.one("iss").is_some_and(|issuer| issuer != provider.issuer);
    let mut response = match (pending, params.one("code")) {
        (Some(pending), Some(code)) if !foreign => {
            finish(&app, provider, code.to_owned(), pending, visitor).await
        }
        (Some(_), _) => refused(&app, "provider-refused"),
        // Not begun here, not in this browser, or too long ago.
        (None, _) => refused(&app, "csrf"),
    };
    response.headers_mut().append(header::SET_COOKIE, bind(&app, "", 0));
    Ok(response)
}

async fn finish(app: &App, provider: Provider, code: String, pending: Pending, visitor: Visitor) -> Response {
    let (asked, now) = (provider.clone(), app.clock.now());
    let (errand, return_to) = (pending.errand, pending.return_to);
    let exchanged = app.calling(move |providers| providers.exchange(&asked, code, errand, now)).await;
    let identity = match exchanged {
        Ok(identity) => identity,
        Err(fault) => {
            tracing::error!(provider = provider.id, error = %told(&fault), "the provider did not vouch for somebody");
            let (nobody, browser) = (visitor.nobody(), visitor.browser());
            let noted = app.write(&nobody, move |park| park.note_unvouched(&provider.id, &browser));
            let code = noted.await.err().map_or_else(|| "provider".to_owned(), |problem| problem.code);
            return refused(app, &code);
        }
    };
    match begin(app, provider, identity, visitor).await {
        Ok(Ok(secret)) => {
            let mut response = to(&return_to);
            response.headers_mut().insert(header::SET_COOKIE, set_cookie(app, Some(&secret)));
            response
        }
        Ok(Err(code)) => refused(app, code),
        Err(problem) => refused(app, &problem.code),
    }
}

/// Begins the session of whoever the provider vouched for, or says by which word they are kept out.
async fn begin(
    app: &App,
    provider: Provider,
    identity: Identity,
    visitor: Visitor,
) -> Result<Result<Secret, &'static str>, Problem> {
    let (secret, nobody, browser) = (Secret::new((app.random)()), visitor.nobody(), visitor.browser());
    let (inside, held) = (app.clone(), visitor.held);
    app.write(&nobody, move |park| {
        let vouched = Vouched {
            provider: &provider.id,
            issuer: &provider.issuer,
            subject: &identity.subject,
            name: identity.name.as_deref(),
        };
        match park.sign_in_vouched(&vouched, &browser, (&secret, held.as_ref()), &inside.access.policy) {
            Ok(_) => Ok(Ok(secret)),
            Err(AccessFault::UnknownIdentity) => Ok(Err("unknown-identity")),
            Err(AccessFault::Locked(_)) => Ok(Err("locked")),
            Err(fault) => Err(fault),
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_the_client_are_returned_to() {
        let long = format!("/{}", "x".repeat(PATH));
        for (wanted, expected) in [
            (None, "/"),
            (Some(""), "/"),
            (Some("/figures?x=1#y"), "/figures?x=1#y"),
            (Some("/q?a=b c&d=园"), "/q?a=b%20c&d=%E5%9B%AD"),
            (Some("//evil.example"), "/"),
            (Some("/\\evil.example"), "/"),
            (Some("/\t/evil.example"), "/"),
            (Some("https://evil.example"), "/"),
            (Some("/a\r\nset-cookie: x=1"), "/"),
            (Some(&long), "/"),
        ] {
            assert_eq!(own_path(wanted), expected, "{wanted:?}");
        }
    }

    fn pending(browser: &Secret, until: Timestamp) -> Pending {
        let (nonce, verifier) = (Nonce::new("n".to_owned()), PkceCodeVerifier::new("v".repeat(43)));
        Pending {
            provider: "sso".to_owned(),
            errand: Errand { nonce, verifier, redirect: String::new() },
            browser: browser.clone(),
            return_to: "/".to_owned(),
            until,
        }
    }

    #[test]
    fn a_state_serves_once_in_its_own_browser_and_in_time() {
        let now: Timestamp = "2023-10-09T01:00:00Z".parse().expect("a time");
        let (mine, other) = (Secret::new([1; 32]), Secret::new([2; 32]));
        let away = Away::default();
        let take = |provider: &str, browser: Option<&Secret>, later: i64| {
            away.keep("s".to_owned(), pending(&mine, now + PATIENCE), now);
            let later = now + SignedDuration::from_mins(later);
            away.take("s", (provider, browser.cloned()), later).is_some()
        };
        assert!(take("sso", Some(&mine), 9));
        assert!(away.take("s", ("sso", Some(mine.clone())), now).is_none(), "it was used");
        assert!(!take("sso", Some(&other), 0));
        assert!(away.take("s", ("sso", Some(mine.clone())), now).is_none(), "a wrong browser uses it up");
        assert!(!take("sso", None, 0));
        assert!(!take("elsewhere", Some(&mine), 0));
        assert!(!take("sso", Some(&mine), 10));
        assert!(away.take("t", ("sso", Some(mine.clone())), now).is_none());
    }

    #[test]
    fn no_more_states_are_kept_than_there_is_room_for() {
        let now: Timestamp = "2023-10-09T01:00:00Z".parse().expect("a time");
        let (mine, away) = (Secret::new([1; 32]), Away::default());
        for second in 0..=i64::try_from(AWAY).expect("a small number") {
            let until = now + PATIENCE + SignedDuration::from_secs(second);
            away.keep(second.to_string(), pending(&mine, until), now);
        }
        assert_eq!(away.pending.lock().expect("nobody panicked").len(), AWAY);
        assert!(away.take("0", ("sso", Some(mine.clone())), now).is_none(), "the oldest was forgotten");
        assert!(away.take("1", ("sso", Some(mine)), now).is_some());
    }
}
