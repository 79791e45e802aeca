//! Sheets of one enterprise and one parcel on the demo: made, audited, refreshed and traced as every report is.
//!
//! Deliberately absent: what stands in them (`parcels`) and the ways of a refresh (`refresh`).

use app::access::Actor;
use app::figures::{Engine, FieldPath, Outcome, Reader, Request};
use app::publishing::Publishing;
use app::report::audit::{Verdict, Way};
use app::report::refresh::RefreshRequest;
use app::uses::{Target, where_used};
use model::definition::FigureRule;
use model::id::{EntryId, FigureId, ReportId};
use model::period::{Month, Window};
use model::value::Value;
use office::docx::outline;
use rust_decimal::Decimal;

use super::publishing::{correct, open};
use super::support::demo;

/// A figure that measures enterprises, one that has a value of it in the year, and the question for it.
fn measured(park: &app::park::Park, year: i16) -> (FigureId, EntryId, Request) {
    let content = &park.library().content;
    let snapshot = park.snapshot().expect("readable");
    let engine = Engine::new(content, &snapshot, Reader::COMMITTEE);
    let end = Month::new(year, 12).expect("December");
    for figure in content.measures.values().filter_map(|measure| measure.figure.as_ref()) {
        let FigureRule::Measure { book, .. } = &content.figures[figure].rule else { continue };
        let Some(subject) = content.books[book].subject.clone() else { continue };
        let path = FieldPath { field: subject, of: None, level: None };
        let asked = Request::new(figure.clone(), end).exact().window(Window::Year);
        let answer = engine.evaluate(&asked.clone().by(path.clone()));
        let found = answer.groups.iter().find(|group| {
            group.entry.is_some() && matches!(group.value, Outcome::Number(number) if number > Decimal::ZERO)
        });
        if let Some(group) = found {
            let entry = group.entry.expect("looked at above");
            return (figure.clone(), entry, asked.only(path, group.name.clone()));
        }
    }
    panic!("the demo measures enterprises");
}

#[test]
fn a_confirmation_follows_a_corrected_return() {
    let shop = demo().copy();
    let mut park = open(&shop);
    let (actor, year) = (Actor::local("tester"), 2022);
    let (figure, enterprise, request) = measured(&park, year);
    let sheet = app::parcels::confirmation(&park, &actor, enterprise, (None, Some(year))).expect("a sheet");

    // Every number of it is known by its tag and agrees with the ledger.
    let read = park.read_document(&sheet.bytes).expect("a Word file");
    let audited = park.audit(&read, None, &actor).expect("audited");
    assert_eq!(audited.period, Month::new(year, 12).expect("December"));
    assert!(audited.items.iter().any(|item| item.figure.as_deref() == Some(figure.as_str())));
    assert_eq!(audited.count(Verdict::Contradicted), 0, "{:?}", audited.items);
    let tagged = audited.items.iter().filter(|item| item.way == Some(Way::Tag));
    assert!(tagged.clone().count() > 3 && tagged.clone().all(|item| item.verdict == Verdict::Supported));

    let same = park.refresh(&sheet.bytes, &RefreshRequest::default(), &actor).expect("refreshed");
    assert!(same.moved.is_empty() && same.left.is_empty(), "{:?} {:?}", same.moved, same.left);
    assert_eq!(same.same, same.figures);

    let (cell, number) = {
        let snapshot = park.snapshot().expect("readable");
        let engine = Engine::new(&park.library().content, &snapshot, Reader::COMMITTEE);
        let part = engine.trace(&request).into_iter().find(|part| !part.fields.is_empty()).expect("a cell");
        let (table, row) = snapshot.find(part.entry).expect("there");
        let value = table.value(row, &part.fields[0]).and_then(|value| value.as_number()).expect("a number");
        (part, value)
    };
    // From the entry of a return to the sheet that prints it: what heads the cell, and what stands there.
    let uses = where_used(&park, &Publishing::new(), &actor, &Target::Entry(cell.entry)).expect("found");
    let titles = |uses: &app::uses::Uses, year: &str| -> Vec<String> {
        let all = uses.items.iter().flat_map(|item| &item.sentences);
        all.filter(|said| said.period.starts_with(year) && said.sentence.contains(" × "))
            .map(|said| said.report_title.clone())
            .collect()
    };
    let sheet_title = titles(&uses, "2022").into_iter().find(|title| title.contains('（'));
    assert!(sheet_title.is_some(), "{:?}", uses.items);

    let entry = park.store().entry(cell.entry).expect("readable").expect("there");
    let field = cell.fields[0].clone();
    let kind = entry.payload[&field].clone();
    assert!(matches!(kind, Value::Number(_)), "{kind:?}");
    correct(
        park.store_mut(),
        &entry,
        field.as_str(),
        Value::Number(number * Decimal::TWO + Decimal::from(7)),
    );
    let done = park.refresh(&sheet.bytes, &RefreshRequest::default(), &actor).expect("refreshed");
    let moved = done.moved.iter().find(|moved| moved.figure.as_deref() == Some(figure.as_str()));
    let moved = moved.expect("the value of the corrected return moved");
    assert_eq!(moved.why.corrections.len(), 1, "{:?}", moved.why);
    assert_eq!(moved.why.corrections[0].entry, cell.entry.0);
    assert!(done.left.is_empty() && done.overtyped.is_empty());

    // The stale sheet is told apart, the refreshed one is right again.
    let stale = park.audit(&read, None, &actor).expect("audited");
    let wrong = stale.items.iter().find(|item| item.verdict == Verdict::Contradicted).expect("the old value");
    assert_eq!(
        (wrong.figure.as_deref(), wrong.ledger.as_deref()),
        (Some(figure.as_str()), Some(moved.new.as_str()))
    );
    let again = park.read_document(&done.document).expect("a Word file");
    assert_eq!(park.audit(&again, None, &actor).expect("audited").count(Verdict::Contradicted), 0);
}

