use super::*;
use geo::{LineString, MapCoords, polygon};
use proptest::prelude::*;

const ONE: NonZeroUsize = NonZeroUsize::MIN;

fn square(x: f64, y: f64, side: f64) -> Shape {
    polygon![(x: x, y: y), (x: x + side, y: y), (x: x + side, y: y + side), (x: x, y: y + side)].into()
}

/// Polygon, boundary, ㎡ of each piece.
fn told(pieces: &[Piece]) -> Vec<(usize, usize, f64)> {
    pieces
        .iter()
        .map(|piece| (piece.polygon, piece.boundary, (piece.square_metres * 1e3).round() / 1e3))
        .collect()
}

#[test]
fn polygons_are_inside_outside_or_cut() {
    let boundaries = Boundaries::in_metres(&[square(0.0, 0.0, 100.0), square(100.0, 0.0, 100.0)]);
    let polygons = [
        square(10.0, 10.0, 10.0),
        square(95.0, 10.0, 10.0),
        square(300.0, 0.0, 10.0),
        square(-5.0, -5.0, 10.0),
    ];
    let pieces = boundaries.pieces(&polygons, ONE);
    // Inside: 100 ㎡. Across the common line: half and half. Outside: nothing. Over the corner: 5 × 5.
    assert_eq!(told(&pieces), [(0, 0, 100.0), (1, 0, 50.0), (1, 1, 50.0), (3, 0, 25.0)]);
    assert_eq!(pieces[0].cut, None);
    assert!((pieces[3].share - 0.25).abs() < 1e-9);
    assert_eq!(boundaries.pieces(&polygons, NonZeroUsize::new(3).expect("three")), pieces);
}

#[test]
fn a_shared_line_is_no_common_ground() {
    let boundaries = Boundaries::in_metres(&[square(0.0, 0.0, 100.0)]);
    assert_eq!(told(&boundaries.pieces_of(&square(100.0, 20.0, 10.0))), []);
    // On the inside of the same line all of it is.
    let inside = boundaries.pieces_of(&square(90.0, 20.0, 10.0));
    assert_eq!((told(&inside), inside[0].cut.is_none()), (vec![(0, 0, 100.0)], true));
}

#[test]
fn holes_and_islands_count() {
    let ring = polygon!(exterior: [(x: 0.0, y: 0.0), (x: 100.0, y: 0.0), (x: 100.0, y: 100.0), (x: 0.0, y: 100.0)],
        interiors: [[(x: 40.0, y: 40.0), (x: 40.0, y: 60.0), (x: 60.0, y: 60.0), (x: 60.0, y: 40.0)]]);
    let boundaries = Boundaries::in_metres(&[ring.clone().into()]);
    assert_eq!(told(&boundaries.pieces_of(&square(45.0, 45.0, 10.0))), []);
    // 30 × 30 around the hole of 20 × 20.
    assert_eq!(told(&boundaries.pieces_of(&square(35.0, 35.0, 30.0))), [(0, 0, 500.0)]);
    // The other way round: a boundary inside the hole of a polygon, and one inside the polygon.
    let small = Boundaries::in_metres(&[square(45.0, 45.0, 10.0), square(10.0, 10.0, 5.0)]);
    assert_eq!(told(&small.pieces_of(&ring.into())), [(0, 1, 25.0)]);
}

#[test]
fn parts_are_added() {
    let boundaries = Boundaries::in_metres(&[square(0.0, 0.0, 100.0)]);
    let mut parts = square(10.0, 10.0, 10.0);
    parts.0.extend(square(95.0, 50.0, 10.0).0);
    parts.0.extend(square(500.0, 50.0, 10.0).0);
    let pieces = boundaries.pieces_of(&parts);
    assert_eq!(told(&pieces), [(0, 0, 150.0)]);
    assert!((pieces[0].share - 0.5).abs() < 1e-9);
}

#[test]
fn nothing_and_nonsense_have_no_pieces() {
    let boundaries = Boundaries::new(&[]);
    assert_eq!(boundaries.pieces_of(&square(121.0, 29.0, 0.1)), []);
    let boundaries = Boundaries::new(&[square(121.0, 29.0, 0.1), Shape::new(Vec::new())]);
    assert_eq!(boundaries.pieces_of(&Shape::new(Vec::new())), []);
    assert_eq!(boundaries.pieces_of(&square(f64::NAN, 29.0, 0.1)), []);
    assert_eq!(boundaries.pieces_of(&square(f64::INFINITY, 29.0, 0.1)), []);
    assert_eq!(boundaries.pieces(&[], ONE), []);
}

