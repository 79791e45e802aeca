//! `/people`, `/roles`, `/departments`, `/sessions`, `/tokens`: who may sign in and what they may do.

use app::access::{
    AccountChange, Action, NewAccount, NewToken, PersonId, PersonRecordView, Right, RightWord, RoleView,
    Secret, SessionId, SessionLine, TokenId, TokenView,
};
use app::ledger::StoreError;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use model::id::{BookId, EntryId};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::caller::Session;
use super::guard::{Caller, guarded};
use super::messages::access as say;
use super::{App, Problem, Routes};

/// The routes of this page.
pub(super) fn routes() -> Routes {
    OpenApiRouter::new()
        .routes(guarded(Action::People, routes!(people)))
        .routes(guarded(Action::People, routes!(invite)))
        .routes(guarded(Action::People, routes!(change)))
        .routes(guarded(Action::People, routes!(reset)))
        .routes(guarded(Action::People, routes!(roles)))
        .routes(guarded(Action::People, routes!(departments)))
        .routes(guarded(Action::Sessions, routes!(sessions)))
        .routes(guarded(Action::Sessions, routes!(end_session)))
        .routes(guarded(Action::Tokens, routes!(tokens)))
        .routes(guarded(Action::Tokens, routes!(add_token)))
        .routes(guarded(Action::Tokens, routes!(revoke)))
}

/// Everybody.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct People {
    /// By number.
    items: Vec<PersonRecordView>,
}

/// An account to make.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPerson {
    /// What they sign in with.
    name: String,
    /// The name people read.
    display: Option<String>,
    /// Their department.
    department: Option<String>,
    /// The ids of their roles.
    #[serde(default)]
    roles: Vec<String>,
    /// The entry of the enterprise they belong to.
    enterprise: Option<u64>,
    /// Whether they need a second factor.
    #[serde(default)]
    second_factor_required: bool,
}

/// What to change of an account; what is not named stays.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonChange {
    /// The name people read.
    display: Option<String>,
    /// Their department.
    department: Option<String>,
    /// The ids of their roles.
    roles: Option<Vec<String>>,
    /// The entry of the enterprise they belong to; `null` for none.
    #[expect(clippy::option_option, reason = "absent, null and a number are three things here")]
    #[serde(default, deserialize_with = "named")]
    #[schema(value_type = Option<u64>)]
    enterprise: Option<Option<u64>>,
    /// Whether they are kept out. `false` also forgets wrong tries.
    locked: Option<bool>,
    /// Whether they need a second factor.
    second_factor_required: Option<bool>,
}

/// Tells a member that is `null` from one that is not there.
#[expect(clippy::option_option, reason = "absent, null and a number are three things here")]
fn named<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<u64>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// A one-time link, shown once.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct OneTimeLink {
    /// The address to open.
    link: String,
    /// Until when it holds.
    #[schema(value_type = String)]
    expires: Timestamp,
}

/// A new account with its one-time link.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Invited {
    /// The account.
    person: PersonRecordView,
    /// The address at which they choose a password, shown once.
    link: String,
    /// Until when it holds.
    #[schema(value_type = String)]
    expires: Timestamp,
}

/// The roles of the content.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Roles {
    /// In the order of the content.
    items: Vec<RoleView>,
}

/// The departments that send books.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Departments {
    /// By name.
    items: Vec<String>,
}

/// The sessions that go on.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Sessions {
    /// Newest first.
    items: Vec<SessionLine>,
}

/// All tokens.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Tokens {
    /// By number.
    items: Vec<TokenView>,
}

/// A token to make.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TokenWish {
    /// What it is for.
    title: String,
    /// The rights it holds at most.
    #[schema(value_type = Vec<RightWord>)]
    scopes: Vec<Right>,
    /// The books it is for; none for all.
    books: Option<Vec<String>>,
    /// Until when it holds; none for ever.
    #[schema(value_type = Option<String>)]
    expires: Option<Timestamp>,
    /// Whose rights it narrows; the caller's own when not said.
    person: Option<u64>,
}

/// A token, shown once.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct NewTokenView {
    /// What the machine sends as `Authorization: Bearer …`.
    token: String,
    /// The rest of it.
    record: TokenView,
}

/// Everybody who may sign in, with roles and state.
#[utoipa::path(get, path = "/people", tag = "administration", responses((status = 200, body = People)))]
async fn people(State(app): State<App>) -> Result<Json<People>, Problem> {
    let items = app.read(app::park::Park::people).await?;
    Ok(Json(People { items }))
}

/// Makes an account and a one-time link by which its owner chooses a password.
#[utoipa::path(post, path = "/people", tag = "administration", request_body = NewPerson,
    responses((status = 201, body = Invited), (status = 422, body = Problem)))]
async fn invite(
    State(app): State<App>,
    Caller(actor): Caller,
    Json(sent): Json<NewPerson>,
) -> Result<Response, Problem> {
    let new = NewAccount {
        name: sent.name,
        display: sent.display.unwrap_or_default(),
        department: sent.department.unwrap_or_default(),
        roles: sent.roles,
        enterprise: sent.enterprise.map(EntryId),
        second_factor: sent.second_factor_required,
    };
    let (secret, by) = (Secret::new((app.random)()), actor.clone());
    let (link, person) = app
        .write(&actor, move |park| {
            let link = park.invite(&by, &new, &secret)?;
            let person = link.person.map(|id| park.person_by_number(id)).transpose()?;
            Ok::<_, app::access::AccessFault>((link, person))
        })
        .await?;
    let person = person.ok_or_else(Problem::not_found)?;
    let invited = Invited { person, link: link.link(&app.config.public_url), expires: link.expires };
    Ok((StatusCode::CREATED, Json(invited)).into_response())
}

