//! A park in Haishu, between 121.2° and 121.6° east: it straddles the edge of zones 40 and 41 at 121.5°.

use super::*;
use crate::crs::Zone;
use crate::{Attribute, Place, Shape, Value};
use geo::{Rect, coord};

/// A parcel of about 100 m at a place, written in a frame.
fn parcel(lon: f64, lat: f64, frame: Frame, code: &str) -> Feature {
    let square = Rect::new(coord! { x: lon, y: lat }, coord! { x: lon + 0.001, y: lat + 0.001 });
    let shape = Shape::new(vec![square.to_polygon()]);
    let way = Projector::new(frame).expect("a frame of ours");
    let code = Attribute { name: "code".into(), value: Value::Text(code.to_owned()) };
    Feature {
        shape: way.shape_from_lon_lat(&shape).expect("a place in China"),
        attributes: vec![code],
        place: Place::default(),
    }
}

fn reading(frame: Frame, stated: Option<Stated>, format: Format) -> Reading {
    let features = vec![parcel(121.46, 29.88, frame, "A"), parcel(121.52, 29.9, frame, "B")];
    Reading { format, stated, features, troubles: Vec::new() }
}

fn park() -> Neighbourhood {
    let extent = Extent { west: 121.4, south: 29.8, east: 121.6, north: 30.0 };
    Neighbourhood { extent: Some(extent), ..Neighbourhood::default() }
}

fn nowhere() -> Neighbourhood {
    Neighbourhood::default()
}

fn epsg(code: u32) -> Crs {
    Crs::from_epsg(code).expect("a code of ours")
}

fn known(code: u32) -> Stated {
    Stated::Known { crs: epsg(code) }
}

fn east(code: u32) -> Frame {
    Frame::east_first(epsg(code))
}

fn north(code: u32) -> Frame {
    Frame::north_first(epsg(code))
}

#[test]
fn a_statement_that_agrees_with_everything_is_taken() {
    for code in [4490, 4326, 4528, 4529, 4549, 4550, 4499] {
        for park in [park(), nowhere()] {
            let found = detect(&reading(east(code), Some(known(code)), Format::Shapefile), &park);
            assert_eq!((found.chosen, found.question), (Some(east(code)), None), "EPSG:{code}");
        }
    }
}

#[test]
fn a_zones_number_says_the_zone_in_either_order() {
    for (frame, park) in [(north(4528), nowhere()), (north(4529), park()), (east(4528), park())] {
        let found = detect(&reading(frame, None, Format::Points), &park);
        assert_eq!((found.chosen, found.question), (Some(frame), None));
    }
    let found = detect(&reading(north(4528), None, Format::Points), &park());
    assert!(found.candidates[0].why.contains(&Reason::Prefix { zone: 40 }));
    assert!(found.candidates[0].why.contains(&Reason::NorthFirst));
}

/// One parcel west of 121.5° in zone 40, `more` east of it in zone 41, as a list of points of a park across the edge.
fn across(more: usize, stated: Option<Stated>) -> Reading {
    let mut features = vec![parcel(121.46, 29.88, north(4528), "A")];
    features.extend((0..more).map(|_| parcel(121.52, 29.9, north(4529), "B")));
    Reading { format: Format::Points, stated, features, troubles: Vec::new() }
}

#[test]
fn a_list_across_the_edge_of_two_zones_is_taken_by_each_number() {
    let zones = vec![(41, 2), (40, 1)];
    for (stated, park) in [(None, park()), (None, nowhere()), (Some(known(4529)), park())] {
        let found = detect(&across(2, stated), &park);
        assert_eq!((found.chosen, found.question), (Some(north(4529)), None));
        assert!(found.candidates[0].why.contains(&Reason::Zones { zones: zones.clone() }));
        assert!(!found.candidates[0].why.iter().any(|why| matches!(why, Reason::SomeElsewhere { .. })));
    }
    // The file states the zone of the fewer: a list belongs to one of its zones or the other.
    let found = detect(&across(2, Some(known(4528))), &park());
    assert_eq!((found.chosen, found.question), (Some(north(4528)), None));
    // The file states one zone and no park speaks for two.
    let found = detect(&across(2, Some(known(4529))), &nowhere());
    assert_eq!((found.chosen, found.question), (None, Some(Question::SeveralZones { zones })));
}

#[test]
fn a_number_that_puts_some_features_far_away_is_asked_about() {
    // 42 typed for 40: three meridians, 580 km, to the east.
    let mut list = across(2, None);
    geo::MapCoordsInPlace::map_coords_in_place(&mut list.features[0].shape, |at| Coord {
        x: at.x,
        y: at.y + 2e6,
    });
    let found = detect(&list, &park());
    let zones = vec![(41, 2), (42, 1)];
    assert_eq!((found.chosen, found.question), (None, Some(Question::SeveralZones { zones })));
}

