//! Demands (诉求): how far each is, by when its next step must be taken, whom it should go up to.

use figures::Table;
use jiff::civil::Date;
use model::definition::visits::{
    DemandBook, DemandPart as P, DemandState, DemandStep, LightColour, LightTest, Limit,
};
use model::definition::{Book, FieldKind};
use model::id::{EntryId, FieldId};
use model::value::Value;
use rust_decimal::Decimal;

use super::shapes::{Act, Demand, DemandBoard, DemandHead, LimitView, VisitRule};
use super::{Eyes, Result, date_at, entry_at, rule_view};
use crate::access::{Actor, Refusal};
use crate::park::Park;

/// The book of demands on a day.
pub(super) struct Shelf<'a, 'e> {
    pub eyes: &'e Eyes<'a>,
    pub rules: &'a DemandBook,
    pub book: &'a Book,
    pub table: &'e Table,
}

/// A demand as it was on the day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reckoned<'a> {
    pub state: DemandState,
    pub received: Option<Date>,
    pub answered: Option<Date>,
    /// The step that is next, the rule of its limit, the day it is due.
    pub next: Option<(DemandStep, Option<&'a Limit>, Date)>,
    /// Working days left; negative is late.
    pub left: Option<i64>,
}

/// Working days left of what the park owes: rating is the enterprise's.
pub(super) fn weight(of: &Reckoned<'_>) -> Option<i64> {
    of.left.filter(|_| of.next.is_some_and(|(step, ..)| step != DemandStep::Rate))
}

impl<'a, 'e> Shelf<'a, 'e> {
    /// None where the content names no demands, or they are not for this person.
    pub fn new(eyes: &'e Eyes<'a>) -> Option<Self> {
        let rules = eyes.rules.demand.as_ref()?;
        let (book, table) = eyes.shelf(&rules.book)?;
        Some(Self { eyes, rules, book, table })
    }

