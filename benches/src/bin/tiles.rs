//! Tiles: a screen of a park of 100,000 parcels with their grades, at several zooms.
//!
//! `tiles REPEATS`: the parcels are a street grid of 32 km × 32 km. A screen is the 4 × 3 tiles of 512 pixels that cover 1,920 ×
//! 1,200 pixels around the middle of the park. There is no peer in the same process; the bar is a time.

use geo::{Coord, LineString, Polygon};
use land::Shape;
use land::area::Plane;
use land::tile::{Attribute, Cells, Labels, Layer, Sheet, Tags, TileId, tile};
use parkledger_benches::{Dice, Fault, arguments, print, repeated, timed};
use serde_json::json;

/// Parcels along a side of the park.
const SIDE: u32 = 316;
const GRADES: [&str; 4] = ["A", "B", "C", "D"];

fn main() -> Result<(), Fault> {
    let arguments = arguments();
    let [repeats] = arguments.as_slice() else { return Err("tiles REPEATS".into()) };
    let repeats = repeats.parse()?;
    let middle = Coord { x: 121.46, y: 29.88 };
    let parcels = parcels(middle);
    let (sheet, sheet_ms) = timed(|| Sheet::new((0..).zip(&parcels)));
    let attributes = |at: usize, tags: &mut Tags<'_>| tags.put("class", &Attribute::Text(GRADES[at % 4]));
    let class = |at: usize| GRADES[at % 4];
    let names: Vec<String> = (0..parcels.len()).map(|n| format!("地块{n}")).collect();
    let text = |at: usize| names[at].as_str();
    let layers = [Layer {
        name: "parcels",
        sheet: &sheet,
        attributes: &attributes,
        cells: Some(Cells { name: "far", key: "class", class: &class }),
        labels: Some(Labels { name: "label", key: "text", text: &text }),
    }];
    let (mut slowest, mut screens) = (Vec::new(), Vec::new());
    for zoom in [8, 10, 11, 12, 13, 14, 16, 18] {
        let ids = screen(zoom, middle);
        let (tiles, ms) = repeated(repeats, || ids.iter().map(|at| tile(*at, &layers)).collect::<Vec<_>>());
        let bytes: usize = tiles.iter().map(Vec::len).sum();
        let largest = tiles.iter().map(Vec::len).max().unwrap_or(0);
        let least = ms.iter().copied().fold(f64::INFINITY, f64::min);
        screens.push(json!({ "zoom": zoom, "ms": least, "bytes": bytes, "largest": largest }));
        if slowest.iter().copied().fold(f64::INFINITY, f64::min) < least || slowest.is_empty() {
            slowest = ms;
        }
    }
    let computed = json!({ "parcels": parcels.len(), "sheet_ms": sheet_ms, "screens": screens });
    print("parkledger", &slowest, &computed);
    Ok(())
}

/// The tiles of a screen.
fn screen(zoom: u8, middle: Coord<f64>) -> Vec<TileId> {
    let Some((_, x, y)) = TileId::of(zoom, middle).map(TileId::numbers) else { return Vec::new() };
    let columns = x.saturating_sub(2)..x + 2;
    columns.flat_map(|x| (y.saturating_sub(1)..=y + 1).filter_map(move |y| TileId::new(zoom, x, y))).collect()
}

/// Plots of 80 to 90 m on a grid of 100 m, six to twelve corners each.
fn parcels(middle: Coord<f64>) -> Vec<Shape> {
    let plane = Plane::at(middle);
    let mut dice = Dice::new(7);
    let mut near = |n: usize| dice.below(n) as f64 / 10.0;
    let corner = |n: u32| (f64::from(n) - f64::from(SIDE) / 2.0) * 100.0;
    let mut made = Vec::new();
    for (column, row) in (0..SIDE).flat_map(|column| (0..SIDE).map(move |row| (column, row))) {
        let (x, y) = (corner(column), corner(row));
        let points =
            [(0.0, 0.0), (40.0, -2.0), (85.0, 0.0), (85.0, 30.0), (83.0, 85.0), (40.0, 87.0), (0.0, 85.0)];
        let ring =
            points.map(|(dx, dy)| plane.to_degrees(Coord { x: x + dx + near(50), y: y + dy + near(50) }));
        made.push(Polygon::new(LineString(ring.to_vec()), Vec::new()).into());
    }
    made
}
