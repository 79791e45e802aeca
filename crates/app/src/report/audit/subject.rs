//! Numbers found by the names of figures around them, and which part of the figure they are: value, growth, share, target,
//! completion, rank, a line of a breakdown, last year's base.
//!
//! Every way a number may be meant is a [`Reading`]. One that agrees supports the number; a number is contradicted only by
//! a reading that is *sure*: the figure named right before or behind, nothing but words that change nothing between, the
//! time said or the document's own. Deliberately absent: names nobody has put into the content.

use figures::{Engine, Evaluation, Reader, Request, Snapshot, TargetKind};
use model::content::Content;
use model::definition::{Figure, FigureRule, FigureTime};
use model::period::Month;
use model::unit::Units;
use rust_decimal::Decimal;

use super::groups::Groups;
use super::judge::{Truth, alike, amount, grown, judge, sign};
use super::messages::meaning as words;
use super::messages::{self, reading};
use super::names::{Named, Names};
use super::quantity::{Kind, Qualifier, Spoken, is_rate};
use super::when::When;
use super::{Item, Verdict, Way};
use crate::explore::Question;

/// A number in the text that says what it is: its paragraph, or the heads of its cell.
pub(super) struct Said<'t> {
    pub text: &'t str,
    /// The number, at its place in `text`.
    pub spoken: &'t Spoken,
    /// All numbers of `text`.
    pub numbers: &'t [Spoken],
    /// The heading above, or the paragraph that leads in.
    pub lead: &'t str,
}

/// One way a number may be meant.
#[derive(Clone)]
pub(super) struct Reading<'a> {
    figure: &'a Figure,
    request: Request,
    piece: Piece,
    sure: bool,
    /// Digits that make agreement telling when it is not sure.
    telling: usize,
    /// Whether a number in another kind of unit can only be a slip.
    first: bool,
}

/// Which part of a figure.
#[derive(Clone, PartialEq, Debug)]
enum Piece {
    Value,
    /// Against the year before.
    Yoy,
    /// Against the month before.
    Mom,
    /// By how much it changed in a year.
    Change,
    /// By how much a stock changed since the turn of the year, in its unit or in percent.
    Since {
        percent: bool,
    },
    /// The year before.
    Base,
    /// Of this whole, in percent.
    ShareOf(model::id::FigureId),
    Target,
    Completion,
    /// A place in an order of merit.
    Rank,
    /// A line of a breakdown: its value, growth or share.
    Line(String, Box<Piece>),
    Share,
}

impl Piece {
    fn name(&self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Yoy => "yoy",
            Self::Mom => "mom",
            Self::Change | Self::Since { .. } => "change",
            Self::Base => "base",
            Self::ShareOf(_) | Self::Share => "share",
            Self::Target => "target",
            Self::Completion => "completion",
            Self::Rank => "rank",
            Self::Line(_, piece) => piece.name(),
        }
    }
}

/// A figure a number may speak of.
struct Candidate<'a> {
    figure: &'a Figure,
    /// Its last clause.
    clause: String,
    /// The figure named before this one in the sentence.
    whole: Option<&'a Figure>,
    /// The last strange word between.
    line: Option<String>,
    /// Whether no other number stands between.
    first: bool,
    /// Whether the number stands inside the name.
    attached: bool,
    sure: bool,
}

/// What came of looking for names.
#[derive(Default)]
pub(super) struct Found<'a> {
    /// What decided.
    pub reading: Option<Reading<'a>>,
    /// The figure named nearest, whatever came of it.
    pub figure: Option<&'a Figure>,
}

/// Digits a number needs to be known by agreement alone.
const TELLING: usize = 3;

/// The figures of the content, ready to be asked.
pub(super) struct Subjects<'a> {
    content: &'a Content,
    engine: Engine<'a>,
    period: Month,
    /// The figures that may be named.
    known: Vec<&'a Figure>,
    names: Names<'a>,
    groups: Groups,
}

impl<'a> Subjects<'a> {
    pub fn of(
        content: &'a Content,
        snapshot: &'a Snapshot,
        (reader, period): (Reader, Month),
        sees: &dyn Fn(&Figure) -> bool,
    ) -> Self {
        let known: Vec<&Figure> =
            content.figures.values().filter(|figure| figure.unit.is_some() && sees(figure)).collect();
        Self {
            content,
            engine: Engine::new(content, snapshot, reader),
            period,
            names: Names::of(&known),
            known,
            groups: Groups::default(),
        }
    }

