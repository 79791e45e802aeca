//! Traces of the demo's figures and names of its entries, all at once as the product reads them, beside the same found one
//! by one.
//!
//! Deliberately absent: whether the cells are the right ones, which `figures` and `demo` check against the workbooks.

use std::sync::Arc;

use app::clock::FrozenClock;
use app::compute::TracedCell;
use app::figures::{Engine, Reader, Request};
use app::ledger::locate;
use app::library::Library;
use app::park::{Park, Setup};
use app::worker::Worker;
use jiff::Timestamp;
use model::content::Content;
use model::finding::Place;
use model::id::EntryId;
use model::value::Value;

use crate::support::{Shop, demo};

fn title(park: &Park, id: EntryId) -> String {
    let Some(entry) = park.store().entry(id).expect("readable") else { return format!("#{id}") };
    let book = &park.library().content.books[&entry.book];
    match book.display.as_ref().and_then(|field| entry.payload.get(field)) {
        Some(value) => value.to_string(),
        None => book.key.iter().map(|f| shown(park, entry.payload.get(f))).collect::<Vec<_>>().join(" · "),
    }
}

fn shown(park: &Park, value: Option<&Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::Entry(id)) => title(park, *id),
        Some(Value::Entries(ids)) => ids.iter().map(|id| title(park, *id)).collect::<Vec<_>>().join("、"),
        Some(other) => other.to_string(),
    }
}

fn one_by_one(park: &mut Park, content: &Content, request: &Request) -> Vec<TracedCell> {
    let snapshot = park.snapshot().expect("readable");
    let mut cells = Vec::new();
    for part in Engine::new(content, &snapshot, Reader::COMMITTEE).trace(request) {
        let entry = park.store().entry(part.entry).expect("readable").expect("traced, so it is there");
        for field in &part.fields {
            let definition = content.books[&entry.book].field(field).expect("a figure reads it");
            let mut place = Place::default();
            if let Some((table, row)) = entry.origins.place(field) {
                let table = park.store().origin_tables(&[table]).expect("readable");
                locate(&table[0], row, field, &mut place);
            }
            cells.push(TracedCell {
                figure: content.figures[&part.figure].title.clone(),
                side: part.side,
                entry: entry.id,
                title: title(park, entry.id),
                field: definition.title.clone(),
                value: shown(park, entry.payload.get(field)),
                unit: definition.kind.unit().map(ToString::to_string).unwrap_or_default(),
                original: entry.origins.raw.get(field).cloned().unwrap_or_default(),
                place,
                adds: part.number,
            });
        }
    }
    cells
}

/// The park of a copy of the demo.
fn opened(shop: &Shop, library: &Arc<Library>) -> Park {
    let setup = Setup {
        library: Arc::clone(library),
        worker: Worker::this_program().expect("a path"),
        clock: Arc::new(FrozenClock(Timestamp::UNIX_EPOCH)),
        who: "tester".to_owned(),
    };
    Park::open(&shop.data(), setup).expect("the demo's ledger")
}

#[test]
fn all_cells_at_once_are_the_cells_one_by_one() {
    let shop = demo().copy();
    let library = Arc::new(Library::load(None).expect("the embedded content"));
    let mut park = opened(&shop, &library);
    let mut longest = 0;
    for figure in library.content.figures.keys() {
        let request = Request::new(figure.clone(), "2023-10".parse().expect("a month"));
        let together = park.trace(&request).expect("readable");
        longest = longest.max(together.len());
        assert_eq!(together, one_by_one(&mut park, &library.content, &request));
    }
    // 60 enterprises, ten months of two years: 1,200 cells.
    assert!(longest >= 1200, "{longest}");
}

/// From the ledger alone, and again from a snapshot; withdrawn and unknown entries too.
#[test]
fn all_names_at_once_are_the_names_one_by_one() {
    let shop = demo().copy();
    let library = Arc::new(Library::load(None).expect("the embedded content"));
    let mut park = opened(&shop, &library);
    let last = park.store().latest_revision().expect("readable");
    park.undo(last, "a test").expect("nothing was written since");
    let end = park.store().next_entry_id().expect("readable").0 + 2;
    let ids: Vec<EntryId> = (1..end).rev().step_by(3).map(EntryId).collect();
    let each: Vec<String> = ids.iter().map(|id| title(&park, *id)).collect();
    for _ in 0..2 {
        let mut naming = park.naming().expect("readable");
        naming.read(ids.iter().copied()).expect("readable");
        for (id, title) in ids.iter().zip(&each) {
            assert_eq!(*naming.title(*id).expect("readable"), **title);
        }
        park.snapshot().expect("readable");
    }
}
