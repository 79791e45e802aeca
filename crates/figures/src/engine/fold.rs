//! Folding: rows to one value.
//!
//! Sums are exact steps; other aggregates are evaluated over the rows and put into the tree around them, which
//! `model::expr::eval` then evaluates, so `sum(a) / sum(b)` means what it says.

use std::cmp::Ordering;

use jiff::civil::Date;
use model::definition::Figure;
use model::expr::eval::{self, Row};
use model::expr::{Aggregate, Expr, Node, Type};
use model::id::{EntryId, FieldId, FigureId};
use model::value::Value;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::Engine;
use super::plan::{Taken, What};
use super::scan::Scan;
use crate::bulk;
use crate::request::{BlankReason, Outcome};

/// A value before it is brought to the figure's unit.
enum Raw {
    Value(Value),
    List(Vec<String>),
}

impl<'a> Engine<'a> {
    /// The value of all rows.
    pub(super) fn fold(&self, figure: &Figure, taken: &Taken<'a>) -> Outcome {
        self.fold_some(figure, taken, None)
    }

    /// The value of the rows at these positions of `taken.rows` (all when `None`).
    pub(super) fn fold_some(&self, figure: &Figure, taken: &Taken<'a>, positions: Option<&[u32]>) -> Outcome {
        let rows = positions.map_or(taken.rows.len(), <[u32]>::len);
        match &taken.what {
            What::Sum { numbers, expr, counts } => {
                if rows == 0 && !counts {
                    return Outcome::Blank(BlankReason::NoEntries);
                }
                let (sum, present) = match positions {
                    None => bulk::total(numbers),
                    Some(positions) => bulk::total_of(numbers, positions),
                };
                if present == 0 && !counts {
                    return Outcome::Blank(BlankReason::NotFilled);
                }
                match sum.decimal() {
                    Some(number) => self.in_unit(figure, &expr.kind, number),
                    None => Outcome::Blank(BlankReason::TooLarge),
                }
            }
            What::Aggregate(expr) => {
                let rows: Vec<u32> = match positions {
                    None => taken.rows.to_vec(),
                    Some(positions) => positions.iter().map(|p| taken.rows[*p as usize]).collect(),
                };
                let scan = Scan { engine: self, table: taken.table, period: taken.period };
                match aggregated(&scan, expr, rows, taken.order) {
                    Ok(Raw::List(list)) => Outcome::List(list),
                    Ok(Raw::Value(Value::Number(number))) => self.in_unit(figure, &expr.kind, number),
                    Ok(Raw::Value(Value::Entry(entry))) => Outcome::Text(self.entry_name(entry)),
                    Ok(Raw::Value(other)) => Outcome::Text(other.to_string()),
                    Err(reason) => Outcome::Blank(reason),
                }
            }
        }
    }

    /// A number of an expression brought to the figure's unit, exactly.
    pub(super) fn in_unit(&self, figure: &Figure, kind: &Type, number: Decimal) -> Outcome {
        let unit = figure.unit.as_ref().and_then(|u| self.content.units.get(u.as_str()));
        let (Type::Number { factor, literal: false, .. }, Some(unit)) = (kind, unit) else {
            return Outcome::Number(number);
        };
        if *factor == unit.factor {
            return Outcome::Number(number);
        }
        let converted = match number.checked_mul(*factor) {
            Some(base) => base.checked_div(unit.factor),
            None => number.checked_div(unit.factor).and_then(|n| n.checked_mul(*factor)),
        };
        Outcome::known(converted.map(|n| n.normalize()), BlankReason::TooLarge)
    }
}

/// The value of a tree of aggregates over some rows.
fn aggregated(
    scan: &Scan<'_, '_>,
    expr: &Expr,
    mut rows: Vec<u32>,
    order: Option<&FieldId>,
) -> Result<Raw, BlankReason> {
    if let Node::Aggregate(what @ (Aggregate::List | Aggregate::ListDistinct), Some(argument)) = &expr.node {
        if rows.is_empty() {
            return Err(BlankReason::NoEntries);
        }
        if let Some(order) = order {
            rows.sort_by(|a, b| in_order(scan.table.value(*a, order), scan.table.value(*b, order)));
        }
        return Ok(Raw::List(listed(scan, argument, &rows, *what == Aggregate::ListDistinct)));
    }
    let mut empty = None;
    let closed = with_aggregates(expr, &mut |what, argument| {
        let value = aggregate(scan, what, argument, &rows);
        if let Err(reason) = value {
            empty.get_or_insert(reason);
        }
        value.ok()
    });
    let value = eval::value(&closed, &Outer(scan));
    value.map(Raw::Value).ok_or_else(|| empty.unwrap_or(BlankReason::DivisionByZero))
}

/// Ascending, missing values last.
fn in_order(a: Option<Value>, b: Option<Value>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => ordered(&a, &b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

fn ordered(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Number(x), Value::Number(y)) => x.cmp(y),
        (Value::Date(x), Value::Date(y)) => x.cmp(y),
        (Value::Period(x), Value::Period(y)) => x.cmp(y),
        (Value::Flag(x), Value::Flag(y)) => x.cmp(y),
        _ => a.to_string().cmp(&b.to_string()),
    }
}

