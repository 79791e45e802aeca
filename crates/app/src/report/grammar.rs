//! The closed grammar of slots and block tags, checked before the template engine ever sees them.
//!
//! A *term* is a name or call with attributes and filters: `fig("ID", window="month").yoy | words`. A slot is one term, a
//! loop runs over one, `set` keeps one, a condition joins terms with comparisons, `and`, `or`, `not` and parentheses.
//! Arguments are literal, so what a template can ask for is known without running it.
//!
//! Deliberately absent: arithmetic, string building, indexing, conditions within slots, macros, includes. To add a
//! function, an attribute or a filter: one line in the lists here, its meaning in `objects.rs`, a row in
//! `content/README.md`.

use std::ops::Range;

use super::messages as say;

/// What is wrong with a tag, in the user's language: the sentence and the hint.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct TagFault {
    pub message: String,
    pub hint: String,
}

/// A tag taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// `{{ TERM }}`.
    Slot { term: Range<usize> },
    /// `{% if CONDITION %}`.
    If { condition: Range<usize>, terms: Vec<Range<usize>> },
    /// `{% elif CONDITION %}`.
    Elif { condition: Range<usize>, terms: Vec<Range<usize>> },
    /// `{% for NAME in TERM %}`.
    For { name: String, term: Range<usize> },
    /// `{% set NAME = TERM %}`.
    Set { name: String, term: Range<usize> },
    /// `{% else %}`.
    Else,
    /// `{% endif %}`.
    EndIf,
    /// `{% endfor %}`.
    EndFor,
}

/// The functions of the grammar.
pub(super) const FUNCTIONS: [&str; 6] = ["fig", "claim", "exclusion", "chart", "param", "dict"];
/// The filters of the grammar, with the number of arguments each takes.
pub(super) const FILTERS: [(&str, usize); 11] = [
    ("yi", 0),
    ("wan", 0),
    ("unit", 1),
    ("dp", 1),
    ("floor", 0),
    ("ceil", 0),
    ("abs", 0),
    ("words", 0),
    ("signed", 0),
    ("cn", 0),
    ("join", 1),
];
/// The attributes of figures, rows, exclusion sets, periods and loops.
pub(super) const ATTRIBUTES: [&str; 22] = [
    "value",
    "yoy",
    "mom",
    "share",
    "pull",
    "rank",
    "target",
    "last_target",
    "completion",
    "names",
    "count",
    "from_month",
    "month",
    "year",
    "quarter",
    "name",
    "unit",
    "rows",
    "first",
    "last",
    "index",
    "length",
];

/// What a sheet is about; the names of its facts are known to `matter`.
pub(super) const ABOUT: &str = "of";
/// Names whose parts are the attributes of the grammar; what a loop or `set` named may be a line of facts.
const OWN: [&str; 3] = ["period", "plan", "loop"];

/// Deepest nesting of parentheses in a condition.
const MAX_DEPTH: usize = 16;

/// Takes a tag apart; `source` is the tag with its braces, as [`office::docx::Template`] gives it.
pub(super) fn read(source: &str) -> Result<Shape, TagFault> {
    let inner = body(source);
    let mut parser = Parser::new(source, inner.clone())?;
    if source.starts_with("{{") {
        let term = parser.term()?;
        parser.end()?;
        return Ok(Shape::Slot { term });
    }
    let keyword = parser.name().ok_or_else(|| parser.unexpected())?;
    let shape = match keyword {
        "if" | "elif" => {
            let start = parser.offset();
            parser.condition(0)?;
            let condition = start..inner.end;
            let terms = std::mem::take(&mut parser.terms);
            match keyword {
                "if" => Shape::If { condition, terms },
                _ => Shape::Elif { condition, terms },
            }
        }
        "for" => {
            let name = parser.fresh_name()?;
            parser.expect_word("in")?;
            Shape::For { name, term: parser.term()? }
        }
        "set" => {
            let name = parser.fresh_name()?;
            parser.expect_sign("=")?;
            Shape::Set { name, term: parser.term()? }
        }
        "else" => Shape::Else,
        "endif" => Shape::EndIf,
        "endfor" => Shape::EndFor,
        other => return Err(fault(say::unknown_statement(other))),
    };
    parser.end()?;
    Ok(shape)
}

