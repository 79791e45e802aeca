//! What is known of the one thing a sheet (一地一表、一企一单、一企一策、登记证明) is about: facts by name, and lines of them.
//!
//! A template says `{{ of.score }}`, `{% if of.grade %}`, `{% for line in of.measures %}` and `{{ line.value }}`. Which names
//! there are is known before anything is gathered (`messages::sheets`), so a template is checked without data. Each fact keeps
//! its exact value, the questions of figures it was made of and the cells of its own, so a sheet is refreshed, audited and
//! traced as every report is.
//!
//! Deliberately absent: gathering; that is `sheets` and the modules the things belong to. To add a fact: a name in
//! `messages::sheets` and the place where that topic is gathered. The columns of a
//! certificate's rows are named by its report (`[copies]`).

use std::collections::BTreeMap;
use std::sync::Arc;

use figures::{Contribution, Engine, Request, Side};
use minijinja::Error;
use minijinja::value::{Enumerator, Object, ObjectRepr, Value};
use model::definition::{Copies, Topic};
use model::id::{BookId, EntryId, FieldId, FigureId, UnitId};
use model::period::Period;
use rust_decimal::Decimal;

use super::ask::{Part, Subject};
use super::messages;
use super::objects::Printable;
use super::print::{Piece, Style};
use super::session::{Cell, Mode, Session};
use crate::messages::sheets as names;

/// Places numbers of sheets are printed with; the ledger holds all of them.
const PLACES: u32 = 2;

/// What is known of one thing.
#[derive(Clone, PartialEq, Debug)]
pub struct Matter {
    /// What kind of thing it is.
    pub topic: Topic,
    /// The time its facts are of.
    pub period: Period,
    /// Names of facts in lines that the report itself brings, with their titles.
    columns: BTreeMap<String, String>,
    facts: BTreeMap<String, Arc<Known>>,
    lists: BTreeMap<String, Vec<BTreeMap<String, Arc<Known>>>>,
}

/// A fact: what is printed and where it is from.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Fact {
    text: String,
    number: Option<Decimal>,
    unit: Option<UnitId>,
    /// Printed with all its places.
    exact: bool,
    /// The questions of figures it was made of.
    requests: Vec<Request>,
    /// Cells it was read from that are no figure's.
    cells: Vec<(BookId, EntryId, Vec<FieldId>)>,
}

/// A fact in its place.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Known {
    /// Its name, that of its list first.
    pub name: String,
    /// What its line is called; empty outside of lists.
    pub line: String,
    /// What it is called.
    pub title: String,
    /// The time it is of.
    pub period: Period,
    /// The fact.
    pub fact: Fact,
}

impl Fact {
    /// A text; nothing is printed of an empty one.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A number in a unit.
    pub fn number(number: Decimal, unit: &str) -> Self {
        let unit = Some(unit).filter(|unit| !unit.is_empty()).map(UnitId::from);
        Self { number: Some(number), unit, ..Self::default() }
    }

    /// A number that is copied: printed with every place it has.
    pub fn copied(number: Decimal, unit: &str) -> Self {
        Self { exact: true, ..Self::number(number, unit) }
    }

    /// A number, or the words that stand where there is none.
    pub fn number_or(number: Option<Decimal>, unit: &str, words: &str) -> Self {
        number.map_or_else(|| Self::text(words), |number| Self::number(number, unit))
    }

    /// With the questions of figures it was made of.
    #[must_use]
    pub fn asked(mut self, requests: Vec<Request>) -> Self {
        self.requests = requests;
        self
    }

    /// With a cell it was read from.
    #[must_use]
    pub fn read(mut self, book: &BookId, entry: EntryId, field: Option<&FieldId>) -> Self {
        self.cells.push((book.clone(), entry, field.into_iter().cloned().collect()));
        self
    }

    /// The one figure it is a value of; none when it is made of several or of none.
    pub fn figure(&self) -> Option<&FigureId> {
        let first = &self.requests.first()?.figure;
        self.requests.iter().all(|request| request.figure == *first).then_some(first)
    }

    /// The questions of figures it was made of.
    pub fn requests(&self) -> &[Request] {
        &self.requests
    }

    /// Whether entries stand behind it.
    pub(super) fn has_entries(&self) -> bool {
        !self.requests.is_empty() || !self.cells.is_empty()
    }

    /// Whether there is anything to print.
    fn there(&self) -> bool {
        self.number.is_some() || !self.text.is_empty()
    }

    /// Whether an entry was read for it, its figures aside.
    pub fn reads(&self, entry: EntryId, field: Option<&FieldId>) -> bool {
        let own = |(_, known, fields): &(BookId, EntryId, Vec<FieldId>)| {
            *known == entry && field.is_none_or(|field| fields.is_empty() || fields.contains(field))
        };
        self.cells.iter().any(own)
    }

