//! Returns that enterprises file themselves (企业填报): what is due, the draft, handing in, and the committee's answer.
//!
//! Which books are filed and which fields of them is content (`[filed]` of a book); who must file is the book's `reporters`. A
//! draft and what was handed in lie beside the ledger: nothing is in a book before somebody with the right to accept for
//! it has accepted the return – somebody who did not file it. The revision then names the return.
//!
//! Deliberately absent: books of the statistics law (the loader refuses `[filed]` there), and letters: a return that is sent
//! back shows its reasons where it is filled in. To add a step: an act of `store::FilingAct`, its arm in `acts.rs`.

mod acts;
mod due;
mod form;
mod review;
pub mod shapes;
#[cfg(test)]
mod tests;

pub use acts::{approve, save, send_back, submit, withdraw};
pub use due::returns_due;
pub use form::return_form;
pub use review::{handed_in, review};

use std::collections::BTreeMap;

use figures::Table;
use jiff::civil::Date;
use model::definition::{Book, Every, Filing, Right};
use model::id::{BookId, EntryId, FieldId};
use model::period::Period;
use model::value::Value;
use serde::{Deserialize, Serialize};
use store::{FilingKey, FilingRecord};

use self::shapes::ReturnState;
use crate::access::{Actor, Refusal};
use crate::books::{BooksFault, Sight, Values, due_of, periods_of};
use crate::ledger::StoreError;
use crate::messages::filings as say;
use crate::park::Park;

/// The role of the register of enterprises.
const ENTERPRISE: &str = "enterprise";

/// Why a return is not shown or not moved on.
#[derive(Debug, thiserror::Error)]
pub enum FilingsFault {
    /// Not for this person, or not there.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The ledger cannot be read or written; the return was changed since it was read.
    #[error(transparent)]
    Ledger(#[from] StoreError),
    /// What it says cannot be written; each finding says which field and why.
    #[error(transparent)]
    Books(#[from] BooksFault),
    /// It is not where that can be done.
    #[error("{}", say::not_now(*.0).0)]
    NotNow(ReturnState),
    /// Nobody accepts what they filed themselves.
    #[error("{}", say::own_return().0)]
    Own,
    /// Nothing was filled in.
    #[error("{}", say::empty().0)]
    Empty,
    /// Sent back without a word.
    #[error("{}", say::no_reason().0)]
    NoReason,
}

/// A result of this module.
pub type Result<T> = std::result::Result<T, FilingsFault>;

/// What a draft says: as it was typed, and why numbers jump.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Body {
    pub values: Values,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<FieldId, String>,
}

/// What is said when a return is sent back or accepted.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Answer {
    pub note: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<FieldId, String>,
}

impl Body {
    fn of(text: &str) -> Result<Self> {
        serde_json::from_str(text).map_err(|_| damaged())
    }

    fn text(&self) -> String {
        serde_json::to_string(self).expect("values and texts are plain JSON")
    }
}

impl Answer {
    fn of(text: &str) -> Result<Self> {
        serde_json::from_str(text).map_err(|_| damaged())
    }

    fn text(&self) -> String {
        serde_json::to_string(self).expect("texts are plain JSON")
    }
}

fn damaged() -> FilingsFault {
    StoreError::Corrupt("what a return says is not as this program wrote it".to_owned()).into()
}

/// One return through the eyes of somebody.
pub(crate) struct Return<'a> {
    pub sight: Sight<'a>,
    pub book: &'a Book,
    pub filing: &'a Filing,
    pub register: &'a Book,
    pub subject: &'a FieldId,
    pub time: &'a FieldId,
    pub every: Every,
    pub key: FilingKey,
    pub today: Date,
}

impl<'a> Return<'a> {
    /// The return of one's own enterprise for a period that is over.
    fn own(park: &'a Park, actor: &'a Actor, book: &BookId, period: Period) -> Result<Self> {
        let enterprise = actor.own().ok_or(Refusal::NotFound)?;
        let found = Self::of(park, actor, book, enterprise, period)?;
        actor.need(Right::File, found.book)?;
        let collected = periods_of(found.book, period.end.year()).contains(&period);
        if collected && period.last_day() < found.today { Ok(found) } else { Err(Refusal::NotFound.into()) }
    }

    /// A return of any enterprise, as this person sees it.
    fn of(
        park: &'a Park,
        actor: &'a Actor,
        book: &BookId,
        enterprise: EntryId,
        period: Period,
    ) -> Result<Self> {
        let sight = Sight::new(&park.library().content, park.snapshot()?, actor);
        let book = sight.book(book)?;
        let filing = book.filing.as_ref().ok_or(Refusal::NotFound)?;
        let (subject, time) = book.subject.as_ref().zip(book.time.as_ref()).ok_or(Refusal::NotFound)?;
        let every = book.every.ok_or(Refusal::NotFound)?;
        let register = sight.content.book_with_role(ENTERPRISE).ok_or(Refusal::NotFound)?;
        let key = FilingKey { book: book.id.clone(), enterprise, period };
        Ok(Self { sight, book, filing, register, subject, time, every, key, today: park.today() })
    }

    fn record(&self, park: &Park) -> Result<Option<FilingRecord>> {
        Ok(park.store().filing_of(&self.key)?)
    }

    fn title(&self) -> String {
        self.sight.title(self.key.enterprise, Some(&self.register.id))
    }

    fn due(&self) -> Option<Date> {
        due_of(self.book, self.key.period)
    }

    fn table(&self) -> &Table {
        self.sight.table(self.book)
    }

    /// The entry of a period, if the book has one.
    fn row(&self, period: Period) -> Option<u32> {
        let table = self.table();
        let rows = table.naming(self.subject, self.key.enterprise);
        rows.into_iter().find(|row| table.value(*row, self.time).and_then(|v| v.as_period()) == Some(period))
    }

    /// The period before, leaving out those for which nothing is collected.
    fn before(&self) -> Option<Period> {
        let mut period = self.key.period.previous()?;
        while self.book.skips.contains(&period.end.month()) {
            period = period.previous()?;
        }
        Some(period)
    }

    /// The same period a year before, where that is another one than the period before.
    fn year_before(&self) -> Option<Period> {
        (self.every != Every::Year).then(|| self.key.period.year_before())
    }

    fn value(&self, period: Option<Period>, field: &FieldId) -> Option<Value> {
        self.table().value(self.row(period?)?, field)
    }

    /// What is sent to the checks: the form's fields – absent ones as nothing – with whom and when.
    fn values(&self, body: &Body) -> Values {
        let mut values = Values::new();
        for field in &self.filing.fields {
            let value = body.values.get(field.as_str()).cloned().unwrap_or_default();
            values.insert(field.to_string(), value);
        }
        values.insert(self.subject.to_string(), serde_json::json!(self.key.enterprise.0));
        values.insert(self.time.to_string(), serde_json::json!(self.key.period.to_string()));
        values
    }

    /// How far a return is: by its record, else by whether the book has it from elsewhere.
    fn state(&self, record: Option<&FilingRecord>) -> ReturnState {
        match record {
            Some(record) => record.state.into(),
            None if self.row(self.key.period).is_some() => ReturnState::Recorded,
            None => ReturnState::NotBegun,
        }
    }
}

/// The name people read of an account.
fn display(park: &Park, account: &str) -> Result<String> {
    let person = park.store().person_named(account)?;
    Ok(person
        .map(|person| person.display)
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| account.to_owned()))
}
