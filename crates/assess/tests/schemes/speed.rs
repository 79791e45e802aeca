//! How long it takes: `cargo test --release -p parkledger-assess --test schemes speed -- --ignored --nocapture`.

use std::time::Instant;

use assess::facts::{Facts, Reading};
use assess::points::Factor;
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
    divisions(&facts);
    let facts = many(2_000);
    let begun = Instant::now();
    let found =
        simulate(&scheme, &facts, [("tax_0.weight", "40")], &Options::default()).expect("it can be run");
    let took = begun.elapsed();
    eprintln!("simulation of 2,000: {took:?}, {} movers", found.movers.len());
    assert!(took.as_millis() <= 50, "{took:?}");
}

/// One division of whole numbers beside four steps of decimals that are rounded at the end.
#[expect(clippy::print_stderr, reason = "it reports what it measured")]
fn divisions(facts: &Facts) {
    let number = |text: &str| text.parse::<Decimal>().expect("a number");
    let (times, by, weight, benchmark) = (number("10000"), number("15"), number("30"), number("24.097"));
    let factor = Factor::new(&[times, weight], &[by, benchmark]).expect("short numbers");
    let pairs = || facts.measures["tax"].iter().zip(&facts.subjects).filter_map(|(t, s)| t.value.zip(s.land));
    for _ in 0..2 {
        let begun = Instant::now();
        let whole: i128 = pairs()
            .filter_map(|(top, bottom)| factor.apply(top, bottom))
            .map(|p| i128::from(p.steps()))
            .sum();
        let once = begun.elapsed();
        let begun = Instant::now();
        let steps: Decimal = pairs()
            .map(|(top, bottom)| (top * times / (bottom * by) / benchmark * weight).round_dp(10))
            .sum();
        let stepwise = begun.elapsed();
        eprintln!("1,000,000 divisions: once {once:?}, step by step {stepwise:?}; {whole} {steps}");
    }
}
