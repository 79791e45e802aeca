//! The rows of a table: what each of them is (entry, total, label, note) and the values of those that are entries.
//!
//! References are left to `identity.rs`. Trouble with a cell becomes a finding; trouble that repeats down a column is
//! told once with its number of cells. Long tables are read by several threads; the result does not depend on how many.

use std::ops::Range;

use model::definition::FieldKind;
use model::field::{ReadContext, Trouble, is_blank};
use model::finding::Severity;
use model::period::{Month, Period};
use model::text::squeeze;
use model::value::Value;
use office::sheet::{Cell, CellValue, Sheet, a1};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::cell;
use super::draft::Spot;
use super::heading;
use super::plan::{Column, Numbers, Plan};
use super::troubles::Troubles;
use super::vocabulary::Vocabulary;
use super::when;
use crate::messages::import as say;

/// Rows below which one thread is faster.
const WORTH_A_THREAD: usize = 4_000;

/// A row that may become an entry (in wide tables: one per month).
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// From 0.
    pub row: u32,
    /// Its cells in the sheet.
    pub cells: Range<u32>,
    /// By slot.
    pub values: Vec<Option<Value>>,
    /// Texts that are not exactly what is stored.
    pub raw: Vec<(u16, String)>,
    /// Slots whose value does not stand where the table as a whole says.
    pub from: Vec<(u16, From)>,
    /// The month's column in wide tables.
    pub month: Option<u16>,
    /// Something in it must be put right first.
    pub held: bool,
    /// Whether any value besides references and time was there.
    pub filled: bool,
}

/// Where a value stands when it is not in the slot's first column of its own row.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum From {
    /// In another column of the plan.
    Column(u16),
    /// In a row above, because cells are joined.
    Above(u32),
    /// Where the table states its period, although there is a column for it.
    Shared,
}

/// Everything read from a table.
#[derive(Default)]
pub(super) struct Reading {
    pub rows: Vec<Row>,
    pub spots: Vec<Spot>,
    /// The last row that belongs to the table.
    pub last: u32,
}

/// Reads a table.
pub(super) fn read(words: &Vocabulary<'_>, plan: &Plan<'_>, sheet: &Sheet, threads: usize) -> Reading {
    let mut reading = Reading::default();
    let entries = classify(words, plan, sheet, &mut reading);
    let parts = if entries.len() < WORTH_A_THREAD { 1 } else { threads.max(1) };
    let size = entries.len().div_ceil(parts).max(1);
    let read_part = |part: &[(u32, Range<u32>)]| {
        let mut reader = Reader::new(words, plan, sheet, part.len());
        part.iter().for_each(|(row, cells)| reader.row(*row, cells.clone()));
        (reader.rows, reader.troubles)
    };
    let done: Vec<(Vec<Row>, Troubles)> = if parts == 1 {
        entries.chunks(size).map(read_part).collect()
    } else {
        std::thread::scope(|scope| {
            let threads: Vec<_> =
                entries.chunks(size).map(|part| scope.spawn(move || read_part(part))).collect();
            threads.into_iter().map(|t| t.join().expect("reading a row does not panic")).collect()
        })
    };
    let mut troubles = Troubles::default();
    for (rows, more) in done {
        reading.rows.extend(rows);
        troubles.join(more);
    }
    troubles.tell(plan, entries.len(), &mut reading.spots);
    reading
}

/// What a row is.
enum Kind {
    Blank,
    Entry,
    Total,
    Label,
    End,
}

