//! Projects (项目) on a line of time: milestones planned and reached, what was invested, whose they are and where.
//!
//! Which fields say so is content (`pages/projects.toml`). Deliberately absent: drawing, and judging a delay.

use std::collections::BTreeMap;

use figures::{Snapshot, Table};
use jiff::civil::Date;
use model::content::Content;
use model::definition::{Book, MilestoneDate, ProjectsPage, Right};
use model::id::{EntryId, FieldId};
use model::period::Month;
use model::value::Value;
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::{Actor, Refusal, Scope};
use crate::ledger::StoreError;
use crate::naming::Naming;
use crate::park::Park;

/// The role of the book of projects.
const ROLE: &str = "project";

/// Why there are no projects to show.
#[derive(Debug, thiserror::Error)]
pub enum ProjectsFault {
    /// Not for this person, or not there.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] StoreError),
}

/// A result of this module.
pub type Result<T> = std::result::Result<T, ProjectsFault>;

/// All projects.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Projects {
    /// The milestones in order.
    pub milestones: Vec<MilestoneDef>,
    /// The projects, in the order of the book.
    pub items: Vec<Project>,
    /// How many there are.
    pub total: usize,
    /// The ledger revision.
    pub revision: u64,
}

/// A milestone that projects have.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct MilestoneDef {
    /// Its id.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
}

/// Something a project is linked to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct LinkedEntry {
    /// The entry.
    #[schema(value_type = u64)]
    pub entry: EntryId,
    /// What it is called.
    pub title: String,
}

/// One project.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Project {
    /// The entry.
    #[schema(value_type = u64)]
    pub entry: EntryId,
    /// What it is called.
    pub title: String,
    /// What kind.
    pub kind: Option<String>,
    /// How it stands.
    pub status: Option<String>,
    /// Whose it is.
    pub enterprise: Option<LinkedEntry>,
    /// Where it is.
    pub parcel: Option<LinkedEntry>,
    /// Milestones in order, those without a date too.
    pub milestones: Vec<MilestoneReached>,
    /// Total investment in `unit`.
    #[schema(value_type = Option<String>)]
    pub total: Option<Decimal>,
    /// Planned for the year in `unit`.
    #[schema(value_type = Option<String>)]
    pub planned_year: Option<Decimal>,
    /// Invested in the newest year with a return, in `unit`.
    #[schema(value_type = Option<String>)]
    pub done: Option<Decimal>,
    /// The last month `done` counts.
    pub through: Option<String>,
    /// The unit of the money.
    pub unit: String,
}

/// A milestone of one project.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct MilestoneReached {
    /// Which.
    pub id: String,
    /// When it was planned.
    #[schema(value_type = Option<String>)]
    pub planned: Option<Date>,
    /// When it was reached.
    #[schema(value_type = Option<String>)]
    pub actual: Option<Date>,
    /// Days later than planned; not reached and overdue: counted to today. Negative is earlier.
    pub days: Option<i32>,
}

/// One project with its months.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ProjectView {
    /// The project.
    #[serde(flatten)]
    pub project: Project,
    /// Its milestones' titles.
    pub milestone_defs: Vec<MilestoneDef>,
    /// What the money went into.
    pub parts: Vec<MilestoneDef>,
    /// The months, oldest first.
    pub months: Vec<InvestedMonth>,
    /// The ledger revision.
    pub revision: u64,
}

/// What a project invested in a month.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct InvestedMonth {
    /// The month.
    pub period: String,
    /// By part, in the project's unit.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub parts: BTreeMap<FieldId, Decimal>,
    /// All of it.
    #[schema(value_type = Option<String>)]
    pub total: Option<Decimal>,
    /// All since January.
    #[schema(value_type = Option<String>)]
    pub year_to_date: Option<Decimal>,
    /// The entry of the return.
    #[schema(value_type = u64)]
    pub entry: EntryId,
}

/// What projects are read from.
struct Reading<'a> {
    content: &'a Content,
    page: &'a ProjectsPage,
    book: &'a Book,
    table: &'a Table,
    snapshot: &'a Snapshot,
    actor: &'a Actor,
    today: Date,
    /// Dates of other books by what they speak of, for each milestone date that stands elsewhere.
    elsewhere: Vec<(&'a MilestoneDate, BTreeMap<EntryId, Date>)>,
    /// Rows of monthly returns by project, oldest first.
    returns: BTreeMap<EntryId, Vec<u32>>,
}

