//! `/session`: signing in and out, choosing a password by a link, one's own password, second factor and language.

use app::access::{
    AccessFault, AccountChange, Action, Begun, Choice, Enrolment, PersonView, Policy, Proof, Secret, password,
};
use app::ledger::StoreError;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use qrcode::QrCode;
use qrcode::render::svg;
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::base_map::BaseMap;
use super::caller::{COOKIE, Session, Visitor};
use super::guard::{guarded, no_content};
use super::{App, Problem, Routes};

/// The languages there are.
const LANGUAGES: &[&str] = &["zh-CN", "en"];

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::SignIn, routes!(current)))
        .routes(guarded(Action::SignIn, routes!(sign_in)))
        .routes(guarded(Action::SignIn, routes!(set_up)))
        .routes(guarded(Action::Account, routes!(sign_out)))
        .routes(guarded(Action::Account, routes!(language)))
        .routes(guarded(Action::Account, routes!(change_password)))
        .routes(guarded(Action::Account, routes!(begin_totp)))
        .routes(guarded(Action::Account, routes!(confirm_totp)))
        .routes(guarded(Action::Account, routes!(remove_totp)))
}

/// Who is signed in.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Session)]
#[expect(clippy::struct_excessive_bools, reason = "four things a page must know, each by its name")]
pub(super) struct SessionView {
    /// Whether somebody is.
    signed_in: bool,
    /// What every write must send back in `X-CSRF-Token`; empty while nobody is signed in.
    csrf: String,
    /// Who.
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<PersonView>,
    /// Whether the park waits for its first administrator.
    setup_needed: bool,
    /// Whether a second factor must be set up before anything else.
    must_enrol: bool,
    /// Providers one may sign in with.
    oidc: Vec<ProviderView>,
    /// Whether this is a demonstration park.
    demo: bool,
    /// What day it is in the park; a demonstration stands still at the day its data ends with.
    #[schema(value_type = String)]
    today: Date,
    /// The park's name.
    park_name: String,
    /// Minutes without a request until a session ends.
    idle_minutes: u64,
    /// The pictures behind the map of parcels, for those who are signed in.
    base_map: Option<BaseMap>,
}

/// An OpenID provider.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct ProviderView {
    /// A word for addresses.
    id: String,
    /// What the button says.
    title: String,
}

/// Name, password and, where the account has one, the code of the second factor.
#[derive(Deserialize, utoipa::ToSchema)]
pub(super) struct SignIn {
    /// The account's name.
    name: String,
    /// Its password.
    password: String,
    /// The code of the second factor.
    code: Option<String>,
}

/// What somebody chooses by a one-time link.
#[derive(Deserialize, utoipa::ToSchema)]
pub(super) struct SetUp {
    /// What the link ends with.
    token: String,
    /// The first administrator's name.
    name: Option<String>,
    /// The name people read.
    display: Option<String>,
    /// The password.
    password: String,
}

/// The old password and the new one.
#[derive(Deserialize, utoipa::ToSchema)]
pub(super) struct PasswordChange {
    /// The one so far.
    old: String,
    /// The one from now on.
    new: String,
}

/// What an authenticator app needs, shown once.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct TotpEnrolment {
    /// For typing.
    secret: String,
    /// For a link on the same device.
    uri: String,
    /// For scanning.
    svg: String,
}

/// A code of the second factor.
#[derive(Deserialize, utoipa::ToSchema)]
pub(super) struct Code {
    /// Six digits.
    code: String,
}

/// The password, asked again before something that weakens the account.
#[derive(Deserialize, utoipa::ToSchema)]
pub(super) struct Password {
    /// The account's password.
    password: String,
}

/// The language one reads.
#[derive(Deserialize, utoipa::ToSchema)]
pub(super) struct Language {
    /// `zh-CN` or `en`.
    language: String,
}

async fn view(app: &App, session: Option<&Session>) -> Result<SessionView, Problem> {
    let signed = session.map(|s| s.signed.clone());
    let (setup_needed, day, today, person) = app
        .read(move |park| {
            let person = signed.map(|s| park.person_view(&s.person)).transpose()?;
            Ok::<_, StoreError>((!park.has_administrator()?, park.demo_day(), park.today(), person))
        })
        .await?;
    let provider = |p: &super::config::Provider| ProviderView { id: p.id.clone(), title: p.title.clone() };
    Ok(SessionView {
        signed_in: session.is_some(),
        csrf: session.map(|s| s.secret.csrf()).unwrap_or_default(),
        person,
        setup_needed,
        must_enrol: session.is_some_and(|s| s.signed.actor.must_enrol()),
        oidc: app.config.oidc.iter().map(provider).collect(),
        demo: day.is_some(),
        today,
        park_name: app.config.park_title.clone(),
        idle_minutes: app.config.session_idle.as_secs() / 60,
        base_map: session.and_then(|_| app.config.base_map.clone()),
    })
}

