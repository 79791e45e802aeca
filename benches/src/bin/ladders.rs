//! Enterprises against the rules of all ladders that ship.
//!
//! `ladders judge ENTERPRISES REPEATS THREADS`: every rule on every enterprise; making the data is not timed, as reading it is not for
//! the peer. `ladders explain ENTERPRISES REPEATS`: the same with every criterion and its gap. `ladders write ENTERPRISES FOLDER`: the same
//! data and rules for `peers/ladders.py`. One value in eight is missing.

use std::path::{Path, PathBuf};

use assess::ladder::{Enterprises, Explained, Judge, MISSING, STEPS, day, judge_all, millionths};
use jiff::civil::date;
use model::content::{Content, SourceFile};
use model::definition::{
    Combine, Criterion, DatumKind, Edges, Limit, Op, Outcome, OverYears, Route, Rule, Standing, Table, Test,
    Tree, Value,
};
use parkledger_benches::{Fault, arguments, print, repeated};
use serde_json::{Value as Json, json};

/// Years back that rules ask for, and one more.
const YEARS: usize = 5;
const STANDINGS: [Option<Standing>; 8] = [
    None,
    Some(Standing::None),
    Some(Standing::Applied),
    Some(Standing::Publicised),
    Some(Standing::Recognised),
    Some(Standing::ReRecognised),
    Some(Standing::Expired),
    Some(Standing::Revoked),
];

fn main() -> Result<(), Fault> {
    let content = content()?;
    let rules: Vec<&Rule> =
        content.ladders.values().flat_map(|ladder| &ladder.rungs).flat_map(|rung| &rung.rules).collect();
    match arguments().as_slice() {
        [what, many, repeats, threads] if what == "judge" => {
            let (repeats, threads) = (repeats.parse()?, threads.parse()?);
            let all = enterprises(&content, many.parse()?);
            let (columns, ms) = repeated(repeats, || judge_all(&rules, &all, threads));
            let engine = if threads == 1 { "parkledger-1" } else { "parkledger" };
            print(engine, &ms, &json!({ "enterprises": all.len, "rules": rules.len(), "marks": marks(&columns) }));
            Ok(())
        }
        [what, many, repeats] if what == "explain" => {
            let all = enterprises(&content, many.parse()?);
            let (marks, ms) = repeated(repeats.parse()?, || explained(&content, &rules, &all));
            let computed = json!({ "enterprises": all.len, "criteria": marks.len(), "marks": marks });
            print("parkledger", &ms, &computed);
            Ok(())
        }
        [what, many, folder] if what == "write" => write(&content, &rules, many.parse()?, Path::new(folder)),
        _ => Err("ladders judge ENTERPRISES REPEATS THREADS | explain ENTERPRISES REPEATS | write ENTERPRISES FOLDER".into()),
    }
}

/// The content that ships.
fn content() -> Result<Content, Fault> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
    let mut files = Vec::new();
    for folder in ["", "books", "ladders"] {
        for entry in std::fs::read_dir(root.join(folder))? {
            let path: PathBuf = entry?.path();
            if path.extension().is_some_and(|end| end == "toml") {
                let name = path.strip_prefix(&root)?.to_string_lossy().into_owned();
                if folder.is_empty() && !["units.toml", "ladders.toml"].contains(&name.as_str()) {
                    continue;
                }
                files.push(SourceFile { path: name, text: std::fs::read_to_string(&path)? });
            }
        }
    }
    Ok(Content::load(&files).0)
}

