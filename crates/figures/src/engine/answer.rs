//! Answers of measures: value, base and breakdown.
//!
//! The base is the returns' own column for last year where there is one; for other series the same subjects a year
//! before; else everything a year before. Who has no base is in the value and not in the growth, and is counted.

use std::rc::Rc;

use model::definition::{Comparison, Figure};
use model::id::{BookId, EntryId};
use model::period::Period;
use rustc_hash::FxHashMap;

use super::keys::Keys;
use super::plan::{Side, Taken, What};
use super::{Engine, Scope, add_note};
use crate::column::{NONE, index};
use crate::request::{BlankReason, ComparisonUsed, FieldPath, Note, Outcome};

/// What a figure gave, before growth and shares.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub value: Outcome,
    pub comparable: Outcome,
    pub prior: Outcome,
    pub used: ComparisonUsed,
    pub groups: Vec<GroupAnswer>,
    pub entries: usize,
    pub notes: Vec<Note>,
    pub books: Vec<BookId>,
    pub of: Option<u32>,
}

/// One line of a breakdown.
#[derive(Clone, Debug)]
pub(super) struct GroupAnswer {
    pub name: String,
    pub entry: Option<EntryId>,
    pub value: Outcome,
    pub comparable: Outcome,
    pub prior: Outcome,
    pub entries: usize,
}

impl Answer {
    pub(super) fn blank(reason: BlankReason) -> Self {
        let blank = Outcome::Blank(reason);
        Self {
            value: blank.clone(),
            comparable: blank.clone(),
            prior: blank,
            used: ComparisonUsed::None,
            groups: vec![],
            entries: 0,
            notes: vec![],
            books: vec![],
            of: None,
        }
    }
}

/// The rows of both periods, and which of them compare.
pub(super) struct Sides<'a> {
    pub current: Rc<Taken<'a>>,
    pub prior: Result<Rc<Taken<'a>>, BlankReason>,
    pub used: ComparisonUsed,
    /// Positions in `current` that have a base; `None` when all do.
    pub compared: Option<Vec<u32>>,
    /// Positions in `prior` that have a value now; `None` when all do.
    pub compared_prior: Option<Vec<u32>>,
    pub notes: Vec<Note>,
}

impl<'a> Engine<'a> {
    pub(super) fn measure_answer(
        &self,
        figure: &'a Figure,
        period: Period,
        scope: &Rc<Scope>,
        by: Option<&FieldPath>,
    ) -> Answer {
        if let Some(answer) = by.is_none().then(|| self.fused_answer(figure, period, scope)).flatten() {
            return answer;
        }
        let books: Vec<BookId> = self.measure(figure).map(|m| m.book.id.clone()).into_iter().collect();
        let sides = match self.sides(figure, period, scope) {
            Ok(sides) => sides,
            Err(reason) => return Answer { books, ..Answer::blank(reason) },
        };
        let mut notes = sides.current.notes.clone();
        notes.extend(sides.notes.iter().cloned());
        let (comparable, prior) = self.both(figure, &sides);
        let mut answer = Answer {
            value: self.fold(figure, &sides.current),
            comparable,
            prior,
            used: sides.used,
            groups: vec![],
            entries: sides.current.rows.len(),
            notes,
            books,
            of: None,
        };
        if let Some(by) = by {
            match self.groups(figure, &sides, by) {
                Some(groups) => answer.groups = groups,
                None => return Answer { books: answer.books, ..Answer::blank(BlankReason::NotApplicable) },
            }
        }
        self.suppress(figure, period, scope, by, &sides, &mut answer);
        answer
    }

