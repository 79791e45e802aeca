//! Proposing: for a workbook no layout can read, a layout – and, when no book is near, a book – as files a person can edit
//! and keep.
//!
//! Headings are taken as they stand; what a column holds is guessed from its heading and its cells. A guess is marked by
//! a comment. Deliberately absent: saving. To guess another kind of field: an arm in [`Column::kind`].

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use model::content::Content;
use model::definition::{Book, Layout};
use model::identity::uscc::{self, CodeVerdict};
use model::text::{find_period, parse_date, parse_period, squeeze};
use office::sheet::{CellValue, Sheet, Workbook};

use super::cell::{date, shown};
use super::heading::{self, Heading, row_cells};
use super::stage::likely_headings;
use super::vocabulary::{Role, Vocabulary};
use crate::messages::propose as say;

/// A file to be put into the overlay folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProposedFile {
    /// Its path under the folder.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Cells looked at in each column.
const SAMPLE: usize = 200;
/// A column with at most so many different short texts may be a choice.
const MOST_CHOICES: usize = 8;

/// Proposes files for every sheet with a table; none when no sheet has one.
pub fn propose(content: &Content, file: &str, workbook: &Workbook) -> Vec<ProposedFile> {
    let words = Vocabulary::new(content, None);
    let mut files = Vec::new();
    for sheet in workbook.sheets.iter().filter(|s| !s.hidden && !s.cells.is_empty()) {
        let Some(table) = Table::of(content, &words, sheet) else { continue };
        let id = free_id(content, &files);
        let title = format!("{} {}", file.rsplit_once('.').map_or(file, |(stem, _)| stem), sheet.name);
        match nearest(&words, &table) {
            Some((layout, book)) => {
                let text = over_book(&words, &table, &title, layout, book);
                files.push(ProposedFile { path: format!("layouts/{id}.toml"), text });
            }
            None => {
                let fields = fields(content, &table);
                files.push(ProposedFile { path: format!("books/{id}.toml"), text: new_book(&table, &title, &fields) });
                files.push(ProposedFile {
                    path: format!("layouts/{id}.toml"),
                    text: new_layout(&table, &title, &id, &fields),
                });
            }
        }
    }
    files
}

fn free_id(content: &Content, files: &[ProposedFile]) -> String {
    let taken = |id: &str| {
        content.books.contains_key(id)
            || content.layouts.contains_key(id)
            || files.iter().any(|f| f.path == format!("layouts/{id}.toml"))
    };
    (1..).map(|n| format!("proposed_{n}")).find(|id| !taken(id)).expect("some number is free")
}

/// A sheet's likely table.
struct Table {
    columns: Vec<Column>,
    /// Whether the title above states a period.
    period_in_title: bool,
}

/// One column: its heading and what its cells look like.
struct Column {
    heading: Heading,
    filled: usize,
    numbers: usize,
    whole: usize,
    dates: usize,
    periods: usize,
    codes: usize,
    flags: usize,
    percents: usize,
    texts: BTreeSet<String>,
}

/// What a column is taken for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Code,
    Date,
    Period,
    Flag,
    Integer,
    Number,
    Choice,
    Text,
}

impl Table {
    fn of(content: &Content, words: &Vocabulary<'_>, sheet: &Sheet) -> Option<Self> {
        let (row, texts) = likely_headings(sheet);
        if texts.len() < 2 {
            return None;
        }
        let (top, bottom) = block(sheet, row);
        let headings = heading::read(sheet, &content.units, top, bottom);
        let mut columns: Vec<Column> =
            headings.into_iter().filter(|h| !words.is_counter(h) && !h.parts.is_empty()).map(Column::new).collect();
        let below = sheet.row_iter().filter(|(r, _)| *r > bottom).take(SAMPLE);
        for (row, cells) in below {
            let first = cells.first().map(|c| squeeze(&shown(sheet, c))).unwrap_or_default();
            if words.starts_note(&first) {
                break;
            }
            if words.starts_total(&first) {
                continue;
            }
            for column in &mut columns {
                column.see(content, sheet, row);
            }
        }
        columns.retain(|c| c.filled > 0);
        let above = sheet.cells.iter().take_while(|c| c.row < top).filter_map(|c| sheet.text(c));
        let period_in_title = above.chain([sheet.name.as_str()]).any(|t| find_period(t).is_some());
        (columns.len() >= 2).then_some(Self { columns, period_in_title })
    }
}

/// The heading rows around the likeliest one: merged group headings above it, sub-headings below it.
fn block(sheet: &Sheet, row: u32) -> (u32, u32) {
    let texts = |r: u32| row_cells(sheet, r).iter().filter(|c| sheet.text(c).is_some()).count();
    let numbers = |r: u32| row_cells(sheet, r).iter().any(|c| matches!(c.value, CellValue::Number { .. }));
    let wide = |r: u32| sheet.merges.iter().any(|m| m.top == r && m.right > m.left);
    let mut top = row;
    while top > 0 && row - top < 3 && texts(top - 1) >= 2 && !numbers(top - 1) {
        top -= 1;
    }
    let mut bottom = row;
    while bottom - row < 2 && wide(bottom) && texts(bottom + 1) >= 1 && !numbers(bottom + 1) {
        bottom += 1;
    }
    (top, bottom)
}

