//! What is kept of a staged file beside its bytes: what a person said about it, what it was compared with, and what they
//! were shown.

use std::collections::{BTreeMap, HashSet};

use model::finding::Finding;
use model::id::{BookId, Revision};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::pending::Plan;
use super::view::{CountsView, FindingCounts, StagedTable};
use crate::import::{Change, Draft};
use crate::shapes;

/// Findings kept with the note; a file with more is beyond going through one by one.
pub(super) const KEPT_FINDINGS: usize = 2_000;

/// The note of a staged file.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub(super) struct Note {
    /// Only layouts of this book.
    pub book: Option<BookId>,
    /// Layouts and books that only this file is read with: path and text.
    pub files: Vec<(String, String)>,
    /// The revision it was compared with.
    pub revision: Revision,
    /// The fingerprint of what was shown.
    pub plan: String,
    /// Books it touches.
    pub books: Vec<BookId>,
    /// Counts of what it would change.
    pub counts: CountsView,
    /// Tables that were read.
    pub tables: Vec<StagedTable>,
    /// Counts of findings.
    pub found: FindingCounts,
    /// The findings themselves.
    pub findings: Vec<Finding>,
    /// Digest of each entry's book and key, and of what would become of it.
    pub changes: BTreeMap<String, String>,
    /// What a corrected file made different.
    pub retried: Option<Difference>,
}

/// What is different between two files or two comparisons.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct Difference {
    /// Findings that are gone.
    #[schema(value_type = Vec<shapes::Finding>)]
    pub gone: Vec<Finding>,
    /// Findings that were not there before.
    #[schema(value_type = Vec<shapes::Finding>)]
    pub new: Vec<Finding>,
    /// How many stayed.
    pub stayed: usize,
}

impl Note {
    /// Notes what a plan shows.
    pub fn show(&mut self, plan: &Plan) {
        self.revision = plan.revision;
        self.plan.clone_from(&plan.fingerprint);
        self.books = plan.books();
        self.counts = CountsView::of(&plan.staged);
        self.tables = plan.staged.read.iter().map(StagedTable::of).collect();
        self.found = FindingCounts::of(&plan.staged.findings);
        self.findings = plan.staged.findings.iter().take(KEPT_FINDINGS).cloned().collect();
        self.changes = plan.staged.drafts.iter().filter_map(change_digests).collect();
    }

    /// How many entries the plan would change in another way than was shown.
    pub fn others(&self, plan: &Plan) -> usize {
        let now: BTreeMap<String, String> = plan.staged.drafts.iter().filter_map(change_digests).collect();
        let differs = now.iter().filter(|(key, change)| self.changes.get(*key) != Some(change)).count();
        differs + self.changes.keys().filter(|key| !now.contains_key(*key)).count()
    }

    pub fn write(&self) -> String {
        serde_json::to_string(self).expect("a note is plain text and numbers, always JSON")
    }

    /// Reads a note; one of an older program counts as never shown.
    pub fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }
}

impl Difference {
    /// Between two lists of findings; where a row moved, the same sentence about the same sheet and column is the same.
    pub fn between(before: &[Finding], after: &[Finding]) -> Self {
        let known = |of: &[Finding]| of.iter().map(same).collect::<HashSet<_>>();
        let (old, new) = (known(before), known(after));
        let but = |of: &[Finding], others: &HashSet<_>| {
            of.iter().filter(|finding| !others.contains(&same(finding))).cloned().collect()
        };
        let stayed = after.iter().filter(|finding| old.contains(&same(finding))).count();
        Self { gone: but(before, &new), new: but(after, &old), stayed }
    }
}

/// What makes two findings the same: everything but the file's name.
fn same(finding: &Finding) -> (String, String, String, String) {
    let place = &finding.place;
    (finding.code.clone(), place.sheet.clone(), place.cell.clone(), finding.message.clone())
}

/// The digest of a draft's book and key, and of what it changes; nothing for one that changes nothing.
pub(super) fn change_digests(draft: &Draft) -> Option<(String, String)> {
    let what = match &draft.change {
        Change::Unchanged => return None,
        Change::New => format!("new {:?}", draft.payload),
        Change::Changed(fields) => format!("{fields:?}"),
    };
    let short = |text: &str| store::digest_hex(text.as_bytes())[..16].to_owned();
    Some((short(&format!("{}\u{1f}{}", draft.book, draft.key)), short(&what)))
}
