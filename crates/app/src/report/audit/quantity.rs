//! Numbers as people write them: digits or numerals with unit, direction and qualifier, and whether they count anything.
//!
//! Years, dates, ordinals, numbers of documents, lists and telephones are read too, since a sentence is known by the
//! places of all its numbers, but they are no figures ([`Kind`]). Deliberately absent: whose number it is. To read
//! another word: a line in `messages::reading`.

mod around;
mod phrases;

use model::unit::Units;
use rust_decimal::Decimal;

use super::messages::reading as words;
use super::numeral::{Digits, digits, is_digit, numeral, spelled_out};
pub(super) use around::is_rate;
use around::{Before, Tail, is_time, unit_at};
use phrases::{fraction, phrase, tenths};

/// How a number limits the truth.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    /// The number itself.
    Exact,
    /// 以上, 多, 余, 不低于: no less than.
    AtLeast,
    /// 超, 逾: more than.
    MoreThan,
    /// 以下, 不超过: no more than.
    AtMost,
    /// 不足, 低于: less than.
    LessThan,
    /// 近: a little less than.
    Nearly,
    /// 约, 左右, 三成: about.
    About,
    /// 10—15: between two numbers.
    Between,
}

/// What a number is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// It counts or measures something.
    Figure,
    /// A place in an order of merit.
    Rank,
    /// A date or a length of time.
    Time,
    /// A number that names: of a document, a list, a telephone.
    Label,
}

/// A number in a text.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Spoken {
    /// First byte of its digits.
    pub start: usize,
    /// First byte behind its unit and qualifier.
    pub end: usize,
    /// In `unit`, without sign.
    pub number: Decimal,
    /// One in its last printed place, in `unit`.
    pub step: Decimal,
    /// The other end of a range.
    pub upper: Option<Decimal>,
    /// A power of ten between digits and unit, already in `number`; without a unit it says how much the number is.
    pub scale: Decimal,
    pub unit: Option<String>,
    /// −1, +1 when a word or sign of direction belongs to it.
    pub direction: Option<i8>,
    pub qualifier: Qualifier,
    pub kind: Kind,
}

/// Every number of a text from left to right.
pub(super) fn numbers(text: &str, units: &Units) -> Vec<Spoken> {
    let mut found: Vec<Spoken> = Vec::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        if letter.is_ascii_alphabetic() {
            at += name(&text[at..]);
            continue;
        }
        if let Some(spoken) = spoken_at(text, at, units) {
            at = spoken.end;
            found.push(spoken);
        } else {
            at += run(&text[at..]).max(letter.len_utf8());
        }
    }
    paired(text, found)
}

/// A run of digits that is no number: one too long to be one, or 七八.
fn run(text: &str) -> usize {
    let digits: usize = text.chars().take_while(|c| is_digit(*c)).map(char::len_utf8).sum();
    digits.max(spelled_out(text))
}

/// Letters with what is glued to them: `GB9704`, `B204-1`, `V1.2`, `GB/T 8170-2008`.
fn name(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut length = 0;
    let mut letters = false;
    while let Some(byte) = bytes.get(length) {
        let goes_on = bytes.get(length + 1).is_some_and(u8::is_ascii_alphanumeric);
        let standard = *byte == b' ' && letters && bytes.get(length + 1).is_some_and(u8::is_ascii_digit);
        if byte.is_ascii_alphanumeric() || (matches!(byte, b'-' | b'.' | b'/') && goes_on) {
            letters |= *byte == b'/';
        } else if !standard {
            break;
        }
        length += 1;
    }
    length
}

fn spoken_at(text: &str, at: usize, units: &Units) -> Option<Spoken> {
    let rest = &text[at..];
    if let Some(spoken) = phrase(text, at) {
        return Some(spoken);
    }
    if rest.starts_with(is_digit) {
        if let Some(end) = date(rest) {
            return Some(plain(at, at + end, Kind::Time));
        }
        let with_blanks = digits(rest, true)?;
        let without = digits(rest, false)?;
        let blanks_hold = with_blanks.length > without.length
            && unit_at(text[at + with_blanks.length..].trim_start_matches(' '), units).is_some();
        return written(text, at, &if blanks_hold { with_blanks } else { without }, units);
    }
    let in_a_row = spelled_out(rest);
    if in_a_row >= 9 {
        let kind =
            if unit_at(&rest[in_a_row..], units).is_some_and(is_time) { Kind::Time } else { Kind::Label };
        return Some(plain(at, at + in_a_row, kind));
    }
    spelled(text, at, &numeral(rest)?, units)
}

fn plain(start: usize, end: usize, kind: Kind) -> Spoken {
    Spoken {
        start,
        end,
        number: Decimal::ZERO,
        step: Decimal::ONE,
        upper: None,
        scale: Decimal::ONE,
        unit: None,
        direction: None,
        qualifier: Qualifier::Exact,
        kind,
    }
}

