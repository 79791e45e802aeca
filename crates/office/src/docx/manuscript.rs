//! A plain manuscript: what a report says, paragraph by paragraph, before it has pages.
//!
//! The markup, one mark at the start of a line:
//! `# ` title, `#= ` title of a form (one page with narrow margins and small type), `## ` `### ` `#### ` headings of level 1 to 3, `> ` note, `% ` control paragraph, `@ ` signature,
//! `@@ ` date, `|a|b|` a table row; a row of dashes gives the columns' widths, `-:` stands at the right. An empty line separates paragraphs; other lines are body text and lines without an
//! empty line between them are joined. `**…**` is bold; a leading `\` makes the rest of the line body text.
//!
//! Deliberately absent: numbering (the manuscript writes “一、” itself), lists, links, pictures. To add a mark: one line
//! in [`MARKS`] and a [`ParaKind`].

/// A document to compose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Manuscript {
    /// Title for the document's properties; the printed title is a paragraph.
    pub title: String,
    /// Whether it is a form, set small so that it fits on a page, and not running text.
    pub form: bool,
    /// The paragraphs in order.
    pub paragraphs: Vec<Para>,
}

/// A paragraph of a manuscript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Para {
    /// What it is.
    pub kind: ParaKind,
    /// Its text; empty for a table.
    pub text: String,
}

/// What a paragraph of a manuscript is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParaKind {
    /// The title on the first page.
    Title,
    /// Heading of level 1.
    Heading1,
    /// Heading of level 2.
    Heading2,
    /// Heading of level 3.
    Heading3,
    /// Body text.
    Body,
    /// The issuing body, at the right.
    Signature,
    /// The date under the signature.
    Date,
    /// A note in smaller type.
    Note,
    /// Block tags of a template, set small and grey so that a clerk leaves them alone.
    Control,
    /// Rows of cells. The first row that is no control row is the head; a row with one cell spans the table.
    Table(Vec<Vec<String>>),
}

/// The marks, longer ones before their beginnings.
const MARKS: [(&str, ParaKind); 9] = [
    ("#= ", ParaKind::Title),
    ("#### ", ParaKind::Heading3),
    ("### ", ParaKind::Heading2),
    ("## ", ParaKind::Heading1),
    ("# ", ParaKind::Title),
    ("> ", ParaKind::Note),
    ("% ", ParaKind::Control),
    ("@@ ", ParaKind::Date),
    ("@ ", ParaKind::Signature),
];

/// Reads a manuscript from its markup. Any text is a manuscript.
pub fn parse_manuscript(text: &str) -> Manuscript {
    let mut manuscript = Manuscript::default();
    // Whether the next body line continues the last paragraph.
    let mut joins = false;
    for line in text.lines() {
        let line = line.trim();
        let paragraphs = &mut manuscript.paragraphs;
        if line.is_empty() {
            joins = false;
        } else if let Some(row) = table_row(line) {
            match paragraphs.last_mut() {
                Some(Para { kind: ParaKind::Table(rows), .. }) if joins => rows.push(row),
                _ => paragraphs.push(Para { kind: ParaKind::Table(vec![row]), text: String::new() }),
            }
            joins = true;
        } else if let Some((kind, rest)) = marked(line) {
            if kind == ParaKind::Title && manuscript.title.is_empty() {
                rest.clone_into(&mut manuscript.title);
            }
            manuscript.form |= line.starts_with("#= ");
            paragraphs.push(Para { kind, text: rest.to_owned() });
            joins = false;
        } else {
            let body = line.strip_prefix('\\').unwrap_or(line);
            match paragraphs.last_mut() {
                Some(Para { kind: ParaKind::Body, text }) if joins => join(text, body),
                _ => paragraphs.push(Para { kind: ParaKind::Body, text: body.to_owned() }),
            }
            joins = true;
        }
    }
    manuscript
}

/// Splits text at `**` into stretches that are bold or not; `**` inside slots is left alone.
pub(super) fn stretches(text: &str) -> Vec<(String, bool)> {
    let mut pieces = split_outside_tags(text, "**");
    // A mark without a partner is text.
    if pieces.len().is_multiple_of(2)
        && let Some(last) = pieces.pop()
        && let Some(before) = pieces.last_mut()
    {
        before.push_str("**");
        before.push_str(&last);
    }
    let mut out = Vec::new();
    for (number, piece) in pieces.into_iter().enumerate() {
        if !piece.is_empty() {
            out.push((piece, number % 2 == 1));
        }
    }
    out
}

fn marked(line: &str) -> Option<(ParaKind, &str)> {
    MARKS.iter().find_map(|(mark, kind)| line.strip_prefix(mark).map(|rest| (kind.clone(), rest.trim())))
}

fn table_row(line: &str) -> Option<Vec<String>> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    Some(split_outside_tags(inner, "|").into_iter().map(|cell| cell.trim().to_owned()).collect())
}

/// Splits at `separator`, but not between `{{` and `}}` or `{%` and `%}`.
fn split_outside_tags(text: &str, separator: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut closing: Option<&str> = None;
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let opens = [("{{", "}}"), ("{%", "%}")].into_iter().find(|(open, _)| rest.starts_with(open));
        let step = match (closing, opens) {
            (Some(close), _) if rest.starts_with(close) => {
                closing = None;
                close.len()
            }
            (None, Some((open, close))) => {
                closing = Some(close);
                open.len()
            }
            (None, None) if rest.starts_with(separator) => {
                out.push(String::new());
                rest = &rest[separator.len()..];
                continue;
            }
            _ => letter.len_utf8(),
        };
        if let Some(last) = out.last_mut() {
            last.push_str(&rest[..step]);
        }
        rest = &rest[step..];
    }
    out
}

/// Joins wrapped lines: a space between Latin words, nothing next to Chinese.
fn join(text: &mut String, line: &str) {
    let spaced = text.ends_with(|letter: char| letter.is_ascii_alphanumeric())
        && line.starts_with(|letter: char| letter.is_ascii_alphanumeric());
    if spaced {
        text.push(' ');
    }
    text.push_str(line);
}
