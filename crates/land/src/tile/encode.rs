//! The bytes of a tile: protocol buffers by hand, as far as vector tiles need them.
//!
//! A message is fields, each a key (number × 8 + wire type) and a value: a varint (type 0), eight bytes (1) or a length
//! and so many bytes (2). Field numbers are those of `vector_tile.proto`, version 2.1.

use std::collections::HashMap;

use super::Attribute;

/// What a layer is made of; the numbers are those of `GeomType`.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Places.
    Point = 1,
    /// Ground.
    Polygon = 3,
}

/// One layer while it is drawn.
pub struct Drawing {
    name: Vec<u8>,
    kind: Kind,
    /// Steps across a tile.
    extent: u32,
    features: Vec<u8>,
    keys: Dictionary,
    values: Dictionary,
    /// The geometry of the shape at hand, and where its pen stands.
    geometry: Vec<u8>,
    pen: (i32, i32),
    /// Room for the message of the shape at hand.
    feature: Vec<u8>,
    tags: Vec<u8>,
}

/// Encoded keys or values with their numbers.
#[derive(Default)]
struct Dictionary {
    numbers: HashMap<Vec<u8>, u64>,
    bytes: Vec<u8>,
}

impl Dictionary {
    /// The number of an encoded entry, which is written when it is new.
    fn number(&mut self, field: u8, entry: &[u8]) -> u64 {
        if let Some(number) = self.numbers.get(entry) {
            return *number;
        }
        let number = self.numbers.len() as u64;
        self.numbers.insert(entry.to_vec(), number);
        put_bytes(&mut self.bytes, field, entry);
        number
    }
}

impl Drawing {
    /// A layer without shapes, with so many steps across a tile.
    pub fn new(name: &str, kind: Kind, extent: u32) -> Drawing {
        Drawing {
            name: name.as_bytes().to_vec(),
            kind,
            extent,
            features: Vec::new(),
            keys: Dictionary::default(),
            values: Dictionary::default(),
            geometry: Vec::new(),
            pen: (0, 0),
            feature: Vec::new(),
            tags: Vec::new(),
        }
    }

    /// Begins a shape.
    pub fn begin(&mut self) {
        self.geometry.clear();
        self.pen = (0, 0);
    }

    /// Whether anything of the shape has been drawn.
    pub fn is_begun(&self) -> bool {
        !self.geometry.is_empty()
    }

    /// Draws a ring unless nothing is left of it on the grid; whether it was drawn. Outer rings are written with positive
    /// area and holes with negative, y counting down.
    pub fn ring(&mut self, steps: &mut Vec<(i32, i32)>, hole: bool) -> bool {
        steps.dedup();
        while steps.len() > 1 && steps.first() == steps.last() {
            steps.pop();
        }
        let Some(&(x0, y0)) = steps.first() else { return false };
        let from = |(x, y): (i32, i32)| (i64::from(x - x0), i64::from(y - y0));
        let twice = steps.windows(2).map(|pair| {
            let ((ax, ay), (bx, by)) = (from(pair[0]), from(pair[1]));
            ax * by - bx * ay
        });
        let twice: i64 = twice.sum();
        if twice == 0 {
            return false;
        }
        if (twice < 0) != hole {
            steps.reverse();
        }
        self.command(1, 1);
        self.line(steps[0]);
        self.command(2, steps.len() as u64 - 1);
        for &point in &steps[1..] {
            self.line(point);
        }
        self.command(7, 1);
        true
    }

    /// Puts a place down.
    pub fn place(&mut self, at: (i32, i32)) {
        self.command(1, 1);
        self.line(at);
    }

    /// A command – 1 move, 2 line, 7 close – and how often.
    fn command(&mut self, id: u64, count: u64) {
        put_varint(&mut self.geometry, id | (count << 3));
    }

    /// The way to the next point.
    fn line(&mut self, (x, y): (i32, i32)) {
        put_varint(&mut self.geometry, zigzag(x - self.pen.0));
        put_varint(&mut self.geometry, zigzag(y - self.pen.1));
        self.pen = (x, y);
    }

    /// Takes the attributes of the shape.
    pub fn tags(&mut self) -> Tags<'_> {
        self.tags.clear();
        Tags(self)
    }

    /// Ends the shape, with its number where it has one.
    pub fn end(&mut self, id: Option<u64>) {
        self.feature.clear();
        if let Some(id) = id {
            put_number(&mut self.feature, 1, id);
        }
        put_bytes(&mut self.feature, 2, &self.tags);
        put_number(&mut self.feature, 3, self.kind as u64);
        put_bytes(&mut self.feature, 4, &self.geometry);
        put_bytes(&mut self.features, 2, &self.feature);
    }

    /// Adds the layer to a tile, unless nothing was drawn.
    pub fn finish(self, tile: &mut Vec<u8>) {
        if self.features.is_empty() {
            return;
        }
        let mut layer = Vec::with_capacity(self.features.len() + self.values.bytes.len() + 64);
        put_number(&mut layer, 15, 2);
        put_bytes(&mut layer, 1, &self.name);
        layer.extend_from_slice(&self.features);
        layer.extend_from_slice(&self.keys.bytes);
        layer.extend_from_slice(&self.values.bytes);
        put_number(&mut layer, 5, u64::from(self.extent));
        put_bytes(tile, 3, &layer);
    }
}

/// Where the attributes of a shape are put down.
pub struct Tags<'a>(&'a mut Drawing);

impl Tags<'_> {
    /// One more attribute.
    pub fn put(&mut self, key: &str, value: &Attribute<'_>) {
        let drawing = &mut *self.0;
        drawing.feature.clear();
        put_value(&mut drawing.feature, value);
        let value = drawing.values.number(4, &drawing.feature);
        let key = drawing.keys.number(3, key.as_bytes());
        put_varint(&mut drawing.tags, key);
        put_varint(&mut drawing.tags, value);
    }
}

/// A value message.
fn put_value(out: &mut Vec<u8>, value: &Attribute<'_>) {
    match value {
        Attribute::Text(text) => put_bytes(out, 1, text.as_bytes()),
        Attribute::Number(number) => {
            out.push((3 << 3) | 1);
            out.extend_from_slice(&number.to_le_bytes());
        }
        Attribute::Whole(number) => put_number(out, 6, zigzag_long(*number)),
        Attribute::Truth(truth) => put_number(out, 7, u64::from(*truth)),
    }
}

fn put_number(out: &mut Vec<u8>, field: u8, number: u64) {
    out.push(field << 3);
    put_varint(out, number);
}

fn put_bytes(out: &mut Vec<u8>, field: u8, bytes: &[u8]) {
    out.push((field << 3) | 2);
    put_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Seven bits to a byte, the least first.
fn put_varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

/// 0, -1, 1, -2 … as 0, 1, 2, 3 …
fn zigzag(number: i32) -> u64 {
    u64::from(((number << 1) ^ (number >> 31)).cast_unsigned())
}

fn zigzag_long(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}
