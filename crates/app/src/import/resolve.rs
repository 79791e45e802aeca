//! References of rows to entries: collects what each row's cells say, asks the register once per distinct text, and tells
//! each trouble once with the number of rows it concerns.

use model::definition::{By, FieldKind};
use model::field::is_blank;
use model::finding::{Place, Severity};
use model::id::{BookId, EntryId};
use model::text::tidy;
use model::value::Value;
use office::sheet::{Cell, CellValue, Sheet, a1};
use rustc_hash::FxHashMap;
use store::MatchCandidate;

use super::cell;
use super::draft::Spot;
use super::identity::{Answer, Ask, Register, Told};
use super::plan::Plan;
use super::rows::{From, Row};
use super::vocabulary::Vocabulary;
use crate::messages::import as say;

/// A distinct question and what came of it.
struct Asked {
    ask: Ask,
    answer: Answer,
    first: u32,
    rows: usize,
}

/// Resolves one reference field of one table.
pub(super) struct Resolver<'r, 'c> {
    words: &'r Vocabulary<'c>,
    plan: &'r Plan<'c>,
    sheet: &'r Sheet,
    slot: u16,
    columns: Vec<u16>,
    split: Option<&'r str>,
    /// Without it the row cannot stand.
    needed: bool,
    known: FxHashMap<(u32, u32), Known>,
    /// The columns with code and name, where these are all.
    plain: Option<(u16, Option<u16>)>,
    /// The cells of the row at hand.
    cells: Vec<(u16, Option<(&'r Cell, u32)>)>,
    by_ask: FxHashMap<Ask, usize>,
    asked: Vec<Asked>,
}

/// What is known of texts that stood in cells before.
#[derive(Clone, Copy)]
enum Known {
    /// They leave nothing to be said: [`Register::plainly`].
    Plain(EntryId),
    /// The number of the question.
    Asked(usize),
}

/// The cells that say whom a row means: the column, the cell, the row it stands in.
type Telling<'s> = [(u16, Option<(&'s Cell, u32)>)];

/// The string number of a cell that is not there.
const ABSENT: u32 = u32::MAX;
/// The string number of a cell that holds no text.
const NO_TEXT: u32 = u32::MAX - 1;

impl<'r, 'c> Resolver<'r, 'c> {
    pub fn new(
        words: &'r Vocabulary<'c>,
        plan: &'r Plan<'c>,
        sheet: &'r Sheet,
        slot: u16,
        columns: Vec<u16>,
    ) -> Self {
        let field = plan.columns[usize::from(columns[0])].field;
        let many = matches!(field.kind, FieldKind::References { .. });
        let split = columns.iter().find_map(|c| plan.columns[usize::from(*c)].rule?.split.as_deref());
        let needed = field.required || plan.known.book.key.contains(&field.id);
        let by = |index: u16| plan.columns[usize::from(index)].by.as_ref();
        let plain = match columns.as_slice() {
            [code] if by(*code) == Some(&By::Code) => Some((0, None)),
            [a, b] => match (by(*a), by(*b)) {
                (Some(By::Code), Some(By::Name) | None) => Some((0, Some(1))),
                (Some(By::Name) | None, Some(By::Code)) => Some((1, Some(0))),
                _ => None,
            },
            _ => None,
        };
        Self {
            words,
            plan,
            sheet,
            slot,
            columns,
            split: if many { Some(split.unwrap_or("、")) } else { None },
            needed,
            known: FxHashMap::default(),
            plain,
            cells: Vec::new(),
            by_ask: FxHashMap::default(),
            asked: Vec::new(),
        }
    }

    /// Fills the slot of a row; a row that cannot do without it is held.
    pub fn row(&mut self, register: &mut Register, row: &mut Row) {
        if let Some(split) = self.split {
            self.several(register, row, split);
            return;
        }
        let mut cells = std::mem::take(&mut self.cells);
        self.cells_of(row, &mut cells);
        self.one(register, row, &cells);
        self.cells = cells;
    }

