//! What becomes of each control.

use std::collections::{HashMap, HashSet};

use model::id::ReportId;
use model::period::Month;
use office::docx::{Change, Content, Fill, Held, Inline};

use super::super::branches::Branch;
use super::super::paragraphs::Bit;
use super::super::records::short;
use super::super::{Composed, SlotRecord, fill};
use super::basis::Told;
use super::why::Whys;
use super::{
    Dealt, Edited, Left, LeftReason, Moved, Overtyped, RefreshFault, RefreshRequest, Refreshed, Turn, Turned,
    messages as say, moved,
};

/// A report in words, by where in the template each piece stands.
struct Index<'c> {
    composed: &'c Composed,
    slots: HashMap<String, Vec<&'c SlotRecord>>,
    words: HashMap<&'c str, Vec<&'c Branch>>,
}

/// What a control reads, against what was printed in it and what would be printed now.
enum State {
    /// As it was printed.
    Printed,
    /// As it would be printed now.
    Current,
    /// A person wrote around what was printed; this is theirs with the new text in it.
    Around(String),
    /// Something else.
    Other,
}

/// Deals with one control after the other.
pub(super) struct Dealer<'a> {
    edited: &'a Edited,
    months: (Month, Month),
    request: &'a RefreshRequest,
    reports: HashMap<(ReportId, Month), Index<'a>>,
    whys: Whys<'a>,
    changes: Vec<Change>,
    done: Refreshed,
    /// Controls whose whole content is replaced with that of the control around them.
    covered: HashSet<usize>,
    /// How often the words of a condition have been met.
    met: HashMap<String, usize>,
    /// Lines of breakdowns whose name a person typed over: paragraph, loop, pass.
    renamed: HashSet<(usize, String, u32)>,
}

impl<'a> Dealer<'a> {
    pub fn new(
        edited: &'a Edited,
        months: (Month, Month),
        request: &'a RefreshRequest,
        composed: &'a HashMap<(ReportId, Month), Composed>,
        whys: Whys<'a>,
    ) -> Self {
        let reports = composed.iter().map(|(key, composed)| (key.clone(), Index::of(composed))).collect();
        let done = Refreshed {
            report: String::new(),
            title: String::new(),
            period_before: months.0,
            period: months.1,
            revision_before: None,
            revision: 0,
            content_changed: false,
            figures: 0,
            same: 0,
            moved: Vec::new(),
            overtyped: Vec::new(),
            words: Vec::new(),
            left: Vec::new(),
            times: Vec::new(),
            charts: Vec::new(),
            set_aside: Vec::new(),
            document: Vec::new(),
        };
        let (covered, met, renamed) = (HashSet::new(), HashMap::new(), HashSet::new());
        Self { edited, months, request, reports, whys, changes: Vec::new(), done, covered, met, renamed }
    }

    /// Deals with all controls, those around others first.
    pub fn deal(&mut self) -> Result<(), RefreshFault> {
        let edited = self.edited;
        self.renamed = self.renamed();
        for (at, held) in edited.live.controls.iter().enumerate() {
            let told = edited.told[at].as_ref();
            if held.tag.is_empty() {
                // Somebody else's control, or one that nothing is left of but its text.
                continue;
            }
            let words = told.is_some_and(|told| told.words);
            self.done.figures += usize::from(!held.fallback && !words);
            if held.within.is_some_and(|outer| self.covered.contains(&outer)) {
                self.covered.insert(at);
                continue;
            }
            let Some(told) = told else {
                self.leave(held, LeftReason::Unknown);
                continue;
            };
            if held.struck {
                self.leave(held, LeftReason::Struck);
            } else if words {
                self.words(at, held, told);
            } else {
                self.figure(at, held, told)?;
            }
        }
        Ok(())
    }

    /// The changes, and what became of everything; claims that hold now and have no words in the document are told too.
    pub fn finish(mut self, home: &ReportId) -> Dealt {
        let told: HashSet<&str> =
            self.edited.told.iter().flatten().filter(|told| told.words).map(|t| t.stand.as_str()).collect();
        let known = |branch: &Branch| {
            let said = self.edited.basis.said.values();
            said.clone().any(|said| said.condition == branch.condition && said.text == branch.text)
        };
        let has_words = self.edited.basis.said.values().any(|said| !said.condition.is_empty());
        if let Some(index) = self.reports.get(&(home.clone(), self.months.1)).filter(|_| has_words) {
            let fresh = index.composed.branches.iter().filter(|branch| {
                !told.contains(branch.stand.as_str()) && !known(branch) && !branch.text.is_empty()
            });
            self.done.words.extend(fresh.map(|branch| Turned {
                condition: branch.condition.clone(),
                place: super::PlaceOf::default(),
                old: String::new(),
                new: branch.text.clone(),
                turn: Turn::Possible,
                note: say::turned(Turn::Possible).to_owned(),
            }));
        }
        (self.changes, self.done)
    }

