//! Pieces: a value taken apart into sums over subjects and the arithmetic that puts them together.
//!
//! `sum(x)` is one sum, `count()` is one of ones, `avg(x)` is a sum over a count, a ratio is sum over sum, growth is the
//! comparable value over its base. What is neither – the smallest, the only, a rank – has no pieces.
//!
//! Deliberately absent: comparing two values (`why`).

use std::rc::Rc;

use model::definition::{Figure, FigureRule};
use model::expr::{Aggregate, Expr, Node, Operator, Type};
use model::id::{EntryId, FigureId};
use model::period::Period;
use model::value::Value;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::plan::{Taken, What};
use super::scan::Scan;
use super::{Engine, Scope};
use crate::column::{Numbers, index};
use crate::request::{BlankReason, ComparisonUsed, Request};

/// Which number of an evaluation is meant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Quantity {
    /// The value.
    #[default]
    Value,
    /// Its growth against a year before: percent, or percentage points of a ratio.
    Growth,
}

/// How sums are put together.
#[derive(Clone, PartialEq, Debug)]
pub enum Formula {
    /// The sum of this number.
    Leaf(usize),
    /// A number.
    Number(Decimal),
    /// A value times one factor over another: units.
    Scale(Box<Formula>, Decimal, Decimal),
    /// The sum of two.
    Add(Box<Formula>, Box<Formula>),
    /// The first less the second.
    Subtract(Box<Formula>, Box<Formula>),
    /// The product of two.
    Multiply(Box<Formula>, Box<Formula>),
    /// The first over the second.
    Divide(Box<Formula>, Box<Formula>),
}

/// What one row adds to a sum.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Share {
    /// Whom the row is about; the row's own entry where its book names nobody.
    pub subject: EntryId,
    /// The row's entry.
    pub entry: EntryId,
    /// What it adds.
    pub number: Decimal,
}

/// One sum.
#[derive(Clone, PartialEq, Debug)]
pub struct Leaf {
    /// The figure it belongs to.
    pub figure: FigureId,
    /// Its rows.
    pub shares: Vec<Share>,
    /// For each subject its own column for last year, where the return has one and the value is asked for.
    pub own_prior: FxHashMap<EntryId, Decimal>,
}

/// A value taken apart.
#[derive(Clone, PartialEq, Debug)]
pub struct Pieces {
    /// How the sums are put together.
    pub formula: Formula,
    /// The sums.
    pub leaves: Vec<Leaf>,
}

/// Which rows of a figure are meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Value,
    Comparable,
    Prior,
}

impl Formula {
    /// Its value for these sums; nothing where it divides by zero or does not fit.
    pub fn value(&self, sums: &[Decimal]) -> Option<Decimal> {
        let two = |a: &Self, b: &Self| Some((a.value(sums)?, b.value(sums)?));
        match self {
            Self::Leaf(at) => sums.get(*at).copied(),
            Self::Number(number) => Some(*number),
            Self::Scale(of, by, over) => scaled(of.value(sums)?, *by, *over),
            Self::Add(a, b) => two(a, b).and_then(|(a, b)| a.checked_add(b)),
            Self::Subtract(a, b) => two(a, b).and_then(|(a, b)| a.checked_sub(b)),
            Self::Multiply(a, b) => two(a, b).and_then(|(a, b)| a.checked_mul(b)),
            Self::Divide(a, b) => two(a, b).and_then(|(a, b)| a.checked_div(b)),
        }
    }

    /// Whether two formulas are the same arithmetic over as many sums.
    pub fn alike(&self, other: &Self) -> bool {
        self == other
    }

    fn shifted(self, by: usize) -> Self {
        let both = |a: Box<Self>, b: Box<Self>| (Box::new(a.shifted(by)), Box::new(b.shifted(by)));
        match self {
            Self::Leaf(at) => Self::Leaf(at + by),
            Self::Number(_) => self,
            Self::Scale(of, times, over) => Self::Scale(Box::new(of.shifted(by)), times, over),
            Self::Add(a, b) => {
                let (a, b) = both(a, b);
                Self::Add(a, b)
            }
            Self::Subtract(a, b) => {
                let (a, b) = both(a, b);
                Self::Subtract(a, b)
            }
            Self::Multiply(a, b) => {
                let (a, b) = both(a, b);
                Self::Multiply(a, b)
            }
            Self::Divide(a, b) => {
                let (a, b) = both(a, b);
                Self::Divide(a, b)
            }
        }
    }
}

/// A number times one factor over another, exactly where it can be.
pub(crate) fn scaled(number: Decimal, by: Decimal, over: Decimal) -> Option<Decimal> {
    match number.checked_mul(by) {
        Some(product) => product.checked_div(over),
        None => number.checked_div(over)?.checked_mul(by),
    }
}

