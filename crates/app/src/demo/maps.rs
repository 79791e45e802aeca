//! Map files of a demo: what a surveyor's office sends beside workbooks.
//!
//! A map file may say it lies in another zone than the one its numbers were measured in, as real ones do; the numbers are
//! then those of the true zone (`drawn_east`).
//!
//! Deliberately absent: the formats; they are the `land` crate's. To add one: a variant of
//! [`MapFormat`] and an arm in [`build`].

use indexmap::IndexMap;
use land::crs::Crs;
use land::read::Limits;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::DemoFile;
use super::evaluate::Scope;
use super::formula::Formula;
use super::generate::World;
use super::ground::{Plot, Site};
use super::spec::Source;
use super::value::Value;

/// A map format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MapFormat {
    /// A zipped Shapefile.
    Shapefile,
    /// GeoJSON.
    Geojson,
}

/// A map file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapSpec {
    /// File name without ending.
    pub file: String,
    /// Its format.
    pub format: MapFormat,
    /// Population its features come from.
    pub from: String,
    /// Rows that take part.
    #[serde(rename = "where")]
    pub filter: Option<Source>,
    /// The plot of a row.
    pub plot: Source,
    /// The coordinate system the file states.
    pub epsg: u32,
    /// Degrees eastwards by which the plots are moved before they are projected. −3 with a zone west of the true one
    /// gives a file that states a wrong zone: its numbers are those of the zone it was measured in.
    pub drawn_east: Option<Decimal>,
    /// Attributes: name and value.
    #[serde(default)]
    pub columns: IndexMap<String, Source>,
}

/// The map file a specification describes; the error is a sentence.
pub(super) fn build(world: &World, spec: &MapSpec) -> Result<DemoFile, String> {
    let crs = Crs::from_epsg(spec.epsg).ok_or_else(|| format!("{} is not a known system", spec.epsg))?;
    let drawn = collection(world, spec)?;
    let fault = |what: &dyn std::fmt::Debug| format!("the land crate says {what:?}");
    let reading = land::read::read(drawn.as_bytes(), &Limits::default()).map_err(|t| fault(&t))?;
    let (ending, bytes) = match spec.format {
        MapFormat::Shapefile => ("zip", land::write::shapefile(&reading.features, crs, &spec.file)),
        MapFormat::Geojson => ("geojson", land::write::geojson(&reading.features, crs)),
    };
    let bytes = bytes.map_err(|what| fault(&what))?;
    Ok(DemoFile { name: format!("{}.{ending}", spec.file), bytes })
}

/// The rows as a GeoJSON feature collection in degrees.
fn collection(world: &World, spec: &MapSpec) -> Result<String, String> {
    let site = world.site.as_ref().ok_or("no file says where the ground plan lies (`site`)")?;
    let east = spec.drawn_east.unwrap_or_default();
    let site = Site { longitude: site.longitude + east, ..site.clone() };
    let population = world.position(&spec.from)?;
    let plot = Formula::parse(&spec.plot.0)?;
    let columns: Vec<(&str, Formula)> = spec
        .columns
        .iter()
        .map(|(name, value)| Ok((name.as_str(), Formula::parse(&value.0)?)))
        .collect::<Result<_, String>>()?;
    let mut features = Vec::new();
    for row in world.matching(population, spec.filter.as_ref())? {
        let scope = Scope { world, population, row };
        let geometry = Plot::parse(&scope.value(&plot)?.text())?.geometry(&site);
        let mut properties = Vec::new();
        for (name, value) in &columns {
            properties.push(format!("{}:{}", quoted(name)?, json(world, &scope.value(value)?)?));
        }
        let properties = properties.join(",");
        features.push(format!(r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{geometry}}}"#));
    }
    Ok(format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",")))
}

fn json(world: &World, value: &Value) -> Result<String, String> {
    match value {
        Value::Blank => Ok("null".to_owned()),
        Value::Number(number) => Ok(number.to_string()),
        other => quoted(&world.text(other)),
    }
}

fn quoted(text: &str) -> Result<String, String> {
    serde_json::to_string(text).map_err(|e| e.to_string())
}