    /// The lines of breakdowns whose name a person typed over.
    fn renamed(&self) -> HashSet<(usize, String, u32)> {
        let renamed = |(held, told): (&Held, &Option<Told>)| {
            let told = told.as_ref().filter(|told| !told.words && !held.tag.is_empty())?;
            let index = self.reports.get(&(told.report.clone(), moved(told.period, self.months)))?;
            let said = self.edited.basis.said.get(&held.tag);
            let slot = index.slot(told, said.map_or("", |said| said.title.as_str()))?;
            let printed = self.edited.basis.printed(&held.tag);
            let named =
                slot.piece == "name" && matches!(state(held, told, printed, &slot.text), State::Other);
            named.then(|| row(held, slot)).flatten()
        };
        self.edited.live.controls.iter().zip(&self.edited.told).filter_map(renamed).collect()
    }

    fn figure(&mut self, at: usize, held: &Held, told: &Told) -> Result<(), RefreshFault> {
        let key = (told.report.clone(), moved(told.period, self.months));
        let Some(index) = self.reports.get(&key) else {
            self.leave(held, LeftReason::NoReport);
            return Ok(());
        };
        let said = self.edited.basis.said.get(&held.tag);
        let Some(slot) = index.slot(told, said.map_or("", |said| said.title.as_str())) else {
            self.leave(held, LeftReason::NotPrinted);
            self.carry(at, held, told);
            return Ok(());
        };
        let printed = self.edited.basis.printed(&held.tag);
        let state = state(held, told, printed, &slot.text);
        let other = said.is_some_and(|said| !said.title.is_empty() && said.title != slot.title);
        if other && slot.piece != "name" && row(held, slot).is_some_and(|row| self.renamed.contains(&row)) {
            self.leave(held, LeftReason::OtherRow);
            self.carry(at, held, told);
            return Ok(());
        }
        let restore = asked(&self.request.restore, held, |all, tag| all.contains(tag).then_some(()));
        let (text, old) = match &state {
            State::Current => (None, None),
            State::Printed => (Some(slot.text.clone()), Some(held.text.clone())),
            State::Around(text) if *text == held.text => (None, None),
            State::Around(text) => (Some(text.clone()), printed.map(str::to_owned)),
            State::Other if restore.is_some() => (Some(slot.text.clone()), Some(held.text.clone())),
            State::Other => {
                self.keep(held, slot, printed);
                (None, None)
            }
        };
        let blank = said.is_some_and(|said| said.blank);
        let highlight = (blank != slot.blank.is_some()).then_some(slot.blank.is_some());
        let content = match &text {
            Some(text) => Content::Text { text: text.clone(), highlight },
            None => Content::Same,
        };
        if !held.fallback {
            if let Some(old) = old.filter(|old| *old != slot.text) {
                let restored = matches!(state, State::Other);
                let why = self.whys.of(&key, slot, said, told.period, restored)?;
                self.done.moved.push(Moved {
                    tag: slot.tag.clone(),
                    figure: slot.subject.figure().map(ToString::to_string),
                    title: slot.alias.clone(),
                    piece: slot.piece.to_owned(),
                    place: self.edited.place(held.line, held.at, held.text.len()),
                    old,
                    new: slot.text.clone(),
                    why,
                });
            } else if !matches!(state, State::Other) {
                self.done.same += 1;
            }
        }
        let (tag, alias) = (Some(slot.tag.clone()), Some(slot.alias.clone()));
        self.changes.push(Change::Control { control: at, tag, alias, content });
        Ok(())
    }

    /// A control that is left still is one of the document's own month: the next refresh asks for it again.
    fn carry(&mut self, at: usize, held: &Held, told: &Told) {
        let tag = told.digest.as_deref().and_then(|digest| self.later(held, told, digest));
        if tag.as_ref().is_some_and(|tag| *tag != held.tag) {
            self.changes.push(Change::Control { control: at, tag, alias: None, content: Content::Same });
        }
    }

