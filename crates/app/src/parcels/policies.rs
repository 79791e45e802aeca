//! Policies by grade (差别化政策) with their rates: those on record that are in force on a day, and those somebody tries.
//!
//! Which policy counts by which measure is content (`effect_rate.means.kind` of `pages/parcels.toml`), and so is the unit a rate is
//! asked in where none is on record (`rate_units`). Whether a rate is a surcharge or a relief its unit says: money for each unit of
//! the measure, or a share of what is paid. A rate tried for a grade that has none on record is an assumption and holds for what is
//! and for what would be; one tried in place of a rate on record holds for what would be. Deliberately absent: the arithmetic
//! (`assess::effects`), keeping a rate that was tried, and any rate without a row.

use std::collections::BTreeMap;

use assess::effects::{Effect, Rate, RateValue, Total, effect};
use jiff::civil::Date;
use model::definition::{LandPart, LandRole, Measure, Scheme};
use model::id::GradeId;
use model::unit::{Dimension, Unit};
use rust_decimal::Decimal;

use super::fault::{ParcelsFault, Result};
use super::ground::{Ground, Shelf};
use super::shapes::{EffectCell, EffectRate, EffectTotal, PricedPolicy};
use crate::messages::land_policy as say;

/// What paths of rates begin with: `rates.POLICY.GRADE`.
pub(super) const RATES: &str = "rates.";

/// A policy with its rates on a day.
pub(super) struct Policy<'a> {
    pub title: String,
    pub measure: Option<&'a Measure>,
    /// The measure's unit.
    measured: Option<&'a Unit>,
    /// The unit a rate is told in.
    pub unit: Option<&'a Unit>,
    /// Rates of what is: those on record, and those assumed.
    before: Vec<Rate>,
    /// Rates of what would be.
    after: Vec<Rate>,
    /// What is shown of them.
    pub views: Vec<EffectRate>,
}

/// The policies that content names or the book of rates knows, with the rates of a day and those that are tried, by path.
///
/// # Errors
/// [`ParcelsFault::Value`] for a rate tried that leads nowhere or cannot be one.
pub(super) fn policies<'a>(
    ground: &'a Ground<'_>,
    on: Date,
    tried: &BTreeMap<String, String>,
) -> Result<Vec<Policy<'a>>> {
    let mut found: Vec<Policy<'a>> = Vec::new();
    if let Some(shelf) = ground.shelf(LandRole::EffectRate) {
        let meant = shelf.land.means.get(&LandPart::Kind).into_iter().flat_map(|means| means.keys().cloned());
        let recorded = shelf.rows().filter_map(|row| shelf.text(row, LandPart::Kind));
        for title in meant.chain(recorded) {
            if found.iter().all(|policy| policy.title != title) {
                found.push(Policy::on_record(ground, shelf, title, on));
            }
        }
    }
    for (path, value) in tried {
        let named = path.strip_prefix(RATES).and_then(|path| path.rsplit_once('.'));
        let policy = named
            .and_then(|(title, grade)| Some((found.iter_mut().find(|policy| policy.title == title)?, grade)));
        let wrong = |text: &str| ParcelsFault::Value { field: "rates", value: text.to_owned() };
        let (policy, grade) = policy.ok_or_else(|| wrong(path))?;
        policy.try_rate(grade, value).ok_or_else(|| wrong(&format!("{path}={value}")))?;
    }
    Ok(found)
}

/// Rates among changes, and the rest of them.
pub(super) fn rates_among(
    changes: &BTreeMap<String, String>,
) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    changes.clone().into_iter().partition(|(path, _)| path.starts_with(RATES))
}

/// The grade whose rates hold: that of a special class is the one it is treated as.
pub(super) fn treated<'s>(scheme: &'s Scheme, grade: Option<&'s GradeId>) -> Option<&'s GradeId> {
    let grade = grade?;
    let class = scheme.classes.iter().find(|class| class.grade == *grade);
    Some(class.and_then(|class| class.like.as_ref()).unwrap_or(grade))
}

