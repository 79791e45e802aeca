//! A list of boundary points (界址点) in the rows of a sheet: one parcel after the other, point by point.
//!
//! Columns are found by their headings. X and Y are kept as the list names them – surveyors' X is north – and which
//! is which is found out with the coordinate system. A parcel is named in a column, or once above its points. A ring
//! ends where the ring's number changes, or where its first point is repeated.
//!
//! A point that cannot be read spoils its parcel: a boundary with a missing corner would be another boundary.

use geo::Coord;
use std::collections::HashMap;
use std::sync::Arc;

use super::collect::{Collector, Stop, text};
use super::headings::{self, Column};
use super::{Format, Limits, Reading};
use crate::{Attribute, Place, Trouble, What};

/// Reads the rows of one sheet, called `sheet` in places.
pub fn read(rows: &[Vec<String>], sheet: &str, limits: &Limits) -> Result<Reading, Stop> {
    let layer: Arc<str> = sheet.into();
    let mut list = List {
        collector: Collector::new(limits),
        layer,
        head: None,
        parcels: Vec::new(),
        known: HashMap::new(),
        current: None,
        titled: String::new(),
        blocks: 0,
    };
    for (number, row) in (1..).zip(rows) {
        list.row(number, row)?;
    }
    let Some(head) = list.head.take() else {
        return Err(What::ColumnMissing { column: "x".to_owned() });
    };
    for parcel in std::mem::take(&mut list.parcels) {
        list.keep(parcel, &head);
    }
    Ok(list.collector.finish(Format::Points, None))
}

/// Where the columns stand.
struct Head {
    names: Vec<String>,
    parcel: Option<usize>,
    ring: Option<usize>,
    point: Option<usize>,
    first: usize,
    second: usize,
}

impl Head {
    fn find(row: &[String]) -> Option<Head> {
        let at = |column| row.iter().position(|cell| headings::column(cell) == Some(column));
        let plane = at(Column::X).zip(at(Column::Y));
        let (first, second) = plane.or_else(|| at(Column::Longitude).zip(at(Column::Latitude)))?;
        let (parcel, ring, point) = (at(Column::Parcel), at(Column::Ring), at(Column::Point));
        Some(Head { names: row.to_vec(), parcel, ring, point, first, second })
    }
}

struct Parcel {
    name: String,
    row: u32,
    values: Vec<String>,
    ring: String,
    rings: Vec<Vec<Coord<f64>>>,
    spoiled: bool,
    scattered: bool,
}

struct List<'l> {
    collector: Collector<'l>,
    layer: Arc<str>,
    head: Option<Head>,
    parcels: Vec<Parcel>,
    /// Parcels by name and block.
    known: HashMap<(String, u32), usize>,
    /// The parcel of the row above.
    current: Option<usize>,
    /// The parcel named above the points.
    titled: String,
    blocks: u32,
}