    /// The entries it comes from.
    pub(super) fn behind(&self, engine: &Engine<'_>) -> Vec<Contribution> {
        let figure = self.figure().cloned().unwrap_or_else(|| "".into());
        let own = self.cells.iter().map(|(book, entry, fields)| Contribution {
            figure: figure.clone(),
            side: Side::Current,
            book: book.clone(),
            entry: *entry,
            fields: fields.clone(),
            number: None,
        });
        own.chain(self.requests.iter().flat_map(|request| engine.trace(request))).collect()
    }

    #[cfg(test)]
    fn said(&self) -> String {
        self.number.map_or_else(|| self.text.clone(), |number| number.to_string())
    }

    /// What is printed of it.
    pub(super) fn piece(&self) -> Piece {
        match self.number {
            Some(number) => {
                let places = if self.exact { number.normalize().scale() } else { PLACES };
                Piece::Number { number, unit: self.unit.clone(), places, trim: true }
            }
            None => Piece::Text(self.text.clone()),
        }
    }
}

impl Matter {
    /// Nothing known yet of a thing of this kind.
    pub fn new(topic: Topic, period: Period) -> Self {
        let (columns, facts) = (BTreeMap::new(), BTreeMap::new());
        let mut new = Self { topic, period, columns, facts, lists: BTreeMap::new() };
        for (name, title, _) in names::of(topic) {
            match name.split_once(names::IN_LINES) {
                Some((list, _)) => drop(new.lists.entry(list.to_owned()).or_default()),
                None => new.keep(name, title, Fact::default()),
            }
        }
        new
    }

    /// With the columns that a certificate's rows have, by field.
    #[must_use]
    pub fn with_columns<'c>(mut self, columns: impl Iterator<Item = (&'c FieldId, &'c str)>) -> Self {
        let named = |(field, title): (&FieldId, &str)| {
            (format!("{}{}{field}", names::ROWS, names::IN_LINES), title.to_owned())
        };
        self.columns = columns.map(named).collect();
        self
    }

    /// One fact of every name, to check a template by.
    pub(super) fn sample(topic: Topic, copies: Option<&Copies>, period: Period) -> Self {
        let columns = copies.into_iter().flat_map(|copies| &copies.columns);
        let mut sample = Self::new(topic, period).with_columns(columns.map(|field| (field, field.as_str())));
        let fact = |title: &str, number: bool| {
            if number { Fact::number(Decimal::ONE, "") } else { Fact::text(title) }
        };
        let mut lines: BTreeMap<&str, Vec<(&str, Fact)>> = BTreeMap::new();
        for (name, title, number) in names::of(topic) {
            match name.split_once(names::IN_LINES) {
                Some((list, inner)) => lines.entry(list).or_default().push((inner, fact(title, *number))),
                None => sample.put(name, fact(title, *number)),
            }
        }
        let own: Vec<String> = sample.columns.keys().cloned().collect();
        for (list, inner) in own.iter().filter_map(|name| name.split_once(names::IN_LINES)) {
            lines.entry(list).or_default().push((inner, fact(inner, false)));
        }
        for (list, facts) in lines {
            sample.line(list, "", facts);
        }
        sample
    }

    /// What a fact is called; none for a name there is not.
    fn title(&self, name: &str) -> Option<&str> {
        names::title(self.topic, name).or_else(|| self.columns.get(name).map(String::as_str))
    }

    fn no_such_fact(&self, name: &str) -> (String, String) {
        let known = names::of(self.topic).iter().map(|(name, ..)| *name);
        messages::no_such_fact(name, known.chain(self.columns.keys().map(String::as_str)))
    }

    /// Says a fact; a name that is not among those of the topic is no fact of it.
    pub fn put(&mut self, name: &str, fact: Fact) {
        if let Some(title) = names::title(self.topic, name) {
            self.keep(name, title, fact);
        }
    }

    /// Adds a line to a list; what it is called tells it from the others.
    pub fn line(&mut self, list: &str, called: &str, facts: Vec<(&str, Fact)>) {
        let mut line = BTreeMap::new();
        for (inner, fact) in facts {
            let name = format!("{list}{}{inner}", names::IN_LINES);
            let Some(title) = self.title(&name) else { continue };
            let title = names::of_line(called, title);
            let known = Known { name, line: called.to_owned(), title, period: self.period, fact };
            line.insert(inner.to_owned(), Arc::new(known));
        }
        self.lists.entry(list.to_owned()).or_default().push(line);
    }

    /// What is printed of a fact.
    #[cfg(test)]
    pub fn said(&self, name: &str) -> String {
        self.facts[name].fact.said()
    }

    /// What is printed in the lines of a list, by the names of the facts.
    #[cfg(test)]
    pub fn lines_said(&self, list: &str) -> Vec<Vec<(String, String)>> {
        let line = |line: &BTreeMap<String, Arc<Known>>| {
            line.iter().map(|(name, known)| (name.clone(), known.fact.said())).collect()
        };
        self.lists[list].iter().map(line).collect()
    }

    /// All facts that say something: name, what stands there, how many cells of their own are behind them.
    #[cfg(test)]
    pub fn all_said(&self) -> Vec<(&str, String, usize)> {
        let lines = self.lists.values().flatten().flat_map(BTreeMap::values);
        let there = self.facts.values().chain(lines).filter(|known| known.fact.there());
        let text = |fact: &Fact| {
            fact.number.map_or_else(|| fact.text.clone(), |number| number.normalize().to_string())
        };
        let cells = |fact: &Fact| fact.cells.iter().map(|(_, _, fields)| fields.len()).sum();
        there.map(|known| (known.name.as_str(), text(&known.fact), cells(&known.fact))).collect()
    }

    fn keep(&mut self, name: &str, title: &str, fact: Fact) {
        let (name, title) = (name.to_owned(), title.to_owned());
        let known = Known { name: name.clone(), line: String::new(), title, period: self.period, fact };
        self.facts.insert(name, Arc::new(known));
    }
}

