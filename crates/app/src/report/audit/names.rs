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
        if words::VERBS.iter().any(|verb| text.contains(verb)) {
            found.extend(self.parted(text));
        }
        found.sort_by_key(|named| (named.start, std::cmp::Reverse(named.end)));
        let mut end = 0;
        found.retain(|named| {
            let fits = named.start >= end;
            end = if fits { named.end } else { end };
            fits
        });
        found
    }

    /// Names that a verb stands inside of: 规上工业企业实现营业收入.
    fn parted(&self, text: &str) -> Vec<Named<'a>> {
        let (mut plain, mut places, mut at) = (String::new(), Vec::new(), 0);
        while let Some(letter) = text[at..].chars().next() {
            if let Some(verb) = words::VERBS.iter().find(|verb| text[at..].starts_with(**verb)) {
                at += verb.len();
                continue;
            }
            places.extend((0..letter.len_utf8()).map(|byte| at + byte));
            plain.push(letter);
            at += letter.len_utf8();
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
