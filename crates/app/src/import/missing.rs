//! Who has not reported: for every series that is due for a month, the subjects who must report and have not.
//!
//! Deliberately absent: sending reminders, and the clock – a period is asked for, whether it is late is the reader's.

use std::collections::BTreeSet;

use jiff::civil::Date;
use model::content::Content;
use model::definition::{Book, BookKind};
use model::entry::Entry;
use model::expr::eval::{self, Row};
use model::id::{BookId, EntryId, FieldId};
use model::period::{Month, Period};
use model::value::Value;
use store::Result;

use super::view::LedgerView;

/// A return that is due and not there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MissingReturn {
    /// The series.
    pub book: BookId,
    /// Its title.
    pub book_title: String,
    /// The period.
    pub period: Period,
    /// Who should have reported.
    pub entry: EntryId,
    /// What they are called.
    pub subject: String,
    /// By when.
    pub due: Option<Date>,
}

/// A register entry as a row of an expression.
struct Subject<'a>(&'a Entry);

impl Row for Subject<'_> {
    fn field(&self, field: &FieldId) -> Option<Value> {
        self.0.payload.get(field).cloned()
    }
}

/// Everything missing for the periods that end with `month`: monthly returns always, quarterly ones in the last month of a
/// quarter and so on. Series that name no reporters are expected of nobody.
///
/// # Errors
/// Those of the ledger.
pub fn missing(content: &Content, ledger: &dyn LedgerView, month: Month) -> Result<Vec<MissingReturn>> {
    let mut found = Vec::new();
    for book in content.books.values() {
        let Some(period) = due_period(book, month) else { continue };
        let (Some(rule), Some(subject), Some(time)) = (&book.reporters, &book.subject, &book.time) else {
            continue;
        };
        let Some(register) =
            book.field(subject).and_then(|f| f.kind.book()).and_then(|b| content.books.get(b))
        else {
            continue;
        };
        let sent: BTreeSet<EntryId> = ledger
            .heads(&book.id)?
            .iter()
            .filter(|e| e.payload.get(time).and_then(Value::as_period) == Some(period))
            .filter_map(|e| e.payload.get(subject)?.as_entry())
            .collect();
        for entry in ledger.heads(&register.id)? {
            if sent.contains(&entry.id) || eval::truth(rule, &Subject(&entry)) != Some(true) {
                continue;
            }
            found.push(MissingReturn {
                book: book.id.clone(),
                book_title: book.title.clone(),
                period,
                entry: entry.id,
                subject: name(register, &entry),
                due: due_date(book, period),
            });
        }
    }
    Ok(found)
}

/// The period of a series that ends with `month`, if one does and it is collected.
fn due_period(book: &Book, month: Month) -> Option<Period> {
    if book.kind != BookKind::Series || book.skips.contains(&month.month()) {
        return None;
    }
    let period = Period::containing(month, book.every?.window());
    (period.end == month).then_some(period)
}

fn due_date(book: &Book, period: Period) -> Option<Date> {
    let next = period.end.plus(1);
    Date::new(next.year(), next.month(), book.due_day?).ok()
}

fn name(register: &Book, entry: &Entry) -> String {
    let display = register.display.as_ref().and_then(|d| entry.payload.get(d));
    display.map_or_else(|| entry.key.clone(), ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::MemoryLedger;
    use model::content::SourceFile;
    use model::entry::{EntryState, Origins};
    use model::id::Revision;
    use model::value::Payload;

    const FIRMS: &str = "title = \"厂\"\nkind = \"register\"\nkey = [\"name\"]\ndisplay = \"name\"\n[fields.name]\ntitle = \"名\"\nkind = \"text\"\n[fields.big]\ntitle = \"大\"\nkind = \"boolean\"\n";
    const RETURNS: &str = "title = \"月报\"\nkind = \"series\"\nkey = [\"firm\", \"period\"]\nsubject = \"firm\"\ntime = \"period\"\nevery = \"month\"\nskips = [1]\ndue_day = 15\nreporters = \"big\"\n[fields.firm]\ntitle = \"厂\"\nkind = \"reference\"\nbook = \"firms\"\n[fields.period]\ntitle = \"期\"\nkind = \"period\"\n";

    fn entry(id: u64, book: &str, payload: &[(&str, Value)]) -> Entry {
        Entry {
            id: EntryId(id),
            book: book.into(),
            key: id.to_string(),
            version: 1,
            revision: Revision(1),
            state: EntryState::Active,
            payload: payload.iter().map(|(f, v)| (FieldId::from(*f), v.clone())).collect::<Payload>(),
            origins: Origins::default(),
        }
    }

    /// Big firms 甲 and 乙, small 丙; 甲 has sent 2023-09. Who is missing for `month`?
    fn check(month: &str, expected: &[(&str, &str)]) {
        let file = |path: &str, text: &str| SourceFile { path: path.into(), text: text.into() };
        let (content, wrong) =
            Content::load(&[file("books/firms.toml", FIRMS), file("books/returns.toml", RETURNS)]);
        assert!(wrong.is_empty(), "{wrong:?}");
        let firm = |id, name: &str, big| {
            entry(id, "firms", &[("name", Value::text(name)), ("big", Value::Flag(big))])
        };
        let period = Value::Period("2023-09".parse().expect("a month"));
        let sent = entry(9, "returns", &[("firm", Value::Entry(EntryId(1))), ("period", period)]);
        let entries = vec![firm(1, "甲", true), firm(2, "乙", true), firm(3, "丙", false), sent];
        let ledger = MemoryLedger { entries, ..MemoryLedger::default() };
        let found =
            missing(&content, &ledger, month.parse().expect("a month")).expect("memory does not fail");
        let shown: Vec<(String, String)> = found
            .into_iter()
            .map(|m| (m.subject, m.due.map_or_else(String::new, |d| d.to_string())))
            .collect();
        let wanted: Vec<(String, String)> =
            expected.iter().map(|(s, d)| ((*s).to_owned(), (*d).to_owned())).collect();
        assert_eq!(shown, wanted);
    }

    #[test]
    fn who_must_report_and_has_not() {
        check("2023-09", &[("乙", "2023-10-15")]);
        check("2023-10", &[("甲", "2023-11-15"), ("乙", "2023-11-15")]);
        // January is not collected.
        check("2023-01", &[]);
    }
}