impl<'a> Reading<'a> {
    fn new(content: &'a Content, snapshot: &'a Snapshot, actor: &'a Actor, today: Date) -> Result<Self> {
        let page = content.pages.projects.as_ref().ok_or(Refusal::NotFound)?;
        let book = content.book_with_role(ROLE).ok_or(Refusal::NotFound)?;
        actor.need(Right::Read, book)?;
        // An enterprise sees its own rows in the book itself; this page speaks of the park.
        if actor.scope(book) != Scope::All {
            return Err(Refusal::NotFound.into());
        }
        let table = snapshot.table(&book.id).ok_or(Refusal::NotFound)?;
        let mut reading = Self {
            content,
            page,
            book,
            table,
            snapshot,
            actor,
            today,
            elsewhere: Vec::new(),
            returns: BTreeMap::new(),
        };
        let dates = page.milestones.iter().flat_map(|m| [&m.planned, &m.actual]).flatten();
        reading.elsewhere = dates.filter_map(|date| Some((date, reading.dates_elsewhere(date)?))).collect();
        reading.returns = reading.returns_by_project();
        Ok(reading)
    }

    fn readable(&self, book: &model::id::BookId) -> Option<&'a Table> {
        let definition = self.content.books.get(book)?;
        self.actor.may(Right::Read, definition).then(|| self.snapshot.table(book)).flatten()
    }

    fn dates_elsewhere(&self, date: &MilestoneDate) -> Option<BTreeMap<EntryId, Date>> {
        let MilestoneDate::Other { book, by, date, .. } = date else { return None };
        let table = self.readable(book)?;
        let mut dates: BTreeMap<EntryId, Date> = BTreeMap::new();
        for row in table.rows() {
            let of = table.value(row, by).and_then(|v| v.as_entry());
            let on = table.value(row, date).and_then(|v| v.as_date());
            if let (Some(of), Some(on)) = (of, on) {
                let earliest = dates.entry(of).or_insert(on);
                *earliest = on.min(*earliest);
            }
        }
        Some(dates)
    }

    fn returns_by_project(&self) -> BTreeMap<EntryId, Vec<u32>> {
        let mut found: BTreeMap<EntryId, Vec<u32>> = BTreeMap::new();
        let Some(investment) = &self.page.investment else { return found };
        let subject = self.content.books.get(&investment.book).and_then(|b| b.subject.clone());
        let (Some(subject), Some(table)) = (subject, self.readable(&investment.book)) else { return found };
        // Rows of a table are in the order of their months.
        for row in table.rows() {
            if let Some(project) = table.value(row, &subject).and_then(|v| v.as_entry()) {
                found.entry(project).or_default().push(row);
            }
        }
        found
    }

    fn value(&self, row: u32, field: Option<&FieldId>) -> Option<Value> {
        self.table.value(row, field?)
    }

    fn date(&self, row: u32, date: Option<&MilestoneDate>) -> Option<Date> {
        let date = date?;
        match date {
            MilestoneDate::Own(field) => self.table.value(row, field)?.as_date(),
            MilestoneDate::Other { from, .. } => {
                let of = self.table.value(row, from)?.as_entry()?;
                let (_, dates) = self.elsewhere.iter().find(|(known, _)| *known == date)?;
                dates.get(&of).copied()
            }
        }
    }

    fn project(&self, row: u32, naming: &mut Naming<'_>) -> Project {
        let entry = self.table.ids()[row as usize];
        let text = |field: Option<&FieldId>| self.value(row, field)?.as_text().map(str::to_owned);
        let number = |field: Option<&FieldId>| self.value(row, field)?.as_number();
        let mut link = |field: Option<&FieldId>| {
            let entry = self.value(row, field)?.as_entry()?;
            Some(LinkedEntry { entry, title: naming.title(entry).ok()?.to_string() })
        };
        let (enterprise, parcel) = (link(self.page.enterprise.as_ref()), link(self.page.parcel.as_ref()));
        let milestones = self.page.milestones.iter().map(|milestone| {
            let planned = self.date(row, milestone.planned.as_ref());
            let actual = self.date(row, milestone.actual.as_ref());
            let days = planned.and_then(|planned| {
                let overdue = (planned < self.today).then_some(self.today);
                let until = actual.or(overdue.filter(|_| milestone.actual.is_some()))?;
                Some(planned.until(until).ok()?.get_days())
            });
            MilestoneReached { id: milestone.id.clone(), planned, actual, days }
        });
        let milestones = milestones.collect();
        let newest = self.months(entry).pop();
        let unit = self.page.total.as_ref().and_then(|f| self.book.field(f)).and_then(|f| f.kind.unit());
        Project {
            entry,
            title: naming.title(entry).map(|t| t.to_string()).unwrap_or_default(),
            kind: text(self.page.kind.as_ref()),
            status: text(self.page.status.as_ref()),
            enterprise,
            parcel,
            milestones,
            total: number(self.page.total.as_ref()),
            planned_year: number(self.page.year_plan.as_ref()),
            done: newest.as_ref().and_then(|m| m.year_to_date),
            through: newest.map(|m| m.period),
            unit: unit.map_or_else(String::new, ToString::to_string),
        }
    }

    fn months(&self, project: EntryId) -> Vec<InvestedMonth> {
        let Some(investment) = &self.page.investment else { return Vec::new() };
        let Some(table) = self.readable(&investment.book) else { return Vec::new() };
        let returns = self.returns.get(&project).into_iter().flatten();
        returns
            .filter_map(|&row| {
                let number = |field: &FieldId| table.value(row, field)?.as_number();
                Some(InvestedMonth {
                    period: Month::of_ordinal(table.month_of_row(row))?.to_string(),
                    parts: investment.parts.iter().filter_map(|p| Some((p.clone(), number(p)?))).collect(),
                    total: number(&investment.total),
                    year_to_date: number(&investment.year_to_date),
                    entry: table.ids()[row as usize],
                })
            })
            .collect()
    }

    fn milestone_defs(&self) -> Vec<MilestoneDef> {
        let milestones = self.page.milestones.iter();
        milestones
            .map(|m| MilestoneDef { id: m.id.clone(), title: m.title.clone(), title_en: m.title_en.clone() })
            .collect()
    }
}

