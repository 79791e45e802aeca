//! Books (台账) and their fields and checks.

use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::expr::Expr;
use crate::finding::Severity;
use crate::id::{BookId, CheckId, FieldId, UnitId};

/// The four kinds of book.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BookKind {
    /// Things: enterprises, parcels, buildings.
    Register,
    /// One row per subject and period.
    Series,
    /// Dated occurrences.
    Event,
    /// Has states, a deadline, a handler.
    Case,
}

/// How often a series is reported.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Every {
    /// Each month.
    Month,
    /// Each quarter.
    Quarter,
    /// Each half year.
    Half,
    /// Each year.
    Year,
}

impl Every {
    /// The window one entry of such a series covers.
    pub fn window(self) -> crate::period::Window {
        use crate::period::Window;
        match self {
            Self::Month => Window::Month,
            Self::Quarter => Window::Quarter,
            Self::Half => Window::Half,
            Self::Year => Window::Year,
        }
    }
}

/// How sensitive a field is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// May be published.
    Public,
    /// For the committee.
    Internal,
    /// A business secret of an enterprise.
    Enterprise,
    /// Personal information.
    Personal,
}

/// A book.
#[derive(Clone, PartialEq, Debug)]
pub struct Book {
    /// Its id: the file's stem.
    pub id: BookId,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Register, series, event or case.
    pub kind: BookKind,
    /// What code may ask for it as.
    pub role: Option<String>,
    /// Who sends it.
    pub department: String,
    /// Fields that make an entry unique.
    pub key: Vec<FieldId>,
    /// Whom an entry is about.
    pub subject: Option<FieldId>,
    /// The field that places an entry in time.
    pub time: Option<FieldId>,
    /// Series: how often.
    pub every: Option<Every>,
    /// Series: months of the year for which nothing is due.
    pub skips: Vec<i8>,
    /// Series: day of the following month by which it is due.
    pub due_day: Option<i8>,
    /// Series: which entries of the subject's book must report.
    pub reporters: Option<Expr>,
    /// Series: how enterprises file it themselves, where they do.
    pub filing: Option<Filing>,
    /// Feeds aggregates only.
    pub statistics_confidential: bool,
    /// The field that names an entry.
    pub display: Option<FieldId>,
    /// Case books: states, deadline, handler.
    pub case: Option<CaseRule>,
    /// Which rows are kept from most of those who may read the book.
    pub guard: Option<Guard>,
    /// Its fields in order.
    pub fields: IndexMap<FieldId, Field>,
    /// Its checks in order.
    pub checks: Vec<Check>,
}

/// How enterprises file a series themselves. The loader has seen to it that an entry of the series is one enterprise and one
/// period, and that it is not confidential to statistics.
#[derive(Clone, PartialEq, Debug)]
pub struct Filing {
    /// What they fill in, in order: neither whom it is about nor the period.
    pub fields: Vec<FieldId>,
    /// Per cent against the period before beyond which a reason is asked.
    pub jump: Option<Decimal>,
    /// The fields for which that is so; all that are filled in when there are none.
    pub jump_of: Vec<FieldId>,
    /// What stands at the head of the form: what the numbers are used for, who sees them.
    pub note: String,
}

impl Filing {
    /// Whether a change of a field by so many per cent asks for a reason.
    pub fn is_jump(&self, field: &FieldId, percent: Decimal) -> bool {
        let asked = self.jump_of.is_empty() || self.jump_of.contains(field);
        asked && self.jump.is_some_and(|most| percent.abs() > most)
    }
}

/// Rows that only some of those who may read the book see: who handles them, their department's head, roles that are granted it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Guard {
    /// A row is guarded where this says yes.
    pub when: FieldId,
    /// The department that handles it: a department as accounts name it, or the end of one.
    pub department: Option<FieldId>,
    /// The person who handles it, by the name people read or that of the account.
    pub person: Option<FieldId>,
}

/// What makes a case book a case book.
#[derive(Clone, PartialEq, Debug)]
pub struct CaseRule {
    /// The field holding the state.
    pub state: FieldId,
    /// All states in order.
    pub states: Vec<String>,
    /// States that end a case.
    pub closed: Vec<String>,
    /// The field holding the deadline.
    pub deadline: Option<FieldId>,
    /// The field naming the handler.
    pub handler: Option<FieldId>,
    /// Fields that say in a word or two what a case is about, beside its number: whom, what.
    pub about: Vec<FieldId>,
}