#[test]
fn metres_without_a_number_are_asked_about_unless_the_park_is_known() {
    let list = reading(north(4549), None, Format::Points);
    let found = detect(&list, &park());
    assert_eq!((found.chosen, found.question), (Some(north(4549)), None));
    let found = detect(&list, &nowhere());
    assert_eq!((found.chosen, found.question), (None, Some(Question::WhichZone)));
    // Every zone whose strip could be meant is offered, with the place it would mean.
    let haishu = found.candidates.iter().find(|c| c.frame == north(4549)).expect("zone 40 is offered");
    assert!((haishu.sample[0] - 121.5).abs() < 0.1 && (haishu.sample[1] - 29.9).abs() < 0.1);
    assert!(found.candidates.len() > 10);
}

#[test]
fn a_wrong_zone_is_asked_about_and_the_right_one_comes_first() {
    // Drawn on the meridian 120°, stated as 123°: three degrees, some 290 km, to the east.
    let found = detect(&reading(east(4549), Some(known(4550)), Format::Shapefile), &park());
    assert_eq!(found.chosen, None);
    assert_eq!(found.candidates[0].frame, east(4549));
    let Some(Question::FarFromPark { stated, km }) = found.question else { panic!("{:?}", found.question) };
    assert_eq!(stated, "EPSG:4550");
    assert!((270..=300).contains(&km), "{km}");
}

#[test]
fn a_statement_that_does_not_go_with_the_numbers_is_asked_about() {
    let contradicts = |drawn, stated, first| {
        let found = detect(&reading(east(drawn), Some(known(stated)), Format::Shapefile), &nowhere());
        assert_eq!(found.chosen, None);
        let stated = format!("EPSG:{stated}");
        assert_eq!(found.question, Some(Question::NumbersContradict { stated }));
        assert_eq!(found.candidates[0].frame, east(first));
    };
    // Zone 40 by number, zone 41 by statement.
    contradicts(4528, 4529, 4528);
    // Degrees by statement, metres by number.
    contradicts(4528, 4490, 4528);
    // Metres by statement, degrees by number.
    contradicts(4490, 4528, 4490);
}

#[test]
fn a_zone_without_its_number_is_asked_about() {
    // Stated with the number 40, written without it: the same meridian without number is likeliest near the park.
    let found = detect(&reading(east(4549), Some(known(4528)), Format::Shapefile), &park());
    assert_eq!(found.question, Some(Question::NumbersContradict { stated: "EPSG:4528".to_owned() }));
    assert_eq!(found.candidates[0].frame, east(4549));
}

#[test]
fn degrees_of_unknown_make_are_asked_about() {
    let found = detect(&reading(east(4490), None, Format::Points), &park());
    assert_eq!((found.chosen, found.question), (None, Some(Question::WhichShift)));
    let offered: Vec<Crs> = found.candidates.iter().map(|c| c.frame.crs).collect();
    assert_eq!(offered, [Crs::Cgcs2000, Crs::Gcj02, Crs::Bd09]);
    // GeoJSON is WGS-84 by its norm, but map services of the country write it in GCJ-02.
    let found = detect(&reading(east(4326), None, Format::GeoJson), &park());
    assert_eq!(found.question, Some(Question::WhichShift));
    assert_eq!(found.candidates[0].frame.crs, Crs::Wgs84);
    let gcj = Some(Stated::Known { crs: Crs::Gcj02 });
    let found = detect(&reading(Frame::east_first(Crs::Gcj02), gcj, Format::GeoJson), &park());
    assert_eq!(found.chosen, Some(Frame::east_first(Crs::Gcj02)));
}

#[test]
fn latitude_first_is_noticed() {
    let found = detect(&reading(north(4490), Some(known(4490)), Format::Shapefile), &park());
    assert_eq!((found.chosen, found.question), (Some(north(4490)), None));
}

#[test]
fn known_parcels_decide_between_shifts() {
    let mut park = park();
    park.parcels.insert("A".to_owned(), Coord { x: 121.4605, y: 29.8805 });
    let drawn = Frame::east_first(Crs::Gcj02);
    let found = detect(&reading(drawn, None, Format::GeoJson), &park);
    assert_eq!((found.chosen, found.question), (Some(drawn), None));
    assert!(found.candidates[0].why.contains(&Reason::KnownParcels { count: 1, metres: 0 }));
    // Stated as WGS-84 but drawn on a web map: known parcels would move by √(430² + 259²) ≈ 502 m.
    let stated = reading(drawn, Some(known(4326)), Format::GeoJson);
    // Parcel and statement contradict each other: a person is asked, what the parcel proves first.
    let found = detect(&stated, &park);
    assert_eq!((found.chosen, found.candidates[0].frame), (None, drawn));
    let Some(Question::ParcelsMoved { stated: named, metres }) = found.question else {
        panic!("a statement that would move a known parcel must be asked about")
    };
    assert_eq!((named.as_str(), metres.abs_diff(502) < 5), ("EPSG:4326", true), "{metres}");
    park.parcels.insert("A".to_owned(), Coord { x: 121.4705, y: 29.8805 });
    let Some(Question::ParcelsMoved { metres, .. }) = detect(&stated, &park).question else {
        panic!("a parcel that moves must be asked about")
    };
    assert!((400..1500).contains(&metres), "{metres}");
}

