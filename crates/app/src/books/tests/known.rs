//! Books as they were known on a day: grids, groups, workbooks and entries of then.

use model::id::EntryId;

use crate::access::Actor;
use crate::asof::AsOf;
use crate::books::{self, BooksFault, Edit, Page, Query};
use crate::tests::TestPark;

const FIRMS: &str = "title='企业'\nkind='register'\nkey=['name']\ndisplay='name'\n[fields.name]\ntitle='名称'\nkind='text'\n\
    [fields.staff]\ntitle='人数'\nkind='integer'";

/// 甲 with 10 people on the 10th, 乙 with 20 on the 12th, 甲 corrected to 30 on the 14th.
fn park() -> TestPark {
    let mut park = TestPark::new(&[("books/firms.toml", FIRMS)], "2023-11-10");
    park.put("firms", &["name=甲; staff=10"]);
    park.on("2023-11-12");
    park.put("firms", &["name=乙; staff=20"]);
    park.on("2023-11-14");
    let values = serde_json::from_value(serde_json::json!({ "staff": "30" })).expect("values");
    let change = Edit { values, why: "更正".to_owned() };
    books::edit(&mut park.park, &Actor::local("zhang"), EntryId(1), 1, &change, None).expect("edited");
    park
}

fn day(text: &str) -> AsOf {
    text.parse().expect("a day")
}

#[test]
fn groups_and_sums_are_those_of_the_day() {
    let park = park();
    let sums = |as_of: Option<AsOf>| {
        let (query, page) = (Query::default(), Page { offset: 0, limit: 10 });
        let by = "name".into();
        let actor = Actor::local("zhang");
        let groups = books::groups(&park.park, &actor, &"firms".into(), &query, (&by, page), as_of);
        let items = groups.expect("groups").items;
        items.iter().map(|item| format!("{} {}", item.text, item.sums["staff"])).collect::<Vec<_>>()
    };
    assert_eq!(sums(Some(day("2023-11-11"))), ["甲 10"]);
    assert_eq!(sums(Some(day("2023-11-13"))), ["甲 10", "乙 20"]);
    assert_eq!(sums(None), ["甲 30", "乙 20"]);
}

#[test]
fn an_entry_is_its_version_of_the_day_and_only_to_be_read() {
    let park = park();
    let actor = Actor::local("zhang");
    let seen = |id: u64, text: &str| books::entry_as_of(&park.park, &actor, EntryId(id), day(text));
    let then = seen(1, "2023-11-13").expect("known");
    assert_eq!((then.version, then.cells["staff"].text.as_str()), (1, "10"));
    assert_eq!(then.can, [crate::access::Right::Read]);
    let now = seen(1, "2023-11-14").expect("known");
    assert_eq!((now.version, now.cells["staff"].text.as_str()), (2, "30"));
    assert!(matches!(seen(2, "2023-11-11"), Err(BooksFault::Refused(_))), "乙 was not there yet");
    assert!(matches!(seen(1, "2023-11-09"), Err(BooksFault::AsOf(_))), "nothing was known yet");
}

#[test]
fn a_workbook_of_a_day_tells_the_day() {
    let park = park();
    let read = |as_of: Option<AsOf>| {
        let query = Query::default();
        books::export(&park.park, &Actor::local("zhang"), &"firms".into(), &query, &[], as_of)
            .expect("a workbook")
    };
    assert_eq!(read(Some(day("2023-11-11"))).name, "企业-2023-11-11.xlsx");
    assert_eq!(read(None).name, "企业-2023-11-14.xlsx");
    assert_ne!(read(Some(day("2023-11-11"))).bytes, read(Some(day("2023-11-13"))).bytes);
}
