//! How a piece of a figure is printed: in which unit, with how many places, as a number, in words, as a list.
//!
//! A piece keeps its exact value to the end; rounding happens once, here. What has no value prints its reason, never
//! zero and never nothing.
//!
//! Deliberately absent: what the value is. To add a filter: a field of [`Style`], an arm in [`Style::with`], its use in
//! [`show`], a line in `grammar::FILTERS` and a row in `content/README.md`.

use figures::Growth;
use model::id::UnitId;
use model::unit::Units;
use model::wording::number::{self as say, Rounding};
use rust_decimal::Decimal;

use super::grammar::{TagFault, fault};
use super::messages;

/// One part of a figure, exact.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Piece {
    /// A number with its unit.
    Number {
        number: Decimal,
        unit: Option<UnitId>,
        /// Places it is printed with when the slot says nothing.
        places: u32,
        /// Whether zeros at the end are left out.
        trim: bool,
    },
    /// A change.
    Growth(Growth),
    /// A month, year, quarter or rank.
    Whole(i64),
    /// How many.
    Count(u64),
    /// A text.
    Text(String),
    /// Names in order.
    Names(Vec<String>),
    /// Nothing: why, and what to do.
    Blank { reason: String, hint: String },
}

/// What a piece can be, as far as the definitions tell before any data is seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum PieceKind {
    /// A number in this unit.
    Number(Option<UnitId>),
    /// A change.
    Growth,
    /// A month, year, quarter, rank or count.
    Whole,
    /// A text.
    Text,
    /// Names.
    Names,
    /// A number without unit, a text or a list: only the data tells.
    Any,
}

/// How a slot wants it printed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Style {
    unit: Option<UnitId>,
    places: Option<u32>,
    rounding: Rounding,
    abs: bool,
    form: Form,
    separator: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Form {
    #[default]
    Plain,
    Words,
    Signed,
    Chinese,
}

/// A printed piece.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Shown {
    /// The text in the document.
    pub text: String,
    /// The exact value behind it, before rounding, in `unit`.
    pub exact: String,
    /// The unit of the exact value.
    pub unit: Option<UnitId>,
}

/// Places of rates when nothing else is said: official releases print one.
pub(super) const RATE_PLACES: u32 = 1;
/// Most places a slot may ask for.
const MAX_PLACES: u32 = 8;

impl Style {
    /// The style with one more filter; refused when it cannot apply to such a piece.
    pub fn with(
        mut self,
        filter: &str,
        argument: Option<&str>,
        kind: &PieceKind,
        units: &Units,
    ) -> Result<Self, TagFault> {
        use PieceKind::{Any, Growth, Names, Number, Whole};
        let fits = match filter {
            "yi" | "wan" | "unit" => matches!(kind, Number(Some(_))),
            "dp" | "floor" | "ceil" | "abs" | "signed" => matches!(kind, Number(_) | Growth | Any),
            "words" => match kind {
                Number(Some(unit)) => units.get(unit.as_str()).is_some_and(|unit| unit.dimension.is_plain()),
                other => matches!(other, Growth | Number(None) | Any),
            },
            "cn" => matches!(kind, Number(_) | Whole | Any),
            "join" => matches!(kind, Names | Any),
            _ => false,
        };
        if !fits {
            return Err(fault(messages::filter_does_not_fit(filter)));
        }
        match (filter, kind) {
            ("yi", Number(Some(unit))) => {
                self.unit = Some(scaled_unit(unit, Decimal::from(100_000_000), units)?);
            }
            ("wan", Number(Some(unit))) => self.unit = Some(scaled_unit(unit, Decimal::from(10_000), units)?),
            ("unit", Number(Some(unit))) => {
                self.unit = Some(other_unit(unit, argument.unwrap_or_default(), units)?);
            }
            ("dp", _) => {
                let places =
                    argument.and_then(|text| text.parse().ok()).filter(|places| *places <= MAX_PLACES);
                self.places = Some(places.ok_or_else(|| fault(messages::bad_places(MAX_PLACES)))?);
            }
            ("floor", _) => self.rounding = Rounding::Floor,
            ("ceil", _) => self.rounding = Rounding::Ceil,
            ("abs", _) => self.abs = true,
            ("words", _) => self.form = Form::Words,
            ("signed", _) => self.form = Form::Signed,
            ("cn", _) => self.form = Form::Chinese,
            ("join", _) => self.separator = argument.map(str::to_owned),
            _ => {}
        }
        Ok(self)
    }

    /// The places to print: asked for, or 0 after `floor` and `ceil`, or the usual.
    fn places(&self, usual: u32) -> u32 {
        self.places.unwrap_or(if self.rounding == Rounding::HalfUp { usual } else { 0 })
    }
}

