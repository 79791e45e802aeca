//! The nasty situations of parcel evaluation that are geometry, each with its right answer.
//!
//! Numbers are those of the list the product is built to; what needs books, schemes or tenants is tested where those are.

use std::num::NonZeroUsize;

use geo::{Coord, LineString, Polygon};
use jiff::civil::date;
use land::Shape;
use land::area::{Claim, Claims, Source, mu, square_metres};
use land::check::{
    Ground, Layer, Overlap, PaperVerdict, Relation, Side, Tolerances, against_paper, blocked, overlaps,
    straddle,
};
use land::lineage::{sums, united};
use rust_decimal::Decimal;

const ONE: NonZeroUsize = NonZeroUsize::MIN;

/// A rectangle in metres east and north of 121.46°E, 29.88°N. There one degree is 96,592.5 m by 110,854.7 m.
fn block(x: f64, y: f64, wide: f64, high: f64) -> Shape {
    let corners = [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)];
    let at = |(x, y): (f64, f64)| Coord { x: 121.46 + x / 96_592.5, y: 29.88 + y / 110_854.7 };
    Polygon::new(LineString(corners.map(at).to_vec()), vec![]).into()
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= expected.abs() * 1e-3 + 0.05, "{found}, expected {expected}");
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

/// Situation 15: A parcel straddles the park's boundary: decided whole, by more than half of its area; its values are never cut.
#[test]
fn s15_a_parcel_straddles_the_boundary_of_the_park() {
    let park = block(0.0, 0.0, 1000.0, 1000.0);
    let parcels = [
        block(970.0, 0.0, 50.0, 100.0),   // 30 m of 50 m inside
        block(980.0, 200.0, 50.0, 100.0), // 20 m of 50 m inside
        block(975.0, 400.0, 50.0, 100.0), // half and half, to the rounding of the degrees
        block(100.0, 100.0, 50.0, 100.0),
        block(1100.0, 100.0, 50.0, 100.0),
        block(950.0, 600.0, 50.0, 100.0), // shares its side with the park
    ];
    let found = straddle(&parcels, &park, &Tolerances::default(), ONE);
    let told: Vec<(Side, bool)> = found.iter().map(|parcel| (parcel.side, parcel.belongs)).collect();
    assert_eq!(told[0], (Side::Across, true));
    assert_eq!(told[1], (Side::Across, false));
    assert_eq!(told[2].0, Side::Across);
    assert_eq!(told[3..], [(Side::Inside, true), (Side::Outside, false), (Side::Inside, true)]);
    near(found[0].square_metres, 5000.0);
    near(found[0].inside, 3000.0);
    near(found[1].share, 0.4);
}

fn pairs(found: &[Overlap]) -> Vec<(usize, usize, Relation)> {
    found.iter().map(|overlap| (overlap.first, overlap.second, overlap.relation)).collect()
}

/// Situation 16: Two digitised polygons overlap. In one layer beyond max(0.1 %, 1 ㎡): both leave the sums of the map. Under and over
/// each other it is legal.
#[test]
fn s16_two_digitised_polygons_overlap() {
    let surface = block(0.0, 0.0, 100.0, 100.0);
    let neighbour = block(98.0, 0.0, 100.0, 100.0); // 2 m × 100 m over the first
    let basement = block(0.0, 0.0, 100.0, 100.0);
    let bridge = block(90.0, 40.0, 20.0, 20.0);
    let again = block(98.0, 0.0, 100.0, 100.0); // the neighbour once more under another code
    let touching = block(-100.0, 0.0, 100.0, 100.0);
    let parcels = [
        Ground { layer: Layer::of('B'), shape: &surface },
        Ground { layer: Layer::of('B'), shape: &neighbour },
        Ground { layer: Layer::of('X'), shape: &basement },
        Ground { layer: Layer::of('S'), shape: &bridge },
        Ground { layer: Layer::of('B'), shape: &again },
        Ground { layer: Layer::of('B'), shape: &touching },
    ];
    let found = overlaps(&parcels, &Tolerances::default());
    let (conflict, stacked, duplicate) = (Relation::Conflict, Relation::Stacked, Relation::Duplicate);
    assert_eq!(
        pairs(&found),
        [
            (0, 1, conflict),
            (0, 2, stacked),
            (0, 3, stacked),
            (0, 4, conflict),
            (1, 2, stacked),
            (1, 3, stacked),
            (1, 4, duplicate),
            (2, 3, stacked),
            (2, 4, stacked),
            (3, 4, stacked),
        ]
    );
    near(found[0].square_metres, 200.0);
    near(found[0].share, 0.02);
    // 2 × 200 ㎡ by an outline of 204 m.
    near(found[0].width, 400.0 / 204.0);
    assert_eq!(blocked(&found).into_iter().collect::<Vec<_>>(), [0, 1, 4]);
    assert!(Layer::of('B').adds_area() && !Layer::of('X').adds_area() && !Layer::of('S').adds_area());
}

/// Situation 16: The tolerance: of parcels of 10,000 ㎡, 0.1 % are 10 ㎡; of parcels of 400 ㎡ it is 1 ㎡.
#[test]
fn s16_small_overlaps_pass() {
    let check = |first: Shape, second: Shape, expected: usize| {
        let parcels = [&first, &second].map(|shape| Ground { layer: Layer::Surface, shape });
        let found = overlaps(&parcels, &Tolerances::default());
        assert_eq!(found.len(), expected, "{found:?}");
        found
    };
    let large = |shift| block(shift, 0.0, 100.0, 100.0);
    check(large(0.0), large(99.91), 0); // 9 ㎡
    let sliver = check(large(0.0), large(99.88), 1); // 12 ㎡, 12 cm wide
    assert!(sliver[0].sliver);
    let small = |shift| block(shift, 0.0, 20.0, 20.0);
    check(small(0.0), small(19.96), 0); // 0.8 ㎡
    check(small(0.0), small(19.94), 1); // 1.2 ㎡
}

