//! Boundaries beside what is known: ground claimed twice, ground of the park that nobody claims, parcels across the park's edge.
//!
//! A file's boundaries are laid among those of the ledger that the file leaves as they are, each in its layer of space.
//! Only what touches a feature of the file is told: what lies in the ledger already is not this file's. Ground that a map
//! of the park calls street, river or green needs no parcel. Deliberately absent: the geometry (`land::check`).

use std::collections::HashSet;
use std::num::NonZeroUsize;

use jiff::civil::Date;
use land::check::{Gap, Ground as Laid, Layer, Relation, Side, Tolerances, gaps, overlaps, straddle};
use land::{Shape, area};
use model::definition::{LandPart, LandRole};
use model::finding::{Finding, Severity};
use model::id::EntryId;

use super::placed::{At, Known, PlacedFeature};
use crate::messages::drawing as say;
use crate::parcels::boundary;
use crate::parcels::ground::Ground;
use crate::parcels::register::layer_of;

/// What is found between the boundaries of a file, those of the ledger and the park's.
pub(super) fn findings(
    ground: &Ground<'_>,
    known: &Known,
    placed: &[PlacedFeature],
    on: Date,
    file: &str,
) -> Vec<Finding> {
    let parcels = ground.parcels();
    let changed: HashSet<EntryId> = placed.iter().filter_map(|f| f.parcel).map(|(id, _)| id).collect();
    let others = parcels.rows().filter(|row| !changed.contains(&parcels.id(*row)));
    let others: Vec<(u32, &Shape)> = others
        .filter(|row| ground.in_force(*row, on))
        .filter_map(|row| Some((row, known.shapes.get(&parcels.id(row))?)))
        .collect();
    let beside = Beside { ground, placed, others: &others, file };
    let lying: Vec<Laid<'_>> = placed
        .iter()
        .map(|f| Laid { layer: beside.layer(f), shape: &f.shape })
        .chain(others.iter().map(|(row, shape)| Laid { layer: layer(ground.layer(*row)), shape }))
        .collect();
    let mut found = beside.overlapping(&lying);
    let park = Around::new(ground, on);
    if !park.own.0.is_empty() {
        found.extend(beside.across(&park));
        found.extend(beside.unclaimed(&lying, &park));
    }
    found
}

/// The park's own boundary and the ground inside it that needs no parcel, on one day.
struct Around {
    own: Shape,
    open: Vec<Shape>,
}

impl Around {
    fn new(ground: &Ground<'_>, on: Date) -> Self {
        let mut around = Self { own: Shape::new(Vec::new()), open: Vec::new() };
        let Some(areas) = ground.shelf(LandRole::Boundary) else { return around };
        for row in areas.rows() {
            let begun = areas.date(row, LandPart::From).is_none_or(|from| from <= on);
            let ended = areas.date(row, LandPart::To).is_some_and(|to| to < on);
            let shape = areas.text(row, LandPart::Boundary).and_then(|text| boundary::shape(&text));
            let (Some(shape), true) = (shape, begun && !ended) else { continue };
            match areas.meaning(row, LandPart::Kind).as_deref() {
                Some("park") => around.own.0.extend(shape.0),
                Some("open") => around.open.push(shape),
                _ => {}
            }
        }
        around
    }
}

/// A file's features and the parcels around them.
struct Beside<'a> {
    ground: &'a Ground<'a>,
    placed: &'a [PlacedFeature],
    others: &'a [(u32, &'a Shape)],
    file: &'a str,
}

impl Beside<'_> {
    /// The layer of space of a feature: that of its parcel, else what its code says.
    fn layer(&self, feature: &PlacedFeature) -> Layer {
        layer(feature.parcel.map_or_else(|| layer_of(&feature.code), |(_, row)| self.ground.layer(row)))
    }

    /// What a position is called: features of the file first, then parcels of the ledger.
    fn name(&self, at: usize) -> String {
        if let Some(feature) = self.placed.get(at) {
            return feature.code.clone();
        }
        let row = self.others[at - self.placed.len()].0;
        self.ground.parcels().text(row, LandPart::Code).unwrap_or_default()
    }

    fn at(&self, feature: &PlacedFeature, code: &str, said: (String, String)) -> Finding {
        let cell = say::feature(feature.number, feature.row);
        let entry = feature.parcel.map(|(id, _)| id);
        let at = At { file: self.file, layer: &feature.layer, cell, entry };
        at.finding(code, Severity::Warning, said)
    }

    /// Parcels of one layer that claim the same ground.
    fn overlapping(&self, lying: &[Laid<'_>]) -> Vec<Finding> {
        let found = overlaps(lying, &Tolerances::default());
        let ours = found.into_iter().filter(|overlap| overlap.relation != Relation::Stacked);
        ours.filter_map(|overlap| {
            let feature = self.placed.get(overlap.first)?;
            let duplicate = overlap.relation == Relation::Duplicate;
            let code = if duplicate { "same-boundary" } else { "overlap" };
            let square_metres = area::decimal(overlap.square_metres);
            Some(self.at(feature, code, say::overlap(&self.name(overlap.second), square_metres, duplicate)))
        })
        .collect()
    }

    /// Features across the park's boundary, and those outside that the register calls inside.
    fn across(&self, park: &Around) -> Vec<Finding> {
        let shapes: Vec<Shape> = self.placed.iter().map(|feature| feature.shape.clone()).collect();
        let lies = straddle(&shapes, &park.own, &Tolerances::default(), NonZeroUsize::MIN);
        let lies = self.placed.iter().zip(lies);
        lies.filter_map(|(feature, lies)| {
            let inside = feature.parcel.and_then(|(_, row)| {
                self.ground.parcels().meaning(row, LandPart::Inside).map(|word| word == "in")
            });
            let (all, part) = (area::decimal(lies.square_metres)?, area::decimal(lies.inside)?);
            match lies.side {
                Side::Across => {
                    Some(self.at(feature, "across-park", say::across(all, part, lies.belongs, inside)))
                }
                Side::Outside if inside == Some(true) => {
                    Some(self.at(feature, "outside-park", say::outside()))
                }
                Side::Inside | Side::Outside => None,
            }
        })
        .collect()
    }

    /// Ground of the park beside the features that no parcel claims.
    fn unclaimed(&self, lying: &[Laid<'_>], park: &Around) -> Vec<Finding> {
        let open = park.open.iter().map(|shape| Laid { layer: Layer::Surface, shape });
        let claimed: Vec<Laid<'_>> = lying.iter().copied().chain(open).collect();
        let found = gaps(&claimed, std::slice::from_ref(&park.own), &Tolerances::default());
        found.into_iter().filter_map(|gap| self.gap(&gap, lying.len())).collect()
    }

    fn gap(&self, gap: &Gap, parcels: usize) -> Option<Finding> {
        let feature = gap.beside.iter().find_map(|at| self.placed.get(*at))?;
        let names: Vec<String> = gap
            .beside
            .iter()
            .filter(|at| **at < parcels && self.placed.get(**at).is_none_or(|of| of.number != feature.number))
            .map(|at| self.name(*at))
            .collect();
        let square_metres = area::decimal(gap.square_metres);
        Some(self.at(feature, "gap", say::gap(&names, square_metres, (gap.at.x, gap.at.y), gap.sliver)))
    }
}

fn layer(word: &str) -> Layer {
    match word {
        "above" => Layer::Above,
        "below" => Layer::Below,
        _ => Layer::Surface,
    }
}
