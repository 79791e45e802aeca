//! Roles (角色): which rights over which books somebody has. Who has which role is the ledger's; what a role means is
//! content.
//!
//! Deliberately absent: persons, passwords, sessions (those are `app::access`).

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::Book;
use crate::id::{BookId, RoleId};

/// What somebody may do.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// See the rows of a book.
    Read,
    /// Write rows of a book by form or paste.
    Record,
    /// Accept files, decide matches and take revisions back, for a book.
    Accept,
    /// Publish reports.
    Publish,
    /// Manage people, sessions, tokens, backups.
    Administer,
    /// Have one masked value of a book shown, with a reason, recorded.
    Unmask,
    /// Read the audit.
    Audit,
    /// Fill in and hand in the returns that a book asks of enterprises; nothing of it is in the book before it was accepted.
    File,
}

impl Right {
    /// All rights, in the order they are listed everywhere.
    pub const ALL: [Self; 8] = [
        Self::Read,
        Self::Record,
        Self::Accept,
        Self::Publish,
        Self::Administer,
        Self::Unmask,
        Self::Audit,
        Self::File,
    ];

    /// Its name in content, in tokens and in the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Record => "record",
            Self::Accept => "accept",
            Self::Publish => "publish",
            Self::Administer => "administer",
            Self::Unmask => "unmask",
            Self::Audit => "audit",
            Self::File => "file",
        }
    }

    /// The right of that name.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.word() == word)
    }

    /// Whether it is a right over the park as a whole rather than over books.
    pub fn is_of_park(self) -> bool {
        matches!(self, Self::Publish | Self::Administer | Self::Audit)
    }
}

/// All roles.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Access {
    /// By id, in file order.
    pub roles: IndexMap<RoleId, Role>,
    /// What books may leave out before the name of a department: the park's own name.
    pub omitted: Vec<String>,
}

/// A role.
#[derive(Clone, PartialEq, Debug)]
pub struct Role {
    /// Its id.
    pub id: RoleId,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// What it gives.
    pub grants: Vec<RoleGrant>,
    /// Its holders are enterprises: they see only rows about themselves.
    pub own_rows: bool,
}

/// Rights over some books.
#[derive(Clone, PartialEq, Debug)]
pub struct RoleGrant {
    /// Which books.
    pub books: Books,
    /// Which rights.
    pub rights: Vec<Right>,
    /// Whether it reaches statistics-confidential books too. One over the holder's own department always does.
    pub confidential: bool,
    /// Which guarded rows of its books it reaches, beside those the holder handles.
    pub guarded: Guarded,
}

/// Which guarded rows somebody sees.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guarded {
    /// Those they handle.
    #[default]
    Own,
    /// Those their department handles.
    Department,
    /// All.
    All,
}

/// Which books a grant is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Books {
    /// All.
    All,
    /// Those the holder's own department sends.
    OwnDepartment,
    /// Those one department sends.
    Department(String),
    /// These.
    These(Vec<BookId>),
}

impl RoleGrant {
    /// Whether it reaches a book, for somebody of that department.
    pub fn covers(&self, book: &Book, department: &str) -> bool {
        let own = !department.is_empty() && book.department == department;
        let reached = match &self.books {
            Books::All => true,
            Books::OwnDepartment => own,
            Books::Department(name) => book.department == *name,
            Books::These(ids) => ids.contains(&book.id),
        };
        let cleared = self.confidential || matches!(self.books, Books::OwnDepartment);
        reached && (cleared || !book.statistics_confidential)
    }
}
