//! Rehearsal (复盘): an earlier report built again from the ledger and held against what was printed, figure by figure.
//!
//! The audit finds whose number each number of the printed document is; what the report prints and the document does not say
//! is missing there, what the document says and the report does not know is missing here. Years, months and days that stand
//! alone are no figures.
//!
//! Deliberately absent: names and prose. To score otherwise: `Rehearsal::scored`.

use std::collections::{BTreeMap, BTreeSet};

use model::id::ReportId;
use model::period::Month;
use model::wording::number::{Rounding, round};
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use super::ask::Part;
use super::audit::{Audited, Item, Verdict};
use super::messages as words;
use super::{Settings, SlotRecord, compose};
use crate::access::Actor;
use crate::park::Park;
use crate::reporting::ReportingFault;
use crate::worker::Outlined;

/// How a figure of a rehearsal came out, the worst first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RehearsalOutcome)]
pub enum Outcome {
    /// Both say it, and not the same.
    Differs,
    /// The document says it, the ledger does not know it.
    MissingOurs,
    /// The report says it, the document does not.
    MissingTheirs,
    /// Both say the same.
    Agrees,
}

/// One figure of a rehearsal.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Rehearsed {
    /// How it came out.
    pub outcome: Outcome,
    /// What it is called; empty when nobody knows.
    pub title: String,
    /// The figure.
    pub figure: Option<String>,
    /// Which part of it: `value`, `yoy`, …
    pub piece: String,
    /// Where in the document, in words.
    pub place: String,
    /// What the document says.
    pub theirs: String,
    /// What the report says.
    pub ours: String,
    /// Theirs less ours, in the printed unit.
    pub difference: Option<String>,
    /// The difference in percent of ours, two places.
    pub relative: Option<String>,
    /// More about it.
    pub note: String,
}

/// A rehearsed report.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Rehearsal {
    /// The report.
    pub report: String,
    /// Its title.
    pub title: String,
    /// The month it was built for.
    #[schema(value_type = String)]
    pub period: Month,
    /// The ledger revision.
    pub revision: u64,
    /// Figures that agree, in percent of all, one place.
    pub score: String,
    /// How many agree.
    pub agrees: usize,
    /// How many differ.
    pub differs: usize,
    /// How many only the document says.
    pub missing_ours: usize,
    /// How many only the report says.
    pub missing_theirs: usize,
    /// The figures, the worst first.
    pub figures: Vec<Rehearsed>,
}

/// What makes two numbers the same figure.
type Key = (String, String, String);

impl Park {
    /// Builds a report for a month and scores it against a printed document; without a report, the one the document says
    /// most of.
    ///
    /// # Errors
    /// [`ReportingFault`] when the ledger cannot be read or the report cannot be made.
    pub fn rehearse(
        &self,
        document: &Outlined,
        report: Option<&ReportId>,
        (period, settings): (Month, &Settings),
        actor: &Actor,
    ) -> Result<Rehearsal, ReportingFault> {
        let audited = self.audit(document, Some(period), actor)?;
        let snapshot = self.snapshot()?;
        let said: BTreeSet<Key> = audited.items.iter().filter(|item| item.way.is_some()).map(key).collect();
        let mut best: Option<(usize, ReportId, Vec<SlotRecord>)> = None;
        // Unless it is named: one that needs something set cannot be guessed from a printed page.
        let candidates = self.library.content.reports.values();
        let candidates = candidates.filter(|known| report.map_or(known.stands_alone(), |id| *id == known.id));
        for id in candidates.map(|known| &known.id) {
            let slots =
                compose(&self.report_input((id, period, settings).into(), &snapshot, actor.reader())?)?.slots;
            let hits = slots.iter().filter(|slot| said.contains(&slot_key(slot))).count();
            if best.as_ref().is_none_or(|(most, ..)| hits > *most) {
                best = Some((hits, id.clone(), slots));
            }
        }
        let (id, slots) = match best {
            Some((_, id, slots)) => (id, slots),
            None => (report.cloned().unwrap_or_else(|| "".into()), Vec::new()),
        };
        let title = self.library.content.reports.get(&id).map(|report| report.title.clone());
        Ok(Rehearsal::scored(id.to_string(), title.unwrap_or_default(), &audited, &slots))
    }
}

impl Rehearsal {
    /// Scores what a document says against what a report prints.
    fn scored(report: String, title: String, audited: &Audited, slots: &[SlotRecord]) -> Self {
        // A figure that is said several times is one figure, and as good as its worst number.
        let mut figures: BTreeMap<Key, Rehearsed> = BTreeMap::new();
        for (n, item) in audited.items.iter().enumerate().filter(|(_, item)| !is_time(item)) {
            let one = theirs(item);
            let key =
                if item.way.is_some() { key(item) } else { (n.to_string(), String::new(), String::new()) };
            match figures.get_mut(&key) {
                Some(known) if known.outcome <= one.outcome => {}
                Some(known) => *known = one,
                None => {
                    figures.insert(key, one);
                }
            }
        }
        for slot in slots.iter().filter(|slot| is_number(slot)) {
            figures.entry(slot_key(slot)).or_insert_with(|| ours(slot));
        }
        let mut figures: Vec<Rehearsed> = figures.into_values().collect();
        figures.sort_by(|a, b| (a.outcome, &a.title, &a.piece).cmp(&(b.outcome, &b.title, &b.piece)));
        let count = |outcome| figures.iter().filter(|one| one.outcome == outcome).count();
        let agrees = count(Outcome::Agrees);
        let share = Decimal::from(agrees) * Decimal::ONE_HUNDRED;
        let share = share.checked_div(Decimal::from(figures.len())).unwrap_or_default();
        Self {
            report,
            title,
            period: audited.period,
            revision: audited.revision,
            score: format!("{:.1}", round(share, 1, Rounding::HalfUp)),
            agrees,
            differs: count(Outcome::Differs),
            missing_ours: count(Outcome::MissingOurs),
            missing_theirs: count(Outcome::MissingTheirs),
            figures,
        }
    }
}

