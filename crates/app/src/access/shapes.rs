//! Accounts as callers see them.

use jiff::Timestamp;
use model::content::Content;
use model::definition::{Books, Right, Role};
use serde::Serialize;
use serde_json::{Value, json};
use store::{AuditRecord, By, PersonId, PersonRecord, SessionRecord, StoreError, TokenRecord};

use super::account::known;
use super::{AccessFault, Actor, Grants};
use crate::park::Park;

/// The rights, for descriptions of shapes: their words are those of [`Right`].
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Right)]
pub enum RightWord {
    /// See the rows of a book.
    Read,
    /// Write rows of a book by form or paste.
    Record,
    /// Accept files, decide matches and take revisions back.
    Accept,
    /// Publish reports.
    Publish,
    /// Manage people, sessions, tokens, backups.
    Administer,
    /// Have one masked value shown.
    Unmask,
    /// Read the audit.
    Audit,
    /// Fill in and hand in returns of one's own enterprise.
    File,
}

/// An enterprise by number and name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct EnterpriseRef {
    /// The entry.
    pub entry: u64,
    /// Its name.
    pub title: String,
}

/// A person as they see themselves.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Person)]
pub struct PersonView {
    /// Their number.
    pub id: u64,
    /// What they sign in with.
    pub name: String,
    /// The name people read.
    pub display: String,
    /// Their department.
    pub department: String,
    /// The ids of their roles.
    pub roles: Vec<String>,
    /// The enterprise they belong to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enterprise: Option<EnterpriseRef>,
    /// All rights they hold anywhere.
    #[schema(value_type = Vec<RightWord>)]
    pub rights: Vec<Right>,
    /// The language they read: `zh-CN` or `en`.
    pub language: String,
    /// Whether a second factor counts.
    pub second_factor: bool,
}

/// A person as an administrator sees them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = PersonRecord)]
pub struct PersonRecordView {
    /// What they see themselves.
    #[serde(flatten)]
    pub person: PersonView,
    /// Whether an administrator keeps them out, or wrong tries do.
    pub locked: bool,
    /// Until when wrong tries keep them out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub locked_until: Option<Timestamp>,
    /// When they last signed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub last_seen: Option<Timestamp>,
    /// Since when they are known.
    #[schema(value_type = String)]
    pub created: Timestamp,
    /// Wrong tries since the last right one.
    pub failed: u32,
    /// Whether an administrator requires a second factor.
    pub second_factor_required: bool,
    /// Whether a password was ever set.
    pub set_up: bool,
}

/// A role.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Role)]
pub struct RoleView {
    /// Its id.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// What it gives.
    pub grants: Vec<GrantView>,
    /// Its holders see rows about their own enterprise only.
    pub own_rows: bool,
}

/// Rights over some books.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Grant)]
pub struct GrantView {
    /// The ids of the books; `["*"]` for all.
    pub books: Vec<String>,
    /// The department whose books it is over; `own` for the holder's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Which rights.
    #[schema(value_type = Vec<RightWord>)]
    pub rights: Vec<Right>,
    /// Whether it reaches statistics-confidential books.
    pub confidential: bool,
}

/// A session.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct SessionLine {
    /// Its number.
    pub id: u64,
    /// Whose: the account's name.
    pub person: String,
    /// The name people read.
    pub display: String,
    /// Since when.
    #[schema(value_type = String)]
    pub created: Timestamp,
    /// When it was last used, to the minute.
    #[schema(value_type = String)]
    pub last_seen: Timestamp,
    /// When it ends in any case.
    #[schema(value_type = String)]
    pub expires: Timestamp,
    /// From where it was begun.
    pub from: String,
    /// The browser, as it calls itself.
    pub agent: String,
    /// The OpenID provider that vouched for the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// Whether it is the caller's own.
    pub current: bool,
}

/// A token without its secret.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Token)]
pub struct TokenView {
    /// Its number.
    pub id: u64,
    /// What it is for.
    pub title: String,
    /// Whose rights it narrows: the account's name.
    pub person: String,
    /// The rights it holds at most.
    #[schema(value_type = Vec<RightWord>)]
    pub scopes: Vec<Right>,
    /// The books it is for; none for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub books: Option<Vec<String>>,
    /// When it was made.
    #[schema(value_type = String)]
    pub created: Timestamp,
    /// Until when it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub expires: Option<Timestamp>,
    /// When it was last used, to the minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub last_used: Option<Timestamp>,
}

/// A record of the audit.
#[derive(Clone, PartialEq, Debug, Serialize, utoipa::ToSchema)]
pub struct AuditLine {
    /// Its number.
    pub seq: u64,
    /// When.
    #[schema(value_type = String)]
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// What was done.
    pub action: String,
    /// To what.
    pub subject: String,
    /// Anything else.
    #[schema(value_type = Object)]
    pub detail: Value,
    /// From where.
    pub from: String,
}

/// Records of the audit, newest first. The audit is append-only: everything is kept for as long as the ledger is.
#[derive(Clone, PartialEq, Debug, Serialize, utoipa::ToSchema)]
pub struct AuditPage {
    /// How many answer the question.
    pub total: u64,
    /// The first of these among them.
    pub offset: u64,
    /// The records.
    pub items: Vec<AuditLine>,
}

impl From<AuditRecord> for AuditLine {
    fn from(record: AuditRecord) -> Self {
        let AuditRecord { seq, event } = record;
        let mut detail = event.detail;
        let from = detail.as_object_mut().and_then(|members| members.remove("from"));
        let from = from.and_then(|f| f.as_str().map(str::to_owned)).unwrap_or_default();
        Self { seq, at: event.at, who: event.who, action: event.action, subject: event.subject, detail, from }
    }
}

