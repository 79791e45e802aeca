//! A killed import loses no accepted file and leaves no half file.
//!
//! Deliberately absent: power loss, which a test cannot make; the store says what it asks of the disk.

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::support::{Shop, register, returns};

const FIRMS: u32 = 400;

/// Entries of the returns book and whether the ledger is sound.
struct State {
    entries: u64,
    sound: bool,
}

fn state(shop: &Shop) -> State {
    let verify = shop.run(&["--format", "json", "verify"]).json();
    let revisions = shop.run(&["--format", "json", "revisions", "--last", "1000"]).json();
    let entries = revisions.as_array().expect("a list").iter().map(|r| {
        let text = r["entries"].as_str().expect("a number as text");
        text.parse::<u64>().expect("a number")
    });
    State { entries: entries.sum(), sound: verify["sound"].as_bool().expect("true or false") }
}

/// A small deterministic sequence of delays, spread over the time one import takes.
fn delays(count: u32, whole: Duration) -> impl Iterator<Item = Duration> {
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    (0..count).map(move |_| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        whole.mul_f64(f64::from(u32::try_from(seed >> 40).expect("24 bits")) / f64::from(1 << 24))
    })
}

#[test]
fn fifty_kills_lose_nothing_and_leave_nothing_half() {
    let shop = Shop::new();
    shop.accept(&shop.file("企业名录.csv", register(FIRMS)));
    // How long an import takes when nobody kills it: the fastest of three, because other tests run beside.
    let timed = |month: u32| {
        let path = shop.file("首月.csv", returns(FIRMS, &format!("2020年{month}月"), 1000 * month));
        let started = Instant::now();
        shop.accept(&path);
        started.elapsed()
    };
    let whole = (2..=4).map(timed).min().expect("three were timed");
    let mut accepted = u64::from(FIRMS) * 4;
    let mut survived = 0;
    for (i, delay) in delays(50, whole).enumerate() {
        let month = format!("{}年{}月", 2021 + (i + 3) / 12, (i + 3) % 12 + 1);
        let path = shop.file("月报.csv", returns(FIRMS, &month, 2000 + u32::try_from(i).expect("small")));
        let mut child = shop
            .command(&["import", "--accept", &path.to_string_lossy()])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary starts");
        std::thread::sleep(delay);
        // An error means that it had already ended by itself.
        let _ = child.kill();
        let output = child.wait_with_output().expect("it has ended");
        let now = state(&shop);
        assert!(now.sound, "after kill {i} at {delay:?}");
        if output.status.success() {
            assert_eq!(now.entries, accepted + u64::from(FIRMS), "an acknowledged file is whole, kill {i}");
        }
        let added = now.entries - accepted;
        assert!(added == 0 || added == u64::from(FIRMS), "kill {i} at {delay:?} left {added} entries");
        survived += u32::from(added > 0);
        accepted = now.entries;
    }
    println!("{survived} of 50 imports were through before the kill");
    assert!(survived < 40, "{survived} of 50 were through: the delays are too long to prove anything");
    // Nothing stands in the way of the next file.
    shop.accept(&shop.file("月报.csv", returns(FIRMS, "2026年1月", 9000)));
    assert_eq!(state(&shop).entries, accepted + u64::from(FIRMS));
}

#[test]
fn the_check_above_can_see_a_loss() {
    // Negative control: take back what an acknowledged import wrote behind the ledger's back, as a disk that lost a write
    // would, and the same observation must fail.
    let shop = Shop::new();
    shop.accept(&shop.file("企业名录.csv", register(5)));
    let before = std::fs::read(shop.data().join("ledger.db")).expect("a ledger");
    shop.accept(&shop.file("月报.csv", returns(5, "2021年3月", 1000)));
    assert_eq!(state(&shop).entries, 10);
    for tail in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(shop.data().join(format!("ledger.db{tail}")));
    }
    std::fs::write(shop.data().join("ledger.db"), before).expect("ours");
    assert_ne!(state(&shop).entries, 10, "the loss of an acknowledged file must be visible");

    // And a half file: one entry's newest version removed from the database itself.
    let shop = Shop::new();
    shop.accept(&shop.file("企业名录.csv", register(5)));
    let database = rusqlite::Connection::open(shop.data().join("ledger.db")).expect("a database");
    database
        .execute("DELETE FROM entry_revision WHERE entry = (SELECT max(entry) FROM entry_revision)", [])
        .expect("deleted");
    drop(database);
    assert!(!state(&shop).sound, "a missing row must break the chain");
}
