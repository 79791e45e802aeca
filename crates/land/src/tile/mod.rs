//! Vector tiles: boundaries drawn for a map, one square of it at a time (Mapbox Vector Tile specification 2.1).
//!
//! A [`Sheet`] holds shapes as they are drawn: in Web Mercator, with how much each point matters, and an R-tree over
//! their boxes. It is made once per revision of the ledger. What a shape is coloured by changes more often and is asked for
//! when a tile is drawn ([`Layer::attributes`]).
//!
//! Per zoom a point is drawn if leaving it out would move a line by more than 0.4 pixels. Shapes are clipped to the tile and a
//! margin. What is too small to be told apart is not drawn for itself: a polygon smaller than a dot of two by two pixels is
//! drawn as such a dot in as many cases as gives the ground the right weight; where a layer names [`Cells`], polygons smaller
//! than six by six pixels become a mosaic of as much ground in each class, so that 100,000 parcels seen from far are a field
//! of the right colours, and no larger a tile than a few thousand. Names are points of a layer of their own ([`Labels`]), one
//! for each shape that has room for it, in the tile it lies in alone.
//!
//! The encoders that exist as crates bring a protobuf library or a build-time generator along for the few lines of
//! `encode` (`docs/decisions/0023-land-geometry.md`).
//!
//! Deliberately absent: what is drawn in which colour, caches, compression (the web server's), raster pictures. To
//! add a kind of attribute: a variant of [`Attribute`] and its arm in `encode`.

mod encode;
mod mosaic;
mod sheet;

use geo::Coord;

use crate::clip::clip;
use crate::feature::Extent;

use encode::{Drawing, Kind};
use mosaic::Mosaic;
use sheet::{Drawn, Outline};

pub use encode::Tags;
pub use sheet::Sheet;

/// Steps in a tile, across and down. Maps draw a tile 512 pixels wide, 8 steps to a pixel.
const STEPS: f64 = 4096.0;
/// Steps beyond each side that are drawn too, so that lines on the side are not cut off: 8 pixels.
const MARGIN: f64 = 64.0;
/// Points that move a line by fewer steps are left out.
const TOLERANCE: f64 = 3.0;
/// Steps across a dot: two pixels.
const DOT: f64 = 16.0;
/// Steps across the smallest ground that is drawn for itself where there is a mosaic: six pixels. Less is no aim for a hand.
const SMALL: f64 = 48.0;
/// Steps across the ground a name needs: 32 pixels.
const ROOM: f64 = 256.0;

/// The deepest zoom that is drawn; a step is then less than a millimetre.
pub const DEEPEST: u8 = 24;

/// One tile of the pyramid: zoom, column from the west, row from the north.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TileId {
    zoom: u8,
    x: u32,
    y: u32,
}

impl TileId {
    /// The tile with these numbers; nothing when there is none.
    pub fn new(zoom: u8, x: u32, y: u32) -> Option<TileId> {
        let side = 1_u32.checked_shl(u32::from(zoom))?;
        (zoom <= DEEPEST && x < side && y < side).then_some(TileId { zoom, x, y })
    }

    /// The tile of this zoom that holds a place in longitude and latitude.
    pub fn of(zoom: u8, place: Coord<f64>) -> Option<TileId> {
        let scale = f64::from(1_u32.checked_shl(u32::from(zoom))?);
        let world = sheet::mercator(place);
        TileId::new(zoom, number(world.x * scale), number(world.y * scale))
    }

    /// Zoom, column and row.
    pub fn numbers(self) -> (u8, u32, u32) {
        (self.zoom, self.x, self.y)
    }

    /// Tiles across the world.
    fn scale(self) -> f64 {
        f64::from(1_u32 << self.zoom)
    }

    /// A place in the world (both from 0 to 1) as steps in this tile.
    fn steps(self, world: Coord<f64>) -> Coord<f64> {
        let scale = self.scale();
        Coord {
            x: (world.x * scale - f64::from(self.x)) * STEPS,
            y: (world.y * scale - f64::from(self.y)) * STEPS,
        }
    }

