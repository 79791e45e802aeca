//! Meaning of expressions over one row: three-valued logic, exact decimals, missing stays missing.
//!
//! Checks of single rows use it directly; the kernel of `figures` has its own columnar form and is tested against it.

use std::cmp::Ordering;

use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};

use super::{Expr, Function, Node, Operator};
use crate::definition::ClaimCall;
use crate::id::{BookId, EntryId, FieldId, FigureId};
use crate::value::Value;

/// What an expression is evaluated over.
pub trait Row {
    /// The entry's own field.
    fn field(&self, field: &FieldId) -> Option<Value>;
    /// A field of the entry referred to.
    fn through(&self, _reference: &FieldId, _book: &BookId, _field: &FieldId) -> Option<Value> {
        None
    }
    /// The field one period earlier.
    fn previous(&self, _field: &FieldId) -> Option<Value> {
        None
    }
    /// Another figure's value.
    fn figure(&self, _figure: &FigureId) -> Option<Value> {
        None
    }
    /// The answer to a claim's question.
    fn claim(&self, _call: &ClaimCall) -> Option<Value> {
        None
    }
    /// The display name of an entry, for comparing a reference with a text.
    fn entry_name(&self, _entry: EntryId) -> Option<String> {
        None
    }
    /// First and last day of the window.
    fn window(&self) -> Option<(Date, Date)> {
        None
    }
}

/// The value of an expression; `None` is missing. Aggregates have no meaning over one row and are missing.
pub fn value(expr: &Expr, row: &dyn Row) -> Option<Value> {
    match &expr.node {
        Node::Literal(v) => Some(v.clone()),
        Node::Missing | Node::Aggregate(..) => None,
        Node::Field(f) => row.field(f),
        Node::Through { reference, book, field } => row.through(reference, book, field),
        Node::Previous(f) => row.previous(f),
        Node::Figure(id) => row.figure(id),
        Node::Claim(call) => row.claim(call),
        Node::Not(a) => truth(a, row).map(|t| Value::Flag(!t)),
        Node::Negate(a) => Some(Value::Number(-number(a, row)?)),
        Node::Scale(a, factor) => number(a, row)?.checked_mul(*factor).map(Value::Number),
        Node::Binary(op, a, b) => binary(*op, a, b, row),
        Node::IsMissing { of, negated } => Some(Value::Flag(value(of, row).is_none() != *negated)),
        Node::In { of, list, negated } => {
            let subject = value(of, row)?;
            let found = list.iter().any(|item| {
                value(item, row).is_some_and(|v| compare(&subject, &v, row) == Some(Ordering::Equal))
            });
            Some(Value::Flag(found != *negated))
        }
        Node::Like { of, pattern, negated } => {
            let text = text_of(&value(of, row)?, row)?;
            Some(Value::Flag(like(&text, pattern) != *negated))
        }
        Node::Case { whens, otherwise } => {
            let hit = whens.iter().find(|(condition, _)| truth(condition, row) == Some(true));
            match hit {
                Some((_, result)) => value(result, row),
                None => otherwise.as_ref().and_then(|o| value(o, row)),
            }
        }
        Node::Call(function, arguments) => call(*function, arguments, row),
    }
}

/// The truth of a condition; `None` is unknown.
pub fn truth(expr: &Expr, row: &dyn Row) -> Option<bool> {
    match value(expr, row)? {
        Value::Flag(flag) => Some(flag),
        _ => None,
    }
}

/// The number an expression gives.
pub fn number(expr: &Expr, row: &dyn Row) -> Option<Decimal> {
    value(expr, row)?.as_number()
}

fn binary(op: Operator, a: &Expr, b: &Expr, row: &dyn Row) -> Option<Value> {
    match op {
        Operator::And => match (truth(a, row), truth(b, row)) {
            (Some(false), _) | (_, Some(false)) => Some(Value::Flag(false)),
            (Some(true), Some(true)) => Some(Value::Flag(true)),
            _ => None,
        },
        Operator::Or => match (truth(a, row), truth(b, row)) {
            (Some(true), _) | (_, Some(true)) => Some(Value::Flag(true)),
            (Some(false), Some(false)) => Some(Value::Flag(false)),
            _ => None,
        },
        Operator::Add => number(a, row)?.checked_add(number(b, row)?).map(Value::Number),
        Operator::Subtract => number(a, row)?.checked_sub(number(b, row)?).map(Value::Number),
        Operator::Multiply => number(a, row)?.checked_mul(number(b, row)?).map(Value::Number),
        // Division by zero is missing, never zero and never a crash.
        Operator::Divide => number(a, row)?.checked_div(number(b, row)?).map(Value::Number),
        _ => {
            let order = compare(&value(a, row)?, &value(b, row)?, row)?;
            Some(Value::Flag(match op {
                Operator::Equal => order == Ordering::Equal,
                Operator::NotEqual => order != Ordering::Equal,
                Operator::Less => order == Ordering::Less,
                Operator::LessOrEqual => order != Ordering::Greater,
                Operator::Greater => order == Ordering::Greater,
                _ => order != Ordering::Less,
            }))
        }
    }
}