/// A field of a book.
#[derive(Clone, PartialEq, Debug)]
pub struct Field {
    /// Its id.
    pub id: FieldId,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// What it holds.
    pub kind: FieldKind,
    /// An entry without it is refused.
    pub required: bool,
    /// How sensitive it is.
    pub class: Class,
    /// Personal data: why it is kept.
    pub purpose: Option<String>,
    /// Personal data: for how many years.
    pub keep_years: Option<u16>,
    /// Smallest allowed number.
    pub min: Option<Decimal>,
    /// Largest allowed number.
    pub max: Option<Decimal>,
    /// Explanation for the form.
    pub help: String,
}

/// What a field holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FieldKind {
    /// Free text.
    Text,
    /// A whole number.
    Integer {
        /// Its unit, if it has one.
        unit: Option<UnitId>,
    },
    /// A decimal number.
    Decimal {
        /// Its unit, if it has one.
        unit: Option<UnitId>,
    },
    /// An amount: a decimal with a unit.
    Amount {
        /// The unit it is stored in.
        unit: UnitId,
    },
    /// A day.
    Date,
    /// A month.
    Month,
    /// A month, quarter, half or year.
    Period,
    /// A year.
    Year,
    /// One of a list; `/` separates levels.
    Choice {
        /// The list.
        choices: Vec<String>,
    },
    /// An entry of another book.
    Reference {
        /// Which book.
        book: BookId,
    },
    /// Several entries of another book.
    References {
        /// Which book.
        book: BookId,
    },
    /// Unified social credit code, GB 32100-2015.
    Uscc,
    /// Organisation code, GB 11714-1997, or an old 15-digit registration number.
    OrgCode,
    /// 宗地代码 or 不动产单元号, GB/T 37346.
    ParcelCode,
    /// A telephone number.
    Phone,
    /// A person's name.
    Person,
    /// GeoJSON geometry.
    Geometry,
    /// The name or digest of a file.
    File,
    /// Yes or no.
    Boolean,
    /// The id of a figure.
    Figure,
    /// The id of a unit.
    Unit,
}

impl FieldKind {
    /// The unit its numbers are stored in.
    pub fn unit(&self) -> Option<&UnitId> {
        match self {
            Self::Integer { unit } | Self::Decimal { unit } => unit.as_ref(),
            Self::Amount { unit } => Some(unit),
            _ => None,
        }
    }

    /// Whether it holds numbers.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Integer { .. } | Self::Decimal { .. } | Self::Amount { .. })
    }

    /// The book it refers to.
    pub fn book(&self) -> Option<&BookId> {
        match self {
            Self::Reference { book } | Self::References { book } => Some(book),
            _ => None,
        }
    }

    /// Its name in content files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer { .. } => "integer",
            Self::Decimal { .. } => "decimal",
            Self::Amount { .. } => "amount",
            Self::Date => "date",
            Self::Month => "month",
            Self::Period => "period",
            Self::Year => "year",
            Self::Choice { .. } => "choice",
            Self::Reference { .. } => "reference",
            Self::References { .. } => "references",
            Self::Uscc => "uscc",
            Self::OrgCode => "orgcode",
            Self::ParcelCode => "parcel_code",
            Self::Phone => "phone",
            Self::Person => "person",
            Self::Geometry => "geometry",
            Self::File => "file",
            Self::Boolean => "boolean",
            Self::Figure => "figure",
            Self::Unit => "unit",
        }
    }
}

/// A check of a book's entries.
#[derive(Clone, PartialEq, Debug)]
pub struct Check {
    /// Its id within the book; also the code of its findings.
    pub id: CheckId,
    /// What it compares.
    pub kind: CheckKind,
    /// What its findings weigh.
    pub severity: Severity,
    /// The sentence of its findings; empty for the default of the kind.
    pub message: String,
    /// The hint of its findings.
    pub hint: String,
}

/// What a check compares.
#[derive(Clone, PartialEq, Debug)]
pub enum CheckKind {
    /// A condition within the row; true is fine, unknown is not judged.
    Row(Expr),
    /// A condition that may look one period back (`prev.`).
    Previous(Expr),
    /// A power of ten away from its own history.
    Slip(Vec<FieldId>),
    /// Far from its own history.
    Outlier {
        /// Which fields.
        fields: Vec<FieldId>,
        /// How many times the median.
        times: Decimal,
    },
    /// Equal values under different keys.
    Duplicate(Vec<FieldId>),
}

impl Book {
    /// The field of that id.
    pub fn field(&self, id: &FieldId) -> Option<&Field> {
        self.fields.get(id)
    }
}
