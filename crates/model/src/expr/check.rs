//! From source text to a typed tree: parsing by `sqlparser`, then names, types and units.

use std::ops::Range;
use std::str::FromStr;

use rust_decimal::Decimal;
use sqlparser::ast::{self, Spanned};
use sqlparser::dialect::AnsiDialect;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::Token;

use super::{
    Aggregate, Expr, ExprFault, Function, MAX_DEPTH, MAX_LENGTH, MAX_NODES, Node, Operator, Scope, Type,
};
use crate::unit::Dimension;
use crate::value::Value;
use crate::wording::diagnostic as say;

/// Parses and checks an expression in a scope.
///
/// # Errors
/// The first fault found, at its byte range in `text`: too long, too large, too deep, bad syntax, unknown name or function,
/// wrong type, or units of different dimensions.
pub fn parse(text: &str, scope: &dyn Scope) -> Result<Expr, ExprFault> {
    let whole = 0..text.len();
    let fault = |(message, hint): super::scope::Said| ExprFault { at: whole.clone(), message, hint };
    if text.chars().count() > MAX_LENGTH {
        return Err(fault(say::expression_too_long(MAX_LENGTH)));
    }
    let dialect = AnsiDialect {};
    let mut parser = Parser::new(&dialect)
        .with_recursion_limit(MAX_DEPTH)
        .try_with_sql(text)
        .map_err(|e| fault(say::expression_syntax(&syntax_message(&e))))?;
    let tree = parser.parse_expr().map_err(|e| match e {
        ParserError::RecursionLimitExceeded => fault(say::expression_too_deep(MAX_DEPTH)),
        other => fault(say::expression_syntax(&syntax_message(&other))),
    })?;
    let rest = parser.peek_token();
    if rest.token != Token::EOF {
        let start = offset(text, rest.span.start);
        let (message, hint) = say::expression_rest(&rest.token.to_string());
        return Err(ExprFault { at: start..text.len(), message, hint });
    }
    Checker { text, scope, nodes: 0, inside_aggregate: false }.expr(&tree, 0)
}

fn syntax_message(error: &ParserError) -> String {
    match error {
        ParserError::TokenizerError(m) | ParserError::ParserError(m) => m.clone(),
        ParserError::RecursionLimitExceeded => String::new(),
    }
}

/// The byte offset of sqlparser's line and column (both from 1, columns in characters).
fn offset(text: &str, at: sqlparser::tokenizer::Location) -> usize {
    let line = usize::try_from(at.line.saturating_sub(1)).unwrap_or(0);
    let column = usize::try_from(at.column.saturating_sub(1)).unwrap_or(0);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = &text[start.min(text.len())..];
    start + rest.char_indices().nth(column).map_or(rest.len(), |(i, _)| i)
}

struct Checker<'a> {
    text: &'a str,
    scope: &'a dyn Scope,
    nodes: usize,
    inside_aggregate: bool,
}

type Checked = Result<Expr, ExprFault>;

