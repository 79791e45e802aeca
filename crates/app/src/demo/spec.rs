//! What a demo specification file may say: populations of clean data and the workbooks made of them.
//!
//! Deliberately absent: any book, heading or name; those are the specification's. To add a kind of
//! column: one field in [`ColumnSpec`], one line in [`ColumnSpec::kind`], one maker in `columns.rs`.
//! To add a way of spelling a cell: one line in `oddity.rs`.

use std::fmt;

use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::{Deserializer, Visitor};

pub use super::ground::Site;
pub use super::maps::{MapFormat, MapSpec};

/// One specification file; several files together make a park.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// The sentence that marks every sheet as generated; stands in exactly one file.
    pub mark: Option<String>,
    /// Where ground plans lie; stands in at most one file.
    pub site: Option<Site>,
    /// Named word lists that columns draw from.
    #[serde(default)]
    pub lists: IndexMap<String, Vec<String>>,
    /// Named sets of columns that several tables share.
    #[serde(default)]
    pub headings: IndexMap<String, Vec<SheetColumnSpec>>,
    /// Tables of clean data, in the order they are made; a table may refer to earlier ones.
    #[serde(default)]
    pub population: Vec<PopulationSpec>,
    /// The workbooks departments send.
    #[serde(default)]
    pub workbook: Vec<WorkbookSpec>,
    /// The map files departments send.
    #[serde(default)]
    pub map: Vec<MapSpec>,
    /// What the data must tell.
    #[serde(default)]
    pub expect: Vec<ExpectSpec>,
}

/// A formula as written: a text, or a whole number for short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source(pub String);

/// A table of clean data. Its rows come from `rows`, `table` (with `rows`: its first rows), or `each`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PopulationSpec {
    /// Name by which formulas, references and workbooks call it.
    pub id: String,
    /// So many rows.
    pub rows: Option<usize>,
    /// Rows written out: a line of `name:type` headings and a line per row, cells parted by `|`.
    /// Types: `text` (default), `number`, `date`, `month`, or a row of an earlier population, found by
    /// its key (`ID`) or another column (`ID.COLUMN`).
    pub table: Option<String>,
    /// Every combination of these.
    #[serde(default)]
    pub each: Vec<EachSpec>,
    /// Leaves out combinations before columns are made.
    #[serde(rename = "where")]
    pub filter: Option<Source>,
    /// Leaves out rows after all columns are made.
    pub keep: Option<Source>,
    /// Column that names a row in references and in the truth; default: the first.
    pub key: Option<String>,
    /// Not part of the truth: a helper of other populations.
    #[serde(default)]
    pub internal: bool,
    /// Columns in the order they are made.
    #[serde(default)]
    pub columns: IndexMap<String, ColumnSpec>,
}

/// One side of a combination.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EachSpec {
    /// The column it becomes.
    #[serde(rename = "as")]
    pub name: String,
    /// Rows of this population …
    pub of: Option<String>,
    /// … that satisfy this formula …
    #[serde(rename = "where")]
    pub filter: Option<Source>,
    /// … of them so many, drawn at random.
    pub sample: Option<usize>,
    /// Or: months from the first to the last.
    pub months: Option<[String; 2]>,
    /// Months between two months (3 for quarters; the first month given starts).
    pub step: Option<i32>,
    /// Or: so many of each combination.
    pub times: Option<usize>,
}

/// How a column is made: `when`, `missing` and exactly one kind.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnSpec {
    /// Only rows that satisfy this get a value; the others stay blank.
    pub when: Option<Source>,
    /// Chance that a value is left out, from 0 to 1.
    pub missing: Option<Source>,
    /// A formula over earlier columns.
    pub formula: Option<Source>,
    /// A random element of a list.
    pub pick: Option<PickSpec>,
    /// The elements of a list in turn.
    pub cycle: Option<String>,
    /// Exact numbers of each text, in random order; they must add up to the rows.
    pub quota: Option<IndexMap<String, usize>>,
    /// A number, every value equally likely.
    pub uniform: Option<UniformSpec>,
    /// A positive number around a median, few large ones.
    pub skewed: Option<SkewedSpec>,
    /// A monthly series with season, levels, noise and shocks.
    pub series: Option<SeriesSpec>,
    /// A day.
    pub date: Option<DateSpec>,
    /// A valid credit code.
    pub uscc: Option<UsccSpec>,
    /// A row of another population.
    pub reference: Option<ReferenceSpec>,
    /// The sum since January.
    pub cumulative: Option<AlongSpec>,
    /// The value some months earlier.
    pub earlier: Option<AlongSpec>,
    /// A sum over another population.
    pub total: Option<TotalSpec>,
    /// Plots of land cut from the blocks of a ground plan.
    pub plots: Option<PlotsSpec>,
}

