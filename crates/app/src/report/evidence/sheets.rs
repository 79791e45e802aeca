//! The sheets of the evidence workbook.

use model::finding::Severity;
use model::value::Value;
use office::sheet::Area;
use office::write::{CellSpec, SheetSpec, Style};

use super::super::ask::Part;
use super::super::{Built, messages, paragraphs};
use super::gather::{Row, Trail};

/// Rows above the first row of data: title, remark, heading.
const HEAD: u32 = 3;

/// One line per slot, in the order of the document.
pub(super) fn index(built: &Built, trail: &Trail) -> SheetSpec {
    let starts = starts(trail);
    let rows = built.slots.iter().zip(&trail.lists).map(|(slot, list)| {
        let part = Part::named(slot.piece).map_or("", messages::part_title);
        let link = match list {
            Some(list) if starts[*list].1 > 0 => {
                let to = Style::Link { sheet: messages::ENTRIES.to_owned(), row: starts[*list].0, col: 0 };
                CellSpec::text(messages::list_name(*list)).styled(to)
            }
            _ => CellSpec::blank(),
        };
        let excerpt = paragraphs::excerpt(&slot.paragraph_text, slot.at, slot.text.len());
        let exact = match &slot.value {
            Some(value) if value.parse::<rust_decimal::Decimal>().is_ok() => CellSpec::decimal(value.clone()),
            Some(value) => CellSpec::text(value.clone()),
            None => CellSpec::blank(),
        };
        vec![
            CellSpec::number(count(slot.n)),
            CellSpec::text(excerpt),
            CellSpec::text(slot.text.clone()),
            CellSpec::text(slot.title.clone()),
            CellSpec::text(part),
            CellSpec::text(slot.period.map(model::wording::number::say_period_of_year).unwrap_or_default()),
            exact,
            CellSpec::text(slot.unit.as_ref().map(ToString::to_string).unwrap_or_default()),
            CellSpec::text(slot.basis.clone()),
            CellSpec::number(count(slot.entries)),
            link,
            CellSpec::text(slot.tag.clone()),
        ]
    });
    let title = messages::index_title(&built.provenance.title, &built.provenance.period);
    let widths = [6.0, 46.0, 16.0, 28.0, 10.0, 16.0, 16.0, 8.0, 40.0, 8.0, 10.0, 22.0];
    sheet(messages::INDEX, &title, messages::INDEX_NOTE, &messages::INDEX_HEAD, &widths, rows.collect())
}

/// One line per cell behind the values.
pub(super) fn entries(trail: &Trail) -> SheetSpec {
    let mut rows = Vec::new();
    for (number, list) in trail.groups.iter().enumerate() {
        let name = messages::list_name(number);
        for row in &list.rows {
            rows.push(entry(&name, &list.title, &list.period, row));
        }
        if let Some((count, sum)) = &list.left_out {
            let said = messages::left_out(*count, &sum.normalize().to_string());
            let cells = [name.as_str(), &list.title, &list.period, "", "", &said];
            rows.push(cells.into_iter().map(CellSpec::text).collect());
        }
        if list.hidden > 0 {
            let said = messages::hidden(list.hidden);
            let cells = [name.as_str(), &list.title, &list.period, "", "", &said];
            rows.push(cells.into_iter().map(CellSpec::text).collect());
        }
    }
    let widths = [7.0, 26.0, 15.0, 7.0, 20.0, 34.0, 22.0, 16.0, 8.0, 14.0, 34.0, 14.0, 9.0, 18.0, 14.0, 8.0];
    sheet(
        messages::ENTRIES,
        messages::ENTRIES_TITLE,
        messages::INTERNAL,
        &messages::ENTRIES_HEAD,
        &widths,
        rows,
    )
}

fn entry(list: &str, title: &str, period: &str, row: &Row) -> Vec<CellSpec> {
    let value = match &row.value {
        Some(Value::Number(number)) => CellSpec::decimal(number.to_string()),
        _ => CellSpec::text(row.shown.clone()),
    };
    let adds =
        row.adds.map_or_else(CellSpec::blank, |number| CellSpec::decimal(number.normalize().to_string()));
    vec![
        CellSpec::text(list),
        CellSpec::text(title),
        CellSpec::text(period),
        CellSpec::text(row.use_),
        CellSpec::text(row.book.clone()),
        CellSpec::text(row.entry.clone()),
        CellSpec::text(row.field.clone()),
        value,
        CellSpec::text(row.unit.clone()),
        adds,
        CellSpec::text(row.file.clone()),
        CellSpec::text(row.sheet.clone()),
        CellSpec::text(row.cell.clone()),
        CellSpec::text(row.raw.clone()),
        CellSpec::text(row.digest.clone()),
        CellSpec::text(row.revision.clone()),
    ]
}

