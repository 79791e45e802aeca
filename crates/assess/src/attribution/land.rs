//! Who has how much land (折算用地面积): land × days of users, what is vacant with its holder, in the year.
//!
//! Net land of an enterprise – 登记 + 承租 − 出租 + 其他 – comes out of the same sweep: what it uses, what is vacant of its own, less
//! what it leases out or sublets.

use rust_decimal::Decimal;

use super::Plan;
use super::input::Area;

/// Land of one enterprise, or of those without values, on one parcel in the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stake {
    /// Who; none for persons, others, and vacant land without a single holder.
    pub enterprise: Option<u32>,
    /// Land × days it uses, in steps of [`Area`].
    pub used: i64,
    /// Land × days it has and nobody uses.
    pub idle: i64,
    /// Days of the year.
    days: u16,
}

impl Stake {
    /// Land on the average of the year's days, in square metres.
    pub fn land(&self) -> Decimal {
        mean(i128::from(self.used) + i128::from(self.idle), self.days)
    }

    /// The part of it that is used.
    pub fn land_used(&self) -> Decimal {
        mean(i128::from(self.used), self.days)
    }
}

/// Land × days as square metres on the average of the days.
fn mean(land_days: i128, days: u16) -> Decimal {
    Decimal::try_from_i128_with_scale(land_days, 4).unwrap_or(Decimal::MAX) / Decimal::from(days)
}

impl Plan {
    /// Who has how much of a parcel; adds up to its area × days (I2). Empty where the parcel is not computed.
    pub fn stakes(&self, parcel: usize) -> Vec<Stake> {
        let lot = &self.tenancy.lots[parcel];
        let mut found: Vec<Stake> = Vec::new();
        if !lot.sound {
            return found;
        }
        let mut add = |enterprise: Option<u32>, used: i64, idle: i64| match found
            .iter_mut()
            .find(|stake| stake.enterprise == enterprise)
        {
            Some(stake) => (stake.used, stake.idle) = (stake.used + used, stake.idle + idle),
            None if used != 0 || idle != 0 => {
                found.push(Stake { enterprise, used, idle, days: self.year.days() });
            }
            None => {}
        };
        for place in self.on.occupancies.start[parcel]..self.on.occupancies.start[parcel + 1] {
            let one = &self.land.occupancies[self.on.occupancies.order[place as usize] as usize];
            let land = self.tenancy.in_year(place);
            match (one.kind.uses(), one.user) {
                (true, user) => add(user, land, 0),
                (false, Some(user)) => add(Some(user), 0, land),
                // What nobody uses and nobody is named for is among what the holder keeps.
                (false, None) => {}
            }
        }
        for place in self.on.rights.start[parcel]..self.on.rights.start[parcel + 1] {
            let right = &self.land.rights[self.on.rights.order[place as usize] as usize];
            add(right.holder, 0, self.tenancy.kept[place as usize]);
        }
        add(None, 0, lot.vacant);
        found
    }

    /// Land of every enterprise on the average of the year's days in square metres, parcels outside the park included, in the order of
    /// the enterprises.
    pub fn net_land(&self) -> Vec<Decimal> {
        let mut sums = vec![0_i128; self.land.enterprises.len()];
        for parcel in 0..self.land.parcels.len() {
            for stake in self.stakes(parcel) {
                if let Some(enterprise) = stake.enterprise {
                    sums[enterprise as usize] += i128::from(stake.used) + i128::from(stake.idle);
                }
            }
        }
        sums.into_iter().map(|sum| mean(sum, self.year.days())).collect()
    }

    /// The area of a parcel on the average of the year's days: one that was split in June counts for its days.
    pub fn mean_area(&self, parcel: usize) -> Decimal {
        let days = i128::from(self.tenancy.lots[parcel].days);
        mean(i128::from(self.land.parcels[parcel].area.0) * days, self.year.days())
    }

    /// Whether a parcel is computed.
    pub fn computed(&self, parcel: usize) -> bool {
        self.tenancy.lots[parcel].sound
    }

    /// The floor of a user on a day-average, for rules of floor such as “rented 3,000 ㎡ or more”.
    pub fn floor_used(&self, enterprise: u32) -> Decimal {
        let uses = self.land.occupancies.iter().zip(0_u32..);
        let floors =
            uses.filter(|(one, _)| one.user == Some(enterprise) && one.kind.uses()).filter_map(|(one, _)| {
                let super::Claim::Floor(Area(floor)) = one.claim else { return None };
                Some(i128::from(floor) * self.year.clip(one.span).map_or(0, |days| i128::from(days.count())))
            });
        mean(floors.sum(), self.year.days())
    }
}
