//! Visits to enterprises and their demands (企业联系和走访): who is due by the rules of `content/visits.toml`, how far each demand is
//! and by when its next step, the lights of enterprises, whom an overdue demand goes up to, how much was done.
//!
//! Everything is of a day: rules in force on it, visits and demands dated up to it. Deliberately absent: statistics-confidential
//! returns behind a light (the loader refuses them), and letters to enterprises – people write those.
//!
//! To add an act on demands: a variant of [`shapes::Act`], its arm in `acts.rs`, where it is allowed in `demands.rs`.

mod acts;
mod demands;
mod duties;
mod lights;
mod metrics;
mod own;
mod photos;
pub mod shapes;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use figures::Table;
use jiff::ToSpan;
use jiff::civil::Date;
use model::definition::visits::{RuleHead, VisitRules};
use model::definition::{Book, Field, Right};
use model::expr::Expr;
use model::expr::eval;
use model::id::{BookId, EntryId, FieldId};
use model::value::Value;

pub use self::acts::{act, record_visit, visit_forms};
pub use self::demands::demand_board;
pub use self::duties::visits_due;
pub use self::lights::lights;
pub use self::metrics::visit_metrics;
pub use self::own::{own_demands, raise, rate};
pub use self::photos::{add_photo, drop_photo, photo_file, visit_photos};
use self::shapes::{Act, VisitRule};
use crate::access::{Actor, Refusal, Scope};
use crate::books::{BooksFault, RowOf, Sight};
use crate::ledger::StoreError;
use crate::messages::visits as say;
use crate::park::Park;
use crate::projects::LinkedEntry;

/// The role of the register of enterprises.
const ENTERPRISE: &str = "enterprise";
/// For so many months an enterprise is a new one.
const NEW_MONTHS: i32 = 12;

/// Why nothing is said or done.
#[derive(Debug, thiserror::Error)]
pub enum VisitsFault {
    /// Not for this person, or not there.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] StoreError),
    /// A book refuses what is to be written.
    #[error(transparent)]
    Books(#[from] BooksFault),
    /// The demand is not at a point where that can be done.
    #[error("{}", say::not_now(*.0, .1))]
    NotNow(Act, String),
    /// A photo that is not kept: no picture, or too many.
    #[error("{0}")]
    Photo(String, String),
    /// Something the act needs is missing or will not do.
    #[error("{message}")]
    Wrong {
        /// Which part of the request.
        field: &'static str,
        /// Why.
        message: String,
    },
}

/// A result of this module.
pub type Result<T> = std::result::Result<T, VisitsFault>;

/// A park on a day through the eyes of somebody who may read all its enterprises.
struct Eyes<'a> {
    sight: Sight<'a>,
    rules: &'a VisitRules,
    register: &'a Book,
    on: Date,
}

/// Who keeps in contact with an enterprise.
#[derive(Clone, Debug, Default)]
struct ContactOf {
    officer: Option<String>,
    department: Option<String>,
}

/// A visit that was made.
#[derive(Clone, Copy, Debug)]
struct Visit {
    on: Date,
    row: u32,
}

impl<'a> Eyes<'a> {
    fn new(park: &'a Park, actor: &'a Actor, on: Option<Date>) -> Result<Self> {
        let eyes = Self::of(park, actor, on)?;
        for book in [eyes.register, &eyes.sight.content.books[&eyes.rules.visit.book]] {
            actor.need(Right::Read, book)?;
            if actor.scope(book) != Scope::All {
                return Err(Refusal::NotFound.into());
            }
        }
        Ok(eyes)
    }

    /// Without asking what they may see: for an enterprise and its own demands.
    fn of(park: &'a Park, actor: &'a Actor, on: Option<Date>) -> Result<Self> {
        let content = &park.library().content;
        let sight = Sight::new(content, park.snapshot()?, actor);
        let rules = content.visits.as_ref().ok_or(Refusal::NotFound)?;
        let register = content.book_with_role(ENTERPRISE).ok_or(Refusal::NotFound)?;
        Ok(Self { sight, rules, register, on: on.unwrap_or_else(|| park.today()) })
    }

    fn revision(&self) -> u64 {
        self.sight.snapshot.revision().0
    }

    /// A book and its rows, where this person may read it.
    fn shelf(&self, id: &BookId) -> Option<(&'a Book, &Table)> {
        let book = self.sight.book(id).ok()?;
        Some((book, self.sight.table(book)))
    }

    fn meets(&self, expr: Option<&Expr>, table: &Table, row: u32) -> bool {
        expr.is_none_or(|expr| {
            eval::truth(expr, &RowOf { snapshot: &self.sight.snapshot, table, row }) == Some(true)
        })
    }

