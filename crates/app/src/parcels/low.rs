//! Idle and low-efficiency land on a day: what registers, contracts and visits say of a parcel, judged by the rules of content,
//! and what is done about it.
//!
//! The newest visit up to the day counts. Numbers are compared in base units; values of enterprises are those of the last full
//! year, and only where all of it is known. Deliberately absent: listing a parcel – people do, in the book of disposals.

use std::collections::BTreeMap;

use assess::commitment::due;
use assess::idle::{self, Case, Criterion, Datum, Done, Held, Still, Verdict};
use jiff::civil::Date;
use model::definition::{LandDuty, LandFact, LandFlag, LandGround, LandPart, LandRole, LandRule, LandWork};
use model::id::{EntryId, LandRuleId};
use model::value::Value;
use rust_decimal::Decimal;

use super::fault::Result;
use super::gather::gather;
use super::ground::{Ground, Shelf};
use super::measured::Measured;
use super::promises::contracted;
use super::shapes::{
    LowCriterion, LowDisposal, LowGround, LowMissing, LowPage, LowParcel, LowRule, LowStep, LowVerdict,
};
use crate::access::Actor;
use crate::messages::land_policy as say;
use crate::park::Park;

/// Idle and low-efficiency land on a day, or at the end of a year.
///
/// # Errors
/// [`super::ParcelsFault`] when parcels are not for this person.
pub fn low(park: &Park, actor: &Actor, (on, year): (Option<Date>, Option<i16>)) -> Result<LowPage> {
    let ground = Ground::new(park, actor)?;
    let on = match on {
        Some(on) => on,
        None => gather(park, &ground, super::year_or_newest(park, year)?).on,
    };
    let full = if on.month() == 12 && on.day() == 31 { on.year() } else { on.year() - 1 };
    let measured = Measured { ground: &ground, gathered: gather(park, &ground, full) };
    let rules: Vec<&LandRule> = ground.content.land_rules.values().filter(|rule| rule.in_force(on)).collect();
    let parcels = ground.parcels();
    let looked = |row: &u32| ground.in_force(*row, on) && measured.gathered.counts(*row);
    let rows: Vec<u32> = parcels.rows().filter(looked).collect();
    let mut heads: Vec<LowRule> = rules.iter().map(|rule| head(rule)).collect();
    let mut items = Vec::new();
    for row in &rows {
        let known = Known::of(&measured, *row, on);
        let verdicts = verdicts(&rules, &known.case, on);
        for (head, (_, verdict)) in heads.iter_mut().zip(&verdicts) {
            head.met += usize::from(verdict.held == Held::Met);
            head.unknown += usize::from(verdict.held == Held::Unknown);
        }
        let disposals = disposals(&ground, parcels.id(*row), on);
        let open = disposals.iter().any(|disposal| disposal.open);
        let told = |verdict: &Verdict| verdict.held != Held::NotMet || verdict.excused || verdict.behind;
        if open || verdicts.iter().any(|(_, verdict)| told(verdict)) {
            let met = verdicts.iter().any(|(_, verdict)| verdict.held == Held::Met);
            items.push(LowParcel {
                parcel: ground.link(parcels.id(*row), Some(&parcels.book.id)),
                code: ground.shown(parcels, *row, LandPart::Code).unwrap_or_default(),
                area: ground.legal_area(*row).map(|(area, _)| area),
                surveyed: known.surveyed,
                verdicts: verdicts.iter().map(|(rule, verdict)| known.verdict(rule, verdict)).collect(),
                disposals,
                undisposed: met && !open,
            });
        }
    }
    Ok(LowPage { on, year: full, rules: heads, items, parcels: rows.len(), revision: ground.revision() })
}

fn head(rule: &LandRule) -> LowRule {
    LowRule {
        id: rule.id.to_string(),
        title: rule.title.clone(),
        title_en: rule.title_en.clone(),
        document: crate::messages::parcels::document(&rule.document).to_owned(),
        class: rule.class.word().to_owned(),
        met: 0,
        unknown: 0,
    }
}

/// What each rule says; rules that come first are asked first, whatever the order of their files.
fn verdicts<'r>(rules: &[&'r LandRule], case: &Case, on: Date) -> Vec<(&'r LandRule, Verdict)> {
    let alone: BTreeMap<&LandRuleId, Held> =
        rules.iter().map(|rule| (&rule.id, idle::judge(rule, case, on, false).held)).collect();
    let first = |rule: &LandRule| rule.after.iter().any(|id| alone.get(id) == Some(&Held::Met));
    rules.iter().map(|rule| (*rule, idle::judge(rule, case, on, first(rule)))).collect()
}

