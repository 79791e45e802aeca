//! Formulas of a demo specification: applying them to a row.
//!
//! A blank operand makes the result blank; division by zero is blank. `FUNCTIONS` is the whole
//! list of functions; to add one: a line there and an arm in `call`.

use std::cmp::Ordering;

use jiff::ToSpan as _;
use rust_decimal::{Decimal, RoundingStrategy};

use super::codes;
use super::formula::{Formula, Operator};
use super::generate::World;
use super::ground::Plot;
use super::value::{Month, Value};

/// Every function with what it answers.
pub(super) const FUNCTIONS: &[(&str, &str)] = &[
    ("abs", "abs(x): without its sign"),
    ("add_days", "add_days(date, n): the day n days later"),
    ("add_months", "add_months(month, n): the month n months later"),
    ("before", "before(text, part): what stands before the first part; the whole text without it"),
    ("blank", "blank(x): whether nothing is there; blank() is nothing"),
    ("contains", "contains(text, part)"),
    ("cut", "cut(plot, a, b): the part of a plot from share a to share b of its width"),
    ("date", "date('2023-09-05')"),
    ("day", "day(date): the day of the month"),
    ("fixed", "fixed(x, places): the number as text"),
    ("first_day", "first_day(month)"),
    ("geometry", "geometry(plot): its GeoJSON in degrees"),
    ("if", "if(condition, a, b)"),
    ("join", "join(a, b): two plots as one"),
    ("last_day", "last_day(month)"),
    ("left", "left(text, n): its first n characters"),
    ("max", "max(a, b)"),
    ("min", "min(a, b)"),
    ("mod", "mod(a, b): the remainder"),
    ("month", "month(date or month): 1 to 12"),
    ("month_of", "month_of(date) or month_of('2023-09'): the month"),
    ("number", "number(text): the number a text stands for"),
    ("or_else", "or_else(a, b): b when a is blank"),
    ("pad", "pad(x, n): the whole number with leading zeros to n digits"),
    ("part", "part(plot, a, b, c, d): from share a to b of its width, from share c to d of its depth"),
    ("quarter", "quarter(date or month): 1 to 4"),
    ("replace", "replace(text, old, new)"),
    ("right", "right(text, n): its last n characters"),
    ("round", "round(x, places): half up"),
    ("row", "row(): the number of the row, from 1"),
    ("shift", "shift(plot, x, y): the plot moved by metres"),
    ("starts_with", "starts_with(text, beginning)"),
    ("wrong_both", "wrong_both(code): mistyped so that both checks of a credit code fail"),
    ("wrong_outer", "wrong_outer(code): mistyped so that only the outer check fails"),
    ("year", "year(date or month)"),
];

/// The row a formula is applied to.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// All populations made so far.
    pub(super) world: &'a World,
    /// Position of the population.
    pub(super) population: usize,
    /// The row, from 0.
    pub(super) row: usize,
}

impl Scope<'_> {
    /// The formula's value for this row.
    pub(super) fn value(self, formula: &Formula) -> Result<Value, String> {
        match formula {
            Formula::Number(number) => Ok(Value::Number(*number)),
            Formula::Text(text) => Ok(Value::Text(text.clone())),
            Formula::Column(path) => self.column(path),
            Formula::Not(inner) => Ok(Value::Truth(!self.value(inner)?.is_true())),
            Formula::Negative(inner) => match self.value(inner)? {
                Value::Number(number) => Ok(Value::Number(-number)),
                Value::Blank => Ok(Value::Blank),
                other => Err(format!("{other:?} has no negative")),
            },
            Formula::In(item, list) => {
                let item = self.value(item)?;
                for other in list {
                    if same(&item, &self.value(other)?) {
                        return Ok(Value::Truth(true));
                    }
                }
                Ok(Value::Truth(false))
            }
            Formula::Binary(Operator::And, a, b) => {
                Ok(Value::Truth(self.value(a)?.is_true() && self.value(b)?.is_true()))
            }
            Formula::Binary(Operator::Or, a, b) => {
                Ok(Value::Truth(self.value(a)?.is_true() || self.value(b)?.is_true()))
            }
            Formula::Binary(operator, a, b) => binary(*operator, &self.value(a)?, &self.value(b)?),
            Formula::Call(name, arguments) => self.call(name, arguments),
        }
    }

    /// The value at the end of a path of references.
    fn column(self, path: &[String]) -> Result<Value, String> {
        let (mut population, mut row) = (self.population, self.row);
        for (step, name) in path.iter().enumerate() {
            let value = self.world.cell(population, name, row)?;
            if step + 1 == path.len() {
                return Ok(value.clone());
            }
            match value {
                Value::Row { population: p, row: r } => (population, row) = (*p, *r),
                Value::Blank => return Ok(Value::Blank),
                _ => return Err(format!("`{name}` refers to no other population")),
            }
        }
        Ok(Value::Blank)
    }

    fn call(self, name: &str, arguments: &[Formula]) -> Result<Value, String> {
        if name == "if" {
            let [condition, yes, no] = arguments else { return Err("if() takes three arguments".to_owned()) };
            return self.value(if self.value(condition)?.is_true() { yes } else { no });
        }
        if name == "row" {
            return Ok(Value::Number(Decimal::from(self.row + 1)));
        }
        let values = arguments.iter().map(|a| self.value(a)).collect::<Result<Vec<_>, _>>()?;
        if let ("geometry", [Value::Text(plot)]) = (name, values.as_slice()) {
            let site = self.world.site.as_ref().ok_or("no file says where the ground plan lies (`site`)")?;
            return Ok(Value::Text(Plot::parse(plot)?.geometry(site)));
        }
        call(name, &values)
    }
}

