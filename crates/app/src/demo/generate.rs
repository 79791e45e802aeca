//! Populations: the clean data behind the workbooks, made row by row from a specification.
//!
//! Deliberately absent: spelling and headings (`workbook.rs`), kinds of columns (`columns.rs`).

use indexmap::IndexMap;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::columns;
use super::evaluate::Scope;
use super::formula::Formula;
use super::ground::Site;
use super::random::Random;
use super::spec::{EachSpec, PopulationSpec, Source};
use super::value::{Month, Value};
use super::{DemoFault, TruthTable};

/// More rows than this are a slip in a specification.
const ROWS: usize = 200_000;

/// All populations made so far, and what making them needs.
pub(super) struct World {
    /// The seed every stream of chance starts from.
    pub(super) seed: u64,
    /// Word lists.
    pub(super) lists: IndexMap<String, Vec<String>>,
    /// Where ground plans lie.
    pub(super) site: Option<Site>,
    /// Populations in the order they were made.
    pub(super) populations: Vec<Population>,
    /// Credit codes given out, so that none is given twice.
    pub(super) codes: FxHashSet<String>,
}

/// A finished table.
pub(super) struct Population {
    /// Its name.
    pub(super) id: String,
    /// How many rows it has.
    pub(super) rows: usize,
    /// Column that names a row.
    pub(super) key: String,
    /// Values by column, all of length `rows`.
    pub(super) columns: IndexMap<String, Vec<Value>>,
    /// Whether the truth leaves it out.
    internal: bool,
}

impl World {
    /// An empty world.
    pub(super) fn new(seed: u64, lists: IndexMap<String, Vec<String>>, site: Option<Site>) -> Self {
        Self { seed, lists, site, populations: Vec::new(), codes: FxHashSet::default() }
    }

    /// Makes a population and adds it.
    pub(super) fn add(&mut self, spec: &PopulationSpec) -> Result<(), DemoFault> {
        let place = |column: &str, message: String| DemoFault::Population {
            population: spec.id.clone(),
            column: column.to_owned(),
            message,
        };
        if self.position(&spec.id).is_ok() {
            return Err(place("", "there is another population of this id".to_owned()));
        }
        let (rows, made) = self.rows(spec).map_err(|m| place("", m))?;
        let key = spec.key.clone().or_else(|| made.keys().chain(spec.columns.keys()).next().cloned());
        let key = key.ok_or_else(|| place("", "it has no column".to_owned()))?;
        let population =
            Population { id: spec.id.clone(), rows, key, columns: made, internal: spec.internal };
        self.populations.push(population);
        let at = self.populations.len() - 1;
        if let Some(filter) = &spec.filter {
            self.retain(at, filter).map_err(|m| place("where", m))?;
        }
        for (name, column) in &spec.columns {
            let values = columns::make(self, at, name, column).map_err(|m| place(name, m))?;
            self.populations[at].columns.insert(name.clone(), values);
        }
        if let Some(filter) = &spec.keep {
            self.retain(at, filter).map_err(|m| place("keep", m))?;
        }
        Ok(())
    }

    /// Position of the population called `id`.
    pub(super) fn position(&self, id: &str) -> Result<usize, String> {
        self.populations
            .iter()
            .position(|p| p.id == id)
            .ok_or_else(|| format!("there is no population `{id}` so far"))
    }

    /// A cell of a population.
    pub(super) fn cell(&self, population: usize, column: &str, row: usize) -> Result<&Value, String> {
        let table = &self.populations[population];
        let values = table.columns.get(column);
        let values = values.ok_or_else(|| format!("population `{}` has no column `{column}`", table.id))?;
        values.get(row).ok_or_else(|| format!("population `{}` has no row {row}", table.id))
    }

    /// Rows of a population that satisfy a formula; all without one.
    pub(super) fn matching(&self, population: usize, filter: Option<&Source>) -> Result<Vec<usize>, String> {
        let all = 0..self.populations[population].rows;
        let Some(filter) = filter else { return Ok(all.collect()) };
        let formula = Formula::parse(&filter.0)?;
        let mut rows = Vec::new();
        for row in all {
            if (Scope { world: self, population, row }).value(&formula)?.is_true() {
                rows.push(row);
            }
        }
        Ok(rows)
    }

    /// A value as a reader sees it; a reference is named by its key.
    pub(super) fn text(&self, value: &Value) -> String {
        match value {
            Value::Row { population, row } => {
                let table = &self.populations[*population];
                table.columns.get(&table.key).map_or_else(String::new, |column| self.text(&column[*row]))
            }
            other => other.text(),
        }
    }

    /// The clean data as tables of text.
    pub(super) fn truth(&self) -> Vec<TruthTable> {
        let shown = self.populations.iter().filter(|p| !p.internal);
        shown
            .map(|p| TruthTable {
                name: p.id.clone(),
                columns: p.columns.keys().cloned().collect(),
                rows: (0..p.rows)
                    .map(|row| p.columns.values().map(|column| self.text(&column[row])).collect())
                    .collect(),
            })
            .collect()
    }

    fn retain(&mut self, population: usize, filter: &Source) -> Result<(), String> {
        let rows = self.matching(population, Some(filter))?;
        let table = &mut self.populations[population];
        for column in table.columns.values_mut() {
            *column = rows.iter().map(|&row| column[row].clone()).collect();
        }
        table.rows = rows.len();
        Ok(())
    }

