//! The kernels against plain loops.

use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::Growth;
use crate::bulk::{Facts, FusedSums, GroupKey, Grouping, Headline, total};
use crate::column::Numbers;

/// Three subjects, one indicator, 2022 and 2023: month, subject, value.
fn facts(all: &[(i32, u32, i64)]) -> Facts {
    let months: Vec<i32> = all.iter().map(|(m, _, _)| *m).collect();
    let subjects: Vec<u32> = all.iter().map(|(_, s, _)| *s).collect();
    let values: Vec<i64> = all.iter().map(|(_, _, v)| *v).collect();
    Facts::from_columns(&subjects, &vec![0; all.len()], &months, &values, 0).expect("equally long columns")
}

const JANUARY_22: i32 = 2022 * 12;
const JANUARY_23: i32 = 2023 * 12;

#[test]
fn cohort_growth_is_cumulative_against_the_same_months() {
    let facts = facts(&[
        (JANUARY_22, 0, 100),
        (JANUARY_22 + 1, 0, 100),
        (JANUARY_22, 1, 50),
        (JANUARY_22 + 1, 1, 50),
        (JANUARY_23, 0, 110),
        (JANUARY_23 + 1, 0, 120),
        (JANUARY_23, 1, 60),
        (JANUARY_23 + 1, 1, 170),
        (JANUARY_23 + 1, 2, 5),
    ]);
    let cohort = facts.cohort_growth(2023);
    let rows: Vec<_> = cohort
        .rows()
        .map(|r| (r.month, r.subject, r.cumulative, r.prior(), r.growth(), r.pull(), r.rank))
        .collect();
    // January: 110 after 100 (+10 %, pull 10 of 150), 60 after 50 (+20 %, pull 10 of 150).
    // February: 230 after 200 (+15 %, pull 30 of 300) and 230 after 100 (+130 %, pull 130 of 300) tie for the first place.
    assert_eq!(
        rows,
        [
            (1, 0, 110, Some(100), Some(100_000_000), Some(66_666_667), 1),
            (1, 1, 60, Some(50), Some(200_000_000), Some(66_666_667), 2),
            (2, 0, 230, Some(200), Some(150_000_000), Some(100_000_000), 1),
            (2, 1, 230, Some(100), Some(1_300_000_000), Some(433_333_333), 1),
            (2, 2, 5, None, None, None, 3),
        ]
    );
}

#[test]
fn the_headline_compares_cohorts_and_leaves_the_largest_out() {
    let facts = facts(&[
        (JANUARY_22, 0, 100),
        (JANUARY_22, 1, 50),
        (JANUARY_22, 3, 30),
        (JANUARY_23, 0, 80),
        (JANUARY_23, 1, 60),
        (JANUARY_23, 2, 25),
    ]);
    let headline = facts.headline(2023, 1, 1)[0];
    // All: 165 after 180. In both: 140 after 150. Without subject 0, the largest of 2022: 85 after 80.
    let expected = Headline {
        indicator: 0,
        current: 165,
        prior: 180,
        comparable: 140,
        comparable_prior: 150,
        without_top: 85,
        without_top_prior: 80,
    };
    assert_eq!(headline, expected);
    assert_eq!(Headline::growth(80, 85), Ok(Growth::Percent("6.25".parse().expect("a number"))));
}

#[test]
fn columns_that_do_not_fit_are_refused() {
    assert!(Facts::from_columns(&[0, 1], &[0], &[0, 0], &[1, 1], 0).is_none());
    assert!(Facts::from_columns(&[0], &[0], &[0], &[i64::MAX], 0).is_none());
    assert_eq!(Facts::from_columns(&[], &[], &[], &[], 0).map(|f| f.cohort_growth(2023).len()), Some(0));
}

proptest! {
    #[test]
    fn fused_sums_equal_plain_ones(
        rows in prop::collection::vec((0_u8..3, 0_u32..5, prop::option::of(any::<i32>()), -5_i64..5), 0..200),
        start in 0_usize..20,
    ) {
        let start = start.min(rows.len());
        let flags: Vec<u8> = rows.iter().map(|r| r.0).collect();
        let codes: Vec<u32> = rows.iter().map(|r| if r.1 == 4 { u32::MAX } else { r.1 }).collect();
        let sparse: Vec<Option<Decimal>> = rows.iter().map(|r| r.2.map(|n| Decimal::new(i64::from(n), 2))).collect();
        let huge: Vec<Option<Decimal>> = rows.iter().map(|r| Some(Decimal::from(r.3) * Decimal::from(i64::MAX))).collect();
        let (sparse, huge) = (Numbers::from_decimals(&sparse), Numbers::from_decimals(&huge));
        let keys = [GroupKey::Bytes(&flags), GroupKey::Codes(&codes)];
        let fused = FusedSums::new(&keys, &[&sparse, &huge], start..rows.len()).expect("few groups");
        for wanted in 0..3_u8 {
            let kept = fused.keep(|row| flags[row] == wanted && codes[row] != 2);
            let places: Vec<usize> = (start..rows.len()).filter(|r| flags[*r] == wanted && codes[*r] != 2).collect();
            for (i, column) in [&sparse, &huge].into_iter().enumerate() {
                let all: Vec<Decimal> = places.iter().filter_map(|p| column.at(*p)).collect();
                let sum = fused.sum(i, &kept);
                prop_assert_eq!(sum.sum.decimal(), Some(all.iter().sum::<Decimal>()));
                prop_assert_eq!(sum.count, all.len() as u64);
            }
        }
        prop_assert_eq!(total(&huge).0.decimal(), Some((0..rows.len()).filter_map(|r| huge.at(r)).sum::<Decimal>()));
    }

    #[test]
    fn parts_added_up_apart_make_the_whole(
        rows in prop::collection::vec((0_u8..4, any::<i64>()), 1..200),
        cut in 0_usize..200,
    ) {
        let flags: Vec<u8> = rows.iter().map(|r| r.0).collect();
        let numbers: Vec<i64> = rows.iter().map(|r| r.1).collect();
        let cut = cut.min(rows.len());
        let grouping = Grouping::by(&[GroupKey::Bytes(&flags)], 0..rows.len()).expect("few groups");
        let (mut left, mut right) = (grouping.adding(), grouping.adding_from(cut));
        left.add(&numbers[..cut]);
        right.add(&numbers[cut..]);
        let sums: Vec<i128> = left.done().into_iter().zip(right.done()).map(|(a, b)| a + b).collect();
        let of = |first: &u32| {
            let same = rows.iter().filter(|r| r.0 == flags[*first as usize]);
            same.map(|r| i128::from(r.1)).sum::<i128>()
        };
        prop_assert_eq!(sums, grouping.first_rows().iter().map(of).collect::<Vec<_>>());
    }
}