    /// The rows of both periods by the figure's comparison rule.
    pub(super) fn sides(
        &self,
        figure: &'a Figure,
        period: Period,
        scope: &Rc<Scope>,
    ) -> Result<Sides<'a>, BlankReason> {
        let current = self.taken(figure, period, Side::Current, scope)?;
        let measure = self.measure(figure)?;
        let used = match figure.compare {
            Comparison::None => ComparisonUsed::None,
            Comparison::Comparable if measure.has_own_prior() => ComparisonUsed::OwnPrior,
            Comparison::Comparable if measure.is_series_of_subjects() => ComparisonUsed::SameSubjects,
            Comparison::Comparable | Comparison::All => ComparisonUsed::All,
        };
        let prior = match used {
            ComparisonUsed::OwnPrior => self.taken(figure, period, Side::OwnPrior, scope),
            ComparisonUsed::SameSubjects | ComparisonUsed::All => {
                let before = self.taken(figure, period.year_before(), Side::Current, scope);
                before.map_err(|_| BlankReason::NoBase)
            }
            _ => Err(BlankReason::NotComparable),
        };
        Ok(self.paired(current, prior, used))
    }

    /// The rows of two periods of which one is the window before the other (月环比 and the like).
    pub(super) fn sides_between(
        &self,
        figure: &'a Figure,
        current: Period,
        before: Period,
        scope: &Rc<Scope>,
    ) -> Result<Sides<'a>, BlankReason> {
        let measure = self.measure(figure)?;
        let same = measure.is_series_of_subjects() && figure.compare == Comparison::Comparable;
        let used = if same { ComparisonUsed::SameSubjects } else { ComparisonUsed::All };
        let now = self.taken(figure, current, Side::Current, scope)?;
        let prior = self.taken(figure, before, Side::Current, scope);
        Ok(self.paired(now, prior, used))
    }

    fn paired(
        &self,
        current: Rc<Taken<'a>>,
        prior: Result<Rc<Taken<'a>>, BlankReason>,
        used: ComparisonUsed,
    ) -> Sides<'a> {
        let mut sides = Sides { current, prior, used, compared: None, compared_prior: None, notes: vec![] };
        let Ok(prior) = sides.prior.clone() else { return sides };
        match used {
            ComparisonUsed::OwnPrior => {
                let own: Vec<u32> = (0..index(sides.current.table.len())).collect();
                sides.keep_common(&prior, &own);
            }
            ComparisonUsed::SameSubjects => {
                if let Some(keys) = self.subjects(sides.current.table) {
                    sides.keep_common(&prior, &keys.codes);
                }
            }
            _ => {}
        }
        sides
    }

    /// The value of the comparable rows now, and of their base.
    pub(super) fn both(&self, figure: &Figure, sides: &Sides<'a>) -> (Outcome, Outcome) {
        let comparable = self.fold_some(figure, &sides.current, sides.compared.as_deref());
        let prior = match &sides.prior {
            Ok(prior) => self.fold_some(figure, prior, sides.compared_prior.as_deref()),
            Err(reason) => Outcome::Blank(*reason),
        };
        let none_left = sides.compared.as_ref().is_some_and(Vec::is_empty);
        let blank = Outcome::Blank(BlankReason::NoBase);
        if none_left { (comparable, blank) } else { (comparable, prior) }
    }

    fn groups(&self, figure: &Figure, sides: &Sides<'a>, by: &FieldPath) -> Option<Vec<GroupAnswer>> {
        let current = &sides.current;
        let keys = self.keys(current.table, by)?;
        let all = by_key(&keys, current, None);
        let compared = by_key(&keys, current, sides.compared.as_deref());
        let prior = match &sides.prior {
            Ok(prior) => by_key(&keys, prior, sides.compared_prior.as_deref()),
            Err(_) => FxHashMap::default(),
        };
        let no_base = sides.prior.as_ref().err().copied().unwrap_or(BlankReason::NoBase);
        let mut codes: Vec<u32> = all.keys().chain(prior.keys()).copied().collect();
        codes.sort_unstable();
        codes.dedup();
        let some = |taken: &Taken<'a>, places: Option<&Vec<u32>>, reason| match places {
            Some(places) => self.fold_some(figure, taken, Some(places)),
            None => Outcome::Blank(reason),
        };
        let group = |code: &u32| GroupAnswer {
            name: self.key_name(&keys, *code),
            entry: keys.entry(*code),
            value: some(current, all.get(code), BlankReason::NoEntries),
            comparable: some(current, compared.get(code), BlankReason::NoEntries),
            prior: match &sides.prior {
                Ok(taken) => some(taken, prior.get(code), no_base),
                Err(reason) => Outcome::Blank(*reason),
            },
            entries: all.get(code).map_or(0, Vec::len),
        };
        Some(codes.iter().map(group).collect())
    }
}

impl Sides<'_> {
    /// Leaves in both periods only the rows whose key has a value in the other.
    fn keep_common(&mut self, prior: &Taken<'_>, keys: &[u32]) {
        if self.current.rows == prior.rows && self.current.is_filled() && prior.is_filled() {
            return;
        }
        let (now, before) = (valued(&self.current, keys), valued(prior, keys));
        self.compared = common(&self.current, keys, &before);
        self.compared_prior = common(prior, keys, &now);
        let only_in = |a: &[bool], b: &[bool]| a.iter().zip(b).filter(|(a, b)| **a && !**b).count();
        add_note(&mut self.notes, Note::WithoutBase(only_in(&now, &before)));
        add_note(&mut self.notes, Note::WithoutValue(only_in(&before, &now)));
    }
}

/// Which keys have a row with a number.
fn valued(taken: &Taken<'_>, keys: &[u32]) -> Vec<bool> {
    let largest = keys.iter().filter(|k| **k != NONE).max().map_or(0, |m| *m as usize + 1);
    let mut valued = vec![false; largest];
    for (i, row) in taken.rows.iter().enumerate() {
        let has = match &taken.what {
            What::Sum { numbers, .. } => numbers.has(i),
            What::Aggregate(_) => true,
        };
        if let Some(seen) = valued.get_mut(keys[*row as usize] as usize).filter(|_| has) {
            *seen = true;
        }
    }
    valued
}

fn common(taken: &Taken<'_>, keys: &[u32], other: &[bool]) -> Option<Vec<u32>> {
    let in_other =
        |i: &u32| other.get(keys[taken.rows[*i as usize] as usize] as usize).copied().unwrap_or(false);
    let kept: Vec<u32> = (0..index(taken.rows.len())).filter(in_other).collect();
    (kept.len() < taken.rows.len()).then_some(kept)
}

/// Positions of rows by their key.
pub(super) fn by_key(keys: &Keys, taken: &Taken<'_>, positions: Option<&[u32]>) -> FxHashMap<u32, Vec<u32>> {
    let mut by: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    let mut add = |i: u32| by.entry(keys.codes[taken.rows[i as usize] as usize]).or_default().push(i);
    match positions {
        Some(positions) => positions.iter().copied().for_each(&mut add),
        None => (0..index(taken.rows.len())).for_each(&mut add),
    }
    by
}
