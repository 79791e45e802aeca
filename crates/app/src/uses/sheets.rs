//! Which sheets (一地一表、一企一单、一企一策、登记证明、政策计算表) print an entry: those of the parcel or enterprise it is about.
//!
//! Deliberately absent: sheets of others on the same parcel; they are found from the parcel.

use figures::{Engine, Request};
use model::definition::{LandRole, Report, Topic};
use model::id::{BookId, EntryId};
use model::period::Month;
use model::value::Value;
use std::collections::HashMap;

use super::{SentenceUse, UsesFault, Walk};
use crate::report::SlotSubject;
use crate::sheets::Sheet;

impl Walk<'_> {
    /// The facts of sheets that use the entry, for the months it is asked about.
    pub(super) fn sheets(
        &self,
        engine: &Engine<'_>,
        months: &[Month],
    ) -> Result<Vec<SentenceUse>, UsesFault> {
        let content = &self.park.library().content;
        let mut found = Vec::new();
        for report in content.reports.values() {
            let Some(topic) = report.about else { continue };
            let mut periods: Vec<Month> =
                months.iter().filter_map(|month| self.of_sheet(topic, *month)).collect();
            periods.dedup();
            for subject in self.subjects(topic) {
                for sheet in self.asked(topic, subject) {
                    for period in &periods {
                        self.sheet(engine, report, (&sheet, *period), &mut found)?;
                    }
                }
            }
        }
        Ok(found)
    }

    /// The month a sheet is of: plans and certificates are of today, the others are of the year.
    fn of_sheet(&self, topic: Topic, month: Month) -> Option<Month> {
        match topic {
            Topic::Plan | Topic::Certificate => Some(Month::of(self.park.today())),
            Topic::Parcel | Topic::Enterprise | Topic::Payment => Month::new(month.year(), 12),
        }
    }

    /// The sheets of a topic about an entry: of payments one for each policy that reads this book.
    fn asked(&self, topic: Topic, subject: EntryId) -> Vec<Sheet> {
        if topic != Topic::Payment {
            return vec![Sheet::about(subject)];
        }
        let all = self.park.library().content.policies.values();
        let reads = all.filter(|policy| policy.data.as_ref().is_some_and(|data| data.reads(&self.book.id)));
        reads.map(|policy| Sheet { policy: Some(policy.id.clone()), ..Sheet::about(subject) }).collect()
    }

    /// The entry itself, or what it refers to, where that is what a sheet is about.
    fn subjects(&self, topic: Topic) -> Vec<EntryId> {
        let content = &self.park.library().content;
        let role = if topic == Topic::Parcel { LandRole::Parcel } else { LandRole::Enterprise };
        let page = content.pages.parcels.as_ref().and_then(|page| page.book(role));
        let register: Option<&BookId> = match page {
            Some(land) => Some(&land.book),
            None => content.book_with_role(role.word()).map(|book| &book.id),
        };
        let Some(register) = register else { return Vec::new() };
        if self.book.id == *register {
            return vec![self.entry.id];
        }
        let refers = self.book.fields.values().filter(|field| field.kind.book() == Some(register));
        let named = refers.filter_map(|field| match self.entry.payload.get(&field.id)? {
            Value::Entry(entry) => Some(*entry),
            _ => None,
        });
        let mut named: Vec<EntryId> = named.collect();
        named.sort_unstable();
        named.dedup();
        named
    }

    fn sheet(
        &self,
        engine: &Engine<'_>,
        report: &Report,
        (sheet, period): (&Sheet, Month),
        found: &mut Vec<SentenceUse>,
    ) -> Result<(), UsesFault> {
        // A sheet that cannot be made for this person says nothing.
        let Some(slots) = crate::sheets::printed(self.park, self.actor, report, (sheet, period))? else {
            return Ok(());
        };
        let mut known: HashMap<&Request, bool> = HashMap::new();
        for slot in &slots {
            let SlotSubject::Fact(fact) = &slot.subject else { continue };
            let fact = &fact.fact;
            let mut asks =
                |request| *known.entry(request).or_insert_with_key(|one| self.used(engine, one).is_some());
            if fact.reads(self.entry.id, self.field) || fact.requests().iter().any(&mut asks) {
                let title = self.park.entry_title(sheet.entry)?;
                found.push(SentenceUse {
                    report: report.id.to_string(),
                    report_title: crate::messages::sheets::of_whom(&report.title, &title),
                    period: period.to_string(),
                    paragraph: slot.paragraph,
                    sentence: slot.sentence(),
                    slot: slot.slot.clone(),
                    text: slot.text.clone(),
                    about: Some(sheet.entry.0),
                });
            }
        }
        Ok(())
    }
}
