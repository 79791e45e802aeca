//! A table ready to be read: which column fills which field, in which unit, and what the table as a whole says about time.
//!
//! Everything that is wrong with a whole column or table (no unit, no period) is found here, once, and not in every row.

use std::collections::BTreeMap;

use model::definition::{BookKind, By, ColumnRule, Field, FieldKind, Layout, PlaceOfTime};
use model::entry::CellPlace;
use model::field::{RawCell, ReadContext};
use model::finding::Severity;
use model::id::{FieldId, UnitId};
use model::period::{Month, Period};
use model::text::squeeze;
use model::unit::Units;
use model::value::Value;
use office::sheet::{Sheet, a1, column_letters};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::draft::{ColumnRead, Spot};
use super::heading;
use super::tables::Table;
use super::vocabulary::{FigureTitles, Known, Role, Vocabulary};
use super::when::{self, Texts};
use crate::messages::import as say;

/// How numbers of a column become the field's.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Numbers {
    /// As they stand.
    Same,
    /// Times the first, divided by the second.
    Scaled(Decimal, Decimal),
    /// Percentages, units in cells, or nothing known: cell by cell.
    ByCell,
}

/// A column to be read.
pub(super) struct Column<'c> {
    pub col: u16,
    pub field: &'c Field,
    pub rule: Option<&'c ColumnRule>,
    pub by: Option<By>,
    pub slot: u16,
    pub unit: Option<UnitId>,
    pub numbers: Numbers,
    /// Spelling to stored value, spelling squeezed.
    pub map: FxHashMap<String, &'c str>,
    /// Rows joined in this column, first and last.
    pub merges: Vec<(u32, u32)>,
    /// Its heading's cell.
    pub heading: (u32, u16),
}

/// What the table states for all its rows.
#[derive(Clone, Debug)]
pub(super) struct Shared {
    pub slot: u16,
    pub value: Value,
    pub place: CellPlace,
}

/// A month of a wide table: its column and the value of the time field.
#[derive(Clone, Debug)]
pub(super) struct MonthColumn {
    pub column: u16,
    pub time: Value,
}

/// A table ready to be read.
pub(super) struct Plan<'c> {
    pub known: Known<'c>,
    pub table: Table,
    /// The sheet's number in the workbook.
    pub sheet: usize,
    /// The fields its rows may fill, in order.
    pub slots: Vec<FieldId>,
    pub columns: Vec<Column<'c>>,
    /// Column number from `table.left` to index in `columns`.
    by_col: Vec<u16>,
    first_columns: Vec<u16>,
    /// The slot of the time field, the columns that state it, and the year such columns may lack.
    pub time: Option<u16>,
    pub time_columns: Vec<u16>,
    pub year: Option<i16>,
    /// The period of all rows, when rows do not state their own.
    pub period: Option<Shared>,
    pub months: Vec<MonthColumn>,
    pub constants: Vec<Shared>,
}

/// No column.
const NONE: u16 = u16::MAX;

impl Plan<'_> {
    /// The index of the column at `col`.
    pub fn column_at(&self, col: u16) -> Option<usize> {
        let index = self.by_col.get(usize::from(col.checked_sub(self.table.left)?))?;
        (*index != NONE).then(|| usize::from(*index))
    }

    /// The first column that fills a slot.
    pub fn first_column(&self, slot: u16) -> Option<u16> {
        self.first_columns.get(usize::from(slot)).copied().filter(|i| *i != NONE)
    }

    /// The columns that say whom a reference field means, by slot.
    pub fn references(&self) -> Vec<(u16, Vec<u16>)> {
        let mut found: Vec<(u16, Vec<u16>)> = Vec::new();
        for (index, column) in (0u16..).zip(&self.columns) {
            if column.field.kind.book().is_none() {
                continue;
            }
            match found.iter_mut().find(|(slot, _)| *slot == column.slot) {
                Some((_, columns)) => columns.push(index),
                None => found.push((column.slot, vec![index])),
            }
        }
        found
    }

    /// The slot of a field.
    pub fn slot(&self, field: &FieldId) -> Option<u16> {
        self.slots.iter().position(|f| f == field).and_then(|i| u16::try_from(i).ok())
    }

    /// Where each slot's value stands when nothing else is said: its first column, else what the table shares.
    pub fn places(&self) -> Vec<Option<CellPlace>> {
        let mut places: Vec<Option<CellPlace>> = vec![None; self.slots.len()];
        for column in self.columns.iter().rev() {
            places[usize::from(column.slot)] = Some(CellPlace::Column(column_letters(column.col)));
        }
        for shared in self.period.iter().chain(&self.constants) {
            places[usize::from(shared.slot)].get_or_insert_with(|| shared.place.clone());
        }
        places
    }
}