/// The month of an ordinal ([`Month::ordinal`]).
/// All projects on the line of time.
///
/// # Errors
/// [`ProjectsFault`] when they are not for this person, or the content has no such page.
pub fn projects(park: &Park, actor: &Actor) -> Result<Projects> {
    let snapshot = park.snapshot()?;
    let content = &park.library().content;
    let reading = Reading::new(content, &snapshot, actor, park.today())?;
    let mut naming = park.naming()?;
    let items: Vec<Project> = reading.table.rows().map(|row| reading.project(row, &mut naming)).collect();
    let (total, milestones) = (items.len(), reading.milestone_defs());
    Ok(Projects { milestones, items, total, revision: snapshot.revision().0 })
}

/// One project with its months.
///
/// # Errors
/// [`ProjectsFault`] when it is not for this person, or not there.
pub fn project(park: &Park, actor: &Actor, entry: EntryId) -> Result<ProjectView> {
    let snapshot = park.snapshot()?;
    let content = &park.library().content;
    let reading = Reading::new(content, &snapshot, actor, park.today())?;
    let row = reading.table.row(entry).ok_or(Refusal::NotFound)?;
    let investment = reading.page.investment.as_ref();
    let book = investment.and_then(|i| content.books.get(&i.book));
    let parts = investment.into_iter().flat_map(|i| &i.parts).filter_map(|part| {
        let field = book?.field(part)?;
        Some(MilestoneDef {
            id: part.to_string(),
            title: field.title.clone(),
            title_en: field.title_en.clone(),
        })
    });
    Ok(ProjectView {
        project: reading.project(row, &mut park.naming()?),
        milestone_defs: reading.milestone_defs(),
        parts: parts.collect(),
        months: reading.months(entry),
        revision: snapshot.revision().0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::TestPark;

    const PARCELS: &str = "title='地块'\nkind='register'\nkey=['name']\ndisplay='name'\n[fields.name]\ntitle='名称'\nkind='text'";
    const DEALS: &str = "title='出让'\nkind='event'\nkey=['no']\ntime='on'\n[fields.no]\ntitle='编号'\nkind='text'\n\
        [fields.parcel]\ntitle='地块'\nkind='reference'\nbook='parcels'\n[fields.on]\ntitle='日期'\nkind='date'";
    const PROJECTS: &str = "title='项目'\nkind='register'\nrole='project'\nkey=['name']\ndisplay='name'\n\
        [fields.name]\ntitle='名称'\nkind='text'\n[fields.parcel]\ntitle='地块'\nkind='reference'\nbook='parcels'\n\
        [fields.total]\ntitle='总投资'\nkind='amount'\nunit='万元'\n\
        [fields.begin_plan]\ntitle='计划开工'\nkind='date'\n[fields.begun]\ntitle='开工'\nkind='date'\n\
        [fields.done_plan]\ntitle='计划竣工'\nkind='date'\n[fields.done]\ntitle='竣工'\nkind='date'";
    const MONTHS: &str = "title='投资月报'\nkind='series'\nkey=['project','period']\nsubject='project'\ntime='period'\n\
        every='month'\n[fields.project]\ntitle='项目'\nkind='reference'\nbook='projects'\n\
        [fields.period]\ntitle='期'\nkind='period'\n[fields.all]\ntitle='本月'\nkind='amount'\nunit='万元'\n\
        [fields.ytd]\ntitle='累计'\nkind='amount'\nunit='万元'\n[fields.build]\ntitle='建筑'\nkind='amount'\nunit='万元'";
    const PAGE: &str = "parcel='parcel'\ntotal='total'\n\
        [[milestone]]\nid='land'\ntitle='摘地'\nactual={ book='deals', by='parcel', from='parcel', date='on' }\n\
        [[milestone]]\nid='begun'\ntitle='开工'\nplanned='begin_plan'\nactual='begun'\n\
        [[milestone]]\nid='done'\ntitle='竣工'\nplanned='done_plan'\nactual='done'\n\
        [investment]\nbook='months'\ntotal='all'\nyear_to_date='ytd'\nparts=['build']";

    fn park() -> TestPark {
        let files = [
            ("books/parcels.toml", PARCELS),
            ("books/deals.toml", DEALS),
            ("books/projects.toml", PROJECTS),
            ("books/months.toml", MONTHS),
            ("pages/projects.toml", PAGE),
        ];
        let mut park = TestPark::new(&files, "2023-06-30");
        park.put("parcels", &["name=一号"]);
        park.put("deals", &["no=b; parcel=1; on=2022-05-02", "no=a; parcel=1; on=2022-03-01"]);
        park.put(
            "projects",
            &[
                "name=甲; parcel=1; total=900; begin_plan=2022-07-01; begun=2022-07-11; done_plan=2023-06-20",
                "name=乙; begin_plan=2023-08-01",
            ],
        );
        park.put(
            "months",
            &[
                "project=4; period=2023-03; all=20; ytd=50; build=5",
                "project=4; period=2023-02; all=30; ytd=30",
            ],
        );
        park
    }

    #[test]
    fn milestones_are_planned_reached_late_or_open() {
        let park = park();
        let projects = projects(&park.park, &Actor::local("x")).expect("projects");
        let days: Vec<Option<i32>> = projects.items[0].milestones.iter().map(|m| m.days).collect();
        // Land has no plan; begun ten days late; completion was due ten days before 30 June and is not there.
        assert_eq!(days, [None, Some(10), Some(10)]);
        let land = projects.items[0].milestones[0].actual.expect("from the deals");
        assert_eq!(land.to_string(), "2022-03-01", "the earliest of two");
        let later: Vec<Option<i32>> = projects.items[1].milestones.iter().map(|m| m.days).collect();
        assert_eq!(later, [None, None, None], "what is planned for August is not late in June");
        assert_eq!(projects.items[0].parcel.as_ref().map(|p| p.title.as_str()), Some("一号"));
        assert_eq!(projects.items[0].done, Some(Decimal::from(50)));
        assert_eq!(projects.items[0].through.as_deref(), Some("2023-03"));
        assert_eq!((projects.items[1].done, projects.items[1].total), (None, None), "missing is not zero");
    }

    #[test]
    fn months_are_in_order_with_the_parts_that_were_told() {
        let park = park();
        let view = project(&park.park, &Actor::local("x"), EntryId(4)).expect("a project");
        let months: Vec<(&str, usize)> =
            view.months.iter().map(|m| (m.period.as_str(), m.parts.len())).collect();
        assert_eq!(months, [("2023-02", 0), ("2023-03", 1)]);
        assert!(matches!(
            project(&park.park, &Actor::local("x"), EntryId(1)),
            Err(ProjectsFault::Refused(Refusal::NotFound))
        ));
    }

    #[test]
    fn projects_are_not_for_everybody() {
        let park = park();
        let nobody = park.person(&[], "", None);
        assert!(projects(&park.park, &nobody).is_err());
        let reader = park.person(&["reader"], "", None);
        assert_eq!(projects(&park.park, &reader).expect("may read").total, 2);
        let firm = park.person(&["firm"], "", Some(1));
        assert!(projects(&park.park, &firm).is_err());
    }
}