#[test]
fn a_sheet_is_about_one_thing_and_is_not_published() {
    let shop = demo().copy();
    let park = open(&shop);
    let actor = Actor::local("tester");
    let sheets: Vec<_> = park.library().content.reports.values().filter(|r| r.about.is_some()).collect();
    assert_eq!(sheets.len(), 7);
    let listed = Publishing::new().reports(&park, &actor).expect("a list");
    for sheet in sheets {
        assert!(listed.items.iter().all(|item| item.id != sheet.id.as_str()));
        let month: Month = "2022-12".parse().expect("a month");
        assert!(park.document(&sheet.id, month).is_err(), "{} without its thing", sheet.id);
    }
    let asked = app::parcels::ListQuestion { year: Some(2022), ..Default::default() };
    let parcel = app::parcels::parcels(&park, &actor, &asked).expect("a list").items[0].entry;
    let made =
        app::parcels::parcel_sheet(&park, &actor, EntryId(parcel), (None, Some(2022))).expect("a sheet");
    let same = park.refresh(&made.bytes, &RefreshRequest::default(), &actor).expect("refreshed");
    assert!(same.moved.is_empty() && same.left.is_empty() && same.figures > 10, "{same:?}");
    // The same parcel a year later is another sheet by the same layout.
    let later = RefreshRequest { period: Month::new(2023, 12), ..RefreshRequest::default() };
    let next = park.refresh(&made.bytes, &later, &actor).expect("refreshed");
    assert!(next.moved.iter().any(|moved| moved.why.period), "{:?}", next.moved);
}

/// The demo's register of payments (workbooks 111) holds two payments to it: 31 万元 in 2022 and 82.5 万元 in 2023.
#[test]
fn a_certificate_copies_the_book_and_is_told_apart_once_the_book_says_otherwise() {
    let shop = demo().copy();
    let mut park = open(&shop);
    let actor = Actor::local("tester");
    let firm = app::enterprises::named(&park, &actor, "宁波望春甲子供应链科技有限公司").expect("one");
    let certificate = ReportId::from("certificate_money");
    let made = app::enterprises::certificate(&park, &actor, (firm, &certificate), None).expect("made");
    let said: String =
        outline(&made.bytes).expect("a Word file").iter().map(|p| p.text.clone() + "\n").collect();
    for part in ["91330203PDY63213XB", "政策资金 2 笔", "82.5", "31", "兑现 D5", "不是下达文件"]
    {
        assert!(said.contains(part), "{part} is not in:\n{said}");
    }
    let before = Some("2022-12-31".parse().expect("a day"));
    let earlier = app::enterprises::certificate(&park, &actor, (firm, &certificate), before).expect("made");
    let earlier: String =
        outline(&earlier.bytes).expect("a Word file").iter().map(|p| p.text.clone()).collect();
    assert!(earlier.contains("政策资金 1 笔") && !earlier.contains("82.5"), "{earlier}");

    let read = park.read_document(&made.bytes).expect("a Word file");
    let audited = park.audit(&read, None, &actor).expect("audited");
    assert_eq!(audited.count(Verdict::Contradicted), 0, "{:?}", audited.items);
    let amount = audited.items.iter().find(|item| item.text == "82.5").expect("its amount");
    assert_eq!((amount.way, amount.verdict), (Some(Way::Tag), Verdict::Supported), "{amount:?}");
    let entry = {
        let file = app::enterprises::file(&park, &actor, firm, None).expect("its file");
        let part =
            file.sections.iter().find(|part| part.book.as_str() == "policy_payments").expect("payments");
        park.store().entry(EntryId(part.rows[0].entry)).expect("readable").expect("there")
    };
    correct(park.store_mut(), &entry, "amount", Value::Number("80".parse().expect("a number")));
    let audited = park.audit(&read, None, &actor).expect("audited");
    let wrong =
        audited.items.iter().find(|item| item.verdict == Verdict::Contradicted).expect("the old amount");
    assert_eq!((wrong.text.as_str(), wrong.ledger.as_deref()), ("82.5", Some("80")));
}
