//! A return from its first draft to the ledger, with two firms, two officers and hand-made numbers.

use std::collections::BTreeMap;

use model::finding::Severity;
use model::id::{BookId, EntryId, FieldId};
use serde_json::json;
use store::StoreError;

use super::shapes::*;
use super::*;
use crate::access::Actor;
use crate::books::{self, BooksFault, Values};
use crate::tests::TestPark;

const FIRMS: &str = "title='企业'\nkind='register'\nrole='enterprise'\nkey=['name']\ndisplay='name'\n\
    [fields.name]\ntitle='名称'\nkind='text'\n[fields.big]\ntitle='重点'\nkind='boolean'";
const OPS: &str = "title='运行月报'\nkind='series'\ndepartment='经发局'\nkey=['firm','month']\nsubject='firm'\ntime='month'\nevery='month'\n\
    due_day=10\nreporters='big'\n[filed]\nfields=['orders','staff','abroad']\njump=30\njump_of=['orders','abroad']\nnote='只用于服务'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\nrequired=true\n[fields.month]\ntitle='月份'\nkind='period'\nrequired=true\n\
    [fields.orders]\ntitle='订单'\nkind='amount'\nunit='万元'\nrequired=true\nmin=0\n[fields.staff]\ntitle='用工'\nkind='integer'\nmin=0\n\
    [fields.abroad]\ntitle='出口'\nkind='amount'\nunit='万元'\n[fields.checked]\ntitle='内部核对'\nkind='text'\n\
    [[check]]\nid='within'\nkind='row'\nseverity='error'\nrule='abroad <= orders'\nmessage='出口大于订单'";
/// Not filed by enterprises, though they read it.
const METERS: &str = "title='用电'\nkind='series'\nkey=['firm','month']\nsubject='firm'\ntime='month'\nevery='month'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.month]\ntitle='月'\nkind='period'\n\
    [fields.kwh]\ntitle='电量'\nkind='decimal'";

struct Fixture {
    at: TestPark,
    firm: Actor,
    other: Actor,
    head: Actor,
}

fn named(mut actor: Actor, name: &str) -> Actor {
    name.clone_into(&mut actor.name);
    actor.display = format!("{name}某");
    actor
}

/// On 20 November 2023: firm 1 must file, firm 2 may. Of firm 1 the book has October 2022 and September 2023.
fn park() -> Fixture {
    let files = [("books/firms.toml", FIRMS), ("books/ops.toml", OPS), ("books/meters.toml", METERS)];
    let mut at = TestPark::new(&files, "2023-11-20");
    at.put("firms", &["name=甲厂; big=是", "name=乙厂; big=否"]);
    at.put(
        "ops",
        &[
            "firm=1; month=2022-10; orders=80; staff=50",
            "firm=1; month=2023-09; orders=100; staff=50",
            "firm=2; month=2023-09; orders=7",
        ],
    );
    let firm = named(at.person(&["firm"], "", Some(1)), "jia");
    let other = named(at.person(&["firm"], "", Some(2)), "yi");
    let head = named(at.person(&["head", "reader"], "经发局", None), "ke");
    Fixture { at, firm, other, head }
}

fn ops() -> BookId {
    BookId::from("ops")
}

fn october() -> Period {
    "2023-10".parse().expect("a month")
}

fn draft(version: u32, values: serde_json::Value, reasons: &[(&str, &str)]) -> ReturnDraft {
    let values: Values = serde_json::from_value(values).expect("an object");
    let reasons: BTreeMap<FieldId, String> =
        reasons.iter().map(|(field, reason)| (FieldId::from(*field), (*reason).to_owned())).collect();
    ReturnDraft { version, values, reasons }
}

fn answer(version: u32, note: &str, fields: &[(&str, &str)]) -> ReturnAnswer {
    let fields = fields.iter().map(|(field, reason)| (FieldId::from(*field), (*reason).to_owned())).collect();
    ReturnAnswer { version, note: note.to_owned(), fields }
}

