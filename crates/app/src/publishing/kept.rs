//! What a publication keeps of every printed value, so that later values can be held against it.

use serde::{Deserialize, Serialize};

use super::preview::question;
use crate::report::SlotRecord;

/// One printed value as it was published.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct KeptSlot {
    /// The slot in the template.
    pub slot: String,
    /// The loop around it.
    pub in_loop: Option<String>,
    /// Which pass of the loop.
    pub pass: u32,
    /// The figure.
    pub figure: Option<String>,
    /// What it is called.
    pub title: String,
    /// The printed text.
    pub text: String,
    /// The exact value.
    pub value: Option<String>,
    /// The query that traces it.
    pub question: Option<String>,
    /// Which part of the figure: `value`, `yoy`, `names`, …
    #[serde(default)]
    pub piece: String,
    /// The unit of the exact value.
    #[serde(default)]
    pub unit: Option<String>,
    /// The period it speaks of, in its own form.
    #[serde(default)]
    pub period: Option<String>,
    /// 口径 in words.
    #[serde(default)]
    pub basis: String,
    /// How many entries were counted.
    #[serde(default)]
    pub entries: usize,
    /// Why there was no value.
    #[serde(default)]
    pub blank: Option<String>,
    /// Number of the paragraph in the document, from 1.
    #[serde(default)]
    pub paragraph: usize,
    /// The sentence it stands in.
    #[serde(default)]
    pub sentence: String,
}

/// Where in the template a value stands: its slot, the loop and the pass.
pub(super) type Stand = (String, Option<String>, u32);

impl KeptSlot {
    pub fn of(record: &SlotRecord) -> Self {
        Self {
            slot: record.slot.clone(),
            in_loop: record.in_loop.clone(),
            pass: record.pass,
            figure: record.subject.figure().map(ToString::to_string),
            title: record.title.clone(),
            text: record.text.clone(),
            value: record.value.clone(),
            question: question(record),
            piece: record.piece.to_owned(),
            unit: record.unit.as_ref().map(ToString::to_string),
            period: record.period.map(|period| period.to_string()),
            basis: record.basis.clone(),
            entries: record.entries,
            blank: record.blank.clone(),
            paragraph: record.paragraph,
            sentence: record.sentence(),
        }
    }

    pub fn stand(&self) -> Stand {
        (self.slot.clone(), self.in_loop.clone(), self.pass)
    }
}

/// The sentence around a place of a paragraph: to the full stop on either side.
pub(crate) fn sentence(paragraph: &str, at: usize) -> &str {
    const ENDS: &[char] = &['。', '！', '？', '；', '\n'];
    let at = (0..=at.min(paragraph.len())).rev().find(|i| paragraph.is_char_boundary(*i)).unwrap_or(0);
    let (before, after) = paragraph.split_at(at);
    let start =
        before.char_indices().rev().find(|(_, c)| ENDS.contains(c)).map_or(0, |(i, c)| i + c.len_utf8());
    let end =
        after.char_indices().find(|(_, c)| ENDS.contains(c)).map_or(after.len(), |(i, c)| i + c.len_utf8());
    paragraph[start..at + end].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_full_stops() {
        let text = "产值12亿元。增长3%；其中电子5亿元。";
        let at = text.find("3%").expect("there");
        assert_eq!(sentence(text, at), "增长3%；");
        assert_eq!(sentence(text, 0), "产值12亿元。");
        assert_eq!(sentence("没有句号", 3), "没有句号");
        // A place inside of a letter is taken back to its beginning.
        assert_eq!(sentence("没有句号", 4), "没有句号");
        assert_eq!(sentence("", 9), "");
    }
}
