//! The tables of a sheet: heading blocks that some layout knows, wherever they stand, side by side or below each other.
//!
//! Deliberately absent: the rows (`rows.rs`) and what units and periods the headings give (`plan.rs`).

use model::finding::Severity;
use office::sheet::{CellValue, Sheet};

use super::cell;
use super::draft::Spot;
use super::heading::{self, Heading, Rows};
use super::vocabulary::{Role, Vocabulary, glob};
use crate::messages::import as say;

/// Rows of headings a table may have.
const DEEPEST: u32 = 4;
/// Rows above a table that may be its title.
const TITLE_ROWS: u32 = 12;
/// So many more columns make an incomplete layout more likely than a complete one.
const CLEARLY_MORE: usize = 2;
/// Columns of headings worth looking at; an honest table has far fewer.
const WIDEST: usize = 2_000;

/// A table of one layout.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// The layout's number in the vocabulary.
    pub layout: u16,
    /// First and last heading row.
    pub top: u32,
    pub bottom: u32,
    /// First and last column that belong to it.
    pub left: u16,
    pub right: u16,
    /// First row after the headings, and the row after the last that may belong to it.
    pub body: std::ops::Range<u32>,
    /// What its columns are.
    pub columns: Vec<(Heading, Role)>,
    /// Columns that number the rows.
    pub counters: Vec<u16>,
    /// Headings nobody reads.
    pub unread: Vec<Heading>,
    /// Headings that stand twice; the first is read.
    pub doubled: Vec<Heading>,
    /// Text cells above it.
    pub titles: Vec<(u32, u16, String)>,
}

/// A heading block that fits no layout, for the finding.
#[derive(Clone, Debug, Default)]
pub(super) struct Miss {
    /// Where.
    pub row: u32,
    pub col: u16,
    /// The headings seen.
    pub headings: Vec<String>,
    /// The nearest layout, and the headings it misses.
    pub nearest: Option<(u16, Vec<String>)>,
    /// Columns that agreed.
    pub agreed: usize,
    /// Layouts that fit equally well.
    pub ambiguous: Vec<u16>,
}

/// The tables of one sheet.
#[derive(Default)]
pub(super) struct Found {
    pub tables: Vec<Table>,
    pub misses: Vec<Miss>,
    pub spots: Vec<Spot>,
}

/// A column (by its place among the headings), what a layout takes it for, and how much of its heading agreed.
type Claim = (usize, Role, u8);

/// Where a sheet stands, for choosing between layouts.
#[derive(Clone, Copy)]
pub(super) struct Names<'n> {
    pub file: &'n str,
    pub sheet: &'n str,
    /// A person said which book: every layout of it may read a table with many columns it does not know.
    pub forced: bool,
}

/// Finds the tables of a sheet.
pub(super) fn find(words: &Vocabulary<'_>, sheet: &Sheet, names: Names<'_>) -> Found {
    let mut found = Found::default();
    let mut known = Vec::new();
    let mut next = 0;
    for (row, cells) in sheet.row_iter() {
        if row < next || !words.may_be_headings(sheet, cells, &mut known) {
            continue;
        }
        match block(words, sheet, names, next, row) {
            Ok(tables) => {
                next = tables.iter().map(|t| t.body.start).max().unwrap_or(row + 1);
                found.tables.extend(tables);
            }
            Err(miss) => found.misses.push(miss),
        }
    }
    split_merged_headers(sheet, &mut found);
    bound(words, sheet, &mut found.tables);
    // A row of a table may look like headings by chance.
    let tables = &found.tables;
    found
        .misses
        .retain(|m| !tables.iter().any(|t| t.body.contains(&m.row) && (t.left..=t.right).contains(&m.col)));
    found
}

