//! A template read for rendering: its tags in order, and its source with a mark before each tag.
//!
//! The template engine says neither which slot it is printing nor from which pass of a loop. So every tag gets a mark,
//! `__at(N, pass)`, that tells the session before the tag is evaluated; marks print nothing. Names with `_` in front are
//! outside of the grammar, so no template can write a mark itself.
//!
//! What a condition on a claim lets through inside of a paragraph is put into a control of its own, so that a refresh finds
//! the words again when the claim turns (see `branches`).
//!
//! Deliberately absent: evaluating anything.

use std::fmt::Write as _;

use office::docx::{Looks, SlotPlace, Template, TemplatePart};

use super::grammar::{self, Shape, TagFault};

/// A template ready for rendering.
#[derive(Debug, Clone)]
pub(super) struct Script {
    /// The parts: the document first.
    pub parts: Vec<Part>,
    /// All tags in the order of the document.
    pub tags: Vec<Tag>,
    /// The tags outside of the grammar.
    pub faults: Vec<(usize, TagFault)>,
    /// The template's styles.
    pub looks: Looks,
}

/// One text part of the file.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// Its name in the zip.
    pub name: String,
    /// Template source with marks.
    pub source: String,
}

/// A slot or block tag.
#[derive(Debug, Clone)]
pub(super) struct Tag {
    /// The part's name in the zip.
    pub part: String,
    /// Number of its paragraph in the template's part, from 1.
    pub paragraph: usize,
    /// The tag with its braces.
    pub text: String,
    /// What it is; `None` when it is outside of the grammar.
    pub shape: Option<Shape>,
    /// The innermost loop around it, as an index into the tags.
    pub within: Option<usize>,
}

impl Tag {
    /// A piece of the tag's text.
    pub fn piece(&self, range: &std::ops::Range<usize>) -> &str {
        &self.text[range.clone()]
    }

    /// The tag without its braces and the space inside them.
    pub fn inner(&self) -> &str {
        &self.text[grammar::body(&self.text)]
    }
}

/// Name of the function that marks.
pub(super) const MARK: &str = "__at";
/// What the tag of a control around the words of a claim begins with; the number of the condition's tag follows.
pub(super) const BRANCH: &str = "pl:if:";
const BRANCH_END: &str = "</w:sdtContent></w:sdt>";

impl Script {
    /// Reads all parts of a template.
    pub fn read(template: &Template) -> Self {
        let mut script =
            Self { parts: Vec::new(), tags: Vec::new(), faults: Vec::new(), looks: template.looks.clone() };
        for part in &template.parts {
            let source = script.mark(part);
            script.parts.push(Part { name: part.name.clone(), source });
        }
        script
    }

    fn mark(&mut self, part: &TemplatePart) -> String {
        let mut out = String::with_capacity(part.source.len() + 32 * (part.slots.len() + part.blocks.len()));
        let (mut slots, mut blocks) = (part.slots.iter(), part.blocks.iter());
        let (mut loops, mut ifs) = (Vec::new(), Vec::new());
        let mut rest = part.source.as_str();
        // Other braces of the file are character references, so what looks like a tag is one.
        while let Some(start) = tag_start(rest) {
            out.push_str(&rest[..start]);
            let tag = &rest[start..];
            let is_slot = tag.starts_with("{{");
            let length = tag.find(if is_slot { "}}" } else { "%}" }).map_or(tag.len(), |end| end + 2);
            let place = if is_slot { slots.next() } else { blocks.next() };
            let index = self.tags.len();
            self.tag(&tag[..length], place, part, &mut loops, &mut out);
            self.wrap(index, &mut ifs, &mut out);
            rest = &tag[length..];
        }
        out.push_str(rest);
        out
    }

    /// Puts what a condition on a claim lets through into a control; the tag of the condition has just been written.
    fn wrap(&self, index: usize, ifs: &mut Vec<bool>, out: &mut String) {
        let tag = &self.tags[index];
        let written = out.rfind("{%").unwrap_or(out.len());
        let begin = format!("<w:sdt><w:sdtPr><w:tag w:val=\"{BRANCH}{index}\"/></w:sdtPr><w:sdtContent>");
        match &tag.shape {
            Some(Shape::If { condition, .. }) => {
                let inside = tag.text[condition.clone()].contains("claim(") && in_paragraph(out);
                ifs.push(inside);
                if inside {
                    out.push_str(&begin);
                }
            }
            Some(Shape::Elif { .. } | Shape::Else) if ifs.last() == Some(&true) => {
                out.insert_str(written, BRANCH_END);
                out.push_str(&begin);
            }
            Some(Shape::EndIf) if ifs.pop() == Some(true) => out.insert_str(written, BRANCH_END),
            _ => {}
        }
    }

