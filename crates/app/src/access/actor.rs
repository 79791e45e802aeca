//! Who is acting, with everything they may do already worked out, so that asking costs a look into a map.

use std::collections::HashMap;
use std::sync::Arc;

use figures::Reader;
use model::content::Content;
use model::definition::{Book, Class, Field, FieldKind, Guard, Guarded, Right, RoleGrant};
use model::entry::Entry;
use model::id::{BookId, EntryId, FieldId};
use model::value::{Payload, Value};
use store::PersonId;

use super::Refusal;

/// The role of the book whose entries enterprise users belong to.
pub(super) const ENTERPRISE: &str = "enterprise";

/// Who is acting.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The person; none for the command line.
    pub person: Option<PersonId>,
    /// The account's name: what the ledger records as *who*.
    pub name: String,
    /// The name people read.
    pub display: String,
    /// Where from: an address, or `local`.
    pub from: String,
    /// What they may do.
    grants: Arc<Grants>,
    means: Means,
}

/// By what an actor is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Means {
    /// The command line.
    Local,
    /// A session.
    Session,
    /// A session of somebody who must set up a second factor before anything else.
    Enrolling,
    /// A token.
    Token,
}

/// What somebody may do, worked out from roles, department and content.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Grants {
    everything: bool,
    books: HashMap<BookId, Rights>,
    park: Rights,
    confidential: bool,
    own: Option<Own>,
    /// Which guarded rows are seen, by book; [`Guarded::Own`] where nothing is said.
    guarded: HashMap<BookId, Guarded>,
    department: String,
    /// What rows call the department.
    called: Vec<String>,
}

/// Which rows an enterprise user sees.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Own {
    entry: Option<EntryId>,
    register: Option<BookId>,
}

/// Which rows of a book somebody sees.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Scope {
    /// None.
    Nothing,
    /// All.
    All,
    /// The entry of the enterprise itself.
    Entry(EntryId),
    /// All but the guarded rows that others handle.
    Unguarded {
        /// What guards them.
        guard: Guard,
        /// The names of the department whose rows are seen; none: no department's.
        departments: Vec<String>,
        /// Names of the person whose rows are seen.
        names: [String; 2],
        /// Whether rows that nobody handles yet are seen: by the department that keeps the book.
        unhandled: bool,
    },
    /// Those that name the enterprise in one of these fields.
    Naming {
        /// The fields: references to the register of enterprises.
        fields: Vec<FieldId>,
        /// The enterprise.
        entry: EntryId,
    },
}

/// A set of rights.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Rights(u8);

impl Rights {
    fn of(right: Right) -> Self {
        Self(1 << right as u8)
    }

    fn add(&mut self, right: Right) {
        self.0 |= Self::of(right).0;
    }

    fn has(self, right: Right) -> bool {
        self.0 & Self::of(right).0 != 0
    }
}

impl Grants {
    /// Everything: whoever works on the machine that holds the data folder.
    pub fn everything() -> Self {
        Self { everything: true, confidential: true, ..Self::default() }
    }

    /// What roles give to somebody of a department. `own_rows` of any role binds: an account is one or the other.
    pub fn resolve(
        content: &Content,
        roles: &[String],
        department: &str,
        enterprise: Option<EntryId>,
    ) -> Self {
        let (own, called) = (department.to_owned(), called(content, department));
        let mut grants = Self { department: own, called, ..Self::default() };
        for role in roles.iter().filter_map(|id| content.access.roles.get(id.as_str())) {
            if role.own_rows {
                let register = content.book_with_role(ENTERPRISE).map(|b| b.id.clone());
                grants.own = Some(Own { entry: enterprise, register });
            }
            for grant in &role.grants {
                grants.add(content, grant, department);
            }
        }
        let mut secret = content.books.values().filter(|b| b.statistics_confidential);
        grants.confidential = grants.own.is_none() && secret.all(|b| grants.may(Right::Read, b));
        grants
    }

    fn add(&mut self, content: &Content, grant: &RoleGrant, department: &str) {
        for right in grant.rights.iter().copied().filter(|r| r.is_of_park()) {
            self.park.add(right);
        }
        for book in content.books.values().filter(|b| grant.covers(b, department)) {
            let held = self.books.entry(book.id.clone()).or_default();
            for right in grant.rights.iter().copied().filter(|r| !r.is_of_park()) {
                held.add(right);
            }
            if grant.rights.contains(&Right::Read) {
                let seen = self.guarded.entry(book.id.clone()).or_default();
                *seen = grant.guarded.max(*seen);
            }
        }
    }

