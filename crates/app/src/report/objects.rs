//! What a template can name: its functions, objects and filters.
//!
//! In a slot an attribute is a printable [`Cell`]; in a condition it is a plain number or truth value, where it is exact
//! (counts, months, whether there are names) – anything else a condition must ask of a claim; to be kept by `set` or run
//! over by `for` there are only figures, breakdowns and exclusion sets. So no comparison can ever be made between things
//! that do not compare.
//!
//! Deliberately absent: every function, filter and test the template engine brings along.

use std::sync::Arc;

use figures::{Exclude, FieldPath, Request};
use minijinja::value::{Enumerator, Kwargs, Object, ObjectRepr, Value, from_args};
use minijinja::{Environment, Error, Output, State, UndefinedBehavior};
use model::id::{ClaimId, ExclusionId};
use model::period::Window;

use super::ask::{self, Part, Subject};
use super::grammar::{ABOUT, FILTERS};
use super::matter::{Facts, is_silent};
use super::messages;
use super::plot::Plot;
use super::print::{PieceKind, Style};
use super::script::MARK;
use super::session::{Cell, Mode, Printed, Session};

/// Steps a template may take: a report of 300 slots takes some 5,000.
const FUEL: u64 = 500_000;
/// Pieces a report may print; Word itself is slow beyond a few thousand content controls.
pub(super) const MAX_PRINTED: usize = 20_000;

/// An environment that knows the closed grammar and nothing else.
pub(super) fn environment<'s>(session: &Arc<Session>) -> Environment<'s> {
    let mut env = Environment::empty();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_fuel(Some(FUEL));
    env.set_recursion_limit(32);
    let shared = Arc::clone(session);
    env.add_function(MARK, move |tag: usize, pass: u32| {
        let mut state = shared.state();
        (state.tag, state.pass) = (tag, pass);
        Value::from_object(Mark)
    });
    let shared = Arc::clone(session);
    env.add_function("fig", move |id: Value, options: Kwargs| {
        let id = text_of(&shared, &id)?;
        figure(&shared, &id, &options)
    });
    let shared = Arc::clone(session);
    env.add_function("chart", move |name: String| super::plot::plan(&shared, &name));
    let shared = Arc::clone(session);
    env.add_function("param", move |name: String| parameter(&shared, &name));
    let shared = Arc::clone(session);
    env.add_function("claim", move |id: String| claim(&shared, &id));
    let shared = Arc::clone(session);
    env.add_function("exclusion", move |id: String| exclusion(&shared, &id));
    let shared = Arc::clone(session);
    env.add_function("dict", move |pairs: Kwargs| -> Result<Value, Error> {
        let mut found = Vec::new();
        for name in pairs.args() {
            found.push((name.to_owned(), text_of(&shared, &pairs.get::<Value>(name)?)?));
        }
        Ok(Value::from_pairs(found))
    });
    for (name, subject) in [("period", Subject::Period), ("plan", Subject::Plan)] {
        env.add_global(name, Value::from_object(Thing { session: Arc::clone(session), subject }));
    }
    if let Some(facts) = Facts::of(session) {
        env.add_global(ABOUT, facts);
    }
    for (name, _) in FILTERS {
        let shared = Arc::clone(session);
        env.add_filter(name, move |value: Value, argument: Option<Value>| {
            filter(&shared, name, &value, argument)
        });
    }
    let shared = Arc::clone(session);
    env.set_formatter(move |out, _state, value| print(&shared, out, value));
    env
}

/// Says where the engine stands; prints nothing and is true.
#[derive(Debug)]
struct Mark;

impl Object for Mark {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
}

/// A figure, a line of a breakdown, an exclusion set, the period.
#[derive(Debug)]
pub(super) struct Thing {
    session: Arc<Session>,
    pub subject: Subject,
}

impl Object for Thing {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let name = key.as_str().unwrap_or_default();
        Some(self.attribute(name).unwrap_or_else(Value::from))
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        let (Subject::Figure { request, row: None }, "rows") = (&self.subject, method) else {
            return Err(self.session.refuse(messages::no_such_part(method)));
        };
        let (field, options): (String, Kwargs) = from_args(args)?;
        let top: Option<usize> = options.get("top")?;
        options.assert_all_used()?;
        self.rows(request, &field, top)
    }
}

impl Thing {
    fn attribute(&self, name: &str) -> Result<Value, Error> {
        let session = &self.session;
        let part = Part::named(name).filter(|part| self.has(*part));
        let part = part.ok_or_else(|| session.refuse(messages::no_such_part(name)))?;
        if let Subject::Figure { request, .. } = &self.subject {
            let mut state = session.state();
            match part {
                Part::Mom => state.wants.moms.insert((**request).clone()),
                Part::Target | Part::LastTarget | Part::Completion => {
                    state.wants.targets.insert((**request).clone())
                }
                _ => false,
            };
        }
        match session.mode() {
            Mode::Slot => Ok(self.cell(part)),
            Mode::Condition => self.plain(part),
            Mode::Binding => Err(session.refuse(messages::cannot_keep(name))),
        }
    }

