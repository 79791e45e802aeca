//! Workbooks: populations laid out on sheets as departments send them.
//!
//! Deliberately absent: file formats (`files.rs`) and spellings of single cells (`oddity.rs`).

use indexmap::{IndexMap, IndexSet};
use rust_decimal::Decimal;

use office::sheet::Area;
use office::write::Style;

use super::DemoFault;
use super::evaluate::Scope;
use super::files::{Grid, SheetGrid};
use super::formula::Formula;
use super::generate::World;
use super::oddity::{self, Cell};
use super::spec::{SheetColumnSpec, SheetSpec, Source, SpoilSpec, TableSpec, WideSpec, WorkbookSpec};
use super::value::{Month, Value};

/// A workbook before it becomes bytes.
pub(super) struct Workbook {
    /// File name without ending.
    pub(super) name: String,
    /// Its sheets.
    pub(super) sheets: Vec<SheetGrid>,
}

/// Makes every workbook of a specification; each sheet carries `mark`.
pub(super) fn build(
    world: &World,
    spec: &WorkbookSpec,
    shared: &Headings,
    mark: &str,
) -> Result<Vec<Workbook>, DemoFault> {
    let fault = |message| DemoFault::Workbook { workbook: spec.file.clone(), message };
    let from = spec.from.as_deref().map(|id| world.position(id)).transpose().map_err(fault)?;
    let rows = match from {
        Some(population) => world.matching(population, spec.filter.as_ref()).map_err(fault)?,
        None => Vec::new(),
    };
    let mut workbooks = Vec::new();
    for rows in split(world, from, rows, spec.split.as_ref()).map_err(fault)? {
        let place = Place { world, shared, population: from, rows: &rows };
        let mut sheets = Vec::new();
        for sheet in &spec.sheet {
            for rows in split(world, from, rows.clone(), sheet.split.as_ref()).map_err(fault)? {
                let place = Place { world, shared, population: from, rows: &rows };
                sheets.push(draw_sheet(place, sheet, mark).map_err(fault)?);
            }
        }
        workbooks.push(Workbook { name: place.text(&spec.file).map_err(fault)?, sheets });
    }
    Ok(workbooks)
}

/// Named sets of columns.
type Headings = IndexMap<String, Vec<SheetColumnSpec>>;

/// The rows a file or sheet is about.
#[derive(Clone, Copy)]
struct Place<'a> {
    world: &'a World,
    shared: &'a Headings,
    population: Option<usize>,
    rows: &'a [usize],
}

impl<'a> Place<'a> {
    /// Fills `{formula}` from the first row.
    fn text(self, template: &str) -> Result<String, String> {
        match (self.population, self.rows.first()) {
            (Some(population), Some(&row)) => filled(template, self.scope(population, row)),
            _ => Ok(template.to_owned()),
        }
    }

    fn scope(self, population: usize, row: usize) -> Scope<'a> {
        Scope { world: self.world, population, row }
    }
}

/// Fills the formulas in braces of a text.
fn filled(template: &str, scope: Scope<'_>) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (formula, after) = after.split_once('}').ok_or_else(|| format!("`{template}` lacks a `}}`"))?;
        let value = scope.value(&Formula::parse(formula)?)?;
        out.push_str(before);
        out.push_str(&scope.world.text(&value));
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// Rows grouped by a formula's value, groups in the order of their first rows.
fn split(
    world: &World,
    population: Option<usize>,
    rows: Vec<usize>,
    by: Option<&Source>,
) -> Result<Vec<Vec<usize>>, String> {
    let (Some(by), Some(population)) = (by, population) else { return Ok(vec![rows]) };
    let formula = Formula::parse(&by.0)?;
    let mut groups: IndexMap<String, Vec<usize>> = IndexMap::new();
    for row in rows {
        let value = Scope { world, population, row }.value(&formula)?;
        groups.entry(world.text(&value)).or_default().push(row);
    }
    Ok(groups.into_values().collect())
}

fn draw_sheet(place: Place<'_>, spec: &SheetSpec, mark: &str) -> Result<SheetGrid, String> {
    let mut grid = Grid::default();
    let titles = spec.title.iter().map(|t| place.text(t)).collect::<Result<Vec<_>, _>>()?;
    let top = u32::try_from(titles.len()).expect("a sheet has few title rows");
    let (mut row, mut bottom, mut right) = (top, top, 0);
    for table in &spec.table {
        let column = if table.beside { right + 1 } else { 0 };
        if !table.beside {
            row = bottom;
        }
        let plan = Plan::new(place, table)?;
        let (end, width) = plan.draw(&mut grid, row, column)?;
        bottom = bottom.max(end);
        right = right.max(column + width);
    }
    for line in &spec.lines {
        for (at, text) in line.iter().enumerate() {
            grid.put(bottom, column_number(at), typed(&place.text(text)?));
        }
        bottom += 1;
    }
    for (at, title) in titles.iter().enumerate() {
        let at = u32::try_from(at).expect("a sheet has few title rows");
        grid.put_as(Style::Title, at, 0, Cell::Text(title.clone()));
        grid.merge(Area { top: at, left: 0, bottom: at, right: right.saturating_sub(1) });
    }
    if !grid.mentions(mark) {
        grid.put_as(Style::Note, bottom, 0, Cell::Text(mark.to_owned()));
    }
    Ok(SheetGrid { name: place.text(&spec.name)?, hidden: spec.hidden, grid })
}

