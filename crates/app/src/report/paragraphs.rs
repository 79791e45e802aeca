//! Which paragraph each token of a rendered part stands in, as text.
//!
//! Deliberately absent: everything about a paragraph but its text. This reads what the template engine has just written
//! from a template that was read before, so it is a plain scan and not a parser.

use std::sync::Arc;

use office::docx::{TOKEN_CLOSE, TOKEN_OPEN};

/// A token in its paragraph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Stands {
    /// The token's index.
    pub token: usize,
    /// Number of the paragraph in its part, from 1, in the finished document.
    pub number: usize,
    /// The paragraph's text with all tokens filled.
    pub text: Arc<str>,
    /// Where the token's text begins in it, in bytes.
    pub at: usize,
    /// What heads its row and its column, when it stands in a table.
    pub heads: Option<(Arc<str>, Arc<str>)>,
}

/// Finds the tokens of a rendered part; `fill` gives the text of each.
pub(super) fn find<'f>(rendered: &str, fill: impl Fn(usize) -> &'f str) -> Vec<Stands> {
    let mut scan = Scan::default();
    let mut in_text = false;
    let mut rest = rendered;
    while !rest.is_empty() {
        if let Some(tag) = rest.strip_prefix('<') {
            let end = tag.find('>').unwrap_or(tag.len());
            let (name, closes) =
                (tag[..end].split([' ', '/', '\n']).next().unwrap_or_default(), tag[..end].ends_with('/'));
            match name {
                "w:p" => {
                    scan.start();
                    if closes {
                        scan.finish();
                    }
                }
                "w:t" => in_text = !closes,
                "w:tbl" => scan.tables.push(Table { first: scan.found.len(), ..Table::default() }),
                "w:tr" => scan.row(),
                "w:tc" => scan.cell(),
                "w:gridSpan" => scan.span(&tag[..end]),
                "" if tag.starts_with("/w:tbl>") => scan.headed(),
                "" if tag.starts_with("/w:p>") => scan.finish(),
                "" if tag.starts_with("/w:t>") => in_text = false,
                _ => {}
            }
            rest = tag.get(end + 1..).unwrap_or_default();
            continue;
        }
        let length = rest.find('<').unwrap_or(rest.len());
        if in_text {
            scan.text(&rest[..length], &fill);
        }
        rest = &rest[length..];
    }
    scan.found.sort_by_key(|stands| stands.token);
    scan.found
}

/// A paragraph that has not ended: its tokens with where their text begins.
struct Open {
    number: usize,
    text: String,
    tokens: Vec<(usize, usize)>,
}

/// A table that has not ended.
#[derive(Default)]
struct Table {
    /// How many tokens had been found before it.
    first: usize,
    /// The cells of each row: the column of the grid each begins at, and its text.
    rows: Vec<Vec<(usize, String)>>,
    /// The column the next cell begins at.
    next: usize,
    /// Where each token found in it stands: row and column.
    places: Vec<(usize, usize)>,
}

#[derive(Default)]
struct Scan {
    /// Paragraphs not ended yet. A text box holds paragraphs inside a paragraph.
    open: Vec<Open>,
    count: usize,
    found: Vec<Stands>,
    /// Tables not ended yet, one in a cell of the other.
    tables: Vec<Table>,
}

impl Scan {
    fn start(&mut self) {
        self.count += 1;
        self.open.push(Open { number: self.count, text: String::new(), tokens: Vec::new() });
    }

    fn finish(&mut self) {
        let Some(Open { number, text, tokens }) = self.open.pop() else { return };
        let text: Arc<str> = text.into();
        if let Some(table) = self.tables.last_mut()
            && let Some(row) = table.rows.len().checked_sub(1)
            && let Some((column, cell)) = table.rows[row].last_mut()
        {
            cell.push_str(&text);
            let place = (row, *column);
            table.places.extend(tokens.iter().map(|_| place));
        }
        let stands = |(token, at)| Stands { token, number, text: Arc::clone(&text), at, heads: None };
        self.found.extend(tokens.into_iter().map(stands));
    }