    fn has(&self, part: Part) -> bool {
        match &self.subject {
            Subject::Figure { row: Some(_), .. } => {
                !matches!(part, Part::Mom | Part::Target | Part::LastTarget | Part::Completion | Part::Names)
            }
            Subject::Figure { row: None, .. } => !matches!(part, Part::Name | Part::Pull),
            Subject::Exclusion(_) => matches!(part, Part::Names | Part::Count),
            Subject::Period => matches!(part, Part::Year | Part::Month | Part::Quarter),
            Subject::Plan => part == Part::Year,
            Subject::Setting(_) | Subject::Fact(_) => false,
        }
    }

    fn cell(&self, part: Part) -> Value {
        let cell = Cell { subject: self.subject.clone(), part, style: Style::default() };
        Value::from_object(Printable { cell })
    }

    /// What a condition sees.
    fn plain(&self, part: Part) -> Result<Value, Error> {
        let allowed = part.is_time() || matches!(part, Part::Count | Part::Names);
        if !allowed {
            return Err(self.session.refuse(messages::condition_needs_claim(part.name())));
        }
        let Some(answers) = &self.session.answers else { return Ok(Value::from(1)) };
        Ok(Value::from(answers.plain(&self.subject, part, self.session.content(), self.session.period)))
    }

    fn rows(&self, request: &Request, field: &str, top: Option<usize>) -> Result<Value, Error> {
        let session = &self.session;
        if session.mode() != Mode::Binding {
            return Err(session.refuse(messages::rows_only_in_loops()));
        }
        let path: FieldPath = field.parse().map_err(|_| session.refuse(messages::bad_field(field)))?;
        let figure = session.figure(request.figure.as_str())?;
        if !super::check::can_break_down(session.content(), figure, &path) {
            return Err(session.refuse(messages::cannot_break_down(&figure.title, field)));
        }
        let request = Arc::new(Request { by: Some(path), ..request.clone() });
        session.state().wants.figures.insert((*request).clone());
        let count = match &session.answers {
            Some(answers) => answers.rows(&request).min(top.unwrap_or(usize::MAX)),
            None => 1,
        };
        if count == 0 {
            let mut state = session.state();
            let tag = state.tag;
            state.empty_loops.push(tag);
        }
        Ok(Value::from_object(Rows { session: Arc::clone(session), request, count }))
    }
}

/// A breakdown.
#[derive(Debug)]
struct Rows {
    session: Arc<Session>,
    request: Arc<Request>,
    count: usize,
}

impl Object for Rows {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let row = key.as_usize().filter(|row| *row < self.count)?;
        let subject = Subject::Figure { request: Arc::clone(&self.request), row: Some(row) };
        Some(Value::from_object(Thing { session: Arc::clone(&self.session), subject }))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.count)
    }
}

/// A part with the filters so far.
#[derive(Debug)]
pub(super) struct Printable {
    pub cell: Cell,
}

impl Object for Printable {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
}

fn figure(session: &Arc<Session>, id: &str, options: &Kwargs) -> Result<Value, Error> {
    let figure = session.figure(id)?;
    let mut request = Request::new(figure.id.clone(), session.period);
    if let Some(text) = options.get::<Option<&str>>("at")? {
        let found = ask::at(text, session.period).ok_or_else(|| session.refuse(messages::bad_at(text)))?;
        (request.at, request.exact, request.window) = found;
    }
    if let Some(text) = options.get::<Option<&str>>("window")? {
        request.window = Some(Window::named(text).ok_or_else(|| session.refuse(messages::bad_window(text)))?);
    }
    if let Some(set) = options.get::<Option<&str>>("exclude")? {
        request.exclude.push(Exclude::Named(known_exclusion(session, set)?));
    }
    if let Some(pairs) = options.get::<Option<Value>>("where")? {
        for field in pairs.try_iter()? {
            let name = field.as_str().unwrap_or_default();
            let path: FieldPath = name.parse().map_err(|_| session.refuse(messages::bad_field(name)))?;
            if !super::check::can_break_down(session.content(), figure, &path) {
                return Err(session.refuse(messages::cannot_break_down(&figure.title, name)));
            }
            let text = pairs.get_item(&field)?;
            request.only.push((path, text.as_str().unwrap_or_default().to_owned()));
        }
    }
    options.assert_all_used()?;
    session.state().wants.figures.insert(request.clone());
    let subject = Subject::Figure { request: Arc::new(request), row: None };
    Ok(Value::from_object(Thing { session: Arc::clone(session), subject }))
}

/// A parameter of the report.
fn parameter(session: &Arc<Session>, name: &str) -> Result<Value, Error> {
    let parameters = &session.setup.report.parameters;
    let Some(known) = parameters.get(name) else {
        return Err(session.refuse(messages::unknown_parameter(name, parameters.keys())));
    };
    if session.setup.value(name).is_none() {
        return Err(session.refuse(messages::not_set(&known.title, name)));
    }
    let subject = Subject::Setting(name.to_owned());
    Ok(Value::from_object(Thing { session: Arc::clone(session), subject }))
}

