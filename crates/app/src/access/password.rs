//! Passwords: the rule for new ones, and argon2id hashes.
//!
//! The rule follows NIST SP 800-63B: length over composition, no forced change, and nothing that everybody tries first –
//! here with the habits of Chinese users. Deliberately absent: storing; checking against lists on the net.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use unicode_normalization::UnicodeNormalization as _;

/// Words that passwords are made of when people are asked for one; one a line.
const COMMON: &str = include_str!("common-passwords.txt");
/// Characters a password has at least.
pub const SHORTEST: usize = 10;
/// Characters a password has at most.
pub const LONGEST: usize = 128;

/// What hashing costs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cost {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Cost {
    /// The stated parameters: argon2id, 64 MiB, three passes, one lane (RFC 9106, second recommendation).
    pub const STATED: Self = Self { memory: 65_536, passes: 3 };

    fn hasher(self) -> Argon2<'static> {
        let params = Params::new(self.memory, self.passes, 1, None)
            .expect("memory and passes are within what argon2 allows");
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
    }
}

/// Why a password is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PasswordFault {
    /// It is shorter than ten characters.
    #[error("the password is too short")]
    TooShort,
    /// It is longer than 128 characters.
    #[error("the password is too long")]
    TooLong,
    /// It holds the name it is to protect.
    #[error("the password holds the name")]
    Name,
    /// It is among the first anybody would try.
    #[error("the password is one that many people use")]
    Common,
}

/// Checks a new password for somebody of these names.
///
/// # Errors
/// [`PasswordFault`]: the first reason to refuse it.
pub fn check(password: &str, names: &[&str]) -> Result<(), PasswordFault> {
    let password = normal(password);
    match password.chars().count() {
        n if n < SHORTEST => return Err(PasswordFault::TooShort),
        n if n > LONGEST => return Err(PasswordFault::TooLong),
        _ => {}
    }
    let folded = password.to_lowercase();
    let holds = |name: &&str| name.chars().count() >= 2 && folded.contains(&normal(name).to_lowercase());
    if names.iter().any(holds) {
        return Err(PasswordFault::Name);
    }
    if is_common(&folded) { Err(PasswordFault::Common) } else { Ok(()) }
}

/// Whether a password in lower case is a common one: few different characters, digits only (birthdays, telephone
/// numbers), a run along the keyboard, or common words with nothing but digits and signs around them.
fn is_common(folded: &str) -> bool {
    let chars: Vec<char> = folded.chars().collect();
    let mut different = chars.clone();
    different.sort_unstable();
    different.dedup();
    if different.len() <= 3 || chars.iter().all(char::is_ascii_digit) || is_repeated(&chars) {
        return true;
    }
    let plain: String = chars.iter().map(|c| unspelled(*c)).collect();
    [folded, &plain].into_iter().any(only_common_words)
}

/// Whether it is one piece of at most half its length, said again and again.
fn is_repeated(chars: &[char]) -> bool {
    (1..=chars.len() / 2).any(|n| chars.iter().enumerate().all(|(i, c)| *c == chars[i % n]))
}

/// Whether nothing remains but a few letters when common words, digits and signs are taken out.
fn only_common_words(text: &str) -> bool {
    let mut rest = text.to_owned();
    let mut found = false;
    for word in COMMON.lines().filter(|w| !w.is_empty()) {
        if rest.contains(word) {
            rest = rest.replace(word, " ");
            found = true;
        }
    }
    found && rest.chars().filter(|c| c.is_alphabetic()).count() <= 2
}

/// The letter a sign is written for.
fn unspelled(c: char) -> char {
    match c {
        '@' | '4' => 'a',
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '$' | '5' => 's',
        '7' => 't',
        other => other,
    }
}

/// Hashes a password with a salt drawn at random; the result says with which parameters.
pub fn hash(password: &str, salt: [u8; 16], cost: Cost) -> String {
    let hashed: Result<PasswordHash, _> =
        cost.hasher().hash_password_with_salt(normal(password).as_bytes(), &salt);
    hashed.expect("a password of bounded length and a salt of 16 bytes can be hashed").to_string()
}

/// Whether this is the password. Without a hash the same work is done for nothing, so that the time tells nobody whether
/// the name is known.
pub fn verify(password: &str, hashed: Option<&str>, cost: Cost) -> bool {
    // Hashing is slow for long texts; no password is longer.
    let password: String = normal(password).chars().take(LONGEST + 1).collect();
    let Some(known) = hashed.and_then(|text| PasswordHash::new(text).ok()) else {
        drop(hash(&password, [0; 16], cost));
        return false;
    };
    cost.hasher().verify_password(password.as_bytes(), &known).is_ok()
}

/// The same characters typed on different machines.
fn normal(text: &str) -> String {
    text.nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost { memory: 64, passes: 1 };

    #[track_caller]
    fn verdict(password: &str, expected: Result<(), PasswordFault>) {
        assert_eq!(check(password, &["zhangsan", "张三丰"]), expected, "{password}");
    }

    #[test]
    fn length_counts_not_composition() {
        verdict("correct horse battery", Ok(()));
        verdict("春眠不觉晓处处闻啼鸟", Ok(()));
        verdict("kx7-plum-vat", Ok(()));
        verdict("Sh0rt!x9", Err(PasswordFault::TooShort));
        verdict("春眠不觉晓处处闻啼", Err(PasswordFault::TooShort));
        verdict(&"ab c".repeat(40), Err(PasswordFault::TooLong));
    }

    #[test]
    fn what_everybody_tries_first_is_refused() {
        for common in [
            "1234567890",
            "13812345678",
            "19900101199",
            "aaaaaaaaaaaa",
            "abababababab",
            "abcabcabcabc",
            "qwertyuiop12",
            "1qaz2wsx3edc",
            "Password123!",
            "P@ssw0rd2024",
            "woaini1314520",
            "a123456789",
            "Admin@12345",
            "Aa123456789.",
            "qq123456789",
            "iloveyou5201314",
            "zaq12wsxcde3",
            "yuanqu@2024!",
        ] {
            verdict(common, Err(PasswordFault::Common));
        }
    }

    #[test]
    fn a_password_does_not_hold_the_name() {
        verdict("my-ZhangSan-key", Err(PasswordFault::Name));
        verdict("我是张三丰没错的呀", Err(PasswordFault::TooShort));
        verdict("我是张三丰没错的呀哈", Err(PasswordFault::Name));
    }

    #[test]
    fn a_hash_says_its_parameters_and_proves_the_password() {
        let hashed = hash("correct horse", [7; 16], CHEAP);
        assert!(hashed.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{hashed}");
        assert!(verify("correct horse", Some(&hashed), CHEAP));
        // Full-width letters are the same letters.
        assert!(verify("ｃorrect horse", Some(&hashed), CHEAP));
        assert!(!verify("correct hors", Some(&hashed), CHEAP));
        assert!(!verify("correct horse", None, CHEAP));
        assert!(!verify("correct horse", Some("nonsense"), CHEAP));
        assert_ne!(hashed, hash("correct horse", [8; 16], CHEAP));
        // Hashes made at another cost stay good.
        assert!(verify("correct horse", Some(&hashed), Cost { memory: 128, passes: 2 }));
    }
}
