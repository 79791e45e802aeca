//! The way from the coordinates of a frame to CGCS2000 longitude and latitude and back.
//!
//! Projections are proj4rs's, which follow PROJ to a micrometre; the ellipsoid is that of CGCS2000 on both sides, so
//! no datum shift can slip in.

use geo::{Coord, MapCoords};
use proj4rs::{Proj, transform::transform};

use super::shift;
use super::system::{Crs, Frame, Mercator};
use crate::{Extent, Feature, Shape, Trouble, What};

/// Where parcels of China can lie, with a margin.
pub const CHINA: Extent = Extent { west: 73.0, south: 3.0, east: 136.0, north: 54.0 };

/// Takes coordinates of one frame to CGCS2000 longitude and latitude and back.
pub struct Projector {
    frame: Frame,
    way: Way,
}

enum Way {
    Same,
    Gcj02,
    Bd09,
    Plane { globe: Box<Proj>, plane: Box<Proj> },
}

impl Projector {
    /// The way for a frame; nothing when a projection of its own has numbers that make no projection.
    pub fn new(frame: Frame) -> Option<Projector> {
        let way = match frame.crs {
            Crs::Cgcs2000 | Crs::Wgs84 => Way::Same,
            Crs::Gcj02 => Way::Gcj02,
            Crs::Bd09 => Way::Bd09,
            Crs::Zone(zone) => plane(zone.mercator())?,
            Crs::Local(mercator) => plane(mercator)?,
        };
        Some(Projector { frame, way })
    }

    /// A coordinate of the frame as longitude and latitude; nothing when it lies nowhere near China.
    pub fn to_lon_lat(&self, at: Coord<f64>) -> Option<Coord<f64>> {
        let at = if self.frame.north_first { Coord { x: at.y, y: at.x } } else { at };
        if !at.x.is_finite() || !at.y.is_finite() {
            return None;
        }
        let place = match &self.way {
            Way::Same => at,
            Way::Gcj02 => shift::from_gcj02(at),
            Way::Bd09 => shift::from_bd09(at),
            Way::Plane { globe, plane } => {
                let mut point = (at.x, at.y);
                transform(plane, globe, &mut point).ok()?;
                Coord { x: point.0.to_degrees(), y: point.1.to_degrees() }
            }
        };
        CHINA.holds(place).then_some(place)
    }

    /// Longitude and latitude as a coordinate of the frame; nothing when the place is nowhere near China.
    pub fn from_lon_lat(&self, place: Coord<f64>) -> Option<Coord<f64>> {
        if !CHINA.holds(place) {
            return None;
        }
        let at = match &self.way {
            Way::Same => place,
            Way::Gcj02 => shift::to_gcj02(place),
            Way::Bd09 => shift::to_bd09(place),
            Way::Plane { globe, plane } => {
                let mut point = (place.x.to_radians(), place.y.to_radians());
                transform(globe, plane, &mut point).ok()?;
                Coord { x: point.0, y: point.1 }
            }
        };
        Some(if self.frame.north_first { Coord { x: at.y, y: at.x } } else { at })
    }

    /// A shape of the frame in longitude and latitude; what is wrong when a point lies nowhere near China.
    pub fn shape_to_lon_lat(&self, shape: &Shape) -> Result<Shape, What> {
        shape.try_map_coords(|at| self.to_lon_lat(at).ok_or_else(|| self.out_of_reach()))
    }

    /// A shape in longitude and latitude as one of the frame; what is wrong when it lies nowhere near China.
    pub fn shape_from_lon_lat(&self, shape: &Shape) -> Result<Shape, What> {
        shape.try_map_coords(|place| self.from_lon_lat(place).ok_or_else(|| self.out_of_reach()))
    }

    fn out_of_reach(&self) -> What {
        What::OutOfReach { system: self.frame.crs.to_string() }
    }
}

/// Takes features of a frame to CGCS2000 longitude and latitude. Those that would lie nowhere near China are left
/// out, with a trouble each.
pub fn place(features: Vec<Feature>, frame: Frame) -> (Vec<Feature>, Vec<Trouble>) {
    let mut troubles = Vec::new();
    let projector = Projector::new(frame);
    let mut kept = Vec::with_capacity(features.len());
    for mut feature in features {
        let placed = match &projector {
            Some(projector) => projector.shape_to_lon_lat(&feature.shape),
            None => Err(What::OutOfReach { system: frame.crs.to_string() }),
        };
        match placed {
            Ok(shape) => {
                // Swapping the axes mirrors a ring: outer rings would run clockwise.
                feature.shape = crate::feature::oriented(shape);
                kept.push(feature);
            }
            Err(what) => troubles.push(Trouble::refused(feature.place, what)),
        }
    }
    (kept, troubles)
}

