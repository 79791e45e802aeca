//! Bytes as points of a small grid, so that rings touch, repeat and cross themselves: mended, judged, cut and drawn.
#![no_main]

use std::num::NonZeroUsize;

use land::Shape;
use land::check::{Ground, Layer, Tolerances, gaps, overlaps, repair, straddle};
use land::lineage::{sums, united};
use land::tile::{Cells, Labels, Layer as Drawn, Sheet, TileId, tile};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let tolerances = Tolerances::default();
    let shapes = shapes(data);
    for shape in &shapes {
        let once = repair(shape, &tolerances);
        let twice = repair(&once.shape, &tolerances);
        assert!(twice.shape == once.shape && twice.mends.is_empty(), "repairing again changes nothing");
    }
    let parcels: Vec<Ground<'_>> =
        shapes.iter().map(|shape| Ground { layer: Layer::Surface, shape }).collect();
    overlaps(&parcels, &tolerances);
    if let Some((first, rest)) = shapes.split_first() {
        gaps(&parcels[1..], std::slice::from_ref(first), &tolerances);
        sums(std::slice::from_ref(first), rest);
        straddle(rest, first, &tolerances, NonZeroUsize::MIN);
    }
    united(&shapes, &tolerances);
    let sheet = Sheet::new((0..).zip(&shapes));
    let cells = Cells { name: "cells", key: "class", class: &|at| ["odd", "even"][at % 2] };
    let labels = Labels { name: "labels", key: "name", text: &|at| ["", "甲"][at % 2] };
    let layer = Drawn {
        name: "parcels",
        sheet: &sheet,
        attributes: &|_, _| {},
        cells: Some(cells),
        labels: Some(labels),
    };
    for at in (0..20).filter_map(|zoom| TileId::of(zoom, (121.5, 29.5).into())) {
        tile(at, std::slice::from_ref(&layer));
    }
});

/// Rings end at a byte of 255, polygons at 254, shapes at 253; any other byte is a point of a grid of 15 × 15.
fn shapes(data: &[u8]) -> Vec<Shape> {
    let ring = |bytes: &[u8]| {
        let point = |byte: &u8| (121.5 + f64::from(byte / 16) * 1e-4, 29.5 + f64::from(byte % 16) * 1e-4);
        bytes.iter().map(point).collect::<Vec<_>>().into()
    };
    let polygon = |bytes: &[u8]| {
        let mut rings = bytes.split(|byte| *byte == 255).map(ring);
        let outer = rings.next().unwrap_or_else(|| Vec::<(f64, f64)>::new().into());
        geo::Polygon::new(outer, rings.collect())
    };
    let shape = |bytes: &[u8]| Shape::new(bytes.split(|byte| *byte == 254).map(polygon).collect());
    data.split(|byte| *byte == 253).take(6).map(shape).collect()
}
