use super::*;
use crate::feature::Shape;
use geo::{LineString, Polygon, polygon};
use proptest::prelude::*;

/// A reader of tiles written from the specification, for these tests alone.
mod read {
    #[derive(Debug, Default, PartialEq)]
    pub struct Layer {
        pub name: String,
        pub version: u64,
        pub extent: u64,
        pub keys: Vec<String>,
        pub values: Vec<Vec<u8>>,
        pub features: Vec<Feature>,
    }

    #[derive(Debug, Default, PartialEq)]
    pub struct Feature {
        pub id: u64,
        pub tags: Vec<u64>,
        pub kind: u64,
        pub rings: Vec<Vec<(i64, i64)>>,
        pub places: Vec<(i64, i64)>,
    }

    pub fn varint(bytes: &mut &[u8]) -> u64 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let (first, rest) = bytes.split_first().expect("a varint ends");
            *bytes = rest;
            number |= u64::from(first & 0x7f) << shift;
            shift += 7;
            if first & 0x80 == 0 {
                return number;
            }
        }
    }

    /// Field number, number, bytes.
    fn fields(mut bytes: &[u8]) -> Vec<(u64, u64, &[u8])> {
        let mut found = Vec::new();
        while !bytes.is_empty() {
            let key = varint(&mut bytes);
            let number = match key & 7 {
                0 => varint(&mut bytes),
                1 => 8,
                2 => varint(&mut bytes),
                other => panic!("wire type {other}"),
            };
            let length = if key.trailing_zeros() >= 3 { 0 } else { usize::try_from(number).expect("short") };
            let (value, rest) = bytes.split_at(length);
            bytes = rest;
            found.push((key >> 3, number, value));
        }
        found
    }

    fn unzigzag(number: u64) -> i64 {
        (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
    }

    type Places = Vec<(i64, i64)>;

    /// Rings that were closed, and places that no line left.
    fn drawn(mut bytes: &[u8]) -> (Vec<Places>, Places) {
        let (mut rings, mut ring, mut pen) = (Vec::new(), Vec::new(), (0, 0));
        while !bytes.is_empty() {
            let command = varint(&mut bytes);
            for _ in 0..command >> 3 {
                match command & 7 {
                    1 | 2 => {
                        pen.0 += unzigzag(varint(&mut bytes));
                        pen.1 += unzigzag(varint(&mut bytes));
                        ring.push(pen);
                    }
                    7 => rings.push(std::mem::take(&mut ring)),
                    other => panic!("command {other}"),
                }
            }
        }
        (rings, ring)
    }

    pub fn tile(bytes: &[u8]) -> Vec<Layer> {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        let layers = fields(bytes).into_iter().map(|(field, _, bytes)| {
            assert_eq!(field, 3);
            let mut layer = Layer::default();
            for (field, number, bytes) in fields(bytes) {
                match field {
                    15 => layer.version = number,
                    1 => layer.name = text(bytes),
                    2 => layer.features.push(feature(bytes)),
                    3 => layer.keys.push(text(bytes)),
                    4 => layer.values.push(bytes.to_vec()),
                    5 => layer.extent = number,
                    other => panic!("layer field {other}"),
                }
            }
            layer
        });
        layers.collect()
    }

    fn feature(bytes: &[u8]) -> Feature {
        let mut feature = Feature::default();
        for (field, number, mut bytes) in fields(bytes) {
            match field {
                1 => feature.id = number,
                2 => {
                    while !bytes.is_empty() {
                        feature.tags.push(varint(&mut bytes));
                    }
                }
                3 => feature.kind = number,
                4 => (feature.rings, feature.places) = drawn(bytes),
                other => panic!("feature field {other}"),
            }
        }
        assert_eq!(feature.kind == 3, feature.places.is_empty(), "the last ring is closed");
        feature
    }

    /// Twice the area, y counting down: positive for outer rings.
    pub fn twice(ring: &[(i64, i64)]) -> i64 {
        (0..ring.len())
            .map(|at| (ring[at], ring[(at + 1) % ring.len()]))
            .map(|(a, b)| a.0 * b.1 - b.0 * a.1)
            .sum()
    }
}

