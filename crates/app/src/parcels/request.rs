//! The request for data (催报表): a workbook that says what a department still owes, with a sheet to fill in for each book that
//! takes it, headed as the book's own layout reads it. Filled in and sent back, it comes in by the ordinary import.
//!
//! A sheet has the fields that identify a row and those that are wanted, nothing else; what is known already stands in it
//! where the reader may see it. Rows that stay empty change nothing when they come back. Deliberately absent: sending it.

use std::collections::{BTreeMap, BTreeSet};

use model::content::Content;
use model::definition::{
    Book, By, ColumnRule, Domain, Field, FieldKind, FigureRule, LandPart, LandRole, Layout, Measure,
};
use model::expr::Node;
use model::id::{BookId, EntryId, FieldId, FigureId, LayoutId};
use model::period::Period;
use model::value::Value;
use office::sheet::Area;
use office::write::{BookSpec, CellSpec, Input, MergeSpec, SheetSpec, Style, xlsx};

use super::coverage::gaps;
use super::fault::{ParcelsFault, Result};
use super::gather::gather;
use super::ground::{AREAS, Ground};
use super::measured::Measured;
use super::shapes::{Gap, GapList};
use crate::access::{Actor, Right};
use crate::books::{BooksFault, periods_of};
use crate::messages::parcels as say;
use crate::park::Park;

/// Characters of a sheet's name before the number it may need.
const LONGEST_NAME: usize = 27;
/// Characters of a date.
const DATE: usize = 10;
/// Parts of an occupancy that a department states.
const TENANCY: [LandPart; 6] =
    [LandPart::Parcel, LandPart::Tenant, LandPart::Kind, LandPart::FloorArea, LandPart::From, LandPart::To];

/// A workbook to send out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DataRequest {
    /// Its file name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How much is asked for.
    pub gaps: usize,
    /// The departments it is for.
    pub departments: Vec<String>,
}

/// What a department, or everybody, still owes for a year, to be filled in.
///
/// # Errors
/// [`ParcelsFault`] when it is not for this person, or the department owes nothing here.
pub fn request(park: &Park, actor: &Actor, year: i16, department: Option<&str>) -> Result<DataRequest> {
    let ground = Ground::new(park, actor)?;
    let measured = Measured { ground: &ground, gathered: gather(park, &ground, year) };
    let mut lists = gaps(&measured, usize::MAX);
    if let Some(department) = department {
        lists.retain(|list| list.department == department);
        if lists.is_empty() {
            return Err(ParcelsFault::Value { field: "department", value: department.to_owned() });
        }
    }
    let mut wanted = Wanted { ground: &ground, year, today: park.today(), asks: BTreeMap::new() };
    lists.iter().flat_map(|list| &list.gaps).for_each(|gap| wanted.gap(gap));
    let mut sheets = vec![listed(&ground, year, &lists)];
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    for ask in wanted.asks.values() {
        let before = named.entry(ask.tab()).or_default();
        *before += 1;
        sheets.extend(ask.sheet(&ground, say::tab(&ask.tab(), *before)));
    }
    let bytes = xlsx(&BookSpec { sheets }).map_err(BooksFault::Export)?;
    let departments: Vec<String> = lists.iter().map(|list| list.department.clone()).collect();
    let of = if department.is_some() { departments.join("、") } else { String::new() };
    let gaps = lists.iter().map(|list| list.gaps.len()).sum();
    Ok(DataRequest { name: say::request_file(year, &of), bytes, gaps, departments })
}

/// The first sheet: everything that is missing, for people.
fn listed(ground: &Ground<'_>, year: i16, lists: &[GapList]) -> SheetSpec {
    let mut rows = vec![
        vec![CellSpec::text(say::request_title(year)).styled(Style::Title)],
        vec![CellSpec::text(say::REQUEST_NOTE).styled(Style::Note)],
        say::REQUEST_HEADINGS.iter().map(|text| CellSpec::text(*text).styled(Style::Header)).collect(),
    ];
    for list in lists {
        rows.extend(list.gaps.iter().map(|gap| {
            let domain = Domain::ALL.into_iter().find(|d| d.word() == gap.domain);
            let domain = domain.map_or(gap.domain.as_str(), |domain| say::domain(domain).0);
            let measure = gap.measure.as_ref().and_then(|id| ground.content.measures.get(id.as_str()));
            let enterprise = gap.enterprise.as_ref().map_or("", |enterprise| enterprise.title.as_str());
            let what = measure.map_or(domain, |measure| measure.title.as_str());
            [list.department.as_str(), &gap.code, &gap.name, domain, enterprise, what, &gap.text]
                .map(|text| CellSpec::text(text).styled(Style::Framed))
                .to_vec()
        }));
    }
    let widths = [18.0, 24.0, 20.0, 10.0, 32.0, 22.0, 44.0];
    SheetSpec {
        name: say::REQUEST_SHEET.to_owned(),
        widths: (0u16..).zip(widths).collect(),
        rows,
        freeze: Some((3, 0)),
        ..SheetSpec::default()
    }
}