/// A column of a sheet, ready to be filled.
struct Drawn<'a> {
    heading: String,
    formula: Option<Formula>,
    style: &'a str,
    places: Option<u32>,
    sum: bool,
    /// A column of a wide table shows this month only.
    month: Option<Month>,
}

/// A spoil, its formulas read.
struct Spoil<'a> {
    filter: Formula,
    value: Option<Formula>,
    spec: &'a SpoilSpec,
}

/// A table whose rows and columns are known.
struct Plan<'a> {
    place: Place<'a>,
    spec: &'a TableSpec,
    population: usize,
    /// Each line of the table with the population's rows it shows (several only when wide).
    lines: Vec<Vec<usize>>,
    columns: Vec<Drawn<'a>>,
    spoils: Vec<Spoil<'a>>,
    over: Option<Formula>,
}

impl<'a> Plan<'a> {
    fn new(place: Place<'a>, spec: &'a TableSpec) -> Result<Self, String> {
        let world = place.world;
        let (population, mut rows) = rows_of(place, spec)?;
        let columns = match &spec.headings {
            None => &spec.columns,
            Some(name) => place.shared.get(name).ok_or_else(|| format!("there are no headings `{name}`"))?,
        };
        let columns = columns.iter().map(static_column).collect::<Result<Vec<_>, _>>()?;
        let spoils = spec.spoil.iter().map(read_spoil).collect::<Result<Vec<_>, _>>()?;
        let mut plan = Self { place, spec, population, lines: Vec::new(), columns, spoils, over: None };
        sort(world, population, &mut rows, &spec.sort)?;
        if let Some(group) = &spec.group {
            rows = split(world, Some(population), rows, Some(&group.by))?.concat();
        }
        match &spec.wide {
            None => plan.lines = rows.into_iter().map(|row| vec![row]).collect(),
            Some(wide) => plan.widen(rows, wide)?,
        }
        for spoil in &plan.spoils {
            let heading = spoil.spec.heading.as_ref();
            if heading.is_some_and(|h| plan.columns.iter().all(|c| c.heading != *h)) {
                return Err(format!("no column has the heading of the spoil {:?}", spoil.spec));
            }
        }
        Ok(plan)
    }

    /// Groups rows to lines and adds a column per month.
    fn widen(&mut self, rows: Vec<usize>, wide: &'a WideSpec) -> Result<(), String> {
        let over = Formula::parse(&wide.over.0)?;
        let mut months: IndexMap<Month, usize> = IndexMap::new();
        for &row in &rows {
            match self.place.scope(self.population, row).value(&over)? {
                Value::Month(month) => months.entry(month).or_insert(row),
                other => return Err(format!("`over` gives {other:?}, not a month")),
            };
        }
        months.sort_unstable_keys();
        for (month, row) in months {
            self.columns.push(Drawn {
                heading: filled(&wide.heading, self.place.scope(self.population, row))?,
                formula: Some(Formula::parse(&wide.value.0)?),
                style: wide.style.as_deref().unwrap_or("plain"),
                places: wide.places,
                sum: true,
                month: Some(month),
            });
        }
        self.over = Some(over);
        self.lines = split(self.place.world, Some(self.population), rows, Some(&wide.row))?;
        Ok(())
    }

    /// Draws the table; answers the first free row below and the width.
    fn draw(&self, grid: &mut Grid, top: u32, left: u16) -> Result<(u32, u16), String> {
        let width = column_number(self.columns.len());
        let mut row = top + self.draw_headings(grid, top, left);
        for _ in 0..self.spec.gap {
            row += 1;
        }
        let all: Vec<usize> = self.lines.concat();
        if self.spec.total.as_ref().is_some_and(|total| total.first) {
            self.draw_total(grid, row, left, &all)?;
            row += 1;
        }
        row = self.draw_lines(grid, row, left)?;
        for cells in &self.spec.extra {
            for (at, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                grid.put(row, left + column_number(at), typed(text));
            }
            row += 1;
        }
        if self.spec.total.as_ref().is_some_and(|total| !total.first) {
            self.draw_total(grid, row, left, &all)?;
            row += 1;
        }
        for note in &self.spec.notes {
            grid.put_as(Style::Note, row, left, Cell::Text(self.place.text(note)?));
            row += 1;
        }
        Ok((row, width))
    }

