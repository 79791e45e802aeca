//! What the grades of a frozen evaluation cost and save, by the dated rates of the books.
//!
//! Which policy counts by which measure is content (`effect_rate.means.kind` of `pages/parcels.toml`); whether a rate is a
//! surcharge or a relief its unit says: money for each unit of the measure, or a share of what is paid. Quantities are those
//! frozen with the evaluation. Deliberately absent: the arithmetic (`assess::effects`), and any rate without a row.

use assess::effects::{Effect, Rate, RateValue, Total, effect};
use jiff::civil::{Date, date};
use model::definition::{LandPart, LandRole, Measure};
use model::unit::{Dimension, Unit};
use rust_decimal::Decimal;

use super::evaluate::{Kept, load, summary};
use super::fault::Result;
use super::ground::{Ground, Shelf};
use super::measured::secret;
use super::shapes::{EffectCell, EffectPage, EffectPolicy, EffectRate, EffectRow, EffectTotal};
use crate::access::Actor;
use crate::messages::land_policy as say;
use crate::park::Park;

/// What grades cost and save, by the rates of a day; that of the end of the evaluated year when none is asked for.
///
/// # Errors
/// [`super::ParcelsFault`] when parcels are not for this person, or there is no such evaluation.
pub fn effects(park: &Park, actor: &Actor, run: u64, on: Option<Date>) -> Result<EffectPage> {
    let ground = Ground::new(park, actor)?;
    let (record, kept) = load(park, run)?;
    let on = on.unwrap_or_else(|| date(record.year, 12, 31));
    let policies = policies(&ground, on);
    let mut totals = vec![(Total::default(), 0_usize); policies.len()];
    let mut items = Vec::with_capacity(kept.frozen.rows.len());
    for (at, (row, subject)) in kept.frozen.rows.iter().zip(&kept.subjects).enumerate() {
        let grade = row.treated_as.as_ref().or(row.grade.as_ref());
        let mut effects = Vec::with_capacity(policies.len());
        for (policy, (total, withheld)) in policies.iter().zip(&mut totals) {
            let found =
                effect(&policy.rates, grade.map(model::id::GradeId::as_str), policy.base(&kept, at), on);
            let hidden =
                policy.measure.is_some_and(|m| subject.guarded.contains(&m.id) && secret(&ground, m));
            if hidden {
                *withheld += 1;
            } else {
                total.add(found);
            }
            effects.push(policy.cell(&kept, at, found, hidden));
        }
        items.push(EffectRow {
            entry: row.key.0,
            code: subject.code.clone(),
            name: row.name.to_string(),
            grade: row.grade.as_ref().map(ToString::to_string),
            effects,
        });
    }
    let summary = summary(&record, &[]);
    Ok(EffectPage {
        run,
        year: record.year,
        subject: summary.subject,
        on,
        policies: policies.into_iter().zip(totals).map(|(policy, total)| policy.view(total)).collect(),
        items,
        revision: ground.revision(),
    })
}

/// A policy with its rates in force on a day.
struct Policy<'a> {
    title: String,
    measure: Option<&'a Measure>,
    /// The measure's unit in base units.
    factor: Decimal,
    rates: Vec<Rate>,
    views: Vec<EffectRate>,
}

/// The policies that the book of rates knows or content names, in the order of the field's choices.
fn policies<'a>(ground: &'a Ground<'_>, on: Date) -> Vec<Policy<'a>> {
    let Some(shelf) = ground.shelf(LandRole::EffectRate) else { return Vec::new() };
    let mut found: Vec<Policy<'a>> = Vec::new();
    let meant = shelf.land.means.get(&LandPart::Kind).into_iter().flat_map(|means| means.keys().cloned());
    let recorded = shelf.rows().filter_map(|row| shelf.text(row, LandPart::Kind));
    for title in meant.chain(recorded) {
        if found.iter().all(|policy| policy.title != title) {
            found.push(policy(ground, shelf, title, on));
        }
    }
    found
}

