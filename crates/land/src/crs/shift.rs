//! The published shifts of web maps: GCJ-02 upon WGS-84, and BD-09 upon GCJ-02, both ways.
//!
//! The shift is a smooth function of the place, some 500 m in Ningbo, and has no inverse in closed form. The way back
//! is a fixed-point iteration; the shift changes by less than a hundredth of the distance, so each step gains two
//! digits and a few steps reach far below a centimetre.

use geo::Coord;
use std::f64::consts::PI;

use crate::Extent;

/// The half-axis of the Krasovsky 1940 ellipsoid, which the shift is computed on.
const AXIS: f64 = 6_378_245.0;
/// Its squared eccentricity.
const ECCENTRICITY: f64 = 0.006_693_421_622_965_943;
/// The angle of BD-09's wave.
const WAVE: f64 = PI * 3000.0 / 180.0;
/// Where the shift is defined.
const SHIFTED: Extent = Extent { west: 72.004, south: 0.8293, east: 137.8347, north: 55.8271 };
/// Degrees below which two places are the same: 1e-11° is a thousandth of a millimetre.
const SAME: f64 = 1e-11;

/// WGS-84 to GCJ-02; unchanged where the shift is not defined.
pub fn to_gcj02(place: Coord<f64>) -> Coord<f64> {
    if !SHIFTED.holds(place) {
        return place;
    }
    let (x, y) = (place.x - 105.0, place.y - 35.0);
    let phi = place.y.to_radians();
    let magic = 1.0 - ECCENTRICITY * phi.sin().powi(2);
    let meridian = AXIS * (1.0 - ECCENTRICITY) / magic.powf(1.5);
    let parallel = AXIS / magic.sqrt() * phi.cos();
    Coord {
        x: place.x + (east(x, y) / parallel).to_degrees(),
        y: place.y + (north(x, y) / meridian).to_degrees(),
    }
}

/// GCJ-02 to WGS-84.
pub fn from_gcj02(shown: Coord<f64>) -> Coord<f64> {
    back(shown, to_gcj02)
}

/// WGS-84 to BD-09.
pub fn to_bd09(place: Coord<f64>) -> Coord<f64> {
    gcj02_to_bd09(to_gcj02(place))
}

/// BD-09 to WGS-84.
pub fn from_bd09(shown: Coord<f64>) -> Coord<f64> {
    back(shown, to_bd09)
}

/// A pair of waves of the published formula, in metres: two thirds of height times sine of half-turns.
fn waves(u: f64, parts: [(f64, f64); 2]) -> f64 {
    parts.iter().map(|(height, turns)| height * (turns * u * PI).sin()).sum::<f64>() * 2.0 / 3.0
}

/// The shift to the east in metres.
fn east(x: f64, y: f64) -> f64 {
    300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + waves(x, [(20.0, 6.0), (20.0, 2.0)])
        + waves(x, [(20.0, 1.0), (40.0, 1.0 / 3.0)])
        + waves(x, [(150.0, 1.0 / 12.0), (300.0, 1.0 / 30.0)])
}

/// The shift to the north in metres.
fn north(x: f64, y: f64) -> f64 {
    -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + waves(x, [(20.0, 6.0), (20.0, 2.0)])
        + waves(y, [(20.0, 1.0), (40.0, 1.0 / 3.0)])
        + waves(y, [(160.0, 1.0 / 12.0), (320.0, 1.0 / 30.0)])
}

fn gcj02_to_bd09(shown: Coord<f64>) -> Coord<f64> {
    if !SHIFTED.holds(shown) {
        return shown;
    }
    let radius = shown.x.hypot(shown.y) + 0.000_02 * (shown.y * WAVE).sin();
    let angle = shown.y.atan2(shown.x) + 0.000_003 * (shown.x * WAVE).cos();
    Coord { x: radius * angle.cos() + 0.006_5, y: radius * angle.sin() + 0.006 }
}

/// The place that `shift` shows at `shown`.
fn back(shown: Coord<f64>, shift: impl Fn(Coord<f64>) -> Coord<f64>) -> Coord<f64> {
    let mut place = shown;
    for _ in 0..32 {
        let error = shift(place) - shown;
        place = place - error;
        if error.x.abs() < SAME && error.y.abs() < SAME {
            break;
        }
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Metres between two places near each other: a degree of latitude is 111 km.
    fn metres(a: Coord<f64>, b: Coord<f64>) -> (f64, f64) {
        ((a.x - b.x) * 111_320.0 * a.y.to_radians().cos(), (a.y - b.y) * 110_850.0)
    }

    #[test]
    fn the_shift_in_haishu_is_the_published_one() {
        // At 121.46 E, 29.88 N web maps stand about 430 m east and 259 m south of the ground.
        let place = Coord { x: 121.46, y: 29.88 };
        let (east, north) = metres(to_gcj02(place), place);
        assert!((east - 430.0).abs() < 2.0, "{east}");
        assert!((north + 259.0).abs() < 2.0, "{north}");
    }

    #[test]
    fn baidu_stands_six_hundredths_of_an_arc_beyond() {
        // BD-09 adds about 0.0065° east and 0.006° north to GCJ-02, give or take its wave of 0.0004°.
        let shown = to_gcj02(Coord { x: 121.46, y: 29.88 });
        let baidu = to_bd09(Coord { x: 121.46, y: 29.88 });
        assert!((baidu.x - shown.x - 0.0065).abs() < 0.0005, "{baidu:?}");
        assert!((baidu.y - shown.y - 0.006).abs() < 0.0005, "{baidu:?}");
    }

    #[test]
    fn nothing_is_shifted_outside() {
        let london = Coord { x: -0.1, y: 51.5 };
        assert_eq!(to_gcj02(london), london);
        assert_eq!(from_bd09(london), london);
    }

    proptest! {
        #[test]
        fn the_way_back_is_exact_to_a_tenth_of_a_millimetre(x in 74.0..135.0f64, y in 4.0..53.0f64) {
            let place = Coord { x, y };
            for back in [from_gcj02(to_gcj02(place)), from_bd09(to_bd09(place))] {
                let (east, north) = metres(back, place);
                prop_assert!(east.hypot(north) < 1e-4, "{} m", east.hypot(north));
            }
        }
    }
}
