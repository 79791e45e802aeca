//! What changed since a report was published: each printed value that would read otherwise today, and the entries that moved
//! it.
//!
//! Deliberately absent: values that moved without a reader noticing – what counts is what was printed.

use std::collections::{BTreeMap, HashMap};

use figures::{Contribution, Engine, Request, Snapshot};
use model::definition::FigureRule;
use model::entry::{Entry, EntryState};
use model::id::{EntryId, FieldId, Revision};
use model::value::Payload;
use serde::Serialize;
use utoipa::ToSchema;

use super::kept::{KeptSlot, Stand};
use super::publications::{committee, record};
use super::{Publishing, PublishingFault};
use crate::access::{Actor, Refusal, Right, mask};
use crate::naming::Naming;
use crate::park::Park;
use crate::report::{self, ReportInput, SlotRecord, SlotSubject};

/// Entries told for one value, at most.
const MOST: usize = 200;

/// What changed since a publication.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PublicationChanges {
    /// The revision it was published from.
    pub revision_then: u64,
    /// The newest revision.
    pub revision_now: u64,
    /// Whether definitions or template changed too.
    pub content_changed: bool,
    /// The values that would read otherwise, in the order of the document.
    pub items: Vec<ChangeOfSlot>,
}

/// A printed value that would read otherwise.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ChangeOfSlot {
    /// What it is called.
    pub title: String,
    /// The figure.
    pub figure: Option<String>,
    /// What was printed; empty for what was not there.
    pub then: String,
    /// What would be printed now; empty for what is not there any more.
    pub now: String,
    /// The query that traces it.
    pub question: Option<String>,
    /// What moved it.
    pub entries: Vec<ChangedEntry>,
    /// How many more entries did.
    pub more_entries: usize,
}

/// A change of an entry behind a value.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ChangedEntry {
    /// Its book.
    pub book: String,
    /// The entry.
    pub entry: u64,
    /// What it is called.
    pub title: String,
    /// The field's title.
    pub field: String,
    /// Its value before.
    pub before: String,
    /// Its value after.
    pub after: String,
    /// The revision that changed it.
    pub revision: u64,
    /// Who.
    pub who: String,
    /// When.
    #[schema(value_type = String)]
    pub at: jiff::Timestamp,
}

/// The report then and now.
struct Both<'a> {
    park: &'a Park,
    actor: &'a Actor,
    then: (&'a ReportInput<'a>, Engine<'a>),
    now: (&'a ReportInput<'a>, Engine<'a>),
    /// Entries changed since, by number.
    changed: HashMap<EntryId, Entry>,
}

impl Publishing {
    /// What changed since a publication.
    ///
    /// # Errors
    /// [`PublishingFault`] when the actor may not, it is not there, or the report cannot be made any more.
    pub fn changes(
        &self,
        park: &Park,
        actor: &Actor,
        id: u64,
    ) -> Result<PublicationChanges, PublishingFault> {
        committee(actor)?;
        let published = record(park, id)?;
        let digest = published.slots.as_deref().ok_or(Refusal::NotFound)?;
        let kept: Vec<KeptSlot> = serde_json::from_slice(&park.store.original(digest)?).unwrap_or_default();
        let (snapshot, period) = (park.snapshot()?, published.period.end);
        let reader = actor.reader();
        let input = park.report_input(&published.report, period, &snapshot, reader)?;
        let composed = report::compose(&input)?;
        let before = self.snapshot_at(park, published.revision)?;
        let input_then = park.report_input(&published.report, period, &before, reader)?;
        let content = &park.library.content;
        let changed = park.store.changes_since(published.revision)?;
        let both = Both {
            park,
            actor,
            then: (&input_then, Engine::new(content, &before, reader)),
            now: (&input, Engine::new(content, &snapshot, reader)),
            changed: changed.into_iter().map(|entry| (entry.id, entry)).collect(),
        };
        let mut items = Vec::new();
        for (old, new) in paired(&kept, &composed.slots) {
            if old.map(|old| old.text.as_str()) == new.map(|new| new.text.as_str()) {
                continue;
            }
            items.push(both.item(old, new, published.revision)?);
        }
        Ok(PublicationChanges {
            revision_then: published.revision.0,
            revision_now: snapshot.revision().0,
            content_changed: published.content != composed.provenance.content,
            items,
        })
    }

    fn snapshot_at(
        &self,
        park: &Park,
        revision: Revision,
    ) -> Result<std::sync::Arc<Snapshot>, PublishingFault> {
        let key = (revision, park.library.digest.clone());
        if let Some(known) = self.snapshots.get(&key) {
            return Ok(known);
        }
        Ok(self.snapshots.put(key, park.snapshot_at(revision)?, 1, |_| false))
    }
}

/// Values that stand at the same place of the template, in the order of the document; those of one side only last.
fn paired<'a>(
    kept: &'a [KeptSlot],
    now: &'a [SlotRecord],
) -> Vec<(Option<&'a KeptSlot>, Option<&'a SlotRecord>)> {
    // The same slot may stand several times: the first is held against the first, and so on.
    let mut old: BTreeMap<Stand, Vec<&KeptSlot>> = BTreeMap::new();
    for slot in kept.iter().rev() {
        old.entry(slot.stand()).or_default().push(slot);
    }
    let mut pairs = Vec::new();
    for slot in now {
        let before = old.get_mut(&KeptSlot::of(slot).stand()).and_then(Vec::pop);
        pairs.push((before, Some(slot)));
    }
    let gone = old.into_values().flatten().map(|slot| (Some(slot), None));
    pairs.extend(gone);
    pairs
}

