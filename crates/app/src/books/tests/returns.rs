//! Who has reported, letters to who has not, saved views, the workbook of a grid.

use model::id::{BookId, FieldId};
use serde_json::json;

use crate::access::Actor;
use crate::books::{self, BooksFault, NewView, Query, Reminded, Sent};
use crate::tests::TestPark;

const FIRMS: &str = "title='企业'\nkind='register'\nrole='enterprise'\nkey=['name']\ndisplay='name'\n\
    [fields.name]\ntitle='名称'\nkind='text'\n\
    [fields.big]\ntitle='规上'\nkind='boolean'\n\
    [fields.contact]\ntitle='联系人'\nkind='person'\nclass='personal'\npurpose='联系'\nkeep_years=1\n\
    [fields.phone]\ntitle='电话'\nkind='phone'\nclass='personal'\npurpose='联系'\nkeep_years=1";
const RETURNS: &str = "title='月报'\nkind='series'\nkey=['firm','period']\nsubject='firm'\ntime='period'\nevery='month'\n\
    department='统计局'\nskips=[1]\ndue_day=15\nreporters='big'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n\
    [fields.period]\ntitle='期'\nkind='period'\n\
    [fields.out]\ntitle='产值'\nkind='amount'\nunit='万元'\n\
    [fields.sent_on]\ntitle='报送日'\nkind='date'\n\
    [fields.clerk]\ntitle='填报人'\nkind='person'";
const LETTER: &str = "text='{subject}：{period}《{book}》应于{due}前报送。（{department}）'\nno_due='规定时间'\n\
    [[contact]]\nbook='firms'\nperson='contact'\nphone='phone'";

/// 甲 and 乙 must report, 丙 need not. February: 甲 in time, 乙 late, 丙 all the same. March: 甲 only. It is 20 April.
fn park() -> TestPark {
    let files =
        [("books/firms.toml", FIRMS), ("books/returns.toml", RETURNS), ("pages/reminders.toml", LETTER)];
    let mut park = TestPark::new(&files, "2023-03-15");
    let firms = ["name=甲; big=是; contact=张三; phone=13812345678", "name=乙; big=是", "name=丙; big=否"];
    park.put("firms", &firms);
    park.put(
        "returns",
        &["firm=1; period=2023-02; out=5; sent_on=2023-03-10; clerk=李四", "firm=3; period=2023-02; out=1"],
    );
    park.on("2023-03-16");
    park.put("returns", &["firm=2; period=2023-02; out=7.5"]);
    park.on("2023-04-14");
    park.put("returns", &["firm=1; period=2023-03; out=6"]);
    park.on("2023-04-20");
    park
}

fn returns() -> BookId {
    "returns".into()
}

#[test]
fn a_year_shows_who_sent_what_when() {
    let park = park();
    let shown = books::completeness(&park.park, &Actor::local("x"), &returns(), 2023).expect("a year");
    // January is not collected.
    assert_eq!((shown.periods.len(), shown.periods[0].as_str()), (11, "2023-02"));
    assert_eq!(shown.due["2023-03"], "2023-04-15");
    let rows: Vec<(&str, &[Sent])> = shown.rows.iter().map(|r| (r.title.as_str(), &r.cells[..3])).collect();
    // In the order of pinyin: bing, jia, yi.
    assert_eq!(
        rows,
        [
            ("丙", [Sent::Sent, Sent::None, Sent::None].as_slice()),
            ("甲", &[Sent::Sent, Sent::Sent, Sent::NotDue]),
            ("乙", &[Sent::Late, Sent::Missing, Sent::NotDue]),
        ]
    );
    let totals = &shown.totals;
    assert_eq!((totals[0].expected, totals[0].sent, totals[0].late, totals[0].missing), (2, 3, 1, 0));
    assert_eq!((totals[1].expected, totals[1].sent, totals[1].late, totals[1].missing), (2, 1, 0, 1));
    let firm = park.person(&["firm"], "", Some(2));
    let own = books::completeness(&park.park, &firm, &returns(), 2023).expect("its own");
    assert_eq!(own.rows.iter().map(|r| r.title.as_str()).collect::<Vec<_>>(), ["乙"]);
    assert_eq!((own.totals[1].expected, own.totals[1].missing), (1, 1));
}

#[test]
fn a_correction_does_not_make_a_return_late() {
    let mut park = park();
    let actor = park.person(&["admin"], "", None);
    let change = books::Edit { values: [("out".to_owned(), json!(8))].into(), why: "更正".to_owned() };
    books::edit(&mut park.park, &actor, model::id::EntryId(4), 1, &change, None).expect("edited");
    let shown = books::completeness(&park.park, &actor, &returns(), 2023).expect("a year");
    assert_eq!(shown.rows[1].cells[0], Sent::Sent);
}

