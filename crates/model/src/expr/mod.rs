//! Expressions: the only way content says how something is counted, filtered or checked.
//!
//! They are written in SQL's expression syntax, parsed by `sqlparser` and turned into small typed trees at load:
//! names resolved, units checked and made equal, length, size and depth bounded. There are no statements, no
//! sub-queries, no user functions and no side effects, so what a figure was computed from can always be derived.
//!
//! To add a function: one variant in [`Function`], one line in [`Function::ALL`], its typing in `check.rs`, its meaning in
//! the evaluator of `figures` (and [`eval`] here, which checks of single rows use).

mod check;
pub mod eval;
mod scope;

use std::ops::Range;

use rust_decimal::Decimal;

pub use check::parse;
pub use scope::{
    BookScope, ClaimScope, FigureScope, FigureTypes, Scope, field_type, figure_type as figure_type_of,
};

use crate::definition::ClaimCall;
use crate::id::{BookId, FieldId, FigureId};
use crate::unit::Dimension;
use crate::value::Value;

/// Longest source text, in characters.
pub const MAX_LENGTH: usize = 2_000;
/// Most nodes in one tree.
pub const MAX_NODES: usize = 200;
/// Deepest nesting.
pub const MAX_DEPTH: usize = 32;

/// A typed expression.
#[derive(Clone, PartialEq, Debug)]
pub struct Expr {
    /// What it does.
    pub node: Node,
    /// What it gives.
    pub kind: Type,
}

/// What an expression gives.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Type {
    /// A number; `factor` is the size of one unit of it in the base unit of the dimension.
    Number {
        /// What it measures.
        dimension: Dimension,
        /// 10 000 for a number of 万元.
        factor: Decimal,
        /// A literal takes the unit of whatever it meets.
        literal: bool,
    },
    /// Text.
    Text,
    /// A calendar day.
    Date,
    /// A month, quarter, half or year.
    Period,
    /// True, false or unknown.
    Flag,
    /// An entry of that book.
    Entry(BookId),
    /// Several entries of that book.
    Entries(BookId),
    /// A list of texts (only from `list`).
    List,
    /// `null`, or the value of a text or number parameter: fits anything.
    Any,
}

impl Type {
    /// A plain number such as a count.
    pub fn plain() -> Self {
        Self::Number { dimension: Dimension::default(), factor: Decimal::ONE, literal: false }
    }

    /// Whether it is any number.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number { .. } | Self::Any)
    }
}

/// The node of an expression tree.
#[derive(Clone, PartialEq, Debug)]
pub enum Node {
    /// A constant.
    Literal(Value),
    /// SQL's null: a missing value.
    Missing,
    /// A field of the entry itself.
    Field(FieldId),
    /// A field of the entry that a reference field points to.
    Through {
        /// The reference field.
        reference: FieldId,
        /// The book it points to.
        book: BookId,
        /// The field there.
        field: FieldId,
    },
    /// A field of the same subject's entry one period earlier in the same year (checks only).
    Previous(FieldId),
    /// The value of a figure for the same request (composites, and `param('…')` in filters).
    Figure(FigureId),
    /// A question about a figure (claims only).
    Claim(ClaimCall),
    /// `not`.
    Not(Box<Expr>),
    /// Unary minus.
    Negate(Box<Expr>),
    /// A number brought to another unit of its dimension: multiplied by the factor.
    Scale(Box<Expr>, Decimal),
    /// Two operands.
    Binary(Operator, Box<Expr>, Box<Expr>),
    /// `is null`, or `is not null` when negated.
    IsMissing {
        /// What is looked at.
        of: Box<Expr>,
        /// `is not null`.
        negated: bool,
    },
    /// `in (…)` over literals.
    In {
        /// What is looked for.
        of: Box<Expr>,
        /// Where.
        list: Vec<Expr>,
        /// `not in`.
        negated: bool,
    },
    /// `like` with `%` and `_`.
    Like {
        /// The text.
        of: Box<Expr>,
        /// The pattern.
        pattern: String,
        /// `not like`.
        negated: bool,
    },
    /// `case when … then … else … end`.
    Case {
        /// Condition and result, first true one wins.
        whens: Vec<(Expr, Expr)>,
        /// Otherwise; missing when absent.
        otherwise: Option<Box<Expr>>,
    },
    /// A scalar function.
    Call(Function, Vec<Expr>),
    /// An aggregate over the entries (figures only).
    Aggregate(Aggregate, Option<Box<Expr>>),
}

