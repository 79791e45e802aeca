//! Numbers as people write them: digits or numerals with unit, direction and qualifier, and whether they count anything.
//!
//! Years, dates, ordinals, numbers of documents, lists and telephones are read too, since a sentence is known by the
//! places of all its numbers, but they are no figures ([`Kind`]). Deliberately absent: whose number it is. To read
//! another word: a line in `messages::reading`.

use model::unit::Units;
use rust_decimal::Decimal;

use super::messages::reading as words;
use super::numeral::{Digits, digits, is_digit, numeral, spelled_out};

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

/// Percent, points and multiples: what a change is said in.
pub(super) fn is_rate(unit: &str) -> bool {
    unit == "%" || unit == "‰" || unit == words::TIMES || words::POINTS.contains(&unit)
}

fn is_time(unit: &str) -> bool {
    words::TIMES_OF_DAY.contains(&unit)
}

/// What follows the digits.
struct Tail {
    scale: Option<Decimal>,
    unit: Option<String>,
    qualifier: Option<Qualifier>,
    end: usize,
}

impl Tail {
    fn behind(text: &str, from: usize, units: &Units) -> Self {
        let mut tail = Self { scale: None, unit: None, qualifier: None, end: from };
        let and_more = |tail: &mut Self| {
            let word = words::AND_MORE.iter().find(|word| text[tail.end..].starts_with(**word));
            if let Some(word) = word {
                tail.end += word.len();
                tail.qualifier = Some(Qualifier::AtLeast);
            }
        };
        and_more(&mut tail);
        let blanks = text[tail.end..].len() - text[tail.end..].trim_start_matches([' ', '\u{a0}']).len();
        let rest = &text[tail.end + blanks..];
        let direct = unit_at(rest, units);
        let scaled = scaled_unit(rest, units);
        match (direct, scaled) {
            (direct, Some((scale, length, more, unit)))
                if direct.is_none_or(|direct| length > direct.len()) =>
            {
                tail.scale = Some(Decimal::from(scale));
                tail.unit = unit.map(wide);
                tail.end += blanks + length;
                if more {
                    tail.qualifier = Some(Qualifier::AtLeast);
                }
            }
            (Some(unit), _) => {
                tail.unit = Some(wide(unit));
                tail.end += blanks + unit.len();
            }
            (None, _) => {}
        }
        let rest = &text[tail.end..];
        for (known, meaning) in [
            (words::AT_LEAST, Qualifier::AtLeast),
            (words::AT_MOST_BEHIND, Qualifier::AtMost),
            (words::ABOUT_BEHIND, Qualifier::About),
        ] {
            if let Some(word) = known.iter().find(|word| rest.starts_with(**word)) {
                tail.end += word.len();
                tail.qualifier = Some(meaning);
                return tail;
            }
        }
        if tail.unit.is_some() && !words::MANY.iter().any(|word| rest.starts_with(word)) {
            and_more(&mut tail);
        }
        tail
    }
}

/// One spelling of the signs that have several.
fn wide(unit: &str) -> String {
    if words::WIDE_PERCENT.contains(&unit) { "%".to_owned() } else { unit.to_owned() }
}

/// A power of ten with the unit behind it: its bytes, whether 多 or 余 stands between, the unit if there is one.
fn scaled_unit<'t>(text: &'t str, units: &Units) -> Option<(i64, usize, bool, Option<&'t str>)> {
    let (word, scale) = words::SCALES.iter().find(|(word, _)| text.starts_with(word))?;
    let more = words::AND_MORE.iter().find(|more| text[word.len()..].starts_with(**more));
    let length = word.len() + more.map_or(0, |more| more.len());
    let unit = unit_at(&text[length..], units).filter(|unit| !is_time(unit));
    if unit.is_none() && *scale < 10_000 {
        return None;
    }
    Some((*scale, length + unit.map_or(0, str::len), more.is_some(), unit))
}

/// The longest unit a text begins with. A bare power of ten is none, whatever the content calls it.
fn unit_at<'t>(text: &'t str, units: &Units) -> Option<&'t str> {
    let own = units
        .iter()
        .flat_map(|unit| std::iter::once(unit.id.as_str()).chain(unit.aliases.iter().map(String::as_str)));
    let others = words::POINTS.iter().chain(words::COUNTERS).chain(words::TIMES_OF_DAY).copied();
    let fits = |unit: &&str| {
        let behind = text[unit.len()..].chars().next();
        let ascii = unit.ends_with(|c: char| c.is_ascii_alphanumeric());
        let goes_on = ascii && behind.is_some_and(|c| c.is_ascii_alphanumeric());
        let scale = words::SCALES.iter().any(|(scale, _)| scale == unit);
        !goes_on && !scale
    };
    let longest = own.chain(others).filter(|unit| text.starts_with(unit)).filter(fits).map(str::len).max()?;
    let stopped = words::NO_UNITS.iter().any(|word| word.len() > longest && text.starts_with(word));
    text.get(..longest).filter(|_| !stopped)
}

/// What stands before a number: qualifier and direction.
struct Before<'t> {
    qualifier: Option<Qualifier>,
    /// The text before the qualifier.
    rest: &'t str,
    minus: bool,
}