/// The degrees of a place given in steps of a tile: Web Mercator backwards.
fn place(at: TileId, x: f64, y: f64) -> Coord<f64> {
    let (zoom, column, row) = at.numbers();
    let scale = f64::from(1_u32 << zoom);
    let (x, y) = ((f64::from(column) + x / 4096.0) / scale, (f64::from(row) + y / 4096.0) / scale);
    let latitude = (std::f64::consts::PI * (1.0 - 2.0 * y)).sinh().atan().to_degrees();
    Coord { x: (x - 0.5) * 360.0, y: latitude }
}

fn shape(at: TileId, rings: &[&[(f64, f64)]]) -> Shape {
    let mut lines =
        rings.iter().map(|ring| LineString(ring.iter().map(|&(x, y)| place(at, x, y)).collect::<Vec<_>>()));
    Polygon::new(lines.next().expect("an outer ring"), lines.collect()).into()
}

fn nothing(_: usize, _: &mut Tags<'_>) {}

/// A layer of shapes alone.
fn plain<'a>(
    name: &'a str,
    sheet: &'a Sheet,
    attributes: &'a (dyn Fn(usize, &mut Tags<'_>) + Sync),
) -> Layer<'a> {
    Layer { name, sheet, attributes, cells: None, labels: None }
}

fn drawn(at: TileId, shapes: &[Shape]) -> Vec<read::Feature> {
    let sheet = Sheet::new((1..).zip(shapes));
    let bytes = tile(at, &[plain("parcels", &sheet, &nothing)]);
    read::tile(&bytes).into_iter().flat_map(|layer| layer.features).collect()
}

/// A tile over the middle of Haishu: zoom 14, 2.4 km across, less than 2.2 km on the ground.
fn haishu(zoom: u8) -> TileId {
    TileId::of(zoom, Coord { x: 121.46, y: 29.88 }).expect("zoom is small")
}

#[test]
fn a_place_lies_in_the_tile_that_maps_ask_for() {
    // (121.46 / 360 + 0.5) × 2¹⁴ = 13,719.78; (0.5 - atanh(sin 29.88°) / 2π) × 2¹⁴ = 6,765.93.
    assert_eq!(haishu(14).numbers(), (14, 13_719, 6_765));
    assert_eq!((TileId::new(3, 8, 0), TileId::new(25, 0, 0), TileId::new(60, 0, 0)), (None, None, None));
    assert_eq!(TileId::new(0, 0, 0).map(TileId::numbers), Some((0, 0, 0)));
}

#[test]
fn layers_carry_numbers_names_and_values() {
    let at = haishu(14);
    let square = shape(at, &[&[(100.0, 100.0), (300.0, 100.0), (300.0, 300.0), (100.0, 300.0)]]);
    let other = shape(at, &[&[(500.0, 100.0), (700.0, 100.0), (700.0, 300.0), (500.0, 300.0)]]);
    let both = [square, other];
    let (parcels, buildings) = (Sheet::new((7..).zip(&both)), Sheet::new([(300, &both[0])]));
    let attributes = |at: usize, tags: &mut Tags<'_>| {
        tags.put("grade", &Attribute::Text("A"));
        if at == 0 {
            tags.put("value", &Attribute::Number(1.5));
        } else {
            tags.put("count", &Attribute::Whole(-2));
            tags.put("vacant", &Attribute::Truth(true));
        }
    };
    let bytes = tile(
        at,
        &[
            plain("parcels", &parcels, &attributes),
            plain("buildings", &buildings, &nothing),
            plain("nobody", &Sheet::default(), &nothing),
        ],
    );
    let layers = read::tile(&bytes);
    assert_eq!(layers.iter().map(|l| l.name.as_str()).collect::<Vec<_>>(), ["parcels", "buildings"]);
    assert_eq!((layers[0].version, layers[0].extent), (2, 4096));
    assert_eq!(layers[0].keys, ["grade", "value", "count", "vacant"]);
    // A string field, a double, a zigzag of -2, a bool.
    let double = [&[0x19][..], &1.5_f64.to_le_bytes()].concat();
    assert_eq!(layers[0].values, [&b"\x0a\x01A"[..], &double, b"\x30\x03", b"\x38\x01"]);
    let [one, two] = layers[0].features.as_slice() else { panic!("two parcels") };
    assert_eq!((one.id, one.kind, one.tags.as_slice()), (7, 3, [0, 0, 1, 1].as_slice()));
    assert_eq!((two.id, two.tags.as_slice()), (8, [0, 0, 2, 2, 3, 3].as_slice()));
    assert_eq!(layers[1].features[0].id, 300);
    // Two steps are as far as the grid of the degrees allows.
    let corners = [(100, 100), (300, 100), (300, 300), (100, 300)];
    assert_eq!(one.rings.len(), 1);
    assert!(corners.iter().all(|corner| one.rings[0].contains(corner)), "{:?}", one.rings);
}

