//! What an enterprise finds when it signs in: returns to file, its demands, what falls due in its plan, its certificates. Its file and
//! its plan are the pages the committee sees, with its own rows.
//!
//! Deliberately absent: anything of the park or of other enterprises, and policies: what it received, has on the way and may have is
//! reckoned when it is asked for (`policies::enterprise`), as on the page of the enterprise.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::{Actor, Refusal};
use crate::enterprises::shapes::{Certificate, PlanReminder};
use crate::enterprises::{self, EnterprisesFault};
use crate::filings::shapes::ReturnHead;
use crate::filings::{FilingsFault, returns_due};
use crate::ledger::StoreError;
use crate::park::Park;
use crate::projects::LinkedEntry;
use crate::visits::shapes::OwnDemands;
use crate::visits::{VisitsFault, own_demands};

/// The first page of an enterprise.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PortalHome {
    /// The enterprise.
    pub enterprise: LinkedEntry,
    /// The day.
    #[schema(value_type = String)]
    pub today: Date,
    /// Its returns, what is to be done first comes first.
    pub returns: Vec<ReturnHead>,
    /// What falls due in its plan.
    pub reminders: Vec<PlanReminder>,
    /// What it can have certified.
    pub certificates: Vec<Certificate>,
    /// Its demands; none where the park keeps none.
    pub demands: Option<OwnDemands>,
}

/// Why there is no first page.
#[derive(Debug, thiserror::Error)]
pub enum PortalFault {
    /// Not for this person.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] StoreError),
    /// The file or the plan cannot be shown.
    #[error(transparent)]
    Enterprise(#[from] EnterprisesFault),
    /// Returns cannot be shown.
    #[error(transparent)]
    Returns(#[from] FilingsFault),
    /// Demands cannot be shown.
    #[error(transparent)]
    Demands(#[from] VisitsFault),
}

/// The first page of the enterprise somebody belongs to.
///
/// # Errors
/// [`PortalFault`] for whoever belongs to none.
pub fn home(park: &Park, actor: &Actor) -> Result<PortalHome, PortalFault> {
    let enterprise = actor.own().ok_or(Refusal::NotFound)?;
    let due = returns_due(park, actor)?;
    let file = enterprises::file(park, actor, enterprise, None)?;
    let demands = match own_demands(park, actor) {
        Err(VisitsFault::Refused(_)) => None,
        other => Some(other?),
    };
    Ok(PortalHome {
        enterprise: due.enterprise,
        today: due.today,
        returns: due.items,
        reminders: enterprises::plan(park, actor, enterprise, None)?.reminders,
        certificates: file.certificates,
        demands,
    })
}