impl List<'_> {
    fn row(&mut self, number: u32, row: &[String]) -> Result<(), Stop> {
        if let Some(head) = Head::find(row) {
            self.head = Some(head);
            self.blocks += 1;
            return Ok(());
        }
        let pair = self.head.as_ref().map(|head| (cell(row, head.first), cell(row, head.second)));
        match pair {
            Some((first, second)) if !first.is_empty() && !second.is_empty() => self.point(number, row),
            _ => {
                self.title(row);
                Ok(())
            }
        }
    }

    /// A row without coordinates may name the parcel of the points below.
    fn title(&mut self, row: &[String]) {
        let named = row.iter().enumerate().find_map(|(at, cell)| {
            let inside = headings::titled(cell)?;
            let beside = row[at + 1..].iter().map(|cell| cell.trim()).find(|cell| !cell.is_empty());
            Some(if inside.is_empty() { beside.unwrap_or_default() } else { inside }.to_owned())
        });
        if let Some(name) = named.filter(|name| !name.is_empty()) {
            self.titled = name;
            self.blocks += 1;
        }
    }

    fn point(&mut self, number: u32, row: &[String]) -> Result<(), Stop> {
        let Some(head) = &self.head else { return Ok(()) };
        let written = [cell(row, head.first), cell(row, head.second)];
        let ring = head.ring.map(|at| cell(row, at).to_owned()).unwrap_or_default();
        let named = head.parcel.map(|at| cell(row, at).to_owned()).filter(|name| !name.is_empty());
        let label = head.point.map_or("", |at| cell(row, at));
        let read = written.map(headings::number);
        // A line of text that happens to fill both columns is no point unless it carries a point's name.
        if read == [None, None] && label.is_empty() && named.is_none() {
            return Ok(());
        }
        let bad = written.iter().zip(read).find(|(_, read)| read.is_none()).map(|(text, _)| *text);
        let what = bad.map(|text| What::NotANumber { text: text.chars().take(40).collect() });
        let at = self.parcel(number, row, named)?;
        if let Some(what) = what {
            self.parcels[at].spoiled = true;
            let place = Place { layer: Arc::clone(&self.layer), row: Some(number), ..Place::default() };
            self.collector.trouble(Trouble::refused(place, what));
        }
        if let [Some(x), Some(y)] = read {
            self.collector.count_points(1)?;
            self.parcels[at].add(Coord { x, y }, ring);
        }
        Ok(())
    }

    /// The parcel a row belongs to: the one it names, else the one of the row above in the same block.
    fn parcel(&mut self, number: u32, row: &[String], named: Option<String>) -> Result<usize, Stop> {
        let has_column = self.head.as_ref().is_some_and(|head| head.parcel.is_some());
        let key = match (named, self.current) {
            (Some(name), _) => (name, 0),
            (None, Some(current)) if has_column => return Ok(current),
            (None, _) => (self.titled.clone(), self.blocks),
        };
        if let Some(&at) = self.known.get(&key) {
            let parcel = &mut self.parcels[at];
            if Some(at) != self.current && !parcel.scattered {
                parcel.scattered = true;
                let place = Place { layer: Arc::clone(&self.layer), row: Some(number), ..Place::default() };
                self.collector.trouble(Trouble::doubt(place, What::Scattered { parcel: key.0 }));
            }
            self.current = Some(at);
            return Ok(at);
        }
        self.collector.begin()?;
        let at = self.parcels.len();
        self.current = Some(at);
        self.parcels.push(Parcel {
            name: key.0.clone(),
            row: number,
            values: row.to_vec(),
            ring: String::new(),
            rings: Vec::new(),
            spoiled: false,
            scattered: false,
        });
        self.known.insert(key, at);
        Ok(at)
    }

    fn keep(&mut self, parcel: Parcel, head: &Head) {
        if parcel.spoiled {
            return;
        }
        let place = Place { layer: Arc::clone(&self.layer), row: Some(parcel.row), ..Place::default() };
        let mut attributes: Vec<Attribute> = Vec::new();
        let heading = head.parcel.and_then(|at| head.names.get(at)).map_or("parcel", |name| name.trim());
        self.collector.attribute(&mut attributes, heading, text(&parcel.name), &place);
        let taken = [head.parcel, head.ring, head.point, Some(head.first), Some(head.second)];
        for (at, name) in head.names.iter().enumerate() {
            if !taken.contains(&Some(at)) && !name.trim().is_empty() {
                let value = text(cell(&parcel.values, at));
                self.collector.attribute(&mut attributes, name.trim(), value, &place);
            }
        }
        self.collector.rings(parcel.rings, attributes, place);
    }
}

impl Parcel {
    fn add(&mut self, at: Coord<f64>, ring: String) {
        let closed = self.rings.last().is_some_and(|ring| ring.len() > 3 && ring.first() == ring.last());
        if self.rings.is_empty() || closed || ring != self.ring {
            self.rings.push(Vec::new());
            self.ring = ring;
        }
        if let Some(ring) = self.rings.last_mut() {
            ring.push(at);
        }
    }
}

fn cell(row: &[String], at: usize) -> &str {
    row.get(at).map_or("", |cell| cell.trim())
}
