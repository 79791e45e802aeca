//! XML parts as events, chunk by chunk, with nothing that XML allows and office files do not need.
//!
//! quick-xml parses each chunk in place; what is cut at the end of a chunk is carried over to the next. Refused:
//! document types, entities other than the five of XML itself, anything that is not UTF-8, and single pieces (a text,
//! a tag) larger than [`MAX_PIECE`].

use crate::fault::ReadFault;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use std::borrow::Cow;

/// The largest piece of XML between two tags, or the largest tag: 4 MiB.
const MAX_PIECE: usize = 4 << 20;

/// Receives the events of one part. Names come without their prefix.
pub(super) trait Handler {
    /// An element opens; `attributes` is the raw text after its name.
    fn open(&mut self, name: &[u8], attributes: &str) -> Result<(), ReadFault>;
    /// An element closes; called for empty elements too.
    fn close(&mut self, name: &[u8]) -> Result<(), ReadFault>;
    /// Text, unescaped; one text may come in several calls.
    fn text(&mut self, text: &str) -> Result<(), ReadFault>;
    /// May take a run of plain markup off the front of the rest and say how many bytes it took. What it takes must
    /// mean the same as the events it replaces.
    fn shortcut(&mut self, _rest: &str) -> Result<usize, ReadFault> {
        Ok(0)
    }
    /// The fault for a piece of text that is too large to be looked at.
    fn huge_text(&self) -> Option<ReadFault> {
        None
    }
}

/// Drives a [`Handler`] over one part.
pub(super) struct Scanner<'p> {
    part: &'p str,
    depth: usize,
}

/// Whether the bytes at hand are all there is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tail {
    More,
    Last,
}

impl<'p> Scanner<'p> {
    /// A scanner for the part of this name.
    pub(super) fn new(part: &'p str) -> Self {
        Self { part, depth: 0 }
    }

    /// Reads to the end: `fill` appends bytes to the buffer and says how many, 0 at the end.
    pub(super) fn run<H: Handler>(
        mut self,
        fill: &mut dyn FnMut(&mut Vec<u8>) -> Result<usize, ReadFault>,
        handler: &mut H,
        chunk_done: &mut dyn FnMut(&H, u64),
    ) -> Result<(), ReadFault> {
        let mut buffer = Vec::new();
        let mut behind = 0u64;
        loop {
            let tail = if fill(&mut buffer)? == 0 { Tail::Last } else { Tail::More };
            let text = self.utf8(&buffer, tail)?;
            let used = self.feed(text, tail, handler)?;
            behind += used as u64;
            if tail == Tail::Last {
                break;
            }
            buffer.drain(..used);
            if buffer.len() > MAX_PIECE {
                let text = buffer[0] != b'<';
                let fault = if text { handler.huge_text() } else { None };
                return Err(fault.unwrap_or_else(|| self.broken("a tag or text without an end")));
            }
            chunk_done(handler, behind);
        }
        if self.depth != 0 {
            return Err(self.broken("the XML ends inside an element"));
        }
        Ok(())
    }

    fn utf8<'b>(&self, bytes: &'b [u8], tail: Tail) -> Result<&'b str, ReadFault> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text),
            Err(error) if tail == Tail::More && error.error_len().is_none() => {
                Ok(std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default())
            }
            Err(_) => Err(self.broken("not UTF-8")),
        }
    }

    /// Handles all complete events and returns how many bytes they took.
    fn feed<H: Handler>(&mut self, text: &str, tail: Tail, handler: &mut H) -> Result<usize, ReadFault> {
        let mut reader = reader(text);
        let mut start = 0;
        let mut used = 0;
        loop {
            let taken = handler.shortcut(&text[used..])?;
            if taken > 0 {
                used += taken;
                start = used;
                reader = self::reader(&text[start..]);
            }
            let event = match reader.read_event() {
                Ok(Event::Eof) => return Ok(text.len()),
                Ok(event) => event,
                Err(_) if tail == Tail::More => return Ok(used),
                Err(error) => return Err(self.broken(&error.to_string())),
            };
            let behind = start + usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    handler.open(tag.local_name().as_ref().as_bytes(), tag.attributes_raw())?;
                }
                Event::Empty(tag) => {
                    handler.open(tag.local_name().as_ref().as_bytes(), tag.attributes_raw())?;
                    handler.close(tag.local_name().as_ref().as_bytes())?;
                }
                Event::End(tag) => {
                    self.depth =
                        self.depth.checked_sub(1).ok_or_else(|| self.broken("an end without a start"))?;
                    handler.close(tag.local_name().as_ref().as_bytes())?;
                }
                // A text that touches the end of the chunk may go on in the next.
                Event::Text(_) if behind == text.len() && tail == Tail::More => return Ok(used),
                Event::Text(text) => handler.text(&line_ends(&text))?,
                Event::CData(text) => handler.text(&line_ends(&text))?,
                Event::GeneralRef(reference) => self.reference(&reference, handler)?,
                Event::DocType(_) => return Err(ReadFault::Doctype { part: self.part.to_owned() }),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Eof => {}
            }
            used = behind;
        }
    }

    fn reference<H: Handler>(
        &self,
        reference: &quick_xml::events::BytesRef<'_>,
        handler: &mut H,
    ) -> Result<(), ReadFault> {
        if let Some(text) = resolve_predefined_entity(reference) {
            return handler.text(text);
        }
        match reference.resolve_char_ref() {
            Ok(Some(c)) => handler.text(c.encode_utf8(&mut [0; 4])),
            Ok(None) => {
                let name = reference.chars().take(40).collect();
                Err(ReadFault::Entity { part: self.part.to_owned(), name })
            }
            Err(error) => Err(self.broken(&error.to_string())),
        }
    }

    fn broken(&self, detail: &str) -> ReadFault {
        ReadFault::BrokenPart { part: self.part.to_owned(), detail: detail.to_owned() }
    }
}