/// What is asked for, by book and layout.
struct Wanted<'a> {
    ground: &'a Ground<'a>,
    year: i16,
    today: jiff::civil::Date,
    asks: BTreeMap<(BookId, LayoutId), Ask<'a>>,
}

/// What is asked for of one book.
struct Ask<'a> {
    book: &'a Book,
    layout: &'a Layout,
    wanted: BTreeSet<FieldId>,
    lines: BTreeSet<Line>,
}

/// A row to fill in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Line {
    /// An entry that is there, with something missing.
    Entry(EntryId),
    /// What a subject has not returned for a period.
    Return(EntryId, Period),
    /// A new entry about a parcel.
    About(EntryId),
}

impl Wanted<'_> {
    fn gap(&mut self, gap: &Gap) {
        let parcel = EntryId(gap.parcel);
        let measure = gap.measure.as_ref().and_then(|id| self.ground.content.measures.get(id.as_str()));
        match (measure, &gap.enterprise) {
            (Some(measure), Some(enterprise)) => self.returns(measure, enterprise.entry),
            _ if gap.domain == Domain::Land.word() => {
                let parts = AREAS.map(|(part, _)| part);
                self.about(LandRole::Parcel, &parts, &[Line::Entry(parcel)]);
            }
            _ if gap.domain == Domain::Tenancy.word() => {
                let known = self.ground.shelf(LandRole::Occupancy).map_or_else(Vec::new, |shelf| {
                    let rows = shelf.rows_of(LandPart::Parcel, parcel);
                    rows.into_iter().map(|row| Line::Entry(shelf.id(row))).collect()
                });
                let lines = if known.is_empty() { vec![Line::About(parcel)] } else { known };
                self.about(LandRole::Occupancy, &TENANCY, &lines);
            }
            // Nobody is known on the parcel: the list says so, and there is no row to fill in.
            _ => {}
        }
    }

    /// Rows of a book of land.
    fn about(&mut self, role: LandRole, parts: &[LandPart], lines: &[Line]) {
        let Some(shelf) = self.ground.shelf(role) else { return };
        let fields = parts.iter().filter_map(|part| shelf.land.field(*part)).cloned().collect();
        self.add(&shelf.book.id, fields, lines);
    }

    /// What an enterprise has not returned of a measure.
    fn returns(&mut self, measure: &Measure, enterprise: EntryId) {
        let Some(figure) = &measure.figure else { return };
        for (id, fields) in sources(self.ground.content, figure) {
            let Some(book) = self.ground.content.books.get(&id) else { continue };
            let lines = self.unreturned(book, &fields, enterprise);
            self.add(&id, fields, &lines);
        }
    }

    /// Periods that have passed and for which nothing of these fields is there.
    fn unreturned(&self, book: &Book, fields: &BTreeSet<FieldId>, enterprise: EntryId) -> Vec<Line> {
        let (Some(subject), Some(time)) = (&book.subject, &book.time) else { return Vec::new() };
        let periods = periods_of(book, self.year);
        let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return Vec::new() };
        let table = self.ground.sight.table(book);
        let own = table.between(first.start(), last.end).filter(|row| {
            let filled = fields.iter().any(|field| table.value(*row, field).is_some());
            filled && table.value(*row, subject).and_then(|value| value.as_entry()) == Some(enterprise)
        });
        let there: BTreeSet<Period> =
            own.filter_map(|row| table.value(row, time).and_then(|value| value.as_period())).collect();
        let owed = periods.into_iter().filter(|p| p.last_day() < self.today && !there.contains(p));
        owed.map(|period| Line::Return(enterprise, period)).collect()
    }

    fn add(&mut self, id: &BookId, fields: BTreeSet<FieldId>, lines: &[Line]) {
        let content = self.ground.content;
        let (Some(book), false) = (content.books.get(id), lines.is_empty()) else { return };
        let Some(layout) = layout_for(content, book, &fields) else { return };
        let new = || Ask { book, layout, wanted: BTreeSet::new(), lines: BTreeSet::new() };
        let ask = self.asks.entry((id.clone(), layout.id.clone())).or_insert_with(new);
        ask.wanted.extend(fields);
        ask.lines.extend(lines);
    }
}

