//! Visits that are due: by period (once a quarter, once a year) and, to those who came lately, within some months.

use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::Date;
use model::definition::visits::{Frequency, Group, LightColour, Rhythm};
use model::id::EntryId;
use model::period::{Month, Period};

use super::lights::coloured;
use super::shapes::{DueVisit, DutyState, RuleProgress, VisitsDue};
use super::{ContactOf, Eyes, Result, Visit, date_at, entry_at, names, rule_view};
use crate::access::Actor;
use crate::clock::days_between;
use crate::park::Park;

/// Periods looked back at: ten years of quarters.
const MOST_PERIODS: u16 = 40;

/// A visit due to one enterprise by one rule.
#[derive(Clone, Debug)]
pub(super) struct Duty<'a> {
    pub rule: &'a Frequency,
    pub enterprise: EntryId,
    /// The last visit that counts.
    pub last: Option<Visit>,
    /// The first day of the period.
    pub begins: Date,
    pub due: Date,
    pub state: DutyState,
    pub missed: u16,
}

/// Enterprises a rule asks for, as rows of the register, and since when; none is always.
type Asked = HashMap<u32, Option<Date>>;

/// Everything duties are reckoned from.
pub(super) struct Reckoning<'a, 'e> {
    pub eyes: &'e Eyes<'a>,
    pub visits: HashMap<EntryId, Vec<Visit>>,
    /// The first visit of all: nobody is late for a period before it.
    earliest: Option<Date>,
}

impl<'a, 'e> Reckoning<'a, 'e> {
    pub fn new(eyes: &'e Eyes<'a>) -> Self {
        let visits = eyes.visits();
        let earliest = visits.values().filter_map(|of| of.first()).map(|visit| visit.on).min();
        Self { eyes, visits, earliest }
    }

    /// All duties of the day.
    pub fn duties(&self) -> Vec<Duty<'a>> {
        let eyes = self.eyes;
        let rows = eyes.present();
        // Rules refer to those before them, in force or not.
        let mut asked: HashMap<&str, Asked> = HashMap::new();
        let mut duties = Vec::new();
        for rule in &eyes.rules.frequencies {
            let of = self.asked(rule, &rows, &asked);
            if rule.head.in_force(eyes.on) {
                let whom = rows.iter().filter_map(|row| Some((*row, *of.get(row)?)));
                duties.extend(whom.filter_map(|(row, from)| self.duty(rule, row, from)));
            }
            asked.insert(&rule.head.id, of);
        }
        duties
    }

    /// The enterprises a rule asks for, of those that are there.
    fn asked(&self, rule: &Frequency, rows: &[u32], before: &HashMap<&str, Asked>) -> Asked {
        let table = self.eyes.sight.table(self.eyes.register);
        let one_of = |ids: &[String], row: u32| -> Option<Option<Date>> {
            ids.iter().filter_map(|id| before.get(id.as_str())?.get(&row).copied()).min()
        };
        let named = self.named(&rule.group);
        let of = |row: u32| match &rule.group {
            Group::All => Some(None),
            Group::Register(of) => self.eyes.meets(Some(of), table, row).then_some(None),
            Group::Rows { .. } => named.get(&self.eyes.enterprise(row)).copied(),
            Group::Like(ids) => one_of(ids, row),
        };
        let asked = rows.iter().filter(|row| one_of(&rule.unless, **row).is_none());
        asked.filter_map(|row| Some((*row, of(*row)?))).collect()
    }

    /// The enterprises that rows of another book name on the day, since when. Who is to be visited is the same for everybody, so
    /// the book's own rights are not asked: nothing of it is told but that.
    fn named(&self, group: &Group) -> HashMap<EntryId, Option<Date>> {
        let mut found: HashMap<EntryId, Option<Date>> = HashMap::new();
        let Group::Rows { book, enterprise, of, from, until } = group else { return found };
        let sight = &self.eyes.sight;
        let Some(book) = sight.content.books.get(book) else { return found };
        let (table, on) = (sight.table(book), self.eyes.on);
        for row in table.rows().filter(|row| self.eyes.meets(of.as_ref(), table, *row)) {
            let since = date_at(table, row, from.as_ref());
            let over = date_at(table, row, until.as_ref()).is_some_and(|until| until <= on);
            let whom = entry_at(table, row, Some(enterprise));
            if let (Some(whom), false) = (whom, over || since.is_some_and(|since| since > on)) {
                let kept = found.entry(whom).or_insert(since);
                *kept = (*kept).min(since);
            }
        }
        found
    }

    /// What a rule that has asked for an enterprise since a day makes due.
    fn duty(&self, rule: &'a Frequency, row: u32, from: Option<Date>) -> Option<Duty<'a>> {
        let enterprise = self.eyes.enterprise(row);
        let counted = self.counted(rule, enterprise);
        match rule.rhythm {
            Rhythm::Every(every) => {
                let period = Period::containing(Month::of(self.eyes.on), every.window());
                self.periodic(rule, (enterprise, self.eyes.since(row).max(from)), period, &counted)
            }
            Rhythm::Within(months) => {
                let since =
                    self.eyes.newly(row).filter(|since| rule.head.from.is_none_or(|f| f <= *since))?;
                let due = since.checked_add(i32::from(months).months()).ok()?;
                let visit = counted.iter().find(|visit| visit.on >= since).copied();
                let state = match visit {
                    Some(_) => DutyState::Done,
                    None if due < self.eyes.on => DutyState::Late,
                    None => DutyState::Due,
                };
                Some(Duty { rule, enterprise, last: visit, begins: since, due, state, missed: 0 })
            }
        }
    }

    fn periodic(
        &self,
        rule: &'a Frequency,
        (enterprise, since): (EntryId, Option<Date>),
        period: Period,
        counted: &[Visit],
    ) -> Option<Duty<'a>> {
        // Whoever came in the middle of a period is a newcomer in it; the first full period is the first that asks.
        let asks = |period: &Period| {
            let begins = period.first_day();
            since.is_none_or(|since| since <= begins) && rule.head.from.is_none_or(|from| from <= begins)
        };
        if !asks(&period) {
            return None;
        }
        let within = |period: &Period| {
            counted.iter().rfind(|v| v.on >= period.first_day() && v.on <= period.last_day())
        };
        let last = counted.last().copied();
        let begins = period.first_day();
        if within(&period).is_some() {
            let due = period.last_day();
            return Some(Duty { rule, enterprise, last, begins, due, state: DutyState::Done, missed: 0 });
        }
        let (mut missed, mut due, mut at) = (0, period.last_day(), period);
        while missed < MOST_PERIODS
            && let Some(before) = at.previous().filter(|before| asks(before) && within(before).is_none())
            && self.earliest.is_some_and(|earliest| earliest <= before.first_day())
        {
            (missed, due, at) = (missed + 1, before.last_day(), before);
        }
        let state = if missed > 0 { DutyState::Late } else { DutyState::Due };
        Some(Duty { rule, enterprise, last, begins, due, state, missed })
    }

    /// The visits to an enterprise that count for a rule, oldest first.
    fn counted(&self, rule: &Frequency, enterprise: EntryId) -> Vec<Visit> {
        let Some(all) = self.visits.get(&enterprise) else { return Vec::new() };
        let Some((_, table)) = self.eyes.shelf(&self.eyes.rules.visit.book) else { return Vec::new() };
        all.iter().filter(|visit| self.eyes.meets(rule.counts.as_ref(), table, visit.row)).copied().collect()
    }

    /// The entry of a visit.
    pub fn entry(&self, visit: Visit) -> Option<u64> {
        let (_, table) = self.eyes.shelf(&self.eyes.rules.visit.book)?;
        Some(table.ids()[visit.row as usize].0)
    }

    /// A duty as it is told.
    pub fn view(&self, duty: &Duty<'_>, contact: Option<&ContactOf>, light: LightColour) -> DueVisit {
        let contact = contact.cloned().unwrap_or_default();
        DueVisit {
            enterprise: self.eyes.link(duty.enterprise),
            rule: duty.rule.head.id.clone(),
            officer: contact.officer,
            department: contact.department,
            last: duty.last.map(|visit| visit.on),
            last_entry: duty.last.and_then(|visit| self.entry(visit)),
            due: duty.due,
            days: days_between(self.eyes.on, duty.due),
            state: duty.state,
            missed: duty.missed,
            light,
        }
    }
}

