//! A return through the router: filled in, sent back once, accepted, and traced from the entry; a demand raised and seen.

use serde_json::json;

use super::*;

const RETURN: &str = "/api/v1/portal/returns/qualification_returns";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_return_goes_from_the_enterprise_to_the_ledger() {
    let site = Site::new(&[("sign_in.per_minute", "100000")]);
    let (firm, rival) = (site.enterprise("91330203MA00000001"), site.enterprise("91330203MA00000002"));
    let library = site.app.parks.library();
    let book = library.content.books.values().find(|book| book.id.as_str() == "qualification_returns");
    let department = book.expect("enterprises file it").department.clone();
    let qiye = site.session(site.account("qiye", &["enterprise"], "", Some(firm)));
    let other = site.session(site.account("other", &["enterprise"], "", Some(rival)));
    let head = site.session(site.account("head", &["department_head"], &department, None));
    let stranger = site.session(site.account("stranger", &["department_head"], "区税务局", None));

    let home = site.ask(&qiye, "GET", "/api/v1/portal", "").await;
    assert_eq!(home.status, StatusCode::OK, "{}", home.json);
    let months = home.json["returns"].as_array().expect("returns");
    let month = months.iter().find(|one| one["book"] == "qualification_returns").expect("one is due");
    let path = format!("{RETURN}/{}", month["period"].as_str().expect("a period"));
    let draft = json!({ "version": 0, "values": { "revenue": "1200", "staff": 60, "tech_staff": -1 } });
    let saved = site.ask(&qiye, "PUT", &path, &draft.to_string()).await;
    assert_eq!((saved.status, &saved.json["version"]), (StatusCode::OK, &json!(1)), "{}", saved.json);
    let stale = site.ask(&qiye, "PUT", &path, &draft.to_string()).await;
    assert_eq!((stale.status, stale.code()), (StatusCode::CONFLICT, "stale"));
    // Fewer than none.
    let kept = site.ask(&qiye, "POST", &format!("{path}/submit"), "{\"version\":1}").await;
    assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(kept.json["fields"][0]["field"], "tech_staff", "{}", kept.json);
    let draft = json!({ "version": 1, "values": { "revenue": "1200", "staff": 60 } });
    site.ask(&qiye, "PUT", &path, &draft.to_string()).await;
    let sent = site.ask(&qiye, "POST", &format!("{path}/submit"), "{\"version\":2}").await;
    assert_eq!((sent.status, &sent.json["state"]), (StatusCode::OK, &json!("submitted")));

    // Another enterprise has a return of its own; another department sees none; nobody of an enterprise judges.
    assert_eq!(site.ask(&other, "GET", &path, "").await.json["version"], 0);
    assert_eq!(site.ask(&stranger, "GET", "/api/v1/returns", "").await.json["items"], json!([]));
    assert_eq!(site.ask(&stranger, "GET", "/api/v1/returns/1", "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        site.ask(&qiye, "POST", "/api/v1/returns/1/accept", "{\"version\":3}").await.status,
        StatusCode::FORBIDDEN
    );

    let list = site.ask(&head, "GET", "/api/v1/returns?state=submitted", "").await;
    assert_eq!((&list.json["waiting"], &list.json["items"][0]["id"]), (&json!(1), &json!(1)));
    let why = json!({ "version": 3, "note": "请核对用工", "fields": { "staff": "与社保人数不符" } });
    let back = site.ask(&head, "POST", "/api/v1/returns/1/send-back", &why.to_string()).await;
    assert_eq!((back.status, &back.json["state"]), (StatusCode::OK, &json!("sent_back")), "{}", back.json);
    let draft = json!({ "version": 4, "values": { "revenue": "1200", "staff": 66 } });
    site.ask(&qiye, "PUT", &path, &draft.to_string()).await;
    site.ask(&qiye, "POST", &format!("{path}/submit"), "{\"version\":5}").await;
    let done = site.ask(&head, "POST", "/api/v1/returns/1/accept", "{\"version\":6,\"note\":\"\"}").await;
    assert_eq!((done.status, &done.json["state"]), (StatusCode::OK, &json!("accepted")), "{}", done.json);
    let entry = site.ask(&head, "GET", &format!("/api/v1/entries/{}", done.json["entry"]), "").await;
    assert_eq!(entry.json["cells"]["staff"]["value"], "66");
    assert_eq!(entry.json["places"]["staff"]["filing"], 1, "{}", entry.json["places"]);
    // The enterprise reads its own row and cannot change it beside the return.
    let own = site.ask(&qiye, "GET", &format!("/api/v1/entries/{}", done.json["entry"]), "").await;
    assert_eq!((own.status, &own.json["can"]), (StatusCode::OK, &json!(["read", "file"])));
    let direct = json!({ "values": { "staff": 1 }, "why": "x" }).to_string();
    let direct = site
        .ask_with(
            &qiye,
            "PUT",
            &format!("/api/v1/entries/{}", done.json["entry"]),
            &direct,
            &[("if-match", "\"v1\"")],
        )
        .await;
    assert_eq!(direct.status, StatusCode::FORBIDDEN);
    assert_eq!(
        site.ask(&other, "GET", &format!("/api/v1/entries/{}", done.json["entry"]), "").await.status,
        StatusCode::NOT_FOUND
    );

    // No book of the statistics law is filed or read here.
    for book in library.content.books.values().filter(|book| book.statistics_confidential) {
        assert!(book.filing.is_none());
        let path = format!("/api/v1/portal/returns/{}/2023-10", book.id);
        assert_eq!(site.ask(&qiye, "GET", &path, "").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_demand_is_raised_answered_and_rated_by_its_enterprise() {
    let site = Site::new(&[("sign_in.per_minute", "100000")]);
    let (firm, rival) = (site.enterprise("91330203MA00000001"), site.enterprise("91330203MA00000002"));
    let qiye = site.session(site.account("qiye", &["enterprise"], "", Some(firm)));
    let other = site.session(site.account("other", &["enterprise"], "", Some(rival)));
    let head = site.session(site.account("head", &["department_head"], "园区企业服务中心", None));
    let blank =
        site.ask(&qiye, "POST", "/api/v1/portal/demands", "{\"values\":{\"category\":\"用工\"}}").await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY, "a demand says something");
    let new = json!({ "values": { "category": "用工", "content": "招工困难", "status": "办结", "enterprise": rival.0 } });
    let made = site.ask(&qiye, "POST", "/api/v1/portal/demands", &new.to_string()).await;
    assert_eq!(
        (made.status, &made.json["state"]),
        (StatusCode::CREATED, &json!("received")),
        "{}",
        made.json
    );
    let entry = made.json["entry"].as_u64().expect("an entry");
    let rate = |version: &Value| json!({ "version": version, "rating": 5 }).to_string();
    let path = format!("/api/v1/portal/demands/{entry}/rating");
    let early = site.ask(&qiye, "POST", &path, &rate(&made.json["version"])).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "there is no answer yet");
    let act = |version: &Value, act: &str| {
        json!({ "act": act, "version": version, "department": "企业服务中心", "text": "已对接人社局" })
            .to_string()
    };
    let acts = format!("/api/v1/demands/{entry}/acts");
    let given = site.ask(&head, "POST", &acts, &act(&made.json["version"], "dispatch")).await;
    let answered = site.ask(&head, "POST", &acts, &act(&given.json["version"], "answer")).await;
    assert_eq!(answered.status, StatusCode::OK, "{} {}", given.json, answered.json);
    let home = site.ask(&qiye, "GET", "/api/v1/portal", "").await;
    let seen = &home.json["demands"]["items"][0];
    assert_eq!(
        (&seen["answer"], &seen["to_rate"]),
        (&json!("已对接人社局"), &json!(true)),
        "{}",
        home.json["demands"]
    );
    assert_eq!(site.ask(&other, "POST", &path, &rate(&seen["version"])).await.status, StatusCode::NOT_FOUND);
    let rated = site.ask(&qiye, "POST", &path, &rate(&seen["version"])).await;
    assert_eq!((rated.status, &rated.json["rating"]), (StatusCode::OK, &json!("5")), "{}", rated.json);
    assert_eq!(site.ask(&other, "GET", "/api/v1/portal", "").await.json["demands"]["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn certificates_are_for_the_enterprise_itself_and_for_who_reads_the_book() {
    let site = Site::new(&[("sign_in.per_minute", "100000")]);
    let (firm, rival) = (site.enterprise("91330203MA00000001"), site.enterprise("91330203MA00000002"));
    let qiye = site.session(site.account("qiye", &["enterprise"], "", Some(firm)));
    let stranger = site.session(site.account("stranger", &["department_head"], "区税务局", None));
    let home = site.ask(&qiye, "GET", "/api/v1/portal", "").await;
    let listed = home.json["certificates"].as_array().expect("a list");
    assert!(listed.len() >= 3, "{}", home.json["certificates"]);
    let path = |of: EntryId, id: &str| format!("/api/v1/enterprises/{}/certificates/{id}", of.0);
    for one in listed {
        let id = one["id"].as_str().expect("an id");
        // A document is put together by another process, which a test of the router has not got: it gets as far as that.
        let own = site.ask(&qiye, "GET", &path(firm, id), "").await;
        assert_ne!(own.status, StatusCode::NOT_FOUND, "{id}: {}", own.json);
        assert_ne!(own.status, StatusCode::FORBIDDEN, "{id}: {}", own.json);
        let foreign = site.ask(&qiye, "GET", &path(rival, id), "").await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND, "{id}: {}", foreign.json);
        let nobody = site.ask(&Visitor::default(), "GET", &path(firm, id), "").await;
        assert_eq!(nobody.status, StatusCode::UNAUTHORIZED, "{id}");
        let refused = site.ask(&stranger, "GET", &path(firm, id), "").await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{id}: a department that may not read the book");
    }
    assert_eq!(site.ask(&qiye, "GET", &path(firm, "annual-review"), "").await.status, StatusCode::NOT_FOUND);
    // What a step is called is known.
    let odd = site.ask(&qiye, "POST", &format!("{RETURN}/2022/approve"), "{\"version\":1}").await;
    assert_eq!(odd.status, StatusCode::NOT_FOUND);
}
