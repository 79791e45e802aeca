//! Slots and tags in the text of a paragraph: where they are, and their source in plain template syntax.
//!
//! Word and WPS turn quotation marks into smart ones and Chinese input methods type full-width signs; both become plain
//! here, outside quoted text only.
//!
//! Deliberately absent: expressions. Whether a slot means anything is for the template engine to say. To accept another
//! block tag: one line in [`KEYWORDS`].

use super::{TAG_LETTERS, TagFault};

/// A slot or tag in a sequence of characters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    /// First character of the tag.
    pub start: usize,
    /// Character after the tag.
    pub end: usize,
    /// The tag in plain syntax, `{{ … }}` or `{% … %}`.
    pub source: String,
    /// Whether it is `{% … %}`.
    pub block: bool,
}

/// What may follow the first word of a block tag.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Rest {
    Nothing,
    Expression,
    /// An expression with this word or sign in it.
    With(&'static str),
}

/// The block tags of the grammar.
const KEYWORDS: [(&str, Rest); 7] = [
    ("for", Rest::With(" in ")),
    ("endfor", Rest::Nothing),
    ("if", Rest::Expression),
    ("elif", Rest::Expression),
    ("else", Rest::Nothing),
    ("endif", Rest::Nothing),
    ("set", Rest::With("=")),
];

/// Finds every slot and tag; the error carries the text at fault.
pub(super) fn find(text: &[char]) -> Result<Vec<Found>, (String, TagFault)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at + 1 < text.len() {
        match pair(text, at) {
            ('{', '{') => found.push(one(text, at, '}')?),
            ('{', '%') => found.push(one(text, at, '%')?),
            ('}' | '%', '}') => {
                return Err((excerpt(text, at.saturating_sub(20), at + 2), TagFault::StrayEnd));
            }
            _ => {
                at += 1;
                continue;
            }
        }
        at = found.last().map_or(text.len(), |tag| tag.end);
    }
    Ok(found)
}

/// First word of a block tag's source.
pub(super) fn keyword(source: &str) -> &str {
    let body = source.trim_start_matches(['{', '%', ' ']);
    body.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default()
}

fn one(text: &[char], start: usize, closing: char) -> Result<Found, (String, TagFault)> {
    let block = closing == '%';
    let body_start = start + 2;
    let fail = |end: usize, what| (excerpt(text, start, end), what);
    let close = (body_start..text.len().saturating_sub(1)).find(|at| pair(text, *at) == (closing, '}'));
    let close = close.ok_or_else(|| fail(text.len(), TagFault::Unclosed))?;
    let end = close + 2;
    let body = &text[body_start..close];
    if body.len() > TAG_LETTERS {
        return Err(fail(end, TagFault::TooLong));
    }
    let plain = straighten(body, Quotes::Paired)
        .or_else(|_| straighten(body, Quotes::Loose))
        .map_err(|what| fail(end, what))?;
    let plain = plain.trim();
    let plain = plain.strip_prefix(['-', '+']).unwrap_or(plain);
    let plain = plain.strip_suffix(['-', '+']).unwrap_or(plain).trim();
    if plain.is_empty() {
        return Err(fail(end, TagFault::Empty));
    }
    if plain.contains(['{', '}']) {
        return Err(fail(end, TagFault::Brace));
    }
    check_parentheses(plain).map_err(|what| fail(end, what))?;
    if block {
        check_block(plain).map_err(|what| fail(end, what))?;
    }
    let source = if block { format!("{{% {plain} %}}") } else { format!("{{{{ {plain} }}}}") };
    Ok(Found { start, end, source, block })
}

fn check_block(plain: &str) -> Result<(), TagFault> {
    let word = keyword(plain);
    let Some((_, rest)) = KEYWORDS.iter().find(|(known, _)| *known == word) else {
        return Err(TagFault::Keyword(plain.split_whitespace().next().unwrap_or_default().to_owned()));
    };
    let body = plain[word.len()..].trim();
    let good = match rest {
        Rest::Nothing => body.is_empty(),
        Rest::Expression => !body.is_empty(),
        Rest::With(sign) => body
            .split_once(sign)
            .is_some_and(|(before, after)| !before.trim().is_empty() && !after.trim().is_empty()),
    };
    if good { Ok(()) } else { Err(TagFault::Shape(word.to_owned())) }
}

fn check_parentheses(plain: &str) -> Result<(), TagFault> {
    let mut open = Vec::new();
    let mut quote = None;
    let mut letters = plain.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(_), '\\') => {
                letters.next();
            }
            (Some(mark), _) if letter == mark => quote = None,
            (None, '"' | '\'') => quote = Some(letter),
            (None, '(') => open.push(')'),
            (None, '[') => open.push(']'),
            (None, ')' | ']') if open.pop() != Some(letter) => return Err(TagFault::Parenthesis),
            _ => {}
        }
    }
    if open.is_empty() { Ok(()) } else { Err(TagFault::Parenthesis) }
}

/// How a quoted text ends.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Quotes {
    /// A straight mark ends at a straight one, so that smart ones may stand inside.
    Paired,
    /// Any mark of the same weight ends it: Word straightened one and not the other.
    Loose,
}

fn straighten(body: &[char], quotes: Quotes) -> Result<String, TagFault> {
    let mut out = String::with_capacity(body.len());
    let mut open: Option<char> = None;
    let mut letters = body.iter().copied();
    while let Some(letter) = letters.next() {
        let Some(opened) = open else {
            match weight(letter) {
                Some(mark) => {
                    open = Some(letter);
                    out.push(mark);
                }
                None => out.extend(narrow(letter)),
            }
            continue;
        };
        let strict = quotes == Quotes::Paired && matches!(opened, '"' | '\'');
        let ends = if strict { letter == opened } else { weight(letter) == weight(opened) };
        if ends {
            open = None;
            out.extend(weight(letter));
        } else {
            out.push(letter);
            if letter == '\\' {
                out.extend(letters.next());
            }
        }
    }
    if open.is_none() { Ok(out) } else { Err(TagFault::Quote) }
}

/// The straight form of a quotation mark.
fn weight(letter: char) -> Option<char> {
    match letter {
        '"' | '“' | '”' | '„' | '＂' => Some('"'),
        '\'' | '‘' | '’' | '‚' | '＇' => Some('\''),
        _ => None,
    }
}

/// The plain form of a character outside quoted text; invisible ones vanish.
fn narrow(letter: char) -> Option<char> {
    match letter {
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' => None,
        _ if letter.is_whitespace() => Some(' '),
        _ => Some(half(letter)),
    }
}

fn half(letter: char) -> char {
    match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        _ => letter,
    }
}

fn pair(text: &[char], at: usize) -> (char, char) {
    (half(text[at]), half(text[at + 1]))
}

fn excerpt(text: &[char], start: usize, end: usize) -> String {
    text[start..end.min(text.len())].iter().take(60).collect()
}
