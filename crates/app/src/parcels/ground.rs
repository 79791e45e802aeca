//! The books of land through the eyes of one person, asked by role and part.
//!
//! Deliberately absent: judging. A value that a reader may not see is not there for them.

use std::collections::BTreeMap;
use std::sync::Arc;

use figures::Table;
use jiff::civil::Date;
use model::content::Content;
use model::definition::{Book, LandBook, LandPart, LandRole, ParcelsPage};
use model::id::{BookId, EntryId};
use model::value::Value;
use rust_decimal::Decimal;

use super::fault::{ParcelsFault, Result};
use super::register::Register;
use crate::access::{Actor, Refusal, Right, Scope};
use crate::books::{Cell, Sight};
use crate::park::Park;
use crate::projects::LinkedEntry;

/// 亩 of one ㎡, exactly.
pub(crate) const MU: Decimal = Decimal::from_parts(15, 0, 0, false, 4);

/// The base unit of area is a third of a ㎡, so that 亩 has an exact factor too (see `content/units.toml`).
const THIRDS: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

/// The parts that are areas of a parcel, the one that counts most first, with their words: certificate, survey, contract,
/// at last what the register says without a source.
pub(crate) const AREAS: [(LandPart, &str); 4] = [
    (LandPart::AreaCertificate, "certificate"),
    (LandPart::AreaSurveyed, "surveyed"),
    (LandPart::AreaContract, "contract"),
    (LandPart::Area, "register"),
];

/// The books of land at one revision, as somebody sees them.
pub(crate) struct Ground<'a> {
    pub content: &'a Content,
    pub page: &'a ParcelsPage,
    pub sight: Sight<'a>,
    register: Arc<Register>,
    /// The books of the roles that this person reads in full.
    read: BTreeMap<LandRole, (&'a Book, &'a LandBook)>,
}

/// A book of a role with its rows.
#[derive(Clone, Copy)]
pub(crate) struct Shelf<'a> {
    pub book: &'a Book,
    pub land: &'a LandBook,
    pub table: &'a Table,
}

impl<'a> Ground<'a> {
    /// The books of land for somebody who may read parcels.
    ///
    /// # Errors
    /// [`ParcelsFault`] when the content does not say what speaks of land, or the reader may not see it.
    pub fn new(park: &'a Park, actor: &'a Actor) -> Result<Self> {
        let content = &park.library().content;
        let page = content.pages.parcels.as_ref();
        let page = page.ok_or_else(|| ParcelsFault::Missing("pages/parcels.toml".to_owned()))?;
        let sight = Sight::new(content, park.snapshot()?, actor);
        let read = read(page, &sight);
        // An enterprise sees its own rows in the books themselves; this speaks of the park.
        read.get(&LandRole::Parcel).ok_or(Refusal::NotFound)?;
        let revision = sight.snapshot.revision();
        let made = || Ok::<_, ParcelsFault>((Register::read(content, page, &sight.snapshot), 1));
        let register = park.registers().get_or_make(revision, |known| *known < revision, made)?;
        Ok(Self { content, page, sight, register, read })
    }

    /// The same books at the same revision for somebody else who may read parcels.
    pub fn seen_by<'b>(&'b self, actor: &'b Actor) -> Ground<'b> {
        let sight = Sight::new(self.content, Arc::clone(&self.sight.snapshot), actor);
        let read = read(self.page, &sight);
        let register = Arc::clone(&self.register);
        Ground { content: self.content, page: self.page, sight, register, read }
    }

    /// The book of a role, if there is one that this person reads in full.
    pub fn shelf(&self, role: LandRole) -> Option<Shelf<'_>> {
        let (book, land) = self.read.get(&role)?;
        Some(Shelf { book, land, table: self.sight.table(book) })
    }

    /// The book of parcels.
    pub fn parcels(&self) -> Shelf<'_> {
        self.shelf(LandRole::Parcel).expect("looked at when the books were opened")
    }

    /// What is worked out of each row of the book of parcels.
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// The newest revision that is seen.
    pub fn revision(&self) -> u64 {
        self.sight.snapshot.revision().0
    }

    /// The first day a parcel exists when it came of others, and the day it was retired.
    pub fn span(&self, row: u32) -> (Option<Date>, Option<Date>) {
        let parcel = &self.register.parcels[row as usize];
        (parcel.born, parcel.retired)
    }

    /// Whether a parcel is in force on a day: not yet retired, and made already.
    pub fn in_force(&self, row: u32, on: Date) -> bool {
        self.register.parcels[row as usize].in_force(on)
    }

    /// The legal area of a parcel in ㎡ with where it is from.
    pub fn legal_area(&self, row: u32) -> Option<(Decimal, &'static str)> {
        self.register.parcels[row as usize].area
    }

    /// An area in ㎡, whatever unit its field has.
    pub fn area(&self, shelf: Shelf<'_>, row: u32, part: LandPart) -> Option<Decimal> {
        shelf.area(self.content, row, part)
    }

    /// The layer of space a parcel is in, by its code.
    pub fn layer(&self, row: u32) -> &'static str {
        self.register.parcels[row as usize].layer
    }

    /// An entry with its title.
    pub fn link(&self, entry: EntryId, book: Option<&BookId>) -> LinkedEntry {
        self.sight.link(entry, book)
    }

    /// What an entry's part refers to, with its title.
    pub fn linked(&self, shelf: Shelf<'_>, row: u32, part: LandPart) -> Option<LinkedEntry> {
        let target = shelf.land.field(part).and_then(|f| shelf.book.field(f)).and_then(|f| f.kind.book());
        Some(self.link(shelf.entry(row, part)?, target))
    }

    /// A part as a cell, masked where it must be.
    pub fn cell(&self, shelf: Shelf<'_>, row: u32, part: LandPart) -> Option<Cell> {
        let field = shelf.book.field(shelf.land.field(part)?)?;
        Some(self.sight.cell(field, &shelf.value(row, part)?))
    }

    /// A part as people read it, masked where it must be.
    pub fn shown(&self, shelf: Shelf<'_>, row: u32, part: LandPart) -> Option<String> {
        self.cell(shelf, row, part).map(|cell| cell.text).filter(|text| !text.is_empty())
    }
}

