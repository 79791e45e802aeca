//! The formulas of a demo specification: reading them.
//!
//! `+ - * /`, `||` (joins texts), comparisons, `in (…)`, `and or not`, `a.b` (column `b` of the row
//! that column `a` refers to), texts in single quotes, and the functions of `evaluate.rs`.
//!
//! Deliberately absent: aggregates, loops and chance. A column that needs chance or other rows is
//! a column kind (`columns.rs`), so a formula of the same row always gives the same value.

use rust_decimal::Decimal;

/// Nesting beyond this is refused.
const DEPTH: usize = 32;

/// A formula, read but not yet applied to a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Formula {
    /// A number.
    Number(Decimal),
    /// A text.
    Text(String),
    /// A column, then columns of the rows referred to.
    Column(Vec<String>),
    /// An operator with two sides.
    Binary(Operator, Box<Formula>, Box<Formula>),
    /// `not x`.
    Not(Box<Formula>),
    /// `-x`.
    Negative(Box<Formula>),
    /// `x in (a, b)`.
    In(Box<Formula>, Vec<Formula>),
    /// `name(a, b)`.
    Call(String, Vec<Formula>),
}

/// What stands between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Join,
    Add,
    Subtract,
    Multiply,
    Divide,
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(Decimal),
    Text(String),
    Name(String),
    Symbol(&'static str),
}

/// Longer symbols stand before their beginnings.
const SYMBOLS: [&str; 15] = ["||", "<>", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "(", ")", ",", "."];

/// Operators by binding strength, weakest first.
const LEVELS: [&[(&str, Operator)]; 6] = [
    &[("or", Operator::Or)],
    &[("and", Operator::And)],
    &[
        ("=", Operator::Equal),
        ("<>", Operator::Unequal),
        ("<", Operator::Less),
        ("<=", Operator::AtMost),
        (">", Operator::Greater),
        (">=", Operator::AtLeast),
    ],
    &[("||", Operator::Join)],
    &[("+", Operator::Add), ("-", Operator::Subtract)],
    &[("*", Operator::Multiply), ("/", Operator::Divide)],
];

impl Formula {
    /// Reads a formula; the error is a sentence without place.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut parser = Parser { tokens: tokens(text)?, at: 0 };
        let formula = parser.level(0, 0)?;
        match parser.tokens.get(parser.at) {
            None => Ok(formula),
            Some(token) => Err(format!("`{text}`: unexpected {token:?}")),
        }
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn level(&mut self, level: usize, depth: usize) -> Result<Formula, String> {
        if depth > DEPTH {
            return Err(format!("nested deeper than {DEPTH}"));
        }
        let Some(operators) = LEVELS.get(level) else { return self.unary(depth) };
        let mut left = self.level(level + 1, depth)?;
        loop {
            if level == 2 && self.take("in") {
                let list = self.arguments(depth)?;
                left = Formula::In(Box::new(left), list);
                continue;
            }
            let Some((_, operator)) = operators.iter().find(|(symbol, _)| self.take(symbol)) else {
                return Ok(left);
            };
            let right = self.level(level + 1, depth)?;
            left = Formula::Binary(*operator, Box::new(left), Box::new(right));
        }
    }

    fn unary(&mut self, depth: usize) -> Result<Formula, String> {
        if self.take("not") {
            // `not` binds weaker than comparisons.
            return Ok(Formula::Not(Box::new(self.level(2, depth + 1)?)));
        }
        if self.take("-") {
            return Ok(Formula::Negative(Box::new(self.unary(depth + 1)?)));
        }
        self.primary(depth)
    }

