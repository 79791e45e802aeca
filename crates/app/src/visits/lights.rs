//! Red, yellow, green (红黄绿灯): what is wrong with an enterprise, or about to be, by the rules of the content.
//!
//! Every light names the entries it saw; a rule that nobody can judge says what is missing and who has it. Deliberately absent:
//! returns of the statistics system, which the loader refuses.
//!
//! To add a kind of test: its variant in the definition, its arm in [`turned`], its book in [`book_of`].

use std::collections::{BTreeMap, HashMap};

use jiff::ToSpan;
use jiff::civil::Date;
use model::definition::visits::{ExpiringTest, Light, LightColour, LightTest, RowTest};
use model::id::{BookId, EntryId, FieldId};
use model::period::Month;
use rust_decimal::Decimal;

use super::demands::{Shelf, weight};
use super::duties::{Duty, Reckoning};
use super::shapes::{EnterpriseLight, LightBasis, LightList, LightReason, LightRule};
use super::{Eyes, Result, date_at, entry_at, rule_view};
use crate::access::Actor;
use crate::park::Park;
use crate::projects::LinkedEntry;

/// The newest row of a kind, with its day.
type Newest = Option<(Date, u32)>;

/// Entries told of one reason: the newest ones.
const MOST_ENTRIES: usize = 3;

/// What a rule saw of an enterprise.
#[derive(Clone, Default, Debug)]
pub(super) struct Seen {
    /// Entries of [`book_of`] the rule, the newest first.
    entries: Vec<EntryId>,
    day: Option<Date>,
    percent: Option<Decimal>,
    missed: Option<u16>,
}

/// The light of every enterprise that is not green, with the rules that turned it.
pub(super) type Colours<'a> = HashMap<EntryId, (LightColour, Vec<(&'a Light, Seen)>)>;

/// Lights on the day.
pub(super) fn coloured<'a>(eyes: &Eyes<'a>, duties: &[Duty<'_>]) -> Colours<'a> {
    let mut colours: Colours<'a> = HashMap::new();
    // Rules stand in the content with the red ones first.
    for light in eyes.rules.lights.iter().filter(|light| light.head.in_force(eyes.on)) {
        for (enterprise, seen) in turned(eyes, light, duties) {
            let (colour, why) = colours.entry(enterprise).or_insert((light.colour, Vec::new()));
            *colour = (*colour).min(light.colour);
            why.push((light, seen));
        }
    }
    colours
}

fn turned(eyes: &Eyes<'_>, light: &Light, duties: &[Duty<'_>]) -> HashMap<EntryId, Seen> {
    match &light.test {
        LightTest::Overdue => demanding(eyes, |left| left < 0),
        LightTest::Due(days) => demanding(eyes, |left| (0..=i64::from(*days)).contains(&left)),
        LightTest::Missed(periods) => missing(eyes, duties, *periods),
        LightTest::Row(test) => rows(eyes, test),
        LightTest::Expiring(test) => expiring(eyes, test),
        LightTest::Lacking { .. } => HashMap::new(),
        LightTest::Fall { book, field, months, percent } => fallen(eyes, (book, field), *months, *percent),
    }
}

/// The book a rule sees entries of.
fn book_of<'a>(eyes: &Eyes<'a>, light: &'a Light) -> Option<&'a BookId> {
    match &light.test {
        LightTest::Overdue | LightTest::Due(_) => eyes.rules.demand.as_ref().map(|demand| &demand.book),
        LightTest::Missed(_) => Some(&eyes.rules.visit.book),
        LightTest::Row(test) => Some(&test.book),
        LightTest::Expiring(test) => Some(&test.book),
        LightTest::Fall { book, .. } => Some(book),
        LightTest::Lacking { .. } => None,
    }
}

/// Enterprises with an open demand whose working days left are such.
fn demanding(eyes: &Eyes<'_>, such: impl Fn(i64) -> bool) -> HashMap<EntryId, Seen> {
    let mut found: HashMap<EntryId, Seen> = HashMap::new();
    let Some(shelf) = Shelf::new(eyes) else { return found };
    for row in shelf.rows() {
        let of = shelf.reckon(row);
        let whom = entry_at(shelf.table, row, shelf.book.subject.as_ref());
        if let (Some(whom), true) = (whom, weight(&of).is_some_and(&such)) {
            let seen = found.entry(whom).or_default();
            seen.entries.push(shelf.table.ids()[row as usize]);
            seen.day = seen.day.into_iter().chain(of.next.map(|(.., due)| due)).min();
        }
    }
    found
}