/// The entries behind a value, and those behind the figures its conditions ask: a threshold moves what it bounds.
fn behind(slot: &SlotRecord, (input, engine): &(&ReportInput<'_>, Engine<'_>)) -> Vec<Contribution> {
    let mut found = report::behind(slot, engine, input);
    if let SlotSubject::Figure { request, .. } = &slot.subject
        && let Some(figure) = input.library.content.figures.get(&request.figure)
        && let FigureRule::Measure { filter: Some(filter), .. }
        | FigureRule::Rank { filter: Some(filter), .. } = &figure.rule
    {
        let bound = filter
            .figures()
            .into_iter()
            .map(|id| Request { exact: request.exact, ..Request::new(id, request.at) });
        found.extend(bound.flat_map(|request| engine.trace(&request)));
    }
    found
}

impl Both<'_> {
    fn item(
        &self,
        old: Option<&KeptSlot>,
        new: Option<&SlotRecord>,
        since: Revision,
    ) -> Result<ChangeOfSlot, PublishingFault> {
        let (mut entries, mut more_entries) = (Vec::new(), 0);
        if let Some(slot) = new {
            let then = behind(slot, &self.then);
            let now = behind(slot, &self.now);
            let mut naming = self.park.naming()?;
            for (entry, fields) in self.moved(&then, &now) {
                if entries.len() >= MOST {
                    more_entries += 1;
                    continue;
                }
                self.versions(entry, fields.as_deref(), since, &mut naming, &mut entries)?;
            }
        }
        let now = new.map(KeptSlot::of);
        let said = now.as_ref().or(old);
        Ok(ChangeOfSlot {
            title: said.map(|slot| slot.title.clone()).unwrap_or_default(),
            figure: said.and_then(|slot| slot.figure.clone()),
            then: old.map(|slot| slot.text.clone()).unwrap_or_default(),
            now: now.as_ref().map(|slot| slot.text.clone()).unwrap_or_default(),
            question: said.and_then(|slot| slot.question.clone()),
            entries,
            more_entries,
        })
    }

    /// The entries behind the value then or now that were changed since, each with the fields that were read – none when
    /// it came or went, because then any field may have done it.
    fn moved<'c>(
        &self,
        then: &'c [Contribution],
        now: &'c [Contribution],
    ) -> Vec<(EntryId, Option<Vec<&'c FieldId>>)> {
        let of = |all: &'c [Contribution]| {
            let mut fields: BTreeMap<EntryId, Vec<&'c FieldId>> = BTreeMap::new();
            for one in all.iter().filter(|one| self.changed.contains_key(&one.entry)) {
                fields.entry(one.entry).or_default().extend(&one.fields);
            }
            fields
        };
        let (then, mut now) = (of(then), of(now));
        let mut moved: Vec<(EntryId, Option<Vec<&FieldId>>)> = Vec::new();
        for (entry, mut fields) in then {
            let both = now.remove(&entry).map(|more| {
                fields.extend(more);
                fields
            });
            moved.push((entry, both));
        }
        moved.extend(now.into_keys().map(|entry| (entry, None)));
        moved.sort_by_key(|(entry, _)| *entry);
        moved
    }

    /// Every change of those fields since, version by version.
    fn versions(
        &self,
        entry: EntryId,
        fields: Option<&[&FieldId]>,
        since: Revision,
        naming: &mut Naming<'_>,
        out: &mut Vec<ChangedEntry>,
    ) -> Result<(), PublishingFault> {
        let content = &self.park.library.content;
        let mut before = Payload::new();
        for version in self.park.store.history(entry)? {
            let after =
                if version.state == EntryState::Active { version.payload.clone() } else { Payload::new() };
            let old = std::mem::replace(&mut before, after.clone());
            if version.revision <= since {
                continue;
            }
            let Some(book) = content.books.get(&version.book) else { continue };
            // A figure may be read by more people than the rows behind it.
            if !self.actor.may(Right::Read, book) {
                continue;
            }
            let written = self.park.store.revision(version.revision)?;
            for field in book.fields.values() {
                let (was, is) = (old.get(&field.id), after.get(&field.id));
                if was == is || fields.is_some_and(|fields| !fields.contains(&&field.id)) {
                    continue;
                }
                let masked = self.actor.masks(field);
                let mut say = |value| -> Result<String, PublishingFault> {
                    let text = naming.shown(value)?;
                    Ok(if masked { mask(&field.kind, &text) } else { text })
                };
                let (before, after) = (say(was)?, say(is)?);
                out.push(ChangedEntry {
                    book: book.id.to_string(),
                    entry: entry.0,
                    title: naming.title(entry)?.to_string(),
                    field: field.title.clone(),
                    before,
                    after,
                    revision: version.revision.0,
                    who: written.who.clone(),
                    at: written.at,
                });
            }
        }
        Ok(())
    }
}
