//! `[plan]` of `pages/enterprises.toml`: where steps, plans and actions stand, checked against their books.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use super::{At, Loading};
use crate::definition::{ActionPart, PlanActions, PlanBook, PlanCases, PlanPart, PlanSide, PlanStage};
use crate::id::{BookId, FieldId};
use crate::wording::{diagnostic as say, plan as say_plan};

type Text = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPlan {
    book: Text,
    by: Text,
    step: Text,
    goal_year: Option<Text>,
    due: Option<Text>,
    done: Option<Text>,
    asked: Option<Text>,
    offered: Option<Text>,
    owner: Option<Text>,
    #[serde(default)]
    rungs: BTreeMap<String, Text>,
    case: Option<RawCase>,
    action: Option<RawAction>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCase {
    book: Text,
    stages: IndexMap<Text, PlanStage>,
    fields: IndexMap<PlanPart, Text>,
    #[serde(default)]
    days: IndexMap<PlanStage, Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAction {
    book: Text,
    open: Text,
    done: Text,
    fields: IndexMap<ActionPart, Text>,
    sides: IndexMap<String, PlanSide>,
}

impl Loading {
    pub(super) fn plan_book(&mut self, at: At<'_>, register: &BookId, raw: RawPlan) -> Option<PlanBook> {
        let book = self.open_book(at, &raw.book)?;
        let by = self.names_enterprise(at, &book, register, &raw.by)?;
        let step = self.page_field(at, &book, &raw.step)?;
        let mut field = |name: Option<Text>| name.and_then(|name| self.page_field(at, &book, &name));
        let (goal_year, due, done) = (field(raw.goal_year), field(raw.due), field(raw.done));
        let (asked, offered, owner) = (field(raw.asked), field(raw.offered), field(raw.owner));
        let mut rungs = BTreeMap::new();
        for (words, name) in raw.rungs {
            if self.rung_named(at, &name).is_some() {
                rungs.insert(words, name.into_inner());
            }
        }
        let cases = raw.case.zip(raw.action).and_then(|(case, action)| self.plan_cases(at, case, action));
        Some(PlanBook { book, by, step, goal_year, due, done, asked, offered, owner, rungs, cases })
    }

    fn plan_cases(&mut self, at: At<'_>, raw: RawCase, action: RawAction) -> Option<PlanCases> {
        let (book, states) = self.case_book(at, &raw.book)?;
        let mut stages = IndexMap::new();
        for (word, stage) in raw.stages {
            self.state_of(at, &states, &word);
            stages.insert(word.into_inner(), stage);
        }
        for word in states.iter().filter(|word| !stages.contains_key(*word)) {
            self.report(at, raw.book.span(), say_plan::state_unsaid(word));
        }
        for (stage, name) in PlanStage::ALL {
            if !stages.values().any(|known| *known == stage) {
                self.report(at, raw.book.span(), say_plan::no_state(name));
            }
        }
        let fields = self.parts(at, &book, &raw.book, raw.fields, &PlanPart::ALL)?;
        let days = raw.days.into_iter();
        let days =
            days.filter_map(|(stage, name)| Some((stage, self.page_field(at, &book, &name)?))).collect();
        let actions = self.plan_actions(at, action)?;
        Some(PlanCases { book, stages, fields, days, actions })
    }

    fn plan_actions(&mut self, at: At<'_>, raw: RawAction) -> Option<PlanActions> {
        let (book, states) = self.case_book(at, &raw.book)?;
        self.state_of(at, &states, &raw.open);
        self.state_of(at, &states, &raw.done);
        let fields = self.parts(at, &book, &raw.book, raw.fields, &ActionPart::ALL)?;
        let (open, done) = (raw.open.into_inner(), raw.done.into_inner());
        Some(PlanActions { book, fields, sides: raw.sides, open, done })
    }

    /// A case book with subject, deadline and handler, and its states.
    fn case_book(&mut self, at: At<'_>, name: &Text) -> Option<(BookId, Vec<String>)> {
        let id = self.open_book(at, name)?;
        let book = &self.content.books[&id];
        let case = book.case.as_ref().filter(|case| case.deadline.is_some() && case.handler.is_some());
        let Some(case) = case.filter(|_| book.subject.is_some()) else {
            let said = say_plan::no_case(&book.title);
            self.report(at, name.span(), said);
            return None;
        };
        let states = case.states.clone();
        Some((id, states))
    }

    fn state_of(&mut self, at: At<'_>, states: &[String], word: &Text) {
        if !states.contains(word.get_ref()) {
            self.report(at, word.span(), say::unknown_choice(word.get_ref(), states));
        }
    }

    /// The field of every part; none is left out.
    fn parts<P: Copy + Eq + std::hash::Hash>(
        &mut self,
        at: At<'_>,
        book: &BookId,
        place: &Text,
        raw: IndexMap<P, Text>,
        all: &[(P, &str)],
    ) -> Option<IndexMap<P, FieldId>> {
        let mut fields = IndexMap::new();
        for (part, name) in raw {
            fields.insert(part, self.page_field(at, book, &name)?);
        }
        if let Some((_, name)) = all.iter().find(|(part, _)| !fields.contains_key(part)) {
            self.report(at, place.span(), say_plan::no_field(name));
            return None;
        }
        Some(fields)
    }
}
