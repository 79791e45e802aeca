//! What is asked of an OpenID provider: its description, and its signed word on who somebody is.
//!
//! Descriptions are kept for an hour; a signature by a key nobody has seen makes this ask again. Deliberately absent:
//! redirects, answers without a bound, addresses that are neither TLS nor on this machine.

use std::collections::HashMap;
use std::io::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use axum::http::Uri;
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{
    CoreClient, CoreClientAuthMethod, CoreIdToken, CoreIdTokenClaims, CoreProviderMetadata, CoreResponseType,
    CoreUserInfoClaims,
};
use openidconnect::{
    AccessToken, AuthType, AuthenticationFlow, AuthorizationCode, ClaimsVerificationError, ClientId,
    ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse,
    IssuerUrl, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    RequestTokenError, Scope, SignatureVerificationError, SyncHttpClient, TokenResponse as _,
};

use super::super::config::Provider;

/// How long a provider may take for one answer.
const ANSWER: Duration = Duration::from_secs(10);
/// Bytes of an answer at most.
const LARGEST: u64 = 1 << 20;
/// How long a provider's description is believed.
const KEPT: SignedDuration = SignedDuration::from_hours(1);

/// A client for a provider whose description is known.
type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Why a provider could not vouch for somebody.
#[derive(Debug, thiserror::Error)]
pub(super) enum OidcFault {
    /// The settings of the provider cannot be used.
    #[error("the settings of the provider cannot be used: {0}")]
    Settings(String),
    /// The file with the client's secret cannot be read.
    #[error(
        "cannot read client_secret_file {path}: {source}; write the client secret into this file, let the user that \
runs the server read it, then sign in again"
    )]
    SecretFile {
        /// Which file.
        path: String,
        /// Why.
        source: Error,
    },
    /// The file with the client's secret holds nothing.
    #[error("client_secret_file {path} is empty; write the client secret into it, then sign in again")]
    EmptySecret {
        /// Which file.
        path: String,
    },
    /// It did not answer, or not as the standard says.
    #[error("the provider did not answer as it should: {0}")]
    Provider(String),
    /// What it said is not proved.
    #[error("the provider's word is not proved: {0}")]
    Unproved(#[source] ClaimsVerificationError),
    /// Too many people wait for providers.
    #[error("too many people wait for providers")]
    Crowded,
}

/// What must be the same when somebody comes back from a provider.
pub(super) struct Errand {
    /// What the provider's word must repeat.
    pub nonce: Nonce,
    /// What proves that the code is traded by whoever asked for it.
    pub verifier: PkceCodeVerifier,
    /// Where the provider sends people back to.
    pub redirect: String,
}

/// Who the provider says somebody is.
pub(super) struct Identity {
    /// The person, as the provider knows them.
    pub subject: String,
    /// The account's name, where the settings allow matching by it.
    pub name: Option<String>,
}

/// The descriptions of providers, each with the time it was read.
#[derive(Default)]
pub(super) struct Known(Mutex<HashMap<String, (Timestamp, Arc<CoreProviderMetadata>)>>);

