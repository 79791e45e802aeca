//! Who is meant: one test per step of the order, and one per question to a person.

use store::Verdict;

use super::*;

/// A return with these cells under 信用代码 and 企业名称.
fn row(code: &str, name: &str) -> String {
    format!("2023年9月（单位：万元）\n信用代码|企业名称|本月产值\n{code}|{name}|1")
}

#[track_caller]
fn check_firm(code: &str, name: &str, firm: Option<u64>, expect_findings: &str) -> Staged {
    let draft = firm.map(|f| format!("+returns firm=#{f} output=1 period=2023-09")).unwrap_or_default();
    check(&row(code, name), &draft, expect_findings)
}

#[test]
fn by_code_then_by_name() {
    check_firm("{c1}", "", Some(1), "");
    check_firm("", "宁波甲机械厂", Some(1), "");
    check_firm("{c1}", "宁波甲机械厂", Some(1), "");
    check_firm(&code(1).to_lowercase(), "宁波甲机械厂", Some(1), "");
}

#[test]
fn by_former_codes_and_names() {
    check_firm("'330203000012345", "", Some(2), "note former-code A3");
    // The organisation code inside the code of firm 3.
    check_firm(&code(3)[8..17], "", Some(3), "note former-code A3");
    check_firm("", "甲作坊", Some(1), "");
    check_firm("", "宁波丙(集团)有限公司", Some(3), "");
    check_firm("", "宁 波丙【集团】有限公司", Some(3), "");
}

/// Situation 14 of land parcels: a new name for a known code is the same firm, and a name alone makes no second one.
#[test]
fn s14_a_new_name_for_a_known_code() {
    let staged = check_firm("{c1}", "宁波甲重工厂", Some(1), "warning name-differs B3");
    assert!(staged.queue.is_empty());
    // A former name without a code finds its firm.
    check_firm("", "甲作坊", Some(1), "");
}

#[test]
fn codes_that_fail_their_checks() {
    // A real code whose outer check fails is accepted with a warning – here it is nobody's.
    check_firm("91350211M0000XUF46", "", None, "warning code-outer-check A3\nerror unknown-entry A3");
    // Both fail: the row waits although the name is known.
    check_firm("'111111111111111111", "宁波甲机械厂", None, "error code-quarantine A3");
    check_firm("'362322198709086409", "宁波甲机械厂", None, "error code-personal A3");
    let staged = check_firm(&code(1).replace('0', "O"), "", None, "error code-malformed A3");
    assert!(staged.findings[0].hint.contains(&code(1)), "{}", staged.findings[0].hint);
}

#[test]
fn a_name_that_differs_from_the_code_s() {
    check_firm("{c1}", "宁波甲重工厂", Some(1), "warning name-differs B3");
    check_firm("{c1}", "宁波乙电子有限公司", None, "error code-name-conflict B3");
}

#[test]
fn near_matches_are_asked_never_taken() {
    let staged = check_firm("", "宁波乙电于有限公司", None, "error near-match B3");
    assert_eq!(staged.queue.len(), 1);
    let asked = &staged.queue[0];
    assert_eq!((asked.candidate, asked.written.as_str()), (EntryId(2), "宁波乙电于有限公司"));
    // One of nine characters differs: 2·8 / 18 = 0.889.
    assert_eq!(asked.permille, 889);
    assert!(asked.reason.contains("宁波乙电子有限公司"), "{}", asked.reason);
}

#[test]
fn the_same_name_under_another_code_is_asked() {
    let staged = check_firm("{c9}", "宁波乙电子有限公司", None, "error near-match B3");
    assert_eq!(staged.queue[0].candidate, EntryId(2));
    assert_eq!(staged.queue[0].permille, 1000);
}

#[test]
fn two_of_one_name_are_asked() {
    let mut ledger = ledger();
    let twin = code(4);
    ledger.entries.push(entry(
        4,
        "firms",
        &twin,
        &[("uscc", Value::text(&twin)), ("name", Value::text("宁波甲机械厂"))],
    ));
    let book = workbook(vec![sheet("s", &row("", "宁波甲机械厂"))]);
    let staged = stage_in(&content(), &ledger, "产值.xlsx", &book);
    assert_lines(&findings(&staged), "error near-match B3", "findings");
    assert_eq!(staged.queue.iter().map(|c| c.candidate.0).collect::<Vec<_>>(), [1, 4]);
}

