//! The ledger as an operator meets it: verify, back up while it is written, restore, see tampering, read a history.
//!
//! Deliberately absent: the hash chain and the restore's own steps, which the store crate tests.

use std::collections::BTreeSet;

use crate::support::{Shop, firm, register, returns};

/// A shop with twenty enterprises and two months of returns.
fn shop() -> Shop {
    let shop = Shop::new();
    shop.accept(&shop.file("企业名录.csv", register(20)));
    shop.accept(&shop.file("二月.csv", returns(20, "2023年2月", 100)));
    shop.accept(&shop.file("三月.csv", returns(20, "2023年3月", 300)));
    shop
}

#[test]
fn verify_tells_what_it_looked_at() {
    let shop = shop();
    shop.run(&["verify"]).expect_code(0).says("完好").says("60 条条目记录").says("3 份原件");
    let printed = shop.run(&["--format", "json", "verify"]).expect_code(0).json();
    assert_eq!(
        (&printed["sound"], &printed["versions"], &printed["originals"]),
        (&true.into(), &60.into(), &3.into())
    );
}

/// Changes the database behind the ledger's back; verify must say so, name a place, and fail.
#[track_caller]
fn tampered(sql: &str, names: &str) {
    let shop = shop();
    let database = rusqlite::Connection::open(shop.data().join("ledger.db")).expect("a database");
    // Somebody who tampers also takes the triggers away that would refuse it.
    let triggers: Vec<String> = database
        .prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
        .expect("a list");
    for trigger in triggers {
        database.execute_batch(&format!("DROP TRIGGER \"{trigger}\"")).expect("dropped");
    }
    database.pragma_update(None, "foreign_keys", false).expect("a setting");
    assert!(database.execute(sql, []).expect(sql) > 0, "nothing changed by {sql}");
    drop(database);
    let ran = shop.run(&["verify"]).expect_code(4).says("不完好").says("提示：");
    assert!(ran.out.contains(names), "`{names}` is not named:\n{}", ran.out);
    let printed = shop.run(&["--format", "json", "verify"]).json();
    assert_eq!(printed["sound"], false);
    assert!(printed["damage"].as_array().is_some_and(|d| !d.is_empty()));
}

#[test]
fn tampering_is_named() {
    tampered("UPDATE revision SET who = '他人' WHERE seq = 2", "2");
    tampered("DELETE FROM entry_revision WHERE seq = 30", "");
    tampered("DELETE FROM revision WHERE seq = 3", "3");
    tampered("UPDATE audit SET who = '他人' WHERE seq = 1", "1");
}

#[test]
fn a_changed_original_is_named() {
    let shop = shop();
    let mut found = Vec::new();
    let mut folders = vec![shop.data()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("readable") {
            let path = entry.expect("readable").path();
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            if path.is_dir() {
                folders.push(path);
            } else if name.len() >= 32 && name.bytes().take(32).all(|b| b.is_ascii_hexdigit()) {
                found.push(path);
            }
        }
    }
    assert_eq!(found.len(), 3, "one original per file: {found:?}");
    let name = found[0].file_name().map(|n| n.to_string_lossy()[..12].to_owned()).expect("a name");
    let mut permissions = std::fs::metadata(&found[0]).expect("there").permissions();
    #[expect(clippy::permissions_set_readonly_false, reason = "the test plays somebody who may")]
    permissions.set_readonly(false);
    std::fs::set_permissions(&found[0], permissions).expect("ours");
    std::fs::write(&found[0], "别的内容").expect("ours");
    let ran = shop.run(&["verify"]).expect_code(4);
    assert!(ran.out.contains(&name), "{name} is not named:\n{}", ran.out);
}

/// Everything a person can ask of a ledger.
fn answers(shop: &Shop) -> Vec<String> {
    let ask: [&[&str]; 5] = [
        &["--format", "json", "revisions"],
        &["--format", "json", "findings", "--all"],
        &["--format", "json", "figure", "规上工业总产值", "--period", "2023-03", "--trace"],
        &["--format", "csv", "history", "25"],
        &["--format", "json", "verify"],
    ];
    ask.iter().map(|arguments| shop.run(arguments).out).collect()
}

