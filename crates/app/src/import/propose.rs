//! A layout for a workbook nobody knows yet: headings and values say what the columns may be, a person edits the rest.
//!
//! Where most columns have the names of one book's fields the proposal is a layout of that book; else a book of its own
//! comes with it. What cannot be guessed stands in the proposal as a comment. A proposal saved as it is reads the workbook
//! it was made from (a test says so). Deliberately absent: writing files.

use std::fmt::Write as _;

use model::content::Content;
use model::definition::{Book, BookKind, By, FieldKind};
use model::id::{BookId, FieldId};
use model::text::{brackets, squeeze};
use office::sheet::{Sheet, Workbook, column_letters};
use rapidfuzz::fuzz;

use super::guess::{Column, Guess, Kind, guess};
use super::heading::Heading;
use super::tables::{self, Names};
use super::vocabulary::Vocabulary;
use crate::messages::propose as say;

/// The field of a proposed book that says whom a row is about, and the one that places it in time.
const SUBJECT: &str = "subject";
const PERIOD: &str = "period";
/// Alike enough to be the same name, in hundredths.
const ALIKE: f64 = 0.78;

/// A content file to be looked through, edited and kept in the overlay folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProposedFile {
    /// Its path in the content folder, such as `layouts/proposed_1.toml`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// What is proposed for one sheet.
#[derive(Clone, PartialEq, Debug)]
pub struct Proposal {
    /// The sheet.
    pub sheet: String,
    /// The book that is there already; none when one is proposed too.
    pub book: Option<BookId>,
    /// The files: a layout, and a book before it when none of those there are fits.
    pub files: Vec<ProposedFile>,
    /// Its columns from the left.
    pub columns: Vec<ProposedColumn>,
}

/// What a column may be.
#[derive(Clone, PartialEq, Debug)]
pub struct ProposedColumn {
    /// Its letters.
    pub column: String,
    /// Its headings from the top, joined by `/`.
    pub heading: String,
    /// The field of the book that is there already.
    pub field: Option<FieldId>,
    /// What a reference is recognised by: `code`, `name` or a field.
    pub by: Option<String>,
    /// How alike the heading and the field's name are, in hundredths.
    pub score: u8,
    /// Some of its values.
    pub sample: Vec<String>,
}

/// Proposes files for every sheet that holds a table and that no layout reads.
pub fn propose(content: &Content, file: &str, workbook: &Workbook) -> Vec<ProposedFile> {
    proposals(content, file, workbook).into_iter().flat_map(|proposal| proposal.files).collect()
}

/// The same sheet by sheet, with what each column may be.
pub fn proposals(content: &Content, file: &str, workbook: &Workbook) -> Vec<Proposal> {
    let words = Vocabulary::new(content, None);
    let mut found = Vec::new();
    let mut count = 0;
    for sheet in workbook.sheets.iter().filter(|s| !s.hidden) {
        let names = Names { file, sheet: &sheet.name, forced: false };
        if !tables::find(&words, sheet, names).tables.is_empty() {
            continue;
        }
        let Some(table) = guess(&words, sheet) else { continue };
        let of = Of { content, file, sheet, table: &table, id: free_id(content, count) };
        count += 1;
        let (book, files, fields) = match nearest_book(content, &table) {
            Some((book, fields)) => (Some(book.id.clone()), vec![of.layout_over(book, &fields)], fields),
            None => (None, of.own_book().to_vec(), vec![None; table.columns.len()]),
        };
        let columns = table.columns.iter().zip(fields).map(|(column, field)| proposed(column, field));
        found.push(Proposal { sheet: sheet.name.clone(), book, files, columns: columns.collect() });
    }
    found
}

fn proposed(column: &Column, given: Option<Given>) -> ProposedColumn {
    let by = given.as_ref().and_then(|given| given.by.as_ref()).map(|by| match by {
        By::Code => "code".to_owned(),
        By::Name => "name".to_owned(),
        By::Field(field) => format!("field:{field}"),
    });
    ProposedColumn {
        column: column_letters(column.heading.col),
        heading: column.heading.shown(),
        by,
        score: given.as_ref().map_or(0, |given| given.score),
        field: given.map(|given| given.field),
        sample: column.sample.clone(),
    }
}

/// What a proposal is made of.
struct Of<'a> {
    content: &'a Content,
    file: &'a str,
    sheet: &'a Sheet,
    table: &'a Guess,
    id: String,
}

/// The first name `proposed_N` that is neither a book nor a layout.
fn free_id(content: &Content, taken: usize) -> String {
    let free = |n: &usize| {
        let id = format!("proposed_{n}");
        !content.books.contains_key(id.as_str()) && !content.layouts.contains_key(id.as_str())
    };
    let first = (1..).filter(free).nth(taken).unwrap_or(taken);
    format!("proposed_{first}")
}

/// The field a column was given.
#[derive(Clone)]
struct Given {
    field: FieldId,
    /// References: by what.
    by: Option<By>,
    score: u8,
}

/// Which field each column is in the book that knows most of them.
type Fields = Vec<Option<Given>>;

