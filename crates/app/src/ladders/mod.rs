//! Ladders (企业梯队) over a park: who stands where on a day, who could go up, what is missing and who has it.
//!
//! A day is asked with the rules in force on it and the data dated up to it: as the ledger knows them now, or – [`When::as_of`] – as it
//! knew them then, before what was corrected or filed later. Deliberately absent: judging (`assess::ladder`), what
//! a ladder is (`content/ladders`), and the enterprises' own view of themselves.
//!
//! To add a datum: its lines in `content/ladders.toml` with the book it stands in.

mod export;
mod feed;
mod judged;
pub mod shapes;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use assess::ladder::{Explained, shown};
/// Verdicts and standings as people say them.
pub use assess::messages::{outcome as verdict_word, standing as standing_word};
use figures::{Snapshot, Table};
use jiff::ToSpan;
use jiff::civil::Date;
use model::content::Content;
use model::definition::{Criterion, Ladder, NextWindow, Outcome, Right, Rule, Rung, Standing, Test};
use model::id::{BookId, EntryId, LadderId, RungId};

pub use self::export::standing_file;
use self::feed::About;
pub(crate) use self::feed::{Feed, feed};
pub(crate) use self::judged::{Bound, Judged};
use self::shapes::{
    CriterionView, EnterpriseLadders, LadderCard, LadderList, LadderStanding, LeadCard, ReadFrom, RuleCard,
    RungCard, RungView, StandingRow, WindowCard, side,
};
use crate::access::{Actor, Refusal, Scope};
use crate::asof::{AsOf, AsOfFault};
use crate::books::Sight;
use crate::ledger::StoreError;
use crate::messages::ladders as say;
use crate::park::Park;
use crate::projects::LinkedEntry;

/// The role of the register of enterprises.
const ENTERPRISE: &str = "enterprise";

/// Why there is nothing to show.
#[derive(Debug, thiserror::Error)]
pub enum LaddersFault {
    /// Not for this person, or not there.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] StoreError),
    /// Nothing was known then.
    #[error(transparent)]
    AsOf(#[from] AsOfFault),
    /// No ladder, rung or enterprise of this name; the ones that would do.
    #[error("{}", say::unknown(.0, .1))]
    Unknown(String, Vec<String>),
    /// The table does not fit a workbook.
    #[error(transparent)]
    Workbook(#[from] office::WriteFault),
}

/// A result of this module.
pub type Result<T> = std::result::Result<T, LaddersFault>;

/// When a standing is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct When {
    /// The day: its rules, and the data dated up to it. None: the day of `as_of`, else today.
    pub on: Option<Date>,
    /// What of the ledger counts as known; none: everything that is known now.
    pub as_of: Option<AsOf>,
}

impl From<Option<Date>> for When {
    fn from(on: Option<Date>) -> Self {
        Self { on, as_of: None }
    }
}

impl When {
    fn day(self, park: &Park) -> Date {
        let known = match self.as_of {
            Some(AsOf::Day(day)) => Some(day),
            _ => None,
        };
        self.on.or(known).unwrap_or_else(|| park.today())
    }
}

/// Enterprises in the park on a day, through the eyes of somebody who may read all of them.
pub(crate) struct Field<'a> {
    sight: Sight<'a>,
    who: Vec<EntryId>,
    pub(crate) on: Date,
}

impl<'a> Field<'a> {
    /// # Errors
    /// [`LaddersFault`] when the reader may not see all enterprises, or the ledger cannot be read.
    pub(crate) fn new(park: &'a Park, actor: &'a Actor, when: impl Into<When>) -> Result<Self> {
        let (content, when) = (&park.library().content, when.into());
        let sight = Sight::new(content, park.snapshot_as_of(when.as_of)?, actor);
        let register = content.book_with_role(ENTERPRISE).ok_or(Refusal::NotFound)?;
        actor.need(Right::Read, register)?;
        if actor.scope(register) != Scope::All {
            return Err(Refusal::NotFound.into());
        }
        let who = sight.table(register).ids().to_vec();
        Ok(Self { sight, who, on: when.day(park) })
    }

    /// The same enterprises and the same knowledge on another day.
    pub(crate) fn at(&self, on: Date) -> Self {
        let sight = Sight::new(self.sight.content, Arc::clone(&self.sight.snapshot), self.sight.actor);
        Self { sight, who: self.who.clone(), on }
    }