/// The fields that a figure adds up, by book.
fn sources(content: &Content, figure: &FigureId) -> BTreeMap<BookId, BTreeSet<FieldId>> {
    let mut found: BTreeMap<BookId, BTreeSet<FieldId>> = BTreeMap::new();
    let (mut open, mut seen) = (vec![figure.clone()], BTreeSet::new());
    while let Some(id) = open.pop() {
        if !seen.insert(id.clone()) {
            continue;
        }
        match content.figures.get(&id).map(|figure| &figure.rule) {
            Some(FigureRule::Measure { book, measure, .. }) => {
                let of = found.entry(book.clone()).or_default();
                measure.walk(&mut |part| {
                    if let Node::Field(field) = &part.node {
                        of.insert(field.clone());
                    }
                });
            }
            Some(FigureRule::Composite(value)) => open.extend(value.figures()),
            Some(FigureRule::Rank { .. }) | None => {}
        }
    }
    found
}

/// The layout of a book that reads most of these fields, periods from a column before those from a title.
fn layout_for<'a>(content: &'a Content, book: &Book, fields: &BTreeSet<FieldId>) -> Option<&'a Layout> {
    let reads = |layout: &Layout, field: &FieldId| layout.columns.iter().any(|rule| rule.field == *field);
    let fit = |layout: &&Layout| {
        let covered = fields.iter().filter(|field| reads(layout, field)).count();
        (book.time.as_ref().is_none_or(|time| reads(layout, time)), covered)
    };
    let own = content.layouts.values().filter(|layout| layout.book == book.id && layout.wide.is_none());
    // Of those that fit alike the first.
    own.rev().max_by_key(fit).filter(|layout| fit(layout).1 > 0)
}

/// A column to fill in.
struct Column<'a> {
    rule: &'a ColumnRule,
    field: &'a Field,
    /// Its headings from the top.
    headings: Vec<String>,
}

impl<'a> Ask<'a> {
    /// The book's title as the name of a tab may be.
    fn tab(&self) -> String {
        self.book.title.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(LONGEST_NAME).collect()
    }

    /// The sheet to fill in; none when the layout cannot say whom a row is about.
    fn sheet(&self, ground: &Ground<'_>, name: String) -> Option<SheetSpec> {
        let columns = self.columns();
        let deepest = columns.iter().map(|column| column.headings.len()).max()?;
        let head = |level: usize| {
            let text = |column: &Column<'_>| {
                let text = column.headings.get(level).cloned().unwrap_or_default();
                CellSpec::text(text).styled(Style::Header)
            };
            columns.iter().map(text).collect()
        };
        let cell = |column: &Column<'_>, line: &Line| {
            let cell = self.cell(ground, column, *line);
            let open = cell.value == Input::Blank;
            cell.styled(if open { Style::Field } else { Style::Framed })
        };
        let lines = self.lines.iter().map(|line| columns.iter().map(|column| cell(column, line)).collect());
        let lines: Vec<Vec<CellSpec>> = lines.collect();
        let widths = (0u16..).zip(&columns).map(|(at, column)| {
            let below = lines.iter().filter_map(|line| line.get(usize::from(at)));
            (at, width(&column.headings, below))
        });
        Some(SheetSpec {
            name,
            widths: widths.collect(),
            merges: merges(&columns, deepest),
            freeze: Some((u32::try_from(deepest).unwrap_or(1), 1)),
            rows: (0..deepest).map(head).chain(lines.iter().cloned()).collect(),
            ..SheetSpec::default()
        })
    }

    /// What identifies a row, what the layout cannot do without, and what is wanted, in the layout's order.
    fn columns(&self) -> Vec<Column<'a>> {
        let book = self.book;
        let takes = |rule: &ColumnRule| {
            let field = &rule.field;
            let identifies =
                book.key.contains(field) || [&book.subject, &book.time].contains(&&Some(field.clone()));
            rule.required || identifies || self.wanted.contains(field)
        };
        let rules = self.layout.columns.iter().filter(|rule| takes(rule));
        let column = |rule: &'a ColumnRule| {
            let field = book.field(&rule.field)?;
            // The plainest of the headings that the layout reads.
            let heading = rule.headings.iter().min_by_key(|heading| heading.matches('/').count())?;
            let mut headings: Vec<String> = heading.split('/').map(str::to_owned).collect();
            if let (Some(unit), Some(last)) = (field.kind.unit(), headings.last_mut()) {
                last.push_str(&say::in_unit(unit.as_str()));
            }
            Some(Column { rule, field, headings })
        };
        rules.filter_map(column).collect()
    }

    /// What is known of a cell already.
    fn cell(&self, ground: &Ground<'_>, column: &Column<'_>, line: Line) -> CellSpec {
        let field = Some(&column.rule.field);
        match line {
            Line::Entry(entry) => self.known(ground, column, entry),
            Line::Return(subject, _) if field == self.book.subject.as_ref() => {
                named(ground, column, subject).map_or_else(CellSpec::blank, CellSpec::text)
            }
            Line::Return(_, period) if field == self.book.time.as_ref() => CellSpec::text(period.to_string()),
            Line::Return(..) => CellSpec::blank(),
            Line::About(parcel) => {
                let about = ground.parcels().book;
                let refers = column.field.kind.book() == Some(&about.id);
                let text = refers.then(|| named(ground, column, parcel)).flatten();
                text.map_or_else(CellSpec::blank, CellSpec::text)
            }
        }
    }

    /// What stands in the ledger, where the reader may see it.
    fn known(&self, ground: &Ground<'_>, column: &Column<'_>, entry: EntryId) -> CellSpec {
        let (sight, field) = (&ground.sight, column.field);
        let table = sight.table(self.book);
        let value = table.row(entry).and_then(|row| table.value(row, &field.id));
        let Some(value) =
            value.filter(|_| sight.actor.may(Right::Read, self.book) && !sight.actor.masks(field))
        else {
            return CellSpec::blank();
        };
        match value {
            Value::Number(number) => CellSpec::decimal(number.normalize().to_string()),
            Value::Date(date) if date.year() >= 1900 => {
                let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
                CellSpec { value: Input::Date { year: date.year(), month, day }, style: Style::Plain }
            }
            other => match other.as_entry() {
                Some(entry) => named(ground, column, entry).map_or_else(CellSpec::blank, CellSpec::text),
                None => CellSpec::text(sight.cell(field, &other).text),
            },
        }
    }
}

