//! What all layouts call their columns, prepared for looking up headings.
//!
//! An alternative without `/` matches the last part of a heading path or the whole path; one with `/` matches the end
//! of a path part by part. Deliberately absent: sheets.

use model::content::Content;
use model::definition::{Book, Layout};
use model::field::FigureNames;
use model::id::BookId;
use model::period::{Month, Window};
use model::text::{find_year, parse_period, squeeze};
use office::sheet::Sheet;
use rustc_hash::{FxHashMap, FxHashSet};

use super::cell;
use super::heading::{self, Heading};

/// A layout and its book.
#[derive(Clone, Copy)]
pub(super) struct Known<'c> {
    pub layout: &'c Layout,
    pub book: &'c Book,
}

/// What a column of a sheet is for one layout.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Role {
    /// The layout's column rule of that number.
    Rule(u16),
    /// A month of its wide rule; the year when the heading states it.
    Month(Option<i16>, i8),
}

/// An alternative heading of one rule of one layout.
struct Alternative {
    layout: u16,
    rule: u16,
    parts: Vec<String>,
}

/// What a cell may be in a row of headings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Standing {
    /// Nothing some layout knows.
    Nothing,
    /// Part of a heading.
    Heading,
    /// A month of a certain year (months since year 0), which may as well be a value.
    Month(i32),
}

/// The wide rule of a layout, prepared.
struct Wide {
    under: Vec<String>,
    before: String,
    after: String,
}

/// Figures by id and by title.
#[derive(Debug, Default)]
pub(super) struct FigureTitles(FxHashMap<String, String>);

impl FigureTitles {
    fn of(content: &Content) -> Self {
        let titles = content.figures.values().map(|f| (squeeze(&f.title), f.id.to_string()));
        let ids = content.figures.keys().map(|id| (id.to_string(), id.to_string()));
        Self(titles.chain(ids).collect())
    }
}

impl FigureNames for FigureTitles {
    fn figure(&self, text: &str) -> Option<String> {
        self.0.get(text).cloned()
    }
}

/// All layouts that take part, by heading.
pub(super) struct Vocabulary<'c> {
    pub content: &'c Content,
    pub layouts: Vec<Known<'c>>,
    pub figures: FigureTitles,
    by_last: FxHashMap<String, Vec<Alternative>>,
    by_whole: FxHashMap<String, Vec<(u16, u16)>>,
    wide: Vec<Option<Wide>>,
    parts: FxHashSet<String>,
    /// First characters of everything that may stand in a heading.
    first: FxHashSet<char>,
    counters: FxHashSet<String>,
    totals: Vec<String>,
    notes: Vec<String>,
}

impl<'c> Vocabulary<'c> {
    /// Prepares all layouts, or those of one book.
    pub fn new(content: &'c Content, only: Option<&BookId>) -> Self {
        let layouts: Vec<Known<'c>> = content
            .layouts
            .values()
            .filter(|l| only.is_none_or(|b| l.book == *b))
            .filter_map(|layout| Some(Known { layout, book: content.books.get(&layout.book)? }))
            .collect();
        let squeezed =
            |words: &[String]| words.iter().map(|w| squeeze(w)).filter(|w| !w.is_empty()).collect::<Vec<_>>();
        let mut made = Self {
            content,
            layouts,
            figures: FigureTitles::of(content),
            by_last: FxHashMap::default(),
            by_whole: FxHashMap::default(),
            wide: Vec::new(),
            parts: FxHashSet::default(),
            first: FxHashSet::default(),
            counters: squeezed(&content.intake.counters).into_iter().collect(),
            totals: squeezed(&content.intake.totals),
            notes: squeezed(&content.intake.notes),
        };
        for (index, known) in made.layouts.clone().into_iter().enumerate() {
            made.add(u16::try_from(index).unwrap_or(u16::MAX), known.layout);
        }
        let wholes = made.by_whole.keys().chain(&made.parts).chain(&made.counters);
        let months = made.wide.iter().flatten().map(|w| &w.before);
        made.first = wholes.chain(months).filter_map(|text| text.chars().next()).collect();
        made
    }

