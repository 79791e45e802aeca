//! What is known of what an enterprise is due by a policy in a year, for its calculation sheet as a Word file (计算表): the same reckoning
//! as the workbook's, each number with the cells it was read from. Its text is content (`content/reports`).
//!
//! Deliberately absent: arithmetic, and numbers the reckoning does not have.

use assess::policy::{Line, Part};
use jiff::civil::Date;
use model::definition::{Formula, Input, Policy, PolicyData, Setting, Topic};
use model::id::{EntryId, PolicyId};
use model::period::{Month, Period, Window};
use rust_decimal::Decimal;

use super::gather::{Beside, Gathered, Row};
use super::sheet::{ruled, used};
use super::{Desk, Result};
use crate::access::{Actor, Refusal};
use crate::messages::policies as say;
use crate::park::Park;
use crate::report::{Fact, Matter};
use crate::sheets::{self, Document, Sheet};

/// 元, the unit of money here.
const YUAN: &str = "元";

/// The calculation sheet of one enterprise as a Word file.
///
/// # Errors
/// [`super::PoliciesFault`] as `sheet`, or when the manuscript is wrong.
pub fn payment_document(
    park: &Park,
    actor: &Actor,
    id: &str,
    (enterprise, year): (EntryId, Option<i16>),
) -> Result<Document> {
    let (matter, name) = of_payment(park, actor, id, (enterprise, year))?;
    let sheet = Sheet { policy: Some(PolicyId::from(id)), ..Sheet::about(enterprise) };
    Ok(sheets::build(park, actor, &sheet, matter, name)?)
}

/// What is known of it, and the name of its file.
pub(crate) fn of_payment(
    park: &Park,
    actor: &Actor,
    id: &str,
    (enterprise, year): (EntryId, Option<i16>),
) -> Result<(Matter, String)> {
    let desk = Desk::about(park, actor, year, Some(enterprise))?;
    let policy = desk.policy(id)?;
    let data = policy.data.as_ref().ok_or(Refusal::NotFound)?;
    let (of, candidate) = desk.the_one(policy)?;
    let end = Month::new(desk.year, 12).ok_or(Refusal::NotFound)?;
    let matter = Matter::new(Topic::Payment, Period::containing(end, Window::Year));
    let mut told = Told { desk: &desk, policy, data, of: &of, matter };
    told.head();
    let reckoned = desk.reckon(policy, &of);
    for line in &reckoned.lines {
        told.line(line);
    }
    told.rules(&reckoned.lines);
    told.put("sum", reckoned.sum);
    told.put("cap", policy.limits.cap.and_then(Setting::known));
    told.put("amount", candidate.amount);
    let lacks: Vec<String> = reckoned.lacks.iter().map(say::lack).collect();
    told.matter.put("missing", Fact::text(lacks.join("；")));
    told.matter.put("conflicts", Fact::text(candidate.conflicts.join("；")));
    told.matter.put("revision", Fact::text(format!("r{}", desk.sight.snapshot.revision().0)));
    told.matter.put("made", Fact::text(park.today().to_string()));
    let name = say::document_name(&policy.title, &candidate.enterprise.title, desk.year);
    Ok((told.matter, name))
}

/// The matter as it grows.
struct Told<'s, 'a> {
    desk: &'s Desk<'a>,
    policy: &'s Policy,
    data: &'s PolicyData,
    of: &'s Gathered,
    matter: Matter,
}

impl Told<'_, '_> {
    fn head(&mut self) {
        let sight = &self.desk.sight;
        let field = sight.content.pages.enterprises.as_ref().and_then(|page| page.codes.first());
        let code = sight.snapshot.find(self.of.enterprise).zip(field).and_then(|((table, row), field)| {
            let text = table.value(row, field)?.to_string();
            Some(Fact::text(text).read(table.book(), self.of.enterprise, Some(field)))
        });
        self.matter.put("enterprise.name", Fact::text(sight.title(self.of.enterprise, None)));
        self.matter.put("enterprise.code", code.unwrap_or_default());
        self.matter.put("year", Fact::text(self.desk.year.to_string()));
        self.matter.put("policy.title", Fact::text(&self.policy.title));
        let document = &self.policy.document;
        let document = if document == Setting::TO_BE_SUPPLIED { say::TO_BE_SUPPLIED } else { document };
        self.matter.put("policy.document", Fact::text(document));
        self.matter.put("policy.authority", Fact::text(&self.policy.authority));
        self.matter.put("policy.source", Fact::text(&self.policy.source));
    }

