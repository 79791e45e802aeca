//! The calculation sheet (计算表) of an enterprise: a workbook with live formulas, and where each of its numbers stands.
//!
//! Deliberately absent: any number of its own; what formulas show is what was reckoned.

use jiff::civil::Date;
use model::definition::{CentRule, Formula, Input, Policy};
use model::id::EntryId;
use office::sheet::a1;
use office::write::{BookSpec, CellSpec, Input as Cell, SheetSpec, Style, xlsx};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::gather::Gathered;
use super::{Desk, PoliciesFault, Result};
use crate::access::{Actor, Refusal};
use crate::books::BooksFault;
use crate::messages::policies as say;
use crate::parcels::ExportedFile;
use crate::park::Park;

/// The first row of the reckoning, from 0.
const FIRST: u32 = 4;

/// The calculation sheet of one enterprise.
///
/// # Errors
/// [`PoliciesFault`] as `policy`; [`Refusal::NotFound`] for an enterprise that has nothing to reckon.
pub fn sheet(
    park: &Park,
    actor: &Actor,
    id: &str,
    year: Option<i16>,
    enterprise: EntryId,
) -> Result<ExportedFile> {
    let desk = Desk::new(park, actor, year)?;
    let policy = desk.policy(id)?;
    let all = desk.candidates(policy)?;
    let found = all.into_iter().find(|(of, _)| of.enterprise == enterprise && !of.rows.is_empty());
    let (of, candidate) = found.ok_or(Refusal::NotFound)?;
    let title = &candidate.enterprise.title;
    let mut rows = vec![vec![CellSpec::text(policy.title.clone()).styled(Style::Title)]];
    let head = say::sheet_head(title, desk.year, &policy.document, &policy.authority);
    rows.extend(head.map(|line| vec![CellSpec::text(line)]));
    rows.push(say::HEADINGS.iter().map(|text| CellSpec::text(*text).styled(Style::Header)).collect());
    let mut sources =
        vec![say::SOURCES.iter().map(|text| CellSpec::text(*text).styled(Style::Header)).collect()];
    let window = (Date::new(desk.year, 1, 1).ok(), Date::new(desk.year, 12, 31).ok());
    let given: Vec<_> = of.rows.iter().map(|row| row.given.clone()).collect();
    let reckoned = assess::policy::assess(policy, &given, window.0, window.1);
    for (at, line) in (FIRST..).zip(&reckoned.lines) {
        rows.push(reckoning(&desk, policy, &of, line, at));
        trace(&desk, policy, &of, line.row, at, &mut sources);
    }
    total(policy, &reckoned, &mut rows);
    let widths = vec![
        (0, 28.0),
        (1, 16.0),
        (2, 18.0),
        (3, 13.0),
        (4, 13.0),
        (7, 15.0),
        (8, 15.0),
        (9, 15.0),
        (10, 15.0),
    ];
    let sheet =
        |name: &str, rows, widths| SheetSpec { name: name.to_owned(), rows, widths, ..SheetSpec::default() };
    let from = vec![(0, 14.0), (1, 18.0), (2, 12.0), (3, 18.0), (4, 20.0)];
    let book =
        BookSpec { sheets: vec![sheet(say::TABS[0], rows, widths), sheet(say::TABS[1], sources, from)] };
    let bytes = xlsx(&book).map_err(BooksFault::Export).map_err(PoliciesFault::from)?;
    let name = say::sheet_name(&policy.title, title, desk.year);
    Ok(ExportedFile { name, bytes, parcels: 0, undrawn: 0 })
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

fn formula(text: String, shows: Option<Decimal>) -> CellSpec {
    let cached = shows.and_then(|number| number.to_f64());
    CellSpec { value: Cell::Formula { text, cached }, style: Style::Plain }
}

/// One line: what is given as numbers, what follows as formulas.
fn reckoning(
    desk: &Desk<'_>,
    policy: &Policy,
    of: &Gathered,
    line: &assess::policy::Line,
    at: u32,
) -> Vec<CellSpec> {
    let row = at + 1;
    let given = &of.rows[line.row].given;
    let money = |input| given.numbers.get(&input).copied();
    let interest = match &policy.formula {
        Formula::Interest(rule) => Some(rule),
        _ => None,
    };
    let round = match interest.map(|rule| rule.rounding) {
        Some(CentRule::Down) => "ROUNDDOWN",
        _ => "ROUND",
    };
    let full = match (line.full, line.rate, line.days) {
        (None, ..) => number(Some(Decimal::ZERO)),
        (full, Some(_), Some(_)) => formula(format!("={round}(B{row}*C{row}/100*F{row}/G{row},2)"), full),
        (full, Some(_), None) => {
            let per = matches!(policy.formula, Formula::PerUnit { .. } | Formula::Price { .. });
            let hundredth = if per { "" } else { "/100" };
            formula(format!("={round}(B{row}*C{row}{hundredth},2)"), full)
        }
        (full, None, _) => number(full),
    };
    let mut settled = format!("H{row}");
    if line.out.is_some() {
        "0".clone_into(&mut settled);
    } else if let Some(rule) = interest {
        if let Some(cap) = rule.loan_cap.and_then(model::definition::Setting::known) {
            settled = format!("MIN({settled},{cap})");
        }
        if rule.within_interest {
            settled = format!("MIN({settled},MAX(I{row}-J{row},0))");
        }
    } else if given.numbers.contains_key(&Input::Received) {
        settled = format!("MAX({settled}-J{row},0)");
    }
    let other = money(Input::Other).or_else(|| money(Input::Received));
    vec![
        CellSpec::text(desk.sight.title(of.rows[line.row].entry, None)),
        number(line.base),
        number(line.rate),
        day(line.from),
        day(line.until),
        number(line.days.map(Decimal::from)),
        number(line.basis.map(Decimal::from)),
        full,
        number(money(Input::Interest)),
        number(other),
        formula(format!("={settled}"), line.amount),
    ]
}

/// The sum, the enterprise's cap, what is paid.
fn total(policy: &Policy, reckoned: &assess::policy::Assessed, rows: &mut Vec<Vec<CellSpec>>) {
    let end = rows.len();
    let labelled = |label: &str, cell: CellSpec| {
        let mut row = vec![CellSpec::text(label).styled(Style::Header)];
        row.resize(10, CellSpec::blank());
        row.push(cell);
        row
    };
    rows.push(labelled(say::SUM, formula(format!("=SUM(K{}:K{end})", FIRST + 1), reckoned.sum)));
    let cap = policy.limits.cap.and_then(model::definition::Setting::known);
    let paid = match cap {
        Some(cap) => {
            rows.push(labelled(say::CAP, number(Some(cap))));
            format!("=MIN(K{},K{})", end + 1, end + 2)
        }
        None => format!("=K{}", end + 1),
    };
    rows.push(labelled(say::PAID, formula(paid, reckoned.amount)));
}

/// Where each given number of a line stands.
fn trace(
    desk: &Desk<'_>,
    policy: &Policy,
    of: &Gathered,
    place: usize,
    at: u32,
    sources: &mut Vec<Vec<CellSpec>>,
) {
    let Some(data) = &policy.data else { return };
    let Some(book) = desk.sight.content.books.get(&data.book) else { return };
    let row = &of.rows[place];
    let table = desk.sight.table(book);
    for (input, (field, _)) in &data.fields {
        let column = match input {
            Input::Principal | Input::Value => 1,
            Input::Rate | Input::Lpr | Input::Base => 2,
            Input::Made | Input::From => 3,
            Input::Due | Input::Repaid => 4,
            Input::Interest => 8,
            Input::Other | Input::Received | Input::Before => 9,
            Input::Word => 0,
        };
        let Some(definition) = book.field(field) else { continue };
        let Some(value) = table.row(row.entry).and_then(|row| table.value(row, field)) else { continue };
        let unit = definition.kind.unit().map_or_else(String::new, |unit| format!(" {unit}"));
        sources.push(vec![
            CellSpec::text(a1(at, column)),
            CellSpec::text(book.title.clone()),
            CellSpec::text(format!("#{}", row.entry)),
            CellSpec::text(definition.title.clone()),
            CellSpec::text(format!("{}{unit}", desk.sight.text(definition, &value))),
        ]);
    }
}