/// Enterprises that so many periods passed without a visit. Rules that ask for visits of a kind do not say there was none.
fn missing(eyes: &Eyes<'_>, duties: &[Duty<'_>], periods: u16) -> HashMap<EntryId, Seen> {
    let mut found: HashMap<EntryId, Seen> = HashMap::new();
    let Some((_, table)) = eyes.shelf(&eyes.rules.visit.book) else { return found };
    for duty in duties.iter().filter(|duty| duty.missed >= periods && duty.rule.counts.is_none()) {
        let seen = found.entry(duty.enterprise).or_default();
        seen.entries = duty.last.iter().map(|visit| table.ids()[visit.row as usize]).collect();
        (seen.day, seen.missed) = (Some(duty.due), Some(duty.missed));
    }
    found
}

/// Enterprises with a row that meets a test.
fn rows(eyes: &Eyes<'_>, test: &RowTest) -> HashMap<EntryId, Seen> {
    let mut found: HashMap<EntryId, Vec<(Option<Date>, u32)>> = HashMap::new();
    let Some((book, table)) = eyes.shelf(&test.book) else { return HashMap::new() };
    let begins = test.months.and_then(|months| eyes.on.checked_sub(i32::from(months).months()).ok());
    for row in table.rows() {
        let on = date_at(table, row, book.time.as_ref());
        let known = on.is_none_or(|on| on <= eyes.on && begins.is_none_or(|begins| on > begins));
        let whom = if book.id == eyes.register.id {
            Some(table.ids()[row as usize])
        } else {
            entry_at(table, row, book.subject.as_ref())
        };
        if let (Some(whom), true) = (whom, known && eyes.meets(test.among.as_ref(), table, row)) {
            found.entry(whom).or_default().push((on, row));
        }
    }
    let holds = |row: u32| {
        let past = date_at(table, row, test.past.as_ref()).is_some_and(|day| day < eyes.on);
        let over = date_at(table, row, test.until.as_ref()).is_some_and(|until| until <= eyes.on);
        (past || test.past.is_none()) && !over && eyes.meets(Some(&test.of), table, row)
    };
    let seen = |(whom, mut rows): (EntryId, Vec<(Option<Date>, u32)>)| {
        rows.sort_by_key(|(on, row)| std::cmp::Reverse((*on, *row)));
        let looked_at = if test.latest { &rows[..1] } else { &rows[..] };
        let told: Vec<u32> = looked_at.iter().map(|(_, row)| *row).filter(|row| holds(*row)).collect();
        let day = date_at(table, *told.first()?, test.past.as_ref());
        let entries = told.iter().map(|row| table.ids()[*row as usize]).collect();
        Some((whom, Seen { entries, day, ..Seen::default() }))
    };
    found.into_iter().filter_map(seen).collect()
}

/// Enterprises with something that ends within so many months, and nothing done about it since it was given.
fn expiring(eyes: &Eyes<'_>, test: &ExpiringTest) -> HashMap<EntryId, Seen> {
    let Some((book, table)) = eyes.shelf(&test.book) else { return HashMap::new() };
    let last = eyes.on.checked_add(i32::from(test.months).months()).unwrap_or(Date::MAX);
    // The newest row that gives each thing, and the newest that does something about it.
    let mut held: HashMap<(EntryId, Vec<String>), [Newest; 2]> = HashMap::new();
    for row in table.rows() {
        let whom = entry_at(table, row, book.subject.as_ref());
        let on = date_at(table, row, book.time.as_ref()).filter(|on| *on <= eyes.on);
        let (Some(whom), Some(on)) = (whom, on) else { continue };
        let text = |field: &FieldId| eyes.text(book, table, row, Some(field)).unwrap_or_default();
        let newest = held.entry((whom, test.by.iter().map(text).collect())).or_default();
        for (at, such) in newest.iter_mut().zip([&test.of, &test.action]) {
            if eyes.meets(Some(such), table, row) {
                *at = (*at).max(Some((on, row)));
            }
        }
    }
    let mut found: HashMap<EntryId, Seen> = HashMap::new();
    for ((whom, _), [given, done]) in held {
        let open = given.filter(|(on, _)| done.is_none_or(|(done, _)| done <= *on));
        let Some((on, row)) = open else { continue };
        let until = date_at(table, row, Some(&test.until));
        if until.is_some_and(|until| until >= eyes.on && until <= last && until > on) {
            let seen = found.entry(whom).or_default();
            seen.entries.push(table.ids()[row as usize]);
            seen.day = seen.day.into_iter().chain(until).min();
        }
    }
    for seen in found.values_mut() {
        seen.entries.sort_unstable();
    }
    found
}

