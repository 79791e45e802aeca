//! The history of an entry: each version with what it changed, who wrote it, when and why.

use std::collections::BTreeSet;

use jiff::Timestamp;
use model::definition::Book;
use model::entry::{Entry, EntryState};
use model::id::{EntryId, FieldId};
use model::value::Payload;
use serde::Serialize;
use store::RevisionKind;
use utoipa::ToSchema;

use super::places::{Origin, Places};
use super::{Result, Sight};
use crate::access::{Actor, Refusal};
use crate::park::Park;

/// All versions of an entry.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct History {
    /// Newest first.
    pub items: Vec<Version>,
}

/// One version of an entry.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Version {
    /// Its number, from 1.
    pub version: u32,
    /// The ledger revision.
    pub revision: u64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// Why, in their words.
    pub why: String,
    /// What made it: `import`, `record` or `undo`.
    pub kind: &'static str,
    /// The file it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceRef>,
    /// Whether the entry counts after it.
    #[schema(value_type = String)]
    pub state: EntryState,
    /// What it changed.
    pub changes: Vec<VersionChange>,
}

/// A file the ledger keeps.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct SourceRef {
    /// SHA-256 of its bytes.
    pub digest: String,
    /// Its name as it was sent.
    pub name: String,
}

/// One value a version changed.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct VersionChange {
    /// The field.
    #[schema(value_type = String)]
    pub field: FieldId,
    /// Its Chinese title.
    pub title: String,
    /// Its English title.
    pub title_en: String,
    /// The value before, as people read it; empty for none.
    pub before: String,
    /// The value after.
    pub after: String,
    /// Where the value after came from.
    pub place: Origin,
}

/// The history of an entry as `actor` may see it.
///
/// # Errors
/// [`super::BooksFault`] when it is not there for this person.
pub fn history(park: &Park, actor: &Actor, id: EntryId) -> Result<History> {
    let sight = Sight::new(&park.library().content, park.snapshot()?, actor);
    let (book, _) = super::entry::head(park, &sight, id)?;
    let versions = park.store().history(id)?;
    let sources = park.store().sources()?;
    let mut places = Places::new(park);
    let mut before = Payload::new();
    let mut items = Vec::with_capacity(versions.len());
    for entry in versions {
        // Somebody else's entry once, and only now this person's, is shown from then on.
        if !actor.sees(book, &entry) {
            before = entry.payload;
            continue;
        }
        let record = park.store().revision(entry.revision)?;
        let source = record.source.as_ref().map(|digest| SourceRef {
            name: sources.iter().find(|s| s.digest == *digest).map_or_else(String::new, |s| s.name.clone()),
            digest: digest.clone(),
        });
        items.push(Version {
            version: entry.version,
            revision: entry.revision.0,
            at: record.at,
            who: record.who,
            why: record.why,
            kind: match record.kind {
                RevisionKind::Import => "import",
                RevisionKind::Record => "record",
                RevisionKind::Undo => "undo",
            },
            source: source.filter(|_| !actor.is_enterprise()),
            state: entry.state,
            changes: changes(&sight, book, &mut places, &before, &entry)?,
        });
        before = entry.payload;
    }
    if items.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    items.reverse();
    Ok(History { items })
}

fn changes(
    sight: &Sight<'_>,
    book: &Book,
    places: &mut Places<'_>,
    before: &Payload,
    entry: &Entry,
) -> Result<Vec<VersionChange>> {
    let fields: BTreeSet<&FieldId> = before.keys().chain(entry.payload.keys()).collect();
    let mut changes = Vec::new();
    // In the order of the book.
    for (field, definition) in book.fields.iter().filter(|(f, _)| fields.contains(f)) {
        let (old, new) = (before.get(field), entry.payload.get(field));
        if old == new {
            continue;
        }
        let shown = |value: Option<&model::value::Value>| {
            value.map_or_else(String::new, |v| sight.text(definition, v))
        };
        let place = match new {
            Some(_) => places.of((&book.id, entry.id), &entry.origins, field)?,
            None => Origin::default(),
        };
        changes.push(VersionChange {
            field: field.clone(),
            title: definition.title.clone(),
            title_en: definition.title_en.clone(),
            before: shown(old),
            after: shown(new),
            place,
        });
    }
    Ok(changes)
}