    /// These, narrowed to what a token's scopes name as well.
    pub fn narrowed(&self, content: &Content, scopes: &[Right], books: Option<&[BookId]>) -> Self {
        let (guarded, department) = (self.guarded.clone(), self.department.clone());
        let called = self.called.clone();
        let mut narrow = Self { own: self.own.clone(), guarded, department, called, ..Self::default() };
        for &right in scopes.iter().filter(|r| r.is_of_park() && self.may_anywhere(**r)) {
            narrow.park.add(right);
        }
        for book in content.books.values().filter(|b| books.is_none_or(|ids| ids.contains(&b.id))) {
            let mut held = Rights::default();
            for &right in scopes.iter().filter(|r| !r.is_of_park() && self.may(**r, book)) {
                held.add(right);
            }
            narrow.books.insert(book.id.clone(), held);
        }
        let mut secret = content.books.values().filter(|b| b.statistics_confidential);
        narrow.confidential = self.confidential && secret.all(|b| narrow.may(Right::Read, b));
        narrow
    }

    /// Whether nothing is held.
    pub fn is_empty(&self) -> bool {
        !Right::ALL.into_iter().any(|right| self.may_anywhere(right))
    }

    fn may(&self, right: Right, book: &Book) -> bool {
        if self.everything {
            return true;
        }
        if right.is_of_park() {
            return self.park.has(right);
        }
        self.books.get(&book.id).is_some_and(|held| held.has(right))
    }

    fn may_anywhere(&self, right: Right) -> bool {
        self.everything || self.park.has(right) || self.books.values().any(|held| held.has(right))
    }
}

impl Actor {
    /// Whoever works on the command line: the data folder is theirs, so everything is.
    pub fn local(name: &str) -> Self {
        Self {
            person: None,
            name: name.to_owned(),
            display: name.to_owned(),
            from: "local".to_owned(),
            grants: Arc::new(Grants::everything()),
            means: Means::Local,
        }
    }

    /// Nobody yet, at an address: whoever is about to sign in. Holds nothing.
    pub fn nobody(from: &str) -> Self {
        let grants = Arc::default();
        Self { from: from.to_owned(), grants, means: Means::Session, ..Self::local("") }
    }

    /// A signed-in person.
    pub fn person(person: PersonId, name: &str, display: &str, from: &str, grants: Arc<Grants>) -> Self {
        let (name, display, from) = (name.to_owned(), display.to_owned(), from.to_owned());
        Self { person: Some(person), name, display, from, grants, means: Means::Session }
    }

    /// The same as somebody who must set up a second factor first, and may do nothing else until then.
    #[must_use]
    pub(super) fn enrolling(self) -> Self {
        Self { grants: Arc::default(), means: Means::Enrolling, ..self }
    }

    /// The same by a token.
    #[must_use]
    pub(super) fn by_token(self) -> Self {
        Self { means: Means::Token, ..self }
    }

    /// Whether a second factor must be set up before anything else.
    pub fn must_enrol(&self) -> bool {
        self.means == Means::Enrolling
    }

    /// The person, when it is they themselves in a session: what concerns an account is not done by machines.
    ///
    /// # Errors
    /// [`Refusal::NotSignedIn`] for tokens and the command line.
    pub fn in_person(&self) -> Result<PersonId, Refusal> {
        let session = matches!(self.means, Means::Session | Means::Enrolling);
        self.person.filter(|_| session).ok_or(Refusal::NotSignedIn)
    }

    /// Whether the right is held on a book.
    pub fn may(&self, right: Right, book: &Book) -> bool {
        self.grants.may(right, book)
    }

    /// Whether the right is held on any book or, for a right of the park, at all.
    pub fn may_anywhere(&self, right: Right) -> bool {
        self.grants.may_anywhere(right)
    }

    /// Refuses when the right is not held on a book.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when the book may not even be read, else [`Refusal::NotAllowed`].
    pub fn need(&self, right: Right, book: &Book) -> Result<(), Refusal> {
        if self.may(right, book) {
            return Ok(());
        }
        if right == Right::Read || !self.may(Right::Read, book) {
            return Err(Refusal::NotFound);
        }
        Err(Refusal::NotAllowed { right, book: Some(book.id.clone()) })
    }

