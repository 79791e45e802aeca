//! Numbers found by the title of a figure that stands right before them.
//!
//! Only words that change nothing may stand between title and number, so that “工业投资中某企业3亿元” is not taken for the
//! whole. Deliberately absent: breakdowns, targets and shares; they are unknown here.

use figures::{Engine, Growth, Reader, Request, Snapshot};
use model::content::Content;
use model::definition::Figure;
use model::period::{Month, Window};
use model::unit::Units;
use model::wording::number::say_growth;
use rust_decimal::Decimal;

use super::judge::{Truth, judge};
use super::mention::{Mention, Spoken, numbers};
use super::reference::compared;
use super::{Item, Verdict, Way, messages as words};

/// The figures of the content by title.
pub(super) struct Titles<'a> {
    engine: Engine<'a>,
    period: Month,
    /// The figures that may be named.
    known: Vec<&'a Figure>,
}

impl<'a> Titles<'a> {
    pub fn of(
        content: &'a Content,
        snapshot: &'a Snapshot,
        (reader, period): (Reader, Month),
        sees: &dyn Fn(&Figure) -> bool,
    ) -> Self {
        let known = content.figures.values().filter(|figure| figure.unit.is_some() && sees(figure)).collect();
        Self { engine: Engine::new(content, snapshot, reader), period, known }
    }

    /// Writes down what a number turned out to be, if a title stands before it.
    pub fn settle(&self, item: &mut Item, mention: &Mention, text: &str, units: &Units) {
        let spoken = &mention.spoken;
        let from = text[..spoken.start].rfind(['。', '；', ';']).map_or(0, |at| at + '。'.len_utf8());
        let sentence = text.get(from..spoken.start).unwrap_or(&text[..spoken.start]);
        let Some((figure, at)) = self.subject(sentence) else { return };
        let behind = &sentence[at + figure.title.len()..];
        if !only_connects(behind, units) || words::OTHER_TIME.iter().any(|word| sentence.contains(word)) {
            return;
        }
        let growth = spoken.direction.is_some() && spoken.unit.as_deref() == Some("%");
        let Some(request) = self.request(figure, sentence, units) else { return };
        let Some((truth, piece)) = self.truth(figure, &request, growth, mention, units) else { return };
        item.way = Some(Way::Title);
        item.title.clone_from(&figure.title);
        item.figure = Some(figure.id.to_string());
        piece.clone_into(&mut item.piece);
        item.period = self.engine.own_period(figure, &request).to_string();
        let Some(truth) = truth else {
            item.verdict = Verdict::Incomparable;
            words::NO_VALUE.clone_into(&mut item.note);
            return;
        };
        item.ledger = Some(truth.shown.clone());
        match judge(spoken, compared(&mention.left), &truth, units) {
            Ok(()) => (item.verdict, item.note) = (Verdict::Supported, String::new()),
            Err(note) => (item.verdict, item.note) = (Verdict::Contradicted, note),
        }
    }

    /// The title that ends last before the number; of those the longest.
    fn subject(&self, sentence: &str) -> Option<(&'a Figure, usize)> {
        self.known
            .iter()
            .copied()
            .filter_map(|figure| Some((figure, sentence.rfind(figure.title.as_str())?)))
            .max_by_key(|(figure, at)| (at + figure.title.len(), figure.title.len()))
    }

    /// The question of a figure for the month a sentence names last; without one, for the report's. A month that may be
    /// one or many is no question.
    fn request(&self, figure: &Figure, sentence: &str, units: &Units) -> Option<Request> {
        let plain = Request::new(figure.id.clone(), self.period);
        let spoken = numbers(sentence, units);
        let Some(last) = spoken.iter().rfind(|n| is_month(n)) else { return Some(plain) };
        let month = Month::new(self.period.year(), i8::try_from(last.number).ok()?)?;
        let asked = Request { at: month, ..plain }.exact();
        let (before, behind) = (&sentence[..last.start], &sentence[last.end..]);
        if words::ALONE.iter().any(|word| behind.starts_with(word)) {
            return Some(asked.window(Window::Month));
        }
        words::UNTIL.iter().any(|word| before.ends_with(word)).then_some(asked)
    }

    fn truth(
        &self,
        figure: &Figure,
        request: &Request,
        growth: bool,
        mention: &Mention,
        units: &Units,
    ) -> Option<(Option<Truth>, &'static str)> {
        let spoken = &mention.spoken;
        let found = self.engine.evaluate(request);
        if growth {
            let word = compared(&mention.left)?;
            let monthly = word != words::COMPARED[0];
            let change = if monthly { self.engine.month_on_month(request).growth } else { found.yoy };
            let truth = change.ok().and_then(|change| growth_truth(change, word));
            return Some((truth, if monthly { "mom" } else { "yoy" }));
        }
        let (own, said) = (figure.unit.as_ref()?, units.find(spoken.unit.as_deref()?)?);
        if units.get(own.as_str())?.dimension != said.dimension || spoken.direction.is_some() {
            return None;
        }
        let truth = found.value.number().map(|exact| Truth {
            exact,
            unit: Some(own.to_string()),
            direction: None,
            compared: None,
            shown: format!("{}{own}", model::wording::number::say(exact, figure.decimals)),
            time: false,
        });
        Some((truth, "value"))
    }
}

fn growth_truth(change: Growth, word: &'static str) -> Option<Truth> {
    let Growth::Percent(exact) = change else { return None };
    Some(Truth {
        exact,
        unit: Some("%".to_owned()),
        direction: Some(if exact < Decimal::ZERO { -1 } else { 1 }),
        compared: Some(word),
        shown: say_growth(change, 1),
        time: false,
    })
}

fn is_month(spoken: &Spoken) -> bool {
    spoken.unit.as_deref().is_some_and(|unit| unit.starts_with(words::MONTH))
}

/// Whether nothing but numbers, directions and connecting words is left.
fn only_connects(text: &str, units: &Units) -> bool {
    let mut left = text.to_owned();
    for number in numbers(text, units).iter().rev() {
        left.replace_range(number.start..number.end, "");
    }
    for word in words::DOWN.iter().chain(words::UP).chain(words::COMPARED).chain(words::CONNECTORS) {
        left = left.replace(word, "");
    }
    left.trim().is_empty()
}