fn nearest_book<'c>(content: &'c Content, table: &Guess) -> Option<(&'c Book, Fields)> {
    let mut best: Option<(usize, &Book, Fields)> = None;
    for book in content.books.values() {
        let fields = fields_of(content, book, table);
        let known = fields.iter().flatten().count();
        let has = |field: &FieldId| fields.iter().flatten().any(|given| given.field == *field);
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
    for (alike, index, field, by) in offers {
        let taken = fields.iter().flatten().any(|given| given.field == field && given.by == by);
        if fields[index].is_none() && !taken {
            fields[index] = Some(Given { field, by, score: hundredths(alike) });
        }
    }
    fields
}

/// A share between 0 and 1 in hundredths.
fn hundredths(share: f64) -> u8 {
    (0..=100).rev().find(|n| f64::from(*n) <= share * 100.0).unwrap_or(0)
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

impl Of<'_> {
    /// A layout of a book that is there.
    fn layout_over(&self, book: &Book, fields: &Fields) -> ProposedFile {
        let mut text = self.layout_head(book.id.as_str(), book.kind == BookKind::Series);
        for (column, field) in self.table.columns.iter().zip(fields) {
            match field {
                Some(Given { field, by, .. }) => {
                    let key = book.key.contains(field) && !matches!(by, Some(By::Name));
                    column_text(&mut text, column, field.as_str(), by.as_ref(), key);
                }
                None => unknown_column(&mut text, column, book),
            }
        }
        self.layout_file(text)
    }

    /// A book and its layout for a table that is like none there is.
    fn own_book(&self) -> [ProposedFile; 2] {
        let subject = self.subject();
        let periods = self.table.columns.iter().any(|c| c.kind == Kind::Period);
        let timed = self.table.dated || (subject.is_some() && periods);
        let series = subject.is_some() && timed;
        let mut text = self.layout_head(&self.id, timed);
        let mut fields = String::new();
        let mut ids: Vec<(String, usize)> = Vec::new();
        for (index, column) in self.table.columns.iter().enumerate() {
            let role = subject
                .as_ref()
                .and_then(|s| Some((s.register, &s.columns.iter().find(|(i, _)| *i == index)?.1)));
            if let Some((register, by)) = role {
                column_text(&mut text, column, SUBJECT, Some(by), *by == By::Code);
                if !ids.iter().any(|(id, _)| id == SUBJECT) {
                    reference_text(&mut fields, register);
                    ids.push((SUBJECT.to_owned(), index));
                }
                continue;
            }
            let time = timed && column.kind == Kind::Period && !ids.iter().any(|(id, _)| id == PERIOD);
            let id = if time { PERIOD.to_owned() } else { format!("column_{}", index + 1) };
            column_text(&mut text, column, &id, None, false);
            field_text(&mut fields, &id, column, self.table);
            ids.push((id, index));
        }
        if timed && !ids.iter().any(|(id, _)| id == PERIOD) {
            let title = quote(say::PERIOD);
            let _ = writeln!(
                fields,
                "[fields.period]\ntitle = {title}\ntitle_en = \"Period\"\nkind = \"period\"\nrequired = true"
            );
        }
        let book = ProposedFile {
            path: format!("books/{}.toml", self.id),
            text: self.book_head(series, timed, &ids) + &fields,
        };
        [book, self.layout_file(text)]
    }

    fn book_head(&self, series: bool, timed: bool, ids: &[(String, usize)]) -> String {
        let mut text = say::book_head();
        let _ = writeln!(text, "title = {}\ntitle_en = \"New book\"", quote(&self.sheet.name));
        if series {
            text.push_str("kind = \"series\"\nkey = [\"subject\", \"period\"]\nsubject = \"subject\"\ntime = \"period\"\nevery = \"month\"\n\n");
        } else {
            let mut key: Vec<String> = own_key(self.table, ids).iter().map(|k| quote(k)).collect();
            if timed {
                key.push(quote(PERIOD));
            }
            let time = if timed { "time = \"period\"\n" } else { "" };
            let _ = writeln!(text, "kind = \"register\"\nkey = [{}]\n{time}", key.join(", "));
        }
        text
    }

    /// The register whose entries have credit codes, and the columns that name one of them.
    fn subject(&self) -> Option<Subject<'_>> {
        let coded = |b: &&Book| matches!(b.key.as_slice(), [k] if b.fields[k].kind == FieldKind::Uscc);
        let register = self.content.books.values().find(coded)?;
        Some(Subject { register, columns: subject_columns(self.content, register, self.table)? })
    }

    fn layout_head(&self, book: &str, timed: bool) -> String {
        let mut text = say::layout_head(self.file, &self.sheet.name, &self.table.at, &self.table.titles);
        let title = quote(&say::layout_title(&self.sheet.name));
        let _ = writeln!(text, "title = {title}\nbook = {}\nfrom = \"\"", quote(book));
        if let Some(unit) = &self.table.unit {
            let _ = writeln!(text, "unit = {}", quote(unit));
        }
        if timed {
            text.push_str("period = [\"column\", \"title\", \"sheet\", \"file\"]\n");
        }
        text.push('\n');
        text
    }

    fn layout_file(&self, text: String) -> ProposedFile {
        ProposedFile { path: format!("layouts/{}.toml", self.id), text }
    }
}

/// Whom the rows of a proposed book are about.
struct Subject<'a> {
    register: &'a Book,
    columns: Vec<(usize, By)>,
}

fn reference_text(text: &mut String, register: &Book) {
    let _ = writeln!(
        text,
        "[fields.subject]\ntitle = {}\ntitle_en = \"Subject\"\nkind = \"reference\"\nbook = {}\nrequired = true\n",
        quote(&register.title),
        quote(register.id.as_str())
    );
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
    if let Some((id, _)) = unique {
        return vec![id.clone()];
    }
    let all: Vec<String> = ids.iter().filter(|(_, i)| text(i)).map(|(id, _)| id.clone()).take(4).collect();
    if all.is_empty() { ids.iter().take(1).map(|(id, _)| id.clone()).collect() } else { all }
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
            text.push_str("kind = \"decimal\"\nunit = \"%\"\n");
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

/// A text as TOML writes it.
pub(crate) fn quote(text: &str) -> String {
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
                ("金额", "amount"),
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
