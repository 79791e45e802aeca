//! What attribution is given: a park of one year in dense numbers, and one column of values per measure.
//!
//! Parcels, enterprises and occupancies are numbered `0..n` by their place in the list; whoever fills the lists keeps the keys.
//!
//! Deliberately absent: names, codes and entries; geometry – areas are the legal ones.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::days::Span;

/// Steps of [`Area`] in a square metre.
const STEPS: u32 = 4;

/// An area in ten-thousandths of a square metre.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Area(pub i64);

impl Area {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The largest that is taken: 100 km².
    const MOST: i64 = 1_000_000_000_000;

    /// From square metres, rounded half up at the fourth place; none where it is negative or above 100 km².
    pub fn of(square_metres: Decimal) -> Option<Self> {
        let scaled = square_metres
            .round_dp_with_strategy(STEPS, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
            .checked_mul(Decimal::from(10_i64.pow(STEPS)))?;
        i64::try_from(scaled.trunc().mantissa() / 10_i128.checked_pow(scaled.trunc().scale())?)
            .ok()
            .filter(|steps| (0..=Self::MOST).contains(steps))
            .map(Self)
    }

    /// In square metres.
    pub fn square_metres(self) -> Decimal {
        Decimal::new(self.0, STEPS)
    }

    /// In 亩: square metres × 0.0015, exactly.
    pub fn mu(self) -> Decimal {
        self.square_metres() * Decimal::new(15, 4)
    }
}

/// A park in one year.
#[derive(Clone, Debug, Default)]
pub struct Land {
    /// The civil year.
    pub year: i16,
    /// Pieces of land, those outside the park that are known included.
    pub parcels: Vec<Parcel>,
    /// Buildings with their real floor area (实测); storeys above 8 m count once here and twice only in a floor area ratio.
    pub floors: Vec<Floor>,
    /// Who holds land; vacant land stays with them.
    pub rights: Vec<Right>,
    /// Who uses land.
    pub occupancies: Vec<Occupancy>,
    /// When enterprises existed.
    pub enterprises: Vec<Enterprise>,
    /// Shares of an enterprise's own supply by parcel.
    pub meters: Vec<Meter>,
}

/// A piece of land.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// The legal area.
    pub area: Area,
    /// From delivery of the land, or the split or merger it came from, to the one it ended in.
    pub life: Span,
    /// Whether it belongs to the park.
    pub in_park: bool,
    /// Where it lies in space.
    pub layer: Layer,
}

/// The space layer of a parcel, after the second letter of its code's features (宗地特征码).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// The ground (地表); its area counts in sums of land.
    #[default]
    Surface,
    /// Above it (地上).
    Above,
    /// Below it (地下).
    Below,
}

/// Floor area of a building.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Floor {
    /// On which parcel.
    pub parcel: u32,
    /// Its real floor area.
    pub area: Area,
    /// From completion to demolition.
    pub life: Span,
}

/// The right to a parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Right {
    /// To which parcel.
    pub parcel: u32,
    /// Who has it; none for persons and others without values.
    pub holder: Option<u32>,
    /// From when to when.
    pub span: Span,
}

/// Use of a part of a parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occupancy {
    /// Which parcel.
    pub parcel: u32,
    /// Who; none for persons and others without values.
    pub user: Option<u32>,
    /// How.
    pub kind: Kind,
    /// How much.
    pub claim: Claim,
    /// From when to when.
    pub span: Span,
    /// The lease this one is sublet from.
    pub parent: Option<u32>,
}

/// How a part of a parcel is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// By its holder (自用).
    Own,
    /// By a tenant or subtenant (承租, 转租).
    Lease,
    /// By nobody (空置): land without output.
    Vacant,
    /// Not yet (在建).
    UnderConstruction,
    /// By the public (公用).
    Public,
}

impl Kind {
    /// Whether values arise there.
    pub fn uses(self) -> bool {
        matches!(self, Self::Own | Self::Lease)
    }
}

/// How much of a parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// So much land: land was leased, or a certificate states a share of it (分摊面积).
    Land(Area),
    /// So much floor: land in proportion, 用地面积 = 宗地面积 × 建筑面积 ÷ 宗地总建筑面积.
    Floor(Area),
    /// What the others of the same parcel, or of the same lease, leave.
    Rest,
}

/// An enterprise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enterprise {
    /// From founding or arrival to dissolution or departure; its values of the year are those of these days.
    pub life: Span,
}

/// A share of what an enterprise is supplied with (用电户号), measured at one parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meter {
    /// Whose.
    pub enterprise: u32,
    /// Where.
    pub parcel: u32,
    /// Of all that the enterprise is supplied with, in millionths.
    pub millionths: u32,
    /// From when to when.
    pub span: Span,
    /// Whether others are supplied through it, which makes it useless for attribution.
    pub shared: bool,
}

/// No value: what is missing is not zero.
pub const ABSENT: i64 = i64::MIN;