/// What is known of a parcel on a day.
struct Known<'a> {
    measured: &'a Measured<'a>,
    case: Case,
    surveyed: Option<Date>,
    /// Numbers that this reader may not see.
    hidden: Vec<LandFact>,
}

impl<'a> Known<'a> {
    fn of(measured: &'a Measured<'a>, row: u32, on: Date) -> Self {
        let ground = measured.ground;
        let parcels = ground.parcels();
        let parcel = parcels.id(row);
        let surveys = ground.shelf(LandRole::Survey);
        let visit = surveys.and_then(|shelf| Some((shelf, newest(shelf, parcel, on)?)));
        let mut case = Case { price: parcels.number(row, LandPart::Price), ..Case::default() };
        case.duties = duties(parcels, row, visit, on);
        case.still = still(visit, &case);
        let mut known = Self { measured, case, surveyed: None, hidden: Vec::new() };
        if let Some((shelf, visit)) = visit {
            known.surveyed = shelf.date(visit, LandPart::On);
            known.visited(shelf, visit);
        }
        known.reached(row, visit, on);
        known
    }

    /// What the visit counted.
    fn visited(&mut self, shelf: Shelf<'_>, visit: u32) {
        let ground = self.measured.ground;
        let numbers = [
            (LandFact::DueArea, ground.area(shelf, visit, LandPart::DueArea)),
            (LandFact::DevelopedArea, ground.area(shelf, visit, LandPart::DevelopedArea)),
            (LandFact::TotalInvestment, base(ground, shelf, visit, LandPart::TotalInvestment)),
            (LandFact::Invested, base(ground, shelf, visit, LandPart::Invested)),
        ];
        let known = numbers.into_iter().filter_map(|(fact, number)| Some((fact, number?)));
        self.case.numbers.extend(known);
        let flags = [(LandFlag::Banned, LandPart::Banned), (LandFlag::Failing, LandPart::Failing)];
        let known = flags.into_iter().filter_map(|(flag, part)| Some((flag, yes(shelf, visit, part)?)));
        self.case.flags.extend(known);
        self.case.government = yes(shelf, visit, LandPart::GovernmentCause);
    }

