//! Red, yellow, green (红黄绿灯): what is wrong with an enterprise, or about to be, by the rules of the content.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use model::definition::visits::{Light, LightColour, LightTest};
use model::id::{BookId, EntryId, FieldId};
use model::period::Month;
use rust_decimal::Decimal;

use super::demands::{Shelf, weight};
use super::duties::{Duty, Reckoning};
use super::shapes::{EnterpriseLight, LightList};
use super::{Eyes, Result, date_at, entry_at, rule_view};
use crate::access::Actor;
use crate::park::Park;

/// The light of every enterprise that is not green, with the rules that turned it.
pub(super) type Colours<'a> = HashMap<EntryId, (LightColour, Vec<&'a Light>)>;

/// Lights on the day.
pub(super) fn coloured<'a>(eyes: &Eyes<'a>, duties: &[Duty<'_>]) -> Colours<'a> {
    let mut colours: Colours<'a> = HashMap::new();
    // Rules stand in the content with the red ones first.
    for light in eyes.rules.lights.iter().filter(|light| light.head.in_force(eyes.on)) {
        for enterprise in turned(eyes, light, duties) {
            let (colour, why) = colours.entry(enterprise).or_insert((light.colour, Vec::new()));
            *colour = (*colour).min(light.colour);
            why.push(light);
        }
    }
    colours
}

fn turned(eyes: &Eyes<'_>, light: &Light, duties: &[Duty<'_>]) -> HashSet<EntryId> {
    match &light.test {
        LightTest::Overdue => demanding(eyes, |left| left < 0),
        LightTest::Due(days) => demanding(eyes, |left| (0..=i64::from(*days)).contains(&left)),
        LightTest::Missed(periods) => {
            duties.iter().filter(|duty| duty.missed >= *periods).map(|duty| duty.enterprise).collect()
        }
        LightTest::Row { book, of } => {
            let Some((book, table)) = eyes.shelf(book) else { return HashSet::new() };
            let known = |row: u32| date_at(table, row, book.time.as_ref()).is_none_or(|on| on <= eyes.on);
            let rows = table.rows().filter(|row| known(*row) && eyes.meets(Some(of), table, *row));
            rows.filter_map(|row| entry_at(table, row, book.subject.as_ref())).collect()
        }
        LightTest::Fall { book, field, months, percent } => fallen(eyes, (book, field), *months, *percent),
    }
}

/// Enterprises with an open demand whose working days left are such.
fn demanding(eyes: &Eyes<'_>, such: impl Fn(i64) -> bool) -> HashSet<EntryId> {
    let Some(shelf) = Shelf::new(eyes) else { return HashSet::new() };
    let rows = shelf.rows().filter(|row| weight(&shelf.reckon(*row)).is_some_and(&such));
    rows.filter_map(|row| entry_at(shelf.table, row, shelf.book.subject.as_ref())).collect()
}

/// Enterprises whose last months of a series fell below those a year before. Both sides must be complete.
fn fallen(
    eyes: &Eyes<'_>,
    (book, field): (&BookId, &FieldId),
    months: u16,
    percent: Decimal,
) -> HashSet<EntryId> {
    let Some((book, table)) = eyes.shelf(book) else { return HashSet::new() };
    let last = last_month(eyes.on);
    let mut values: HashMap<EntryId, BTreeMap<i32, Decimal>> = HashMap::new();
    for row in table.rows().filter(|row| table.month_of_row(*row) <= last.ordinal()) {
        let whom = entry_at(table, row, book.subject.as_ref());
        let value = table.value(row, field).and_then(|value| value.as_number());
        if let (Some(whom), Some(value)) = (whom, value) {
            values.entry(whom).or_default().insert(table.month_of_row(row), value);
        }
    }
    let fell = |series: &BTreeMap<i32, Decimal>| {
        let newest = *series.keys().next_back()?;
        // A series that ended long ago says nothing about today.
        if newest < last.ordinal() - 2 {
            return None;
        }
        let sum = |end: i32| -> Option<Decimal> {
            (0..i32::from(months)).map(|back| series.get(&(end - back)).copied()).sum()
        };
        let (now, before) = (sum(newest)?, sum(newest - 12)?);
        let limit = before.checked_mul(Decimal::ONE_HUNDRED - percent)? / Decimal::ONE_HUNDRED;
        Some(before > Decimal::ZERO && now <= limit)
    };
    values.into_iter().filter(|(_, series)| fell(series) == Some(true)).map(|(whom, _)| whom).collect()
}

/// The last month that is over.
fn last_month(on: Date) -> Month {
    let month = Month::of(on);
    if month.last_day() == on { month } else { month.plus(-1) }
}

/// The lights that are not green on a day.
///
/// # Errors
/// [`super::VisitsFault`] when visits are not for this person, or the content says nothing about them.
pub fn lights(park: &Park, actor: &Actor, on: Option<Date>) -> Result<LightList> {
    let eyes = Eyes::new(park, actor, on)?;
    let duties = Reckoning::new(&eyes).duties();
    let (contacts, mut colours) = (eyes.contacts(), coloured(&eyes, &duties));
    let present = eyes.present();
    let mut items = Vec::new();
    for row in &present {
        let entry = eyes.enterprise(*row);
        let Some((light, why)) = colours.remove(&entry) else { continue };
        items.push(EnterpriseLight {
            enterprise: eyes.link(entry),
            light,
            why: why.into_iter().map(|light| rule_view(&light.head)).collect(),
            officer: contacts.get(&entry).and_then(|contact| contact.officer.clone()),
        });
    }
    items.sort_by(|a, b| (a.light, &a.enterprise.title).cmp(&(b.light, &b.enterprise.title)));
    let red = items.iter().filter(|item| item.light == LightColour::Red).count();
    let yellow = items.len() - red;
    let green = present.len() - items.len();
    Ok(LightList { on: eyes.on, items, red, yellow, green, revision: eyes.revision() })
}
