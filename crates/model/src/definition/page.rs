//! Pages: which figures, dates and milestones the overview and the timeline of projects show, and what stands in the file of an
//! enterprise, how investment promotion is told.
//!
//! Deliberately absent: how they look.

use indexmap::IndexMap;

use super::land::ParcelsPage;
use super::plan::PlanBook;
use crate::id::{BookId, FieldId, FigureId};

/// What the pages of a park show.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pages {
    /// The overview.
    pub overview: OverviewPage,
    /// The timeline of projects.
    pub projects: Option<ProjectsPage>,
    /// Letters to who has not reported.
    pub reminders: Option<RemindersPage>,
    /// Land parcels.
    pub parcels: Option<ParcelsPage>,
    /// Files of enterprises.
    pub enterprises: Option<EnterprisesPage>,
    /// Investment promotion.
    pub promotion: Option<PromotionPage>,
}

/// Investment promotion (招商) on one page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PromotionPage {
    /// What is on the way, by stage.
    pub pipelines: Vec<Pipeline>,
    /// Capital that arrived, and the targets it is claimed under.
    pub capital: Option<CapitalClaims>,
    /// Land: what was promised against what came.
    pub land: Option<LandOutlook>,
    /// Everything else.
    pub sections: Vec<PromotionSection>,
}

/// Rows of a book by stage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pipeline {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its title in English.
    pub title_en: String,
    /// The book.
    pub book: BookId,
    /// The stage: a choice, in the order of the work.
    pub stage: FieldId,
    /// Stages that end the work.
    pub closed: Vec<String>,
    /// Stages with the field that says since when, in the order of the work.
    pub reached: IndexMap<String, FieldId>,
    /// What is added up by stage.
    pub amount: Option<FieldId>,
    /// What is shown of a row.
    pub columns: Vec<FieldId>,
    /// Figures above it.
    pub figures: Vec<FigureId>,
}

/// Arrivals of capital and the claims on them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CapitalClaims {
    /// The book of arrivals; its time is the day.
    pub arrivals: BookId,
    /// Money that arrived.
    pub amount: FieldId,
    /// The same in a foreign currency, never added to it.
    pub foreign: Option<FieldId>,
    /// The figure of all arrivals, each once.
    pub whole: FigureId,
    /// The same in the foreign currency.
    pub whole_foreign: Option<FigureId>,
    /// The book of claims.
    pub claims: BookId,
    /// The arrival a claim is on.
    pub arrival: FieldId,
    /// The target it is counted under.
    pub programme: FieldId,
    /// How much is counted.
    pub claimed: FieldId,
    /// The same in the foreign currency.
    pub claimed_foreign: Option<FieldId>,
    /// The figure of each target, by the word of the claims.
    pub programmes: IndexMap<String, FigureId>,
}

/// Land that was sold: what was promised, and figures of what came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LandOutlook {
    /// The book; its time is the day of the deal.
    pub book: BookId,
    /// What is shown of a row.
    pub columns: Vec<FieldId>,
    /// Figures above it.
    pub figures: Vec<FigureId>,
    /// What was promised.
    pub targets: Vec<LandTarget>,
}

/// Something that was promised, and the figure of what came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LandTarget {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its title in English.
    pub title_en: String,
    /// What was promised.
    pub expected: FieldId,
    /// The figure.
    pub figure: FigureId,
    /// The reference the figure is broken down by, as a question takes it.
    pub by: String,
    /// The reference of the row to the same register.
    pub from: FieldId,
}

/// Figures, a whole with its parts, rows of a book.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PromotionSection {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its title in English.
    pub title_en: String,
    /// A figure that its parts add up to.
    pub whole: Option<FigureId>,
    /// The parts.
    pub parts: Vec<FigureId>,
    /// Other figures.
    pub figures: Vec<FigureId>,
    /// A book with its rows of the year.
    pub book: Option<BookId>,
    /// What is shown of a row.
    pub columns: Vec<FieldId>,
}

/// The file of an enterprise (一企一档): how it is found, and which rows of which books stand in it. The loader has seen to it that none of
/// the books is confidential to statistics (统计法第二十八条).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EnterprisesPage {
    /// Names it has or had; of several in one field, the dividers are `、`, `,`, `;` and their wide forms.
    pub names: Vec<FieldId>,
    /// Codes it has or had.
    pub codes: Vec<FieldId>,
    /// What stands at its head.
    pub facts: Vec<FieldId>,
    /// The parts of the file in order.
    pub sections: Vec<FileSection>,
    /// The steps agreed with it.
    pub plan: Option<PlanBook>,
    /// Parts whose open cases are a risk for its plans.
    pub risks: Vec<String>,
}