#[test]
fn outer_rings_and_holes_run_as_the_specification_says() {
    let at = haishu(14);
    let hole: &[(f64, f64)] = &[(200.0, 200.0), (300.0, 200.0), (300.0, 300.0), (200.0, 300.0)];
    let outer: Vec<(f64, f64)> = vec![(100.0, 100.0), (900.0, 100.0), (900.0, 900.0), (100.0, 900.0)];
    let turned: Vec<(f64, f64)> = outer.iter().rev().copied().collect();
    for outer in [outer, turned] {
        let features = drawn(at, &[shape(at, &[&outer, hole])]);
        let areas: Vec<i64> = features[0].rings.iter().map(|ring| read::twice(ring)).collect();
        // 2 × 800² and 2 × 100².
        assert_eq!(areas, [1_280_000, -20_000]);
    }
}

#[test]
fn shapes_are_clipped_to_the_tile_and_a_margin() {
    let at = haishu(14);
    let large = shape(at, &[&[(-9000.0, -9000.0), (2000.0, -9000.0), (2000.0, 9000.0), (-9000.0, 9000.0)]]);
    let outside = shape(at, &[&[(-900.0, 0.0), (-100.0, 0.0), (-100.0, 900.0)]]);
    let features = drawn(at, &[large, outside]);
    assert_eq!(features.len(), 1);
    let ring = &features[0].rings[0];
    let (x, y): (Vec<i64>, Vec<i64>) = ring.iter().copied().unzip();
    assert_eq!((x.iter().min(), x.iter().max()), (Some(&-64), Some(&2000)));
    assert_eq!((y.iter().min(), y.iter().max()), (Some(&-64), Some(&4160)));
}

#[test]
fn points_that_cannot_be_seen_are_left_out() {
    let at = haishu(14);
    // The side y = 100 bends by two steps at 14, which is under three; four zooms on it is 32 steps.
    let bent: &[(f64, f64)] =
        &[(100.0, 100.0), (500.0, 102.0), (900.0, 100.0), (900.0, 900.0), (100.0, 900.0)];
    let parcel = shape(at, &[bent]);
    let points = |at| drawn(at, std::slice::from_ref(&parcel)).first().map(|f| f.rings[0].len());
    assert_eq!(points(at), Some(4));
    let deeper = TileId::of(18, place(at, 500.0, 102.0)).expect("zoom is small");
    let bend = drawn(deeper, std::slice::from_ref(&parcel));
    let (_, _, row) = deeper.numbers();
    let y = deeper.steps(sheet::mercator(place(at, 500.0, 102.0))).y;
    assert!(
        bend[0].rings[0].iter().any(|point| (point.1 - i64::from(whole(y))).abs() <= 1),
        "row {row} {bend:?}"
    );
}

