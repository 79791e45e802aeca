//! Findings (问题): something wrong or doubtful in data, with a place, a sentence and a hint. Never an exception.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::{BookId, EntryId, FieldId};

/// How much a finding matters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// For information; nothing is held back.
    Note,
    /// Accepted, but a person should look.
    Warning,
    /// The row, table or file is held back until it is resolved.
    Error,
}

/// Where a finding is.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
pub struct Place {
    /// The file's name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// The sheet.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// The cell in A1 form, or a range.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cell: String,
    /// The book.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub book: Option<BookId>,
    /// The entry, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
    /// The field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldId>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<&str> = [&self.file, &self.sheet, &self.cell]
            .into_iter()
            .map(String::as_str)
            .filter(|p| !p.is_empty())
            .collect();
        f.write_str(&parts.join("!"))
    }
}

/// Something wrong or doubtful in data.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Finding {
    /// A stable name of the kind of finding, such as `unit-missing` or the id of a book's check.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong, one sentence in the user's language.
    pub message: String,
    /// What to do about it; empty when there is nothing to do.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
}