    /// The tag of a control for the month it is refreshed for, with the digest of what stands in it.
    fn later(&self, held: &Held, told: &Told, digest: &str) -> Option<String> {
        let period = moved(told.period, self.months).to_string();
        let mut pieces: Vec<&str> = held.tag.split(':').collect();
        let [.., month, _, printed] = pieces.as_mut_slice() else { return None };
        (*month, *printed) = (&period, digest);
        told.digest.is_some().then(|| pieces.join(":"))
    }

    /// A figure a person typed over: link and text stay, the reason is theirs to give.
    fn keep(&mut self, held: &Held, slot: &SlotRecord, printed: Option<&str>) {
        if held.fallback {
            return;
        }
        let given = asked(&self.request.reasons, held, |all, tag| all.get(tag).cloned());
        let before = self.edited.basis.kept.get(&held.tag);
        let before = before.filter(|kept| kept.theirs == held.text && !kept.reason.is_empty());
        let reason = given.filter(|text| !text.trim().is_empty()).or(before.map(|kept| kept.reason.clone()));
        self.done.overtyped.push(Overtyped {
            tag: held.tag.clone(),
            tag_now: slot.tag.clone(),
            figure: slot.subject.figure().map(ToString::to_string),
            title: slot.alias.clone(),
            place: self.edited.place(held.line, held.at, held.text.len()),
            printed: printed.map(str::to_owned),
            machine: slot.text.clone(),
            theirs: held.text.clone(),
            asks: if reason.is_none() { say::ASK.to_owned() } else { String::new() },
            reason,
        });
    }

    /// The words of a claim: they turn with it unless a person has rewritten them.
    fn words(&mut self, at: usize, held: &Held, told: &Told) {
        let key = (told.report.clone(), moved(told.period, self.months));
        let Some(index) = self.reports.get(&key) else { return };
        let nth = self.met.entry(format!("{}{}", told.stand, held.fallback)).or_default();
        let all = index.words.get(told.stand.as_str()).map_or(&[][..], Vec::as_slice);
        // A condition within a loop prints its words several times: the first are held against the first.
        let new = all.get(*nth).or(all.last()).copied();
        *nth += 1;
        let said = self.edited.basis.said.get(&held.tag);
        let text = new.map_or("", |branch| branch.text.as_str());
        let same_case = match (said, new) {
            (Some(said), Some(new)) => said.condition == new.condition,
            (None, Some(new)) => new.reads_like(&held.text),
            (_, None) => held.text.is_empty(),
        };
        let tag = new.map(|branch| branch.tag.clone());
        if same_case || held.text == text {
            // The figures among the words are controls of their own.
            self.changes.push(Change::Control { control: at, tag, alias: None, content: Content::Same });
            return;
        }
        let pristine = told.digest.as_deref() == Some(&short(&[&held.text]));
        let turn = if pristine { Turn::Changed } else { Turn::Rewritten };
        if pristine {
            self.covered.insert(at);
            let nothing = || vec![Inline::Text(String::new())];
            let pieces = new.map_or_else(nothing, |new| new.pieces(index.composed));
            let tag = tag.or_else(|| self.later(held, told, &short(&[""])));
            let content = Content::Pieces(pieces);
            self.changes.push(Change::Control { control: at, tag, alias: None, content });
        } else {
            self.carry(at, held, told);
        }
        if !held.fallback {
            self.done.words.push(Turned {
                condition: new.map_or_else(
                    || said.map(|s| s.condition.clone()).unwrap_or_default(),
                    |b| b.condition.clone(),
                ),
                place: self.edited.place(held.line, held.at, held.text.len()),
                old: held.text.clone(),
                new: text.to_owned(),
                turn,
                note: say::turned(turn).to_owned(),
            });
        }
    }

    fn leave(&mut self, held: &Held, reason: LeftReason) {
        if held.fallback {
            return;
        }
        self.done.left.push(Left {
            tag: held.tag.clone(),
            title: held.alias.clone(),
            place: self.edited.place(held.line, held.at, held.text.len()),
            text: held.text.clone(),
            reason,
            note: say::left(reason).to_owned(),
        });
    }
}