fn plane(m: Mercator) -> Option<Way> {
    let m = m.sound()?;
    let plane = format!(
        "+proj=tmerc +lat_0={} +lon_0={} +k={} +x_0={} +y_0={} +ellps=GRS80 +units=m +no_defs",
        m.origin, m.meridian, m.scale, m.easting, m.northing
    );
    let globe = Proj::from_proj_string("+proj=longlat +ellps=GRS80 +no_defs").ok()?;
    Some(Way::Plane { globe: Box::new(globe), plane: Box::new(Proj::from_proj_string(&plane).ok()?) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::Zone;
    use proptest::prelude::*;

    fn epsg(code: u32) -> Crs {
        Crs::from_epsg(code).expect("a code of ours")
    }

    /// Expected values are those of PROJ 9 (`cs2cs EPSG:4490 EPSG:code`), to the millimetre.
    #[test]
    fn zones_agree_with_proj() {
        let check = |lon: f64, lat: f64, code, east: f64, north: f64| {
            let projector = Projector::new(Frame::east_first(epsg(code))).expect("a zone is a projection");
            let at = projector.from_lon_lat(Coord { x: lon, y: lat }).expect("the place is in China");
            assert!((at.x - east).abs() < 6e-4 && (at.y - north).abs() < 6e-4, "EPSG:{code}: {at:?}");
            let back = projector.to_lon_lat(at).expect("the place is in China");
            assert!((back.x - lon).abs() < 1e-10 && (back.y - lat).abs() < 1e-10, "EPSG:{code}: {back:?}");
        };
        check(121.46, 29.88, 4528, 40_641_046.888, 3_307_706.620);
        check(121.46, 29.88, 4529, 41_351_223.595, 3_307_807.455);
        check(121.46, 29.88, 4549, 641_046.888, 3_307_706.620);
        check(121.46, 29.88, 4550, 351_223.595, 3_307_807.455);
        check(121.46, 29.88, 4499, 21_351_223.595, 3_307_807.455);
        check(121.2, 29.7, 4528, 40_616_134.555, 3_287_461.034);
        check(121.6, 29.95, 4529, 41_364_844.748, 3_315_395.269);
        check(120.0, 30.0, 4528, 40_500_000.0, 3_320_113.398);
        check(75.0, 18.2, 4513, 25_500_000.0, 2_013_118.241);
        check(134.9, 47.5, 4533, 45_492_465.644, 5_262_839.714);
        check(116.391, 39.907, 4509, 447_924.483, 4_419_380.448);
    }

    #[test]
    fn north_may_be_written_first() {
        let projector = Projector::new(Frame::north_first(epsg(4528))).expect("a zone is a projection");
        let place = projector
            .to_lon_lat(Coord { x: 3_307_706.620, y: 40_641_046.888 })
            .expect("the place is in China");
        assert!((place.x - 121.46).abs() < 1e-8 && (place.y - 29.88).abs() < 1e-8, "{place:?}");
    }

    #[test]
    fn places_elsewhere_are_refused() {
        let zone = Projector::new(Frame::east_first(epsg(4528))).expect("a zone is a projection");
        for (x, y) in [(f64::NAN, 0.0), (f64::INFINITY, 1.0), (641_046.0, 3_307_706.0), (1e300, 1e300)] {
            assert_eq!(zone.to_lon_lat(Coord { x, y }), None);
        }
        let degrees = Projector::new(Frame::east_first(Crs::Wgs84)).expect("degrees need no projection");
        assert_eq!(degrees.to_lon_lat(Coord { x: -0.1, y: 51.5 }), None);
    }

    proptest! {
        #[test]
        fn every_zone_comes_back_to_where_it_was(
            number in 25..=45u8, prefixed: bool, aside in -3.0..3.0f64, lat in 4.0..53.0f64,
        ) {
            let zone = Zone::three(number, prefixed).expect("the number is in range");
            let projector = Projector::new(Frame::north_first(Crs::Zone(zone))).expect("a projection");
            let place = Coord { x: zone.meridian() + aside, y: lat };
            if let Some(at) = projector.from_lon_lat(place) {
                let back = projector.to_lon_lat(at).expect("it came from China");
                // 1e-9 degrees are a tenth of a millimetre.
                prop_assert!((back.x - place.x).abs() < 1e-9 && (back.y - place.y).abs() < 1e-9);
            }
        }
    }
}
