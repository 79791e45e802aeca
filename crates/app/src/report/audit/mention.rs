//! The numbers of a document, each with what stands around it.
//!
//! A number keeps its printed places, its unit, its direction and its qualifier. Around it stands the *skeleton* of its
//! sentence: the same text with every number as `#` and every word of direction as `±`, so that a sentence is known again
//! after its numbers moved. Deliberately absent: what a number means. To read another qualifier: a word in `messages`.

use model::unit::Units;
use office::docx::Paragraph;
use rust_decimal::Decimal;

use super::messages as words;

/// How a number limits the truth.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    /// The number itself.
    Exact,
    /// 以上, 多, 余: no less than.
    AtLeast,
    /// 超: more than.
    MoreThan,
    /// 近: a little less than.
    Nearly,
    /// 约: about.
    About,
}

/// A number in a text.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Spoken {
    /// First byte of its digits.
    pub start: usize,
    /// First byte behind its digits.
    pub digits_end: usize,
    /// First byte behind its unit and qualifier.
    pub end: usize,
    pub number: Decimal,
    pub unit: Option<String>,
    /// −1, +1 when a word or sign of direction stands before it.
    pub direction: Option<i8>,
    pub qualifier: Qualifier,
}

/// A number with its place.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// Index of the paragraph in the whole document.
    pub paragraph: usize,
    pub spoken: Spoken,
    /// Skeleton before it, nearest character first.
    pub left: Vec<char>,
    /// Skeleton behind it.
    pub right: Vec<char>,
}

/// Most characters of context that count on each side.
const CONTEXT: usize = 40;

/// Every number of a text from left to right.
pub(super) fn numbers(text: &str, units: &Units) -> Vec<Spoken> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let before = text[..at].chars().next_back();
        let glued = before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.');
        if let Some(spoken) = (!glued).then(|| number_at(text, at, units)).flatten() {
            at = spoken.end.max(spoken.digits_end);
            found.push(spoken);
        } else {
            at += letter.len_utf8();
        }
    }
    found
}

fn number_at(text: &str, at: usize, units: &Units) -> Option<Spoken> {
    let rest = &text[at..];
    let ascii = rest.starts_with(|c: char| c.is_ascii_digit());
    let (number, length) = if ascii { digits(rest)? } else { numeral(rest)? };
    let digits_end = at + length;
    let mut end = digits_end;
    let mut qualifier = Qualifier::Exact;
    let take = |end: &mut usize, known: &[&str]| {
        let word = known.iter().find(|word| text[*end..].starts_with(**word));
        *end += word.map_or(0, |word| word.len());
        word.is_some()
    };
    if ascii && take(&mut end, words::AND_MORE) {
        qualifier = Qualifier::AtLeast;
    }
    let unit = unit_at(&text[end..], units);
    end += unit.map_or(0, str::len);
    if !ascii && unit.is_none_or(|unit| !counts(unit, units)) {
        return None;
    }
    if take(&mut end, words::AT_LEAST) || take(&mut end, words::AND_MORE) {
        qualifier = Qualifier::AtLeast;
    }
    let before = &text[..at];
    for (known, meaning) in [
        (words::MORE_THAN, Qualifier::MoreThan),
        (words::NEARLY, Qualifier::Nearly),
        (words::ABOUT, Qualifier::About),
    ] {
        if known.iter().any(|word| before.ends_with(word)) {
            qualifier = meaning;
        }
    }
    let unit = unit.map(|unit| if unit == words::WIDE_PERCENT { "%" } else { unit }.to_owned());
    Some(Spoken { start: at, digits_end, end, number, unit, direction: direction(before), qualifier })
}

/// ASCII digits with thousands separators and one point.
fn digits(text: &str) -> Option<(Decimal, usize)> {
    let letters: Vec<char> =
        text.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    let mut length = letters.len();
    while length > 0 && !letters[length - 1].is_ascii_digit() {
        length -= 1;
    }
    let plain: String = letters[..length].iter().filter(|c| **c != ',').collect();
    Some((plain.parse().ok()?, length))
}

/// Chinese numerals up to 99: `三`, `两`, `十二`.
fn numeral(text: &str) -> Option<(Decimal, usize)> {
    let digit = |c: char| words::DIGITS.chars().position(|d| d == c).or((c == '两').then_some(2));
    let (mut tens, mut ones, mut length) = (None, None, 0);
    for letter in text.chars() {
        match digit(letter) {
            Some(value) if ones.is_none() => ones = Some(value),
            None if letter == '十' && tens.is_none() => tens = Some(ones.take().unwrap_or(1)),
            _ => break,
        }
        length += letter.len_utf8();
    }
    (length > 0).then(|| (Decimal::from(tens.unwrap_or(0) * 10 + ones.unwrap_or(0)), length))
}