#[test]
fn letters_go_to_who_is_missing_and_are_kept() {
    let mut park = park();
    let actor = park.person(&["clerk"], "", None);
    // The newest period that is due is March.
    let shown = books::reminders(&park.park, &actor, &returns(), "").expect("letters");
    assert_eq!((shown.period.as_str(), shown.due.as_deref()), ("2023-03", Some("2023-04-15")));
    assert_eq!(shown.items.len(), 1);
    assert_eq!(shown.items[0].text, "乙：2023年3月《月报》应于2023年4月15日前报送。（统计局）");
    assert_eq!((shown.items[0].reminded_at, shown.items[0].contact.as_deref()), (None, None));
    let whom = |entries: &[u64]| Reminded { period: "2023-03".to_owned(), entries: entries.to_vec() };
    let kept = books::remind(&mut park.park, &actor, &returns(), &whom(&[2])).expect("kept");
    assert_eq!(kept.recorded, 1);
    let again = books::reminders(&park.park, &actor, &returns(), "2023年3月").expect("letters");
    assert_eq!(again.items[0].reminded_at.map(|at| at.to_string()).as_deref(), Some("2023-04-20T01:30:00Z"));
    // 甲 has sent it, 丙 need not.
    assert!(books::remind(&mut park.park, &actor, &returns(), &whom(&[1])).is_err());
    assert!(books::remind(&mut park.park, &actor, &returns(), &whom(&[3])).is_err());
    let reader = park.person(&["reader"], "", None);
    assert!(matches!(
        books::remind(&mut park.park, &reader, &returns(), &whom(&[2])),
        Err(BooksFault::Refused(_))
    ));
    assert!(matches!(books::reminders(&park.park, &actor, &returns(), "2023Q1"), Err(BooksFault::Query(_))));
    park.on("2023-05-20");
    let may = books::reminders(&park.park, &actor, &returns(), "").expect("letters");
    let contact = may.items[0].contact.clone().zip(may.items[0].phone.clone().map(|p| p.text));
    assert_eq!(contact, Some(("张*".to_owned(), "138****5678".to_owned())));
}

#[test]
fn views_are_ones_own_or_shared() {
    let mut park = park();
    let (mine, other) = (park.person(&["reader"], "", None), Actor::local("other"));
    let view = |name: &str, shared| NewView {
        book: returns(),
        name: name.to_owned(),
        query: json!({ "q": "甲" }),
        shared,
    };
    let kept = books::save_view(&mut park.park, &mine, view(" 甲的 ", false)).expect("kept");
    books::save_view(&mut park.park, &mine, view("大家的", true)).expect("kept");
    let names = |park: &TestPark, actor: &Actor| {
        let all = books::views(&park.park, actor, Some(&returns())).expect("views");
        all.items.iter().map(|v| v.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&park, &mine), ["大家的", "甲的"]);
    assert_eq!(names(&park, &other), ["大家的"]);
    assert_eq!(kept.query, json!({ "q": "甲" }));
    assert!(books::drop_view(&mut park.park, &other, kept.id).is_err());
    books::drop_view(&mut park.park, &mine, kept.id).expect("dropped");
    assert_eq!(names(&park, &mine), ["大家的"]);
    let nameless = books::save_view(&mut park.park, &mine, view(" ", false));
    assert!(matches!(nameless, Err(BooksFault::BadView)));
}

#[test]
fn a_workbook_has_numbers_dates_and_masks() {
    let park = park();
    let actor = park.person(&["reader"], "", None);
    let query = Query::read(&["period:eq:2023-02".to_owned()], "-out", "").expect("a query");
    let columns: Vec<FieldId> = ["firm", "out", "sent_on", "clerk"].into_iter().map(FieldId::from).collect();
    let file = books::export(&park.park, &actor, &returns(), &query, &columns, None).expect("a workbook");
    assert_eq!(file.name, "月报-2023-04-20.xlsx");
    let read = office::read(&file.bytes, &file.name, &office::Limits::default()).expect("readable");
    let sheet = &read.sheets[0];
    let shown: Vec<String> = sheet
        .row_iter()
        .map(|(_, cells)| {
            cells
                .iter()
                .map(|c| crate::import::shown_cell(sheet, c).into_owned())
                .collect::<Vec<_>>()
                .join("|")
        })
        .collect();
    assert_eq!(shown, ["企业|产值（万元）|报送日|填报人", "乙|7.5", "甲|5|2023-03-10|李*", "丙|1"]);
    let number = |c: &&office::sheet::Cell| matches!(c.value, office::CellValue::Number { .. });
    assert_eq!(sheet.cells.iter().filter(number).count(), 3);
}
