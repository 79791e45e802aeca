//! Files and plans of enterprises over HTTP: what the law keeps out of them, and a plan from the draft to the agreement.

use model::definition::FieldKind;
use serde_json::json;

use super::*;

/// A number nothing else says.
const TOLD: &str = "424242.42";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_confidential_to_statistics_stands_in_no_file_not_even_for_who_may_read_it() {
    let site = Site::new(&[("sign_in.per_minute", "100000")]);
    let library = site.app.parks.library();
    let firm = site.enterprise("91330203MA00000001");
    let secret: Vec<_> = library.content.books.values().filter(|book| book.statistics_confidential).collect();
    let (mut written, mut refused) = (0, Vec::new());
    for (number, book) in secret.iter().enumerate() {
        let name = format!("counts{number}");
        let sworn = site.account(&name, &["statistician"], &book.department, None);
        let sworn = site.session(sworn);
        let value = |kind: &FieldKind| match kind {
            FieldKind::Reference { .. } => Some(json!(firm.0)),
            FieldKind::Month | FieldKind::Period => Some(json!("2023-09")),
            FieldKind::Amount { .. } => Some(json!(TOLD)),
            _ => None,
        };
        let values: serde_json::Map<String, Value> = book
            .fields
            .values()
            .filter_map(|field| Some((field.id.to_string(), value(&field.kind)?)))
            .collect();
        let body = json!({ "values": values, "why": "核对" }).to_string();
        let made = site.ask(&sworn, "POST", &format!("/api/v1/books/{}/entries", book.id), &body).await;
        if made.status != StatusCode::CREATED {
            refused.push(format!("{}: {}", book.id, made.json));
            continue;
        }
        written += 1;
        let path = format!("/api/v1/entries/{}", made.json["id"]);
        let there = site.ask(&sworn, "GET", &path, "").await;
        assert!(there.json.to_string().contains(TOLD), "who is sworn reads it in its book: {}", there.json);
        let own = site.account(&format!("firm{number}"), &["enterprise"], "", Some(firm));
        let staff =
            site.account(&format!("all{number}"), &["administrator", "leader"], &book.department, None);
        for visitor in [sworn, site.session(staff), site.session(own)] {
            for part in ["file", "plan", "ladders", "policies"] {
                let path = format!("/api/v1/enterprises/{}/{part}", firm.0);
                let told = site.ask(&visitor, "GET", &path, "").await;
                assert_eq!(told.status, StatusCode::OK, "{path}: {}", told.json);
                assert!(!told.json.to_string().contains(TOLD), "{path} tells of {}", book.id);
                let named = told.json["sections"].as_array().into_iter().flatten();
                assert!(named.into_iter().all(|section| section["book"] != book.id.as_str()));
            }
        }
    }
    assert!(written > 0, "one of the confidential books takes such a row: {refused:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plan_is_made_agreed_and_read_by_its_own_enterprise_alone() {
    let site = Site::new(&[("sign_in.per_minute", "100000")]);
    let (firm, rival) = (site.enterprise("91330203MA00000001"), site.enterprise("91330203MA00000002"));
    let clerk = site.session(site.account("clerk", &["administrator"], "", None));
    let leader = site.session(site.account("leader", &["leader"], "", None));
    let own = site.session(site.account("own", &["enterprise"], "", Some(firm)));
    let other = site.session(site.account("other", &["enterprise"], "", Some(rival)));
    let (ladder, rung) = {
        let content = &site.app.parks.library().content;
        let ladder = content.ladders.values().next().expect("a ladder");
        (ladder.id.to_string(), ladder.rungs[0].id.to_string())
    };
    let plans = format!("/api/v1/enterprises/{}/plans", firm.0);
    let body = json!({ "rung": format!("{ladder}.{rung}"), "goal_year": 2024,
        "actions": [{ "text": "归集研发费用", "side": "enterprise", "due": "2023-12-20" }] })
    .to_string();
    for visitor in [&leader, &own] {
        assert_eq!(site.ask(visitor, "POST", &plans, &body).await.status, StatusCode::FORBIDDEN);
    }
    let made = site.ask(&clerk, "POST", &plans, &body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.json);
    let again = site.ask(&clerk, "POST", &plans, &body).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "one is open: {}", again.json);
    let stages = format!("/api/v1/plans/{}/stages", made.json["plan"]);
    let early = site.ask(&clerk, "POST", &stages, r#"{"version":1,"stage":"applied"}"#).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.json);
    let unsigned = site.ask(&clerk, "POST", &stages, r#"{"version":1,"stage":"agreed"}"#).await;
    assert_eq!(unsigned.status, StatusCode::UNPROCESSABLE_ENTITY);
    let signed = r#"{"version":1,"stage":"agreed","signatory":"马某某","commitment":"按季归集"}"#;
    assert_eq!(site.ask(&clerk, "POST", &stages, signed).await.status, StatusCode::OK);
    let seen = site.ask(&own, "GET", &format!("/api/v1/enterprises/{}/plan", firm.0), "").await;
    let plan = &seen.json["plans"][0];
    assert_eq!((&plan["stage"], &plan["signatory"]), (&json!("agreed"), &json!("马某某")), "{}", seen.json);
    assert_eq!(plan["next"], json!([]), "an enterprise moves nothing");
    for path in
        [format!("/api/v1/enterprises/{}/plan", firm.0), format!("/api/v1/entries/{}", made.json["plan"])]
    {
        assert_eq!(site.ask(&other, "GET", &path, "").await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