    fn draw_lines(&self, grid: &mut Grid, mut row: u32, left: u16) -> Result<u32, String> {
        let hide = self.spec.hide.as_ref().map(|source| Formula::parse(&source.0)).transpose()?;
        let mut group = None;
        let mut number = 0_u32;
        for line in &self.lines {
            let Some(&first) = line.first() else { continue };
            let scope = self.place.scope(self.population, first);
            if let Some(spec) = &self.spec.group {
                let value = scope.value(&Formula::parse(&spec.by.0)?)?;
                if group.as_ref() != Some(&value) {
                    grid.put(row, left, Cell::Text(filled(&spec.label, scope)?));
                    if spec.sums {
                        let members = self.members(&spec.by, &value)?;
                        self.draw_sums(grid, row, left, &members)?;
                    }
                    group = Some(value);
                    row += 1;
                }
            }
            if self.left_out(scope)? {
                continue;
            }
            number += 1;
            for (at, column) in self.columns.iter().enumerate() {
                if let Some(cell) = self.cell(line, column, number)? {
                    grid.put(row, left + column_number(at), cell);
                }
            }
            if let Some(hide) = &hide
                && scope.value(hide)?.is_true()
            {
                grid.hide(row);
            }
            row += 1;
        }
        Ok(row)
    }

    fn members(&self, by: &Source, wanted: &Value) -> Result<Vec<usize>, String> {
        let formula = Formula::parse(&by.0)?;
        let mut members = Vec::new();
        for row in self.lines.concat() {
            if self.place.scope(self.population, row).value(&formula)? == *wanted {
                members.push(row);
            }
        }
        Ok(members)
    }

