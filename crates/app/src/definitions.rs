//! The content in force as one person may use it: books with their fields and rights, figures, reports, units – what the
//! web client is rendered from.
//!
//! Deliberately absent: values, and the expressions behind figures beyond their one-line definition.

use figures::describe;
use jiff::Timestamp;
use model::content::Content;
use model::definition::{
    Book, BookKind, Class, Every, Field, FieldKind, Figure, FigureRule, FigureTime, Parameter,
    ParameterValues,
};
use model::id::{BookId, ClaimId, ExclusionId, FieldId, FigureId, ReportId, UnitId};
use model::period::Window;
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::{Actor, Right, Scope};
use crate::books::{self, Query, Sight};
use crate::park::Park;

/// The content in force, as far as one person may use it.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Catalogue {
    /// SHA-256 of the content.
    pub digest: String,
    /// The ledger revision the counts are of.
    pub revision: u64,
    /// Books in the order of their ids.
    pub books: Vec<BookDef>,
    /// Topics with their figures.
    pub topics: Vec<TopicDef>,
    /// Claims.
    pub claims: Vec<TitledId>,
    /// Exclusion sets.
    pub exclusions: Vec<TitledId>,
    /// Reports.
    pub reports: Vec<ReportDef>,
    /// Units.
    pub units: Vec<UnitDef>,
    /// The pages this person has something on.
    pub pages: Vec<String>,
}

/// Something by its id and title.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct TitledId {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// A book.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct BookDef {
    /// Its id.
    #[schema(value_type = String)]
    pub id: BookId,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// `register`, `series`, `event` or `case`.
    pub kind: &'static str,
    /// What code may ask for it as.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Who sends it.
    pub department: String,
    /// Fields that make an entry unique.
    #[schema(value_type = Vec<String>)]
    pub key: Vec<FieldId>,
    /// The field that names an entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub display: Option<FieldId>,
    /// The field that says whom an entry is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub subject: Option<FieldId>,
    /// The field that places an entry in time.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub time: Option<FieldId>,
    /// Series: `month`, `quarter`, `half` or `year`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub every: Option<&'static str>,
    /// Case books: the states.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<StateDef>,
    /// Feeds aggregates only.
    pub confidential: bool,
    /// Its entries have photos.
    pub photos: bool,
    /// Its fields in order.
    pub fields: Vec<FieldDef>,
    /// What this person may do with it.
    #[schema(value_type = Vec<String>)]
    pub rights: Vec<Right>,
    /// Its active entries, as many as this person sees.
    pub entries: usize,
    /// When it was last written; only for those who see all of it.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed_at: Option<Timestamp>,
}

/// What makes a case book a case book.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct StateDef {
    /// The field holding the state.
    #[schema(value_type = String)]
    pub field: FieldId,
    /// All states in order.
    pub states: Vec<String>,
    /// States that end a case.
    pub closed: Vec<String>,
    /// The field holding the deadline.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub deadline: Option<FieldId>,
    /// The field naming the handler.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub handler: Option<FieldId>,
}

/// A field of a book.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct FieldDef {
    /// Its id.
    #[schema(value_type = String)]
    pub id: FieldId,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Its kind, as in content files.
    pub kind: &'static str,
    /// The unit its numbers are stored in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub unit: Option<UnitId>,
    /// Choices: the list; `/` divides levels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choices: Option<Vec<String>>,
    /// References: the book.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub book: Option<BookId>,
    /// An entry without it is refused.
    pub required: bool,
    /// `public`, `internal`, `enterprise` or `personal`.
    pub class: &'static str,
    /// Smallest allowed number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub min: Option<Decimal>,
    /// Largest allowed number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub max: Option<Decimal>,
    /// Explanation for the form.
    pub help: String,
    /// This person sees its mask only.
    pub masked: bool,
    /// Personal data: why it is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// Personal data: for how many years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep_years: Option<u16>,
}