#[test]
fn degrees_give_square_metres_of_the_ellipsoid() {
    let boundaries = Boundaries::new(&[square(121.4, 29.8, 0.1)]);
    let polygon = square(121.495, 29.85, 0.01);
    let pieces = boundaries.pieces_of(&polygon);
    let half = crate::area::square_metres(&polygon) / 2.0;
    assert!((pieces[0].square_metres / half - 1.0).abs() < 1e-5, "{} {half}", pieces[0].square_metres);
    let cut = pieces[0].cut.as_ref().and_then(BoundingRect::bounding_rect).expect("it is cut");
    assert!((cut.max().x - 121.5).abs() < 1e-7 && (cut.min().x - 121.495).abs() < 1e-7, "{cut:?}");
}

/// A ring around a middle, star-shaped, so that it never crosses itself.
fn star(middle: (f64, f64), radii: &[f64]) -> Shape {
    let turn = std::f64::consts::TAU / f64::from(u32::try_from(radii.len()).expect("few"));
    let points = (0u32..).zip(radii).map(|(n, radius)| {
        let angle = turn * f64::from(n);
        Coord { x: middle.0 + radius * angle.cos(), y: middle.1 + radius * angle.sin() }
    });
    Polygon::new(LineString(points.collect()), vec![]).into()
}

prop_compose! {
    fn stars(most: f64)(x in -500.0..500.0f64, y in -500.0..500.0f64, radii in prop::collection::vec(most / 10.0..most, 3..60)) -> Shape {
        star((x, y), &radii)
    }
}

/// A boundary and the rest of a large square around it: together they are everything.
fn inside_and_outside(boundary: &Shape) -> Boundaries {
    let mut outside = square(-5000.0, -5000.0, 10_000.0);
    outside.0[0].interiors_push(boundary.0[0].exterior().clone());
    Boundaries::in_metres(&[boundary.clone(), outside])
}

proptest! {
    #[test]
    fn pieces_add_up_to_the_polygon(polygon in stars(300.0), boundary in stars(400.0)) {
        let pieces = inside_and_outside(&boundary).pieces_of(&polygon);
        let sum: f64 = pieces.iter().map(|piece| piece.square_metres).sum();
        let area = polygon.unsigned_area();
        prop_assert!((sum - area).abs() <= 1e-6 * area + 2.0 * LEAST, "{sum} {area}");
        for piece in &pieces {
            let cut = piece.cut.as_ref().map_or(area, Area::unsigned_area);
            prop_assert!((cut - piece.square_metres).abs() <= 2.0 * LEAST);
        }
    }

    /// The witness: the whole boundary against the whole polygon, no index, no clipping.
    #[test]
    fn shortcuts_change_nothing(polygon in stars(300.0), boundary in stars(400.0)) {
        use geo::BooleanOps;
        let pieces = Boundaries::in_metres(std::slice::from_ref(&boundary)).pieces_of(&polygon);
        let found = pieces.first().map_or(0.0, |piece| piece.square_metres);
        let expected = polygon.intersection(&boundary).unsigned_area();
        prop_assert!((found - expected).abs() < 1e-3 + 1e-6 * expected, "{found} {expected}");
    }

    #[test]
    fn no_coordinates_make_it_panic(points in prop::collection::vec((any::<f64>(), any::<f64>()), 0..12), scale in -300i32..300) {
        let wild: Shape = Polygon::new(LineString::from(points), vec![]).into();
        let scaled = wild.map_coords(|c| Coord { x: c.x * 10f64.powi(scale), y: c.y * 10f64.powi(scale) });
        let known = square(121.0, 29.0, 1.0);
        for (boundary, polygon) in [(&known, &wild), (&wild, &known), (&wild, &scaled), (&scaled, &scaled)] {
            let _ = Boundaries::in_metres(std::slice::from_ref(boundary)).pieces_of(polygon);
            let _ = Boundaries::new(std::slice::from_ref(boundary)).pieces_of(polygon);
        }
    }
}
