//! An OGC GeoPackage: a SQLite database of feature tables, opened from bytes in memory and never from a file.
//!
//! The database is foreign: its schema is not trusted, it is opened for reading only, only real tables are read
//! (no views, nothing virtual), and the work a query may do is bounded.
//!
//! Deliberately absent: tiles, extensions, related tables, geometry that GeoPackage calls non-linear.

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, MAIN_DB, Row};
use std::io::Read;
use std::sync::Arc;

use super::bytes::Bytes;
use super::collect::{Collector, Stop, damaged, digits, text};
use super::{Format, Limits, Reading, wkb};
use crate::crs::Stated;
use crate::{Attribute, Place, Trouble, Value, What};

/// Steps of SQLite's machine between two looks at the budget, and how many looks there are: a table of half a
/// million parcels with a hundred attributes takes some ten looks.
const STEPS: i32 = 10_000_000;
const LOOKS: u32 = 400;

/// What SQLite files begin with.
pub const MAGIC: &[u8] = b"SQLite format 3\0";

/// Reads all feature tables.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Reading, Stop> {
    let broken = |error: rusqlite::Error| damaged(format!("GeoPackage: {error}"));
    let connection = open(bytes).map_err(broken)?;
    let layers = layers(&connection).map_err(broken)?;
    if layers.is_empty() {
        return Err(What::PartMissing { part: "gpkg_geometry_columns".to_owned() });
    }
    let mut collector = Collector::new(limits);
    let several = layers.len() > 1;
    for layer in &layers {
        let name: Arc<str> = if several { layer.table.as_str().into() } else { "".into() };
        if let Err(fault) = layer_into(&connection, layer, &name, &mut collector) {
            match fault {
                Fault::Stop(stop) => return Err(stop),
                Fault::Sqlite(error) => {
                    let place = Place { layer: name, ..Place::default() };
                    let what = damaged(format!("GeoPackage: {error}"));
                    collector.trouble(Trouble::refused(place, what));
                }
            }
        }
    }
    let first = layers.first().and_then(|layer| layer.stated.clone());
    let agreed = first.filter(|first| layers.iter().filter_map(|l| l.stated.as_ref()).all(|s| s == first));
    Ok(collector.finish(Format::GeoPackage, agreed))
}

fn open(bytes: &[u8]) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    // A database in WAL mode cannot live in memory; bytes 18 and 19 say so and mean nothing else. 1 is "no WAL".
    let (head, rest) = bytes.split_at(bytes.len().min(18));
    let (_, rest) = rest.split_at(rest.len().min(2));
    let patched = head.chain([1, 1].as_slice()).chain(rest);
    connection.deserialize_read_exact(MAIN_DB, patched, bytes.len().max(20), true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, 256 << 20)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    let mut looks = 0;
    connection.progress_handler(
        STEPS,
        Some(move || {
            looks += 1;
            looks > LOOKS
        }),
    )?;
    Ok(connection)
}

struct Layer {
    table: String,
    column: String,
    stated: Option<Stated>,
}

/// The feature tables that are real tables, with what is stated about their system.
fn layers(connection: &Connection) -> rusqlite::Result<Vec<Layer>> {
    let mut query = connection.prepare(
        "SELECT m.name, g.column_name, s.organization, s.organization_coordsys_id, s.definition
         FROM gpkg_geometry_columns g
         JOIN sqlite_schema m ON lower(m.name) = lower(g.table_name) AND m.type = 'table'
              AND m.sql NOT LIKE 'CREATE VIRTUAL%'
         LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
         ORDER BY m.name LIMIT 256",
    )?;
    let layers = query.query_map([], |row| {
        let stated = stated(row).unwrap_or_default();
        Ok(Layer { table: row.get(0)?, column: row.get(1)?, stated })
    })?;
    layers.collect()
}

/// By code if it is one we know, else by definition; nothing for the two systems that mean "undefined".
fn stated(row: &Row<'_>) -> rusqlite::Result<Option<Stated>> {
    let organization: Option<String> = row.get(2)?;
    let code: Option<i64> = row.get(3)?;
    let definition: Option<String> = row.get(4)?;
    let code = code.and_then(|code| u32::try_from(code).ok()).filter(|code| *code > 0);
    let by_code =
        organization.filter(|name| name.eq_ignore_ascii_case("EPSG")).and(code).map(Stated::from_epsg);
    if let Some(known @ (Stated::Known { .. } | Stated::Old { .. })) = by_code {
        return Ok(Some(known));
    }
    let defined = definition.filter(|text| !text.eq_ignore_ascii_case("undefined"));
    Ok(defined.and_then(|text| Stated::from_wkt(&text)).or(by_code))
}

enum Fault {
    Stop(Stop),
    Sqlite(rusqlite::Error),
}

impl From<Stop> for Fault {
    fn from(stop: Stop) -> Fault {
        Fault::Stop(stop)
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Fault {
        Fault::Sqlite(error)
    }
}

fn layer_into(
    connection: &Connection,
    layer: &Layer,
    name: &Arc<str>,
    collector: &mut Collector<'_>,
) -> Result<(), Fault> {
    let table = layer.table.replace('"', "\"\"");
    let mut query = connection.prepare(&format!("SELECT * FROM \"{table}\""))?;
    let columns: Vec<String> = query.column_names().map(str::to_owned).collect();
    let geometry = columns.iter().position(|column| column.eq_ignore_ascii_case(&layer.column));
    let Some(geometry) = geometry else {
        return Err(What::PartMissing { part: layer.column.clone() }.into());
    };
    let mut rows = query.query([])?;
    let mut number = 0;
    while let Some(row) = rows.next()? {
        collector.begin()?;
        number += 1;
        let place = Place::feature(name, number);
        let mut attributes: Vec<Attribute> = Vec::with_capacity(columns.len());
        for (at, column) in columns.iter().enumerate().filter(|(at, _)| *at != geometry) {
            collector.attribute(&mut attributes, column, value(row.get_ref(at)?), &place);
        }
        let blob = match row.get_ref(geometry)? {
            ValueRef::Blob(blob) => blob,
            ValueRef::Null => {
                collector.trouble(Trouble::refused(place, What::NoGeometry));
                continue;
            }
            _ => &[],
        };
        let polygons = match body(blob) {
            Some(wkb) => wkb::polygons(wkb, collector)?,
            None => Err(damaged("geometry")),
        };
        match polygons {
            Ok(polygons) => collector.polygons(polygons, attributes, place),
            Err(what) => collector.trouble(Trouble::refused(place, what)),
        }
    }
    Ok(())
}

/// The well-known binary of a GeoPackage geometry: after `GP`, version, flags, system and box.
fn body(blob: &[u8]) -> Option<&[u8]> {
    let mut bytes = Bytes::new(blob);
    if bytes.take(2)? != b"GP" {
        return None;
    }
    bytes.u8()?;
    let flags = bytes.u8()?;
    bytes.take(4)?;
    let numbers = match flags >> 1 & 7 {
        0 => 0,
        1 => 4,
        2 | 3 => 6,
        4 => 8,
        _ => return None,
    };
    bytes.take(numbers * 8)?;
    bytes.take(bytes.len())
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => Value::Missing,
        ValueRef::Integer(whole) => Value::Number(whole.to_string()),
        ValueRef::Real(part) => digits(part),
        ValueRef::Text(written) => text(&String::from_utf8_lossy(written)),
    }
}
