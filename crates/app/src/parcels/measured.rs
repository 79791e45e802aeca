//! Measures of parcels as one reader may see them.
//!
//! A figure over a statistics-confidential book never shows what one enterprise gave to a reader without the right (统计法
//! 第二十八条): parts keep who, how and how good the evidence is, but no amounts; and the sum is withheld where fewer than
//! three enterprises make it, or one makes more than 85 % of it.

use std::sync::Arc;

use assess::attribution::{Method, Part};
use assess::facts::{Reading, State};
use model::definition::{LandRole, Measure, Split};
use model::id::{EntryId, MeasureId};
use rust_decimal::Decimal;

use super::fault::{ParcelsFault, Result};
use super::gather::{Gathered, Gauge, books_of, question};
use super::ground::Ground;
use super::list::mu;
use super::shapes::{AttributionView, MeasureCell, MeasureHead, PartView};
use crate::messages::parcels as say;

/// A sum of fewer shows what one of them gave.
const FEW: usize = 3;
/// One that makes more than this share of a sum shows through it.
const DOMINANT: Decimal = Decimal::from_parts(85, 0, 0, false, 2);
/// A hundred, for percent.
pub(super) const HUNDRED: Decimal = Decimal::ONE_HUNDRED;

/// A year's measures through the eyes of one reader.
pub(super) struct Measured<'a> {
    pub ground: &'a Ground<'a>,
    pub gathered: Arc<Gathered>,
}

/// A share as percent, two places.
pub(super) fn percent(share: Decimal) -> Decimal {
    (share * HUNDRED).round_dp(2).normalize()
}

/// The word of a state.
pub(super) fn state_word(state: State) -> &'static str {
    match state {
        State::Present => "present",
        State::Estimated => "estimated",
        State::Conflicting => "conflicting",
        State::Missing => "missing",
    }
}

/// A measure as a heading.
pub(super) fn head(measure: &Measure) -> MeasureHead {
    MeasureHead {
        id: measure.id.to_string(),
        title: measure.title.clone(),
        title_en: measure.title_en.clone(),
        unit: measure.unit.to_string(),
        domain: measure.domain.word().to_owned(),
    }
}

impl<'a> Measured<'a> {
    /// The measures of these ids.
    ///
    /// # Errors
    /// [`ParcelsFault::Missing`] for an id that is none.
    pub fn named(&self, ids: &[String]) -> Result<Vec<&'a Measure>> {
        let measures = &self.ground.content.measures;
        let find = |id: &String| measures.get(id.as_str()).ok_or_else(|| ParcelsFault::Missing(id.clone()));
        ids.iter().map(find).collect()
    }

    /// Measures that are divided among parcels and that somebody delivers.
    pub fn divided(&self) -> impl Iterator<Item = (&'a Measure, &Gauge)> {
        let measures = self.ground.content.measures.values();
        measures
            .filter(|measure| measure.split == Split::Additive)
            .filter_map(|measure| Some((measure, self.gathered.gauges.get(&measure.id)?)))
    }

    /// Whether a measure shows enterprises that this reader may not see one by one.
    pub fn secret(&self, measure: &Measure) -> bool {
        secret(self.ground, measure)
    }

    /// A measure of a parcel, whoever reads.
    fn reading(&self, measure: &Measure, parcel: EntryId) -> Reading {
        let number = self.gathered.parcels.of(parcel).filter(|_| measure.split == Split::Additive);
        let gauge = self.gathered.gauges.get(&measure.id);
        number.zip(gauge).map_or(Reading::MISSING, |(n, gauge)| gauge.attributed.reading(n as usize))
    }

    /// A measure of a parcel for the list.
    pub fn cell(&self, measure: &Measure, parcel: EntryId, area: Option<Decimal>) -> MeasureCell {
        let reading = self.reading(measure, parcel);
        let withheld = reading.value.is_some() && self.secret(measure) && self.few(&measure.id, parcel);
        let value = reading.value.filter(|_| !withheld);
        MeasureCell {
            measure: measure.id.to_string(),
            value,
            per_mu: per_mu(value, area),
            state: if withheld { "withheld" } else { state_word(reading.state) }.to_owned(),
            known: Some(percent(reading.known.decimal())),
        }
    }

    /// A measure of a parcel that is known of the whole year, and whether this reader may not see it.
    pub fn whole_year(&self, measure: &Measure, parcel: EntryId) -> Option<(Decimal, bool)> {
        let reading = self.reading(measure, parcel);
        let value = reading.value.filter(|_| reading.known.decimal() == Decimal::ONE)?;
        Some((value, self.secret(measure) && self.few(&measure.id, parcel)))
    }

    /// Whether a sum would show what a single enterprise gave.
    fn few(&self, measure: &MeasureId, parcel: EntryId) -> bool {
        let number = self.gathered.parcels.of(parcel);
        let gauge = self.gathered.gauges.get(measure);
        number.zip(gauge).is_some_and(|(number, gauge)| {
            shows_one(gauge.ledger(&self.gathered.plan).amounts(number as usize).map(Decimal::from))
        })
    }

    /// All measures of a parcel with what they are made of.
    pub fn attribution(&self, parcel: EntryId, area: Option<Decimal>) -> Vec<AttributionView> {
        let Some(number) = self.gathered.parcels.of(parcel) else { return Vec::new() };
        let view = |(measure, gauge): (&Measure, &Gauge)| {
            let reading = gauge.attributed.reading(number as usize);
            let parts = gauge.ledger(&self.gathered.plan).parts(number as usize);
            let secret = self.secret(measure);
            let withheld =
                reading.value.is_some() && secret && shows_one(parts.iter().filter_map(|part| part.amount));
            let value = reading.value.filter(|_| !withheld);
            let shown: Vec<PartView> =
                parts.iter().filter_map(|part| self.part(measure, part, secret)).collect();
            AttributionView {
                measure: measure.id.to_string(),
                title: measure.title.clone(),
                title_en: measure.title_en.clone(),
                unit: measure.unit.to_string(),
                value,
                per_mu: per_mu(value, area),
                state: if withheld { "withheld" } else { state_word(reading.state) }.to_owned(),
                known: Some(percent(reading.known.decimal())),
                figure: measure.figure.as_ref().map_or_else(String::new, ToString::to_string),
                withheld_parts: if secret { shown.len() } else { 0 },
                parts: shown,
            }
        };
        self.divided().map(view).collect()
    }

    fn part(&self, measure: &Measure, part: &Part, secret: bool) -> Option<PartView> {
        let entry = self.gathered.enterprises.entries[part.enterprise? as usize];
        let enterprise = self.ground.link(entry, register(self.ground));
        let whole = whole(part);
        let share = part.amount.zip(whole).and_then(|(amount, whole)| amount.checked_div(whole));
        let method = part.method();
        let figure = measure.figure.as_ref().filter(|_| !secret);
        Some(PartView {
            question: figure
                .and_then(|f| question(self.ground.content, f, self.gathered.year, &enterprise.title)),
            whole: whole.filter(|_| !secret),
            weight: share.filter(|_| !secret).map(percent),
            value: part.amount.filter(|_| !secret),
            method: method.map_or("unknown", method_word).to_owned(),
            method_words: method.map_or_else(
                || say::NOT_REPORTED.to_owned(),
                |method| {
                    say::method(
                        method,
                        &part.reasons.iter().map(|reason| say::reason(*reason)).collect::<Vec<_>>(),
                    )
                },
            ),
            evidence: method.map_or("", |m| say::evidence(m.evidence())).to_owned(),
            enterprise,
        })
    }
}