/// See [`ColumnSpec`]: exactly one is given.
#[derive(Debug, Clone, Copy)]
pub enum Kind<'a> {
    /// A formula over earlier columns.
    Formula(&'a Source),
    /// A random element of a list.
    Pick(&'a PickSpec),
    /// The elements of a list in turn.
    Cycle(&'a str),
    /// Exact numbers of each text.
    Quota(&'a IndexMap<String, usize>),
    /// A number, every value equally likely.
    Uniform(&'a UniformSpec),
    /// A positive number around a median.
    Skewed(&'a SkewedSpec),
    /// A monthly series.
    Series(&'a SeriesSpec),
    /// A day.
    Date(&'a DateSpec),
    /// A valid credit code.
    Uscc(&'a UsccSpec),
    /// A row of another population.
    Reference(&'a ReferenceSpec),
    /// The sum since January.
    Cumulative(&'a AlongSpec),
    /// The value some months earlier.
    Earlier(&'a AlongSpec),
    /// A sum over another population.
    Total(&'a TotalSpec),
    /// Plots of land.
    Plots(&'a PlotsSpec),
}

impl ColumnSpec {
    /// The column's only kind.
    pub fn kind(&self) -> Result<Kind<'_>, String> {
        let kinds: Vec<Kind<'_>> = [
            self.formula.as_ref().map(Kind::Formula),
            self.pick.as_ref().map(Kind::Pick),
            self.cycle.as_deref().map(Kind::Cycle),
            self.quota.as_ref().map(Kind::Quota),
            self.uniform.as_ref().map(Kind::Uniform),
            self.skewed.as_ref().map(Kind::Skewed),
            self.series.as_ref().map(Kind::Series),
            self.date.as_ref().map(Kind::Date),
            self.uscc.as_ref().map(Kind::Uscc),
            self.reference.as_ref().map(Kind::Reference),
            self.cumulative.as_ref().map(Kind::Cumulative),
            self.earlier.as_ref().map(Kind::Earlier),
            self.total.as_ref().map(Kind::Total),
            self.plots.as_ref().map(Kind::Plots),
        ]
        .into_iter()
        .flatten()
        .collect();
        match kinds.as_slice() {
            [kind] => Ok(*kind),
            others => Err(format!("a column needs exactly one kind, this has {}", others.len())),
        }
    }
}

/// A random element of a list.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PickSpec {
    /// Name of the list …
    pub list: Option<String>,
    /// … or a formula that gives it per row …
    pub list_of: Option<Source>,
    /// … or the elements themselves.
    #[serde(default)]
    pub values: Vec<String>,
    /// How likely each element is, as whole numbers; default: equally.
    #[serde(default)]
    pub weights: Vec<u64>,
    /// No element twice.
    #[serde(default)]
    pub distinct: bool,
}

/// A number between two formulas.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UniformSpec {
    /// Smallest value.
    pub min: Source,
    /// Largest value.
    pub max: Source,
    /// Decimal places.
    #[serde(default)]
    pub places: u32,
}

/// `median × (1 + spread·u)³` or `median ÷ (1 + spread·u)³`, each half of the time.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkewedSpec {
    /// The middle value.
    pub median: Source,
    /// How far values spread; 0: all equal the median.
    pub spread: Source,
    /// Decimal places.
    #[serde(default)]
    pub places: u32,
}

/// `base × season × level × (1 + noise·r) × shocks`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesSpec {
    /// Value of an average month at level 1.
    pub base: Source,
    /// Column with the month.
    pub over: String,
    /// Twelve factors, January first; default: all 1.
    #[serde(default)]
    pub season: Vec<Source>,
    /// Factor per year.
    #[serde(default)]
    pub levels: IndexMap<String, Source>,
    /// Largest random deviation either way (0.1 = 10 %).
    pub noise: Option<Source>,
    /// Factors for stretches of time.
    #[serde(default)]
    pub shocks: Vec<ShockSpec>,
    /// Decimal places.
    #[serde(default)]
    pub places: u32,
}

/// A factor on the rows that satisfy a formula.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShockSpec {
    /// First month.
    pub from: Option<String>,
    /// Last month.
    pub to: Option<String>,
    /// Rows concerned; default: all.
    #[serde(rename = "where")]
    pub filter: Option<Source>,
    /// What they are multiplied by.
    pub factor: Source,
}

/// A day between two formulas, both included.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateSpec {
    /// First possible day.
    pub from: Source,
    /// Last possible day.
    pub to: Source,
    /// Only Monday to Friday.
    #[serde(default)]
    pub workdays: bool,
}

/// A valid credit code.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsccSpec {
    /// Formula that gives the six-digit place of registration.
    pub region: Source,
}

/// A random row of an earlier population.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceSpec {
    /// The population.
    pub of: String,
    /// Rows of it that may be drawn.
    #[serde(rename = "where")]
    pub filter: Option<Source>,
    /// No row twice.
    #[serde(default)]
    pub distinct: bool,
    /// In turn from the first row instead of at random.
    #[serde(default)]
    pub in_order: bool,
}

/// Another value of the same column, found by subject and month.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlongSpec {
    /// The column whose values are added or looked up.
    pub of: String,
    /// Formulas that tell subjects apart.
    #[serde(default)]
    pub by: Vec<Source>,
    /// The column with the month.
    pub over: String,
    /// `earlier`: how many months; default 12.
    pub months: Option<i32>,
}

/// A sum over the rows of an earlier population.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TotalSpec {
    /// The population.
    pub of: String,
    /// What is added; default: 1, which counts rows.
    pub value: Option<Source>,
    /// Which rows.
    #[serde(rename = "where")]
    pub filter: Option<Source>,
    /// Pairs of formulas that must agree: the other population's, this one's.
    #[serde(default)]
    pub same: Vec<[Source; 2]>,
}

/// Plots cut from blocks, one per row, in the order of the rows (`ground.rs` says how a plot is written).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlotsSpec {
    /// Population of blocks: `y`, `depth`, `left_bottom`, `left_top`, `right_bottom`, `right_top`, in metres.
    pub blocks: String,
    /// Area of the plot, in square metres.
    pub area: Source,
}

