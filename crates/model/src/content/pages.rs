//! Pages: `pages/overview.toml`, `pages/projects.toml` and `pages/reminders.toml`, checked against books and figures.

use serde::Deserialize;
use toml::Spanned;

use super::{At, Loading};
use crate::content::SourceFile;
use crate::definition::{
    Contact, Expiring, FieldKind, Investment, Milestone, MilestoneDate, OverviewPage, ProjectsPage,
    RemindersPage,
};
use crate::id::{BookId, FieldId};
use crate::wording::diagnostic as say;

/// The role of the book of projects.
const PROJECT: &str = "project";
/// Days before an end is shown when nobody says how many.
const USUAL_DAYS: u16 = 90;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OverviewFile {
    #[serde(default)]
    cards: Vec<Spanned<String>>,
    expiring_days: Option<u16>,
    #[serde(default)]
    expiring: Vec<RawExpiring>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExpiring {
    book: Spanned<String>,
    date: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProjectsFile {
    kind: Option<Spanned<String>>,
    status: Option<Spanned<String>>,
    enterprise: Option<Spanned<String>>,
    parcel: Option<Spanned<String>>,
    total: Option<Spanned<String>>,
    year_plan: Option<Spanned<String>>,
    #[serde(default)]
    milestone: Vec<RawMilestone>,
    investment: Option<RawInvestment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMilestone {
    id: Spanned<String>,
    title: String,
    #[serde(default)]
    title_en: String,
    planned: Option<RawDate>,
    actual: Option<RawDate>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawDate {
    Own(String),
    Other(RawOther),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOther {
    book: String,
    by: String,
    from: String,
    date: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawInvestment {
    book: Spanned<String>,
    total: Spanned<String>,
    year_to_date: Spanned<String>,
    parts: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RemindersFile {
    text: Spanned<String>,
    #[serde(default)]
    no_due: String,
    #[serde(default)]
    contact: Vec<RawContact>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawContact {
    book: Spanned<String>,
    person: Option<Spanned<String>>,
    phone: Option<Spanned<String>>,
}

impl Loading {
    pub(super) fn pages(&mut self, files: &[&SourceFile]) {
        let file = |stem: &'static str| {
            let path = format!("pages/{stem}.toml");
            files.iter().find(|f| f.path == path).map(|file| At { file, stem })
        };
        if let Some(at) = file("overview")
            && let Some(raw) = self.read::<OverviewFile>(at)
        {
            self.content.pages.overview = self.overview(at, raw);
        }
        if let Some(at) = file("projects")
            && let Some(raw) = self.read::<ProjectsFile>(at)
        {
            self.content.pages.projects = self.projects(at, raw);
        }
        if let Some(at) = file("reminders")
            && let Some(raw) = self.read::<RemindersFile>(at)
        {
            self.content.pages.reminders = Some(self.reminders(at, raw));
        }
    }

    fn reminders(&mut self, at: At<'_>, raw: RemindersFile) -> RemindersPage {
        for blank in raw.text.get_ref().split('{').skip(1) {
            let name = blank.split('}').next().unwrap_or_default();
            if !RemindersPage::BLANKS.contains(&name) {
                self.report(at, raw.text.span(), say::unknown_blank(name, &RemindersPage::BLANKS));
            }
        }
        let mut contacts = Vec::new();
        for contact in raw.contact {
            let Some(book) = self.page_book(at, &contact.book) else { continue };
            let mut field = |name: Option<Spanned<String>>| self.page_field(at, &book, &name?);
            let (person, phone) = (field(contact.person), field(contact.phone));
            contacts.push(Contact { book, person, phone });
        }
        RemindersPage { text: raw.text.into_inner(), no_due: raw.no_due, contacts }
    }

    fn overview(&mut self, at: At<'_>, raw: OverviewFile) -> OverviewPage {
        let mut cards = Vec::new();
        for card in raw.cards {
            if self.content.figures.contains_key(card.get_ref().as_str()) {
                cards.push(card.into_inner().into());
            } else {
                let said = say::unknown_figure(card.get_ref());
                self.report(at, card.span(), said);
            }
        }
        let mut expiring = Vec::new();
        for one in raw.expiring {
            let Some(book) = self.page_book(at, &one.book) else { continue };
            let Some(date) = self.page_field(at, &book, &one.date) else { continue };
            expiring.push(Expiring { book, date });
        }
        OverviewPage { cards, expiring, expiring_days: raw.expiring_days.unwrap_or(USUAL_DAYS) }
    }

    fn projects(&mut self, at: At<'_>, raw: ProjectsFile) -> Option<ProjectsPage> {
        let Some(book) = self.content.book_with_role(PROJECT).map(|b| b.id.clone()) else {
            self.report(at, 0..0, say::no_book_with_role(PROJECT));
            return None;
        };
        let mut field = |name: Option<Spanned<String>>| name.and_then(|n| self.page_field(at, &book, &n));
        let (kind, status) = (field(raw.kind), field(raw.status));
        let (enterprise, parcel) = (field(raw.enterprise), field(raw.parcel));
        let (total, year_plan) = (field(raw.total), field(raw.year_plan));
        let milestones = raw.milestone.into_iter().map(|m| self.milestone(at, &book, m)).collect();
        let investment = raw.investment.and_then(|i| self.investment(at, &book, i));
        Some(ProjectsPage { kind, status, enterprise, parcel, total, year_plan, milestones, investment })
    }

    fn milestone(&mut self, at: At<'_>, book: &BookId, raw: RawMilestone) -> Milestone {
        self.check_id(at, raw.id.get_ref());
        let span = raw.id.span();
        let mut date = |raw: Option<RawDate>| {
            // Tables of a choice lose their place; the milestone's id stands for them.
            let placed = |text: String| Spanned::new(span.clone(), text);
            Some(match raw? {
                RawDate::Own(name) => MilestoneDate::Own(self.page_field(at, book, &placed(name))?),
                RawDate::Other(other) => {
                    let there = self.page_book(at, &placed(other.book))?;
                    MilestoneDate::Other {
                        by: self.page_field(at, &there, &placed(other.by))?,
                        from: self.page_field(at, book, &placed(other.from))?,
                        date: self.page_field(at, &there, &placed(other.date))?,
                        book: there,
                    }
                }
            })
        };
        let (planned, actual) = (date(raw.planned), date(raw.actual));
        Milestone { id: raw.id.into_inner(), title: raw.title, title_en: raw.title_en, planned, actual }
    }

    fn investment(&mut self, at: At<'_>, project: &BookId, raw: RawInvestment) -> Option<Investment> {
        let book = self.page_book(at, &raw.book)?;
        let definition = &self.content.books[&book];
        let subject = definition.subject.as_ref().and_then(|s| definition.field(s));
        let about =
            matches!(subject.map(|f| &f.kind), Some(FieldKind::Reference { book }) if book == project);
        if !about {
            self.report(at, raw.book.span(), say::subject_is_not(&book, project));
            return None;
        }
        Some(Investment {
            total: self.page_field(at, &book, &raw.total)?,
            year_to_date: self.page_field(at, &book, &raw.year_to_date)?,
            parts: raw.parts.iter().filter_map(|p| self.page_field(at, &book, p)).collect(),
            book,
        })
    }

    pub(super) fn page_book(&mut self, at: At<'_>, name: &Spanned<String>) -> Option<BookId> {
        if self.content.books.contains_key(name.get_ref().as_str()) {
            return Some(name.get_ref().as_str().into());
        }
        let said = say::unknown_book(name.get_ref(), &self.content.books);
        self.report(at, name.span(), said);
        None
    }

    pub(super) fn page_field(
        &mut self,
        at: At<'_>,
        book: &BookId,
        name: &Spanned<String>,
    ) -> Option<FieldId> {
        let book = &self.content.books[book];
        if book.fields.contains_key(name.get_ref().as_str()) {
            return Some(name.get_ref().as_str().into());
        }
        let said = say::unknown_field(name.get_ref(), book);
        self.report(at, name.span(), said);
        None
    }
}
