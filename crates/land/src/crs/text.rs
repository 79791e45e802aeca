//! A system as well-known text of the first generation, as `.prj` files and GeoPackages carry it.

use super::system::{Crs, Mercator, Width};

const CGCS2000: &str = r#"GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
const WGS84: &str = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;

impl Crs {
    /// Its well-known text; nothing for GCJ-02 and BD-09, which are no systems of geodesy.
    pub fn wkt(self) -> Option<String> {
        match self {
            Crs::Cgcs2000 => Some(CGCS2000.to_owned()),
            Crs::Wgs84 => Some(WGS84.to_owned()),
            Crs::Gcj02 | Crs::Bd09 => None,
            Crs::Zone(zone) => {
                let width = match zone.width {
                    Width::Three => "3_Degree_GK",
                    Width::Six => "GK",
                };
                let name = if zone.prefixed {
                    format!("CGCS2000_{width}_Zone_{}", zone.number)
                } else {
                    format!("CGCS2000_{width}_CM_{}E", zone.meridian())
                };
                Some(projected(&name, zone.mercator()))
            }
            Crs::Local(mercator) => Some(projected("CGCS2000_Transverse_Mercator", mercator)),
        }
    }
}

fn projected(name: &str, m: Mercator) -> String {
    let parameters = [
        ("False_Easting", m.easting),
        ("False_Northing", m.northing),
        ("Central_Meridian", m.meridian),
        ("Scale_Factor", m.scale),
        ("Latitude_Of_Origin", m.origin),
    ]
    .map(|(name, value)| format!("PARAMETER[\"{name}\",{value:?}]"))
    .join(",");
    format!("PROJCS[\"{name}\",{CGCS2000},PROJECTION[\"Gauss_Kruger\"],{parameters},UNIT[\"Meter\",1.0]]")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::{Stated, Zone};

    #[test]
    fn the_text_of_zone_40_is_that_of_other_programs() {
        // As GDAL writes it for EPSG:4528.
        let text = epsg_text(4528);
        assert!(text.starts_with(
            "PROJCS[\"CGCS2000_3_Degree_GK_Zone_40\",GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\","
        ));
        assert!(text.contains("PARAMETER[\"False_Easting\",40500000.0],PARAMETER[\"False_Northing\",0.0]"));
        assert!(epsg_text(4549).starts_with("PROJCS[\"CGCS2000_3_Degree_GK_CM_120E\","));
    }

    fn epsg_text(code: u32) -> String {
        Crs::from_epsg(code).and_then(Crs::wkt).expect("a zone has a text")
    }

    #[test]
    fn every_text_is_read_as_its_system() {
        let local = Mercator { meridian: 121.5, origin: 0.0, scale: 1.0, easting: 5e5, northing: -3e6 };
        let zones = [(Width::Three, true), (Width::Three, false), (Width::Six, true)]
            .into_iter()
            .flat_map(|(width, prefixed)| Zone::all(width, prefixed))
            .map(Crs::Zone);
        for crs in zones.chain([Crs::Cgcs2000, Crs::Wgs84, Crs::Local(local)]) {
            let read = crs.wkt().and_then(|text| Stated::from_wkt(&text));
            assert_eq!(read, Some(Stated::Known { crs }), "{crs}");
        }
        // Six degrees without number are the same projection as three degrees on the same meridian.
        assert_eq!(Crs::Gcj02.wkt(), None);
    }
}