    pub(crate) fn content(&self) -> &'a Content {
        self.sight.content
    }

    pub(crate) fn snapshot(&self) -> &Snapshot {
        &self.sight.snapshot
    }

    /// How many enterprises there are.
    pub(crate) fn len(&self) -> usize {
        self.who.len()
    }

    /// The enterprise at a place.
    pub(crate) fn entry(&self, place: usize) -> EntryId {
        self.who[place]
    }

    pub(crate) fn feed(&self) -> Feed {
        feed(self.content(), &self.sight.snapshot, &self.who, self.on, false)
    }

    /// Whether the reader may read every row of a book.
    pub(crate) fn reads_all(&self, book: &BookId) -> bool {
        let actor = self.sight.actor;
        self.content()
            .books
            .get(book)
            .is_some_and(|book| actor.may(Right::Read, book) && actor.scope(book) == Scope::All)
    }

    /// Every row of a book about the enterprises: the table, the row, the place of the enterprise, the day it counts from.
    pub(crate) fn about(&self, book: &BookId, mut each: impl FnMut(&Table, u32, usize, Option<Date>)) {
        let index = self.who.iter().copied().zip(0..).collect();
        let Some(about) = About::of(self.content(), &self.sight.snapshot, book, None, &index) else { return };
        for (row, place) in &about.rows {
            each(about.table, *row, *place, about.day(*row));
        }
    }

    pub(crate) fn link(&self, place: usize) -> LinkedEntry {
        self.linked(self.who[place])
    }

    pub(crate) fn linked(&self, entry: EntryId) -> LinkedEntry {
        let register = self.content().book_with_role(ENTERPRISE).map(|book| &book.id);
        self.sight.link(entry, register)
    }

    pub(crate) fn revision(&self) -> u64 {
        self.sight.snapshot.revision().0
    }
}

/// Whether a standing means that the qualification is held.
pub(crate) fn holds(standing: Option<Standing>) -> bool {
    matches!(standing, Some(Standing::Recognised | Standing::ReRecognised))
}

fn rule_card(rule: &Rule) -> RuleCard {
    RuleCard {
        id: rule.id.to_string(),
        document: rule.document.clone(),
        authority: rule.authority.clone(),
        region: rule.region.clone(),
        valid_from: rule.valid_from,
        valid_to: rule.valid_to,
        source: rule.source.clone(),
    }
}

fn window_card(next: NextWindow<'_>) -> WindowCard {
    WindowCard {
        title: next.of.title.clone(),
        title_en: next.of.title_en.clone(),
        opens: next.opens,
        closes: next.closes,
        expected: next.expected,
        source: next.of.document.clone(),
    }
}

/// The window of a rung that is open on a day or opens next, and how long preparing for it takes.
pub(crate) fn calendar(
    content: &Content,
    ladder: &LadderId,
    rung: &RungId,
    on: Date,
) -> (Option<WindowCard>, Option<LeadCard>) {
    let window = content.windows.next(ladder, rung, on).map(window_card);
    let begin = |most: u16| window.as_ref()?.closes.checked_sub(i32::from(most).months()).ok();
    let lead = content.windows.lead(ladder, rung).map(|lead| LeadCard {
        from: lead.least,
        to: lead.most,
        source: lead.source.clone(),
        begin_by: begin(lead.most),
    });
    (window, lead)
}

fn rung_card(field: &Field<'_>, ladder: &Ladder, judged: &Judged<'_>) -> RungCard {
    let (window, lead) = calendar(field.content(), &ladder.id, &judged.rung.id, field.on);
    let all = 0..judged.verdicts.len();
    let open: Vec<usize> = all.clone().filter(|i| !judged.holding(*i)).collect();
    let count = |outcome: Outcome| open.iter().filter(|i| judged.verdicts[**i] == outcome).count();
    RungCard {
        id: judged.rung.id.to_string(),
        title: judged.rung.title.clone(),
        title_en: judged.rung.title_en.clone(),
        rule: judged.rule().map(rule_card),
        lead,
        window,
        holding: all.len() - open.len(),
        ready: count(Outcome::Met),
        near: open.iter().filter(|i| judged.near(**i)).count(),
        not_met: count(Outcome::NotMet),
        // Without a rule nobody lacks data.
        unknown: if judged.rule().is_some() { count(Outcome::Unknown) } else { 0 },
        duty: field.content().windows.duty(&ladder.id, &judged.rung.id, field.on).map(window_card),
        begins: judged.rung.next_rule(&field.content().ladder_regions, field.on),
    }
}

/// All ladders and how many enterprises stand where on a day; without one, today.
///
/// # Errors
/// [`LaddersFault`] when the reader may not see all enterprises, or the ledger cannot be read.
pub fn ladders(park: &Park, actor: &Actor, when: impl Into<When>) -> Result<LadderList> {
    let field = Field::new(park, actor, when)?;
    let feed = field.feed();
    let card = |ladder: &Ladder| LadderCard {
        id: ladder.id.to_string(),
        title: ladder.title.clone(),
        title_en: ladder.title_en.clone(),
        rungs: ladder
            .rungs
            .iter()
            .map(|rung| rung_card(&field, ladder, &Judged::new(field.content(), &feed, rung)))
            .collect(),
    };
    let items = field.content().ladders.values().map(card).collect();
    Ok(LadderList { on: field.on, items, revision: field.revision() })
}