/// `of`, or a group of its facts.
#[derive(Debug)]
pub(super) struct Facts {
    session: Arc<Session>,
    /// What the names of the group begin with, its full stop included.
    group: String,
}

impl Facts {
    /// What the sheet is about; `None` for a report that is about no one thing.
    pub fn of(session: &Arc<Session>) -> Option<Value> {
        session.matter.as_ref()?;
        Some(Value::from_object(Self { session: Arc::clone(session), group: String::new() }))
    }
}

impl Object for Facts {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let (session, key) = (&self.session, key.as_str().unwrap_or_default());
        let matter = session.matter.as_ref()?;
        let name = format!("{}{key}", self.group);
        if let Some(known) = matter.facts.get(&name) {
            return Some(printed(session, known).unwrap_or_else(Value::from));
        }
        if let Some(lines) = matter.lists.get(&name) {
            if session.mode() == Mode::Condition {
                return Some(Value::from(!lines.is_empty()));
            }
            let lines = Lines { session: Arc::clone(session), list: name, count: lines.len() };
            return Some(Value::from_object(lines));
        }
        let group = format!("{name}.");
        let there =
            matter.facts.range(group.clone()..).next().is_some_and(|(name, _)| name.starts_with(&group));
        if there {
            return Some(Value::from_object(Self { session: Arc::clone(session), group }));
        }
        Some(Value::from(session.refuse(matter.no_such_fact(&name))))
    }
}

/// The lines of a list.
#[derive(Debug)]
struct Lines {
    session: Arc<Session>,
    list: String,
    count: usize,
}

impl Object for Lines {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let at = key.as_usize().filter(|at| *at < self.count)?;
        let (session, list) = (Arc::clone(&self.session), self.list.clone());
        Some(Value::from_object(Line { session, list, at }))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.count)
    }
}

/// One line of a list.
#[derive(Debug)]
struct Line {
    session: Arc<Session>,
    list: String,
    at: usize,
}

impl Object for Line {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let key = key.as_str().unwrap_or_default();
        let matter = self.session.matter.as_ref()?;
        let known = matter.lists.get(&self.list).and_then(|lines| lines.get(self.at)?.get(key));
        if let Some(known) = known {
            return Some(printed(&self.session, known).unwrap_or_else(Value::from));
        }
        let name = format!("{}{}{key}", self.list, names::IN_LINES);
        Some(Value::from(self.session.refuse(matter.no_such_fact(&name))))
    }
}

/// A fact as a template sees it: to print, or whether it is there.
fn printed(session: &Arc<Session>, known: &Arc<Known>) -> Result<Value, Error> {
    match session.mode() {
        Mode::Slot => {
            let subject = Subject::Fact(Arc::clone(known));
            let cell = Cell { subject, part: Part::Value, style: Style::default() };
            Ok(Value::from_object(Printable { cell }))
        }
        Mode::Condition => Ok(Value::from(known.fact.there())),
        Mode::Binding => Err(session.refuse(messages::cannot_keep(&known.name))),
    }
}

/// Whether a cell prints nothing at all: a fact there is nothing to say of.
pub(super) fn is_silent(cell: &Cell) -> bool {
    matches!(&cell.subject, Subject::Fact(known) if !known.fact.there())
}
