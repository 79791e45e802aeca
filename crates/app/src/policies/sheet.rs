//! The calculation sheet (计算表) of an enterprise: a workbook with live formulas, and where each of its numbers stands – the entry of a
//! book, or the document of the policy.
//!
//! A loan repaid in parts has a row per part and one that adds them up. Deliberately absent: any number of its own; what formulas
//! show is what was reckoned.

use assess::policy::Line;
use jiff::civil::Date;
use model::definition::{CentRule, Formula, Input, InterestRule, Number, Policy, RateOf, Setting};
use model::id::EntryId;
use office::sheet::a1;
use office::write::{BookSpec, CellSpec, Input as Cell, SheetSpec, Style, xlsx};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::gather::{Gathered, Row};
use super::{Desk, PoliciesFault, Result};
use crate::access::Actor;
use crate::books::BooksFault;
use crate::messages::policies as say;
use crate::parcels::ExportedFile;
use crate::park::Park;

/// The first row of the reckoning, from 0.
const FIRST: u32 = 4;

/// The calculation sheet of one enterprise.
///
/// # Errors
/// [`PoliciesFault`] as `policy`; [`NotFound`](crate::access::Refusal::NotFound) for an enterprise that has nothing to reckon.
pub fn sheet(
    park: &Park,
    actor: &Actor,
    id: &str,
    year: Option<i16>,
    enterprise: EntryId,
) -> Result<ExportedFile> {
    let desk = Desk::about(park, actor, year, Some(enterprise))?;
    let policy = desk.policy(id)?;
    let (of, candidate) = desk.the_one(policy)?;
    let title = &candidate.enterprise.title;
    let mut rows = vec![vec![CellSpec::text(policy.title.clone()).styled(Style::Title)]];
    let head = say::sheet_head(title, desk.year, &policy.document, &policy.authority);
    rows.extend(head.map(|line| vec![CellSpec::text(line)]));
    rows.push(headings(&say::HEADINGS));
    if !matches!(policy.formula, Formula::PerUnit { .. } | Formula::Price { .. }) {
        rows[FIRST as usize - 1][1] = CellSpec::text(say::BASE_IN_YUAN).styled(Style::Header);
    }
    let mut sheet = Sheet { desk: &desk, policy, rows, sources: vec![headings(&say::SOURCES)] };
    let reckoned = desk.reckon(policy, &of);
    for line in &reckoned.lines {
        sheet.line(&of, line);
    }
    sheet.total(&reckoned);
    let bytes = xlsx(&BookSpec { sheets: vec![sheet.reckoning(), sheet.origins()] });
    let bytes = bytes.map_err(BooksFault::Export).map_err(PoliciesFault::from)?;
    let name = say::sheet_name(&policy.title, title, desk.year);
    Ok(ExportedFile { name, bytes, parcels: 0, undrawn: 0 })
}

fn headings(all: &[&str]) -> Vec<CellSpec> {
    all.iter().map(|text| CellSpec::text(*text).styled(Style::Header)).collect()
}

fn number(number: Option<Decimal>) -> CellSpec {
    number.map_or_else(CellSpec::blank, |number| CellSpec::decimal(number.normalize().to_string()))
}

fn day(day: Option<Date>) -> CellSpec {
    let date = |day: Date| Cell::Date {
        year: day.year(),
        month: u8::try_from(day.month()).unwrap_or(1),
        day: u8::try_from(day.day()).unwrap_or(1),
    };
    day.map_or_else(CellSpec::blank, |day| CellSpec { value: date(day), style: Style::Plain })
}

fn money(cell: CellSpec) -> CellSpec {
    cell.styled(Style::Money)
}

fn formula(text: String, shows: Option<Decimal>) -> CellSpec {
    let cached = shows.and_then(|number| number.to_f64());
    CellSpec { value: Cell::Formula { text, cached }, style: Style::Plain }
}

/// The workbook as it grows.
struct Sheet<'s, 'a> {
    desk: &'s Desk<'a>,
    policy: &'s Policy,
    rows: Vec<Vec<CellSpec>>,
    sources: Vec<Vec<CellSpec>>,
}