/// How all enterprises stand to a ladder's rungs – or to one of them – on a day, those that lack least first.
///
/// # Errors
/// [`LaddersFault::Unknown`] for a ladder or rung that is not there, else as [`ladders`].
pub fn ladder_standing(
    park: &Park,
    actor: &Actor,
    ladder: &LadderId,
    rung: Option<&str>,
    when: impl Into<When>,
) -> Result<LadderStanding> {
    let field = Field::new(park, actor, when)?;
    let content = field.content();
    let Some(ladder) = content.ladders.get(ladder) else {
        return Err(LaddersFault::Unknown(
            ladder.to_string(),
            content.ladders.keys().map(ToString::to_string).collect(),
        ));
    };
    if let Some(wanted) = rung
        && !ladder.rungs.iter().any(|of| of.id.as_str() == wanted)
    {
        let known = ladder.rungs.iter().map(|of| of.id.to_string()).collect();
        return Err(LaddersFault::Unknown(wanted.to_owned(), known));
    }
    let feed = field.feed();
    let judged: Vec<Judged<'_>> = ladder.rungs.iter().map(|rung| Judged::new(content, &feed, rung)).collect();
    let chosen = judged.iter().filter(|of| rung.is_none_or(|wanted| of.rung.id.as_str() == wanted));
    let mut ordered: Vec<(Nearness, StandingRow)> = Vec::new();
    for (step, judged) in chosen.enumerate() {
        for i in 0..field.who.len() {
            let Some(bound) = judged.bound(i) else { continue };
            let said = bound.judge.explain(&content.data, i);
            let row = standing_row(&field, judged, bound, &said, i);
            let nearness = Nearness {
                step,
                held: judged.holding(i),
                gaps: row.gaps.len(),
                unknown: row.verdict == Outcome::Unknown,
                missing: row.missing.len(),
                title: row.enterprise.title.clone(),
            };
            ordered.push((nearness, row));
        }
    }
    ordered.sort_by(|(a, _), (b, _)| a.cmp(b));
    let items: Vec<StandingRow> = ordered.into_iter().map(|(_, row)| row).collect();
    Ok(LadderStanding {
        ladder: ladder.id.to_string(),
        title: ladder.title.clone(),
        title_en: ladder.title_en.clone(),
        on: field.on,
        rungs: judged.iter().map(|of| rung_card(&field, ladder, of)).collect(),
        total: items.len(),
        items,
        revision: field.revision(),
    })
}

/// How rows are ordered: by rung, holders last, then by how little is lacking.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Nearness {
    step: usize,
    held: bool,
    gaps: usize,
    unknown: bool,
    missing: usize,
    title: String,
}

fn standing_row(
    field: &Field<'_>,
    judged: &Judged<'_>,
    bound: &Bound<'_>,
    said: &[Explained],
    i: usize,
) -> StandingRow {
    let (standing, until) = judged.standing(i);
    let (gaps, missing) = wanting(field.content(), bound, said, i);
    StandingRow {
        rung: judged.rung.id.to_string(),
        enterprise: field.link(i),
        standing,
        until,
        verdict: judged.verdicts[i],
        near: judged.near(i),
        gaps,
        missing,
    }
}

/// What stands between an enterprise and a rule, in words: nothing when it is met; criteria outside the tree say nothing.
pub(crate) fn wanting(
    content: &Content,
    bound: &Bound<'_>,
    said: &[Explained],
    i: usize,
) -> (Vec<String>, Vec<String>) {
    let (mut gaps, mut missing) = (Vec::new(), Vec::new());
    for place in bound.judge.blocking(i) {
        let (criterion, said) = (&bound.rule.criteria[place], &said[place]);
        match said.verdict {
            Outcome::NotMet => {
                gaps.push(gap(content, criterion, said).unwrap_or_else(|| criterion.title.clone()));
            }
            Outcome::Unknown => {
                for word in lacking(content, said) {
                    if !missing.contains(&word) {
                        missing.push(word);
                    }
                }
            }
            Outcome::Met => {}
        }
    }
    (gaps, missing)
}

/// A gap in words.
fn gap(content: &Content, criterion: &Criterion, said: &Explained) -> Option<String> {
    let gap = said.gap.as_ref()?;
    let unit = gap.unit.as_ref().map(model::id::UnitId::as_str);
    let of = gap.of.as_ref().and_then(|id| content.data.get(id));
    Some(match of {
        Some(datum) => say::gap(&datum.title, gap.by, unit, gap.beyond),
        None => say::distance(&criterion.title, gap.by, unit, gap.beyond),
    })
}

