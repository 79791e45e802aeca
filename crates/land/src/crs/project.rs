//! The way from the coordinates of a frame to CGCS2000 longitude and latitude and back.
//!
//! Projections are proj4rs's, which follow PROJ to a micrometre; the ellipsoid is that of CGCS2000 on both sides, so
//! no datum shift can slip in.
//!
//! Eastings that carry the number of a zone say themselves which zone they are in: a list of points may go over the edge
//! of a zone (a third of Haishu lies east of 121.5°, in zone 41). In a frame of such a zone every coordinate is taken by its
//! own number; a ring that mixes them is refused by [`place`].

use geo::{Coord, CoordsIter, MapCoords};
use proj4rs::{Proj, transform::transform};
use std::sync::OnceLock;

use super::shift;
use super::system::{Crs, Frame, Mercator, Width, Zone};
use crate::{Extent, Feature, Place, Shape, Trouble, What};

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
    Zones { zone: Zone, globe: Box<Proj>, plane: Box<Proj>, others: OnceLock<Vec<(Zone, Proj)>> },
}

impl Projector {
    /// The way for a frame; nothing when a projection of its own has numbers that make no projection.
    pub fn new(frame: Frame) -> Option<Projector> {
        let way = match frame.crs {
            Crs::Cgcs2000 | Crs::Wgs84 => Way::Same,
            Crs::Gcj02 => Way::Gcj02,
            Crs::Bd09 => Way::Bd09,
            Crs::Zone(zone) if zone.prefixed => {
                let (globe, plane) = (Box::new(globe()?), Box::new(plane(zone.mercator())?));
                Way::Zones { zone, globe, plane, others: OnceLock::new() }
            }
            Crs::Zone(zone) => {
                Way::Plane { globe: Box::new(globe()?), plane: Box::new(plane(zone.mercator())?) }
            }
            Crs::Local(mercator) => {
                Way::Plane { globe: Box::new(globe()?), plane: Box::new(plane(mercator)?) }
            }
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
            Way::Plane { globe, plane } => unproject(plane, globe, at)?,
            Way::Zones { zone, globe, plane, others } => {
                let own = Zone::of_easting(at.x).filter(|own| own != zone);
                let others = own.map(|own| (own, others.get_or_init(|| all_but(*zone))));
                let other = others.and_then(|(own, others)| others.iter().find(|(other, _)| *other == own));
                unproject(other.map_or(plane, |(_, plane)| plane), globe, at)?
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
            Way::Plane { globe, plane } | Way::Zones { globe, plane, .. } => {
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

/// Takes features of a frame to CGCS2000 longitude and latitude, each by the zone whose number its eastings carry. Those that
/// would lie nowhere near China are left out, and so are those with a ring in two zones, with a trouble each; that features
/// lie in several zones is a doubt of its own.
pub fn place(features: Vec<Feature>, frame: Frame) -> (Vec<Feature>, Vec<Trouble>) {
    let mut troubles = Vec::new();
    let numbered = matches!(frame.crs, Crs::Zone(zone) if zone.prefixed);
    if numbered && let Some(zones) = several_zones(&features) {
        troubles.push(Trouble::doubt(Place::default(), What::SeveralZones { zones }));
    }
    let projector = Projector::new(frame);
    let mut kept = Vec::with_capacity(features.len());
    for mut feature in features {
        if numbered && let Some((ring, zones)) = mixed(&feature.shape) {
            troubles.push(Trouble::refused(feature.place.at_ring(ring), What::MixedZones { zones }));
            continue;
        }
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

/// The zone whose number a coordinate carries in either order: northings of China have less than seven millions.
fn zone_of(at: Coord<f64>) -> Option<Zone> {
    Zone::of_easting(at.x).or_else(|| Zone::of_easting(at.y))
}

/// How many features carry the number of which zone, by the first point of each, the zone of most first; nothing where there are
/// not several.
pub(super) fn several_zones(features: &[Feature]) -> Option<Vec<(u8, u32)>> {
    let mut zones: Vec<(u8, u32)> = Vec::new();
    let first = |feature: &Feature| feature.shape.coords_iter().next().and_then(zone_of);
    for zone in features.iter().filter_map(first) {
        match zones.iter_mut().find(|(known, _)| *known == zone.number) {
            Some((_, count)) => *count += 1,
            None => zones.push((zone.number, 1)),
        }
    }
    zones.sort_by_key(|(zone, count)| (std::cmp::Reverse(*count), *zone));
    (zones.len() > 1).then_some(zones)
}

/// The first ring, counted from 1, whose points carry the numbers of several zones, and those numbers.
pub(super) fn mixed(shape: &Shape) -> Option<(u32, Vec<u8>)> {
    let rings =
        shape.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    (1..).zip(rings).find_map(|(number, ring)| {
        let mut zones: Vec<u8> =
            ring.coords().filter_map(|at| zone_of(*at)).map(|zone| zone.number).collect();
        zones.sort_unstable();
        zones.dedup();
        (zones.len() > 1).then_some((number, zones))
    })
}

fn unproject(plane: &Proj, globe: &Proj, at: Coord<f64>) -> Option<Coord<f64>> {
    let mut point = (at.x, at.y);
    transform(plane, globe, &mut point).ok()?;
    Some(Coord { x: point.0.to_degrees(), y: point.1.to_degrees() })
}

fn globe() -> Option<Proj> {
    Proj::from_proj_string("+proj=longlat +ellps=GRS80 +no_defs").ok()
}

fn plane(m: Mercator) -> Option<Proj> {
    let m = m.sound()?;
    let plane = format!(
        "+proj=tmerc +lat_0={} +lon_0={} +k={} +x_0={} +y_0={} +ellps=GRS80 +units=m +no_defs",
        m.origin, m.meridian, m.scale, m.easting, m.northing
    );
    Proj::from_proj_string(&plane).ok()
}

/// The projections of all other zones whose eastings carry their number.
fn all_but(zone: Zone) -> Vec<(Zone, Proj)> {
    let all = Zone::all(Width::Three, true).chain(Zone::all(Width::Six, true));
    all.filter(|other| *other != zone).filter_map(|other| Some((other, plane(other.mercator())?))).collect()
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

    /// A square of 0.001° with its south-west corner on 121.5°, the edge of zones 40 and 41, by PROJ in both zones. On the edge
    /// both have the same northing, and eastings as far from 500 km: 644 882.693 − 500 000 = 500 000 − 355 117.307.
    const EDGE_40: [(f64, f64); 4] = [
        (40_644_882.693, 3_309_973.761),
        (40_644_979.292, 3_309_975.023),
        (40_644_977.844, 3_310_085.893),
        (40_644_881.245, 3_310_084.631),
    ];
    const EDGE_41: [(f64, f64); 4] = [
        (41_355_117.307, 3_309_973.761),
        (41_355_213.907, 3_309_972.501),
        (41_355_215.353, 3_310_083.371),
        (41_355_118.755, 3_310_084.631),
    ];

    fn feature(number: u32, points: &[(f64, f64)], north_first: bool) -> Feature {
        let points = points.iter().map(|&(x, y)| if north_first { (y, x) } else { (x, y) });
        let ring = geo::LineString::from(points.collect::<Vec<_>>());
        let shape = Shape::new(vec![geo::Polygon::new(ring, Vec::new())]);
        Feature { shape, attributes: Vec::new(), place: Place::feature(&"zd".into(), number) }
    }

    #[test]
    fn each_feature_is_placed_by_the_number_of_its_own_zone() {
        for (code, north_first) in [(4528, false), (4529, false), (4528, true), (4529, true)] {
            let features = vec![feature(1, &EDGE_40, north_first), feature(2, &EDGE_41, north_first)];
            let (placed, troubles) = place(features, Frame { crs: epsg(code), north_first });
            let edge = Extent { west: 121.5, south: 29.9, east: 121.501, north: 29.901 };
            for feature in &placed {
                let found = Extent::of([&feature.shape]).expect("it has points");
                // 2e-8 degrees are two millimetres: the corners are written to one.
                let near = |a: f64, b: f64| (a - b).abs() < 2e-8;
                assert!(near(found.west, edge.west) && near(found.south, edge.south), "{code}: {found:?}");
                assert!(near(found.east, edge.east) && near(found.north, edge.north), "{code}: {found:?}");
            }
            assert_eq!(placed.len(), 2);
            let zones = vec![(40, 1), (41, 1)];
            assert_eq!(troubles, [Trouble::doubt(Place::default(), What::SeveralZones { zones })]);
        }
    }

    #[test]
    fn a_ring_in_two_zones_is_refused() {
        let ring = [EDGE_40[0], EDGE_41[1], EDGE_41[2], EDGE_40[3]];
        let (placed, troubles) = place(vec![feature(7, &ring, true)], Frame::north_first(epsg(4528)));
        assert!(placed.is_empty());
        let at = Place { ring: Some(1), ..Place::feature(&"zd".into(), 7) };
        assert_eq!(troubles, [Trouble::refused(at, What::MixedZones { zones: vec![40, 41] })]);
        // Without numbers nobody can see it: then one zone is meant for all.
        let plain = EDGE_40.map(|(east, north)| (east - 40_000_000.0, north));
        let (placed, troubles) = place(vec![feature(1, &plain, false)], Frame::east_first(epsg(4549)));
        assert_eq!((placed.len(), troubles), (1, Vec::new()));
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
