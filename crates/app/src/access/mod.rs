//! Identity and access: who is acting, what they may do, and what is shown to them.
//!
//! [`Actor`] is the argument every use case takes; [`Refusal`] is how one says no; [`mask`] is what is shown instead of
//! a person's name or number. Rights come from roles, roles from content, who has which role from the ledger.
//!
//! Deliberately absent: HTTP, cookies and the clock – times and random bytes are arguments.

mod actor;
mod mask;
mod refusal;
pub mod table;

pub use actor::{Actor, Grants, Scope};
pub use mask::mask;
pub use model::definition::Right;
pub use refusal::Refusal;
pub use store::PersonId;
pub use table::Action;
