//! The keyed hash chain: what exactly is hashed, so that a change to any stored row shows.
//!
//! Every row, revision and audit record is encoded as a list of length-prefixed fields; rows are digested with SHA-256,
//! revisions, audit records and the seal with HMAC-SHA-256 under the ledger's key, each including the hash before it.
//! Deliberately absent: where the rows come from – writing and verifying both call these functions with what they hold.

use std::fmt;
use std::fmt::Write as _;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// A SHA-256 digest or an HMAC-SHA-256.
pub type Hash = [u8; 32];

/// The ledger's secret: 32 bytes that key both hash chains. Kept in the file `key` beside the database.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl Key {
    /// The key of these bytes, which the caller drew at random.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn sign(&self, encoded: &Fields) -> Hash {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0)
            .expect("HMAC-SHA-256 takes a key of any length, so one of 32 bytes");
        mac.update(&encoded.0);
        mac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// SHA-256 of bytes in lower-case hex: the name of a source file.
pub fn digest_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a String cannot fail");
        text
    })
}

/// Fields encoded one after the other, each with its length, so that no two lists encode alike.
#[derive(Default)]
pub(crate) struct Fields(Vec<u8>);

impl Fields {
    pub(crate) fn of(domain: &str) -> Self {
        Self::default().text(domain)
    }

    pub(crate) fn text(mut self, text: &str) -> Self {
        self.push(text.as_bytes());
        self
    }

    pub(crate) fn number(mut self, number: u64) -> Self {
        self.0.extend_from_slice(&number.to_le_bytes());
        self
    }

    pub(crate) fn bytes(mut self, bytes: &[u8]) -> Self {
        self.push(bytes);
        self
    }

    /// An absent field differs from an empty one.
    pub(crate) fn maybe(self, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.number(1).text(text),
            None => self.number(0),
        }
    }

    pub(crate) fn digest(&self) -> Hash {
        Sha256::digest(&self.0).into()
    }

    fn push(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        self.0.extend_from_slice(bytes);
    }
}

/// One row of `entry_revision` as hashed.
pub(crate) struct RowParts<'a> {
    pub(crate) seq: u64,
    pub(crate) entry: u64,
    pub(crate) book: &'a str,
    pub(crate) version: u32,
    pub(crate) state: &'a str,
    pub(crate) key: &'a str,
    pub(crate) payload: &'a str,
    pub(crate) origins: &'a str,
}

impl RowParts<'_> {
    /// The row's digest; `buffer` is only there to be used again.
    pub(crate) fn digest(&self, buffer: &mut Fields) -> Hash {
        buffer.0.clear();
        for number in [self.seq, self.entry, u64::from(self.version)] {
            buffer.0.extend_from_slice(&number.to_le_bytes());
        }
        for text in [self.book, self.state, self.key, self.payload, self.origins] {
            buffer.push(text.as_bytes());
        }
        buffer.digest()
    }
}

/// The digest of a row of `origin_table`.
pub(crate) fn origin_table_digest(id: u64, source: &str, file: &str, sheet: &str, fields: &str) -> Hash {
    Fields::of("origin").number(id).text(source).text(file).text(sheet).text(fields).digest()
}

/// The digest of the part of a `finding` row that never changes.
pub(crate) fn finding_digest(id: u64, body: &str) -> Hash {
    Fields::of("finding").number(id).text(body).digest()
}

/// Collects the digests of all rows of one revision, in order: origin tables, entries, findings.
#[derive(Default)]
pub(crate) struct RowsDigest(Sha256);

impl RowsDigest {
    pub(crate) fn add(&mut self, digest: &[u8]) {
        self.0.update(digest);
    }

    pub(crate) fn finish(self) -> Hash {
        self.0.finalize().into()
    }
}

/// One row of `revision` as hashed.
pub(crate) struct RevisionParts<'a> {
    pub(crate) seq: u64,
    pub(crate) at: &'a str,
    pub(crate) who: &'a str,
    pub(crate) why: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) undoes: Option<u64>,
    pub(crate) source: Option<&'a str>,
    pub(crate) entries: u64,
    pub(crate) last_row: u64,
    pub(crate) last_table: u64,
    pub(crate) last_finding: u64,
    pub(crate) digest: &'a [u8],
}

impl RevisionParts<'_> {
    pub(crate) fn hash(&self, key: &Key, prev: &[u8]) -> Hash {
        let encoded = Fields::of("revision")
            .bytes(prev)
            .number(self.seq)
            .text(self.at)
            .text(self.who)
            .text(self.why)
            .text(self.kind)
            .number(self.undoes.unwrap_or(0))
            .maybe(self.source)
            .number(self.entries)
            .number(self.last_row)
            .number(self.last_table)
            .number(self.last_finding)
            .bytes(self.digest);
        key.sign(&encoded)
    }
}

/// One row of `audit` as hashed.
pub(crate) struct AuditParts<'a> {
    pub(crate) seq: u64,
    pub(crate) at: &'a str,
    pub(crate) who: &'a str,
    pub(crate) action: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) detail: &'a str,
    pub(crate) sealed: Option<&'a [u8]>,
}

impl AuditParts<'_> {
    pub(crate) fn hash(&self, key: &Key, prev: &[u8]) -> Hash {
        let encoded = Fields::of("audit")
            .bytes(prev)
            .number(self.seq)
            .text(self.at)
            .text(self.who)
            .text(self.action)
            .text(self.subject)
            .text(self.detail)
            .number(u64::from(self.sealed.is_some()))
            .bytes(self.sealed.unwrap_or_default());
        key.sign(&encoded)
    }
}

/// The keyed end of both chains.
pub(crate) fn seal(key: &Key, revision: u64, revision_hash: &[u8], audit: u64, audit_hash: &[u8]) -> Hash {
    key.sign(&Fields::of("seal").number(revision).bytes(revision_hash).number(audit).bytes(audit_hash))
}