    /// What the contract promises, and what was reached of it, per base unit of area.
    fn reached(&mut self, row: u32, visit: Option<(Shelf<'_>, u32)>, on: Date) {
        let ground = self.measured.ground;
        let parcels = ground.parcels();
        let parcel = parcels.id(row);
        let area = ground.legal_area(row).map(|(area, _)| area).filter(|area| *area > Decimal::ZERO);
        self.case.promises_known = parcels.meaning(row, LandPart::Promises).as_deref() == Some("none");
        let Some(promises) = ground.shelf(LandRole::Commitment) else { return };
        let producing = parcels.date(row, LandPart::Produced);
        for promise in promises.rows_of(LandPart::Parcel, parcel) {
            let contracted = contracted(ground, promises, promise, row);
            let begun = contracted
                .as_ref()
                .and_then(|contracted| due(contracted, producing))
                .is_some_and(|due| due <= on);
            // A contract of which one promise is on record has all of them there.
            self.case.promises_known = true;
            let Some(item) = promises.meaning(promise, LandPart::Item) else { continue };
            *self.case.promised.entry(item.clone()).or_default() |= begun;
            if !begun {
                continue;
            }
            if let Some(value) = promised(ground, promises, promise) {
                self.case.numbers.insert(LandFact::Promised(item.clone()), value);
            }
            let whole = if item == LandFact::INVESTMENT {
                let invested =
                    visit.and_then(|(shelf, visit)| base(ground, shelf, visit, LandPart::Invested));
                let price = base(ground, parcels, row, LandPart::Price);
                invested.zip(price).map(|(invested, price)| (invested + price, false))
            } else {
                let measure = ground.content.measures.get(item.as_str());
                measure.and_then(|measure| {
                    let (value, hidden) = self.measured.whole_year(measure, parcel)?;
                    Some((
                        value.checked_mul(ground.content.units.get(measure.unit.as_str())?.factor)?,
                        hidden,
                    ))
                })
            };
            let per = whole.zip(area).and_then(|((whole, hidden), area)| {
                Some((whole.checked_div(area.checked_mul(Decimal::from(3))?)?, hidden))
            });
            if let Some((per, hidden)) = per {
                let fact = LandFact::Reached(item);
                if hidden {
                    self.hidden.push(fact.clone());
                }
                self.case.numbers.insert(fact, per);
            }
        }
    }

    fn verdict(&self, rule: &LandRule, verdict: &Verdict) -> LowVerdict {
        let grounds = rule.grounds.iter().zip(&verdict.grounds);
        LowVerdict {
            rule: rule.id.to_string(),
            held: word(verdict.held).to_owned(),
            because: if verdict.excused {
                Some("excused".to_owned())
            } else {
                verdict.behind.then(|| "behind".to_owned())
            },
            words: say::verdict(verdict),
            grounds: grounds.map(|(of, found)| self.ground(of, found)).collect(),
            missing: self.all_missing(&verdict.missing),
        }
    }

    /// What is missing, each once: a promise and its value are the same row of the same book.
    fn all_missing(&self, data: &[Datum]) -> Vec<LowMissing> {
        let mut found: Vec<LowMissing> = Vec::new();
        for missing in data.iter().map(|datum| self.missing(datum)) {
            if !found.contains(&missing) {
                found.push(missing);
            }
        }
        found
    }

    fn ground(&self, of: &LandGround, found: &idle::Ground) -> LowGround {
        let parcels = self.measured.ground.parcels();
        let unit = parcels.unit(LandPart::Price);
        let step = |at: usize, due: bool, on: Option<Date>, fee: Option<Decimal>| {
            let step = &of.steps[at];
            let told = step.price_share.map(|_| {
                fee.map_or_else(|| say::NO_PRICE.to_owned(), |fee| format!("{}{unit}", fee.normalize()))
            });
            LowStep {
                title: step.title.clone(),
                title_en: step.title_en.clone(),
                due,
                on,
                fee: fee.map(|fee| fee.normalize()),
                fee_unit: unit.clone(),
                words: say::step(&step.title, (due, on), told.as_deref().filter(|_| due)),
            }
        };
        let mut steps: Vec<LowStep> =
            found.steps.iter().map(|(at, fee)| step(*at, true, None, *fee)).collect();
        steps.extend(found.next.map(|(at, on)| step(at, false, Some(on), None)));
        LowGround {
            title: of.title.clone(),
            title_en: of.title_en.clone(),
            held: word(found.held).to_owned(),
            since: found.since,
            criteria: found.criteria.iter().map(|criterion| self.criterion(criterion)).collect(),
            steps,
        }
    }

    fn criterion(&self, of: &Criterion) -> LowCriterion {
        use model::definition::LandTest;
        let hidden = matches!(&of.test, LandTest::Below { of, to, .. } if self.hidden.contains(of) || self.hidden.contains(to));
        LowCriterion {
            title: say::test(&of.test, |fact| self.fact(fact).0),
            held: word(of.held).to_owned(),
            value: of.value.filter(|_| !hidden).map(say::measured).unwrap_or_default(),
            limit: say::limit(&of.test),
            missing: of.missing.iter().map(|datum| self.missing(datum)).collect(),
        }
    }

    fn missing(&self, datum: &Datum) -> LowMissing {
        let ground = self.measured.ground;
        let of = |role: LandRole, part: LandPart| {
            ground.shelf(role).map_or_else(Default::default, |shelf| {
                (shelf.title(part).to_owned(), shelf.book.department.clone())
            })
        };
        let (title, department) = match datum {
            Datum::Due(duty) => of(LandRole::Parcel, parts(*duty).0),
            Datum::Done(duty) => of(LandRole::Parcel, parts(*duty).1),
            Datum::Number(fact) => self.fact(fact),
            Datum::Flag(LandFlag::Banned) => of(LandRole::Survey, LandPart::Banned),
            Datum::Flag(LandFlag::Failing) => of(LandRole::Survey, LandPart::Failing),
            Datum::Still(_) => of(LandRole::Survey, LandPart::StandingSince),
            Datum::Government => of(LandRole::Survey, LandPart::GovernmentCause),
            Datum::Price => of(LandRole::Parcel, LandPart::Price),
            Datum::Promise(item) => self.fact(&LandFact::Promised(item.clone())),
        };
        LowMissing { title, department }
    }

    /// What a number is called, and the department that has it.
    fn fact(&self, fact: &LandFact) -> (String, String) {
        let ground = self.measured.ground;
        let of = |role: LandRole, part: LandPart| {
            ground.shelf(role).map_or_else(Default::default, |shelf| {
                (shelf.title(part).to_owned(), shelf.book.department.clone())
            })
        };
        let item = |id: &str| {
            let measure = ground.content.measures.get(id);
            measure.map_or_else(
                || (say::INVESTMENT.to_owned(), of(LandRole::Survey, LandPart::Invested).1),
                |measure| (measure.title.clone(), measure.department.clone()),
            )
        };
        match fact {
            LandFact::DueArea => of(LandRole::Survey, LandPart::DueArea),
            LandFact::DevelopedArea => of(LandRole::Survey, LandPart::DevelopedArea),
            LandFact::TotalInvestment => of(LandRole::Survey, LandPart::TotalInvestment),
            LandFact::Invested => of(LandRole::Survey, LandPart::Invested),
            LandFact::Reached(id) => item(id),
            LandFact::Promised(id) => {
                (say::promised(&item(id).0), of(LandRole::Commitment, LandPart::Item).1)
            }
        }
    }
}

fn word(held: Held) -> &'static str {
    match held {
        Held::Met => "met",
        Held::NotMet => "not_met",
        Held::Unknown => "unknown",
    }
}

