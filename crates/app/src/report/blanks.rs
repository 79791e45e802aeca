//! Which printed slot fills which blank of a report.
//!
//! A report lists the blanks it must fill, each with the exact text of its slot and, inside a loop, the loop and the
//! pass. Slots are compared without space, because Word and people set it differently.

use model::definition::{Blank, Report};
use model::finding::{Finding, Place, Severity};

use super::records::SlotRecord;
use super::script::Script;
use super::{Built, messages};

impl Built {
    /// Each blank of the report with the slot that filled it; `None` when no such slot was printed. A slot that was printed
    /// may still be unfilled: then its record says why.
    pub fn blanks<'b>(&'b self, report: &'b Report) -> Vec<(&'b Blank, Option<&'b SlotRecord>)> {
        let found = |blank: &Blank| self.slots.iter().find(|slot| fills(slot, blank));
        report.blanks.iter().map(|blank| (blank, found(blank))).collect()
    }
}

/// Blanks of a report that no slot of its template can fill.
pub(super) fn without_slot(script: &Script, report: &Report, file: &str) -> Vec<Finding> {
    let has = |blank: &&Blank| {
        script.tags.iter().any(|tag| {
            let own =
                tag.within.and_then(|within| script.tags.get(within)).map(|within| bare(within.inner()));
            own == blank.in_loop.as_deref().map(bare) && bare(tag.inner()) == bare(&blank.slot)
        })
    };
    let finding = |blank: &Blank| {
        let (message, hint) = messages::blank_without_slot(blank.n, &blank.name, &blank.slot);
        let place = Place { file: file.to_owned(), ..Place::default() };
        Finding { code: "report-blank".to_owned(), severity: Severity::Error, place, message, hint }
    };
    report.blanks.iter().filter(|blank| !has(blank)).map(finding).collect()
}

fn fills(slot: &SlotRecord, blank: &Blank) -> bool {
    let same_loop = match (&slot.in_loop, &blank.in_loop) {
        (Some(own), Some(wanted)) => bare(own) == bare(wanted) && slot.pass == blank.nth,
        (None, None) => true,
        _ => false,
    };
    same_loop && bare(&slot.slot) == bare(&blank.slot)
}

/// A tag without braces and space, with one kind of quotation mark.
fn bare(tag: &str) -> String {
    let inner = tag.trim().trim_start_matches(['{', '%']).trim_end_matches(['}', '%']);
    inner
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .map(|letter| if letter == '\'' { '"' } else { letter })
        .collect()
}
