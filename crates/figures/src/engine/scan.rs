//! Scanning: expressions over many rows of one table at once.
//!
//! A condition that reads one text or reference is evaluated once per distinct word, not per row; and, or, not and
//! comparisons of numbers work on whole columns; everything else falls back to `model::expr::eval`, row by row, so the
//! meaning is one and the same.
//!
//! To speed up another shape: a branch in [`Scan::truth`] or [`Scan::numbers`], and nothing else.

use std::cmp::Ordering;

use jiff::civil::Date;
use model::expr::eval::{self, Row};
use model::expr::{Expr, Node, Operator};
use model::id::{BookId, EntryId, FieldId, FigureId};
use model::period::Period;
use model::value::Value;
use rust_decimal::Decimal;

use super::Engine;
use crate::column::{Column, Digits, NONE, Numbers};
use crate::exact::rescale;
use crate::table::Table;

/// One table, for one period.
#[derive(Clone, Copy)]
pub(super) struct Scan<'e, 'a> {
    pub engine: &'e Engine<'a>,
    pub table: &'a Table,
    pub period: Period,
}

/// One row of it, for the evaluator of `model`.
pub(super) struct RowAt<'s, 'e, 'a> {
    scan: &'s Scan<'e, 'a>,
    row: u32,
}

impl Row for RowAt<'_, '_, '_> {
    fn field(&self, field: &FieldId) -> Option<Value> {
        self.scan.table.value(self.row, field)
    }

    fn through(&self, reference: &FieldId, book: &BookId, field: &FieldId) -> Option<Value> {
        let entry = self.field(reference)?.as_entry()?;
        let target = self.scan.engine.snapshot.table(book)?;
        target.value(target.row(entry)?, field)
    }

    fn figure(&self, figure: &FigureId) -> Option<Value> {
        self.scan.engine.parameter(figure, self.scan.period)
    }

    fn entry_name(&self, entry: EntryId) -> Option<String> {
        Some(self.scan.engine.entry_name(entry))
    }

    fn window(&self) -> Option<(Date, Date)> {
        Some((self.scan.period.first_day(), self.scan.period.last_day()))
    }
}

/// True.
const YES: u8 = 1;
/// Unknown.
const UNKNOWN: u8 = 2;

fn tri(truth: Option<bool>) -> u8 {
    truth.map_or(UNKNOWN, u8::from)
}

