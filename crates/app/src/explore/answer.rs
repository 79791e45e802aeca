//! Answers as they go out: every number exact and in words, every blank with its reason.

use figures::{BlankReason, Evaluation, Group, Member, Outcome};
use model::content::Content;
use model::definition::Figure;
use model::id::{FigureId, UnitId};
use model::period::{Period, Window};
use model::wording::number as say;
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use crate::definitions::TitledId;

/// Places growth is printed with.
const GROWTH_PLACES: u32 = 1;
/// Places shares and contributions are printed with.
const SHARE_PLACES: u32 = 2;

/// The answer to a question about a figure.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Answer {
    /// The figure.
    #[schema(value_type = String)]
    pub figure: FigureId,
    /// Its Chinese title.
    pub title: String,
    /// Its English title.
    pub title_en: String,
    /// Its own period, after lag.
    pub period: Span,
    /// The unit of all its numbers; none for texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub unit: Option<UnitId>,
    /// Places it is printed with.
    pub decimals: u32,
    /// The value.
    pub value: Val,
    /// The value as it is printed, with its unit; empty when blank.
    pub shown: String,
    /// The value of those that have a base.
    pub comparable: Val,
    /// The base.
    pub prior: Val,
    /// Growth against a year before.
    pub yoy: Growth,
    /// Growth against the window before; a cumulative figure's last single month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mom: Option<Growth>,
    /// Ranks: how many took part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
    /// The breakdown, largest first.
    pub groups: Vec<GroupLine>,
    /// How it was counted.
    pub basis: Basis,
    /// The ledger revision.
    pub revision: u64,
}

/// A period in every form.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Span {
    /// Its own form: `2023-10/ytd`.
    pub id: String,
    /// Its first month.
    pub from: String,
    /// Its last month.
    pub to: String,
    /// In Chinese.
    pub text: String,
    /// In English.
    pub text_en: String,
}

/// A value, or why there is none.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, ToSchema)]
pub struct Val {
    /// A number, exact and unrounded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// A text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Texts in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<Vec<String>>,
    /// Why it is blank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blank: Option<Blank>,
}

/// Why there is no value.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Blank {
    /// A stable word.
    pub code: String,
    /// In Chinese.
    pub text: String,
}

/// Growth in words, with its number where it has one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Growth {
    /// Percent, or percentage points of a ratio, as far as it is printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<String>,
    /// `下降3.2%`; why there is none, when blank.
    pub words: String,
    /// Which way it goes.
    pub kind: GrowthKind,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blank: Option<Blank>,
}

/// Which way growth goes, by its printed number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GrowthKind {
    /// Up.
    Up,
    /// Down.
    Down,
    /// Neither.
    Flat,
    /// From or to a loss: words only.
    Turn,
    /// There is none.
    Blank,
}

/// One line of a breakdown.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct GroupLine {
    /// What it is called; empty for entries without the field.
    pub name: String,
    /// The entry, when the breakdown is by a reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<u64>,
    /// The value.
    pub value: Val,
    /// The value of those that have a base.
    pub comparable: Val,
    /// The base.
    pub prior: Val,
    /// Growth.
    pub yoy: Growth,
    /// Share of the total, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<String>,
    /// 贡献率: share of the total's change, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contribution: Option<String>,
    /// 拉动: in percentage points of the total's base.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pull: Option<String>,
    /// 1 for the largest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    /// How many entries it holds.
    pub entries: usize,
}

/// 口径: how a value was counted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Basis {
    /// The rule in one line.
    pub definition: String,
    /// In the content's words.
    pub words: String,
    /// Form or document.
    pub source: String,
    /// The books it reads.
    pub books: Vec<TitledId>,
    /// The ledger revision.
    pub revision: u64,
    /// Conditions and exclusions in one line.
    pub filter: String,
    /// What growth was measured against: `none`, `own_prior`, `same_subjects`, `all` or `parts`.
    pub comparison: String,
    /// The same in words.
    pub comparison_words: String,
    /// Who was left out.
    pub excluded: Vec<Excluded>,
    /// How many entries were counted.
    pub entries: usize,
    /// What a reader must know besides.
    pub notes: Vec<String>,
}

/// A subject left out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Excluded {
    /// The entry.
    pub entry: u64,
    /// Its name.
    pub name: String,
}

/// A unit-variant's name as serde writes it.
fn word(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

impl Blank {
    /// A reason with its words.
    pub fn of(reason: BlankReason) -> Self {
        Self { code: word(reason), text: figures::messages::blank(reason).to_owned() }
    }
}

impl Val {
    /// An outcome of the engine.
    pub fn of(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Number(n) => Self::number(*n),
            Outcome::Text(text) => Self { text: Some(text.clone()), ..Self::default() },
            Outcome::List(list) => Self { list: Some(list.clone()), ..Self::default() },
            Outcome::Blank(reason) => Self { blank: Some(Blank::of(*reason)), ..Self::default() },
        }
    }

    /// A number.
    pub fn number(number: Decimal) -> Self {
        Self { number: Some(number.normalize().to_string()), ..Self::default() }
    }
}