/// Everything that planning a table needs to know about its surroundings.
pub(super) struct Surroundings<'s> {
    pub sheet: &'s Sheet,
    pub index: usize,
    pub file_stem: &'s str,
}

/// Prepares a table; `None` when it cannot be read at all. Findings go to `spots`.
pub(super) fn plan<'c>(
    words: &Vocabulary<'c>,
    around: &Surroundings<'_>,
    table: Table,
    spots: &mut Vec<Spot>,
) -> Option<Plan<'c>> {
    let known = words.layouts[usize::from(table.layout)];
    let fields = fields(known, &table);
    let mut plan = Plan {
        known,
        sheet: around.index,
        slots: fields,
        columns: Vec::new(),
        by_col: Vec::new(),
        first_columns: Vec::new(),
        time: None,
        time_columns: Vec::new(),
        year: None,
        period: None,
        months: Vec::new(),
        constants: Vec::new(),
        table,
    };
    let stated = title_units(words, &plan.table);
    columns(words, around.sheet, &stated, &mut plan, spots);
    constants(words, &mut plan);
    about_columns(&plan, around.sheet, spots);
    time(around, &mut plan, spots).then_some(plan)
}

/// The fields a table's rows may fill, sorted as payloads are.
fn fields(known: Known<'_>, table: &Table) -> Vec<FieldId> {
    let layout = known.layout;
    let of_columns = table.columns.iter().filter_map(|(_, role)| match role {
        Role::Rule(rule) => Some(layout.columns[usize::from(*rule)].field.clone()),
        Role::Month(..) => layout.wide.as_ref().map(|w| w.field.clone()),
    });
    let others = layout.constants.iter().map(|c| c.field.clone()).chain(known.book.time.clone());
    let mut fields: Vec<FieldId> = of_columns.chain(others).collect();
    fields.sort();
    fields.dedup();
    fields
}

fn columns<'c>(
    words: &Vocabulary<'c>,
    sheet: &Sheet,
    titles: &[UnitId],
    plan: &mut Plan<'c>,
    spots: &mut Vec<Spot>,
) {
    let Known { layout, book } = plan.known;
    let units = &words.content.units;
    plan.first_columns = vec![NONE; plan.slots.len()];
    plan.by_col = vec![NONE; usize::from(plan.table.right - plan.table.left) + 1];
    for (heading, role) in plan.table.columns.clone() {
        let (rule, field) = match role {
            Role::Rule(rule) => {
                (Some(&layout.columns[usize::from(rule)]), &layout.columns[usize::from(rule)].field)
            }
            Role::Month(..) => match &layout.wide {
                Some(wide) => (None, &wide.field),
                None => continue,
            },
        };
        let (Some(field), Some(slot)) = (book.fields.get(field), plan.slot(field)) else { continue };
        let unit = unit_of(units, field, heading.unit.as_ref(), titles, rule, layout);
        let numbers = numbers(units, field, unit.as_ref(), rule);
        if let Some(fault) = unit_fault(units, field, unit.as_ref()) {
            spots.push(
                Spot::cell(heading.row, heading.col, fault.0, Severity::Error, fault.1)
                    .about(&book.id, Some(field)),
            );
        }
        let index = u16::try_from(plan.columns.len()).unwrap_or(NONE);
        plan.by_col[usize::from(heading.col - plan.table.left)] = index;
        let first = &mut plan.first_columns[usize::from(slot)];
        *first = (*first).min(index);
        if Some(&field.id) == book.time.as_ref() {
            plan.time_columns.push(index);
        }
        plan.columns.push(Column {
            col: heading.col,
            field,
            rule,
            by: rule.and_then(|r| r.by.clone()),
            slot,
            unit,
            numbers,
            map: rule
                .map(|r| r.map.iter().map(|(k, v)| (squeeze(k), v.as_str())).collect())
                .unwrap_or_default(),
            merges: merged_rows(sheet, &plan.table, heading.col),
            heading: (heading.row, heading.col),
        });
    }
}

