//! Where the data of ladders and the events of qualifications stand: books, fields, conditions on rows.
//!
//! Deliberately absent: reading a row; `app` does.

use indexmap::IndexMap;

use super::At;
use super::raw::{RawRecorded, RawSource, Text};
use crate::content::Loading;
use crate::definition::{
    Book, Datum, DatumKind, DatumSource, Field, FieldKind, QualificationBook, Standing, Taken,
};
use crate::id::FieldId;
use crate::wording::{diagnostic as say, ladder as say_ladder};

/// The role of the register of enterprises.
const ENTERPRISE: &str = "enterprise";

impl Loading {
    pub(super) fn qualification_book(&mut self, at: At<'_>, raw: &RawRecorded) -> Option<QualificationBook> {
        let book = self.about_enterprises(at, &raw.book)?;
        let event = self.field_name(at, &book, &raw.event)?;
        if let FieldKind::Choice { choices } = &book.fields[&event].kind {
            for word in raw.states.keys().filter(|word| !choices.contains(*word)) {
                let known = choices.iter().map(String::as_str);
                self.report(at, raw.event.span(), say_ladder::unknown(say_ladder::CHOICE, word, known));
            }
            let said = |standing: &Standing| raw.states.values().any(|of| of == standing);
            if !said(&Standing::Recognised) {
                self.report(at, raw.event.span(), say_ladder::never_recognised());
            }
        }
        if book.time.is_none() {
            self.report(at, raw.book.span(), say_ladder::timeless(&book.title));
            return None;
        }
        let expires = self.day_field(at, &book, raw.expires.as_ref());
        let states = raw.states.clone();
        Some(QualificationBook { book: book.id, event, states, expires, complete: raw.complete })
    }

    pub(super) fn source(&mut self, at: At<'_>, datum: &Datum, raw: &RawSource) -> Option<DatumSource> {
        let book = self.about_enterprises(at, &raw.book)?;
        if book.statistics_confidential {
            self.report(at, raw.book.span(), say_ladder::confidential(&book.title));
            return None;
        }
        let keep = match &raw.keep {
            Some(text) => Some(self.condition(at, &book.id, text, false)?),
            None => None,
        };
        let taken = match (&raw.field, raw.count) {
            (Some(field), false) => self.taken(at, &book, datum, field, raw)?,
            (None, true) if datum.kind == DatumKind::Count && !datum.yearly => {
                let since = self.day_field(at, &book, raw.since.as_ref());
                let until = self.day_field(at, &book, raw.until.as_ref());
                Taken::Count { since, until }
            }
            _ => {
                self.report(at, raw.book.span(), say_ladder::field_or_count());
                return None;
            }
        };
        Some(DatumSource { book: book.id, keep, taken })
    }

    /// A book that speaks of enterprises: their register, or one whose subject is in it.
    pub(in crate::content) fn about_enterprises(&mut self, at: At<'_>, name: &Text) -> Option<Book> {
        let book = self.known_book(at, name)?;
        let register = |book: &Book| book.role.as_deref() == Some(ENTERPRISE);
        let subject = book.subject.as_ref().and_then(|field| book.fields[field].kind.book());
        let about = subject.and_then(|id| self.content.books.get(id)).is_some_and(register);
        if !about && !register(&book) {
            self.report(at, name.span(), say_ladder::no_enterprise(&book.title));
            return None;
        }
        Some(book)
    }

    /// A book that there is.
    pub(in crate::content) fn known_book(&mut self, at: At<'_>, name: &Text) -> Option<Book> {
        let found = self.content.books.get(name.get_ref().as_str()).cloned();
        if found.is_none() {
            let said = say::unknown_book(name.get_ref(), &self.content.books);
            self.report(at, name.span(), said);
        }
        found
    }

    fn taken(
        &mut self,
        at: At<'_>,
        book: &Book,
        datum: &Datum,
        name: &Text,
        raw: &RawSource,
    ) -> Option<Taken> {
        let words = &raw.words;
        let id = self.field_name(at, book, name)?;
        let field = &book.fields[&id];
        let dated = book.time.as_ref().is_some_and(|time| {
            matches!(book.fields[time].kind, FieldKind::Year | FieldKind::Period | FieldKind::Month)
        });
        if datum.yearly && !dated {
            self.report(at, name.span(), say_ladder::timeless(&book.title));
            return None;
        }
        if !fits(&datum.kind, field, !words.is_empty()) {
            self.report(at, name.span(), say_ladder::does_not_fit(&field.title, &datum.title));
            return None;
        }
        let unit = field.kind.unit().cloned();
        if let (Some(from), Some(to)) = (&unit, &datum.unit) {
            let units = (self.content.units.get(from.as_str()), self.content.units.get(to.as_str()));
            if let (Some(a), Some(b)) = units
                && a.dimension != b.dimension
            {
                let said = say::unit_mismatch(&a.dimension, &b.dimension);
                self.report(at, name.span(), said);
                return None;
            }
        }
        let mut codes = IndexMap::new();
        for (word, meaning) in words {
            codes.insert(word.clone(), self.code(at, datum, meaning)?);
        }
        let within = [&raw.since, &raw.until].map(|name| self.day_field(at, book, name.as_ref()));
        Some(Taken::Field { field: id, unit, words: codes, within })
    }

    /// What a word means: yes or no, or one of the datum's choices.
    fn code(&mut self, at: At<'_>, datum: &Datum, meaning: &toml::Spanned<toml::Value>) -> Option<usize> {
        let found = match (&datum.kind, meaning.get_ref()) {
            (DatumKind::YesNo, toml::Value::Boolean(yes)) => Some(usize::from(*yes)),
            (DatumKind::Choice(choices), toml::Value::String(text)) => choices.iter().position(|c| c == text),
            _ => None,
        };
        if found.is_none() {
            let known = match &datum.kind {
                DatumKind::Choice(choices) => choices.clone(),
                _ => Vec::new(),
            };
            let text = match meaning.get_ref() {
                toml::Value::String(text) => text.clone(),
                other => format!("{other:?}"),
            };
            let known = known.iter().map(String::as_str);
            let said = say_ladder::unknown(say_ladder::CHOICE, &text, known);
            self.report(at, meaning.span(), said);
        }
        found
    }

    /// A field of days, where one is named.
    pub(in crate::content) fn day_field(
        &mut self,
        at: At<'_>,
        book: &Book,
        name: Option<&Text>,
    ) -> Option<FieldId> {
        let name = name?;
        let id = self.field_name(at, book, name)?;
        if book.fields[&id].kind != FieldKind::Date {
            let title = book.fields[&id].title.clone();
            self.report(at, name.span(), say_ladder::not_a_day(&title));
            return None;
        }
        Some(id)
    }
}

/// Whether a field can say a datum.
fn fits(kind: &DatumKind, field: &Field, worded: bool) -> bool {
    let text = matches!(field.kind, FieldKind::Text | FieldKind::Choice { .. });
    match kind {
        DatumKind::Number | DatumKind::Count => {
            let number = FieldKind::is_number(&field.kind);
            number && !worded
        }
        DatumKind::YesNo => (field.kind == FieldKind::Boolean && !worded) || (text && worded),
        DatumKind::Choice(_) => text && worded,
        DatumKind::Date => field.kind == FieldKind::Date && !worded,
    }
}
