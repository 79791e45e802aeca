//! The revision table: each printed value that would read otherwise today – old, new, difference – and the entries that moved
//! it, with the cells they were corrected from.
//!
//! A value also moves when definitions or the template change: with the content the publication was made with, the same report
//! is put into words at today's revision, and what differs from what was printed came from entries, the rest from content.
//!
//! Deliberately absent: values that moved without a reader noticing – what counts is what was printed; they are counted.

use std::collections::{BTreeMap, HashMap};

use figures::{Contribution, Engine, Request};
use model::definition::FigureRule;
use model::entry::{Entry, EntryState};
use model::id::{EntryId, FieldId, Revision};
use model::period::Period;
use model::value::Payload;
use model::wording::number::say_period_of_year;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;
use utoipa::ToSchema;

use super::composed::{counted, kept_of, settings_of};
use super::kept::{KeptSlot, Stand};
use super::publications::{PublicationView, committee, record, view};
use super::{Publishing, PublishingFault};
use crate::access::{Actor, Right, mask};
use crate::books::{Origin, Places};
use crate::naming::Naming;
use crate::park::Park;
use crate::report::{self, ReportInput, SlotRecord, SlotSubject};
use crate::reporting::Asked;

/// Entries told for one value, at most.
const MOST: usize = 200;
/// Places of a relative difference, in percent.
const RELATIVE_PLACES: u32 = 2;

/// What changed since a publication.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct PublicationChanges {
    /// The publication.
    pub publication: PublicationView,
    /// The revision it was published from.
    pub revision_then: u64,
    /// The newest revision.
    pub revision_now: u64,
    /// Whether definitions or template changed too.
    pub content_changed: bool,
    /// Printed values.
    pub values: usize,
    /// Values that moved by less than is printed.
    pub unseen: usize,
    /// The values that would read otherwise, in the order of the document.
    pub items: Vec<ChangeOfSlot>,
}

/// What moved a printed value.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Entries were corrected, added or withdrawn.
    Entries,
    /// Definitions or the template changed.
    Content,
    /// Both.
    Both,
}

/// A printed value that would read otherwise.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ChangeOfSlot {
    /// What it is called.
    pub title: String,
    /// The figure.
    pub figure: Option<String>,
    /// Which part of it: `value`, `yoy`, `names`, …
    pub piece: String,
    /// The period it speaks of, in words.
    pub period: String,
    /// What was printed; empty for what was not there.
    pub then: String,
    /// What would be printed now; empty for what is not there any more.
    pub now: String,
    /// The exact value as published.
    pub exact_then: Option<String>,
    /// The exact value now.
    pub exact_now: Option<String>,
    /// The unit of the exact values.
    pub unit: Option<String>,
    /// Now less then, exactly; of numbers.
    pub difference: Option<String>,
    /// The difference in percent of then; of numbers that are not zero.
    pub relative: Option<String>,
    /// The sentence it was published in.
    pub sentence: String,
    /// The query that traces it.
    pub question: Option<String>,
    /// What moved it.
    pub cause: Cause,
    /// The entries that moved it.
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
    /// Why, in their words.
    pub why: String,
    /// Where the value after came from: file, sheet, cell, or a form.
    pub place: Origin,
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
        let kept = kept_of(park, &published)?;
        let (snapshot, reader) = (park.snapshot()?, actor.reader());
        let settings = settings_of(&published);
        let at: Asked<'_> = (&published.report, published.period.end, &settings).into();
        let now = self.printed(park, &park.library, at, &snapshot, reader)?;
        let frozen = self.content_of(park, &published)?;
        let content_changed = published.content != park.library.digest;
        // What the same report would say today by the content of then.
        let between = match frozen.as_ref().filter(|_| content_changed) {
            Some(library) => {
                let today = self.snapshot_by(park, library, snapshot.revision())?;
                Some(self.printed(park, library, at, &today, reader)?)
            }
            None => None,
        };
        let library_then = frozen.unwrap_or_else(|| std::sync::Arc::clone(&park.library));
        let before = self.snapshot_by(park, &library_then, published.revision)?;
        let input = park.report_input(at, &snapshot, reader)?;
        let input_then = park.report_input_by(&library_then, at, &before, reader)?;
        let both = Both {
            park,
            actor,
            then: (&input_then, Engine::new(&library_then.content, &before, reader)),
            now: (&input, Engine::new(&park.library.content, &snapshot, reader)),
            changed: park.store.changes_since(published.revision)?.into_iter().map(|e| (e.id, e)).collect(),
        };
        let by_content = Causes::of(&kept, between.as_deref(), content_changed);
        let mut items = Vec::new();
        for (old, new) in paired(&kept, &now) {
            if old.map(|old| old.text.as_str()) == new.map(|new| new.text.as_str()) {
                continue;
            }
            let cause = by_content.cause(old, new);
            items.push(both.item((old, new), cause, published.revision)?);
        }
        Ok(PublicationChanges {
            publication: view(&park.library, &published),
            revision_then: published.revision.0,
            revision_now: snapshot.revision().0,
            content_changed,
            values: kept.len(),
            unseen: counted(&kept, &now).1,
            items,
        })
    }
}

