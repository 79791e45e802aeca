//! The problems that faults of `app::access` are to callers: each with its status and code.

use app::access::{AccessFault, Refusal};
use app::messages::access as words;
use axum::http::StatusCode;

use super::problem::Problem;

/// The problem of a refusal.
pub(crate) fn refusal(refused: &Refusal) -> Problem {
    let (detail, hint) = words::refusal(refused);
    let (status, code) = match refused {
        Refusal::NotSignedIn => (StatusCode::UNAUTHORIZED, "not-signed-in"),
        Refusal::NotFound => (StatusCode::NOT_FOUND, "not-found"),
        Refusal::NotAllowed { .. } | Refusal::CommitteeOnly | Refusal::MustEnrol => {
            (StatusCode::FORBIDDEN, "not-allowed")
        }
    };
    Problem::of(status, code).saying(detail, hint)
}

/// The problem of a fault around accounts; a fault of the ledger beneath it is for the caller to look at.
pub(crate) fn account(fault: &AccessFault) -> Option<Problem> {
    let (detail, hint) = words::fault(fault);
    let (status, code, field) = match fault {
        AccessFault::Refused(refused) => return Some(refusal(refused)),
        AccessFault::Ledger(_) => return None,
        AccessFault::WrongCredentials | AccessFault::WrongCode => {
            (StatusCode::UNAUTHORIZED, "wrong-credentials", "")
        }
        AccessFault::UnknownIdentity => (StatusCode::UNAUTHORIZED, "wrong-credentials", ""),
        AccessFault::SecondFactorNeeded => (StatusCode::UNAUTHORIZED, "second-factor-needed", ""),
        AccessFault::Locked(_) => (StatusCode::LOCKED, "locked", ""),
        AccessFault::Password(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid", "password"),
        AccessFault::BadName(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid", "name"),
        AccessFault::UnknownRole(_) | AccessFault::MixedRoles | AccessFault::LastAdministrator => {
            (StatusCode::UNPROCESSABLE_ENTITY, "invalid", "roles")
        }
        AccessFault::BadEnterprise => (StatusCode::UNPROCESSABLE_ENTITY, "invalid", "enterprise"),
        AccessFault::EmptyToken => (StatusCode::UNPROCESSABLE_ENTITY, "invalid", "scopes"),
        AccessFault::AlreadyEnrolled | AccessFault::NotEnrolling => {
            (StatusCode::UNPROCESSABLE_ENTITY, "invalid", "code")
        }
        AccessFault::AlreadySetUp => (StatusCode::UNPROCESSABLE_ENTITY, "invalid", "token"),
    };
    let problem = Problem::of(status, code).saying(detail.clone(), hint);
    Some(if field.is_empty() { problem } else { problem.field(field, detail) })
}