impl Checker<'_> {
    fn fault(&self, at: &ast::Expr, (message, hint): super::scope::Said) -> ExprFault {
        ExprFault { at: self.range(at), message, hint }
    }

    fn range(&self, at: &ast::Expr) -> Range<usize> {
        let span = at.span();
        if span.start.line == 0 {
            return 0..self.text.len();
        }
        offset(self.text, span.start)..offset(self.text, span.end)
    }

    fn expr(&mut self, e: &ast::Expr, depth: usize) -> Checked {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(self.fault(e, say::expression_too_large(MAX_NODES)));
        }
        // A chain such as a + b + c nests to the left without recursion in the parser, so depth is bounded here too.
        if depth > MAX_NODES {
            return Err(self.fault(e, say::expression_too_deep(MAX_DEPTH)));
        }
        let depth = depth + 1;
        match e {
            ast::Expr::Nested(inner) => self.expr(inner, depth),
            ast::Expr::Identifier(id) => self.name(e, &[id.value.as_str()]),
            ast::Expr::CompoundIdentifier(ids) => {
                self.name(e, &ids.iter().map(|i| i.value.as_str()).collect::<Vec<_>>())
            }
            ast::Expr::Value(v) => self.literal(e, &v.value),
            ast::Expr::TypedString(t) => self.date(e, t),
            ast::Expr::UnaryOp { op, expr } => self.unary(e, *op, expr, depth),
            ast::Expr::BinaryOp { left, op, right } => self.binary(e, left, op, right, depth),
            ast::Expr::IsNull(a) => self.is_missing(a, false, depth),
            ast::Expr::IsNotNull(a) => self.is_missing(a, true, depth),
            ast::Expr::InList { expr, list, negated } => self.in_list(expr, list, *negated, depth),
            ast::Expr::Between { expr, negated, low, high } => {
                self.between(e, expr, *negated, low, high, depth)
            }
            ast::Expr::Like { expr, pattern, negated, any: false, escape_char: None } => {
                self.like(e, expr, pattern, *negated, depth)
            }
            ast::Expr::Case { operand: None, conditions, else_result, .. } => {
                self.case(e, conditions, else_result.as_deref(), depth)
            }
            ast::Expr::Function(f) => self.call(e, f, depth),
            other => Err(self.fault(e, say::expression_not_allowed(&other.to_string()))),
        }
    }

    fn name(&self, e: &ast::Expr, path: &[&str]) -> Checked {
        let (node, kind) = self.scope.name(path).map_err(|said| self.fault(e, said))?;
        Ok(Expr { node, kind })
    }

    fn literal(&self, e: &ast::Expr, value: &ast::Value) -> Checked {
        let number = |n| Expr {
            node: Node::Literal(Value::Number(n)),
            kind: Type::Number { dimension: Dimension::default(), factor: Decimal::ONE, literal: true },
        };
        match value {
            ast::Value::Number(text, _) => Decimal::from_str(text)
                .or_else(|_| Decimal::from_scientific(text))
                .map(number)
                .map_err(|_| self.fault(e, say::bad_number(text))),
            ast::Value::SingleQuotedString(text) => {
                Ok(Expr { node: Node::Literal(Value::text(text)), kind: Type::Text })
            }
            ast::Value::Boolean(flag) => {
                Ok(Expr { node: Node::Literal(Value::Flag(*flag)), kind: Type::Flag })
            }
            ast::Value::Null => Ok(Expr { node: Node::Missing, kind: Type::Any }),
            other => Err(self.fault(e, say::expression_not_allowed(&other.to_string()))),
        }
    }

    fn date(&self, e: &ast::Expr, typed: &ast::TypedString) -> Checked {
        let (ast::DataType::Date, ast::Value::SingleQuotedString(text)) =
            (&typed.data_type, &typed.value.value)
        else {
            return Err(self.fault(e, say::expression_not_allowed(&typed.to_string())));
        };
        let date = text.parse().map_err(|_| self.fault(e, say::bad_date(text)))?;
        Ok(Expr { node: Node::Literal(Value::Date(date)), kind: Type::Date })
    }

    fn unary(&mut self, e: &ast::Expr, op: ast::UnaryOperator, inner: &ast::Expr, depth: usize) -> Checked {
        let of = self.expr(inner, depth)?;
        match op {
            ast::UnaryOperator::Not => {
                self.expect(inner, &of, &Type::Flag)?;
                Ok(Expr { node: Node::Not(Box::new(of)), kind: Type::Flag })
            }
            ast::UnaryOperator::Minus | ast::UnaryOperator::Plus => {
                if !of.kind.is_number() {
                    return Err(self.fault(inner, say::not_a_number()));
                }
                if op == ast::UnaryOperator::Plus {
                    return Ok(of);
                }
                let kind = of.kind.clone();
                Ok(Expr { node: Node::Negate(Box::new(of)), kind })
            }
            other => Err(self.fault(e, say::expression_not_allowed(&other.to_string()))),
        }
    }

    fn expect(&self, at: &ast::Expr, found: &Expr, wanted: &Type) -> Result<(), ExprFault> {
        if found.kind == *wanted || found.kind == Type::Any {
            return Ok(());
        }
        Err(self.fault(at, say::wrong_type(&found.kind, wanted)))
    }

    fn binary(
        &mut self,
        e: &ast::Expr,
        left: &ast::Expr,
        op: &ast::BinaryOperator,
        right: &ast::Expr,
        depth: usize,
    ) -> Checked {
        use ast::BinaryOperator as B;
        let op = match op {
            B::Plus => Operator::Add,
            B::Minus => Operator::Subtract,
            B::Multiply => Operator::Multiply,
            B::Divide => Operator::Divide,
            B::Eq => Operator::Equal,
            B::NotEq => Operator::NotEqual,
            B::Lt => Operator::Less,
            B::LtEq => Operator::LessOrEqual,
            B::Gt => Operator::Greater,
            B::GtEq => Operator::GreaterOrEqual,
            B::And => Operator::And,
            B::Or => Operator::Or,
            other => return Err(self.fault(e, say::expression_not_allowed(&other.to_string()))),
        };
        let a = self.expr(left, depth)?;
        let b = self.expr(right, depth)?;
        match op {
            Operator::And | Operator::Or => {
                self.expect(left, &a, &Type::Flag)?;
                self.expect(right, &b, &Type::Flag)?;
                Ok(join(op, a, b, Type::Flag))
            }
            Operator::Multiply | Operator::Divide => self.product(e, op, a, b),
            Operator::Add | Operator::Subtract => {
                if !a.kind.is_number() || !b.kind.is_number() {
                    return Err(self.fault(e, say::not_a_number()));
                }
                let (a, b) = self.same_unit(e, a, b)?;
                let kind = wider(&a.kind, &b.kind);
                Ok(join(op, a, b, kind))
            }
            _ => {
                let (a, b) = self.comparable(e, a, b)?;
                Ok(join(op, a, b, Type::Flag))
            }
        }
    }

    fn product(&self, e: &ast::Expr, op: Operator, a: Expr, b: Expr) -> Checked {
        let kind = match (&a.kind, &b.kind) {
            (
                Type::Number { dimension: da, factor: fa, literal: la },
                Type::Number { dimension: db, factor: fb, literal: lb },
            ) => {
                let sign = if op == Operator::Multiply { 1 } else { -1 };
                let factor = if sign == 1 { fa.checked_mul(*fb) } else { fa.checked_div(*fb) };
                let factor = factor.ok_or_else(|| self.fault(e, say::not_a_number()))?;
                Type::Number { dimension: da.combine(db, sign), factor, literal: *la && *lb }
            }
            (Type::Any, other) | (other, Type::Any) if other.is_number() => Type::Any,
            _ => return Err(self.fault(e, say::not_a_number())),
        };
        Ok(join(op, a, b, kind))
    }

    /// Brings two numbers to the left one's unit; a literal takes the other's unit as it stands.
    fn same_unit(&self, e: &ast::Expr, a: Expr, b: Expr) -> Result<(Expr, Expr), ExprFault> {
        let (
            Type::Number { dimension: da, factor: fa, literal: la },
            Type::Number { dimension: db, factor: fb, literal: lb },
        ) = (&a.kind, &b.kind)
        else {
            return Ok((a, b));
        };
        if *la || *lb || (da == db && fa == fb) {
            return Ok((a, b));
        }
        if da != db {
            return Err(self.fault(e, say::unit_mismatch(da, db)));
        }
        let factor = fb.checked_div(*fa).ok_or_else(|| self.fault(e, say::not_a_number()))?;
        let kind = a.kind.clone();
        let b = Expr { node: Node::Scale(Box::new(b), factor), kind };
        Ok((a, b))
    }

    fn comparable(&self, e: &ast::Expr, a: Expr, b: Expr) -> Result<(Expr, Expr), ExprFault> {
        match (&a.kind, &b.kind) {
            (Type::Number { .. }, Type::Number { .. }) => self.same_unit(e, a, b),
            (Type::Any, _) | (_, Type::Any) => Ok((a, b)),
            // A reference compares with the name of the entry it points to; a period with its text form.
            (Type::Entry(_) | Type::Period, Type::Text) | (Type::Text, Type::Entry(_) | Type::Period) => {
                Ok((a, b))
            }
            (x, y) if x == y => Ok((a, b)),
            (x, y) => Err(self.fault(e, say::wrong_type(y, x))),
        }
    }

    fn is_missing(&mut self, inner: &ast::Expr, negated: bool, depth: usize) -> Checked {
        let of = Box::new(self.expr(inner, depth)?);
        Ok(Expr { node: Node::IsMissing { of, negated }, kind: Type::Flag })
    }

    fn in_list(&mut self, of: &ast::Expr, list: &[ast::Expr], negated: bool, depth: usize) -> Checked {
        let subject = self.expr(of, depth)?;
        let mut checked = Vec::with_capacity(list.len());
        for item in list {
            let value = self.expr(item, depth)?;
            if !matches!(value.node, Node::Literal(_)) {
                return Err(self.fault(item, say::literal_needed()));
            }
            let (_, value) = self.comparable(item, subject.clone(), value)?;
            checked.push(value);
        }
        Ok(Expr { node: Node::In { of: Box::new(subject), list: checked, negated }, kind: Type::Flag })
    }

    fn between(
        &mut self,
        e: &ast::Expr,
        of: &ast::Expr,
        negated: bool,
        low: &ast::Expr,
        high: &ast::Expr,
        depth: usize,
    ) -> Checked {
        let subject = self.expr(of, depth)?;
        let low = self.expr(low, depth)?;
        let high = self.expr(high, depth)?;
        let (a, low) = self.comparable(e, subject.clone(), low)?;
        let (b, high) = self.comparable(e, subject, high)?;
        let above = join(Operator::GreaterOrEqual, a, low, Type::Flag);
        let below = join(Operator::LessOrEqual, b, high, Type::Flag);
        let both = join(Operator::And, above, below, Type::Flag);
        if negated {
            return Ok(Expr { node: Node::Not(Box::new(both)), kind: Type::Flag });
        }
        Ok(both)
    }

    fn like(
        &mut self,
        e: &ast::Expr,
        of: &ast::Expr,
        pattern: &ast::Expr,
        negated: bool,
        depth: usize,
    ) -> Checked {
        let text = self.expr(of, depth)?;
        if !matches!(text.kind, Type::Text | Type::Entry(_) | Type::Any) {
            return Err(self.fault(of, say::wrong_type(&text.kind, &Type::Text)));
        }
        let checked = self.expr(pattern, depth)?;
        let Node::Literal(Value::Text(pattern)) = checked.node else {
            return Err(self.fault(e, say::literal_needed()));
        };
        let node = Node::Like { of: Box::new(text), pattern: pattern.to_string(), negated };
        Ok(Expr { node, kind: Type::Flag })
    }

    fn case(
        &mut self,
        e: &ast::Expr,
        whens: &[ast::CaseWhen],
        otherwise: Option<&ast::Expr>,
        depth: usize,
    ) -> Checked {
        let mut kind = Type::Any;
        let mut checked = Vec::with_capacity(whens.len());
        for when in whens {
            let condition = self.expr(&when.condition, depth)?;
            self.expect(&when.condition, &condition, &Type::Flag)?;
            let result = self.expr(&when.result, depth)?;
            kind = self.one_kind(e, kind, &result)?;
            checked.push((condition, result));
        }
        let otherwise = match otherwise {
            Some(o) => {
                let result = self.expr(o, depth)?;
                kind = self.one_kind(e, kind, &result)?;
                Some(Box::new(result))
            }
            None => None,
        };
        Ok(Expr { node: Node::Case { whens: checked, otherwise }, kind })
    }

    fn one_kind(&self, e: &ast::Expr, so_far: Type, next: &Expr) -> Result<Type, ExprFault> {
        let blank = Expr { node: Node::Missing, kind: so_far.clone() };
        let (_, scaled) = self.comparable(e, blank, next.clone())?;
        if matches!(scaled.node, Node::Scale(..)) {
            return Err(self.fault(e, say::wrong_type(&next.kind, &so_far)));
        }
        Ok(if so_far == Type::Any { next.kind.clone() } else { wider(&so_far, &next.kind) })
    }

    fn call(&mut self, e: &ast::Expr, call: &ast::Function, depth: usize) -> Checked {
        let name = call.name.to_string().to_lowercase();
        let ast::FunctionArguments::List(list) = &call.args else {
            return Err(self.fault(e, say::expression_not_allowed(&name)));
        };
        let plain = list.clauses.is_empty()
            && call.over.is_none()
            && call.filter.is_none()
            && call.within_group.is_empty();
        let mut arguments = Vec::with_capacity(list.args.len());
        for argument in &list.args {
            match argument {
                ast::FunctionArg::Unnamed(ast::FunctionArgExpr::Expr(a)) => arguments.push(a),
                ast::FunctionArg::Unnamed(ast::FunctionArgExpr::Wildcard) if name == "count" => {}
                _ => return Err(self.fault(e, say::expression_not_allowed(&argument.to_string()))),
            }
        }
        if !plain {
            return Err(self.fault(e, say::expression_not_allowed(&call.to_string())));
        }
        if let Some(texts) = quoted(&arguments)
            && let Some(found) = self.scope.text_call(&name, &texts)
        {
            let (node, kind) = found.map_err(|said| self.fault(e, said))?;
            return Ok(Expr { node, kind });
        }
        let distinct = list.duplicate_treatment == Some(ast::DuplicateTreatment::Distinct);
        if let Some(aggregate) = aggregate(&name, distinct) {
            return self.aggregate(e, aggregate, &arguments, depth);
        }
        self.scalar(e, &name, &arguments, depth)
    }

    fn aggregate(
        &mut self,
        e: &ast::Expr,
        what: Aggregate,
        arguments: &[&ast::Expr],
        depth: usize,
    ) -> Checked {
        if !self.scope.aggregates() || self.inside_aggregate {
            return Err(self.fault(e, say::aggregate_not_here()));
        }
        let argument = match arguments {
            [] if what == Aggregate::Count => None,
            [one] => {
                self.inside_aggregate = true;
                let inner = self.expr(one, depth);
                self.inside_aggregate = false;
                Some(Box::new(inner?))
            }
            _ => return Err(self.fault(e, say::wrong_argument_count("", 1, arguments.len()))),
        };
        let kind = match (what, argument.as_deref()) {
            (Aggregate::Count | Aggregate::CountDistinct, _) | (_, None) => Type::plain(),
            (Aggregate::Sum | Aggregate::Average, Some(a)) if !a.kind.is_number() => {
                return Err(self.fault(e, say::not_a_number()));
            }
            (Aggregate::List | Aggregate::ListDistinct, Some(_)) => Type::List,
            (_, Some(a)) => a.kind.clone(),
        };
        Ok(Expr { node: Node::Aggregate(what, argument), kind })
    }

    fn scalar(&mut self, e: &ast::Expr, name: &str, arguments: &[&ast::Expr], depth: usize) -> Checked {
        let found = Function::ALL.iter().find(|(_, n, _)| *n == name);
        let Some((function, _, count)) = found else {
            return Err(self.fault(e, say::unknown_function(name)));
        };
        if !count.contains(&arguments.len()) {
            return Err(self.fault(e, say::wrong_argument_count(name, *count.start(), arguments.len())));
        }
        let mut checked = Vec::with_capacity(arguments.len());
        for argument in arguments {
            checked.push(self.expr(argument, depth)?);
        }
        let kind = self.function_type(e, *function, &mut checked)?;
        Ok(Expr { node: Node::Call(*function, checked), kind })
    }

    fn function_type(
        &self,
        e: &ast::Expr,
        function: Function,
        arguments: &mut [Expr],
    ) -> Result<Type, ExprFault> {
        let first = arguments.first().map_or(Type::Any, |a| a.kind.clone());
        let all = |wanted: &Type| {
            arguments.iter().find(|a| a.kind != *wanted && a.kind != Type::Any).map(|a| a.kind.clone())
        };
        match function {
            Function::Abs | Function::Round if first.is_number() => Ok(first),
            Function::Abs | Function::Round => Err(self.fault(e, say::not_a_number())),
            Function::Coalesce | Function::NullIf | Function::Least | Function::Greatest => {
                let mut kind = first;
                for argument in arguments.iter_mut().skip(1) {
                    let blank = Expr { node: Node::Missing, kind: kind.clone() };
                    let (_, b) = self.comparable(e, blank, argument.clone())?;
                    kind = wider(&kind, &b.kind);
                    *argument = b;
                }
                Ok(kind)
            }
            Function::Year | Function::Month if matches!(first, Type::Date | Type::Period | Type::Any) => {
                Ok(Type::plain())
            }
            Function::Day if matches!(first, Type::Date | Type::Any) => Ok(Type::plain()),
            Function::Year | Function::Month | Function::Day => {
                Err(self.fault(e, say::wrong_type(&first, &Type::Date)))
            }
            Function::Length if matches!(first, Type::Text | Type::Any) => Ok(Type::plain()),
            Function::StartsWith => match all(&Type::Text) {
                Some(found) if !matches!(found, Type::Entry(_)) => {
                    Err(self.fault(e, say::wrong_type(&found, &Type::Text)))
                }
                _ => Ok(Type::Flag),
            },
            Function::Level if matches!(first, Type::Text | Type::Any) && arguments[1].kind.is_number() => {
                Ok(Type::Text)
            }
            Function::Length | Function::Level => Err(self.fault(e, say::wrong_type(&first, &Type::Text))),
            Function::PeriodEnd | Function::PeriodStart => Ok(Type::Date),
        }
    }
}

