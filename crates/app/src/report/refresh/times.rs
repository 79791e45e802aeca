//! Words of time that people typed outside of controls: “2023年”, “2023年1—10月”, “二〇二三年”.
//!
//! When the month of a document moves, what plainly is its own month moves with a roll: a year with its months, and years in
//! headings, titles, headers and footers. A year in a sentence may be history, so it is told and left.
//!
//! Deliberately absent: days, quarters, “今年” and “去年”, which stay true. To read another form: `read`.

use std::ops::RangeInclusive;

use model::period::Month;
use office::docx::{Change, Line};
use serde::Serialize;
use utoipa::ToSchema;

use super::messages::{DASHES, DIGITS, MONTH, OTHER_ZEROS, YEAR};
use super::{PlaceOf, place};

/// Years that are read as such.
const YEARS: RangeInclusive<i16> = 1950..=2199;

/// A word of time outside of controls that speaks of the old month or year.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct TimeWord {
    /// Where.
    pub place: PlaceOf,
    /// What stands there.
    pub old: String,
    /// What it would be now.
    pub new: String,
    /// Whether it was changed, and marked yellow.
    pub changed: bool,
    #[serde(skip)]
    line: usize,
    #[serde(skip)]
    from: usize,
}

/// A word of time: where it ends, in bytes, and what it says.
struct Word {
    end: usize,
    year: Option<i16>,
    /// Whether the year is written in Chinese digits.
    chinese: bool,
    first: First,
    month: Option<i8>,
}

/// Finds the words of time that speak of the month before; a roll changes those that plainly do.
pub(super) fn find(lines: &[Line], (before, now): (Month, Month), roll: bool) -> Vec<TimeWord> {
    let mut found = Vec::new();
    if before == now {
        return found;
    }
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.number > 0) {
        let title = line.level.is_some() || !line.part.ends_with("document.xml");
        for (from, to) in line.loose.iter().copied() {
            let mut at = from;
            while at < to {
                let Some(word) = read(&line.text[at..to]) else {
                    at += line.text[at..].chars().next().map_or(1, char::len_utf8);
                    continue;
                };
                let old = &line.text[at..at + word.end];
                let open = line.text[..at].ends_with(|letter: char| letter.is_ascii_digit());
                if let Some((new, plain)) =
                    word.moved((before, now), title).filter(|(new, _)| !open && new != old)
                {
                    found.push(TimeWord {
                        place: place(lines, index, at, word.end),
                        old: old.to_owned(),
                        new,
                        changed: roll && plain,
                        line: index,
                        from: at,
                    });
                }
                at += word.end;
            }
        }
    }
    found
}

/// The changes of those that are changed.
pub(super) fn changes(words: &[TimeWord]) -> impl Iterator<Item = Change> {
    words.iter().filter(|word| word.changed).map(|word| Change::Prose {
        line: word.line,
        from: word.from,
        to: word.from + word.old.len(),
        text: word.new.clone(),
        highlight: true,
    })
}

impl Word {
    /// The word moved along, and whether it plainly is the document's own time; none when it speaks of another.
    fn moved(&self, (before, now): (Month, Month), title: bool) -> Option<(String, bool)> {
        let by = now.year() - before.year();
        match (self.year, self.month) {
            (Some(year), Some(month)) if (year, month) == (before.year(), before.month()) => {
                Some((self.written(Some(now.year()), Some(now.month())), true))
            }
            (None, Some(month)) if self.first.is_some() && month == before.month() => {
                Some((self.written(None, Some(now.month())), true))
            }
            (Some(year), None) if by != 0 && year == before.year() => {
                Some((self.written(Some(year + by), None), title))
            }
            // The year planned for, and the year compared with.
            (Some(year), None) if by != 0 && (year - before.year()).abs() == 1 => {
                Some((self.written(Some(year + by), None), title && year > before.year()))
            }
            _ => None,
        }
    }

    fn written(&self, year: Option<i16>, month: Option<i8>) -> String {
        let mut out = String::new();
        if let Some(year) = year {
            let digits = year.to_string();
            let chinese = |digit: char| DIGITS[digit.to_digit(10).unwrap_or(0) as usize];
            out.extend(digits.chars().map(|digit| if self.chinese { chinese(digit) } else { digit }));
            out.push(YEAR);
        }
        if let Some((first, dash)) = self.first {
            out.push_str(&first.to_string());
            out.push(dash);
        }
        if let Some(month) = month {
            out.push_str(&month.to_string());
            out.push(MONTH);
        }
        out
    }
}