#[test]
fn many_small_parcels_are_a_field_from_far() {
    // 100 × 100 parcels of 2 × 2 steps side by side: 40,000 steps² are 156 dots of 256.
    let at = haishu(14);
    let parcels: Vec<Shape> = (0..10_000)
        .map(|n| (f64::from(n % 100) * 2.0 + 1000.0, f64::from(n / 100) * 2.0 + 1000.0))
        .map(|(x, y)| shape(at, &[&[(x, y), (x + 2.0, y), (x + 2.0, y + 2.0), (x, y + 2.0)]]))
        .collect();
    let features = drawn(at, &parcels);
    assert!((154..=157).contains(&features.len()), "{}", features.len());
    assert!(features.iter().all(|feature| read::twice(&feature.rings[0]) == 512));
}

#[test]
fn parcels_too_small_to_be_told_apart_are_a_mosaic_of_their_classes() {
    // A block of 64 × 64 parcels, four to a cell of 4,096 ÷ 96 steps; its west half is A, its east half B. Beside it a parcel of
    // 49 × 49 steps, which is drawn for itself.
    let at = haishu(14);
    let side = 4096.0 / 96.0 / 2.0;
    let corner = |n: u32| f64::from(n) * side + 1024.0;
    let square = |x: f64, y: f64, side: f64| {
        shape(at, &[&[(x, y), (x + side, y), (x + side, y + side), (x, y + side)]])
    };
    let mut parcels: Vec<Shape> =
        (0..64 * 64).map(|n| square(corner(n % 64), corner(n / 64), side)).collect();
    parcels.push(square(3000.0, 3000.0, 49.0));
    let sheet = Sheet::new((1..).zip(&parcels));
    let class = |position: usize| if position % 64 < 32 { "A" } else { "B" };
    let cells = Some(Cells { name: "far", key: "class", class: &class });
    let layers = read::tile(&tile(at, &[Layer { cells, ..plain("parcels", &sheet, &nothing) }]));
    let [far, near] = layers.as_slice() else { panic!("two layers") };
    assert_eq!((near.name.as_str(), near.features.len(), near.features[0].id), ("parcels", 1, 4097));
    assert_eq!((far.name.as_str(), far.extent, far.keys.as_slice()), ("far", 96, &["class".to_owned()][..]));
    assert_eq!(far.values, [b"\x0a\x01A".to_vec(), b"\x0a\x01B".to_vec()]);
    // 1,024 steps are 24 cells; 32 parcels are 16 cells across and 64 are 32 down. Degrees to seven digits move no middle over
    // the side of a cell, and ground is whole to a thousandth.
    let corners = |west: i64, east: i64| vec![vec![(west, 24), (east, 24), (east, 56), (west, 56)]];
    assert_eq!(far.features.iter().map(|f| f.id).collect::<Vec<_>>(), [0, 0]);
    assert_eq!(far.features[0].rings, corners(24, 40));
    assert_eq!(far.features[1].rings, corners(40, 56));
}

#[test]
fn a_name_stands_once_where_its_shape_has_room_for_it() {
    // 300 × 300 steps are more than the 256 × 256 a name needs, 200 × 200 are less. The large one lies across the east side
    // of the tile, its middle 50 steps within the next.
    let at = haishu(14);
    let square = |x: f64, side: f64| {
        shape(at, &[&[(x, 100.0), (x + side, 100.0), (x + side, 100.0 + side), (x, 100.0 + side)]])
    };
    let shapes = [square(1000.0, 300.0), square(2000.0, 200.0), square(3996.0, 300.0), square(500.0, 300.0)];
    let sheet = Sheet::new((1..).zip(&shapes));
    let text = |position: usize| ["东", "small", "across", ""][position];
    let labelled = |at| {
        let labels = Some(Labels { name: "label", key: "text", text: &text });
        let layers = read::tile(&tile(at, &[Layer { labels, ..plain("parcels", &sheet, &nothing) }]));
        layers.into_iter().find(|layer| layer.name == "label").expect("a layer of names")
    };
    let here = labelled(at);
    assert_eq!(
        (here.keys, here.values),
        (vec!["text".to_owned()], vec![[&b"\x0a\x03"[..], "东".as_bytes()].concat()])
    );
    let [name] = here.features.as_slice() else { panic!("one name") };
    assert_eq!((name.id, name.kind), (1, 1));
    let [(x, y)] = name.places.as_slice() else { panic!("one place") };
    assert!((1149..=1151).contains(x) && (249..=251).contains(y), "the middle of the square: {x}, {y}");
    let (zoom, x, y) = at.numbers();
    let next = labelled(TileId::new(zoom, x + 1, y).expect("there is one"));
    let [name] = next.features.as_slice() else { panic!("one name") };
    assert_eq!((name.id, name.places[0].0), (3, 50));
}

