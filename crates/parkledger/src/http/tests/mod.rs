//! The web server without a socket: requests go into the router, answers come out.

mod enterprises;
mod filings;
mod ladders;
mod matrix;
mod parcels;
mod policies;
mod sessions;
mod visits;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use app::access::{Actor, Browser, NewAccount, PersonId, Secret};
use app::clock::{Clock as _, SystemClock};
use app::library::Library;
use app::park::{Park, Setup};
use app::worker::Worker;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use model::entry::{EntryState, EntryWrite, Origins};
use model::id::EntryId;
use serde_json::Value;
use store::{RevisionKind, WriteRequest};
use tower::ServiceExt as _;

use super::config::{Config, Given};
use super::{App, router};

/// A park over the content of the program, with a server that nobody listens to.
struct Site {
    app: App,
    router: Router,
    _folder: tempfile::TempDir,
}

/// Somebody who is signed in, or not.
#[derive(Clone, Default)]
struct Visitor {
    cookie: String,
    csrf: String,
    token: String,
}

/// An answer.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    json: Value,
    bytes: Vec<u8>,
}

impl Answer {
    fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or_default()
    }
}

/// Different bytes each time, and the same ones in every run.
fn drawn() -> [u8; 32] {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let mut bytes = [7; 32];
    bytes[..8].copy_from_slice(&COUNT.fetch_add(1, Ordering::Relaxed).to_le_bytes());
    bytes
}

impl Site {
    fn new(settings: &[(&'static str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let setup = Setup {
            library: Arc::new(Library::load(None).expect("the embedded content")),
            worker: Worker::this_program().expect("this program"),
            clock: Arc::new(SystemClock),
            who: "test".to_owned(),
        };
        let data = folder.path().join("ledger");
        let park = Park::open_or_create(&data, setup, drawn).expect("made");
        let given: Given = settings.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
        let config = Config::load(&data, None, &given, &|_| None).expect("right settings");
        let app = super::open(park, config, Arc::new(SystemClock), drawn).expect("opened");
        Self { router: router(app.clone()), app, _folder: folder }
    }

    /// An account without a password.
    fn account(&self, name: &str, roles: &[&str], department: &str, enterprise: Option<EntryId>) -> PersonId {
        let new = NewAccount {
            name: name.to_owned(),
            department: department.to_owned(),
            roles: roles.iter().map(|r| (*r).to_owned()).collect(),
            enterprise,
            ..NewAccount::default()
        };
        let invited = self.app.parks.write("t", |park| park.invite(&Actor::local("root"), &new, &secret()));
        invited.expect("invited").person.expect("of a person")
    }

    /// An enterprise of the register, known by its code.
    fn enterprise(&self, code: &str) -> EntryId {
        let library = self.app.parks.library();
        let register = library.content.book_with_role("enterprise").expect("there is one");
        let values = register.key.iter().map(|field| (field.clone(), model::value::Value::text(code)));
        let mut request = WriteRequest::new(SystemClock.now(), "test", "", RevisionKind::Record);
        request.writes = vec![EntryWrite {
            book: register.id.clone(),
            key: code.to_owned(),
            entry: None,
            based_on: 0,
            state: EntryState::Active,
            payload: values.collect(),
            origins: Origins::default(),
        }];
        self.app.parks.write("t", |park| park.store_mut().write(&request)).expect("written").entries[0]
    }

    /// A session of an account, as signing in leaves it.
    fn session(&self, id: PersonId) -> Visitor {
        let secret = secret();
        let begun = self.app.parks.write("t", |park| {
            let person = park.store().person(id)?.expect("made before");
            park.sign_in_chosen(&person, &Browser::default(), (&secret, None), &self.app.access.policy)
        });
        begun.expect("signed in");
        Visitor { cookie: secret.text(), csrf: secret.csrf(), token: String::new() }
    }

    async fn ask(&self, who: &Visitor, method: &str, path: &str, body: &str) -> Answer {
        self.ask_with(who, method, path, body, &[]).await
    }

    async fn ask_with(
        &self,
        who: &Visitor,
        method: &str,
        path: &str,
        body: impl AsRef<[u8]>,
        headers: &[(&str, &str)],
    ) -> Answer {
        let body = body.as_ref().to_vec();
        let mut request = Request::builder().method(method).uri(path).header("host", "127.0.0.1:8420");
        if !who.cookie.is_empty() {
            request = request.header("cookie", format!("parkledger_session={}", who.cookie));
        }
        if !who.csrf.is_empty() {
            request = request.header("x-csrf-token", &who.csrf);
        }
        if !who.token.is_empty() {
            request = request.header("authorization", format!("Bearer {}", who.token));
        }
        if !body.is_empty() && !headers.iter().any(|(name, _)| *name == "content-type") {
            request = request.header("content-type", "application/json");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("the router always answers");
        let (parts, body) = answer.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
        let json = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer { status: parts.status, headers: parts.headers, json, bytes: bytes.to_vec() }
    }
}

fn secret() -> Secret {
    Secret::new(drawn())
}