    fn add(&mut self, index: u16, layout: &Layout) {
        let units = &self.content.units;
        for (rule, column) in (0u16..).zip(&layout.columns) {
            for text in &column.headings {
                let parts: Vec<String> =
                    text.split('/').map(|p| heading::key(units, p).key).filter(|p| !p.is_empty()).collect();
                let Some(last) = parts.last().cloned() else { continue };
                self.parts.extend(parts.iter().cloned());
                self.by_whole.entry(parts.concat()).or_default().push((index, rule));
                self.by_last.entry(last).or_default().push(Alternative { layout: index, rule, parts });
            }
        }
        self.wide.push(layout.wide.as_ref().map(|wide| {
            let (before, after) = wide.heading.split_once("{month}").unwrap_or((&wide.heading, ""));
            let under: Vec<String> = wide.under.iter().map(|u| heading::key(units, u).key).collect();
            self.parts.extend(under.iter().cloned());
            Wide { under, before: squeeze(before), after: squeeze(after) }
        }));
    }

    /// Whether any heading begins like a text: most values are told from headings by their first character.
    fn may_begin(&self, text: &str) -> bool {
        let Some(first) = text.chars().find(|c| !c.is_whitespace()) else { return false };
        let normal = u32::from(first) < 0x2000 || ('\u{3400}'..'\u{a000}').contains(&first);
        !normal || self.first.contains(&first) || (first.is_ascii_digit() && text.len() < 18)
    }

    /// What a text may be in a heading row.
    fn in_headings(&self, text: &str) -> Standing {
        if text.len() > 180 || (text.len() > 24 && text.is_ascii()) || !self.may_begin(text) {
            return Standing::Nothing;
        }
        let key = heading::key(&self.content.units, text).key;
        if self.parts.contains(&key) || self.by_whole.contains_key(&key) || self.counters.contains(&key) {
            return Standing::Heading;
        }
        match self.wide.iter().flatten().find_map(|wide| month_of(wide, &key)) {
            Some((None, _)) => Standing::Heading,
            Some((Some(year), month)) => Standing::Month(i32::from(year) * 12 + i32::from(month)),
            None => Standing::Nothing,
        }
    }

    /// Whether a heading only numbers the rows.
    pub fn is_counter(&self, heading: &Heading) -> bool {
        heading.parts.last().is_some_and(|p| self.counters.contains(p))
    }

    /// What a column is for each layout that knows it: layout, role and how much of the heading agreed.
    pub fn roles(&self, heading: &Heading, found: &mut Vec<(u16, Role, u8)>) {
        found.clear();
        let Some(last) = heading.parts.last() else { return };
        let whole = heading.parts.concat();
        if let Some(hits) = self.by_whole.get(&whole) {
            let weight = u8::try_from(heading.parts.len()).unwrap_or(9) + 1;
            found.extend(hits.iter().map(|(layout, rule)| (*layout, Role::Rule(*rule), weight)));
        }
        for alternative in self.by_last.get(last).map(Vec::as_slice).unwrap_or_default() {
            if heading.parts.ends_with(&alternative.parts) {
                let weight = u8::try_from(alternative.parts.len()).unwrap_or(9);
                found.push((alternative.layout, Role::Rule(alternative.rule), weight));
            }
        }
        for (layout, wide) in (0u16..).zip(&self.wide) {
            let Some(wide) = wide else { continue };
            let upper = &heading.parts[..heading.parts.len() - 1];
            if !wide.under.is_empty() && !upper.iter().any(|p| wide.under.contains(p)) {
                continue;
            }
            if let Some((year, month)) = month_of(wide, last) {
                let year = year.or_else(|| upper.iter().rev().find_map(|p| find_year(p)));
                found.push((layout, Role::Month(year, month), 1));
            }
        }
        found.sort_by_key(|a| (a.0, std::cmp::Reverse(a.2), a.1));
        found.dedup_by_key(|(layout, ..)| *layout);
    }

