//! Mends what leaving out and repeating paragraphs can break: an empty table vanishes, a cell keeps a paragraph, ids and
//! bookmarks stay unique.
//!
//! Deliberately absent: fills and charts (`assemble`). To keep another name unique: a set in [`Seen`], its arm in
//! [`Seen::keeps`].

use std::collections::BTreeSet;

use super::xml::{Element, Node};

/// Mends what leaving out and repeating can break.
pub(super) fn mend(root: &mut Element) {
    let mut last_drawing = 0;
    root.each(&mut |element| {
        if element.is("wp:docPr") {
            last_drawing = last_drawing.max(element.attr("id").and_then(|id| id.parse().ok()).unwrap_or(0));
        }
    });
    let mut seen = Seen { last_drawing, ..Seen::default() };
    mend_element(root, &mut seen);
    root.children.retain(|node| !matches!(node, Node::Text(text) if text.trim().is_empty()));
}

/// Names and numbers that must stay unique within a part.
#[derive(Default)]
struct Seen {
    paragraphs: BTreeSet<String>,
    controls: BTreeSet<String>,
    bookmark_names: BTreeSet<String>,
    open_bookmarks: BTreeSet<String>,
    drawings: BTreeSet<u32>,
    last_drawing: u32,
}

fn mend_element(element: &mut Element, seen: &mut Seen) {
    element.children.retain_mut(|node| {
        let Node::Element(child) = node else { return true };
        if !seen.keeps(child) {
            return false;
        }
        mend_element(child, seen);
        match child.name.as_str() {
            "w:tbl" => child.any(&|inner| inner.is("w:tr")),
            "w:tr" => child.any(&|inner| inner.is("w:tc")),
            "w:sdt" => child.child("w:sdtContent").is_some_and(|content| !content.children.is_empty()),
            _ => true,
        }
    });
    let paragraph = || Node::Element(Element::new("w:p"));
    let is_block = |node: &Node| ["w:p", "w:tbl", "w:sdt"].iter().any(|name| node.is(name));
    match element.name.as_str() {
        "w:tc" => {
            let last = element.children.iter().rev().find(|node| is_block(node));
            if last.is_none_or(|node| node.is("w:tbl")) {
                element.children.push(paragraph());
            }
        }
        "w:body" | "w:hdr" | "w:ftr" | "w:footnote" | "w:endnote" | "w:txbxContent"
            if !element.children.iter().any(is_block) =>
        {
            element.children.insert(0, paragraph());
        }
        _ => {}
    }
}

impl Seen {
    fn keeps(&mut self, child: &mut Element) -> bool {
        match child.name.as_str() {
            "w:p" => {
                let repeated =
                    child.attr("w14:paraId").is_some_and(|id| !self.paragraphs.insert(id.to_owned()));
                if repeated {
                    child.attrs.retain(|(name, _)| name != "w14:paraId" && name != "w14:textId");
                }
                true
            }
            "w:id" => child.attr("w:val").is_none_or(|id| self.controls.insert(id.to_owned())),
            "w:bookmarkStart" => {
                let fresh =
                    child.attr("w:name").is_none_or(|name| self.bookmark_names.insert(name.to_owned()));
                let id = child.attr("w:id").unwrap_or_default().to_owned();
                fresh && self.open_bookmarks.insert(id)
            }
            "w:bookmarkEnd" => self.open_bookmarks.remove(child.attr("w:id").unwrap_or_default()),
            "wp:docPr" => {
                let id = child.attr("id").and_then(|id| id.parse().ok()).unwrap_or(0);
                if !self.drawings.insert(id) {
                    self.last_drawing = self.last_drawing.saturating_add(1);
                    self.drawings.insert(self.last_drawing);
                    let fresh = self.last_drawing.to_string();
                    for (_, id) in child.attrs.iter_mut().filter(|(name, _)| name == "id") {
                        id.clone_from(&fresh);
                    }
                }
                true
            }
            _ => true,
        }
    }
}
