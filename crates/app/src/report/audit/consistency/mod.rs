//! Whether a document agrees with itself, whatever the ledger says.
//!
//! Five kinds of check, each a function from the text to conflicts: parts and their whole in sentences and tables (`sums`),
//! growth, differences, shares and completion computed again from the values beside them (`rates`), words of direction and
//! order (`claims`), the same figure stated twice (`twice`). A printed number stands for everything that rounds to it, so a
//! check speaks only when no such values agree; where it is not plain whose parts or whose base a number is, it is silent.
//!
//! Deliberately absent: the ledger. To add a check: a function of [`Text`] beside these, called in [`conflicts`].

mod claims;
mod messages;
mod rates;
mod sums;
#[cfg(test)]
mod tests;
mod twice;

use std::ops::Range;

use model::unit::Units;
use model::wording::number::{Rounding, round};
use office::docx::Paragraph;
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use super::messages::reading;
use super::quantity::{Kind, Qualifier, Spoken, is_rate, numbers};
use super::{Item, numbered, sentence};
use messages as words;

/// What kind of contradiction within a document.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConflictKind {
    /// Parts and their total.
    Sum,
    /// The same figure twice.
    Twice,
    /// A word of direction and the numbers it is about.
    Claim,
    /// A growth, difference, share or completion and the values it is of.
    Percent,
    /// An order by size that is none.
    Order,
}

/// A contradiction within a document.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Conflict {
    /// Its kind.
    pub kind: ConflictKind,
    /// What is wrong, in a sentence.
    pub message: String,
    /// The numbers that contradict each other, the doubtful one last.
    pub at: Vec<Spot>,
}

/// A number of a document in its sentence.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Spot {
    /// The part of the file.
    pub part: String,
    /// The paragraph of the part, from 1; for texts the line.
    pub paragraph: usize,
    /// Where in the paragraph, in characters from 0.
    pub at: usize,
    /// What stands there.
    pub text: String,
    /// The sentence.
    pub sentence: String,
}

/// A document as the checks read it.
pub(super) struct Text<'a> {
    paragraphs: &'a [Paragraph],
    /// The number of each paragraph within its part.
    numbered: Vec<usize>,
    /// The numbers of each paragraph.
    numbers: Vec<Vec<Spoken>>,
    units: &'a Units,
}

/// Everything in which a document contradicts itself, from top to bottom.
pub(super) fn conflicts(paragraphs: &[Paragraph], items: &[Item], units: &Units) -> Vec<Conflict> {
    let text = Text {
        paragraphs,
        numbered: numbered(paragraphs),
        numbers: paragraphs.iter().map(|paragraph| numbers(&paragraph.text, units)).collect(),
        units,
    };
    let mut found = sums::sentences(&text);
    found.extend(sums::tables(&text));
    found.extend(rates::sentences(&text));
    found.extend(claims::headings(&text));
    found.extend(claims::sentences(&text));
    found.extend(twice::stated(&text, items));
    let order: Vec<(&str, usize)> =
        paragraphs.iter().zip(&text.numbered).map(|(p, n)| (p.part.as_str(), *n)).collect();
    let place = |conflict: &Conflict| {
        let last = conflict.at.last()?;
        order.iter().position(|place| *place == (last.part.as_str(), last.paragraph))
    };
    found.sort_by_cached_key(place);
    found
}

/// What a printed number may stand for, in the base unit of its dimension.
#[derive(Clone, Copy, Debug)]
struct Span {
    low: Decimal,
    /// As printed.
    value: Decimal,
    high: Decimal,
}

