//! The file of an enterprise (一企一档): facts, names it had, rows of the books that are about it, and what happened when.

use std::collections::BTreeSet;

use jiff::civil::Date;
use model::definition::{Book, Field, FileSection, Right};
use model::id::{EntryId, FieldId};
use model::value::Value;

use super::certificate::certificates;
use super::shapes::{EnterpriseFile, FileColumn, FileFact, FileMoment, FilePart, FileRow, FormerName};
use super::{Register, Result};
use crate::access::Actor;
use crate::books::Places;
use crate::import::FORMER_DIVIDERS;
use crate::ledger::StoreError;
use crate::park::Park;

/// Rows of a part that are sent; the book shows all.
const ROWS: usize = 60;
/// Moments of the line of time that are sent.
const MOMENTS: usize = 400;

/// The file of an enterprise on a day: rows dated later do not stand in it. Parts of books this person may not read are left out.
///
/// # Errors
/// [`super::EnterprisesFault`] when the enterprise is not there for this person, or the ledger cannot be read.
pub fn file(park: &Park, actor: &Actor, enterprise: EntryId, on: Option<Date>) -> Result<EnterpriseFile> {
    let register = Register::new(park, actor)?;
    let row = register.row(enterprise)?;
    let on = on.unwrap_or_else(|| park.today());
    let mut sections = Vec::new();
    let mut timeline = Vec::new();
    for section in &register.page.sections {
        let Ok(book) = register.sight.book(&section.book) else { continue };
        let part = Part { register: &register, section, book };
        let rows = part.rows(enterprise, on);
        timeline.extend(rows.iter().flat_map(|row| part.moments(*row, on)));
        sections.push(part.view(&rows));
    }
    timeline.sort_by(|a, b| b.on.cmp(&a.on).then_with(|| b.entry.cmp(&a.entry)));
    timeline.truncate(MOMENTS);
    Ok(EnterpriseFile {
        facts: facts(park, &register, enterprise, row)?,
        former_names: former_names(park, &register, enterprise, row)?,
        certificates: certificates(park, &register, enterprise, on),
        enterprise: register.link(enterprise),
        on,
        sections,
        timeline,
        revision: register.sight.snapshot.revision().0,
    })
}

/// What stands at the head of a file, each value with where it came from.
fn facts(park: &Park, register: &Register<'_>, enterprise: EntryId, row: u32) -> Result<Vec<FileFact>> {
    let table = register.sight.table(register.book);
    let origins = park.store().origins(&[enterprise], register.sight.snapshot.revision())?;
    let origins = origins.into_iter().next().flatten();
    let mut places = Places::new(park);
    let mut facts = Vec::new();
    for id in &register.page.facts {
        let Some(field) = register.book.field(id) else { continue };
        let cell = table.value(row, id).map(|value| register.sight.cell(field, &value));
        let place = match (&cell, &origins) {
            (Some(_), Some(origins)) => Some(places.of((&register.book.id, enterprise), origins, id)?),
            _ => None,
        };
        facts.push(FileFact {
            field: id.clone(),
            title: field.title.clone(),
            title_en: field.title_en.clone(),
            unit: field.kind.unit().map(ToString::to_string),
            cell,
            place,
        });
    }
    Ok(facts)
}

/// Names an enterprise had: those its versions held, and those handed in as former ones.
fn former_names(
    park: &Park,
    register: &Register<'_>,
    enterprise: EntryId,
    row: u32,
) -> std::result::Result<Vec<FormerName>, StoreError> {
    let Some(present) = register.page.names.first() else { return Ok(Vec::new()) };
    let table = register.sight.table(register.book);
    let now = table.value(row, present).map(|value| value.to_string());
    let mut seen: BTreeSet<String> = now.into_iter().collect();
    let mut names = Vec::new();
    let versions = park.store().history(enterprise)?;
    for (old, new) in versions.iter().zip(versions.iter().skip(1)).rev() {
        let name = |payload: &model::value::Payload| payload.get(present).map(ToString::to_string);
        let (Some(before), after) = (name(&old.payload), name(&new.payload)) else { continue };
        if after.as_ref() != Some(&before) && seen.insert(before.clone()) {
            names.push(FormerName { name: before, until_revision: Some(new.revision.0) });
        }
    }
    let told = register
        .page
        .names
        .iter()
        .skip(1)
        .filter(|field| field.as_str() == crate::import::roles::FORMER_NAMES);
    for text in told.filter_map(|field| table.value(row, field)) {
        for name in text.to_string().split(FORMER_DIVIDERS).map(str::trim).filter(|name| !name.is_empty()) {
            if seen.insert(name.to_owned()) {
                names.push(FormerName { name: name.to_owned(), until_revision: None });
            }
        }
    }
    Ok(names)
}