/// The word of time a text begins with.
fn read(text: &str) -> Option<Word> {
    let (year, chinese, behind) = match year(text) {
        Some((year, chinese, length)) => (Some(year), chinese, length),
        None => (None, false, 0),
    };
    let months = months(&text[behind..]);
    match (year, months) {
        (None, None | Some((None, ..))) => None,
        (_, Some((first, month, length))) => {
            Some(Word { end: behind + length, year, chinese, first, month: Some(month) })
        }
        (Some(_), None) => Some(Word { end: behind, year, chinese, first: None, month: None }),
    }
}

/// A year of four digits with its sign, whether the digits are Chinese, and its length.
fn year(text: &str) -> Option<(i16, bool, usize)> {
    let (mut number, mut length, mut chinese) = (0_i16, 0, false);
    for letter in text.chars().take(4) {
        let own = DIGITS.iter().position(|digit| *digit == letter);
        let own = own.or_else(|| OTHER_ZEROS.contains(&letter).then_some(0));
        let digit = match (letter.to_digit(10), own) {
            (Some(digit), _) => i16::try_from(digit).ok()?,
            (None, Some(digit)) => {
                chinese = true;
                i16::try_from(digit).ok()?
            }
            (None, None) => return None,
        };
        number = number * 10 + digit;
        length += letter.len_utf8();
    }
    let good = text[length..].starts_with(YEAR) && YEARS.contains(&number);
    good.then_some((number, chinese, length + YEAR.len_utf8()))
}

/// The first month with its dash.
type First = Option<(i8, char)>;

/// `1—10月` or `10月`: the first month, the last one, the length.
fn months(text: &str) -> Option<(First, i8, usize)> {
    let (one, mut at) = month(text)?;
    let next = text[at..].chars().next()?;
    let mut first = None;
    let mut last = one;
    if DASHES.contains(&next) {
        at += next.len_utf8();
        let (number, length) = month(&text[at..])?;
        (first, last) = (Some((one, next)), number);
        at += length;
    }
    text[at..].starts_with(MONTH).then_some((first, last, at + MONTH.len_utf8()))
}

/// A month of one or two digits and its length.
fn month(text: &str) -> Option<(i8, usize)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text[..length].parse().ok().filter(|number| (1..=12).contains(number))?;
    (length <= 2).then_some((number, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, level: Option<u8>, roll: bool) -> Vec<String> {
        let month = |year, month| Month::new(year, month).expect("a month");
        let line = Line {
            part: "word/document.xml".to_owned(),
            number: 1,
            text: text.to_owned(),
            level,
            loose: vec![(0, text.len())],
        };
        let found = find(&[line], (month(2023, 10), month(2024, 10)), roll);
        found
            .into_iter()
            .map(|w| format!("{}>{}{}", w.old, w.new, if w.changed { "!" } else { "" }))
            .collect()
    }

    #[test]
    fn what_plainly_is_the_documents_own_time_moves() {
        assert_eq!(words("2023年1—10月，园区", None, true), ["2023年1—10月>2024年1—10月!"]);
        assert_eq!(words("截至2023年10月底", None, true), ["2023年10月>2024年10月!"]);
        assert_eq!(words("2023年获评省级园区", None, true), ["2023年>2024年"]);
        assert_eq!(words("一、2023年工作总结", Some(1), true), ["2023年>2024年!"]);
        assert_eq!(words("二、2024年工作思路", Some(1), true), ["2024年>2025年!"]);
        assert_eq!(words("比2022年多", Some(1), true), ["2022年>2023年"]);
        assert_eq!(words("二〇二三年总结", Some(1), true), ["二〇二三年>二〇二四年!"]);
        assert_eq!(words("二〇二三年总结", Some(1), false), ["二〇二三年>二〇二四年"]);
        // Other times, numbers that only look like years, and months of no year.
        assert_eq!(words("2019年、2023年3月、12023年、5月、1—10月", None, true), Vec::<String>::new());
    }
}
