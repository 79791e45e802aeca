//! Signing in, being signed in, signing out.
//!
//! Signing in takes three steps, so that the slow one holds nobody up: [`Park::claim`] reads, [`Claim::prove`] hashes,
//! [`Park::sign_in`] judges and writes. Guessing is counted per name, known or not: five wrong tries lock it for a quarter
//! of an hour, then twice as long, up to a day. Deliberately absent: counting per address (the server does).

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{Attempts, By, Credential, PersonId, PersonRecord, SessionId, SessionRecord, StoreError};

use super::account::{known, proper_name};
use super::password::{self, Cost};
use super::{AccessFault, Actor, Grants, Secret};
use crate::park::Park;

/// Wrong tries until a name is locked.
const TRIES: u32 = 5;
/// How long the first lock lasts.
const FIRST_LOCK: SignedDuration = SignedDuration::from_mins(15);
/// How long a lock lasts at most.
const LONGEST_LOCK: SignedDuration = SignedDuration::from_hours(24);
/// Unknown names that are counted at the same time.
const STRANGERS: usize = 4096;
/// How often use of a session or token is noted.
const NOTED: SignedDuration = SignedDuration::from_secs(60);

/// How sessions are kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Policy {
    /// Without a request for so long, a session ends.
    pub idle: SignedDuration,
    /// A session ends after this in any case.
    pub absolute: SignedDuration,
    /// Everybody needs a second factor, not only those an administrator says.
    pub second_factor: bool,
    /// What hashing a password costs.
    pub cost: Cost,
}

impl Default for Policy {
    fn default() -> Self {
        let (idle, absolute) = (SignedDuration::from_mins(30), SignedDuration::from_hours(12));
        Self { idle, absolute, second_factor: false, cost: Cost::STATED }
    }
}

/// Where somebody signs in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Browser {
    /// The address.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
}

/// Somebody who says who they are.
pub struct Claim {
    name: String,
    person: Option<PersonId>,
    hashed: Option<String>,
}

/// A claim with its proof, right or wrong.
pub struct Proof {
    name: String,
    person: Option<PersonId>,
    right: bool,
}

/// Wrong tries at names nobody has, so that they answer like those somebody has. Kept in memory: they harm nobody.
#[derive(Debug, Default)]
pub struct Strangers(HashMap<String, Attempts>);

/// A session that was begun.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Begun {
    /// Whose.
    pub person: PersonRecord,
    /// Its number.
    pub id: SessionId,
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Signed {
    /// Who acts.
    pub actor: Actor,
    /// The person.
    pub person: PersonRecord,
    /// The session.
    pub session: SessionRecord,
    /// Whether a second factor counts.
    pub enrolled: bool,
    /// Whether its use should be noted again.
    pub note: bool,
}

impl Claim {
    /// Compares the password: the same work whether the name is known or not.
    pub fn prove(self, password: &str, cost: Cost) -> Proof {
        let right = password::verify(password, self.hashed.as_deref(), cost);
        Proof { right: right && self.person.is_some(), name: self.name, person: self.person }
    }
}

impl Proof {
    /// Whether the password is right.
    pub fn is_right(&self) -> bool {
        self.right
    }
}

