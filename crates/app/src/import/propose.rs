//! A layout for a workbook nobody knows yet: headings and values say what the columns may be, a person edits the rest.
//!
//! Where most columns have the names of one book's fields the proposal is a layout of that book; else a book of its own
//! comes with it. What cannot be guessed stands in the proposal as a comment. A proposal saved as it is reads the workbook
//! it was made from (a test says so). Deliberately absent: writing files.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use model::content::Content;
use model::definition::{Book, BookKind, By, FieldKind};
use model::field::is_blank;
use model::id::{BookId, FieldId};
use model::identity::parcel;
use model::identity::uscc::{self, CodeVerdict};
use model::text::{brackets, parse_date, parse_period, squeeze};
use office::sheet::{Cell, CellValue, Sheet, Workbook, a1};
use rapidfuzz::fuzz;

use super::cell;
use super::heading::{self, Heading};
use super::tables::{self, Names};
use super::vocabulary::Vocabulary;
use crate::messages::import::proposal as say;

/// Rows in which headings are looked for.
const HEAD_ROWS: usize = 24;
/// Values of a column that are looked at.
const SAMPLE: usize = 200;
/// Alike enough to be the same name, in hundredths.
const ALIKE: f64 = 0.78;

/// A content file to be looked through, edited and kept in the overlay folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProposedFile {
    /// Its path in the content folder, such as `layouts/new_1.toml`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// What is proposed for one sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proposal {
    /// The sheet.
    pub sheet: String,
    /// The book its rows would go to.
    pub book: BookId,
    /// A layout, and a book when none of those there are fits.
    pub files: Vec<ProposedFile>,
}

/// Proposes a layout for every sheet that holds a table and that no layout reads.
pub fn propose(content: &Content, file: &str, workbook: &Workbook) -> Vec<Proposal> {
    let words = Vocabulary::new(content, None);
    let mut proposals = Vec::new();
    for sheet in workbook.sheets.iter().filter(|s| !s.hidden) {
        let names = Names { file, sheet: &sheet.name, forced: false };
        if !tables::find(&words, sheet, names).tables.is_empty() {
            continue;
        }
        let Some(table) = guess(&words, sheet) else { continue };
        let id = free_id(content, proposals.len());
        let proposed = match nearest_book(content, &table) {
            Some((book, fields)) => of_book(content, file, sheet, &table, book, &fields, &id),
            None => own_book(content, file, sheet, &table, &id),
        };
        proposals.push(proposed);
    }
    proposals
}

/// The first name `new_N` that is neither a book nor a layout.
fn free_id(content: &Content, taken: usize) -> String {
    let free = |n: &usize| {
        let id = format!("new_{n}");
        !content.books.contains_key(id.as_str()) && !content.layouts.contains_key(id.as_str())
    };
    let first = (1..).filter(free).nth(taken).unwrap_or(taken);
    format!("new_{first}")
}

/// A table as far as it can be seen without a layout.
struct Guess {
    columns: Vec<Column>,
    at: String,
    titles: Vec<String>,
    /// The unit the title states.
    unit: Option<String>,
    /// Whether title, sheet or file name a month.
    dated: bool,
}

struct Column {
    heading: Heading,
    kind: Kind,
    /// Some values, for the comment.
    sample: Vec<String>,
    /// Every value is there and no two are equal.
    unique: bool,
}

/// What a column's values look like.
#[derive(Clone, PartialEq, Debug)]
enum Kind {
    Text,
    Whole,
    Decimal,
    Date,
    Period,
    Code,
    Parcel,
    Flag,
    Choice(Vec<String>),
    Empty,
}

impl Kind {
    fn fits(&self, kind: &FieldKind) -> bool {
        match self {
            Self::Empty => true,
            Self::Whole | Self::Decimal => {
                kind.is_number() || matches!(kind, FieldKind::Year | FieldKind::Period)
            }
            Self::Date | Self::Period => {
                matches!(kind, FieldKind::Date | FieldKind::Period | FieldKind::Month | FieldKind::Year)
            }
            Self::Code => {
                matches!(kind, FieldKind::Uscc | FieldKind::OrgCode | FieldKind::Text)
                    || kind.book().is_some()
            }
            Self::Parcel => matches!(kind, FieldKind::ParcelCode | FieldKind::Text) || kind.book().is_some(),
            Self::Flag => matches!(kind, FieldKind::Boolean | FieldKind::Choice { .. } | FieldKind::Text),
            Self::Text | Self::Choice(_) => {
                !kind.is_number() && !matches!(kind, FieldKind::Date | FieldKind::Boolean)
            }
        }
    }
}

