//! Secrets that are drawn, shown once and kept as hashes only: sessions, one-time links, tokens.

use data_encoding::{BASE32_NOPAD, HEXLOWER, HEXLOWER_PERMISSIVE};
use sha2::{Digest as _, Sha256};
use store::Hash;

/// How every token begins, so that people and scanners recognise one.
pub const TOKEN_PREFIX: &str = "plk_";

/// 32 random bytes that only their holder knows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl Secret {
    /// The secret of these bytes, which the caller drew at random.
    pub fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// As it stands in cookies and links.
    pub fn text(&self) -> String {
        HEXLOWER.encode(&self.0)
    }

    /// Reads what [`Secret::text`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// As machines send it: `plk_` and base32 in lower case.
    pub fn token(&self) -> String {
        format!("{TOKEN_PREFIX}{}", BASE32_NOPAD.encode(&self.0).to_ascii_lowercase())
    }

    /// Reads what [`Secret::token`] wrote.
    pub fn parse_token(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(TOKEN_PREFIX)?.to_ascii_uppercase();
        let bytes = BASE32_NOPAD.decode(digits.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// What is kept of it.
    pub fn hash(&self) -> Hash {
        Sha256::digest(self.0).into()
    }

    /// What a page must send back with every write, so that no other site's page can make one. Follows from the secret, so
    /// that nothing more need be kept, and does not give it away.
    pub fn csrf(&self) -> String {
        let mut digest = Sha256::new();
        digest.update(b"csrf");
        digest.update(self.0);
        HEXLOWER.encode(&digest.finalize())
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_written_and_read() {
        let secret = Secret::new([0xab; 32]);
        assert_eq!(secret.text(), "ab".repeat(32));
        assert_eq!(Secret::parse(&secret.text()), Some(secret.clone()));
        // 256 bits are 51 digits of 5 bits and one more.
        assert_eq!(secret.token().len(), 4 + 52);
        assert_eq!(Secret::parse_token(&secret.token()), Some(secret.clone()));
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        for wrong in ["", "ab", "plk_", "plk_aaaa", &"zz".repeat(32), &secret.text()] {
            assert_eq!(Secret::parse_token(wrong), None, "{wrong}");
        }
        assert_eq!(Secret::parse(&"ab".repeat(33)), None);
    }

    #[test]
    fn what_follows_from_a_secret_differs() {
        let secret = Secret::new([1; 32]);
        assert_ne!(secret.csrf(), Secret::new([2; 32]).csrf());
        assert_ne!(secret.csrf(), secret.text());
        assert_ne!(HEXLOWER.encode(&secret.hash()), secret.csrf());
    }
}
