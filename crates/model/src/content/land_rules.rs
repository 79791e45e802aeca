//! `land_rules/ID.toml`: rules of idle and low-efficiency land, checked as to names and numbers.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;
use toml::Spanned;

use super::{At, Loading, in_folder};
use crate::content::SourceFile;
use crate::definition::{
    LandClass, LandDuty, LandFact, LandFlag, LandGround, LandRule, LandShare, LandStep, LandTest, LandWork,
};
use crate::wording::diagnostic as say;

type Text = Spanned<String>;

/// The kinds of tests.
const TESTS: &[&str] = &["overdue", "done", "below", "standing", "flag", "promised"];
/// The facts a comparison may name; the last two with an item.
const FACTS: &[&str] =
    &["due_area", "developed_area", "total_investment", "invested", "reached.", "promised."];
/// No period is longer than a term of use (70 years).
const MOST_MONTHS: i32 = 840;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    title: String,
    #[serde(default)]
    title_en: String,
    document: String,
    class: LandClass,
    from: Option<Text>,
    to: Option<Text>,
    #[serde(default)]
    government_excuses: bool,
    #[serde(default)]
    after: Vec<Text>,
    #[serde(default)]
    ground: Vec<Spanned<RawGround>>,
    /// Remarks; not used by code.
    #[serde(default, rename = "source")]
    _source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGround {
    title: String,
    #[serde(default)]
    title_en: String,
    #[serde(default)]
    all: Vec<Spanned<RawTest>>,
    #[serde(default)]
    any: Vec<Spanned<RawTest>>,
    #[serde(default)]
    step: Vec<RawStep>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStep {
    months: Spanned<i32>,
    title: String,
    #[serde(default)]
    title_en: String,
    price_share: Option<Text>,
}

/// One of `overdue`, `done`, `below`, `standing`, `flag`, `promised` with what it needs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTest {
    overdue: Option<LandDuty>,
    done: Option<LandDuty>,
    of: Option<Text>,
    to: Option<Text>,
    below: Option<Text>,
    standing: Option<LandWork>,
    flag: Option<LandFlag>,
    promised: Option<Text>,
    months: Option<Spanned<i32>>,
}

impl Loading {
    pub(super) fn land_rules(&mut self, files: &[&SourceFile]) {
        for at in in_folder(files, "land_rules") {
            self.check_id(at, at.stem);
            let Some(raw) = self.read::<RuleFile>(at) else { continue };
            if let Some(rule) = self.land_rule(at, raw, files) {
                self.content.land_rules.insert(rule.id.clone(), rule);
            }
        }
    }

    fn land_rule(&mut self, at: At<'_>, raw: RuleFile, files: &[&SourceFile]) -> Option<LandRule> {
        let from = self.land_day(at, raw.from.as_ref());
        let to = self.land_day(at, raw.to.as_ref());
        let known: Vec<&str> =
            in_folder(files, "land_rules").iter().map(|file| file.stem).filter(|id| *id != at.stem).collect();
        if let (Some(from), Some(to), Some(text)) = (from, to, &raw.to)
            && to < from
        {
            self.report(at, text.span(), say::days_reversed());
            return None;
        }
        if raw.ground.is_empty() {
            self.report(at, 0..0, say::missing_key("[[ground]]"));
            return None;
        }
        for name in &raw.after {
            if !known.contains(&name.get_ref().as_str()) {
                self.report(at, name.span(), say::unknown_word(name.get_ref(), &known));
                return None;
            }
        }
        let grounds: Vec<LandGround> =
            raw.ground.into_iter().map(|ground| self.land_ground(at, ground)).collect::<Option<_>>()?;
        Some(LandRule {
            id: at.stem.into(),
            title: raw.title,
            title_en: raw.title_en,
            document: raw.document,
            class: raw.class,
            from,
            to,
            government_excuses: raw.government_excuses,
            after: raw.after.into_iter().map(|name| name.into_inner().as_str().into()).collect(),
            grounds,
        })
    }

    /// A day; what is no day is reported and left out.
    fn land_day(&mut self, at: At<'_>, text: Option<&Text>) -> Option<Date> {
        text.and_then(|text| self.date(at, text))
    }

    /// A ground; one without a test would hold for all land.
    fn land_ground(&mut self, at: At<'_>, raw: Spanned<RawGround>) -> Option<LandGround> {
        let span = raw.span();
        let raw = raw.into_inner();
        let mut tests = |raw: Vec<Spanned<RawTest>>| -> Option<Vec<LandTest>> {
            raw.into_iter().map(|test| self.land_test(at, test)).collect()
        };
        let (all, any) = (tests(raw.all)?, tests(raw.any)?);
        if all.is_empty() && any.is_empty() {
            self.report(at, span, say::missing_key("all / any"));
            return None;
        }
        let counted = all.iter().any(LandTest::has_period);
        let mut steps = Vec::new();
        for step in raw.step {
            let months = self.land_months(at, &step.months)?;
            if !counted {
                self.report(at, step.months.span(), say::step_without_period());
                return None;
            }
            let price_share = match &step.price_share {
                Some(text) => Some(self.land_price_share(at, text)?),
                None => None,
            };
            steps.push(LandStep { months, title: step.title, title_en: step.title_en, price_share });
        }
        steps.sort_by_key(|step| step.months);
        Some(LandGround { title: raw.title, title_en: raw.title_en, all, any, steps })
    }