/// Binary operators.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "named like the operators they are")]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
}

macro_rules! functions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal ($least:literal..=$most:literal);)*) => {
        /// Every scalar function an expression may call.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Function { $($(#[$doc])* $variant,)* }

        impl Function {
            /// The closed list: function, name, and how many arguments it takes.
            pub const ALL: &'static [(Self, &'static str, std::ops::RangeInclusive<usize>)] =
                &[$((Self::$variant, $name, $least..=$most),)*];
        }
    };
}

functions! {
    /// Absolute value.
    Abs = "abs" (1..=1);
    /// Rounded half-up to places.
    Round = "round" (1..=2);
    /// The first that is not missing.
    Coalesce = "coalesce" (2..=8);
    /// Missing when both are equal.
    NullIf = "nullif" (2..=2);
    /// The smallest that is not missing.
    Least = "least" (2..=8);
    /// The largest that is not missing.
    Greatest = "greatest" (2..=8);
    /// The year of a date or period.
    Year = "year" (1..=1);
    /// The month of a date or period.
    Month = "month" (1..=1);
    /// The day of a date.
    Day = "day" (1..=1);
    /// Characters of a text.
    Length = "length" (1..=1);
    /// Whether a text starts with another.
    StartsWith = "starts_with" (2..=2);
    /// The n-th level of a choice with levels, from 1.
    Level = "level" (2..=2);
    /// The last day of the figure's window.
    PeriodEnd = "period_end" (0..=0);
    /// The first day of the figure's window.
    PeriodStart = "period_start" (0..=0);
}

/// What an aggregate does with the values of its argument; missing values are left out by all of them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Aggregate {
    /// Adds up.
    Sum,
    /// Counts entries, or entries where the argument is not missing.
    Count,
    /// Counts different values.
    CountDistinct,
    /// Smallest.
    Min,
    /// Largest.
    Max,
    /// Sum divided by count.
    Average,
    /// Texts in order.
    List,
    /// Different texts in order of first occurrence.
    ListDistinct,
    /// The one text or number there is; missing when there is none, a finding when they differ.
    Only,
}

/// Something wrong with an expression, at a byte range of its source text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExprFault {
    /// Where in the source text.
    pub at: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl Expr {
    /// Visits every node, parents first.
    pub fn walk<'e>(&'e self, visit: &mut dyn FnMut(&'e Self)) {
        visit(self);
        match &self.node {
            Node::Not(a) | Node::Negate(a) | Node::Scale(a, _) => a.walk(visit),
            Node::IsMissing { of, .. } | Node::Like { of, .. } => of.walk(visit),
            Node::Binary(_, a, b) => {
                a.walk(visit);
                b.walk(visit);
            }
            Node::In { of, list, .. } => {
                of.walk(visit);
                list.iter().for_each(|e| e.walk(visit));
            }
            Node::Case { whens, otherwise } => {
                for (condition, result) in whens {
                    condition.walk(visit);
                    result.walk(visit);
                }
                if let Some(e) = otherwise {
                    e.walk(visit);
                }
            }
            Node::Call(_, arguments) => arguments.iter().for_each(|e| e.walk(visit)),
            Node::Aggregate(_, Some(a)) => a.walk(visit),
            Node::Literal(_)
            | Node::Missing
            | Node::Field(_)
            | Node::Through { .. }
            | Node::Previous(_)
            | Node::Figure(_)
            | Node::Claim(_)
            | Node::Aggregate(_, None) => {}
        }
    }

    /// The figures it refers to.
    pub fn figures(&self) -> Vec<FigureId> {
        let mut found = Vec::new();
        self.walk(&mut |e| match &e.node {
            Node::Figure(id) => found.push(id.clone()),
            Node::Claim(call) => found.extend(call.figure.clone()),
            _ => {}
        });
        found
    }
}
