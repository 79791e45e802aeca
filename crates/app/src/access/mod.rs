//! Identity and access: who is acting, what they may do, and what is shown to them.
//!
//! [`Actor`] is the argument every use case takes; [`Refusal`] is how one says no; [`mask()`] is what is shown instead of
//! a person's name or number. Rights come from roles, roles from content, who has which role from the ledger. [`table`] says
//! what each kind of request needs. `account`, `session` and `token` are the use cases around people.
//!
//! Deliberately absent: HTTP, cookies and the clock – times and random bytes are arguments.

mod account;
mod actor;
mod fault;
mod mask;
pub mod password;
mod refusal;
mod secret;
mod session;
mod shapes;
pub mod table;
mod token;
mod totp;

#[cfg(test)]
mod tests;

pub use account::{AccountChange, Choice, Chosen, Invitation, LINK_LIFE, NewAccount, proper_name};
pub use actor::{Actor, Grants, Scope};
pub use fault::AccessFault;
pub use mask::mask;
pub use model::definition::Right;
pub use refusal::Refusal;
pub use secret::{Secret, TOKEN_PREFIX};
pub use session::{Begun, Browser, Claim, Policy, Proof, Signed, Strangers, Vouched};
pub use shapes::{
    AuditLine, AuditPage, EnterpriseRef, GrantView, PersonRecordView, PersonView, RightWord, RoleView,
    SessionLine, TokenView,
};
pub use store::{AuditQuestion, PersonId, PersonRecord, SessionId, TokenId};
pub use table::Action;
pub use token::NewToken;
pub use totp::Enrolment;
