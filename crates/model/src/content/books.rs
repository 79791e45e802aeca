//! Books: fields first, then everything that refers to fields of any book.

use indexmap::IndexMap;
use rust_decimal::Decimal;
use toml::Spanned;

use super::raw::{BookFile, RawCheck, RawField, RawFiled, RawGuard, RawNumber};
use super::{At, Loading, in_folder};
use crate::content::SourceFile;
use crate::definition::{Book, BookKind, CaseRule, Check, CheckKind, Class, Field, FieldKind, Filing, Guard};
use crate::expr::{BookScope, Expr, Type, parse};
use crate::finding::Severity;
use crate::id::{BookId, FieldId, UnitId};
use crate::wording::diagnostic as say;

impl Loading {
    pub(super) fn books(&mut self, files: &[&SourceFile]) {
        let mut raws: Vec<(At<'_>, BookFile)> = Vec::new();
        for at in in_folder(files, "books") {
            self.check_id(at, at.stem);
            if let Some(raw) = self.read::<BookFile>(at) {
                raws.push((at, raw));
            }
        }
        let known: Vec<BookId> = raws.iter().map(|(at, _)| at.stem.into()).collect();
        for (at, raw) in &raws {
            let book = self.book(*at, raw, &known);
            self.content.books.insert(book.id.clone(), book);
        }
        for (at, raw) in &raws {
            self.expressions(*at, raw);
        }
    }

    fn book(&mut self, at: At<'_>, raw: &BookFile, known: &[BookId]) -> Book {
        let class = raw.class.unwrap_or(Class::Internal);
        let mut fields = IndexMap::new();
        for (id, field) in &raw.fields {
            self.check_id(at, id);
            if let Some(field) = self.field(at, id, field, class, known) {
                fields.insert(field.id.clone(), field);
            }
        }
        let mut book = Book {
            id: at.stem.into(),
            title: raw.title.clone(),
            title_en: raw.title_en.clone(),
            kind: raw.kind,
            role: raw.role.clone(),
            department: raw.department.clone(),
            key: vec![],
            subject: None,
            time: None,
            every: raw.every,
            skips: raw.skips.clone(),
            due_day: raw.due_day,
            reporters: None,
            filing: None,
            statistics_confidential: raw.statistics_confidential,
            display: None,
            case: None,
            guard: None,
            fields,
            checks: vec![],
        };
        book.key = raw.key.iter().filter_map(|k| self.field_name(at, &book, k)).collect();
        book.subject = raw.subject.as_ref().and_then(|f| self.field_name(at, &book, f));
        book.time = raw.time.as_ref().and_then(|f| self.field_name(at, &book, f));
        book.display = raw.display.as_ref().and_then(|f| self.field_name(at, &book, f));
        book.case = self.case_rule(at, &book, raw);
        book.filing = raw.filed.as_ref().and_then(|filed| self.filing(at, &book, filed));
        book.guard = raw.guard.as_ref().and_then(|guard| self.guard(at, &book, guard));
        self.shape(at, &book);
        book
    }

    /// Which rows are guarded: a yes-or-no field, and who handles them.
    fn guard(&mut self, at: At<'_>, book: &Book, raw: &RawGuard) -> Option<Guard> {
        let when = self.field_name(at, book, &raw.when)?;
        if book.fields[&when].kind != FieldKind::Boolean {
            self.report(at, raw.when.span(), say::guard_is_no_flag(&book.fields[&when].title));
            return None;
        }
        let mut field =
            |name: &Option<Spanned<String>>| name.as_ref().and_then(|f| self.field_name(at, book, f));
        let (department, person) = (field(&raw.department), field(&raw.person));
        Some(Guard { when, department, person })
    }

    fn shape(&mut self, at: At<'_>, book: &Book) {
        if book.key.is_empty() {
            self.report(at, 0..0, say::missing_key("key"));
        }
        if book.kind == BookKind::Series
            && (book.every.is_none() || book.subject.is_none() || book.time.is_none())
        {
            self.report(at, 0..0, say::missing_key("every, subject, time"));
        }
        if book.kind == BookKind::Event && book.time.is_none() {
            self.report(at, 0..0, say::missing_key("time"));
        }
        if book.kind == BookKind::Case && book.case.is_none() {
            self.report(at, 0..0, say::missing_key("state, states, closed"));
        }
    }

    /// A return of an enterprise is one entry: its key is whom it is about and the period. What the statistics law keeps confidential
    /// is not collected here.
    fn filing(&mut self, at: At<'_>, book: &Book, raw: &RawFiled) -> Option<Filing> {
        let (Some(subject), Some(time)) = (&book.subject, &book.time) else {
            self.report(at, 0..0, say::missing_key("subject, time"));
            return None;
        };
        let one = book.key.len() == 2 && book.key.contains(subject) && book.key.contains(time);
        if book.kind != BookKind::Series || !one || book.statistics_confidential {
            self.report(at, 0..0, say::cannot_be_filed());
            return None;
        }
        let given = |field: &&Field| field.id != *subject && field.id != *time;
        let fields: Vec<FieldId> = if raw.fields.is_empty() {
            book.fields.values().filter(given).map(|field| field.id.clone()).collect()
        } else {
            raw.fields.iter().filter_map(|name| self.field_name(at, book, name)).collect()
        };
        let asked = |field: &&Field| field.required && given(field) && !fields.contains(&field.id);
        for field in book.fields.values().filter(asked) {
            self.report(at, 0..0, say::required_not_filed(&field.title));
        }
        let jump = raw.jump.as_ref().and_then(|number| self.number(at, number));
        let jump_of = raw.jump_of.iter().filter_map(|name| self.field_name(at, book, name)).collect();
        Some(Filing { fields, jump, jump_of, note: raw.note.clone() })
    }

    fn case_rule(&mut self, at: At<'_>, book: &Book, raw: &BookFile) -> Option<CaseRule> {
        let state = self.field_name(at, book, raw.state.as_ref()?)?;
        for closed in raw.closed.iter().filter(|c| !raw.states.contains(c.get_ref())) {
            self.report(at, closed.span(), say::unknown_choice(closed.get_ref(), &raw.states));
        }
        Some(CaseRule {
            state,
            states: raw.states.clone(),
            closed: raw.closed.iter().map(|c| c.get_ref().clone()).collect(),
            deadline: raw.deadline.as_ref().and_then(|f| self.field_name(at, book, f)),
            handler: raw.handler.as_ref().and_then(|f| self.field_name(at, book, f)),
            about: raw.about.iter().filter_map(|f| self.field_name(at, book, f)).collect(),
        })
    }

    /// Resolves a field name of `book`, reporting an unknown one.
    pub(super) fn field_name(&mut self, at: At<'_>, book: &Book, name: &Spanned<String>) -> Option<FieldId> {
        if book.fields.contains_key(name.get_ref().as_str()) {
            return Some(name.get_ref().as_str().into());
        }
        self.report(at, name.span(), say::unknown_field(name.get_ref(), book));
        None
    }

    /// Resolves a unit, reporting an unknown one.
    pub(super) fn unit_name(&mut self, at: At<'_>, unit: &Spanned<String>) -> Option<UnitId> {
        if self.content.units.get(unit.get_ref()).is_some() {
            return Some(unit.get_ref().as_str().into());
        }
        let said = say::unknown_unit(unit.get_ref(), &self.content.units);
        self.report(at, unit.span(), said);
        None
    }

    fn field(
        &mut self,
        at: At<'_>,
        id: &str,
        raw: &RawField,
        class: Class,
        known: &[BookId],
    ) -> Option<Field> {
        let kind = self.field_kind(at, raw, known)?;
        let class = raw.class.unwrap_or(class);
        if class == Class::Personal && (raw.purpose.is_none() || raw.keep_years.is_none()) {
            self.report(at, raw.kind.span(), say::personal_needs_purpose(id));
        }
        Some(Field {
            id: id.into(),
            title: raw.title.clone(),
            title_en: raw.title_en.clone(),
            kind,
            required: raw.required,
            class,
            purpose: raw.purpose.clone(),
            keep_years: raw.keep_years,
            min: raw.min.as_ref().and_then(|n| self.number(at, n)),
            max: raw.max.as_ref().and_then(|n| self.number(at, n)),
            help: raw.help.clone(),
        })
    }

    fn number(&mut self, at: At<'_>, raw: &RawNumber) -> Option<Decimal> {
        match raw {
            RawNumber::Integer(n) => Some(Decimal::from(*n)),
            RawNumber::Decimal(text) => {
                if let Ok(n) = text.get_ref().parse() {
                    Some(n)
                } else {
                    self.report(at, text.span(), say::bad_number(text.get_ref()));
                    None
                }
            }
        }
    }

    fn field_kind(&mut self, at: At<'_>, raw: &RawField, known: &[BookId]) -> Option<FieldKind> {
        let unit = raw.unit.as_ref().and_then(|u| self.unit_name(at, u));
        let book = match &raw.book {
            Some(name) if known.iter().any(|b| b.as_str() == name.get_ref()) => {
                Some(BookId::from(name.get_ref().as_str()))
            }
            Some(name) => {
                self.report(at, name.span(), say::unknown_book_id(name.get_ref(), known));
                return None;
            }
            None => None,
        };
        let missing = |this: &mut Self, what: &str| {
            this.report(at, raw.kind.span(), say::missing_key(what));
            None
        };
        Some(match raw.kind.get_ref().as_str() {
            "text" => FieldKind::Text,
            "integer" => FieldKind::Integer { unit },
            "decimal" => FieldKind::Decimal { unit },
            "amount" => match unit {
                Some(unit) => FieldKind::Amount { unit },
                None if raw.unit.is_some() => return None,
                None => return missing(self, "unit"),
            },
            "date" => FieldKind::Date,
            "month" => FieldKind::Month,
            "period" => FieldKind::Period,
            "year" => FieldKind::Year,
            "choice" if raw.choices.is_empty() => return missing(self, "choices"),
            "choice" => FieldKind::Choice { choices: raw.choices.clone() },
            "reference" => match book {
                Some(book) => FieldKind::Reference { book },
                None => return missing(self, "book"),
            },
            "references" => match book {
                Some(book) => FieldKind::References { book },
                None => return missing(self, "book"),
            },
            "uscc" => FieldKind::Uscc,
            "orgcode" => FieldKind::OrgCode,
            "parcel_code" => FieldKind::ParcelCode,
            "phone" => FieldKind::Phone,
            "person" => FieldKind::Person,
            "geometry" => FieldKind::Geometry,
            "file" => FieldKind::File,
            "boolean" => FieldKind::Boolean,
            "figure" => FieldKind::Figure,
            "unit" => FieldKind::Unit,
            other => {
                self.report(at, raw.kind.span(), say::unknown_field_kind(other));
                return None;
            }
        })
    }

    /// Checks and reporters, once every book's fields are known.
    fn expressions(&mut self, at: At<'_>, raw: &BookFile) {
        let id = BookId::from(at.stem);
        let mut checks = Vec::new();
        for check in &raw.check {
            if let Some(check) = self.check(at, &id, check) {
                checks.push(check);
            }
        }
        let reporters = raw.reporters.as_ref().and_then(|text| {
            let book = &self.content.books[&id];
            let subject = book.subject.as_ref().and_then(|s| book.fields[s].kind.book())?.clone();
            self.condition(at, &subject, text, false)
        });
        let book = self.content.books.get_mut(&id).expect("inserted before expressions are read");
        book.checks = checks;
        book.reporters = reporters;
    }

    /// A true-or-false expression over a book.
    pub(super) fn condition(
        &mut self,
        at: At<'_>,
        book: &BookId,
        text: &Spanned<String>,
        previous: bool,
    ) -> Option<Expr> {
        let scope = BookScope {
            book: self.content.books.get(book)?,
            books: &self.content.books,
            units: &self.content.units,
            figures: None,
            previous,
            aggregates: false,
        };
        match parse(text.get_ref(), &scope) {
            Ok(expr) if matches!(expr.kind, Type::Flag | Type::Any) => Some(expr),
            Ok(expr) => {
                self.report(at, text.span(), say::wrong_type(&expr.kind, &Type::Flag));
                None
            }
            Err(fault) => {
                self.report_expr(at, text, fault);
                None
            }
        }
    }

    fn check(&mut self, at: At<'_>, book: &BookId, raw: &RawCheck) -> Option<Check> {
        let fields: Vec<FieldId> = {
            let book = self.content.books[book].clone();
            raw.fields.iter().filter_map(|f| self.field_name(at, &book, f)).collect()
        };
        let rule = |this: &mut Self, previous| {
            if let Some(text) = &raw.rule {
                this.condition(at, book, text, previous)
            } else {
                this.report(at, raw.id.span(), say::missing_key("rule"));
                None
            }
        };
        let kind = match raw.kind.get_ref().as_str() {
            "row" => CheckKind::Row(rule(self, false)?),
            "previous" => CheckKind::Previous(rule(self, true)?),
            "slip" => CheckKind::Slip(fields),
            "outlier" => {
                let times = raw.times.as_ref().and_then(|n| self.number(at, n)).unwrap_or(Decimal::TEN);
                CheckKind::Outlier { fields, times }
            }
            "duplicate" => CheckKind::Duplicate(fields),
            other => {
                self.report(at, raw.kind.span(), say::unknown_check_kind(other));
                return None;
            }
        };
        Some(Check {
            id: raw.id.get_ref().as_str().into(),
            kind,
            severity: raw.severity.unwrap_or(Severity::Warning),
            message: raw.message.clone(),
            hint: raw.hint.clone(),
        })
    }
}