fn guess(words: &Vocabulary<'_>, sheet: &Sheet) -> Option<Guess> {
    let units = &words.content.units;
    let (top, bottom) = heading_rows(words, sheet)?;
    let mut body = bottom + 1;
    while heading::states_units(sheet, units, body) || heading::numbers_columns(sheet, body) {
        body += 1;
    }
    let headings = heading::read(sheet, units, top, bottom);
    let columns: Vec<Column> = headings
        .into_iter()
        .filter(|h| !h.parts.is_empty() && !words.is_counter(h))
        .map(|heading| column(words, sheet, heading, body))
        .collect();
    if columns.len() < 2 {
        return None;
    }
    let titles: Vec<String> = sheet
        .cells
        .iter()
        .take_while(|c| c.row < top)
        .filter_map(|c| sheet.text(c))
        .map(str::to_owned)
        .collect();
    let unit = titles.iter().find_map(|t| {
        let plain = brackets(&squeeze(t));
        let after = plain.rsplit_once(':').map_or(plain.as_str(), |(_, rest)| rest).trim_end_matches(')');
        units.find(after).map(|u| u.id.to_string())
    });
    let dated = titles.iter().chain([&sheet.name]).any(|t| model::text::find_period(t).is_some());
    Some(Guess { columns, at: a1(top, 0), titles, unit, dated })
}

/// The rows of headings: those above the first row with values, up to the title.
fn heading_rows(words: &Vocabulary<'_>, sheet: &Sheet) -> Option<(u32, u32)> {
    let text = |c: &Cell| matches!(c.value, CellValue::Text(_));
    let value = |c: &Cell| {
        let shown = cell::shown(sheet, c);
        !text(c) || parse_date(&shown).is_some() || matches!(uscc::verdict(&shown), CodeVerdict::Valid(_))
    };
    let rows: Vec<(u32, &[Cell])> = sheet.row_iter().take(HEAD_ROWS).collect();
    let numbering = |row: u32| {
        heading::numbers_columns(sheet, row) || heading::states_units(sheet, &words.content.units, row)
    };
    let first_values =
        rows.iter().position(|(row, cells)| cells.len() >= 2 && cells.iter().any(value) && !numbering(*row));
    let fullest = || {
        let most = rows.iter().map(|(_, cells)| cells.len()).max()?;
        rows.iter().position(|(_, cells)| cells.len() == most).map(|i| i + 1)
    };
    let after = first_values.filter(|i| *i > 0).or_else(fullest)?;
    let last = rows[..after].iter().rposition(|(row, cells)| cells.len() >= 2 && !numbering(*row))?;
    let bottom = rows[last].0;
    let mut top = bottom;
    for (row, cells) in rows[..last].iter().rev() {
        let merged = heading::merges_from(sheet, *row, *row).len();
        if row + 1 != top || cells.len() < 2 || bottom - row > 2 || (cells.len() == 2 && merged == 1) {
            break;
        }
        top = *row;
    }
    Some((top, bottom))
}

fn column(words: &Vocabulary<'_>, sheet: &Sheet, heading: Heading, body: u32) -> Column {
    let intake = &words.content.intake;
    let cells = sheet.cells.iter().filter(|c| c.row >= body && c.col == heading.col);
    let values: Vec<(&Cell, String)> = cells
        .map(|c| (c, cell::plain_text(sheet, c).into_owned()))
        .filter(|(_, t)| !is_blank(t, intake) && !words.starts_total(t) && !words.starts_note(t))
        .take(SAMPLE)
        .collect();
    let distinct: BTreeSet<String> = values.iter().map(|(_, t)| squeeze(t)).collect();
    let kind = kind_of(words, &values, &distinct);
    let mut sample: Vec<String> = Vec::new();
    for (_, text) in &values {
        if sample.len() < 3 && !sample.contains(text) {
            sample.push(text.clone());
        }
    }
    Column { heading, kind, sample, unique: !values.is_empty() && distinct.len() == values.len() }
}

