//! Schemes: `schemes/ID.toml`, checked against measures, marks and units. A number a document states without our having it is
//! written `to be supplied`.
//!
//! Deliberately absent: running the vectors; `assess` does, and `content check` asks it.

mod grading;
mod raw;
mod vectors;

use indexmap::IndexMap;
use rust_decimal::Decimal;
use toml::Spanned;

use self::raw::{Number, RawGroup, RawIndicator, RawMethod, RawPopulation, SchemeFile, Text};
use super::{At, Loading, in_folder};
use crate::content::SourceFile;
use crate::definition::{
    Benchmark, Conversion, Denominator, Group, Indicator, Method, Population, Publication, Scheme, Setting,
    Years,
};
use crate::id::{GroupId, MarkId, MeasureId, UnitId};
use crate::unit::{Dimension, Unit};
use crate::wording::{diagnostic as say, scheme as say_scheme};

/// The denominator that is the subject's own land.
const LAND: &str = "land";
/// The unit land is counted in, as sheets write it.
const LAND_UNIT: &str = "㎡";
/// What weights of a group add up to.
const FULL: Decimal = Decimal::ONE_HUNDRED;

impl Loading {
    pub(super) fn schemes(&mut self, files: &[&SourceFile]) {
        for at in in_folder(files, "schemes") {
            self.check_id(at, at.stem);
            let Some(raw) = self.read::<SchemeFile>(at) else { continue };
            if let Some(scheme) = self.scheme(at, raw) {
                self.content.schemes.insert(scheme.id.clone(), scheme);
            }
        }
    }

    fn scheme(&mut self, at: At<'_>, raw: SchemeFile) -> Option<Scheme> {
        let issued = match &raw.issued {
            Some(text) => Some(self.date(at, text)?),
            None => None,
        };
        let mut groups: Vec<Group> = Vec::new();
        for group in raw.group {
            let span = group.id.span();
            let Some(group) = self.group(at, group) else { continue };
            if groups.iter().any(|g| g.id == group.id) {
                self.report(at, span, say::duplicate_id(group.id.as_str()));
                continue;
            }
            groups.push(group);
        }
        let grades = self.grades(at, raw.grades)?;
        let mut scheme = Scheme {
            id: at.stem.into(),
            title: raw.title.into_inner(),
            title_en: raw.title_en,
            document: raw.document,
            authority: raw.authority,
            region: raw.region,
            issued,
            from_year: raw.from_year,
            to_year: raw.to_year,
            judges: raw.judges,
            merge: raw.merge,
            source: raw.source,
            usual: raw.usual,
            decimals: raw.decimals,
            rank_by: raw.rank_by,
            tie_break: raw.tie_break,
            groups,
            corrections: Vec::new(),
            bonuses: self.extras(at, raw.bonus),
            maluses: self.extras(at, raw.malus),
            bonus_max: self.some_setting(at, raw.bonus_max.as_ref()),
            malus_max: self.some_setting(at, raw.malus_max.as_ref()),
            grades,
            classes: Vec::new(),
            vetoes: Vec::new(),
            protections: Vec::new(),
            publication: Publication {
                area_days: self.some_setting(at, raw.publication.area_days.as_ref()),
                result_days: self.some_setting(at, raw.publication.result_days.as_ref()),
                until: raw.publication.until,
                late: raw.publication.late,
            },
            vectors: Vec::new(),
        };
        scheme.corrections = self.corrections(at, &scheme, raw.correction);
        scheme.classes = self.classes(at, &scheme, raw.class);
        scheme.vetoes = self.bars(at, &scheme, raw.veto);
        scheme.protections = self.bars(at, &scheme, raw.protection);
        scheme.vectors = self.vectors(at, &scheme, raw.vector);
        Some(scheme)
    }

