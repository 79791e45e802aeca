//! How long it takes: `cargo test --release -p parkledger-assess --test schemes speed -- --ignored --nocapture`.

use std::time::Instant;

use assess::facts::{Facts, Reading};
use assess::run::{Options, run};
use assess::simulate::simulate;
use rust_decimal::Decimal;

use crate::{GRADES, facts, output_per_energy, scheme, tax_per_mu};

/// Six indicators against group means, capped.
fn six() -> String {
    let rule = "benchmark = \"group_mean\"\ncap = \"1.5\"\nfloor = 0\nmissing = \"group_mean\"\n";
    let mut body = "[[group]]\nid = \"all\"\ntitle = \"全部\"\n".to_owned();
    for (n, weight) in [20_u32, 20, 20, 20, 10, 10].into_iter().enumerate() {
        body += &match n % 2 {
            0 => tax_per_mu(weight, rule).replace("tax_per_mu", &format!("tax_{n}")),
            _ => output_per_energy(weight, rule).replace("output_per_energy", &format!("output_{n}")),
        };
    }
    body + GRADES
}

fn many(len: usize) -> Facts {
    let mut made = facts(&[("tax", &vec!["1"; len])]);
    let mut column = |id: &str, prime: u64, scale: u32| {
        let value = |n: u64| Decimal::new(i64::try_from(n * prime % 100_003).expect("small") + 1, scale);
        let readings = (0..len as u64).map(|n| Reading::present(value(n))).collect();
        made.measures.insert(id.into(), readings);
    };
    column("tax", 7919, 2);
    column("output", 104_729, 4);
    column("energy", 1299, 3);
    for (n, subject) in (0_i64..).zip(&mut made.subjects) {
        subject.land = Some(Decimal::new(200_000 + (n * 31) % 9_000_000, 2));
    }
    made
}

#[test]
#[ignore = "it measures; run it alone and in release"]
#[expect(clippy::print_stderr, reason = "it reports what it measured")]
fn speed() {
    let scheme = scheme(&six());
    let facts = many(1_000_000);
    for threads in [1, 2] {
        let begun = Instant::now();
        let done = run(&scheme, &facts, &Options { threads, ..Options::default() }).expect("it can be run");
        eprintln!(
            "1,000,000 subjects × 6 indicators, {threads} threads: {:?}; {:?}",
            begun.elapsed(),
            done.score(7)
        );
    }
    let facts = many(2_000);
    let begun = Instant::now();
    let found =
        simulate(&scheme, &facts, [("tax_0.weight", "40")], &Options::default()).expect("it can be run");
    let took = begun.elapsed();
    eprintln!("simulation of 2,000: {took:?}, {} movers", found.movers.len());
    assert!(took.as_millis() <= 50, "{took:?}");
}
