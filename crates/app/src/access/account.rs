//! Accounts: inviting people, changing what they may do, one-time links, the first administrator, the second factor.
//!
//! Every call takes who does it; the guard has asked the table before, so rules here are about accounts, not about who may.
//! Deliberately absent: signing in (`session`) and deleting – whoever left is locked, so that the ledger's *who* keeps a
//! meaning.

use jiff::SignedDuration;
use jiff::Timestamp;
use model::content::Content;
use model::definition::{Right, Role};
use model::id::EntryId;
use store::{By, LinkRecord, PersonId, PersonRecord, Store, StoreError};
use unicode_normalization::UnicodeNormalization as _;

use super::actor::ENTERPRISE;
use super::password::{self, Cost};
use super::totp::{self, Enrolment, Factor};
use super::{AccessFault, Actor, Secret};
use crate::park::Park;

/// How long a one-time link holds.
pub const LINK_LIFE: SignedDuration = SignedDuration::from_hours(72);
/// Characters of a name at most.
const LONGEST_NAME: usize = 40;

/// An account to make.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NewAccount {
    /// What they sign in with.
    pub name: String,
    /// The name people read; the name itself when empty.
    pub display: String,
    /// Their department, empty for none.
    pub department: String,
    /// The ids of their roles.
    pub roles: Vec<String>,
    /// The enterprise they belong to.
    pub enterprise: Option<EntryId>,
    /// Whether they need a second factor.
    pub second_factor: bool,
}

/// What to change of an account; nothing where none.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AccountChange {
    /// The name people read.
    pub display: Option<String>,
    /// Their department.
    pub department: Option<String>,
    /// The ids of their roles.
    pub roles: Option<Vec<String>>,
    /// The enterprise they belong to; inner none for none.
    pub enterprise: Option<Option<EntryId>>,
    /// Whether they are kept out.
    pub locked: Option<bool>,
    /// Whether they need a second factor.
    pub second_factor: Option<bool>,
    /// The language they read.
    pub language: Option<String>,
}

/// A one-time link, shown once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invitation {
    /// For whom; none for the first administrator.
    pub person: Option<PersonId>,
    /// What the link ends with.
    pub token: String,
    /// Until when it holds.
    pub expires: Timestamp,
}

impl Invitation {
    /// The link under the address people use.
    pub fn link(&self, address: &str) -> String {
        format!("{}/setup?token={}", address.trim_end_matches('/'), self.token)
    }
}

/// A password somebody chose by a link.
pub struct Choice<'a> {
    /// The link's secret.
    pub link: &'a Secret,
    /// The first administrator's name.
    pub name: &'a str,
    /// The name people read, or empty.
    pub display: &'a str,
    /// The password.
    pub password: &'a str,
}

/// A checked password with its hash: made without holding anybody up, kept by [`Park::keep_choice`].
pub struct Chosen {
    link: Secret,
    person: Option<PersonId>,
    name: String,
    display: String,
    hashed: String,
}