/// The unit of the same dimension that is `factor` base units: 亿元 or 万元 for money, 万平方米 for areas.
fn scaled_unit(from: &UnitId, factor: Decimal, units: &Units) -> Result<UnitId, TagFault> {
    let none = || fault(messages::no_such_scale(from.as_str()));
    let own = units.get(from.as_str()).ok_or_else(none)?;
    let shared =
        |id: &str| id.chars().rev().zip(from.as_str().chars().rev()).take_while(|(a, b)| a == b).count();
    let candidates = units.iter().filter(|unit| unit.dimension == own.dimension && unit.factor == factor);
    candidates.max_by_key(|unit| shared(unit.id.as_str())).map(|unit| unit.id.clone()).ok_or_else(none)
}

fn other_unit(from: &UnitId, to: &str, units: &Units) -> Result<UnitId, TagFault> {
    let found = units.get(to).ok_or_else(|| fault(messages::unknown_unit(to)))?;
    let own = units.get(from.as_str());
    if own.is_some_and(|own| own.dimension == found.dimension) {
        Ok(found.id.clone())
    } else {
        Err(fault(messages::other_dimension(from.as_str(), to)))
    }
}

/// Prints a piece, or says why it cannot be printed: the reason and the hint.
pub(super) fn show(piece: &Piece, style: &Style, units: &Units) -> Result<Shown, (String, String)> {
    match piece {
        Piece::Blank { reason, hint } => Err((reason.clone(), hint.clone())),
        Piece::Text(text) if text.trim().is_empty() => Err(messages::empty_text()),
        Piece::Text(text) => Ok(Shown { text: text.clone(), exact: text.clone(), unit: None }),
        Piece::Names(names) if names.is_empty() => Err(messages::no_names()),
        Piece::Names(names) => {
            let exact = say::join(names);
            let text =
                style.separator.as_ref().map_or_else(|| exact.clone(), |separator| names.join(separator));
            Ok(Shown { text, exact, unit: None })
        }
        Piece::Whole(number) => show_whole(*number, style),
        Piece::Count(count) => {
            let text =
                if style.form == Form::Chinese { say::chinese_count(*count) } else { count.to_string() };
            Ok(Shown { text, exact: count.to_string(), unit: None })
        }
        Piece::Growth(growth) => show_growth(*growth, style),
        Piece::Number { number, unit, places, trim } => {
            let shown = Measured { number: *number, unit: unit.as_ref(), places: *places, trim: *trim };
            shown.show(style, units)
        }
    }
}

fn show_whole(number: i64, style: &Style) -> Result<Shown, (String, String)> {
    let text = match (style.form, u64::try_from(number)) {
        (Form::Chinese, Ok(number)) => say::chinese_number(number),
        (Form::Chinese, Err(_)) => return Err(messages::not_whole()),
        _ => number.to_string(),
    };
    Ok(Shown { text, exact: number.to_string(), unit: None })
}

fn show_growth(growth: Growth, style: &Style) -> Result<Shown, (String, String)> {
    let places = style.places(RATE_PLACES);
    let exact = match growth {
        Growth::Percent(n) | Growth::Points(n) => n.normalize().to_string(),
        Growth::Turn(turn) => say::say_turn(turn).to_owned(),
    };
    let text = match (style.form, growth.number()) {
        (Form::Words, _) => say::say_growth(growth, places),
        (_, None) => return Err(messages::growth_has_no_number(&exact)),
        (form, Some(number)) => plain(number, places, style, form, false),
    };
    Ok(Shown { text, exact, unit: None })
}

struct Measured<'p> {
    number: Decimal,
    unit: Option<&'p UnitId>,
    places: u32,
    trim: bool,
}

impl Measured<'_> {
    fn show(&self, style: &Style, units: &Units) -> Result<Shown, (String, String)> {
        let mut usual = self.places;
        let mut number = self.number;
        if let (Some(from), Some(to)) = (self.unit, &style.unit) {
            number = units.convert(number, from, to).map_err(|_| messages::too_large())?;
            usual = places_in(self.places, from, to, units);
        }
        let places = style.places(usual);
        let text = match style.form {
            Form::Words => say::say_growth(Growth::Percent(number), places),
            Form::Chinese => {
                let whole = say::round(number, 0, style.rounding);
                if style.rounding == Rounding::HalfUp && whole != number {
                    return Err(messages::not_whole());
                }
                u64::try_from(whole).map(say::chinese_count).map_err(|_| messages::not_whole())?
            }
            form => plain(number, places, style, form, self.trim && style.places.is_none()),
        };
        let unit = style.unit.as_ref().or(self.unit).cloned();
        Ok(Shown { text, exact: number.normalize().to_string(), unit })
    }
}

fn plain(number: Decimal, places: u32, style: &Style, form: Form, trim: bool) -> String {
    let number = if style.abs { number.abs() } else { number };
    let mut rounded = say::round(number, places, style.rounding);
    if trim {
        rounded = rounded.normalize();
    }
    let sign = if form == Form::Signed && rounded > Decimal::ZERO { "+" } else { "" };
    format!("{sign}{rounded}")
}

