//! How much was done: visits planned and made, demands answered in time, how content enterprises are; by officer, department and
//! category. And the enterprises that came lately, with those first whom nobody visited or made a plan with.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::{Date, date};
use model::definition::visits::{DemandPart as P, DemandState};
use model::id::EntryId;
use rust_decimal::Decimal;

use super::demands::{Shelf, weight};
use super::duties::{Duty, Reckoning};
use super::shapes::{DutyState, MetricRow, NewEnterprise, VisitMetrics};
use super::{ContactOf, Eyes, Result, entry_at};
use crate::access::Actor;
use crate::clock::days_between;
use crate::park::Park;

/// Counts of one officer, department or category.
#[derive(Default)]
struct Tally {
    row: MetricRow,
    enterprises: BTreeSet<EntryId>,
    days: i64,
    ratings: Decimal,
}

impl Tally {
    fn duty(&mut self, duty: &Duty<'_>) {
        self.row.planned += 1;
        self.row.done += usize::from(duty.state == DutyState::Done);
        self.row.late += usize::from(duty.state == DutyState::Late);
    }

    fn visit(&mut self, whom: EntryId) {
        self.row.visits += 1;
        self.enterprises.insert(whom);
    }

    fn demand(&mut self, shelf: &Shelf<'_, '_>, row: u32) {
        let of = shelf.reckon(row);
        self.row.demands += 1;
        self.row.overdue += usize::from(weight(&of).is_some_and(|left| left < 0));
        self.row.closed += usize::from(of.state == DemandState::Closed);
        self.row.reopened += usize::from(shelf.count(row, P::Reopened) > 0);
        self.row.transferred += usize::from(shelf.count(row, P::Transfers) > 0);
        self.row.suspended += usize::from(of.state == DemandState::Suspended);
        self.row.policy_changes += usize::from(shelf.text(row, P::PolicyChange).is_some());
        if let (Some(received), Some(answered)) = (of.received, of.answered) {
            self.row.answered += 1;
            self.row.on_time += usize::from(shelf.on_time(row) == Some(true));
            self.days += shelf.eyes.sight.content.calendar.between(received, answered);
        }
        let rated = of.state >= DemandState::Rated && of.state != DemandState::Returned;
        if let Some(rating) = shelf.number(row, P::Rating).filter(|_| rated) {
            self.row.rated += 1;
            self.ratings += rating;
        }
    }

    fn finish(self, name: &str) -> MetricRow {
        let share = |part: Decimal, of: usize, places: u32| {
            let of = Decimal::from(of);
            (!of.is_zero()).then(|| (part / of).round_dp(places).normalize())
        };
        let percent = |part: usize, of: usize| share(Decimal::from(part) * Decimal::ONE_HUNDRED, of, 1);
        MetricRow {
            name: name.to_owned(),
            enterprises: self.enterprises.len(),
            done_percent: percent(self.row.done, self.row.planned),
            on_time_percent: percent(self.row.on_time, self.row.answered),
            reopened_percent: percent(self.row.reopened, self.row.demands),
            mean_days: share(Decimal::from(self.days), self.row.answered, 1),
            satisfaction: share(self.ratings, self.row.rated, 2),
            ..self.row
        }
    }
}

type Tallies = BTreeMap<String, Tally>;

/// Tallies as rows: the most visits due and demands first.
fn rows(tallies: Tallies) -> Vec<MetricRow> {
    let mut rows: Vec<MetricRow> = tallies.into_iter().map(|(name, tally)| tally.finish(&name)).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.planned + row.visits + row.demands));
    rows
}