/// Cells joined downwards in a column of the body.
fn merged_rows(sheet: &Sheet, table: &Table, col: u16) -> Vec<(u32, u32)> {
    let first = sheet.merges.partition_point(|m| m.top < table.body.start);
    let below = sheet.merges[first..].iter().take_while(|m| m.top < table.body.end);
    below.filter(|m| m.left == col && m.bottom > m.top).map(|m| (m.top, m.bottom)).collect()
}

/// The unit of a column: its heading, the title, the layout's column, the layout – the file before the layout.
fn unit_of(
    units: &Units,
    field: &Field,
    heading: Option<&UnitId>,
    titles: &[UnitId],
    rule: Option<&ColumnRule>,
    layout: &Layout,
) -> Option<UnitId> {
    let own = field.kind.unit()?;
    if let Some(unit) = heading {
        return Some(unit.clone());
    }
    let dimension = &units.get(own.as_str())?.dimension;
    if dimension.is_plain() {
        // Percentages and plain ratios: a title's “单位：万元” is not about them.
        return Some(rule.and_then(|r| r.unit.clone()).unwrap_or_else(|| own.clone()));
    }
    let fits = |unit: &&UnitId| units.get(unit.as_str()).is_some_and(|u| u.dimension == *dimension);
    let title = titles.iter().find(fits);
    title.or_else(|| rule?.unit.as_ref()).or_else(|| layout.unit.as_ref().filter(fits)).cloned()
}

fn numbers(units: &Units, field: &Field, unit: Option<&UnitId>, rule: Option<&ColumnRule>) -> Numbers {
    let Some(own) = field.kind.unit() else {
        return if field.kind.is_number() { Numbers::Same } else { Numbers::ByCell };
    };
    use model::definition::Percent;
    let plain = units.get(own.as_str()).is_some_and(|u| u.dimension.is_plain());
    let percent = rule.map_or(Percent::Auto, |r| r.percent);
    // A column of percentages that says it is one holds plain numbers; only cells formatted as percentages differ.
    let known = if plain { percent == Percent::Percent } else { percent == Percent::Auto };
    let counts = units.get(own.as_str()).is_some_and(|u| u.dimension.0.contains_key("count"));
    match unit {
        Some(unit) if known && unit == own => Numbers::Same,
        // Counts need no unit stated.
        None if known && counts => Numbers::Same,
        Some(unit) if known => match (units.get(unit.as_str()), units.get(own.as_str())) {
            (Some(from), Some(to)) if from.dimension == to.dimension => {
                Numbers::Scaled(from.factor, to.factor)
            }
            _ => Numbers::ByCell,
        },
        _ => Numbers::ByCell,
    }
}

/// Whether a plain number in the column would be refused for its unit.
fn unit_fault(units: &Units, field: &Field, unit: Option<&UnitId>) -> Option<(&'static str, say::Said)> {
    let own = field.kind.unit()?;
    let context = ReadContext {
        unit,
        units,
        intake: &model::definition::Intake::default(),
        percent: model::definition::Percent::Percent,
        figure: &FigureTitles::default(),
    };
    let probe = RawCell { text: "1", number: Some(1.0), ..RawCell::default() };
    let trouble =
        model::field::read(&FieldKind::Decimal { unit: Some(own.clone()) }, &probe, &context).err()?;
    Some((trouble.code, (trouble.message, trouble.hint)))
}

