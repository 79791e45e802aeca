//! `calendar.toml`: the yearly notices about holidays, one section each.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;
use toml::Spanned;

use super::{At, Loading};
use crate::calendar::CalendarNotice;
use crate::content::SourceFile;
use crate::wording::{diagnostic as say, visits as say_visits};

/// No notice arranges more days off in a row.
const MOST_DAYS: usize = 31;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarFile {
    #[serde(default)]
    notice: Vec<RawNotice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNotice {
    year: Spanned<i16>,
    document: String,
    #[serde(default)]
    rest: Vec<Spanned<String>>,
    #[serde(default)]
    work: Vec<Spanned<String>>,
}

impl Loading {
    pub(super) fn calendar(&mut self, files: &[&SourceFile]) {
        let Some(file) = files.iter().find(|f| f.path == "calendar.toml") else { return };
        let at = At { file, stem: "calendar" };
        let Some(raw) = self.read::<CalendarFile>(at) else { return };
        for notice in raw.notice {
            let year = *notice.year.get_ref();
            if self.content.calendar.notices.contains_key(&year) {
                self.report(at, notice.year.span(), say::duplicate_id(&year.to_string()));
            }
            for text in &notice.rest {
                let days = self.days(at, text);
                self.content.calendar.rest.extend(days);
            }
            for text in &notice.work {
                for day in self.days(at, text) {
                    if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
                        self.report(at, text.span(), say_visits::not_moved(text.get_ref()));
                    }
                    self.content.calendar.work.insert(day);
                }
            }
            let document = notice.document;
            self.content.calendar.notices.insert(year, CalendarNotice { year, document });
        }
    }

    /// A day, or the days from one to another.
    fn days(&mut self, at: At<'_>, text: &Spanned<String>) -> Vec<Date> {
        let (first, last) = text.get_ref().split_once('/').unwrap_or((text.get_ref(), text.get_ref()));
        let days = first.parse::<Date>().ok().zip(last.parse::<Date>().ok()).map(|(first, last)| {
            first.series(1.day()).take_while(|day| *day <= last).take(MOST_DAYS + 1).collect::<Vec<_>>()
        });
        let days = days.filter(|days| (1..=MOST_DAYS).contains(&days.len()));
        if days.is_none() {
            self.report(at, text.span(), say_visits::bad_days(text.get_ref()));
        }
        days.unwrap_or_default()
    }
}
