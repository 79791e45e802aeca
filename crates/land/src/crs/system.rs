//! The coordinate systems that Chinese parcel data comes in, and their names.
//!
//! Deliberately absent: national systems of other countries; the old datums Xi'an 1980 and Beijing 1954 as systems
//! (there is no public way to take them to CGCS2000 – [`super::stated`] knows their names and asks); heights.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A coordinate system this crate can take to CGCS2000 longitude and latitude and back.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Crs {
    /// CGCS2000 longitude and latitude, EPSG:4490: the system everything inside the product is in.
    Cgcs2000,
    /// WGS-84 longitude and latitude, EPSG:4326. Taken as equal to CGCS2000: the datums agree to centimetres in
    /// definition and to a few decimetres in use, well below what a parcel's boundary is surveyed to on a web map.
    Wgs84,
    /// GCJ-02, the shifted longitude and latitude of Amap and Tencent maps; no EPSG code.
    Gcj02,
    /// BD-09, Baidu's shift upon GCJ-02; no EPSG code.
    Bd09,
    /// CGCS2000 in a Gauss–Krüger zone.
    Zone(Zone),
    /// CGCS2000 on a transverse Mercator of its own, as the systems of single cities are; read from a `.prj`.
    Local(Mercator),
}

/// A Gauss–Krüger zone on CGCS2000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Zone {
    /// How wide the zone is.
    pub width: Width,
    /// Its number: 25–45 for three degrees, 13–23 for six.
    pub number: u8,
    /// Whether eastings carry the number as millions (40 500 000) or not (500 000).
    pub prefixed: bool,
}

/// How wide a zone is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Width {
    /// Three degrees; the zone's number is a third of its central meridian.
    Three,
    /// Six degrees; the central meridian is six times the number, less three.
    Six,
}

/// A transverse Mercator projection on the CGCS2000 ellipsoid.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mercator {
    /// Central meridian, degrees east.
    pub meridian: f64,
    /// Latitude of origin, degrees north.
    pub origin: f64,
    /// Scale on the central meridian.
    pub scale: f64,
    /// Easting of the central meridian, metres.
    pub easting: f64,
    /// Northing of the origin, metres.
    pub northing: f64,
}

/// Eastings without the zone's number that occur: 400 km to either side of the meridian.
const PLAIN: std::ops::Range<f64> = 100_000.0..900_000.0;

impl Zone {
    /// The three-degree zone of that number; nothing outside 25–45.
    pub fn three(number: u8, prefixed: bool) -> Option<Zone> {
        (25..=45).contains(&number).then_some(Zone { width: Width::Three, number, prefixed })
    }

    /// The six-degree zone of that number; nothing outside 13–23.
    pub fn six(number: u8, prefixed: bool) -> Option<Zone> {
        (13..=23).contains(&number).then_some(Zone { width: Width::Six, number, prefixed })
    }

    /// The zone whose number an easting carries as millions; nothing where it carries none, or lies where no zone reaches.
    pub fn of_easting(east: f64) -> Option<Zone> {
        let millions = (east / 1e6).floor();
        let aside = east - millions * 1e6;
        if !PLAIN.contains(&aside) {
            return None;
        }
        let number = (13..=45).find(|number| (f64::from(*number) - millions).abs() < 0.5)?;
        Zone::three(number, true).or_else(|| Zone::six(number, true))
    }

    /// Whether an easting lies around 500 km and carries no zone's number.
    pub fn is_plain(east: f64) -> bool {
        PLAIN.contains(&east)
    }

    /// All zones whose eastings carry their number, or all whose eastings do not.
    pub fn all(width: Width, prefixed: bool) -> impl Iterator<Item = Zone> {
        let numbers = match width {
            Width::Three => 25..=45,
            Width::Six => 13..=23,
        };
        numbers.map(move |number| Zone { width, number, prefixed })
    }

    /// The central meridian in degrees: 3 n, or 6 n − 3.
    pub fn meridian(self) -> f64 {
        match self.width {
            Width::Three => 3.0 * f64::from(self.number),
            Width::Six => 6.0 * f64::from(self.number) - 3.0,
        }
    }

    /// Half the width in degrees.
    pub fn reach(self) -> f64 {
        match self.width {
            Width::Three => 1.5,
            Width::Six => 3.0,
        }
    }