/// A text, or what the parameter in its place is set to.
fn text_of(session: &Session, value: &Value) -> Result<String, Error> {
    match value.downcast_object_ref::<Thing>() {
        Some(Thing { subject: Subject::Setting(name), .. }) => {
            Ok(session.setup.value(name).unwrap_or_default().to_owned())
        }
        Some(_) => Err(session.refuse(messages::prints_nothing())),
        None => Ok(value.to_string()),
    }
}

fn claim(session: &Session, id: &str) -> Result<Value, Error> {
    if !session.content().claims.contains_key(id) {
        return Err(session.refuse(messages::unknown_claim(id)));
    }
    if session.mode() != Mode::Condition {
        return Err(session.refuse(messages::claim_only_in_conditions()));
    }
    let id = ClaimId::from(id);
    let holds = session.answers.as_ref().is_some_and(|answers| answers.holds(&id));
    let mut state = session.state();
    let tag = state.tag;
    state.claims.push((id.clone(), tag));
    state.wants.claims.insert(id);
    Ok(Value::from(holds))
}

fn exclusion(session: &Arc<Session>, id: &str) -> Result<Value, Error> {
    let id = known_exclusion(session, id)?;
    session.state().wants.exclusions.insert(id.clone());
    Ok(Value::from_object(Thing { session: Arc::clone(session), subject: Subject::Exclusion(id) }))
}

fn known_exclusion(session: &Session, id: &str) -> Result<ExclusionId, Error> {
    let known = session.content().exclusions.contains_key(id);
    if known { Ok(id.into()) } else { Err(session.refuse(messages::unknown_exclusion(id))) }
}

/// What a value prints, if it prints anything: a figure by itself prints its value.
pub(super) fn printable(session: &Session, value: &Value) -> Result<Cell, Error> {
    if let Some(printable) = value.downcast_object_ref::<Printable>() {
        return Ok(printable.cell.clone());
    }
    match value.downcast_object_ref::<Thing>() {
        Some(Thing { subject: subject @ Subject::Figure { .. }, .. }) => {
            Ok(Cell { subject: subject.clone(), part: Part::Value, style: Style::default() })
        }
        Some(Thing { subject: subject @ Subject::Setting(_), .. }) => {
            Ok(Cell { subject: subject.clone(), part: Part::Name, style: Style::default() })
        }
        _ => Err(session.refuse(messages::prints_nothing())),
    }
}

/// Whether a value is a chart.
pub(super) fn is_plot(value: &Value) -> bool {
    value.downcast_object_ref::<Plot>().is_some()
}

/// What kind of piece a cell will be.
pub(super) fn kind(session: &Session, cell: &Cell) -> Result<PieceKind, Error> {
    Ok(match &cell.subject {
        Subject::Figure { request, row } => {
            cell.part.kind(session.figure(request.figure.as_str())?, row.is_some())
        }
        Subject::Exclusion(_) if cell.part == Part::Names => PieceKind::Names,
        Subject::Fact(known) if crate::messages::sheets::is_number(&known.name) => PieceKind::Number(None),
        Subject::Setting(_) | Subject::Fact(_) => PieceKind::Text,
        _ => PieceKind::Whole,
    })
}

fn filter(
    session: &Arc<Session>,
    name: &str,
    value: &Value,
    argument: Option<Value>,
) -> Result<Value, Error> {
    let mut cell = printable(session, value)?;
    let argument = argument.map(|value| value.to_string());
    let kind = kind(session, &cell)?;
    let style = std::mem::take(&mut cell.style);
    let styled = style.with(name, argument.as_deref(), &kind, &session.content().units);
    cell.style = styled.map_err(|fault| session.refuse((fault.message, fault.hint)))?;
    Ok(Value::from_object(Printable { cell }))
}

/// Prints a value into the document: a token for everything that comes from the ledger.
fn print(session: &Session, out: &mut Output<'_>, value: &Value) -> Result<(), Error> {
    if value.downcast_object_ref::<Mark>().is_some() {
        return Ok(());
    }
    if value.is_integer() {
        // `loop.index`: the number of a line, not of the ledger.
        return write!(out, "{value}").map_err(Error::from);
    }
    if let Some(plot) = value.downcast_object_ref::<Plot>() {
        return super::plot::draw(session, out, plot);
    }
    let cell = printable(session, value)?;
    if is_silent(&cell) {
        return Ok(());
    }
    let mut state = session.state();
    let index = state.printed.len();
    if index >= MAX_PRINTED {
        drop(state);
        return Err(session.refuse(messages::out_of_fuel()));
    }
    let (tag, pass) = (state.tag, state.pass);
    state.printed.push(Printed { tag, pass, cell });
    out.write_str(&office::docx::token(index)).map_err(Error::from)
}