impl Park {
    fn by<'a>(&self, actor: &'a Actor) -> By<'a> {
        By { at: self.clock.now(), who: &actor.name, from: &actor.from }
    }

    /// Makes an account and the link by which its owner chooses a password.
    ///
    /// # Errors
    /// [`AccessFault`] when the name, the roles or the enterprise cannot be.
    pub fn invite(
        &mut self,
        actor: &Actor,
        new: &NewAccount,
        secret: &Secret,
    ) -> Result<Invitation, AccessFault> {
        let name = proper_name(&new.name)?;
        let display = Some(new.display.trim()).filter(|d| !d.is_empty()).unwrap_or(&name).to_owned();
        let person = PersonRecord {
            id: PersonId(0),
            name,
            display,
            department: new.department.trim().to_owned(),
            roles: new.roles.clone(),
            enterprise: new.enterprise,
            language: "zh-CN".to_owned(),
            locked: false,
            second_factor: new.second_factor,
            created: self.clock.now(),
        };
        self.check_roles(&person)?;
        let by = self.by(actor);
        let id = self.store.add_person(by, &person)?;
        self.link(actor, Some(id), secret)
    }

    fn link(
        &mut self,
        actor: &Actor,
        person: Option<PersonId>,
        secret: &Secret,
    ) -> Result<Invitation, AccessFault> {
        let by = self.by(actor);
        let link = LinkRecord { hash: secret.hash(), person, created: by.at, expires: by.at + LINK_LIFE };
        self.store.add_link(by, &link)?;
        Ok(Invitation { person, token: secret.text(), expires: link.expires })
    }

    /// Changes an account. Whoever is locked is signed out at once.
    ///
    /// # Errors
    /// [`AccessFault`] when the roles or the enterprise cannot be, or nobody would be left to administer.
    pub fn change_account(
        &mut self,
        actor: &Actor,
        id: PersonId,
        change: AccountChange,
    ) -> Result<PersonRecord, AccessFault> {
        let before = known(&self.store, id)?;
        let after = PersonRecord {
            display: change.display.unwrap_or_else(|| before.display.clone()),
            department: change.department.unwrap_or_else(|| before.department.clone()),
            roles: change.roles.unwrap_or_else(|| before.roles.clone()),
            enterprise: change.enterprise.unwrap_or(before.enterprise),
            language: change.language.unwrap_or_else(|| before.language.clone()),
            locked: change.locked.unwrap_or(before.locked),
            second_factor: change.second_factor.unwrap_or(before.second_factor),
            ..before.clone()
        };
        if (&after.roles, after.enterprise) != (&before.roles, before.enterprise) {
            self.check_roles(&after)?;
        }
        let content = &self.library.content;
        if administers(content, &before) && !administers(content, &after) {
            let others = self.store.people()?;
            if !others.iter().any(|p| p.id != id && administers(content, p)) {
                return Err(AccessFault::LastAdministrator);
            }
        }
        let by = self.by(actor);
        self.store.change_person(by, &after)?;
        if after.locked && !before.locked {
            self.store.end_sessions_of(by, id)?;
        }
        Ok(after)
    }

    /// Forgets wrong tries and lets a locked account in again.
    ///
    /// # Errors
    /// [`AccessFault`] when there is no such person.
    pub fn unlock(&mut self, actor: &Actor, id: PersonId) -> Result<(), AccessFault> {
        let person = known(&self.store, id)?;
        let by = self.by(actor);
        let attempts = self.store.attempts(id)?;
        let clean = store::Attempts { failed: 0, until: None, rounds: 0, ..attempts };
        let event = by.event("person.unlock", &format!("person:{}", id.0), serde_json::json!({}));
        self.store.record_attempt(&event, Some((id, &clean)))?;
        if person.locked {
            self.store.change_person(by, &PersonRecord { locked: false, ..person })?;
        }
        Ok(())
    }

    /// Takes away the second factor, ends all sessions and makes a link by which a new password is chosen. The old password
    /// holds until then.
    ///
    /// # Errors
    /// [`AccessFault`] when there is no such person.
    pub fn reset_account(
        &mut self,
        actor: &Actor,
        id: PersonId,
        secret: &Secret,
    ) -> Result<Invitation, AccessFault> {
        known(&self.store, id)?;
        let by = self.by(actor);
        if self.store.credential(id)?.is_some_and(|c| c.totp.is_some()) {
            self.store.set_totp(by, id, None)?;
        }
        self.store.end_sessions_of(by, id)?;
        self.link(actor, Some(id), secret)
    }

    /// The enterprise of a key in its register, or of an entry number.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn enterprise(&self, text: &str) -> Result<Option<EntryId>, StoreError> {
        let Some(register) = self.library.content.book_with_role(ENTERPRISE) else { return Ok(None) };
        if let Some(entry) = self.store.by_key(&register.id, text.trim())? {
            return Ok(Some(entry.id));
        }
        let Ok(number) = text.trim().parse() else { return Ok(None) };
        let entry = self.store.entry(EntryId(number))?;
        Ok(entry.filter(|e| e.book == register.id).map(|e| e.id))
    }

    /// The link for the first administrator, while nobody may administer.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read or written.
    pub fn first_setup(&mut self, secret: &Secret) -> Result<Option<Invitation>, AccessFault> {
        if self.has_administrator()? {
            return Ok(None);
        }
        self.link(&Actor::local(""), None, secret).map(Some)
    }

    /// Whether somebody may administer.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn has_administrator(&self) -> Result<bool, StoreError> {
        let content = &self.library.content;
        Ok(self.store.people()?.iter().any(|person| administers(content, person)))
    }

    /// Checks a link and the password chosen by it. Slow, because it hashes; needs no turn at writing.
    ///
    /// # Errors
    /// [`AccessFault`] when the link does not hold or the password or name may not be.
    pub fn choose(&self, choice: &Choice<'_>, salt: [u8; 16], cost: Cost) -> Result<Chosen, AccessFault> {
        let now = self.clock.now();
        let link = self.store.link(&choice.link.hash())?.filter(|link| now < link.expires);
        let link = link.ok_or(StoreError::UnknownLink)?;
        let (name, display) = match link.person {
            Some(id) => {
                let person = known(&self.store, id)?;
                (person.name, person.display)
            }
            None => (proper_name(choice.name)?, choice.display.trim().to_owned()),
        };
        password::check(choice.password, &[&name, &display])?;
        Ok(Chosen {
            link: choice.link.clone(),
            person: link.person,
            name,
            display,
            hashed: password::hash(choice.password, salt, cost),
        })
    }

    /// Keeps a chosen password and uses up its link. Who comes first to a park without an administrator becomes one.
    ///
    /// # Errors
    /// [`AccessFault`] when the link was used in the meantime.
    pub fn keep_choice(&mut self, chosen: &Chosen, from: &str) -> Result<PersonRecord, AccessFault> {
        let by = By { at: self.clock.now(), who: &chosen.name, from };
        let hash = chosen.link.hash();
        let id = if let Some(id) = chosen.person {
            self.store.set_password(by, id, &chosen.hashed, Some(&hash))?;
            id
        } else {
            if self.has_administrator()? {
                return Err(AccessFault::AlreadySetUp);
            }
            let role = first_administering(&self.library.content);
            let display = if chosen.display.is_empty() { &chosen.name } else { &chosen.display };
            let person = PersonRecord {
                id: PersonId(0),
                name: chosen.name.clone(),
                display: display.clone(),
                department: String::new(),
                roles: role.map(|r| r.id.to_string()).into_iter().collect(),
                enterprise: None,
                language: "zh-CN".to_owned(),
                locked: false,
                second_factor: false,
                created: by.at,
            };
            self.store.add_first_person(by, &person, &chosen.hashed, &hash)?
        };
        known(&self.store, id)
    }

    /// Draws a second factor for the actor; it counts once [`Park::confirm_totp`] has seen a code.
    ///
    /// # Errors
    /// [`AccessFault::AlreadyEnrolled`] when there is one that counts.
    pub fn begin_totp(
        &mut self,
        actor: &Actor,
        random: [u8; 32],
        issuer: &str,
    ) -> Result<Enrolment, AccessFault> {
        let id = actor.in_person()?;
        if self.store.credential(id)?.is_some_and(|c| c.enrolled.is_some()) {
            return Err(AccessFault::AlreadyEnrolled);
        }
        let (secret, nonce) = totp::drawn(random);
        let key = self.store.derived_key(totp::PURPOSE);
        let sealed = totp::sealed(&key, id, &secret, nonce);
        let by = self.by(actor);
        self.store.set_totp(by, id, Some(&sealed))?;
        Ok(Factor::enrolment(&secret, issuer, &actor.name))
    }

    /// Makes the drawn second factor count, once a code shows that the app has it.
    ///
    /// # Errors
    /// [`AccessFault::WrongCode`] when the code is wrong.
    pub fn confirm_totp(&mut self, actor: &Actor, code: &str) -> Result<(), AccessFault> {
        let id = actor.in_person()?;
        let credential = self.store.credential(id)?.ok_or(AccessFault::NotEnrolling)?;
        if credential.enrolled.is_some() {
            return Err(AccessFault::AlreadyEnrolled);
        }
        let by = self.by(actor);
        let mut attempts = self.store.attempts(id)?;
        let factor = self.factor(id, credential.totp.as_deref()).ok_or(AccessFault::NotEnrolling)?;
        attempts.step = factor.step_of(code, by.at, attempts.step).ok_or(AccessFault::WrongCode)?;
        let event = by.event("totp.use", &format!("person:{}", id.0), serde_json::json!({}));
        self.store.record_attempt(&event, Some((id, &attempts)))?;
        self.store.confirm_totp(by, id)?;
        Ok(())
    }

    pub(super) fn factor(&self, id: PersonId, sealed: Option<&[u8]>) -> Option<Factor> {
        let key = self.store.derived_key(totp::PURPOSE);
        totp::opened(&key, id, sealed?).map(|secret| Factor::new(&secret))
    }

    fn check_roles(&self, person: &PersonRecord) -> Result<(), AccessFault> {
        let content = &self.library.content;
        let mut own = Vec::new();
        for id in &person.roles {
            let role = content.access.roles.get(id.as_str());
            own.push(role.ok_or_else(|| AccessFault::UnknownRole(id.clone()))?.own_rows);
        }
        let of_enterprise = own.contains(&true);
        if of_enterprise && own.contains(&false) {
            return Err(AccessFault::MixedRoles);
        }
        match person.enterprise {
            None if of_enterprise => Err(AccessFault::BadEnterprise),
            Some(_) if !of_enterprise => Err(AccessFault::BadEnterprise),
            None => Ok(()),
            Some(id) => {
                let register = content.book_with_role(ENTERPRISE).map(|b| &b.id);
                let entry = self.store.entry(id)?;
                let fits = entry.is_some_and(|e| Some(&e.book) == register);
                if fits { Ok(()) } else { Err(AccessFault::BadEnterprise) }
            }
        }
    }
}

