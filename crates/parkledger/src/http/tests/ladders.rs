//! Ladders and reserve pools over HTTP: who sees them, what a wrong question gets.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ladders_and_pools_answer_truly_when_there_is_nobody() {
    let site = Site::new(&[]);
    let clerk = site.account("clerk", &["administrator"], "", None);
    let clerk = site.session(clerk);
    let list = site.ask(&clerk, "GET", "/api/v1/ladders?on=2023-06-30", "").await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.json);
    let ladders = list.json["items"].as_array().expect("a list");
    assert!(!ladders.is_empty(), "the ladders that ship");
    let id = ladders[0]["id"].as_str().expect("an id");
    let file = site.ask(&clerk, "GET", &format!("/api/v1/ladders/{id}/standing.xlsx"), "").await;
    assert_eq!(file.status, StatusCode::OK);
    let pools = site.ask(&clerk, "GET", "/api/v1/pools", "").await;
    assert_eq!((pools.status, pools.json["items"].as_array().map(Vec::len)), (StatusCode::OK, Some(6)));
    for pool in pools.json["items"].as_array().expect("a list") {
        let id = pool["id"].as_str().expect("an id");
        let one = site.ask(&clerk, "GET", &format!("/api/v1/pools/{id}?on=2023-06-30"), "").await;
        assert_eq!((one.status, &one.json["pool"]["kept"]), (StatusCode::OK, &0.into()), "{}", one.json);
        assert!(one.json["screens"].as_array().is_some_and(|screens| !screens.is_empty()));
        let file = site.ask(&clerk, "GET", &format!("/api/v1/pools/{id}/candidates.xlsx"), "").await;
        assert_eq!(file.status, StatusCode::OK, "{id}");
    }
    for (path, status) in [
        ("/api/v1/pools/nonsense", StatusCode::NOT_FOUND),
        ("/api/v1/pools/nonsense/candidates.xlsx", StatusCode::NOT_FOUND),
        ("/api/v1/pools?on=yesterday", StatusCode::UNPROCESSABLE_ENTITY),
        ("/api/v1/ladders/nonsense/standing", StatusCode::NOT_FOUND),
        ("/api/v1/ladders/nonsense/standing.xlsx", StatusCode::NOT_FOUND),
    ] {
        let answer = site.ask(&clerk, "GET", path, "").await;
        assert_eq!(answer.status, status, "{path}: {}", answer.json);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_enterprise_sees_no_list_of_the_others() {
    let site = Site::new(&[]);
    let firm = site.enterprise("91330203MA00000001");
    let id = site.account("firm", &["enterprise"], "", Some(firm));
    let firm = site.session(id);
    for path in ["/api/v1/ladders", "/api/v1/pools", "/api/v1/pools/technology"] {
        let answer = site.ask(&firm, "GET", path, "").await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.json);
    }
}