/// The grades of a scheme, the best first, special classes last.
pub(super) fn grades_of(scheme: &Scheme) -> Vec<String> {
    let lines = scheme.groups.iter().flat_map(|group| &scheme.grades_of(group).lines);
    let all = lines.map(|line| &line.grade).chain(scheme.classes.iter().map(|class| &class.grade));
    let mut found: Vec<String> = Vec::new();
    for grade in all {
        if found.iter().all(|known| *known != grade.as_str()) {
            found.push(grade.to_string());
        }
    }
    found
}

impl<'a> Policy<'a> {
    /// As the API says it.
    pub fn shape(self) -> PricedPolicy {
        PricedPolicy {
            measure: self.measure.map(|measure| measure.id.to_string()),
            measure_title: self.measure.map_or_else(String::new, |measure| measure.title.clone()),
            unit: self.measure.map_or_else(String::new, |measure| measure.unit.to_string()),
            rate_unit: self.unit.map(|unit| unit.id.to_string()),
            rates: self.views,
            title: self.title,
        }
    }

    fn on_record(ground: &'a Ground<'_>, shelf: Shelf<'_>, title: String, on: Date) -> Self {
        let units = &ground.content.units;
        let meaning = shelf.land.meaning(LandPart::Kind, &title);
        let measure = meaning.and_then(|id| ground.content.measures.get(id));
        let measured = measure.and_then(|measure| units.get(measure.unit.as_str()));
        let asked = ground.page.rate_units.get(&title).and_then(|unit| units.get(unit));
        let mut policy = Self {
            measure,
            measured,
            unit: asked.filter(|_| measure.is_some()),
            before: Vec::new(),
            after: Vec::new(),
            views: Vec::new(),
            title,
        };
        for row in shelf.rows().filter(|row| shelf.text(*row, LandPart::Kind).as_ref() == Some(&policy.title))
        {
            let (from, to) = (shelf.date(row, LandPart::From), shelf.date(row, LandPart::To));
            let in_force = from.is_none_or(|from| from <= on) && to.is_none_or(|to| on <= to);
            let number = shelf.number(row, LandPart::Value).filter(|_| in_force);
            let Some((number, grade)) = number.zip(shelf.text(row, LandPart::Grade)) else { continue };
            let written =
                shelf.value(row, LandPart::ValueUnit).map(|unit| unit.to_string()).unwrap_or_default();
            let value = units.get(&written).zip(measured).and_then(|(of, unit)| rate_value(number, of, unit));
            policy.before.extend(value.map(|value| Rate { grade: grade.as_str().into(), value, from, to }));
            policy.views.push(EffectRate {
                grade,
                value: number.normalize(),
                unit: written,
                from,
                to,
                document: ground.shown(shelf, row, LandPart::Document),
                tried: false,
            });
        }
        policy.after.clone_from(&policy.before);
        policy
    }

    /// Takes a rate that is tried; none when it cannot be one.
    fn try_rate(&mut self, grade: &str, text: &str) -> Option<()> {
        let unit = self.unit?;
        let number: Decimal = text.trim().parse().ok().filter(|number: &Decimal| *number >= Decimal::ZERO)?;
        let value = rate_value(number, unit, self.measured?)?;
        if matches!(value, RateValue::Relief(share) if share > Decimal::ONE) {
            return None;
        }
        let rate = Rate { grade: grade.into(), value, from: None, to: None };
        if self.before.iter().all(|rate| &*rate.grade != grade) {
            self.before.push(rate.clone());
        }
        self.after.retain(|rate| &*rate.grade != grade);
        self.after.push(rate);
        self.views.retain(|view| view.grade != grade);
        let grade = grade.to_owned();
        let (value, unit) = (number.normalize(), unit.id.to_string());
        self.views.push(EffectRate { grade, value, unit, from: None, to: None, document: None, tried: true });
        Some(())
    }

