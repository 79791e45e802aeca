//! Areas on the ellipsoid of CGCS2000, in ㎡ and 亩.
//!
//! A [`Plane`] is a Lambert azimuthal equal-area projection of the ellipsoid itself (Snyder, *Map Projections*, USGS
//! Professional Paper 1395, formulas 24-1 to 24-28), laid where the shapes are. Every area measured in it is the area
//! on the ellipsoid; there is no scale to correct. Straight lines in it differ from geodesics by less than a part in 10⁷
//! of the area for anything the size of a parcel, and within 30 km of its middle lengths are metres to a part in 10⁵, so
//! the checks and the overlay measure widths in the same plane, and pieces cut in it add up to what was cut.
//!
//! The two other ways were looked at (`docs/decisions/0023-land-geometry.md`): the 3-degree Gauss-Krüger zones enlarge areas by
//! up to 0.06 % in a place like Haishu and differ on both sides of the zone edge that runs through it; geodesic polygon
//! areas (Karney) are the witness in the tests, but say nothing of pieces.
//!
//! The area of a polygon only ever checks what a certificate says ([`Claims::legal`]); it never replaces it.
//!
//! Deliberately absent: coordinate systems of files (`crate::crs`). To add a unit: a function beside [`mu`] with
//! its exact factor.

use geo::{Area, Coord, CoordsIter, MapCoords};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::feature::{Extent, Shape};

/// Half the long axis of the CGCS2000 ellipsoid in metres (GB/T 22021-2008).
const LONG_HALF_AXIS: f64 = 6_378_137.0;
/// Its flattening.
const FLATTENING: f64 = 1.0 / 298.257_222_101;
/// The square of its eccentricity.
const E2: f64 = FLATTENING * (2.0 - FLATTENING);

/// Square metres in 亩, exactly: 1 亩 = 2000/3 ㎡, hence 亩 = ㎡ × 0.0015.
pub fn mu(square_metres: Decimal) -> Decimal {
    square_metres * Decimal::new(15, 4)
}

/// A measured area as a number for people: rounded to 0.01 ㎡, as certificates print it. Nothing for an area that is
/// none.
pub fn decimal(square_metres: f64) -> Option<Decimal> {
    Decimal::from_f64_retain(square_metres).map(|area| area.round_dp(2))
}

/// The area of a shape in longitude and latitude, in ㎡ on the ellipsoid; holes are taken out.
pub fn square_metres(shape: &Shape) -> f64 {
    Plane::over([shape]).map_or(0.0, |plane| plane.lay(shape).unsigned_area())
}

/// An equal-area plane in metres, touching the ellipsoid at one point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plane {
    longitude: f64,
    sin_beta: f64,
    cos_beta: f64,
    /// `D` of Snyder 24-20: keeps shapes true at the middle.
    stretch: f64,
    /// The radius of the sphere of the same surface.
    radius: f64,
    /// `q` at the pole.
    q_pole: f64,
}

impl Plane {
    /// The plane that touches at this longitude and latitude in degrees.
    pub fn at(middle: Coord<f64>) -> Plane {
        let q_pole = authalic(1.0);
        let sin = middle.y.to_radians().sin();
        let sin_beta = (authalic(sin) / q_pole).clamp(-1.0, 1.0);
        let cos_beta = (1.0 - sin_beta * sin_beta).sqrt().max(1e-12);
        let radius = LONG_HALF_AXIS * (q_pole / 2.0).sqrt();
        let parallel = (1.0 - sin * sin).sqrt() / (1.0 - E2 * sin * sin).sqrt();
        let stretch = LONG_HALF_AXIS * parallel.max(1e-12) / (radius * cos_beta);
        Plane { longitude: middle.x.to_radians(), sin_beta, cos_beta, stretch, radius, q_pole }
    }