#[test]
fn a_strip_narrower_than_the_tolerance_is_still_drawn() {
    let at = haishu(14);
    let river = shape(at, &[&[(0.0, 10.0), (4000.0, 10.0), (4000.0, 12.0), (0.0, 12.0)]]);
    assert_eq!(drawn(at, &[river]).len(), 1);
}

proptest! {
    /// Whatever a shape is: the tile can be read, rings are closed, run the right way round, and stay in tile and margin.
    #[test]
    fn any_shape_makes_a_good_tile(
        rings in prop::collection::vec(prop::collection::vec((-6000.0..9000.0f64, -6000.0..9000.0f64), 0..20), 1..4),
        zoom in 0..=DEEPEST,
    ) {
        let at = haishu(zoom);
        let rings: Vec<&[(f64, f64)]> = rings.iter().map(Vec::as_slice).collect();
        for feature in drawn(at, &[shape(at, &rings)]) {
            prop_assert!(read::twice(&feature.rings[0]) > 0);
            for ring in &feature.rings {
                prop_assert!(ring.len() >= 3 && read::twice(ring) != 0, "{ring:?}");
                prop_assert!(ring.iter().all(|(x, y)| (-64..=4160).contains(x) && (-64..=4160).contains(y)), "{ring:?}");
            }
        }
    }

    #[test]
    fn no_coordinates_make_it_panic(points in prop::collection::vec((any::<f64>(), any::<f64>()), 0..12), scale in -300..300i32, zoom in 0..30u8, x: u32, y: u32) {
        let points = points.into_iter().map(|(x, y)| (x * 10f64.powi(scale), y * 10f64.powi(scale)));
        let wild: Shape = Polygon::new(LineString::from(points.collect::<Vec<_>>()), vec![]).into();
        for at in [TileId::new(zoom, x, y), TileId::new(0, 0, 0), TileId::of(zoom, Coord { x: 0.0, y: 0.0 })].into_iter().flatten() {
            let _ = drawn(at, std::slice::from_ref(&wild));
        }
        let _ = TileId::of(zoom, Coord { x: f64::NAN, y: f64::from(x) });
    }
}

#[test]
fn a_known_tile_has_known_bytes() {
    let island: Shape = polygon![(x: 0.0, y: 0.0), (x: 90.0, y: 0.0), (x: 90.0, y: -45.0)].into();
    let sheet = Sheet::new([(1, &island)]);
    let attributes = |_: usize, tags: &mut Tags<'_>| tags.put("grade", &Attribute::Text("B"));
    let at = TileId::new(0, 0, 0).expect("the world");
    let bytes = tile(at, &[plain("p", &sheet, &attributes)]);
    // The package mapbox_vector_tile of Python reads these bytes as (2048,2048) (3072,2048) (3072,2623):
    // 0.5 + atanh(sin 45°) / 2π = 0.640277 of 4096 is 2622.6.
    let geometry = [9, 128, 32, 128, 32, 18, 128, 16, 0, 0, 254, 8, 15];
    let feature = [&[8, 1, 18, 2, 0, 0, 24, 3, 34, 13][..], &geometry].concat();
    let layer = [
        &[120, 2, 10, 1, b'p', 18, 23][..],
        &feature,
        &[26, 5],
        b"grade",
        &[34, 3, 10, 1, b'B', 40, 128, 32],
    ]
    .concat();
    assert_eq!(bytes, [&[26, u8::try_from(layer.len()).expect("short")][..], &layer].concat());
}