/// Enterprises whose last months of a series fell below those a year before. Both sides must be complete.
fn fallen(
    eyes: &Eyes<'_>,
    (book, field): (&BookId, &FieldId),
    months: u16,
    percent: Decimal,
) -> HashMap<EntryId, Seen> {
    let Some((book, table)) = eyes.shelf(book) else { return HashMap::new() };
    let last = last_month(eyes.on);
    let mut values: HashMap<EntryId, BTreeMap<i32, (Decimal, u32)>> = HashMap::new();
    for row in table.rows().filter(|row| table.month_of_row(*row) <= last.ordinal()) {
        let whom = entry_at(table, row, book.subject.as_ref());
        let value = table.value(row, field).and_then(|value| value.as_number());
        if let (Some(whom), Some(value)) = (whom, value) {
            values.entry(whom).or_default().insert(table.month_of_row(row), (value, row));
        }
    }
    let fell = |series: &BTreeMap<i32, (Decimal, u32)>| {
        let newest = *series.keys().next_back()?;
        // A series that ended long ago says nothing about today.
        if newest < last.ordinal() - 2 {
            return None;
        }
        let span = |end: i32| (0..i32::from(months)).map(move |back| end - back);
        let sum = |end: i32| -> Option<Decimal> {
            span(end).map(|month| series.get(&month).map(|(value, _)| *value)).sum()
        };
        let (now, before) = (sum(newest)?, sum(newest - 12)?);
        let limit = before.checked_mul(Decimal::ONE_HUNDRED - percent)? / Decimal::ONE_HUNDRED;
        if before <= Decimal::ZERO || now > limit {
            return None;
        }
        let fall = (before - now).checked_mul(Decimal::ONE_HUNDRED)? / before;
        let entries = span(newest).filter_map(|month| series.get(&month));
        let entries = entries.map(|(_, row)| table.ids()[*row as usize]).collect();
        Some(Seen { entries, percent: Some(fall.round_dp(1).normalize()), ..Seen::default() })
    };
    values.into_iter().filter_map(|(whom, series)| Some((whom, fell(&series)?))).collect()
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
    let mut turned: HashMap<&str, usize> = HashMap::new();
    let mut items = Vec::new();
    for row in &present {
        let entry = eyes.enterprise(*row);
        let Some((light, why)) = colours.remove(&entry) else { continue };
        for (rule, _) in &why {
            *turned.entry(rule.head.id.as_str()).or_default() += 1;
        }
        items.push(EnterpriseLight {
            enterprise: eyes.link(entry),
            light,
            why: why.into_iter().map(|(light, seen)| reason(&eyes, light, seen, entry)).collect(),
            officer: contacts.get(&entry).and_then(|contact| contact.officer.clone()),
        });
    }
    items.sort_by(|a, b| (a.light, &a.enterprise.title).cmp(&(b.light, &b.enterprise.title)));
    let red = items.iter().filter(|item| item.light == LightColour::Red).count();
    let yellow = items.len() - red;
    let green = present.len() - items.len();
    let rules = eyes.rules.lights.iter().filter(|light| light.head.in_force(eyes.on));
    let rules = rules.map(|light| rule(&eyes, light, turned.get(light.head.id.as_str()).copied()));
    Ok(LightList {
        on: eyes.on,
        rules: rules.collect(),
        items,
        red,
        yellow,
        green,
        revision: eyes.revision(),
    })
}

/// What a rule saw, as it is told.
fn reason(eyes: &Eyes<'_>, light: &Light, seen: Seen, whom: EntryId) -> LightReason {
    let book = book_of(eyes, light);
    let name = eyes.link(whom).title;
    // Titles of rows about an enterprise begin with its name, which stands beside the light already.
    let short = |title: String| {
        let rest = title.strip_prefix(&name).map(|rest| rest.trim_start_matches([' ', '·']).to_owned());
        rest.filter(|rest| !rest.is_empty()).unwrap_or(title)
    };
    // A row of the register is the enterprise itself.
    let entries = seen.entries.into_iter().filter(|entry| *entry != whom).take(MOST_ENTRIES);
    LightReason {
        rule: rule_view(&light.head),
        colour: light.colour,
        entries: entries
            .map(|entry| LinkedEntry { entry, title: short(eyes.sight.title(entry, book)) })
            .collect(),
        day: seen.day,
        percent: seen.percent,
        missed: seen.missed,
    }
}

/// A rule with what it rests on.
fn rule(eyes: &Eyes<'_>, light: &Light, turned: Option<usize>) -> LightRule {
    let book = book_of(eyes, light).and_then(|id| eyes.sight.content.books.get(id));
    let (basis, data, holder) = match (&light.test, book) {
        (LightTest::Lacking { what, holder }, _) => (LightBasis::Lacking, what.clone(), holder.clone()),
        (_, None) => (LightBasis::Lacking, String::new(), String::new()),
        (_, Some(book)) => {
            let basis = match eyes.shelf(&book.id) {
                None => LightBasis::Unreadable,
                Some((_, table)) if table.is_empty() => LightBasis::Empty,
                Some(_) => LightBasis::Judged,
            };
            (basis, book.title.clone(), book.department.clone())
        }
    };
    let turned = turned.unwrap_or(0);
    LightRule { rule: rule_view(&light.head), colour: light.colour, basis, data, holder, turned }
}
