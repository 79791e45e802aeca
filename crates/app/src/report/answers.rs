//! The engine's answers to everything a template asks, each computed once, and what they mean for a slot.
//!
//! Deliberately absent: computing (that is `figures`) and printing (`print`).

use std::collections::HashMap;
use std::sync::Arc;

use figures::{
    BlankReason, ClaimOutcome, Engine, Evaluation, Exclude, Group, Growth, Note, Outcome, Request,
    TargetKind, TargetProgress,
};
use indexmap::IndexSet;
use model::content::Content;
use model::definition::{Claim, ClaimCall, ExclusionRule, Figure, FigureRule};
use model::expr::Node;
use model::id::{ClaimId, ExclusionId};
use model::period::{Month, Period, Window};
use model::wording::number::{self as say, Rounding};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::ask::{self, Part, Subject, Wants};
use super::matter::Known;
use super::messages;
use super::print::{Piece, RATE_PLACES};
use super::records::{SlotRecord, SlotSubject};

/// All answers of one report.
#[derive(Debug, Default)]
pub(super) struct Answers {
    figures: HashMap<Request, Evaluation>,
    moms: HashMap<Request, Result<Growth, BlankReason>>,
    targets: HashMap<Request, Option<TargetProgress>>,
    claims: HashMap<ClaimId, ClaimOutcome>,
    /// The question whose answer names the members of each set.
    exclusions: HashMap<ExclusionId, Arc<Request>>,
}

/// A piece with what the record of its slot says.
pub(super) struct Described {
    pub piece: Piece,
    pub subject: SlotSubject,
    pub title: String,
    pub period: Option<Period>,
    pub basis: String,
    pub entries: usize,
}

/// A claim as the findings and the evidence show it.
pub(super) struct Judged {
    pub holds: Option<bool>,
    pub operands: Vec<String>,
    pub reason: String,
}

impl Answers {
    /// Asks the engine everything, figures together.
    pub fn of(wants: &Wants, engine: &Engine<'_>, content: &Content, period: Month) -> Self {
        let mut requests = wants.figures.clone();
        let mut exclusions = HashMap::new();
        for id in &wants.exclusions {
            if let Some(request) = members_request(id, wants, content, period) {
                requests.insert(request.clone());
                exclusions.insert(id.clone(), Arc::new(request));
            }
        }
        let requests: Vec<Request> = requests.into_iter().collect();
        let evaluations = engine.evaluate_all(&requests);
        let mom = |request: &Request| (request.clone(), engine.month_on_month(request).growth);
        let target = |request: &Request| (request.clone(), first_target(engine.targets(request)));
        let claim = |id: &ClaimId| Some((id.clone(), engine.evaluate_claim(id, period)?));
        Self {
            figures: requests.into_iter().zip(evaluations).collect(),
            moms: wants.moms.iter().map(mom).collect(),
            targets: wants.targets.iter().map(target).collect(),
            claims: wants.claims.iter().filter_map(claim).collect(),
            exclusions,
        }
    }

    /// Whether a question's period has nothing to count: 1–2月 are one, and events may be none.
    pub fn nothing_due(&self, request: &Request) -> bool {
        let blank = self.figures.get(request).and_then(|evaluation| evaluation.value.blank());
        matches!(blank, Some(BlankReason::NotCollected | BlankReason::NoEntries))
    }

    /// Whether a claim holds; what cannot be judged does not.
    pub fn holds(&self, claim: &ClaimId) -> bool {
        self.claims.get(claim).and_then(|outcome| outcome.holds) == Some(true)
    }

    /// How many lines a breakdown has.
    pub fn rows(&self, request: &Request) -> usize {
        self.figures.get(request).map_or(0, |evaluation| evaluation.groups.len())
    }

    /// A count, month or year as a condition sees it; names count.
    pub fn plain(&self, subject: &Subject, part: Part, content: &Content, period: Month) -> i64 {
        match self.describe(subject, part, content, period).piece {
            Piece::Whole(number) => number,
            Piece::Count(count) => i64::try_from(count).unwrap_or(i64::MAX),
            Piece::Names(names) => i64::try_from(names.len()).unwrap_or(i64::MAX),
            _ => 0,
        }
    }

    /// A claim with its operands.
    pub fn judged(&self, claim: &ClaimId, content: &Content) -> Judged {
        let Some(outcome) = self.claims.get(claim) else {
            let reason = figures::messages::blank(BlankReason::Unknown).to_owned();
            return Judged { holds: None, operands: vec![], reason };
        };
        let names = content.claims.get(claim).map(|claim| operand_names(claim, content)).unwrap_or_default();
        let operand = |(index, (call, value)): (usize, &(String, Outcome))| {
            messages::operand(names.get(index).unwrap_or(call), &shown(value))
        };
        let blank = outcome.operands.iter().find_map(|(_, value)| value.blank());
        let reason = match (outcome.holds, blank) {
            (Some(_), _) => String::new(),
            (None, Some(reason)) => figures::messages::blank(reason).to_owned(),
            (None, None) => messages::NOT_ENOUGH.to_owned(),
        };
        Judged {
            holds: outcome.holds,
            operands: outcome.operands.iter().enumerate().map(operand).collect(),
            reason,
        }
    }