/// How wide a column is: its longest value, and its headings on two lines at most.
fn width<'a>(headings: &[String], below: impl Iterator<Item = &'a CellSpec>) -> f64 {
    // A character of Chinese takes the room of two others.
    let wide = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let values = below.map(|cell| match &cell.value {
        Input::Text(text) | Input::Decimal(text) => wide(text),
        Input::Date { .. } => DATE,
        _ => 0,
    });
    let headings = headings.iter().map(|text| wide(text).div_ceil(2));
    let longest = headings.chain(values).max().unwrap_or(0);
    f64::from(u8::try_from((longest + 2).clamp(12, 44)).unwrap_or(44))
}

/// An entry as a column names it: by its code, by another field of its own, or by its name.
fn named(ground: &Ground<'_>, column: &Column<'_>, entry: EntryId) -> Option<String> {
    let book = ground.content.books.get(column.field.kind.book()?)?;
    let table = ground.sight.table(book);
    let row = table.row(entry)?;
    let text = |field: &FieldId| {
        let (field, value) = (book.field(field)?, table.value(row, field)?);
        (!ground.sight.actor.masks(field)).then(|| ground.sight.text(field, &value))
    };
    match &column.rule.by {
        Some(By::Field(field)) => text(field),
        Some(By::Code) => {
            let coded = |field: &&Field| {
                matches!(field.kind, FieldKind::Uscc | FieldKind::OrgCode | FieldKind::ParcelCode)
            };
            let coded = book.fields.values().find(coded).map(|field| &field.id);
            coded.or(book.key.first()).and_then(text)
        }
        Some(By::Name) | None => Some(ground.sight.row_title(book, table, row)),
    }
}

/// Headings that reach over several columns, and those that reach down to the last row of headings.
fn merges(columns: &[Column<'_>], deepest: usize) -> Vec<MergeSpec> {
    let mut merges = Vec::new();
    let mut merge = |(top, bottom): (usize, usize), (left, right): (usize, usize), text: &str| {
        let row = |at| u32::try_from(at).unwrap_or(u32::MAX);
        let col = |at| u16::try_from(at).unwrap_or(u16::MAX);
        let area = Area { top: row(top), left: col(left), bottom: row(bottom), right: col(right) };
        merges.push(MergeSpec { area, text: text.to_owned(), style: Style::Header });
    };
    for (at, column) in columns.iter().enumerate() {
        let depth = column.headings.len();
        if depth < deepest {
            merge((depth - 1, deepest - 1), (at, at), &column.headings[depth - 1]);
        }
    }
    for level in 0..deepest.saturating_sub(1) {
        let group = |column: &Column<'_>| {
            column
                .headings
                .get(..=level)
                .filter(|_| column.headings.len() > level + 1)
                .map(<[String]>::to_vec)
        };
        let mut from = 0;
        for run in columns.chunk_by(|one, other| group(one).is_some() && group(one) == group(other)) {
            if run.len() > 1 {
                merge((level, level), (from, from + run.len() - 1), &run[0].headings[level]);
            }
            from += run.len();
        }
    }
    merges
}
