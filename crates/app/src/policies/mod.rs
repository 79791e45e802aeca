//! Policies over a park: who is due what in a year and why, the money bound and paid, and what a draft would cost.
//!
//! Amounts come from the books through `assess::policy`; who may have money through conditions over the same rows and the
//! qualifications held. Nothing is paid without a person: [`matching`] finds by night who may have money, [`cases`] opens a case from
//! what was reckoned and moves it on. A case that is paid writes the row of the book of payments in the same revision: that row is
//! the payment, and refers to its case.
//!
//! Deliberately absent: arithmetic, policies by name, applications as enterprises write them (the portal's).
//!
//! To add a policy: a file in `content/policies`, or in the `content/policies` of the park's own folder.

pub mod cases;
pub(crate) mod document;
pub mod enterprise;
mod gather;
pub mod grades;
pub mod matching;
mod payments;
mod pool;
pub mod shapes;
pub mod sheet;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use assess::policy::Assessed;
use jiff::civil::Date;
use model::definition::{Book, Policy, PolicyBooks, PolicyStage, Right, Setting};
use model::id::{EntryId, PolicyId};
use rust_decimal::Decimal;

use self::cases::Case;
use self::gather::{Gathered, gather};
use self::shapes::{
    Candidate, CaseLine, Due, MoneyLine, NextStage, PolicyCard, PolicyCost, PolicyList, PolicyNumber,
    PolicyTerm, PolicyView,
};
use crate::access::{Actor, Refusal, Scope};
use crate::books::{BooksFault, Sight};
use crate::ledger::StoreError;
use crate::messages::policies as say;
use crate::parcels::ParcelsFault;
use crate::park::Park;
use crate::projects::LinkedEntry;
use crate::sheets::SheetFault;

pub use self::document::payment_document;

