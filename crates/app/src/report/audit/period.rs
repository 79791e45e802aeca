//! Which month a document speaks of, and how that is known.
//!
//! The clock is never asked: a text without a year is about the newest month the ledger has data for, and the answer says
//! so. Deliberately absent: documents about several months; each number's own words are read in `when`.

use figures::Snapshot;
use model::content::Content;
use model::definition::Every;
use model::period::Month;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use super::messages::{meaning as words, reading};
use super::quantity::{Kind, Spoken, numbers};
use crate::worker::Outlined;

/// Why a document was audited for this month.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PeriodFrom {
    /// It was asked for.
    Given,
    /// The file carries it.
    Document,
    /// The text says so.
    Text,
    /// The text names no year; this is the newest month the ledger has data for.
    Newest,
}

/// The month of a document: asked for, carried by the file, read from its text, else the newest with data.
pub(super) fn of(
    document: &Outlined,
    asked: Option<Month>,
    content: &Content,
    snapshot: &Snapshot,
) -> Option<(Month, PeriodFrom)> {
    if let Some(month) = asked {
        return Some((month, PeriodFrom::Given));
    }
    let about = document.basis.first().and_then(|about| about.iter().find(|(key, _)| key == "period"));
    if let Some(month) = about.and_then(|(_, text)| text.parse().ok()) {
        return Some((month, PeriodFrom::Document));
    }
    let newest = newest(content, snapshot);
    let texts = document.paragraphs.iter().map(|paragraph| paragraph.text.as_str());
    match (read(texts), newest) {
        ((Some(year), Some(month)), _) => Some((Month::new(year, month)?, PeriodFrom::Text)),
        ((Some(year), None), newest) => {
            let december = Month::new(year, 12)?;
            Some((newest.filter(|newest| newest.year() == year).unwrap_or(december), PeriodFrom::Text))
        }
        ((None, Some(month)), Some(newest)) => {
            let year = if month <= newest.month() { newest.year() } else { newest.year() - 1 };
            Some((Month::new(year, month)?, PeriodFrom::Newest))
        }
        ((None, _), newest) => Some((newest?, PeriodFrom::Newest)),
    }
}

/// The newest month any monthly return has data for.
fn newest(content: &Content, snapshot: &Snapshot) -> Option<Month> {
    let monthly = content.books.values().filter(|book| book.every == Some(Every::Month));
    let last = monthly.filter_map(|book| Some(snapshot.table(&book.id)?.span()?.1)).max()?;
    Month::of_ordinal(last)
}

/// The first year a text names, and the last month of that year that a cumulative period reaches.
fn read<'t>(texts: impl Iterator<Item = &'t str>) -> (Option<i16>, Option<i8>) {
    let (mut year, mut months) = (None, Vec::new());
    for text in texts {
        let spoken = numbers(text, &model::unit::Units::default());
        let mut last_year = None;
        for (at, number) in spoken.iter().enumerate().filter(|(_, number)| number.kind == Kind::Time) {
            let unit = number.unit.as_deref().unwrap_or_default();
            let Some(count) = number.number.to_i16() else { continue };
            if unit.starts_with(reading::YEAR) && (1949..2100).contains(&count) {
                last_year = Some(count);
                year = year.or(last_year);
            }
            let month = i8::try_from(count).ok().filter(|month| (1..=12).contains(month));
            let day = spoken.get(at + 1).is_some_and(|next| next.start == number.end);
            if let Some(month) =
                month.filter(|_| !day && reaches(text, number, spoken.get(at.wrapping_sub(1))))
            {
                months.push((last_year, month));
            }
        }
    }
    let own = months.iter().filter(|(of, _)| of.is_none() || *of == year).map(|(_, month)| *month).max();
    (year, own)
}

/// Whether a number is the month at which a period ends.
fn reaches(text: &str, number: &Spoken, before: Option<&Spoken>) -> bool {
    let unit = number.unit.as_deref().unwrap_or_default();
    let ahead = &text[..number.start];
    if unit == words::MONTHS {
        return ahead.ends_with([reading::FIRST, words::HEAD]);
    }
    let until = words::UNTIL.iter().any(|word| ahead.ends_with(word));
    let dated = before.is_some_and(|before| {
        before.end == number.start
            && before.unit.as_deref().is_some_and(|unit| unit.starts_with(reading::YEAR))
    });
    unit.starts_with(reading::MONTH) && (until || dated)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn the_first_year_and_its_last_cumulative_month_are_the_period() {
        let check = |texts: &[&str], expected| assert_eq!(read(texts.iter().copied()), expected, "{texts:?}");
        check(&["2023年1—10月经济运行情况", "1—9月，研发费用…"], (Some(2023), Some(10)));
        check(
            &["2023年工作总结和2024年工作思路", "1—10月，产值…", "2024年3月前完成"],
            (Some(2023), Some(10)),
        );
        check(&["产值下降，截至9月末"], (None, Some(9)));
        check(&["2023年度总结", "三季度"], (Some(2023), None));
        check(&["2023年11月15日", "前10个月"], (Some(2023), Some(10)));
        check(&["没有日期"], (None, None));
    }
}
