//! The text of a `.prj` – well-known text of either generation – as a small tree of words and numbers.
//!
//! Bounded in length and depth. Deliberately absent: judgement; [`super::stated`] reads the tree.

use std::iter::Peekable;
use std::str::Chars;

/// The longest text that is read, in bytes; real ones have some hundred.
const MAX_BYTES: usize = 64 << 10;
/// The deepest nesting; real ones have six levels.
const MAX_DEPTH: usize = 24;

/// A node: `WORD["name", 1.0, CHILD[…]]`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// The word before the bracket, in upper case.
    pub word: String,
    /// Its texts in order, quoted or bare.
    pub texts: Vec<String>,
    /// Its numbers in order.
    pub numbers: Vec<f64>,
    /// Its nodes in order.
    pub nodes: Vec<Node>,
}

impl Node {
    /// The first text: a node's name.
    pub fn name(&self) -> &str {
        self.texts.first().map_or("", String::as_str)
    }

    /// The first node below with one of these words, nearest level first.
    pub fn find(&self, words: &[&str]) -> Option<&Node> {
        let here = self.nodes.iter().find(|node| words.contains(&node.word.as_str()));
        here.or_else(|| self.nodes.iter().find_map(|node| node.find(words)))
    }

    /// All nodes below with one of these words.
    pub fn all<'a>(&'a self, words: &[&str]) -> Vec<&'a Node> {
        let mut found = Vec::new();
        for node in &self.nodes {
            if words.contains(&node.word.as_str()) {
                found.push(node);
            }
            found.extend(node.all(words));
        }
        found
    }
}

/// The tree of a text; nothing when it is none.
pub fn parse(text: &str) -> Option<Node> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let mut chars = text.trim_start_matches('\u{feff}').chars().peekable();
    let node = node(&mut chars, 0)?;
    (!node.word.is_empty()).then_some(node)
}

fn node(chars: &mut Peekable<Chars<'_>>, depth: usize) -> Option<Node> {
    let word = bare(chars);
    if depth > MAX_DEPTH || !matches!(chars.next(), Some('[' | '(')) {
        return None;
    }
    let mut node = Node { word: word.to_ascii_uppercase(), ..Node::default() };
    loop {
        skip_blanks(chars);
        match chars.peek()? {
            ']' | ')' => {
                chars.next();
                return Some(node);
            }
            ',' => {
                chars.next();
            }
            '"' => node.texts.push(quoted(chars)?),
            _ => argument(chars, &mut node, depth)?,
        }
    }
}

/// A number, a bare word, or a node below.
fn argument(chars: &mut Peekable<Chars<'_>>, parent: &mut Node, depth: usize) -> Option<()> {
    let mut ahead = chars.clone();
    let word = bare(&mut ahead);
    if word.is_empty() {
        return None;
    }
    if matches!(ahead.peek(), Some('[' | '(')) {
        parent.nodes.push(node(chars, depth + 1)?);
        return Some(());
    }
    *chars = ahead;
    match word.parse() {
        Ok(number) => parent.numbers.push(number),
        Err(_) => parent.texts.push(word),
    }
    Some(())
}

fn bare(chars: &mut Peekable<Chars<'_>>) -> String {
    skip_blanks(chars);
    let mut word = String::new();
    while let Some(c) = chars.next_if(|c| c.is_alphanumeric() || "_+-.".contains(*c)) {
        word.push(c);
    }
    skip_blanks(chars);
    word
}

/// A text in quotes; two quotes are one.
fn quoted(chars: &mut Peekable<Chars<'_>>) -> Option<String> {
    chars.next();
    let mut text = String::new();
    loop {
        match chars.next()? {
            '"' if chars.next_if_eq(&'"').is_some() => text.push('"'),
            '"' => return Some(text),
            c => text.push(c),
        }
    }
}

fn skip_blanks(chars: &mut Peekable<Chars<'_>>) {
    while chars.next_if(|c| c.is_whitespace()).is_some() {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_is_a_tree() {
        let tree = parse(r#" PROJCS["a ""b""", UNIT["Meter",1.0], AXIS["X",NORTH] ]"#)
            .expect("it is well-known text");
        assert_eq!((tree.word.as_str(), tree.name()), ("PROJCS", "a \"b\""));
        assert_eq!(tree.find(&["UNIT"]).map(|unit| unit.numbers.clone()), Some(vec![1.0]));
        assert_eq!(tree.find(&["AXIS"]).map(|axis| axis.texts.len()), Some(2));
        assert_eq!(parse("PROJCS[\"a\""), None);
        assert_eq!(parse(""), None);
        assert_eq!(parse(&"A[".repeat(10_000)), None);
    }

    proptest! {
        #[test]
        fn no_text_stops_it(text in "[A-C\\[\\]\"(),.0-9 \u{4e2d}]{0,80}") {
            drop(parse(&text));
        }
    }
}
