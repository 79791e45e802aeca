//! What the content's own reports say today: every printed number with its sentence and the question behind it.
//!
//! Deliberately absent: reports nobody has described; their numbers are found by titles.

use std::collections::HashMap;
use std::sync::Arc;

use figures::{Reader, Snapshot};
use model::id::ReportId;
use model::period::Month;
use model::unit::Units;
use office::docx::Paragraph;
use rust_decimal::Decimal;

use super::judge::{Truth, judge};
use super::mention::{Mention, mentions, shared};
use super::messages::{meaning, reading};
use super::quantity::numbers;
use super::{Item, Verdict, messages as words};
use crate::access::Actor;
use crate::park::Park;
use crate::report::ask::Part;
use crate::report::{self, Matter, ReportFault, ReportInput, Settings, SlotRecord, records, settings};
use crate::reporting::{Asked, ReportingFault};
use crate::sheets;
use crate::worker::Outlined;

/// A number of a report with the slot that printed it.
struct Anchor {
    mention: Mention,
    slot: usize,
    /// Which number of the slot's text.
    nth: usize,
}

/// What stays the same of a slot when its number moves.
type Key<'a> = (&'a str, &'a str, String, &'a str, &'a str);

/// Everything the reports say.
pub(super) struct Reference {
    slots: Vec<SlotRecord>,
    anchors: Vec<Anchor>,
    by_slot: HashMap<(usize, usize), usize>,
}

/// The reports that can be built without anything being set.
fn standing(park: &Park) -> impl Iterator<Item = &ReportId> {
    park.library.content.reports.values().filter(|report| report.stands_alone()).map(|report| &report.id)
}

/// The document's own report when it needs something set: of whom or what it is.
pub(super) struct Own {
    report: ReportId,
    settings: Settings,
    matter: Option<Arc<Matter>>,
}

impl Own {
    /// What a document says of its own making.
    pub fn of(
        park: &Park,
        actor: &Actor,
        document: &Outlined,
        period: Month,
    ) -> Result<Option<Self>, ReportingFault> {
        let about = document.basis.first().map_or(&[][..], Vec::as_slice);
        let told = |name: &str| about.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value);
        let known = park.library.content.reports.get(told("report"));
        let Some(known) = known.filter(|known| !known.stands_alone()) else { return Ok(None) };
        let (report, settings) = (known.id.clone(), settings::told(told("settings")));
        match sheets::matter(park, actor, (&report, period, &settings).into()) {
            Ok(matter) => Ok(Some(Self { report, settings, matter })),
            // Of what is not there any more, or not for this person, its numbers are known by their words alone.
            Err(ReportingFault::Report(ReportFault::NoSubject(_))) => Ok(None),
            Err(fault) => Err(fault),
        }
    }
}

/// Least context a sentence is known by, and least to contradict a number by it.
const KNOWN: usize = 8;
const SURE: usize = 12;
/// How much of it must stand right before the number.
const NEAR: usize = 3;
/// Letters of it that must be no common words.
const TELLING: usize = 3;

impl Reference {
    /// The reports of a month, built and read again.
    pub fn of(
        park: &Park,
        period: Month,
        own: Option<Own>,
        snapshot: &Snapshot,
        reader: Reader,
    ) -> Result<Self, ReportingFault> {
        let units = &park.library.content.units;
        let (mut slots, mut anchors) = (Vec::new(), Vec::new());
        let asked: Vec<Asked<'_>> = standing(park).map(|report| (report, period).into()).collect();
        let own_asked = own.as_ref().map(|own| (&own.report, period, &own.settings).into());
        for asked in own_asked.into_iter().chain(asked) {
            let matter =
                own.as_ref().filter(|own| own.report == *asked.report).and_then(|own| own.matter.as_ref());
            let input = ReportInput { matter, ..park.report_input(asked, snapshot, reader)? };
            let built = match report::build(&input) {
                Ok(built) => built,
                // Whom it is about may have been renamed since.
                Err(ReportFault::Settings(_)) if !asked.settings.is_empty() => continue,
                Err(fault) => return Err(fault.into()),
            };
            let read = park.read_document(&built.document)?;
            let first = slots.len();
            let numbers: HashMap<&str, usize> =
                built.slots.iter().enumerate().map(|(n, slot)| (slot.tag.as_str(), first + n)).collect();
            for mention in mentions(&read.paragraphs, units) {
                let Some((tag, nth)) = control(&read.paragraphs[mention.paragraph], &mention, units) else {
                    continue;
                };
                let Some(slot) = numbers.get(tag).copied() else { continue };
                anchors.push(Anchor { mention, slot, nth });
            }
            drop(numbers);
            slots.extend(built.slots);
        }
        let by_slot =
            anchors.iter().enumerate().map(|(at, anchor)| ((anchor.slot, anchor.nth), at)).collect();
        Ok(Self { slots, anchors, by_slot })
    }

