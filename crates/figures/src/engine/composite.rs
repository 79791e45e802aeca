//! Composites: an expression over figures. A ratio is a ratio of sums, in both periods, and inherits its parts' basis.

use std::rc::Rc;

use model::definition::{Comparison, Figure};
use model::expr::eval::{self, Row};
use model::expr::{Expr, Node, Operator};
use model::id::{EntryId, FieldId, FigureId};
use model::period::Period;
use model::value::Value;

use super::answer::{Answer, GroupAnswer};
use super::{Engine, Scope, add_note};
use crate::request::{BlankReason, ComparisonUsed, FieldPath, Outcome};

/// The parts' values by figure, for the evaluator.
struct Parts<'p>(Vec<(&'p FigureId, &'p Outcome)>);

impl Row for Parts<'_> {
    fn field(&self, _field: &FieldId) -> Option<Value> {
        None
    }

    fn figure(&self, figure: &FigureId) -> Option<Value> {
        match self.0.iter().find(|(id, _)| *id == figure)?.1 {
            Outcome::Number(n) => Some(Value::Number(*n)),
            Outcome::Text(text) => Some(Value::text(text)),
            Outcome::List(_) | Outcome::Blank(_) => None,
        }
    }
}

impl<'a> Engine<'a> {
    pub(super) fn composite_answer(
        &self,
        figure: &'a Figure,
        value: &'a Expr,
        period: Period,
        scope: &Rc<Scope>,
        by: Option<&FieldPath>,
    ) -> Answer {
        let answers: Vec<(&'a FigureId, Answer)> = self
            .parts(figure)
            .into_iter()
            .map(|part| {
                let own = self.period_at(part, period.end, Some(period.window));
                (&part.id, self.answer(part, own, scope, by))
            })
            .collect();
        let whole = |side: fn(&Answer) -> &Outcome| {
            let parts = answers.iter().map(|(id, answer)| (*id, side(answer))).collect();
            self.put_together(figure, value, &Parts(parts))
        };
        let compared = figure.compare != Comparison::None;
        let mut answer = Answer {
            value: whole(|a| &a.value),
            comparable: whole(|a| &a.comparable),
            prior: if compared { whole(|a| &a.prior) } else { Outcome::Blank(BlankReason::NotComparable) },
            used: if compared { ComparisonUsed::Parts } else { ComparisonUsed::None },
            groups: self.composite_groups(figure, value, &answers),
            entries: answers.iter().map(|(_, a)| a.entries).sum(),
            notes: vec![],
            books: vec![],
            of: None,
        };
        for (_, part) in &answers {
            part.notes.iter().for_each(|note| add_note(&mut answer.notes, note.clone()));
            for book in &part.books {
                if !answer.books.contains(book) {
                    answer.books.push(book.clone());
                }
            }
        }
        answer
    }

    fn put_together(&self, figure: &Figure, value: &Expr, parts: &Parts<'_>) -> Outcome {
        match eval::value(value, parts) {
            Some(Value::Number(number)) => self.in_unit(figure, &value.kind, number),
            Some(other) => Outcome::Text(other.to_string()),
            None => {
                let blank = parts.0.iter().find_map(|(_, outcome)| outcome.blank());
                let divides = has_division(value);
                let otherwise =
                    if divides { BlankReason::DivisionByZero } else { BlankReason::NotApplicable };
                Outcome::Blank(blank.unwrap_or(otherwise))
            }
        }
    }

    fn composite_groups(
        &self,
        figure: &Figure,
        value: &Expr,
        answers: &[(&'a FigureId, Answer)],
    ) -> Vec<GroupAnswer> {
        let mut keys: Vec<(&str, Option<EntryId>)> = Vec::new();
        for group in answers.iter().flat_map(|(_, a)| &a.groups) {
            if !keys.contains(&(group.name.as_str(), group.entry)) {
                keys.push((&group.name, group.entry));
            }
        }
        let none = Outcome::Blank(BlankReason::NoEntries);
        let group = |(name, entry): &(&str, Option<EntryId>)| {
            let found: Vec<(&'a FigureId, Option<&GroupAnswer>)> = answers
                .iter()
                .map(|(id, a)| (*id, a.groups.iter().find(|g| g.name == *name && g.entry == *entry)))
                .collect();
            let side = |pick: fn(&GroupAnswer) -> &Outcome| {
                let parts = found.iter().map(|(id, g)| (*id, g.map_or(&none, pick))).collect();
                self.put_together(figure, value, &Parts(parts))
            };
            GroupAnswer {
                name: (*name).to_owned(),
                entry: *entry,
                value: side(|g| &g.value),
                comparable: side(|g| &g.comparable),
                prior: side(|g| &g.prior),
                entries: found.iter().filter_map(|(_, g)| g.map(|g| g.entries)).sum(),
            }
        };
        keys.iter().map(group).collect()
    }
}

fn has_division(expr: &Expr) -> bool {
    let mut found = false;
    expr.walk(&mut |e| found |= matches!(e.node, Node::Binary(Operator::Divide, ..)));
    found
}