#[test]
fn a_code_may_be_printed_in_groups() {
    let mut park = nowhere();
    park.parcels.insert("330203001001GB00001".to_owned(), Coord { x: 121.4605, y: 29.8805 });
    let mut list = reading(north(4549), None, Format::Points);
    list.features[0].attributes[0].value = Value::Text("330203 001001 GB00001".to_owned());
    // Without a known park the zone would be open; the known parcel settles it.
    assert_eq!(detect(&list, &park).chosen, Some(north(4549)));
}

#[test]
fn only_the_attribute_that_says_which_parcel_it_is_counts() {
    let mut park = park();
    // Half a kilometre off, and named by an attribute that says something else, such as the neighbour.
    park.parcels.insert("N".to_owned(), Coord { x: 121.4655, y: 29.8805 });
    let drawn = Frame::east_first(epsg(4490));
    let mut stated = reading(drawn, Some(known(4490)), Format::Shapefile);
    let name = stated.features[0].attributes[0].name.to_string();
    stated.features[0]
        .attributes
        .push(Attribute { name: "neighbour".into(), value: Value::Text("N".to_owned()) });
    assert!(detect(&stated, &park).question.is_some(), "whichever names a known parcel");
    park.named_by = Some(name);
    let found = detect(&stated, &park);
    assert_eq!((found.question, found.chosen), (None, Some(drawn)));
}

#[test]
fn what_is_found_crosses_processes_and_the_network() {
    let list = reading(north(4549), Some(known(4550)), Format::Shapefile);
    let packed = postcard::to_stdvec(&list).expect("it can be packed");
    assert_eq!(postcard::from_bytes::<Reading>(&packed).as_ref(), Ok(&list));
    let found = detect(&list, &park());
    let packed = postcard::to_stdvec(&found).expect("it can be packed");
    assert_eq!(postcard::from_bytes::<Detection>(&packed), Ok(found.clone()));
    let text = serde_json::to_string(&found).expect("it can be written");
    assert_eq!(serde_json::from_str::<Detection>(&text).expect("it was written here"), found);
}

#[test]
fn old_datums_are_asked_about() {
    let alike = Some(epsg(4528));
    let stated = Some(Stated::Old { datum: "Xian 1980".to_owned(), alike });
    let found = detect(&reading(east(4528), stated, Format::Shapefile), &park());
    assert_eq!(found.chosen, None);
    assert_eq!(found.question, Some(Question::OldDatum { datum: "Xian 1980".to_owned() }));
    assert_eq!(found.candidates[0].frame, east(4528));
}

#[test]
fn an_unknown_system_and_numbers_of_nowhere_are_asked_about() {
    let unknown = Some(Stated::Unknown { name: "EPSG:3857".to_owned() });
    let found = detect(&reading(east(4528), unknown, Format::Shapefile), &park());
    assert_eq!(found.question, Some(Question::UnknownSystem { name: "EPSG:3857".to_owned() }));
    let mut odd = reading(east(4490), None, Format::Shapefile);
    odd.features.iter_mut().for_each(|feature| {
        feature.shape = Shape::new(vec![Rect::new((7.0, 7e8), (8.0, 8e8)).to_polygon()]);
    });
    let found = detect(&odd, &park());
    assert_eq!((found.question, found.candidates.len()), (Some(Question::Nowhere), 0));
    odd.features.clear();
    assert_eq!(detect(&odd, &park()).question, Some(Question::Nowhere));
}

#[test]
fn a_chosen_system_is_taken_in_the_order_that_fits() {
    let list = reading(north(4549), None, Format::Points);
    assert_eq!(frame_for(epsg(4549), &list.features), north(4549));
    let file = reading(east(4528), None, Format::Shapefile);
    assert_eq!(frame_for(epsg(4528), &file.features), east(4528));
}

#[test]
fn a_citys_own_projection_needs_no_known_numbers() {
    let local = Crs::Local(crate::crs::Mercator {
        meridian: 121.5,
        origin: 0.0,
        scale: 1.0,
        easting: 50_000.0,
        northing: -3_200_000.0,
    });
    let stated = Some(Stated::Known { crs: local });
    let found = detect(&reading(Frame::east_first(local), stated, Format::Shapefile), &park());
    assert_eq!((found.chosen, found.question), (Some(Frame::east_first(local)), None));
}

#[test]
fn every_zone_finds_itself_by_its_number() {
    for zone in Zone::all(crate::crs::Width::Three, true) {
        let frame = Frame::north_first(Crs::Zone(zone));
        let features = vec![parcel(zone.meridian() - 0.9, 30.0, frame, "A")];
        let reading = Reading { format: Format::Points, stated: None, features, troubles: Vec::new() };
        assert_eq!(detect(&reading, &nowhere()).chosen, Some(frame), "zone {}", zone.number);
    }
}