fn kind_of(words: &Vocabulary<'_>, values: &[(&Cell, String)], distinct: &BTreeSet<String>) -> Kind {
    if values.is_empty() {
        return Kind::Empty;
    }
    let most = |fits: &dyn Fn(&Cell, &str) -> bool| {
        let count = values.iter().filter(|(c, t)| fits(c, t)).count();
        count * 10 >= values.len() * 8
    };
    let intake = &words.content.intake;
    let number = |c: &Cell, t: &str| {
        let digits = squeeze(t).replace([',', '%'], "");
        matches!(c.value, CellValue::Number { .. }) || digits.parse::<rust_decimal::Decimal>().is_ok()
    };
    if most(&|_, t| matches!(uscc::verdict(t), CodeVerdict::Valid(_) | CodeVerdict::OuterFails(_))) {
        Kind::Code
    } else if most(&|_, t| parcel::parse(t).is_some()) {
        Kind::Parcel
    } else if most(&|c, t| {
        matches!(c.value, CellValue::DateTime { .. }) || (parse_date(t).is_some() && !number(c, t))
    }) {
        Kind::Date
    } else if most(&|c, t| {
        parse_period(t).is_some_and(|p| p.end.year() > 1990) && (!number(c, t) || t.len() == 6)
    }) {
        Kind::Period
    } else if most(&number) {
        let whole = most(&|_, t| !t.contains('.') && !t.contains('%'));
        if whole { Kind::Whole } else { Kind::Decimal }
    } else if distinct.iter().all(|t| intake.yes.contains(t) || intake.no.contains(t)) {
        Kind::Flag
    } else if distinct.len() <= 8 && values.len() >= distinct.len() * 3 {
        Kind::Choice(distinct.iter().cloned().collect())
    } else {
        Kind::Text
    }
}

/// Which field (and by what, for references) each column is in the book that knows most of them.
type Fields = Vec<Option<(FieldId, Option<By>)>>;

fn nearest_book<'c>(content: &'c Content, table: &Guess) -> Option<(&'c Book, Fields)> {
    let mut best: Option<(usize, &Book, Fields)> = None;
    for book in content.books.values() {
        let fields = fields_of(content, book, table);
        let known = fields.iter().flatten().count();
        let has = |field: &FieldId| fields.iter().flatten().any(|(f, _)| f == field);
        let keyed = book.key.iter().all(|k| has(k) || (book.time.as_ref() == Some(k) && table.dated));
        let enough = known >= 2 && known * 2 >= table.columns.len() && keyed;
        if enough && best.as_ref().is_none_or(|(most, ..)| known > *most) {
            best = Some((known, book, fields));
        }
    }
    best.map(|(_, book, fields)| (book, fields))
}

/// Gives each column the field whose names are most like its heading; a field is given once, except to code and name.
fn fields_of(content: &Content, book: &Book, table: &Guess) -> Fields {
    let mut offers: Vec<(f64, usize, FieldId, Option<By>)> = Vec::new();
    let known = content.layouts.values().filter(|l| l.book == book.id).flat_map(|l| &l.columns);
    let known: Vec<_> = known.collect();
    for (index, column) in table.columns.iter().enumerate() {
        for field in book.fields.values().filter(|f| column.kind.fits(&f.kind)) {
            let rules = known.iter().filter(|r| r.field == field.id);
            let by_rule = rules.flat_map(|r| r.headings.iter().map(|h| (h.as_str(), r.by.clone())));
            let own =
                (!matches!(field.kind, FieldKind::Reference { .. })).then_some((field.title.as_str(), None));
            for (name, by) in by_rule.chain(own) {
                let alike = likeness(&column.heading, name);
                if alike >= ALIKE {
                    offers.push((alike, index, field.id.clone(), by));
                }
            }
        }
    }
    offers.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut fields: Fields = vec![None; table.columns.len()];
    for (_, index, field, by) in offers {
        let taken = fields.iter().flatten().any(|(f, b)| *f == field && *b == by);
        if fields[index].is_none() && !taken {
            fields[index] = Some((field, by));
        }
    }
    fields
}

/// How alike a heading and a field's name are, 0 to 1: the whole path, or its last part.
fn likeness(heading: &Heading, name: &str) -> f64 {
    let plain = |t: &str| -> Vec<char> {
        brackets(&squeeze(t)).chars().filter(|c| !matches!(c, '(' | ')' | '/' | ':')).collect()
    };
    let (whole, last, name) =
        (plain(&heading.parts.concat()), plain(heading.parts.last().map_or("", String::as_str)), plain(name));
    let ratio = |a: &[char]| fuzz::ratio(a.iter().copied(), name.iter().copied());
    ratio(&whole).max(ratio(&last) * 0.97)
}

