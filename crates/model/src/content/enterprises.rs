//! `pages/enterprises.toml`: what stands in the file of an enterprise, checked against the books.

use serde::Deserialize;
use toml::Spanned;

use super::{At, Loading};
use crate::content::SourceFile;
use crate::definition::{Book, EnterprisesPage, FieldKind, FileEvent, FileSection};
use crate::id::{BookId, FieldId};
use crate::wording::{diagnostic as say, page as say_page, plan as say_plan};

/// The page's path.
const PATH: &str = "pages/enterprises.toml";
/// The role of the register of enterprises.
pub(super) const ENTERPRISE: &str = "enterprise";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EnterprisesFile {
    names: Vec<Spanned<String>>,
    codes: Vec<Spanned<String>>,
    facts: Vec<Spanned<String>>,
    #[serde(default)]
    section: Vec<RawSection>,
    plan: Option<super::plans::RawPlan>,
    #[serde(default)]
    risks: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSection {
    id: Spanned<String>,
    title: String,
    #[serde(default)]
    title_en: String,
    book: Spanned<String>,
    by: Vec<Spanned<String>>,
    columns: Vec<Spanned<String>>,
    #[serde(default)]
    event: Vec<RawEvent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEvent {
    date: Spanned<String>,
    text: Spanned<String>,
}

impl Loading {
    pub(super) fn enterprises(&mut self, files: &[&SourceFile]) {
        let Some(file) = files.iter().find(|f| f.path == PATH) else { return };
        let at = At { file, stem: "page" };
        let Some(raw) = self.read::<EnterprisesFile>(at) else { return };
        let Some(register) = self.content.book_with_role(ENTERPRISE).map(|book| book.id.clone()) else {
            self.report(at, 0..0, say::no_book_with_role(ENTERPRISE));
            return;
        };
        let mut fields = |names: &[Spanned<String>]| -> Vec<FieldId> {
            names.iter().filter_map(|name| self.page_field(at, &register, name)).collect()
        };
        let (names, codes, facts) = (fields(&raw.names), fields(&raw.codes), fields(&raw.facts));
        let mut sections: Vec<FileSection> = Vec::new();
        for raw in raw.section {
            let span = raw.id.span();
            let Some(section) = self.file_section(at, &register, raw) else { continue };
            if sections.iter().any(|own| own.id == section.id) {
                self.report(at, span, say::duplicate_id(&section.id));
                continue;
            }
            sections.push(section);
        }
        let plan = raw.plan.and_then(|raw| self.plan_book(at, &register, raw));
        let risks = self.risks(at, &sections, raw.risks);
        let page = EnterprisesPage { names, codes, facts, sections, plan, risks };
        self.content.pages.enterprises = Some(page);
    }

    /// Parts whose rows are cases: of others nothing says whether they are open.
    fn risks(&mut self, at: At<'_>, sections: &[FileSection], names: Vec<Spanned<String>>) -> Vec<String> {
        let mut risks = Vec::new();
        for name in names {
            let section = sections.iter().find(|own| own.id == *name.get_ref());
            match section.map(|own| &self.content.books[&own.book]) {
                None => self.report(at, name.span(), say_plan::no_such_part(name.get_ref())),
                Some(book) if book.case.is_none() => {
                    let said = say_plan::no_case(&book.title);
                    self.report(at, name.span(), said);
                }
                Some(_) => risks.push(name.into_inner()),
            }
        }
        risks
    }

    fn file_section(&mut self, at: At<'_>, register: &BookId, raw: RawSection) -> Option<FileSection> {
        self.check_id(at, raw.id.get_ref());
        let book = self.open_book(at, &raw.book)?;
        let by: Vec<FieldId> =
            raw.by.iter().filter_map(|name| self.names_enterprise(at, &book, register, name)).collect();
        let columns = raw.columns.iter().filter_map(|name| self.page_field(at, &book, name)).collect();
        let mut events = Vec::new();
        for event in raw.event {
            let Some(date) = self.page_field(at, &book, &event.date) else { continue };
            let kind = &self.content.books[&book].fields[&date].kind;
            if !matches!(kind, FieldKind::Date | FieldKind::Month | FieldKind::Period | FieldKind::Year) {
                self.report(at, event.date.span(), say_page::not_a_time(event.date.get_ref()));
                continue;
            }
            for blank in event.text.get_ref().split('{').skip(1) {
                let name = blank.split('}').next().unwrap_or_default();
                let known = &self.content.books[&book].fields;
                if !known.contains_key(name) {
                    let said = say::unknown_field(name, &self.content.books[&book]);
                    self.report(at, event.text.span(), said);
                }
            }
            events.push(FileEvent { date, text: event.text.into_inner() });
        }
        let (id, title, title_en) = (raw.id.into_inner(), raw.title, raw.title_en);
        Some(FileSection { id, title, title_en, book, by, columns, events })
    }

    /// A book whose rows may stand in the file of one enterprise.
    pub(super) fn open_book(&mut self, at: At<'_>, name: &Spanned<String>) -> Option<BookId> {
        let id = self.page_book(at, name)?;
        let book: &Book = &self.content.books[&id];
        if book.statistics_confidential {
            let said = say_page::confidential(&book.title);
            self.report(at, name.span(), said);
            return None;
        }
        Some(id)
    }

    pub(super) fn names_enterprise(
        &mut self,
        at: At<'_>,
        book: &BookId,
        register: &BookId,
        name: &Spanned<String>,
    ) -> Option<FieldId> {
        let field = self.page_field(at, book, name)?;
        if self.content.books[book].fields[&field].kind.book() != Some(register) {
            self.report(at, name.span(), say_page::names_no_enterprise(name.get_ref()));
            return None;
        }
        Some(field)
    }
}