    /// The easting of the central meridian in metres: 500 km, after the zone's number in millions if it has one.
    pub fn false_easting(self) -> f64 {
        500_000.0 + if self.prefixed { 1_000_000.0 * f64::from(self.number) } else { 0.0 }
    }

    /// Its projection: scale 1 on the meridian, from the equator.
    pub fn mercator(self) -> Mercator {
        Mercator {
            meridian: self.meridian(),
            origin: 0.0,
            scale: 1.0,
            easting: self.false_easting(),
            northing: 0.0,
        }
    }

    /// Its EPSG code: 4513–4533 and 4534–4554 for three degrees, 4491–4501 and 4502–4512 for six.
    pub fn epsg(self) -> u32 {
        let number = u32::from(self.number);
        match (self.width, self.prefixed) {
            (Width::Three, true) => 4513 + number - 25,
            (Width::Three, false) => 4534 + number - 25,
            (Width::Six, true) => 4491 + number - 13,
            (Width::Six, false) => 4502 + number - 13,
        }
    }
}

impl Crs {
    /// The system of that EPSG code, where it is one of ours.
    pub fn from_epsg(code: u32) -> Option<Crs> {
        let number = |from: u32, first: u8| u8::try_from(code - from).ok().map(|n| n + first);
        match code {
            4490 => Some(Crs::Cgcs2000),
            4326 => Some(Crs::Wgs84),
            4491..=4501 => number(4491, 13).and_then(|n| Zone::six(n, true)).map(Crs::Zone),
            4502..=4512 => number(4502, 13).and_then(|n| Zone::six(n, false)).map(Crs::Zone),
            4513..=4533 => number(4513, 25).and_then(|n| Zone::three(n, true)).map(Crs::Zone),
            4534..=4554 => number(4534, 25).and_then(|n| Zone::three(n, false)).map(Crs::Zone),
            _ => None,
        }
    }

    /// Its EPSG code; nothing for the shifted systems and for those of single cities.
    pub fn epsg(self) -> Option<u32> {
        match self {
            Crs::Cgcs2000 => Some(4490),
            Crs::Wgs84 => Some(4326),
            Crs::Zone(zone) => Some(zone.epsg()),
            Crs::Gcj02 | Crs::Bd09 | Crs::Local(_) => None,
        }
    }

    /// Whether coordinates are degrees and not metres.
    pub fn is_geographic(self) -> bool {
        matches!(self, Crs::Cgcs2000 | Crs::Wgs84 | Crs::Gcj02 | Crs::Bd09)
    }

    /// Its projection; nothing for degrees.
    pub fn mercator(self) -> Option<Mercator> {
        match self {
            Crs::Zone(zone) => Some(zone.mercator()),
            Crs::Local(mercator) => Some(mercator),
            Crs::Cgcs2000 | Crs::Wgs84 | Crs::Gcj02 | Crs::Bd09 => None,
        }
    }
}

/// `EPSG:4528`, `GCJ-02`, `BD-09`; `TM:meridian,origin,scale,easting,northing` for a projection without a code.
impl fmt::Display for Crs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, self.epsg()) {
            (_, Some(code)) => write!(f, "EPSG:{code}"),
            (Crs::Bd09, None) => f.write_str("BD-09"),
            (Crs::Local(m), None) => {
                write!(f, "TM:{},{},{},{},{}", m.meridian, m.origin, m.scale, m.easting, m.northing)
            }
            (_, None) => f.write_str("GCJ-02"),
        }
    }
}

/// A text names no system that is known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCrs;

/// Reads what [`Crs`] prints, and the usual spellings: `4528`, `gcj02`, `BD09`, `wgs84`, `cgcs2000`.
impl FromStr for Crs {
    type Err = UnknownCrs;

    fn from_str(text: &str) -> Result<Crs, UnknownCrs> {
        let plain: String =
            text.chars().filter(|c| !" -_".contains(*c)).collect::<String>().to_ascii_uppercase();
        match plain.as_str() {
            "GCJ02" | "GCJ" => return Ok(Crs::Gcj02),
            "BD09" | "BD09LL" => return Ok(Crs::Bd09),
            "WGS84" | "CRS84" => return Ok(Crs::Wgs84),
            "CGCS2000" => return Ok(Crs::Cgcs2000),
            _ => {}
        }
        if let Some(numbers) = text.trim().strip_prefix("TM:") {
            return local(numbers).ok_or(UnknownCrs);
        }
        let code = plain.strip_prefix("EPSG:").unwrap_or(&plain);
        code.parse().ok().and_then(Crs::from_epsg).ok_or(UnknownCrs)
    }
}