/// A layout of a book that is there.
fn of_book(
    content: &Content,
    file: &str,
    sheet: &Sheet,
    table: &Guess,
    book: &Book,
    fields: &Fields,
    id: &str,
) -> Proposal {
    let mut text = head(file, sheet, table);
    let _ = writeln!(
        text,
        "title = {}\nbook = {}",
        quote(&say::layout_title(&sheet.name)),
        quote(book.id.as_str())
    );
    layout_rest(&mut text, table, book.kind == BookKind::Series);
    for (column, field) in table.columns.iter().zip(fields) {
        match field {
            Some((field, by)) => {
                let key = book.key.contains(field) && !matches!(by, Some(By::Name));
                column_text(&mut text, column, field.as_str(), by.as_ref(), key);
            }
            None => unknown_column(&mut text, column, book),
        }
    }
    let _ = content;
    Proposal { sheet: sheet.name.clone(), book: book.id.clone(), files: vec![layout_file(id, text)] }
}

/// A book and its layout for a table that is like none there is.
fn own_book(content: &Content, file: &str, sheet: &Sheet, table: &Guess, id: &str) -> Proposal {
    let register = content
        .books
        .values()
        .find(|b| matches!(b.key.as_slice(), [k] if b.fields[k].kind == FieldKind::Uscc));
    let subject = register.and_then(|r| Some((r, subject_columns(content, r, table)?)));
    let series = subject.is_some() && (table.dated || table.columns.iter().any(|c| c.kind == Kind::Period));
    let mut text = head(file, sheet, table);
    let _ = writeln!(text, "title = {}\nbook = {}", quote(&say::layout_title(&sheet.name)), quote(id));
    layout_rest(&mut text, table, series);
    let mut fields = String::new();
    let mut ids: Vec<(String, usize)> = Vec::new();
    let mut has_time = false;
    for (index, column) in table.columns.iter().enumerate() {
        let role = subject.as_ref().and_then(|(_, columns)| columns.iter().find(|(i, _)| *i == index));
        if let (Some((_, by)), Some((register, _))) = (role, &subject) {
            column_text(&mut text, column, "subject", Some(by), *by == By::Code);
            if !ids.iter().any(|(id, _)| id == "subject") {
                let _ = writeln!(
                    fields,
                    "[fields.subject]\ntitle = {}\ntitle_en = \"Subject\"\nkind = \"reference\"\nbook = {}\nrequired = true\n",
                    quote(&register.title),
                    quote(register.id.as_str())
                );
                ids.push(("subject".to_owned(), index));
            }
            continue;
        }
        let time = series && !has_time && column.kind == Kind::Period;
        has_time |= time;
        let field = if time { "period".to_owned() } else { format!("column_{}", index + 1) };
        column_text(&mut text, column, &field, None, false);
        field_text(&mut fields, &field, column, table);
        ids.push((field, index));
    }
    if series && !has_time {
        fields.push_str(&format!(
            "[fields.period]\ntitle = {}\ntitle_en = \"Period\"\nkind = \"period\"\nrequired = true\n\n",
            quote(say::PERIOD)
        ));
    }
    let mut book = String::new();
    let _ = writeln!(book, "{}", say::book_head());
    let _ = writeln!(book, "title = {}\ntitle_en = \"New book\"", quote(&sheet.name));
    if series {
        book.push_str("kind = \"series\"\nkey = [\"subject\", \"period\"]\nsubject = \"subject\"\ntime = \"period\"\nevery = \"month\"\n\n");
    } else {
        let key = own_key(table, &ids);
        let _ = writeln!(
            book,
            "kind = \"register\"\nkey = [{}]\n",
            key.iter().map(|k| quote(k)).collect::<Vec<_>>().join(", ")
        );
    }
    book.push_str(&fields);
    let files = vec![ProposedFile { path: format!("books/{id}.toml"), text: book }, layout_file(id, text)];
    Proposal { sheet: sheet.name.clone(), book: id.into(), files }
}