    /// The piece a slot prints, with what its record says.
    pub fn describe(&self, subject: &Subject, part: Part, content: &Content, period: Month) -> Described {
        match subject {
            Subject::Figure { request, row } => self.figure(request, *row, part, content),
            Subject::Exclusion(id) => self.exclusion(id, part, content),
            Subject::Period => report_time(Period::month(period), part, messages::REPORT_PERIOD),
            Subject::Plan => {
                let year = Period::containing(ask::plan(period), Window::Year);
                report_time(year, part, messages::PLAN_PERIOD)
            }
            Subject::Setting(name) => unset(name),
            Subject::Fact(known) => of_fact(known),
        }
    }

    fn figure(&self, request: &Arc<Request>, row: Option<usize>, part: Part, content: &Content) -> Described {
        let (Some(evaluation), Some(figure)) =
            (self.figures.get(request), content.figures.get(&request.figure))
        else {
            return unknown(request);
        };
        let group = row.and_then(|row| evaluation.groups.get(row));
        let named = |group: &Group| {
            if group.name.is_empty() { messages::row_without_name() } else { group.name.clone() }
        };
        let piece = match group {
            Some(group) => row_piece(group, figure, part, evaluation.period, &named(group)),
            None => self.figure_piece(request, figure, evaluation, part, content),
        };
        let line = group.zip(request.by.clone()).map(|(group, path)| (path, group.name.clone()));
        let title = group
            .map_or_else(|| figure.title.clone(), |group| messages::row_title(&figure.title, &named(group)));
        Described {
            piece,
            subject: SlotSubject::Figure { request: Arc::clone(request), row: line },
            title,
            period: Some(evaluation.period),
            basis: basis(evaluation, part),
            entries: group.map_or(evaluation.basis.entries, |group| group.entries),
        }
    }

    fn figure_piece(
        &self,
        request: &Request,
        figure: &Figure,
        evaluation: &Evaluation,
        part: Part,
        content: &Content,
    ) -> Piece {
        let value = || outcome(&evaluation.value, figure);
        let target = |pick: fn(&TargetProgress) -> &Outcome| match self
            .targets
            .get(request)
            .and_then(Option::as_ref)
        {
            Some(progress) => match pick(progress) {
                Outcome::Number(number) => Piece::Number {
                    number: *number,
                    unit: progress.unit.clone(),
                    places: figure.decimals,
                    trim: true,
                },
                other => outcome(other, figure),
            },
            None => blank(BlankReason::NoTarget),
        };
        match part {
            Part::Value => value(),
            Part::Yoy => growth(evaluation.yoy),
            Part::Mom => growth(self.moms.get(request).copied().unwrap_or(Err(BlankReason::Unknown))),
            Part::Target => target(|progress| &progress.target),
            Part::LastTarget => target(|progress| &progress.last_year),
            Part::Completion => match self.targets.get(request).and_then(Option::as_ref) {
                Some(progress) => rate(&progress.completion),
                None => blank(BlankReason::NoTarget),
            },
            Part::Names => names(&evaluation.value),
            Part::Count => match &evaluation.value {
                Outcome::List(names) => Piece::Count(names.len() as u64),
                Outcome::Blank(reason) => blank(*reason),
                _ => Piece::Count(evaluation.basis.entries as u64),
            },
            Part::Rank if matches!(figure.rule, FigureRule::Rank { .. }) => value(),
            Part::Share if is_ratio(figure, content) => value(),
            Part::FromMonth | Part::Month | Part::Year | Part::Quarter => time(evaluation.period, part),
            Part::Unit => unit_of(figure),
            Part::Rank | Part::Share | Part::Pull | Part::Name => not_a_part(part),
        }
    }

    fn exclusion(&self, id: &ExclusionId, part: Part, content: &Content) -> Described {
        let set = content.exclusions.get(id);
        let request = self.exclusions.get(id);
        let evaluation = request.and_then(|request| self.figures.get(request));
        let members: Vec<String> =
            evaluation.map(|e| e.basis.excluded.iter().map(|m| m.name.clone()).collect()).unwrap_or_default();
        let entries = members.len();
        Described {
            piece: if part == Part::Count { Piece::Count(entries as u64) } else { Piece::Names(members) },
            subject: match request {
                Some(request) => SlotSubject::Exclusion { id: id.clone(), request: Arc::clone(request) },
                None => SlotSubject::Report,
            },
            title: set.map(|set| set.title.clone()).unwrap_or_default(),
            period: evaluation.map(|evaluation| evaluation.period),
            basis: set.map(|set| set.reason.clone()).unwrap_or_default(),
            entries,
        }
    }