/// A sum, a ratio of sums in percent, or a count that must lie within bounds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectSpec {
    /// What it tells.
    pub title: String,
    /// The population.
    pub of: String,
    /// Rows that take part.
    #[serde(rename = "where")]
    pub filter: Option<Source>,
    /// What is added; without it and without `distinct` rows are counted.
    pub sum: Option<Source>,
    /// What the sum is divided by, in percent.
    pub over: Option<Source>,
    /// Rows of the divisor, if others.
    pub over_where: Option<Source>,
    /// Less 100 %: a growth.
    #[serde(default)]
    pub growth: bool,
    /// Counts different values of this.
    pub distinct: Option<Source>,
    /// Smallest value that holds.
    pub min: Option<Decimal>,
    /// Largest value that holds.
    pub max: Option<Decimal>,
}

/// A file format departments send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Office Open XML.
    Xlsx,
    /// Excel 97–2003.
    Xls,
    /// WPS spreadsheet (the same bytes as `xls`, under its own name).
    Et,
    /// Comma-separated, GB18030.
    CsvGb18030,
    /// Comma-separated, UTF-8 with byte order mark.
    CsvUtf8Bom,
    /// Comma-separated, UTF-8.
    CsvUtf8,
}

/// A workbook, or several of one form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkbookSpec {
    /// File name without ending; `{formula}` is filled from the first row.
    pub file: String,
    /// Its format.
    pub format: Format,
    /// Population its rows come from.
    pub from: Option<String>,
    /// Rows that take part.
    #[serde(rename = "where")]
    pub filter: Option<Source>,
    /// One file per value of this formula.
    pub split: Option<Source>,
    /// Its sheets.
    pub sheet: Vec<SheetSpec>,
}

