//! The names figures go by, and what is left of a text when names, numbers and words that change nothing are taken out.
//!
//! A figure is found by its title, by its aliases, and, where its title ends in brackets, by what stands in them once the
//! whole has been named before. Deliberately absent: what a number means. To add a name: `aliases` in the content.

use model::definition::Figure;

use super::messages::{meaning as words, reading};
use super::quantity::Spoken;

/// One name of a figure.
struct Name<'a> {
    text: &'a str,
    figure: &'a Figure,
    /// The title that must have been spoken before.
    within: Option<&'a str>,
}

/// Where a figure is named.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named<'a> {
    pub start: usize,
    pub end: usize,
    pub figure: &'a Figure,
}

/// Letters of a subject that is known by itself, such as 规上工业.
const SUBJECT: usize = 4;

/// All names, and the words between that change nothing.
pub(super) struct Names<'a> {
    names: Vec<Name<'a>>,
    /// Longest first.
    known: Vec<&'static str>,
}

impl<'a> Names<'a> {
    pub fn of(known: &[&'a Figure]) -> Self {
        let mut names = Vec::new();
        for figure in known.iter().copied() {
            for text in std::iter::once(&figure.title).chain(&figure.aliases) {
                names.push(Name { text, figure, within: None });
                let part = text.strip_suffix('）').and_then(|text| text.rsplit_once('（'));
                if let Some((whole, part)) = part {
                    names.push(Name { text: part, figure, within: Some(whole) });
                }
            }
        }
        Self { names, known: plain() }
    }

    /// Every figure named in a text, the longest name at each place, from left to right. `before` is what was said
    /// before the text.
    pub fn within(&self, text: &str, before: &str) -> Vec<Named<'a>> {
        let mut found: Vec<Named<'a>> = Vec::new();
        for name in &self.names {
            let whole = |at: usize| name.within.is_none_or(|whole| self.spoken(whole, before, &text[..at]));
            let places = text.match_indices(name.text).filter(|(at, _)| whole(*at));
            found.extend(places.map(|(start, _)| Named {
                start,
                end: start + name.text.len(),
                figure: name.figure,
            }));
        }
        found.extend(self.parted(text));
        found.extend(self.bare(text, before));
        found.sort_by_key(|named| (named.start, std::cmp::Reverse(named.end)));
        let mut end = 0;
        found.retain(|named| {
            let fits = named.start >= end;
            end = if fits { named.end } else { end };
            fits
        });
        found
    }

