use super::*;
use crate::area::square_metres;
use crate::feature::Shape;
use geo::{LineString, Polygon};
use proptest::prelude::*;

/// Metres near 121.46°E, 29.88°N as degrees: one step of 1 is one metre to a part in a thousand.
fn at(x: f64, y: f64) -> Coord<f64> {
    Coord { x: 121.46 + x / 96_500.0, y: 29.88 + y / 110_900.0 }
}

fn ring(points: &[(f64, f64)]) -> LineString<f64> {
    LineString(points.iter().map(|&(x, y)| at(x, y)).collect())
}

fn shape(outer: &[(f64, f64)], holes: &[&[(f64, f64)]]) -> Shape {
    Polygon::new(ring(outer), holes.iter().map(|hole| ring(hole)).collect()).into()
}

fn repaired(shape: &Shape) -> Repaired {
    let once = repair(shape, &Tolerances::default());
    let twice = repair(&once.shape, &Tolerances::default());
    assert_eq!((&twice.shape, twice.mends.as_slice()), (&once.shape, [].as_slice()), "repairing again");
    once
}

/// Checks the codes of mends and flaws with their ring and point, and the area in ㎡ to half a percent.
fn check(shape: &Shape, mends: &[(&str, u32, u32)], flaws: &[(&str, u32, u32)], area: f64) -> Shape {
    let found = repaired(shape);
    let named: Vec<_> = found.mends.iter().map(|m| (m.code(), m.spot().ring, m.spot().point)).collect();
    assert_eq!(named, mends, "{found:?}");
    let spots = found
        .flaws
        .iter()
        .map(|f| (f.code(), f.spot().map_or(0, |s| s.ring), f.spot().map_or(0, |s| s.point)));
    assert_eq!(spots.collect::<Vec<_>>(), flaws, "{found:?}");
    let left = square_metres(&found.shape);
    assert!((left - area).abs() <= area * 0.005 + 0.01, "{left} ㎡, expected {area} ㎡");
    found.shape
}

const SQUARE: [(f64, f64); 5] = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0), (0.0, 0.0)];

#[test]
fn a_good_shape_stays_as_it_is() {
    let hole = [(20.0, 20.0), (20.0, 40.0), (40.0, 40.0), (40.0, 20.0), (20.0, 20.0)];
    let good = shape(&SQUARE, &[&hole]);
    assert_eq!(check(&good, &[], &[], 9600.0), good);
}

#[test]
fn rings_are_turned_and_repeated_points_left_out() {
    let backwards = [(0.0, 0.0), (0.0, 100.0), (0.0, 100.0), (100.0, 100.0), (100.0, 0.0), (0.0, 0.0)];
    check(&shape(&backwards, &[]), &[("duplicate-point", 1, 3), ("turned", 1, 1)], &[], 10_000.0);
    let hole = [(20.0, 20.0), (40.0, 20.0), (40.0, 40.0), (20.0, 40.0)];
    check(&shape(&SQUARE, &[&hole]), &[("turned", 2, 1)], &[], 9600.0);
}

#[test]
fn rings_that_were_stored_open_are_closed() {
    let mut open = shape(&SQUARE, &[]);
    let text = serde_json::to_string(&open).expect("shapes are written");
    let mut value: serde_json::Value = serde_json::from_str(&text).expect("and read");
    value[0]["exterior"].as_array_mut().expect("a ring").pop();
    open = serde_json::from_value(value).expect("an open ring is read");
    check(&open, &[("closed", 1, 4)], &[], 10_000.0);
}

#[test]
fn spikes_of_no_width_are_taken_off() {
    // From the side at x = 100 out to x = 150 and back.
    let spike =
        [(0.0, 0.0), (100.0, 0.0), (100.0, 50.0), (150.0, 50.0), (100.0, 50.0), (100.0, 100.0), (0.0, 100.0)];
    check(&shape(&spike, &[]), &[("spike", 1, 4), ("duplicate-point", 1, 5)], &[], 10_000.0);
    // One point too far on the same line, seam included.
    let beyond = [(0.0, -30.0), (0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)];
    let found = check(&shape(&beyond, &[]), &[("spike", 1, 1)], &[], 10_000.0);
    assert_eq!(found.0[0].exterior().0.len(), 5);
}

