//! Criteria of rules: what is tested, in which unit, against which limit.

use rust_decimal::Decimal;
use toml::Spanned;

use super::raw::{Number, RawCriterion, RawValue, Text};
use super::{At, Loading};
use crate::definition::{
    Criterion, Datum, DatumKind, Edges, Limit, Op, OverYears, Setting, Step, Table, Test, Value,
};
use crate::id::{PartId, QualificationId, TableId, UnitId};
use crate::wording::{ladder as say_ladder, scheme as say_scheme};

/// The unit of hundredths.
const PERCENT: &str = "%";

impl Loading {
    pub(super) fn criterion(&mut self, at: At<'_>, tables: &[Table], raw: RawCriterion) -> Option<Criterion> {
        let tests = [raw.value.is_some(), !raw.holds.is_empty(), raw.says.is_some(), raw.score.is_some()];
        if tests.into_iter().filter(|t| *t).count() != 1 {
            self.report(at, raw.id.span(), say_ladder::one_test());
            return None;
        }
        let unit = self.some_unit(at, raw.unit.as_ref())?;
        let test = if let Some(value) = &raw.value {
            let made = self.value(at, value)?;
            self.check_value_unit(at, value, &made, unit.as_ref())?;
            Test::Amount(made, self.limit(at, &raw)?)
        } else if let Some(name) = &raw.score {
            let (table, parts) = self.scored(at, tables, name, &raw.parts)?;
            Test::Score(table, parts, self.limit(at, &raw)?)
        } else if let Some(name) = &raw.says {
            let datum = self.ladder_datum(at, name.get_ref(), name.span())?;
            let places: Option<Vec<usize>> = raw.is.iter().map(|v| self.said_place(at, &datum, v)).collect();
            Test::Says(datum.id, places?)
        } else {
            let names: Option<Vec<_>> = raw.holds.iter().map(|n| self.qualification_name(at, n)).collect();
            Test::Holds(names?, raw.states.clone())
        };
        Some(Criterion {
            id: raw.id.into_inner().into(),
            title: raw.title,
            cites: raw.cites,
            unit,
            test,
            prerequisite: raw.prerequisite,
        })
    }

    fn scored(
        &mut self,
        at: At<'_>,
        tables: &[Table],
        name: &Text,
        parts: &[Text],
    ) -> Option<(TableId, Vec<PartId>)> {
        let Some(table) = tables.iter().find(|t| t.id.as_str() == name.get_ref()) else {
            let known = tables.iter().map(|t| t.id.as_str());
            self.report(at, name.span(), say_ladder::unknown(say_ladder::TABLE, name.get_ref(), known));
            return None;
        };
        let mut read = Vec::new();
        for part in parts {
            let Some(found) = table.parts.iter().find(|p| p.id.as_str() == part.get_ref()) else {
                let known = table.parts.iter().map(|p| p.id.as_str());
                self.report(at, part.span(), say_ladder::unknown(say_ladder::PART, part.get_ref(), known));
                return None;
            };
            read.push(found.id.clone());
        }
        Some((table.id.clone(), read))
    }

    /// The place of a choice, or 0 and 1 for no and yes.
    pub(super) fn said_place(
        &mut self,
        at: At<'_>,
        datum: &Datum,
        value: &Spanned<toml::Value>,
    ) -> Option<usize> {
        match (&datum.kind, value.get_ref()) {
            (DatumKind::YesNo, toml::Value::Boolean(yes)) => Some(usize::from(*yes)),
            (DatumKind::Choice(choices), toml::Value::String(text)) => {
                let place = choices.iter().position(|c| c == text);
                if place.is_none() {
                    let known = choices.iter().map(String::as_str);
                    self.report(at, value.span(), say_ladder::unknown(say_ladder::CHOICE, text, known));
                }
                place
            }
            _ => {
                self.report(at, value.span(), say_ladder::wrong_kind(&datum.title));
                None
            }
        }
    }

    fn limit(&mut self, at: At<'_>, raw: &RawCriterion) -> Option<Limit> {
        let all = [
            (Op::AtLeast, &raw.at_least),
            (Op::Above, &raw.above),
            (Op::AtMost, &raw.at_most),
            (Op::Below, &raw.below),
        ];
        let mut given = all.into_iter().filter_map(|(op, number)| Some((op, number.as_ref()?)));
        let (Some((op, number)), None) = (given.next(), given.next()) else {
            self.report(at, raw.id.span(), say_ladder::one_limit());
            return None;
        };
        let toml::Value::Array(bands) = number.get_ref() else {
            let is = self.ladder_setting(at, number)?;
            return Some(Limit {
                op,
                by: None,
                edges: Edges::LeftClosed,
                steps: vec![Step { upto: None, is }],
            });
        };
        let (Some(by), Some(edges)) = (&raw.by, raw.edges) else {
            self.report(at, number.span(), say_ladder::bad_steps());
            return None;
        };
        let by = Some(self.value(at, by)?);
        let steps: Option<Vec<Step>> = bands.iter().map(step).collect();
        let ordered = |steps: &[Step]| {
            let (last, ends) = steps.split_last()?;
            let rising = ends.windows(2).all(|two| two[0].upto < two[1].upto);
            (last.upto.is_none() && rising && ends.iter().all(|s| s.upto.is_some())).then_some(())
        };
        let steps = steps.filter(|steps| ordered(steps).is_some());
        let Some(steps) = steps else {
            self.report(at, number.span(), say_ladder::bad_steps());
            return None;
        };
        Some(Limit { op, by, edges, steps })
    }

