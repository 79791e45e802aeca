//! What stands around the digits of a number: its unit and scale, qualifiers before and behind, words of direction.
//!
//! Deliberately absent: the digits, and what the number is for.

use model::unit::Units;
use rust_decimal::Decimal;

use super::Qualifier;
use super::words;

/// Percent, points and multiples: what a change is said in.
pub(in crate::report::audit) fn is_rate(unit: &str) -> bool {
    unit == "%" || unit == "‰" || unit == words::TIMES || words::POINTS.contains(&unit)
}

pub(super) fn is_time(unit: &str) -> bool {
    words::TIMES_OF_DAY.contains(&unit)
}

/// What follows the digits.
pub(super) struct Tail {
    pub scale: Option<Decimal>,
    pub unit: Option<String>,
    pub qualifier: Option<Qualifier>,
    pub end: usize,
}

impl Tail {
    pub fn behind(text: &str, from: usize, units: &Units) -> Self {
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
pub(super) fn unit_at<'t>(text: &'t str, units: &Units) -> Option<&'t str> {
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
pub(super) struct Before<'t> {
    pub qualifier: Option<Qualifier>,
    /// The text before the qualifier.
    rest: &'t str,
    minus: bool,
}

impl<'t> Before<'t> {
    pub fn of(text: &'t str) -> Self {
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

    pub fn direction(&self, rate: bool) -> Option<i8> {
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

impl Before<'_> {
    /// Whether it says so roughly.
    pub fn is_about(&self) -> bool {
        self.qualifier == Some(Qualifier::About)
    }
}
