//! `land_rules/ID.toml`: rules of idle and low-efficiency land, checked as to names and numbers.

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::{At, Loading, in_folder};
use crate::content::SourceFile;
use crate::definition::{
    LandClass, LandDuty, LandFact, LandFlag, LandGround, LandRule, LandShare, LandStep, LandTest, LandWork,
};
use crate::wording::diagnostic as say;

type Text = Spanned<String>;

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
    ground: Vec<RawGround>,
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
    months: i32,
    title: String,
    #[serde(default)]
    title_en: String,
    price_share: Option<Text>,
}

/// One of `overdue`, `done`, `below`, `standing`, `flag` with what it needs.
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
    months: Option<i32>,
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
        let known: Vec<&str> = in_folder(files, "land_rules").iter().map(|at| at.stem).collect();
        for name in &raw.after {
            if !known.contains(&name.get_ref().as_str()) || name.get_ref() == at.stem {
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

    fn land_ground(&mut self, at: At<'_>, raw: RawGround) -> Option<LandGround> {
        let mut tests = |raw: Vec<Spanned<RawTest>>| -> Option<Vec<LandTest>> {
            raw.into_iter().map(|test| self.land_test(at, test)).collect()
        };
        let (all, any) = (tests(raw.all)?, tests(raw.any)?);
        let mut steps = Vec::new();
        for step in raw.step {
            let share = step.price_share.as_ref().map(|text| (text.span(), text.get_ref().parse()));
            let price_share = match share {
                Some((_, Ok(share))) => Some(share),
                Some((span, Err(_))) => {
                    self.report(at, span, say::bad_number(step.price_share.as_ref()?.get_ref()));
                    return None;
                }
                None => None,
            };
            let RawStep { months, title, title_en, .. } = step;
            steps.push(LandStep { months, title, title_en, price_share });
        }
        steps.sort_by_key(|step| step.months);
        Some(LandGround { title: raw.title, title_en: raw.title_en, all, any, steps })
    }

    fn land_test(&mut self, at: At<'_>, raw: Spanned<RawTest>) -> Option<LandTest> {
        let span = raw.span();
        let raw = raw.into_inner();
        let test = match (raw.overdue, raw.done, &raw.below, raw.standing, raw.flag, raw.months) {
            (Some(duty), None, None, None, None, Some(months)) => LandTest::Overdue { duty, months },
            (None, Some(duty), None, None, None, Some(months)) => LandTest::DoneFor { duty, months },
            (None, None, None, Some(work), None, Some(months)) => LandTest::Standing { work, months },
            (None, None, None, None, Some(flag), None) => LandTest::Flag(flag),
            (None, None, Some(below), None, None, None) => {
                let Some(share) = LandShare::parse(below.get_ref()) else {
                    self.report(at, below.span(), say::bad_number(below.get_ref()));
                    return None;
                };
                let (of, to) = (self.land_fact(at, raw.of.as_ref())?, self.land_fact(at, raw.to.as_ref())?);
                return Some(LandTest::Below { of, to, share });
            }
            _ => {
                self.report(at, span, say::missing_key("overdue / done / below / standing / flag"));
                return None;
            }
        };
        if let Some(extra) = raw.of.as_ref().or(raw.to.as_ref()) {
            self.report(at, extra.span(), say::missing_key("below"));
            return None;
        }
        Some(test)
    }

    fn land_fact(&mut self, at: At<'_>, name: Option<&Text>) -> Option<LandFact> {
        let Some(name) = name else {
            self.report(at, 0..0, say::missing_key("of / to"));
            return None;
        };
        let found = LandFact::named(name.get_ref());
        if found.is_none() {
            let known =
                ["due_area", "developed_area", "total_investment", "invested", "reached.", "promised."];
            self.report(at, name.span(), say::unknown_word(name.get_ref(), &known));
        }
        found
    }
}