/// The newest visit up to a day.
fn newest(shelf: Shelf<'_>, parcel: EntryId, on: Date) -> Option<u32> {
    let rows = shelf.rows_of(LandPart::Parcel, parcel).into_iter();
    let dated = rows.filter_map(|row| Some((shelf.date(row, LandPart::On)?, row)));
    dated.filter(|(day, _)| *day <= on).max().map(|(_, row)| row)
}

fn yes(shelf: Shelf<'_>, row: u32, part: LandPart) -> Option<bool> {
    match shelf.value(row, part)? {
        Value::Flag(flag) => Some(flag),
        _ => None,
    }
}

/// A number in base units.
fn base(ground: &Ground<'_>, shelf: Shelf<'_>, row: u32, part: LandPart) -> Option<Decimal> {
    let number = shelf.number(row, part)?;
    number.checked_mul(ground.content.units.get(&shelf.unit(part))?.factor)
}

/// A promise in base units; one whose unit is not known cannot be compared.
fn promised(ground: &Ground<'_>, shelf: Shelf<'_>, row: u32) -> Option<Decimal> {
    let unit = match shelf.value(row, LandPart::ValueUnit) {
        Some(unit) => unit.to_string(),
        None => shelf.unit(LandPart::Value),
    };
    shelf.number(row, LandPart::Value)?.checked_mul(ground.content.units.get(&unit)?.factor)
}

/// When a duty is due, and when it was done.
fn parts(duty: LandDuty) -> (LandPart, LandPart) {
    match duty {
        LandDuty::Begin => (LandPart::StartDue, LandPart::Started),
        LandDuty::Complete => (LandPart::CompletionDue, LandPart::Completed),
        LandDuty::Produce => (LandPart::ProductionDue, LandPart::Produced),
    }
}