/// One part of a file: rows of a book that are about the enterprise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileSection {
    /// Its id.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// The book.
    pub book: BookId,
    /// Its references to the enterprise; a row belongs here when any of them names it.
    pub by: Vec<FieldId>,
    /// What is shown of a row.
    pub columns: Vec<FieldId>,
    /// What a row puts on the line of time.
    pub events: Vec<FileEvent>,
}

/// Something that happened, as a row of a section tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileEvent {
    /// When.
    pub date: FieldId,
    /// In words, with fields of the book in braces.
    pub text: String,
}

impl FileEvent {
    /// The sentence with each blank filled by what `said` says of a field; an empty answer leaves nothing.
    pub fn sentence(&self, said: impl Fn(&str) -> String) -> String {
        let mut sentence = String::new();
        let mut rest = self.text.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, tail)) = after.split_once('}') else { break };
            sentence.push_str(before);
            sentence.push_str(&said(name));
            rest = tail;
        }
        sentence + rest
    }
}

/// Letters to who has not reported.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RemindersPage {
    /// The letter, with the names of [`RemindersPage::BLANKS`] in braces.
    pub text: String,
    /// What stands for the day of a return that has none.
    pub no_due: String,
    /// Whom to call, by the register of the subject.
    pub contacts: Vec<Contact>,
}

impl RemindersPage {
    /// What a letter may name.
    pub const BLANKS: [&'static str; 5] = ["subject", "book", "period", "due", "department"];

    /// The letter with its blanks filled, in the order of [`Self::BLANKS`].
    pub fn letter(&self, filled: [&str; 5]) -> String {
        let mut letter = String::new();
        let mut rest = self.text.as_str();
        while let Some(start) = rest.find('{') {
            let Some(end) = rest[start..].find('}') else { break };
            let name = &rest[start + 1..start + end];
            letter.push_str(&rest[..start]);
            letter.push_str(Self::BLANKS.iter().position(|b| *b == name).map_or("", |at| filled[at]));
            rest = &rest[start + end + 1..];
        }
        letter + rest
    }
}

/// Whom to call about an entry of a register.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contact {
    /// The register.
    pub book: BookId,
    /// Who.
    pub person: Option<FieldId>,
    /// Their number.
    pub phone: Option<FieldId>,
}

/// What the overview shows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OverviewPage {
    /// Figures of its cards, in order.
    pub cards: Vec<FigureId>,
    /// Dates that mean that something ends.
    pub expiring: Vec<Expiring>,
    /// How many days before they are shown.
    pub expiring_days: u16,
}

/// A date that means that something ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expiring {
    /// The book.
    pub book: BookId,
    /// The date.
    pub date: FieldId,
}

/// What the timeline of projects shows; fields are those of the book with the role `project`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProjectsPage {
    /// What kind of project.
    pub kind: Option<FieldId>,
    /// How it stands.
    pub status: Option<FieldId>,
    /// Whose it is.
    pub enterprise: Option<FieldId>,
    /// Where it is.
    pub parcel: Option<FieldId>,
    /// Its total investment.
    pub total: Option<FieldId>,
    /// What is planned for the year.
    pub year_plan: Option<FieldId>,
    /// Its milestones, in order.
    pub milestones: Vec<Milestone>,
    /// Its monthly investment.
    pub investment: Option<Investment>,
}

/// A milestone of projects.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Milestone {
    /// Its id.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// When it is planned.
    pub planned: Option<MilestoneDate>,
    /// When it was reached.
    pub actual: Option<MilestoneDate>,
}

/// Where the date of a milestone stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MilestoneDate {
    /// In the project itself.
    Own(FieldId),
    /// In an entry of another book that refers to the same thing.
    Other {
        /// The other book.
        book: BookId,
        /// Its field that refers to the thing.
        by: FieldId,
        /// The project's field that refers to it.
        from: FieldId,
        /// The date.
        date: FieldId,
    },
}

/// Where the monthly investment of projects stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Investment {
    /// A series whose subject is the project.
    pub book: BookId,
    /// All of the month.
    pub total: FieldId,
    /// All since January.
    pub year_to_date: FieldId,
    /// What it is made of.
    pub parts: Vec<FieldId>,
}