impl Known {
    /// A provider's description, read an hour ago at most.
    fn metadata(
        &self,
        provider: &Provider,
        http: &Http,
        now: Timestamp,
    ) -> Result<Arc<CoreProviderMetadata>, OidcFault> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&provider.id).cloned();
        match known {
            Some((since, metadata)) if (since..since + KEPT).contains(&now) => Ok(metadata),
            _ => self.discover(provider, http, now),
        }
    }

    /// A provider's description, read now.
    fn discover(
        &self,
        provider: &Provider,
        http: &Http,
        now: Timestamp,
    ) -> Result<Arc<CoreProviderMetadata>, OidcFault> {
        let settings = |fault: &dyn std::error::Error| OidcFault::Settings(told(fault));
        let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|f| settings(&f))?;
        let metadata = CoreProviderMetadata::discover(&issuer, http)
            .map_err(|fault| OidcFault::Provider(told(&fault)))?;
        if !is_allowed(metadata.authorization_endpoint().as_str()) {
            return Err(OidcFault::Provider(NOT_ALLOWED.to_owned()));
        }
        let metadata = Arc::new(metadata);
        let kept = (now, Arc::clone(&metadata));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(provider.id.clone(), kept);
        Ok(metadata)
    }

    /// Where to send somebody: the provider's page, with state, nonce and challenge.
    pub(super) fn authorize(
        &self,
        provider: &Provider,
        state: &str,
        errand: &Errand,
        now: Timestamp,
    ) -> Result<String, OidcFault> {
        let metadata = self.metadata(provider, &Http::new(), now)?;
        let client = client(&metadata, provider, &errand.redirect, None)?;
        let (state, nonce) = (state.to_owned(), errand.nonce.clone());
        let code = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let asked = client.authorize_url(code, move || CsrfToken::new(state), move || nonce);
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&errand.verifier);
        let (url, ..) = asked.add_scope(Scope::new("profile".to_owned())).set_pkce_challenge(challenge).url();
        Ok(url.into())
    }

    /// Trades the code for the provider's signed word on who somebody is, and checks it.
    pub(super) fn exchange(
        &self,
        provider: &Provider,
        code: String,
        errand: Errand,
        now: Timestamp,
    ) -> Result<Identity, OidcFault> {
        let (http, secret) = (Http::new(), secret(provider)?);
        let metadata = self.metadata(provider, &http, now)?;
        let mut client = client(&metadata, provider, &errand.redirect, secret.clone())?;
        let answer = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|fault| OidcFault::Provider(told(&fault)))?
            .set_pkce_verifier(errand.verifier)
            .request(&http)
            .map_err(|fault| OidcFault::Provider(untraded(&fault)))?;
        let missing = || OidcFault::Provider("no identity in its answer".to_owned());
        let token = answer.id_token().ok_or_else(missing)?;
        let mut word = proved(&client, token, &errand.nonce, now);
        if matches!(word, Err(ref fault) if is_unknown_key(fault)) {
            let metadata = self.discover(provider, &http, now)?;
            client = self::client(&metadata, provider, &errand.redirect, secret)?;
            word = proved(&client, token, &errand.nonce, now);
        }
        let word = word.map_err(OidcFault::Unproved)?;
        let name = if provider.match_by_name {
            stated_name(&client, word, answer.access_token(), &http)?
        } else {
            None
        };
        Ok(Identity { subject: word.subject().as_str().to_owned(), name })
    }
}

fn client(
    metadata: &CoreProviderMetadata,
    provider: &Provider,
    redirect: &str,
    secret: Option<ClientSecret>,
) -> Result<Client, OidcFault> {
    let redirect =
        RedirectUrl::new(redirect.to_owned()).map_err(|fault| OidcFault::Settings(told(&fault)))?;
    let id = ClientId::new(provider.client_id.clone());
    // The standard's own way is the header; some providers take the secret in the body only.
    let ways = metadata.token_endpoint_auth_methods_supported();
    let in_body = ways.is_some_and(|ways| {
        ways.contains(&CoreClientAuthMethod::ClientSecretPost)
            && !ways.contains(&CoreClientAuthMethod::ClientSecretBasic)
    });
    let way = if in_body { AuthType::RequestBody } else { AuthType::BasicAuth };
    let client = CoreClient::from_provider_metadata(metadata.clone(), id, secret);
    Ok(client.set_auth_type(way).set_redirect_uri(redirect))
}

fn secret(provider: &Provider) -> Result<Option<ClientSecret>, OidcFault> {
    let Some(file) = &provider.client_secret_file else { return Ok(None) };
    let path = file.display().to_string();
    match std::fs::read_to_string(file) {
        Ok(text) if text.trim().is_empty() => Err(OidcFault::EmptySecret { path }),
        Ok(text) => Ok(Some(ClientSecret::new(text.trim().to_owned()))),
        Err(source) => Err(OidcFault::SecretFile { path, source }),
    }
}

