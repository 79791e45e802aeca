//! Entries written by form and from the clipboard: what is read, refused, warned of, kept, and traced back to a person.

use serde_json::{Value as Json, json};

use crate::access::Actor;
use crate::books::{self, BooksFault, Edit, EntryView, NewEntry, Page, Paste, PasteRow, Query, Values};
use crate::tests::TestPark;
use model::finding::Severity;
use model::id::{BookId, EntryId};

const FIRMS: &str = "title='企业'\nkind='register'\nrole='enterprise'\nkey=['code']\ndisplay='name'\ndepartment='招商'\n\
    [fields.code]\ntitle='代码'\nkind='text'\nrequired=true\n\
    [fields.name]\ntitle='名称'\nkind='text'\nrequired=true\n\
    [fields.former_names]\ntitle='曾用名'\nkind='text'\n\
    [fields.boss]\ntitle='法人'\nkind='person'\nclass='personal'\npurpose='联系'\nkeep_years=1";
const RETURNS: &str = "title='月报'\nkind='series'\nkey=['firm','period']\nsubject='firm'\ntime='period'\nevery='month'\n\
    department='统计'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n\
    [fields.period]\ntitle='期'\nkind='period'\n\
    [fields.out]\ntitle='产值'\nkind='amount'\nunit='万元'\nmin=0\n\
    [fields.out_ytd]\ntitle='累计产值'\nkind='amount'\nunit='万元'\n\
    [fields.big]\ntitle='规上'\nkind='boolean'\n\
    [fields.sent_on]\ntitle='报送日'\nkind='date'\n\
    [[check]]\nid='ytd'\nkind='row'\nseverity='error'\nrule='out_ytd >= out'\nmessage='累计小于本月'\nhint='核对'\n\
    [[check]]\nid='adds_up'\nkind='previous'\nseverity='warning'\nrule='out_ytd - prev.out_ytd = out'\nmessage='累计不等于上期加本月'\n\
    [[check]]\nid='slip'\nkind='slip'\nseverity='warning'\nfields=['out']\nmessage='单位可能错了'";

fn park() -> TestPark {
    let mut park =
        TestPark::new(&[("books/firms.toml", FIRMS), ("books/returns.toml", RETURNS)], "2023-06-08");
    park.put("firms", &["code=A1; name=甲厂; boss=张三", "code=B2; name=乙（北仑）厂; former_names=老乙厂"]);
    park.put(
        "returns",
        &["firm=1; period=2023-01; out=100; out_ytd=100", "firm=1; period=2023-02; out=110; out_ytd=210"],
    );
    park
}

fn returns() -> BookId {
    "returns".into()
}

fn values(json: Json) -> Values {
    serde_json::from_value(json).expect("an object")
}

fn new(json: Json) -> NewEntry {
    NewEntry { values: values(json), why: "补报".to_owned() }
}

fn admin(park: &TestPark) -> Actor {
    park.person(&["admin"], "统计", None)
}

fn texts(view: &EntryView) -> String {
    let cells = view.cells.iter().map(|(f, c)| format!("{f}={}", c.text));
    cells.collect::<Vec<_>>().join(" ")
}