#[test]
fn a_ring_that_crosses_itself_is_told_with_the_place() {
    // The bow tie of (0,0) (100,100) (100,0) (0,100): its edges cross at (50,50).
    let bow = shape(&[(0.0, 0.0), (100.0, 100.0), (100.0, 0.0), (0.0, 100.0)], &[]);
    let found = repaired(&bow);
    let [Flaw::SelfCrossing { spot, other }] = found.flaws.as_slice() else { panic!("{found:?}") };
    assert_eq!((spot.ring, spot.point, *other), (1, 1, 3));
    let middle = at(50.0, 50.0);
    assert!((spot.at.x - middle.x).abs() < 1e-7 && (spot.at.y - middle.y).abs() < 1e-7, "{spot:?}");
    assert!(!found.usable());
    // The same with a corner where it crosses: still a crossing, not a touch.
    let corner = [(0.0, 0.0), (50.0, 50.0), (100.0, 100.0), (100.0, 0.0), (50.0, 50.0), (0.0, 100.0)];
    assert!(matches!(repaired(&shape(&corner, &[])).flaws[..], [Flaw::SelfCrossing { .. }, ..]));
}

#[test]
fn a_ring_that_touches_itself_is_cut_there() {
    // Two squares of 50 × 50 that meet in (50,50), drawn as one ring.
    let two = [
        (0.0, 0.0),
        (50.0, 0.0),
        (50.0, 50.0),
        (100.0, 50.0),
        (100.0, 100.0),
        (50.0, 100.0),
        (50.0, 50.0),
        (0.0, 50.0),
    ];
    let found = check(&shape(&two, &[]), &[("cut-at-touch", 1, 7)], &[], 5000.0);
    assert_eq!(found.0.len(), 2);
    // A hole of 20 × 20 that hangs on the edge between (0,0) and (100,0), drawn as part of the outer ring.
    let inverted = [
        (0.0, 0.0),
        (50.0, 0.0),
        (40.0, 20.0),
        (50.0, 40.0),
        (60.0, 20.0),
        (50.0, 0.0),
        (100.0, 0.0),
        (100.0, 100.0),
        (0.0, 100.0),
    ];
    let found = check(&shape(&inverted, &[]), &[("cut-at-touch", 1, 6)], &[], 9600.0);
    assert_eq!((found.0.len(), found.0[0].interiors().len()), (1, 1));
}

#[test]
fn a_keyhole_becomes_a_hole() {
    // Along y = 50 from the left side to a hole of 20 × 20 and back along the same line.
    let keyhole = [
        (0.0, 0.0),
        (100.0, 0.0),
        (100.0, 100.0),
        (0.0, 100.0),
        (0.0, 50.0),
        (40.0, 50.0),
        (40.0, 60.0),
        (60.0, 60.0),
        (60.0, 40.0),
        (40.0, 40.0),
        (40.0, 50.0),
        (0.0, 50.0),
    ];
    let found = repaired(&shape(&keyhole, &[]));
    assert_eq!(found.flaws, []);
    assert_eq!((found.shape.0.len(), found.shape.0[0].interiors().len()), (1, 1));
    assert!((square_metres(&found.shape) - 9600.0).abs() < 48.0);
}

#[test]
fn holes_are_told_when_they_are_none() {
    let outside = [(120.0, 20.0), (120.0, 40.0), (140.0, 40.0), (140.0, 20.0)];
    check(&shape(&SQUARE, &[&outside]), &[], &[("hole-outside", 2, 1)], 9600.0);
    let crossing = [(80.0, 20.0), (80.0, 40.0), (140.0, 40.0), (140.0, 20.0)];
    let found = repaired(&shape(&SQUARE, &[&crossing]));
    assert!(
        matches!(found.flaws[..], [Flaw::RingsCross { other: 2, .. }, Flaw::RingsCross { other: 2, .. }]),
        "{found:?}"
    );
    let beside = [(80.0, 20.0), (80.0, 40.0), (100.0, 40.0), (100.0, 20.0)];
    let found = repaired(&shape(&SQUARE, &[&beside]));
    assert!(matches!(found.flaws[..], [Flaw::RingsShareEdge { other: 2, .. }]), "{found:?}");
    let large = [(20.0, 20.0), (20.0, 80.0), (80.0, 80.0), (80.0, 20.0)];
    let small = [(40.0, 40.0), (40.0, 60.0), (60.0, 60.0), (60.0, 40.0)];
    let found = repaired(&shape(&SQUARE, &[&large, &small]));
    assert!(matches!(found.flaws[..], [Flaw::HoleInHole { other: 2, .. }]), "{found:?}");
    let flat = [(20.0, 20.0), (20.0, 80.0), (20.0, 40.0)];
    check(&shape(&SQUARE, &[&flat]), &[("empty-hole", 2, 1)], &[], 10_000.0);
}

