//! Screening (可疑值): values that look like a slip of units, held for a person before anything is scored with them.
//!
//! Deliberately absent: mending. A suspicion says what it looks like and leaves the value as it is.
//!
//! To add a slip: a row of `SLIPS`.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What one area looks like beside another of the same parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AreaSlip {
    /// It is in 亩 where ㎡ are meant: the other is 666.7 times it.
    MuForSquareMetres,
    /// It is in ㎡ where 亩 are meant, turned into ㎡ once more: the other is 0.0015 of it.
    SquareMetresForMu,
    /// It is in ha where ㎡ are meant, or in ten thousand ㎡.
    TenThousands,
}

/// Other ÷ area, and what it then looks like.
const SLIPS: [(Decimal, AreaSlip); 3] = [
    (Decimal::from_parts(6667, 0, 0, false, 1), AreaSlip::MuForSquareMetres),
    (Decimal::from_parts(15, 0, 0, false, 4), AreaSlip::SquareMetresForMu),
    (Decimal::from_parts(10_000, 0, 0, false, 0), AreaSlip::TenThousands),
];

/// How far a ratio may be from a slip's: certificate and polygon differ by some per cent anyway.
const TOLERANCE: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

/// What an area in ㎡ looks like beside another of the same parcel, such as the polygon's; none when it may well be right.
pub fn area_slip(area: Decimal, other: Decimal) -> Option<AreaSlip> {
    let ratio = other.checked_div(area)?;
    let near = |(slip, _): &&(Decimal, AreaSlip)| (ratio - slip).abs() <= slip * TOLERANCE;
    SLIPS.iter().find(near).map(|(_, slip)| *slip)
}

/// How many times the median is too far, unless a rule says otherwise.
pub const TIMES: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

/// Numbers of the values above so many times the median of the positive ones; fewer than five values tell nothing.
pub fn far_above_median(values: &[Option<Decimal>], times: Decimal) -> Vec<usize> {
    let mut positive: Vec<Decimal> =
        values.iter().flatten().copied().filter(|v| *v > Decimal::ZERO).collect();
    if positive.len() < 5 {
        return Vec::new();
    }
    positive.sort_unstable();
    let limit = positive[(positive.len() - 1) / 2] * times;
    let above = |(number, value): (usize, &Option<Decimal>)| value.filter(|v| *v > limit).map(|_| number);
    values.iter().enumerate().filter_map(above).collect()
}

/// Whether a part is larger than its whole, such as research of more than all revenue: 3.5 for 0.035.
pub fn exceeds_its_whole(part: Decimal, whole: Decimal) -> bool {
    whole > Decimal::ZERO && part > whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_in_other_units() {
        let n = |text: &str| text.parse::<Decimal>().expect("a number");
        // 20 亩 = 13,333.33 ㎡: 20 entered as ㎡, or 13,333.33 as 亩 (8,888,886.67 ㎡).
        assert_eq!(area_slip(n("20"), n("13333.33")), Some(AreaSlip::MuForSquareMetres));
        assert_eq!(area_slip(n("8888886.67"), n("13333.33")), Some(AreaSlip::SquareMetresForMu));
        assert_eq!(area_slip(n("1.3333"), n("13333.33")), Some(AreaSlip::TenThousands));
        assert_eq!(area_slip(n("13333.33"), n("13100")), None);
        assert_eq!(area_slip(Decimal::ZERO, n("13100")), None);
    }

    #[test]
    fn values_far_above_the_median() {
        let values: Vec<_> = [10, 12, 9, 11, 300, 8].map(|v| Some(Decimal::from(v))).into();
        // The median of six is the lower middle one, 10; 300 > 200.
        assert_eq!(far_above_median(&values, TIMES), [4]);
        assert!(far_above_median(&values[..4], TIMES).is_empty());
    }
}
