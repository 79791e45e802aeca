//! The engine: requests in, values with their basis out.
//!
//! An engine is made for one snapshot, one content and one reader, is cheap to make, and remembers what it has already
//! scanned; it belongs to one thread. The walk of a request: its period (`mod`), whom it leaves out (`exclude`), which rows
//! of which cells it reads (`plan`), their sum or aggregate (`fold`), the base it is compared with and its breakdown
//! (`answer`), what a reader may not see (`suppress`).
//!
//! Deliberately absent: the clock (see [`Engine::on`]), printing, and every figure by name.

mod answer;
mod claim;
mod combine;
mod composite;
mod exclude;
mod fold;
mod fused;
mod keys;
mod pick;
mod pieces;
mod plan;
mod rank;
mod scan;
mod suppress;
mod target;
mod trace;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use jiff::civil::Date;
use model::content::Content;
use model::definition::{Book, Comparison, Figure, FigureRule, FigureTime};
use model::expr::Expr;
use model::id::{BookId, EntryId, FigureId};
use model::period::{Month, Period, Window};
use model::value::Value;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::compare::{self, Growth};
use crate::describe;
use crate::request::{
    Basis, BlankReason, ComparisonUsed, Evaluation, FieldPath, Group, Note, Outcome, Reader, Request,
};
use crate::snapshot::Snapshot;
use crate::table::Table;

pub use claim::{Change, ClaimOutcome, RecordHigh};
pub(crate) use pieces::scaled;
pub use pieces::{Formula, Leaf, Pieces, Quantity, Share};
pub use target::{TargetKind, TargetProgress};

use answer::{Answer, GroupAnswer};
use keys::Keys;
use pick::{PickKey, Picked};
use plan::{Side, Taken};

/// A parameter may need a parameter, but not without end.
const MAX_NESTING: u32 = 16;

/// Answers requests about one snapshot.
pub struct Engine<'a> {
    content: &'a Content,
    snapshot: &'a Snapshot,
    reader: Reader,
    today: Option<Date>,
    horizon: Option<i32>,
    nesting: Cell<u32>,
    cache: Cache<'a>,
}

/// What has been scanned already.
#[derive(Default)]
struct Cache<'a> {
    keys: RefCell<FxHashMap<(BookId, FieldPath), Rc<Keys>>>,
    conditions: RefCell<FxHashMap<*const Expr, u32>>,
    condition_texts: RefCell<FxHashMap<String, u32>>,
    picked: RefCell<FxHashMap<PickKey, Result<Rc<Picked>, BlankReason>>>,
    taken: RefCell<FxHashMap<TakenKey, Result<Rc<Taken<'a>>, BlankReason>>>,
    totals: RefCell<FxHashMap<fused::TotalKey, fused::Total>>,
}

type TakenKey = (FigureId, Period, Side, Rc<Scope>);

/// Which entries of a figure's book take part, besides its own filter.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
struct Scope {
    /// Only these values of fields.
    only: Vec<(FieldPath, String)>,
    /// Without these entries, each with its book; sorted.
    without: Vec<(BookId, EntryId)>,
}

impl Scope {
    fn is_empty(&self) -> bool {
        self.only.is_empty() && self.without.is_empty()
    }
}

impl<'a> Engine<'a> {
    /// An engine for one snapshot and reader.
    pub fn new(content: &'a Content, snapshot: &'a Snapshot, reader: Reader) -> Self {
        let series = content.books.values().filter(|b| b.every.is_some());
        let horizon = series.filter_map(|b| Some(snapshot.table(&b.id)?.span()?.1)).max();
        Self {
            content,
            snapshot,
            reader,
            today: None,
            horizon,
            nesting: Cell::new(0),
            cache: Cache::default(),
        }
    }

    /// Knows what day it is, and so which returns are due. Without it, what lies after the last reported month is not due.
    #[must_use]
    pub fn on(mut self, today: Date) -> Self {
        self.today = Some(today);
        self
    }

