//! The numbers of a document, each with what stands around it.
//!
//! Around a number stands the *skeleton* of its sentence: the same text with every number as `#` and every word of
//! direction as `±`, so that a sentence is known again after its numbers moved. Deliberately absent: how numbers are read
//! (`quantity`) and what they mean.

use std::collections::{BTreeMap, HashMap};

use model::unit::Units;
use office::docx::Paragraph;

use super::messages::{meaning, reading};
use super::quantity::{Kind, Spoken, numbers};

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
    let cells = Cells::of(paragraphs, units);
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
    /// All heads of its column, from top to bottom.
    pub column: String,
    pub row: String,
    /// The heads of the column one by one.
    levels: Vec<String>,
    /// What the row says of unit and time in columns of their own.
    unit: String,
    time: String,
}

/// The rows of a table: the column each cell begins at, and its text.
type Rows = BTreeMap<usize, BTreeMap<usize, String>>;

/// The cells of all tables by their place.
struct Cells<'p> {
    /// By part and table.
    tables: HashMap<(&'p str, usize), Rows>,
    /// How many rows of each table are heads, where not one.
    heads: HashMap<(&'p str, usize), usize>,
}

/// Most rows of heads.
const HEAD_ROWS: usize = 4;

impl<'p> Cells<'p> {
    fn of(paragraphs: &'p [Paragraph], units: &Units) -> Self {
        let mut cells = Self { tables: HashMap::new(), heads: HashMap::new() };
        for paragraph in paragraphs {
            let Some((table, row, column)) = paragraph.in_table else { continue };
            let rows = cells.tables.entry((paragraph.part.as_str(), table)).or_default();
            let text = rows.entry(row).or_default().entry(column).or_default();
            // The first paragraph that says anything.
            if text.is_empty() {
                paragraph.text.trim().clone_into(text);
            }
        }
        let figures = |text: &String| numbers(text, units).iter().any(|number| number.kind == Kind::Figure);
        for (table, rows) in &cells.tables {
            // Below merged heads stand rows that begin with nothing and hold no figures.
            let goes_on = |row: &&BTreeMap<usize, String>| {
                row.get(&0).is_none_or(String::is_empty) && !row.values().any(figures)
            };
            let more = rows.values().skip(1).take(HEAD_ROWS - 1).take_while(goes_on).count();
            cells.heads.insert(*table, 1 + more);
        }
        cells
    }

    fn heads(&self, cell: &Paragraph) -> Option<Heads> {
        let (table, row, column) = cell.in_table?;
        let part = cell.part.as_str();
        let rows = self.tables.get(&(part, table))?;
        let count = self.heads.get(&(part, table)).copied().unwrap_or(1);
        let own = rows.get(&row)?;
        let mut levels: Vec<String> = Vec::new();
        for above in rows.range(..count).map(|(_, cells)| over(cells, column)).filter(|text| !text.is_empty())
        {
            if !levels.iter().any(|known| known == above) {
                levels.push(above.to_owned());
            }
        }
        let head = |column: usize| over(rows.get(&0).unwrap_or(own), column);
        let beside = |known: &[&str]| {
            let found = own.iter().find(|(column, _)| known.contains(&head(**column)));
            found.map_or_else(String::new, |(_, text)| text.clone())
        };
        let labelled = |at: &usize| {
            let title = head(*at);
            let known = [meaning::NUMBERING_HEADS, meaning::UNIT_HEADS, meaning::TIME_HEADS];
            *at == 0 || !known.iter().any(|known| known.contains(&title))
        };
        Some(Heads {
            column: levels.concat(),
            row: label(rows, (row, column), &labelled),
            levels,
            unit: beside(meaning::UNIT_HEADS),
            time: beside(meaning::TIME_HEADS),
        })
    }
}

/// What names a row: its first cell; the next one where that is only a number of the list; what stands above where cells
/// are merged.
fn label(rows: &Rows, (row, column): (usize, usize), labelled: &dyn Fn(&usize) -> bool) -> String {
    let Some(own) = rows.get(&row) else { return String::new() };
    let first = own.get(&0).map_or("", String::as_str);
    let next = || {
        let mut cells = own.range(1..column).filter(|(at, _)| labelled(at)).map(|(_, text)| text.as_str());
        cells.find(|text| text.chars().any(char::is_alphabetic)).unwrap_or_default().to_owned()
    };
    let only_number = !first.is_empty() && first.chars().all(|c| meaning::NUMBERING.contains(c));
    if column > 1 && only_number {
        let named = next();
        return if named.is_empty() { first.to_owned() } else { named };
    }
    if !first.is_empty() || column == 0 {
        return first.to_owned();
    }
    let above = rows.range(..row).rev().filter_map(|(_, cells)| cells.get(&0)).find(|text| !text.is_empty());
    let own = next();
    if own.is_empty() { above.cloned().unwrap_or_default() } else { own }
}

/// The text of the cell of a row that lies over a column.
fn over(cells: &BTreeMap<usize, String>, column: usize) -> &str {
    cells.range(..=column).next_back().map_or("", |(_, text)| text)
}

impl Heads {
    /// A cell as a sentence, and where in it the cell begins. Units in brackets are left out.
    pub fn sentence(&self, cell: &str) -> (String, usize) {
        let column: String = self.levels.iter().map(|level| unbracketed(level)).collect();
        let lead = format!("{}，{}：{column}：", self.time, unbracketed(&self.row));
        let at = lead.len();
        (lead + cell, at)
    }

    /// The unit that column, row or a column of units give.
    pub fn unit(&self, units: &Units) -> Option<String> {
        let bracketed = self.levels.iter().rev().chain([&self.row]).filter_map(|head| {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(rows: &[&[(usize, &str)]], at: (usize, usize)) -> (String, String, String) {
        let mut paragraphs = Vec::new();
        for (row, cells) in rows.iter().enumerate() {
            for (column, text) in *cells {
                let text = (*text).to_owned();
                paragraphs.push(Paragraph {
                    text,
                    in_table: Some((0, row, *column)),
                    ..Paragraph::default()
                });
            }
        }
        let cells = Cells::of(&paragraphs, &Units::default());
        let cell = paragraphs.iter().find(|cell| cell.in_table == Some((0, at.0, at.1))).expect("the cell");
        let heads = cells.heads(cell).expect("a table");
        let (sentence, from) = heads.sentence("");
        assert_eq!(sentence.len(), from);
        (heads.row, heads.column, sentence)
    }

    #[test]
    fn a_column_below_merged_heads_has_them_all() {
        // 指标 and 上半年 go over two rows, 1—10月 over two columns.
        let rows: &[&[(usize, &str)]] = &[
            &[(0, "指标"), (1, "1—10月"), (3, "上半年")],
            &[(0, ""), (1, "累计（亿元）"), (2, "同比（%）"), (3, "")],
            &[(0, "规上工业总产值"), (1, "112.28"), (2, "-3.4"), (3, "68.35")],
        ];
        let row = "规上工业总产值".to_owned();
        let check = |column: usize, all: &str, said: &str| {
            let said = format!("，规上工业总产值：{said}：");
            assert_eq!(heads(rows, (2, column)), (row.clone(), all.to_owned(), said));
        };
        check(1, "1—10月累计（亿元）", "1—10月累计");
        check(2, "1—10月同比（%）", "1—10月同比");
        check(3, "上半年", "上半年");
    }

    #[test]
    fn a_row_is_named_by_its_words_and_by_what_is_merged_above() {
        let rows: &[&[(usize, &str)]] = &[
            &[(0, "序号"), (1, "指标"), (2, "单位"), (3, "本期")],
            &[(0, "1"), (1, "工业投资"), (2, "亿元"), (3, "6.72")],
            &[(0, ""), (1, "建安投资"), (2, "亿元"), (3, "9.41")],
            &[(0, "街道"), (1, ""), (2, ""), (3, "")],
            &[(0, ""), (1, ""), (2, "亿元"), (3, "1.20")],
        ];
        assert_eq!(heads(rows, (1, 3)).0, "工业投资");
        assert_eq!(heads(rows, (2, 3)).0, "建安投资");
        assert_eq!(heads(rows, (4, 3)).0, "街道");
        // A row of names below the heads is no head: it begins with one.
        assert_eq!(heads(rows, (4, 3)).1, "本期");
    }
}