/// The columns that say whom a row is about: codes, and names headed like the register's own.
fn subject_columns(content: &Content, register: &Book, table: &Guess) -> Option<Vec<(usize, By)>> {
    let mut found = Vec::new();
    if let Some(index) = table.columns.iter().position(|c| c.kind == Kind::Code) {
        found.push((index, By::Code));
    }
    let refers = |book: &Book, field: &FieldId| {
        book.fields.get(field).and_then(|f| f.kind.book()) == Some(&register.id)
    };
    let rules = content.layouts.values().flat_map(|l| l.columns.iter().map(move |c| (l, c)));
    let names: Vec<&String> = rules
        .filter(|(l, c)| {
            let own = l.book == register.id && register.display.as_ref() == Some(&c.field);
            own || (c.by == Some(By::Name) && content.books.get(&l.book).is_some_and(|b| refers(b, &c.field)))
        })
        .flat_map(|(_, c)| &c.headings)
        .collect();
    let by_name = table.columns.iter().position(|c| {
        matches!(c.kind, Kind::Text | Kind::Choice(_)) && names.iter().any(|n| likeness(&c.heading, n) > 0.99)
    });
    found.extend(by_name.map(|i| (i, By::Name)));
    (!found.is_empty()).then_some(found)
}

/// The first column that tells all rows apart, else all that are no numbers.
fn own_key(table: &Guess, ids: &[(String, usize)]) -> Vec<String> {
    let text = |i: &usize| !matches!(table.columns[*i].kind, Kind::Whole | Kind::Decimal | Kind::Empty);
    let unique = ids.iter().find(|(_, i)| table.columns[*i].unique && text(i));
    match unique {
        Some((id, _)) => vec![id.clone()],
        None => {
            let all: Vec<String> =
                ids.iter().filter(|(_, i)| text(i)).map(|(id, _)| id.clone()).take(4).collect();
            if all.is_empty() { ids.iter().take(1).map(|(id, _)| id.clone()).collect() } else { all }
        }
    }
}

fn layout_file(id: &str, text: String) -> ProposedFile {
    ProposedFile { path: format!("layouts/{id}.toml"), text }
}

fn head(file: &str, sheet: &Sheet, table: &Guess) -> String {
    say::layout_head(file, &sheet.name, &table.at, &table.titles)
}

fn layout_rest(text: &mut String, table: &Guess, series: bool) {
    let _ = writeln!(text, "from = \"\"");
    if let Some(unit) = &table.unit {
        let _ = writeln!(text, "unit = {}", quote(unit));
    }
    if series {
        text.push_str("period = [\"column\", \"title\", \"sheet\", \"file\"]\n");
    }
    text.push('\n');
}

fn column_text(text: &mut String, column: &Column, field: &str, by: Option<&By>, required: bool) {
    if !column.sample.is_empty() {
        let _ = writeln!(text, "# {}", plain_line(&column.sample.join("；")));
    }
    let _ = writeln!(text, "[[column]]\nfield = {}", quote(field));
    match by {
        Some(By::Code) => text.push_str("by = \"code\"\n"),
        Some(By::Name) => text.push_str("by = \"name\"\n"),
        Some(By::Field(field)) => {
            let _ = writeln!(text, "by = {}", quote(&format!("field:{field}")));
        }
        None => {}
    }
    let _ = writeln!(text, "heading = [{}]", quote(&column.heading.shown()));
    if required {
        text.push_str("required = true\n");
    }
    text.push('\n');
}

/// A column of which nothing is known: a comment that a person turns into a rule.
fn unknown_column(text: &mut String, column: &Column, book: &Book) {
    let _ = writeln!(
        text,
        "# {}",
        plain_line(&say::unknown_column(&column.heading.shown(), &book.title, &column.sample))
    );
    let _ =
        writeln!(text, "# [[column]]\n# field = \"\"\n# heading = [{}]\n", quote(&column.heading.shown()));
}