/// A number that depends on its place alone.
fn mixed(seed: u64, i: usize) -> u64 {
    let mut z = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(u64::try_from(i).expect("64 bits"));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// One column in whole units; missing ones as the engine marks them.
fn column(kind: &DatumKind, seed: u64, many: usize) -> Vec<i64> {
    let first = day(date(2000, 1, 1)) / STEPS;
    let of = |i| {
        let made = mixed(seed, i);
        if made & 7 == 0 {
            return MISSING;
        }
        let pick = i64::try_from(made >> 33).expect("31 bits");
        match kind {
            DatumKind::Number => pick % 5000,
            DatumKind::Count => pick % 400,
            DatumKind::YesNo => pick % 2,
            DatumKind::Choice(choices) => pick % i64::try_from(choices.len()).expect("a few"),
            DatumKind::Date => first + pick % 9000,
        }
    };
    (0..many).map(of).collect()
}

/// Every datum with its years and its columns in whole units.
fn columns(content: &Content, many: usize) -> impl Iterator<Item = (String, usize, Vec<i64>)> {
    (0u64..).zip(content.data.values()).flat_map(move |(n, datum)| {
        let years = if datum.yearly { YEARS } else { 1 };
        (0..years).map(move |back| {
            let seed = n * 16 + u64::try_from(back).expect("a few");
            (datum.id.to_string(), back, column(&datum.kind, seed, many))
        })
    })
}

/// How everybody stands to every qualification, as places in [`STANDINGS`].
fn standings(content: &Content, many: usize) -> impl Iterator<Item = (String, Vec<u8>)> {
    (0u64..).zip(content.qualifications.keys()).map(move |(n, id)| {
        let of = |i| u8::try_from(mixed(1_000_000 + n, i) >> 61).expect("three bits");
        (id.to_string(), (0..many).map(of).collect())
    })
}

fn enterprises(content: &Content, many: usize) -> Enterprises {
    let mut all = Enterprises::new(many, date(2023, 6, 30));
    for (id, back, column) in columns(content, many) {
        let steps = column.into_iter().map(|n| if n == MISSING { MISSING } else { n * STEPS });
        all.set(id.as_str().into(), back, steps.collect());
    }
    for (id, column) in standings(content, many) {
        all.hold(id.as_str().into(), column.into_iter().map(|n| STANDINGS[usize::from(n)]).collect());
    }
    all
}

/// One number per rule that hardly agrees unless every verdict does: 0 not met, 1 met, 2 unknown, times a place from 1 to 9,973.
fn marks(columns: &[Vec<Outcome>]) -> Vec<u64> {
    let code = |outcome: &Outcome| match outcome {
        Outcome::NotMet => 0,
        Outcome::Met => 1,
        Outcome::Unknown => 2,
    };
    let mark = |column: &Vec<Outcome>| (0u64..).zip(column).map(|(i, of)| code(of) * (i % 9973 + 1)).sum();
    columns.iter().map(mark).collect()
}

/// Two numbers per criterion: of its verdicts as [`marks`], and of its gaps in millionths, both times a place, where floats can tell
/// them exactly – sums, quotients of sums, days, the worst of several years, points.
fn explained(content: &Content, rules: &[&Rule], all: &Enterprises) -> Vec<(i64, i64)> {
    let mut marks = Vec::new();
    for rule in rules {
        let judge = Judge::new(rule, all);
        let exact: Vec<bool> = rule.criteria.values().map(exact).collect();
        let mut own = vec![(0_i64, 0_i64); exact.len()];
        for (place, i) in (0_i64..).zip(0..all.len) {
            let weight = place % 9973 + 1;
            for ((mark, said), exact) in own.iter_mut().zip(judge.explain(&content.data, i)).zip(&exact) {
                let (verdict, gap) = told(&said);
                mark.0 = mark.0.wrapping_add(verdict * weight);
                if *exact {
                    mark.1 = mark.1.wrapping_add(gap.wrapping_mul(weight));
                }
            }
        }
        marks.extend(own);
    }
    marks
}

/// A verdict as [`marks`] has it, and a gap in millionths.
fn told(said: &Explained) -> (i64, i64) {
    let verdict = match said.verdict {
        Outcome::NotMet => 0,
        Outcome::Met => 1,
        Outcome::Unknown => 2,
    };
    (verdict, said.gap.as_ref().and_then(|gap| millionths(gap.by)).unwrap_or(0))
}

fn exact(criterion: &Criterion) -> bool {
    match &criterion.test {
        Test::Amount(value, _) => match value.over {
            OverYears::Sum | OverYears::Days => true,
            OverYears::Each => value.per.is_none(),
            OverYears::MeanGrowth | OverYears::ActualGrowth | OverYears::Compound => false,
        },
        Test::Score(..) => true,
        Test::Holds(..) | Test::Says(..) => false,
    }
}

fn write(content: &Content, rules: &[&Rule], many: usize, folder: &Path) -> Result<(), Fault> {
    std::fs::create_dir_all(folder)?;
    let mut known = Vec::new();
    for (id, back, column) in columns(content, many) {
        let bytes: Vec<u8> = column.iter().flat_map(|n| n.to_le_bytes()).collect();
        std::fs::write(folder.join(format!("{id}.{back}.i64")), bytes)?;
        known.push(json!([id, back]));
    }
    let mut held = Vec::new();
    for (id, column) in standings(content, many) {
        std::fs::write(folder.join(format!("{id}.u8")), column)?;
        held.push(id);
    }
    let rules: Vec<Json> = rules.iter().map(|rule| rule_json(rule)).collect();
    let today = day(date(2023, 6, 30)) / STEPS;
    let counts = content.data.values().filter(|datum| datum.kind == DatumKind::Count);
    let counts: Vec<String> = counts.map(|datum| datum.id.to_string()).collect();
    let text = json!({
        "enterprises": many, "today": today, "columns": known, "counts": counts, "held": held, "rules": rules,
    });
    std::fs::write(folder.join("rules.json"), serde_json::to_vec(&text)?)?;
    Ok(())
}

fn rule_json(rule: &Rule) -> Json {
    let criteria = rule.criteria.values().map(|of| (of.id.to_string(), criterion_json(of)));
    let tables = rule.tables.iter().map(|of| (of.id.to_string(), table_json(of)));
    json!({
        "tree": tree_json(&rule.tree),
        "criteria": criteria.collect::<serde_json::Map<_, _>>(),
        "tables": tables.collect::<serde_json::Map<_, _>>(),
    })
}

fn tree_json(tree: &Tree) -> Json {
    match tree {
        Tree::Criterion(id) => json!(id.to_string()),
        Tree::All(parts) => json!({ "all": parts.iter().map(tree_json).collect::<Vec<_>>() }),
        Tree::Any(parts) => json!({ "any": parts.iter().map(tree_json).collect::<Vec<_>>() }),
    }
}

fn criterion_json(of: &Criterion) -> Json {
    let percent = of.unit.as_ref().is_some_and(|unit| unit.as_str() == "%");
    match &of.test {
        Test::Amount(value, limit) => {
            json!({ "amount": value_json(value, percent), "limit": limit_json(limit) })
        }
        Test::Holds(names, states) => {
            let place = |state: &Standing| STANDINGS.iter().position(|of| *of == Some(*state));
            let names: Vec<String> = names.iter().map(ToString::to_string).collect();
            json!({ "holds": names, "states": states.iter().filter_map(place).collect::<Vec<_>>() })
        }
        Test::Says(datum, places) => json!({ "says": datum.to_string(), "is": places }),
        Test::Score(table, parts, limit) => {
            let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
            json!({ "score": table.to_string(), "parts": parts, "limit": limit_json(limit) })
        }
    }
}

fn value_json(value: &Value, percent: bool) -> Json {
    let over = match value.over {
        OverYears::Sum => "sum",
        OverYears::Each => "each",
        OverYears::MeanGrowth => "mean_growth",
        OverYears::ActualGrowth => "actual_growth",
        OverYears::Compound => "compound",
        OverYears::Days => "days",
    };
    let per = value.per.as_ref().map(ToString::to_string);
    json!({ "of": value.of.to_string(), "per": per, "years": value.years, "over": over, "percent": percent })
}

fn limit_json(limit: &Limit) -> Json {
    let op = match limit.op {
        Op::AtLeast => "at_least",
        Op::Above => "above",
        Op::AtMost => "at_most",
        Op::Below => "below",
    };
    let steps = limit.steps.iter().map(|step| {
        json!([step.upto.map(|of| of.to_string()), step.is.known().map(|of| of.to_string())])
    });
    json!({
        "op": op,
        "by": limit.by.as_ref().map(|by| value_json(by, false)),
        "right_closed": limit.edges == Edges::RightClosed,
        "steps": steps.collect::<Vec<_>>(),
    })
}

fn table_json(table: &Table) -> Json {
    let parts = table.parts.iter().map(|part| {
        let routes: Vec<Json> = part.routes.iter().map(route_json).collect();
        let sum = part.combine == Combine::Sum;
        json!({ "id": part.id.to_string(), "max": part.max.to_string(), "sum": sum, "routes": routes })
    });
    json!({ "left_closed": table.edges == Edges::LeftClosed, "parts": parts.collect::<Vec<_>>() })
}

fn route_json(route: &Route) -> Json {
    match route {
        Route::Bands { value, unit, bands } => {
            let percent = unit.as_ref().is_some_and(|unit| unit.as_str() == "%");
            let bands = bands.iter().map(|of| [of.from, of.low, of.high].map(|n| n.to_string()));
            json!({ "bands": bands.collect::<Vec<_>>(), "value": value_json(value, percent) })
        }
        Route::Cases(cases) => {
            let cases = cases.iter();
            let cases = cases.map(|of| json!([of.criterion.to_string(), of.low.to_string(), of.high.to_string()]));
            json!({ "cases": cases.collect::<Vec<_>>() })
        }
        Route::Given(datum) => json!({ "given": datum.to_string() }),
        Route::Open => json!({ "open": true }),
    }
}