/// The books of the roles that somebody reads in full.
fn read<'a>(page: &'a ParcelsPage, sight: &Sight<'a>) -> BTreeMap<LandRole, (&'a Book, &'a LandBook)> {
    let all = page.books.iter().filter_map(|(role, land)| {
        let book = sight.content.books.get(&land.book)?;
        let whole = sight.actor.may(Right::Read, book) && sight.actor.scope(book) == Scope::All;
        whole.then_some((*role, (book, land)))
    });
    all.collect()
}

impl<'a> Shelf<'a> {
    /// All rows.
    pub fn rows(self) -> std::ops::Range<u32> {
        self.table.rows()
    }

    /// The entry of a row.
    pub fn id(self, row: u32) -> EntryId {
        self.table.ids()[row as usize]
    }

    /// The value of a part.
    pub fn value(self, row: u32, part: LandPart) -> Option<Value> {
        self.table.value(row, self.land.field(part)?)
    }

    /// A number.
    pub fn number(self, row: u32, part: LandPart) -> Option<Decimal> {
        self.value(row, part)?.as_number()
    }

    /// A text.
    pub fn text(self, row: u32, part: LandPart) -> Option<String> {
        self.said(row, part).map(|text| text.to_string())
    }

    /// A text as the book holds it.
    pub fn said(self, row: u32, part: LandPart) -> Option<Arc<str>> {
        match self.value(row, part)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A day; of a period its last.
    pub fn date(self, row: u32, part: LandPart) -> Option<Date> {
        match self.value(row, part)? {
            Value::Date(date) => Some(date),
            Value::Period(period) => Some(period.end.last_day()),
            _ => None,
        }
    }

    /// Yes or no.
    pub fn flag(self, row: u32, part: LandPart) -> Option<bool> {
        match self.value(row, part)? {
            Value::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    /// The entry referred to.
    pub fn entry(self, row: u32, part: LandPart) -> Option<EntryId> {
        self.value(row, part)?.as_entry()
    }

    /// The entries referred to, one or several.
    pub fn entries(self, row: u32, part: LandPart) -> Vec<EntryId> {
        self.value(row, part).map(|value| crate::naming::references(&value)).unwrap_or_default()
    }

    /// What the text of a part means; a text without a meaning means itself.
    pub fn meaning(self, row: u32, part: LandPart) -> Option<String> {
        let text = self.text(row, part)?;
        Some(self.land.meaning(part, &text).map_or(text.clone(), str::to_owned))
    }

    /// The title of the field of a part.
    pub fn title(self, part: LandPart) -> &'a str {
        self.land.field(part).and_then(|f| self.book.field(f)).map_or("", |f| f.title.as_str())
    }

    /// The unit of the field of a part.
    pub fn unit(self, part: LandPart) -> String {
        let field = self.land.field(part).and_then(|f| self.book.field(f));
        field.and_then(|f| f.kind.unit()).map_or_else(String::new, ToString::to_string)
    }

    /// An area in ㎡, whatever unit its field has.
    pub fn area(self, content: &Content, row: u32, part: LandPart) -> Option<Decimal> {
        let number = self.number(row, part)?;
        let field = self.book.field(self.land.field(part)?)?;
        let factor = field
            .kind
            .unit()
            .and_then(|unit| content.units.get(unit.as_str()))
            .map_or(THIRDS, |unit| unit.factor);
        // Most areas are in ㎡ already; then nothing is rounded.
        if factor == THIRDS { Some(number) } else { number.checked_mul(factor)?.checked_div(THIRDS) }
    }

    /// The rows whose part refers to an entry.
    pub fn rows_of(self, part: LandPart, entry: EntryId) -> Vec<u32> {
        self.land.field(part).map_or_else(Vec::new, |field| self.table.naming(field, entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mu_is_exactly_so_many_square_metres() {
        // 68,507.52 × 0.0015 = 102.76128, printed as 102.76亩 in the notice of parcel 2023GC07007.
        let area: Decimal = "68507.52".parse().expect("a decimal");
        assert_eq!((area * MU).normalize().to_string(), "102.76128");
    }
}
