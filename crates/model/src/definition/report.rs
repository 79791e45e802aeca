//! Reports (报告): a Word template and the blanks it must fill.

use crate::id::ReportId;

/// A report.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// Its id: the folder's name.
    pub id: ReportId,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// The template's file name beside `report.toml`.
    pub template: String,
    /// The blanks it must fill.
    pub blanks: Vec<Blank>,
}

/// One blank of a report and the slot that fills it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Blank {
    /// Its number.
    pub n: u32,
    /// What it is.
    pub name: String,
    /// amount, rate, count, month, year, name, place or document.
    pub kind: String,
    /// The exact text between the braces of the slot.
    pub slot: String,
    /// The loop tag around it, if any.
    pub in_loop: Option<String>,
    /// Which pass of the loop, from 1.
    pub nth: u32,
}
