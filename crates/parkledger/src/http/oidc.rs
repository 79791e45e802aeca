//! `/oidc`: signing in by an OpenID Connect provider – discovery, authorization code, PKCE, nonce, and a state that is
//! bound to the browser it began in.
//!
//! People are matched by the link to their account or, where the settings allow it, by the name the provider states.
//! Accounts and roles are never made here. Deliberately absent: providers by name – any that speaks the standard serves.

use std::collections::HashMap;
use std::io::Read as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use app::access::{AccessFault, Action, Browser, Secret, Vouched};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{CoreClient, CoreProviderMetadata, CoreResponseType};
use openidconnect::{
    AuthenticationFlow, AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse,
    IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse as _,
};
use subtle::ConstantTimeEq as _;
use tokio::sync::Semaphore;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::caller::{Visitor, cookie};
use super::config::Provider;
use super::guard::guarded;
use super::page::Params;
use super::session::set_cookie;
use super::{API, App, Problem, Routes};

/// The cookie that binds a state to its browser.
const COOKIE: &str = "parkledger_oidc";
/// How long somebody may take at the provider.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);
/// How long the provider may take to answer.
const ANSWER: Duration = Duration::from_secs(10);
/// Bytes of an answer at most.
const LARGEST: u64 = 1 << 20;
/// People at a provider at the same time.
const AWAY: usize = 4096;
/// Calls to providers at the same time.
const CALLS: usize = 4;

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::SignIn, routes!(start)))
        .routes(guarded(Action::SignIn, routes!(callback)))
}

/// Who is at a provider, by the state they were sent with.
pub(crate) struct Away {
    pending: Mutex<HashMap<String, Pending>>,
    calls: Semaphore,
}

impl Default for Away {
    fn default() -> Self {
        Self { pending: Mutex::default(), calls: Semaphore::new(CALLS) }
    }
}

/// What is remembered of somebody who is at a provider.
struct Pending {
    provider: String,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
    browser: Secret,
    redirect: String,
    return_to: String,
    until: Timestamp,
}

impl Away {
    fn keep(&self, state: String, pending: Pending, now: Timestamp) {
        let mut away = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        away.retain(|_, p| now < p.until);
        if away.len() < AWAY {
            away.insert(state, pending);
        }
    }

    /// What was remembered, once, for the same browser.
    fn take(&self, state: &str, browser: Option<Secret>, now: Timestamp) -> Option<Pending> {
        let pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner).remove(state)?;
        let same = browser.is_some_and(|b| bool::from(b.hash().ct_eq(&pending.browser.hash())));
        (same && now < pending.until).then_some(pending)
    }
}

/// Why a provider could not vouch for somebody.
#[derive(Debug, thiserror::Error)]
enum OidcFault {
    /// The settings of the provider cannot be used.
    #[error("the settings of the provider cannot be used: {0}")]
    Settings(String),
    /// It did not answer, or not as the standard says.
    #[error("the provider did not answer as it should: {0}")]
    Provider(String),
    /// What it said is not proved.
    #[error("the provider's word is not proved: {0}")]
    Unproved(String),
}

/// Who the provider says somebody is.
struct Identity {
    subject: String,
    name: Option<String>,
}

/// A client that follows no redirects: the provider's addresses are those it stated.
struct Http(ureq::Agent);

impl Http {
    fn new() -> Self {
        let config = ureq::Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(ANSWER))
            .build();
        Self(config.into())
    }

    fn call(&self, request: HttpRequest) -> Result<HttpResponse, std::io::Error> {
        if !is_allowed(&request.uri().to_string()) {
            return Err(std::io::Error::other(
                "an address of the provider is neither https nor on this machine",
            ));
        }
        let answer = self.0.run(request).map_err(std::io::Error::other)?;
        let (parts, body) = answer.into_parts();
        let mut bytes = Vec::new();
        body.into_reader().take(LARGEST).read_to_end(&mut bytes)?;
        Ok(HttpResponse::from_parts(parts, bytes))
    }
}

/// Whether an address may be asked: over TLS, or on this machine.
pub(crate) fn is_allowed(address: &str) -> bool {
    let Ok(uri) = address.parse::<Uri>() else { return false };
    match uri.scheme_str() {
        Some("https") => uri.host().is_some(),
        Some("http") => uri.host().is_some_and(is_loopback),
        _ => false,
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_matches(['[', ']']);
    bare == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn metadata(provider: &Provider, http: &Http) -> Result<CoreProviderMetadata, OidcFault> {
    let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|f| OidcFault::Settings(f.to_string()))?;
    CoreProviderMetadata::discover(&issuer, &|request| http.call(request))
        .map_err(|fault| OidcFault::Provider(told(&fault)))
}

/// An error with its causes in one line.
fn told(fault: &dyn std::error::Error) -> String {
    let mut text = fault.to_string();
    let mut next = fault.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

fn secret(provider: &Provider) -> Result<Option<ClientSecret>, OidcFault> {
    let Some(path) = &provider.client_secret_file else { return Ok(None) };
    let text = std::fs::read_to_string(path)
        .map_err(|fault| OidcFault::Settings(format!("{}: {fault}", path.display())))?;
    Ok(Some(ClientSecret::new(text.trim().to_owned())))
}

/// Where to send somebody: the provider's page, with state, nonce and challenge.
fn authorize(provider: &Provider, state: &str, pending: &Pending) -> Result<String, OidcFault> {
    let http = Http::new();
    let client = CoreClient::from_provider_metadata(
        metadata(provider, &http)?,
        ClientId::new(provider.client_id.clone()),
        None,
    );
    let redirect =
        RedirectUrl::new(pending.redirect.clone()).map_err(|f| OidcFault::Settings(f.to_string()))?;
    let (state, nonce) = (state.to_owned(), pending.nonce.clone());
    let (url, ..) = client
        .set_redirect_uri(redirect)
        .authorize_url(
            AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
            move || CsrfToken::new(state),
            move || nonce,
        )
        .add_scope(Scope::new("profile".to_owned()))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&pending.verifier))
        .url();
    Ok(url.to_string())
}

