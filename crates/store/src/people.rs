//! People: who may sign in, with which roles.
//!
//! Deliberately absent: what a role may do.

/// A person's number; never used again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PersonId(pub u64);
