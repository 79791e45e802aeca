//! Roles: `access.toml`, checked against the books.

use std::collections::BTreeSet;
use std::ops::Range;

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use super::{At, Loading};
use crate::content::SourceFile;
use crate::definition::{Books, Guarded, Right, Role, RoleGrant};
use crate::wording::diagnostic as say;

/// The word for the holder's own department.
const OWN: &str = "own";
/// The word for all books.
const ALL: &str = "*";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccessFile {
    #[serde(default)]
    omitted: Vec<String>,
    #[serde(default)]
    roles: IndexMap<String, RawRole>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRole {
    title: Spanned<String>,
    #[serde(default)]
    title_en: String,
    #[serde(default)]
    own_rows: bool,
    #[serde(default)]
    grants: Vec<Spanned<RawGrant>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGrant {
    books: Option<Spanned<RawBooks>>,
    department: Option<Spanned<String>>,
    rights: Vec<Spanned<String>>,
    #[serde(default)]
    confidential: bool,
    #[serde(default)]
    guarded: Guarded,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawBooks {
    Word(String),
    These(Vec<String>),
}

impl Loading {
    pub(super) fn access(&mut self, files: &[&SourceFile]) {
        let Some(file) = files.iter().find(|f| f.path == "access.toml") else { return };
        let at = At { file, stem: "access" };
        let Some(raw) = self.read::<AccessFile>(at) else { return };
        self.content.access.omitted = raw.omitted;
        for (id, role) in raw.roles {
            self.check_id(at, &id);
            let grants = role.grants.into_iter().filter_map(|g| self.grant(at, role.own_rows, g)).collect();
            let title = role.title.into_inner();
            let role =
                Role { id: id.into(), title, title_en: role.title_en, grants, own_rows: role.own_rows };
            self.content.access.roles.insert(role.id.clone(), role);
        }
        let mut grants = self.content.access.roles.values().flat_map(|r| &r.grants);
        if !grants.any(|g| g.rights.contains(&Right::Administer)) {
            self.report(at, 0..0, say::nobody_administers());
        }
    }

    fn grant(&mut self, at: At<'_>, own_rows: bool, raw: Spanned<RawGrant>) -> Option<RoleGrant> {
        let span = raw.span();
        let raw = raw.into_inner();
        let rights = raw.rights.iter().filter_map(|right| self.right(at, right)).collect();
        if own_rows && raw.confidential {
            self.report(at, span.clone(), say::confidential_for_enterprises());
        }
        let books = match (raw.books, raw.department) {
            (Some(books), None) => self.granted_books(at, books)?,
            (None, Some(department)) => self.granted_department(at, department)?,
            _ => {
                self.report(at, span, say::books_or_department());
                return None;
            }
        };
        Some(RoleGrant { books, rights, confidential: raw.confidential, guarded: raw.guarded })
    }

    fn right(&mut self, at: At<'_>, word: &Spanned<String>) -> Option<Right> {
        let right = Right::parse(word.get_ref());
        if right.is_none() {
            self.report(at, word.span(), say::unknown_right(word.get_ref()));
        }
        right
    }

    fn granted_books(&mut self, at: At<'_>, books: Spanned<RawBooks>) -> Option<Books> {
        let span = books.span();
        match books.into_inner() {
            RawBooks::Word(word) if word == ALL => Some(Books::All),
            RawBooks::Word(word) => {
                self.report(at, span, say::books_are_a_list(&word));
                None
            }
            RawBooks::These(ids) => {
                let mut known = Vec::new();
                for id in ids {
                    if self.content.books.contains_key(id.as_str()) {
                        known.push(id.into());
                    } else {
                        let said = say::unknown_book(&id, &self.content.books);
                        self.report(at, place_of(at, &span, &id), said);
                    }
                }
                Some(Books::These(known))
            }
        }
    }

    fn granted_department(&mut self, at: At<'_>, department: Spanned<String>) -> Option<Books> {
        if department.get_ref() == OWN {
            return Some(Books::OwnDepartment);
        }
        let known: BTreeSet<&str> = self.content.books.values().map(|b| b.department.as_str()).collect();
        if known.contains(department.get_ref().as_str()) {
            return Some(Books::Department(department.into_inner()));
        }
        let said = say::unknown_department(department.get_ref(), &known);
        self.report(at, department.span(), said);
        None
    }
}

/// Where a quoted word stands within a list.
fn place_of(at: At<'_>, list: &Range<usize>, word: &str) -> Range<usize> {
    let text = at.file.text.get(list.clone()).unwrap_or_default();
    let quoted = format!("\"{word}\"");
    let start = text.find(&quoted).map(|offset| list.start + offset);
    start.map_or(list.clone(), |start| start..start + quoted.len())
}
