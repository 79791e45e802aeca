//! Which rows of parcels are asked for, in which order: the conditions of lists over what a row shows.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::fault::Result;
use crate::books::query::{Condition, Op};
use crate::books::{Query, QueryFault};

/// Where words are looked for.
const SEARCHED: [&str; 4] = ["code", "name", "holder", "location"];

/// What a row has under a name.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Shown {
    Text(String),
    Number(Decimal),
    Nothing,
}

impl Shown {
    /// A text; an empty one is none.
    pub fn text(text: Option<String>) -> Self {
        text.filter(|text| !text.is_empty()).map_or(Self::Nothing, Self::Text)
    }

    /// A number.
    pub fn number(number: Option<Decimal>) -> Self {
        number.map_or(Self::Nothing, Self::Number)
    }
}

/// The rows that a query selects, in its order; what it does not order stays in the order given. `shown` says what a row has
/// under a name, `None` for a name that rows do not have; it is asked only what the query needs.
///
/// # Errors
/// [`QueryFault`] for a name that rows do not have, or a value that is no number where numbers stand.
pub(super) fn select(
    rows: Vec<u32>,
    query: &Query,
    shown: impl Fn(u32, &str) -> Option<Shown>,
) -> Result<Vec<u32>> {
    if let Some(first) = rows.first() {
        let names = query.conditions.iter().map(|c| &c.field).chain(query.orders.iter().map(|o| &o.field));
        for name in names {
            shown(*first, name.as_str()).ok_or_else(|| QueryFault::UnknownField(name.to_string()))?;
        }
    }
    let of = |row: u32, name: &str| shown(row, name).unwrap_or(Shown::Nothing);
    let words: Vec<String> = query.search.split_whitespace().map(str::to_lowercase).collect();
    let mut kept = Vec::with_capacity(rows.len());
    for row in rows {
        let mut holds = words.iter().all(|word| SEARCHED.iter().any(|name| holds_word(&of(row, name), word)));
        for condition in &query.conditions {
            holds = holds && meets(&of(row, condition.field.as_str()), condition)?;
        }
        if holds {
            kept.push(row);
        }
    }
    if query.orders.is_empty() {
        return Ok(kept);
    }
    let key = |row: u32| query.orders.iter().map(|order| of(row, order.field.as_str())).collect::<Vec<_>>();
    let mut keyed: Vec<(Vec<Shown>, u32)> = kept.into_iter().map(|row| (key(row), row)).collect();
    keyed.sort_by(|(a, _), (b, _)| {
        let each = a.iter().zip(b).zip(&query.orders);
        each.fold(Ordering::Equal, |found, ((a, b), order)| {
            found.then_with(|| compare(a, b, order.descending))
        })
    });
    Ok(keyed.into_iter().map(|(_, row)| row).collect())
}

/// Whether a word in small letters stands in a text.
fn holds_word(text: &Shown, word: &str) -> bool {
    matches!(text, Shown::Text(text) if text.to_lowercase().contains(word))
}

/// The order of two values; those without one are last either way.
fn compare(a: &Shown, b: &Shown, descending: bool) -> Ordering {
    let ordered = match (a, b) {
        (Shown::Nothing, Shown::Nothing) => return Ordering::Equal,
        (Shown::Nothing, _) => return Ordering::Greater,
        (_, Shown::Nothing) => return Ordering::Less,
        (Shown::Number(a), Shown::Number(b)) => a.cmp(b),
        (Shown::Text(a), Shown::Text(b)) => a.cmp(b),
        (Shown::Number(_), Shown::Text(_)) => Ordering::Less,
        (Shown::Text(_), Shown::Number(_)) => Ordering::Greater,
    };
    if descending { ordered.reverse() } else { ordered }
}

fn meets(value: &Shown, condition: &Condition) -> Result<bool> {
    let Condition { field, op, values } = condition;
    let first = values.first().map_or("", String::as_str);
    let wanted = |text: &str| -> Result<Shown> {
        match value {
            Shown::Number(_) => text.parse().map(Shown::Number).map_err(|_| {
                QueryFault::BadValue { field: field.to_string(), value: text.to_owned() }.into()
            }),
            _ => Ok(Shown::Text(text.to_owned())),
        }
    };
    let there = *value != Shown::Nothing;
    let ordered = |text: &str| -> Result<Ordering> { Ok(compare(value, &wanted(text)?, false)) };
    Ok(match op {
        Op::Empty => !there,
        Op::Filled => there,
        Op::Eq => there && ordered(first)?.is_eq(),
        Op::Ne => !there || !ordered(first)?.is_eq(),
        Op::In => {
            let mut any = false;
            for text in values {
                any = any || (there && ordered(text)?.is_eq());
            }
            any
        }
        Op::Contains | Op::Starts => match value {
            Shown::Text(text) if *op == Op::Contains => text.contains(first),
            Shown::Text(text) => text.starts_with(first),
            Shown::Nothing => false,
            Shown::Number(_) => {
                return Err(QueryFault::NotForKind { field: field.to_string(), op: *op }.into());
            }
        },
        Op::Gt => there && ordered(first)?.is_gt(),
        Op::Ge => there && ordered(first)?.is_ge(),
        Op::Lt => there && ordered(first)?.is_lt(),
        Op::Le => there && ordered(first)?.is_le(),
        Op::Between => {
            let last = values.get(1).map_or("", String::as_str);
            there && ordered(first)?.is_ge() && ordered(last)?.is_le()
        }
    })
}
