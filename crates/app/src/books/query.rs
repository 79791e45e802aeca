//! What is asked of a grid: conditions, words to search for, an order, a part of the list – and its form in an address:
//! `filter=FIELD:OP:VALUE`, `sort=field,-field`.

use std::fmt;

use model::id::FieldId;

/// Columns a list can be sorted by at once.
pub const MOST_ORDERS: usize = 3;
/// Conditions of one query.
const MOST_CONDITIONS: usize = 50;
/// Rows of one answer.
pub const MOST_ROWS: usize = 1000;
/// Rows of one answer when nothing is said.
const USUAL_ROWS: usize = 100;

/// Which entries, in which order.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Query {
    /// All of these must hold.
    pub conditions: Vec<Condition>,
    /// Each word of this must stand in some text of the entry.
    pub search: String,
    /// First by the first; then as the book lies, newest first where it has a time.
    pub orders: Vec<Order>,
}

/// Which part of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Page {
    /// Rows left out at the beginning.
    pub offset: usize,
    /// Rows at most.
    pub limit: usize,
}

impl Page {
    /// A page as asked for: the usual length when nothing is said, never more than the most.
    pub fn of(offset: Option<usize>, limit: Option<usize>) -> Self {
        Self { offset: offset.unwrap_or(0), limit: limit.unwrap_or(USUAL_ROWS).min(MOST_ROWS) }
    }
}

impl Default for Page {
    fn default() -> Self {
        Self::of(None, None)
    }
}

/// One condition on one field.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Condition {
    /// The field.
    pub field: FieldId,
    /// How it is compared.
    pub op: Op,
    /// With what; one value for most, two for `between`, any number for `in`, none for `empty` and `filled`.
    pub values: Vec<String>,
}

/// A column to sort by.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Order {
    /// The field.
    pub field: FieldId,
    /// Largest first. Entries without a value are last either way.
    pub descending: bool,
}

macro_rules! ops {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)*) => {
        /// How a field is compared.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Op { $($(#[$doc])* $name,)* }

        impl Op {
            /// All of them with their names in addresses.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$name, $word),)*];
        }
    };
}

ops! {
    /// Equal. A period or a reference may be named loosely: `2023` is any month of it, a title is the entry called so.
    Eq = "eq";
    /// Anything else, also nothing.
    Ne = "ne";
    /// One of several.
    In = "in";
    /// Contains a text.
    Contains = "contains";
    /// Begins with a text.
    Starts = "starts";
    /// Greater, later.
    Gt = "gt";
    /// Greater or equal.
    Ge = "ge";
    /// Less, earlier.
    Lt = "lt";
    /// Less or equal.
    Le = "le";
    /// From the first to the second, both included.
    Between = "between";
    /// Without a value.
    Empty = "empty";
    /// With a value.
    Filled = "filled";
}

impl Op {
    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(op, _)| *op == self).map_or("", |(_, name)| name)
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why a query cannot be answered. The sentences are in `messages::books`.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum QueryFault {
    /// The book has no such field.
    #[error("there is no field `{0}`")]
    UnknownField(String),
    /// There is no such operation.
    #[error("`{0}` is no condition (use FIELD:OP:VALUE)")]
    NotACondition(String),
    /// The value is not of the field's kind.
    #[error("`{value}` does not fit the field {field}")]
    BadValue {
        /// The field.
        field: String,
        /// What was given.
        value: String,
    },
    /// The field cannot be compared like that.
    #[error("the field {field} cannot be compared by `{op}`")]
    NotForKind {
        /// The field.
        field: String,
        /// How.
        op: Op,
    },
    /// The field's values are not shown to this person, so they cannot be searched either.
    #[error("the values of {0} are masked")]
    Masked(String),
    /// More rows than one file or one paste may have.
    #[error("more than {0} rows")]
    TooManyRows(usize),
    /// Too many conditions or columns to sort by.
    #[error("more than {0} of them")]
    TooMany(usize),
}

impl Query {
    /// A query from its parts in an address.
    ///
    /// # Errors
    /// [`QueryFault`] for what is not a condition, and for too many of them.
    pub fn read(filters: &[String], sort: &str, search: &str) -> Result<Self, QueryFault> {
        if filters.len() > MOST_CONDITIONS {
            return Err(QueryFault::TooMany(MOST_CONDITIONS));
        }
        let conditions = filters.iter().map(|f| Condition::read(f)).collect::<Result<_, _>>()?;
        let orders: Vec<Order> = sort
            .split(',')
            .filter(|part| !part.is_empty() && *part != "-")
            .map(|part| match part.strip_prefix('-') {
                Some(field) => Order { field: field.into(), descending: true },
                None => Order { field: part.into(), descending: false },
            })
            .collect();
        if orders.len() > MOST_ORDERS {
            return Err(QueryFault::TooMany(MOST_ORDERS));
        }
        Ok(Self { conditions, search: search.trim().to_owned(), orders })
    }
}

impl Condition {
    /// A condition from `FIELD:OP:VALUE`; several values are divided by `|`.
    ///
    /// # Errors
    /// [`QueryFault::NotACondition`].
    pub fn read(text: &str) -> Result<Self, QueryFault> {
        let fault = || QueryFault::NotACondition(text.to_owned());
        let mut parts = text.splitn(3, ':');
        let (field, op) = (parts.next().unwrap_or(""), parts.next().ok_or_else(fault)?);
        let op = Op::ALL.iter().find(|(_, name)| *name == op).ok_or_else(fault)?.0;
        let value = parts.next();
        let values: Vec<String> = match (op, value) {
            (Op::Empty | Op::Filled, _) => Vec::new(),
            (_, None) => return Err(fault()),
            (Op::In | Op::Between, Some(value)) => value.split('|').map(str::to_owned).collect(),
            (_, Some(value)) => vec![value.to_owned()],
        };
        if field.is_empty() || (op == Op::Between && values.len() != 2) {
            return Err(fault());
        }
        Ok(Self { field: field.into(), op, values })
    }
}
