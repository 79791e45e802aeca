//! The overview (总览): the figures of a month with growth, their last year and their target; what is late, due or about to
//! end; how much is open.
//!
//! Which figures and dates is content (`pages/overview.toml`). Deliberately absent: anything that is not for this person –
//! every part is asked with their rights.

use std::sync::Arc;

use figures::{Engine, Request, Snapshot, Table};
use indexmap::IndexMap;
use jiff::civil::Date;
use model::content::Content;
use model::definition::{Book, BookKind, CaseRule, Right};
use model::expr::eval;
use model::finding::Severity;
use model::id::{BookId, EntryId};
use model::period::{Month, Period, Window};
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::{Actor, Scope};
use crate::books::RowOf;
use crate::clock::days_between;
use crate::definitions::sees;
use crate::explore::{self, Answer, Asking, over_time};
use crate::naming::Naming;
use crate::park::Park;
use crate::tasks::{self, Task};

/// Months of a sparkline: one more than a year, so that its ends compare.
const SPARK: usize = 13;
/// Days before a deadline at which a case is shown.
const SOON: i64 = 30;
/// Lines of one list.
const LINES: usize = 50;

/// The overview of a month.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Overview {
    /// The month shown.
    pub period: String,
    /// The newest month with a return.
    pub latest_period: Option<String>,
    /// The ledger revision.
    pub revision: u64,
    /// The figures.
    pub cards: Vec<OverviewCard>,
    /// Returns that are due and not complete.
    pub late: Vec<LateReturn>,
    /// Cases whose deadline is near or past, the most urgent first; of each book at most fifty.
    pub deadlines: Vec<Deadline>,
    /// The books they stand in, with how many there are of each, that of the most urgent case first.
    pub deadline_books: Vec<DeadlineBook>,
    /// Things that end soon, the nearest first.
    pub expiring: Vec<Ending>,
    /// Open findings.
    pub findings: OpenFindings,
    /// Names that wait for a decision.
    pub queue: usize,
}

/// One figure.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct OverviewCard {
    /// Its answer.
    pub answer: Answer,
    /// Its last thirteen periods.
    pub spark: Vec<SparkPoint>,
    /// Its first target of the year.
    pub task: Option<Task>,
}

/// One point of a sparkline.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct SparkPoint {
    /// The period.
    pub period: String,
    /// The value; none where there is none.
    pub value: Option<String>,
}

/// A return that is not complete.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct LateReturn {
    /// The series.
    #[schema(value_type = String)]
    pub book: BookId,
    /// Its Chinese title.
    pub title: String,
    /// Its English title.
    pub title_en: String,
    /// The period.
    pub period: String,
    /// By when.
    #[schema(value_type = Option<String>)]
    pub due: Option<Date>,
    /// How many must report.
    pub expected: usize,
    /// How many have not.
    pub missing: usize,
}

/// A book with cases whose deadline is near or past.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct DeadlineBook {
    /// The book.
    #[schema(value_type = String)]
    pub book: BookId,
    /// Its Chinese title.
    pub title: String,
    /// Its English title.
    pub title_en: String,
    /// How many cases, listed or not.
    pub count: usize,
    /// Of them overdue.
    pub overdue: usize,
}

/// A case with a deadline.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Deadline {
    /// The book.
    #[schema(value_type = String)]
    pub book: BookId,
    /// Its Chinese title.
    pub book_title: String,
    /// The case.
    #[schema(value_type = u64)]
    pub entry: EntryId,
    /// What it is called.
    pub title: String,
    /// Whom and what it is about, from the fields its book names for that; empty where it names none.
    pub about: String,
    /// By when.
    #[schema(value_type = String)]
    pub due: Date,
    /// Who handles it; not told where that is masked.
    pub handler: Option<String>,
    /// Days left; negative is overdue.
    pub days: i64,
}

/// Something that ends.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Ending {
    /// The book.
    #[schema(value_type = String)]
    pub book: BookId,
    /// Its Chinese title.
    pub book_title: String,
    /// The entry.
    #[schema(value_type = u64)]
    pub entry: EntryId,
    /// What it is called.
    pub title: String,
    /// When.
    #[schema(value_type = String)]
    pub date: Date,
    /// Days left.
    pub days: i64,
}

