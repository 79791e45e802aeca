//! The calendar of ladders: when applications for a rung are taken (申报窗口) and how long preparing for one takes (准备时间).
//!
//! Windows are announced year by year; one of an earlier year only says when the next may be, and is told as such.
//! Deliberately absent: what a rung asks for; see [`super::Rule`].

use jiff::civil::Date;

use crate::id::{LadderId, RungId};

/// The calendar of all ladders.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LadderCalendar {
    /// Windows, in the order of the file.
    pub windows: Vec<ApplicationWindow>,
    /// Lead times, in the order of the file.
    pub leads: Vec<LeadTime>,
}

/// Days on which applications for a rung are taken, or those who hold it have to report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ApplicationWindow {
    /// The ladder.
    pub ladder: LadderId,
    /// The rung.
    pub rung: RungId,
    /// What is done in it.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Whether it is a duty of those who hold it, not a window for those who apply.
    pub holders: bool,
    /// First day, where it is known.
    pub opens: Option<Date>,
    /// Last day.
    pub closes: Date,
    /// The notice that announced it, or where it was read.
    pub document: String,
}

/// How long preparing for a rung takes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeadTime {
    /// The ladder.
    pub ladder: LadderId,
    /// The rung.
    pub rung: RungId,
    /// Months, at least.
    pub least: u16,
    /// Months, at most.
    pub most: u16,
    /// Whose estimate it is.
    pub source: String,
}

/// A window as it stands to a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NextWindow<'c> {
    /// The window it is known from.
    pub of: &'c ApplicationWindow,
    /// First day, where it is known.
    pub opens: Option<Date>,
    /// Last day, not before the day asked about.
    pub closes: Date,
    /// Whether it was not announced, but is expected by the one of an earlier year.
    pub expected: bool,
}

impl LadderCalendar {
    /// The window of a rung that is open or opens next: one announced, else by month and day of those announced in the newest year
    /// before. What was announced later than `on` counts as known, for its days lie ahead.
    pub fn next(&self, ladder: &LadderId, rung: &RungId, on: Date) -> Option<NextWindow<'_>> {
        self.coming(ladder, rung, on, false)
    }

    /// What those who hold a rung have to do next, found like a window.
    pub fn duty(&self, ladder: &LadderId, rung: &RungId, on: Date) -> Option<NextWindow<'_>> {
        self.coming(ladder, rung, on, true)
    }

    fn coming(&self, ladder: &LadderId, rung: &RungId, on: Date, holders: bool) -> Option<NextWindow<'_>> {
        let own = |w: &&ApplicationWindow| w.ladder == *ladder && w.rung == *rung && w.holders == holders;
        let of_rung = || self.windows.iter().filter(own);
        let announced = of_rung().filter(|w| w.closes >= on).min_by_key(|w| w.closes);
        // One announced for years ahead says nothing of the year that begins now.
        let soon = |w: &&ApplicationWindow| w.closes.year() <= on.year() + 1;
        if let Some(of) = announced.filter(soon) {
            return Some(NextWindow { of, opens: of.opens, closes: of.closes, expected: false });
        }
        let newest = of_rung().map(|w| w.closes).max()?;
        let year_before = moved(newest, newest.year() - 1)?;
        let expected = of_rung().filter(|w| w.closes > year_before).filter_map(|of| again(of, on));
        expected.min_by_key(|next| next.closes)
    }

    /// How long preparing for a rung takes.
    pub fn lead(&self, ladder: &LadderId, rung: &RungId) -> Option<&LeadTime> {
        self.leads.iter().find(|lead| lead.ladder == *ladder && lead.rung == *rung)
    }
}

/// A window of an earlier year as it is expected on a day.
fn again(of: &ApplicationWindow, on: Date) -> Option<NextWindow<'_>> {
    let this_year = moved(of.closes, on.year())?;
    let year = if this_year >= on { on.year() } else { on.year() + 1 };
    let closes = moved(of.closes, year)?;
    let opens = of.opens.and_then(|day| moved(day, year - (of.closes.year() - day.year())));
    Some(NextWindow { of, opens, closes, expected: true })
}