    /// The rows a population starts with and the columns these bring along.
    fn rows(&self, spec: &PopulationSpec) -> Result<(usize, IndexMap<String, Vec<Value>>), String> {
        match (spec.rows, &spec.table, spec.each.is_empty()) {
            (Some(rows), None, true) if rows <= ROWS => Ok((rows, IndexMap::new())),
            (wanted, Some(table), true) => {
                let (written, mut columns) = self.table(table)?;
                let rows = wanted.unwrap_or(written);
                if rows < written || rows > ROWS {
                    return Err(format!("{written} rows are written out, {rows} are wanted"));
                }
                columns.values_mut().for_each(|column| column.resize(rows, Value::Blank));
                Ok((rows, columns))
            }
            (None, None, false) => self.combinations(spec),
            _ => Err("rows come from `rows` (up to 200000) or `table` or both, or from `each`".to_owned()),
        }
    }

    fn combinations(&self, spec: &PopulationSpec) -> Result<(usize, IndexMap<String, Vec<Value>>), String> {
        let mut columns: IndexMap<String, Vec<Value>> = IndexMap::new();
        let mut rows = 1;
        for each in &spec.each {
            let values = self.side(spec, each)?;
            let repeated = rows * values.len();
            if repeated > ROWS {
                return Err(format!("{repeated} combinations are too many"));
            }
            for column in columns.values_mut() {
                *column = column.iter().flat_map(|v| std::iter::repeat_n(v.clone(), values.len())).collect();
            }
            let cycle = values.iter().cycle().take(repeated).cloned().collect();
            if columns.insert(each.name.clone(), cycle).is_some() {
                return Err(format!("two sides are called `{}`", each.name));
            }
            rows = repeated;
        }
        Ok((rows, columns))
    }

    fn side(&self, spec: &PopulationSpec, each: &EachSpec) -> Result<Vec<Value>, String> {
        match (&each.of, &each.months, each.times) {
            (Some(id), None, None) => {
                let population = self.position(id)?;
                let mut rows = self.matching(population, each.filter.as_ref())?;
                if let Some(sample) = each.sample {
                    if sample > rows.len() {
                        return Err(format!("{sample} rows are wanted, `{id}` has only {}", rows.len()));
                    }
                    let stream = format!("{}/each/{}", spec.id, each.name);
                    Random::stream(self.seed, &stream).shuffle(&mut rows);
                    rows.truncate(sample);
                    rows.sort_unstable();
                }
                Ok(rows.into_iter().map(|row| Value::Row { population, row }).collect())
            }
            (None, Some([first, last]), None) => {
                let parse = |text: &str| Month::parse(text).ok_or(format!("`{text}` is not a month"));
                let (mut month, last) = (parse(first)?, parse(last)?);
                let step = each.step.unwrap_or(1).max(1);
                let mut months = Vec::new();
                while month <= last {
                    months.push(Value::Month(month));
                    month = month.plus(step);
                }
                Ok(months)
            }
            (None, None, Some(times)) => {
                Ok((1..=times.min(ROWS)).map(|n| Value::Number(Decimal::from(n))).collect())
            }
            _ => Err(format!("`{}` needs exactly one of `of`, `months`, `times`", each.name)),
        }
    }

    /// Reads a table that is written out.
    fn table(&self, text: &str) -> Result<(usize, IndexMap<String, Vec<Value>>), String> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
        let heads = cells(lines.next().ok_or("the table is empty")?);
        let mut columns: IndexMap<String, Vec<Value>> = IndexMap::new();
        let heads: Vec<(&str, &str)> =
            heads.iter().map(|head| head.split_once(':').unwrap_or((head, "text"))).collect();
        let mut rows = 0;
        for line in lines {
            let cells = cells(line);
            if cells.len() != heads.len() {
                return Err(format!("`{line}` has {} cells, not {}", cells.len(), heads.len()));
            }
            for ((name, kind), cell) in heads.iter().zip(cells) {
                let value = self.typed(kind, &cell)?;
                columns.entry((*name).to_owned()).or_default().push(value);
            }
            rows += 1;
        }
        Ok((rows, columns))
    }

    fn typed(&self, kind: &str, cell: &str) -> Result<Value, String> {
        if cell.is_empty() {
            return Ok(Value::Blank);
        }
        Ok(match kind {
            "text" => Value::Text(cell.to_owned()),
            "number" => Value::Number(cell.parse().map_err(|_| format!("`{cell}` is not a number"))?),
            "date" => Value::Date(cell.parse().map_err(|_| format!("`{cell}` is not a date"))?),
            "month" => Value::Month(Month::parse(cell).ok_or(format!("`{cell}` is not a month"))?),
            other => {
                let (id, column) = other.split_once('.').unwrap_or((other, ""));
                let population = self.position(id)?;
                let table = &self.populations[population];
                let name = if column.is_empty() { table.key.as_str() } else { column };
                let keys = table.columns.get(name).ok_or_else(|| format!("`{id}` has no column `{name}`"))?;
                let row = keys.iter().position(|key| self.text(key) == cell);
                Value::Row { population, row: row.ok_or(format!("`{id}` has no row called `{cell}`"))? }
            }
        })
    }
}