/// The register of enterprises.
pub(super) fn register<'a>(ground: &Ground<'a>) -> Option<&'a model::id::BookId> {
    ground.content.book_with_role(LandRole::Enterprise.word()).map(|book| &book.id)
}

/// Whether a measure shows enterprises that a reader may not see one by one.
pub(super) fn secret(ground: &Ground<'_>, measure: &Measure) -> bool {
    if ground.sight.actor.reader().may_see_confidential {
        return false;
    }
    let books = measure.figure.iter().flat_map(|figure| books_of(ground.content, figure));
    books.into_iter().any(|book| book.statistics_confidential)
}

/// Whether the sum of what each enterprise gave shows what one of them did.
pub(super) fn shows_one(amounts: impl Iterator<Item = Decimal>) -> bool {
    let (mut givers, mut all, mut most) = (0, Decimal::ZERO, Decimal::ZERO);
    for amount in amounts.filter(|amount| !amount.is_zero()) {
        givers += 1;
        all += amount.abs();
        most = most.max(amount.abs());
    }
    givers > 0 && (givers < FEW || most > all * DOMINANT)
}

/// What the enterprise had in the periods a part is of, everywhere.
fn whole(part: &Part) -> Option<Decimal> {
    let mut seen = Vec::new();
    let mut sum = None;
    for piece in &part.pieces {
        if !seen.contains(&piece.month) {
            seen.push(piece.month);
            sum = Some(sum.unwrap_or(Decimal::ZERO) + piece.of);
        }
    }
    sum
}

/// A value per 亩 of the whole parcel, four places.
pub(super) fn per_mu(value: Option<Decimal>, area: Option<Decimal>) -> Option<Decimal> {
    let mu = area.and_then(mu).filter(|mu| !mu.is_zero())?;
    value?.checked_div(mu).map(|per| per.round_dp(4).normalize())
}

/// The word of a method for programs.
fn method_word(method: Method) -> &'static str {
    match method {
        Method::SiteAccount => "account",
        Method::Meter => "meter",
        Method::Dated => "occupancy",
        Method::AreaTime => "area_time",
        Method::Holding => "holding",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_of_few_or_of_one_large_shows_through() {
        let check = |amounts: &[i64], shows: bool| {
            assert_eq!(shows_one(amounts.iter().copied().map(Decimal::from)), shows, "{amounts:?}");
        };
        check(&[], false);
        check(&[60], true);
        check(&[60, 240], true);
        check(&[60, 240, 30], false);
        // 860 of 1,000 is more than 85 %; 850 is not. A zero is nobody.
        check(&[860, 100, 40], true);
        check(&[850, 100, 50], false);
        check(&[60, 240, 0], true);
        check(&[-860, 100, 40], true);
    }

    #[test]
    fn per_mu_is_of_the_whole_parcel() {
        // The worked example: 389.5068 万元 on 13,333.33 ㎡ = 19.999995 亩.
        let per = per_mu("389.5068".parse().ok(), "13333.33".parse().ok());
        assert_eq!(per.map(|p| p.to_string()), Some("19.4753".to_owned()));
        assert_eq!(per_mu(None, Some(Decimal::ONE)), None);
        assert_eq!(per_mu(Some(Decimal::ONE), None), None);
    }
}
