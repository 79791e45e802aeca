//! Ladders (企业梯队) over a park: who stands where on a day, who could go up, what is missing and who has it.
//!
//! A day is asked with the rules in force on it and the data dated up to it. Deliberately absent: judging (`assess::ladder`), what
//! a ladder is (`content/ladders`), and the enterprises' own view of themselves.
//!
//! To add a datum: its lines in `content/ladders.toml` with the book it stands in.

mod feed;
pub mod shapes;
#[cfg(test)]
mod tests;

use assess::ladder::{Enterprises, Explained, Judge};
use figures::Snapshot;
use jiff::civil::Date;
use model::content::Content;
use model::definition::{
    Application, Criterion, Ladder, Outcome, Right, Rule, Rung, Standing, Test, Tree, Value,
};
use model::id::{EntryId, LadderId};

pub(crate) use self::feed::{Feed, feed};
use self::shapes::{
    CriterionView, EnterpriseLadders, LadderCard, LadderList, LadderStanding, ReadFrom, RuleCard, RungCard,
    RungView, StandingRow, side,
};
use crate::access::{Actor, Refusal, Scope};
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
    /// No ladder, rung or enterprise of this name; the ones that would do.
    #[error("{}", say::unknown(.0, .1))]
    Unknown(String, Vec<String>),
}

/// A result of this module.
pub type Result<T> = std::result::Result<T, LaddersFault>;

/// Enterprises in the park on a day, through the eyes of somebody who may read all of them.
struct Field<'a> {
    sight: Sight<'a>,
    who: Vec<EntryId>,
    on: Date,
}

impl<'a> Field<'a> {
    fn new(park: &'a Park, actor: &'a Actor, on: Option<Date>) -> Result<Self> {
        let content = &park.library().content;
        let sight = Sight::new(content, park.snapshot()?, actor);
        let register = content.book_with_role(ENTERPRISE).ok_or(Refusal::NotFound)?;
        actor.need(Right::Read, register)?;
        if actor.scope(register) != Scope::All {
            return Err(Refusal::NotFound.into());
        }
        let who = sight.table(register).ids().to_vec();
        Ok(Self { sight, who, on: on.unwrap_or_else(|| park.today()) })
    }

    fn content(&self) -> &'a Content {
        self.sight.content
    }

    fn feed(&self) -> Feed {
        feed(self.content(), &self.sight.snapshot, &self.who, self.on, false)
    }

    fn link(&self, place: usize) -> LinkedEntry {
        let entry = self.who[place];
        let register = self.content().book_with_role(ENTERPRISE).map(|book| &book.id);
        LinkedEntry { entry, title: self.sight.title(entry, register) }
    }

    fn revision(&self) -> u64 {
        self.sight.snapshot.revision().0
    }
}

/// Whether a standing means that the qualification is held.
pub(crate) fn holds(standing: Option<Standing>) -> bool {
    matches!(standing, Some(Standing::Recognised | Standing::ReRecognised))
}

/// The rule of a rung for somebody on a day, of those of the park's regions: the one for holders where there is one, the newest of
/// those in force.
fn rule<'a>(content: &Content, rung: &'a Rung, holding: bool, on: Date) -> Option<&'a Rule> {
    let wanted = if holding { Application::Review } else { Application::New };
    let here = |rule: &Rule| rule.region.is_empty() || content.ladder_regions.contains(&rule.region);
    let inforce = || rung.rules.iter().filter(|rule| rule.holds_on(on) && here(rule));
    let newest = |application| {
        let of = inforce().filter(|rule| rule.applies_to.contains(&application));
        of.max_by_key(|rule| rule.valid_from)
    };
    newest(wanted).or_else(|| newest(Application::New)).or_else(|| newest(Application::Review))
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

/// How enterprise `i` stands to the qualification of a rung.
fn standing(feed: &Feed, rung: &Rung, i: usize) -> (Option<Standing>, Option<Date>) {
    let Some(id) = &rung.qualification else { return (None, None) };
    let of = feed.standing.get(id).and_then(|column| column[i]);
    (of, feed.until.get(id).and_then(|column| column[i]))
}

/// The verdicts of the rule for new applications on everybody, with who holds the rung.
fn judged(content: &Content, feed: &Feed, rung: &Rung) -> (Vec<bool>, Vec<Outcome>) {
    let all: &Enterprises = &feed.columns;
    let held: Vec<bool> = (0..all.len).map(|i| holds(standing(feed, rung, i).0)).collect();
    let verdicts = |holding: bool| match rule(content, rung, holding, all.on) {
        Some(rule) => assess::ladder::judge_all(&[rule], all, 2).swap_remove(0),
        None => vec![Outcome::Unknown; all.len],
    };
    let (new, review) = (verdicts(false), verdicts(true));
    let outcomes = held.iter().zip(new.iter().zip(&review));
    let outcomes = outcomes.map(|(held, (new, review))| if *held { *review } else { *new }).collect();
    (held, outcomes)
}

