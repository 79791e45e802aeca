//! What is kept beside the entries: findings, matches, staged files, published reports, settings, audit, views.

use serde_json::json;

use super::*;
use crate::{
    AuditEvent, Damage, EvaluationStage, FindingId, FindingState, MatchCandidate, MatchDecision,
    NewEvaluation, NewStaged, Publication, StoreError, Verdict,
};

#[test]
fn findings_wait_until_resolved() {
    let mut park = Park::new();
    park.import("a.xlsx", vec![new("A", 1)]).unwrap();
    park.import("b.xlsx", vec![new("B", 1)]).unwrap();
    let open = park.store.open_findings().unwrap();
    assert_eq!(open.iter().map(|f| (f.id.0, f.revision.0)).collect::<Vec<_>>(), [(1, 1), (2, 2)]);
    assert_eq!(open[0].finding, finding("a.xlsx"));
    park.store.resolve_finding(second(5), "clerk", "asked the sender", FindingId(1)).unwrap();
    let again = park.store.resolve_finding(second(5), "clerk", "twice", FindingId(1));
    assert!(matches!(again, Err(StoreError::UnknownFinding(1))));
    assert_eq!(park.store.open_findings().unwrap().len(), 1);
    let (at, by, why) = (second(5), "clerk".to_owned(), "asked the sender".to_owned());
    assert_eq!(park.store.findings().unwrap()[0].state, FindingState::Resolved { at, by, why });
}

#[test]
fn matches_wait_are_decided_and_remembered() {
    let mut park = Park::new();
    let candidate = |number, permille| MatchCandidate {
        book: shop(),
        written: "甲 店".to_owned(),
        candidate: EntryId(number),
        permille,
        reason: "名称相近".to_owned(),
        place: Place { file: "a.xlsx".to_owned(), cell: "B7".to_owned(), ..Place::default() },
    };
    let mut write = request();
    write.writes = vec![new("A", 1), new("B", 2)];
    write.matches = vec![candidate(1, 930), candidate(2, 880)];
    park.store.write(&write).unwrap();
    park.store.queue_matches(second(2), "clerk", &[candidate(1, 930)]).unwrap();
    assert_eq!(park.store.match_queue().unwrap(), [candidate(1, 930), candidate(2, 880)]);
    assert!(matches!(
        park.store.queue_matches(second(2), "clerk", &[candidate(3, 1)]),
        Err(StoreError::UnknownEntry(EntryId(3)))
    ));
    let mut decision = MatchDecision {
        book: shop(),
        written: "甲 店".to_owned(),
        verdict: Verdict::Same(EntryId(1)),
        at: second(3),
        who: "clerk".to_owned(),
        reason: "the same address".to_owned(),
    };
    park.store.decide_match(&decision).unwrap();
    assert_eq!(park.store.match_queue().unwrap(), []);
    assert_eq!(park.store.match_decision(&shop(), "甲 店").unwrap(), Some(decision.clone()));
    decision.verdict = Verdict::Different;
    park.store.decide_match(&decision).unwrap();
    assert_eq!(park.store.match_decisions().unwrap(), [decision]);
    assert!(park.store.forget_match(second(4), "clerk", &shop(), "甲 店").unwrap());
    assert!(!park.store.forget_match(second(4), "clerk", &shop(), "甲 店").unwrap());
    assert_eq!(park.store.match_decision(&shop(), "甲 店").unwrap(), None);
    assert_eq!(park.verify().damage, []);
}

