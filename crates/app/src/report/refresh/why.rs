//! Why a figure moved: another month, another definition, corrected entries with the cells they came from.
//!
//! Deliberately absent: how much each cause did; that is asked of a figure between two months or revisions.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use figures::{Contribution, Engine, Snapshot};
use model::id::{EntryId, ReportId, Revision};
use model::period::Month;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::{SlotRecord, behind, definition_digest};
use super::basis::{Basis, Said};
use super::{RefreshFault, messages as say};
use crate::access::{Actor, Right};
use crate::ledger::FieldChange;
use crate::park::Park;

/// Corrections told of one figure, at most.
const MOST: usize = 8;

/// Why a figure moved.
#[derive(Clone, PartialEq, Debug, Default, Serialize, ToSchema)]
pub struct MovedWhy {
    /// In words.
    pub words: String,
    /// Whether it speaks of another month than before.
    pub period: bool,
    /// Whether its definition or the template changed.
    pub definition: bool,
    /// The entries that were corrected.
    pub corrections: Vec<Correction>,
    /// How many more were.
    pub more: usize,
}

/// A corrected entry behind a figure.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Correction {
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
    /// File, sheet and cell of the value after.
    pub place: String,
    /// The revision that changed it.
    pub revision: u64,
    /// Who.
    pub who: String,
}

/// The ledger as it was when the document was made, beside today's.
pub(super) struct Whys<'a> {
    park: &'a Park,
    actor: &'a Actor,
    basis: &'a Basis,
    now: &'a Snapshot,
    then: Option<Arc<Snapshot>>,
    months: (Month, Month),
    /// What was written since.
    changed: BTreeSet<EntryId>,
    known: HashMap<(ReportId, Month, String), MovedWhy>,
    histories: HashMap<EntryId, (String, Vec<FieldChange>)>,
}

impl<'a> Whys<'a> {
    pub fn new(
        park: &'a Park,
        actor: &'a Actor,
        basis: &'a Basis,
        now: &'a Snapshot,
        months: (Month, Month),
    ) -> Result<Self, RefreshFault> {
        let since = basis.revision.filter(|revision| *revision < now.revision());
        let changed = match since {
            Some(revision) => park.store.changes_since(revision)?.into_iter().map(|entry| entry.id).collect(),
            None => BTreeSet::new(),
        };
        let (known, histories) = Default::default();
        Ok(Self { park, actor, basis, now, then: None, months, changed, known, histories })
    }

    /// Why a slot reads otherwise than when it was printed for `before`.
    pub fn of(
        &mut self,
        (report, period): &(ReportId, Month),
        slot: &SlotRecord,
        said: Option<&Said>,
        before: Month,
        restored: bool,
    ) -> Result<MovedWhy, RefreshFault> {
        if restored {
            return Ok(MovedWhy { words: say::RESTORED.to_owned(), ..MovedWhy::default() });
        }
        let stand = slot.tag.rsplit(':').nth(1).unwrap_or_default().to_owned();
        let key = (report.clone(), *period, stand);
        if let Some(known) = self.known.get(&key) {
            return Ok(known.clone());
        }
        let mut why = MovedWhy::default();
        let mut words = Vec::new();
        if *period != before {
            why.period = true;
            words.push(say::other_period(self.months.0, self.months.1));
        }
        let definition = slot.subject.figure().map(|figure| definition_digest(&self.park.library, figure));
        let other = said.is_some_and(|said| {
            !said.definition.is_empty() && definition.as_ref().is_some_and(|now| *now != said.definition)
        });
        if other {
            why.definition = true;
            words.push(say::DEFINITION.to_owned());
        }
        if let Some(since) = self.basis.revision.filter(|_| *period == before && !self.changed.is_empty()) {
            self.corrections((report, *period), slot, since, &mut why)?;
        }
        words.extend(why.corrections.iter().map(|one| {
            say::corrected(&one.title, &one.field, &one.before, &one.after, &one.place, one.revision)
        }));
        if why.more > 0 {
            words.push(say::and_more(why.more));
        }
        if words.is_empty() {
            let content = self.basis.content != self.park.library.digest;
            why.definition = content && self.basis.revision.is_some();
            let said = match self.basis.revision {
                None => say::UNKNOWN,
                Some(_) if content => say::CONTENT,
                Some(_) => say::ENTRIES,
            };
            words.push(said.to_owned());
        }
        why.words = words.join("；");
        self.known.insert(key, why.clone());
        Ok(why)
    }

    fn corrections(
        &mut self,
        (report, period): (&ReportId, Month),
        slot: &SlotRecord,
        since: Revision,
        why: &mut MovedWhy,
    ) -> Result<(), RefreshFault> {
        let then = match &self.then {
            Some(then) => Arc::clone(then),
            None => Arc::clone(self.then.insert(Arc::new(self.park.snapshot_at(since)?))),
        };
        let (content, reader) = (&self.park.library.content, self.actor.reader());
        let mut touched: BTreeMap<EntryId, BTreeSet<String>> = BTreeMap::new();
        for snapshot in [&*then, self.now] {
            let input = self.park.report_input((report, period).into(), snapshot, reader)?;
            let engine = Engine::new(content, snapshot, reader);
            for Contribution { entry, book, fields, .. } in behind(slot, &engine, &input) {
                let Some(book) = content.books.get(&book).filter(|book| self.actor.may(Right::Read, book))
                else {
                    continue;
                };
                if self.changed.contains(&entry) {
                    let read = fields.iter().filter_map(|id| book.field(id)).filter(|f| !self.actor.masks(f));
                    touched.entry(entry).or_default().extend(read.map(|field| field.title.clone()));
                }
            }
        }
        for (entry, fields) in touched {
            if !self.histories.contains_key(&entry) {
                let told = (self.park.entry_title(entry)?, self.park.history(entry)?);
                self.histories.insert(entry, told);
            }
            let (title, history) = &self.histories[&entry];
            for change in history.iter().filter(|c| c.revision > since && fields.contains(&c.field)) {
                if why.corrections.len() == MOST {
                    why.more += 1;
                    continue;
                }
                why.corrections.push(Correction {
                    entry: entry.0,
                    title: title.clone(),
                    field: change.field.clone(),
                    before: change.before.clone(),
                    after: change.after.clone(),
                    place: change.place.clone(),
                    revision: change.revision.0,
                    who: change.who.clone(),
                });
            }
        }
        Ok(())
    }
}