/// A topic with its figures.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct TopicDef {
    /// Its id.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Its figures in order.
    pub figures: Vec<FigureDef>,
}

/// A figure.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct FigureDef {
    /// Its id.
    #[schema(value_type = String)]
    pub id: FigureId,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Its topic.
    pub topic: String,
    /// Its unit; none for texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub unit: Option<UnitId>,
    /// Places it is printed with.
    pub decimals: u32,
    /// The window it is asked in when nothing is said.
    pub window: &'static str,
    /// The windows it can be asked in.
    pub windows: Vec<&'static str>,
    /// The book it is counted from; none for composites.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub book: Option<BookId>,
    /// It is made of other figures.
    pub composite: bool,
    /// 口径 in the content's words.
    pub words: String,
    /// Its rule in one line.
    pub definition: String,
    /// Form or document.
    pub source: String,
}

/// A report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct ReportDef {
    /// Its id.
    #[schema(value_type = String)]
    pub id: ReportId,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// What may be set when it is made.
    pub parameters: Vec<ParameterDef>,
}

/// Something a report asks for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct ParameterDef {
    /// Its name.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// `book`: values that stand in a book, to be asked for; `choice`: one of `choices`; `day`: a date.
    pub kind: &'static str,
    /// The values it may have, where content lists them.
    pub choices: Vec<TitledId>,
    /// What it is when nothing is set.
    pub default: Option<String>,
}

/// A unit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct UnitDef {
    /// As printed.
    #[schema(value_type = String)]
    pub id: UnitId,
    /// What it measures.
    pub dimension: String,
    /// How many base units it is.
    #[schema(value_type = String)]
    pub factor: Decimal,
}

/// What the client knows of a parameter.
pub(crate) fn parameter(content: &Content, known: &Parameter) -> ParameterDef {
    let titled = |id: &str, title: &str| TitledId { id: id.to_owned(), title: title.to_owned() };
    let (kind, choices) = match &known.values {
        ParameterValues::Field(..) => ("book", Vec::new()),
        ParameterValues::Day => ("day", Vec::new()),
        ParameterValues::Choices(words) => ("choice", words.iter().map(|word| titled(word, word)).collect()),
        ParameterValues::Figures(figures) => {
            let title =
                |id: &FigureId| content.figures.get(id).map_or(id.as_str(), |f| f.title.as_str()).to_owned();
            ("choice", figures.iter().map(|id| titled(id.as_str(), &title(id))).collect())
        }
    };
    ParameterDef {
        id: known.id.clone(),
        title: known.title.clone(),
        title_en: known.title_en.clone(),
        kind,
        choices,
        default: known.default.clone(),
    }
}

/// The content in force as `actor` may use it.
///
/// # Errors
/// [`books::BooksFault`] when the ledger cannot be read.
pub fn catalogue(park: &Park, actor: &Actor) -> books::Result<Catalogue> {
    let library = park.library();
    let content = &library.content;
    let sight = Sight::new(content, park.snapshot()?, actor);
    let changes = park.last_changes()?;
    let mut all = Vec::new();
    for book in content.books.values().filter(|b| actor.scope(b) != Scope::Nothing) {
        let entries = match actor.scope(book) {
            Scope::All => sight.table(book).len(),
            _ => park.selections().get(&sight, book, &Query::default())?.rows.len(),
        };
        let changed = changes.get(&book.id).filter(|_| actor.scope(book) == Scope::All);
        let photos =
            content.visits.as_ref().is_some_and(|rules| rules.photo.is_some() && rules.visit.book == book.id);
        all.push(book_def(actor, book, (entries, photos), changed.copied()));
    }
    let committee = !actor.is_enterprise();
    let titled = |id: &str, title: &str| TitledId { id: id.to_owned(), title: title.to_owned() };
    Ok(Catalogue {
        digest: library.digest.clone(),
        revision: sight.snapshot.revision().0,
        books: all,
        topics: topics(content, actor),
        claims: content
            .claims
            .values()
            .filter(|_| committee)
            .map(|c| titled(ClaimId::as_str(&c.id), &c.title))
            .collect(),
        exclusions: content
            .exclusions
            .values()
            .filter(|_| committee)
            .map(|x| titled(ExclusionId::as_str(&x.id), &x.title))
            .collect(),
        reports: content
            .reports
            .values()
            .filter(|r| r.about.is_none() && committee && actor.may_anywhere(Right::Read))
            .map(|r| ReportDef {
                id: r.id.clone(),
                title: r.title.clone(),
                title_en: r.title_en.clone(),
                parameters: r.parameters.values().map(|one| parameter(content, one)).collect(),
            })
            .collect(),
        units: content
            .units
            .iter()
            .map(|u| UnitDef {
                id: u.id.clone(),
                dimension: u.dimension.to_string(),
                factor: u.factor.normalize(),
            })
            .collect(),
        pages: pages(content, actor).into_iter().map(str::to_owned).collect(),
    })
}