    /// The quantity of a subject in base units, of its reading in the unit of the measure.
    fn base(&self, quantity: Option<Decimal>) -> Option<Decimal> {
        quantity?.checked_mul(self.measured?.factor)
    }

    /// What a grade does to a quantity, by the rates of what is.
    pub fn before(&self, grade: Option<&GradeId>, quantity: Option<Decimal>, on: Date) -> Effect {
        effect(&self.before, grade.map(GradeId::as_str), self.base(quantity), on)
    }

    /// What a grade does to a quantity, by the rates of what would be.
    pub fn after(&self, grade: Option<&GradeId>, quantity: Option<Decimal>, on: Date) -> Effect {
        effect(&self.after, grade.map(GradeId::as_str), self.base(quantity), on)
    }
}

/// A rate in base units; none when it does not make money of what is measured.
fn rate_value(number: Decimal, of: &Unit, measured: &Unit) -> Option<RateValue> {
    let money = Dimension::parse("CNY");
    let number = number.checked_mul(of.factor)?;
    if of.dimension == Dimension::parse("ratio") {
        return (measured.dimension == money).then_some(RateValue::Relief(number));
    }
    (of.dimension.combine(&measured.dimension, 1) == money).then_some(RateValue::PerUnit(number))
}

/// The word of an effect.
pub(super) fn state(found: Effect) -> &'static str {
    match found {
        Effect::Money(_) => "known",
        Effect::NoRate => "no_rate",
        Effect::NoQuantity => "no_quantity",
        Effect::NoGrade => "no_grade",
    }
}

/// Money as it is told: to the cent (分).
pub(super) fn told(money: Decimal) -> Decimal {
    money.round_dp(2).normalize()
}

/// One effect as it is shown; `hidden` from a reader who may not see the quantity.
pub(super) fn cell(found: Effect, quantity: Option<Decimal>, hidden: bool) -> EffectCell {
    if hidden {
        let (state, words) = ("withheld".to_owned(), say::WITHHELD.to_owned());
        return EffectCell { quantity: None, money: None, state, words };
    }
    let money = if let Effect::Money(money) = found { Some(told(money)) } else { None };
    EffectCell {
        quantity: quantity.map(|quantity| quantity.normalize()),
        money,
        state: state(found).to_owned(),
        words: say::effect(found).to_owned(),
    }
}

/// Effects together as they are shown.
pub(super) fn total(total: &Total, withheld: usize) -> EffectTotal {
    EffectTotal {
        money: total.money.map(told),
        known: total.known,
        no_rate: total.no_rate,
        no_quantity: total.no_quantity,
        no_grade: total.no_grade,
        withheld,
        words: say::total(total, withheld),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(dimension: &str, factor: &str) -> Unit {
        Unit {
            id: "unit".into(),
            dimension: Dimension::parse(dimension),
            factor: factor.parse().expect("a factor"),
            aliases: Vec::new(),
        }
    }

    #[test]
    fn a_rate_is_a_surcharge_or_a_relief_by_its_unit() {
        let (power, tax) = (unit("energy", "10000"), unit("CNY", "10000"));
        let surcharge = rate_value(Decimal::new(3, 1), &unit("CNY/energy", "1"), &power);
        assert_eq!(surcharge, Some(RateValue::PerUnit(Decimal::new(3, 1))));
        // 80 % is 0.8 of the tax.
        let relief = rate_value(Decimal::from(80), &unit("ratio", "0.01"), &tax);
        assert_eq!(relief, Some(RateValue::Relief(Decimal::new(80, 2))));
        // A price of water makes no money of electricity, nor a share of kilowatt-hours.
        assert_eq!(rate_value(Decimal::ONE, &unit("CNY/volume", "1"), &power), None);
        assert_eq!(rate_value(Decimal::ONE, &unit("ratio", "0.01"), &power), None);
    }
}