#[test]
fn parts_that_overlap_are_told() {
    let both = |second: &[(f64, f64)]| {
        Shape::new(vec![Polygon::new(ring(&SQUARE), vec![]), Polygon::new(ring(second), vec![])])
    };
    let inside = both(&[(20.0, 20.0), (40.0, 20.0), (40.0, 40.0), (20.0, 40.0)]);
    check(&inside, &[], &[("parts-overlap", 2, 1)], 10_400.0);
    let across = repaired(&both(&[(80.0, 20.0), (140.0, 20.0), (140.0, 40.0), (80.0, 40.0)]));
    assert!(matches!(across.flaws[..], [Flaw::PartsOverlap { .. }, Flaw::PartsOverlap { .. }]), "{across:?}");
    let twice = repaired(&both(&SQUARE));
    assert!(matches!(twice.flaws[0], Flaw::PartsOverlap { .. }), "{twice:?}");
    check(&both(&[(100.0, 0.0), (150.0, 0.0), (150.0, 100.0), (100.0, 100.0)]), &[], &[], 15_000.0);
}

#[test]
fn what_is_no_area_is_told() {
    check(&Shape::new(vec![]), &[], &[("empty", 0, 0)], 0.0);
    check(&shape(&[(0.0, 0.0), (50.0, 0.0), (100.0, 0.0)], &[]), &[], &[("no-area", 1, 1)], 0.0);
    check(&shape(&[(0.0, 0.0)], &[]), &[], &[("no-area", 1, 1)], 0.0);
    let stray = Shape::new(vec![Polygon::new(
        LineString::from(vec![(f64::NAN, 1.0), (500.0, 2.0), (3.0, 3.0)]),
        vec![],
    )]);
    let found = repair(&stray, &Tolerances::default());
    let points: Vec<_> = found.flaws.iter().map(|f| (f.code(), f.spot().map(|s| s.point))).collect();
    // The reader closed the ring, so the first point comes again as the fourth.
    assert_eq!(points, [("not-degrees", Some(1)), ("not-degrees", Some(2)), ("not-degrees", Some(4))]);
}

#[test]
fn thin_polygons_are_told_and_stay_usable() {
    let strip = shape(&[(0.0, 0.0), (200.0, 0.0), (200.0, 0.2), (0.0, 0.2)], &[]);
    let found = repaired(&strip);
    let [Flaw::Thin { width, square_metres, .. }] = found.flaws[..] else { panic!("{found:?}") };
    // 2 × 40 ㎡ / 400.4 m.
    assert!((width - 0.1998).abs() < 0.001 && (square_metres - 40.0).abs() < 0.2, "{width} {square_metres}");
    assert!(found.usable());
}

fn grounds(shapes: &[(Layer, Shape)]) -> Vec<Ground<'_>> {
    shapes.iter().map(|(layer, shape)| Ground { layer: *layer, shape }).collect()
}

fn block(x: f64, y: f64, wide: f64, high: f64) -> Shape {
    shape(&[(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)], &[])
}

#[test]
fn gaps_are_found_with_their_neighbours() {
    // A block of 300 × 100: two parcels of 100 × 100, then 60 cm nobody claims, then one to the end.
    let parcels = [
        (Layer::Surface, block(0.0, 0.0, 100.0, 100.0)),
        (Layer::Surface, block(100.0, 0.0, 100.0, 100.0)),
        (Layer::Surface, block(200.6, 0.0, 99.4, 100.0)),
        (Layer::Below, block(190.0, 0.0, 20.0, 100.0)),
    ];
    let found = gaps(&grounds(&parcels), &[block(0.0, 0.0, 300.0, 100.0)], &Tolerances::default());
    let [gap] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((gap.block, gap.beside.as_slice(), gap.sliver), (0, [1, 2].as_slice(), false));
    assert!((gap.square_metres - 60.0).abs() < 0.3 && (gap.width - 0.596).abs() < 0.005, "{gap:?}");
    let narrow = [(Layer::Surface, block(0.0, 0.0, 299.9, 100.0))];
    let found = gaps(&grounds(&narrow), &[block(0.0, 0.0, 300.0, 100.0)], &Tolerances::default());
    assert!(found[0].sliver && (found[0].square_metres - 10.0).abs() < 0.1, "{found:?}");
    assert_eq!(gaps(&[], &[], &Tolerances::default()), []);
    let empty = gaps(&[], &[block(0.0, 0.0, 300.0, 100.0)], &Tolerances::default());
    assert!((empty[0].square_metres - 30_000.0).abs() < 150.0 && empty[0].beside.is_empty(), "{empty:?}");
}

