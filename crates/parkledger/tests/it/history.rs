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

#[test]
fn a_difference_is_told_in_parts_that_add_up_on_the_command_line() {
    let shop = demo().copy();
    let (figure, entry, field, old) = summed(&open(&shop));
    let number = |value: &serde_json::Value| -> Decimal {
        value.as_str().expect("a number").parse().expect("a number")
    };
    let adds_up = |found: &serde_json::Value| {
        let parts = found["parts"].as_array().expect("parts");
        let sum: Decimal = parts.iter().map(|part| number(&part["amount"])).sum();
        assert_eq!(sum, number(&found["difference"]), "{found}");
        assert_eq!(number(&found["to"]["value"]) - number(&found["from"]["value"]), sum);
    };
    let run = |arguments: &[&str]| {
        let mut all = vec!["--format", "json", "figure", figure.as_str()];
        all.extend(arguments);
        shop.run(&all).expect_code(0).json()
    };
    let year = run(&["--why", "2022-10..2023-10"]);
    adds_up(&year);
    assert_eq!(year["by_mover"].as_bool(), Some(true));
    let top = year["parts"].as_array().expect("parts").iter().flat_map(|part| {
        let lists = [&part["up"], &part["down"]];
        lists.into_iter().flat_map(|list| list.as_array().expect("a list").clone()).collect::<Vec<_>>()
    });
    let top: Vec<serde_json::Value> = top.collect();
    // The largest movers lead to the cells they were read from.
    let place = |mover: &serde_json::Value| mover["cells"][0]["cell"]["place"]["cell"].as_str().map(str::len);
    assert!(
        top.iter().filter(|mover| place(mover).is_some_and(|n| n > 1)).count() > top.len() / 2,
        "{top:?}"
    );
    let name = top.iter().find(|mover| mover["if_flat"].is_string()).expect("somebody grew");
    let name = name["title"].as_str().expect("a name");
    let flat = run(&["--why", "2022-10..2023-10", "--flat", name]);
    assert_eq!(flat["flat"]["names"][0].as_str(), Some(name));
    shop.run(&["figure", &figure, "--why", "2022-10..2023-10", "--flat", name])
        .expect_code(0)
        .says("没有变化");
    adds_up(&run(&["--why", "2023-09..2023-10", "--exclude", "top:2", "--why-exclude", "none"]));
    // A correction is the whole difference between two revisions.
    let before = open(&shop).store().latest_revision().expect("readable").0;
    let new = old + Decimal::from(12_345);
    correct(open(&shop).store_mut(), &entry, field.as_str(), Value::Number(new));
    let range = format!("{before}..{}", before + 1);
    let moved = run(&["--period", "2023-10", "--why-revision", &range]);
    adds_up(&moved);
    assert_eq!(moved["parts"].as_array().map(Vec::len), Some(1));
    assert_eq!(moved["parts"][0]["kind"].as_str(), Some("correction"));
    let mover = &moved["parts"][0]["up"][0];
    assert!(mover["cells"].as_array().expect("cells").iter().any(|c| c["cell"]["entry"] == entry.id.0));
    let table = shop.run(&["--format", "json", "figure", &figure, "--period", "2023-10", "--vintages", "2"]);
    let table = table.expect_code(0).json();
    assert_eq!(table["rows"].as_array().map(Vec::len), Some(2));
    let last = table["columns"].as_array().expect("columns").len() - 1;
    assert_eq!(table["rows"][1]["cells"][last]["changed"].as_bool(), Some(true), "{table}");
}

#[test]
fn an_entry_and_its_cell_say_what_they_are_used_for() {
    let shop = demo().copy();
    let park = open(&shop);
    let report = first_report(&park).to_string();
    let (figure, entry, field, _) = summed(&park);
    shop.run(&["report", "publish", &report, "--period", "2023-10"]).expect_code(0);
    let ask = |target: &str| shop.run(&["--format", "json", "where-used", target]).expect_code(0).json();
    let found = ask(&entry.id.0.to_string());
    let item = &found["items"][0];
    let figures = item["figures"].as_array().expect("figures");
    let own =
        figures.iter().find(|f| f["figure"] == figure.as_str() && f["role"] == "value").expect("the figure");
    assert!(own["without"].is_string() && own["without"] != own["shown"], "{own}");
    for kind in ["sentences", "published"] {
        assert!(!item[kind].as_array().expect("a list").is_empty(), "{kind}");
    }
    let (table, row) = entry.origins.place(&field).expect("it came from a file");
    let table = park.store().origin_tables(&[table]).expect("readable").remove(0);
    let mut place = model::finding::Place::default();
    app::ledger::locate(&table, row, &field, &mut place);
    let cell = ask(&format!("{}!{}!{}", place.file, place.sheet, place.cell));
    let items = cell["items"].as_array().expect("a list");
    assert!(items.iter().any(|i| i["entry"] == entry.id.0 && i["field"] == field.as_str()), "{items:?}");
    shop.run(&["where-used", &entry.id.0.to_string()]).expect_code(0).says("报告语句");
    let heading = format!("{}!{}!A1", place.file, place.sheet);
    shop.run(&["where-used", &heading]).expect_code(0).says("没有从这一格读过数");
    shop.run(&["where-used", "没有这个文件.xlsx!Sheet1!A1"]).expect_code(4).says("没有收过文件");
    shop.run(&["where-used", "x!y"]).expect_code(2);
}
