//! Check characters of generated identity codes: GB 32100-2015 outside, GB 11714-1997 inside.
//!
//! Deliberately absent: judging codes that arrive in workbooks; that is the importer's work. The
//! arithmetic stands here a second time on purpose: a generator that borrowed the checker's own
//! arithmetic could not show that the checker is right.

use super::random::Random;

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const OUTER_WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const INNER_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// A valid code of an enterprise (91) registered in `region` (six digits). The organisation part
/// comes from PDY00001 to PDY99999, which GB 11714 leaves to users and no office gives out.
pub(super) fn uscc(random: &mut Random, region: &str) -> String {
    let organisation = format!("PDY{:05}", 1 + random.below(99_999));
    let inner = inner_check(&organisation);
    let body = format!("91{region}{organisation}{inner}");
    let outer = outer_check(&body);
    format!("{body}{outer}")
}

/// The same code with another, wrong last character: the outer check fails, the inner holds.
pub(super) fn wrong_outer(code: &str) -> String {
    let mut text: Vec<char> = code.chars().collect();
    if let Some(last) = text.last_mut() {
        *last = if *last == '7' { '8' } else { '7' };
    }
    text.into_iter().collect()
}

/// The same code with one digit of the organisation part mistyped: both checks fail.
pub(super) fn wrong_both(code: &str) -> String {
    let mut text: Vec<char> = code.chars().collect();
    if let Some(digit) = text.get_mut(13) {
        *digit = if *digit == '9' { '0' } else { '9' };
    }
    text.into_iter().collect()
}

/// The ninth character of an organisation code: 11 − (Σ value × weight mod 11); 10 is X, 11 is 0.
fn inner_check(organisation: &str) -> char {
    let sum: u32 =
        organisation.chars().zip(INNER_WEIGHTS).map(|(c, w)| c.to_digit(36).unwrap_or(0) * w).sum();
    match 11 - sum % 11 {
        11 => '0',
        10 => 'X',
        digit => char::from_digit(digit, 10).expect("a remainder below ten is a digit"),
    }
}

/// The eighteenth character: 31 − (Σ value × weight mod 31); 31 is 0.
fn outer_check(body: &str) -> char {
    let value = |c: char| ALPHABET.iter().position(|&a| char::from(a) == c).unwrap_or(0);
    let sum: usize = body.chars().zip(OUTER_WEIGHTS).map(|(c, w)| value(c) * w).sum();
    char::from(ALPHABET[(31 - sum % 31) % 31])
}

/// Whether a text is a code of this generator, valid or spoiled.
#[cfg(test)]
pub(super) fn is_generated(text: &str) -> bool {
    text.len() == 18 && text.starts_with("91") && text.get(8..11) == Some("PDY")
}

/// Whether the outer and the inner check of a code hold.
#[cfg(test)]
pub(super) fn verdict(code: &str) -> (bool, bool) {
    (code.ends_with(outer_check(&code[..17])), code[8..17].ends_with(inner_check(&code[8..16])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: &str, outer: bool, inner: bool) {
        assert_eq!(code.len(), 18, "{code}");
        assert_eq!(verdict(code), (outer, inner), "{code}");
    }

    #[test]
    fn worked_examples_of_the_standards_hold() {
        check("91350100M000100Y43", true, true);
        check("91512081MA62K0260E", true, true);
        check("91350211M0000XUF46", false, true);
        // GB 11714: 3·13+7·2+9·1+10·4+5·3+8·5+4·6+2·9 = 199, 199 mod 11 = 1, 11 − 1 = 10 → X.
        assert_eq!(inner_check("D2143569"), 'X');
    }

    #[test]
    fn generated_codes_are_valid_and_spoiled_ones_are_not() {
        let mut random = Random::stream(7, "codes");
        for _ in 0..500 {
            let code = uscc(&mut random, "330203");
            check(&code, true, true);
            check(&wrong_outer(&code), false, true);
            check(&wrong_both(&code), false, false);
        }
    }
}