    /// The slots of the reports alone.
    pub fn words(
        park: &Park,
        period: Month,
        snapshot: &Snapshot,
        reader: Reader,
    ) -> Result<Vec<SlotRecord>, ReportingFault> {
        let mut slots = Vec::new();
        for report in standing(park) {
            slots.extend(
                report::compose(&park.report_input((report, period).into(), snapshot, reader)?)?.slots,
            );
        }
        Ok(slots)
    }

    /// Which slot each tag of a document's basis stands for today.
    pub fn tags<'b>(&self, basis: &'b [Vec<(String, String)>]) -> HashMap<&'b str, usize> {
        let mut known: HashMap<Key<'_>, usize> = HashMap::new();
        for (at, slot) in self.slots.iter().enumerate() {
            known.entry(key(slot)).or_insert(at);
        }
        let mut found = HashMap::new();
        for attributes in basis.iter().skip(1) {
            let value = |name: &str| {
                attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
            };
            let wanted =
                (value("slot"), value("loop"), value("pass").to_owned(), value("title"), value("piece"));
            if let Some(slot) = known.get(&wanted) {
                found.insert(value("tag"), *slot);
            }
        }
        found
    }

    /// The number of a slot.
    pub fn anchor(&self, slot: usize, nth: usize) -> Option<usize> {
        self.by_slot.get(&(slot, nth)).copied()
    }

    /// The number that stands in the same sentence, and how many characters they share; of several in equal sentences,
    /// one that agrees.
    pub fn by_sentence(&self, mention: &Mention, units: &Units) -> Option<(usize, usize)> {
        let score = |anchor: &Anchor| {
            shared(&anchor.mention.left, &mention.left) + shared(&anchor.mention.right, &mention.right)
        };
        let scores: Vec<usize> = self.anchors.iter().map(score).collect();
        let best = scores.iter().copied().max().filter(|best| *best >= KNOWN)?;
        let telling = |at: &usize| tells(&self.anchors[*at].mention, mention);
        let ties: Vec<usize> = (0..scores.len()).filter(|at| scores[*at] == best).filter(telling).collect();
        let agrees = |at: &&usize| self.truth(**at).is_some_and(|truth| judge_of(mention, &truth, units));
        let strength = |at: usize| {
            let anchor = &self.anchors[at].mention;
            let same = anchor.left == mention.left && anchor.right == mention.right;
            if same { usize::MAX } else { best }
        };
        if let Some(found) = ties.iter().find(agrees) {
            return Some((*found, strength(*found)));
        }
        let first = *ties.first()?;
        let text = |at: usize| self.slots[self.anchors[at].slot].text.as_str();
        let same = ties.iter().all(|at| text(*at) == text(first));
        (same && best >= SURE).then(|| (first, strength(first)))
    }

    /// The figure a number of a report speaks of.
    pub fn figure(&self, anchor: usize) -> Option<&model::id::FigureId> {
        self.slots[self.anchors[anchor].slot].subject.figure()
    }

    /// Writes down what a number turned out to be.
    pub fn settle(&self, item: &mut Item, mention: &Mention, anchor: usize, units: &Units) {
        let slot = &self.slots[self.anchors[anchor].slot];
        item.title.clone_from(&slot.title);
        item.figure = slot.subject.figure().map(ToString::to_string);
        slot.piece.clone_into(&mut item.piece);
        item.period = slot.period.map(|period| period.to_string()).unwrap_or_default();
        item.options = records::options(&slot.subject);
        item.question = crate::publishing::question(slot);
        let Some(truth) = self.truth(anchor) else {
            item.verdict = Verdict::Incomparable;
            words::NO_VALUE.clone_into(&mut item.note);
            return;
        };
        item.ledger = Some(truth.shown.clone());
        match judge(&mention.spoken, compared(&mention.left), &truth, units) {
            Ok(()) => (item.verdict, item.note) = (Verdict::Supported, String::new()),
            Err(note) => (item.verdict, item.note) = (Verdict::Contradicted, note),
        }
    }

    fn truth(&self, anchor: usize) -> Option<Truth> {
        truth_of(&self.anchors[anchor], &self.slots[self.anchors[anchor].slot])
    }

    /// What an older state of the ledger gave for the same slot.
    pub fn older_truth(&self, anchor: usize, older: &[SlotRecord]) -> Option<Truth> {
        let anchor = &self.anchors[anchor];
        let wanted = key(&self.slots[anchor.slot]);
        let slot = older.iter().find(|slot| key(slot) == wanted)?;
        truth_of(anchor, slot)
    }
}