fn rung_card(content: &Content, rung: &Rung, feed: &Feed) -> RungCard {
    let (held, verdicts) = judged(content, feed, rung);
    let count = |outcome: Outcome| held.iter().zip(&verdicts).filter(|(h, v)| !**h && **v == outcome).count();
    RungCard {
        id: rung.id.to_string(),
        title: rung.title.clone(),
        title_en: rung.title_en.clone(),
        rule: rule(content, rung, false, feed.columns.on).map(rule_card),
        holding: held.iter().filter(|held| **held).count(),
        ready: count(Outcome::Met),
        not_met: count(Outcome::NotMet),
        unknown: count(Outcome::Unknown),
    }
}

/// All ladders and how many enterprises stand where on a day; without one, today.
///
/// # Errors
/// [`LaddersFault`] when the reader may not see all enterprises, or the ledger cannot be read.
pub fn ladders(park: &Park, actor: &Actor, on: Option<Date>) -> Result<LadderList> {
    let field = Field::new(park, actor, on)?;
    let feed = field.feed();
    let card = |ladder: &Ladder| LadderCard {
        id: ladder.id.to_string(),
        title: ladder.title.clone(),
        title_en: ladder.title_en.clone(),
        rungs: ladder.rungs.iter().map(|rung| rung_card(field.content(), rung, &feed)).collect(),
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
    on: Option<Date>,
) -> Result<LadderStanding> {
    let field = Field::new(park, actor, on)?;
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
    let chosen = ladder.rungs.iter().filter(|of| rung.is_none_or(|wanted| of.id.as_str() == wanted));
    let mut ordered: Vec<(Nearness, StandingRow)> = Vec::new();
    for (step, rung) in chosen.enumerate() {
        for i in 0..field.who.len() {
            let Some(row) = standing_row(&field, &feed, rung, i) else { continue };
            let nearness = Nearness {
                step,
                held: holds(row.standing),
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
        rungs: ladder.rungs.iter().map(|rung| rung_card(field.content(), rung, &feed)).collect(),
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

fn standing_row(field: &Field<'_>, feed: &Feed, rung: &Rung, i: usize) -> Option<StandingRow> {
    let (standing, until) = standing(feed, rung, i);
    let rule = rule(field.content(), rung, holds(standing), field.on)?;
    let judge = Judge::new(rule, &feed.columns);
    let said = judge.explain(&field.content().data, i);
    let (gaps, missing) = wanting(field.content(), rule, &said, judge.verdict(i));
    Some(StandingRow {
        rung: rung.id.to_string(),
        enterprise: field.link(i),
        standing,
        until,
        verdict: judge.verdict(i),
        gaps,
        missing,
    })
}

/// What stands between an enterprise and a rule, in words: nothing when it is met; criteria outside the tree say nothing.
fn wanting(
    content: &Content,
    rule: &Rule,
    said: &[Explained],
    verdict: Outcome,
) -> (Vec<String>, Vec<String>) {
    let (mut gaps, mut missing) = (Vec::new(), Vec::new());
    if verdict == Outcome::Met {
        return (gaps, missing);
    }
    let mut open = Vec::new();
    blocking(&rule.tree, rule, said, &mut open);
    for place in open {
        let (criterion, said) = (&rule.criteria[place], &said[place]);
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

/// The verdict of a tree from those of its criteria.
fn outcome(tree: &Tree, rule: &Rule, said: &[Explained]) -> Outcome {
    let search = |parts: &[Tree], decisive: Outcome, otherwise: Outcome| {
        let found: Vec<Outcome> = parts.iter().map(|part| outcome(part, rule, said)).collect();
        if found.contains(&decisive) {
            decisive
        } else if found.contains(&Outcome::Unknown) {
            Outcome::Unknown
        } else {
            otherwise
        }
    };
    match tree {
        Tree::Criterion(id) => {
            said[rule.criteria.get_index_of(id).expect("loading checked the name")].verdict
        }
        Tree::All(parts) => search(parts, Outcome::NotMet, Outcome::Met),
        Tree::Any(parts) => search(parts, Outcome::Met, Outcome::NotMet),
    }
}

/// The criteria that keep a tree from being met; of alternatives, those of the one that lacks least.
fn blocking(tree: &Tree, rule: &Rule, said: &[Explained], into: &mut Vec<usize>) {
    if outcome(tree, rule, said) == Outcome::Met {
        return;
    }
    match tree {
        Tree::Criterion(id) => into.extend(rule.criteria.get_index_of(id)),
        Tree::All(parts) => parts.iter().for_each(|part| blocking(part, rule, said, into)),
        Tree::Any(parts) => {
            let ways = parts.iter().map(|part| {
                let mut open = Vec::new();
                blocking(part, rule, said, &mut open);
                open
            });
            into.extend(ways.min_by_key(Vec::len).unwrap_or_default());
        }
    }
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
    on: Option<Date>,
) -> Result<EnterpriseLadders> {
    let content = &park.library().content;
    let sight = Sight::new(content, park.snapshot()?, actor);
    let register = content.book_with_role(ENTERPRISE).ok_or(Refusal::NotFound)?;
    actor.need(Right::Read, register)?;
    let table = sight.table(register);
    let row = table.row(enterprise).ok_or(Refusal::NotFound)?;
    if !sight.sees_row(register, table, row) {
        return Err(Refusal::NotFound.into());
    }
    let field = Field { sight, who: vec![enterprise], on: on.unwrap_or_else(|| park.today()) };
    let snapshot: &Snapshot = &field.sight.snapshot;
    let feed = feed(content, snapshot, &field.who, field.on, true);
    let rungs =
        content.ladders.values().flat_map(|ladder| ladder.rungs.iter().map(move |rung| (ladder, rung)));
    let rungs = rungs.filter_map(|(ladder, rung)| rung_view(&field, &feed, ladder, rung)).collect();
    Ok(EnterpriseLadders { enterprise: field.link(0), on: field.on, rungs, revision: field.revision() })
}

fn rung_view(field: &Field<'_>, feed: &Feed, ladder: &Ladder, rung: &Rung) -> Option<RungView> {
    let content = field.content();
    let row = standing_row(field, feed, rung, 0)?;
    let rule = rule(content, rung, holds(row.standing), field.on)?;
    let said = Judge::new(rule, &feed.columns).explain(&content.data, 0);
    let criteria = rule.criteria.values().zip(&said);
    let criteria = criteria.map(|(criterion, said)| CriterionView {
        id: criterion.id.to_string(),
        title: criterion.title.clone(),
        cites: criterion.cites.clone(),
        verdict: said.verdict,
        value: said.value,
        at_most: said.at_most,
        threshold: said.threshold,
        side: limit(criterion).map(|op| side(op).to_owned()),
        unit: criterion.unit.as_ref().map(ToString::to_string),
        gap: gap(content, criterion, said),
        because: said.because,
        missing: lacking(content, said),
        read: read(content, feed, rule, criterion, field.on),
        prerequisite: criterion.prerequisite,
    });
    Some(RungView {
        ladder_id: ladder.id.to_string(),
        ladder: ladder.title.clone(),
        title: rung.title.clone(),
        title_en: rung.title_en.clone(),
        row,
        rule: rule_card(rule),
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
fn read(content: &Content, feed: &Feed, rule: &Rule, criterion: &Criterion, on: Date) -> Vec<ReadFrom> {
    let mut all: Vec<ReadFrom> = Vec::new();
    for (datum, years) in asked(rule, criterion) {
        let Some(known) = content.data.get(&datum) else { continue };
        for back in 0..years {
            for place in feed.places.get(&(datum.clone(), back)).into_iter().flatten() {
                let back = i16::try_from(back).unwrap_or(0);
                let found = ReadFrom {
                    title: known.title.clone(),
                    year: known.yearly.then(|| on.year() - 1 - back),
                    entry: place.entry,
                    field: place.field.clone(),
                };
                if !all.contains(&found) {
                    all.push(found);
                }
            }
        }
    }
    all
}

/// The data a criterion asks for, with how many years.
fn asked(rule: &Rule, criterion: &Criterion) -> Vec<(model::id::DatumId, usize)> {
    use model::definition::Route;
    let of = |value: &Value, into: &mut Vec<_>| {
        let years = usize::from(value.years.max(1));
        into.push((value.of.clone(), years));
        into.extend(value.per.clone().map(|per| (per, years)));
    };
    let mut all = Vec::new();
    match &criterion.test {
        Test::Amount(value, limit) => {
            of(value, &mut all);
            if let Some(by) = &limit.by {
                of(by, &mut all);
            }
        }
        Test::Says(datum, _) => all.push((datum.clone(), 1)),
        Test::Holds(..) => {}
        Test::Score(table, parts, _) => {
            let table = rule.tables.iter().filter(|of| of.id == *table).flat_map(|of| &of.parts);
            for route in
                table.filter(|of| parts.is_empty() || parts.contains(&of.id)).flat_map(|of| &of.routes)
            {
                match route {
                    Route::Bands { value, .. } => of(value, &mut all),
                    Route::Given(datum) => all.push((datum.clone(), 1)),
                    Route::Cases(cases) => {
                        let inner = cases.iter().filter_map(|case| rule.criteria.get(&case.criterion));
                        all.extend(inner.flat_map(|of| asked(rule, of)));
                    }
                    Route::Open => {}
                }
            }
        }
    }
    all
}
