//! A Shapefile in a zip archive: `.shp` with the boundaries, `.dbf` with the attributes, `.prj` and `.cpg` about them.
//!
//! An archive may hold several; each is a layer. The `.shx` index is not needed: records follow each other.
//!
//! Deliberately absent: points, lines and multipatches (refused by name), heights and measures (read past).

use geo::Coord;
use std::sync::Arc;

use super::archive::Archive;
use super::bytes::Bytes;
use super::collect::{Collector, Stop, damaged, written};
use super::dbf::{Encoding, Table};
use super::{Format, Limits, Reading};
use crate::crs::Stated;
use crate::{Place, Trouble, What};

/// Reads all layers of an archive.
pub fn read(archive: &mut Archive<'_>, limits: &Limits) -> Result<Reading, Stop> {
    let layers: Vec<(usize, String)> = archive
        .names()
        .iter()
        .enumerate()
        // The Macintosh's archiver adds a shadow of every file.
        .filter(|(_, name)| name.to_lowercase().ends_with(".shp") && !name.contains("__MACOSX/"))
        .map(|(index, name)| (index, name[..name.len() - 4].to_owned()))
        .collect();
    if layers.is_empty() {
        return Err(What::PartMissing { part: ".shp".to_owned() });
    }
    let mut collector = Collector::new(limits);
    let mut stated: Vec<Option<Stated>> = Vec::new();
    for (index, stem) in layers {
        let layer: Arc<str> = stem.rsplit('/').next().unwrap_or_default().into();
        let prj = part(archive, &stem, ".prj")?.map(|text| said(&text));
        let table = table(archive, &stem, &layer, &mut collector)?;
        let shapes = archive.content(index)?;
        if let Err(stop) = layer_into(&shapes, table, &layer, &mut collector) {
            let place = Place { layer, ..Place::default() };
            match stop {
                What::Damaged { .. } => collector.trouble(Trouble::refused(place, stop)),
                stop => return Err(stop),
            }
        }
        stated.push(prj.flatten());
    }
    // Layers of one archive that state different systems state none.
    let first = stated.first().cloned().flatten();
    let agreed = first.filter(|first| stated.iter().flatten().all(|other| other == first));
    Ok(collector.finish(Format::Shapefile, agreed))
}

fn part(archive: &mut Archive<'_>, stem: &str, ending: &str) -> Result<Option<Vec<u8>>, Stop> {
    archive.find(&format!("{stem}{ending}")).map(|index| archive.content(index)).transpose()
}

fn said(prj: &[u8]) -> Option<Stated> {
    let text = written(prj);
    let text = text.trim();
    if text.is_empty() { None } else { Some(Stated::from_name(text)) }
}

fn table(
    archive: &mut Archive<'_>,
    stem: &str,
    layer: &Arc<str>,
    collector: &mut Collector<'_>,
) -> Result<Option<Table>, Stop> {
    let place = Place { layer: Arc::clone(layer), ..Place::default() };
    let cpg = part(archive, stem, ".cpg")?;
    let Some(bytes) = part(archive, stem, ".dbf")? else {
        let missing = What::PartMissing { part: ".dbf".to_owned() };
        collector.trouble(Trouble::doubt(place, missing));
        return Ok(None);
    };
    let stated = cpg.and_then(|cpg| Encoding::named(&String::from_utf8_lossy(&cpg)));
    let Some((table, doubted)) = Table::open(bytes, stated) else {
        collector.trouble(Trouble::doubt(place, damaged(".dbf")));
        return Ok(None);
    };
    if let Some(encoding) = doubted {
        let garbled = What::Garbled { encoding, attribute: String::new() };
        collector.trouble(Trouble::doubt(place, garbled));
    }
    Ok(Some(table))
}

