//! Reports (报告): a template, the blanks it must fill, what may be set when it is built, and its charts.

use indexmap::IndexMap;
use serde::Deserialize;

use crate::id::{BookId, ExclusionId, FieldId, FigureId, ReportId, UnitId};
use crate::period::Window;

/// A report.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// Its id: the folder's name.
    pub id: ReportId,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// What one thing it is about, if it is a sheet; what is known of it are its facts.
    pub about: Option<Topic>,
    /// The rows it copies, if it is a certificate.
    pub copies: Option<Copies>,
    /// The template's file name beside `report.toml`.
    pub template: String,
    /// The blanks it must fill.
    pub blanks: Vec<Blank>,
    /// What may be set when it is built: a department, an enterprise, a figure.
    pub parameters: IndexMap<String, Parameter>,
    /// Its charts by name.
    pub charts: IndexMap<String, Chart>,
}

impl Report {
    /// Whether it can be built without anything being set.
    pub fn stands_alone(&self) -> bool {
        self.parameters.is_empty() && self.about.is_none()
    }
}

/// What a sheet is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// A parcel in a year (一地一表).
    Parcel,
    /// An enterprise's data of a year, to confirm (一企一单).
    Enterprise,
    /// The plan of an enterprise on a day (一企一策).
    Plan,
    /// What a book holds about an enterprise on a day (台账登记证明).
    Certificate,
    /// What an enterprise is due by a policy in a year (政策计算表).
    Payment,
}

impl Topic {
    /// What is set when a sheet is made: which entry, and as of what.
    pub fn settings(self) -> [&'static str; 2] {
        match self {
            Self::Parcel | Self::Enterprise => [ENTRY, EVALUATION],
            Self::Plan | Self::Certificate => [ENTRY, ON],
            Self::Payment => [ENTRY, POLICY],
        }
    }
}

/// The rows of a book a certificate copies: all that are about the enterprise on its day, so that it leaves nothing out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Copies {
    /// The book.
    pub book: BookId,
    /// The fields that refer to the enterprise; one of them is enough.
    pub by: Vec<FieldId>,
    /// The fields that are copied.
    pub columns: Vec<FieldId>,
    /// The day a row begins; the newest row stands first.
    pub from: FieldId,
    /// The last day of a row; afterwards it is not copied any more. None: rows stay.
    pub until: Option<FieldId>,
}

/// The setting of a sheet that holds the number of its entry.
pub const ENTRY: &str = "entry";
/// The setting of a sheet that holds the number of a frozen evaluation.
pub const EVALUATION: &str = "evaluation";
/// The setting of a sheet that holds its day.
pub const ON: &str = "on";
/// The setting of a sheet that holds its policy.
pub const POLICY: &str = "policy";

/// Something a report asks for when it is built.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parameter {
    /// Its name in templates.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Where its values come from.
    pub values: ParameterValues,
    /// What it is when nothing is set.
    pub default: Option<String>,
}

/// The values a parameter may have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ParameterValues {
    /// The entries of a book by their titles, or by a field.
    Field(BookId, Option<FieldId>),
    /// These figures.
    Figures(Vec<FigureId>),
    /// These words.
    Choices(Vec<String>),
    /// A day, such as `2023-11-15`.
    Day,
}

impl ParameterValues {
    /// Whether this may be one of them, as far as content knows; of values in a book only the ledger knows.
    pub fn may_be(&self, text: &str) -> bool {
        match self {
            Self::Field(..) => true,
            Self::Figures(figures) => figures.iter().any(|id| id.as_str() == text),
            Self::Choices(words) => words.iter().any(|word| word == text),
            Self::Day => text.parse::<jiff::civil::Date>().is_ok(),
        }
    }
}

/// A chart: figures over time, over a breakdown or beside each other.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// Chinese title, printed above it.
    pub title: String,
    /// How the series are drawn where they do not say otherwise.
    pub kind: ChartKind,
    /// What stands along the axis.
    pub across: Across,
    /// How many months or years, counted back from the report's; months of the report's year when absent.
    pub count: Option<u32>,
    /// The field a breakdown is by.
    pub by: Option<String>,
    /// The figures beside each other.
    #[serde(default)]
    pub figures: Vec<FigureId>,
    /// What is drawn.
    pub series: Vec<ChartSeries>,
}

/// How a series is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// Upright columns.
    Column,
    /// Lying bars.
    Bar,
    /// A line.
    Line,
    /// A pie: parts of one series, none below zero.
    Pie,
}

/// What stands along the axis of a chart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Across {
    /// Months.
    Months,
    /// Years, each up to the report's month.
    Years,
    /// The lines of a breakdown.
    Rows,
    /// Figures.
    Figures,
}

/// One series of a chart.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChartSeries {
    /// What the legend says.
    pub title: String,
    /// The figure; none where figures stand beside each other.
    pub figure: Option<FigureId>,
    /// Which part of it, by its name in templates; the value when absent.
    #[serde(default = "value_part")]
    pub part: String,
    /// How far back; the figure's own window when absent.
    pub window: Option<Window>,
    /// The unit to show; the figure's own when absent.
    pub unit: Option<UnitId>,
    /// Whom to leave out.
    pub exclude: Option<ExclusionId>,
    /// Only entries whose field prints as this text; `$name` stands for a parameter.
    #[serde(default, rename = "where")]
    pub only: IndexMap<String, String>,
    /// How it is drawn; as the chart is when absent.
    pub kind: Option<ChartKind>,
    /// Whether it has the second axis, at the right.
    #[serde(default)]
    pub second_axis: bool,
}

fn value_part() -> String {
    "value".to_owned()
}

/// One blank of a report and the slot that fills it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Blank {
    /// Its number.
    pub n: u32,
    /// What it is.
    pub name: String,
    /// amount, rate, count, month, year, name, place or document.
    pub kind: String,
    /// The exact text between the braces of the slot.
    pub slot: String,
    /// The loop tag around it, if any.
    pub in_loop: Option<String>,
    /// Which pass of the loop, from 1.
    pub nth: u32,
}
