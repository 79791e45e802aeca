//! A small XML tree for the parts of a Word file: read, change, write.
//!
//! Deliberately absent: DTDs and entities (a part with a DOCTYPE is refused before it gets here), comments and
//! processing instructions (dropped), namespaces beyond the promise that `w:` is WordprocessingML.
//!
//! To recognise another element: compare [`Element::name`] with its prefixed name, as everywhere in this module.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Deepest nesting of elements that is read; Word itself stays below 60.
const DEPTH: usize = 200;
/// Most attributes one element may carry; Word's root elements carry about 40.
const ATTRIBUTES: usize = 256;
/// Most elements and texts one part may hold.
const NODES: usize = 3_000_000;

/// The names of WordprocessingML, ECMA-376 transitional and strict.
pub(super) const WML: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// An element with its prefixed name, unescaped attributes and children.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Element {
    pub name: String,
    pub attrs: Vec<(String, String)>,
    pub children: Vec<Node>,
}

/// A child of an element.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Element(Element),
    /// Unescaped text.
    Text(String),
    /// A template tag, written as it stands.
    Tag(Tag),
}

/// A template tag in the tree, with the place it was found at.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tag {
    pub source: String,
    pub block: bool,
    pub paragraph: usize,
}

/// How braces in ordinary text are written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Braces {
    /// As character references, so that text can never be read as a tag.
    Shielded,
    /// As they are.
    Plain,
}

impl Element {
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.attrs.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn holding(mut self, children: Vec<Node>) -> Self {
        self.children = children;
        self
    }

    pub fn is(&self, name: &str) -> bool {
        self.name == name
    }