impl Span {
    fn meets(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    fn plus(self, other: Self) -> Self {
        Self { low: self.low + other.low, value: self.value + other.value, high: self.high + other.high }
    }

    fn negated(self) -> Self {
        Self { low: -self.high, value: -self.value, high: -self.low }
    }

    fn minus(self, other: Self) -> Self {
        self.plus(other.negated())
    }

    /// A hundred times the quotient, where the divisor is above zero.
    fn percent_of(self, whole: Self) -> Option<Self> {
        let quotient = |a: Decimal, b: Decimal| a.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(b);
        if whole.low <= Decimal::ZERO || self.low < Decimal::ZERO {
            return None;
        }
        Some(Self {
            low: quotient(self.low, whole.high)?,
            value: quotient(self.value, whole.value)?,
            high: quotient(self.high, whole.low)?,
        })
    }
}

impl Text<'_> {
    /// The sentences of a paragraph with the numbers in them; a cell has none.
    fn sentences(&self, paragraph: usize) -> Vec<Sentence<'_>> {
        let whole = self.paragraphs[paragraph].text.as_str();
        let mut found = Vec::new();
        let mut from = 0;
        for part in whole.split_inclusive(words::ENDS) {
            let range = from..from + part.len();
            from = range.end;
            let numbers = self.numbers[paragraph].iter().filter(|n| range.contains(&n.start)).collect();
            found.push(Sentence { text: self, paragraph, whole, range, numbers });
        }
        found
    }

    /// All sentences outside of tables.
    fn all(&self) -> impl Iterator<Item = Sentence<'_>> {
        let prose = (0..self.paragraphs.len()).filter(|at| self.paragraphs[*at].in_table.is_none());
        prose.flat_map(|paragraph| self.sentences(paragraph))
    }

    fn factor(&self, number: &Spoken) -> Decimal {
        let unit = number.unit.as_deref().and_then(|unit| self.units.find(unit));
        unit.filter(|unit| !unit.dimension.is_plain()).map_or(Decimal::ONE, |unit| unit.factor)
    }

    /// What a number may stand for; nothing when it is qualified.
    fn span(&self, number: &Spoken) -> Option<Span> {
        (number.qualifier == Qualifier::Exact).then(|| self.around(number))?
    }

    /// As [`Text::span`], whatever qualifies the number.
    fn around(&self, number: &Spoken) -> Option<Span> {
        let factor = self.factor(number);
        let half = number.step / Decimal::TWO;
        let scaled = |value: Decimal| value.checked_mul(factor);
        Some(Span {
            low: scaled(number.number - half)?,
            value: scaled(number.number)?,
            high: scaled(number.number + half)?,
        })
    }

    /// As [`Text::span`], negative where the number is one of a fall.
    fn signed(&self, number: &Spoken) -> Option<Span> {
        self.span(number).map(|span| turned(span, number))
    }

    /// Whether two numbers can be added up.
    fn alike(&self, a: &Spoken, b: &Spoken) -> bool {
        let (Some(first), Some(second)) = (a.unit.as_deref(), b.unit.as_deref()) else { return false };
        if first == second {
            return true;
        }
        // 万元 and 亿元, but not 件 and 起: the thing that is counted is the same.
        let kind = |unit: &str| unit.chars().next_back();
        match (self.units.find(first), self.units.find(second)) {
            (Some(a), Some(b)) => {
                a.dimension == b.dimension
                    && !a.dimension.is_plain()
                    && kind(a.id.as_str()) == kind(b.id.as_str())
            }
            _ => false,
        }
    }

    fn spot(&self, paragraph: usize, range: Range<usize>) -> Spot {
        let Paragraph { part, text, .. } = &self.paragraphs[paragraph];
        Spot {
            part: part.clone(),
            paragraph: self.numbered[paragraph],
            at: text[..range.start].chars().count(),
            sentence: sentence(text, range.start).to_owned(),
            text: text[range].to_owned(),
        }
    }

    /// A value in the unit and with the places of a printed number.
    fn print(&self, value: Decimal, like: &Spoken) -> String {
        let places = like.number.scale();
        let number = round(value / self.factor(like), places, Rounding::HalfUp);
        format!("{number}{}", like.unit.as_deref().unwrap_or_default())
    }
}

/// Whether a number is an amount: neither time nor a rate.
fn amount(number: &Spoken) -> bool {
    number.kind == Kind::Figure && number.unit.as_deref().is_some_and(|unit| !is_rate(unit))
}

/// Negative where a number is one of a fall.
fn turned(span: Span, number: &Spoken) -> Span {
    if number.direction == Some(-1) { span.negated() } else { span }
}

fn percent(number: &Spoken) -> bool {
    number.unit.as_deref() == Some("%")
}

fn points(number: &Spoken) -> bool {
    number.unit.as_deref().is_some_and(|unit| reading::POINTS.contains(&unit))
}

/// A sentence with its numbers; bytes are those of the paragraph.
struct Sentence<'t> {
    text: &'t Text<'t>,
    paragraph: usize,
    whole: &'t str,
    range: Range<usize>,
    numbers: Vec<&'t Spoken>,
}

impl<'t> Sentence<'t> {
    fn said(&self) -> &'t str {
        &self.whole[self.range.clone()]
    }

    /// A number as printed, its unit included.
    fn shown(&self, number: &Spoken) -> &'t str {
        &self.whole[number.start..number.end]
    }

    /// What stands before a number within its clause.
    fn clause_before(&self, number: &Spoken) -> &'t str {
        let before = &self.whole[self.range.start..number.start];
        let from = before
            .rfind(words::STOPS)
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
        &before[from..]
    }

    fn between(&self, a: &Spoken, b: &Spoken) -> &'t str {
        self.whole.get(a.end..b.start).unwrap_or_default()
    }

    fn conflict(&self, kind: ConflictKind, message: String, numbers: &[&Spoken]) -> Conflict {
        let spot = |n: &&Spoken| self.text.spot(self.paragraph, n.start..n.end);
        Conflict { kind, message, at: numbers.iter().map(spot).collect() }
    }
}

fn ends_with(text: &str, known: &[&str]) -> bool {
    let text = text.trim_end();
    known.iter().any(|word| text.ends_with(word))
}

fn holds(text: &str, known: &[&str]) -> bool {
    known.iter().any(|word| text.contains(word))
}