/// Applies a function other than `if` and `row`.
fn call(name: &str, values: &[Value]) -> Result<Value, String> {
    match (name, values) {
        ("blank", []) => return Ok(Value::Blank),
        ("blank", [value]) => return Ok(Value::Truth(value.is_blank())),
        ("or_else", [a, b]) => return Ok(if a.is_blank() { b.clone() } else { a.clone() }),
        _ => {}
    }
    if values.iter().any(Value::is_blank) {
        return Ok(Value::Blank);
    }
    Ok(match (name, values) {
        ("abs", [Value::Number(x)]) => Value::Number(x.abs()),
        ("round", [Value::Number(x), Value::Number(places)]) => Value::Number(round(*x, count(*places)?)),
        ("fixed", [Value::Number(x), Value::Number(places)]) => {
            Value::Text(round(*x, count(*places)?).to_string())
        }
        ("mod", [Value::Number(a), Value::Number(b)]) => {
            a.checked_rem(*b).map_or(Value::Blank, Value::Number)
        }
        ("min", [a, b]) => {
            if a.order(b) == Some(Ordering::Greater) {
                b.clone()
            } else {
                a.clone()
            }
        }
        ("max", [a, b]) => {
            if a.order(b) == Some(Ordering::Less) {
                b.clone()
            } else {
                a.clone()
            }
        }
        ("pad", [Value::Number(x), Value::Number(n)]) => {
            let width = usize::try_from(count(*n)?).expect("a digit count is small");
            Value::Text(format!("{:0>width$}", x.trunc().normalize().to_string()))
        }
        ("date", [Value::Text(text)]) => {
            Value::Date(text.parse().map_err(|_| format!("`{text}` is not a date such as 2023-09-05"))?)
        }
        ("month_of", [Value::Text(text)]) => {
            Value::Month(Month::parse(text).ok_or(format!("`{text}` is not a month such as 2023-09"))?)
        }
        ("month_of", [Value::Date(date)]) => Value::Month(Month::of(*date)),
        ("add_months", [Value::Month(month), Value::Number(n)]) => Value::Month(month.plus(whole(*n)?)),
        ("add_days", [Value::Date(date), Value::Number(n)]) => {
            let moved = date.checked_add(whole(*n)?.days());
            Value::Date(moved.map_err(|_| format!("{date} cannot be moved that far"))?)
        }
        ("first_day", [Value::Month(month)]) => Value::Date(month.first_day()),
        ("last_day", [Value::Month(month)]) => Value::Date(month.last_day()),
        ("day", [Value::Date(date)]) => Value::Number(Decimal::from(date.day())),
        ("year" | "month" | "quarter", [Value::Date(date)]) => part(name, Month::of(*date)),
        ("year" | "month" | "quarter", [Value::Month(month)]) => part(name, *month),
        (_, [Value::Text(text), ..]) => on_text(name, text, values)?,
        _ => return unknown(name, values),
    })
}

