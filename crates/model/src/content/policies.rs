//! `policies.toml` and `policies/ID.toml`: where cases are kept, and the policies, checked as to names, units and sums.

use indexmap::IndexMap;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;
use toml::Spanned;

use super::{At, Loading, in_folder};
use crate::content::SourceFile;
use crate::definition::{
    Book, Condition, FieldKind, Formula, Given, Input, Limits, Number, Policy, PolicyBooks, PolicyBudgets,
    PolicyCheck, PolicyData, PolicyMode, PolicyStage, Setting,
};
use crate::id::FieldId;
use crate::wording::{diagnostic as say, policy as say_policy};

type Text = Spanned<String>;

/// The unit of money and of rates in formulas.
const YUAN: &str = "元";
const PER_CENT: &str = "%";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BooksFile {
    cases: RawCases,
    budgets: Option<RawBudgets>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCases {
    book: Text,
    number: Text,
    policy: Text,
    title: Text,
    year: Text,
    item: Text,
    amount: Text,
    basis: Text,
    remark: Text,
    stages: IndexMap<Text, PolicyStage>,
    days: IndexMap<PolicyStage, Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBudgets {
    book: Text,
    policy: Text,
    year: Text,
    amount: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyFile {
    title: String,
    title_en: String,
    document: String,
    authority: String,
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
    formula: Spanned<Formula>,
    #[serde(default)]
    limits: Limits,
    #[serde(default)]
    not_with: Vec<Text>,
    data: Option<RawData>,
    #[serde(default)]
    who: Vec<Spanned<RawCondition>>,
    #[serde(default)]
    check: Vec<Spanned<RawCheck>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawData {
    book: Text,
    keep: Option<Text>,
    fields: IndexMap<Input, Text>,
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

    fn policy_books(&mut self, at: At<'_>, raw: &BooksFile) -> Option<PolicyBooks> {
        let (of, budgets) = (&raw.cases, &raw.budgets);
        let book = self.about_enterprises(at, &of.book)?;
        let Some(case) = book.case.clone() else {
            self.report(at, of.book.span(), say_policy::no_cases(&book.title));
            return None;
        };
        for word in of.stages.keys() {
            if !case.states.contains(word.get_ref()) {
                let known: Vec<&str> = case.states.iter().map(String::as_str).collect();
                self.report(at, word.span(), say::unknown_word(word.get_ref(), &known));
            }
        }
        let needed =
            [PolicyStage::Proposed, PolicyStage::Applied, PolicyStage::Paid, PolicyStage::ClawedBack];
        for stage in needed {
            if !of.stages.values().any(|found| *found == stage) {
                self.report(at, of.book.span(), say_policy::stage_without_word());
            }
        }
        let mut days = IndexMap::new();
        for (stage, field) in &of.days {
            days.insert(*stage, self.day_field(at, &book, Some(field))?);
        }
        let budgets = match budgets {
            Some(raw) => Some(self.policy_budgets(at, raw)?),
            None => None,
        };
        Some(PolicyBooks {
            number: self.field_name(at, &book, &of.number)?,
            policy: self.field_name(at, &book, &of.policy)?,
            title: self.field_name(at, &book, &of.title)?,
            year: self.field_name(at, &book, &of.year)?,
            item: self.field_name(at, &book, &of.item)?,
            amount: self.policy_money(at, &book, &of.amount)?,
            basis: self.field_name(at, &book, &of.basis)?,
            remark: self.field_name(at, &book, &of.remark)?,
            stages: of.stages.iter().map(|(word, stage)| (word.get_ref().clone(), *stage)).collect(),
            days,
            cases: book.id,
            budgets,
        })
    }

    fn policy_budgets(&mut self, at: At<'_>, raw: &RawBudgets) -> Option<PolicyBudgets> {
        let Some(book) = self.content.books.get(raw.book.get_ref().as_str()).cloned() else {
            let said = say::unknown_book(raw.book.get_ref(), &self.content.books);
            self.report(at, raw.book.span(), said);
            return None;
        };
        Some(PolicyBudgets {
            policy: self.field_name(at, &book, &raw.policy)?,
            year: self.field_name(at, &book, &raw.year)?,
            amount: self.policy_money(at, &book, &raw.amount)?,
            book: book.id,
        })
    }

    /// A field of money in 元, so that the cent has a place.
    fn policy_money(&mut self, at: At<'_>, book: &Book, name: &Text) -> Option<FieldId> {
        let id = self.field_name(at, book, name)?;
        if book.fields[&id].kind.unit().is_none_or(|unit| unit.as_str() != YUAN) {
            self.report(at, name.span(), say_policy::not_in_yuan(&book.fields[&id].title));
            return None;
        }
        Some(id)
    }

    fn policy(&mut self, at: At<'_>, raw: PolicyFile, files: &[&SourceFile]) -> Option<Policy> {
        let day = |this: &mut Self, text: Option<&Text>| text.and_then(|text| this.policy_day(at, text));
        let (valid_from, valid_to) = (day(self, raw.valid_from.as_ref()), day(self, raw.valid_to.as_ref()));
        if let (Some(from), Some(to), Some(text)) = (valid_from, valid_to, &raw.valid_to)
            && to < from
        {
            self.report(at, text.span(), say::days_reversed());
        }
        let place = raw.formula.span();
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
                let found = self.policy_data(at, &book, &data)?;
                let who = raw.who.into_iter().filter_map(|of| self.policy_condition(at, &book, of));
                (Some(found), who.collect())
            }
            None => (None, Vec::new()),
        };
        let checks: Vec<PolicyCheck> =
            raw.check.into_iter().filter_map(|check| self.policy_check(at, check)).collect();
        if checks.len() < 3 {
            self.report(at, place.start..place.start + 1, say_policy::too_few_checks());
        }
        Some(Policy {
            id: at.stem.into(),
            title: raw.title,
            title_en: raw.title_en,
            document: raw.document,
            authority: raw.authority,
            region: raw.region,
            source: raw.source,
            valid_from,
            valid_to,
            draft: raw.draft,
            mode: raw.mode,
            public_days: raw.public_days,
            papers: raw.papers,
            formula,
            limits: raw.limits,
            not_with: raw.not_with.into_iter().map(|name| name.into_inner().into()).collect(),
            data,
            who,
            checks,
        })
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

    fn policy_data(&mut self, at: At<'_>, book: &Book, raw: &RawData) -> Option<PolicyData> {
        if book.statistics_confidential {
            self.report(at, raw.book.span(), say_policy::confidential(&book.title));
            return None;
        }
        let keep = match &raw.keep {
            Some(text) => Some(self.condition(at, &book.id, text, false)?),
            None => None,
        };
        let mut fields = IndexMap::new();
        for (input, name) in &raw.fields {
            let id = self.field_name(at, book, name)?;
            let field = &book.fields[&id];
            let wanted = match input {
                _ if input.is_money() => Some(YUAN),
                _ if input.is_rate() => Some(PER_CENT),
                _ => None,
            };
            let fits = match input {
                Input::Word => !field.kind.is_number() && field.kind != FieldKind::Date,
                _ if input.is_day() => field.kind == FieldKind::Date,
                _ => field.kind.is_number(),
            };
            if !fits {
                let title = field.title.clone();
                self.report(at, name.span(), say_policy::does_not_fit(&title));
                return None;
            }
            let mut factor = Decimal::ONE;
            if let Some(wanted) = wanted {
                let from = field.kind.unit().and_then(|unit| self.content.units.get(unit.as_str()));
                let to = self.content.units.get(wanted);
                let both = from.zip(to).filter(|(from, to)| from.dimension == to.dimension);
                let Some((from, to)) = both else {
                    let title = field.title.clone();
                    self.report(at, name.span(), say_policy::does_not_fit(&title));
                    return None;
                };
                factor = (from.factor / to.factor).normalize();
            }
            fields.insert(*input, (id, factor));
        }
        Some(PolicyData { book: book.id.clone(), keep, fields })
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
