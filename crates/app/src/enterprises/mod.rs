//! Enterprises: found by any name they had, any code, or the first letters of their pinyin; the file of one (一企一档) with its line of
//! time; the plan made with one (一企一策): what is known of its ladders, the plans for single rungs it agreed to, and what falls due;
//! certified copies of what books hold about one (台账登记证明).
//!
//! What stands in a file is content (`pages/enterprises.toml`). Deliberately absent: returns that are confidential to statistics –
//! the loader keeps them out – and writing, but for plans: the books are written where books are written.

mod acts;
pub mod case_shapes;
mod cases;
mod certificate;
mod document;
mod file;
mod plan;
mod search;
pub mod shapes;
#[cfg(test)]
mod tests;

pub use acts::{finish_action, make_plan, move_plan};
pub use certificate::certificate;
pub(crate) use certificate::of_certificate;
pub(crate) use document::of_plan;
pub use document::plan_document;
pub(crate) use file::day as day_of;
pub use file::file;
pub use plan::{due, plan};
pub(crate) use search::KnownSpellings;
pub use search::{named, search};

use model::definition::{Book, EnterprisesPage};
use model::id::EntryId;

use crate::access::{Actor, Refusal};
use crate::asof::AsOfFault;
use crate::books::{BooksFault, Sight};
use crate::ladders::LaddersFault;
use crate::ledger::StoreError;
use crate::messages::enterprises as say;
use crate::parcels::ParcelsFault;
use crate::park::Park;
use crate::projects::LinkedEntry;
use crate::sheets::SheetFault;

/// The role of the register of enterprises.
const ENTERPRISE: &str = "enterprise";

/// Why there is nothing to show.
#[derive(Debug, thiserror::Error)]
pub enum EnterprisesFault {
    /// Not for this person, or not there.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] StoreError),
    /// Nothing was known then.
    #[error(transparent)]
    AsOf(#[from] AsOfFault),
    /// Its land cannot be told.
    #[error(transparent)]
    Land(#[from] ParcelsFault),
    /// The sheet cannot be made.
    #[error(transparent)]
    Sheet(#[from] SheetFault),
    /// How it stands to the ladders cannot be said.
    #[error(transparent)]
    Ladders(#[from] LaddersFault),
    /// What should be written cannot be.
    #[error(transparent)]
    Books(#[from] BooksFault),
    /// A plan may not go there from where it is.
    #[error("{0}")]
    NotNow(String),
    /// Something a plan needs is missing or will not do.
    #[error("{message}")]
    Wrong {
        /// Which part of the request.
        field: &'static str,
        /// Why.
        message: String,
    },
    /// No enterprise of this name, or several; the ones that would do.
    #[error("{}", say::unknown(.name, .near).0)]
    Unknown {
        /// What was asked for.
        name: String,
        /// Those that are like it, or all it may mean.
        near: Vec<String>,
    },
}

/// A result of this module.
pub type Result<T> = std::result::Result<T, EnterprisesFault>;

/// The register and what a file holds, through the eyes of one person.
struct Register<'a> {
    sight: Sight<'a>,
    book: &'a Book,
    page: &'a EnterprisesPage,
}

impl<'a> Register<'a> {
    fn new(park: &'a Park, actor: &'a Actor) -> Result<Self> {
        let content = &park.library().content;
        let sight = Sight::new(content, park.snapshot()?, actor);
        let page = content.pages.enterprises.as_ref().ok_or(Refusal::NotFound)?;
        let register = content.book_with_role(ENTERPRISE).ok_or(Refusal::NotFound)?;
        let book = sight.book(&register.id)?;
        Ok(Self { sight, book, page })
    }

    /// An enterprise as others link to it.
    fn link(&self, enterprise: EntryId) -> LinkedEntry {
        self.sight.link(enterprise, Some(&self.book.id))
    }

    /// The row of an enterprise that this person sees.
    fn row(&self, enterprise: EntryId) -> Result<u32> {
        let table = self.sight.table(self.book);
        let row = table.row(enterprise).ok_or(Refusal::NotFound)?;
        if self.sight.sees_row(self.book, table, row) { Ok(row) } else { Err(Refusal::NotFound.into()) }
    }
}
