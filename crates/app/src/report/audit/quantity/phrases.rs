//! Shares and changes in words: 翻一番, 一半, 百分之十二, 三成半, 四分之一.
//!
//! Deliberately absent: numbers in digits and numerals with units.

use rust_decimal::Decimal;

use super::super::numeral::{Digits, digits, is_digit, numeral};
use super::around::Before;
use super::{Kind, Qualifier, Spoken, plain, words};

/// Halves and doublings, which hold no digits.
pub(super) fn phrase(text: &str, at: usize) -> Option<Spoken> {
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
pub(super) fn tenths(text: &str, at: usize, lead: &Digits) -> Option<Spoken> {
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
pub(super) fn fraction(text: &str, at: usize, lead: &Digits) -> Option<Spoken> {
    let after = text[at + lead.length..].strip_prefix(words::OF)?;
    let part = numeral(after)?;
    let number = (part.number * Decimal::ONE_HUNDRED).checked_div(lead.number)?;
    let end = at + lead.length + words::OF.len() + part.length;
    Some(said(text, at, end, number, Decimal::from(5)))
}