/// Points of a small grid, so that rings touch, repeat and cross themselves often.
fn wild_ring() -> impl Strategy<Value = LineString<f64>> {
    let coordinate = (0..8i32, 0..8i32).prop_map(|(x, y)| at(f64::from(x) * 10.0, f64::from(y) * 10.0));
    prop::collection::vec(coordinate, 0..14).prop_map(LineString)
}

fn wild_shape() -> impl Strategy<Value = Shape> {
    let polygon = (wild_ring(), prop::collection::vec(wild_ring(), 0..3));
    let polygon = polygon.prop_map(|(outer, holes)| Polygon::new(outer, holes));
    prop::collection::vec(polygon, 0..3).prop_map(Shape::new)
}

proptest! {
    #[test]
    fn repairing_twice_is_repairing_once(wild in wild_shape()) {
        let once = repair(&wild, &Tolerances::default());
        let twice = repair(&once.shape, &Tolerances::default());
        prop_assert_eq!(&twice.shape, &once.shape);
        prop_assert_eq!(twice.mends, vec![]);
        let codes = |flaws: &[Flaw]| flaws.iter().map(Flaw::code).collect::<Vec<_>>();
        prop_assert_eq!(codes(&twice.flaws), codes(&once.flaws));
    }

    /// What is called usable satisfies the independent judge of the `geo` crate, and no ground was lost.
    #[test]
    fn usable_shapes_are_valid(wild in wild_shape()) {
        use geo::{BooleanOps, Validation};
        let found = repair(&wild, &Tolerances::default());
        if found.usable() {
            for polygon in &found.shape.0 {
                prop_assert!(polygon.is_valid(), "{:?} {:?}", found, polygon.check_validation());
            }
            // i_overlay's reading of the untouched rings, where odd crossings are inside.
            let before: f64 = wild.0.iter().map(|p| square_metres(&p.intersection(&p.clone()))).sum();
            let after = square_metres(&found.shape);
            prop_assert!((before - after).abs() < 0.5, "{} {} {:?}", before, after, found);
        }
    }

    /// Shapes that a person would have to mend go through everything that is asked of good ones.
    #[test]
    fn no_tangle_makes_it_panic(one in wild_shape(), other in wild_shape()) {
        let tolerances = Tolerances::default();
        let shapes = [one, other];
        let parcels = [0, 1].map(|at| Ground { layer: Layer::Surface, shape: &shapes[at] });
        for overlap in overlaps(&parcels, &tolerances) {
            prop_assert!(overlap.square_metres > 0.0 && overlap.share > 0.0);
        }
        let _ = gaps(&parcels[..1], &shapes[1..], &tolerances);
        let _ = crate::lineage::sums(&shapes[..1], &shapes[1..]);
        let _ = crate::lineage::united(&shapes, &tolerances);
        let _ = straddle(&shapes, &shapes[0], &tolerances, std::num::NonZeroUsize::MIN);
    }

    #[test]
    fn no_coordinates_make_it_panic(points in prop::collection::vec((any::<f64>(), any::<f64>()), 0..12), scale in -300i32..300) {
        let points = points.into_iter().map(|(x, y)| (x * 10f64.powi(scale), y * 10f64.powi(scale))).collect::<Vec<_>>();
        let wild: Shape = Polygon::new(LineString::from(points), vec![]).into();
        let found = repair(&wild, &Tolerances::default());
        let parcels = [Ground { layer: Layer::Surface, shape: &found.shape }, Ground { layer: Layer::Surface, shape: &wild }];
        let _ = overlaps(&parcels, &Tolerances::default());
        let _ = gaps(&parcels, std::slice::from_ref(&wild), &Tolerances::default());
        let _ = crate::lineage::sums(std::slice::from_ref(&wild), std::slice::from_ref(&found.shape));
    }
}
