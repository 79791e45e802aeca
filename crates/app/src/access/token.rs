//! Tokens for machines: whose rights they narrow, to which rights and books, until when.

use jiff::Timestamp;
use model::definition::Right;
use model::id::BookId;
use store::{By, PersonId, StoreError, TokenId, TokenRecord};

use super::account::known;
use super::{AccessFault, Actor, Grants, Secret};
use crate::park::Park;

/// A token to make.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewToken {
    /// Whose rights it narrows.
    pub person: PersonId,
    /// What it is for.
    pub title: String,
    /// The rights it holds at most.
    pub scopes: Vec<Right>,
    /// The books it is for; none for all.
    pub books: Option<Vec<BookId>>,
    /// Until when it holds; none for ever.
    pub expires: Option<Timestamp>,
}

impl Park {
    /// Makes a token; its text is shown once.
    ///
    /// # Errors
    /// [`AccessFault`] when a book does not exist or the token would hold nothing its owner holds.
    pub fn add_token(
        &mut self,
        actor: &Actor,
        new: &NewToken,
        secret: &Secret,
    ) -> Result<(TokenRecord, String), AccessFault> {
        let person = known(&self.store, new.person)?;
        let content = &self.library.content;
        let owner = Grants::resolve(content, &person.roles, &person.department, person.enterprise);
        let narrow = owner.narrowed(content, &new.scopes, new.books.as_deref());
        if narrow.is_empty() {
            return Err(AccessFault::EmptyToken);
        }
        let now = self.clock.now();
        let mut token = TokenRecord {
            id: TokenId(0),
            hash: secret.hash(),
            person: new.person,
            title: new.title.trim().to_owned(),
            scopes: new.scopes.iter().map(|r| r.word().to_owned()).collect(),
            books: new.books.clone(),
            created: now,
            expires: new.expires,
            last_used: None,
        };
        token.id = self.store.add_token(By { at: now, who: &actor.name, from: &actor.from }, &token)?;
        Ok((token, secret.token()))
    }

    /// Removes a token.
    ///
    /// # Errors
    /// [`StoreError`] when there is none or the ledger cannot be written.
    pub fn remove_token(&mut self, actor: &Actor, id: TokenId) -> Result<(), StoreError> {
        self.store.remove_token(By { at: self.clock.now(), who: &actor.name, from: &actor.from }, id)
    }

    /// Who a token stands for, if it holds; with its number when its use should be noted.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn token_bearer(
        &self,
        text: &str,
        from: &str,
    ) -> Result<Option<(Actor, Option<TokenId>)>, StoreError> {
        let Some(secret) = Secret::parse_token(text) else { return Ok(None) };
        let now = self.clock.now();
        let holds = |t: &TokenRecord| t.expires.is_none_or(|at| now < at);
        let Some(token) = self.store.token(&secret.hash())?.filter(holds) else { return Ok(None) };
        let Some(person) = self.store.person(token.person)?.filter(|p| !p.locked) else { return Ok(None) };
        let content = &self.library.content;
        let owner = Grants::resolve(content, &person.roles, &person.department, person.enterprise);
        let scopes: Vec<Right> = token.scopes.iter().filter_map(|word| Right::parse(word)).collect();
        let grants = owner.narrowed(content, &scopes, token.books.as_deref());
        let actor = Actor::person(person.id, &person.name, &person.display, from, grants.into()).by_token();
        let minute = jiff::SignedDuration::from_secs(60);
        let note = token.last_used.is_none_or(|at| now >= at + minute).then_some(token.id);
        Ok(Some((actor, note)))
    }

    /// Notes that a token was used.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub fn note_token(&mut self, id: TokenId) -> Result<(), StoreError> {
        self.store.touch_token(id, self.clock.now())
    }
}
