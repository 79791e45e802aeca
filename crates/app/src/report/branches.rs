//! The words that hang on claims: what a condition let through inside of a paragraph, in a control of its own.
//!
//! `script` writes the control with the number of the condition's tag; here it gets a tag that says which report and month
//! it is of, which condition of the template, and a digest of its words. So a refresh finds the words again, sees whether a
//! person has rewritten them, and puts the words of the other case in their place when the claim turns.
//!
//! Deliberately absent: conditions around whole paragraphs, and cases without words: there is nothing to stand in.

use std::collections::HashMap;

use super::paragraphs::{Bit, bits};
use super::records::{self, Provenance, SlotRecord};
use super::script::{BRANCH, Script};

/// The words one case of a condition printed.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Branch {
    /// The tag of its control.
    pub tag: String,
    /// Which condition of the template, as the tag holds it.
    pub stand: String,
    /// The condition that asked, without its braces.
    pub condition: String,
    /// The words, slots filled.
    pub text: String,
    /// Words and slots.
    pub bits: Vec<Bit>,
}

/// Gives the controls around words their tags; the words in the order of the document.
pub(super) fn settle(
    rendered: &mut [(String, String)],
    script: &Script,
    slots: &[SlotRecord],
    about: &Provenance,
) -> Vec<Branch> {
    let stands = stands(script);
    let mut branches = Vec::new();
    let begin = format!("<w:tag w:val=\"{BRANCH}");
    for (_, source) in rendered {
        let mut out = String::with_capacity(source.len());
        let mut rest = source.as_str();
        while let Some(at) = rest.find(&begin) {
            let number = at + begin.len();
            let digits = rest[number..].bytes().take_while(u8::is_ascii_digit).count();
            let end = number + digits;
            out.push_str(&rest[..at]);
            let index = rest[number..end].parse::<usize>().ok().and_then(|index| stands.get(&index));
            if let Some((stand, condition)) = index {
                let bits = bits(inside(&rest[end..]));
                let text = text(&bits, slots);
                let tag = records::tag_of("if", about, stand, &text);
                out.push_str("<w:tag w:val=\"");
                out.push_str(&tag);
                branches.push(Branch { tag, stand: stand.clone(), condition: condition.clone(), text, bits });
            } else {
                out.push_str(&rest[at..end]);
            }
            rest = &rest[end..];
        }
        out.push_str(rest);
        *source = out;
    }
    branches
}

/// What words and slots read.
fn text(bits: &[Bit], slots: &[SlotRecord]) -> String {
    let read = |bit: &Bit| match bit {
        Bit::Text(text) => text.clone(),
        Bit::Token(token) => slots.get(*token).map(|slot| slot.text.clone()).unwrap_or_default(),
    };
    bits.iter().map(read).collect()
}

/// The content of the control whose tag has just ended.
fn inside(rest: &str) -> &str {
    const BEGIN: &str = "<w:sdtContent>";
    const END: &str = "</w:sdtContent>";
    let Some(start) = rest.find(BEGIN).map(|at| at + BEGIN.len()) else { return "" };
    let (mut depth, mut at) = (1_usize, start);
    while let Some(end) = rest[at..].find(END).map(|found| at + found) {
        depth += rest[at..end].matches(BEGIN).count();
        depth -= 1;
        if depth == 0 {
            return &rest[start..end];
        }
        at = end + END.len();
    }
    ""
}

/// The conditions by the number of each of their tags: which of the template, and the case's own words.
fn stands(script: &Script) -> HashMap<usize, (String, String)> {
    use super::grammar::Shape;
    let (mut found, mut open, mut seen) = (HashMap::new(), Vec::new(), HashMap::<&str, u32>::new());
    for (index, tag) in script.tags.iter().enumerate() {
        match &tag.shape {
            Some(Shape::If { .. }) => {
                // The same condition may be asked at several places: the first, the second, …
                let count = seen.entry(tag.text.as_str()).or_default();
                *count += 1;
                let stand = records::stand(tag.inner(), "if", *count);
                found.insert(index, (stand.clone(), tag.inner().to_owned()));
                open.push(stand);
            }
            Some(Shape::Elif { .. } | Shape::Else) => {
                let stand = open.last().cloned().unwrap_or_default();
                found.insert(index, (stand, tag.inner().to_owned()));
            }
            Some(Shape::EndIf) => {
                open.pop();
            }
            _ => {}
        }
    }
    found
}