fn key(item: &Item) -> Key {
    (item.title.clone(), item.piece.clone(), item.period.clone())
}

fn slot_key(slot: &SlotRecord) -> Key {
    let period = slot.period.map(|period| period.to_string()).unwrap_or_default();
    (slot.title.clone(), slot.piece.to_owned(), period)
}

/// Whether a slot prints a number that is a figure.
fn is_number(slot: &SlotRecord) -> bool {
    let time = Part::named(slot.piece).is_some_and(Part::is_time);
    !time && slot.value.as_ref().is_some_and(|value| value.parse::<Decimal>().is_ok())
}

/// Whether a number of a document only says when.
fn is_time(item: &Item) -> bool {
    let said = Part::named(&item.piece).is_some_and(Part::is_time);
    said || item.way.is_none() && item.text.ends_with(words::TIME_SIGNS)
}

fn theirs(item: &Item) -> Rehearsed {
    let outcome = match item.verdict {
        Verdict::Supported => Outcome::Agrees,
        Verdict::Contradicted => Outcome::Differs,
        _ => Outcome::MissingOurs,
    };
    let ours = item.ledger.clone().unwrap_or_default();
    let numbers = number(&item.text).zip(number(&ours)).filter(|_| outcome == Outcome::Differs);
    // Numbers of different units cannot be taken from each other.
    let numbers = numbers.filter(|((_, a), (_, b))| a.is_empty() || b.is_empty() || a == b);
    let difference = numbers.and_then(|((theirs, _), (ours, _))| theirs.checked_sub(ours));
    let relative = difference
        .zip(numbers)
        .and_then(|(by, (_, (ours, _)))| by.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(ours.abs()));
    Rehearsed {
        outcome,
        title: item.title.clone(),
        figure: item.figure.clone(),
        piece: item.piece.clone(),
        place: words::paragraph(&item.part, item.paragraph),
        theirs: item.text.clone(),
        ours,
        difference: difference.map(|by| by.normalize().to_string()),
        relative: relative.map(|by| round(by, 2, Rounding::HalfUp).normalize().to_string()),
        note: item.note.clone(),
    }
}

fn ours(slot: &SlotRecord) -> Rehearsed {
    Rehearsed {
        outcome: Outcome::MissingTheirs,
        title: slot.title.clone(),
        figure: slot.subject.figure().map(ToString::to_string),
        piece: slot.piece.to_owned(),
        place: String::new(),
        theirs: String::new(),
        ours: slot.text.clone(),
        difference: None,
        relative: None,
        note: slot.basis.clone(),
    }
}

/// The first number of a text and what stands right behind it.
fn number(text: &str) -> Option<(Decimal, &str)> {
    let from = text.find(|letter: char| letter.is_ascii_digit())?;
    let length =
        text[from..].bytes().take_while(|byte| byte.is_ascii_digit() || b".,".contains(byte)).count();
    let digits = text[from..from + length].replace(',', "");
    let number = digits.trim_end_matches('.').parse().ok()?;
    Some((number, &text[from + length..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::audit::{PeriodFrom, Qualifier, Way};

    fn item(title: &str, text: &str, ledger: &str, verdict: Verdict) -> Item {
        Item {
            part: "word/document.xml".to_owned(),
            paragraph: 3,
            at: 0,
            text: text.to_owned(),
            sentence: text.to_owned(),
            qualifier: Qualifier::Exact,
            verdict,
            way: (!title.is_empty()).then_some(Way::Sentence),
            title: title.to_owned(),
            piece: "value".to_owned(),
            ledger: Some(ledger.to_owned()).filter(|text| !text.is_empty()),
            figure: None,
            period: String::new(),
            options: String::new(),
            question: None,
            older_revision: None,
            note: String::new(),
        }
    }

    #[test]
    fn figures_are_scored_once_and_by_their_worst_number() {
        let items = vec![
            item("产值", "112.3亿元", "112.3亿元", Verdict::Supported),
            item("产值", "110.3亿元", "112.3亿元", Verdict::Contradicted),
            item("投资", "1,200万元", "1000万元", Verdict::Contradicted),
            item("税收", "5亿元", "5亿元", Verdict::Supported),
            item("", "77家", "", Verdict::Unknown),
            item("", "2019年", "", Verdict::Unknown),
        ];
        let audited = Audited {
            period: Month::new(2022, 12).expect("a month"),
            period_from: PeriodFrom::Given,
            revision: 4,
            items,
            conflicts: Vec::new(),
            set_aside: Vec::new(),
        };
        let scored = Rehearsal::scored("r".to_owned(), "R".to_owned(), &audited, &[]);
        // Four figures: 产值 and 投资 differ, 税收 agrees, 77家 is not known. 1 / 4 = 25 %.
        assert_eq!(
            (
                scored.agrees,
                scored.differs,
                scored.missing_ours,
                scored.missing_theirs,
                scored.score.as_str()
            ),
            (1, 2, 1, 0, "25.0")
        );
        let found: Vec<(&str, Option<&str>, Option<&str>)> = scored
            .figures
            .iter()
            .map(|one| (one.title.as_str(), one.difference.as_deref(), one.relative.as_deref()))
            .collect();
        // 110.3 − 112.3 = −2, −2 / 112.3 = −1.78 %; 1200 − 1000 = 200, 20 %.
        assert_eq!(found[0], ("产值", Some("-2"), Some("-1.78")));
        assert_eq!(found[1], ("投资", Some("200"), Some("20")));
    }
}
