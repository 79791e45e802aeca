//! Heading blocks: one to four rows of cells become one path of headings per column (`工业总产值/本月`).
//!
//! Merged cells count for every column they cover; a group heading that is not merged (text files) reaches to the next
//! filled cell as long as there are headings below it. Deliberately absent: which layout the headings belong to.

use std::rc::Rc;

use model::id::UnitId;
use model::text::{HeadingKey, heading_key, squeeze};
use model::unit::Units;
use office::sheet::{Area, CellValue, Sheet};
use rustc_hash::FxHashMap;

use super::cell;

/// The headings of one column, from the top.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Heading {
    /// The column, from 0.
    pub col: u16,
    /// One key per heading row that says something new.
    pub parts: Vec<String>,
    /// The unit in the lowest heading that states one.
    pub unit: Option<UnitId>,
    /// The lowest heading's row, for findings.
    pub row: u32,
}

impl Heading {
    /// As a person would read it.
    pub fn shown(&self) -> String {
        self.parts.join("/")
    }
}

/// Whether a text names a unit.
pub(super) fn is_unit(units: &Units, text: &str) -> bool {
    units.find(text).is_some()
}

/// Takes a heading's text apart.
pub(super) fn key(units: &Units, text: &str) -> HeadingKey {
    heading_key(text, &|u| is_unit(units, u))
}

/// A heading cell before the rows are joined.
struct Part {
    key: String,
    unit: Option<UnitId>,
    /// Spread to the right although it was not merged.
    merged: bool,
}

/// The headings of the rows `top..=bottom`, one for each column that has any.
pub(super) fn read(sheet: &Sheet, units: &Units, top: u32, bottom: u32) -> Vec<Heading> {
    Rows::new(sheet, units).headings(top, bottom)
}

/// Rows of a sheet as parts of headings. Which rows are headings is found by trying; each is taken apart once.
pub(super) struct Rows<'s> {
    sheet: &'s Sheet,
    units: &'s Units,
    known: FxHashMap<u32, Vec<(u16, Rc<Part>)>>,
}

impl<'s> Rows<'s> {
    pub fn new(sheet: &'s Sheet, units: &'s Units) -> Self {
        Self { sheet, units, known: FxHashMap::default() }
    }

    /// The headings of the rows `top..=bottom`, one for each column that has any.
    pub fn headings(&mut self, top: u32, bottom: u32) -> Vec<Heading> {
        let mut rows: Vec<Vec<(u16, Rc<Part>)>> = (top..=bottom).map(|row| self.row(row).clone()).collect();
        let mut columns: Vec<u16> = rows.iter().flatten().map(|(col, _)| *col).collect();
        columns.sort_unstable();
        columns.dedup();
        let merges = merges_from(self.sheet, top, bottom);
        spread_groups(&mut rows, &columns, &merges, top);
        columns.into_iter().filter_map(|col| path(&rows, col, top)).collect()
    }

    /// The parts of one row; one that is merged counts for every column it covers.
    fn row(&mut self, row: u32) -> &Vec<(u16, Rc<Part>)> {
        let (sheet, units) = (self.sheet, self.units);
        self.known.entry(row).or_insert_with(|| {
            let merges = merges_from(sheet, row, row);
            let mut parts: Vec<(u16, Rc<Part>)> = Vec::new();
            for cell in row_cells(sheet, row) {
                let Some(part) = part(sheet, units, cell) else { continue };
                match merges.iter().find(|m| m.left == cell.col) {
                    Some(area) => {
                        let part = Rc::new(Part { merged: true, ..part });
                        parts.extend((area.left..=area.right).map(|col| (col, Rc::clone(&part))));
                    }
                    None => parts.push((cell.col, Rc::new(part))),
                }
            }
            parts
        })
    }
}

/// The merged areas that begin in these rows.
pub(super) fn merges_from(sheet: &Sheet, top: u32, bottom: u32) -> Vec<Area> {
    let first = sheet.merges.partition_point(|m| m.top < top);
    sheet.merges[first..].iter().take_while(|m| m.top <= bottom).copied().collect()
}

