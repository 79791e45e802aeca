//! How access says no. The sentences people read are in `messages::access`.

use model::definition::Right;
use model::id::BookId;

/// Why somebody was refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    NotSignedIn,
    /// The right is not held: on that book, or at all.
    #[error("the right to {} is not held{}", right.word(), .book.as_ref().map(|b| format!(" on {b}")).unwrap_or_default())]
    NotAllowed {
        /// Which right.
        right: Right,
        /// On which book.
        book: Option<BookId>,
    },
    /// It is not there, or not for this person: which of the two is not told.
    #[error("there is no such thing")]
    NotFound,
    /// It is for people of the committee, not for enterprises.
    #[error("it is for the committee only")]
    CommitteeOnly,
    /// A second factor must be set up before anything else.
    #[error("a second factor must be set up first")]
    MustEnrol,
}
