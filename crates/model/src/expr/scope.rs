//! Scopes: what names mean in one place of the content.

use indexmap::IndexMap;
use rust_decimal::Decimal;

use super::{Node, Type};
use crate::definition::{Book, ClaimCall, ClaimFunction, Field, FieldKind, Figure};
use crate::id::{BookId, ExclusionId, FigureId};
use crate::period::Window;
use crate::unit::Units;
use crate::wording::diagnostic as say;

/// A message and a hint.
pub type Said = (String, String);

/// What names mean.
pub trait Scope {
    /// Resolves a name of one or two parts.
    fn name(&self, path: &[&str]) -> Result<(Node, Type), Said>;
    /// Resolves a call whose arguments are all quoted texts, if this scope knows such a function.
    fn text_call(&self, name: &str, arguments: &[&str]) -> Option<Result<(Node, Type), Said>>;
    /// Whether aggregates may be used.
    fn aggregates(&self) -> bool;
}

/// The type of a field's value.
pub fn field_type(field: &Field, units: &Units) -> Type {
    match &field.kind {
        FieldKind::Integer { unit } | FieldKind::Decimal { unit } => {
            number_type(unit.as_ref().map(super::super::id::UnitId::as_str), units)
        }
        FieldKind::Amount { unit } => number_type(Some(unit.as_str()), units),
        FieldKind::Date => Type::Date,
        FieldKind::Month | FieldKind::Period | FieldKind::Year => Type::Period,
        FieldKind::Boolean => Type::Flag,
        FieldKind::Reference { book } => Type::Entry(book.clone()),
        FieldKind::References { book } => Type::Entries(book.clone()),
        _ => Type::Text,
    }
}

fn number_type(unit: Option<&str>, units: &Units) -> Type {
    match unit.and_then(|u| units.get(u)) {
        Some(unit) => Type::Number { dimension: unit.dimension.clone(), factor: unit.factor, literal: false },
        None => Type::plain(),
    }
}

/// The type of each figure by id.
pub type FigureTypes<'a> = &'a dyn Fn(&str) -> Option<Type>;

/// Fields of one book and, one step further, of the books it refers to.
pub struct BookScope<'a> {
    /// The book.
    pub book: &'a Book,
    /// All books.
    pub books: &'a IndexMap<BookId, Book>,
    /// All units.
    pub units: &'a Units,
    /// The figures that `param` may name; empty where it may not be used.
    pub figures: Option<FigureTypes<'a>>,
    /// Whether `prev.FIELD` may be used.
    pub previous: bool,
    /// Whether aggregates may be used.
    pub aggregates: bool,
}

impl Scope for BookScope<'_> {
    fn name(&self, path: &[&str]) -> Result<(Node, Type), Said> {
        let find = |book: &Book, name: &str| -> Result<Type, Said> {
            let field = book.fields.get(name);
            field.map(|f| field_type(f, self.units)).ok_or_else(|| say::unknown_field(name, book))
        };
        match path {
            [name] => Ok((Node::Field((*name).into()), find(self.book, name)?)),
            ["prev", name] if self.previous => Ok((Node::Previous((*name).into()), find(self.book, name)?)),
            [reference, name] => {
                let Type::Entry(book) = find(self.book, reference)? else {
                    return Err(say::not_a_reference(reference));
                };
                let target =
                    self.books.get(&book).ok_or_else(|| say::unknown_book(book.as_str(), self.books))?;
                let kind = find(target, name)?;
                let node = Node::Through { reference: (*reference).into(), book, field: (*name).into() };
                Ok((node, kind))
            }
            _ => Err(say::path_too_long(&path.join("."))),
        }
    }

    fn text_call(&self, name: &str, arguments: &[&str]) -> Option<Result<(Node, Type), Said>> {
        if name != "param" {
            return None;
        }
        let figures = self.figures?;
        let [figure] = arguments else {
            return Some(Err(say::wrong_argument_count(name, 1, arguments.len())));
        };
        let found = figures(figure).ok_or_else(|| say::unknown_figure(figure));
        Some(found.map(|kind| (Node::Figure((*figure).into()), kind)))
    }

    fn aggregates(&self) -> bool {
        self.aggregates
    }
}

/// The type of a figure's value, by its unit; texts are [`Type::Any`].
pub fn figure_type(unit: Option<&str>, units: &Units) -> Type {
    unit.map_or(Type::Any, |u| number_type(Some(u), units))
}

/// Figures by id: composite figures.
pub struct FigureScope<'a> {
    /// The type of each figure.
    pub figures: &'a dyn Fn(&str) -> Option<Type>,
}

impl Scope for FigureScope<'_> {
    fn name(&self, path: &[&str]) -> Result<(Node, Type), Said> {
        let name = path.join(".");
        let kind = (self.figures)(&name).ok_or_else(|| say::unknown_figure(&name))?;
        Ok((Node::Figure(name.into()), kind))
    }

    fn text_call(&self, _name: &str, _arguments: &[&str]) -> Option<Result<(Node, Type), Said>> {
        None
    }

    fn aggregates(&self) -> bool {
        false
    }
}

/// Questions about figures: claims.
pub struct ClaimScope<'a> {
    /// All figures.
    pub figures: &'a IndexMap<FigureId, Figure>,
    /// Whether an exclusion of that id exists.
    pub exclusion: &'a dyn Fn(&str) -> bool,
    /// All units.
    pub units: &'a Units,
}

impl Scope for ClaimScope<'_> {
    fn name(&self, path: &[&str]) -> Result<(Node, Type), Said> {
        Err(say::name_in_claim(&path.join(".")))
    }

    fn text_call(&self, name: &str, arguments: &[&str]) -> Option<Result<(Node, Type), Said>> {
        let (function, _, count) = ClaimFunction::ALL.iter().find(|(_, n, _)| *n == name)?;
        if arguments.len() != *count {
            return Some(Err(say::wrong_argument_count(name, *count, arguments.len())));
        }
        Some(self.call(*function, arguments))
    }

    fn aggregates(&self) -> bool {
        false
    }
}

impl ClaimScope<'_> {
    fn call(&self, function: ClaimFunction, arguments: &[&str]) -> Result<(Node, Type), Said> {
        let mut call = ClaimCall { function, figure: None, window: None, exclusion: None };
        let mut unit = None;
        if let Some(text) = arguments.first() {
            let (id, window) = text.split_once('@').map_or((*text, None), |(id, w)| (id, Some(w)));
            let figure = self.figures.get(id).ok_or_else(|| say::unknown_figure(id))?;
            unit = figure.unit.as_ref().map(ToString::to_string);
            call.figure = Some(id.into());
            call.window = match window {
                Some(w) => Some(Window::named(w).ok_or_else(|| say::unknown_window(w))?),
                None => None,
            };
        }
        if let Some(id) = arguments.get(1) {
            if !(self.exclusion)(id) {
                return Err(say::unknown_exclusion(id));
            }
            call.exclusion = Some(ExclusionId::from(*id));
        }
        let percent = || Type::Number {
            dimension: crate::unit::Dimension::default(),
            factor: Decimal::new(1, 2),
            literal: false,
        };
        let kind = match function {
            ClaimFunction::IsRecordHigh => Type::Flag,
            ClaimFunction::Rank => Type::plain(),
            ClaimFunction::Value | ClaimFunction::Target | ClaimFunction::LastTarget => {
                figure_type(unit.as_deref(), self.units)
            }
            _ => percent(),
        };
        Ok((Node::Claim(call), kind))
    }
}
