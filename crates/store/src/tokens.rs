//! API tokens for machines: a hash, whose rights they narrow, until when. Adding and removing is sealed in the audit.
//!
//! Deliberately absent: changing – a token with other scopes is another token.

use jiff::Timestamp;
use model::id::BookId;
use rusqlite::{Connection, Row};
use serde_json::json;

use crate::Store;
use crate::audit::{self, By};
use crate::chain::{Fields, Hash};
use crate::error::{Result, StoreError};
use crate::originals::timestamp;
use crate::people::PersonId;

/// The number of a token; never used again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TokenId(pub u64);

/// A token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TokenRecord {
    /// Its number.
    pub id: TokenId,
    /// SHA-256 of its secret.
    pub hash: Hash,
    /// Whose rights it narrows.
    pub person: PersonId,
    /// What it is for.
    pub title: String,
    /// The words of the rights it holds at most.
    pub scopes: Vec<String>,
    /// The books it is for; none for all.
    pub books: Option<Vec<BookId>>,
    /// When it was made.
    pub created: Timestamp,
    /// Until when it holds; none for ever.
    pub expires: Option<Timestamp>,
    /// When it was last used.
    pub last_used: Option<Timestamp>,
}

const COLUMNS: &str = "SELECT id, hash, person, title, scopes, books, created, expires, last_used FROM token";

impl Store {
    /// Adds a token; its number is given here.
    pub fn add_token(&mut self, by: By<'_>, token: &TokenRecord) -> Result<TokenId> {
        self.transact(|ledger| {
            ledger
                .tx
                .prepare_cached(
                    "INSERT INTO token (hash, person, title, scopes, books, created, expires)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute((
                    token.hash,
                    token.person.0,
                    &token.title,
                    json!(token.scopes).to_string(),
                    token.books.as_ref().map(|ids| json!(ids).to_string()),
                    token.created.to_string(),
                    token.expires.map(|at| at.to_string()),
                ))?;
            let id = TokenId(ledger.tx.query_row("SELECT last_insert_rowid()", [], |row| row.get(0))?);
            let detail = json!({
                "person": token.person.0,
                "title": token.title,
                "scopes": token.scopes,
                "books": token.books,
                "expires": token.expires.map(|at| at.to_string()),
            });
            let added = TokenRecord { id, ..token.clone() };
            audit::append_sealed(ledger, &by.event("token.add", &subject(id), detail), &sealed(&added))?;
            Ok(id)
        })
    }

    /// The token with that secret's hash.
    pub fn token(&self, hash: &Hash) -> Result<Option<TokenRecord>> {
        let mut statement = self.connection.prepare_cached(&format!("{COLUMNS} WHERE hash = ?1"))?;
        statement.query([hash])?.next()?.map(record_from).transpose()
    }

    /// All tokens, by number.
    pub fn tokens(&self) -> Result<Vec<TokenRecord>> {
        all(&self.connection)
    }

    /// Notes that a token was used.
    pub fn touch_token(&mut self, id: TokenId, at: Timestamp) -> Result<()> {
        self.transact(|ledger| {
            ledger
                .tx
                .prepare_cached("UPDATE token SET last_used = ?2 WHERE id = ?1")?
                .execute((id.0, at.to_string()))?;
            Ok(())
        })
    }

    /// Removes a token.
    pub fn remove_token(&mut self, by: By<'_>, id: TokenId) -> Result<()> {
        self.transact(|ledger| {
            match ledger.tx.prepare_cached("DELETE FROM token WHERE id = ?1")?.execute([id.0])? {
                0 => Err(StoreError::UnknownToken(id.0)),
                _ => audit::append_removed(ledger, &by.event("token.remove", &subject(id), json!({}))),
            }
        })
    }
}

fn all(connection: &Connection) -> Result<Vec<TokenRecord>> {
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} ORDER BY id"))?;
    let mut rows = statement.query([])?;
    let mut tokens = Vec::new();
    while let Some(row) = rows.next()? {
        tokens.push(record_from(row)?);
    }
    Ok(tokens)
}

fn record_from(row: &Row<'_>) -> Result<TokenRecord> {
    let unreadable = |_| StoreError::Corrupt("the scopes of a token are not a list".to_owned());
    let scopes: String = row.get(4)?;
    let books: Option<String> = row.get(5)?;
    let time = |text: Option<String>| text.map(|t| timestamp(&t)).transpose();
    Ok(TokenRecord {
        id: TokenId(row.get(0)?),
        hash: row.get(1)?,
        person: PersonId(row.get(2)?),
        title: row.get(3)?,
        scopes: serde_json::from_str(&scopes).map_err(unreadable)?,
        books: books.map(|text| serde_json::from_str(&text)).transpose().map_err(unreadable)?,
        created: timestamp(&row.get::<_, String>(6)?)?,
        expires: time(row.get(7)?)?,
        last_used: time(row.get(8)?)?,
    })
}

fn subject(id: TokenId) -> String {
    format!("token:{}", id.0)
}

/// Every token as the audit names it, with the digest of the row but for its last use.
pub(crate) fn sealed_rows(connection: &Connection) -> Result<Vec<(String, Hash)>> {
    Ok(all(connection)?.iter().map(|token| (subject(token.id), sealed(token))).collect())
}

fn sealed(token: &TokenRecord) -> Hash {
    Fields::of("token")
        .number(token.id.0)
        .bytes(&token.hash)
        .number(token.person.0)
        .text(&token.title)
        .text(&json!(token.scopes).to_string())
        .maybe(token.books.as_ref().map(|ids| json!(ids).to_string()).as_deref())
        .text(&token.created.to_string())
        .maybe(token.expires.map(|at| at.to_string()).as_deref())
        .digest()
}
