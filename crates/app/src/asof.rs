//! The ledger as it was known on a day, or at a revision: which revision that is, and its snapshot.
//!
//! A day is one on the clocks of the park, and what is known on it is everything written by its end. Two clocks are kept apart:
//! a figure's period says what it speaks of, a day as of which says what was known of it.
//!
//! Deliberately absent: old definitions – a figure as of a day is what today's definitions say of what was known then; what
//! was printed then is kept by publications (`publishing`).

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use figures::Snapshot;
use jiff::Timestamp;
use jiff::civil::Date;
use model::id::Revision;
use serde::Serialize;
use store::StoreError;
use utoipa::ToSchema;

use crate::clock;
use crate::park::Park;

/// Which state of the ledger is looked at: `2023-11-20`, or a revision such as `12`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AsOf {
    /// Everything written by the end of this day.
    Day(Date),
    /// Everything up to this revision.
    Revision(Revision),
}

/// Why there is no such state.
#[derive(Debug, thiserror::Error)]
pub enum AsOfFault {
    /// The text is neither a day nor a revision.
    #[error("`{0}` is no day and no revision")]
    NotADay(String),
    /// The ledger was empty on that day.
    #[error("nothing was known on {0}")]
    TooEarly(Date),
    /// The ledger has no such revision, or cannot be read.
    #[error(transparent)]
    Ledger(#[from] StoreError),
}

/// What was known on a day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct KnownOn {
    /// What was asked for: a day or a revision.
    pub asked: String,
    /// The last revision of it.
    pub revision: u64,
    /// When that was written.
    #[schema(value_type = String)]
    pub at: Timestamp,
    /// Who wrote it.
    pub who: String,
    /// The newest revision of the ledger.
    pub newest: u64,
}

impl FromStr for AsOf {
    type Err = AsOfFault;

    fn from_str(text: &str) -> Result<Self, AsOfFault> {
        let text = text.trim();
        if let Ok(revision) = text.trim_start_matches('@').parse::<u64>() {
            return Ok(Self::Revision(Revision(revision)));
        }
        text.parse().map(Self::Day).map_err(|_| AsOfFault::NotADay(text.to_owned()))
    }
}

impl fmt::Display for AsOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Revision(revision) => revision.0.fmt(f),
        }
    }
}

impl Park {
    /// The revision that was the newest then.
    ///
    /// # Errors
    /// [`AsOfFault`] when nothing was known then.
    pub fn known_on(&self, as_of: AsOf) -> Result<KnownOn, AsOfFault> {
        let records = self.store.revisions()?;
        let found = match as_of {
            AsOf::Revision(revision) => {
                let found = records.iter().find(|record| record.revision == revision);
                found.ok_or(StoreError::UnknownRevision(revision))?
            }
            AsOf::Day(day) => {
                // A clock may have been set back: the last revision counts, not the latest time.
                let known = records.iter().rev().find(|record| clock::local(record.at).date() <= day);
                known.ok_or(AsOfFault::TooEarly(day))?
            }
        };
        Ok(KnownOn {
            asked: as_of.to_string(),
            revision: found.revision.0,
            at: found.at,
            who: found.who.clone(),
            newest: records.last().map_or(0, |record| record.revision.0),
        })
    }

    /// All books as they were known then; as they are when nothing is said.
    ///
    /// # Errors
    /// [`AsOfFault`] when nothing was known then.
    pub fn snapshot_as_of(&self, as_of: Option<AsOf>) -> Result<Arc<Snapshot>, AsOfFault> {
        let Some(as_of) = as_of else { return Ok(self.snapshot()?) };
        Ok(self.snapshot_of(Revision(self.known_on(as_of)?.revision))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::TestPark;

    const FIRMS: &str =
        "title='企业'\nkind='register'\nkey=['name']\n[fields.name]\ntitle='名称'\nkind='text'";

    #[test]
    fn a_day_is_the_last_revision_written_by_its_end() {
        let mut park = TestPark::new(&[("books/firms.toml", FIRMS)], "2023-11-10");
        park.put("firms", &["name=甲"]);
        park.put("firms", &["name=乙"]);
        park.on("2023-11-12");
        park.put("firms", &["name=丙"]);
        let known = |text: &str| {
            let known = park.park.known_on(text.parse().expect("a day or a revision"));
            known.map(|known| (known.revision, known.newest))
        };
        assert_eq!(known("2023-11-10").expect("known"), (2, 3));
        assert_eq!(known("2023-11-11").expect("known"), (2, 3));
        assert_eq!(known("2024-01-01").expect("known"), (3, 3));
        assert_eq!(known("1").expect("known"), (1, 3));
        assert!(matches!(known("2023-11-09"), Err(AsOfFault::TooEarly(_))));
        assert!(matches!(known("7"), Err(AsOfFault::Ledger(StoreError::UnknownRevision(_)))));
        assert!(matches!("gestern".parse::<AsOf>(), Err(AsOfFault::NotADay(_))));
        let firms = |text: &str| {
            let snapshot = park.park.snapshot_as_of(Some(text.parse().expect("a day"))).expect("known");
            snapshot.table(&"firms".into()).map_or(0, figures::Table::len)
        };
        assert_eq!((firms("1"), firms("2023-11-11"), firms("2023-11-12")), (1, 2, 3));
    }
}