/// Units the title states: `单位：万元`, `（单位：万元、亩）`.
fn title_units(words: &Vocabulary<'_>, table: &Table) -> Vec<UnitId> {
    let units = &words.content.units;
    let mut found = Vec::new();
    for (_, _, text) in &table.titles {
        let plain = model::text::brackets(&squeeze(text));
        for word in &words.content.intake.unit_words {
            for (at, _) in plain.match_indices(&format!("{}:", squeeze(word))) {
                let rest = &plain[at..];
                let rest = rest.split_once(':').map_or("", |(_, rest)| rest);
                let rest = rest.split(['(', ')', ';', ':']).next().unwrap_or_default();
                let whole = units.find(rest).into_iter();
                let parts = rest.split(['、', ',', '，']).filter_map(|p| units.find(p));
                found.extend(whole.chain(parts).map(|u| u.id.clone()));
            }
        }
        found.extend(heading::key(units, text).unit.and_then(|u| units.find(&u)).map(|u| u.id.clone()));
        // A cell above the table that is nothing but a unit.
        found.extend(units.find(&plain).map(|u| u.id.clone()));
    }
    found
}

fn constants(words: &Vocabulary<'_>, plan: &mut Plan<'_>) {
    let Known { layout, book } = plan.known;
    for constant in &layout.constants {
        let (Some(field), Some(slot)) = (book.fields.get(&constant.field), plan.slot(&constant.field)) else {
            continue;
        };
        let context = ReadContext {
            unit: field.kind.unit(),
            units: &words.content.units,
            intake: &words.content.intake,
            percent: model::definition::Percent::Percent,
            figure: &words.figures,
        };
        let cell = RawCell { text: &constant.value, ..RawCell::default() };
        let value = match model::field::read(&field.kind, &cell, &context) {
            Ok(value) => value,
            Err(trouble) => trouble.value,
        };
        plan.constants.extend(value.map(|value| Shared { slot, value, place: CellPlace::Layout }));
    }
}

/// Columns nobody reads, headings that stand twice, hidden columns.
fn about_columns(plan: &Plan<'_>, sheet: &Sheet, spots: &mut Vec<Spot>) {
    let book = &plan.known.book.id;
    let table = &plan.table;
    if !table.unread.is_empty() {
        let names: Vec<String> = table.unread.iter().map(heading::Heading::shown).collect();
        let at = &table.unread[0];
        let said = say::columns_unread(&names, &plan.known.layout.title);
        spots.push(Spot::cell(at.row, at.col, "columns-unread", Severity::Note, said).about(book, None));
    }
    for heading in &table.doubled {
        let said = say::heading_twice(&heading.shown());
        spots.push(
            Spot::cell(heading.row, heading.col, "heading-twice", Severity::Warning, said).about(book, None),
        );
    }
    let hidden: Vec<String> = plan
        .columns
        .iter()
        .filter(|c| sheet.hidden_cols.binary_search(&c.col).is_ok())
        .map(|c| column_letters(c.col))
        .collect();
    if !hidden.is_empty() {
        let said = say::hidden_columns_read(&hidden);
        spots.push(
            Spot::cell(table.bottom, table.left, "hidden-columns", Severity::Note, said).about(book, None),
        );
    }
}