    fn row(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        table.rows.push(Vec::new());
        table.next = 0;
    }

    fn cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let Some(row) = table.rows.last_mut() else { return };
        row.push((table.next, String::new()));
        table.next += 1;
    }

    /// A cell that goes over several columns; `tag` says how many.
    fn span(&mut self, tag: &str) {
        let number = tag.split("w:val=\"").nth(1).and_then(|rest| rest.split('"').next());
        let (Some(columns), Some(table)) =
            (number.and_then(|n| n.parse::<usize>().ok()), self.tables.last_mut())
        else {
            return;
        };
        table.next += columns.saturating_sub(1);
    }

    /// A table has ended: what was found in it gets its heads, those in tables within it have theirs already.
    fn headed(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let text = |row: usize, column: usize| -> Arc<str> {
            let cells = table.rows.get(row).map_or(&[][..], Vec::as_slice);
            let cell = cells.iter().rev().find(|(at, _)| *at <= column);
            cell.map_or("", |(_, text)| text.trim()).into()
        };
        let open = self.found[table.first..].iter_mut().filter(|stands| stands.heads.is_none());
        for (stands, (row, column)) in open.zip(table.places.iter().copied()) {
            // Where rows are only numbered, the next words name them.
            let cells = table.rows.get(row).map_or(&[][..], Vec::as_slice);
            let worded = |(_, text): &&(usize, String)| text.chars().any(char::is_alphabetic);
            let named = cells.iter().find(worded).map_or(0, |(at, _)| *at);
            let name = if text(row, 0).chars().all(|c| c.is_ascii_digit()) { named } else { 0 };
            if row > 0 && column != name {
                stands.heads = Some((text(row, name), text(0, column)));
            }
        }
    }

    fn text<'f>(&mut self, raw: &str, fill: &impl Fn(usize) -> &'f str) {
        let Some(Open { text, tokens, .. }) = self.open.last_mut() else { return };
        let mut rest = raw;
        while let Some(start) = rest.find([TOKEN_OPEN, '&']) {
            text.push_str(&rest[..start]);
            rest = &rest[start..];
            let (end, length) = if rest.starts_with('&') {
                (rest.find(';'), 1)
            } else {
                (rest.find(TOKEN_CLOSE), TOKEN_CLOSE.len_utf8())
            };
            let Some(end) = end else { break };
            if rest.starts_with('&') {
                text.extend(reference(&rest[1..end]));
            } else if let Ok(token) = rest[TOKEN_OPEN.len_utf8()..end].parse() {
                tokens.push((token, text.len()));
                text.push_str(fill(token));
            }
            rest = &rest[end + length..];
        }
        text.push_str(rest);
    }
}

/// A piece of rendered text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Bit {
    /// Text as it stands.
    Text(String),
    /// A token, by its index.
    Token(usize),
}

