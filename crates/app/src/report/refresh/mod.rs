//! Refresh (更新): new numbers in a document that people have gone on writing in.
//!
//! Every control of ours says by its tag which report, month and place of the template it is of. The report is put into
//! words again as the ledger is now; a control that still reads as it was printed takes the new text, one that somebody
//! typed over keeps theirs and asks why. The words of a claim turn with it. Everything else of the file keeps its bytes
//! (`office::docx::splice`). The way of one control is `deal`; `why` tells what moved a figure; `times` finds the words
//! of time that a person typed outside of controls. A roll (结转) is a refresh for another year that also moves those.
//!
//! Deliberately absent: numbers a person typed outside of controls – an audit finds those –, and publishing. To keep
//! another thing in the file: `records::basis_xml` and `basis`.

mod basis;
mod charts;
mod deal;
mod messages;
mod times;
mod why;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use model::content::Content;
use model::id::{ReportId, Revision};
use model::period::Month;
use office::docx::{Change, Line, Live};
use serde::Serialize;
use utoipa::ToSchema;

use super::records::TAGS;
use super::{
    Composed, NOTHING_SET, ReportFault, ReportInput, Settings, compose, messages as words, paragraphs,
    records,
};
use crate::access::Actor;
use crate::park::Park;
use crate::reporting::{Asked, ReportingFault};
use crate::sheets;
use basis::{Basis, Told};
pub use charts::{ChartState, RefreshedChart};
use deal::Dealer;
use why::Whys;

pub use times::TimeWord;
pub use why::{Correction, MovedWhy};

/// What to do beside taking new numbers.
#[derive(Clone, Default, Debug)]
pub struct RefreshRequest {
    /// The month to refresh for; the document's own without one.
    pub period: Option<Month>,
    /// Why people typed over figures, by tag; a tag may be cut short to `pl:<n>` or `<n>`.
    pub reasons: BTreeMap<String, String>,
    /// Figures that get the ledger's value back although somebody typed over them, by tag.
    pub restore: BTreeSet<String>,
    /// Whether words of time outside of controls move with the month.
    pub roll: bool,
    /// What parameters are set to now; the others stay as the document has them.
    pub settings: Settings,
}

/// A refreshed document and what became of everything in it.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Refreshed {
    /// The report most of its controls are of.
    pub report: String,
    /// Its title.
    pub title: String,
    /// The month it was made for.
    #[schema(value_type = String)]
    pub period_before: Month,
    /// The month it is made for now.
    #[schema(value_type = String)]
    pub period: Month,
    /// The revision it was made from; none when the file does not say so any more.
    pub revision_before: Option<u64>,
    /// The revision now.
    pub revision: u64,
    /// Whether definitions or the template changed since.
    pub content_changed: bool,
    /// How many controls with figures there are.
    pub figures: usize,
    /// How many of them read as before.
    pub same: usize,
    /// Those that moved, in the order of the document.
    pub moved: Vec<Moved>,
    /// Those a person typed over.
    pub overtyped: Vec<Overtyped>,
    /// The words of claims that turned.
    pub words: Vec<Turned>,
    /// Controls that were left as they were.
    pub left: Vec<Left>,
    /// Words of time outside of controls that speak of the old month or year.
    pub times: Vec<TimeWord>,
    /// Its native charts.
    pub charts: Vec<RefreshedChart>,
    /// What was taken out of the file because it loads something from elsewhere, each in a sentence.
    pub set_aside: Vec<String>,
    /// The document.
    #[serde(skip)]
    pub document: Vec<u8>,
}

impl Refreshed {
    /// How many figures that were typed over still lack a reason.
    pub fn unanswered(&self) -> usize {
        self.overtyped.iter().filter(|one| one.reason.is_none()).count()
    }
}

/// Where something stands in a document.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, ToSchema)]
pub struct PlaceOf {
    /// The part of the file.
    pub part: String,
    /// The paragraph of the part, from 1.
    pub paragraph: usize,
    /// The same in words.
    pub words: String,
    /// The last heading before it.
    pub section: String,
    /// A few words around it, itself in 【】.
    pub around: String,
}

/// A figure that moved.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Moved {
    /// The tag of its control, as it is now.
    pub tag: String,
    /// The figure.
    pub figure: Option<String>,
    /// What it is called: the control's title.
    pub title: String,
    /// Which part of the figure: `value`, `yoy`, …
    pub piece: String,
    /// Where.
    pub place: PlaceOf,
    /// What stood there.
    pub old: String,
    /// What stands there now.
    pub new: String,
    /// Why.
    pub why: MovedWhy,
}