/// Whether things are counted in it: numerals stand before such words only.
fn counts(unit: &str, units: &Units) -> bool {
    unit == words::QUARTER || units.find(unit).is_some_and(|unit| unit.factor == Decimal::ONE)
}

/// The longest unit a text begins with.
fn unit_at<'t>(text: &'t str, units: &Units) -> Option<&'t str> {
    let own = units
        .iter()
        .flat_map(|unit| std::iter::once(unit.id.as_str()).chain(unit.aliases.iter().map(String::as_str)));
    let others = words::POINTS.iter().chain(words::OTHER_UNITS).copied();
    let longest = own.chain(others).filter(|unit| text.starts_with(unit)).map(str::len).max()?;
    text.get(..longest)
}

fn direction(before: &str) -> Option<i8> {
    if before.ends_with(['-', '−']) {
        return Some(-1);
    }
    let ends = |known: &[&str]| known.iter().any(|word| before.ends_with(word));
    if ends(words::DOWN) { Some(-1) } else { ends(words::UP).then_some(1) }
}

/// Every number of a document with its context; a cell's context begins with the heads of its column and row.
pub(super) fn mentions(paragraphs: &[Paragraph], units: &Units) -> Vec<Mention> {
    let mut found = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let text = paragraph.text.as_str();
        let spoken = numbers(text, units);
        let heads = heads(paragraphs, paragraph);
        for number in &spoken {
            let before = format!("{heads}{}", skeleton(text, 0, number.start, &spoken));
            let behind = skeleton(text, number.end, text.len(), &spoken);
            found.push(Mention {
                paragraph: index,
                spoken: number.clone(),
                left: before.chars().rev().take(CONTEXT).collect(),
                right: behind.chars().take(CONTEXT).collect(),
            });
        }
    }
    found
}

/// What heads the column and the row of a cell.
fn heads(paragraphs: &[Paragraph], cell: &Paragraph) -> String {
    let Some((table, row, column)) = cell.in_table else { return String::new() };
    let text_of = |place| {
        paragraphs
            .iter()
            .find(|p| p.part == cell.part && p.in_table == Some(place))
            .map_or("", |p| p.text.as_str())
    };
    format!("{}|{}|", text_of((table, 0, column)), text_of((table, row, 0)))
}

/// The text from one byte to another, numbers as `#`, directions as `±`, without blanks.
fn skeleton(text: &str, from: usize, to: usize, numbers: &[Spoken]) -> String {
    let mut out = String::new();
    let mut at = from;
    for number in numbers.iter().filter(|number| number.start >= from && number.end <= to) {
        out.push_str(&text[at..number.start]);
        out.push('#');
        at = number.end;
    }
    out.push_str(text.get(at..to).unwrap_or_default());
    for word in words::DOWN.iter().chain(words::UP) {
        out = out.replace(word, "±");
    }
    out.retain(|letter| !letter.is_whitespace());
    out
}

/// How many characters two contexts share, nearest first.
pub(super) fn shared(a: &[char], b: &[char]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::unit::{Dimension, Unit};

    #[test]
    fn numbers_carry_unit_direction_and_qualifier() {
        let unit = |id: &str, dimension: &str, factor: &str| Unit {
            id: id.into(),
            dimension: Dimension::parse(dimension),
            factor: factor.parse().expect("a factor"),
            aliases: vec![],
        };
        let units = Units::new([
            unit("亿元", "CNY", "100000000"),
            unit("家", "count", "1"),
            unit("平方米", "area", "3"),
            unit("%", "ratio", "0.01"),
        ])
        .expect("no unit twice");
        let read = |text: &str| -> Vec<String> {
            numbers(text, &units)
                .iter()
                .map(|n| {
                    let unit = n.unit.as_deref().unwrap_or("-");
                    format!("{} {unit} {:?} {:?}", n.number, n.direction.unwrap_or(0), n.qualifier)
                })
                .collect()
        };
        assert_eq!(
            read("1—10月，产值112.28亿元，同比下降3.4%"),
            ["1 - 0 Exact", "10 月 0 Exact", "112.28 亿元 0 Exact", "3.4 % -1 Exact"]
        );
        assert_eq!(read("三家，十二家，一般"), ["3 家 0 Exact", "12 家 0 Exact"]);
        assert_eq!(read("8,990多平方米、61%以上"), ["8990 平方米 0 AtLeast", "61 % 0 AtLeast"]);
        assert_eq!(
            read("近27家，约3个百分点，超5家"),
            ["27 家 0 Nearly", "3 个百分点 0 About", "5 家 0 MoreThan"]
        );
        assert_eq!(read("GB9704，V1.2"), Vec::<String>::new());
    }
}