    fn left_out(&self, scope: Scope<'_>) -> Result<bool, String> {
        for spoil in self.spoils.iter().filter(|spoil| spoil.spec.heading.is_none()) {
            if scope.value(&spoil.filter)?.is_true() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn cell(&self, line: &[usize], column: &Drawn<'_>, number: u32) -> Result<Option<Cell>, String> {
        let mut row = line.first().copied();
        if let (Some(wanted), Some(over)) = (column.month, &self.over) {
            row = None;
            for &candidate in line {
                let month = self.place.scope(self.population, candidate).value(over)?;
                if month == Value::Month(wanted) {
                    row = Some(candidate);
                }
            }
        }
        let Some(row) = row else { return Ok(None) };
        let Some(formula) = &column.formula else {
            return Ok(Some(Cell::Number(Decimal::from(number))));
        };
        let scope = self.place.scope(self.population, row);
        let mut value = scope.value(formula)?;
        let mut style = column.style;
        for spoil in self.spoils.iter().filter(|s| s.spec.heading.as_ref() == Some(&column.heading)) {
            if scope.value(&spoil.filter)?.is_true() {
                if let Some(other) = &spoil.value {
                    value = scope.value(other)?;
                }
                style = spoil.spec.style.as_deref().unwrap_or(style);
            }
        }
        let value = match value {
            Value::Row { .. } => Value::Text(self.place.world.text(&value)),
            other => other,
        };
        oddity::write(style, &value, column.places).map_err(|m| format!("{}: {m}", column.heading))
    }

    fn draw_total(&self, grid: &mut Grid, row: u32, left: u16, rows: &[usize]) -> Result<(), String> {
        let Some(total) = &self.spec.total else { return Ok(()) };
        let under = total.under.as_ref();
        let at = self.columns.iter().position(|c| Some(&c.heading) == under).unwrap_or(0);
        grid.put(row, left + column_number(at), Cell::Text(total.label.clone()));
        self.draw_sums(grid, row, left, rows)
    }

    fn draw_sums(&self, grid: &mut Grid, row: u32, left: u16, rows: &[usize]) -> Result<(), String> {
        for (at, column) in self.columns.iter().enumerate().filter(|(_, column)| column.sum) {
            let Some(formula) = &column.formula else { continue };
            let mut sum = Decimal::ZERO;
            for &row in rows {
                let scope = self.place.scope(self.population, row);
                let shown = match (column.month, &self.over) {
                    (Some(wanted), Some(over)) => scope.value(over)? == Value::Month(wanted),
                    _ => true,
                };
                if let (true, Value::Number(number)) = (shown, scope.value(formula)?) {
                    sum += number;
                }
            }
            if let Some(cell) = oddity::write(column.style, &Value::Number(sum), column.places)? {
                grid.put(row, left + column_number(at), cell);
            }
        }
        Ok(())
    }

    /// Draws the headings, equal neighbours merged; answers how many rows they take.
    fn draw_headings(&self, grid: &mut Grid, top: u32, left: u16) -> u32 {
        let paths: Vec<Vec<&str>> = self.columns.iter().map(|c| heading_path(&c.heading)).collect();
        let depth = paths.iter().map(Vec::len).max().unwrap_or(1);
        for level in 0..depth {
            let mut start = 0;
            while start < paths.len() {
                let Some(text) = paths[start].get(level) else {
                    start += 1;
                    continue;
                };
                let same = |path: &[&str]| path.get(..=level) == paths[start].get(..=level);
                let leaf = level + 1 == paths[start].len();
                let run = if leaf { 1 } else { paths[start..].iter().take_while(|path| same(path)).count() };
                let last = if leaf { depth - 1 } else { level };
                let rows = |level: usize| top + u32::try_from(level).expect("headings have few rows");
                let text = Cell::Text((*text).to_owned());
                grid.put_as(Style::Header, rows(level), left + column_number(start), text);
                let right = left + column_number(start + run - 1);
                let left = left + column_number(start);
                grid.merge(Area { top: rows(level), left, bottom: rows(last), right });
                start += run;
            }
        }
        u32::try_from(depth).expect("headings have few rows")
    }
}

/// The parts of a heading from top to bottom; a `/` inside brackets (万元/亩) parts nothing.
fn heading_path(heading: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    heading
        .split(move |c| {
            depth += match c {
                '(' | '（' => 1,
                ')' | '）' => -1,
                _ => 0,
            };
            c == '/' && depth == 0
        })
        .collect()
}

/// The population of a table and the rows that it shows.
fn rows_of(place: Place<'_>, spec: &TableSpec) -> Result<(usize, Vec<usize>), String> {
    let own = spec.from.as_deref().map(|id| place.world.position(id)).transpose()?;
    let population = own.or(place.population).ok_or("a table needs a population: `from`")?;
    let candidates = place.world.matching(population, spec.filter.as_ref())?;
    let mut rows = candidates;
    if Some(population) == place.population && own.is_none() {
        let here: IndexSet<usize> = place.rows.iter().copied().collect();
        rows.retain(|row| here.contains(row));
    }
    if let (Some(outer), Some(&first)) = (place.population, place.rows.first()) {
        for [theirs, ours] in &spec.same {
            let theirs = Formula::parse(&theirs.0)?;
            let wanted = place.scope(outer, first).value(&Formula::parse(&ours.0)?)?;
            let mut kept = Vec::new();
            for row in rows {
                if place.scope(population, row).value(&theirs)? == wanted {
                    kept.push(row);
                }
            }
            rows = kept;
        }
    }
    Ok((population, rows))
}

fn static_column(spec: &SheetColumnSpec) -> Result<Drawn<'_>, String> {
    // `#` numbers the lines of the table.
    let formula = if spec.value.0 == "#" { None } else { Some(Formula::parse(&spec.value.0)?) };
    Ok(Drawn {
        heading: spec.heading.clone(),
        formula,
        style: spec.style.as_deref().unwrap_or("plain"),
        places: spec.places,
        sum: spec.sum,
        month: None,
    })
}

fn read_spoil(spec: &SpoilSpec) -> Result<Spoil<'_>, String> {
    let value = spec.value.as_ref().map(|source| Formula::parse(&source.0)).transpose()?;
    Ok(Spoil { filter: Formula::parse(&spec.filter.0)?, value, spec })
}

fn sort(world: &World, population: usize, rows: &mut Vec<usize>, by: &[Source]) -> Result<(), String> {
    let formulas = by.iter().map(|source| Formula::parse(&source.0)).collect::<Result<Vec<_>, _>>()?;
    let mut keyed = Vec::new();
    for &row in rows.iter() {
        let scope = Scope { world, population, row };
        let key = formulas.iter().map(|f| scope.value(f)).collect::<Result<Vec<_>, _>>()?;
        keyed.push((key, row));
    }
    keyed.sort_by(|(a, _), (b, _)| {
        let orders = a.iter().zip(b).map(|(a, b)| a.order(b).unwrap_or(std::cmp::Ordering::Equal));
        orders.into_iter().find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
    });
    *rows = keyed.into_iter().map(|(_, row)| row).collect();
    Ok(())
}

/// A cell that is written out: `=1.5` is a number, anything else a text.
fn typed(text: &str) -> Cell {
    let number = text.strip_prefix('=').and_then(|digits| digits.parse().ok());
    number.map_or_else(|| Cell::Text(text.to_owned()), Cell::Number)
}

fn column_number(index: usize) -> u16 {
    u16::try_from(index).expect("a sheet of a demo has fewer than 65,536 columns")
}