fn join(op: Operator, a: Expr, b: Expr, kind: Type) -> Expr {
    Expr { node: Node::Binary(op, Box::new(a), Box::new(b)), kind }
}

/// The type of a sum or choice of both: a literal gives way to a real unit.
fn wider(a: &Type, b: &Type) -> Type {
    match (a, b) {
        (Type::Any | Type::Number { literal: true, .. }, other) => other.clone(),
        _ => a.clone(),
    }
}

fn quoted<'e>(arguments: &[&'e ast::Expr]) -> Option<Vec<&'e str>> {
    arguments
        .iter()
        .map(|a| match a {
            ast::Expr::Value(v) => match &v.value {
                ast::Value::SingleQuotedString(text) => Some(text.as_str()),
                _ => None,
            },
            _ => None,
        })
        .collect()
}

fn aggregate(name: &str, distinct: bool) -> Option<Aggregate> {
    Some(match (name, distinct) {
        ("sum", false) => Aggregate::Sum,
        ("count", false) => Aggregate::Count,
        ("count", true) => Aggregate::CountDistinct,
        ("min", false) => Aggregate::Min,
        ("max", false) => Aggregate::Max,
        ("avg", false) => Aggregate::Average,
        ("list", false) => Aggregate::List,
        ("list", true) => Aggregate::ListDistinct,
        ("only", false) => Aggregate::Only,
        _ => return None,
    })
}
