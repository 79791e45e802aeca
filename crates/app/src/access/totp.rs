//! The second factor: time-based one-time codes (RFC 6238: SHA-1, six digits, thirty seconds, one step either way), the
//! form every authenticator app knows.
//!
//! The secret is kept encrypted under a key derived from the ledger's, bound to the person it belongs to. Deliberately
//! absent: remembering which step was used (the store does) and drawing (bytes are arguments).

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;
use store::{Hash, PersonId};
use totp_rs::{Algorithm, Builder, Totp};

/// Bytes of a secret: as many as SHA-1 gives.
const SECRET: usize = 20;
/// Bytes of a nonce.
const NONCE: usize = 12;
/// What the encryption key is derived for.
pub(super) const PURPOSE: &str = "totp";

/// What an authenticator app needs, shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The secret in base32, for typing.
    pub secret: String,
    /// The secret as a link, for scanning.
    pub uri: String,
}

/// A person's secret.
pub(super) struct Factor(Totp);

impl Factor {
    pub(super) fn new(secret: &[u8]) -> Self {
        let builder = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_skew(1)
            .with_step_duration(30)
            .with_secret(secret.to_vec());
        Self(builder.build_noncompliant())
    }

    /// The step a code is right for, if it is for one nobody used yet.
    pub(super) fn step_of(&self, code: &str, now: Timestamp, used: u64) -> Option<u64> {
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let digits = code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit());
        let seconds = u64::try_from(now.as_second()).unwrap_or(0);
        digits.then(|| self.0.check(&code, seconds)).flatten().filter(|step| *step > used)
    }

    /// The code of a moment.
    #[cfg(test)]
    pub(super) fn code(&self, at: Timestamp) -> String {
        self.0.generate(u64::try_from(at.as_second()).unwrap_or(0)).to_string()
    }

    pub(super) fn enrolment(secret: &[u8], issuer: &str, name: &str) -> Enrolment {
        let secret = BASE32_NOPAD.encode(secret);
        let (issuer, name) = (percent(issuer), percent(name));
        let uri = format!(
            "otpauth://totp/{issuer}:{name}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30"
        );
        Enrolment { secret, uri }
    }
}

/// A fresh secret and nonce of random bytes.
pub(super) fn drawn(random: [u8; 32]) -> ([u8; SECRET], [u8; NONCE]) {
    let (secret, nonce) = random.split_at(SECRET);
    (secret.try_into().expect("split at its length"), nonce.try_into().expect("the other 12 of 32 bytes"))
}

/// Encrypts a secret for one person.
pub(super) fn sealed(key: &Hash, person: PersonId, secret: &[u8], nonce: [u8; NONCE]) -> Vec<u8> {
    let payload = Payload { msg: secret, aad: &person.0.to_le_bytes() };
    let mut sealed = nonce.to_vec();
    let nonce = Nonce::from(nonce);
    let encrypted = cipher(key).encrypt(&nonce, payload);
    sealed.extend(encrypted.expect("twenty bytes are never too long to encrypt"));
    sealed
}

/// Decrypts what [`sealed`] made for the same person under the same key.
pub(super) fn opened(key: &Hash, person: PersonId, sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, encrypted) = sealed.split_first_chunk::<NONCE>()?;
    let payload = Payload { msg: encrypted, aad: &person.0.to_le_bytes() };
    cipher(key).decrypt(&Nonce::from(*nonce), payload).ok()
}

fn cipher(key: &Hash) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(key.into())
}

fn percent(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a time of this era")
    }

    /// RFC 6238, appendix B, SHA-1: the last six of the eight digits printed there.
    #[test]
    fn codes_are_those_of_the_standard() {
        let factor = Factor::new(b"12345678901234567890");
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(factor.code(at(second)), code);
            assert_eq!(factor.step_of(code, at(second), 0), u64::try_from(second / 30).ok());
        }
    }

    #[test]
    fn a_code_serves_once_and_for_one_step_either_way() {
        let factor = Factor::new(b"12345678901234567890");
        // 59 s is in step 1; its code is good in steps 0, 1 and 2.
        assert_eq!(factor.step_of("287082", at(29), 0), Some(1));
        assert_eq!(factor.step_of("287 082", at(89), 0), Some(1));
        assert_eq!(factor.step_of("287082", at(90), 0), None);
        assert_eq!(factor.step_of("287082", at(59), 1), None, "used");
        for wrong in ["", "28708", "2870820", "28708x", "287083"] {
            assert_eq!(factor.step_of(wrong, at(59), 0), None, "{wrong}");
        }
    }

    #[test]
    fn a_secret_opens_for_its_person_and_ledger_only() {
        let sealed = sealed(&[1; 32], PersonId(7), b"12345678901234567890", [9; NONCE]);
        assert_eq!(opened(&[1; 32], PersonId(7), &sealed).as_deref(), Some(&b"12345678901234567890"[..]));
        assert_eq!(opened(&[1; 32], PersonId(8), &sealed), None);
        assert_eq!(opened(&[2; 32], PersonId(7), &sealed), None);
        let mut altered = sealed.clone();
        altered[20] ^= 1;
        assert_eq!(opened(&[1; 32], PersonId(7), &altered), None);
        assert!(!sealed.windows(4).any(|w| w == b"1234"));
    }

    #[test]
    fn an_enrolment_is_a_link_apps_read() {
        let enrolment = Factor::enrolment(b"12345678901234567890", "示范园", "zhang@a");
        assert_eq!(enrolment.secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(
            enrolment.uri,
            "otpauth://totp/%E7%A4%BA%E8%8C%83%E5%9B%AD:zhang%40a?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=%E7%A4%BA%E8%8C%83%E5%9B%AD&algorithm=SHA1&digits=6&period=30"
        );
    }
}