/// What the register says of the contract's days; where it says nothing, the visit, then the state of the register.
fn duties(
    parcels: Shelf<'_>,
    row: u32,
    visit: Option<(Shelf<'_>, u32)>,
    on: Date,
) -> BTreeMap<LandDuty, (Option<Date>, Done)> {
    let state = visit
        .and_then(|(shelf, visit)| shelf.meaning(visit, LandPart::State))
        .or_else(|| parcels.meaning(row, LandPart::State));
    let mut found = BTreeMap::new();
    // Whoever produces has completed, and whoever has completed has begun.
    let mut later = false;
    for duty in [LandDuty::Produce, LandDuty::Complete, LandDuty::Begin] {
        let (due, done) = parts(duty);
        let seen = match parcels.date(row, done) {
            Some(day) => Done::On(day),
            None if later => Done::Undated,
            None => seen(duty, state.as_deref()),
        };
        later = later || matches!(seen, Done::Undated) || matches!(seen, Done::On(day) if day <= on);
        found.insert(duty, (parcels.date(row, due), seen));
    }
    found
}

/// What a state of the ground says of a duty.
fn seen(duty: LandDuty, state: Option<&str>) -> Done {
    match (duty, state) {
        (_, Some("unbuilt" | "unsold"))
        | (
            LandDuty::Complete | LandDuty::Produce,
            Some("building" | "building_stopped" | "under_construction"),
        ) => Done::Not,
        (LandDuty::Begin, Some("building" | "building_stopped" | "under_construction"))
        | (_, Some("producing" | "half_stopped" | "stopped"))
        | (LandDuty::Begin | LandDuty::Complete, Some("vacant" | "built")) => Done::Undated,
        _ => Done::Unknown,
    }
}

/// What stands still, by the visit; where nothing was begun or all is completed no building can stand still.
fn still(visit: Option<(Shelf<'_>, u32)>, case: &Case) -> BTreeMap<LandWork, Still> {
    let state = visit.and_then(|(shelf, visit)| shelf.meaning(visit, LandPart::State));
    let since = visit.and_then(|(shelf, visit)| shelf.date(visit, LandPart::StandingSince));
    let stands = since.map_or(Still::Undated, Still::Since);
    let done = |duty| case.duties.get(&duty).map_or(Done::Unknown, |(_, done)| *done);
    let building = match state.as_deref() {
        Some("building_stopped") => stands,
        Some(_) => Still::No,
        None if done(LandDuty::Begin) == Done::Not => Still::No,
        None if matches!(done(LandDuty::Complete), Done::On(_) | Done::Undated) => Still::No,
        None => Still::Unknown,
    };
    let production = match state.as_deref() {
        Some("half_stopped" | "stopped" | "vacant") => stands,
        Some(_) => Still::No,
        None if done(LandDuty::Complete) == Done::Not => Still::No,
        None => Still::Unknown,
    };
    BTreeMap::from([(LandWork::Building, building), (LandWork::Production, production)])
}

/// What is done about a parcel, newest first; what was listed after the day is not known on it.
fn disposals(ground: &Ground<'_>, parcel: EntryId, on: Date) -> Vec<LowDisposal> {
    let Some(shelf) = ground.shelf(LandRole::Disposal) else { return Vec::new() };
    let view = |row: u32| {
        let listed = shelf.date(row, LandPart::On);
        let (due, done) = (shelf.date(row, LandPart::Due), shelf.date(row, LandPart::Done));
        let state = shelf.text(row, LandPart::State);
        let closed =
            shelf.book.case.as_ref().zip(state).is_some_and(|(case, state)| case.closed.contains(&state));
        let done = done.filter(|done| *done <= on);
        let begun = shelf.date(row, LandPart::Planned).or(listed);
        let progress = idle::progress(begun, due.filter(|_| !closed || done.is_some()), done, on);
        LowDisposal {
            entry: shelf.id(row).0,
            kind: ground.shown(shelf, row, LandPart::Kind),
            way: ground.shown(shelf, row, LandPart::Way),
            state: ground.shown(shelf, row, LandPart::State),
            on: listed,
            due,
            done,
            open: !closed && done.is_none(),
            late: progress.late,
            passed: progress.passed,
            by: ground.shown(shelf, row, LandPart::By),
            text: ground.shown(shelf, row, LandPart::Text),
        }
    };
    let rows = shelf.rows_of(LandPart::Parcel, parcel).into_iter().map(view);
    let mut found: Vec<LowDisposal> = rows.filter(|of| of.on.is_none_or(|listed| listed <= on)).collect();
    found.sort_by_key(|of| (std::cmp::Reverse(of.on), of.entry));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_of_the_ground_says_what_was_done() {
        let check = |state, expected: [Done; 3]| {
            let duties = [LandDuty::Begin, LandDuty::Complete, LandDuty::Produce];
            assert_eq!(duties.map(|duty| seen(duty, state)), expected, "{state:?}");
        };
        check(Some("unbuilt"), [Done::Not; 3]);
        check(Some("building_stopped"), [Done::Undated, Done::Not, Done::Not]);
        check(Some("stopped"), [Done::Undated; 3]);
        // An empty hall was built; whether anything was ever made in it nobody says.
        check(Some("vacant"), [Done::Undated, Done::Undated, Done::Unknown]);
        check(None, [Done::Unknown; 3]);
    }
}