impl From<&Role> for RoleView {
    fn from(role: &Role) -> Self {
        let grants = role.grants.iter().map(|grant| {
            let (books, department) = match &grant.books {
                Books::All => (vec!["*".to_owned()], None),
                Books::OwnDepartment => (vec![], Some("own".to_owned())),
                Books::Department(name) => (vec![], Some(name.clone())),
                Books::These(ids) => (ids.iter().map(ToString::to_string).collect(), None),
            };
            GrantView { books, department, rights: grant.rights.clone(), confidential: grant.confidential }
        });
        Self {
            id: role.id.to_string(),
            title: role.title.clone(),
            title_en: role.title_en.clone(),
            grants: grants.collect(),
            own_rows: role.own_rows,
        }
    }
}

/// Everybody's rights follow from the person, so the view is the same for themselves and for an administrator.
fn rights(content: &Content, person: &PersonRecord) -> Vec<Right> {
    let grants = Grants::resolve(content, &person.roles, &person.department, person.enterprise);
    Actor::person(person.id, &person.name, &person.display, "", grants.into()).rights()
}

impl Park {
    /// A person as they see themselves.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn person_view(&self, person: &PersonRecord) -> Result<PersonView, StoreError> {
        let enterprise = match person.enterprise {
            Some(id) => Some(EnterpriseRef { entry: id.0, title: self.entry_title(id)? }),
            None => None,
        };
        let enrolled = self.store.credential(person.id)?.is_some_and(|c| c.enrolled.is_some());
        Ok(PersonView {
            id: person.id.0,
            name: person.name.clone(),
            display: person.display.clone(),
            department: person.department.clone(),
            roles: person.roles.clone(),
            enterprise,
            rights: rights(&self.library.content, person),
            language: person.language.clone(),
            second_factor: enrolled,
        })
    }

    /// A person as an administrator sees them.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn person_record(&self, person: &PersonRecord) -> Result<PersonRecordView, StoreError> {
        let attempts = self.store.attempts(person.id)?;
        let now = self.clock.now();
        let locked_until = attempts.until.filter(|until| now < *until);
        Ok(PersonRecordView {
            person: self.person_view(person)?,
            locked: person.locked || locked_until.is_some(),
            locked_until,
            last_seen: attempts.seen,
            created: person.created,
            failed: attempts.failed,
            second_factor_required: person.second_factor,
            set_up: self.store.credential(person.id)?.is_some_and(|c| c.password.is_some()),
        })
    }

    /// Everybody, by number.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn people(&self) -> Result<Vec<PersonRecordView>, StoreError> {
        self.store.people()?.iter().map(|person| self.person_record(person)).collect()
    }

    /// The person of a number, as an administrator sees them.
    ///
    /// # Errors
    /// [`AccessFault`] when there is none or the ledger cannot be read.
    pub fn person_by_number(&self, id: PersonId) -> Result<PersonRecordView, AccessFault> {
        Ok(self.person_record(&known(&self.store, id)?)?)
    }

    /// Records that so many lines of something were taken out of the program.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub fn note_export(&mut self, actor: &Actor, what: &str, lines: usize) -> Result<(), StoreError> {
        let by = By { at: self.clock.now(), who: &actor.name, from: &actor.from };
        self.store.audit(&by.event("export", what, json!({ "lines": lines })))
    }

    /// Bytes of the database.
    pub fn ledger_bytes(&self) -> u64 {
        std::fs::metadata(self.store.dir().join("ledger.db")).map_or(0, |file| file.len())
    }

    /// All sessions that go on, newest first.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn session_lines(
        &self,
        policy: &super::Policy,
        own: Option<super::SessionId>,
    ) -> Result<Vec<SessionLine>, StoreError> {
        let now = self.clock.now();
        let mut lines = Vec::new();
        for session in self.store.sessions()? {
            if now >= session.expires || now >= session.seen + policy.idle {
                continue;
            }
            if let Some(person) = self.store.person(session.person)? {
                lines.push(session_line(&session, &person, own == Some(session.id)));
            }
        }
        Ok(lines)
    }

    /// All tokens, by number.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn token_views(&self) -> Result<Vec<TokenView>, StoreError> {
        self.store.tokens()?.iter().map(|token| self.token_view(token)).collect()
    }

    /// A token without its secret.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn token_view(&self, token: &TokenRecord) -> Result<TokenView, StoreError> {
        let person = self.store.person(token.person)?;
        Ok(TokenView {
            id: token.id.0,
            title: token.title.clone(),
            person: person.map(|p| p.name).unwrap_or_default(),
            scopes: token.scopes.iter().filter_map(|word| Right::parse(word)).collect(),
            books: token.books.as_ref().map(|ids| ids.iter().map(ToString::to_string).collect()),
            created: token.created,
            expires: token.expires,
            last_used: token.last_used,
        })
    }

    /// All roles of the content, in its order.
    pub fn roles(&self) -> Vec<RoleView> {
        self.library.content.access.roles.values().map(RoleView::from).collect()
    }
}

fn session_line(session: &SessionRecord, person: &PersonRecord, current: bool) -> SessionLine {
    SessionLine {
        id: session.id.0,
        person: person.name.clone(),
        display: person.display.clone(),
        created: session.created,
        last_seen: session.seen,
        expires: session.expires,
        from: session.address.clone(),
        agent: session.agent.clone(),
        provider: session.provider.clone(),
        current,
    }
}