/// The part between the braces, without the space around it.
pub(super) fn body(source: &str) -> Range<usize> {
    let inner = source.get(2..source.len().saturating_sub(2)).unwrap_or_default();
    let start = 2 + inner.len() - inner.trim_start().len();
    start..start + inner.trim().len()
}

pub(super) fn fault((message, hint): (String, String)) -> TagFault {
    TagFault { message, hint }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Name,
    Text,
    Number,
    Sign,
}

struct Token {
    kind: Kind,
    at: Range<usize>,
}

struct Parser<'t> {
    source: &'t str,
    tokens: Vec<Token>,
    next: usize,
    end: usize,
    terms: Vec<Range<usize>>,
}

impl<'t> Parser<'t> {
    fn new(source: &'t str, inner: Range<usize>) -> Result<Self, TagFault> {
        let end = inner.end;
        Ok(Self { source, tokens: tokens(source, inner)?, next: 0, end, terms: Vec::new() })
    }

    fn text(&self, token: &Token) -> &'t str {
        &self.source[token.at.clone()]
    }

    fn peek(&self) -> Option<(Kind, &'t str)> {
        self.tokens.get(self.next).map(|token| (token.kind, self.text(token)))
    }

    /// Where the next token starts.
    fn offset(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |token| token.at.start)
    }

    /// Where the last token ended.
    fn behind(&self) -> usize {
        self.next.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(self.end, |token| token.at.end)
    }

    fn unexpected(&self) -> TagFault {
        match self.peek() {
            Some((_, text)) => fault(say::unexpected(text)),
            None => fault(say::cut_short()),
        }
    }

    fn end(&self) -> Result<(), TagFault> {
        if self.next == self.tokens.len() { Ok(()) } else { Err(self.unexpected()) }
    }

    fn name(&mut self) -> Option<&'t str> {
        let (kind, text) = self.peek()?;
        (kind == Kind::Name).then(|| {
            self.next += 1;
            text
        })
    }

    fn takes(&mut self, wanted: Kind, text: &str) -> bool {
        let found = self.peek() == Some((wanted, text));
        self.next += usize::from(found);
        found
    }

    fn expect_word(&mut self, word: &str) -> Result<(), TagFault> {
        if self.takes(Kind::Name, word) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn expect_sign(&mut self, sign: &str) -> Result<(), TagFault> {
        if self.takes(Kind::Sign, sign) { Ok(()) } else { Err(self.unexpected()) }
    }

    /// A name a template may give: none that means something already.
    fn fresh_name(&mut self) -> Result<String, TagFault> {
        let name = self.name().ok_or_else(|| self.unexpected())?;
        let taken = [
            "period", "plan", "loop", ABOUT, "and", "or", "not", "in", "if", "else", "true", "false", "none",
        ];
        if taken.contains(&name) || FUNCTIONS.contains(&name) {
            return Err(fault(say::taken_name(name)));
        }
        Ok(name.to_owned())
    }

    fn condition(&mut self, depth: usize) -> Result<(), TagFault> {
        if depth > MAX_DEPTH {
            return Err(fault(say::too_deep()));
        }
        loop {
            while self.takes(Kind::Name, "not") {}
            if self.takes(Kind::Sign, "(") {
                self.condition(depth + 1)?;
                self.expect_sign(")")?;
            } else {
                self.operand()?;
                let compared =
                    ["==", "!=", "<=", ">=", "<", ">"].into_iter().any(|sign| self.takes(Kind::Sign, sign));
                if compared {
                    self.operand()?;
                }
            }
            if !self.takes(Kind::Name, "and") && !self.takes(Kind::Name, "or") {
                return Ok(());
            }
        }
    }

    fn operand(&mut self) -> Result<(), TagFault> {
        if let Some((Kind::Text | Kind::Number, _)) = self.peek() {
            self.next += 1;
            return Ok(());
        }
        let term = self.term()?;
        self.terms.push(term);
        Ok(())
    }

    fn term(&mut self) -> Result<Range<usize>, TagFault> {
        let start = self.offset();
        let name = self.name().ok_or_else(|| self.unexpected())?;
        let called = self.takes(Kind::Sign, "(");
        let closed = called || OWN.contains(&name);
        if called {
            if !FUNCTIONS.contains(&name) || name == "dict" {
                return Err(fault(say::unknown_function(name, &FUNCTIONS[..5])));
            }
            self.arguments(true)?;
        }
        while self.takes(Kind::Sign, ".") {
            let attribute = self.name().ok_or_else(|| self.unexpected())?;
            if closed && !ATTRIBUTES.contains(&attribute) {
                return Err(fault(say::unknown_attribute(attribute, &ATTRIBUTES)));
            }
            if self.takes(Kind::Sign, "(") {
                if attribute != "rows" {
                    return Err(fault(say::unexpected("(")));
                }
                self.arguments(false)?;
            }
        }
        while self.takes(Kind::Sign, "|") {
            self.filter()?;
        }
        Ok(start..self.behind())
    }

    fn filter(&mut self) -> Result<(), TagFault> {
        let name = self.name().ok_or_else(|| self.unexpected())?;
        let known = FILTERS.iter().find(|(known, _)| *known == name);
        let Some((_, wanted)) = known else {
            return Err(fault(say::unknown_filter(name, &FILTERS.map(|(known, _)| known))));
        };
        let mut found = 0;
        if self.takes(Kind::Sign, "(") && !self.takes(Kind::Sign, ")") {
            loop {
                self.literal()?;
                found += 1;
                if self.takes(Kind::Sign, ")") {
                    break;
                }
                self.expect_sign(",")?;
            }
        }
        if found == *wanted { Ok(()) } else { Err(fault(say::filter_arguments(name, *wanted))) }
    }

    /// A text or a number, or a parameter of the report: known before anything is computed.
    fn literal(&mut self) -> Result<(), TagFault> {
        if self.takes(Kind::Name, "param") {
            self.expect_sign("(")?;
            let text = matches!(self.peek(), Some((Kind::Text, _)));
            self.next += usize::from(text);
            return if text { self.expect_sign(")") } else { Err(self.unexpected()) };
        }
        match self.peek() {
            Some((Kind::Text | Kind::Number, _)) => {
                self.next += 1;
                Ok(())
            }
            Some(_) => Err(fault(say::literal_needed(self.peek().map_or("", |(_, text)| text)))),
            None => Err(self.unexpected()),
        }
    }

    /// Arguments up to the closing parenthesis; `dict(…)` only where a keyword may hold one.
    fn arguments(&mut self, dict: bool) -> Result<(), TagFault> {
        if self.takes(Kind::Sign, ")") {
            return Ok(());
        }
        loop {
            let names = self.tokens.get(self.next + 1).is_some_and(|token| self.text(token) == "=");
            if names && self.name().is_some() {
                self.expect_sign("=")?;
                if dict && self.takes(Kind::Name, "dict") {
                    self.expect_sign("(")?;
                    self.arguments(false)?;
                } else {
                    self.literal()?;
                }
            } else {
                self.literal()?;
            }
            if self.takes(Kind::Sign, ")") {
                return Ok(());
            }
            self.expect_sign(",")?;
        }
    }
}

