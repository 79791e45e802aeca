//! Layouts: every field they name exists in their book.

use super::raw::{LayoutFile, RawColumn};
use super::{At, Loading, in_folder};
use crate::content::SourceFile;
use crate::definition::{Book, By, ColumnRule, ConstantRule, FieldKind, Layout, WideRule};
use crate::wording::diagnostic as say;

impl Loading {
    pub(super) fn layouts(&mut self, files: &[&SourceFile]) {
        for at in in_folder(files, "layouts") {
            self.check_id(at, at.stem);
            let Some(raw) = self.read::<LayoutFile>(at) else { continue };
            let Some(book) = self.content.books.get(raw.book.get_ref().as_str()).cloned() else {
                let said = say::unknown_book(raw.book.get_ref(), &self.content.books);
                self.report(at, raw.book.span(), said);
                continue;
            };
            let layout = self.layout(at, raw, &book);
            self.content.layouts.insert(layout.id.clone(), layout);
        }
    }

    fn layout(&mut self, at: At<'_>, raw: LayoutFile, book: &Book) -> Layout {
        let unit = raw.unit.as_ref().and_then(|u| self.unit_name(at, u));
        let columns = raw.column.iter().filter_map(|c| self.column(at, c, book)).collect();
        let wide = raw.wide.and_then(|w| {
            let field = self.field_name(at, book, &w.field)?;
            Some(WideRule { under: w.under, heading: w.heading, field, year: w.year })
        });
        let mut constants = Vec::new();
        for constant in &raw.constant {
            let Some(field) = self.field_name(at, book, &constant.field) else { continue };
            if let FieldKind::Choice { choices } = &book.fields[&field].kind
                && !choices.contains(&constant.value)
            {
                self.report(at, constant.field.span(), say::unknown_choice(&constant.value, choices));
            }
            constants.push(ConstantRule { field, value: constant.value.clone() });
        }
        Layout {
            id: at.stem.into(),
            title: raw.title,
            book: book.id.clone(),
            from: raw.from,
            files: raw.files,
            sheets: raw.sheets,
            unit,
            period: raw.period,
            date_from_period: raw.date_from_period,
            columns,
            wide,
            constants,
        }
    }

    fn column(&mut self, at: At<'_>, raw: &RawColumn, book: &Book) -> Option<ColumnRule> {
        let field = self.field_name(at, book, &raw.field)?;
        let kind = &book.fields[&field].kind;
        if let FieldKind::Choice { choices } = kind {
            for choice in raw.map.values().filter(|c| !choices.contains(c)) {
                self.report(at, raw.field.span(), say::unknown_choice(choice, choices));
            }
        }
        let by = match raw.by.as_ref().map(|b| (b.get_ref().as_str(), b.span())) {
            None => None,
            Some(("code", _)) => Some(By::Code),
            Some(("name", _)) => Some(By::Name),
            Some((other, span)) => {
                let target = kind.book().and_then(|b| self.content.books.get(b)).cloned();
                match (other.strip_prefix("field:"), target) {
                    (Some(name), Some(target)) if target.fields.contains_key(name) => {
                        Some(By::Field(name.into()))
                    }
                    _ => {
                        self.report(at, span, say::bad_by(other));
                        None
                    }
                }
            }
        };
        Some(ColumnRule {
            field,
            by,
            headings: raw.heading.clone(),
            required: raw.required,
            percent: raw.percent,
            map: raw.map.clone(),
            split: raw.split.clone(),
            skip_blank: raw.skip_blank,
            unit: raw.unit.as_ref().and_then(|u| self.unit_name(at, u)),
        })
    }
}