/// One sheet, or several of one form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetSpec {
    /// Its name; `{formula}` is filled from the first row.
    pub name: String,
    /// One sheet per value of this formula.
    pub split: Option<Source>,
    /// Whether its tab is hidden.
    #[serde(default)]
    pub hidden: bool,
    /// Rows above the tables, each over the whole width.
    #[serde(default)]
    pub title: Vec<String>,
    /// Tables, from top to bottom unless one stands beside the one before it.
    #[serde(default)]
    pub table: Vec<TableSpec>,
    /// Free rows below the tables, cell by cell.
    #[serde(default)]
    pub lines: Vec<Vec<String>>,
}

/// A table on a sheet.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSpec {
    /// Population, if not the workbook's.
    pub from: Option<String>,
    /// Pairs of formulas that must agree: this table's row, the first row of the sheet.
    #[serde(default)]
    pub same: Vec<[Source; 2]>,
    /// Rows that take part.
    #[serde(rename = "where")]
    pub filter: Option<Source>,
    /// Order of the rows; a leading `-` turns a numeric formula round.
    #[serde(default)]
    pub sort: Vec<Source>,
    /// Columns from left to right …
    #[serde(default)]
    pub columns: Vec<SheetColumnSpec>,
    /// … or the name of a shared set of columns.
    pub headings: Option<String>,
    /// Months side by side.
    pub wide: Option<WideSpec>,
    /// Stands to the right of the table before it, one empty column between.
    #[serde(default)]
    pub beside: bool,
    /// Rows put under group rows.
    pub group: Option<GroupSpec>,
    /// A row of sums.
    pub total: Option<RowOfSums>,
    /// Rows below the table.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Rows hidden from view but still there.
    pub hide: Option<Source>,
    /// Rows that are not in the truth, cell by cell, after the others.
    #[serde(default)]
    pub extra: Vec<Vec<String>>,
    /// Cells written otherwise than the truth says.
    #[serde(default)]
    pub spoil: Vec<SpoilSpec>,
    /// Empty rows between heading and first row.
    #[serde(default)]
    pub gap: u32,
}

/// A column of a table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetColumnSpec {
    /// Heading; `/` parts the rows of a multi-row heading, `\n` breaks a line.
    pub heading: String,
    /// What stands in it.
    pub value: Source,
    /// How it is written (`oddity.rs` lists the styles).
    pub style: Option<String>,
    /// Decimal places of numbers; default: those of the value.
    pub places: Option<u32>,
    /// Added up in rows of sums.
    #[serde(default)]
    pub sum: bool,
}

/// One column per month of a year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WideSpec {
    /// Formula that tells the rows of the sheet apart.
    pub row: Source,
    /// Column or formula with the month.
    pub over: Source,
    /// Heading of each; `{formula}` is filled from a row of that month.
    pub heading: String,
    /// What stands in it.
    pub value: Source,
    /// How it is written.
    pub style: Option<String>,
    /// Decimal places of numbers.
    pub places: Option<u32>,
}

/// Group rows inside a table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupSpec {
    /// Rows with the same value stand together.
    pub by: Source,
    /// Text of the group row, in the first column; `{formula}` is filled from the first row.
    pub label: String,
    /// Whether the group row carries sums.
    #[serde(default)]
    pub sums: bool,
}

/// A row of sums of a table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowOfSums {
    /// Its text.
    pub label: String,
    /// Heading of the column the text stands in; default: the first.
    pub under: Option<String>,
    /// Above the rows instead of below.
    #[serde(default)]
    pub first: bool,
}

/// Cells written otherwise than the truth says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpoilSpec {
    /// Rows concerned.
    #[serde(rename = "where")]
    pub filter: Source,
    /// Heading of the column concerned; without it the whole row is left out.
    pub heading: Option<String>,
    /// What stands there instead; default: what the column says.
    pub value: Option<Source>,
    /// How it is written instead.
    pub style: Option<String>,
}

impl<'de> Deserialize<'de> for Source {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SourceVisitor;
        impl Visitor<'_> for SourceVisitor {
            type Value = Source;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a formula in quotes or a whole number")
            }
            fn visit_str<E>(self, text: &str) -> Result<Source, E> {
                Ok(Source(text.to_owned()))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Source, E> {
                Ok(Source(number.to_string()))
            }
        }
        deserializer.deserialize_any(SourceVisitor)
    }
}