    /// Refuses when the right is held nowhere.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub fn need_anywhere(&self, right: Right) -> Result<(), Refusal> {
        if self.may_anywhere(right) { Ok(()) } else { Err(Refusal::NotAllowed { right, book: None }) }
    }

    /// The rights held on a book, in the usual order.
    pub fn rights_on(&self, book: &Book) -> Vec<Right> {
        Right::ALL.into_iter().filter(|r| self.may(*r, book)).collect()
    }

    /// All rights held anywhere, in the usual order.
    pub fn rights(&self) -> Vec<Right> {
        Right::ALL.into_iter().filter(|r| self.may_anywhere(*r)).collect()
    }

    /// Whether only rows about one enterprise are seen, so that no figure, report, file or colleague is.
    pub fn is_enterprise(&self) -> bool {
        self.grants.own.is_some()
    }

    /// The enterprise whose rows alone are seen.
    pub fn own(&self) -> Option<EntryId> {
        self.grants.own.as_ref().and_then(|own| own.entry)
    }

    /// Which rows of a book are seen. To be asked once per request; then rows are filtered by column.
    pub fn scope(&self, book: &Book) -> Scope {
        if !self.may(Right::Read, book) {
            return Scope::Nothing;
        }
        let Some(own) = &self.grants.own else { return self.unguarded(book) };
        let (Some(entry), Some(register)) = (own.entry, &own.register) else { return Scope::Nothing };
        if book.id == *register {
            return Scope::Entry(entry);
        }
        let fields = naming(book, register);
        if fields.is_empty() { Scope::Nothing } else { Scope::Naming { fields, entry } }
    }

    /// All rows, or all but the guarded ones that others handle.
    fn unguarded(&self, book: &Book) -> Scope {
        let Some(guard) = book.guard.as_ref().filter(|_| !self.grants.everything) else { return Scope::All };
        let departments = match self.grants.guarded.get(&book.id).copied().unwrap_or_default() {
            Guarded::All => return Scope::All,
            Guarded::Department => self.grants.called.clone(),
            Guarded::Own => Vec::new(),
        };
        let names = [self.display.clone(), self.name.clone()];
        let own = &self.grants.department;
        let unhandled = !own.is_empty() && book.department == *own;
        Scope::Unguarded { guard: guard.clone(), departments, names, unhandled }
    }

    /// Whether a row is seen.
    pub fn sees(&self, book: &Book, entry: &Entry) -> bool {
        entry.book == book.id && self.scope(book).holds(entry.id, &entry.payload)
    }

    /// Whether a field's values are masked. Those who hold [`Right::Unmask`] may have one shown at a time, each recorded.
    pub fn masks(&self, field: &Field) -> bool {
        let personal =
            field.class == Class::Personal || matches!(field.kind, FieldKind::Person | FieldKind::Phone);
        personal && !self.grants.everything
    }

    /// Who reads figures.
    pub fn reader(&self) -> Reader {
        Reader { may_see_confidential: self.grants.confidential }
    }
}

impl Scope {
    /// Whether a row is within.
    pub fn holds(&self, id: EntryId, payload: &Payload) -> bool {
        match self {
            Self::Nothing => false,
            Self::All => true,
            Self::Entry(entry) => id == *entry,
            Self::Unguarded { .. } => self.past_guard(|field| payload.get(field).cloned()),
            Self::Naming { fields, entry } => fields.iter().any(|f| match payload.get(f) {
                Some(Value::Entry(named)) => named == entry,
                Some(Value::Entries(named)) => named.contains(entry),
                _ => false,
            }),
        }
    }
}

impl Scope {
    /// Whether a row is none that a guard keeps from this person; a scope without a guard keeps none.
    pub fn past_guard(&self, value: impl Fn(&FieldId) -> Option<Value>) -> bool {
        let Self::Unguarded { guard, departments, names, unhandled } = self else { return true };
        if value(&guard.when) != Some(Value::Flag(true)) {
            return true;
        }
        let said = |field: &Option<FieldId>| value(field.as_ref()?)?.as_text().map(str::to_owned);
        let handled = said(&guard.department);
        handled.as_ref().map_or(*unhandled, |handles| departments.contains(handles))
            || said(&guard.person).is_some_and(|who| !who.is_empty() && names.contains(&who))
    }
}

/// What rows call a department: its name, and the name without what books leave out before it, unless that names another department.
fn called(content: &Content, department: &str) -> Vec<String> {
    if department.is_empty() {
        return Vec::new();
    }
    let known = |name: &str| content.books.values().any(|book| book.department == name);
    let omitted = &content.access.omitted;
    let short = omitted.iter().enumerate().filter_map(|(at, before)| {
        let short = department.strip_prefix(before.as_str()).filter(|short| !short.is_empty())?;
        // The department of the first of these words is meant where several have the same rest.
        let another = omitted[..at].iter().any(|first| known(&format!("{first}{short}")));
        (!known(short) && !another).then(|| short.to_owned())
    });
    std::iter::once(department.to_owned()).chain(short).collect()
}

/// The fields that say whom a row is about: the subject where the book has one, else every reference to the register.
fn naming(book: &Book, register: &BookId) -> Vec<FieldId> {
    let names = |field: &&Field| field.kind.book() == Some(register);
    match book.subject.as_ref().and_then(|s| book.fields.get(s)) {
        Some(subject) => Some(subject).filter(names).map(|f| f.id.clone()).into_iter().collect(),
        None => book.fields.values().filter(names).map(|f| f.id.clone()).collect(),
    }
}

#[cfg(test)]
mod tests;