    /// The snapshot it reads.
    pub fn snapshot(&self) -> &'a Snapshot {
        self.snapshot
    }

    /// The value of a figure with its base, growth, breakdown and basis. What cannot be computed is blank with a reason.
    pub fn evaluate(&self, request: &Request) -> Evaluation {
        let Some(figure) = self.content.figures.get(&request.figure) else {
            return unknown(request);
        };
        let period = self.period_of(figure, request);
        let (scope, excluded, mut notes) = self.scope(figure, period, request);
        let answer = match &scope {
            Ok(scope) => self.answer(figure, period, scope, request.by.as_ref()),
            Err(reason) => Answer::blank(*reason),
        };
        notes.extend(answer.notes.iter().cloned());
        let basis = Basis {
            definition: describe::figure(figure),
            words: figure.basis.clone(),
            source: figure.source.clone(),
            books: answer.books.clone(),
            revision: self.snapshot.revision(),
            filter: filter_text(request),
            comparison: answer.used,
            excluded,
            entries: answer.entries,
            notes,
        };
        self.finished(figure, period, answer, basis)
    }

    /// Many requests; those over the same rows of one book are added up in one pass over its columns.
    pub fn evaluate_all(&self, requests: &[Request]) -> Vec<Evaluation> {
        self.add_up(requests);
        requests.iter().map(|r| self.evaluate(r)).collect()
    }

    fn answer(
        &self,
        figure: &'a Figure,
        period: Period,
        scope: &Rc<Scope>,
        by: Option<&FieldPath>,
    ) -> Answer {
        match &figure.rule {
            FigureRule::Measure { .. } => self.measure_answer(figure, period, scope, by),
            FigureRule::Composite(value) => self.composite_answer(figure, value, period, scope, by),
            FigureRule::Rank { .. } => self.rank_answer(figure, period, scope),
        }
    }

    /// Growth, shares, pulls and ranks on top of an answer.
    fn finished(&self, figure: &Figure, period: Period, answer: Answer, basis: Basis) -> Evaluation {
        let yoy = match answer.value.blank() {
            Some(reason) => Err(reason),
            None => self.growth(figure, &answer.prior, &answer.comparable),
        };
        let total = (answer.value.number(), answer.prior.number(), answer.comparable.number());
        let additive = !self.is_ratio(figure);
        let mut groups: Vec<Group> =
            answer.groups.into_iter().map(|g| self.finished_group(figure, g, total, additive)).collect();
        groups.sort_by(|a, b| b.value.number().cmp(&a.value.number()).then_with(|| a.name.cmp(&b.name)));
        rank_groups(&mut groups);
        Evaluation {
            figure: figure.id.clone(),
            period,
            unit: figure.unit.clone(),
            value: answer.value,
            comparable: answer.comparable,
            prior: answer.prior,
            yoy,
            of: answer.of,
            groups,
            basis,
        }
    }

    fn finished_group(
        &self,
        figure: &Figure,
        group: GroupAnswer,
        total: (Option<Decimal>, Option<Decimal>, Option<Decimal>),
        additive: bool,
    ) -> Group {
        let (all, all_prior, all_comparable) = total;
        let known = |pair: Option<Result<Decimal, BlankReason>>| match pair.filter(|_| additive) {
            Some(Ok(n)) => Outcome::Number(n),
            Some(Err(reason)) => Outcome::Blank(reason),
            None => Outcome::Blank(group.value.blank().unwrap_or(BlankReason::NotComparable)),
        };
        let both = group.prior.number().zip(group.comparable.number());
        let share = group.value.number().zip(all).map(|(part, all)| compare::share(part, all));
        let pull = both.zip(all_prior).map(|((base, now), all)| compare::pull(base, now, all));
        let contribution = both
            .zip(all_prior.zip(all_comparable))
            .map(|((base, now), (all_base, all_now))| compare::contribution(base, now, all_base, all_now));
        let yoy = match group.value.blank() {
            Some(reason) => Err(reason),
            None => self.growth(figure, &group.prior, &group.comparable),
        };
        Group {
            share: known(share),
            pull: known(pull),
            contribution: known(contribution),
            yoy,
            name: group.name,
            entry: group.entry,
            value: group.value,
            comparable: group.comparable,
            prior: group.prior,
            rank: None,
            entries: group.entries,
        }
    }

    /// Growth by the figure's rule: points for ratios in percent, else percent of the base.
    fn growth(&self, figure: &Figure, prior: &Outcome, comparable: &Outcome) -> Result<Growth, BlankReason> {
        if figure.compare == Comparison::None {
            return Err(BlankReason::NotComparable);
        }
        // What was left out of the comparison is said by the base, not by the empty remainder.
        match (comparable.blank(), prior.blank()) {
            (_, Some(BlankReason::NoEntries)) | (Some(BlankReason::NoEntries), None) => {
                return Err(BlankReason::NoBase);
            }
            (_, Some(reason)) | (Some(reason), None) => return Err(reason),
            (None, None) => {}
        }
        if self.is_ratio(figure) {
            compare::points(prior.number(), comparable.number())
        } else {
            compare::growth(prior.number(), comparable.number())
        }
    }

    /// Whether a figure is a ratio in percent or the like, which changes by points and has no parts that add up.
    fn is_ratio(&self, figure: &Figure) -> bool {
        let unit = figure.unit.as_ref().and_then(|u| self.content.units.get(u.as_str()));
        unit.is_some_and(|u| u.dimension.is_plain() && u.factor < Decimal::ONE)
    }

    /// The figure's own period for a request, after lag.
    pub fn own_period(&self, figure: &'a Figure, request: &Request) -> Period {
        self.period_of(figure, request)
    }

    /// Whether the figure adds up over months, as a sum of returns or a count of events does and a state does not.
    pub fn adds_up(&self, figure: &'a Figure) -> bool {
        self.flows(figure)
    }

    /// The period a request is about: lag taken off, moved to the end of its window, a moment for states.
    fn period_of(&self, figure: &'a Figure, request: &Request) -> Period {
        let lag = if request.exact { 0 } else { self.lag(figure) };
        self.period_at(figure, request.at.plus(-lag), request.window)
    }

    fn period_at(&self, figure: &'a Figure, month: Month, window: Option<Window>) -> Period {
        let period = Period::containing(month, window.unwrap_or(figure.window));
        let window = match (self.flows(figure), period.window) {
            (false, _) => Window::Moment,
            (true, Window::Moment) => Window::Month,
            (true, window) => window,
        };
        Period { end: period.end, window }
    }

    /// The lag of a figure: its own, or the longest of its parts.
    fn lag(&self, figure: &'a Figure) -> i32 {
        let parts = self.parts(figure).into_iter().map(|part| self.lag(part));
        parts.chain([figure.lag]).max().unwrap_or(figure.lag)
    }

    /// The figures a composite is made of.
    fn parts(&self, figure: &'a Figure) -> Vec<&'a Figure> {
        match &figure.rule {
            FigureRule::Composite(value) => {
                value.figures().iter().filter_map(|id| self.content.figures.get(id)).collect()
            }
            _ => vec![],
        }
    }

    /// Whether it adds up over time, rather than standing at a moment.
    fn flows(&self, figure: &'a Figure) -> bool {
        match &figure.rule {
            FigureRule::Composite(_) => self.parts(figure).into_iter().any(|p| self.flows(p)),
            FigureRule::Measure { time, .. } | FigureRule::Rank { time, .. } => {
                matches!(time, FigureTime::Flow { .. })
            }
        }
    }

    fn book(&self, id: &BookId) -> Option<&'a Book> {
        self.content.books.get(id)
    }

    /// The value of a figure as a parameter of another's filter, for the same last month.
    fn parameter(&self, figure: &FigureId, period: Period) -> Option<Value> {
        if self.nesting.get() >= MAX_NESTING {
            return None;
        }
        self.nesting.set(self.nesting.get() + 1);
        let figure = self.content.figures.get(figure);
        let value = figure.map(|f| {
            let own = self.period_at(f, period.end, None);
            self.answer(f, own, &Rc::default(), None).value
        });
        self.nesting.set(self.nesting.get() - 1);
        match value? {
            Outcome::Number(n) => Some(Value::Number(n)),
            Outcome::Text(text) => Some(Value::text(text)),
            Outcome::List(_) | Outcome::Blank(_) => None,
        }
    }

    /// The table of a book with the book itself.
    fn table(&self, book: &BookId) -> Option<(&'a Table, &'a Book)> {
        Some((self.snapshot.table(book)?, self.book(book)?))
    }
}

