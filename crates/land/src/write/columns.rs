//! The attributes of many features as columns of one table: which there are, and what kind each is.

use std::collections::{HashMap, HashSet};

use crate::{Feature, Value};

/// What all values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers of at most 18 digits.
    Whole,
    /// Numbers.
    Number,
    /// Days.
    Date,
    /// Yes or no.
    Truth,
    /// Anything else.
    Text,
}

/// A column.
pub struct Column<'f> {
    /// The attributes' name.
    pub name: &'f str,
    /// What its values are.
    pub kind: Kind,
}

/// The columns of features in the order in which their names are met first.
pub fn columns(features: &[Feature]) -> Vec<Column<'_>> {
    let mut order: Vec<&str> = Vec::new();
    let mut kinds: HashMap<&str, Option<Kind>> = HashMap::new();
    for attribute in features.iter().flat_map(|feature| &feature.attributes) {
        let name = attribute.name.as_ref();
        let known = kinds.entry(name).or_insert_with(|| {
            order.push(name);
            None
        });
        if let Some(kind) = kind(&attribute.value) {
            *known = Some(known.map_or(kind, |known| together(known, kind)));
        }
    }
    let kind = |name: &str| kinds.get(name).copied().flatten().unwrap_or(Kind::Text);
    order.into_iter().map(|name| Column { name, kind: kind(name) }).collect()
}

fn kind(value: &Value) -> Option<Kind> {
    match value {
        Value::Missing => None,
        Value::Text(_) => Some(Kind::Text),
        Value::Date(_) => Some(Kind::Date),
        Value::Truth(_) => Some(Kind::Truth),
        Value::Number(digits) => {
            let whole = digits.strip_prefix('-').unwrap_or(digits);
            let is_whole = whole.len() <= 18 && whole.bytes().all(|byte| byte.is_ascii_digit());
            Some(if is_whole { Kind::Whole } else { Kind::Number })
        }
    }
}

fn together(a: Kind, b: Kind) -> Kind {
    match (a, b) {
        (a, b) if a == b => a,
        (Kind::Whole, Kind::Number) | (Kind::Number, Kind::Whole) => Kind::Number,
        _ => Kind::Text,
    }
}

/// The value of a feature in a column; nothing when missing.
pub fn value<'f>(feature: &'f Feature, column: &Column<'_>) -> Option<&'f Value> {
    let attribute = feature.attributes.iter().find(|attribute| attribute.name.as_ref() == column.name)?;
    (attribute.value != Value::Missing).then_some(&attribute.value)
}

/// A name that is not taken yet: the name itself, or with a number behind it, `cut` to what the format allows.
pub fn unique(name: &str, taken: &mut HashSet<String>, cut: impl Fn(&str, usize) -> String) -> String {
    let mut candidate = cut(name, 0);
    let mut number = 1;
    while candidate.is_empty() || !taken.insert(candidate.to_lowercase()) {
        let tail = format!("_{number}");
        candidate = format!("{}{tail}", cut(name, tail.len()));
        number += 1;
    }
    candidate
}