/// The pages a person has something on.
fn pages(content: &Content, actor: &Actor) -> Vec<&'static str> {
    let committee = !actor.is_enterprise();
    let reads = committee && actor.may_anywhere(Right::Read);
    let has = |role: &str| content.book_with_role(role).is_some_and(|b| actor.scope(b) != Scope::Nothing);
    [
        ("overview", reads),
        ("books", actor.may_anywhere(Right::Read)),
        ("intake", committee && (actor.may_anywhere(Right::Record) || actor.may_anywhere(Right::Accept))),
        ("figures", reads),
        ("tasks", reads && has("target")),
        ("projects", reads && has("project")),
        ("reports", reads),
        ("admin", actor.may_anywhere(Right::Administer)),
    ]
    .into_iter()
    .filter(|(_, shown)| *shown)
    .map(|(page, _)| page)
    .collect()
}

fn book_def(
    actor: &Actor,
    book: &Book,
    (entries, photos): (usize, bool),
    changed_at: Option<Timestamp>,
) -> BookDef {
    BookDef {
        id: book.id.clone(),
        title: book.title.clone(),
        title_en: book.title_en.clone(),
        kind: match book.kind {
            BookKind::Register => "register",
            BookKind::Series => "series",
            BookKind::Event => "event",
            BookKind::Case => "case",
        },
        role: book.role.clone(),
        department: book.department.clone(),
        key: book.key.clone(),
        display: book.display.clone(),
        subject: book.subject.clone(),
        time: book.time.clone(),
        every: book.every.map(|e| e.window().name()),
        state: book.case.as_ref().map(|case| StateDef {
            field: case.state.clone(),
            states: case.states.clone(),
            closed: case.closed.clone(),
            deadline: case.deadline.clone(),
            handler: case.handler.clone(),
        }),
        confidential: book.statistics_confidential,
        photos,
        fields: book.fields.values().map(|f| field_def(actor, f)).collect(),
        rights: actor.rights_on(book),
        entries,
        changed_at,
    }
}

fn field_def(actor: &Actor, field: &Field) -> FieldDef {
    FieldDef {
        id: field.id.clone(),
        title: field.title.clone(),
        title_en: field.title_en.clone(),
        kind: field.kind.name(),
        unit: field.kind.unit().cloned(),
        choices: match &field.kind {
            FieldKind::Choice { choices } => Some(choices.clone()),
            _ => None,
        },
        book: field.kind.book().cloned(),
        required: field.required,
        class: match field.class {
            Class::Public => "public",
            Class::Internal => "internal",
            Class::Enterprise => "enterprise",
            Class::Personal => "personal",
        },
        min: field.min,
        max: field.max,
        help: field.help.clone(),
        masked: actor.masks(field),
        purpose: field.purpose.clone(),
        keep_years: field.keep_years,
    }
}