/// What the report says by the content of then and the entries of now, at each place of the template.
struct Causes<'a> {
    between: Option<HashMap<Stand, Vec<&'a str>>>,
    content_changed: bool,
}

impl<'a> Causes<'a> {
    fn of(kept: &'a [KeptSlot], between: Option<&'a Vec<SlotRecord>>, content_changed: bool) -> Self {
        let between = between.map(|between| {
            let mut texts: HashMap<Stand, Vec<&'a str>> = HashMap::new();
            for (old, new) in paired(kept, between) {
                if let (Some(old), Some(new)) = (old, new) {
                    texts.entry(old.stand()).or_default().push(&new.text);
                }
            }
            texts
        });
        Self { between, content_changed }
    }

    fn cause(&self, old: Option<&KeptSlot>, new: Option<&SlotRecord>) -> Cause {
        if !self.content_changed {
            return Cause::Entries;
        }
        let (Some(old), Some(new)) = (old, new) else { return Cause::Content };
        let texts = self.between.as_ref().and_then(|all| all.get(&old.stand()));
        match texts.and_then(|texts| texts.first()) {
            None => Cause::Both,
            Some(between) if *between == old.text => Cause::Content,
            Some(between) if *between == new.text => Cause::Entries,
            Some(_) => Cause::Both,
        }
    }
}

/// Values that stand at the same place of the template, in the order of the document; those of one side only last.
pub(super) fn paired<'a>(
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
        (old, new): (Option<&KeptSlot>, Option<&SlotRecord>),
        cause: Cause,
        since: Revision,
    ) -> Result<ChangeOfSlot, PublishingFault> {
        let (mut entries, mut more_entries) = (Vec::new(), 0);
        if let Some(slot) = new {
            let then = behind(slot, &self.then);
            let now = behind(slot, &self.now);
            let (mut naming, mut places) = (self.park.naming()?, Places::new(self.park));
            for (entry, fields) in self.moved(&then, &now) {
                if entries.len() >= MOST {
                    more_entries += 1;
                    continue;
                }
                let told = (&mut naming, &mut places);
                self.versions(entry, fields.as_deref(), since, told, &mut entries)?;
            }
        }
        let now = new.map(KeptSlot::of);
        let said = now.as_ref().or(old);
        let (exact_then, exact_now) =
            (old.and_then(|old| old.value.clone()), now.as_ref().and_then(|now| now.value.clone()));
        let number = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Decimal>().ok());
        let numbers = number(&exact_then).zip(number(&exact_now));
        let difference = numbers.and_then(|(then, now)| now.checked_sub(then));
        let relative = numbers.zip(difference).and_then(|((then, _), by)| relative(by, then));
        let period = said.and_then(|slot| slot.period.as_deref()?.parse::<Period>().ok());
        // Publications of the first form did not keep their sentences.
        let kept = old.map(|old| old.sentence.as_str()).filter(|text| !text.is_empty());
        let read = || new.map_or_else(String::new, SlotRecord::sentence);
        Ok(ChangeOfSlot {
            title: said.map(|slot| slot.title.clone()).unwrap_or_default(),
            figure: said.and_then(|slot| slot.figure.clone()),
            piece: said.map(|slot| slot.piece.clone()).unwrap_or_default(),
            period: period.map(say_period_of_year).unwrap_or_default(),
            then: old.map(|slot| slot.text.clone()).unwrap_or_default(),
            now: now.as_ref().map(|slot| slot.text.clone()).unwrap_or_default(),
            exact_then,
            exact_now,
            unit: said.and_then(|slot| slot.unit.clone()),
            difference: difference.map(|by| by.normalize().to_string()),
            relative,
            sentence: kept.map_or_else(read, ToOwned::to_owned),
            question: said.and_then(|slot| slot.question.clone()),
            cause,
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
        (naming, places): (&mut Naming<'_>, &mut Places<'_>),
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
                let place = match is {
                    Some(_) => places.of((&book.id, entry), &version.origins, &field.id)?,
                    None => Origin::default(),
                };
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
                    why: written.why.clone(),
                    place,
                });
            }
        }
        Ok(())
    }
}

/// A difference in percent of what it is a difference to, as far as it is told.
fn relative(by: Decimal, then: Decimal) -> Option<String> {
    let percent = by.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(then.abs())?;
    let told = percent.round_dp_with_strategy(RELATIVE_PLACES, RoundingStrategy::MidpointAwayFromZero);
    Some(told.normalize().to_string())
}
