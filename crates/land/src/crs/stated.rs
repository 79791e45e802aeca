//! What a file says about its coordinate system: by code, by name or by well-known text.
//!
//! Chinese files state it in many spellings, and often wrongly; what is stated is therefore evidence for
//! [`super::detect()`], never the last word.

use serde::{Deserialize, Serialize};

use super::system::{Crs, Mercator, Width, Zone};
use super::wkt::{self, Node};

/// A statement of a file about its system.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stated {
    /// One of our systems.
    Known {
        /// The system.
        crs: Crs,
    },
    /// A datum of before July 2008. Its coordinates lie some hundred metres beside CGCS2000 and only the survey
    /// administration has the parameters.
    Old {
        /// Which: `Xian 1980` or `Beijing 1954`.
        datum: String,
        /// The same projection on CGCS2000: right only if the coordinates were converted and the statement was not.
        alike: Option<Crs>,
    },
    /// A system that is not read.
    Unknown {
        /// Its name as stated.
        name: String,
    },
}

impl Stated {
    /// What an EPSG code says.
    pub fn from_epsg(code: u32) -> Stated {
        if let Some(crs) = Crs::from_epsg(code) {
            return Stated::Known { crs };
        }
        let old = |datum: &str, alike| Stated::Old { datum: datum.to_owned(), alike };
        let zone = |first: u32, least: u8, make: fn(u8, bool) -> Option<Zone>, prefixed| {
            let number = u8::try_from(code - first).ok().map(|n| n + least);
            number.and_then(|n| make(n, prefixed)).map(Crs::Zone)
        };
        match code {
            4610 => old(XIAN, Some(Crs::Cgcs2000)),
            4214 => old(BEIJING, Some(Crs::Cgcs2000)),
            2327..=2337 => old(XIAN, zone(2327, 13, Zone::six, true)),
            2338..=2348 => old(XIAN, zone(2338, 13, Zone::six, false)),
            2349..=2369 => old(XIAN, zone(2349, 25, Zone::three, true)),
            2370..=2390 => old(XIAN, zone(2370, 25, Zone::three, false)),
            2401..=2421 => old(BEIJING, zone(2401, 25, Zone::three, true)),
            2422..=2442 => old(BEIJING, zone(2422, 25, Zone::three, false)),
            21413..=21423 => old(BEIJING, zone(21413, 13, Zone::six, true)),
            21453..=21463 => old(BEIJING, zone(21453, 13, Zone::six, false)),
            _ => Stated::Unknown { name: format!("EPSG:{code}") },
        }
    }

    /// What a short name says: `EPSG:4528`, `urn:ogc:def:crs:EPSG::4528`, `GCJ-02`, `CRS84`, or well-known text.
    pub fn from_name(name: &str) -> Stated {
        let name = name.trim();
        if let Some(stated) = Stated::from_wkt(name) {
            return stated;
        }
        let last = name.rsplit(':').next().unwrap_or_default();
        let is_epsg = name.to_ascii_uppercase().contains("EPSG");
        match last.parse() {
            Ok(code) if is_epsg || last == name => Stated::from_epsg(code),
            _ => match name.parse().or_else(|_| last.parse()) {
                Ok(crs) => Stated::Known { crs },
                Err(_) => by_name(name).unwrap_or_else(|| Stated::Unknown { name: shorten(name) }),
            },
        }
    }

    /// What a datum's name and a zone say; nothing when the name is of no datum that is known.
    pub fn from_zone(datum: &str, zone: Zone) -> Option<Stated> {
        let crs = Crs::Zone(zone);
        match Datum::named(datum)? {
            Datum::Old(datum) => Some(Stated::Old { datum: datum.to_owned(), alike: Some(crs) }),
            Datum::Cgcs2000 | Datum::Wgs84 => Some(Stated::Known { crs }),
            Datum::Other => None,
        }
    }

    /// What well-known text says; nothing when the text is none.
    pub fn from_wkt(text: &str) -> Option<Stated> {
        let tree = wkt::parse(text)?;
        let unknown = || Stated::Unknown { name: shorten(tree.name()) };
        let datum = Datum::of(&tree);
        let crs = match tree.word.as_str() {
            "GEOGCS" | "GEOGCRS" | "GEODCRS" | "GEODETICCRS" => Some(match datum {
                Datum::Wgs84 => Crs::Wgs84,
                _ => Crs::Cgcs2000,
            }),
            "PROJCS" | "PROJCRS" | "PROJECTEDCRS" => mercator(&tree).map(named),
            _ => return Some(unknown()),
        };
        Some(match datum {
            Datum::Cgcs2000 | Datum::Wgs84 => crs.map_or_else(unknown, |crs| Stated::Known { crs }),
            Datum::Old(datum) => Stated::Old { datum: datum.to_owned(), alike: crs },
            Datum::Other => unknown(),
        })
    }
}

const XIAN: &str = "Xian 1980";
const BEIJING: &str = "Beijing 1954";

