//! The columns of ladders from the books of a park: data by year or as of a day, qualifications by their events.
//!
//! Deliberately absent: judging (`assess::ladder`), and what a person may see; standing is reckoned from all rows.

use std::collections::HashMap;

use assess::ladder::{Enterprises, MISSING};
use figures::{Snapshot, Table};
use jiff::ToSpan;
use jiff::civil::Date;
use model::content::Content;
use model::definition::{
    Book, Datum, DatumKind, DatumSource, Qualification, QualificationBook, Standing, Taken,
};
use model::expr::{Expr, eval};
use model::id::{BookId, DatumId, EntryId, FieldId, QualificationId, UnitId};
use model::value::Value;
use rust_decimal::Decimal;

/// The most years any criterion looks back at.
pub(super) const YEARS: usize = 4;

/// Where a value was read: an entry and its field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    pub entry: EntryId,
    pub field: Option<FieldId>,
}

/// Everything ladders ask, for a list of enterprises.
pub(crate) struct Feed {
    pub columns: Enterprises,
    /// The rows behind the data of an enterprise, by datum and year back; kept only where somebody asks for them.
    pub places: HashMap<(DatumId, usize), Vec<Place>>,
    /// How each enterprise stands to each qualification.
    pub standing: HashMap<QualificationId, Vec<Option<Standing>>>,
    /// The last day of the newest term of each qualification.
    pub until: HashMap<QualificationId, Vec<Option<Date>>>,
}

/// A row as expressions see it.
struct Row<'a> {
    table: &'a Table,
    row: u32,
}

impl eval::Row for Row<'_> {
    fn field(&self, field: &FieldId) -> Option<Value> {
        self.table.value(self.row, field)
    }
}

/// The rows of a book about enterprises, with the place of the enterprise in the list.
pub(super) struct About<'a> {
    book: &'a Book,
    pub table: &'a Table,
    pub rows: Vec<(u32, usize)>,
}