    fn group(&mut self, at: At<'_>, raw: RawGroup) -> Option<Group> {
        self.check_id(at, raw.id.get_ref());
        let population = self.population(at, raw.population);
        let mut indicators: Vec<Indicator> = Vec::new();
        for one in raw.indicator {
            let span = one.id.span();
            let Some(one) = self.indicator(at, one) else { continue };
            if indicators.iter().any(|i| i.id == one.id) {
                self.report(at, span, say::duplicate_id(one.id.as_str()));
                continue;
            }
            indicators.push(one);
        }
        self.weights(at, &raw.id, &raw.title, &indicators);
        let grades = match raw.grades {
            Some(grades) => Some(self.grades(at, grades)?),
            None => None,
        };
        Some(Group {
            id: raw.id.into_inner().into(),
            title: raw.title,
            title_en: raw.title_en,
            population,
            indicators,
            grades,
        })
    }

    /// Weights add up to 100 where all are known; plain ranking has none to add.
    fn weights(&mut self, at: At<'_>, id: &Text, title: &str, indicators: &[Indicator]) {
        let known: Option<Vec<Decimal>> = indicators.iter().map(|i| i.weight.known()).collect();
        let ranking = indicators.iter().any(|i| i.method == Method::Value);
        let Some(known) = known.filter(|w| !w.is_empty() && !ranking) else { return };
        let sum: Decimal = known.iter().sum();
        if sum != FULL {
            self.report(at, id.span(), say_scheme::weights_do_not_add_up(title, sum));
        }
    }

    fn population(&mut self, at: At<'_>, raw: RawPopulation) -> Population {
        Population {
            classes: raw.classes,
            class_on: raw.class_on,
            industries: raw.industries,
            min_land: self.some_setting(at, raw.min_land.as_ref()),
            below_land: self.some_setting(at, raw.below_land.as_ref()),
            min_floor: self.some_setting(at, raw.min_floor.as_ref()),
            min_age: self.some_setting(at, raw.min_age.as_ref()),
        }
    }

    fn indicator(&mut self, at: At<'_>, raw: RawIndicator) -> Option<Indicator> {
        self.check_id(at, raw.id.get_ref());
        let (numerator, numerator_unit) = self.measured(at, &raw.numerator)?;
        let (denominator, denominator_unit) = match &raw.denominator {
            None => (Denominator::One, None),
            Some(name) if name.get_ref() == LAND => {
                let unit = self.content.units.find(LAND_UNIT).map(|u| u.id.clone());
                (Denominator::Land, Some(unit.unwrap_or_else(|| LAND_UNIT.into())))
            }
            Some(name) => {
                let (measure, unit) = self.measured(at, name)?;
                (Denominator::Measure(measure), Some(unit))
            }
        };
        let unit = match &raw.unit {
            Some(unit) => Some(self.unit_name(at, unit)?),
            None => None,
        };
        let place = raw.unit.as_ref().unwrap_or(&raw.id).span();
        let conversion = match self.conversion(&numerator_unit, denominator_unit.as_ref(), unit.as_ref()) {
            Ok(conversion) => conversion,
            Err((ours, theirs)) => {
                self.report(at, place, say::unit_mismatch(&ours, &theirs));
                return None;
            }
        };
        let benchmark = self.benchmark(at, &raw)?;
        let within = |this: &mut Self, number: &Option<Number>| {
            number.as_ref().and_then(|n| this.share(at, n)).and_then(Setting::known)
        };
        Some(Indicator {
            numerator,
            denominator,
            conversion,
            unit,
            numerator_unit,
            denominator_unit,
            weight: self.at_least_zero(at, &raw.weight)?,
            method: self.method(at, &raw),
            benchmark,
            winsorise: within(self, &raw.winsorise),
            cap: self.some_setting(at, raw.cap.as_ref()),
            floor: self.some_setting(at, raw.floor.as_ref()),
            min_known: within(self, &raw.min_known),
            decimals: raw.decimals,
            missing: raw.missing,
            better: raw.better,
            id: raw.id.into_inner().into(),
            title: raw.title,
            title_en: raw.title_en,
        })
    }