    /// The part of the world that is drawn in this tile, margin included.
    fn window(self) -> Extent {
        let (scale, margin) = (self.scale(), MARGIN / STEPS);
        let (x, y) = (f64::from(self.x), f64::from(self.y));
        Extent {
            west: (x - margin) / scale,
            south: (y - margin) / scale,
            east: (x + 1.0 + margin) / scale,
            north: (y + 1.0 + margin) / scale,
        }
    }
}

/// The whole number below, at least zero.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, which is what is wanted"
)]
fn number(of: f64) -> u32 {
    of as u32
}

/// A value that travels with a drawn shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Attribute<'a> {
    /// Text, such as a grade.
    Text(&'a str),
    /// A number to colour by.
    Number(f64),
    /// A count.
    Whole(i64),
    /// Yes or no.
    Truth(bool),
}

/// A sheet and what its shapes are coloured by.
pub struct Layer<'a> {
    /// The name of the layer in the tile.
    pub name: &'a str,
    /// The shapes.
    pub sheet: &'a Sheet,
    /// Puts down the attributes of the shape at a position of the sheet; asked only for shapes that are drawn. A missing
    /// value is a missing attribute.
    pub attributes: &'a (dyn Fn(usize, &mut Tags<'_>) + Sync),
    /// What shapes too small to be told apart become; dots of their own when absent.
    pub cells: Option<Cells<'a>>,
    /// The names of shapes, where they are to be read.
    pub labels: Option<Labels<'a>>,
}

/// A layer of ground whose shapes are too small to be told apart: one multipolygon for each class.
pub struct Cells<'a> {
    /// The name of the layer in the tile.
    pub name: &'a str,
    /// The attribute that carries the class.
    pub key: &'a str,
    /// The class of the shape at a position of the sheet.
    pub class: &'a (dyn Fn(usize) -> &'a str + Sync),
}

/// A layer of places to write names at.
pub struct Labels<'a> {
    /// The name of the layer in the tile.
    pub name: &'a str,
    /// The attribute that carries the name.
    pub key: &'a str,
    /// The name of the shape at a position of the sheet; none is written where it is empty.
    pub text: &'a (dyn Fn(usize) -> &'a str + Sync),
}