/// Changes an account. Rights hold from the next request on; whoever is locked is signed out.
#[utoipa::path(patch, path = "/people/{id}", tag = "administration", params(("id" = u64, Path)), request_body = PersonChange,
    responses((status = 200, body = PersonRecordView), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn change(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
    Json(sent): Json<PersonChange>,
) -> Result<Json<PersonRecordView>, Problem> {
    let change = AccountChange {
        display: sent.display,
        department: sent.department,
        roles: sent.roles,
        enterprise: sent.enterprise.map(|e| e.map(EntryId)),
        locked: sent.locked,
        second_factor: sent.second_factor_required,
        language: None,
    };
    let (id, by) = (PersonId(id), actor.clone());
    let person = app
        .write(&actor, move |park| {
            if change.locked == Some(false) {
                park.unlock(&by, id)?;
            }
            park.change_account(&by, id, change)?;
            park.person_by_number(id)
        })
        .await?;
    Ok(Json(person))
}

/// Takes away a second factor, ends all sessions and makes a one-time link for a new password.
#[utoipa::path(post, path = "/people/{id}/reset", tag = "administration", params(("id" = u64, Path)),
    responses((status = 200, body = OneTimeLink), (status = 404, body = Problem)))]
async fn reset(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
) -> Result<Json<OneTimeLink>, Problem> {
    let (secret, by) = (Secret::new((app.random)()), actor.clone());
    let link = app.write(&actor, move |park| park.reset_account(&by, PersonId(id), &secret)).await?;
    Ok(Json(OneTimeLink { link: link.link(&app.config.public_url), expires: link.expires }))
}

/// The roles there are and what they give.
#[utoipa::path(get, path = "/roles", tag = "administration", responses((status = 200, body = Roles)))]
async fn roles(State(app): State<App>) -> Result<Json<Roles>, Problem> {
    let items = app.read(|park| Ok::<_, StoreError>(park.roles())).await?;
    Ok(Json(Roles { items }))
}

/// The departments that send books.
#[utoipa::path(get, path = "/departments", tag = "administration", responses((status = 200, body = Departments)))]
async fn departments(State(app): State<App>) -> Json<Departments> {
    let library = app.parks.library();
    Json(Departments { items: library.content.departments().into_iter().map(str::to_owned).collect() })
}

/// Who is signed in, since when, from where.
#[utoipa::path(get, path = "/sessions", tag = "administration", responses((status = 200, body = Sessions)))]
async fn sessions(
    State(app): State<App>,
    session: Option<axum::Extension<Session>>,
) -> Result<Json<Sessions>, Problem> {
    let (inside, own) = (app.clone(), session.map(|s| s.signed.session.id));
    let items = app.read(move |park| park.session_lines(&inside.access.policy, own)).await?;
    Ok(Json(Sessions { items }))
}

/// Ends a session.
#[utoipa::path(delete, path = "/sessions/{id}", tag = "administration", params(("id" = u64, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
async fn end_session(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
) -> Result<StatusCode, Problem> {
    let by = actor.clone();
    app.write(&actor, move |park| park.end_session(&by, SessionId(id))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The tokens of machines.
#[utoipa::path(get, path = "/tokens", tag = "administration", responses((status = 200, body = Tokens)))]
async fn tokens(State(app): State<App>) -> Result<Json<Tokens>, Problem> {
    let items = app.read(app::park::Park::token_views).await?;
    Ok(Json(Tokens { items }))
}

/// Makes a token. It holds what its scopes and its owner's roles both give, and is shown once.
#[utoipa::path(post, path = "/tokens", tag = "administration", request_body = TokenWish,
    responses((status = 201, body = NewTokenView), (status = 422, body = Problem)))]
async fn add_token(
    State(app): State<App>,
    Caller(actor): Caller,
    Json(sent): Json<TokenWish>,
) -> Result<Response, Problem> {
    let books: Option<Vec<BookId>> = sent.books.map(|ids| ids.into_iter().map(BookId::from).collect());
    let library = app.parks.library();
    if let Some(unknown) = books.iter().flatten().find(|id| !library.content.books.contains_key(*id)) {
        return Err(Problem::invalid("books", say::no_book(unknown.as_str())));
    }
    let person = sent.person.map(PersonId).or(actor.person);
    let new = NewToken {
        person: person.ok_or_else(|| Problem::invalid("person", say::WHOSE_TOKEN))?,
        title: sent.title,
        scopes: sent.scopes,
        books,
        expires: sent.expires,
    };
    let (secret, by) = (Secret::new((app.random)()), actor.clone());
    let made = app
        .write(&actor, move |park| {
            let (token, text) = park.add_token(&by, &new, &secret)?;
            Ok::<_, app::access::AccessFault>(NewTokenView { token: text, record: park.token_view(&token)? })
        })
        .await?;
    Ok((StatusCode::CREATED, Json(made)).into_response())
}

/// Revokes a token at once.
#[utoipa::path(delete, path = "/tokens/{id}", tag = "administration", params(("id" = u64, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
async fn revoke(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<u64>,
) -> Result<StatusCode, Problem> {
    let by = actor.clone();
    app.write(&actor, move |park| park.remove_token(&by, TokenId(id))).await?;
    Ok(StatusCode::NO_CONTENT)
}
