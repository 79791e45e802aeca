//! Traces: the entries a value was computed from, found by the same plan that computed it.

use std::rc::Rc;

use model::definition::{Figure, FigureRule};
use model::expr::{Expr, Node};
use model::id::FieldId;
use model::period::Period;
use rust_decimal::Decimal;

use super::plan::{Taken, What};
use super::{Engine, Scope};
use crate::request::{Contribution, Request, Side};

impl<'a> Engine<'a> {
    /// The entries of a value and of its base, with the fields that were read; of all parts for composites. Empty when the
    /// value is blank, or when the reader may not see single respondents of the book.
    pub fn trace(&self, request: &Request) -> Vec<Contribution> {
        let Some(figure) = self.content.figures.get(&request.figure) else { return vec![] };
        let period = self.period_of(figure, request);
        let (scope, _, _) = self.scope(figure, period, request);
        let mut found = Vec::new();
        if let Ok(scope) = scope {
            self.trace_into(figure, period, &scope, &mut found);
        }
        found
    }

    fn trace_into(
        &self,
        figure: &'a Figure,
        period: Period,
        scope: &Rc<Scope>,
        found: &mut Vec<Contribution>,
    ) {
        match &figure.rule {
            FigureRule::Composite(_) => {
                for part in self.parts(figure) {
                    let own = self.period_at(part, period.end, Some(period.window));
                    self.trace_into(part, own, scope, found);
                }
            }
            FigureRule::Rank { .. } => self.trace_rank(figure, period, scope, found),
            FigureRule::Measure { book, .. } => {
                let confidential = self.book(book).is_some_and(|b| b.statistics_confidential);
                if confidential && !self.reader.may_see_confidential {
                    return;
                }
                let Ok(sides) = self.sides(figure, period, scope) else { return };
                self.trace_rows(figure, &sides.current, None, Side::Current, found);
                if let Ok(prior) = &sides.prior {
                    self.trace_rows(figure, prior, sides.compared_prior.as_deref(), Side::Prior, found);
                }
            }
        }
    }

    fn trace_rows(
        &self,
        figure: &'a Figure,
        taken: &Taken<'a>,
        positions: Option<&[u32]>,
        side: Side,
        found: &mut Vec<Contribution>,
    ) {
        let one = |row: u32, expr: &Expr, number: Option<Decimal>| Contribution {
            figure: figure.id.clone(),
            side,
            book: taken.table.book().clone(),
            entry: taken.table.ids()[row as usize],
            fields: self.fields_read(figure, expr),
            number: number.and_then(|n| self.in_unit(figure, &expr.kind, n).number()),
        };
        let all = || (0..taken.rows.len()).collect::<Vec<_>>();
        let places = positions.map_or_else(all, |p| p.iter().map(|i| *i as usize).collect());
        for i in places {
            match (&taken.sources, &taken.what) {
                // The cells of a combined number are in the unit of the column that was asked for.
                (Some(sources), What::Sum { expr: asked, .. }) => {
                    found.extend(sources.of(i).iter().map(|s| Contribution {
                        number: self.in_unit(figure, &asked.kind, s.number).number(),
                        ..one(s.row, s.expr, None)
                    }));
                }
                (_, What::Sum { numbers, expr, .. }) => {
                    if let Some(number) = numbers.at(i) {
                        found.push(one(taken.rows[i], expr, Some(number)));
                    }
                }
                (_, What::Aggregate(expr)) => found.push(one(taken.rows[i], expr, None)),
            }
        }
    }

    fn trace_rank(
        &self,
        figure: &'a Figure,
        period: Period,
        scope: &Rc<Scope>,
        found: &mut Vec<Contribution>,
    ) {
        let (FigureRule::Rank { book, value, .. }, Ok(standing)) =
            (&figure.rule, self.standing(figure, period, scope))
        else {
            return;
        };
        let Some(table) = self.snapshot.table(book) else { return };
        found.extend(standing.rows.iter().map(|(row, number)| Contribution {
            figure: figure.id.clone(),
            side: Side::Current,
            book: book.clone(),
            entry: table.ids()[*row as usize],
            fields: own_fields(value),
            number: Some(*number),
        }));
    }

    /// The fields a value was read from; for counts, those that decided whether the entry counts.
    fn fields_read(&self, figure: &Figure, expr: &Expr) -> Vec<FieldId> {
        let read = own_fields(expr);
        if !read.is_empty() {
            return read;
        }
        let FigureRule::Measure { book, filter, time, .. } = &figure.rule else { return read };
        let mut fields = filter.as_ref().map(own_fields).unwrap_or_default();
        if let model::definition::FigureTime::Flow { date: Some(date) } = time {
            fields.push(date.clone());
        } else if let Some(book) = self.book(book) {
            fields.extend(book.time.clone());
            if fields.is_empty() {
                fields.extend(book.key.first().cloned());
            }
        }
        fields.dedup();
        fields
    }
}

/// The entry's own fields that an expression reads, in the order they are met.
fn own_fields(expr: &Expr) -> Vec<FieldId> {
    let mut fields: Vec<FieldId> = Vec::new();
    expr.walk(&mut |e| {
        if let Node::Field(field) | Node::Through { reference: field, .. } = &e.node
            && !fields.contains(field)
        {
            fields.push(field.clone());
        }
    });
    fields
}
