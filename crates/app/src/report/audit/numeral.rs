//! The digits of a number: ASCII or full width, grouped or broken, and Chinese numerals.
//!
//! Deliberately absent: what stands around them (`quantity`). A number keeps the step of its last place, so that `1.2万`
//! claims no more than thousands.

use rust_decimal::Decimal;

use super::messages::reading as words;

/// A number at the beginning of a text.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Digits {
    pub number: Decimal,
    /// One in its last place.
    pub step: Decimal,
    /// Its bytes.
    pub length: usize,
    /// Its digits as written, without separators; empty for numerals.
    pub plain: String,
}

/// Full-width digits and signs as their ASCII.
fn narrow(letter: char) -> char {
    match letter {
        '０'..='９' | '．' => {
            u32::from(letter).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(letter)
        }
        _ => letter,
    }
}

/// The power that closes all before it.
const HIGHEST: i64 = 100_000_000;

/// Whether a number may begin with it.
pub(super) fn is_digit(letter: char) -> bool {
    narrow(letter).is_ascii_digit()
}

/// Digits with one point and groups of three. Groups set apart by plain blanks are taken only if `blanks`.
pub(super) fn digits(text: &str, blanks: bool) -> Option<Digits> {
    let letters: Vec<(usize, char)> = text.char_indices().take(64).collect();
    let (mut plain, mut point, mut at, mut group) = (String::new(), false, 0, 0);
    while let Some((_, letter)) = letters.get(at) {
        let small = narrow(*letter);
        let next = |ahead: usize| letters.get(at + ahead).is_some_and(|(_, c)| is_digit(*c));
        if small.is_ascii_digit() {
            plain.push(small);
            group += 1;
            at += 1;
        } else if small == '.' && !point && (next(1) || (next(2) && letters[at + 1].1 == '\n')) {
            plain.push('.');
            point = true;
            at += if next(1) { 1 } else { 2 };
        } else if !point && group <= 3 && separates(&letters, at, blanks) {
            group = 0;
            at += 1;
        } else {
            break;
        }
    }
    let length = letters.get(at).map_or_else(
        || letters.last().map_or(0, |(start, letter)| start + letter.len_utf8()),
        |(start, _)| *start,
    );
    let number: Decimal = plain.parse().ok()?;
    Some(Digits { step: Decimal::new(1, number.scale()), number, length, plain })
}

/// Whether a sign at a place sets apart a group of exactly three digits. A full-width comma does so between full-width
/// digits alone, else it ends a clause.
fn separates(letters: &[(usize, char)], at: usize, blanks: bool) -> bool {
    let sign = letters[at].1;
    let fits = match sign {
        ',' | '\u{a0}' | '\u{2009}' | '\u{202f}' => true,
        ' ' => blanks,
        '，' => letters.get(at + 1).is_some_and(|(_, c)| ('０'..='９').contains(c)),
        _ => false,
    };
    let digit = |ahead: usize| letters.get(at + ahead).is_some_and(|(_, c)| is_digit(*c));
    fits && at > 0 && is_digit(letters[at - 1].1) && digit(1) && digit(2) && digit(3) && !digit(4)
}

/// A Chinese numeral: `三`, `两`, `十二`, `一千二百`, `三亿五千万`. Digits in a row (`二〇二三`, `七八`) are none.
pub(super) fn numeral(text: &str) -> Option<Digits> {
    let (mut total, mut section, mut open) = (0_i64, 0_i64, None);
    let (mut last, mut length) = (1_i64, 0);
    let mut spelled = false;
    for letter in text.chars() {
        if let Some(value) = digit(letter) {
            if open.is_some_and(|before| before != 0) {
                return None;
            }
            (open, last, spelled) = (Some(value), 1, true);
        } else if let Some(power) = power(&words::POWERS, letter) {
            if open.is_none() && (power != 10 || section != 0) {
                break;
            }
            section += open.take().unwrap_or(1) * power;
            (last, spelled) = (power, true);
        } else if let Some(power) = power(&words::SECTIONS, letter).filter(|_| spelled) {
            let below = section + open.take().unwrap_or(0);
            // 亿 closes all before it, 万 its own section: 三亿五千万.
            total =
                if power == HIGHEST { (total + below).checked_mul(power)? } else { total + below * power };
            (section, last) = (0, power);
        } else {
            break;
        }
        length += letter.len_utf8();
    }
    let number = Decimal::from(total + section + open.unwrap_or(0));
    let step = Decimal::from(if last < 10_000 { 1 } else { last });
    spelled.then(|| Digits { number, step, length, plain: String::new() })
}

/// How many bytes of Chinese digits stand in a row.
pub(super) fn spelled_out(text: &str) -> usize {
    text.chars().take_while(|letter| digit(*letter).is_some()).map(char::len_utf8).sum()
}

fn digit(letter: char) -> Option<i64> {
    (0_i64..).zip(words::DIGITS).find(|(_, forms)| forms.contains(letter)).map(|(value, _)| value)
}

fn power(known: &[(char, i64)], letter: char) -> Option<i64> {
    known.iter().find(|(sign, _)| *sign == letter).map(|(_, power)| *power)
}