#[test]
fn decisions_are_remembered() {
    let decide = |verdict| {
        let mut ledger = ledger();
        ledger.decided.insert(("firms".into(), "宁波乙电于有限公司".into()), verdict);
        let book = workbook(vec![sheet("s", &row("", "宁波乙电于有限公司"))]);
        stage_in(&content(), &ledger, "产值.xlsx", &book)
    };
    let same = decide(Verdict::Same(EntryId(2)));
    assert_lines(&drafts(&same), "+returns firm=#2 output=1 period=2023-09", "same");
    assert_lines(&findings(&same), "", "same");
    let different = decide(Verdict::Different);
    assert_lines(&drafts(&different), "", "different");
    assert_lines(&findings(&different), "error unknown-entry B3", "different");
    assert_eq!(different.queue, []);
}

#[test]
fn somebody_unknown() {
    check_firm("", "上海完全不同贸易行", None, "error unknown-entry B3");
    check_firm("{c9}", "", None, "error unknown-entry A3");
}

#[test]
fn a_trouble_is_told_once_for_all_its_rows() {
    let rows: String = (1..=9).map(|m| format!("上海丁行|2023年{m}月|1\n")).collect();
    let staged = staged(&format!("产值（单位：万元）\n企业名称|月份|本月产值\n{rows}"));
    assert_lines(&findings(&staged), "error unknown-entry A3", "findings");
    assert!(staged.findings[0].message.contains("9 行"), "{}", staged.findings[0].message);
    assert_eq!(staged.held.len(), 9);
}

#[test]
fn returns_name_firms_that_the_same_file_brings() {
    let firms = sheet("名单", "信用代码|企业名称|地块\n{c4}|丁厂|东一号");
    let sites = sheet("地块", "地块编号|地块名称|权利人\nS1|东一号|丁厂");
    let returns = sheet("产值", &row("{c4}", "丁厂"));
    let staged = stage_in(&content(), &ledger(), "产值.xlsx", &workbook(vec![returns, firms, sites]));
    assert_lines(&findings(&staged), "", "findings");
    let expect = format!(
        "+firms name=丁厂 site=#5 uscc={}
         +sites holder=#4 name=东一号 site_no=S1
         +returns firm=#4 output=1 period=2023-09",
        code(4)
    );
    assert_lines(&drafts(&staged), &expect, "drafts");
}

#[test]
fn what_refers_to_a_held_row_is_held_too() {
    let firms = sheet("名单", "信用代码|企业名称|状态\n{c4}|丁厂|关门");
    let returns = sheet("产值", &row("{c4}", "丁厂"));
    let staged = stage_in(&content(), &ledger(), "产值.xlsx", &workbook(vec![firms, returns]));
    assert_lines(&drafts(&staged), "", "drafts");
    assert_lines(&findings(&staged), "error unknown-choice C2\nerror unknown-entry B3", "findings");
}

#[test]
fn an_unknown_reference_that_may_be_missing_leaves_the_row_standing() {
    check(
        "信用代码|企业名称|地块\n{c4}|丁厂|西九号",
        "+firms name=丁厂 uscc={c4}",
        "warning unknown-entry C2",
    );
}

#[test]
fn a_register_s_row_under_a_former_code_is_that_entry() {
    check(
        &format!("信用代码|企业名称|状态\n{}|宁波丙（集团）有限公司|停产", &code(3)[8..17]),
        "~firms name=宁波丙（集团）有限公司 status=停产 uscc={c3}",
        "",
    );
}

#[test]
fn two_firms_of_one_name_are_told() {
    check(
        "信用代码|企业名称\n{c4}|宁波甲机械厂",
        "+firms name=宁波甲机械厂 uscc={c4}",
        "warning same_name B2",
    );
}

