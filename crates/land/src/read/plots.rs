//! The text file in which plots are exchanged for approval (勘测定界): a description of the system, then each plot
//! with a head that ends in `@` and its points as name, ring, X, Y – X being north.
//!
//! The description names datum, width and number of the zone; whether eastings carry the number is seen from the
//! first point. Lines are places here: a plot's place has the number of its line as row.

use geo::Coord;
use std::sync::Arc;

use super::collect::{Collector, Stop, text, written};
use super::headings::{self, Description};
use super::{Format, Limits, Reading};
use crate::crs::{Stated, Zone};
use crate::{Attribute, Place, Trouble, What};

/// Whether the bytes look like such a file: the name of one of its sections stands near the beginning.
pub fn is_one(bytes: &[u8]) -> bool {
    let start = written(&bytes[..bytes.len().min(4096)]).into_owned();
    let start = start.trim_start();
    start.starts_with(['[', '【'])
        && (start.contains(headings::DESCRIPTION) || start.contains(headings::PLOTS))
}

/// Reads all plots.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Reading, Stop> {
    let mut file = File {
        collector: Collector::new(limits),
        layer: Arc::from(""),
        plot: None,
        datum: String::new(),
        six: false,
        zone: None,
        easting: None,
    };
    for (number, line) in (1..).zip(written(bytes).lines()) {
        file.line(number, line.trim())?;
    }
    file.flush();
    let stated = file.stated();
    Ok(file.collector.finish(Format::Plots, stated))
}

struct File<'l> {
    collector: Collector<'l>,
    layer: Arc<str>,
    plot: Option<Plot>,
    datum: String,
    six: bool,
    zone: Option<u8>,
    /// The first Y, which says whether eastings carry the zone's number.
    easting: Option<f64>,
}

struct Plot {
    place: Place,
    attributes: Vec<Attribute>,
    declared: Option<u32>,
    read: u32,
    ring: String,
    rings: Vec<Vec<Coord<f64>>>,
    spoiled: bool,
}

impl File<'_> {
    fn line(&mut self, number: u32, line: &str) -> Result<(), Stop> {
        if line.is_empty() || line.starts_with(['[', '【']) {
            return Ok(());
        }
        if let Some(head) = line.strip_suffix('@') {
            return self.head(number, head);
        }
        match (self.plot.is_some(), line.split_once('=')) {
            (true, _) => self.point(number, line),
            (false, Some((key, value))) => {
                self.describe(key, value.trim());
                Ok(())
            }
            (false, None) => Ok(()),
        }
    }

    fn describe(&mut self, key: &str, value: &str) {
        match headings::description(key) {
            Some(Description::Datum) => value.clone_into(&mut self.datum),
            Some(Description::Width) => self.six = value.starts_with('6'),
            Some(Description::Zone) => self.zone = value.parse().ok(),
            None => {}
        }
    }

    /// The head of a plot: number of points, area, number, name, and so on.
    fn head(&mut self, number: u32, head: &str) -> Result<(), Stop> {
        self.flush();
        self.collector.begin()?;
        let place = Place { row: Some(number), ..Place::feature(&self.layer, self.collector.seen()) };
        let fields: Vec<&str> = head.split(',').map(str::trim).collect();
        let declared = fields.first().and_then(|count| count.parse().ok());
        let mut attributes = Vec::new();
        for (name, field) in headings::PLOT_FIELDS.iter().zip(fields).skip(1) {
            self.collector.attribute(&mut attributes, name, text(field), &place);
        }
        let ring = String::new();
        self.plot =
            Some(Plot { place, attributes, declared, read: 0, ring, rings: Vec::new(), spoiled: false });
        Ok(())
    }

    fn point(&mut self, number: u32, line: &str) -> Result<(), Stop> {
        let Some(plot) = &mut self.plot else { return Ok(()) };
        plot.read += 1;
        let fields: Vec<&str> = line.split([',', '，']).map(str::trim).collect();
        let [_, ring, x, y, ..] = fields.as_slice() else {
            self.spoil(number, line);
            return Ok(());
        };
        let (Some(x), Some(y)) = (headings::number(x), headings::number(y)) else {
            self.spoil(number, line);
            return Ok(());
        };
        self.collector.count_points(1)?;
        self.easting.get_or_insert(y);
        if plot.rings.is_empty() || plot.ring != *ring {
            plot.rings.push(Vec::new());
            (*ring).clone_into(&mut plot.ring);
        }
        if let Some(ring) = plot.rings.last_mut() {
            ring.push(Coord { x, y });
        }
        Ok(())
    }

    /// A point that cannot be read spoils its plot.
    fn spoil(&mut self, number: u32, line: &str) {
        if let Some(plot) = &mut self.plot {
            plot.spoiled = true;
            let place = Place { row: Some(number), ..plot.place.clone() };
            let text = line.chars().take(40).collect();
            self.collector.trouble(Trouble::refused(place, What::NotANumber { text }));
        }
    }

    /// Keeps the plot that has come to its end.
    fn flush(&mut self) {
        let Some(plot) = self.plot.take() else { return };
        if let Some(declared) = plot.declared.filter(|declared| *declared != plot.read) {
            let what = What::PointsDiffer { declared, read: plot.read };
            self.collector.trouble(Trouble::doubt(plot.place.clone(), what));
        }
        if !plot.spoiled {
            self.collector.rings(plot.rings, plot.attributes, plot.place);
        }
    }

    /// What the description says about the system, as far as it says anything.
    fn stated(&self) -> Option<Stated> {
        let prefixed = self.easting.is_some_and(|easting| easting >= 1e6);
        let zone = match self.zone {
            Some(number) if self.six => Zone::six(number, prefixed),
            Some(number) => Zone::three(number, prefixed),
            None => None,
        };
        match zone {
            Some(zone) => Stated::from_zone(&self.datum, zone),
            None if self.datum.is_empty() => None,
            None => match Stated::from_name(&self.datum) {
                old @ Stated::Old { .. } => Some(old),
                // Without a zone the datum alone says too little.
                _ => None,
            },
        }
    }
}