/// Why there is nothing to show, or nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum PoliciesFault {
    /// Not for this person, or not there.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] StoreError),
    /// An entry cannot be written.
    #[error(transparent)]
    Books(#[from] BooksFault),
    /// No policy of this name; the ones that would do.
    #[error("{}", say::unknown(.0, .1))]
    Unknown(String, Vec<String>),
    /// A document or an evaluation cannot be had.
    #[error(transparent)]
    Parcels(#[from] ParcelsFault),
    /// The sheet cannot be made.
    #[error(transparent)]
    Sheet(#[from] SheetFault),
    /// A number that is tried is none, or none of the policy's.
    #[error("{0}")]
    Value(String),
    /// It may not be done, and why.
    #[error("{0}")]
    Not(String),
}

/// The path of an enterprise's cap.
const CAP: &str = "limits.cap";

/// A result of this module.
pub type Result<T> = std::result::Result<T, PoliciesFault>;

/// Policies of a park in a year, through the eyes of somebody who may read the cases.
pub(crate) struct Desk<'a> {
    sight: Sight<'a>,
    books: &'a PolicyBooks,
    year: i16,
    /// The day qualifications are asked for: the year's last, or today.
    on: Date,
    cases: Vec<Case>,
    /// The one enterprise that is asked about.
    only: Option<EntryId>,
}

impl<'a> Desk<'a> {
    fn new(park: &'a Park, actor: &'a Actor, year: Option<i16>) -> Result<Self> {
        Self::about(park, actor, year, None)
    }

    /// About one enterprise: it may ask itself.
    fn about(park: &'a Park, actor: &'a Actor, year: Option<i16>, only: Option<EntryId>) -> Result<Self> {
        let content = &park.library().content;
        let books = content.policy_books.as_ref().ok_or_else(|| PoliciesFault::Not(say::no_books()))?;
        let sight = Sight::new(content, park.snapshot()?, actor);
        let book = sight.book(&books.cases)?;
        let own = only.is_some() && actor.own() == only;
        if actor.scope(book) != Scope::All && !own {
            return Err(Refusal::NotFound.into());
        }
        let today = park.today();
        let year = year.unwrap_or_else(|| today.year() - 1);
        let last = Date::new(year, 12, 31).map_err(|_| Refusal::NotFound)?;
        let mut cases = cases::all(&sight, books);
        cases.retain(|case| only.is_none_or(|only| only == case.enterprise));
        Ok(Self { sight, books, year, on: last.min(today), cases, only })
    }

    /// Whether this person may read all rows of a book, or those of the one enterprise that is asked about.
    fn reads(&self, book: &Book) -> bool {
        let own = self.only.is_some() && self.sight.actor.own() == self.only;
        self.sight.actor.may(Right::Read, book) && (own || self.sight.actor.scope(book) == Scope::All)
    }

    fn policy(&self, id: &str) -> Result<&'a Policy> {
        let all = &self.sight.content.policies;
        let known = || all.keys().map(ToString::to_string).collect();
        all.get(id).ok_or_else(|| PoliciesFault::Unknown(id.to_owned(), known()))
    }

    fn link(&self, entry: EntryId) -> LinkedEntry {
        self.sight.link(entry, None)
    }

    /// Cases of a policy in the year.
    fn of<'b>(&'b self, id: &'b PolicyId) -> impl Iterator<Item = &'b Case> {
        self.cases.iter().filter(|case| case.policy == id.as_str() && case.year == self.year)
    }

    fn card(&self, policy: &Policy) -> PolicyCard {
        let sum = |keep: fn(PolicyStage) -> bool| -> Decimal {
            self.of(&policy.id).filter(|case| keep(case.stage)).filter_map(|case| case.amount).sum()
        };
        PolicyCard {
            id: policy.id.to_string(),
            title: policy.title.clone(),
            title_en: policy.title_en.clone(),
            document: policy.document.clone(),
            authority: policy.authority.clone(),
            region: policy.region.clone(),
            mode: policy.mode,
            flow: policy.flow(),
            in_force: policy.in_force(self.year),
            fed: policy.data.is_some() || policy.pool.is_some(),
            budget: cases::budget(&self.sight, self.books, &policy.id, self.year),
            bound: sum(PolicyStage::counts),
            paid: sum(|stage| stage == PolicyStage::Paid),
            cases: self.of(&policy.id).count(),
        }
    }

    /// Everybody who has a row in the policy's book.
    fn candidates(&self, policy: &Policy) -> Result<Vec<(Gathered, Candidate)>> {
        let data = policy.data.as_ref().ok_or_else(|| PoliciesFault::Not(say::not_fed(&policy.title)))?;
        let book = self.sight.book(&data.book)?;
        if !self.reads(book) {
            return Err(Refusal::NotFound.into());
        }
        let all = gather(&self.sight, policy, data, book, (self.year, self.on), self.only);
        let judged = all.into_iter().map(|of| {
            let candidate = self.judge(policy, &of);
            (of, candidate)
        });
        let mut judged: Vec<(Gathered, Candidate)> = judged.collect();
        judged.sort_by(|(_, a), (_, b)| {
            let by_money = b.amount.unwrap_or_default().cmp(&a.amount.unwrap_or_default());
            a.state.cmp(&b.state).then(by_money).then_with(|| a.enterprise.title.cmp(&b.enterprise.title))
        });
        Ok(judged)
    }

    /// The one enterprise that is asked about, where it has something to reckon.
    fn the_one(&self, policy: &Policy) -> Result<(Gathered, Candidate)> {
        let found = self.candidates(policy)?.into_iter();
        let mut found = found.filter(|(of, _)| self.only == Some(of.enterprise) && !of.rows.is_empty());
        found.next().ok_or_else(|| Refusal::NotFound.into())
    }

    /// What rows come to in the year.
    fn reckon(&self, policy: &Policy, of: &Gathered) -> Assessed {
        let window = (Date::new(self.year, 1, 1).ok(), Date::new(self.year, 12, 31).ok());
        let rows: Vec<_> = of.rows.iter().map(|row| row.given.clone()).collect();
        assess::policy::assess(policy, &rows, window.0, window.1)
    }

    fn judge(&self, policy: &Policy, of: &Gathered) -> Candidate {
        let rows = &of.rows;
        let found = self.reckon(policy, of);
        let (mut reasons, mut steps) = (Vec::new(), Vec::new());
        for line in &found.lines {
            let mut remarks: Vec<String> = line.held.iter().map(|held| say::held(*held).to_owned()).collect();
            remarks.extend(line.out.map(|out| say::out(out).to_owned()));
            let entry = self.link(of.rows[line.row].entry);
            steps.push(MoneyLine { entry, words: say::reckoning(line), amount: line.amount, remarks });
        }
        let state = match found.amount {
            _ if rows.is_empty() && of.unknown => Due::Unknown,
            _ if rows.is_empty() => Due::LeftOut,
            None => Due::Unknown,
            Some(amount) if amount.is_zero() => Due::Nothing,
            Some(_) => Due::Due,
        };
        reasons.extend(of.reasons.iter().cloned());
        // Who is left out lacks nothing; nor does it matter what a document leaves open.
        if state != Due::Due && !rows.is_empty() {
            reasons.extend(found.lacks.iter().map(say::lack));
            for line in &found.lines {
                if let Some(said) = line.out.map(|out| say::out(out).to_owned())
                    && !reasons.contains(&said)
                {
                    reasons.push(said);
                }
            }
        }
        let mine = || self.of(&policy.id).filter(|case| case.enterprise == of.enterprise);
        let case = mine().find(|case| case.stage.counts());
        let matched = mine().find(|case| case.stage == PolicyStage::Matched);
        let conflicts = if state == Due::Due { self.conflicts(policy, of) } else { Vec::new() };
        Candidate {
            enterprise: self.link(of.enterprise),
            state,
            amount: (!rows.is_empty()).then_some(found.amount).flatten(),
            reasons,
            conflicts,
            steps,
            held: found.held.iter().map(|held| say::held(*held).to_owned()).collect(),
            case: case.map(|case| case.entry.0),
            matched: matched.map(|case| case.entry.0),
        }
    }

    /// What forbids money although it is due.
    fn conflicts(&self, policy: &Policy, of: &Gathered) -> Vec<String> {
        let all = &self.sight.content.policies;
        let title = |id: &str| all.get(id).map_or_else(|| id.to_owned(), |found| found.title.clone());
        let mut found = Vec::new();
        let theirs = self.cases.iter().filter(|case| case.enterprise == of.enterprise && case.stage.counts());
        for case in theirs {
            let same = case.policy == policy.id.as_str();
            if !same && case.year == self.year && policy.not_with.iter().any(|id| id.as_str() == case.policy)
            {
                found.push(say::not_together(&title(&case.policy)));
            }
            if same && policy.limits.once && case.year != self.year {
                found.push(say::only_once(&case.year.to_string()));
            }
            if !same && case.year == self.year {
                let items = of.rows.iter().map(|row| self.sight.title(row.entry, None));
                let twice = items.filter(|item| case.items().any(|had| had == item));
                found.extend(twice.map(|item| say::same_item(&item, &title(&case.policy))));
            }
        }
        found
    }

    fn line(&self, case: &Case) -> CaseLine {
        let word = |stage: PolicyStage| cases::word(self.books, stage);
        let next = case
            .stage
            .next()
            .iter()
            .filter_map(|stage| Some(NextStage { stage: *stage, word: word(*stage)?.to_owned() }));
        CaseLine {
            entry: case.entry.0,
            number: case.number.clone(),
            enterprise: self.link(case.enterprise),
            stage: case.stage,
            state: word(case.stage).unwrap_or_default().to_owned(),
            amount: case.amount,
            item: case.item.clone(),
            policy: case.policy.clone(),
            policy_title: case.title.clone(),
            year: case.year,
            handler: case.handler.clone(),
            confirm_by: case.deadline,
            public_from: case.day(PolicyStage::Publicised),
            paid_on: case.day(PolicyStage::Paid),
            next: next.collect(),
        }
    }
}