    fn one(&mut self, register: &mut Register, row: &mut Row, cells: &Telling<'r>) {
        let number = |c: &(u16, Option<(&Cell, u32)>)| match c.1.map(|(cell, _)| cell.value) {
            None => ABSENT,
            Some(CellValue::Text(text)) => text,
            Some(_) => NO_TEXT,
        };
        let key = match cells {
            [one] => Some((number(one), ABSENT)),
            [one, two] => Some((number(one), number(two))),
            _ => None,
        };
        let key = key.filter(|(a, b)| *a != NO_TEXT && *b != NO_TEXT);
        let known = match key.and_then(|k| self.known.get(&k).copied()) {
            Some(known) => Some(known),
            None => self.find(register, row.row, cells).inspect(|known| {
                self.known.extend(key.map(|key| (key, *known)));
            }),
        };
        let Some(known) = known else { return };
        let (entry, told) = match known {
            Known::Plain(entry) => (entry, Told::Code),
            Known::Asked(index) => {
                let asked = &mut self.asked[index];
                asked.rows += 1;
                match asked.answer.entry {
                    Some(found) => found,
                    None => return row.held |= self.needed,
                }
            }
        };
        row.values[usize::from(self.slot)] = Some(Value::Entry(entry));
        let Some((index, cell, at)) = self.told_by(cells, told) else { return };
        self.origin(row, (index, at));
        let text = cell::shown(self.sheet, cell);
        if matches!(known, Known::Asked(_)) && !register.is_own_text(entry, &text) {
            row.raw.push((self.slot, text.into_owned()));
        }
    }

    /// What is to be known of cells met for the first time; `None` when they are blank.
    fn find(&mut self, register: &mut Register, row: u32, cells: &Telling<'r>) -> Option<Known> {
        if let Some(entry) = self.plainly(register, cells) {
            return Some(Known::Plain(entry));
        }
        let ask = self.ask(cells)?;
        Some(Known::Asked(self.answer(register, ask, row)))
    }

    /// Who is meant, where code and name are an entry's own as they stand.
    fn plainly(&self, register: &mut Register, cells: &Telling<'_>) -> Option<EntryId> {
        let (code, name) = self.plain?;
        let text = |at: u16| match cells[usize::from(at)].1 {
            None => Some(None),
            Some((cell, _)) => self.sheet.text(cell).map(Some),
        };
        let code = text(code)??;
        let name = name.map_or(Some(None), text)?;
        if is_blank(code, &self.words.content.intake) {
            return None;
        }
        register.plainly(code, name)
    }