/// Sorts out the rows of the body; those that are entries come back with their cells.
fn classify(
    words: &Vocabulary<'_>,
    plan: &Plan<'_>,
    sheet: &Sheet,
    reading: &mut Reading,
) -> Vec<(u32, Range<u32>)> {
    let table = &plan.table;
    let first = sheet.cells.partition_point(|c| c.row < table.body.start);
    let mut entries = Vec::new();
    let (mut labels, mut hidden) = (Vec::new(), Vec::new());
    reading.last = table.bottom;
    let mut start = first;
    for cells in sheet.cells[first..].chunk_by(|a, b| a.row == b.row) {
        let (row, at) = (cells[0].row, start);
        start += cells.len();
        if row >= table.body.end {
            break;
        }
        let from = cells.partition_point(|c| c.col < table.left);
        let to = cells.partition_point(|c| c.col <= table.right);
        let own = &cells[from..to];
        match kind(words, plan, sheet, own) {
            Kind::End => break,
            Kind::Blank => continue,
            Kind::Total => {}
            Kind::Label => labels
                .push(a1(row, own.iter().find(|c| !empty(words, sheet, c)).map_or(table.left, |c| c.col))),
            Kind::Entry => {
                if sheet.hidden_rows.binary_search(&row).is_ok() {
                    hidden.push(row + 1);
                }
                let index = |i: usize| u32::try_from(at + i).unwrap_or(u32::MAX);
                entries.push((row, index(from)..index(to)));
            }
        }
        reading.last = row;
    }
    let at = |code: &str, said| {
        Spot::cell(table.bottom, table.left, code, Severity::Note, said).about(&plan.known.book.id, None)
    };
    if !labels.is_empty() {
        reading.spots.push(at("labels-skipped", say::labels_skipped(&labels)));
    }
    if !hidden.is_empty() {
        reading.spots.push(at("hidden-rows", say::hidden_rows_read(&hidden)));
    }
    entries
}

fn empty(words: &Vocabulary<'_>, sheet: &Sheet, cell: &Cell) -> bool {
    match cell.value {
        CellValue::Text(_) => sheet.text(cell).is_none_or(|t| {
            t.chars().all(char::is_whitespace) || t.chars().count() <= 6 && is_blank(t, &words.content.intake)
        }),
        _ => false,
    }
}

fn kind(words: &Vocabulary<'_>, plan: &Plan<'_>, sheet: &Sheet, cells: &[Cell]) -> Kind {
    let mut filled = 0_usize;
    let (mut known, mut numbers, mut marks) = (0_usize, 0_usize, 0_usize);
    let (mut code, mut total) = (false, false);
    let mut first_text: Option<&str> = None;
    for cell in cells {
        let counter = plan.table.counters.contains(&cell.col);
        let text = sheet.text(cell);
        if empty(words, sheet, cell) {
            marks += usize::from(text.is_some_and(|t| !t.chars().all(char::is_whitespace)));
            continue;
        }
        if let (Some(text), true) = (text, filled < 2) {
            total |= words.starts_total(text);
        }
        if filled == 0 || first_text.is_none() && numbers == 0 {
            first_text = first_text.or(text);
        }
        if counter && text.is_none() {
            continue;
        }
        filled += 1;
        numbers += usize::from(text.is_none());
        if let Some(column) = plan.column_at(cell.col).map(|i| &plan.columns[i]) {
            known += 1;
            code |= matches!(column.by, Some(model::definition::By::Code))
                || matches!(column.field.kind, FieldKind::Uscc);
        }
    }
    match filled {
        0 => Kind::Blank,
        _ if numbers == 0 && first_text.is_some_and(|t| words.starts_note(t)) => Kind::End,
        _ if total && !code => Kind::Total,
        // A name between dashes is somebody who reported nothing; a name all alone is a label.
        1 if numbers + marks == 0 && !code && plan.columns.len() > 2 => Kind::Label,
        1 if numbers + marks == 0 && !code && spans(sheet, cells) => Kind::Label,
        _ if known == 0 => Kind::Blank,
        _ => Kind::Entry,
    }
}

/// Whether the row's one text is joined over several columns.
fn spans(sheet: &Sheet, cells: &[Cell]) -> bool {
    cells.iter().any(|c| {
        heading::merges_from(sheet, c.row, c.row).iter().any(|m| m.left == c.col && m.right > m.left)
    })
}

/// Reads rows one after the other.
struct Reader<'r, 'c> {
    words: &'r Vocabulary<'c>,
    plan: &'r Plan<'c>,
    sheet: &'r Sheet,
    rows: Vec<Row>,
    troubles: Troubles,
    /// Texts already read, by column and string.
    known: FxHashMap<(u16, u32), Result<Option<Value>, Trouble>>,
}

impl<'r, 'c> Reader<'r, 'c> {
    fn new(words: &'r Vocabulary<'c>, plan: &'r Plan<'c>, sheet: &'r Sheet, rows: usize) -> Self {
        let rows = Vec::with_capacity(rows * plan.months.len().max(1));
        Self { words, plan, sheet, rows, troubles: Troubles::default(), known: FxHashMap::default() }
    }

