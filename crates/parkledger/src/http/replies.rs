//! `Idempotency-Key`: a write that is sent again, because its answer was lost on the way, is answered, not done twice.
//!
//! Answers are kept in memory for a day, by caller and key. A restart forgets them; writes to the ledger carry the key
//! into the store besides, which never does.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use app::digest_hex;
use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::guard::Caller;
use super::problem::Problem;
use super::state::App;

/// How long an answer is kept.
const KEPT: Duration = Duration::from_hours(24);
/// How many answers are kept at most.
const MOST: usize = 4096;
/// Requests and answers larger than this are not kept: uploads are jobs, which are found by their digest.
const LARGEST: usize = 1 << 20;
/// The header.
pub(crate) const KEY: &str = "idempotency-key";

/// Answers that may be asked for again.
#[derive(Default)]
pub(crate) struct Replies(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    by_key: HashMap<String, Reply>,
    order: VecDeque<(Instant, String)>,
}

struct Reply {
    request: String,
    /// `None` while the request is being done.
    answer: Option<(StatusCode, HeaderMap, Bytes)>,
}

enum Found {
    New,
    Again(Box<(StatusCode, HeaderMap, Bytes)>),
    Running,
    Other,
}

impl Replies {
    fn begin(&self, key: &str, request: &str, now: Instant) -> Found {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while kept.order.front().is_some_and(|(at, _)| now.duration_since(*at) > KEPT)
            || kept.order.len() > MOST
        {
            if let Some((_, old)) = kept.order.pop_front() {
                kept.by_key.remove(&old);
            }
        }
        match kept.by_key.get(key) {
            Some(reply) if reply.request != request => Found::Other,
            Some(Reply { answer: Some(answer), .. }) => Found::Again(Box::new(answer.clone())),
            Some(_) => Found::Running,
            None => {
                let reply = Reply { request: request.to_owned(), answer: None };
                kept.by_key.insert(key.to_owned(), reply);
                kept.order.push_back((now, key.to_owned()));
                Found::New
            }
        }
    }

    /// Keeps an answer, or forgets the request when it was not done.
    fn end(&self, key: &str, answer: Option<(StatusCode, HeaderMap, Bytes)>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match answer {
            Some(answer) => {
                if let Some(reply) = kept.by_key.get_mut(key) {
                    reply.answer = Some(answer);
                }
            }
            None => {
                kept.by_key.remove(key);
            }
        }
    }
}

/// Forgets a request whose handling ended without an answer, such as by a caller who went away.
struct Unfinished<'a>(&'a App, String, bool);

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        if !self.2 {
            self.0.replies.end(&self.1, None);
        }
    }
}

/// Answers a repeated write from memory.
pub(crate) async fn once(State(app): State<App>, request: Request, next: Next) -> Response {
    let key = request.headers().get(KEY).and_then(|k| k.to_str().ok()).map(str::to_owned);
    let small = request.body().size_hint().exact().is_some_and(|n| n <= LARGEST as u64);
    let (Some(key), true, false) = (key, small, request.method().is_safe()) else {
        return next.run(request).await;
    };
    let (parts, body) = request.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, LARGEST).await else {
        return Problem::of(StatusCode::PAYLOAD_TOO_LARGE, "too-large").into_response();
    };
    let who = parts.extensions.get::<Caller>().map_or_else(String::new, |c| c.0.name.clone());
    let key = format!("{who}\u{1f}{key}");
    let mut asked = format!("{} {}\n", parts.method, parts.uri).into_bytes();
    asked.extend_from_slice(&bytes);
    match app.replies.begin(&key, &digest_hex(&asked), Instant::now()) {
        Found::New => {}
        Found::Other => return Problem::of(StatusCode::UNPROCESSABLE_ENTITY, "key-reused").into_response(),
        Found::Running => return Problem::of(StatusCode::CONFLICT, "busy").into_response(),
        Found::Again(answer) => {
            let (status, mut headers, body) = *answer;
            headers.insert("idempotency-replayed", HeaderValue::from_static("true"));
            return (status, headers, body).into_response();
        }
    }
    let mut unfinished = Unfinished(&app, key.clone(), false);
    let response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
    let (parts, body) = response.into_parts();
    let Ok(body) = axum::body::to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let kept =
        parts.status.is_success() && body.len() <= LARGEST && !parts.headers.contains_key(header::SET_COOKIE);
    app.replies.end(&key, kept.then(|| (parts.status, parts.headers.clone(), body.clone())));
    unfinished.2 = true;
    Response::from_parts(parts, Body::from(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_request_is_answered_and_another_refused() {
        let (replies, now) = (Replies::default(), Instant::now());
        assert!(matches!(replies.begin("k", "a", now), Found::New));
        assert!(matches!(replies.begin("k", "a", now), Found::Running));
        replies.end("k", Some((StatusCode::CREATED, HeaderMap::new(), Bytes::from_static(b"x"))));
        assert!(matches!(replies.begin("k", "b", now), Found::Other));
        let Found::Again(answer) = replies.begin("k", "a", now) else { panic!("not answered") };
        assert_eq!(answer.0, StatusCode::CREATED);
        // A day and a second later it is a new request.
        assert!(matches!(replies.begin("k", "b", now + KEPT + Duration::from_secs(1)), Found::New));
    }

    #[test]
    fn a_request_that_failed_may_be_sent_again() {
        let (replies, now) = (Replies::default(), Instant::now());
        assert!(matches!(replies.begin("k", "a", now), Found::New));
        replies.end("k", None);
        assert!(matches!(replies.begin("k", "a", now), Found::New));
    }
}
