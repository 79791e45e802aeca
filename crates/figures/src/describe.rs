//! Definitions in one line: the checked form of an expression or figure as text, for the basis of a value.
//!
//! Deliberately absent: parsing (that is `model::expr`); the text is for readers, though it reads like what was written.

use std::fmt::Write;

use model::definition::{ClaimCall, ClaimFunction, Figure, FigureRule, FigureTime};
use model::expr::{Aggregate, Expr, Function, Node, Operator};
use model::value::Value;

/// A figure's rule: `sum(a) / cumulative sum(b) of BOOK where …`.
pub fn figure(figure: &Figure) -> String {
    match &figure.rule {
        FigureRule::Composite(value) => expression(value),
        FigureRule::Measure { book, measure, cumulative, prior, prior_cumulative, filter, time, .. } => {
            let mut text = expression(measure);
            for (name, part) in
                [("cumulative", cumulative), ("prior", prior), ("prior_cumulative", prior_cumulative)]
            {
                if let Some(part) = part {
                    let _ = write!(text, "; {name} {}", expression(part));
                }
            }
            let _ = write!(text, " of {book}");
            if let Some(filter) = filter {
                let _ = write!(text, " where {}", expression(filter));
            }
            text + &time_text(time)
        }
        FigureRule::Rank { book, value, own, filter, time } => {
            let mut text = format!("rank of {} by {} in {book}", expression(own), expression(value));
            if let Some(filter) = filter {
                let _ = write!(text, " where {}", expression(filter));
            }
            text + &time_text(time)
        }
    }
}

fn time_text(time: &FigureTime) -> String {
    match time {
        FigureTime::Flow { date: None } => String::new(),
        FigureTime::Flow { date: Some(date) } => format!(" by {date}"),
        FigureTime::Stock { from, to } => {
            let name = |f: &Option<model::id::FieldId>| {
                f.as_ref().map_or_else(|| "…".to_owned(), ToString::to_string)
            };
            format!(" as of the end, {}–{}", name(from), name(to))
        }
        FigureTime::Always => " at any time".to_owned(),
    }
}

/// An expression as SQL text.
pub fn expression(expr: &Expr) -> String {
    match &expr.node {
        Node::Literal(value) => literal(value),
        Node::Missing => "null".to_owned(),
        Node::Field(field) => field.to_string(),
        Node::Through { reference, field, .. } => format!("{reference}.{field}"),
        Node::Previous(field) => format!("prev.{field}"),
        Node::Figure(figure) => figure.to_string(),
        Node::Claim(call) => claim_call(call),
        Node::Not(a) => format!("not {}", inner(a)),
        Node::Negate(a) => format!("-{}", inner(a)),
        Node::Scale(a, factor) => format!("{} * {}", inner(a), factor.normalize()),
        Node::Binary(op, a, b) => format!("{} {} {}", inner(a), operator(*op), inner(b)),
        Node::IsMissing { of, negated } => {
            format!("{} is {}null", inner(of), if *negated { "not " } else { "" })
        }
        Node::In { of, list, negated } => {
            let items: Vec<String> = list.iter().map(expression).collect();
            format!("{} {}in ({})", inner(of), if *negated { "not " } else { "" }, items.join(", "))
        }
        Node::Like { of, pattern, negated } => {
            format!("{} {}like '{pattern}'", inner(of), if *negated { "not " } else { "" })
        }
        Node::Case { whens, otherwise } => {
            let mut text = "case".to_owned();
            for (condition, result) in whens {
                let _ = write!(text, " when {} then {}", expression(condition), expression(result));
            }
            if let Some(otherwise) = otherwise {
                let _ = write!(text, " else {}", expression(otherwise));
            }
            text + " end"
        }
        Node::Call(function, arguments) => {
            let arguments: Vec<String> = arguments.iter().map(expression).collect();
            format!("{}({})", function_name(*function), arguments.join(", "))
        }
        Node::Aggregate(what, argument) => {
            let (name, distinct) = aggregate(*what);
            let argument = argument.as_ref().map_or_else(String::new, |a| expression(a));
            format!("{name}({distinct}{argument})")
        }
    }
}

fn inner(expr: &Expr) -> String {
    match &expr.node {
        Node::Binary(..) | Node::Not(_) | Node::In { .. } | Node::Like { .. } | Node::Scale(..) => {
            format!("({})", expression(expr))
        }
        _ => expression(expr),
    }
}

fn literal(value: &Value) -> String {
    match value {
        Value::Number(n) => n.normalize().to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Date(date) => format!("date '{date}'"),
        other => format!("'{other}'"),
    }
}

fn operator(op: Operator) -> &'static str {
    match op {
        Operator::Add => "+",
        Operator::Subtract => "-",
        Operator::Multiply => "*",
        Operator::Divide => "/",
        Operator::Equal => "=",
        Operator::NotEqual => "<>",
        Operator::Less => "<",
        Operator::LessOrEqual => "<=",
        Operator::Greater => ">",
        Operator::GreaterOrEqual => ">=",
        Operator::And => "and",
        Operator::Or => "or",
    }
}

fn function_name(function: Function) -> &'static str {
    Function::ALL.iter().find(|(f, _, _)| *f == function).map_or("", |(_, name, _)| name)
}

fn aggregate(what: Aggregate) -> (&'static str, &'static str) {
    match what {
        Aggregate::Sum => ("sum", ""),
        Aggregate::Count => ("count", ""),
        Aggregate::CountDistinct => ("count", "distinct "),
        Aggregate::Min => ("min", ""),
        Aggregate::Max => ("max", ""),
        Aggregate::Average => ("avg", ""),
        Aggregate::List => ("list", ""),
        Aggregate::ListDistinct => ("list", "distinct "),
        Aggregate::Only => ("only", ""),
    }
}

/// A claim's question: `yoy('x@month')`.
pub fn claim_call(call: &ClaimCall) -> String {
    let name =
        ClaimFunction::ALL.iter().find(|(f, _, _)| *f == call.function).map_or("", |(_, name, _)| name);
    let mut arguments = Vec::new();
    if let Some(figure) = &call.figure {
        arguments.push(match call.window {
            Some(window) => format!("'{figure}@{}'", window.name()),
            None => format!("'{figure}'"),
        });
    }
    arguments.extend(call.exclusion.iter().map(|x| format!("'{x}'")));
    format!("{name}({})", arguments.join(", "))
}
