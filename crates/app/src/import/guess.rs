//! What a table nobody knows may be: where its headings stand and what the values of its columns look like.
//!
//! Deliberately absent: books and layouts (`propose.rs`). To guess another kind of value: a variant of [`Kind`], its test in
//! `kind_of`, its line in `propose::field_text`.

use std::collections::BTreeSet;

use model::definition::FieldKind;
use model::field::is_blank;
use model::identity::parcel;
use model::identity::uscc::{self, CodeVerdict};
use model::text::{brackets, parse_date, parse_period, squeeze};
use office::sheet::{Cell, CellValue, Sheet, a1};

use super::cell;
use super::heading::{self, Heading};
use super::vocabulary::Vocabulary;

/// Rows in which headings are looked for.
const HEAD_ROWS: usize = 24;
/// Values of a column that are looked at.
const SAMPLE: usize = 200;
/// A table as far as it can be seen without a layout.
pub(super) struct Guess {
    pub columns: Vec<Column>,
    pub at: String,
    pub titles: Vec<String>,
    /// The unit the title states.
    pub unit: Option<String>,
    /// Whether title, sheet or file name a month.
    pub dated: bool,
}

pub(super) struct Column {
    pub heading: Heading,
    pub kind: Kind,
    /// Some values, for the comment.
    pub sample: Vec<String>,
    /// Every value is there and no two are equal.
    pub unique: bool,
}

/// What a column's values look like.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Kind {
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
    /// Whether such values may stand in a field of that kind.
    pub fn fits(&self, kind: &FieldKind) -> bool {
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

/// The table of a sheet, if it looks like one.
pub(super) fn guess(words: &Vocabulary<'_>, sheet: &Sheet) -> Option<Guess> {
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
