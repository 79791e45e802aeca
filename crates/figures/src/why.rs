//! Why a value moved: the difference between two values in parts that add up to it exactly.
//!
//! The way from one value to the other is walked in stated steps – corrections first (the same period, a later revision), then
//! definitions (other content), then who is left out, at last the other period –, and each step is the difference of two
//! values, so steps add up whatever the figure is. Within a step a value made of sums is taken apart by subjects. For
//! `Q = F(S₁ … Sₖ)` of sums `S`, with `+ − × ÷`, the difference is *exactly* `ΔQ = Σ wᵢ·ΔSᵢ`: for a sum the weight is 1, for
//! `x·y` it is `y` after and `x` before, and for a ratio
//!
//! ```text
//! N₁/D₁ − N₀/D₀ = (ΔN − Q₀·ΔD) / D₁        Q₀ = N₀/D₀
//! ```
//!
//! so whoever adds `n` to the numerator and `d` to the denominator moves the ratio by `(n − Q₀·d)/D₁`: the numerator's effect
//! over the denominator of after, less the denominator's at the ratio of before. That needs no order among subjects and leaves
//! nothing over but the last digit of a division, which the largest mover of the step carries.
//!
//! In the step from period to period a subject with a value in both is growth, in the later only entry, in the earlier only
//! exit. A year apart, where returns carry their own column for last year, growth is against that column, and what the column
//! differs from what was reported a year ago is a change of basis (可比口径).
//!
//! Deliberately absent: reading the ledger, words, and who may see whom by name.

use model::id::EntryId;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::compare::Growth;
use crate::engine::{Engine, Formula, Pieces, Quantity, scaled};
use crate::request::{BlankReason, Request};

/// Places that differences of quotients are exact to.
const PLACES: u32 = 15;

/// What moved a value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The same period was corrected: values changed, came late or were withdrawn.
    Correction,
    /// The definition changed.
    Definition,
    /// Others are left out, or last year's own column differs from what was reported then.
    Basis,
    /// In the later period only.
    Entry,
    /// In the earlier period only.
    Exit,
    /// Those in both.
    Growth,
}

/// A value to explain, with what differs from the one before it.
pub struct State<'e, 'a> {
    /// Answers about the state's ledger and content.
    pub engine: &'e Engine<'a>,
    /// What is asked.
    pub request: &'e Request,
    /// What differs from the state before; of the first it is ignored.
    pub step: Step,
}

/// What differs between one state and the next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// The revision.
    Revision,
    /// The content.
    Content,
    /// Who is left out.
    Exclusion,
    /// The period.
    Period,
}

/// A difference explained.
#[derive(Clone, PartialEq, Debug)]
pub struct Why {
    /// The value before.
    pub from: Decimal,
    /// The value after.
    pub to: Decimal,
    /// The parts that are not nothing; they add up to the difference exactly.
    pub parts: Vec<Part>,
    /// The last step, for what would have been.
    last: Option<Last>,
}

/// One part of a difference.
#[derive(Clone, PartialEq, Debug)]
pub struct Part {
    /// What it is.
    pub kind: Kind,
    /// How much of the difference it is.
    pub amount: Decimal,
    /// Who made it; they add up to the amount, largest first. Empty where the value is not made of sums.
    pub movers: Vec<Mover>,
}

/// What one subject moved.
#[derive(Clone, PartialEq, Debug)]
pub struct Mover {
    /// Whom.
    pub subject: EntryId,
    /// How much.
    pub effect: Decimal,
    /// What it added to each sum before; nothing where it was not there.
    pub before: Vec<Option<Decimal>>,
    /// What it adds to each sum after.
    pub after: Vec<Option<Decimal>>,
    /// The entries it was read from before.
    pub entries_before: Vec<EntryId>,
    /// The entries it is read from after.
    pub entries_after: Vec<EntryId>,
}

#[derive(Clone, PartialEq, Debug)]
struct Last {
    formula: Formula,
    sums: Vec<Decimal>,
    changes: FxHashMap<EntryId, Vec<Decimal>>,
}