fn tokens(source: &str, inner: Range<usize>) -> Result<Vec<Token>, TagFault> {
    let mut found = Vec::new();
    let mut at = inner.start;
    while at < inner.end {
        let rest = &source[at..inner.end];
        let letter = rest.chars().next().unwrap_or(' ');
        let (kind, length) = match letter {
            _ if letter.is_whitespace() => {
                at += letter.len_utf8();
                continue;
            }
            'a'..='z' | 'A'..='Z' => {
                (Kind::Name, rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count())
            }
            '0'..='9' => (Kind::Number, rest.bytes().take_while(u8::is_ascii_digit).count()),
            '"' | '\'' => (Kind::Text, quoted(rest, letter)?),
            _ => (Kind::Sign, sign(rest).ok_or_else(|| fault(say::unexpected(&letter.to_string())))?),
        };
        found.push(Token { kind, at: at..at + length });
        at += length;
    }
    Ok(found)
}

/// Length of the quoted text at the start, with its marks.
fn quoted(rest: &str, mark: char) -> Result<usize, TagFault> {
    let inside = &rest[1..];
    let end = inside.find(mark).ok_or_else(|| fault(say::cut_short()))?;
    if inside[..end].contains('\\') { Err(fault(say::unexpected("\\"))) } else { Ok(end + 2) }
}