fn field_text(text: &mut String, id: &str, column: &Column, table: &Guess) {
    let own = column.heading.unit.as_ref().map(ToString::to_string);
    let _ = writeln!(
        text,
        "[fields.{id}]\ntitle = {}\ntitle_en = {}",
        quote(&column.heading.shown()),
        quote(&format!("Column {}", id.rsplit('_').next().unwrap_or(id)))
    );
    match (&column.kind, own.or_else(|| table.unit.clone().filter(|_| column.kind == Kind::Decimal))) {
        (Kind::Whole | Kind::Decimal, Some(unit)) if unit == "%" => {
            text.push_str("kind = \"decimal\"\nunit = \"%\"\n")
        }
        (Kind::Whole | Kind::Decimal, Some(unit)) => {
            let _ = writeln!(text, "kind = \"amount\"\nunit = {}", quote(&unit));
        }
        (Kind::Whole, None) => text.push_str("kind = \"integer\"\n"),
        (Kind::Decimal, None) => text.push_str("kind = \"decimal\"\n"),
        (Kind::Date, _) => text.push_str("kind = \"date\"\n"),
        (Kind::Period, _) => text.push_str("kind = \"period\"\n"),
        (Kind::Code, _) => text.push_str("kind = \"uscc\"\n"),
        (Kind::Parcel, _) => text.push_str("kind = \"parcel_code\"\n"),
        (Kind::Flag, _) => text.push_str("kind = \"boolean\"\n"),
        (Kind::Choice(choices), _) => {
            let list: Vec<String> = choices.iter().map(|c| quote(c)).collect();
            let _ = writeln!(text, "kind = \"choice\"\nchoices = [{}]", list.join(", "));
        }
        (Kind::Text | Kind::Empty, _) => text.push_str("kind = \"text\"\n"),
    }
    text.push('\n');
}

/// A TOML string.
fn quote(text: &str) -> String {
    let escaped: String = text
        .chars()
        .flat_map(|c| match c {
            '"' | '\\' => vec!['\\', c],
            c if c.is_control() => vec![' '],
            c => vec![c],
        })
        .collect();
    format!("\"{escaped}\"")
}

/// A text that cannot leave its comment line.
fn plain_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{MemoryLedger, Options, SourceName, stage};
    use model::content::SourceFile;

    const UNITS: &str = "[[unit]]\nid = \"元\"\ndimension = \"CNY\"\nfactor = \"1\"\n";

    fn content(more: &[ProposedFile]) -> Content {
        let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), text: text.to_owned() };
        let intake =
            "totals = [\"合计\"]\nnotes = [\"注:\"]\ncounters = [\"序号\"]\nyes = [\"是\"]\nno = [\"否\"]\n";
        let mut files = vec![file("units.toml", UNITS), file("intake.toml", intake)];
        files.extend(more.iter().map(|f| file(&f.path, &f.text)));
        let (content, wrong) = Content::load(&files);
        assert!(wrong.is_empty(), "{wrong:?}");
        content
    }

    /// Proposes files for a CSV, takes them into the content and stages the same CSV: kinds of the book's fields, and the
    /// number of new entries.
    fn check(csv: &str, kinds: &[(&str, &str)], entries: usize) {
        let workbook = office::read(csv.as_bytes(), "表.csv", &office::Limits::default()).expect("a CSV");
        let proposed = propose(&content(&[]), "表.csv", &workbook);
        let content = content(&proposed);
        let book = content.books.get("proposed_1").expect("a book was proposed");
        let found: Vec<(&str, &str)> =
            book.fields.values().map(|f| (f.title.as_str(), f.kind.name())).collect();
        assert_eq!(found, kinds);
        let source = SourceName { name: "表.csv", digest: "d" };
        let staged = stage(&content, &MemoryLedger::default(), source, &workbook, &Options::default())
            .expect("memory does not fail");
        assert_eq!(staged.counts().new, entries, "{:?}", staged.findings);
    }

    #[test]
    fn a_proposal_reads_the_table_it_was_made_from() {
        check(
            "序号,名称,金额（元）,人数,是否到位,到位日期\n1,甲,12.5,3,是,2023-09-01\n2,乙,\"1,200.00\",4,否,2023-09-02\n合计,,1212.5,7,,\n",
            &[
                ("名称", "text"),
                ("金额", "decimal"),
                ("人数", "integer"),
                ("是否到位", "boolean"),
                ("到位日期", "date"),
            ],
            2,
        );
    }

    #[test]
    fn a_title_with_a_month_gives_a_period() {
        check(
            "2023年9月能耗表\n名称,数量\n甲,5\n乙,6\n",
            &[("名称", "text"), ("数量", "integer"), ("报告期", "period")],
            2,
        );
    }

    #[test]
    fn prose_is_no_table() {
        let workbook =
            office::read("通知\n各单位".as_bytes(), "a.csv", &office::Limits::default()).expect("a CSV");
        assert!(propose(&content(&[]), "a.csv", &workbook).is_empty());
    }
}