    /// The demands that had come by the day.
    pub fn rows(&self) -> impl Iterator<Item = u32> + use<'_, 'a, 'e> {
        let come = |row: &u32| self.received(*row).is_none_or(|on| on <= self.eyes.on);
        self.table.rows().filter(come).filter(|row| self.sees(*row))
    }

    fn received(&self, row: u32) -> Option<Date> {
        date_at(self.table, row, self.book.time.as_ref())
    }

    pub fn date(&self, row: u32, part: P) -> Option<Date> {
        date_at(self.table, row, self.rules.field(part))
    }

    pub fn text(&self, row: u32, part: P) -> Option<String> {
        self.eyes.text(self.book, self.table, row, self.rules.field(part))
    }

    pub fn number(&self, row: u32, part: P) -> Option<Decimal> {
        self.table.value(row, self.rules.field(part)?)?.as_number()
    }

    fn flag(&self, row: u32, part: P) -> bool {
        let value = self.rules.field(part).and_then(|field| self.table.value(row, field));
        value == Some(Value::Flag(true))
    }

    /// Whether this person sees a demand: a confidential one is for few.
    pub fn sees(&self, row: u32) -> bool {
        self.eyes.sight.sees_row(self.book, self.table, row)
    }

    /// What the book's state means.
    fn written(&self, row: u32) -> DemandState {
        let case = self.book.case.as_ref();
        let word = case.and_then(|case| self.table.value(row, &case.state));
        let word = word.as_ref().and_then(Value::as_text);
        word.and_then(|word| self.rules.states.get(word)).copied().unwrap_or(DemandState::Received)
    }

    /// The state on the day: what was done later had not been done. A rating makes an answered demand a rated one.
    fn state(&self, row: u32) -> DemandState {
        let written = self.written(row);
        let by = |part: P| self.date(row, part).is_none_or(|on| on <= self.eyes.on);
        if written == DemandState::Returned {
            return if by(P::Closed) { written } else { DemandState::Received };
        }
        if written == DemandState::Suspended {
            return if by(P::Suspended) { written } else { DemandState::Dispatched };
        }
        let steps = [
            (DemandState::Closed, P::Closed),
            (DemandState::Rated, P::Rated),
            (DemandState::Answered, P::Answered),
            (DemandState::Dispatched, P::Dispatched),
            (DemandState::Accepted, P::Accepted),
        ];
        let rated = written == DemandState::Answered && self.number(row, P::Rating).is_some();
        let reached = if rated { DemandState::Rated } else { written };
        let done = steps.into_iter().find(|(state, part)| {
            let by = self.date(row, *part);
            // A step without a day counts when it is the very one the book names.
            *state <= reached && by.map_or(*state == reached, |by| by <= self.eyes.on)
        });
        done.map_or(DemandState::Received, |(state, _)| state)
    }

    /// The day a case's deadline field names.
    fn promised(&self, row: u32) -> Option<Date> {
        date_at(self.table, row, self.book.case.as_ref()?.deadline.as_ref())
    }

    /// The limit of a step that was in force on a day.
    pub fn limit(&self, row: Option<u32>, step: DemandStep, on: Date) -> Option<&'a Limit> {
        self.eyes.rules.limits.iter().find(|limit| {
            let applies = || match row {
                Some(row) => self.eyes.meets(limit.of.as_ref(), self.table, row),
                None => limit.of.is_none(),
            };
            limit.step == step && limit.head.in_force(on) && applies()
        })
    }

    /// By when an answer was due: the promised day, else by the limit from the day it was dispatched.
    pub fn answer_due(&self, row: u32) -> Option<(Option<&'a Limit>, Date)> {
        let from = self.date(row, P::Dispatched).or_else(|| self.received(row))?;
        let limit = self.limit(Some(row), DemandStep::Answer, from);
        let by_limit = limit.map(|limit| self.eyes.sight.content.calendar.after(from, limit.days));
        Some((limit, self.promised(row).or(by_limit)?))
    }

    /// Whether the answer came by its day; none while there is no answer or no day.
    pub fn on_time(&self, row: u32) -> Option<bool> {
        let (_, due) = self.answer_due(row)?;
        Some(self.reckon(row).answered? <= due)
    }

    /// How a demand stands on the day.
    pub fn reckon(&self, row: u32) -> Reckoned<'a> {
        let (state, received) = (self.state(row), self.received(row));
        let calendar = &self.eyes.sight.content.calendar;
        let counted = |step: DemandStep, from: Option<Date>| {
            let limit = self.limit(Some(row), step, from?)?;
            Some((step, Some(limit), calendar.after(from?, limit.days)))
        };
        let answered = self.date(row, P::Answered).or_else(|| self.date(row, P::Closed));
        let answered = answered.filter(|on| state >= DemandState::Answered && *on <= self.eyes.on);
        let next = match state {
            DemandState::Received | DemandState::Accepted => counted(DemandStep::Dispatch, received),
            DemandState::Dispatched => {
                self.answer_due(row).map(|(limit, due)| (DemandStep::Answer, limit, due))
            }
            DemandState::Answered => counted(DemandStep::Rate, answered),
            DemandState::Suspended | DemandState::Rated | DemandState::Closed | DemandState::Returned => None,
        };
        let left = next.map(|(.., due)| calendar.between(self.eyes.on, due));
        Reckoned { state, received, answered, next, left }
    }

    /// The light of one demand.
    fn light(&self, of: &Reckoned<'_>) -> LightColour {
        let Some(left) = weight(of) else { return LightColour::Green };
        let lights = self.eyes.rules.lights.iter().filter(|light| light.head.in_force(self.eyes.on));
        let turned = lights.filter(|light| match light.test {
            LightTest::Overdue => left < 0,
            LightTest::Due(days) => (0..=i64::from(days)).contains(&left),
            _ => false,
        });
        turned.map(|light| light.colour).min().unwrap_or(LightColour::Green)
    }

    /// Whom it should have gone up to by now.
    pub fn goes_up_to(&self, of: &Reckoned<'_>) -> Option<String> {
        let late = weight(of).filter(|left| *left < 0)?.saturating_neg();
        let rules = self.eyes.rules.escalations.iter().filter(|rule| rule.head.in_force(self.eyes.on));
        let mut reached = rules.filter(|rule| i64::from(rule.overdue) <= late);
        reached.next_back().map(|rule| rule.whom.clone())
    }

    /// A demand as it is told.
    pub fn view(&self, row: u32) -> Demand {
        let of = self.reckon(row);
        let whom = entry_at(self.table, row, self.book.subject.as_ref());
        let days = [of.received, of.next.map(|(.., due)| due), Some(self.eyes.on)];
        let calendar = &self.eyes.sight.content.calendar;
        Demand {
            head: self.head(row, &of),
            enterprise: whom.map(|whom| self.eyes.link(whom)),
            step: of.next.map(|(step, ..)| step),
            due: of.next.map(|(.., due)| due),
            limit: of.next.and_then(|(_, limit, _)| limit).map(|limit| rule_view(&limit.head)),
            days: of.left,
            light: self.light(&of),
            goes_up_to: self.goes_up_to(&of),
            escalated: self.text(row, P::Escalated),
            confidential: self.flag(row, P::Confidential),
            handler: self.text(row, P::Handler),
            accepted: self.date(row, P::Accepted),
            dispatched: self.date(row, P::Dispatched),
            transfers: self.count(row, P::Transfers),
            transferred_from: self.text(row, P::TransferredFrom),
            suspended: self.date(row, P::Suspended),
            policy_change: self.text(row, P::PolicyChange),
            reopened: self.count(row, P::Reopened),
            visit: entry_at(self.table, row, self.rules.field(P::Visit)).map(|entry| entry.0),
            uncertain: days.into_iter().flatten().any(|day| !calendar.covers(day)),
            acts: self.acts(of.state),
        }
    }

    /// What its enterprise is told of a demand, too.
    fn head(&self, row: u32, of: &Reckoned<'_>) -> DemandHead {
        let case = self.book.case.as_ref();
        DemandHead {
            entry: self.table.ids()[row as usize].0,
            version: self.table.versions()[row as usize],
            number: self.text(row, P::Number).unwrap_or_default(),
            received: of.received,
            category: self.text(row, P::Category),
            urgency: self.text(row, P::Urgency),
            text: self.text(row, P::Text),
            state: of.state,
            state_words: self.state_words(row, of.state, case.map(|case| &case.state)),
            department: self.text(row, P::Department),
            waits_for: self.text(row, P::WaitsFor).filter(|_| of.state == DemandState::Suspended),
            answered: of.answered,
            answer: self.text(row, P::Answer),
            evidence: self.text(row, P::Evidence),
            outcome: self.text(row, P::Outcome),
            reason: self.text(row, P::Reason),
            rating: self.number(row, P::Rating),
        }
    }

    /// A number of times; none is not any.
    pub fn count(&self, row: u32, part: P) -> u32 {
        let times = self.number(row, part).and_then(|n| u32::try_from(n.trunc().mantissa()).ok());
        times.unwrap_or(0)
    }

    /// What may be done next, with states the book has a word for.
    pub fn acts(&self, state: DemandState) -> Vec<Act> {
        let possible = |act: &Act| match act {
            Act::Accept => self.rules.word(DemandState::Accepted).is_some(),
            Act::Suspend => self.rules.word(DemandState::Suspended).is_some(),
            _ => true,
        };
        acts(state).iter().copied().filter(possible).collect()
    }

    /// The book's own word where it says the same, else the first that means it.
    fn state_words(&self, row: u32, state: DemandState, field: Option<&FieldId>) -> String {
        let own = self.eyes.text(self.book, self.table, row, field).filter(|_| self.written(row) == state);
        own.or_else(|| self.rules.word(state).map(str::to_owned)).unwrap_or_default()
    }

    /// The choices of a field.
    fn choices(&self, part: P) -> Vec<String> {
        match self.rules.field(part).and_then(|f| self.book.field(f)).map(|f| &f.kind) {
            Some(FieldKind::Choice { choices }) => choices.clone(),
            _ => Vec::new(),
        }
    }
}

