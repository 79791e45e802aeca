//! Time as titles, sheet names and file names state it: a period, or a year here and a month there.

use model::definition::{Every, FieldKind, PlaceOfTime};
use model::entry::CellPlace;
use model::period::{Month, Period, Window};
use model::text::{find_period, find_year, squeeze};
use model::value::Value;
use office::sheet::a1;

/// What texts outside of the table say about time.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stated {
    /// The period, where it stands, and the text.
    pub period: Option<(Period, CellPlace, String)>,
    /// The year alone.
    pub year: Option<(i16, CellPlace)>,
}

/// The texts that may state a time, in the order a layout names their places.
pub(super) struct Texts<'t> {
    pub titles: &'t [(u32, u16, String)],
    pub sheet: &'t str,
    pub file: &'t str,
}

impl Texts<'_> {
    fn of(&self, place: PlaceOfTime) -> Vec<(CellPlace, &str)> {
        match place {
            PlaceOfTime::Column => Vec::new(),
            PlaceOfTime::Title => self
                .titles
                .iter()
                .map(|(row, col, text)| (CellPlace::Cell(a1(*row, *col)), text.as_str()))
                .collect(),
            PlaceOfTime::Sheet => vec![(CellPlace::SheetName, self.sheet)],
            PlaceOfTime::File => vec![(CellPlace::FileName, self.file)],
        }
    }

    /// Looks for a period and for a year in these places.
    pub fn search(&self, places: &[PlaceOfTime]) -> Stated {
        let texts: Vec<(CellPlace, &str)> = places.iter().flat_map(|p| self.of(*p)).collect();
        let mut stated = Stated::default();
        let mut month: Option<(Window, i8, CellPlace, String)> = None;
        let mut whole_year = None;
        for (place, text) in texts {
            let found = find_period(text);
            // “2023年” in front of a file name hides the “202309” that follows.
            let exact = found.filter(|p| p.window != Window::Year);
            let exact = exact.or_else(|| find_period(&squeeze(text).replace('年', "/")));
            if let (None, Some(period)) = (&stated.period, exact) {
                stated.period = Some((period, place.clone(), text.to_owned()));
            }
            if let (None, Some((window, number))) = (&month, bare_month(text)) {
                month = Some((window, number, place.clone(), text.to_owned()));
            }
            if let (None, Some(year)) = (&stated.year, find_year(text)) {
                stated.year = Some((year, place.clone()));
            }
            if let (None, Some(period)) = (&whole_year, found.filter(|p| p.window == Window::Year)) {
                whole_year = Some((period, place, text.to_owned()));
            }
        }
        if stated.period.is_none()
            && let (Some((window, number, place, text)), Some((year, _))) = (month, &stated.year)
        {
            let made = Month::new(*year, number).map(|m| Period::containing(m, window));
            stated.period = made.map(|p| (p, place, text));
        }
        stated.period = stated.period.or(whole_year);
        stated
    }
}

/// A month without a year: `9月`, `1-9月`.
pub(super) fn bare_month(text: &str) -> Option<(Window, i8)> {
    let text = squeeze(text);
    let at = text.find('月')?;
    let digits = |t: &str| t.bytes().rev().take_while(u8::is_ascii_digit).count();
    let width = digits(&text[..at]);
    let number: i8 = text[at - width..at].parse().ok()?;
    let before = &text[..at - width];
    let cumulative = before.ends_with(['-', '—', '–', '~', '至']);
    let follows_year = before.ends_with('年');
    (!follows_year && (1..=12).contains(&number))
        .then_some((if cumulative { Window::Ytd } else { Window::Month }, number))
}

/// A period as the value of a time field; `None` when it is too coarse for it (a year where months are told apart).
pub(super) fn time_value(kind: &FieldKind, every: Option<Every>, period: Period) -> Option<Value> {
    let own = match (kind, every) {
        (FieldKind::Date, _) => return Some(Value::Date(period.last_day())),
        (FieldKind::Year, _) => Window::Year,
        (FieldKind::Month, _) => Window::Month,
        (_, Some(every)) => every.window(),
        (_, None) if period.window == Window::Ytd => Window::Month,
        (_, None) => period.window,
    };
    let length = |w: Window| match w {
        Window::Month | Window::Moment | Window::Ytd => 1,
        Window::Quarter => 3,
        Window::Half => 6,
        Window::Year => 12,
    };
    // 上半年 over a monthly return means its June issue with cumulative figures; a whole year means nothing so precise.
    let too_coarse = period.window == Window::Year && length(own) < 12;
    (!too_coarse).then(|| Value::Period(Period::containing(period.end, own)))
}

/// Whether a stated period covers more than the field tells apart, so that a person should look.
pub(super) fn is_coarse(every: Option<Every>, period: Period) -> bool {
    matches!(period.window, Window::Quarter | Window::Half) && every == Some(Every::Month)
}

/// The same place one step back in the same year, for checks against the previous period.
pub(super) fn previous(value: &Value, every: Every, skips: &[i8]) -> Option<Value> {
    let period = value.as_period()?;
    let step = match every {
        Every::Month => 1,
        Every::Quarter => 3,
        Every::Half => 6,
        Every::Year => return None,
    };
    let mut end = period.end.plus(-step);
    while skips.contains(&end.month()) && end.year() == period.end.year() {
        end = end.plus(-step);
    }
    (end.year() == period.end.year()).then_some(Value::Period(Period { end, ..period }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, sheet: &str, file: &str, expect: &str) {
        let titles = [(0, 0, title.to_owned())];
        let texts = Texts { titles: &titles, sheet, file };
        let stated = texts.search(&[PlaceOfTime::Title, PlaceOfTime::Sheet, PlaceOfTime::File]);
        assert_eq!(
            stated.period.map(|(p, ..)| p.to_string()).unwrap_or_default(),
            expect,
            "{title} {sheet} {file}"
        );
    }

    #[test]
    fn places_of_time() {
        check("2023年9月规上工业产值", "", "", "2023-09");
        check("规上工业产值", "9月", "2023年报表.xlsx", "2023-09");
        check("2023年规上工业", "1-9月", "", "2023-09/ytd");
        check("", "Sheet1", "2023年规上工业产值_202309.xlsx", "2023-09");
        check("2023年度名单", "", "", "2023");
        check("产值", "Sheet1", "a.xlsx", "");
    }

    #[test]
    fn a_year_is_no_month() {
        let value = |period: &str, kind: FieldKind, every| {
            let period = period.parse().expect("a period");
            time_value(&kind, every, period).map(|v| v.to_string()).unwrap_or_default()
        };
        assert_eq!(value("2023", FieldKind::Period, Some(Every::Month)), "");
        assert_eq!(value("2023-09/ytd", FieldKind::Period, Some(Every::Month)), "2023-09");
        assert_eq!(value("2023-09", FieldKind::Period, Some(Every::Quarter)), "2023Q3");
        assert_eq!(value("2023-09", FieldKind::Year, None), "2023");
        assert_eq!(value("2023-09", FieldKind::Date, None), "2023-09-30");
    }

    #[test]
    fn the_previous_period_stays_in_its_year() {
        let value = |period: &str| Value::Period(period.parse().expect("a period"));
        assert_eq!(previous(&value("2023-03"), Every::Month, &[1]), Some(value("2023-02")));
        assert_eq!(previous(&value("2023-02"), Every::Month, &[1]), None);
        assert_eq!(previous(&value("2023-01"), Every::Month, &[]), None);
        assert_eq!(previous(&value("2023Q2"), Every::Quarter, &[]), Some(value("2023Q1")));
    }
}
