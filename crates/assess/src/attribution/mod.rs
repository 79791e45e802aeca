//! Attribution (归集): every value of every enterprise and month to the parcels it arose on, by the best method there is.
//!
//! [`Plan::new`] checks who has how much of each parcel on each day and works out shares for a year; [`Plan::attribute`] gives one
//! measure's values out by them, so that memory does not grow with the number of measures; [`Attributed::readings`] are what a
//! scheme judges, [`Plan::ledger`] says for one parcel which enterprise gave what and by which [`Method`].
//!
//! What holds, always and for every month:
//! - the parcels and the three buckets add up to what the enterprises have, to the last step ([`Totals`]): amounts are differences of
//!   rounded running sums (I1, I3);
//! - land of users, what is vacant included, adds up to the area of the parcel on every day (I2): cut remainders are vacant land;
//! - what is sublet is taken from the lease it comes from, so nothing counts for landlord and tenant both (I4);
//! - sums are added before anything is divided: ratios are a scheme's (I5);
//! - what is missing stays missing, with the share of users it is missing for (I6).
//!
//! The same code serves a park of 70 parcels and a region of a million, on any number of threads, to the same bits.
//!
//! Deliberately absent: names, books, sentences; ratios and scores; the merging of accounts that disagree.
//!
//! To add a method: a variant of [`Method`] in its place of preference, its shares in `plan`, its choice in `split`.

mod days;
mod groups;
mod input;
mod land;
mod parts;
mod plan;
mod problem;
mod split;
mod sums;
mod tenancy;

use serde::{Deserialize, Serialize};

pub use days::Span;
pub use input::{
    ABSENT, Account, Area, Claim, Column, Enterprise, Floor, Kind, Land, Layer, Meter, Misfit, Occupancy,
    Over, Parcel, Right,
};
pub use land::Stake;
pub use parts::{Ledger, Part, Piece, Prepared, Reason};
pub use problem::{About, Doubt, Problem};
pub use sums::{Attributed, Totals};

use days::Year;
use groups::Groups;
use plan::Chunk;
use tenancy::{OnParcels, Tenancy};

/// How a value came to a parcel, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The site's own account (产业活动单位).
    SiteAccount,
    /// Metered shares of what the enterprise is supplied with (分户计量).
    Meter,
    /// The enterprise was there and nowhere else in the whole period of the value (按期间实际).
    Dated,
    /// Land × days among several places, or with days on none (面积 × 时间).
    AreaTime,
    /// It used nothing in the period: by what it holds or sublets (按持有).
    Holding,
}

impl Method {
    /// How good the evidence is.
    pub fn evidence(self) -> Evidence {
        match self {
            Self::SiteAccount => Evidence::Accounted,
            Self::Meter => Evidence::Measured,
            Self::Dated => Evidence::Documented,
            Self::AreaTime => Evidence::Derived,
            Self::Holding => Evidence::Assumed,
        }
    }

    fn estimates(self) -> bool {
        !matches!(self, Self::SiteAccount | Self::Dated)
    }
}

/// How good the evidence of a share is, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Accounted for at the site.
    Accounted,
    /// Measured there.
    Measured,
    /// Follows from the dates of the lease or right alone.
    Documented,
    /// Worked out from areas and days.
    Derived,
    /// Nothing better than a right to the land.
    Assumed,
}

/// Where values go that no parcel of the park gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bucket {
    /// To parcels and sites outside the park (园区外).
    Outside,
    /// To no parcel at all (未落地块): nothing used or held on those days.
    NoParcel,
    /// To a parcel that is not computed, or contradicted by its sites (待定).
    Undetermined,
}

/// What a caller may choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// On how many threads; the result does not depend on it.
    pub threads: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { threads: 1 }
    }
}

/// The shares of a year: made once, for every measure.
pub struct Plan {
    land: Land,
    year: Year,
    options: Options,
    on: OnParcels,
    tenancy: Tenancy,
    chunks: Vec<Chunk>,
    /// Edges, numbered through all chunks, by parcel.
    edges: Groups,
    /// Land × days of users without values, by parcel.
    others: Vec<i64>,
    /// Land × days of all users and, where nothing is used, of holders, by parcel.
    weights: Vec<(i64, i64)>,
}

impl Plan {
    /// Checks the parcels and works out the shares.
    ///
    /// # Panics
    /// When a number in a list is not that of a parcel, an enterprise or an occupancy.
    pub fn new(land: Land, options: Options) -> Self {
        let year = Year::new(land.year);
        let on = OnParcels::new(&land);
        let tenancy = tenancy::sweep(&land, &year, &on, options.threads);
        let chunks = plan::plan(&land, &year, &on, &tenancy, options);
        let parcels = chunks.iter().flat_map(|chunk| chunk.parcel.iter().copied());
        let edges = Groups::by(land.parcels.len(), parcels);
        let mut others = vec![0; land.parcels.len()];
        for (place, index) in (0_u32..).zip(&on.occupancies.order) {
            let one = &land.occupancies[*index as usize];
            if one.user.is_none() && one.kind.uses() {
                others[one.parcel as usize] += tenancy.in_year(place);
            }
        }
        let mut weights: Vec<(i64, i64)> = others.iter().map(|used| (*used, 0)).collect();
        for chunk in &chunks {
            for ((parcel, used), held) in chunk.parcel.iter().zip(&chunk.used).zip(&chunk.held) {
                let (users, holders) = &mut weights[*parcel as usize];
                (*users, *holders) = (*users + used, *holders + held);
            }
        }
        Self { land, year, options, on, tenancy, chunks, edges, others, weights }
    }

    /// What the plan was made from.
    pub fn land(&self) -> &Land {
        &self.land
    }

    /// The parcels that are not computed, and why.
    pub fn problems(&self) -> &[Problem] {
        &self.tenancy.problems
    }

    /// What is doubtful whatever the measure is: meters.
    pub fn doubts(&self) -> impl Iterator<Item = &Doubt> {
        self.chunks.iter().flat_map(|chunk| &chunk.doubts)
    }

    /// Gives out the values of one measure.
    pub fn attribute(&self, column: &Column) -> Attributed {
        sums::attribute(self, column)
    }

    /// The chunk and the number in it of an edge.
    fn edge(&self, number: u32) -> (&Chunk, usize) {
        let chunk = self.chunks.partition_point(|chunk| chunk.base <= number) - 1;
        (&self.chunks[chunk], (number - self.chunks[chunk].base) as usize)
    }
}
