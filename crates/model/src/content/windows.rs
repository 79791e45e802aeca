//! `windows.toml`: windows and lead times of ladders, checked against their rungs.

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::{At, Loading};
use crate::content::SourceFile;
use crate::definition::{ApplicationWindow, LadderCalendar, LeadTime};
use crate::id::{LadderId, RungId};
use crate::wording::{ladder as say_ladder, page as say_page};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WindowsFile {
    #[serde(default)]
    window: Vec<RawWindow>,
    #[serde(default)]
    lead: Vec<RawLead>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWindow {
    /// `LADDER.RUNG`.
    rung: Spanned<String>,
    title: String,
    #[serde(default)]
    title_en: String,
    /// For those who hold the rung.
    #[serde(default)]
    holders: bool,
    opens: Option<Spanned<String>>,
    closes: Spanned<String>,
    document: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLead {
    rung: Spanned<String>,
    months: Spanned<(u16, u16)>,
    source: Spanned<String>,
}

impl Loading {
    pub(super) fn windows(&mut self, files: &[&SourceFile]) {
        let Some(file) = files.iter().find(|f| f.path == "windows.toml") else { return };
        let at = At { file, stem: "windows" };
        let Some(raw) = self.read::<WindowsFile>(at) else { return };
        let mut calendar = LadderCalendar::default();
        for raw in raw.window {
            if let Some(window) = self.window(at, raw) {
                calendar.windows.push(window);
            }
        }
        for raw in raw.lead {
            let Some((ladder, rung)) = self.rung_named(at, &raw.rung) else { continue };
            let (least, most) = *raw.months.get_ref();
            if least > most || raw.source.get_ref().is_empty() {
                self.report(at, raw.months.span(), say_page::bad_lead());
                continue;
            }
            calendar.leads.push(LeadTime { ladder, rung, least, most, source: raw.source.into_inner() });
        }
        self.content.windows = calendar;
    }

    fn window(&mut self, at: At<'_>, raw: RawWindow) -> Option<ApplicationWindow> {
        let (ladder, rung) = self.rung_named(at, &raw.rung)?;
        let opens = match &raw.opens {
            Some(day) => Some(self.window_day(at, day)?),
            None => None,
        };
        let closes = self.window_day(at, &raw.closes)?;
        if opens.is_some_and(|opens| opens > closes) {
            self.report(at, raw.closes.span(), say_page::closes_before_it_opens());
            return None;
        }
        if raw.document.get_ref().is_empty() {
            self.report(at, raw.document.span(), say_page::no_document());
            return None;
        }
        let (title, title_en, document) = (raw.title, raw.title_en, raw.document.into_inner());
        Some(ApplicationWindow {
            holders: raw.holders,
            ladder,
            rung,
            title,
            title_en,
            opens,
            closes,
            document,
        })
    }

    fn window_day(&mut self, at: At<'_>, text: &Spanned<String>) -> Option<Date> {
        let day = text.get_ref().parse().ok();
        if day.is_none() {
            self.report(at, text.span(), say_page::not_a_day(text.get_ref()));
        }
        day
    }

    /// The rung that `LADDER.RUNG` names.
    pub(super) fn rung_named(&mut self, at: At<'_>, name: &Spanned<String>) -> Option<(LadderId, RungId)> {
        let ladders = &self.content.ladders;
        let found = name.get_ref().split_once('.').and_then(|(ladder, rung)| {
            let ladder = ladders.get(ladder)?;
            let rung = ladder.rungs.iter().find(|own| own.id.as_str() == rung)?;
            Some((ladder.id.clone(), rung.id.clone()))
        });
        if found.is_none() {
            let known: Vec<String> = ladders
                .values()
                .flat_map(|ladder| ladder.rungs.iter().map(move |rung| format!("{}.{}", ladder.id, rung.id)))
                .collect();
            let said =
                say_ladder::unknown(say_ladder::RUNG, name.get_ref(), known.iter().map(String::as_str));
            self.report(at, name.span(), said);
        }
        found
    }
}