/// The same day of another year; the last of February stays the last.
fn moved(day: Date, year: i16) -> Option<Date> {
    Date::new(year, day.month(), 1).ok()?.with().day(day.day().min(last(year, day.month())?)).build().ok()
}

fn last(year: i16, month: i8) -> Option<i8> {
    Some(Date::new(year, month, 1).ok()?.days_in_month())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn window(opens: Option<Date>, closes: Date) -> ApplicationWindow {
        ApplicationWindow {
            ladder: "up".into(),
            rung: "one".into(),
            title: "申报".to_owned(),
            title_en: String::new(),
            holders: false,
            opens,
            closes,
            document: "通知".to_owned(),
        }
    }

    fn next(windows: Vec<ApplicationWindow>, on: Date) -> Option<(Option<Date>, Date, bool)> {
        let calendar = LadderCalendar { windows, leads: Vec::new() };
        calendar.next(&"up".into(), &"one".into(), on).map(|next| (next.opens, next.closes, next.expected))
    }

    #[test]
    fn an_announced_window_is_taken_while_it_is_open() {
        let announced = || vec![window(Some(date(2026, 6, 1)), date(2026, 8, 31))];
        let whole = Some((Some(date(2026, 6, 1)), date(2026, 8, 31), false));
        assert_eq!(next(announced(), date(2026, 5, 1)), whole);
        assert_eq!(next(announced(), date(2026, 8, 31)), whole, "its last day is in it");
        let expected = Some((Some(date(2027, 6, 1)), date(2027, 8, 31), true));
        assert_eq!(next(announced(), date(2026, 9, 1)), expected, "by the one before");
    }

    #[test]
    fn years_before_the_first_notice_are_expected_by_it() {
        let announced = vec![window(None, date(2026, 8, 31))];
        assert_eq!(next(announced.clone(), date(2023, 11, 20)), Some((None, date(2024, 8, 31), true)));
        assert_eq!(next(announced, date(2023, 8, 31)), Some((None, date(2023, 8, 31), true)));
        assert_eq!(next(Vec::new(), date(2023, 8, 31)), None);
    }

    #[test]
    fn several_batches_a_year_follow_each_other_and_duties_stand_apart() {
        let batches = || {
            vec![
                window(None, date(2025, 1, 31)),
                window(None, date(2025, 10, 31)),
                window(None, date(2025, 12, 31)),
            ]
        };
        assert_eq!(next(batches(), date(2026, 1, 15)), Some((None, date(2026, 1, 31), true)));
        assert_eq!(next(batches(), date(2026, 2, 1)), Some((None, date(2026, 10, 31), true)));
        assert_eq!(next(batches(), date(2026, 11, 1)), Some((None, date(2026, 12, 31), true)));
        let duty = ApplicationWindow { holders: true, ..window(None, date(2026, 3, 31)) };
        let calendar =
            LadderCalendar { windows: vec![duty, window(None, date(2026, 8, 31))], leads: Vec::new() };
        let of = |next: Option<NextWindow<'_>>| next.map(|next| next.closes);
        let (ladder, rung) = ("up".into(), "one".into());
        assert_eq!(of(calendar.next(&ladder, &rung, date(2026, 1, 1))), Some(date(2026, 8, 31)));
        assert_eq!(of(calendar.duty(&ladder, &rung, date(2026, 1, 1))), Some(date(2026, 3, 31)));
    }

    #[test]
    fn a_window_over_the_turn_of_the_year_keeps_its_length_and_february_its_end() {
        let over = vec![window(Some(date(2023, 12, 15)), date(2024, 2, 29))];
        assert_eq!(next(over, date(2024, 3, 1)), Some((Some(date(2024, 12, 15)), date(2025, 2, 28), true)));
    }
}