/// Visits and demands of some days – of the year up to the day where none are said.
///
/// # Errors
/// [`super::VisitsFault`] when visits are not for this person, or the content says nothing about them.
pub fn visit_metrics(
    park: &Park,
    actor: &Actor,
    from: Option<Date>,
    to: Option<Date>,
) -> Result<VisitMetrics> {
    let eyes = Eyes::new(park, actor, to)?;
    let from = from.unwrap_or_else(|| date(eyes.on.year(), 1, 1));
    let reckoning = Reckoning::new(&eyes);
    let contacts = eyes.contacts();
    let mut counts =
        Counts { total: Tally::default(), officers: Tallies::new(), departments: Tallies::new() };
    for duty in reckoning.duties().iter().filter(|duty| duty.begins >= from || duty.due >= from) {
        let contact = contacts.get(&duty.enterprise);
        counts.each(contact, contact.and_then(|c| c.department.clone()), |tally| tally.duty(duty));
    }
    counts.visits(&reckoning, &contacts, from);
    let mut categories = Tallies::new();
    if let Some(shelf) = Shelf::new(&eyes) {
        for row in shelf.rows().filter(|row| shelf.reckon(*row).received.is_some_and(|on| on >= from)) {
            let whom = entry_at(shelf.table, row, shelf.book.subject.as_ref());
            let contact = whom.and_then(|whom| contacts.get(&whom));
            counts.each(contact, shelf.text(row, P::Department), |tally| tally.demand(&shelf, row));
            let category = shelf.text(row, P::Category).unwrap_or_default();
            categories.entry(category).or_default().demand(&shelf, row);
        }
    }
    let present = eyes.present();
    for whom in
        present.iter().map(|row| eyes.enterprise(*row)).filter(|whom| !reckoning.visits.contains_key(whom))
    {
        let contact = contacts.get(&whom);
        counts.each(contact, contact.and_then(|c| c.department.clone()), |tally| tally.row.never += 1);
    }
    Ok(VisitMetrics {
        from,
        to: eyes.on,
        officers: rows(counts.officers),
        departments: rows(counts.departments),
        categories: rows(categories),
        enterprises: present.len(),
        never_visited: counts.total.row.never,
        total: counts.total.finish(""),
        newcomers: newcomers(&eyes, &reckoning, &contacts, &present),
        revision: eyes.revision(),
    })
}

/// All counts but those by category.
struct Counts {
    total: Tally,
    officers: Tallies,
    departments: Tallies,
}

impl Counts {
    fn each(
        &mut self,
        contact: Option<&ContactOf>,
        department: Option<String>,
        mut count: impl FnMut(&mut Tally),
    ) {
        let officer = contact.and_then(|contact| contact.officer.clone()).unwrap_or_default();
        count(&mut self.total);
        count(self.officers.entry(officer).or_default());
        count(self.departments.entry(department.unwrap_or_default()).or_default());
    }

    /// Visits made in the days; whose they are says the visit, else the contact of the enterprise.
    fn visits(&mut self, reckoning: &Reckoning<'_, '_>, contacts: &HashMap<EntryId, ContactOf>, from: Date) {
        let eyes = reckoning.eyes;
        let rules = &eyes.rules.visit;
        let Some((book, table)) = eyes.shelf(&rules.book) else { return };
        for (whom, visits) in &reckoning.visits {
            for visit in visits.iter().filter(|visit| visit.on >= from) {
                let known = contacts.get(whom).cloned().unwrap_or_default();
                let officer = eyes.text(book, table, visit.row, rules.officer.as_ref()).or(known.officer);
                let department = eyes.text(book, table, visit.row, rules.department.as_ref());
                let contact = ContactOf { officer, department: None };
                self.each(Some(&contact), department.or(known.department), |tally| tally.visit(*whom));
            }
        }
    }
}

/// Enterprises that came in the last twelve months: those without a visit first, then those without a plan.
fn newcomers(
    eyes: &Eyes<'_>,
    reckoning: &Reckoning<'_, '_>,
    contacts: &HashMap<EntryId, ContactOf>,
    present: &[u32],
) -> Vec<NewEnterprise> {
    let planned = eyes.planned();
    let mut found: Vec<NewEnterprise> = present
        .iter()
        .filter_map(|row| {
            let (entry, since) = (eyes.enterprise(*row), eyes.newly(*row)?);
            let visits = reckoning.visits.get(&entry).into_iter().flatten();
            Some(NewEnterprise {
                enterprise: eyes.link(entry),
                since,
                days: days_between(since, eyes.on),
                visited: visits.map(|visit| visit.on).find(|on| *on >= since),
                planned: planned.as_ref().map(|planned| planned.contains(&entry)),
                officer: contacts.get(&entry).and_then(|contact| contact.officer.clone()),
            })
        })
        .collect();
    found.sort_by_key(|one| (one.visited.is_some(), one.planned, one.since));
    found
}