/// All policies with what a year cost; without a year, the last complete one.
///
/// # Errors
/// [`PoliciesFault`] when the reader may not see the cases, or the ledger cannot be read.
pub fn policies(park: &Park, actor: &Actor, year: Option<i16>) -> Result<PolicyList> {
    let desk = Desk::new(park, actor, year)?;
    let items = desk.sight.content.policies.values().map(|policy| desk.card(policy)).collect();
    let waiting = desk.cases.iter().filter(|case| case.stage == PolicyStage::Matched);
    let mut waiting: Vec<CaseLine> = waiting.map(|case| desk.line(case)).collect();
    waiting.sort_by(|a, b| (a.confirm_by, &a.number).cmp(&(b.confirm_by, &b.number)));
    Ok(PolicyList { year: desk.year, items, waiting, revision: desk.sight.snapshot.revision().0 })
}

/// Numbers that are tried instead of a document's, by their paths.
pub type Tried = BTreeMap<String, String>;

/// One policy over the data of a year: who is due what, how far the cases have come – and of a draft, or by other numbers, what it would
/// cost.
///
/// # Errors
/// [`PoliciesFault::Unknown`] for a policy that is not there, [`PoliciesFault::Value`] for a number it does not have, else as [`policies`].
pub fn policy(
    park: &Park,
    actor: &Actor,
    id: &str,
    (year, tried): (Option<i16>, &Tried),
) -> Result<PolicyView> {
    let desk = Desk::new(park, actor, year)?;
    let given = desk.policy(id)?;
    let (own, numbers) = with(given, tried)?;
    let policy = &own;
    let judged = |policy: &Policy| -> Result<Vec<Candidate>> {
        if policy.data.is_none() {
            return Ok(Vec::new());
        }
        Ok(desk.candidates(policy)?.into_iter().map(|(_, candidate)| candidate).collect())
    };
    let items = judged(policy)?;
    let of = cost(&items);
    Ok(PolicyView {
        card: desk.card(policy),
        year: desk.year,
        source: policy.source.clone(),
        papers: policy.papers.clone(),
        public_days: policy.public_days,
        conditions: policy.who.iter().map(|condition| condition.title.clone()).collect(),
        terms: terms(policy),
        numbers,
        by_document: if tried.is_empty() { None } else { Some(cost(&judged(given)?)) },
        due: of.due,
        unknown: of.unknown,
        total: of.total,
        cases: desk.of(&policy.id).map(|case| desk.line(case)).collect(),
        pool: policy.pool.as_ref().map(|rule| pool::standing(&desk, policy, rule)).transpose()?,
        items,
        revision: desk.sight.snapshot.revision().0,
    })
}

