//! Commitments (承诺指标): what was promised for a parcel, from when it is due, and how much of it is kept.
//!
//! An item is judged by the indicator the contract names and by no other: output promised is not revenue. The clock starts with declared
//! production; where that was never declared, the contract's latest date counts.
//!
//! Deliberately absent: penalties and what follows from a breach.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Which side of the promised value is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// ≥
    AtLeast,
    /// >
    Above,
    /// ≤
    AtMost,
    /// <
    Below,
    /// =
    Exactly,
}

impl Bound {
    /// Whether a value keeps the bound.
    pub fn holds(self, value: Decimal, promised: Decimal) -> bool {
        match self {
            Self::AtLeast => value >= promised,
            Self::Above => value > promised,
            Self::AtMost => value <= promised,
            Self::Below => value < promised,
            Self::Exactly => value == promised,
        }
    }
}

/// One promised item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// The indicator the contract names.
    pub item: Arc<str>,
    /// Which side is good.
    pub bound: Bound,
    /// The promised value.
    pub value: Decimal,
    /// Months from declared production until it is due (投产初始运行期), where the contract states any.
    pub months: Option<i32>,
    /// The latest day by contract on which production begins.
    pub produce_by: Option<Date>,
    /// The latest day by contract from which the item is due.
    pub due_by: Option<Date>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Fulfilment {
    /// It is not due yet.
    NotDue {
        /// From when; none where neither production nor a date is known.
        from: Option<Date>,
    },
    /// Nothing is known of the indicator the contract names.
    Unknown,
    /// Kept.
    Kept {
        /// Value ÷ promise; none of a promise of nothing.
        share: Option<Decimal>,
    },
    /// Not kept.
    Broken {
        /// Value ÷ promise; none of a promise of nothing.
        share: Option<Decimal>,
        /// By how much it misses.
        by: Decimal,
    },
}

/// A commitment judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// What became of it.
    pub fulfilment: Fulfilment,
    /// From when it is due.
    pub due: Option<Date>,
    /// The contracted day of production that passed without any being declared (逾期未投产).
    pub overdue: Option<Date>,
}

/// Judges a commitment on a day; `producing` is declared production, `value` finds an indicator by the contract's name for it.
pub fn judge(
    commitment: &Commitment,
    producing: Option<Date>,
    on: Date,
    value: impl Fn(&str) -> Option<Decimal>,
) -> Judged {
    let due = due(commitment, producing);
    let overdue = commitment.produce_by.filter(|by| producing.is_none_or(|day| day > on) && *by < on);
    let fulfilment = match due {
        None => Fulfilment::NotDue { from: None },
        Some(day) if on < day => Fulfilment::NotDue { from: due },
        Some(_) => value(&commitment.item).map_or(Fulfilment::Unknown, |value| fulfilment(commitment, value)),
    };
    Judged { fulfilment, due, overdue }
}

/// From when it is due: months after production began, by the contract's latest day at last. Where the contract states no months,
/// the latest day alone counts; where it states neither, production itself.
pub fn due(commitment: &Commitment, producing: Option<Date>) -> Option<Date> {
    let started = producing.or(commitment.produce_by);
    let months = commitment.months.unwrap_or(0);
    let run_in = started.and_then(|day| day.checked_add(months.months()).ok());
    match (run_in, commitment.due_by) {
        (Some(run_in), Some(latest)) if commitment.months.is_some() => Some(run_in.min(latest)),
        (run_in, latest) => latest.or(run_in),
    }
}

fn fulfilment(commitment: &Commitment, value: Decimal) -> Fulfilment {
    let share = value.checked_div(commitment.value);
    if commitment.bound.holds(value, commitment.value) {
        Fulfilment::Kept { share }
    } else {
        Fulfilment::Broken { share, by: (commitment.value - value).abs() }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_clock_starts_with_production_and_ends_with_the_contract() {
        let promise = Commitment {
            item: "tax".into(),
            bound: Bound::AtLeast,
            value: Decimal::from(20),
            months: Some(24),
            produce_by: Some(date(2022, 6, 30)),
            due_by: Some(date(2024, 6, 30)),
        };
        let judged = |producing, on| judge(&promise, producing, on, |_| Some(Decimal::from(15)));
        let early = judged(Some(date(2021, 1, 1)), date(2022, 12, 31));
        // Production on 2021-01-01 and 24 months.
        assert_eq!(early.due, Some(date(2023, 1, 1)));
        assert_eq!(early.fulfilment, Fulfilment::NotDue { from: early.due });
        let later = judged(Some(date(2021, 1, 1)), date(2023, 12, 31));
        // 15 of 20.
        let broken = Fulfilment::Broken { share: Some(Decimal::new(75, 2)), by: Decimal::from(5) };
        assert_eq!(later.fulfilment, broken);
        // Started late: the contract's date all the same.
        assert_eq!(judged(Some(date(2023, 12, 1)), date(2024, 12, 31)).due, Some(date(2024, 6, 30)));
        // Without months the contract's date alone; without that, production.
        let plain = Commitment { months: None, ..promise.clone() };
        assert_eq!(due(&plain, Some(date(2021, 1, 1))), Some(date(2024, 6, 30)));
        let bare = Commitment { due_by: None, ..plain };
        assert_eq!(due(&bare, Some(date(2021, 1, 1))), Some(date(2021, 1, 1)));
        assert_eq!(due(&bare, None), Some(date(2022, 6, 30)));
    }

    #[test]
    fn bounds_have_two_sides() {
        let (one, two) = (Decimal::ONE, Decimal::TWO);
        assert!(Bound::AtLeast.holds(two, two) && !Bound::Above.holds(two, two));
        assert!(Bound::Exactly.holds(two, two) && !Bound::Exactly.holds(one, two));
        assert!(
            Bound::AtMost.holds(two, two) && !Bound::Below.holds(two, two) && Bound::Below.holds(one, two)
        );
    }
}