/// The best reading of the heading rows around `anchor`, or the nearest layout.
fn block(
    words: &Vocabulary<'_>,
    sheet: &Sheet,
    names: Names<'_>,
    floor: u32,
    anchor: u32,
) -> Result<Vec<Table>, Miss> {
    let mut best: Option<(usize, Vec<Table>)> = None;
    let mut miss = Miss { row: anchor, ..Miss::default() };
    let lowest = anchor.saturating_sub(DEEPEST - 1).max(floor);
    let mut rows = Rows::new(sheet, &words.content.units);
    for top in (lowest..=anchor).rev() {
        for bottom in anchor..top + DEEPEST {
            let headings = rows.headings(top, bottom);
            if headings.len() < 2 || headings.len() > WIDEST {
                continue;
            }
            let reading = tables_of(words, names, &headings, &mut miss);
            let weight: usize = reading.iter().map(|p| p.weight).sum();
            if weight > best.as_ref().map_or(0, |(w, _)| *w) {
                let tables = reading.into_iter().map(|p| p.table(words, sheet, top, bottom)).collect();
                best = Some((weight, tables));
            }
        }
    }
    best.map(|(_, tables)| tables).ok_or(miss)
}

/// A run of columns read by one layout.
struct Piece<'h> {
    layout: u16,
    headings: &'h [Heading],
    columns: Vec<(Heading, Role)>,
    doubled: Vec<Heading>,
    weight: usize,
}

impl Piece<'_> {
    fn table(self, words: &Vocabulary<'_>, sheet: &Sheet, top: u32, bottom: u32) -> Table {
        let mut body = bottom + 1;
        while heading::states_units(sheet, &words.content.units, body)
            || heading::numbers_columns(sheet, body)
        {
            body += 1;
        }
        let is_read = |h: &Heading| self.columns.iter().any(|(c, _)| c.col == h.col);
        let mut columns = self.columns.clone();
        if body > bottom + 1 {
            units_below(sheet, &words.content.units, bottom + 1..body, &mut columns);
        }
        let rest =
            self.headings.iter().filter(|h| !is_read(h) && !self.doubled.iter().any(|d| d.col == h.col));
        let (counters, unread): (Vec<&Heading>, Vec<&Heading>) = rest.partition(|h| words.is_counter(h));
        Table {
            layout: self.layout,
            top,
            bottom,
            left: self.headings.first().map_or(0, |h| h.col),
            right: self.headings.last().map_or(0, |h| h.col),
            body: body..u32::MAX,
            counters: counters.iter().map(|h| h.col).collect(),
            unread: unread.into_iter().cloned().collect(),
            columns,
            doubled: self.doubled,
            titles: Vec::new(),
        }
    }
}

/// Units in rows of their own below the headings.
fn units_below(
    sheet: &Sheet,
    units: &model::unit::Units,
    rows: std::ops::Range<u32>,
    columns: &mut [(Heading, Role)],
) {
    for row in rows {
        for below in heading::read(sheet, units, row, row) {
            let column = columns.iter_mut().find(|(h, _)| h.col == below.col);
            if let (Some((heading, _)), Some(unit)) = (column, below.unit) {
                heading.unit = Some(unit);
            }
        }
    }
}

/// Splits headings into tables: by empty columns where each part is a table of its own, else as one run.
fn tables_of<'h>(
    words: &Vocabulary<'_>,
    names: Names<'_>,
    headings: &'h [Heading],
    miss: &mut Miss,
) -> Vec<Piece<'h>> {
    let groups: Vec<&[Heading]> = headings.chunk_by(|a, b| a.col + 1 == b.col).collect();
    let whole = run(words, names, headings, miss);
    if groups.len() < 2 {
        return whole;
    }
    let parts: Vec<Piece<'h>> = groups.into_iter().flat_map(|g| run(words, names, g, miss)).collect();
    let columns = |pieces: &[Piece<'_>]| pieces.iter().map(|p| p.columns.len()).sum::<usize>();
    if columns(&parts) >= columns(&whole) && !parts.is_empty() { parts } else { whole }
}