    /// A share of the price: more than nothing, at most all of it.
    fn land_price_share(&mut self, at: At<'_>, text: &Text) -> Option<Decimal> {
        let share: Option<Decimal> = text.get_ref().parse().ok();
        let share = share.filter(|share| *share > Decimal::ZERO && *share <= Decimal::ONE);
        if share.is_none() {
            self.report(at, text.span(), say::bad_share(text.get_ref()));
        }
        share
    }

    /// Full months: none or more.
    fn land_months(&mut self, at: At<'_>, months: &Spanned<i32>) -> Option<i32> {
        let found = Some(*months.get_ref()).filter(|months| (0..=MOST_MONTHS).contains(months));
        if found.is_none() {
            self.report(at, months.span(), say::bad_months(MOST_MONTHS));
        }
        found
    }

    fn land_test(&mut self, at: At<'_>, raw: Spanned<RawTest>) -> Option<LandTest> {
        let span = raw.span();
        let raw = raw.into_inner();
        let kinds = [
            raw.overdue.is_some(),
            raw.done.is_some(),
            raw.below.is_some(),
            raw.standing.is_some(),
            raw.flag.is_some(),
            raw.promised.is_some(),
        ];
        if kinds.into_iter().filter(|there| *there).count() != 1 {
            self.report(at, span, say::one_of(TESTS));
            return None;
        }
        let timed = raw.overdue.is_some() || raw.done.is_some() || raw.standing.is_some();
        let months = match &raw.months {
            Some(months) if timed => self.land_months(at, months)?,
            None if !timed => 0,
            Some(extra) => return self.land_extra(at, extra.span(), "months"),
            None => {
                self.report(at, span, say::missing_key("months"));
                return None;
            }
        };
        if let Some(extra) = raw.of.as_ref().or(raw.to.as_ref()).filter(|_| raw.below.is_none()) {
            return self.land_extra(at, extra.span(), "of / to");
        }
        if let Some(below) = &raw.below {
            return self.land_below(at, span, (raw.of.as_ref(), raw.to.as_ref()), below);
        }
        if let Some(item) = raw.promised {
            self.land_item(at, item.span(), item.get_ref())?;
            return Some(LandTest::Promised(item.into_inner()));
        }
        let overdue = raw.overdue.map(|duty| LandTest::Overdue { duty, months });
        let done = raw.done.map(|duty| LandTest::DoneFor { duty, months });
        let standing = raw.standing.map(|work| LandTest::Standing { work, months });
        overdue.or(done).or(standing).or(raw.flag.map(LandTest::Flag))
    }

    /// A key of another kind of test.
    fn land_extra<T>(&mut self, at: At<'_>, span: std::ops::Range<usize>, key: &str) -> Option<T> {
        self.report(at, span, say::not_of_this_test(key));
        None
    }

    fn land_below(
        &mut self,
        at: At<'_>,
        span: std::ops::Range<usize>,
        (of, to): (Option<&Text>, Option<&Text>),
        below: &Text,
    ) -> Option<LandTest> {
        let (Some(of), Some(to)) = (of, to) else {
            self.report(at, span, say::missing_key("of / to"));
            return None;
        };
        let Some(share) = LandShare::parse(below.get_ref()) else {
            self.report(at, below.span(), say::bad_number(below.get_ref()));
            return None;
        };
        Some(LandTest::Below { of: self.land_fact(at, of)?, to: self.land_fact(at, to)?, share })
    }

    fn land_fact(&mut self, at: At<'_>, name: &Text) -> Option<LandFact> {
        let Some(found) = LandFact::named(name.get_ref()) else {
            self.report(at, name.span(), say::unknown_word(name.get_ref(), FACTS));
            return None;
        };
        match &found {
            LandFact::Reached(item) | LandFact::Promised(item) => self.land_item(at, name.span(), item)?,
            _ => {}
        }
        Some(found)
    }

    /// An item of promises: a measure, or investment with the price of the land.
    fn land_item(&mut self, at: At<'_>, span: std::ops::Range<usize>, item: &str) -> Option<()> {
        let known = item == LandFact::INVESTMENT || self.content.measures.contains_key(item);
        if known {
            return Some(());
        }
        let measures = self.content.measures.keys().map(crate::id::MeasureId::as_str);
        let words: Vec<&str> = std::iter::once(LandFact::INVESTMENT).chain(measures).collect();
        let said = say::unknown_word(item, &words);
        self.report(at, span, said);
        None
    }
}