fn local(numbers: &str) -> Option<Crs> {
    let numbers: Vec<f64> = numbers.split(',').map(|n| n.trim().parse().ok()).collect::<Option<_>>()?;
    let [meridian, origin, scale, easting, northing] = numbers.try_into().ok()?;
    Mercator { meridian, origin, scale, easting, northing }.sound().map(Crs::Local)
}

impl Mercator {
    /// The projection, if its numbers can be one of a place in China.
    pub fn sound(self) -> Option<Mercator> {
        let sound = (60.0..=150.0).contains(&self.meridian)
            && (-10.0..=60.0).contains(&self.origin)
            && (0.99..=1.01).contains(&self.scale)
            && (-1e8..=1e8).contains(&self.easting)
            && (-1e8..=1e8).contains(&self.northing);
        sound.then_some(self)
    }
}

/// A system and the order its coordinates are written in.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// The system.
    pub crs: Crs,
    /// Whether north (X of surveyors, latitude) is written first.
    pub north_first: bool,
}

impl Frame {
    /// The system with east (longitude) first, as map files have it.
    pub fn east_first(crs: Crs) -> Frame {
        Frame { crs, north_first: false }
    }

    /// The system with north (latitude) first.
    pub fn north_first(crs: Crs) -> Frame {
        Frame { crs, north_first: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_have_the_codes_of_the_registry() {
        // EPSG: zone 40 is 4528 with and "CM 120E" is 4549 without prefix; zone 41 is 4529, "CM 123E" 4550.
        // Six degrees: zone 20 is 4498, "CM 117E" is 4509; zone 21 is 4499.
        let check = |zone: Option<Zone>, code, meridian, easting| {
            let zone = zone.expect("the number is in range");
            assert_eq!((zone.epsg(), zone.meridian(), zone.false_easting()), (code, meridian, easting));
            assert_eq!(Crs::from_epsg(code), Some(Crs::Zone(zone)));
        };
        check(Zone::three(25, true), 4513, 75.0, 25_500_000.0);
        check(Zone::three(40, true), 4528, 120.0, 40_500_000.0);
        check(Zone::three(41, true), 4529, 123.0, 41_500_000.0);
        check(Zone::three(45, true), 4533, 135.0, 45_500_000.0);
        check(Zone::three(40, false), 4549, 120.0, 500_000.0);
        check(Zone::three(45, false), 4554, 135.0, 500_000.0);
        check(Zone::six(20, true), 4498, 117.0, 20_500_000.0);
        check(Zone::six(20, false), 4509, 117.0, 500_000.0);
        assert_eq!(Zone::three(24, true), None);
        assert_eq!(Zone::of_easting(40_641_046.888), Zone::three(40, true));
        assert_eq!(Zone::of_easting(20_641_046.888), Zone::six(20, true));
        let none =
            [641_046.888, 40_950_000.0, 46_500_000.0, 24_500_000.0, -40_500_000.0, f64::NAN, f64::INFINITY];
        assert!(none.into_iter().all(|east| Zone::of_easting(east).is_none()));
        assert!(Zone::is_plain(641_046.888) && !Zone::is_plain(40_641_046.888));
        assert_eq!(Crs::from_epsg(2364), None);
    }

    #[test]
    fn a_system_is_read_as_it_is_printed() {
        let local = Mercator { meridian: 121.5, origin: 0.0, scale: 1.0, easting: 5e5, northing: -3e6 };
        let zone = Crs::from_epsg(4549).expect("4549 is ours");
        for crs in [Crs::Cgcs2000, Crs::Wgs84, Crs::Gcj02, Crs::Bd09, zone, Crs::Local(local)] {
            assert_eq!(crs.to_string().parse(), Ok(crs));
        }
        assert_eq!("4528".parse::<Crs>().map(Crs::epsg), Ok(Some(4528)));
        assert_eq!("bd09".parse(), Ok(Crs::Bd09));
        assert_eq!("EPSG:2364".parse::<Crs>(), Err(UnknownCrs));
        assert_eq!("TM:1,2".parse::<Crs>(), Err(UnknownCrs));
        assert_eq!("TM:NaN,0,1,0,0".parse::<Crs>(), Err(UnknownCrs));
    }
}