    /// Names that other words stand inside of: 规上工业企业实现营业收入, 规上工业1—10月实现增加值.
    fn parted(&self, text: &str) -> Vec<Named<'a>> {
        let (mut plain, mut places, mut at) = (String::new(), Vec::new(), 0);
        while let Some(letter) = text[at..].chars().next() {
            let inside =
                words::INSIDE.iter().find(|word| text[at..].starts_with(**word)).map(|word| word.len());
            if let Some(length) = inside.or_else(|| time(&text[at..])) {
                at += length;
                continue;
            }
            places.extend((0..letter.len_utf8()).map(|byte| at + byte));
            plain.push(letter);
            at += letter.len_utf8();
        }
        if plain.len() == text.len() {
            return Vec::new();
        }
        let mut found = Vec::new();
        for name in self.names.iter().filter(|name| name.within.is_none()) {
            for (at, _) in plain.match_indices(name.text) {
                let (start, last) = (places[at], places[at + name.text.len() - 1]);
                let parted = last + 1 - start != name.text.len();
                found.extend(parted.then_some(Named { start, end: last + 1, figure: name.figure }));
            }
        }
        found
    }

    /// Quantities that stand alone and are those of the subject named last: 规上工业…。增加值….
    fn bare(&self, text: &str, before: &str) -> Vec<Named<'a>> {
        let mut found = Vec::new();
        for quantity in words::QUANTITIES {
            for (start, _) in text.match_indices(quantity) {
                let clause = &text[super::subject::behind_last(&text[..start], words::PAUSES)..start];
                if !self.says_nothing(clause) {
                    continue;
                }
                let said = |subject: &str| text[..start].rfind(subject).map(|at| at + before.len());
                let last = |subject: &str| said(subject).or_else(|| before.rfind(subject));
                let of = |name: &&Name<'a>| {
                    let subject = name.text.strip_suffix(quantity)?;
                    let long = name.within.is_none() && subject.chars().count() >= SUBJECT;
                    last(subject).filter(|_| long)
                };
                let name = self.names.iter().filter(|name| of(name).is_some()).max_by_key(of);
                let end = start + quantity.len();
                found.extend(name.map(|name| Named { start, end, figure: name.figure }));
            }
        }
        found
    }

    /// Whether a stretch holds nothing but times and words that change nothing.
    fn says_nothing(&self, text: &str) -> bool {
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            let known = self.known.iter().find(|word| rest.starts_with(**word)).map(|word| word.len());
            match known.or_else(|| time(rest)) {
                Some(length) => rest = &rest[length..],
                None if letter.is_alphanumeric() => return false,
                None => rest = &rest[letter.len_utf8()..],
            }
        }
        true
    }

    /// Whether a figure of that title was named, by whichever name.
    fn spoken(&self, title: &str, before: &str, text: &str) -> bool {
        let names = self.names.iter().filter(|name| name.within.is_none() && name.figure.title == title);
        names.map(|name| name.text).chain([title]).any(|name| text.contains(name) || before.contains(name))
    }

    /// The name nearest before a number in a stretch that is no figure's: the last clause with strange letters, up to its
    /// own number, without the known words at its ends.
    pub fn line(&self, text: &str, offset: usize, numbers: &[Spoken]) -> Option<String> {
        let mut to = text.len();
        loop {
            let from = super::subject::behind_last(text[..to].trim_end_matches(words::PAUSES), words::PAUSES);
            let number = numbers.iter().find(|n| n.start >= offset + from && n.start < offset + to);
            let until = number.map_or(to, |number| number.start - offset);
            let mut piece = text[from..until].trim_matches(|c: char| !c.is_alphanumeric());
            while let Some(less) = self.known.iter().find_map(|word| piece.strip_prefix(word)) {
                piece = less.trim_start();
            }
            while let Some(less) = self.known.iter().find_map(|word| piece.strip_suffix(word)) {
                piece = less.trim_end();
            }
            if !piece.is_empty() {
                return Some(piece.to_owned());
            }
            if from == 0 {
                return None;
            }
            to = from;
        }
    }

    /// What is left of a text: stretches of letters that are no known word and no number.
    pub fn strange(&self, text: &str, offset: usize, numbers: &[Spoken]) -> Vec<String> {
        let mut left = vec![String::new()];
        let mut at = 0;
        let close = |left: &mut Vec<String>| {
            if left.last().is_some_and(|last| !last.is_empty()) {
                left.push(String::new());
            }
        };
        while let Some(letter) = text[at..].chars().next() {
            let number = numbers.iter().find(|number| number.start == offset + at);
            let known = self.known.iter().find(|word| text[at..].starts_with(**word));
            if let Some(number) = number {
                at = (number.end - offset).min(text.len());
                close(&mut left);
            } else if let Some(word) = known {
                at += word.len();
                close(&mut left);
            } else {
                at += letter.len_utf8();
                if letter.is_alphanumeric() {
                    left.last_mut().into_iter().for_each(|last| last.push(letter));
                } else {
                    close(&mut left);
                }
            }
        }
        left.retain(|stretch| !stretch.is_empty());
        left
    }
}

/// Bytes of a month, quarter or year in digits: `1—10月`, `2023年`.
fn time(text: &str) -> Option<usize> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut length = digits(text);
    if length == 0 || length > 4 {
        return None;
    }
    if let Some(dash) = reading::RANGE.iter().rev().find(|dash| text[length..].starts_with(**dash)) {
        let second = digits(&text[length + dash.len()..]);
        if second == 0 {
            return None;
        }
        length += dash.len() + second;
    }
    let unit = words::TIME_BEHIND.iter().find(|unit| text[length..].starts_with(**unit))?;
    Some(length + unit.len())
}

fn plain() -> Vec<&'static str> {
    let lists: [&[&'static str]; 17] = [
        words::CONNECTORS,
        words::OURSELVES,
        words::TARGETS,
        words::DONE,
        words::SHARES,
        words::MONTH_BEFORE,
        words::YEAR_BEFORE,
        words::SAME_LAST_YEAR,
        words::TO_DATE,
        reading::UP,
        reading::DOWN,
        reading::MORE_THAN,
        reading::NO_LESS,
        reading::NO_MORE,
        reading::LESS_THAN,
        reading::NEARLY,
        reading::ABOUT,
    ];
    let mut known: Vec<&str> = lists.iter().flat_map(|list| list.iter().copied()).collect();
    known.sort_by_key(|word| std::cmp::Reverse(word.len()));
    known.dedup();
    known
}