    fn row(&mut self, row: u32, cells: Range<u32>) {
        let mut draft = Row {
            row,
            cells: cells.clone(),
            values: vec![None; self.plan.slots.len()],
            raw: Vec::new(),
            from: Vec::new(),
            month: None,
            held: false,
            filled: false,
        };
        let own = &self.sheet.cells[cells.start as usize..cells.end as usize];
        if self.plan.months.is_empty() {
            for cell in own {
                if let Some(index) = self.plan.column_at(cell.col) {
                    self.cell(index, cell, row, &mut draft);
                }
            }
            self.joined(own, row, &mut draft);
            self.time(own, row, &mut draft);
            self.finish(draft);
        } else {
            self.wide_row(own, row, draft);
        }
    }

    /// One row of a wide table: what all months share, then each month that has a value.
    fn wide_row(&mut self, own: &[Cell], row: u32, mut shared: Row) {
        let month_of = |index: usize| self.plan.months.iter().position(|m| usize::from(m.column) == index);
        let mut months = Vec::new();
        for cell in own {
            let Some(index) = self.plan.column_at(cell.col) else { continue };
            match month_of(index) {
                Some(month) => months.push((month, index, cell)),
                None => self.cell(index, cell, row, &mut shared),
            }
        }
        self.joined(own, row, &mut shared);
        let plan = self.plan;
        for (month, index, cell) in months {
            let mut draft = shared.clone();
            draft.month = Some(plan.months[month].column);
            if let Some(slot) = plan.time {
                draft.values[usize::from(slot)] = Some(plan.months[month].time.clone());
            }
            draft.filled = false;
            self.cell(index, cell, row, &mut draft);
            if draft.filled || draft.held {
                self.finish(draft);
            }
        }
    }

    fn finish(&mut self, mut draft: Row) {
        for constant in &self.plan.constants {
            draft.values[usize::from(constant.slot)].get_or_insert_with(|| constant.value.clone());
        }
        self.rows.push(draft);
    }

    /// Reads one cell into its slot.
    fn cell(&mut self, index: usize, cell: &Cell, row: u32, draft: &mut Row) {
        let column = &self.plan.columns[index];
        let number = u16::try_from(index).unwrap_or(u16::MAX);
        let reference = column.field.kind.book().is_some();
        if reference && !matches!(cell.value, CellValue::Error(_) | CellValue::FormulaWithoutValue) {
            return;
        }
        if let (Numbers::Same | Numbers::Scaled(..), CellValue::Number { value, percent: false }) =
            (column.numbers, cell.value)
            && let Some((stored, raw)) = plain_number(column, value)
        {
            self.store(number, row, column, Value::Number(stored), draft);
            draft.raw.extend(raw.map(|raw| (column.slot, raw)));
            return;
        }
        // A stored day in a column of days shows exactly as it is kept.
        if let (FieldKind::Date, CellValue::DateTime { .. }) = (&column.field.kind, cell.value)
            && column.map.is_empty()
            && let Some(day) = cell::date(cell.value)
        {
            self.store(number, row, column, Value::Date(day), draft);
            return;
        }
        let read = self.read(number, column, cell);
        let value = match read {
            Ok(None) => return,
            Ok(Some(value)) => value,
            Err(trouble) => {
                draft.held |= trouble.severity == Severity::Error;
                let value = trouble.value.clone();
                self.troubles.add(number, row, trouble);
                match value {
                    Some(value) => value,
                    None => return,
                }
            }
        };
        let text = cell::shown(self.sheet, cell);
        if !is_text_of(&value, &text) {
            draft.raw.push((column.slot, text.into_owned()));
        }
        self.store(number, row, column, value, draft);
    }

    /// Puts a value in its slot if it is within the field's bounds.
    fn store(&mut self, index: u16, row: u32, column: &Column<'_>, value: Value, draft: &mut Row) {
        if let Value::Number(n) = &value {
            let field = column.field;
            let low = field.min.filter(|min| n < min);
            let high = field.max.filter(|max| n > max);
            if low.is_some() || high.is_some() {
                let said = say::out_of_bounds(&field.title, *n, low, high, field.kind.unit());
                let (message, hint) = said;
                let trouble =
                    Trouble { code: "out-of-bounds", severity: Severity::Error, message, hint, value: None };
                self.troubles.add(index, row, trouble);
                draft.held = true;
                return;
            }
        }
        let slot = &mut draft.values[usize::from(column.slot)];
        let time = self.plan.time == Some(column.slot);
        draft.filled |= !time;
        // Several columns of one field: the first that says something counts, except for year and month apart.
        if slot.is_none() {
            *slot = Some(value);
            if self.plan.months.is_empty() && self.plan.first_column(column.slot) != Some(index) {
                draft.from.push((column.slot, From::Column(index)));
            }
        }
    }