    /// Whether a text begins like a total.
    pub fn starts_total(&self, text: &str) -> bool {
        starts_with_any(text, &self.totals)
    }

    /// Whether a text begins like a note below a table.
    pub fn starts_note(&self, text: &str) -> bool {
        starts_with_any(text, &self.notes)
    }

    /// Whether a row may hold headings: two cells that may be some, and not only dates, as a row of data has them, unless
    /// two of these are neighbouring months. `cache` remembers by string number.
    pub fn may_be_headings(
        &self,
        sheet: &Sheet,
        row: &[office::sheet::Cell],
        cache: &mut Vec<Option<Standing>>,
    ) -> bool {
        use office::sheet::CellValue;
        cache.resize(sheet.strings.len(), None);
        let (mut headings, mut months, mut neighbours) = (0, 0, false);
        let mut before = None;
        for cell in row {
            let standing = match cell.value {
                CellValue::Text(index) => *cache[index as usize]
                    .get_or_insert_with(|| self.in_headings(&sheet.strings[index as usize])),
                CellValue::DateTime { .. } => self.date_in_headings(cell.value),
                _ => Standing::Nothing,
            };
            let month = if let Standing::Month(month) = standing { Some(month) } else { None };
            headings += usize::from(standing == Standing::Heading);
            months += usize::from(month.is_some());
            neighbours |= before.is_some_and(|b: i32| month == Some(b + 1));
            before = month.or(before);
        }
        headings + months >= 2 && (headings > 0 || neighbours)
    }

    fn date_in_headings(&self, value: office::sheet::CellValue) -> Standing {
        match cell::date(value).filter(|_| self.wide.iter().any(Option::is_some)) {
            Some(day) => Standing::Month(i32::from(day.year()) * 12 + i32::from(day.month())),
            None => Standing::Nothing,
        }
    }
}

fn starts_with_any(text: &str, words: &[String]) -> bool {
    // Most cells begin with none of these characters; only the others are worth normalising.
    let Some(first) = text.chars().find(|c| !c.is_whitespace()) else { return false };
    let plain = u32::from(first) < 0xff00 && !words.iter().any(|w| w.starts_with(first));
    !plain && {
        let squeezed = squeeze(text);
        words.iter().any(|w| squeezed.starts_with(w.as_str()))
    }
}

/// The month a heading names by a wide rule's pattern, with the year if it states one.
fn month_of(wide: &Wide, key: &str) -> Option<(Option<i16>, i8)> {
    let middle = key.strip_prefix(wide.before.as_str()).and_then(|k| k.strip_suffix(wide.after.as_str()));
    if let Some(number) = middle.filter(|m| (1..=2).contains(&m.len())).and_then(|m| m.parse::<i8>().ok()) {
        return Month::new(2000, number).map(|_| (None, number));
    }
    if !key.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let period = parse_period(key).filter(|p| p.window == Window::Month)?;
    Some((Some(period.end.year()), period.end.month()))
}

/// Whether a name fits a pattern with `*` and `?`; letter case aside.
pub(super) fn glob(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) =
        (squeeze(pattern).to_lowercase().chars().collect(), squeeze(name).to_lowercase().chars().collect());
    let (mut p, mut n, mut star) = (0, 0, None);
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(c) if *c == '?' || *c == name[n] => {
                p += 1;
                n += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    p = at + 1;
                    n = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, name, expect) in [
            ("*产值*", "2023年9月产值表.xlsx", true),
            ("*产值*", "用电量.xlsx", false),
            ("*", "", true),
            ("a?c", "ABC", true),
            ("a*b*c", "a1b2b3c", true),
            ("a*b", "a1b2", false),
        ] {
            assert_eq!(glob(pattern, name), expect, "{pattern} {name}");
        }
    }
}
