//! A rung judged for everybody at once: the rule for newcomers and the one for holders, each bound once.
//!
//! Deliberately absent: what is said about it (`mod.rs`), where data come from (`feed.rs`).

use assess::ladder::{Enterprises, Judge};
use jiff::civil::Date;
use model::content::Content;
use model::definition::{Application, DatumKind, Outcome, Rule, Rung, Standing, Test};

use super::feed::Feed;

/// How many cores judging may take.
const THREADS: usize = 2;

/// A rule version bound to the columns.
pub(crate) struct Bound<'a> {
    pub rule: &'a Rule,
    pub judge: Judge<'a>,
}

/// A rung and what came of it.
pub(crate) struct Judged<'a> {
    pub rung: &'a Rung,
    content: &'a Content,
    feed: &'a Feed,
    new: Option<Bound<'a>>,
    /// Where holders are asked by a rule of their own.
    review: Option<Bound<'a>>,
    /// Of everybody, by the rule that is theirs; unknown where there is none.
    pub verdicts: Vec<Outcome>,
}

impl<'a> Judged<'a> {
    pub fn new(content: &'a Content, feed: &'a Feed, rung: &'a Rung) -> Self {
        let all: &Enterprises = &feed.columns;
        let bind = |rule: &'a Rule| Bound { rule, judge: Judge::new(rule, all) };
        let (new, review) = (rule(content, rung, false, all.on), rule(content, rung, true, all.on));
        let own = review.filter(|review| new.is_none_or(|new| new.id != review.id));
        let mut judged =
            Self { rung, content, feed, new: new.map(bind), review: own.map(bind), verdicts: Vec::new() };
        let of = |bound: &Option<Bound<'_>>| match bound {
            Some(bound) => bound.judge.verdicts(THREADS),
            None => vec![Outcome::Unknown; all.len],
        };
        judged.verdicts = of(&judged.new);
        if judged.review.is_some() {
            let held = of(&judged.review);
            for (i, verdict) in held.into_iter().enumerate() {
                if judged.holding(i) {
                    judged.verdicts[i] = verdict;
                }
            }
        }
        judged
    }

    /// How enterprise `i` stands to the qualification, and to which day; nothing is recorded, or nobody certifies the rung.
    pub fn standing(&self, i: usize) -> (Option<Standing>, Option<Date>) {
        let Some(id) = &self.rung.qualification else { return (None, None) };
        let of = self.feed.standing.get(id).and_then(|column| column[i]);
        (of, self.feed.until.get(id).and_then(|column| column[i]))
    }

    /// Whether enterprise `i` holds the qualification.
    pub fn holding(&self, i: usize) -> bool {
        self.rung.qualification.as_ref().and_then(|id| self.feed.held(id, i)) == Some(true)
    }

    /// The rule enterprise `i` is judged by; none: no rule is in force.
    pub fn bound(&self, i: usize) -> Option<&Bound<'a>> {
        self.review.as_ref().filter(|_| self.holding(i)).or(self.new.as_ref())
    }

    /// The rule for first applications.
    pub fn rule(&self) -> Option<&'a Rule> {
        self.new.as_ref().map(|bound| bound.rule)
    }

    /// Whether one condition alone keeps enterprise `i` from a met rule (只差一条). What it is – its line of business, a choice among
    /// several – is nothing it can work at: who is of another is not near.
    pub fn near(&self, i: usize) -> bool {
        let worked_at = |rule: &Rule, place: usize| match &rule.criteria[place].test {
            Test::Says(datum, _) => {
                let kind = self.content.data.get(datum).map(|datum| &datum.kind);
                !matches!(kind, Some(DatumKind::Choice(_)))
            }
            _ => true,
        };
        self.verdicts[i] == Outcome::NotMet
            && self.bound(i).is_some_and(|bound| match *bound.judge.blocking(i) {
                [only] => worked_at(bound.rule, only),
                _ => false,
            })
    }
}

/// The rule of a rung for somebody on a day, of those of the park's regions: the one for holders where there is one, the newest of
/// those in force.
fn rule<'a>(content: &Content, rung: &'a Rung, holding: bool, on: Date) -> Option<&'a Rule> {
    let wanted = if holding { Application::Review } else { Application::New };
    let here = |rule: &Rule| rule.region.is_empty() || content.ladder_regions.contains(&rule.region);
    let inforce = || rung.rules.iter().filter(|rule| rule.holds_on(on) && here(rule));
    let newest = |application| {
        let of = inforce().filter(|rule| rule.applies_to.contains(&application));
        of.max_by_key(|rule| rule.valid_from)
    };
    newest(wanted).or_else(|| newest(Application::New)).or_else(|| newest(Application::Review))
}