    fn method(&mut self, at: At<'_>, raw: &RawIndicator) -> Method {
        match raw.method {
            RawMethod::Ratio => Method::Ratio,
            RawMethod::Value => Method::Value,
            RawMethod::MinMax => Method::MinMax {
                base: raw.base.as_ref().and_then(|b| self.share(at, b)).unwrap_or(Setting::Is(Decimal::ZERO)),
                min: self.some_setting(at, raw.min.as_ref()),
                max: self.some_setting(at, raw.max.as_ref()),
            },
        }
    }

    fn benchmark(&mut self, at: At<'_>, raw: &RawIndicator) -> Option<Benchmark> {
        let Some(written) = &raw.benchmark else {
            if raw.method == RawMethod::Ratio {
                self.report(at, raw.id.span(), say_scheme::benchmark_missing());
                return None;
            }
            return Some(Benchmark::None);
        };
        let one = Setting::Is(Decimal::ONE);
        match written.get_ref() {
            toml::Value::String(word) if word == "group_mean" => Some(Benchmark::GroupMean { times: one }),
            toml::Value::String(word) if word == "previous_mean" => {
                Some(Benchmark::PreviousMean { times: one })
            }
            toml::Value::Table(table) => {
                let of = table.get("of").and_then(toml::Value::as_str);
                let times = table.get("times").cloned().map(|n| Spanned::new(written.span(), n));
                let times = match &times {
                    Some(times) => self.setting(at, times)?,
                    None => one,
                };
                match (of, table.keys().all(|k| k == "of" || k == "times")) {
                    (Some("group_mean"), true) => Some(Benchmark::GroupMean { times }),
                    (Some("previous_mean"), true) => Some(Benchmark::PreviousMean { times }),
                    _ => {
                        self.report(at, written.span(), say_scheme::bad_benchmark());
                        None
                    }
                }
            }
            _ => {
                let setting = self.setting(at, written)?;
                if setting.known().is_some_and(|n| n <= Decimal::ZERO) {
                    self.report(at, written.span(), say_scheme::benchmark_not_positive());
                    return None;
                }
                Some(Benchmark::Fixed(setting))
            }
        }
    }

    /// The measure of that id and its unit.
    fn measured(&mut self, at: At<'_>, name: &Text) -> Option<(MeasureId, UnitId)> {
        if let Some(measure) = self.content.measures.get(name.get_ref().as_str()) {
            return Some((measure.id.clone(), measure.unit.clone()));
        }
        let said =
            say_scheme::unknown_measure(name.get_ref(), self.content.measures.keys().map(MeasureId::as_str));
        self.report(at, name.span(), said);
        None
    }

    /// The exact factor from numerator and denominator to the indicator's unit, or the two dimensions that do not meet.
    fn conversion(
        &self,
        numerator: &UnitId,
        denominator: Option<&UnitId>,
        unit: Option<&UnitId>,
    ) -> Result<Conversion, (Dimension, Dimension)> {
        let known = |id: &UnitId| self.content.units.get(id.as_str());
        let dimension = |unit: Option<&Unit>| unit.map(|u| u.dimension.clone()).unwrap_or_default();
        let factor = |unit: Option<&Unit>| unit.map_or(Decimal::ONE, |u| u.factor);
        let (top, bottom) = (known(numerator), denominator.and_then(known));
        let own = unit.and_then(known);
        let found = dimension(top).combine(&dimension(bottom), -1);
        let declared = dimension(own);
        let counts = |d: &Dimension| d.is_plain() || d.0.keys().eq(["count"]);
        if found != declared && !(counts(&found) && counts(&declared)) {
            return Err((declared, found));
        }
        let by = factor(bottom).checked_mul(factor(own)).unwrap_or(Decimal::ONE);
        Ok(Conversion::reduced(factor(top), by))
    }