/// The name as it is kept: lower case, in one spelling.
///
/// # Errors
/// [`AccessFault::BadName`] when it is empty, too long, or holds anything but letters, digits and `.`, `_`, `-`, `@`.
pub fn proper_name(name: &str) -> Result<String, AccessFault> {
    let proper: String = name.trim().nfkc().collect::<String>().to_lowercase();
    let plain = |c: char| c.is_alphanumeric() || "._-@".contains(c);
    let length = proper.chars().count();
    if (1..=LONGEST_NAME).contains(&length) && proper.chars().all(plain) {
        Ok(proper)
    } else {
        Err(AccessFault::BadName(name.to_owned()))
    }
}

/// The person of that number.
pub(super) fn known(store: &Store, id: PersonId) -> Result<PersonRecord, AccessFault> {
    Ok(store.person(id)?.ok_or(StoreError::UnknownPerson(id.0))?)
}

fn grants_administering(role: &Role) -> bool {
    !role.own_rows && role.grants.iter().any(|g| g.rights.contains(&Right::Administer))
}

fn first_administering(content: &Content) -> Option<&Role> {
    content.access.roles.values().find(|role| grants_administering(role))
}

fn administers(content: &Content, person: &PersonRecord) -> bool {
    let roles = person.roles.iter().filter_map(|id| content.access.roles.get(id.as_str()));
    !person.locked && roles.into_iter().any(grants_administering)
}
