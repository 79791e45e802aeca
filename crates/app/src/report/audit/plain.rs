//! Plain text as paragraphs: lines that a page broke are joined, what pages print around the text is left out.
//!
//! Text extracted from a PDF has a line for each printed line, page numbers and running heads between them, and blanks where
//! letters stood apart. A paragraph stays at the line it began at and the lines it took become empty, so that the number of a
//! line still finds it. Deliberately absent: columns and tables; what two blanks part stays parted.

use std::collections::BTreeMap;

use office::docx::Paragraph;

use super::messages as words;

/// Most columns of a printed line of text; what is wider was not broken by a page.
const PAGE: usize = 120;
/// Least columns of a page's line: twenty Han letters.
const NARROW: usize = 40;
/// How far from the widest line a broken one may end, in columns.
const RAGGED: usize = 6;
/// Lines of that width that make a text one that a page broke.
const BROKEN: usize = 3;
/// Pages a line must head or foot to be a running head.
const PAGES: usize = 3;

/// The lines of a text as paragraphs.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let (mut lines, furniture) = lines(text);
    let width = width(&lines);
    if let Some(width) = width {
        join(&mut lines, &furniture, width);
    }
    let extracted = width.is_some() || text.contains('\u{c}');
    let tidied = |line: String| if extracted { closed(&line) } else { line };
    lines.into_iter().map(|line| Paragraph { text: tidied(line), ..Paragraph::default() }).collect()
}

/// The lines without page numbers and running heads, and which lines those were, their blank neighbours included.
fn lines(text: &str) -> (Vec<String>, Vec<bool>) {
    let mut lines: Vec<String> = text.lines().map(|line| line.trim_end().replace(words::THIN, "")).collect();
    let starts: Vec<bool> = lines.iter().map(|line| line.starts_with('\u{c}')).collect();
    lines.iter_mut().for_each(|line| *line = line.replace('\u{c}', ""));
    let apart = |at: usize| {
        let bare =
            |at: Option<usize>| at.and_then(|at| lines.get(at)).is_none_or(|line| line.trim().is_empty());
        starts.get(at + 1).copied().unwrap_or(true) || (bare(at.checked_sub(1)) && bare(Some(at + 1)))
    };
    let numbered = |(at, line): (usize, &String)| is_page_number(line, apart(at));
    let mut furniture: Vec<bool> = lines.iter().enumerate().map(numbered).collect();
    // What stands first on three pages, digits aside, is a running head.
    let first = |at: usize| (at..lines.len()).find(|at| !lines[*at].trim().is_empty());
    let mut heads: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for at in (0..lines.len()).filter(|at| starts[*at] || (*at > 0 && furniture[*at - 1])).filter_map(first) {
        let bare: String = lines[at].chars().filter(|c| !c.is_whitespace() && !c.is_ascii_digit()).collect();
        heads.entry(bare).or_default().push(at);
    }
    for at in heads.into_values().filter(|same| same.len() >= PAGES).flatten() {
        furniture[at] = true;
    }
    for at in (0..lines.len()).filter(|at| furniture[*at]) {
        lines[at].clear();
    }
    let known = furniture.clone();
    for at in (0..lines.len()).filter(|at| known[*at] || starts[*at]) {
        let blank = |at: &usize| lines[*at].trim().is_empty();
        let before = (0..at).rev().take_while(blank);
        let behind = (at..lines.len()).take_while(blank);
        before.chain(behind).for_each(|at| furniture[at] = true);
    }
    (lines, furniture)
}

/// `- 3 -`, `— 3 —`, `3 / 20`, `第 3 页 共 20 页`; `3` where it stands apart.
pub(super) fn is_page_number(line: &str, apart: bool) -> bool {
    let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let rest: String = line.chars().filter(|c| !words::AROUND_PAGES.contains(c)).collect();
    let digits = !rest.is_empty() && rest.len() <= 6 && rest.chars().all(|c| c.is_ascii_digit());
    let framed = line.starts_with(words::AROUND_PAGES) && line.ends_with(words::AROUND_PAGES);
    digits && (framed || line.contains('/') || (apart && line.len() <= 3))
}

/// Columns of a broken line, if the text was broken by pages.
fn width(lines: &[String]) -> Option<usize> {
    let widest =
        lines.iter().map(|line| columns(line)).max().filter(|widest| (NARROW..=PAGE).contains(widest))?;
    let full = lines.iter().filter(|line| columns(line) + RAGGED >= widest && !ends(line)).count();
    (full >= BROKEN).then_some(widest)
}

/// Joins every line that fills the page to the one that goes on from it.
fn join(lines: &mut [String], furniture: &[bool], width: usize) {
    let mut begin = 0;
    let mut full = false;
    for at in 0..lines.len() {
        if furniture[at] {
            continue;
        }
        let columned = tabular(&lines[at]);
        let goes_on = full && !columned && !lines[at].trim().is_empty() && !begins(&lines[at]);
        full = !columned && columns(&lines[at]) + RAGGED >= width && !ends(&lines[at]);
        if goes_on {
            let taken = std::mem::take(&mut lines[at]);
            lines[begin].push_str(taken.trim_start());
        } else {
            begin = at;
        }
    }
}