fn policy<'a>(ground: &'a Ground<'_>, shelf: Shelf<'_>, title: String, on: Date) -> Policy<'a> {
    let meaning = shelf.land.meaning(LandPart::Kind, &title);
    let measure = meaning.and_then(|id| ground.content.measures.get(id));
    let unit = measure.and_then(|measure| ground.content.units.get(measure.unit.as_str()));
    let mut policy = Policy {
        measure,
        factor: unit.map_or(Decimal::ONE, |unit| unit.factor),
        rates: Vec::new(),
        views: Vec::new(),
        title,
    };
    for row in shelf.rows().filter(|row| shelf.text(*row, LandPart::Kind).as_ref() == Some(&policy.title)) {
        let (from, to) = (shelf.date(row, LandPart::From), shelf.date(row, LandPart::To));
        let in_force = from.is_none_or(|from| from <= on) && to.is_none_or(|to| on <= to);
        let number = shelf.number(row, LandPart::Value).filter(|_| in_force);
        let Some((number, grade)) = number.zip(shelf.text(row, LandPart::Grade)) else { continue };
        let written = shelf.value(row, LandPart::ValueUnit).map(|unit| unit.to_string()).unwrap_or_default();
        policy.views.push(EffectRate {
            grade: grade.clone(),
            value: number.normalize(),
            unit: written.clone(),
            from,
            to,
            document: ground.shown(shelf, row, LandPart::Document),
        });
        let value =
            ground.content.units.get(&written).zip(unit).and_then(|(of, unit)| rate(number, of, unit));
        policy.rates.extend(value.map(|value| Rate { grade: grade.as_str().into(), value, from, to }));
    }
    policy
}

/// A rate in base units; none when it does not make money of what is measured.
fn rate(number: Decimal, of: &Unit, measured: &Unit) -> Option<RateValue> {
    let money = Dimension::parse("CNY");
    let number = number.checked_mul(of.factor)?;
    if of.dimension == Dimension::parse("ratio") {
        return (measured.dimension == money).then_some(RateValue::Relief(number));
    }
    (of.dimension.combine(&measured.dimension, 1) == money).then_some(RateValue::PerUnit(number))
}

impl Policy<'_> {
    /// The quantity of a subject, in the unit of the measure.
    fn quantity(&self, kept: &Kept, at: usize) -> Option<Decimal> {
        kept.facts.measures.get(&self.measure?.id)?.get(at)?.value
    }

    /// The quantity in base units.
    fn base(&self, kept: &Kept, at: usize) -> Option<Decimal> {
        self.quantity(kept, at)?.checked_mul(self.factor)
    }

    fn cell(&self, kept: &Kept, at: usize, found: Effect, hidden: bool) -> EffectCell {
        if hidden {
            let (state, words) = ("withheld".to_owned(), say::WITHHELD.to_owned());
            return EffectCell { quantity: None, money: None, state, words };
        }
        let (state, money) = match found {
            Effect::Money(money) => ("known", Some(money.round_dp(2).normalize())),
            Effect::NoRate => ("no_rate", None),
            Effect::NoQuantity => ("no_quantity", None),
            Effect::NoGrade => ("no_grade", None),
        };
        EffectCell {
            quantity: self.quantity(kept, at).map(|quantity| quantity.normalize()),
            money,
            state: state.to_owned(),
            words: say::effect(found).to_owned(),
        }
    }

    fn view(self, (total, withheld): (Total, usize)) -> EffectPolicy {
        EffectPolicy {
            title: self.title,
            measure: self.measure.map(|measure| measure.id.to_string()),
            measure_title: self.measure.map_or_else(String::new, |measure| measure.title.clone()),
            unit: self.measure.map_or_else(String::new, |measure| measure.unit.to_string()),
            rates: self.views,
            total: EffectTotal {
                money: total.money.map(|money| money.round_dp(2).normalize()),
                known: total.known,
                no_rate: total.no_rate,
                no_quantity: total.no_quantity,
                no_grade: total.no_grade,
                withheld,
                words: say::total(&total, withheld),
            },
        }
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
        let surcharge = rate(Decimal::new(3, 1), &unit("CNY/energy", "1"), &power);
        assert_eq!(surcharge, Some(RateValue::PerUnit(Decimal::new(3, 1))));
        // 80 % is 0.8 of the tax.
        let relief = rate(Decimal::from(80), &unit("ratio", "0.01"), &tax);
        assert_eq!(relief, Some(RateValue::Relief(Decimal::new(80, 2))));
        // A price of water makes no money of electricity, nor a share of kilowatt-hours.
        assert_eq!(rate(Decimal::ONE, &unit("CNY/volume", "1"), &power), None);
        assert_eq!(rate(Decimal::ONE, &unit("ratio", "0.01"), &power), None);
    }
}