#[derive(Clone, Copy)]
enum Datum {
    Cgcs2000,
    Wgs84,
    Old(&'static str),
    Other,
}

impl Datum {
    /// By the names of datum and system, then by the ellipsoid, which the names of cities' systems leave intact.
    fn of(tree: &Node) -> Datum {
        let words = ["DATUM", "TRF", "GEODETICDATUM", "ENSEMBLE", "GEOGCS", "BASEGEOGCRS", "BASEGEODCRS"];
        let mut names: Vec<&str> = tree.all(&words).iter().map(|node| node.name()).collect();
        names.push(tree.name());
        if let Some(datum) = names.into_iter().find_map(Datum::named) {
            return datum;
        }
        let ellipsoid = tree.find(&["SPHEROID", "ELLIPSOID"]).map(|node| node.numbers.as_slice());
        let near = |a: f64, b: f64, by: f64| (a - b).abs() < by;
        match ellipsoid {
            Some([a, f, ..]) if near(*a, 6_378_137.0, 0.1) && near(*f, 298.257_222, 1e-3) => Datum::Cgcs2000,
            Some([a, f, ..]) if near(*a, 6_378_140.0, 0.1) && near(*f, 298.257, 1e-2) => Datum::Old(XIAN),
            Some([a, f, ..]) if near(*a, 6_378_245.0, 0.1) && near(*f, 298.3, 1e-2) => Datum::Old(BEIJING),
            _ => Datum::Other,
        }
    }