    fn read(&mut self, index: u16, column: &Column<'_>, cell: &Cell) -> Result<Option<Value>, Trouble> {
        let repeats = !matches!(
            column.field.kind,
            FieldKind::Integer { .. }
                | FieldKind::Decimal { .. }
                | FieldKind::Amount { .. }
                | FieldKind::Uscc
        );
        if self.plan.time_columns.len() > 1 && self.plan.time_columns.contains(&index) {
            // Year and month stand apart; `time` puts them together.
            return Ok(None);
        }
        match cell.value {
            CellValue::Text(text) if repeats => {
                if let Some(known) = self.known.get(&(index, text)) {
                    return known.clone();
                }
                let read = self.read_new(column, cell);
                self.known.insert((index, text), read.clone());
                read
            }
            _ => self.read_new(column, cell),
        }
    }

    fn read_new(&self, column: &Column<'_>, cell: &Cell) -> Result<Option<Value>, Trouble> {
        let text = cell::plain_text(self.sheet, cell);
        let mapped = if column.map.is_empty() { None } else { column.map.get(&squeeze(&text)) };
        let raw = match mapped {
            Some(choice) => model::field::RawCell { text: choice, ..Default::default() },
            None => cell::raw(cell, &text),
        };
        let context = ReadContext {
            unit: column.unit.as_ref(),
            units: &self.words.content.units,
            intake: &self.words.content.intake,
            percent: column.rule.map(|r| r.percent).unwrap_or_default(),
            figure: &self.words.figures,
        };
        let read = model::field::read(&column.field.kind, &raw, &context);
        match read {
            // “9月” in a column whose year stands in the title.
            Err(trouble) if trouble.code == "not-a-period" => self
                .month_alone(&text)
                .or_else(|| self.dotted(cell, &text))
                .map_or(Err(trouble), |v| Ok(Some(v))),
            Ok(Some(Value::Period(period))) => self.fitting(column, period, &text).map(Some),
            other => other,
        }
    }

    /// A period brought to the series' own windows.
    fn fitting(&self, column: &Column<'_>, period: Period, text: &str) -> Result<Value, Trouble> {
        if self.plan.time != Some(column.slot) {
            return Ok(Value::Period(period));
        }
        when::time_value(&column.field.kind, self.plan.known.book.every, period).ok_or_else(|| {
            let (message, hint) = say::period_too_coarse(text);
            Trouble { code: "period-too-coarse", severity: Severity::Error, message, hint, value: None }
        })
    }

    /// “2023.9” as text. As a number it stays a question: 2023.1 may be January or October.
    fn dotted(&self, cell: &Cell, text: &str) -> Option<Value> {
        let plain = squeeze(text);
        let digits = matches!(cell.value, CellValue::Text(_))
            && plain.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let book = self.plan.known.book;
        let kind = &book.fields.get(book.time.as_ref()?)?.kind;
        when::time_value(kind, book.every, model::text::find_period(&plain).filter(|_| digits)?)
    }

    fn month_alone(&self, text: &str) -> Option<Value> {
        let number = when::bare_month(text).map(|(_, m)| m).or_else(|| squeeze(text).parse().ok())?;
        let period = Period::month(Month::new(self.plan.year?, number)?);
        let book = self.plan.known.book;
        when::time_value(&book.fields.get(book.time.as_ref()?)?.kind, book.every, period)
    }

    /// Cells joined downwards say the same for every row they cover; a number counts only once.
    fn joined(&mut self, own: &[Cell], row: u32, draft: &mut Row) {
        let plan = self.plan;
        for (index, column) in plan.columns.iter().enumerate() {
            if column.merges.is_empty() || own.iter().any(|c| c.col == column.col) {
                continue;
            }
            let after = column.merges.partition_point(|(top, _)| *top <= row);
            let Some((top, _)) =
                after.checked_sub(1).map(|i| column.merges[i]).filter(|(t, b)| (t + 1..=*b).contains(&row))
            else {
                continue;
            };
            let Some(anchor) = self.sheet.cell(top, column.col) else { continue };
            if column.field.kind.is_number() {
                let (message, hint) = say::joined_number(&a1(top, column.col));
                let number = u16::try_from(index).unwrap_or(u16::MAX);
                self.troubles.add(
                    number,
                    row,
                    Trouble { code: "joined-number", severity: Severity::Note, message, hint, value: None },
                );
                continue;
            }
            let before = draft.values[usize::from(column.slot)].is_some();
            self.cell(index, anchor, row, draft);
            if !before && draft.values[usize::from(column.slot)].is_some() {
                draft.from.push((column.slot, From::Above(top)));
            }
        }
    }

