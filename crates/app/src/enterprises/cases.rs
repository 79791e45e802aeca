//! Plans for single rungs (一企一策) as their books hold them: target, commitment, what is in the way and who sees to it by when, actions.
//!
//! Deliberately absent: whether a qualification was recognised. The book of qualifications says that; a plan says how far the work is.

use figures::Table;
use jiff::civil::Date;
use model::definition::{ActionPart, Book, CaseRule, PlanCases, PlanPart, PlanSide, Right};
use model::id::{EntryId, FieldId};

use super::Register;
use super::case_shapes::{PlanAction, PlanCase, PlanDay, PlanGap, PlanNext};
use super::file::day;
use crate::clock::days_between;
use crate::ladders::shapes::RungView;

/// The books of plans and their actions through the eyes of one person.
pub(super) struct Plans<'r> {
    pub register: &'r Register<'r>,
    pub of: &'r PlanCases,
    pub book: &'r Book,
    pub rule: &'r CaseRule,
    actions: Option<(&'r Book, &'r CaseRule)>,
}

impl<'r> Plans<'r> {
    pub fn of(register: &'r Register<'r>) -> Option<Self> {
        let of = register.page.plan.as_ref()?.cases.as_ref()?;
        let book = register.sight.book(&of.book).ok()?;
        let rule = book.case.as_ref()?;
        let actions = register.sight.book(&of.actions.book).ok();
        let actions = actions.and_then(|book| Some((book, book.case.as_ref()?)));
        Some(Self { register, of, book, rule, actions })
    }

    /// Whether this person may make plans and move them.
    pub fn may_record(&self) -> bool {
        self.register.sight.actor.may(Right::Record, self.book)
    }

    /// Plans of an enterprise drafted by a day, those that are open first, then the newest.
    pub fn of_enterprise(&self, enterprise: EntryId, rungs: &[RungView], on: Date) -> Vec<PlanCase> {
        let sight = &self.register.sight;
        let table = sight.table(self.book);
        let rows = self.book.subject.as_ref().map_or_else(Vec::new, |by| table.naming(by, enterprise));
        let rows = rows.into_iter().filter(|row| sight.sees_row(self.book, table, *row));
        let mut plans: Vec<PlanCase> = rows.filter_map(|row| self.plan(table, row, rungs, on)).collect();
        plans.sort_by_key(|plan| (plan.stage.ended(), std::cmp::Reverse(plan.entry)));
        plans
    }

    /// The plan of a row; none: it was drafted later, or its state means nothing.
    fn plan(&self, table: &Table, row: u32, rungs: &[RungView], on: Date) -> Option<PlanCase> {
        let date = |field: Option<&FieldId>| day(&table.value(row, field?)?);
        if date(self.book.time.as_ref()).is_some_and(|drafted| drafted > on) {
            return None;
        }
        let text = |part: PlanPart| self.text(self.book, table, row, self.of.fields.get(&part));
        let state = self.text(self.book, table, row, Some(&self.rule.state))?;
        let stage = *self.of.stages.get(&state)?;
        let next = if self.may_record() { stage.next() } else { &[] };
        let next = next
            .iter()
            .filter_map(|stage| Some(PlanNext { stage: *stage, title: self.of.word(*stage)?.to_owned() }));
        let days = self.of.days.iter().filter(|(of, _)| !of.ended() || **of == stage);
        let days = days.filter_map(|(stage, field)| {
            Some(PlanDay { title: self.of.word(*stage)?.to_owned(), on: date(Some(field))? })
        });
        let mut days: Vec<PlanDay> = days.collect();
        days.sort_by_key(|day| day.on);
        let entry = table.ids()[row as usize];
        let actions = self.actions(entry, on);
        let rung = text(PlanPart::Rung).unwrap_or_default();
        Some(PlanCase {
            entry: entry.0,
            version: table.versions()[row as usize],
            number: text(PlanPart::Number).unwrap_or_default(),
            target: text(PlanPart::Target).unwrap_or_default(),
            gaps: if stage.ended() { Vec::new() } else { gaps(rungs, &rung, &actions) },
            rung,
            goal_year: text(PlanPart::Year),
            batch: text(PlanPart::Batch),
            reason: text(PlanPart::Reason),
            stage,
            state,
            next: next.collect(),
            days,
            commitment: text(PlanPart::Commitment),
            signatory: text(PlanPart::Signatory),
            outcome: text(PlanPart::Outcome),
            handler: self.text(self.book, table, row, self.rule.handler.as_ref()),
            review_on: date(self.rule.deadline.as_ref()),
            done: actions.iter().filter(|action| action.done_on.is_some()).count(),
            actions,
        })
    }

