//! The evidence in the numbers themselves: their size, and where a frame would put them.

use geo::Coord;

use super::Neighbourhood;
use crate::crs::project::{CHINA, Projector, mixed, several_zones};
use crate::crs::system::{Crs, Width, Zone};
use crate::{Extent, Feature};

/// Most features that are looked at.
const MOST: usize = 256;

/// What numbers look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Size {
    /// Longitude and latitude.
    Degrees,
    /// Metres whose eastings begin with a zone's number.
    Zone(Zone),
    /// Metres around 500 km without a zone's number.
    Plain,
}

impl Size {
    /// What a pair of numbers looks like, and whether north is written first.
    fn of(at: Coord<f64>) -> Option<(Size, bool)> {
        let ways = [(at, false), (Coord { x: at.y, y: at.x }, true)];
        let look = |at: Coord<f64>| {
            if CHINA.holds(at) {
                return Some(Size::Degrees);
            }
            if !(300_000.0..6_100_000.0).contains(&at.y) {
                return None;
            }
            if Zone::is_plain(at.x) { Some(Size::Plain) } else { Zone::of_easting(at.x).map(Size::Zone) }
        };
        // Where both orders are possible – near the equator – map files' order wins.
        ways.into_iter().find_map(|(at, north_first)| look(at).map(|size| (size, north_first)))
    }

    /// Whether coordinates of that system look like this.
    pub fn fits(self, crs: Crs) -> bool {
        match (self, crs) {
            (Size::Degrees, crs) => crs.is_geographic(),
            (Size::Zone(zone), Crs::Zone(other)) => zone == other,
            (Size::Plain, Crs::Zone(zone)) => !zone.prefixed,
            (_, Crs::Local(_)) => true,
            _ => false,
        }
    }
}

/// The zones of three degrees without number; those of six have the same meridians.
pub fn plain_zones() -> impl Iterator<Item = Zone> {
    Zone::all(Width::Three, false)
}

/// The middles of some features, spread evenly, and where those that are known are known to lie.
pub struct Sample {
    middles: Vec<(Coord<f64>, Option<Coord<f64>>)>,
    size: Option<(Size, bool)>,
    zones: Option<Vec<(u8, u32)>>,
}

impl Sample {
    /// A sample of the features.
    pub fn of(features: &[Feature], park: &Neighbourhood) -> Sample {
        let step = features.len().div_ceil(MOST).max(1);
        let middles: Vec<_> = features
            .iter()
            .step_by(step)
            // The middle of a ring in two zones is no place.
            .filter(|feature| mixed(&feature.shape).is_none())
            .filter_map(|feature| Some((Extent::of([&feature.shape])?.center(), known(feature, park))))
            .collect();
        let mut sizes: Vec<((Size, bool), u32)> = Vec::new();
        for size in middles.iter().filter_map(|(middle, _)| Size::of(*middle)) {
            match sizes.iter_mut().find(|(known, _)| *known == size) {
                Some((_, count)) => *count += 1,
                None => sizes.push((size, 1)),
            }
        }
        sizes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let size = sizes.first().map(|(size, _)| *size);
        Sample { middles, size, zones: several_zones(features) }
    }

    /// How many features are in it.
    pub fn len(&self) -> usize {
        self.middles.len()
    }

    /// What most of the numbers look like, and whether north is written first.
    pub fn size(&self) -> Option<(Size, bool)> {
        self.size
    }

    /// How many features carry the number of which zone, that of most first; nothing where there are not several.
    pub fn zones(&self) -> Option<&Vec<(u8, u32)>> {
        self.zones.as_ref()
    }

    /// Whether some features carry the number of a system's zone, though most may carry that of another.
    pub fn carries(&self, crs: Crs) -> bool {
        let Crs::Zone(zone) = crs else { return false };
        let mut zones = self.zones.iter().flatten();
        zone.prefixed && zones.any(|(number, _)| *number == zone.number)
    }

    /// The middles a frame puts into China.
    pub fn placed(&self, way: &Projector) -> Vec<Coord<f64>> {
        self.middles.iter().filter_map(|(middle, _)| way.to_lon_lat(*middle)).collect()
    }

    /// How far the farthest of the middles a frame puts into China lies from a box, in kilometres.
    pub fn farthest(&self, way: &Projector, extent: Extent) -> f64 {
        self.placed(way).into_iter().map(|at| kilometres(at, extent)).fold(0.0, f64::max)
    }

    /// How many parcels are known, and the median of how far a frame would move them, in metres.
    pub fn moved(&self, way: &Projector) -> Option<(u32, f64)> {
        let far = |(middle, known): &(Coord<f64>, Option<Coord<f64>>)| {
            let known = (*known)?;
            Some(way.to_lon_lat(*middle).map_or(f64::MAX, |at| metres(at, known)))
        };
        let mut distances: Vec<f64> = self.middles.iter().filter_map(far).collect();
        distances.sort_by(f64::total_cmp);
        let median = *distances.get(distances.len() / 2)?;
        Some((u32::try_from(distances.len()).unwrap_or(u32::MAX), median))
    }
}

/// Where the parcel of a feature is known to lie, if one of its attributes identifies it.
fn known(feature: &Feature, park: &Neighbourhood) -> Option<Coord<f64>> {
    if park.parcels.is_empty() {
        return None;
    }
    // Codes are printed in groups with blanks between them.
    let code = |text: &str| text.split_whitespace().collect::<String>();
    let says = |name: &str| park.named_by.as_deref().is_none_or(|says| says == name);
    let mut attributes = feature.attributes.iter().filter(|attribute| says(&attribute.name));
    attributes.find_map(|attribute| park.parcels.get(&code(attribute.value.text()?))).copied()
}

/// The point in the middle of points, each coordinate for itself; nothing when there is none.
pub fn median(points: &[Coord<f64>]) -> Option<Coord<f64>> {
    let middle = |pick: fn(&Coord<f64>) -> f64| {
        let mut values: Vec<f64> = points.iter().map(pick).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied()
    };
    Some(Coord { x: middle(|at| at.x)?, y: middle(|at| at.y)? })
}

/// The distance of a place from a box in kilometres, 0 inside.
pub fn kilometres(at: Coord<f64>, extent: Extent) -> f64 {
    let nearest =
        Coord { x: at.x.clamp(extent.west, extent.east), y: at.y.clamp(extent.south, extent.north) };
    metres(at, nearest) / 1000.0
}

/// The distance of two places in metres, good to half a percent: a degree is 111.32 km.
fn metres(a: Coord<f64>, b: Coord<f64>) -> f64 {
    let east = (a.x - b.x) * f64::midpoint(a.y, b.y).to_radians().cos();
    east.hypot(a.y - b.y) * 111_320.0
}

/// A distance as a whole number.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what fits")]
pub fn whole(distance: f64) -> u32 {
    distance.round().clamp(0.0, 1e9) as u32
}

/// How many in a hundred, rounded up so that some is never none.
pub fn percent(part: usize, of: usize) -> u32 {
    u32::try_from((part * 100).div_ceil(of.max(1))).unwrap_or(100)
}
