//! Land sold (土地出让): what the deal promised against what came since, row by row and together. What came is a figure asked for the
//! parcel or the winner of the row, so that it leads back to its cells; what the figure does not tell of one enterprise stays unknown.

use std::collections::HashMap;

use figures::Table;
use model::definition::{Book, LandOutlook, LandTarget};
use model::id::EntryId;
use rust_decimal::Decimal;

use super::Stand;
use super::shapes::{LandCell, LandRow, LandTargetView, LandView};
use crate::enterprises::day_of;
use crate::explore::Question;

/// What a figure says of each entry of a register, in the unit of what was promised, and how a question names the entry.
struct Came {
    by: HashMap<EntryId, (Option<Decimal>, String)>,
}

/// The land of the year; none where it is not for this person.
pub(super) fn view(stand: &Stand<'_>, rule: &LandOutlook) -> Option<LandView> {
    let (book, table) = stand.shelf(&rule.book)?;
    let came: Vec<Came> = rule.targets.iter().map(|target| came(stand, book, target)).collect();
    let rows = stand.rows_of_year(book, table);
    let row = |at: u32| {
        let whom = book.subject.as_ref().and_then(|field| table.value(at, field)?.as_entry());
        let cells = rule.targets.iter().zip(&came);
        LandRow {
            entry: stand.link(table.ids()[at as usize], Some(&book.id)),
            enterprise: whom.map(|whom| stand.link(whom, None)),
            on: book.time.as_ref().and_then(|time| day_of(&table.value(at, time)?)),
            row: stand.row(book, table, at, &rule.columns),
            targets: cells.map(|(target, came)| cell(table, at, target, came)).collect(),
        }
    };
    let items: Vec<LandRow> = rows.into_iter().map(row).collect();
    let targets = rule.targets.iter().enumerate();
    Some(LandView {
        answers: stand.answers_of_year(&rule.figures),
        targets: targets.map(|(at, target)| together(stand, book, target, at, &items)).collect(),
        columns: Stand::columns(book, &rule.columns),
        items,
    })
}

/// The figure by entry of the register the row refers to.
fn came(stand: &Stand<'_>, book: &Book, target: &LandTarget) -> Came {
    let asked = Question { by: Some(target.by.clone()), ..stand.question(&target.figure) };
    let unit = book.field(&target.expected).and_then(|field| field.kind.unit());
    let mut by = HashMap::new();
    if let Some(answer) = stand.ask(&asked) {
        let both = stand
            .factor(answer.unit.as_ref().map(model::id::UnitId::as_str))
            .zip(stand.factor(unit.map(model::id::UnitId::as_str)));
        for line in answer.groups {
            let Some(entry) = line.entry else { continue };
            let number = line.value.number.and_then(|text| text.parse::<Decimal>().ok());
            let number = number.zip(both).map(|(number, (of, to))| (number * of / to).normalize());
            by.insert(EntryId(entry), (number, format!("{}:{}", target.by, line.name)));
        }
    }
    Came { by }
}

fn cell(table: &Table, row: u32, target: &LandTarget, came: &Came) -> LandCell {
    let expected = table.value(row, &target.expected).and_then(|value| value.as_number());
    let of = table.value(row, &target.from).and_then(|value| value.as_entry());
    let found = of.and_then(|of| came.by.get(&of));
    let actual = found.and_then(|(number, _)| *number);
    let percent = actual.zip(expected.filter(|expected| !expected.is_zero()));
    LandCell {
        expected,
        actual,
        percent: percent.map(|(actual, expected)| (actual * Decimal::ONE_HUNDRED / expected).round_dp(1)),
        only: found.map(|(_, only)| only.clone()),
    }
}

fn together(
    stand: &Stand<'_>,
    book: &Book,
    target: &LandTarget,
    at: usize,
    items: &[LandRow],
) -> LandTargetView {
    let promised = || items.iter().map(|row| &row.targets[at]).filter(|cell| cell.expected.is_some());
    let title = stand.sight.content.figures.get(&target.figure).map(|figure| figure.title.clone());
    LandTargetView {
        id: target.id.clone(),
        title: target.title.clone(),
        title_en: target.title_en.clone(),
        unit: book.field(&target.expected).and_then(|field| field.kind.unit()).map(ToString::to_string),
        figure: target.figure.to_string(),
        figure_title: title.unwrap_or_default(),
        expected: promised().filter_map(|cell| cell.expected).sum(),
        actual: promised().filter_map(|cell| cell.actual).sum(),
        unknown: promised().filter(|cell| cell.actual.is_none()).count(),
    }
}
