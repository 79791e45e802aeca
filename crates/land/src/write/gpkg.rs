//! An OGC GeoPackage with one feature table, made in memory.

use geo::Polygon;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, MAIN_DB, params, params_from_iter};
use std::collections::HashSet;

use super::columns::{Column, Kind, columns, unique, value};
use super::projected;
use crate::crs::Crs;
use crate::{Extent, Feature, Shape, Value, What};

/// A GeoPackage with the features in the table `table`; `changed` is what it says about when that was, such as
/// `2026-01-31T00:00:00.000Z`. GCJ-02 and BD-09 cannot be named in one.
pub fn gpkg(features: &[Feature], crs: Crs, table: &str, changed: &str) -> Result<Vec<u8>, What> {
    let shapes = projected(features, crs)?;
    let broken = |error: rusqlite::Error| What::Damaged { part: format!("GeoPackage: {error}") };
    let wkt = crs.wkt().ok_or_else(|| What::NotForFormat { system: crs.to_string() })?;
    let mut connection = Connection::open_in_memory().map_err(broken)?;
    let srs = srs_id(crs);
    describe(&connection, crs, &wkt, srs).map_err(broken)?;
    fill(&mut connection, features, &shapes, srs, table, changed).map_err(broken)?;
    Ok(connection.serialize(MAIN_DB).map_err(broken)?.to_vec())
}

/// The code, or a number of our own for a projection that has none.
fn srs_id(crs: Crs) -> u32 {
    crs.epsg().unwrap_or(300_000)
}

/// The tables every GeoPackage has, OGC 12-128r18.
fn describe(connection: &Connection, crs: Crs, wkt: &str, srs: u32) -> rusqlite::Result<()> {
    connection.execute_batch(
        "PRAGMA application_id = 1196444487;
         PRAGMA user_version = 10300;
         CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,
           organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,
           description TEXT);
         CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
           identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL,
           min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
           srs_id INTEGER REFERENCES gpkg_spatial_ref_sys (srs_id));
         CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL UNIQUE REFERENCES gpkg_contents (table_name),
           column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
           srs_id INTEGER NOT NULL REFERENCES gpkg_spatial_ref_sys (srs_id), z TINYINT NOT NULL,
           m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));",
    )?;
    let add = "INSERT INTO gpkg_spatial_ref_sys VALUES (?1, ?2, ?3, ?4, ?5, NULL)";
    connection.execute(add, params!["Undefined cartesian SRS", -1, "NONE", -1, "undefined"])?;
    connection.execute(add, params!["Undefined geographic SRS", 0, "NONE", 0, "undefined"])?;
    if crs != Crs::Wgs84 {
        let wgs84 = Crs::Wgs84.wkt().unwrap_or_default();
        connection.execute(add, params!["WGS 84", 4326, "EPSG", 4326, wgs84])?;
    }
    let organization = if crs.epsg().is_some() { "EPSG" } else { "NONE" };
    connection.execute(add, params![crs.to_string(), srs, organization, srs, wkt])?;
    Ok(())
}

fn fill(
    connection: &mut Connection,
    features: &[Feature],
    shapes: &[Shape],
    srs: u32,
    table: &str,
    changed: &str,
) -> rusqlite::Result<()> {
    let columns = columns(features);
    let mut taken = HashSet::from(["fid".to_owned(), "geom".to_owned()]);
    let whole = |name: &str, _: usize| name.to_owned();
    let declared: String = columns
        .iter()
        .map(|column| {
            let name = unique(column.name, &mut taken, whole);
            format!(", \"{}\" {}", name.replace('"', "\"\""), declared(column.kind))
        })
        .collect();
    let quoted = table.replace('"', "\"\"");
    let around = Extent::of(shapes);
    let bound = |pick: fn(Extent) -> f64| around.map(pick);
    let transaction = connection.transaction()?;
    transaction.execute(
        "INSERT INTO gpkg_contents VALUES (?1, 'features', ?1, '', ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            table,
            changed,
            bound(|e| e.west),
            bound(|e| e.south),
            bound(|e| e.east),
            bound(|e| e.north),
            srs
        ],
    )?;
    transaction.execute(
        &format!(
            "CREATE TABLE \"{quoted}\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTIPOLYGON{declared})"
        ),
        [],
    )?;
    transaction.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', 'MULTIPOLYGON', ?2, 0, 0)",
        params![table, srs],
    )?;
    let marks = ", ?".repeat(columns.len());
    {
        let mut insert = transaction.prepare(&format!("INSERT INTO \"{quoted}\" VALUES (NULL, ?{marks})"))?;
        for (feature, shape) in features.iter().zip(shapes) {
            let cells = columns.iter().map(|column| sql(feature, column));
            let blob = std::iter::once(Sql::Blob(blob(shape, srs)));
            insert.execute(params_from_iter(blob.chain(cells)))?;
        }
    }
    transaction.commit()
}

fn declared(kind: Kind) -> &'static str {
    match kind {
        Kind::Whole => "INTEGER",
        Kind::Number => "REAL",
        Kind::Date => "DATE",
        Kind::Truth => "BOOLEAN",
        Kind::Text => "TEXT",
    }
}

fn sql(feature: &Feature, column: &Column<'_>) -> Sql {
    match (value(feature, column), column.kind) {
        (None | Some(Value::Missing), _) => Sql::Null,
        (Some(Value::Truth(truth)), Kind::Truth) => Sql::Integer(i64::from(*truth)),
        (Some(Value::Number(digits)), Kind::Whole) => {
            digits.parse().map_or_else(|_| Sql::Text(digits.clone()), Sql::Integer)
        }
        (Some(Value::Number(digits)), Kind::Number) => {
            digits.parse().map_or_else(|_| Sql::Text(digits.clone()), Sql::Real)
        }
        (Some(value), _) => Sql::Text(value.text().unwrap_or_default().to_owned()),
    }
}

/// The binary of a geometry: `GP`, version 0, little-endian without a box, the system, then well-known binary.
fn blob(shape: &Shape, srs: u32) -> Vec<u8> {
    let mut blob = vec![b'G', b'P', 0, 1];
    blob.extend(srs.to_le_bytes());
    head(&mut blob, 6, shape.0.len());
    for polygon in &shape.0 {
        polygon_into(&mut blob, polygon);
    }
    blob
}

fn head(blob: &mut Vec<u8>, kind: u32, count: usize) {
    blob.push(1);
    blob.extend(kind.to_le_bytes());
    count_into(blob, count);
}

fn count_into(blob: &mut Vec<u8>, count: usize) {
    blob.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

fn polygon_into(blob: &mut Vec<u8>, polygon: &Polygon<f64>) {
    head(blob, 3, 1 + polygon.interiors().len());
    for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
        count_into(blob, ring.0.len());
        for point in &ring.0 {
            blob.extend(point.x.to_le_bytes());
            blob.extend(point.y.to_le_bytes());
        }
    }
}