/// What one subject adds to each sum, and from which entries.
#[derive(Clone, Default)]
struct Held {
    numbers: Vec<Option<Decimal>>,
    entries: Vec<EntryId>,
}

impl Why {
    /// After less before.
    pub fn difference(&self) -> Decimal {
        self.to - self.from
    }

    /// The value after, had these subjects stayed as they were before the last step; none where it is not made of sums.
    pub fn had_been_flat(&self, subjects: &[EntryId]) -> Option<Decimal> {
        let last = self.last.as_ref()?;
        let mut sums = last.sums.clone();
        for subject in subjects {
            for (sum, change) in sums.iter_mut().zip(last.changes.get(subject)?) {
                *sum = sum.checked_sub(*change)?;
            }
        }
        Some(cut(last.formula.value(&sums)?))
    }
}

/// Explains the difference between the first and the last of several states, each different from the one before it by one
/// step. A state whose value is not known in the middle of the way joins its step to the next.
///
/// # Errors
/// Why the first or the last has no value that is a number.
pub fn why(states: &[State<'_, '_>], quantity: Quantity) -> Result<Why, BlankReason> {
    let (first, last) =
        (states.first().ok_or(BlankReason::Unknown)?, states.last().ok_or(BlankReason::Unknown)?);
    let (from, to) = (number(first, quantity)?, number(last, quantity)?);
    let mut why = Why { from, to, parts: Vec::new(), last: None };
    let (mut before, mut value) = (first, from);
    for (i, after) in states.iter().enumerate().skip(1) {
        let next = if i + 1 == states.len() { Ok(to) } else { number(after, quantity) };
        let Ok(next) = next else { continue };
        let (parts, changed) = step(before, after, (value, next), quantity);
        for part in parts {
            why.add(part);
        }
        why.last = changed;
        (before, value) = (after, next);
    }
    why.parts.retain(|part| !part.amount.is_zero() || part.movers.iter().any(|m| !m.effect.is_zero()));
    why.parts.sort_by_key(|part| part.kind);
    for part in &mut why.parts {
        part.movers.sort_by(|a, b| b.effect.abs().cmp(&a.effect.abs()).then(a.subject.cmp(&b.subject)));
    }
    Ok(why)
}

impl Why {
    fn add(&mut self, part: Part) {
        match self.parts.iter_mut().find(|known| known.kind == part.kind) {
            None => self.parts.push(part),
            Some(known) => {
                known.amount += part.amount;
                known.movers.extend(part.movers);
            }
        }
    }
}

fn number(state: &State<'_, '_>, quantity: Quantity) -> Result<Decimal, BlankReason> {
    let answer = state.engine.evaluate(state.request);
    match quantity {
        Quantity::Value => match answer.value.blank() {
            Some(reason) => Err(reason),
            None => answer.value.number().map(cut).ok_or(BlankReason::NotApplicable),
        },
        Quantity::Growth => match answer.yoy? {
            Growth::Percent(number) | Growth::Points(number) => Ok(cut(number)),
            Growth::Turn(_) => Err(BlankReason::NotComparable),
        },
    }
}

/// A number to the places that differences are exact to.
fn cut(number: Decimal) -> Decimal {
    number.round_dp(PLACES).normalize()
}

