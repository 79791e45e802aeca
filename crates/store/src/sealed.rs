//! Rows that may be updated, with the digests the audit keeps of them. To add a table: its rows here.

use rusqlite::{Connection, Row};

use crate::chain::Hash;
use crate::error::Result;
use crate::finding::FindingId;
use crate::{
    credential, evaluations, filings, finding, matching, originals, people, published, setting, tokens,
};

/// Every updatable row, as the audit names it, with its digest.
pub(crate) fn rows(connection: &Connection) -> Result<Vec<(String, Hash)>> {
    let mut sealed = Vec::new();
    collect(connection, "SELECT digest, name, size, received_at, who FROM source", |row| {
        let text = |i| row.get::<_, String>(i);
        let digest = text(0)?;
        let hash = originals::sealed(&digest, &text(1)?, row.get(2)?, &text(3)?, &text(4)?);
        sealed.push((format!("source:{digest}"), hash));
        Ok(())
    })?;
    collect(connection, "SELECT key, value FROM setting", |row| {
        let key: String = row.get(0)?;
        let hash = setting::sealed(&key, &row.get::<_, String>(1)?);
        sealed.push((format!("setting:{key}"), hash));
        Ok(())
    })?;
    let decisions = "SELECT book, written, decision, entry, at, who, reason FROM match_decision";
    collect(connection, decisions, |row| {
        let decision = matching::decision_from(row)?;
        let subject = matching::subject(decision.book.as_str(), &decision.written);
        sealed.push((subject, matching::sealed(&decision)));
        Ok(())
    })?;
    collect(connection, published::COLUMNS, |row| {
        let record = published::record_from(row)?;
        sealed.push((format!("published:{}", record.id), published::sealed(&record)));
        Ok(())
    })?;
    let resolved = "SELECT id, revision, body, state, resolved_at, resolved_by, resolved_why FROM finding
        WHERE state = 'resolved'";
    collect(connection, resolved, |row| {
        let record = finding::record_from(row)?;
        let FindingId(id) = record.id;
        sealed.push((format!("finding:{id}"), finding::sealed(record.id, &record.state)));
        Ok(())
    })?;
    let others = [
        people::sealed_rows,
        credential::sealed_rows,
        tokens::sealed_rows,
        evaluations::sealed_rows,
        filings::sealed_rows,
    ];
    for more in others {
        sealed.append(&mut more(connection)?);
    }
    Ok(sealed)
}

fn collect(
    connection: &Connection,
    sql: &'static str,
    mut each: impl FnMut(&Row<'_>) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(row)?;
    }
    Ok(())
}