/// The source files.
pub(super) fn sources(trail: &Trail) -> SheetSpec {
    let rows = trail.sources.iter().map(|(note, used)| {
        vec![
            CellSpec::text(note.name.clone()),
            CellSpec::text(note.digest.clone()),
            CellSpec::text(note.received.clone()),
            CellSpec::number(count(*used)),
        ]
    });
    let widths = [46.0, 68.0, 22.0, 12.0];
    sheet(
        messages::SOURCES,
        messages::SOURCES_TITLE,
        messages::SOURCES_NOTE,
        &messages::SOURCES_HEAD,
        &widths,
        rows.collect(),
    )
}

/// The claims with what they were judged by.
pub(super) fn claims(built: &Built) -> SheetSpec {
    let rows = built.claims.iter().map(|claim| {
        vec![
            CellSpec::text(claim.title.clone()),
            CellSpec::text(match claim.holds {
                Some(true) => messages::HOLDS,
                Some(false) => messages::FAILS,
                None => messages::UNKNOWN,
            }),
            CellSpec::text(claim.operands.join(messages::AND)),
            CellSpec::text(claim.reason.clone()),
            CellSpec::text(claim.tag.clone()),
        ]
    });
    let widths = [36.0, 10.0, 70.0, 30.0, 50.0];
    sheet(
        messages::CLAIMS,
        messages::CLAIMS_TITLE,
        messages::CLAIMS_NOTE,
        &messages::CLAIMS_HEAD,
        &widths,
        rows.collect(),
    )
}

/// What a person must look at.
pub(super) fn problems(built: &Built) -> SheetSpec {
    let rows = built.findings.iter().map(|finding| {
        let severity = match finding.severity {
            Severity::Error => messages::ERROR,
            Severity::Warning => messages::WARNING,
            Severity::Note => messages::NOTE,
        };
        [severity, &finding.place.to_string(), &finding.message, &finding.hint]
            .into_iter()
            .map(CellSpec::text)
            .collect()
    });
    let widths = [8.0, 30.0, 90.0, 50.0];
    sheet(
        messages::PROBLEMS,
        messages::PROBLEMS_TITLE,
        messages::PROBLEMS_NOTE,
        &messages::PROBLEMS_HEAD,
        &widths,
        rows.collect(),
    )
}

/// How to read the workbook, and what it was made from.
pub(super) fn about(built: &Built, trail: &Trail) -> SheetSpec {
    let lines = messages::about(built, trail.groups.iter().map(|list| list.rows.len()).sum());
    let rows = lines.into_iter().map(|(name, text)| vec![CellSpec::text(name), CellSpec::text(text)]);
    sheet(messages::ABOUT, messages::ABOUT_TITLE, "", &messages::ABOUT_HEAD, &[20.0, 110.0], rows.collect())
}

/// The first row of each list and how many rows it has.
fn starts(trail: &Trail) -> Vec<(u32, usize)> {
    let mut next = HEAD;
    let start = |list: &super::gather::List| {
        let rows = list.rows.len() + usize::from(list.left_out.is_some()) + usize::from(list.hidden > 0);
        let start = next;
        next = next.saturating_add(u32::try_from(rows).unwrap_or(u32::MAX));
        (start, rows)
    };
    trail.groups.iter().map(start).collect()
}

fn sheet(
    name: &str,
    title: &str,
    note: &str,
    head: &[&str],
    widths: &[f64],
    data: Vec<Vec<CellSpec>>,
) -> SheetSpec {
    let bottom = HEAD.saturating_add(u32::try_from(data.len()).unwrap_or(u32::MAX)).max(HEAD + 1) - 1;
    let right = u16::try_from(head.len()).unwrap_or(1).max(1) - 1;
    let mut rows = vec![
        vec![CellSpec::text(title).styled(Style::Title)],
        vec![CellSpec::text(note).styled(Style::Note)],
        head.iter().map(|text| CellSpec::text(*text).styled(Style::Header)).collect(),
    ];
    rows.extend(data);
    SheetSpec {
        name: name.to_owned(),
        widths: (0..).zip(widths.iter().copied()).collect(),
        rows,
        freeze: Some((HEAD, 0)),
        autofilter: Some(Area { top: HEAD - 1, left: 0, bottom, right }),
        ..SheetSpec::default()
    }
}

/// A count as a cell's number.
fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}