/// The figures that read a book, directly or through others: what a change of its entries may change.
pub fn figures_over<'c>(content: &'c Content, book: &BookId) -> Vec<&'c FigureId> {
    let mut found: indexmap::IndexSet<&FigureId> = indexmap::IndexSet::new();
    loop {
        let before = found.len();
        for figure in content.figures.values() {
            if reads(content, figure, book)
                || exprs(figure).iter().any(|e| e.figures().iter().any(|f| found.contains(f)))
            {
                found.insert(&figure.id);
            }
        }
        if found.len() == before {
            return found.into_iter().collect();
        }
    }
}

fn reads(content: &Content, figure: &Figure, book: &BookId) -> bool {
    let own = match &figure.rule {
        FigureRule::Measure { book: own, .. } | FigureRule::Rank { book: own, .. } => own == book,
        FigureRule::Composite(_) => false,
    };
    let mut through = false;
    for expr in exprs(figure) {
        expr.walk(&mut |e| {
            through |= matches!(&e.node, model::expr::Node::Through { book: other, .. } if other == book);
        });
    }
    own || through && content.books.contains_key(book)
}

/// All expressions of a figure.
fn exprs(figure: &Figure) -> Vec<&Expr> {
    match &figure.rule {
        FigureRule::Composite(value) => vec![value],
        FigureRule::Measure { measure, cumulative, prior, prior_cumulative, filter, .. } => {
            let others = [cumulative, prior, prior_cumulative, filter];
            [measure].into_iter().chain(others.into_iter().flatten()).collect()
        }
        FigureRule::Rank { value, own, filter, .. } => [value, own].into_iter().chain(filter).collect(),
    }
}