/// A reader of a fragment, which may begin and end inside elements.
fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    reader
}

/// XML counts CR LF and CR as one LF.
fn line_ends(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The attributes of a tag as raw name and value; names come without their prefix, except for `xmlns`.
///
/// This runs for every cell, hence byte by byte.
pub(super) fn attributes(raw: &str) -> impl Iterator<Item = (&str, &str)> {
    let bytes = raw.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let is_space = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_whitespace);
        let seek = |from: usize, wanted: u8| {
            bytes[from..].iter().position(|byte| *byte == wanted).map(|at| from + at)
        };
        while is_space(at) {
            at += 1;
        }
        let equals = seek(at, b'=')?;
        let name = raw[at..equals].trim_ascii_end();
        let mut quote = equals + 1;
        while is_space(quote) {
            quote += 1;
        }
        let mark = *bytes.get(quote).filter(|mark| matches!(mark, b'"' | b'\''))?;
        let end = seek(quote + 1, mark)?;
        at = end + 1;
        let prefix =
            if name.starts_with("xmlns") { None } else { name.bytes().position(|byte| byte == b':') };
        Some((&name[prefix.map_or(0, |colon| colon + 1)..], &raw[quote + 1..end]))
    })
}

/// One attribute with its references resolved.
pub(super) fn attribute(raw: &str, name: &str) -> Option<String> {
    let (_, value) = attributes(raw).find(|(key, _)| *key == name)?;
    Some(quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), Cow::into_owned))
}

/// Whether an attribute says yes.
pub(super) fn flag(raw: &str, name: &str) -> bool {
    attributes(raw).any(|(key, value)| key == name && matches!(value, "1" | "true" | "on"))
}

/// Resolves `_x000D_` and the like, by which office files write characters that XML cannot hold.
pub(super) fn unescape_office(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        if let Some(c) = code.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32) {
            out.push(c);
            rest = &rest[at + 7..];
        } else {
            out.push_str("_x");
            rest = &rest[at + 2..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Trace(String);

    impl Handler for Trace {
        fn open(&mut self, name: &[u8], raw: &str) -> Result<(), ReadFault> {
            self.0 += &["<", str::from_utf8(name).unwrap()].concat();
            for (key, value) in attributes(raw) {
                self.0 += &[" ", key, "=", value].concat();
            }
            self.0.push('>');
            Ok(())
        }
        fn close(&mut self, _: &[u8]) -> Result<(), ReadFault> {
            self.0.push_str("</>");
            Ok(())
        }
        fn text(&mut self, text: &str) -> Result<(), ReadFault> {
            self.0.push_str(text);
            Ok(())
        }
    }

    fn trace(xml: &str, chunk: usize) -> Result<String, ReadFault> {
        let mut trace = Trace(String::new());
        let mut chunks = xml.as_bytes().chunks(chunk);
        let mut fill = |buffer: &mut Vec<u8>| {
            let chunk = chunks.next().unwrap_or_default();
            buffer.extend_from_slice(chunk);
            Ok(chunk.len())
        };
        Scanner::new("p").run(&mut fill, &mut trace, &mut |_, _| {})?;
        Ok(trace.0)
    }

    #[test]
    fn events_do_not_depend_on_where_chunks_end() {
        let xml = "<?xml version=\"1.0\"?><x:a r='1>2' t:s = \"&lt;\"><!-- <b> --><b/>甲 &amp; 乙&#x4E19;\r\n<![CDATA[<c>]]></x:a>";
        let whole = trace(xml, xml.len()).unwrap();
        assert_eq!(whole, "<a r=1>2 s=&lt;><b></>甲 & 乙丙\n<c></>");
        for chunk in 1..40 {
            assert_eq!(trace(xml, chunk).as_ref(), Ok(&whole), "chunks of {chunk}");
        }
    }

    #[test]
    fn what_is_not_needed_is_refused() {
        let doctype = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>";
        assert_eq!(trace(doctype, 99), Err(ReadFault::Doctype { part: "p".into() }));
        assert_eq!(trace("<a>&e;</a>", 99), Err(ReadFault::Entity { part: "p".into(), name: "e".into() }));
        for broken in ["<a>", "</a>", "<a", "<a>&#0;</a>", "<a><!-- </a>"] {
            assert!(matches!(trace(broken, 99), Err(ReadFault::BrokenPart { .. })), "{broken}");
        }
    }

    #[test]
    fn office_escapes() {
        assert_eq!(unescape_office("a_x000D_b"), "a\rb");
        assert_eq!(unescape_office("_x4E2D_国"), "中国");
        assert_eq!(unescape_office("_x_xyz_x12_"), "_x_xyz_x12_");
        assert_eq!(unescape_office("_x005F_x000D_"), "_x000D_");
    }
}
