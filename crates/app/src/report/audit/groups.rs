//! The lines of a figure's breakdowns by name: an industry, a street, an enterprise.
//!
//! Which fields a figure can be broken down by is read from its book: choices and references, and the choices of the
//! entries referred to. Deliberately absent: breakdowns of composites.

use std::collections::HashMap;
use std::rc::Rc;

use figures::{Engine, Evaluation, FieldPath, Group, Request};
use model::content::Content;
use model::definition::{Book, FieldKind, Figure, FigureRule};

/// Evaluated breakdowns.
#[derive(Default)]
pub(super) struct Groups {
    held: HashMap<Request, Rc<Evaluation>>,
}

/// Most fields of a book that are tried.
const FIELDS: usize = 16;
/// Fewest letters a shortened name is known by.
const SHORTENED: usize = 3;

impl Groups {
    /// The line of that name, and the question that gives it. A shortened name must fit one line alone.
    pub fn find(
        &mut self,
        content: &Content,
        engine: &Engine<'_>,
        figure: &Figure,
        request: &Request,
        name: &str,
    ) -> Option<(Request, Group)> {
        for path in paths(content, figure) {
            let asked = request.clone().by(path.clone());
            let found = self.held.entry(asked).or_insert_with_key(|asked| Rc::new(engine.evaluate(asked)));
            if let Some(group) = line(&found.groups, name) {
                return Some((request.clone().only(path, group.name.clone()), group.clone()));
            }
        }
        None
    }
}

fn line<'g>(groups: &'g [Group], name: &str) -> Option<&'g Group> {
    if let Some(exact) = groups.iter().find(|group| group.name == name) {
        return Some(exact);
    }
    let mut close = groups.iter().filter(|group| {
        let long = name.chars().count() >= SHORTENED && group.name.chars().count() >= SHORTENED;
        long && (group.name.contains(name) || name.ends_with(group.name.as_str()))
    });
    close.next().filter(|_| close.next().is_none())
}

fn paths(content: &Content, figure: &Figure) -> Vec<FieldPath> {
    let FigureRule::Measure { book, .. } = &figure.rule else { return Vec::new() };
    let Some(book) = content.books.get(book) else { return Vec::new() };
    let mut paths = Vec::new();
    for field in book.fields.values() {
        match &field.kind {
            FieldKind::Choice { choices } => push(&mut paths, &field.id, None, choices),
            FieldKind::Reference { book } => {
                paths.push(FieldPath { field: field.id.clone(), of: None, level: None });
                for (of, choices) in content.books.get(book).map(choices).unwrap_or_default() {
                    push(&mut paths, &field.id, Some(of), choices);
                }
            }
            _ => {}
        }
    }
    paths.truncate(FIELDS);
    paths
}

fn choices(book: &Book) -> Vec<(&model::id::FieldId, &[String])> {
    let mut found = Vec::new();
    for field in book.fields.values() {
        if let FieldKind::Choice { choices } = &field.kind {
            found.push((&field.id, choices.as_slice()));
        }
    }
    found
}

/// The path, and for choices with levels the path to their first.
fn push(
    paths: &mut Vec<FieldPath>,
    field: &model::id::FieldId,
    of: Option<&model::id::FieldId>,
    choices: &[String],
) {
    let path = |level| FieldPath { field: field.clone(), of: of.cloned(), level };
    if choices.iter().any(|choice| choice.contains('/')) {
        paths.push(path(Some(1)));
    }
    paths.push(path(None));
}