fn staged(bytes: &[u8]) -> NewStaged {
    let (name, body) = ("x.xlsx".to_owned(), r#"{"rows":3}"#.to_owned());
    NewStaged { digest: digest_hex(bytes), name, body, bytes: bytes.to_vec() }
}

#[test]
fn bytes_of_staged_files_stay_until_the_last_row_goes() {
    let mut park = Park::new();
    let kept = |park: &Park| {
        let names = std::fs::read_dir(park.dir().join("staged")).unwrap();
        let mut names: Vec<_> = names.map(|n| n.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    let first = park.store.stage(second(1), "clerk", &staged(b"x")).unwrap();
    let other = park.store.stage(second(1), "clerk", &staged(b"x")).unwrap();
    assert_eq!(kept(&park), [digest_hex(b"x")]);
    park.store.drop_staged(second(2), "clerk", first).unwrap();
    assert_eq!(park.store.staged_bytes(other).unwrap().as_deref(), Some(&b"x"[..]));
    park.store.replace_staged(second(3), "clerk", other, &staged(b"y")).unwrap();
    assert_eq!(kept(&park), [digest_hex(b"y")]);
    assert_eq!(park.store.staged_bytes(other).unwrap().as_deref(), Some(&b"y"[..]));
    // A killed write's leavings go at the next opening; what a row names stays.
    std::fs::write(park.dir().join("staged/left.part"), b"half").unwrap();
    park.store = Store::open(&park.dir()).unwrap();
    assert_eq!(kept(&park), [digest_hex(b"y")]);
    let mut accept = request();
    (accept.writes, accept.staged) = (vec![new("A", 1)], Some(other));
    park.store.write(&accept).unwrap();
    assert!(kept(&park).is_empty());
}

#[test]
fn staged_files_are_accepted_once() {
    let mut park = Park::new();
    let plan = staged(b"x");
    let first = park.store.stage(second(1), "clerk", &plan).unwrap();
    let other = park.store.stage(second(2), "clerk", &plan).unwrap();
    assert_eq!(park.store.staged().unwrap().iter().map(|s| s.id).collect::<Vec<_>>(), [first, other]);
    assert_eq!(park.store.staged_body(first).unwrap(), plan.body);
    let mut accept = request();
    accept.writes = vec![new("A", 1)];
    accept.staged = Some(first);
    park.store.write(&accept).unwrap();
    accept.writes = vec![new("B", 1)];
    assert!(matches!(park.store.write(&accept), Err(StoreError::UnknownStaged(_))));
    assert_eq!(park.store.latest_revision().unwrap(), revision(1));
    park.store.drop_staged(second(3), "clerk", other).unwrap();
    assert!(matches!(park.store.staged_body(other), Err(StoreError::UnknownStaged(_))));
    // A number is never used again.
    assert!(park.store.stage(second(4), "clerk", &plan).unwrap() > other);
}

#[test]
fn published_reports_keep_their_bytes() {
    let mut park = Park::new();
    park.write(vec![new("A", 1)]).unwrap();
    let mut publication = Publication {
        report: "review".into(),
        period: "2023-10/ytd".parse().unwrap(),
        content: "c0".to_owned(),
        revision: revision(1),
        bytes: b"docx".to_vec(),
        evidence: None,
        slots: None,
        definitions: None,
        note: String::new(),
        settings: String::new(),
    };
    assert_eq!(park.store.publish(second(2), "clerk", &publication).unwrap(), 1);
    let record = park.store.published().unwrap().remove(0);
    assert_eq!((record.period, record.at), (publication.period, second(2)));
    assert_eq!(park.store.original(&record.bytes).unwrap(), b"docx");
    assert!(matches!(park.store.original(&digest_hex(b"?")), Err(StoreError::UnknownSource(_))));
    publication.revision = revision(2);
    let unknown = park.store.publish(second(2), "clerk", &publication);
    assert!(matches!(unknown, Err(StoreError::UnknownRevision(_))));
    assert_eq!(park.verify().originals, 1);
    let (evidence, slots) = (Some(b"xlsx".to_vec()), Some(b"[]".to_vec()));
    publication =
        Publication { revision: revision(1), evidence, slots, note: "again".to_owned(), ..publication };
    assert_eq!(park.store.publish(second(3), "clerk", &publication).unwrap(), 2);
    let record = park.store.published().unwrap().remove(1);
    assert_eq!(park.store.original(record.evidence.as_deref().unwrap()).unwrap(), b"xlsx");
    assert_eq!(park.store.original(record.slots.as_deref().unwrap()).unwrap(), b"[]");
    assert_eq!(record.note, "again");
    let before = record.seal();
    publication.definitions = Some(b"content".to_vec());
    assert_eq!(park.store.publish(second(4), "clerk", &publication).unwrap(), 3);
    let record = park.store.published().unwrap().remove(2);
    assert_eq!(park.store.original(record.definitions.as_deref().unwrap()).unwrap(), b"content");
    assert!(record.seal().len() == 64 && record.seal() != before);
    let report = park.verify();
    assert_eq!((report.originals, report.damage), (4, Vec::new()));
}

#[test]
fn evaluations_are_kept_as_versions_and_made_public_areas_first() {
    let mut park = Park::new();
    park.write(vec![new("A", 1)]).unwrap();
    let mut new = NewEvaluation {
        scheme: "s".to_owned(),
        year: 2023,
        replaces: None,
        revision: revision(1),
        rules: "r0".to_owned(),
        frozen: b"{}".to_vec(),
        head: "{}".to_owned(),
    };
    let first = park.store.keep_evaluation(second(2), "clerk", &new).unwrap();
    assert_eq!((first.id, first.version), (1, 1));
    assert_eq!(park.store.original(&first.frozen).unwrap(), b"{}");
    new.replaces = Some(1);
    let again = park.store.keep_evaluation(second(3), "clerk", &new).unwrap();
    assert_eq!((again.id, again.version, again.replaces), (2, 2, Some(1)));
    assert_eq!(park.store.evaluations().unwrap(), [first, again]);
    let result = (2, EvaluationStage::Result);
    let early = park.store.publish_evaluation(second(4), "head", result, (None, ""));
    assert!(matches!(early, Err(StoreError::Misuse(_))), "areas come first");
    let until = Some(jiff::civil::date(2024, 8, 20));
    park.store.publish_evaluation(second(4), "head", (2, EvaluationStage::Area), (until, "7天")).unwrap();
    park.store.publish_evaluation(second(5), "head", result, (None, "")).unwrap();
    let twice = park.store.publish_evaluation(second(6), "head", result, (None, ""));
    assert!(matches!(twice, Err(StoreError::Misuse(_))));
    let stages = park.store.evaluation_stages().unwrap();
    assert_eq!(
        stages.iter().map(|s| (s.stage, s.until)).collect::<Vec<_>>(),
        [(EvaluationStage::Area, until), (EvaluationStage::Result, None),]
    );
    new.replaces = Some(9);
    let unknown = park.store.keep_evaluation(second(7), "clerk", &new);
    assert!(matches!(unknown, Err(StoreError::UnknownEvaluation(9))));
    let report = park.verify();
    assert_eq!((report.originals, report.damage), (1, Vec::new()));
    park.tamper("UPDATE evaluation SET head = '{\"graded\":1}' WHERE id = 1");
    assert_eq!(park.verify().damage, [Damage::Sealed("evaluation:1".to_owned())]);
}

#[test]
fn every_write_is_in_the_audit() {
    let mut park = Park::new();
    park.import("a.xlsx", vec![new("A", 1)]).unwrap();
    park.store.set_setting(second(2), "admin", "name", "示范园").unwrap();
    park.store.set_setting(second(3), "admin", "name", "样板园").unwrap();
    assert_eq!(park.store.setting("name").unwrap().as_deref(), Some("样板园"));
    assert_eq!(park.store.settings().unwrap(), [("name".to_owned(), "样板园".to_owned())]);
    assert_eq!(park.store.setting("other").unwrap(), None);
    let mut event = AuditEvent::new(second(4), "clerk", "report.build", "review");
    event.detail = json!({ "period": "2023-10" });
    park.store.audit(&event).unwrap();
    let records = park.store.audit_records(0, 100).unwrap();
    let actions: Vec<&str> = records.iter().map(|r| r.event.action.as_str()).collect();
    let expected =
        ["ledger.create", "source.keep", "revision.write", "setting.set", "setting.set", "report.build"];
    assert_eq!(actions, expected);
    assert_eq!(park.store.audit_records(5, 100).unwrap()[0].event, event);
    assert_eq!(park.store.audit_records(1, 2).unwrap().len(), 2);
}

#[test]
fn any_tool_can_read_a_book() {
    let mut park = Park::new();
    let mut write = new("A", 1850);
    write.payload.insert(FieldId::from("open"), Value::Flag(true));
    write.payload.insert(FieldId::from("since"), Value::Period("2023-09".parse().unwrap()));
    write.payload.insert(FieldId::from("on"), Value::Date("2023-09-30".parse().unwrap()));
    write.payload.insert(FieldId::from("near"), Value::Entry(EntryId(1)));
    park.write(vec![write, new("B", 5), new("C", 6)]).unwrap();
    park.write(vec![withdrawn(next(EntryId(3), 1, "C", 6))]).unwrap();
    let fields = ["name", "sales", "open", "since", "on", "near", "missing"].map(FieldId::from);
    park.store.create_views(&[("old".into(), fields.to_vec())]).unwrap();
    park.store.create_views(&[(shop(), fields.to_vec())]).unwrap();
    let tool = Connection::open(park.dir().join("ledger.db")).unwrap();
    let mut statement = tool.prepare("SELECT * FROM book_shop ORDER BY _key").unwrap();
    let columns = statement.column_count();
    let lines: Vec<String> = statement
        .query_map([], |row| {
            let cells = (0..columns).map(|i| row.get::<_, rusqlite::types::Value>(i).unwrap());
            Ok(cells
                .map(|cell| match cell {
                    rusqlite::types::Value::Text(text) => text,
                    rusqlite::types::Value::Integer(number) => number.to_string(),
                    other => format!("{other:?}"),
                })
                .collect::<Vec<_>>()
                .join(" "))
        })
        .unwrap()
        .map(|line| line.unwrap())
        .collect();
    let expected =
        ["1 A 1 1 店1850 18.50 1 2023-09 2023-09-30 1 Null", "2 B 1 1 店5 0.05 Null Null Null Null Null"];
    assert_eq!(lines, expected);
    assert!(tool.prepare("SELECT * FROM book_old").is_err());
    for name in ["a\"b", "a'b", "a; DROP TABLE entry", "", "a b", "$x", "a.b"] {
        let refused = park.store.create_views(&[(shop(), vec![FieldId::from(name)])]);
        assert!(matches!(refused, Err(StoreError::BadName(_))), "{name}");
        let refused = park.store.create_views(&[(name.into(), Vec::new())]);
        assert!(matches!(refused, Err(StoreError::BadName(_))) || name.is_empty(), "{name}");
    }
    assert_eq!(park.verify().damage, []);
}

#[test]
fn returns_are_drafts_by_version_and_steps_that_are_sealed() {
    use crate::{AcceptedFiling, By, FilingAct, FilingId, FilingKey, FilingState};
    let mut park = Park::new();
    park.write(vec![new("A", 1)]).unwrap();
    let period = "2023-10".parse().unwrap();
    let key = FilingKey { book: shop(), enterprise: EntryId(1), period };
    let by = |s, who| By { at: second(s), who, from: "local" };
    let stale = |found, based_on| move |fault: StoreError| matches!(fault, StoreError::StaleFiling { found: f, based_on: b } if (f, b) == (found, based_on));
    let first = park.store.save_filing(second(2), "firm", &key, 0, "{\"a\":1}").unwrap();
    assert_eq!((first.id, first.version, first.state), (FilingId(1), 1, FilingState::Draft));
    assert!(park.store.save_filing(second(3), "firm", &key, 0, "{}").is_err_and(stale(1, 0)));
    park.store.save_filing(second(3), "firm", &key, 1, "{\"a\":2}").unwrap();
    // Drafts leave nothing in the audit; a submitted return is what the draft was, and is not changed any more.
    let before = park.store.audit_records(0, 100).unwrap().len();
    let sent = park.store.move_filing(by(4, "firm"), (first.id, 2), FilingAct::Submit, "").unwrap();
    assert_eq!((sent.state, sent.version), (FilingState::Submitted, 3));
    assert_eq!(park.store.audit_records(0, 100).unwrap().len(), before + 1);
    assert!(park.store.save_filing(second(5), "firm", &key, 3, "{}").is_err_and(stale(3, 3)));
    assert!(
        park.store.move_filing(by(5, "firm"), (first.id, 2), FilingAct::Withdraw, "").is_err_and(stale(3, 2))
    );
    let back =
        park.store.move_filing(by(6, "head"), (first.id, 3), FilingAct::SendBack, "{\"why\":1}").unwrap();
    assert_eq!(back.state, FilingState::SentBack);
    park.store.save_filing(second(7), "firm", &key, 4, "{\"a\":3}").unwrap();
    park.store.move_filing(by(8, "firm"), (first.id, 5), FilingAct::Submit, "").unwrap();
    // Accepting is a write: stale, nothing is written; else revision and step are both there.
    let mut write = request();
    write.writes = vec![new("B", 2)];
    let accepts =
        |version| AcceptedFiling { id: FilingId(1), version, body: "{}".to_owned(), from: String::new() };
    write.accepts = Some(accepts(5));
    assert!(park.store.write(&write).is_err_and(stale(6, 5)));
    assert_eq!(park.store.latest_revision().unwrap(), revision(1));
    write.accepts = Some(accepts(6));
    let done = park.store.write(&write).unwrap();
    assert_eq!(park.store.filing_behind(done.revision).unwrap(), Some(FilingId(1)));
    assert_eq!(park.store.filing_of(&key).unwrap().unwrap().state, FilingState::Accepted);
    let steps = park.store.filing_steps(FilingId(1)).unwrap();
    let told: Vec<(FilingAct, &str)> = steps.iter().map(|s| (s.act, s.body.as_str())).collect();
    let (submit, back) = (FilingAct::Submit, FilingAct::SendBack);
    assert_eq!(
        told,
        [(submit, "{\"a\":2}"), (back, "{\"why\":1}"), (submit, "{\"a\":3}"), (FilingAct::Accept, "{}")]
    );
    // Once undone, it may go back to the enterprise.
    assert!(
        park.store
            .move_filing(by(9, "head"), (first.id, 7), FilingAct::SendBack, "{}")
            .is_err_and(stale(7, 7))
    );
    park.store.undo(done.revision, second(10), "head", "x").unwrap();
    park.store.move_filing(by(11, "head"), (first.id, 7), FilingAct::SendBack, "{}").unwrap();
    assert_eq!(park.verify().damage, []);
    park.tamper("UPDATE filing_step SET body = '{\"a\":4}' WHERE id = 3");
    assert_eq!(park.verify().damage, [Damage::Sealed("filing_step:3".to_owned())]);
}
