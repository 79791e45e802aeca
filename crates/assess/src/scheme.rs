//! Changes to a scheme, as path and value: what a simulation, a vector or a supplied number writes.
//!
//! ```text
//! tax_per_mu.weight=40            every group that has the indicator
//! above.tax_per_mu.benchmark=26   one group
//! *.cap=1.5                       every indicator
//! grades.A=0.25                   a line: share, or score where the scheme has scores
//! bonus.patents=2  bonus.patents.max=6  correction.industry=1.1  bonus_max=10
//! above.population.min_land=5  class.T.younger_than=2  decimals=1
//! ```
//!
//! Deliberately absent: writing a scheme back to its file.
//!
//! To add a path: an arm below.

use model::definition::{
    Base, Benchmark, Extra, Grades, Indicator, Method, MissingRule, Population, RankBy, Scheme, Setting,
    TieBreak, Ties, Until,
};
use rust_decimal::Decimal;

/// Why a change cannot be made.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ChangeFault {
    /// The path leads to nothing.
    #[error("there is nothing at {path}")]
    NoPath {
        /// As written.
        path: String,
    },
    /// The value is not one that can stand there.
    #[error("{value} cannot stand at {path}")]
    BadValue {
        /// As written.
        path: String,
        /// As written.
        value: String,
    },
}

/// What removes a cap, a floor or a limit.
const NONE: &str = "none";

/// A scheme with changes made in order.
///
/// # Errors
/// [`ChangeFault`] names the first change that cannot be made.
pub fn changed<'c>(
    scheme: &Scheme,
    changes: impl IntoIterator<Item = (&'c str, &'c str)>,
) -> Result<Scheme, ChangeFault> {
    let mut scheme = scheme.clone();
    for (path, value) in changes {
        change(&mut scheme, path, value)?;
    }
    Ok(scheme)
}

/// Makes one change.
fn change(scheme: &mut Scheme, path: &str, value: &str) -> Result<(), ChangeFault> {
    let parts: Vec<&str> = path.split('.').collect();
    let value = Value { path, text: value.trim() };
    let none = || ChangeFault::NoPath { path: path.to_owned() };
    match parts[..] {
        ["decimals"] => scheme.decimals = value.places()?,
        ["rank_by"] => {
            scheme.rank_by = value.word(&[("printed", RankBy::Printed), ("exact", RankBy::Exact)])?;
        }
        ["tie_break"] => {
            scheme.tie_break = value.word(&[("none", TieBreak::None), ("raw", TieBreak::Raw)])?;
        }
        ["bonus_max"] => scheme.bonus_max = value.optional()?,
        ["malus_max"] => scheme.malus_max = value.optional()?,
        ["correction", id] => {
            let found = scheme.corrections.iter_mut().find(|c| c.id == id).ok_or_else(none)?;
            found.factor = value.setting()?;
        }
        ["bonus", id, ref rest @ ..] => extra(&mut scheme.bonuses, id, rest, value)?,
        ["malus", id, ref rest @ ..] => extra(&mut scheme.maluses, id, rest, value)?,
        ["class", grade, "younger_than"] => {
            let found = scheme.classes.iter_mut().find(|c| c.grade.as_str() == grade).ok_or_else(none)?;
            found.younger_than = value.optional()?;
        }
        ["grades", key] => line(&mut scheme.grades, key, value)?,
        [group, "grades", key] => {
            let usual = scheme.grades.clone();
            let group = scheme.groups.iter_mut().find(|g| g.id.as_str() == group).ok_or_else(none)?;
            line(group.grades.get_or_insert(usual), key, value)?;
        }
        [group, "population", key] => {
            let group = scheme.groups.iter_mut().find(|g| g.id.as_str() == group).ok_or_else(none)?;
            population(&mut group.population, key, value)?;
        }
        [id, key] => indicators(scheme, None, id, key, value)?,
        [group, id, key] => indicators(scheme, Some(group), id, key, value)?,
        _ => return Err(none()),
    }
    Ok(())
}

/// A value with the path it is for.
#[derive(Clone, Copy)]
struct Value<'a> {
    path: &'a str,
    text: &'a str,
}

impl Value<'_> {
    fn bad(self) -> ChangeFault {
        ChangeFault::BadValue { path: self.path.to_owned(), value: self.text.to_owned() }
    }

    fn nowhere(self) -> ChangeFault {
        ChangeFault::NoPath { path: self.path.to_owned() }
    }

    fn setting(self) -> Result<Setting, ChangeFault> {
        let number: Decimal = self.text.parse().map_err(|_| self.bad())?;
        Ok(Setting::Is(number))
    }

    fn at_least_zero(self) -> Result<Setting, ChangeFault> {
        self.setting().and_then(|s| if s.known() < Some(Decimal::ZERO) { Err(self.bad()) } else { Ok(s) })
    }

    fn share(self) -> Result<Setting, ChangeFault> {
        self.at_least_zero()
            .and_then(|s| if s.known() > Some(Decimal::ONE) { Err(self.bad()) } else { Ok(s) })
    }

    fn optional(self) -> Result<Option<Setting>, ChangeFault> {
        if self.text == NONE { Ok(None) } else { self.setting().map(Some) }
    }

    fn optional_share(self) -> Result<Option<Decimal>, ChangeFault> {
        if self.text == NONE { Ok(None) } else { self.share().map(Setting::known) }
    }

    fn places(self) -> Result<u32, ChangeFault> {
        self.text.parse().ok().filter(|places| *places <= 10).ok_or_else(|| self.bad())
    }

    fn word<T: Copy>(self, words: &[(&str, T)]) -> Result<T, ChangeFault> {
        words.iter().find(|(word, _)| *word == self.text).map(|(_, is)| *is).ok_or_else(|| self.bad())
    }
}