/// The parts of one step, and what it leaves to ask about.
fn step(
    before: &State<'_, '_>,
    after: &State<'_, '_>,
    (from, to): (Decimal, Decimal),
    quantity: Quantity,
) -> (Vec<Part>, Option<Last>) {
    let whole = |kind| (vec![Part { kind, amount: to - from, movers: vec![] }], None);
    let kind = match after.step {
        Step::Revision => Kind::Correction,
        Step::Content => Kind::Definition,
        Step::Exclusion => Kind::Basis,
        Step::Period => Kind::Growth,
    };
    let pieces =
        (before.engine.pieces(before.request, quantity), after.engine.pieces(after.request, quantity));
    let (Ok(old), Ok(new)) = pieces else { return whole(kind) };
    let (sums_old, sums_new) = (old.sums(), new.sums());
    let same = |pieces: &Pieces, sums: &[Decimal], value| pieces.formula.value(sums).map(cut) == Some(value);
    if !old.formula.alike(&new.formula) || !same(&old, &sums_old, from) || !same(&new, &sums_new, to) {
        return whole(kind);
    }
    let Some(weights) = weights(&new.formula, &sums_old, &sums_new) else { return whole(kind) };
    let year_apart = after.step == Step::Period && {
        let of = |state: &State<'_, '_>| state.engine.evaluate(state.request).period;
        of(after).year_before() == of(before)
    };
    let (held_old, held_new) = (held(&old), held(&new));
    let mut subjects: Vec<EntryId> = held_old.keys().chain(held_new.keys()).copied().collect();
    subjects.sort_unstable();
    subjects.dedup();
    let mut movers: Vec<(Kind, Mover)> = Vec::new();
    let mut changes = FxHashMap::default();
    for subject in subjects {
        let (a, b) = (held_old.get(&subject), held_new.get(&subject));
        let base = new.leaves.first().filter(|_| year_apart && new.leaves.len() == 1);
        let base = base.and_then(|leaf| leaf.own_prior.get(&subject)).copied();
        let all = moved(kind, a, b, base, new.leaves.len());
        changes.insert(subject, total(&all, new.leaves.len()));
        for (kind, delta) in all {
            let Some(effect) = effect(&weights, &delta) else { return whole(after_kind(kind)) };
            movers.push((kind, mover(subject, effect, a, b)));
        }
    }
    settle(&mut movers, to - from);
    let mut parts: Vec<Part> = Vec::new();
    for (kind, mover) in movers {
        if mover.effect.is_zero() && mover.before == mover.after {
            continue;
        }
        match parts.iter_mut().find(|part| part.kind == kind) {
            None => parts.push(Part { kind, amount: mover.effect, movers: vec![mover] }),
            Some(part) => {
                part.amount += mover.effect;
                part.movers.push(mover);
            }
        }
    }
    let left = to - from - parts.iter().map(|part| part.amount).sum::<Decimal>();
    if !left.is_zero() {
        parts.push(Part { kind, amount: left, movers: vec![] });
    }
    (parts, Some(Last { formula: new.formula, sums: sums_new, changes }))
}

/// A step that cannot be taken apart is told as the change of those present.
fn after_kind(kind: Kind) -> Kind {
    if matches!(kind, Kind::Entry | Kind::Exit) { Kind::Growth } else { kind }
}

fn held(pieces: &Pieces) -> FxHashMap<EntryId, Held> {
    let mut all: FxHashMap<EntryId, Held> = FxHashMap::default();
    for (at, leaf) in pieces.leaves.iter().enumerate() {
        for share in &leaf.shares {
            let held = all.entry(share.subject).or_default();
            held.numbers.resize(pieces.leaves.len(), None);
            let number = held.numbers[at].get_or_insert(Decimal::ZERO);
            *number += share.number;
            if !held.entries.contains(&share.entry) {
                held.entries.push(share.entry);
            }
        }
    }
    all
}

/// By how much a subject moves each sum, by kind.
fn moved(
    kind: Kind,
    before: Option<&Held>,
    after: Option<&Held>,
    own_prior: Option<Decimal>,
    leaves: usize,
) -> Vec<(Kind, Vec<Decimal>)> {
    let of = |held: Option<&Held>, i: usize| {
        held.and_then(|h| h.numbers.get(i).copied().flatten()).unwrap_or_default()
    };
    let whole = |kind| {
        let delta = (0..leaves).map(|i| of(after, i) - of(before, i)).collect();
        vec![(kind, delta)]
    };
    if kind != Kind::Growth {
        return whole(kind);
    }
    match (before, after, own_prior) {
        (None, Some(_), None) => whole(Kind::Entry),
        (Some(_), None, _) => whole(Kind::Exit),
        (None, Some(_), Some(base)) => {
            vec![(Kind::Entry, vec![base]), (Kind::Growth, vec![of(after, 0) - base])]
        }
        (Some(_), Some(_), Some(base)) => {
            vec![(Kind::Basis, vec![base - of(before, 0)]), (Kind::Growth, vec![of(after, 0) - base])]
        }
        _ => whole(Kind::Growth),
    }
}