    pub(super) fn value(&mut self, at: At<'_>, raw: &Spanned<RawValue>) -> Option<Value> {
        let place = raw.span();
        let (of, per, years, over) = match raw.get_ref() {
            RawValue::Datum(name) => (name, None, 1, OverYears::Sum),
            RawValue::Made { of, per, years, over } => (of, per.as_ref(), *years, *over),
        };
        let of = self.ladder_datum(at, of, place.clone())?;
        let per = match per {
            Some(name) => Some(self.ladder_datum(at, name, place.clone())?),
            None => None,
        };
        let numbers = |d: &Datum| matches!(d.kind, DatumKind::Number | DatumKind::Count);
        let fits = match over {
            OverYears::Days => matches!(of.kind, DatumKind::Date) && per.is_none(),
            _ => numbers(&of) && per.as_ref().is_none_or(numbers),
        };
        if !fits {
            self.report(at, place, say_ladder::wrong_kind(&of.title));
            return None;
        }
        let yearly = of.yearly && per.as_ref().is_none_or(|d| d.yearly);
        let possible = match over {
            OverYears::Days => years == 1,
            OverYears::Sum | OverYears::Each => years == 1 || (yearly && (2..=5).contains(&years)),
            OverYears::ActualGrowth => yearly && years == 2 && per.is_none(),
            OverYears::MeanGrowth => yearly && (1..=2).contains(&years) && per.is_none(),
            OverYears::Compound => yearly && years == 2 && per.is_none(),
        };
        if !possible {
            self.report(at, place, say_ladder::bad_years());
            return None;
        }
        Some(Value { of: of.id, per: per.map(|d| d.id), years, over })
    }

    /// A quotient of like things and growth are plain or in hundredths; other amounts are in the unit of their datum.
    pub(super) fn check_value_unit(
        &mut self,
        at: At<'_>,
        raw: &Spanned<RawValue>,
        value: &Value,
        unit: Option<&UnitId>,
    ) -> Option<()> {
        let of = &self.content.data[&value.of];
        let plain = unit.is_none_or(|u| u.as_str() == PERCENT);
        let fits = match (&value.per, value.over) {
            (Some(per), _) => plain && self.content.data[per].unit == of.unit,
            (None, OverYears::MeanGrowth | OverYears::ActualGrowth | OverYears::Compound) => plain,
            (None, OverYears::Days) => true,
            (None, _) => of.unit.as_ref() == unit,
        };
        if !fits {
            self.report(at, raw.span(), say_ladder::bad_criterion_unit());
        }
        fits.then_some(())
    }

    /// No unit, or a known one; none when it is unknown.
    #[expect(clippy::option_option, reason = "nothing asked for and nothing found differ")]
    pub(super) fn some_unit(&mut self, at: At<'_>, unit: Option<&Text>) -> Option<Option<UnitId>> {
        unit.map_or(Some(None), |unit| self.unit_name(at, unit).map(Some))
    }

    pub(super) fn ladder_datum(
        &mut self,
        at: At<'_>,
        name: &str,
        place: std::ops::Range<usize>,
    ) -> Option<Datum> {
        if let Some(datum) = self.content.data.get(name) {
            return Some(datum.clone());
        }
        let known = self.content.data.keys().map(crate::id::DatumId::as_str);
        let said = say_ladder::unknown(say_ladder::DATUM, name, known);
        self.report(at, place, said);
        None
    }

    pub(in crate::content) fn qualification_name(
        &mut self,
        at: At<'_>,
        name: &Text,
    ) -> Option<QualificationId> {
        if let Some(found) = self.content.qualifications.get(name.get_ref().as_str()) {
            return Some(found.id.clone());
        }
        let known = self.content.qualifications.keys().map(QualificationId::as_str);
        let said = say_ladder::unknown(say_ladder::QUALIFICATION, name.get_ref(), known);
        self.report(at, name.span(), said);
        None
    }

    /// A number, or the word for one that is not known.
    pub(super) fn ladder_setting(&mut self, at: At<'_>, number: &Number) -> Option<Setting> {
        let read = setting(number.get_ref());
        if read.is_none() {
            self.report(at, number.span(), say_scheme::not_a_setting());
        }
        read
    }

    /// A number that must be known.
    pub(super) fn ladder_number(&mut self, at: At<'_>, number: &Number) -> Option<Decimal> {
        let read = setting(number.get_ref()).and_then(Setting::known);
        if read.is_none() {
            self.report(at, number.span(), say_scheme::not_a_setting());
        }
        read
    }
}

/// A number as a content file writes it.
pub(super) fn setting(value: &toml::Value) -> Option<Setting> {
    match value {
        toml::Value::Integer(n) => Some(Setting::Is(Decimal::from(*n))),
        toml::Value::String(text) if text == Setting::TO_BE_SUPPLIED => Some(Setting::ToBeSupplied),
        toml::Value::String(text) => text.parse().ok().map(Setting::Is),
        _ => None,
    }
}

fn step(value: &toml::Value) -> Option<Step> {
    let table = value.as_table()?;
    let upto = match table.get("upto") {
        Some(end) => Some(setting(end)?.known()?),
        None => None,
    };
    Some(Step { upto, is: setting(table.get("is")?)? })
}