fn extra(extras: &mut [Extra], id: &str, rest: &[&str], value: Value<'_>) -> Result<(), ChangeFault> {
    let found = extras.iter_mut().find(|e| e.id == id).ok_or_else(|| value.nowhere())?;
    match rest {
        [] => found.points = Some(value.at_least_zero()?),
        ["max"] => found.max = value.optional()?,
        _ => return Err(value.nowhere()),
    }
    Ok(())
}

/// Lines must go on falling: a share below the line above it, or above the line below it, is refused.
fn line(grades: &mut Grades, key: &str, value: Value<'_>) -> Result<(), ChangeFault> {
    match key {
        "base" => grades.base = value.word(&[("graded", Base::Graded), ("all", Base::All)])?,
        "ties" => grades.ties = value.word(&[("better", Ties::Better), ("worse", Ties::Worse)])?,
        grade => {
            let found =
                grades.lines.iter_mut().find(|l| l.grade.as_str() == grade).ok_or_else(|| value.nowhere())?;
            match &mut found.until {
                Until::Share(share) => *share = value.share()?,
                Until::Score(score) => *score = value.setting()?,
                Until::Rest => return Err(value.nowhere()),
            }
            let number = |until: &Until| match until {
                Until::Share(share) => share.known(),
                Until::Score(score) => score.known().map(|s| -s),
                Until::Rest => None,
            };
            let known: Vec<Decimal> = grades.lines.iter().filter_map(|l| number(&l.until)).collect();
            if known.windows(2).any(|pair| pair[0] > pair[1]) {
                return Err(value.bad());
            }
        }
    }
    Ok(())
}

fn population(population: &mut Population, key: &str, value: Value<'_>) -> Result<(), ChangeFault> {
    let field = match key {
        "min_land" => &mut population.min_land,
        "below_land" => &mut population.below_land,
        "min_floor" => &mut population.min_floor,
        "min_age" => &mut population.min_age,
        _ => return Err(value.nowhere()),
    };
    *field = value.optional()?;
    Ok(())
}

/// Changes every indicator that group and id name; none named is a fault.
fn indicators(
    scheme: &mut Scheme,
    group: Option<&str>,
    id: &str,
    key: &str,
    value: Value<'_>,
) -> Result<(), ChangeFault> {
    let groups = scheme.groups.iter_mut().filter(|g| group.is_none_or(|name| g.id.as_str() == name));
    let mut found = false;
    for indicator in groups.flat_map(|g| &mut g.indicators).filter(|i| id == "*" || i.id.as_str() == id) {
        found = true;
        self::indicator(indicator, key, value)?;
    }
    if found { Ok(()) } else { Err(value.nowhere()) }
}

fn indicator(indicator: &mut Indicator, key: &str, value: Value<'_>) -> Result<(), ChangeFault> {
    match (key, &mut indicator.method) {
        ("weight", _) => indicator.weight = value.at_least_zero()?,
        ("benchmark", _) => indicator.benchmark = benchmark(value)?,
        ("times", _) => match &mut indicator.benchmark {
            Benchmark::GroupMean { times } | Benchmark::PreviousMean { times } => {
                *times = value.at_least_zero()?;
            }
            Benchmark::Fixed(_) | Benchmark::None => return Err(value.nowhere()),
        },
        ("cap", _) => indicator.cap = value.optional()?,
        ("floor", _) => indicator.floor = value.optional()?,
        ("winsorise", _) => indicator.winsorise = value.optional_share()?,
        ("min_known", _) => indicator.min_known = value.optional_share()?,
        ("missing", _) => {
            indicator.missing = value.word(&[
                ("group_mean", MissingRule::GroupMean),
                ("zero", MissingRule::Zero),
                ("renormalise", MissingRule::Renormalise),
                ("not_evaluable", MissingRule::NotEvaluable),
            ])?;
        }
        ("base", Method::MinMax { base, .. }) => *base = value.share()?,
        ("min", Method::MinMax { min, .. }) => *min = value.optional()?,
        ("max", Method::MinMax { max, .. }) => *max = value.optional()?,
        _ => return Err(value.nowhere()),
    }
    Ok(())
}

fn benchmark(value: Value<'_>) -> Result<Benchmark, ChangeFault> {
    let times = Setting::Is(Decimal::ONE);
    match value.text {
        "group_mean" => Ok(Benchmark::GroupMean { times }),
        "previous_mean" => Ok(Benchmark::PreviousMean { times }),
        _ => match value.setting()? {
            Setting::Is(number) if number > Decimal::ZERO => Ok(Benchmark::Fixed(Setting::Is(number))),
            _ => Err(value.bad()),
        },
    }
}