/// Draws a tile; no bytes when nothing lies in it.
pub fn tile(at: TileId, layers: &[Layer<'_>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut room = Room::default();
    let extent = whole(STEPS).unsigned_abs();
    for layer in layers {
        let mut drawing = Drawing::new(layer.name, Kind::Polygon, extent);
        let mut names = layer.labels.as_ref().map(|of| (of, Drawing::new(of.name, Kind::Point, extent)));
        let mut mosaic = layer.cells.as_ref().map(|of| (of, Mosaic::default()));
        // Ground of shapes too small to draw, in steps², until it makes a dot.
        let mut ground = 0.0;
        for position in layer.sheet.within(at.window()) {
            let drawn = layer.sheet.drawn(position);
            let mut small = match &mut mosaic {
                Some((of, mosaic)) => Small::Cells(mosaic, (of.class)(position)),
                None => Small::Dots(&mut ground),
            };
            drawing.begin();
            add(drawn, at, &mut small, &mut room, &mut drawing);
            if drawing.is_begun() {
                (layer.attributes)(position, &mut drawing.tags());
                drawing.end(Some(drawn.id));
                if let Some((of, names)) = &mut names {
                    name(drawn, at, (of.key, (of.text)(position)), names);
                }
            }
        }
        if let Some((of, mosaic)) = mosaic {
            mosaic.finish(of, &mut bytes);
        }
        drawing.finish(&mut bytes);
        if let Some((_, names)) = names {
            names.finish(&mut bytes);
        }
    }
    bytes
}

/// What becomes of polygons too small to draw.
enum Small<'a, 'b> {
    /// A dot whenever enough ground has come together, in steps².
    Dots(&'a mut f64),
    /// Ground of a class of a mosaic.
    Cells(&'a mut Mosaic<'b>, &'b str),
}

impl Small<'_, '_> {
    /// The ground, in steps², below which a polygon is too small.
    fn below(&self) -> f64 {
        match self {
            Small::Dots(_) => DOT * DOT,
            Small::Cells(..) => SMALL * SMALL,
        }
    }
}

/// Writes the name of a shape where it has room for it and its place lies in this tile.
fn name(drawn: &Drawn, at: TileId, (key, text): (&str, &str), names: &mut Drawing) {
    let side = at.scale() * STEPS;
    if text.is_empty() || !drawn.outlines.iter().any(|of| !of.hole && of.area * side * side >= ROOM * ROOM) {
        return;
    }
    let Some(place) = drawn.place().map(|place| at.steps(place)) else { return };
    if !(0.0..STEPS).contains(&place.x) || !(0.0..STEPS).contains(&place.y) {
        return;
    }
    names.begin();
    names.place((whole(place.x), whole(place.y)));
    names.tags().put(key, &Attribute::Text(text));
    names.end(Some(drawn.id));
}

/// Room to work in, kept from shape to shape.
#[derive(Default)]
struct Room {
    points: Vec<Coord<f64>>,
    spare: Vec<Coord<f64>>,
    steps: Vec<(i32, i32)>,
}

/// Adds the rings of one shape to a drawing.
fn add(drawn: &Drawn, at: TileId, small: &mut Small<'_, '_>, room: &mut Room, drawing: &mut Drawing) {
    let side = at.scale() * STEPS;
    let mut with_holes = false;
    for outline in &drawn.outlines {
        let area = outline.area * side * side;
        if outline.hole {
            if with_holes && area >= DOT * DOT {
                ring(outline, at, room, drawing);
            }
        } else if area >= small.below() {
            with_holes = ring(outline, at, room, drawing);
        } else {
            with_holes = false;
            match small {
                Small::Dots(ground) => {
                    **ground += area;
                    if **ground >= DOT * DOT {
                        **ground -= DOT * DOT;
                        dot(outline, at, room, drawing);
                    }
                }
                Small::Cells(mosaic, class) => mosaic.add(at.steps(outline.middle()), class, area),
            }
        }
    }
}

/// Draws a ring, simplified and clipped; whether anything of it is left.
fn ring(outline: &Outline, at: TileId, room: &mut Room, drawing: &mut Drawing) -> bool {
    let least = TOLERANCE / (at.scale() * STEPS);
    let matters = outline.points.iter().filter(|point| f64::from(point.matters) > least);
    room.points.clear();
    room.points.extend(matters.map(|point| at.steps(point.world)));
    if room.points.len() < 3 {
        // A long strip narrower than the tolerance: it has the area of a dot, so it is drawn as it is.
        room.points.clear();
        room.points.extend(outline.points.iter().map(|point| at.steps(point.world)));
    }
    let window = Extent { west: -MARGIN, south: -MARGIN, east: STEPS + MARGIN, north: STEPS + MARGIN };
    if !room.points.iter().all(|point| window.holds(*point)) {
        clip(&mut room.points, window, &mut room.spare);
    }
    room.steps.clear();
    room.steps.extend(room.points.iter().map(|point| (whole(point.x), whole(point.y))));
    drawing.ring(&mut room.steps, outline.hole)
}

/// Draws a dot where a small ring lies.
fn dot(outline: &Outline, at: TileId, room: &mut Room, drawing: &mut Drawing) {
    let Some(first) = outline.points.first() else { return };
    let corner = at.steps(first.world);
    let side = whole(DOT);
    let (x, y) = (whole(corner.x), whole(corner.y));
    room.steps.clear();
    room.steps.extend([(x, y), (x + side, y), (x + side, y + side), (x, y + side)]);
    drawing.ring(&mut room.steps, false);
}

/// The nearest step. Nothing that is drawn lies more than a margin beyond the tile.
#[expect(clippy::cast_possible_truncation, reason = "clamped to the tile and its surroundings")]
fn whole(steps: f64) -> i32 {
    steps.clamp(-2.0 * STEPS, 3.0 * STEPS).round() as i32
}

#[cfg(test)]
mod tests;