/// Reads one run of columns with the best layout, and what is left at its ends with others.
fn run<'h>(
    words: &Vocabulary<'_>,
    names: Names<'_>,
    headings: &'h [Heading],
    miss: &mut Miss,
) -> Vec<Piece<'h>> {
    let Some(pieces) = best_layout(words, names, headings, miss) else { return Vec::new() };
    let at = |col: Option<u16>| headings.iter().position(|h| Some(h.col) == col).unwrap_or(0);
    let first = at(pieces.first().and_then(|p| p.columns.iter().map(|(h, _)| h.col).min()));
    let last = at(pieces.last().and_then(|p| p.columns.iter().map(|(h, _)| h.col).max()));
    let mut all = Vec::new();
    let mut other = Miss::default();
    let before = if first >= 2 { run(words, names, &headings[..first], &mut other) } else { Vec::new() };
    let after = if headings.len() - last > 2 {
        run(words, names, &headings[last + 1..], &mut other)
    } else {
        Vec::new()
    };
    // Columns that became a table of their own do not belong to this one.
    let count = pieces.len();
    for (index, mut piece) in pieces.into_iter().enumerate() {
        let own =
            |h: &Heading| !before.iter().chain(&after).any(|p| p.headings.iter().any(|b| b.col == h.col));
        let start = piece.headings.iter().position(own).unwrap_or(0);
        let end = piece.headings.iter().rposition(own).map_or(0, |e| e + 1);
        if index == 0 || index + 1 == count {
            piece.headings = &piece.headings[start..end];
        }
        all.push(piece);
    }
    before.into_iter().chain(all).chain(after).collect()
}

fn best_layout<'h>(
    words: &Vocabulary<'_>,
    names: Names<'_>,
    headings: &'h [Heading],
    miss: &mut Miss,
) -> Option<Vec<Piece<'h>>> {
    let mut roles = Vec::new();
    let mut by_layout: Vec<Vec<Claim>> = vec![Vec::new(); words.layouts.len()];
    for (index, heading) in headings.iter().enumerate() {
        words.roles(heading, &mut roles);
        for (layout, role, weight) in &roles {
            by_layout[usize::from(*layout)].push((index, *role, *weight));
        }
    }
    let mut best: Vec<(Rank, Vec<Piece<'h>>)> = Vec::new();
    let mut nearest = 0;
    for (layout, columns) in (0u16..).zip(by_layout) {
        if columns.is_empty() || !looks_at(words, layout, names) {
            continue;
        }
        let pieces = instances(words, layout, headings, &columns);
        let agreed: usize = pieces.iter().map(|p| p.columns.len()).sum();
        let counted = headings.iter().filter(|h| !words.is_counter(h)).count();
        if pieces.is_empty() || agreed < 2 || (!names.forced && agreed * 2 < counted) {
            nearest = nearest.max(columns.len());
            note_miss(words, layout, headings, &columns, miss);
            continue;
        }
        best.push((rank(words, layout, names, &pieces), pieces));
    }
    best.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    let top = best.first()?.0;
    // Another layout knows far more of these columns but lacks what it needs: a damaged table, not one of this kind.
    if nearest >= top.0 + CLEARLY_MORE {
        return None;
    }
    let equal: Vec<u16> = best.iter().take_while(|(r, _)| *r == top).map(|(_, p)| p[0].layout).collect();
    if equal.len() > 1 && !same_reading(words, &best[..equal.len()]) {
        miss.ambiguous = equal;
        miss.headings = headings.iter().map(Heading::shown).collect();
        miss.col = headings[0].col;
        return None;
    }
    best.into_iter().next().map(|(_, pieces)| pieces)
}

/// What makes one layout better than another, most important first.
type Rank = (usize, u8, usize, usize);

fn rank(words: &Vocabulary<'_>, layout: u16, names: Names<'_>, pieces: &[Piece<'_>]) -> Rank {
    let known = words.layouts[usize::from(layout)].layout;
    let hinted = known.files.iter().any(|p| glob(p, names.file));
    let sheet = known.sheets.iter().any(|p| p != "*" && glob(p, names.sheet));
    let agreed: usize = pieces.iter().map(|p| p.columns.len()).sum();
    let weight: usize = pieces.iter().map(|p| p.weight).sum();
    let rules = known.columns.len() + usize::from(known.wide.is_some());
    (agreed, u8::from(hinted) + u8::from(sheet), weight, 10_000 - rules.min(9_999))
}

/// Two layouts that would read the very same fields from the same columns need no decision.
fn same_reading(words: &Vocabulary<'_>, equal: &[(Rank, Vec<Piece<'_>>)]) -> bool {
    let reading = |pieces: &[Piece<'_>]| -> Vec<(u16, String)> {
        let layout = words.layouts[usize::from(pieces[0].layout)].layout;
        let mut columns: Vec<(u16, String)> = pieces
            .iter()
            .flat_map(|p| &p.columns)
            .map(|(h, role)| match role {
                Role::Rule(rule) => (h.col, layout.columns[usize::from(*rule)].field.to_string()),
                Role::Month(year, month) => (h.col, format!("{year:?} {month}")),
            })
            .collect();
        columns.push((0, format!("{} {:?} {:?}", layout.book, layout.unit, layout.constants)));
        columns
    };
    equal.windows(2).all(|pair| reading(&pair[0].1) == reading(&pair[1].1))
}