    /// The row's time: its own column, year and month apart, or what the table shares.
    fn time(&mut self, own: &[Cell], row: u32, draft: &mut Row) {
        let Some(slot) = self.plan.time else { return };
        if self.plan.time_columns.len() > 1 && draft.values[usize::from(slot)].is_none() {
            self.year_and_month(own, row, slot, draft);
        }
        let value = &mut draft.values[usize::from(slot)];
        if let (None, false, Some(shared)) = (&value, draft.held, &self.plan.period) {
            *value = Some(shared.value.clone());
            if !self.plan.time_columns.is_empty() {
                draft.from.push((slot, From::Shared));
            }
        }
    }

    fn year_and_month(&mut self, own: &[Cell], row: u32, slot: u16, draft: &mut Row) {
        let (mut year, mut month, mut whole, mut texts) = (None, None, None, Vec::new());
        for index in &self.plan.time_columns {
            let column = &self.plan.columns[usize::from(*index)];
            let Some(cell) = own.iter().find(|c| c.col == column.col) else { continue };
            let text = cell::plain_text(self.sheet, cell).into_owned();
            let number = squeeze(&text).trim_end_matches(['年', '月', '份']).parse::<i16>().ok();
            match number {
                Some(n @ 1900..2200) => year = Some(n),
                Some(n) => month = i8::try_from(n).ok(),
                None => whole = whole.or(model::text::parse_period(&text)),
            }
            texts.push(text);
        }
        let apart = || Some(Period::month(Month::new(year.or(self.plan.year)?, month?)?));
        let book = self.plan.known.book;
        let kind = book.time.as_ref().and_then(|t| book.fields.get(t)).map(|f| &f.kind);
        let period = whole.or_else(apart);
        let value = period.zip(kind).and_then(|(period, kind)| when::time_value(kind, book.every, period));
        match value {
            Some(value) => {
                draft.values[usize::from(slot)] = Some(value);
                draft.raw.push((slot, texts.join(" ")));
            }
            None if texts.is_empty() => {}
            None => {
                let (message, hint) = say::not_a_period(&texts.join(" "));
                let trouble =
                    Trouble { code: "not-a-period", severity: Severity::Error, message, hint, value: None };
                self.troubles.add(self.plan.time_columns[0], row, trouble);
                draft.held = true;
            }
        }
    }
}

/// A stored number as the field's, with the text to keep when that is another number.
fn plain_number(column: &Column<'_>, value: f64) -> Option<(Decimal, Option<String>)> {
    let number = cell::decimal(value)?;
    let whole = matches!(column.field.kind, FieldKind::Integer { .. });
    let (stored, raw) = match column.numbers {
        Numbers::Scaled(times, by) => {
            let stored = number.checked_mul(times)?.checked_div(by)?.normalize();
            (stored, (stored != number).then(|| number.to_string()))
        }
        _ => (number, None),
    };
    (!whole || stored.fract().is_zero()).then_some((stored, raw))
}

/// Whether a value prints exactly as the cell shows it.
fn is_text_of(value: &Value, text: &str) -> bool {
    match value {
        Value::Text(stored) => **stored == *text,
        other => prints(other, text),
    }
}

/// Whether something prints as a text, without printing it.
fn prints(what: &dyn std::fmt::Display, text: &str) -> bool {
    struct Rest<'t>(&'t str);
    impl std::fmt::Write for Rest<'_> {
        fn write_str(&mut self, part: &str) -> std::fmt::Result {
            self.0 = self.0.strip_prefix(part).ok_or(std::fmt::Error)?;
            Ok(())
        }
    }
    let mut rest = Rest(text);
    std::fmt::write(&mut rest, format_args!("{what}")).is_ok() && rest.0.is_empty()
}
