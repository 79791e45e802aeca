//! A small park on disk for tests of use cases: content as text, a clock that stands still, entries as short lines.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::entry::{EntryState, EntryWrite, Origins, key_text};
use model::field::{FigureNames, RawCell, ReadContext};
use model::id::{BookId, EntryId, FieldId};
use model::value::{Payload, Value};
use store::{RevisionKind, WriteRequest};

use crate::access::{Actor, Grants, PersonId};
use crate::clock::FrozenClock;
use crate::library::Library;
use crate::park::{Park, Setup};
use crate::worker::Worker;

/// A park in a folder of its own.
pub(crate) struct TestPark {
    pub park: Park,
    _folder: tempfile::TempDir,
}

#[derive(Debug)]
struct NoFigures;

impl FigureNames for NoFigures {
    fn figure(&self, text: &str) -> Option<String> {
        Some(text.to_owned())
    }
}

pub(crate) const UNITS: &str = "[[unit]]\nid='万元'\ndimension='CNY'\nfactor='10000'\n\
    [[unit]]\nid='亿元'\ndimension='CNY'\nfactor='100000000'\n\
    [[unit]]\nid='亿元/家'\ndimension='CNY/count'\nfactor='100000000'\n\
    [[unit]]\nid='%'\ndimension='ratio'\nfactor='0.01'\n\
    [[unit]]\nid='家'\ndimension='count'\nfactor='1'";
/// Roles: everything; everything with confidential rows; reading; recording; one's own department's; an enterprise's own.
pub(crate) const ACCESS: &str = "[roles.admin]\ntitle='管理员'\n\
    grants=[{ books='*', rights=['read','record','accept','publish','administer','unmask','audit'] }]\n\
    [roles.counter]\ntitle='统计员'\ngrants=[{ books='*', rights=['read'], confidential=true }]\n\
    [roles.reader]\ntitle='读者'\ngrants=[{ books='*', rights=['read'] }]\n\
    [roles.clerk]\ntitle='经办'\ngrants=[{ books='*', rights=['read','record'] }]\n\
    [roles.head]\ntitle='负责人'\ngrants=[{ department='own', rights=['read','record','accept','unmask'] }]\n\
    [roles.firm]\ntitle='企业'\nown_rows=true\ngrants=[{ books='*', rights=['read','record','file'] }]";
pub(crate) const INTAKE: &str = "yes=['是']\nno=['否']\nblanks=['-','—']";

impl TestPark {
    /// A park whose content is these files, on this day.
    pub fn new(files: &[(&str, &str)], today: &str) -> Self {
        let mut all: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for (path, text) in
            [("units.toml", UNITS), ("intake.toml", INTAKE), ("access.toml", ACCESS)].iter().chain(files)
        {
            all.insert((*path).to_owned(), text.as_bytes().to_vec());
        }
        let library = Library::of(all);
        assert_eq!(library.diagnostics, [], "the content of a test is sound");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let setup = Setup {
            library: Arc::new(library),
            worker: Worker::this_program().expect("this program has a path"),
            clock: Arc::new(FrozenClock(format!("{today}T01:30:00Z").parse().expect("a day"))),
            who: "test".to_owned(),
        };
        let park = Park::open_or_create(folder.path(), setup, || [7; 32]).expect("a new ledger");
        Self { park, _folder: folder }
    }

    /// Sets the clock.
    pub fn on(&mut self, today: &str) {
        self.park.set_clock(Arc::new(FrozenClock(format!("{today}T01:30:00Z").parse().expect("a day"))));
    }

    /// Writes entries of one book as one revision: each line `field=value; field=value`, references by number.
    pub fn put(&mut self, book: &str, lines: &[&str]) -> Vec<u64> {
        self.write(book, lines, false)
    }

    /// Writes entries that are there already anew, found by their keys.
    pub fn correct(&mut self, book: &str, lines: &[&str]) -> Vec<u64> {
        self.write(book, lines, true)
    }

    fn write(&mut self, book: &str, lines: &[&str], anew: bool) -> Vec<u64> {
        let book_id = BookId::from(book);
        let payloads: Vec<Payload> = lines.iter().map(|l| self.payload(&book_id, l)).collect();
        let fields = &self.park.library().content.books[&book_id].key;
        let writes = payloads.into_iter().map(|payload| {
            let key = key_text(&payload, fields).expect("a test gives every field of the key");
            let known =
                anew.then(|| self.park.store().by_key(&book_id, &key).expect("read").expect("put before"));
            EntryWrite {
                book: book_id.clone(),
                key,
                entry: known.as_ref().map(|known| known.id),
                based_on: known.map_or(0, |known| known.version),
                state: EntryState::Active,
                payload,
                origins: Origins::default(),
            }
        });
        let writes = writes.collect();
        let at = self.park.clock.now();
        let mut request = WriteRequest::new(at, "test", "put", RevisionKind::Import);
        request.writes = writes;
        let outcome = self.park.store_mut().write(&request).expect("written");
        outcome.entries.iter().map(|e| e.0).collect()
    }

    fn payload(&self, book: &BookId, line: &str) -> Payload {
        let content = &self.park.library().content;
        let book = &content.books[book];
        let pairs = line.split(';').map(str::trim).filter(|p| !p.is_empty());
        let value = |pair: &str| {
            let (field, text) = pair.split_once('=').expect("field=value");
            let id = FieldId::from(field.trim());
            let kind = &book.field(&id).unwrap_or_else(|| panic!("no field {id}")).kind;
            let value = if kind.book().is_some() {
                Value::Entry(EntryId(text.trim().parse().expect("an entry's number")))
            } else {
                let context = ReadContext {
                    unit: kind.unit(),
                    units: &content.units,
                    intake: &content.intake,
                    percent: model::definition::Percent::Percent,
                    figure: &NoFigures,
                };
                let cell = RawCell { text: text.trim(), ..RawCell::default() };
                model::field::read(kind, &cell, &context).expect("a readable value").expect("a value")
            };
            (id, value)
        };
        pairs.map(value).collect()
    }

    /// Somebody with these roles.
    pub fn person(&self, roles: &[&str], department: &str, enterprise: Option<u64>) -> Actor {
        let roles: Vec<String> = roles.iter().map(|r| (*r).to_owned()).collect();
        let content = &self.park.library().content;
        let grants = Grants::resolve(content, &roles, department, enterprise.map(EntryId));
        Actor::person(PersonId(1), "zhang", "张三", "192.0.2.1", Arc::new(grants))
    }
}
