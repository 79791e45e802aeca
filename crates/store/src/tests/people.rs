//! People, what proves who they are, sessions, tokens, jobs, saved views, reminders.

use super::*;
use crate::{
    Attempts, AuditQuestion, By, Damage, JobState, LinkRecord, NewJob, PersonId, PersonRecord, SavedView,
    SessionId, SessionRecord, StoreError, TokenId, TokenRecord, ViewId,
};

fn by(seconds: i64) -> By<'static> {
    By { at: second(seconds), who: "root", from: "192.0.2.1" }
}

fn person(name: &str) -> PersonRecord {
    PersonRecord {
        id: PersonId(0),
        name: name.to_owned(),
        display: "张三".to_owned(),
        department: "统计".to_owned(),
        roles: vec!["clerk".to_owned()],
        enterprise: None,
        language: "zh-CN".to_owned(),
        locked: false,
        second_factor: false,
        created: second(0),
    }
}

fn session(person: PersonId, secret: u8) -> SessionRecord {
    SessionRecord {
        id: SessionId(0),
        hash: [secret; 32],
        person,
        created: second(10),
        seen: second(10),
        expires: second(1000),
        address: "192.0.2.1".to_owned(),
        agent: "browser".to_owned(),
        provider: None,
    }
}

fn token(person: PersonId) -> TokenRecord {
    TokenRecord {
        id: TokenId(0),
        hash: [9; 32],
        person,
        title: "夜间取数".to_owned(),
        scopes: vec!["read".to_owned()],
        books: Some(vec![shop()]),
        created: second(20),
        expires: None,
        last_used: None,
    }
}

fn begin(park: &mut Park, session: &SessionRecord) -> SessionId {
    let event = by(10).event("session.begin", "person:1", serde_json::json!({}));
    park.store.begin_session(&event, session, &Attempts::default(), None).unwrap()
}

/// A ledger with a person who has everything.
fn full() -> Park {
    let mut park = Park::new();
    let id = park.store.add_person(by(1), &person("zhang")).unwrap();
    let link = LinkRecord { hash: [1; 32], person: Some(id), created: second(2), expires: second(100) };
    park.store.add_link(by(2), &link).unwrap();
    park.store.set_password(by(3), id, "$argon2id$one", Some(&[1; 32])).unwrap();
    park.store.set_totp(by(4), id, Some(&[7; 40])).unwrap();
    park.store.confirm_totp(by(5), id).unwrap();
    park.store.add_identity(by(6), "https://idp", "z3", id).unwrap();
    let link = LinkRecord { hash: [2; 32], person: Some(id), created: second(7), expires: second(100) };
    park.store.add_link(by(7), &link).unwrap();
    park.store.add_token(by(8), &token(id)).unwrap();
    begin(&mut park, &session(id, 3));
    park
}

#[test]
fn people_are_added_changed_and_found() {
    let mut park = Park::new();
    let id = park.store.add_person(by(1), &person("zhang")).unwrap();
    let taken = park.store.add_person(by(1), &person("zhang"));
    assert!(matches!(taken, Err(StoreError::NameTaken(name)) if name == "zhang"));
    let mut changed = park.store.person_named("zhang").unwrap().unwrap();
    assert_eq!((changed.id, changed.created), (id, second(1)));
    changed.roles = vec!["leader".to_owned()];
    changed.name = "other".to_owned();
    park.store.change_person(by(2), &changed).unwrap();
    let found = park.store.person(id).unwrap().unwrap();
    // A name is for ever: the ledger's history refers to it.
    assert_eq!((found.name.as_str(), &found.roles[..]), ("zhang", &["leader".to_owned()][..]));
    assert!(matches!(park.store.change_person(by(3), &person("nobody")), Err(StoreError::UnknownPerson(0))));
    let (_, records) = park.store.audit_search(&AuditQuestion::default(), 0, 1).unwrap();
    assert_eq!(records[0].event.action, "person.change");
    assert_eq!(records[0].event.detail["from"], "192.0.2.1");
    assert_eq!(records[0].event.detail["before"]["roles"][0], "clerk");
    assert_eq!(records[0].event.detail["after"]["roles"][0], "leader");
}

