//! Claims (论断): statements without a number, checked by their rule; record highs; one window against the one before.

use std::rc::Rc;

use model::definition::{ClaimCall, ClaimFunction, Figure, FigureRule};
use model::expr::Node;
use model::expr::eval::{self, Row};
use model::id::{ClaimId, FieldId};
use model::period::{Month, Period, Window};
use model::value::Value;
use rust_decimal::Decimal;

use super::{Engine, Scope, TargetKind};
use crate::compare::{self, Growth};
use crate::describe;
use crate::request::{BlankReason, Exclude, Outcome, Request};

/// A record needs at least this many earlier periods to be higher than.
const FEWEST_EARLIER: usize = 2;

/// Whether a claim holds.
#[derive(Clone, PartialEq, Debug)]
pub struct ClaimOutcome {
    /// True, false, or unknown because an operand is blank.
    pub holds: Option<bool>,
    /// What its rule asked, and the answers.
    pub operands: Vec<(String, Outcome)>,
}

/// Whether a value is the highest of its series.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordHigh {
    /// Strictly above every earlier value of the same window; unknown with fewer than two of them.
    pub holds: Option<bool>,
    /// The value now.
    pub value: Outcome,
    /// The highest earlier value and its period.
    pub highest: Option<(Period, Decimal)>,
    /// How many earlier values there are.
    pub earlier: usize,
}

/// One window against the window before it (环比).
#[derive(Clone, PartialEq, Debug)]
pub struct Change {
    /// The window.
    pub period: Period,
    /// The one before.
    pub before: Period,
    /// The value of what is in both.
    pub value: Outcome,
    /// Its value before.
    pub prior: Outcome,
    /// The change.
    pub growth: Result<Growth, BlankReason>,
}

struct Answers(Vec<(ClaimCall, Option<Value>)>);

impl Row for Answers {
    fn field(&self, _field: &FieldId) -> Option<Value> {
        None
    }

    fn claim(&self, call: &ClaimCall) -> Option<Value> {
        self.0.iter().find(|(asked, _)| asked == call)?.1.clone()
    }
}

impl<'a> Engine<'a> {
    /// Whether a claim holds for a report's month; `None` when the content has no such claim.
    pub fn evaluate_claim(&self, claim: &ClaimId, at: Month) -> Option<ClaimOutcome> {
        let claim = self.content.claims.get(claim)?;
        let mut calls: Vec<ClaimCall> = Vec::new();
        claim.rule.walk(&mut |e| {
            if let Node::Claim(call) = &e.node
                && !calls.contains(call)
            {
                calls.push(call.clone());
            }
        });
        let mut operands = Vec::new();
        let mut answers = Answers(vec![]);
        for call in calls {
            let outcome = self.asked(&call, at);
            let value = match &outcome {
                Asked::Flag(flag) => flag.map(Value::Flag),
                Asked::Outcome(outcome) => outcome.number().map(Value::Number),
            };
            operands.push((describe::claim_call(&call), outcome.printed()));
            answers.0.push((call, value));
        }
        Some(ClaimOutcome { holds: eval::truth(&claim.rule, &answers), operands })
    }

    fn asked(&self, call: &ClaimCall, at: Month) -> Asked {
        let number = |n| Asked::Outcome(Outcome::Number(n));
        let Some(id) = &call.figure else { return number(compare::elapsed(at.month())) };
        let mut request = Request::new(id.clone(), at);
        request.window = call.window;
        request.exclude.extend(call.exclusion.clone().map(Exclude::Named));
        let growth = |growth: Result<Growth, BlankReason>| match growth {
            Ok(growth) => Outcome::known(growth.number(), BlankReason::NotComparable),
            Err(reason) => Outcome::Blank(reason),
        };
        Asked::Outcome(match call.function {
            ClaimFunction::Elapsed => return number(compare::elapsed(at.month())),
            ClaimFunction::Value | ClaimFunction::Rank | ClaimFunction::Share => {
                self.evaluate(&request).value
            }
            ClaimFunction::Yoy | ClaimFunction::YoyExcluding => growth(self.evaluate(&request).yoy),
            ClaimFunction::Mom => growth(self.month_on_month(&request).growth),
            ClaimFunction::IsRecordHigh => return Asked::Flag(self.record_high(&request).holds),
            ClaimFunction::Target | ClaimFunction::LastTarget | ClaimFunction::Completion => {
                let none = Outcome::Blank(BlankReason::NoTarget);
                let all = self.targets(&request);
                let first = all.iter().find(|t| t.kind == TargetKind::Level).or(all.first()).cloned();
                first.map_or(none, |t| match call.function {
                    ClaimFunction::Target => t.target,
                    ClaimFunction::LastTarget => t.last_year,
                    _ => t.completion,
                })
            }
        })
    }