/// Places in another unit: a larger unit keeps at least two, a smaller one drops what it no longer needs.
fn places_in(places: u32, from: &UnitId, to: &UnitId, units: &Units) -> u32 {
    let factor = |id: &UnitId| units.get(id.as_str()).map_or(Decimal::ONE, |unit| unit.factor);
    let (own, wanted) = (factor(from), factor(to));
    match own.cmp(&wanted) {
        std::cmp::Ordering::Equal => places,
        std::cmp::Ordering::Less => places.max(2),
        std::cmp::Ordering::Greater => {
            let mut steps = 0;
            let mut step = wanted;
            while step < own && steps < places {
                step *= Decimal::TEN;
                steps += 1;
            }
            places - steps
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use figures::Turn;
    use model::unit::{Dimension, Unit};

    fn units() -> Units {
        let unit = |id: &str, dimension: &str, factor: &str| Unit {
            id: id.into(),
            dimension: Dimension::parse(dimension),
            factor: factor.parse().expect("a factor"),
            aliases: vec![],
        };
        Units::new([
            unit("元", "CNY", "1"),
            unit("万元", "CNY", "10000"),
            unit("亿元", "CNY", "100000000"),
            unit("平方米", "area", "1"),
            unit("公顷", "area", "10000"),
            unit("万平方米", "area", "10000"),
            unit("%", "ratio", "0.01"),
        ])
        .expect("no unit twice")
    }

    fn number(text: &str, unit: &str, places: u32) -> Piece {
        Piece::Number {
            number: text.parse().expect("a number"),
            unit: Some(unit.into()),
            places,
            trim: false,
        }
    }

    fn kind(piece: &Piece) -> PieceKind {
        match piece {
            Piece::Number { unit, .. } => PieceKind::Number(unit.clone()),
            Piece::Growth(_) => PieceKind::Growth,
            Piece::Whole(_) | Piece::Count(_) => PieceKind::Whole,
            Piece::Text(_) => PieceKind::Text,
            Piece::Names(_) => PieceKind::Names,
            Piece::Blank { .. } => PieceKind::Any,
        }
    }

    /// Prints `piece` through filters such as `wan dp:1`.
    fn check(piece: &Piece, filters: &str, expect: &str) {
        let units = units();
        let style = filters.split_whitespace().try_fold(Style::default(), |style, filter| {
            let (name, argument) =
                filter.split_once(':').map_or((filter, None), |(name, rest)| (name, Some(rest)));
            style.with(name, argument, &kind(piece), &units)
        });
        let found = match style {
            Err(_) => "refused".to_owned(),
            Ok(style) => show(piece, &style, &units).map_or_else(|_| "blank".to_owned(), |shown| shown.text),
        };
        assert_eq!(found, expect, "{piece:?} {filters}");
    }

    #[test]
    fn numbers_change_their_unit_exactly() {
        // 18 532.65 万元 = 1.853265 亿元; half up: 1.85, one place 1.9, up 2.
        let output = number("18532.65", "万元", 1);
        check(&output, "", "18532.7");
        check(&output, "yi", "1.85");
        check(&output, "yi dp:1", "1.9");
        check(&output, "yi ceil", "2");
        check(&output, "wan floor", "18532");
        check(&output, "unit:元", "185326500");
        check(&output, "unit:平方米", "refused");
        check(&output, "words", "refused");
        // 12.3456 亿元 = 123456 万元
        check(&number("12.3456", "亿元", 2), "wan", "123456");
        // 35 000 m² is 3.50 in ten thousands, not in hectares.
        check(&number("35000", "平方米", 0), "wan", "3.50");
    }

    #[test]
    fn growth_is_words_or_a_number() {
        check(&Piece::Growth(Growth::Percent("-3.25".parse().expect("a number"))), "words", "下降3.3%");
        check(&Piece::Growth(Growth::Percent("-3.25".parse().expect("a number"))), "", "-3.3");
        check(&Piece::Growth(Growth::Percent("-3.25".parse().expect("a number"))), "abs", "3.3");
        check(&Piece::Growth(Growth::Percent("3.25".parse().expect("a number"))), "signed", "+3.3");
        check(&Piece::Growth(Growth::Turn(Turn::IntoProfit)), "words", "扭亏为盈");
        // Words where a number was asked for would read “扭亏为盈%”.
        check(&Piece::Growth(Growth::Turn(Turn::IntoProfit)), "", "blank");
        check(&number("5.68", "%", 1), "words", "增长5.7%");
        check(&number("49.8", "%", 1), "floor", "49");
    }

    #[test]
    fn counts_names_and_blanks() {
        check(&Piece::Whole(2), "cn", "二");
        check(&Piece::Count(2), "cn", "两");
        check(&Piece::Count(2), "", "2");
        check(&number("4", "平方米", 0), "cn", "四");
        check(&number("4.5", "平方米", 1), "cn", "blank");
        check(&Piece::Names(vec!["甲".into(), "乙".into()]), "", "甲、乙");
        check(&Piece::Names(vec!["甲".into(), "乙".into()]), "join:》《", "甲》《乙");
        check(&Piece::Names(vec![]), "", "blank");
        check(&Piece::Whole(3), "join:、", "refused");
        check(&number("4", "平方米", 0), "dp:99", "refused");
    }
}
