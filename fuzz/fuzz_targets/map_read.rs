//! Bytes as a map file, as the parts of a Shapefile, and as the rows of a coordinate list; what is read is then
//! looked for on the map and written again.
#![no_main]

use land::crs::{Neighbourhood, detect, place};
use land::read::{Limits, Reading, read, read_points};
use land::write;
use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Write};

fuzz_target!(|data: &[u8]| {
    let limits = Limits { max_bytes: 4 << 20, max_points: 200_000, ..Limits::default() };
    if let Ok(reading) = read(data, &limits) {
        judge(reading);
    }
    if let Ok(reading) = read(&zipped(data), &limits) {
        judge(reading);
    }
    let text = String::from_utf8_lossy(data);
    let rows: Vec<Vec<String>> =
        text.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect();
    if let Ok(reading) = read_points(&rows, "", &limits) {
        judge(reading);
    }
});

fn judge(reading: Reading) {
    for ring in reading.features.iter().flat_map(|feature| &feature.shape.0).map(|p| p.exterior()) {
        assert!(ring.is_closed() && ring.0.len() >= 4, "rings are closed");
    }
    let found = detect(&reading, &Neighbourhood::default());
    let Some(first) = found.candidates.first() else { return };
    let (features, _) = place(reading.features, first.frame);
    assert!(write::geojson(&features, first.frame.crs).is_ok(), "what lies in China can be written");
}

/// The data as table, boundaries and system of one Shapefile, cut at the places its first two bytes say.
fn zipped(data: &[u8]) -> Vec<u8> {
    let (head, rest) = data.split_at(data.len().min(2));
    let cut = |at: usize| rest.len() * usize::from(head.get(at).copied().unwrap_or(0)) / 255;
    let (a, b) = (cut(0).min(cut(1)), cut(0).max(cut(1)));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in [("a.prj", &rest[..a]), ("a.dbf", &rest[a..b]), ("a.shp", &rest[b..])] {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(name, options).expect("a part can be begun");
        zip.write_all(part).expect("memory takes all");
    }
    zip.finish().expect("an archive can be ended").into_inner()
}