impl Park {
    /// Looks up who somebody says they are.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn claim(&self, name: &str) -> Result<Claim, StoreError> {
        let name = proper_name(name).unwrap_or_default();
        let person = self.store.person_named(&name)?.map(|p| p.id);
        let credential = person.map(|id| self.store.credential(id)).transpose()?.flatten();
        Ok(Claim { name, person, hashed: credential.and_then(|c| c.password) })
    }

    /// Begins a session for whoever proved who they are; `secret` is what their browser will hold, `replaced` what it held.
    ///
    /// # Errors
    /// [`AccessFault`] when the password or code is wrong, a code is needed, or the account is locked.
    pub fn sign_in(
        &mut self,
        proof: &Proof,
        code: Option<&str>,
        browser: &Browser,
        (secret, replaced): (&Secret, Option<&Secret>),
        (policy, strangers): (&Policy, &mut Strangers),
    ) -> Result<Begun, AccessFault> {
        let Some(id) = proof.person else { return Err(self.refuse_stranger(proof, browser, strangers)) };
        let (person, mut attempts) = (known(&self.store, id)?, self.store.attempts(id)?);
        let by = By { at: self.clock.now(), who: &person.name, from: &browser.address };
        if let Some(until) = attempts.until.filter(|until| by.at < *until) {
            return Err(self.refuse(by, id, "locked", &attempts, AccessFault::Locked(Some(until))));
        }
        if !proof.right {
            let fault = count(&mut attempts, by.at).unwrap_or(AccessFault::WrongCredentials);
            return Err(self.refuse(by, id, "password", &attempts, fault));
        }
        if person.locked {
            return Err(self.refuse(
                by,
                id,
                "locked by an administrator",
                &attempts,
                AccessFault::Locked(None),
            ));
        }
        if let Some(credential) = self.store.credential(id)?.filter(|c| c.enrolled.is_some()) {
            let code = code.filter(|c| !c.trim().is_empty()).ok_or(AccessFault::SecondFactorNeeded)?;
            let Some(step) = self.step(id, &credential, code, by.at, attempts.step) else {
                let fault = count(&mut attempts, by.at).unwrap_or(AccessFault::WrongCode);
                return Err(self.refuse(by, id, "code", &attempts, fault));
            };
            attempts.step = step;
        }
        self.begin(&person, attempts, browser, None, (secret, replaced), policy)
    }

    fn step(&self, id: PersonId, known: &Credential, code: &str, now: Timestamp, used: u64) -> Option<u64> {
        self.factor(id, known.totp.as_deref())?.step_of(code, now, used)
    }

    /// Begins a session for a person an OpenID provider vouched for: by the link to their account or, where the
    /// administrator allowed it, by their name. The provider answers for the second factor.
    ///
    /// # Errors
    /// [`AccessFault::UnknownIdentity`] when nobody is known by it; accounts are never made here.
    pub fn sign_in_vouched(
        &mut self,
        vouched: &Vouched<'_>,
        browser: &Browser,
        (secret, replaced): (&Secret, Option<&Secret>),
        policy: &Policy,
    ) -> Result<Begun, AccessFault> {
        let linked = self.store.identified(vouched.issuer, vouched.subject)?;
        let person = match (linked, vouched.name) {
            (Some(id), _) => Some(known(&self.store, id)?),
            (None, Some(name)) => match proper_name(name) {
                Ok(name) => self.store.person_named(&name)?,
                Err(_) => None,
            },
            (None, None) => None,
        };
        let at = self.clock.now();
        let Some(person) = person else {
            let by = By { at, who: "", from: &browser.address };
            let detail = json!({ "reason": "unknown identity", "provider": vouched.provider });
            self.store.record_attempt(&by.event("session.refuse", "", detail), None)?;
            return Err(AccessFault::UnknownIdentity);
        };
        let by = By { at, who: &person.name, from: &browser.address };
        let attempts = self.store.attempts(person.id)?;
        if person.locked {
            let fault = AccessFault::Locked(None);
            return Err(self.refuse(by, person.id, "locked by an administrator", &attempts, fault));
        }
        if linked.is_none() {
            self.store.add_identity(by, vouched.issuer, vouched.subject, person.id)?;
        }
        self.begin(&person, attempts, browser, Some(vouched.provider), (secret, replaced), policy)
    }

    /// Records that a provider did not vouch for whoever came from it.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub fn note_unvouched(&mut self, provider: &str, browser: &Browser) -> Result<(), StoreError> {
        let by = By { at: self.clock.now(), who: "", from: &browser.address };
        let detail = json!({ "reason": "provider", "provider": provider });
        self.store.record_attempt(&by.event("session.refuse", "", detail), None)
    }

    /// Begins a session for somebody who has just chosen a password by a link.
    ///
    /// # Errors
    /// [`AccessFault::SecondFactorNeeded`] when they must sign in with their code.
    pub fn sign_in_chosen(
        &mut self,
        person: &PersonRecord,
        browser: &Browser,
        secrets: (&Secret, Option<&Secret>),
        policy: &Policy,
    ) -> Result<Begun, AccessFault> {
        if person.locked {
            return Err(AccessFault::Locked(None));
        }
        if self.store.credential(person.id)?.is_some_and(|c| c.enrolled.is_some()) {
            return Err(AccessFault::SecondFactorNeeded);
        }
        let attempts = self.store.attempts(person.id)?;
        self.begin(person, attempts, browser, None, secrets, policy)
    }

    fn begin(
        &mut self,
        person: &PersonRecord,
        attempts: Attempts,
        browser: &Browser,
        provider: Option<&str>,
        (secret, replaced): (&Secret, Option<&Secret>),
        policy: &Policy,
    ) -> Result<Begun, AccessFault> {
        let by = By { at: self.clock.now(), who: &person.name, from: &browser.address };
        self.store.sweep_sessions(by.at, by.at - policy.idle)?;
        let attempts = Attempts { failed: 0, until: None, rounds: 0, seen: Some(by.at), ..attempts };
        let session = SessionRecord {
            id: SessionId(0),
            hash: secret.hash(),
            person: person.id,
            created: by.at,
            seen: by.at,
            expires: by.at + policy.absolute,
            address: browser.address.clone(),
            agent: browser.agent.chars().take(200).collect(),
            provider: provider.map(str::to_owned),
        };
        let detail = json!({ "agent": session.agent, "provider": provider });
        let event = by.event("session.begin", &format!("person:{}", person.id.0), detail);
        let replaced = replaced.map(Secret::hash);
        let id = self.store.begin_session(&event, &session, &attempts, replaced.as_ref())?;
        Ok(Begun { person: person.clone(), id })
    }

    /// Records a refused try; a fault of the ledger goes before the refusal.
    fn refuse(
        &mut self,
        by: By<'_>,
        id: PersonId,
        reason: &str,
        left: &Attempts,
        fault: AccessFault,
    ) -> AccessFault {
        let locked = matches!(fault, AccessFault::Locked(Some(_))) && reason != "locked";
        let detail =
            json!({ "reason": reason, "locks": locked, "until": left.until.map(|at| at.to_string()) });
        let event = by.event("session.refuse", &format!("person:{}", id.0), detail);
        match self.store.record_attempt(&event, Some((id, left))) {
            Ok(()) => fault,
            Err(ledger) => ledger.into(),
        }
    }

    fn refuse_stranger(
        &mut self,
        proof: &Proof,
        browser: &Browser,
        strangers: &mut Strangers,
    ) -> AccessFault {
        let by = By { at: self.clock.now(), who: "", from: &browser.address };
        let fault = strangers.refuse(&proof.name, by.at);
        // What was typed may be a password in the wrong place: the audit keeps its beginning only.
        let shown: String = proof.name.chars().take(1).chain(['*']).collect();
        let event = by.event("session.refuse", "", json!({ "reason": "name", "name": shown }));
        match self.store.record_attempt(&event, None) {
            Ok(()) => fault,
            Err(ledger) => ledger.into(),
        }
    }

    /// Who holds the secret of a session, if it goes on.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn signed_in(
        &self,
        secret: &Secret,
        from: &str,
        policy: &Policy,
    ) -> Result<Option<Signed>, StoreError> {
        let now = self.clock.now();
        let session = self.store.session(&secret.hash())?;
        let lives = |s: &SessionRecord| now < s.expires && now < s.seen + policy.idle;
        let Some(session) = session.filter(lives) else { return Ok(None) };
        let Some(person) = self.store.person(session.person)?.filter(|p| !p.locked) else { return Ok(None) };
        let enrolled = self.store.credential(person.id)?.is_some_and(|c| c.enrolled.is_some());
        let required = (person.second_factor || policy.second_factor) && session.provider.is_none();
        let content = &self.library.content;
        let mut actor = Actor::person(
            person.id,
            &person.name,
            &person.display,
            from,
            Grants::resolve(content, &person.roles, &person.department, person.enterprise).into(),
        );
        if required && !enrolled {
            actor = actor.enrolling();
        }
        let note = now >= session.seen + NOTED;
        Ok(Some(Signed { actor, person, session, enrolled, note }))
    }

    /// Notes that a session is in use.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub fn note_session(&mut self, id: SessionId) -> Result<(), StoreError> {
        self.store.touch_session(id, self.clock.now())
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`StoreError`] when it has ended already or the ledger cannot be written.
    pub fn end_session(&mut self, actor: &Actor, id: SessionId) -> Result<(), StoreError> {
        self.store.end_session(By { at: self.clock.now(), who: &actor.name, from: &actor.from }, id)
    }

    /// Judges a proof somebody signed in gives again before a change to their account; wrong ones count like at signing in.
    ///
    /// # Errors
    /// [`AccessFault`] when it is wrong or the account is locked.
    pub fn confirm(&mut self, actor: &Actor, proof: &Proof) -> Result<PersonId, AccessFault> {
        let id = actor.in_person()?;
        let mut attempts = self.store.attempts(id)?;
        let by = By { at: self.clock.now(), who: &actor.name, from: &actor.from };
        if let Some(until) = attempts.until.filter(|until| by.at < *until) {
            return Err(AccessFault::Locked(Some(until)));
        }
        if proof.right && proof.person == Some(id) {
            return Ok(id);
        }
        let fault = count(&mut attempts, by.at).unwrap_or(AccessFault::WrongCredentials);
        Err(self.refuse(by, id, "password", &attempts, fault))
    }

    /// Changes the actor's password; every session ends, this one too.
    ///
    /// # Errors
    /// [`AccessFault`] when the old one is wrong.
    pub fn change_password(
        &mut self,
        actor: &Actor,
        old: &Proof,
        hashed: &str,
    ) -> Result<PersonRecord, AccessFault> {
        let id = self.confirm(actor, old)?;
        let by = By { at: self.clock.now(), who: &actor.name, from: &actor.from };
        self.store.set_password(by, id, hashed, None)?;
        known(&self.store, id)
    }

    /// Begins a new session in the same browser after a change that ended all of them.
    ///
    /// # Errors
    /// [`AccessFault`] when the ledger cannot be written.
    pub fn resume(
        &mut self,
        person: &PersonRecord,
        browser: &Browser,
        secret: &Secret,
        policy: &Policy,
    ) -> Result<Begun, AccessFault> {
        let attempts = self.store.attempts(person.id)?;
        self.begin(person, attempts, browser, None, (secret, None), policy)
    }

    /// Takes away the actor's second factor.
    ///
    /// # Errors
    /// [`AccessFault`] when the password is wrong.
    pub fn remove_totp(&mut self, actor: &Actor, password: &Proof) -> Result<(), AccessFault> {
        let id = self.confirm(actor, password)?;
        let by = By { at: self.clock.now(), who: &actor.name, from: &actor.from };
        Ok(self.store.set_totp(by, id, None)?)
    }
}