impl Growth {
    /// Growth in words, or why there is none.
    pub fn of(growth: Result<figures::Growth, BlankReason>) -> Self {
        let growth = match growth {
            Ok(growth) => growth,
            Err(reason) => {
                let blank = Blank::of(reason);
                return Self {
                    percent: None,
                    words: blank.text.clone(),
                    kind: GrowthKind::Blank,
                    blank: Some(blank),
                };
            }
        };
        let printed = growth.number().map(|n| say::round(n, GROWTH_PLACES, say::Rounding::HalfUp));
        let kind = match printed {
            None => GrowthKind::Turn,
            Some(n) if n.is_zero() => GrowthKind::Flat,
            Some(n) if n.is_sign_negative() => GrowthKind::Down,
            Some(_) => GrowthKind::Up,
        };
        let words = say::say_growth(growth, GROWTH_PLACES);
        Self { percent: printed.map(|n| n.to_string()), words, kind, blank: None }
    }
}

impl Span {
    /// A period in every form.
    pub fn of(period: Period) -> Self {
        Self {
            id: period.to_string(),
            from: period.start().to_string(),
            to: period.end.to_string(),
            text: say::say_period_of_year(period),
            text_en: english(period),
        }
    }
}

/// A period in English: `Jan–Oct 2023`, `Q3 2023`, `end of Oct 2023`.
fn english(period: Period) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (year, month) = (period.end.year(), period.end.month());
    let name = usize::try_from(month - 1).ok().and_then(|m| MONTHS.get(m)).copied().unwrap_or("");
    match period.window {
        Window::Ytd if month > 1 => format!("Jan–{name} {year}"),
        Window::Month | Window::Ytd => format!("{name} {year}"),
        Window::Quarter => format!("Q{} {year}", (month + 2) / 3),
        Window::Half => format!("H{} {year}", (month + 5) / 6),
        Window::Year => year.to_string(),
        Window::Moment => format!("end of {name} {year}"),
    }
}

/// A value as it is printed, with its unit.
pub fn shown(figure: &Figure, value: &Outcome) -> String {
    let unit = figure.unit.as_ref().map_or("", UnitId::as_str);
    match value {
        Outcome::Number(n) => say::say(*n, figure.decimals) + unit,
        Outcome::Text(text) => text.clone(),
        Outcome::List(list) => say::join(list),
        Outcome::Blank(_) => String::new(),
    }
}

impl GroupLine {
    /// A line of the engine's breakdown.
    pub fn of(group: &Group) -> Self {
        let part = |outcome: &Outcome| outcome.number().map(|n| say::say(n, SHARE_PLACES));
        Self {
            name: group.name.clone(),
            entry: group.entry.map(|e| e.0),
            value: Val::of(&group.value),
            comparable: Val::of(&group.comparable),
            prior: Val::of(&group.prior),
            yoy: Growth::of(group.yoy),
            share: part(&group.share),
            contribution: part(&group.contribution),
            pull: part(&group.pull),
            rank: group.rank,
            entries: group.entries,
        }
    }
}

impl Basis {
    /// The basis of an evaluation, with titles.
    pub fn of(content: &Content, basis: &figures::Basis) -> Self {
        let title = |id: &model::id::BookId| TitledId {
            id: id.to_string(),
            title: content.books.get(id).map_or_else(|| id.to_string(), |b| b.title.clone()),
        };
        let excluded = |m: &Member| Excluded { entry: m.entry.0, name: m.name.clone() };
        Self {
            definition: basis.definition.clone(),
            words: basis.words.clone(),
            source: basis.source.clone(),
            books: basis.books.iter().map(title).collect(),
            revision: basis.revision.0,
            filter: basis.filter.clone(),
            comparison: word(basis.comparison),
            comparison_words: figures::messages::comparison(basis.comparison).to_owned(),
            excluded: basis.excluded.iter().map(excluded).collect(),
            entries: basis.entries,
            notes: basis.notes.iter().map(figures::messages::note).collect(),
        }
    }
}

impl Answer {
    /// What the engine gave, in the form it goes out.
    pub fn of(content: &Content, figure: &Figure, evaluation: &Evaluation, mom: Option<Growth>) -> Self {
        Self {
            figure: figure.id.clone(),
            title: figure.title.clone(),
            title_en: figure.title_en.clone(),
            period: Span::of(evaluation.period),
            unit: evaluation.unit.clone(),
            decimals: figure.decimals,
            value: Val::of(&evaluation.value),
            shown: shown(figure, &evaluation.value),
            comparable: Val::of(&evaluation.comparable),
            prior: Val::of(&evaluation.prior),
            yoy: Growth::of(evaluation.yoy),
            mom,
            of: evaluation.of,
            groups: evaluation.groups.iter().map(GroupLine::of).collect(),
            basis: Basis::of(content, &evaluation.basis),
            revision: evaluation.basis.revision.0,
        }
    }
}