/// A figure that a person typed over.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Overtyped {
    /// The tag of its control; the reason is given for it.
    pub tag: String,
    /// The tag of the control in the refreshed document.
    pub tag_now: String,
    /// The figure.
    pub figure: Option<String>,
    /// What it is called.
    pub title: String,
    /// Where.
    pub place: PlaceOf,
    /// What was printed; none when the file does not say so any more.
    pub printed: Option<String>,
    /// What the ledger says now.
    pub machine: String,
    /// What they wrote.
    pub theirs: String,
    /// Why, if they said so.
    pub reason: Option<String>,
    /// What is asked of them; empty once there is a reason.
    pub asks: String,
}

/// What became of the words of a claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// The words of the other case stand there now.
    Changed,
    /// A person had rewritten them; they stand as they were.
    Rewritten,
    /// The claim holds now, but there is no place for its words.
    Possible,
}

/// The words of a claim that turned.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Turned {
    /// The condition as the template asks it now.
    pub condition: String,
    /// Where.
    pub place: PlaceOf,
    /// The words before.
    pub old: String,
    /// The words the template prints now.
    pub new: String,
    /// What became of them.
    pub turn: Turn,
    /// The same in words.
    pub note: String,
}

/// Why a control was left as it was.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeftReason {
    /// The template does not print it any more.
    NotPrinted,
    /// Its line of a breakdown speaks of another one now, and a person has typed over the name beside it.
    OtherRow,
    /// It is struck out with changes tracked.
    Struck,
    /// It cannot be told which report it is of.
    Unknown,
    /// The content has no such report any more.
    NoReport,
}

/// A control that was left as it was.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Left {
    /// Its tag.
    pub tag: String,
    /// Its title.
    pub title: String,
    /// Where.
    pub place: PlaceOf,
    /// Its text.
    pub text: String,
    /// Why.
    pub reason: LeftReason,
    /// The same in words.
    pub note: String,
}

/// Why a document cannot be refreshed.
#[derive(Debug, thiserror::Error)]
pub enum RefreshFault {
    /// No control in it is ours.
    #[error("no content control of this program is in the document")]
    NothingOfOurs,
    /// A report cannot be made, or the file is refused.
    #[error(transparent)]
    Reporting(#[from] ReportingFault),
}

impl From<store::StoreError> for RefreshFault {
    fn from(fault: store::StoreError) -> Self {
        Self::Reporting(fault.into())
    }
}

impl From<ReportFault> for RefreshFault {
    fn from(fault: ReportFault) -> Self {
        Self::Reporting(fault.into())
    }
}

/// A document as it was read.
struct Edited {
    live: Live,
    basis: Basis,
    /// What each control is.
    told: Vec<Option<Told>>,
}

impl Park {
    /// Puts today's numbers into a document that people have gone on writing in.
    ///
    /// # Errors
    /// [`RefreshFault`] when nothing in it is ours, the file is refused or a report cannot be made.
    pub fn refresh(
        &self,
        bytes: &[u8],
        request: &RefreshRequest,
        actor: &Actor,
    ) -> Result<Refreshed, RefreshFault> {
        let read = self.worker.live(bytes.to_vec(), TAGS).map_err(ReportFault::Worker)?;
        let (live, attributes) = read.map_err(ReportFault::Document)?;
        let content = &self.library.content;
        let edited = Edited::of(live, Basis::read(&attributes), content);
        let (home, before) = edited.home().ok_or(RefreshFault::NothingOfOurs)?;
        let now = request.period.unwrap_or(before);
        let mut settings = edited.basis.settings.clone();
        settings.extend(request.settings.clone());
        let snapshot = self.snapshot()?;
        let reader = actor.reader();
        let mut composed: HashMap<(ReportId, Month), Composed> = HashMap::new();
        for key in edited.asked((&home, before), now) {
            if content.reports.contains_key(&key.0) {
                // What the document was about, it stays about, unless somebody says otherwise.
                let settings = if key.0 == home { &settings } else { &NOTHING_SET };
                let asked: Asked<'_> = (&key.0, key.1, settings).into();
                let matter = sheets::matter(self, actor, asked)?;
                let input = self.report_input(asked, &snapshot, reader)?;
                let words = compose(&ReportInput { matter: matter.as_ref(), ..input })?;
                composed.insert(key, words);
            }
        }
        let whys = Whys::new(self, actor, &edited.basis, &snapshot, (before, now))?;
        let mut dealer = Dealer::new(&edited, (before, now), request, &composed, whys);
        dealer.deal()?;
        let (mut changes, mut done) = dealer.finish(&home);
        done.times = times::find(&edited.live.lines, (before, now), request.roll);
        changes.extend(times::changes(&done.times));
        let main = composed.get(&(home.clone(), now)).ok_or_else(|| ReportFault::NoReport(home.clone()))?;
        let (told, data) = charts::renew(&edited.live.charts, &edited.basis, main.charts());
        done.charts = told;
        changes.extend(data);
        let stored = main.basis(&self.library, &kept_xml(&done.overtyped));
        let spliced =
            self.worker.splice(bytes.to_vec(), TAGS, changes, stored).map_err(ReportFault::Worker)?;
        let title = content.reports.get(&home).map(|report| report.title.clone()).unwrap_or_default();
        Ok(Refreshed {
            report: home.to_string(),
            title,
            period_before: before,
            period: now,
            revision_before: edited.basis.revision.map(|revision: Revision| revision.0),
            revision: snapshot.revision().0,
            content_changed: edited.basis.revision.is_some() && edited.basis.content != self.library.digest,
            set_aside: edited.live.set_aside.iter().map(ToString::to_string).collect(),
            document: spliced.map_err(ReportFault::Document)?,
            ..done
        })
    }
}

impl Edited {
    fn of(mut live: Live, basis: Basis, content: &Content) -> Self {
        let present: BTreeSet<&str> = live.controls.iter().map(|held| held.tag.as_str()).collect();
        let lost: Vec<usize> = (0..live.controls.len())
            .filter(|at| live.controls[*at].tag.is_empty() && !live.controls[*at].fallback)
            .collect();
        let said: Vec<(&str, &str)> = lost
            .iter()
            .map(|at| &live.controls[*at])
            .map(|held| (held.alias.as_str(), held.text.as_str()))
            .collect();
        let found = basis.lost(&said, &|tag| present.contains(tag));
        for (at, tag) in lost.into_iter().zip(found) {
            live.controls[at].tag = tag.unwrap_or_default();
        }
        let told = live.controls.iter().map(|held| basis.told(&held.tag, content)).collect();
        Self { live, basis, told }
    }

