//! What all benches share: time, peak memory, one JSON line per measurement, a source of repeatable numbers.
//!
//! Each program measures one thing per process, so that its peak memory is that thing's. It prints what it computed
//! beside its times; `tables.py` compares that with the peers' before it looks at any time.
//!
//! Deliberately absent: statistics and tables (`tables.py`), the order of runs (`run`).

pub mod columns;
pub mod long;
pub mod pages;
pub mod park;
pub mod region;

use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::{Value, json};

/// Whatever went wrong; a bench has nobody to explain it to.
pub type Fault = Box<dyn std::error::Error + Send + Sync>;

/// The bench's content folder, laid over the embedded content.
pub fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

/// Runs `work` and gives its result and the milliseconds it took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let made = work();
    (made, start.elapsed().as_secs_f64() * 1e3)
}

/// Runs `work` so many times; the last result and all times in milliseconds. Dropping a result is not timed.
pub fn repeated<T>(times: usize, mut work: impl FnMut() -> T) -> (T, Vec<f64>) {
    let (mut last, first) = timed(&mut work);
    let mut all = vec![first];
    for _ in 1..times {
        let (made, ms) = timed(&mut work);
        last = made;
        all.push(ms);
    }
    (last, all)
}

/// The peak of this process's resident memory in MB.
pub fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().trim_end_matches(" kB").parse::<u64>().ok()).map_or(0, |kb| kb / 1024)
}

/// Prints one measurement: who did it, the times in milliseconds, and what was computed.
pub fn print(engine: &str, ms: &[f64], computed: &Value) {
    println!("{}", json!({ "engine": engine, "ms": ms, "peak_mb": peak_mb(), "computed": computed }));
}

/// The arguments after the program's name.
pub fn arguments() -> Vec<String> {
    std::env::args().skip(1).collect()
}

/// A small repeatable source of numbers (xorshift), for choosing what to do next.
pub struct Dice(u64);

impl Dice {
    /// From a seed other than 0.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n as u64).expect("below n")
    }
}