fn proved<'t>(
    client: &Client,
    token: &'t CoreIdToken,
    nonce: &Nonce,
    now: Timestamp,
) -> Result<&'t CoreIdTokenClaims, ClaimsVerificationError> {
    let verifier = client.id_token_verifier().set_time_fn(move || SystemTime::from(now).into());
    token.claims(&verifier, nonce)
}

fn is_unknown_key(fault: &ClaimsVerificationError) -> bool {
    let ClaimsVerificationError::SignatureVerification(fault) = fault else { return false };
    matches!(fault, SignatureVerificationError::NoMatchingKey)
}

/// The name the provider states: in its word, or where it answers questions about people.
fn stated_name(
    client: &Client,
    word: &CoreIdTokenClaims,
    token: &AccessToken,
    http: &Http,
) -> Result<Option<String>, OidcFault> {
    if let Some(name) = word.preferred_username() {
        return Ok(Some(name.as_str().to_owned()));
    }
    let Ok(question) = client.user_info(token.clone(), Some(word.subject().clone())) else { return Ok(None) };
    let told: CoreUserInfoClaims =
        question.request(http).map_err(|fault| OidcFault::Provider(told(&fault)))?;
    Ok(told.preferred_username().map(|name| name.as_str().to_owned()))
}

/// Why a code was not traded, without anything of an answer that may hold tokens.
fn untraded<E, T>(fault: &RequestTokenError<E, T>) -> String
where
    E: std::error::Error + 'static,
    T: openidconnect::ErrorResponse + 'static,
{
    match fault {
        RequestTokenError::Parse(fault, _) => format!("its answer is wrong at {}", fault.path()),
        other => told(other),
    }
}

/// An error with its causes in one line.
pub(super) fn told(fault: &dyn std::error::Error) -> String {
    let mut text = fault.to_string();
    let mut next = fault.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

/// Why an address is not asked.
const NOT_ALLOWED: &str = "an address of the provider is neither https nor on this machine";

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
}

impl SyncHttpClient for Http {
    type Error = Error;

    fn call(&self, request: HttpRequest) -> Result<HttpResponse, Error> {
        if !is_allowed(&request.uri().to_string()) {
            return Err(Error::other(NOT_ALLOWED));
        }
        let here = request.uri().host().is_some_and(is_loopback);
        // No proxy of the environment reaches this machine's own addresses.
        let request = if here { self.0.configure_request(request).proxy(None).build() } else { request };
        let (parts, mut body) = self.0.run(request).map_err(Error::other)?.into_parts();
        let bytes = body.with_config().limit(LARGEST).read_to_vec().map_err(Error::other)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn providers_speak_tls_or_stand_on_this_machine() {
        for (address, allowed) in [
            ("https://idp.example/realm", true),
            ("http://127.0.0.1:3000", true),
            ("http://localhost:3000/x", true),
            ("http://[::1]:3000", true),
            ("http://idp.example", false),
            ("http://127.0.0.1.evil.example", false),
            ("http://127.0.0.1@evil.example", false),
            ("ftp://127.0.0.1", false),
            ("idp.example", false),
        ] {
            assert_eq!(is_allowed(address), allowed, "{address}");
        }
    }

    #[test]
    fn a_missing_secret_names_its_file_and_what_to_do() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("secret");
        let provider = Provider {
            id: "sso".to_owned(),
            title: "SSO".to_owned(),
            issuer: "https://idp.example".to_owned(),
            client_id: "parkledger".to_owned(),
            client_secret_file: Some(file.clone()),
            match_by_name: false,
        };
        let missing = secret(&provider).expect_err("no file").to_string();
        assert!(missing.contains(&file.display().to_string()) && missing.contains("write"), "{missing}");
        std::fs::write(&file, " \n").expect("written");
        let empty = secret(&provider).expect_err("an empty file").to_string();
        assert!(empty.contains("is empty"), "{empty}");
        std::fs::write(&file, "s3cret\n").expect("written");
        let read = secret(&provider).expect("right").expect("one is set");
        assert_eq!(read.secret(), "s3cret");
    }
}