    /// The plane that touches in the middle of these shapes; nothing when none has a point.
    pub fn over<'a>(shapes: impl IntoIterator<Item = &'a Shape>) -> Option<Plane> {
        Extent::of(shapes).map(|extent| Plane::at(extent.center()))
    }

    /// Longitude and latitude in degrees to metres east and north of the middle.
    pub fn to_metres(&self, point: Coord<f64>) -> Coord<f64> {
        let (sin_turn, cos_turn) = (point.x.to_radians() - self.longitude).sin_cos();
        let sin_beta = authalic(point.y.to_radians().sin()) / self.q_pole;
        let cos_beta = (1.0 - sin_beta * sin_beta).max(0.0).sqrt();
        let near = 1.0 + self.sin_beta * sin_beta + self.cos_beta * cos_beta * cos_turn;
        // At the far side of the earth the projection has no point; whatever lies there stays finite and far away.
        let scale = self.radius * (2.0 / near.max(1e-12)).sqrt();
        Coord {
            x: scale * self.stretch * cos_beta * sin_turn,
            y: scale / self.stretch * (self.cos_beta * sin_beta - self.sin_beta * cos_beta * cos_turn),
        }
    }

    /// Metres east and north of the middle back to longitude and latitude in degrees.
    pub fn to_degrees(&self, point: Coord<f64>) -> Coord<f64> {
        let (x, y) = (point.x / self.stretch, point.y * self.stretch);
        let away = x.hypot(y);
        if away == 0.0 {
            return Coord { x: self.longitude.to_degrees(), y: latitude(self.sin_beta, self.q_pole) };
        }
        let half = (away / (2.0 * self.radius)).clamp(-1.0, 1.0).asin();
        let (sin, cos) = (2.0 * half).sin_cos();
        let sin_beta = cos * self.sin_beta + y * sin * self.cos_beta / away;
        let turn = (x * sin).atan2(away * self.cos_beta * cos - y * self.sin_beta * sin);
        Coord { x: (self.longitude + turn).to_degrees(), y: latitude(sin_beta, self.q_pole) }
    }

    /// A shape in degrees as the same shape in metres.
    pub fn lay(&self, shape: &Shape) -> Shape {
        shape.map_coords(|point| self.to_metres(point))
    }

    /// A shape in metres as the same shape in degrees.
    pub fn lift(&self, shape: &Shape) -> Shape {
        shape.map_coords(|point| self.to_degrees(point))
    }
}

/// Whether a shape in metres can be cut and added up: every coordinate is a number no farther away than the earth is
/// round, and its box is larger than a micrometre. What is not has no area anybody could own.
pub(crate) fn measurable(shape: &Shape) -> bool {
    let near = |point: Coord<f64>| point.x.abs() < 1e8 && point.y.abs() < 1e8;
    let large = |extent: Extent| (extent.east - extent.west).max(extent.north - extent.south) > 1e-6;
    shape.coords_iter().all(near) && Extent::of([shape]).is_some_and(large)
}

/// `q` of Snyder 3-12, from the sine of the latitude.
fn authalic(sin: f64) -> f64 {
    let e = E2.sqrt();
    (1.0 - E2) * (sin / (1.0 - E2 * sin * sin) + (e * sin).atanh() / e)
}

/// The latitude in degrees whose authalic latitude has this sine: Snyder's series 3-18, then one step of 3-16.
fn latitude(sin_beta: f64, q_pole: f64) -> f64 {
    let sin_beta = sin_beta.clamp(-1.0, 1.0);
    let beta = sin_beta.asin();
    let (e4, e6) = (E2 * E2, E2 * E2 * E2);
    let guess = beta
        + (E2 / 3.0 + 31.0 * e4 / 180.0 + 517.0 * e6 / 5040.0) * (2.0 * beta).sin()
        + (23.0 * e4 / 360.0 + 251.0 * e6 / 3780.0) * (4.0 * beta).sin()
        + 761.0 * e6 / 45360.0 * (6.0 * beta).sin();
    let (sin, cos) = guess.sin_cos();
    if cos.abs() < 1e-6 {
        return guess.to_degrees();
    }
    let bend = 1.0 - E2 * sin * sin;
    let missing = (q_pole * sin_beta - authalic(sin)) / (1.0 - E2);
    (guess + bend * bend / (2.0 * cos) * missing).to_degrees()
}

/// What a piece of paper or a survey says about the area of a parcel. Earlier kinds win over later ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// 证载: the certificate of real estate.
    Certificate,
    /// 实测: the survey at completion.
    Survey,
    /// 合同: the contract of the land grant.
    Contract,
}

/// One stated area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Who states it.
    pub source: Source,
    /// The area in ㎡.
    pub square_metres: Decimal,
    /// Since when.
    pub dated: Date,
}

/// All areas stated for one parcel; all are kept, one counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims(pub Vec<Claim>);

