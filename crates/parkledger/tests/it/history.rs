//! The command line on what was and what is: publishing, the revision table, a day's state, where numbers move and what they
//! are used for.

use app::access::Actor;
use app::figures::{Engine, Reader, Request, Side};
use app::park::Park;
use app::publishing::Publishing;
use model::entry::Entry;
use model::id::FieldId;
use model::value::Value;
use rust_decimal::Decimal;

use super::publishing::{correct, first_report, october, only_reader, open};
use super::support::demo;

#[test]
fn a_published_report_lists_what_would_read_otherwise() {
    let shop = demo().copy();
    let report = first_report(&open(&shop)).to_string();
    let made = shop.run(&["--format", "json", "report", "publish", &report, "--period", "2023-10"]);
    let made = made.expect_code(0).json();
    assert_eq!((made["id"].as_u64(), made["seal"].as_str().map(str::len)), (Some(1), Some(64)));
    shop.run(&["report", "revisions"]).expect_code(0).says("未变");
    shop.run(&["report", "revisions", "1"]).expect_code(0).says("已发布的数都没有变");
    shop.run(&["verify"]).expect_code(0);
    let (entry, new) = {
        let mut park = open(&shop);
        let (actor, publishing) = (Actor::local("tester"), Publishing::new());
        let preview = publishing.preview(&park, &actor, &first_report(&park), october()).expect("a preview");
        let (entry, field, old) = only_reader(&park, &preview);
        let new = old * Decimal::TWO + Decimal::from(7);
        correct(park.store_mut(), &entry, field.as_str(), Value::Number(new));
        (entry, new)
    };
    shop.run(&["report", "revisions"]).expect_code(0).says("1 处将改变");
    let table = shop.run(&["--format", "json", "report", "revisions", "1"]).expect_code(0).json();
    let items = table["items"].as_array().expect("a list");
    assert_eq!(items.len(), 1, "{items:?}");
    let moved = &items[0]["entries"][0];
    assert_eq!(moved["entry"].as_u64(), Some(entry.id.0));
    assert_eq!(moved["after"].as_str(), Some(new.normalize().to_string().as_str()));
    shop.run(&["report", "revisions", "1"]).expect_code(0).says("tester").says(&entry.id.0.to_string());
    let out = shop.path("table.xlsx");
    shop.run(&["report", "revisions", "1", "-o", &out.to_string_lossy()]).expect_code(0);
    let workbook = office::read(&std::fs::read(&out).expect("written"), "t.xlsx", &office::Limits::default())
        .expect("a workbook");
    let texts: Vec<&str> =
        workbook.sheets[0].cells.iter().filter_map(|c| workbook.sheets[0].text(c)).collect();
    assert!(texts.contains(&items[0]["now"].as_str().expect("a text")), "{texts:?}");
    shop.run(&["report", "revisions", "1", "--prove"]).expect_code(0).says("逐字节相同");
    shop.run(&["report", "revisions", "9"]).expect_code(4);
}

#[test]
fn a_figure_and_a_report_as_known_before_a_correction() {
    let shop = demo().copy();
    let report = first_report(&open(&shop)).to_string();
    let (revision, question) = {
        let mut park = open(&shop);
        let (figure, entry, field, old) = summed(&park);
        let revision = park.store().latest_revision().expect("readable");
        correct(
            park.store_mut(),
            &entry,
            field.as_str(),
            Value::Number(old * Decimal::TWO + Decimal::from(7)),
        );
        (revision.0.to_string(), figure)
    };
    let value = |more: &[&str]| {
        let mut arguments = vec!["--format", "json", "figure", &question, "--period", "2023-10"];
        arguments.extend(more);
        let answer = shop.run(&arguments).expect_code(0).json();
        (answer["value"].as_str().map(str::to_owned), answer["basis"]["revision"].as_u64())
    };
    let (now, then) = (value(&[]), value(&["--as-of", &revision]));
    assert_ne!(now.0, then.0);
    assert_eq!(
        (now.1, then.1),
        (Some(revision.parse::<u64>().expect("a number") + 1), revision.parse().ok())
    );
    let build = |name: &str, more: &[&str]| {
        let out = shop.path(name);
        let path = out.to_string_lossy().into_owned();
        let mut arguments = vec!["report", "build", &report, "--period", "2023-10", "-o", &path];
        arguments.extend(more);
        shop.run(&arguments).expect_code(0);
        std::fs::read(&out).expect("written")
    };
    let (now, then) = (build("now.docx", &[]), build("then.docx", &["--as-of", &revision]));
    assert_ne!(now, then);
    shop.run(&["report", "as-of", &revision]).expect_code(0).says(&format!("第 {revision} 版"));
    shop.run(&["report", "as-of", "1999-01-01"]).expect_code(4).says("什么都没有");
    shop.run(&["figure", &question, "--period", "2023-10", "--as-of", "gestern"])
        .expect_code(4)
        .says("不是日期");
}

/// A figure of October with a cell it adds up: the figure, the entry, the field and its number.
fn summed(park: &Park) -> (String, Entry, FieldId, Decimal) {
    let (content, snapshot) = (&park.library().content, park.snapshot().expect("readable"));
    let engine = Engine::new(content, &snapshot, Reader::COMMITTEE);
    let found = content.figures.values().find_map(|figure| {
        let request = Request::new(figure.id.clone(), october()).exact();
        let cells = engine.trace(&request);
        let cell =
            cells.iter().find(|c| c.side == Side::Current && c.number.is_some() && c.fields.len() == 1)?;
        let entry = park.store().entry(cell.entry).expect("readable").expect("traced");
        let old = entry.payload.get(&cell.fields[0])?.as_number()?;
        Some((figure.id.to_string(), entry, cell.fields[0].clone(), old))
    });
    found.expect("some figure adds up cells")
}