/// What is missing, in words.
fn lacking(content: &Content, said: &Explained) -> Vec<String> {
    let data = said.lacking.iter().filter_map(|of| {
        let datum = content.data.get(&of.datum)?;
        Some(say::lacking(&datum.title, &of.department))
    });
    let unrecorded = said.unrecorded.iter().filter_map(|id| content.qualifications.get(id));
    data.chain(unrecorded.map(|of| say::unrecorded(&of.title))).collect()
}

/// How one enterprise stands to every rung on a day, criterion by criterion, with the entries it was read from. Somebody of the
/// enterprise sees it too.
///
/// # Errors
/// [`LaddersFault`] when the reader may not see the enterprise, or the ledger cannot be read.
pub fn of_enterprise(
    park: &Park,
    actor: &Actor,
    enterprise: EntryId,
    when: impl Into<When>,
) -> Result<EnterpriseLadders> {
    let (content, when) = (&park.library().content, when.into());
    let sight = Sight::new(content, park.snapshot_as_of(when.as_of)?, actor);
    let register = content.book_with_role(ENTERPRISE).ok_or(Refusal::NotFound)?;
    actor.need(Right::Read, register)?;
    let table = sight.table(register);
    let row = table.row(enterprise).ok_or(Refusal::NotFound)?;
    if !sight.sees_row(register, table, row) {
        return Err(Refusal::NotFound.into());
    }
    let field = Field { sight, who: vec![enterprise], on: when.day(park) };
    let snapshot: &Snapshot = &field.sight.snapshot;
    let feed = feed(content, snapshot, &field.who, field.on, true);
    let rungs =
        content.ladders.values().flat_map(|ladder| ladder.rungs.iter().map(move |rung| (ladder, rung)));
    let rungs = rungs.filter_map(|(ladder, rung)| rung_view(&field, &feed, ladder, rung)).collect();
    Ok(EnterpriseLadders { enterprise: field.link(0), on: field.on, rungs, revision: field.revision() })
}

fn rung_view(field: &Field<'_>, feed: &Feed, ladder: &Ladder, rung: &Rung) -> Option<RungView> {
    let content = field.content();
    let judged = Judged::new(content, feed, rung);
    let bound = judged.bound(0)?;
    let said = bound.judge.explain(&content.data, 0);
    let row = standing_row(field, &judged, bound, &said, 0);
    let blocking = bound.judge.blocking(0);
    let criteria = bound.rule.criteria.values().zip(&said).enumerate();
    let criteria = criteria.map(|(place, (criterion, said))| CriterionView {
        id: criterion.id.to_string(),
        title: criterion.title.clone(),
        cites: criterion.cites.clone(),
        verdict: said.verdict,
        value: said.value.map(|value| shown(value, said.threshold)),
        at_most: said.at_most.map(|most| shown(most, said.threshold)),
        threshold: said.threshold,
        side: limit(criterion).map(|op| side(op).to_owned()),
        unit: criterion.unit.as_ref().map(ToString::to_string),
        gap: gap(content, criterion, said),
        because: said.because,
        missing: lacking(content, said),
        read: read(content, feed, bound, place, field.on),
        blocks: said.verdict != Outcome::Met && blocking.contains(&place),
        prerequisite: criterion.prerequisite,
    });
    Some(RungView {
        ladder_id: ladder.id.to_string(),
        ladder: ladder.title.clone(),
        title: rung.title.clone(),
        title_en: rung.title_en.clone(),
        row,
        rule: rule_card(bound.rule),
        criteria: criteria.collect(),
    })
}

/// The side of a criterion's threshold.
fn limit(criterion: &Criterion) -> Option<model::definition::Op> {
    match &criterion.test {
        Test::Amount(_, limit) | Test::Score(_, _, limit) => Some(limit.op),
        Test::Holds(..) | Test::Says(..) => None,
    }
}

/// The entries a criterion was read from.
fn read(content: &Content, feed: &Feed, bound: &Bound<'_>, place: usize, on: Date) -> Vec<ReadFrom> {
    let mut all: Vec<ReadFrom> = Vec::new();
    for (datum, back) in bound.judge.asked(place) {
        let Some(known) = content.data.get(&datum) else { continue };
        for place in feed.places.get(&(datum, usize::from(back))).into_iter().flatten() {
            let found = ReadFrom {
                title: known.title.clone(),
                year: known.yearly.then(|| on.year() - 1 - i16::from(back)),
                entry: place.entry,
                field: place.field.clone(),
            };
            if !all.contains(&found) {
                all.push(found);
            }
        }
    }
    all
}