fn sign(rest: &str) -> Option<usize> {
    let signs = ["==", "!=", "<=", ">=", "<", ">", "(", ")", ",", ".", "|", "="];
    signs.into_iter().find(|sign| rest.starts_with(sign)).map(str::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expect: &str) {
        let found = match read(source) {
            Ok(Shape::If { terms, .. } | Shape::Elif { terms, .. }) => {
                let terms: Vec<&str> = terms.into_iter().map(|term| &source[term]).collect();
                format!("terms {}", terms.join(" ; "))
            }
            Ok(Shape::Slot { term }) => format!("slot {}", &source[term]),
            Ok(Shape::For { name, term } | Shape::Set { name, term }) => format!("{name} {}", &source[term]),
            Ok(other) => format!("{other:?}"),
            Err(_) => "refused".to_owned(),
        };
        assert_eq!(found, expect, "{source}");
    }

    #[test]
    fn terms_are_found() {
        check(
            r#"{{ fig("a", window="month").yoy | words }}"#,
            r#"slot fig("a", window="month").yoy | words"#,
        );
        check(
            r#"{{ fig("a", where=dict(level="省级")) | dp(1) }}"#,
            r#"slot fig("a", where=dict(level="省级")) | dp(1)"#,
        );
        check(
            r#"{% if not claim("a") and (exclusion("b").count > 0 or loop.last) %}"#,
            r#"terms claim("a") ; exclusion("b").count ; loop.last"#,
        );
        check(r#"{% for p in fig("a").rows("b", top=4) %}"#, r#"p fig("a").rows("b", top=4)"#);
        check(r#"{% set f = fig("a") %}"#, r#"f fig("a")"#);
        check("{% endfor %}", "EndFor");
    }

    #[test]
    fn everything_else_is_refused() {
        for source in [
            "{{ 1/0 }}",
            "{{ 1 }}",
            r#"{{ "a" ~ "b" }}"#,
            "{{ __at(1) }}",
            "{{ _x }}",
            "{{ range(10) }}",
            "{{ fig(period.year) }}",
            r#"{{ fig("a").__class__ }}"#,
            r#"{{ fig("a")["value"] }}"#,
            r#"{{ fig("a").value if claim("b") else 0 }}"#,
            r#"{{ fig("a").value > 3 }}"#,
            r#"{{ fig("a") | upper }}"#,
            r#"{{ fig("a") | dp }}"#,
            r#"{{ fig("a) }}"#,
            r#"{{ fig("\x41") }}"#,
            r#"{{ dict(a="b") }}"#,
            r#"{% include "x" %}"#,
            r#"{% import "x" as y %}"#,
            "{% macro x() %}",
            "{% for x in 1 %}",
            "{% for loop in fig(\"a\") %}",
            r#"{% for x in fig("a").rows("b") recursive %}"#,
            r#"{% for x in fig("a").rows("b") if x %}"#,
            "{% set period = plan %}",
            "{% if %}",
        ] {
            check(source, "refused");
        }
        let deep = format!("{{% if {}claim(\"a\"){} %}}", "(".repeat(500), ")".repeat(500));
        check(&deep, "refused");
    }
}