/// How many findings are open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, ToSchema)]
pub struct OpenFindings {
    /// Errors.
    pub error: usize,
    /// Warnings.
    pub warning: usize,
    /// Notes.
    pub note: usize,
}

/// The overview of a month, or of the newest month with a return.
///
/// # Errors
/// [`explore::ExploreFault`] when the ledger cannot be read.
pub fn overview(park: &Park, actor: &Actor, at: Option<Month>) -> explore::Result<Overview> {
    let asking = Asking::new(park, actor)?;
    let (content, snapshot) = (asking.content, &*asking.snapshot);
    let latest = latest(content, snapshot);
    let at = at.or(latest).unwrap_or_else(|| Month::of(asking.today));
    let mut naming = park.naming()?;
    let open = park.store().open_findings()?;
    let count = |severity| open.iter().filter(|f| f.finding.severity == severity).count();
    let staff = !actor.is_enterprise();
    let (due, books) = deadlines(content, snapshot, actor, asking.today, &mut naming)?;
    Ok(Overview {
        period: at.to_string(),
        latest_period: latest.map(|m| m.to_string()),
        revision: snapshot.revision().0,
        cards: cards(&asking, actor, at),
        late: if staff { late(content, snapshot, actor, asking.today, at) } else { Vec::new() },
        deadlines: due,
        deadline_books: books,
        expiring: expiring(content, snapshot, actor, asking.today, &mut naming)?,
        findings: if staff {
            OpenFindings {
                error: count(Severity::Error),
                warning: count(Severity::Warning),
                note: count(Severity::Note),
            }
        } else {
            OpenFindings::default()
        },
        queue: if staff { park.store().match_queue()?.len() } else { 0 },
    })
}

/// The newest month with a return, or this month.
///
/// # Errors
/// [`explore::ExploreFault`] when the ledger cannot be read.
pub fn newest(park: &Park, actor: &Actor) -> explore::Result<Month> {
    let asking = Asking::new(park, actor)?;
    Ok(latest(asking.content, &asking.snapshot).unwrap_or_else(|| Month::of(asking.today)))
}

/// The newest month any series has a return for.
fn latest(content: &Content, snapshot: &Snapshot) -> Option<Month> {
    let series = content.books.values().filter(|b| b.kind == BookKind::Series && b.reporters.is_some());
    let last = series.filter_map(|b| snapshot.table(&b.id)?.span()).map(|(_, last)| last).max()?;
    Month::of_ordinal(last)
}

fn cards(asking: &Asking<'_>, actor: &Actor, at: Month) -> Vec<OverviewCard> {
    let ids = asking.content.pages.overview.cards.iter();
    let figures: Vec<_> = ids
        .filter_map(|id| asking.content.figures.get(id))
        .filter(|figure| sees(asking.content, actor, figure))
        .collect();
    let requests: Vec<(Request, bool)> =
        figures.iter().map(|f| (Request::new(f.id.clone(), at), false)).collect();
    let answers = asking.answers(&requests, true);
    let engine = asking.engine();
    let windows: Vec<Option<Window>> = figures.iter().map(|figure| monthly(&engine, figure)).collect();
    let card = |((figure, window), answer): ((&&model::definition::Figure, Option<Window>), Arc<Answer>)| {
        let request = Request { window, ..Request::new(figure.id.clone(), at) };
        let spark = over_time(asking, &request, false, SPARK).into_iter();
        OverviewCard {
            answer: (*answer).clone(),
            spark: spark.map(|i| SparkPoint { period: i.period, value: i.value.number }).collect(),
            task: tasks::of_figures(asking, actor, at, Some(&figure.id)).into_iter().next(),
        }
    };
    figures.iter().zip(windows).zip(answers).map(card).collect()
}

/// Flows are drawn month by month; a sum since January would only show the calendar.
fn monthly<'e>(engine: &Engine<'e>, figure: &'e model::definition::Figure) -> Option<Window> {
    (engine.adds_up(figure) && figure.window == Window::Ytd).then_some(Window::Month)
}