fn topics(content: &Content, actor: &Actor) -> Vec<TopicDef> {
    let topic = |(id, (title, title_en)): (&String, &(String, String))| TopicDef {
        id: id.clone(),
        title: title.clone(),
        title_en: title_en.clone(),
        figures: content
            .figures
            .values()
            .filter(|f| f.topic == *id && sees(content, actor, f))
            .map(|f| figure_def(content, f))
            .collect(),
    };
    content.topics.iter().map(topic).filter(|t| !t.figures.is_empty()).collect()
}

fn figure_def(content: &Content, figure: &Figure) -> FigureDef {
    let book = match &figure.rule {
        FigureRule::Measure { book, .. } | FigureRule::Rank { book, .. } => Some(book.clone()),
        FigureRule::Composite(_) => None,
    };
    FigureDef {
        id: figure.id.clone(),
        title: figure.title.clone(),
        title_en: figure.title_en.clone(),
        topic: figure.topic.clone(),
        unit: figure.unit.clone(),
        decimals: figure.decimals,
        window: figure.window.name(),
        windows: windows(content, figure).into_iter().map(Window::name).collect(),
        composite: book.is_none(),
        book,
        words: figure.basis.clone(),
        definition: describe::figure(figure),
        source: figure.source.clone(),
    }
}

/// The books a figure is counted from, through all its parts.
pub(crate) fn books_of<'c>(content: &'c Content, figure: &'c Figure) -> Vec<&'c Book> {
    match &figure.rule {
        FigureRule::Measure { book, .. } | FigureRule::Rank { book, .. } => {
            content.books.get(book).into_iter().collect()
        }
        FigureRule::Composite(value) => {
            let parts = value.figures().into_iter().filter_map(|id| content.figures.get(&id));
            let mut books: Vec<&Book> = parts.flat_map(|part| books_of(content, part)).collect();
            books.sort_by(|a, b| a.id.cmp(&b.id));
            books.dedup_by(|a, b| a.id == b.id);
            books
        }
    }
}

/// Whether a person may ask for a figure: whoever reads its books. Aggregates of a statistics-confidential book are for
/// the whole committee; the engine withholds what would reveal a respondent.
pub(crate) fn sees(content: &Content, actor: &Actor, figure: &Figure) -> bool {
    let readable = |book: &&Book| book.statistics_confidential || actor.may(Right::Read, book);
    !actor.is_enterprise()
        && actor.may_anywhere(Right::Read)
        && books_of(content, figure).iter().all(readable)
}

/// The windows a figure can be asked in; a state only at a moment.
fn windows(content: &Content, figure: &Figure) -> Vec<Window> {
    const FLOWS: [Window; 5] = [Window::Month, Window::Ytd, Window::Quarter, Window::Half, Window::Year];
    match &figure.rule {
        FigureRule::Composite(value) => {
            let parts = value.figures().into_iter().filter_map(|id| content.figures.get(&id));
            let all: Vec<Vec<Window>> = parts.map(|p| windows(content, p)).collect();
            let flows: Vec<&Vec<Window>> = all.iter().filter(|w| **w != [Window::Moment]).collect();
            if flows.is_empty() {
                return vec![Window::Moment];
            }
            FLOWS.into_iter().filter(|w| flows.iter().all(|own| own.contains(w))).collect()
        }
        FigureRule::Measure { book, time, .. } | FigureRule::Rank { book, time, .. } => {
            if !matches!(time, FigureTime::Flow { .. }) {
                return vec![Window::Moment];
            }
            match content.books.get(book).and_then(|b| b.every) {
                None | Some(Every::Month) => FLOWS.to_vec(),
                Some(Every::Quarter) => vec![Window::Ytd, Window::Quarter, Window::Half, Window::Year],
                Some(Every::Half) => vec![Window::Ytd, Window::Half, Window::Year],
                Some(Every::Year) => vec![Window::Year],
            }
        }
    }
}