/// Functions whose first argument is a text.
fn on_text(name: &str, text: &str, values: &[Value]) -> Result<Value, String> {
    Ok(match (name, values) {
        ("before", [_, Value::Text(part)]) => {
            Value::Text(text.split_once(part.as_str()).map_or(text, |(before, _)| before).to_owned())
        }
        ("contains", [_, Value::Text(part)]) => Value::Truth(text.contains(part)),
        ("starts_with", [_, Value::Text(part)]) => Value::Truth(text.starts_with(part)),
        ("replace", [_, Value::Text(old), Value::Text(new)]) => Value::Text(text.replace(old, new)),
        ("left", [_, Value::Number(n)]) => Value::Text(text.chars().take(length(*n)?).collect()),
        ("right", [_, Value::Number(n)]) => {
            let skip = text.chars().count().saturating_sub(length(*n)?);
            Value::Text(text.chars().skip(skip).collect())
        }
        ("number", [_]) => Value::Number(text.parse().map_err(|_| format!("`{text}` is not a number"))?),
        ("cut", [_, Value::Number(a), Value::Number(b)]) => {
            Value::Text(Plot::parse(text)?.part([*a, *b], [Decimal::ZERO, Decimal::ONE])?.text())
        }
        ("part", [_, Value::Number(a), Value::Number(b), Value::Number(c), Value::Number(d)]) => {
            Value::Text(Plot::parse(text)?.part([*a, *b], [*c, *d])?.text())
        }
        ("join", [_, Value::Text(other)]) => Value::Text(Plot::parse(text)?.join(Plot::parse(other)?).text()),
        ("shift", [_, Value::Number(x), Value::Number(y)]) => {
            Value::Text(Plot::parse(text)?.shift([*x, *y]).text())
        }
        ("wrong_outer", [_]) => Value::Text(codes::wrong_outer(text)),
        ("wrong_both", [_]) => Value::Text(codes::wrong_both(text)),
        _ => return unknown(name, values),
    })
}

fn unknown(name: &str, values: &[Value]) -> Result<Value, String> {
    match FUNCTIONS.iter().find(|(known, _)| *known == name) {
        Some((_, usage)) => Err(format!("{name}() does not take {values:?}; {usage}")),
        None => Err(format!("`{name}` is not a function")),
    }
}

fn part(name: &str, month: Month) -> Value {
    Value::Number(Decimal::from(match name {
        "year" => month.year(),
        "quarter" => month.quarter(),
        _ => month.month(),
    }))
}

fn binary(operator: Operator, a: &Value, b: &Value) -> Result<Value, String> {
    match operator {
        Operator::Equal => return Ok(Value::Truth(same(a, b))),
        Operator::Unequal => return Ok(Value::Truth(!same(a, b))),
        Operator::Join => return Ok(Value::Text(a.text() + &b.text())),
        _ if a.is_blank() || b.is_blank() => return Ok(Value::Blank),
        _ => {}
    }
    if let (Value::Number(x), Value::Number(y)) = (a, b) {
        let result = match operator {
            Operator::Add => x.checked_add(*y),
            Operator::Subtract => x.checked_sub(*y),
            Operator::Multiply => x.checked_mul(*y),
            Operator::Divide => return Ok(x.checked_div(*y).map_or(Value::Blank, Value::Number)),
            _ => return compared(operator, a, b),
        };
        return result.map(Value::Number).ok_or_else(|| format!("{x} and {y} are too large"));
    }
    compared(operator, a, b)
}

fn compared(operator: Operator, a: &Value, b: &Value) -> Result<Value, String> {
    let order = a.order(b).ok_or_else(|| format!("{a:?} and {b:?} cannot be compared"))?;
    let truth = match operator {
        Operator::Less => order.is_lt(),
        Operator::AtMost => order.is_le(),
        Operator::Greater => order.is_gt(),
        Operator::AtLeast => order.is_ge(),
        _ => return Err(format!("{a:?} and {b:?} cannot be added or multiplied")),
    };
    Ok(Value::Truth(truth))
}

/// Equality; a month equals its own text.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Month(month), Value::Text(text)) | (Value::Text(text), Value::Month(month)) => {
            month.iso() == *text
        }
        (Value::Date(date), Value::Text(text)) | (Value::Text(text), Value::Date(date)) => {
            date.to_string() == *text
        }
        _ => a == b,
    }
}

/// Half-up rounding that also pads to `places` decimals.
pub(super) fn round(number: Decimal, places: u32) -> Decimal {
    let mut rounded = number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(places);
    rounded
}

fn whole(number: Decimal) -> Result<i32, String> {
    number.trunc().try_into().map_err(|_| format!("{number} is too large for a count"))
}

fn count(number: Decimal) -> Result<u32, String> {
    number
        .trunc()
        .try_into()
        .ok()
        .filter(|&n: &u32| n <= 20)
        .ok_or_else(|| format!("{number} is not a count of digits"))
}

fn length(number: Decimal) -> Result<usize, String> {
    number.trunc().try_into().map_err(|_| format!("{number} is not a length"))
}