#[test]
fn a_restored_backup_answers_everything_the_same() {
    let shop = shop();
    let before = answers(&shop);
    let backup = shop.path("备份.plb");
    shop.run(&["backup", &backup.to_string_lossy()]).expect_code(0).says("已复核");
    let other = Shop::new();
    other.run(&["restore", &backup.to_string_lossy()]).expect_code(0).says("已复核");
    assert_eq!(answers(&other), before);
    // The restored ledger goes on: the next month is accepted.
    other.accept(&other.file("四月.csv", returns(20, "2023年4月", 500)));
    other.run(&["verify"]).expect_code(0);
    // Nothing is ever restored over a ledger, and a broken backup is refused.
    other.run(&["restore", &backup.to_string_lossy()]).expect_code(4).says("提示：");
    let bytes = std::fs::read(&backup).expect("there");
    let torn = shop.file("残.plb", &bytes[..bytes.len() / 2]);
    let third = Shop::new();
    third.run(&["restore", &torn.to_string_lossy()]).expect_code(4).says("错误：");
    assert_ne!(third.run(&["verify"]).code, 0, "no ledger came out of it");
}

#[test]
fn a_backup_while_files_go_in_is_whole() {
    let shop = Shop::new();
    shop.accept(&shop.file("企业名录.csv", register(100)));
    let files: Vec<_> = (0..10)
        .map(|m| shop.file(&format!("{m}.csv"), returns(100, &format!("2022年{}月", m + 2), 100 * (m + 1))))
        .collect();
    let mut arguments = vec!["import".to_owned(), "--accept".to_owned()];
    arguments.extend(files.iter().map(|f| f.to_string_lossy().into_owned()));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut import =
        shop.command(&arguments).stdout(std::process::Stdio::null()).spawn().expect("the binary starts");
    let mut sizes = BTreeSet::new();
    let mut n = 0;
    loop {
        let ended = import.try_wait().expect("a child").is_some();
        let backup = shop.path(&format!("{n}.plb"));
        shop.run(&["backup", &backup.to_string_lossy()]).expect_code(0);
        let restored = Shop::new();
        restored.run(&["restore", &backup.to_string_lossy()]).expect_code(0);
        let verified = restored.run(&["--format", "json", "verify"]).expect_code(0).json();
        let versions = verified["versions"].as_u64().expect("a count");
        assert_eq!(versions % 100, 0, "a file is in it whole or not at all");
        sizes.insert(versions);
        n += 1;
        if ended {
            break;
        }
    }
    assert!(import.wait().expect("it ended").success());
    assert_eq!(sizes.last(), Some(&1100), "the last backup has all ten files");
}

#[test]
fn a_history_tells_who_changed_what_from_which_cell() {
    let shop = shop();
    let corrected = returns(20, "2023年3月", 300).replace(",304,304", ",354,354");
    shop.accept(&shop.file("三月（更正）.csv", corrected));
    // 20 enterprises and 20 returns of February come first: firm 4's March is entry 20 + 20 + 5.
    let printed = shop.run(&["--format", "json", "history", "45"]).expect_code(0).json();
    let lines = printed.as_array().expect("a list");
    let changed: Vec<&serde_json::Value> = lines.iter().filter(|l| l["before"] == "304").collect();
    assert_eq!(changed.len(), 2, "month and year so far: {printed:#}");
    for line in changed {
        assert_eq!(
            (&line["after"], &line["who"], &line["why"]),
            (&"354".into(), &"测试".into(), &"三月（更正）.csv".into())
        );
        let place = line["place"].as_str().expect("a place");
        assert!(
            place.starts_with("三月（更正）.csv!") && (place.ends_with("!C7") || place.ends_with("!D7")),
            "{place}"
        );
    }
    shop.run(&["history", "45"]).says(&firm(4)[..6]);
}

#[test]
fn a_finding_is_resolved_with_a_reason() {
    let shop = shop();
    // Cumulative below the month: accepted with a finding.
    let text = returns(20, "2023年4月", 500).replace(",504,504", ",504,4");
    shop.accept(&shop.file("四月.csv", text));
    let open = shop.run(&["--format", "json", "findings"]).json();
    let first = open.as_array().and_then(|f| f.last()).expect("a finding");
    let id = first["id"].as_str().expect("a number").to_owned();
    assert_ne!(shop.run(&["findings", "--resolve", &id]).code, 0, "a reason is asked for");
    shop.run(&["findings", "--resolve", &id, "--why", "企业已更正"]).expect_code(0);
    let ids = |arguments: &[&str]| -> Vec<String> {
        let printed = shop.run(arguments).json();
        let list = printed.as_array().expect("a list");
        list.iter().filter_map(|f| f["id"].as_str().map(str::to_owned)).collect()
    };
    assert!(!ids(&["--format", "json", "findings"]).contains(&id));
    assert!(ids(&["--format", "json", "findings", "--all"]).contains(&id));
}