/// Situation 17: Polygon and certificate differ: the certificate counts; more than 2 % is a task, what a projection does is not.
#[test]
fn s17_polygon_and_certificate_differ() {
    let tolerances = Tolerances::default();
    near(square_metres(&block(0.0, 0.0, 100.0, 200.0)), 20_000.0);
    let verdict = |paper: &str| against_paper(20_000.0, decimal(paper), &tolerances);
    let differs = |difference: &str, share: &str| PaperVerdict::Differs {
        difference: decimal(difference),
        share: decimal(share),
    };
    // Zone 41 enlarges by 0.054 % here: 20,010.9 ㎡ on paper are 10.9 ㎡ more and no task.
    assert_eq!(verdict("20010.9"), PaperVerdict::Agrees { difference: decimal("-10.90") });
    assert_eq!(verdict("19608"), PaperVerdict::Agrees { difference: decimal("392.00") });
    // 400 / 19,600 = 0.020408; 409 / 20,409 = 0.020040.
    assert_eq!(verdict("19600"), differs("400.00", "0.0204"));
    assert_eq!(verdict("20409"), differs("-409.00", "-0.0200"));
    // 20,000 ㎡ are 30 亩: the number stands in the wrong column.
    assert_eq!(verdict("30"), PaperVerdict::LooksLikeMu);
    assert_eq!(verdict("13333333.33"), PaperVerdict::LooksMultiplied);
    assert_eq!(verdict("0"), PaperVerdict::Incomparable);
    assert_eq!(against_paper(f64::NAN, decimal("5"), &tolerances), PaperVerdict::Incomparable);
}

/// Situation 18: Certificate, survey and contract differ: certificate before survey before contract, all kept with their dates.
#[test]
fn s18_certificate_survey_and_contract_differ() {
    let claim = |source, area: &str, dated| Claim { source, square_metres: decimal(area), dated };
    let all = Claims(vec![
        claim(Source::Contract, "68507.52", date(2023, 5, 8)),
        claim(Source::Survey, "68490.10", date(2024, 9, 1)),
        claim(Source::Certificate, "68488.00", date(2025, 1, 15)),
        claim(Source::Certificate, "68480.00", date(2025, 6, 30)),
    ]);
    let legal = |on| all.legal(on).map(|claim| (claim.source, claim.square_metres));
    assert_eq!(legal(date(2023, 5, 7)), None);
    assert_eq!(legal(date(2024, 8, 31)), Some((Source::Contract, decimal("68507.52"))));
    assert_eq!(legal(date(2024, 9, 1)), Some((Source::Survey, decimal("68490.10"))));
    assert_eq!(legal(date(2025, 1, 15)), Some((Source::Certificate, decimal("68488.00"))));
    assert_eq!(legal(date(2026, 1, 1)), Some((Source::Certificate, decimal("68480.00"))));
    assert_eq!(all.0.len(), 4);
    // 68,507.52 × 0.0015.
    assert_eq!(mu(decimal("68507.52")), decimal("102.761280"));
}

/// Situation 20: Land on two certificates behind one fence: one ground to judge, two parcels to keep.
#[test]
fn s20_two_certificates_behind_one_fence() {
    let parcels = [block(0.0, 0.0, 100.0, 100.0), block(100.0, 0.0, 50.0, 100.0)];
    let unit = united(&parcels, &Tolerances::default());
    assert_eq!((unit.0.len(), unit.0[0].interiors().len()), (1, 0));
    near(square_metres(&unit), 15_000.0);
    near(parcels.iter().map(square_metres).sum(), square_metres(&unit));
    // Drawn apart by one centimetre, as neighbours from two surveys are.
    let unit =
        united(&[block(0.0, 0.0, 100.0, 100.0), block(100.01, 0.0, 50.0, 100.0)], &Tolerances::default());
    assert_eq!((unit.0.len(), unit.0[0].interiors().len()), (1, 0));
    // Across a road they stay two pieces of one unit.
    let unit =
        united(&[block(0.0, 0.0, 100.0, 100.0), block(112.0, 0.0, 50.0, 100.0)], &Tolerances::default());
    assert_eq!(unit.0.len(), 2);
}

/// Situation 21: A parcel was split: the children's ground is the parent's, or somebody must look.
#[test]
fn s21_a_parcel_is_split_and_another_merged() {
    let parent = [block(0.0, 0.0, 100.0, 100.0)];
    let children = [block(0.0, 0.0, 60.0, 100.0), block(60.0, 0.0, 40.0, 100.0)];
    let tolerances = Tolerances::default();
    let split = sums(&parent, &children);
    near(split.before, 10_000.0);
    near(split.after, 10_000.0);
    assert!(split.agree(&tolerances), "{split:?}");
    assert!(sums(&children, &parent).agree(&tolerances), "a merger is a split backwards");
    // The second child begins a metre too far east and ends two metres beyond the parent.
    let shifted = sums(&parent, &[block(0.0, 0.0, 60.0, 100.0), block(61.0, 0.0, 41.0, 100.0)]);
    near(shifted.lost, 100.0);
    near(shifted.gained, 200.0);
    assert!(!shifted.agree(&tolerances));
    // The children overlap by half a metre.
    let twice = sums(&parent, &[block(0.0, 0.0, 60.5, 100.0), block(60.0, 0.0, 40.0, 100.0)]);
    near(twice.twice, 50.0);
    assert!(!twice.agree(&tolerances));
}
