//! `policies.toml` and `policies/ID.toml`: where cases are kept, and the policies, checked as to names, units and sums.

mod books;
mod data;
#[cfg(test)]
mod tests;

use indexmap::IndexMap;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;
use toml::Spanned;

use self::books::BooksFile;
use self::data::{RawData, RawPool};
use super::{At, Loading, in_folder};
use crate::content::SourceFile;
use crate::definition::{
    Book, Condition, Formula, Given, Input, Limits, Number, Policy, PolicyCheck, PolicyMode, PolicyTerms,
    Repayment, Setting,
};
use crate::wording::{diagnostic as say, policy as say_policy};

type Text = Spanned<String>;

/// The unit of money and of rates in formulas.
const YUAN: &str = "元";
const PER_CENT: &str = "%";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyFile {
    title: String,
    title_en: String,
    document: Text,
    authority: Text,
    #[serde(default)]
    region: String,
    source: String,
    valid_from: Option<Text>,
    valid_to: Option<Text>,
    #[serde(default)]
    draft: bool,
    mode: PolicyMode,
    public_days: Option<u16>,
    #[serde(default)]
    papers: Vec<String>,
    #[serde(default)]
    terms: PolicyTerms,
    clause: Option<String>,
    handler: Option<String>,
    formula: Spanned<Formula>,
    #[serde(default)]
    limits: Limits,
    #[serde(default)]
    not_with: Vec<Text>,
    data: Option<RawData>,
    pool: Option<RawPool>,
    #[serde(default)]
    who: Vec<Spanned<RawCondition>>,
    #[serde(default)]
    check: Vec<Spanned<RawCheck>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCondition {
    title: String,
    #[serde(default)]
    cites: String,
    rule: Option<Text>,
    #[serde(default)]
    holds: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCheck {
    title: String,
    given: Vec<IndexMap<Input, Spanned<toml::Value>>>,
    to: Option<Text>,
    amount: Option<Number>,
    #[serde(default)]
    unknown: bool,
}

impl Loading {
    pub(super) fn policies(&mut self, files: &[&SourceFile]) {
        if let Some(file) = files.iter().find(|file| file.path == "policies.toml") {
            let at = At { file, stem: "policies" };
            if let Some(raw) = self.read::<BooksFile>(at) {
                self.content.policy_books = self.policy_books(at, &raw);
            }
        }
        for at in in_folder(files, "policies") {
            self.check_id(at, at.stem);
            let Some(raw) = self.read::<PolicyFile>(at) else { continue };
            if let Some(policy) = self.policy(at, raw, files) {
                self.content.policies.insert(policy.id.clone(), policy);
            }
        }
    }

    fn policy(&mut self, at: At<'_>, raw: PolicyFile, files: &[&SourceFile]) -> Option<Policy> {
        let place = raw.formula.span();
        for (key, text) in [("document", &raw.document), ("authority", &raw.authority)] {
            if text.get_ref().trim().is_empty() {
                self.report(at, text.span(), say::missing_key(key));
            }
        }
        if raw.valid_from.is_none() {
            self.report(at, place.start..place.start + 1, say_policy::no_first_day());
        }
        let first = raw.valid_from.as_ref().filter(|text| text.get_ref() != Setting::TO_BE_SUPPLIED);
        let day = |this: &mut Self, text: Option<&Text>| text.and_then(|text| this.policy_day(at, text));
        let (valid_from, valid_to) = (day(self, first), day(self, raw.valid_to.as_ref()));
        if let (Some(from), Some(to), Some(text)) = (valid_from, valid_to, &raw.valid_to)
            && to < from
        {
            self.report(at, text.span(), say::days_reversed());
        }
        let formula = raw.formula.into_inner();
        self.policy_formula(at, &place, &formula);
        let all = in_folder(files, "policies");
        let known: Vec<&str> = all.iter().map(|file| file.stem).filter(|id| *id != at.stem).collect();
        for name in &raw.not_with {
            if !known.contains(&name.get_ref().as_str()) {
                self.report(at, name.span(), say::unknown_word(name.get_ref(), &known));
            }
        }
        let (data, who) = match raw.data {
            Some(data) => {
                let book = self.about_enterprises(at, &data.book)?;
                let found = self.policy_data(at, &book, &data, &formula)?;
                let who = raw.who.into_iter().filter_map(|of| self.policy_condition(at, &book, of));
                (Some(found), who.collect())
            }
            None => (None, Vec::new()),
        };
        let pool = match &raw.pool {
            Some(pool) => Some(self.policy_pool(at, pool)?),
            None => None,
        };
        let checks: Vec<PolicyCheck> =
            raw.check.into_iter().filter_map(|check| self.policy_check(at, check)).collect();
        let policy = Policy {
            id: at.stem.into(),
            title: raw.title,
            title_en: raw.title_en,
            document: raw.document.into_inner(),
            authority: raw.authority.into_inner(),
            region: raw.region,
            source: raw.source,
            valid_from,
            valid_to,
            draft: raw.draft,
            mode: raw.mode,
            public_days: raw.public_days,
            papers: raw.papers,
            terms: raw.terms,
            clause: raw.clause,
            handler: raw.handler,
            formula,
            limits: raw.limits,
            not_with: raw.not_with.into_iter().map(|name| name.into_inner().into()).collect(),
            data,
            pool,
            who,
            checks,
        };
        self.policy_proof(at, &(place.start..place.start + 1), &policy);
        Some(policy)
    }

    /// At least three checks: one that is met, one that is just missed, one that is not known; while numbers are to be supplied,
    /// three of which one is not known.
    fn policy_proof(&mut self, at: At<'_>, place: &std::ops::Range<usize>, policy: &Policy) {
        let any = |holds: fn(&PolicyCheck) -> bool| policy.checks.iter().any(holds);
        let met = any(|check| check.amount.is_some_and(|amount| amount > Decimal::ZERO));
        let missed = any(|check| check.amount.is_some_and(|amount| amount.is_zero()));
        if policy.checks.len() < 3 || !any(|check| check.unknown) || !(policy.is_open() || met && missed) {
            self.report(at, place.clone(), say_policy::too_few_checks());
        }
    }

    /// Steps rise; parties bear the whole.
    fn policy_formula(&mut self, at: At<'_>, place: &std::ops::Range<usize>, formula: &Formula) {
        match formula {
            Formula::Steps { steps } => {
                let known: Vec<_> =
                    steps.iter().map(|step| (step.at.0.known(), step.sum.0.known())).collect();
                let rises = known.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 <= two[1].1);
                if !rises || known.is_empty() {
                    self.report(at, place.clone(), say_policy::steps_do_not_rise());
                }
            }
            Formula::Pool { parties, .. } => {
                let known: Option<Vec<Decimal>> = parties.values().map(|share| share.0.known()).collect();
                let whole = known.map(|shares| shares.into_iter().sum::<Decimal>());
                if whole.is_some_and(|whole| whole != Decimal::ONE_HUNDRED) {
                    self.report(at, place.clone(), say_policy::parties_not_whole());
                }
            }
            _ => {}
        }
    }

    fn policy_condition(&mut self, at: At<'_>, book: &Book, raw: Spanned<RawCondition>) -> Option<Condition> {
        let place = raw.span();
        let raw = raw.into_inner();
        if raw.rule.is_none() && raw.holds.is_empty() {
            self.report(at, place, say::missing_key("rule / holds"));
            return None;
        }
        let rule = match &raw.rule {
            Some(text) => Some(self.condition(at, &book.id, text, false)?),
            None => None,
        };
        let mut holds = Vec::new();
        for name in &raw.holds {
            holds.push(self.qualification_name(at, name)?);
        }
        Some(Condition { title: raw.title, cites: raw.cites, rule, holds })
    }

    fn policy_check(&mut self, at: At<'_>, raw: Spanned<RawCheck>) -> Option<PolicyCheck> {
        let place = raw.span();
        let raw = raw.into_inner();
        let amount = raw.amount.and_then(|amount| amount.0.known());
        if amount.is_some() == raw.unknown {
            self.report(at, place, say::missing_key("amount / unknown"));
            return None;
        }
        let mut all = Vec::new();
        for row in raw.given {
            let mut given = Given::default();
            for (input, value) in row {
                self.policy_given(at, &mut given, input, &value)?;
            }
            all.push(given);
        }
        let to = match &raw.to {
            Some(text) => Some(self.policy_day(at, text)?),
            None => None,
        };
        let at = place.start..place.start + 1;
        Some(PolicyCheck { title: raw.title, given: all, to, amount, unknown: raw.unknown, at })
    }

    fn policy_given(
        &mut self,
        at: At<'_>,
        given: &mut Given,
        input: Input,
        value: &Spanned<toml::Value>,
    ) -> Option<()> {
        match value.get_ref() {
            toml::Value::String(text) if input == Input::Word => given.word = Some(text.clone()),
            toml::Value::String(text) if input.is_day() => {
                let text = Spanned::new(value.span(), text.clone());
                given.days.insert(input, self.policy_day(at, &text)?);
            }
            toml::Value::Array(parts) if input == Input::Repayments => {
                let Some(all) = parts.iter().map(repayment).collect::<Option<Vec<_>>>() else {
                    self.report(at, value.span(), say_policy::bad_repayment());
                    return None;
                };
                given.repayments = all;
                given.repayments.sort_by_key(|part| part.on);
            }
            written => {
                let number = match written {
                    toml::Value::Integer(whole) => Some(Setting::Is(Decimal::from(*whole))),
                    toml::Value::String(text) => text.parse().ok().map(Setting::Is),
                    _ => None,
                };
                let Some(number) = number.and_then(Setting::known) else {
                    let text = at.file.text.get(value.span()).unwrap_or_default();
                    self.report(at, value.span(), say::bad_number(text));
                    return None;
                };
                given.numbers.insert(input, number);
            }
        }
        Some(())
    }

    fn policy_day(&mut self, at: At<'_>, text: &Text) -> Option<Date> {
        let day = text.get_ref().parse().ok();
        if day.is_none() {
            self.report(at, text.span(), say::bad_date(text.get_ref()));
        }
        day
    }
}

/// A repayment as a check writes it.
fn repayment(part: &toml::Value) -> Option<Repayment> {
    let amount = match part.get("amount")? {
        toml::Value::Integer(whole) => Decimal::from(*whole),
        written => written.as_str()?.parse().ok()?,
    };
    Some(Repayment { on: part.get("on")?.as_str()?.parse().ok()?, amount })
}