    /// The enterprises there are to be visited, as rows of their register.
    fn present(&self) -> Vec<u32> {
        let table = self.sight.table(self.register);
        let here = |row: &u32| {
            self.since(*row).is_none_or(|since| since <= self.on)
                && self.meets(Some(&self.rules.present), table, *row)
        };
        table.rows().filter(here).collect()
    }

    fn enterprise(&self, row: u32) -> EntryId {
        self.sight.table(self.register).ids()[row as usize]
    }

    /// Since when an enterprise is there.
    fn since(&self, row: u32) -> Option<Date> {
        self.sight.table(self.register).value(row, self.rules.since.as_ref()?)?.as_date()
    }

    /// Since when it is there, if that is within the last twelve months.
    fn newly(&self, row: u32) -> Option<Date> {
        let first = self.on.checked_sub(NEW_MONTHS.months()).ok()?;
        self.since(row).filter(|since| *since > first)
    }

    fn link(&self, entry: EntryId) -> LinkedEntry {
        self.sight.link(entry, Some(&self.register.id))
    }

    /// What a field says, as this person reads it.
    fn text(&self, book: &Book, table: &Table, row: u32, field: Option<&FieldId>) -> Option<String> {
        let field: &Field = book.field(field?)?;
        let value = table.value(row, &field.id)?;
        Some(self.sight.text(field, &value)).filter(|text| !text.is_empty())
    }

    /// Visits by enterprise, oldest first, up to the day.
    fn visits(&self) -> HashMap<EntryId, Vec<Visit>> {
        let mut found: HashMap<EntryId, Vec<Visit>> = HashMap::new();
        let Some((book, table)) = self.shelf(&self.rules.visit.book) else { return found };
        for row in table.rows() {
            let whom = entry_at(table, row, book.subject.as_ref());
            let when = date_at(table, row, book.time.as_ref()).filter(|on| *on <= self.on);
            if let (Some(whom), Some(on)) = (whom, when) {
                found.entry(whom).or_default().push(Visit { on, row });
            }
        }
        for visits in found.values_mut() {
            visits.sort_by_key(|visit| visit.on);
        }
        found
    }

    /// Who keeps in contact with each enterprise on the day: of several the one that began last.
    fn contacts(&self) -> HashMap<EntryId, ContactOf> {
        let mut found: HashMap<EntryId, (Option<Date>, ContactOf)> = HashMap::new();
        let Some(contact) = &self.rules.contact else { return HashMap::new() };
        let Some((book, table)) = self.shelf(&contact.book) else { return HashMap::new() };
        for row in table.rows() {
            let Some(whom) = entry_at(table, row, book.subject.as_ref()) else { continue };
            let from = date_at(table, row, contact.from.as_ref());
            let to = date_at(table, row, contact.to.as_ref());
            if from.is_some_and(|from| from > self.on) || to.is_some_and(|to| to < self.on) {
                continue;
            }
            let one = ContactOf {
                officer: self.text(book, table, row, Some(&contact.officer)),
                department: self.text(book, table, row, contact.department.as_ref()),
            };
            let kept = found.entry(whom).or_default();
            if kept.1.officer.is_none() || from >= kept.0 {
                *kept = (from, one);
            }
        }
        found.into_iter().map(|(whom, (_, contact))| (whom, contact)).collect()
    }

    /// The enterprises a plan was made with; none where plans are not for this person.
    fn planned(&self) -> Option<HashSet<EntryId>> {
        let (book, table) = self.shelf(self.rules.plan.as_ref()?)?;
        Some(table.rows().filter_map(|row| entry_at(table, row, book.subject.as_ref())).collect())
    }
}

fn entry_at(table: &Table, row: u32, field: Option<&FieldId>) -> Option<EntryId> {
    table.value(row, field?)?.as_entry()
}

fn date_at(table: &Table, row: u32, field: Option<&FieldId>) -> Option<Date> {
    match table.value(row, field?)? {
        Value::Date(date) => Some(date),
        Value::Period(period) => Some(period.end.last_day()),
        _ => None,
    }
}

fn rule_view(head: &RuleHead) -> VisitRule {
    VisitRule {
        id: head.id.clone(),
        title: head.title.clone(),
        title_en: head.title_en.clone(),
        document: head.document.clone(),
        source: head.source.clone(),
        from: head.from,
    }
}

/// Names that are there, each once, sorted.
fn names(all: impl Iterator<Item = Option<String>>) -> Vec<String> {
    all.flatten().collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}
