//! Vector tiles: boundaries drawn for a map, one square of it at a time (Mapbox Vector Tile specification 2.1).
//!
//! A [`Sheet`] holds shapes as they are drawn: in Web Mercator, with how much each point matters, and an R-tree over
//! their boxes. It is made once per revision of the ledger. What a shape is coloured by changes more often and is asked for
//! when a tile is drawn ([`Layer::attributes`]).
//!
//! Per zoom a point is drawn if leaving it out would move a line by more than 0.4 pixels; a polygon smaller than a dot of
//! two by two pixels is drawn as such a dot in as many cases as gives the ground the right weight, so that 100,000 parcels
//! seen from far are a field and not an empty sheet. Shapes are clipped to the tile and a margin.
//!
//! The encoders that exist as crates bring a protobuf library or a build-time generator along for the few lines of
//! `encode` (`docs/decisions/0023-land-geometry.md`).
//!
//! Deliberately absent: what is drawn in which colour, caches, compression (the web server's), raster pictures, labels. To
//! add a kind of attribute: a variant of [`Attribute`] and its arm in `encode`.

mod encode;
mod sheet;

use geo::Coord;

use crate::clip::clip;
use crate::feature::Extent;

use encode::Drawing;
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
}

/// Draws a tile; no bytes when nothing lies in it.
pub fn tile(at: TileId, layers: &[Layer<'_>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut room = Room::default();
    for layer in layers {
        let mut drawing = Drawing::new(layer.name);
        // Ground of shapes too small to draw, in steps², until it makes a dot.
        let mut small = 0.0;
        for position in layer.sheet.within(at.window()) {
            let drawn = layer.sheet.drawn(position);
            drawing.begin();
            add(drawn, at, &mut small, &mut room, &mut drawing);
            if drawing.is_begun() {
                (layer.attributes)(position, &mut drawing.tags());
                drawing.end(drawn.id);
            }
        }
        drawing.finish(&mut bytes);
    }
    bytes
}

/// Room to work in, kept from shape to shape.
#[derive(Default)]
struct Room {
    points: Vec<Coord<f64>>,
    spare: Vec<Coord<f64>>,
    steps: Vec<(i32, i32)>,
}

/// Adds the rings of one shape to a drawing.
fn add(drawn: &Drawn, at: TileId, small: &mut f64, room: &mut Room, drawing: &mut Drawing) {
    let side = at.scale() * STEPS;
    let mut with_holes = false;
    for outline in &drawn.outlines {
        let area = outline.area * side * side;
        let large = area >= DOT * DOT;
        if outline.hole {
            if with_holes && large {
                ring(outline, at, room, drawing);
            }
        } else if large {
            with_holes = ring(outline, at, room, drawing);
        } else {
            with_holes = false;
            *small += area;
            if *small >= DOT * DOT {
                *small -= DOT * DOT;
                dot(outline, at, room, drawing);
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