    /// What is doubtful about the figures that were printed: title, period and what to know, each once.
    pub fn doubts(&self, slots: &[SlotRecord], content: &Content) -> IndexSet<(String, Period, String)> {
        let mut found = IndexSet::new();
        for slot in slots {
            let SlotSubject::Figure { request, .. } = &slot.subject else { continue };
            let (Some(part), Some(evaluation)) = (Part::named(slot.piece), self.figures.get(request)) else {
                continue;
            };
            if part.is_time() {
                continue;
            }
            let growth = part == Part::Yoy;
            let title = content.figures.get(&request.figure).map_or(&slot.title, |figure| &figure.title);
            for note in evaluation.basis.notes.iter().filter(|note| is_doubt(note, growth)) {
                found.insert((title.clone(), evaluation.period, figures::messages::note(note)));
            }
        }
        found
    }
}

/// Notes that a person should look into; the others only explain.
fn is_doubt(note: &Note, growth: bool) -> bool {
    match note {
        Note::Empty(_) | Note::UnknownMember(_) | Note::EmptyExclusion(_) | Note::TakenFrom(_) => true,
        Note::WithoutBase(_) | Note::WithoutValue(_) => growth,
        // What has not happened yet has no date.
        Note::Undated(_) | Note::FromCumulative(_) | Note::FromMonths(_) | Note::WithheldGroups(_) => false,
    }
}

/// A question whose answer names the members of a set: the first of the template that leaves it out, so that the names in
/// the text are those the figure beside them left out.
fn members_request(id: &ExclusionId, wants: &Wants, content: &Content, period: Month) -> Option<Request> {
    let whom = Exclude::Named(id.clone());
    let used = wants.figures.iter().find(|request| request.exclude.contains(&whom));
    let figure = match &content.exclusions.get(id)?.rule {
        ExclusionRule::Top { figure, .. } => Some(figure),
        // Any figure: only the period matters to a named set.
        ExclusionRule::Named { .. } => {
            wants.figures.first().map(|r| &r.figure).or(content.figures.keys().next())
        }
    };
    let used = used.map(|request| Request { by: None, ..request.clone() });
    used.or_else(|| Some(Request::new(figure?.clone(), period).exclude(whom)))
}

/// What the operands of a claim are called, in the order in which the engine answers them: each question once.
fn operand_names(claim: &Claim, content: &Content) -> Vec<String> {
    let mut calls: IndexSet<&ClaimCall> = IndexSet::new();
    claim.rule.walk(&mut |expr| {
        if let Node::Claim(call) = &expr.node {
            calls.insert(call);
        }
    });
    let name = |call: &&ClaimCall| {
        let figure = call
            .figure
            .as_ref()
            .and_then(|id| content.figures.get(id))
            .map_or("", |figure| figure.title.as_str());
        let without =
            call.exclusion.as_ref().and_then(|id| content.exclusions.get(id)).map(|set| set.title.as_str());
        messages::claim_call(call.function, figure, call.window, without)
    };
    calls.iter().map(name).collect()
}

/// The target a slot means: the first level in the order of setters, else the first of any kind.
pub(super) fn first_target(targets: Vec<TargetProgress>) -> Option<TargetProgress> {
    let level = targets.iter().position(|target| target.kind == TargetKind::Level).unwrap_or(0);
    targets.into_iter().nth(level)
}

fn row_piece(group: &Group, figure: &Figure, part: Part, period: Period, name: &str) -> Piece {
    match part {
        Part::Value => outcome(&group.value, figure),
        Part::Yoy => growth(group.yoy),
        Part::Share => rate(&group.share),
        Part::Pull => rate(&group.pull),
        Part::Rank => match group.rank {
            Some(rank) => Piece::Whole(i64::from(rank)),
            None => blank(group.value.blank().unwrap_or(BlankReason::NotComparable)),
        },
        Part::Count => Piece::Count(group.entries as u64),
        Part::Name => Piece::Text(name.to_owned()),
        Part::Unit => unit_of(figure),
        Part::FromMonth | Part::Month | Part::Year | Part::Quarter => time(period, part),
        Part::Mom | Part::Target | Part::LastTarget | Part::Completion | Part::Names => not_a_part(part),
    }
}

fn unit_of(figure: &Figure) -> Piece {
    Piece::Text(figure.unit.as_ref().map(ToString::to_string).unwrap_or_default())
}

