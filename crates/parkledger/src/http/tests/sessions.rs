//! Signing in, cookies, forged requests, tokens, limits – over HTTP.

use serde_json::json;

use super::*;

const GOOD: &str = "plum vat kx7 river";

fn pattern(answer: &Answer, name: &str) -> String {
    answer.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned()
}

/// A visitor with what the answer to signing in gave.
fn visitor(answer: &Answer) -> Visitor {
    let cookie = pattern(answer, "set-cookie");
    let cookie = cookie.strip_prefix("parkledger_session=").and_then(|rest| rest.split(';').next());
    Visitor {
        cookie: cookie.expect("a session").to_owned(),
        csrf: answer.json["csrf"].as_str().expect("a token").to_owned(),
        token: String::new(),
    }
}

async fn set_up(site: &Site) -> Answer {
    let link = site.app.parks.write("t", |park| park.first_setup(&secret())).expect("made").expect("empty");
    let body = json!({ "token": link.token, "name": "root", "password": GOOD }).to_string();
    site.ask(&Visitor::default(), "POST", "/api/v1/session/setup", &body).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_visitor_sets_up_signs_out_and_in_again() {
    let site = Site::new(&[]);
    let nobody = Visitor::default();
    let before = site.ask(&nobody, "GET", "/api/v1/session", "").await;
    assert_eq!((&before.json["signed_in"], &before.json["setup_needed"]), (&json!(false), &json!(true)));
    assert_eq!(before.json["csrf"], "");

    let answer = set_up(&site).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.json);
    assert_eq!(answer.json["person"]["name"], "root");
    assert_eq!(answer.json["setup_needed"], false);
    let line = pattern(&answer, "set-cookie");
    for mark in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"] {
        assert!(line.contains(mark), "{line}");
    }
    assert!(!line.contains("Secure"), "not behind TLS here: {line}");
    let root = visitor(&answer);
    assert_eq!(site.ask(&root, "GET", "/api/v1/people", "").await.status, StatusCode::OK);

    assert_eq!(site.ask(&root, "DELETE", "/api/v1/session", "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(site.ask(&root, "GET", "/api/v1/people", "").await.code(), "not-signed-in");

    let sign_in = |name: &str, password: &str| json!({ "name": name, "password": password }).to_string();
    let wrong = site.ask(&nobody, "POST", "/api/v1/session", &sign_in("root", "nonsense words here")).await;
    let unknown =
        site.ask(&nobody, "POST", "/api/v1/session", &sign_in("ghost", "nonsense words here")).await;
    assert_eq!(
        (wrong.status, &wrong.json),
        (unknown.status, &unknown.json),
        "nobody learns which names there are"
    );
    assert_eq!(wrong.code(), "wrong-credentials");
    let right = site.ask(&nobody, "POST", "/api/v1/session", &sign_in("Root", GOOD)).await;
    assert_eq!(right.json["signed_in"], true, "{}", right.json);
    assert_ne!(visitor(&right).cookie, root.cookie);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_needs_the_token_of_its_page_and_no_other_site() {
    let site = Site::new(&[]);
    let root = site.session(site.account("root", &["administrator"], "", None));
    let (path, body) = ("/api/v1/session", "{\"language\":\"en\"}");
    let without = Visitor { csrf: String::new(), ..root.clone() };
    assert_eq!(site.ask(&without, "PATCH", path, body).await.code(), "csrf");
    let other = Visitor { csrf: "0".repeat(64), ..root.clone() };
    assert_eq!(site.ask(&other, "PATCH", path, body).await.code(), "csrf");
    let foreign = [("origin", "https://evil.example")];
    assert_eq!(site.ask_with(&root, "PATCH", path, body, &foreign).await.code(), "csrf");
    let foreign = [("sec-fetch-site", "cross-site")];
    assert_eq!(site.ask_with(&Visitor::default(), "POST", path, "{}", &foreign).await.code(), "csrf");
    let done = site.ask_with(&root, "PATCH", path, body, &[("origin", "http://127.0.0.1:8420")]).await;
    assert_eq!(done.json["person"]["language"], "en", "{}", done.json);
    assert_eq!(site.ask(&root, "PATCH", path, "{\"language\":\"fr\"}").await.code(), "invalid");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tries_are_limited_by_address() {
    let site = Site::new(&[("sign_in.per_minute", "2")]);
    let body = json!({ "name": "ghost", "password": "nonsense words here" }).to_string();
    for expected in ["wrong-credentials", "wrong-credentials", "too-many", "too-many"] {
        let answer = site.ask(&Visitor::default(), "POST", "/api/v1/session", &body).await;
        assert_eq!(answer.code(), expected);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_request_is_refused_like_everything_else() {
    let site = Site::new(&[]);
    let nobody = Visitor::default();
    for body in ["{", "{\"name\":1}", "[]"] {
        let answer = site.ask(&nobody, "POST", "/api/v1/session", body).await;
        assert_eq!(answer.code(), "invalid", "{body}");
        assert_eq!(pattern(&answer, "content-type"), "application/problem+json");
    }
    let forged = Visitor { cookie: "ab".repeat(32), ..Visitor::default() };
    assert_eq!(site.ask(&forged, "GET", "/api/v1/content", "").await.code(), "not-signed-in");
    let forged = Visitor { token: "plk_nonsense".to_owned(), ..Visitor::default() };
    assert_eq!(site.ask(&forged, "GET", "/api/v1/session", "").await.code(), "not-signed-in");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_manages_accounts() {
    let site = Site::new(&[]);
    let root = site.session(site.account("root", &["administrator"], "", None));
    let body =
        json!({ "name": "Li", "display": "李四", "roles": ["clerk"], "department": "区税务局" }).to_string();
    let made = site.ask(&root, "POST", "/api/v1/people", &body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.json);
    let (id, link) = (&made.json["person"]["id"], made.json["link"].as_str().expect("a link"));
    assert!(link.contains("/setup?token="));
    assert_eq!(site.ask(&root, "POST", "/api/v1/people", &body).await.code(), "invalid", "the name is taken");
    let path = format!("/api/v1/people/{id}");
    let changed = site.ask(&root, "PATCH", &path, "{\"roles\":[\"leader\"]}").await;
    assert_eq!(changed.json["rights"], json!(["read", "publish"]), "{}", changed.json);
    assert_eq!(
        site.ask(&root, "PATCH", &path, "{\"roles\":[\"none\"]}").await.json["fields"][0]["field"],
        "roles"
    );
    assert_eq!(site.ask(&root, "PATCH", "/api/v1/people/99", "{}").await.code(), "not-found");

    let li = site.session(PersonId(id.as_u64().expect("a number")));
    assert_eq!(site.ask(&li, "GET", "/api/v1/people", "").await.code(), "not-allowed");
    let sessions = site.ask(&root, "GET", "/api/v1/sessions", "").await;
    assert_eq!(sessions.json["items"].as_array().map(Vec::len), Some(2));
    site.ask(&root, "PATCH", &path, "{\"locked\":true}").await;
    assert_eq!(
        site.ask(&li, "GET", "/api/v1/content", "").await.code(),
        "not-signed-in",
        "signed out at once"
    );

    let audit = site.ask(&root, "GET", "/api/v1/audit?action=person.change&q=leader", "").await;
    assert_eq!(audit.json["total"], 2, "changed, then locked: {}", audit.json);
    assert_eq!(audit.json["items"][0]["from"], "127.0.0.1");
    let csv = site.ask(&root, "GET", "/api/v1/audit.csv", "").await;
    assert!(pattern(&csv, "content-disposition").starts_with("attachment"));
    let exported = site.ask(&root, "GET", "/api/v1/audit?action=export", "").await;
    assert_eq!(exported.json["total"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_does_what_its_scopes_say() {
    let site = Site::new(&[]);
    let root = site.session(site.account("root", &["administrator"], "", None));
    let body = json!({ "title": "取数", "scopes": ["read"] }).to_string();
    let made = site.ask(&root, "POST", "/api/v1/tokens", &body).await;
    let token = made.json["token"].as_str().expect("shown once").to_owned();
    let machine = Visitor { token, ..Visitor::default() };
    assert_eq!(site.ask(&machine, "GET", "/api/v1/content", "").await.status, StatusCode::OK);
    assert_eq!(site.ask(&machine, "GET", "/api/v1/people", "").await.code(), "not-allowed");
    assert_eq!(site.ask(&machine, "POST", "/api/v1/session/totp", "{}").await.code(), "not-allowed");
    let listed = site.ask(&root, "GET", "/api/v1/tokens", "").await;
    assert!(!listed.json.to_string().contains("plk_"), "a token is shown once");
    let empty = json!({ "title": "x", "scopes": ["unmask"] }).to_string();
    assert_eq!(site.ask(&root, "POST", "/api/v1/tokens", &empty).await.code(), "invalid");
    let path = format!("/api/v1/tokens/{}", made.json["record"]["id"]);
    assert_eq!(site.ask(&root, "DELETE", &path, "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(site.ask(&machine, "GET", "/api/v1/content", "").await.code(), "not-signed-in");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_must_enrol_does_nothing_else_before() {
    let site = Site::new(&[("second_factor.required", "true")]);
    let root = site.session(site.account("root", &["administrator"], "", None));
    let session = site.ask(&root, "GET", "/api/v1/session", "").await;
    assert_eq!(session.json["must_enrol"], true);
    assert_eq!(site.ask(&root, "GET", "/api/v1/people", "").await.code(), "not-allowed");
    let drawn = site.ask(&root, "POST", "/api/v1/session/totp", "{}").await;
    assert!(drawn.json["svg"].as_str().is_some_and(|svg| svg.contains("<svg")), "{}", drawn.json);
    let wrong = site.ask(&root, "POST", "/api/v1/session/totp/confirm", "{\"code\":\"000000\"}").await;
    assert_eq!(wrong.code(), "wrong-credentials");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_enterprise_sees_its_own_row_only() {
    let site = Site::new(&[]);
    let make = |uscc: &str| site.enterprise(uscc);
    let (mine, other) = (make("91330203MA00000001"), make("91330203MA00000002"));
    let firm = site.session(site.account("firm", &["enterprise"], "", Some(mine)));
    let boss = site.session(site.account("boss", &["leader"], "", None));
    let register =
        site.app.parks.library().content.book_with_role("enterprise").expect("there is one").id.clone();
    let list = format!("/api/v1/books/{register}/entries");
    assert_eq!(site.ask(&boss, "GET", &list, "").await.json["total"], 2);
    let seen = site.ask(&firm, "GET", &list, "").await;
    assert_eq!(
        (&seen.json["total"], &seen.json["items"][0]["id"]),
        (&json!(1), &json!(mine.0)),
        "{}",
        seen.json
    );
    assert_eq!(site.ask(&firm, "GET", &format!("/api/v1/entries/{mine}"), "").await.status, StatusCode::OK);
    assert_eq!(site.ask(&firm, "GET", &format!("/api/v1/entries/{other}"), "").await.code(), "not-found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_that_is_away_is_no_error_of_ours() {
    let site = Site::new(&[]);
    let answer = site.ask(&Visitor::default(), "GET", "/api/v1/oidc/none/start", "").await;
    assert_eq!(answer.code(), "not-found");
    let answer = site.ask(&Visitor::default(), "GET", "/api/v1/oidc/none/callback?code=x&state=y", "").await;
    assert_eq!(answer.code(), "not-found");
}
