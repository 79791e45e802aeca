//! A Shapefile in a zip archive: `.shp`, `.shx`, `.dbf`, `.prj`, `.cpg`.
//!
//! Text is GBK, which survey software of the country expects, unless a character has no place in it; the `.cpg` and
//! the language byte say so.

use geo::{BoundingRect, LineString};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use super::{dbf, projected};
use crate::crs::Crs;
use crate::{Extent, Feature, Shape, What};

/// The kind of a shape that is a polygon.
const POLYGON: u32 = 5;

/// A zipped Shapefile called `name`. GCJ-02 and BD-09 cannot be named in one.
pub fn shapefile(features: &[Feature], crs: Crs, name: &str) -> Result<Vec<u8>, What> {
    let prj = crs.wkt().ok_or_else(|| What::NotForFormat { system: crs.to_string() })?;
    let shapes = projected(features, crs)?;
    let (shp, shx) = shapes_and_index(&shapes)?;
    let (dbf, encoding) = dbf::table(features)?;
    let parts: [(&str, &[u8]); 5] = [
        (".shp", &shp),
        (".shx", &shx),
        (".dbf", &dbf),
        (".prj", prj.as_bytes()),
        (".cpg", encoding.as_bytes()),
    ];
    pack(name, &parts).map_err(|error| What::Damaged { part: format!("zip: {error}") })
}

fn pack(name: &str, parts: &[(&str, &[u8])]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // One time for all, so that the same features give the same bytes.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for (ending, content) in parts {
        zip.start_file(format!("{name}{ending}"), options)?;
        zip.write_all(content)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn shapes_and_index(shapes: &[Shape]) -> Result<(Vec<u8>, Vec<u8>), What> {
    let (mut records, mut index) = (Vec::new(), Vec::new());
    for (number, shape) in (1_u32..).zip(shapes) {
        let record = record(shape);
        // Places and lengths are in words of two bytes; the header has a hundred bytes.
        let (start, length) = (words(100 + records.len())?, words(record.len())?);
        index.extend(start.to_be_bytes());
        index.extend(length.to_be_bytes());
        records.extend(number.to_be_bytes());
        records.extend(length.to_be_bytes());
        records.extend(record);
    }
    let around = Extent::of(shapes);
    Ok((file(records, around)?, file(index, around)?))
}

fn words(bytes: usize) -> Result<u32, What> {
    let limit = i32::MAX.unsigned_abs();
    u32::try_from(bytes / 2)
        .ok()
        .filter(|words| *words <= limit)
        .ok_or_else(|| What::TooLarge { of: "bytes".to_owned(), limit: u64::from(limit) * 2 })
}

/// Records under the header that `.shp` and `.shx` share.
fn file(records: Vec<u8>, around: Option<Extent>) -> Result<Vec<u8>, What> {
    let mut file = Vec::with_capacity(100 + records.len());
    file.extend(9994_u32.to_be_bytes());
    file.extend([0; 20]);
    file.extend(words(100 + records.len())?.to_be_bytes());
    file.extend(1000_u32.to_le_bytes());
    file.extend(POLYGON.to_le_bytes());
    file.extend(corners(around));
    file.extend([0; 32]);
    file.extend(records);
    Ok(file)
}

fn corners(around: Option<Extent>) -> Vec<u8> {
    let e = around.unwrap_or(Extent { west: 0.0, south: 0.0, east: 0.0, north: 0.0 });
    [e.west, e.south, e.east, e.north].into_iter().flat_map(f64::to_le_bytes).collect()
}

fn record(shape: &Shape) -> Vec<u8> {
    let rings: Vec<&LineString<f64>> = shape
        .0
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
        .collect();
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes();
    let mut record = Vec::new();
    record.extend(POLYGON.to_le_bytes());
    record.extend(corners(shape.bounding_rect().map(Extent::from)));
    record.extend(count(rings.len()));
    record.extend(count(rings.iter().map(|ring| ring.0.len()).sum()));
    let mut start = 0;
    for ring in &rings {
        record.extend(count(start));
        start += ring.0.len();
    }
    // Here outer rings run clockwise and holes the other way: the reverse of everywhere else.
    for point in rings.iter().flat_map(|ring| ring.0.iter().rev()) {
        record.extend(point.x.to_le_bytes());
        record.extend(point.y.to_le_bytes());
    }
    record
}