/// Who an OpenID provider says somebody is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Vouched<'a> {
    /// The provider's id in the settings.
    pub provider: &'a str,
    /// The issuer.
    pub issuer: &'a str,
    /// The person, as the issuer knows them.
    pub subject: &'a str,
    /// The account's name, where the administrator allows matching by it.
    pub name: Option<&'a str>,
}

impl Strangers {
    fn refuse(&mut self, name: &str, now: Timestamp) -> AccessFault {
        if self.0.len() >= STRANGERS {
            self.0.retain(|_, tries| tries.until.is_some_and(|until| now < until));
        }
        if self.0.len() >= STRANGERS {
            self.0.clear();
        }
        let attempts = self.0.entry(name.to_owned()).or_default();
        if let Some(until) = attempts.until.filter(|until| now < *until) {
            return AccessFault::Locked(Some(until));
        }
        count(attempts, now).unwrap_or(AccessFault::WrongCredentials)
    }
}

/// Counts a wrong try; the fifth locks.
fn count(attempts: &mut Attempts, now: Timestamp) -> Option<AccessFault> {
    attempts.failed += 1;
    if attempts.failed < TRIES {
        return None;
    }
    let doubled = FIRST_LOCK.checked_mul(1 << attempts.rounds.min(10)).unwrap_or(LONGEST_LOCK);
    let until = now + doubled.min(LONGEST_LOCK);
    (attempts.failed, attempts.rounds, attempts.until) = (0, attempts.rounds.saturating_add(1), Some(until));
    Some(AccessFault::Locked(Some(until)))
}
