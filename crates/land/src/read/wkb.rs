//! Well-known binary – of ISO, of OGC and of PostGIS – as rings; polygons and multipolygons only.

use geo::Coord;

use super::bytes::Bytes;
use super::collect::{Collector, Stop, damaged};
use crate::What;

/// Rings of polygons: outer ring first, then holes.
pub type Polygons = Vec<Vec<Vec<Coord<f64>>>>;

/// The polygons of a geometry; why it has none.
pub fn polygons(bytes: &[u8], collector: &mut Collector<'_>) -> Result<Result<Polygons, What>, Stop> {
    let mut bytes = Bytes::new(bytes);
    let Some(head) = Head::read(&mut bytes) else { return Ok(Err(broken())) };
    match head.kind {
        3 => Ok(polygon(&mut bytes, head, collector)?.map(|polygon| vec![polygon]).ok_or_else(broken)),
        6 => {
            let Some(count) = head.u32(&mut bytes) else { return Ok(Err(broken())) };
            let mut all = Vec::new();
            for _ in 0..count {
                let part = Head::read(&mut bytes).filter(|part| part.kind == 3);
                let Some(part) = part else { return Ok(Err(broken())) };
                match polygon(&mut bytes, part, collector)? {
                    Some(polygon) => all.push(polygon),
                    None => return Ok(Err(broken())),
                }
            }
            Ok(Ok(all))
        }
        other => Ok(Err(What::NotAnArea { kind: name(other) })),
    }
}

fn broken() -> What {
    damaged("geometry")
}

fn name(kind: u32) -> String {
    let names =
        ["Geometry", "Point", "LineString", "", "MultiPoint", "MultiLineString", "", "GeometryCollection"];
    match (usize::try_from(kind).ok().and_then(|kind| names.get(kind)), kind) {
        (Some(name), _) if !name.is_empty() => (*name).to_owned(),
        (_, 10) => "CurvePolygon".to_owned(),
        (_, 12) => "MultiSurface".to_owned(),
        _ => format!("WKB {kind}"),
    }
}

/// The beginning of a geometry: byte order, kind, how many numbers a point has.
#[derive(Clone, Copy)]
struct Head {
    little: bool,
    kind: u32,
    numbers: usize,
}

impl Head {
    fn read(bytes: &mut Bytes<'_>) -> Option<Head> {
        let little = match bytes.u8()? {
            0 => false,
            1 => true,
            _ => return None,
        };
        let mut head = Head { little, kind: 0, numbers: 2 };
        let code = head.u32(bytes)?;
        // PostGIS marks heights, measures and a system in high bits, ISO adds thousands.
        if code & 0x2000_0000 != 0 {
            bytes.take(4)?;
        }
        let plain = code & 0x0fff_ffff;
        let more = (code >> 31) + (code >> 30 & 1) + u32::from(plain / 1000 == 3) * 2;
        head.numbers += usize::try_from(more + u32::from([1, 2].contains(&(plain / 1000)))).ok()?;
        head.kind = plain % 1000;
        Some(head)
    }

    fn u32(self, bytes: &mut Bytes<'_>) -> Option<u32> {
        if self.little { bytes.u32_le() } else { bytes.u32_be() }
    }

    fn f64(self, bytes: &mut Bytes<'_>) -> Option<f64> {
        if self.little { bytes.f64_le() } else { bytes.f64_be() }
    }
}

/// The rings of a polygon after its head; nothing when the bytes end before.
fn polygon(
    bytes: &mut Bytes<'_>,
    head: Head,
    collector: &mut Collector<'_>,
) -> Result<Option<Vec<Vec<Coord<f64>>>>, Stop> {
    let mut rings = Vec::new();
    let Some(count) = head.u32(bytes) else { return Ok(None) };
    for _ in 0..count {
        let points = head.u32(bytes).and_then(|count| usize::try_from(count).ok());
        let size = points.and_then(|points| points.checked_mul(head.numbers * 8));
        // What is declared is taken only as far as it is there.
        let (Some(points), Some(part)) = (points, size.and_then(|size| bytes.take(size))) else {
            return Ok(None);
        };
        collector.count_points(points)?;
        let mut ring = Vec::with_capacity(points);
        for point in part.chunks_exact(head.numbers * 8) {
            let mut point = Bytes::new(point);
            if let (Some(x), Some(y)) = (head.f64(&mut point), head.f64(&mut point)) {
                ring.push(Coord { x, y });
            }
        }
        rings.push(ring);
    }
    Ok(Some(rings))
}