    /// The report and month the document is of: as its basis says, else as most of its controls say.
    fn home(&self) -> Option<(ReportId, Month)> {
        let mut counts: BTreeMap<(&ReportId, Month), usize> = BTreeMap::new();
        for told in self.told.iter().flatten() {
            *counts.entry((&told.report, told.period)).or_default() += 1;
        }
        let stated = self.basis.period.map(|period| (ReportId::from(self.basis.report.as_str()), period));
        let stated = stated.filter(|(report, period)| counts.contains_key(&(report, *period)));
        stated.or_else(|| {
            let most = counts.into_iter().max_by_key(|(_, count)| *count)?.0;
            Some((most.0.clone(), most.1))
        })
    }

    /// The reports and months that must be put into words; months move by as much as the document's own.
    fn asked(&self, home: (&ReportId, Month), now: Month) -> BTreeSet<(ReportId, Month)> {
        let mut asked: BTreeSet<(ReportId, Month)> = self
            .told
            .iter()
            .flatten()
            .map(|told| (told.report.clone(), moved(told.period, (home.1, now))))
            .collect();
        asked.insert((home.0.clone(), now));
        asked
    }

    /// Where a paragraph stands, with a stretch of it marked.
    fn place(&self, line: usize, at: usize, length: usize) -> PlaceOf {
        place(&self.live.lines, line, at, length)
    }
}

/// The month a control is refreshed for: the document's own moves, others – a figure pasted for comparison – stay.
fn moved(period: Month, (before, now): (Month, Month)) -> Month {
    if period == before { now } else { period }
}

/// Where a paragraph stands, with a stretch of it marked.
fn place(lines: &[Line], line: usize, at: usize, length: usize) -> PlaceOf {
    let Some(here) = lines.get(line) else { return PlaceOf::default() };
    let same_part = |other: &&Line| other.part == here.part && other.number > 0;
    let heading = lines[..line].iter().rev().take_while(|other| other.part == here.part);
    let heading = heading.filter(same_part).find(|other| other.level.is_some() && !other.text.is_empty());
    PlaceOf {
        part: here.part.clone(),
        paragraph: here.number,
        words: words::paragraph(&here.part, here.number),
        section: heading.map(|heading| records::cut(&heading.text, 40)).unwrap_or_default(),
        around: paragraphs::excerpt(&here.text, at.min(here.text.len()), length),
    }
}

/// What people typed over figures and why, as the basis keeps it.
fn kept_xml(overtyped: &[Overtyped]) -> String {
    let mut out = String::new();
    for one in overtyped {
        out.push_str("<override");
        let reason = one.reason.as_deref().unwrap_or_default();
        let pairs = [
            ("tag", one.tag.as_str()),
            ("machine", &one.machine),
            ("theirs", &one.theirs),
            ("reason", reason),
        ];
        records::attributes(&mut out, &pairs);
        out.push_str("/>");
    }
    out
}

/// The changes of a document and what became of everything in it.
type Dealt = (Vec<Change>, Refreshed);
