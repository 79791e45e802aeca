//! What goes wrong, as problem details (RFC 9457): one shape for every error, and the one place that maps faults of `app`
//! to status codes.

use std::error::Error;

use app::access::{AccessFault, Refusal};
use app::messages::{fault as words, problem as say};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;

use super::denied;

/// An error as callers receive it, `application/problem+json`.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct Problem {
    /// `urn:parkledger:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// What happened, in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened here, a sentence.
    pub detail: String,
    /// What to do about it.
    pub hint: String,
    /// A stable word for programs.
    pub code: String,
    /// What is wrong with the data, in the same shape as the command line prints.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    pub findings: Vec<model::finding::Finding>,
    /// A stale edit: the entry as it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub current: Option<Value>,
    /// A stale edit: what was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub yours: Option<Value>,
    /// Arguments that are wrong, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
}

/// An argument that is wrong.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct FieldProblem {
    /// Which.
    pub field: String,
    /// Why.
    pub message: String,
}

impl Problem {
    /// A problem of a kind, with the kind's own sentence and hint.
    pub(crate) fn of(status: StatusCode, code: &str) -> Self {
        let (title, detail, hint) = say::of(code);
        Self {
            kind: format!("urn:parkledger:problem:{code}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: detail.to_owned(),
            hint: hint.to_owned(),
            code: code.to_owned(),
            findings: Vec::new(),
            current: None,
            yours: None,
            fields: Vec::new(),
        }
    }

    /// Says what happened here instead of the kind's own sentence.
    #[must_use]
    pub(crate) fn saying(mut self, detail: impl Into<String>, hint: impl Into<String>) -> Self {
        self.detail = detail.into();
        self.hint = hint.into();
        self
    }

    /// Names a wrong argument.
    #[must_use]
    pub(crate) fn field(mut self, field: &str, message: impl Into<String>) -> Self {
        self.fields.push(FieldProblem { field: field.to_owned(), message: message.into() });
        self
    }

    /// Nothing there.
    pub(crate) fn not_found() -> Self {
        Self::of(StatusCode::NOT_FOUND, "not-found")
    }

    /// An argument is wrong.
    pub(crate) fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::of(StatusCode::UNPROCESSABLE_ENTITY, "invalid").field(field, message)
    }

    /// A fault nobody foresaw; it is logged in full and told in short.
    pub(crate) fn internal(error: &dyn Error) -> Self {
        tracing::error!(error = %chain(error), "a request failed");
        Self::of(StatusCode::INTERNAL_SERVER_ERROR, "internal")
    }

