//! Values of enterprises by month, through figures; and what they account for by site.
//!
//! A figure is asked broken down by the subject of its book, month by month and for the year. January and February that are
//! returned as one are divided by days, since a value must lie somewhere in time.

use assess::attribution::{Column, Misfit, Over};
use figures::{Engine, FieldPath, Group, Outcome, Reader, Request};
use indexmap::IndexMap;
use jiff::civil::Date;
use model::content::Content;
use model::definition::{self, Every, FigureRule, LandPart, LandRole, Measure, Split};
use model::id::{BookId, EntryId, FigureId, MeasureId, UnitId};
use model::period::{Month, Window};
use model::value::Value;
use rust_decimal::Decimal;

use super::Numbers;
use crate::parcels::ground::Ground;

/// Where a figure's enterprises stand.
struct Source {
    path: FieldPath,
    /// Returned once a year: no month is known.
    yearly: bool,
}

/// One column per measure that a figure gives.
pub(super) fn columns(
    ground: &Ground<'_>,
    year: i16,
    today: Date,
    (parcels, enterprises): (&Numbers, &Numbers),
) -> IndexMap<MeasureId, Column> {
    let content = ground.content;
    let engine = Engine::new(content, &ground.sight.snapshot, Reader::COMMITTEE).on(today);
    let mut columns = IndexMap::new();
    for measure in content.measures.values() {
        let asked = measure.figure.as_ref().and_then(|figure| Some((figure, source(content, figure)?)));
        let mut filling = Filling::new(content, measure, enterprises);
        if let Some((figure, source)) = asked {
            filling.figure(&engine, figure, &source, year);
        }
        accounts(ground, year, measure, &mut filling, parcels);
        if filling.any {
            columns.insert(measure.id.clone(), filling.column);
        }
    }
    columns
}

/// By which field a figure is broken down by enterprise; none when it cannot be.
fn source(content: &Content, figure: &FigureId) -> Option<Source> {
    let register = content.book_with_role(LandRole::Enterprise.word())?;
    let mut id = figure.clone();
    let book = loop {
        match &content.figures.get(&id)?.rule {
            FigureRule::Measure { book, .. } => break content.books.get(book)?,
            FigureRule::Composite(value) => id = value.figures().first()?.clone(),
            FigureRule::Rank { .. } => return None,
        }
    };
    let field = book.subject.as_ref().and_then(|subject| book.field(subject))?;
    let refers: Option<&BookId> = field.kind.book();
    let path = FieldPath { field: field.id.clone(), of: None, level: None };
    (refers == Some(&register.id)).then(|| Source { path, yearly: book.every == Some(Every::Year) })
}

/// The question of one enterprise's value of a year, as `/figures/{figure}/trace` takes it; none when the figure is not broken
/// down by enterprise.
pub(crate) fn question(content: &Content, figure: &FigureId, year: i16, title: &str) -> Option<String> {
    let source = source(content, figure)?;
    let only = format!("{}:{title}", source.path);
    let encoded: String = only
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-._:".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    Some(format!("period={year}-12&window=year&exact=1&only={encoded}"))
}

/// The books a figure reads.
pub(crate) fn books_of<'a>(content: &'a Content, figure: &FigureId) -> Vec<&'a definition::Book> {
    let mut books = Vec::new();
    let mut open = vec![figure.clone()];
    while let Some(id) = open.pop() {
        match content.figures.get(&id).map(|figure| &figure.rule) {
            Some(FigureRule::Measure { book, .. } | FigureRule::Rank { book, .. }) => {
                books.extend(content.books.get(book));
            }
            Some(FigureRule::Composite(value)) => open.extend(value.figures()),
            None => {}
        }
    }
    books
}

/// A column that is being filled.
struct Filling<'a> {
    content: &'a Content,
    measure: &'a Measure,
    enterprises: &'a Numbers,
    column: Column,
    any: bool,
}

impl<'a> Filling<'a> {
    fn new(content: &'a Content, measure: &'a Measure, enterprises: &'a Numbers) -> Self {
        let over = match measure.over {
            definition::Over::Sum => Over::Sum,
            definition::Over::Mean => Over::Mean,
            definition::Over::Last => Over::Last,
        };
        let mut column = Column::new(enterprises.len(), Column::SCALE, over);
        column.by_meter = measure.split == Split::Additive && over == Over::Sum;
        Self { content, measure, enterprises, column, any: false }
    }