fn looks_at(words: &Vocabulary<'_>, layout: u16, names: Names<'_>) -> bool {
    let sheets = &words.layouts[usize::from(layout)].layout.sheets;
    sheets.is_empty() || sheets.iter().any(|p| glob(p, names.sheet))
}

/// The tables one layout sees in a run of columns: a heading that comes again begins the next, if that has all it needs.
fn instances<'h>(
    words: &Vocabulary<'_>,
    layout: u16,
    headings: &'h [Heading],
    columns: &[Claim],
) -> Vec<Piece<'h>> {
    let mut cuts: Vec<(usize, Vec<Claim>)> = vec![(0, Vec::new())];
    for column in columns {
        let current = cuts.last_mut().expect("one run is there from the start");
        if current.1.iter().any(|(_, role, _)| *role == column.1) {
            let start = current.1.last().map_or(0, |(i, ..)| i + 1);
            cuts.push((start, vec![*column]));
        } else {
            current.1.push(*column);
        }
    }
    let known = words.layouts[usize::from(layout)].layout;
    let complete = |run: &[Claim]| {
        let has = |rule: u16| run.iter().any(|(_, role, _)| *role == Role::Rule(rule));
        (0u16..).zip(&known.columns).all(|(i, c)| !c.required || has(i))
            && (known.wide.is_none() || run.iter().any(|(_, role, _)| matches!(role, Role::Month(..))))
            && run.len() >= 2
    };
    let mut runs: Vec<(usize, Vec<Claim>, Vec<usize>)> = Vec::new();
    for (start, run) in cuts {
        match runs.last_mut() {
            Some((_, previous, doubled)) if !complete(&run) || !complete(previous) => {
                for column in run {
                    merge_column(previous, doubled, column);
                }
            }
            _ => runs.push((start, run, Vec::new())),
        }
    }
    if runs.iter().any(|(_, run, _)| !complete(run)) {
        return Vec::new();
    }
    let ends: Vec<usize> = runs.iter().skip(1).map(|(s, ..)| *s).chain([headings.len()]).collect();
    runs.into_iter()
        .zip(ends)
        .map(|((start, run, doubled), end)| Piece {
            layout,
            headings: &headings[start..end],
            weight: run.iter().map(|(.., w)| 100 + usize::from(*w)).sum(),
            columns: run.iter().map(|(i, role, _)| (headings[*i].clone(), *role)).collect(),
            doubled: doubled.into_iter().map(|i| headings[i].clone()).collect(),
        })
        .collect()
}

/// Adds a column to a run; where two claim one role, the heading that agrees more keeps it.
fn merge_column(run: &mut Vec<Claim>, doubled: &mut Vec<usize>, column: Claim) {
    match run.iter_mut().find(|(_, role, _)| *role == column.1) {
        Some(kept) if kept.2 < column.2 => {
            doubled.push(kept.0);
            *kept = column;
        }
        Some(_) => doubled.push(column.0),
        None => run.push(column),
    }
}

fn note_miss(words: &Vocabulary<'_>, layout: u16, headings: &[Heading], columns: &[Claim], miss: &mut Miss) {
    let mut roles: Vec<Role> = columns.iter().map(|(_, role, _)| *role).collect();
    roles.sort_unstable();
    roles.dedup();
    let counted = headings.iter().filter(|h| !words.is_counter(h)).count();
    // A word or two that many tables share (月份, 备注) make no layout a neighbour.
    if roles.len() <= miss.agreed || roles.len() < 2 || roles.len() * 3 < counted {
        return;
    }
    let known = words.layouts[usize::from(layout)].layout;
    let has = |rule: u16| columns.iter().any(|(_, role, _)| *role == Role::Rule(rule));
    let missing = (0u16..).zip(&known.columns).filter(|(i, c)| c.required && !has(*i));
    let mut missing: Vec<String> = missing.filter_map(|(_, c)| c.headings.first().cloned()).collect();
    if let Some(wide) = &known.wide
        && !columns.iter().any(|(_, role, _)| matches!(role, Role::Month(..)))
    {
        missing.push(wide.heading.replace("{month}", "1"));
    }
    miss.agreed = roles.len();
    miss.col = headings[0].col;
    miss.headings = headings.iter().map(Heading::shown).collect();
    miss.nearest = Some((layout, missing));
}