    fn named(name: &str) -> Option<Datum> {
        let plain: String = name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
        if (has(&["xian", "西安"]) && has(&["80"])) || plain.starts_with("80") {
            Some(Datum::Old(XIAN))
        } else if (has(&["beijing", "北京"]) && has(&["54"])) || plain.starts_with("54") {
            Some(Datum::Old(BEIJING))
        } else if has(&["cgcs2000", "china2000", "geodeticcoordinatesystem2000"])
            || (has(&["2000"]) && has(&["国家"]))
        {
            Some(Datum::Cgcs2000)
        } else if has(&["wgs84", "wgs1984", "worldgeodeticsystem1984"]) {
            Some(Datum::Wgs84)
        } else {
            None
        }
    }
}

/// A bare name, as people type it into a heading: only the datum can be told.
fn by_name(name: &str) -> Option<Stated> {
    match Datum::named(name)? {
        Datum::Old(datum) => Some(Stated::Old { datum: datum.to_owned(), alike: None }),
        Datum::Wgs84 => Some(Stated::Known { crs: Crs::Wgs84 }),
        // The datum alone leaves the zone open; degrees and metres are told apart by their size.
        Datum::Cgcs2000 | Datum::Other => None,
    }
}

/// The transverse Mercator of a projected system; nothing when it is another projection or not in metres.
fn mercator(tree: &Node) -> Option<Mercator> {
    let method = tree.find(&["PROJECTION", "METHOD"])?.name().to_lowercase().replace(['_', ' ', '-'], "");
    if !["gausskruger", "transversemercator"].contains(&method.as_str()) {
        return None;
    }
    let unit = tree.nodes.iter().rfind(|node| ["UNIT", "LENGTHUNIT"].contains(&node.word.as_str()));
    if unit.and_then(|unit| unit.numbers.first()).is_some_and(|factor| (factor - 1.0).abs() > 1e-9) {
        return None;
    }
    let parameters = tree.all(&["PARAMETER"]);
    let value = |names: &[&str]| {
        parameters
            .iter()
            .find(|node| names.contains(&node.name().to_lowercase().replace(' ', "_").as_str()))
            .and_then(|node| node.numbers.first().copied())
    };
    let mercator = Mercator {
        meridian: value(&["central_meridian", "longitude_of_natural_origin", "longitude_of_center"])?,
        origin: value(&["latitude_of_origin", "latitude_of_natural_origin"]).unwrap_or(0.0),
        scale: value(&["scale_factor", "scale_factor_at_natural_origin"]).unwrap_or(1.0),
        easting: value(&["false_easting"]).unwrap_or(0.0),
        northing: value(&["false_northing"]).unwrap_or(0.0),
    };
    mercator.sound()
}

/// The zone with these numbers if there is one, else a projection of its own.
fn named(mercator: Mercator) -> Crs {
    let zones = [(Width::Three, true), (Width::Three, false), (Width::Six, true), (Width::Six, false)];
    let mut zones = zones.into_iter().flat_map(|(width, prefixed)| Zone::all(width, prefixed));
    let same = |a: f64, b: f64| (a - b).abs() < 1e-9;
    let alike = |zone: &Zone| {
        let m = zone.mercator();
        same(m.meridian, mercator.meridian)
            && same(m.origin, mercator.origin)
            && same(m.scale, mercator.scale)
            && same(m.easting, mercator.easting)
            && same(m.northing, mercator.northing)
    };
    zones.find(alike).map_or(Crs::Local(mercator), Crs::Zone)
}

/// A name short enough to be shown.
fn shorten(name: &str) -> String {
    name.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prj(datum: &str, spheroid: &str, easting: &str, meridian: &str) -> String {
        format!(
            r#"PROJCS["x",GEOGCS["g",DATUM["{datum}",SPHEROID[{spheroid}]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",{easting}],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",{meridian}],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#
        )
    }

    fn epsg(stated: Option<Stated>) -> Option<u32> {
        match stated {
            Some(Stated::Known { crs }) => crs.epsg(),
            _ => None,
        }
    }

    const CGCS: &str = r#""CGCS2000",6378137.0,298.257222101"#;

    #[test]
    fn zones_are_recognised_by_their_numbers() {
        let zone = |easting, meridian| epsg(Stated::from_wkt(&prj("D_China_2000", CGCS, easting, meridian)));
        assert_eq!(zone("40500000.0", "120.0"), Some(4528));
        assert_eq!(zone("500000.0", "123"), Some(4550));
        assert_eq!(zone("20500000", "117.0"), Some(4498));
    }

    #[test]
    fn the_second_generation_of_the_text_is_read_too() {
        let text = r#"PROJCRS["CGCS2000 / 3-degree Gauss-Kruger zone 40",BASEGEOGCRS["China Geodetic Coordinate System 2000",DATUM["China 2000",ELLIPSOID["CGCS2000",6378137,298.257222101,LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]],ID["EPSG",4490]],CONVERSION["3-degree Gauss-Kruger zone 40",METHOD["Transverse Mercator",ID["EPSG",9807]],PARAMETER["Latitude of natural origin",0,ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",8801]],PARAMETER["Longitude of natural origin",120,ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",8802]],PARAMETER["Scale factor at natural origin",1,SCALEUNIT["unity",1],ID["EPSG",8805]],PARAMETER["False easting",40500000,LENGTHUNIT["metre",1],ID["EPSG",8806]],PARAMETER["False northing",0,LENGTHUNIT["metre",1],ID["EPSG",8807]]],CS[Cartesian,2],AXIS["northing (X)",north,ORDER[1],LENGTHUNIT["metre",1]],ID["EPSG",4528]]"#;
        assert_eq!(epsg(Stated::from_wkt(text)), Some(4528));
    }

    #[test]
    fn a_citys_own_projection_is_kept_with_its_numbers() {
        let Some(Stated::Known { crs: Crs::Local(m) }) =
            Stated::from_wkt(&prj("Ningbo2000", CGCS, "500000", "121.5"))
        else {
            panic!("a projection of its own was expected")
        };
        assert_eq!((m.meridian, m.easting), (121.5, 500_000.0));
    }

    #[test]
    fn old_datums_are_named_by_name_and_by_ellipsoid() {
        let old = |stated| match stated {
            Some(Stated::Old { datum, alike }) => (datum, alike.and_then(Crs::epsg)),
            other => panic!("an old datum was expected, not {other:?}"),
        };
        let named = prj("D_Xian_1980", r#""Xian_1980",6378140.0,298.257"#, "40500000.0", "120.0");
        assert_eq!(old(Stated::from_wkt(&named)), (XIAN.to_owned(), Some(4528)));
        let nameless = prj("d", r#""Krasovsky_1940",6378245.0,298.3"#, "500000.0", "120.0");
        assert_eq!(old(Stated::from_wkt(&nameless)), (BEIJING.to_owned(), Some(4549)));
        // EPSG:2364 is "Xian 1980 / 3-degree Gauss-Kruger zone 40", 2385 the same without prefix.
        assert_eq!(old(Some(Stated::from_epsg(2364))), (XIAN.to_owned(), Some(4528)));
        assert_eq!(old(Some(Stated::from_epsg(2385))), (XIAN.to_owned(), Some(4549)));
        assert_eq!(old(Some(Stated::from_name("西安80坐标系"))), (XIAN.to_owned(), None));
    }

    #[test]
    fn names_are_read_in_their_usual_spellings() {
        let code = |name| epsg(Some(Stated::from_name(name)));
        assert_eq!(code("urn:ogc:def:crs:EPSG::4528"), Some(4528));
        assert_eq!(code("EPSG:4490"), Some(4490));
        assert_eq!(code("urn:ogc:def:crs:OGC:1.3:CRS84"), Some(4326));
        assert_eq!(Stated::from_name("GCJ-02"), Stated::Known { crs: Crs::Gcj02 });
        assert_eq!(Stated::from_name("EPSG:3857"), Stated::Unknown { name: "EPSG:3857".to_owned() });
        assert_eq!(Stated::from_name("?"), Stated::Unknown { name: "?".to_owned() });
        assert_eq!(Stated::from_wkt("no tree"), None);
    }

    #[test]
    fn other_projections_are_unknown() {
        let text = prj("D_China_2000", CGCS, "0", "105").replace("Gauss_Kruger", "Albers");
        assert_eq!(Stated::from_wkt(&text), Some(Stated::Unknown { name: "x".to_owned() }));
    }
}