    /// A window against the one before it. For cumulative months the last single month is compared, because a cumulative
    /// value always grows.
    pub fn month_on_month(&self, request: &Request) -> Change {
        let at = Period::month(request.at);
        let blank = |period: Period, reason| Change {
            period,
            before: period,
            value: Outcome::Blank(reason),
            prior: Outcome::Blank(reason),
            growth: Err(reason),
        };
        let Some(figure) = self.content.figures.get(&request.figure) else {
            return blank(at, BlankReason::Unknown);
        };
        let mut period = self.period_of(figure, request);
        if period.window == Window::Ytd {
            period.window = Window::Month;
        }
        let Some(before) = period.previous() else { return blank(period, BlankReason::NotComparable) };
        let (scope, _, _) = self.scope(figure, period, request);
        match scope {
            Err(reason) => blank(period, reason),
            Ok(scope) => {
                let (value, prior) = self.step(figure, period, before, &scope);
                let reason = value.blank().or(prior.blank());
                let growth = match reason {
                    Some(reason) => Err(reason),
                    None if self.is_ratio(figure) => compare::points(prior.number(), value.number()),
                    None => compare::growth(prior.number(), value.number()),
                };
                Change { period, before, value, prior, growth }
            }
        }
    }

    fn step(
        &self,
        figure: &'a Figure,
        period: Period,
        before: Period,
        scope: &Rc<Scope>,
    ) -> (Outcome, Outcome) {
        let whole = |p| self.answer(figure, p, scope, None).value;
        let is_measure = matches!(figure.rule, FigureRule::Measure { .. });
        if !is_measure || !self.reader.may_see_confidential {
            let (now, then) = (whole(period), whole(before));
            let withheld = [&now, &then].iter().any(|o| o.blank() == Some(BlankReason::Withheld));
            if !is_measure || withheld {
                return (now, then);
            }
        }
        match self.sides_between(figure, period, before, scope) {
            Ok(sides) => self.both(figure, &sides),
            Err(reason) => (Outcome::Blank(reason), whole(before)),
        }
    }

    /// Whether a value is strictly above every earlier value of the same window in the ledger, by the same definition.
    pub fn record_high(&self, request: &Request) -> RecordHigh {
        let unknown = |value| RecordHigh { holds: None, value, highest: None, earlier: 0 };
        let Some(figure) = self.content.figures.get(&request.figure) else {
            return unknown(Outcome::Blank(BlankReason::Unknown));
        };
        let period = self.period_of(figure, request);
        let (scope, _, _) = self.scope(figure, period, request);
        let scope = match scope {
            Ok(scope) => scope,
            Err(reason) => return unknown(Outcome::Blank(reason)),
        };
        let value = self.answer(figure, period, &scope, None).value;
        let (Some(now), Some(first)) = (value.number(), self.first_month(figure)) else {
            return unknown(value);
        };
        let mut highest: Option<(Period, Decimal)> = None;
        let mut earlier = 0;
        let mut next = earlier_window(period);
        while let Some(p) = next.filter(|p| p.end.ordinal() >= first) {
            if let Some(then) = self.answer(figure, p, &scope, None).value.number() {
                earlier += 1;
                if highest.is_none_or(|(_, best)| then > best) {
                    highest = Some((p, then));
                }
            }
            next = earlier_window(p);
        }
        let above = highest.is_some_and(|(_, best)| now > best);
        RecordHigh { holds: (earlier >= FEWEST_EARLIER).then_some(above), value, highest, earlier }
    }

    /// The first month in which a figure's books all have entries.
    fn first_month(&self, figure: &'a Figure) -> Option<i32> {
        match &figure.rule {
            FigureRule::Measure { book, .. } | FigureRule::Rank { book, .. } => {
                self.snapshot.table(book)?.span().map(|(first, _)| first)
            }
            FigureRule::Composite(_) => {
                self.parts(figure).into_iter().filter_map(|p| self.first_month(p)).max()
            }
        }
    }
}

fn earlier_window(period: Period) -> Option<Period> {
    match period.window {
        Window::Ytd => Some(period.year_before()),
        _ => period.previous(),
    }
}

enum Asked {
    Flag(Option<bool>),
    Outcome(Outcome),
}

impl Asked {
    fn printed(self) -> Outcome {
        match self {
            Self::Outcome(outcome) => outcome,
            Self::Flag(Some(flag)) => Outcome::Text(Value::Flag(flag).to_string()),
            Self::Flag(None) => Outcome::Blank(BlankReason::NotComparable),
        }
    }
}