    fn tag(
        &mut self,
        text: &str,
        place: Option<&SlotPlace>,
        part: &TemplatePart,
        loops: &mut Vec<usize>,
        out: &mut String,
    ) {
        let index = self.tags.len();
        let shape = match grammar::read(text) {
            Ok(shape) => Some(shape),
            Err(fault) => {
                self.faults.push((index, fault));
                None
            }
        };
        let within = loops.last().copied();
        let pass = if within.is_some() { "loop.index" } else { "1" };
        match &shape {
            Some(Shape::Elif { condition, .. }) => {
                let condition = &text[condition.clone()];
                let _ = write!(out, "{{% elif {MARK}({index}, {pass}) and ({condition}) %}}");
            }
            Some(Shape::Else | Shape::EndIf | Shape::EndFor) | None => out.push_str(text),
            Some(_) => {
                let _ = write!(out, "{{{{ {MARK}({index}, {pass}) }}}}{text}");
            }
        }
        match &shape {
            Some(Shape::For { .. }) => loops.push(index),
            Some(Shape::EndFor) => {
                loops.pop();
            }
            _ => {}
        }
        self.tags.push(Tag {
            part: part.name.clone(),
            paragraph: place.map_or(0, |place| place.paragraph),
            text: text.to_owned(),
            shape,
            within,
        });
    }
}

/// Whether the text written so far ends inside of a paragraph.
fn in_paragraph(out: &str) -> bool {
    let begun = out.rfind("<w:p>").max(out.rfind("<w:p "));
    begun.is_some() && begun > out.rfind("</w:p>")
}

fn tag_start(text: &str) -> Option<usize> {
    let slot = text.find("{{");
    let block = text.find("{%");
    match (slot, block) {
        (Some(slot), Some(block)) => Some(slot.min(block)),
        (slot, block) => slot.or(block),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_claims_stand_in_controls() {
        let place = |paragraph| SlotPlace { text: String::new(), paragraph, part: "d".to_owned() };
        let part = TemplatePart {
            name: "d".to_owned(),
            source: "<w:p>{% if claim(\"c\") %}A{% elif claim(\"d\") %}B{% else %}C{% endif %}{% if not loop.last %}D{% endif %}</w:p>\
                     {% if claim(\"c\") %}<w:p>E</w:p>{% endif %}"
                .to_owned(),
            slots: vec![],
            blocks: (0..8).map(|_| place(1)).collect(),
        };
        let script = Script::read(&Template { parts: vec![part], looks: Looks::default() });
        let begin =
            |n: usize| format!("<w:sdt><w:sdtPr><w:tag w:val=\"pl:if:{n}\"/></w:sdtPr><w:sdtContent>");
        let expect = format!(
            "<w:p>{{{{ __at(0, 1) }}}}{{% if claim(\"c\") %}}{}A{BRANCH_END}{{% elif __at(1, 1) and (claim(\"d\")) %}}{}B{BRANCH_END}\
             {{% else %}}{}C{BRANCH_END}{{% endif %}}{{{{ __at(4, 1) }}}}{{% if not loop.last %}}D{{% endif %}}</w:p>\
             {{{{ __at(6, 1) }}}}{{% if claim(\"c\") %}}<w:p>E</w:p>{{% endif %}}",
            begin(0),
            begin(1),
            begin(2)
        );
        assert_eq!(script.parts[0].source, expect);
    }

    #[test]
    fn marks_stand_before_tags() {
        let place =
            |text: &str, paragraph| SlotPlace { text: text.to_owned(), paragraph, part: "d".to_owned() };
        let part = TemplatePart {
            name: "d".to_owned(),
            source: "<a>{% for x in fig(\"f\").rows(\"g\") %}{{ x }}{% elif x %}{% endfor %}{{ 1 + 1 }}</a>"
                .to_owned(),
            slots: vec![place("{{ x }}", 2), place("{{ 1 + 1 }}", 3)],
            blocks: vec![place("", 1), place("", 2), place("", 2)],
        };
        let script = Script::read(&Template { parts: vec![part], looks: Looks::default() });
        let expect = "<a>{{ __at(0, 1) }}{% for x in fig(\"f\").rows(\"g\") %}{{ __at(1, loop.index) }}{{ x }}\
                      {% elif __at(2, loop.index) and (x) %}{% endfor %}{{ 1 + 1 }}</a>";
        assert_eq!(script.parts[0].source, expect);
        assert_eq!(script.tags[1].within, Some(0));
        assert_eq!(script.tags[4].paragraph, 3);
        assert_eq!(script.faults.len(), 1);
        assert_eq!(script.faults[0].0, 4);
    }
}
