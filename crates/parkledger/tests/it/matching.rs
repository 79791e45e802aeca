//! Empty rooms and who looks for room, on the demo park.
//!
//! Deliberately absent: the optimiser itself, which is proved beside its code.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::Value;

use crate::support::demo;

fn decimal(value: &Value) -> Decimal {
    value.as_str().expect("decimals are texts").parse().expect("a decimal")
}

fn matched(arguments: &[&str]) -> Value {
    let all: Vec<&str> = ["--format", "json", "parcels", "match"].iter().chain(arguments).copied().collect();
    demo().run(&all).expect_code(0).json()
}

fn list<'a>(of: &'a Value, name: &str) -> &'a Vec<Value> {
    of[name].as_array().expect("a list")
}

#[test]
fn no_room_is_given_out_twice_and_everybody_left_over_learns_why() {
    let found = matched(&[]);
    assert!(!list(&found, "pairs").is_empty() && !list(&found, "left").is_empty(), "{found}");
    let mut used: BTreeMap<u64, (Decimal, Decimal)> = BTreeMap::new();
    for pair in list(&found, "pairs") {
        let room = &pair["room"];
        let of = used.entry(room["entry"].as_u64().expect("an entry")).or_default();
        *of = (of.0 + decimal(&pair["floor"]), decimal(&room["floor"]));
        assert!(pair["words"].as_str().is_some_and(|words| !words.is_empty()), "{pair}");
    }
    for (room, (taken, floor)) in &used {
        assert!(taken <= floor, "room {room}: {taken} of {floor}");
    }
    for left in list(&found, "left") {
        let taken = left["taken"].as_u64().expect("a number");
        assert!(taken > 0 || !list(left, "lacks").is_empty(), "{left}");
    }
    let tax: Decimal = list(&found, "pairs")
        .iter()
        .filter(|p| !p["need"]["tax"].is_null())
        .map(|p| decimal(&p["need"]["tax"]))
        .sum();
    assert_eq!(tax, decimal(&found["tax"]));
    // Nobody goes into a room that is kept for another: rooms and needs are those of the books.
    let rooms = used.len() + list(&found, "empty").len();
    let needs = list(&found, "pairs").len() + list(&found, "left").len();
    assert!(rooms > 0 && needs > 0);
}

#[test]
fn rooms_that_may_not_be_divided_take_one_each_and_bring_no_more() {
    let (divided, whole) = (matched(&[]), matched(&["--whole"]));
    let mut seen = std::collections::BTreeSet::new();
    for pair in list(&whole, "pairs") {
        assert!(seen.insert(pair["room"]["entry"].as_u64()), "{pair}");
        assert_eq!(pair["floor"], pair["room"]["floor"]);
    }
    assert!(decimal(&whole["tax"]) <= decimal(&divided["tax"]));
}