impl Sheet<'_, '_> {
    fn reckoning(&mut self) -> SheetSpec {
        let wide = [30.0, 16.0, 12.0, 12.0, 12.0, 8.0, 8.0, 16.0, 15.0, 15.0, 16.0];
        let (name, rows) = (say::TABS[0].to_owned(), std::mem::take(&mut self.rows));
        let freeze = Some((FIRST, 1));
        SheetSpec { name, rows, widths: (0..).zip(wide).collect(), freeze, ..SheetSpec::default() }
    }

    fn origins(&mut self) -> SheetSpec {
        let wide = [14.0, 22.0, 22.0, 18.0, 26.0];
        let (name, rows) = (say::TABS[1].to_owned(), std::mem::take(&mut self.sources));
        SheetSpec {
            name,
            rows,
            widths: (0..).zip(wide).collect(),
            freeze: Some((1, 0)),
            ..SheetSpec::default()
        }
    }

    /// The row that is written next, from 0.
    fn next(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    fn interest(&self) -> Option<&InterestRule> {
        match &self.policy.formula {
            Formula::Interest(rule) => Some(rule),
            _ => None,
        }
    }

    /// One line: what is given as numbers, what follows as formulas; the parts of a loan before it.
    fn line(&mut self, of: &Gathered, line: &Line) {
        let row = &of.rows[line.row];
        let first = self.next();
        for at in 0..line.parts.len() {
            self.part(row, line, at);
        }
        let at = self.next();
        let n = at + 1;
        let given = &row.given;
        let figure = |input| given.numbers.get(&input).copied();
        let round = match self.interest().map(|rule| rule.rounding) {
            Some(CentRule::Down) => "ROUNDDOWN",
            _ => "ROUND",
        };
        let full = match (line.full, line.rate, line.days) {
            (None, ..) => number(Some(Decimal::ZERO)),
            (full, Some(_), Some(_)) if first < at => {
                formula(format!("={round}(SUM(H{}:H{at}),2)", first + 1), full)
            }
            (full, Some(_), Some(_)) => formula(format!("={round}(B{n}*C{n}/100*F{n}/G{n},2)"), full),
            (full, Some(_), None) => {
                let per = matches!(self.policy.formula, Formula::PerUnit { .. } | Formula::Price { .. });
                let hundredth = if per { "" } else { "/100" };
                formula(format!("={round}(B{n}*C{n}{hundredth},2)"), full)
            }
            (full, None, _) => number(full),
        };
        let settled = self.settled(line, given, n);
        let rate = match self.rate(given).filter(|_| line.out.is_none()) {
            Some(text) => formula(text, line.rate),
            None => number(line.rate),
        };
        let other = figure(Input::Other).or_else(|| figure(Input::Received));
        let whole = vec![
            CellSpec::text(self.desk.sight.title(row.entry, None)),
            money(number(line.base)),
            rate,
            day(line.from),
            day(line.until),
            number(line.days.map(Decimal::from)),
            number(line.basis.map(Decimal::from)),
            money(full),
            money(number(figure(Input::Interest))),
            money(number(other)),
            money(formula(format!("={settled}"), line.amount)),
        ];
        self.rows.push(whole);
        self.trace(row, line, at);
    }

    /// What was owed for some days: the first part less what had been repaid, the next less one repayment more.
    fn part(&mut self, row: &Row, line: &Line, at: usize) {
        let part = line.parts[at];
        let place = self.next();
        let n = place + 1;
        let until = |at: usize| line.parts[at].from;
        let repaid = row.given.repayments.iter().zip(&row.repayments);
        let counted: Vec<_> = repaid
            .filter(|(repaid, _)| repaid.on <= until(at) && (at == 0 || repaid.on > until(at - 1)))
            .collect();
        let before = if at == 0 {
            line.base.unwrap_or_default().normalize().to_string()
        } else {
            format!("B{}", n - 1)
        };
        let less: String =
            counted.iter().map(|(repaid, _)| format!("-{}", repaid.amount.normalize())).collect();
        let rate = match self.rate(&row.given) {
            Some(text) => formula(text, line.rate),
            None => number(line.rate),
        };
        let shows = line.rate.zip(line.basis).map(|(rate, basis)| {
            part.base * rate / Decimal::ONE_HUNDRED * Decimal::from(part.days) / Decimal::from(basis)
        });
        self.rows.push(vec![
            CellSpec::text(say::part(at + 1)).styled(Style::Note),
            money(formula(format!("={before}{less}"), Some(part.base))),
            rate,
            day(Some(part.from)),
            day(Some(part.until)),
            number(Some(Decimal::from(part.days))),
            number(line.basis.map(Decimal::from)),
            money(formula(format!("=B{n}*C{n}/100*F{n}/G{n}"), shows)),
        ]);
        let Some(rule) = self.policy.data.as_ref().and_then(|data| data.repayments.as_ref()) else { return };
        for (_, entry) in counted {
            for (column, field) in [(1, &rule.amount), (3, &rule.day)] {
                self.field(a1(place, column), &rule.book, *entry, (field, None));
            }
        }
    }

    /// The subsidised rate as a formula over what is given; none where it is one number.
    fn rate(&self, given: &model::definition::Given) -> Option<String> {
        let rule = self.interest()?;
        let share = rule.share.known()?.normalize();
        let figure = |input| given.numbers.get(&input).map(|number: &Decimal| number.normalize());
        let of = match rule.of {
            RateOf::Loan => figure(Input::Rate)?.to_string(),
            RateOf::Lpr => figure(Input::Lpr)?.to_string(),
            RateOf::AboveLpr => format!("MAX({}-{},0)", figure(Input::Rate)?, figure(Input::Lpr)?),
            RateOf::AboveBase => format!("MAX({}-{},0)", figure(Input::Rate)?, figure(Input::Base)?),
            RateOf::Points | RateOf::Paid => return None,
        };
        let caps = [rule.rate_cap.and_then(Setting::known), figure(Input::Rate)];
        let caps: String = caps.into_iter().flatten().map(|cap| format!(",{}", cap.normalize())).collect();
        let whole = format!("{of}*{share}/100");
        Some(if caps.is_empty() { format!("={whole}") } else { format!("=MIN({whole}{caps})") })
    }

    /// What is left of a line after its own caps.
    fn settled(&self, line: &Line, given: &model::definition::Given, n: u32) -> String {
        let mut settled = format!("H{n}");
        if line.out.is_some() {
            "0".clone_into(&mut settled);
        } else if let Some(rule) = self.interest() {
            if let Some(cap) = rule.loan_cap.and_then(Setting::known) {
                settled = format!("MIN({settled},{cap})");
            }
            if rule.within_interest {
                settled = format!("MIN({settled},MAX(I{n}-J{n},0))");
            }
        } else if given.numbers.contains_key(&Input::Received) {
            settled = format!("MAX({settled}-J{n},0)");
        }
        settled
    }

    /// The sum, the enterprise's cap, what is paid.
    fn total(&mut self, reckoned: &assess::policy::Assessed) {
        let end = self.next();
        let labelled = |label: &str, cell: CellSpec| {
            let mut row = vec![CellSpec::text(label).styled(Style::Header)];
            row.resize(10, CellSpec::blank());
            row.push(money(cell));
            row
        };
        self.rows.push(labelled(say::SUM, formula(format!("=SUM(K{}:K{end})", FIRST + 1), reckoned.sum)));
        let cap = self.policy.limits.cap.and_then(Setting::known);
        let paid = match cap {
            Some(cap) => {
                self.rows.push(labelled(say::CAP, number(Some(cap))));
                self.ruled(a1(end + 1, 10), say::CAP, cap);
                format!("=MIN(K{},K{})", end + 1, end + 2)
            }
            None => format!("=K{}", end + 1),
        };
        self.rows.push(labelled(say::PAID, formula(paid, reckoned.amount)));
    }

    /// Where each number of a line stands: the books' own, and those of the document.
    fn trace(&mut self, row: &Row, line: &Line, at: u32) {
        let Some(data) = &self.policy.data else { return };
        for (input, (field, _)) in &data.fields {
            if let Some(column) = column(*input).filter(|_| used(&self.policy.formula, *input)) {
                // The LPR is that of a day.
                let made = row.given.days.get(&Input::Made).copied().filter(|_| *input == Input::Lpr);
                self.field(a1(at, column), &data.book, row.entry, (field, made));
            }
        }
        for (input, sum) in &data.sums {
            if let (Some(column), Some(total)) = (column(*input), row.given.numbers.get(input)) {
                let books = &self.desk.sight.content.books;
                let of = books
                    .get(&sum.book)
                    .and_then(|book| Some((book.title.clone(), book.field(&sum.field)?.title.clone())));
                let (book, title) = of.unwrap_or_default();
                let year = say::year_sum(self.desk.year + sum.later);
                self.sources.push(
                    [a1(at, column), book, year, title, total.to_string()].map(CellSpec::text).to_vec(),
                );
            }
        }
        for (column, title, value) in ruled(&self.policy.formula, row, line) {
            self.ruled(a1(at, column), title, value);
        }
    }

    /// A number that a field of an entry says.
    fn field(
        &mut self,
        cell: String,
        book: &model::id::BookId,
        entry: EntryId,
        (field, made): (&model::id::FieldId, Option<Date>),
    ) {
        let Some(book) = self.desk.sight.content.books.get(book) else { return };
        let table = self.desk.sight.table(book);
        let Some(definition) = book.field(field) else { return };
        let Some(value) = table.row(entry).and_then(|row| table.value(row, field)) else { return };
        let unit = definition.kind.unit().map_or_else(String::new, |unit| format!(" {unit}"));
        let mut text = format!("{}{unit}", self.desk.sight.text(definition, &value));
        if let Some(of) = made {
            text = say::of_day(&text, of);
        }
        let line = [cell, book.title.clone(), format!("#{entry}"), definition.title.clone(), text];
        self.sources.push(line.map(CellSpec::text).to_vec());
    }

    /// A number of the document.
    fn ruled(&mut self, cell: String, title: &str, value: Decimal) {
        let (policy, document) = (self.policy.title.clone(), self.policy.document.clone());
        let line = [cell, policy, document, title.to_owned(), value.normalize().to_string()];
        self.sources.push(line.map(CellSpec::text).to_vec());
    }
}

/// The column an input stands in; none for what no cell shows by itself.
fn column(input: Input) -> Option<u16> {
    Some(match input {
        Input::Word => 0,
        Input::Principal | Input::Value => 1,
        Input::Rate | Input::Lpr | Input::Base | Input::Price => 2,
        Input::Made | Input::From => 3,
        Input::Due | Input::Repaid => 4,
        Input::Interest => 8,
        Input::Other | Input::Received | Input::Before => 9,
        Input::Repayments | Input::Earlier => return None,
    })
}

/// Whether a formula asks for an input; what merely stands in the same row is none of its numbers.
pub(super) fn used(formula: &Formula, input: Input) -> bool {
    let Formula::Interest(rule) = formula else { return true };
    match input {
        Input::Lpr => matches!(rule.of, RateOf::Lpr | RateOf::AboveLpr),
        Input::Base => rule.of == RateOf::AboveBase,
        Input::Principal | Input::Rate => rule.of != RateOf::Paid,
        _ => true,
    }
}

/// The numbers of the document in a line: column, what it is, how much.
pub(super) fn ruled(formula: &Formula, row: &Row, line: &Line) -> Vec<(u16, &'static str, Decimal)> {
    let known = |setting: &Setting| setting.known();
    let listed = |table: &indexmap::IndexMap<String, Number>| {
        row.given.word.as_ref().and_then(|word| table.get(word)).and_then(|number| number.0.known())
    };
    let found = match formula {
        Formula::Interest(rule) => vec![
            (2, say::SHARE, known(&rule.share)),
            (2, say::RATE_CAP, rule.rate_cap.and_then(Setting::known)),
            (10, say::LOAN_CAP, rule.loan_cap.and_then(Setting::known)),
        ],
        Formula::Fixed { amounts, .. } => vec![(7, say::SUM_OF_TITLE, listed(amounts))],
        Formula::Steps { .. } => vec![(7, say::SUM_OF_STEP, line.full)],
        Formula::PerUnit { unit, each, .. } => vec![(1, say::UNIT, known(unit)), (2, say::EACH, known(each))],
        Formula::Share { share, .. } => vec![(2, say::SHARE, known(share))],
        Formula::Pool { parties, .. } => vec![(2, say::SHARE, listed(parties))],
        Formula::Price { surcharges, .. } if !row.given.numbers.contains_key(&Input::Price) => {
            vec![(2, say::EACH, listed(surcharges))]
        }
        Formula::Price { .. } => Vec::new(),
    };
    found.into_iter().filter_map(|(column, title, value)| Some((column, title, value?))).collect()
}
