//! The revision table as a workbook: a line for every entry behind every value that would read otherwise.
//!
//! Deliberately absent: which values those are (`changes`).

use office::write::{BookSpec, CellSpec, SheetSpec, Style, xlsx};

use super::changes::{ChangeOfSlot, ChangedEntry, PublicationChanges};
use super::{FileOfReport, Publishing, PublishingFault};
use crate::access::Actor;
use crate::clock::written;
use crate::messages::publishing as say;
use crate::park::Park;
use crate::report::ReportFault;

/// Widths of the columns.
const WIDTHS: [f64; 17] =
    [30.0, 16.0, 14.0, 14.0, 16.0, 16.0, 14.0, 10.0, 26.0, 18.0, 16.0, 16.0, 8.0, 12.0, 18.0, 44.0, 40.0];

impl Publishing {
    /// The revision table of a publication as a workbook.
    ///
    /// # Errors
    /// As [`Publishing::changes`].
    pub fn changes_workbook(
        &self,
        park: &Park,
        actor: &Actor,
        id: u64,
    ) -> Result<FileOfReport, PublishingFault> {
        let changes = self.changes(park, actor, id)?;
        let report = park.library.content.reports.get(changes.publication.report.as_str());
        let title = report.map_or(changes.publication.report.as_str(), |report| report.title.as_str());
        let stem = say::revision_table(title, &changes.publication.period, id);
        let bytes =
            xlsx(&BookSpec { sheets: vec![sheet(&changes, &stem)] }).map_err(ReportFault::Workbook)?;
        Ok(FileOfReport { stem, bytes })
    }
}

fn sheet(changes: &PublicationChanges, title: &str) -> SheetSpec {
    let remark = say::table_remark(
        changes.revision_then,
        changes.revision_now,
        changes.values,
        changes.items.len(),
        &changes.publication.seal,
    );
    let head = say::TABLE_HEAD.iter().map(|text| CellSpec::text(*text).styled(Style::Header)).collect();
    let mut rows = vec![vec![CellSpec::text(title).styled(Style::Title)], vec![CellSpec::text(remark)], head];
    for item in &changes.items {
        if item.entries.is_empty() {
            rows.push(line(item, None));
        }
        rows.extend(item.entries.iter().map(|entry| line(item, Some(entry))));
    }
    SheetSpec {
        name: say::TABLE_NAME.to_owned(),
        widths: (0u16..).zip(WIDTHS).collect(),
        rows,
        freeze: Some((3, 0)),
        ..SheetSpec::default()
    }
}

fn line(item: &ChangeOfSlot, entry: Option<&ChangedEntry>) -> Vec<CellSpec> {
    let number = |text: &Option<String>| match text.as_deref() {
        Some(text) if text.parse::<rust_decimal::Decimal>().is_ok() => CellSpec::decimal(text.to_owned()),
        Some(text) => CellSpec::text(text),
        None => CellSpec::blank(),
    };
    let mut cells = vec![
        CellSpec::text(item.title.clone()),
        CellSpec::text(item.period.clone()),
        CellSpec::text(item.then.clone()),
        CellSpec::text(item.now.clone()),
        number(&item.exact_then),
        number(&item.exact_now),
        number(&item.difference),
        number(&item.relative),
    ];
    let mut texts: [String; 8] = Default::default();
    match entry {
        None => say::cause(item.cause).clone_into(&mut texts[0]),
        Some(entry) => {
            texts = [
                entry.title.clone(),
                entry.field.clone(),
                entry.before.clone(),
                entry.after.clone(),
                entry.revision.to_string(),
                entry.who.clone(),
                written(entry.at),
                say::place(&entry.place),
            ];
        }
    }
    cells.extend(texts.map(CellSpec::text));
    cells.push(CellSpec::text(item.sentence.clone()));
    cells
}