impl<'t> Before<'t> {
    fn of(text: &'t str) -> Self {
        let text = text.trim_end_matches([' ', '\u{a0}']);
        let minus = text.strip_suffix(['-', '−', '－']).filter(|before| {
            before.chars().next_back().is_none_or(|c| c.is_whitespace() || words::BEFORE_MINUS.contains(c))
        });
        let rest = minus.unwrap_or(text);
        let known = [
            (words::NO_MORE, Qualifier::AtMost),
            (words::NO_LESS, Qualifier::AtLeast),
            (words::LESS_THAN, Qualifier::LessThan),
            (words::MORE_THAN, Qualifier::MoreThan),
            (words::NEARLY, Qualifier::Nearly),
            (words::ABOUT, Qualifier::About),
        ];
        let none = words::NO_QUALIFIERS.iter().any(|word| rest.ends_with(word));
        let found = known.iter().filter(|_| !none).find_map(|(known, meaning)| {
            let word = known.iter().find(|word| rest.ends_with(**word))?;
            Some((*meaning, &rest[..rest.len() - word.len()]))
        });
        let (qualifier, rest) = found.map_or((None, rest), |(meaning, rest)| (Some(meaning), rest));
        Self { qualifier, rest, minus: minus.is_some() }
    }

    fn direction(&self, rate: bool) -> Option<i8> {
        let sign = if self.minus { -1 } else { 1 };
        let mut text = self.rest;
        while let Some(less) = words::CHANGE_LINKS.iter().find_map(|link| text.strip_suffix(link)) {
            text = less.trim_end();
        }
        let ends = |known: &[&str]| known.iter().any(|word| text.ends_with(word));
        let single = text.chars().next_back().is_some_and(|c| words::SHORT_DIRECTIONS.contains(c));
        let long = words::UP.iter().chain(words::DOWN).any(|w| w.chars().count() > 1 && text.ends_with(w));
        if (long || (single && rate)) && !words::NO_DIRECTIONS.iter().any(|word| text.ends_with(word)) {
            if ends(words::DOWN) {
                return Some(-1);
            }
            if ends(words::UP) {
                return Some(sign);
            }
        }
        while let Some(less) = words::IS.iter().find_map(|link| text.strip_suffix(link)) {
            text = less.trim_end();
        }
        let ends = |known: &[&str]| known.iter().any(|word| text.ends_with(word));
        if rate && ends(words::FALL) {
            return Some(-1);
        }
        if rate && ends(words::CHANGE) {
            return Some(sign);
        }
        self.minus.then_some(-1)
    }
}

/// Halves and doublings, which hold no digits.
fn phrase(text: &str, at: usize) -> Option<Spoken> {
    let rest = &text[at..];
    if let Some((word, growth)) = words::DOUBLINGS.iter().find(|(word, _)| rest.starts_with(word)) {
        let mut spoken = said(text, at, at + word.len(), Decimal::from(*growth), Decimal::TEN);
        spoken.direction = Some(1);
        return Some(spoken);
    }
    if let Some(word) = words::HALVES.iter().find(|word| rest.starts_with(**word)) {
        return Some(said(text, at, at + word.len(), Decimal::from(50), Decimal::TEN));
    }
    let (word, unit) = words::SPOKEN_RATIOS.iter().find(|(word, _)| rest.starts_with(word))?;
    let number = &rest[word.len()..];
    let lead = if number.starts_with(is_digit) { digits(number, false) } else { numeral(number) }?;
    let mut spoken = said(text, at, at + word.len() + lead.length, lead.number, lead.step);
    spoken.unit = Some((*unit).to_owned());
    if spoken.qualifier == Qualifier::About && !Before::of(&text[..at]).is_about() {
        spoken.qualifier = Qualifier::Exact;
    }
    Some(spoken)
}

impl Before<'_> {
    fn is_about(&self) -> bool {
        self.qualifier == Some(Qualifier::About)
    }
}

/// A share in words: percent, about, unless a qualifier says more.
fn said(text: &str, at: usize, end: usize, number: Decimal, step: Decimal) -> Spoken {
    let before = Before::of(&text[..at]);
    let behind = [(words::AT_LEAST, Qualifier::AtLeast), (words::AT_MOST_BEHIND, Qualifier::AtMost)];
    let found = behind.iter().find_map(|(known, meaning)| {
        known.iter().find(|word| text[end..].starts_with(**word)).map(|word| (*meaning, word.len()))
    });
    let (behind, length) = found.map_or((None, 0), |(meaning, length)| (Some(meaning), length));
    Spoken {
        number,
        step,
        unit: Some("%".to_owned()),
        direction: before.direction(true),
        qualifier: behind.or(before.qualifier).unwrap_or(Qualifier::About),
        ..plain(at, end + length, Kind::Figure)
    }
}

/// 三成, 三成半, 3成.
fn tenths(text: &str, at: usize, lead: &Digits) -> Option<Spoken> {
    let after = text[at + lead.length..].strip_prefix(words::TENTH)?;
    if after.starts_with(words::NO_TENTHS) || lead.number > Decimal::TEN {
        return None;
    }
    let mut end = at + lead.length + words::TENTH.len_utf8();
    let mut number = lead.number * Decimal::TEN;
    if after.starts_with(words::HALF_TENTH) {
        end += words::HALF_TENTH.len_utf8();
        number += Decimal::from(5);
    }
    Some(said(text, at, end, number, Decimal::TEN))
}

/// 四分之一.
fn fraction(text: &str, at: usize, lead: &Digits) -> Option<Spoken> {
    let after = text[at + lead.length..].strip_prefix(words::OF)?;
    let part = numeral(after)?;
    let number = (part.number * Decimal::ONE_HUNDRED).checked_div(lead.number)?;
    let end = at + lead.length + words::OF.len() + part.length;
    Some(said(text, at, end, number, Decimal::from(5)))
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