fn listed(scan: &Scan<'_, '_>, argument: &Expr, rows: &[u32], distinct: bool) -> Vec<String> {
    let mut list = Vec::new();
    for row in rows {
        let texts = match scan.value(argument, *row) {
            None => continue,
            Some(Value::Entry(entry)) => vec![scan.engine.entry_name(entry)],
            Some(Value::Entries(entries)) => entries.iter().map(|e| scan.engine.entry_name(*e)).collect(),
            Some(other) => vec![other.to_string()],
        };
        for text in texts {
            if !(distinct && list.contains(&text)) {
                list.push(text);
            }
        }
    }
    list
}

fn aggregate(
    scan: &Scan<'_, '_>,
    what: Aggregate,
    argument: Option<&Expr>,
    rows: &[u32],
) -> Result<Value, BlankReason> {
    let number = |n: usize| Ok(Value::Number(Decimal::from(n)));
    let Some(argument) = argument else { return number(rows.len()) };
    let values = || rows.iter().filter_map(|r| scan.value(argument, *r));
    let nothing = if rows.is_empty() { BlankReason::NoEntries } else { BlankReason::NotFilled };
    match what {
        Aggregate::Count => number(values().count()),
        Aggregate::CountDistinct => number(values().collect::<FxHashSet<Value>>().len()),
        Aggregate::Sum | Aggregate::Average => {
            let (sum, present) = bulk::total(&scan.numbers(argument, rows));
            if present == 0 {
                return Err(nothing);
            }
            let sum = sum.decimal().ok_or(BlankReason::TooLarge)?;
            let count = if what == Aggregate::Average { Decimal::from(present) } else { Decimal::ONE };
            sum.checked_div(count).map(Value::Number).ok_or(BlankReason::TooLarge)
        }
        Aggregate::Min => values().min_by(ordered).ok_or(nothing),
        Aggregate::Max => values().max_by(ordered).ok_or(nothing),
        Aggregate::Only => {
            let mut all = values();
            let one = all.next().ok_or(nothing)?;
            if all.all(|other| other == one) { Ok(one) } else { Err(BlankReason::Ambiguous) }
        }
        Aggregate::List | Aggregate::ListDistinct => Err(BlankReason::NotApplicable),
    }
}

/// The tree with every aggregate replaced by its value.
fn with_aggregates(expr: &Expr, value: &mut dyn FnMut(Aggregate, Option<&Expr>) -> Option<Value>) -> Expr {
    let node = match &expr.node {
        Node::Aggregate(what, argument) => {
            value(*what, argument.as_deref()).map_or(Node::Missing, Node::Literal)
        }
        Node::Not(a) => Node::Not(Box::new(with_aggregates(a, value))),
        Node::Negate(a) => Node::Negate(Box::new(with_aggregates(a, value))),
        Node::Scale(a, factor) => Node::Scale(Box::new(with_aggregates(a, value)), *factor),
        Node::Binary(op, a, b) => {
            let a = Box::new(with_aggregates(a, value));
            Node::Binary(*op, a, Box::new(with_aggregates(b, value)))
        }
        Node::IsMissing { of, negated } => {
            Node::IsMissing { of: Box::new(with_aggregates(of, value)), negated: *negated }
        }
        Node::Case { whens, otherwise } => Node::Case {
            whens: whens
                .iter()
                .map(|(c, r)| (with_aggregates(c, value), with_aggregates(r, value)))
                .collect(),
            otherwise: otherwise.as_ref().map(|o| Box::new(with_aggregates(o, value))),
        },
        Node::Call(function, arguments) => {
            Node::Call(*function, arguments.iter().map(|a| with_aggregates(a, value)).collect())
        }
        Node::In { of, list, negated } => {
            Node::In { of: Box::new(with_aggregates(of, value)), list: list.clone(), negated: *negated }
        }
        Node::Like { of, pattern, negated } => {
            let of = Box::new(with_aggregates(of, value));
            Node::Like { of, pattern: pattern.clone(), negated: *negated }
        }
        other => other.clone(),
    };
    Expr { node, kind: expr.kind.clone() }
}

/// What stands around the aggregates: no fields, but parameters and the window.
struct Outer<'s, 'e, 'a>(&'s Scan<'e, 'a>);

impl Row for Outer<'_, '_, '_> {
    fn field(&self, _field: &FieldId) -> Option<Value> {
        None
    }

    fn figure(&self, figure: &FigureId) -> Option<Value> {
        self.0.engine.parameter(figure, self.0.period)
    }

    fn entry_name(&self, entry: EntryId) -> Option<String> {
        Some(self.0.engine.entry_name(entry))
    }

    fn window(&self) -> Option<(Date, Date)> {
        Some((self.0.period.first_day(), self.0.period.last_day()))
    }
}