/// How months become the year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Over {
    /// They add up.
    #[default]
    Sum,
    /// Their mean over the months that are reported at all.
    Mean,
    /// The last month that is reported.
    Last,
}

/// The values of one additive measure, by enterprise, in steps of `10^-scale` of its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Decimal places of a step.
    pub scale: u32,
    /// How months become the year.
    pub over: Over,
    /// Whether meters may divide it.
    pub by_meter: bool,
    /// Twelve per enterprise; [`ABSENT`] where nothing is known. Empty when there are only values of years.
    pub monthly: Vec<i64>,
    /// One per enterprise, used where months are not complete. Empty when there are only values of months.
    pub yearly: Vec<i64>,
    /// What enterprises account for by site, in any order.
    pub accounts: Vec<Account>,
}

/// What an enterprise accounts for at one site (产业活动单位).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// Whose.
    pub enterprise: u32,
    /// Where; none for a site outside the park that is no parcel.
    pub parcel: Option<u32>,
    /// The month, 0..12; none for the year.
    pub month: Option<u8>,
    /// In steps of the column.
    pub value: i64,
}

/// A value that a column cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// It has finer digits than the column's steps.
    #[error("{0} has more than the column's {1} decimal places: choose a finer scale")]
    TooFine(Decimal, u32),
    /// It is too large for the column's steps.
    #[error("{0} does not fit 58 bits at {1} decimal places: choose a coarser scale")]
    TooLarge(Decimal, u32),
}

impl Column {
    /// The usual steps: millionths, a 分 of 万元.
    pub const SCALE: u32 = 6;
    /// Values stay below this, so that a year of months fits 63 bits and products with shares 127.
    const MOST: i64 = 1 << 58;

    /// A column without values.
    pub fn new(enterprises: usize, scale: u32, over: Over) -> Self {
        Self {
            scale,
            over,
            by_meter: true,
            monthly: vec![ABSENT; enterprises * 12],
            yearly: vec![ABSENT; enterprises],
            accounts: Vec::new(),
        }
    }

    /// Sets the value of a month, 0..12.
    pub fn set_month(&mut self, enterprise: u32, month: u8, value: Decimal) -> Result<(), Misfit> {
        self.monthly[enterprise as usize * 12 + usize::from(month)] = self.steps(value)?;
        Ok(())
    }

    /// Sets the value of the year.
    pub fn set_year(&mut self, enterprise: u32, value: Decimal) -> Result<(), Misfit> {
        self.yearly[enterprise as usize] = self.steps(value)?;
        Ok(())
    }

    /// Adds what an enterprise accounts for at a site.
    pub fn account(
        &mut self,
        enterprise: u32,
        parcel: Option<u32>,
        month: Option<u8>,
        value: Decimal,
    ) -> Result<(), Misfit> {
        let value = self.steps(value)?;
        self.accounts.push(Account { enterprise, parcel, month, value });
        Ok(())
    }

    /// A value in steps of the column.
    pub fn steps(&self, value: Decimal) -> Result<i64, Misfit> {
        let plain = value.normalize();
        let by = self.scale.checked_sub(plain.scale()).ok_or(Misfit::TooFine(value, self.scale))?;
        10_i128
            .checked_pow(by)
            .and_then(|ten| plain.mantissa().checked_mul(ten))
            .and_then(|steps| i64::try_from(steps).ok())
            .filter(|steps| (-Self::MOST..Self::MOST).contains(steps))
            .ok_or(Misfit::TooLarge(value, self.scale))
    }

    /// Steps as a value.
    pub fn value(&self, steps: i128) -> Option<Decimal> {
        Decimal::try_from_i128_with_scale(steps, self.scale).ok().map(|value| value.normalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_exact() {
        let area = Area::of(Decimal::new(6_850_752, 2)).expect("an area");
        assert_eq!(area, Area(685_075_200));
        // 68,507.52 × 0.0015 = 102.76128.
        assert_eq!(area.mu(), Decimal::new(10_276_128, 5));
        assert_eq!(Area::of(Decimal::new(-1, 0)), None);
        assert_eq!(Area::of(Decimal::new(100_000_001, 0)), None);
        // Half a step goes up: 0.00005 → 0.0001.
        assert_eq!(Area::of(Decimal::new(5, 5)), Some(Area(1)));
    }

    #[test]
    fn values_fit_or_say_why_not() {
        let column = Column::new(1, 2, Over::Sum);
        assert_eq!(column.steps(Decimal::new(1250, 3)), Ok(125));
        assert_eq!(column.steps(Decimal::new(1255, 3)), Err(Misfit::TooFine(Decimal::new(1255, 3), 2)));
        assert!(matches!(column.steps(Decimal::from(i64::MAX)), Err(Misfit::TooLarge(..))));
        assert_eq!(column.value(125), Some(Decimal::new(125, 2)));
    }
}