/// The text and the tokens of a stretch of a rendered part.
pub(super) fn bits(rendered: &str) -> Vec<Bit> {
    let mut scan = Scan::default();
    scan.start();
    let mut in_text = false;
    let mut rest = rendered;
    while !rest.is_empty() {
        let length = match rest.strip_prefix('<') {
            Some(tag) => {
                let end = tag.find('>').unwrap_or(tag.len() - 1);
                in_text = (tag.starts_with("w:t>") || tag.starts_with("w:t ")) && !tag[..end].ends_with('/');
                end + 2
            }
            None => rest.find('<').unwrap_or(rest.len()),
        };
        if in_text && !rest.starts_with('<') {
            scan.text(&rest[..length], &|_| "");
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    let Some(Open { text, tokens, .. }) = scan.open.pop() else { return Vec::new() };
    let mut bits = Vec::new();
    let mut from = 0;
    let ends = tokens.iter().map(|(token, at)| (Some(*token), *at)).chain([(None, text.len())]);
    for (token, at) in ends {
        if from < at {
            bits.push(Bit::Text(text[from..at].to_owned()));
        }
        from = at;
        bits.extend(token.map(Bit::Token));
    }
    bits
}

/// The character of a reference.
fn reference(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        number => number.strip_prefix('#').and_then(|digits| digits.parse().ok()).and_then(char::from_u32),
    }
}

/// A few words around a stretch of a paragraph: `…园区规上工业总产值【123.45】亿元，同比…`.
pub(super) fn excerpt(paragraph: &str, at: usize, length: usize) -> String {
    let end = (at + length).min(paragraph.len());
    let before: Vec<char> = paragraph[..at].chars().rev().take(16).collect();
    let after: String = paragraph[end..].chars().take(12).collect();
    let head = if paragraph[..at].chars().count() > before.len() { "…" } else { "" };
    let tail = if paragraph[end..].chars().count() > after.chars().count() { "…" } else { "" };
    format!("{head}{}【{}】{after}{tail}", before.iter().rev().collect::<String>(), &paragraph[at..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use office::docx::token;

    #[test]
    fn tokens_know_their_paragraph() {
        let fills = ["12", "甲 & 乙"];
        let rendered = format!(
            "<w:body><w:p w:x=\"1\"><w:pPr/><w:r><w:t>a &lt; &#123;b</w:t></w:r><w:r><w:t xml:space=\"preserve\">{}亿元</w:t></w:r></w:p>\
             <w:p/><w:p><w:r><w:t>末{}</w:t></w:r></w:p></w:body>",
            token(0),
            token(1)
        );
        let found = find(&rendered, |index| fills[index]);
        assert_eq!(found.len(), 2);
        assert_eq!((&*found[0].text, found[0].at, found[0].number), ("a < {b12亿元", 6, 1));
        assert_eq!((&*found[1].text, found[1].number), ("末甲 & 乙", 3));
        assert_eq!(excerpt(&found[0].text, found[0].at, 2), "a < {b【12】亿元");
        assert_eq!(
            excerpt("一二三四五六七八九十一二三四五六七88一二三四五六七八九十一二三", 51, 2),
            "…二三四五六七八九十一二三四五六七【88】一二三四五六七八九十一二…"
        );
    }

    #[test]
    fn a_cell_knows_its_heads() {
        let cell = |span: &str, text: &str| {
            format!("<w:tc><w:tcPr>{span}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
        };
        let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
        let head = row(&[cell("", "数据"), cell("", "单位"), cell("", "亩均")]);
        let body =
            row(&[cell("", &token(0)), cell("<w:gridSpan w:val=\"1\"/>", "万元"), cell("", &token(1))]);
        let wide = row(&[cell("<w:gridSpan w:val=\"2\"/>", "合计"), cell("", &token(2))]);
        let rendered =
            format!("<w:tbl>{head}{body}{wide}</w:tbl><w:p><w:r><w:t>{}</w:t></w:r></w:p>", token(3));
        let found = find(&rendered, |index| ["税收", "19.48", "20.1", "3"][index]);
        let heads = |at: usize| found[at].heads.as_ref().map(|(row, column)| format!("{row} {column}"));
        // The name of a line heads it and has no head of its own; a wide cell leaves the columns where they are.
        assert_eq!(
            (0..4).map(heads).collect::<Vec<_>>(),
            [None, Some("税收 亩均".to_owned()), Some("合计 亩均".to_owned()), None,]
        );
        // A numbered row is named by the words behind the number.
        let head = row(&[cell("", "位次"), cell("", "企业"), cell("", "占比")]);
        let body = row(&[cell("", &token(0)), cell("", &token(1)), cell("", &token(2))]);
        let found = find(&format!("<w:tbl>{head}{body}</w:tbl>"), |index| ["1", "甲公司", "13.2"][index]);
        let heads = |at: usize| found[at].heads.as_ref().map(|(row, column)| format!("{row} {column}"));
        let expected = [Some("甲公司 位次".to_owned()), None, Some("甲公司 占比".to_owned())];
        assert_eq!((0..3).map(heads).collect::<Vec<_>>(), expected);
    }
}
