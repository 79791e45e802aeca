//! Exclusion sets: who is left out, always from both periods, and how they were chosen.

use std::rc::Rc;

use model::definition::{Exclusion, ExclusionBase, ExclusionRule, Figure, FigureRule};
use model::id::{BookId, EntryId, FieldId};
use model::period::Period;
use rust_decimal::Decimal;

use super::answer::by_key;
use super::pick::Span;
use super::plan::Side;
use super::{Engine, Scope, add_note};
use crate::column::{Column, NONE};
use crate::request::{BlankReason, Exclude, Member, Note, Request};

type Members = Vec<(BookId, EntryId)>;

impl<'a> Engine<'a> {
    /// Which entries take part in a request, who is left out, and what went wrong in finding them.
    pub(super) fn scope(
        &self,
        figure: &'a Figure,
        period: Period,
        request: &Request,
    ) -> (Result<Rc<Scope>, BlankReason>, Vec<Member>, Vec<Note>) {
        let mut notes = Vec::new();
        let mut without = Members::new();
        let mut fault = None;
        for whom in &request.exclude {
            match self.members(figure, period, whom, &mut notes) {
                Ok(members) => without.extend(members),
                Err(reason) => fault = Some(reason),
            }
        }
        without.sort();
        without.dedup();
        let excluded = without
            .iter()
            .map(|(_, entry)| Member { entry: *entry, name: self.entry_name(*entry) })
            .collect();
        let scope = Rc::new(Scope { only: request.only.clone(), without });
        (fault.map_or(Ok(scope), Err), excluded, notes)
    }

    fn members(
        &self,
        figure: &'a Figure,
        period: Period,
        whom: &Exclude,
        notes: &mut Vec<Note>,
    ) -> Result<Members, BlankReason> {
        match whom {
            Exclude::Names(names) => Ok(self.named(figure, names, notes)),
            Exclude::Top(count) => self.largest(figure, period, *count, ExclusionBase::Base),
            Exclude::Named(id) => {
                let set = self.content.exclusions.get(id).ok_or(BlankReason::Unknown)?;
                let members = self.set_members(set, period)?;
                if members.is_empty() {
                    add_note(notes, Note::EmptyExclusion(set.title.clone()));
                }
                Ok(members)
            }
        }
    }

    /// The members of a set the content names, for a figure's period.
    pub(super) fn set_members(&self, set: &'a Exclusion, period: Period) -> Result<Members, BlankReason> {
        match &set.rule {
            ExclusionRule::Top { figure, top, by } => {
                let figure = self.content.figures.get(figure).ok_or(BlankReason::Unknown)?;
                let own = self.period_at(figure, period.end, Some(period.window));
                self.largest(figure, own, *top, *by)
            }
            ExclusionRule::Named { book, member, filter } => {
                let (table, definition) = self.table(book).ok_or(BlankReason::Unknown)?;
                let target =
                    definition.field(member).and_then(|f| f.kind.book()).ok_or(BlankReason::NotApplicable)?;
                // A dated list counts from its date on.
                let span = match &definition.time {
                    Some(time) => Span::AsOf { from: Some(time.clone()), to: None, day: period.last_day() },
                    None => Span::All,
                };
                let picked = self.pick(table, filter.as_ref(), &span, period, &Rc::default())?;
                let entry = |row: &u32| table.value(*row, member).and_then(|v| v.as_entry());
                let mut members: Members =
                    picked.rows.iter().filter_map(entry).map(|e| (target.clone(), e)).collect();
                members.sort();
                members.dedup();
                Ok(members)
            }
        }
    }

    /// The subjects with the largest value; equal values are taken in the order of their entry numbers.
    fn largest(
        &self,
        figure: &'a Figure,
        period: Period,
        count: u32,
        by: ExclusionBase,
    ) -> Result<Members, BlankReason> {
        if count == 0 {
            return Ok(Members::new());
        }
        let none = Rc::default();
        let no_base = |_| BlankReason::NoBase;
        if let FigureRule::Composite(_) = figure.rule {
            return Err(BlankReason::NotApplicable);
        }
        let measure = self.measure(figure)?;
        let taken = match by {
            ExclusionBase::Current => self.taken(figure, period, Side::Current, &none)?,
            ExclusionBase::Base if measure.has_own_prior() => {
                self.taken(figure, period, Side::OwnPrior, &none)?
            }
            ExclusionBase::Base => {
                self.taken(figure, period.year_before(), Side::Current, &none).map_err(no_base)?
            }
        };
        let subject = measure.book.subject.as_ref().ok_or(BlankReason::NotApplicable)?;
        let book =
            measure.book.field(subject).and_then(|f| f.kind.book()).ok_or(BlankReason::NotApplicable)?;
        let keys = self.subjects(measure.table).ok_or(BlankReason::NotApplicable)?;
        let mut sums: Vec<(Decimal, EntryId)> = by_key(&keys, &taken, None)
            .into_iter()
            .filter(|(code, _)| *code != NONE)
            .filter_map(|(code, places)| {
                Some((self.fold_some(figure, &taken, Some(&places)).number()?, keys.entry(code)?))
            })
            .collect();
        sums.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        Ok(sums.into_iter().take(count as usize).map(|(_, entry)| (book.clone(), entry)).collect())
    }

    /// Entries by display name, else by any other text of theirs that is exactly this.
    fn named(&self, figure: &'a Figure, names: &[String], notes: &mut Vec<Note>) -> Members {
        let mut members = Members::new();
        let books = self.subject_books(figure);
        for name in names {
            let found = books.iter().find_map(|book| self.called(book, name).map(|e| (book.clone(), e)));
            match found {
                Some(member) => members.push(member),
                None => add_note(notes, Note::UnknownMember(name.clone())),
            }
        }
        members
    }

    /// The books of the things a figure's entries are about: their subjects, then what those refer to.
    fn subject_books(&self, figure: &'a Figure) -> Vec<BookId> {
        let mut books = Vec::new();
        let mut add = |book: &BookId| {
            if !books.contains(book) {
                books.push(book.clone());
            }
        };
        if let Ok(measure) = self.measure(figure) {
            let subject = measure.book.subject.as_ref().and_then(|s| measure.book.field(s)?.kind.book());
            subject.into_iter().for_each(&mut add);
            measure.book.fields.values().filter_map(|f| f.kind.book()).for_each(&mut add);
            let between = subject.and_then(|s| self.book(s));
            between
                .into_iter()
                .flat_map(|b| b.fields.values())
                .filter_map(|f| f.kind.book())
                .for_each(&mut add);
        }
        for part in self.parts(figure) {
            self.subject_books(part).iter().for_each(&mut add);
        }
        books
    }

    fn called(&self, book: &BookId, name: &str) -> Option<EntryId> {
        let (table, definition) = self.table(book)?;
        let find = |field: &FieldId| match table.column(field)? {
            Column::Text(coded) => {
                let code = coded.known(&name.into())?;
                let row = coded.codes().iter().position(|c| *c == code)?;
                Some(table.ids()[row])
            }
            _ => None,
        };
        let display = definition.display.as_ref().and_then(find);
        display.or_else(|| definition.fields.keys().find_map(find))
    }
}