impl Column {
    fn new(heading: Heading) -> Self {
        Self {
            heading,
            filled: 0,
            numbers: 0,
            whole: 0,
            dates: 0,
            periods: 0,
            codes: 0,
            flags: 0,
            percents: 0,
            texts: BTreeSet::new(),
        }
    }

    fn see(&mut self, content: &Content, sheet: &Sheet, row: u32) {
        let Some(cell) = sheet.cell(row, self.heading.col) else { return };
        let text = squeeze(&shown(sheet, cell));
        if model::field::is_blank(&text, &content.intake) {
            return;
        }
        self.filled += 1;
        let plain = text.trim_end_matches('%').replace(',', "");
        self.percents += usize::from(text.ends_with('%'));
        if let CellValue::DateTime { .. } = cell.value {
            self.dates += usize::from(date(cell.value).is_some());
        } else if plain.parse::<f64>().is_ok() && text.len() < 15 {
            self.numbers += 1;
            self.whole += usize::from(!plain.contains('.'));
        } else if parse_date(&text).is_some() {
            self.dates += 1;
        }
        self.periods += usize::from(parse_period(&text).is_some_and(|p| p.end.year() > 1990));
        self.codes += usize::from(matches!(uscc::verdict(&text), CodeVerdict::Valid(_) | CodeVerdict::OuterFails(_)));
        let word = content.intake.yes.contains(&text) || content.intake.no.contains(&text);
        self.flags += usize::from(word && plain.parse::<f64>().is_err());
        self.texts.insert(text);
    }

    fn kind(&self) -> Kind {
        let most = |n: usize| n * 10 >= self.filled * 8;
        match () {
            () if most(self.codes) => Kind::Code,
            () if most(self.flags) => Kind::Flag,
            () if most(self.dates) => Kind::Date,
            () if most(self.periods) && self.percents == 0 => Kind::Period,
            () if most(self.numbers) && self.whole == self.numbers && self.heading.unit.is_none() => Kind::Integer,
            () if most(self.numbers) => Kind::Number,
            () if self.filled >= 10 && self.texts.len() <= MOST_CHOICES => Kind::Choice,
            () => Kind::Text,
        }
    }

    /// The unit its numbers are in: the heading's, or percent.
    fn unit(&self) -> Option<String> {
        let percent = (self.percents > 0).then(|| "%".to_owned());
        self.heading.unit.as_ref().map(ToString::to_string).or(percent)
    }
}

/// The layout that knows the most headings, if it knows at least half of them.
fn nearest<'c>(words: &Vocabulary<'c>, table: &Table) -> Option<(&'c Layout, &'c Book)> {
    let mut known: BTreeMap<u16, usize> = BTreeMap::new();
    let mut roles = Vec::new();
    for column in &table.columns {
        words.roles(&column.heading, &mut roles);
        let layouts: BTreeSet<u16> = roles.iter().map(|(layout, _, _)| *layout).collect();
        for layout in layouts {
            *known.entry(layout).or_default() += 1;
        }
    }
    let (layout, count) = known.into_iter().max_by_key(|(layout, count)| (*count, std::cmp::Reverse(*layout)))?;
    let known = &words.layouts[usize::from(layout)];
    (count * 2 >= table.columns.len() && count >= 2).then_some((known.layout, known.book))
}

/// A layout over an existing book: columns it knows, the others as comments.
fn over_book(words: &Vocabulary<'_>, table: &Table, title: &str, near: &Layout, book: &Book) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}\n", say::layout_over(&near.title, &book.title));
    head(&mut out, title, book.id.as_str(), table.period_in_title || book.time.is_some());
    let mut roles = Vec::new();
    for column in &table.columns {
        words.roles(&column.heading, &mut roles);
        let rule = roles.iter().find_map(|(layout, role, _)| match role {
            Role::Rule(rule) if words.layouts[usize::from(*layout)].layout.id == near.id => {
                near.columns.get(usize::from(*rule))
            }
            _ => None,
        });
        match rule {
            Some(rule) => {
                let by = match &rule.by {
                    None => None,
                    Some(model::definition::By::Code) => Some("code".to_owned()),
                    Some(model::definition::By::Name) => Some("name".to_owned()),
                    Some(model::definition::By::Field(field)) => Some(format!("field:{field}")),
                };
                column_text(&mut out, rule.field.as_str(), by.as_deref(), &column.heading, rule.required);
            }
            None => {
                let _ = writeln!(out, "\n{}", say::unknown_column(&column.heading.shown()));
            }
        }
    }
    out
}

fn head(out: &mut String, title: &str, book: &str, period: bool) {
    let _ = writeln!(out, "title = {}", quoted(title));
    let _ = writeln!(out, "book = {}", quoted(book));
    if period {
        let _ = writeln!(out, "period = [\"column\", \"title\", \"sheet\", \"file\"]");
    }
}