/// Reads the columns of `who` as of a day. With `places`, the rows behind every value are kept.
pub(crate) fn feed(content: &Content, snapshot: &Snapshot, who: &[EntryId], on: Date, places: bool) -> Feed {
    let index: HashMap<EntryId, usize> = who.iter().copied().zip(0..).collect();
    let mut feed = Feed {
        columns: Enterprises::new(who.len(), on),
        places: HashMap::new(),
        standing: HashMap::new(),
        until: HashMap::new(),
    };
    // A handful of books and conditions, asked by many data.
    let mut known: Vec<(&BookId, Option<&Expr>, About<'_>)> = Vec::new();
    for datum in content.data.values() {
        let Some(source) = &datum.from else { continue };
        let keep = source.keep.as_ref();
        let place = known.iter().position(|(book, rule, _)| **book == source.book && *rule == keep);
        let place = if let Some(place) = place {
            place
        } else {
            let about = About::of(content, snapshot, &source.book, keep, &index);
            let Some(about) = about else { continue };
            known.push((&source.book, keep, about));
            known.len() - 1
        };
        read(content, &known[place].2, datum, source, places, &mut feed);
    }
    before_they_were(content, &mut feed);
    if let Some(recorded) = &content.qualification_book {
        for qualification in content.qualifications.values() {
            stand(content, snapshot, recorded, qualification, &index, &mut feed);
        }
    }
    feed
}

impl Feed {
    /// Whether enterprise `i` holds a qualification; none: nothing is recorded.
    pub(crate) fn held(&self, id: &QualificationId, i: usize) -> Option<bool> {
        let standing = self.standing.get(id)?.get(i).copied().flatten()?;
        Some(super::holds(Some(standing)))
    }
}

impl<'a> About<'a> {
    pub fn of(
        content: &'a Content,
        snapshot: &'a Snapshot,
        book: &BookId,
        keep: Option<&Expr>,
        index: &HashMap<EntryId, usize>,
    ) -> Option<Self> {
        let book = content.books.get(book)?;
        let table = snapshot.table(&book.id)?;
        let whom = |row: u32| match &book.subject {
            Some(field) => table.value(row, field)?.as_entry(),
            None => Some(table.ids()[row as usize]),
        };
        let rows = table.rows().filter_map(|row| {
            let place = *index.get(&whom(row)?)?;
            let kept = keep.is_none_or(|rule| eval::truth(rule, &Row { table, row }) == Some(true));
            kept.then_some((row, place))
        });
        let rows = rows.collect();
        Some(Self { book, table, rows })
    }

    /// The day a row counts from; of a period its last.
    pub fn day(&self, row: u32) -> Option<Date> {
        match self.table.value(row, self.book.time.as_ref()?)? {
            Value::Date(date) => Some(date),
            Value::Period(period) => Some(period.end.last_day()),
            Value::Number(year) => {
                let year = i16::try_from(year.trunc().mantissa()).ok()?;
                Date::new(year, 12, 31).ok()
            }
            _ => None,
        }
    }
}

fn read(
    content: &Content,
    about: &About<'_>,
    datum: &Datum,
    source: &DatumSource,
    places: bool,
    feed: &mut Feed,
) {
    let on = feed.columns.on;
    match &source.taken {
        Taken::Count { since, until } => count(about, datum, since.as_ref(), until.as_ref(), places, feed),
        Taken::Field { field, unit, words, within } => {
            let value = |row| {
                let value = about.table.value(row, field)?;
                let code = code(content, datum, unit.as_ref(), words, &value);
                if holds_within(about, within, row, on) { code } else { code.map(|_| 0) }
            };
            if datum.yearly {
                yearly(about, datum, field, &value, places, feed);
            } else {
                newest(about, datum, field, &value, places, feed);
            }
        }
    }
}

/// Whether a day is between the days of a row; a day that is not there is no bound.
fn holds_within(about: &About<'_>, [since, until]: &[Option<FieldId>; 2], row: u32, on: Date) -> bool {
    let day = |field: &Option<FieldId>| match about.table.value(row, field.as_ref()?)? {
        Value::Date(date) => Some(date),
        _ => None,
    };
    day(since).is_none_or(|since| since <= on) && day(until).is_none_or(|until| on <= until)
}

/// The number a column holds for a value.
fn code(
    content: &Content,
    datum: &Datum,
    unit: Option<&UnitId>,
    words: &indexmap::IndexMap<String, usize>,
    value: &Value,
) -> Option<i64> {
    let number = |number: Decimal| assess::ladder::millionths(number);
    match (&datum.kind, value) {
        (DatumKind::Date, Value::Date(date)) => Some(assess::ladder::day(*date)),
        (DatumKind::YesNo, Value::Flag(flag)) => number(Decimal::from(u8::from(*flag))),
        (DatumKind::YesNo | DatumKind::Choice(_), Value::Text(text)) => {
            let meant = words.iter().find(|(word, _)| {
                **word == **text || (word.ends_with('/') && text.starts_with(word.as_str()))
            });
            number(Decimal::from(*meant?.1))
        }
        (DatumKind::Number | DatumKind::Count, Value::Number(found)) => {
            let found = match (unit, &datum.unit) {
                (Some(from), Some(to)) => content.units.convert(*found, from, to).ok()?,
                _ => *found,
            };
            number(found)
        }
        _ => None,
    }
}

/// One column per year back from the last complete one.
fn yearly(
    about: &About<'_>,
    datum: &Datum,
    field: &FieldId,
    value: &impl Fn(u32) -> Option<i64>,
    places: bool,
    feed: &mut Feed,
) {
    let (len, on) = (feed.columns.len, feed.columns.on);
    let mut years = vec![vec![MISSING; len]; YEARS];
    for (row, place) in &about.rows {
        let Some(year) = about.day(*row).map(Date::year) else { continue };
        let Ok(back) = usize::try_from(on.year() - 1 - year) else { continue };
        let (Some(column), Some(value)) = (years.get_mut(back), value(*row)) else { continue };
        column[*place] = value;
        if places {
            let at = Place { entry: about.table.ids()[*row as usize], field: Some(field.clone()) };
            feed.places.insert((datum.id.clone(), back), vec![at]);
        }
    }
    for (back, column) in years.into_iter().enumerate() {
        feed.columns.set(datum.id.clone(), back, column);
    }
}

/// Years that ended before an enterprise was founded are zero, not missing: it had no research and no sales then, and rules count the
/// years it has worked. The last complete year is left as it is reported.
fn before_they_were(content: &Content, feed: &mut Feed) {
    let Some(founded) = &content.ladder_founded else { return };
    let on = feed.columns.on;
    let Ok(last) = Date::new(on.year() - 1, 12, 31) else { return };
    for back in 1..YEARS {
        let Some(end) = i32::try_from(back).ok().and_then(|back| last.checked_sub(back.years()).ok()) else {
            continue;
        };
        let end = assess::ladder::day(end);
        let young: Vec<usize> = (0..feed.columns.len)
            .filter(|i| feed.columns.value(founded, 0, *i).is_some_and(|day| day > end))
            .collect();
        for datum in content.data.values() {
            let number = matches!(datum.kind, DatumKind::Number | DatumKind::Count);
            if number && datum.yearly && datum.from.is_some() {
                feed.columns.fill(&datum.id, back, &young, 0);
            }
        }
    }
}

/// The newest row that counts on the day. Rows of the register itself have no day.
fn newest(
    about: &About<'_>,
    datum: &Datum,
    field: &FieldId,
    value: &impl Fn(u32) -> Option<i64>,
    places: bool,
    feed: &mut Feed,
) {
    let (len, on) = (feed.columns.len, feed.columns.on);
    let mut column = vec![MISSING; len];
    let mut seen: Vec<Option<Date>> = vec![None; len];
    for (row, place) in &about.rows {
        let day = about.day(*row);
        if day.is_some_and(|day| day > on) || day < seen[*place] {
            continue;
        }
        let Some(value) = value(*row) else { continue };
        column[*place] = value;
        seen[*place] = day;
        if places {
            let at = Place { entry: about.table.ids()[*row as usize], field: Some(field.clone()) };
            feed.places.insert((datum.id.clone(), 0), vec![at]);
        }
    }
    feed.columns.set(datum.id.clone(), 0, column);
}

/// How many rows hold on the day. A book with rows is the whole list, so an enterprise that is not in it has none; an empty book says
/// nothing of anybody.
fn count(
    about: &About<'_>,
    datum: &Datum,
    since: Option<&FieldId>,
    until: Option<&FieldId>,
    places: bool,
    feed: &mut Feed,
) {
    if about.table.is_empty() {
        return;
    }
    let (len, on) = (feed.columns.len, feed.columns.on);
    let mut numbers = vec![0i64; len];
    let day = |row: u32, field: Option<&FieldId>| match about.table.value(row, field?)? {
        Value::Date(date) => Some(date),
        _ => None,
    };
    for (row, place) in &about.rows {
        let begun = since.is_none() || day(*row, since).is_some_and(|day| day <= on);
        let over = day(*row, until).is_some_and(|day| day < on);
        if begun && !over {
            numbers[*place] += 1;
            if places {
                let at = Place { entry: about.table.ids()[*row as usize], field: None };
                feed.places.entry((datum.id.clone(), 0)).or_default().push(at);
            }
        }
    }
    let column = numbers.into_iter().map(|n| assess::ladder::millionths(Decimal::from(n)).unwrap_or(MISSING));
    feed.columns.set(datum.id.clone(), 0, column.collect());
}

/// How enterprises stand to one qualification on the day.
fn stand(
    content: &Content,
    snapshot: &Snapshot,
    recorded: &QualificationBook,
    qualification: &Qualification,
    index: &HashMap<EntryId, usize>,
    feed: &mut Feed,
) {
    let Some(keep) = &qualification.keep else { return };
    let Some(about) = About::of(content, snapshot, &recorded.book, Some(keep), index) else { return };
    let on = feed.columns.on;
    let mut events: Vec<Vec<Event>> = vec![Vec::new(); feed.columns.len];
    for (row, place) in &about.rows {
        let (Some(day), Some(Value::Text(word))) =
            (about.day(*row), about.table.value(*row, &recorded.event))
        else {
            continue;
        };
        let Some(standing) = recorded.states.get(&*word).filter(|_| day <= on) else { continue };
        let stated = recorded.expires.as_ref().and_then(|field| about.table.value(*row, field));
        let until = match stated {
            Some(Value::Date(date)) => Some(date),
            _ => term(qualification, day),
        };
        events[*place].push(Event { day, standing: *standing, until });
    }
    let none = recorded.complete.then_some(Standing::None);
    let on_list: Vec<Option<bool>> = (0..feed.columns.len)
        .map(|i| Some(feed.columns.value(qualification.listed.as_ref()?, 0, i)? > 0))
        .collect();
    let settled = events.into_iter().zip(on_list).map(|(mut events, on_list)| {
        events.sort_by_key(|event| event.day);
        let told = settle(&events, on).map_or((none, None), |(standing, until)| (Some(standing), until));
        match (on_list, told) {
            (Some(true), (standing, until)) if !super::holds(standing) => {
                (Some(Standing::Recognised), until.filter(|until| *until >= on))
            }
            // Taken off the list (退库).
            (Some(false), (standing, until)) if super::holds(standing) => (Some(Standing::Expired), until),
            (_, told) => told,
        }
    });
    let (column, until): (Vec<_>, Vec<_>) = settled.unzip();
    feed.columns.hold(qualification.id.clone(), column.clone());
    feed.standing.insert(qualification.id.clone(), column);
    feed.until.insert(qualification.id.clone(), until);
}

/// The last day of a term that begins on a day; none: there is no fixed term.
fn term(qualification: &Qualification, day: Date) -> Option<Date> {
    let years = qualification.years?;
    if qualification.calendar {
        return Date::new(day.year() + i16::from(years) - 1, 12, 31).ok();
    }
    day.checked_add(i32::from(years).years()).ok()
}

#[derive(Clone, Copy, Debug)]
struct Event {
    day: Date,
    standing: Standing,
    until: Option<Date>,
}

/// Where the events up to a day leave an enterprise: what it holds while it holds it; else the application under way; else that its
/// term is over or was taken away.
fn settle(events: &[Event], on: Date) -> Option<(Standing, Option<Date>)> {
    let granted = |event: &&Event| {
        matches!(event.standing, Standing::Recognised | Standing::ReRecognised | Standing::Revoked)
    };
    let last = events.last()?;
    let Some(decided) = events.iter().rev().find(granted) else { return Some((last.standing, None)) };
    let over = decided.until.is_some_and(|until| until < on);
    if decided.standing != Standing::Revoked && !over {
        return Some((decided.standing, decided.until));
    }
    if last.day > decided.day && matches!(last.standing, Standing::Applied | Standing::Publicised) {
        return Some((last.standing, decided.until));
    }
    let standing = if decided.standing == Standing::Revoked { Standing::Revoked } else { Standing::Expired };
    Some((standing, decided.until))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn event(day: Date, standing: Standing, until: Option<Date>) -> Event {
        Event { day, standing, until }
    }

    #[test]
    fn states_are_never_merged() {
        let until = Some(date(2023, 11, 30));
        let events = [
            event(date(2020, 9, 1), Standing::Applied, None),
            event(date(2020, 12, 1), Standing::Recognised, until),
            event(date(2023, 8, 1), Standing::Applied, None),
        ];
        assert_eq!(settle(&[], date(2023, 1, 1)), None, "nothing recorded");
        assert_eq!(settle(&events[..1], date(2020, 9, 1)), Some((Standing::Applied, None)));
        assert_eq!(
            settle(&events, date(2023, 11, 30)),
            Some((Standing::Recognised, until)),
            "on its last day"
        );
        assert_eq!(settle(&events, date(2023, 12, 1)), Some((Standing::Applied, until)), "applied again");
        assert_eq!(settle(&events[..2], date(2023, 12, 1)), Some((Standing::Expired, until)));
        let gone = [events[1], event(date(2022, 1, 1), Standing::Revoked, None)];
        assert_eq!(settle(&gone, date(2022, 6, 1)), Some((Standing::Revoked, None)));
    }
}
