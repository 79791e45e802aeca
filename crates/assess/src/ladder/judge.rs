//! A rule bound to columns, and its verdicts.

use std::cmp::Ordering;

use model::definition::{Op, Outcome, Rule, Standing, Test, Tree};
use model::id::{DatumId, QualificationId};

use super::amount::{Amount, Lack, Line, meets};
use super::columns::{Enterprises, MISSING, STEPS};
use super::many;
use super::score::Scored;

/// A rule bound to enterprises: every name resolved to its column once.
pub struct Judge<'a> {
    pub(super) rule: &'a Rule,
    pub(super) bound: Bound<'a>,
    pub(super) tree: Node,
    len: usize,
}

/// The criteria of a rule bound to columns, in the rule's order.
pub(super) struct Bound<'a> {
    tests: Vec<Bind<'a>>,
}

pub(super) enum Bind<'a> {
    Amount(Amount<'a>, Line<'a>),
    Holds(Vec<(QualificationId, &'a [Option<Standing>])>, Vec<Standing>),
    Says(DatumId, &'a [i64], Vec<i64>),
    Score(Scored<'a>, Line<'a>),
}

/// What stands in the way of a verdict.
#[derive(Default)]
pub(super) struct Missing {
    pub data: Vec<(DatumId, u8)>,
    pub qualifications: Vec<QualificationId>,
}

pub(super) enum Node {
    Criterion(usize),
    All(Vec<Node>),
    Any(Vec<Node>),
}

impl<'a> Judge<'a> {
    /// Binds a rule.
    pub fn new(rule: &'a Rule, all: &'a Enterprises) -> Self {
        let tests = rule.criteria.values().map(|c| match &c.test {
            Test::Amount(value, limit) => {
                Bind::Amount(Amount::bind(value, c.unit.as_ref(), all), Line::bind(limit, all))
            }
            Test::Holds(names, states) => {
                let held = names.iter().map(|n| (n.clone(), all.standing(n))).collect();
                Bind::Holds(held, states.clone())
            }
            Test::Says(datum, places) => {
                let code = |place: &usize| i64::try_from(*place).unwrap_or(0) * STEPS;
                Bind::Says(datum.clone(), all.column(datum, 0), places.iter().map(code).collect())
            }
            Test::Score(table, parts, limit) => {
                let table = rule.tables.iter().find(|t| t.id == *table).expect("loading checked the name");
                Bind::Score(Scored::bind(rule, table, parts, all), Line::bind(limit, all))
            }
        });
        let bound = Bound { tests: tests.collect() };
        Self { rule, bound, tree: node(rule, &rule.tree), len: all.len }
    }

    /// The verdict on enterprise `i`.
    pub fn verdict(&self, i: usize) -> Outcome {
        decide(&self.tree, &|place| self.bound.outcome(place, i))
    }

    /// The verdicts on everybody. The number of threads changes nothing.
    pub fn verdicts(&self, threads: usize) -> Vec<Outcome> {
        many::verdicts(&[self], self.len, threads).pop().expect("one rule, one column")
    }

    /// The criteria that keep enterprise `i` from a met rule, by their places in it; of alternatives, those of the one that lacks
    /// least.
    pub fn blocking(&self, i: usize) -> Vec<usize> {
        let outcome = |place| self.bound.outcome(place, i);
        let mut into = Vec::new();
        block(&self.tree, &outcome, &mut into);
        into
    }

    /// The data a criterion asks for, with the years back.
    pub fn asked(&self, place: usize) -> Vec<(DatumId, u8)> {
        self.bound.asked(place)
    }
}

fn node(rule: &Rule, tree: &Tree) -> Node {
    match tree {
        Tree::Criterion(id) => {
            Node::Criterion(rule.criteria.get_index_of(id).expect("loading checked the name"))
        }
        Tree::All(parts) => Node::All(parts.iter().map(|t| node(rule, t)).collect()),
        Tree::Any(parts) => Node::Any(parts.iter().map(|t| node(rule, t)).collect()),
    }
}

/// Three-valued all and any: one that decides ends the search, an unknown one leaves it open.
fn decide(tree: &Node, outcome: &impl Fn(usize) -> Outcome) -> Outcome {
    let search = |parts: &[Node], decisive: Outcome, otherwise: Outcome| {
        let mut open = false;
        for part in parts {
            match decide(part, outcome) {
                found if found == decisive => return decisive,
                Outcome::Unknown => open = true,
                Outcome::Met | Outcome::NotMet => {}
            }
        }
        if open { Outcome::Unknown } else { otherwise }
    };
    match tree {
        Node::Criterion(place) => outcome(*place),
        Node::All(parts) => search(parts, Outcome::NotMet, Outcome::Met),
        Node::Any(parts) => search(parts, Outcome::Met, Outcome::NotMet),
    }
}

fn block(tree: &Node, outcome: &impl Fn(usize) -> Outcome, into: &mut Vec<usize>) {
    if decide(tree, outcome) == Outcome::Met {
        return;
    }
    match tree {
        Node::Criterion(place) => into.push(*place),
        Node::All(parts) => parts.iter().for_each(|part| block(part, outcome, into)),
        Node::Any(parts) => {
            let ways = parts.iter().map(|part| {
                let mut open = Vec::new();
                block(part, outcome, &mut open);
                open
            });
            into.extend(ways.min_by_key(Vec::len).unwrap_or_default());
        }
    }
}

impl<'a> Bound<'a> {
    pub fn len(&self) -> usize {
        self.tests.len()
    }

    pub fn test(&self, place: usize) -> &Bind<'a> {
        &self.tests[place]
    }

    /// The verdict of one criterion on enterprise `i`.
    pub fn outcome(&self, place: usize, i: usize) -> Outcome {
        match &self.tests[place] {
            Bind::Amount(amount, line) => {
                let compared = amount.of(i, line.op).and_then(|value| {
                    let Some(threshold) = line.threshold(i)? else { return Ok(None) };
                    value.against(threshold).map(Some).ok_or(Lack::TooLarge)
                });
                match compared {
                    Ok(Some(order)) => of(meets(line.op, order)),
                    Ok(None) | Err(_) => Outcome::Unknown,
                }
            }
            Bind::Holds(held, states) => {
                let mut open = false;
                for (_, column) in held {
                    match column.get(i).copied().flatten() {
                        Some(standing) if states.contains(&standing) => return Outcome::Met,
                        Some(_) => {}
                        None => open = true,
                    }
                }
                if open { Outcome::Unknown } else { Outcome::NotMet }
            }
            Bind::Says(_, column, codes) => match column.get(i) {
                None | Some(&MISSING) => Outcome::Unknown,
                Some(code) => of(codes.contains(code)),
            },
            Bind::Score(scored, line) => {
                let Ok(Some(threshold)) = line.threshold(i) else { return Outcome::Unknown };
                let (low, high) = scored.points(self, i);
                settle(line.op, low.cmp(&threshold), high.cmp(&threshold))
            }
        }
    }

    /// The data one criterion asks for.
    pub fn asked(&self, place: usize) -> Vec<(DatumId, u8)> {
        match &self.tests[place] {
            Bind::Amount(amount, line) => amount.names.iter().chain(line.asked()).cloned().collect(),
            Bind::Holds(..) => Vec::new(),
            Bind::Says(datum, ..) => vec![(datum.clone(), 0)],
            Bind::Score(scored, line) => {
                scored.asked(self).into_iter().chain(line.asked().iter().cloned()).collect()
            }
        }
    }

    /// What enterprise `i` lacks for a verdict of one criterion.
    pub fn missing(&self, place: usize, i: usize) -> Missing {
        match &self.tests[place] {
            Bind::Amount(amount, line) => {
                let data = amount.missing(i).into_iter().chain(line.missing(i)).collect();
                Missing { data, ..Missing::default() }
            }
            Bind::Holds(held, _) => {
                let unknown = held.iter().filter(|(_, column)| column.get(i).copied().flatten().is_none());
                let qualifications = unknown.map(|(name, _)| name.clone()).collect();
                Missing { qualifications, ..Missing::default() }
            }
            Bind::Says(datum, ..) => Missing { data: vec![(datum.clone(), 0)], ..Missing::default() },
            Bind::Score(scored, line) => {
                let data = scored.missing(self, i).into_iter().chain(line.missing(i)).collect();
                Missing { data, ..Missing::default() }
            }
        }
    }
}

/// Met or not.
pub(super) fn of(met: bool) -> Outcome {
    if met { Outcome::Met } else { Outcome::NotMet }
}

/// A range meets a limit when both its ends do, and fails when neither does.
fn settle(op: Op, low: Ordering, high: Ordering) -> Outcome {
    match (meets(op, low), meets(op, high)) {
        (true, true) => Outcome::Met,
        (false, false) => Outcome::NotMet,
        _ => Outcome::Unknown,
    }
}

/// The verdicts of all rules on all enterprises: one column per rule. The number of threads changes nothing.
pub fn judge_all(rules: &[&Rule], all: &Enterprises, threads: usize) -> Vec<Vec<Outcome>> {
    let judges: Vec<Judge<'_>> = rules.iter().map(|rule| Judge::new(rule, all)).collect();
    many::verdicts(&judges.iter().collect::<Vec<_>>(), all.len, threads)
}
