//! Values: what a field of an entry holds.
//!
//! A value never knows its unit; the field it belongs to does. Missing is the absence of a value, never zero.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::id::{EntryId, FieldId};
use crate::period::Period;

/// One stored value. The field's kind decides which variant is legal.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Value {
    /// Text, choice, code, phone, person, geometry (GeoJSON), file digest, figure or unit id.
    #[serde(rename = "t")]
    Text(Arc<str>),
    /// Integer, decimal or amount, in the field's unit.
    #[serde(rename = "n")]
    Number(Decimal),
    /// A calendar day.
    #[serde(rename = "d")]
    Date(Date),
    /// A month, quarter, half or year (fields of kind month, period, year).
    #[serde(rename = "p")]
    Period(Period),
    /// Yes or no.
    #[serde(rename = "b")]
    Flag(bool),
    /// Another entry.
    #[serde(rename = "r")]
    Entry(EntryId),
    /// Several other entries.
    #[serde(rename = "rs")]
    Entries(Vec<EntryId>),
}

impl Value {
    /// A text value.
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Text(Arc::from(text.as_ref()))
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<Decimal> {
        if let Self::Number(n) = self { Some(*n) } else { None }
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(t) = self { Some(t) } else { None }
    }

    /// The entry referred to, if it is a reference.
    pub fn as_entry(&self) -> Option<EntryId> {
        if let Self::Entry(e) = self { Some(*e) } else { None }
    }

    /// The period, if it is one.
    pub fn as_period(&self) -> Option<Period> {
        if let Self::Period(p) = self { Some(*p) } else { None }
    }

    /// The date, if it is one.
    pub fn as_date(&self) -> Option<Date> {
        if let Self::Date(d) = self { Some(*d) } else { None }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{}", number.normalize()),
            Self::Date(date) => write!(f, "{date}"),
            Self::Period(period) => write!(f, "{period}"),
            Self::Flag(flag) => f.write_str(if *flag { "是" } else { "否" }),
            Self::Entry(entry) => write!(f, "#{entry}"),
            Self::Entries(entries) => {
                for (i, entry) in entries.iter().enumerate() {
                    write!(f, "{}#{entry}", if i > 0 { "、" } else { "" })?;
                }
                Ok(())
            }
        }
    }
}

/// The values of one entry by field; a field without a value is absent.
pub type Payload = BTreeMap<FieldId, Value>;