    fn text(&self, book: &Book, table: &Table, row: u32, field: Option<&FieldId>) -> Option<String> {
        let field = book.field(field?)?;
        Some(self.register.sight.text(field, &table.value(row, &field.id)?)).filter(|text| !text.is_empty())
    }

    /// What is done for a plan, in the order it was planned.
    fn actions(&self, plan: EntryId, on: Date) -> Vec<PlanAction> {
        let Some((book, rule)) = self.actions else { return Vec::new() };
        let (sight, of) = (&self.register.sight, &self.of.actions);
        let table = sight.table(book);
        let rows = of.fields.get(&ActionPart::Plan).map_or_else(Vec::new, |by| table.naming(by, plan));
        let rows = rows.into_iter().filter(|row| sight.sees_row(book, table, *row));
        let date = |row: u32, field: Option<&FieldId>| day(&table.value(row, field?)?);
        let one = |row: u32| {
            let text = |part: ActionPart| self.text(book, table, row, of.fields.get(&part));
            let state = self.text(book, table, row, Some(&rule.state)).unwrap_or_default();
            let open = !rule.closed.contains(&state);
            let due = date(row, rule.deadline.as_ref());
            PlanAction {
                entry: table.ids()[row as usize].0,
                version: table.versions()[row as usize],
                number: text(ActionPart::Number).unwrap_or_default(),
                text: text(ActionPart::Text).unwrap_or_default(),
                criterion: text(ActionPart::Criterion),
                side: text(ActionPart::Side).and_then(|word| of.sides.get(&word).copied()),
                owner: self.text(book, table, row, rule.handler.as_ref()),
                due,
                done_on: date(row, of.fields.get(&ActionPart::DoneOn)),
                open,
                late_days: due.filter(|due| open && *due < on).map(|due| days_between(due, on)),
                state,
            }
        };
        let mut actions: Vec<PlanAction> = rows.map(one).collect();
        actions.sort_by_key(|action| action.entry);
        actions
    }

    /// The book's word for whose part an action is.
    pub fn side(&self, side: PlanSide) -> Option<&str> {
        self.of.actions.sides.iter().find(|(_, of)| **of == side).map(|(word, _)| word.as_str())
    }
}

/// What is in the way of a rung, each with the action that is meant for it.
fn gaps(rungs: &[RungView], rung: &str, actions: &[PlanAction]) -> Vec<PlanGap> {
    let Some(view) = rung_named(rungs, rung) else { return Vec::new() };
    let lacking = view.criteria.iter().filter(|of| of.blocks);
    let gap = |criterion: &crate::ladders::shapes::CriterionView| {
        let meant = |action: &&PlanAction| action.criterion.as_deref() == Some(criterion.id.as_str());
        let action = actions.iter().filter(meant).max_by_key(|action| action.open);
        PlanGap {
            criterion: criterion.clone(),
            side: action.and_then(|action| action.side),
            owner: action.and_then(|action| action.owner.clone()),
            due: action.and_then(|action| action.due),
        }
    };
    lacking.map(gap).collect()
}

/// The rung that `LADDER.RUNG` names.
pub(super) fn rung_named<'v>(rungs: &'v [RungView], name: &str) -> Option<&'v RungView> {
    let (ladder, rung) = name.split_once('.')?;
    rungs.iter().find(|view| view.ladder_id == ladder && view.row.rung == rung)
}