/// Trades the code for the provider's signed word on who somebody is, and checks it.
fn exchange(provider: &Provider, code: String, pending: Pending) -> Result<Identity, OidcFault> {
    let http = Http::new();
    let redirect = RedirectUrl::new(pending.redirect).map_err(|f| OidcFault::Settings(f.to_string()))?;
    let client = CoreClient::from_provider_metadata(
        metadata(provider, &http)?,
        ClientId::new(provider.client_id.clone()),
        secret(provider)?,
    )
    .set_redirect_uri(redirect);
    let answer = client
        .exchange_code(AuthorizationCode::new(code))
        .map_err(|fault| OidcFault::Provider(told(&fault)))?
        .set_pkce_verifier(pending.verifier)
        .request(&|request| http.call(request))
        .map_err(|fault| OidcFault::Provider(told(&fault)))?;
    let token =
        answer.id_token().ok_or_else(|| OidcFault::Provider("no identity in its answer".to_owned()))?;
    let claims = token
        .claims(&client.id_token_verifier(), &pending.nonce)
        .map_err(|fault| OidcFault::Unproved(told(&fault)))?;
    let name = claims.preferred_username().map(|name| name.as_str().to_owned());
    Ok(Identity {
        subject: claims.subject().as_str().to_owned(),
        name: name.filter(|_| provider.match_by_name),
    })
}

impl App {
    /// Runs what calls a provider, beside the turns of ordinary use cases.
    async fn calling<T: Send + 'static>(
        &self,
        body: impl FnOnce() -> Result<T, OidcFault> + Send + 'static,
    ) -> Result<T, OidcFault> {
        let closed = |fault: &dyn std::error::Error| OidcFault::Provider(fault.to_string());
        let turn = self.away.calls.acquire().await.map_err(|f| closed(&f))?;
        let answer = tokio::task::spawn_blocking(body).await.map_err(|f| closed(&f))?;
        drop(turn);
        answer
    }

    fn provider(&self, id: &str) -> Result<Provider, Problem> {
        self.config.oidc.iter().find(|p| p.id == id).cloned().ok_or_else(Problem::not_found)
    }
}

/// Only addresses of this client are returned to.
fn own_path(wanted: Option<&str>) -> String {
    let own =
        |path: &&str| path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
    wanted.filter(own).unwrap_or("/").to_owned()
}

/// Where the provider sends people back to: under the address people use; on this machine, the one they came by.
fn redirect_of(app: &App, headers: &HeaderMap, provider: &str) -> String {
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let base = match app.config.public_url.as_str() {
        "" if is_loopback(name) => format!("http://{host}"),
        "" => format!("http://{}", app.config.listen),
        public => public.to_owned(),
    };
    format!("{base}{API}/oidc/{provider}/callback")
}

fn to(address: &str) -> Response {
    let mut response = StatusCode::FOUND.into_response();
    if let Ok(value) = HeaderValue::from_str(address) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
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
    responses((status = 302, description = "To the provider."), (status = 404, body = Problem)))]
async fn start(
    State(app): State<App>,
    Path(id): Path<String>,
    visitor: Visitor,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    let provider = app.provider(&id)?;
    app.access.try_from(visitor.address, &*app.clock)?;
    let draw = || Secret::new((app.random)());
    let (state, browser, now) = (draw().text(), draw(), app.clock.now());
    let pending = Pending {
        provider: id,
        nonce: Nonce::new(draw().text()),
        verifier: PkceCodeVerifier::new(draw().text()),
        browser: browser.clone(),
        redirect: redirect_of(&app, &headers, &provider.id),
        return_to: own_path(params.one("return_to")),
        until: now + PATIENCE,
    };
    let known = state.clone();
    let sent = app.calling(move || authorize(&provider, &known, &pending).map(|url| (url, pending))).await;
    let (url, pending) = match sent {
        Ok(sent) => sent,
        Err(fault) => {
            tracing::warn!(error = %fault, "nobody can be sent to the provider");
            return Ok(to("/sign-in?problem=provider-unavailable"));
        }
    };
    app.away.keep(state, pending, now);
    let mut response = to(&url);
    response.headers_mut().insert(header::SET_COOKIE, bind(&app, &browser.text(), PATIENCE.as_secs()));
    Ok(response)
}