    fn figure(&mut self, engine: &Engine<'_>, figure: &FigureId, source: &Source, year: i16) {
        let ask = |month: i8, window: Window| {
            let at = Month::new(year, month)?;
            let request = Request::new(figure.clone(), at).exact().window(window).by(source.path.clone());
            Some(engine.evaluate(&request))
        };
        if !source.yearly {
            let mut begun = true;
            for month in 1..=12_i8 {
                let Some(answer) = ask(month, Window::Month) else { continue };
                let unit = answer.unit.clone();
                for (entry, value) in values(&answer.groups) {
                    begun &= month > 2;
                    self.month(entry, month, value, unit.as_ref());
                }
            }
            // Neither January nor February is there by itself: they are returned as one.
            if let (true, Some(both)) = (begun, ask(2, Window::Ytd)) {
                let unit = both.unit.clone();
                values(&both.groups).for_each(|(entry, value)| self.both(entry, year, value, unit.as_ref()));
            }
        }
        if let Some(answer) = ask(12, Window::Year) {
            let unit = answer.unit.clone();
            values(&answer.groups).for_each(|(entry, value)| self.year(entry, value, unit.as_ref()));
        }
    }

    /// A value in the measure's unit, to the steps of the column.
    fn measured(&self, value: Decimal, unit: Option<&UnitId>) -> Option<Decimal> {
        let value = match unit {
            Some(unit) => self.content.units.convert(value, unit, &self.measure.unit).ok()?,
            None => value,
        };
        Some(value.round_dp(Column::SCALE))
    }

    fn set(
        &mut self,
        entry: EntryId,
        value: Decimal,
        unit: Option<&UnitId>,
        put: impl FnOnce(&mut Column, u32, Decimal) -> Result<(), Misfit>,
    ) {
        let Some(number) = self.enterprises.of(entry) else { return };
        // What has no value in the measure's unit, or more digits than a column holds, stays missing: it is owed, not zero.
        let measured = self.measured(value, unit);
        self.any |= measured.is_some_and(|value| put(&mut self.column, number, value).is_ok());
    }

    fn month(&mut self, entry: EntryId, month: i8, value: Decimal, unit: Option<&UnitId>) {
        let at = u8::try_from(month - 1).unwrap_or_default();
        self.set(entry, value, unit, |column, number, value| column.set_month(number, at, value));
    }

    /// What January and February have together; a mean is that of both.
    fn both(&mut self, entry: EntryId, year: i16, value: Decimal, unit: Option<&UnitId>) {
        let days = |month| Month::new(year, month).map_or(1, |m| m.last_day().day());
        let (january, february) = (Decimal::from(days(1)), Decimal::from(days(2)));
        let (first, second) = match self.column.over {
            Over::Sum => {
                let first = value.checked_mul(january).and_then(|v| v.checked_div(january + february));
                let first = first.unwrap_or_default().round_dp(Column::SCALE);
                (first, value - first)
            }
            Over::Mean | Over::Last => (value, value),
        };
        self.month(entry, 1, first, unit);
        self.month(entry, 2, second, unit);
    }

    fn year(&mut self, entry: EntryId, value: Decimal, unit: Option<&UnitId>) {
        self.set(entry, value, unit, Column::set_year);
    }
}

/// The values of a breakdown by entry.
fn values(groups: &[Group]) -> impl Iterator<Item = (EntryId, Decimal)> {
    groups.iter().filter_map(|group| match &group.value {
        Outcome::Number(value) => Some((group.entry?, *value)),
        _ => None,
    })
}

/// What enterprises account for by site.
fn accounts(ground: &Ground<'_>, year: i16, measure: &Measure, filling: &mut Filling<'_>, parcels: &Numbers) {
    let Some(shelf) = ground.shelf(LandRole::SiteAccount) else { return };
    let Some(field) = shelf.land.measures.get(&measure.id).and_then(|id| shelf.book.field(id)) else {
        return;
    };
    let unit = field.kind.unit().cloned();
    for row in shelf.rows() {
        let Some(Value::Period(period)) = shelf.value(row, LandPart::Month) else { continue };
        if period.end.year() != year {
            continue;
        }
        let enterprise = shelf.entry(row, LandPart::Enterprise);
        let parcel = shelf.entry(row, LandPart::Parcel).and_then(|parcel| parcels.of(parcel));
        let value = shelf.table.value(row, &field.id).and_then(|value| value.as_number());
        let (Some(enterprise), Some(value)) = (enterprise, value) else { continue };
        let month =
            (period.window != Window::Year).then(|| u8::try_from(period.end.month() - 1).unwrap_or_default());
        filling.set(enterprise, value, unit.as_ref(), |column, number, value| {
            column.account(number, parcel, month, value)
        });
    }
}