/// Whether a line is a row of a table: parted by tabs or by several blanks, the indent aside.
fn tabular(line: &str) -> bool {
    let inner = line.trim();
    inner.contains('\t') || inner.contains("  ") || inner.contains("\u{3000}\u{3000}")
}

fn ends(line: &str) -> bool {
    line.trim_end().ends_with(words::LINE_ENDS)
}

/// Whether a line begins something of its own: it is indented, or numbered as headings are.
fn begins(line: &str) -> bool {
    let indented = line.starts_with("\u{3000}\u{3000}") || line.starts_with("  ");
    let numbered = line.trim_start().split_once('、').is_some_and(|(number, _)| {
        !number.is_empty()
            && number.chars().all(|c| words::HEADING_DIGITS.contains(c))
            && number.chars().count() <= 3
    });
    indented
        || numbered
        || line.trim_start().starts_with('（')
            && line.contains('）')
            && line.chars().nth(1).is_some_and(|c| words::HEADING_DIGITS.contains(c))
}

/// How wide a line is printed: Han letters and their signs take two columns.
fn columns(line: &str) -> usize {
    line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// A line without the single blanks that stand between Han letters and numbers, and inside of numbers beside a point.
fn closed(line: &str) -> String {
    let letters: Vec<char> = line.chars().collect();
    let mut out = String::with_capacity(line.len());
    for (at, letter) in letters.iter().enumerate() {
        let (before, behind) = (at.checked_sub(1).map(|at| letters[at]), letters.get(at + 1).copied());
        let needless = match (before, behind) {
            (Some(a), Some(b)) => *letter == ' ' && closes(a, b, at == 2),
            _ => false,
        };
        if !needless {
            out.push(*letter);
        }
    }
    out
}

/// Whether a blank between two letters means nothing.
fn closes(a: char, b: char, first: bool) -> bool {
    let han = |c: char| !c.is_ascii() && !c.is_whitespace();
    let digit = |c: char| c.is_ascii_digit();
    let inside = |c: char| matches!(c, '.' | ',');
    // `3. 4家` at the front of a line is a number of the line.
    (han(a) && (han(b) || digit(b) || b == '-'))
        || (digit(a) && (han(b) || b == '%' || inside(b)))
        || (inside(a) && digit(b) && !first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        paragraphs(text).into_iter().map(|paragraph| paragraph.text).collect()
    }

    #[test]
    fn lines_that_a_page_broke_are_joined_across_its_foot() {
        // Twenty Han letters to a line.
        let text = [
            "一、工业",
            "　　2023年1—10月，园区规上工业总产值 112",
            ".28 亿元，同比下降 3.4 %，其中高新技术产业产",
            "值50亿元，占比提高一点，比上年同期提高二个百",
            "",
            "— 3 —",
            "\u{c}分点。",
            "　　下一段说另一件事。",
        ]
        .join("\n");
        let lines = read(&text);
        assert_eq!(
            lines[1].trim(),
            "2023年1—10月，园区规上工业总产值112.28亿元，同比下降3.4%，其中高新技术产业产值50亿元，占比提高一点，比上年同期提高二个百分点。"
        );
        assert_eq!(lines[7].trim(), "下一段说另一件事。");
        assert_eq!((lines[0].as_str(), lines[2].as_str(), lines[5].as_str()), ("一、工业", "", ""));
    }

    #[test]
    fn running_heads_and_page_numbers_are_left_out() {
        let page = |n: usize| format!("\u{c}园区运行情况\n第{n}句话说一件事。\n第 {n} 页 共 3 页\n");
        assert_eq!(
            read(&[page(1), page(2), page(3)].concat()),
            ["", "第1句话说一件事。", "", "", "第2句话说一件事。", "", "", "第3句话说一件事。", ""]
        );
    }

    #[test]
    fn rows_of_tables_are_not_joined_to_each_other() {
        // Rows as wide as the page, between lines of text that it broke.
        let text = [
            "　　2023年1—10月，园区规上工业总产值112.28亿元，",
            "同比下降3.4%，规上工业销售产值109.04亿元，比上",
            "年同期下降，规上工业出口交货值也下降，具体见下",
            "表。",
            "规上工业总产值      112.28     -3.4     13      7",
            "规上工业销售产值    109.04     -3.7     12      8",
        ]
        .join("\n");
        let lines = read(&text);
        assert!(lines[0].ends_with("具体见下表。"), "{}", lines[0]);
        assert!(lines[4].starts_with("规上工业总产值") && lines[4].ends_with('7'), "{}", lines[4]);
        assert!(lines[5].starts_with("规上工业销售产值"), "{}", lines[5]);
    }

    #[test]
    fn an_unbroken_text_stays_as_it_is() {
        let text = "工业总产值12亿元\n投资3亿元，增长5%\n\n3. 4家企业   5  6";
        assert_eq!(read(text), ["工业总产值12亿元", "投资3亿元，增长5%", "", "3. 4家企业   5  6"]);
    }
}