fn compare(a: &Value, b: &Value, row: &dyn Row) -> Option<Ordering> {
    Some(match (a, b) {
        (Value::Number(x), Value::Number(y)) => x.cmp(y),
        (Value::Date(x), Value::Date(y)) => x.cmp(y),
        (Value::Period(x), Value::Period(y)) => x.cmp(y),
        (Value::Flag(x), Value::Flag(y)) => x.cmp(y),
        (Value::Entry(x), Value::Entry(y)) => x.cmp(y),
        (Value::Text(x), Value::Text(y)) => x.cmp(y),
        _ => text_of(a, row)?.cmp(&text_of(b, row)?),
    })
}

fn text_of(value: &Value, row: &dyn Row) -> Option<String> {
    match value {
        Value::Entry(entry) => row.entry_name(*entry),
        other => Some(other.to_string()),
    }
}

/// SQL's `like`: `%` any run, `_` any one character.
pub fn like(text: &str, pattern: &str) -> bool {
    let (text, pattern): (Vec<char>, Vec<char>) = (text.chars().collect(), pattern.chars().collect());
    let (mut t, mut p, mut star, mut mark) = (0, 0, None, 0);
    while t < text.len() {
        if p < pattern.len() && (pattern[p] == '_' || (pattern[p] != '%' && pattern[p] == text[t])) {
            t += 1;
            p += 1;
        } else if p < pattern.len() && pattern[p] == '%' {
            star = Some(p);
            mark = t;
            p += 1;
        } else if let Some(s) = star {
            p = s + 1;
            mark += 1;
            t = mark;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|c| *c == '%')
}

fn call(function: Function, arguments: &[Expr], row: &dyn Row) -> Option<Value> {
    let first = || value(arguments.first()?, row);
    let second = || value(arguments.get(1)?, row);
    let plain = |n: i64| Some(Value::Number(Decimal::from(n)));
    match function {
        Function::Abs => Some(Value::Number(first()?.as_number()?.abs())),
        Function::Round => {
            let places = if arguments.len() > 1 { second()?.as_number()? } else { Decimal::ZERO };
            let places = u32::try_from(places.trunc().mantissa()).ok()?;
            let n = first()?.as_number()?;
            Some(Value::Number(n.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)))
        }
        Function::Coalesce => arguments.iter().find_map(|a| value(a, row)),
        Function::NullIf => {
            let a = first()?;
            let equal = second().is_some_and(|b| compare(&a, &b, row) == Some(Ordering::Equal));
            (!equal).then_some(a)
        }
        Function::Least | Function::Greatest => {
            let wanted = if function == Function::Least { Ordering::Less } else { Ordering::Greater };
            arguments
                .iter()
                .filter_map(|a| value(a, row))
                .reduce(|best, next| if compare(&next, &best, row) == Some(wanted) { next } else { best })
        }
        Function::Year | Function::Month | Function::Day => {
            let date = match first()? {
                Value::Date(d) => d,
                Value::Period(p) => p.last_day(),
                _ => return None,
            };
            plain(match function {
                Function::Year => i64::from(date.year()),
                Function::Month => i64::from(date.month()),
                _ => i64::from(date.day()),
            })
        }
        Function::Length => plain(i64::try_from(first()?.as_text()?.chars().count()).ok()?),
        Function::StartsWith => {
            let (text, start) = (text_of(&first()?, row)?, text_of(&second()?, row)?);
            Some(Value::Flag(text.starts_with(&start)))
        }
        Function::Level => {
            let n = usize::try_from(second()?.as_number()?.trunc().mantissa()).ok()?;
            first()?.as_text()?.split('/').nth(n.checked_sub(1)?).map(Value::text)
        }
        Function::PeriodStart => row.window().map(|(a, _)| Value::Date(a)),
        Function::PeriodEnd => row.window().map(|(_, b)| Value::Date(b)),
    }
}
