//! A ladder as a workbook to take away: what the page lists, to the same reader.

use model::id::LadderId;
use office::write::CellSpec;

use super::{Result, When, ladder_standing, standing_word, verdict_word};
use crate::access::Actor;
use crate::messages::pools as say;
use crate::park::Park;
use crate::table_file::{TableFile, day_cell, table_file};

/// How enterprises stand to a ladder – or to one of its rungs – as a workbook.
///
/// # Errors
/// As [`ladder_standing`], or when it does not fit a workbook.
pub fn standing_file(
    park: &Park,
    actor: &Actor,
    ladder: &LadderId,
    rung: Option<&str>,
    when: impl Into<When>,
) -> Result<TableFile> {
    let found = ladder_standing(park, actor, ladder, rung, when)?;
    let rows = found.items.iter().map(|row| {
        let rung = found.rungs.iter().find(|rung| rung.id == row.rung);
        let document = rung.and_then(|rung| rung.rule.as_ref()).map(|rule| rule.document.clone());
        vec![
            CellSpec::text(rung.map_or(row.rung.as_str(), |rung| rung.title.as_str())),
            CellSpec::text(row.enterprise.title.clone()),
            CellSpec::text(standing_word(row.standing)),
            day_cell(row.until),
            CellSpec::text(verdict_word(row.verdict)),
            CellSpec::text(if row.near { say::YES } else { "" }),
            CellSpec::text(row.gaps.join("；")),
            CellSpec::text(row.missing.join("；")),
            CellSpec::text(document.unwrap_or_default()),
        ]
    });
    Ok(table_file(say::ladder_file(&found.title, found.on), &say::LADDER_HEADINGS, rows.collect())?)
}
