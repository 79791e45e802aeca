//! Policies through the router: grades are taken from a published evaluation of enterprises alone; other numbers are tried.

use app::parcels::{self, shapes::EvaluationRequest};
use serde_json::json;

use super::*;

const GRADES: &str = "/api/v1/policies/grades";

impl Site {
    /// The first scheme that judges parcels, or enterprises, frozen for a year.
    fn evaluation(&self, subject: &str, year: i16) -> u64 {
        let actor = Actor::local("root");
        let schemes = self.app.parks.read(|park| parcels::schemes(park, &actor)).expect("readable");
        let usual = schemes.items.into_iter().find(|one| one.usual && one.subject == subject);
        let scheme = Some(usual.expect("the content has one").id);
        let asked = EvaluationRequest { scheme, year, note: String::new() };
        let frozen =
            self.app.parks.read(|park| parcels::evaluate(park, &actor, &asked, &app::progress::unwatched));
        let frozen = frozen.expect("judged");
        self.app.parks.write("t", |park| parcels::keep(park, &actor, &frozen)).expect("kept").id
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn grades_come_from_a_published_evaluation_of_enterprises_alone() {
    let site = Site::new(&[]);
    site.enterprise("91330203MA00000001");
    let clerk = site.session(site.account("clerk", &["administrator"], "", None));
    let leader = site.session(site.account("leader", &["leader"], "", None));
    let take = |run: u64| json!({ "run": run }).to_string();
    assert_eq!(site.ask(&clerk, "POST", GRADES, &take(77)).await.status, StatusCode::NOT_FOUND);
    let (land, firms) = (site.evaluation("parcel", 2022), site.evaluation("enterprise", 2022));
    let of_land = site.ask(&clerk, "POST", GRADES, &take(land)).await;
    assert_eq!(of_land.status, StatusCode::CONFLICT, "{}", of_land.json);
    assert!(of_land.json["detail"].as_str().is_some_and(|said| said.contains("地块")), "{}", of_land.json);
    let early = site.ask(&clerk, "POST", GRADES, &take(firms)).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "the result is not public: {}", early.json);
    for stage in ["area", "result"] {
        let path = format!("/api/v1/evaluations/{firms}/publish");
        let public = site.ask(&clerk, "POST", &path, &json!({ "stage": stage }).to_string()).await;
        assert!(public.status.is_success(), "{stage}: {}", public.json);
    }
    // Who only reads takes nothing.
    assert!(site.ask(&leader, "POST", GRADES, &take(firms)).await.status.is_client_error());
    let taken = site.ask(&clerk, "POST", GRADES, &take(firms)).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.json);
    // Nothing is known of the one enterprise, so it has no grade, and none is made up.
    assert_eq!(
        (&taken.json["year"], &taken.json["graded"], &taken.json["new"]),
        (&json!(2022), &json!(0), &json!(0))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_of_a_policy_are_tried_by_their_paths() {
    let site = Site::new(&[]);
    let clerk = site.session(site.account("clerk", &["administrator"], "", None));
    let list = site.ask(&clerk, "GET", "/api/v1/policies?year=2023", "").await;
    let fed = list.json["items"]
        .as_array()
        .expect("policies")
        .iter()
        .find(|one| one["fed"] == true && one["flow"] == "grant");
    let id = fed.expect("one is fed")["id"].as_str().expect("an id").to_owned();
    let one = site.ask(&clerk, "GET", &format!("/api/v1/policies/{id}?year=2023"), "").await;
    let path = one.json["numbers"][0]["path"].as_str().expect("a number").to_owned();
    let tried = site.ask(&clerk, "GET", &format!("/api/v1/policies/{id}?year=2023&set={path}=40"), "").await;
    assert_eq!(
        (tried.status, &tried.json["numbers"][0]["tried"]),
        (StatusCode::OK, &json!("40")),
        "{}",
        tried.json
    );
    assert_eq!(tried.json["card"]["in_force"], false);
    for wrong in [format!("{path}=much"), "nonsense=1".to_owned(), "nonsense".to_owned()] {
        let refused = site.ask(&clerk, "GET", &format!("/api/v1/policies/{id}?set={wrong}"), "").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}: {}", refused.json);
    }
    for kind in ["", "/document"] {
        let nobody = site.ask(&clerk, "GET", &format!("/api/v1/policies/{id}/sheets/77{kind}"), "").await;
        assert_eq!(nobody.status, StatusCode::NOT_FOUND, "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_board_of_promotion_is_that_of_a_day() {
    let site = Site::new(&[]);
    let clerk = site.session(site.account("clerk", &["administrator"], "", None));
    let board = site.ask(&clerk, "GET", "/api/v1/promotion?on=2023-04-03", "").await;
    assert_eq!(
        (board.status, &board.json["on"], &board.json["period"]),
        (StatusCode::OK, &json!("2023-04-03"), &json!("2023-04")),
        "{}",
        board.json
    );
    let wrong = site.ask(&clerk, "GET", "/api/v1/promotion?on=gestern", "").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}