impl Claims {
    /// The area that counts on a day: certificate before survey before contract, and of one kind the latest that was
    /// stated by then. Areas of zero or less state nothing.
    pub fn legal(&self, on: Date) -> Option<&Claim> {
        let stated = self.0.iter().filter(|claim| claim.dated <= on && claim.square_metres > Decimal::ZERO);
        stated.min_by(|a, b| a.source.cmp(&b.source).then(b.dated.cmp(&a.dated)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{GeodesicArea, LineString, Polygon, polygon};
    use proptest::prelude::*;

    fn shape(points: &[(f64, f64)]) -> Shape {
        Polygon::new(LineString::from(points.to_vec()), vec![]).into()
    }

    /// Areas computed with geographiclib 2.1 (`Geodesic(6378137, 1/298.257222101).Polygon()`) and, to the same digits, with
    /// pyproj 3.7.2 (`Geod(a=6378137, rf=298.257222101).polygon_area_perimeter`).
    #[test]
    fn areas_are_those_of_the_ellipsoid() {
        let parcel = [
            (121.46, 29.88),
            (121.4621, 29.8801),
            (121.46205, 29.88125),
            (121.4611, 29.8816),
            (121.45995, 29.88118),
        ];
        check_area(&parcel, 30_534.711_674, 1e-7);
        check_area(
            &[(121.46, 29.88), (121.47, 29.88), (121.47, 29.89), (121.46, 29.89)],
            1_070_786.334_123,
            1e-7,
        );
        // 60 m × 1 m.
        check_area(
            &[(121.5, 29.9), (121.5003, 29.9), (121.5003, 29.90001), (121.5, 29.90001)],
            32.118_852,
            1e-7,
        );
        // A whole district of 389 km²: the chords of the plane and the geodesics are 640 ㎡ apart.
        check_area(
            &[(121.4, 29.8), (121.6, 29.8), (121.62, 29.95), (121.38, 29.98)],
            388_718_096.784_502,
            2e-6,
        );
    }

    fn check_area(points: &[(f64, f64)], expected: f64, tolerance: f64) {
        let found = square_metres(&shape(points));
        assert!((found / expected - 1.0).abs() < tolerance, "{found} ㎡, expected {expected} ㎡");
    }

    /// pyproj 3.7.2, `+proj=laea +lat_0=29.88 +lon_0=121.46 +ellps=GRS80`, the ellipsoid of CGCS2000.
    #[test]
    fn the_plane_is_lamberts() {
        let plane = Plane::at(Coord { x: 121.46, y: 29.88 });
        for (degrees, metres) in [
            ((121.47, 29.89), (965.925_295, 1_108.546_757)),
            ((121.0, 30.3), (-44_249.986_032, 46_646.724_580)),
            ((125.0, 35.0), (323_415.210_252, 572_715.409_474)),
            ((110.0, 20.0), (-1_200_445.778_774, -1_037_982.008_698)),
        ] {
            let found = plane.to_metres(degrees.into());
            assert!((found.x - metres.0).abs() < 1e-5 && (found.y - metres.1).abs() < 1e-5, "{found:?}");
        }
    }

    #[test]
    fn mu_are_exact() {
        // 68,507.52 × 0.0015 = 102.76128, printed 102.76 亩 in the notice of parcel 2023GC07007.
        assert_eq!(mu(Decimal::new(6_850_752, 2)), Decimal::new(10_276_128, 5));
        assert_eq!(mu(Decimal::from(2000)), Decimal::from(3));
    }

    #[test]
    fn holes_are_taken_out() {
        let whole = polygon!(exterior: [(x: 121.0, y: 29.0), (x: 121.01, y: 29.0), (x: 121.01, y: 29.01), (x: 121.0, y: 29.01)],
            interiors: [[(x: 121.002, y: 29.002), (x: 121.002, y: 29.004), (x: 121.004, y: 29.004), (x: 121.004, y: 29.002)]]);
        let outer = Polygon::new(whole.exterior().clone(), vec![]).into();
        let hole = Polygon::new(whole.interiors()[0].clone(), vec![]).into();
        let (found, expected) = (square_metres(&whole.into()), square_metres(&outer) - square_metres(&hole));
        assert!((found - expected).abs() < 0.01, "{found} {expected}");
    }

    #[test]
    fn nothing_has_no_area_and_the_far_side_of_the_earth_stays_finite() {
        assert!(square_metres(&Shape::new(vec![])).abs() < f64::EPSILON);
        let far = Plane::at(Coord { x: 121.0, y: 30.0 }).to_metres(Coord { x: -59.0, y: -30.0 });
        assert!(far.x.is_finite() && far.y.is_finite());
        assert_eq!(decimal(f64::NAN), None);
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_point(x in 73.0..136.0f64, y in 3.0..54.0f64, dx in -1.0..1.0f64, dy in -1.0..1.0f64) {
            let plane = Plane::at(Coord { x, y });
            let point = Coord { x: x + dx, y: y + dy };
            let back = plane.to_degrees(plane.to_metres(point));
            prop_assert!((back.x - point.x).abs() < 1e-11 && (back.y - point.y).abs() < 1e-11, "{point:?} {back:?}");
        }

        /// The geodesic area of the `geo` crate is on WGS 84, whose flattening differs in the eighth digit.
        #[test]
        fn parcels_have_their_geodesic_area(x in 73.0..136.0f64, y in 3.0..54.0f64, w in 1e-4..0.01f64, h in 1e-4..0.01f64) {
            let shape = shape(&[(x, y), (x + w, y + h / 10.0), (x + w * 0.9, y + h), (x - w / 10.0, y + h * 0.8)]);
            let (found, geodesic) = (square_metres(&shape), shape.geodesic_area_unsigned());
            prop_assert!((found / geodesic - 1.0).abs() < 1e-6, "{found} {geodesic}");
        }
    }
}