    /// The problem a fault of `app` is to its caller.
    pub(crate) fn from_fault(fault: &(dyn Error + 'static)) -> Self {
        let mut next = Some(fault);
        while let Some(one) = next {
            if let Some(problem) = known(one) {
                return problem;
            }
            next = one.source();
        }
        match words::of(fault) {
            Some((detail, hint)) => {
                tracing::error!(error = %chain(fault), "a use case failed");
                Self::of(StatusCode::INTERNAL_SERVER_ERROR, "internal").saying(detail, hint)
            }
            None => Self::internal(fault),
        }
    }
}

/// Faults that are the caller's to mend, each with its status.
fn known(fault: &(dyn Error + 'static)) -> Option<Problem> {
    if let Some(fault) = fault.downcast_ref::<app::books::BooksFault>() {
        return Some(super::books::problem(fault));
    }
    if let Some(fault) = fault.downcast_ref::<app::explore::ExploreFault>() {
        return Some(super::figures::problem(fault));
    }
    if let Some(app::projects::ProjectsFault::Refused(refusal)) = fault.downcast_ref() {
        return Some(denied::refusal(refusal));
    }
    if let Some(problem) = fault.downcast_ref().and_then(super::imports::problem) {
        return Some(problem);
    }
    if let Some(problem) = fault.downcast_ref().and_then(super::reports::problem) {
        return Some(problem);
    }
    if let Some(problem) = fault.downcast_ref().and_then(super::reports::as_of_problem) {
        return Some(problem);
    }
    if let Some(problem) = fault.downcast_ref().and_then(super::care::problem) {
        return Some(problem);
    }
    if let Some(problem) = fault.downcast_ref().and_then(super::enterprises::problem) {
        return Some(problem);
    }
    if let Some(problem) = fault.downcast_ref().and_then(super::policies::problem) {
        return Some(problem);
    }
    if let Some(problem) = fault.downcast_ref().and_then(super::ladders::problem) {
        return Some(problem);
    }
    if let Some(problem) = fault.downcast_ref().and_then(super::visits::problem) {
        return Some(problem);
    }
    if let Some(fault) = fault.downcast_ref() {
        return Some(super::filings::problem(fault));
    }
    if let Some(fault) = fault.downcast_ref() {
        return Some(super::filings::portal_problem(fault));
    }
    if let Some(problem) = fault.downcast_ref().and_then(super::parcels::problem) {
        return Some(problem);
    }
    if let Some(fault) = beneath(fault) {
        return ledger(fault);
    }
    if let Some(app::jobs::JobFault::Unknown(_)) = fault.downcast_ref() {
        return Some(Problem::not_found());
    }
    if let Some(refused) = fault.downcast_ref::<Refusal>() {
        return Some(denied::refusal(refused));
    }
    match fault.downcast_ref::<AccessFault>() {
        Some(AccessFault::Ledger(fault)) => ledger(fault),
        Some(fault) => denied::account(fault),
        None => ledger(fault.downcast_ref::<app::ledger::StoreError>()?),
    }
}

/// The fault of the ledger that a fault of a use case stands for.
fn beneath<'f>(fault: &'f (dyn Error + 'static)) -> Option<&'f app::ledger::StoreError> {
    use app::care::CareFault;
    use app::desk::DeskFault;
    use app::parcels::ParcelsFault;
    use app::policies::PoliciesFault;
    use app::publishing::PublishingFault;
    let of_desk = || match fault.downcast_ref::<DeskFault>()? {
        DeskFault::Ledger(fault) => Some(fault),
        _ => None,
    };
    let of_publishing = || match fault.downcast_ref::<PublishingFault>()? {
        PublishingFault::Ledger(fault) => Some(fault),
        _ => None,
    };
    let of_care = || match fault.downcast_ref::<CareFault>()? {
        CareFault::Ledger(fault) => Some(fault),
        _ => None,
    };
    let of_parcels = || match fault.downcast_ref::<ParcelsFault>()? {
        ParcelsFault::Ledger(fault) => Some(fault),
        _ => None,
    };
    let of_policies = || match fault.downcast_ref::<PoliciesFault>()? {
        PoliciesFault::Ledger(fault) | PoliciesFault::Parcels(ParcelsFault::Ledger(fault)) => Some(fault),
        _ => None,
    };
    of_desk().or_else(of_publishing).or_else(of_care).or_else(of_parcels).or_else(of_policies)
}

fn ledger(fault: &app::ledger::StoreError) -> Option<Problem> {
    let (detail, hint) = words::store_fault(fault);
    let (status, code) = store_status(fault)?;
    Some(Problem::of(status, code).saying(detail, hint))
}

fn store_status(fault: &app::ledger::StoreError) -> Option<(StatusCode, &'static str)> {
    use app::ledger::StoreError as E;
    Some(match fault {
        E::Stale { .. } | E::StaleFiling { .. } => (StatusCode::CONFLICT, "stale"),
        E::KeyReused { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "key-reused"),
        E::NameTaken(_) | E::UnknownLink => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
        E::UnknownPerson(_)
        | E::UnknownSession(_)
        | E::UnknownToken(_)
        | E::UnknownView(_)
        | E::UnknownJob(_)
        | E::UnknownEvaluation(_)
        | E::UnknownFiling(_)
        | E::UnknownStaged(_)
        | E::UnknownFinding(_)
        | E::UnknownRevision(_)
        | E::UnknownSource(_) => (StatusCode::NOT_FOUND, "not-found"),
        E::UndoBlocked { .. } | E::AlreadyUndone { .. } => (StatusCode::CONFLICT, "stale"),
        E::Cancelled => (StatusCode::CONFLICT, "busy"),
        E::Busy | E::DiskFull | E::ReadOnly => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
        _ => return None,
    })
}

fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).expect("a problem is texts and numbers, always JSON");
        let mut response = (status, body).into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response
    }
}