fn field<'f>(form: &'f ReturnForm, name: &str) -> &'f ReturnField {
    form.fields.iter().find(|one| one.field.as_str() == name).expect("a field of the form")
}

fn codes(form: &ReturnForm) -> Vec<(String, Severity)> {
    form.findings.iter().map(|finding| (finding.code.clone(), finding.severity)).collect()
}

#[test]
fn what_is_due_is_listed_by_its_day_and_told_from_what_the_book_has() {
    let Fixture { at, firm, other, head } = park();
    let due = returns_due(&at.park, &firm).expect("listed");
    assert_eq!(due.enterprise.title, "甲厂");
    // October was due on 10 November, ten days ago; months of the book's own are told as such, after what is to be done.
    let october = due.items.iter().find(|item| item.period == "2023-10").expect("October");
    assert_eq!((october.state, october.days, october.expected), (ReturnState::NotBegun, Some(-10), true));
    let told = |state| {
        due.items
            .iter()
            .filter(|item| item.state == state)
            .map(|item| item.period.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(told(ReturnState::Recorded), ["2023-09", "2022-10"]);
    // Thirteen months back from 20 November 2023: the months that ended since 20 October 2022, without the two there are.
    assert_eq!(told(ReturnState::NotBegun).len(), 11);
    assert_eq!(due.items[0].period, "2022-11", "the longest overdue is first");
    // Firm 2 need not file: of what it did not begin only the newest month is offered.
    let offered = returns_due(&at.park, &other).expect("listed").items;
    assert!(offered.iter().all(|item| !item.expected));
    assert_eq!(offered.iter().map(|item| item.period.as_str()).collect::<Vec<_>>(), ["2023-10", "2023-09"]);
    assert!(matches!(returns_due(&at.park, &head), Err(FilingsFault::Refused(_))));
}

#[test]
fn a_draft_is_checked_as_it_is_saved_and_kept_by_version() {
    let Fixture { mut at, firm, .. } = park();
    let (book, period) = (ops(), october());
    let blank = return_form(&at.park, &firm, &book, period).expect("a form");
    assert_eq!((blank.version, blank.open, blank.findings.len()), (0, true, 0));
    assert_eq!(
        (blank.before.as_deref(), blank.year_before.as_deref()),
        (Some("2023年9月"), Some("2022年10月"))
    );
    let orders = field(&blank, "orders");
    let text = |cell: &Option<books::Cell>| cell.as_ref().map(|cell| cell.text.clone());
    assert_eq!(
        (text(&orders.before), text(&orders.year_before)),
        (Some("100".to_owned()), Some("80".to_owned()))
    );
    assert!(blank.fields.iter().all(|one| one.field.as_str() != "checked"), "only what the form asks");
    // 150 against 100 is +50 %, beyond 30; 160 abroad is more than all orders; the enterprise does not write other fields.
    let said = json!({ "orders": "150", "abroad": 160, "staff": "许多", "checked": "x", "firm": 2 });
    let saved = save(&mut at.park, &firm, (&book, period), &draft(0, said, &[])).expect("saved");
    assert_eq!((saved.version, saved.head.state), (1, ReturnState::Draft));
    let orders = field(&saved, "orders");
    assert_eq!((orders.change.as_deref(), orders.jump), (Some("50"), true));
    let twice =
        save(&mut at.park, &firm, (&book, period), &draft(1, json!({ "staff": 100 }), &[])).expect("saved");
    let staff = field(&twice, "staff");
    assert_eq!((staff.change.as_deref(), staff.jump), (Some("100"), false), "no reason is asked for it");
    let said = json!({ "orders": "150", "abroad": 160, "staff": "许多", "checked": "x", "firm": 2 });
    let saved = save(&mut at.park, &firm, (&book, period), &draft(2, said, &[])).expect("saved");
    let errors: Vec<String> =
        codes(&saved).into_iter().filter(|(_, s)| *s == Severity::Error).map(|(code, _)| code).collect();
    assert!(errors.contains(&"within".to_owned()) && errors.contains(&"jump".to_owned()), "{errors:?}");
    assert_eq!(field(&saved, "staff").value, json!("许多"), "what cannot be read is kept as it was typed");
    // It survives the program and is refused from an old page.
    let again = return_form(&at.park, &firm, &book, period).expect("a form");
    assert_eq!(field(&again, "abroad").value, json!(160));
    let stale = save(&mut at.park, &firm, (&book, period), &draft(0, json!({}), &[]));
    assert!(matches!(stale, Err(FilingsFault::Ledger(StoreError::StaleFiling { found: 3, based_on: 0 }))));
    // An error keeps it back; so does a jump without a reason; with one it goes.
    let kept = submit(&mut at.park, &firm, (&book, period), ReturnVersion { version: 3 });
    assert!(matches!(kept, Err(FilingsFault::Books(BooksFault::Invalid(_)))));
    save(&mut at.park, &firm, (&book, period), &draft(3, json!({ "orders": 150 }), &[])).expect("saved");
    assert!(submit(&mut at.park, &firm, (&book, period), ReturnVersion { version: 4 }).is_err());
    let told = draft(4, json!({ "orders": 150 }), &[("orders", "新客户")]);
    save(&mut at.park, &firm, (&book, period), &told).expect("saved");
    let sent = submit(&mut at.park, &firm, (&book, period), ReturnVersion { version: 5 }).expect("handed in");
    assert_eq!((sent.head.state, sent.open), (ReturnState::Submitted, false));
    let changed = save(&mut at.park, &firm, (&book, period), &draft(6, json!({ "orders": 1 }), &[]));
    assert!(matches!(changed, Err(FilingsFault::NotNow(ReturnState::Submitted))));
    let back =
        withdraw(&mut at.park, &firm, (&book, period), ReturnVersion { version: 6 }).expect("taken back");
    assert_eq!((back.head.state, back.open, back.version), (ReturnState::Draft, true, 7));
}

#[test]
fn nothing_is_in_the_book_before_somebody_else_accepted_it() {
    let Fixture { mut at, firm, other, head } = park();
    let (book, period) = (ops(), october());
    save(&mut at.park, &firm, (&book, period), &draft(0, json!({ "orders": 120, "staff": 40 }), &[]))
        .expect("saved");
    let drafts = handed_in(&at.park, &head, None).expect("listed");
    assert_eq!((drafts.items.len(), drafts.waiting), (0, 0), "a draft is the enterprise's own business");
    assert!(review(&at.park, &head, 1).is_err());
    submit(&mut at.park, &firm, (&book, period), ReturnVersion { version: 1 }).expect("handed in");
    let before = at.park.store().latest_revision().expect("a revision");
    let looked = review(&at.park, &head, 1).expect("there");
    // 120 against 100: +20 %; 40 against 50: −20 %.
    let changes: Vec<_> = looked.fields.iter().map(|one| one.change.as_deref()).collect();
    assert_eq!(changes, [Some("20"), Some("-20"), None]);
    assert!(looked.may_answer);
    // Sent back with a reason for a field; what the enterprise then corrects is not shown before it hands it in again.
    assert!(matches!(send_back(&mut at.park, &head, 1, &answer(2, " ", &[])), Err(FilingsFault::NoReason)));
    send_back(&mut at.park, &head, 1, &answer(2, "请核对", &[("staff", "与合同数不符")])).expect("sent back");
    let form = return_form(&at.park, &firm, &book, period).expect("a form");
    assert_eq!(
        (form.head.state, form.head.note.as_deref(), form.open),
        (ReturnState::SentBack, Some("请核对"), true)
    );
    assert_eq!(field(&form, "staff").sent_back.as_deref(), Some("与合同数不符"));
    save(&mut at.park, &firm, (&book, period), &draft(3, json!({ "orders": 120, "staff": 48 }), &[]))
        .expect("saved");
    let looked = review(&at.park, &head, 1).expect("there");
    assert_eq!(field(&looked, "staff").cell.as_ref().map(|cell| cell.text.as_str()), Some("40"));
    let form = submit(&mut at.park, &firm, (&book, period), ReturnVersion { version: 4 }).expect("handed in");
    assert_eq!(field(&form, "staff").last_time.as_ref().map(|cell| cell.text.as_str()), Some("40"));
    assert_eq!(
        at.park.store().latest_revision().expect("a revision"),
        before,
        "nothing is in the ledger yet"
    );

    // Accepted: one revision whose source is the return.
    let filer_too = named(at.person(&["head", "reader"], "经发局", None), "jia");
    assert!(matches!(approve(&mut at.park, &filer_too, 1, &answer(5, "", &[])), Err(FilingsFault::Own)));
    let clerk = named(at.person(&["clerk"], "经发局", None), "ban");
    assert!(matches!(approve(&mut at.park, &clerk, 1, &answer(5, "", &[])), Err(FilingsFault::Refused(_))));
    assert!(matches!(approve(&mut at.park, &other, 1, &answer(5, "", &[])), Err(FilingsFault::Refused(_))));
    assert!(approve(&mut at.park, &head, 1, &answer(4, "", &[])).is_err(), "another version was looked at");
    let done = approve(&mut at.park, &head, 1, &answer(5, "已核", &[])).expect("accepted");
    assert_eq!(done.head.state, ReturnState::Accepted);
    let entry = books::entry(&at.park, &head, EntryId(done.entry.expect("in the book"))).expect("an entry");
    let place = &entry.places[&FieldId::from("staff")];
    assert_eq!(place.filing, Some(1));
    assert_eq!(place.file, "企业填报第1号　运行月报 2023年10月");
    assert_eq!(place.sheet, "甲厂 jia 报送，ke某 审核");
    assert_eq!(entry.cells[&FieldId::from("staff")].text, "48");
    let acts: Vec<(ReturnAct, &str)> = done.rounds.iter().map(|r| (r.act, r.who.as_str())).collect();
    let (sub, back) = (ReturnAct::Submit, ReturnAct::SendBack);
    assert_eq!(acts, [(sub, "jia"), (back, "ke"), (sub, "jia"), (ReturnAct::Accept, "ke")]);
    let audited = at.park.store().audit_records(0, 100).expect("an audit");
    let told = audited.iter().filter(|record| record.event.action.starts_with("filing.")).count();
    assert_eq!(told, 4);
}

#[test]
fn enterprises_file_their_own_returns_of_filed_books_only() {
    let Fixture { mut at, firm, other, head } = park();
    let (book, period) = (ops(), october());
    save(&mut at.park, &firm, (&book, period), &draft(0, json!({ "orders": 120 }), &[])).expect("saved");
    // Another firm has a return of its own for the period, and sees nothing of this one.
    let theirs = return_form(&at.park, &other, &book, period).expect("their own");
    assert_eq!((theirs.version, theirs.head.id), (0, None));
    assert_eq!(field(&theirs, "orders").before.as_ref().map(|cell| cell.text.as_str()), Some("7"));
    let none =
        |fault: Result<ReturnForm>| assert!(matches!(fault, Err(FilingsFault::Refused(Refusal::NotFound))));
    none(return_form(&at.park, &other, &BookId::from("meters"), period));
    none(return_form(&at.park, &firm, &book, "2023-11".parse().expect("a month")));
    none(return_form(&at.park, &firm, &book, "2023Q3".parse().expect("a quarter")));
    none(return_form(&at.park, &head, &book, period));
    let empty = save(&mut at.park, &other, (&book, period), &draft(0, json!({}), &[])).expect("saved");
    let kept = submit(&mut at.park, &other, (&book, period), ReturnVersion { version: empty.version });
    assert!(matches!(kept, Err(FilingsFault::Empty)));
    // What the book has already is shown and not filed again.
    let september = "2023-09".parse().expect("a month");
    let had = return_form(&at.park, &firm, &book, september).expect("there");
    assert_eq!((had.head.state, had.open), (ReturnState::Recorded, false));
    let again = save(&mut at.park, &firm, (&book, september), &draft(0, json!({ "orders": 1 }), &[]));
    assert!(matches!(again, Err(FilingsFault::NotNow(ReturnState::Recorded))));
}