/// Whether what two contexts share names anything: words that stand in every sentence do not.
fn tells(a: &Mention, b: &Mention) -> bool {
    let near = shared(&a.left, &b.left);
    if near < NEAR && !(near == a.left.len() && near == b.left.len()) {
        return false;
    }
    let left: String = a.left[..near].iter().rev().collect();
    let right: String = a.right[..shared(&a.right, &b.right)].iter().collect();
    let mut letters = left + &right;
    for word in meaning::CONNECTORS.iter().chain(meaning::TARGETS).chain(meaning::SHARES) {
        letters = letters.replace(word, "");
    }
    letters.retain(char::is_alphanumeric);
    letters.chars().count() >= TELLING
}

fn judge_of(mention: &Mention, truth: &Truth, units: &Units) -> bool {
    judge(&mention.spoken, compared(&mention.left), truth, units).is_ok()
}

fn key(slot: &SlotRecord) -> Key<'_> {
    (&slot.slot, slot.in_loop.as_deref().unwrap_or_default(), slot.pass.to_string(), &slot.title, slot.piece)
}

fn truth_of(anchor: &Anchor, slot: &SlotRecord) -> Option<Truth> {
    let printed = &anchor.mention.spoken;
    let exact = slot.value.as_ref()?;
    let growth = matches!(slot.piece, "yoy" | "mom");
    // Names that hold digits are compared digit by digit.
    let mut exact = exact.parse::<Decimal>().unwrap_or(printed.number);
    if growth && printed.unit.as_deref() == Some(reading::TIMES) {
        exact /= Decimal::ONE_HUNDRED;
    }
    let sign = if exact.is_sign_negative() { -1 } else { 1 };
    let unit = printed.unit.clone();
    let ends = unit.as_ref().is_some_and(|unit| slot.text.ends_with(unit.as_str()));
    let shown =
        if ends { slot.text.clone() } else { format!("{}{}", slot.text, unit.clone().unwrap_or_default()) };
    Some(Truth {
        exact,
        unit,
        direction: printed.direction.map(|said| if growth { sign } else { said }),
        compared: growth.then(|| compared(&anchor.mention.left)).flatten(),
        shown,
        time: Part::named(slot.piece).is_some_and(Part::is_time),
    })
}

/// 同比 or 环比, whichever stands last before a number.
pub(super) fn compared(left: &[char]) -> Option<&'static str> {
    let before: String = left.iter().rev().collect();
    let last = |word: &&&'static str| before.rfind(**word);
    words::COMPARED.iter().filter(|word| before.contains(**word)).max_by_key(last).copied()
}

/// The innermost control around a number, and which number of the control it is.
pub(super) fn control<'p>(
    paragraph: &'p Paragraph,
    mention: &Mention,
    units: &Units,
) -> Option<(&'p str, usize)> {
    let at = paragraph.text[..mention.spoken.start].chars().count();
    let around = |control: &&office::docx::Control| {
        control.start <= at && at < control.start + control.text.chars().count() && !control.tag.is_empty()
    };
    let found = paragraph.controls.iter().rfind(around)?;
    let start = paragraph.text.char_indices().nth(found.start).map_or(0, |(byte, _)| byte);
    let before = numbers(&paragraph.text[start..mention.spoken.start], units).len();
    Some((&found.tag, before))
}