#[test]
fn a_link_serves_once_and_in_time() {
    let mut park = Park::new();
    let id = park.store.add_person(by(1), &person("zhang")).unwrap();
    let link = |secret: u8| LinkRecord {
        hash: [secret; 32],
        person: Some(id),
        created: second(2),
        expires: second(100),
    };
    park.store.add_link(by(2), &link(1)).unwrap();
    park.store.add_link(by(3), &link(2)).unwrap();
    let with =
        |park: &mut Park, at, secret: u8| park.store.set_password(by(at), id, "$a", Some(&[secret; 32]));
    assert!(matches!(with(&mut park, 4, 1), Err(StoreError::UnknownLink)), "the newer one replaced it");
    assert!(matches!(with(&mut park, 100, 2), Err(StoreError::UnknownLink)), "it expired");
    with(&mut park, 99, 2).unwrap();
    assert!(matches!(with(&mut park, 99, 2), Err(StoreError::UnknownLink)), "it was used");
    assert_eq!(park.verify().damage, []);
}

#[test]
fn the_first_person_comes_by_a_link_for_nobody() {
    let mut park = Park::new();
    let link = LinkRecord { hash: [5; 32], person: None, created: second(1), expires: second(100) };
    park.store.add_link(by(1), &link).unwrap();
    assert_eq!(park.store.link(&[5; 32]).unwrap(), Some(link));
    let id = park.store.add_first_person(by(2), &person("root"), "$argon2id$x", &[5; 32]).unwrap();
    assert_eq!(park.store.credential(id).unwrap().unwrap().password.as_deref(), Some("$argon2id$x"));
    assert!(matches!(
        park.store.add_first_person(by(3), &person("rogue"), "$", &[5; 32]),
        Err(StoreError::UnknownLink)
    ));
    assert_eq!(park.store.people().unwrap().len(), 1);
}

#[test]
fn a_new_password_ends_every_session_and_forgets_wrong_tries() {
    let mut park = full();
    let id = PersonId(1);
    let event = by(11).event("session.refuse", "person:1", serde_json::json!({}));
    let counted = Attempts { failed: 3, until: None, rounds: 1, step: 77, seen: Some(second(10)) };
    park.store.record_attempt(&event, Some((id, &counted))).unwrap();
    assert_eq!(park.store.attempts(id).unwrap(), counted);
    assert_eq!(park.store.session_count().unwrap(), 1);
    park.store.set_password(by(12), id, "$argon2id$two", None).unwrap();
    assert_eq!(park.store.session_count().unwrap(), 0);
    // The step stays: a code seen before must not serve again.
    assert_eq!(park.store.attempts(id).unwrap(), Attempts { step: 77, ..Attempts::default() });
    assert!(park.store.credential(id).unwrap().unwrap().enrolled.is_some());
    assert_eq!(park.verify().damage, []);
}

#[test]
fn sessions_begin_are_used_and_end() {
    let mut park = full();
    let found = park.store.session(&[3; 32]).unwrap().unwrap();
    assert_eq!((found.person, found.seen), (PersonId(1), second(10)));
    park.store.touch_session(found.id, second(50)).unwrap();
    park.store.touch_session(found.id, second(40)).unwrap();
    assert_eq!(park.store.session(&[3; 32]).unwrap().unwrap().seen, second(50));
    // Signing in again in the same browser replaces its session.
    let event = by(60).event("session.begin", "person:1", serde_json::json!({}));
    let next = session(PersonId(1), 4);
    park.store.begin_session(&event, &next, &Attempts::default(), Some(&[3; 32])).unwrap();
    assert_eq!(park.store.session(&[3; 32]).unwrap(), None);
    let all = park.store.sessions().unwrap();
    assert_eq!(all.len(), 1);
    park.store.end_session(by(61), all[0].id).unwrap();
    assert!(matches!(park.store.end_session(by(61), all[0].id), Err(StoreError::UnknownSession(_))));
    begin(&mut park, &session(PersonId(1), 5));
    assert_eq!(park.store.sweep_sessions(second(999), second(9)).unwrap(), 0);
    assert_eq!(park.store.sweep_sessions(second(999), second(10)).unwrap(), 1, "idle");
    begin(&mut park, &session(PersonId(1), 6));
    assert_eq!(park.store.sweep_sessions(second(1000), second(9)).unwrap(), 1, "over");
}