impl<'e, 'a> Scan<'e, 'a> {
    pub(super) fn row<'s>(&'s self, row: u32) -> RowAt<'s, 'e, 'a> {
        RowAt { scan: self, row }
    }

    /// The rows for which a condition is true; unknown is not true.
    pub(super) fn keep(&self, condition: &Expr, rows: &mut Vec<u32>) {
        let truth = self.truth(condition, rows);
        let mut i = 0;
        rows.retain(|_| {
            i += 1;
            truth[i - 1] == YES
        });
    }

    /// The truth of a condition in each row: 0, 1 or 2 for unknown.
    pub(super) fn truth(&self, condition: &Expr, rows: &[u32]) -> Vec<u8> {
        match &condition.node {
            Node::Binary(op @ (Operator::And | Operator::Or), a, b) => {
                let decisive = u8::from(*op == Operator::Or);
                let (a, b) = (self.truth(a, rows), self.truth(b, rows));
                let both = |(x, y): (u8, u8)| match (x, y) {
                    _ if x == decisive || y == decisive => decisive,
                    (UNKNOWN, _) | (_, UNKNOWN) => UNKNOWN,
                    _ => 1 - decisive,
                };
                return a.into_iter().zip(b).map(both).collect();
            }
            Node::Not(a) => {
                return self
                    .truth(a, rows)
                    .into_iter()
                    .map(|t| if t == UNKNOWN { t } else { 1 - t })
                    .collect();
            }
            Node::Field(field) => {
                if let Some(Column::Flag(flags)) = self.table.column(field) {
                    return rows.iter().map(|r| flags[*r as usize]).collect();
                }
            }
            _ => {}
        }
        if let Some(codes) = self.one_word(condition) {
            return self.by_word(condition, codes, rows);
        }
        if let Some(truth) = self.compared(condition, rows) {
            return truth;
        }
        rows.iter().map(|r| tri(eval::truth(condition, &self.row(*r)))).collect()
    }

    /// The codes of the one coded column a condition reads, if it reads nothing else of the row.
    fn one_word(&self, condition: &Expr) -> Option<&'a [u32]> {
        let mut source: Option<FieldId> = None;
        let mut single = true;
        condition.walk(&mut |e| match &e.node {
            Node::Field(field) | Node::Through { reference: field, .. } => {
                single &= source.as_ref().is_none_or(|s| s == field);
                source = Some(field.clone());
            }
            Node::Previous(_) | Node::Claim(_) | Node::Aggregate(..) => single = false,
            _ => {}
        });
        match self.table.column(&source.filter(|_| single)?)? {
            Column::Text(coded) => Some(coded.codes()),
            Column::Entry(coded) => Some(coded.codes()),
            _ => None,
        }
    }

    fn by_word(&self, condition: &Expr, codes: &[u32], rows: &[u32]) -> Vec<u8> {
        const NOT_YET: u8 = 3;
        let mut known: Vec<u8> = Vec::new();
        let mut missing = NOT_YET;
        let mut truth = Vec::with_capacity(rows.len());
        for row in rows {
            let code = codes[*row as usize];
            if code != NONE && code as usize >= known.len() {
                known.resize(code as usize + 1, NOT_YET);
            }
            let seen = if code == NONE { &mut missing } else { &mut known[code as usize] };
            if *seen == NOT_YET {
                *seen = tri(eval::truth(condition, &self.row(*row)));
            }
            truth.push(*seen);
        }
        truth
    }

    /// A number compared with a number that is the same in every row.
    fn compared(&self, condition: &Expr, rows: &[u32]) -> Option<Vec<u8>> {
        let Node::Binary(op, a, b) = &condition.node else { return None };
        let Node::Literal(Value::Number(limit)) = &b.node else { return None };
        if !matches!(&a.node, Node::Field(f) if matches!(self.table.column(f), Some(Column::Number(_)))) {
            return None;
        }
        let holds = |order: Ordering| match op {
            Operator::Equal => order == Ordering::Equal,
            Operator::NotEqual => order != Ordering::Equal,
            Operator::Less => order == Ordering::Less,
            Operator::LessOrEqual => order != Ordering::Greater,
            Operator::Greater => order == Ordering::Greater,
            _ => order != Ordering::Less,
        };
        let numbers = self.numbers(a, rows);
        Some((0..rows.len()).map(|i| tri(numbers.at(i).map(|n| holds(n.cmp(limit))))).collect())
    }

    /// The number an expression gives in each row.
    pub(super) fn numbers(&self, expr: &Expr, rows: &[u32]) -> Numbers {
        match &expr.node {
            Node::Field(field) => {
                if let Some(Column::Number(numbers)) = self.table.column(field) {
                    return numbers.take(rows);
                }
            }
            Node::Binary(op @ (Operator::Add | Operator::Subtract), a, b) => {
                let (a, b) = (self.numbers(a, rows), self.numbers(b, rows));
                let sign = if *op == Operator::Add { 1 } else { -1 };
                return combined(&a, &b, sign);
            }
            _ => {}
        }
        let all: Vec<Option<Decimal>> = rows.iter().map(|r| eval::number(expr, &self.row(*r))).collect();
        Numbers::from_decimals(&all)
    }

    /// The value an expression gives in one row.
    pub(super) fn value(&self, expr: &Expr, row: u32) -> Option<Value> {
        eval::value(expr, &self.row(row))
    }
}

/// `a + sign × b` row by row; missing where either is.
fn combined(a: &Numbers, b: &Numbers, sign: i64) -> Numbers {
    small_combined(a, b, sign).unwrap_or_else(|| {
        let sign = Decimal::from(sign);
        let sum = |i: usize| a.at(i)?.checked_add(b.at(i)? * sign);
        Numbers::from_decimals(&(0..a.len()).map(sum).collect::<Vec<_>>())
    })
}

fn small_combined(a: &Numbers, b: &Numbers, sign: i64) -> Option<Numbers> {
    let (Digits::Small(x), Digits::Small(y)) = (a.digits(), b.digits()) else { return None };
    let scale = a.scale().max(b.scale());
    let fa = i64::try_from(rescale(1, scale - a.scale())?).ok()?;
    let fb = i64::try_from(rescale(1, scale - b.scale())?).ok()?.checked_mul(sign)?;
    let mut present = Vec::new();
    if !(a.presence().is_empty() && b.presence().is_empty()) {
        present = (0..x.len()).map(|i| a.has(i) && b.has(i)).collect();
        if present.iter().all(|p| *p) {
            present.clear();
        }
    }
    let mut data = Vec::with_capacity(x.len());
    for (i, (m, n)) in x.iter().zip(y).enumerate() {
        let both = present.is_empty() || present[i];
        data.push(if both { m.checked_mul(fa)?.checked_add(n.checked_mul(fb)?)? } else { 0 });
    }
    Some(Numbers::from_small(scale, data, present))
}