    /// The cells of the columns that say whom the row means, own or joined from above.
    fn cells_of(&self, row: &Row, cells: &mut Vec<(u16, Option<(&'r Cell, u32)>)>) {
        let own = &self.sheet.cells[row.cells.start as usize..row.cells.end as usize];
        cells.clear();
        cells.extend(self.columns.iter().map(|index| {
            let column = &self.plan.columns[usize::from(*index)];
            let here = own.iter().find(|c| c.col == column.col).map(|c| (c, row.row));
            let joined = || {
                let after = column.merges.partition_point(|(top, _)| *top <= row.row);
                let (top, bottom) = *column.merges.get(after.checked_sub(1)?)?;
                if bottom < row.row { None } else { self.sheet.cell(top, column.col).map(|c| (c, top)) }
            };
            (*index, here.or_else(joined))
        }));
    }

    fn ask(&self, cells: &Telling<'_>) -> Option<Ask> {
        let mut ask = Ask::default();
        for (index, found) in cells {
            let Some((cell, _)) = found else { continue };
            let text = cell::plain_text(self.sheet, cell);
            if is_blank(&text, &self.words.content.intake) || matches!(cell.value, CellValue::Error(_)) {
                continue;
            }
            let text = text.into_owned();
            match &self.plan.columns[usize::from(*index)].by {
                Some(By::Code) => ask.code = ask.code.or(Some(text)),
                Some(By::Field(field)) => ask.fields.push((field.clone(), text)),
                Some(By::Name) | None => ask.name = ask.name.or(Some(text)),
            }
        }
        (ask != Ask::default()).then_some(ask)
    }

    fn answer(&mut self, register: &mut Register, ask: Ask, row: u32) -> usize {
        if let Some(index) = self.by_ask.get(&ask) {
            return *index;
        }
        let answer = register.resolve(&ask);
        self.by_ask.insert(ask.clone(), self.asked.len());
        self.asked.push(Asked { ask, answer, first: row, rows: 0 });
        self.asked.len() - 1
    }

    /// The cell that told who is meant.
    fn told_by(&self, cells: &Telling<'r>, told: Told) -> Option<(u16, &'r Cell, u32)> {
        let fits = |index: u16| match &self.plan.columns[usize::from(index)].by {
            Some(By::Code) => told == Told::Code,
            Some(By::Field(_)) => told == Told::Field,
            Some(By::Name) | None => told == Told::Name,
        };
        cells
            .iter()
            .filter(|(index, _)| fits(*index))
            .find_map(|(index, found)| found.map(|(c, row)| (*index, c, row)))
    }

    /// Notes where the cell that told it stands, if not where the table as a whole says.
    fn origin(&self, row: &mut Row, (index, at): (u16, u32)) {
        if at != row.row {
            row.from.push((self.slot, From::Above(at)));
        } else if self.plan.first_column(self.slot) != Some(index) {
            row.from.push((self.slot, From::Column(index)));
        }
    }

    /// A list of references: every part must be known.
    fn several(&mut self, register: &mut Register, row: &mut Row, split: &str) {
        let mut entries = Vec::new();
        let mut all = String::new();
        let mut cells = Vec::new();
        self.cells_of(row, &mut cells);
        for (index, found) in cells {
            let Some((cell, _)) = found else { continue };
            let text = cell::plain_text(self.sheet, cell);
            if is_blank(&text, &self.words.content.intake) {
                continue;
            }
            all.push_str(&text);
            for part in text
                .split(split)
                .flat_map(|p| p.split(['、', ';', '；', '\n']))
                .map(tidy)
                .filter(|p| !p.is_empty())
            {
                let mut ask = Ask::default();
                match &self.plan.columns[usize::from(index)].by {
                    Some(By::Code) => ask.code = Some(part),
                    Some(By::Field(field)) => ask.fields.push((field.clone(), part)),
                    Some(By::Name) | None => ask.name = Some(part),
                }
                let index = self.answer(register, ask, row.row);
                let asked = &mut self.asked[index];
                asked.rows += 1;
                match asked.answer.entry {
                    Some((entry, _)) if !entries.contains(&entry) => entries.push(entry),
                    Some(_) => {}
                    None => row.held |= self.needed,
                }
            }
        }
        if !entries.is_empty() {
            row.values[usize::from(self.slot)] = Some(Value::Entries(entries));
            row.raw.push((self.slot, all));
        }
    }

    /// Findings about the questions that were asked, and those for a person to decide.
    pub fn tell(self, file: &str, sheet_name: &str, spots: &mut Vec<Spot>, queue: &mut Vec<MatchCandidate>) {
        let book = &self.plan.known.book.id;
        let field = self.plan.columns[usize::from(self.columns[0])].field;
        let target: Option<BookId> = field.kind.book().cloned();
        for asked in self.asked {
            let cell_of = |about: Told| {
                let fits = self.columns.iter().find(|i| match &self.plan.columns[usize::from(**i)].by {
                    Some(By::Code) => about == Told::Code,
                    Some(By::Field(_)) => about == Told::Field,
                    Some(By::Name) | None => about == Told::Name,
                });
                self.plan.columns[usize::from(*fits.unwrap_or(&self.columns[0]))].col
            };
            for remark in asked.answer.remarks {
                // Where the reference may be missing the row stands without it, and a person should look.
                let eased = !self.needed && remark.severity == Severity::Error;
                let severity = if eased { Severity::Warning } else { remark.severity };
                let (mut message, hint) = remark.said;
                if asked.rows > 1 {
                    message.push_str(&say::in_rows(asked.rows));
                }
                let spot =
                    Spot::cell(asked.first, cell_of(remark.about), remark.code, severity, (message, hint));
                spots.push(spot.about(book, Some(field)));
            }
            let Some(target) = &target else { continue };
            queue.extend(asked.answer.candidates.into_iter().map(|c| MatchCandidate {
                book: target.clone(),
                written: tidy(asked.ask.written()),
                candidate: c.entry,
                permille: c.permille,
                reason: c.reason,
                place: Place {
                    file: file.to_owned(),
                    sheet: sheet_name.to_owned(),
                    cell: a1(asked.first, cell_of(Told::Name)),
                    book: Some(book.clone()),
                    entry: None,
                    field: Some(field.id.clone()),
                },
            }));
        }
    }
}