#[test]
fn tokens_are_known_by_their_hash() {
    let mut park = full();
    let found = park.store.token(&[9; 32]).unwrap().unwrap();
    assert_eq!(found, TokenRecord { id: TokenId(1), ..token(PersonId(1)) });
    park.store.touch_token(found.id, second(30)).unwrap();
    assert_eq!(park.store.tokens().unwrap()[0].last_used, Some(second(30)));
    assert_eq!(park.verify().damage, [], "using a token changes nothing that is sealed");
    park.store.remove_token(by(31), found.id).unwrap();
    assert_eq!(park.store.token(&[9; 32]).unwrap(), None);
    assert!(matches!(park.store.remove_token(by(31), found.id), Err(StoreError::UnknownToken(1))));
}

#[test]
fn rights_and_secrets_changed_behind_the_stores_back_are_named() {
    let check = |sql: &str, subject: &str| {
        let park = full();
        assert_eq!(park.verify().damage, [], "before: {sql}");
        park.tamper(sql);
        assert_eq!(park.verify().damage[0], Damage::Sealed(subject.to_owned()), "{sql}");
    };
    check("UPDATE person SET roles = '[\"administrator\"]'", "person:1");
    check("UPDATE person SET second_factor = 1", "person:1");
    check("UPDATE person SET enterprise = 7", "person:1");
    check("UPDATE credential SET password = '$argon2id$mine'", "credential:1");
    check("UPDATE credential SET enrolled = NULL", "credential:1");
    check("UPDATE credential SET totp = zeroblob(40)", "credential:1");
    check("UPDATE identity SET since = '2020-01-01T00:00:00Z'", "identity:https://idp z3");
    check("DELETE FROM identity", "identity:https://idp z3");
    check("UPDATE link SET expires = '2099-01-01T00:00:00Z'", "link:0202020202020202");
    check("UPDATE token SET scopes = '[\"administer\"]'", "token:1");
    check("UPDATE token SET books = NULL", "token:1");
    let forged = "INSERT INTO link (hash, created, expires, who)
        VALUES (zeroblob(32), '2023-01-01T00:00:00Z', '2099-01-01T00:00:00Z', 'x')";
    check(forged, "link:0000000000000000");
}

#[test]
fn people_come_back_from_a_backup() {
    let park = full();
    let file = park.path("backup.zip");
    park.store.backup(&file).unwrap();
    Store::restore(&file, &park.path("again"), &mut |_| {}).unwrap();
    let again = Store::open(&park.path("again")).unwrap();
    assert_eq!(again.people().unwrap(), park.store.people().unwrap());
    assert_eq!(again.credential(PersonId(1)).unwrap(), park.store.credential(PersonId(1)).unwrap());
    assert_eq!(again.tokens().unwrap(), park.store.tokens().unwrap());
    assert_eq!(again.derived_key("totp"), park.store.derived_key("totp"));
    assert_eq!(again.verify(&mut |_| {}).unwrap().damage, []);
}

#[test]
fn keys_differ_by_purpose_and_ledger() {
    let park = Park::new();
    assert_ne!(park.store.derived_key("totp"), park.store.derived_key("csrf"));
    let other = Store::create(&park.path("other"), &Key::new([1; 32]), second(0)).unwrap();
    assert_ne!(park.store.derived_key("totp"), other.derived_key("totp"));
}

#[test]
fn the_audit_is_searched_newest_first() {
    let park = full();
    let ask = |question: &AuditQuestion| {
        let (total, records) = park.store.audit_search(question, 0, 100).unwrap();
        let actions: Vec<String> = records.into_iter().map(|r| r.event.action).collect();
        assert_eq!(total, actions.len() as u64);
        actions.join(" ")
    };
    let question = AuditQuestion { action: "totp.".to_owned(), ..AuditQuestion::default() };
    assert_eq!(ask(&question), "totp.confirm totp.begin");
    let question = AuditQuestion { who: "root".to_owned(), to: Some(second(3)), ..AuditQuestion::default() };
    assert_eq!(ask(&question), "link.add person.add");
    let question =
        AuditQuestion { from: Some(second(7)), text: "192.0.2.1".to_owned(), ..AuditQuestion::default() };
    assert_eq!(ask(&question), "session.begin token.add link.add");
    assert_eq!(ask(&AuditQuestion { text: "100%".to_owned(), ..AuditQuestion::default() }), "");
    let (total, page) = park.store.audit_search(&AuditQuestion::default(), 1, 2).unwrap();
    assert_eq!((total, page.len(), page[0].seq), (11, 2, 10));
}

