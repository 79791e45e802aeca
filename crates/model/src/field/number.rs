//! Numbers: exact decimals from cells and from text, brought to the field's unit.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::{RawCell, ReadContext, Trouble};
use crate::definition::Percent;
use crate::id::UnitId;
use crate::text::squeeze;
use crate::unit::UnitFault;
use crate::value::Value;
use crate::wording::finding as say;

/// Reads a number and converts it to `unit`.
pub(super) fn read(
    cell: &RawCell<'_>,
    unit: Option<&UnitId>,
    whole: bool,
    context: &ReadContext<'_>,
) -> Result<Value, Trouble> {
    let written = parse(cell, context)?;
    let number = match unit {
        Some(unit) => to_unit(&written, unit, cell, context)?,
        None => written.number,
    };
    if whole && !number.fract().is_zero() {
        return Err(Trouble::warning(
            "not-whole",
            say::not_whole(cell.text),
            Value::Number(number.normalize()),
        ));
    }
    if written.fraction_like {
        let said = say::looks_like_fraction(cell.text);
        return Err(Trouble::warning("percent-or-fraction", said, Value::Number(number.normalize())));
    }
    Ok(Value::Number(number.normalize()))
}

/// A number as written: its digits and the unit that stood in the cell itself.
struct Written {
    number: Decimal,
    /// A `%` or unit in the cell.
    unit: Option<UnitId>,
    /// A number below 1 where a percentage is expected and nothing says which it is.
    fraction_like: bool,
}

fn parse(cell: &RawCell<'_>, context: &ReadContext<'_>) -> Result<Written, Trouble> {
    let percent: UnitId = "%".into();
    if cell.number.is_some() {
        let number =
            decimal(cell.text).ok_or_else(|| Trouble::error("not-a-number", say::not_a_number(cell.text)))?;
        if cell.percent {
            return Ok(Written {
                number: number * Decimal::ONE_HUNDRED,
                unit: Some(percent),
                fraction_like: false,
            });
        }
        let expects_percent = context.unit.is_some_and(|u| *u == percent);
        let below_one = !number.is_zero() && number.abs() < Decimal::ONE;
        return Ok(match context.percent {
            Percent::Fraction => {
                Written { number: number * Decimal::ONE_HUNDRED, unit: Some(percent), fraction_like: false }
            }
            Percent::Percent => Written { number, unit: None, fraction_like: false },
            Percent::Auto => Written { number, unit: None, fraction_like: expects_percent && below_one },
        });
    }
    let text = squeeze(cell.text);
    let (digits, unit) = split_unit(&text, context);
    let number =
        decimal(digits).ok_or_else(|| Trouble::error("not-a-number", say::not_a_number(cell.text)))?;
    Ok(Written { number, unit, fraction_like: false })
}

/// Splits a unit written behind the digits: `13.2%`, `1,234万元`.
fn split_unit<'t>(text: &'t str, context: &ReadContext<'_>) -> (&'t str, Option<UnitId>) {
    let end = text.rfind(|c: char| c.is_ascii_digit() || c == ')' || c == '.').map_or(0, |i| i + 1);
    let (digits, tail) = text.split_at(end);
    match context.units.find(tail) {
        Some(unit) if !digits.is_empty() => (digits, Some(unit.id.clone())),
        _ => (text, None),
    }
}

/// An exact decimal from digits with thousands separators, signs, bookkeeping brackets or an exponent.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    let bracketed = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    let (body, negative) = bracketed.map_or((text, false), |inner| (inner, true));
    let (body, negative) = match body.strip_prefix(['-', '−', '－']) {
        Some(rest) if !negative => (rest, true),
        Some(_) => return None,
        None => (body.strip_prefix('+').unwrap_or(body), negative),
    };
    let body = body.strip_prefix(['¥', '￥', '$']).unwrap_or(body);
    let plain = without_separators(body)?;
    let number = if plain.contains(['e', 'E']) {
        Decimal::from_scientific(&plain).ok()?
    } else {
        Decimal::from_str(&plain).ok()?
    };
    Some(if negative { -number } else { number })
}

/// Removes thousands separators, which must stand every three digits.
fn without_separators(body: &str) -> Option<String> {
    let first_ok = body.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    if !first_ok
        || !body
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'\'' | b'e' | b'E' | b'-' | b'+'))
    {
        return None;
    }
    if !body.contains([',', '\'']) {
        return Some(body.to_owned());
    }
    let (whole, rest) = body.split_at(body.find('.').unwrap_or(body.len()));
    let groups: Vec<&str> = whole.split([',', '\'']).collect();
    let right = groups[0].len() <= 3 && !groups[0].is_empty() && groups[1..].iter().all(|g| g.len() == 3);
    right.then(|| groups.concat() + rest)
}

fn to_unit(
    written: &Written,
    unit: &UnitId,
    cell: &RawCell<'_>,
    context: &ReadContext<'_>,
) -> Result<Decimal, Trouble> {
    let Some(from) = written.unit.as_ref().or(context.unit) else {
        // Counts need no unit stated; money and areas do.
        let needs = context
            .units
            .get(unit.as_str())
            .is_some_and(|u| !u.dimension.is_plain() && !u.dimension.0.contains_key("count"));
        if needs {
            return Err(Trouble::error("unit-missing", say::unit_missing(unit.as_str())));
        }
        return Ok(written.number);
    };
    context.units.convert(written.number, from, unit).map_err(|fault| match fault {
        UnitFault::Mismatch { from, to } => {
            Trouble::error("unit-mismatch", say::unit_mismatch(from.as_str(), to.as_str()))
        }
        UnitFault::Unknown(unit) => Trouble::error("unknown-unit", say::unknown_unit(unit.as_str())),
        UnitFault::TooLarge { .. } => Trouble::error("not-a-number", say::not_a_number(cell.text)),
    })
}
