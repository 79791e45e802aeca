//! Which rows of parcels are asked for, in which order: the conditions of lists over what a row shows.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::fault::Result;
use super::shapes::ParcelRow;
use crate::books::query::{Condition, Op};
use crate::books::{Query, QueryFault};

/// What a row has under a name.
#[derive(Clone, PartialEq, Debug)]
enum Shown {
    Text(String),
    Number(Decimal),
    Nothing,
}

fn text(value: Option<&String>) -> Shown {
    value.filter(|t| !t.is_empty()).map_or(Shown::Nothing, |t| Shown::Text(t.clone()))
}

fn number(value: Option<Decimal>) -> Shown {
    value.map_or(Shown::Nothing, Shown::Number)
}

/// What a row has under a name; `None` for a name that rows do not have.
fn shown(row: &ParcelRow, name: &str) -> Option<Shown> {
    Some(match name {
        "code" => text(Some(&row.code)),
        "name" => text(Some(&row.name)),
        "holder" => text(row.holder.as_ref().map(|h| &h.title)),
        "land_use" => text(row.land_use.as_ref()),
        "location" => text(row.location.as_ref()),
        "layer" => text(Some(&row.layer)),
        "state" => text(row.state.as_ref()),
        "status" => text(row.status.as_ref()),
        "grade" => text(row.grade.as_ref()),
        "area" => number(row.area),
        "mu" => number(row.mu),
        "score" => number(row.score),
        "coverage" => number(row.coverage),
        "flags" => {
            let codes: Vec<&str> = row.flags.iter().map(|f| f.code.as_str()).collect();
            text(Some(&codes.join(" ")))
        }
        measure => number(row.values.iter().find(|v| v.measure == measure)?.value),
    })
}

/// The rows that a query selects, in its order.
///
/// # Errors
/// [`QueryFault`] for a name that rows do not have, or a value that is no number where numbers stand.
pub(super) fn select(rows: Vec<ParcelRow>, query: &Query) -> Result<Vec<ParcelRow>> {
    if let Some(first) = rows.first() {
        let names = query.conditions.iter().map(|c| &c.field).chain(query.orders.iter().map(|o| &o.field));
        for name in names {
            shown(first, name.as_str()).ok_or_else(|| QueryFault::UnknownField(name.to_string()))?;
        }
    }
    let mut kept = Vec::with_capacity(rows.len());
    for row in rows {
        let mut holds = searched(&row, &query.search);
        for condition in &query.conditions {
            let value = shown(&row, condition.field.as_str()).unwrap_or(Shown::Nothing);
            holds = holds && meets(&value, condition)?;
        }
        if holds {
            kept.push(row);
        }
    }
    kept.sort_by(|a, b| {
        let by = query.orders.iter().map(|order| {
            let of = |row| shown(row, order.field.as_str()).unwrap_or(Shown::Nothing);
            compare(&of(a), &of(b), order.descending)
        });
        by.fold(Ordering::Equal, Ordering::then).then_with(|| a.code.cmp(&b.code))
    });
    Ok(kept)
}

/// Whether each word stands somewhere in a row.
fn searched(row: &ParcelRow, words: &str) -> bool {
    let holder = row.holder.as_ref().map_or("", |h| h.title.as_str());
    let all = [&row.code, &row.name, holder, row.location.as_deref().unwrap_or_default()].join("\n");
    let all = all.to_lowercase();
    words.split_whitespace().all(|word| all.contains(&word.to_lowercase()))
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