/// A number in digits.
fn written(text: &str, at: usize, lead: &Digits, units: &Units) -> Option<Spoken> {
    let tail = Tail::behind(text, at + lead.length, units);
    let mut spoken = with_tail(text, at, lead, &tail)?;
    let behind = &text[spoken.end..];
    if tail.unit.is_none() && tail.scale.is_none() && behind.starts_with(|c: char| c.is_ascii_alphabetic()) {
        spoken.end += name(behind);
        spoken.kind = Kind::Label;
        return Some(spoken);
    }
    spoken.kind = kind(text, &mut spoken, lead, true);
    Some(spoken)
}

/// A number in numerals; such count only before units and as places or tenths.
fn spelled(text: &str, at: usize, lead: &Digits, units: &Units) -> Option<Spoken> {
    let before = &text[..at];
    let behind = &text[at + lead.length..];
    if let Some(tenths) = tenths(text, at, lead) {
        return Some(tenths);
    }
    if let Some(fraction) = fraction(text, at, lead) {
        return Some(fraction);
    }
    let tail = Tail::behind(text, at + lead.length, units);
    let mut spoken = with_tail(text, at, lead, &tail)?;
    if before.ends_with([words::ORDINAL, words::FIRST]) {
        spoken.kind = kind(text, &mut spoken, lead, false);
        return (spoken.kind != Kind::Figure).then_some(spoken);
    }
    let unit = tail.unit.as_deref()?;
    let one = lead.number == Decimal::ONE && words::NOT_ONE.contains(&unit);
    let bound = words::NO_NUMERAL_BEHIND.iter().any(|word| before.ends_with(word));
    let never = words::NEVER_SPELLED.contains(&unit);
    if one
        || never
        || (bound && !is_time(unit))
        || words::IDIOMS.iter().any(|idiom| text[at..].starts_with(idiom))
    {
        return None;
    }
    if is_time(unit) && !behind.starts_with(words::QUARTER) {
        return None;
    }
    spoken.kind = kind(text, &mut spoken, lead, false);
    Some(spoken)
}

fn with_tail(text: &str, at: usize, lead: &Digits, tail: &Tail) -> Option<Spoken> {
    let scale = tail.scale.unwrap_or(Decimal::ONE);
    let before = Before::of(&text[..at]);
    let qualifier = match (tail.qualifier, before.qualifier) {
        (Some(behind), _) => behind,
        (None, Some(ahead)) => ahead,
        (None, None) => Qualifier::Exact,
    };
    let rate = tail.unit.as_deref().is_some_and(is_rate);
    Some(Spoken {
        start: at,
        end: tail.end,
        number: lead.number.checked_mul(scale)?,
        step: lead.step.checked_mul(scale)?,
        upper: None,
        scale,
        unit: tail.unit.clone(),
        direction: before.direction(rate).or_else(|| {
            let change = words::CHANGE_BEHIND.iter().any(|word| text[tail.end..].starts_with(word));
            (rate && change).then_some(1)
        }),
        qualifier,
        kind: Kind::Figure,
    })
}

/// `2023-10-31`, `2023/10`, `10:30`: bytes of a date in figures.
fn date(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits_from = |from: usize| bytes.iter().skip(from).take_while(|b| b.is_ascii_digit()).count();
    let sign = |at: usize| bytes.get(at).copied().unwrap_or_default();
    let first = digits_from(0);
    if first <= 2 && sign(first) == b':' && digits_from(first + 1) == 2 {
        return Some(first + 3);
    }
    let year: u32 = (first == 4).then(|| text[..4].parse().ok()).flatten()?;
    let separator = sign(4);
    let second = digits_from(5);
    if !(1900..2100).contains(&year) || !matches!(separator, b'-' | b'/' | b'.') || !(1..=2).contains(&second)
    {
        return None;
    }
    let month: u32 = text[5..5 + second].parse().ok()?;
    let third = if sign(5 + second) == separator { digits_from(6 + second) } else { 0 };
    let end = if (1..=2).contains(&third) { 6 + second + third } else { 5 + second };
    let whole = separator != b'.' || third > 0;
    ((1..=12).contains(&month) && whole && !text[end..].starts_with(words::MONTH)).then_some(end)
}