fn terms(policy: &Policy) -> Vec<PolicyTerm> {
    let term = |(kind, lines): (&str, &[String])| PolicyTerm { kind: kind.to_owned(), lines: lines.to_vec() };
    policy.terms.kinds().map(term).collect()
}

fn cost(items: &[Candidate]) -> PolicyCost {
    let count = |state: Due| items.iter().filter(|item| item.state == state).count();
    let due = items.iter().filter(|item| item.state == Due::Due);
    PolicyCost {
        due: count(Due::Due),
        unknown: count(Due::Unknown),
        total: due.filter_map(|item| item.amount).sum(),
    }
}

/// A policy with other numbers, and all its numbers. By other numbers nothing is paid: it is a draft then.
fn with(policy: &Policy, tried: &Tried) -> Result<(Policy, Vec<PolicyNumber>)> {
    let mut own = policy.clone();
    own.draft |= !tried.is_empty();
    // A cap may be tried where the document has none.
    if tried.contains_key(CAP) && own.limits.cap.is_none() {
        own.limits.cap = Some(Setting::ToBeSupplied);
    }
    let mut numbers = Vec::new();
    let mut unknown: Vec<&String> = tried.keys().collect();
    for (path, setting) in own.numbers() {
        let value = setting.known();
        let other = match tried.get(&path) {
            Some(text) => {
                let number = text.parse().ok().filter(|number: &Decimal| !number.is_sign_negative());
                Some(number.ok_or_else(|| PoliciesFault::Value(say::no_number(&path, text)))?)
            }
            None => None,
        };
        if let Some(other) = other {
            *setting = Setting::Is(other);
        }
        unknown.retain(|name| **name != path);
        numbers.push(PolicyNumber { title: say::number_title(&path), path, value, tried: other });
    }
    if let Some(name) = unknown.first() {
        let known: Vec<&str> = numbers.iter().map(|number| number.path.as_str()).collect();
        return Err(PoliciesFault::Value(say::no_such_number(name, &known)));
    }
    Ok((own, numbers))
}

/// Whether money may be paid by a policy in a year.
fn payable(policy: &Policy, year: i16) -> Result<()> {
    if policy.document == Setting::TO_BE_SUPPLIED {
        return Err(PoliciesFault::Not(say::no_document(&policy.title)));
    }
    if !policy.in_force(year) {
        return Err(PoliciesFault::Not(say::not_in_force(&policy.title, year)));
    }
    Ok(())
}