fn column_text(out: &mut String, field: &str, by: Option<&str>, heading: &Heading, required: bool) {
    let _ = writeln!(out, "\n[[column]]\nfield = {}", quoted(field));
    if let Some(by) = by {
        let _ = writeln!(out, "by = {}", quoted(by));
    }
    let _ = writeln!(out, "heading = [{}]", quoted(&heading.shown()));
    if required {
        let _ = writeln!(out, "required = true");
    }
}

/// The fields of a proposed book: id, `by` for references, and the lines that define it.
struct Proposed {
    id: String,
    by: Option<&'static str>,
    /// `None` for a column that only helps to identify a field already there.
    lines: Option<String>,
    key: bool,
    time: bool,
}

fn fields(content: &Content, table: &Table) -> Vec<Proposed> {
    let register = content.book_with_role("enterprise");
    let mut fields: Vec<Proposed> = Vec::new();
    let mut dated = false;
    for (n, column) in table.columns.iter().enumerate() {
        let title = quoted(&column.heading.shown());
        let name_of_firm = register.is_some()
            && fields.iter().any(|f| f.by == Some("code"))
            && ["名称", "企业", "单位"].iter().any(|w| column.heading.shown().contains(w))
            && column.kind() == Kind::Text;
        if name_of_firm && !fields.iter().any(|f| f.by == Some("name")) {
            fields.push(Proposed { id: "enterprise".to_owned(), by: Some("name"), lines: None, key: false, time: false });
            continue;
        }
        let kind = column.kind();
        if let (Kind::Code, Some(register)) = (kind, register)
            && !fields.iter().any(|f| f.by.is_some())
        {
            let lines = format!("title = {title}\nkind = \"reference\"\nbook = {}\nrequired = true", quoted(register.id.as_str()));
            fields.push(Proposed { id: "enterprise".to_owned(), by: Some("code"), lines: Some(lines), key: true, time: false });
            continue;
        }
        let time = matches!(kind, Kind::Date | Kind::Period) && !dated;
        dated |= time;
        fields.push(Proposed { id: format!("field_{}", n + 1), by: None, lines: Some(kind_lines(&title, column)), key: time, time });
    }
    if table.period_in_title && !dated {
        let lines = format!("title = {}\nkind = \"period\"\nrequired = true", quoted(say::PERIOD));
        fields.push(Proposed { id: "period".to_owned(), by: None, lines: Some(lines), key: true, time: true });
    }
    // Something must tell entries apart: the code, else the first column that is text.
    if !fields.iter().any(|f| f.key && !f.time)
        && let Some(first) = fields.iter_mut().find(|f| f.lines.as_ref().is_some_and(|l| l.contains("\"text\"")))
    {
        first.key = true;
    }
    if !fields.iter().any(|f| f.key)
        && let Some(first) = fields.first_mut()
    {
        first.key = true;
    }
    fields
}

fn kind_lines(title: &str, column: &Column) -> String {
    let unit = column.unit().map_or(String::new(), |u| format!("\nunit = {}", quoted(&u)));
    let kind = match column.kind() {
        Kind::Code => "kind = \"uscc\"".to_owned(),
        Kind::Date => "kind = \"date\"".to_owned(),
        Kind::Period => "kind = \"period\"".to_owned(),
        Kind::Flag => "kind = \"boolean\"".to_owned(),
        Kind::Integer => format!("kind = \"integer\"{unit}"),
        Kind::Number => format!("kind = \"decimal\"{unit}"),
        Kind::Choice => {
            let choices: Vec<String> = column.texts.iter().map(|t| quoted(t)).collect();
            format!("kind = \"choice\"\nchoices = [{}]", choices.join(", "))
        }
        Kind::Text => "kind = \"text\"".to_owned(),
    };
    format!("title = {title}\n{kind}")
}

fn new_book(table: &Table, title: &str, fields: &[Proposed]) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}\n", say::NEW_BOOK);
    let _ = writeln!(out, "title = {}\nkind = \"register\"", quoted(title));
    let keys: Vec<String> = fields.iter().filter(|f| f.key && f.lines.is_some()).map(|f| quoted(&f.id)).collect();
    let _ = writeln!(out, "key = [{}]", keys.join(", "));
    if let Some(time) = fields.iter().find(|f| f.time) {
        let _ = writeln!(out, "time = {}", quoted(&time.id));
    }
    debug_assert!(!table.columns.is_empty(), "a table has columns");
    for field in fields {
        if let Some(lines) = &field.lines {
            let _ = writeln!(out, "\n[fields.{}]\n{lines}", field.id);
        }
    }
    out
}

fn new_layout(table: &Table, title: &str, book: &str, fields: &[Proposed]) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}\n", say::NEW_LAYOUT);
    head(&mut out, title, book, fields.iter().any(|f| f.time && f.id == "period"));
    for (field, column) in fields.iter().zip(&table.columns) {
        let required = field.key && field.lines.is_some();
        column_text(&mut out, &field.id, field.by, &column.heading, required);
    }
    out
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
