//! Units and amounts. A unit has dimensions and an exact factor; amounts of different dimensions never meet.
//!
//! Deliberately absent: the list of units, which is `content/units.toml`, and exchange rates – 万美元 never becomes 万元.

use std::collections::BTreeMap;
use std::fmt;

use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::id::UnitId;

/// Powers of base dimensions: 万元/亩 is `{CNY: 1, area: -1}`; a plain number or a percentage is empty.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Dimension(pub BTreeMap<String, i8>);

impl Dimension {
    /// Reads `CNY`, `CNY/area`, `ratio` (no dimension).
    pub fn parse(text: &str) -> Self {
        let mut powers = BTreeMap::new();
        for (i, part) in text.split('/').enumerate() {
            for base in part.split('*').map(str::trim).filter(|b| !b.is_empty() && *b != "ratio" && *b != "1")
            {
                *powers.entry(base.to_owned()).or_insert(0) += if i == 0 { 1 } else { -1 };
            }
        }
        powers.retain(|_, p| *p != 0);
        Self(powers)
    }

    /// Whether it is a plain number.
    pub fn is_plain(&self) -> bool {
        self.0.is_empty()
    }

    /// The dimension of a product (`sign` 1) or quotient (`sign` -1).
    pub fn combine(&self, other: &Self, sign: i8) -> Self {
        let mut powers = self.0.clone();
        for (base, power) in &other.0 {
            *powers.entry(base.clone()).or_insert(0) += sign * power;
        }
        powers.retain(|_, p| *p != 0);
        Self(powers)
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("ratio");
        }
        for (i, (base, power)) in self.0.iter().enumerate() {
            write!(f, "{}{base}", if i > 0 { "*" } else { "" })?;
            if *power != 1 {
                write!(f, "^{power}")?;
            }
        }
        Ok(())
    }
}

/// A unit as printed, with its exact factor to the base unit of its dimension.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unit {
    /// As printed: `万元`.
    pub id: UnitId,
    /// What it measures.
    pub dimension: Dimension,
    /// How many base units one of it is: 10 000 for 万元 in 元, 0.01 for %.
    pub factor: Decimal,
    /// Other spellings met in headings.
    pub aliases: Vec<String>,
}

/// All units of the content.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Units {
    by_id: IndexMap<UnitId, Unit>,
}

impl Units {
    /// Collects units; a repeated id is returned as the error.
    pub fn new(units: impl IntoIterator<Item = Unit>) -> Result<Self, UnitId> {
        let mut by_id = IndexMap::new();
        for unit in units {
            if let Some(twice) = by_id.insert(unit.id.clone(), unit) {
                return Err(twice.id);
            }
        }
        Ok(Self { by_id })
    }

    /// The unit of that id.
    pub fn get(&self, id: &str) -> Option<&Unit> {
        self.by_id.get(id)
    }

    /// The unit of that id or alias, after NFKC by the caller.
    pub fn find(&self, text: &str) -> Option<&Unit> {
        self.get(text).or_else(|| self.iter().find(|u| u.aliases.iter().any(|a| a == text)))
    }

    /// All units in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.by_id.values()
    }

    /// Converts a number exactly from one unit to another of the same dimension.
    pub fn convert(&self, number: Decimal, from: &UnitId, to: &UnitId) -> Result<Decimal, UnitFault> {
        if from == to {
            return Ok(number);
        }
        let known = |id: &UnitId| self.get(id.as_str()).ok_or_else(|| UnitFault::Unknown(id.clone()));
        let (a, b) = (known(from)?, known(to)?);
        if a.dimension != b.dimension {
            return Err(UnitFault::Mismatch { from: from.clone(), to: to.clone() });
        }
        number
            .checked_mul(a.factor)
            .and_then(|n| n.checked_div(b.factor))
            .ok_or_else(|| UnitFault::TooLarge { number, unit: from.clone() })
    }
}

/// Why a number has no value in another unit.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum UnitFault {
    /// No such unit in the content.
    #[error("there is no unit `{0}`")]
    Unknown(UnitId),
    /// The two units measure different things.
    #[error("{from} cannot become {to}")]
    Mismatch {
        /// The unit had.
        from: UnitId,
        /// The unit wanted.
        to: UnitId,
    },
    /// The result has more digits than a decimal holds.
    #[error("{number} {unit} is too large")]
    TooLarge {
        /// The number.
        number: Decimal,
        /// Its unit.
        unit: UnitId,
    },
}

/// A number with its unit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Amount {
    /// The number, exact.
    pub number: Decimal,
    /// Its unit.
    pub unit: UnitId,
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.number.normalize(), self.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr;

    fn units() -> Units {
        let unit = |id: &str, dimension: &str, factor: &str| Unit {
            id: id.into(),
            dimension: Dimension::parse(dimension),
            factor: Decimal::from_str(factor).expect("a factor"),
            aliases: vec![],
        };
        Units::new([
            unit("元", "CNY", "1"),
            unit("万元", "CNY", "10000"),
            unit("亿元", "CNY", "100000000"),
            unit("万美元", "USD", "10000"),
            unit("平方米", "area", "1"),
            unit("万元/亩", "CNY/area", "15"),
        ])
        .expect("no unit twice")
    }

    #[test]
    fn conversion_is_exact() {
        // 18532.6 万元 / 10 000 = 1.85326 亿元
        let n = units()
            .convert(Decimal::new(185_326, 1), &"万元".into(), &"亿元".into())
            .expect("same dimension");
        assert_eq!(n.to_string(), "1.85326");
    }

    #[test]
    fn dollars_never_become_yuan() {
        let fault = units().convert(Decimal::ONE, &"万美元".into(), &"万元".into());
        assert_eq!(fault, Err(UnitFault::Mismatch { from: "万美元".into(), to: "万元".into() }));
    }

    #[test]
    fn dimensions_combine() {
        let (cny, area) = (Dimension::parse("CNY"), Dimension::parse("area"));
        assert_eq!(cny.combine(&area, -1), Dimension::parse("CNY/area"));
        assert!(cny.combine(&cny, -1).is_plain());
    }
}
