//! Whom the screens found at the ends of past months: nothing is kept of a run, each is reckoned anew for its day.
//!
//! A month's end is asked with the screens and the rules in force on it and the data dated up to it, as the ledger knows them: so a month
//! before the first run is told like any other, as far as there are data of it. Where a screen could tell of nobody, the month has no
//! number. Deliberately absent: who was kept (`kept.rs`).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use model::id::{EntryId, PoolId, Revision};
use model::period::Month;

use super::screens::screen;
use super::shapes::PoolMonth;
use crate::ladders::Field;
use crate::lru::Lru;
use crate::park::Park;

/// Months of movement that are told.
const MONTHS: i32 = 12;
/// Days whose months are kept.
const KEPT: usize = 8;

/// Months reckoned already, by revision and day.
pub(crate) struct KnownMonths(Lru<(Revision, Date), Found>);

impl Default for KnownMonths {
    fn default() -> Self {
        Self(Lru::new(KEPT, usize::MAX))
    }
}

/// Whom the screens of each pool found at the ends of months, the oldest first; none: they could tell of nobody.
type Found = BTreeMap<PoolId, Vec<Option<BTreeSet<EntryId>>>>;

/// The months that are told on a day, the oldest first.
pub(super) fn told(day: Date) -> Vec<Month> {
    let last = Month::of(day);
    (0..MONTHS).rev().map(|back| last.plus(-back)).collect()
}

/// Says of the months of a pool whom the screens found.
pub(super) fn tell(park: &Park, field: &Field<'_>, pool: &PoolId, months: &mut [PoolMonth]) {
    let key = (field.snapshot().revision(), field.on);
    let stale = |(revision, _): &(Revision, Date)| *revision < key.0;
    let made = || Ok::<_, std::convert::Infallible>((reckon(field), 1));
    let found = park.pool_months().0.get_or_make(key, stale, made);
    let Ok(found) = found;
    let Some(found) = found.get(pool) else { return };
    for (month, two) in months.iter_mut().zip(found.windows(2)) {
        let [before, now] = two else { continue };
        month.found = now.as_ref().map(BTreeSet::len);
        if let (Some(before), Some(now)) = (before, now) {
            month.newly = Some(now.difference(before).count());
            month.gone = Some(before.difference(now).count());
        }
    }
}

/// One end of a month more than there are months: what came is told against it.
fn reckon(field: &Field<'_>) -> Found {
    let months = told(field.on);
    let mut days: Vec<Date> = months.first().map(|first| first.plus(-1).last_day()).into_iter().collect();
    days.extend(months.iter().map(|month| month.last_day().min(field.on)));
    let mut found = Found::new();
    for day in days {
        let then = field.at(day);
        let feed = then.feed();
        for pool in field.content().pools.values() {
            let inforce = pool.screens.iter().filter(|of| of.holds_on(day));
            let (mut told, mut who) = (0, BTreeSet::new());
            for of in inforce {
                let screened = screen(&then, &feed, of);
                told += screened.told;
                who.extend(screened.found.iter().map(|found| then.entry(found.i)));
            }
            found.entry(pool.id.clone()).or_default().push((told > 0).then_some(who));
        }
    }
    found
}
