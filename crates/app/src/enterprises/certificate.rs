//! Certificates of an enterprise (台账登记证明): what one book holds about it on a day, row by row, with the cell each row came from.
//!
//! A certificate is a report of the content: which book, which fields and in which words are its own (`about = "certificate"`). It copies
//! every row that is about the enterprise, so it cannot leave out what is awkward, and says that it is a copy: it takes the place of
//! no authority's original. To verify one, the committee audits the document like any other.

use jiff::civil::Date;
use model::definition::{Book, Copies, Field, Report, Topic};
use model::id::{EntryId, FieldId, ReportId};
use model::period::{Month, Period};

use super::file::day;
use super::shapes::Certificate;
use super::{Register, Result};
use crate::access::{Actor, Refusal};
use crate::books::{Origin, Places};
use crate::messages::enterprises as say;
use crate::park::Park;
use crate::report::{Fact, Matter};
use crate::sheets::{self, Document, Sheet};

/// A certificate of an enterprise on a day, to save.
///
/// # Errors
/// [`super::EnterprisesFault`] when the certificate, its book or the enterprise is not there for this person.
pub fn certificate(
    park: &Park,
    actor: &Actor,
    (enterprise, report): (EntryId, &ReportId),
    on: Option<Date>,
) -> Result<Document> {
    let report = sheets::about(park, Topic::Certificate).find(|one| one.id == *report);
    let report = report.ok_or(Refusal::NotFound)?;
    let on = on.unwrap_or_else(|| park.today());
    let matter = of_certificate(park, actor, report, enterprise, on)?;
    let register = Register::new(park, actor)?;
    let whom = register.sight.title(enterprise, Some(&register.book.id));
    let name = format!("{}-{whom}-{on}.docx", report.title);
    let sheet = Sheet { on: Some(on), ..Sheet::about(enterprise) };
    Ok(sheets::make(park, actor, (report, &sheet), matter, name)?)
}

/// The certificates an enterprise can be given, as far as this person may read their books.
pub(super) fn certificates(
    park: &Park,
    register: &Register<'_>,
    enterprise: EntryId,
    on: Date,
) -> Vec<Certificate> {
    let one = |report: &Report| {
        let copy = Copy::new(register, report.copies.as_ref()?)?;
        let rows = copy.rows(enterprise, on);
        Some(Certificate {
            id: report.id.clone(),
            title: report.title.clone(),
            title_en: report.title_en.clone(),
            book: copy.book.title.clone(),
            rows: rows.len(),
            newest: rows.first().and_then(|(from, _)| *from),
        })
    };
    sheets::about(park, Topic::Certificate).filter_map(one).collect()
}