#[test]
fn no_dirty_name_is_ever_taken_for_another_firm() {
    let syllables: Vec<char> = "东南西北海江天地玄黄".chars().collect();
    let name = |n: usize| {
        let middle: String = [n / 100, n / 10 % 10, n % 10].iter().map(|i| syllables[*i]).collect();
        format!("甲州市乙县{middle}机械有限公司")
    };
    let firms = (0..1000_u64).map(|n| {
        let code = code(u32::try_from(n).expect("few firms"));
        let values =
            [("uscc", Value::text(&code)), ("name", Value::text(name(usize::try_from(n).expect("small"))))];
        entry(n + 1, "firms", &code, &values)
    });
    let ledger = MemoryLedger { entries: firms.collect(), ..MemoryLedger::default() };
    // Every name with one character lost, another doubled, or the city shortened: all wait for a person.
    let spoiled: Vec<String> = (0..300)
        .map(|n| {
            let clean = name(n * 3);
            match n % 3 {
                0 => clean.replace("甲州市", "甲州"),
                1 => clean.chars().enumerate().filter(|(i, _)| *i != 5 + n % 3).map(|(_, c)| c).collect(),
                _ => clean.replacen("机", "机机", 1),
            }
        })
        .collect();
    let rows: String = spoiled.iter().map(|name| format!("{name}|1\n")).collect();
    let grid = format!("2023年9月（单位：万元）\n企业名称|本月产值\n{rows}");
    let staged = stage_in(&content(), &ledger, "产值.xlsx", &workbook(vec![sheet("s", &grid)]));
    assert_lines(&drafts(&staged), "", "nothing is merged");
    assert_eq!(staged.held.len(), 300);
    // Whoever was meant is among those offered.
    let offered =
        |n: usize| staged.queue.iter().any(|c| c.written == spoiled[n] && c.candidate.0 == n as u64 * 3 + 1);
    assert!((0..300).filter(|n| n % 3 != 1).all(offered), "shortened and doubled names");
}

/// The short way takes only what the long way takes without a word.
#[test]
fn what_is_plain_leaves_nothing_to_be_said() {
    use crate::import::identity::{Answer, Ask, Register, Told};
    let content = content();
    let book = &content.books["firms"];
    let doubtful = "91350211M0000XUF46"; // real, but its outer check fails
    let mut entries = ledger().entries;
    let values = [("uscc", Value::text(doubtful)), ("name", Value::text("厦门丁厂"))];
    entries.push(entry(4, "firms", doubtful, &values));
    let mut register = Register::new(book);
    for entry in entries {
        register.add(entry.id, entry.payload);
    }
    let (first, small) = (code(1), code(1).to_lowercase());
    for (written, name, expect) in [
        (first.as_str(), None, Some(1)),
        (&first, Some("宁波甲机械厂"), Some(1)),
        (&small, None, None),                  // to be kept as written
        (&first, Some("宁波甲 机械厂"), None), // the same name, but not as it stands
        (&first, Some("甲作坊"), None),        // a former name
        (&first, Some("宁波乙电子有限公司"), None),
        (doubtful, Some("厦门丁厂"), None),
        (&code(3)[8..17], None, None), // a former code
        (&code(7), None, None),        // nobody
    ] {
        let found = register.plainly(written, name);
        assert_eq!(found, expect.map(EntryId), "{written} {name:?}");
        if let Some(entry) = found {
            let ask = Ask { code: Some(written.to_owned()), name: name.map(str::to_owned), ..Ask::default() };
            let plain = Answer { entry: Some((entry, Told::Code)), ..Answer::default() };
            assert_eq!(register.resolve(&ask), plain, "{written} {name:?}");
        }
    }
    // Once the file says that firm 1 has another code, its old one still names it, but is no longer its own.
    let mut moved = register.entries[&EntryId(1)].clone();
    moved.insert("uscc".into(), Value::text(code(8)));
    register.add(EntryId(1), moved);
    assert_eq!(register.plainly(&first, None), None);
    assert_eq!(register.plainly(&code(8), None), Some(EntryId(1)));
}
