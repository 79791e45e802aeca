//! Every route × every role, against a grid that is written here by hand and knows nothing of the table.

use std::collections::{BTreeMap, BTreeSet};

use app::access::{Actor, Grants, Right};

use super::*;

/// Who may what: roles in the head, actions as the description of the API marks them.
const GRID: &str = "
                   nobody administrator leader department_head clerk statistician auditor enterprise
  sign_in             y         y         y          y           y        y          y        y
  account             n         y         y          y           y        y          y        y
  read_content        n         y         y          y           y        y          y        y
  read_books          n         y         y          y           y        y          n        y
  record              n         y         n          y           y        y          n        y
  unmask              n         n         n          y           n        n          n        n
  saved_views         n         y         y          y           y        y          n        y
  read_reminders      n         y         y          y           y        y          n        n
  remind              n         y         n          y           y        y          n        n
  stage               n         y         n          y           y        y          n        y
  accept_file         n         y         n          y           n        y          n        n
  read_sources        n         y         y          y           y        y          n        n
  read_matches        n         y         y          y           y        y          n        n
  decide_matches      n         y         n          y           n        y          n        n
  read_findings       n         y         y          y           y        y          n        n
  resolve_findings    n         y         n          y           n        y          n        n
  read_revisions      n         y         y          y           y        y          n        n
  undo                n         y         n          y           n        y          n        n
  read_figures        n         y         y          y           y        y          n        n
  read_parcels        n         y         y          y           y        y          n        n
  read_policies       n         y         y          y           y        y          n        n
  pay_policies        n         y         n          y           y        y          n        n
  evaluate            n         y         n          y           n        y          n        n
  read_visits         n         y         y          y           y        y          n        n
  record_plans        n         y         n          y           y        y          n        n
  record_visits       n         y         n          y           y        y          n        n
  portal              n         n         n          n           n        n          n        y
  judge_returns       n         y         n          y           n        y          n        n
  read_reports        n         y         y          y           y        y          n        n
  publish             n         y         y          y           n        n          n        n
  keep_report         n         y         n          n           n        n          n        n
  jobs                n         y         y          y           y        y          y        y
  people              n         y         n          n           n        n          n        n
  sessions            n         y         n          n           n        n          n        n
  tokens              n         y         n          n           n        n          n        n
  read_audit          n         y         n          n           n        n          y        n
  operate             n         y         n          n           n        n          n        n
  care                n         y         n          n           n        n          n        n
";

/// One operation of the description: method, path, action.
struct Operation {
    method: String,
    path: String,
    action: String,
}

fn operations() -> Vec<Operation> {
    let api = serde_json::to_value(crate::http::openapi()).expect("plain JSON");
    let mut found = Vec::new();
    for (path, item) in api["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            if !["get", "put", "post", "patch", "delete"].contains(&method.as_str()) {
                continue;
            }
            let action = operation["x-action"].as_str();
            let action = action.unwrap_or_else(|| panic!("{method} {path} names no action: use guarded(…)"));
            let (method, path) = (method.to_uppercase(), path.clone());
            found.push(Operation { method, path, action: action.to_owned() });
        }
    }
    found
}

/// The grid: role to action to whether it is allowed.
fn grid() -> BTreeMap<String, BTreeMap<String, bool>> {
    let mut lines = GRID.lines().filter(|line| !line.trim().is_empty());
    let roles: Vec<&str> = lines.next().expect("a head").split_whitespace().collect();
    let mut grid: BTreeMap<String, BTreeMap<String, bool>> = BTreeMap::new();
    for line in lines {
        let mut cells = line.split_whitespace();
        let action = cells.next().expect("an action");
        for role in &roles {
            let cell = cells.next().unwrap_or_else(|| panic!("{action} has no cell for {role}"));
            grid.entry((*role).to_owned()).or_default().insert(action.to_owned(), cell == "y");
        }
    }
    grid
}

/// The path with something in place of its parameters that is there for nobody.
fn filled(path: &str, book: &str) -> String {
    let mut out = String::new();
    for part in path.split('/').skip(1) {
        out.push('/');
        match part {
            "{book}" => out.push_str(book),
            _ if part.starts_with('{') => out.push_str("999999"),
            _ => out.push_str(part),
        }
    }
    out
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_asks_who_calls() {
    let site = Site::new(&[("sign_in.per_minute", "100000")]);
    let library = site.app.parks.library();
    let (operations, grid) = (operations(), grid());
    let marked: BTreeSet<&str> = operations.iter().map(|o| o.action.as_str()).collect();
    for action in &marked {
        assert!(grid["nobody"].contains_key(*action), "the grid has no line for {action}");
    }
    let named: BTreeSet<&str> = grid.keys().map(String::as_str).filter(|r| *r != "nobody").collect();
    let there: BTreeSet<&str> = library.content.access.roles.keys().map(model::id::RoleId::as_str).collect();
    assert_eq!(named, there, "the grid and the roles of the content differ");

    let firm = site.enterprise("91330203MA00000001");
    // A department that sends a confidential book, so that those who count have something of their own.
    let secret_book = library.content.books.values().find(|b| b.statistics_confidential);
    let department = secret_book.expect("there is one").department.clone();
    let mut faults = Vec::new();
    for (role, allowed) in &grid {
        let role_id = model::id::RoleId::from(role.as_str());
        let own_rows = library.content.access.roles.get(&role_id).is_some_and(|r| r.own_rows);
        let enterprise = own_rows.then_some(firm);
        let id = (role != "nobody").then(|| site.account(role, &[role], &department, enterprise));
        let grants = Grants::resolve(&library.content, std::slice::from_ref(role), &department, enterprise);
        let actor = Actor::person(PersonId(1), role, role, "", grants.into());
        let book = library.content.books.values().find(|b| actor.may(Right::Read, b));
        let book = book.map_or("none", |b| b.id.as_str());
        for operation in &operations {
            // A session of its own each time: signing out is an operation too.
            let visitor = id.map(|id| site.session(id)).unwrap_or_default();
            let path = filled(&operation.path, book);
            let body = if operation.method == "GET" { "" } else { "{}" };
            let answer = site.ask(&visitor, &operation.method, &path, body).await;
            let refused =
                answer.code() == "not-allowed" && !answer.json["detail"].to_string().contains("台账");
            let as_written = match (allowed[&operation.action], role.as_str()) {
                (true, _) => !refused && !["not-signed-in", "csrf"].contains(&answer.code()),
                (false, "nobody") => answer.status == StatusCode::UNAUTHORIZED,
                (false, _) => answer.status == StatusCode::FORBIDDEN && refused,
            };
            if !as_written || answer.status == StatusCode::INTERNAL_SERVER_ERROR {
                let Operation { method, action, .. } = operation;
                faults
                    .push(format!("{role}: {method} {path} ({action}) → {} {}", answer.status, answer.json));
            }
        }
    }
    assert!(faults.is_empty(), "{} answers are not as written:\n{}", faults.len(), faults.join("\n"));
}