fn outcome(outcome: &Outcome, figure: &Figure) -> Piece {
    let whole = |number: Decimal| Some(number).filter(Decimal::is_integer).and_then(|number| number.to_i64());
    match outcome {
        Outcome::Number(number) => match (&figure.rule, whole(*number)) {
            (FigureRule::Rank { .. }, Some(rank)) => Piece::Whole(rank),
            _ => Piece::Number {
                number: *number,
                unit: figure.unit.clone(),
                places: figure.decimals,
                trim: figure.unit.is_none(),
            },
        },
        Outcome::Text(text) => Piece::Text(text.clone()),
        Outcome::List(names) => Piece::Names(names.clone()),
        Outcome::Blank(reason) => blank(*reason),
    }
}

fn growth(growth: Result<Growth, BlankReason>) -> Piece {
    growth.map_or_else(blank, Piece::Growth)
}

fn rate(outcome: &Outcome) -> Piece {
    match outcome {
        Outcome::Number(number) => {
            Piece::Number { number: *number, unit: None, places: RATE_PLACES, trim: false }
        }
        Outcome::Blank(reason) => blank(*reason),
        Outcome::Text(_) | Outcome::List(_) => blank(BlankReason::NotApplicable),
    }
}

fn names(outcome: &Outcome) -> Piece {
    match outcome {
        Outcome::List(names) => Piece::Names(names.clone()),
        Outcome::Text(text) => Piece::Names(vec![text.clone()]),
        Outcome::Blank(reason) => blank(*reason),
        Outcome::Number(_) => not_a_part(Part::Names),
    }
}

fn time(period: Period, part: Part) -> Piece {
    let month = period.end.month();
    Piece::Whole(i64::from(match part {
        Part::FromMonth => i16::from(period.start().month()),
        Part::Month => i16::from(month),
        Part::Quarter => i16::from((month + 2) / 3),
        _ => period.end.year(),
    }))
}

fn blank(reason: BlankReason) -> Piece {
    Piece::Blank { reason: figures::messages::blank(reason).to_owned(), hint: messages::FILL_HINT.to_owned() }
}

fn not_a_part(part: Part) -> Piece {
    let (reason, hint) = messages::not_a_part(part);
    Piece::Blank { reason, hint }
}

fn is_ratio(figure: &Figure, content: &Content) -> bool {
    let unit = figure.unit.as_ref().and_then(|unit| content.units.get(unit.as_str()));
    unit.is_some_and(|unit| unit.dimension.is_plain())
}

fn basis(evaluation: &Evaluation, part: Part) -> String {
    let basis = &evaluation.basis;
    let mut words = vec![basis.words.clone()];
    if part == Part::Yoy {
        words.push(figures::messages::comparison(basis.comparison).to_owned());
    }
    if !basis.excluded.is_empty() {
        let names: Vec<&str> = basis.excluded.iter().map(|member| member.name.as_str()).collect();
        words.push(messages::without(&say::join(&names)));
    }
    if !part.is_time() {
        words.extend(basis.notes.iter().map(figures::messages::note));
    }
    words.retain(|word| !word.is_empty());
    words.join(messages::AND)
}

fn report_time(period: Period, part: Part, title: &str) -> Described {
    Described {
        piece: time(period, part),
        subject: SlotSubject::Report,
        title: title.to_owned(),
        period: Some(period),
        basis: String::new(),
        entries: 0,
    }
}

/// A fact of what a sheet is about: it brings its own answer.
fn of_fact(known: &Arc<Known>) -> Described {
    Described {
        piece: known.fact.piece(),
        subject: SlotSubject::Fact(Arc::clone(known)),
        title: known.title.clone(),
        period: Some(known.period),
        basis: String::new(),
        entries: 0,
    }
}

/// What a parameter is set to is known to the report's setup alone.
fn unset(name: &str) -> Described {
    Described {
        piece: blank(BlankReason::Unknown),
        subject: SlotSubject::Report,
        title: name.to_owned(),
        period: None,
        basis: String::new(),
        entries: 0,
    }
}

/// A question nobody answered: a broken promise of collecting, shown as missing and never as zero.
fn unknown(request: &Arc<Request>) -> Described {
    Described {
        piece: blank(BlankReason::Unknown),
        subject: SlotSubject::Figure { request: Arc::clone(request), row: None },
        title: request.figure.to_string(),
        period: None,
        basis: String::new(),
        entries: 0,
    }
}

/// An operand of a claim: at most four places, without zeros at the end.
fn shown(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Number(number) => say::round(*number, 4, Rounding::HalfUp).normalize().to_string(),
        Outcome::Text(text) => text.clone(),
        Outcome::List(names) => say::join(names),
        Outcome::Blank(reason) => messages::missing(figures::messages::blank(*reason)),
    }
}