fn total(all: &[(Kind, Vec<Decimal>)], leaves: usize) -> Vec<Decimal> {
    (0..leaves).map(|i| all.iter().map(|(_, delta)| delta[i]).sum()).collect()
}

fn mover(subject: EntryId, effect: Decimal, before: Option<&Held>, after: Option<&Held>) -> Mover {
    let numbers = |held: Option<&Held>| held.map(|h| h.numbers.clone()).unwrap_or_default();
    let entries = |held: Option<&Held>| held.map(|h| h.entries.clone()).unwrap_or_default();
    Mover {
        subject,
        effect,
        before: numbers(before),
        after: numbers(after),
        entries_before: entries(before),
        entries_after: entries(after),
    }
}

/// What divisions left over goes to the largest mover.
fn settle(movers: &mut [(Kind, Mover)], difference: Decimal) {
    let told: Decimal = movers.iter().map(|(_, mover)| mover.effect).sum();
    if let Some((_, largest)) = movers.iter_mut().max_by_key(|(_, mover)| mover.effect.abs()) {
        largest.effect += difference - told;
    }
}

/// A weight as a quotient, so that a sum in another unit stays exact.
#[derive(Clone, Copy)]
struct Weight {
    times: Decimal,
    over: Decimal,
}

impl Weight {
    fn times(self, by: Decimal) -> Option<Self> {
        if let Some(times) = self.times.checked_mul(by) {
            return Some(Self { times, ..self });
        }
        Some(Self { times: self.times.checked_div(self.over)?.checked_mul(by)?, over: Decimal::ONE })
    }

    fn over(self, by: Decimal) -> Option<Self> {
        if by.is_zero() {
            return None;
        }
        if let Some(over) = self.over.checked_mul(by) {
            return Some(Self { over, ..self });
        }
        Some(Self { times: self.times.checked_div(self.over)?, over: by })
    }
}

/// The weight of every sum.
fn weights(formula: &Formula, old: &[Decimal], new: &[Decimal]) -> Option<Vec<Vec<Weight>>> {
    let mut all = vec![Vec::new(); new.len()];
    weigh(formula, Weight { times: Decimal::ONE, over: Decimal::ONE }, old, new, &mut all)?;
    Some(all)
}

fn weigh(
    formula: &Formula,
    weight: Weight,
    old: &[Decimal],
    new: &[Decimal],
    all: &mut [Vec<Weight>],
) -> Option<()> {
    match formula {
        Formula::Leaf(at) => all.get_mut(*at)?.push(weight),
        Formula::Number(_) => {}
        Formula::Scale(of, by, over) => weigh(of, weight.times(*by)?.over(*over)?, old, new, all)?,
        Formula::Add(a, b) => {
            weigh(a, weight, old, new, all)?;
            weigh(b, weight, old, new, all)?;
        }
        Formula::Subtract(a, b) => {
            weigh(a, weight, old, new, all)?;
            weigh(b, weight.times(-Decimal::ONE)?, old, new, all)?;
        }
        Formula::Multiply(a, b) => {
            weigh(a, weight.times(b.value(new)?)?, old, new, all)?;
            weigh(b, weight.times(a.value(old)?)?, old, new, all)?;
        }
        Formula::Divide(a, b) => {
            let (top, below, after) = (a.value(old)?, b.value(old)?, b.value(new)?);
            let ratio = top.checked_div(below)?;
            weigh(a, weight.over(after)?, old, new, all)?;
            weigh(b, weight.times(-ratio)?.over(after)?, old, new, all)?;
        }
    }
    Some(())
}

fn effect(weights: &[Vec<Weight>], delta: &[Decimal]) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for (weights, delta) in weights.iter().zip(delta) {
        for weight in weights {
            sum = sum.checked_add(scaled(*delta, weight.times, weight.over)?)?;
        }
    }
    Some(cut(sum))
}