/// Takes back whoever comes from the provider: signs them in, or says why not on the page for signing in.
#[utoipa::path(get, path = "/oidc/{provider}/callback", tag = "session", params(("provider" = String, Path),
    ("code" = Option<String>, Query), ("state" = Option<String>, Query), ("error" = Option<String>, Query)),
    responses((status = 302, description = "To the client."), (status = 404, body = Problem)))]
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
    let pending = app.away.take(state, browser, app.clock.now()).filter(|p| p.provider == id);
    let mut response = match (pending, params.one("code")) {
        (Some(pending), Some(code)) => finish(&app, provider, code.to_owned(), pending, visitor).await?,
        (Some(_), None) => to("/sign-in?problem=provider-refused"),
        // Not begun here, not in this browser, or too long ago.
        (None, _) => to("/sign-in?problem=csrf"),
    };
    response.headers_mut().append(header::SET_COOKIE, bind(&app, "", 0));
    Ok(response)
}

async fn finish(
    app: &App,
    provider: Provider,
    code: String,
    pending: Pending,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let (asked, return_to) = (provider.clone(), pending.return_to.clone());
    let identity = match app.calling(move || exchange(&asked, code, pending)).await {
        Ok(identity) => identity,
        Err(fault) => {
            tracing::warn!(error = %fault, "the provider did not vouch for somebody");
            app.metrics.refused_sign_ins.inc();
            let browser = visitor.browser();
            app.write(&visitor.nobody(), move |park| park.note_unvouched(&provider.id, &browser)).await?;
            return Ok(to("/sign-in?problem=provider-unavailable"));
        }
    };
    let (secret, nobody) = (Secret::new((app.random)()), visitor.nobody());
    let (inside, own, browser, held): (_, _, Browser, _) =
        (app.clone(), secret.clone(), visitor.browser(), visitor.held);
    let begun = app
        .write(&nobody, move |park| {
            let vouched = Vouched {
                provider: &provider.id,
                issuer: &provider.issuer,
                subject: &identity.subject,
                name: identity.name.as_deref(),
            };
            match park.sign_in_vouched(&vouched, &browser, (&own, held.as_ref()), &inside.access.policy) {
                Ok(_) => Ok(Ok(())),
                Err(AccessFault::UnknownIdentity) => Ok(Err("unknown-identity")),
                Err(AccessFault::Locked(_)) => Ok(Err("locked")),
                Err(fault) => Err(fault),
            }
        })
        .await?;
    if let Err(code) = begun {
        app.metrics.refused_sign_ins.inc();
        return Ok(to(&format!("/sign-in?problem={code}")));
    }
    let mut response = to(&return_to);
    response.headers_mut().insert(header::SET_COOKIE, set_cookie(app, Some(&secret)));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_the_client_are_returned_to() {
        for (wanted, expected) in [
            (None, "/"),
            (Some("/figures?x=1"), "/figures?x=1"),
            (Some("//evil.example"), "/"),
            (Some("/\\evil.example"), "/"),
            (Some("https://evil.example"), "/"),
            (Some("/a\r\nset-cookie: x=1"), "/"),
        ] {
            assert_eq!(own_path(wanted), expected, "{wanted:?}");
        }
    }

    #[test]
    fn providers_speak_tls_or_stand_on_this_machine() {
        for (address, allowed) in [
            ("https://idp.example/realm", true),
            ("http://127.0.0.1:3000", true),
            ("http://localhost:3000/x", true),
            ("http://[::1]:3000", true),
            ("http://idp.example", false),
            ("http://127.0.0.1.evil.example", false),
            ("ftp://127.0.0.1", false),
            ("idp.example", false),
        ] {
            assert_eq!(is_allowed(address), allowed, "{address}");
        }
    }

    #[test]
    fn a_state_serves_once_in_its_own_browser_and_in_time() {
        let now: Timestamp = "2023-10-09T01:00:00Z".parse().expect("a time");
        let (mine, other) = (Secret::new([1; 32]), Secret::new([2; 32]));
        let pending = || Pending {
            provider: "sso".to_owned(),
            nonce: Nonce::new("n".to_owned()),
            verifier: PkceCodeVerifier::new("v".repeat(43)),
            browser: mine.clone(),
            redirect: String::new(),
            return_to: "/".to_owned(),
            until: now + PATIENCE,
        };
        let away = Away::default();
        let take = |browser: Option<&Secret>, later: i64| {
            away.keep("s".to_owned(), pending(), now);
            away.take("s", browser.cloned(), now + SignedDuration::from_mins(later)).is_some()
        };
        assert!(take(Some(&mine), 9));
        assert!(away.take("s", Some(mine.clone()), now).is_none(), "it was used");
        assert!(!take(Some(&other), 0));
        assert!(!take(None, 0));
        assert!(!take(Some(&mine), 10));
        assert!(away.take("t", Some(mine.clone()), now).is_none());
    }
}