/// One part of a file being read.
pub(super) struct Part<'p> {
    pub register: &'p Register<'p>,
    pub section: &'p FileSection,
    pub book: &'p Book,
}

impl Part<'_> {
    /// The rows about the enterprise that had begun on a day, the newest first.
    pub fn rows(&self, enterprise: EntryId, on: Date) -> Vec<u32> {
        let table = self.register.sight.table(self.book);
        let named: BTreeSet<u32> =
            self.section.by.iter().flat_map(|field| table.naming(field, enterprise)).collect();
        let begins = self.section.events.first().map(|event| &event.date).or(self.book.time.as_ref());
        let begun = |row: &u32| begins.and_then(|field| day(&table.value(*row, field)?));
        let mut rows: Vec<(Option<Date>, u32)> = named
            .into_iter()
            .filter(|row| self.register.sight.sees_row(self.book, table, *row))
            .map(|row| (begun(&row), row))
            .filter(|(day, _)| day.is_none_or(|day| day <= on))
            .collect();
        rows.sort_unstable_by(|a, b| b.cmp(a));
        rows.into_iter().map(|(_, row)| row).collect()
    }

    fn view(&self, rows: &[u32]) -> FilePart {
        let (table, sight) = (self.register.sight.table(self.book), &self.register.sight);
        let fields: Vec<&Field> =
            self.section.columns.iter().filter_map(|field| self.book.field(field)).collect();
        let cell =
            |field: &Field, row: u32| table.value(row, &field.id).map(|value| sight.cell(field, &value));
        FilePart {
            id: self.section.id.clone(),
            title: self.section.title.clone(),
            title_en: self.section.title_en.clone(),
            book: self.book.id.clone(),
            columns: fields
                .iter()
                .map(|field| FileColumn {
                    field: field.id.clone(),
                    title: field.title.clone(),
                    title_en: field.title_en.clone(),
                    kind: field.kind.name().to_owned(),
                    unit: field.kind.unit().map(ToString::to_string),
                })
                .collect(),
            total: rows.len(),
            rows: rows
                .iter()
                .take(ROWS)
                .map(|row| FileRow {
                    entry: table.ids()[*row as usize].0,
                    cells: fields.iter().map(|field| cell(field, *row)).collect(),
                })
                .collect(),
        }
    }

    /// What a row puts on the line of time, up to a day.
    pub fn moments(&self, row: u32, on: Date) -> Vec<FileMoment> {
        let (table, sight) = (self.register.sight.table(self.book), &self.register.sight);
        let said = |name: &str| {
            let field = self.book.field(&FieldId::from(name));
            let value = field.and_then(|field| Some((field, table.value(row, &field.id)?)));
            value.map_or_else(String::new, |(field, value)| {
                sight.text(field, &value) + field.kind.unit().map_or("", |unit| unit.as_str())
            })
        };
        let moment = |event: &model::definition::FileEvent| {
            let on_day = day(&table.value(row, &event.date)?).filter(|day| *day <= on)?;
            Some(FileMoment {
                on: on_day,
                section: self.section.id.clone(),
                text: event.sentence(said),
                entry: table.ids()[row as usize].0,
            })
        };
        self.section.events.iter().filter_map(moment).collect()
    }
}

/// The day a value speaks of: of a period its last.
pub(crate) fn day(value: &Value) -> Option<Date> {
    match value {
        Value::Date(date) => Some(*date),
        Value::Period(period) => Some(period.end.last_day()),
        _ => None,
    }
}

/// Whether somebody may write a book.
pub(super) fn may_record(actor: &Actor, book: &Book) -> bool {
    actor.may(Right::Record, book)
}
