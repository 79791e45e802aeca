//! The pictures behind the map of parcels, where a park has a server of them: settings, and what browsers are allowed for it.
//!
//! Without the setting nothing is asked of anybody but this server. Deliberately absent: fetching or storing pictures (browsers
//! ask the server of pictures themselves), and moving them: those of GCJ-02 or BD-09 lie some 500 m beside boundaries in
//! CGCS2000, so they are refused.

use serde::Serialize;

use super::messages as say;

/// The deepest zoom that pictures may be announced for.
const DEEPEST: u8 = 24;

/// A base map: tiles of pictures in Web Mercator on CGCS2000 or WGS 84, which are the same to a few centimetres.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct BaseMap {
    /// Addresses of pictures with `{z}`, `{x}`, `{y}` or `{bbox-epsg-3857}` to be filled; several are alike and share the work.
    pub tiles: Vec<String>,
    /// Addresses of pictures with names, drawn over those.
    pub labels: Vec<String>,
    /// Who made it, shown in the map's corner.
    pub attribution: String,
    /// The deepest zoom there are pictures for; they are enlarged beyond.
    pub max_zoom: u8,
}

/// Why a base map cannot be used: which setting, and what to do.
pub(crate) type Wrong = (&'static str, &'static str);

impl BaseMap {
    /// The base map of four settings and the system its pictures are in; none without an address.
    ///
    /// # Errors
    /// The setting that is wrong, with a hint.
    pub(crate) fn new(
        (tiles, labels): (&str, &str),
        attribution: &str,
        max_zoom: &str,
        system: &str,
    ) -> Result<Option<Self>, Wrong> {
        match system {
            "cgcs2000" | "wgs84" => (),
            "gcj02" | "bd09" => return Err(("map.system", say::SHIFTED)),
            _ => return Err(("map.system", say::SYSTEM)),
        }
        let max_zoom = max_zoom.parse().ok().filter(|zoom| (1..=DEEPEST).contains(zoom));
        let max_zoom = max_zoom.ok_or(("map.max_zoom", say::ZOOM))?;
        let listed = |key, text: &str| -> Result<Vec<String>, Wrong> {
            let addresses = text.split(',').map(str::trim).filter(|one| !one.is_empty());
            addresses.map(|one| origin(one).map(|_| one.to_owned()).ok_or((key, say::TEMPLATE))).collect()
        };
        let (tiles, labels) = (listed("map.tiles", tiles)?, listed("map.labels", labels)?);
        if tiles.is_empty() {
            return if labels.is_empty() { Ok(None) } else { Err(("map.labels", say::LABELS_ALONE)) };
        }
        Ok(Some(Self { tiles, labels, attribution: attribution.to_owned(), max_zoom }))
    }

    /// Other servers that browsers must be allowed to ask, each once.
    pub(crate) fn origins(&self) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        for address in self.tiles.iter().chain(&self.labels) {
            let origin = origin(address).unwrap_or_default();
            if !origin.is_empty() && !found.contains(&origin) {
                found.push(origin);
            }
        }
        found
    }
}

/// Scheme, host and port of a template, empty when it is on this server; nothing when it is no template. Only letters that
/// mean nothing in a header are let through.
fn origin(template: &str) -> Option<&str> {
    let numbered = ["{z}", "{x}", "{y}"].into_iter().all(|part| template.contains(part));
    let plain = template.bytes().all(|b| b.is_ascii_graphic() && !b"\"'<>\\;`".contains(&b));
    if !plain || !(numbered || template.contains("{bbox-epsg-3857}")) {
        return None;
    }
    if template.starts_with('/') {
        return (!template.starts_with("//")).then_some("");
    }
    let host = template.strip_prefix("https://").or_else(|| template.strip_prefix("http://"))?;
    let length = host.find(['/', '?', '#']).unwrap_or(host.len());
    let named =
        length > 0 && host[..length].bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
    named.then(|| &template[..template.len() - host.len() + length])
}

#[cfg(test)]
mod tests {
    use super::*;

    const PICTURES: &str = "https://t0.example/img_w/wmts?LAYER=img&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=k, https://t1.example/{z}/{x}/{y}.png";

    #[test]
    fn servers_of_pictures_are_named_once_each() {
        let names = "https://t0.example/cia_w/{z}/{y}/{x}, /base/{z}/{x}/{y}.png";
        let map = BaseMap::new((PICTURES, names), "天地图", "18", "cgcs2000").expect("right").expect("a map");
        assert_eq!(map.origins(), ["https://t0.example", "https://t1.example"]);
        assert_eq!((map.tiles.len(), map.labels.len(), map.max_zoom), (2, 2, 18));
        assert_eq!(BaseMap::new(("", ""), "", "18", "wgs84"), Ok(None));
    }

    #[test]
    fn pictures_that_lie_beside_the_land_are_refused() {
        for system in ["gcj02", "bd09"] {
            assert_eq!(BaseMap::new((PICTURES, ""), "", "18", system), Err(("map.system", say::SHIFTED)));
        }
        assert_eq!(BaseMap::new((PICTURES, ""), "", "18", "beijing54"), Err(("map.system", say::SYSTEM)));
    }

    #[test]
    fn an_address_cannot_widen_what_browsers_may_do() {
        for wrong in [
            "https://a.example/{z}/{x}",
            "ftp://a.example/{z}/{x}/{y}",
            "//a.example/{z}/{x}/{y}",
            "https:///{z}/{x}/{y}",
            "https://a.example; script-src */{z}/{x}/{y}",
            "https://*/{z}/{x}/{y}",
            "https://u@a.example/{z}/{x}/{y}",
        ] {
            assert_eq!(origin(wrong), None, "{wrong}");
        }
        assert_eq!(origin("http://[::1]:8080/wms?BBOX={bbox-epsg-3857}"), Some("http://[::1]:8080"));
    }
}