fn rank_groups(groups: &mut [Group]) {
    let values: Vec<Decimal> = groups.iter().filter_map(|g| g.value.number()).collect();
    let mut ranks = compare::ranks(&values).into_iter();
    for group in groups.iter_mut().filter(|g| g.value.number().is_some()) {
        group.rank = ranks.next();
    }
}

fn filter_text(request: &Request) -> String {
    let only = request.only.iter().map(|(path, text)| format!("{path} = '{text}'"));
    let without = request.exclude.iter().map(|whom| match whom {
        crate::request::Exclude::Named(id) => format!("without {id}"),
        crate::request::Exclude::Names(names) => format!("without {}", names.join(",")),
        crate::request::Exclude::Top(k) => format!("without top:{k}"),
    });
    only.chain(without).collect::<Vec<_>>().join("; ")
}

fn unknown(request: &Request) -> Evaluation {
    let blank = Outcome::Blank(BlankReason::Unknown);
    Evaluation {
        figure: request.figure.clone(),
        period: Period::containing(request.at, request.window.unwrap_or(Window::Month)),
        unit: None,
        value: blank.clone(),
        comparable: blank.clone(),
        prior: blank,
        yoy: Err(BlankReason::Unknown),
        of: None,
        groups: vec![],
        basis: Basis { comparison: ComparisonUsed::None, ..Basis::default() },
    }
}

/// Notes are counted, so that equal ones become one.
fn add_note(notes: &mut Vec<Note>, note: Note) {
    let empty = matches!(
        note,
        Note::FromCumulative(0)
            | Note::FromMonths(0)
            | Note::Empty(0)
            | Note::WithoutBase(0)
            | Note::WithoutValue(0)
            | Note::Undated(0)
            | Note::WithheldGroups(0)
    );
    if !empty && !notes.contains(&note) {
        notes.push(note);
    }
}
