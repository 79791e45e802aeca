//! Unified social credit codes, GB 32100-2015: 18 characters of which the last checks the others and the 17th the
//! organisation code inside (GB 11714-1997).
//!
//! Some codes issued before 2016 fail the outer check although they are real; an identity-card number can pass it. So the
//! verdict has more than two values, and only both checks failing keeps a row out.

use super::orgcode;
use crate::text::squeeze;

/// The alphabet: no I, O, S, V, Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// What a text is worth as an enterprise's code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CodeVerdict {
    /// Outer check passes, prefix is that of an organisation.
    Valid(String),
    /// Outer check fails, inner passes: accepted with a warning, the licence should be seen.
    OuterFails(String),
    /// Both checks fail: the row is held back.
    BothFail(String),
    /// A 15-digit registration number of before October 2015, kept as such.
    Old15(String),
    /// A bare organisation code of nine characters with a right check character.
    OrgCode(String),
    /// 18 characters that are a person's identity number.
    Personal,
    /// Wrong length or characters; a likely reading if O/0 or I/1 were mixed up.
    Malformed {
        /// The code one gets by reading O as 0 and I as 1, when that is valid.
        suggestion: Option<String>,
    },
}

/// The check character of the first 17, or `None` when a character is outside of the alphabet.
pub fn check_character(body: &str) -> Option<char> {
    if body.len() != 17 {
        return None;
    }
    let (mut sum, mut weight) = (0_usize, 1_usize);
    for c in body.bytes() {
        sum += ALPHABET.iter().position(|a| *a == c)? * weight;
        weight = weight * 3 % 31;
    }
    Some(char::from(ALPHABET[(31 - sum % 31) % 31]))
}

/// NFKC, upper case, without spaces and hyphens.
pub fn normalise(text: &str) -> String {
    squeeze(text).chars().filter(|c| *c != '-').flat_map(char::to_uppercase).collect()
}

/// Judges a code as written.
pub fn verdict(text: &str) -> CodeVerdict {
    let code = normalise(text);
    if code.len() == 18 && is_personal(&code) {
        return CodeVerdict::Personal;
    }
    match code.len() {
        15 if code.bytes().all(|b| b.is_ascii_digit()) => CodeVerdict::Old15(code),
        9 if orgcode::is_valid(&code) => CodeVerdict::OrgCode(code),
        18 if code.bytes().all(|b| ALPHABET.contains(&b)) => {
            if check_character(&code[..17]) == code.chars().last() {
                CodeVerdict::Valid(code)
            } else if orgcode::is_valid(&code[8..17]) {
                CodeVerdict::OuterFails(code)
            } else {
                CodeVerdict::BothFail(code)
            }
        }
        _ => {
            let read: String = code
                .chars()
                .map(|c| {
                    if c == 'O' {
                        '0'
                    } else if c == 'I' {
                        '1'
                    } else {
                        c
                    }
                })
                .collect();
            let valid = read != code && matches!(verdict(&read), CodeVerdict::Valid(_));
            CodeVerdict::Malformed { suggestion: valid.then_some(read) }
        }
    }
}

/// GB 11643: region, birth date between 1900 and 2100, sequence, ISO 7064 check. Organisations start with 1–9 followed by
/// 1–9 or a letter as category, and then a region; an identity number has a date in characters 7–14.
fn is_personal(code: &str) -> bool {
    let bytes = code.as_bytes();
    if !bytes[..17].iter().all(u8::is_ascii_digit) || !(bytes[17].is_ascii_digit() || bytes[17] == b'X') {
        return false;
    }
    let number = |range: std::ops::Range<usize>| code[range].parse::<i16>().unwrap_or(0);
    if !(11..=82).contains(&number(0..2))
        || !(1900..2100).contains(&number(6..10))
        || !(1..=12).contains(&number(10..12))
        || !(1..=31).contains(&number(12..14))
    {
        return false;
    }
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = bytes[..17].iter().zip(WEIGHTS).map(|(b, w)| u32::from(b - b'0') * w).sum();
    b"10X98765432"[sum as usize % 11] == bytes[17]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: CodeVerdict) {
        assert_eq!(verdict(text), expected, "{text}");
    }

    #[test]
    fn published_examples() {
        // 91350100M000100Y4?: Σ = 1640; 1640 mod 31 = 28; 31 − 28 = 3
        assert_eq!(check_character("91350100M000100Y4"), Some('3'));
        check("91350100M000100Y43", CodeVerdict::Valid("91350100M000100Y43".into()));
        check("91512081MA62K0260E", CodeVerdict::Valid("91512081MA62K0260E".into()));
        check("９１３１００００６３１５９２８４ＸＱ", CodeVerdict::Valid("9131000063159284XQ".into()));
        check(" 9131-0000 63159284xq", CodeVerdict::Valid("9131000063159284XQ".into()));
    }

    #[test]
    fn real_codes_that_fail_the_outer_check() {
        for code in ["91350211M0000XUF46", "91350203M0001QKT19", "91350100M0001TGQXM"] {
            check(code, CodeVerdict::OuterFails(code.into()));
        }
    }

    #[test]
    fn an_identity_number_is_nobody_s_credit_code() {
        check("362322198709086409", CodeVerdict::Personal);
    }

    #[test]
    fn other_forms() {
        check("330203000012345", CodeVerdict::Old15("330203000012345".into()));
        check("D2143569-X", CodeVerdict::OrgCode("D2143569X".into()));
        check("111111111111111111", CodeVerdict::BothFail("111111111111111111".into()));
        check("9135O1OOMOOO1OOY43", CodeVerdict::Malformed { suggestion: Some("91350100M000100Y43".into()) });
        check("宁波", CodeVerdict::Malformed { suggestion: None });
        check("", CodeVerdict::Malformed { suggestion: None });
    }

    proptest! {
        #[test]
        fn one_changed_character_never_stays_valid(at in 2usize..17, to in 0usize..31) {
            let code = "91350100M000100Y43";
            let mut bytes = code.as_bytes().to_vec();
            prop_assume!(bytes[at] != ALPHABET[to]);
            bytes[at] = ALPHABET[to];
            let changed = String::from_utf8(bytes).expect("the alphabet is ASCII");
            let valid = matches!(verdict(&changed), CodeVerdict::Valid(_));
            prop_assert!(!valid);
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,24}") {
            let _ = verdict(&text);
        }
    }
}