fn codes(fault: &BooksFault) -> String {
    let BooksFault::Invalid(findings) = fault else { return fault.to_string() };
    let named =
        findings.iter().map(|f| format!("{}:{}", f.code, f.place.field.as_ref().map_or("", |f| f.as_str())));
    named.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_form_reads_what_a_clerk_types() {
    let mut park = park();
    let actor = admin(&park);
    let typed = json!({ "firm": "乙(北仑)厂", "period": "2023年3月", "out": "1,234.5", "out_ytd": 0.3, "big": "是", "sent_on": "2023年4月5日" });
    let fault =
        books::create(&mut park.park, &actor, &returns(), &new(typed.clone()), None).expect_err("refused");
    // 0.3 is less than 1234.5: an error of the book's own check. Nothing is written.
    assert_eq!(codes(&fault), "ytd:out_ytd");
    assert_eq!(park.park.snapshot().expect("a snapshot").revision().0, 2);
    let mut typed = values(typed);
    typed.insert("out_ytd".to_owned(), json!("0.3亿元"));
    let new = NewEntry { values: typed, why: "补报".to_owned() };
    let view = books::create(&mut park.park, &actor, &returns(), &new, None).expect("written");
    // 0.3 亿元 are 3000 万元.
    assert_eq!(
        texts(&view),
        "big=是 firm=乙（北仑）厂 out=1234.5 out_ytd=3000 period=2023-03 sent_on=2023-04-05"
    );
    assert_eq!((view.version, view.key.as_str()), (1, "乙（北仑）厂 · 2023-03"));
    // The trace of what was typed: who and when, on the clocks of the park.
    let place = &view.places["out"];
    assert_eq!(
        (place.file.as_str(), place.sheet.as_str(), place.cell.as_str()),
        ("录入", "张三", "2023-06-08 09:30")
    );
    assert_eq!(place.original.as_deref(), Some("1,234.5"));
    assert_eq!(place.source, None);
    // The writer's next read has it.
    let page = books::entries(&park.park, &actor, &returns(), &Query::default(), &[], Page::default())
        .expect("a page");
    assert_eq!(page.items[0].id, view.id);
}

#[test]
fn what_is_wrong_is_told_by_field() {
    let mut park = park();
    let actor = admin(&park);
    let mut check = |json: Json, expected: &str| {
        let fault = books::create(&mut park.park, &actor, &returns(), &new(json), None).expect_err("refused");
        assert_eq!(codes(&fault), expected);
    };
    check(json!({ "period": "2023-03", "out": "-5" }), "out-of-bounds:out required-missing:firm");
    check(
        json!({ "firm": "丙厂", "period": "2023年", "out": "many" }),
        "unknown-entry:firm not-a-number:out period-other:period",
    );
    check(
        json!({ "firm": 99, "period": "soon", "colour": 1 }),
        "unknown-field: unknown-entry:firm not-a-period:period",
    );
    check(json!({ "firm": 1, "period": "2023-02" }), "key-taken:firm");
    check(json!({ "firm": ["甲厂", "老乙厂"], "period": "2023-02" }), "unknown-entry:firm");
    let silent = NewEntry { values: values(json!({ "firm": 1, "period": "2023-03" })), why: " ".to_owned() };
    let fault = books::create(&mut park.park, &actor, &returns(), &silent, None).expect_err("refused");
    assert!(matches!(fault, BooksFault::NoReason));
}

#[test]
fn doubts_are_told_and_kept_but_do_not_refuse() {
    let mut park = park();
    let actor = admin(&park);
    park.put("returns", &["firm=1; period=2023-03; out=120; out_ytd=330"]);
    // 1,300,000 is ten thousand times the usual 110, and 330 + 1,300,000 is not 1,300,400.
    let doubtful = json!({ "firm": "A1", "period": "2023-04", "out": 1_300_000, "out_ytd": 1_300_400 });
    let checked =
        books::check(&park.park, &actor, &returns(), None, &values(doubtful.clone())).expect("checked");
    let told: Vec<&str> = checked.findings.iter().map(|f| f.code.as_str()).collect();
    assert_eq!(told, ["adds_up", "slip"]);
    assert!(checked.findings.iter().all(|f| f.severity == Severity::Warning));
    assert_eq!(checked.values["firm"].text, "甲厂");
    let view = books::create(&mut park.park, &actor, &returns(), &new(doubtful), None).expect("written");
    assert_eq!(view.findings.len(), 2);
    let open = park.park.store().findings().expect("findings");
    assert_eq!(open.len(), 2);
}

#[test]
fn an_edit_is_based_on_a_version_and_keeps_other_origins() {
    let mut park = park();
    let actor = admin(&park);
    let view = books::create(
        &mut park.park,
        &actor,
        &returns(),
        &new(json!({ "firm": 2, "period": "2023-01", "out": "5", "out_ytd": "5" })),
        None,
    )
    .expect("written");
    park.on("2023-06-09");
    let id = EntryId(view.id);
    let change = Edit { values: values(json!({ "out_ytd": "6", "big": true })), why: "更正".to_owned() };
    let edited = books::edit(&mut park.park, &actor, id, 1, &change, None).expect("edited");
    assert_eq!(
        (edited.version, texts(&edited)),
        (2, "big=是 firm=乙（北仑）厂 out=5 out_ytd=6 period=2023-01".to_owned())
    );
    assert_eq!(
        (edited.places["out"].cell.as_str(), edited.places["out_ytd"].cell.as_str()),
        ("2023-06-08 09:30", "2023-06-09 09:30")
    );
    // Somebody with the first version in hand is shown both.
    let stale = books::edit(&mut park.park, &actor, id, 1, &change, None).expect_err("stale");
    let BooksFault::Stale { current, yours } = stale else { panic!("{stale:?}") };
    assert_eq!((current.version, yours["out_ytd"].as_str()), (2, Some("6")));
    // Nothing new writes nothing; null takes a value out.
    assert_eq!(books::edit(&mut park.park, &actor, id, 2, &change, None).expect("unchanged").version, 2);
    let empty = Edit { values: values(json!({ "big": null, "out": "" })), why: "误填".to_owned() };
    let emptied = books::edit(&mut park.park, &actor, id, 2, &empty, None).expect("edited");
    assert_eq!(texts(&emptied), "firm=乙（北仑）厂 out_ytd=6 period=2023-01");
    let history = books::history(&park.park, &actor, id).expect("a history");
    let told: Vec<String> = history
        .items
        .iter()
        .map(|v| {
            let changes: Vec<String> =
                v.changes.iter().map(|c| format!("{} {}→{}", c.title, c.before, c.after)).collect();
            format!("{} {} {}: {}", v.version, v.kind, v.why, changes.join(", "))
        })
        .collect();
    assert_eq!(
        told,
        [
            "3 record 误填: 产值 5→, 规上 是→",
            "2 record 更正: 累计产值 5→6, 规上 →是",
            "1 record 补报: 企业 →乙（北仑）厂, 期 →2023-01, 产值 →5, 累计产值 →5",
        ]
    );
}

#[test]
fn a_withdrawn_entry_is_kept_and_its_key_comes_back() {
    let mut park = park();
    let actor = admin(&park);
    let fault = books::withdraw(&mut park.park, &actor, EntryId(4), 1, "", None).expect_err("no reason");
    assert!(matches!(fault, BooksFault::NoReason));
    let gone = books::withdraw(&mut park.park, &actor, EntryId(4), 1, "重复", None).expect("withdrawn");
    assert_eq!((gone.version, gone.state), (2, model::entry::EntryState::Withdrawn));
    assert_eq!(gone.can, [crate::access::Right::Read]);
    let total = |park: &TestPark| {
        books::entries(&park.park, &actor, &returns(), &Query::default(), &[], Page::default())
            .expect("a page")
            .total
    };
    assert_eq!(total(&park), 1);
    let again = books::create(
        &mut park.park,
        &actor,
        &returns(),
        &new(json!({ "firm": 1, "period": "2023-02", "out": 1, "out_ytd": 101 })),
        None,
    )
    .expect("written");
    assert_eq!((again.id, again.version, total(&park)), (4, 3, 2));
}

#[test]
fn a_request_sent_again_is_answered_not_done_twice() {
    let mut park = park();
    let actor = admin(&park);
    let entry = new(json!({ "firm": 2, "period": "2023-01", "out": 5 }));
    let first = books::create(&mut park.park, &actor, &returns(), &entry, Some("k1")).expect("written");
    let again = books::create(&mut park.park, &actor, &returns(), &entry, Some("k1")).expect("answered");
    assert_eq!((first.id, first.revision), (again.id, again.revision));
    let fault =
        books::create(&mut park.park, &actor, &returns(), &entry, Some("k2")).expect_err("the key is taken");
    assert_eq!(codes(&fault), "key-taken:firm");
    let edit = Edit { values: values(json!({ "out": 6 })), why: "更正".to_owned() };
    let edited =
        books::edit(&mut park.park, &actor, EntryId(first.id), 1, &edit, Some("k3")).expect("edited");
    let again =
        books::edit(&mut park.park, &actor, EntryId(first.id), 1, &edit, Some("k3")).expect("answered");
    assert_eq!((edited.version, again.version), (2, 2));
}

#[test]
fn a_paste_is_one_revision_or_none() {
    let mut park = park();
    let actor = admin(&park);
    let row = |json: Json| PasteRow { entry: None, based_on: None, values: values(json) };
    let rows = vec![
        row(json!({ "firm": "甲厂", "period": "2023-02", "out": "111", "out_ytd": "211" })), // known by its key
        row(json!({ "firm": "甲厂", "period": "2023-01", "out": "100" })),                   // as it is
        row(json!({ "firm": "老乙厂", "period": "2023-01", "out": "7", "out_ytd": "7" })),
        row(json!({ "firm": "老乙厂", "period": "2023-02", "out": "8", "out_ytd": "9" })), // 7 + 8 is 15
    ];
    let dry = Paste { rows: rows.clone(), why: String::new(), dry_run: true };
    let told = books::paste(&mut park.park, &actor, &returns(), &dry, None).expect("told");
    assert_eq!((told.new, told.changed, told.unchanged, told.revision), (2, 1, 1, None));
    // The row before it in the paste is its previous period.
    assert_eq!(
        told.findings.iter().map(|f| (f.row, f.finding.code.as_str())).collect::<Vec<_>>(),
        [(3, "adds_up")]
    );
    let wrong =
        [rows.clone(), vec![row(json!({ "firm": "丁", "period": "2023-02" })), rows[2].clone()]].concat();
    let wrong = Paste { rows: wrong, why: "粘贴".to_owned(), dry_run: false };
    let refused = books::paste(&mut park.park, &actor, &returns(), &wrong, None).expect("told");
    assert_eq!(refused.revision, None);
    let errors = refused.findings.iter().filter(|f| f.finding.severity == Severity::Error);
    assert_eq!(
        errors.map(|f| (f.row, f.finding.code.as_str())).collect::<Vec<_>>(),
        [(4, "unknown-entry"), (5, "key-repeated")]
    );
    let paste = Paste { rows, why: "粘贴".to_owned(), dry_run: false };
    let done = books::paste(&mut park.park, &actor, &returns(), &paste, Some("p")).expect("written");
    assert_eq!(done.revision, Some(3));
    assert_eq!(
        books::paste(&mut park.park, &actor, &returns(), &paste, Some("p")).expect("answered").revision,
        Some(3)
    );
    let page =
        books::entries(&park.park, &actor, &returns(), &Query::default(), &["out".into()], Page::default())
            .expect("a page");
    assert_eq!(page.total, 4);
    let stale = Paste {
        rows: vec![PasteRow { entry: Some(4), based_on: Some(1), values: values(json!({ "out": 1 })) }],
        ..paste
    };
    assert!(matches!(
        books::paste(&mut park.park, &actor, &returns(), &stale, None),
        Err(BooksFault::Stale { .. })
    ));
}

#[test]
fn what_an_enterprise_reported_is_its_own_to_correct() {
    let mut park = park();
    let firm = park.person(&["firm"], "", Some(1));
    let clerk = park.person(&["clerk"], "招商", None);
    let head = admin(&park);
    let mine = new(json!({ "firm": 1, "period": "2023-03", "out": 9, "out_ytd": 219 }));
    let view = books::create(&mut park.park, &firm, &returns(), &mine, None).expect("its own");
    let id = EntryId(view.id);
    assert_eq!(view.places["out"].file, "企业填报");
    let theirs = new(json!({ "firm": 2, "period": "2023-03", "out": 9 }));
    let fault = books::create(&mut park.park, &firm, &returns(), &theirs, None).expect_err("another's");
    // Another enterprise is not even there to refer to.
    assert_eq!(codes(&fault), "unknown-entry:firm");
    let change = Edit { values: values(json!({ "out": 10 })), why: "更正".to_owned() };
    let fault = books::edit(&mut park.park, &clerk, id, 1, &change, None).expect_err("reported");
    assert!(matches!(&fault, BooksFault::Reported(title) if title == "产值"), "{fault:?}");
    let fault = books::withdraw(&mut park.park, &clerk, id, 1, "x", None).expect_err("reported");
    assert!(matches!(fault, BooksFault::Reported(_)));
    // What the enterprise left open may be filled in by the committee.
    let more = Edit { values: values(json!({ "big": true })), why: "认定".to_owned() };
    books::edit(&mut park.park, &clerk, id, 1, &more, None).expect("filled in");
    let fault = books::edit(
        &mut park.park,
        &firm,
        id,
        2,
        &Edit { values: values(json!({ "big": false })), why: "x".to_owned() },
        None,
    );
    assert!(matches!(fault, Err(BooksFault::NotReported(_))));
    books::edit(&mut park.park, &firm, id, 2, &change, None).expect("its own value");
    books::edit(&mut park.park, &head, id, 3, &change, None).expect("unchanged");
    let last = Edit { values: values(json!({ "out": 11 })), why: "核实更正".to_owned() };
    assert_eq!(
        books::edit(&mut park.park, &head, id, 3, &last, None).expect("answerable for the book").version,
        4
    );
    // What the bureau reported about an enterprise is not the enterprise's.
    let fault = books::edit(&mut park.park, &firm, EntryId(3), 1, &change, None).expect_err("the bureau's");
    assert!(matches!(fault, BooksFault::NotReported(_)));
    let reader = park.person(&["reader"], "", None);
    let fault = books::edit(&mut park.park, &reader, id, 4, &change, None).expect_err("reads only");
    assert!(matches!(fault, BooksFault::Refused(crate::access::Refusal::NotAllowed { .. })));
}

#[test]
fn a_masked_value_is_kept_when_its_mask_comes_back() {
    let mut park = park();
    let actor = admin(&park);
    let view = books::entry(&park.park, &actor, EntryId(1)).expect("an entry");
    assert_eq!((view.cells["boss"].text.as_str(), view.cells["boss"].masked), ("张*", true));
    assert_eq!((view.referenced_by.len(), view.referenced_by[0].count), (1, 2));
    let same =
        Edit { values: values(json!({ "boss": "张*", "name": "甲一厂" })), why: "更名".to_owned() };
    books::edit(&mut park.park, &actor, EntryId(1), 1, &same, None).expect("edited");
    let fault =
        books::unmask(&mut park.park, &actor, EntryId(1), &"boss".into(), " ").expect_err("no reason");
    assert!(matches!(fault, BooksFault::NoReason));
    let shown = books::unmask(&mut park.park, &actor, EntryId(1), &"boss".into(), "核对执照").expect("shown");
    assert_eq!(shown.map(|c| c.text).as_deref(), Some("张三"));
    let audit = park.park.store().audit_records(0, 100).expect("an audit");
    let kept = audit.last().expect("a record");
    assert_eq!((kept.event.action.as_str(), kept.event.who.as_str()), ("unmask", "zhang"));
    let clerk = park.person(&["clerk"], "", None);
    assert!(books::unmask(&mut park.park, &clerk, EntryId(1), &"boss".into(), "x").is_err());
}