fn late(content: &Content, snapshot: &Snapshot, actor: &Actor, today: Date, at: Month) -> Vec<LateReturn> {
    let books = content.books.values().filter(|b| actor.may(Right::Read, b));
    books.filter_map(|book| late_return(snapshot, book, today, at)).collect()
}

fn late_return(snapshot: &Snapshot, book: &Book, today: Date, at: Month) -> Option<LateReturn> {
    if book.kind != BookKind::Series || book.skips.contains(&at.month()) {
        return None;
    }
    let period = Period::containing(at, book.every?.window());
    let next = period.end.plus(1);
    let due = book.due_day.and_then(|day| Date::new(next.year(), next.month(), day).ok());
    if period.end != at || due.is_some_and(|due| due >= today) {
        return None;
    }
    let (rule, subject) = (book.reporters.as_ref()?, book.subject.as_ref()?);
    let register = snapshot.table(book.field(subject)?.kind.book()?)?;
    let returns = snapshot.table(&book.id)?;
    let sent: std::collections::BTreeSet<EntryId> =
        returns.between(at, at).filter_map(|row| returns.value(row, subject)?.as_entry()).collect();
    let must = |row: &u32| eval::truth(rule, &RowOf { snapshot, table: register, row: *row }) == Some(true);
    let expected: Vec<u32> = register.rows().filter(must).collect();
    let missing = expected.iter().filter(|row| !sent.contains(&register.ids()[**row as usize])).count();
    (missing > 0).then(|| LateReturn {
        book: book.id.clone(),
        title: book.title.clone(),
        title_en: book.title_en.clone(),
        period: period.to_string(),
        due,
        expected: expected.len(),
        missing,
    })
}

/// Whether a row is one that this person sees.
fn visible(actor: &Actor, book: &Book, table: &Table, row: u32) -> bool {
    match actor.scope(book) {
        Scope::All => true,
        Scope::Nothing => false,
        Scope::Entry(entry) => table.ids()[row as usize] == entry,
        scope @ Scope::Unguarded { .. } => scope.past_guard(|field| table.value(row, field)),
        Scope::Naming { fields, entry } => {
            fields.iter().any(|f| table.value(row, f).and_then(|v| v.as_entry()) == Some(entry))
        }
    }
}

fn deadlines(
    content: &Content,
    snapshot: &Snapshot,
    actor: &Actor,
    today: Date,
    naming: &mut Naming<'_>,
) -> explore::Result<(Vec<Deadline>, Vec<DeadlineBook>)> {
    let mut found: Vec<(i64, &Book, &CaseRule, &Table, u32, Date)> = Vec::new();
    for book in content.books.values().filter(|b| actor.may(Right::Read, b)) {
        let (Some(case), Some(table)) = (&book.case, snapshot.table(&book.id)) else { continue };
        let Some(deadline) = &case.deadline else { continue };
        for row in table.rows().filter(|row| visible(actor, book, table, *row)) {
            let state = table.value(row, &case.state);
            let open = state.is_none_or(|s| !case.closed.iter().any(|c| s.as_text() == Some(c)));
            let due = table.value(row, deadline).and_then(|v| v.as_date());
            if let Some(due) = due.filter(|due| open && days_between(today, *due) <= SOON) {
                found.push((days_between(today, due), book, case, table, row, due));
            }
        }
    }
    found.sort_by_key(|(days, book, .., row, _)| (*days, book.id.clone(), *row));
    let mut books: IndexMap<&BookId, DeadlineBook> = IndexMap::new();
    found.retain(|(days, book, ..)| {
        let of = books.entry(&book.id).or_insert_with(|| DeadlineBook {
            book: book.id.clone(),
            title: book.title.clone(),
            title_en: book.title_en.clone(),
            count: 0,
            overdue: 0,
        });
        of.count += 1;
        of.overdue += usize::from(*days < 0);
        of.count <= LINES
    });
    let lines: explore::Result<Vec<Deadline>> = found
        .into_iter()
        .map(|(days, book, case, table, row, due)| {
            let entry = table.ids()[row as usize];
            let handler = case.handler.as_ref().filter(|h| book.field(h).is_some_and(|f| !actor.masks(f)));
            let handler = handler.and_then(|h| table.value(row, h)).map(|v| naming.shown(Some(&v)));
            let about = case.about.iter().filter(|f| book.field(f).is_some_and(|f| !actor.masks(f)));
            let about: Result<Vec<String>, _> =
                about.filter_map(|f| table.value(row, f)).map(|v| naming.shown(Some(&v))).collect();
            Ok(Deadline {
                book: book.id.clone(),
                book_title: book.title.clone(),
                entry,
                title: naming.title(entry)?.to_string(),
                about: about?.join(" · "),
                due,
                handler: handler.transpose()?,
                days,
            })
        })
        .collect();
    Ok((lines?, books.into_values().collect()))
}

