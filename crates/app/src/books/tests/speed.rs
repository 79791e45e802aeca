//! A grid of a million rows. To run: `cargo test --release -p parkledger-app --lib million -- --ignored --nocapture`.

#![expect(clippy::print_stderr, reason = "the times are what it is run for")]

use std::sync::Arc;
use std::time::Instant;

use figures::Snapshot;
use model::entry::Entry;
use model::id::{EntryId, Revision};
use model::value::Value;
use rust_decimal::Decimal;

use super::grid::{content, entry};
use crate::access::Actor;
use crate::books::grid::page_of;
use crate::books::groups::groups_of;
use crate::books::{Page, Query, Selections, Sight};

const ROWS: u64 = 1_000_000;
const FIRMS: u64 = 3_000;

fn rows() -> impl Iterator<Item = Entry> {
    (0..ROWS).map(|i| {
        let (year, month) = (1990 + i / FIRMS / 12, i / FIRMS % 12 + 1);
        // A walk through the numbers that repeats only after a million steps.
        let number = i * 7_919 % ROWS;
        let month = format!("{year}-{month:02}").parse().expect("a month");
        let values = [
            ("firm", Value::Entry(EntryId(i % FIRMS + 1))),
            ("period", Value::Period(month)),
            ("level", Value::text(["甲", "乙", "丙"][usize::try_from(number % 3).expect("small")])),
            ("output", Value::Number(Decimal::new(i64::try_from(number).expect("small"), 2))),
            ("note", Value::text(format!("备注{}", number % 5_000))),
        ];
        entry(i + 10_000, "returns", &values)
    })
}

#[test]
#[ignore = "needs an optimised build and two gigabytes"]
fn a_million_rows() {
    let content = content();
    let name = |id| entry(id, "firms", &[("name", Value::text(format!("企业{}号", id * 37 % FIRMS)))]);
    let firms: Vec<Entry> = (1..=FIRMS).map(name).collect();
    let books = [("firms".into(), firms), ("returns".into(), rows().collect())];
    let actor = Actor::local("speed");
    let sight = Sight::new(&content, Arc::new(Snapshot::build(&content, Revision(1), books)), &actor);
    let selections = Selections::default();
    let mut slowest = 0.0_f64;
    let timed = |name: &str, filter: &[&str], sort: &str, words: &str, offset: usize| {
        let filters: Vec<String> = filter.iter().map(|f| (*f).to_owned()).collect();
        let query = Query::read(&filters, sort, words).expect("a query");
        let begun = Instant::now();
        let page = page_of(&sight, &selections, &"returns".into(), &query, &[], Page { offset, limit: 100 });
        let (total, ms) = (page.expect("a page").total, begun.elapsed().as_secs_f64() * 1000.0);
        eprintln!("{name:40} {total:8} rows {ms:8.1} ms");
        ms
    };
    for (name, filter, sort, words) in [
        ("everything", vec![], "", ""),
        ("by one number", vec![], "-output", ""),
        ("by a title", vec![], "firm", ""),
        ("by a text", vec![], "note,-output", ""),
        ("by three", vec!["level:in:甲|乙"], "level,-period,output", ""),
        ("a range, by a number", vec!["output:between:1000|9000"], "-output", ""),
        ("a text, by a title", vec!["note:contains:12"], "firm,period", ""),
        ("a word anywhere", vec![], "output", "企业7"),
    ] {
        slowest = slowest.max(timed(name, &filter, sort, words, 0));
        let warm = timed("  again, further down", &filter, sort, words, 2_000);
        assert!(warm <= 2.0, "{name}: a warm window took {warm} ms");
        timed("  to the middle", &filter, sort, words, 300_000);
    }
    let begun = Instant::now();
    let page = Page { offset: 0, limit: 100 };
    groups_of(&sight, &selections, &"returns".into(), &Query::default(), &"firm".into(), page)
        .expect("groups");
    eprintln!("groups of a reference {:.1} ms", begun.elapsed().as_secs_f64() * 1000.0);
    assert!(slowest <= 300.0, "the slowest cold window took {slowest} ms");
}