    /// A sum of money that hangs on every row.
    fn put(&mut self, name: &str, sum: Option<Decimal>) {
        let Some(sum) = sum else { return };
        let fact = self.of.rows.iter().fold(Fact::number(sum, YUAN), |fact, row| self.read(fact, row, &[]));
        self.matter.put(name, fact);
    }

    /// With the cells of some inputs of a row – of none: of all that are used.
    fn read(&self, mut fact: Fact, row: &Row, inputs: &[Input]) -> Fact {
        let asked = |input: &Input| {
            used(&self.policy.formula, *input) && (inputs.is_empty() || inputs.contains(input))
        };
        for (input, (field, _)) in self.data.fields.iter().filter(|(input, _)| asked(input)) {
            if has(row, *input) {
                fact = fact.read(&self.data.book, row.entry, Some(field));
            }
        }
        let beside = Beside::new(&self.desk.sight, self.data);
        for (_, sum) in self.data.sums.iter().filter(|(input, _)| asked(input)) {
            for entry in beside.rows(sum, self.of.enterprise, self.desk.year) {
                fact = fact.read(&sum.book, entry, Some(&sum.field));
            }
        }
        if let Some(rule) = self.data.repayments.as_ref().filter(|_| asked(&Input::Repayments)) {
            for entry in &row.repayments {
                fact = fact.read(&rule.book, *entry, Some(&rule.amount)).read(
                    &rule.book,
                    *entry,
                    Some(&rule.day),
                );
            }
        }
        fact
    }

    fn line(&mut self, line: &Line) {
        let row = &self.of.rows[line.row];
        let item = self.desk.sight.title(row.entry, None);
        let unit = match self.policy.formula {
            Formula::PerUnit { .. } | Formula::Price { .. } => "",
            _ => YUAN,
        };
        let number = |number: Option<Decimal>, unit: &str, inputs: &[Input]| match number {
            Some(number) => self.read(Fact::number(number, unit), row, inputs),
            None => Fact::default(),
        };
        let day = |day: Option<Date>, inputs: &[Input]| match day {
            Some(day) => self.read(Fact::text(day.to_string()), row, inputs),
            None => Fact::default(),
        };
        let mut note: Vec<&str> = line.held.iter().map(|held| say::held(*held)).collect();
        note.extend(line.out.map(say::out));
        let base = [Input::Principal, Input::Interest, Input::Value, Input::Before, Input::Word];
        let rate = [Input::Rate, Input::Lpr, Input::Base, Input::Price, Input::Word];
        let (begun, ended) = ([Input::Made, Input::From], [Input::Due, Input::Repaid]);
        let days: Vec<Input> = begun.iter().chain(&ended).copied().collect();
        let facts = vec![
            ("item", Fact::text(&item)),
            ("base", number(line.base, unit, &base)),
            ("rate", number(line.rate, "", &rate)),
            ("from", day(line.from, &begun)),
            ("until", day(line.until, &ended)),
            ("days", number(line.days.map(Decimal::from), "", &days)),
            ("basis", line.basis.map_or_else(Fact::default, |days| Fact::number(Decimal::from(days), ""))),
            ("full", number(line.full, YUAN, &[])),
            ("amount", number(line.amount, YUAN, &[])),
            ("note", Fact::text(note.join("；"))),
        ];
        self.matter.line("lines", &item, facts);
        for (at, part) in line.parts.iter().enumerate() {
            self.part(row, &item, (at, part));
        }
        self.given(row, &item);
    }