    /// Writes down what a number turned out to be, if a figure is named around it.
    pub fn settle(&mut self, item: &mut Item, said: &Said<'_>) -> Found<'a> {
        if matches!(said.spoken.kind, Kind::Time | Kind::Label) {
            return Found::default();
        }
        let candidates = self.candidates(said);
        let figure = candidates.first().map(|candidate| candidate.figure);
        let mut judged: Vec<(Reading<'a>, Option<Truth>)> = Vec::new();
        for candidate in &candidates {
            for reading in self.readings(candidate, said) {
                let truth = self.truth(&reading);
                judged.push((reading, truth));
            }
        }
        let units = &self.content.units;
        let digits = said.spoken.number.mantissa().unsigned_abs().to_string().trim_end_matches('0').len();
        let agrees = |(reading, truth): &&(Reading<'a>, Option<Truth>)| {
            let holds = truth.as_ref().is_some_and(|truth| holds(said, truth, units));
            holds
                && (reading.sure || (digits >= reading.telling && said.spoken.qualifier == Qualifier::Exact))
        };
        let wrong = |(reading, truth): &&(Reading<'a>, Option<Truth>)| {
            let alike = truth.as_ref().is_none_or(|truth| alike(said.spoken, truth, units));
            reading.sure && (alike || reading.first)
        };
        let decided = judged.iter().find(agrees).or_else(|| judged.iter().find(wrong));
        let Some((reading, truth)) = decided else { return Found { reading: None, figure } };
        self.write(item, said, reading, truth.as_ref());
        Found { reading: Some(reading.clone()), figure }
    }

    fn write(&self, item: &mut Item, said: &Said<'_>, reading: &Reading<'a>, truth: Option<&Truth>) {
        item.way = Some(Way::Title);
        item.title.clone_from(&reading.figure.title);
        if let Piece::Line(name, _) = &reading.piece {
            item.title = format!("{}：{name}", reading.figure.title);
        }
        item.figure = Some(reading.figure.id.to_string());
        reading.piece.name().clone_into(&mut item.piece);
        item.period = self.engine.own_period(reading.figure, &reading.request).to_string();
        item.question = Some(crate::publishing::query(&Question::of(&reading.request)));
        let Some(truth) = truth else {
            item.verdict = Verdict::Incomparable;
            messages::NO_VALUE.clone_into(&mut item.note);
            return;
        };
        item.ledger = Some(truth.shown.clone());
        let units = &self.content.units;
        match judge(said.spoken, truth.compared, truth, units) {
            Ok(()) => (item.verdict, item.note) = (Verdict::Supported, String::new()),
            Err(note) if !alike(said.spoken, truth, units) => {
                (item.verdict, item.note) = (Verdict::Incomparable, note);
            }
            Err(note) => (item.verdict, item.note) = (Verdict::Contradicted, note),
        }
    }

    /// Whether a reading agreed with a number at this state of the ledger.
    pub fn gave(&mut self, reading: &Reading<'a>, spoken: &Spoken) -> bool {
        let units = &self.content.units;
        self.truth(reading).is_some_and(|truth| judge(spoken, truth.compared, &truth, units).is_ok())
    }

    fn candidates(&self, said: &Said<'_>) -> Vec<Candidate<'a>> {
        let (text, spoken) = (said.text, said.spoken);
        let from = behind_last(&text[..spoken.start], words::STOPS);
        let sentence = &text[from..spoken.start];
        let clause_from = from + behind_last(sentence, words::PAUSES);
        let mut found = Vec::new();
        found.extend(self.around(said, clause_from, from));
        if found.iter().any(|candidate| candidate.sure) {
            return found;
        }
        let named = self.names.within(sentence, &text[..from]);
        if let Some(last) = named.last() {
            let candidate = self.candidate(said, from, *last, &named);
            found.extend(candidate);
            return found;
        }
        found.extend(self.carried(said, from));
        found
    }

    /// The figure whose name the number stands in or right before: `新增24家省级科技型中小企业`.
    fn around(&self, said: &Said<'_>, clause_from: usize, from: usize) -> Option<Candidate<'a>> {
        let (text, spoken) = (said.text, said.spoken);
        let left = text[clause_from..spoken.start].trim_end();
        let qualifiers = [reading::NEARLY, reading::ABOUT, reading::MORE_THAN, reading::LESS_THAN];
        let word = qualifiers.iter().flat_map(|list| list.iter()).find(|word| left.ends_with(**word));
        let left = left.strip_suffix(word.copied().unwrap_or_default()).unwrap_or(left);
        // 新增了168家…, 新增达24家…: the words of a verb that is done.
        let link = reading::CHANGE_LINKS.iter().chain(words::DONE_LINKS).find(|word| left.ends_with(**word));
        let left = left.strip_suffix(link.copied().unwrap_or_default()).unwrap_or(left);
        let right: String = text[spoken.end..].trim_start_matches('的').chars().take(24).collect();
        let joined = format!("{left}{right}");
        let named = self.names.within(&joined, &text[..from]);
        let over = named.iter().find(|named| named.start <= left.len() && named.end > left.len())?;
        let strange = self.names.strange(&joined[..over.start.min(left.len())], clause_from, said.numbers);
        let ends = joined[over.end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        Some(Candidate {
            figure: over.figure,

            clause: String::new(),
            whole: None,
            line: None,
            first: true,
            attached: true,
            sure: strange.is_empty() && ends && !elsewhere(&text[from..spoken.start]),
        })
    }

    fn candidate(
        &self,
        said: &Said<'_>,
        from: usize,
        last: Named<'a>,
        named: &[Named<'a>],
    ) -> Option<Candidate<'a>> {
        let text = said.text;
        let sentence = &text[from..said.spoken.start];
        let mut subject = last;
        let mut whole = named.iter().rev().nth(1).map(|named| named.figure);
        // 工业投资占固定资产投资的…: the share of the one before.
        if sentence[..last.start].ends_with(words::OF_WHAT) {
            let part = named.iter().rev().nth(1)?;
            (subject, whole) = (*part, Some(last.figure));
        }
        let gap = &sentence[subject.end..];
        let behind = subject.end.max(last.end);
        let strange = if subject.end == last.end {
            self.names.strange(gap, from + subject.end, said.numbers)
        } else {
            let mut before =
                self.names.strange(&sentence[subject.end..last.start], from + subject.end, said.numbers);
            before.extend(self.names.strange(&sentence[last.end..], from + last.end, said.numbers));
            before
        };
        let head = &sentence[..subject.start];
        let head_from = behind_last(head, words::PAUSES);
        let guard = self.names.strange(&head[head_from..], from + head_from, said.numbers);
        let planned = words::PLANNED.iter().any(|word| sentence.contains(word));
        let ours = !planned && !elsewhere(sentence);
        Some(Candidate {
            figure: subject.figure,
            clause: last_clause(gap).to_owned(),
            whole,
            first: first(gap, from + subject.end, said.numbers),
            attached: false,
            sure: strange.is_empty() && guard.is_empty() && ours,
            line: if strange.is_empty() || !ours {
                None
            } else {
                self.names.line(&sentence[behind..], from + behind, said.numbers)
            },
        })
    }

    /// The figure of the part of the sentence before, of the sentence before, or of the heading, when this part names none.
    fn carried(&self, said: &Said<'_>, from: usize) -> Option<Candidate<'a>> {
        let gap = &said.text[from..said.spoken.start];
        let before = &said.text[..from];
        let last = self.names.within(before, said.lead).pop();
        let (figure, sure) = if let Some(named) = last {
            (named.figure, !before[named.end..].contains(words::FULL_STOPS))
        } else {
            let named = self.names.within(said.lead, "").pop()?;
            let alone = self.names.strange(&said.lead[..named.start], 0, &[]).is_empty()
                && self.names.strange(&said.lead[named.end..], 0, &[]).is_empty();
            (named.figure, alone)
        };
        let strange = self.names.strange(gap, from, said.numbers);
        Some(Candidate {
            figure,
            clause: last_clause(gap).to_owned(),
            whole: None,
            first: false,
            attached: false,
            sure: sure && strange.is_empty() && !elsewhere(gap),
            line: if strange.is_empty() { None } else { self.names.line(gap, from, said.numbers) },
        })
    }

    /// The ways a number may be meant of one figure.
    fn readings(&mut self, candidate: &Candidate<'a>, said: &Said<'_>) -> Vec<Reading<'a>> {
        let figure = candidate.figure;
        let Some((figure, piece)) = self.piece(candidate, figure, said) else { return Vec::new() };
        let since = matches!(piece, Piece::Since { .. });
        let other = !since && words::OTHERWISE_COMPARED.iter().any(|word| candidate.clause.contains(word));
        let mut asks = match piece {
            Piece::Target | Piece::Completion => vec![Request::new(figure.id.clone(), self.period)],
            _ => Vec::new(),
        };
        for when in self.whens(said) {
            for request in when.asks(figure, self.period) {
                if !asks.contains(&request) {
                    asks.push(request);
                }
            }
        }
        let mut readings = Vec::new();
        for request in asks {
            let telling = if candidate.attached { TELLING - 1 } else { TELLING };
            if let Some(name) = candidate.line.as_deref() {
                let found = self.groups.find(self.content, &self.engine, figure, &request, name);
                if let Some((request, group)) = found {
                    let sure = group.name == name && !other;
                    let piece = Piece::Line(group.name, Box::new(piece.clone()));
                    readings.push(Reading { figure, request, piece, sure, telling, first: false });
                    continue;
                }
            }
            let sure = candidate.sure && !other;
            let piece = piece.clone();
            readings.push(Reading { figure, request, piece, sure, telling, first: candidate.first });
        }
        readings
    }

    /// The times a number may speak of: the one its sentence says; else the last said in the paragraph, or the heading's,
    /// or the document's own.
    fn whens(&self, said: &Said<'_>) -> Vec<When> {
        let (text, to) = (said.text, said.spoken.start);
        let from = behind_last(&text[..to], words::FULL_STOPS);
        let here = When::between(text, from, to, said.numbers);
        if here.is_said() {
            return vec![here];
        }
        let numbers = super::quantity::numbers(said.lead, &self.content.units);
        let mut whens = vec![
            When::between(text, 0, from, said.numbers),
            When::between(said.lead, 0, said.lead.len(), &numbers),
            When::default(),
        ];
        whens.dedup();
        whens
    }

    /// Which part of which figure, by unit and words.
    fn piece(
        &self,
        candidate: &Candidate<'a>,
        figure: &'a Figure,
        said: &Said<'_>,
    ) -> Option<(&'a Figure, Piece)> {
        let spoken = said.spoken;
        let has = |known: &[&str]| known.iter().any(|word| candidate.clause.contains(word));
        if spoken.kind == Kind::Rank {
            let mut ranks =
                self.content.figures.values().filter(|f| matches!(f.rule, FigureRule::Rank { .. }));
            let rank = ranks.find(|rank| rank.title.starts_with(figure.title.as_str()))?;
            return Some((rank, Piece::Rank));
        }
        let unit = spoken.unit.as_deref();
        let kept = matches!(figure.rule, FigureRule::Measure { time: FigureTime::Stock { .. }, .. });
        if kept && has(words::SINCE_NEW_YEAR) {
            return Some((figure, Piece::Since { percent: unit.is_some_and(is_rate) }));
        }
        let ratio = figure.unit.as_ref().is_some_and(|unit| unit.as_str() == "%");
        if unit.is_some_and(is_rate) {
            if has(words::DONE) || (has(words::TARGETS) && spoken.direction.is_none()) {
                return Some((figure, Piece::Completion));
            }
            if spoken.direction.is_some() {
                return self.growth(candidate, figure, ratio);
            }
            if ratio {
                return Some((figure, Piece::Value));
            }
            let share = has(words::SHARES) || candidate.clause.contains(words::OF_WHAT);
            return match (share, &candidate.line, candidate.whole) {
                (true, Some(_), _) => Some((figure, Piece::Share)),
                (true, None, Some(whole)) => Some((figure, Piece::ShareOf(whole.id.clone()))),
                _ => None,
            };
        }
        if has(words::TARGETS) {
            return Some((figure, Piece::Target));
        }
        if has(words::SAME_LAST_YEAR) {
            return Some((figure, Piece::Base));
        }
        let loss = candidate.clause.contains(words::LOSS);
        let change = spoken.direction.is_some() && !loss && !candidate.clause.is_empty();
        Some((figure, if change { Piece::Change } else { Piece::Value }))
    }

    /// Growth of a figure: its own, or that of the figure that publishes it.
    fn growth(
        &self,
        candidate: &Candidate<'a>,
        figure: &'a Figure,
        ratio: bool,
    ) -> Option<(&'a Figure, Piece)> {
        let clause = candidate.clause.as_str();
        let last = |known: &[&str]| known.iter().filter_map(|word| clause.rfind(word)).max();
        if last(words::OTHERWISE_COMPARED).is_some() {
            return None;
        }
        if ratio && figure.title.ends_with(words::GROWTH_TITLE) {
            return Some((figure, Piece::Value));
        }
        if last(words::MONTH_BEFORE) > last(words::YEAR_BEFORE) {
            return Some((figure, Piece::Mom));
        }
        let published = format!("{}{}", figure.title, words::GROWTH_TITLE);
        let issued = self.known.iter().copied().find(|figure| figure.title == published);
        Some(issued.map_or((figure, Piece::Yoy), |issued| (issued, Piece::Value)))
    }

    /// What the ledger gives for a reading.
    fn truth(&mut self, reading: &Reading<'a>) -> Option<Truth> {
        let (figure, request) = (reading.figure, &reading.request);
        let own = figure.unit.as_ref()?.to_string();
        let value = |exact: Decimal| amount(exact, &own, figure.decimals);
        match &reading.piece {
            Piece::Value | Piece::Rank => self.engine.evaluate(request).value.number().map(value),
            Piece::Yoy => grown(self.engine.evaluate(request).yoy.ok()?, words::YEAR_BEFORE[0]),
            Piece::Mom => grown(self.engine.month_on_month(request).growth.ok()?, words::MONTH_BEFORE[0]),
            Piece::Change => {
                let found = self.engine.evaluate(request);
                let change = found.comparable.number()? - found.prior.number()?;
                Some(Truth { direction: Some(sign(change)), ..value(change) })
            }
            Piece::Since { percent } => {
                let turn = Month::new(request.at.year() - 1, 12)?;
                let ask =
                    |at| self.engine.evaluate(&Request { at, exact: true, ..request.clone() }).value.number();
                let (now, before) = (ask(request.at)?, ask(turn)?);
                let direction = Some(sign(now - before));
                let change = if *percent {
                    amount(((now - before) * Decimal::ONE_HUNDRED).checked_div(before)?, "%", 1)
                } else {
                    value(now - before)
                };
                Some(Truth { direction, ..change })
            }
            Piece::Base => self.engine.evaluate(request).prior.number().map(value),
            Piece::ShareOf(whole) => {
                let part = self.engine.evaluate(request);
                let whole = self.engine.evaluate(&Request { figure: whole.clone(), ..request.clone() });
                let (unit, other) = (part.unit.as_ref()?, whole.unit.as_ref()?);
                let part = self.content.units.convert(part.value.number()?, unit, other).ok()?;
                let share = (part * Decimal::ONE_HUNDRED).checked_div(whole.value.number()?)?;
                Some(amount(share, "%", 1))
            }
            Piece::Target | Piece::Completion => self.aimed(reading),
            Piece::Line(_, piece) => self.line(reading, piece),
            Piece::Share => None,
        }
    }

    fn aimed(&self, reading: &Reading<'a>) -> Option<Truth> {
        let targets = self.engine.targets(&reading.request);
        let target = targets.iter().find(|target| target.kind == TargetKind::Level).or(targets.first())?;
        if reading.piece == Piece::Completion {
            return Some(amount(target.completion.number()?, "%", 1));
        }
        let unit = target.unit.as_ref()?.to_string();
        Some(amount(target.target.number()?, &unit, reading.figure.decimals))
    }

    fn line(&self, reading: &Reading<'a>, piece: &Piece) -> Option<Truth> {
        let found: Evaluation = self.engine.evaluate(&reading.request);
        let unit = reading.figure.unit.as_ref()?.to_string();
        match piece {
            Piece::Value => Some(amount(found.value.number()?, &unit, reading.figure.decimals)),
            Piece::Base => Some(amount(found.prior.number()?, &unit, reading.figure.decimals)),
            Piece::Yoy => grown(found.yoy.ok()?, words::YEAR_BEFORE[0]),
            Piece::Share => {
                let all = Request { only: Vec::new(), ..reading.request.clone() };
                let all = self.engine.evaluate(&all).value.number()?;
                let share = (found.value.number()? * Decimal::ONE_HUNDRED).checked_div(all)?;
                Some(amount(share, "%", 1))
            }
            _ => None,
        }
    }
}

/// The first byte behind the last of some signs.
pub(super) fn behind_last(text: &str, signs: &[char]) -> usize {
    text.rfind(signs).map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8))
}

/// Whether no number but times stands in a stretch.
fn first(gap: &str, offset: usize, numbers: &[Spoken]) -> bool {
    let inside = |number: &&Spoken| number.start >= offset && number.start < offset + gap.len();
    numbers.iter().filter(inside).all(|number| number.kind == Kind::Time)
}

/// Whether a sentence speaks of somebody else.
fn elsewhere(sentence: &str) -> bool {
    words::OTHERS.iter().any(|word| sentence.contains(word))
}

/// The last clause that says anything.
fn last_clause(text: &str) -> &str {
    let text = text.trim_end_matches(|c: char| words::PAUSES.contains(&c) || c.is_whitespace());
    &text[behind_last(text, words::PAUSES)..]
}

fn holds(said: &Said<'_>, truth: &Truth, units: &Units) -> bool {
    alike(said.spoken, truth, units) && judge(said.spoken, truth.compared, truth, units).is_ok()
}
