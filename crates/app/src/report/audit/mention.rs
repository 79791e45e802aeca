//! The numbers of a document, each with what stands around it.
//!
//! Around a number stands the *skeleton* of its sentence: the same text with every number as `#` and every word of
//! direction as `±`, so that a sentence is known again after its numbers moved. Deliberately absent: how numbers are read
//! (`quantity`) and what they mean.

use std::collections::HashMap;

use model::unit::Units;
use office::docx::Paragraph;

use super::messages::{meaning, reading};
use super::quantity::{Spoken, numbers};

/// A number with its place.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// Index of the paragraph in the whole document.
    pub paragraph: usize,
    pub spoken: Spoken,
    /// Which number of its paragraph.
    pub nth: usize,
    /// What heads it, when it stands in a table.
    pub heads: Option<Heads>,
    /// Skeleton before it, nearest character first.
    pub left: Vec<char>,
    /// Skeleton behind it.
    pub right: Vec<char>,
}

/// Most characters of context that count on each side.
const CONTEXT: usize = 40;

/// Every number of a document with its context; a cell's context begins with the heads of its column and row.
pub(super) fn mentions(paragraphs: &[Paragraph], units: &Units) -> Vec<Mention> {
    let cells = Cells::of(paragraphs);
    let mut found = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let text = paragraph.text.as_str();
        let spoken = numbers(text, units);
        let heads = if spoken.is_empty() { None } else { cells.heads(paragraph) };
        let lead =
            heads.as_ref().map_or_else(String::new, |heads| format!("{}|{}|", heads.column, heads.row));
        for (nth, number) in spoken.iter().enumerate() {
            let before = format!("{lead}{}", skeleton(text, 0, number.start, &spoken));
            let behind = skeleton(text, number.end, text.len(), &spoken);
            found.push(Mention {
                paragraph: index,
                spoken: number.clone(),
                nth,
                heads: heads.clone(),
                left: before.chars().rev().take(CONTEXT).collect(),
                right: behind.chars().take(CONTEXT).collect(),
            });
        }
    }
    found
}

/// What heads a cell.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Heads {
    pub column: String,
    pub row: String,
    /// What the row says of unit and time in columns of their own.
    pub unit: String,
    pub time: String,
}

/// The cells of all tables by their place.
struct Cells<'p> {
    text: HashMap<(&'p str, Place), &'p str>,
    /// Columns of units and of times, by part and table.
    units: HashMap<(&'p str, usize), usize>,
    times: HashMap<(&'p str, usize), usize>,
}

/// Table, row and column.
type Place = (usize, usize, usize);

impl<'p> Cells<'p> {
    fn of(paragraphs: &'p [Paragraph]) -> Self {
        let mut cells = Self { text: HashMap::new(), units: HashMap::new(), times: HashMap::new() };
        for paragraph in paragraphs {
            let Some(place) = paragraph.in_table else { continue };
            let (part, text) = (paragraph.part.as_str(), paragraph.text.trim());
            cells.text.entry((part, place)).or_insert(text);
            if place.1 == 0 && meaning::UNIT_HEADS.contains(&text) {
                cells.units.insert((part, place.0), place.2);
            }
            if place.1 == 0 && meaning::TIME_HEADS.contains(&text) {
                cells.times.insert((part, place.0), place.2);
            }
        }
        cells
    }

    fn heads(&self, cell: &Paragraph) -> Option<Heads> {
        let (table, row, column) = cell.in_table?;
        let part = cell.part.as_str();
        let text = |place| self.text.get(&(part, place)).copied().unwrap_or_default().to_owned();
        let beside = |columns: &HashMap<(&str, usize), usize>| {
            columns.get(&(part, table)).map_or_else(String::new, |column| text((table, row, *column)))
        };
        Some(Heads {
            column: text((table, 0, column)),
            row: text((table, row, 0)),
            unit: beside(&self.units),
            time: beside(&self.times),
        })
    }
}

impl Heads {
    /// A cell as a sentence, and where in it the cell begins. Units in brackets are left out.
    pub fn sentence(&self, cell: &str) -> (String, usize) {
        let lead = format!("{}，{}：{}：", self.time, unbracketed(&self.row), unbracketed(&self.column));
        let at = lead.len();
        (lead + cell, at)
    }

    /// The unit that column, row or a column of units give.
    pub fn unit(&self, units: &Units) -> Option<String> {
        let bracketed = [&self.column, &self.row].into_iter().filter_map(|head| {
            let (_, unit) = head.trim_end_matches(['）', ')']).rsplit_once(['（', '('])?;
            Some(unit)
        });
        let known = |unit: &&str| units.find(unit).is_some() || reading::POINTS.contains(unit);
        let percent =
            |unit: &str| if reading::WIDE_PERCENT.contains(&unit) { "%".to_owned() } else { unit.to_owned() };
        bracketed.chain([self.unit.as_str()]).map(str::trim).find(known).map(percent)
    }
}

fn unbracketed(head: &str) -> &str {
    head.split_once(['（', '(']).map_or(head, |(before, _)| before)
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
    for word in reading::DOWN.iter().chain(reading::UP) {
        out = out.replace(word, "±");
    }
    out.retain(|letter| !letter.is_whitespace());
    out
}

/// How many characters two contexts share, nearest first.
pub(super) fn shared(a: &[char], b: &[char]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}