/// Finds the period of the table; `false` when rows cannot be placed in time.
fn time(around: &Surroundings<'_>, plan: &mut Plan<'_>, spots: &mut Vec<Spot>) -> bool {
    let Known { layout, book } = plan.known;
    let Some(field) = book.time.as_ref().and_then(|t| book.fields.get(t)) else { return true };
    plan.time = plan.slot(&field.id);
    let Some(slot) = plan.time else { return true };
    let texts = Texts { titles: &plan.table.titles, sheet: &around.sheet.name, file: around.file_stem };
    let everywhere = [PlaceOfTime::Column, PlaceOfTime::Title, PlaceOfTime::Sheet, PlaceOfTime::File];
    let needed = book.kind == BookKind::Series || layout.date_from_period || book.key.contains(&field.id);
    let places: &[PlaceOfTime] = match (layout.period.is_empty(), needed) {
        (false, _) => &layout.period,
        (true, true) => &everywhere,
        (true, false) => &[],
    };
    let at = |code: &str, severity, said| {
        Spot::cell(plan.table.top, plan.table.left, code, severity, said).about(&book.id, Some(field))
    };
    if let Some(wide) = &layout.wide {
        let years: &[PlaceOfTime] = if wide.year.is_empty() { &everywhere } else { &wide.year };
        let stated = texts.search(years);
        let year = stated.year.as_ref().map(|(y, _)| *y);
        let months = month_columns(plan, year);
        if months.is_empty() {
            spots.push(at("year-missing", Severity::Error, say::year_missing()));
            return false;
        }
        plan.months = months;
        let place = stated.year.map_or(CellPlace::Layout, |(_, place)| place);
        plan.period = Some(Shared { slot, value: plan.months[0].time.clone(), place });
        return true;
    }
    let stated = texts.search(places);
    plan.year = stated.year.as_ref().map(|(y, _)| *y);
    let every = book.every;
    // A date column states the time of an event itself; only layouts that say so take the title's.
    let wanted = !matches!(field.kind, FieldKind::Date) || layout.date_from_period;
    let mut found = None;
    if let (true, Some((period, place, text))) = (wanted, stated.period) {
        found = when::time_value(&field.kind, every, period).map(|value| Shared { slot, value, place });
        if found.is_some() && plan.time_columns.is_empty() && when::is_coarse(every, period) {
            spots.push(at("period-coarse", Severity::Warning, say::period_coarse(&text, period)));
        }
    }
    plan.period = found;
    if plan.time_columns.is_empty() && plan.period.is_none() && needed {
        spots.push(at("period-missing", Severity::Error, say::period_missing()));
        return false;
    }
    true
}

fn month_columns(plan: &Plan<'_>, year: Option<i16>) -> Vec<MonthColumn> {
    let book = plan.known.book;
    let Some(field) = book.time.as_ref().and_then(|t| book.fields.get(t)) else { return Vec::new() };
    let roles: BTreeMap<u16, Role> = plan.table.columns.iter().map(|(h, role)| (h.col, *role)).collect();
    let month = |(index, column): (u16, &Column<'_>)| {
        let Some(Role::Month(own, month)) = roles.get(&column.col) else { return None };
        let period = Period::month(Month::new(own.or(year)?, *month)?);
        Some(MonthColumn { column: index, time: when::time_value(&field.kind, book.every, period)? })
    };
    (0u16..).zip(&plan.columns).filter_map(month).collect()
}

/// The table's cells with its headings.
pub(super) fn area(plan: &Plan<'_>, last_row: u32) -> String {
    let table = &plan.table;
    format!("{}:{}", a1(table.top, table.left), a1(last_row.max(table.bottom), table.right))
}

/// The columns of a table as a person checks them against the sheet.
pub(super) fn columns_read(plan: &Plan<'_>) -> Vec<ColumnRead> {
    let table = &plan.table;
    let headings = table.columns.iter().map(|(heading, _)| heading);
    let mut headings: Vec<_> = headings.chain(&table.unread).chain(&table.doubled).collect();
    headings.sort_by_key(|heading| heading.col);
    let column = |heading: &&heading::Heading| {
        let doubled = table.doubled.contains(heading);
        let read = plan.column_at(heading.col).filter(|_| !doubled).map(|index| &plan.columns[index]);
        ColumnRead {
            column: column_letters(heading.col),
            heading: heading.shown(),
            field: read.map(|column| column.field.id.clone()),
            unit: read.map_or_else(|| heading.unit.clone(), |column| column.unit.clone()),
        }
    };
    headings.iter().map(column).collect()
}