/// The visits due on a day – today where none is said – with those already made, late ones first.
///
/// # Errors
/// [`super::VisitsFault`] when visits are not for this person, or the content says nothing about them.
pub fn visits_due(park: &Park, actor: &Actor, on: Option<Date>) -> Result<VisitsDue> {
    let eyes = Eyes::new(park, actor, on)?;
    let reckoning = Reckoning::new(&eyes);
    let duties = reckoning.duties();
    let contacts = eyes.contacts();
    let colours = coloured(&eyes, &duties);
    let mut items: Vec<DueVisit> = duties
        .iter()
        .map(|duty| {
            let light = colours.get(&duty.enterprise).map_or(LightColour::Green, |(colour, _)| *colour);
            reckoning.view(duty, contacts.get(&duty.enterprise), light)
        })
        .collect();
    items.sort_by(|a, b| {
        (a.state, a.due, &a.enterprise.title, &a.rule).cmp(&(b.state, b.due, &b.enterprise.title, &b.rule))
    });
    let rules = eyes.rules.frequencies.iter().filter(|rule| rule.head.in_force(eyes.on)).map(|rule| {
        let count = |state: Option<DutyState>| {
            let of = items.iter().filter(|item| item.rule == rule.head.id);
            of.filter(|item| state.is_none_or(|state| item.state == state)).count()
        };
        RuleProgress {
            rule: rule_view(&rule.head),
            planned: count(None),
            done: count(Some(DutyState::Done)),
            late: count(Some(DutyState::Late)),
        }
    });
    Ok(VisitsDue {
        on: eyes.on,
        rules: rules.collect(),
        officers: names(items.iter().map(|item| item.officer.clone())),
        departments: names(items.iter().map(|item| item.department.clone())),
        revision: eyes.revision(),
        items,
    })
}