/// What is known for a certificate on a day.
pub(crate) fn of_certificate(
    park: &Park,
    actor: &Actor,
    report: &Report,
    enterprise: EntryId,
    on: Date,
) -> Result<Matter> {
    let register = Register::new(park, actor)?;
    let row = register.row(enterprise)?;
    let copy = report.copies.as_ref().and_then(|copies| Copy::new(&register, copies));
    let copy = copy.ok_or(Refusal::NotFound)?;
    let rows = copy.rows(enterprise, on);
    let (fields, table) = (copy.fields(), register.sight.table(register.book));
    let columns = fields.iter().map(|field| (&field.id, field.title.as_str()));
    let mut matter = Matter::new(Topic::Certificate, Period::month(Month::of(on))).with_columns(columns);
    let code = register.page.codes.first();
    let told =
        code.and_then(|field| table.value(row, field)).map_or_else(String::new, |code| code.to_string());
    let name = register.sight.row_title(register.book, table, row);
    let own = |text: String| Fact::text(text).read(&register.book.id, enterprise, code);
    matter.put("enterprise.name", own(name));
    matter.put("enterprise.code", own(told));
    matter.put("on", Fact::text(on.to_string()));
    matter.put("book", Fact::text(&copy.book.title));
    matter.put("department", Fact::text(&copy.book.department));
    matter.put("count", Fact::number(rows.len().into(), ""));
    matter.put("revision", Fact::text(format!("r{}", register.sight.snapshot.revision().0)));
    let entries: Vec<EntryId> = rows.iter().map(|(_, row)| copy.table().ids()[*row as usize]).collect();
    let origins = park.store().origins(&entries, register.sight.snapshot.revision())?;
    let mut places = Places::new(park);
    for ((entry, (_, row)), origins) in entries.iter().zip(&rows).zip(&origins) {
        let from = match (origins, fields.first()) {
            (Some(origins), Some(field)) => places.of((&copy.book.id, *entry), origins, &field.id)?,
            _ => Origin::default(),
        };
        let read = |fact: Fact, field: Option<&Field>| {
            fact.read(&copy.book.id, *entry, field.map(|field| &field.id))
        };
        let mut facts = vec![
            ("entry", read(Fact::text(entry.to_string()), None)),
            ("origin", read(Fact::text(where_from(&from)), None)),
        ];
        for field in &fields {
            facts.push((field.id.as_str(), read(copy.fact(field, *row), Some(field))));
        }
        matter.line(crate::messages::sheets::ROWS, &say::entry(*entry), facts);
    }
    Ok(matter)
}

/// File, sheet and cell; of what was typed, who and when; of a return, its number.
fn where_from(origin: &Origin) -> String {
    let parts = [&origin.file, &origin.sheet, &origin.cell].into_iter().filter(|part| !part.is_empty());
    let said = parts.map(String::as_str).collect::<Vec<_>>().join(" ");
    origin.filing.map_or_else(|| said.clone(), |filing| say::filed(filing, &said))
}

/// The rows of a certificate through the eyes of somebody who may read their book.
struct Copy<'c> {
    register: &'c Register<'c>,
    copies: &'c Copies,
    book: &'c Book,
}

impl<'c> Copy<'c> {
    fn new(register: &'c Register<'c>, copies: &'c Copies) -> Option<Self> {
        let book = register.sight.book(&copies.book).ok()?;
        Some(Self { register, copies, book })
    }

    fn table(&self) -> &figures::Table {
        self.register.sight.table(self.book)
    }

    fn fields(&self) -> Vec<&'c Field> {
        self.copies.columns.iter().filter_map(|field| self.book.field(field)).collect()
    }

    /// The rows about an enterprise that had begun and were not over on a day, the newest first.
    fn rows(&self, enterprise: EntryId, on: Date) -> Vec<(Option<Date>, u32)> {
        let (table, sight) = (self.table(), &self.register.sight);
        let at = |row: u32, field: &FieldId| day(&table.value(row, field)?);
        let over = |row: u32| {
            self.copies.until.as_ref().and_then(|field| at(row, field)).is_some_and(|until| until < on)
        };
        let mut named: Vec<u32> =
            self.copies.by.iter().flat_map(|field| table.naming(field, enterprise)).collect();
        named.sort_unstable();
        named.dedup();
        let seen = named.into_iter().filter(|row| sight.sees_row(self.book, table, *row) && !over(*row));
        let mut rows: Vec<(Option<Date>, u32)> = seen.map(|row| (at(row, &self.copies.from), row)).collect();
        rows.retain(|(from, _)| from.is_none_or(|from| from <= on));
        rows.sort_unstable_by(|a, b| b.cmp(a));
        rows
    }

    /// A value as it stands in the book: a number with every place, in the book's unit.
    fn fact(&self, field: &Field, row: u32) -> Fact {
        let Some(value) = self.table().value(row, &field.id) else { return Fact::default() };
        let cell = self.register.sight.cell(field, &value);
        let number = value.as_number().filter(|_| !cell.masked);
        let unit = field.kind.unit().map_or("", |unit| unit.as_str());
        number.map_or_else(|| Fact::text(cell.text), |number| Fact::copied(number, unit))
    }
}