impl Pieces {
    /// The sums.
    pub fn sums(&self) -> Vec<Decimal> {
        self.leaves.iter().map(|leaf| leaf.shares.iter().map(|share| share.number).sum()).collect()
    }

    fn join(self, other: Self, make: fn(Box<Formula>, Box<Formula>) -> Formula) -> Self {
        let by = self.leaves.len();
        let mut leaves = self.leaves;
        leaves.extend(other.leaves);
        Self { formula: make(Box::new(self.formula), Box::new(other.formula.shifted(by))), leaves }
    }

    fn number(number: Decimal) -> Self {
        Self { formula: Formula::Number(number), leaves: vec![] }
    }

    fn scale(self, by: Decimal, over: Decimal) -> Self {
        if by == over {
            return self;
        }
        Self { formula: Formula::Scale(Box::new(self.formula), by, over), leaves: self.leaves }
    }
}

impl<'a> Engine<'a> {
    /// A value, or its growth, taken apart.
    ///
    /// # Errors
    /// Why it has no value; [`BlankReason::NotApplicable`] when it is not made of sums, and [`BlankReason::Withheld`] when the
    /// reader may not see single respondents.
    pub fn pieces(&self, request: &Request, quantity: Quantity) -> Result<Pieces, BlankReason> {
        let figure = self.content.figures.get(&request.figure).ok_or(BlankReason::Unknown)?;
        let period = self.period_of(figure, request);
        let scope = self.scope(figure, period, request).0?;
        match quantity {
            Quantity::Value => self.pieces_of(figure, period, &scope, Part::Value),
            Quantity::Growth => {
                let now = self.pieces_of(figure, period, &scope, Part::Comparable)?;
                let before = self.pieces_of(figure, period, &scope, Part::Prior)?;
                if self.is_ratio(figure) {
                    return Ok(now.join(before, Formula::Subtract));
                }
                let ratio = now.join(before, Formula::Divide).scale(Decimal::ONE_HUNDRED, Decimal::ONE);
                Ok(ratio.join(Pieces::number(Decimal::ONE_HUNDRED), Formula::Subtract))
            }
        }
    }

    fn pieces_of(
        &self,
        figure: &'a Figure,
        period: Period,
        scope: &Rc<Scope>,
        part: Part,
    ) -> Result<Pieces, BlankReason> {
        match &figure.rule {
            FigureRule::Rank { .. } => Err(BlankReason::NotApplicable),
            FigureRule::Composite(value) => {
                let made = self.composed(value, period, scope, part)?;
                Ok(self.unit_of(figure, &value.kind, made))
            }
            FigureRule::Measure { book, .. } => {
                let confidential = self.book(book).is_some_and(|b| b.statistics_confidential);
                if confidential && !self.reader.may_see_confidential {
                    return Err(BlankReason::Withheld);
                }
                let sides = self.sides(figure, period, scope)?;
                let own = sides.used == ComparisonUsed::OwnPrior;
                match part {
                    Part::Value => {
                        let mut made = self.of_rows(figure, &sides.current, None)?;
                        if own && let (Ok(prior), [leaf]) = (&sides.prior, made.leaves.as_mut_slice()) {
                            leaf.own_prior = self.by_subject(figure, prior)?;
                        }
                        Ok(made)
                    }
                    Part::Comparable => self.of_rows(figure, &sides.current, sides.compared.as_deref()),
                    Part::Prior => {
                        let prior = sides.prior.as_ref().map_err(|reason| *reason)?;
                        self.of_rows(figure, prior, sides.compared_prior.as_deref())
                    }
                }
            }
        }
    }

    /// The expression of a composite with its figures taken apart.
    fn composed(
        &self,
        expr: &'a Expr,
        period: Period,
        scope: &Rc<Scope>,
        part: Part,
    ) -> Result<Pieces, BlankReason> {
        let of = |expr: &'a Expr| self.composed(expr, period, scope, part);
        match &expr.node {
            Node::Figure(id) => {
                let figure = self.content.figures.get(id).ok_or(BlankReason::Unknown)?;
                let own = self.period_at(figure, period.end, Some(period.window));
                self.pieces_of(figure, own, scope, part)
            }
            node => arithmetic(node, of),
        }
    }

    /// The rows of one figure.
    fn of_rows(
        &self,
        figure: &'a Figure,
        taken: &Taken<'a>,
        positions: Option<&[u32]>,
    ) -> Result<Pieces, BlankReason> {
        let expr = match &taken.what {
            What::Sum { numbers, expr, .. } => {
                let leaf = self.leaf(figure, taken, positions, numbers);
                let made = Pieces { formula: Formula::Leaf(0), leaves: vec![leaf] };
                return Ok(self.unit_of(figure, &expr.kind, made));
            }
            What::Aggregate(expr) => *expr,
        };
        let made = self.aggregated(figure, taken, positions, expr)?;
        Ok(self.unit_of(figure, &expr.kind, made))
    }

