//! Checking a template without any data: every tag inside the grammar, every name known, every filter fitting. What a
//! template asks for is collected on the way.
//!
//! Each term is evaluated once by itself, whatever the conditions around it will say, so nothing hides in a branch that
//! today's data does not take.
//!
//! Deliberately absent: data.

use std::collections::BTreeMap;
use std::sync::Arc;

use figures::FieldPath;
use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind};
use model::content::Content;
use model::definition::{Figure, FigureRule};
use model::finding::{Finding, Place, Severity};
use model::period::Month;

use super::ask::Wants;
use super::grammar::{Shape, TagFault, fault};
use super::messages;
use super::objects::{self, environment};
use super::script::{Script, Tag};
use super::session::{Mode, Session};
use super::settings::Setup;
use crate::library::Library;

/// What a template asks for, and what is wrong with it.
pub(super) struct Checked {
    pub wants: Wants,
    pub faults: Vec<(usize, TagFault)>,
}

/// Evaluates every term of a template once.
pub(super) fn collect(
    script: &Script,
    library: &Arc<Library>,
    (setup, period): (&Arc<Setup>, Month),
) -> Checked {
    let about = (Arc::clone(setup), period);
    let session = Session::new(Arc::clone(library), about, modes(script), None);
    let env = environment(&session);
    let mut faults = script.faults.clone();
    // Names given by `for` and `set`, as far as the document has been read. A name that leaves its block stays known
    // here; rendering is strict about that.
    let mut names: BTreeMap<String, Value> = BTreeMap::new();
    for (index, tag) in script.tags.iter().enumerate() {
        session.state().tag = index;
        if let Err(fault) = evaluate(tag, &env, &session, &mut names) {
            faults.push((index, fault));
        }
    }
    if faults.is_empty() {
        for part in &script.parts {
            if let Err(error) = env.template_from_named_str(&part.name, &part.source) {
                let first = script.tags.iter().position(|tag| tag.part == part.name).unwrap_or(0);
                faults.push((first, explain(&session, &error)));
            }
        }
    }
    faults.sort_by_key(|(tag, _)| *tag);
    Checked { wants: session.take().wants, faults }
}

/// What each tag may do.
pub(super) fn modes(script: &Script) -> Vec<Mode> {
    let mode = |tag: &Tag| match tag.shape {
        Some(Shape::If { .. } | Shape::Elif { .. }) => Mode::Condition,
        Some(Shape::For { .. } | Shape::Set { .. }) => Mode::Binding,
        _ => Mode::Slot,
    };
    script.tags.iter().map(mode).collect()
}

/// Findings of a template's faults, each with its paragraph.
pub(super) fn findings(script: &Script, faults: &[(usize, TagFault)], file: &str) -> Vec<Finding> {
    let finding = |(index, fault): &(usize, TagFault)| {
        let tag = script.tags.get(*index);
        let place = tag.map(|tag| place(file, &tag.part, tag.paragraph)).unwrap_or_default();
        let text = tag.map_or("", |tag| tag.text.as_str());
        Finding {
            code: "report-slot".to_owned(),
            severity: Severity::Error,
            place,
            message: messages::in_tag(text, &fault.message),
            hint: fault.hint.clone(),
        }
    };
    faults.iter().map(finding).collect()
}

/// A paragraph of a file as a place.
pub(super) fn place(file: &str, part: &str, paragraph: usize) -> Place {
    let cell = messages::paragraph(part, paragraph);
    Place { file: file.to_owned(), cell, ..Place::default() }
}

/// What the user is told about an error of the template engine.
pub(super) fn explain(session: &Session, error: &Error) -> TagFault {
    if let Some(fault) = session.state().fault.take() {
        return fault;
    }
    let mut last: &(dyn std::error::Error + 'static) = error;
    while let Some(source) = last.source() {
        last = source;
    }
    match error.kind() {
        ErrorKind::OutOfFuel => fault(messages::out_of_fuel()),
        ErrorKind::UndefinedError => fault(messages::undefined_name()),
        ErrorKind::MissingArgument => fault(messages::missing_argument()),
        ErrorKind::TooManyArguments => {
            fault(messages::too_many_arguments(error.detail().unwrap_or_default()))
        }
        _ => fault(messages::engine_refused(&last.to_string())),
    }
}

fn evaluate(
    tag: &Tag,
    env: &Environment<'_>,
    session: &Arc<Session>,
    names: &mut BTreeMap<String, Value>,
) -> Result<(), TagFault> {
    let eval = |text: &str, names: &BTreeMap<String, Value>| {
        let expression = env.compile_expression_owned(text.to_owned()).map_err(|e| explain(session, &e))?;
        let known = names.iter().map(|(name, value)| (name.clone(), value.clone()));
        expression.eval(Value::from_pairs(known)).map_err(|e| explain(session, &e))
    };
    match &tag.shape {
        Some(Shape::Slot { term }) => {
            let value = eval(tag.piece(term), names)?;
            if !value.is_integer() && !objects::is_plot(&value) {
                objects::printable(session, &value).map_err(|e| explain(session, &e))?;
            }
        }
        Some(Shape::If { terms, .. } | Shape::Elif { terms, .. }) => {
            for term in terms {
                let value = eval(tag.piece(term), names)?;
                if value.as_object().is_some() {
                    return Err(fault(messages::condition_needs_claim(tag.piece(term))));
                }
            }
        }
        Some(Shape::For { name, term }) => {
            let rows = eval(tag.piece(term), names)?;
            let first = rows.try_iter().ok().and_then(|mut rows| rows.next());
            let first = first.ok_or_else(|| fault(messages::loops_need_rows()))?;
            names.insert(name.clone(), first);
            let about = [
                ("first", Value::from(true)),
                ("last", Value::from(true)),
                ("index", Value::from(1)),
                ("length", Value::from(1)),
            ];
            names.insert("loop".to_owned(), Value::from_pairs(about));
        }
        Some(Shape::Set { name, term }) => {
            let value = eval(tag.piece(term), names)?;
            names.insert(name.clone(), value);
        }
        Some(Shape::Else | Shape::EndIf | Shape::EndFor) | None => {}
    }
    Ok(())
}

/// Whether a figure's entries can be told apart by a field.
pub(super) fn can_break_down(content: &Content, figure: &Figure, path: &FieldPath) -> bool {
    match &figure.rule {
        FigureRule::Measure { book, .. } | FigureRule::Rank { book, .. } => {
            let field = content.books.get(book).and_then(|book| book.fields.get(&path.field));
            match (field, &path.of) {
                (Some(field), Some(of)) => {
                    let other = field.kind.book().and_then(|book| content.books.get(book));
                    other.is_some_and(|book| book.fields.contains_key(of))
                }
                (field, _) => field.is_some(),
            }
        }
        FigureRule::Composite(expr) => {
            let mut parts = expr.figures().into_iter().filter_map(|id| content.figures.get(&id)).peekable();
            parts.peek().is_some() && parts.all(|part| can_break_down(content, part, path))
        }
    }
}