#[test]
fn jobs_survive_a_restart_as_interrupted() {
    let mut park = Park::new();
    let new = NewJob {
        kind: "import".to_owned(),
        title: "九月.xlsx".to_owned(),
        who: "zhang".to_owned(),
        person: None,
        request: Some("{}".to_owned()),
    };
    let (first, second_job) =
        (park.store.add_job(second(1), &new).unwrap(), park.store.add_job(second(2), &new).unwrap());
    park.store.start_job(first, second(3)).unwrap();
    assert!(matches!(park.store.start_job(first, second(3)), Err(StoreError::UnknownJob(1))));
    park.store.advance_job(first, "{\"done\":1}").unwrap();
    park.store.end_job(first, second(4), JobState::Done, Some("{\"revision\":1}"), None).unwrap();
    assert!(park.store.end_job(first, second(5), JobState::Failed, None, None).is_err());
    assert_eq!(park.store.interrupt_jobs(second(6)).unwrap(), 1);
    let jobs = park.store.jobs(10).unwrap();
    assert_eq!(
        (jobs[0].id, jobs[0].state, jobs[0].ended),
        (second_job, JobState::Interrupted, Some(second(6)))
    );
    let done = park.store.job(first).unwrap().unwrap();
    assert_eq!((done.state, done.progress.as_str(), done.job), (JobState::Done, "{\"done\":1}", new));
    assert_eq!((done.started, done.result.as_deref()), (Some(second(3)), Some("{\"revision\":1}")));
}

#[test]
fn views_are_ones_own_or_shared() {
    let mut park = Park::new();
    let view = |name: &str, owner: &str, shared| SavedView {
        id: ViewId(0),
        book: shop(),
        name: name.to_owned(),
        query: "{}".to_owned(),
        shared,
        owner: owner.to_owned(),
    };
    park.store.save_view(second(1), &view("b", "zhang", false)).unwrap();
    park.store.save_view(second(1), &view("a", "li", true)).unwrap();
    let secret = park.store.save_view(second(1), &view("c", "li", false)).unwrap();
    let names = |park: &Park, book: Option<&BookId>| -> Vec<String> {
        park.store.saved_views("zhang", book).unwrap().into_iter().map(|v| v.name).collect()
    };
    assert_eq!(names(&park, None), ["a", "b"]);
    assert_eq!(names(&park, Some(&"other".into())), [""; 0]);
    // Saving under the same name replaces.
    let again = park.store.save_view(second(2), &view("c", "li", true)).unwrap();
    assert_eq!(again, secret);
    assert_eq!(names(&park, Some(&shop())), ["a", "b", "c"]);
    park.store.drop_view(secret).unwrap();
    assert_eq!(park.store.saved_view(secret).unwrap(), None);
    assert!(matches!(park.store.drop_view(secret), Err(StoreError::UnknownView(3))));
}

#[test]
fn the_newest_reminder_counts() {
    let mut park = Park::new();
    park.write(vec![new("A", 1), new("B", 2)]).unwrap();
    let period = "2023-09".parse().unwrap();
    let (one, two) = (EntryId(1), EntryId(2));
    park.store.add_reminders(by(1), &shop(), period, &[one, two]).unwrap();
    park.store.add_reminders(by(9), &shop(), period, &[two]).unwrap();
    let found = park.store.reminders(&shop(), period).unwrap();
    let times: Vec<_> = found.iter().map(|r| (r.entry, r.at)).collect();
    assert_eq!(times, [(one, second(1)), (two, second(9))]);
    assert!(park.store.reminders(&shop(), "2023-10".parse().unwrap()).unwrap().is_empty());
}