    fn mark_name(&mut self, at: At<'_>, name: &Text) -> Option<MarkId> {
        if let Some(mark) = self.content.marks.get(name.get_ref().as_str()) {
            return Some(mark.id.clone());
        }
        let said = say_scheme::unknown_mark(name.get_ref(), self.content.marks.keys().map(MarkId::as_str));
        self.report(at, name.span(), said);
        None
    }

    fn group_name(&mut self, at: At<'_>, scheme: &Scheme, name: &Text) -> Option<GroupId> {
        if let Some(group) = scheme.group(name.get_ref()) {
            return Some(group.id.clone());
        }
        let said = say_scheme::unknown_group(name.get_ref(), scheme.groups.iter().map(|g| g.id.as_str()));
        self.report(at, name.span(), said);
        None
    }

    pub(super) fn date(&mut self, at: At<'_>, text: &Text) -> Option<jiff::civil::Date> {
        let date = text.get_ref().parse().ok();
        if date.is_none() {
            self.report(at, text.span(), say::bad_date(text.get_ref()));
        }
        date
    }

    fn years(&mut self, at: At<'_>, years: Option<&Spanned<[i16; 2]>>) -> Years {
        let Some(written) = years else { return Years::default() };
        let [from, to] = *written.get_ref();
        if from > to {
            self.report(at, written.span(), say_scheme::years_reversed());
        }
        Years { from, to }
    }

    /// A number, or the word for one that is not known.
    fn setting(&mut self, at: At<'_>, number: &Number) -> Option<Setting> {
        let read = match number.get_ref() {
            toml::Value::Integer(n) => Some(Setting::Is(Decimal::from(*n))),
            toml::Value::String(text) if text == Setting::TO_BE_SUPPLIED => Some(Setting::ToBeSupplied),
            toml::Value::String(text) => text.parse().ok().map(Setting::Is),
            _ => None,
        };
        if read.is_none() {
            self.report(at, number.span(), say_scheme::not_a_setting());
        }
        read
    }

    fn some_setting(&mut self, at: At<'_>, number: Option<&Number>) -> Option<Setting> {
        number.and_then(|n| self.setting(at, n))
    }

    fn at_least_zero(&mut self, at: At<'_>, number: &Number) -> Option<Setting> {
        let setting = self.setting(at, number)?;
        if setting.known().is_some_and(|n| n < Decimal::ZERO) {
            self.report(at, number.span(), say_scheme::below_zero());
            return None;
        }
        Some(setting)
    }

    /// A number between 0 and 1.
    fn share(&mut self, at: At<'_>, number: &Number) -> Option<Setting> {
        let setting = self.setting(at, number)?;
        if setting.known().is_some_and(|n| n < Decimal::ZERO || n > Decimal::ONE) {
            self.report(at, number.span(), say_scheme::not_a_share());
            return None;
        }
        Some(setting)
    }

    /// A number that must be known.
    fn decimal(&mut self, at: At<'_>, number: &Number) -> Option<Decimal> {
        let read = self.setting(at, number)?.known();
        if read.is_none() {
            self.report(at, number.span(), say_scheme::not_a_setting());
        }
        read
    }

    /// Numbers by the indicator they are about.
    fn by_indicator(
        &mut self,
        at: At<'_>,
        group: &Group,
        numbers: &IndexMap<Text, Number>,
    ) -> IndexMap<crate::id::IndicatorId, Decimal> {
        let mut read = IndexMap::new();
        for (name, number) in numbers {
            let Some(indicator) = group.indicators.iter().find(|i| i.id.as_str() == name.get_ref()) else {
                let known = group.indicators.iter().map(|i| i.id.as_str());
                let said = say_scheme::unknown_indicator(name.get_ref(), known);
                self.report(at, name.span(), said);
                continue;
            };
            if let Some(number) = self.decimal(at, number) {
                read.insert(indicator.id.clone(), number);
            }
        }
        read
    }
}