/// The filled cells of a row.
pub(super) fn row_cells(sheet: &Sheet, row: u32) -> &[office::sheet::Cell] {
    let first = sheet.cells.partition_point(|c| c.row < row);
    let rest = &sheet.cells[first..];
    &rest[..rest.partition_point(|c| c.row == row)]
}

fn part(sheet: &Sheet, units: &Units, cell: &office::sheet::Cell) -> Option<Part> {
    if matches!(cell.value, CellValue::Error(_) | CellValue::FormulaWithoutValue) {
        return None;
    }
    let text = cell::heading(sheet, cell);
    let HeadingKey { key, unit } = key(units, &text);
    let named = |u: &str| units.find(u).map(|u| u.id.clone());
    // A cell of the heading that is nothing but a unit belongs to a row of units.
    if let Some(unit) = named(&key).filter(|_| unit.is_none()) {
        return Some(Part { key: String::new(), unit: Some(unit), merged: false });
    }
    let unit = unit.as_deref().and_then(named);
    (!key.is_empty() || unit.is_some()).then_some(Part { key, unit, merged: false })
}

/// Lets an unmerged group heading reach over the empty cells to its right that have headings below them.
fn spread_groups(rows: &mut [Vec<(u16, Rc<Part>)>], columns: &[u16], merges: &[Area], top: u32) {
    for index in 0..rows.len().saturating_sub(1) {
        let row = top + u32::try_from(index).unwrap_or(0);
        let below = |rows: &[Vec<(u16, Rc<Part>)>], col: u16| {
            rows[index + 1..].iter().any(|r| r.iter().any(|(c, _)| *c == col))
        };
        let covered = |col: u16| merges.iter().any(|m| m.top < row && m.contains(row, col));
        let mut group: Option<(u16, Rc<Part>)> = None;
        let mut spread = Vec::new();
        for col in columns {
            let here = rows[index].iter().find(|(c, _)| c == col).map(|(_, p)| p.clone());
            match here {
                Some(part) => group = (!part.merged && below(rows, *col)).then_some((*col, part)),
                None => match &mut group {
                    Some((last, part)) if *last + 1 == *col && below(rows, *col) && !covered(*col) => {
                        *last = *col;
                        spread.push((*col, part.clone()));
                    }
                    _ => group = None,
                },
            }
        }
        rows[index].extend(spread);
    }
}

fn path(rows: &[Vec<(u16, Rc<Part>)>], col: u16, top: u32) -> Option<Heading> {
    let mut heading = Heading { col, row: top, ..Heading::default() };
    for (row, parts) in (top..).zip(rows) {
        let Some((_, part)) = parts.iter().find(|(c, _)| *c == col) else { continue };
        heading.row = row;
        if part.unit.is_some() {
            heading.unit.clone_from(&part.unit);
        }
        if !part.key.is_empty() {
            heading.parts.push(part.key.clone());
        }
    }
    (!heading.parts.is_empty() || heading.unit.is_some()).then_some(heading)
}

/// Whether a row below the headings only numbers the columns (`甲 乙 1 2 3`).
pub(super) fn numbers_columns(sheet: &Sheet, row: u32) -> bool {
    let mut expected: Option<f64> = None;
    let mut count = 0;
    for cell in row_cells(sheet, row) {
        let text = squeeze(&cell::shown(sheet, cell));
        match text.parse::<f64>() {
            Ok(n) => {
                let fits = expected.is_none_or(|e| (e - n).abs() < f64::EPSILON);
                if !fits || n.fract() != 0.0 || !(0.0..=20.0).contains(&n) {
                    return false;
                }
                expected = Some(n + 1.0);
                count += 1;
            }
            Err(_) if text.chars().count() <= 1 => {}
            Err(_) => return false,
        }
    }
    count >= 2 && expected.is_some_and(|next| next <= 3.0 + f64::from(count))
}

/// Whether a row holds nothing but units.
pub(super) fn states_units(sheet: &Sheet, units: &Units, row: u32) -> bool {
    let cells = row_cells(sheet, row);
    !cells.is_empty()
        && cells.iter().all(|c| part(sheet, units, c).is_some_and(|p| p.key.is_empty() && p.unit.is_some()))
}
