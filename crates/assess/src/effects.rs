//! Effects of grades (差别化政策): what a grade costs or saves in money, by dated rates.
//!
//! A surcharge is a quantity times a rate (differential electricity price: 元/千瓦时 × 千瓦时); a relief is a share of what is
//! paid (land-use tax). No rate, no number: an effect without one is to be supplied, never zero; so is one without a
//! quantity. Deliberately absent: units (amounts come in and go out in one), and which policy concerns which measure.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

/// A rate of a policy.
#[derive(Clone, PartialEq, Debug)]
pub struct Rate {
    /// The grade it is for.
    pub grade: Arc<str>,
    /// How much.
    pub value: RateValue,
    /// The first day it is in force.
    pub from: Option<Date>,
    /// The last day it is in force.
    pub to: Option<Date>,
}

/// How much a rate is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum RateValue {
    /// Money for each unit of the quantity: costs.
    PerUnit(Decimal),
    /// A share of the quantity, which is money, that is let off: saves.
    Relief(Decimal),
}

/// What a grade does to somebody.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Effect {
    /// So much money a year; positive costs, negative saves.
    Money(Decimal),
    /// There is no rate for the grade: to be supplied.
    NoRate,
    /// The quantity is not known.
    NoQuantity,
    /// There is no grade.
    NoGrade,
}

/// The rate of a grade in force on a day; of several the latest.
pub fn rate<'r>(rates: &'r [Rate], grade: &str, on: Date) -> Option<&'r Rate> {
    let in_force = |rate: &&Rate| {
        &*rate.grade == grade && rate.from.is_none_or(|from| from <= on) && rate.to.is_none_or(|to| on <= to)
    };
    rates.iter().filter(in_force).max_by_key(|rate| rate.from)
}

/// What a grade does to a quantity on a day.
pub fn effect(rates: &[Rate], grade: Option<&str>, quantity: Option<Decimal>, on: Date) -> Effect {
    let Some(grade) = grade else { return Effect::NoGrade };
    let Some(rate) = rate(rates, grade, on) else { return Effect::NoRate };
    let Some(quantity) = quantity else { return Effect::NoQuantity };
    let money = match rate.value {
        RateValue::PerUnit(money) => quantity.checked_mul(money),
        RateValue::Relief(share) => quantity.checked_mul(-share),
    };
    money.map_or(Effect::NoQuantity, Effect::Money)
}

/// Effects together; what is not known is counted, not taken as zero.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Total {
    /// The money that is known; none when nothing is.
    pub money: Option<Decimal>,
    /// How many it is of.
    pub known: usize,
    /// How many wait for a rate.
    pub no_rate: usize,
    /// How many wait for a quantity.
    pub no_quantity: usize,
    /// How many have no grade.
    pub no_grade: usize,
}

impl Total {
    /// Adds one.
    pub fn add(&mut self, effect: Effect) {
        match effect {
            Effect::Money(money) => {
                self.money = Some(self.money.unwrap_or_default() + money);
                self.known += 1;
            }
            Effect::NoRate => self.no_rate += 1,
            Effect::NoQuantity => self.no_quantity += 1,
            Effect::NoGrade => self.no_grade += 1,
        }
    }
}

/// Effects as they are and as they would be: what other grades or other rates move.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Shift {
    /// As it is.
    pub before: Total,
    /// As it would be.
    pub after: Total,
    /// By how much money moves, of those known on both sides; none when there is nobody.
    pub change: Option<Decimal>,
    /// How many move of whom one side is not known.
    pub open: usize,
}

impl Shift {
    /// Adds one, and gives by how much its money moves.
    pub fn add(&mut self, before: Effect, after: Effect) -> Option<Decimal> {
        self.before.add(before);
        self.after.add(after);
        let change = change(before, after);
        match change {
            Some(change) => self.change = Some(self.change.unwrap_or_default() + change),
            None => self.open += usize::from(before != after),
        }
        change
    }
}

/// By how much money moves; none when one side is not known.
pub fn change(before: Effect, after: Effect) -> Option<Decimal> {
    match (before, after) {
        (Effect::Money(before), Effect::Money(after)) => after.checked_sub(before),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn rates() -> Vec<Rate> {
        let of = |grade: &str, cents: i64, year| Rate {
            grade: grade.into(),
            value: RateValue::PerUnit(Decimal::new(cents, 2)),
            from: Some(date(year, 1, 1)),
            to: None,
        };
        vec![of("C", 10, 2022), of("D", 30, 2022), of("D", 50, 2024)]
    }

    #[test]
    fn a_rate_of_its_day_and_none_is_not_zero() {
        let on = date(2023, 12, 31);
        // 1,200,000 kWh × 0.3 元 = 360,000 元; from 2024 on 0.5: 600,000 元.
        let quantity = Some(Decimal::from(1_200_000));
        assert_eq!(effect(&rates(), Some("D"), quantity, on), Effect::Money(Decimal::from(360_000)));
        let later = effect(&rates(), Some("D"), quantity, date(2024, 6, 30));
        assert_eq!(later, Effect::Money(Decimal::from(600_000)));
        assert_eq!(effect(&rates(), Some("A"), quantity, on), Effect::NoRate);
        assert_eq!(effect(&rates(), Some("D"), None, on), Effect::NoQuantity);
        assert_eq!(effect(&rates(), None, quantity, on), Effect::NoGrade);
        assert_eq!(effect(&rates(), Some("D"), quantity, date(2021, 12, 31)), Effect::NoRate);
    }

    #[test]
    fn what_moves_is_counted_where_both_sides_are_known() {
        let money = |n: i64| Effect::Money(Decimal::from(n));
        let mut shift = Shift::default();
        // From C to D: 120,000 元 become 360,000; from D to C 30,000 become 10,000.
        assert_eq!(shift.add(money(120_000), money(360_000)), Some(Decimal::from(240_000)));
        assert_eq!(shift.add(money(30_000), money(10_000)), Some(Decimal::from(-20_000)));
        // Into a grade without a rate: it moves, nobody knows by how much. Nobody moves where nothing is known twice.
        assert_eq!(shift.add(money(5_000), Effect::NoRate), None);
        assert_eq!(shift.add(Effect::NoQuantity, Effect::NoQuantity), None);
        assert_eq!((shift.change, shift.open), (Some(Decimal::from(220_000)), 1));
        assert_eq!(shift.before.money, Some(Decimal::from(155_000)));
        assert_eq!(shift.after.money, Some(Decimal::from(370_000)));
        assert_eq!((shift.before.known, shift.after.known, shift.after.no_rate), (3, 2, 1));
    }

    #[test]
    fn reliefs_save_and_totals_count_what_is_unknown() {
        let on = date(2023, 12, 31);
        let relief = RateValue::Relief(Decimal::new(8, 1));
        let rates = [Rate { grade: "B".into(), value: relief, from: None, to: None }];
        // 80 % of 150,000 元 are let off: −120,000 元.
        let mut total = Total::default();
        for (grade, paid) in
            [(Some("B"), Some(150_000)), (Some("B"), None), (Some("C"), Some(1)), (None, Some(1))]
        {
            total.add(effect(&rates, grade, paid.map(Decimal::from), on));
        }
        let expected =
            Total { money: Some(Decimal::from(-120_000)), known: 1, no_rate: 1, no_quantity: 1, no_grade: 1 };
        assert_eq!(total, expected);
    }
}