    fn aggregated(
        &self,
        figure: &'a Figure,
        taken: &Taken<'a>,
        positions: Option<&[u32]>,
        expr: &'a Expr,
    ) -> Result<Pieces, BlankReason> {
        let leaf = |numbers: &Numbers| {
            let leaf = self.leaf(figure, taken, positions, numbers);
            Pieces { formula: Formula::Leaf(0), leaves: vec![leaf] }
        };
        let scan = Scan { engine: self, table: taken.table, period: taken.period };
        let ones = |of: Option<&Numbers>| {
            let one = |i: usize| of.is_none_or(|of| of.has(i)).then_some(Decimal::ONE);
            Numbers::from_decimals(&(0..taken.rows.len()).map(one).collect::<Vec<_>>())
        };
        match &expr.node {
            Node::Aggregate(Aggregate::Sum, Some(argument)) => Ok(leaf(&scan.numbers(argument, &taken.rows))),
            Node::Aggregate(Aggregate::Count, None) => Ok(leaf(&ones(None))),
            Node::Aggregate(Aggregate::Count, Some(argument)) => {
                let there = |row: &u32| scan.value(argument, *row).map(|_| Decimal::ONE);
                Ok(leaf(&Numbers::from_decimals(&taken.rows.iter().map(there).collect::<Vec<_>>())))
            }
            Node::Aggregate(Aggregate::Average, Some(argument)) => {
                let numbers = scan.numbers(argument, &taken.rows);
                Ok(leaf(&numbers).join(leaf(&ones(Some(&numbers))), Formula::Divide))
            }
            node => arithmetic(node, |expr| self.aggregated(figure, taken, positions, expr)),
        }
    }

    fn leaf(&self, figure: &Figure, taken: &Taken<'a>, positions: Option<&[u32]>, numbers: &Numbers) -> Leaf {
        let keys = self.subjects(taken.table);
        let subject = |row: u32| {
            let own = taken.table.ids()[row as usize];
            let named = keys.as_ref().and_then(|keys| keys.entry(keys.codes[row as usize]));
            named.unwrap_or(own)
        };
        let mut shares = Vec::new();
        let places: Vec<u32> =
            positions.map_or_else(|| (0..index(taken.rows.len())).collect(), <[u32]>::to_vec);
        for i in places {
            let Some(number) = numbers.at(i as usize) else { continue };
            let row = taken.rows[i as usize];
            let about = subject(row);
            match &taken.sources {
                Some(sources) => shares.extend(sources.of(i as usize).iter().map(|source| Share {
                    subject: about,
                    entry: taken.table.ids()[source.row as usize],
                    number: source.number,
                })),
                None => shares.push(Share { subject: about, entry: taken.table.ids()[row as usize], number }),
            }
        }
        Leaf { figure: figure.id.clone(), shares, own_prior: FxHashMap::default() }
    }

    fn by_subject(
        &self,
        figure: &'a Figure,
        taken: &Taken<'a>,
    ) -> Result<FxHashMap<EntryId, Decimal>, BlankReason> {
        let mut by = FxHashMap::default();
        for share in self.of_rows(figure, taken, None)?.leaves.into_iter().flat_map(|leaf| leaf.shares) {
            *by.entry(share.subject).or_insert(Decimal::ZERO) += share.number;
        }
        Ok(by)
    }

    /// Brings a value to the figure's unit.
    fn unit_of(&self, figure: &Figure, kind: &Type, made: Pieces) -> Pieces {
        let unit = figure.unit.as_ref().and_then(|u| self.content.units.get(u.as_str()));
        match (kind, unit) {
            (Type::Number { factor, literal: false, .. }, Some(unit)) => made.scale(*factor, unit.factor),
            _ => made,
        }
    }
}

/// Arithmetic over what is taken apart by `of`.
fn arithmetic<'e>(
    node: &'e Node,
    of: impl Fn(&'e Expr) -> Result<Pieces, BlankReason>,
) -> Result<Pieces, BlankReason> {
    Ok(match node {
        Node::Literal(Value::Number(number)) => Pieces::number(*number),
        Node::Scale(a, factor) => of(a)?.scale(*factor, Decimal::ONE),
        Node::Negate(a) => of(a)?.scale(-Decimal::ONE, Decimal::ONE),
        Node::Binary(operator, a, b) => {
            let make = match operator {
                Operator::Add => Formula::Add,
                Operator::Subtract => Formula::Subtract,
                Operator::Multiply => Formula::Multiply,
                Operator::Divide => Formula::Divide,
                _ => return Err(BlankReason::NotApplicable),
            };
            of(a)?.join(of(b)?, make)
        }
        _ => return Err(BlankReason::NotApplicable),
    })
}