/// What a number is for, by what stands around it.
fn kind(text: &str, spoken: &mut Spoken, lead: &Digits, ascii: bool) -> Kind {
    let before = text[..spoken.start].trim_end_matches(words::LABEL_LINKS);
    let (close, behind) = (&text[..spoken.start], &text[spoken.end..]);
    let unit = spoken.unit.clone();
    let unit = unit.as_deref();
    if unit.is_some_and(is_time) {
        return Kind::Time;
    }
    if close.ends_with(words::ORDINAL) {
        return ordinal(text, spoken, unit);
    }
    if close.ends_with(words::FIRST) && !words::NO_FIRST.iter().any(|word| close.ends_with(word)) {
        let place = unit.is_none_or(|unit| words::PLACES.contains(&unit));
        if place && lead.number <= Decimal::ONE_HUNDRED {
            (spoken.qualifier, spoken.unit) = (Qualifier::AtMost, Some(words::PLACE.to_owned()));
            return Kind::Rank;
        }
        return Kind::Label;
    }
    if unit.is_some() || spoken.scale != Decimal::ONE {
        return if unit == Some(words::PLACE) && ranked(close) { Kind::Rank } else { Kind::Figure };
    }
    let opened =
        words::YEAR_BRACKETS.iter().any(|(open, end)| close.ends_with(*open) && behind.starts_with(*end));
    let named = words::LABELS_BEFORE.iter().any(|word| before.ends_with(word))
        || words::LABELS_BEHIND.iter().any(|word| behind.starts_with(word));
    let long = ascii && lead.plain.len() >= 7 && !lead.plain.contains('.');
    let zero = lead.plain.len() > 1 && lead.plain.starts_with('0') && !lead.plain.starts_with("0.");
    if opened || named || long || zero || listed(close, behind, lead) {
        return Kind::Label;
    }
    let year =
        lead.plain.len() == 4 && lead.number >= Decimal::from(1949) && lead.number < Decimal::from(2100);
    if year { Kind::Time } else { Kind::Figure }
}

fn ordinal(text: &str, spoken: &mut Spoken, unit: Option<&str>) -> Kind {
    let before = text[..spoken.start].trim_end_matches(words::ORDINAL);
    let ends = text[spoken.end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    let place = unit.is_some_and(|unit| words::PLACES.contains(&unit));
    if place || (unit.is_none() && ends && ranked(before)) {
        spoken.unit = Some(words::PLACE.to_owned());
        return Kind::Rank;
    }
    Kind::Label
}

/// Whether the last characters speak of a place in an order.
fn ranked(before: &str) -> bool {
    let near: String =
        before.chars().rev().take(words::RANKED_WITHIN).collect::<Vec<_>>().iter().rev().collect();
    words::RANKED.iter().any(|word| near.contains(word))
}

/// Whether it is the number of a list: `1.`, `（1）`, `2、`, `3.2 `.
fn listed(before: &str, behind: &str, lead: &Digits) -> bool {
    let small = lead.number < Decimal::ONE_HUNDRED;
    let opened = before.ends_with(words::LIST_OPENS);
    if !small || !behind.starts_with(words::LIST_ENDS) {
        return false;
    }
    if opened {
        return behind.starts_with([')', '）']);
    }
    let follows = behind.chars().nth(1);
    let starts = before.trim().is_empty() || before.ends_with('\n');
    let inside = before.ends_with(['。', '；', ';', '：', ':']) && behind.starts_with(['.', '．', '）', ')']);
    (starts && behind.trim().len() > 1) || (inside && follows.is_none_or(|c| !c.is_ascii_digit()))
}

/// Dates in two parts (`1—10月`) are dates; two ends of a range are one number.
fn paired(text: &str, found: Vec<Spoken>) -> Vec<Spoken> {
    let mut out: Vec<Spoken> = Vec::with_capacity(found.len());
    for right in found.into_iter().rev() {
        let Some(next) = out.last_mut() else {
            out.push(right);
            continue;
        };
        let mut left = right;
        let between = text[left.end..next.start].trim();
        let ranges = words::RANGE.contains(&between);
        let listed = ranges || words::AND.contains(&between);
        let bare = left.unit.is_none() && left.scale == Decimal::ONE;
        if listed && bare && next.kind == Kind::Time && next.unit.is_some() {
            left.kind = Kind::Time;
        } else if ranges && both_ends(&left, next, bare) {
            let factor = if bare { next.scale } else { Decimal::ONE };
            left.number *= factor;
            left.step = next.step;
            left.upper = Some(next.number);
            (left.end, left.unit, left.scale) = (next.end, next.unit.clone(), next.scale);
            left.qualifier = Qualifier::Between;
            *next = left;
            continue;
        }
        out.push(left);
    }
    out.reverse();
    out
}

fn both_ends(left: &Spoken, right: &Spoken, bare: bool) -> bool {
    let factor = if bare { right.scale } else { Decimal::ONE };
    let figures = left.kind == Kind::Figure && right.kind == Kind::Figure && right.unit.is_some();
    let plain =
        right.upper.is_none() && left.qualifier == Qualifier::Exact && right.qualifier == Qualifier::Exact;
    figures && plain && (bare || left.unit == right.unit) && left.number * factor < right.number
}

#[cfg(test)]
mod tests;
