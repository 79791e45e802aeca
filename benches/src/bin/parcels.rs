//! Values of enterprises attributed to land parcels, and the parcels scored and graded: three users a parcel, twelve months, nine measures.
//!
//! `parcels PARCELS REPEATS THREADS`. Making the region and each measure's values is not timed, as it is not for the peer. The scheme
//! is the usual one for parcels with nine indicators, each measure by land, against the mean of all.

use std::sync::Arc;

use app::library::Library;
use assess::attribution::{Area, Column, Options, Over, Plan};
use assess::facts::{Facts, Reading, Status, Subject};
use assess::run;
use model::definition::{Judged, MissingRule, Scheme, Setting, TieBreak};
use model::id::{EntryId, MeasureId};
use parkledger_benches::{Fault, arguments, print, region, timed};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Value, json};

fn main() -> Result<(), Fault> {
    let arguments = arguments();
    let [parcels, repeats, threads] = arguments.as_slice() else {
        return Err("parcels PARCELS REPEATS THREADS".into());
    };
    let (parcels, repeats, threads) = (parcels.parse()?, repeats.parse()?, threads.parse()?);
    let scheme = scheme()?;
    let (mut all, mut computed) = (Vec::new(), Value::Null);
    for _ in 0..repeats {
        let (ms, found) = once(parcels, threads, &scheme)?;
        all.push(ms);
        computed = found;
    }
    print(if threads == 1 { "parkledger-1" } else { "parkledger" }, &all, &computed);
    Ok(())
}

/// The usual scheme for parcels: one group, one indicator per measure, all of 11 points but the first of 12.
fn scheme() -> Result<Scheme, Fault> {
    let library = Library::load(None)?;
    let usual = library.content.schemes.values().find(|s| s.usual && s.judges == Judged::Parcel);
    let mut scheme = usual.ok_or("no usual scheme for parcels")?.clone();
    scheme.groups.truncate(1);
    scheme.tie_break = TieBreak::None;
    let group = &mut scheme.groups[0];
    let mut indicator = group.indicators[0].clone();
    (indicator.winsorise, indicator.min_known, indicator.missing) = (None, None, MissingRule::GroupMean);
    group.indicators = (0..region::MEASURES)
        .map(|measure| {
            indicator.id = format!("measure-{measure}").into();
            indicator.numerator = numerator(measure);
            indicator.weight = Setting::Is(Decimal::from(if measure == 0 { 12 } else { 11 }));
            indicator.clone()
        })
        .collect();
    Ok(scheme)
}

fn numerator(measure: u64) -> MeasureId {
    format!("measure-{measure}").into()
}

fn subjects(parcels: u32) -> Vec<Subject> {
    let nothing: Arc<str> = "".into();
    let subject = |parcel: u32| Subject {
        key: EntryId(u64::from(parcel) + 1),
        name: nothing.clone(),
        class: nothing.clone(),
        class_before: None,
        unit: None,
        industry: nothing.clone(),
        land: Some(Area(region::area(u64::from(parcel))).square_metres()),
        floor: None,
        since: None,
        status: Status::Scored,
    };
    (0..parcels).map(subject).collect()
}

/// Milliseconds, and sums over all parcels: by measure values, values times a number of the parcel, known shares, what is on no
/// parcel; scores, and how many have each grade.
fn once(parcels: u32, threads: usize, scheme: &Scheme) -> Result<(f64, Value), Fault> {
    let land = region::land(parcels);
    let mut facts = Facts { year: 2025, subjects: subjects(parcels), ..Facts::default() };
    let (plan, planned) = timed(|| Plan::new(land, Options { threads }));
    let (mut attributed, mut rows) = (0.0, Vec::new());
    let mut column = Column::new(0, Column::SCALE, Over::Sum);
    for measure in 0..region::MEASURES {
        region::column(parcels, measure, &mut column);
        let ((found, readings), ms) = timed(|| {
            let found = plan.attribute(&column);
            let readings: Vec<Reading> = found.readings();
            (found, readings)
        });
        attributed += ms;
        let year = found.year();
        assert!(year.agree() && plan.problems().is_empty());
        let marked: i128 = (0_i128..).zip(&found.sums).map(|(p, sum)| (p % 97 + 1) * sum).sum();
        let known: f64 = found.known.iter().map(|s| f64::from(s.millionths())).sum();
        rows.push([year.parcels as f64, marked as f64, known, year.no_parcel as f64]);
        facts.measures.insert(numerator(measure), readings);
    }
    drop(plan);
    let options = run::Options { threads, any_year: true, ..run::Options::default() };
    let (graded, scored) = timed(|| -> Result<_, run::RunFault> {
        let run = run::run(scheme, &facts, &options)?;
        let (mut sum, mut grades) = (Decimal::ZERO, [0_u32; 4]);
        for subject in 0..parcels as usize {
            sum += run.score(subject).unwrap_or_default();
            let grade = run.grade(subject).and_then(|grade| "ABCD".find(grade.as_str()));
            if let Some(grade) = grade {
                grades[grade] += 1;
            }
        }
        Ok((sum, grades))
    });
    let (sum, grades) = graded?;
    let parts = json!({ "plan": [planned], "attribute": [attributed], "score": [scored] });
    let scores = sum.to_f64().unwrap_or(f64::NAN);
    let computed = json!({ "rows": rows, "scores": scores, "grades": grades, "parts": parts });
    Ok((planned + attributed + scored, computed))
}
