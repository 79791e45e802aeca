//! Values of enterprises attributed to land parcels: three users a parcel, twelve months, nine measures.
//!
//! `parcels PARCELS REPEATS THREADS`. Making the region and each measure's values is not timed, as reading is not timed for the peer.

use assess::attribution::{Column, Options, Over, Plan};
use parkledger_benches::{Fault, arguments, print, region, timed};
use serde_json::json;

fn main() -> Result<(), Fault> {
    let arguments = arguments();
    let [parcels, repeats, threads] = arguments.as_slice() else {
        return Err("parcels PARCELS REPEATS THREADS".into());
    };
    let (parcels, repeats, threads) = (parcels.parse()?, repeats.parse()?, threads.parse()?);
    let (mut all, mut computed) = (Vec::new(), json!(null));
    for _ in 0..repeats {
        let (ms, found) = once(parcels, threads);
        all.push(ms);
        computed = found;
    }
    print("parkledger", &all, &computed);
    Ok(())
}

/// Milliseconds, and sums over all parcels: values, values times a number of the parcel, known shares, what is on no parcel.
fn once(parcels: u32, threads: usize) -> (f64, serde_json::Value) {
    let land = region::land(parcels);
    let (plan, planned) = timed(|| Plan::new(land, Options { threads }));
    let (mut ms, mut rows) = (planned, Vec::new());
    let mut column = Column::new(0, Column::SCALE, Over::Sum);
    for measure in 0..region::MEASURES {
        region::column(parcels, measure, &mut column);
        let (found, given) = timed(|| plan.attribute(&column));
        ms += given;
        let year = found.year();
        assert!(year.agree() && plan.problems().is_empty());
        let marked: i128 = (0_i128..).zip(&found.sums).map(|(p, sum)| (p % 97 + 1) * sum).sum();
        let known: f64 = found.known.iter().map(|s| f64::from(s.millionths())).sum();
        rows.push([year.parcels as f64, marked as f64, known, year.no_parcel as f64]);
    }
    (ms, json!({ "rows": rows, "plan_ms": planned }))
}