/// Reads the records of one `.shp` with their rows.
fn layer_into(
    shapes: &[u8],
    table: Option<Table>,
    layer: &Arc<str>,
    collector: &mut Collector<'_>,
) -> Result<(), Stop> {
    let mut bytes = Bytes::new(shapes);
    let mut header = Bytes::new(bytes.take(100).ok_or_else(|| damaged(".shp"))?);
    if header.u32_be() != Some(9994) {
        return Err(damaged(".shp"));
    }
    let mut number = 0;
    while !bytes.is_empty() {
        let record = bytes.take(8).and_then(|head| Bytes::new(&head[4..]).u32_be());
        // Lengths are in words of two bytes.
        let record = record.and_then(|words| bytes.take(usize::try_from(words).ok()?.checked_mul(2)?));
        collector.begin()?;
        number += 1;
        let place = Place::feature(layer, number);
        let Some(record) = record else {
            collector.trouble(Trouble::refused(place, damaged(".shp")));
            break;
        };
        if table.as_ref().is_some_and(|table| table.is_deleted(number - 1)) {
            continue;
        }
        match rings(Bytes::new(record), collector)? {
            Ok(rings) => {
                let attributes = match &table {
                    Some(table) => table.row(number - 1, &place, collector),
                    None => Vec::new(),
                };
                collector.rings(rings, attributes, place);
            }
            Err(what) => collector.trouble(Trouble::refused(place, what)),
        }
    }
    if let Some(rows) = table.map(|table| table.rows()).filter(|rows| *rows != number) {
        let place = Place { layer: Arc::clone(layer), ..Place::default() };
        collector.trouble(Trouble::doubt(place, What::CountsDiffer { shapes: number, rows }));
    }
    Ok(())
}

type Rings = Vec<Vec<Coord<f64>>>;

/// The rings of one record; why it has none.
fn rings(mut record: Bytes<'_>, collector: &mut Collector<'_>) -> Result<Result<Rings, What>, Stop> {
    let kind = record.u32_le();
    let kind = match kind {
        // A polygon; with heights; with measures.
        Some(5 | 15 | 25) => return polygon(record, collector),
        None => return Ok(Err(damaged(".shp"))),
        Some(0) => return Ok(Err(What::NoGeometry)),
        Some(1 | 11 | 21) => "Point",
        Some(3 | 13 | 23) => "PolyLine",
        Some(8 | 18 | 28) => "MultiPoint",
        Some(31) => "MultiPatch",
        Some(_) => return Ok(Err(damaged(".shp"))),
    };
    Ok(Err(What::NotAnArea { kind: kind.to_owned() }))
}

/// A polygon record after its kind: box, numbers of parts and points, where parts begin, points.
fn polygon(mut record: Bytes<'_>, collector: &mut Collector<'_>) -> Result<Result<Rings, What>, Stop> {
    let Some((starts, points)) = arrays(&mut record) else { return Ok(Err(damaged(".shp"))) };
    let count = points.len() / 16;
    collector.count_points(count)?;
    let mut starts: Vec<usize> = starts
        .chunks_exact(4)
        .filter_map(|at| Bytes::new(at).u32_le().and_then(|at| usize::try_from(at).ok()))
        .collect();
    let in_order = starts.first() == Some(&0) && starts.is_sorted() && starts.iter().all(|at| *at <= count);
    if !in_order {
        return Ok(Err(damaged(".shp")));
    }
    starts.push(count);
    let rings = starts.windows(2).map(|part| {
        points[part[0] * 16..part[1] * 16]
            .chunks_exact(16)
            .filter_map(|point| {
                let mut point = Bytes::new(point);
                Some(Coord { x: point.f64_le()?, y: point.f64_le()? })
            })
            .collect()
    });
    Ok(Ok(rings.collect()))
}

/// The bytes of the two arrays of a polygon, as long as the record really is.
fn arrays<'a>(record: &mut Bytes<'a>) -> Option<(&'a [u8], &'a [u8])> {
    record.take(32)?;
    let parts = usize::try_from(record.u32_le()?).ok()?;
    let points = usize::try_from(record.u32_le()?).ok()?;
    let starts = record.take(parts.checked_mul(4)?)?;
    let points = record.take(points.checked_mul(16)?)?;
    Some((starts, points))
}
