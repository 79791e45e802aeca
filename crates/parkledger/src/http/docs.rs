//! The description of the API: the OpenAPI document at `/api/openapi.json`, and a page to read it at `/api/docs` that
//! needs no script.

use std::fmt::Write as _;

use axum::Router;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Info, OpenApi, OpenApiBuilder};

use super::state::App;

/// What stands before all routes.
pub(super) fn head() -> OpenApi {
    let mut info = Info::new("Parkledger", env!("CARGO_PKG_VERSION"));
    info.description = Some(
        "Every use case of the program. Errors are problem details (RFC 9457). Decimals are texts. GETs answer an ETag; \
         writes take an Idempotency-Key; edits of an entry take If-Match with the version they are based on."
            .to_owned(),
    );
    OpenApiBuilder::new().info(info).build()
}

/// Adds what is the same for all routes.
pub(super) fn finish(mut api: OpenApi) -> OpenApi {
    let components = api.components.get_or_insert_default();
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("parkledger_session")));
    let token = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    components.security_schemes.insert("session".to_owned(), cookie.into());
    components.security_schemes.insert("token".to_owned(), token.into());
    for (path, item) in &mut api.paths.paths {
        let plain = path.trim_start_matches(super::API).replace(['{', '}'], "");
        let name = plain.split(['/', '.', '-']).filter(|p| !p.is_empty()).collect::<Vec<_>>().join("_");
        let methods = [
            ("get", &mut item.get),
            ("post", &mut item.post),
            ("put", &mut item.put),
            ("patch", &mut item.patch),
            ("delete", &mut item.delete),
        ];
        for (method, operation) in methods {
            // Handlers of different pages share names; routes never do.
            if let Some(operation) = operation {
                operation.operation_id = Some(format!("{method}_{name}"));
            }
        }
    }
    api
}

/// The two routes.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/api/openapi.json", get(document))
        .route("/api/docs", get(|| async { Html(page(&super::openapi())) }))
        .route("/api/docs.css", get(|| async { ([(header::CONTENT_TYPE, "text/css")], STYLE) }))
}

async fn document() -> impl IntoResponse {
    let text = super::openapi().to_pretty_json().expect("a description is plain JSON");
    ([(header::CONTENT_TYPE, "application/json")], text)
}

const STYLE: &str = "body{font:15px/1.6 sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#1f2329}\
h2{border-bottom:1px solid #d0d5dd;margin-top:2.5rem}h3{font:600 15px/1.6 monospace}table{border-collapse:collapse}\
td,th{border:1px solid #d0d5dd;padding:.15rem .5rem;text-align:left;vertical-align:top}code{font-size:14px}";

/// The description as a page: routes by page of the program, each with parameters, body and answers; then the shapes.
fn page(api: &OpenApi) -> String {
    let mut out = String::from(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Parkledger API</title>\
         <link rel=\"stylesheet\" href=\"/api/docs.css\"><h1>Parkledger API</h1>",
    );
    let about = api.info.description.clone().unwrap_or_default();
    let _ = write!(out, "<p>{}</p><p><a href=\"/api/openapi.json\">openapi.json</a></p>", escaped(&about));
    let mut tag = String::new();
    let mut operations: Vec<(String, &str, &str, &Operation)> = Vec::new();
    for (path, item) in &api.paths.paths {
        let methods = [
            ("GET", &item.get),
            ("POST", &item.post),
            ("PUT", &item.put),
            ("PATCH", &item.patch),
            ("DELETE", &item.delete),
        ];
        for (method, operation) in methods {
            if let Some(operation) = operation {
                let tag = operation.tags.iter().flatten().next().cloned().unwrap_or_default();
                operations.push((tag, path, method, operation));
            }
        }
    }
    operations.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    for (of, path, method, operation) in operations {
        if of != tag {
            let _ = write!(out, "<h2>{}</h2>", escaped(&of));
            tag = of;
        }
        one(&mut out, path, method, operation);
    }
    out.push_str("<h2>shapes</h2>");
    for (name, schema) in api.components.iter().flat_map(|c| &c.schemas) {
        let text = serde_json::to_string_pretty(schema).unwrap_or_default();
        let name = escaped(name);
        let _ = write!(out, "<h3 id=\"{name}\">{name}</h3><pre><code>{}</code></pre>", escaped(&text));
    }
    out
}

fn one(out: &mut String, path: &str, method: &str, operation: &Operation) {
    let _ = write!(out, "<h3>{method} {}</h3>", escaped(path));
    for text in [&operation.summary, &operation.description].into_iter().flatten() {
        let _ = write!(out, "<p>{}</p>", escaped(text));
    }
    let parameters = operation.parameters.as_deref().unwrap_or_default();
    if !parameters.is_empty() {
        out.push_str("<table><tr><th>parameter</th><th>meaning</th></tr>");
        for parameter in parameters {
            let utoipa::openapi::RefOr::T(parameter) = parameter else { continue };
            let meaning = parameter.description.clone().unwrap_or_default();
            let _ = write!(
                out,
                "<tr><td><code>{}</code></td><td>{}</td></tr>",
                escaped(&parameter.name),
                escaped(&meaning)
            );
        }
        out.push_str("</table>");
    }
    let body = operation.request_body.as_ref().map(|b| ("body".to_owned(), shapes(&serde_json::json!(b))));
    let answers = operation.responses.responses.iter();
    let answers = answers.map(|(status, answer)| (status.clone(), shapes(&serde_json::json!(answer))));
    for (what, shapes) in body.into_iter().chain(answers) {
        let links: Vec<String> =
            shapes.iter().map(|s| format!("<a href=\"#{0}\">{0}</a>", escaped(s))).collect();
        let _ = write!(out, "<p><code>{}</code> {}</p>", escaped(&what), links.join(" "));
    }
}

/// The shapes a piece of the description refers to.
fn shapes(value: &serde_json::Value) -> Vec<String> {
    let text = value.to_string();
    let refs = text.split("#/components/schemas/").skip(1);
    let mut names: Vec<String> = refs.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect();
    names.dedup();
    names
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_description_is_the_present_one() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        let present = super::super::openapi().to_pretty_json().expect("plain JSON") + "\n";
        assert!(
            committed == present,
            "crates/parkledger/openapi.json is old: run `make openapi` and commit it"
        );
    }

    #[test]
    fn every_route_says_which_action_it_is() {
        let api = serde_json::to_value(super::super::openapi()).expect("plain JSON");
        let paths = api["paths"].as_object().expect("routes");
        let mut bare = Vec::new();
        for (path, item) in paths {
            for (method, operation) in item.as_object().expect("methods") {
                if operation.get("x-action").is_none() {
                    bare.push(format!("{method} {path}"));
                }
            }
        }
        assert!(bare.is_empty(), "declare these routes through `guarded`: {bare:?}");
        assert!(page(&super::super::openapi()).contains("/api/v1/jobs"));
    }
}