    fn primary(&mut self, depth: usize) -> Result<Formula, String> {
        if self.take("(") {
            let inner = self.level(0, depth + 1)?;
            return if self.take(")") { Ok(inner) } else { Err("a bracket is not closed".to_owned()) };
        }
        let token = self.tokens.get(self.at).cloned().ok_or("a value is missing at the end")?;
        self.at += 1;
        match token {
            Token::Number(number) => Ok(Formula::Number(number)),
            Token::Text(text) => Ok(Formula::Text(text)),
            Token::Symbol(symbol) => Err(format!("a value is missing before `{symbol}`")),
            Token::Name(name) if self.tokens.get(self.at) == Some(&Token::Symbol("(")) => {
                Ok(Formula::Call(name, self.arguments(depth)?))
            }
            Token::Name(name) => {
                let mut path = vec![name];
                while self.take(".") {
                    match self.tokens.get(self.at).cloned() {
                        Some(Token::Name(name)) => path.push(name),
                        _ => return Err("a column name is missing after `.`".to_owned()),
                    }
                    self.at += 1;
                }
                Ok(Formula::Column(path))
            }
        }
    }

    fn arguments(&mut self, depth: usize) -> Result<Vec<Formula>, String> {
        if !self.take("(") {
            return Err("an opening bracket is missing".to_owned());
        }
        let mut list = Vec::new();
        if self.take(")") {
            return Ok(list);
        }
        loop {
            list.push(self.level(0, depth + 1)?);
            if self.take(")") {
                return Ok(list);
            }
            if !self.take(",") {
                return Err("a comma or a closing bracket is missing".to_owned());
            }
        }
    }

    fn take(&mut self, wanted: &str) -> bool {
        let found = match self.tokens.get(self.at) {
            Some(Token::Symbol(symbol)) => *symbol == wanted,
            Some(Token::Name(name)) => name == wanted,
            _ => false,
        };
        self.at += usize::from(found);
        found
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut list = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if first == '\'' {
            let end = rest[1..].find('\'').ok_or_else(|| format!("`{text}`: a quote is not closed"))?;
            list.push(Token::Text(rest[1..=end].to_owned()));
            end + 2
        } else if first.is_ascii_digit() {
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            let number = rest[..end].parse().map_err(|_| format!("`{}` is not a number", &rest[..end]))?;
            list.push(Token::Number(number));
            end
        } else if first.is_alphabetic() || first == '_' {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            list.push(Token::Name(rest[..end].to_owned()));
            end
        } else {
            let symbol = SYMBOLS
                .iter()
                .find(|symbol| rest.starts_with(**symbol))
                .ok_or_else(|| format!("`{text}`: `{first}` is not part of a formula"))?;
            list.push(Token::Symbol(symbol));
            symbol.len()
        };
        rest = rest[length..].trim_start();
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let found = match Formula::parse(text) {
            Ok(formula) => outline(&formula),
            Err(message) => format!("! {message}"),
        };
        assert_eq!(found, expect, "{text}");
    }

    fn outline(formula: &Formula) -> String {
        let list = |items: &[Formula]| items.iter().map(outline).collect::<Vec<_>>().join(" ");
        match formula {
            Formula::Number(number) => number.to_string(),
            Formula::Text(text) => format!("'{text}'"),
            Formula::Column(path) => path.join("."),
            Formula::Binary(operator, a, b) => format!("({operator:?} {} {})", outline(a), outline(b)),
            Formula::Not(a) => format!("(not {})", outline(a)),
            Formula::Negative(a) => format!("(neg {})", outline(a)),
            Formula::In(a, items) => format!("(in {} {})", outline(a), list(items)),
            Formula::Call(name, items) => format!("{name}({})", list(items)),
        }
    }

    #[test]
    fn operators_bind_as_in_sql() {
        check("a + b * 2 = c and not d or e", "(Or (And (Equal (Add a (Multiply b 2)) c) (not d)) e)");
        check("firm.name || '厂'", "(Join firm.name '厂')");
        check("not a = 1 and b", "(And (not (Equal a 1)) b)");
        check("-x - -1.5", "(Subtract (neg x) (neg 1.5))");
        check("kind in ('甲', '乙')", "(in kind '甲' '乙')");
        check("round(a / 3, 1)", "round((Divide a 3) 1)");
    }

    #[test]
    fn what_is_wrong_is_said() {
        check("a +", "! a value is missing at the end");
        check("(a", "! a bracket is not closed");
        check("'a", "! `'a`: a quote is not closed");
        check("a ; b", "! `a ; b`: `;` is not part of a formula");
        check(&"(".repeat(200), "! nested deeper than 32");
    }
}
