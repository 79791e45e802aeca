//! Parcels over HTTP: who sees them, what a wrong question gets, what there is when there is nothing.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parcels_answer_truly_when_there_are_none() {
    let site = Site::new(&[]);
    let clerk = site.account("clerk", &["administrator"], "", None);
    let clerk = site.session(clerk);
    let list = site.ask(&clerk, "GET", "/api/v1/parcels?year=2022&measure=tax", "").await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.json);
    assert_eq!((&list.json["total"], &list.json["measures"][0]["domain"]), (&0.into(), &"tax".into()));
    let map = site.ask(&clerk, "GET", "/api/v1/parcels/map?color=measure:tax", "").await;
    assert_eq!((map.status, &map.json["count"]), (StatusCode::OK, &0.into()));
    let covered = site.ask(&clerk, "GET", "/api/v1/parcels/coverage?year=2022", "").await;
    assert_eq!((covered.status, &covered.json["totals"]["all"]), (StatusCode::OK, &0.into()));
    let tile = site.ask(&clerk, "GET", "/api/v1/parcels/tiles/3/6/3", "").await;
    assert_eq!(tile.status, StatusCode::NO_CONTENT);
    let runs = site.ask(&clerk, "GET", "/api/v1/evaluations", "").await;
    assert_eq!((runs.status, runs.json["items"].as_array().map(Vec::len)), (StatusCode::OK, Some(0)));
    let low = site.ask(&clerk, "GET", "/api/v1/parcels/low?on=2023-12-31", "").await;
    assert_eq!((low.status, &low.json["parcels"]), (StatusCode::OK, &0.into()));
    assert!(low.json["rules"].as_array().is_some_and(|rules| !rules.is_empty()), "the rules that ship");
    let room = site.ask(&clerk, "GET", "/api/v1/parcels/potential?year=2022", "").await;
    assert_eq!((room.status, &room.json["addable"]), (StatusCode::OK, &"0".into()));
    for path in
        ["/api/v1/parcels/low.xlsx?on=2023-12-31&held=met", "/api/v1/parcels/potential.xlsx?year=2022"]
    {
        assert_eq!(site.ask(&clerk, "GET", path, "").await.status, StatusCode::OK, "{path}");
    }
    let schemes = site.ask(&clerk, "GET", "/api/v1/schemes", "").await;
    let usual = schemes.json["items"].as_array().expect("a list").iter().filter(|s| s["usual"] == true);
    assert_eq!(usual.count(), 2, "one for parcels, one for enterprises");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_questions_about_parcels_are_refused_in_words() {
    let site = Site::new(&[]);
    let clerk = site.account("clerk", &["administrator"], "", None);
    let clerk = site.session(clerk);
    for (path, status) in [
        ("/api/v1/parcels?measure=nonsense", StatusCode::UNPROCESSABLE_ENTITY),
        ("/api/v1/parcels/map?color=nonsense", StatusCode::UNPROCESSABLE_ENTITY),
        ("/api/v1/parcels/map?on=yesterday", StatusCode::UNPROCESSABLE_ENTITY),
        ("/api/v1/parcels/tiles/1/9/9", StatusCode::UNPROCESSABLE_ENTITY),
        ("/api/v1/parcels/77", StatusCode::NOT_FOUND),
        ("/api/v1/evaluations/77", StatusCode::NOT_FOUND),
        ("/api/v1/evaluations/77/effects", StatusCode::NOT_FOUND),
        ("/api/v1/evaluations/77/effects.xlsx", StatusCode::NOT_FOUND),
        ("/api/v1/evaluations/77/effects?set=nonsense", StatusCode::UNPROCESSABLE_ENTITY),
        ("/api/v1/parcels/low?on=yesterday", StatusCode::UNPROCESSABLE_ENTITY),
        ("/api/v1/parcels/potential?run=77", StatusCode::NOT_FOUND),
        ("/api/v1/schemes/nonsense", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let answer = site.ask(&clerk, "GET", path, "").await;
        assert_eq!(answer.status, status, "{path}: {}", answer.json);
        assert!(answer.json["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "{path}");
    }
    let body = r#"{"year":2022,"changes":{"nonsense.weight":"1"}}"#;
    let tried = site.ask(&clerk, "POST", "/api/v1/evaluations/simulate", body).await;
    assert_eq!(tried.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", tried.json);
    // A file of boundaries that is not there, whatever is said of it: a system of its own, the column of codes.
    for (method, path, body) in [
        ("GET", "/api/v1/parcels/imports/77", ""),
        ("PUT", "/api/v1/parcels/imports/77", r#"{"crs":100000}"#),
        ("PUT", "/api/v1/parcels/imports/77", r#"{"column":"ZDDM"}"#),
        ("POST", "/api/v1/parcels/imports/77/accept", r#"{"why":""}"#),
        ("DELETE", "/api/v1/parcels/imports/77", ""),
    ] {
        let answer = site.ask(&clerk, method, path, body).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {path}: {}", answer.json);
    }
    let scheme = site.ask(&clerk, "GET", "/api/v1/schemes/nonsense", "").await;
    assert!(scheme.json["hint"].as_str().is_some_and(|hint| hint.starts_with("现有：")), "{}", scheme.json);
    let stage = site.ask(&clerk, "POST", "/api/v1/evaluations/77/publish", r#"{"stage":"area"}"#).await;
    assert_eq!(stage.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_enterprise_sees_no_parcels_but_in_its_books() {
    let site = Site::new(&[]);
    let firm = site.enterprise("91330203MA00000001");
    let id = site.account("firm", &["enterprise"], "", Some(firm));
    let firm = site.session(id);
    for path in ["/api/v1/parcels", "/api/v1/evaluations", "/api/v1/parcels/coverage"] {
        assert_eq!(site.ask(&firm, "GET", path, "").await.code(), "not-allowed", "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browsers_may_ask_for_pictures_of_the_base_map_alone_and_only_where_there_is_one() {
    let plain = Site::new(&[]);
    let asked = plain.ask(&Visitor::default(), "GET", "/", "").await;
    let policy = asked.headers["content-security-policy"].to_str().expect("letters");
    assert!(policy.contains("img-src 'self' data: blob:;") && !policy.contains("http"), "{policy}");
    assert_eq!(asked.headers["referrer-policy"], "same-origin");

    let tiles = "https://t0.example/img_w/wmts?TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=key";
    let site = Site::new(&[("map.tiles", tiles), ("map.attribution", "天地图")]);
    let asked = site.ask(&Visitor::default(), "GET", "/", "").await;
    let policy = asked.headers["content-security-policy"].to_str().expect("letters");
    for allowed in
        ["img-src 'self' data: blob: https://t0.example;", "connect-src 'self' https://t0.example;"]
    {
        assert!(policy.contains(allowed), "{policy}");
    }
    assert!(policy.contains("script-src 'self';"), "{policy}");
    let stranger = site.ask(&Visitor::default(), "GET", "/api/v1/session", "").await;
    assert_eq!(stranger.json["base_map"], Value::Null, "the key is for those who are signed in");
    let clerk = site.account("clerk", &["administrator"], "", None);
    let clerk = site.session(clerk);
    let session = site.ask(&clerk, "GET", "/api/v1/session", "").await;
    assert_eq!(session.json["base_map"]["tiles"][0], tiles, "{}", session.json);
    assert_eq!(session.json["base_map"]["max_zoom"], 18);
}
