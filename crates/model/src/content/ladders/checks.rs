//! Worked checks: the enterprise of `usual`, with what a check changes or does not know.

use indexmap::IndexMap;
use rust_decimal::Decimal;
use toml::Spanned;

use super::raw::{Number, RawCheck, RawGiven, Text};
use super::{At, Loading};
use crate::definition::{DatumKind, LadderCheck, Rule};
use crate::id::CriterionId;
use crate::wording::ladder as say_ladder;

impl Loading {
    pub(super) fn checks(
        &mut self,
        at: At<'_>,
        rule: &Rule,
        usual: &RawGiven,
        raws: Vec<Spanned<RawCheck>>,
    ) -> Vec<LadderCheck> {
        raws.into_iter().filter_map(|raw| self.ladder_check(at, rule, usual, raw)).collect()
    }

    fn ladder_check(
        &mut self,
        at: At<'_>,
        rule: &Rule,
        usual: &RawGiven,
        raw: Spanned<RawCheck>,
    ) -> Option<LadderCheck> {
        let place = raw.span();
        let raw = raw.into_inner();
        let on = match &raw.on {
            Some(text) => self.ladder_date(at, text)?,
            None => rule.valid_from,
        };
        let mut check = LadderCheck {
            title: raw.title,
            on,
            data: IndexMap::new(),
            dates: IndexMap::new(),
            holds: IndexMap::new(),
            verdict: raw.verdict,
            criteria: IndexMap::new(),
            gaps: IndexMap::new(),
            values: IndexMap::new(),
            at: place.start..place.start + 1,
        };
        self.given(at, &mut check, &usual.data, &usual.holds)?;
        for name in &raw.without {
            let name = name.get_ref().as_str();
            check.data.shift_remove(name);
            check.dates.shift_remove(name);
            check.holds.shift_remove(name);
        }
        self.given(at, &mut check, &raw.data, &raw.holds)?;
        for (name, outcome) in &raw.criteria {
            check.criteria.insert(self.criterion_name(at, rule, name)?, *outcome);
        }
        for (name, number) in &raw.gaps {
            check.gaps.insert(self.criterion_name(at, rule, name)?, self.ladder_number(at, number)?);
        }
        for (name, number) in &raw.values {
            check.values.insert(self.criterion_name(at, rule, name)?, self.ladder_number(at, number)?);
        }
        Some(check)
    }

    fn given(
        &mut self,
        at: At<'_>,
        check: &mut LadderCheck,
        data: &IndexMap<Text, Number>,
        holds: &IndexMap<Text, crate::definition::Standing>,
    ) -> Option<()> {
        for (name, number) in data {
            let datum = self.ladder_datum(at, name.get_ref(), name.span())?;
            match (&datum.kind, number.get_ref()) {
                (DatumKind::Date, toml::Value::String(text)) => {
                    let text = Spanned::new(number.span(), text.clone());
                    check.dates.insert(datum.id.clone(), self.ladder_date(at, &text)?);
                }
                (DatumKind::Number | DatumKind::Count, toml::Value::Array(years)) => {
                    let wrap = |v: &toml::Value| Spanned::new(number.span(), v.clone());
                    let read: Option<Vec<Decimal>> =
                        years.iter().map(|v| self.ladder_number(at, &wrap(v))).collect();
                    check.data.insert(datum.id.clone(), read?);
                }
                (DatumKind::Number | DatumKind::Count, _) => {
                    check.data.insert(datum.id.clone(), vec![self.ladder_number(at, number)?]);
                }
                _ => {
                    let place = self.said_place(at, &datum, number)?;
                    check.data.insert(datum.id.clone(), vec![Decimal::from(place)]);
                }
            }
        }
        for (name, standing) in holds {
            check.holds.insert(self.qualification_name(at, name)?, *standing);
        }
        Some(())
    }

    fn criterion_name(&mut self, at: At<'_>, rule: &Rule, name: &Text) -> Option<CriterionId> {
        if let Some(found) = rule.criteria.get(name.get_ref().as_str()) {
            return Some(found.id.clone());
        }
        let known = rule.criteria.keys().map(CriterionId::as_str);
        self.report(at, name.span(), say_ladder::unknown(say_ladder::CRITERION, name.get_ref(), known));
        None
    }
}