/// The line that gives a browser its session, or takes it away.
pub(super) fn set_cookie(app: &App, secret: Option<&Secret>) -> HeaderValue {
    let secure = if app.config.public_url.starts_with("https://") { "; Secure" } else { "" };
    let (value, age) =
        secret.map_or_else(|| (String::new(), 0), |s| (s.text(), app.config.session_absolute.as_secs()));
    let line = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    HeaderValue::from_str(&line).expect("hexadecimal digits and fixed words")
}

/// The answer to somebody who has just got a session.
async fn welcome(app: &App, secret: Secret, from: String) -> Result<Response, Problem> {
    let (inside, held) = (app.clone(), secret.clone());
    let signed = app.read(move |park| park.signed_in(&held, &from, &inside.access.policy)).await?;
    let session = Session { secret, signed: signed.ok_or_else(super::guard::not_signed_in)? };
    let mut response = Json(view(app, Some(&session)).await?).into_response();
    response.headers_mut().insert(header::SET_COOKIE, set_cookie(app, Some(&session.secret)));
    Ok(response)
}

/// Proves a password without holding up anybody else.
async fn prove(app: &App, name: String, password: String) -> Result<Proof, Problem> {
    let cost = app.access.policy.cost;
    let claim = app.read(move |park| park.claim(&name)).await?;
    app.hashing(move || Ok::<_, AccessFault>(claim.prove(&password, cost))).await
}

/// Checks a new password and hashes it.
async fn hashed(app: &App, password: String, names: Vec<String>) -> Result<String, Problem> {
    let (cost, random) = (app.access.policy.cost, app.random);
    app.hashing(move || {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        password::check(&password, &names).map_err(AccessFault::from)?;
        Ok::<_, AccessFault>(password::hash(&password, salt(random()), cost))
    })
    .await
}

fn salt(random: [u8; 32]) -> [u8; 16] {
    let (salt, _) = random.split_first_chunk().expect("32 bytes have 16 first ones");
    *salt
}

/// Who is signed in, and what a page needs before anybody is.
#[utoipa::path(get, path = "/session", tag = "session", responses((status = 200, body = SessionView)))]
async fn current(
    State(app): State<App>,
    session: Option<axum::Extension<Session>>,
) -> Result<Json<SessionView>, Problem> {
    view(&app, session.as_deref()).await.map(Json)
}

/// Signs in. A wrong password and an unknown name get the same answer; the fifth wrong try locks the name for a while.
#[utoipa::path(post, path = "/session", tag = "session", request_body = SignIn, responses((status = 200, body = SessionView),
    (status = 401, body = Problem), (status = 423, body = Problem), (status = 429, body = Problem)))]
async fn sign_in(
    State(app): State<App>,
    visitor: Visitor,
    Json(sent): Json<SignIn>,
) -> Result<Response, Problem> {
    app.access.try_from(visitor.address, &*app.clock)?;
    let proof = prove(&app, sent.name, sent.password).await?;
    let (secret, browser, nobody) = (Secret::new((app.random)()), visitor.browser(), visitor.nobody());
    let (inside, own, held) = (app.clone(), secret.clone(), visitor.held);
    let from = browser.address.clone();
    let begun = app
        .write(&nobody, move |park| {
            let mut strangers = inside.access.strangers();
            let judges: (&Policy, _) = (&inside.access.policy, &mut *strangers);
            park.sign_in(&proof, sent.code.as_deref(), &browser, (&own, held.as_ref()), judges)
        })
        .await;
    if begun.is_err() {
        app.metrics.refused_sign_ins.inc();
    }
    begun?;
    welcome(&app, secret, from).await
}

/// Chooses a password by a one-time link and signs in. The link of an empty park makes its first administrator.
#[utoipa::path(post, path = "/session/setup", tag = "session", request_body = SetUp, responses((status = 200, body = SessionView),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
async fn set_up(
    State(app): State<App>,
    visitor: Visitor,
    Json(sent): Json<SetUp>,
) -> Result<Response, Problem> {
    app.access.try_from(visitor.address, &*app.clock)?;
    let link =
        Secret::parse(sent.token.trim()).ok_or_else(|| Problem::from_fault(&StoreError::UnknownLink))?;
    let (inside, salt) = (app.clone(), salt((app.random)()));
    let chosen = app
        .hashing(move || {
            let (name, display) = (sent.name.unwrap_or_default(), sent.display.unwrap_or_default());
            let choice = Choice { link: &link, name: &name, display: &display, password: &sent.password };
            inside.parks.read(|park| park.choose(&choice, salt, inside.access.policy.cost))
        })
        .await?;
    let (secret, browser, nobody) = (Secret::new((app.random)()), visitor.browser(), visitor.nobody());
    let (inside, own, held) = (app.clone(), secret.clone(), visitor.held);
    let from = browser.address.clone();
    app.write(&nobody, move |park| {
        let person = park.keep_choice(&chosen, &browser.address)?;
        park.sign_in_chosen(&person, &browser, (&own, held.as_ref()), &inside.access.policy)
    })
    .await?;
    welcome(&app, secret, from).await
}