/// Takes out tables that share a merged heading with a neighbour without being covered by it: whose it is cannot be known.
fn split_merged_headers(sheet: &Sheet, found: &mut Found) {
    let mut broken = Vec::new();
    for (i, a) in found.tables.iter().enumerate() {
        let neighbours = found.tables.iter().enumerate().skip(i + 1);
        for (j, b) in neighbours.filter(|(_, b)| b.top <= a.bottom + 1 && a.top <= b.bottom + 1) {
            let (first, second) = if a.left <= b.left { (a, b) } else { (b, a) };
            let top = a.top.min(b.top).saturating_sub(1);
            for area in heading::merges_from(sheet, top, a.bottom.max(b.bottom)) {
                let crosses = area.left <= first.right && area.right >= second.left;
                let covers = area.left <= first.left && area.right >= second.right;
                if crosses
                    && !covers
                    && heading::row_cells(sheet, area.top).iter().any(|c| c.col == area.left)
                {
                    broken.extend([i, j]);
                    found.spots.push(Spot::area(
                        area,
                        "header-across-tables",
                        Severity::Error,
                        say::header_across_tables(),
                    ));
                }
            }
        }
    }
    let mut index = 0;
    found.tables.retain(|_| {
        index += 1;
        !broken.contains(&(index - 1))
    });
}

/// Gives every table its title and its end: where the title or the headings of the next one below it begin.
fn bound(words: &Vocabulary<'_>, sheet: &Sheet, tables: &mut [Table]) {
    for index in 0..tables.len() {
        let table = &tables[index];
        let above = tables[..index].iter().filter(|t| overlaps(t, table));
        let floor = above.map(|t| t.body.start).max().unwrap_or(0);
        let (titles, start) = titles(words, sheet, table, floor);
        for above in 0..index {
            if overlaps(&tables[above], &tables[index]) && tables[above].body.end > start {
                tables[above].body.end = start.max(tables[above].body.start);
            }
        }
        let previous = tables[..index].iter().rev().find(|t| t.layout == tables[index].layout);
        let inherited = previous.filter(|_| titles.is_empty()).map(|t| t.titles.clone());
        tables[index].titles = inherited.unwrap_or(titles);
    }
}

fn overlaps(a: &Table, b: &Table) -> bool {
    a.left <= b.right && b.left <= a.right && a.top != b.top
}

/// The text cells above a table, top first, and the row they begin at.
fn titles(
    words: &Vocabulary<'_>,
    sheet: &Sheet,
    table: &Table,
    floor: u32,
) -> (Vec<(u32, u16, String)>, u32) {
    let mut found: Vec<(u32, u16, String)> = Vec::new();
    let mut start = table.top;
    let lowest = table.top.saturating_sub(TITLE_ROWS).max(floor);
    for row in (lowest..table.top).rev() {
        let cells = heading::row_cells(sheet, row);
        let merges = heading::merges_from(sheet, row, row);
        let reaches = |col: u16| {
            let right = merges.iter().find(|m| m.left == col).map_or(col, |m| m.right);
            col <= table.right && right >= table.left
        };
        let mine: Vec<_> = cells.iter().filter(|c| reaches(c.col)).collect();
        let cells: Vec<_> = if mine.is_empty() && floor == 0 { cells.iter().collect() } else { mine };
        if cells.is_empty() {
            continue;
        }
        let numeric =
            |c: &&office::sheet::Cell| matches!(c.value, CellValue::Number { .. } | CellValue::Error(_));
        let first = cell::shown(sheet, cells[0]);
        if cells.iter().any(numeric) || cells.len() > 6 || (floor > 0 && words.starts_note(&first)) {
            break;
        }
        start = row;
        for cell in cells.iter().rev() {
            let text = cell::heading(sheet, cell);
            if !words.starts_note(&text) {
                found.push((row, cell.col, text.into_owned()));
            }
        }
    }
    found.reverse();
    (found, start)
}
