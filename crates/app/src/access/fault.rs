//! What can go wrong with accounts. The sentences people read are in `messages::access`.

use jiff::Timestamp;
use store::StoreError;

use super::Refusal;
use super::password::PasswordFault;

/// Why something about an account was not done.
#[derive(Debug, thiserror::Error)]
pub enum AccessFault {
    /// It is not for this actor.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The ledger could not be read or written.
    #[error(transparent)]
    Ledger(#[from] StoreError),
    /// Name or password is wrong; which of them is not told.
    #[error("name or password is wrong")]
    WrongCredentials,
    /// The code of the second factor is wrong or was used.
    #[error("the code is wrong or was used")]
    WrongCode,
    /// The password is right; now the code of the second factor is needed.
    #[error("the code of the second factor is needed")]
    SecondFactorNeeded,
    /// The account is locked, until then or until an administrator unlocks it.
    #[error("the account is locked")]
    Locked(Option<Timestamp>),
    /// The password may not be used.
    #[error(transparent)]
    Password(#[from] PasswordFault),
    /// The name may not be used.
    #[error("{0:?} cannot be a name")]
    BadName(String),
    /// No role has that id.
    #[error("there is no role {0:?}")]
    UnknownRole(String),
    /// An account is either of the committee or of an enterprise.
    #[error("roles of the committee and of enterprises cannot be held together")]
    MixedRoles,
    /// The roles are for enterprises and no enterprise was named, or the other way round, or it is none.
    #[error("the enterprise does not fit the roles")]
    BadEnterprise,
    /// Nobody would be left who may administer.
    #[error("nobody would be left who may administer")]
    LastAdministrator,
    /// The second factor is set up already.
    #[error("the second factor is set up already")]
    AlreadyEnrolled,
    /// No second factor is being set up.
    #[error("no second factor is being set up")]
    NotEnrolling,
    /// There is no such right, or it is not held by the person the token is for.
    #[error("the token would hold nothing its owner holds")]
    EmptyToken,
    /// The link is for the first administrator, and there is one.
    #[error("there is an administrator already")]
    AlreadySetUp,
    /// An OpenID provider vouches for somebody this park does not know.
    #[error("nobody here is known by that identity")]
    UnknownIdentity,
}