    fn part(&mut self, row: &Row, item: &str, (at, part): (usize, &Part)) {
        let read = |fact: Fact| self.read(fact, row, &[Input::Principal, Input::Repayments]);
        let facts = vec![
            ("item", Fact::text(item)),
            ("base", read(Fact::number(part.base, YUAN))),
            ("from", read(Fact::text(part.from.to_string()))),
            ("until", read(Fact::text(part.until.to_string()))),
            ("days", read(Fact::number(Decimal::from(part.days), ""))),
        ];
        self.matter.line("parts", &format!("{item} {}", at + 1), facts);
    }

    /// What was read of a row, in the books' own units.
    fn given(&mut self, row: &Row, item: &str) {
        let Some(book) = self.desk.sight.content.books.get(&self.data.book) else { return };
        let table = self.desk.sight.table(book);
        for (input, (field, _)) in &self.data.fields {
            let definition = &book.fields[field];
            let value = table.row(row.entry).and_then(|at| table.value(at, field));
            let Some(value) = value.filter(|_| used(&self.policy.formula, *input)) else { continue };
            let mut text = self.desk.sight.text(definition, &value);
            if let Some(unit) = definition.kind.unit() {
                text = format!("{text} {unit}");
            }
            if let Some(made) = row.given.days.get(&Input::Made).filter(|_| *input == Input::Lpr) {
                text = say::of_day(&text, *made);
            }
            let facts = vec![
                ("item", Fact::text(item)),
                ("title", Fact::text(&definition.title)),
                ("value", Fact::text(text).read(&book.id, row.entry, Some(field))),
                ("book", Fact::text(&book.title)),
            ];
            self.matter.line("given", &format!("{item} {}", definition.title), facts);
        }
        if let Some((rule, of)) = self
            .data
            .repayments
            .as_ref()
            .and_then(|rule| Some((rule, self.desk.sight.content.books.get(&rule.book)?)))
        {
            for (repaid, entry) in row.given.repayments.iter().zip(&row.repayments) {
                let text = say::of_day(&format!("{} {YUAN}", repaid.amount.normalize()), repaid.on);
                let value = Fact::text(text).read(&rule.book, *entry, Some(&rule.amount));
                let facts = vec![
                    ("item", Fact::text(item)),
                    ("title", Fact::text(&of.fields[&rule.amount].title)),
                    ("value", value.read(&rule.book, *entry, Some(&rule.day))),
                    ("book", Fact::text(&of.title)),
                ];
                self.matter.line("given", &format!("{item} {}", repaid.on), facts);
            }
        }
        for (input, sum) in &self.data.sums {
            let Some((total, of)) =
                row.given.numbers.get(input).zip(self.desk.sight.content.books.get(&sum.book))
            else {
                continue;
            };
            let year = say::year_sum(self.desk.year + sum.later);
            let title = format!("{year} {}", of.fields[&sum.field].title);
            let facts = vec![
                ("item", Fact::text(item)),
                ("title", Fact::text(&title)),
                ("value", self.read(Fact::text(total.normalize().to_string()), row, &[*input])),
                ("book", Fact::text(&of.title)),
            ];
            self.matter.line("given", &format!("{item} {title}"), facts);
        }
    }

    /// The numbers of the document that were applied, each once.
    fn rules(&mut self, lines: &[Line]) {
        let mut told: Vec<(&str, Decimal)> = Vec::new();
        for line in lines {
            for (_, title, value) in ruled(&self.policy.formula, &self.of.rows[line.row], line) {
                if !told.contains(&(title, value)) {
                    told.push((title, value));
                }
            }
        }
        for (title, value) in told {
            let facts = vec![("title", Fact::text(title)), ("value", Fact::number(value, ""))];
            self.matter.line("rules", title, facts);
        }
    }
}

/// Whether a row says an input.
fn has(row: &Row, input: Input) -> bool {
    let given = &row.given;
    given.numbers.contains_key(&input)
        || given.days.contains_key(&input)
        || (input == Input::Word && given.word.is_some())
}
