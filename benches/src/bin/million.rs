//! `million FOLDER BOOK COUNT`: fills a book of a demo's ledger with so many generated entries, for the grid's sake.
//!
//! Values follow from the kind of each field and the number of the entry; fields of a key are unique, codes are left to their
//! digits. The entries are written in revisions of 50,000, as an import of that size would.

use std::path::Path;

use app::park::Park;
use jiff::ToSpan as _;
use jiff::civil::Date;
use model::definition::{Field, FieldKind};
use model::entry::{EntryState, EntryWrite, Origins, key_text};
use model::id::{BookId, EntryId};
use model::period::{Month, Period};
use model::value::{Payload, Value};
use parkledger_benches::park::{NOW, served_as_worker, setup};
use parkledger_benches::{Fault, arguments, print, timed};
use rust_decimal::Decimal;
use serde_json::json;
use store::{RevisionKind, WriteRequest};

const AT_ONCE: usize = 50_000;

fn main() -> Result<(), Fault> {
    let arguments = arguments();
    if served_as_worker(&arguments)? {
        return Ok(());
    }
    let [folder, book, count] = arguments.as_slice() else {
        return Err("million FOLDER BOOK COUNT".into());
    };
    let setup = setup()?;
    let content = std::sync::Arc::clone(&setup.library);
    let book = content.content.books.get(book.as_str()).ok_or("no such book")?;
    let mut park = Park::open(&Path::new(folder).join("ledger"), setup)?;
    let mut others = std::collections::HashMap::new();
    for target in book.fields.values().filter_map(|f| f.kind.book()) {
        let ids: Vec<EntryId> = park.store().heads(target, None)?.iter().map(|e| e.id).collect();
        others.insert(target.clone(), ids);
    }
    let count: usize = count.parse()?;
    let (written, took) = timed(|| -> Result<usize, Fault> {
        let mut n = 0;
        while n < count {
            let mut request = WriteRequest::new(NOW, "generated", "million", RevisionKind::Import);
            for number in n..(n + AT_ONCE).min(count) {
                let fields = book.fields.values();
                let payload: Payload = fields
                    .filter_map(|f| {
                        Some((f.id.clone(), value(f, book.key.contains(&f.id), number, &others)?))
                    })
                    .collect();
                let key = key_text(&payload, &book.key).ok_or("a key field has no value of its kind")?;
                let (state, origins) = (EntryState::Active, Origins::default());
                let book = book.id.clone();
                request.writes.push(EntryWrite {
                    book,
                    key,
                    entry: None,
                    based_on: 0,
                    state,
                    payload,
                    origins,
                });
            }
            n += request.writes.len();
            park.store_mut().write(&request)?;
        }
        Ok(n)
    });
    let (rows, laying) =
        timed(|| -> Result<usize, Fault> { Ok(park.snapshot()?.table(&book.id).map_or(0, |t| t.len())) });
    print("million", &[took, laying], &json!({ "written": written?, "rows": rows? }));
    Ok(())
}

fn value(
    field: &Field,
    key: bool,
    n: usize,
    others: &std::collections::HashMap<BookId, Vec<EntryId>>,
) -> Option<Value> {
    let of = |length: usize| (n * 7_919 + field.id.as_str().len() * 31) % length.max(1);
    Some(match &field.kind {
        FieldKind::Text
        | FieldKind::Person
        | FieldKind::Uscc
        | FieldKind::OrgCode
        | FieldKind::ParcelCode
            if key =>
        {
            Value::text(format!("G{n:08}"))
        }
        FieldKind::Text => Value::text(format!("第{}类第{:05}号生成数据", of(97), of(60_000))),
        FieldKind::Person => Value::text(format!("某{}", of(5_000))),
        FieldKind::Phone => Value::text(format!("138{:08}", of(99_999_999))),
        FieldKind::Integer { .. } => Value::Number(Decimal::from(of(100_000))),
        FieldKind::Decimal { .. } | FieldKind::Amount { .. } => {
            Value::Number(Decimal::new(i64::try_from(of(100_000_000)).ok()?, 2))
        }
        FieldKind::Date => Value::Date(Date::constant(2015, 1, 1) + i64::try_from(of(3_650)).ok()?.days()),
        FieldKind::Month | FieldKind::Period | FieldKind::Year => {
            Value::Period(Period::month(Month::new(2015, 1)?.plus(i32::try_from(of(120)).ok()?)))
        }
        FieldKind::Choice { choices } => Value::text(&choices[of(choices.len())]),
        FieldKind::Reference { book } => Value::Entry(*others.get(book)?.get(of(others.get(book)?.len()))?),
        FieldKind::Boolean => Value::Flag(n.is_multiple_of(3)),
        _ => return None,
    })
}