fn expiring(
    content: &Content,
    snapshot: &Snapshot,
    actor: &Actor,
    today: Date,
    naming: &mut Naming<'_>,
) -> explore::Result<Vec<Ending>> {
    let page = &content.pages.overview;
    let mut found: Vec<(i64, &Book, EntryId, Date)> = Vec::new();
    for one in &page.expiring {
        let (Some(book), Some(table)) = (content.books.get(&one.book), snapshot.table(&one.book)) else {
            continue;
        };
        if !actor.may(Right::Read, book) {
            continue;
        }
        for row in table.rows().filter(|row| visible(actor, book, table, *row)) {
            let Some(date) = table.value(row, &one.date).and_then(|v| v.as_date()) else { continue };
            let left = days_between(today, date);
            if (0..=i64::from(page.expiring_days)).contains(&left) {
                found.push((left, book, table.ids()[row as usize], date));
            }
        }
    }
    found.sort_by_key(|(left, book, entry, _)| (*left, book.id.clone(), *entry));
    found.truncate(LINES);
    found
        .into_iter()
        .map(|(days, book, entry, date)| {
            Ok(Ending {
                book: book.id.clone(),
                book_title: book.title.clone(),
                entry,
                title: naming.title(entry)?.to_string(),
                date,
                days,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::TestPark;

    const FIRMS: &str = "title='企业'\nkind='register'\nrole='enterprise'\nkey=['name']\ndisplay='name'\n\
        [fields.name]\ntitle='名称'\nkind='text'\n[fields.big]\ntitle='规上'\nkind='boolean'\n\
        [fields.until]\ntitle='有效期'\nkind='date'";
    const RETURNS: &str = "title='月报'\ntitle_en='Return'\nkind='series'\nkey=['firm','period']\nsubject='firm'\ntime='period'\n\
        every='month'\ndue_day=10\nreporters='big'\n[fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n\
        [fields.period]\ntitle='期'\nkind='period'\n[fields.out]\ntitle='产值'\nkind='amount'\nunit='万元'";
    const CASES: &str = "title='信访'\nkind='case'\nkey=['no']\ndisplay='no'\nstates=['办理','办结']\nclosed=['办结']\n\
        state='status'\ndeadline='due'\nhandler='who'\n[fields.no]\ntitle='编号'\nkind='text'\n\
        [fields.status]\ntitle='状态'\nkind='choice'\nchoices=['办理','办结']\n[fields.due]\ntitle='期限'\nkind='date'\n\
        [fields.who]\ntitle='经办'\nkind='person'\nclass='personal'\npurpose='办理'\nkeep_years=3";
    const FIGURES: &str = "title='工业'\n[figures.output]\ntitle='总产值'\nbook='returns'\nmeasure='sum(out)'\ntime='flow'\n\
        window='ytd'\nunit='亿元'\ndecimals=2\nbasis='全部企业'";
    const PAGE: &str = "cards=['output']\nexpiring_days=30\n[[expiring]]\nbook='firms'\ndate='until'";

    fn park() -> TestPark {
        let files = [
            ("books/firms.toml", FIRMS),
            ("books/returns.toml", RETURNS),
            ("books/cases.toml", CASES),
            ("books/others.toml", &CASES.replace("信访", "其他案件")),
            ("figures/industry.toml", FIGURES),
            ("pages/overview.toml", PAGE),
        ];
        let mut park = TestPark::new(&files, "2023-03-20");
        park.put(
            "firms",
            &["name=甲; big=是; until=2023-04-19", "name=乙; big=是; until=2023-04-20", "name=丙; big=否"],
        );
        park.put(
            "returns",
            &[
                "firm=1; period=2023-01; out=100",
                "firm=2; period=2023-01; out=200",
                "firm=1; period=2023-02; out=50",
            ],
        );
        park.put(
            "cases",
            &[
                "no=a; status=办理; due=2023-03-15; who=张三丰",
                "no=b; status=办结; due=2023-03-15",
                "no=c; status=办理; due=2023-04-20",
                "no=d; status=办理; due=2023-03-25",
            ],
        );
        park
    }

    #[test]
    fn the_newest_month_is_shown_with_what_is_late_due_and_ending() {
        let park = park();
        let seen = overview(&park.park, &Actor::local("x"), None).expect("an overview");
        assert_eq!((seen.period.as_str(), seen.latest_period.as_deref()), ("2023-02", Some("2023-02")));
        // 100 + 200 + 50 万元 since January; the sparkline is of months: 300, then 50.
        assert_eq!(seen.cards[0].answer.value.number.as_deref(), Some("0.035"));
        let spark: Vec<_> = seen.cards[0].spark.iter().rev().take(2).map(|p| p.value.as_deref()).collect();
        assert_eq!(spark, [Some("0.005"), Some("0.03")]);
        assert_eq!(seen.cards[0].spark.len(), SPARK);
        // Due on 10 March, today is the 20th: 乙 is missing; 丙 need not report.
        assert_eq!(seen.late.len(), 1);
        assert_eq!((seen.late[0].expected, seen.late[0].missing), (2, 1));
        // Closed b and far c are left out.
        let due: Vec<(&str, i64)> = seen.deadlines.iter().map(|d| (d.title.as_str(), d.days)).collect();
        assert_eq!(due, [("a", -5), ("d", 5)]);
        // 19 April is 30 days away, 20 April is 31.
        let ending: Vec<(&str, i64)> = seen.expiring.iter().map(|e| (e.title.as_str(), e.days)).collect();
        assert_eq!(ending, [("甲", 30)]);
    }

    #[test]
    fn many_cases_of_one_book_do_not_hide_those_of_another() {
        let mut park = park();
        let many: Vec<String> =
            (0..LINES + 9).map(|no| format!("no=x{no}; status=办理; due=2023-03-01")).collect();
        park.put("cases", &many.iter().map(String::as_str).collect::<Vec<_>>());
        park.put("others", &["no=last; status=办理; due=2023-04-10"]);
        let seen = overview(&park.park, &Actor::local("x"), None).expect("an overview");
        assert_eq!(seen.deadlines.last().map(|line| line.title.as_str()), Some("last"));
        let told: Vec<_> =
            seen.deadline_books.iter().map(|of| (of.title.as_str(), of.count, of.overdue)).collect();
        // Beside the 59 there are a, overdue, and d, due in five days.
        assert_eq!(told, [("信访", LINES + 11, LINES + 10), ("其他案件", 1, 0)]);
        assert_eq!(seen.deadlines.len(), LINES + 1);
    }

    #[test]
    fn a_month_that_is_not_due_is_not_late() {
        let park = park();
        let march = "2023-03".parse().expect("a month");
        let seen = overview(&park.park, &Actor::local("x"), Some(march)).expect("an overview");
        assert_eq!(seen.late, []);
    }

    #[test]
    fn who_handles_a_case_is_masked_for_those_without_the_right() {
        let park = park();
        let handler = |actor: &Actor| {
            let seen = overview(&park.park, actor, None).expect("an overview");
            seen.deadlines.into_iter().map(|d| d.handler).next().flatten()
        };
        assert_eq!(handler(&Actor::local("x")).as_deref(), Some("张三丰"));
        assert_eq!(handler(&park.person(&["reader"], "", None)), None);
    }
}
