//! Reserve pools (储备库) over a park: whom the screens of a line find on a day, how far each is from its threshold, when its trend
//! crosses it, and whom people keep, with owner and next step.
//!
//! A screen proposes; who is in a pool is what people keep in the book of candidates. Days of crossing are estimates and say so.
//! Deliberately absent: writing – candidates are entries of a book – and what a pool is (`content/pools.toml`).
//!
//! To add a line or a screen: its lines in `content/pools.toml`.

mod export;
mod kept;
mod months;
mod screens;
pub mod shapes;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use model::definition::{Nearness, Pool, PoolBook, Right, Screen, Setting};
use model::id::EntryId;

pub use self::export::pool_file;
use self::kept::KeptRows;
pub(crate) use self::months::KnownMonths;
use self::screens::{Found, Screened, screen};
use self::shapes::{PoolCard, PoolList, PoolRow, PoolState, PoolView, ScreenCard};
use crate::access::{Actor, Refusal};
use crate::ladders::{Feed, Field, LaddersFault, Result, When};
use crate::park::Park;

/// One pool reckoned.
struct Reckoned<'a> {
    card: PoolCard,
    screens: Vec<(&'a Screen, Screened)>,
    rows: Vec<PoolRow>,
}

/// The enterprises with the book of candidates; refused to those who may not read it.
fn field<'a>(park: &'a Park, actor: &'a Actor, when: impl Into<When>) -> Result<(Field<'a>, &'a PoolBook)> {
    let content = &park.library().content;
    let book = content.pool_book.as_ref().ok_or(Refusal::NotFound)?;
    actor.need(Right::Read, &content.books[&book.book])?;
    Ok((Field::new(park, actor, when)?, book))
}

/// All pools with their counts on a day; without one, today.
///
/// # Errors
/// [`LaddersFault`] when the reader may not see all enterprises and the book of candidates, or the ledger cannot be read.
pub fn pools(park: &Park, actor: &Actor, when: impl Into<When>) -> Result<PoolList> {
    let (field, book) = field(park, actor, when)?;
    let feed = field.feed();
    let all = field.content().pools.values();
    let items = all.map(|pool| reckon(park, &field, &feed, book, pool).card).collect();
    Ok(PoolList { on: field.on, items, revision: field.revision() })
}

/// One pool in full; its name is its id or its title.
///
/// # Errors
/// [`LaddersFault::Unknown`] for a pool that is not there, else as [`pools`].
pub fn pool(park: &Park, actor: &Actor, line: &str, when: impl Into<When>) -> Result<PoolView> {
    let (field, book) = field(park, actor, when)?;
    let all = &field.content().pools;
    let Some(pool) = all.get(line).or_else(|| all.values().find(|pool| pool.title == line)) else {
        let known = all.values().map(|pool| pool.title.clone()).collect();
        return Err(LaddersFault::Unknown(line.to_owned(), known));
    };
    let feed = field.feed();
    let reckoned = reckon(park, &field, &feed, book, pool);
    Ok(PoolView {
        on: field.on,
        pool: reckoned.card,
        screens: reckoned.screens.iter().map(|(of, screened)| screen_card(of, screened)).collect(),
        items: reckoned.rows,
        book: book.book.to_string(),
        revision: field.revision(),
    })
}

fn reckon<'a>(park: &Park, field: &Field<'a>, feed: &Feed, book: &PoolBook, pool: &'a Pool) -> Reckoned<'a> {
    let rows = KeptRows::of(field.content(), field.snapshot(), book, pool);
    let mut months = rows.months(field.on, &months::told(field.on));
    months::tell(park, field, &pool.id, &mut months);
    let kept = rows.on(field.on);
    let inforce = pool.screens.iter().filter(|of| of.holds_on(field.on));
    let screens: Vec<(&Screen, Screened)> = inforce.map(|of| (of, screen(field, feed, of))).collect();
    let (mut items, mut candidates, mut crossing) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for (of, screened) in &screens {
        for found in &screened.found {
            let enterprise = field.entry(found.i);
            candidates.insert(enterprise);
            if found.crossing.is_some_and(|day| day.year() == field.on.year()) {
                crossing.insert(enterprise);
            }
            let kept = kept.get(&enterprise).copied().cloned();
            let state = if kept.is_some() { PoolState::Kept } else { PoolState::Proposed };
            items.push(PoolRow { state, kept, ..row(field, of, found) });
        }
    }
    let unscreened: Vec<EntryId> = kept.keys().filter(|entry| !candidates.contains(entry)).copied().collect();
    items.extend(unscreened.iter().map(|entry| PoolRow {
        state: PoolState::Unscreened,
        kept: kept.get(entry).copied().cloned(),
        ..PoolRow::of(field.linked(*entry))
    }));
    let card = PoolCard {
        id: pool.id.to_string(),
        title: pool.title.clone(),
        title_en: pool.title_en.clone(),
        kept: kept.len(),
        candidates: candidates.len(),
        proposed: candidates.iter().filter(|entry| !kept.contains_key(entry)).count(),
        unscreened: unscreened.len(),
        crossing: crossing.len(),
        months,
    };
    Reckoned { card, screens, rows: items }
}

fn row(field: &Field<'_>, screen: &Screen, found: &Found) -> PoolRow {
    PoolRow {
        screen: Some(screen.id.to_string()),
        level: found.level.clone(),
        verdict: found.verdict,
        value: found.value,
        distance: found.distance,
        observed: found.observed,
        withheld: found.withheld,
        moving: found.moving,
        crossing: found.crossing,
        gaps: found.gaps.clone(),
        missing: found.missing.clone(),
        reasons: found.reasons.clone(),
        until: found.until,
        ..PoolRow::of(field.link(found.i))
    }
}

fn screen_card(screen: &Screen, screened: &Screened) -> ScreenCard {
    let (threshold, unit, trend) = match &screen.by {
        Nearness::Rung(_) | Nearness::Expiring { .. } | Nearness::Conditions => (None, None, None),
        Nearness::Amount(rule) => (rule.threshold.known(), Some(rule.unit.to_string()), rule.trend),
    };
    ScreenCard {
        id: screen.id.to_string(),
        title: screen.title.clone(),
        title_en: screen.title_en.clone(),
        document: Some(screen.document.clone()).filter(|text| text != Setting::TO_BE_SUPPLIED),
        authority: screen.authority.clone(),
        valid_from: screen.valid_from,
        valid_to: screen.valid_to,
        source: screen.source.clone(),
        threshold,
        unit,
        trend,
        candidates: screened.found.len(),
        unknown: screened.unknown,
    }
}