/// What may be done next.
fn acts(state: DemandState) -> &'static [Act] {
    match state {
        DemandState::Received => &[Act::Dispatch, Act::Accept, Act::Escalate, Act::Return],
        DemandState::Accepted => &[Act::Dispatch, Act::Escalate, Act::Return],
        DemandState::Dispatched => &[Act::Answer, Act::Dispatch, Act::Suspend, Act::Escalate],
        DemandState::Suspended => &[Act::Resume, Act::Answer, Act::Escalate],
        DemandState::Answered => &[Act::Rate, Act::Reopen, Act::Close],
        DemandState::Rated => &[Act::Close, Act::Reopen],
        DemandState::Closed | DemandState::Returned => &[],
    }
}

/// The demands on a day – today where none is said; open ones by urgency first. Of one enterprise where one is named.
///
/// # Errors
/// [`super::VisitsFault`] when demands are not for this person, or the content says nothing about them.
pub fn demand_board(
    park: &Park,
    actor: &Actor,
    on: Option<Date>,
    enterprise: Option<EntryId>,
) -> Result<DemandBoard> {
    let eyes = Eyes::new(park, actor, on)?;
    let shelf = Shelf::new(&eyes).ok_or(Refusal::NotFound)?;
    let of = |row: &u32| {
        enterprise.is_none() || entry_at(shelf.table, *row, shelf.book.subject.as_ref()) == enterprise
    };
    let mut items: Vec<Demand> = shelf.rows().filter(of).map(|row| shelf.view(row)).collect();
    items.sort_by_key(|item| {
        let over = item.acts.is_empty();
        let newest = item.head.received.map(std::cmp::Reverse).filter(|_| over);
        (over, item.due.is_none(), item.due, newest, item.head.entry)
    });
    let limits = eyes.rules.limits.iter().filter(|limit| limit.head.in_force(eyes.on));
    let escalations = eyes.rules.escalations.iter().filter(|rule| rule.head.in_force(eyes.on));
    let escalations: Vec<VisitRule> = escalations.map(|rule| rule_view(&rule.head)).collect();
    Ok(DemandBoard {
        on: eyes.on,
        departments: shelf.rules.departments.clone(),
        hidden: shelf.table.rows().filter(|row| !shelf.sees(*row)).count(),
        outcomes: shelf.choices(P::Outcome),
        unsolved: shelf.rules.unsolved.clone(),
        urgencies: shelf.choices(P::Urgency),
        limits: limits
            .map(|limit| LimitView {
                rule: rule_view(&limit.head),
                step: limit.step,
                days: limit.days,
                promised: limit.promised,
            })
            .collect(),
        escalations,
        revision: eyes.revision(),
        items,
    })
}
