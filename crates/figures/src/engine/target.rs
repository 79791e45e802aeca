//! Targets (任务): what a figure should reach in a year, by whom it was set, and how far it is.
//!
//! They stand in the book with the role `target`, whose fields have fixed ids (see `content/README.md`, Roles). One figure may
//! have several setters; each line is kept apart and never added.

use model::definition::Figure;
use model::id::{EntryId, FieldId, UnitId};
use model::period::{Period, Window};
use model::value::Value;
use rust_decimal::Decimal;

use super::Engine;
use crate::compare;
use crate::request::{BlankReason, Outcome, Request};
use crate::table::Table;

/// The role of the book that holds targets.
const ROLE: &str = "target";

/// What a target speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TargetKind {
    /// The year's amount or count, in the figure's unit.
    Level,
    /// The year's growth, in percent.
    Growth,
    /// A ratio, in percent.
    Share,
}

/// One target and how far the figure is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TargetProgress {
    /// The entry that holds it.
    pub entry: EntryId,
    /// Who set it.
    pub setter: String,
    /// What it speaks of.
    pub kind: TargetKind,
    /// The target: in the figure's unit, or percent.
    pub target: Outcome,
    /// The unit of `target` and `done`.
    pub unit: Option<UnitId>,
    /// “以上”.
    pub at_least: bool,
    /// Last year's number as stated beside the target.
    pub last_year: Outcome,
    /// Whether that is last year's target or result, in the book's words; empty when not stated.
    pub last_year_is: String,
    /// The figure: the year to date, its growth or its ratio.
    pub done: Outcome,
    /// 完成率, in percent; only of levels.
    pub completion: Outcome,
    /// 序时进度: months gone, in percent.
    pub elapsed: Decimal,
    /// Levels: completion minus elapsed time; growth and shares: done minus target; in percentage points.
    pub gap: Outcome,
    /// Levels: what each remaining month must add.
    pub pace_needed: Outcome,
}

impl<'a> Engine<'a> {
    /// The targets of a figure for the year of a request's period, in the book's order of setters.
    pub fn targets(&self, request: &Request) -> Vec<TargetProgress> {
        let Some(figure) = self.content.figures.get(&request.figure) else { return vec![] };
        let Some((table, book)) = self.content.book_with_role(ROLE).and_then(|b| self.table(&b.id)) else {
            return vec![];
        };
        let period = self.period_of(figure, request);
        let row = |row: u32| TargetRow { table, row };
        let mut rows: Vec<TargetRow<'a>> = table
            .rows()
            .map(row)
            .filter(|r| r.is_for(figure) && r.year() == Some(period.end.year()))
            .collect();
        let order = |r: &TargetRow<'a>| match book.field(&FieldId::from("setter")).map(|f| &f.kind) {
            Some(model::definition::FieldKind::Choice { choices }) => {
                choices.iter().position(|c| *c == r.text("setter"))
            }
            _ => None,
        };
        rows.sort_by_key(order);
        rows.iter().map(|r| self.progress(figure, request, period, r)).collect()
    }

    fn progress(
        &self,
        figure: &'a Figure,
        request: &Request,
        period: Period,
        row: &TargetRow<'a>,
    ) -> TargetProgress {
        let kind = match row.text("kind").as_str() {
            "growth" => TargetKind::Growth,
            "share" => TargetKind::Share,
            _ => TargetKind::Level,
        };
        let year_to_date =
            Request { exact: true, at: period.end, window: Some(Window::Ytd), by: None, ..request.clone() };
        let so_far = self.evaluate(&year_to_date);
        let percent = UnitId::from("%");
        let unit = if kind == TargetKind::Level { figure.unit.clone() } else { Some(percent) };
        let target = self.converted(row.number("value"), row, unit.as_ref());
        let done = match kind {
            TargetKind::Level | TargetKind::Share => so_far.value,
            TargetKind::Growth => match so_far.yoy {
                Ok(growth) => Outcome::known(growth.number(), BlankReason::NotComparable),
                Err(reason) => Outcome::Blank(reason),
            },
        };
        let elapsed = compare::elapsed(period.end.month());
        let (completion, gap, pace_needed) = measured(kind, &done, &target, period, elapsed);
        TargetProgress {
            entry: row.table.ids()[row.row as usize],
            setter: row.text("setter"),
            kind,
            last_year: self.converted(row.number("last_year_value"), row, unit.as_ref()),
            last_year_is: row.text("last_year_is"),
            at_least: row.value("at_least") == Some(Value::Flag(true)),
            target,
            unit,
            done,
            completion,
            elapsed,
            gap,
            pace_needed,
        }
    }

    fn converted(&self, number: Option<Decimal>, row: &TargetRow<'_>, unit: Option<&UnitId>) -> Outcome {
        let Some(number) = number else { return Outcome::Blank(BlankReason::NoTarget) };
        let (from, Some(to)) = (UnitId::from(row.text("unit")), unit) else { return Outcome::Number(number) };
        if from.as_str().is_empty() {
            return Outcome::Number(number);
        }
        Outcome::known(self.content.units.convert(number, &from, to).ok(), BlankReason::NotComparable)
    }
}

fn measured(
    kind: TargetKind,
    done: &Outcome,
    target: &Outcome,
    period: Period,
    elapsed: Decimal,
) -> (Outcome, Outcome, Outcome) {
    let reason = done.blank().or(target.blank()).unwrap_or(BlankReason::NotComparable);
    let blank = Outcome::Blank(reason);
    let (Some(done), Some(target)) = (done.number(), target.number()) else {
        return (blank.clone(), blank.clone(), blank);
    };
    if kind != TargetKind::Level {
        let none = Outcome::Blank(BlankReason::NotApplicable);
        return (none.clone(), Outcome::Number(done - target), none);
    }
    let outcome = |result: Result<Decimal, BlankReason>| match result {
        Ok(number) => Outcome::Number(number),
        Err(reason) => Outcome::Blank(reason),
    };
    let completion = compare::completion(done, target);
    let pace = compare::monthly_pace_needed(done, target, period.end.month());
    (outcome(completion), outcome(completion.map(|c| c - elapsed)), outcome(pace))
}

/// One row of the book of targets.
struct TargetRow<'a> {
    table: &'a Table,
    row: u32,
}

impl TargetRow<'_> {
    fn value(&self, field: &str) -> Option<Value> {
        self.table.value(self.row, &FieldId::from(field))
    }

    fn text(&self, field: &str) -> String {
        self.value(field).map_or_else(String::new, |v| v.to_string())
    }

    fn number(&self, field: &str) -> Option<Decimal> {
        self.value(field)?.as_number()
    }

    /// The field names the figure by id or by title.
    fn is_for(&self, figure: &Figure) -> bool {
        let named = self.text("figure");
        named == figure.id.as_str() || named == figure.title
    }

    fn year(&self) -> Option<i16> {
        match self.value("year")? {
            Value::Period(period) => Some(period.end.year()),
            Value::Date(date) => Some(date.year()),
            Value::Number(number) => i16::try_from(number.trunc().mantissa()).ok(),
            Value::Text(text) => text.parse().ok(),
            _ => None,
        }
    }
}