/// Signs out.
#[utoipa::path(delete, path = "/session", tag = "session", responses((status = 204), (status = 401, body = Problem)))]
async fn sign_out(State(app): State<App>, session: Session) -> Result<Response, Problem> {
    let (actor, id) = (session.signed.actor.clone(), session.signed.session.id);
    app.write(&session.signed.actor, move |park| park.end_session(&actor, id)).await?;
    let mut response = no_content();
    response.headers_mut().insert(header::SET_COOKIE, set_cookie(&app, None));
    Ok(response)
}

/// Says which language one reads.
#[utoipa::path(patch, path = "/session", tag = "session", request_body = Language, responses((status = 200, body = SessionView),
    (status = 422, body = Problem)))]
async fn language(
    State(app): State<App>,
    mut session: Session,
    Json(sent): Json<Language>,
) -> Result<Json<SessionView>, Problem> {
    if !LANGUAGES.contains(&sent.language.as_str()) {
        return Err(Problem::invalid("language", LANGUAGES.join(" / ")));
    }
    let (actor, id) = (session.signed.actor.clone(), session.signed.person.id);
    let change = AccountChange { language: Some(sent.language), ..AccountChange::default() };
    let person =
        app.write(&session.signed.actor, move |park| park.change_account(&actor, id, change)).await?;
    session.signed.person = person;
    view(&app, Some(&session)).await.map(Json)
}

/// Changes one's password. All other sessions end; this one goes on under a new secret.
#[utoipa::path(post, path = "/session/password", tag = "session", request_body = PasswordChange, responses((status = 204),
    (status = 401, body = Problem), (status = 422, body = Problem)))]
async fn change_password(
    State(app): State<App>,
    session: Session,
    visitor: Visitor,
    Json(sent): Json<PasswordChange>,
) -> Result<Response, Problem> {
    let person = &session.signed.person;
    let old = prove(&app, person.name.clone(), sent.old).await?;
    let names = vec![person.name.clone(), person.display.clone()];
    let new = hashed(&app, sent.new, names).await?;
    let (secret, browser) = (Secret::new((app.random)()), visitor.browser());
    let (inside, own, actor) = (app.clone(), secret.clone(), session.signed.actor.clone());
    let begun: Begun = app
        .write(&session.signed.actor, move |park| {
            let person = park.change_password(&actor, &old, &new)?;
            park.resume(&person, &browser, &own, &inside.access.policy)
        })
        .await?;
    tracing::info!(person = begun.person.id.0, "a password was changed");
    let mut response = no_content();
    response.headers_mut().insert(header::SET_COOKIE, set_cookie(&app, Some(&secret)));
    Ok(response)
}

/// Draws a second factor. It counts once a code has confirmed it.
#[utoipa::path(post, path = "/session/totp", tag = "session", responses((status = 200, body = TotpEnrolment),
    (status = 422, body = Problem)))]
async fn begin_totp(State(app): State<App>, session: Session) -> Result<Json<TotpEnrolment>, Problem> {
    let (actor, random) = (session.signed.actor.clone(), (app.random)());
    let issuer = Some(app.config.park_title.clone()).filter(|n| !n.is_empty());
    let issuer = issuer.unwrap_or_else(|| "Parkledger".to_owned());
    let drawn: Enrolment =
        app.write(&session.signed.actor, move |park| park.begin_totp(&actor, random, &issuer)).await?;
    let code = QrCode::new(drawn.uri.as_bytes()).map_err(|fault| Problem::internal(&fault))?;
    let svg = code.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
    Ok(Json(TotpEnrolment { secret: drawn.secret, uri: drawn.uri, svg }))
}

/// Confirms the second factor by a code.
#[utoipa::path(post, path = "/session/totp/confirm", tag = "session", request_body = Code, responses((status = 204),
    (status = 401, body = Problem), (status = 422, body = Problem)))]
async fn confirm_totp(
    State(app): State<App>,
    session: Session,
    visitor: Visitor,
    Json(sent): Json<Code>,
) -> Result<StatusCode, Problem> {
    app.access.try_from(visitor.address, &*app.clock)?;
    let actor = session.signed.actor.clone();
    app.write(&session.signed.actor, move |park| park.confirm_totp(&actor, &sent.code)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes away the second factor; the password is asked again.
#[utoipa::path(delete, path = "/session/totp", tag = "session", request_body = Password, responses((status = 204),
    (status = 401, body = Problem)))]
async fn remove_totp(
    State(app): State<App>,
    session: Session,
    Json(sent): Json<Password>,
) -> Result<StatusCode, Problem> {
    let proof = prove(&app, session.signed.person.name.clone(), sent.password).await?;
    let actor = session.signed.actor.clone();
    app.write(&session.signed.actor, move |park| park.remove_totp(&actor, &proof)).await?;
    Ok(StatusCode::NO_CONTENT)
}