impl<'c> Index<'c> {
    fn of(composed: &'c Composed) -> Self {
        let (mut slots, mut words) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        for slot in &composed.slots {
            let stand = slot.tag.rsplit(':').nth(1).unwrap_or_default();
            slots.entry(stand.to_owned()).or_default().push(slot);
        }
        for branch in &composed.branches {
            words.entry(branch.stand.as_str()).or_default().push(branch);
        }
        Self { composed, slots, words }
    }

    /// The slot at that place of the template; of several equal ones the same one, else one that speaks of the same.
    fn slot(&self, told: &Told, title: &str) -> Option<&'c SlotRecord> {
        let all = self.slots.get(&told.stand)?;
        let alike = |slot: &&&SlotRecord| title.is_empty() || slot.title == title;
        let same = all.iter().find(|slot| slot.n == told.n && alike(slot));
        same.or_else(|| all.iter().find(alike)).or(all.first()).copied()
    }
}

impl Branch {
    /// Whether a text could be these words with other figures among them.
    fn reads_like(&self, text: &str) -> bool {
        self.bits.iter().all(|bit| match bit {
            Bit::Text(words) => text.contains(words.as_str()),
            Bit::Token(_) => true,
        })
    }

    /// The words as text and controls.
    fn pieces(&self, composed: &Composed) -> Vec<Inline> {
        let piece = |bit: &Bit| match bit {
            Bit::Text(text) => Inline::Text(text.clone()),
            Bit::Token(token) => {
                let slot = composed.slots.get(*token);
                Inline::Control(slot.map_or_else(Fill::default, fill))
            }
        };
        self.bits.iter().map(piece).collect()
    }
}

/// The line of a breakdown a slot is of.
fn row(held: &Held, slot: &SlotRecord) -> Option<(usize, String, u32)> {
    Some((held.line, slot.in_loop.clone()?, slot.pass))
}

/// What a control reads.
fn state(held: &Held, told: &Told, printed: Option<&str>, now: &str) -> State {
    if held.text == now {
        return State::Current;
    }
    let same_digest = told.digest.as_deref() == Some(&short(&[&held.text])) && !held.emptied;
    if printed == Some(&held.text) && !held.emptied || same_digest {
        return State::Printed;
    }
    let inside = printed.filter(|printed| !printed.is_empty()).and_then(|printed| {
        let mut found = held.text.match_indices(printed);
        let at = found.next()?.0;
        found.next().is_none().then_some((at, at + printed.len()))
    });
    match inside {
        Some((from, to)) if !joins(&held.text, from, to) => {
            State::Around(format!("{}{now}{}", &held.text[..from], &held.text[to..]))
        }
        _ => State::Other,
    }
}

/// Whether a number would go on at either end.
fn joins(text: &str, from: usize, to: usize) -> bool {
    let number = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',' | '-' | '%');
    text[..from].ends_with(number) || text[to..].starts_with(number)
}

/// What is asked for a control by its tag, or by the tag's beginning or its number alone.
fn asked<A, T>(all: &A, held: &Held, find: impl Fn(&A, &str) -> Option<T>) -> Option<T> {
    let number = held.tag.split(':').nth(1).unwrap_or_default();
    find(all, &held.tag).or_else(|| find(all, &format!("pl:{number}"))).or_else(|| find(all, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_wrote_what_stands_there() {
        let told = Told {
            report: "r".into(),
            period: Month::new(2023, 9).expect("a month"),
            stand: String::new(),
            n: 1,
            words: false,
            digest: Some(short(&["12.5"])),
        };
        let held = |text: &str| Held { text: text.to_owned(), ..Held::default() };
        let of = |text: &str, printed, now| match state(&held(text), &told, printed, now) {
            State::Current => "current".to_owned(),
            State::Printed => "printed".to_owned(),
            State::Around(text) => text,
            State::Other => "other".to_owned(),
        };
        assert_eq!(of("12.5", None, "13"), "printed");
        assert_eq!(of("13", None, "13"), "current");
        assert_eq!(of("14", Some("12.5"), "13"), "other");
        assert_eq!(of("约12.5亿元", Some("12.5"), "13"), "约13亿元");
        // Another number that only holds the same digits.
        assert_eq!(of("112.5", Some("12.5"), "13"), "other");
        assert_eq!(of("12.5至12.5", Some("12.5"), "13"), "other");
        assert_eq!(of("约12.5亿元", None, "13"), "other");
    }
}
