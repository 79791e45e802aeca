//! Overlay: the pieces of 100,000 polygons in 100 boundaries, in metres; and the same from longitude and latitude.
//!
//! `overlay FILE metres|degrees REPEATS THREADS`. As with the peers of `peers/overlay.py`, reading the shapes is not timed,
//! preparing the boundaries is.

use std::num::NonZeroUsize;
use std::path::Path;

use geo::{Coord, LineString, Polygon};
use land::Shape;
use land::area::Plane;
use land::overlay::Boundaries;
use parkledger_benches::{Fault, arguments, print, repeated};
use serde_json::json;

fn main() -> Result<(), Fault> {
    let arguments = arguments();
    let [path, what, repeats, threads] = arguments.as_slice() else {
        return Err("overlay FILE metres|degrees REPEATS THREADS".into());
    };
    let (polygons, boundaries) = read(Path::new(path))?;
    let threads: NonZeroUsize = threads.parse()?;
    let repeats = repeats.parse()?;
    let (pieces, ms) = match what.as_str() {
        "metres" => repeated(repeats, || Boundaries::in_metres(&boundaries).pieces(&polygons, threads)),
        _ => {
            let plane = Plane::at(Coord { x: 121.46, y: 29.88 });
            let lift = |shapes: &[Shape]| shapes.iter().map(|shape| plane.lift(shape)).collect::<Vec<_>>();
            let (polygons, boundaries) = (lift(&polygons), lift(&boundaries));
            repeated(repeats, || Boundaries::new(&boundaries).pieces(&polygons, threads))
        }
    };
    let mut areas = vec![0.0; boundaries.len()];
    for piece in &pieces {
        areas[piece.boundary] += piece.square_metres;
    }
    let cut = pieces.iter().filter(|piece| piece.cut.is_some()).count();
    let engine = match (what.as_str(), threads.get()) {
        ("metres", 1) => "parkledger-1",
        ("metres", _) => "parkledger",
        _ => "parkledger-degrees",
    };
    print(engine, &ms, &json!({ "pieces": pieces.len(), "cut": cut, "areas": areas }));
    Ok(())
}

/// Polygons and boundaries: two lists, each a count and then rings, each a count of points and their coordinates.
fn read(path: &Path) -> Result<(Vec<Shape>, Vec<Shape>), Fault> {
    let bytes = std::fs::read(path)?;
    let mut words = bytes.chunks_exact(8).map(|word| <[u8; 8]>::try_from(word).map(u64::from_le_bytes));
    let mut next = || -> Result<u64, Fault> { Ok(words.next().ok_or("the file ends early")??) };
    let mut list = || -> Result<Vec<Shape>, Fault> {
        let count = next()?;
        let ring = |next: &mut dyn FnMut() -> Result<u64, Fault>| -> Result<Shape, Fault> {
            let points = (0..next()?).map(|_| {
                let (x, y) = (f64::from_bits(next()?), f64::from_bits(next()?));
                Ok(Coord { x, y })
            });
            let line = LineString(points.collect::<Result<_, Fault>>()?);
            Ok(Shape::new(vec![Polygon::new(line, Vec::new())]))
        };
        (0..count).map(|_| ring(&mut next)).collect()
    };
    Ok((list()?, list()?))
}
