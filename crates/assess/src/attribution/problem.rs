//! What stands against computing a parcel, and what is doubtful about an enterprise's values, as typed findings.
//!
//! A parcel with a [`Problem`] is listed and not computed: nothing is rescaled to make it fit. A [`Doubt`] says which value
//! was left undetermined or filled, and why. Sentences are the application's.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::input::Area;

/// Why a parcel is not computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Users have more floor than there is (Σf > F).
    FloorOverrun {
        /// The parcel.
        parcel: u32,
        /// The first such day.
        on: Date,
        /// What they claim.
        claimed: Area,
        /// What there is.
        floor: Area,
    },
    /// Users have more land, floor counted as land, than the parcel.
    LandOverrun {
        /// The parcel.
        parcel: u32,
        /// The first such day.
        on: Date,
        /// What they claim.
        claimed: Area,
        /// What there is.
        area: Area,
    },
    /// Floor is claimed on a day without any building.
    NoFloor {
        /// The parcel.
        parcel: u32,
        /// The first such day.
        on: Date,
        /// Who claims it.
        occupancy: u32,
    },
    /// More is sublet than was leased, as land.
    SubletOverrun {
        /// The parcel.
        parcel: u32,
        /// The first such day.
        on: Date,
        /// The lease.
        lease: u32,
        /// What is sublet of it.
        sublet: Area,
        /// What was leased.
        leased: Area,
    },
    /// Leases are sublet in a circle.
    SubletCycle {
        /// The parcel.
        parcel: u32,
        /// The leases of the circle.
        occupancies: Vec<u32>,
    },
    /// A lease is sublet from a lease of another parcel.
    SubletElsewhere {
        /// The parcel.
        parcel: u32,
        /// The sublease.
        occupancy: u32,
    },
    /// A sublease begins before or ends after its lease.
    SubletOutlives {
        /// The parcel.
        parcel: u32,
        /// The sublease.
        occupancy: u32,
    },
    /// An occupancy begins before or ends after its parcel.
    BeyondLife {
        /// The parcel.
        parcel: u32,
        /// The occupancy.
        occupancy: u32,
    },
    /// An occupancy ends before it begins.
    Backwards {
        /// The parcel.
        parcel: u32,
        /// The occupancy.
        occupancy: u32,
    },
    /// Two users have “the rest” on the same day.
    TwoRests {
        /// The parcel.
        parcel: u32,
        /// The first such day.
        on: Date,
        /// Both.
        occupancies: [u32; 2],
    },
}

impl Problem {
    /// The parcel that is not computed.
    pub fn parcel(&self) -> u32 {
        match *self {
            Self::FloorOverrun { parcel, .. }
            | Self::LandOverrun { parcel, .. }
            | Self::NoFloor { parcel, .. }
            | Self::SubletOverrun { parcel, .. }
            | Self::SubletCycle { parcel, .. }
            | Self::SubletElsewhere { parcel, .. }
            | Self::SubletOutlives { parcel, .. }
            | Self::BeyondLife { parcel, .. }
            | Self::Backwards { parcel, .. }
            | Self::TwoRests { parcel, .. } => parcel,
        }
    }
}

/// What is doubtful about one value of one enterprise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// Whose value.
    pub enterprise: u32,
    /// Of which month, 0..12; none for the year.
    pub month: Option<u8>,
    /// What about it.
    pub about: About,
}

/// What a doubt is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// The sites account for more than the enterprise has: its value is undetermined.
    AccountsExceed,
    /// The sites account for less than the enterprise has, and it has no other place: the difference is undetermined.
    AccountsFallShort,
    /// The enterprise has no value; what its sites account for is taken for it.
    OnlyAccounts,
    /// A site where the enterprise neither uses nor holds land: what it accounts for is undetermined.
    AccountElsewhere,
    /// Meters add up to more than the whole: they are not used.
    MetersExceed,
}