    pub fn attr(&self, name: &str) -> Option<&str> {
        self.attrs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(Node::element)
    }

    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.is(name))
    }

    /// The text directly inside this element.
    pub fn text(&self) -> String {
        self.children
            .iter()
            .filter_map(|node| match node {
                Node::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .collect()
    }

    /// Calls `visit` for this element and every element below it, in document order.
    pub fn each<'e>(&'e self, visit: &mut impl FnMut(&'e Element)) {
        visit(self);
        for child in self.elements() {
            child.each(visit);
        }
    }

    /// Whether `test` holds for this element or one below it.
    pub fn any(&self, test: &impl Fn(&Element) -> bool) -> bool {
        test(self) || self.elements().any(|child| child.any(test))
    }

    /// A `w:t` with this content that keeps its spaces.
    pub fn text_run(children: Vec<Node>) -> Self {
        Self::new("w:t").with("xml:space", "preserve").holding(children)
    }
}

impl Node {
    pub fn element(&self) -> Option<&Element> {
        match self {
            Node::Element(element) => Some(element),
            _ => None,
        }
    }

    pub fn is(&self, name: &str) -> bool {
        self.element().is_some_and(|element| element.is(name))
    }
}

/// Reads a part. The error is a technical sentence for the fault that names the part.
pub(super) fn parse(source: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(source.trim_start_matches('\u{FEFF}'));
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    let mut nodes = 0_usize;
    loop {
        nodes += 1;
        if nodes > NODES {
            return Err(format!("more than {NODES} nodes"));
        }
        let event =
            reader.read_event().map_err(|error| format!("byte {}: {error}", reader.error_position()))?;
        match event {
            Event::Start(start) => {
                if open.len() >= DEPTH {
                    return Err(format!("nested deeper than {DEPTH}"));
                }
                open.push(element_of(&start)?);
            }
            Event::Empty(start) => {
                let element = element_of(&start)?;
                close(element, &mut open, &mut root)?;
            }
            Event::End(_) => {
                let element = open.pop().ok_or("an end tag without a start tag")?;
                close(element, &mut open, &mut root)?;
            }
            Event::Text(text) => append(&mut open, &text.xml10_content()),
            Event::CData(text) => append(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => append(&mut open, resolve(&reference)?.encode_utf8(&mut [0; 4])),
            Event::DocType(_) => return Err("a DOCTYPE".to_owned()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    if open.is_empty() {
        root.ok_or_else(|| "no element".to_owned())
    } else {
        Err("ends too early".to_owned())
    }
}

/// Reads a part of WordprocessingML and makes sure that `w:` and nothing else means it.
pub(super) fn parse_word(source: &str) -> Result<Element, String> {
    let root = parse(source)?;
    let stray = root.any(&|element| {
        element.attrs.iter().any(|(name, value)| match name.strip_prefix("xmlns") {
            Some(":w") => !WML.contains(&value.as_str()),
            Some(_) => WML.contains(&value.as_str()),
            None => false,
        })
    });
    let known = root.attr("xmlns:w").is_some() && root.name.starts_with("w:");
    if stray || !known { Err("WordprocessingML is not bound to the prefix w".to_owned()) } else { Ok(root) }
}

/// Writes a part with its XML declaration.
pub(super) fn write(root: &Element, braces: Braces) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    write_element(root, braces, &mut out);
    out
}

/// Writes an element alone.
pub(super) fn fragment(element: &Element) -> String {
    let mut out = String::new();
    write_element(element, Braces::Plain, &mut out);
    out
}

/// Escapes text for an element; characters that XML cannot hold become U+FFFD.
pub(super) fn escape(text: &str, braces: Braces, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            '{' if braces == Braces::Shielded => out.push_str("&#123;"),
            '}' if braces == Braces::Shielded => out.push_str("&#125;"),
            _ if allowed(letter) => out.push(letter),
            _ => out.push('\u{FFFD}'),
        }
    }
}

/// Whether XML 1.0 can hold the character (production 2 of the recommendation).
fn allowed(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

fn element_of(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut element = Element::new(start.name().0);
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        if element.attrs.len() == ATTRIBUTES {
            return Err(format!("more than {ATTRIBUTES} attributes"));
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
        element.attrs.push((attribute.key.0.to_owned(), value.into_owned()));
    }
    Ok(element)
}

fn close(element: Element, open: &mut [Element], root: &mut Option<Element>) -> Result<(), String> {
    match open.last_mut() {
        Some(parent) => parent.children.push(Node::Element(element)),
        None if root.is_none() => *root = Some(element),
        None => return Err("two root elements".to_owned()),
    }
    Ok(())
}

fn append(open: &mut [Element], text: &str) {
    let Some(parent) = open.last_mut() else { return };
    if let Some(Node::Text(last)) = parent.children.last_mut() {
        last.push_str(text);
    } else if !text.is_empty() {
        parent.children.push(Node::Text(text.to_owned()));
    }
}

/// The character an entity or a character reference stands for.
pub(super) fn resolve(reference: &BytesRef<'_>) -> Result<char, String> {
    if let Some(letter) = reference.resolve_char_ref().map_err(|error| error.to_string())? {
        return Ok(letter);
    }
    match &*reference.xml10_content() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        other => Err(format!("unknown entity {other}")),
    }
}

fn write_element(element: &Element, braces: Braces, out: &mut String) {
    out.push('<');
    out.push_str(&element.name);
    for (name, value) in &element.attrs {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        escape_attribute(value, braces, out);
        out.push('"');
    }
    if element.children.is_empty() {
        out.push_str("/>");
        return;
    }
    out.push('>');
    for child in &element.children {
        match child {
            Node::Element(child) => write_element(child, braces, out),
            Node::Text(text) => escape(text, braces, out),
            Node::Tag(tag) => out.push_str(&tag.source),
        }
    }
    out.push_str("</");
    out.push_str(&element.name);
    out.push('>');
}

/// Escapes text for an attribute in double quotation marks.
pub(super) fn escape_attribute(value: &str, braces: Braces, out: &mut String) {
    for letter in value.chars() {
        match letter {
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            _ => escape(letter.encode_utf8(&mut [0; 4]), braces, out),
        }
    }
}
